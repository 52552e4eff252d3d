"""The supervisor's side of the fork server: start confined jobs, talk to them, learn how they ended.

A job is a function that is named, not sent: ``"module:function"``, called in the confined process as
``function(sock, payload)``. ``sock`` is one end of a socket pair, the supervisor has the other one in ``job.socket``.
What comes out of it is written by untrusted code: read it with bounds, never unpickle it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from grader.sandbox import confine
from grader.sandbox.limits import CGroup, Limits

COURSE_MODULES = (
    "torch",
    "torch._dynamo",  # the first optimizer imports it, for more than a second
    "torchvision",
    "torchmetrics",
    "numpy",
    "pandas",
    "matplotlib.pyplot",
    "PIL.Image",
    "IPython.core.interactiveshell",
)
"""What course notebooks import; the fork server imports it once for all jobs."""

START_SECONDS = 300.0  # for the imports, on a slow disk without compiled files
GRACE_SECONDS = 10.0  # beyond a job's own limit, before its keeper is taken for stuck

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[2]); from grader.sandbox.zygote import main; main()"


class SandboxError(RuntimeError):
    """Untrusted code cannot be run here as asked; the message says why and what to do."""


@dataclass(frozen=True)
class JobEnd:
    """How a job ended.

    ``status``: "exit" (``code`` is its exit code), "signal" (``code`` is the negative signal number), "timeout",
    "memory", "processes", "output", "files" (over that limit), "killed" (by ``kill`` or ``close``), "lost" (the fork
    server died: try again), "error" (could not be confined, and did not run). ``detail`` is one line for people,
    except for "error". ``seconds`` the job ran, ``setup_seconds`` it took to confine it, ``peak_mb`` its memory as
    far as looked at.
    """

    status: str
    detail: str = ""
    code: int | None = None
    seconds: float = 0.0
    setup_seconds: float = 0.0
    peak_mb: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether the function returned."""
        return self.status == "exit" and self.code == 0


class Job:
    """A running job. Made by ``ForkServer.start``; a context manager that kills what is left."""

    def __init__(
        self, server: ForkServer, number: int, sock: socket.socket, report: socket.socket, output: IO[bytes]
    ) -> None:
        self.socket = sock
        self._server = weakref.ref(server)
        self._number = number
        self._report = report
        self._output = output
        self._limits = server.limits
        self._started = time.monotonic()
        self._received = b""
        self._end: JobEnd | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Job:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def wait(self, timeout: float | None = None) -> JobEnd:
        """How the job ended; waits for it. TimeoutError when it is still running after ``timeout`` seconds.

        A job ends on its own limits at the latest; ``timeout`` is for looking in between.
        """
        with self._lock:
            return self._wait(timeout)

    def _wait(self, timeout: float | None) -> JobEnd:
        deadline = None if timeout is None else time.monotonic() + timeout
        stuck = self._started + self._limits.seconds + GRACE_SECONDS
        while self._end is None:
            now = time.monotonic()
            if now > stuck:
                self._kill_keeper()
                stuck = now + GRACE_SECONDS
            if deadline is not None and now >= deadline:
                raise TimeoutError(f"the job is still running after {timeout:g} seconds")
            left = min(stuck, deadline if deadline is not None else stuck) - now
            if not _readable(self._report, max(0.0, left) + 0.001):
                continue
            try:
                data = self._report.recv(65536)
            except OSError:
                data = b""
            self._received += data
            if not data:
                self._end = self._parse()
        return self._end

    def _parse(self) -> JobEnd:
        try:
            return JobEnd(**json.loads(self._received))
        except (ValueError, TypeError):
            return JobEnd("lost", "the fork server died while the job was running")

    def _kill_keeper(self) -> None:
        server = self._server()
        if server is not None:
            server._send({"kill": self._number})

    def kill(self) -> JobEnd:
        """End the job and everything that it started, and wait until that is so."""
        with self._lock, contextlib.suppress(OSError):
            self._report.shutdown(socket.SHUT_WR)
        try:
            return self.wait(GRACE_SECONDS)
        except TimeoutError:
            self._kill_keeper()
            return self.wait()

    def output(self) -> bytes:
        """What the job printed to stdout and stderr so far: untrusted bytes, at most ``output_mb``."""
        size = os.fstat(self._output.fileno()).st_size
        return os.pread(self._output.fileno(), size, 0)

    def close(self) -> None:
        """Kill the job if it runs and close its descriptors. What ``wait`` answers stays; the output does not."""
        if self._report.fileno() >= 0:
            self.kill()
        self._abandon()

    def _abandon(self) -> None:
        for item in (self.socket, self._report, self._output):
            item.close()


def _readable(sock: socket.socket, seconds: float) -> bool:
    poll = select.poll()  # select() fails on descriptors over 1023
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _scratch_file(payload: bytes = b"") -> IO[bytes]:
    """A file without a name, in memory where possible."""
    file: IO[bytes]
    if hasattr(os, "memfd_create"):
        file = os.fdopen(os.memfd_create("grader"), "w+b", buffering=0)
    else:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
    view = memoryview(payload)
    while view:
        view = view[file.write(view) or 0 :]
    return file


class ForkServer:
    """Starts confined jobs quickly, by forking a process that has imported the libraries.

    Parameters
    ----------
    preload
        Modules to import once. Those that are not installed are listed in ``failed``. ``module:function`` calls a
        function of it too.
    backend
        "namespaces", "bubblewrap", "landlock", "none", or "auto": the best that works here (``doctor``). "auto"
        never means "none": without a sandbox a SandboxError says what to do. "none" must be asked for.
    limits
        Of each job; ``start`` may pass others.
    threads
        For torch in each job; give it cores / workers.
    read_only
        Files and folders that every job may read, next to Python itself and the grader package.
    roots
        Backend "bubblewrap" only, which decides once what the server sees: folders in which the ``read_only`` paths
        given to ``start`` lie.
    path
        More folders for ``sys.path`` of the server. Only modules in ``preload`` can be used from there, as jobs cannot
        read them.

    All methods may be called from any thread. The server restarts when it has died. It belongs to the process
    that made it: a forked child gets an unusable copy, without the descriptors. It ends, and its jobs with it,
    when that process ends, however that happens. With "bubblewrap" and "landlock" jobs that run at the same time
    share less than everything but more than nothing (see the docs); run one at a time there where it matters.
    """

    def __init__(
        self,
        preload: Sequence[str] = COURSE_MODULES,
        *,
        backend: str = "auto",
        limits: Limits | None = None,
        threads: int = 1,
        read_only: Iterable[str | os.PathLike[str]] = (),
        roots: Iterable[str | os.PathLike[str]] = (),
        path: Iterable[str | os.PathLike[str]] = (),
        landlock_abi: int | None = None,
    ) -> None:
        if not hasattr(os, "fork") or not hasattr(socket, "AF_UNIX"):
            raise SandboxError(f"jobs need a system with fork and unix sockets, not {sys.platform}")
        if backend == "auto":
            from grader.sandbox.doctor import examine  # it uses this module

            diagnosis = examine()
            if diagnosis.best == "none":
                raise SandboxError(f"No sandbox works on this machine.\n{diagnosis.advice()}")
            backend = diagnosis.best
        if backend != "none" and (missing := confine.supported()):
            raise SandboxError(f"backend {backend!r} cannot work: {missing}")
        self.backend = backend
        self.preload = tuple(preload)
        self.limits = limits or Limits()
        self.threads = threads
        self.failed: dict[str, str] = {}
        self.ready_seconds = 0.0
        self.memory_mb = 0.0
        self.starts = 0
        self._read_only = [os.path.abspath(p) for p in read_only]
        self._roots = [os.path.abspath(p) for p in roots]
        self._path = [os.path.abspath(p) for p in path]
        self._landlock_abi = landlock_abi
        self._lock = threading.RLock()
        self._owner = os.getpid()
        self._closed = False
        self._numbers = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._jobs: weakref.WeakSet[Job] = weakref.WeakSet()
        _all_servers.add(self)
        self._start_server()

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Process id of the fork server (of bubblewrap, with that backend)."""
        return self._process.pid if self._process else None

    # -------------------------------------------------------------------------------------------- the server

    def _start_server(self) -> None:
        ours, theirs = socket.socketpair()
        cache = _library_cache()
        paths = confine.readable_paths(self._read_only)
        environ = {
            "PATH": os.pathsep.join([os.path.join(sys.prefix, "bin"), "/usr/local/bin", "/usr/bin", "/bin"]),
            "LANG": "C.UTF-8",
            "MPLBACKEND": "Agg",
            "CUDA_VISIBLE_DEVICES": "",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "NUMEXPR_NUM_THREADS": "1",
        }
        config = {
            "backend": self.backend,
            "preload": self.preload,
            "paths": paths,
            "landlock_abi": self._landlock_abi,
            "cgroup": None,
            "environ": {"MPLCONFIGDIR": str(cache), "HOME": str(cache)},
        }
        # Compiled files go to the cache, since an environment is often read-only, or was installed without them:
        # the imports take five times as long then.
        python = [sys.executable, "-I", "-X", f"pycache_prefix={cache / 'pycache'}"]
        command = [*python, "-c", _BOOT, str(theirs.fileno()), json.dumps(self._sys_path())]
        if self.backend == "bubblewrap":
            bwrap = shutil.which("bwrap")
            if bwrap is None:
                raise SandboxError("bubblewrap is not installed (Debian, Ubuntu: apt install bubblewrap)")
            visible = confine.readable_paths([*self._read_only, *self._roots, *self._path])
            size = max(self.limits.file_mb, 64)
            # all jobs share both; /tmp has room for many at their own limit, which their keepers watch
            head = confine.bubblewrap_command(bwrap, visible, writable=[str(cache)], tmp_mb=8 * size, shm_mb=size)
            command = head + command
        elif self.backend != "none" and (base := CGroup.base()) is not None:
            config["cgroup"] = str(base)
        errors = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            self._process = subprocess.Popen(
                command,
                env=environ,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,  # Ctrl-C in the terminal is for the supervisor alone
                cwd="/",
            )
            theirs.close()
            self._control = ours
            answer = self._ask_ready(ours, config)
            if answer is None or not answer["ready"]:
                errors.seek(0)
                said = errors.read()[-2000:].decode(errors="replace").strip()
                problem = answer["problem"] if answer else said or "it died without a word"
                self._stop_server()
                raise SandboxError(f"the fork server ({self.backend}) did not start: {problem}")
        except OSError as error:
            theirs.close()
            self._stop_server()
            raise SandboxError(f"the fork server ({self.backend}) did not start: {error}") from error
        finally:
            errors.close()
        self.failed = answer["failed"]
        self.ready_seconds = answer["seconds"]
        self.memory_mb = answer["memory_mb"]
        self.starts += 1

    @staticmethod
    def _ask_ready(control: socket.socket, config: dict[str, Any]) -> dict[str, Any] | None:
        from grader.sandbox.zygote import receive_message, send_message

        control.settimeout(START_SECONDS)
        try:
            send_message(control, config)
        except OSError:
            return None
        received = receive_message(control)
        control.settimeout(None)
        return received[0] if received else None

    def _sys_path(self) -> list[str]:
        """The server's search path: this one's packages, and where the grader is; not the current folder."""
        project = str(Path(__file__).resolve().parent.parent.parent)
        prefixes = {os.path.realpath(p) for p in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
        kept = [
            entry
            for entry in sys.path
            if entry
            and (
                os.path.basename(entry) in ("site-packages", "dist-packages")
                or any(os.path.realpath(entry).startswith(prefix + os.sep) for prefix in prefixes)
            )
        ]
        return list(dict.fromkeys([*kept, *self._path, project]))

    def _stop_server(self) -> None:
        process, control = self._process, self._control
        self._process = self._control = None
        if control is not None:
            control.close()  # the server takes this as the end
        if process is not None:
            try:
                process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _send(self, message: dict[str, Any], fds: tuple[int, ...] = ()) -> bool:
        from grader.sandbox.zygote import send_message

        with self._lock:
            if self._control is None:
                return False
            try:
                send_message(self._control, message, fds)
            except OSError:
                return False
            return True

    # -------------------------------------------------------------------------------------------- jobs

    def start(
        self,
        target: str,
        payload: bytes = b"",
        *,
        read_only: Iterable[str | os.PathLike[str]] = (),
        limits: Limits | None = None,
    ) -> Job:
        """Run ``target`` ("module:function") as ``function(sock, payload)`` in a confined process.

        Returns at once. ``read_only``: files and folders that this job may read, links resolved by you.
        """
        wanted = [os.path.abspath(path) for path in read_only]
        if self.backend == "bubblewrap":
            seen = [*self._roots, *self._read_only]
            for path in wanted:
                if not any(Path(path).is_relative_to(root) for root in seen):
                    raise SandboxError(f"with bubblewrap, {path} must lie in a folder named in ForkServer(roots=...)")
        with self._lock:
            if self._closed or os.getpid() != self._owner:
                raise SandboxError("this fork server is closed, or belongs to another process")
            limits = limits or self.limits
            self._numbers += 1
            ours, theirs = socket.socketpair()
            report, their_report = socket.socketpair()
            output = _scratch_file()
            job = Job(self, self._numbers, ours, report, output)
            job._limits = limits
            message = {
                "number": self._numbers,
                "target": target,
                "limits": limits.to_json(),
                "read_only": wanted,
                "threads": self.threads,
            }
            with theirs, their_report, _scratch_file(payload) as sent:
                fds = (theirs.fileno(), their_report.fileno(), sent.fileno(), output.fileno())
                try:
                    for _ in range(2):
                        if self._process is None or self._process.poll() is not None:
                            self._stop_server()
                            self._start_server()
                        if self._send(message, fds):
                            break
                        self._stop_server()
                    else:
                        raise SandboxError("the fork server dies whenever it is asked for a job")
                except BaseException:
                    job._abandon()
                    raise
            self._jobs.add(job)
            return job

    def close(self) -> None:
        """Kill every job, end the server and wait for it."""
        if os.getpid() != self._owner:
            return
        with self._lock:
            self._closed = True
            for job in list(self._jobs):
                if job._end is None and job._report.fileno() >= 0:
                    job.kill()
            self._stop_server()

    def _forget_after_fork(self) -> None:
        """In a forked child of the supervisor: let go, so that the server still notices the supervisor's end."""
        if self._control is not None:
            self._control.close()
        for job in list(self._jobs):
            job._abandon()
        self._process = self._control = None
        self._closed = True


_all_servers: weakref.WeakSet[ForkServer] = weakref.WeakSet()


def _after_fork() -> None:
    for server in list(_all_servers):
        server._forget_after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _library_cache() -> Path:
    """A folder where matplotlib keeps its list of fonts between runs; only the fork server writes there."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = Path(base) / "intermediate-pytorch" / "sandbox"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="grader-cache-"))
