"""``grader doctor``: whether everything is there to work with."""

from __future__ import annotations

import os
import platform
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

EPILOG = """\b
Examples:
  grader doctor
  grader doctor --json     to send along with a question
\b
Exit status: 0 when all that is needed works, 1 when something is broken.
"""

PROJECT = "intermediate-pytorch"
#: what grading with nbgrader and contributing need, but not working through the notebooks
OPTIONAL = {"nbgrader", "nbval", "tqdm"}
INSTALL = "run `uv sync` in the folder of the course"


@dataclass(frozen=True)
class Finding:
    """One line: ``state`` is ok, hint (worth knowing) or broken."""

    name: str
    state: str
    detail: str
    todo: str = ""


MARKS = {"ok": ("OK", "green"), "hint": ("hint", "yellow"), "broken": ("BROKEN", "bold red")}


@click.command("doctor", epilog=EPILOG, short_help="Look whether everything is there to work with.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Look at Python, packages, kernel, GPU, data and folders: each is OK, or says what to do."""
    from rich.text import Text

    from grader.cli.show import console, print_json

    out = console()
    found = []
    for finding in examine():
        found.append(finding)
        if not as_json:
            word, style = MARKS[finding.state]
            out.print(Text.assemble((f"{word:<7}", style), f"{finding.name:<15}", finding.detail), soft_wrap=True)
            if finding.todo:
                out.print(Text(f"{'':<22}what to do: {finding.todo}", style=style), soft_wrap=True)
    broken = [finding for finding in found if finding.state == "broken"]
    if as_json:
        print_json({"version": 1, "ok": not broken, "findings": [asdict(finding) for finding in found]})
    elif broken:
        out.print(
            Text(f"\nBroken: {', '.join(f.name for f in broken)}. Follow what to do, then run this again.", "bold")
        )
    else:
        out.print(Text("\nReady: uv run jupyter lab notebooks", style="bold green"))
    ctx.exit(1 if broken else 0)


def examine() -> Iterator[Finding]:
    """All findings, one after the other, quick ones first."""
    yield _python()
    yield from _packages()
    yield from _torch()
    yield _kernel()
    yield _data()
    yield _progress()
    yield _sandbox()
    yield from _folders()


def _python() -> Finding:
    version = platform.python_version()
    detail = f"{version} ({platform.system()} {platform.machine()})"
    if _numbers(version) < (3, 11):  # run from a folder, without an installer that looks
        return Finding("Python", "broken", detail, "install Python 3.11 or newer, or let `uv` do it")
    return Finding("Python", "ok", detail)


def _requirements() -> dict[str, str]:
    """Lower bounds of the project's own dependencies, by package."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        lines = requires(PROJECT) or []
    except PackageNotFoundError:
        return {}
    bounds = {}
    for line in lines:
        found = re.match(r"^([A-Za-z0-9_.-]+)\s*(?:>=\s*([0-9.]+))?", line)
        if found and "extra ==" not in line:
            bounds[found.group(1).lower()] = found.group(2) or "0"
    return bounds


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.split("+")[0])[:3])


def _packages() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    bounds = _requirements()
    if not bounds:
        yield Finding("course package", "broken", "not installed in this Python", INSTALL)
        return
    good = []
    for name, bound in bounds.items():
        try:
            there = version(name)
        except PackageNotFoundError:
            yield Finding(name, "hint" if name in OPTIONAL else "broken", "not installed", INSTALL)
            continue
        if _numbers(there) < _numbers(bound):
            yield Finding(name, "hint" if name in OPTIONAL else "broken", f"{there}, {bound} is needed", INSTALL)
        else:
            good.append(f"{name} {there}")
    for start in range(0, len(good), 4):
        yield Finding("packages" if start == 0 else "", "ok", ", ".join(good[start : start + 4]))


def _torch() -> Iterator[Finding]:
    try:
        import torch

        total = float(torch.ones(3, 3).matmul(torch.ones(3, 3)).sum())
    except Exception as error:
        yield Finding("PyTorch", "broken", f"{type(error).__name__}: {error}"[:300], INSTALL)
        return
    if total != 27:
        yield Finding("PyTorch", "broken", "computes wrong numbers", INSTALL)
        return
    threads = torch.get_num_threads()
    yield Finding("PyTorch", "ok", f"computes, with {threads} {'thread' if threads == 1 else 'threads'}")
    try:
        if torch.cuda.is_available():
            yield Finding("GPU", "ok", torch.cuda.get_device_name(0))
        elif torch.backends.mps.is_available():
            yield Finding("GPU", "ok", "Apple MPS")
        else:
            yield Finding("GPU", "ok", "none; the course is made for a CPU")
    except Exception as error:
        yield Finding("GPU", "hint", f"{type(error).__name__}: {error}"[:300], "the course works without one")


def _kernel() -> Finding:
    from grader.cells import Problem

    try:
        from grader.notebooks import kernel_starts

        with tempfile.TemporaryDirectory() as folder:
            kernel_starts(Path(folder))
    except Problem as problem:
        return Finding("Jupyter kernel", "broken", problem.what, f"{INSTALL}; ipykernel must start in this Python")
    except Exception as error:
        return Finding("Jupyter kernel", "broken", f"{type(error).__name__}: {error}"[:300], INSTALL)
    return Finding("Jupyter kernel", "ok", "starts and computes")


def _data() -> Finding:
    prepare = "run `uv run python -m data_scripts prepare water` (the notebook does it by itself, too)"
    try:
        from data_scripts import water
        from data_scripts._store import data_root

        problems = water.verify()
        folder = data_root()
    except Exception as error:
        return Finding("data", "broken", f"{type(error).__name__}: {error}"[:300], INSTALL)
    if not problems:
        return Finding("data", "ok", "water is there and whole")
    if not _writable(folder):
        return Finding("data", "broken", f"cannot write to {folder}", "name another folder in COURSE_DATA")
    if problems[0].startswith("not prepared"):
        return Finding("data", "hint", "water is not prepared yet", prepare)
    return Finding(
        "data", "hint", f"water: {'; '.join(problems)[:200]}", "`python -m data_scripts --help` tells how to mend it"
    )


def _progress() -> Finding:
    from grader import progress

    path = progress.progress_path()
    if path is None:
        return Finding("progress file", "ok", "switched off (GRADER_PROGRESS)")
    if not _writable(path.parent) or (path.exists() and not os.access(path, os.W_OK)):
        todo = "change its permissions, or name another file in GRADER_PROGRESS"
        return Finding("progress file", "broken", f"cannot write {path}", todo)
    if path.exists() and not progress._readable(path):
        return Finding(
            "progress file", "hint", f"{path} cannot be read", "the next check keeps it aside and begins anew"
        )
    return Finding("progress file", "ok", "can be written")


def _sandbox() -> Finding:
    """Whether other people's work can be graded here; each kind of sandbox is tried for real."""
    from grader.sandbox import examine as examine_sandbox

    diagnosis = examine_sandbox()
    if diagnosis.best == "none":
        return Finding("sandbox", "hint", "none works here: `grader grade` will refuse", diagnosis.advice())
    others = [a.backend for a in diagnosis.attempts if a.works and a.backend not in {diagnosis.best, "none"}]
    also = f" (also: {', '.join(others)})" if others else ""
    return Finding("sandbox", "ok", f"{diagnosis.best} is in force for `grader grade`{also}")


def _writable(folder: Path) -> bool:
    """Whether files can be made in a folder, or in the nearest one above it that exists."""
    for place in (folder, *folder.parents):
        if place.is_dir():
            try:
                with tempfile.TemporaryFile(dir=place):
                    return True
            except OSError:
                return False
        if place.exists():
            return False
    return False


def _folders() -> Iterator[Finding]:
    from grader.cells import Problem, read_cells
    from grader.course import CHAPTERS, project_root

    for tree, needed, loss in (
        ("notebooks", True, "there is nothing to work on"),
        ("solutions", False, "`grader try`, `grader demo` and `.solution()` need it"),
    ):
        problems = []
        for chapter in CHAPTERS:
            try:
                read_cells(chapter.path(tree))
            except Problem as problem:
                problems.append(f"{chapter.name}: {problem.what}")
        if not problems:
            yield Finding(tree, "ok", f"{len(CHAPTERS)} {'chapter' if len(CHAPTERS) == 1 else 'chapters'}")
            continue
        todo = f"get it from the course, or name the folder of the course in COURSE_ROOT (now {project_root()})"
        yield Finding(tree, "broken" if needed else "hint", f"{'; '.join(problems[:3])}: {loss}", todo)
