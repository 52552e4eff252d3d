"""``grader demo``: the grader at work on three submissions of one notebook."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cells import Problem

if TYPE_CHECKING:
    from grader.course import Chapter
    from grader.notebooks import Graded

EPILOG = """\b
Example:
  grader demo
"""

#: typical mistakes in chapter 1, by exercise: what the submission "mistakes" has in its solution cells
MISTAKES: Mapping[str, str] = {
    "savings_account": """\
class SavingsAccount(Account):
    def __init__(self, owner, balance=0.0, rate=0.02):
        super().__init__(owner, balance)
        self.rate = rate

    def add_interest(self):
        self.balance = self.balance * self.rate
""",
    "water_dataset": """\
class WaterDataset(Dataset):
    def __init__(self, csv_path):
        super().__init__()
        self.table = torch.tensor(pd.read_csv(csv_path).dropna().to_numpy())

    def __len__(self):
        return len(self.table)

    def __getitem__(self, index):
        return self.table[index, :-1], self.table[index, -1]
""",
    "make_loader": """\
def make_loader(dataset, batch_size):
    return DataLoader(dataset, batch_size=batch_size)
""",
    "first_batch": """\
def first_batch(loader):
    raise NotImplementedError()
""",
    "count_parameters": """\
def count_parameters(model):
    return len(list(model.parameters()))
""",
    "linear_by_hand": """\
def linear_by_hand(x, weight, bias):
    return (x @ weight.T + bias
""",
    "layer_stack": """\
class LayerStack(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = [nn.Linear(sizes[i], sizes[i + 1]) for i in range(len(sizes) - 1)]

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
""",
}

NAMES = ("starter", "mistakes", "reference")
CELL_SECONDS = 120.0


@click.command("demo", epilog=EPILOG, short_help="Show the grader at work on three submissions.")
def command() -> None:
    """Grade three submissions of chapter 1 and show scores and feedback.

    One is the notebook as you get it, one has typical mistakes, one is the reference. Nothing of yours is touched:
    the submissions are made in a temporary folder, and your progress stays as it is.
    """
    from rich.text import Text

    from grader.cli.show import console

    out = console()
    out.print(Text("Loading PyTorch and preparing the data of chapter 1 ...", style="bright_black"))
    from data_scripts import water
    from grader.course import CHAPTERS

    chapter = CHAPTERS[0]
    water.prepare()
    out.print(
        Text("Grading three submissions of its notebook, each in a Jupyter kernel of its own ...", "bright_black")
    )
    with tempfile.TemporaryDirectory(prefix="demo-") as folder:
        paths = make_submissions(chapter, Path(folder))
        started = time.perf_counter()
        graded = asyncio.run(_grade_all(paths))
        seconds = time.perf_counter() - started
    _show(chapter, graded, seconds)


def make_submissions(chapter: Chapter, folder: Path) -> dict[str, Path]:
    """Write the three submissions below ``folder``; raises :class:`Problem` when the course is incomplete."""
    student = _load(chapter.path("notebooks"))
    solutions = {
        _grade_id(cell): cell["source"] for cell in _load(chapter.path("solutions"))["cells"] if _grade_id(cell)
    }
    names = [exercise.name for exercise in chapter.exercises]
    reference = {name: solutions[name] for name in names if name in solutions}
    answers: dict[str, Mapping[str, Any]] = {
        "starter": {},
        "mistakes": {**reference, **{name: text for name, text in MISTAKES.items() if name in names}},
        "reference": reference,
    }
    paths = {}
    for name in NAMES:
        cells = [
            {**cell, "source": answers[name][_grade_id(cell)]} if _grade_id(cell) in answers[name] else cell
            for cell in student["cells"]
        ]
        paths[name] = folder / name / chapter.notebook
        paths[name].parent.mkdir()
        paths[name].write_text(json.dumps({**student, "cells": cells}), encoding="utf-8")
    return paths


def _load(path: Path) -> dict[str, Any]:
    from grader.cells import read_cells

    if not path.exists():
        todo = "run this in a whole copy of the course, or name its folder in the variable COURSE_ROOT"
        raise Problem("A notebook of the course is missing.", path, todo)
    read_cells(path)
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def _grade_id(cell: Mapping[str, Any]) -> str:
    return str(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", ""))


async def _grade_all(paths: Mapping[str, Path]) -> dict[str, Graded]:
    """Grade them, two at a time, with a bar for each."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    from grader import lean
    from grader.cli.show import console

    lean.prepare()
    from grader.notebooks import grade_async

    places = asyncio.Semaphore(2)
    with Progress(
        TextColumn("  {task.description:<10}"),
        BarColumn(),
        TaskProgressColumn(),
        console=console(stderr=True),
        transient=True,
    ) as bars:
        tasks = {name: bars.add_task(name, total=None) for name in paths}

        async def grade(name: str) -> Graded:
            async with places:
                return await grade_async(
                    paths[name],
                    timeout=CELL_SECONDS,
                    environment={"OMP_NUM_THREADS": "1"},  # two kernels share the cores
                    on_cell=lambda done, total, _: bars.update(tasks[name], completed=done, total=total),
                )

        return dict(zip(paths, await asyncio.gather(*map(grade, paths)), strict=True))


def _show(chapter: Chapter, graded: Mapping[str, Graded], seconds: float) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from grader.cli.show import STYLES, clean, console, summary, verdict_block
    from grader.feedback.text import MARKS, WORDS
    from grader.verdict import Outcome

    out = console()
    table = Table(
        title=f"Scores: {chapter.name}", title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_footer=True
    )
    table.add_column("#", justify="right")
    table.add_column("Exercise", footer="Total")
    for name, one in graded.items():
        footer = f"{one.points:g} of {one.possible:g}"
        table.add_column(name, justify="right", no_wrap=True, footer=footer)
    for row, exercise in enumerate(chapter.exercises):
        marks = []
        for one in graded.values():
            verdict = one.verdicts[row]
            text = f"{MARKS[verdict.outcome]} {verdict.points:g} of {verdict.possible:g}"
            marks.append(Text(text, style=STYLES[verdict.outcome]))
        table.add_row(exercise.number, exercise.title, *marks)
    out.print(table)
    legend = "  ".join(f"{MARKS[outcome]} {WORDS[outcome].lower()}" for outcome in MARKS)
    out.print(Text(f"  {legend}\n", style="bright_black"))
    shown = graded["mistakes"]
    out.print(Text("What the student with mistakes reads", style="bold"))
    out.print(Text(f"{summary(shown.verdicts)}\n", style="bright_black"))
    for verdict in shown.verdicts:
        if verdict.outcome is not Outcome.PASSED:
            out.print(verdict_block(verdict))
            out.print()
    for note in {note: None for one in graded.values() for note in one.notes}:
        out.print(Text.assemble(("Note: ", "yellow"), clean(note)))
    out.print(Text(f"Three notebooks graded in {seconds:.0f} seconds. Now it is your turn:\n"))
    out.print(Text("    uv run jupyter lab notebooks", style="bold cyan"))
