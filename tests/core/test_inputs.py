"""What callers pass: unusual values are taken as by TensorFlow, mistakes get a clear message."""

import array
import collections
import enum
import itertools

import hypothesis.extra.numpy
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tfe_compat as tfe
from tfe_compat import inputs
from tfe_compat.conformance.cases.inputs import (
    GoesOn,
    GoesOnLikeADataset,
    containing_itself,
    nested,
)

SLICE = np.ones([1, 200, 200, 3], np.float32)[0][None]  # its first axis has stride 0


def square(x):
    return x * x


def call(f=square, params=None, args=(3.0,), dy=None):
    return tfe.value_and_gradients_function(f, params)(*args, dy=dy)


# Mistakes


class Durations:
    """A row of a table."""

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return [np.timedelta64(1, "s"), np.timedelta64(2, "s")][index]


MISTAKES = {
    "data set as an argument": ({"args": [GoesOnLikeADataset()]}, "raise IndexError in its __get"),
    "data sets in a list": ({"args": [[GoesOn(), GoesOn()]]}, "goes on after its length of 1"),
    "data set beside a row": ({"args": [[[1.0], GoesOn()]]}, "goes on after its length of 1"),
    "data set beside a tensor": ({"args": [[tf.ones([]), GoesOn()]]}, "goes on after its length"),
    "data set returned": ({"f": lambda x: [x, GoesOnLikeADataset()]}, "goes on after its length"),
    "data set returned in a dict": ({"f": lambda x: {"a": (x, GoesOn())}}, "after its length of 1"),
    "data set as dy": ({"dy": GoesOn()}, "goes on after its length of 1"),
    "data set in dy": ({"dy": [GoesOnLikeADataset()]}, "goes on after its length of 1"),
    "count as params": ({"params": itertools.count()}, "params have more than 1,000,000 entries"),
    "cycle as params": ({"params": itertools.cycle("x")}, "params have more than 1,000,000 entr"),
    "range as params": ({"params": range(10**12)}, "params have more than 1,000,000 entries"),
    "range as an argument": ({"args": [range(10**12)]}, r"pass a tensor instead of range\(0, 10"),
    "ranges in a list": ({"args": [[range(1), range(10**12)]]}, "range of more than 100,000,000"),
    "range returned": ({"f": lambda x: (x, range(10**12))}, "range of more than 100,000,000"),
    "range as dy": ({"dy": range(10**12)}, "range of more than 100,000,000"),
    "too many dimensions": ({"args": [nested(255)]}, "nested more than 254 deep"),
    "too many around a tensor": ({"args": [nested(300, tf.ones([]))]}, "more than 254 deep"),
    "too many beside a tensor": ({"args": [[tf.ones([]), nested(300)]]}, "more than 254 deep"),
    "durations": ({"args": [[np.timedelta64(1, "s")] * 3]}, r"delta / numpy.timedelta64\(1, 's'"),
    "rows of durations": ({"args": [[[1, np.timedelta64(1, "s")]]]}, "numpy.timedelta64 in a list"),
    "durations of a class": ({"args": [Durations()]}, "numpy.timedelta64 in a list"),
    "arrays of durations": ({"args": [[np.ones(2, "m8[s]")]]}, "numpy.timedelta64 in a list"),
    "matrices": ({"args": [[np.matrix([[1.0]])] * 2]}, r"numpy.asarray\(matrix\)"),
    "rows of matrices": ({"args": [[[np.matrix([[1.0]])]]]}, r"got matrix\(\[\[1.\]\]\)$"),
    "ragged tensor": ({"args": [tf.ragged.constant([[1.0], []])]}, r"return x\.to_tensor\(\)"),
    "sparse tensor as dy": ({"dy": tf.sparse.from_dense([1.0])}, r"return tf\.sparse\.to_dense"),
    "huge dy": ({"dy": 10**39}, "out of the range of float32, .* got 1000"),
}


@pytest.mark.filterwarnings("error")  # NumPy's, of an overflow
@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_refused(name):
    given, words = MISTAKES[name]
    with pytest.raises(ValueError, match=words) as error:
        call(**given)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 500


@pytest.mark.parametrize("role", ["args", "f", "dy"])
def test_what_contains_itself_is_a_recursion_error(role):
    given = {
        "args": {"args": [containing_itself()]},
        "f": {"f": lambda x: {"a": containing_itself()}},
        "dy": {"dy": containing_itself()},
    }
    with pytest.raises(RecursionError):
        call(**given[role])


@pytest.mark.parametrize("beside", [[], [1.0], [[1.0]]])
def test_a_list_of_itself_is_a_recursion_error(beside):
    values = []
    values += [values, *beside]
    with pytest.raises(RecursionError):
        tfe.gradients_function(lambda x: x)(values)


@pytest.mark.parametrize("dy", [1j, [1j], np.array(1j), np.complex64(1j)])
def test_a_complex_dy_of_a_real_output_is_refused(dy):
    with pytest.raises(tf.errors.InvalidArgumentError, match="dy is complex"):
        call(lambda x: x + 1.0, dy=dy)


# Valid inputs, large and unusual


def test_an_array_with_a_new_axis_is_an_array_everywhere():
    value, [gradient] = call(args=[SLICE], dy=SLICE)
    assert value.shape == SLICE.shape
    assert gradient.numpy().max() == 2.0
    value, _ = call(lambda x: (SLICE, x))
    np.testing.assert_array_equal(value[0].numpy(), SLICE)
    value, [gradient] = call(args=[[SLICE, SLICE]])
    assert gradient.shape == (2, *SLICE.shape)


def test_any_number_of_leaves_and_of_params():
    value, [gradient] = call(lambda x: [x * 1.0] * 5000)
    assert (len(value), gradient.numpy()) == (5000, 5000.0)
    value, _ = call(lambda x: {str(i): x for i in range(5000)})
    assert len(value) == 5000
    _, gradients = call(params=[0] * 2000)
    assert [gradient.numpy() for gradient in gradients] == [6.0] * 2000
    _, gradients = call(lambda *args: tf.add_n(args), args=[1.0] * 2000)
    assert len(gradients) == 2000


class WithArray:
    def __array__(self, dtype=None, copy=None):
        return np.float32([1.0, 2.0])

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return [1.0, 2.0][index]


Number = enum.IntEnum("Number", ["ONE", "TWO"])

CONVERTIBLE = {
    "array of no elements": np.ones([3, 0, 2]),
    "array of rank 0": np.array(2.0),
    "broadcast array": np.broadcast_to(np.float32([1.0, 2.0]), (1000, 2)),
    "reversed array": np.arange(6.0)[::-2],
    "Fortran-ordered array": np.asfortranarray(np.ones([2, 3])),
    "read-only array": np.frombuffer(np.ones(3).tobytes()),
    "big-endian array in a list": [np.ones(2, ">f4")],
    "subclass of array in a list": [np.arange(3.0).view(type("Sub", (np.ndarray,), {}))],
    "matrix": np.matrix([[1.0, 2.0]]),
    "one list many times": [[1.0, 2.0]] * 1000,
    "list of 201 dimensions": nested(200, [1.0] * 1000),
    "lists of lists of variables": [[tf.Variable(1.0), 2.0], [3.0, tf.constant(4.0)]],
    "matrix beside a tensor": [tf.ones([1, 1]), np.matrix([[2.0]], np.float32)],
    "shape": tf.TensorShape([2, 3]),
    "dimensions": [tf.compat.v1.Dimension(3), 2],
    "object with an array": WithArray(),
    "objects with arrays": [WithArray(), WithArray()],
    "NumPy scalars": [np.float32(1.0), np.float64(2.0)],
    "Python number": 2,
    "integers of 64 bits": [1, 2**40],
    "numbers of several classes": [[1, 2.0], (True, 3.0)],
    "complex numbers": (1j, 2.0),
    "number before a tensor": [1, tf.constant(2.0)],
    "strings": ["a", b"b"],
    "range": range(2, 10, 3),
    "ranges": [range(3), range(3)],
    "deque": collections.deque([1.0, 2.0]),
    "array.array": array.array("d", [1.0, 2.0]),
    "memoryview": memoryview(b"ab"),
    "UserList": collections.UserList([collections.deque([1.0]), np.array([3.0])]),
    "namedtuple": collections.namedtuple("Pair", "a b")(1.0, 2.0),
    "enumeration": [Number.ONE, 5],
    "IndexedSlices": tf.IndexedSlices([1.0], tf.constant([0]), tf.constant([2])),
}


def test_a_tensor_in_a_list_of_numbers_keeps_its_gradient():
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        value, _ = call(args=[[[1.0, 2.0], [4.0, x]]])
    assert tape.gradient(value, x).numpy() == 6.0


@pytest.mark.parametrize("name", CONVERTIBLE)
def test_an_argument_becomes_the_tensor_that_tensorflow_makes_of_it(name):
    given = CONVERTIBLE[name]
    value, _ = call(tf.identity, args=[given])
    expected = tf.convert_to_tensor(given)
    assert (value.dtype, value.shape) == (expected.dtype, expected.shape)
    if value.shape.rank <= 32:  # NumPy has no more dimensions
        np.testing.assert_array_equal(value.numpy(), expected.numpy())


def test_a_view_of_a_mapping_is_a_structure():
    value, [gradient] = call(lambda x: {"a": x, "b": x * x}.values())
    assert [float(leaf) for leaf in tf.nest.flatten(value)] == [3.0, 9.0]
    assert float(gradient) == 7.0


def test_the_dictionary_of_a_module_is_a_structure():
    module = tf.Module()
    module.tensors = {"a": [tf.constant(2.0)], "b": {"c": tf.constant(3.0)}}
    value, _ = call(lambda x: module.tensors)
    assert (float(value["a"][0]), float(value["b"]["c"])) == (2.0, 3.0)


@pytest.mark.parametrize("features", [None, tf.autograph.experimental.Feature.ALL])
def test_structures_are_read_in_tf_function_too(features):
    @tf.function(experimental_autograph_options=features)
    def g(x):
        return call(lambda x, y: {"a": [x, (x * x, y)]}, args=[x, [[5.0]]], dy=[1.0, x, ones])

    ones = np.ones([1, 1])
    value, gradients = g(tf.constant(3.0))
    assert float(value["a"][1][0]) == 9.0
    assert [gradient.numpy().tolist() for gradient in gradients] == [19.0, [[1.0]]]


def test_a_message_shows_a_value_on_one_line():
    assert inputs.shown(np.ones([3, 1000])).count("\n") == 0
    assert len(inputs.shown([np.ones(1000)] * 20)) < 2000


NUMBERS = st.floats(width=32) | st.integers(-(2**31), 2**31) | st.booleans()
ARRAYS = hypothesis.extra.numpy.arrays(
    st.sampled_from(["f2", "f4", "f8", "i4", "i8", "u1", "?", "c8"]),
    hypothesis.extra.numpy.array_shapes(min_dims=0, min_side=0, max_side=3),
)
OTHERS = st.none() | st.text(max_size=3) | st.sampled_from([object, len, 1j, {1.0}, b"x"])


def containers(inner):
    lists = st.lists(inner, max_size=3)
    return (
        lists
        | lists.map(tuple)
        | lists.map(collections.deque)
        | lists.map(collections.UserList)
        | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    )


@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=HealthCheck)
@given(st.recursive(NUMBERS | ARRAYS | ARRAYS.map(tf.constant) | OTHERS, containers, max_leaves=6))
def test_realistic_objects_are_taken_or_refused_as_by_tensorflow(given):
    def outcome(function):
        try:
            return tf.nest.map_structure(lambda t: (t.dtype, t.numpy().tolist()), function())
        except Exception as error:
            return type(error)

    as_tensor = outcome(lambda: tf.identity(tf.convert_to_tensor(given)))
    as_structure = outcome(lambda: tf.nest.map_structure(tf.convert_to_tensor, given))
    assert repr(outcome(lambda: call(tf.identity, args=[given])[0])) == repr(as_tensor)
    if given is not None:
        assert repr(outcome(lambda: call(lambda x: given)[0])) == repr(as_structure)
