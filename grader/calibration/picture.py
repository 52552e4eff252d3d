"""Draws what honest answers and mistakes score, with the floor between them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader.calibration.floors import Floor

HONEST, MISTAKE = "tab:blue", "tab:orange"


def draw_floors(floors: Sequence[Floor], path: Path) -> Path:
    """One panel a floor: a row of dots per answer, one dot per seed, the floor as a line.

    Args:
        floors: with the values of their answers.
        path: of the PNG file, replaced at once or not at all.

    Returns:
        the path.
    """
    from matplotlib.figure import Figure

    rows = [sum(bool(a.values) for a in floor.answers) for floor in floors]
    figure = Figure(figsize=(9, sum(0.26 * n + 1.3 for n in rows)), layout="constrained")
    panels = figure.subplots(len(floors), 1, squeeze=False, height_ratios=[n + 4 for n in rows])[:, 0]
    for floor, axes in zip(floors, panels, strict=True):
        shown = sorted((a for a in floor.answers if a.values), key=lambda a: (a.honest, a.mean))
        for row, answer in enumerate(shown):
            color = HONEST if answer.honest else MISTAKE
            axes.scatter(answer.values, [row] * len(answer.values), s=14, alpha=0.55, color=color, linewidths=0)
            axes.scatter([answer.mean], [row], marker="|", s=120, color="black", linewidths=1.2)
        axes.set_yticks(range(len(shown)), [a.answer.rpartition("/")[2].replace("_", " ") for a in shown], fontsize=8)
        for color, name in ((HONEST, "honest answers"), (MISTAKE, "mistakes")):
            axes.scatter([], [], s=14, color=color, label=name)
        axes.scatter([], [], marker="|", s=120, color="black", label="mean")
        if floor.value is not None:
            axes.axvline(floor.value, color="tab:red", linewidth=1.5, label=f"floor {floor.value:.3g}")
        axes.set_xlabel(f"{floor.metric} on held-out data ({floor.better} is better), one dot a seed")
        where = f"{floor.source} data, {floor.device}, {floor.seeds[1]} seeds"
        axes.set_title(f"{floor.exercise}: {where}", fontsize=10)
        axes.grid(axis="x", alpha=0.3)
        axes.legend(fontsize=8, loc="best")
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    os.close(handle)
    try:
        figure.savefig(name, dpi=100, format="png", metadata={"Software": None})
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path
