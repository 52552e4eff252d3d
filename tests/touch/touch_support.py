"""What the tests of the core share: chapter 1's reference answers, and sessions here and in a second process."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch

from grader.chapters import ch01
from grader.course import reference_answer
from grader.exercise import Exercise
from grader.touch.host import Host
from grader.touch.remote import RemoteSession, serve
from grader.verdict import Verdict

IMPORTS = """
import numpy as np
import pandas as pd
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset, default_collate
"""


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One thread, so that a process may fork; no progress recorded; the limits of Python as they were."""
    monkeypatch.setenv("GRADER_PROGRESS", "off")
    threads, depth = torch.get_num_threads(), sys.getrecursionlimit()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
    sys.setrecursionlimit(depth)


@pytest.fixture(scope="session")
def answers() -> dict[str, Any]:
    """A namespace with the reference answers to all exercises of chapter 1."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(IMPORTS, namespace)
    for exercise in ch01.EXERCISES:
        source = reference_answer(exercise)
        assert source is not None
        exec(compile(source, f"<{exercise.name}>", "exec"), namespace)
    return namespace


class SecondProcess:
    """Judges with the student's objects in a forked process."""

    def judge(
        self, exercise: Exercise, namespace: dict[str, Any], *, seed: int = 1, seconds: float = 10.0
    ) -> tuple[Verdict, str]:
        """The verdict, and what came out of the second process's stdout and stderr."""
        here, there = socket.socketpair()
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                here.close()
                os.dup2(write, 1)
                os.dup2(write, 2)
                with open(1, "w", closefd=False) as sys.stdout, open(2, "w", closefd=False) as sys.stderr:
                    serve(there, Host(namespace))
            finally:
                os._exit(0)
        there.close()
        os.close(write)
        session = RemoteSession(here, seed, seconds=seconds, total_seconds=4 * seconds)
        try:
            verdict = exercise.judge(session)
        finally:
            session.close()
        with open(read, encoding="utf-8", errors="replace") as pipe:
            shown = pipe.read()
        os.waitpid(pid, 0)
        return verdict, shown


@pytest.fixture
def second_process() -> SecondProcess:
    return SecondProcess()


@pytest.fixture(params=["here", "second process"])
def judge(request: pytest.FixtureRequest, second_process: SecondProcess) -> Callable[..., Verdict]:
    """Judge a namespace in this process, or with the objects in a second one."""

    def judged(exercise: Exercise, namespace: dict[str, Any], seed: int = 1) -> Verdict:
        if request.param == "here":
            return exercise.judge_objects(namespace=namespace, seed=seed)
        verdict, shown = second_process.judge(exercise, namespace, seed=seed)
        assert shown == ""
        return verdict

    return judged
