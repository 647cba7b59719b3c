"""The README's code blocks and the docstrings' examples run; its tables are those of the code."""

import configparser
import doctest
import importlib.metadata
import importlib.util
import pkgutil
import re
import textwrap
from pathlib import Path

import pytest
import yaml

import tfe_compat
from tfe_compat import namespace
from tfe_compat.conformance import cases, comparison, known_differences, record
from tfe_compat.conformance.__main__ import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CONFORMANCE = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")

MODULES = [
    module.name
    for module in pkgutil.walk_packages(tfe_compat.__path__, "tfe_compat.")
    if not module.name.endswith("__main__")
    and ">>> " in Path(importlib.util.find_spec(module.name).origin).read_text(encoding="utf-8")
]


def blocks(language, text=README):
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in found]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted
    assert not results.failed


def test_python_blocks_run_in_turn():
    namespace = {"__name__": "__main__"}  # AutoGraph looks for the module of a function
    assert len(blocks("python")) >= 12
    # Before 2.16 TensorFlow comes with Keras 2. (Not tf.keras.__version__: 2.13 to 2.15 lack it.)
    keras_2 = importlib.metadata.version("keras").startswith("2.")
    for block in blocks("python"):
        if "import keras" in block and keras_2:
            continue
        if block.startswith(">>>"):
            results = doctest.DocTestRunner().run(
                doctest.DocTestParser().get_doctest(block, namespace, "README.md", None, 0),
                clear_globs=False,
            )
            assert not results.failed, block
        else:
            exec(compile(block, "README.md", "exec"), namespace)


def test_the_after_of_before_and_after_runs():
    (block,) = blocks("diff")
    after = [line[1:] for line in block.splitlines() if not line.startswith("-")]
    namespace = {}
    exec("\n".join(after), namespace)
    assert [namespace[name].numpy() for name in ("value", "dx", "dy")] == [12.0, 12.0, 4.0]


def test_every_block_is_of_a_kind_that_is_checked():
    kinds = set(re.findall(r"^ *```(\w*)$", README, re.MULTILINE)) - {""}
    assert kinds == {"diff", "python", "sh"}


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("known differences", known_differences.as_markdown()),
        ("names", namespace.as_markdown()),
    ],
)
def test_tables_are_printed_from_the_code(name, table):
    assert f"<!-- {name} -->\n{table}<!-- /{name} -->" in README


COMMANDS = [block for text in (README, CONTRIBUTING, CONFORMANCE) for block in blocks("sh", text)]


@pytest.mark.parametrize("command", [c for block in COMMANDS for c in block.splitlines()])
def test_commands_name_what_there_is(command):
    for option, module in re.findall(r"python (-m )?([\w./]+)", command):
        if option:
            assert importlib.util.find_spec(module), module
        else:
            assert (ROOT / module).is_file(), module
    for package in re.findall(r"--pyargs ([\w.]+)", command):
        assert importlib.util.find_spec(package), package
    for extra in re.findall(r"\.\[(\w+)\]", command):
        assert extra in importlib.metadata.metadata("tfe-compat").get_all("Provides-Extra")


def test_the_example_workflow_names_what_there_is():
    (block,) = blocks("yaml", CONFORMANCE)
    workflow = yaml.safe_load(block)
    assert workflow.keys() == {"name", True, "jobs"}  # YAML 1.1 takes "on" for a boolean
    (job,) = workflow["jobs"].values()
    setup, *runs = job["steps"]
    assert setup["uses"].startswith("actions/setup-python@")
    install, test = (run["run"].split() for run in runs)
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    assert install[:3] == ["pip", "install", settings["metadata"]["name"]]
    (tensorflow,) = (word for word in install if word.startswith("tensorflow=="))
    python = setup["with"]["python-version"]
    environment = f"py{python}-tf{tensorflow[len('tensorflow==') : -len('.*')]}"
    assert environment.replace(".", "") in environments()
    assert test[:2] == ["pytest", "--pyargs"]
    assert importlib.util.find_spec(f"{test[2]}.test_conformance")


@pytest.mark.parametrize("text", [README, CONFORMANCE], ids=["README", "conformance"])
def test_the_numbers_of_cases_and_programs_are_right(text):
    text = " ".join(text.split())
    assert f"{len(cases.CASES):,} hand-written cases" in text
    assert f"{record.PROGRAM_COUNT:,} random programs" in text
    assert f"the cases' may lie {comparison.CASE_TOLERANCE.ulps} units in the last place" in text
    ulps = comparison.PROGRAM_ULPS
    assert f"the programs' {comparison.OTHER_PROGRAM_ULPS:.0f} ulps of the number or of 1.0" in text
    assert f"(float16: {ulps['float16']:.0f}, bfloat16: {ulps['bfloat16']:.0f})" in text


def test_the_options_of_the_command_are_described(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    options = re.findall(r"^  (--\w+)", capsys.readouterr().out, re.MULTILINE)
    assert sorted(re.findall(r"^\| `(--\w+)", CONFORMANCE, re.MULTILINE)) == sorted(options)


def environments():
    """The names of tox's environments, such as py312-tf221."""
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    lines = re.findall(r"(py\d+-)tf\{([\d,]+)\}", settings["tox:tox"]["env_list"])
    return [f"{py}tf{tf}" for py, versions in lines for tf in versions.split(",")]


def test_the_supported_versions_are_the_environments_of_tox():
    table = README[README.index("<!-- matrix -->") : README.index("<!-- /matrix -->")]
    rows = re.findall(
        r"^\| `(.*)` \| 3\.\d+ \| 2\.\d+\.\d+ \| [\d,]+ passed, \d+ skipped \| 0 mismatches \|$",
        table,
        re.MULTILINE,
    )
    assert rows == environments()


def test_the_readme_has_its_order():
    assert re.findall(r"^## (.*)$", README, re.MULTILINE) == [
        "Install",
        "Use",
        "Migrate",
        "Differences from TF 1.15.5",
        "Inside TensorFlow 2",
        "Performance",
        "Supported versions",
    ]
