"""While a recording runs, checks report what they measure, and no floor stops them."""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Iterator
from dataclasses import dataclass, field

_current: contextvars.ContextVar[Recording | None] = contextvars.ContextVar("recording", default=None)


@dataclass(frozen=True)
class Measurement:
    """One value that a check measured: of which exercise, which metric, and whether higher or lower is better."""

    exercise: str
    metric: str
    value: float
    better: str = "higher"


@dataclass(frozen=True)
class Naming:
    """What a check would say to a known mistake: the ``cause`` of another one where both come to the same values."""

    exercise: str
    mistake: str
    cause: str


@dataclass
class Recording:
    """What is measured, and on which data and device.

    Attributes:
        seed: varies the student's own random numbers too, which an ordinary check keeps fixed.
        source: of the data that checks draw: ``"synthetic"`` or ``"real"``.
        device: on which checks put the data that they hand over.
        second: judge on the second draw, which an ordinary check makes only when the first one misses a floor.
        measured: everything measured so far.
        named: what would be said to each known mistake, in the order in which the checks come across them.
    """

    seed: int = 0
    source: str = "synthetic"
    device: str = "cpu"
    second: bool = False
    measured: list[Measurement] = field(default_factory=list)
    named: list[Naming] = field(default_factory=list)


@contextlib.contextmanager
def recording(
    seed: int = 0, source: str = "synthetic", device: str = "cpu", second: bool = False
) -> Iterator[Recording]:
    """Take the floors off for the checks inside; what they measure is collected.

    >>> from grader.calibration.recording import recording
    >>> with recording() as found:
    ...     pass  # judge answers here
    >>> found.measured
    []
    """
    made = Recording(seed, source, device, second)
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)


def current_recording() -> Recording | None:
    """The recording that runs, or None in an ordinary check."""
    return _current.get()
