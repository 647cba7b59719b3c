"""How much of what a caller passes is read, so that nothing keeps a call busy for ever.

Any object may come as `f`'s result, as an argument, as `dy` or as `params`: a sequence that never
ends, a list that holds another one twice, forty times over. TF 1.15.5 reads on, for minutes or
until memory is exhausted, and a list nested deeper than a tensor can be ends its process. So may
the `repr` of an argument, which TensorFlow's messages contain. The bounds are what takes seconds
here.
"""

from __future__ import annotations

import array
import collections
import dataclasses
import enum
import functools
import itertools
import reprlib
import sys
import types
from collections.abc import Collection, Iterable, Iterator, Mapping, MappingView, Sequence
from typing import Any, Callable

import numpy as np
import tensorflow as tf

LEAVES = 50_000  # in a structure, and entries of params
ELEMENTS = 10_000_000  # of Python sequences that become one tensor
SHOWN = 1_000_000  # in the repr of what is no sequence
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
        if isinstance(x, _WITH_SHORT_REPR) or (isinstance(x, np.ndarray) and not x.dtype.hasobject):
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
    """
    if not (isinstance(structure, tf.Tensor) or _is_row_of_tensors(structure)):
        levels = _levels(
            structure,
            what,
            _is_structure,
            deepest=sys.getrecursionlimit(),
            too_deep=_NESTED_TOO_DEEPLY,
            most=LEAVES,
            way_out="make one tensor of many numbers",
        )
        for _ in levels:
            pass
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
            goes on after its length, or holds a mapping or a `numpy.timedelta64`.
        RecursionError: It holds an exception, a slice or the like that contains itself.
        TypeError: It holds a tensor, and beside it something whose `repr` raises.
    """
    cls = type(value)
    if cls in _TO_PLAIN_SCALARS or issubclass(cls, (tf.Tensor, tf.Variable, np.generic)):
        return value
    for plain, of_subclass in _TO_PLAIN_SCALARS.items():
        if issubclass(cls, plain):
            return of_subclass(value)
    if isinstance(value, np.ndarray):
        _check_size(value)
        return value
    holds_tensor = False
    holds_contents = False
    of_foreign_repr: collections.deque[Any] = collections.deque()
    levels = _levels(
        value,
        None,
        _is_sequence,
        deepest=DIMENSIONS,
        too_deep=(
            ValueError,
            f"is nested more than {DIMENSIONS} deep; no tensor has more dimensions",
        ),
        most=ELEMENTS,
        way_out="pass a tensor",
    )
    for level, classes in levels:
        for cls in classes:
            holds_tensor = holds_tensor or issubclass(cls, _OF_TENSORFLOW)
            holds_contents = holds_contents or _shows_contents(cls)
            if _has_foreign_repr(cls):
                of_foreign_repr.extend(element for element in level if type(element) is cls)
    if holds_contents:
        _check_end_of_repr(value)
    if holds_tensor:
        for element in of_foreign_repr:
            _check_repr(element)
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
_PLAIN_SEQUENCES = {list, tuple, range, np.ndarray, array.array, collections.deque}
_OF_TENSORFLOW = (
    *(tf.Tensor, tf.Variable, tf.TensorShape),
    *(tf.IndexedSlices, tf.RaggedTensor, tf.SparseTensor),
)
_NESTED_TOO_DEEPLY = (RecursionError, "is nested too deeply, or contains itself")

# What is no sequence, but has a repr that shows what it contains.
_CONTENTS: dict[type, Callable[[Any], Iterable[Any]]] = {
    set: iter,
    frozenset: iter,
    slice: lambda parts: (parts.start, parts.stop, parts.step),
    enum.Enum: lambda member: (member.value,),
    functools.partial: lambda partial: (partial.func, partial.args, partial.keywords),
    types.MethodType: lambda method: (method.__self__,),
    types.GenericAlias: lambda alias: alias.__args__,
    types.SimpleNamespace: lambda namespace: vars(namespace).values(),
    BaseException: lambda error: error.args,
}


def _is_row_of_tensors(structure: Any) -> bool:
    if type(structure) not in (list, tuple) or len(structure) > LEAVES:
        return False
    return all(isinstance(element, tf.Tensor) for element in structure)


def _is_structure(element: Any) -> bool:
    """Whether `tf.nest` looks into objects of the class of this one."""
    cls = type(element)
    if issubclass(cls, (Mapping, MappingView, Sequence)):
        return not issubclass(cls, (str, bytes))
    return hasattr(cls, "__attrs_attrs__") or hasattr(cls, "__tf_flatten__")


def _is_sequence(element: Any) -> bool:
    """Whether TensorFlow makes a tensor of the elements of objects of the class of this one.

    Raises:
        ValueError: It may end the process, in the words that TensorFlow has for what may not.
    """
    cls = type(element)
    if issubclass(cls, np.timedelta64) or (
        _is_structure(element) and not issubclass(cls, Sequence)
    ):
        raise ValueError(
            f"Attempt to convert a value ({shown(element)}) with an unsupported type ({cls}) "
            "to a Tensor."
        )
    if issubclass(cls, np.ndarray):
        return True
    if issubclass(cls, (*_TO_PLAIN_SCALARS, *_OF_TENSORFLOW)):
        return False
    if _has(cls, "__array__") or _has(cls, "__tf_tensor__"):
        return False
    return _has(cls, "__len__") and _has(cls, "__getitem__")


def _has(cls: type, method: str) -> bool:
    # Not hasattr, which finds a method of the metaclass, as that of an enumeration.
    return any(method in vars(base) for base in cls.__mro__)


def _shows_contents(cls: type) -> bool:
    return issubclass(cls, tuple(_CONTENTS)) or dataclasses.is_dataclass(cls)


def _shows_elements(element: Any) -> bool:
    if isinstance(element, np.ndarray):
        return bool(element.dtype.hasobject)
    return _is_structure(element) or _shows_contents(type(element))


def _check_end_of_repr(value: Any) -> None:
    levels = _levels(
        value,
        None,
        _shows_elements,
        deepest=sys.getrecursionlimit(),
        too_deep=_NESTED_TOO_DEEPLY,
        most=SHOWN,
        way_out="pass a tensor",
    )
    for _ in levels:
        pass


def _has_foreign_repr(cls: type) -> bool:
    if issubclass(cls, (*_OF_TENSORFLOW, np.ndarray, np.generic)):
        return False
    return not isinstance(cls.__repr__, types.WrapperDescriptorType)  # a method of C


def _check_repr(element: Any) -> None:
    """Calls `repr` as TensorFlow does, which ends the process where it raises.

    TensorFlow calls it of what stands beside a tensor in a list, and can't be cast to its dtype.
    """
    try:
        repr(element)
    except Exception as error:
        raise TypeError(
            f"repr of {shown(element)}, which stands beside a tensor, raises "
            f"{type(error).__name__}; pass a number or a tensor"
        ) from error


def _levels(
    value: Any,
    name: str | None,
    is_nested: Callable[[Any], bool],
    deepest: int,
    too_deep: tuple[type[Exception], str],
    most: int,
    way_out: str,
) -> Iterator[tuple[Collection[Any], Iterable[type]]]:
    """`value`, its elements, their elements and so on: each level, and the classes in it.

    Raises:
        ValueError: There are more elements than `most`.
        Exception: The one of `too_deep`: There are more levels than `deepest`.
    """
    # No list display: with all its features on, AutoGraph makes a tensor of it.
    level: Collection[Any] = (value,)
    count = 0
    for depth in range(deepest + 1):
        examples = {type(element): element for element in level}
        if depth + DIMENSIONS > deepest and any(issubclass(cls, tf.Tensor) for cls in examples):
            ranks = [element.shape.rank or 0 for element in level if isinstance(element, tf.Tensor)]
            if depth + max(ranks, default=0) > deepest:
                break
        yield level, examples
        nested = {cls for cls, element in examples.items() if is_nested(element)}
        if not nested:
            return
        inner = _elements_of_all(level, nested, most - count)
        if inner is None:
            raise ValueError(
                f"{name or shown(value)} has more than {most:,} elements, or no end; {way_out}"
            )
        count += len(inner)
        level = inner
    error, words = too_deep
    raise error(f"{name or shown(value)} {words}")


def _elements_of_all(
    level: Collection[Any], nested: Collection[type], most: int
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
        if type(element) in nested:
            # Not len, which fails for a range that is larger still.
            if type(element) in (list, tuple, range) and element[most : most + 1]:
                return None
            inner.extend(itertools.islice(_elements(element), most + 1 - len(inner)))
            if len(inner) > most:
                return None
    return inner


def _elements(nested: Any) -> Iterable[Any]:
    if isinstance(nested, np.ndarray):
        _check_size(nested)
        if nested.ndim == 0:
            return (nested[()],)
        # Numbers are all alike: the first of them shows how deep they are nested. (For ever, in a
        # numpy.matrix, whose rows are matrices.)
        return nested if nested.dtype.hasobject else nested[:1]
    if type(nested) in _PLAIN_SEQUENCES:
        return nested  # type: ignore[no-any-return]
    if isinstance(nested, Mapping):
        return nested.values()
    if hasattr(nested, "__attrs_attrs__"):
        return [getattr(nested, field.name) for field in nested.__attrs_attrs__]
    if hasattr(nested, "__tf_flatten__"):
        return nested.__tf_flatten__()[1]  # type: ignore[no-any-return]
    cls = type(nested)
    if issubclass(cls, MappingView) or (_has(cls, "__len__") and _has(cls, "__getitem__")):
        return _up_to_its_length(nested)
    for shown_with_contents, contents in _CONTENTS.items():
        if issubclass(cls, shown_with_contents):
            return contents(nested)
    return [getattr(nested, field.name, None) for field in dataclasses.fields(nested)]


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
