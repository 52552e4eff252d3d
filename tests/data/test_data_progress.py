"""The progress bar that notebooks show while a set is prepared for the first time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CODE = """
from data_scripts.progress import bar
progress = bar("clouds")
for done in (20, 40, 60):
    progress(done, 60)
"""


@pytest.mark.parametrize("disabled", ["", "1"])
def test_the_bar_shows_and_goes_away(disabled: str) -> None:
    env = os.environ | {"TQDM_DISABLE": disabled}  # read when tqdm is imported: in a process of its own
    done = subprocess.run([sys.executable, "-c", CODE], env=env, capture_output=True, check=True)
    assert done.stdout == b""
    assert (b"preparing clouds (once)" in done.stderr) == (not disabled)
    assert done.stderr.endswith(b"\r") == (not disabled)  # wiped at the end, for the next line to take its place
