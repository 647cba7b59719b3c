"""Devices, device placement, and operations that run in the background."""
from __future__ import print_function

import sys

import tensorflow as tf

try:
    from tensorflow.contrib import eager
except ImportError:
    sys.exit("this needs TensorFlow 1.5")

if sys.version_info[0] >= 2:
    from tensorflow.contrib.eager import ASYNC, SYNC, async_wait, \
        async_clear_error

try:
    in_graph_mode = eager.in_graph_mode  # gone after TensorFlow 1.6
except AttributeError:
    in_graph_mode = lambda: not eager.in_eager_mode()

print("graph mode before:", tf.executing_eagerly() and in_graph_mode())
tf.enable_eager_execution(execution_mode=SYNC)
print("graph mode after:", in_graph_mode())

cpus = [name for name in eager.list_devices() if "device:CPU" in name]
print("processors:", cpus)
print("graphics processors:", eager.num_gpus())
print("placement:", eager.DEVICE_PLACEMENT_EXPLICIT, eager.DEVICE_PLACEMENT_WARN,
      eager.DEVICE_PLACEMENT_SILENT)
print("modes:", SYNC, ASYNC)

with tf.device(cpus[0]):
    print(tf.constant(1.0).device)


def long_product():
    product = tf.eye(40, dtype=tf.float64)
    for power in range(50):
        product = tf.matmul(product, tf.eye(40, dtype=tf.float64) * (1.0 + 0.01 * power))
    return tf.reduce_sum(product)


print("synchronous: %.8g" % long_product().numpy())
with eager.execution_mode(ASYNC):
    print("asynchronous: %.8g" % long_product().numpy())

eager.set_execution_mode(ASYNC)
total = long_product()
async_wait()
print("waited for: %.8g" % total.numpy())

tf.check_numerics(tf.constant([1.0]) / tf.constant([0.0]), "a division by zero")
try:
    async_wait()
except tf.errors.InvalidArgumentError as error:
    print("failed:", "a division by zero" in error.message)
async_clear_error()
print("and goes on: %.8g" % long_product().numpy())
eager.set_execution_mode(SYNC)

try:
    eager.set_execution_mode(3)
except ValueError:
    print("there is no mode 3")
