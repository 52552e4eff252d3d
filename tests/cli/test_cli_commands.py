"""Help, list, progress, doctor; and that mistakes of a user end in a clear error, never in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli import COMMANDS

PROJECT = Path(__file__).resolve().parents[2]


def ends_in_error(result, *words: str) -> None:
    """Exit status 2, one screen that says what, where and what to do, and no traceback."""
    assert result.exit_code == 2, result.output
    assert "Error: " in result.output
    assert "Traceback" not in result.output
    assert len(result.output.splitlines()) <= 8
    for word in words:
        assert word in result.output


# -- help ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(grader, name):
    result = grader(name, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"  grader {name}" in result.output


def test_help_names_every_command_without_cutting_its_sentence(grader):
    result = grader("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in result.output
    assert "..." not in result.output.partition("\n")[2]


def test_unknown_command_suggests_the_nearest(grader):
    result = grader("chek")
    assert result.exit_code == 2
    assert "grader check" in result.output


@pytest.mark.parametrize("arguments", [["--help"], ["list", "--help"], ["check", "--help"], ["doctor", "--help"]])
def test_help_loads_neither_torch_nor_jupyter(arguments):
    code = f"""
import sys
from grader.cli import main
try:
    main({arguments!r})
except SystemExit as stop:
    assert not stop.code
heavy = {{"torch", "numpy", "pandas", "IPython", "nbformat", "nbclient", "nbgrader"}} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_core_works_where_jupyter_and_nbgrader_are_not_installed(tmp_path):
    code = """
import sys
BLOCKED = ("IPython", "ipykernel", "nbformat", "nbclient", "nbconvert", "nbgrader", "jupyter", "zmq", "traitlets")
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0].startswith(BLOCKED):
            raise ModuleNotFoundError(f"blocked: {name}", name=name)
sys.meta_path.insert(0, Blocker())
import grader, grader.cells, grader.trial
from grader.chapters import ch01
def batch_plan(samples, batch_size, drop_last):
    full, rest = divmod(samples, batch_size)
    return (full + 1, rest) if rest and not drop_last else (full, batch_size if full else 0)
ch01.batch_plan.check()
ch01.make_loader.check()
"""
    environment = {**os.environ, "GRADER_PROGRESS": str(tmp_path / "progress.json")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "✓ PASSED  1.5" in done.stdout
    assert "○ NOT ATTEMPTED  1.6" in done.stdout


# -- list ----------------------------------------------------------------------------------------------------------


def test_list_shows_each_exercise(grader):
    from grader.course import CHAPTERS

    result = grader("list")
    assert result.exit_code == 0
    for chapter in CHAPTERS:
        assert chapter.name in result.output
        for exercise in chapter.exercises:
            assert exercise.name in result.output
    assert max(map(len, result.output.splitlines())) <= 100


def test_list_as_json(grader):
    data = json.loads(grader("list", "1", "--json").output)
    (chapter,) = data["chapters"]
    assert chapter["points"] == sum(exercise["points"] for exercise in chapter["exercises"])
    first = chapter["exercises"][0]
    assert first["number"] == "1.1"
    assert first["defines"] == ["Account"]
    assert set(first) == {"number", "name", "key", "title", "points", "difficulty", "minutes", "defines"}


def test_list_of_an_unknown_chapter(grader):
    ends_in_error(grader("list", "99"), "no such chapter", "99", "01_oop_datasets")


# -- progress ------------------------------------------------------------------------------------------------------


def record(path: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    from grader import progress
    from grader.cells import verdict_of
    from grader.course import find_exercise
    from grader.verdict import Outcome

    monkeypatch.setenv("GRADER_PROGRESS", str(path))
    for name in names:
        progress.record(verdict_of(find_exercise(name)[1], Outcome.PASSED, None))


def test_progress_before_the_first_check(grader):
    result = grader("progress")
    assert result.exit_code == 0
    assert "0 of 14" in result.output
    assert "Nothing yet" in result.output


def test_progress_and_reset(grader, environment, monkeypatch):
    path = Path(environment["GRADER_PROGRESS"])
    record(path, monkeypatch, "account", "water_dataset")
    result = grader("progress")
    assert "2 of 14" in result.output
    assert "6 of 34" in result.output
    assert "█" in result.output
    result = grader("progress", "--reset", "1.3")
    assert "Forgotten: 1.3" in result.output
    chapter, *others = json.loads(grader("progress", "--json").output)["chapters"]
    assert not any(e["passed"] for other in others for e in other["exercises"])
    assert {e["name"] for e in chapter["exercises"] if e["passed"]} == {"account"}
    assert chapter["points"] == 2


def test_progress_reset_of_an_unknown_exercise_changes_nothing(grader, environment, monkeypatch):
    path = Path(environment["GRADER_PROGRESS"])
    record(path, monkeypatch, "account")
    before = path.read_bytes()
    ends_in_error(grader("progress", "--reset", "acount"), "did you mean account")
    assert path.read_bytes() == before


def test_progress_with_a_damaged_file(grader, environment):
    Path(environment["GRADER_PROGRESS"]).write_text("{")
    result = grader("progress")
    assert result.exit_code == 0
    assert "0 of 14" in result.output


def test_progress_switched_off(grader):
    result = grader("progress", GRADER_PROGRESS="off")
    assert result.exit_code == 0
    assert "switched off" in result.output
    ends_in_error(grader("progress", "--reset", "account", GRADER_PROGRESS="off"), "switched off")


# -- doctor --------------------------------------------------------------------------------------------------------


def test_doctor_where_all_is_well(grader):
    result = grader("doctor", "--json", COURSE_ROOT=str(PROJECT))  # the small course lacks the other chapters
    data = json.loads(result.output)
    states = {finding["name"]: finding["state"] for finding in data["findings"]}
    assert result.exit_code == 0, data
    assert data["ok"]
    for name in ("Python", "packages", "PyTorch", "GPU", "Jupyter kernel", "progress file", "notebooks", "solutions"):
        assert states[name] == "ok", data
    assert "torchmetrics" in result.output


def test_doctor_says_what_is_broken_and_what_to_do(grader, tmp_path, monkeypatch):
    from grader.cli import doctor

    monkeypatch.setattr(doctor, "_kernel", lambda: doctor.Finding("Jupyter kernel", "ok", ""))  # has its own test
    (tmp_path / "file").write_text("")
    inside = tmp_path / "file" / "inside"
    result = grader("doctor", COURSE_ROOT=str(tmp_path), GRADER_PROGRESS=str(inside), COURSE_DATA=str(inside))
    assert result.exit_code == 1
    assert "Broken: data, progress file, notebooks" in result.output
    for todo in ("COURSE_DATA", "GRADER_PROGRESS", "COURSE_ROOT"):
        assert todo in result.output
    assert "Traceback" not in result.output


def test_doctor_on_missing_and_old_packages(monkeypatch):
    from grader.cli import doctor

    monkeypatch.setattr(doctor, "_requirements", lambda: {"no-such-package": "1", "click": "99.0", "nbval": "99"})
    states = {finding.name: finding.state for finding in doctor._packages()}
    assert states == {"no-such-package": "broken", "click": "broken", "nbval": "hint"}


def test_doctor_on_data_that_is_not_prepared(tmp_path, monkeypatch):
    from grader.cli import doctor

    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    finding = doctor._data()
    assert finding.state == "hint"
    assert "prepare water" in finding.todo
