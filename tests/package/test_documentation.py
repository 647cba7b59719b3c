"""The documents' code blocks and the docstrings' examples run, and what they say is true."""

from __future__ import annotations

import configparser
import doctest
import importlib.metadata
import importlib.util
import pkgutil
import re
import textwrap
from pathlib import Path

import forked_tensorflow
import pytest
import yaml
from installed_versions import KERAS_3
from printed_from_code import COMMAND, documents, in_document

import tfe_compat
from tfe_compat.conformance import comparison
from tfe_compat.conformance.__main__ import main

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    path.stem: path.read_text(encoding="utf-8") for path in [*documents(), ROOT / "CONTRIBUTING.md"]
}
README, CONFORMANCE = DOCUMENTS["README"], DOCUMENTS["conformance"]

MODULES = [
    module.name
    for module in pkgutil.walk_packages(tfe_compat.__path__, "tfe_compat.")
    if not module.name.endswith("__main__")
    and ">>> " in Path(importlib.util.find_spec(module.name).origin).read_text(encoding="utf-8")
]


def blocks(language, text):
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", text, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for _, block in found]


WITH_PYTHON = [name for name, text in DOCUMENTS.items() if blocks("python", text)]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name):
    if name == "tfe_compat.rebuilt.behavior":
        pytest.skip("brings TF 1's behavior back, for which it gets a process of its own")
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted
    assert not results.failed


@pytest.mark.multiprocess
def test_docstrings_about_the_behavior_of_a_program():
    program = """
import doctest, sys
from tfe_compat.rebuilt import behavior
failed, attempted = doctest.testmod(behavior)
assert attempted and not failed
"""
    process = forked_tensorflow.run("-c", program, cwd=ROOT)
    assert process.returncode == 0, process.stdout + process.stderr


def test_which_documents_have_python():
    assert WITH_PYTHON == ["README", "gradients", "performance", "tensorflow2"]


@pytest.mark.parametrize("name", WITH_PYTHON)
def test_python_blocks_run_in_turn(name):
    namespace = {"__name__": "__main__"}  # AutoGraph looks for the module of a function
    for block in blocks("python", DOCUMENTS[name]):
        if "import keras" in block and not KERAS_3:
            continue
        if block.startswith(">>>"):
            test = doctest.DocTestParser().get_doctest(block, namespace, name, None, 0)
            assert not doctest.DocTestRunner().run(test, clear_globs=False).failed, block
            namespace.update(test.globs)
        else:
            exec(compile(block, name, "exec"), namespace)


def test_the_readme_begins_with_an_example_of_seven_lines():
    assert README.startswith("# tfe_compat\n\n```python\n")
    assert len([line for line in blocks("python", README)[0].splitlines() if line]) == 7


def test_the_readme_has_one_migration():
    (migration_example,) = blocks("diff", README)
    assert migration_example.startswith(" ")  # test_old_scripts.py runs its after


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_block_is_of_a_kind_that_is_checked(name):
    kinds = set(re.findall(r"^ *```(\w*)$", DOCUMENTS[name], re.MULTILINE)) - {""}
    assert kinds <= {"diff", "json", "python", "sh", "yaml"}
    assert "diff" not in kinds or name == "README"
    assert not kinds & {"json", "yaml"} or name == "conformance"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_is_printed_from_the_code_is_up_to_date(name):
    assert DOCUMENTS[name] == in_document(DOCUMENTS[name]), f"run: {COMMAND}"


def test_what_is_printed_from_the_code_is_there():
    marks = {
        (name, mark)
        for name, text in DOCUMENTS.items()
        for mark in re.findall("^<!-- /(.*) -->$", text, re.MULTILINE)
    }
    assert marks == {
        ("README", "migration example"),
        ("names", "names"),
        ("differences", "known differences"),
        ("versions", "matrix"),
    }
    assert "hand-written cases" in " ".join(CONFORMANCE.split())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    folder = ROOT if name.isupper() else ROOT / "docs"
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", DOCUMENTS[name]):
        assert (folder / target).is_file(), target


UPGRADE_OPTIONS = ["", "--write", "--check"]
COMMANDS = [block for text in DOCUMENTS.values() for block in blocks("sh", text)]


@pytest.mark.parametrize("command", [c for block in COMMANDS for c in block.splitlines()])
def test_commands_name_what_there_is(command):
    for option, module in re.findall(r"python (-m )?([\w./]+)", command):
        if option:
            assert importlib.util.find_spec(module), module
        else:
            assert (ROOT / module).is_file(), module
    for file in re.findall(r"pytest (tests/[\w./]+)", command):
        assert (ROOT / file).is_file(), file
    for package in re.findall(r"--pyargs ([\w.]+)", command):
        assert importlib.util.find_spec(package), package
    for options in re.findall(r"tfe-upgrade( --\w+)?", command):
        assert options.strip() in UPGRADE_OPTIONS
    for extra in (e for found in re.findall(r"\.\[([\w,]+)\]", command) for e in found.split(",")):
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


def test_the_tolerances_of_the_comparison_are_right():
    text = " ".join(CONFORMANCE.split())
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
    rows = re.findall(
        r"^\| `(.*)` \| 3\.\d+ \| 2\.\d+\.\d+ \| [\d,]+ passed, \d+ skipped \| 0 mismatches \|$",
        DOCUMENTS["versions"],
        re.MULTILINE,
    )
    assert rows == environments()


def test_the_readme_is_short():
    assert len(README.splitlines()) < 200
    before_migrate = README[: README.index("## Migrate")]
    assert len(before_migrate.split()) < 500


def test_the_readme_has_its_order():
    assert re.findall(r"^## (.*)$", README, re.MULTILINE) == [
        "Install",
        "Migrate",
        "Use",
        "Differences from TF 1.15.5",
        "Documentation",
    ]


def test_the_citation_has_the_version_of_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == tfe_compat.__version__


def test_the_issue_template_asks_for_the_summary_of_the_conformance_run():
    template = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/bug.yml").read_text(encoding="utf-8"))
    (summary,) = (field for field in template["body"] if field.get("id") == "conformance")
    assert "python -m tfe_compat.conformance" in summary["attributes"]["description"]
    assert summary["validations"] == {"required": True}
