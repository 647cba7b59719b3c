"""Functions compiled to graphs, templates that keep their variables, Python inside of graphs."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.enable_eager_execution()


def make_cell():
    import tensorflow.contrib.eager as e

    def cell(inputs, state):
        size = int(state.shape[-1])
        constant = tf.constant_initializer
        w = tf.get_variable("w", [int(inputs.shape[-1]), size], initializer=constant(0.1))
        u = tf.get_variable("u", [size, size], initializer=constant(0.2))
        b = tf.get_variable("b", [size], initializer=constant(0.05))
        return tf.tanh(tf.matmul(inputs, w) + tf.matmul(state, u) + b)

    return e.make_template("cell", cell)


class Polynomials(object):
    from tensorflow.contrib.eager import defun as graph

    def horner(x, coefficients):
        result = tf.zeros_like(x)
        for index in range(3):
            result = result * x + coefficients[index]
        return result

    compiled = staticmethod(graph(horner))


traces = []


@tf.contrib.eager.defun(
    input_signature=[tf.contrib.eager.TensorSpec(shape=[None], dtype=tf.float32)]
)
def normalized(x):
    traces.append(1)
    return x / tf.norm(x)


@tf.contrib.eager.function(autograph=False)
def collatz_length(n):
    following = lambda n: tf.where(tf.equal(n % 2, 0), n // 2, 3 * n + 1)
    return tf.while_loop(
        cond=lambda n, steps: n > 1,
        body=lambda n, steps: (following(n), steps + 1),
        loop_vars=(n, tf.constant(0)),
    )[1]


def python_step(x):
    return np.float32(x.numpy().round(1))


cell = make_cell()
state = tf.zeros([1, 3])
for inputs in np.random.RandomState(2).normal(size=[5, 1, 2]).astype(np.float32):
    state = cell(inputs, state)
print("state", state.numpy())
print([(variable.name, variable.shape.as_list()) for variable in cell.variables])

loss = lambda inputs: tf.reduce_sum(cell(inputs, tf.ones([1, 3])))
for gradient, variable in tf.contrib.eager.implicit_gradients(loss)(tf.ones([1, 2])):
    print(variable.name, gradient.numpy())

print("horner", Polynomials.compiled(tf.constant([1.0, 2.0]), tf.constant([1.0, -3.0, 2.5])).numpy())
print("normalized", normalized(tf.constant([3.0, 4.0])).numpy(), normalized(tf.ones([4])).numpy())
print("traced", len(traces))
print("collatz", collatz_length(tf.constant(27)).numpy())

print("gradient", tf.contrib.eager.gradients_function(normalized)(tf.constant([3.0, 4.0]))[0].numpy())
print(tf.contrib.eager.py_func(python_step, inp=[tf.constant(2.345)], Tout=tf.float32))
doubled = tf.contrib.eager.defun(
    lambda x: 2.0 * tf.contrib.eager.py_func(python_step, [x], tf.float32)
)
print("python in a graph", doubled(tf.constant(0.26)).numpy())
