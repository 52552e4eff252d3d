"""What happens before anything runs: files that change under the reader's hands, and notebooks that are none."""

from __future__ import annotations

import contextlib
import json
import os
import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from attack_support import ALL, CHAPTER, NAME, SECRETS, code, solved, starter
from official_support import Course, cut_down

from grader.official.record import build
from grader.official.submission import Release, open_submission


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    path = tmp_path_factory.mktemp("release") / CHAPTER.notebook
    path.write_text(json.dumps(cut_down("notebooks")))
    return Release.read(path, CHAPTER)


def test_a_file_that_is_swapped_while_it_is_read(tmp_path: Path, release: Release) -> None:
    """Between the student's own file and a link, a pipe, a folder: only the student's own bytes are ever taken."""
    secret = tmp_path / "solutions.ipynb"
    secret.write_text(json.dumps(solved(account=f"# {SECRETS['solutions']}\nclass Account: pass")))
    folder = tmp_path / "submitted" / "eve" / NAME
    folder.mkdir(parents=True)
    target = folder / CHAPTER.notebook
    mine = json.dumps(starter())
    stop = threading.Event()

    def swap() -> None:
        beside = tmp_path / "beside"
        for number in range(10**9):
            if stop.is_set():
                return
            if number % 4 == 0:
                beside.write_text(mine)
            elif number % 4 == 1:
                beside.symlink_to(secret)
            elif number % 4 == 2:
                os.mkfifo(beside)
            else:
                beside.write_text(mine[: number % len(mine)])
            with contextlib.suppress(OSError):
                os.replace(beside, target)

    thread = threading.Thread(target=swap)
    thread.start()
    seen = set()
    deadline = time.monotonic() + 3
    try:
        while time.monotonic() < deadline:
            found = open_submission("eve", folder, release)
            text = "".join(entry.source for entry in found.entries)
            assert SECRETS["solutions"] not in text
            seen.add(found.reason[:30])
    finally:
        stop.set()
        thread.join()
    assert "" in seen
    assert any("link" in reason for reason in seen)


def mutated(value: Any, dice: random.Random, depth: int = 0) -> Any:
    """The value with something replaced by what does not belong there."""
    odd = [None, True, -1, 10**30, 1e999, "", "\ud800", "x" * 300, [], {}, [[]], {"a": {"b": []}}, "../..", 3.5]
    if dice.random() < 0.03 or depth > 6:
        return dice.choice(odd)
    if isinstance(value, dict):
        return {(k if dice.random() > 0.01 else "\udfff"): mutated(v, dice, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        mixed = [mutated(part, dice, depth + 1) for part in value]
        return mixed * 2 if dice.random() < 0.02 else mixed
    return value


def test_notebooks_with_anything_anywhere(tmp_path: Path, release: Release) -> None:
    """Whatever stands in the file: it is read or refused with a reason, and can be written down."""
    folder = tmp_path / "submitted" / "eve" / NAME
    folder.mkdir(parents=True)
    dice = random.Random(0)
    states = []
    for number in range(150):
        book = mutated(solved() if number % 2 else starter(), dice)
        (folder / CHAPTER.notebook).write_text(json.dumps(book))
        found = open_submission("eve", folder, release)
        assert found.reason or found.entries
        assert found.sha256
        build(found, release, [], {})
        json.dumps(found.steps())
        states.append(bool(found.reason))
    assert 10 < sum(states) < 140


@pytest.mark.parametrize("text", ["\n", " \n", "Net\n", "class \n", "ch01.", "`", "(", "#", "\r", "\x0c", "\u3000"])
def test_a_cell_of_a_million_characters_is_read_in_time(text: str, tmp_path: Path, release: Release) -> None:
    folder = tmp_path / "submitted" / "eve" / NAME
    folder.mkdir(parents=True)
    book = starter()
    book["cells"][1:1] = [code(text * ((2**20 - 1) // len(text)))]
    (folder / CHAPTER.notebook).write_text(json.dumps(book))
    started = time.process_time()
    found = open_submission("eve", folder, release)
    notebook = build(found, release, [], {})
    assert time.process_time() - started < 5
    assert max(len(cell.source) for cell in notebook.cells) < 60_000
    from nbconvert.filters import Highlight2HTML

    longest = max(notebook.cells, key=lambda cell: len(cell.source)).source[:4_000]
    Highlight2HTML(pygments_lexer="ipython3")(longest)
    assert time.process_time() - started < 12  # nbgrader's pages color it


def test_names_of_students(course: Course) -> None:
    """Names of folders that look like something else are names; one that is no text gets a line that says so."""
    names = ["<script>attack()<", "a\nb", "-rf", "%2e%2e", "$(id)", "'; --"]
    for name in names:
        course.submit(name, solved())
    course.submit("ada", starter())
    broken = "\udcff\udcfe"
    try:
        course.submit(broken, solved())
    except OSError:
        broken = ""  # no such name on this file system
    summary = course.grade()
    assert list(summary.failed) == [broken] * bool(broken)
    assert {name: summary.results[name]["points"] for name in names} == dict.fromkeys(names, ALL)
    assert summary.results["ada"]["points"] == 0
    assert course.grade().graded == []
