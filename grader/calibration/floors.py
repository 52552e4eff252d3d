"""The stored floors: one JSON file a chapter, written by ``grader calibrate`` only."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

VERSION = 1
FOLDER = Path(__file__).parent / "stored"
#: what checks use: they draw their data from the generators, whatever lies on the student's disk, and hand it over
#: on the CPU
SOURCE, DEVICE = "synthetic", "cpu"


@dataclass(frozen=True)
class Spread:
    """What one answer scored over the seeds.

    Attributes:
        answer: the answer's name: ``reference``, or ``accepted/...`` and ``rejected/...`` of the verdict suite.
        honest: whether it must pass.
        mean, spread: mean and standard deviation.
        worst: the worst seed of an honest answer; for a mistake, the seed that came nearest to passing.
        values: all of them, in the order of the seeds; empty where the answer never got as far as the metric.
        stopped: how many seeds a check before the metric stopped the answer at.
        digest: of the answer's code.
    """

    answer: str
    honest: bool
    mean: float
    spread: float
    worst: float
    values: tuple[float, ...]
    stopped: int = 0
    digest: str = ""


@dataclass(frozen=True)
class Floor:
    """A floor with the figures it was set by.

    Attributes:
        exercise: its key, ``ch02.train_classifier``.
        metric: what is measured.
        better: ``"higher"``, or ``"lower"`` where the floor is a ceiling.
        source, device: what it was measured on.
        value: the floor; None where it was only measured, or where honest answers and mistakes overlap.
        mean, spread, worst: of the reference.
        worst_honest: of all honest answers.
        best_mistake: of all listed mistakes; None where none got as far as the metric.
        seeds: how many, and from which on.
        answers: the figures of each answer.
        rates: false fails and false passes over fresh seeds, where they were measured.
        versions: of the libraries that it was measured with.
    """

    exercise: str
    metric: str
    better: str
    source: str
    device: str
    value: float | None
    mean: float
    spread: float
    worst: float
    worst_honest: float
    best_mistake: float | None
    seeds: tuple[int, int]
    answers: tuple[Spread, ...]
    rates: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from all others."""
        return (self.exercise, self.metric, self.source, self.device)

    def admits(self, value: float) -> bool:
        """Whether a measured value passes; NaN never does."""
        if self.value is None:
            return False
        return value >= self.value if self.better == "higher" else value <= self.value

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Floor:
        """The inverse of :meth:`to_dict`."""
        answers = tuple(Spread(**{**a, "values": tuple(a["values"])}) for a in data["answers"])
        return cls(**{**data, "seeds": tuple(data["seeds"]), "answers": answers})


class NoFloor(LookupError):
    """No floor is stored for this metric."""


def stored_file(module: str, folder: Path | None = None) -> Path:
    """Where the floors of a chapter lie, e.g. of ``"ch02"``."""
    return (folder or FOLDER) / f"{module}.json"


def read_floors(path: Path) -> list[Floor]:
    """The floors of one file; none when there is no file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    data = json.loads(text)
    if data.get("version") != VERSION:
        raise ValueError(f"{path}: version {data.get('version')!r} where {VERSION} is known; run `grader calibrate`")
    return [Floor.from_dict(entry) for entry in data["floors"]]


def write_floors(path: Path, floors: list[Floor]) -> None:
    """Replace the file at once or not at all: written beside, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = [floor.to_dict() for floor in sorted(floors, key=lambda f: f.key)]
    text = _compact(json.dumps({"version": VERSION, "floors": entries}, indent=1, ensure_ascii=False)) + "\n"
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as beside:
            beside.write(text)
            beside.flush()
            os.fsync(beside.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _stored.cache_clear()


def _compact(text: str) -> str:
    """Lists of numbers on one line each."""
    lines: list[str] = []
    inside = False
    for line in text.split("\n"):
        bare = line.strip()
        number = bare.rstrip(",").lstrip("-").replace(".", "", 1).replace("e-", "", 1).isdigit()
        if inside and (number or bare.startswith("]")):
            lines[-1] += bare if lines[-1].endswith("[") or bare.startswith("]") else f" {bare}"
            inside = number
        else:
            lines.append(line)
            inside = bare.endswith("[")
    return "\n".join(lines)


@lru_cache(maxsize=64)
def _stored(path: Path) -> tuple[Floor, ...]:
    return tuple(read_floors(path))


def floor_of(exercise: str, metric: str = "", *, source: str = SOURCE, device: str = DEVICE) -> Floor:
    """The stored floor of an exercise.

    Args:
        exercise: its key, ``ch02.train_classifier``.
        metric: which one, where the exercise measures several.
        source, device: by default those of checks.

    Raises:
        NoFloor: when none is stored.
    """
    for floor in _stored(stored_file(exercise.partition(".")[0])):
        used = (floor.source, floor.device) == (source, device) and floor.value is not None
        if used and floor.exercise == exercise and metric in ("", floor.metric):
            return floor
    raise NoFloor(f"no floor of {exercise}{' for ' + metric if metric else ''} is stored: run `grader calibrate`")
