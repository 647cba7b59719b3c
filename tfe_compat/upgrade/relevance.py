"""A cheap check whether a text may need rewriting, so that most are not parsed."""

from __future__ import annotations

import re

from tfe_compat.upgrade.options import DEFAULT, Options
from tfe_compat.upgrade.tables.public_names import V1_ONLY

_NAME = re.compile(r"(?<=[.\s])\w+")
_V1_WORDS = frozenset().union({"contrib"}, *V1_ONLY.values())


def relevant(text: str, options: Options = DEFAULT) -> bool:
    """Says whether text may need changes or findings."""
    if "tfe_compat" in text or ("contrib" in text and "eager" in text):
        return True
    if "tensorflow" not in text:
        return False
    was_upgraded = "tensorflow.compat.v1" in text
    return options.all_files or was_upgraded or not _V1_WORDS.isdisjoint(_NAME.findall(text))
