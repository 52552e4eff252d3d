"""``grader report``: one page about an assignment, for the instructor."""

from __future__ import annotations

from pathlib import Path

import click

EPILOG = """\b
Examples:
  grader report 01_oop_datasets
  grader report 1 --anonymous --output for_the_meeting.html --open
\b
Exit status:
  0    the page is written
  1    it is written, but some results are damaged and left out
  2    there is nothing to report, or the page cannot be written: the message says why
"""


@click.command("report", epilog=EPILOG, short_help="Write a page about a graded assignment.")
@click.argument("assignment")
@click.option(
    "--course",
    default=Path(),
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder with nbgrader_config.py (default: this one).",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write the page (default: reports/ASSIGNMENT/report.html in the course folder).",
)
@click.option("--anonymous", is_flag=True, help="Students are numbers, in an order of chance.")
@click.option("--open", "open_it", is_flag=True, help="Open the page in a browser.")
@click.pass_context
def command(
    ctx: click.Context, assignment: str, course: Path, output: Path | None, anonymous: bool, open_it: bool
) -> None:
    """Write one HTML page about what `grader grade` found.

    Scores, passed exercises, the most frequent diagnoses, times, and submissions that need a look. The page needs no
    network and no other file.
    """
    from rich.text import Text

    from grader.cli.grade import find_assignment
    from grader.cli.show import console, count
    from grader.report import figures, page
    from grader.report.results import read_class

    chapter = find_assignment(assignment)
    found = read_class(course, chapter)
    if anonymous:
        found = figures.anonymous(found)
    report = figures.count(found)
    report.anonymous = anonymous
    path = output or found.folder / "report.html"
    page.write(path, page.render(report))
    out = console()
    for name, why in found.damaged.items():
        out.print(Text(f"Left out: {name}: {why}. Grade it again.", style="yellow"), soft_wrap=True)
    looks = len(report.looked_at)
    out.print(
        Text(f"{count(len(found.results), 'submission')}, {looks} of them {'needs' if looks == 1 else 'need'} a look."),
        soft_wrap=True,
    )
    out.print(Text(f"Report: {path}", style="bold"), soft_wrap=True)
    if open_it:
        click.launch(path.resolve().as_uri())
    ctx.exit(1 if found.damaged else 0)
