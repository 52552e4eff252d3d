"""Making the files of a set in several processes.

The workers are fresh Python processes with a command line of their own (`python -m data_scripts._workers`), not
`multiprocessing` children: they import nothing of the program that called `prepare`, so this works the same from a
notebook, a script without `if __name__ == "__main__"`, or a program that has threads, on every system.
"""

from __future__ import annotations

import importlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from data_scripts._errors import DataError

if TYPE_CHECKING:
    from data_scripts._dataset import Recipe

MOST = 8


def available_cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def in_parallel(recipe: Recipe, folder: Path, seed: int, progress: Callable[[int, int], None] | None = None) -> None:
    """Run `recipe.synthesize` in as many processes as there are cores (at most 8)."""
    parts = max(1, min(MOST, available_cores()))
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    package_parent = str(Path(__file__).resolve().parent.parent)
    inherited = environment.get("PYTHONPATH")
    environment["PYTHONPATH"] = package_parent + (os.pathsep + inherited if inherited else "")
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "data_scripts._workers", recipe.name, str(folder), str(seed), str(part), str(parts)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for part in range(parts)
    ]
    ticks: queue.Queue[int] = queue.Queue()
    errors = [""] * parts

    def listen(worker: subprocess.Popen[str]) -> None:
        assert worker.stdout is not None
        for line in worker.stdout:
            ticks.put(int(line))
        ticks.put(0)

    def collect(number: int, worker: subprocess.Popen[str]) -> None:
        assert worker.stderr is not None
        errors[number] = worker.stderr.read()

    threads = [threading.Thread(target=listen, args=(worker,), daemon=True) for worker in workers]
    threads += [threading.Thread(target=collect, args=pair, daemon=True) for pair in enumerate(workers)]
    try:
        for thread in threads:
            thread.start()
        done, open_ends = 0, parts
        while open_ends:
            count = ticks.get()
            open_ends -= count == 0
            done += count
            if progress is not None and count:
                progress(done, recipe.pieces)
        codes = [worker.wait() for worker in workers]
        for thread in threads:
            thread.join()
    finally:
        for worker in workers:
            if worker.poll() is None:
                worker.kill()
            worker.wait()
            for pipe in (worker.stdout, worker.stderr):
                if pipe is not None:
                    pipe.close()
    if any(codes):
        message = next(text for code, text in zip(codes, errors, strict=True) if code)
        last_line = (message.strip().splitlines() or ["no message"])[-1]
        raise DataError(
            f"A process that was making '{recipe.name}' failed: {last_line}",
            folder.parent,
            "check for free space on the disk, then try again; nothing half made is left.",
        )


def main(arguments: list[str]) -> None:
    """One worker: makes its part, and prints how many pieces it has finished since it last did."""
    name, folder, seed, part, parts = arguments
    recipe: Recipe = importlib.import_module(f"data_scripts.{name}").RECIPE
    pending = 0

    def tick() -> None:
        nonlocal pending
        pending += 1
        if pending >= 20:  # also notices that nobody listens any more: the write fails, and the worker ends
            print(pending, flush=True)
            pending = 0

    try:
        recipe.synthesize(Path(folder), int(seed), int(part), int(parts), tick)
        if pending:
            print(pending, flush=True)
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
