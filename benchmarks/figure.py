"""How the time of a call grows, as a figure."""

from __future__ import annotations

import pathlib
from typing import Any

from implementations import FLOOR, INTERNAL, OURS, REFERENCE, TFP

try:
    import matplotlib
    from matplotlib.figure import Figure
except ImportError:
    matplotlib = None

# Okabe and Ito's colours, which people who are blind to some can tell apart.
LINES: dict[str, dict[str, Any]] = {
    REFERENCE: {"color": "#000000", "marker": "o", "linestyle": "--", "zorder": 4},
    OURS: {"color": "#D55E00", "marker": "s", "linewidth": 2.5, "zorder": 3},
    TFP: {"color": "#0072B2", "marker": "^"},
    INTERNAL: {"color": "#009E73", "marker": "D"},
    FLOOR: {"color": "#CC79A7", "marker": "v"},
}


def draw(growth: dict[str, dict[int, dict[str, float]]], file: pathlib.Path) -> None:
    """Draws the milliseconds of each implementation over each size, a panel for what grows."""
    figure = Figure(figsize=(9, 4.2), layout="constrained")
    for axes, (what, sizes) in zip(
        figure.subplots(1, len(growth), squeeze=False)[0], growth.items()
    ):
        for name, line in LINES.items():
            points = {size: times[name] / 1e3 for size, times in sizes.items() if name in times}
            if points:
                axes.loglog(*zip(*points.items()), label=name, markersize=5, **line)
        axes.set(xlabel=f"number of {what}", ylabel="time of a call, ms")
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter("{x:,g}")
        axes.grid(alpha=0.3)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), frameon=False)
    figure.savefig(file, dpi=110)
