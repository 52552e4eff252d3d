"""What a student handed in: found below ``submitted/``, opened without following links, read, and rescued.

Of the notebook's metadata nothing is believed but the grade id, and that only to find a cell. Which checks there are,
their text and their points come from the course.

Decisions: every code cell of the student runs, copies too, in the student's order. The answer to an exercise is the
last cell with its grade id that defines its names; without any such cell, the last one that defines them. The check
takes place where the (last copy of the) check cell stands, but never before the answer; without one, after the answer.
When the exercises' own cells stand in another order than the course's, all cells are put back into the course's.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import stat
import tempfile
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.cells import Cell, Problem, check_pattern, read_cells
from grader.course import Chapter

if TYPE_CHECKING:
    from grader.exercise import Exercise

MAX_BYTES = 20 * 2**20
MAX_CELLS = 10_000
MAX_SOURCE = 2**20  # characters of one cell


@dataclass(frozen=True)
class Entry:
    """One cell of the notebook as it will be run and recorded.

    ``role``: "answer", "check", "own" code, "text" of the course, or "note", text of the student's. ``exercise`` of an
    answer or check. ``source`` of a check is the course's. ``release`` is the cell's place in the course's notebook.
    ``run``: whether it is executed.
    """

    role: str
    source: str
    exercise: str = ""
    release: int | None = None
    run: bool = False


@dataclass
class Submission:
    """What is known of a student's work before it runs.

    Attributes:
        student: name of the folder below ``submitted``.
        folder: the assignment's folder of the student.
        sha256: of the notebook's bytes; of a description where there are none.
        submitted_at: first line of ``timestamp.txt``, or "".
        entries: the cells, see :class:`Entry`.
        rescued: what had to be put right, in sentences.
        reason: why it cannot be graded, or "".
        todo: what to do then.
    """

    student: str
    folder: Path
    sha256: str = ""
    submitted_at: str = ""
    entries: list[Entry] = field(default_factory=list)
    rescued: list[str] = field(default_factory=list)
    reason: str = ""
    todo: str = ""

    def steps(self) -> list[list[Any]]:
        """What to do in which order; see :class:`grader.official.supervisor.Task`."""
        steps: list[list[Any]] = []
        for index, entry in enumerate(self.entries):
            if entry.role == "check":
                steps.append(["check", entry.exercise])
            elif entry.run:
                steps.append(["cell", index, entry.source])
        return steps

    def answers(self) -> dict[str, int]:
        """Exercise name to the index of the cell with its answer."""
        return {e.exercise: index for index, e in enumerate(self.entries) if e.role == "answer" and e.run}


@dataclass(frozen=True)
class ReleaseCell:
    """One cell of the course's own notebook."""

    kind: str
    source: str
    grade_id: str
    id: str
    node: Any


@dataclass(frozen=True)
class Release:
    """The notebook that students got: its cells, and its metadata."""

    cells: tuple[ReleaseCell, ...]
    metadata: Any
    chapter: Chapter
    own_files: frozenset[tuple[int, int]] = frozenset()  # device and inode of the course's files

    @classmethod
    def read(cls, path: Path, chapter: Chapter, sources: Iterable[Path] = ()) -> Release:
        """``sources``: folders with the course's solutions.

        Raises :class:`Problem` when it is not there, or does not fit the chapter's checks.
        """
        import nbformat

        read_cells(path)  # for its messages
        notebook = nbformat.read(path, as_version=4)
        cells = tuple(
            ReleaseCell(c.cell_type, c.source, c.metadata.get("nbgrader", {}).get("grade_id", ""), c.get("id", ""), c)
            for c in notebook.cells
        )
        ids = {cell.grade_id for cell in cells}
        missing = [e.number for e in chapter.exercises if not {e.name, f"{e.name}_check"} <= ids]
        if missing:
            raise Problem(
                f"The course's own notebook lacks cells of exercise {', '.join(missing)}.",
                path,
                "generate it again: nbgrader generate_assignment --force " + chapter.name,
            )
        files = (file for folder in sources for file in folder.rglob("*") if file.is_file())
        return cls(cells, notebook.metadata, chapter, frozenset((f.stat().st_dev, f.stat().st_ino) for f in files))

    def place(self, grade_id: str) -> int:
        return next(index for index, cell in enumerate(self.cells) if cell.grade_id == grade_id)


# -- opening -------------------------------------------------------------------------------------------------------


class _Refused(Exception):
    """A file that is not read; the text says why."""


def _read_regular(folder: int, name: str, limit: int, own: Collection[tuple[int, int]] = ()) -> bytes:
    """The bytes of a regular file in an open folder, never through a link, never waiting for a pipe.

    ``own``: device and inode of the course's files; a hard link to one of these looks like a file of the student's.
    """
    # O_NONBLOCK: opening a fifo would wait for its writer
    try:
        number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError as error:
        is_link = False
        with contextlib.suppress(OSError):
            is_link = stat.S_ISLNK(os.lstat(name, dir_fd=folder).st_mode)
        raise _Refused(
            "is a link, and links are not followed" if is_link else f"cannot be read: {error.strerror}"
        ) from None
    try:
        about = os.fstat(number)  # before fdopen, which fails with a folder
        if not stat.S_ISREG(about.st_mode):
            raise _Refused("is not a regular file")
        if (about.st_dev, about.st_ino) in own:
            raise _Refused("is a hard link to a file of the course")
        if about.st_size > limit:
            raise _Refused(f"is larger than {limit // 2**20} MB")
        with os.fdopen(number, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _Refused(f"cannot be read: {error.strerror}") from None
    finally:
        os.close(number)
    if len(data) > limit:
        raise _Refused(f"is larger than {limit // 2**20} MB")
    return data


_AGAIN = "ask the student to save it in JupyterLab and to hand it in again"


def open_submission(student: str, folder: Path, release: Release) -> Submission:
    """Read one submission; whatever is wrong with it ends up in ``reason``."""
    found, data = _take(student, folder, release.chapter.notebook, _understood, release.own_files)
    if data is not None:
        _fill(found, data, release)
    return found


def look_at(student: str, folder: Path, notebook: str) -> Submission:
    """Only what tells whether a submission is still the same: ``sha256`` and ``submitted_at``, which is not judged."""
    return _take(student, folder, notebook, lambda _: None)[0]


def _take(
    student: str,
    folder: Path,
    notebook: str,
    understood: Callable[[str], None],
    own_files: Collection[tuple[int, int]] = (),
) -> tuple[Submission, bytes | None]:
    """The notebook's bytes; None with a reason when there are none to be had."""
    found = Submission(student, folder)
    try:
        if folder.parent.is_symlink():
            raise OSError(errno.ELOOP, "the student's folder is a link")
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        found.reason = (
            "Its folder is a link, and links are not followed." if folder.is_symlink() else str(error.strerror)
        )
        found.todo = "put the student's own files into a folder there"
        found.sha256 = hashlib.sha256(found.reason.encode()).hexdigest()
        return found, None
    try:
        data = _take_from(found, number, notebook, understood, own_files)
    finally:
        os.close(number)
    if found.reason and not found.sha256:
        found.sha256 = hashlib.sha256(found.reason.encode()).hexdigest()
    return found, data


def _take_from(
    found: Submission,
    folder: int,
    wanted: str,
    understood: Callable[[str], None],
    own_files: Collection[tuple[int, int]],
) -> bytes | None:
    names = sorted(os.listdir(folder))
    if "timestamp.txt" in names:
        try:
            found.submitted_at = _timestamp(_read_regular(folder, "timestamp.txt", 1024), understood)
        except (_Refused, ValueError) as error:
            found.rescued.append(f"The time of submission could not be read: timestamp.txt {error}.")
    name = wanted
    if wanted not in names:
        others = [n for n in names if n.endswith(".ipynb") and not n.startswith(".")]
        if not others:
            found.reason = f"There is no notebook ({wanted})."
            found.todo = "ask the student to hand in the notebook itself"
            return None
        if len(others) > 1:
            found.reason = f"There is no {wanted}, but {len(others)} other notebooks: which one counts?"
            found.todo = f"rename the right one to {wanted}"
            return None
        name = others[0]
        found.rescued.append(f"The notebook was called {name[:80]!r}.")
    try:
        data = _read_regular(folder, name, MAX_BYTES, own_files)
    except _Refused as refused:
        found.reason, found.todo = f"The notebook {refused}.", "ask the student to hand in the notebook itself"
        if "larger" in str(refused):
            found.todo = "ask the student to clear all outputs, save, and hand it in again"
            found.sha256 = hashlib.sha256(f"{refused}{os.stat(name, dir_fd=folder).st_size}".encode()).hexdigest()
        return None
    found.sha256 = hashlib.sha256(name.encode(errors="replace") + b"\0" + data).hexdigest()
    return data


def _fill(found: Submission, data: bytes, release: Release) -> None:
    try:
        cells, ids, major = _cells_of(data)
    except Problem as problem:
        found.reason, found.todo = problem.what, _AGAIN
        return
    if major == 3:
        found.rescued.append("The notebook was saved in the old format 3.")
    if len(cells) > MAX_CELLS:
        found.reason, found.todo = f"The notebook has more than {MAX_CELLS:,} cells.", _AGAIN
        return
    if any(len(cell.source) > MAX_SOURCE for cell in cells):
        found.reason, found.todo = "A cell of the notebook is larger than 1 MB.", _AGAIN
        return
    known = {name for e in release.chapter.exercises for name in (e.name, f"{e.name}_check")}
    pattern = check_pattern(release.chapter.module)
    if not any(
        cell.grade_id in known
        or pattern.search(cell.source)
        or any(defines_names(cell, e) for e in release.chapter.exercises)
        for cell in cells
    ):
        found.reason = f"The notebook has no cell of {release.chapter.name}: it belongs to something else."
        found.todo = "ask the student for the right notebook"
        return
    found.entries = arrange(cells, ids, release, found.rescued)


def _timestamp(data: bytes, understood: Callable[[str], None]) -> str:
    text = data.decode("utf-8").strip()
    if not text:
        raise ValueError("is empty")
    try:
        understood(text)
    except Exception:
        raise ValueError("holds no time that nbgrader understands") from None
    return text


def _understood(text: str) -> None:
    from nbgrader.utils import parse_utc

    parse_utc(text)


def _cells_of(data: bytes) -> tuple[list[Cell], list[str], int]:
    """Cells, their ids, and the notebook's format; raises :class:`Problem`."""
    with tempfile.TemporaryDirectory() as folder:  # our own copy, for the reader of `grader check`
        path = Path(folder, "notebook.ipynb")
        path.write_bytes(data)
        cells = read_cells(path)
    raw = json.loads(data.decode("utf-8-sig"))
    listed = raw.get("cells") if raw["nbformat"] == 4 else None
    ids = [str(c.get("id", ""))[:64] for c in listed] if isinstance(listed, list) else [""] * len(cells)
    # lone surrogates are valid in JSON and in nothing else
    return [Cell(c.kind, _clean(c.source), c.grade_id, c.solution, c.grade) for c in cells], ids, raw["nbformat"]


def _clean(source: str) -> str:
    return source.encode("utf-8", "replace").decode()


# -- rescuing ------------------------------------------------------------------------------------------------------


def defines_names(cell: Cell, exercise: Exercise) -> bool:
    """Whether a code cell defines a name of the exercise at its top level; by its text, as it may not be valid."""
    if cell.kind != "code":
        return False
    names = "|".join(re.escape(name) for name in exercise.names)
    return bool(
        re.search(rf"^(?:(?:async )?def|class) +(?:{names})\b|^(?:{names})\s*(?::[^=\n]+)?=(?!=)", cell.source, re.M)
    )


def arrange(cells: Sequence[Cell], ids: Sequence[str], release: Release, rescued: list[str]) -> list[Entry]:
    """Find answers and checks, put back what is missing, and settle the order; tells what it did in ``rescued``."""
    exercises = release.chapter.exercises
    checks = _find_checks(cells, release)
    answers, by_content, copied = _find_answers(cells, release, checks)
    if by_content:
        rescued.append(f"Cells of exercise {_listed(by_content)} had lost their metadata; they were found by content.")
    if copied:
        rescued.append(
            f"The answer to exercise {_listed(copied)} is there more than once; the last that defines it counts."
        )
    lost = [e.number for e in exercises if e.name in answers and e.name not in checks]
    if lost:
        rescued.append(f"The check cell of exercise {_listed(lost)} was missing; it was put back.")

    places = _places(cells, ids, release, answers, checks)
    order = list(range(len(cells)))
    graded = [places[index] for index in order if index in {*answers.values(), *checks.values()}]
    if graded != sorted(graded):
        rescued.append("The cells were in another order; they were put back into the course's.")
        keys, last = [], -1
        for index in order:
            last = places.get(index, last)
            keys.append(last)
        order.sort(key=lambda index: keys[index])  # stable: own cells stay behind the course's cell before them

    rank = {index: place for place, index in enumerate(order)}
    after: dict[int, list[Exercise]] = {}
    for exercise in exercises:
        spots = [rank[table[exercise.name]] for table in (answers, checks) if exercise.name in table]
        after.setdefault(max(spots) if spots else len(cells), []).append(exercise)
    roles = {index: name for name, index in answers.items()}
    replaced = set(checks.values())
    texts = {cell.source.strip(): place for place, cell in enumerate(release.cells) if cell.kind == "markdown"}
    # a copy of a check cell; the check itself comes from the course
    same = {release.cells[release.place(f"{e.name}_check")].source.strip() for e in exercises}
    all_checks = {f"{e.name}_check" for e in exercises}

    entries: list[Entry] = []

    def add_checks(rest: Sequence[Exercise]) -> None:
        for exercise in rest:
            if exercise.name not in answers:
                place = release.place(exercise.name)
                entries.append(Entry("answer", release.cells[place].source, exercise.name, place))
            place = release.place(f"{exercise.name}_check")
            entries.append(Entry("check", release.cells[place].source, exercise.name, place))

    for place, index in enumerate(order):
        cell = cells[index]
        if index in roles:
            entries.append(Entry("answer", cell.source, roles[index], places[index], run=True))
        elif index in replaced or cell.grade_id in all_checks or (cell.kind == "code" and cell.source.strip() in same):
            pass
        elif cell.kind == "code":
            entries.append(Entry("own", cell.source, release=places.get(index), run=bool(cell.source.strip())))
        elif cell.source.strip() in texts:
            entries.append(Entry("text", cell.source, release=texts[cell.source.strip()]))
        elif cell.source.strip():
            entries.append(Entry("note", cell.source))
        add_checks(after.get(place, []))
    add_checks(after.get(len(cells), []))
    return entries


def _find_checks(cells: Sequence[Cell], release: Release) -> dict[str, int]:
    """Exercise name to its check cell: the last one with the id, or else with the text."""
    pattern = check_pattern(release.chapter.module)
    names = {exercise.name for exercise in release.chapter.exercises}
    by_id, by_text = {}, {}
    for index, cell in enumerate(cells):
        if cell.grade_id.endswith("_check") and cell.grade_id.removesuffix("_check") in names:
            by_id[cell.grade_id.removesuffix("_check")] = index
        elif cell.kind == "code" and not cell.grade_id:
            match = pattern.search(cell.source)
            if match and match.group(1) in names and len(cell.source.strip().splitlines()) == 1:
                by_text[match.group(1)] = index
    return {**by_text, **by_id}


def _find_answers(
    cells: Sequence[Cell], release: Release, checks: dict[str, int]
) -> tuple[dict[str, int], list[str], list[str]]:
    """Exercise name to its answer cell; numbers of the exercises found by content, and of those with copies."""
    answers: dict[str, int] = {}
    by_content, copied = [], []
    taken = set(checks.values()) | {i for i, cell in enumerate(cells) if cell.grade_id}
    for exercise in release.chapter.exercises:
        with_id = [i for i, cell in enumerate(cells) if cell.grade_id == exercise.name and i not in checks.values()]
        before = [i for i in with_id if i < checks.get(exercise.name, len(cells))] or with_id
        defining = [i for i in before if defines_names(cells[i], exercise)]
        if with_id:
            answers[exercise.name] = (defining or before)[-1]
            if len(with_id) > 1:
                copied.append(exercise.number)
            continue
        free = [i for i, cell in enumerate(cells) if i not in taken and defines_names(cell, exercise)]
        before = [i for i in free if i < checks.get(exercise.name, len(cells))] or free
        if before:
            answers[exercise.name] = before[-1]
            taken.add(before[-1])
            by_content.append(exercise.number)
    return answers, by_content, copied


def _places(
    cells: Sequence[Cell], ids: Sequence[str], release: Release, answers: dict[str, int], checks: dict[str, int]
) -> dict[int, int]:
    """Index of a cell to its place in the course's notebook, for those that come from there."""
    places = {index: release.place(name) for name, index in answers.items()}
    places |= {index: release.place(f"{name}_check") for name, index in checks.items()}
    free = {place: cell for place, cell in enumerate(release.cells) if place not in places.values()}
    by_id = {cell.id: place for place, cell in free.items() if cell.id and not cell.grade_id}
    by_source = {cell.source.strip(): place for place, cell in free.items() if not cell.grade_id}
    for index, cell in enumerate(cells):
        if index in places or cell.grade_id:
            continue
        for table, key in ((by_id, ids[index]), (by_source, cell.source.strip())):
            place = table.get(key)
            if place is not None and place in free and (free[place].kind == "code") == (cell.kind == "code"):
                places[index] = place
                del free[place]
                break
    return places


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
