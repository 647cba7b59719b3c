"""What is printed from the code into README.md, docs/ and the type stub.

    python tests/printed_from_code.py

brings them up to date; test_documentation.py and test_namespace.py fail where they are not.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from tfe_compat import namespace
from tfe_compat.conformance import cases, known_differences, record
from tfe_compat.namespace import NAMES

ROOT = Path(__file__).parent.parent
COMMAND = "python tests/printed_from_code.py"
LINE_LENGTH = 100
STUB = ROOT / "tfe_compat" / "__init__.pyi"
MIGRATION_EXAMPLE = ROOT / "tests" / "recorded" / "scripts" / "migration_example.py"


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def in_document(text: str) -> str:
    """The text of a document, with the parts between marks and the counts as the code has them."""
    for name, printed in {
        "known differences": known_differences.as_markdown,
        "names": namespace.as_markdown,
        "migration example": migration_example,
    }.items():
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        if start in text:
            before, rest = text.split(start)
            after = rest.split(end)[1]
            text = before + start + printed() + end + after
    text = re.sub(r"[\d,]+(\s+hand-written\s+cases)", rf"{len(cases.CASES):,}\1", text)
    return re.sub(r"[\d,]+(\s+random\s+programs)", rf"{record.PROGRAM_COUNT:,}\1", text)


def migration_example() -> str:
    """A whole script, before and after the upgrade tool."""
    from tfe_compat.upgrade.edits import apply
    from tfe_compat.upgrade.plan import plan

    before = MIGRATION_EXAMPLE.read_text(encoding="utf-8")
    after = apply(before, plan(before).edits)
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), n=len(before), lineterm=""
    )
    _, _, _, *whole = lines
    return "\n".join(["```diff", *(line.rstrip() for line in whole), "```"]) + "\n"


def stub() -> str:
    """The type stub of the package: each name imported as itself, without which jedi ignores it."""
    works = [name for name in NAMES if "." not in name]
    # The tool makes tfe.summary of tf.contrib.summary, and tfe.training of tf.contrib.training.
    imports = [("tfe_compat", _in_order(name), name) for name in ("summary", "training")]
    for name in works:
        entry = NAMES[name]
        if entry.kind == "same":
            path = "tensorflow" + entry.target.removeprefix("tf")
        else:
            path = f"{entry.target.removesuffix('.' + name)}.{name}"
        module, _, imported = path.rpartition(".")
        imports.append((module, _in_order(imported), name))
    sections: dict[str, list[str]] = {"tensorflow": [], "tfe_compat": []}
    for module, (_, imported), name in sorted(imports):
        line = f"from {module} import {imported} as {name}"
        if len(line) > LINE_LENGTH:
            line = f"from {module} import (\n    {imported} as {name},\n)"
        sections[module.partition(".")[0]].append(line)
    return "\n".join(
        [
            '"""What type checkers and editors see of tfe_compat."""',
            "",
            *sections["tensorflow"],
            "",
            *sections["tfe_compat"],
            "",
            "__version__: str",
            "",
            "__all__ = [",
            *(f'    "{name}",' for name in sorted(works, key=_in_order)),
            "]",
            "",
        ]
    )


def _in_order(name: str) -> tuple[int, str]:
    """A key that sorts constants before classes before functions, as ruff does."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def main() -> None:
    for path, printed in [(path, in_document) for path in documents()] + [(STUB, lambda _: stub())]:
        text = path.read_text(encoding="utf-8")
        if printed(text) != text:
            path.write_text(printed(text), encoding="utf-8")
            print("changed", path.relative_to(ROOT))


if __name__ == "__main__":
    main()
