"""A class through ``grader grade``: scores, nbgrader's own commands afterwards, resuming, and what may go wrong."""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
from official_support import CHAPTER, NAME, PROJECT, Course, Notebook, solved, starter

from grader.cells import Problem
from grader.official import gradebook, record, servers
from grader.official.run import Options, grade_class
from grader.sandbox import examine

pytestmark = pytest.mark.xdist_group("official")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, honest: dict[str, Notebook]) -> Course:
    """A class of honest students and three who handed in something else, graded once for the tests that only look."""
    course = Course(tmp_path_factory.mktemp("class") / "course")
    for student, notebook in honest.items():
        course.submit(student, notebook)
    (course.root / "submitted" / "reference" / NAME / "timestamp.txt").write_text("2026-01-02 10:00:00 UTC\n")
    course.submit("corrupt", '{"cells": [')
    course.submit("empty", "")
    (course.root / "submitted" / "nothing" / NAME).mkdir(parents=True)
    summary = course.grade()
    assert set(summary.graded) == {*honest, "corrupt", "empty", "nothing"}
    assert not summary.failed
    return course


def test_scores_of_honest_work(graded: Course) -> None:
    assert graded.points("reference") == CHAPTER.points
    assert graded.points("starter") == 0
    assert 0 < graded.points("mistakes") < CHAPTER.points
    for student in ("reference", "starter", "mistakes", "half"):
        result = graded.result(student)
        recorded = {f"{v['exercise'].split('.')[1]}_check": v["points"] for v in result["verdicts"]}
        assert recorded == graded.scores(student)
        assert result["state"] == "graded"
        assert result["points"] == graded.points(student)


def test_what_cannot_be_graded_says_why(graded: Course) -> None:
    for student, word in (("corrupt", "damaged"), ("empty", "empty"), ("nothing", "no notebook")):
        result = graded.result(student)
        assert result["state"] == "not gradable"
        assert word in result["reason"]
        assert result["todo"]
        assert set(graded.scores(student).values()) == {None}


def test_executed_notebooks_are_valid(graded: Course) -> None:
    for path in (graded.root / "autograded").rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        ids = [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]
        assert sorted(ids) == sorted({*ids})
        assert len(ids) == 2 * len(CHAPTER.exercises)
    notebook = nbformat.read(graded.autograded("mistakes"), as_version=4)
    cards = [c.outputs[0].data["text/html"] for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert len(cards) == len(CHAPTER.exercises)
    assert any("Likely cause" in card for card in cards)
    text = graded.autograded("mistakes").read_text()
    for verdict in graded.result("mistakes")["verdicts"]:
        assert str(verdict["seed"]) not in text


def test_stock_commands_work_afterwards(graded: Course) -> None:
    graded.command("nbgrader", "generate_feedback", NAME)
    graded.command("nbgrader", "export")
    with (graded.root / "grades.csv").open() as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert exported == {student: graded.result(student)["points"] for student in exported}
    assert set(exported) == {path.name for path in (graded.root / "submitted").iterdir()}
    assert "Likely cause" in (graded.root / "feedback" / "mistakes" / NAME / f"{NAME}.html").read_text()
    assert "could not be graded" in (graded.root / "feedback" / "corrupt" / NAME / f"{NAME}.html").read_text()
    assert (graded.root / "autograded" / "reference" / NAME / "timestamp.txt").exists()


def test_rows_equal_those_of_nbgrader(graded: Course, tmp_path: Path, honest: dict[str, Notebook]) -> None:
    """The assignment's rows, made by us, are what ``nbgrader generate_assignment`` makes."""
    stock = Course(tmp_path / "stock")
    stock.command("nbgrader", "generate_assignment", NAME, "--force")
    queries = (
        "select name, max_score, cell_type from base_cell left join grade_cells using (id) order by name, max_score",
        "select name, cell_type, locked, source, checksum from source_cell order by name",
        "select name, kernelspec from notebook",
        "select name, duedate, course_id from assignment",
        "select version_num from alembic_version",
    )
    for query in queries:
        rows = []
        for course in (graded, stock):
            with sqlite3.connect(course.root / "gradebook.db") as connection:
                rows.append(connection.execute(query).fetchall())
        assert rows[0] == rows[1], query


def test_equal_verdicts_with_grader_check(graded: Course) -> None:
    """In a kernel of the student's own, and here: the same points and outcomes, exercise by exercise."""
    students = ("mistakes", "half")  # between them all three outcomes
    paths = [str(graded.root / "submitted" / student / NAME / CHAPTER.notebook) for student in students]
    said = graded.command("grader", "check", "--json", *paths, check=False)
    for student, entry in zip(students, json.loads(said.stdout)["notebooks"], strict=True):
        ours = {v["exercise"]: (v["points"], v["outcome"]) for v in graded.result(student)["verdicts"]}
        theirs = {v["exercise"]: (v["points"], v["outcome"]) for v in entry["verdicts"]}
        assert ours == theirs, student


def test_a_second_run_changes_nothing(graded: Course) -> None:
    before = graded.snapshot()
    summary = graded.grade()
    assert summary.graded == []
    assert len(summary.skipped) == 7
    assert graded.snapshot() == before


# -- changes -------------------------------------------------------------------------------------------------------


def test_resubmission_force_and_stale_scores(course: Course) -> None:
    course.submit("ada", solved())
    course.submit("bo", starter())
    course.grade()
    assert course.points("ada") == CHAPTER.points
    seed = course.result("ada")["seed"]

    course.submit("ada", "not a notebook any more")
    summary = course.grade()
    assert summary.graded == ["ada"]
    assert course.points("ada") == 0  # the old score is gone
    assert course.result("ada")["state"] == "not gradable"

    course.submit("ada", solved())
    summary = course.grade(force=True, students=("ada",))
    assert summary.graded == ["ada"]
    assert course.points("ada") == CHAPTER.points
    assert course.result("ada")["seed"] != seed  # a new secret each run

    course.autograded("ada").unlink()
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        connection.execute("update grade set auto_score = 3")
    assert set(course.grade().graded) == {"ada", "bo"}
    assert (course.points("ada"), course.points("bo")) == (CHAPTER.points, 0)


def test_late_flag_and_penalty(course: Course) -> None:
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    course.submit("ada", solved())
    (course.root / "submitted" / "ada" / NAME / "timestamp.txt").write_text("2026-01-02 10:00:00 UTC")
    course.grade()
    assert course.result("ada")["late_seconds"] == 0
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        connection.execute("update assignment set duedate = '2026-01-02 09:00:00.000000'")
    course.grade(force=True)
    assert course.result("ada")["late_seconds"] == 3600
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        penalty, timestamp = connection.execute(
            "select late_submission_penalty, timestamp from submitted_notebook join submitted_assignment "
            "on submitted_assignment.id = submitted_notebook.assignment_id"
        ).fetchone()
    assert penalty == CHAPTER.points
    assert timestamp.startswith("2026-01-02 10:00:00")


def test_scores_given_by_hand_stay(course: Course) -> None:
    course.submit("ada", starter())
    course.grade()
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        connection.execute("update grade set manual_score = 1.5")
    course.submit("ada", solved())
    course.grade()
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        rows = connection.execute("select manual_score, needs_manual_grade from grade").fetchall()
    assert set(rows) == {(1.5, 1)}


def test_the_same_secret_draws_the_same_inputs(course: Course) -> None:
    course.submit("ada", starter())
    course.grade(secret="a secret")
    first = [v["seed"] for v in course.result("ada")["verdicts"]]
    course.grade(secret="a secret", force=True)
    assert [v["seed"] for v in course.result("ada")["verdicts"]] == first
    assert len(set(first)) == len(first)


# -- the gradebook is busy, read-only, broken ----------------------------------------------------------------------


def test_locked_gradebook(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    course.submit("ada", starter())
    course.grade()
    monkeypatch.setattr(gradebook, "LOCK_SECONDS", 0.5)
    with sqlite3.connect(course.root / "gradebook.db", isolation_level=None) as connection:
        connection.execute("begin exclusive")
        with pytest.raises(Problem, match="locked"):
            course.grade(force=True)
        connection.execute("rollback")
    assert course.grade(force=True).graded == ["ada"]


def test_gradebook_that_is_none(course: Course) -> None:
    course.submit("ada", starter())
    (course.root / "gradebook.db").write_text("this is no database, but it is long enough to look at" * 50)
    with pytest.raises(Problem, match="not a database"):
        course.grade()
    assert not (course.root / "autograded").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_read_only_gradebook(course: Course) -> None:
    course.submit("ada", starter())
    course.grade()
    (course.root / "gradebook.db").chmod(0o444)
    with pytest.raises(Problem, match="cannot be written"):
        course.grade(force=True)


def test_unusable_input(course: Course, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="Nobody has handed in"):
        course.grade()
    course.submit("ada", starter())
    with pytest.raises(Problem, match="no submission of eve"):
        course.grade(students=("eve",))
    with pytest.raises(Problem, match="no such folder"):
        grade_class(CHAPTER, Options(course=tmp_path / "nowhere"))


# -- killed half-way -----------------------------------------------------------------------------------------------


def test_kill_9_of_the_supervisor_then_resume(course: Course) -> None:
    students = [f"s{number:02d}" for number in range(8)]
    for student in students:
        notebook = starter()
        notebook["cells"].append({**notebook["cells"][0], "id": "slow", "source": "import time; time.sleep(0.3)"})
        course.submit(student, notebook)
    command = [sys.executable, "-m", "grader", "grade", NAME, "--workers", "2"]
    process = subprocess.Popen(
        command, cwd=course.root, env={**os.environ, "PYTHONPATH": str(PROJECT)}, stdout=subprocess.DEVNULL
    )
    results = course.root / "reports" / NAME / "results"
    deadline = time.monotonic() + 120
    while len(list(results.glob("s*.json"))) < 2:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    done = {path.stem: path.stat().st_mtime_ns for path in results.glob("s*.json")}
    assert 2 <= len(done) < len(students)

    summary = course.grade()
    assert set(summary.skipped) == set(done)
    assert set(summary.graded) == set(students) - set(done)
    assert {name: (results / f"{name}.json").stat().st_mtime_ns for name in done} == done
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        rows = connection.execute("select student_id, count(*) from submitted_assignment group by 1").fetchall()
    assert dict(rows) == dict.fromkeys(students, 1)
    left = [path.name for path in (course.root / "autograded").rglob(".*")]
    assert left == []


def test_ctrl_c_keeps_what_is_done(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        course.submit(f"s{number}", starter())

    def stop(done: int, total: int, student: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    summary = grade_class(CHAPTER, Options(course=course.root, workers=1), stop)
    assert summary.interrupted
    assert len(summary.graded) == 2
    assert grade_class(CHAPTER, Options(course=course.root, workers=2)).skipped == summary.graded


def test_one_thread_for_each_job(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where there are more cores than workers: on a busy machine threads wait for each other, for minutes."""
    monkeypatch.setattr(servers, "cores", lambda: 8)
    notebook = starter()
    count = {**notebook["cells"][0], "id": "threads", "source": "print('threads:', torch.get_num_threads())"}
    notebook["cells"].insert(1, count)
    course.submit("ada", notebook)
    course.grade()
    cells = nbformat.read(course.autograded("ada"), as_version=4).cells
    (shown,) = [
        output.text for cell in cells for output in cell.get("outputs", []) if "threads:" in output.get("text", "")
    ]
    assert shown == "threads: 1\n"


# -- the machinery fails -------------------------------------------------------------------------------------------


def test_kill_9_of_the_fork_server(course: Course) -> None:
    """Whether the job in it lives on or is begun again: the result is the same, and the next one finds a new server."""
    notebook = solved()
    notebook["cells"].insert(1, {**notebook["cells"][0], "id": "slow", "source": "import time; time.sleep(1.5)"})
    course.submit("ada", notebook)
    course.grade()
    server = next(s for s in servers._servers.values() if s.backend == course.result("ada")["backend"])
    pid = server.pid
    assert pid is not None
    timer = threading.Timer(1.0, os.kill, (pid, signal.SIGKILL))
    timer.start()
    assert course.grade(force=True).graded == ["ada"]
    timer.join()
    assert course.points("ada") == CHAPTER.points
    assert course.grade(force=True).graded == ["ada"]
    assert server.pid != pid
    assert course.points("ada") == CHAPTER.points


def test_full_disk(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    for student in ("ada", "bo", "cy"):
        course.submit(student, starter())
    whole = record.write_folder
    calls: list[Path] = []

    def full(folder: Path, files: dict[str, str], mode: int) -> None:
        calls.append(folder)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device", str(folder))
        whole(folder, files, mode)

    monkeypatch.setattr(record, "write_folder", full)
    with pytest.raises(Problem, match="No space left") as problem:
        course.grade()
    assert "same command again" in problem.value.todo
    monkeypatch.undo()
    summary = course.grade()
    assert len(summary.skipped) == 1
    assert len(summary.graded) == 2


@pytest.mark.parametrize("backend", ["bubblewrap", "landlock"])
def test_other_backends(course: Course, backend: str) -> None:
    if not next(attempt for attempt in examine().attempts if attempt.backend == backend).works:
        pytest.skip(f"{backend} does not work here")
    course.submit("ada", solved())
    course.grade(backend=backend)
    assert course.points("ada") == CHAPTER.points
    assert course.result("ada")["backend"] == backend


def test_no_sandbox_must_be_asked_for(course: Course) -> None:
    course.submit("ada", starter())
    with pytest.raises(Problem, match="without a sandbox"):
        course.grade(backend="none")
    assert not (course.root / "autograded").exists()
