"""``grader grade``: grades a class, officially."""

from __future__ import annotations

import collections
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cells import Problem

if TYPE_CHECKING:
    from rich.console import Console

    from grader.course import Chapter
    from grader.official.summary import Options, Summary

EPILOG = """\b
Examples:
  grader grade 01_oop_datasets
  grader grade 1 --students ada --students bo --force
\b
Afterwards `nbgrader generate_feedback`, `nbgrader export` and formgrader work as usual.
\b
Exit status:
  0    everything is graded
  1    some could not be graded
  2    nothing could be done: the message says why
  130  stopped by Ctrl-C; the same command goes on
"""


@click.command("grade", epilog=EPILOG, short_help="Grade a class into nbgrader's gradebook.")
@click.argument("assignment")
@click.option(
    "--course",
    default=Path(),
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder with nbgrader_config.py (default: this one).",
)
@click.option("--students", multiple=True, metavar="NAME", help="Only these; may be repeated, or separated by commas.")
@click.option("--workers", default=0, type=click.IntRange(0), help="Submissions at a time (default: one per core).")
@click.option(
    "--seed-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep the secret seed of the inputs in this file (made when missing); default: a new one each run.",
)
@click.option(
    "--seconds",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="Time for one cell, and for one answer to a check.",
)
@click.option(
    "--total-seconds", default=900.0, show_default=True, type=click.FloatRange(1), help="Time for all of a submission."
)
@click.option("--memory-mb", default=2048, show_default=True, type=click.IntRange(256), help="Memory of a submission.")
@click.option(
    "--resume/--force", "resume", default=True, help="Skip what is graded already (default), or grade it again."
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Run on this dask.distributed cluster.")
@click.option(
    "--backend",
    default="",
    type=click.Choice(["", "namespaces", "bubblewrap", "landlock", "none"]),
    metavar="NAME",
    help="Insist on this sandbox: namespaces, bubblewrap or landlock (default: the best that works).",
)
@click.option("--unsafe-no-sandbox", is_flag=True, help="Grade even where no sandbox works: only work that you trust.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    assignment: str,
    course: Path,
    students: tuple[str, ...],
    workers: int,
    seed_file: Path | None,
    seconds: float,
    total_seconds: float,
    memory_mb: int,
    resume: bool,
    scheduler: str,
    backend: str,
    unsafe_no_sandbox: bool,
    as_json: bool,
) -> None:
    """Grade all submissions of an assignment, each in a sandbox, into nbgrader's gradebook.

    Reads `submitted/STUDENT/ASSIGNMENT/`, writes `autograded/`, the gradebook and `reports/ASSIGNMENT/results/`.
    """
    chapter = find_assignment(assignment)
    from grader.cli.show import console, print_json
    from grader.official.summary import Options, finished

    options = Options(
        course=course,
        students=tuple(name.strip() for text in students for name in text.split(",") if name.strip()),
        workers=workers,
        secret=_secret(seed_file),
        seconds=seconds,
        total_seconds=total_seconds,
        memory_mb=memory_mb,
        force=not resume,
        unsafe=unsafe_no_sandbox,
        scheduler=scheduler,
        backend=backend,
    )
    summary = finished(chapter, options) or _run(chapter, options, quiet=as_json)
    if as_json:
        print_json(
            {
                "version": 1,
                "assignment": chapter.name,
                "backend": summary.backend,
                "interrupted": summary.interrupted,
                "graded": summary.graded,
                "skipped": summary.skipped,
                "outdated": summary.outdated,
                "failed": summary.failed,
                "results": list(summary.results.values()),
            }
        )
    else:
        show_summary(chapter, summary, console())
        if summary.results:
            _tell_report(chapter, course, console())
    bad = summary.failed or any(r["state"] == "not gradable" for r in summary.results.values())
    ctx.exit(130 if summary.interrupted else 1 if bad else 0)


def find_assignment(text: str) -> Chapter:
    """The chapter of that name or number; raises :class:`Problem`."""
    from grader.course import CHAPTERS, find_chapter

    try:
        return find_chapter(text)
    except KeyError:
        names = ", ".join(c.name for c in CHAPTERS)
        raise Problem("There is no such assignment.", text, f"use one of: {names}") from None


def _secret(path: Path | None) -> str:
    """The secret in a file, which is made when it is missing; "" without one."""
    import os

    if path is None:
        return ""
    try:
        if not path.exists():
            number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "w") as file:
                file.write(os.urandom(32).hex() + "\n")
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"The seed file cannot be used ({error}).", path, "name another file") from None
    if not text:
        raise Problem("The seed file is empty.", path, "delete it, and a new one is made; or write any text into it")
    return text


def _run(chapter: Chapter, options: Options, quiet: bool) -> Summary:
    from grader.cli.show import clean, console
    from grader.official.servers import start_early

    early = start_early(chapter, options)  # before the next import, which takes seconds
    from grader.official.run import grade_class

    errors = console(stderr=True)
    if quiet or not errors.is_terminal:
        return grade_class(chapter, options, early=early)
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bars:
        task = bars.add_task("starting the sandbox", total=None)

        def on_done(done: int, total: int, student: str) -> None:
            bars.update(task, completed=done, total=total, description=f"graded {clean(student)[:30]}")

        return grade_class(chapter, options, on_done, early)


def _tell_report(chapter: Chapter, course: Path, out: Console) -> None:
    """The command for a closer look."""
    import shlex

    from rich.text import Text

    told = f"grader report {chapter.name}" + ("" if course == Path() else f" --course {shlex.quote(str(course))}")
    out.print(Text.assemble("Scores, diagnoses and times on one page: ", (told, "bold")), soft_wrap=True)


def show_summary(chapter: Chapter, summary: Summary, out: Console) -> None:
    """The table of students, what failed most, and what to do about the rest."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    from grader.cli.show import clean, count

    table = Table(title=chapter.name, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    table.add_column("Student")
    table.add_column("Points", justify="right", no_wrap=True)
    table.add_column("State", no_wrap=True)
    table.add_column("Seconds", justify="right", no_wrap=True)
    table.add_column("Remarks")
    styles = {"graded": "green", "rescued": "yellow", "not gradable": "red"}
    skipped = set(summary.skipped)
    for student, result in summary.results.items():
        state = result["state"]
        remarks = [result["reason"]] if result["reason"] else [*result["rescued"], *result.get("notes", [])]
        if result.get("todo"):
            remarks.append(f"What to do: {result['todo']}.")
        if result["late_seconds"]:
            remarks.append(f"{_duration(result['late_seconds'])} late.")
        if student in skipped:
            remarks.append("(graded before)")
        points = "-" if state == "not gradable" else f"{result['points']:g} of {result['possible']:g}"
        table.add_row(
            Text(clean(student)),
            points,
            Text(state, style=styles.get(state, "")),
            f"{result['seconds']:.1f}",
            Text(clean(" ".join(remarks))),
        )
    for student, reason in summary.failed.items():
        table.add_row(Text(clean(student)), "-", Text("not graded", style="red"), "-", Text(clean(reason)))
    out.print(table)
    _show_failures(summary, out)
    out.print(Text(f"Sandbox: {summary.backend or 'not needed'}", style="default"))
    if summary.backend == "none":
        out.print(Text("The submissions ran without a sandbox, as you.", style="bold red"))
    told = f"{count(len(summary.graded), 'submission')} graded, {len(summary.skipped)} graded before"
    if summary.failed:
        told += f", {len(summary.failed)} not graded: run the same command again"
    out.print(Text(told, style="bold"))
    if summary.outdated:
        these = f"{count(len(summary.outdated), 'submission')} {'was' if len(summary.outdated) == 1 else 'were'}"
        out.print(
            Text(f"{these} graded with other checks or limits than now; use --force to grade again.", "yellow"),
            soft_wrap=True,
        )
    if summary.interrupted:
        left = summary.total - len(summary.graded) - len(summary.skipped)
        out.print(Text(f"Stopped with {left} left. The same command goes on from here.", style="bold yellow"))


def _show_failures(summary: Summary, out: Console) -> None:
    """The exercises that most did not pass, each with its most frequent cause."""
    from rich.text import Text

    from grader.cli.show import clean
    from grader.report.figures import shape_of

    failed: collections.Counter[tuple[str, str]] = collections.Counter()
    causes: dict[tuple[str, str], collections.Counter[str]] = {}
    graded = [result for result in summary.results.values() if result["state"] != "not gradable"]
    for result in graded:
        for verdict in result["verdicts"]:
            if verdict["outcome"] != "passed":
                key = (verdict["number"], verdict["title"])
                failed[key] += 1
                finding: dict[str, Any] = verdict["finding"] or {}
                # texts may name the inputs, which differ from student to student
                cause = shape_of(finding.get("cause") or finding.get("headline") or verdict["outcome"])
                causes.setdefault(key, collections.Counter())[cause] += 1
    if not failed:
        return
    out.print(Text("What failed most", style="bold"))
    for key, number in failed.most_common(5):
        cause, times = causes[key].most_common(1)[0]
        out.print(Text(f"  {key[0]} {key[1]}: {number} of {len(graded)}; {times} of them: {clean(cause)[:140]}"))
    out.print()


def _duration(seconds: float) -> str:
    minutes = int(seconds) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or f"{seconds:.0f} s"
