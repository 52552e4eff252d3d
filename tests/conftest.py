"""Set before anything imports torch: one thread a worker, no progress file of the person who runs the tests."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["GRADER_PROGRESS"] = "off"
os.environ.pop("NBGRADER_EXECUTION", None)
os.environ.setdefault("MPLBACKEND", "agg")
# programs such as alembic, which nbgrader starts by name, lie beside the interpreter
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

# started in the background, a shell hands down "ignore Ctrl-C"; tests of Ctrl-C need it to work
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares fixtures stays on one worker: a file, or within it what belongs to one chapter."""
    for item in items:
        file, chapter = item.nodeid.partition("::")[0], getattr(item, "callspec", None)
        name = getattr(chapter.params.get("chapter"), "name", "") if chapter else ""
        item.add_marker(pytest.mark.xdist_group(f"{file}:{name}" if name else file))


collect_ignore = ["verdicts"]  # answers to exercises, whatever their file names look like

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data beside the project; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real data beside the project")
    return folder


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Checks in this process as in a job: torch with one thread, nothing noted in a progress file."""
    import torch

    monkeypatch.setenv("GRADER_PROGRESS", "off")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
