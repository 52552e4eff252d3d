"""Picture files as one array, decoded once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from data_scripts._errors import DataError
from data_scripts._workers import available_cores


def decode(paths: Sequence[Path], mode: str, size: int, threads: int | None = None) -> NDArray[np.uint8]:
    """Decode pictures and bring them to `size` x `size` pixels.

    Threads do it (as many as there are cores, unless told otherwise), for Pillow decodes and resizes large pictures
    without holding Python's lock.

    Returns
    -------
    pictures
        "picture height width channel", 0 to 255; one channel for the mode "L".
    """
    if size < 1:
        raise DataError(f"Pictures cannot be {size} pixels wide.", "", "ask for a `size` of 1 or more.")
    channels = len(Image.new(mode, (1, 1)).getbands())
    pictures = np.empty((len(paths), size, size, channels), dtype=np.uint8)

    def fill(first: int) -> None:
        for number in range(first, min(first + _BLOCK, len(paths))):
            try:
                with Image.open(paths[number]) as image:
                    full = image if image.mode == mode else image.convert(mode)
                    small = full if full.size == (size, size) else full.resize((size, size), Image.Resampling.BILINEAR)
                    pictures[number] = np.asarray(small).reshape(size, size, channels)
            except (OSError, UnidentifiedImageError, SyntaxError):
                raise DataError(
                    "This picture is missing, damaged or no picture.",
                    paths[number],
                    "`python -m data_scripts verify --mend` puts prepared sets right.",
                ) from None

    with ThreadPoolExecutor(threads or available_cores()) as pool:
        for _ in pool.map(fill, range(0, len(paths), _BLOCK)):
            pass
    return pictures


_BLOCK = 32  # pictures that a thread takes at a time
