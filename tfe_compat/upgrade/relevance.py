"""Whether a text can refer to what is rewritten: cheap, so that most texts are not parsed."""

from __future__ import annotations

import re

from tfe_compat.upgrade.options import DEFAULT, Options
from tfe_compat.upgrade.tables.v1_only import V1_ONLY

_GAP = r"(?:\s|\\|\)|#[^\n]*)*"
_REFERENCE = re.compile(
    rf"\bcontrib{_GAP}\.{_GAP}eager\b|\btfe_compat\b|=[^=\n]*\.contrib\b(?!\s*\.)"
)
_CONTRIB = re.compile(r"\.contrib\b(?!\s*\.)|\bcontrib\s+as\b|[\"']contrib[\"']")
_EAGER = re.compile(r"\beager\b")
_WORD = re.compile(r"(?<=[.\s])\w+")
_V1_WORDS = frozenset().union({"contrib"}, *V1_ONLY.values())


def relevant(text: str, options: Options = DEFAULT) -> bool:
    """Says whether there can be anything to say about text."""
    if options.all_files and "tensorflow" in text:
        return True
    if "tfe_compat" in text or ("contrib" in text and _REFERENCE.search(text)):
        return True
    if _EAGER.search(text) is not None and _CONTRIB.search(text) is not None:
        return True
    return "tensorflow" in text and not _V1_WORDS.isdisjoint(_WORD.findall(text))
