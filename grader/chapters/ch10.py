"""Chapter 10: training and evaluating recurrent networks.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import copy
import itertools
import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import nn

from grader.calibration.samples import Forecasts, draw_electricity, handed_over
from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_entries,
    expect_gradients,
    expect_metric,
    expect_model,
    expect_number,
    expect_parts,
    expect_raises,
    expect_same_behavior,
    expect_tensor,
    expect_unchanged,
    expect_values,
    fail,
    number_of,
    outputs_in_eval_mode,
    random_integer,
    random_normal,
    told_apart,
)
from grader.shapes import show_shape
from grader.touch import (
    Raised,
    Subject,
    attribute,
    call,
    construct,
    give,
    load_parameters,
    make,
    method,
    parameters,
    read,
    set_seed,
    training_mode,
)

Tensor = torch.Tensor
CELLS = ("RNN", "LSTM", "GRU")
#: what a student's parameters and a reference's may differ by after some steps in float32
STEPS = {"rtol": 1e-3, "atol": 1e-5}


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _known_shape(subject: Subject, wanted: Sequence[int], known: Mapping[tuple[int, ...], tuple[str, str]]) -> None:
    """Name the cause of a wrong shape; shapes without a known cause are left to ``expect_tensor``."""
    got = tuple(subject.meta.get("shape", ()))
    if subject.kind == "tensor" and got != tuple(wanted) and got in known:
        cause, next_step = known[got]
        fail(
            f"`{subject.label}` has the wrong shape.",
            expected=f"shape {show_shape(wanted)}",
            actual=f"shape {show_shape(got)}",
            cause=cause,
            next_step=next_step,
        )


def _loss_with_gradient(
    function: Subject, outputs: Tensor, *others: Tensor | Subject, label: str
) -> tuple[Subject, Any]:
    """The student's loss and the gradient of the outputs (a tensor, or None)."""
    leaf = make("torch.nn.Parameter", outputs, label="outputs")
    seen = call(function, leaf, *others, keep=True, label=label)
    if number_of(seen) is None or seen.kind == "bool":
        return seen, None
    if seen.meta.get("shape", ()) != ():
        fail(
            f"`{label}` has the wrong shape.",
            expected="a single number: shape ()",
            actual=f"shape {show_shape(seen.meta['shape'])}",
            cause="an axis of length 1 is left over",
            next_step="average over all entries at once",
        )
    if not seen.meta.get("has_graph"):
        fail(
            f"`{label}` gives a number without a way back.",
            expected="a tensor of shape (), from which `backward()` can compute gradients",
            actual=seen.kind_name + (" without a graph" if seen.kind == "tensor" else ""),
            cause="the result left the graph: `.item()`, `float(...)`, `.detach()`, `.numpy()`, `torch.tensor(...)` "
            "or `torch.no_grad()`",
            next_step="compute with tensors only, and return the tensor",
        )
    method(seen, "backward")
    return seen, attribute(leaf, "grad").tensor


def _expect_slope(gradient: Any, slope: Tensor, label: str) -> None:
    if gradient is None or not close(gradient, slope, 1e-3, 1e-6):
        fail(
            f"`{label}` has the right value, but a wrong gradient.",
            expected="the gradient of this mean for every output",
            actual="no gradient" if gradient is None else "other numbers",
            cause="a part of the computation left the graph (`.detach()`, `.item()`, `torch.tensor(...)`)",
            next_step="let every output reach the result by tensor operations",
        )


# -- 10.1: the feature axis ----------------------------------------------------------------------------------------


def _check_inputs(function: Subject, windows: Tensor, what: str) -> None:
    given = give(windows, "windows")
    label = f"forecast_inputs(windows) for {what}, shape {show_shape(windows.shape)}"
    wanted = windows if windows.ndim == 3 else windows.unsqueeze(-1)
    try:
        seen = call(function, given, label=label)
    except Raised as error:
        if "invalid for input of size" not in error.message:
            raise
        fail(
            f"`{label}` raised {error.type}.",
            expected=f"shape {show_shape(wanted.shape)}",
            actual=f"{error.type}: {error.message[:200]}",
            cause="a batch size, or another size of the full batches, is written into the code",
            next_step="add an axis without naming the sizes of the others",
            where=_where(error),
        )
    shape = seen.meta.get("shape", ())
    count, length = windows.shape[:2]
    known: dict[tuple[int, ...], tuple[str, str]] = {
        (count, 1, length): (
            "the new axis stands in the middle: one step with many features, where many steps with one feature belong",
            "the features are the last axis",
        ),
        (1, count, length): (
            "the new axis stands in front: one window with the batch as its steps",
            "the features are the last axis",
        ),
        (length, count, 1): ("the batch and the steps are exchanged", "keep the order of the axes: (B, L, 1)"),
        (count * length, 1): ("windows and steps are run together into one axis", "keep both axes"),
        # last: for windows of one step it is the shape above, too
        (count, length): ("no axis is added", "the network wants three axes: batch, steps, features"),
        (count, length, 1, 1): ("two axes are added", "one is enough"),
    }
    if windows.ndim == 3:
        known = {
            (*windows.shape, 1): (
                "a fourth axis is added to windows that have a feature axis already",
                "ask for the number of axes first: `windows.ndim`",
            )
        }
    elif seen.kind == "tensor" and len(shape) == 3 and shape[2] == 1 and tuple(shape) not in known:
        known[tuple(shape)] = (
            "a batch size is written into the code, and `-1` took what was left: every row now holds steps of several "
            "windows, mixed",
            "add an axis without naming the sizes of the others",
        )
    _known_shape(seen, wanted.shape, known)
    got = expect_tensor(seen, dtype=torch.float32)
    expect_values(
        got,
        wanted,
        label,
        because="the same numbers, each window in its row",
        mistakes=[
            Mistake(
                windows.transpose(0, 1).reshape(wanted.shape) if windows.ndim == 2 else None,
                "the steps of different windows are mixed: `view` or `reshape` was asked to exchange axes",
                "`unsqueeze` adds an axis and moves nothing",
            )
        ],
    )
    expect_unchanged(given, windows, "the batch of windows")


@exercise(
    "10.1",
    title="The feature axis",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "`unsqueeze(axis)` adds an axis of length 1 and does not need to know any size. Negative numbers count from "
        "the end.",
        "`windows.ndim` tells how many axes there are.",
    ),
)
def forecast_inputs(forecast_inputs: Subject) -> None:
    length = random_integer(7, 11)
    _check_inputs(forecast_inputs, random_normal(random_integer(4, 6), length), "a batch of windows")
    _check_inputs(forecast_inputs, random_normal(32, 96), "a full batch")
    _check_inputs(forecast_inputs, random_normal(8 * random_integer(1, 3), 96), "a short last batch")
    _check_inputs(forecast_inputs, random_normal(1, length), "a batch of one")
    _check_inputs(forecast_inputs, random_normal(5, 1), "windows of one step")
    _check_inputs(forecast_inputs, random_normal(4, length, random_integer(2, 3)), "windows that have features")
    _check_inputs(forecast_inputs, random_normal(3, length, 1), "windows that have their feature axis")


# -- 10.2: one class for three cells -------------------------------------------------------------------------------


class _Forecaster(nn.Module):
    """The network of exercise 10.2, and what becomes of it with known mistakes."""

    def __init__(self, cell: str, hidden: int, steps: int, read: Callable[..., Tensor], batch_first: bool = True):
        super().__init__()
        self.recurrent = getattr(nn, cell)(1, hidden, batch_first=batch_first)
        self.head = nn.Linear(hidden, steps)
        self.read = read

    def forward(self, windows: Tensor) -> Tensor:
        out, state = self.recurrent(windows.unsqueeze(-1))
        return self.head(self.read(out, state))


_READS: tuple[tuple[Callable[..., Tensor], str, str], ...] = (
    (
        lambda out, state: out[:, 0],
        "the first step of the output is taken, which has seen one value only",
        "the last step has read the whole window",
    ),
    (lambda out, state: out.mean(1), "the steps of the output are averaged", "take the last step"),
    (lambda out, state: out.sum(1), "the steps of the output are added", "take the last step"),
    (lambda out, state: out.max(1).values, "the largest value over the steps is taken", "take the last step"),
    (
        lambda out, state: state[1][-1] if isinstance(state, tuple) else out[:, -1],
        "the cell state `c_n` of the LSTM is taken; its output is the hidden state `h_n`",
        "an LSTM returns `output, (h_n, c_n)`",
    ),
    (lambda out, state: torch.tanh(out[:, -1]), "a tanh is applied to the hidden state once more", "leave it out"),
    (lambda out, state: torch.relu(out[:, -1]), "a ReLU stands before the linear layer", "leave it out"),
)


def _build(cell: str, hidden: int, steps: int, read: Callable[..., Tensor], batch_first: bool = True) -> _Forecaster:
    # the first weights here must not use up the student's random numbers, which may be those of this process
    with torch.random.fork_rng(devices=[]):
        return _Forecaster(cell, hidden, steps, read, batch_first)


@exercise(
    "10.2",
    title="One forecaster for three cells",
    points=4,
    difficulty=2,
    minutes=20,
    hints=(
        '`getattr(nn, "LSTM")` is `nn.LSTM`; a dict of the three classes does as well.',
        "All three return a pair. Its first part has the same shape for all of them: use that one, and leave the "
        "second alone.",
        "The output at the last step, `[:, -1]`, has shape (B, hidden_size): that is what the linear layer gets.",
    ),
)
def recurrent_forecaster(RecurrentForecaster: Subject) -> None:
    length = random_integer(6, 9)
    for number, cell in enumerate(("LSTM", "RNN", "GRU")):
        hidden, steps = random_integer(3, 4) + number, (random_integer(2, 4), 1, 1)[number]
        model = construct(RecurrentForecaster, cell, hidden, steps)
        expect_model(model, because="it has parameters to train")
        name = model.label
        for count in (5, 1):
            windows = random_normal(count, length)
            label = f"{name}(windows) for windows of shape {show_shape(windows.shape)}"
            try:
                seen = call(model, windows, label=label)
            except Raised as error:
                if error.is_stub:
                    raise
                _explain_forward(error, label, cell)
            shape = (count, steps)
            _known_shape(
                seen,
                shape,
                {
                    (count,): ("the last axis is removed inside of the model", "return what the linear layer gives"),
                    (): ("`squeeze()` removes every axis of length 1, the batch too", "remove no axis"),
                    (steps,): ("`squeeze()` removes every axis of length 1, the batch too", "remove no axis"),
                    (count, length, steps): (
                        "the linear layer gets the output of every step",
                        "take the output of the last step first",
                    ),
                    (length, steps): (
                        "the output is read along another axis than the steps: the windows came first",
                        "which axis holds the steps when `batch_first=True`?",
                    ),
                    (1, count, steps): (
                        "`h_n` has the layers in front: (layers, B, hidden_size)",
                        "take the last layer of it, or the last step of the output",
                    ),
                },
            )
            expect_tensor(seen, shape="batch steps", sizes={"batch": count, "steps": steps}, dtype=torch.float32)
        right = _build(cell, hidden, steps, lambda out, state: out[:, -1])
        mistakes = [
            *((_build(cell, hidden, steps, read), cause, step) for read, cause, step in _READS),
            (
                _build(cell, hidden, steps, lambda out, state: out[:, -1], batch_first=False),
                "without `batch_first=True` the batch is read as the steps, and the windows influence each other",
                "say `batch_first=True`",
            ),
        ]
        layers = {p.layer for p in parameters(model)} & set(CELLS)
        if layers and layers != {cell}:
            fail(
                f"`{name}` has the wrong recurrent layer.",
                expected=f"an nn.{cell}",
                actual=" and ".join(f"an nn.{layer}" for layer in sorted(layers)),
                cause="the argument `cell` is not used, or names are mixed up",
                next_step="choose the layer's class by `cell`",
            )
        expect_same_behavior(
            model,
            right,
            random_normal(5, length),
            what=f"nn.{cell}(1, {hidden}) over the steps of each window, then a linear layer on the last step",
            mistakes=mistakes,
        )
        longer = random_normal(3, length + 4)
        try:
            expect_tensor(call(model, longer), shape="batch steps", sizes={"batch": 3, "steps": steps})
        except Raised as error:
            fail(
                f"`{name}` does not read windows of another length.",
                expected="windows of any length",
                actual=f"{error.type}: {error.message[:200]}",
                cause="the length is written into the code",
                next_step="add the feature axis with `unsqueeze(-1)`",
                where=_where(error),
            )
        flat = random_normal(4, length)
        label = f"{name}(windows) for windows of shape {show_shape((4, length, 1))}"
        try:
            both = [call(model, windows, label=label) for windows in (flat, flat.unsqueeze(-1))]
        except Raised as error:
            fail(
                f"`{label}` raised {error.type}.",
                expected="the same forecasts, with or without the feature axis",
                actual=f"{error.type}: {error.message[:200]}",
                cause="a feature axis is added to windows that have one already",
                next_step="look at the number of axes first, as `forecast_inputs` does",
                where=_where(error),
            )
        got = expect_tensor(both[1], shape="batch steps", sizes={"batch": 4, "steps": steps})
        expect_values(got, expect_tensor(both[0]), label, rtol=1e-3, because="the same forecasts as without the axis")
        expect_gradients(model, random_normal(5, length))


def _explain_forward(error: Raised, label: str, cell: str) -> None:
    text = error.message
    cause, next_step = "", ""
    if "unpack" in text or "subscript" in text:
        cause = "only an LSTM returns two states as a pair `(h_n, c_n)`; an RNN and a GRU return `h_n` alone"
        next_step = "use the first returned value, which is the same for all three cells"
    elif "input.size(-1)" in text or "Expected 1, got" in text:
        cause = "the windows come without a feature axis, or it stands at another place"
        next_step = "make (B, L, 1) of (B, L) in `forward`"
    elif "mat1 and mat2" in text:
        cause = "the linear layer gets something else than `hidden_size` numbers for each window"
        next_step = "print the shape of what goes into the linear layer"
    elif "invalid for input" in text:
        cause = "a batch size or a length is written into the code"
        next_step = "add the feature axis with `unsqueeze(-1)`"
    elif ("index" in text and "out of" in text) or "hidden" in text.lower():
        cause = "a batch size is written into the code, for example into the first hidden state"
        next_step = "leave the first hidden state out: it is zero then, with the right shape"
    if not cause:
        raise error
    fail(
        f"`{label}` raised {error.type}.",
        expected="one row of forecasts for each window",
        actual=f"{error.type}: {text[:200]}",
        cause=cause,
        next_step=next_step,
        where=_where(error),
    )


# -- 10.3, 10.4: the broadcast that learns the mean ----------------------------------------------------------------


def _check_mse(function: Subject, outputs: Tensor, targets: Tensor) -> None:
    label = f"forecast_mse(outputs, targets) for shapes {show_shape(outputs.shape)} and {show_shape(targets.shape)}"
    seen, gradient = _loss_with_gradient(function, outputs, targets, label=label)
    a, b = outputs.flatten(), targets.flatten()
    table = a[:, None] - b[None, :]
    off = a - b
    expect_number(
        seen,
        off.square().mean().item(),
        what="the mean squared error over the windows",
        tolerance=1e-4,
        reveal=False,
        mistakes=[
            Mistake(
                table.square().mean().item(),
                "(B, 1) and (B,) were broadcast to (B, B): every output is compared with every target",
                "bring both to the same shape before you subtract",
            ),
            Mistake(off.square().sum().item(), "the squares are added, not averaged", "take their mean"),
            Mistake(off.abs().mean().item(), "that is the mean absolute error", "square the differences"),
            Mistake(off.square().mean().sqrt().item(), "that is the root of it", "leave the root out"),
            Mistake(off.mean().square().item(), "the mean is taken before the square", "square first"),
            Mistake((off.square().mean() / 2).item(), "it is halved", "no factor belongs there"),
        ],
    )
    _expect_slope(gradient, (2 * off / len(a)).reshape(outputs.shape), label)


@exercise(
    "10.3",
    title="A loss that refuses to broadcast",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Bring both to the shape (B,): `reshape(-1)`, or `squeeze(-1)` where the last axis has length 1.",
        "Then compare the two shapes, before anything is subtracted: (1,) and (5,) would broadcast, too.",
    ),
)
def forecast_mse(forecast_mse: Subject) -> None:
    for count in (random_integer(5, 8), 1):
        for first in ((count, 1), (count,)):
            for second in ((count,), (count, 1)):
                _check_mse(forecast_mse, 2 * random_normal(*first), 1 + random_normal(*second))
    for first, second in (((5, 1), (4,)), ((6, 1), (1,)), ((1,), (7,))):
        outputs, targets = random_normal(*first), random_normal(*second)
        expect_raises(
            partial(call, forecast_mse, outputs, targets),
            "ValueError",
            when=f"for outputs of shape {show_shape(first)} and targets of shape {show_shape(second)}",
            cause="the numbers of windows differ, and nothing compares them: a single number is broadcast to all"
            if 1 in (first[0], second[0])
            else "",
            next_step="compare the two shapes first, and `raise ValueError(...)` if they differ",
        )


@exercise(
    "10.4",
    title="What the broadcast loss learns",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "With broadcasting, each output $f_i$ is compared with *every* target: the loss is the mean of "
        "$(f_i - y_j)^2$ over all pairs.",
        "For the first number put the targets themselves in the place of the outputs.",
        "For the second: each $f_i$ alone is compared with all targets. Which single number has the smallest mean "
        "squared distance from them, and what is that distance called?",
    ),
)
def broadcast_losses(broadcast_losses: Subject) -> None:
    for count in (random_integer(5, 9), random_integer(20, 30), 2):
        targets = (1 + 0.5 * count) * random_normal(count) + random_integer(2, 6)
        given = give(targets, "targets")
        seen = call(broadcast_losses, given, label=f"broadcast_losses(targets) for {count} targets")
        perfect, smallest = expect_parts(seen, ("the loss of perfect forecasts", "the smallest loss"))
        y = targets.double()
        variance = y.var(unbiased=False).item()
        unbiased = y.var().item()
        square = y.square().mean().item()
        expect_number(
            perfect,
            2 * variance,
            what="the broadcast loss when every output equals its own target",
            tolerance=1e-3,
            reveal=False,
            mistakes=[
                Mistake(0.0, "that is the loss without the broadcast", "compare every output with every target"),
                Mistake(variance, "that is the variance: each target is compared with the mean", "all pairs count"),
                Mistake(2 * unbiased, "pairs of a target with itself are left out, or n - 1 is used", "all B·B pairs"),
                Mistake(unbiased, "n - 1 stands in the denominator", "a mean over all B·B pairs"),
                Mistake(2 * variance * count, "the sum over the targets is not divided", "take the mean"),
                Mistake(2 * variance * count**2, "the pairs are added, not averaged", "take the mean"),
                Mistake(math.sqrt(2 * variance), "a root is taken", "a mean of squares"),
                Mistake(square, "the outputs are zero instead of the targets", "perfect forecasts equal the targets"),
            ],
        )
        expect_number(
            smallest,
            variance,
            what="the smallest broadcast loss that any outputs can have",
            tolerance=1e-3,
            reveal=False,
            mistakes=[
                Mistake(
                    0.0,
                    "with the broadcast no outputs reach 0: one output would have to equal all targets at once",
                    "what is the best single number for all targets?",
                ),
                Mistake(2 * variance, "that is the loss of perfect forecasts: others do better", "see the third hint"),
                Mistake(unbiased, "n - 1 stands in the denominator", "a mean over all targets"),
                Mistake(math.sqrt(variance), "a root is taken", "a mean of squares"),
                Mistake(y.mean().item(), "that is the number to forecast, not its loss", "put it into the loss"),
                Mistake(square, "that is the loss of the forecast 0", "which number is nearest to all targets?"),
                Mistake(
                    (y - y.median()).square().mean().item(),
                    "that is the loss of the median, which is best for absolute errors",
                    "the errors are squared here",
                ),
            ],
        )
        expect_unchanged(given, targets, "the tensor `targets`")


# -- 10.5: one epoch with clipping ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Epoch:
    """One way to go through an epoch: right by default."""

    clear: bool = True
    clip: str = "norm"  # "norm", "none", "value", "each", "one"
    step: bool = True
    backward: bool = True
    broadcast: bool = False
    added: bool = False
    drop_last: bool = False
    first_only: bool = False
    axis: int = -1


def _run_epoch(
    network: nn.Module, batches: Sequence[tuple[Tensor, Tensor]], rate: float, most: float, way: _Epoch, epochs: int
) -> tuple[list[float], list[Tensor]]:
    """Losses of the last epoch's batches, and the parameters after it."""
    network = copy.deepcopy(network)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate, momentum=0.5)
    clip = nn.utils.clip_grad_norm_
    losses: list[float] = []
    for _ in range(epochs):
        losses = []
        for x, y in batches[:1] if way.first_only else batches[:-1] if way.drop_last else batches:
            if way.clear:
                optimizer.zero_grad()
            out = network(x.unsqueeze(-1))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                loss = nn.functional.mse_loss(out if way.broadcast else out.squeeze(-1), y)
            if way.added:
                loss = loss * len(y)
            if way.backward:
                loss.backward()
            if way.clip in ("norm", "one"):
                clip(network.parameters(), most if way.clip == "norm" else 1.0)
            if way.clip == "value":
                nn.utils.clip_grad_value_(network.parameters(), most)
            if way.clip == "each":
                for p in network.parameters():
                    clip([p], most)
            if way.step:
                optimizer.step()
            losses.append(loss.item())
    return losses, [p.detach() for p in network.parameters()]


def _loss_with(network: nn.Module, numbers: Sequence[Tensor], windows: Tensor, targets: Tensor) -> float:
    """Mean squared error over all windows with these parameters."""
    network = copy.deepcopy(network)
    with torch.no_grad():
        for p, number in zip(network.parameters(), numbers, strict=True):
            p.copy_(number)
        return nn.functional.mse_loss(network(windows.unsqueeze(-1)).squeeze(-1), targets).item()


_EPOCH_MISTAKES = (
    (
        _Epoch(clip="none"),
        "the gradients are not clipped when the step is made: clipping is missing, or comes before `backward()` makes "
        "them, or after `step()` has used them",
        "clip between `backward()` and `step()`",
    ),
    (
        _Epoch(clip="value"),
        "every entry is clipped on its own, which changes the direction of the step",
        "clip the norm of all gradients together",
    ),
    (
        _Epoch(clip="each"),
        "each parameter's gradient is clipped on its own, which changes the direction of the step",
        "hand all parameters over at once",
    ),
    (_Epoch(clip="one"), "the gradients are clipped at 1, whatever `max_norm` says", "use the argument"),
    (
        _Epoch(added=True),
        "the gradients are those of the sum of a batch's squared errors, not of their mean: `backward()` was called on "
        "a loss that is added up or multiplied by the batch size",
        "call `backward()` on the mean, and weight by the batch size only what you add up for the result",
    ),
    (
        _Epoch(broadcast=True),
        "outputs of shape (B, 1) were compared with targets of shape (B,), and broadcast to (B, B)",
        "bring both to the same shape first",
    ),
    (
        _Epoch(clear=False),
        "the gradients are never cleared: each step moves by the sum over all batches so far",
        "clear the gradients once per batch",
    ),
    (_Epoch(drop_last=True), "the short last batch is left out", "use every batch that the loader gives"),
    (
        _Epoch(first_only=True),
        "the loop ends after the first batch: a `return` or `break` stands inside it",
        "return after the loop",
    ),
)


def _step_net(length: int, dropout: bool = False) -> tuple[nn.Module, Subject]:
    """The same network twice, with the same weights: (B, length, 1) to (B, 1), and not without the feature axis."""
    specs: list[tuple[Any, ...]] = [("Linear", 1, 4), ("Tanh",), ("Flatten",), ("Linear", 4 * length, 1)]
    if dropout:
        specs.insert(2, ("Dropout", 0.5))
    with torch.random.fork_rng(devices=[]):
        here = nn.Sequential(*(getattr(nn, name)(*sizes) for name, *sizes in specs))
    there = make("torch.nn.Sequential", *(make(f"torch.nn.{name}", *sizes) for name, *sizes in specs), label="model")
    with torch.no_grad():
        for p in here.parameters():
            p.copy_(random_normal(*p.shape) / math.sqrt(p.shape[-1] if p.ndim > 1 else 2))
    load_parameters(there, [p.detach() for p in here.parameters()])
    return here, there


def _loader(windows: Tensor, targets: Tensor, size: int, **how: Any) -> Subject:
    dataset = make("torch.utils.data.TensorDataset", windows, targets)
    return make("torch.utils.data.DataLoader", dataset, batch_size=size, label="loader", **how)


def _explain_shapes(error: Raised, label: str, length: int) -> None:
    """What a model that wants (B, length, 1) and one target for each window complains about."""
    cause, next_step = "", ""
    if "mat1 and mat2" in error.message:
        cause = "the windows were handed to the model without a feature axis, or it stands at another place"
        next_step = "make (B, L, 1) of (B, L)"
    elif "invalid for input of size" in error.message:
        cause = "a batch size is written into the code, and the last batch is short"
        next_step = "add the feature axis with `unsqueeze(-1)`"
    elif "zero-dimensional" in error.message or "0-d tensor" in error.message:
        cause = "`squeeze()` made a number without an axis of the batch of one"
        next_step = "name the axis: `squeeze(-1)`"
    if error.is_stub or not cause:
        raise error
    fail(
        f"`{label}` raised {error.type}.",
        expected="no error, also in a short last batch",
        actual=f"{error.type}: {error.message[:200]}",
        cause=cause,
        next_step=next_step,
        where=_where(error),
    )


@exercise(
    "10.5",
    title="One epoch with clipped gradients",
    points=4,
    difficulty=2,
    minutes=20,
    hints=(
        "The five steps of chapter 2, and one more between two of them.",
        "`torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm)` goes where the gradients are complete and not "
        "yet used.",
        "For the result add up `loss.item() * len(targets)`, and divide by the number of windows at the end.",
    ),
)
def clipped_epoch_loss(clipped_epoch_loss: Subject) -> None:
    for size, rest, most in ((random_integer(5, 7), 1, 0.3), (random_integer(5, 7), 3, 100.0)):
        length = random_integer(4, 6)
        rows = 3 * size + rest
        windows, targets = random_normal(rows, length), 2 * random_normal(rows) + 1
        targets[-rest:] += 4  # an odd short batch: its loss is far from the others'
        batches = list(zip(windows.split(size), targets.split(size), strict=True))
        here, model = _step_net(length)
        start = [p.detach().clone() for p in here.parameters()]
        rate = 0.02
        optimizer = make(
            "torch.optim.SGD", method(model, "parameters", keep=True), lr=rate, momentum=0.5, label="optimizer"
        )
        training_mode(model, False)
        loader = _loader(windows, targets, size)
        what = "a last batch of one window" if rest == 1 else f"a last batch of {rest} windows"
        label = f"clipped_epoch_loss(model, loader, optimizer, max_norm={most:g}) with {what}"
        for epoch in (1, 2):
            losses, wanted = _run_epoch(here, batches, rate, most, _Epoch(), epoch)
            try:
                seen = call(clipped_epoch_loss, model, loader, optimizer, most, label=label)
            except Raised as error:
                _explain_shapes(error, label, length)
            now = [p.tensor for p in parameters(model)]
            if not all(close(a, b, **STEPS) for a, b in zip(now, wanted, strict=True)):
                cause, next_step = "", ""
                if all(close(a, b) for a, b in zip(now, start, strict=True)):
                    cause = "the parameters did not move at all: no gradients, no step, or gradients cleared just "
                    cause += "before the step"
                    next_step = "go through the five steps, and put each into the loop, in order"
                for way, why, todo in _EPOCH_MISTAKES if not cause else ():
                    _, wrong = _run_epoch(here, batches, rate, most, way, epoch)
                    if all(close(a, b, **STEPS) for a, b in zip(now, wrong, strict=True)):
                        cause, next_step = why, todo
                        break
                fail(
                    f"`{label}` leaves other parameters behind than one epoch of training does.",
                    expected="one step per batch, from this batch's clipped gradients of the mean squared error",
                    actual=f"other parameters after epoch {epoch}",
                    cause=cause or "a step is missing, doubled or out of order, or another loss is used",
                    next_step=next_step or "go through the steps, and use the arguments of the function only",
                )
            mean = sum(loss * len(y) for loss, (_, y) in zip(losses, batches, strict=True)) / rows
            expect_number(
                seen,
                mean,
                what="the mean loss over all windows",
                when=f"after epoch {epoch} with {what}",
                tolerance=1e-3,
                reveal=False,
                mistakes=(
                    Mistake(
                        losses[-1],
                        "that is the loss of the last batch only, the one that `loss` holds after the loop",
                        "add up over the loop",
                    ),
                    Mistake(
                        sum(losses) / len(losses),
                        "the losses of the batches are averaged as if all batches were equally long",
                        "weight the loss of each batch by its number of windows",
                    ),
                    Mistake(losses[0], "that is the loss of the first batch only", "add up over the loop"),
                    Mistake(sum(losses), "the losses of the batches are added, but not divided", "a mean is asked for"),
                    Mistake(mean * rows, "the sum over all windows is not divided by their number", "divide it"),
                    Mistake(
                        sum(losses) / rows,
                        "means of batches are added up and divided by the number of windows",
                        "each of them is a mean already: multiply by the batch size first",
                    ),
                    Mistake(
                        mean * rows / len(losses),
                        "the sum over all windows is divided by the number of batches",
                        "divide by the number of windows",
                    ),
                    Mistake(math.sqrt(mean), "a root is taken", "the mean squared error itself is asked for"),
                    Mistake(
                        sum(losses) * size / rows,
                        "the short last batch is weighted like a full one",
                        "multiply each loss by the number of windows that this batch has: `len(targets)`",
                    ),
                    Mistake(
                        _loss_with(here, wanted, windows, targets),
                        "that is the loss of the network as it is after the epoch",
                        "keep each batch's loss when it is computed, before the step",
                    ),
                ),
            )
        if attribute(model, "training").value is not True:
            fail(
                f"`{label}` trains in eval mode.",
                expected="a model that was put into training mode",
                actual="a model that is still in eval mode, as it came in",
                cause="nothing puts it into training mode: after the first evaluation, dropout would stay off for good",
                next_step="switch to training mode before the loop",
            )


# -- 10.6: all forecasts of a loader -------------------------------------------------------------------------------


@exercise(
    "10.6",
    title="All forecasts of a loader",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Collect the forecasts and targets of each batch in two lists, and join them with `torch.cat` at the end.",
        "A batch of one: `squeeze()` would leave no axis to join along. Which axis has to go?",
        "Remember `model.training` before you call `model.eval()`, and put it back with `model.train(...)`.",
    ),
)
def collect_forecasts(collect_forecasts: Subject) -> None:
    cases = (
        (random_integer(4, 6), 1, True, ""),
        (random_integer(4, 6), 2, False, "sampler"),
        (1, 0, True, ""),
        (random_integer(4, 6), 3, True, "shuffle"),
    )
    for size, rest, training, order in cases:
        length, rows = random_integer(4, 6), 2 * size + rest
        # the loader mixes the rows, so that these are in its order
        windows, targets = random_normal(rows, length), 3 + random_normal(rows)
        places = random_normal(rows).argsort() if order else torch.arange(rows)
        how: dict[str, Any] = {"sampler": places.argsort().tolist()} if order == "sampler" else {}
        if order == "shuffle":
            how["shuffle"] = True
        here, model = _step_net(length, dropout=True)
        here.eval()
        with torch.no_grad():
            wanted = here(windows.unsqueeze(-1)).squeeze(-1)
        training_mode(model, training)
        last = "batches of one window" if size == 1 else f"a last batch of {_count(rest, 'window')}"
        if order:
            last += " and an order of its own" if order == "sampler" else " and `shuffle=True`"
        label = f"collect_forecasts(model, loader) with {last}"
        set_seed(random_integer(0, 10**6))
        try:
            loader = _loader(windows[places], targets[places], size, **how)
            seen = call(collect_forecasts, model, loader, label=label)
        except Raised as error:
            _explain_stack(error, label)
            _explain_shapes(error, label, length)
        parts = expect_parts(seen, ("forecasts", "targets"))
        if order == "shuffle" and (belonging := _rows_of(parts, targets)) is not None:
            wanted, targets = wanted[belonging], targets[belonging]
        for part, right in zip(parts, (wanted, targets), strict=True):
            _known_shape(
                part,
                (rows,),
                {
                    (rows, 1): ("the last axis of the outputs is still there", "`squeeze(-1)` removes it"),
                    (rest,): ("only the last batch is returned", "collect all batches"),
                    **(
                        {(rows - rest,): ("the short last batch is left out", "use every batch that the loader gives")}
                        if rest
                        else {}
                    ),
                    (rows, rows): ("outputs and targets are broadcast", "keep them apart"),
                },
            )
            got = expect_tensor(part, shape="windows", sizes={"windows": rows}, dtype=torch.float32)
            if close(got, targets if right is wanted else wanted, 1e-3, 1e-5):
                fail(
                    f"`{label}` gives the two parts in the other order.",
                    expected="(forecasts, targets)",
                    actual="(targets, forecasts)",
                    cause="the order of the returned values",
                    next_step="return the forecasts first",
                )
            if right is wanted and not close(got, right, 1e-3, 1e-5):
                _explain_forecasts(got, wanted, training, label, order)
            expect_values(
                got,
                right,
                part.label,
                rtol=1e-3,
                because="the targets of the loader, in its order",
                next_step="join the batches in order",
            )
            if part.meta.get("has_graph") or part.meta.get("requires_grad"):
                fail(
                    f"`{part.label}` is tied to the gradient graph.",
                    expected="plain numbers",
                    actual="a tensor that tracks gradients",
                    cause="eval mode does not switch autograd off",
                    next_step="compute under `torch.no_grad()`",
                )
        if attribute(model, "training").value is not training:
            mode = "training" if training else "eval"
            fail(
                f"`{label}` leaves the model in another mode than it came in.",
                expected=f"{mode} mode, as before the call",
                actual="the other mode",
                cause="`eval()` was called and not taken back: dropout stays off in all epochs that follow"
                if training
                else "training mode is switched on at the end, whatever the mode was before",
                next_step="remember `model.training` at the start, and put it back at the end",
            )


def _rows_of(parts: Sequence[Subject], targets: Tensor) -> Tensor | None:
    """The rows in the order in which a shuffling loader gave them, read from the returned targets."""
    got = parts[1].tensor
    if got is None or got.shape != targets.shape or not close(got.sort().values, targets.sort().values):
        return None
    return targets.argsort()[got.argsort().argsort()]


def _explain_stack(error: Raised, label: str) -> None:
    if error.is_stub or "stack expects each tensor to be equal size" not in error.message:
        return
    fail(
        f"`{label}` raised {error.type}.",
        expected="no error, also in a short last batch",
        actual=f"{error.type}: {error.message[:200]}",
        cause="the last batch is short, and `torch.stack` wants tensors of the same length",
        next_step="`torch.cat` joins tensors of any length",
        where=_where(error),
    )


def _explain_forecasts(got: Tensor, wanted: Tensor, training: bool, label: str, order: str) -> None:
    """Say why forecasts are wrong: dropout is on, or the order is another one."""
    cause = "the windows or the batches are mixed, or the model is changed by the call"
    next_step = "call the model on each batch as it comes, and join the results in order"
    if close(got.sort().values, wanted.sort().values, 1e-3, 1e-5):
        cause = "the right numbers stand in other places: the order of the loader is lost"
        if order == "shuffle":
            cause = "the forecasts do not stand beside their targets: a loader that shuffles has another order each "
            cause += "time it is gone through"
            next_step = "go through the loader once, and keep forecasts and targets of each batch together"
    elif training:
        cause = "dropout was on: the model was called in training mode, and `torch.no_grad()` does not change that"
        next_step = "switch to eval mode before the loop"
    fail(
        f"The forecasts of `{label}` are not those of the model in eval mode.",
        expected="what the model gives in eval mode, one number per window, in the order of the loader",
        actual="other numbers",
        cause=cause,
        next_step=next_step,
    )


# -- 10.7 to 10.9: scores ------------------------------------------------------------------------------------------

SCORES = ("MSE", "MAE", "RMSE", "MAPE", "R2")


def _scores(f: Tensor, y: Tensor) -> dict[str, float]:
    f, y = f.double(), y.double()
    off = f - y
    mse = off.square().mean().item()
    spread = (y - y.mean()).square().mean().item()
    return {
        "MSE": mse,
        "MAE": off.abs().mean().item(),
        "RMSE": math.sqrt(mse),
        "MAPE": (off / y).abs().mean().item(),
        "R2": 1 - mse / spread if len(y) > 1 else math.nan,
    }


def _score_mistakes(name: str, f: Tensor, y: Tensor) -> list[Mistake]:
    f, y = f.double(), y.double()
    off = f - y
    right = _scores(f, y)
    found = [
        Mistake(right[other], f"that is the {other}", "look at the formulas again")
        for other in SCORES
        if other != name and not math.isnan(right[other])
    ]
    count = len(y)
    if name == "MSE":
        found += [
            Mistake(off.square().sum().item(), "the squares are added, not averaged", "take the mean"),
            Mistake(off.mean().square().item(), "the mean is taken before the square", "square first"),
        ]
    if name == "MAE":
        found += [
            Mistake(abs(off.mean().item()), "errors of different signs cancel", "absolute values first"),
            Mistake(off.mean().item(), "errors of different signs cancel", "take absolute values first"),
            Mistake(off.abs().sum().item(), "the errors are added, not averaged", "take the mean"),
        ]
    if name == "RMSE":
        found += [
            Mistake(
                math.sqrt(off.square().sum().item() / (count - 1)) if count > 1 else None,
                "the sum of squares is divided by n - 1",
                "divide by n",
            ),
            Mistake(off.square().sqrt().mean().item(), "the root of each error is taken, then the mean", "mean first"),
            Mistake(
                off.square().sum().sqrt().item(),
                "the squares are added, not averaged, before the root",
                "take the mean",
            ),
        ]
    if name == "MAPE":
        found += [
            Mistake(100 * right["MAPE"], "it is given in percent", "torchmetrics gives a fraction: 0.25 for 25 %"),
            Mistake((off / f).abs().mean().item(), "the errors are divided by the forecasts", "divide by the targets"),
            Mistake((off.abs() / y).mean().item(), "negative targets turn the sign around", "divide by |y|"),
            Mistake((off / y).mean().item(), "errors of different signs cancel", "take absolute values"),
            Mistake(
                (off.abs().mean() / y.abs().mean()).item(),
                "the mean error is divided by the mean target",
                "divide each error by its own target, then average",
            ),
        ]
    if name == "R2" and count > 1:
        squares = (y - y.mean()).square()
        found += [
            Mistake((off.square().sum() / squares.sum()).item(), "1 minus it is missing", "a perfect forecast gets 1"),
            Mistake(1 - right["MSE"] / y.var().item(), "the variance has n - 1 in its denominator", "divide both by n"),
            Mistake(
                torch.corrcoef(torch.stack([f, y]))[0, 1].square().item(),
                "that is the squared correlation, which forgives a wrong offset and a wrong scale",
                "use the formula with the two sums of squares",
            ),
            Mistake(
                1 - (off.square().sum() / (f - f.mean()).square().sum()).item(),
                "the spread of the forecasts stands in the denominator",
                "the targets' spread around their mean belongs there",
            ),
            Mistake(
                1 - (off.square().sum() / (y - f.mean()).square().sum()).item(),
                "the mean of the forecasts stands in the denominator",
                "it compares with the mean of the targets",
            ),
            Mistake(
                1 - (off.square().sum() / (f - y.mean()).square().sum()).item(),
                "the forecasts' distance from the mean stands in the denominator",
                "the targets' spread around their mean belongs there",
            ),
            Mistake(
                1 - (off.square().sum() / y.square().sum()).item(),
                "the mean of the targets is not subtracted",
                "compare with the forecast 'always the mean'",
            ),
        ]
    return [mistake for mistake in found if mistake.result is not None]


def _expect_nan(subject: Subject, when: str, why: str, *, cause: str = "", next_step: str = "") -> None:
    number = number_of(subject)
    if number is None or isinstance(number, bool):
        expect_number(subject, 0.0, what="a number, NaN here", when=when, reveal=False)
    if number is not None and not math.isnan(number):
        fail(
            f"`{subject.label}` is wrong {when}.",
            expected=f"NaN, because {why}",
            actual=f"{number:.6g}",
            cause=cause or "the case is not looked for, and the formula gives something else",
            next_step=next_step or 'test for it first, and give `float("nan")`',
        )


@exercise(
    "10.7",
    title="Five scores by hand",
    points=4,
    difficulty=2,
    minutes=20,
    hints=(
        "Start with `error = forecasts - targets`. Three of the five need nothing else.",
        r"R2 compares the sum of squared errors with $\sum (y_i - \bar y)^2$, the sum for 'always the mean'.",
        "For a single window the second sum is 0: test `len(targets) < 2` first.",
    ),
)
def forecast_scores(forecast_scores: Subject) -> None:
    for count in (random_integer(8, 12), random_integer(30, 40), 2, 1):
        for _ in range(100):
            sign = torch.where(random_normal(count) > 0, 1.0, -1.0)
            targets = sign * (0.5 + 2 * random_normal(count).abs())
            if count == 2:
                targets[1] = targets[0] + 2.5
            forecasts = 0.7 * targets + 0.4 + 0.6 * random_normal(count)
            wanted = _scores(forecasts, targets)
            wrong = {name: _score_mistakes(name, forecasts, targets) for name in SCORES}
            errors = forecasts - targets
            both = bool(errors.min() < 0 < errors.max()) and bool(targets.min() < 0 < targets.max())
            if count <= 2 or (both and all(told_apart(wanted[name], wrong[name], 1e-3) for name in SCORES)):
                break
        first, second = give(forecasts, "forecasts"), give(targets, "targets")
        label = f"forecast_scores(forecasts, targets) for {_count(count, 'window')}"
        seen = call(forecast_scores, first, second, label=label)
        found = expect_entries(seen, SCORES)
        for name in SCORES:
            if math.isnan(wanted[name]):
                _expect_nan(found[name], "for a single window", "a single target has no spread around its mean")
                continue
            expect_number(
                found[name], wanted[name], what=f"the {name}", tolerance=1e-3, reveal=False, mistakes=wrong[name]
            )
        expect_unchanged(first, forecasts, "the tensor `forecasts`")
        expect_unchanged(second, targets, "the tensor `targets`")


def _check_percent(function: Subject, forecasts: Tensor, targets: Tensor, least: float, what: str) -> None:
    first, second = give(forecasts, "forecasts"), give(targets, "targets")
    seen = call(function, first, second, least, label=f"mape_percent(forecasts, targets, least={least:g}) with {what}")
    kept = targets.abs() >= least
    got = number_of(seen)
    if got is not None and math.isinf(got):
        fail(
            f"`{seen.label}` is infinite.",
            expected="a finite percentage, or NaN",
            actual=str(got),
            cause="a target of 0 is divided by: it is still among the windows",
            next_step="let the size of the *targets* decide which windows stay, before anything is divided",
        )
    ratio = ((forecasts - targets) / targets).abs()
    if not bool(kept.any()):
        _expect_nan(seen, "where no target is large enough", "no window is left to average over")
        return
    right = 100 * ratio[kept].double().mean().item()
    clamped = (forecasts - targets).abs() / targets.abs().clamp(min=least)
    plus = (targets.abs() > least) | (targets == 0)
    mistakes = [
        Mistake(right / 100, "that is a fraction, as torchmetrics gives it", "times 100 makes percent of it"),
        Mistake(
            100 * clamped.mean().item(),
            "small targets are replaced by `least` instead of left out",
            "leave these windows out, before the mean is taken",
        ),
        Mistake(
            right * int(kept.sum()) / len(targets),
            "the sum over the remaining windows is divided by the number of all windows",
            "divide by the number of windows that are left",
        ),
        Mistake(
            100 * ratio[targets >= least].mean().item() if bool((targets >= least).any()) else None,
            "negative targets are left out, however large they are",
            "compare the size: `targets.abs()`",
        ),
        Mistake(
            100 * ratio[targets.abs() > least].mean().item() if bool((targets.abs() > least).any()) else None,
            "a target of exactly `least` is left out",
            "at least `least` means that `least` itself counts",
        ),
        Mistake(
            100 * ratio[plus].nan_to_num(posinf=0).mean().item(),
            "zeros are counted",
            "leave out every target that is smaller than `least`",
        ),
        Mistake(
            100 * ratio[forecasts.abs() >= least].mean().item() if bool((forecasts.abs() >= least).any()) else None,
            "the forecasts decide which windows are left out",
            "the targets decide",
        ),
        Mistake(100 * ratio[targets != 0].mean().item(), "only zeros are left out", "compare with `least`"),
        *(
            Mistake(sign * signed, "errors of different signs cancel", "absolute values first, then the mean")
            for signed in (100 * ((forecasts - targets) / targets)[kept].mean().item(),)
            for sign in (1, -1)
        ),
        Mistake(
            100 * nn.functional.l1_loss(forecasts[kept], targets[kept]).item() / targets[kept].abs().mean().item(),
            "the mean error is divided by the mean target",
            "divide each error by its own target, then average",
        ),
    ]
    expect_number(
        seen,
        right,
        what="the mean of |error| / |target| in percent, over the windows whose target is large enough",
        when=f"with {what}",
        tolerance=1e-3,
        reveal=False,
        mistakes=[m for m in mistakes if m.result is not None and math.isfinite(m.result)],
    )
    expect_unchanged(first, forecasts, "the tensor `forecasts`")
    expect_unchanged(second, targets, "the tensor `targets`")


@exercise(
    "10.8",
    title="Percent, without the zeros",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "Which windows stay? Make a tensor of True and False from the targets' absolute values.",
        "Index both tensors with it, and average over what is left. If nothing is left, there is nothing to average.",
    ),
)
def mape_percent(mape_percent: Subject) -> None:
    def drawn(count: int) -> tuple[Tensor, Tensor]:
        sign = torch.where(random_normal(count) > 0, 1.0, -1.0)
        targets = sign * (1 + random_normal(count).abs())
        return targets + 0.4 * random_normal(count) + 0.2, targets

    forecasts, targets = drawn(random_integer(8, 12))
    _check_percent(mape_percent, forecasts, targets, 0.5, "targets that are all large")
    forecasts, targets = drawn(random_integer(9, 12))
    targets[:5] = torch.tensor([0.0, 0.125, -0.25, 0.5, -3.0])
    forecasts[:5] += 0.3
    _check_percent(mape_percent, forecasts, targets, 0.5, "zeros and small targets among them")
    _check_percent(mape_percent, forecasts[:3], targets[:3], 0.5, "small targets only")


SCALED = ("MSE", "MAE", "RMSE", "R2")


@exercise(
    "10.9",
    title="Scores in kilowatts",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "An error of 1 in scaled units is an error of how many kilowatts? The mean cancels in a difference.",
        "A squared error is squared in its unit as well; a ratio of two of them has none.",
    ),
)
def rescaled_scores(rescaled_scores: Subject) -> None:
    for spread in (random_integer(20, 35) / 10, random_integer(3, 7) / 10):
        f, y = random_normal(20), random_normal(20)
        plain = _scores(f, 0.5 * f + y)
        scores = {name: plain[name] for name in SCALED}
        given = give(scores, "scores")
        seen = call(rescaled_scores, given, spread, label=f"rescaled_scores(scores, {spread:g})")
        found = expect_entries(seen, SCALED)
        powers = {"MSE": 2, "MAE": 1, "RMSE": 1, "R2": 0}
        words = {0: "it has no unit and stays as it is", 1: "it is in kW", 2: "it is in kW²"}
        for name in SCALED:
            expect_number(
                found[name],
                scores[name] * spread ** powers[name],
                what=f"the {name} in the unit of the series",
                tolerance=1e-4,
                reveal=False,
                mistakes=[
                    *(
                        Mistake(
                            scores[name] * spread**power,
                            f"it is multiplied by the spread {('not at all', 'once', 'twice')[power]}, but "
                            f"{words[powers[name]]}",
                            "what becomes of a difference, and of its square, when both numbers are multiplied?",
                        )
                        for power in range(3)
                        if power != powers[name]
                    ),
                    Mistake(
                        scores[name] / spread,
                        "it is divided by the spread: that is the way from kW to scaled units",
                        "undo the scaling",
                    ),
                    Mistake(
                        scores[name] / spread**2,
                        "it is divided by the square of the spread: that is the way from kW² to scaled units",
                        "undo the scaling",
                    ),
                    Mistake(
                        scores[name] * math.sqrt(spread), "it is multiplied by the root of the spread", "see the hints"
                    ),
                ],
            )
        if {key.value: value.value for key, value in read(given).pairs} != scores:
            fail(
                "The dict of scores that was passed in is changed by the call.",
                expected="the dict as it was before",
                actual="other entries",
                cause="an assignment to a key changes the caller's own dict",
                next_step="make a new dict",
            )


# -- 10.10, 10.11: several steps -----------------------------------------------------------------------------------


def _roll(network: nn.Module, windows: Tensor, steps: int, way: str = "") -> Tensor:
    """Forecasts that are fed back, by a known mistake or right."""
    found = []
    with torch.no_grad():
        for _ in range(steps):
            value = network(windows.unsqueeze(-1))
            found.append(value)
            if way == "same":
                continue
            new = {"copy": windows[:, -1:], "oldest": windows[:, :1]}.get(way, value)
            windows = torch.cat([new, windows[:, :-1]] if way == "front" else [windows[:, 1:], new], dim=1)
    return torch.cat(found[::-1] if way == "backward" else found, dim=1)


@exercise(
    "10.10",
    title="Step by step into the future",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "A loop over the steps: forecast one value, append it to the window, drop the oldest one.",
        "`torch.cat([windows[:, 1:], value], dim=1)` is the next window, if `value` has the shape (B, 1).",
        "Collect the values in a list, and join them along axis 1 at the end.",
    ),
)
def recursive_forecast(recursive_forecast: Subject) -> None:
    for count, steps in ((random_integer(4, 5), 3), (1, random_integer(7, 9)), (4, 1)):
        length = random_integer(4, 6)
        here, model = _step_net(length)
        training_mode(model, False)
        windows = random_normal(count, length)
        given = give(windows, "windows")
        label = f"recursive_forecast(model, windows, steps={steps}) for {_count(count, 'window')} of {length} values"
        try:
            seen = call(recursive_forecast, model, given, steps, label=label)
        except Raised as error:
            if "mat1 and mat2" in error.message and not error.is_stub:
                fail(
                    f"`{label}` raised {error.type}.",
                    expected=f"inputs of shape (B, {length}, 1) at every step",
                    actual=f"{error.type}: {error.message[:200]}",
                    cause="the feature axis is missing, or the window grows by a value at each step: the oldest one "
                    "has to go",
                    next_step="print the shape of what goes into the model at each step",
                    where=_where(error),
                )
            if count == 1 and "Dimension out of range" in error.message and not error.is_stub:
                fail(
                    f"`{label}` raised {error.type}.",
                    expected="no error, also for a single window",
                    actual=f"{error.type}: {error.message[:200]}",
                    cause="an axis is missing: `squeeze()` removes every axis of length 1, and for a single window the "
                    "batch is one of them",
                    next_step="name the axis, or keep (B, 1) as it is",
                    where=_where(error),
                )
            _explain_shapes(error, label, length)
        wanted = _roll(here, windows, steps)
        _known_shape(
            seen,
            (count, steps),
            {
                (count, steps, 1): ("the last axis of the outputs is still there", "join (B, 1) along axis 1"),
                **({(steps,): ("`squeeze()` made the batch of one disappear", "name the axis")} if count == 1 else {}),
                (steps, count): ("steps and windows are exchanged", "one row for each window"),
                (steps, count, 1): ("the steps come first", "join along axis 1"),
                (count, 1): ("only the last step is returned", "collect all of them"),
                (count,): ("only one step is returned", "collect all of them"),
                (count, length): ("the window itself is returned", "return the forecasts"),
                (count, length + steps): ("the inputs are returned together with the forecasts", "forecasts only"),
            },
        )
        got = expect_tensor(seen, shape="batch steps", sizes={"batch": count, "steps": steps}, dtype=torch.float32)
        expect_values(
            got,
            wanted,
            label,
            rtol=1e-3,
            because="each value is the model's forecast from the window that ends with the one before it",
            mistakes=[
                Mistake(
                    _roll(here, windows, steps, "same"),
                    "every step is forecast from the same window: the forecasts are not fed back",
                    "append each forecast to the window",
                ),
                Mistake(
                    _roll(here, windows, steps, "front"),
                    "the forecast is put in front of the window, where the oldest value stands",
                    "the newest value comes last",
                ),
                Mistake(
                    _roll(here, windows, steps, "copy"),
                    "the last value of the window is appended instead of the forecast",
                    "append what the model has forecast",
                ),
                Mistake(_roll(here, windows, steps, "backward"), "the farthest step comes first", "nearest first"),
                Mistake(
                    _roll(here, windows, steps, "oldest"),
                    "the window is moved on, but its oldest value is put behind the newest one instead of the forecast",
                    "the forecast is the newest value",
                ),
                Mistake(
                    _roll(here, windows, steps + 1)[:, 1:],
                    "the first forecast is missing: what is returned begins one step later",
                    "keep the forecast that the model makes from the window as it came",
                ),
            ],
        )
        if seen.meta.get("has_graph") or seen.meta.get("requires_grad"):
            fail(
                f"`{label}` is tied to the gradient graph.",
                expected="plain numbers",
                actual="a tensor that tracks gradients",
                cause="the model was called while autograd was on: the graph grows with every step",
                next_step="compute under `torch.no_grad()`",
            )
        expect_unchanged(given, windows, "the tensor `windows`")


@exercise(
    "10.11",
    title="A loss at every step",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "After step 0 of a window the network has seen its first value, and should know the second one.",
        "What should come after each step: the window without its first value, and then the target.",
        "`torch.cat([windows[:, 1:], targets.unsqueeze(1)], dim=1)` has shape (B, L), as `outputs.squeeze(-1)` has.",
    ),
)
def every_step_loss(every_step_loss: Subject) -> None:
    for count, length in ((random_integer(4, 6), random_integer(7, 8)), (1, 6), (5, 1), (6, 6)):
        outputs, windows, targets = random_normal(count, length, 1), random_normal(count, length), random_normal(count)
        label = f"every_step_loss(outputs, windows, targets) for {_count(count, 'window')} of {_count(length, 'step')}"
        given = give(windows, "windows"), give(targets, "targets")
        try:
            seen, gradient = _loss_with_gradient(every_step_loss, outputs, *given, label=label)
        except Raised as error:
            if error.is_stub or "must match the size of tensor" not in error.message:
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="no error",
                actual=f"{error.type}: {error.message[:200]}",
                cause="tensors of different shapes are subtracted: outputs are (B, L, 1), what follows each step is "
                "(B, L)",
                next_step="bring both to the same shape first, and print both shapes",
                where=_where(error),
            )
        flat = outputs.squeeze(-1)
        following = torch.cat([windows[:, 1:], targets.unsqueeze(1)], dim=1)
        off = flat - following
        mistakes = [
            Mistake(
                (flat - windows).square().mean().item(),
                "each output is compared with the value that the network has just read, which it only has to copy",
                "compare it with the value that comes next",
            ),
            Mistake(off.square().sum().item(), "the squares are added, not averaged", "take the mean over all of them"),
            Mistake(
                off.square().sum(1).mean().item(),
                "the steps are added and only the windows averaged",
                "take the mean over all B·L of them",
            ),
            Mistake(
                off[:, -1].square().mean().item(), "only the last step counts", "every step has a value that follows"
            ),
            Mistake(
                (flat - targets.unsqueeze(1)).square().mean().item(),
                "every step is compared with the target of the window",
                "the target follows the last step only",
            ),
            Mistake(off.abs().mean().item(), "that is the mean absolute error", "square the differences"),
        ]
        if count in (1, length):
            mistakes.append(
                Mistake(
                    (outputs - following).square().mean().item(),
                    "(B, L, 1) and (B, L) were broadcast",
                    "bring both to the same shape before you subtract",
                )
            )
        if length == 1:
            mistakes.append(
                Mistake(
                    (flat - following.T).square().mean().item(),
                    "`squeeze()` removed the axis of the steps, too, and (B,) was broadcast against (B, 1)",
                    "name the axis: `squeeze(-1)`",
                )
            )
        if length > 1:
            mistakes += [
                Mistake(
                    (off[:, :-1].square().mean().item() + off[:, -1].square().mean().item()) / 2,
                    "the last step counts as much as all others together: that is the mean of two means",
                    "each of the B·L forecasts counts the same",
                ),
                *(
                    Mistake(
                        (flat - torch.cat([targets.unsqueeze(1), rest], dim=1)).square().mean().item(),
                        "the target is put in front of the window, but it follows the window's last value",
                        "what follows step 0 is the second value of the window",
                    )
                    for rest in (windows[:, :-1], windows[:, 1:])
                ),
                Mistake(
                    off[:, :-1].square().mean().item(),
                    "the last step is left out",
                    "what follows the last step is the target",
                ),
                Mistake(
                    (flat[:, 1:] - windows[:, :-1]).square().mean().item(),
                    "the shift goes the other way: outputs are compared with earlier values",
                    "the value that comes next",
                ),
            ]
        expect_number(
            seen,
            off.square().mean().item(),
            what="the mean squared error over all steps of all windows",
            tolerance=1e-4,
            reveal=False,
            mistakes=mistakes,
        )
        _expect_slope(gradient, (2 * off / off.numel()).unsqueeze(-1), label)
        for subject, before in zip(given, (windows, targets), strict=True):
            expect_unchanged(subject, before, f"the tensor `{subject.label}`")


# -- 10.12: floors against the baselines ---------------------------------------------------------------------------

#: a value every two hours of the last day in, and what comes 15 minutes, six hours and one day later
WINDOW, EVERY = 12, 8
AHEAD = {"15 minutes ahead": 1, "six hours ahead": 24, "one day ahead": 96}
TRAIN_WINDOWS, TEST_WINDOWS = 1200, 2000


def _skill(forecast: Tensor, data: Forecasts) -> Tensor:
    """1 minus the ratio of mean squared errors, against the better baseline of each horizon."""
    y = data.test_targets.double()

    def error(guess: Tensor) -> Tensor:
        return (guess.double() - y).square().mean(dim=0)

    return 1 - error(forecast) / torch.minimum(error(data.test_inputs[:, -1:]), error(data.yesterday))


def _why_no_skill(forecast: Tensor, data: Forecasts, column: int) -> tuple[str, str]:
    """Cause and next step for a skill below the floor."""
    if not bool(torch.isfinite(forecast).all()):
        return "there is a NaN or an infinity: the training exploded", "smaller steps, and clipped gradients"
    mine, y = forecast[:, column], data.test_targets[:, column]
    if float(mine.std()) < 0.15 * float(y.std()):
        return (
            "the forecasts are nearly the same for every window, close to the mean: nothing was learned about the "
            "single windows",
            "compare the shapes of outputs and targets in the loss, see that targets belong to their windows, and "
            "that the loss falls from epoch to epoch",
        )
    return (
        "the network has learned something, but too little: too few steps, steps of the wrong size, or gradients that "
        "are not cleared",
        "print the loss of each epoch: it has to fall, and still falls when you stop too early",
    )


def _expect_order(forecast: Tensor, data: Forecasts, label: str) -> None:
    """Each output must forecast its own horizon: no other order of the outputs may fit clearly better."""

    def error(order: Sequence[int]) -> float:
        return float((forecast[:, list(order)] - data.test_targets).square().mean())

    if min(error(order) for order in itertools.permutations(range(3))) < 0.8 * error((0, 1, 2)):
        fail(
            f"`{label}` gives the horizons in another order than the targets.",
            expected="column k of the outputs forecasts column k of the targets",
            actual="forecasts that fit the targets much better in another order",
            cause="the columns of the targets or of the outputs are exchanged somewhere",
            next_step="follow one column of the targets through the loss",
        )
    # honest networks stay below 0.7 here; only one whose mean over the horizons is good has been trained on that mean
    others = min(error(order) for order in itertools.permutations(range(3)) if order != (0, 1, 2))
    mean, target = forecast.mean(dim=1), data.test_targets.mean(dim=1)
    if error((0, 1, 2)) > 0.8 * others and float((mean - target).square().mean()) < 0.5 * float(target.var()):
        fail(
            f"`{label}` does not tell the horizons apart.",
            expected="column k of the outputs forecasts column k of the targets",
            actual="forecasts that fit in another order about as well, though their mean over the columns is good",
            cause="the loss sees only the mean of the three columns: outputs and targets are averaged over the "
            "horizons before they are compared",
            next_step="compare outputs and targets of shape (B, 3) entry by entry, and average the squares",
        )


def _shape_of_forecasts(forecast: Tensor, label: str) -> None:
    if tuple(forecast.shape) == (TEST_WINDOWS, len(AHEAD)):
        return
    fail(
        f"The outputs of `{label}` have the wrong shape.",
        expected=f"three forecasts for each window: ({TEST_WINDOWS}, 3) for {TEST_WINDOWS} windows",
        actual=f"shape {show_shape(forecast.shape)}",
        cause="the model gives the output of every step"
        if forecast.ndim == 3
        else "the linear layer has another number of outputs than there are horizons",
        next_step="use the output of the last step, and give the linear layer three outputs",
    )


@exercise(
    "10.12",
    title="Train forecasters that beat the baselines",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "You have the model (10.2) and the epoch (10.5); three columns of targets need a model with three outputs.",
        "`nn.MSELoss()` of outputs and targets of shape (B, 3): nothing has to be squeezed.",
        "24 units, Adam with a learning rate of 0.01, batches of 64, gradients clipped at 1 and 8 epochs are enough "
        "for all three cells.",
    ),
)
def train_forecaster(train_forecaster: Subject) -> None:
    data = draw_electricity(TRAIN_WINDOWS, TEST_WINDOWS, length=WINDOW, every=EVERY, ahead=tuple(AHEAD.values()))
    parts = (data.train_inputs, data.train_targets)
    for cell in ("LSTM", "RNN", "GRU"):
        given = [
            part if isinstance(part, Subject) else give(part, name)
            for part, name in zip(map(handed_over, parts), ("windows", "targets"), strict=True)
        ]
        model = call(train_forecaster, *given, cell, keep=True, label=f'train_forecaster(windows, targets, "{cell}")')
        expect_model(model, because="the trained network is what the function returns")
        model.label = f"the {cell} model"
        for subject, before in zip(given, parts, strict=True):
            expect_unchanged(subject, before, f"the tensor `{subject.label}`")
        layers = {p.layer for p in parameters(model)} & set(CELLS)
        if layers and layers != {cell}:
            fail(
                f"`{model.label}` has the wrong recurrent layer.",
                expected=f"an nn.{cell}",
                actual=" and ".join(f"an nn.{layer}" for layer in sorted(layers)),
                cause="the argument `cell` is not used, or names are mixed up",
                next_step="choose the layer's class by `cell`",
            )
        forecast = outputs_in_eval_mode(model, data.test_inputs)
        _shape_of_forecasts(forecast, model.label)
        _expect_windows_apart(model, data.test_inputs[-5:], forecast[-5:])
        _expect_order(forecast, data, model.label)
        for column, (horizon, skill) in enumerate(zip(AHEAD, _skill(forecast, data).tolist(), strict=True)):
            expect_metric(
                skill,
                f"skill of the {cell}, {horizon}",
                because="all honest trainings of the calibration reach it",
                diagnose=lambda value, forecast=forecast, column=column: _why_no_skill(forecast, data, column),  # type: ignore[misc]
            )


def _expect_windows_apart(model: Subject, windows: Tensor, whole: Tensor) -> None:
    """A forecast depends on its own window only, and windows may have any length."""
    alone = outputs_in_eval_mode(model, windows)
    size = float(whole.abs().max())
    if size < 100 and not close(alone, whole, 1e-3, 1e-3):  # numbers of a training that exploded say nothing
        fail(
            f"`{model.label}` gives a window other forecasts when its neighbors in the batch are others.",
            expected="the same forecast for the same window",
            actual="other numbers",
            cause="the windows of a batch are mixed: `batch_first=True` is missing, a `view` mixes them, or "
            "a layer normalizes over the batch",
            next_step="call the model with five windows and with one of them alone, and compare",
        )
    try:
        outputs_in_eval_mode(model, windows[:, 4:])
    except Raised as error:
        fail(
            f"`{model.label}` does not read windows of another length.",
            expected="a network that reads a window step by step, however long it is",
            actual=f"{error.type}: {error.message[:200]}",
            cause="the whole window goes in as the features of a single step (`unsqueeze(1)`), or its length is "
            "written into the code",
            next_step="one value per step: (B, L, 1)",
            where=_where(error),
        )


# -- 10.13: bug clinic ---------------------------------------------------------------------------------------------


def _batches(sizes: Sequence[int]) -> list[tuple[Tensor, Tensor]]:
    found = []
    for number, size in enumerate(sizes):
        targets = random_normal(size) + 2
        off = random_normal(size) + 0.3
        # small and large errors in turn, so that every way to average over batches gives another number
        found.append((targets + (0.5 + 2.5 * (number % 2)) * off / off.square().mean().sqrt(), targets))
    return found


_LOOK = "compute the result in names of its own, and leave what `update` collects as it is"


def _check_running(
    metric: Subject,
    batches: Sequence[tuple[Tensor, Tensor]],
    when: str,
    earlier: Sequence[Any] = (),
    others: Sequence[Any] = (),
) -> None:
    """Update with batches; ``earlier`` ones came before a reset, ``others`` went to other objects."""
    for forecasts, targets in batches:
        method(metric, "update", forecasts, targets)
    label = "RunningRmse().compute()"
    seen = method(metric, "compute")
    seen.label = label
    off = [(f - y).double() for f, y in batches]
    every = torch.cat(off)
    rmse = [o.square().mean().sqrt() for o in off]
    before = [(f - y).double() for f, y in earlier]
    mistakes = [
        Mistake(
            torch.stack(rmse).mean().item(),
            "the RMSE of each batch is averaged: the root of a mean is not the mean of roots",
            "add up the squared errors, and take one root at the end",
        ),
        Mistake(
            math.sqrt(torch.stack([o.square().mean() for o in off]).mean().item()),
            "the mean squared errors of the batches are averaged as if all batches were equally long",
            "count the windows",
        ),
        Mistake(
            (sum(r * len(o) for r, o in zip(rmse, off, strict=True)) / len(every)).item(),  # type: ignore[union-attr]
            "the RMSE of the batches is weighted by their size, but the root is still taken per batch",
            "add up the squared errors, and take one root at the end",
        ),
        Mistake(rmse[-1].item(), "only the last batch counts", "add to what is there already"),
        Mistake(every.square().mean().item(), "the root is missing", "take it in `compute`"),
        Mistake(math.sqrt(every.square().sum().item()), "the sum is not divided", "count the windows"),
        Mistake(every.abs().mean().item(), "that is the mean absolute error", "square the errors"),
        Mistake(
            math.sqrt(every.square().sum().item() / len(batches)),
            "the sum of squares is divided by the number of batches",
            "count the windows",
        ),
    ]
    if before:
        both = torch.cat([*before, every])
        mistakes.append(
            Mistake(both.square().mean().sqrt().item(), "`reset` forgets nothing", "start from nothing again")
        )
        mistakes.append(
            Mistake(
                math.sqrt(every.square().sum().item() / len(both)),
                "`reset` forgets the sum, but not the number of windows",
                "start from nothing again",
            )
        )
        mistakes.append(
            Mistake(
                math.sqrt(both.square().sum().item() / len(every)),
                "`reset` forgets the number of windows, but not the sum",
                "start from nothing again",
            )
        )
    if others:
        shared = torch.cat([*((f - y).double() for f, y in others), every])
        mistakes.append(
            Mistake(
                shared.square().mean().sqrt().item(),
                "the errors of other objects are counted, too: what is collected belongs to the class, and all objects "
                "share it",
                "make it in `__init__`, as an attribute of `self`",
            )
        )
    expect_number(
        seen,
        every.square().mean().sqrt().item(),
        what="the root mean squared error over all windows since the last reset",
        when=when,
        tolerance=1e-3,
        reveal=False,
        mistakes=mistakes,
    )
    again = method(metric, "compute")
    again.label = label
    number = number_of(again)
    if number is not None and math.isnan(number):
        fail(
            f"`{label}` gives NaN when it is called a second time.",
            expected="the same number again: `compute` only looks",
            actual="NaN",
            cause="`compute` forgets what was collected",
            next_step="only `reset` forgets",
        )
    expect_number(
        again,
        every.square().mean().sqrt().item(),
        what="the same number again: `compute` only looks",
        when="when it is called a second time",
        tolerance=1e-3,
        reveal=False,
        mistakes=[] if number is None else [Mistake(number, "`compute` changes what was collected", _LOOK)],
    )


@exercise(
    "10.13",
    title="Bug clinic: the RMSE that depends on the batch size",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Which two numbers must be remembered, so that the RMSE over everything can be computed at the end?",
        "The sum of the squared errors and the number of windows; the root comes last.",
    ),
)
def running_rmse(RunningRmse: Subject) -> None:
    metric = construct(RunningRmse)
    metric.label = "RunningRmse()"
    empty = method(metric, "compute")
    empty.label = "RunningRmse().compute()"
    _expect_nan(empty, "before any update", "there is nothing to average yet")
    first = _batches((random_integer(5, 8), 1))
    _check_running(metric, first, "for a batch and a last batch of one")
    method(metric, "reset")
    empty = method(metric, "compute")
    empty.label = "RunningRmse().compute()"
    left = number_of(empty)
    _expect_nan(
        empty,
        "after a reset",
        "everything is forgotten",
        cause="`reset` forgets the sum, but not the number of windows"
        if left == 0
        else "`reset` does not forget everything",
        next_step="put each attribute back to what it is in a new object",
    )
    second = _batches((6, random_integer(2, 3), 6, 4))
    _check_running(metric, second, "after a reset and four more batches", first)
    other, fourth = construct(RunningRmse), _batches((4,))
    method(other, "update", *fourth[0])
    fresh = construct(RunningRmse)
    fresh.label = "RunningRmse()"
    _check_running(fresh, _batches((3, 5)), "for an object beside others", others=(*second, *fourth))


EXERCISES = (
    forecast_inputs,
    recurrent_forecaster,
    forecast_mse,
    broadcast_losses,
    clipped_epoch_loss,
    collect_forecasts,
    forecast_scores,
    mape_percent,
    rescaled_scores,
    recursive_forecast,
    every_step_loss,
    train_forecaster,
    running_rmse,
)
