"""examples/data_parallel.py: started, interrupted, robbed of a worker, and on its own TF_CONFIG."""

import json
import os
import re
import runpy
import signal
import socket
import sys
import time
from pathlib import Path

import forked_tensorflow
import pytest

PACKAGE = Path(__file__).parents[2]
PROGRAM = PACKAGE / "examples" / "data_parallel.py"
TIMEOUT = 120
GRACE = 10

pytestmark = pytest.mark.multiprocess


# Runs the example with workers that are forks of it, where that is possible: they find TensorFlow
# imported.
FORKING = """
import multiprocessing, os, runpy, subprocess, sys, time
import forked_tensorflow

def work(*arguments):
    try:
        forked_tensorflow.become(*arguments)
    finally:
        time.sleep(1)  # to end takes its time, too, in which others get the last sum from it

class Popen(multiprocessing.get_context("fork").Process):
    def __init__(self, command, env, **settings):
        super().__init__(target=work, args=(command[1:], env, os.getcwd()))
        self.start()

    def poll(self):
        return self.exitcode

    wait = multiprocessing.Process.join

subprocess.Popen = Popen
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def start():
    """Starts the example; what has not ended by the end of the test is killed."""
    inherited = {name: value for name, value in os.environ.items() if name != "TF_CONFIG"}
    path = os.pathsep.join([str(PACKAGE), str(PACKAGE / "tests")])
    processes = []

    def start(*options, **environment):
        process = forked_tensorflow.start(
            *(["-c", FORKING] if forked_tensorflow.FORKS else []),
            *(str(PROGRAM), *options),
            env={**inherited, "PYTHONPATH": path, **environment},
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        process.kill()
    for process in processes:
        process.communicate()


def becomes_true(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def read_until(process, pattern):
    def found():
        return re.search(pattern, process.printed())

    becomes_true(lambda: found() or process.poll() is not None, TIMEOUT)
    if not found():
        process.kill()
        errors = process.communicate()[1][-4000:]
        raise AssertionError(f"no {pattern!r} in the output; on stderr: {errors}")
    return found()


@pytest.fixture
def example(start):
    """The example with more steps than it can do, and the process ids of its workers."""
    process = start("--workers", "2", "--steps", "1000000000")
    workers = [int(read_until(process, rf"worker {index}: pid (\d+)")[1]) for index in (0, 1)]
    yield process, workers
    process.kill()
    process.communicate()
    for pid in workers:
        assert is_gone(pid)


def is_gone(pid):
    """Within GRACE; a killed orphan may stay a zombie where process 1 reaps none."""

    def is_gone_now():
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        return state == "Z"

    return becomes_true(is_gone_now, GRACE)


def listens(host, port):
    with socket.socket() as connection:
        return connection.connect_ex((host, port)) == 0


def assert_stopped(process, workers, message):
    _, errors = process.communicate(timeout=GRACE)
    assert process.returncode == 1
    assert re.search(message + "; all workers are stopped", errors), errors[-4000:]
    assert all(is_gone(pid) for pid in workers)


def test_trains_and_compares(start):
    process = start("--workers", "2")
    output, errors = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 0, errors[-4000:]
    losses = [float(value) for value in re.findall(r"step +\d+  loss ([\d.]+)", output)]
    assert len(losses) == 20
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < 0.02
    assert float(re.search(r"largest difference (\S+): the same", output)[1]) <= 1e-5


def test_each_machine_has_its_own_tf_config(start):
    configs = runpy.run_path(str(PROGRAM))["local_cluster"](2)
    processes = [start(TF_CONFIG=config, CUDA_VISIBLE_DEVICES="-1") for config in configs]
    outputs = [process.communicate(timeout=TIMEOUT) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], outputs
    assert ": the same" in outputs[0][0]
    assert re.fullmatch(r"worker 1: pid \d+\n", outputs[1][0])


def test_interrupted_while_it_waits_for_another_machine(start):
    config = runpy.run_path(str(PROGRAM))["local_cluster"](2)[0]
    process = start(TF_CONFIG=config, CUDA_VISIBLE_DEVICES="-1")
    worker = int(read_until(process, r"worker 0: pid (\d+)")[1])
    host, port = json.loads(config)["cluster"]["worker"][0].split(":")
    assert becomes_true(lambda: listens(host, int(port)), TIMEOUT)  # TensorFlow, to the others
    process.send_signal(signal.SIGTERM)
    assert_stopped(process, [worker], "interrupted by SIGTERM")


def test_interrupted_while_it_trains(example):
    process, workers = example
    read_until(process, "step")
    process.send_signal(signal.SIGINT)
    assert_stopped(process, workers, "interrupted by SIGINT")


def test_terminated_while_it_starts(example):
    process, workers = example
    process.send_signal(signal.SIGTERM)
    assert_stopped(process, workers, "interrupted by SIGTERM")


def test_worker_dies_while_it_trains(example):
    # Of SIGTERM: TensorFlow would catch it, where it can't catch SIGKILL.
    process, workers = example
    read_until(process, "step")
    os.kill(workers[1], signal.SIGTERM)
    assert_stopped(process, workers, rf"worker 1 \(pid {workers[1]}\) died by SIGTERM")


def test_worker_dies_while_it_starts(example):
    process, workers = example
    os.kill(workers[0], signal.SIGKILL)
    assert_stopped(process, workers, rf"worker 0 \(pid {workers[0]}\) died by SIGKILL")


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone ends a process with its parent")
def test_launcher_dies_while_its_workers_train(example):
    process, workers = example
    read_until(process, "step")
    process.kill()
    assert all(is_gone(pid) for pid in workers)


def test_number_of_workers_is_checked(start):
    process = start("--workers", "0")
    _, errors = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 2
    assert "must be at least 1, got 0" in errors
