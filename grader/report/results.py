"""Reads what ``grader grade`` left for an assignment; takes over what a page may show, which the seeds are not."""

from __future__ import annotations

import contextlib
import json
import math
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.cells import Problem
from grader.course import Chapter
from grader.feedback.scrub import scrub
from grader.official.course import CourseFolder
from grader.verdict import Outcome

MAX_NAME, MAX_TEXT = 80, 400  # characters
STATES = ("graded", "rescued", "not gradable")
# marks that turn or hide text around them, beyond those that scrub() takes out
_INVISIBLE = re.compile(
    "[\u061c\u200b-\u200f\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True)
class Mark:
    """What came of one exercise; ``headline`` and ``cause`` are empty when it passed."""

    exercise: str
    number: str
    title: str
    outcome: Outcome
    points: float
    possible: float
    seconds: float
    headline: str = ""
    cause: str = ""
    defect: bool = False


@dataclass(frozen=True)
class Result:
    """What came of one submission; see ``docs/grading.md`` for the names."""

    student: str
    state: str
    reason: str
    todo: str
    rescued: tuple[str, ...]
    notes: tuple[str, ...]
    points: float
    possible: float
    seconds: float
    own_seconds: float
    backend: str
    late_seconds: float
    graded_at: str
    judged_by: str
    marks: tuple[Mark, ...]


@dataclass
class Class:
    """Everything that the page is made of.

    Attributes:
        assignment: its name.
        folder: of its reports.
        results: in the order of the students' names.
        damaged: file name to what is wrong with it.
        waiting: students who handed in and have no result.
        by_hand: student to the number of scores given by hand.
        wanted: students for whom the gradebook asks for a manual grade.
        remarks: what could not be looked at.
    """

    assignment: str
    folder: Path
    results: list[Result] = field(default_factory=list)
    damaged: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    by_hand: dict[str, int] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)


def plain(text: object, limit: int = MAX_TEXT) -> str:
    """Text on one line that does nothing but be read; "" for anything but text."""
    if not isinstance(text, str):
        return ""
    text = text[: 20 * limit].encode("utf-8", "replace").decode()
    text = " ".join(_INVISIBLE.sub("", scrub(text.replace("\n", " "))).split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def read_class(root: Path, chapter: Chapter) -> Class:
    """Read the results of an assignment; raises :class:`Problem` when there are none."""
    course = CourseFolder.open(root, chapter)
    if not course.results.is_dir():
        raise Problem(
            f"Nothing of {chapter.name} is graded here yet.",
            course.results,
            f"grade it first: `grader grade {chapter.name}`; or name the course folder: --course DIR",
        )
    found = Class(chapter.name, course.results.parent)
    try:
        files = sorted(path for path in course.results.glob("*.json") if not path.name.startswith("."))
    except OSError as error:
        raise Problem(
            f"The results cannot be read ({error.strerror}).", course.results, "mend the permissions"
        ) from None
    known: set[str] = set()
    for path in files:
        known.add(path.stem)
        try:
            found.results.append(read_result(json.loads(path.read_text(encoding="utf-8")), chapter.name))
        except OSError as error:
            found.damaged[plain(path.name)] = f"it cannot be read: {error.strerror}"
        except (ValueError, RecursionError) as error:
            told = str(error) if type(error) is _Damaged else "it is not valid JSON"
            found.damaged[plain(path.name)] = told
    if not found.results:
        what = f"None of the {len(files)} results can be read." if files else "No result is there yet."
        raise Problem(what, course.results, f"grade again: `grader grade {chapter.name} --force`")
    with contextlib.suppress(Problem):  # results may be looked at where the submissions are not
        found.waiting = [plain(name, MAX_NAME) for name in course.submissions() if name not in known]
    _look_into_gradebook(found, course.database)
    return found


# -- one result ----------------------------------------------------------------------------------------------------


class _Damaged(ValueError):
    """Valid JSON, but not a result."""


def _part(data: Mapping[str, Any], name: str, kind: Callable[[Any], bool], default: Any = None) -> Any:
    value = data.get(name, default)
    if not kind(value):
        raise _Damaged(f"`{name}` is missing or not what it should be")
    return value


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def read_result(data: Any, assignment: str) -> Result:
    """One result, from its JSON; raises ValueError with what is wrong."""
    if not isinstance(data, dict):
        raise _Damaged("it is not a result")
    if data.get("version") != 1:
        raise _Damaged("it was written by another version of the grader")
    if data.get("assignment") != assignment:
        raise _Damaged("it belongs to another assignment")
    verdicts = _part(data, "verdicts", lambda value: isinstance(value, list))
    return Result(
        student=plain(_part(data, "student", _is_text), MAX_NAME) or "(no name)",
        state=_part(data, "state", lambda value: value in STATES),
        reason=plain(_part(data, "reason", _is_text, "")),
        todo=plain(_part(data, "todo", _is_text, "")),
        rescued=tuple(plain(line) for line in _part(data, "rescued", _is_texts, [])[:20]),
        notes=tuple(plain(line) for line in _part(data, "notes", _is_texts, [])[:20]),
        points=_part(data, "points", _is_number),
        possible=_part(data, "possible", _is_number),
        seconds=_part(data, "seconds", _is_number, 0.0),
        own_seconds=_part(data, "own_seconds", _is_number, 0.0),
        backend=plain(_part(data, "backend", _is_text, ""), MAX_NAME),
        late_seconds=_part(data, "late_seconds", _is_number, 0.0),
        graded_at=plain(_part(data, "graded_at", _is_text, ""), MAX_NAME),
        judged_by=plain(_part(data, "judged_by", _is_text, ""), MAX_NAME),
        marks=tuple(_mark(verdict) for verdict in verdicts),
    )


def _mark(data: Any) -> Mark:
    if not isinstance(data, dict):
        raise _Damaged("a verdict is not what it should be")
    finding = data.get("finding") or {}
    if not isinstance(finding, dict):
        raise _Damaged("a finding is not what it should be")
    return Mark(
        exercise=plain(_part(data, "exercise", _is_text), MAX_NAME),
        number=plain(_part(data, "number", _is_text), 12),
        title=plain(_part(data, "title", _is_text), 120),
        outcome=Outcome(_part(data, "outcome", lambda value: value in list(Outcome))),
        points=_part(data, "points", _is_number),
        possible=_part(data, "possible", _is_number),
        seconds=_part(data, "seconds", _is_number, 0.0),
        headline=plain(finding.get("headline")),
        cause=plain(finding.get("cause")),
        defect=data.get("internal") is True,
    )


# -- the gradebook -------------------------------------------------------------------------------------------------

_BY_HAND = """
    select submitted_assignment.student_id, sum(grade.manual_score is not null), sum(grade.needs_manual_grade)
    from grade
    join submitted_notebook on submitted_notebook.id = grade.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    join assignment on assignment.id = submitted_assignment.assignment_id
    where assignment.name = ? group by 1
"""


def _look_into_gradebook(found: Class, database: Path | None) -> None:
    """Who has scores given by hand, or waits for one. Reads only, and gets along without."""
    if database is None or not database.is_file():
        found.remarks.append("The gradebook was not looked into for scores given by hand.")
        return
    try:
        connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            rows = connection.execute(_BY_HAND, (found.assignment,)).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        found.remarks.append(f"The gradebook could not be looked into for scores given by hand ({plain(str(error))}).")
        return
    for student, given, wanted in rows:
        name = plain(student, MAX_NAME)
        if given:
            found.by_hand[name] = given
        elif wanted:
            found.wanted.add(name)
