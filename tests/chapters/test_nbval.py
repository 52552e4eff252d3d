"""nbval, strict, over the solution notebooks: in a run of its own, since a notebook's cells must stay in order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import CHAPTERS, Chapter

OPTIONS = "-n 0 -q --nbval --nbval-current-env --nbval-cell-timeout 300 --nbval-sanitize-with tests/nbval_sanitize.cfg"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda c: c.name)
def test_stored_outputs(chapter: Chapter, root: Path) -> None:
    command = [sys.executable, "-m", "pytest", str(chapter.path("solutions")), *OPTIONS.split()]
    env = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}  # plots are outputs too
    env["TQDM_DISABLE"] = "1"  # the bar of data that are prepared for the first time is no stored output
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout
