"""The names that TF 1.15.5 gave to Keras variables, where Keras has others today.

Measured for each kind of layer:

- A cell has its own part in the name: `lstm/kernel` is `lstm/lstm_cell/kernel` today. So has the
  layer in a `TimeDistributed` in Keras 3.
- A Sequential without an input shape had a part, too: `sequential/dense/kernel` is `dense/kernel`,
  in Keras 2 under TensorFlow 2's behavior. In Keras 3 it is the other way round: a Sequential with
  an input shape has a part, and had none. A name scope was part of the name, and is not in Keras 3.
- Names made from a class have fewer underscores: `conv_lst_m2d` is `conv_lstm2d`, and the model
  `class VGG16` was `vg_g16`.
- `depthwise_conv2d/depthwise_kernel` is `depthwise_conv2d/kernel` in Keras 3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import tensorflow as tf

_CELL = re.compile(r"(.*_)?cell(_\d+)?")
_LONGEST_LIST = 12

# The last part of the names of variables that TF 1.15.5 did not have: the states of random number
# generators, and the counters of a Keras 2 model, which have no name.
_NEW = ("seed_generator_state", "StateVar", "Variable")


def names_of_tf_1_15(names: Collection[str]) -> dict[str, str]:
    """Maps the names that variables have here to those that TF 1.15.5 gave them.

    >>> list(names_of_tf_1_15(["lstm/lstm_cell/recurrent_kernel", "lstm/lstm_cell/bias"]).values())
    ['lstm/recurrent_kernel', 'lstm/bias']

    Names that would become equal stay as they are, and so do parts that the names alone don't show:
    that of a Sequential, and that of a model named after its class.
    """
    cells = [path for path in _layers_with_recurrent_kernel(names) if _is_only_cell(path, names)]
    old = {}
    for name in names:
        changed = f"/{name}"
        for cell in cells:
            changed = changed.replace(f"/{cell}/", f"/{cell.rpartition('/')[0]}/")
        changed = re.sub(r"/conv_lstm2d(?=(_\d+)?/)", "/conv_lst_m2d", changed)
        changed = re.sub(r"(/depthwise_conv2d(_\d+)?)/kernel\b", r"\1/depthwise_kernel", changed)
        old[name] = changed[1:]
    counts = Counter(old.values())
    return {name: changed if counts[changed] == 1 else name for name, changed in old.items()}


def _layers_with_recurrent_kernel(names: Iterable[str]) -> list[str]:
    paths = (name.rpartition("/") for name in names)
    return [path for path, _, variable in paths if variable == "recurrent_kernel"]


def _is_only_cell(path: str, names: Iterable[str]) -> bool:
    """Whether the path of a cell is all that its layer has, so that the layer is an RNN.

    A model that calls a cell itself has other layers, too, and its cell had a part in TF 1.15.5.
    """
    layer, _, part = path.rpartition("/")
    return bool(layer and _CELL.fullmatch(part)) and all(
        name.startswith(f"{path}/") for name in names if name.startswith(f"{layer}/")
    )


def find_in_file(
    variables: Mapping[str, tf.Variable], saved: Mapping[str, tf.TensorSpec]
) -> dict[str, tf.Variable]:
    """The variables by their names in a file: their own, or else the one that TF 1.15.5 gave.

    Args:
        variables: The variables, by their own names.
        saved: What is in the file.

    Raises:
        tf.errors.NotFoundError: For a variable, the file has neither its own name nor exactly one
            that TF 1.15.5 could have given to it alone.
    """
    found = {name: variable for name, variable in variables.items() if name in saved}
    missing = {
        name: variable
        for name, variable in variables.items()
        if name not in saved and not is_new(name, variable)
    }
    rest = {name: spec for name, spec in saved.items() if name not in found}
    by_own = {name: old_names_of(name, variable, rest) for name, variable in missing.items()}
    times = Counter(old for olds in by_own.values() for old in olds)
    for own, olds in by_own.items():
        if len(olds) == 1 and times[olds[0]] == 1:
            found[olds[0]] = missing.pop(own)
            del rest[olds[0]]
    if missing:
        raise not_found(missing, rest)
    return found


def is_new(name: str, variable: tf.Variable) -> bool:
    """Whether a variable is one of TensorFlow 2's or Keras's own that TF 1.15.5 did not have."""
    return name.split("/")[-1] in _NEW and bool(variable.dtype.is_integer)


def old_names_of(name: str, variable: tf.Variable, saved: Mapping[str, tf.TensorSpec]) -> list[str]:
    """Those of the names in a file that a variable could have had in TF 1.15.5."""
    alike = [
        each
        for each, spec in saved.items()
        if spec.shape == variable.shape and spec.dtype == variable.dtype.base_dtype
    ]
    of_same_model = [each for each in alike if _may_have_been(name, each, other_model=False)]
    return of_same_model or [each for each in alike if _may_have_been(name, each, other_model=True)]


def _may_have_been(name: str, old: str, other_model: bool) -> bool:
    """Whether a variable with this name could have had the other one in TF 1.15.5.

    Both are the same, except that one part of `name` (of a cell) may be missing in `old`. With
    `other_model`, either of them may start with more parts (of a model).
    """
    parts, old_parts = name.split("/"), old.split("/")
    without = [parts[:i] + parts[i + 1 :] for i in range(1, len(parts) - 1)]
    for each in [parts, *without]:
        if other_model:
            shorter = min(len(each), len(old_parts))
            if shorter > 1 and _are_the_same(each[-shorter:], old_parts[-shorter:]):
                return True
        elif _are_the_same(each, old_parts):
            return True
    return False


def _are_the_same(parts: list[str], old_parts: list[str]) -> bool:
    return len(parts) == len(old_parts) and all(
        old_part.replace("_", "") in (part.replace("_", ""), "depthwise" + part)
        for part, old_part in zip(parts, old_parts)
    )


def not_found(
    variables: Mapping[str, tf.Variable], rest: Mapping[str, tf.TensorSpec]
) -> tf.errors.NotFoundError:
    """The error that variables are not in a file.

    Args:
        variables: The variables, by the names under which they should be there.
        rest: What is in the file for none of the other variables.
    """
    example = min(rest, default="name in the file")
    return tf.errors.NotFoundError(
        None,
        None,
        "Variables not found in checkpoint. If it has them under other names, pass a dictionary of "
        f"the variables by their names there: tfe.Saver({{{example!r}: variable, ...}}). "
        f"Not found: {listed(variables)}. In the checkpoint, but not restored: {listed(rest)}",
    )


def listed(named: Mapping[str, tf.Variable | tf.TensorSpec]) -> str:
    """Names and shapes for a message, of which it shows the first dozen."""
    texts = [f"{name} {named[name].shape.as_list()}" for name in sorted(named)]
    more = [f"and {len(texts) - _LONGEST_LIST} more"] if len(texts) > _LONGEST_LIST else []
    return ", ".join(texts[:_LONGEST_LIST] + more) or "nothing"
