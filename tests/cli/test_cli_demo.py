"""``grader demo`` on the real notebooks of chapter 1, through the real path."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from tests.cli.conftest import NAME, PROJECT, grade_id
from tests.cli.test_cli_commands import ends_in_error

pytestmark = pytest.mark.xdist_group("cli-demo")


def fingerprints() -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for tree in ("solutions", "notebooks")
        for path in sorted((PROJECT / tree / NAME).rglob("*"))
        if path.is_file()
    }


def test_demo_grades_three_submissions(process, environment):
    before = fingerprints()
    done = process("demo", COURSE_ROOT=str(PROJECT))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    total = re.search(r"Total +(\S+) of 34 +(\S+) of 34 +(\S+) of 34", done.stdout)
    assert total, done.stdout
    starter, mistakes, reference = map(float, total.groups())
    assert (starter, reference) == (0, 34)
    assert 10 < mistakes < 30
    assert "7 not passed" not in done.stdout
    assert "stopped with SyntaxError" in done.stdout
    assert "float64" in done.stdout
    assert done.stdout.rstrip().endswith("uv run jupyter lab notebooks")
    assert max(map(len, done.stdout.splitlines())) <= 100
    assert fingerprints() == before
    from pathlib import Path

    assert not Path(environment["GRADER_PROGRESS"]).exists()


def test_each_mistake_is_one_and_only_its_own_exercise_fails(course, monkeypatch):
    from grader import trial
    from grader.cli.demo import MISTAKES
    from grader.course import find_exercise

    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    for name, source in MISTAKES.items():
        verdict = trial.judge_source(find_exercise(name)[1], source)
        assert not verdict.passed
        assert not verdict.internal
        assert verdict.finding.next_step


def test_submissions_differ_only_in_their_answers(course, tmp_path, monkeypatch):
    from grader.cli.demo import MISTAKES, make_submissions
    from grader.course import CHAPTERS

    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    paths = make_submissions(CHAPTERS[0], tmp_path)
    student = course.notebook("notebooks")
    assert json.loads(paths["starter"].read_text()) == student
    for name in ("mistakes", "reference"):
        cells = json.loads(paths[name].read_text())["cells"]
        for cell, original in zip(cells, student["cells"], strict=True):
            if not grade_id(cell) or grade_id(cell).endswith("_check"):
                assert cell == original
            elif name == "reference":
                assert cell["source"] == course.answer(grade_id(cell))
    wrong = {grade_id(c): c["source"] for c in json.loads(paths["mistakes"].read_text())["cells"]}
    assert {name: wrong[name] for name in MISTAKES} == MISTAKES


def test_demo_without_the_notebooks(grader, tmp_path):
    ends_in_error(grader("demo", COURSE_ROOT=str(tmp_path)), "notebook of the course is missing", "COURSE_ROOT")
