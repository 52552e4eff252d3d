"""A class: which submissions are left to grade, workers that grade them, one writer that records them.

The order of writing makes every step safe to lose: the old result goes first, then the executed notebook is replaced,
then the rows in one transaction, and the new result comes last. A submission counts as graded when its result, its
rows and its notebook agree; after a crash whatever does not is graded again.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import datetime
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import filelock

from grader import lean
from grader.cells import Problem
from grader.course import Chapter
from grader.official import record
from grader.official.course import CourseFolder
from grader.official.gradebook import Book, Row
from grader.official.servers import (
    Settings,
    backend_for,
    close_servers,
    cores,
    open_servers,
    server_for,
    settings_for,
    start_early,
)
from grader.official.submission import Release, Submission, open_submission
from grader.official.summary import VERSION, Options, Summary, judged_by
from grader.official.supervisor import Result, Task, grade
from grader.sandbox import SandboxError
from grader.verdict import Outcome

IN_FLIGHT = 2  # submissions a worker has at hand: memory stays flat however large the class


#: told (done, in all, student) after each submission
OnDone = Callable[[int, int, str], None]


def grade_class(
    chapter: Chapter, options: Options, on_done: OnDone = lambda *_: None, early: threading.Thread | None = None
) -> Summary:
    """Grade what is left to grade of an assignment; raises :class:`Problem`.

    Args:
        early: from :func:`~grader.official.servers.start_early`, where the caller did not wait for this module.
    """
    open_servers()
    early = early or start_early(chapter, options)
    lean.prepare()
    course = CourseFolder.open(options.course, chapter)
    folders = course.submissions()
    if options.students:
        unknown = [name for name in options.students if name not in folders]
        if unknown:
            raise Problem(
                f"There is no submission of {', '.join(unknown)}.",
                course.path("submitted_directory", unknown[0]),
                "the names are those of the folders below `submitted`",
            )
        folders = {name: folders[name] for name in folders if name in options.students}
    sources = {course.path("source_directory", "."), chapter.path("solutions").parent}
    release = Release.read(course.release, chapter, sources)
    try:
        course.results.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            f"Results cannot be written: {error.strerror}.", course.results, "make room, or mend the permissions"
        ) from None
    with _alone(course), Book(course, release) as book:
        return _Class(course, release, book, options, folders, on_done, early).run()


@contextlib.contextmanager
def _alone(course: CourseFolder) -> Iterator[None]:
    """One run at a time for an assignment: the gradebook has one writer."""
    lock = filelock.FileLock(course.results.parent / ".lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise Problem(
            f"Another `grader grade {course.chapter.name}` is running here.", course.root, "wait for it, or stop it"
        ) from None
    try:
        yield
    finally:
        lock.release()


class _Class:
    """One run."""

    def __init__(
        self,
        course: CourseFolder,
        release: Release,
        book: Book,
        options: Options,
        folders: dict[str, Path],
        on_done: OnDone,
        early: threading.Thread | None,
    ) -> None:
        self.course, self.release, self.book, self.options = course, release, book, options
        self.folders, self.on_done = folders, on_done
        self.chapter = release.chapter
        self.workers = options.workers or cores()
        self.secret = options.secret or os.urandom(32).hex()
        self.cluster: Any = None
        self.early = early
        self.summary = Summary(total=len(folders))
        self.judged_by = judged_by(course, options)
        self.settings = Settings()

    def run(self) -> Summary:
        for student in [name for name in self.folders if not _is_text(name)]:
            self.summary.failed[student] = "The name of the folder is not text, which no gradebook can hold: rename it."
            del self.folders[student]
        for student in self.folders:
            record.clear_partial(self.course.path("autograded_directory", student))
        left = self._left()
        if self.early is not None:
            self.early.join()
        if left:
            self.summary.backend = backend_for(self.options)
        waiting: dict[concurrent.futures.Future[str], Submission] = {}
        executor: concurrent.futures.Executor | None = None
        try:
            for student in left:
                submission = open_submission(student, self.folders[student], self.release)
                if submission.reason:
                    self._record(submission, None)
                else:
                    if executor is None:
                        executor = self._executor()
                    waiting[executor.submit(grade, self._task(submission))] = submission
                while len(waiting) >= self.workers * IN_FLIGHT:
                    self._take(waiting)
            while waiting:
                self._take(waiting)
        except KeyboardInterrupt:
            self.summary.interrupted = True
        finally:
            close_servers()  # ends the jobs, so that workers that still wait for one come back
            if self.cluster is not None:
                _leave(self.cluster)
            elif executor is not None:
                executor.shutdown(cancel_futures=True)
        results = self.summary.results
        self.summary.results = {name: results[name] for name in self.folders if name in results}
        return self.summary

    def _left(self) -> list[str]:
        """Students whose work is not graded as it is now."""
        if self.options.force:
            return list(self.folders)
        rows = self.book.rows()
        left = []
        for student, folder in self.folders.items():
            # opened again when its turn comes: a thousand notebooks at once would fill the memory
            if self._is_done(open_submission(student, folder, self.release), rows.get(student)):
                self.summary.skipped.append(student)
                self._tell(student)
            else:
                left.append(student)
        if not left and self.summary.results:
            self.summary.backend = next(
                filter(None, (str(r.get("backend", "")) for r in self.summary.results.values())), ""
            )
        return left

    def _executor(self) -> concurrent.futures.Executor:
        """Where submissions run; made when the first one has to."""
        self.settings = settings_for(self.chapter, self.options, self.summary.backend)
        if self.options.scheduler:
            self.cluster = _join(self.options.scheduler)
            self.workers = self.options.workers or sum(self.cluster.nthreads().values())
            executor: concurrent.futures.Executor = self.cluster.get_executor(pure=False)
            return executor
        try:
            server_for(self.settings)
        except SandboxError as error:
            raise Problem("The sandbox does not start.", "", str(error)) from None
        return concurrent.futures.ThreadPoolExecutor(self.workers, thread_name_prefix="grade")

    def _take(self, waiting: dict[concurrent.futures.Future[str], Submission]) -> None:
        """Wait for submissions to be graded, and record them."""
        done, _ = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
        for future in done:
            submission = waiting.pop(future)
            try:
                result = Result.from_json(future.result())
            except Problem:
                raise
            except Exception as error:  # of the machinery, not of the submission: nothing is recorded
                told = str(error).strip().splitlines()
                self.summary.failed[submission.student] = f"{type(error).__name__}: {told[-1] if told else ''}"[:300]
                self._tell(submission.student)
                continue
            self._record(submission, result)

    def _tell(self, student: str) -> None:
        done = len(self.summary.graded) + len(self.summary.skipped) + len(self.summary.failed)
        self.on_done(done, self.summary.total, student)

    def _task(self, submission: Submission) -> str:
        return Task(
            self.chapter.name, submission.steps(), submission.answers(), self._seed(submission.student), self.settings
        ).to_json()

    def _seed(self, student: str) -> str:
        return hashlib.sha256(f"{self.secret}/{self.chapter.name}/{student}".encode(errors="replace")).hexdigest()[:32]

    # -- what is there ---------------------------------------------------------------------------------------------

    def _result_path(self, student: str) -> Path:
        return self.course.results / f"{student}.json"

    def _is_done(self, submission: Submission, row: Row | None) -> bool:
        """Whether result, rows and notebook of exactly this work are there; keeps the result if so."""
        try:
            known = json.loads(self._result_path(submission.student).read_text(encoding="utf-8"))
            state, points = known["state"], {v["exercise"].rpartition(".")[2]: v["points"] for v in known["verdicts"]}
            same = (known["version"], known["submission_sha256"], known["submitted_at"] or "") == (
                VERSION,
                submission.sha256,
                submission.submitted_at,
            )
        except (OSError, ValueError, KeyError, TypeError):
            return False
        if not same or row is None or row.timestamp != _utc(submission.submitted_at):
            return False
        wanted: dict[str, float | None] = {
            f"{e.name}_check": None if state == "not gradable" else points.get(e.name) for e in self.chapter.exercises
        }
        if {name: row.scores.get(name) for name in wanted} != wanted:
            return False
        if not (self.course.path("autograded_directory", submission.student) / self.chapter.notebook).is_file():
            return False
        self.summary.results[submission.student] = known
        if known.get("judged_by") != self.judged_by:
            self.summary.outdated.append(submission.student)
        return True

    # -- recording -------------------------------------------------------------------------------------------------

    def _record(self, submission: Submission, result: Result | None) -> None:
        """Write everything about one submission; only the main thread comes here."""
        student = submission.student
        path = self._result_path(student)
        verdicts = result.verdicts if result else []
        try:
            path.unlink(missing_ok=True)
            self._write_notebook(submission, result)
            late = self.book.write(
                student, submission.submitted_at, self._scores(result), self._comments(submission, result)
            )
            about = {
                "version": VERSION,
                "student": student,
                "assignment": self.chapter.name,
                "state": "not gradable" if result is None else "rescued" if submission.rescued else "graded",
                "reason": submission.reason,
                "todo": submission.todo,
                "rescued": submission.rescued,
                "notes": result.notes if result else [],
                "points": sum(verdict.points for verdict in verdicts),
                "possible": self.chapter.points,
                "seconds": round(result.seconds, 3) if result else 0.0,
                "own_seconds": round(result.own_seconds, 3) if result else 0.0,
                "backend": result.backend if result else "",
                "late_seconds": late,
                "submission_sha256": submission.sha256,
                "submitted_at": submission.submitted_at or None,
                "recorded_as": _utc(submission.submitted_at),
                "judged_by": self.judged_by,
                "graded_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
                "seed": self._seed(student),
                "verdicts": [verdict.to_dict() for verdict in verdicts],
            }
            record.write_file(path, json.dumps(about, indent=1) + "\n")
        except OSError as error:
            raise Problem(
                f"The work of {student} could not be recorded: {error.strerror or error}.",
                error.filename or path,
                "make room or mend the permissions, then run the same command again: it goes on where it stopped",
            ) from None
        self.summary.results[student] = about
        self.summary.graded.append(student)
        if result is not None:
            self.summary.backend = result.backend
        self._tell(student)

    def _write_notebook(self, submission: Submission, result: Result | None) -> None:
        import nbformat

        verdicts, outputs = (result.verdicts, result.outputs) if result else ([], {})
        notebook = record.build(submission, self.release, verdicts, outputs)
        files = {self.chapter.notebook: nbformat.writes(notebook) + "\n"}
        if submission.submitted_at:
            files["timestamp.txt"] = submission.submitted_at + "\n"
        mode = 0o664 if self.course.directory.groupshared else 0o444
        record.write_folder(self.course.path("autograded_directory", submission.student), files, mode)

    def _scores(self, result: Result | None) -> dict[str, float] | None:
        if result is None:
            return None
        return {f"{v.exercise.rpartition('.')[2]}_check": v.points for v in result.verdicts}

    def _comments(self, submission: Submission, result: Result | None) -> dict[str, str]:
        # nbgrader shows comments as markdown with HTML: fixed texts only, nothing that a student wrote
        if result is None:
            first = self.chapter.exercises[0].name
            return {first: "This submission could not be graded; the note at the top of the notebook says why."}
        attempts = {verdict.exercise.rpartition(".")[2]: verdict.outcome for verdict in result.verdicts}
        return {name: "No response." for name, outcome in attempts.items() if outcome is Outcome.NOT_ATTEMPTED}


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8
        return False
    return True


def _utc(submitted_at: str) -> str:
    """As the gradebook keeps a time."""
    from nbgrader.utils import parse_utc

    return parse_utc(submitted_at).isoformat() if submitted_at else ""


def _join(address: str) -> Any:
    """A client of the cluster, whose workers run :func:`grader.official.supervisor.grade` and return JSON."""
    try:
        from distributed import Client
    except ImportError:
        raise Problem(
            "dask.distributed is not installed.", "", "install it: uv pip install 'intermediate-pytorch[cluster]'"
        ) from None
    try:
        client = Client(address, timeout=20, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise Problem(f"The scheduler does not answer ({error}).", address, "start it: dask scheduler") from None
    if not client.nthreads():
        client.close()
        raise Problem("The cluster has no workers.", address, "start one on each machine: dask worker ADDRESS")
    return client


def _leave(client: Any) -> None:
    """End what still runs on the cluster's workers, and their fork servers; the cluster itself stays."""
    with contextlib.suppress(Exception):  # workers may be gone, and the grading is done
        client.run(_rest, on_error="ignore")
    client.close()


def _rest() -> None:
    close_servers()
    open_servers()
