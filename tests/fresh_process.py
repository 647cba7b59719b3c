"""What a program loads in a Python process of its own."""

import subprocess
import sys

_REPORT = "\nimport sys\nprint(*(name for name in sys.modules if '.' not in name))"


def loaded_by(program):
    """The top-level modules and packages that are loaded at the end of `program`."""
    process = subprocess.run(
        [sys.executable, "-c", program + _REPORT],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
    )
    return set(process.stdout.splitlines()[-1].split())
