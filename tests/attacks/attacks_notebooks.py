"""Bad files and honest accidents. (b01 to b18)"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from attack_support import ALL, CHAPTER, NAME, Attack, Notebook, Place, code, grade_id, solved


def renamed(place: Place, folder: Path) -> None:
    (folder / f"{NAME} (1).ipynb").write_text(json.dumps(solved()))


def empty_folder(place: Place, folder: Path) -> None:
    (folder / "readme.txt").write_text("I forgot it")


def old_format(book: Notebook) -> Notebook:
    cells = [
        {"cell_type": "code", "input": c["source"], "outputs": [], "language": "python", "metadata": c["metadata"]}
        for c in book["cells"]
    ]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}


def stripped(book: Notebook) -> Notebook:
    for cell in book["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return {**book, "nbformat_minor": 4}


def schema(version: int) -> Any:
    def edit(book: Notebook) -> Notebook:
        for cell in book["cells"]:
            if grade_id(cell):
                cell["metadata"]["nbgrader"]["schema_version"] = version
        return book

    return edit


def with_line(line: str) -> Any:
    """Put a line into every function of the right answers."""

    def edit(book: Notebook) -> Notebook:
        for cell in book["cells"]:
            if grade_id(cell) and not grade_id(cell).endswith("_check"):
                lines = []
                for text in cell["source"].splitlines():
                    lines.append(text)
                    if text.lstrip().startswith("def ") and text.rstrip().endswith(":"):
                        lines.append(" " * (len(text) - len(text.lstrip()) + 4) + line)
                cell["source"] = "\n".join(lines)
        return book

    return edit


def deep(book: Notebook) -> str:
    """JSON nested 100,000 deep in the metadata."""
    book["metadata"]["deep"] = "@deep@"
    return json.dumps(book).replace('"@deep@"', "[" * 100_000 + "]" * 100_000)


def not_quite(book: Notebook) -> str:
    """What a JSON file may hold where a notebook has text, lists and small numbers."""
    cells = book["cells"]
    cells[0]["metadata"]["nbgrader"] = ["grade_id"]
    cells += [
        {"cell_type": 5, "source": "x", "metadata": None},
        {"cell_type": "code", "source": ["1 +", " 1"], "id": {"a": [1e999]}, "outputs": 3},
        {"cell_type": "code", "source": "2", "id": "\ud800", "metadata": {"nbgrader": {"grade_id": "\udfff"}}},
        {"cell_type": "code", "source": "3", "metadata": {"nbgrader": {"grade_id": "../../x", "points": -(10**400)}}},
        {"cell_type": "markdown", "source": "\x00\x1b[31m\u202e", "attachments": 7},
    ]
    return json.dumps({**book, "nbformat_minor": "x", "metadata": {"kernelspec": float("nan")}})


def blanks(book: Notebook) -> Notebook:
    """Cells of nothing but a million blank lines."""
    lines = "\n" * (2**20 - 10)
    return {**book, "cells": [code(lines), *book["cells"], code(" \n" * (2**19 - 10)), code(lines + "ch01")]}


def hard_link(place: Place, folder: Path) -> None:
    os.link(place.solutions, folder / CHAPTER.notebook)


def pipe(place: Place, folder: Path) -> None:
    os.mkfifo(folder / CHAPTER.notebook)


def device(place: Place, folder: Path) -> None:
    try:
        os.mknod(folder / CHAPTER.notebook, 0o20666, os.makedev(1, 5))  # /dev/zero
    except OSError:  # not root: a link to it will do
        (folder / CHAPTER.notebook).symlink_to("/dev/zero")


def a_folder(place: Place, folder: Path) -> None:
    (folder / CHAPTER.notebook).mkdir()


def linked_folder(place: Place, folder: Path) -> None:
    folder.rmdir()
    folder.symlink_to(place.solutions.parent)


def strange_names(place: Place, folder: Path) -> None:
    """A name with markup, a line break and dots, and files that look as if they led out of the folder."""
    (folder / "<img src=x onerror=attack()>\n..\\..\\x.ipynb").write_text(json.dumps(solved()))
    (folder / "..%2f..%2fgradebook.db").write_text("x")
    (folder / "-rf").write_text("x")
    os.symlink("/etc/passwd", folder / "passwd")


def two_notebooks(place: Place, folder: Path) -> None:
    for name in ("a.ipynb", "b.ipynb"):
        (folder / name).write_text(json.dumps(solved()))


def hostile_time(place: Place, folder: Path) -> None:
    (folder / CHAPTER.notebook).write_text(json.dumps(solved()))
    (folder / "timestamp.txt").write_bytes(b"\xff\x00<script>attack()</script> 9999-99-99" * 10)


def many(book: Notebook) -> Notebook:
    return {**book, "cells": book["cells"] + [code("1 + 1") for _ in range(5000)]}


def kernel(book: Notebook) -> Notebook:
    return {**book, "metadata": {"kernelspec": {"name": "evil", "display_name": "x", "argv": ["/bin/sh"]}}}


def out_of_order(book: Notebook) -> Notebook:
    return {**book, "cells": book["cells"][::-1]}


BAD = "not gradable"
ATTACKS = (
    Attack("b01", "corrupt JSON", edit=lambda _: '{"cells": [', state=BAD),
    Attack("b02", "binary", edit=lambda _: b"\x80\x81\x00\xff" * 100, state=BAD),
    Attack("b03", "an empty file", edit=lambda _: "", state=BAD),
    Attack("b04", "no notebook in the folder", place=empty_folder, state=BAD),
    Attack("b05", "a renamed notebook, correct work", place=renamed, points=ALL, state="rescued"),
    Attack("b06", "nbformat 3, correct work", base="solved", edit=old_format, points=ALL, state="rescued"),
    Attack("b07", "nbformat 99", edit=lambda book: {**book, "nbformat": 99}, state=BAD),
    Attack("b08", "an unknown kernel, correct work", base="solved", edit=kernel, points=ALL),
    Attack("b09", "cells in reverse order, correct work", base="solved", edit=out_of_order, points=ALL,
           state="rescued"),
    Attack("b10", "metadata stripped, correct work", base="solved", edit=stripped, points=ALL, state="rescued"),
    Attack("b11", "metadata of schema version 1, correct work", base="solved", edit=schema(1), points=ALL),
    Attack("b12", "metadata of schema version 4, correct work", base="solved", edit=schema(4), points=ALL),
    Attack("b14", "correct work whose functions warn", base="solved", points=ALL,
           edit=with_line("import sys, warnings; warnings.warn('careful'); print('careful', file=sys.stderr)")),
    Attack("b15", "correct work whose functions print", base="solved", points=ALL, edit=with_line("print('hello')")),
    Attack("b18", "5,000 more cells, correct work", base="solved", edit=many, points=ALL, once=True),
    # more of the kind
    Attack("b20", "JSON nested 100,000 deep", base="solved", edit=deep, state=BAD),
    Attack("b21", "text, numbers and lists where others belong, around correct work", base="solved", edit=not_quite,
           points=ALL),
    Attack("b22", "cells of a million blank lines, around correct work", base="solved", edit=blanks, points=ALL),
    Attack("b23", "a hard link to the instructor's notebook", place=hard_link, state=BAD),
    Attack("b24", "a pipe", place=pipe, state=BAD),
    Attack("b25", "a device without an end", place=device, state=BAD),
    Attack("b26", "a folder with the notebook's name", place=a_folder, state=BAD),
    Attack("b27", "a folder that is a link to the solutions", place=linked_folder, state=BAD),
    Attack("b28", "names with markup, line breaks and dots, correct work", place=strange_names, points=ALL,
           state="rescued"),
    Attack("b29", "two notebooks, neither with the right name", place=two_notebooks, state=BAD),
    Attack("b30", "a time of submission that is none, correct work", place=hostile_time, points=ALL, state="rescued"),
)  # fmt: skip
