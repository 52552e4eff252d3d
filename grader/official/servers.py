"""The fork servers of this process: with which sandbox and which data, started before anything heavy is imported.

No torch and no nbgrader here: a fork server takes seconds to import what the course uses, and begins with that while
this process still imports its own.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.cells import Problem, read_cells
from grader.course import CHAPTERS, Chapter
from grader.official.summary import Options
from grader.sandbox import ForkServer, SandboxError, best_backend, examine
from grader.sandbox.forkserver import COURSE_MODULES


@dataclass(frozen=True)
class Settings:
    """How jobs run, the same for a whole class.

    Attributes:
        backend: of the sandbox; see :class:`~grader.sandbox.ForkServer`.
        seconds: for one cell, and for one answer to a check.
        total_seconds: for all of a submission.
        memory_mb: for all processes of a submission together.
        threads: for torch in each job. One, however many cores are free: threads that wait for each other on a
            busy machine make a training of a second last a minute, and sums come out the same everywhere.
        data: folder of the course's data sets, or "".
        sets: data sets in it that the assignment uses.
    """

    backend: str = "auto"
    seconds: float = 60.0
    total_seconds: float = 900.0
    memory_mb: int = 2048
    threads: int = 1
    data: str = ""
    sets: tuple[str, ...] = ()


_servers: dict[tuple[Any, ...], ForkServer] = {}
_starting = threading.Lock()
_closing = False


def server_for(settings: Settings) -> ForkServer:
    """The fork server of this process for these settings; started on first use. Raises SandboxError."""
    key = (os.getpid(), settings.backend, settings.threads, settings.data, settings.sets)  # limits go with each job
    with _starting:
        if _closing:
            raise SandboxError("grading is being stopped")
        if key not in _servers:
            root = package_root()
            sets = [str(Path(settings.data, name)) for name in settings.sets]
            modules = [f"data_scripts.{name}" for name in settings.sets]
            _servers[key] = ForkServer(
                [
                    *COURSE_MODULES,
                    *modules,
                    *(f"grader.chapters.{chapter.module}" for chapter in CHAPTERS),
                    "matplotlib_inline.backend_inline",
                    "grader.official.job:warm",
                ],
                backend=settings.backend,
                threads=settings.threads,
                read_only=[path for path in (str(root / "data_scripts"), *sets) if os.path.isdir(path)],
            )
        return _servers[key]


def package_root() -> Path:
    """The folder that holds the ``grader`` and ``data_scripts`` packages."""
    return Path(__file__).resolve().parent.parent.parent


def open_servers() -> None:
    """Allow fork servers again after :func:`close_servers`."""
    global _closing
    _closing = False


def close_servers() -> None:
    """End the fork servers of this process, and with them every job."""
    global _closing
    _closing = True
    with _starting:
        for server in _servers.values():
            server.close()
        _servers.clear()


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def backend_for(options: Options) -> str:
    """The sandbox to use; raises :class:`Problem` where there is none and nobody said to do without."""
    if options.backend == "none" and not options.unsafe:
        raise Problem(
            "That would run submissions without a sandbox, as you.", "", "for work that you trust: --unsafe-no-sandbox"
        )
    if options.backend or options.scheduler:
        return options.backend or ("none" if options.unsafe else "auto")
    best = best_backend()
    if best != "none" or options.unsafe:
        return best
    raise Problem(
        "No sandbox works on this machine, and a submission could do whatever you can do.",
        "",
        f"{examine().advice()}\nOr, for work that you trust: --unsafe-no-sandbox",
    )


def prepare_data(sets: Iterable[str], say: Callable[[str], None] = lambda _: None) -> str:
    """Make sure that these data sets are there; the folder of all sets. Raises DataError."""
    names = list(sets)
    if not names:
        return ""
    from data_scripts._store import data_root

    for name in names:
        importlib.import_module(f"data_scripts.{name}").prepare(say=say)
    return str(data_root())


def _data_sets(chapter: Chapter) -> tuple[str, ...]:
    """Data sets that the chapter's notebook imports: ``from data_scripts import water``."""
    from data_scripts import NAMES

    path = chapter.path("notebooks")
    source = "\n".join(cell.source for cell in read_cells(path) if cell.kind == "code") if path.exists() else ""
    imported = re.findall(r"^\s*from data_scripts import ([\w, ]+)", source, re.M)
    names = {name.strip() for line in imported for name in line.split(",")}
    names |= set(re.findall(r"^\s*import data_scripts\.(\w+)", source, re.M))
    return tuple(name for name in NAMES if name in names)


def settings_for(chapter: Chapter, options: Options, backend: str) -> Settings:
    """How jobs run; prepares the chapter's data."""
    sets = _data_sets(chapter)
    return Settings(
        backend=backend,
        seconds=options.seconds,
        total_seconds=options.total_seconds,
        memory_mb=options.memory_mb,
        data=prepare_data(sets),
        sets=sets,
    )


def start_early(chapter: Chapter, options: Options) -> threading.Thread | None:
    """Start the fork server while nbgrader is imported, each of which takes seconds, if it looks as if it is needed."""
    results = options.course / "reports" / chapter.name / "results"
    submitted = options.course / "submitted"
    if options.scheduler or not submitted.is_dir():
        return None
    if not options.force and all((results / f"{name}.json").exists() for name in os.listdir(submitted)):
        return None

    def start() -> None:
        with contextlib.suppress(Exception):  # whoever needs it tries again, and tells
            server_for(settings_for(chapter, options, backend_for(options)))

    thread = threading.Thread(target=start, daemon=True)
    thread.start()
    return thread
