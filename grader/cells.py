"""Cells of a notebook file as plain data, read without Jupyter, and what an error in a cell means for a verdict."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.verdict import Finding, Outcome, Verdict

if TYPE_CHECKING:
    from grader.exercise import Exercise

MAX_BYTES = 100 * 2**20
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CELL_LINE = re.compile(r"Cell In\s?\[\d+\], line (\d+)")


class Problem(Exception):
    """Something that a user can put right; never a defect of the code.

    Attributes:
        what: what went wrong, in one sentence.
        where: the file, folder or name concerned.
        todo: what to do now.
    """

    def __init__(self, what: str, where: object = "", todo: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.todo = what, str(where), todo

    def rows(self) -> list[tuple[str, str]]:
        """The non-empty parts after the first sentence, as (name, text)."""
        return [(name, text) for name, text in (("where", self.where), ("what to do", self.todo)) if text]

    def to_dict(self) -> dict[str, str]:
        """Plain data for JSON."""
        return {"what": self.what, "where": self.where, "what_to_do": self.todo}


@dataclass(frozen=True)
class Cell:
    """One cell: ``kind`` is code, markdown or raw; the rest is its nbgrader metadata.

    ``solution`` marks where an answer is written, ``grade`` a check with points.
    """

    kind: str
    source: str
    grade_id: str = ""
    solution: bool = False
    grade: bool = False

    @property
    def is_check(self) -> bool:
        return self.grade and self.grade_id.endswith("_check")


# -- reading -------------------------------------------------------------------------------------------------------


def read_cells(path: Path) -> list[Cell]:
    """The cells of a notebook file of nbformat 3 or 4; raises :class:`Problem` for anything else."""
    data = _read_json(path)
    major = data.get("nbformat")
    if type(major) is not int:
        raise Problem(
            "This JSON file is not a Jupyter notebook.", path, "pass the .ipynb file that JupyterLab works on"
        )
    if major not in (3, 4):
        raise Problem(
            f"The notebook is of format {major}, which this version cannot read.",
            path,
            "open it in JupyterLab and save it again; that writes format 4",
        )
    cells = data.get("cells")
    if major == 3:
        cells = _cells_of_sheets(data.get("worksheets"))
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Problem("The notebook is damaged: it has no list of cells.", path, _RESTORE)
    if not cells:
        raise Problem("The notebook has no cells.", path, _RESTORE)
    return [_cell(cell, path) for cell in cells]


_RESTORE = (
    "take a fresh copy from the course, or an earlier version of your own (JupyterLab: File > Revert to Checkpoint)"
)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        if path.is_dir():
            found = sorted(path.glob("*.ipynb"))
            hint = f"pass the notebook in it: {found[0]}" if found else "pass a notebook, a file that ends with .ipynb"
            raise Problem("This is a folder, not a notebook.", path, hint)
        if not path.exists():
            raise Problem("There is no such file.", path, _nearby(path))
        if path.stat().st_size > MAX_BYTES:
            raise Problem(
                f"The notebook is larger than {MAX_BYTES // 2**20} MB.",
                path,
                "clear its outputs (JupyterLab: Edit > Clear Outputs of All Cells) and save it",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise Problem(f"The file cannot be read: {error.strerror}.", path, "check its permissions") from None
    if not raw.strip():
        raise Problem("The file is empty.", path, _RESTORE)
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Problem(
            "The file is not text, so it is no notebook.", path, "pass a file that ends with .ipynb"
        ) from None
    except (ValueError, RecursionError) as error:
        if path.suffix != ".ipynb":
            what = "This is not a Jupyter notebook, which is a JSON file that ends with .ipynb."
            todo = "pass the notebook, for example notebooks/01_oop_datasets/01_oop_datasets.ipynb"
            raise Problem(what, path, todo) from None
        line = f", from line {error.lineno} on" if isinstance(error, json.JSONDecodeError) else ""
        raise Problem(f"The notebook is damaged: it is not valid JSON{line}.", path, _RESTORE) from None
    if not isinstance(data, dict):
        raise Problem(
            "This JSON file is not a Jupyter notebook.", path, "pass the .ipynb file that JupyterLab works on"
        )
    return data


def _nearby(path: Path) -> str:
    """A file that may have been meant."""
    import difflib

    folder = path.parent
    names = [p.name for p in folder.glob("*.ipynb")] if folder.is_dir() else []
    close = difflib.get_close_matches(path.name, names, 1, 0.5) or names[:1]
    return f"check the spelling; there is {folder / close[0]}" if close else "check the spelling and the folder"


def _cells_of_sheets(sheets: Any) -> list[Any] | None:
    """The cells of format 3, which kept them in worksheets."""
    if not isinstance(sheets, list):
        return None
    lists = [sheet.get("cells") if isinstance(sheet, dict) else None for sheet in sheets]
    return [cell for part in lists if isinstance(part, list) for cell in part]


def _cell(data: dict[str, Any], path: Path) -> Cell:
    source = data.get("source", data.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Problem("The notebook is damaged: a cell has no text.", path, _RESTORE)
    kind = data.get("cell_type")
    metadata = data.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    marks = marks if isinstance(marks, dict) else {}
    grade_id = marks.get("grade_id")
    return Cell(
        kind if kind in ("code", "raw") else "markdown",
        source,
        grade_id if isinstance(grade_id, str) else "",
        marks.get("solution") is True,
        marks.get("grade") is True,
    )


def read_answer(path: Path) -> str:
    """The text of a file with a candidate answer; raises :class:`Problem` when it is none."""
    try:
        if path.is_dir():
            raise Problem("This is a folder, not a file.", path, "pass a Python file that holds the answer")
        if path.stat().st_size > 2**20:
            raise Problem("The file is larger than 1 MB.", path, "pass a Python file that holds one answer")
        source = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise Problem("There is no such file.", path, "check the spelling and the folder") from None
    except OSError as error:
        raise Problem(f"The file cannot be read: {error.strerror}.", path, "check its permissions") from None
    except UnicodeDecodeError:
        raise Problem("The file is not text.", path, "pass a Python file, saved as UTF-8") from None
    if "\0" in source:
        raise Problem("The file is not text.", path, "pass a Python file, saved as UTF-8")
    if not source.strip():
        raise Problem("The file is empty.", path, "write the answer into it, as it would stand in the solution cell")
    if path.suffix == ".ipynb":
        raise Problem("This is a whole notebook.", path, f"grade it with: grader check {path}")
    return source


# -- errors of a cell ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CellError:
    """What stopped a cell.

    Attributes:
        type: name of the exception, or one of ours: ``TimeoutError``, ``KernelDied``.
        message: its text.
        line: line of the cell, from 1, where it is known.
        code: that line.
        bases: names of the exception's classes, where they are known.
    """

    type: str
    message: str = ""
    line: int | None = None
    code: str = ""
    bases: tuple[str, ...] = ()

    @property
    def is_stub(self) -> bool:
        """Whether it is the starter's ``raise NotImplementedError()``."""
        return self.type == "NotImplementedError" and not self.message.strip()

    @property
    def is_timeout(self) -> bool:
        """Whether the time limit stopped it, rather than a TimeoutError of its own."""
        return self.type == "TimeoutError" and self.line is None

    @property
    def text(self) -> str:
        """``NameError: name 'x' is not defined``, in one line."""
        first = self.message.strip().splitlines()[:1]
        return f"{self.type}: {first[0]}"[:300] if first else self.type

    @classmethod
    def from_info(cls, info: Any) -> CellError:
        """From the plain data in which a process reports an exception; tolerates anything."""
        info = info if isinstance(info, dict) else {}

        def text(name: str) -> str:
            value = info.get(name)
            return value[:2000] if isinstance(value, str) else ""

        line = info.get("line")
        return cls(text("type") or "Exception", text("message"), line if type(line) is int else None, text("code"))

    @classmethod
    def from_output(cls, output: Any, source: str) -> CellError:
        """From a notebook output of type ``error``."""
        message = str(output.get("evalue", ""))
        trace = _ANSI.sub("", "\n".join(map(str, output.get("traceback", []))))
        found = _CELL_LINE.search(trace)
        line = int(found.group(1)) if found else None
        lines = source.splitlines()
        code = lines[line - 1].strip() if line is not None and 0 < line <= len(lines) else ""
        return cls(str(output.get("ename", "Exception")), _without_place(message), line, code)


def _without_place(message: str) -> str:
    """IPython ends the text of a SyntaxError with its own file name for the cell."""
    return re.sub(r" \([^()]*, line \d+\)$", "", message)


SYNTAX_ERRORS = ("SyntaxError", "IndentationError", "TabError")


def finding_of(error: CellError, which: str) -> Finding:
    """The finding for a cell that did not run to its end; ``which`` says what cell, as in ``the setup cell``."""
    from grader.diagnosis import explain
    from grader.touch.session import Raised

    name = which[:1].upper() + which[1:]
    where = f"line {error.line}" + (f": `{error.code}`" if error.code else "") if error.line is not None else ""
    if error.type in SYNTAX_ERRORS:
        indentation = error.type != "SyntaxError"
        return Finding(
            f"{name} stopped with {error.type}.",
            expected="code that Python can read",
            actual=error.text,
            where=where,
            cause="the lines of a block do not begin in the same column, or spaces and tabs are mixed"
            if indentation
            else "a bracket, quote, colon or comma is missing or too many, on this line or the one before",
            next_step="mend the line and run the cell until it shows no error",
        )
    if error.is_timeout:
        return Finding(
            f"{name} did not finish.",
            expected="an end within the time limit",
            actual=error.message,
            cause="a loop without an end, or far more work than the exercise asks for",
            next_step="look at what must change for each loop to end",
        )
    if error.type == "KernelDied":
        return Finding(
            f"{name} ended Python itself.",
            expected="a cell that runs to its end",
            actual=error.message,
            cause="a call of `exit`, `quit` or `os._exit`, or more memory taken than there is",
            next_step="remove the call, or print the shapes before the line that needs the memory",
        )
    info = {
        "type": error.type,
        "bases": [error.type, *error.bases],
        "message": error.message,
        "line": error.line,
        "code": error.code,
    }
    found = explain(Raised(info, name))
    next_step = found.next_step if found.cause else "run the cell and read its traceback from the bottom up"
    headline = f"{name} stopped with {error.type}."
    return replace(found, headline=headline, expected="a cell that runs to its end", next_step=next_step)


def defines(exercise: Exercise) -> str:
    """How messages call the solution cell of an exercise."""
    return f"the cell that defines `{exercise.names[0]}`"


def verdict_of(exercise: Exercise, outcome: Outcome, finding: Finding | None, seconds: float = 0.0) -> Verdict:
    """A verdict that did not come from the check itself; its finding is scrubbed like any other."""
    from grader.feedback.scrub import scrub

    if finding is not None:
        finding = Finding(**{name: scrub(text, exercise.secrets) for name, text in vars(finding).items()})
    points = exercise.points if outcome is Outcome.PASSED else 0
    return Verdict(
        exercise.key,
        exercise.number,
        exercise.title,
        outcome,
        points,
        exercise.points,
        finding,
        seed=exercise.default_seed(),
        seconds=seconds,
    )


def with_cell_error(exercise: Exercise, verdict: Verdict, error: CellError | None) -> Verdict:
    """Tell "not defined" as what it is when the cell that should define the answer stopped with an error.

    An answer that is right although its cell stopped later on stays right, as it does in the notebook.
    """
    if error is None or error.is_stub or verdict.outcome is not Outcome.NOT_ATTEMPTED:
        return verdict
    told = verdict_of(exercise, Outcome.FAILED, finding_of(error, defines(exercise)))
    return replace(verdict, outcome=Outcome.FAILED, finding=told.finding)


def check_pattern(module: str) -> re.Pattern[str]:
    """Finds the exercise's name in the text of a check cell of a chapter."""
    # not \s: it crosses lines, and a million blank ones would take hours
    return re.compile(rf"^[ \t]*{re.escape(module)}\.(\w+)\.check\(", re.MULTILINE)


def last_by_id(cells: Iterable[Cell]) -> dict[str, int]:
    """Index of the last cell with each grade id: of copies nbgrader, too, keeps the last."""
    return {cell.grade_id: index for index, cell in enumerate(cells) if cell.grade_id}
