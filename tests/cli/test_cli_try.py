"""``grader try``, and the functions behind it."""

from __future__ import annotations

import json
import os
import time

import pytest

from grader import trial
from grader.cells import Problem
from grader.course import CHAPTERS, find_exercise
from grader.verdict import Outcome
from tests.cli.test_cli_commands import ends_in_error

pytestmark = pytest.mark.xdist_group("cli-try")

LAYER = find_exercise("layer_stack")[1]
PLAN = find_exercise("batch_plan")[1]
RIGHT = """\
def batch_plan(samples, batch_size, drop_last):
    sizes = [min(batch_size, samples - start) for start in range(0, samples, batch_size)]
    if drop_last:
        sizes = [size for size in sizes if size == batch_size]
    return len(sizes), (sizes[-1] if sizes else 0)
"""


@pytest.fixture(scope="module", autouse=True)
def _course(course):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(course.root))
        patch.setenv("GRADER_PROGRESS", "off")
        yield


@pytest.fixture(scope="module")
def workshop(_course):
    with trial.Workshop() as made:
        yield made


# -- the command ---------------------------------------------------------------------------------------------------


def test_accepted_and_rejected(process, grader, tmp_path):
    file = tmp_path / "answer.py"
    file.write_text(RIGHT)
    done = process("try", "batch_plan", file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✓ PASSED  1.5" in done.stdout
    file.write_text("def batch_plan(samples, batch_size, drop_last):\n    return samples // batch_size, batch_size\n")
    result = grader("try", "1.5", file, "--json")
    assert result.exit_code == 1
    data = json.loads(result.output)
    assert data["accepted"] is False
    assert data["verdict"]["outcome"] == "failed"
    assert "drop_last" in data["verdict"]["finding"]["cause"]
    assert not (tmp_path / "progress.json").exists()


def test_nothing_to_judge(grader, tmp_path):
    file = tmp_path / "answer.py"
    ends_in_error(grader("try", "batch_plan", file), "no such file")
    ends_in_error(grader("try", "batch_plan", tmp_path), "folder")
    for content, words in ((b"", "empty"), (b"\n \n", "empty"), (b"\xff\xfe\x00x", "not text"), (b"x\0", "not text")):
        file.write_bytes(content)
        ends_in_error(grader("try", "batch_plan", file), words)
    file.write_text("x = 1")
    ends_in_error(grader("try", "batchplan", file), "no such exercise", "did you mean batch_plan")
    ends_in_error(grader("try", "dataset", file), "water_dataset", "row_dataset")
    notebook = tmp_path / "x.ipynb"
    notebook.write_text("{}")
    ends_in_error(grader("try", "batch_plan", notebook), "whole notebook", "grader check")
    result = grader("try", "nothing", file, "--json")
    assert result.exit_code == 2
    assert json.loads(result.output)["error"]["what"] == "There is no such exercise."


def test_without_solutions(grader, tmp_path):
    file = tmp_path / "answer.py"
    file.write_text("x = 1")
    ends_in_error(grader("try", "batch_plan", file, COURSE_ROOT=str(tmp_path)), "no such file", "solutions")


# -- what an answer may do -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", CHAPTERS[0].exercises, ids=lambda e: e.name)
def test_reference_passes_both_ways(workshop, course, exercise):
    source = course.answer(exercise.name)
    assert trial.judge_source(exercise, source).finding is None
    assert workshop.judge(exercise, source).finding is None


@pytest.mark.parametrize("exercise", CHAPTERS[0].exercises, ids=lambda e: e.name)
def test_starter_is_not_attempted_both_ways(workshop, course, exercise):
    from tests.cli.conftest import grade_id

    cells = course.notebook("notebooks")["cells"]
    source = next(cell["source"] for cell in cells if grade_id(cell) == exercise.name)
    assert trial.judge_source(exercise, source).outcome is Outcome.NOT_ATTEMPTED
    assert workshop.judge(exercise, source).outcome is Outcome.NOT_ATTEMPTED


BOTH_WAYS = {
    "syntax": ("def batch_plan(:\n", Outcome.FAILED, "stopped with SyntaxError"),
    "indentation": ("  x = 1\n x = 2\n", Outcome.FAILED, "stopped with IndentationError"),
    "error": ("import no_such_module\n", Outcome.FAILED, "stopped with ModuleNotFoundError"),
    "exit": ("import sys\nsys.exit(1)\n", Outcome.FAILED, "stopped with SystemExit"),
    "other name": ("def batch_plans():\n    pass\n", Outcome.NOT_ATTEMPTED, "`batch_plan` is not defined yet"),
    "stub": ("raise NotImplementedError()\n", Outcome.NOT_ATTEMPTED, "not defined yet"),
    "comment": ("# later\n", Outcome.NOT_ATTEMPTED, "not defined yet"),
    "printing": (f"print('x' * 10_000)\n%time 1\n{RIGHT}", Outcome.PASSED, ""),
    "error at the end": (f"{RIGHT}\nbatch_plan(1)\n", Outcome.PASSED, ""),
    "raises when called": ("def batch_plan(*args):\n    return {}['x']\n", Outcome.FAILED, "raised KeyError"),
}


@pytest.mark.parametrize("case", BOTH_WAYS)
def test_same_verdict_both_ways(workshop, case):
    source, outcome, words = BOTH_WAYS[case]
    for verdict in (trial.judge_source(PLAN, source), workshop.judge(PLAN, source)):
        assert verdict.outcome is outcome, verdict
        assert verdict.points == (PLAN.points if outcome is Outcome.PASSED else 0)
        if words:
            assert words in verdict.finding.headline
    if case == "syntax":
        assert verdict.finding.where == "line 1: `def batch_plan(:`"
    if case == "raises when called":
        assert verdict.finding.where == "line 2 of `batch_plan`: `return {}['x']`"


HOSTILE = {
    "ends Python": ("import os\nos._exit(0)\n", "ended Python itself"),
    "ends Python later": ("def batch_plan(*args):\n    import os\n    os._exit(0)\n", "raised SystemExit"),
    "loops": ("while True:\n    pass\n", "did not finish"),
    "loops later": ("def batch_plan(*args):\n    while True:\n        pass\n", "raised TimeoutError"),
    "writes everywhere": ("import os\nfor fd in range(3, 64):\n    try:\n        os.write(fd, b'1' * 99)\n"
                          "    except OSError:\n        pass\n", ""),
    "closes everything": ("import os\nos.closerange(0, 64)\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_answers_fail_and_break_nothing(workshop, case):
    source, words = HOSTILE[case]
    verdict = workshop.judge(PLAN, source, seconds=1.0)
    assert verdict.outcome is Outcome.FAILED, verdict
    assert not verdict.internal
    assert words in verdict.finding.headline
    assert workshop.judge(PLAN, RIGHT).passed


def test_an_answer_leaves_nothing_to_the_next_one(workshop):
    spoil = "import torch, builtins\ntorch.manual_seed(1)\nbuiltins.divmod = None\nbatch_size = 3\n"
    workshop.judge(PLAN, spoil)
    assert workshop.judge(PLAN, "def batch_plan(n, b, d):\n    return batch_size, divmod(n, b)\n").outcome is (
        Outcome.FAILED
    )
    assert workshop.judge(PLAN, RIGHT).passed


def test_processes_that_an_answer_starts_are_ended(workshop, tmp_path):
    pids = tmp_path / "pid"
    source = (
        "import os, time\npid = os.fork()\nif pid == 0:\n    time.sleep(600)\n    os._exit(0)\n"
        f"open({str(pids)!r}, 'w').write(str(pid))\n{RIGHT}"
    )
    assert workshop.judge(PLAN, source).passed
    pid = int(pids.read_text())
    for _ in range(100):
        if not _runs(pid):
            break
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except (OSError, ProcessLookupError):
        return False


def test_many_answers_are_fast(workshop):
    workshop.judge(PLAN, RIGHT)
    started = time.perf_counter()
    for _ in range(20):
        assert workshop.judge(PLAN, RIGHT).passed
    assert (time.perf_counter() - started) / 20 < 1.0  # some 0.1 s on a quiet machine


def test_judging_here_touches_neither_progress_nor_output(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADER_PROGRESS", str(tmp_path / "progress.json"))
    assert trial.judge_source(PLAN, f"print('hello')\n{RIGHT}").passed
    assert capsys.readouterr() == ("", "")
    assert not (tmp_path / "progress.json").exists()
    assert os.environ["GRADER_PROGRESS"] == str(tmp_path / "progress.json")


def test_broken_solution_notebook_is_told_as_such(workshop, course, tmp_path, monkeypatch):
    from tests.cli.conftest import NAME, grade_id

    notebook = course.notebook()
    notebook["cells"][0]["source"] = "import torch\nimport no_such_module\n"
    path = tmp_path / "solutions" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook))
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    with pytest.raises(Problem, match="no_such_module") as here:
        trial.judge_source(PLAN, RIGHT)
    assert "line 2" in here.value.where
    with pytest.raises(Problem, match="no_such_module"):
        workshop.judge(PLAN, RIGHT)
    notebook["cells"] = [cell for cell in notebook["cells"] if grade_id(cell) != PLAN.name]
    path.write_text(json.dumps(notebook))
    with pytest.raises(Problem, match=r"no cell for exercise 1\.5"):
        trial.judge_source(PLAN, RIGHT)
