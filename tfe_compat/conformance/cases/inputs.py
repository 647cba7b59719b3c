"""What has no end, or is too deep."""

from __future__ import annotations

import collections.abc
import itertools
import types
from typing import Any

import numpy as np
import tensorflow as tf

from tfe_compat.conformance.cases.examples import scalar, square
from tfe_compat.conformance.cases.registration import single


def nested(depth: int, leaf: Any = 1.0) -> Any:
    for _ in range(depth):
        leaf = [leaf]
    return leaf


def doubled(depth: int) -> Any:
    """A list that holds another one twice, and so on: 2 ** depth numbers in few bytes."""
    made: Any = [1.0]
    for _ in range(depth):
        made = [made, made]
    return made


class GoesOn(collections.abc.Sequence):
    """A sequence that goes on after its length."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Any) -> Any:
        return 1.0


@single
def list_nested_as_deep_as_a_tensor(tfe):
    return tfe.gradients_function(lambda x: scalar(3.0))(nested(254))


@single
def list_nested_deeper_than_a_tensor(tfe):
    return tfe.gradients_function(lambda x: x)(nested(255))


@single
def list_nested_deeper_than_the_stack(tfe):
    return tfe.gradients_function(lambda x: x)(nested(10000))


@single
def argument_without_end(tfe):
    return tfe.gradients_function(lambda x: x)(GoesOn())


@single
def argument_too_large_to_read(tfe):
    return tfe.gradients_function(lambda x: x)(doubled(40))


@single
def argument_too_large_to_show(tfe):
    return tfe.gradients_function(lambda x: x)(types.SimpleNamespace(held=doubled(40)))


@single
def value_without_end(tfe):
    return tfe.gradients_function(lambda x: GoesOn())(3.0)


class ClaimsToBeAList:
    __class__ = list  # type: ignore[assignment]

    def __iter__(self) -> Any:
        return itertools.repeat(1.0)


@single
def value_of_a_wrong_class(tfe):
    return tfe.gradients_function(lambda x: ClaimsToBeAList())(3.0)


@single
def value_too_large_to_read(tfe):
    return tfe.gradients_function(lambda x: doubled(40))(3.0)


@single
def dy_without_end(tfe):
    return tfe.gradients_function(square)(3.0, dy=GoesOn())


@single
def params_without_end(tfe):
    return tfe.gradients_function(square, params=itertools.count())(3.0)


@single
def list_of_time_differences(tfe):
    return tfe.gradients_function(lambda x: x)([np.timedelta64(1, "s")])


class FloatWithoutRepr(float):
    def __repr__(self) -> str:
        raise LookupError("no repr")


@single
def list_of_a_tensor_and_a_float_without_repr(tfe):
    return tfe.gradients_function(lambda x: x)([tf.constant(1), FloatWithoutRepr(1.5)])


@single
def list_of_a_tensor_and_a_float_without_repr_of_one_dtype(tfe):
    return tfe.gradients_function(lambda x: x)([tf.constant(1.0), FloatWithoutRepr(1.5)])
