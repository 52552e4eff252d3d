"""``grader list``: which exercises there are."""

from __future__ import annotations

import click

from grader.cells import Problem

EPILOG = """\b
Examples:
  grader list              all chapters
  grader list 1            one chapter, by number or name
  grader list --json       for programs
"""


@click.command("list", epilog=EPILOG, short_help="List the exercises of the course.")
@click.argument("chapter", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(chapter: str | None, as_json: bool) -> None:
    """List the exercises: number, name, points, difficulty, minutes."""
    from grader.cli.show import console, count, print_json
    from grader.course import CHAPTERS, find_chapter

    try:
        chapters = CHAPTERS if chapter is None else (find_chapter(chapter),)
    except KeyError:
        names = ", ".join(c.name for c in CHAPTERS)
        raise Problem("There is no such chapter.", chapter, f"use one of: {names}") from None
    if as_json:
        print_json(
            {
                "version": 1,
                "chapters": [
                    {
                        "name": c.name,
                        "points": c.points,
                        "exercises": [
                            {
                                "number": e.number,
                                "name": e.name,
                                "key": e.key,
                                "title": e.title,
                                "points": e.points,
                                "difficulty": e.difficulty,
                                "minutes": e.minutes,
                                "defines": list(e.names),
                            }
                            for e in c.exercises
                        ],
                    }
                    for c in chapters
                ],
            }
        )
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    out = console()
    for c in chapters:
        minutes = sum(e.minutes for e in c.exercises)
        table = Table(
            title=f"{c.name}: {count(len(c.exercises), 'exercise')}, {count(c.points, 'point')}, {minutes} minutes",
            title_justify="left",
            title_style="bold",
            box=SIMPLE_HEAD,
            padding=0,
        )
        table.add_column("#", justify="right")
        table.add_column("Name", style="cyan", no_wrap=True)
        table.add_column("Title")
        for name in ("Points", "Minutes"):
            table.add_column(name, justify="right")
        table.add_column("Difficulty")
        for e in c.exercises:
            stars = "●" * e.difficulty + "○" * (3 - e.difficulty)
            table.add_row(e.number, e.name, e.title, f"{e.points:g}", str(e.minutes), stars)
        out.print(table)
