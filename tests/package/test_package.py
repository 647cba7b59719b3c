"""The package as a whole: what it exports, what it loads, what it imports."""

import ast
import importlib.metadata
import pydoc
import re
from importlib import resources
from pathlib import Path

import pytest
from fresh_process import loaded_by

import tfe_compat

PACKAGE = Path(tfe_compat.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# What of tfe_compat.conformance runs on Python 3.7 with TF 1.15.5.
RECORDER = ["__init__", "api", "outcome", "record", "cases/*", "programs/*"]


def test_public_names():
    assert set(tfe_compat.__all__) <= set(dir(tfe_compat))
    documentation = pydoc.plain(pydoc.render_doc(tfe_compat))
    namespace = {}
    exec("from tfe_compat import *", namespace)
    for name in tfe_compat.__all__:
        assert namespace[name] is getattr(tfe_compat, name)
        assert name in documentation


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        tfe_compat.nonsense  # noqa: B018


@pytest.mark.multiprocess
def test_the_import_alone_does_not_load_tensorflow():
    assert {"tensorflow", "numpy"} & loaded_by("import tfe_compat; dir(tfe_compat)") == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_private_of_tensorflow_is_imported(module):
    tree = ast.parse(module.read_text())
    private = ("tensorflow.python", "tensorflow.compiler", "tensorflow.core", "tensorflow_core")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Attribute):
            names = [ast.unparse(node).replace("tf.", "tensorflow.", 1)]
        else:
            continue
        assert not any(name.startswith(private) for name in names), ast.unparse(node)


def test_nothing_but_the_tests_of_conformance_needs_pytest():
    needing = {
        module.name
        for module in MODULES
        if re.search(
            r"^ *(import|from) pytest\b|test_conformance|pytest_plugin", module.read_text(), re.M
        )
    }
    assert needing == {"pytest_plugin.py", "test_conformance.py"}


def test_the_version_stands_in_one_place():
    assert importlib.metadata.version("tfe-compat") == tfe_compat.__version__


def test_the_recorder_runs_on_python_3_7():
    for pattern in ("__init__", *(f"conformance/{name}" for name in RECORDER)):
        files = list(PACKAGE.glob(f"{pattern}.py"))
        assert files, pattern
        for file in files:
            ast.parse(file.read_text(), feature_version=(3, 7))


def test_the_command_of_the_upgrade_tool_is_installed():
    commands = importlib.metadata.distribution("tfe-compat").entry_points
    (command,) = (entry for entry in commands if entry.name == "tfe-upgrade")
    assert callable(command.load())


def test_types_and_recordings_are_installed():
    installed = resources.files("tfe_compat")
    assert installed.joinpath("py.typed").is_file()
    for name in ("cases", "programs", "names"):
        assert installed.joinpath("conformance", "recordings", f"{name}.json").is_file()
