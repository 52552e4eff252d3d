"""The fork server's own process, and the two processes it makes for each job.

::

    supervisor --control socket--> zygote            imports libraries once, has one thread, does nothing else
                                     | fork          (into new namespaces, where these are to be had)
                                   keeper            trusted: watches time, memory, output; kills; reports
                                     | fork
                                   job               confined: runs the target, and with it untrusted code

The keeper is the first process of the job's pid namespace, or else a child subreaper, so whatever the job starts
ends with it. Zygote and keeper read nothing that a job wrote, apart from copying its output up to a limit. The keeper
reports to the supervisor directly; when the supervisor is gone (its end of the socket closes), the keeper ends the job.
"""

from __future__ import annotations

import array
import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from grader.sandbox import confine
from grader.sandbox.limits import (
    CGroup,
    Files,
    Limits,
    Usage,
    apply_rlimits,
    descendants,
    kill_descendants,
    reap,
    status_kb,
)

LOOK_SECONDS = 0.05  # how often the keeper looks at the job's memory
MESSAGE_BYTES = 16 * 1024 * 1024


# ------------------------------------------------------------------------------------------------ messages


def send_message(sock: socket.socket, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
    """One JSON message with file descriptors, between trusted processes."""
    body = json.dumps(message).encode()
    head = struct.pack("!I", len(body))
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []
    sock.sendmsg([head], rights)
    sock.sendall(body)


def receive_message(sock: socket.socket, most_fds: int = 0) -> tuple[dict[str, Any], list[int]] | None:
    """The next message; None when the other side is gone."""
    fds: list[int] = []
    try:
        room = socket.CMSG_SPACE(most_fds * 4) if most_fds else 0
        head, ancillary, _, _ = sock.recvmsg(4, room)
        for level, kind, data in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                numbers = array.array("i")
                numbers.frombytes(data[: len(data) - len(data) % 4])
                fds += list(numbers)
        for fd in fds:
            os.set_inheritable(fd, False)
        while head and len(head) < 4:
            more = sock.recv(4 - len(head))
            head = head + more if more else b""
        if not head:
            return None
        size = struct.unpack("!I", head)[0]
        if size > MESSAGE_BYTES:
            return None
        body = b""
        while len(body) < size:
            more = sock.recv(size - len(body))
            if not more:
                return None
            body += more
        return json.loads(body), fds
    except (ConnectionError, OSError):
        return None


def close_all_but(keep: set[int]) -> None:
    """Close every descriptor that is not in ``keep``."""
    last = -1
    for fd in sorted(keep):
        if fd > last + 1:  # closerange(0, 0) would close everything
            os.closerange(last + 1, fd)
        last = fd
    os.closerange(last + 1, max(os.sysconf("SC_OPEN_MAX"), 1024) if sys.platform != "linux" else 1 << 20)


# ------------------------------------------------------------------------------------------------ the zygote

_MADV_COLLAPSE = 25
_HUGE = 2 * 1024 * 1024


def _use_huge_pages() -> None:
    """Let this process hold its memory in pages of 2 MB where the kernel can (Linux 6.1 and later).

    A fork copies the table of pages, and each job is two forks: with hundreds of megabytes in pages of 4 kB that takes
    a tenth of a second of each job, with large ones a third of it. A job's writes still copy 4 kB each.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, rights, *rest = line.split()
        if not rights.startswith("rw-p") or (len(rest) > 3 and rest[3].startswith("/")):
            continue
        start, end = (int(number, 16) for number in place.split("-"))
        start, end = -(-start // _HUGE) * _HUGE, end // _HUGE * _HUGE
        if start < end:
            libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_COLLAPSE)  # a wish, may fail


@dataclass
class _Running:
    """What the zygote knows of a job."""

    number: int
    pidfd: int
    directory: str | None
    group: CGroup | None
    started: float = field(default_factory=time.time)


@dataclass
class _Request:
    """One job, as asked for."""

    number: int
    target: str
    limits: Limits
    read_only: list[str]
    threads: int
    sock: int
    report: int
    payload: int
    output: int
    directory: str | None = None
    group: CGroup | None = None
    outside: tuple[int, int] = field(default_factory=lambda: (os.geteuid(), os.getegid()))

    def fds(self) -> list[int]:
        return [self.sock, self.report, self.payload, self.output]


class Zygote:
    """Serves requests until the supervisor closes the control socket."""

    def __init__(self, control: socket.socket, config: dict[str, Any]) -> None:
        self.control = control
        self.config = config
        self.backend: str = config["backend"]
        self.running: dict[int, _Running] = {}

    def preload(self) -> dict[str, Any]:
        """Import the libraries, and let those that want to prepare. No more: a first matmul or optimizer step here
        would start threads or touch CUDA, and forked children would hang or fail."""
        began = time.monotonic()
        failed: dict[str, str] = {}
        for name in self.config["preload"]:
            name, _, function = name.partition(":")
            try:
                module = importlib.import_module(name)
                if function:
                    getattr(module, function)()
            except Exception as error:
                failed[name] = f"{type(error).__name__}: {error}"
                continue
            if name == "torch":
                module.set_num_threads(1)
        gc.collect()
        _use_huge_pages()
        gc.freeze()  # the collector would otherwise write to, and so copy, every page in every child
        status = status_kb("self")
        if status.get("Threads", 1) != 1:
            raise RuntimeError(f"the imports started threads ({status['Threads']}): a fork would not be safe")
        cuda = sys.modules.get("torch.cuda")
        if cuda is not None and cuda._is_in_bad_fork():
            raise RuntimeError("the imports initialized CUDA: a fork would not be safe")
        return {
            "ready": True,
            "failed": failed,
            "seconds": time.monotonic() - began,
            "memory_mb": status.get("VmRSS", 0) / 1024,
        }

    def serve(self) -> None:
        poll = select.poll()
        poll.register(self.control, select.POLLIN)
        while True:
            ready = {fd for fd, _ in poll.poll(1000 if self.running else None)}
            self._collect(poll)
            if self.control.fileno() not in ready:
                continue
            received = receive_message(self.control, most_fds=4)
            if received is None:
                break
            message, fds = received
            if "kill" in message:
                for pid, job in self.running.items():
                    if job.number == message["kill"]:
                        with contextlib.suppress(ProcessLookupError):
                            os.kill(pid, signal.SIGKILL)
            elif len(fds) == 4:
                self._start(message, fds, poll)
            for fd in fds:
                os.close(fd)
        for pid in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        kill_descendants(own_namespace=False)
        for job in self.running.values():
            self._forget(job)

    def _start(self, message: dict[str, Any], fds: list[int], poll: select.poll) -> None:
        request = _Request(
            message["number"],
            message["target"],
            Limits(**message["limits"]),
            message["read_only"],
            message["threads"],
            sock=fds[0],
            report=fds[1],
            payload=fds[2],
            output=fds[3],
        )
        zygote = os.getpid()
        try:
            if self.config.get("cgroup"):
                name = f"job-{os.getpid()}-{request.number}"
                request.group = CGroup(Path(self.config["cgroup"]), name, request.limits)
            if self.backend == "namespaces":
                pid = confine.fork_into_namespaces()
            else:
                request.directory = tempfile.mkdtemp(prefix="job-", dir="/tmp" if os.path.isdir("/tmp") else None)
                pid = os.fork()
        except OSError as error:
            _report(request.report, status="error", detail=f"cannot start a confined process: {error}")
            if os.getpid() != zygote:  # the new process, half-way
                os._exit(1)
            self._forget(_Running(request.number, -1, request.directory, request.group))
            return
        if pid == 0:
            try:
                Keeper(self.backend, self.config, request).run()
            except BaseException:
                _report(request.report, status="error", detail=traceback.format_exc(limit=-4))
            finally:
                if request.directory:  # here and not in the zygote, which others wait for
                    os.close(request.report)
                    remove_tree(request.directory)
                os._exit(0)
        pidfd = -1
        if hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError):
                pidfd = os.pidfd_open(pid)
                poll.register(pidfd, select.POLLIN)
        self.running[pid] = _Running(request.number, pidfd, request.directory, request.group)

    def _collect(self, poll: select.poll) -> None:
        """Forget the jobs that have ended, and kill what a dead keeper may have left."""
        for pid in reap():
            job = self.running.pop(pid, None)
            if job is None:
                continue
            if job.pidfd >= 0:
                poll.unregister(job.pidfd)
                os.close(job.pidfd)
            if self.backend != "namespaces":
                self._kill_orphans()
            if self.backend == "bubblewrap":
                self._clear_shared_memory()
            self._forget(job)

    def _clear_shared_memory(self) -> None:
        """Remove what ended jobs left in /dev/shm, which all jobs of one bubblewrap share: it would fill up.

        What is older than every job that still runs belongs to none of them; the kernel keeps the time of change.
        """
        oldest = min((job.started for job in self.running.values()), default=float("inf"))
        with contextlib.suppress(OSError):
            for entry in os.scandir("/dev/shm"):
                with contextlib.suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_ctime < oldest:
                        remove_tree(entry.path) if entry.is_dir(follow_symlinks=False) else os.unlink(entry.path)

    def _kill_orphans(self) -> None:
        """Without a pid namespace orphans of a killed keeper come back to this process."""
        while True:
            mine = set(self.running)
            orphans = [pid for pid in descendants(os.getpid()) if pid not in mine and _parent(pid) == os.getpid()]
            if not orphans:
                return
            for orphan in orphans:
                for pid in [orphan, *descendants(orphan)]:
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.kill(pid, signal.SIGKILL)
            for orphan in orphans:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(orphan, 0)

    @staticmethod
    def _forget(job: _Running) -> None:
        if job.directory:
            remove_tree(job.directory)
        if job.group:
            job.group.remove()


def _parent(pid: int) -> int:
    return status_kb(pid).get("PPid", 0)


def remove_tree(path: str) -> None:
    """Remove a folder that a job filled, however deep and whatever the modes."""
    # Not shutil.rmtree: a thousand levels of folders pass Python's recursion limit.
    remove = ["rm", "-rf", "--", path]
    for command in (remove, ["chmod", "-R", "u+rwX", "--", path], remove):
        if os.path.lexists(path):
            with contextlib.suppress(OSError):
                subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def _report(fd: int, **what: Any) -> None:
    with contextlib.suppress(OSError):
        os.write(fd, json.dumps(what).encode() + b"\n")


# ------------------------------------------------------------------------------------------------ the keeper


class Keeper:
    """Prepares the place for one job, starts it, watches it, ends it, reports."""

    def __init__(self, backend: str, config: dict[str, Any], request: _Request) -> None:
        self.backend = backend
        self.config = config
        self.request = request
        self.limits = request.limits
        self.own_namespace = backend == "namespaces"

    def run(self) -> None:
        began = time.monotonic()
        request, limits = self.request, self.limits
        close_all_but({0, 1, 2, *request.fds(), *([request.group._events] if request.group else [])} - {-1})
        os.setsid()
        if request.group:
            request.group.enter()
        inherited_kb = status_kb("self").get("RssAnon", 0)
        if self.own_namespace:
            uid, gid = (confine.NOBODY, confine.NOBODY) if request.outside[0] == 0 else request.outside
            confine.private_root(self._readable(), tmp_mb=limits.file_mb, shm_mb=limits.file_mb, uid=uid, gid=gid)
        elif sys.platform == "linux":
            confine.adopt_orphans()
            if self.backend != "none" and os.geteuid() == 0 and request.directory:
                os.chown(request.directory, confine.NOBODY, confine.NOBODY)
        if sys.platform == "linux":
            confine.set_dumpable(False)

        from_job, to_keeper = os.pipe()
        from_setup, to_setup = os.pipe()
        keeper = os.getpid()
        job = os.fork()
        if job == 0:
            try:
                _Job(self, keeper).run(to_keeper, to_setup)
            finally:
                os._exit(70)
        for fd in (to_keeper, to_setup, request.sock, request.payload):
            os.close(fd)
        with open(from_setup, "rb") as setup:
            problem = setup.read()
        if problem != b"ok":
            kill_descendants(own_namespace=self.own_namespace)
            detail = problem.decode(errors="replace") or "the job died while it was being confined"
            _report(request.report, status="error", detail=detail, seconds=0.0)
            return
        started = time.monotonic()
        temporary = ("/tmp", "/dev/shm") if self.own_namespace else ()
        usage = Usage(limits.memory_mb, inherited_kb, temporary)
        files = Files(request.directory, limits.file_mb) if request.directory and self.backend != "none" else None
        end = self._watch(job, from_job, usage, files, started)
        end.setdefault("seconds", time.monotonic() - started)
        end["setup_seconds"] = started - began
        end["peak_mb"] = usage.peak_kb / 1024
        _report(request.report, **end)

    def _readable(self) -> list[str]:
        return sorted({*self.config["paths"], *self.request.read_only}, key=lambda path: (path.count("/"), path))

    def _pids(self) -> list[int]:
        """The job's processes, this one left out."""
        return descendants(os.getpid())

    def _watch(self, job: int, from_job: int, usage: Usage, files: Files | None, started: float) -> dict[str, Any]:
        """Wait for the first of: job ends, supervisor says or is gone, a limit is passed. Then kill what is left."""
        limits, request = self.limits, self.request
        os.set_blocking(from_job, False)
        room = int(limits.output_mb * 1024 * 1024)
        poll = select.poll()
        poll.register(from_job, select.POLLIN)
        poll.register(request.report, select.POLLIN)
        if hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError):
                poll.register(os.pidfd_open(job), select.POLLIN)
        next_look = 0.0
        end: dict[str, Any] | None = None
        while end is None:
            now = time.monotonic()
            left = started + limits.seconds - now
            if left <= 0:
                end = {"status": "timeout", "detail": f"more than {limits.seconds:g} seconds"}
                break
            if now >= next_look:
                next_look = now + LOOK_SECONDS
                pids = self._pids()
                if usage.exceeded(pids):
                    end = {"status": "memory", "detail": f"more than {limits.memory_mb} MB"}
                    break
                if files is not None and files.exceeded(pids):
                    end = {"status": "files", "detail": f"more than {limits.file_mb} MB of files"}
                    break
                if len(pids) > limits.processes:
                    end = {"status": "processes", "detail": f"more than {limits.processes} processes"}
                    break
            wait = min(left, LOOK_SECONDS)
            ready = {fd for fd, _ in poll.poll(wait * 1000)}
            if request.report in ready:  # a word to stop, or the supervisor is gone
                end = {"status": "killed", "detail": "stopped by the grader"}
                break
            if from_job in ready:
                room, open_still = self._copy(from_job, room)
                if not open_still:
                    poll.unregister(from_job)
                if room < 0:
                    end = {"status": "output", "detail": f"printed more than {limits.output_mb:g} MB"}
                    break
            ended = reap()
            if job in ended:
                end = _how_it_ended(ended[job])
        end["seconds"] = time.monotonic() - started
        kill_descendants(own_namespace=self.own_namespace)
        self._copy(from_job, room)
        if end["status"] in ("signal", "exit") and request.group and request.group.killed_for_memory():
            end.update(status="memory", detail=f"more than {limits.memory_mb} MB")
        return end

    def _copy(self, from_job: int, room: int) -> tuple[int, bool]:
        """Move what the job printed to the supervisor's file: what room is left (negative: too much), still open."""
        while True:
            try:
                data = os.read(from_job, 65536)
            except BlockingIOError:
                return room, True
            except OSError:
                return room, False
            if not data:
                return room, False
            if room > 0:
                _write_all(self.request.output, data[:room])
            room -= len(data)
            if room < 0:
                return room, True


def _write_all(fd: int, data: bytes) -> None:
    with contextlib.suppress(OSError):
        while data:
            data = data[os.write(fd, data) :]


def _how_it_ended(status: int) -> dict[str, Any]:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return {"status": "exit", "code": code, "detail": f"exit code {code}"}
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    kind = "timeout" if -code == getattr(signal, "SIGXCPU", 0) else "signal"
    return {"status": kind, "code": code, "detail": f"ended by {name}"}


# ------------------------------------------------------------------------------------------------ the job


class _Job:
    """The confined process. ``confine`` runs in trusted code; ``call`` hands over to the target."""

    def __init__(self, keeper: Keeper, keeper_pid: int) -> None:
        self.keeper = keeper
        self.keeper_pid = keeper_pid
        self.request = keeper.request
        self.backend = keeper.backend

    def run(self, output: int, setup: int) -> NoReturn:
        try:
            os.setsid()
            for fd in (1, 2):
                os.dup2(output, fd)
            null = os.open(os.devnull, os.O_RDONLY)
            os.dup2(null, 0)
            with open(self.request.payload, "rb", closefd=False) as file:
                file.seek(0)
                payload = file.read()
            close_all_but({0, 1, 2, self.request.sock, setup})
            directory = self._refresh()
            self._confine(directory)
        except BaseException:
            os.write(setup, traceback.format_exc(limit=-4).encode()[-60000:])
            os._exit(70)
        os.write(setup, b"ok")
        os.close(setup)
        self._call(payload)

    def _refresh(self) -> str:
        """What a fresh process would have of its own: streams, signals, environment, directory, random numbers."""
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            with contextlib.suppress(OSError, ValueError):
                signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):  # errors instead, as Python does it
            signal.signal(number, signal.SIG_IGN)
        signal.set_wakeup_fd(-1)
        text: dict[str, Any] = {"encoding": "utf-8", "errors": "backslashreplace", "buffering": 1, "closefd": False}
        # ruff: noqa: SIM115 - these stay open
        streams = {"stdin": open(0, closefd=False), "stdout": open(1, "w", **text), "stderr": open(2, "w", **text)}
        for name, stream in streams.items():
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        sys.pycache_prefix = None  # the server's; it cannot be read from here
        sys.dont_write_bytecode = True

        directory = self.request.directory or "/tmp"
        os.chdir(directory)
        home = os.path.join(directory, "home")
        os.mkdir(home, 0o700)
        if os.geteuid() == 0 and self.backend != "none":
            os.chown(home, confine.NOBODY, confine.NOBODY)
        threads = str(self.request.threads)
        os.environ.update(
            HOME=home,
            TMPDIR=directory,
            MPLCONFIGDIR=os.path.join(home, ".matplotlib"),
            OMP_NUM_THREADS=threads,
            MKL_NUM_THREADS=threads,
        )
        os.environ.pop("JPY_PARENT_PID", None)  # ipykernel would take its parent, number 1 here, for gone
        tempfile.tempdir = None  # found again from TMPDIR when asked for

        modules = sys.modules
        if "random" in modules:
            modules["random"].seed()
        if "numpy.random" in modules:
            modules["numpy.random"].seed()
        if "torch" in modules:
            modules["torch"].set_num_threads(self.request.threads)
        if "matplotlib" in modules:
            for name in ("get_configdir", "get_cachedir"):
                with contextlib.suppress(AttributeError):
                    getattr(modules["matplotlib"], name).cache_clear()
        return directory

    def _confine(self, directory: str) -> None:
        if sys.platform == "linux":
            confine.set_dumpable(True)  # else its own files in /proc belong to root
            with contextlib.suppress(OSError):  # the first to go when the machine runs out of memory
                Path("/proc/self/oom_score_adj").write_text("1000")
        if self.backend == "none":
            apply_rlimits(self.request.limits, count_processes=True)
            if sys.platform == "linux":
                confine.die_with_parent(self.keeper_pid)
            return
        needs_help = self.backend == "landlock" and not all(
            confine.reachable(path, confine.NOBODY) for path in self.keeper.config["paths"]
        )
        confine.become_nobody(keep_reading=needs_help)
        confine.set_dumpable(True)  # the keeper reads its memory figures; nobody else gets near
        confine.die_with_parent(self.keeper_pid)
        apply_rlimits(self.request.limits, count_processes=not self.keeper.own_namespace)
        devices = [f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom")]
        abi = self.keeper.config.get("landlock_abi")
        known = confine.landlock_abi() if abi is None else min(abi, confine.landlock_abi())
        if self.backend == "namespaces":
            if known:  # one more wall; the private root shows nothing else anyway
                write = ["/tmp", "/dev/shm"]
                terminals = ["/dev/pts", "/dev/ptmx", "/dev/tty"]
                confine.landlock(read=["/"], write=write, devices=devices + terminals, abi=abi)
            confine.seccomp()
            return
        shared = self.backend == "bubblewrap"
        confine.landlock(
            read=[*self.keeper._readable(), "/proc"],
            write=[directory],
            devices=devices + (["/dev/pts", "/dev/ptmx"] if shared else []),
            hidden_write=["/dev/shm"] if shared else [],
            abi=abi,
        )
        confine.seccomp(signals_to=(0, os.getpid()) if known < 6 else None)

    def _call(self, payload: bytes) -> NoReturn:
        code = 0
        try:
            sock = socket.socket(fileno=self.request.sock)
            module, _, name = self.request.target.partition(":")
            function: Any = importlib.import_module(module)
            for part in name.split("."):
                function = getattr(function, part)
            function(sock, payload)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        except BaseException:
            code = 1
            with contextlib.suppress(BaseException):
                traceback.print_exc()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(BaseException):
                stream.flush()
        os._exit(code & 0xFF)


def main() -> None:
    """Entry point: ``sys.argv[1]`` is the number of the control socket."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    received = receive_message(control)
    if received is None:
        return
    config = received[0]
    if sys.platform == "linux":
        confine.adopt_orphans()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    zygote = Zygote(control, config)
    os.environ.update(config.get("environ", {}))
    try:
        answer = zygote.preload()
    except Exception as error:
        send_message(control, {"ready": False, "problem": str(error)})
        return
    for name in config.get("environ", {}):
        os.environ.pop(name, None)
    if sys.platform == "linux":
        confine.set_dumpable(False)
    send_message(control, answer)
    zygote.serve()
