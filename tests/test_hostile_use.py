"""Any Python object as `f`, `params`, argument or `dy`: a result or an exception, soon.

What crashes the process or hangs ends the run of the tests, and faulthandler prints where.
"""

import argparse
import array
import collections
import contextlib
import dataclasses
import enum
import faulthandler
import functools
import inspect
import itertools
import operator
import traceback
import types
import unittest.mock
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

import hypothesis.extra.numpy
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tfe_compat as tfe
from tfe_compat import bounds
from tfe_compat.conformance.cases.inputs import doubled, nested

HANG_SECONDS = 60  # no call takes more than three on a quiet machine
PACKAGE = Path(tfe.__file__).parent

FUNCTIONS = {
    "value_and_gradients_function": lambda f, params, args, dy: tfe.value_and_gradients_function(
        f, params
    )(*args, dy=dy),
    "gradients_function": lambda f, params, args, dy: tfe.gradients_function(f, params)(
        *args, dy=dy
    ),
    "make_vjp": lambda f, params, args, dy: tfe.make_vjp(f, params)(*args)[1](dy),
    "implicit_value_and_gradients": lambda f, params, args, dy: tfe.implicit_value_and_gradients(f)(
        *args
    ),
    "implicit_gradients": lambda f, params, args, dy: tfe.implicit_gradients(f)(*args),
}


@contextlib.contextmanager
def ends():
    """Ends the process, with a traceback, where the block does not."""
    faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


# Objects without an end, or with too much of a good thing


def containing_itself(kind):
    made = kind()
    if kind is dict:
        made["itself"] = made
    else:
        made.append(made)
    return made


class Endless(Sequence):
    """Goes on after its length."""

    def __init__(self, element=1.0):
        self.element = element

    def __len__(self):
        return 1

    def __getitem__(self, index):
        return self.element


class EndlessWithoutLength:
    def __getitem__(self, index):
        return 0


class Deepening(Mapping):
    """A mapping whose value is another such mapping."""

    def __len__(self):
        return 1

    def __iter__(self):
        return iter("a")

    def __getitem__(self, key):
        return Deepening()


class DeepeningList(Endless):
    def __getitem__(self, index):
        return DeepeningList()


class Liar(list):
    def __len__(self):
        return 10**9


class Obliging:
    """Has every attribute, and is its own."""

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self


class ObligingList(Obliging):
    def __len__(self):
        return 3

    def __getitem__(self, index):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return self


class ArrayOfItself:
    def __array__(self, dtype=None, copy=None):
        return self


class FlattenedToItself:
    def __tf_flatten__(self):
        return (), (self, self)

    @classmethod
    def __tf_unflatten__(cls, metadata, components):
        return cls()


class WithoutRepr:
    def __repr__(self):
        raise LookupError("no repr")


class FloatWithoutRepr(WithoutRepr, float):
    pass


class StringWithoutRepr(WithoutRepr, str):
    pass


class SequenceWithoutRepr(WithoutRepr):
    def __len__(self):
        return 1

    def __getitem__(self, index):
        return ["x"][index]


@dataclasses.dataclass
class RecordedError(Exception):
    held: object

    def __init__(self, held):
        self.held = held


@dataclasses.dataclass
class RecordWithArray:
    """Shows more than there may be, but TensorFlow never asks."""

    held: object

    def __array__(self, dtype=None, copy=None):
        return np.float32([1.0])


class Claims:
    """Says that it is of another class, and has no end."""

    def __init__(self, claimed):
        self.claimed = claimed

    @property
    def __class__(self):
        return self.claimed

    def __len__(self):
        return 1

    def __getitem__(self, index):
        return self

    def __iter__(self):
        return itertools.repeat(self)


@dataclasses.dataclass
class Record:
    held: object


def doubled_frozenset(depth):
    made = frozenset([1.0])
    for _ in range(depth):
        made = frozenset([(made, 1), (made, 2)])
    return made


def exception_that_contains_itself():
    made = ValueError()
    made.args = (made,)
    return made


ODDITIES = {
    "list nested as deep as a tensor": lambda: nested(254),
    "list nested deeper than a tensor": lambda: nested(255),
    "list nested deeper than Python's stack": lambda: nested(100_000),
    "list that contains itself": lambda: containing_itself(list),
    "dict that contains itself": lambda: containing_itself(dict),
    "deque that contains itself": lambda: containing_itself(collections.deque),
    "list doubled 40 times": lambda: doubled(40),
    "range too large": lambda: range(10**12),
    "array broadcast too large": lambda: np.broadcast_to(np.float32(1), 10**12),
    "list of an array broadcast too large": lambda: [np.broadcast_to(np.float32(1), 10**12)],
    "sequence that goes on after its length": Endless,
    "list of a sequence that goes on after its length": lambda: [Endless()],
    "sequence without length": EndlessWithoutLength,
    "mapping that deepens": Deepening,
    "sequence that deepens": DeepeningList,
    "list that lies": lambda: Liar([1.0]),
    "object with every attribute": Obliging,
    "sequence with every attribute": ObligingList,
    "array of itself": ArrayOfItself,
    "endless iterator": itertools.count,
    "endless iterator of names": lambda: itertools.repeat("x"),
    "integer with too many digits": lambda: 10**5000,
    "list of an integer with too many digits": lambda: [10**5000],
    "lone surrogate": lambda: "\ud800",
    "long string": lambda: "x" * 10**6,
    "long bytearray": lambda: bytearray(10**6),
    "long array": lambda: array.array("d", [1.0]) * 10**6,
    "array of objects": lambda: np.array([object(), None], object),
    "mock": unittest.mock.MagicMock,
    "mock of a tensor": lambda: unittest.mock.MagicMock(spec=tf.Tensor),
    "view of a list doubled 40 times": lambda: {0: doubled(40)}.values(),
    "list of a tensor of many dimensions": lambda: nested(20, tf.ones([1] * 240)),
    "list of one array many times": lambda: [np.ones(10**5, np.float32)] * 200,
    "list of a matrix": lambda: [np.ones((2, 2)).view(np.matrix)],
    "flattened without end": FlattenedToItself,
    "claims to be a list": lambda: Claims(list),
    "claims to be a variable": lambda: Claims(type(tf.Variable(1.0))),
    "claims to be of no class": lambda: Claims(0),
    "float without repr": lambda: FloatWithoutRepr(1.5),
    "list of strings without repr": lambda: [1, [StringWithoutRepr("x")]],
    "sequence without repr": SequenceWithoutRepr,
    "namespace of a list doubled 40 times": lambda: types.SimpleNamespace(held=doubled(40)),
    "frozenset doubled 40 times": lambda: doubled_frozenset(40),
    "partial of a partial": lambda: functools.partial(functools.partial(Obliging(), 1), y=2),
}


# Objects with special methods that do anything

SPECIAL_METHODS = """
__abs__ __add__ __array__ __array_interface__ __array_priority__ __bool__ __bytes__ __call__
__class__ __complex__ __contains__ __copy__ __deepcopy__ __dict__ __dir__ __eq__ __float__
__format__ __func__ __getattr__ __getitem__ __hash__ __index__ __instancecheck__ __int__ __iter__
__len__ __length_hint__ __lt__ __mul__ __name__ __neg__ __next__ __numpy_dtype__ __qualname__
__radd__ __repr__ __reversed__ __rmul__ __self__ __signature__ __slots_ __str__ __sub__
__tf_flatten__ __tf_tensor__ __tf_function__ __text_signature__ __tf_unflatten__ __trunc__
__wrapped__ _fields _keras_mask _shape _type_spec dtype graph keys name numpy shape value values
""".split()  # noqa: SIM905


def method(name, does, value):
    def special(self, *args, **kwargs):
        if does == "raises":
            raise ZeroDivisionError(name)
        return self if does == "returns itself" else value

    return property(special) if does == "is a property" else special


@st.composite
def foreign_objects(draw):
    names = draw(st.lists(st.sampled_from(SPECIAL_METHODS), min_size=1, max_size=4, unique=True))
    members = {}
    for name in names:
        does = draw(st.sampled_from(["raises", "returns itself", "returns", "is a property"]))
        value = draw(st.sampled_from([None, 0, -1, 10**30, 1.5, "x", (), [], {}, iter(()), object]))
        members[name] = method(name, does, value)
    base = draw(st.sampled_from([object, object, list, tuple, dict, str, int, float]))
    with contextlib.suppress(Exception):
        return type("Foreign", (base,), members)()
    return object()


# All kinds of objects


class Drawn:
    """An object that Hypothesis may print."""

    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return bounds.shown(self.value)


def one_of(values):
    """One of `values`, none of which Hypothesis looks at."""
    return st.sampled_from(range(len(values))).map(values.__getitem__)


def tensors():
    numpy_dtypes = st.sampled_from(
        "float16 float32 float64 complex64 complex128 int8 int32 int64 uint8 bool".split()  # noqa: SIM905
    )
    arrays = hypothesis.extra.numpy.arrays(
        numpy_dtypes, st.sampled_from([(), (0,), (1,), (2,), (3,), (2, 2), (1, 2, 1)])
    )
    return arrays.map(tf.constant)


def scalars():
    return st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.complex_numbers(),
        st.text(max_size=5),
        st.binary(max_size=5),
        st.sampled_from([2.0, 0, 1, -1, "x", "y", 10**400, Ellipsis, NotImplemented]),
    )


def of_tensorflow():
    makers = [
        lambda: tf.Variable(2.0),
        lambda: tf.Variable([1.0, 2.0]),
        lambda: tf.Variable([1, 2]),
        lambda: tf.Variable(2.0).handle,
        lambda: tf.constant("text"),
        lambda: tf.constant(2.0, tf.bfloat16),
        lambda: tf.constant(2, tf.qint8),
        lambda: tf.IndexedSlices(tf.constant([[1.0]]), tf.constant([0]), tf.constant([2, 1])),
        lambda: tf.IndexedSlices(tf.constant([1.0]), tf.constant([7])),
        lambda: tf.ragged.constant([[1.0], [2.0, 3.0]]),
        lambda: tf.sparse.from_dense([1.0, 0.0]),
        lambda: tf.TensorArray(tf.float32, 1),
        lambda: tf.TensorSpec([2]),
        lambda: tf.float32,
        lambda: tf.TensorShape([2, None]),
        lambda: tf.data.Dataset.range(2),
        lambda: iter(tf.data.Dataset.range(2)),
        lambda: tf.Graph(),
        lambda: tf.GradientTape(),
        lambda: tf.Module(),
        lambda: tf.random.Generator.from_seed(1),
        lambda: tf.lookup.experimental.MutableHashTable(tf.int64, tf.int64, -1),
        lambda: tf.raw_ops.EmptyTensorList(
            element_shape=-1, max_num_elements=1, element_dtype=tf.float32
        ),
    ]
    return one_of(makers).map(lambda make: make())


def oddities():
    return one_of(list(ODDITIES.values())).map(lambda make: make())


def of_numpy():
    return hypothesis.extra.numpy.arrays(
        hypothesis.extra.numpy.scalar_dtypes(),
        hypothesis.extra.numpy.array_shapes(min_dims=0, min_side=0, max_side=3),
    )


def of_python():
    classes = [int, str, type, object, super, KeyError]
    callables = [len, print, max, lambda: None]
    buffers = [memoryview(b"ab"), bytearray(b"ab"), array.array("d", [1.0])]
    others = [tf, np, Path(), slice(1), range(3), {1.0}, frozenset(), ValueError("x"), property()]
    return one_of([*classes, *callables, *buffers, *others, iter([1.0])])


def array_of_objects(elements):
    made = np.empty(len(elements), object)
    for i, element in enumerate(elements):
        made[i] = element
    return made


def containers(inner):
    pair = collections.namedtuple("Pair", "a b")
    return st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.lists(inner, max_size=3).map(collections.deque),
        st.lists(inner, max_size=3).map(iter),
        st.dictionaries(st.sampled_from(["a", "b", 1, None]), inner, max_size=2),
        st.builds(pair, inner, inner),
        st.lists(inner, max_size=3).map(array_of_objects),
    )


def objects():
    return st.recursive(
        tensors()
        | scalars()
        | of_tensorflow()
        | of_numpy()
        | of_python()
        | foreign_objects()
        | oddities(),
        containers,
        max_leaves=4,
    )


ZERO = tf.constant(0.0)
WEIGHT = tf.Variable(2.0)


def of_tensors(f):
    """`f`, which would be the one to crash if it got anything but tensors."""

    def guarded(*args):
        if not all(type(arg) is type(ZERO) for arg in args):
            raise TypeError("this function takes tensors")
        return f(*args)

    guarded.__signature__ = inspect.signature(f)
    return guarded


def functions():
    untouched = [lambda *args: args, lambda x: x, lambda *args: [WEIGHT * WEIGHT, *args]]
    computing = [
        lambda x: x * x,
        lambda x, y: x * y,
        lambda x, y=2.0: (x * x, y),
        lambda x: WEIGHT * x,
        lambda x: {"a": tf.reduce_sum(x), "b": x},
        lambda *args: tf.concat([tf.reshape(arg, [-1]) for arg in args], 0),
        lambda x: tf.nn.relu(tf.matmul(x, x)),
        lambda x: tf.gather(x, [0, 1]),
        tf.sin,
        tf.multiply,
        tf.add_n,
        tf.reduce_sum,
        tf.custom_gradient(lambda x: (x * 1.0, lambda dy: dy)),
        tf.function(lambda x: x * x),
        functools.partial(lambda x, y: x * y, 2.0),
    ]
    ready = untouched + [of_tensors(f) for f in computing]
    return st.one_of(
        one_of(ready),
        one_of(ready),
        objects().map(lambda returned: lambda *args: returned),
        objects().map(lambda returned: lambda *args: (WEIGHT * 1.0, returned)),
        objects(),
    )


def params():
    indices = st.lists(st.integers(-3, 3), max_size=3)
    names = st.lists(st.sampled_from(["x", "y", "args", "z"]), max_size=3)
    return st.none() | st.none() | indices | names | objects()


ROLES = {
    "f": lambda oddity: {"f": oddity},
    "what f returns": lambda oddity: {"f": lambda *args: oddity},
    "what f returns beside a tensor": lambda oddity: {"f": lambda *args: (WEIGHT * 1.0, oddity)},
    "params": lambda oddity: {"params": oddity},
    "argument": lambda oddity: {"args": [oddity]},
    "element of an argument": lambda oddity: {"args": [[oddity, ZERO]]},
    "dy": lambda oddity: {"dy": oddity},
    "element of dy": lambda oddity: {"dy": [oddity]},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ODDITIES)
def test_an_oddity_gives_a_result_or_an_exception(name, role):
    for function, call in FUNCTIONS.items():
        given = {"f": lambda x: x, "params": None, "args": [ZERO], "dy": None}
        given.update(ROLES[role](ODDITIES[name]()))
        check_outcome(function, call, **given)


COUNTS = collections.Counter()


@settings(
    max_examples=2100,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(
    functions().map(Drawn),
    params().map(Drawn),
    st.lists(tensors() | objects(), max_size=3).map(Drawn),
    (st.none() | objects()).map(Drawn),
)
def call_with_anything(f, params, args, dy):
    for function, call in FUNCTIONS.items():
        outcome = check_outcome(function, call, f.value, params.value, args.value, dy.value)
        COUNTS.update(["calls", outcome])


def check_outcome(function, call, f, params, args, dy):
    try:
        with ends():
            result = call(f, params, args, dy)
    except Exception as error:
        check_raised_on_purpose(error)
        return "exception"
    check_result(function, result)
    return "result"


def check_raised_on_purpose(error):
    """What the package itself raises is of a class that it documents, and says what is wrong."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    if Path(frame.filename).is_relative_to(PACKAGE) and frame.line.startswith("raise"):
        documented = (ValueError, TypeError, IndexError, AssertionError, RuntimeError)
        assert isinstance(error, documented), error
        assert 20 < len(str(error)) < 2000


def check_result(function, result):
    if "value" in function:
        _, result = result
    assert type(result) is list
    for gradient in result:
        if function.startswith("implicit"):
            gradient, variable = gradient
            assert isinstance(variable, tf.Variable)
        assert gradient is None or isinstance(gradient, (tf.Tensor, tf.IndexedSlices))


def test_anything_gives_a_result_or_an_exception():
    call_with_anything()
    assert COUNTS["calls"] >= 10_000
    assert COUNTS["result"] >= 1_000
    assert COUNTS["exception"] >= 1_000


# What was found by trying, and the words


def value_and_gradients(f=lambda x: x, params=None, args=(ZERO,), dy=None):
    return tfe.value_and_gradients_function(f, params)(*args, dy=dy)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: {"args": [nested(255)]}, ValueError, "nested more than 254 deep"),
        (lambda: {"args": [containing_itself(list)]}, ValueError, "nested more than 254 deep"),
        (lambda: {"args": [doubled(40)]}, ValueError, "has more than 10,000,000 elements"),
        (
            lambda: {"args": [range(10**12)]},
            ValueError,
            r"range\(0, 10{12}\) has more than 10,000,000",
        ),
        (lambda: {"args": [np.broadcast_to(1.0, 10**12)]}, ValueError, "copy it first"),
        (lambda: {"args": [[[1.0], np.broadcast_to(1.0, 10**12)]]}, ValueError, "copy it first"),
        (lambda: {"args": [Endless()]}, ValueError, "has a length of 1 but goes on"),
        (lambda: {"args": [[[1.0], Endless()]]}, ValueError, "has a length of 1 but goes on"),
        (lambda: {"args": [Deepening()]}, ValueError, r"convert a value \(.*Deepening"),
        (lambda: {"args": [[Deepening()]]}, ValueError, r"convert a value \(.*Deepening"),
        # TensorFlow reads memory that is not its own.
        (
            lambda: {"args": [[np.timedelta64(1, "s")]]},
            ValueError,
            "unsupported type .*timedelta64",
        ),
        (lambda: {"args": [[np.ones(2, "m8[s]")]]}, ValueError, "unsupported type .*timedelta64"),
        (
            lambda: {"args": [[[None]]]},
            ValueError,
            "unsupported type .*NoneType",
        ),
        (
            lambda: {"args": [enum.Enum("Color", "RED").RED]},
            ValueError,
            r"convert a value \(<Color.RED: 1>\) with an unsupported type",
        ),
        (lambda: {"args": [Obliging()]}, (ValueError, TypeError), "Obliging|__array__"),
        (lambda: {"f": lambda x: doubled(40)}, ValueError, "what f returned has more than 50,000"),
        (lambda: {"f": lambda x: DeepeningList()}, ValueError, "goes on after that"),
        (
            lambda: {"f": lambda x: Deepening()},
            RecursionError,
            "what f returned is nested too deeply",
        ),
        (lambda: {"f": lambda x: containing_itself(list)}, RecursionError, "or contains itself"),
        (lambda: {"f": doubled(40)}, TypeError, "'list' object is not callable"),
        (lambda: {"dy": doubled(40)}, ValueError, "dy has more than 50,000 elements"),
        (lambda: {"dy": containing_itself(dict)}, RecursionError, "dy is nested too deeply"),
        (lambda: {"dy": np.broadcast_to(1.0, 10**12)}, ValueError, "copy it first"),
        (lambda: {"params": itertools.count()}, ValueError, "more than 50,000 entries"),
        (lambda: {"params": itertools.repeat("x")}, ValueError, "more than 50,000 entries"),
        (lambda: {"params": EndlessWithoutLength()}, ValueError, "more than 50,000 entries"),
        (lambda: {"params": doubled(40)}, ValueError, "all strings or all integers"),
        (lambda: {"params": [10**5000]}, IndexError, "argument .*, but the call has 1"),
    ],
)
def test_words(make, error, words):
    given = make()
    with pytest.raises(error, match=words), ends():
        value_and_gradients(**given)


@pytest.mark.parametrize("plain", [1, 1.5, 1j, "x", b"x"])
def test_a_scalar_that_has_no_hash_is_a_scalar(plain):
    """TensorFlow hashes scalars, and ends the process where that raises."""
    unhashable = type("Unhashable", (type(plain),), {"__eq__": type(plain).__eq__})(plain)
    value, _ = value_and_gradients(f=lambda x: (x, unhashable), args=[unhashable])
    assert [leaf.numpy() for leaf in value] == [tf.constant(plain).numpy()] * 2


@pytest.mark.parametrize(
    "contain",
    [
        Record,
        lambda held: types.SimpleNamespace(held=held),
        lambda held: slice(held),
        lambda held: KeyError(held),
        lambda held: functools.partial(print, held),
        lambda held: types.MethodType(print, held),
        lambda held: types.GenericAlias(list, (held,)),
        lambda held: enum.Enum("Held", {"MEMBER": held}).MEMBER,
        lambda held: [1.0, [KeyError({"a": Record(held)})]],
        lambda held: KeyError({KeyError(held): 1}),
        lambda held: functools.partialmethod(print, held),
        lambda held: operator.itemgetter(held),
        lambda held: argparse.Namespace(held=held),
        RecordedError,
    ],
)
def test_what_is_too_large_to_show_is_refused(contain):
    """TensorFlow's message would show it, for ever."""
    with pytest.raises(ValueError, match="more than 1,000,000 elements"), ends():
        value_and_gradients(args=[contain(doubled(40))])


def test_an_exception_that_contains_itself_is_refused():
    with pytest.raises(RecursionError, match="or contains itself"), ends():
        value_and_gradients(args=[exception_that_contains_itself()])


@pytest.mark.parametrize(
    ("element", "tensor"),
    [
        (lambda: FloatWithoutRepr(1.5), lambda: tf.constant(1)),
        (lambda: [[StringWithoutRepr("x")]], lambda: tf.constant(1.0)),
        (SequenceWithoutRepr, lambda: tf.Variable(1.0)),
    ],
)
def test_what_can_not_be_shown_is_refused_beside_a_tensor(element, tensor):
    """TensorFlow calls its `repr`, and ends the process where that raises."""
    for argument in [element(), tensor()], [[tensor()], element()]:
        with pytest.raises(TypeError, match="raises LookupError; pass a number or a tensor"):
            value_and_gradients(args=[argument])


@pytest.mark.parametrize("claimed", [list, dict, str, tf.Tensor, tf.Variable, np.ndarray, 0])
def test_an_object_of_a_wrong_class_is_refused(claimed):
    """TensorFlow believes the class that an object claims."""
    for liar in Claims(claimed), [tf.constant(1.0), Claims(claimed)]:
        with pytest.raises(TypeError, match="claims to be of another class than"), ends():
            value_and_gradients(args=[liar])
        with pytest.raises(TypeError, match="claims to be of another class than"), ends():
            value_and_gradients(f=lambda x, liar=liar: liar)


def test_a_mock_of_nothing_is_of_its_own_class():
    with pytest.raises(ValueError, match="unsupported type"):
        value_and_gradients(args=[unittest.mock.Mock()])


def test_a_weak_proxy_is_refused():
    with pytest.raises(TypeError, match="claims to be of another class than"):
        value_and_gradients(args=[[weakref.proxy(WEIGHT), 1.0]])


def test_a_proxy_is_what_it_stands_for():
    """As that in which a tf.Module wraps a dictionary."""
    module = tf.Module()
    module.tensors = {"a": [tf.constant(2.0)], "b": {"c": tf.constant(3.0)}}
    assert type(module.tensors) is not dict
    value, [gradient] = value_and_gradients(f=lambda x: module.tensors)
    assert float(value["a"][0]) == 2.0
    assert gradient is None
    module.doubled = {"a": doubled(40)}
    with pytest.raises(ValueError, match="more than 50,000"), ends():
        value_and_gradients(f=lambda x: module.doubled)


def test_what_can_not_be_shown_is_a_number():
    value, _ = value_and_gradients(args=[[FloatWithoutRepr(1.5), 2.5]])
    assert value.numpy().tolist() == [1.5, 2.5]
    value, _ = value_and_gradients(args=[[[tf.constant(1.0), Number.TWO]]])
    assert value.numpy().tolist() == [[1.0, 2.0]]


def test_a_message_shows_no_more_than_500_characters_of_a_value():
    assert len(bounds.shown([[np.ones(1000)] * 20] * 20)) <= 500


def test_what_is_large_but_has_an_end_is_taken():
    value, [gradient] = value_and_gradients(
        f=lambda x: [tf.reduce_sum(x)] * 1000, args=[nested(250, [1.0] * 1000)]
    )
    assert len(value) == 1000
    assert gradient.shape == [1] * 250 + [1000]
    _, gradients = value_and_gradients(f=lambda x: x * x, params=[0] * 1000, args=[3.0])
    assert [float(gradient) for gradient in gradients] == [6.0] * 1000


class WithArray:
    def __array__(self, dtype=None, copy=None):
        return np.float32([1.0, 2.0])

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return [1.0, 2.0][index]


class Registered(collections.UserList):
    """The function that makes a tensor of it is registered with TensorFlow."""


tf.register_tensor_conversion_function(
    Registered, lambda value, dtype=None, name=None, as_ref=False: tf.constant([10.0])
)

Number = enum.IntEnum("Number", ["ONE", "TWO"])

CONVERTIBLE = {
    "list of variables": lambda: [tf.Variable(1.0), tf.Variable(2.0)],
    "list of a variable and a number": lambda: [tf.Variable(1.0), 2.0],
    "list of tensors": lambda: [[tf.constant(1.0), 2.0], [3.0, tf.constant(4.0)]],
    "shape": lambda: tf.TensorShape([2, 3]),
    "empty shape": lambda: tf.TensorShape([]),
    "list of dimensions": lambda: [tf.compat.v1.Dimension(3), 2],
    "object with an array": WithArray,
    "list of objects with arrays": lambda: [WithArray(), WithArray()],
    "NumPy scalars": lambda: [np.float32(1.0), np.float64(2.0)],
    "list of arrays": lambda: [np.float32([1.0, 2.0]), [3.0, 4.0]],
    "list of a subclass of array": lambda: [np.arange(3.0).view(type("Sub", (np.ndarray,), {}))],
    "list of large arrays": lambda: [np.ones(6_000_000, bool), np.zeros(6_000_000, bool)],
    "strings": lambda: ["a", b"b"],
    "sparse gradient": lambda: tf.IndexedSlices([1.0], tf.constant([0]), tf.constant([2])),
    "memoryview": lambda: memoryview(b"ab"),
    "UserList": lambda: collections.UserList([1.0, 2.0]),
    "namedtuple": lambda: collections.namedtuple("Pair", "a b")(1.0, 2.0),
    "enumeration": lambda: Number.TWO,
    "list of an enumeration": lambda: [Number.ONE, 5],
    "registered conversion": lambda: Registered([1.0]),
    "record with an array": lambda: RecordWithArray(doubled(40)),
}


@pytest.mark.parametrize("name", CONVERTIBLE)
def test_an_argument_becomes_the_tensor_that_tensorflow_makes_of_it(name):
    made = CONVERTIBLE[name]()
    value, _ = value_and_gradients(args=[made])
    expected = tf.convert_to_tensor(made)
    assert value.dtype == expected.dtype
    np.testing.assert_array_equal(value.numpy(), expected.numpy())


def test_a_sequence_of_another_class_is_read_as_a_list():
    rows = collections.UserList([collections.deque([1.0, 2.0]), np.array([3.0, 4.0], np.float32)])
    value, [gradient] = value_and_gradients(f=lambda x: x * x, args=[rows])
    assert value.numpy().tolist() == [[1.0, 4.0], [9.0, 16.0]]
    assert gradient.numpy().tolist() == [[2.0, 4.0], [6.0, 8.0]]


def test_a_view_of_a_mapping_is_a_structure():
    value, [gradient] = value_and_gradients(f=lambda x: {"a": x, "b": x * x}.values(), args=[3.0])
    assert [float(leaf) for leaf in tf.nest.flatten(value)] == [3.0, 9.0]
    assert float(gradient) == 7.0


@pytest.mark.parametrize("features", [None, tf.autograph.experimental.Feature.ALL])
def test_structures_are_read_in_tf_function_too(features):
    @tf.function(experimental_autograph_options=features)
    def g(x):
        return value_and_gradients(f, args=[x, rows], dy=[1.0, x, ones])

    def f(x, y):
        return {"a": [x, (x * x, y)]}

    rows, ones = [[5.0]], np.ones([1, 1])
    value, gradients = g(tf.constant(3.0))
    assert float(value["a"][1][0]) == 9.0
    assert [gradient.numpy().tolist() for gradient in gradients] == [19.0, [[1.0]]]
