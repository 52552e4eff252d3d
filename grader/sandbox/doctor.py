"""Which sandbox works on this machine, found out by trying each of them.

Each backend starts a small fork server and runs a probe in it: code that tries to read a file, reach the network,
signal and look into the supervisor. Version numbers say little (containers, distributions and administrators switch
parts off); an attempt says everything.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import platform
import shutil
import socket
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from grader.sandbox import confine
from grader.sandbox.limits import CGroup, Limits

BACKENDS = ("namespaces", "bubblewrap", "landlock", "none")
"""From best to worst."""

_WORDS = {
    "namespaces": "namespaces, Landlock and seccomp (no helper program)",
    "bubblewrap": "one bubblewrap around the fork server, Landlock and seccomp per job",
    "landlock": "Landlock and seccomp",
    "none": "no sandbox: only limits on time, memory and processes",
}
_LIMITED = {
    "bubblewrap": ["jobs running at the same time see each other's process numbers and share /dev/shm by name"],
    "landlock": [
        "a job sees the command lines of other processes",
        "unix sockets that have a path can be reached (before Landlock version 9)",
        "no /dev/shm: DataLoader workers, multiprocessing locks and terminals for '!' commands do not work",
    ],
    "none": ["a job can do whatever you can do"],
}


@dataclass(frozen=True)
class Attempt:
    """One backend, tried: ``works``, or else ``why`` not and ``advice``; ``notes`` on what it does not stop."""

    backend: str
    works: bool
    why: str = ""
    advice: str = ""
    notes: list[str] = field(default_factory=list)
    milliseconds: float = 0.0


@dataclass(frozen=True)
class Diagnosis:
    """All attempts, and the ``best`` backend that works."""

    best: str
    attempts: list[Attempt]
    memory: str
    landlock: int
    kernel: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def advice(self) -> str:
        """What to do for each backend that does not work, as text."""
        lines = []
        for attempt in self.attempts:
            if not attempt.works and attempt.backend != "none":
                lines.append(f"{attempt.backend}: {attempt.why}. {attempt.advice}".rstrip())
        return "\n".join(lines)

    def __str__(self) -> str:
        lines = [f"in force: {self.best} - {_WORDS[self.best]}", f"memory limit: {self.memory}"]
        for attempt in self.attempts:
            state = "works" if attempt.works else f"no: {attempt.why}"
            lines.append(f"  {attempt.backend:<11} {state}")
            lines += [f"              {text}" for text in (attempt.advice, *attempt.notes) if text]
        return "\n".join(lines)


def probe(sock: socket.socket, payload: bytes) -> None:
    """Runs confined: try what must fail, and answer what succeeded."""
    target = json.loads(payload)
    open_doors = []

    def attempt(name: str, action: Any) -> None:
        with contextlib.suppress(OSError):
            action()
            open_doors.append(name)

    def connect(kind: int) -> None:
        with socket.socket(socket.AF_INET, kind) as client:
            client.settimeout(2)
            client.connect(("127.0.0.1", target["port"]))
            client.send(b"x")

    attempt("read files of the grader", lambda: Path(target["secret"]).read_bytes())
    attempt("write files of the grader", lambda: Path(target["secret"] + ".new").write_bytes(b"x"))
    attempt("connect to the network", lambda: connect(socket.SOCK_STREAM))
    attempt("send to the network", lambda: connect(socket.SOCK_DGRAM))
    attempt("read the grader's environment", lambda: Path(f"/proc/{target['pid']}/environ").read_bytes())
    if os.path.realpath("/proc/self") == f"/proc/{os.getpid()}" and os.getpid() > 100:  # not a pid namespace
        attempt("signal the grader", lambda: os.kill(target["pid"], 0))
    sock.sendall(json.dumps(open_doors).encode())


def _try(backend: str, landlock_abi: int | None) -> Attempt:
    from grader.sandbox.forkserver import ForkServer, SandboxError

    began = time.monotonic()
    notes = list(_LIMITED.get(backend, []))
    if backend != "none" and confine.landlock_abi() == 0:
        notes.append("this kernel has no Landlock, so one of the walls is missing")
    if not hasattr(os, "fork"):
        return Attempt(backend, False, f"{sys.platform} has no fork", _platform_advice())
    if backend != "none" and (missing := confine.supported()):
        return Attempt(backend, False, missing, _platform_advice())
    try:
        limits = Limits(seconds=20, memory_mb=512, processes=32, file_mb=16)
        with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
            secret = Path(folder, "secret")
            secret.write_text("secret")
            target = {"secret": str(secret), "port": listener.getsockname()[1], "pid": os.getpid()}
            with ForkServer([], backend=backend, limits=limits, landlock_abi=landlock_abi) as server:
                job = server.start("grader.sandbox.doctor:probe", json.dumps(target).encode())
                with job:
                    end = job.wait()
                    job.socket.setblocking(False)
                    with contextlib.suppress(BlockingIOError):
                        answer = job.socket.recv(65536)
                    if not end.ok:
                        why = end.detail.strip().splitlines()[-1:] or [end.status]
                        text = job.output()[-300:].decode(errors="replace").strip()
                        return Attempt(backend, False, why[0] + (f" {text}" if text else ""), _advice(backend))
    except (SandboxError, OSError) as error:
        return Attempt(backend, False, str(error).strip().splitlines()[-1], _advice(backend))
    milliseconds = (time.monotonic() - began) * 1000
    try:
        doors = [str(name) for name in json.loads(answer)]
    except (ValueError, UnboundLocalError):
        return Attempt(backend, False, "the probe did not answer", _advice(backend), [], milliseconds)
    if doors and backend != "none":
        return Attempt(backend, False, f"a job could {', '.join(doors)}", _advice(backend), [], milliseconds)
    return Attempt(backend, True, "", "", notes, milliseconds)


def _platform_advice() -> str:
    if sys.platform == "linux":
        return "Use a 64-bit x86 or ARM Linux."
    return "Grade other people's work on Linux, in a virtual machine or a container."


def _setting(path: str) -> str | None:
    try:
        return Path("/proc/sys", path).read_text().strip()
    except OSError:
        return None


def _advice(backend: str) -> str:
    """What to do where a backend does not work, from the usual causes."""
    if backend == "landlock":
        if confine.landlock_abi() == 0:
            return "Landlock needs Linux 5.13 or newer, with landlock in /sys/kernel/security/lsm."
        return ""
    if backend == "bubblewrap" and shutil.which("bwrap") is None:
        return "Install it: apt install bubblewrap (Debian, Ubuntu), dnf install bubblewrap (Fedora)."
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "This system (Ubuntu 24.04 does so) refuses user namespaces to ordinary programs. Allow them: "
            "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0 (lasting: a file in /etc/sysctl.d), or add an "
            "AppArmor profile for bwrap alone."
        )
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return "Allow user namespaces: sudo sysctl kernel.unprivileged_userns_clone=1."
    if _setting("user/max_user_namespaces") == "0":
        return "Allow user namespaces: sudo sysctl user.max_user_namespaces=15000."
    if any(os.path.exists(path) for path in ("/.dockerenv", "/run/.containerenv")):
        return (
            "A container's system call filter usually refuses namespaces: start it with --security-opt "
            "seccomp=unconfined --security-opt systempaths=unconfined, or grade outside of it."
        )
    return "The kernel or its administrator refuses user namespaces."


def _memory() -> str:
    return "control group (cgroup v2)" if CGroup.base() else "watchdog over all processes of a job"


def examine(landlock_abi: int | None = None) -> Diagnosis:
    """Try every backend, once per process."""
    return _examine(landlock_abi, os.getpid())


@functools.lru_cache(maxsize=4)
def _examine(landlock_abi: int | None, process: int) -> Diagnosis:
    attempts = [_attempt(backend, landlock_abi, process) for backend in BACKENDS]
    best = next((attempt.backend for attempt in attempts if attempt.works), "none")
    return Diagnosis(best, attempts, _memory(), confine.landlock_abi(), platform.release())


@functools.lru_cache(maxsize=16)
def _attempt(backend: str, landlock_abi: int | None, _process: int) -> Attempt:
    return _try(backend, landlock_abi)


def best_backend() -> str:
    """The best backend that works here; "none" where only unconfined jobs are possible. Tries no more than it must."""
    return next((name for name in BACKENDS if _attempt(name, None, os.getpid()).works), "none")


if __name__ == "__main__":
    print(examine())
