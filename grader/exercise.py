"""An exercise: a plain function of the student's objects, with its number, points and hints.

The names of the function's parameters are the names that the student defines in the notebook, so ``check()`` can
look them up itself and say so when one is missing.
"""

from __future__ import annotations

import inspect
import os
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from grader.calibration.recording import current_recording
from grader.diagnosis import explain
from grader.expect import require_attempt
from grader.touch.actions import set_seed
from grader.touch.session import LocalSession, Raised, Session
from grader.touch.subject import ProtocolError, Subject
from grader.verdict import Finding, MetricMissed, NotAttempted, NotPassed, Outcome, Verdict

MAX_TEXT = 2_000  # characters of one part of a finding


class CheckFailed(Exception):
    """Raised for nbgrader, which reads a failing cell from its error; shows one line, no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass
class Exercise:
    """One exercise of a chapter.

    Attributes:
        number: ``"1.3"``, chapter and place.
        name: the function's name, also the grade id of its solution cell.
        chapter: ``ch01``.
        title: one line.
        points: points for passing.
        difficulty: 1 (a few lines) to 3 (takes thought).
        minutes: what a student should plan for.
        hints: staged, from a nudge to nearly the answer.
        secrets: literal answers (numbers, words) that feedback must never show.
        function: the check itself.
        passed: whether the last check in this process passed.
    """

    number: str
    name: str
    chapter: str
    title: str
    points: float
    difficulty: int
    minutes: int
    hints: tuple[str, ...]
    secrets: tuple[str, ...]
    function: Callable[..., None]
    passed: bool = field(default=False, repr=False)
    _hints_shown: int = field(default=0, repr=False)

    @property
    def key(self) -> str:
        """``ch01.water_dataset``."""
        return f"{self.chapter}.{self.name}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names that the student defines for this exercise."""
        return tuple(inspect.signature(self.function).parameters)

    # -- what a student calls ------------------------------------------------------------------------------------

    def check(self, *objects: Any, **named: Any) -> None:
        """Check your answer and show what it says.

        Without arguments the names of the exercise are looked up in the notebook; objects may also be given.
        """
        from grader import feedback, progress

        frame = sys._getframe(1)
        verdict = self.judge_objects(*objects, namespace=dict(frame.f_globals) | dict(frame.f_locals), **named)
        self.passed = verdict.passed
        note = progress.record(verdict)
        feedback.show(verdict, note)
        if os.environ.get("NBGRADER_EXECUTION") and not verdict.passed:
            headline = "" if verdict.finding is None else f". {verdict.finding.headline}"
            raise CheckFailed(
                f"{self.number} {self.title}: {verdict.outcome.value}, 0 of {self.points:g} points{headline}"
            )

    def hint(self) -> None:
        """Show the next hint; after the last one, all of them again."""
        from grader import feedback

        self._hints_shown = min(self._hints_shown + 1, len(self.hints))
        feedback.show_hints(self, self._hints_shown)

    def solution(self) -> None:
        """Show the reference answer, once your own has passed."""
        from grader import feedback, progress
        from grader.course import reference_answer

        if not progress.has_passed(self.key):
            feedback.show_note(
                f"{self.number} {self.title}: the reference answer",
                "It opens once your own answer has passed the check. Until then: `.hint()`.",
            )
            return
        source = reference_answer(self)
        if source is None:
            feedback.show_note(
                f"{self.number} {self.title}: the reference answer",
                "This copy of the course comes without the `solutions` folder; ask your instructor for it.",
            )
        else:
            feedback.show_code(f"{self.number} {self.title}: the reference answer", source)

    # -- judging -------------------------------------------------------------------------------------------------

    def default_seed(self) -> int:
        """Seed of the random inputs: ``GRADER_SEED``, or one that follows from the exercise's name."""
        text = os.environ.get("GRADER_SEED", "")
        return int(text) if text.isdigit() else zlib.crc32(self.key.encode())

    def judge_objects(
        self, *objects: Any, namespace: Mapping[str, Any] | None = None, seed: int | None = None, **named: Any
    ) -> Verdict:
        """Judge objects of this process, given in order or by name, or looked up in ``namespace``."""
        given = dict(zip(self.names, objects, strict=False)) | named
        if len(objects) > len(self.names) or set(given) - set(self.names):
            wanted = ", ".join(self.names)
            raise TypeError(f"{self.key}.check() takes {wanted}, or nothing at all")
        session = LocalSession(dict(namespace or {}), self.default_seed() if seed is None else seed)
        try:
            return self.judge(session, {name: partial(session.adopt, name, given[name]) for name in given})
        finally:
            session.close()

    def judge(self, session: Session, given: Mapping[str, Callable[[], Subject]] | None = None) -> Verdict:
        """Judge the answer that a session leads to; never raises, whatever the student's code does.

        Args:
            session: to the process with the student's objects.
            given: subjects for some of the names; the others are looked up by name.
        """
        started = time.perf_counter()
        outcome, finding, internal = Outcome.PASSED, None, False
        session.exercise = self.key
        try:
            with session.active():
                running = current_recording()
                second = running is not None and running.second
                try:
                    self._run(session, given, second)
                except MetricMissed:
                    if second:
                        raise
                    self._run(session, given, second=True)  # an unlucky start is no mistake: two have to miss
        except NotAttempted as stop:
            outcome, finding = Outcome.NOT_ATTEMPTED, stop.finding
        except NotPassed as stop:
            outcome, finding = Outcome.FAILED, stop.finding
        except Raised as error:
            if error.is_stub:
                outcome, finding = Outcome.NOT_ATTEMPTED, _unwritten(error)
            else:
                outcome, finding = Outcome.FAILED, explain(error)
        except ProtocolError:
            outcome, finding = Outcome.FAILED, _UNREADABLE
        except KeyboardInterrupt:
            outcome, finding = Outcome.FAILED, _INTERRUPTED
        except Exception as error:  # a defect of the check: say so, and never blame the student
            outcome, finding, internal = Outcome.FAILED, _defect(error), True
        try:
            printed = session.output()[0]
        except Exception:
            printed = ""
        return Verdict(
            exercise=self.key,
            number=self.number,
            title=self.title,
            outcome=outcome,
            points=self.points if outcome is Outcome.PASSED else 0,
            possible=self.points,
            finding=None if finding is None else self._scrubbed(finding),
            printed=printed.encode("utf-8", "replace").decode("utf-8"),
            seed=session.seed,
            seconds=time.perf_counter() - started,
            internal=internal,
        )

    def _run(self, session: Session, given: Mapping[str, Callable[[], Subject]] | None, second: bool) -> None:
        """The check, on the first or on the second draw of its inputs."""
        if second:
            session.redraw()
        subjects = [given[name]() if given and name in given else session.named(name) for name in self.names]
        for subject in subjects:
            require_attempt(subject)
        # the student's own random numbers (a model's first weights, a loader's order) repeat as well; the seed of the
        # check's inputs stays out of the student's process
        set_seed(zlib.crc32(self._own_seed(second).encode()))
        self.function(*subjects)

    def _own_seed(self, second: bool) -> str:
        """Text that the student's own random numbers follow from: fixed, except in a calibration."""
        running = current_recording()
        return (self.key if running is None else f"{self.key} {running.seed}") + (" again" if second else "")

    def _scrubbed(self, finding: Finding) -> Finding:
        from grader.feedback.scrub import scrub

        def plain(text: str) -> str:
            # what the student's code said may be endless, or hold characters that cannot be stored
            text = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + " ..."
            return scrub(text.encode("utf-8", "replace").decode("utf-8"), self.secrets)

        return Finding(**{name: plain(text) for name, text in vars(finding).items()})


_UNREADABLE = Finding(
    "Your code's process sent something that is not an answer.",
    cause="the code changed how its own process talks to the grader, or broke it",
    next_step="restart the kernel, run the notebook from the top and check again",
)
_INTERRUPTED = Finding(
    "The check was interrupted before it came to a verdict.",
    next_step="run it again and let it finish; if it does not end, look for a loop without an end in your code",
)


def _unwritten(error: Raised) -> Finding:
    inside = f"`{error.function}`" if error.function and not error.function.startswith("<") else error.did
    return Finding(
        f"{inside} is still to be written.",
        where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
        next_step="replace `raise NotImplementedError()` with your code, run the cell, then run this check again",
    )


def _defect(error: Exception) -> Finding:
    return Finding(
        "The check itself broke; this is a defect of the course, and says nothing about your answer.",
        actual=f"{type(error).__name__}: {error}"[:300],
        next_step="please report it together with your answer",
    )


def exercise(
    number: str,
    *,
    title: str,
    points: float,
    difficulty: int,
    minutes: int,
    hints: tuple[str, ...],
    secrets: tuple[str, ...] = (),
) -> Callable[[Callable[..., None]], Exercise]:
    """Turn a check function into an :class:`Exercise`; see there for the arguments."""

    def decorate(function: Callable[..., None]) -> Exercise:
        chapter = function.__module__.rpartition(".")[2]
        return Exercise(
            number, function.__name__, chapter, title, points, difficulty, minutes, hints, secrets, function
        )

    return decorate
