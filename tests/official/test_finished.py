"""A run over finished work: quick, certain, and it tells when the course has changed in between."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from official_support import CHAPTER, NAME, Course, solved, starter

from grader.cli import main
from grader.official import summary
from grader.official.course import CourseFolder
from grader.official.run import Options
from grader.official.summary import finished, judged_by

pytestmark = pytest.mark.xdist_group("official")


def left(course: Course, **options: object) -> bool:
    return finished(CHAPTER, Options(course=course.root, seconds=20, **options)) is None  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = Course(tmp_path_factory.mktemp("finished") / "course")
    course.submit("ada", solved())
    (course.root / "submitted" / "ada" / NAME / "timestamp.txt").write_text("2026-01-02 10:00:00 CET")
    course.submit("bo", starter())
    course.submit("corrupt", '{"cells": [')
    course.grade()
    return course


def test_finished_work_is_recognized_without_heavy_imports(graded: Course) -> None:
    """Found by the quick look, with the results of a real run."""
    before = graded.snapshot()
    found = finished(CHAPTER, Options(course=graded.root, seconds=20))
    assert found is not None
    real = graded.grade()
    assert (found.results, found.skipped, found.backend) == (real.results, real.skipped, real.backend)
    assert (found.graded, found.outdated, found.total) == ([], [], 3)
    one = finished(CHAPTER, Options(course=graded.root, seconds=20, students=("bo",)))
    assert one is not None
    assert list(one.results) == ["bo"]
    program = (
        "import sys\nfrom grader.cli import main\n"
        f"main(['grade', '1', '--course', {str(graded.root)!r}, '--seconds', '20'], standalone_mode=False)\n"
        "assert not {'torch', 'nbgrader', 'nbformat', 'sqlalchemy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "0 submissions graded, 3 graded before" in done.stdout
    assert f"grader report {NAME} --course" in done.stdout
    assert graded.snapshot() == before


def _resubmitted(course: Course) -> None:
    course.submit("bo", solved())


def _another_time(course: Course) -> None:
    (course.root / "submitted" / "ada" / NAME / "timestamp.txt").write_text("2026-01-02 11:00:00 CET")


def _a_newcomer(course: Course) -> None:
    course.submit("cy", starter())


def _other_score(course: Course) -> None:
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        connection.execute("update grade set auto_score = 1")


def _no_gradebook(course: Course) -> None:
    (course.root / "gradebook.db").unlink()


def _no_notebook(course: Course) -> None:
    course.autograded("bo").unlink()


def _killed_half_way(course: Course) -> None:
    course.autograded("bo").parent.with_name(f".{NAME}.partial").mkdir()


def _no_result(course: Course) -> None:
    (course.root / "reports" / NAME / "results" / "bo.json").unlink()


def _damaged_result(course: Course) -> None:
    (course.root / "reports" / NAME / "results" / "bo.json").write_text("[]")


def _another_release(course: Course) -> None:
    path = course.root / "notebooks" / NAME / CHAPTER.notebook
    path.write_text(path.read_text() + "\n")


@pytest.mark.parametrize(
    "change",
    [
        _resubmitted,
        _another_time,
        _a_newcomer,
        _other_score,
        _no_gradebook,
        _no_notebook,
        _killed_half_way,
        _no_result,
        _damaged_result,
        _another_release,
    ],
)
def test_any_change_is_left_to_a_real_run(graded: Course, tmp_path: Path, change: Callable[[Course], None]) -> None:
    import shutil

    copy = Course.__new__(Course)
    copy.root = tmp_path / "course"
    shutil.copytree(graded.root, copy.root)
    assert not left(copy)
    assert left(copy, force=True)
    change(copy)
    assert left(copy)


def test_what_judged_is_remembered(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course.submit("ada", starter())
    course.submit("bo", starter())
    course.grade()
    opened = CourseFolder.open(course.root, CHAPTER)
    now = judged_by(opened, Options(seconds=20))
    assert course.result("ada")["judged_by"] == now
    assert judged_by(opened, Options(seconds=21)) != now
    assert judged_by(opened, Options(seconds=20, workers=7, secret="x", students=("ada",))) == now
    package = tmp_path / "grader"
    (package / "chapters").mkdir(parents=True)
    for name in ("ch01.py", "ch02.py"):
        (package / "chapters" / name).write_text("a check")
    monkeypatch.setattr(summary, "PACKAGE", package)
    first = judged_by(opened, Options())
    (package / "chapters" / "ch02.py").write_text("another chapter's")
    assert judged_by(opened, Options()) == first
    (package / "chapters" / "ch01.py").write_text("another check")
    assert judged_by(opened, Options()) != first
    monkeypatch.undo()

    # the notebook that students get changed: told, and not graded again by itself
    path = course.root / "notebooks" / NAME / CHAPTER.notebook
    path.write_text(path.read_text() + "\n")
    course.grade(force=True, students=("bo",))
    again = course.grade()
    assert again.graded == []
    assert again.outdated == ["ada"]
    said = CliRunner().invoke(main, ["grade", "1", "--course", str(course.root), "--seconds", "20"])
    assert "1 submission was graded with other checks or limits than now; use --force" in said.output
    told = CliRunner().invoke(main, ["grade", "1", "--course", str(course.root), "--seconds", "20", "--json"])
    assert json.loads(told.stdout)["outdated"] == ["ada"]
    page = CliRunner().invoke(main, ["report", "1", "--course", str(course.root)])
    assert page.exit_code == 0
    assert "other checks or limits than most" in (course.root / "reports" / NAME / "report.html").read_text()
    assert course.grade(force=True).outdated == []
