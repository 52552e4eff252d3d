"""The executed notebook of a submission, for ``autograded/``: the student's cells, our checks, our cards.

Text of the course is shown as such; the student's own text as a literal block, as feedback pages and formgrader would
run the HTML in it. nbgrader's metadata comes from the course's notebook, with every graded cell there exactly once.
"""

from __future__ import annotations

import contextlib
import html
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.feedback import card, text
from grader.official.submission import Entry, Release, Submission
from grader.verdict import Verdict

MAX_SOURCE = 50_000  # characters shown of one cell, and of all cells that students wrote
MAX_SOURCES = 1_000_000


def build(
    submission: Submission, release: Release, verdicts: Sequence[Verdict], outputs: Mapping[int, list[dict[str, Any]]]
) -> Any:
    """The notebook; with the reason on top and no answers when it could not be graded."""
    from nbformat import v4

    notebook = v4.new_notebook(metadata=release.metadata)
    notebook.nbformat_minor = 5
    used: set[str] = set()
    if submission.reason:
        note = f"**This submission could not be graded.** {escape(submission.reason)}"
        if submission.todo:
            note += f" What to do: {escape(submission.todo)}."
        notebook.cells.append(_with_id(v4.new_markdown_cell(note), "not-graded", used))
        for cell in release.cells:
            notebook.cells.append(_with_id(_copy(cell.node), cell.id, used))
        return notebook
    if submission.rescued:
        lines = "\n".join(f"- {escape(line)}" for line in submission.rescued)
        body = f"**Before grading, this notebook was put right:**\n\n{lines}"
        notebook.cells.append(_with_id(v4.new_markdown_cell(body), "rescued", used))
    by_name = {verdict.exercise.rpartition(".")[2]: verdict for verdict in verdicts}
    count, room = 0, MAX_SOURCES
    for index, entry in enumerate(submission.entries):
        if entry.role not in ("check", "text"):
            entry = replace(entry, source=shown_source(entry.source, min(room, MAX_SOURCE)))
            room -= len(entry.source)
        cell = _cell(entry, release)
        if entry.role == "check" and entry.exercise in by_name:
            cell.outputs = [_card(by_name[entry.exercise])]
        elif entry.run:
            cell.outputs = [_copy(item) for item in outputs.get(index, [])]
        if cell.cell_type == "code" and (entry.role == "check" or entry.run):
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
        own = release.cells[entry.release].id if entry.release is not None else f"own-{index}"
        notebook.cells.append(_with_id(cell, own, used))
    return notebook


def shown_source(source: str, most: int = MAX_SOURCE) -> str:
    """A cell's text as pages can show it in reasonable time; what ran was the whole.

    The colors of code take nbgrader's pages a second for ten thousand characters, and for five thousand lines with
    nothing but spaces minutes.
    """
    if len(source) > most:
        source = source[: max(0, most)] + "\n# [more left out]"
    return "\n".join(line if line.strip() else "" for line in source.split("\n"))


def escape(line: str) -> str:
    """Text for a markdown cell, with nothing in it that means anything there."""
    return re.sub(r"([\\`*_{}\[\]()#!|$~-])", r"\\\1", html.escape(line, quote=False))


def _literal(body: str) -> str:
    """A fenced block, longer than any fence in the text."""
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{body}\n{fence}"


def _copy(node: Any) -> Any:
    from nbformat import from_dict

    return from_dict(node)


def _with_id(cell: Any, wanted: str, used: set[str]) -> Any:
    """Give the cell an id that no other has."""
    wanted = re.sub(r"[^a-zA-Z0-9_-]", "-", wanted)[:56] or "cell"
    name, number = wanted, 1
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    used.add(name)
    cell["id"] = name
    return cell


def _cell(entry: Entry, release: Release) -> Any:
    from nbformat import v4

    if entry.role in ("answer", "check"):
        assert entry.release is not None
        cell = _copy(release.cells[entry.release].node)
        cell.source, cell.outputs, cell.execution_count = entry.source, [], None
        return cell
    if entry.role == "own":
        return v4.new_code_cell(entry.source)
    return v4.new_markdown_cell(entry.source if entry.role == "text" else _literal(entry.source))


def _card(verdict: Verdict) -> Any:
    shown = replace(verdict, seed=0)
    # a student's dollar signs are no formulas
    page = f'<div class="tex2jax_ignore mathjax_ignore">{card.verdict_html(shown)}</div>'
    data = {"text/html": page, "text/plain": text.verdict_text(shown)}
    # not v4.new_output, which checks each one by the schema: the notebook is checked as a whole when it is written
    return _copy({"output_type": "display_data", "data": data, "metadata": {}})


# -- files ---------------------------------------------------------------------------------------------------------


def write_folder(folder: Path, files: Mapping[str, str], mode: int) -> None:
    """Replace ``folder`` by one with exactly these files; at any moment it is the old or the new one, or missing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    clear_partial(folder)
    beside = folder.with_name(f".{folder.name}.partial")
    beside.mkdir()
    for name, body in files.items():
        path = beside / name
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(mode)
    old = folder.with_name(f".{folder.name}.old")
    if os.path.lexists(folder):
        folder.rename(old)
    beside.rename(folder)
    _remove(old)


def partial(folder: Path) -> bool:
    """Whether a killed run left something beside ``folder``."""
    return any(os.path.lexists(folder.with_name(f".{folder.name}.{word}")) for word in ("old", "partial"))


def clear_partial(folder: Path) -> None:
    """Remove what a killed run left beside ``folder``, and bring back the old one if the new one never came."""
    old, beside = folder.with_name(f".{folder.name}.old"), folder.with_name(f".{folder.name}.partial")
    if old.exists() and not folder.exists():
        old.rename(folder)
    _remove(old)
    _remove(beside)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def write_file(path: Path, body: str) -> None:
    """Write beside, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=".", suffix=".tmp", delete=False, encoding="utf-8"
    ) as beside:
        try:
            beside.write(body)
            beside.flush()
            os.fsync(beside.fileno())
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside.name)
            raise
    os.chmod(beside.name, 0o644)
    os.replace(beside.name, path)
