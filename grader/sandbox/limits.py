"""What a job may use, and how that is measured and enforced for all of its processes together.

Two kinds of limits work side by side. ``apply_rlimits`` sets what the kernel enforces per process (and, for the
number of processes, per user). ``Usage`` adds up the memory of every process of a job, because four processes of
one gigabyte each pass every per-process limit. A control group (cgroup v2) does that better and is used when the
grader may make one; see ``CGroup``.
"""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

try:
    import resource  # now: a confined process may not find it any more
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits of one job.

    Parameters: ``seconds`` wall clock; ``memory_mb`` of all its processes together, over what the fork server
    already holds, files in its temporary directories included; ``processes`` processes and threads at once;
    ``file_mb`` the largest file, and all files of its temporary directory together; ``output_mb`` what it may print
    to stdout and stderr; ``open_files`` descriptors.
    """

    seconds: float = 60.0
    memory_mb: int = 2048
    processes: int = 64
    file_mb: int = 256
    output_mb: float = 8.0
    open_files: int = 512

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def apply_rlimits(limits: Limits, *, count_processes: bool) -> None:
    """Set the kernel's own limits on this process and its future children.

    ``count_processes``: RLIMIT_NPROC counts every process of the user, unless it is set inside a user namespace of
    its own. Pass True where there is none: what the user already runs is then added.
    """

    def limit(what: int, soft: int, hard: int | None = None) -> None:
        top = resource.getrlimit(what)[1]
        hard = soft if hard is None else hard
        if top != resource.RLIM_INFINITY:
            soft, hard = min(soft, top), min(hard, top)
        resource.setrlimit(what, (soft, hard))

    # Not RLIMIT_AS: importing torch alone reserves four gigabytes of addresses. RLIMIT_DATA counts private writable
    # memory only, and starts from what was inherited from the fork server.
    inherited = status_kb("self").get("VmData", 0) * 1024
    with contextlib.suppress(ValueError, OSError):  # not enforced (or not there) outside Linux
        limit(resource.RLIMIT_DATA, inherited + limits.memory_mb * MB)
    limit(resource.RLIMIT_FSIZE, limits.file_mb * MB)
    limit(resource.RLIMIT_NOFILE, limits.open_files)
    limit(resource.RLIMIT_CORE, 0)
    cpu = int(limits.seconds * (os.cpu_count() or 1)) + 1  # the wall clock counts; this stops what escapes it
    limit(resource.RLIMIT_CPU, cpu, cpu + 5)
    if hasattr(resource, "RLIMIT_MSGQUEUE"):
        limit(resource.RLIMIT_MSGQUEUE, 0)
    if hasattr(resource, "RLIMIT_NPROC"):
        others = tasks_of_user(os.getuid()) if count_processes else 1
        limit(resource.RLIMIT_NPROC, others + limits.processes)


# ---------------------------------------------------------------------------------------------- reading /proc


def status_kb(pid: int | str) -> dict[str, int]:
    """The numbers of ``/proc/PID/status`` (memory in kB); empty when the process is gone or there is no /proc."""
    numbers: dict[str, int] = {}
    with contextlib.suppress(OSError), open(f"/proc/{pid}/status", "rb") as file:
        for line in file.read().decode("ascii", "replace").splitlines():
            name, _, value = line.partition(":")
            first = value.split()
            if first and first[0].isdigit():
                numbers[name] = int(first[0])
    return numbers


def processes() -> list[int]:
    """All processes that this one can see."""
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def tasks_of_user(uid: int) -> int:
    """How many processes and threads a user has."""
    found = (status_kb(pid) for pid in processes())
    return sum(status.get("Threads", 0) for status in found if status.get("Uid") == uid)


def descendants(root: int) -> list[int]:
    """Children of ``root``, their children, and so on; zombies left out."""
    children: dict[int, list[int]] = {}
    for pid in processes():
        with contextlib.suppress(OSError, IndexError, ValueError), open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
            if fields[0] not in (b"Z", b"X"):
                children.setdefault(int(fields[1]), []).append(pid)
    found: list[int] = []
    todo = [root]
    while todo:
        new = children.pop(todo.pop(), [])
        found += new
        todo += new
    return found


def pss_kb(pid: int) -> int | None:
    """Anonymous and shared memory of a process, each page divided by the processes that share it; None if hidden."""
    total = 0
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                if line.startswith((b"Pss_Anon:", b"Pss_Shmem:")):
                    total += int(line.split()[1])
    except (OSError, ValueError):
        return None
    return total


class Usage:
    """Adds up the memory of a job's processes; look at it from time to time.

    A look costs some tenths of a millisecond. It first takes upper bounds (RssAnon, RssShmem). A forked child shares
    hundreds of megabytes with the fork server, so when the bounds pass the limit, the exact and slower share of each
    process (its PSS) decides. Subtracting a fixed amount per process would not do: a process may give the shared
    pages back and use as much of its own, unseen.
    """

    def __init__(self, memory_mb: int, inherited_kb: int, temporary: Iterable[str] = ()) -> None:
        self.limit_kb = memory_mb * 1024
        self.inherited_kb = inherited_kb
        self.temporary = tuple(temporary)  # mount points of file systems that live in memory and belong to this job
        self.peak_kb = 0
        self._not_before = 0.0

    def files_kb(self) -> int:
        total = 0
        for path in self.temporary:
            with contextlib.suppress(OSError):
                about = os.statvfs(path)
                total += (about.f_blocks - about.f_bfree) * about.f_frsize // 1024
        return total

    def exceeded(self, pids: Iterable[int]) -> bool:
        """Whether the processes ``pids`` and the temporary files together are over the limit now."""
        bound, own, shared, seen = 0, 0, 0, []
        for pid in pids:
            status = status_kb(pid)
            anonymous = status.get("RssAnon", 0)
            seen.append((pid, anonymous + status.get("RssShmem", 0)))
            bound += anonymous
            own += max(0, anonymous - self.inherited_kb)
            shared += status.get("RssShmem", 0)
        files = self.files_kb()
        self.peak_kb = max(self.peak_kb, own + max(shared, files))
        if bound + max(shared, files) <= self.limit_kb or time.monotonic() < self._not_before:
            return False
        began = time.monotonic()
        exact = 0
        for pid, upper in seen:
            share = pss_kb(pid)
            exact += upper if share is None else min(share, upper)
        self._not_before = time.monotonic() + 4 * (time.monotonic() - began)  # at most a fifth of a core
        self.peak_kb = max(self.peak_kb, exact if exact > self.limit_kb else 0)
        return max(exact, files) > self.limit_kb


class Files:
    """Adds up the files of a job whose temporary directory is not a file system of its own.

    Without a limit on all of them one job could fill the disk that others write to. Files without a name count as
    long as a process has them open.
    """

    MOST = 20_000  # entries of the directory: more take too long to look at

    def __init__(self, directory: str, limit_mb: int) -> None:
        self.directory = directory
        self.limit_kb = limit_mb * 1024
        self._not_before = 0.0

    def exceeded(self, pids: Iterable[int]) -> bool:
        """Whether the job has written more than it may, or hides what it wrote."""
        began = time.monotonic()
        if began < self._not_before:
            return False
        total = self._named_kb() + self._unnamed_kb(pids)
        self._not_before = time.monotonic() + 4 * (time.monotonic() - began)  # at most a fifth of a core
        return total > self.limit_kb

    def _named_kb(self) -> float:
        total, entries, todo = 0, 0, [self.directory]
        while todo:
            folder = todo.pop()
            try:
                with os.scandir(folder) as found:
                    for entry in found:
                        entries += 1
                        with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                            total += entry.stat(follow_symlinks=False).st_blocks // 2
                        if entry.is_dir(follow_symlinks=False):
                            todo.append(entry.path)
            except FileNotFoundError:
                continue
            except OSError:  # closed, or deeper than a path can be long: nothing that course work does
                return float("inf")
            if entries > self.MOST:
                return float("inf")
        return total

    @staticmethod
    def _unnamed_kb(pids: Iterable[int]) -> float:
        sizes: dict[tuple[int, int], int] = {}
        for pid in pids:
            with contextlib.suppress(OSError):
                for name in os.listdir(f"/proc/{pid}/fd"):
                    with contextlib.suppress(OSError):
                        about = os.stat(f"/proc/{pid}/fd/{name}")
                        if stat.S_ISREG(about.st_mode) and about.st_nlink == 0:
                            sizes[about.st_dev, about.st_ino] = about.st_blocks // 2
        return sum(sizes.values())


# ---------------------------------------------------------------------------------------------- killing


def reap() -> dict[int, int]:
    """Collect every child that has ended: process id to wait status."""
    ended: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        ended[pid] = status


def kill_descendants(*, own_namespace: bool, seconds: float = 10.0) -> dict[int, int]:
    """Kill everything below this process and wait until it is gone; what ended, with wait status.

    With ``own_namespace`` this process is the first of a pid namespace, and one call reaches everything in it.
    Otherwise it must be a child subreaper, so that what was orphaned comes back to it and is found in the next round.
    """
    ended: dict[int, int] = {}
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if own_namespace:
            with contextlib.suppress(ProcessLookupError):
                os.kill(-1, signal.SIGKILL)
        else:
            for pid in descendants(os.getpid()):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
        ended.update(reap())
        try:  # any child left, dead or alive?
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return ended
        time.sleep(0.001)
    return ended


# ---------------------------------------------------------------------------------------------- control groups


class CGroup:
    """A control group (version 2) for one job, where the grader was given a group of its own to divide.

    ``systemd-run --user --scope -p Delegate=yes ...`` gives one. ``CGroup.base()`` finds it and prepares it.
    """

    def __init__(self, base: Path, name: str, limits: Limits) -> None:
        self.path = base / name
        self._events = -1
        self.path.mkdir()
        self._write("memory.max", str(limits.memory_mb * MB))
        self._write("memory.swap.max", "0", needed=False)
        self._write("pids.max", str(limits.processes + 1), needed=False)

    def _write(self, name: str, text: str, *, needed: bool = True) -> None:
        try:
            (self.path / name).write_text(text)
        except OSError:
            if needed:
                self.remove()
                raise

    @staticmethod
    def base(root: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> Path | None:
        """The group below which job groups can be made, or None. Moves this process into a group of its own."""
        try:
            line = next(text for text in own.read_text().splitlines() if text.startswith("0::"))
            here = root / line[3:].strip().lstrip("/")
            if "memory" not in (here / "cgroup.controllers").read_text().split():
                return None
            if "memory" in (here / "cgroup.subtree_control").read_text().split():
                return here if os.access(here, os.W_OK) else None
            inside = (here / "cgroup.procs").read_text().split()
            if inside != [str(os.getpid())]:  # processes of others: not ours to move
                return None
            leaf = here / "grader-supervisor"
            leaf.mkdir(exist_ok=True)
            (leaf / "cgroup.procs").write_text(str(os.getpid()))
            (here / "cgroup.subtree_control").write_text("+memory +pids")
            return here
        except (OSError, StopIteration):
            return None

    def enter(self) -> None:
        """Move the calling process, and so all its future children, into the group."""
        (self.path / "cgroup.procs").write_text("0")
        # Opened now: once the process has a root directory of its own, the path no longer leads here.
        with contextlib.suppress(OSError):
            self._events = os.open(self.path / "memory.events", os.O_RDONLY | os.O_CLOEXEC)

    def killed_for_memory(self) -> bool:
        """Whether the kernel killed something here because memory ran out (asked by the process that entered)."""
        with contextlib.suppress(OSError):
            for line in os.pread(self._events, 4096, 0).decode().splitlines():
                name, _, count = line.partition(" ")
                if name == "oom_kill" and count.strip() != "0":
                    return True
        return False

    def remove(self, seconds: float = 5.0) -> bool:
        """Kill what is left in the group and remove it."""
        with contextlib.suppress(OSError):
            (self.path / "cgroup.kill").write_text("1")
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self.path.rmdir()
                return True
            except FileNotFoundError:
                return True
            except OSError:
                time.sleep(0.005)
        return False
