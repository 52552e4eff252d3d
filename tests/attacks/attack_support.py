"""What an attack is, the place it is run in, and one graded class with all of them.

The place holds what an attacker would like to have: solutions, a gradebook, other students' work, a seed file, files
in a home folder, listeners on the network. All of it is open to every user of the machine, so that nothing but the
sandbox stands before it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import select
import socket
import sqlite3
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from official_support import CHAPTER, NAME, PROJECT, Course, Notebook, code, grade_id, one_server, solved, starter

from grader.official import servers
from grader.official.run import Summary
from grader.sandbox import examine
from grader.sandbox.limits import descendants, status_kb

__all__ = ["graded", "one_server"]

ALL = float(CHAPTER.points)
SECONDS = 4.0  # for a cell, and for an answer to a check
MEMORY_MB = 700
HONEST = ("a-honest", "m-honest", "z-honest")  # graded before, between and after the attackers
SECRETS = {  # what must never be found in anything that a student gets to see, nor leave the machine
    "solutions": "SECRET-OF-THE-SOLUTIONS",
    "home": "SECRET-OF-THE-HOME-FOLDER",
    "seed": "SECRET-OF-THE-SEED-FILE",
    "environment": "SECRET-OF-THE-ENVIRONMENT",
    "student": "SECRET-OF-ANOTHER-STUDENT",
    "gradebook": "SECRET-OF-THE-GRADEBOOK",
}
OWNED = "OWNED-"  # files, processes and messages of an attack carry this and its id


def points_of(*names: str) -> float:
    """Points of some exercises."""
    return float(sum(e.points for e in CHAPTER.exercises if e.name in names))


@dataclass(frozen=True)
class Attack:
    """One submission, made from the student notebook of chapter 1.

    Attributes:
        id: as in the issue's list; ``g..`` for those aimed at this grader.
        tries: what it tries, in one line.
        base: the work it starts from: "nonsense" (every answer there, all wrong: 0 points), "solved" (all right)
            or "starter" (nothing written: 0 points).
        cells: code cells put behind the setup cell. ``@course@``, ``@solutions@`` ... are replaced by what the
            attacker would like to reach, ``@id@`` by the attack's id.
        last: code cells put at the end.
        answers: solution cells, by exercise.
        edit: changes the notebook; may return the file's bytes instead.
        place: puts the submission into its folder by itself.
        files: other files of the submission.
        points: that it must get.
        state: that the result must have.
        notes: whether a cell had to be stopped; None where that depends on the machine's speed.
        first: hand in the solved notebook before, and have it graded.
        once: only on the best sandbox here, as it takes long and meets the supervisor rather than the sandbox.
        reaches_socket_on: backends on which the named unix socket is known to be reached (docs/grading.md).
    """

    id: str
    tries: str
    base: str = "nonsense"
    cells: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    edit: Callable[[Notebook], Any] | None = None
    place: Callable[[Place, Path], None] | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    points: float = 0.0
    state: str = "graded"
    notes: bool | None = False
    first: bool = False
    once: bool = False
    reaches_socket_on: tuple[str, ...] = ()

    def notebook(self, place: Place) -> Notebook | bytes | str:
        """The submission's notebook."""
        book = {"solved": solved, "starter": starter, "nonsense": nonsense}[self.base](**self.answers)
        book["cells"][1:1] = [code(source) for source in self.cells]
        book["cells"] += [code(source) for source in self.last]
        for cell in book["cells"]:
            cell["source"] = place.fill(cell["source"], self.id)
        return book if self.edit is None else self.edit(book)


def nonsense(**answers: str) -> Notebook:
    """Every answer is there and runs, and all are wrong."""
    wrong = {}
    for exercise in CHAPTER.exercises:
        name = exercise.names[0]
        wrong[exercise.name] = (
            f"class {name}:\n    def __init__(self, *a, **k):\n        pass\n"
            if name[0].isupper()
            else f"def {name}(*a, **k):\n    return 0\n"
        )
    return starter(**{**wrong, **answers})


def all_answers(text: str) -> dict[str, str]:
    """The same text for every exercise; ``@name@`` is the name to define."""
    return {exercise.name: text.replace("@name@", exercise.names[0]) for exercise in CHAPTER.exercises}


# -- the place -----------------------------------------------------------------------------------------------------


class Listeners:
    """Sockets of the host; keeps what arrives."""

    def __init__(self, folder: Path) -> None:
        self.received: list[tuple[str, bytes]] = []
        tcp = socket.create_server(("127.0.0.1", 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        self.abstract_name = f"attacks-{os.getpid()}-{time.monotonic_ns()}"
        abstract = socket.socket(socket.AF_UNIX)
        abstract.bind("\0" + self.abstract_name)
        abstract.listen()
        self.path = folder / "s"
        named = socket.socket(socket.AF_UNIX)
        named.bind(str(self.path))
        named.listen()
        self.path.chmod(0o777)
        self.port, self.udp_port = tcp.getsockname()[1], udp.getsockname()[1]
        self._sockets = {"tcp": tcp, "udp": udp, "abstract": abstract, "path": named}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        names = {sock: name for name, sock in self._sockets.items()}
        while not self._stop.is_set():
            for sock in select.select(list(names), [], [], 0.1)[0]:
                with contextlib.suppress(OSError):
                    if names[sock] == "udp":
                        self.received.append(("udp", sock.recv(65536)))
                        continue
                    with sock.accept()[0] as client:
                        client.settimeout(1)
                        self.received.append((names[sock], client.recv(65536)))

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        for sock in self._sockets.values():
            sock.close()


class Place:
    """A course folder, a home folder, and listeners: all of it open to every user."""

    def __init__(self, root: Path) -> None:
        self.root = root
        open_to_all(root)
        self.course = Course(root / "course")
        self.home = root / "home"
        self.home.mkdir()
        (self.home / "private.txt").write_text(SECRETS["home"])
        self.seed_file = self.course.root / "seed.txt"
        self.seed_file.write_text(SECRETS["seed"])
        solutions = self.solutions
        book = json.loads(solutions.read_text())
        for cell in book["cells"]:
            if grade_id(cell) and not grade_id(cell).endswith("_check"):
                cell["source"] = f"# {SECRETS['solutions']}\n{cell['source']}"
        solutions.write_text(json.dumps(book))
        self.listeners = Listeners(root)

    @property
    def solutions(self) -> Path:
        return self.course.root / "solutions" / NAME / CHAPTER.notebook

    def fill(self, source: str, name: str) -> str:
        """Replace the names between @ in an attack's code."""
        listeners = self.listeners
        values = {
            "id": name,
            "owned": OWNED + name,
            "course": self.course.root,
            "chapter": NAME,
            "solutions": self.solutions,
            "gradebook": self.course.root / "gradebook.db",
            "home": self.home,
            "real_home": Path.home(),
            "seed_file": self.seed_file,
            "project": PROJECT,
            "other": self.course.root / "submitted" / HONEST[0] / NAME / CHAPTER.notebook,
            "packages": Path(pytest.__file__).parent.parent,
            "tcp": listeners.port,
            "udp": listeners.udp_port,
            "abstract": listeners.abstract_name,
            "path_socket": listeners.path,
            "grader_pid": os.getpid(),
        }
        for key, value in values.items():
            source = source.replace(f"@{key}@", str(value))
        return source

    def submit(self, attack: Attack) -> None:
        folder = self.course.root / "submitted" / attack.id / NAME
        folder.mkdir(parents=True, exist_ok=True)
        if attack.place is not None:
            attack.place(self, folder)
        else:
            self.course.submit(attack.id, attack.notebook(self))
        for name, text in attack.files.items():
            (folder / name).write_text(self.fill(text, attack.id))

    def submit_honest(self) -> None:
        for student in HONEST:
            book = solved()
            book["cells"].append(code(f"diary = {SECRETS['student']!r}"))
            self.course.submit(student, book)

    def open_up(self) -> None:
        """Let everybody read and write everything: only the sandbox is left to stop them."""
        for path in [self.root, *self.root.rglob("*")]:
            if not path.is_symlink() and (path.is_file() or path.is_dir()):
                path.chmod(0o777)

    def watched(self) -> dict[str, bytes | str]:
        """What no attack may change: the course's and the students' files, the home folder, the grader, Python."""
        found: dict[str, bytes | str] = {}
        course = self.course.root
        for folder in (course / "solutions", course / "notebooks", course / "submitted", self.home):
            for path in folder.rglob("*"):
                about = path.lstat()
                found[str(path)] = path.read_bytes() if stat.S_ISREG(about.st_mode) else str(about.st_mode)
        for path in (self.seed_file, course / "nbgrader_config.py"):
            found[str(path)] = path.read_bytes()
        for path in (PROJECT / "grader").rglob("*.py"):
            found[str(path)] = path.read_bytes()
        for folder in (Path(pytest.__file__).parent.parent, PROJECT, Path.home(), Path.home() / ".ipython"):
            if folder.is_dir():
                names = {p.name for p in folder.iterdir() if OWNED in p.name or p.suffix == ".pth"}
                found[str(folder)] = " ".join(sorted(names))
        return found

    def found_files(self) -> list[str]:
        """Files that an attack left anywhere it could think of."""
        folders = [self.root, Path.home() / ".ipython", Path("/tmp"), Path("/dev/shm"), Path("/var/tmp"), PROJECT]
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "intermediate-pytorch"
        found = [str(p) for p in cache.rglob("*") if OWNED in p.name]
        for folder in folders:
            deep = folder in (self.root, Path.home() / ".ipython")
            with contextlib.suppress(OSError):
                found += [str(p) for p in (folder.rglob("*") if deep else folder.glob("*")) if OWNED in p.name]
        return found

    def close(self) -> None:
        self.listeners.close()


def open_to_all(folder: Path) -> None:
    """Let others through to a folder of pytest, which closes them; a job of root is another user."""
    for path in (folder, folder.parent, folder.parent.parent):
        if not path.stat().st_mode & stat.S_ISVTX and path.stat().st_uid == os.geteuid():  # not /tmp itself
            path.chmod(0o755)


# -- one class, graded once ----------------------------------------------------------------------------------------


@dataclass
class Graded:
    """What is left after a class of attackers and honest students was graded, and what had been there before."""

    backend: str
    place: Place
    summary: Summary
    before: dict[str, bytes | str]
    after: dict[str, bytes | str]
    left_files: list[str]
    left_processes: list[str]
    memory_grown_mb: float
    children: tuple[int, int]  # processes of the fork server, before and after
    integrity: str
    exported: dict[str, float]

    @property
    def course(self) -> Course:
        return self.place.course

    def texts(self, student: str) -> dict[str, str]:
        """Everything that was written about a student, by kind."""
        course = self.course.root
        found = {}
        for kind in ("autograded", "feedback"):
            folder = course / kind / student
            found[kind] = "\n".join(p.read_text() for p in sorted(folder.rglob("*")) if p.is_file())
        found["report"] = (course / "reports" / NAME / "results" / f"{student}.json").read_text()
        return found


def needs(backend: str) -> str:
    """Skip where the backend does not work."""
    attempt = next(attempt for attempt in examine().attempts if attempt.backend == backend)
    if not attempt.works:
        pytest.skip(f"{backend} does not work here: {attempt.why}")
    return backend


def marked_processes() -> list[str]:
    """Running processes whose command line carries the mark of an attack."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                line = Path("/proc", entry, "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if OWNED in line and "pytest" not in line:
                    found.append(f"{entry}: {line[:200]}")
    return found


def running_jobs() -> int:
    """Processes of the fork servers that are still open, and of their jobs."""
    total = 0
    for server in servers._servers.values():
        if server.pid is not None:
            total += 1 + len(descendants(server.pid))
    return total


def eventually(done: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def grade_attacks(root: Path, backend: str, attacks: tuple[Attack, ...]) -> Graded:
    """Grade a class with all of these attacks and honest students; nbgrader's own commands afterwards."""
    place = Place(root)
    course = place.course
    try:
        os.environ["GRADER_CANARY"] = SECRETS["environment"]
        place.submit_honest()
        early = [attack for attack in attacks if attack.first]
        for attack in early:
            course.submit(attack.id, solved())
        options: dict[str, Any] = {"backend": backend, "seconds": SECONDS, "memory_mb": MEMORY_MB}
        summary = course.grade(**options, students=(HONEST[0], *(a.id for a in early)), secret=SECRETS["seed"])
        assert all(summary.results[a.id]["points"] == ALL for a in early), "honest work got less than all points"
        with sqlite3.connect(course.root / "gradebook.db") as connection:
            connection.execute("update student set first_name = ?", (SECRETS["gradebook"],))
        for attack in attacks:
            place.submit(attack)
        place.open_up()
        gc.collect()
        before, children = place.watched(), running_jobs()
        memory = status_kb("self").get("VmRSS", 0)
        _reset_peak()
        summary = course.grade(**options, secret=SECRETS["seed"])
        peak = status_kb("self").get("VmHWM", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        eventually(lambda: running_jobs() <= children)
        left, files, jobs = marked_processes(), place.found_files(), running_jobs()
        after = place.watched()
        # pages take their time and hardly depend on the sandbox: all of them once, else the telling ones
        some = backend != examine().best and any(attack.id == "b19" for attack in attacks)
        pages = ["--student", "b19*" if some else "*"]
        course.command("nbgrader", "generate_feedback", NAME, *pages)
        course.command("nbgrader", "export")
        lines = (course.root / "grades.csv").read_text().splitlines()
        columns = lines[0].split(",")
        place_of = columns.index("student_id"), columns.index("score")
        exported = {row.split(",")[place_of[0]]: float(row.split(",")[place_of[1]]) for row in lines[1:]}
        with sqlite3.connect(course.root / "gradebook.db") as connection:
            integrity = connection.execute("pragma integrity_check").fetchone()[0]
        grown = (peak - memory) / 1024
        return Graded(backend, place, summary, before, after, files, left, grown, (children, jobs), integrity, exported)
    finally:
        os.environ.pop("GRADER_CANARY", None)
        place.close()
        servers.close_servers()  # the next file's backend has a server of its own


def _reset_peak() -> None:
    with contextlib.suppress(OSError):  # "5": forget the highest memory use so far
        Path("/proc/self/clear_refs").write_text("5")


@pytest.fixture(scope="module")
def graded(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graded]:
    """The class of all attackers on the backend of this file."""
    from attack_list import ATTACKS

    wanted = os.environ.get("ATTACKS", "")  # ATTACKS=c01,d04 while writing one
    attacks = tuple(a for a in ATTACKS if not wanted or a.id in wanted.split(","))
    attacks = tuple(a for a in attacks if not a.once or backend == examine().best)
    started = time.monotonic()
    yield grade_attacks(tmp_path_factory.mktemp(backend), backend, attacks)
    print(f"{len(attacks)} attacks on {backend}: {time.monotonic() - started:.0f} s", file=sys.stderr)
