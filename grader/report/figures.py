"""Counts what came of a class: scores, outcomes and times by exercise, diagnoses, and who needs a look."""

from __future__ import annotations

import math
import random
import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grader.report.results import Class, Mark, Result
from grader.verdict import Outcome

MAX_DIAGNOSES = 6  # of one exercise
MAX_STUDENTS = 12  # named with one diagnosis
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
# not inside of a name such as conv2d
_NUMBERS = re.compile(rf"(?<![\w.])(?:{_NUMBER})(?:\s*,\s*(?:{_NUMBER}))*(?!\w)")


def shape_of(text: str) -> str:
    """The text with ``…`` for its numbers, which differ from student to student.

    >>> shape_of("`LayerStack([9, 5, 8, 1])(x)` has the wrong shape.")
    '`LayerStack([…])(x)` has the wrong shape.'
    """
    return _NUMBERS.sub("…", text)


@dataclass
class Diagnosis:
    """One mistake that several students may have made."""

    headline: str
    cause: str
    count: int = 0
    students: list[str] = field(default_factory=list)

    @property
    def more(self) -> int:
        """Students that are not named."""
        return max(0, self.count - MAX_STUDENTS)

    @property
    def named(self) -> list[str]:
        return self.students[:MAX_STUDENTS]


@dataclass
class Exercise:
    """What the class made of one exercise. Times are seconds of the check."""

    exercise: str
    number: str
    title: str
    possible: float
    passed: int = 0
    failed: int = 0
    untouched: int = 0
    seconds: list[float] = field(default_factory=list)
    diagnoses: list[Diagnosis] = field(default_factory=list)

    @property
    def graded(self) -> int:
        return self.passed + self.failed + self.untouched

    @property
    def share(self) -> float:
        return self.passed / self.graded if self.graded else 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds) if self.seconds else 0.0

    @property
    def slow(self) -> float:
        """Nine of ten are at least as fast."""
        return ninth(self.seconds)


@dataclass
class Look:
    """A reason to look at submissions, and which."""

    key: str
    title: str
    hint: str
    entries: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Bin:
    """A column of the histogram: shares of points in percent, from ``low`` up to below ``high``."""

    low: int
    high: int
    count: int = 0


@dataclass
class Report:
    """All that the page shows."""

    assignment: str
    results: list[Result]
    exercises: list[Exercise]
    bins: list[Bin]
    looks: list[Look]
    looked_at: dict[str, list[str]]
    backends: list[str]
    first: str
    last: str
    possible: float
    median: float | None
    mean: float | None
    best: float | None
    worst: float | None
    own_median: float
    own_slow: float
    all_median: float
    all_slow: float
    not_gradable: int
    late: int
    damaged: dict[str, str]
    waiting: list[str]
    remarks: list[str]
    anonymous: bool = False

    @property
    def graded(self) -> list[Result]:
        return [result for result in self.results if result.state != "not gradable"]

    @property
    def full(self) -> int:
        return sum(result.points >= result.possible for result in self.graded)

    @property
    def half(self) -> int:
        return sum(2 * result.points >= result.possible for result in self.graded)

    @property
    def none(self) -> int:
        return sum(result.points == 0 for result in self.graded)

    @property
    def highest_bin(self) -> int:
        return max((b.count for b in self.bins), default=0)

    @property
    def slowest(self) -> float:
        return max((exercise.slow for exercise in self.exercises), default=0.0)


def ninth(values: Sequence[float]) -> float:
    """The value that nine of ten do not exceed; 0 without any."""
    return sorted(values)[math.ceil(0.9 * len(values)) - 1] if values else 0.0


def anonymous(found: Class, rng: random.Random | None = None) -> Class:
    """The class with ``Student 1``, ``Student 2``, ... in an order of chance; names in texts go too."""
    names = sorted({*(r.student for r in found.results), *found.waiting, *found.by_hand, *found.wanted})
    (rng or random.SystemRandom()).shuffle(names)
    width = len(str(len(names)))
    alias = {name: f"Student {number:0{width}}" for number, name in enumerate(names, start=1)}

    # longest first, so that a name that is part of another does not break it up
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 1)
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else "(?!)")

    def hide(text: str) -> str:
        return pattern.sub(lambda match: alias[match.group()], text)

    def hidden(result: Result) -> Result:
        return replace(
            result,
            student=alias[result.student],
            reason=hide(result.reason),
            todo=hide(result.todo),
            rescued=tuple(map(hide, result.rescued)),
            notes=tuple(map(hide, result.notes)),
            marks=tuple(replace(m, headline=hide(m.headline), cause=hide(m.cause)) for m in result.marks),
        )

    return replace(
        found,
        results=sorted(map(hidden, found.results), key=lambda result: result.student),
        damaged={f"result {number}": why for number, why in enumerate(found.damaged.values(), start=1)},
        waiting=sorted(alias[name] for name in found.waiting),
        by_hand={alias[name]: number for name, number in found.by_hand.items()},
        wanted={alias[name] for name in found.wanted},
    )


def count(found: Class) -> Report:
    """Everything that the page shows of a class."""
    results = found.results
    graded = [result for result in results if result.state != "not gradable"]
    points = [result.points for result in graded]
    whole = [result.seconds for result in graded]
    own = [result.own_seconds for result in graded]
    times = sorted(result.graded_at for result in results if result.graded_at)
    looks = _looks(found)
    looked_at: dict[str, list[str]] = {}
    for look in looks:
        for student, _ in look.entries:
            looked_at.setdefault(student, []).append(look.key)
    return Report(
        assignment=found.assignment,
        results=results,
        exercises=_exercises(graded),
        bins=_bins(graded),
        looks=looks,
        looked_at=looked_at,
        backends=sorted({result.backend for result in graded if result.backend}),
        first=times[0] if times else "",
        last=times[-1] if times else "",
        possible=max((result.possible for result in results), default=0.0),
        median=statistics.median(points) if points else None,
        mean=statistics.fmean(points) if points else None,
        best=max(points, default=None),
        worst=min(points, default=None),
        own_median=statistics.median(own) if own else 0.0,
        own_slow=ninth(own),
        all_median=statistics.median(whole) if whole else 0.0,
        all_slow=ninth(whole),
        not_gradable=len(results) - len(graded),
        late=sum(result.late_seconds > 0 for result in results),
        damaged=found.damaged,
        waiting=found.waiting,
        remarks=found.remarks,
    )


def _order(number: str) -> tuple[Any, ...]:
    """``1.10`` after ``1.9``."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in number.split("."))


def _exercises(graded: Iterable[Result]) -> list[Exercise]:
    found: dict[str, Exercise] = {}
    groups: dict[str, dict[tuple[str, str], list[tuple[str, Mark]]]] = {}
    for result in graded:
        for mark in result.marks:
            row = found.setdefault(mark.exercise, Exercise(mark.exercise, mark.number, mark.title, mark.possible))
            row.seconds.append(mark.seconds)
            if mark.outcome is Outcome.PASSED:
                row.passed += 1
            elif mark.outcome is Outcome.NOT_ATTEMPTED:
                row.untouched += 1
            else:
                row.failed += 1
                # with a cause, the headline tells only where it showed
                key = ("", shape_of(mark.cause)) if mark.cause else (shape_of(mark.headline), "")
                groups.setdefault(mark.exercise, {}).setdefault(key, []).append((result.student, mark))
    for name, row in found.items():
        merged = [_merged(members) for members in groups.get(name, {}).values()]
        merged.sort(key=lambda diagnosis: (-diagnosis.count, diagnosis.headline))
        row.diagnoses = merged
    return sorted(found.values(), key=lambda row: _order(row.number))


def _merged(members: Sequence[tuple[str, Mark]]) -> Diagnosis:
    def common(texts: Sequence[str]) -> str:
        """The text if all have the same, else the most frequent one without its numbers."""
        return texts[0] if len(set(texts)) == 1 else statistics.mode(map(shape_of, texts))

    marks = [mark for _, mark in members]
    return Diagnosis(
        common([mark.headline for mark in marks]),
        common([mark.cause for mark in marks]),
        len(members),
        [student for student, _ in members],
    )


def _bins(graded: Iterable[Result]) -> list[Bin]:
    bins = [Bin(low, low + 10) for low in range(0, 101, 10)]
    for result in graded:
        share = result.points / result.possible if result.possible else 0.0
        # less than all points is never 100, whatever rounding says
        bins[max(0, min(10 if result.points >= result.possible else 9, math.floor(share * 10 + 1e-9)))].count += 1
    return bins


def _looks(found: Class) -> list[Look]:
    """Reasons to look at a submission, the most urgent first; those without submissions are left out."""

    def told(test: Callable[[Result], str]) -> list[tuple[str, str]]:
        return [(result.student, text) for result in found.results if (text := test(result))]

    def defects(result: Result) -> str:
        return ", ".join(f"{mark.number} {mark.title}" for mark in result.marks if mark.defect)

    versions = [result.judged_by for result in found.results]
    usual = statistics.mode(versions) if versions else ""
    looks = [
        Look(
            "not gradable",
            "Not gradable",
            "There was nothing to run. The gradebook asks for a manual grade.",
            told(
                lambda r: (
                    f"{r.reason} What to do: {r.todo}."
                    if r.state == "not gradable" and r.todo
                    else r.reason or "no reason given"
                    if r.state == "not gradable"
                    else ""
                )
            ),
        ),
        Look(
            "defect",
            "The check itself broke",
            "A defect of the course, never of the student: report it, and give these points by hand.",
            told(defects),
        ),
        Look(
            "unsafe",
            "Ran without a sandbox",
            "These submissions could do whatever you can do.",
            told(lambda r: "no sandbox" if r.backend == "none" else ""),
        ),
        Look(
            "waiting",
            "Handed in, but not graded",
            "Run the same `grader grade` again.",
            [(student, "no result yet") for student in found.waiting],
        ),
        Look(
            "by hand",
            "A manual grade is asked for",
            "formgrader shows these under Manual Grading.",
            [
                (r.student, "open in the gradebook")
                for r in found.results
                if r.student in found.wanted and r.state != "not gradable"
            ],
        ),
        Look(
            "other checks",
            "Graded with other checks or limits than most",
            "The course or the grader changed in between: `grader grade --force` grades them alike.",
            told(lambda r: f"graded {when(r.graded_at)}" if r.judged_by != usual else ""),
        ),
        Look(
            "stopped",
            "Cells that had to be stopped",
            "They ended the process, or used too much time or memory.",
            told(lambda r: "; ".join(r.notes)),
        ),
        Look(
            "rescued",
            "Rescued",
            "Put right before grading; the executed notebook says so on top.",
            told(lambda r: " ".join(r.rescued) if r.state == "rescued" else ""),
        ),
        Look(
            "zero",
            "No points",
            "Nothing passed.",
            told(lambda r: _zero(r) if r.state != "not gradable" and r.points == 0 else ""),
        ),
        Look(
            "given",
            "Scores given by hand",
            "They stay in the gradebook and count there instead of the points in this page.",
            [(student, f"{number} by hand") for student, number in sorted(found.by_hand.items())],
        ),
        Look(
            "late",
            "Late",
            "Penalties are in the gradebook.",
            told(lambda r: f"{duration(r.late_seconds)} late" if r.late_seconds else ""),
        ),
    ]
    return [look for look in looks if look.entries]


def _zero(result: Result) -> str:
    untouched = sum(mark.outcome is Outcome.NOT_ATTEMPTED for mark in result.marks)
    if untouched == len(result.marks):
        return "nothing was written"
    return f"{len(result.marks) - untouched} of {len(result.marks)} exercises were tried"


# -- words ---------------------------------------------------------------------------------------------------------


def when(moment: str) -> str:
    """``2026-11-21 07:20 UTC`` of an ISO time."""
    match = re.match(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", moment)
    if not match:
        return moment
    return f"{match[1]} {match[2]}" + (" UTC" if moment.endswith(("+00:00", "Z")) else "")


def duration(seconds: float) -> str:
    """``18 h 34 min``."""
    minutes = int(seconds) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "d"), (hours, "h"), (minutes, "min")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or f"{seconds:.0f} s"


def seconds_text(value: float) -> str:
    """``0.02 s``, ``1.5 s``, ``75 s``."""
    return (f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 20 else f"{value:.0f}") + "\u00a0s"
