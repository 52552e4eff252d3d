"""Which graphs a student's object keeps alive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

from grader import touch
from grader.touch import LocalSession

Number = torch.Tensor


class Nothing:
    def __call__(self, loss: Number) -> Number:
        self.mean = loss.detach()
        return loss / self.mean


class Everything:
    mean: Any = 0.0

    def __call__(self, loss: Number) -> Number:
        self.mean = 0.5 * self.mean + 0.5 * loss
        return loss / self.mean.detach()


class Last:
    def __call__(self, loss: Number) -> Number:
        self.loss = loss
        return loss * 2


class Circle:
    """Its frames refer to themselves; nobody else refers to them."""

    def __call__(self, loss: Number) -> Number:
        def again(k: int) -> Number:
            return loss if k == 0 else again(k - 1) * 1.0

        return again(2)


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        (Nothing, [False, False, False]),
        (Everything, [True, True, True]),
        (Last, [False, False, True]),
        (Circle, [False, False, False]),
    ],
)
def test_graphs_kept(made: Callable[[], object], kept: list[bool]) -> None:
    session = LocalSession()
    with session.active():
        assert touch.graphs_kept(session.adopt("scale", made()), [3.0, 5.0, 4.0]) == kept
    session.close()
