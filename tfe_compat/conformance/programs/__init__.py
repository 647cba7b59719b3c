"""Random programs: expressions over many operations, differentiated in every way.

A program is plain data, made from a seed by `generate` and stored with the recordings; `outcome`
runs one. The package runs unchanged on TF 1.15.5 and on TF 2. A program is an object such as

    {
        "function": "value_and_gradients_function",
        "way": "first order",
        "f": "function",
        "dtype": "float32",
        "arguments": [["tensor", [2], [0.5, -1.25]], ["python number", [], [2.0]], ["same", 0]],
        "params": ["names", ["b", "a"]],
        "operations": [["multiply", 0, 1], ["sin", 3]],
        "returns": ["tuple", 4, ["list", 3]],
        "dy": ["nested", [[2], [1.0, 0.5]], [[2], [2.0, -1.0]]]
    }

Operations and `returns` refer to values by number: first the arguments, then the results of the
operations in order. All numbers are sums of a few powers of two, which every dtype represents
exactly, and every operation keeps its result small enough for rounding errors to stay comparable.
"""

from tfe_compat.conformance.programs.deviations import deviations, in_other_words
from tfe_compat.conformance.programs.execution import outcome
from tfe_compat.conformance.programs.generation import generate

__all__ = ["deviations", "generate", "in_other_words", "outcome"]
