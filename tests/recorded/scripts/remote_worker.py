"""Runs operations on a worker: here, on servers in the same program."""
from __future__ import print_function

import socket

import tensorflow as tf
from tensorflow.contrib.eager.python.tfe import (connect_to_remote_host, list_devices,
                                                 set_server_def)

tf.contrib.eager.enable_remote_eager_execution()


def free_port():
    listener = socket.socket()
    listener.bind(("localhost", 0))
    port = listener.getsockname()[1]
    listener.close()
    return port


def product_on(device):
    with tf.device(device):
        matrix = tf.constant([[1.0, 2.0], [3.0, 4.0]])
        product = tf.matmul(matrix, matrix)
    print(product.device, product.numpy().tolist())


server = tf.train.Server.create_local_server()
connect_to_remote_host(server.target)
print([name for name in list_devices() if "XLA" not in name])
product_on("/job:worker/replica:0/task:0/device:CPU:0")

cluster = tf.train.ClusterSpec({
    "localhost": ["localhost:%d" % free_port()], "teacher": ["localhost:%d" % free_port()]
})
teacher = tf.train.Server(cluster, job_name="teacher", task_index=0)
set_server_def(tf.train.ServerDef(
    cluster=cluster.as_cluster_def(), job_name="localhost", task_index=0, protocol="grpc"))
print([name for name in list_devices() if "XLA" not in name])
product_on("/job:teacher/replica:0/task:0/device:CPU:0")
print("graphics processors:", tf.contrib.eager.num_gpus())

try:
    set_server_def(None)
except ValueError:
    print("no server_def")
