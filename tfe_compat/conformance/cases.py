"""Hand-written cases: one small use of the gradient functions each, named after what it shows.

Runs unchanged on TF 1.15.5 and on TF 2. Most cases run through several of the functions: an
`explicit` one through the three that differentiate by arguments, under ids like
`one_tensor_as_two_arguments[make_vjp]`, an `implicit` one through the two that differentiate by
variables. They get `differentiate`, which maps `f` and perhaps `params` to the differentiated
function, and `tfe`, which has all five.
"""

from __future__ import annotations

import collections
import collections.abc
import functools
import itertools
import operator
import types
from typing import Any, Callable

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.api import EXPLICIT, IMPLICIT
from tfe_compat.conformance.outcome import Outcome, outcome_of

# id -> the case, which gets the functions under test and returns what they gave.
CASES: dict[str, Callable[[Any], Any]] = {}


def outcome(name: str, tfe: Any) -> Outcome:
    """What a case does with the functions of `tfe`."""
    return outcome_of(lambda: CASES[name](tfe))


def _register(name: str, case: Callable[[Any], Any]) -> None:
    assert name not in CASES, name
    CASES[name] = case


def single(case: Callable[[Any], Any]) -> None:
    """Registers a case that calls the functions by itself."""
    _register(case.__name__, case)


def explicit(case: Callable[[Any, Any], Any]) -> None:
    """Registers a case for each of the functions that differentiate by arguments."""
    for name in EXPLICIT:

        def run(tfe: Any, name: str = name) -> Any:
            return case(tfe, _called_vjp(tfe) if name == "make_vjp" else getattr(tfe, name))

        _register(f"{case.__name__}[{name}]", run)


def implicit(case: Callable[[Any, Any], Any]) -> None:
    """Registers a case for each of the functions that differentiate by variables."""
    for name in IMPLICIT:

        def run(tfe: Any, name: str = name) -> Any:
            return case(tfe, getattr(tfe, name))

        _register(f"{case.__name__}[{name}]", run)


def _called_vjp(tfe: Any) -> Callable[..., Any]:
    """`make_vjp` in the form of `value_and_gradients_function`."""

    def differentiate(f: Any, params: Any = None) -> Callable[..., Any]:
        value_and_vjp = tfe.make_vjp(f, params)

        def value_and_gradients(*args: Any, **kwargs: Any) -> Any:
            dy = kwargs.pop("dy", None)
            value, vjp = value_and_vjp(*args, **kwargs)
            return value, vjp(dy)

        return value_and_gradients

    return differentiate


def x2y(x: Any, y: Any) -> Any:
    return x * x * y


def square(x: Any) -> Any:
    return x * x


def two_outputs(x: Any, y: Any) -> Any:
    return x * y, x + y


def documented(x: Any, y: Any) -> Any:
    return x * x * x * y - x * y * y


class Scaled:
    """`x * x * y * scale` as a method of each kind and as a call."""

    scale = 2.0

    def method(self, x: Any, y: Any) -> Any:
        return x * x * y * self.scale

    def method_with_default(self, x: Any, y: Any = None) -> Any:
        return x * x * self.scale

    def method_with_rest(self, x: Any, *rest: Any) -> Any:
        return x * x * rest[0] * self.scale

    @classmethod
    def class_method(cls, x: Any, y: Any) -> Any:
        return x * x * y * cls.scale

    @staticmethod
    def static_method(x: Any, y: Any) -> Any:
        return x * x * y * 2.0

    def __call__(self, x: Any, y: Any) -> Any:
        return x * x * y * self.scale


class CallableWithRest:
    def __call__(self, *args: Any) -> Any:
        return args[0] * args[0] * args[1]


Pair = collections.namedtuple("Pair", ["first", "second"])


def scalar(number: float, dtype: Any = tf.float32) -> Any:
    return tf.constant(number, dtype)


def pair_of_tensors() -> Any:
    return scalar(3.0), scalar(5.0)


# The documented example


@explicit
def documented_example(tfe, differentiate):
    return differentiate(documented)(2.0, 3.0)


@explicit
def documented_example_with_params(tfe, differentiate):
    return differentiate(documented, params=[1])(2.0, 3.0)


@explicit
def documented_example_by_name(tfe, differentiate):
    return differentiate(documented, params=["y"])(2.0, 3.0)


@single
def documented_second_order(tfe):
    first = tfe.gradients_function(documented)
    return tfe.gradients_function(lambda x, y: first(x, y)[0])(2.0, 3.0)


# Which arguments are differentiated: params=None


@explicit
def every_positional_parameter(tfe, differentiate):
    return differentiate(lambda a, b, c: a * b * b + c)(2.0, 3.0, 5.0)


@explicit
def default_left_out(tfe, differentiate):
    return differentiate(lambda x, y=7.0: x * x * y)(3.0)


@explicit
def default_left_out_but_params_given(tfe, differentiate):
    return differentiate(lambda x, y=7.0: x * x * y, params=[0])(3.0)


@explicit
def default_passed(tfe, differentiate):
    return differentiate(lambda x, y=7.0: x * x * y)(3.0, 5.0)


@explicit
def required_argument_left_out(tfe, differentiate):
    return differentiate(x2y)(3.0)


@explicit
def too_many_arguments(tfe, differentiate):
    return differentiate(x2y)(3.0, 4.0, 5.0)


@explicit
def rest_is_not_included(tfe, differentiate):
    return differentiate(lambda x, *rest: x * x * rest[0])(*pair_of_tensors())


@explicit
def rest_only(tfe, differentiate):
    return differentiate(lambda *args: args[0] * args[0] * args[1])(*pair_of_tensors())


@explicit
def keyword_only_parameters_do_not_count(tfe, differentiate):
    def f(x, *rest, power=2.0):
        return x * rest[0] * power

    return differentiate(f)(*pair_of_tensors())


@explicit
def only_keyword_only_parameters_besides_rest(tfe, differentiate):
    def f(*args, power=2.0):
        return args[0] * args[1] * power

    return differentiate(f)(*pair_of_tensors())


@explicit
def no_arguments(tfe, differentiate):
    return differentiate(lambda: scalar(3.0))()


@explicit
def signature_that_cannot_be_read(tfe, differentiate):
    return differentiate(max)(*pair_of_tensors())


@explicit
def signature_that_cannot_be_read_by_index(tfe, differentiate):
    return differentiate(max, params=[1])(*pair_of_tensors())


@explicit
def signature_that_cannot_be_read_by_name(tfe, differentiate):
    return differentiate(max, params=["a"])(*pair_of_tensors())


# Which arguments are differentiated: params


@explicit
def names_out_of_order(tfe, differentiate):
    return differentiate(x2y, params=["y", "x"])(*pair_of_tensors())


@explicit
def indices_out_of_order(tfe, differentiate):
    return differentiate(x2y, params=[1, 0])(*pair_of_tensors())


@explicit
def duplicated_indices(tfe, differentiate):
    return differentiate(x2y, params=[0, 1, 0, 0])(*pair_of_tensors())


@explicit
def duplicated_names(tfe, differentiate):
    return differentiate(x2y, params=["y", "x", "y"])(*pair_of_tensors())


@explicit
def tuple_of_names(tfe, differentiate):
    return differentiate(x2y, params=("y",))(*pair_of_tensors())


@explicit
def range_of_indices(tfe, differentiate):
    return differentiate(x2y, params=range(1, -1, -1))(*pair_of_tensors())


@explicit
def set_of_indices(tfe, differentiate):
    return differentiate(x2y, params={0, 1})(*pair_of_tensors())


@explicit
def keys_of_a_dict(tfe, differentiate):
    return differentiate(x2y, params={"y": "anything"})(*pair_of_tensors())


@explicit
def str_counts_as_its_characters(tfe, differentiate):
    return differentiate(x2y, params="yx")(*pair_of_tensors())


@explicit
def bytes_count_as_integers(tfe, differentiate):
    return differentiate(x2y, params=b"\x01")(*pair_of_tensors())


@explicit
def booleans_count_as_integers(tfe, differentiate):
    return differentiate(x2y, params=[True, False])(*pair_of_tensors())


@explicit
def generator_of_indices(tfe, differentiate):
    return differentiate(x2y, params=(i for i in [1, 0]))(*pair_of_tensors())


@explicit
def generator_of_names(tfe, differentiate):
    return differentiate(x2y, params=iter(["y", "x"]))(*pair_of_tensors())


@explicit
def generator_used_by_two_calls(tfe, differentiate):
    g = differentiate(x2y, params=(i for i in [1, 0]))
    g(*pair_of_tensors())
    return g(*pair_of_tensors())


@explicit
def numpy_integers(tfe, differentiate):
    return differentiate(x2y, params=[np.int64(1), np.int32(0)])(*pair_of_tensors())


@explicit
def numpy_array_of_indices(tfe, differentiate):
    return differentiate(x2y, params=np.array([1, 0]))(*pair_of_tensors())


@explicit
def params_changed_before_the_first_call(tfe, differentiate):
    params = [0]
    g = differentiate(x2y, params=params)
    params[0] = 1
    return g(*pair_of_tensors())


@explicit
def params_changed_after_the_first_call(tfe, differentiate):
    params = [1]
    g = differentiate(x2y, params=params)
    g(*pair_of_tensors())
    params[0] = 0
    return g(*pair_of_tensors())


@explicit
def negative_index(tfe, differentiate):
    return differentiate(x2y, params=[-1])(*pair_of_tensors())


@explicit
def negative_indices_out_of_order(tfe, differentiate):
    return differentiate(x2y, params=[-1, -2])(*pair_of_tensors())


@explicit
def negative_index_of_a_python_number(tfe, differentiate):
    return differentiate(x2y, params=[-1, -2])(3.0, 5.0)


@explicit
def index_of_a_python_number(tfe, differentiate):
    return differentiate(x2y, params=[1, 0])(3.0, 5.0)


@explicit
def negative_index_of_a_numpy_array(tfe, differentiate):
    return differentiate(square, params=[-1])(np.array([1.0, 2.0], np.float32))


@explicit
def index_of_a_numpy_array(tfe, differentiate):
    return differentiate(square, params=[0])(np.array([1.0, 2.0], np.float32))


@explicit
def negative_index_of_a_variable(tfe, differentiate):
    return differentiate(square, params=[-1])(tf.Variable(3.0))


@explicit
def index_of_a_variable(tfe, differentiate):
    return differentiate(square, params=[0])(tf.Variable(3.0))


@explicit
def negative_index_counts_from_the_end_of_the_call(tfe, differentiate):
    f = lambda x, y=2.0, *rest: x * x * y  # noqa: E731
    return differentiate(f, params=[-1])(*pair_of_tensors())


@explicit
def empty_list_of_params(tfe, differentiate):
    return differentiate(x2y, params=[])(*pair_of_tensors())


@explicit
def empty_list_of_params_leaves_python_numbers(tfe, differentiate):
    return differentiate(lambda x: [str(type(x)), x], params=())(3.0)


@explicit
def empty_str_of_params(tfe, differentiate):
    return differentiate(x2y, params="")(*pair_of_tensors())


@explicit
def index_within_rest(tfe, differentiate):
    return differentiate(lambda x, *rest: x * x * rest[0], params=[1])(*pair_of_tensors())


@explicit
def strings_and_integers_mixed(tfe, differentiate):
    return differentiate(x2y, params=["x", 0])(*pair_of_tensors())


@explicit
def tuple_of_strings_and_integers(tfe, differentiate):
    return differentiate(x2y, params=("x", 0))(*pair_of_tensors())


@explicit
def floats_as_params(tfe, differentiate):
    return differentiate(x2y, params=[0.0])(*pair_of_tensors())


@explicit
def none_among_params(tfe, differentiate):
    return differentiate(x2y, params=[None])(*pair_of_tensors())


@explicit
def bytes_among_params(tfe, differentiate):
    return differentiate(x2y, params=[b"x"])(*pair_of_tensors())


@explicit
def unknown_name(tfe, differentiate):
    return differentiate(x2y, params=["z"])(*pair_of_tensors())


@explicit
def name_of_rest(tfe, differentiate):
    return differentiate(lambda x, *rest: x, params=["rest"])(*pair_of_tensors())


@explicit
def name_of_a_keyword_only_parameter(tfe, differentiate):
    def f(x, *, y=2.0):
        return x * y

    return differentiate(f, params=["y"])(scalar(3.0))


@explicit
def name_of_a_default_left_out(tfe, differentiate):
    return differentiate(lambda x, y=7.0: x * y, params=["y"])(scalar(3.0))


@explicit
def index_out_of_range(tfe, differentiate):
    return differentiate(x2y, params=[2])(*pair_of_tensors())


@explicit
def negative_index_out_of_range(tfe, differentiate):
    return differentiate(x2y, params=[-3])(*pair_of_tensors())


@explicit
def index_without_arguments(tfe, differentiate):
    return differentiate(lambda: scalar(3.0), params=[0])()


@explicit
def params_that_are_no_iterable(tfe, differentiate):
    return differentiate(x2y, params=1)(*pair_of_tensors())


@explicit
def wrong_params_are_reported_by_the_call(tfe, differentiate):
    return callable(differentiate(x2y, params=[0, "x"])) and callable(differentiate(x2y, params=1))


@explicit
def wrong_params_are_reported_before_f_runs(tfe, differentiate):
    calls = []

    def f(x):
        calls.append(x)
        return x

    try:
        differentiate(f, params=["y"])(3.0)
    except ValueError:
        return len(calls)


# What can be differentiated


@explicit
def bound_method(tfe, differentiate):
    return differentiate(Scaled().method)(*pair_of_tensors())


@explicit
def bound_method_by_index(tfe, differentiate):
    return differentiate(Scaled().method, params=[0, 1])(*pair_of_tensors())


@explicit
def bound_method_by_name(tfe, differentiate):
    return differentiate(Scaled().method, params=["x"])(*pair_of_tensors())


@explicit
def bound_method_by_its_first_index(tfe, differentiate):
    return differentiate(Scaled().method, params=[0])(*pair_of_tensors())


@explicit
def bound_method_by_self(tfe, differentiate):
    return differentiate(Scaled().method, params=["self"])(*pair_of_tensors())


@explicit
def bound_method_with_default_left_out(tfe, differentiate):
    return differentiate(Scaled().method_with_default)(scalar(3.0))


@explicit
def bound_method_with_default_left_out_by_index(tfe, differentiate):
    return differentiate(Scaled().method_with_default, params=[0])(scalar(3.0))


@explicit
def bound_method_with_rest(tfe, differentiate):
    return differentiate(Scaled().method_with_rest)(*pair_of_tensors())


@explicit
def bound_method_with_rest_by_index(tfe, differentiate):
    return differentiate(Scaled().method_with_rest, params=[0])(*pair_of_tensors())


@explicit
def class_method(tfe, differentiate):
    return differentiate(Scaled.class_method)(*pair_of_tensors())


@explicit
def class_method_by_index(tfe, differentiate):
    return differentiate(Scaled.class_method, params=[0, 1])(*pair_of_tensors())


@explicit
def static_method(tfe, differentiate):
    return differentiate(Scaled().static_method)(*pair_of_tensors())


@explicit
def static_method_by_name(tfe, differentiate):
    return differentiate(Scaled.static_method, params=["y"])(*pair_of_tensors())


@explicit
def callable_object(tfe, differentiate):
    return differentiate(Scaled())(*pair_of_tensors())


@explicit
def callable_object_by_index(tfe, differentiate):
    return differentiate(Scaled(), params=[0, 1])(*pair_of_tensors())


@explicit
def callable_object_with_rest(tfe, differentiate):
    return differentiate(CallableWithRest())(*pair_of_tensors())


@explicit
def callable_object_with_rest_by_index(tfe, differentiate):
    return differentiate(CallableWithRest(), params=[0, 1])(*pair_of_tensors())


@explicit
def unbound_method_of_a_tensor_named_self(tfe, differentiate):
    def f(self, other):
        return self * self * other

    return differentiate(f)(*pair_of_tensors())


@explicit
def self_by_name_in_a_plain_function(tfe, differentiate):
    def f(self, other):
        return self * self * other

    return differentiate(f, params=["self"])(*pair_of_tensors())


@explicit
def partial_with_a_positional_argument(tfe, differentiate):
    return differentiate(functools.partial(x2y, 3.0))(scalar(5.0))


@explicit
def partial_with_a_positional_argument_by_name(tfe, differentiate):
    return differentiate(functools.partial(x2y, 3.0), params=["y"])(scalar(5.0))


@explicit
def partial_by_the_name_it_has_filled(tfe, differentiate):
    return differentiate(functools.partial(x2y, 3.0), params=["x"])(scalar(5.0))


@explicit
def partial_with_a_keyword(tfe, differentiate):
    return differentiate(functools.partial(x2y, y=5.0))(scalar(3.0))


@explicit
def partial_with_a_keyword_by_name(tfe, differentiate):
    return differentiate(functools.partial(x2y, y=5.0), params=["x"])(scalar(3.0))


@explicit
def partial_of_a_partial(tfe, differentiate):
    f = functools.partial(functools.partial(lambda a, b, c: a * b * c, 2.0), 3.0)
    return differentiate(f)(scalar(5.0))


@explicit
def partial_of_a_bound_method(tfe, differentiate):
    return differentiate(functools.partial(Scaled().method, 3.0))(scalar(5.0))


@explicit
def partial_of_a_bound_method_by_index(tfe, differentiate):
    return differentiate(functools.partial(Scaled().method, 3.0), params=[0])(scalar(5.0))


@explicit
def partial_of_an_unbound_method(tfe, differentiate):
    return differentiate(functools.partial(Scaled.method, Scaled()))(*pair_of_tensors())


@explicit
def partial_of_a_tf_function_by_index(tfe, differentiate):
    return differentiate(functools.partial(tf.function(x2y), scalar(3.0)), params=[0])(scalar(5.0))


@explicit
def partial_of_a_tf_function_by_name(tfe, differentiate):
    f = functools.partial(tf.function(x2y), scalar(3.0))
    return differentiate(f, params=["y"])(scalar(5.0))


@explicit
def class_as_function(tfe, differentiate):
    return differentiate(Pair)(*pair_of_tensors())


@explicit
def class_as_function_by_index(tfe, differentiate):
    return differentiate(Pair, params=[0, 1])(*pair_of_tensors())


@explicit
def tf_function(tfe, differentiate):
    return differentiate(tf.function(x2y))(*pair_of_tensors())


@explicit
def tf_function_by_name(tfe, differentiate):
    return differentiate(tf.function(x2y), params=["y"])(*pair_of_tensors())


@explicit
def tf_function_of_a_method(tfe, differentiate):
    return differentiate(tf.function(Scaled().method), params=[0, 1])(*pair_of_tensors())


@explicit
def concrete_function(tfe, differentiate):
    f = tf.function(x2y).get_concrete_function(*pair_of_tensors())
    return differentiate(f)(*pair_of_tensors())


@explicit
def concrete_function_by_index(tfe, differentiate):
    f = tf.function(x2y).get_concrete_function(*pair_of_tensors())
    return differentiate(f, params=[0, 1])(*pair_of_tensors())


@tf.custom_gradient
def doubled_gradient(x, y):
    return x * y, lambda dy: (2.0 * dy * y, 2.0 * dy * x)


@explicit
def custom_gradient(tfe, differentiate):
    return differentiate(doubled_gradient)(*pair_of_tensors())


@explicit
def custom_gradient_by_name(tfe, differentiate):
    return differentiate(doubled_gradient, params=["y"])(*pair_of_tensors())


@explicit
def operation_with_its_name_left_out(tfe, differentiate):
    return differentiate(tf.multiply)(*pair_of_tensors())


@explicit
def operation_by_index(tfe, differentiate):
    return differentiate(tf.multiply, params=[0, 1])(*pair_of_tensors())


@explicit
def operation_by_name(tfe, differentiate):
    return differentiate(tf.multiply, params=["y"])(*pair_of_tensors())


@explicit
def unary_operation_with_its_name_left_out(tfe, differentiate):
    return differentiate(tf.square)(scalar(3.0))


@explicit
def unary_operation_by_index(tfe, differentiate):
    return differentiate(tf.square, params=[0])(scalar(3.0))


@explicit
def builtin_with_a_signature(tfe, differentiate):
    return differentiate(operator.mul)(*pair_of_tensors())


@explicit
def builtin_by_name(tfe, differentiate):
    return differentiate(operator.mul, params=["b"])(*pair_of_tensors())


@explicit
def numpy_function_cuts_the_tape(tfe, differentiate):
    return differentiate(np.multiply)(*pair_of_tensors())


def dense_layer():
    return tf.keras.layers.Dense(1, kernel_initializer="ones", bias_initializer="ones")


@explicit
def keras_layer(tfe, differentiate):
    return differentiate(dense_layer())(tf.constant([[1.0, 2.0]]))


@explicit
def keras_layer_by_index(tfe, differentiate):
    return differentiate(dense_layer(), params=[0])(tf.constant([[1.0, 2.0]]))


@explicit
def keras_layer_by_name(tfe, differentiate):
    return differentiate(dense_layer(), params=["inputs"])(tf.constant([[1.0, 2.0]]))


@explicit
def keras_model(tfe, differentiate):
    return differentiate(tf.keras.Sequential([dense_layer()]))(tf.constant([[1.0, 2.0]]))


@explicit
def keras_model_by_index(tfe, differentiate):
    model = tf.keras.Sequential([dense_layer()])
    return differentiate(model, params=[0])(tf.constant([[1.0, 2.0]]))


def wrapper_of(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args) * 2.0

    return wrapper


@explicit
def wraps_wrapper(tfe, differentiate):
    return differentiate(wrapper_of(lambda x, *rest: x * x * rest[0]))(*pair_of_tensors())


@explicit
def wraps_wrapper_by_the_name_of_what_it_wraps(tfe, differentiate):
    return differentiate(wrapper_of(x2y), params=["x"])(*pair_of_tensors())


@explicit
def wraps_wrapper_with_parameters_of_its_own(tfe, differentiate):
    @functools.wraps(x2y)
    def wrapper(a, *rest):
        return x2y(a, *rest)

    return differentiate(wrapper)(*pair_of_tensors())


@explicit
def differentiated_function(tfe, differentiate):
    return differentiate(tfe.gradients_function(x2y))(*pair_of_tensors())


@explicit
def differentiated_function_by_index(tfe, differentiate):
    return differentiate(tfe.gradients_function(x2y), params=[1])(*pair_of_tensors())


@explicit
def differentiated_function_by_name(tfe, differentiate):
    return differentiate(tfe.gradients_function(x2y), params=["x"])(*pair_of_tensors())


@explicit
def something_that_cannot_be_called(tfe, differentiate):
    return differentiate(3)(scalar(3.0))


# Keyword arguments


@explicit
def keyword_argument(tfe, differentiate):
    return differentiate(x2y)(scalar(3.0), y=scalar(5.0))


@explicit
def keyword_argument_beside_dy(tfe, differentiate):
    return differentiate(x2y)(scalar(3.0), y=scalar(5.0), dy=scalar(1.0))


@single
def keyword_argument_with_wrong_params(tfe):
    return tfe.make_vjp(x2y, params=["z"])(scalar(3.0), y=scalar(5.0))


@single
def dy_given_too_early_to_make_vjp(tfe):
    return tfe.make_vjp(square)(scalar(3.0), dy=scalar(1.0))


# Arguments


@explicit
def python_float(tfe, differentiate):
    return differentiate(square)(3.0)


@explicit
def python_int(tfe, differentiate):
    return differentiate(square)(3)


@explicit
def large_python_int(tfe, differentiate):
    return differentiate(square, params=[0])(2**31)


@explicit
def python_int_beyond_64_bits(tfe, differentiate):
    return differentiate(square)(2**70)


@explicit
def python_bool(tfe, differentiate):
    return differentiate(lambda x: x)(True)


@explicit
def python_complex(tfe, differentiate):
    return differentiate(square)(1.0 + 2.0j)


@explicit
def python_list(tfe, differentiate):
    return differentiate(square)([1.0, 2.0])


@explicit
def nested_python_list(tfe, differentiate):
    return differentiate(square)([[1.0, 2.0], [3.0, 4.0]])


@explicit
def python_list_of_unequal_lengths(tfe, differentiate):
    return differentiate(square)([[1.0, 2.0], [3.0]])


@explicit
def list_of_tensors(tfe, differentiate):
    return differentiate(square)([scalar(1.0), scalar(2.0)])


@explicit
def empty_python_list(tfe, differentiate):
    return differentiate(square)([])


@explicit
def numpy_array(tfe, differentiate):
    return differentiate(square)(np.array([1.0, 2.0], np.float32))


@explicit
def numpy_array_of_float64(tfe, differentiate):
    return differentiate(square)(np.array([1.0, 2.0]))


@explicit
def numpy_array_of_integers(tfe, differentiate):
    return differentiate(square)(np.array([1, 2]))


@explicit
def numpy_scalar(tfe, differentiate):
    return differentiate(square)(np.float64(3.0))


@explicit
def variable(tfe, differentiate):
    return differentiate(square)(tf.Variable([1.0, 2.0]))


@explicit
def variable_that_is_not_trainable(tfe, differentiate):
    return differentiate(square)(tf.Variable([1.0, 2.0], trainable=False))


@explicit
def indexed_slices_as_argument(tfe, differentiate):
    slices = tf.IndexedSlices(tf.constant([5.0]), tf.constant([1]), tf.constant([2]))
    return differentiate(square)(slices)


@explicit
def string_selected(tfe, differentiate):
    return differentiate(lambda x, mode: [x * x, mode])(scalar(3.0), "mode")


@explicit
def string_not_selected(tfe, differentiate):
    f = lambda x, mode: x * x if mode == "square" else x  # noqa: E731
    return differentiate(f, params=[0])(scalar(3.0), "square")


@explicit
def none_selected(tfe, differentiate):
    return differentiate(lambda x, nothing: x * x)(scalar(3.0), None)


@explicit
def none_not_selected(tfe, differentiate):
    f = lambda x, nothing: x * x if nothing is None else x  # noqa: E731
    return differentiate(f, params=["x"])(scalar(3.0), None)


@explicit
def dict_selected(tfe, differentiate):
    return differentiate(lambda x, options: x * x)(scalar(3.0), {"power": 2})


@explicit
def dict_not_selected(tfe, differentiate):
    f = lambda options, x: x ** options["power"]  # noqa: E731
    return differentiate(f, params=["x"])({"power": 3}, scalar(3.0))


@explicit
def object_not_selected_is_the_same_object(tfe, differentiate):
    token = object()
    return differentiate(lambda x, thing: [x, thing is token], params=[0])(scalar(3.0), token)


@explicit
def selected_arguments_become_tensors(tfe, differentiate):
    seen: list[bool] = []

    def f(x, y, z):
        seen.extend(isinstance(argument, tf.Tensor) for argument in (x, y, z))
        return x * x

    differentiate(f, params=[0, 2])(3.0, 4.0, np.float32(5.0))
    return seen


@explicit
def variables_selected_become_tensors(tfe, differentiate):
    seen: list[bool] = []

    def f(x, y):
        seen.extend(isinstance(argument, tf.Variable) for argument in (x, y))
        return x * y

    differentiate(f, params=[0])(tf.Variable(3.0), tf.Variable(5.0))
    return seen


@explicit
def one_tensor_as_two_arguments(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y)(x, x)


@explicit
def one_tensor_as_three_arguments(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a, b, c: a * b * b * c * c * c)(x, x, x)


@explicit
def one_tensor_as_two_arguments_one_selected(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[0])(x, x)


@explicit
def one_tensor_as_two_arguments_the_other_selected(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[1])(x, x)


@explicit
def one_tensor_as_two_arguments_by_a_negative_index(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[-1])(x, x)


@explicit
def one_tensor_as_two_arguments_by_negative_indices(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[0, -1])(x, x)


@explicit
def one_tensor_as_two_arguments_by_indices(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[0, 1])(x, x)


@explicit
def one_tensor_as_two_arguments_out_of_order(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[1, 0])(x, x)


@explicit
def one_tensor_as_two_arguments_and_in_a_closure(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a, b: a * b * b * x)(x, x)


@explicit
def one_tensor_as_two_arguments_out_of_order_and_in_a_closure(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a, b: a * b * b * x, params=[1, 0])(x, x)


@explicit
def one_tensor_as_selected_and_other_argument(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a, b, c: a * b * c, params=[2, 1])(x, x, x)


@explicit
def one_tensor_as_two_duplicated_arguments(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(x2y, params=[1, 1, 0])(x, x)


@explicit
def one_tensor_in_a_closure(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(lambda a: a * x)(x)


@explicit
def one_variable_as_two_arguments(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(x2y)(v, v)


@explicit
def one_variable_as_two_arguments_one_selected(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(x2y, params=[0])(v, v)


@explicit
def one_variable_as_argument_and_in_a_closure(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(lambda a: a * a * v)(v)


@explicit
def one_numpy_array_as_two_arguments(tfe, differentiate):
    array = np.array([1.0, 2.0], np.float32)
    return differentiate(x2y)(array, array)


@explicit
def one_integer_tensor_as_two_arguments(tfe, differentiate):
    x = tf.constant(3)
    return differentiate(lambda a, b: a * b)(x, x)


@explicit
def equal_python_numbers(tfe, differentiate):
    return differentiate(x2y)(3.0, 3.0)


@explicit
def argument_equal_to_a_constant_in_f(tfe, differentiate):
    return differentiate(lambda x: x * 2.0)(2.0)


@explicit
def integer_tensor(tfe, differentiate):
    return differentiate(square)(tf.constant([1, 2]))


@explicit
def integer_returned_as_it_came(tfe, differentiate):
    return differentiate(lambda x: x)(tf.constant(3))


@explicit
def boolean_tensor_chooses(tfe, differentiate):
    f = lambda choice, x: x * x if choice else x  # noqa: E731
    return differentiate(f)(tf.constant(True), scalar(3.0))


@explicit
def integer_and_float(tfe, differentiate):
    f = lambda n, x: x * tf.cast(n, tf.float32)  # noqa: E731
    return differentiate(f)(tf.constant(4), scalar(3.0))


@explicit
def string_tensor(tfe, differentiate):
    return differentiate(lambda s: s)(tf.constant(["a", "b"]))


@explicit
def ragged_tensor_as_argument(tfe, differentiate):
    return differentiate(lambda x: x)(tf.ragged.constant([[1.0], [2.0, 3.0]]))


# Value


@explicit
def tuple_returned(tfe, differentiate):
    return differentiate(lambda x, y: (x * y, x + y))(*pair_of_tensors())


@explicit
def list_returned(tfe, differentiate):
    return differentiate(lambda x, y: [x * y, x + y])(*pair_of_tensors())


@explicit
def dict_returned(tfe, differentiate):
    return differentiate(lambda x, y: {"b": x * y, "a": x + y})(*pair_of_tensors())


@explicit
def ordered_dict_returned(tfe, differentiate):
    f = lambda x, y: collections.OrderedDict([("b", x * y), ("a", x + y)])  # noqa: E731
    return differentiate(f)(*pair_of_tensors())


@explicit
def namedtuple_returned(tfe, differentiate):
    return differentiate(lambda x, y: Pair(x * y, [x + y]))(*pair_of_tensors())


@explicit
def nested_structure_returned(tfe, differentiate):
    f = lambda x, y: {"b": [x * y, (x, y)], "a": ({"c": x + y},)}  # noqa: E731
    return differentiate(f)(*pair_of_tensors())


@explicit
def dict_with_keys_that_do_not_sort(tfe, differentiate):
    return differentiate(lambda x: {"b": x, 1: x})(scalar(3.0))


@explicit
def empty_list_returned(tfe, differentiate):
    return differentiate(lambda x: [])(scalar(3.0))


@explicit
def empty_dict_returned(tfe, differentiate):
    return differentiate(lambda x: {})(scalar(3.0))


@explicit
def python_number_returned(tfe, differentiate):
    return differentiate(lambda x: 2.0)(scalar(3.0))


@explicit
def python_leaves_returned(tfe, differentiate):
    return differentiate(lambda x: [x * x, 2.0, 3, True, "text", b"bytes"])(scalar(3.0))


@explicit
def numpy_leaves_returned(tfe, differentiate):
    f = lambda x: [x * x, np.float64(2.0), np.array([1, 2]), np.ones([2], np.float32)]  # noqa: E731
    return differentiate(f)(scalar(3.0))


@explicit
def variable_returned(tfe, differentiate):
    v = tf.Variable([1.0, 2.0])
    return differentiate(lambda x: [x * x, v])(scalar(3.0))


@explicit
def indexed_slices_returned(tfe, differentiate):
    f = lambda x: tf.IndexedSlices(x * tf.constant([5.0]), tf.constant([1]), tf.constant([2]))  # noqa: E731
    return differentiate(f)(scalar(2.0))


@explicit
def indexed_slices_without_a_shape_returned(tfe, differentiate):
    f = lambda x: tf.IndexedSlices(x * tf.constant([5.0]), tf.constant([1]))  # noqa: E731
    return differentiate(f)(scalar(2.0))


@explicit
def ragged_tensor_returned(tfe, differentiate):
    return differentiate(lambda x: tf.ragged.constant([[1.0], [2.0, 3.0]]))(scalar(2.0))


@explicit
def none_leaf_returned(tfe, differentiate):
    return differentiate(lambda x: [x, None])(scalar(3.0))


@explicit
def set_returned(tfe, differentiate):
    return differentiate(lambda x: {1})(scalar(3.0))


@explicit
def none_returned(tfe, differentiate):
    def forgetful(x):
        x * x

    return differentiate(forgetful)(scalar(3.0))


@explicit
def none_returned_by_a_lambda(tfe, differentiate):
    return differentiate(lambda x: None)(scalar(3.0))


@explicit
def none_returned_by_a_partial(tfe, differentiate):
    def forgetful(x, y):
        x * y

    return differentiate(functools.partial(forgetful, 2.0))(scalar(3.0))


@explicit
def none_returned_by_a_callable_object(tfe, differentiate):
    class Forgetful:
        def __call__(self, *args):
            pass

    return differentiate(Forgetful(), params=[0])(scalar(3.0))


@explicit
def argument_returned(tfe, differentiate):
    return differentiate(lambda x: x)(scalar(3.0))


@explicit
def argument_returned_twice(tfe, differentiate):
    return differentiate(lambda x: [x, x])(scalar(3.0))


@explicit
def arguments_returned_with_dy(tfe, differentiate):
    g = differentiate(lambda x, y: [y, x, y])
    return g(*pair_of_tensors(), dy=[scalar(2.0), scalar(3.0), scalar(7.0)])


@explicit
def one_result_returned_twice(tfe, differentiate):
    def f(x):
        y = x * x
        return y, y

    return differentiate(f)(scalar(3.0))


@explicit
def one_result_returned_twice_with_dy(tfe, differentiate):
    def f(x):
        y = x * x
        return y, y

    return differentiate(f)(scalar(3.0), dy=(scalar(2.0), scalar(5.0)))


@explicit
def result_and_what_depends_on_it_returned(tfe, differentiate):
    def f(x):
        y = x * x
        return y, y * y

    return differentiate(f)(scalar(3.0))


@single
def value_is_not_the_argument(tfe):
    x = scalar(3.0)
    value, _ = tfe.value_and_gradients_function(lambda x: x)(x)
    return value is x


@explicit
def value_of_a_constant(tfe, differentiate):
    c = scalar(7.0)
    return differentiate(lambda x: c)(scalar(3.0))


@explicit
def large_output_is_summed(tfe, differentiate):
    return differentiate(lambda x: x * tf.ones([2, 3]))(scalar(3.0))


# Gradients


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


# Higher order


@explicit
def second_order(tfe, differentiate):
    return differentiate(lambda x: tfe.gradients_function(lambda x: x**3)(x)[0])(scalar(2.0))


@explicit
def third_order(tfe, differentiate):
    first = tfe.gradients_function(lambda x: x**4)
    second = tfe.gradients_function(lambda x: first(x)[0])
    return differentiate(lambda x: second(x)[0])(scalar(2.0))


@explicit
def mixed_second_order(tfe, differentiate):
    first = tfe.gradients_function(documented)
    return differentiate(lambda x, y: first(x, y)[1])(2.0, 3.0)


@explicit
def second_order_by_the_value(tfe, differentiate):
    def f(x):
        value, (gradient,) = tfe.value_and_gradients_function(lambda x: x**3)(x)
        return value * gradient

    return differentiate(f)(scalar(2.0))


@explicit
def inner_function_closes_over_the_outer_argument(tfe, differentiate):
    def f(x):
        return tfe.gradients_function(lambda y: x * x * y * y)(x * 2.0)[0]

    return differentiate(f)(scalar(3.0))


@explicit
def inner_function_of_an_unconnected_argument(tfe, differentiate):
    inner = tfe.gradients_function(square)
    return differentiate(lambda x: inner(scalar(5.0))[0] * x)(scalar(3.0))


@explicit
def one_tensor_as_two_arguments_of_the_inner_function(tfe, differentiate):
    inner = tfe.gradients_function(x2y)
    return differentiate(lambda x: inner(x, x))(scalar(3.0))


@explicit
def under_an_outer_tape(tfe, differentiate):
    x, y = pair_of_tensors()
    with tf.GradientTape() as tape:
        tape.watch(x)
        result = differentiate(x2y)(x, y)
    return result, tape.gradient(result, x)


@explicit
def variable_argument_under_an_outer_tape(tfe, differentiate):
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        result = differentiate(lambda x: x**3)(v)
    return tape.gradient(result, v)


@explicit
def variable_in_a_closure_under_an_outer_tape(tfe, differentiate):
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        result = differentiate(lambda x: x * x * v * v)(scalar(2.0))
    return tape.gradient(result, v)


@explicit
def under_implicit_gradients(tfe, differentiate):
    v = tf.Variable(3.0)
    return tfe.implicit_gradients(lambda x: differentiate(lambda y: y * y * v)(x))(scalar(2.0))


@explicit
def implicit_gradients_inside(tfe, differentiate):
    v = tf.Variable(3.0)
    inner = tfe.implicit_gradients(lambda x: x * x * v * v)
    return differentiate(lambda x: inner(x)[0][0])(scalar(2.0))


@explicit
def second_order_through_dy(tfe, differentiate):
    inner = tfe.gradients_function(square)
    return differentiate(lambda x, dy: inner(x, dy=dy)[0])(*pair_of_tensors())


@explicit
def dy_that_depends_on_the_argument(tfe, differentiate):
    inner = tfe.gradients_function(square)
    return differentiate(lambda x: inner(x, dy=x)[0])(scalar(3.0))


@single
def jacobian_vector_product_by_two_vjps(tfe):
    def pull_back(cotangent, x):
        return tfe.gradients_function(lambda x: tf.sin(x) * x)(x, dy=cotangent)[0]

    x = tf.constant([0.5, 1.5], tf.float64)
    pull_back_twice = tfe.gradients_function(lambda cotangent: pull_back(cotangent, x))
    return pull_back_twice(tf.ones_like(x), dy=tf.constant([1.0, 0.0], tf.float64))


# dy


@explicit
def dy_of_a_scalar(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=scalar(10.0))


@explicit
def dy_as_python_float(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=10.0)


@explicit
def dy_as_python_int(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=10)


@explicit
def dy_as_python_bool(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=True)


@explicit
def dy_is_none(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=None)


@explicit
def dy_of_float64(tfe, differentiate):
    return differentiate(square)(scalar(3.0, tf.float64), dy=scalar(0.1, tf.float64))


@explicit
def dy_as_python_float_for_float64(tfe, differentiate):
    return differentiate(square)(scalar(3.0, tf.float64), dy=0.1)


@explicit
def dy_of_float32(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=scalar(0.1))


@explicit
def dy_as_float64_array_for_float32(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=np.array(0.1))


@explicit
def dy_as_float32_array_for_float64(tfe, differentiate):
    return differentiate(square)(scalar(3.0, tf.float64), dy=np.array(10.0, np.float32))


@explicit
def dy_of_ten_in_float64(tfe, differentiate):
    return differentiate(square)(scalar(3.0, tf.float64), dy=scalar(10.0, tf.float64))


@explicit
def dy_as_integer_array(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0, 2.0]), dy=np.array([10, 20]))


@explicit
def dy_as_object_array(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0, 2.0]), dy=np.array([1.0, None]))


@explicit
def dy_as_float_array(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0, 2.0]), dy=np.array([10.0, 20.0], np.float32))


@explicit
def dy_as_python_complex(tfe, differentiate):
    return differentiate(square)(tf.constant(1.0 + 2.0j, tf.complex64), dy=0.5j)


@explicit
def dy_of_complex(tfe, differentiate):
    x = tf.constant(1.0 + 2.0j, tf.complex64)
    return differentiate(square)(x, dy=tf.constant(0.5j, tf.complex64))


@explicit
def dy_as_complex_for_a_real_output(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=1.0 + 2.0j)


@explicit
def dy_of_another_dtype(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=scalar(2.0, tf.float64))


@explicit
def dy_as_variable(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=tf.Variable(10.0))


@explicit
def dy_as_indexed_slices(tfe, differentiate):
    slices = tf.IndexedSlices(tf.constant([5.0]), tf.constant([1]), tf.constant([2]))
    return differentiate(square)(tf.constant([3.0, 4.0]), dy=slices)


@explicit
def dy_as_string(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy="ten")


@explicit
def dy_for_two_outputs(tfe, differentiate):
    return differentiate(two_outputs)(*pair_of_tensors(), dy=(scalar(2.0), scalar(7.0)))


@explicit
def dy_as_list_for_a_tuple(tfe, differentiate):
    return differentiate(two_outputs)(*pair_of_tensors(), dy=[scalar(2.0), scalar(7.0)])


@explicit
def dy_as_list_for_one_output(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=[scalar(2.0)])


@explicit
def dy_nested_like_the_value(tfe, differentiate):
    f = lambda x, y: {"b": x * y, "a": [x, y * y]}  # noqa: E731
    dy = {"b": scalar(2.0), "a": [scalar(5.0), scalar(7.0)]}
    return differentiate(f)(*pair_of_tensors(), dy=dy)


@explicit
def dy_flat_for_a_nested_value(tfe, differentiate):
    f = lambda x, y: {"b": x * y, "a": [x, y * y]}  # noqa: E731
    return differentiate(f)(*pair_of_tensors(), dy=[scalar(5.0), scalar(7.0), scalar(2.0)])


@explicit
def dy_with_too_few_tensors(tfe, differentiate):
    return differentiate(two_outputs)(*pair_of_tensors(), dy=scalar(2.0))


@explicit
def dy_with_far_too_few_tensors(tfe, differentiate):
    return differentiate(lambda x: [x * x] * 1000)(scalar(3.0), dy=scalar(2.0))


@explicit
def dy_empty(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=[])


@explicit
def dy_empty_for_an_empty_value(tfe, differentiate):
    return differentiate(lambda x: [])(scalar(3.0), dy=[])


@explicit
def dy_with_too_many_tensors(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=[scalar(2.0), scalar(5.0)])


@explicit
def dy_as_python_list_for_a_vector(tfe, differentiate):
    return differentiate(square)(tf.constant([1.0, 2.0]), dy=[10.0, 20.0])


@explicit
def dy_with_none_inside(tfe, differentiate):
    return differentiate(two_outputs)(*pair_of_tensors(), dy=[None, scalar(2.0)])


@explicit
def dy_for_an_integer_output(tfe, differentiate):
    f = lambda x: (x * x, tf.cast(x, tf.int32))  # noqa: E731
    return differentiate(f)(scalar(3.0), dy=[scalar(2.0), tf.constant(1)])


@explicit
def dy_as_python_number_for_an_integer_output(tfe, differentiate):
    f = lambda x: (x * x, tf.cast(x, tf.int32))  # noqa: E731
    return differentiate(f)(scalar(3.0), dy=[2.0, 0.5])


@explicit
def dy_for_a_string_output(tfe, differentiate):
    return differentiate(lambda x: (x * x, "text"))(scalar(3.0), dy=[scalar(2.0), "anything"])


@explicit
def dy_of_a_larger_shape(tfe, differentiate):
    return differentiate(lambda x: tf.sin(x))(scalar(0.0), dy=tf.constant([2.0, 5.0]))


@explicit
def dy_of_a_smaller_shape(tfe, differentiate):
    return differentiate(lambda x: tf.sin(x))(tf.zeros([2]), dy=scalar(2.0))


@explicit
def dy_with_an_unconnected_argument(tfe, differentiate):
    return differentiate(lambda x, y: x * x)(*pair_of_tensors(), dy=scalar(2.0))


@explicit
def dy_that_is_the_argument(tfe, differentiate):
    x = scalar(3.0)
    return differentiate(square)(x, dy=x)


# make_vjp


@single
def vjp_called_repeatedly(tfe):
    value, vjp = tfe.make_vjp(x2y)(*pair_of_tensors())
    return value, vjp(), vjp(scalar(2.0)), vjp(dy=scalar(5.0)), vjp(dy=None)


@single
def vjp_that_is_not_persistent(tfe):
    value, vjp = tfe.make_vjp(x2y, persistent=False)(*pair_of_tensors())
    return value, vjp(scalar(2.0))


@single
def vjp_that_is_not_persistent_called_twice(tfe):
    _, vjp = tfe.make_vjp(x2y, persistent=False)(*pair_of_tensors())
    vjp()
    return vjp()


@single
def vjp_with_another_true_value_for_persistent(tfe):
    _, vjp = tfe.make_vjp(x2y, persistent=1)(*pair_of_tensors())
    return vjp(), vjp()


@single
def vjp_with_persistent_true(tfe):
    _, vjp = tfe.make_vjp(x2y, persistent=True)(*pair_of_tensors())
    return vjp(), vjp()


@single
def vjp_with_params(tfe):
    value, vjp = tfe.make_vjp(x2y, ["y"])(*pair_of_tensors())
    return value, vjp()


@single
def vjp_of_two_calls(tfe):
    g = tfe.make_vjp(square)
    _, first = g(scalar(3.0))
    _, second = g(scalar(5.0))
    return second(), first()


@single
def vjp_after_the_argument_changed(tfe):
    v = tf.Variable(3.0)
    value, vjp = tfe.make_vjp(square)(v)
    v.assign(5.0)
    return value, vjp()


@single
def vjp_under_an_outer_tape(tfe):
    x = scalar(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        _, vjp = tfe.make_vjp(lambda x: x**3)(x)
        (gradient,) = vjp()
    return tape.gradient(gradient, x)


# By variables


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
    """A structure that `tf.nest` can take apart and not make anew."""

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


# State


class ErrorOfF(Exception):
    pass


@explicit
def exception_of_f(tfe, differentiate):
    def f(x):
        raise ErrorOfF("from f", 1)

    return differentiate(f)(scalar(3.0))


@explicit
def exception_of_f_is_the_same_object(tfe, differentiate):
    error = ErrorOfF()

    def f(x):
        raise error

    try:
        differentiate(f)(scalar(3.0))
    except ErrorOfF as caught:
        return caught is error


@explicit
def tape_is_gone_after_an_exception(tfe, differentiate):
    def f(x):
        if x > 4.0:
            raise ErrorOfF("from f")
        return x * x

    g = differentiate(f)
    try:
        g(scalar(5.0))
    except ErrorOfF:
        return g(scalar(3.0))


@explicit
def exception_inside_a_nested_function(tfe, differentiate):
    def f(x):
        raise ErrorOfF("from f")

    def g(x):
        try:
            tfe.gradients_function(f)(x)
        except ErrorOfF:
            return x * x

    return differentiate(g)(scalar(3.0))


@explicit
def exception_of_a_custom_gradient(tfe, differentiate):
    @tf.custom_gradient
    def f(x):
        def gradient(dy):
            raise ErrorOfF("from the gradient")

        return x * x, gradient

    return differentiate(f, params=[0])(scalar(3.0))


# Placement


def placed(device, f):
    """`f`, with its operations on `device`."""

    def on_device(*args):
        with tf.device(device):
            return f(*args)

    return on_device


def placed_scalar(device):
    with tf.device(device):
        return scalar(3.0) * 1.0


@explicit
def argument_on_the_second_device(tfe, differentiate):
    return differentiate(square)(placed_scalar("/cpu:1"))


@explicit
def f_on_the_second_device(tfe, differentiate):
    return differentiate(placed("/cpu:1", square))(scalar(3.0))


@explicit
def f_of_a_python_number_on_the_second_device(tfe, differentiate):
    return differentiate(placed("/cpu:1", square))(3.0)


@explicit
def call_on_the_second_device(tfe, differentiate):
    return placed("/cpu:1", differentiate(square))(scalar(3.0))


@explicit
def call_with_a_python_number_on_the_second_device(tfe, differentiate):
    return placed("/cpu:1", differentiate(square))(3.0)


@explicit
def call_on_the_second_device_and_f_on_the_first(tfe, differentiate):
    return placed("/cpu:1", differentiate(placed("/cpu:0", square)))(scalar(3.0))


@explicit
def argument_returned_on_the_second_device(tfe, differentiate):
    return placed("/cpu:1", differentiate(lambda x: x))(scalar(3.0))


@explicit
def argument_from_the_second_device_returned(tfe, differentiate):
    return differentiate(lambda x: x)(placed_scalar("/cpu:1"))


@explicit
def arguments_on_both_devices(tfe, differentiate):
    return differentiate(two_outputs)(scalar(5.0), placed_scalar("/cpu:1"))


@explicit
def one_tensor_as_two_arguments_on_the_second_device(tfe, differentiate):
    x = scalar(3.0)
    return placed("/cpu:1", differentiate(lambda a, b: [a, b, a * b]))(x, x)


@explicit
def dy_on_the_second_device(tfe, differentiate):
    return differentiate(square)(scalar(3.0), dy=placed_scalar("/cpu:1"))


@explicit
def dy_on_the_second_device_reaches_the_argument(tfe, differentiate):
    return differentiate(lambda x: x)(scalar(3.0), dy=placed_scalar("/cpu:1"))


@explicit
def variable_on_the_second_device(tfe, differentiate):
    with tf.device("/cpu:1"):
        v = tf.Variable(3.0)
    return differentiate(square)(v)


@explicit
def constant_on_the_second_device_returned(tfe, differentiate):
    c = placed_scalar("/cpu:1")
    return differentiate(lambda x: [x, c])(scalar(3.0))


@explicit
def gather_on_the_second_device(tfe, differentiate):
    f = placed("/cpu:1", lambda x: tf.gather(x, [1, 0]))
    return differentiate(f)(tf.constant([1.0, 2.0]))


@explicit
def second_order_on_the_second_device(tfe, differentiate):
    inner = tfe.gradients_function(lambda x: x * x * x)
    return placed("/cpu:1", differentiate(lambda x: inner(x)[0]))(scalar(2.0))


@single
def vjp_called_on_another_device(tfe):
    value, vjp = placed("/cpu:1", tfe.make_vjp(square))(scalar(3.0))
    return value, vjp(), placed("/cpu:1", vjp)()


@implicit
def function_of_variables_on_the_second_device(tfe, differentiate):
    v = tf.Variable(3.0)
    return differentiate(placed("/cpu:1", lambda: v * v))()


@implicit
def call_by_variables_on_the_second_device(tfe, differentiate):
    v = tf.Variable(3.0)
    return placed("/cpu:1", differentiate(placed("/cpu:0", lambda: v * v)))()


@implicit
def variables_on_both_devices(tfe, differentiate):
    v = tf.Variable(3.0)
    with tf.device("/cpu:1"):
        w = tf.Variable(5.0)
    return differentiate(lambda: v * w)()


# What has no end, or is too deep


def nested(depth: int, leaf: Any = 1.0) -> Any:
    for _ in range(depth):
        leaf = [leaf]
    return leaf


def doubled(depth: int) -> Any:
    """A list that holds another one twice, and so on: 2 ** depth numbers in few bytes."""
    made: Any = [1.0]
    for _ in range(depth):
        made = [made, made]
    return made


class GoesOn(collections.abc.Sequence):
    """A sequence that goes on after its length."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Any) -> Any:
        return 1.0


@single
def list_nested_as_deep_as_a_tensor(tfe):
    return tfe.gradients_function(lambda x: scalar(3.0))(nested(254))


@single
def list_nested_deeper_than_a_tensor(tfe):
    return tfe.gradients_function(lambda x: x)(nested(255))


@single
def list_nested_deeper_than_the_stack(tfe):
    return tfe.gradients_function(lambda x: x)(nested(10000))


@single
def argument_without_end(tfe):
    return tfe.gradients_function(lambda x: x)(GoesOn())


@single
def argument_too_large_to_read(tfe):
    return tfe.gradients_function(lambda x: x)(doubled(40))


@single
def argument_too_large_to_show(tfe):
    return tfe.gradients_function(lambda x: x)(types.SimpleNamespace(held=doubled(40)))


@single
def value_without_end(tfe):
    return tfe.gradients_function(lambda x: GoesOn())(3.0)


class ClaimsToBeAList:
    __class__ = list  # type: ignore[assignment]

    def __iter__(self) -> Any:
        return itertools.repeat(1.0)


@single
def value_of_a_wrong_class(tfe):
    return tfe.gradients_function(lambda x: ClaimsToBeAList())(3.0)


@single
def value_too_large_to_read(tfe):
    return tfe.gradients_function(lambda x: doubled(40))(3.0)


@single
def dy_without_end(tfe):
    return tfe.gradients_function(square)(3.0, dy=GoesOn())


@single
def params_without_end(tfe):
    return tfe.gradients_function(square, params=itertools.count())(3.0)


@single
def list_of_time_differences(tfe):
    return tfe.gradients_function(lambda x: x)([np.timedelta64(1, "s")])


class FloatWithoutRepr(float):
    def __repr__(self) -> str:
        raise LookupError("no repr")


@single
def list_of_a_tensor_and_a_float_without_repr(tfe):
    return tfe.gradients_function(lambda x: x)([tf.constant(1), FloatWithoutRepr(1.5)])


@single
def list_of_a_tensor_and_a_float_without_repr_of_one_dtype(tfe):
    return tfe.gradients_function(lambda x: x)([tf.constant(1.0), FloatWithoutRepr(1.5)])
