"""Makes programs from a seed."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from tfe_compat.conformance.api import EXPLICIT, IMPLICIT
from tfe_compat.conformance.programs.operations import LARGEST, OPERATIONS_OF, Shape

NAMES = "abcd"  # of the arguments

SHAPES = [(), (2,), (3,), (2, 2), (2, 3)]

WITHOUT_NUMBERS = {"string": "text", "nothing": None}

SHAREABLE = ("tensor", "variable", "numpy")


def generate(seed: int, count: int) -> list[Any]:
    """Makes `count` programs, always the same ones for the same seed.

    >>> generate(seed=1, count=2) == generate(seed=1, count=3)[:2]
    True
    """
    return [_generate_one(random.Random(f"{seed} {i}")) for i in range(count)]


def _weighted(rng: random.Random, **weights: int) -> str:
    return rng.choices([name.replace("_", " ") for name in weights], list(weights.values()))[0]


def _numbers(rng: random.Random, shape: Shape) -> list[Any]:
    return [rng.randint(-32, 32) / 16.0 for _ in range(int(np.prod(shape, dtype=int)))]


def _generate_one(rng: random.Random) -> dict[str, Any]:
    function = rng.choices(
        [*EXPLICIT, *IMPLICIT],
        [35, 20, 20, 15, 10],
    )[0]
    dtype = rng.choices(list(OPERATIONS_OF), [60, 18, 8, 4, 6, 4])[0]
    params_kind = _weighted(
        rng, none=35, names=18, indices=18, characters=5, negative=8, numpy=4, iterator=4, empty=3
    )
    f = _weighted(rng, function=60, rest=12, method=8, object=6, partial=8, default=6)
    if f == "rest" and params_kind in ("names", "characters"):
        f = "function"
    arguments = _generate_arguments(rng, function in IMPLICIT, params_kind)
    operations, shapes = _generate_operations(rng, dtype, arguments)
    leaves = _generate_leaves(rng, shapes)
    dy = None
    if function not in IMPLICIT and rng.random() < 0.45:
        dy = _generate_dy(rng, [shapes[leaf] for leaf in leaves])
    return {
        "function": function,
        "way": _weighted(rng, first_order=65, second_order=20, outer_tape=15),
        "f": f,
        "dtype": dtype,
        "arguments": arguments,
        "params": _generate_params(rng, params_kind, arguments),
        "operations": operations,
        "returns": _generate_structure(rng, leaves),
        "dy": dy,
    }


def _generate_arguments(rng: random.Random, implicit: bool, params_kind: str) -> list[Any]:
    arguments: list[Any] = []
    for position in range(rng.randint(1, len(NAMES))):
        kind = _weighted(
            rng,
            tensor=38,
            variable=10,
            numpy=9,
            python_number=12,
            list=6,
            integer=5,
            boolean=2,
            same=12,
            string=3,
            nothing=3,
        )
        shared = [i for i, other in enumerate(arguments) if other[0] in SHAREABLE]
        if position == 0:
            kind = "variable" if implicit else "tensor"
        elif (kind == "same" and not shared) or (kind == "nothing" and params_kind == "none"):
            kind = "tensor"
        if kind == "same":
            arguments.append([kind, rng.choice(shared)])
        elif kind in WITHOUT_NUMBERS:
            arguments.append([kind])
        else:
            shape = rng.choice(SHAPES)
            if kind in ("python number", "integer", "boolean"):
                shape = ()
            elif kind == "list":
                shape = (rng.choice([2, 3]),)
            arguments.append([kind, list(shape), _numbers(rng, shape)])
    return arguments


def _generate_params(rng: random.Random, kind: str, arguments: list[Any]) -> list[Any] | None:
    if kind == "none":
        return None
    if kind == "empty":
        return ["indices", []]
    selectable = [i for i, argument in enumerate(arguments) if argument[0] != "nothing"]
    selected = rng.sample(selectable, rng.randint(1, len(selectable)))
    if rng.random() < 0.2:
        selected.append(rng.choice(selected))
    if kind in ("names", "characters"):
        return [kind, [NAMES[i] for i in selected]]
    if kind == "negative":
        selected = [i - len(arguments) if rng.random() < 0.7 else i for i in selected]
    return [kind, selected]


def _generate_operations(rng: random.Random, dtype: str, arguments: list[Any]) -> tuple[Any, Any]:
    """Operations, and the shape of every value: None for arguments that are not numbers."""
    shapes: list[Any] = []
    for argument in arguments:
        if argument[0] == "same":
            shapes.append(shapes[argument[1]])
        else:
            shapes.append(None if argument[0] in WITHOUT_NUMBERS else tuple(argument[1]))
    bounds = [2.0] * len(shapes)
    numeric = [i for i, shape in enumerate(shapes) if shape is not None]
    operations: list[Any] = []
    for _ in range(20 * rng.randint(1, 8)):  # most tries fail: the shapes don't fit
        name, operation = rng.choice(list(OPERATIONS_OF[dtype].items()))
        # Prefer what was computed last, so that programs are deep and not only wide.
        operands = [
            numeric[-1 - min(int(rng.expovariate(0.5)), len(numeric) - 1)]
            for _ in range(operation.arity)
        ]
        shape = operation.shape(*(shapes[i] for i in operands))
        bound = operation.bound(*(bounds[i] for i in operands))
        if shape is None or len(shape) > 3 or bound > LARGEST:
            continue
        operations.append([name, *operands])
        numeric.append(len(shapes))
        shapes.append(shape)
        bounds.append(bound)
        if len(operations) == 8:
            break
    return operations, shapes


def _generate_leaves(rng: random.Random, shapes: list[Any]) -> list[Any]:
    """The values that f returns: the last one, which depends on most others, and a few more."""
    numeric = [i for i, shape in enumerate(shapes) if shape is not None]
    leaves = rng.sample(numeric[:-1], min(rng.choice([0, 0, 1, 2]), len(numeric) - 1))
    leaves.insert(rng.randint(0, len(leaves)), numeric[-1])
    return leaves


def _generate_structure(rng: random.Random, leaves: list[Any]) -> Any:
    """The leaves nested, in order: a leaf, ["tuple" or "list" or "dict", element, ...]."""
    if len(leaves) == 1 and rng.random() < 0.7:
        return leaves[0]
    kind = rng.choice(["tuple", "list", "dict"])
    if len(leaves) == 1:
        return [kind, leaves[0]]
    split = rng.randint(1, len(leaves) - 1)
    return [kind, *leaves[:split], _generate_structure(rng, leaves[split:])]


def _generate_dy(rng: random.Random, shapes: list[Any]) -> list[Any]:
    kind = rng.choice(["nested", "flat", "nested", "flat", "numpy", "python"])
    if kind == "python" and any(shapes):
        kind = "nested"
    return [kind, *([list(shape), _numbers(rng, shape)] for shape in shapes)]
