"""Random numbers that are the same on every machine and with every NumPy.

NumPy promises stable *raw* bits of its bit generators, but not stable results of `Generator.normal` or
`.permutation` (NEP 19), and functions such as `exp` or `sin` may differ in the last bit between processors. So
everything here comes from raw PCG64 bits through additions, multiplications and comparisons only, which IEEE 754
defines exactly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Stream:
    """A reproducible stream of random numbers, named by what it is for.

    Streams with different keys are independent: `Stream("water", "students", 0)` and
    `Stream("water", "held out", 0)` share nothing.

    Parameters
    ----------
    *key
        Strings and integers of any size; together they are the seed.

    Examples
    --------
    >>> Stream("demo", 1).uniform(2).round(3).tolist() == Stream("demo", 1).uniform(2).round(3).tolist()
    True
    """

    def __init__(self, *key: object) -> None:
        digest = hashlib.sha256(repr(key).encode()).digest()
        self._bits = np.random.PCG64(int.from_bytes(digest[:16], "big"))

    def uniform(self, size: int, low: float = 0.0, high: float = 1.0) -> Floats:
        """`size` numbers in [low, high)."""
        raw = np.asarray(self._bits.random_raw(size), dtype=np.uint64)
        return low + (high - low) * ((raw >> np.uint64(11)).astype(np.float64) * 2.0**-53)

    def gauss(self, size: int) -> Floats:
        """`size` numbers of mean 0 and standard deviation 1: the sum of twelve uniforms, minus 6.

        Very nearly normal (never beyond ±6), and exact arithmetic, unlike the usual methods.
        """
        return gauss_of_each([self], size)[0]

    def permutation(self, size: int) -> NDArray[np.int64]:
        """The numbers 0 .. size-1 in random order."""
        return np.argsort(self.uniform(size), kind="stable").astype(np.int64)

    def below(self, limit: int, size: int) -> NDArray[np.int64]:
        """`size` whole numbers in [0, limit)."""
        return (self.uniform(size) * limit).astype(np.int64)

    def one(self, low: float = 0.0, high: float = 1.0) -> float:
        """A single number in [low, high)."""
        return low + (high - low) * ((int(self._bits.random_raw()) >> 11) * 2.0**-53)

    def pick(self, limit: int) -> int:
        """A single whole number in [0, limit)."""
        return int(self.one() * limit)


def gauss_of_each(streams: Sequence[Stream], size: int) -> Floats:
    """What `gauss(size)` of each stream gives, "stream number", in one go."""
    parts = np.stack([one.uniform(12 * size).reshape(12, size) for one in streams], axis=1)
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total - 6.0


def wave(turns: Floats) -> Floats:
    """A sine wave of period 1 and height 1, to 0.2 %, in exact arithmetic (Bhaskara's rational formula)."""
    phase = turns - np.floor(turns)
    half = np.where(phase < 0.5, phase, phase - 0.5) * 2.0
    product = half * (1.0 - half)
    height = 16.0 * product / (5.0 - 4.0 * product)
    return np.where(phase < 0.5, height, -height)
