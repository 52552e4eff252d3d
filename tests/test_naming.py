"""What is said to a known mistake: its own cause, on (nearly) every draw.

Two mistakes may come to the same values by accident of the inputs that a check drew, and then the student reads the
cause of the other one. The reference is judged with many seeds; a recording notes what would be said to each known
mistake where it first differs from the right values.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict

import pytest

from grader.calibration.floors import read_floors, stored_file
from grader.calibration.recording import recording
from grader.course import CHAPTERS, Chapter, reference_answer
from grader.trial import judge_source

SEEDS = [int(text) for text in os.environ.get("NAMING_SEEDS", "").split()] or list(range(12))
#: share of the draws on which another cause may be named (at least one of them)
LIMIT = 0.1
#: Mistakes that come to the values of another one wherever they first show, in every draw: either both texts fit what
#: the student did, or one mistake is listed with several numbers, of which no single answer gives the first.
ALIKE = {
    ("ch01.batch_plan", "a batch too many when nothing is left over"),
    ("ch03.activation_slope", "below 0 the slope is constant"),
    ("ch03.clip_gradients", "the bound is returned"),
    ("ch03.batch_norm_by_hand", "the values are added up"),
    ("ch03.batch_norm_by_hand", "`eps` is added outside of the root, and the variance is the unbiased one"),
    ("ch04.flips_by_index", "the first axis is turned around"),
    ("ch04.aligned_labels", "1 is added to every label, also to those before the gap"),
    ("ch06.average_scores", "classes with a score of 0 are left out of the mean"),
    ("ch06.constant_scores", "this is the weighted recall"),
    ("ch07.time_axis", "neighbors in the file were compared, and these rows are not in the order of time"),
    ("ch07.count_windows", "the quotient is rounded down, but the window at the very beginning counts as well"),
    ("ch10.forecast_scores", "the root of each error is taken, then the mean"),
    ("ch11.triplet_loss", "the mean is cut off at 0, not each row"),
    ("ch12.step_ratios", "that holds for a factor of 3 only"),
    ("ch12.step_ratios", "the factor is cut to a whole number"),
    ("ch12.best_variances", "a negative total is cut off"),
}


@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("chapter", CHAPTERS, ids=[chapter.module for chapter in CHAPTERS])
def test_every_known_mistake_is_named(chapter: Chapter) -> None:
    trained = {floor.exercise for floor in read_floors(stored_file(chapter.module))}
    missed: list[str] = []
    for exercise in chapter.exercises:
        source = reference_answer(exercise)
        if exercise.key in trained or source is None:
            continue
        said: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for seed in SEEDS:
            with recording(seed) as found:
                verdict = judge_source(exercise, source, seed=seed)
            assert verdict.passed, f"seed {seed}: {verdict}"
            seen: set[str] = set()
            for naming in found.named:
                if naming.mistake not in seen:
                    seen.add(naming.mistake)
                    said[naming.mistake][naming.cause] += 1
        for mistake, causes in said.items():
            wrong = causes.total() - causes[mistake]
            if (exercise.key, mistake) in ALIKE:
                assert not causes[mistake], f"{exercise.key}: {mistake!r} has values of its own: take it off the list"
            elif wrong > max(1, LIMIT * causes.total()):
                shown = [text for text, _ in causes.most_common(2) if text != mistake]
                missed.append(f"{exercise.key}: {mistake!r} is told {shown} on {wrong} of {causes.total()} draws")
    assert not missed, "\n".join(missed)
