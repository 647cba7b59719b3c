"""How much of what a caller passes is read, so that nothing keeps a call busy for ever.

Any object may come as `f`'s result, as an argument, as `dy` or as `params`: a sequence that never
ends, a list that holds another one twice, forty times over. TF 1.15.5 reads on, for minutes or
until memory is exhausted, and a list nested deeper than a tensor can be ends its process. So may
the `repr` of an argument, which TensorFlow's messages contain. The bounds are what takes seconds
here.
"""

from __future__ import annotations

import argparse
import array
import collections
import dataclasses
import enum
import functools
import itertools
import operator
import reprlib
import sys
import types
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping, MappingView, Sequence
from typing import Any, Callable

import numpy as np
import tensorflow as tf

LEAVES = 50_000  # in a structure, and entries of params
ELEMENTS = 10_000_000  # of Python sequences that become one tensor
SHOWN = 1_000_000  # in the repr of what no tensor can be made of
DIMENSIONS = 254  # of a tensor; to make one with more, TensorFlow aborts

_END = object()


class _Shown(reprlib.Repr):
    """Short, also where `repr` would be endless: that of a doubled list in an array, say."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 3
        self.maxlist = self.maxtuple = self.maxdict = self.maxset = self.maxfrozenset = 20
        self.maxdeque = self.maxarray = 20
        self.maxstring = self.maxlong = self.maxother = 500

    def repr_instance(self, x: Any, level: int) -> str:
        cls = type(x)  # not isinstance: Python 3.9's list[int] claims to be a type
        if issubclass(cls, _WITH_SHORT_REPR) or (
            issubclass(cls, np.ndarray) and not x.dtype.hasobject
        ):
            return super().repr_instance(x, level)
        return object.__repr__(x)


_WITH_SHORT_REPR = (
    *(type(None), bool, float, complex, bytes, range, type, types.FunctionType),
    *(tf.Tensor, tf.Variable, tf.DType, np.generic),
)
_SHOWN = _Shown()


def shown(value: Any) -> str:
    """`repr(value)` for a message: cut where it is long, and never an exception.

    >>> shown(["x", 0, None])
    "['x', 0, None]"
    >>> len(shown("x" * 10**6)), shown(object())[:15]
    (500, '<object object ')
    """
    try:
        text = _SHOWN.repr(value)
        return text if len(text) <= 500 else f"{text[:245]}...{text[-245:]}"
    except Exception:  # an int with too many digits, or what __class__ pretends to be
        return object.__repr__(value)


def entries(params: Iterator[Any]) -> list[Any]:
    """Reads an iterator: to its end, or to one entry more than `LEAVES`.

    >>> entries(iter("xy"))
    ['x', 'y']
    """
    return list(itertools.islice(params, LEAVES + 1))


def leaves(structure: Any, what: str) -> list[Any]:
    """`tf.nest.flatten(structure)`; `what` it is stands in the message of an exception.

    >>> leaves({"b": 2, "a": (1, [])}, "dy")
    [1, 2]

    Raises:
        ValueError: It has more than `LEAVES` elements, or goes on after its length.
        RecursionError: It is nested deeper than Python's stack, as where it contains itself.
        TypeError: It holds an object with a wrong `__class__`, as a mock.
    """
    if not (isinstance(structure, tf.Tensor) or _is_row_of_tensors(structure)):
        _check_end(structure, what, _in_structure, LEAVES, "make one tensor of many numbers")
    flat: list[Any] = tf.nest.flatten(structure)
    return flat


def convertible(value: Any) -> Any:
    """`value`, of which TensorFlow can make a tensor or can say that it can't.

    Its elements are read here, level by level, for TensorFlow reads a sequence without end for ever
    and ends the process over some. Scalars of a subclass of Python's become Python's.

    >>> convertible([[1.0, 2.0], [3.0, 4.0]])
    [[1.0, 2.0], [3.0, 4.0]]
    >>> convertible(range(10**12))
    Traceback (most recent call last):
    ValueError: range(0, 1000000000000) has more than 10,000,000 elements, or no end; pass a tensor

    Raises:
        ValueError: It has more than `ELEMENTS` elements, is nested more than `DIMENSIONS` deep,
            goes on after its length, or holds a mapping or a `numpy.timedelta64`; or a set, an
            exception or the like with more than `SHOWN`.
        RecursionError: It holds a set, an exception or the like that contains itself.
        TypeError: It holds a tensor, and beside it something whose `repr` raises; or an object
            with a wrong `__class__`.
    """
    cls = type(value)
    if cls in _TO_PLAIN_SCALARS or issubclass(cls, (tf.Tensor, tf.Variable, np.generic)):
        return value
    for plain, of_subclass in _TO_PLAIN_SCALARS.items():
        if issubclass(cls, plain):
            return of_subclass(value)
    if issubclass(cls, np.ndarray):
        _check_size(value)
        return value
    levels = tuple(
        _levels(
            value,
            None,
            _in_sequence,
            deepest=DIMENSIONS,
            too_deep=(
                ValueError,
                f"is nested more than {DIMENSIONS} deep; no tensor has more dimensions",
            ),
            most=ELEMENTS,
            way_out="pass a tensor",
        )
    )
    _check_reprs(levels)
    return value


# TensorFlow hashes scalars, and ends the process where a foreign __hash__ raises, as where a
# subclass of float has an __eq__ alone.
_TO_PLAIN_SCALARS: dict[type, Callable[[Any], Any]] = {
    bool: bool,
    int: int.__pos__,
    float: float.__pos__,
    complex: complex.__pos__,
    str: str.__str__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
}
_PLAIN_SEQUENCES = {list, tuple, range, array.array, collections.deque}
_OF_TENSORFLOW = (
    *(tf.Tensor, tf.Variable, tf.TensorShape),
    *(tf.IndexedSlices, tf.RaggedTensor, tf.SparseTensor),
)

# What no tensor can be made of, but whose repr shows what it contains.
_CONTENTS: dict[type, Callable[[Any], Iterable[Any]]] = {
    set: iter,
    frozenset: iter,
    slice: lambda parts: (parts.start, parts.stop, parts.step),
    enum.Enum: lambda member: (member.value,),
    functools.partial: lambda partial: (partial.func, partial.args, partial.keywords),
    functools.partialmethod: lambda partial: (partial.func, partial.args, partial.keywords),
    operator.itemgetter: lambda getter: getter.__reduce__()[1],
    operator.methodcaller: lambda caller: caller.__reduce__()[1],
    types.MethodType: lambda method: (method.__self__,),
    types.GenericAlias: lambda alias: alias.__args__,
    types.SimpleNamespace: lambda namespace: vars(namespace).values(),
    argparse.Namespace: lambda namespace: vars(namespace).values(),
    BaseException: lambda error: error.args,
}


def _is_row_of_tensors(structure: Any) -> bool:
    if type(structure) not in (list, tuple) or len(structure) > LEAVES:
        return False
    return all(isinstance(element, tf.Tensor) for element in structure)


def _in_structure(element: Any) -> Iterable[Any] | None:
    """What `tf.nest` finds in `element`; None where that is a leaf."""
    cls = type(element)
    if isinstance(element, Mapping):  # as the proxy is in which a tf.Module wraps a dictionary
        return element.values()
    if hasattr(cls, "__attrs_attrs__"):
        return [getattr(element, field.name) for field in cls.__attrs_attrs__]
    if hasattr(cls, "__tf_flatten__"):
        return element.__tf_flatten__()[1]  # type: ignore[no-any-return]
    if isinstance(element, (MappingView, Sequence)) and not isinstance(element, (str, bytes)):
        return _up_to_its_length(element)
    return None


def _in_sequence(element: Any) -> Iterable[Any] | None:
    """What TensorFlow finds in `element` to make a tensor of; None where that is no sequence.

    Raises:
        ValueError: It may end the process, in the words that TensorFlow has for what may not.
    """
    cls = type(element)
    if issubclass(cls, np.ndarray):
        _check_size(element)
        if element.ndim == 0:
            return (element[()],)
        # Numbers are all alike: the first of them shows how deep they are nested. (For ever, in a
        # numpy.matrix, whose rows are matrices.)
        return element if element.dtype.hasobject else element[:1]  # type: ignore[no-any-return]
    is_time = issubclass(cls, np.timedelta64)
    if issubclass(cls, (*_TO_PLAIN_SCALARS, *_OF_TENSORFLOW)) or (
        _is_convertible(cls) and not is_time
    ):
        return None
    is_sequence = isinstance(element, Sequence)
    if is_time or not (is_sequence or _in_structure(element) is None):
        raise ValueError(
            f"Attempt to convert a value ({shown(element)}) with an unsupported type ({cls}) "
            "to a Tensor."
        )
    if is_sequence or (_has(cls, "__len__") and _has(cls, "__getitem__")):
        return _up_to_its_length(element)
    return None


def _in_repr(element: Any) -> Iterable[Any] | None:
    """What `repr` shows of `element`, or None where that is not known to end badly."""
    cls = type(element)
    if issubclass(cls, np.ndarray):
        return element.flat if element.dtype.hasobject else None
    if isinstance(element, Mapping):
        return itertools.chain(element, element.values())
    if dataclasses.is_dataclass(cls):
        fields = dataclasses.fields(cls)
        return [getattr(element, field.name, None) for field in fields if field.repr]
    for kind, contents in _CONTENTS.items():
        if issubclass(cls, kind):
            return contents(element)
    return _in_structure(element)


def _is_convertible(cls: type) -> bool:
    return _has(cls, "__array__") or _has(cls, "__tf_tensor__")


def _has(cls: type, method: str) -> bool:
    # Not hasattr, which finds a method of the metaclass, as that of an enumeration.
    return any(method in vars(base) for base in cls.__mro__)


def _is_proxy(cls: type) -> bool:
    """Whether each object of this class may claim to be of another one, as a wrapt.ObjectProxy."""
    if cls in weakref.ProxyTypes:
        return True
    return any("__class__" in vars(base) for base in cls.__mro__ if base is not object)


def _check_claim(element: Any) -> None:
    """TensorFlow believes `__class__`; where that is wrong, it reads without end, or crashes."""
    claimed = element.__class__
    wrapped = getattr(element, "__wrapped__", None)
    if claimed is not type(element) and getattr(wrapped, "__class__", None) is not claimed:
        raise TypeError(
            f"{shown(element)} claims to be of another class than it is, and holds no object of "
            "that class, as a proxy does; pass a number or a tensor"
        )


def _check_reprs(levels: Sequence[Collection[Any]]) -> None:
    """Sees to it that TensorFlow can show in a message what it can make no tensor of.

    It calls `repr`, which may not end; and of what stands beside a tensor in a list, and can't be
    cast to its dtype, it does so in a way that ends the process where `repr` raises.
    """
    classes = {type(element) for level in levels for element in level}
    not_convertible = {cls for cls in classes if not _is_convertible(cls)}
    large = {cls for cls in not_convertible if _shows_contents(cls)}
    if large:
        elements = tuple(element for level in levels for element in level if type(element) in large)
        _check_end(elements, shown(elements[0]), _in_repr, SHOWN, "pass a tensor")
    if any(issubclass(cls, _OF_TENSORFLOW) for cls in classes):
        foreign = {cls for cls in not_convertible if _has_repr_of_python(cls)}
        for level in levels:
            for element in level:
                if type(element) in foreign:
                    _check_repr(element)


def _shows_contents(cls: type) -> bool:
    return issubclass(cls, tuple(_CONTENTS)) or dataclasses.is_dataclass(cls)


def _has_repr_of_python(cls: type) -> bool:
    if issubclass(cls, (*_OF_TENSORFLOW, np.ndarray, np.generic)):
        return False
    is_of_c = isinstance(cls.__repr__, types.WrapperDescriptorType)
    return not is_of_c


def _check_repr(element: Any) -> None:
    try:
        repr(element)
    except Exception as error:
        raise TypeError(
            f"repr of {shown(element)}, which stands beside a tensor, raises "
            f"{type(error).__name__}; pass a number or a tensor"
        ) from error


def _check_end(
    value: Any,
    name: str,
    elements_of: Callable[[Any], Iterable[Any] | None],
    most: int,
    way_out: str,
) -> None:
    levels = _levels(
        value,
        name,
        elements_of,
        deepest=sys.getrecursionlimit(),
        too_deep=(RecursionError, "is nested too deeply, or contains itself"),
        most=most,
        way_out=way_out,
    )
    for _ in levels:
        pass


def _levels(
    value: Any,
    name: str | None,
    elements_of: Callable[[Any], Iterable[Any] | None],
    deepest: int,
    too_deep: tuple[type[Exception], str],
    most: int,
    way_out: str,
) -> Iterator[Collection[Any]]:
    """`value`, its elements, their elements and so on, level by level.

    `elements_of` decides by the class alone whether there are any, but for proxies.

    Raises:
        ValueError: There are more elements than `most`.
        TypeError: An object has a wrong `__class__`.
        Exception: The one of `too_deep`: There are more levels than `deepest`.
    """
    # No list display: with all its features on, AutoGraph makes a tensor of it.
    level: Collection[Any] = (value,)
    count = 0
    for depth in range(deepest + 1):
        examples = {type(element): element for element in level}
        proxies = {cls for cls in examples if _is_proxy(cls)}
        if proxies:
            for element in level:
                if type(element) in proxies:
                    _check_claim(element)
        if depth + DIMENSIONS > deepest and any(issubclass(cls, tf.Tensor) for cls in examples):
            ranks = [element.shape.rank or 0 for element in level if isinstance(element, tf.Tensor)]
            if depth + max(ranks, default=0) > deepest:
                break
        yield level
        nested = {cls for cls, element in examples.items() if elements_of(element) is not None}
        nested |= proxies
        if not nested:
            return
        inner = _elements_of_all(level, nested, elements_of, most - count)
        if inner is None:
            raise ValueError(
                f"{name or shown(value)} has more than {most:,} elements, or no end; {way_out}"
            )
        count += len(inner)
        level = inner
    error, words = too_deep
    raise error(f"{name or shown(value)} {words}")


def _elements_of_all(
    level: Collection[Any],
    nested: Collection[type],
    elements_of: Callable[[Any], Iterable[Any] | None],
    most: int,
) -> Collection[Any] | None:
    """The elements of what is of a class of `nested`; None where they are more than `most`."""
    if np.ndarray in nested:
        arrays = [element for element in level if type(element) is np.ndarray]
        size = sum(numbers.size for numbers in arrays)
        # Some stand there twice; what the caller holds in memory has no other bound.
        if size > ELEMENTS and size > sum(
            {id(numbers): numbers.size for numbers in arrays}.values()
        ):
            return None
    inner: collections.deque[Any] = collections.deque()
    for element in level:
        cls = type(element)
        if cls in nested:
            # Not len, which fails for a range that is larger still.
            if cls in (list, tuple, range) and element[most : most + 1]:
                return None
            elements = element if cls in _PLAIN_SEQUENCES else elements_of(element)
            if elements is not None:
                inner.extend(itertools.islice(elements, most + 1 - len(inner)))
            if len(inner) > most:
                return None
    return inner


def _check_size(numbers: np.ndarray[Any, Any]) -> None:
    # One that holds its numbers is no larger than it is; a broadcast one has no bound.
    if numbers.size > ELEMENTS and 0 in numbers.strides:
        raise ValueError(
            f"{shown(numbers)} has more than {ELEMENTS:,} elements, but holds fewer; copy it first"
        )


def _up_to_its_length(sequence: Any) -> Iterator[Any]:
    iterator, length = iter(sequence), len(sequence)
    yield from itertools.islice(iterator, length)
    if next(iterator, _END) is not _END:
        raise ValueError(
            f"{shown(sequence)} has a length of {length} but goes on after that; "
            "pass a tensor or an array"
        )
