"""Every chapter, cut down to its setup, definitions and graded cells, through all three ways of grading.

`nbgrader autograde`, `grader grade` and `grader check` must give the same score for each exercise of honest work. The
whole of chapter 1 goes the same way in test_round_trip.py.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from grader.course import CHAPTERS, Chapter
from grader.sandbox import examine


def run(*command: str, cwd: Path, check: bool = True) -> str:
    """Run a command of the environment in a folder; what it printed."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=cwd, capture_output=True, text=True, check=False)
    assert not check or done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


def grade_id(cell: nbformat.NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def definitions(source: str) -> str:
    """The imports, functions and classes of a cell, without what it computes."""
    kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    kept = [statement for statement in ast.parse(source).body if isinstance(statement, kinds)]
    return "\n\n\n".join(filter(None, (ast.get_source_segment(source, statement) for statement in kept)))


def lean(chapter: Chapter, tree: str) -> nbformat.NotebookNode:
    """The chapter's notebook without text, plots and trainings."""
    notebook = nbformat.read(chapter.path(tree), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for cell in code[1:]:
        if not grade_id(cell):
            cell.source = definitions(cell.source)
    notebook.cells = [cell for cell in code if cell.source]
    for cell in notebook.cells:
        cell.outputs = []
    return notebook


@pytest.fixture
def course(chapter: Chapter, root: Path, tmp_path: Path) -> Path:
    """Two submissions: the reference's answers, and every second one of them."""
    shutil.copy(root / "nbgrader_config.py", tmp_path)
    references = {grade_id(cell): cell.source for cell in lean(chapter, "solutions").cells}
    works = {"reference": lean(chapter, "notebooks"), "half": lean(chapter, "notebooks")}
    for name, work in works.items():
        answers = [cell for cell in work.cells if cell.metadata.get("nbgrader", {}).get("solution")]
        for cell in answers[:: 1 if name == "reference" else 2]:
            source = references[grade_id(cell)]
            cell.source = "\n".join(line for line in source.splitlines() if "### " not in line)
    for folder, notebook in (
        ("solutions", lean(chapter, "solutions")),
        ("notebooks", lean(chapter, "notebooks")),
        *((f"submitted/{name}", work) for name, work in works.items()),
    ):
        (tmp_path / folder / chapter.name).mkdir(parents=True)
        nbformat.write(notebook, tmp_path / folder / chapter.name / chapter.notebook)
    return tmp_path


def recorded(course: Path, chapter: Chapter, student: str) -> dict[str, float]:
    """Scores in the gradebook, by exercise."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grades = gradebook.find_submission_notebook(chapter.name, chapter.name, student).grades
        return {grade.name.removesuffix("_check"): grade.score for grade in grades}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.name)
def test_three_graders_agree(chapter: Chapter, course: Path) -> None:
    students = ("reference", "half")
    run("nbgrader", "generate_assignment", chapter.name, "--force", cwd=course)
    run("nbgrader", "autograde", chapter.name, cwd=course)
    stock = {student: recorded(course, chapter, student) for student in students}
    works = [str(course / "submitted" / student / chapter.name / chapter.notebook) for student in students]
    said = json.loads(run("grader", "check", "--json", *works, cwd=course, check=False))["notebooks"]
    checked = [{v["exercise"].split(".")[1]: v["points"] for v in graded["verdicts"]} for graded in said]
    assert checked == [stock[student] for student in students]
    assert sum(stock["reference"].values()) == chapter.points
    assert 0 < sum(stock["half"].values()) < chapter.points
    if examine().best == "none":
        pytest.skip("no sandbox works on this machine: `grader grade` could not be compared")
    (course / "gradebook.db").unlink()
    shutil.rmtree(course / "autograded")
    run("grader", "grade", chapter.name, "--workers", "1", cwd=course)
    assert {student: recorded(course, chapter, student) for student in students} == stock
