"""Backends, servers, and a way to run the same tests as an ordinary user."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import sys
from pathlib import Path

import pytest

from grader.sandbox import BACKENDS, ForkServer, Limits, examine

HERE = Path(__file__).parent
CONFINED = [backend for backend in BACKENDS if backend != "none"]
LIMITS = Limits(seconds=60, memory_mb=600, processes=48, file_mb=64, output_mb=1)


def needs(backend: str) -> str:
    """Skip where the backend does not work."""
    attempt = next(attempt for attempt in examine().attempts if attempt.backend == backend)
    if not attempt.works:
        pytest.skip(f"{backend}: {attempt.why}")
    return backend


def answer(job) -> object:
    """The JSON line a job sent, waiting for it."""
    job.socket.settimeout(120)
    data = b""
    while not data.endswith(b"\n"):
        more = job.socket.recv(65536)
        if not more:
            raise AssertionError((job.wait(60), job.output().decode(errors="replace")))
        data += more
    return json.loads(data)


def alive(marker: str) -> list[str]:
    """Command lines of running processes of the fork servers that this test process started."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                state = Path("/proc", entry, "stat").read_text()
                text = Path("/proc", entry, "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if f"GRADER_MARK={marker}" in text and state.rpartition(")")[2].split()[0] not in "ZX":
                found.append(f"{entry}: {state[:40]}")
    return found


@pytest.fixture(scope="session", params=BACKENDS)
def any_backend(request):
    return needs(request.param)


@pytest.fixture(scope="session", params=CONFINED)
def backend(request):
    return needs(request.param)


def make_server(backend: str, **more) -> ForkServer:
    settings = {"limits": LIMITS, "path": [HERE], "preload": ["sandbox_attacks"], **more}
    return ForkServer(backend=backend, **settings)


@pytest.fixture(scope="session")
def server(backend, allowed):
    with make_server(backend, roots=[allowed]) as server:
        yield server


@pytest.fixture(scope="session")
def any_server(any_backend):
    with make_server(any_backend) as server:
        yield server


@pytest.fixture(scope="session")
def course_server(any_backend):
    """With everything that course notebooks import."""
    with ForkServer(
        ["sandbox_attacks", *ForkServer.__init__.__defaults__[0]],
        backend=any_backend,
        path=[HERE],
        threads=2,
        limits=Limits(seconds=300),
    ) as server:
        yield server


def open_to_all(folder: Path) -> None:
    """Let others through to a folder of pytest, which closes them; a job of root is another user."""
    for path in (folder, folder.parent, folder.parent.parent):
        if not path.stat().st_mode & stat.S_ISVTX and path.stat().st_uid == os.geteuid():  # not /tmp itself
            path.chmod(0o755)


@pytest.fixture(scope="session")
def allowed(tmp_path_factory):
    """A folder that jobs may be given."""
    folder = tmp_path_factory.mktemp("allowed")
    open_to_all(folder)
    (folder / "data.csv").write_text("1,2,3\n")
    (folder / "data.csv").chmod(0o644)
    (folder / "other.csv").write_text("4,5,6\n")
    return folder


@pytest.fixture
def secrets(tmp_path):
    """What a job must not see: open to every user, so that only the sandbox stands before it."""
    open_to_all(tmp_path)
    secret = tmp_path / "answers.txt"
    secret.write_text("the answers")
    secret.chmod(0o666)
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    return tmp_path


@pytest.fixture
def listeners(secrets):
    """One listener of each kind: (name to address, name to socket)."""
    tcp = socket.create_server(("127.0.0.1", 0))
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind(f"\0grader-test-{os.getpid()}-{secrets.name}")
    abstract.listen()
    path = secrets / "s"
    named = socket.socket(socket.AF_UNIX)
    named.bind(str(path))
    named.listen()
    path.chmod(0o777)
    with tcp, udp, abstract, named:
        yield {
            "tcp": {"port": tcp.getsockname()[1]},
            "udp": {"port": udp.getsockname()[1]},
            "abstract": {"address": f"@grader-test-{os.getpid()}-{secrets.name}"},
            "path": {"address": str(path)},
        }


def as_ordinary_user(command: list[str]) -> list[str] | None:
    """The command, run by the user nobody; None where this process cannot arrange that."""
    if os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")):
        return None
    # The interpreter may live in root's home, closed to others: show it in a mount namespace of its own.
    script = """
        set -e
        base=$1; shift
        top=/$(echo "$base" | cut -d/ -f2)
        if ! setpriv --reuid 65534 --clear-groups test -x "$base/bin"; then
            spare=$(mktemp -d)
            mount --bind "$base" "$spare"
            mount -t tmpfs -o mode=755 tmpfs "$top"
            mkdir -p "$base"
            mount --move "$spare" "$base" 2>/dev/null || mount --bind "$spare" "$base"
        fi
        exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
    """
    return ["unshare", "--mount", "sh", "-c", script, "sh", sys.base_prefix, *command]
