"""Chapter 9: LSTM and GRU.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import torch
from torch import nn

from grader.calibration.samples import handed_over
from grader.exercise import exercise
from grader.expect import (
    Mistake,
    Wrong,
    close,
    expect_batch_independent,
    expect_gradients,
    expect_metric,
    expect_model,
    expect_number,
    expect_parameters,
    expect_parts,
    expect_same_behavior,
    expect_subclass,
    expect_tensor,
    expect_tensors,
    expect_unchanged,
    expect_values,
    fail,
    outputs_in_eval_mode,
    random_integer,
    random_normal,
)
from grader.shapes import show_shape
from grader.touch import Raised, Subject, call, construct, give, load_parameters, make, method, parameters

Tensor = torch.Tensor
State = tuple[Tensor, Tensor]
GATES = {"i": "input gate", "f": "forget gate", "g": "candidate", "o": "output gate"}
FLOATS = "layers compute in float32"
_expect_tensors = partial(expect_tensors, because=FLOATS)


class Weights(NamedTuple):
    """What a layer of a recurrent network holds, the blocks of its gates stacked along the first axis."""

    ih: Tensor
    hh: Tensor
    b_ih: Tensor
    b_hh: Tensor


def _draw(blocks: int, inputs: int, hidden: int) -> Weights:
    """Weights of a size that leaves no gate shut and none wide open."""
    rows = blocks * hidden
    return Weights(
        0.8 * random_normal(rows, inputs),
        1.2 * random_normal(rows, hidden) / math.sqrt(hidden),
        0.5 * random_normal(rows),
        0.5 * random_normal(rows),
    )


def _given(values: Sequence[Tensor | State], names: Sequence[str]) -> list[Subject]:
    return [give(value, name) for value, name in zip(values, names, strict=True)]


def _unharmed(given: Sequence[Subject], values: Sequence[Tensor | State]) -> None:
    for subject, value in zip(given, values, strict=True):
        expect_unchanged(subject, value, f"the argument `{subject.label}`")


def _sums(x: Tensor, h: Tensor, w: Weights) -> tuple[Tensor, Tensor]:
    """What the input and what the hidden state contribute, all blocks side by side."""
    return x @ w.ih.T + w.b_ih, h @ w.hh.T + w.b_hh


# -- 9.1, 9.2: the LSTM --------------------------------------------------------------------------------------------


def _lstm(x: Tensor, state: State, w: Weights, order: str = "ifgo") -> State:
    h, c = state
    return _combine(sum(_sums(x, h, w)), c, order)  # type: ignore[arg-type]


def _combine(sums: Tensor, c: Tensor, order: str = "ifgo") -> State:
    part = dict(zip(order, sums.chunk(4, dim=-1), strict=True))
    c = torch.sigmoid(part["f"]) * c + torch.sigmoid(part["i"]) * torch.tanh(part["g"])
    return torch.sigmoid(part["o"]) * torch.tanh(c), c


def _lstm_wrongs(x: Tensor, state: State, w: Weights) -> Iterator[Wrong]:
    h, c = state
    right = _lstm(x, state, w)
    yield right[::-1], "the two states are returned in the other order", "return the hidden state first"
    for order in map("".join, itertools.permutations("ifgo")):
        if order != "ifgo":
            yield (
                _lstm(x, state, w, order),
                f"the four blocks of rows are read in the order {', '.join(GATES[k] for k in order)}; PyTorch stacks "
                "them in another one",
                "compare with the table above the exercise, block by block",
            )
    from_x, from_h = _sums(x, h, w)
    sums = from_x + from_h
    i, f, g, o = sums.chunk(4, dim=-1)
    s, t = torch.sigmoid, torch.tanh
    new_c = s(f) * c + s(i) * t(g)
    for biases, words in (
        (w.b_hh, "`b_hh` is left out"),
        (w.b_ih, "`b_ih` is left out"),
        (w.b_ih + w.b_hh, "both biases are left out"),
    ):
        yield _combine(sums - biases, c), words, "PyTorch adds two biases, one with each matrix"
    yield _combine(from_x, c), "the old hidden state takes no part", "every gate sees the input and the old h"
    yield _combine(from_h, c), "the input takes no part", "every gate sees the input and the old h"
    yield (
        _combine(from_x + c @ w.hh.T + w.b_hh, c),
        "the gates look at the cell state; in this cell they look at the input and at the hidden state",
        "multiply `W_hh` with the old h",
    )
    cause = "the candidate goes through a sigmoid: then the cell state can only grow"
    cell = s(f) * c + s(i) * s(g)
    yield (s(o) * t(cell), cell), cause, "three sigmoids and one tanh: which of the four is no gate?"
    yield (s(o) * new_c, new_c), "the new hidden state is made without the tanh of the cell state", "look at h again"
    yield (s(o) * s(new_c), new_c), "the cell state goes through a sigmoid instead of a tanh", "look at h again"
    yield (
        (s(o) * t(c), new_c),
        "the new hidden state is made from the old cell state",
        "compute the new cell state first, then h from it",
    )
    cell = s(f) * c + t(g)
    yield (s(o) * t(cell), cell), "the input gate does not multiply the candidate", "both products have a gate"
    cell = c + s(i) * t(g)
    yield (s(o) * t(cell), cell), "the forget gate does not multiply the old cell state", "both products have a gate"
    cell = s(f) * h + s(i) * t(g)
    yield (
        (s(o) * t(cell), cell),
        "the forget gate multiplies the old hidden state",
        "what is kept or forgotten is the old cell state: the two states do not mix",
    )
    cell = (1 - s(f)) * c + s(i) * t(g)
    yield (
        (s(o) * t(cell), cell),
        "the forget gate is turned around: 1 means keep, in spite of its name",
        "multiply the old cell state with the gate itself",
    )
    cell = f * c + i * t(g)
    yield (o * t(cell), cell), "the gates are not squashed: they can be below 0 and above 1", "a gate is a sigmoid"
    cell = t(f) * c + t(i) * t(g)
    yield (t(o) * t(cell), cell), "the gates go through a tanh: they can be negative", "a gate is a sigmoid"
    for cell, shown in ((t(new_c), t(new_c)), (t(new_c), t(t(new_c)))):
        yield (
            (s(o) * shown, cell),
            "the cell state is squashed by a tanh before it is handed on",
            "the new cell state is the plain sum; only h is made from its tanh",
        )
    exchanged = _lstm(x, (c, h), w)
    for states in (exchanged, exchanged[::-1]):
        yield states, "the two states that come in are exchanged", "`state` is (h, c): the hidden state comes first"
    mixed = sums.reshape(*sums.shape[:-1], -1, 4).movedim(-1, -2).flatten(-2)
    yield (
        _combine(mixed, c),
        "the rows are dealt out to the gates one by one, like cards",
        "the first H rows belong to the first gate, the next H rows to the second, and so on",
    )
    yield (new_c, new_c), "the cell state is returned as the hidden state too", "h is what the output gate lets out"
    yield state, "the old states are returned", "return the new ones"


@exercise(
    "9.1",
    title="One step of an LSTM",
    points=4,
    difficulty=2,
    minutes=25,
    hints=(
        "All four blocks at once: one product with `W_ih`, one with `W_hh`, both biases. The result has 4 H columns.",
        "`chunk(4, dim=1)` cuts it into four tensors of H columns; the table says which is which.",
        "First the new cell state, from the old one, then the hidden state, from the new cell state.",
    ),
)
def lstm_step(lstm_step: Subject) -> None:
    names = ("x", "state", "W_ih", "W_hh", "b_ih", "b_hh")
    # 5 or 6 rows are never cut into four parts: a `chunk` along the wrong axis is seen where it stands
    for batch in (random_integer(5, 6), 1):
        inputs, hidden = random_integer(2, 3), random_integer(5, 7)
        w = _draw(4, inputs, hidden)
        x, state = random_normal(batch, inputs), (random_normal(batch, hidden).tanh(), random_normal(batch, hidden))
        values = (x, state, *w)
        given = _given(values, names)
        answer = call(lstm_step, *given)
        parts = expect_parts(answer, ("h", "c"))
        _expect_tensors(
            parts,
            _lstm(x, state, w),
            _lstm_wrongs(x, state, w),
            expected="the hidden state and the cell state that `nn.LSTM` has after this step",
        )
        _unharmed(given, values)


def _unroll(step: Callable[[Tensor, State], State], x: Tensor, state: State) -> tuple[Tensor, Tensor, Tensor]:
    """Output of every step, and both last states, as ``nn.LSTM`` gives them with ``batch_first=True``."""
    outs = []
    for t in range(x.shape[1]):
        state = step(x[:, t], state)
        outs.append(state[0])
    return torch.stack(outs, dim=1), state[0].unsqueeze(0), state[1].unsqueeze(0)


def _unrolled_wrongs(x: Tensor, w: Weights, state: State, given: bool) -> Iterator[Wrong]:
    def step(now: Tensor, before: State) -> State:
        return _lstm(now, before, w)

    zeros = (torch.zeros_like(state[0]), torch.zeros_like(state[1]))
    out, h, c = _unroll(step, x, state)
    if given:
        yield (
            _unroll(step, x, zeros),
            "the states that were passed in are not used: the memory starts at zero",
            "start with zeros only when `state` is None",
        )
        yield (
            _unroll(step, x, (state[1], state[0])),
            "the two states that were passed in are exchanged",
            "`state` is (h, c)",
        )
        yield (
            _unroll(step, x, (state[0], zeros[1])),
            "the cell state that was passed in is not used",
            "both states go on",
        )
        yield (
            _unroll(step, x, (zeros[0], state[1])),
            "the hidden state that was passed in is not used",
            "both states go on",
        )
    yield (
        _unroll(lambda now, before: _lstm(now, state, w), x, state),
        "every step starts from the first states again: nothing is remembered",
        "hand the states of one step over to the next",
    )
    yield (
        _unroll(lambda now, before: _lstm(now, (before[0], state[1]), w), x, state),
        "the cell state is not carried from step to step",
        "hand both states over",
    )
    yield (
        _unroll(lambda now, before: _lstm(now, (state[0], before[1]), w), x, state),
        "the hidden state is not carried from step to step",
        "hand both states over",
    )
    backward = _unroll(step, x.flip(1), state)
    yield backward, "the sequence is read from its end", "start with `x[:, 0]`"
    yield (backward[0].flip(1), *backward[1:]), "the sequence is read from its end", "start with `x[:, 0]`"
    yield (out.flip(1), h, c), "the outputs stand in the opposite order", "step 0 comes first"
    yield (out.transpose(0, 1), h, c), "the steps stand on the first axis", "stack along axis 1: the batch is first"
    yield (out, c, h), "the two last states are exchanged", "(h_n, c_n)"
    yield (out, h[0], c[0]), "the axis of the layers is missing", "both last states have shape (1, B, H)"
    yield (
        (out, h.transpose(0, 1), c.transpose(0, 1)),
        "the axis of the layers stands behind the batch",
        "the layers come first, also with `batch_first=True`",
    )
    cells, before = [], state
    for t in range(x.shape[1]):
        before = step(x[:, t], before)
        cells.append(before[1])
    yield (torch.stack(cells, 1), h, c), "`out` holds the cell states", "the output of a step is its hidden state"
    first = step(x[:, 0], state)
    yield (out, first[0][None], first[1][None]), "the states of the first step are returned", "those of the last step"
    yield (out, state[0][None], state[1][None]), "the states from before the first step are returned", "the last ones"
    yield (h[0], h, c), "`out` holds the last step only", "one output for every step"
    late = torch.cat([state[0][:, None], out[:, :-1]], dim=1)
    yield (late, h, c), "`out` is one step late: it holds the hidden state before each step", "first the step"
    for piled in (out.transpose(0, 1).unsqueeze(0), out.transpose(0, 1).unsqueeze(1), out.unsqueeze(0)):
        yield (
            (piled, h, c),
            "`out` has an axis too many: within the loop the states keep their axis of the layers",
            "take that axis off before the first step, and put it back on behind the last",
        )
    yield (out, out.transpose(0, 1), c), "all hidden states are returned as `h_n`", "the last one"


@exercise(
    "9.2",
    title="A whole sequence through the LSTM",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "The loop of chapter 8, with two states that are handed over instead of one.",
        "The states that come in and go out have an axis for the layers in front; within the loop they have none.",
        "Collect the hidden state of every step, and stack them along axis 1.",
    ),
)
def lstm_unrolled(lstm_unrolled: Subject) -> None:
    names = ("x", "W_ih", "W_hh", "b_ih", "b_hh", "state")
    for batch, steps, with_state in ((3, random_integer(5, 7), False), (4, random_integer(5, 7), True), (1, 1, False)):
        inputs, hidden = 2, random_integer(5, 7)
        w = _draw(4, inputs, hidden)
        x = random_normal(batch, steps, inputs)
        state = (torch.zeros(batch, hidden), torch.zeros(batch, hidden))
        if with_state:
            state = (random_normal(batch, hidden).tanh(), random_normal(batch, hidden))
        values: tuple[Tensor | State, ...] = (x, *w)
        if with_state:
            values = (*values, (state[0][None], state[1][None]))
        given = _given(values, names[: len(values)])
        try:
            answer = call(lstm_unrolled, *given)
        except Raised as error:
            if error.is_stub or with_state or "NoneType" not in error.message:
                raise
            fail(
                f"`lstm_unrolled(...)` raised {error.type} when no state was passed.",
                expected="first states of zeros",
                actual=f"{error.type}: {error.message[:200]}",
                cause="`state` is None unless the caller passes one, and None holds no states",
                next_step="ask for None first, and make zeros of shape (B, H) then",
                where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
            )
        if answer.kind in {"tuple", "list"} and len(answer.children) == 3:
            fail(
                f"`{answer.label}` gives three values.",
                expected="two: `out`, and the pair `(h_n, c_n)`",
                actual="three values side by side",
                cause="the two last states are not packed together",
                next_step="put them into a pair of their own, as `nn.LSTM` does",
            )
        out, states = expect_parts(answer, ("out", "the states"))
        h_n, c_n = expect_parts(states, ("h_n", "c_n"))
        out.label, h_n.label, c_n.label = "out", "h_n", "c_n"
        _expect_tensors(
            (out, h_n, c_n),
            _unroll(lambda now, before, w=w: _lstm(now, before, w), x, state),  # type: ignore[misc]
            _unrolled_wrongs(x, w, state, with_state),
            expected="what `nn.LSTM` with `batch_first=True` gives" + " for these first states" * with_state,
        )
        _unharmed(given, values)


# -- 9.3 to 9.5: the GRU -------------------------------------------------------------------------------------------


def _gru(x: Tensor, h: Tensor, w: Weights, order: str = "rzn", flipped: bool = False, reset: str = "behind") -> Tensor:
    """One step; with the update gate turned around, or with the reset gate in another place."""
    from_x, from_h = _sums(x, h, w)
    px, ph = (dict(zip(order, part.chunk(3, dim=-1), strict=True)) for part in (from_x, from_h))
    r, z = torch.sigmoid(px["r"] + ph["r"]), torch.sigmoid(px["z"] + ph["z"])
    matrix = dict(zip(order, w.hh.chunk(3), strict=True))["n"]
    bias = dict(zip(order, w.b_hh.chunk(3), strict=True))["n"]
    inner = {
        "behind": lambda: px["n"] + r * ph["n"],
        "before": lambda: px["n"] + (r * h) @ matrix.T + bias,
        "bias": lambda: px["n"] + r * (h @ matrix.T) + bias,
        "all": lambda: r * (px["n"] + ph["n"]),
        "none": lambda: px["n"] + ph["n"],
        "input": lambda: r * px["n"] + ph["n"],
    }[reset]()
    n = torch.tanh(inner)
    return z * n + (1 - z) * h if flipped else (1 - z) * n + z * h


_RESETS = {
    "before": "the reset gate multiplies h before the matrix product",
    "bias": "the reset gate leaves the bias out: it multiplies all that the old state contributes to the candidate",
    "all": "the reset gate multiplies the input too: it is meant for the old state alone",
    "none": "the reset gate takes no part",
    "input": "the reset gate multiplies what the input contributes",
}
_GRU_GATES = {"r": "reset", "z": "update", "n": "candidate"}


def _gru_wrongs(x: Tensor, h: Tensor, w: Weights) -> Iterator[Wrong]:
    flip = "the update gate is turned around: in PyTorch, near 1 means that the old state stays"
    for flipped, reset in itertools.product((False, True), ("behind", *_RESETS)):
        for order in map("".join, itertools.permutations("rzn")):
            causes = [_RESETS[reset]] if reset != "behind" else []
            if order != "rzn":
                causes.append(
                    f"the three blocks of rows are read in the order {', '.join(_GRU_GATES[k] for k in order)}, "
                    "which is not PyTorch's"
                )
            if flipped:
                causes.append(flip)
            if causes and len(causes) < 3:
                step = (
                    "compare with the table above the exercise"
                    if order != "rzn"
                    else "compare the formulas for n and h with yours, sign by sign"
                )
                yield (_gru(x, h, w, order, flipped, reset),), ", and ".join(causes), step
    for biases, words in (((0, 1), "`b_ih` is left out"), ((1, 0), "`b_hh` is left out"), ((0, 0), "both biases are")):
        other = w._replace(b_ih=biases[0] * w.b_ih, b_hh=biases[1] * w.b_hh)
        yield (_gru(x, h, other),), words.replace("are", "are left out"), "each matrix comes with a bias"
    from_x, from_h = _sums(x, h, w)
    xr, xz, xn = from_x.chunk(3, dim=-1)
    hr, hz, hn = from_h.chunk(3, dim=-1)
    s, t = torch.sigmoid, torch.tanh
    r, z = s(xr + hr), s(xz + hz)
    n = t(xn + r * hn)
    yield ((1 - z) * s(xn + r * hn) + z * h,), "the candidate goes through a sigmoid", "it is no gate: use a tanh"
    yield (n,), "the candidate is returned: the update gate takes no part", "mix the candidate with the old state"
    yield ((1 - z) * n,), "the old state is not added", "h has two parts"
    yield (z * h,), "the candidate is not added", "h has two parts"
    yield (z * n + z * h,), "both parts have the same factor", "the two factors add up to 1"
    yield (n + z * h,), "the candidate comes in at full size", "the two factors add up to 1"
    yield (t((1 - z) * n + z * h),), "the new state goes through another tanh", "the mixture is already the result"


@exercise(
    "9.3",
    title="One step of a GRU, as PyTorch has it",
    points=4,
    difficulty=2,
    minutes=25,
    hints=(
        "Keep what the input contributes and what the old state contributes apart: the candidate needs both alone.",
        "`(x @ W_ih.T + b_ih).chunk(3, dim=1)` gives three parts; the same for h. Reset gate first.",
        "The reset gate multiplies the state's part of the candidate, bias included, before the two parts are added.",
    ),
)
def gru_step(gru_step: Subject) -> None:
    names = ("x", "h", "W_ih", "W_hh", "b_ih", "b_hh")
    # 4 rows are never cut into three parts: a `chunk` along the wrong axis is seen where it stands
    for batch in (4, 1):
        inputs, hidden = random_integer(2, 3), random_integer(5, 7)
        w = _draw(3, inputs, hidden)
        x, h = random_normal(batch, inputs), random_normal(batch, hidden).tanh()
        values = (x, h, *w)
        given = _given(values, names)
        answer = call(gru_step, *given)
        if answer.kind in {"tuple", "list"}:
            fail(
                f"`{answer.label}` gives several values.",
                expected="one tensor, the new hidden state",
                actual=f"{len(answer.children)} values",
                cause="a GRU has one state, where an LSTM has two",
                next_step="return the new hidden state alone",
            )
        answer.label = "gru_step(...)"
        _expect_tensors(
            [answer],
            [_gru(x, h, w)],
            _gru_wrongs(x, h, w),
            expected="the hidden state that `nn.GRU` has after this step",
        )
        _unharmed(given, values)


def _layer_subject(kind: str, inputs: int, hidden: int, layers: int) -> tuple[Subject, list[str], list[Tensor]]:
    """A layer beside the student's code, with weights drawn as PyTorch does; its parameters' names and numbers."""
    subject = make(f"torch.nn.{kind}", inputs, hidden, num_layers=layers, batch_first=True, label=kind.lower())
    bound = 1 / math.sqrt(hidden)
    names = [p.name for p in parameters(subject)]
    numbers = [(random_normal(*p.tensor.shape) * bound).clamp(-bound, bound) for p in parameters(subject)]
    load_parameters(subject, numbers)
    return subject, names, numbers


def _block(tensor: Tensor, index: int, blocks: int) -> Tensor:
    return tensor.chunk(blocks)[index]


def _after(layer: Subject, names: Sequence[str]) -> dict[str, Tensor]:
    """The parameters after the student's function, by name."""
    found = parameters(layer)
    if [p.name for p in found] != list(names) or not all(p.requires_grad for p in found):
        fail(
            f"`{layer.label}` has lost parameters.",
            expected="the same parameters as before, all of them trainable",
            actual="parameters that are missing, have other names or are frozen",
            cause="a parameter was replaced by a plain tensor, deleted or frozen",
            next_step="change the numbers in place, under `torch.no_grad()`",
        )
    return {p.name: p.tensor for p in found}


def _layer_of(names: Sequence[str], layer: int) -> list[str]:
    return [name for name in names if name.endswith(f"_l{layer}")]


_ROWS = {
    "LSTM": ("input gate", "forget gate", "candidate", "output gate"),
    "GRU": ("reset gate", "update gate", "candidate"),
}


def _expect_only(
    kind: str, before: dict[str, Tensor], after: dict[str, Tensor], block: int, blocks: int, next_step: str
) -> None:
    """Expect changes in one block of the biases alone."""
    touched: list[str] = []
    right = False
    for name, old in before.items():
        new = after[name]
        if new.shape != old.shape:
            fail(
                f"`{name}` has another shape than before.",
                expected=f"shape {show_shape(old.shape)}",
                actual=f"shape {show_shape(new.shape)}",
                cause="the whole parameter was replaced",
                next_step="assign to a slice of it",
            )
        if name.startswith("weight"):
            if not torch.equal(old, new):
                fail(
                    f"The weights `{name}` are changed.",
                    expected="the matrices as they were: only biases are to be changed",
                    actual="other numbers",
                    cause="the rows of a matrix were set together with those of the biases, or instead of them",
                    next_step="change only parameters whose name starts with `bias`",
                )
            continue
        for index in range(blocks):
            if not torch.equal(_block(old, index, blocks), _block(new, index, blocks)):
                if index == block:
                    right = True
                else:
                    touched.append(_ROWS[kind][index])
    if not touched:
        return
    hit = list(dict.fromkeys(touched))
    every = len(hit) == blocks - 1 and right
    fail(
        "Other gates are changed too." if right else "Other gates are changed, and not the right one.",
        expected=f"changes in the {_ROWS[kind][block]} alone",
        actual=f"changes in {', '.join(hit)}",
        cause="the whole bias was set, not a slice of it"
        if every
        else f"these are the rows of the {hit[0]}: the gates are stacked in another order than you assumed"
        if not right
        else "the slice is too long, or begins in the wrong place",
        next_step=next_step,
    )


@exercise(
    "9.4",
    title="A GRU that forgets nothing",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "Which gate decides between the old state and the candidate, and at which value does the old one stay?",
        "A sigmoid gets close to 1 when its argument is large, whatever the weights add to it.",
        "`gru.bias_ih_l0[...]` with a slice of H rows: the second of three blocks. Other layers have `_l1`, `_l2`, ...",
    ),
)
def freeze_gru_memory(freeze_gru_memory: Subject) -> None:
    for layers in (1, random_integer(2, 3)):
        inputs, hidden, batch, steps = 2, random_integer(4, 6), 3, 100
        gru, names, numbers = _layer_subject("GRU", inputs, hidden, layers)
        call(freeze_gru_memory, gru, label=f"freeze_gru_memory(gru) with {layers} layer{'s' * (layers > 1)}")
        after = _after(gru, names)
        before = dict(zip(names, numbers, strict=True))
        if all(torch.equal(before[name], after[name]) for name in names):
            fail(
                "The layer is unchanged.",
                expected="other numbers in the biases of the layer that was passed in",
                actual="the same parameters as before",
                cause="a copy was changed (`clone()` and `deepcopy` make one), or a layer of your own",
                next_step="assign to a slice of the parameter itself, under `torch.no_grad()`",
            )
        _expect_only("GRU", before, after, 1, 3, "the first H rows are the reset gate's: count from there")
        bias = [sum(_block(after[f"bias_{part}_l{k}"], 1, 3) for part in ("ih", "hh")) for k in range(layers)]
        h = random_normal(layers, batch, hidden).tanh()
        x = random_normal(batch, steps, inputs)
        answer = call(gru, x, h, label="gru(x, h_0)")
        h_n = expect_parts(answer, ("out", "h_n"))[1]
        distance = (expect_tensor(h_n, shape="layers batch hidden") - h).abs().amax(dim=(1, 2))
        if bool((distance <= 1e-3).all()):
            continue
        stays = [bool(d <= 1e-3) for d in distance]
        low = [bool((b < 0).any()) for b in map(torch.as_tensor, bias)]
        fail(
            "The state does not stay.",
            expected=f"after {steps} steps the states of all layers as they were at the start, within 0.001",
            actual=f"states that moved by up to {float(distance.max()):.3g}",
            cause="only some of the layers are set"
            if any(stays)
            else "the update gate is near 0: then the candidate takes over at once. (Elsewhere the gate is defined "
            "the other way around.)"
            if any(low)
            else "the gate is nearly closed only: what leaks through in one step adds up over many",
            next_step="loop over all layers"
            if any(stays)
            else "look at the formula for h in PyTorch's convention"
            if any(low)
            else "how far is the sigmoid of your bias from 1, times the number of steps?",
        )


def _paper_step(x: Tensor, h: Tensor, w: Weights) -> Tensor:
    """The cell of exercise 9.5: blocks update, reset, candidate; near 1 takes the candidate."""
    return _gru(x, h, w, "zrn", flipped=True)


def _converted_wrongs(w: Weights) -> Iterator[tuple[Weights, str, str]]:
    def blocks(order: str, signs: str) -> Weights:
        """Blocks of every tensor in this order; a block named in ``signs`` with the other sign."""
        parts = [dict(zip("zrn", tensor.chunk(3), strict=True)) for tensor in w]
        return Weights(*(torch.cat([-part[k] if k in signs else part[k] for k in order]) for part in parts))

    yield w, "the weights are handed over as they are", "the blocks stand in another order, and one gate is flipped"
    yield blocks("rzn", ""), "the blocks are in order, but the update gate still means the opposite", "1 - sigmoid(a)?"
    yield (
        blocks("zrn", "z"),
        "the sign of the update gate is turned, but the blocks stand in the old order",
        "PyTorch's order is reset, update, candidate",
    )
    for signs in ("r", "n", "rz", "zn", "rn", "rzn"):
        yield (
            blocks("rzn", signs),
            "the signs of other blocks are turned, or of too many",
            "only the update gate is flipped",
        )
    for order in map("".join, itertools.permutations("zrn")):
        if order != "rzn":
            yield (
                blocks(order, "z"),
                f"the blocks stand in the order {', '.join(_GRU_GATES[k] for k in order)}",
                "PyTorch's order is reset, update, candidate",
            )
            yield blocks(order, ""), "the blocks are moved to the wrong places", "compare with the table"
    right = blocks("rzn", "z")
    plain = blocks("rzn", "")
    for keep in itertools.product((False, True), repeat=4):
        if any(keep) and not all(keep):
            names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
            yield (
                Weights(*(b if k else a for a, b, k in zip(right, plain, keep, strict=True))),
                f"the sign is not turned in {', '.join(n for n, k in zip(names, keep, strict=True) if k)}",
                "the argument of the sigmoid is a sum of four parts: all of them change their sign",
            )
    both, nothing = right.b_ih + right.b_hh, torch.zeros_like(right.b_ih)
    for b_ih, b_hh in ((both, nothing), (nothing, both)):
        yield (
            right._replace(b_ih=b_ih, b_hh=b_hh),
            "the biases are added up in the candidate too, where the reset gate multiplies only one of them",
            "the gates see the sum of both biases, the candidate does not",
        )
    yield (
        right._replace(b_ih=right.b_hh, b_hh=right.b_ih),
        "the two biases are exchanged",
        "`b` belongs to the input, `c` to the old state",
    )
    one_minus = [1 - tensor.chunk(3)[1] for tensor in plain]
    yield (
        Weights(*(torch.cat([t.chunk(3)[0], m, t.chunk(3)[2]]) for t, m in zip(plain, one_minus, strict=True))),
        "1 minus the weights is not the weights of 1 minus the gate",
        "what must happen to the argument of a sigmoid, so that the sigmoid becomes 1 minus itself?",
    )


@exercise(
    "9.5",
    title="Weights from another convention",
    points=3,
    difficulty=3,
    minutes=20,
    hints=(
        "Two differences: the order of the blocks, and the meaning of the update gate. The reset gate agrees.",
        "For a sigmoid, 1 - σ(a) = σ(-a).",
        "Cut each of the four tensors into three blocks, change one of them, and put them together in PyTorch's order.",
    ),
)
def gru_from_paper(gru_from_paper: Subject) -> None:
    names = ("W", "U", "b", "c")
    for _ in range(2):
        inputs, hidden, batch = random_integer(2, 3), random_integer(4, 6), 6
        w = _draw(3, inputs, hidden)
        given = _given(w, names)
        answer = call(gru_from_paper, *given)
        parts = expect_parts(answer, ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        got = []
        for part, old in zip(parts, w, strict=True):
            part.label = part.label.split(" ")[0]
            shape = "rows columns" if old.ndim == 2 else "rows"
            sizes = dict(zip(shape.split(), old.shape, strict=True))
            got.append(expect_tensor(part, shape=shape, dtype=torch.float32, sizes=sizes, because=FLOATS))
        mine = Weights(*(tensor.detach() for tensor in got))
        tests = [(2 * random_normal(batch, inputs), random_normal(batch, hidden).tanh()) for _ in range(3)]

        def same(a: Weights, b: Callable[[Tensor, Tensor], Tensor], tests: Sequence[State] = tests) -> bool:
            return all(close(_gru(x, h, a), b(x, h)) for x, h in tests)

        if not same(mine, lambda x, h, w=w: _paper_step(x, h, w)):  # type: ignore[misc]
            cause, next_step = "", ""
            for wrong, why, step in _converted_wrongs(w):
                if same(mine, lambda x, h, wrong=wrong: _gru(x, h, wrong)):  # type: ignore[misc]
                    cause, next_step = why, step
                    break
            off = max((_gru(x, h, mine) - _paper_step(x, h, w)).abs().max().item() for x, h in tests)
            fail(
                "`nn.GRU` with your four tensors computes something else than the paper's cell.",
                expected="the same hidden states, for any input and any old state",
                actual=f"states that differ by up to {off:.3g}" if math.isfinite(off) else "numbers not finite",
                cause=cause or "other blocks or signs are changed than the two conventions differ in",
                next_step=next_step or "write down both formulas for z and h, one below the other",
            )
        _unharmed(given, w)


# -- 9.6 to 9.8: gradients and memory ------------------------------------------------------------------------------


def _cell_jacobian(x: Tensor, o: Tensor, c: Tensor, w: Weights, through: str = "ifg") -> tuple[Tensor, Tensor, Tensor]:
    """diag(f), the derivative by h (through these parts alone), and dh/dc as a vector."""
    h = o * torch.tanh(c)
    i, f, g, _ = sum(_sums(x, h, w)).chunk(4)  # type: ignore[union-attr]
    i, f, g = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g)
    ui, uf, ug, _ = w.hh.chunk(4)
    by_h = torch.zeros(len(c), len(c))
    if "i" in through:
        by_h = by_h + (g * i * (1 - i))[:, None] * ui
    if "f" in through:
        by_h = by_h + (c * f * (1 - f))[:, None] * uf
    if "g" in through:
        by_h = by_h + (i * (1 - g**2))[:, None] * ug
    return torch.diag(f), by_h, o * (1 - torch.tanh(c) ** 2)


def _cell_jacobian_wrongs(x: Tensor, o: Tensor, c: Tensor, w: Weights) -> Iterator[Wrong]:
    direct, by_h, slope = _cell_jacobian(x, o, c, w)
    total = direct + by_h * slope
    yield (
        (direct,),
        "this is the matrix with the forget gate on its diagonal: the path from the old cell state through the old "
        "hidden state into the gates is missing",
        "the old c also makes the old h, and all gates look at h",
    )
    yield (direct.diagonal(),), "this is the forget gate alone, a vector", "the derivative is an H by H matrix"
    yield (total.T,), "the matrix is transposed", "row: which new entry moves; column: which old entry moved it"
    yield (by_h * slope,), "the direct path is missing", "the old c is also multiplied by the forget gate"
    yield (by_h,), "this is the derivative with respect to the old hidden state", "go on, from h to c; and add"
    yield (direct + by_h,), "the derivative of the old h with respect to the old c is missing", "h is o times tanh(c)"
    yield (direct + by_h * o,), "the slope of the tanh is missing between c and h", "h is o times tanh(c)"
    yield (direct + by_h * slope / o,), "the old output gate is missing between c and h", "h is o times tanh(c)"
    yield (
        (direct + slope[:, None] * by_h,),
        "the derivative of h multiplies the rows; it comes first in the chain, so it belongs to the columns",
        "multiply from the right",
    )
    yield (
        (direct + by_h * (o * (1 - c**2)),),
        "the slope of the tanh is computed from c as if c were already the tanh",
        "1 minus the square of tanh(c)",
    )
    for count in (1, 2):
        for some in itertools.combinations("ifg", count):
            part = _cell_jacobian(x, o, c, w, "".join(some))[1]
            missing = " and the ".join(GATES[k] for k in "ifg" if k not in some)
            yield (direct + part * slope,), f"the path through the {missing} is missing", "three of the four look at h"
    direct, by_h, slope = _cell_jacobian(x, torch.ones_like(o), c, w)
    yield ((direct + by_h * slope,), "the old hidden state is made without the old output gate", "h is o times tanh(c)")
    shown = torch.autograd.functional.jacobian(lambda old: _lstm(x, (o * torch.tanh(old), old), w)[0], c)
    yield (shown,), "this is the derivative of the new hidden state", "stop at the new cell state"
    yield (torch.diag(total.diagonal()),), "only the diagonal is computed", "every new entry depends on every old one"
    yield (total.diagonal(),), "only the diagonal is computed", "every new entry depends on every old one"
    yield (total.sum(dim=0),), "the rows are added up: `backward` from a sum gives that", "one row for each new entry"
    yield (total.sum(dim=1),), "the columns are added up", "one column for each old entry"


@exercise(
    "9.6",
    title="The derivative of the cell state, all of it",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "Two ways lead from the old c to the new one: directly, and over h = o * tanh(c) into the gates.",
        "By formula: diag(f) plus a product of two matrices, the derivative by h and the derivative of h by c.",
        "Or by autograd: a function of c alone, which computes h, the gates and the new c, for "
        "`torch.autograd.functional.jacobian`.",
    ),
)
def cell_state_jacobian(cell_state_jacobian: Subject) -> None:
    names = ("x", "o", "c", "W_ih", "W_hh", "b_ih", "b_hh")
    for _ in range(2):
        inputs, hidden = random_integer(2, 3), random_integer(4, 6)
        w = _draw(4, inputs, hidden)
        x, o, c = random_normal(inputs), torch.sigmoid(random_normal(hidden)), random_normal(hidden)
        values = (x, o, c, *w)
        given = _given(values, names)
        answer = call(cell_state_jacobian, *given)
        answer.label = "cell_state_jacobian(...)"
        direct, by_h, slope = _cell_jacobian(x, o, c, w)
        _expect_tensors(
            [answer],
            [direct + by_h * slope],
            _cell_jacobian_wrongs(x, o, c, w),
            expected="the derivative of every new entry of c with respect to every old one, over both paths",
        )
        _unharmed(given, values)


@exercise(
    "9.7",
    title="Raise the forget bias",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Which rows of the biases belong to the forget gate? The table of section 2 says it.",
        "There are two biases, and what counts is their sum: choose one for each, or set one of them to 0.",
        '`for name, p in lstm.named_parameters()` visits the biases of all layers; `name.startswith("bias")`.',
    ),
)
def raise_forget_bias(raise_forget_bias: Subject) -> None:
    for layers, value in ((1, float(random_integer(2, 5))), (random_integer(2, 3), -0.5 - random_integer(0, 2))):
        hidden = random_integer(4, 6)
        lstm, names, numbers = _layer_subject("LSTM", 3, hidden, layers)
        call(raise_forget_bias, lstm, value, label=f"raise_forget_bias(lstm, {value:g})")
        after, before = _after(lstm, names), dict(zip(names, numbers, strict=True))
        if all(torch.equal(before[name], after[name]) for name in names):
            fail(
                "The layer is unchanged.",
                expected="other numbers in the biases of the layer that was passed in",
                actual="the same parameters as before",
                cause="a copy was changed (`clone()` and `deepcopy` make one), or a layer of your own",
                next_step="assign to a slice of the parameter itself, under `torch.no_grad()`",
            )
        _expect_only("LSTM", before, after, 1, 4, "the table of section 2 tells the order of the blocks")
        for k in range(layers):
            both = [_block(after[f"bias_{part}_l{k}"], 1, 4) for part in ("ih", "hh")]
            old = [_block(before[f"bias_{part}_l{k}"], 1, 4) for part in ("ih", "hh")]
            wanted = torch.full((hidden,), value)
            if close(both[0] + both[1], wanted):
                continue
            expect_values(
                both[0] + both[1],
                wanted,
                f"the forget gate's bias_ih + bias_hh in layer {k}",
                because=f"{value:g} in every row",
                next_step="print the two biases after the call, and their sum",
                mistakes=[
                    Mistake(2 * wanted, "both biases are set to the whole value, and they are added", "share it"),
                    *(
                        Mistake(
                            instead, "a negative value is not taken as it is", "it closes the gates, and is allowed"
                        )
                        for instead in (wanted.clamp(min=0), wanted.abs())
                        if value < 0
                    ),
                    Mistake(
                        old[0] + old[1], "this layer is not set", "every layer has biases of its own: `_l0`, `_l1`, ..."
                    ),
                    *(
                        Mistake(
                            wanted + b,
                            "one bias is set, and the other one still holds its first values: the sum is off",
                            "look after both of them",
                        )
                        for b in old
                    ),
                    *(
                        Mistake(
                            k * wanted + old[0] + old[1],
                            "the value is added to what was there",
                            "set the sum to the value, whatever was there before",
                        )
                        for k in (1, 2)
                    ),
                ],
            )


STEPS, EARLY = 40, 5
TRAIN_ROWS, TEST_ROWS = 1000, 1000


def _draw_bits(rows: int, steps: int = STEPS) -> tuple[Tensor, Tensor]:
    """Sequences (rows, steps, 1) of zeros with a 1 or a -1 at one of the first steps, and the bits (rows,)."""
    bits = (random_normal(rows) > 0).float()
    place = random_normal(rows, EARLY).argmax(dim=1)
    sequences = torch.zeros(rows, steps, 1)
    sequences[torch.arange(rows), place, 0] = 2 * bits - 1
    return sequences, bits


@exercise(
    "9.8",
    title="Train a memory that holds",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "A class with an `nn.LSTM`, `batch_first=True`, 16 units, and a Linear that reads the output of the last step.",
        "Raise the forget bias before you make the first step: `raise_forget_bias` of exercise 9.7, with 4.",
        "Adam with a learning rate of 0.01, batches of 64, `BCEWithLogitsLoss`, until the loss stays small.",
    ),
)
def train_bit_memory(train_bit_memory: Subject) -> None:
    train, test = _draw_bits(TRAIN_ROWS), _draw_bits(TEST_ROWS)
    longer = _draw_bits(3, STEPS + 7)[0]
    given = [
        part if isinstance(part, Subject) else give(part, name)
        for part, name in zip(map(handed_over, train), ("sequences", "bits"), strict=True)
    ]
    model = call(train_bit_memory, *given, keep=True, label="train_bit_memory(sequences, bits)")
    expect_model(model, because="the trained network is what the function returns")
    model.label = "model"
    _unharmed(given, train)
    found = parameters(model)
    known = any(p.layer in {"LSTM", "LSTMCell"} for p in found)
    if not known and not any(p.tensor.ndim == 2 and len(p.tensor) == 4 * p.tensor.shape[1] for p in found):
        gru = any(p.tensor.ndim == 2 and len(p.tensor) == 3 * p.tensor.shape[1] for p in found)
        fail(
            "There is no LSTM in the network.",
            expected="a network with an `nn.LSTM`: this exercise is about its forget bias",
            actual="a network with a GRU" if gru else "no weights of the shape that an LSTM has",
            cause="another cell is used"
            if gru
            else "the sequence is read in another way, or the LSTM is not registered",
            next_step="make an `nn.LSTM` an attribute of the network",
        )
    logits = _logits(model, test[0])
    _logits(model, longer)
    accuracy = float(((logits > 0) == test[1].bool()).double().mean())
    expect_metric(
        accuracy,
        "accuracy",
        because="every honest answer of the calibration reaches it",
        diagnose=lambda value: _why_no_memory(model, logits, test),
    )
    expect_gradients(model, train[0][:8])


def _logits(model: Subject, sequences: Tensor) -> Tensor:
    rows, steps = sequences.shape[:2]
    try:
        logits = outputs_in_eval_mode(model, sequences)
    except Raised as error:
        if error.is_stub or steps == STEPS:
            raise
        fail(
            f"`model` does not read sequences of {steps} steps.",
            expected="sequences of any length",
            actual=f"{error.type}: {error.message[:200]}",
            cause=f"the length of the training sequences, {STEPS}, is built into the network",
            next_step="read step by step, and hand only the output of the last step to the linear layer",
        )
    if tuple(logits.shape) != (rows, 1):
        fail(
            "The outputs of `model` have the wrong shape.",
            expected=f"one logit for each sequence: ({rows}, 1) for {rows} sequences",
            actual=f"shape {show_shape(logits.shape)}",
            cause="the output of every step is returned, or axes are mixed up"
            if logits.ndim == 3
            else "the last axis was removed inside of the model"
            if logits.ndim == 1
            else "the last layer has another number of outputs, or the batch is not the first axis",
            next_step="follow one batch through `forward` and print the shapes",
        )
    return logits[:, 0]


def _forget_bias(model: Subject) -> float:
    """The mean forget bias of the first layer of its LSTM; 0 where none is found."""
    biases = [p.tensor for p in parameters(model) if p.layer in {"LSTM", "LSTMCell"} and p.tensor.ndim == 1][:2]
    return float(sum(biases).chunk(4)[1].mean()) if len(biases) == 2 else 0.0  # type: ignore[union-attr]


def _why_no_memory(model: Subject, logits: Tensor, test: tuple[Tensor, Tensor]) -> tuple[str, str]:
    """Cause and next step for an accuracy that is too low."""
    x, y = test
    if not bool(torch.isfinite(logits).all()):
        return "the outputs are NaN or infinite: the training exploded", "a smaller learning rate"

    def share(guesses: Tensor) -> float:
        return float((guesses == y.bool()).double().mean())

    if share(logits < 0) > 0.8:
        return "the labels are turned around", "logits above 0 mean bit 1"
    if share(logits > 0.5) > 0.8 and bool((logits >= 0).all()) and bool((logits <= 1).all()):
        return "the outputs are probabilities, and the check reads logits", "leave the sigmoid to the loss"
    if not close(outputs_in_eval_mode(model, x[-8:])[:, 0], logits[-8:], atol=1e-3):
        return (
            "what the network says to a sequence depends on the others in its batch: the layer takes the first axis "
            "for the steps",
            "`batch_first=True`, or exchange the axes first",
        )
    place = x[:, :, 0].abs().argmax(dim=1)
    hits = [float(((logits > 0) == y.bool())[place == k].double().mean()) for k in range(EARLY)]
    others = [hit for hit in hits if hit < 0.8]
    if len(others) < EARLY and any(hit > 0.95 for hit in hits):
        return (
            "the network knows the bit when it comes at certain steps, and guesses otherwise: an early output is read, "
            "or the training was too short",
            "read the output of the last step; then print the loss",
        )
    if float(logits.std()) < 0.05 and _forget_bias(model) > 2:
        return (
            "every sequence gets nearly the same logit, although the forget gates are open: the loss does not compare "
            "each output with the label of its own row, or its gradient is not used",
            "print both shapes in front of the loss: (B, 1) against (B,) becomes (B, B)",
        )
    if float(logits.std()) < 0.05:
        return (
            "every sequence gets nearly the same logit: at the last step nothing of the bit is left, so nothing can be "
            "learned",
            "what are the forget gates at the start, and what is left after forty steps of it? Look at which rows "
            "you have set",
        )
    return (
        "the outputs differ, but have little to do with the bits: labels that do not belong to their rows, too few "
        "steps, or a memory that leaks",
        "print the loss now and then: it should leave 0.69 and fall to nearly 0",
    )


# -- 9.9, 9.10: networks -------------------------------------------------------------------------------------------


def _count(cell: str, inputs: int, hidden: int, layers: int, outputs: int, biases: int = 2) -> int:
    gates = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    total = sum(gates * hidden * ((hidden if k else inputs) + hidden + biases) for k in range(layers))
    return total + (hidden + 1) * outputs


@exercise(
    "9.9",
    title="How many parameters?",
    points=2,
    difficulty=1,
    minutes=10,
    hints=(
        "One layer of an RNN has two matrices and two biases. How often does an LSTM have them, and a GRU?",
        "From the second layer on, the inputs of a layer are the hidden states of the one below.",
        "The head is a Linear: (inputs + 1) * outputs.",
    ),
)
def gated_parameter_count(gated_parameter_count: Subject) -> None:
    for cell in ("lstm", "gru", "rnn"):
        for layers, outputs in ((1, 0), (random_integer(2, 4), random_integer(2, 4)), (1, 1)):
            inputs, hidden = random_integer(1, 6), random_integer(8, 20)
            gates = {"rnn": 1, "gru": 3, "lstm": 4}[cell]
            head = (hidden + 1) * outputs
            wanted = _count(cell, inputs, hidden, layers, outputs)
            wrongs: list[tuple[float, str, str]] = [
                (
                    _count(cell, inputs, hidden, layers, outputs, 1),
                    "there is one bias per gate in your formula",
                    "look at the shapes of an `nn.LSTM`: each matrix has a bias of its own",
                ),
                (_count(cell, inputs, hidden, layers, outputs, 0), "the biases are left out", "each matrix has one"),
                (wanted - head, "the head is not counted", "`outputs` is the size of a Linear on top"),
                (
                    wanted - outputs,
                    "the bias of the head is not counted",
                    "a Linear has (inputs + 1) times outputs parameters",
                ),
                (
                    layers * _count(cell, inputs, hidden, 1, 0) + head,
                    "every layer is counted with the inputs of the first",
                    "from the second layer on, a layer reads the hidden states of the one below",
                ),
                (_count(cell, inputs, hidden, 1, outputs), "only one layer is counted", "`num_layers`"),
                (
                    wanted + (layers - 1) * head,
                    "the head is counted once for every layer",
                    "it stands on top of the last layer only",
                ),
                *(
                    (
                        wanted + extra,
                        "something is counted for the head, though there is none",
                        "no head without outputs: what is left of its formula when `outputs` is 0?",
                    )
                    for extra in (hidden + 1, hidden, 1)
                    if not outputs
                ),
                (
                    layers * _count(cell, hidden, hidden, 1, 0) + head,
                    "every layer is counted with hidden states as inputs; the first reads `input_size` features",
                    "treat the first layer apart",
                ),
                *(
                    (
                        (wanted - head) // gates * other + head,
                        f"{other} block{'s of rows are' if other > 1 else ' of rows is'} counted, as many as another "
                        "cell has",
                        "how many blocks does this cell stack?",
                    )
                    for other in (1, 2, 3, 4)
                    if other != gates
                ),
            ]
            # two mistakes may give the same number by chance: then the first one is named
            label = (
                f'gated_parameter_count("{cell}", input_size={inputs}, hidden_size={hidden}, num_layers={layers}, '
                f"outputs={outputs})"
            )
            answer = call(gated_parameter_count, cell, inputs, hidden, layers, outputs, label=label)
            expect_number(
                answer,
                wanted,
                what="the number of trainable values" + (", head included" if outputs else ", without a head"),
                reveal=False,
                mistakes=[Mistake(*wrong) for wrong in wrongs if wrong[0] != wanted],
            )


class _Gated(nn.Module):
    """A recurrent layer and a head; what the head reads can be chosen."""

    def __init__(self, cell: str, read: str = "last", batch_first: bool = True) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            self.layer = {"lstm": nn.LSTM, "gru": nn.GRU}[cell](1, 32, num_layers=2, batch_first=batch_first)
            self.head = nn.Linear(32, 1)
        self.read = read

    def forward(self, x: Tensor) -> Tensor:
        out, state = self.layer(x)
        h, c = state if isinstance(state, tuple) else (state, state)
        return self.head(
            {
                "last": lambda: out[:, -1],
                "first": lambda: out[:, 0],
                "mean": lambda: out.mean(dim=1),
                "sum": lambda: out.sum(dim=1),
                "max": lambda: out.amax(dim=1),
                "layer": lambda: h[0],
                "cell": lambda: c[-1],
                "row": lambda: out[-1],
                "relu": lambda: out[:, -1].relu(),
            }[self.read]()
        )


@exercise(
    "9.10",
    title="A network with either cell",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "`nn.LSTM` and `nn.GRU` take the same arguments: 1 feature, 32 units, two layers, the batch first.",
        "Both return `out` first. What comes second differs; do you need it?",
        "The head is a Linear from 32 to 1, and reads `out[:, -1]`.",
    ),
)
def gated_net(GatedNet: Subject) -> None:
    expect_subclass(GatedNet, "torch.nn.Module", "nn.Module", because="only a module registers its layers")
    for cell in ("lstm", "gru"):
        model = construct(GatedNet, cell)
        model.label = f'GatedNet("{cell}")'
        expect_model(model)
        wanted = _count(cell, 1, 32, 2, 1)
        other = "gru" if cell == "lstm" else "lstm"
        expect_parameters(
            model,
            wanted,
            mistakes=[
                Mistake(_count(other, 1, 32, 2, 1), "this is the other cell", 'compare `cell` with "lstm" and "gru"'),
                Mistake(_count("rnn", 1, 32, 2, 1), "this is a plain RNN", "`nn.LSTM` or `nn.GRU`"),
                Mistake(_count(cell, 1, 32, 1, 1), "there is one layer, where two are asked for", "`num_layers`"),
                Mistake(_count(cell, 1, 32, 2, 0), "the head is missing", "add a Linear from 32 to 1"),
                Mistake(
                    _count("lstm", 1, 32, 2, 1) + _count("gru", 1, 32, 2, 0),
                    "the network holds both cells, though it uses one",
                    "make only the one that is asked for",
                ),
            ],
        )
        x = random_normal(5, random_integer(6, 9), 1)
        for number, part in enumerate((x[:3], random_normal(4, 3, 1))):
            try:
                answer = call(model, part)
            except Raised as error:
                if not number or "Expected hidden" not in error.message:
                    raise
                fail(
                    f"`{model.label}` reads one batch, and then no other.",
                    expected="one output for each sequence, of any batch",
                    actual=f"{error.type}: {error.message[:200]}",
                    cause="the states of one call are kept for the next, where other sequences are read",
                    next_step="leave the first states out: every call starts from zeros",
                )
            expect_tensor(answer, shape="batch 1", dtype=torch.float32, sizes={"batch": len(part)}, because=FLOATS)

        def wrongs(cell: str = cell) -> Iterator[tuple[nn.Module, str, str]]:
            yield (
                _Gated(cell, batch_first=False),
                "the layer takes the first axis for the steps: it reads across the batch",
                "`batch_first=True`",
            )
            yield (
                _Gated(cell, "row", batch_first=False),
                "the layer takes the first axis for the steps: it reads across the batch",
                "`batch_first=True`",
            )
            yield (
                _Gated(cell, "layer"),
                "the head reads the last state of the *lower* layer: `h_n[0]` is layer 0",
                "the upper layer is the last one",
            )
            yield _Gated(cell, "first"), "the head reads the output of the first step", "read the last step"
            yield _Gated(cell, "mean"), "the head reads the mean over all steps", "read the last step"
            yield _Gated(cell, "sum"), "the head reads the sum over all steps", "read the last step"
            yield _Gated(cell, "max"), "the head reads the largest value over all steps", "read the last step"
            yield _Gated(cell, "relu"), "there is an activation in front of the head", "leave it out"
            yield (
                _Gated(cell, "cell"),
                "the head reads the cell state: `nn.LSTM` returns (h_n, c_n)",
                "the output of a step is its hidden state",
            )

        expect_same_behavior(
            model,
            _Gated(cell),
            x,
            what=f"two layers of `nn.{cell.upper()}` with 32 units, then a Linear on the upper layer's output at the "
            "last step",
            mistakes=wrongs(),
        )
        expect_batch_independent(model, x)
        expect_gradients(model, x)


# -- 9.11, 9.12: variants ------------------------------------------------------------------------------------------


def _coupled(sums: Tensor, c: Tensor, order: str = "fgo") -> State:
    part = dict(zip(order, sums.chunk(3, dim=-1), strict=True))
    f = torch.sigmoid(part["f"])
    c = f * c + (1 - f) * torch.tanh(part["g"])
    return torch.sigmoid(part["o"]) * torch.tanh(c), c


def _coupled_wrongs(x: Tensor, state: State, w: Weights) -> Iterator[Wrong]:
    h, c = state
    sums = sum(_sums(x, h, w))
    assert isinstance(sums, Tensor)
    right = _coupled(sums, c)
    s, t = torch.sigmoid, torch.tanh
    f, g, o = sums.chunk(3, dim=-1)

    def made(cell: Tensor) -> State:
        return s(o) * t(cell), cell

    yield right[::-1], "the two states are returned in the other order", "return the hidden state first"
    yield (
        made((1 - s(f)) * c + s(f) * t(g)),
        "the gate is turned around: f keeps the old cell state, and what it does not keep is filled from the candidate",
        "f belongs to the old c, 1 - f to the candidate",
    )
    yield made(s(f) * c + t(g)), "the candidate has no gate", "its factor is 1 - f"
    yield made(s(f) * c + s(f) * t(g)), "the candidate is multiplied by f too", "its factor is 1 - f"
    for i in (1 - f, s(1 - f)):
        yield made(s(f) * c + i * t(g)), "1 minus the sum, instead of 1 minus the gate", "squash first"
    yield (
        made(s(f) * h + (1 - s(f)) * t(g)),
        "the old hidden state is mixed with the candidate, as in a GRU",
        "what is kept is the old cell state",
    )
    sums_exchanged = sum(_sums(x, c, w))
    assert isinstance(sums_exchanged, Tensor)
    exchanged = _coupled(sums_exchanged, h)
    for states in (exchanged, exchanged[::-1]):
        yield states, "the two states that come in are exchanged", "`state` is (h, c): the hidden state comes first"
    yield made(s(f) * c + (1 - s(f)) * s(g)), "the candidate goes through a sigmoid", "it is no gate: use a tanh"
    yield (s(o) * right[1], right[1]), "the new hidden state is made without the tanh of the cell state", "see 9.1"
    yield (s(o) * t(c), right[1]), "the new hidden state is made from the old cell state", "the new c first"
    for order in map("".join, itertools.permutations("fgo")):
        if order != "fgo":
            yield (
                _coupled(sums, c, order),
                f"the three blocks are read in the order {', '.join(GATES[k] for k in order)}",
                "forget gate, candidate, output gate",
            )
    for bias, words in ((w.b_hh, "`b_hh` is left out"), (w.b_ih, "`b_ih` is left out"), (w.b_ih + w.b_hh, "no bias")):
        yield _coupled(sums - bias, c), words, "two biases, one with each matrix"
    yield state, "the old states are returned", "return the new ones"


@exercise(
    "9.11",
    title="Deep dive: coupled gates",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "Start from your `lstm_step`: three blocks instead of four.",
        "The input gate is no longer computed from weights: what is it made of?",
        "The order of the blocks is forget gate, candidate, output gate.",
    ),
)
def coupled_lstm_step(coupled_lstm_step: Subject) -> None:
    names = ("x", "state", "W_ih", "W_hh", "b_ih", "b_hh")
    for batch in (4, 1):  # never cut into three parts, as in 9.3
        inputs, hidden = random_integer(2, 3), random_integer(5, 7)
        w = _draw(3, inputs, hidden)
        x, state = random_normal(batch, inputs), (random_normal(batch, hidden).tanh(), random_normal(batch, hidden))
        values = (x, state, *w)
        given = _given(values, names)
        try:
            answer = call(coupled_lstm_step, *given)
        except Raised as error:
            sizes = {int(size) for size in re.findall(r"tensor [ab] \((\d+)\)", error.message)}
            if sizes != {math.ceil(3 * hidden / 4), hidden}:
                raise
            fail(
                f"`coupled_lstm_step(...)` raised {error.type}.",
                expected="the states after one step with i = 1 - f",
                actual=f"{error.type}: {error.message[:200]}",
                cause="the rows are cut into four blocks: here are three, there is none for the input gate",
                next_step="three parts: forget gate, candidate, output gate",
                where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
            )
        parts = expect_parts(answer, ("h", "c"))
        sums = sum(_sums(x, state[0], w))
        assert isinstance(sums, Tensor)
        _expect_tensors(
            parts,
            _coupled(sums, state[1]),
            _coupled_wrongs(x, state, w),
            expected="the states after one step with i = 1 - f",
        )
        _unharmed(given, values)


def _peephole(x: Tensor, state: State, w: Weights, p: Tensor, out: str = "new", order: str = "ifo") -> State:
    h, c = state
    i, f, g, o = sum(_sums(x, h, w)).chunk(4, dim=-1)  # type: ignore[union-attr]
    peek = dict(zip(order, p, strict=True))
    i, f = torch.sigmoid(i + peek["i"] * c), torch.sigmoid(f + peek["f"] * c)
    new = f * c + i * torch.tanh(g)
    seen = {"new": new, "old": c, "tanh": torch.tanh(new), "none": torch.zeros_like(c)}[out]
    return torch.sigmoid(o + peek["o"] * seen) * torch.tanh(new), new


def _peephole_wrongs(x: Tensor, state: State, w: Weights, p: Tensor) -> Iterator[Wrong]:
    right = _peephole(x, state, w, p)
    yield right[::-1], "the two states are returned in the other order", "return the hidden state first"
    yield (
        _peephole(x, state, w, p, "old"),
        "the output gate looks at the old cell state",
        "it is computed last, and sees the new one",
    )
    yield _peephole(x, state, w, p, "tanh"), "the output gate looks at the tanh of the cell state", "at c itself"
    yield _peephole(x, state, w, p, "none"), "the output gate has no peephole", "it looks at the new cell state"
    yield _lstm(x, state, w), "there are no peepholes: this is the plain LSTM", "add them inside of the sigmoids"
    for order in map("".join, itertools.permutations("ifo")):
        if order != "ifo":
            yield (
                _peephole(x, state, w, p, order=order),
                f"the rows of `peepholes` are used in the order {', '.join(GATES[k] for k in order)}",
                "input gate, forget gate, output gate",
            )
    h, c = state
    i, f, g, o = sum(_sums(x, h, w)).chunk(4, dim=-1)  # type: ignore[union-attr]
    s, t = torch.sigmoid, torch.tanh

    def seen(early: Tensor, late: Callable[[Tensor], Tensor]) -> State:
        new = s(f + p[1] * early) * c + s(i + p[0] * early) * t(g)
        return s(o + p[2] * late(new)) * t(new), new

    for late in (lambda new: new, lambda new: h):
        yield seen(h, late), "the peepholes look at h, where all gates look anyway", "they look at c"
    for late in (t, lambda new: new):
        yield seen(t(c), late), "the gates look at the tanh of the cell state", "at c itself"
    blind = _combine(torch.cat([i, f, g, o], dim=-1), c)[1]
    for late in (lambda new: new, lambda new: blind):
        yield (
            seen(blind, late),
            "the input gate and the forget gate look at a new cell state, which is made with them",
            "what is there before them is the old one",
        )
    dots = [(c @ row)[:, None] for row in p]
    new = s(f + dots[1]) * c + s(i + dots[0]) * t(g)
    for dot in (dots[2], (new @ p[2])[:, None]):
        yield (
            (s(o + dot) * t(new), new),
            "a peephole is multiplied with the cell state as a dot product: every unit sees the same sum",
            "number by number: each unit sees its own cell state",
        )
    i2, f2 = s(i) + p[0] * c, s(f) + p[1] * c
    new = f2 * c + i2 * t(g)
    yield ((s(o) + p[2] * new) * t(new), new), "the peepholes are added outside of the sigmoids", "inside of them"
    i2, f2 = s(i + p[0] * c), s(f + p[1] * c)
    new = f2 * c + i2 * t(g + p[2] * c)
    yield (s(o) * t(new), new), "the third peephole goes into the candidate", "it belongs to the output gate"
    for bias, words in ((w.b_hh, "`b_hh` is left out"), (w.b_ih, "`b_ih` is left out")):
        other = w._replace(b_ih=w.b_ih - bias)
        yield _peephole(x, state, other, p), words, "two biases, one with each matrix"
    yield state, "the old states are returned", "return the new ones"


@exercise(
    "9.12",
    title="Deep dive: peepholes",
    points=3,
    difficulty=3,
    minutes=15,
    hints=(
        "Start from your `lstm_step`, and add one product to the argument of each of the three sigmoids.",
        "Two gates are needed to compute the new cell state, so they can only see the old one.",
        "`peepholes[0] * c` multiplies number by number: each unit looks at its own cell state.",
    ),
)
def peephole_lstm_step(peephole_lstm_step: Subject) -> None:
    names = ("x", "state", "W_ih", "W_hh", "b_ih", "b_hh", "peepholes")
    for batch in (random_integer(4, 6), 1):
        inputs, hidden = random_integer(2, 3), random_integer(5, 7)
        w = _draw(4, inputs, hidden)
        peepholes = random_normal(3, hidden)
        x, state = random_normal(batch, inputs), (random_normal(batch, hidden).tanh(), random_normal(batch, hidden))
        values = (x, state, *w, peepholes)
        given = _given(values, names)
        parts = expect_parts(call(peephole_lstm_step, *given), ("h", "c"))
        _expect_tensors(
            parts,
            _peephole(x, state, w, peepholes),
            _peephole_wrongs(x, state, w, peepholes),
            expected="the states after one step, where three gates look at the cell state",
        )
        _unharmed(given, values)


# -- 9.13, 9.14: the clinic ----------------------------------------------------------------------------------------


def _gru_terms(x: Tensor, h: Tensor, w: Weights) -> dict[str, Tensor]:
    """The parts of the derivative of the new h with respect to the old one."""
    from_x, from_h = _sums(x, h, w)
    xr, xz, xn = from_x.chunk(3)
    hr, hz, hn = from_h.chunk(3)
    ur, uz, un = w.hh.chunk(3)
    r, z = torch.sigmoid(xr + hr), torch.sigmoid(xz + hz)
    n = torch.tanh(xn + r * hn)
    return {
        "z": torch.diag(z),
        "1-z": torch.diag(1 - z),
        "dz": ((h - n) * z * (1 - z))[:, None] * uz,
        "dn": ((1 - z) * (1 - n**2) * r)[:, None] * un,
        "dr": ((1 - z) * (1 - n**2) * hn * r * (1 - r))[:, None] * ur,
        "plain": ((1 - z) * (1 - n**2))[:, None] * un,
        "bare": ((1 - z) * (1 - n**2) * (un @ h) * r * (1 - r))[:, None] * ur,
        "other": (z * (1 - n**2) * r)[:, None] * un + (z * (1 - n**2) * hn * r * (1 - r))[:, None] * ur,
        "columns": (h - n) * z * (1 - z) * uz + (1 - z) * (1 - n**2) * (r * un + hn * r * (1 - r) * ur),
        "flat": ((1 - z) * r)[:, None] * un + ((1 - z) * hn * r * (1 - r))[:, None] * ur,
    }


def _gru_jacobian_wrongs(terms: dict[str, Tensor]) -> Iterator[Wrong]:
    z, dz, dn, dr = (terms[k] for k in ("z", "dz", "dn", "dr"))
    total = z + dz + dn + dr
    sign = "the sign of the part with the update gate's derivative is turned around"
    yield (z - dz + dn + dr,), sign, "differentiate (1 - z) n + z h by z, and look at the order of the difference"
    yield (z - dz + dn,), f"{sign}, and the path through the reset gate is missing", "first the sign"
    yield (z + dz + dn,), "the path through the reset gate is missing", "r depends on the old h as well"
    yield (z + dz + dr,), "the path of h through the matrix of the candidate is missing", "n depends on h directly"
    yield (z + dz,), "the candidate is treated as if it did not depend on h", "n looks at h, through r and through U"
    yield (z + dn + dr,), "the update gate is treated as if it did not depend on h", "z looks at h as well"
    yield (z,), "only the direct path is there", "z, r and n look at h as well"
    yield (dz + dn + dr,), "the direct path is missing", "h is also carried over, times z"
    yield (terms["1-z"] + dz + dn + dr,), "the direct path has the factor 1 - z", "in PyTorch z keeps the old state"
    yield (terms["1-z"] - dz + dn + dr,), "the update gate is used the other way around", "PyTorch: z keeps h"
    yield (z + dz + terms["plain"] + dr,), "the reset gate is missing in front of the candidate's matrix", "r * (U h)"
    yield (z + dz + terms["plain"],), "the reset gate is left out of the candidate", "r * (U h + b)"
    for part in (dz, -dz):
        yield (
            (terms["1-z"] + part + terms["other"],),
            "this is the derivative in the other convention, in which the update gate near 1 takes the new",
            "in PyTorch z keeps h: then which parts have the factor z, and which 1 - z?",
        )
    for part in (dz, -dz):
        yield (z + part - dn - dr,), "the sign of the candidate's part is turned around", "only one part has a minus"
    yield (
        (z + dz + dn + terms["bare"],),
        "the bias of the candidate is missing in the path through the reset gate",
        "r multiplies the product and its bias: U h + b",
    )
    yield (
        (z + terms["columns"],),
        "the factors multiply the columns of the matrices; each belongs to a new entry, which is a row",
        "`unsqueeze(1)` turns a vector into a column, or multiply by a diagonal matrix from the left",
    )
    yield (z + dz + terms["flat"],), "the slope of the tanh is missing", "1 - n squared"
    yield (total.T,), "the matrix is transposed", "row: which new entry moves; column: which old entry moved it"
    yield (total.sum(dim=0),), "the rows are added up: `backward` from a sum gives that", "one row for each new entry"
    yield (torch.diag(total.diagonal()),), "only the diagonal is computed", "every new entry depends on every old one"


@exercise(
    "9.13",
    title="Bug clinic: a derivative with a wrong sign",
    points=3,
    difficulty=3,
    minutes=25,
    hints=(
        "Compare entry by entry with `torch.autograd.functional.jacobian` of your `gru_step`.",
        "Leave one part out at a time, on both sides: set `W_hh` to 0 for one gate. Which part is off?",
        "Differentiate (1 - z) n + z h with respect to z alone.",
    ),
)
def gru_jacobian(gru_jacobian: Subject) -> None:
    names = ("x", "h", "W_ih", "W_hh", "b_ih", "b_hh")
    for _ in range(2):
        inputs, hidden = random_integer(2, 3), random_integer(4, 6)
        w = _draw(3, inputs, hidden)
        x, h = random_normal(inputs), random_normal(hidden).tanh()
        values = (x, h, *w)
        given = _given(values, names)
        answer = call(gru_jacobian, *given)
        answer.label = "gru_jacobian(...)"
        terms = _gru_terms(x, h, w)
        _expect_tensors(
            [answer],
            [terms["z"] + terms["dz"] + terms["dn"] + terms["dr"]],
            _gru_jacobian_wrongs(terms),
            expected="the derivative of every new entry of h with respect to every old one",
        )
        _unharmed(given, values)


def _read_pieces(
    layer: nn.RNNBase, pieces: Sequence[Tensor], carry: str = "all", between: Tensor | None = None
) -> list[Tensor]:
    """What a reader gives that hands over all of the state, or only a part of it.

    ``between`` is what another reader reads after the first piece.
    """
    state, outs, first = None, [], None
    with torch.no_grad():
        for number, piece in enumerate(pieces):
            out, state = layer(piece, state)
            outs.append(out)
            if carry == "none":
                state = None
            elif carry == "first":
                first = state if first is None else first
                state = first
            elif carry == "top":
                top = out[:, -1].unsqueeze(0).repeat(layer.num_layers, 1, 1)
                state = (top, state[1]) if isinstance(state, tuple) else top
            elif isinstance(state, tuple) and carry == "h":
                state = (state[0], torch.zeros_like(state[1]))
            elif isinstance(state, tuple) and carry == "c":
                state = (torch.zeros_like(state[0]), state[1])
            elif isinstance(state, tuple) and carry == "swapped":
                state = (state[1], state[0])
            elif number == 0 and carry in {"shared", "other"}:
                state = layer(between, state if carry == "shared" else None)[1]
    return outs


def _twin(kind: str, inputs: int, hidden: int, layers: int) -> tuple[nn.RNNBase, Subject]:
    with torch.random.fork_rng(devices=[]):
        here: nn.RNNBase = {"LSTM": nn.LSTM, "GRU": nn.GRU}[kind](inputs, hidden, layers, batch_first=True)
    there, _, _ = _layer_subject(kind, inputs, hidden, layers)
    # larger than PyTorch's own, so that a state which is lost shows
    numbers = [2.5 * p.tensor for p in parameters(there)]
    load_parameters(there, numbers)
    with torch.no_grad():
        for p, values in zip(here.parameters(), numbers, strict=True):
            p.copy_(values)
    return here, there


_SHARED = "two readers share one state: what another reader has read in between shows up in this one"
_CARRIES = {
    "none": ("every piece is read from an empty memory: no state is kept", "keep what the layer returns second"),
    "first": ("every piece is read with the state after the first one", "keep the newest state"),
    "top": (
        "the last output is taken for the hidden state of all layers: it is that of the upper one",
        "each layer has a state of its own: keep what the layer returns second",
    ),
    "h": ("the cell state is lost between two pieces: only the hidden state is kept", "an LSTM needs both"),
    "c": ("the hidden state is lost between two pieces: only the cell state is kept", "an LSTM needs both"),
    "swapped": ("hidden state and cell state are exchanged between two pieces", "(h, c), in this order"),
    "shared": (_SHARED, "store the state on `self`, not on the class or in a global name"),
    "other": (_SHARED, "store the state on `self`, not on the class or in a global name"),
}


@exercise(
    "9.14",
    title="Bug clinic: a reader that loses its memory",
    points=3,
    difficulty=2,
    minutes=20,
    hints=(
        "What does an LSTM return as its state, and what a GRU? Do you have to know, in order to hand it back?",
        "A layer that gets None as its state starts from zeros.",
        "Keep the state on `self`, whole, as it came.",
    ),
)
def gated_reader(GatedReader: Subject) -> None:
    for kind, layers in (("LSTM", 2), ("GRU", random_integer(2, 3)), ("LSTM", 1), ("GRU", 1)):
        inputs, hidden = 2, random_integer(4, 6)
        here, there = _twin(kind, inputs, hidden, layers)
        there.label = kind.lower()
        reader = construct(GatedReader, there)
        reader.label = "reader"
        lengths = [random_integer(2, 4), 1, random_integer(2, 4)]
        batch = random_integer(2, 4)
        sequence = random_normal(batch, sum(lengths), inputs)
        pieces = list(sequence.split(lengths, dim=1))
        wanted = _read_pieces(here, pieces)
        between = random_normal(batch, 3, inputs)
        theories = {name: _read_pieces(here, pieces, name, between) for name in _CARRIES}
        other = construct(GatedReader, there)
        for number, piece in enumerate(pieces):
            given = give(piece, f"piece {number + 1}")
            out = _read(reader, given)
            got = expect_tensor(
                out,
                shape="batch steps hidden",
                dtype=torch.float32,
                sizes={"batch": batch, "steps": piece.shape[1], "hidden": hidden},
                because=FLOATS,
            )
            expect_values(
                got,
                wanted[number],
                f"reader.read(piece {number + 1}), with {'an LSTM' if kind == 'LSTM' else 'a GRU'}",
                because="what the layer gives for these steps when it reads the whole sequence at once",
                next_step="print the state that you keep after each piece",
                mistakes=[
                    Mistake(outs[number], *_CARRIES[name])
                    for name, outs in theories.items()
                    if not close(outs[number], wanted[number])
                ],
            )
            expect_unchanged(given, piece, f"piece {number + 1}")
            if number == 0:
                # another reader of the same layer, in between: two conversations must not mix
                _read(other, give(between, "another sequence"))
        method(reader, "reset")
        fresh = random_normal(batch + 1, 4, inputs)
        try:
            again = _read(reader, give(fresh, "a new sequence"))
        except Raised as error:
            if error.is_stub or not error.is_a("RuntimeError"):
                raise
            fail(
                "After `reset()` a new sequence cannot be read.",
                expected=f"the output for a new batch of {batch + 1} sequences",
                actual=f"{error.type}: {error.message[:200]}",
                cause="the state of the old sequences is still there, and belongs to another number of them",
                next_step="let `reset` put the state back to what it is in the constructor",
            )
        with torch.no_grad():
            right = here(fresh)[0]
        expect_values(
            expect_tensor(again, shape="batch steps hidden", dtype=torch.float32, because=FLOATS),
            right,
            "reader.read(a new sequence), after reset()",
            because="a new sequence starts from an empty memory",
            next_step="let `reset` put the state back to what it is in the constructor",
        )
        after = [p.tensor for p in parameters(there)]
        if not all(torch.equal(a, b.detach()) for a, b in zip(after, here.parameters(), strict=True)):
            fail(
                "The weights of the layer are changed by reading.",
                expected="the layer as it was",
                actual="other weights",
                cause="a parameter is set or trained on the way",
                next_step="reading only calls the layer",
            )


def _read(reader: Subject, given: Subject) -> Subject:
    out = method(reader, "read", given)
    if out.kind in {"tuple", "list"}:
        fail(
            "`read` gives several values.",
            expected="the outputs of the steps alone",
            actual=f"{len(out.children)} values",
            cause="all that the layer returns is handed on, the state too",
            next_step="keep the state on `self`, and return the first part",
        )
    return out


EXERCISES = (
    lstm_step,
    lstm_unrolled,
    gru_step,
    freeze_gru_memory,
    gru_from_paper,
    cell_state_jacobian,
    raise_forget_bias,
    train_bit_memory,
    gated_parameter_count,
    gated_net,
    coupled_lstm_step,
    peephole_lstm_step,
    gru_jacobian,
    gated_reader,
)
