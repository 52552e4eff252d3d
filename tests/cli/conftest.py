"""Fixtures for the command: a small course, made from the real one, whose notebooks run in a few seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

PROJECT = Path(__file__).resolve().parents[2]
NAME = "01_oop_datasets"
SETUP = """\
import pandas as pd
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset
from grader.chapters import ch01
"""


def grade_id(cell: dict[str, Any]) -> str:
    return cell["metadata"].get("nbgrader", {}).get("grade_id", "")


class Course:
    """A course folder with chapter 1 cut down to its exercises, and notebooks made from it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for tree in ("solutions", "notebooks"):
            original = json.loads((PROJECT / tree / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
            setup = {"cell_type": "code", "metadata": {}, "source": SETUP, "outputs": [], "execution_count": None}
            graded = [cell for cell in original["cells"] if cell["cell_type"] == "code" and grade_id(cell)]
            for cell in graded:
                cell["source"], cell["outputs"] = "".join(cell["source"]), []
            folder = root / tree / NAME
            folder.mkdir(parents=True)
            (folder / f"{NAME}.ipynb").write_text(json.dumps({**original, "cells": [setup, *graded]}))

    def notebook(self, tree: str = "solutions") -> dict[str, Any]:
        """The notebook as data, to be changed at will."""
        data: dict[str, Any] = json.loads((self.root / tree / NAME / f"{NAME}.ipynb").read_text())
        return data

    def answer(self, name: str) -> str:
        """The reference's solution cell."""
        return next(cell["source"] for cell in self.notebook()["cells"] if grade_id(cell) == name)


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return Course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def environment(course: Course, tmp_path: Path) -> dict[str, str]:
    """Variables under which the command leaves nothing of the user's in the way."""
    return {"COURSE_ROOT": str(course.root), "GRADER_PROGRESS": str(tmp_path / "progress.json"), "COLUMNS": "100"}


@pytest.fixture
def grader(environment: dict[str, str]) -> Callable[..., Result]:
    """Runs the command in this process."""
    from grader.cli import main

    def run(*arguments: object, **variables: str) -> Result:
        return CliRunner().invoke(main, [*map(str, arguments)], env={**environment, **variables})

    return run


@pytest.fixture
def process(environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command as a user does, in a process of its own."""

    def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "grader", *map(str, arguments)],
            cwd=PROJECT,
            env={**os.environ, **environment, **variables},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return run
