"""The benchmarks run, compare like with like and report what they measured. No time is asserted."""

import importlib
import json
import pathlib

import pytest
import tensorflow as tf

BENCHMARKS = pathlib.Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def benchmark(monkeypatch):
    """Imports a module from where `python benchmarks/run.py` finds it."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module


def test_a_case_is_measured_and_reported(benchmark, capsys, tmp_path):
    run = benchmark("run")
    file = tmp_path / "report.json"
    assert run.main(["--case", "with dy", "--rounds", "3", "--json", str(file)]) == 0
    printed = capsys.readouterr()
    assert "[1/1] with dy" in printed.err
    report = json.loads(file.read_text(encoding="utf-8"))
    (case,) = report["cases"]
    assert case["name"] == "with dy"
    assert case["rounds"] == 3
    assert set(case["implementations"]) == set(benchmark("implementations").by_arguments())
    for name, figures in case["implementations"].items():
        assert figures["microseconds"] > 0, name
        for ratio in (figures["ratio"], figures["ours_to_this"]):
            assert 0 < ratio["first_quartile"] <= ratio["median"] <= ratio["third_quartile"], name
    assert case["implementations"]["hand-written tape"]["ratio"]["median"] == 1
    (row,) = [line for line in printed.out.splitlines() if line.startswith("with dy")]
    assert f"{case['implementations']['tfe_compat']['ratio']['median']:.2f} [" in row
    assert report["machine"]["tensorflow"] == tf.__version__


def test_all_implementations_compute_the_same_numbers(benchmark):
    measure = benchmark("measure")
    cases = list(benchmark("cases").cases())
    assert len({case.name for case in cases}) == len(cases)
    for case in cases:
        if case.arguments != 1000:  # like 100, but slow
            measure.check_agreement({name: g() for name, g in case.calls().items()}, case.name)


@pytest.mark.parametrize(
    "wrong",
    [
        (tf.constant(1.0), [tf.constant(2.1)]),
        (tf.constant(1.1), [tf.constant(2.0)]),
        (tf.constant(1.0), [tf.constant(2.0), tf.constant(2.0)]),
        (tf.constant(1.0), [None]),
    ],
)
def test_other_numbers_are_refused(benchmark, wrong):
    measure = benchmark("measure")
    right = (tf.constant(1.0), tf.constant(2.0))
    measure.check_agreement({"hand-written tape": right, "tfe_compat": right}, "some case")
    with pytest.raises(AssertionError, match=r"some case: tfe_compat"):
        measure.check_agreement({"hand-written tape": right, "tfe_compat": wrong}, "some case")


def test_graph_operations_are_counted(benchmark):
    (case,) = [case for case in benchmark("cases").cases() if case.name == "MLP in tf.function"]
    counts = {name: len(graph.get_operations()) for name, graph in case.graphs().items()}
    # The identity of the one output is all that we add.
    assert counts["tfe_compat"] == counts["hand-written tape"] + 1


def test_the_plot_needs_only_what_was_measured(benchmark, tmp_path):
    pytest.importorskip("matplotlib", "3.7", reason="the legend stands outside from 3.7 on")
    run = benchmark("run")
    file = tmp_path / "overhead.png"
    run.main(["--case", "one op", "--case", "10 arguments", "--rounds", "2", "--plot", str(file)])
    assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("rounds", ["1", "0", "-3", "many"])
def test_too_few_rounds_are_refused(benchmark, capsys, rounds):
    with pytest.raises(SystemExit):
        benchmark("run").main(["--rounds", rounds])
    assert "--rounds" in capsys.readouterr().err
