"""Source before and after the rewriting, as the tests of each stage compare it."""

from __future__ import annotations

import textwrap

from tfe_compat.upgrade.edits import apply
from tfe_compat.upgrade.findings import position_of
from tfe_compat.upgrade.options import Options
from tfe_compat.upgrade.plan import plan


def source(text):
    return textwrap.dedent(text).lstrip("\n")


# How programs begin, before and after.
HEAD = "import tensorflow as tf\nimport tensorflow.contrib.eager as tfe\n"
NEW = "import tensorflow.compat.v1 as tf\nimport tfe_compat as tfe\n"
KERAS = 'import os\nos.environ.setdefault("TF_USE_LEGACY_KERAS", "1")\n'

# Most tests are about tf.contrib.eager alone, and keep the rest of TensorFlow out of the picture.
EAGER_ALONE = Options(keep_tensorflow=True)


def rewritten(text, cells=(), options=EAGER_ALONE):
    edits = plan(text, cells, options).edits
    after = apply(text, edits)
    assert not plan(after, cells, options).edits, "a second run has to change nothing"
    return after


def findings(text, options=EAGER_ALONE):
    found = []
    for each in plan(text, options=options).findings:
        place = position_of(text, each.offset)
        found.append(f"{place.line}:{place.column}: {each.name}: {each.message}")
    return found


def check(before, after, options=EAGER_ALONE):
    assert rewritten(source(before), options=options) == source(after)


def check_tf1(before, after, **options):
    """Compares what a program of TF 1 becomes, of which another file turns eager execution on."""
    check(before, after, Options(eager_is_on=True, **options))


def check_same(text, options=EAGER_ALONE):
    assert plan(source(text), options=options).edits == ()


def reported(text):
    """What is reported, and where, in a text that can't be rewritten."""
    before = f"import tensorflow as tf\n{text}\n# for what says nothing of eager itself\n"
    assert plan(before, options=EAGER_ALONE).edits == ()
    return [each.split(": not rewritten; ")[0] for each in findings(before)]
