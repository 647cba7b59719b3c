"""Lets tox find each Python that pyenv has, active or not."""

import os
from pathlib import Path

_PYENV = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()

# At the end, so that what is on the PATH already comes first.
os.environ["PATH"] = os.pathsep.join(
    [os.environ.get("PATH", os.defpath), *map(str, sorted(_PYENV.glob("versions/3.*/bin")))]
)
