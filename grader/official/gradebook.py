"""The one writer of nbgrader's gradebook.

Rows are those that ``nbgrader autograde`` would leave, written in one transaction a submission. Scores that an
instructor gave by hand stay, and stay marked for a look, as in nbgrader.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from grader import lean
from grader.cells import Problem
from grader.official.course import CourseFolder
from grader.official.submission import Release

LOCK_SECONDS = 60.0  # how long to wait for another program that holds the gradebook
T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """What the gradebook holds for a student: time of submission (UTC, ISO) and automatic scores by cell."""

    timestamp: str
    scores: dict[str, float | None]


class Book:
    """The gradebook, opened for one assignment. A context manager."""

    def __init__(self, course: CourseFolder, release: Release) -> None:
        self.course = course
        self.release = release
        self._book: Any = None
        self._penalties: Any = None

    def __enter__(self) -> Book:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._book is not None:
            self._book.close()
            self._book = None

    # -- opening ---------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Open or make it, and make sure that it knows the assignment; raises :class:`Problem`."""
        path = self.course.database
        if path is not None:
            _writable(path)
        self._patiently(self._open)
        self._patiently(self._ensure_assignment)

    def _open(self) -> None:
        from nbgrader import api
        from sqlalchemy import event

        self.close()
        directory = self.course.directory
        api.get_alembic_version = lean.newest_revision
        self._book = api.Gradebook(directory.db_url, directory.course_id)
        if self.course.database is not None:

            @event.listens_for(self._book.engine, "connect")
            def _wait(connection: Any, _: Any) -> None:
                connection.execute("PRAGMA busy_timeout = 5000")

    def _ensure_assignment(self) -> None:
        """Rows of the assignment, its notebook and its cells, as ``nbgrader generate_assignment`` makes them."""
        from nbgrader.api import MissingEntry
        from nbgrader.preprocessors import SaveCells

        chapter, directory = self.release.chapter, self.course.directory
        try:
            self._book.find_assignment(chapter.name)
        except MissingEntry:
            self._book.update_or_create_assignment(chapter.name)
        if self._knows_cells():
            return
        from nbformat import v4

        notebook = v4.new_notebook(
            metadata=self.release.metadata, cells=[cell.node.copy() for cell in self.release.cells]
        )
        about = {"notebook": chapter.name, "assignment": chapter.name, "student": ".", "db_url": directory.db_url}
        try:
            SaveCells(config=self.course.config).preprocess(notebook, {"nbgrader": about})
        except RuntimeError as error:
            raise Problem(
                f"The gradebook knows another version of {chapter.name}, with submissions: {error}.",
                self.course.database or directory.db_url,
                "grade with the version that was released, or move the gradebook away and grade anew",
            ) from None
        self._book.db.expire_all()

    def _knows_cells(self) -> bool:
        from nbgrader.api import MissingEntry

        name = self.release.chapter.name
        try:
            notebook = self._book.find_notebook(name, name)
        except MissingEntry:
            return False
        marks = [cell.node.metadata.nbgrader for cell in self.release.cells if cell.grade_id]
        points = {mark.grade_id: float(mark.points) for mark in marks if mark.grade}
        sources = {cell.grade_id: cell.source for cell in self.release.cells if cell.grade_id}
        return (
            points == {cell.name: cell.max_score for cell in notebook.grade_cells}
            and {mark.grade_id for mark in marks if mark.solution} == {cell.name for cell in notebook.solution_cells}
            and sources == {cell.name: cell.source for cell in notebook.source_cells}
        )

    def _patiently(self, action: Callable[[], T]) -> T:
        """Do it again while another program holds the gradebook; raises :class:`Problem` when that takes too long."""
        from sqlalchemy.exc import OperationalError

        deadline, pause = time.monotonic() + LOCK_SECONDS, 0.1
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # SQLAlchemy on nbgrader's models
                    return action()
            except OperationalError as error:
                told = str(error.orig)
                if self._book is not None:
                    self._book.db.rollback()
                if not any(word in told for word in ("locked", "busy")):
                    raise Problem(
                        f"The gradebook cannot be written: {told}.",
                        self.course.database or "",
                        "check the disk and the permissions, then run the command again; what is graded is kept",
                    ) from None
                if time.monotonic() > deadline:
                    raise _locked(self.course.database) from None
                time.sleep(pause)
                pause = min(2 * pause, 5.0)

    # -- reading ---------------------------------------------------------------------------------------------------

    def rows(self) -> dict[str, Row]:
        """What is there already, by student."""
        from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook

        def read() -> dict[str, Row]:
            query = (
                self._book.db.query(
                    SubmittedAssignment.student_id, SubmittedAssignment.timestamp, BaseCell.name, Grade.auto_score
                )
                .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
                .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
                .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
                .join(BaseCell, BaseCell.id == Grade.cell_id)
                .filter(Assignment.name == self.release.chapter.name)
            )
            found: dict[str, Row] = {}
            for student, timestamp, cell, score in query.all():
                when = timestamp.isoformat() if timestamp is not None else ""
                found.setdefault(student, Row(when, {})).scores[cell] = score
            self._book.db.rollback()
            return found

        return self._patiently(read)

    # -- writing ---------------------------------------------------------------------------------------------------

    def write(
        self, student: str, submitted_at: str, scores: Mapping[str, float] | None, comments: Mapping[str, str]
    ) -> float:
        """Record a submission in one transaction.

        Args:
            student: created when the gradebook does not know them.
            submitted_at: text of ``timestamp.txt``, or "".
            scores: points by check cell; None when it could not be graded: old scores go, a person has to look.
            comments: by solution cell; others are cleared.

        Returns:
            seconds late, 0 when in time.
        """
        return self._patiently(lambda: self._write(student, submitted_at, scores, comments))

    def _write(
        self, student: str, submitted_at: str, scores: Mapping[str, float] | None, comments: Mapping[str, str]
    ) -> float:
        from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook
        from nbgrader.utils import parse_utc

        db = self._book.db
        try:
            assignment = self._book.find_assignment(self.release.chapter.name)
            person = db.get(Student, student)
            if person is None:
                person = Student(id=student)
                db.add(person)
            submission = (
                db.query(SubmittedAssignment)
                .filter(SubmittedAssignment.assignment_id == assignment.id, SubmittedAssignment.student_id == student)
                .one_or_none()
            )
            if submission is None:
                submission = SubmittedAssignment(assignment_id=assignment.id, student_id=student)
                db.add(submission)
                db.flush()
            submission.timestamp = parse_utc(submitted_at) if submitted_at else None
            there = {notebook.notebook_id: notebook for notebook in submission.notebooks}
            for source in assignment.notebooks:
                notebook = there.get(source.id)
                if notebook is None:
                    notebook = SubmittedNotebook(notebook_id=source.id, assignment_id=submission.id)
                    db.add(notebook)
                    db.flush()
                grades = {grade.cell_id: grade for grade in notebook.grades}
                for cell in [*source.grade_cells, *source.task_cells]:
                    grade = grades.get(cell.id)
                    if grade is None:
                        grade = Grade(cell_id=cell.id, notebook_id=notebook.id)
                        db.add(grade)
                    grade.auto_score = None if scores is None else scores.get(cell.name)
                    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
                remarks = {comment.cell_id: comment for comment in notebook.comments}
                for cell in [*source.solution_cells, *source.task_cells]:
                    comment = remarks.get(cell.id)
                    if comment is None:
                        comment = Comment(cell_id=cell.id, notebook_id=notebook.id)
                        db.add(comment)
                    comment.auto_comment = comments.get(cell.name)
                db.flush()
                db.expire(notebook)
                self._penalize(student, submission, notebook)
            late = float(submission.total_seconds_late)
            db.commit()
        except BaseException:
            db.rollback()
            raise
        db.expunge_all()  # a session that remembers a thousand submissions grows and slows down
        return late

    def _penalize(self, student: str, submission: Any, notebook: Any) -> None:
        """The late penalty, by the plugin that nbgrader is configured with."""
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late <= 0:
            return
        if self._penalties is None:
            from nbgrader.preprocessors import AssignLatePenalties

            self._penalties = AssignLatePenalties(config=self.course.config)
            self._penalties.log = _quiet()
            self._penalties.init_plugin()
        penalty = self._penalties.plugin_inst.late_submission_penalty(student, notebook.score, late)
        if penalty is not None:
            notebook.late_submission_penalty = self._penalties._check_late_penalty(notebook, penalty)


def _quiet() -> logging.Logger:
    log = logging.getLogger("grader.nbgrader")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    return log


def _locked(path: Path | None) -> Problem:
    return Problem(
        "The gradebook is locked by another program.",
        path or "",
        "end it (formgrader, nbgrader, a database browser) and run the command again; what is graded is kept",
    )


def _writable(path: Path) -> None:
    """Try to write, before any work; raises :class:`Problem`."""
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            probe = path.with_name(f".{path.name}.probe")
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise _unwritable(path, error.strerror or "") from None
        return
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise _unwritable(path, "no permission")
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            connection = sqlite3.connect(path, timeout=5, isolation_level=None)
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            finally:
                connection.close()
            return
        except sqlite3.OperationalError as error:
            if not any(word in str(error) for word in ("locked", "busy")):
                raise _unwritable(path, str(error)) from None
            if time.monotonic() > deadline:
                raise _locked(path) from None
            time.sleep(0.5)
        except sqlite3.DatabaseError as error:
            raise Problem(
                f"The gradebook is not a database, or damaged ({error}).",
                path,
                "restore it from a copy, or move it away",
            ) from None


def _unwritable(path: Path, why: str) -> Problem:
    return Problem(
        f"The gradebook cannot be written ({why}).", path, "change the permissions, or copy the course folder"
    )
