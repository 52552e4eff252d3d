"""``grader check`` on notebooks that are right, wrong, damaged, foreign, and on ones that fight back."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec

from grader import notebooks
from grader.cells import Problem
from tests.cli.conftest import NAME, PROJECT, Course, grade_id
from tests.cli.test_cli_commands import ends_in_error

pytestmark = pytest.mark.xdist_group("cli-check")


# -- nothing to grade ----------------------------------------------------------------------------------------------


def code_cell(source: str, **metadata) -> dict:
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": [], "execution_count": None}


UNUSABLE = {
    "empty.ipynb": (b"", "empty"),
    "blank.ipynb": (b" \n", "empty"),
    "binary.ipynb": (bytes(range(256)), "not text"),
    "broken.ipynb": (b'{"cells": [', "not valid JSON"),
    "deep.ipynb": (b"[" * 100_000, "not valid JSON"),
    "list.ipynb": (b"[1, 2]", "not a Jupyter notebook"),
    "other.json": (b'{"a": 1}', "not a Jupyter notebook"),
    "answer.py": (b"x = 1\n", "not a Jupyter notebook"),
    "future.ipynb": (b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "format 99"),
    "no_cells.ipynb": (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "no list of cells"),
    "zero_cells.ipynb": (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}', "no cells"),
    "odd_cells.ipynb": (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [3]}', "no list of cells"),
    "odd_text.ipynb": (
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code", "source": 3}]}',
        "a cell has no text",
    ),
    "old.ipynb": (
        b'{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": '
        b'[{"cells": [{"cell_type": "code", "input": "x = 1"}]}]}',
        "none of the exercises",
    ),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_files_that_are_no_notebook_of_the_course(grader, tmp_path, name):
    content, words = UNUSABLE[name]
    (tmp_path / name).write_bytes(content)
    ends_in_error(grader("check", tmp_path / name), words, "what to do")


def test_missing_file_and_folder(grader, course):
    folder = course.root / "notebooks" / NAME
    ends_in_error(grader("check", folder / "01_oop_dataset.ipynb"), "no such file", f"{NAME}.ipynb")
    ends_in_error(grader("check", folder), "folder", f"{NAME}.ipynb")


def test_notebooks_of_something_else(grader, tmp_path):
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [code_cell("1 + 1")]}))
    ends_in_error(grader("check", path), "none of the exercises")
    marked = code_cell("1", nbgrader={"grade_id": "question7", "grade": True, "solution": False, "points": 1})
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [marked]}))
    ends_in_error(grader("check", path), "another course")
    ends_in_error(grader("check", "--chapter", "99", path), "no such chapter")


def test_notebook_of_another_chapter_than_asked_for(course, monkeypatch):
    from grader import notebooks
    from grader.cells import Problem
    from grader.course import CHAPTERS, Chapter

    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    other = Chapter("02_other", "ch01")
    with pytest.raises(Problem, match="notebook of 01_oop_datasets, not of 02_other"):
        notebooks.grade_notebook(CHAPTERS[0].path("notebooks"), chapter=other)


def test_errors_as_json(grader, tmp_path):
    result = grader("check", "--json", tmp_path / "none.ipynb")
    assert result.exit_code == 2
    (entry,) = json.loads(result.output)["notebooks"]
    assert set(entry) == {"path", "error"}
    assert set(entry["error"]) == {"what", "where", "what_to_do"}


# -- one notebook with every kind of trouble -----------------------------------------------------------------------


def changed(course: Course, answers: dict[str, str], tree: str = "solutions") -> dict:
    """A notebook of the course with other text in some of its graded cells."""
    notebook = course.notebook(tree)
    for cell in notebook["cells"]:
        if grade_id(cell) in answers:
            cell["source"] = answers[grade_id(cell)]
    return notebook


TROUBLE = {
    "account_check": "print('all points, please')",
    "water_dataset": "class WaterDataset(Dataset:\n    pass\n",
    "loader_dtypes": "while True:\n    pass\n",
    "batch_plan": "def batch_plan(samples, batch_size, drop_last):\n    while True:\n        pass\n",
    "sequential_net": "def sequential_net():\n    raise NotImplementedError()\n",
    "net_class": "class Net(nn.Module):\n    def __init__(self):\n        self.layer = nn.Linear(9, 1)\n",
    "count_parameters": "raise ValueError('\\x1b[31mred\\x1b[2J')\n",
    "linear_by_hand": "for _ in range(30_000):\n    print('x' * 100)\n"
    "def linear_by_hand(x, weight, bias):\n    return x @ weight.T + bias\n",
    "forward_by_hand": "ch01_kept, ch01 = ch01, None\n",
    "forward_by_hand_check": "ch01 = ch01_kept",
    "row_dataset": "import os\nos._exit(3)\n",
}


@pytest.fixture(scope="module")
def trouble(course, tmp_path_factory):
    """The JSON of `grader check` on it, by exercise; made once, through the real command."""
    folder = tmp_path_factory.mktemp("trouble")
    notebook = changed(course, TROUBLE)
    cells = notebook["cells"]
    notebook["cells"] = [cell for cell in cells if grade_id(cell) != "savings_account_check"]
    place = next(i for i, cell in enumerate(notebook["cells"]) if grade_id(cell) == "make_loader_check")
    notebook["cells"].insert(place, dict(notebook["cells"][place]))
    for cell in notebook["cells"]:
        if grade_id(cell) == "first_batch_check":
            cell["cell_type"] = "markdown"
    notebook["cells"].insert(1, code_cell("import no_such_module"))
    notebook["metadata"]["kernelspec"] = {"name": "no-such-kernel", "display_name": "x", "language": "python"}
    path = folder / "handed in (1).ipynb"
    path.write_text(json.dumps(notebook))
    before = path.read_bytes(), path.stat().st_mtime_ns
    done = subprocess.run(
        [sys.executable, "-m", "grader", "check", "--json", "--timeout", "4", str(path)],
        cwd=PROJECT,
        env={**os.environ, "COURSE_ROOT": str(course.root), "NBGRADER_EXECUTION": "autograde"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before, "the student's file was written to"
    assert sorted(p.name for p in folder.iterdir()) == [path.name]
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    (entry,) = json.loads(done.stdout)["notebooks"]
    return entry, {verdict["exercise"].partition(".")[2]: verdict for verdict in entry["verdicts"]}


def test_one_verdict_per_exercise_and_the_schema(trouble):
    from grader.course import CHAPTERS

    entry, verdicts = trouble
    assert set(entry) == {"path", "chapter", "points", "possible", "passed", "seconds", "notes", "verdicts"}
    assert [v["exercise"] for v in entry["verdicts"]] == [e.key for e in CHAPTERS[0].exercises]
    assert entry["possible"] == CHAPTERS[0].points
    assert entry["points"] == sum(v["points"] for v in entry["verdicts"])
    assert entry["passed"] is False
    assert not any(v["internal"] for v in entry["verdicts"])
    for verdict in verdicts.values():
        assert verdict["points"] == (verdict["possible"] if verdict["outcome"] == "passed" else 0)
        assert (verdict["finding"] is None) == (verdict["outcome"] == "passed")


OUTCOMES = {
    "account": ("passed", ""),
    "savings_account": ("not attempted", "check cell is missing"),
    "water_dataset": ("failed", "The cell that defines `WaterDataset` stopped with SyntaxError"),
    "loader_dtypes": ("failed", "The cell that defines `loader_dtypes` did not finish"),
    "batch_plan": ("failed", "The check did not finish"),
    "make_loader": ("passed", ""),
    "first_batch": ("passed", ""),
    "sequential_net": ("not attempted", "still to be written"),
    "net_class": ("failed", "raised AttributeError"),
    "count_parameters": ("failed", "stopped with ValueError"),
    "linear_by_hand": ("passed", ""),
    "forward_by_hand": ("failed", "The check stopped with AttributeError"),
    "row_dataset": ("failed", "The cell that defines `RowDataset` ended Python itself"),
    "layer_stack": ("not attempted", "not reached"),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_verdict_of_each_kind_of_trouble(trouble, name):
    outcome, words = OUTCOMES[name]
    verdict = trouble[1][name]
    assert verdict["outcome"] == outcome, verdict
    if words:
        assert words in verdict["finding"]["headline"]


def test_messages_say_where_and_why(trouble):
    entry, verdicts = trouble
    assert "line 1: `class WaterDataset(Dataset:`" in verdicts["water_dataset"]["finding"]["where"]
    assert "4 seconds" in verdicts["loader_dtypes"]["finding"]["actual"]
    assert "of `batch_plan`: `" in verdicts["batch_plan"]["finding"]["where"]
    assert "status 3" in verdicts["row_dataset"]["finding"]["actual"]
    assert "which defines" not in verdicts["layer_stack"]["finding"]["cause"]
    assert "`RowDataset`" in verdicts["layer_stack"]["finding"]["cause"]
    assert not any("\x1b" in json.dumps(v, ensure_ascii=False) for v in verdicts.values())
    notes = "\n".join(entry["notes"])
    assert "no_such_module" in notes
    assert "1.6 is there more than once" in notes


# -- others --------------------------------------------------------------------------------------------------------


def test_reference_passes_even_without_metadata(grader, course, tmp_path):
    """Exit status 0, all points, and the table; the metadata is stripped as some editors do it."""
    notebook = course.notebook()
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    path = tmp_path / "stripped.ipynb"
    path.write_text(json.dumps(notebook))
    result = grader("check", path)
    assert result.exit_code == 0, result.output
    assert "34 of 34 points: 14 passed" in result.output
    assert "lost its nbgrader metadata" in " ".join(result.output.split())
    assert "1.14" in result.output
    assert not (tmp_path / "progress.json").exists(), "grading a notebook is not the user's own progress"


def test_loop_that_swallows_the_interrupt_ends_the_run(grader, course, tmp_path, monkeypatch):
    from grader import notebooks

    monkeypatch.setattr(notebooks, "INTERRUPT_SECONDS", 1.0)
    stubborn = (
        "while True:\n    try:\n        while True:\n            pass\n    except KeyboardInterrupt:\n        pass\n"
    )
    path = tmp_path / "stubborn.ipynb"
    path.write_text(json.dumps(changed(course, {"savings_account": stubborn})))
    result = grader("check", "--timeout", "3", path, "--chapter", "1")
    words = " ".join(result.output.split())
    assert result.exit_code == 1
    assert "✓ passed" in result.output
    assert "`SavingsAccount` did not finish" in words
    assert "an interrupt did not stop it" in words
    assert "1.3, 1.4" in words
    assert "The check was not reached" in words
    assert "Traceback" not in result.output


def test_kernel_that_does_not_start(grader, course, tmp_path):
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(1)\n")
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps(course.notebook()))
    ends_in_error(grader("check", path), "kernel does not start", "grader doctor")


def test_last_copy_counts_and_ids_are_found_by_text_only_without_metadata(course, tmp_path, monkeypatch):
    from grader import notebooks
    from grader.cells import read_cells
    from grader.course import CHAPTERS

    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    notebook = course.notebook()
    notebook["cells"].append(next(c for c in notebook["cells"] if grade_id(c) == "account_check"))
    notebook["cells"] = [c for c in notebook["cells"] if grade_id(c) != "make_loader_check"]
    notebook["cells"].append(code_cell("ch01.make_loader.check()"))
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps(notebook))
    cells = read_cells(path)
    plan = notebooks._plan(cells, CHAPTERS[0], path)
    assert plan.checks["account"] == len(cells) - 2
    assert "make_loader" not in plan.checks


def test_chapter_by_file_name_when_no_cell_tells(course, tmp_path, monkeypatch):
    from grader import notebooks
    from grader.cells import Cell

    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    assert notebooks.chapter_of([Cell("code", "1")], Path(f"/x/{NAME}.ipynb")).name == NAME
    assert notebooks.chapter_of([Cell("code", "ch01.account.check()")], Path("/x/y.ipynb")).name == NAME


@pytest.mark.parametrize("deaths", [1, 99])
def test_a_kernel_that_dies_at_its_start_gets_another_try(
    deaths: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    real = notebooks._OwnKernelSpecs.get_kernel_spec

    def spec(self: notebooks._OwnKernelSpecs, name: str) -> KernelSpec:
        asked.append(name)
        dying = KernelSpec(argv=[sys.executable, "-c", "raise SystemExit(1)"])
        return dying if len(asked) <= deaths else real(self, name)

    monkeypatch.setattr(notebooks._OwnKernelSpecs, "get_kernel_spec", spec)
    with contextlib.nullcontext() if deaths == 1 else pytest.raises(Problem, match="does not start"):
        notebooks.kernel_starts(tmp_path)
    assert len(asked) == min(deaths + 1, notebooks.START_ATTEMPTS)
