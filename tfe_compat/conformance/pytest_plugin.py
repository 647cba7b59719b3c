"""The option --device of `pytest --pyargs tfe_compat.conformance`.

It is a plugin, registered in setup.cfg, because pytest looks for a conftest.py in a package named
with --pyargs only after it has parsed the options.
"""

from __future__ import annotations

import pytest

PACKAGE = "tfe_compat.conformance"


def pytest_load_initial_conftests(parser: pytest.Parser, args: list[str]) -> None:
    # In other sessions, --device may belong to another plugin.
    if "--pyargs" in args and any(argument.startswith(PACKAGE) for argument in args):
        parser.getgroup(PACKAGE).addoption(
            "--device",
            dest="tfe_compat_device",
            metavar="NAME",
            help="run all on this device, e.g. CPU:1; placements are not compared",
        )


def pytest_sessionstart(session: pytest.Session) -> None:
    device = session.config.getoption("tfe_compat_device", None)
    if device:
        from tfe_compat.conformance import api, comparison

        try:
            comparison.Comparer(api.prepare(), device)
        except ValueError as error:
            raise pytest.UsageError(f"--device: {error}") from None
