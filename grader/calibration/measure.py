"""Runs honest answers and listed mistakes over seeds, each through the ordinary check with the floor taken off.

Honest are the reference and every accepted answer of the verdict suite. Listed mistakes are the rejected answers whose
second line is ``# calibration``. The suite lies in ``tests/``: calibrating needs a checkout, using a floor does not.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import platform
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from grader.calibration.floors import DEVICE, SOURCE, Floor, Spread
from grader.calibration.recording import recording
from grader.calibration.rule import Placed, place_floor, summarize
from grader.cells import Problem
from grader.course import Chapter, find_exercise, project_root, reference_answer
from grader.exercise import Exercise
from grader.trial import judge_source

MARK = "# calibration"
#: of a measured value, as it is stored
DECIMALS = 6
#: seeds of a calibration start at 0, those of false-fail and false-pass rates here: none is used for both
FRESH = 100_000

Tick = Callable[[], None]


@dataclass(frozen=True)
class Answer:
    """One answer to run: its name, its code, and whether it is honest."""

    name: str
    source: str
    honest: bool

    @property
    def digest(self) -> str:
        """Of the code, without blank lines and comments: whether it is still what was calibrated."""
        lines = (line.rstrip() for line in self.source.splitlines())
        return hashlib.sha256(
            "\n".join(line for line in lines if line and not line.lstrip().startswith("#")).encode()
        ).hexdigest()[:16]


@dataclass(frozen=True)
class Task:
    """One run: exercise, answer, seed, data source, device, and which of the check's two draws."""

    exercise: str
    answer: Answer
    seed: int
    source: str = SOURCE
    device: str = DEVICE
    second: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a task: the measured values by metric, which direction is better, or what stopped it before."""

    values: dict[str, float]
    better: dict[str, str]
    stopped: str = ""


def verdict_folder(chapter: Chapter, exercise: Exercise) -> Path:
    """Where the accepted and rejected answers of an exercise lie."""
    return project_root() / "tests" / "verdicts" / chapter.name / exercise.name


def answers_of(exercise: Exercise) -> list[Answer]:
    """The reference, the accepted answers and the listed mistakes; raises :class:`Problem` without a reference."""
    chapter, _ = find_exercise(exercise.key)
    reference = reference_answer(exercise)
    if reference is None:
        raise Problem("Calibrating needs the solution notebook.", chapter.path("solutions"), "use a whole checkout")
    found = [Answer("reference", reference, True)]
    folder = verdict_folder(chapter, exercise)
    for path in sorted((folder / "accepted").glob("*.py")):
        found.append(Answer(f"accepted/{path.stem}", path.read_text(encoding="utf-8"), True))
    for path in sorted((folder / "rejected").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        if text.splitlines()[1:2] == [MARK]:
            found.append(Answer(f"rejected/{path.stem}", text, False))
    return found


def run_task(task: Task) -> Outcome:
    """One answer, one seed, in this process; the same result every time."""
    _, exercise = find_exercise(task.exercise)
    with recording(task.seed, task.source, task.device, task.second) as found:
        verdict = judge_source(exercise, task.answer.source, seed=task.seed)
    if verdict.internal:
        assert verdict.finding is not None
        raise RuntimeError(f"the check of {task.exercise} broke on {task.answer.name}: {verdict.finding.actual}")
    mine = [m for m in found.measured if m.exercise == task.exercise]
    stopped = "" if verdict.passed or verdict.finding is None else verdict.finding.headline
    return Outcome({m.metric: round(m.value, DECIMALS) for m in mine}, {m.metric: m.better for m in mine}, stopped)


def _start_worker() -> None:
    torch.set_num_threads(1)


def run_tasks(tasks: Sequence[Task], workers: int = 0, tick: Tick | None = None) -> list[Outcome]:
    """All of them, in order, in processes of their own (by default one a core; none for a single worker)."""
    count = workers or os.cpu_count() or 1
    results = []
    if count == 1 or len(tasks) < 4:
        before = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            for task in tasks:
                results.append(run_task(task))
                if tick:
                    tick()
        finally:
            torch.set_num_threads(before)
        return results
    context = multiprocessing.get_context("spawn")  # forking a process that has run torch is not safe
    with ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker) as pool:
        try:
            for result in pool.map(run_task, tasks):
                results.append(result)
                if tick:
                    tick()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return results


def metrics_of(exercise: Exercise, source: str = SOURCE, device: str = DEVICE) -> list[str]:
    """The metrics that the exercise's check measures on its reference; empty where it has none."""
    return list(run_task(Task(exercise.key, answers_of(exercise)[0], 0, source, device)).values)


def calibrate(
    exercise: Exercise,
    *,
    seeds: int = 20,
    first: int = 0,
    source: str = SOURCE,
    device: str = DEVICE,
    workers: int = 0,
    tick: Tick | None = None,
) -> list[tuple[Floor, Placed]]:
    """Measure an exercise's answers and place its floors: one for each metric of its check.

    A floor's ``value`` is None where there is no gap; ``Placed.why`` then says what overlaps.
    """
    answers = answers_of(exercise)
    tasks = [
        Task(exercise.key, answer, seed, source, device) for answer in answers for seed in range(first, first + seeds)
    ]
    outcomes = run_tasks(tasks, workers, tick)
    of: dict[str, list[Outcome]] = defaultdict(list)
    for task, outcome in zip(tasks, outcomes, strict=True):
        of[task.answer.name].append(outcome)
    better = {name: way for outcome in of["reference"] for name, way in outcome.better.items()}
    results = []
    for metric, way in better.items():
        figures = []
        for answer in answers:
            values = [o.values[metric] for o in of[answer.name] if metric in o.values]
            figures.append(summarize(answer.name, answer.honest, values, way, seeds - len(values), answer.digest))
        results.append(_floor(exercise.key, metric, way, source, device, (first, seeds), figures))
    return results


def _floor(
    key: str, metric: str, better: str, source: str, device: str, seeds: tuple[int, int], figures: list[Spread]
) -> tuple[Floor, Placed]:
    placed = place_floor(figures, better)
    worst_of, best_of = (min, max) if better == "higher" else (max, min)
    reference = figures[0]
    floor = Floor(
        exercise=key,
        metric=metric,
        better=better,
        source=source,
        device=device,
        value=placed.value,
        mean=reference.mean,
        spread=reference.spread,
        worst=reference.worst,
        worst_honest=worst_of(a.worst for a in figures if a.honest),
        best_mistake=best_of((a.worst for a in figures if not a.honest and a.values), default=None),
        seeds=seeds,
        answers=tuple(figures),
        versions={"python": platform.python_version(), "torch": torch.__version__.partition("+")[0]},
    )
    return floor, placed


def rates(
    exercise: Exercise, floors: Sequence[Floor], *, seeds: int = 50, workers: int = 0, tick: Tick | None = None
) -> list[Floor]:
    """The floors with false fails and false passes measured over fresh seeds, as a check judges: in two draws."""
    source, device = floors[0].source, floors[0].device
    tasks = [
        Task(exercise.key, answer, seed, source, device)
        for answer in answers_of(exercise)
        for seed in range(FRESH, FRESH + seeds)
    ]

    def passes(outcome: Outcome) -> bool:
        return all(f.metric in outcome.values and f.admits(outcome.values[f.metric]) for f in floors)

    outcomes = run_tasks(tasks, workers, tick)
    missed = [i for i, outcome in enumerate(outcomes) if outcome.values and not passes(outcome)]
    for index, outcome in zip(
        missed, run_tasks([replace(tasks[i], second=True) for i in missed], workers), strict=True
    ):
        outcomes[index] = outcome
    told: dict[str, Any] = {"seeds": seeds, "honest": 0, "false_fails": 0, "mistakes": 0, "false_passes": 0}
    for task, outcome in zip(tasks, outcomes, strict=True):
        passed = passes(outcome) and not outcome.stopped
        told["honest" if task.answer.honest else "mistakes"] += 1
        if passed != task.answer.honest:
            told["false_fails" if task.answer.honest else "false_passes"] += 1
    return [replace(floor, rates=told) for floor in floors]
