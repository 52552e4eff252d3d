"""nbgrader's start without what takes seconds: the same gradebook, and nothing missing afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader import lean

pytestmark = pytest.mark.xdist_group("official")


def test_the_version_of_a_new_gradebook_is_the_one_that_nbgrader_would_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    code = "from nbgrader import api; print(api.get_alembic_version())"  # a process where nobody has changed nbgrader
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == lean.newest_revision(), done.stderr


def test_the_grammar_is_left_out_once_and_stays_there_for_others() -> None:
    code = (
        "import sys\n"
        "from grader import lean\n"
        "lean.prepare()\n"
        "import nbformat, nbgrader.api\n"
        "assert 'rfc3987_syntax' not in sys.modules\n"
        "nbformat.validate(nbformat.v4.new_notebook())\n"
        "lean.prepare()\n"
        "import rfc3987_syntax\n"
        "print('done')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "done\n", done.stderr
