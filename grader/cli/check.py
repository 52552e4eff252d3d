"""``grader check``: grades notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cells import Problem

if TYPE_CHECKING:
    from rich.console import Console

    from grader.notebooks import Graded

EPILOG = """\b
Examples:
  grader check notebooks/01_oop_datasets/01_oop_datasets.ipynb
  grader check --json homework/*.ipynb > scores.json
\b
Exit status:
  0  every exercise of every notebook passed
  1  some did not
  2  a notebook could not be graded
"""


@click.command("check", epilog=EPILOG, short_help="Grade notebooks: score and feedback.")
@click.argument("notebooks", nargs=-1, required=True, metavar="NOTEBOOK...", type=click.Path(path_type=Path))
@click.option("--chapter", help="Insist on this chapter (number or name).")
@click.option(
    "--timeout",
    default=120.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Time for one cell (the first one, which imports, has at least 60).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context, notebooks: tuple[Path, ...], chapter: str | None, timeout: float, as_json: bool
) -> None:
    """Execute notebooks from top to bottom and show score and feedback.

    A copy is executed in a fresh kernel; the file itself stays as it is, and so does your `grader progress`.
    """
    from grader.cli.show import console, print_json, show_problem

    results: list[dict[str, Any]] = []
    failed = broken = False
    out = console()
    wanted = _chapter(chapter)
    for place, path in enumerate(notebooks):
        try:
            graded = _grade(path, wanted, timeout, quiet=as_json)
        except Problem as problem:
            broken = True
            results.append({"path": str(path), "error": problem.to_dict()})
            if not as_json:
                show_problem(problem)
            continue
        failed |= not graded.passed
        results.append(graded.to_dict())
        if not as_json:
            if place:
                out.print()
            show_graded(graded, out)
    if as_json:
        print_json({"version": 1, "notebooks": results})
    ctx.exit(2 if broken else 1 if failed else 0)


def _chapter(text: str | None) -> Any:
    if text is None:
        return None
    from grader.course import CHAPTERS, find_chapter

    try:
        return find_chapter(text)
    except KeyError:
        names = ", ".join(c.name for c in CHAPTERS)
        raise Problem("There is no such chapter.", text, f"use one of: {names}") from None


def _grade(path: Path, chapter: Any, timeout: float, quiet: bool) -> Graded:
    from grader.cells import read_cells

    read_cells(path)  # the usual mistakes answer at once, before torch and Jupyter are loaded
    from grader import lean
    from grader.cli.show import console

    lean.prepare()
    from grader.notebooks import grade_notebook

    errors = console(stderr=True)
    if quiet or not errors.is_terminal:
        return grade_notebook(path, chapter=chapter, timeout=timeout)
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=errors, transient=True
    ) as bars:
        task = bars.add_task("starting a kernel", total=None)

        def on_cell(done: int, total: int, what: str) -> None:
            bars.update(task, completed=done, total=total, description=f"running {what}")

        return grade_notebook(path, chapter=chapter, timeout=timeout, on_cell=on_cell)


def show_graded(graded: Graded, out: Console) -> None:
    """The score table, then the feedback, then what else there is to say."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from grader.cli.show import clean, count, result_cell, summary, verdict_block
    from grader.verdict import Outcome

    table = Table(
        title=f"{graded.chapter.name}: {graded.path}",
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        show_footer=True,
    )
    table.add_column("#", justify="right")
    table.add_column("Exercise", footer="Total")
    table.add_column("Result", no_wrap=True, footer=Text(""))
    table.add_column("Points", justify="right", no_wrap=True, footer=f"{graded.points:g} of {graded.possible:g}")
    for verdict in graded.verdicts:
        points = f"{verdict.points:g} of {verdict.possible:g}"
        table.add_row(verdict.number, verdict.title, result_cell(verdict), points)
    out.print(table)
    for verdict in graded.verdicts:
        if verdict.outcome is Outcome.FAILED:
            out.print(verdict_block(verdict))
            out.print()
    for text in _not_attempted(graded):
        out.print(Text(text), style="default")
        out.print()
    for note in graded.notes:
        out.print(Text.assemble(("Note: ", "yellow"), clean(note)))
    if graded.notes:
        out.print()
    out.print(
        Text(
            f"{graded.points:g} of {count(graded.possible, 'point')}: {summary(graded.verdicts)} "
            f"({graded.seconds:.0f} s)",
            style="bold green" if graded.passed else "bold",
        )
    )


def _not_attempted(graded: Graded) -> list[str]:
    """One paragraph for all that is simply not written yet, one for each other reason."""
    from grader.cli.show import numbers
    from grader.feedback.text import MARKS
    from grader.notebooks import CHECK_MISSING, CHECK_NOT_REACHED
    from grader.verdict import Outcome

    groups: dict[tuple[str, str, str] | None, list[Any]] = {}
    for verdict in graded.verdicts:
        if verdict.outcome is Outcome.NOT_ATTEMPTED:
            found = verdict.finding
            special = found is not None and found.headline in {CHECK_MISSING, CHECK_NOT_REACHED}
            reason = (found.headline, found.cause, found.next_step) if found is not None and special else None
            groups.setdefault(reason, []).append(verdict)
    mark = MARKS[Outcome.NOT_ATTEMPTED]
    told = []
    for reason, verdicts in groups.items():
        lines = [f"{mark} NOT ATTEMPTED  {numbers(verdicts)}"]
        if reason:
            lines[0] += f": {reason[0]}"
            lines += [
                f"  - {name}: {text}" for name, text in zip(("Cause", "Next step"), reason[1:], strict=True) if text
            ]
        told.append("\n".join(lines))
    return told
