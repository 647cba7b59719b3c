"""Notebooks for the tests, and what becomes of them."""

from __future__ import annotations

import json

from upgrade_checks import EAGER_ALONE

from tfe_compat.upgrade.files.notebooks import Notebook
from tfe_compat.upgrade.files.scripts import load
from tfe_compat.upgrade.plan import plan

USE = "import tensorflow.contrib.eager as tfe\n"


def rewritten(path):
    source = load(str(path))
    edits = plan(source.program, source.cells, EAGER_ALONE).edits
    return source.rewritten(edits).encode(source.encoding)


def code(source):
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}


def notebook(*cells, **metadata):
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 2}


def write_notebook(path, content, **layout):
    path.write_text(json.dumps(content, **layout) + "\n", encoding="utf-8")
    return path


def sources(data):
    return [cell["source"] for cell in json.loads(data)["cells"]]


def program(*cells):
    data = json.dumps(notebook(*map(code, cells)))
    return Notebook(data.encode(), data, "utf-8").program
