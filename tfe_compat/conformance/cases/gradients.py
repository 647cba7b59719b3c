"""What comes back as a gradient."""

from __future__ import annotations

import tensorflow as tf

from tfe_compat.conformance.cases.examples import pair_of_tensors, scalar, square, x2y
from tfe_compat.conformance.cases.registration import explicit


@explicit
def unconnected(tfe, differentiate):
    return differentiate(lambda x, y: x * x)(*pair_of_tensors())


@explicit
def gradient_stopped(tfe, differentiate):
    return differentiate(lambda x, y: tf.stop_gradient(x) * y)(*pair_of_tensors())


@explicit
def cast_to_integer(tfe, differentiate):
    return differentiate(lambda x: tf.cast(x, tf.int32))(scalar(3.7))


@explicit
def cast_to_integer_and_back(tfe, differentiate):
    return differentiate(lambda x: tf.cast(tf.cast(x, tf.int32), tf.float32))(scalar(3.7))


@explicit
def cast_to_another_float(tfe, differentiate):
    return differentiate(lambda x: tf.cast(x * x, tf.float64))(scalar(3.0))


@explicit
def operation_that_is_not_differentiable(tfe, differentiate):
    return differentiate(lambda x: tf.floor(x) * 2.0)(scalar(3.7))


@explicit
def index_of_the_largest(tfe, differentiate):
    return differentiate(lambda x: tf.argmax(x))(tf.constant([1.0, 3.0, 2.0]))


@explicit
def gather_gives_indexed_slices(tfe, differentiate):
    return differentiate(lambda x: tf.gather(x, [1, 0, 1]))(tf.constant([[1.0, 2.0], [3.0, 4.0]]))


@explicit
def two_gathers_give_indexed_slices(tfe, differentiate):
    f = lambda x: tf.gather(x, [1]) * tf.gather(x, [0])  # noqa: E731
    return differentiate(f)(tf.constant([[1.0, 2.0], [3.0, 4.0]]))


@explicit
def gather_and_dense_use_give_a_tensor(tfe, differentiate):
    f = lambda x: tf.reduce_sum(tf.gather(x, [1])) + tf.reduce_sum(x * x)  # noqa: E731
    return differentiate(f)(tf.constant([[1.0, 2.0], [3.0, 4.0]]))


@explicit
def gather_from_a_variable_argument(tfe, differentiate):
    return differentiate(lambda x: tf.gather(x, [1, 1]))(tf.Variable([[1.0, 2.0], [3.0, 4.0]]))


@explicit
def operation_without_gradient(tfe, differentiate):
    return differentiate(lambda x: tf.image.adjust_hue(x, 0.1))(tf.ones([1, 1, 3]))


@explicit
def operation_without_gradient_on_another_path(tfe, differentiate):
    v = tf.Variable(tf.ones([1, 1, 3]))
    return differentiate(lambda x: x * tf.image.adjust_hue(v, 0.0))(scalar(3.0))


@explicit
def operation_without_gradient_on_a_constant(tfe, differentiate):
    c = tf.ones([1, 1, 3])
    return differentiate(lambda x: x * tf.image.adjust_hue(c, 0.0))(scalar(3.0))


@explicit
def resource_handle(tfe, differentiate):
    v = tf.Variable(3.0)

    def f(handle):
        return tf.raw_ops.ReadVariableOp(resource=handle, dtype=tf.float32) ** 2

    return tfe.gradients_function(f)(v.handle)


@explicit
def conditional(tfe, differentiate):
    return differentiate(lambda x: tf.cond(x > 1.0, lambda: x * x, lambda: -x))(scalar(2.0))


@explicit
def while_loop(tfe, differentiate):
    def f(x):
        return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), [0, x])

    return differentiate(f)(scalar(2.0))


@explicit
def tf_function_around_it(tfe, differentiate):
    return tf.function(differentiate(x2y))(*pair_of_tensors())


@explicit
def tf_function_around_a_call_with_one_tensor_as_two_arguments(tfe, differentiate):
    return tf.function(lambda x: differentiate(x2y)(x, x))(scalar(3.0))


@explicit
def tf_function_around_a_branch_on_a_tensor(tfe, differentiate):
    f = lambda x: x * x if x > 1.0 else x  # noqa: E731
    try:
        return tf.function(lambda x: differentiate(f)(x))(scalar(3.0))
    except TypeError as error:
        return type(error).__name__  # the message is full of paths


@explicit
def tf_function_around_a_branch_taken(tfe, differentiate):
    return tf.function(lambda x: differentiate(square)(x))(scalar(3.0))


@explicit
def embedding_lookup(tfe, differentiate):
    f = lambda table, ids: tf.nn.embedding_lookup(table, ids) * 2.0  # noqa: E731
    return differentiate(f, params=[0])(tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([1]))


@explicit
def second_order_over_gather(tfe, differentiate):
    first = tfe.gradients_function(lambda x: tf.square(tf.gather(x, [1, 0, 1])))
    f = lambda x: tf.convert_to_tensor(first(x)[0])  # noqa: E731
    return differentiate(f)(tf.constant([[1.0, 2.0], [3.0, 4.0]]))


for _dtype in ("float16", "bfloat16", "float32", "float64", "complex64", "complex128"):

    def _dtype_case(tfe, differentiate, dtype=_dtype):
        x = tf.cast(tf.constant([1.0, -2.5, 0.75]), dtype)
        y = tf.cast(tf.constant([4.0, 0.5, -8.0]), dtype)
        return differentiate(x2y)(x, y)

    _dtype_case.__name__ = "gradient_of_" + _dtype
    explicit(_dtype_case)


@explicit
def complex_gradient_is_conjugated(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0 + 2.0j, -0.5j], tf.complex64))


@explicit
def real_part_of_a_complex_argument(tfe, differentiate):
    return differentiate(lambda z: tf.math.real(z * z))(tf.constant(1.0 + 2.0j, tf.complex64))


@explicit
def broadcast_is_summed(tfe, differentiate):
    return differentiate(tf.multiply, params=[0, 1])(scalar(3.0), tf.constant([[1.0, 2.0]]))


@explicit
def python_control_flow(tfe, differentiate):
    def f(x, n):
        result = x
        for _ in range(int(n)):
            result = result * x if result > 4.0 else result * x * x
        return result

    return differentiate(f)(scalar(1.5), tf.constant(3))


@explicit
def matrix_product(tfe, differentiate):
    a = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    return differentiate(tf.matmul, params=[0, 1])(a, tf.constant([[1.0], [-1.0]]))


@explicit
def division_by_zero(tfe, differentiate):
    return differentiate(lambda x, y: x / y)(scalar(1.0), scalar(0.0))


@explicit
def logarithm_of_zero(tfe, differentiate):
    return differentiate(lambda x: tf.math.log(x))(scalar(0.0))


@explicit
def not_a_number(tfe, differentiate):
    return differentiate(square)(scalar(float("nan")))


@explicit
def empty_tensor(tfe, differentiate):
    return differentiate(square)(tf.zeros([0, 2]))


@explicit
def sine_and_its_gradient(tfe, differentiate):
    return differentiate(lambda x: tf.sin(x))(tf.constant([0.5, 2.0], tf.float64))
