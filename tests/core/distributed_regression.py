"""A process of a cluster that test_distribute.py starts: linear regression by each function.

Usage: distributed_regression.py mirrored|multi_worker|parameter_server, the cluster in TF_CONFIG.
The process that decides prints the parameters after STEPS steps, as JSON.
"""

import json
import sys

import numpy as np
import tensorflow as tf

import tfe_compat as tfe

STEPS, ROWS, LEARNING_RATE = 20, 24, 0.2


def data():
    random = np.random.default_rng(7)
    x = random.standard_normal((ROWS, 3)).astype(np.float32)
    y = x @ np.float32([[1.0], [-2.0], [0.5]]) + 0.3
    return x, (y + 0.1 * random.standard_normal((ROWS, 1))).astype(np.float32)


def loss(w, b, x, y):
    return tf.reduce_sum(tf.square(x @ w + b - y)) / ROWS


def by_value_and_gradients_function(w, b, x, y):
    return tfe.value_and_gradients_function(loss, params=["w", "b"])(w, b, x, y)[1]


def by_gradients_function(w, b, x, y):
    return tfe.gradients_function(loss, params=[0, 1])(w, b, x, y, dy=1.0)


def by_make_vjp(w, b, x, y):
    _, vjp = tfe.make_vjp(loss, params=["w", "b"])(w, b, x, y)
    return vjp()


def by_implicit_value_and_gradients(w, b, x, y):
    _, pairs = tfe.implicit_value_and_gradients(lambda: loss(w, b, x, y))()
    return [gradient for gradient, _ in pairs]


def by_implicit_gradients(w, b, x, y):
    return [gradient for gradient, _ in tfe.implicit_gradients(loss)(w, b, x, y)]


FUNCTIONS = [
    by_value_and_gradients_function,
    by_gradients_function,
    by_make_vjp,
    by_implicit_value_and_gradients,
    by_implicit_gradients,
]


def variables(strategy):
    with strategy.scope():
        return tf.Variable(tf.zeros((3, 1))), tf.Variable(0.0)


def descend(parameters, gradients):
    for parameter, gradient in zip(parameters, gradients):
        parameter.assign_sub(LEARNING_RATE * gradient)


def train_on_replicas(strategy, gradients):
    replicas = strategy.num_replicas_in_sync

    def shard(array):
        return strategy.experimental_distribute_values_from_function(
            lambda context: np.array_split(array, replicas)[context.replica_id_in_sync_group]
        )

    parameters = variables(strategy)
    x, y = map(shard, data())

    def replica_step(x, y):
        shard_gradients = gradients(*parameters, x, y)
        replica = tf.distribute.get_replica_context()
        descend(parameters, replica.all_reduce(tf.distribute.ReduceOp.SUM, shard_gradients))

    step = tf.function(lambda: strategy.run(replica_step, args=(x, y)))
    for _ in range(STEPS):
        step()
    return parameters


def train_on_workers(strategy, gradients):
    coordinator = tf.distribute.experimental.coordinator.ClusterCoordinator(strategy)
    parameters = variables(strategy)
    shard_gradients = tf.function(lambda x, y: gradients(*parameters, x, y))
    shards = [list(map(tf.constant, shard)) for shard in zip(*(np.split(a, 2) for a in data()))]
    for _ in range(STEPS):
        remote = [coordinator.schedule(shard_gradients, args=shard) for shard in shards]
        coordinator.join()
        descend(parameters, map(sum, zip(*(values.fetch() for values in remote))))
    return parameters


def serve(resolver):
    tf.distribute.Server(
        resolver.cluster_spec(),
        job_name=resolver.task_type,
        task_index=resolver.task_id,
        protocol="grpc",
    ).join()


def main(kind):
    train, decides = train_on_replicas, True
    if kind == "mirrored":
        [cpu] = tf.config.list_physical_devices("CPU")
        tf.config.set_logical_device_configuration(
            cpu, [tf.config.LogicalDeviceConfiguration()] * 2
        )
        strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    elif kind == "multi_worker":
        strategy = tf.distribute.MultiWorkerMirroredStrategy()
        decides = strategy.cluster_resolver.task_id == 0
    else:
        resolver = tf.distribute.cluster_resolver.TFConfigClusterResolver()
        resolver.rpc_layer = "grpc"
        if resolver.task_type != "chief":
            serve(resolver)
        strategy = tf.distribute.experimental.ParameterServerStrategy(resolver)
        train = train_on_workers
    results = {
        function.__name__: [p.numpy().ravel().tolist() for p in train(strategy, function)]
        for function in FUNCTIONS
    }
    if decides:
        print(json.dumps({"replicas": strategy.num_replicas_in_sync, "results": results}))


if __name__ == "__main__":
    # An exit by Python's rules takes its time, in which the other workers get the last sums from
    # this one; forked_tensorflow would end the process at once.
    sys.exit(main(sys.argv[1]))
