"""Judges one candidate answer, standing in the place of the reference's solution cell.

The code cells of the solution notebook before that cell, checks left out, are the context in which the answer runs.
:func:`judge_source` does it in this process: quick, but an answer can hang or end it. :class:`Workshop` keeps
processes in which the context has run, and forks one of them for each answer: whatever the answer does, a verdict
comes back.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import linecache
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import types
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from grader.cells import Cell, CellError, Problem, defines, finding_of, read_cells, verdict_of, with_cell_error
from grader.course import find_exercise
from grader.exercise import Exercise
from grader.touch import wire
from grader.touch.host import Host, _describe_error
from grader.touch.remote import RemoteSession, serve
from grader.touch.subject import ProtocolError
from grader.verdict import Outcome, Verdict

START_SECONDS = 120.0  # for importing torch on a cold disk
CONTEXT_SECONDS = 300.0  # for running the context of an exercise
ANSWER_FILE = "<answer>"

#: of a process that forks: no thread may be running, no device in use, nothing shown or recorded
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "MPLBACKEND": "Agg",
    "TQDM_DISABLE": "1",
    "GRADER_PROGRESS": "off",
    "PYTHONUNBUFFERED": "1",
}

Piece = tuple[str, str]
"""One context cell: its name for tracebacks, and its source."""


# -- what runs -----------------------------------------------------------------------------------------------------


def context_of(exercise: Exercise) -> list[Piece]:
    """The cells that run before an answer to this exercise; raises :class:`Problem` without a solution notebook."""
    chapter, _ = find_exercise(exercise.key)
    path = chapter.path("solutions")
    cells = read_cells(path)
    for index, cell in enumerate(cells):
        if cell.grade_id == exercise.name:
            before = enumerate(cells[:index], start=1)
            return [(f"<cell {n} of {path.name}>", plain_python(c.source)) for n, c in before if _is_context(c)]
    raise Problem(
        f"The solution notebook has no cell for exercise {exercise.number} ({exercise.name}).",
        path,
        "take a fresh copy of the course",
    )


def _is_context(cell: Cell) -> bool:
    return cell.kind == "code" and not cell.grade and bool(cell.source.strip())


def plain_python(source: str) -> str:
    """A cell's source without what only Jupyter understands; the numbers of its lines stay."""
    if source.lstrip().startswith("%%"):
        return ""
    lines = source.splitlines()
    return "\n".join("pass  # " + line if line.startswith(("%", "!")) else line for line in lines)


def run_source(source: str, filename: str, namespace: dict[str, Any]) -> CellError | None:
    """Execute a cell's source in ``namespace``; what stopped it, or None. Its lines can be quoted afterwards."""
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(source, filename, "exec", dont_inherit=True), namespace)
    except SyntaxError as error:  # of the source itself, or of one it imports or evaluates
        line = error.lineno if error.filename == filename else None
        code = (error.text or "").strip() if line is not None else ""
        return CellError(type(error).__name__, error.msg or "", line, code[:200])
    except BaseException as error:  # SystemExit too
        return CellError.from_info(_describe_error(error))
    return None


# -- in this process -----------------------------------------------------------------------------------------------

_contexts: dict[tuple[Piece, ...], dict[str, Any]] = {}


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """No output, no progress, no window: for code that runs in this process."""
    kept = {name: os.environ.get(name) for name in ("GRADER_PROGRESS", "MPLBACKEND")}
    os.environ.update({"GRADER_PROGRESS": "off", "MPLBACKEND": "Agg"})
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].use("Agg")
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        for name, value in kept.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def context_namespace(exercise: Exercise) -> dict[str, Any]:
    """The global names that an answer to this exercise finds; made once, a fresh shallow copy each time."""
    wanted = tuple(context_of(exercise))
    if wanted not in _contexts:
        done = max((p for p in _contexts if wanted[: len(p)] == p), key=len, default=())
        namespace: dict[str, Any] = dict(_contexts.get(done, {"__name__": "__main__", "__builtins__": __builtins__}))
        for filename, source in wanted[len(done) :]:
            with _quiet():
                error = run_source(source, filename, namespace)
            if error is not None:
                raise _broken_context(filename, error)
        _contexts[wanted] = namespace
    return dict(_contexts[wanted])


def _broken_context(filename: str, error: CellError) -> Problem:
    line = f", line {error.line}" if error.line else ""
    return Problem(
        f"The solution notebook itself stops with {error.text}",
        f"{filename}{line}",
        "run `grader doctor`; if all is well there, this is a defect of the course: please report it",
    )


def judge_source(exercise: Exercise, source: str, *, seed: int | None = None) -> Verdict:
    """Judge an answer in this process.

    Args:
        exercise: which one.
        source: the candidate's text, as it would stand in the solution cell.
        seed: of the check's random inputs; by default the exercise's own.

    Raises:
        Problem: without a solution notebook there is no context.
    """
    namespace = context_namespace(exercise)
    with _quiet():
        error = run_source(plain_python(source), ANSWER_FILE, namespace)
        verdict = exercise.judge_objects(namespace=namespace, seed=seed)
    return with_cell_error(exercise, verdict, error)


# -- in processes of their own: this side --------------------------------------------------------------------------


class _Holder:
    """A process that has run some context; see :func:`_hold` for its other end."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control

    def ask(self, body: dict[str, Any], connection: socket.socket | None = None, seconds: float = 30.0) -> Any:
        """Send a request, and one end of a socket with it; the answer."""
        deadline = time.monotonic() + seconds
        self.control.settimeout(seconds)
        if connection is None:
            self.control.sendall(b"-")
        else:
            socket.send_fds(self.control, [b"+"], [connection.fileno()])
        wire.send(self.control, body, deadline)
        return wire.receive(self.control, deadline)

    def close(self) -> None:
        self.control.close()


class Workshop:
    """Judges answers, each in a process of its own.

    The first answer to an exercise starts what it needs (a few seconds: torch, then the context); each further one
    costs a fork and its check. Use it as a context manager, or call :meth:`close`. One thread at a time.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._holders: dict[tuple[Piece, ...], _Holder] = {}
        self._folder: Path | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all of its processes."""
        for holder in self._holders.values():
            holder.close()
        self._holders.clear()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10)
            self._process.kill()
            self._process.wait()
            self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def judge(
        self,
        exercise: Exercise,
        source: str,
        *,
        seconds: float = 30.0,
        total_seconds: float = 120.0,
        seed: int | None = None,
    ) -> Verdict:
        """Judge an answer; always comes back with a verdict about it.

        Args:
            exercise: which one.
            source: the candidate's text, as it would stand in the solution cell.
            seconds: time for running it, and for each answer to a touch.
            total_seconds: time for all of it.
            seed: of the check's random inputs; by default the exercise's own.

        Raises:
            Problem: without a solution notebook there is no context, or it does not run here.
        """
        context = tuple(context_of(exercise))
        with self._lock:
            try:
                holder = self._prepared(context)
                return self._judge(holder, exercise, source, seconds, total_seconds, seed)
            except (wire.Gone, TimeoutError, ProtocolError, OSError) as error:
                self.close()  # the next call begins anew
                raise Problem(
                    f"The process that runs the solution notebook ended ({type(error).__name__}).",
                    exercise.key,
                    "try again; if it stays, run `grader doctor`",
                ) from None

    def _judge(
        self, holder: _Holder, exercise: Exercise, source: str, seconds: float, total_seconds: float, seed: int | None
    ) -> Verdict:
        started = time.perf_counter()
        seed = exercise.default_seed() if seed is None else seed
        here, there = socket.socketpair()
        with there:
            pid = holder.ask({"op": "answer", "source": plain_python(source)}, there)["pid"]
        session = RemoteSession(here, seed, seconds, total_seconds)
        try:
            error = _definition(here, min(seconds, total_seconds))
            if error is not None and (error.is_timeout or error.type == "KernelDied"):
                finding = finding_of(error, defines(exercise))
                return verdict_of(exercise, Outcome.FAILED, finding, time.perf_counter() - started)
            return with_cell_error(exercise, exercise.judge(session), error)
        finally:
            session.close()
            holder.ask({"op": "end", "pid": pid})

    def _prepared(self, context: tuple[Piece, ...]) -> _Holder:
        """The process in which this context has run: made from the one that has run most of it."""
        if context in self._holders:
            return self._holders[context]
        if self._process is None:
            self._start()
        done = max((p for p in self._holders if context[: len(p)] == p), key=len)
        here, there = socket.socketpair()
        with there:
            rest = [list(piece) for piece in context[len(done) :]]
            self._holders[done].ask({"op": "extend", "cells": rest}, there)
        told = wire.receive(here, time.monotonic() + CONTEXT_SECONDS)
        if "error" in told:
            here.close()
            raise _broken_context(told["cell"], CellError.from_info(told["error"]))
        self._holders[context] = _Holder(here)
        return self._holders[context]

    def _start(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="try-"))
        here, there = socket.socketpair()
        root = str(Path(__file__).resolve().parent.parent)
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
        nowhere = subprocess.DEVNULL
        with there:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, str(there.fileno())],
                pass_fds=[there.fileno()],
                cwd=self._folder,
                env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": path},
                stdin=nowhere,
                stdout=nowhere,
                stderr=nowhere,
            )
        wire.receive(here, time.monotonic() + START_SECONDS)
        self._holders[()] = _Holder(here)


def _definition(connection: socket.socket, seconds: float) -> CellError | None:
    """How running the candidate's text went."""
    try:
        told = wire.receive(connection, time.monotonic() + seconds)
    except TimeoutError:
        return CellError("TimeoutError", f"no end within {seconds:g} seconds")
    except wire.Gone:
        return CellError("KernelDied", "the Python process ended")
    except ProtocolError:
        return CellError("KernelDied", "the code broke the connection to the grader")
    return CellError.from_info(told["error"]) if isinstance(told, dict) and "error" in told else None


# -- in processes of their own: the other side ---------------------------------------------------------------------

_BOOT = "import sys; from grader.trial import _root; _root(int(sys.argv[1]))"


def _root(fd: int) -> None:
    """The first process: it only imports."""
    # the first optimizer and the first layer on the device `meta` import it, for seconds: here once, not in each answer
    importlib.import_module("torch._dynamo")
    torch.set_num_threads(1)
    control = socket.socket(fileno=fd)
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    wire.send(control, {"ready": True})
    _hold(control, main.__dict__)


def _hold(control: socket.socket, namespace: dict[str, Any]) -> None:
    """Fork for each request until the other side is gone."""
    children: set[int] = set()
    while True:
        try:
            flag, fds, _, _ = socket.recv_fds(control, 1, 1)
            if not flag:
                break
            request = wire.receive(control)
        except (wire.Gone, OSError):
            break
        if request["op"] == "end":
            _end(request["pid"])
            children.discard(request["pid"])
            wire.send(control, {"ended": True})
            continue
        pid = os.fork()
        if pid == 0:
            control.close()
            connection = socket.socket(fileno=fds[0])
            try:
                if request["op"] == "extend":
                    _extend(connection, namespace, request["cells"])
                else:
                    os.setsid()
                    _answer(connection, namespace, request["source"])
            finally:
                os._exit(0)
        os.close(fds[0])
        if request["op"] == "answer":
            children.add(pid)
        wire.send(control, {"pid": pid})
    for child in children:
        _end(child)


def _end(pid: int) -> None:
    """End a child of ours and what it has started."""
    # before its own setsid() the group does not exist yet: then the process itself
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            kill(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(pid, 0)


def _extend(connection: socket.socket, namespace: dict[str, Any], cells: Sequence[Sequence[str]]) -> None:
    for filename, source in cells:
        error = run_source(source, filename, namespace)
        if error is not None:
            told = {"type": error.type, "message": error.message[:2000], "line": error.line, "code": error.code}
            wire.send(connection, {"error": told, "cell": filename})
            return
    wire.send(connection, {"ready": True})
    _hold(connection, namespace)


def _answer(connection: socket.socket, namespace: dict[str, Any], source: str) -> None:
    error = run_source(source, ANSWER_FILE, namespace)
    told: dict[str, Any] = {"defined": True}
    if error is not None:
        told = {"error": {"type": error.type, "message": error.message, "line": error.line, "code": error.code}}
    wire.send(connection, told)
    serve(connection, Host(namespace))
