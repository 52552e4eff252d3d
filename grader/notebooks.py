"""Grades a student's notebook: executes a copy of it in a fresh kernel and reads one verdict per exercise.

The student's file is only read. Check cells take their text from the course where it is there, so an edited check
does not matter; of copies of a cell the last counts. Needs nbclient and a kernel, but not nbgrader.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from grader.cells import (
    Cell,
    CellError,
    Problem,
    check_pattern,
    defines,
    finding_of,
    last_by_id,
    read_cells,
    verdict_of,
    with_cell_error,
)
from grader.course import CHAPTERS, Chapter, find_chapter, project_root
from grader.exercise import Exercise
from grader.feedback.scrub import scrub
from grader.verdict import Finding, Outcome, Verdict

MAX_CELL_OUTPUT = 2_000_000  # characters; what a cell prints beyond is dropped, or a loop that prints fills the memory
START_ATTEMPTS = 3
INTERRUPT_SECONDS = 5.0  # a cell that has not stopped this long after an interrupt has its kernel ended
STARTUP_SECONDS = 120
FIRST_CELL_SECONDS = 60.0
KERNEL = "python3"

#: headlines of verdicts that say nothing about the answer
CHECK_MISSING = "Its check cell is missing from the notebook."
CHECK_NOT_REACHED = "The check was not reached."


@dataclass(frozen=True)
class Graded:
    """What came of one notebook.

    Attributes:
        path: the student's file.
        chapter: which chapter it is.
        verdicts: exactly one per exercise of the chapter, in order.
        notes: what else the student should know, such as cells of ours that stopped with an error.
        seconds: wall time, in seconds.
    """

    path: Path
    chapter: Chapter
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def points(self) -> float:
        return sum(verdict.points for verdict in self.verdicts)

    @property
    def possible(self) -> float:
        return sum(verdict.possible for verdict in self.verdicts)

    @property
    def passed(self) -> bool:
        """Whether every exercise passed."""
        return all(verdict.passed for verdict in self.verdicts)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "path": str(self.path),
            "chapter": self.chapter.name,
            "points": self.points,
            "possible": self.possible,
            "passed": self.passed,
            "seconds": round(self.seconds, 3),
            "notes": list(self.notes),
            "verdicts": [verdict.to_dict() for verdict in self.verdicts],
        }


#: called before each cell with (cells done, cells in all, what the cell is)
OnCell = Callable[[int, int, str], None]


# -- what is graded ------------------------------------------------------------------------------------------------


def chapter_of(cells: Sequence[Cell], path: Path) -> Chapter:
    """The chapter that a notebook belongs to: by its cells' grade ids, their text, or else by its file name.

    Raises:
        Problem: it has nothing to do with the course.
    """
    ids = {cell.grade_id for cell in cells if cell.grade_id}
    scores = []
    for chapter in CHAPTERS:
        own = {name for exercise in chapter.exercises for name in (exercise.name, f"{exercise.name}_check")}
        by_text = sum(bool(check_pattern(chapter.module).search(cell.source)) for cell in cells if cell.kind == "code")
        scores.append((len(ids & own), by_text, chapter))
    best = max(scores, key=lambda score: score[:2])
    if best[:2] != (0, 0):
        return best[2]
    if not ids:
        with contextlib.suppress(KeyError):
            return find_chapter(path.name)
    raise Problem(
        "This notebook has none of the exercises of the course."
        if not ids
        else "The graded cells of this notebook belong to another course, or to another version of this one.",
        path,
        f"pass the notebook of a chapter, for example notebooks/{CHAPTERS[0].name}/{CHAPTERS[0].notebook}",
    )


@dataclass
class _Plan:
    """The cells to execute, and which of them belong to which exercise (indexes into ``cells``)."""

    cells: list[Cell]
    checks: dict[str, int] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def title(self, index: int) -> str:
        """How messages call a cell."""
        place = sum(cell.kind == "code" for cell in self.cells[: index + 1])
        return f"code cell {place}" if self.cells[index].kind == "code" else f"cell {index + 1}"


def _plan(cells: list[Cell], chapter: Chapter, path: Path) -> _Plan:
    """Find the cells of each exercise, and put back the course's own text and type of the checks."""
    plan = _Plan(list(cells))
    ids = last_by_id(cells)
    if ids:
        plan.checks = {e.name: ids[f"{e.name}_check"] for e in chapter.exercises if f"{e.name}_check" in ids}
        plan.answers = {e.name: ids[e.name] for e in chapter.exercises if e.name in ids}
        copied = [e.number for e in chapter.exercises if sum(c.grade_id == f"{e.name}_check" for c in cells) > 1]
        if copied:
            plan.notes.append(f"The check of {_listed(copied)} is there more than once; its last copy counts.")
    else:
        _find_by_text(plan, chapter)
    ours = _checks_of_course(chapter, path)
    for name, index in plan.checks.items():
        plan.cells[index] = replace(plan.cells[index], kind="code", source=ours.get(name, plan.cells[index].source))
    for index in plan.answers.values():
        plan.cells[index] = replace(plan.cells[index], kind="code")
    return plan


def _find_by_text(plan: _Plan, chapter: Chapter) -> None:
    """For a notebook that lost its metadata: a check by its text, its answer in the code cell before it."""
    names = {exercise.name for exercise in chapter.exercises}
    before: int | None = None
    for index, cell in enumerate(plan.cells):
        if cell.kind != "code":
            continue
        found = check_pattern(chapter.module).search(cell.source)
        if found and found.group(1) in names:
            plan.checks[found.group(1)] = index
            if before is not None:
                plan.answers[found.group(1)] = before
        else:
            before = index
    if plan.checks:
        plan.notes.append(
            "The notebook has lost its nbgrader metadata (some editors drop it), so the checks were found by their "
            "text. Before you hand it in, copy your answers into a fresh notebook of the course."
        )


def _checks_of_course(chapter: Chapter, path: Path) -> dict[str, str]:
    """Text of the check cells as the course has them; empty where it has no copy but the student's own."""
    for tree in ("solutions", "notebooks"):
        original = chapter.path(tree)
        with contextlib.suppress(Problem, OSError):
            if original.resolve() == path.resolve() and tree == "notebooks":
                continue
            cells = read_cells(original)
            return {cell.grade_id.removesuffix("_check"): cell.source for cell in cells if cell.is_check}
    return {}


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


# -- executing -----------------------------------------------------------------------------------------------------


class _OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel: this very Python. The notebook's own kernel name may not exist on this machine."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python", interrupt_mode="signal")


class _BoundedClient(NotebookClient):
    """An nbclient that keeps no more of a cell's output than anyone can read."""

    _kept = 0

    def output(self, outs: Any, msg: Any, display_id: str | None, cell_index: int) -> Any:
        if msg["msg_type"] == "stream":
            self._kept += len(msg["content"].get("text", ""))
            if self._kept > MAX_CELL_OUTPUT:
                return None
        return super().output(outs, msg, display_id, cell_index)


def _quiet_log() -> logging.Logger:
    log = logging.getLogger("grader.kernel")
    log.propagate = False
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    return log


@dataclass
class _Run:
    """What came of executing a plan: the outputs and errors by cell, and where and why it ended early."""

    outputs: dict[int, list[Any]] = field(default_factory=dict)
    errors: dict[int, CellError] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    ended_at: int | None = None


def _kernel_environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    env = dict(os.environ)
    # nbgrader's mark makes checks raise; grading somebody's notebook is not the user's own progress
    env.pop("NBGRADER_EXECUTION", None)
    env["GRADER_PROGRESS"] = "off"
    env["PYTHONPATH"] = os.pathsep.join(
        part for part in (str(Path(__file__).resolve().parent.parent), env.get("PYTHONPATH", "")) if part
    )
    return env | dict(extra or {})


def _kernel_for(notebook: Any) -> tuple[AsyncKernelManager, _BoundedClient]:
    """A kernel that is not started yet, and its client."""
    log = _quiet_log()
    manager = AsyncKernelManager(kernel_name=KERNEL, kernel_spec_manager=_OwnKernelSpecs(), log=log)
    client = _BoundedClient(
        notebook, km=manager, allow_errors=True, iopub_timeout=30, startup_timeout=STARTUP_SECONDS, log=log
    )
    return manager, client


async def _execute(
    plan: _Plan, folder: Path, timeout: float, environment: Mapping[str, str] | None, on_cell: OnCell | None
) -> _Run:
    """Execute the plan's cells in order in a fresh kernel that works in ``folder``."""
    run = _Run()
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(cell.source)
            if cell.kind == "code"
            else nbformat.v4.new_markdown_cell(cell.source)
            for cell in plan.cells
        ]
    )
    # the first cell imports, which on a cold or busy machine takes long whatever the student wrote
    limit = max(timeout, FIRST_CELL_SECONDS)
    manager, client = _kernel_for(notebook)
    try:
        for attempt in range(START_ATTEMPTS):
            try:
                nowhere = asyncio.subprocess.DEVNULL
                await client.async_start_new_kernel(
                    cwd=str(folder), env=_kernel_environment(environment), stdout=nowhere, stderr=nowhere
                )
                await client.async_start_new_kernel_client()
                break
            except Exception as error:
                # it dies when another kernel, started at the same moment, takes one of its ports: not twice in a row
                if attempt + 1 < START_ATTEMPTS and isinstance(error, RuntimeError):
                    await _end(client, manager)
                    manager, client = _kernel_for(notebook)
                    continue
                raise Problem(
                    f"The Jupyter kernel does not start ({type(error).__name__}: {error}).",
                    sys.executable,
                    "run `grader doctor`, which looks for the reason",
                ) from None
        client.timeout_func = lambda _: limit  # type: ignore[assignment]
        for index, cell in enumerate(plan.cells):
            if cell.kind != "code" or not cell.source.strip():
                continue
            if on_cell is not None:
                on_cell(index, len(plan.cells), plan.title(index))
            client._kept = 0
            started = time.perf_counter()
            node = notebook.cells[index]
            try:
                await client.async_execute_cell(node, index, store_history=True)
            except CellTimeoutError:
                told = f"no end within {limit:g} seconds"
                run.errors[index] = CellError("TimeoutError", told)
                if not await _interrupt(client):
                    run.errors[index] = CellError("TimeoutError", f"{told}, and an interrupt did not stop it")
                    run.ended_at = index
            except (DeadKernelError, RuntimeError):
                run.errors[index] = CellError("KernelDied", await _how_it_ended(manager))
                run.ended_at = index
            run.seconds[index] = time.perf_counter() - started
            run.outputs[index] = list(node.outputs)
            limit = timeout
            for output in node.outputs:
                if output.output_type == "error":
                    run.errors.setdefault(index, CellError.from_output(output, cell.source))
            if run.ended_at is not None:
                break
        if on_cell is not None:
            on_cell(len(plan.cells), len(plan.cells), "done")
    finally:
        await _end(client, manager)
    return run


async def _interrupt(client: NotebookClient) -> bool:
    """Interrupt the running cell; whether the kernel answers again."""
    assert client.km is not None
    assert client.kc is not None
    end = time.monotonic() + INTERRUPT_SECONDS
    try:
        await client.km.interrupt_kernel()  # type: ignore[misc]
        asked = client.kc.execute("", silent=True)
        while (left := end - time.monotonic()) > 0:
            reply = await client.kc.shell_channel.get_msg(timeout=left)
            if reply["parent_header"].get("msg_id") == asked:
                return True
    except Exception:  # no answer in time, or no kernel any more
        return False
    return False


async def _how_it_ended(manager: AsyncKernelManager) -> str:
    """In words, from the exit status of the kernel's process."""
    status = None
    with contextlib.suppress(Exception):
        status = await manager.provisioner.poll()  # type: ignore[union-attr]
    if isinstance(status, int) and status < 0:
        with contextlib.suppress(ValueError):
            name = signal.Signals(-status).name
            memory = ", as the system does when memory runs out" if name == "SIGKILL" else ""
            return f"the Python process was ended by {name}{memory}"
    return f"the Python process ended with status {status}" if isinstance(status, int) else "the Python process ended"


async def _end(client: NotebookClient, manager: AsyncKernelManager) -> None:
    """End the kernel at once, with the processes it started."""
    if client.kc is not None:
        with contextlib.suppress(Exception):
            client.kc.stop_channels()
    group = getattr(manager.provisioner, "pgid", None)
    if isinstance(group, int) and hasattr(os, "killpg") and group != os.getpgid(0):
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    with contextlib.suppress(Exception):
        await manager.shutdown_kernel(now=True)


# -- verdicts ------------------------------------------------------------------------------------------------------


def _verdict(exercise: Exercise, plan: _Plan, run: _Run) -> Verdict:
    """The one verdict of an exercise."""
    index = plan.checks.get(exercise.name)
    answer = plan.answers.get(exercise.name)
    error = run.errors.get(answer) if answer is not None else None
    if index is None:
        finding = Finding(
            CHECK_MISSING,
            expected="the locked cell below the exercise",
            next_step="take a fresh copy of the notebook and paste your answers into it",
        )
        return verdict_of(exercise, Outcome.NOT_ATTEMPTED, finding)
    if index not in run.outputs:
        if error is not None and answer == run.ended_at:
            return verdict_of(exercise, Outcome.FAILED, finding_of(error, defines(exercise)))
        return verdict_of(exercise, Outcome.NOT_ATTEMPTED, _not_reached(exercise, plan, run))
    seconds = run.seconds.get(index, 0.0)
    verdict = None
    for output in run.outputs[index]:
        verdict = _read_verdict(exercise, output) or verdict
    stopped = run.errors.get(index)
    if verdict is not None and not (stopped is not None and stopped.is_timeout):
        return with_cell_error(exercise, verdict, error)
    if verdict is not None and verdict.finding is not None and stopped is not None:
        # our interrupt made the check end with a verdict about a KeyboardInterrupt: what it knows is the line
        told = replace(finding_of(stopped, "the check"), where=verdict.finding.where)
        return verdict_of(exercise, Outcome.FAILED, told, seconds)
    if stopped is not None:
        return verdict_of(exercise, Outcome.FAILED, finding_of(stopped, "the check"), seconds)
    finding = Finding(
        "The check cell gave no verdict.",
        cause="a name that the check needs was given to something else in the notebook",
        next_step="restart the kernel, run the notebook from the top, and look at what this cell shows",
    )
    return verdict_of(exercise, Outcome.FAILED, finding, seconds)


def _read_verdict(exercise: Exercise, output: Any) -> Verdict | None:
    """The verdict that a card carries, if it is this exercise's."""
    data = output.get("metadata", {}).get("verdict")
    if not isinstance(data, dict) or data.get("exercise") != exercise.key:
        return None
    try:
        verdict = Verdict.from_dict(dict(data))
    except (KeyError, TypeError, ValueError):
        return None
    finding = verdict.finding
    if finding is not None:  # it came out of the student's process: text only, and nothing that moves a cursor
        finding = Finding(**{name: scrub(str(text), exercise.secrets) for name, text in vars(finding).items()})
    return replace(
        verdict,
        points=exercise.points if verdict.passed else 0,
        possible=exercise.points,
        number=exercise.number,
        title=exercise.title,
        finding=finding,
        printed=str(verdict.printed)[:4000],
    )


def _not_reached(exercise: Exercise, plan: _Plan, run: _Run) -> Finding:
    assert run.ended_at is not None
    which = next((defines(_named(exercise, n)) for n, i in plan.answers.items() if i == run.ended_at), "")
    told = run.errors[run.ended_at]
    return Finding(
        CHECK_NOT_REACHED,
        cause=f"{plan.title(run.ended_at)}{f', {which},' if which else ''} ended the run: {told.message}",
        next_step="mend that cell first",
    )


def _named(exercise: Exercise, name: str) -> Exercise:
    """The exercise of that name in the same chapter."""
    return next(e for e in find_chapter(exercise.chapter).exercises if e.name == name)


def _notes(plan: _Plan, run: _Run) -> list[str]:
    """About cells that are neither answer nor check and stopped with an error."""
    known = {*plan.answers.values(), *plan.checks.values()}
    notes = list(plan.notes)
    stopped = [index for index in sorted(run.errors) if index not in known and not run.errors[index].is_stub]
    for index in stopped[:3]:
        error = run.errors[index]
        where = f" on line {error.line}" + (f" (`{error.code}`)" if error.code else "") if error.line else ""
        title = plan.title(index)
        notes.append(f"{title[:1].upper()}{title[1:]} stopped{where}: {error.text}")
    if len(stopped) > 3:
        notes.append(f"{len(stopped) - 3} more cells stopped with an error.")
    return notes


async def grade_async(
    path: Path | str,
    *,
    chapter: Chapter | None = None,
    timeout: float = 120.0,
    environment: Mapping[str, str] | None = None,
    on_cell: OnCell | None = None,
) -> Graded:
    """Grade one notebook.

    Args:
        path: the student's file; it is only read. The kernel works in its folder.
        chapter: which chapter to grade it as; by default its cells tell.
        timeout: seconds for one cell; the first one, which imports, has at least a minute.
        environment: variables to set in the kernel.
        on_cell: told before each cell.

    Returns:
        one verdict per exercise, whatever the notebook does.

    Raises:
        Problem: there is no notebook to grade, or no kernel.
    """
    path = Path(path)
    started = time.perf_counter()
    cells = read_cells(path)
    found = chapter_of(cells, path)
    if chapter is not None and found != chapter:
        raise Problem(
            f"This is the notebook of {found.name}, not of {chapter.name}.", path, f"pass {chapter.path('notebooks')}"
        )
    plan = _plan(cells, found, path)
    run = await _execute(plan, path.resolve().parent, timeout, environment, on_cell)
    verdicts = tuple(_verdict(exercise, plan, run) for exercise in found.exercises)
    return Graded(path, found, verdicts, tuple(_notes(plan, run)), time.perf_counter() - started)


def grade_notebook(
    path: Path | str,
    *,
    chapter: Chapter | None = None,
    timeout: float = 120.0,
    environment: Mapping[str, str] | None = None,
    on_cell: OnCell | None = None,
) -> Graded:
    """Grade one notebook; see :func:`grade_async`."""
    return asyncio.run(grade_async(path, chapter=chapter, timeout=timeout, environment=environment, on_cell=on_cell))


def kernel_starts(folder: Path | None = None) -> None:
    """Start a kernel and let it compute; raises :class:`Problem` when it cannot."""
    plan = _Plan([Cell("code", "print(6 * 7)")])
    run = asyncio.run(_execute(plan, folder or project_root(), 60.0, None, None))
    text = "".join(output.get("text", "") for output in run.outputs.get(0, []))
    if text.strip() != "42":
        raise Problem(
            "The Jupyter kernel starts but does not compute.", sys.executable, "install ipykernel and nbclient again"
        )
