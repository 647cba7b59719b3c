"""HParams does what that of TF 1.15.5 did."""

from __future__ import annotations

import pytest
from fresh_process import loaded_by
from recorded.calls.training import CALLS, outcome
from recorded.record import recorded

from tfe_compat.training import HParams

RECORDED = recorded("training")

# What TF 1.15.5 failed to do, or did by accident.
DIFFERENT = {
    "h.set_hparam('s', b'y')": ["None", {"s": "'y'"}],
    "h.set_hparam('y', 'z')": ["None", {"y": "b'z'"}],
    "h.parse('y=z')": ["h", {"y": "b'z'"}],
    "h.get('y', 'y')": ["b'x'", {}],
    "h.del_hparam('values')": ["None", {}],
    "setattr(h, 'new', 1), h.del_hparam('new')": ["(None, None)", {}],
    "h.parse('a=3,c[1]=4')": ["ValueError", {}],
}


def test_every_call_is_recorded():
    assert list(RECORDED) == CALLS
    assert all(RECORDED[call] != result for call, result in DIFFERENT.items())


@pytest.mark.parametrize("call", CALLS)
def test_does_what_tf_1_15_did(call):
    assert outcome(HParams, call) == DIFFERENT.get(call, RECORDED[call])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda h: HParams({"a": 1}), r"no HParamDef .*: pass hyperparameters as keywords"),
        (
            lambda h: h.to_proto(),
            r"no HParamDef .* write and read them with to_json and parse_json",
        ),
        (lambda h: h.add_hparam("get", 1), r"an attribute 'get'; choose another name"),
        (lambda h: h.add_hparam("new", []), r"^An empty list .*; add 'new' with one element"),
        (lambda h: h.set_hparam("a", 2.5), r"^Hyperparameter 'a' takes int, not float; got 2.5$"),
        (lambda h: h.set_hparam("a", "x" * 999), r"^.{,80}; got 'x+\.\.\.x+'$"),
        (lambda h: h.set_hparam("a", [2]), r"'a' takes one value, no list; got \[2\]$"),
        (lambda h: h.get("c", 2), r"'c' takes a list; got 2$"),
        (lambda h: h.parse("a=3 c=[4]" * 99), r"^Write name=value .*; got 'a=3 c=.{,30}$"),
        (lambda h: h.parse("z=3"), r"^Add a hyperparameter before .*; got z$"),
        (lambda h: h.parse("c[0]=3"), r"^Write the whole list, c=\[\.\.\.\]; got c\[0\]=\.\.\.$"),
        (lambda h: h.parse("a=3,a=4"), r"^Write each hyperparameter once; got a again$"),
        (lambda h: h.parse("c=[3,x]"), r"^Hyperparameter 'c' takes int; got 'x'$"),
        (lambda h: h.parse("n=3"), r"^Hyperparameter 'n' is None, .* use set_hparam; got '3'$"),
    ],
)
def test_clear_errors(call, message):
    with pytest.raises((NotImplementedError, TypeError, ValueError), match=message):
        call(HParams(a=1, c=[1, 2], n=None))


@pytest.mark.multiprocess
def test_needs_no_tensorflow():
    used = "import tfe_compat as tfe; tfe.training.HParams(a=1)"
    assert "tensorflow" not in loaded_by(used)
