"""Linear regression, trained by several processes: tfe_compat on tf.distribute.

    python examples/data_parallel.py --workers 2

starts two workers on this machine. Each computes the gradients of its own rows of the data,
TensorFlow adds them up between the workers, and every worker takes the same step. At the end the
first worker trains once more, alone on all the data, and compares.

On several machines, start the same script on each, with TF_CONFIG saying who is who; it then starts
only the worker that TF_CONFIG names:

    export TF_CONFIG='{"cluster": {"worker": ["10.0.0.1:2222", "10.0.0.2:2222"]},
                       "task": {"type": "worker", "index": 0}}'
    python examples/data_parallel.py
"""

import argparse
import contextlib
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time

ROWS, COLUMNS, LEARNING_RATE = 96, 4, 0.1
TOLERANCE = 1e-5


def main():
    arguments = parse_arguments()
    if arguments.launcher:
        die_with_the_launcher(arguments.launcher)
        return work(arguments.steps)
    if os.environ.get("TF_CONFIG"):
        return launch([os.environ["TF_CONFIG"]], {}, arguments.steps)
    # Workers on one machine would all take hold of its GPUs.
    return launch(local_cluster(arguments.workers), {"CUDA_VISIBLE_DEVICES": "-1"}, arguments.steps)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description="Linear regression, trained by several processes with tfe_compat."
    )
    parser.add_argument(
        "--workers",
        type=positive,
        default=2,
        help="how many to start on this machine; without effect when TF_CONFIG is set (default: 2)",
    )
    parser.add_argument("--steps", type=positive, default=20, help="(default: 20)")
    parser.add_argument("--launcher", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def positive(text):
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, got {number}")
    return number


# What a worker does. TensorFlow is imported here only, so that the launcher starts at once.


def work(steps):
    with ending_at_once_on_signals():
        import numpy as np
        import tensorflow as tf

        import tfe_compat as tfe

        strategy = tf.distribute.MultiWorkerMirroredStrategy()

    def loss(weights, bias, x, y):
        # Divided by the rows of the whole batch, so that the losses of the shards add up to it.
        return tf.reduce_sum(tf.square(tf.linalg.matvec(x, weights) + bias - y)) / ROWS

    value_and_gradients = tfe.value_and_gradients_function(loss, params=["weights", "bias"])

    x, y = data(np)
    replicas = strategy.num_replicas_in_sync

    def rows_of_replica(array):
        return strategy.experimental_distribute_values_from_function(
            lambda context: tf.constant(
                np.array_split(array, replicas)[context.replica_id_in_sync_group]
            )
        )

    replicas_here = strategy.experimental_local_results(rows_of_replica(range(replicas)))
    first = 0 in replicas_here[0].numpy()
    x_shard, y_shard = rows_of_replica(x), rows_of_replica(y)
    with strategy.scope():
        weights, bias = tf.Variable(tf.zeros(COLUMNS)), tf.Variable(0.0)

    @tf.function
    def train_step():
        def replica_step(x, y):
            value, gradients = value_and_gradients(weights, bias, x, y)
            value, *gradients = tf.distribute.get_replica_context().all_reduce(
                tf.distribute.ReduceOp.SUM, [value, *gradients]
            )
            for variable, gradient in zip([weights, bias], gradients):
                variable.assign_sub(LEARNING_RATE * gradient)
            return value

        values = strategy.run(replica_step, args=(x_shard, y_shard))
        return strategy.experimental_local_results(values)[0]

    for step in range(1, steps + 1):
        value = train_step()
        if first:
            print(f"step {step:3}  loss {value.numpy():.6f}", flush=True)
    if not first:
        return 0

    alone = [tf.zeros(COLUMNS), tf.zeros(())]
    for _ in range(steps):
        _, gradients = value_and_gradients(*alone, x, y)
        alone = [
            parameter - LEARNING_RATE * gradient for parameter, gradient in zip(alone, gradients)
        ]
    print(f"weights of {replicas} workers   ", weights.numpy(), bias.numpy())
    print("weights of one process ", alone[0].numpy(), alone[1].numpy())
    difference = max(
        np.abs(ours.numpy() - theirs.numpy()).max() for ours, theirs in zip([weights, bias], alone)
    )
    same = difference <= TOLERANCE
    print(f"largest difference {difference:.1e}: {'the same' if same else 'NOT the same'}")
    return 0 if same else 1


def data(np):
    """The same on every worker."""
    random = np.random.default_rng(0)
    x = random.standard_normal((ROWS, COLUMNS)).astype(np.float32)
    y = x @ np.arange(1.0, COLUMNS + 1, dtype=np.float32) + 0.5
    return x, (y + 0.1 * random.standard_normal(ROWS)).astype(np.float32)


@contextlib.contextmanager
def ending_at_once_on_signals():
    """Leaves SIGINT and SIGTERM with their plain effect, to end the process, whatever it waits for.

    TensorFlow takes SIGTERM for itself while it joins the cluster, as a notice to save a checkpoint
    soon, and trains on; and Python sees Ctrl-C only after the wait for the other workers. All
    threads have to begin in here: one that let SIGTERM through would hand it to TensorFlow.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    yield
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def die_with_the_launcher(pid):
    """Has Linux kill this worker when its launcher ends, even when that is killed itself.

    No Python of ours could do it: TensorFlow holds Python's lock while it waits for other workers.
    """
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
    if os.getppid() != pid:
        sys.exit("the launcher ended before this worker began")


# What the launcher does.


def launch(configs, environment, steps):
    """Starts a worker for each TF_CONFIG and returns the exit code once all have ended."""
    signals = []
    for number in (signal.SIGINT, signal.SIGTERM):
        # Only noted here: whatever the launcher is doing, it gets to stopping the workers.
        signal.signal(number, lambda number, frame: signals.append(number))
    processes = []
    try:
        for config in configs:
            processes.append(start_worker({**environment, "TF_CONFIG": config}, steps))
            print(f"{name_of(config)}: pid {processes[-1].pid}", flush=True)
        failure = wait_for(processes, configs, signals)
    finally:
        for process in processes:
            # A worker waits for the others inside TensorFlow, deaf to anything milder.
            process.kill()
        for process in processes:
            process.wait()
    if failure:
        print(f"{failure}; all workers are stopped", file=sys.stderr)
        return 1
    return 0


def local_cluster(workers):
    """The TF_CONFIG of each worker of a cluster on this machine."""
    cluster = {"worker": free_addresses(workers)}
    tasks = [{"type": "worker", "index": index} for index in range(workers)]
    return [json.dumps({"cluster": cluster, "task": task}) for task in tasks]


def free_addresses(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [f"127.0.0.1:{one.getsockname()[1]}" for one in sockets]
    finally:
        for one in sockets:
            one.close()


def name_of(config):
    task = json.loads(config)["task"]
    return f"{task['type']} {task['index']}"


def start_worker(environment, steps):
    return subprocess.Popen(
        [sys.executable, __file__, f"--steps={steps}", f"--launcher={os.getpid()}"],
        env={"TF_CPP_MIN_LOG_LEVEL": "2", **os.environ, **environment},
        stdin=subprocess.DEVNULL,
        # Ctrl-C goes to the launcher alone.
        start_new_session=True,
    )


def wait_for(processes, configs, signals):
    """Returns when all workers have succeeded, or what went wrong as soon as it does."""
    while True:
        if signals:
            return f"interrupted by {signal.Signals(signals[0]).name}"
        codes = [process.poll() for process in processes]
        if any(codes):
            # Asked again: a worker that is killed, whose code is negative, ends before the others,
            # which end by an exception as soon as they miss it.
            code, config, pid = min(
                (process.poll(), config, process.pid)
                for process, config in zip(processes, configs)
                if process.poll()
            )
            how = f"exit code {code}" if code > 0 else signal.Signals(-code).name
            return f"{name_of(config)} (pid {pid}) died by {how}"
        if all(code == 0 for code in codes):
            return None
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
