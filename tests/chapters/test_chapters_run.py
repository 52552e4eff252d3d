"""Each chapter as a whole: the student notebook runs to its end untouched, and the solutions run on the real data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from data_scripts import water
from grader.course import CHAPTERS, Chapter


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.name)
def test_the_untouched_student_notebook_runs_to_its_end(chapter: Chapter, tmp_path: Path) -> None:
    notebook = nbformat.read(chapter.path("notebooks"), as_version=4)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}})
    client.execute(env=dict(os.environ))  # raises at the first error
    verdicts = [
        o.metadata["verdict"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "verdict" in o.get("metadata", {})
    ]
    assert [v["exercise"] for v in verdicts] == [e.key for e in chapter.exercises]
    assert {v["outcome"] for v in verdicts} == {"not attempted"}


def test_chapter_1_on_the_real_water_data(shared_data: Path, tmp_path: Path) -> None:
    files = water.prepare(
        source="real", from_path=shared_data / "water_potability.csv", root=tmp_path, say=lambda _: None
    )
    assert files.source == "real"
    done = subprocess.run(
        [sys.executable, "-m", "grader", "check", "--json", str(CHAPTERS[0].path("solutions"))],
        env=os.environ | {"COURSE_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    (graded,) = json.loads(done.stdout)["notebooks"]
    assert graded["points"] == CHAPTERS[0].points
