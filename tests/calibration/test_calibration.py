"""Floors: the rule, the file, the picture and the command; and the stored floors against what the code says now."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from click.testing import CliRunner

from grader.calibration import floors as floors_module
from grader.calibration import measure
from grader.calibration.floors import (
    DEVICE,
    SOURCE,
    Floor,
    NoFloor,
    Spread,
    floor_of,
    read_floors,
    stored_file,
    write_floors,
)
from grader.calibration.measure import MARK, Answer, Task, answers_of, run_task, verdict_folder
from grader.calibration.picture import draw_floors
from grader.calibration.recording import Measurement, current_recording, recording
from grader.calibration.rule import ABOVE_BEST, DEVIATIONS, place_floor, summarize
from grader.calibration.samples import draw_water
from grader.cli import main
from grader.course import CHAPTERS, find_exercise, reference_answer
from grader.touch import LocalSession
from grader.trial import judge_source

#: seeds of the tests: neither those of a calibration nor those of its rates
TEST_SEEDS = 200_000
#: how far the reference's mean over a few seeds may lie from the stored one, in standard errors of the difference. At
#: 5 a run of the tests in a million fails by chance; a change of half a spread in the code's behavior is found by a
#: new calibration, not here.
STANDARD_ERRORS = 5.0
REFERENCE_SEEDS = 3

STORED = [
    pytest.param(floor, id=f"{floor.exercise}-{floor.metric}")
    for chapter in CHAPTERS
    for floor in read_floors(stored_file(chapter.module))
    if (floor.source, floor.device) == (SOURCE, DEVICE)
]


def spread_of(name: str, values: list[float], better: str = "higher") -> Spread:
    return summarize(name, not name.startswith("rejected"), values, better)


def floor_with(value: float | None = 0.7, **changes: Any) -> Floor:
    answers = (spread_of("reference", [0.78, 0.8, 0.79]), spread_of("rejected/no_step", [0.4, 0.6, 0.61]))
    made = Floor(
        "ch99.x", "accuracy", "higher", SOURCE, DEVICE, value, 0.79, 0.01, 0.78, 0.78, 0.61, (0, 3), answers
    )  # fmt: skip
    return replace(made, **changes)


# -- the rule ------------------------------------------------------------------------------------------------------


def test_the_floor_is_the_middle_of_the_gap() -> None:
    honest, mistake = spread_of("reference", [0.80, 0.82, 0.81]), spread_of("rejected/no_step", [0.40, 0.60])
    placed = place_floor([honest, mistake])
    high, low = min(0.80, 0.81 - DEVIATIONS * 0.01), 0.60 + ABOVE_BEST * 0.01
    assert placed.value == pytest.approx((high + low) / 2, abs=1e-3)
    assert (placed.low, placed.high) == (pytest.approx(low), pytest.approx(high))


def test_errors_mirror_scores() -> None:
    up = [spread_of("reference", [0.80, 0.82, 0.81]), spread_of("rejected/x", [0.40, 0.60])]
    down = [spread_of("reference", [-0.80, -0.82, -0.81], "lower"), spread_of("rejected/x", [-0.40, -0.60], "lower")]
    higher, lower = place_floor(up), place_floor(down, "lower")
    assert higher.value is not None
    assert lower.value == pytest.approx(-higher.value)
    assert down[1].worst == -0.60
    assert down[0].worst == -0.80


def test_every_way_of_writing_it_counts_for_itself() -> None:
    answers = [spread_of("reference", [0.80, 0.81]), spread_of("rejected/x", [0.5, 0.5])]
    alone = place_floor(answers)
    weaker = place_floor([*answers, spread_of("accepted/weaker", [0.70, 0.71])])
    assert alone.value is not None
    assert weaker.value is not None
    assert weaker.value < alone.value


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([("reference", [0.70, 0.80, 0.75]), ("rejected/as_good", [0.6, 0.71, 0.7])], "as_good up to"),
        ([("reference", [0.8, 0.8]), ("rejected/never_measured", [])], "no listed mistake"),
        ([("reference", [0.8, 0.8])], "no listed mistake"),
        ([("reference", [0.8, math.nan]), ("rejected/x", [0.1, 0.2])], "reference"),
        ([("rejected/x", [0.1, 0.2])], "there are none"),
    ],
)
def test_without_a_gap_there_is_no_floor(answers: list[tuple[str, list[float]]], why: str) -> None:
    placed = place_floor([spread_of(name, values) for name, values in answers])
    assert placed.value is None
    assert why in placed.why


def test_an_honest_answer_that_is_stopped_before_the_metric_gives_no_floor() -> None:
    stopped = summarize("accepted/x", True, [0.8, 0.8], "higher", stopped=1)
    placed = place_floor([spread_of("reference", [0.8, 0.81]), stopped, spread_of("rejected/y", [0.2, 0.3])])
    assert placed.value is None
    assert "accepted/x" in placed.why


def test_a_mistake_without_a_number_is_the_worst_there_is() -> None:
    spread = summarize("rejected/explodes", False, [math.nan, 0.5, math.inf], "higher")
    assert spread.worst == 0.5
    assert place_floor([spread_of("reference", [0.8, 0.8]), spread]).value is not None


# -- recording -----------------------------------------------------------------------------------------------------


def test_a_recording_ends_with_its_block() -> None:
    assert current_recording() is None
    with recording(3, "real", "cuda") as found:
        assert current_recording() is found
        found.measured.append(Measurement("ch99.x", "accuracy", 0.5))
    assert current_recording() is None


# -- two draws -----------------------------------------------------------------------------------------------------

UNLUCKY = """
calls = []
good = train_classifier


def train_classifier(features, labels):
    calls.append(features)
    if len(calls) == 2:
        assert calls[0].shape == calls[1].shape and not torch.equal(calls[0], calls[1]), "the same data again"
        return good(features, labels)
    return nn.Linear(9, 1)
"""
USELESS = """
def train_classifier(features, labels):
    with open({path!r}, "a") as file:
        print("called", file=file)
    return nn.Linear(9, 1)
"""


def test_one_unlucky_training_does_not_fail_an_answer() -> None:
    _, exercise = find_exercise("train_classifier")
    reference = reference_answer(exercise)
    assert reference is not None
    assert judge_source(exercise, reference + UNLUCKY).passed


def test_two_misses_fail_it(tmp_path: Path) -> None:
    _, exercise = find_exercise("train_classifier")
    verdict = judge_source(exercise, USELESS.format(path=str(tmp_path / "calls")))
    assert not verdict.passed
    assert verdict.finding is not None
    assert "too low" in verdict.finding.headline
    assert (tmp_path / "calls").read_text().split() == ["called", "called"]


# -- samples -------------------------------------------------------------------------------------------------------


def test_water_samples_follow_the_seed_and_share_no_row() -> None:
    def draw(seed: int) -> Any:
        with LocalSession({}, seed).active():
            return draw_water(40, 30)

    a, again, b = draw(1), draw(1), draw(2)
    assert torch.equal(a.train_features, again.train_features)
    assert not torch.equal(a.train_features, b.train_features)
    assert a.train_features.shape == (40, 9)
    assert a.test_labels.shape == (30,)
    assert set(a.train_labels.tolist()) == {0.0, 1.0}
    assert torch.allclose(a.train_features.mean(0), torch.zeros(9), atol=1e-5)
    assert not torch.isnan(a.test_features).any()
    assert not (a.train_features[:, None] == a.test_features[None]).all(-1).any()


def test_a_check_ignores_the_set_on_the_disk_and_a_calibration_may_ask_for_it(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALIBRATION_WATER", str(shared_data / "water_potability.csv"))
    session = LocalSession({}, 1)
    with session.active():
        plain = draw_water(40, 30, scaled=False)
    with recording(0, "real"), LocalSession({}, 1).active():
        real = draw_water(40, 30, scaled=False)
    assert not torch.equal(plain.train_features, real.train_features)
    assert real.train_features[:, 2].mean() > 10_000


# -- the file ------------------------------------------------------------------------------------------------------


def test_floors_survive_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ch99.json"
    floors = [floor_with(), floor_with(None, source="real", rates={"seeds": 5})]
    write_floors(path, floors)
    assert sorted(read_floors(path), key=lambda f: f.source) == sorted(floors, key=lambda f: f.source)
    assert list(tmp_path.iterdir()) == [path]
    assert read_floors(tmp_path / "none.json") == []


def test_a_failing_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ch99.json"
    write_floors(path, [floor_with()])
    before = path.read_text()

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        write_floors(path, [floor_with(0.5)])
    assert path.read_text() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ch99.json"
    path.write_text(json.dumps({"version": 0, "floors": []}))
    with pytest.raises(ValueError, match="grader calibrate"):
        read_floors(path)


def test_a_floor_is_found_by_exercise_metric_source_and_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors_module, "FOLDER", tmp_path)
    write_floors(
        stored_file("ch99"),
        [floor_with(), floor_with(0.6, metric="F1"), floor_with(None, source="real"), floor_with(0.5, device="cuda")],
    )
    assert floor_of("ch99.x", "accuracy").value == 0.7
    assert floor_of("ch99.x", "F1").value == 0.6
    assert floor_of("ch99.x", "accuracy", device="cuda").value == 0.5
    for wanted in (("ch99.x", "recall"), ("ch99.y", ""), ("ch98.x", "")):
        with pytest.raises(NoFloor, match="grader calibrate"):
            floor_of(*wanted)
    with pytest.raises(NoFloor):
        floor_of("ch99.x", "accuracy", source="real")  # measured, but without a gap


def test_not_a_number_never_passes() -> None:
    assert floor_with().admits(0.7)
    assert not floor_with().admits(math.nan)
    assert floor_with(better="lower").admits(0.7)
    assert not floor_with(better="lower").admits(0.71)
    assert not floor_with(None).admits(1.0)


def test_the_picture_is_drawn_and_replaced_at_once(tmp_path: Path) -> None:
    path = draw_floors([floor_with(), floor_with(None, source="real")], tmp_path / "deeper" / "floors.png")
    assert path.read_bytes().startswith(b"\x89PNG")
    assert list(path.parent.iterdir()) == [path]


# -- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, list[float]]:
    """Runs of ch01.account as if its check measured an accuracy: the values by answer."""
    scores = {"reference": [0.80, 0.82], "accepted/a": [0.79, 0.81], "rejected/b": [0.5, 0.6]}

    def run(task: Task) -> measure.Outcome:
        if task.exercise != "ch01.account":
            return measure.Outcome({}, {})
        values = scores[task.answer.name]
        return measure.Outcome({"accuracy": values[task.seed % 2]}, {"accuracy": "higher"})

    monkeypatch.setattr(measure, "run_task", run)
    monkeypatch.setattr(
        measure, "answers_of", lambda exercise: [Answer(name, "x = 1", "rej" not in name) for name in scores]
    )
    monkeypatch.setattr(floors_module, "FOLDER", tmp_path / "stored")
    monkeypatch.setattr("grader.course.project_root", lambda: tmp_path)
    return scores


def test_the_command_measures_stores_and_draws(scripted: dict[str, list[float]], tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["calibrate", "1", "--workers", "1", "--rates", "4"])
    assert done.exit_code == 0, done.output
    assert "Over 4 fresh seeds: 0 of 8 honest runs fail, 0 of 4 mistaken runs pass." in done.output
    floor = floor_of("ch01.account", "accuracy")
    assert floor.value is not None
    assert 0.6 < floor.value < 0.79
    assert floor.seeds == (0, 20)
    assert [len(a.values) for a in floor.answers] == [20, 20, 20]
    assert (tmp_path / "docs" / "pictures" / "floors_ch01.png").exists()


def test_the_command_refuses_a_floor_without_a_gap(scripted: dict[str, list[float]], tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["calibrate", "1", "--workers", "1"]).exit_code == 0
    scripted["rejected/b"] = [0.5, 0.8]
    done = CliRunner().invoke(main, ["calibrate", "1", "--workers", "1"])
    assert done.exit_code == 1
    assert "there is no gap" in " ".join(done.output.split())
    with pytest.raises(NoFloor):  # an old floor that no longer separates must not stay in force
        floor_of("ch01.account")


def test_another_device_or_source_is_kept_beside(scripted: dict[str, list[float]], tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["calibrate", "1", "--workers", "1"]).exit_code == 0
    scripted["rejected/b"] = [0.5, 0.8]
    done = CliRunner().invoke(main, ["calibrate", "1", "--workers", "1", "--source", "real", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["floors"][0]["value"] is None
    kept = read_floors(stored_file("ch01"))
    assert [(f.source, f.value is None) for f in kept] == [("real", True), ("synthetic", False)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["77"], "no such chapter"),
        (["1", "--seeds", "3"], "too few"),
        (["1", "--only", "nothing"], "no such exercise"),
        (["1", "--only", "savings_account"], "measures a metric"),
        (["1", "--device", "nowhere"], "no device"),
        (["1", "--source", "real", "--from", "missing.csv"], "no such file"),
    ],
)
def test_what_the_command_refuses(scripted: dict[str, list[float]], arguments: list[str], message: str) -> None:
    done = CliRunner().invoke(main, ["calibrate", *arguments])
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())


def test_workers_give_what_one_process_gives() -> None:
    exercise = find_exercise("ch01.account")[1]  # quick, and measures nothing
    tasks = [Task(exercise.key, answer, seed) for answer in answers_of(exercise)[:2] for seed in range(2)]
    code = (
        "from grader.calibration.measure import *\nfrom grader.course import find_exercise\n"
        "if __name__ == '__main__':\n"
        "    e = find_exercise('ch01.account')[1]\n"
        "    tasks = [Task(e.key, a, s) for a in answers_of(e)[:2] for s in range(2)]\n"
        "    print(run_tasks(tasks, workers=2))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": "."}
    )
    assert done.stdout.strip() == repr([run_task(task) for task in tasks])


# -- the stored floors ---------------------------------------------------------------------------------------------


def test_chapters_with_a_metric_have_stored_floors() -> None:
    assert STORED, "no floors are stored at all"


@pytest.mark.parametrize("floor", STORED)
def test_a_stored_floor_is_complete(floor: Floor) -> None:
    """Calibrated with today's answers, over enough seeds, between what they scored, with rates over fresh seeds."""
    _, exercise = find_exercise(floor.exercise)
    assert {(a.answer, a.digest) for a in floor.answers} == {(a.name, a.digest) for a in answers_of(exercise)}, (
        "answers were added, removed or changed since the calibration: run `grader calibrate`"
    )
    assert floor.seeds[1] >= 20
    assert all(len(a.values) + a.stopped == floor.seeds[1] for a in floor.answers)
    assert floor.value == place_floor(floor.answers, floor.better).value
    assert all(floor.admits(v) == a.honest for a in floor.answers for v in a.values)
    assert floor.rates["seeds"] >= 50
    assert floor.rates["false_passes"] == 0
    assert floor.rates["false_fails"] == 0


@pytest.mark.parametrize("floor", STORED)
def test_a_stored_floor_is_what_the_code_says_now(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference over a few fresh seeds, every other answer on one: see STANDARD_ERRORS for the tolerance."""
    _, exercise = find_exercise(floor.exercise)
    monkeypatch.setenv("GRADER_PROGRESS", "off")
    values = []
    for answer in answers_of(exercise):
        for seed in range(TEST_SEEDS, TEST_SEEDS + (REFERENCE_SEEDS if answer.name == "reference" else 1)):
            outcome = run_task(Task(exercise.key, answer, seed))
            if answer.honest:
                assert floor.admits(outcome.values[floor.metric]), f"{answer.name}, seed {seed}"
            else:
                assert outcome.stopped or not floor.admits(outcome.values[floor.metric]), f"{answer.name}, seed {seed}"
            if answer.name == "reference":
                values.append(outcome.values[floor.metric])
    error = floor.spread * math.sqrt(1 / len(values) + 1 / floor.seeds[1])
    assert abs(sum(values) / len(values) - floor.mean) <= STANDARD_ERRORS * error


@pytest.mark.parametrize("floor", STORED)
def test_a_calibration_can_be_repeated(floor: Floor) -> None:
    """The same seed, the same value: only another processor or version may round differently."""
    _, exercise = find_exercise(floor.exercise)
    reference = answers_of(exercise)[0]
    first = run_task(Task(exercise.key, reference, floor.seeds[0]))
    again = run_task(Task(exercise.key, reference, floor.seeds[0]))
    assert first == again
    other = run_task(Task(exercise.key, reference, floor.seeds[0] + 1))
    assert other != first


@pytest.mark.parametrize("floor", STORED)
def test_a_listed_mistake_says_so_in_its_second_line(floor: Floor) -> None:
    chapter, exercise = find_exercise(floor.exercise)
    for path in (verdict_folder(chapter, exercise) / "rejected").glob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert MARK not in lines[2:], f"{path.name}: {MARK!r} belongs into the second line"
