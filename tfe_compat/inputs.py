"""A short walk over what a caller passes, before TensorFlow reads it.

TensorFlow converts any array, tensor, list or structure, whatever its size, and so do we. Only what
is passed by mistake and would kill the process or never return is refused. (For a list that
contains itself, TensorFlow raises a RecursionError of its own.)
"""

from __future__ import annotations

import itertools
import reprlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from typing import Any, Callable

import numpy as np
import tensorflow as tf

from tfe_compat.autograph import unconverted

MAX_DIMENSIONS = 254  # of a tensor; TensorFlow aborts on more
MAX_RANGE = 100_000_000  # TF 1.15.5 takes many seconds to read one of this length

# From these types tf.constant makes the same tensor as tf.convert_to_tensor, which first looks for
# tensors among the elements and takes two to twenty times as long.
_NUMBERS = {bool, int, float, complex, list, tuple}

_DENSE_FORMS = {
    tf.RaggedTensor: "x.to_tensor()",
    tf.SparseTensor: "tf.sparse.to_dense(x)",
    tf.linalg.LinearOperator: "x.to_dense()",
}

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 200


def shown(value: Any) -> str:
    """`repr(value)` for a message: on one line, and cut short if it is long.

    >>> shown(["x", 0, None]), len(shown("x" * 10**6))
    ("['x', 0, None]", 200)
    """
    return " ".join(_SHORT.repr(value).split())


@unconverted
def leaves(structure: Any) -> list[Any]:
    """`tf.nest.flatten(structure)`, or a ValueError if a sequence in it has no end.

    >>> leaves({"b": 2, "a": (1, [])})
    [1, 2]
    """
    if not isinstance(structure, tf.Tensor):
        for _ in _levels(structure, _is_structure):
            pass
    flat: list[Any] = tf.nest.flatten(structure)
    return flat


@unconverted
def tensor_of(value: Any) -> tf.Tensor:
    """`tf.convert_to_tensor(value)`, or an exception where TensorFlow would never return.

    >>> print(tensor_of([[1.0, 2.0], [3.0, 4.0]]).shape)
    (2, 2)

    Raises:
        ValueError: A sequence in `value` has no end, is nested more than `MAX_DIMENSIONS` deep, or
            holds a `numpy.timedelta64` or a `numpy.matrix`. TensorFlow's own exceptions are
            raised unchanged.
    """
    all_classes, repeats = {type(value)}, False
    levels = () if isinstance(value, tf.Tensor) else _levels(value, _is_sequence)
    for depth, (elements, classes, again) in enumerate(levels):
        all_classes |= classes
        repeats |= again
        if depth == MAX_DIMENSIONS:
            raise ValueError(
                f"a list nested more than {MAX_DIMENSIONS} deep has more dimensions than a tensor "
                f"can have; pass a flatter one than {shown(value)}"
            )
        _check_arrays(elements, classes)
    try:
        # tf.constant does not return from a list that contains itself.
        plain = all_classes <= _NUMBERS and not repeats
        return (tf.constant if plain else tf.convert_to_tensor)(value)
    except (TypeError, ValueError, RuntimeError) as error:
        if isinstance(value, tuple(_DENSE_FORMS)):
            way_out = next(dense for kind, dense in _DENSE_FORMS.items() if isinstance(value, kind))
            message = f"{type(value).__name__} is not one tensor; pass or return {way_out}"
            raise ValueError(f"{message}, or the tensors in it: got {shown(value)}") from error
        if isinstance(error, RuntimeError) and "EagerTensor" in str(error):
            message = "A tensor or variable made in eager mode can't enter a tf.Graph; pass its"
            raise RuntimeError(f"{message} value, from .numpy(): got {shown(value)}") from error
        raise


def _check_arrays(elements: Iterable[Any], classes: set[type]) -> None:
    """Raises ValueError for arrays that kill the process in a list without tensors."""
    arrays = [cls for cls in classes if issubclass(cls, (np.ndarray, np.timedelta64))]
    if arrays and not any(issubclass(cls, (tf.Tensor, tf.Variable)) for cls in classes):
        for array in elements:
            if type(array) in arrays and (array.dtype.kind == "m" or isinstance(array, np.matrix)):
                raise ValueError(
                    "a numpy.matrix or numpy.timedelta64 in a list can't become a tensor; convert "
                    "it, with numpy.asarray(matrix) or delta / numpy.timedelta64(1, 's'): got "
                    f"{shown(array)}"
                )


def _levels(
    value: Any, is_sequence: Callable[[type], bool]
) -> Iterator[tuple[Iterable[Any], set[type], bool]]:
    """The elements of the sequences in `value`, and their classes, level by level.

    A sequence that occurs in several places, such as inside itself, is read only once. The third
    item says whether the level holds a sequence that has been read before.
    """
    seen: dict[int, Any] = {}
    level = {id(value): value} if is_sequence(type(value)) else {}
    while level:
        seen.update(level)
        sequences = [_elements(sequence) for sequence in level.values()]
        elements = sequences[0] if len(sequences) == 1 else list(itertools.chain(*sequences))
        classes = set(map(type, elements))
        nested = set(filter(is_sequence, classes))
        inner = [element for element in elements if type(element) in nested] if nested else []
        level = {id(element): element for element in inner if id(element) not in seen}
        yield elements, classes, len(level) < len(inner)


def _elements(sequence: Any) -> Iterable[Any]:
    if isinstance(sequence, (list, tuple)):
        return sequence
    if isinstance(sequence, Mapping):
        return sequence.values()
    if isinstance(sequence, range):
        if sequence[MAX_RANGE:]:
            raise ValueError(
                f"a range of more than {MAX_RANGE:,} elements is too large to read; pass a tensor "
                f"instead of {shown(sequence)}"
            )
        return sequence[:1]
    if any(True for _ in itertools.islice(sequence, len(sequence), None)):
        raise ValueError(
            f"a sequence goes on after its length of {len(sequence)}, perhaps without end: raise "
            f"IndexError in its __getitem__, or pass a list instead of {shown(sequence)}"
        )
    return sequence  # type: ignore[no-any-return]


def _is_sequence(cls: type) -> bool:  # for TensorFlow, when it makes a tensor
    has_elements = issubclass(cls, Sized) and hasattr(cls, "__getitem__")
    return has_elements and not (hasattr(cls, "__array__") or issubclass(cls, (str, bytes, dict)))


def _is_structure(cls: type) -> bool:  # for tf.nest
    return issubclass(cls, (Sequence, Mapping)) and not issubclass(cls, (str, bytes))
