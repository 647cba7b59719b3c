"""Which arguments are differentiated."""

from __future__ import annotations

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.cases.examples import pair_of_tensors, scalar, square, x2y
from tfe_compat.conformance.cases.registration import explicit

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
