"""``grader progress``: what has been passed on this machine."""

from __future__ import annotations

from typing import Any

import click

EPILOG = """\b
Examples:
  grader progress
  grader progress --reset water_dataset --reset 1.5
"""


@click.command("progress", epilog=EPILOG, short_help="Show what you have passed so far.")
@click.option("--reset", multiple=True, metavar="EXERCISE", help="Forget this exercise (name or number); repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(reset: tuple[str, ...], as_json: bool) -> None:
    """Show what you have passed in the notebooks, chapter by chapter.

    It is kept in a file on this machine; the variable GRADER_PROGRESS names another one, or is `off`.
    """
    from grader import progress
    from grader.cells import Problem
    from grader.cli.show import bar, console, lookup_exercise, print_json
    from grader.course import CHAPTERS

    out = console()
    forgotten = [lookup_exercise(text) for text in reset]
    if forgotten:
        if progress.progress_path() is None:
            raise Problem("Progress is switched off.", "GRADER_PROGRESS", "unset it, then reset again")
        note = progress.reset([exercise.key for exercise in forgotten])
        if note and not as_json:
            out.print(note)
        if not as_json:
            out.print(f"Forgotten: {', '.join(f'{e.number} {e.title}' for e in forgotten)}")
    entries = progress.load()
    path = progress.progress_path()
    rows = []
    for chapter in CHAPTERS:
        states: list[dict[str, Any]] = []
        for exercise in chapter.exercises:
            entry = entries.get(exercise.key, {})
            passed = entry.get("passed") is True
            tries = entry.get("tries", 0)
            states.append(
                {
                    "number": exercise.number,
                    "name": exercise.name,
                    "title": exercise.title,
                    "passed": passed,
                    "tries": tries if isinstance(tries, int) else 0,
                    "points": exercise.points if passed else 0,
                    "possible": exercise.points,
                }
            )
        rows.append((chapter, states))
    if as_json:
        print_json(
            {
                "version": 1,
                "file": None if path is None else str(path),
                "chapters": [
                    {
                        "name": chapter.name,
                        "points": sum(s["points"] for s in states),
                        "possible": chapter.points,
                        "exercises": states,
                    }
                    for chapter, states in rows
                ],
            }
        )
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    if path is None:
        out.print("Progress is switched off (GRADER_PROGRESS=off).")
        return
    table = Table(box=SIMPLE_HEAD, show_footer=len(rows) > 1)
    table.add_column("Chapter", footer="Total")
    table.add_column("", no_wrap=True)
    table.add_column("Passed", justify="right", no_wrap=True)
    table.add_column("Points", justify="right", no_wrap=True)
    table.add_column("Open")
    for chapter, states in rows:
        done = [s for s in states if s["passed"]]
        points = sum(s["points"] for s in states)
        tried = [f"{s['number']} ({s['tries']})" for s in states if not s["passed"] and s["tries"]]
        untried = sum(not s["passed"] and not s["tries"] for s in states)
        still = ", ".join(tried + ([f"{untried} not tried"] if untried else []))
        table.add_row(
            chapter.name,
            bar(points / chapter.points if chapter.points else 0),
            f"{len(done)} of {len(states)}",
            f"{points:g} of {chapter.points:g}",
            Text(still, style="bright_black"),
        )
    if len(rows) > 1:
        everything = [s for _, states in rows for s in states]
        points, possible = (sum(s[key] for s in everything) for key in ("points", "possible"))
        table.columns[1].footer = bar(points / possible if possible else 0)
        table.columns[2].footer = f"{sum(bool(s['passed']) for s in everything)} of {len(everything)}"
        table.columns[3].footer = f"{points:g} of {possible:g}"
    out.print(table)
    if not entries:
        out.print("Nothing yet: open a notebook with `uv run jupyter lab notebooks` and run a check.")
    elif any(s["tries"] and not s["passed"] for _, states in rows for s in states):
        out.print(Text("In brackets: how often you have tried.", style="bright_black"))
