"""What a student reads: card and text, hints, the reference answer, progress; in a real kernel and without one."""

from __future__ import annotations

import html
import json
import os
import threading
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from grader import progress
from grader.chapters import ch01
from grader.feedback import card, text
from grader.feedback.scrub import scrub
from grader.verdict import Finding, Outcome, Verdict

ANSWER = "def linear_by_hand(x, weight, bias):\n    return x @ weight.T + bias"


def verdict(**changes: object) -> Verdict:
    """A failed verdict."""
    values = {
        "exercise": "ch01.account",
        "number": "1.1",
        "title": "An account class",
        "outcome": Outcome.FAILED,
        "points": 0,
        "possible": 2,
        "finding": Finding("`balance` is wrong.", expected="50", actual="40", cause="a slip", next_step="look"),
    }
    return Verdict(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def progress_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "state" / "progress.json"
    monkeypatch.setenv("GRADER_PROGRESS", str(path))
    return path


# -- the card and its text form ------------------------------------------------------------------------------------


def test_text_tells_everything_in_order() -> None:
    lines = text.verdict_text(verdict()).splitlines()
    assert lines[0] == "✗ NOT PASSED  1.1 An account class (0 of 2 points)"
    assert [line.split(":")[0].strip(" -") for line in lines[2:]] == ["Expected", "Got", "Likely cause", "Next step"]


def test_card_and_text_say_the_same() -> None:
    shown = verdict(printed="first\nsecond\n")
    page, plain = html.unescape(card.verdict_html(shown)), text.verdict_text(shown)
    for words in ("An account class", "0 of 2 points", "a slip", "look", "second"):
        assert words in page
        assert words in plain


def test_card_runs_nothing_that_a_student_wrote() -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>`<b>`"
    finding = Finding(evil, expected=evil, actual=evil, cause=evil, next_step=evil, where=evil)
    page = card.verdict_html(verdict(finding=finding, printed=evil, title=evil))
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page


def test_card_takes_its_colors_from_the_theme() -> None:
    page = card.verdict_html(verdict())
    assert "color:inherit" in page
    assert "background:transparent" in page
    assert "<style" not in page  # a sanitized notebook would lose it


def test_scrub() -> None:
    home = str(Path.home())
    dirty = f"\x1b[31m{home}/secret.py\x1b[0m <Net object at 0x7f00deadbeef> 305 1305 305.5 \x07\u202e"
    assert scrub(dirty, secrets=["305"]) == "~/secret.py <Net object> [hidden] 1305 305.5 "


def test_verdict_survives_json() -> None:
    once = verdict()
    assert Verdict.from_dict(json.loads(json.dumps(once.to_dict()))) == once


# -- in a kernel ---------------------------------------------------------------------------------------------------


def run_cells(*sources: str, **environment: str) -> list[list[dict]]:
    """Outputs of each cell, run in a real kernel; errors do not stop it."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(notebook, timeout=120, allow_errors=True).execute(env=os.environ | environment)
    return [cell.outputs for cell in notebook.cells]


def test_a_students_way_through_an_exercise(tmp_path: Path) -> None:
    name = "ch01.linear_by_hand"
    outputs = run_cells(
        "from grader.chapters import ch01",
        f"{name}.check()",
        f"{name}.solution()",
        f"{name}.hint()",
        f"{name}.hint()",
        ANSWER.replace("+ bias", "- bias"),
        f"{name}.check()",
        ANSWER,
        f"{name}.check(linear_by_hand)",
        f"{name}.solution()",
        GRADER_PROGRESS=str(tmp_path / "progress.json"),
    )
    said = ["".join(output.data["text/plain"] for output in cell if "data" in output) for cell in outputs]
    assert not any(output.output_type in {"error", "stream"} for cell in outputs for output in cell)
    assert "NOT ATTEMPTED" in said[1]
    assert "opens once your own answer has passed" in said[2]
    assert "x @ weight.T" not in said[2]
    assert "hint 1 of" in said[3]
    assert "hint 2 of" in said[4]
    assert "NOT PASSED" in said[6]
    assert "bias" in said[6]
    assert said[8].startswith("✓ PASSED  1.11")
    assert "return x @ weight.T + bias" in said[9]
    stored = outputs[8][0].metadata["verdict"]
    assert stored["outcome"] == "passed"
    assert stored["exercise"] == "ch01.linear_by_hand"
    entry = json.loads((tmp_path / "progress.json").read_text())["exercises"]["ch01.linear_by_hand"]
    assert entry["passed"] is True
    assert entry["tries"] == 2


def test_for_nbgrader_a_failed_check_raises_one_line() -> None:
    outputs = run_cells("from grader.chapters import ch01", "ch01.account.check()", NBGRADER_EXECUTION="validate")
    error = outputs[1][-1]
    assert error.output_type == "error"
    assert error.traceback == [error.evalue]
    assert error.evalue.startswith("1.1 An account class: not attempted, 0 of 2 points")


# -- progress ------------------------------------------------------------------------------------------------------


def test_once_passed_stays_passed(progress_file: Path) -> None:
    passed = verdict(outcome=Outcome.PASSED, points=2, finding=None)
    assert progress.record(passed) == ""
    assert progress.record(verdict()) == ""
    assert progress.has_passed("ch01.account")
    progress.reset(["ch01.account"])
    assert not progress.has_passed("ch01.account")


def test_an_unreadable_file_is_kept_aside(progress_file: Path) -> None:
    progress_file.parent.mkdir(parents=True)
    progress_file.write_text("{ not json")
    assert not progress.has_passed("ch01.account")
    note = progress.record(verdict())
    assert "could not be read" in note
    kept = list(progress_file.parent.glob("*unreadable*"))
    assert [path.read_text() for path in kept] == ["{ not json"]
    assert progress.load()["ch01.account"]["tries"] == 1


def test_a_file_that_cannot_be_written_costs_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GRADER_PROGRESS", str(tmp_path / "file" / "progress.json"))
    assert "could not be saved" in progress.record(verdict())


def test_two_notebooks_at_once_lose_nothing(progress_file: Path) -> None:
    def many(key: str) -> None:
        for _ in range(20):
            progress.record(verdict(exercise=key))

    threads = [threading.Thread(target=many, args=(f"ch01.e{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {key: entry["tries"] for key, entry in progress.load().items()} == {f"ch01.e{i}": 20 for i in range(4)}
    assert [path.name for path in progress_file.parent.glob(".progress-*")] == []


def test_every_exercise_is_complete() -> None:
    for exercise in ch01.EXERCISES:
        assert exercise.hints, exercise.key
        assert all(hint.strip() for hint in exercise.hints)
        assert exercise.points > 0
        assert exercise.difficulty in {1, 2, 3}
        assert exercise.minutes > 0
    numbers = [exercise.number for exercise in ch01.EXERCISES]
    assert numbers == [f"1.{i}" for i in range(1, len(numbers) + 1)]
