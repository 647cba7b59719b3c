"""The comparison itself: it must be able to fail."""

import pytest
import tensorflow as tf
from conformance.subjects import COMPARER

import tfe_compat as tfe
from tfe_compat.conformance import cases, comparison
from tfe_compat.conformance.outcome import Tolerance, describe, differences


def subject_of(case, recorded, **more):
    return comparison.Subject(case, recorded, comparison.CASE_TOLERANCE, **more)


def test_another_outcome_is_a_mismatch():
    (name, recorded) = next(iter(comparison.recording("cases")["cases"].items()))
    assert COMPARER.compare(subject_of(name, recorded)).verdict == comparison.IDENTICAL
    compared = COMPARER.compare(subject_of(name, {"raised": "ValueError", "message": ""}))
    assert compared.verdict == comparison.MISMATCH
    assert compared.because


def test_a_known_difference_that_is_none_any_more_is_a_mismatch():
    name = "default_left_out[gradients_function]"
    ours = cases.outcome(name, tfe)
    compared = COMPARER.compare(subject_of(name, ours))
    assert compared.verdict == comparison.MISMATCH
    assert "no longer differs" in compared.because[0]


def test_a_known_difference_must_be_what_we_say_it_is():
    name = "unknown_name[gradients_function]"
    recorded = comparison.recording("cases")["cases"][name]

    class Broken:
        @staticmethod
        def gradients_function(f, params=None):
            def g(*args):
                raise ValueError("something else")

            return g

    compared = comparison.Comparer(Broken).compare(subject_of(name, recorded))
    assert compared.verdict == comparison.MISMATCH


def test_a_gradient_of_another_function_is_a_mismatch():
    """A plain tape, which adds up the gradients of one tensor as two arguments, is found out."""

    class PlainTape:
        @staticmethod
        def gradients_function(f, params=None):
            def g(*args):
                with tf.GradientTape() as tape:
                    tape.watch(args)
                    value = f(*args)
                return tape.gradient(value, list(args))

            return g

    name = "one_tensor_as_two_arguments[gradients_function]"
    recorded = comparison.recording("cases")["cases"][name]
    compared = comparison.Comparer(PlainTape).compare(subject_of(name, recorded))
    assert compared.verdict == comparison.MISMATCH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (tf.constant([1.0]), tf.constant([1.0 + 2.0**-20])),
        (tf.constant(1.0), tf.constant([1.0])),
        (tf.constant(1.0), tf.constant(1.0, tf.float64)),
        (tf.constant(1), tf.constant(2)),
        (tf.constant("a"), tf.constant("b")),
        (tf.constant(1.0), tf.constant(float("nan"))),
        (tf.constant(1.0), None),
        ([tf.constant(1.0)], (tf.constant(1.0),)),
        ({"a": tf.constant(1.0)}, {"b": tf.constant(1.0)}),
        (tf.constant([1.0, 0.0]), tf.IndexedSlices(tf.constant([1.0]), tf.constant([0]))),
        (tf.constant(1.0 + 1.0j), tf.constant(1.0 - 1.0j)),
    ],
)
def test_differences_are_found(one, other):
    assert list(differences(describe(one), describe(other), Tolerance(ulps=4)))
    assert not list(differences(describe(one), describe(one), Tolerance(ulps=0)))


def test_a_device_is_a_difference_unless_placements_do_not_count():
    with tf.device("CPU:1"):
        one = describe(tf.constant(1.0) * 2.0)
    other = describe(tf.constant(2.0))
    assert one["device"] == "CPU:1"
    assert list(differences(one, other, Tolerance(ulps=0)))
    assert not list(differences(one, other, Tolerance(ulps=0), placements=False))
