"""Stock nbgrader on the whole of chapter 1: generate, validate, a class through autograde, feedback, export.

Real nbgrader commands, real kernels, a real SQLite gradebook, in a copy of the course folder.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.cli.demo import MISTAKES
from grader.course import CHAPTERS, Chapter

pytestmark = pytest.mark.xdist_group("nbgrader")
CHAPTER = CHAPTERS[0]


def run(*command: str, cwd: Path, check: bool = True) -> str:
    """Run a command of the environment in a folder; its output."""
    env = os.environ | {"COURSE_DATA": str(cwd / "course-data")}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    output = done.stdout + done.stderr
    if check:
        assert done.returncode == 0, output[-4000:]
    return output


def solution_cells(path: Path) -> dict[str, Any]:
    """Cells with nbgrader metadata by grade id."""
    cells = nbformat.read(path, as_version=4).cells
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells if "nbgrader" in cell.metadata}


def answer(source: str) -> str:
    """The reference's answer without markers."""
    return "\n".join(line for line in source.splitlines() if "### " not in line)


@pytest.fixture(scope="module")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what nbgrader needs: its configuration and the source notebooks."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(root / "nbgrader_config.py", folder)
    shutil.copytree(root / "solutions", folder / "solutions")
    return folder


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.name)
def test_generate_reproduces_the_student_notebook(course: Path, root: Path, chapter: Chapter) -> None:
    run("nbgrader", "generate_assignment", chapter.name, cwd=course)
    made = (course / "notebooks" / chapter.name / chapter.notebook).read_bytes()
    assert made == chapter.path("notebooks").read_bytes(), "run `python -m grader.release` and commit the result"
    assert b"BEGIN SOLUTION" not in made


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.name)
def test_points_and_ids_agree_with_the_checks(chapter: Chapter) -> None:
    cells = solution_cells(chapter.path("solutions"))
    graded = {name: cell.metadata.nbgrader for name, cell in cells.items() if cell.metadata.nbgrader.grade}
    assert set(graded) == {f"{exercise.name}_check" for exercise in chapter.exercises}
    for exercise in chapter.exercises:
        assert graded[f"{exercise.name}_check"].points == exercise.points
        assert graded[f"{exercise.name}_check"].locked
        assert cells[exercise.name].metadata.nbgrader.solution
        assert cells[f"{exercise.name}_check"].source == f"{chapter.module}.{exercise.name}.check()"


@pytest.mark.parametrize("chapter", CHAPTERS[:1], ids=lambda c: c.name)
def test_validate(root: Path, tmp_path: Path, chapter: Chapter) -> None:
    for tree in ("solutions", "notebooks"):
        shutil.copytree(root / tree / chapter.name, tmp_path / tree)
    # nbgrader's exit status is 0 either way: its words count
    said = run("nbgrader", "validate", f"solutions/{chapter.notebook}", cwd=tmp_path)
    assert "Success! Your notebook passes all the tests." in said
    said = run("nbgrader", "validate", f"notebooks/{chapter.notebook}", cwd=tmp_path)
    assert f"VALIDATION FAILED ON {len(chapter.exercises)} CELL(S)" in said
    for exercise in chapter.exercises:
        assert f"{exercise.number} {exercise.title}: not attempted" in said
    assert "Traceback" not in said


def submissions(root: Path) -> dict[str, nbformat.NotebookNode]:
    """Five students' notebooks, made from the student notebook."""
    references = solution_cells(CHAPTER.path("solutions"))
    starter = {n: c for n, c in solution_cells(CHAPTER.path("notebooks")).items() if c.metadata.nbgrader.solution}

    def student() -> nbformat.NotebookNode:
        return nbformat.read(CHAPTER.path("notebooks"), as_version=4)

    def fill(notebook: nbformat.NotebookNode, replace: Mapping[str, str]) -> nbformat.NotebookNode:
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = replace.get(name, answer(references[name].source))
        return notebook

    deleted = fill(student(), {})
    gone = {"account", "make_loader_check", "net_class"}  # two answers, one check
    deleted.cells = [c for c in deleted.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in gone]
    return {
        "reference": fill(student(), {}),
        "starter": student(),
        "mistakes": fill(student(), MISTAKES),
        "half": fill(student(), {name: starter[name].source for name in list(starter)[::2] if name in references}),
        "deleted": deleted,
    }


def test_a_class_of_five(course: Path, root: Path) -> None:
    from nbgrader.api import Gradebook

    for name, notebook in submissions(root).items():
        folder = course / "submitted" / name / CHAPTER.name
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / CHAPTER.notebook)
    run("nbgrader", "generate_assignment", CHAPTER.name, "--force", cwd=course)
    run("nbgrader", "autograde", CHAPTER.name, cwd=course)
    run("nbgrader", "generate_feedback", CHAPTER.name, cwd=course)
    run("nbgrader", "export", cwd=course)

    totals: dict[str, float] = {}
    by_stock: dict[str, dict[str, float]] = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for name in ("reference", "starter", "mistakes", "half", "deleted"):
            recorded = {
                grade.name: grade.score
                for grade in gradebook.find_submission_notebook(CHAPTER.name, CHAPTER.name, name).grades
            }
            said = run(
                "grader", "check", "--json", str(course / "submitted" / name / CHAPTER.name / CHAPTER.notebook),
                cwd=course, check=False,
            )  # fmt: skip
            ours = {v["exercise"].split(".")[1]: v["points"] for v in _verdicts(said)}
            assert {f"{key}_check": points for key, points in ours.items()} == recorded, name
            totals[name] = sum(recorded.values())
            by_stock[name] = recorded
    assert totals["reference"] == CHAPTER.points
    assert totals["starter"] == 0
    assert 0 < totals["mistakes"] < CHAPTER.points
    assert 0 < totals["half"] < CHAPTER.points
    lost = {"account", "savings_account", "make_loader", "net_class"}  # 1.2 needs the answer to 1.1
    assert totals["deleted"] == CHAPTER.points - sum(e.points for e in CHAPTER.exercises if e.name in lost)

    with (course / "grades.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == CHAPTER.name]
    exported = {row["student_id"]: float(row["score"]) for row in rows}
    assert exported == totals
    page = (course / "feedback" / "mistakes" / CHAPTER.name / f"{CHAPTER.name}.html").read_text()
    assert "Likely cause" in page
    assert "Traceback (most recent call last)" not in page

    # the third of the three: `grader grade` gives honest work the same scores, exercise by exercise, in the same book
    run("grader", "grade", CHAPTER.name, "--force", "--unsafe-no-sandbox", cwd=course)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for name in ("reference", "starter", "mistakes", "half"):  # "deleted" lacks cells: these are put back here
            notebook = gradebook.find_submission_notebook(CHAPTER.name, CHAPTER.name, name)
            assert {grade.name: grade.score for grade in notebook.grades} == by_stock[name], name


def _verdicts(output: str) -> list[dict[str, Any]]:
    """The verdicts in the JSON that `grader check --json` prints."""
    start = output.index("{")
    data, _ = json.JSONDecoder().raw_decode(output[start:])
    return data["notebooks"][0]["verdicts"] if "notebooks" in data else data["verdicts"]
