"""Runs every submission with a known verdict: the reference, the starter, the accepted and the rejected ones.

``tests/verdicts/<chapter>/<exercise>/accepted/*.py`` must pass, ``rejected/*.py`` must fail with feedback that holds
every phrase of its first line, ``# feedback: phrase | phrase``. Each is judged with three seeds in this process, and
with the first of them in a second process, which must come to the same verdict. Where training has to reach a floor,
one seed is enough: calibrations count wrong verdicts over 50. ``VERDICT_SEEDS="7 8 9" pytest ...`` names other seeds,
and judges everything with all of them in both processes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.calibration.floors import read_floors, stored_file
from grader.cells import read_cells
from grader.course import CHAPTERS, Chapter, reference_answer
from grader.exercise import Exercise
from grader.feedback.text import verdict_text
from grader.trial import Workshop, judge_source
from grader.verdict import Outcome, Verdict

FOLDER = Path(__file__).parent / "verdicts"
NAMED = os.environ.get("VERDICT_SEEDS", "")
SEEDS = [int(text) for text in (NAMED or "1 2 3").split()]
TRAINED = {floor.exercise for chapter in CHAPTERS for floor in read_floors(stored_file(chapter.module))}
MARK = "# feedback: "
#: a line of the reference counts as a part of the answer from this length on
ANSWER_LENGTH = 12
pytestmark = pytest.mark.usefixtures("one_thread")

PAIRS = [(chapter, exercise) for chapter in CHAPTERS for exercise in chapter.exercises]
IDS = [exercise.key for _, exercise in PAIRS]


def folder_of(chapter: Chapter, exercise: Exercise) -> Path:
    return FOLDER / chapter.name / exercise.name


def candidates(kind: str) -> list[Any]:
    return [
        pytest.param(chapter, exercise, path, id=f"{exercise.key}-{path.stem}")
        for chapter, exercise in PAIRS
        for path in sorted((folder_of(chapter, exercise) / kind).glob("*.py"))
    ]


def starter(chapter: Chapter, exercise: Exercise) -> str:
    (source,) = [c.source for c in read_cells(chapter.path("notebooks")) if c.grade_id == exercise.name]
    return source


def normalized(line: str) -> str:
    return " ".join(line.split())


@cache
def shown_lines(chapter: Chapter) -> frozenset[str]:
    """Lines that the student notebook shows itself: these give nothing away."""
    cells = read_cells(chapter.path("notebooks"))
    return frozenset(normalized(line) for cell in cells for line in cell.source.splitlines())


def answer_lines(chapter: Chapter, exercise: Exercise) -> frozenset[str]:
    """Lines that only the reference has."""
    lines = {normalized(line) for line in (reference_answer(exercise) or "").splitlines()}
    return frozenset(line for line in lines - shown_lines(chapter) if len(line) >= ANSWER_LENGTH)


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with Workshop() as opened:
        yield opened


def verdicts(workshop: Workshop, exercise: Exercise, source: str) -> Iterator[tuple[int, Verdict, str]]:
    """Judge with every seed, here and in a second process; both must agree in everything but the time."""
    for seed in SEEDS if NAMED or exercise.key not in TRAINED else SEEDS[:1]:
        here = judge_source(exercise, source, seed=seed)
        text = verdict_text(here)
        print(f"seed {seed}\n{text}\n")
        if NAMED or seed == SEEDS[0]:
            there = workshop.judge(exercise, source, seed=seed)
            a, b = here.to_dict(), there.to_dict()
            del a["seconds"], b["seconds"]
            assert a == b, f"seed {seed}: another process comes to another verdict"
        assert not here.internal, f"seed {seed}: the check broke\n{text}"
        assert here.points == (exercise.points if here.passed else 0)
        yield seed, here, text


@pytest.mark.parametrize(("chapter", "exercise"), PAIRS, ids=IDS)
def test_every_exercise_has_its_folder(chapter: Chapter, exercise: Exercise) -> None:
    folder = folder_of(chapter, exercise)
    assert len(list((folder / "accepted").glob("*.py"))) >= 2
    assert len(list((folder / "rejected").glob("*.py"))) >= 4


@pytest.mark.parametrize("chapter", CHAPTERS, ids=[chapter.name for chapter in CHAPTERS])
def test_no_folder_without_an_exercise(chapter: Chapter) -> None:
    names = {path.name for path in (FOLDER / chapter.name).iterdir()}
    assert names == {exercise.name for exercise in chapter.exercises}
    assert {path.name for path in FOLDER.iterdir()} == {known.name for known in CHAPTERS}


@pytest.mark.parametrize(("chapter", "exercise"), PAIRS, ids=IDS)
def test_reference_passes(chapter: Chapter, exercise: Exercise, workshop: Workshop) -> None:
    source = reference_answer(exercise)
    assert source is not None
    for seed, verdict, text in verdicts(workshop, exercise, source):
        assert verdict.outcome is Outcome.PASSED, f"seed {seed}\n{text}"


@pytest.mark.parametrize(("chapter", "exercise"), PAIRS, ids=IDS)
def test_starter_is_not_attempted(chapter: Chapter, exercise: Exercise, workshop: Workshop) -> None:
    for seed, verdict, text in verdicts(workshop, exercise, starter(chapter, exercise)):
        assert verdict.outcome is Outcome.NOT_ATTEMPTED, f"seed {seed}\n{text}"


@pytest.mark.parametrize(("chapter", "exercise", "path"), candidates("accepted"))
def test_accepted(chapter: Chapter, exercise: Exercise, path: Path, workshop: Workshop) -> None:
    for seed, verdict, text in verdicts(workshop, exercise, path.read_text(encoding="utf-8")):
        assert verdict.outcome is Outcome.PASSED, f"seed {seed}\n{text}"


@pytest.mark.parametrize(("chapter", "exercise", "path"), candidates("rejected"))
def test_rejected(chapter: Chapter, exercise: Exercise, path: Path, workshop: Workshop) -> None:
    source = path.read_text(encoding="utf-8")
    first = source.splitlines()[0]
    assert first.startswith(MARK), "the first line says what the feedback must mention"
    phrases = [normalized(phrase) for phrase in first.removeprefix(MARK).split("|")]
    assert all(phrases)
    own = {normalized(line) for line in source.splitlines()}
    for seed, verdict, text in verdicts(workshop, exercise, source):
        assert verdict.outcome is Outcome.FAILED, f"seed {seed}\n{text}"
        flat = normalized(text)
        missing = [phrase for phrase in phrases if phrase.lower() not in flat.lower()]
        assert not missing, f"seed {seed}: the feedback does not mention {missing}\n{text}"
        assert verdict.finding is not None
        ours = normalized(verdict_text(replace(verdict, finding=replace(verdict.finding, where=""), printed="")))
        leaked = [line for line in answer_lines(chapter, exercise) - own if line in ours]
        leaked += [s for s in exercise.secrets if re.search(rf"(?<![\w.]){re.escape(s)}(?![\w]|\.\d)", flat)]
        assert not leaked, f"seed {seed}: the feedback gives away {leaked}\n{text}"
        assert verdict.finding.next_step, f"seed {seed}: no next step\n{text}"
        assert verdict.finding.cause, f"seed {seed}: no cause\n{text}"
