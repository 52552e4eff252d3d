"""Where a floor lies: between every honest run and every listed mistake, or nowhere."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from grader.calibration.floors import Spread

#: how many of its standard deviations an honest answer's mean must lie above the floor
DEVIATIONS = 4.0
#: how many of the reference's standard deviations the floor must lie above the best seed of any mistake. (Not of the
#: mistake's own: an untrained classifier that says always 0, or always 1, has two values far apart and no more noise
#: above the higher one than any other.)
ABOVE_BEST = 2.0
#: a floor is rounded to so many digits behind the point
DIGITS = 3


@dataclass(frozen=True)
class Placed:
    """A floor, or why there is none; ``low`` and ``high`` are the ends of the gap in which it must lie."""

    value: float | None
    low: float
    high: float
    why: str = ""


def summarize(
    answer: str, honest: bool, values: Sequence[float], better: str, stopped: int = 0, digest: str = ""
) -> Spread:
    """Mean, spread and worst of one answer's values (not a number counts as the worst there is)."""
    worst_of = min if honest == (better == "higher") else max
    none = math.nan
    if not values:
        return Spread(answer, honest, none, none, none, (), stopped, digest)
    finite = [v for v in values if math.isfinite(v)]
    if len(finite) < len(values) and honest:
        return Spread(answer, honest, none, none, none, tuple(values), stopped, digest)
    if not finite:
        return Spread(answer, honest, none, none, none, (), len(values) + stopped, digest)
    spread = statistics.stdev(finite) if len(finite) > 1 else 0.0
    mean = statistics.fmean(finite)
    return Spread(answer, honest, mean, spread, worst_of(finite), tuple(values), stopped, digest)


def place_floor(answers: Sequence[Spread], better: str = "higher") -> Placed:
    """The middle of the gap between honest answers and mistakes.

    The gap's upper end is the lowest of the honest answers' worst seeds and of their means minus four standard
    deviations; each answer stands for itself, so a way of writing it that scores lower on average counts with its own
    mean and spread. The lower end is the best seed of any mistake plus two standard deviations of the reference.

    Args:
        answers: the figures of each, the reference first; at least one honest answer and one mistake.
        better: ``"higher"``, or ``"lower"`` for errors, where everything is mirrored.
    """
    sign = 1.0 if better == "higher" else -1.0
    honest = [a for a in answers if a.honest]
    mistakes = [a for a in answers if not a.honest and a.values]
    broken = [a.answer for a in honest if not a.values or a.stopped or not math.isfinite(a.mean)]
    if broken or not honest:
        return Placed(
            None, math.nan, math.nan, f"no figures of honest answers: {', '.join(broken) or 'there are none'}"
        )
    if not mistakes:
        return Placed(None, math.nan, math.nan, "no listed mistake gets as far as the metric")

    def bound(a: Spread) -> float:
        if a.honest:
            return min(sign * a.worst, sign * a.mean - DEVIATIONS * a.spread)
        return sign * a.worst + ABOVE_BEST * honest[0].spread

    weakest, strongest = min(honest, key=bound), max(mistakes, key=bound)
    high, low = bound(weakest), bound(strongest)
    value = round((high + low) / 2, DIGITS)
    if not low < value < high:
        why = (
            f"there is no gap: {weakest.answer} reaches down to {sign * high:.3f}, "
            f"{strongest.answer} up to {sign * low:.3f}"
            if sign > 0
            else f"there is no gap: {weakest.answer} reaches up to {sign * high:.3f}, "
            f"{strongest.answer} down to {sign * low:.3f}"
        )
        return Placed(None, sign * low, sign * high, why)
    return Placed(sign * value, sign * low, sign * high)
