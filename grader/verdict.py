"""What a check concludes: passed, not attempted, or failed with one finding."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The three things a check can conclude."""

    PASSED = "passed"
    NOT_ATTEMPTED = "not attempted"
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """One mistake, told so that a student can act on it.

    Attributes:
        headline: what is wrong, in one sentence.
        expected: what the check expected (never the answer itself).
        actual: what came instead.
        cause: the likely reason.
        next_step: what to do now.
        where: the student's own line, e.g. ``line 7: return x``.
    """

    headline: str
    expected: str = ""
    actual: str = ""
    cause: str = ""
    next_step: str = ""
    where: str = ""

    def rows(self) -> list[tuple[str, str]]:
        """The non-empty parts after the headline, as (name, text) in reading order."""
        parts = [
            ("Expected", self.expected),
            ("Got", self.actual),
            ("Where", self.where),
            ("Likely cause", self.cause),
            ("Next step", self.next_step),
        ]
        return [(name, text) for name, text in parts if text]


class CheckStopped(Exception):
    """Base of the two ways in which a check ends early; never leaves the grader."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.headline)
        self.finding = finding


class NotPassed(CheckStopped):
    """The answer is wrong; carries the finding."""


class MetricMissed(NotPassed):
    """A metric missed its floor: wrong if it does so on another draw, too."""


class NotAttempted(CheckStopped):
    """There is no answer yet; carries what is still to be written."""


@dataclass(frozen=True)
class Verdict:
    """The result of judging one answer to one exercise.

    Attributes:
        exercise: name of the exercise, ``ch01.water_dataset``.
        number: its number in the course, ``1.3``.
        title: its title.
        outcome: passed, not attempted or failed.
        points: points earned.
        possible: points to be had.
        finding: what is wrong; None when passed.
        printed: what the student's code printed while it was checked.
        seed: seed of the check's random inputs.
        seconds: wall time of the check, in seconds.
        internal: True when the check itself broke; a defect of the course, never of the student.
    """

    exercise: str
    number: str
    title: str
    outcome: Outcome
    points: float
    possible: float
    finding: Finding | None = None
    printed: str = ""
    seed: int = 0
    seconds: float = 0.0
    internal: bool = False

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self) | {"outcome": self.outcome.value}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Verdict:
        """The inverse of :meth:`to_dict`; raises KeyError, TypeError or ValueError on foreign data."""
        finding = data.get("finding")
        return cls(
            **{**data, "outcome": Outcome(data["outcome"]), "finding": None if finding is None else Finding(**finding)}
        )
