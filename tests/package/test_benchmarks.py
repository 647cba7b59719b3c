"""The benchmarks run, compare like with like and report what they measured. No time is asserted."""

import functools
import importlib
import json
import pathlib
import re
import sys
import types

import forked_tensorflow
import pytest
import tensorflow as tf

BENCHMARKS = pathlib.Path(__file__).parents[2] / "benchmarks"


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
    (row,) = [line for line in printed.out.splitlines() if line.startswith("| with dy ")]
    assert f"{case['implementations']['tfe_compat']['ratio']['median']:.2f} [" in row
    assert report["machine"]["tensorflow"] == tf.__version__


def test_all_implementations_compute_the_same_numbers(benchmark):
    measure = benchmark("measure")
    cases = list(benchmark("cases").cases())
    assert len({case.name for case in cases}) == len(cases)
    for case in cases:
        if case.name != "1,000 arguments":  # like 100, but slow
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


def test_our_mean_is_compared_with_that_of_keras(benchmark, capsys):
    assert benchmark("run").main(["--case", "mean metric", "--rounds", "2"]) == 0
    assert re.search(
        r"^mean metric: tfe\.metrics\.Mean \d.*, tf\.keras\.metrics\.Mean \d.* \(\d+\.\d\d \[",
        capsys.readouterr().out,
        re.MULTILINE,
    )


@pytest.mark.multiprocess
def test_the_upgrade_tools_change_every_file(benchmark, monkeypatch):
    measure = benchmark("measure")
    write = functools.partial(measure.write_tree, experiments=2)
    monkeypatch.setattr(measure, "write_tree", write)  # fewer than take long enough to measure

    def run(command, env, **_):
        return forked_tensorflow.run(*command[1:], env=env)

    monkeypatch.setattr(measure, "subprocess", types.SimpleNamespace(run=run))
    report = measure.upgrade_cost(rounds=2)
    assert list(report["microseconds"]) == ["tfe-upgrade", "tf_upgrade_v2"]
    assert all(time > 0 for time in report["microseconds"].values())


@pytest.mark.multiprocess
def test_two_processes_are_measured_beside_each_other(benchmark, capsys, monkeypatch):
    # One process stands in for both: few machines have TF 1.15.5.
    beside_tf_1 = benchmark("beside_tf_1")
    monkeypatch.setattr(beside_tf_1, "Process", functools.cache(beside_tf_1.Process))
    chosen = ["one op", "list of 1,000 floats", "`Mean`, a call and its result", "training step"]
    options = ["--tf1-python", sys.executable, "--rounds", "2"]
    assert beside_tf_1.main([*options, *(f"--case={case}" for case in chosen)]) == 0
    printed = capsys.readouterr().out
    assert f"TF {tf.__version__} (Python " in printed
    ratio = r"\d+\.\d\d \[\d+\.\d\d, \d+\.\d\d\]"
    rows = [line.split("|")[1].strip() for line in printed.splitlines() if re.search(ratio, line)]
    assert rows == [*chosen, "eager", "tfe.defun", "tf.function"]
    (eager,) = [line for line in printed.splitlines() if line.startswith("| eager ")]
    assert re.fullmatch(rf"\| eager +\| 1\.00 \[1\.00, 1\.00\] \| +{ratio} \|", eager)


def test_other_numbers_of_the_other_process_are_refused(benchmark):
    check = benchmark("beside_tf_1").check_agreement
    check({("old", "eager"): [1.0], ("new", "eager"): [1.00001]}, "some case")
    with pytest.raises(AssertionError, match=r"some case: own own"):
        check({("old", "eager"): [1.0], ("own", "own"): [1.1]}, "some case")


def test_ratios_are_to_the_old_and_to_our_own(benchmark):
    samples = {("old", "eager"): [2.0] * 2, ("new", "eager"): [6.0] * 2, ("own", "own"): [4.0] * 2}
    row = benchmark("beside_tf_1").tables({"some case": samples}).splitlines()[-1]
    ratios = ["2.00 [2.00, 2.00]", "3.00 [3.00, 3.00]", "1.50 [1.50, 1.50]"]
    assert [cell.strip() for cell in row.strip("|").split("|")] == ["some case", "2 µs", *ratios]


@pytest.mark.multiprocess
def test_a_process_that_ends_is_reported(benchmark):
    with pytest.raises(RuntimeError, match=r"'false'.* ended at"):
        benchmark("beside_tf_1").main(["--tf1-python", "false"])


def test_a_file_that_is_not_upgraded_is_noticed(benchmark, tmp_path):
    old = tmp_path / "old"
    benchmark("old_code").write_tree(old, experiments=1)
    assert sorted(file.name for file in old.iterdir()) == ["model_0.py", "train_0.py"]
    with pytest.raises(AssertionError, match=r"model_0\.py was left as it was in old"):
        benchmark("measure").check_upgraded(old, old)


def test_growth_is_measured_and_drawn(benchmark, monkeypatch, tmp_path):
    pytest.importorskip("matplotlib", "3.7", reason="the legend stands outside from 3.7 on")
    measure = benchmark("measure")
    sizes = {what: dict(list(each.items())[:2]) for what, each in measure.growing_cases().items()}
    monkeypatch.setattr(measure, "growing_cases", lambda: sizes)
    png, report = tmp_path / "growth.png", tmp_path / "report.json"
    options = ["--case", "mean metric", "--rounds", "2"]
    benchmark("run").main([*options, "--figure", str(png), "--json", str(report)])
    assert png.read_bytes().startswith(b"\x89PNG")
    growth = json.loads(report.read_text(encoding="utf-8"))["growth"]
    assert {what: list(each) for what, each in growth.items()} == {
        "arguments": ["1", "3"],
        "floats in a list": ["1", "10"],
    }


def test_the_figure_shows_every_implementation(benchmark):
    everyone = set(benchmark("implementations").by_arguments())
    assert everyone <= set(benchmark("figure").LINES)


@pytest.mark.parametrize("rounds", ["1", "0", "-3", "many"])
def test_too_few_rounds_are_refused(benchmark, capsys, rounds):
    with pytest.raises(SystemExit):
        benchmark("run").main(["--rounds", rounds])
    assert "--rounds" in capsys.readouterr().err
