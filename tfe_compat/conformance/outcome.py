"""What a call did, as plain data, and how two such outcomes compare.

An outcome is one of

    {"returned": description}
    {"raised": "ValueError", "message": "..."}
    {"crashed": "SIGSEGV"}                        the process died
    {"hung": "10 s"}                              it did not return within that time

and a description is JSON: null for None, and otherwise an object with one key that says what it is:

    {"tensor": "float32[2]", "values": ["0x1p+0", "-0x1.8p+1"]}
    {"tensor": "float32[]", "values": ["0x1p+0"], "device": "CPU:1"}     "CPU:0" is left out
    {"indexed_slices": {"values": ..., "indices": ..., "dense_shape": ...}}
    {"tuple": [...]}

Floating-point numbers are written exactly, as `float.hex` does but without trailing zeros.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, Callable, Dict, NamedTuple

import numpy as np
import tensorflow as tf

Outcome = Dict[str, Any]


class Tolerance(NamedTuple):
    """How far apart two floating-point numbers may lie, in units in the last place (ulps).

    An ulp is that of the larger of the two numbers, or of `size` if that is larger still, in the
    tensor's dtype, or in `precision`, the dtype of the computation, if that is coarser.
    """

    ulps: float
    size: float = 0.0
    precision: str = "float64"


# The place value of the last digit of the significand of 1.0.
_ULP_OF_ONE = {
    "bfloat16": 2.0**-7,
    "float16": 2.0**-10,
    "float32": 2.0**-23,
    "float64": 2.0**-52,
    "complex64": 2.0**-23,
    "complex128": 2.0**-52,
}


def outcome_of(call: Callable[[], Any]) -> Outcome:
    """Calls `call` and describes what it did.

    >>> outcome_of(lambda: [1.5, None])
    {'returned': {'list': [{'python': '1.5'}, None]}}
    >>> outcome_of(lambda: [][0])
    {'raised': 'IndexError', 'message': 'list index out of range'}
    """
    try:
        returned = call()
    except Exception as error:
        return {"raised": type(error).__name__, "message": _without_addresses(str(error))}
    return {"returned": describe(returned)}


def describe(thing: Any) -> Any:
    """Describes a value that a case or a program returned.

    >>> describe(tf.constant([1.0, -3.0]))
    {'tensor': 'float32[2]', 'values': ['0x1p+0', '-0x1.8p+1']}
    """
    if thing is None:
        return None
    if isinstance(thing, tf.IndexedSlices):
        return {
            "indexed_slices": {
                "values": describe(thing.values),
                "indices": describe(thing.indices),
                "dense_shape": describe(thing.dense_shape),
            }
        }
    if isinstance(thing, tf.Variable):
        return {"variable": _describe_array(thing.numpy())}
    if isinstance(thing, tf.Tensor):
        description = _describe_array(thing.numpy())
        device = thing.device.rpartition("device:")[2]
        if device != "CPU:0":
            description["device"] = device
        return description
    if isinstance(thing, (np.ndarray, np.generic)):
        return {"numpy": _describe_array(thing)}
    if isinstance(thing, tuple) and hasattr(thing, "_fields"):
        return {
            type(thing).__name__: [[name, describe(getattr(thing, name))] for name in thing._fields]
        }
    if isinstance(thing, (list, tuple)):
        return {type(thing).__name__: [describe(element) for element in thing]}
    if isinstance(thing, dict):
        return {type(thing).__name__: [[repr(key), describe(thing[key])] for key in thing]}
    return {"python": _without_addresses(repr(thing))}


def _describe_array(array: Any) -> dict[str, Any]:
    array = np.asarray(array)
    dtype = "string" if array.dtype.kind in "OSU" else array.dtype.name
    return {
        "tensor": f"{dtype}[{','.join(map(str, array.shape))}]",
        "values": [_describe_number(number, dtype) for number in array.reshape([-1])],
    }


def _describe_number(number: Any, dtype: str) -> Any:
    if dtype == "string":
        return number.decode("latin-1") if isinstance(number, bytes) else str(number)
    if dtype == "bool":
        return bool(number)
    if dtype.startswith("complex"):
        return [hexadecimal(number.real), hexadecimal(number.imag)]
    return hexadecimal(number) if dtype in _ULP_OF_ONE else int(number)


def hexadecimal(number: Any) -> str:
    """`float.hex` without trailing zeros.

    >>> hexadecimal(1.5), hexadecimal(0.0), hexadecimal(float("nan"))
    ('0x1.8p+0', '0x0p+0', 'nan')
    """
    return re.sub(r"\.?0*p", "p", float(number).hex())


def _without_addresses(text: str) -> str:
    return re.sub(r"0x[0-9a-f]{6,}", "0x...", re.sub(r"\bid=\d+", "id=...", text))


def differences(
    expected: Any, actual: Any, tolerance: Tolerance, placements: bool = True
) -> Iterator[str]:
    """Yields a line for each place where two outcomes, or two descriptions, differ.

    Everything except the values of floating-point tensors is compared exactly. `placements=False`
    ignores devices.

    >>> one, other = describe(tf.constant([1.0, 2.0])), describe(tf.constant([1.0, 2.5]))
    >>> list(differences(one, other, Tolerance(ulps=4)))
    ['values[1]: 0x1p+1 != 0x1.4p+1 (2097152 ulps)']
    """
    if not placements:
        expected, actual = _without_devices(expected), _without_devices(actual)
    return _differences(expected, actual, tolerance, "")


def _without_devices(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _without_devices(value) for key, value in thing.items() if key != "device"}
    if isinstance(thing, list):
        return [_without_devices(element) for element in thing]
    return thing


def _differences(expected: Any, actual: Any, tolerance: Tolerance, where: str) -> Iterator[str]:
    both = (expected, actual)
    if all(isinstance(side, dict) for side in both) and list(expected) == list(actual):
        dtype = str(expected.get("tensor", "")).partition("[")[0]
        for key in expected:
            path = f"{where}.{key}" if where else str(key)
            if key == "values" and dtype in _ULP_OF_ONE and expected["tensor"] == actual["tensor"]:
                for difference in _value_differences(expected, actual, dtype, tolerance):
                    yield path + difference
            else:
                yield from _differences(expected[key], actual[key], tolerance, path)
    elif all(isinstance(side, list) for side in both) and len(expected) == len(actual):
        for i, (one, other) in enumerate(zip(expected, actual)):
            yield from _differences(one, other, tolerance, f"{where}[{i}]")
    elif expected != actual:
        yield f"{where or 'outcome'}: {expected} != {actual}"


def _value_differences(
    expected: dict[str, Any], actual: dict[str, Any], dtype: str, tolerance: Tolerance
) -> Iterator[str]:
    ulp_of_one = max(_ULP_OF_ONE[dtype], _ULP_OF_ONE[tolerance.precision])
    for i, (one, other) in enumerate(zip(expected["values"], actual["values"])):
        # A complex number is two real ones, each as accurate as the larger of them.
        ones, others = (
            [float.fromhex(part) for part in ([side] if isinstance(side, str) else side)]
            for side in (one, other)
        )
        size = max([tolerance.size, *(abs(x) for x in ones + others if math.isfinite(x))])
        distance = max(ulps_apart(x, y, ulp_of_one, size) for x, y in zip(ones, others))
        if distance > tolerance.ulps:
            yield f"[{i}]: {one} != {other} ({distance:.0f} ulps)"


def ulps_apart(x: float, y: float, ulp_of_one: float, size: float) -> float:
    """How many units in the last place of a number of the given size lie between `x` and `y`.

    >>> ulps_apart(1.0, 1.0 + 2.0**-22, ulp_of_one=2.0**-23, size=1.0)
    2.0
    >>> ulps_apart(float("nan"), float("nan"), ulp_of_one=2.0**-23, size=1.0)
    0.0
    """
    if x == y or (math.isnan(x) and math.isnan(y)):
        return 0.0
    if not (math.isfinite(x) and math.isfinite(y)):
        return math.inf
    exponent = math.frexp(size)[1] - 1
    return abs(x - y) / (ulp_of_one * 2.0**exponent)
