"""Submissions that cheat, break or were damaged by accident, in one class: each with its line, the others untouched."""

from __future__ import annotations

import json
import os

import nbformat
import pytest
from official_support import CHAPTER, NAME, Course, code, grade_id, solved, starter

pytestmark = pytest.mark.xdist_group("official")

REBIND = """
import sys, types
from grader import exercise, expect
exercise.Exercise.check = exercise.Exercise.judge = lambda *a, **k: None
for name in dir(expect):
    if name.startswith("expect"):
        setattr(expect, name, lambda *a, **k: None)
ch01.net_class.points = 1000
sys.modules["grader.chapters.ch01"] = types.SimpleNamespace()
"""
STUBBORN = """
def batch_plan(*arguments):
    while True:
        try:
            while True: pass
        except BaseException: pass
"""
EQUAL_TO_ALL = """
class Anything(torch.Tensor):
    __eq__ = __lt__ = __gt__ = lambda *a: True
    __class__ = torch.Tensor
    shape = property(lambda self: Anything())
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self
    def __getitem__(self, index): return self
    def __len__(self): return 100
def linear_by_hand(*a): return Anything()
def count_parameters(*a): return Anything()
Net = sequential_net = batch_plan = first_batch = forward_by_hand = lambda *a, **k: Anything()
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """All of them in one class, graded once."""
    course = Course(tmp_path_factory.mktemp("hostile") / "course")
    course.submit("honest", solved())

    notebook = starter()
    notebook["cells"].insert(1, code(REBIND))
    course.submit("rebinds-the-checker", notebook)

    notebook = starter()
    notebook["cells"].insert(1, code(EQUAL_TO_ALL))
    for cell in notebook["cells"]:
        if grade_id(cell) in ("linear_by_hand", "net_class", "count_parameters"):
            cell["source"] = "pass"
    course.submit("equal-to-everything", notebook)

    course.submit("exits-in-an-answer", solved(batch_plan="import os\ndef batch_plan(*arguments):\n    os._exit(0)\n"))
    notebook = solved()
    notebook["cells"].insert(4, code("import os; os._exit(3)"))
    course.submit("exits-in-a-cell", notebook)
    course.submit("never-ends", solved(batch_plan="def batch_plan(*a):\n    while True: pass\n"))
    course.submit("swallows-everything", solved(batch_plan=STUBBORN))
    course.submit(
        "takes-memory", solved(batch_plan="def batch_plan(*a):\n    return [bytearray(10**8) for _ in range(100)]\n")
    )

    notebook = starter()
    notebook["cells"].append(code(f"print(open({str(course.root / 'solutions' / NAME / CHAPTER.notebook)!r}).read())"))
    notebook["cells"].append(code("import socket; socket.create_connection(('127.0.0.1', 22), 1)"))
    notebook["cells"].append(code("display({'text/html': '<script>alert(1)</script>', 'text/plain': 'x'}, raw=True)"))
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "hi <script>alert(2)</script>"})
    course.submit("looks-around", notebook)

    notebook = starter()
    for cell in notebook["cells"]:
        if grade_id(cell).endswith("_check"):
            cell["metadata"]["nbgrader"].update(points=1000, schema_version=4)
            cell["source"] = "10"
    course.submit("edits-the-checks", notebook)

    notebook = solved()
    notebook["cells"] = [cell for cell in notebook["cells"] if not grade_id(cell).endswith("_check")]
    course.submit("no-checks", notebook)

    notebook = solved()
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    course.submit("no-metadata", {**notebook, "nbformat_minor": 4})

    course.submit("renamed", solved(), name=f"{NAME} (1).ipynb")
    notebook = solved()
    course.submit("reversed", {**notebook, "cells": notebook["cells"][::-1]})
    notebook = solved()
    notebook["cells"].insert(2, {**notebook["cells"][1], "id": "copy"})
    course.submit("copied", notebook)
    notebook = solved()
    notebook["cells"] += [code("1 + 1") for _ in range(5000)]
    course.submit("many-cells", notebook)
    old = solved()
    sheet = [
        {
            "cell_type": "code",
            "input": cell["source"],
            "outputs": [],
            "metadata": cell["metadata"],
            "language": "python",
        }
        for cell in old["cells"]
    ]
    course.submit("format-3", {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": sheet}]})
    notebook = solved()
    notebook["cells"].append(code("for _ in range(2000): print('x' * 100_000)"))
    course.submit("prints", notebook)
    notebook = solved()
    notebook["cells"].append(code("x = '\ud800'"))
    course.submit("surrogate", json.dumps(notebook).encode())

    for student, target in (
        ("link", "/etc/passwd"),
        ("link-to-solutions", course.root / "solutions" / NAME / CHAPTER.notebook),
    ):
        folder = course.root / "submitted" / student / NAME
        folder.mkdir(parents=True)
        (folder / CHAPTER.notebook).symlink_to(target)
    (course.root / "submitted" / "link-to-honest").symlink_to(course.root / "submitted" / "honest")
    folder = course.root / "submitted" / "pipe" / NAME
    folder.mkdir(parents=True)
    os.mkfifo(folder / CHAPTER.notebook)
    course.submit("large", b" " * (21 * 2**20))
    course.submit("binary", b"\x80\x81\x00")
    course.submit("format-99", {"nbformat": 99, "cells": []})
    course.submit("other-course", {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [code("1 + 1")]})

    summary = course.grade(seconds=2, memory_mb=700)
    assert not summary.failed
    assert set(summary.results) == {path.name for path in (course.root / "submitted").iterdir()}
    return course


ALL = CHAPTER.points
LESS = ALL - next(e.points for e in CHAPTER.exercises if e.name == "batch_plan")


@pytest.mark.parametrize(
    ("student", "points", "state"),
    [
        ("honest", ALL, "graded"),
        ("rebinds-the-checker", 0, "graded"),
        ("equal-to-everything", 0, "graded"),
        ("exits-in-an-answer", LESS, "graded"),
        ("exits-in-a-cell", ALL, "graded"),
        ("never-ends", LESS, "graded"),
        ("swallows-everything", LESS, "graded"),
        ("takes-memory", LESS, "graded"),
        ("looks-around", 0, "graded"),
        ("edits-the-checks", 0, "graded"),
        ("no-checks", ALL, "rescued"),
        ("no-metadata", ALL, "rescued"),
        ("renamed", ALL, "rescued"),
        ("reversed", ALL, "rescued"),
        ("copied", ALL, "rescued"),
        ("many-cells", ALL, "graded"),
        ("format-3", ALL, "rescued"),
        ("prints", ALL, "graded"),
        ("surrogate", ALL, "graded"),
        ("link", 0, "not gradable"),
        ("link-to-solutions", 0, "not gradable"),
        ("link-to-honest", 0, "not gradable"),
        ("pipe", 0, "not gradable"),
        ("large", 0, "not gradable"),
        ("binary", 0, "not gradable"),
        ("format-99", 0, "not gradable"),
        ("other-course", 0, "not gradable"),
    ],
)
def test_points_and_state(course: Course, student: str, points: float, state: str) -> None:
    result = course.result(student)
    assert (result["points"], result["state"]) == (points, state), result
    assert course.points(student) == points
    assert bool(result["rescued"]) == (state == "rescued")
    assert bool(result["reason"]) == (state == "not gradable")


def test_nothing_was_read_and_nothing_runs_in_a_page(course: Course) -> None:
    text = course.autograded("looks-around").read_text()
    assert "BEGIN SOLUTION" not in text
    notebook = nbformat.read(course.autograded("looks-around"), as_version=4)
    shown = [cell for cell in notebook.cells if "nbgrader" not in cell.metadata]
    errors = [o.ename for cell in shown for o in cell.get("outputs", []) if o.output_type == "error"]
    assert errors[0] in ("FileNotFoundError", "PermissionError")
    assert len(errors) == 2
    assert not any("text/html" in o.get("data", {}) for cell in shown for o in cell.get("outputs", []))
    assert any(cell.source.startswith("```text\nhi <script>") for cell in shown)


def test_findings_say_what_happened(course: Course) -> None:
    def finding(student: str) -> str:
        verdict = next(v for v in course.result(student)["verdicts"] if v["exercise"].endswith("batch_plan"))
        return " ".join(verdict["finding"].values())

    assert "ended" in finding("exits-in-an-answer")
    assert "time" in finding("never-ends") or "finish" in finding("never-ends")
    # on a slow machine the time limit can come before the memory is full
    assert "memory" in finding("takes-memory").lower() or "time" in finding("takes-memory").lower()


def test_all_executed_notebooks_are_valid_and_bounded(course: Course) -> None:
    for path in (course.root / "autograded").rglob("*.ipynb"):
        nbformat.validate(nbformat.read(path, as_version=4))
        assert path.stat().st_size < 12_000_000
