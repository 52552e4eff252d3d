"""The trusted side of one submission: drives a confined job, and judges what it holds.

Cells and checks alternate as in the notebook: each check comes where its check cell stands, on inputs that are drawn
then, after the code it judges has run. A job that dies or hangs keeps the verdicts given so far; another one takes
over for the exercises that are left, without the cell that did it.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any

from grader.cells import CellError, defines, finding_of, verdict_of, with_cell_error
from grader.course import find_chapter
from grader.exercise import Exercise
from grader.official.outputs import clean_outputs, clean_text
from grader.official.servers import Settings, prepare_data, server_for
from grader.sandbox import JobEnd, Limits
from grader.touch import wire
from grader.touch.remote import RemoteChannel
from grader.touch.session import Session
from grader.touch.subject import ProtocolError
from grader.verdict import Finding, Outcome, Verdict

START_SECONDS = 60.0  # for the first word of a job, on a busy machine
GRACE_SECONDS = 3.0  # beyond the alarm in the job itself, before the job is taken for stuck
MAX_RESTARTS = 2
MAX_SHOWN = 10_000_000  # characters of outputs kept of a submission, in this process and in the notebook
MAX_LOST = 3  # times that a submission is begun again because the fork server died


LEFT_OUT: dict[str, Any] = {"output_type": "stream", "name": "stderr", "text": "[output left out]\n"}


@dataclass(frozen=True)
class Task:
    """One submission, as plain data that can travel to another machine.

    Attributes:
        chapter: name of the assignment.
        steps: in order, ``["cell", index, source]`` and ``["check", exercise name]``.
        answers: exercise name to the index of the cell with its answer.
        seed: secret text that the checks' inputs follow from.
    """

    chapter: str
    steps: list[list[Any]]
    answers: dict[str, int]
    seed: str
    settings: Settings = field(default_factory=Settings)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Task:
        data = json.loads(text)
        settings = data.pop("settings")
        return cls(**data, settings=Settings(**{**settings, "sets": tuple(settings["sets"])}))


class Lost(RuntimeError):
    """The fork server died: nothing is known about the submission, try again."""


# -- talking to a job ----------------------------------------------------------------------------------------------


class _Dead(Exception):
    """The job has ended, is stuck, or talks nonsense."""


class _Channel(RemoteChannel):
    """A check's requests, as the job expects them; ``close`` ends the check and not the connection."""

    def __init__(self, connection: Any, seconds: float, total_seconds: float) -> None:
        super().__init__(connection, seconds + GRACE_SECONDS, total_seconds)
        self._each = seconds

    def perform(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return super().perform("touch", {"op": operation, "args": arguments, "seconds": self._each})

    @property
    def lost(self) -> bool:
        return self._lost is not None

    def close(self) -> None:
        pass


class _Conversation:
    """One job, from start to end."""

    def __init__(self, task: Task, deadline: float) -> None:
        settings = task.settings
        self.settings = settings
        self.deadline = deadline
        self.server = server_for(settings)
        environment = {"COURSE_DATA": settings.data, "GRADER_PROGRESS": "off", "TQDM_MININTERVAL": "1"}
        limits = Limits(seconds=max(1.0, deadline - time.monotonic()), memory_mb=settings.memory_mb)
        payload = json.dumps({"environment": environment}).encode()
        self.job = self.server.start("grader.official.job:run", payload, limits=limits)
        try:
            self.hear(START_SECONDS)
        except _Dead as error:  # before any of the student's code: never the submission's fault
            end = self.end()
            self.job.close()
            raise Lost(f"a job did not start ({error}): {end.status} {end.detail}".strip()) from None
        except BaseException:
            self.job.close()
            raise

    def hear(self, seconds: float) -> dict[str, Any]:
        try:
            reply = wire.receive(self.job.socket, min(time.monotonic() + seconds, self.deadline))
        except (OSError, ProtocolError) as error:  # Gone and TimeoutError are OSErrors
            raise _Dead(type(error).__name__) from None
        if not isinstance(reply, dict):
            raise _Dead("not a reply")
        return reply

    def ask(self, op: str, seconds: float, /, **args: Any) -> dict[str, Any]:
        try:
            wire.send(self.job.socket, {"op": op, "args": args}, min(time.monotonic() + seconds, self.deadline))
        except (OSError, ProtocolError) as error:
            raise _Dead(type(error).__name__) from None
        return self.hear(seconds)

    def end(self) -> JobEnd:
        """How the job ended; a job that is stuck is killed."""
        try:
            return self.job.wait(0.5)
        except TimeoutError:
            end = self.job.kill()
            return JobEnd("timeout", "it did not answer any more") if end.status == "killed" else end

    def close(self) -> None:
        self.job.close()


def why(end: JobEnd, settings: Settings) -> CellError:
    """In words for students: how a job ended."""
    if end.status == "timeout":
        return CellError("TimeoutError", "it did not stop within its time limit")
    told = {
        "memory": f"it used more than the {settings.memory_mb} MB of memory that a submission may use",
        "processes": "it started more processes than a submission may have",
        "output": "it printed more than a submission may print",
        "files": "it wrote more to its temporary folder than a submission may",
    }.get(end.status, f"the Python process ended ({end.detail or end.status})")
    return CellError("KernelDied", told)


# -- one submission ------------------------------------------------------------------------------------------------


@dataclass
class Result:
    """What came of a submission.

    Attributes:
        verdicts: one per exercise of the chapter, in order.
        outputs: what each cell showed, by index, cleaned.
        seconds: wall time of all of it.
        own_seconds: of which the student's own cells took.
        backend: of the sandbox it ran in.
        notes: cells that had to be stopped.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    seconds: float = 0.0
    own_seconds: float = 0.0
    backend: str = ""
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> str:
        return json.dumps(
            {
                "verdicts": [verdict.to_dict() for verdict in self.verdicts],
                "outputs": {str(index): items for index, items in self.outputs.items()},
                "seconds": self.seconds,
                "own_seconds": self.own_seconds,
                "backend": self.backend,
                "notes": self.notes,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Result:
        data = json.loads(text)
        return cls(
            **{
                **data,
                "verdicts": [Verdict.from_dict(verdict) for verdict in data["verdicts"]],
                "outputs": {int(index): items for index, items in data["outputs"].items()},
            }
        )


def grade(task_json: str) -> str:
    """Grade one submission in this process; :class:`Task` and :class:`Result` as JSON.

    This is what an executor runs. Safe to run again: it writes nothing.

    Raises:
        Lost, SandboxError: nothing came of it, and not through the submission's fault.
    """
    task = Task.from_json(task_json)
    if task.settings.sets and not os.path.isdir(task.settings.data):  # another machine's folder
        task = replace(task, settings=replace(task.settings, data=prepare_data(task.settings.sets)))
    for attempt in range(MAX_LOST):
        try:
            return _Grading(task).run().to_json()
        except Lost:
            if attempt == MAX_LOST - 1:
                raise
    raise AssertionError("not reached")


def seed_of(secret: str, exercise: Exercise) -> int:
    """The seed of one exercise's inputs."""
    digest = hashlib.sha256(f"{secret}/{exercise.key}".encode()).digest()
    return int.from_bytes(digest[:6], "big")


class _Grading:
    """The state of one submission between its jobs."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.settings = task.settings
        self.chapter = find_chapter(task.chapter)
        self.exercises = {exercise.name: exercise for exercise in self.chapter.exercises}
        self.verdicts: dict[str, Verdict] = {}
        self.errors: dict[int, CellError] = {}
        self.skipped: set[int] = set()
        self.result = Result()
        self.room = MAX_SHOWN

    def run(self) -> Result:
        _prepare_torch()
        started = time.monotonic()
        deadline = started + self.settings.total_seconds
        ended: CellError | None = None
        for _ in range(MAX_RESTARTS + 1):
            ended = self._one_job(deadline)
            if ended is None or time.monotonic() >= deadline - 1.0 or self._all_judged():
                break
        for exercise in self.chapter.exercises:
            if exercise.name not in self.verdicts:
                self.verdicts[exercise.name] = _not_reached(exercise, ended)
        self.result.verdicts = [_cleaned(self.verdicts[exercise.name]) for exercise in self.chapter.exercises]
        self.result.seconds = time.monotonic() - started
        return self.result

    def _all_judged(self) -> bool:
        return all(name in self.verdicts for name in self.exercises)

    def _one_job(self, deadline: float) -> CellError | None:
        """Run what is left in one job; None when it got to the end, or else what ended it."""
        talk = _Conversation(self.task, deadline)
        try:
            self.result.backend = talk.server.backend
            for step in self.task.steps:
                ended = self._cell(talk, *step[1:]) if step[0] == "cell" else self._check(talk, step[1])
                if ended is not None:
                    return ended
            return None
        finally:
            talk.close()

    def _cell(self, talk: _Conversation, index: int, source: str) -> CellError | None:
        if index in self.skipped:
            return None
        seconds = self.settings.seconds
        began = time.monotonic()
        try:
            reply = talk.ask("cell", seconds + GRACE_SECONDS, source=source, seconds=seconds)
        except _Dead:
            end = talk.end()
            _raise_if_lost(end)
            self.skipped.add(index)
            error = why(end, self.settings)
            self.errors[index] = error
            self.result.outputs[index] = [_error_output(error)]
            self.result.notes.append(f"cell {index + 1}: {error.message}")
            return error
        finally:
            self.result.own_seconds += time.monotonic() - began
        if index not in self.result.outputs:
            self.result.outputs[index] = self._shown(reply.get("outputs"))
            info = reply.get("error")
            if isinstance(info, dict):
                self.errors[index] = CellError.from_info(info)
        return None

    def _shown(self, raw: Any) -> list[dict[str, Any]]:
        """A cell's outputs, as long as there is room: ten thousand cells could otherwise fill this process's memory."""
        if self.room <= 0:
            return [LEFT_OUT.copy()] if raw else []
        shown = clean_outputs(raw)
        self.room -= sum(len(str(item)) for item in shown)
        return shown if self.room > 0 else [LEFT_OUT.copy()]

    def _check(self, talk: _Conversation, name: str) -> CellError | None:
        exercise = self.exercises[name]
        if name not in self.verdicts:
            return self._judge(talk, exercise)
        try:
            if self.verdicts[name].passed:  # in the job before this one
                self._end_check(talk, name)
        except _Dead:
            end = talk.end()
            _raise_if_lost(end)
            return why(end, self.settings)
        return None

    def _end_check(self, talk: _Conversation, name: str) -> None:
        passed = self.verdicts[name].passed
        talk.ask("end", GRACE_SECONDS + self.settings.seconds, module=self.chapter.module, name=name, passed=passed)

    def _judge(self, talk: _Conversation, exercise: Exercise) -> CellError | None:
        """One verdict; what ended the job if it did."""
        seconds = self.settings.seconds
        index = self.task.answers.get(exercise.name)
        error = self.errors.get(index) if index is not None else None
        left = max(0.1, talk.deadline - time.monotonic())
        channel = _Channel(talk.job.socket, seconds, min(2 * seconds, left))
        session = Session(channel, seed_of(self.task.seed, exercise))
        self.verdicts[exercise.name] = with_cell_error(exercise, exercise.judge(session), error)
        if not channel.lost:
            try:
                self._end_check(talk, exercise.name)
                return None
            except _Dead:
                pass
        end = talk.end()
        if exercise.name in self.verdicts and self.verdicts[exercise.name].passed:
            _raise_if_lost(end)
            return why(end, self.settings)
        self.verdicts.pop(exercise.name, None)
        _raise_if_lost(end)
        ended = why(end, self.settings)
        told = finding_of(ended, "the check")
        if error is not None and not error.is_stub:
            told = finding_of(error, defines(exercise))
        self.verdicts[exercise.name] = replace(
            verdict_of(exercise, Outcome.FAILED, told), seed=seed_of(self.task.seed, exercise)
        )
        return ended


def _cleaned(verdict: Verdict) -> Verdict:
    """What the student's code said, in it, is text and nothing else."""
    finding = verdict.finding
    if finding is not None:
        finding = Finding(**{name: clean_text(text, 4_000) for name, text in vars(finding).items()})
    return replace(verdict, finding=finding, printed=clean_text(verdict.printed, 4_000))


def _raise_if_lost(end: JobEnd) -> None:
    if end.status in ("lost", "killed", "error"):
        raise Lost(end.detail or end.status)


def _error_output(error: CellError) -> dict[str, Any]:
    return {"output_type": "error", "ename": error.type, "evalue": error.message, "traceback": [error.text]}


def _not_reached(exercise: Exercise, ended: CellError | None) -> Verdict:
    finding = Finding(
        "The check was not reached.",
        cause=f"the submission was stopped before: {ended.message if ended else 'its time was up'}",
        next_step="mend what stopped it: look for the first cell that shows an error",
    )
    return verdict_of(exercise, Outcome.FAILED, finding)


@cache
def _prepare_torch() -> None:
    """References run in this process, many threads at a time: one core each."""
    import torch

    torch.set_num_threads(1)


__all__ = ["Lost", "Result", "Settings", "Task", "grade", "seed_of"]
