"""Stock `nbgrader autograde`, otter's local run and `grader grade` on the same class, and growth with the class.

    uv run --no-sync python benchmarks/grading.py compare [--students 20] [--full] [--no-otter]
    uv run --no-sync python benchmarks/grading.py growth [--students 1000]

`compare` prints ratios from one run, each program as a whole process, after one run of each that is not counted (the
first one after an installation compiles files); "per further submission" leaves out what both do once, whatever the
size of the class. otter is left out unless it is there (`uv run --with otter-grader python benchmarks/...`); it
starts anew for each submission, so that cold and warm are one. The submissions are chapter 1 cut down to a short
setup and the exercises (the student's own cells take well under a second), or with `--full` the whole chapter with its
plots and its training. `growth` grades a large class in one process and looks at time, memory, open files and
processes on the way.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests" / "official")]

from conftest import CHAPTER, NAME, Course, grade_id, solved  # noqa: E402

from grader.cli.demo import MISTAKES  # noqa: E402
from grader.official.run import Options, grade_class  # noqa: E402


def make_class(root: Path, students: int, full: bool) -> Course:
    """Right and wrong work in turn."""
    course = Course(root)
    works = [solved(), solved(**MISTAKES), solved(net_class="class Net(nn.Module):\n    pass\n"), solved()]
    if full:
        for tree in ("solutions", "notebooks"):
            (root / tree / NAME / CHAPTER.notebook).write_bytes(CHAPTER.path(tree).read_bytes())
        answers = [{grade_id(cell): cell["source"] for cell in work["cells"]} for work in works]
        whole = json.loads(CHAPTER.path("notebooks").read_text(encoding="utf-8"))
        works = []
        for texts in answers:
            cells = [{**c, "source": texts[grade_id(c)]} if grade_id(c) else c for c in whole["cells"]]
            works.append({**whole, "cells": cells})
    for number in range(students):
        course.submit(f"s{number:04d}", works[number % len(works)])
    return course


OTTER_TEST = """\
OK_FORMAT = False
from otter.test_files import test_case

name = "{name}"
points = {points}


@test_case()
def passes(env):
    assert env["ch01"].{name}.judge_objects(namespace=env).passed
"""


def otter_autograder(path: Path) -> None:
    """What `otter run` wants: one test file an exercise, here the same checks."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"lang": "python"}))
        for exercise in CHAPTER.exercises:
            text = OTTER_TEST.format(name=exercise.name, points=exercise.points)
            archive.writestr(f"tests/{exercise.name}.py", text)


def otter_run(otter: str, course: Course, scores: list[float]) -> None:
    """One submission after the other: otter has no other way without Docker."""
    otter_autograder(course.root / "autograder.zip")
    for folder in sorted((course.root / "submitted").iterdir()):
        command = [otter, "run", "-a", "autograder.zip", "--no-logo", "-o", ".", str(folder / NAME / CHAPTER.notebook)]
        done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(done.stderr[-2000:])
        tests = json.loads((course.root / "results.json").read_text(encoding="utf-8"))["tests"]
        scores.append(sum(test["score"] for test in tests if "score" in test and test["name"] != "Public Tests"))


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of an action that starts other processes, these included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    action()
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def compare(students: int, full: bool, otter: str | None) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ.setdefault("COURSE_DATA", str(PROJECT / "data"))
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with tempfile.TemporaryDirectory() as folder:
        figures, scores = {}, {}
        scores["otter"] = []
        for name in ("stock", "ours", "otter") if otter else ("stock", "ours"):
            for turn, size in enumerate((1, 1, students) if name != "otter" else (students,)):
                course = make_class(Path(folder, f"{name}{turn}"), size, full)
                if name == "stock":
                    course.command("nbgrader", "generate_assignment", NAME, "--force")
                    figures[name, size] = timed(partial(course.command, "nbgrader", "autograde", NAME))
                elif name == "ours":
                    figures[name, size] = timed(partial(course.command, "grader", "grade", NAME))
                else:
                    figures[name, size] = timed(partial(otter_run, otter, course, scores["otter"]))
                wall, cpu = figures[name, size]
                first = ", not counted" if name != "otter" and turn == 0 else ""
                print(f"{name:6} {size:4} submissions: {wall:7.1f} s wall, {cpu:7.1f} s CPU{first}", flush=True)
            if name != "otter":
                scores[name] = [course.points(f"s{number:04d}") for number in range(students)]
            if name == "ours":
                graded = course
        results = [graded.result(f"s{number:04d}") for number in range(students)]
        own = [result["own_seconds"] for result in results]
        over = [result["seconds"] - result["own_seconds"] for result in results]
        print(f"scores equal: {scores['stock'] == scores['ours'] and (not otter or scores['otter'] == scores['ours'])}")
        print(f"own cells: median {statistics.median(own):.2f} s; overhead: median {statistics.median(over):.2f} s")
        print("(overhead with one worker per core: what others on these cores take is in it)")
        for kind, index in (("wall", 0), ("CPU", 1)):
            whole = figures["stock", students][index] / figures["ours", students][index]
            each = {n: (figures[n, students][index] - figures[n, 1][index]) / (students - 1) for n in ("stock", "ours")}
            print(f"{kind}: whole class: {whole:.1f} times; per further submission: "
                  f"{each['stock']:.2f}, {each['ours']:.2f} s: {each['stock'] / each['ours']:.1f} times")  # fmt: skip
            if otter:
                slow = figures["otter", students][index]
                print(f"{kind}: otter against ours: whole class {slow / figures['ours', students][index]:.1f} times, "
                      f"per further submission {slow / students / each['ours']:.1f} times")  # fmt: skip


def growth(students: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        course = make_class(Path(folder, "course"), students, full=False)
        step, last = max(1, students // 8), [time.perf_counter()]

        def look(done: int, total: int, student: str) -> None:
            if done % step == 0:
                now = time.perf_counter()
                resident = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
                files = len(os.listdir("/proc/self/fd"))
                below = subprocess.run(
                    ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
                )
                children = len(below.stdout.split()) - 1  # ps itself
                print(f"{done:6} graded: {(now - last[0]) / step:6.3f} s each, {resident:6.0f} MB, {files} open files, "
                      f"{children} child processes", flush=True)  # fmt: skip
                last[0] = now

        summary = grade_class(CHAPTER, Options(course=course.root), look)
        over = [r["seconds"] - r["own_seconds"] for r in summary.results.values()]
        print(f"graded {len(summary.graded)}, failed {len(summary.failed)}")
        print(f"overhead: median {statistics.median(over):.3f} s")
        began = time.perf_counter()
        summary = grade_class(CHAPTER, Options(course=course.root))
        print(f"again: {len(summary.skipped)} skipped in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["compare", "growth"])
    parser.add_argument("--students", type=int)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--no-otter", action="store_true")
    chosen = parser.parse_args()
    if chosen.what == "compare":
        compare(chosen.students or 20, chosen.full, None if chosen.no_otter else shutil.which("otter"))
    else:
        growth(chosen.students or 1000)
