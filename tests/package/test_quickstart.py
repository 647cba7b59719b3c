"""examples/quickstart.py prints what its comments promise."""

import runpy
from pathlib import Path

PROGRAM = Path(__file__).parents[2] / "examples" / "quickstart.py"


def test_quickstart(capsys):
    runpy.run_path(str(PROGRAM), run_name="__main__")
    assert capsys.readouterr().out.splitlines() == [
        "f(2, 3) = 6.0",
        "df/dx   = 27.0",
        "df/dy   = -4.0",
        "df/dy   = -4.0 with params=['y']",
        "d2f/dx2 = 36.0",
        "x * x   = [1. 4. 9.]",
        "vjp     = [2. 4. 6.] with a cotangent of ones",
        "vjp     = [2. 0. 0.] with the cotangent [1, 0, 0]",
        "loss    = 21.0 before training",
        "dloss   = -17.0 by the weight",
        "dloss   = -8.0 by the bias",
        "loss    = 0.000000 after training",
        "line    = 2.00 x + 1.00",
    ]
