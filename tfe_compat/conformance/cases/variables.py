"""The functions that differentiate by variables."""

from __future__ import annotations

import functools

import tensorflow as tf

from tfe_compat.conformance.cases.examples import dense_layer, scalar
from tfe_compat.conformance.cases.registration import implicit, single


def three_variables():
    return tf.Variable(3.0), tf.Variable([1.0, 2.0]), tf.Variable(5.0)


@implicit
def variables_read(tfe, differentiate):
    v, w, _ = three_variables()
    return differentiate(lambda x: v * v * w * x)(scalar(2.0))


@implicit
def variables_in_the_order_of_construction(tfe, differentiate):
    u, v, w = three_variables()
    return differentiate(lambda: w * v * u)()


@implicit
def variable_read_twice_counts_once(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda: v.read_value() * v.read_value() * v)()


@implicit
def variable_that_is_not_trainable_does_not_count(tfe, differentiate):
    v, w = tf.Variable(3.0), tf.Variable(5.0, trainable=False)
    return differentiate(lambda: v * w)()


@implicit
def variable_read_but_not_connected(tfe, differentiate):
    v, w = tf.Variable(3.0), tf.Variable(5.0)

    def f():
        w * 2.0
        return v * v

    return differentiate(f)()


@implicit
def variable_read_only_by_stop_gradient(tfe, differentiate):
    v, w = tf.Variable(3.0), tf.Variable(5.0)
    return differentiate(lambda: v * v * tf.stop_gradient(w))()


@implicit
def variable_beside_a_constant(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda: v * v * 5.0)()


@implicit
def integer_variable(tfe, differentiate):
    v, n = tf.Variable(3.0), tf.Variable(2)
    return differentiate(lambda: v * tf.cast(n, tf.float32))()


@implicit
def no_trainable_variable(tfe, differentiate):
    return differentiate(lambda x: x * x)(scalar(3.0))


@implicit
def only_variables_that_are_not_trainable(tfe, differentiate):
    v = tf.Variable(3.0, trainable=False)
    return differentiate(lambda: v * v)()


@implicit
def variable_returned_unread(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda: v)()


@implicit
def variable_returned_beside_a_tensor(tfe, differentiate):
    v, w = tf.Variable(3.0), tf.Variable(5.0)
    return differentiate(lambda: [v * v, w])()


@implicit
def variable_read_and_returned(tfe, differentiate):
    v, w = tf.Variable(3.0), tf.Variable(5.0)
    return differentiate(lambda: [v * v, w.read_value()])()


@implicit
def python_number_returned_beside_a_tensor(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda: [v * v, 2.0])()


@implicit
def tensor_returned_beside_a_tensor(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda: [v * v, scalar(2.0)])()


@implicit
def none_returned_by_a_function_of_variables(tfe, differentiate):
    v = tf.Variable(3.0)

    def forgetful():
        v * v

    return differentiate(forgetful)()


@implicit
def none_returned_by_a_partial_of_variables(tfe, differentiate):
    def forgetful(x):
        pass

    return differentiate(functools.partial(forgetful, 2.0))()


@implicit
def none_returned_without_variables(tfe, differentiate):
    return differentiate(lambda x: None)(scalar(3.0))


@implicit
def none_leaf_returned_by_a_function_of_variables(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda: [v * v, None])()


class Losses(dict):
    """A structure that `tf.nest` can take apart but not rebuild."""

    def __init__(self, one, other):
        super().__init__(one=one, other=other)


@implicit
def structure_that_cannot_be_made_anew(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda: Losses(v * v, v * 2.0))()


@single
def view_of_a_dict_of_variables(tfe):
    v = tf.Variable(3.0)
    return tfe.implicit_gradients(lambda: {"a": v * v, "b": v * 2.0}.values())()


@single
def value_by_variables_is_what_f_returned(tfe):
    v = tf.Variable(3.0)
    kept = []

    def f():
        kept.append([v * v, {"a": v * 2.0}])
        return kept[0]

    value, _ = tfe.implicit_value_and_gradients(f)()
    return value is kept[0]


@implicit
def structure_of_variables(tfe, differentiate):
    v, w, _ = three_variables()
    return differentiate(lambda: {"b": v * v, "a": (w, [v * w])[1]})()


@implicit
def empty_list_returned_by_a_function_of_variables(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda: [v * v][1:])()


@implicit
def arguments_reach_f_untouched(tfe, differentiate):
    v = tf.Variable(3.0)
    token = object()

    def f(number, thing, mode="", **options):
        facts = [isinstance(number, float), thing is token, mode == "m", options == {"dy": 1}]
        return v * float(all(facts))

    return differentiate(f)(2.0, token, mode="m", dy=1)


@implicit
def gather_from_a_variable(tfe, differentiate):
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return differentiate(lambda: tf.gather(v, [1, 0, 1]) * 2.0)()


@implicit
def embedding_lookup_and_dense_use(tfe, differentiate):
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    f = lambda: tf.reduce_sum(tf.nn.embedding_lookup(v, [1])) + tf.reduce_sum(v * v)  # noqa: E731
    return differentiate(f)()


@implicit
def keras_layer_of_variables(tfe, differentiate):
    layer = dense_layer()
    return differentiate(lambda x: tf.reduce_sum(layer(x)))(tf.constant([[1.0, 2.0]]))


@implicit
def keras_layer_itself(tfe, differentiate):
    return differentiate(dense_layer())(tf.constant([[1.0, 2.0]]))


@implicit
def variable_made_by_f(tfe, differentiate):
    made = []

    def f():
        made.append(tf.Variable(3.0))
        return made[-1] * made[-1]

    return differentiate(f)()


@implicit
def variable_assigned_by_f(tfe, differentiate):
    v = tf.Variable(3.0)

    def f():
        v.assign_add(1.0)
        return v * v

    return differentiate(f)()


@implicit
def tf_function_of_variables(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(tf.function(lambda x: v * v * x))(scalar(2.0))


@implicit
def second_order_by_variables(tfe, differentiate):
    v = tf.Variable(3.0)
    inner = tfe.implicit_gradients(lambda: v * v * v)
    return differentiate(lambda: inner()[0][0])()


@implicit
def variables_under_an_outer_tape(tfe, differentiate):
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        result = differentiate(lambda: v * v * v)()
        pairs = result[1] if isinstance(result, tuple) else result
        gradient = pairs[0][0]
    return tape.gradient(gradient, v)


@implicit
def variables_of_all_dtypes(tfe, differentiate):
    variables = [tf.Variable(tf.cast(2.0, d)) for d in ("float16", "float64", "complex64")]
    return differentiate(lambda: [v * v for v in variables])()


@implicit
def exception_of_a_function_of_variables(tfe, differentiate):
    def f():
        raise KeyError("from f")

    return differentiate(f)()
