"""A progress bar for preparing data in a notebook."""

from __future__ import annotations

from collections.abc import Callable

from tqdm import tqdm


def bar(title: str) -> Callable[[int, int], None]:
    """A `progress` argument for any set's `prepare`: a bar that is there only while files are made.

    Examples
    --------
    `files = clouds.prepare(progress=bar("clouds"))`
    """
    shown: tqdm | None = None

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if shown is None:
            shown = tqdm(total=total, desc=f"preparing {title} (once)", unit="file", leave=False)
        shown.update(done - shown.n)
        if done >= total:
            shown.close()

    return progress
