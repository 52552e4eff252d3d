"""Nothing is lost: processes killed at every level, a disk that is really full, folders that may not be written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from official_support import CHAPTER, NAME, PROJECT, Course, code, solved, starter

from grader.official import servers
from grader.sandbox.limits import descendants

pytestmark = pytest.mark.xdist_group("official")


def once_each(course: Course, students: list[str]) -> None:
    """Every student has one row in the gradebook, and a further run changes nothing."""
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        rows = dict(connection.execute("select student_id, count(*) from submitted_assignment group by 1").fetchall())
        grades = connection.execute("select count(*) from grade").fetchone()[0]
    assert rows == dict.fromkeys(students, 1)
    assert grades == len(students) * len(CHAPTER.exercises)
    before = course.snapshot()
    assert course.grade().graded == []
    assert course.snapshot() == before


# -- killed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("victim", ["keeper", "job"])
def test_kill_9_within_the_sandbox(course: Course, victim: str) -> None:
    """Of the process that watches a job, or of the job itself: the submission is graded all the same."""
    for student in ("ada", "bo"):
        notebook = solved()
        notebook["cells"].insert(1, code("import time; time.sleep(2)"))
        course.submit(student, notebook)
    killed = threading.Event()
    course.submit("warm", starter())
    course.grade(students=("warm",))  # the fork server runs now
    server = next(s for s in servers._servers.values() if s.backend == course.result("warm")["backend"])
    assert server.pid is not None
    idle = set(descendants(server.pid))

    def kill() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            new = [pid for pid in descendants(server.pid or 0) if pid not in idle]
            parents = {pid: [p for p in descendants(pid) if p in new] for pid in new}
            keepers = [pid for pid, children in parents.items() if children]
            if keepers:
                time.sleep(0.7)  # into the slow cell
                pid = keepers[0] if victim == "keeper" else parents[keepers[0]][0]
                os.kill(pid, signal.SIGKILL)
                killed.set()
                return
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    summary = course.grade()
    killer.join()
    assert killed.is_set()
    assert not summary.failed
    assert sorted(summary.graded) == ["ada", "bo"]
    for student in ("ada", "bo"):
        assert course.points(student) == CHAPTER.points
    # a dead keeper is the machinery's fault and is begun again; a dead job looks like one that ended itself
    notes = [note for student in ("ada", "bo") for note in course.result(student)["notes"]]
    assert len(notes) == (0 if victim == "keeper" else 1)
    once_each(course, ["ada", "bo", "warm"])


def test_nothing_runs_on_after_a_kill_9_of_the_supervisor(course: Course) -> None:
    students = ["ada", "bo", "cy"]
    for student in students:
        notebook = starter()
        notebook["cells"].append(code("import time; time.sleep(60)" if student == "bo" else "1"))
        course.submit(student, notebook)
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", NAME, "--workers", "1"],
        cwd=course.root,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.DEVNULL,
    )
    first = course.root / "reports" / NAME / "results" / "ada.json"
    assert eventually(first.exists, 300)
    assert eventually(lambda: len(descendants(process.pid)) >= 3, 60)  # fork server, keeper, job
    below = descendants(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert eventually(lambda: all(ended(pid) for pid in below), 60)
    course.submit("bo", starter())
    summary = course.grade()
    assert (summary.skipped, sorted(summary.graded)) == (["ada"], ["bo", "cy"])
    once_each(course, students)


def ended(pid: int) -> bool:
    """Whether a process is gone, or waits for its parent to notice that it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


def eventually(done: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


# -- a full disk ---------------------------------------------------------------------------------------------------

ON_A_SMALL_DISK = """
import os, shutil, sqlite3, sys
from pathlib import Path
sys.path[:0] = [{tests!r}, {project!r}]
from official_support import CHAPTER, Course, run, servers, starter
from grader.cells import Problem

run.close_servers = lambda: None
disk, told = Path(sys.argv[1]), []
for number, free_kb in enumerate((0, 16, 100, 250, 400, 600)):
    course = Course(disk / f"course-{{number}}")
    for student in ("ada", "bo", "cy"):
        course.submit(student, starter())
    about = os.statvfs(disk)
    filler = disk / "filler"
    with filler.open("wb") as file:
        left = about.f_bavail * about.f_frsize - free_kb * 1024
        try:
            file.write(bytes(max(0, left)))
        except OSError:
            pass
    try:
        course.grade()
        told.append("enough")
    except Problem as problem:
        assert any(word in problem.what for word in ("space", "full", "written", "recorded")), problem.what
        assert problem.todo
        told.append(problem.what)
    filler.unlink()
    summary = course.grade()
    assert not summary.failed
    assert sorted([*summary.graded, *summary.skipped]) == ["ada", "bo", "cy"]
    for student in ("ada", "bo", "cy"):
        scores = course.scores(student)
        assert len(scores) == len(CHAPTER.exercises), scores
        assert set(scores.values()) == {{0.0}}, scores
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    before = course.snapshot()
    assert course.grade().graded == []
    assert course.snapshot() == before
    shutil.rmtree(course.root)
servers.close_servers()
print("full at", len([t for t in told if t != "enough"]), "of", len(told), told)
assert "enough" not in told[:2]
print("GOOD")
"""


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """On a real file system of 6 MB, full at different moments; with room again the same command finishes the work."""
    if shutil.which("unshare") is None:
        pytest.skip("no unshare program here")
    disk = tmp_path / "disk"
    disk.mkdir()
    program = tmp_path / "program.py"
    program.write_text(ON_A_SMALL_DISK.format(tests=str(Path(__file__).parent), project=str(PROJECT)))
    script = 'mount -t tmpfs -o size=6m,mode=755 tmpfs "$1" || exit 77; exec "$2" "$3" "$1"'
    own = ["--mount"] if os.geteuid() == 0 else ["--mount", "--user", "--map-root-user"]
    done = subprocess.run(
        ["unshare", *own, "sh", "-c", script, "sh", str(disk), sys.executable, str(program)],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )
    if done.returncode in (1, 77) and "GOOD" not in done.stdout and "Traceback" not in done.stderr:
        pytest.skip(f"a file system cannot be mounted here: {done.stderr.strip()[-200:]}")
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    assert "GOOD" in done.stdout


# -- not allowed to write ------------------------------------------------------------------------------------------


def as_ordinary_user(command: list[str]) -> list[str]:
    """The command as an ordinary user; skips where this process cannot arrange that."""
    if os.geteuid() != 0:
        return command
    sys.path.insert(1, str(PROJECT / "tests" / "sandbox"))
    from sandbox_support import as_ordinary_user as lowered

    found = lowered(command)
    if found is None:
        pytest.skip("no unshare and setpriv programs here")
    return found


@pytest.mark.parametrize("closed", ["gradebook.db", ".", "reports", "autograded"])
def test_what_may_not_be_written(course: Course, closed: str) -> None:
    """As an ordinary user: told what cannot be written, nothing lost, and later the same command works."""
    course.submit("ada", starter())
    course.submit("bo", solved())
    course.grade(students=("ada",))
    for path in [course.root.parent.parent.parent, course.root.parent.parent, course.root.parent]:
        if path.stat().st_uid == os.geteuid() and path != Path("/tmp"):
            path.chmod(0o755)
    folders = [course.root, *(p for p in course.root.rglob("*") if p.is_dir())]
    files = [p for p in course.root.rglob("*") if p.is_file()]
    for path in folders:
        path.chmod(0o777)
    for path in files:
        path.chmod(0o666)
    target = course.root / closed
    if target.is_dir():
        for path in [target, *(p for p in target.rglob("*") if p.is_dir())] if closed != "." else [target]:
            path.chmod(0o555)
    else:
        target.chmod(0o444)
    before = course.snapshot()
    cache = course.root.parent / "cache"
    cache.mkdir()
    cache.chmod(0o777)
    command = as_ordinary_user([sys.executable, "-m", "grader", "grade", NAME, "--force", "--json"])
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "HOME": str(cache), "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(
        command, cwd=course.root, env=environment, capture_output=True, text=True, timeout=900, check=False
    )
    if done.returncode not in (0, 1, 2):
        pytest.skip(f"no ordinary user here: {done.stderr.strip()[-200:]}")
    assert done.returncode == 2, textwrap.shorten(done.stdout + done.stderr, 3000)
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert "written" in said or "recorded" in said or "permission" in said.lower(), said
    kept = {path: content for path, content in before.items() if "gradebook" in path or closed not in ("reports", ".")}
    if closed in ("gradebook.db", "."):
        assert {path: course.snapshot().get(path) for path in kept} == kept
    for path in [*folders, *files]:
        if path.exists():
            path.chmod(0o777 if path.is_dir() else 0o666)
    summary = course.grade()
    assert sorted([*summary.graded, *summary.skipped]) == ["ada", "bo"]
    assert (course.points("ada"), course.points("bo")) == (0, CHAPTER.points)
    assert json.loads((course.root / "reports" / NAME / "results" / "ada.json").read_text())["points"] == 0
    once_each(course, ["ada", "bo"])
