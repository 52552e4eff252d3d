"""What an instructor asks for and is told; and, without torch or nbgrader, whether anything is left to do.

Both take seconds to import, and most often the answer of a second run is that everything is there.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from grader.cells import Problem
from grader.course import Chapter
from grader.official import record
from grader.official.course import CourseFolder
from grader.official.submission import look_at

VERSION = 1
PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Options:
    """What an instructor may choose.

    Attributes:
        course: folder with ``nbgrader_config.py``.
        students: only these; all when empty.
        workers: submissions at the same time; by default the number of cores.
        secret: what the seeds follow from; random when empty.
        seconds: for one cell, and for one answer to a check.
        total_seconds: for all of a submission.
        memory_mb: for all processes of a submission together.
        force: grade again what is graded.
        unsafe: grade without a sandbox where there is none.
        scheduler: address of a dask.distributed scheduler; this machine when empty.
        backend: of the sandbox; the best that works when empty.
    """

    course: Path = Path()
    students: tuple[str, ...] = ()
    workers: int = 0
    secret: str = ""
    seconds: float = 60.0
    total_seconds: float = 900.0
    memory_mb: int = 2048
    force: bool = False
    unsafe: bool = False
    scheduler: str = ""
    backend: str = ""


@dataclass
class Summary:
    """What came of a run.

    Attributes:
        results: of this run and of earlier ones, in the order of the students; see ``docs/grading.md``.
        graded: students graded in this run.
        skipped: students whose work had been graded before.
        outdated: of those, students whose work was judged by other checks or limits than now.
        failed: students that could not be graded now, and why; running again may help.
        backend: of the sandbox.
        interrupted: whether it was stopped before the end.
    """

    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    graded: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    backend: str = ""
    interrupted: bool = False
    total: int = 0


def judged_by(course: CourseFolder, options: Options) -> str:
    """A short text that changes with whatever a verdict depends on: the checks, the released notebook, the limits."""
    digest = hashlib.sha256()

    def add(*parts: object) -> None:
        for part in parts:
            digest.update(repr(part).encode(errors="replace") + b"\0")

    try:
        add(importlib.metadata.version("intermediate-pytorch"))
    except importlib.metadata.PackageNotFoundError:
        add("not installed")
    add(VERSION, float(options.seconds), float(options.total_seconds), float(options.memory_mb))
    sources = [
        *PACKAGE.glob("*.py"),
        *PACKAGE.glob("touch/*.py"),
        *PACKAGE.glob(f"chapters/{course.chapter.module}*.py"),
        *PACKAGE.glob("chapters/_*.py"),
    ]
    for path in [*sorted(sources), course.release]:
        try:
            add(path.name, path.read_bytes())
        except OSError as error:
            add(path.name, error.errno)
    return digest.hexdigest()[:16]


# -- finished work -------------------------------------------------------------------------------------------------

_ROWS = """
    select submitted_assignment.student_id, submitted_assignment.timestamp, base_cell.name, grade.auto_score
    from submitted_assignment
    join assignment on assignment.id = submitted_assignment.assignment_id
    join submitted_notebook on submitted_notebook.assignment_id = submitted_assignment.id
    join grade on grade.notebook_id = submitted_notebook.id
    join base_cell on base_cell.id = grade.cell_id
    where assignment.name = ?
"""


def finished(chapter: Chapter, options: Options) -> Summary | None:
    """The summary of a run that finds everything graded; None when that is not certain: then the run has to look.

    Asks for the same as a run does (results, rows and notebooks that belong to exactly these submissions), and besides
    that the checks are those of now. Changes nothing.
    """
    if options.force:
        return None
    try:
        course = CourseFolder.open(options.course, chapter)
        folders = course.submissions()
        rows = _rows(course)
        now = judged_by(course, options)
        summary = Summary(total=len(folders))
        for student in options.students or folders:
            known = json.loads((course.results / f"{student}.json").read_text(encoding="utf-8"))
            if not _is_finished(course, student, folders[student], known, rows[student], now):
                return None
            summary.results[student] = known
            summary.skipped.append(student)
    except (Problem, OSError, ValueError, LookupError, TypeError, AttributeError, sqlite3.Error):
        return None
    summary.results = {name: summary.results[name] for name in folders if name in summary.results}
    summary.skipped = list(summary.results)
    summary.total = len(summary.results)
    summary.backend = next((r["backend"] for r in summary.results.values() if r["backend"]), "")
    return summary


def _rows(course: CourseFolder) -> dict[str, tuple[str, dict[str, float | None]]]:
    """Time of submission and automatic scores by cell, by student, as :meth:`Book.rows` has them."""
    path = course.database
    if path is None or not path.is_file():
        raise LookupError("no gradebook")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1)
    try:
        found: dict[str, tuple[str, dict[str, float | None]]] = {}
        for student, timestamp, cell, score in connection.execute(_ROWS, (course.chapter.name,)):
            when = datetime.fromisoformat(timestamp).isoformat() if timestamp else ""
            found.setdefault(student, (when, {}))[1][cell] = score
        return found
    finally:
        connection.close()


def _is_finished(
    course: CourseFolder,
    student: str,
    folder: Path,
    known: dict[str, Any],
    row: tuple[str, dict[str, float | None]],
    now: str,
) -> bool:
    submission = look_at(student, folder, course.chapter.notebook)
    if (known["version"], known["submission_sha256"], known["submitted_at"] or "", known["judged_by"]) != (
        VERSION,
        submission.sha256,
        submission.submitted_at,
        now,
    ):
        return False
    timestamp, scores = row
    wanted: dict[str, float | None] = {
        f"{v['exercise'].rpartition('.')[2]}_check": v["points"] for v in known["verdicts"]
    }
    if known["state"] == "not gradable":
        wanted = dict.fromkeys(scores)
    home = course.path("autograded_directory", student)
    return (
        timestamp == known["recorded_as"]
        and bool(scores)
        and {name: scores.get(name) for name in wanted} == wanted
        and (home / course.chapter.notebook).is_file()
        and not record.partial(home)
    )
