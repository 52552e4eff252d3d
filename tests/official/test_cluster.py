"""The same class on a dask.distributed cluster: a separate scheduler, two workers on loopback, one of them killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from official_support import CHAPTER, PROJECT, Course, code, solved, starter

from grader.cells import Problem

pytestmark = pytest.mark.xdist_group("official")
distributed = pytest.importorskip("distributed")


def run(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen([sys.executable, "-m", *arguments], env=environment, stderr=subprocess.DEVNULL)


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """Address of a scheduler with two workers, and the workers' processes."""
    file = tmp_path / "scheduler.json"
    common = ("--scheduler-file", str(file))
    processes = [run("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *common)]
    for _ in range(2):
        worker = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(tmp_path))
        processes.append(run("distributed.cli.dask_worker", *common, *worker))
    try:
        deadline = time.monotonic() + 60
        while not file.exists():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        with distributed.Client(scheduler_file=str(file), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            yield client.scheduler.address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_class_while_a_worker_dies(course: Course, scheduler: tuple[str, Any]) -> None:
    address, workers = scheduler
    students = [f"s{number}" for number in range(6)]
    for student in students:
        notebook = solved()
        notebook["cells"].insert(1, code("import time; time.sleep(0.5)"))
        course.submit(student, notebook)

    def kill() -> None:
        while not (course.root / "autograded").exists():  # the first one is graded
            time.sleep(0.05)
        os.kill(workers[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    summary = course.grade(scheduler=address)
    killer.join()
    assert not summary.failed
    assert sorted(summary.graded) == students
    assert all(course.points(student) == CHAPTER.points for student in students)
    assert course.grade(scheduler=address).graded == []


def test_a_local_cluster(course: Course, tmp_path: Path) -> None:
    """dask's own cluster of two processes on this machine: the same scores as without it."""
    course.submit("ada", solved())
    course.submit("bo", starter())
    course.submit("cy", "no notebook")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path)
    ) as cluster:
        summary = course.grade(scheduler=cluster.scheduler_address)
        assert not summary.failed
        assert course.grade(scheduler=cluster.scheduler_address).graded == []
    assert {name: result["points"] for name, result in summary.results.items()} == {
        "ada": CHAPTER.points,
        "bo": 0,
        "cy": 0,
    }
    verdicts = {name: [v["outcome"] for v in course.result(name)["verdicts"]] for name in ("ada", "bo")}
    course.grade(force=True)
    assert {name: [v["outcome"] for v in course.result(name)["verdicts"]] for name in ("ada", "bo")} == verdicts


def test_nobody_there(course: Course) -> None:
    course.submit("ada", solved())
    with pytest.raises(Problem, match="does not answer"):
        course.grade(scheduler="tcp://127.0.0.1:9")
