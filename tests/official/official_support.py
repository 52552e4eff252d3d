"""A small course (chapter 1 cut down to its exercises), classes of submissions, and one fork server for all tests."""

from __future__ import annotations

import functools
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbgrader.api
import pytest

from grader.cli.demo import MISTAKES
from grader.course import CHAPTERS
from grader.official import run, servers
from grader.official.run import Options, Summary, grade_class
from grader.sandbox import examine

PROJECT = Path(__file__).resolve().parents[2]
CHAPTER = CHAPTERS[0]
NAME = CHAPTER.name
SETUP = """\
import numpy as np
import pandas as pd
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset
from grader.chapters import ch01
"""
Notebook = dict[str, Any]


def grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def code(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}


def cut_down(tree: str) -> Notebook:
    """The chapter's notebook with a short setup and its graded cells only."""
    data: Notebook = json.loads(CHAPTER.path(tree).read_text(encoding="utf-8"))
    cells = [cell for cell in data["cells"] if cell["cell_type"] == "code" and grade_id(cell)]
    for cell in cells:
        cell["source"], cell["outputs"] = "".join(cell["source"]), []
    data["cells"] = [{**code(SETUP), "id": "setup"}, *cells]
    return data


def solved(**answers: str) -> Notebook:
    """A student's notebook: the reference's answers, but for those given."""
    notebook = cut_down("notebooks")
    texts = {grade_id(cell): cell["source"] for cell in cut_down("solutions")["cells"]}
    for cell in notebook["cells"]:
        name = grade_id(cell)
        if name and not name.endswith("_check"):
            cell["source"] = answers.get(name, "\n".join(x for x in texts[name].splitlines() if "### " not in x))
    return notebook


def starter(**answers: str) -> Notebook:
    """A student's notebook: nothing written, but for the answers given."""
    notebook = cut_down("notebooks")
    for cell in notebook["cells"]:
        cell["source"] = answers.get(grade_id(cell), cell["source"])
    return notebook


class Course:
    """A course folder in which classes are graded."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        (root / "nbgrader_config.py").write_bytes((PROJECT / "nbgrader_config.py").read_bytes())
        for tree in ("solutions", "notebooks"):
            folder = root / tree / NAME
            folder.mkdir(parents=True)
            (folder / CHAPTER.notebook).write_text(json.dumps(cut_down(tree)))

    def submit(self, student: str, work: Notebook | str | bytes, name: str = CHAPTER.notebook) -> Path:
        folder = self.root / "submitted" / student / NAME
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        if isinstance(work, bytes):
            path.write_bytes(work)
        else:
            path.write_text(work if isinstance(work, str) else json.dumps(work))
        return path

    def grade(self, **options: Any) -> Summary:
        return grade_class(CHAPTER, Options(course=self.root, workers=2, **{"seconds": 20, **options}))

    def result(self, student: str) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.root / "reports" / NAME / "results" / f"{student}.json").read_text())
        return data

    def autograded(self, student: str) -> Path:
        return self.root / "autograded" / student / NAME / CHAPTER.notebook

    def scores(self, student: str) -> dict[str, float | None]:
        """Automatic scores by cell, as they stand in the gradebook."""
        query = """
            select base_cell.name, grade.auto_score from grade
            join base_cell on base_cell.id = grade.cell_id
            join submitted_notebook on submitted_notebook.id = grade.notebook_id
            join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
            where submitted_assignment.student_id = ?
        """
        with sqlite3.connect(self.root / "gradebook.db") as connection:
            return dict(connection.execute(query, (student,)).fetchall())

    def points(self, student: str) -> float:
        return sum(score or 0 for score in self.scores(student).values())

    def snapshot(self) -> dict[str, tuple[int, bytes]]:
        """Every file that grading writes: time of change and content."""
        files = [self.root / "gradebook.db"]
        for folder in ("autograded", "reports"):
            files += [path for path in (self.root / folder).rglob("*") if path.is_file() and path.name != ".lock"]
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    def command(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run ``python -m ...`` in the course folder."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "COLUMNS": "160"},
            capture_output=True,
            text=True,
            timeout=900,  # on a busy machine
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done


@pytest.fixture(scope="session", autouse=True)
def one_server() -> Iterator[None]:
    """Tests share the fork server, which takes seconds to start: runs do not end it."""
    if examine().best == "none":
        pytest.skip("no sandbox works on this machine")
    # nbgrader asks a program for it whenever a gradebook is made, which takes seconds
    nbgrader.api.get_alembic_version = functools.cache(nbgrader.api.get_alembic_version)
    kept = run.close_servers
    run.close_servers = lambda: None
    yield
    run.close_servers = kept
    servers.close_servers()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path / "course")


@pytest.fixture(scope="session")
def honest() -> dict[str, Notebook]:
    """Honest work of four students."""
    wrong = solved(**MISTAKES)
    half = starter(**{grade_id(c): c["source"] for c in solved()["cells"][:12] if not grade_id(c).endswith("_check")})
    return {"reference": solved(), "mistakes": wrong, "starter": starter(), "half": half}
