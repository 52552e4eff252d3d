"""Chapter 2: training and evaluation.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import copy
import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import nn

from grader.calibration.samples import draw_water, handed_over
from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_metric,
    expect_model,
    expect_number,
    expect_parts,
    expect_tensor,
    expect_type,
    expect_unchanged,
    expect_values,
    fail,
    number_of,
    outputs_in_eval_mode,
    random_integer,
    random_normal,
)
from grader.shapes import show_shape
from grader.touch import (
    Raised,
    Subject,
    attribute,
    call,
    error_of,
    give,
    load_parameters,
    make,
    method,
    parameters,
    set_seed,
    training_mode,
)
from grader.verdict import Finding, NotAttempted

#: what a student's parameters and a reference's may differ by after some steps in float32
STEPS = {"rtol": 1e-3, "atol": 1e-5}


def _distinct(right: float, mistakes: Sequence[Mistake], gap: float = 2e-3) -> bool:
    """Whether no mistake gives the right number, and no two with different causes the same."""
    values = [(right, "")] + [(m.result, m.cause) for m in mistakes]
    return all(abs(a - b) > gap for i, (a, why) in enumerate(values) for b, other in values[:i] if why != other)


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


# -- predictions: 2.1 and 2.5 --------------------------------------------------------------------------------------


def _predictions(answer: Subject, keys: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
    """A student's prediction for every key, in the words of the exercise; stops when one is missing.

    Args:
        answer: the dict that the student's function returned.
        keys: what must be predicted.
        words: accepted spellings, in lower case, and the word that each stands for.
    """
    expect_type(answer, "dict", "a dict with one prediction for each key")
    given = {key.value: value for key, value in answer.pairs if key.kind == "str"}
    open_marks = [k for k, value in given.items() if value.kind == "str" and set(value.value.strip()) <= {"?"}]
    choice = " or ".join(f'"{word}"' for word in dict.fromkeys(words.values()))
    if len([key for key in open_marks if key in keys]) == len(keys):
        raise NotAttempted(
            Finding(
                f"`{answer.label}` makes no prediction yet.",
                expected=f"{choice} for each of the {len(keys)} keys",
                actual=f'{len(keys)} times "?"',
                next_step="replace each question mark by a prediction",
            )
        )
    missing = [key for key in keys if key not in given or given[key].kind in {"none", "ellipsis"} or key in open_marks]
    if missing:
        fail(
            f"`{answer.label}` has no prediction for {len(missing)} of the {len(keys)} keys.",
            expected=f"{choice} for each of " + ", ".join(f"`{key}`" for key in keys),
            actual="nothing for " + ", ".join(f"`{key}`" for key in missing),
            cause="a question mark is still there, and stands for a prediction that was not made"
            if open_marks
            else "an entry was left out, or its key is spelled differently",
            next_step="replace each question mark by a prediction" if open_marks else "keep the keys as they are given",
        )
    said: dict[str, str] = {}
    for key in keys:
        value = given[key]
        text = str(value.value).strip().lower() if value.kind in {"str", "bool"} else ""
        if text not in words:
            fail(
                f"The prediction for `{key}` is none of the words asked for.",
                expected=choice,
                actual=repr(value.value) if value.kind in {"str", "int", "float"} else value.kind_name,
                cause="the prediction is written in other words, or in another type",
                next_step="use one of the words that the exercise names",
            )
        said[key] = words[text]
    return said


def _compare_predictions(
    said: Mapping[str, str], truth: Mapping[str, str], causes: Mapping[str, str], try_it: str
) -> None:
    wrong = [key for key in truth if said[key] != truth[key]]
    if wrong:
        key = wrong[0]
        fail(
            f"{len(wrong)} of {len(truth)} predictions {'is' if len(wrong) == 1 else 'are'} wrong, "
            f"the first for `{key}`.",
            expected="what happens when the code runs",
            actual=f'"{said[key]}"',
            cause=causes[key],
            next_step=try_it,
        )


def _shape_calls() -> dict[str, Callable[[torch.Tensor, torch.Tensor], Any]]:
    from torchmetrics.classification import BinaryAccuracy

    return {
        "nn.BCELoss()(outputs, labels)": nn.BCELoss(),
        "nn.BCEWithLogitsLoss()(outputs, labels)": nn.BCEWithLogitsLoss(),
        "nn.MSELoss()(outputs, labels)": nn.MSELoss(),
        "nn.L1Loss()(outputs, labels)": nn.L1Loss(),
        "BinaryAccuracy()(outputs, labels)": BinaryAccuracy(),
        "(outputs > 0.5) == labels": lambda outputs, labels: (outputs > 0.5) == labels,
    }


def _stops(action: Callable[[torch.Tensor, torch.Tensor], Any]) -> str:
    outputs, labels = torch.full((8, 1), 0.7), torch.ones(8)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            action(outputs, labels)
        except (ValueError, RuntimeError):
            return "stops"
    return "runs"


@exercise(
    "2.1",
    title="Predict what a forgotten reshape does",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "Two questions for each line: can the shapes (8, 1) and (8,) be broadcast, and does the function look at the "
        "shapes before it computes?",
        "Losses for probabilities insist on equal shapes. Losses for numbers trust broadcasting. A comparison with "
        "`==` is plain tensor arithmetic.",
        "Run one of them: `nn.MSELoss()(torch.rand(8, 1), torch.ones(8))`.",
    ),
)
def shape_quiz(shape_quiz: Subject) -> None:
    calls = _shape_calls()
    words = {"stops": "stops", "stop": "stops", "runs": "runs", "run": "runs"}
    said = _predictions(call(shape_quiz), list(calls), words)
    probability = "this loss compares the shapes before it computes anything"
    number = "this loss gives a warning at most, and broadcasts both to (8, 8)"
    causes = dict(
        zip(
            calls,
            (
                probability,
                probability,
                number,
                number,
                "a metric looks at the shapes of both before it counts",
                "`==` is tensor arithmetic: shapes that can be broadcast are broadcast",
            ),
            strict=True,
        )
    )
    truth = {key: _stops(action) for key, action in calls.items()}
    _compare_predictions(said, truth, causes, "run it with `outputs = torch.rand(8, 1)`, `labels = torch.ones(8)`")


#: the order of a loop's steps, one letter each: Forward, Zero_grad, Backward, Step
LOOPS = {"A": "ZFBS", "B": "FBZS", "C": "FBSZ", "D": "FBS", "E": "FZBS"}


def loop_losses(steps: int = 20, rate: float = 0.1) -> dict[str, float]:
    """The loss after so many steps of each loop: fits y = 3x - 1 from x = -1 ... 1 by SGD, starting at 0."""
    x = torch.linspace(-1, 1, 21)
    results = {}
    for name, order in LOOPS.items():
        weights = torch.zeros(2, requires_grad=True)
        optimizer = torch.optim.SGD([weights], lr=5 * rate)
        for _ in range(steps):
            loss = torch.zeros(())
            for letter in order:
                if letter == "F":
                    loss = ((weights[0] * x + weights[1] - (3 * x - 1)) ** 2).mean()
                elif letter == "Z":
                    optimizer.zero_grad()
                elif letter == "B":
                    loss.backward()
                else:
                    optimizer.step()
        with torch.no_grad():
            results[name] = ((weights[0] * x + weights[1] - (3 * x - 1)) ** 2).mean().item()
    return results


@exercise(
    "2.5",
    title="Which of these five loops trains?",
    points=2,
    difficulty=2,
    minutes=8,
    hints=(
        "Follow `.grad` on paper through two rounds of each loop: what does it hold when `step()` reads it?",
        "It must hold the gradient of *this* batch: not nothing, and not a sum over all batches so far.",
        "Three of the five are the same loop, begun at another point of the circle.",
    ),
)
def which_loops_train(which_loops_train: Subject) -> None:
    words = {"trains": "trains", "fails": "fails", "true": "trains", "false": "fails", "yes": "trains", "no": "fails"}
    said = _predictions(call(which_loops_train), list(LOOPS), words)
    truth = {name: "trains" if loss < 0.01 else "fails" for name, loss in loop_losses().items()}
    causes = {
        "A": "look at what `.grad` holds when `step()` reads it: who emptied it, and who filled it since?",
        "B": "look at what `.grad` holds when `step()` reads it: what happened between `backward()` and `step()`?",
        "C": "emptying the gradients after the step leaves them empty for the next round",
        "D": "`backward()` adds to what `.grad` holds already: what is in it in round ten?",
        "E": "the forward pass does not touch `.grad`: before or after it makes no difference",
    }
    _compare_predictions(said, truth, causes, "write down the content of `.grad` after each line, for two rounds")


# -- 2.2: one epoch ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Epoch:
    """A way to go through an epoch; the defaults are the right one."""

    clear: bool = True
    step: bool = True
    backward: bool = True
    reshape: bool = True
    training: bool = True
    first_only: bool = False
    clear_late: bool = False  # between backward and step
    step_first: bool = False
    drop_last: bool = False
    once: bool = False  # all gradients first, one step at the end of the epoch


def _run_epoch(
    network: nn.Module,
    batches: Sequence[tuple[torch.Tensor, torch.Tensor]],
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    way: _Epoch,
) -> list[float]:
    """The loss of each batch."""
    network.train(way.training)
    losses = []
    for x, y in batches[:1] if way.first_only else batches[:-1] if way.drop_last else batches:
        if way.clear and not way.clear_late and not way.once:
            optimizer.zero_grad()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            loss = criterion(network(x), y.reshape(-1, 1) if way.reshape else y)
        if way.step_first:
            optimizer.step()
        if way.backward:
            loss.backward()
        if way.clear_late:
            optimizer.zero_grad()
        if way.step and not way.step_first and not way.once:
            optimizer.step()
        losses.append(loss.item())
    if way.once:
        optimizer.step()
    return losses


_EPOCH_MISTAKES = (
    (
        _Epoch(training=False),
        "the model was in eval mode, and computed in it: nothing put it into training mode",
        "switch the model to training mode before the loop over the batches",
    ),
    (
        _Epoch(clear=False),
        "the gradients are never cleared: each step moves by the sum over all batches so far",
        "clear the gradients once per batch",
    ),
    (
        _Epoch(step=False),
        "the parameters do not move: the gradients are there, but nobody uses them",
        "which of the five steps changes the parameters?",
    ),
    (
        _Epoch(clear_late=True),
        "the parameters do not move: the gradients are cleared between `backward()` and `step()`",
        "clear them before `backward()`, or after `step()`",
    ),
    (
        _Epoch(step_first=True),
        "`step()` comes before `backward()`: it uses the gradients of the batch before, or none",
        "first the gradients, then the step",
    ),
    (
        _Epoch(first_only=True),
        "the loop ends after the first batch: a `return` or `break` stands inside it",
        "return after the loop",
    ),
    (_Epoch(drop_last=True), "the short last batch is left out", "use every batch that the loader gives"),
    (
        _Epoch(once=True),
        "there is only one step at the end of the epoch, instead of one per batch",
        "put all five steps into the loop over the batches",
    ),
    (
        _Epoch(reshape=False),
        "the labels of shape (B,) were compared with outputs of shape (B, 1), and broadcast to (B, B)",
        "bring the labels to the shape of the outputs first",
    ),
)


def _epoch_layers(norm: bool) -> list[tuple[str, tuple[int, ...]]]:
    """Without batch normalization for a batch of one, which it refuses."""
    return [("Linear", (4, 6)), *([("BatchNorm1d", (6,))] if norm else []), ("Tanh", ()), ("Linear", (6, 1))]


def _epoch_network(norm: bool) -> nn.Module:
    return nn.Sequential(*(getattr(nn, name)(*sizes) for name, sizes in _epoch_layers(norm)))


def _epoch_model(norm: bool) -> Subject:
    layers = [make(f"torch.nn.{name}", *sizes) for name, sizes in _epoch_layers(norm)]
    return make("torch.nn.Sequential", *layers, label="model")


@exercise(
    "2.2",
    title="One epoch of training",
    points=4,
    difficulty=2,
    minutes=15,
    hints=(
        "One loop over the loader; the five steps inside it, in order; training mode before it.",
        "The labels come as (B,), the outputs as (B, 1): which of the two do you reshape, and to what?",
        "The loss of a batch is a mean over its samples. Times the batch size it is a sum again; the sums of all "
        "batches, divided by the number of samples, make the mean over the epoch.",
    ),
)
def train_one_epoch(train_one_epoch: Subject) -> None:
    size = random_integer(6, 9)
    for name, momentum, last in (("BCEWithLogitsLoss", 0.9, 3), ("MSELoss", 0.0, 3), ("BCEWithLogitsLoss", 0.0, 1)):
        _check_epoch(train_one_epoch, 3 * size + last, size, name, momentum)


def _check_epoch(train_one_epoch: Subject, rows: int, size: int, loss_name: str, momentum: float) -> None:
    features = 2 * random_normal(rows, 4)
    labels = (features[:, 0] + random_normal(rows) > 0).float()
    last = rows % size
    labels[-last:] = 1 - labels[-last:]  # an odd short batch: its loss is far from the others'
    batches = list(zip(features.split(size), labels.split(size), strict=True))
    model, reference = _epoch_model(last > 1), _epoch_network(last > 1)
    numbers = [random_normal(*p.shape) / 2 for p in reference.parameters()]
    load_parameters(model, numbers)
    with torch.no_grad():
        for slot, values in zip(reference.parameters(), numbers, strict=True):
            slot.copy_(values)
    rate = 0.3 if loss_name.startswith("BCE") else 0.05
    optimizer = make(
        "torch.optim.SGD", method(model, "parameters", keep=True), lr=rate, momentum=momentum, label="optimizer"
    )
    dataset = make("torch.utils.data.TensorDataset", features, labels)
    loader = make("torch.utils.data.DataLoader", dataset, batch_size=size, label="loader")
    training_mode(model, False)
    criterion = make(f"torch.nn.{loss_name}", label=f"nn.{loss_name}()")

    def simulate(way: _Epoch, epochs: int = 1) -> tuple[list[torch.Tensor], list[float]] | None:
        network = copy.deepcopy(reference)
        sgd = torch.optim.SGD(network.parameters(), lr=rate, momentum=momentum)
        losses: list[float] = []
        try:
            for _ in range(epochs):
                losses = _run_epoch(network, batches, sgd, getattr(nn, loss_name)(), way)
        except (RuntimeError, ValueError):
            return None
        return [p.detach() for p in network.parameters()], losses

    label = f"train_one_epoch(model, loader, optimizer, nn.{loss_name}())"
    label += ", the last batch being a single sample" if last == 1 else ""
    for epoch in (1, 2):
        right = simulate(_Epoch(), epoch)
        assert right is not None
        wanted, losses = right
        seen = call(train_one_epoch, model, loader, optimizer, criterion, label=label)
        now = [p.tensor for p in parameters(model)]
        if not all(close(a, b, **STEPS) for a, b in zip(now, wanted, strict=True)):
            _explain_epoch(now, simulate, epoch, label, numbers)
        counts = [len(x) for x, _ in batches]
        mean = sum(loss * count for loss, count in zip(losses, counts, strict=True)) / rows
        expect_number(
            seen,
            mean,
            what="the mean loss per sample",
            when=f"after epoch {epoch}",
            tolerance=1e-3,
            reveal=False,
            mistakes=(
                Mistake(
                    sum(losses) / len(losses),
                    "the losses of the batches are averaged as if all batches were equally long; the last is shorter",
                    "weight the loss of each batch by its number of samples",
                ),
                Mistake(losses[-1], "that is the loss of the last batch only", "add up over the loop"),
                Mistake(losses[0], "that is the loss of the first batch only", "add up over the loop"),
                Mistake(sum(losses), "the losses of the batches are added, but not divided", "a mean is asked for"),
                Mistake(mean * rows, "the sum over all samples is not divided by their number", "divide it"),
                Mistake(
                    sum(losses) / rows,
                    "means of batches are added up and divided by the number of samples",
                    "each of them is a mean already: multiply by the batch size first",
                ),
                Mistake(
                    mean * rows / len(losses),
                    "the sum over all samples is divided by the number of batches",
                    "divide by the number of samples",
                ),
            ),
        )


def _explain_epoch(
    now: Sequence[torch.Tensor | None],
    simulate: Callable[[_Epoch, int], tuple[list[torch.Tensor], list[float]] | None],
    epoch: int,
    label: str,
    start: Sequence[torch.Tensor],
) -> None:
    cause, next_step = "", ""
    got = [t for t in now if t is not None]
    if all(close(a, b) for a, b in zip(got, start, strict=True)):
        cause = "the parameters did not move at all: no gradients, no step, or gradients cleared just before the step"
        next_step = "go through the five steps, and put each into the loop, in order"
    for way, why, todo in _EPOCH_MISTAKES if not cause else ():
        wrong = simulate(way, epoch)
        if wrong is not None and all(close(a, b, **STEPS) for a, b in zip(got, wrong[0], strict=True)):
            cause, next_step = why, todo
            break
    if not cause and epoch == 2:
        cause = (
            "the first epoch was right, the second is not: the gradients of the first are still there, or something "
        )
        cause += "was made anew"
        next_step = "clear the gradients before each `backward()`, and use the optimizer that was passed in"
    fail(
        f"`{label}` leaves other parameters behind than one epoch of training does.",
        expected="one step per batch, from this batch's gradients",
        actual=f"other parameters after epoch {epoch}",
        cause=cause or "a step is missing, doubled or out of order, or another optimizer or loss is used",
        next_step=next_step or "go through the five steps, and use the arguments of the function only",
    )


# -- 2.3, 2.4: losses by hand --------------------------------------------------------------------------------------


def _loss_with_gradient(function: Subject, scores: torch.Tensor, target: torch.Tensor, label: str) -> tuple[Any, Any]:
    """The student's loss as a number and its gradient (a tensor, or None)."""
    leaf = make("torch.nn.Parameter", scores, label=label.partition("(")[2].partition(",")[0])
    seen = call(function, leaf, target, keep=True, label=label)
    if number_of(seen) is None:
        return seen, None
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


def _bce(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return nn.functional.binary_cross_entropy_with_logits(z.double(), y.double(), reduction="none")


@exercise(
    "2.3",
    title="Binary cross-entropy that survives large logits",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Write the loss of one sample with the label 1, and of one with the label 0, as a function of the logit.",
        r"Both contain $\log(1 + e^{\ldots})$. The exponent must never be a large positive number.",
        "`max(z, 0) - z * y + log(1 + exp(-|z|))`, averaged: `torch.clamp`, `torch.abs`, `torch.log1p`.",
    ),
)
def bce_from_logits(bce_from_logits: Subject) -> None:
    plain = 2 * random_normal(random_integer(4, 7), 1)
    flat = 2 * random_normal(random_integer(8, 11))
    size = float(random_integer(50, 90))
    extreme = torch.tensor([[size], [-size], [2.0], [4 * size], [-4 * size], [-1.0]])
    cases = [
        ("logits and labels of shape (B, 1)", plain, (random_normal(*plain.shape) > 0).float()),
        ("logits and labels of shape (B,)", flat, (random_normal(*flat.shape) > 0).float()),
        (f"logits as large as {4 * size:g}", extreme, torch.tensor([[0.0], [1.0], [1.0], [0.0], [1.0], [0.0]])),
        ("large logits that are right", extreme, torch.tensor([[1.0], [0.0], [1.0], [1.0], [0.0], [1.0]])),
    ]
    for what, z, y in cases:
        if y.min() == y.max():
            y.flatten()[0] = 1 - y.flatten()[0]
        label = "bce_from_logits(logits, labels)"
        seen, gradient = _loss_with_gradient(bce_from_logits, z, y, label)
        each = _bce(z, y)
        wanted = each.mean().item()
        p = torch.sigmoid(z)
        swapped = _bce(z, 1 - y).mean().item()
        clamped = nn.functional.binary_cross_entropy(p, y).item()
        cut = [(q, -(y * q.log() + (1 - y) * (1 - q).log()).mean().item()) for q in _cut(p)]
        naive = -(y * (p + 1e-7).log() + (1 - y) * (1 - p + 1e-7).log()).mean().item()
        saturated = "the loss is computed from the sigmoid, which is exactly 0 or 1 for large logits"
        with_logits = "rewrite the formula so that it starts from the logits"
        mistakes = [
            Mistake(each.sum().item(), "the losses of the samples are added, not averaged", "take their mean"),
            Mistake(-wanted, "the sign is turned around", "a loss is positive: mind the minus"),
            Mistake(swapped, "the two labels are exchanged", "which logits should label 1 have: large or small ones?"),
            Mistake(wanted / math.log(2), "the logarithm has base 2", "use the natural logarithm"),
            Mistake(wanted / math.log(10), "the logarithm has base 10", "use the natural logarithm"),
            Mistake(
                _bce(p, y).mean().item(),
                "the sigmoid is applied twice: once before the loss, once within it",
                "give the logits as they are to a loss that is made for logits",
            ),
            Mistake(
                (y * nn.functional.softplus(-z)).mean().item(),
                "only the samples with label 1 count",
                "add the term for label 0",
            ),
            Mistake(nn.functional.mse_loss(p, y).item(), "that is a squared error", "cross-entropy has logarithms"),
            Mistake(clamped, saturated + ", and its logarithm is cut off at -100", with_logits),
            Mistake(naive, saturated + ", and a small number is added to keep the logarithm finite", with_logits),
            *(
                Mistake(value, saturated + ", and cut off to keep the logarithm finite", with_logits)
                for _, value in cut
            ),
        ]
        got = number_of(seen)
        if got is not None and not math.isfinite(got):
            fail(
                f"`{label}` is {got} for {what}.",
                expected="a finite number: the loss grows like the logit itself, no faster",
                actual=str(got),
                cause="an exponential of a large number overflows, or the logarithm of a saturated sigmoid is taken",
                next_step="see to it that every exponent is 0 or negative, and take no logarithm of a probability",
            )
        expect_number(
            seen, wanted, what="the mean loss", when=f"for {what}", tolerance=2e-4, reveal=False, mistakes=mistakes
        )
        slope = ((p.double() - y.double()) / y.numel()).float()
        if gradient is None or gradient.shape != slope.shape or not close(gradient, slope, 1e-3, 1e-6):
            fail(
                f"`{label}` has the right value, but a wrong gradient, for {what}.",
                expected="(probability - label) / number of samples for each logit",
                actual="no gradient"
                if gradient is None
                else "NaN"
                if torch.isnan(gradient).any()
                else f"off by up to {(gradient - slope).abs().max().item():.3g}",
                cause="a part of the computation left the graph (`.detach()`, `.item()`, `torch.tensor(...)`), or a "
                "`torch.where` whose unused branch overflows",
                next_step="let every logit reach the result by tensor operations that stay finite",
            )


def _cut(p: torch.Tensor) -> list[torch.Tensor]:
    return [p.clamp(eps, 1 - eps) for eps in (1e-4, 1e-5, 1e-6, 1e-7)]


@exercise(
    "2.4",
    title="Cross-entropy from scores",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "For one sample: the logarithm of the sum of all exponentials, minus the score of the right class.",
        "Subtract the largest score of each row first: the result stays, and no exponent is positive.",
        "`torch.logsumexp(scores, dim=1)` does both. `scores[torch.arange(len(scores)), classes]` picks one per row.",
    ),
)
def cross_entropy_by_hand(cross_entropy_by_hand: Subject) -> None:
    label = "cross_entropy_by_hand(scores, classes)"
    for kind, scale in (("ordinary", 2.0), ("large", 300.0), ("ordinary", 3.0)):
        rows, columns = random_integer(5, 8), random_integer(3, 5)
        if rows == columns:
            rows += 1
        scores = scale * random_normal(rows, columns)
        scores[0] = scale * torch.tensor([1.5, -2.0, *[0.0] * (columns - 2)])
        classes = torch.tensor([random_integer(0, columns - 1) for _ in range(rows)])
        classes[0], classes[1] = 1, 0  # a row that is badly wrong, and the first class
        what = f"{kind} scores of shape ({rows}, {columns})"
        seen, gradient = _loss_with_gradient(cross_entropy_by_hand, scores, classes, label)
        got = number_of(seen)
        if got is not None and not math.isfinite(got):
            fail(
                f"`{label}` is {got} for {what}.",
                expected="a finite number: the loss grows like the difference of two scores, no faster",
                actual=str(got),
                cause="an exponential of a large score overflows, or the logarithm of a probability of 0 is taken",
                next_step="subtract the largest score of each row before the exponential, and take the logarithm of "
                "the sum, not of a probability",
            )
        loss = partial(nn.functional.cross_entropy, target=classes)
        each = loss(scores.double(), reduction="none")
        p = scores.softmax(1)
        eye = nn.functional.one_hot(classes, columns).float()
        wrong = [
            (each.sum(), "the losses of the samples are added, not averaged", "take their mean"),
            (-each.mean(), "the sign is turned around", "a loss is positive: mind the minus"),
            (loss(p), "the softmax is applied twice: the loss contains it already", "start from the scores"),
            (each.mean() / columns, "the mean is taken over all entries, also those of the other classes", ""),
            (each.mean() / math.log(2), "the logarithm has base 2", "use the natural logarithm"),
            (
                -p.max(1).values.log().mean(),
                "the largest probability of each row is used, whichever class it belongs to",
                "pick the probability of the sample's own class",
            ),
            (
                -(scores.softmax(0).log() * eye).sum(1).mean(),
                "the softmax runs down the columns, over the samples",
                "the classes of one sample are a row: `dim=1`",
            ),
            (1 - (p * eye).sum(1).mean(), "there is no logarithm", "cross-entropy is minus the logarithm"),
            (
                nn.functional.nll_loss(scores, classes),
                "only minus the score of the right class is there, without the logarithm of the sum",
                "the other scores must count too",
            ),
            (
                nn.functional.binary_cross_entropy_with_logits(scores, eye),
                "that is a binary cross-entropy for each class on its own",
                "the classes exclude each other: one softmax over each row",
            ),
            (
                nn.functional.cross_entropy(scores, (classes - 1) % columns),
                "the classes are counted from 1, which picks the score of the neighbor",
                "classes are counted from 0 here",
            ),
            (
                -((p + 1e-7).log() * eye).sum(1).mean(),
                "a small number is added to keep the logarithm finite: it cuts large losses off",
                "take the logarithm of the sum of exponentials instead of a probability",
            ),
            (
                scores.logsumexp(1).mean() - scores[:, classes].mean(),
                "`scores[:, classes]` picks a whole row of scores for every sample",
                "pick one score per row: pair the numbers of the rows with the classes",
            ),
            *(
                (
                    -(p.clamp(min=eps).log() * eye).sum(1).mean(),
                    "the probabilities are cut off to keep the logarithm finite, which cuts large losses off too",
                    "take the logarithm of the sum of exponentials instead of a probability",
                )
                for eps in (1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)
            ),
        ]
        mistakes = [Mistake(value.item(), cause, step or "look at what is averaged") for value, cause, step in wrong]
        expect_number(
            seen,
            each.mean().item(),
            what="the mean loss",
            when=f"for {what}",
            tolerance=2e-4,
            reveal=False,
            mistakes=mistakes,
        )
        slope = (p - eye) / rows
        if gradient is None or gradient.shape != slope.shape or not close(gradient, slope, 1e-3, 1e-5):
            fail(
                f"`{label}` has the right value, but a wrong gradient, for {what}.",
                expected="(probability - one-hot label) / number of samples for each score",
                actual="no gradient"
                if gradient is None
                else f"off by up to {(gradient - slope).abs().max().item():.3g}",
                cause="a part of it left the graph: `.detach()`, `.item()`, `.numpy()` or `torch.tensor(...)`",
                next_step="let every score reach the result by tensor operations",
            )


# -- 2.6: accuracy -------------------------------------------------------------------------------------------------


def _accuracy_model(scale: float, offset: float) -> tuple[Subject, nn.Module]:
    """Batch normalization (with some history), dropout, a linear layer; and the same network here."""
    model = make(
        "torch.nn.Sequential",
        make("torch.nn.BatchNorm1d", 4),
        make("torch.nn.Dropout", 0.5),
        make("torch.nn.Linear", 4, 1),
        label="model",
    )
    reference = nn.Sequential(nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 1))
    numbers = [torch.ones(4), torch.zeros(4), scale * random_normal(1, 4), torch.full((1,), offset)]
    load_parameters(model, numbers)
    with torch.no_grad():
        for slot, values in zip(reference.parameters(), numbers, strict=True):
            slot.copy_(values)
    return model, reference


@exercise(
    "2.6",
    title="Accuracy over a whole loader",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Before the loop: remember `model.training`, then `model.eval()`. After it: `model.train(...)`.",
        "A logit above 0 is a probability above 0.5. Mind the shapes (B, 1) and (B,).",
        "Count the right ones and all of them over the loop, or let a metric `update` in it and `compute` after it.",
    ),
)
def evaluate_accuracy(evaluate_accuracy: Subject) -> None:
    size = random_integer(6, 9)
    rows = 3 * size + 2
    for round_, (scale, offset, training) in enumerate(((1.5, 0.1, True), (0.02, 0.25, False), (1.5, -0.3, True))):
        model, reference = _accuracy_model(scale, offset)
        reference.eval()
        for _ in range(100):  # until every known mistake shows
            features = random_normal(rows, 4) * 1.7 + 0.6
            with torch.no_grad():
                logits = reference(features).squeeze(1)
            labels = (logits > 0).float()
            flip = torch.randperm(rows - 2, generator=model.session.random)[: rows // 4]
            labels[flip] = 1 - labels[flip]
            labels[-2:] = 1 - labels[-2:]  # a short last batch that is all wrong
            if round_ == 1:  # logits between 0 and 1 are taken for probabilities by a metric
                labels = (torch.arange(rows) < rows // 3).float()
            hits = ((logits > 0) == labels.bool()).float()
            mistakes = _accuracy_mistakes(logits, labels, size)
            if round_ == 1 or _distinct(hits.mean().item(), mistakes):
                break
        dataset = make("torch.utils.data.TensorDataset", features, labels)
        loader = make("torch.utils.data.DataLoader", dataset, batch_size=size, label="loader")
        training_mode(model, training)
        set_seed(random_integer(0, 10**6))
        before = attribute(attribute(model, "0", keep=True), "running_mean").tensor
        numbers = [p.tensor for p in parameters(model)]
        label = "evaluate_accuracy(model, loader)"
        seen = call(evaluate_accuracy, model, loader, label=label)
        after = attribute(attribute(model, "0", keep=True), "running_mean").tensor
        moved = before is not None and after is not None and not close(before, after)
        if moved:
            fail(
                "The evaluation changed the model's running averages.",
                expected="a model that is the same after it was evaluated",
                actual="another running mean in its normalization layer",
                cause="the model was evaluated in training mode: `torch.no_grad()` does not change that",
                next_step="call `model.eval()` before the loop",
            )
        expect_number(
            seen,
            hits.mean().item(),
            what="the share of right guesses over all samples",
            when="" if round_ == 0 else "for another model and loader",
            tolerance=1e-4,
            reveal=False,
            mistakes=mistakes,
        )
        mode = attribute(model, "training").value
        if mode is not training:
            fail(
                f"`{label}` leaves the model in another mode than it came in.",
                expected=f"{'training' if training else 'eval'} mode, as before the call",
                actual=f"{'training' if mode else 'eval'} mode",
                cause="`eval()` was called and not taken back: dropout stays off in all epochs that follow"
                if training
                else "training mode is switched on at the end, whatever the mode was before",
                next_step="remember `model.training` at the start, and put it back at the end",
            )
        now = [p.tensor for p in parameters(model)]
        if not all(torch.equal(a, b) for a, b in zip(now, numbers, strict=True)):
            fail(
                "The evaluation changed the model's parameters.",
                expected="the same parameters",
                actual="others",
                cause="there is an optimizer step in the evaluation",
                next_step="evaluating only looks: no `backward()`, no `step()`",
            )


def _accuracy_mistakes(logits: torch.Tensor, labels: torch.Tensor, size: int) -> list[Mistake]:
    """What an evaluation of these logits gives when something about it is wrong."""
    rows = len(labels)
    hits = ((logits > 0) == labels.bool()).float()
    parts = hits.split(size)
    bounds = [0.5 if bool(((part >= 0) & (part <= 1)).all()) else 0.0 for part in logits.split(size)]
    pairs = list(zip(logits.split(size), labels.split(size), strict=True))
    tables = [((a > 0)[:, None] == b.bool()).float() for a, b in pairs]
    summed = sum(table.sum().item() for table in tables)
    broadcast = [
        sum(table.mean().item() for table in tables) / len(tables),
        sum(table.mean().item() * len(table) for table in tables) / rows,
        summed / rows,
        summed / sum(table.numel() for table in tables),
    ]
    return [
        *(
            Mistake(
                number,
                "the logits are compared with 0.5, or handed to a metric that takes them for probabilities when all "
                "of a batch lie between 0 and 1",
                "a probability above 0.5 is a logit above 0",
            )
            for number in (
                ((logits > 0.5) == labels.bool()).float().mean().item(),
                sum(((a > bound) == b.bool()).sum().item() for (a, b), bound in zip(pairs, bounds, strict=True)) / rows
                if any(bounds)
                else None,
            )
            if number is not None
        ),
        Mistake(
            sum(part.mean().item() for part in parts) / len(parts),
            "the accuracies of the batches are averaged as if all batches were equally long; the last is shorter",
            "count over all batches, and divide once",
        ),
        Mistake(parts[-1].mean().item(), "that is the accuracy of the last batch only", "count over all batches"),
        Mistake(parts[0].mean().item(), "that is the accuracy of the first batch only", "count over all batches"),
        Mistake(1 - hits.mean().item(), "the wrong ones are counted", "count where guess and label agree"),
        Mistake(hits.sum().item(), "the number of right guesses is not divided", "divide by the number of samples"),
        Mistake(100 * hits.mean().item(), "that is in percent", "return a share between 0 and 1"),
        Mistake(
            hits.sum().item() / len(parts),
            "the number of right guesses is divided by the number of batches",
            "divide by the number of samples",
        ),
        *(
            Mistake(
                value,
                "guesses of shape (B, 1) are compared with labels of shape (B,), and broadcast to (B, B)",
                "bring both to the same shape before you compare",
            )
            for value in broadcast
        ),
    ]


# -- 2.7: a classifier, measured -----------------------------------------------------------------------------------

TRAIN_ROWS, TEST_ROWS = 1600, 2000


def _why_low(logits: torch.Tensor, labels: torch.Tensor, accuracy: float) -> tuple[str, str]:
    """Cause and next step of a low accuracy."""
    share = labels.mean().item()
    if not torch.isfinite(logits).all():
        return (
            "the outputs hold NaN or infinity: the training has blown up",
            "print the loss of each epoch, and take a smaller learning rate",
        )
    if logits.std().item() < 0.12:
        return (
            "the outputs hardly differ from sample to sample: either the parameters did not move (no `backward()`, no "
            "`step()`, too few or too small steps, an optimizer that holds another model's parameters), or they moved "
            "so wildly that the hidden units are dead (gradients that are never cleared, steps too large)",
            "print the loss of each epoch: does it fall, does it move at all?",
        )
    if bool(((logits >= 0) & (logits <= 1)).all()):
        return (
            "every output lies between 0 and 1: these are probabilities, from a sigmoid or softmax in the model, and "
            "as logits they all mean label 1",
            "let the model end with a linear layer, and take the loss that is made for logits",
        )
    halfway = ((logits.squeeze(1) > 0.5).float() == labels).float().mean().item()
    if halfway > max(accuracy + 0.1, share, 1 - share):
        return (
            "the outputs aim at the numbers 0 and 1 themselves, as after training with a squared error: read as "
            "logits, most of them mean label 1",
            "take the loss that is made for logits: it pulls label 0 below 0",
        )
    guesses = logits > 0
    if bool(guesses.all()) or not bool(guesses.any()):
        return (
            "the model gives the same label to every sample: it has learned which label is more frequent, or nothing",
            "does the loss fall? Look at the five steps of your loop, and at the number of epochs",
        )
    if accuracy <= max(share, 1 - share):
        return (
            "that is no better than always guessing the more frequent label: nothing was learned, or the labels do "
            "not belong to their features",
            "check that each batch of labels comes from the same rows as its features, and that all five steps of "
            "the loop are there",
        )
    return (
        "it has learned something, but too little: a model without a hidden layer, too few epochs or too small steps",
        "plot the training loss over the epochs: if it still falls at the end, train longer or with a larger step",
    )


@exercise(
    "2.7",
    title="Train a classifier that beats the baseline",
    points=4,
    difficulty=3,
    minutes=20,
    hints=(
        "The five steps, a loop over batches inside a loop over epochs: you have written the inner one already.",
        "A hidden layer of 16 and one of 8 are enough. The last layer has one output and no activation.",
        "Adam with a learning rate of 0.01, batches of 64 and 10 epochs reach the floor with room to spare.",
    ),
)
def train_classifier(train_classifier: Subject) -> None:
    data = draw_water(TRAIN_ROWS, TEST_ROWS)
    model = call(
        train_classifier,
        handed_over(data.train_features),
        handed_over(data.train_labels),
        keep=True,
        label="train_classifier(features, labels)",
    )
    expect_model(model, because="the grader runs it on samples that it has not seen")
    logits = outputs_in_eval_mode(model, data.test_features)
    rows = len(data.test_labels)
    if tuple(logits.shape) != (rows, 1):
        _wrong_logits(logits, rows)
    guesses = (logits.squeeze(1) > 0).float()
    accuracy = (guesses == data.test_labels).float().mean().item()
    expect_metric(
        accuracy,
        "accuracy",
        because="the reference reaches it with every seed",
        diagnose=lambda value: _why_low(logits, data.test_labels, value),
    )


def _wrong_logits(logits: torch.Tensor, rows: int) -> None:
    """Say what is wrong with the shape of the outputs."""
    columns = logits.shape[1] if logits.ndim == 2 else 0
    fail(
        "The model's outputs have the wrong shape.",
        expected=f"one logit per sample: shape ({rows}, 1) for {rows} samples",
        actual=f"shape {show_shape(logits.shape)}",
        cause="there is one output per label, where one logit says it all"
        if columns == 2
        else "the last axis was removed inside the model"
        if logits.ndim == 1
        else "the last layer has another number of outputs",
        next_step="let the last layer have one output, and return it as it is",
    )


# -- 2.8: devices --------------------------------------------------------------------------------------------------


def _collect(results: list[Subject], function: Subject, model: Subject, x: torch.Tensor, label: str) -> None:
    results.append(call(function, model, x, label=label))


@exercise(
    "2.8",
    title="Predict wherever the model lives",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "A model has no device of its own; its parameters have one.",
        "`next(model.parameters())` is the first of them. What attribute tells where it lies?",
        "`x.to(...)` returns a tensor there; `x` itself stays where it is.",
    ),
)
def predict_on_device(predict_on_device: Subject) -> None:
    width = random_integer(3, 6)
    x = random_normal(5, width)
    for device in ("cpu", "meta"):
        first = make("torch.nn.Linear", width, 4, device=device)
        last = make("torch.nn.Linear", 4, 2, device=device)
        model = make("torch.nn.Sequential", first, make("torch.nn.Tanh"), last, label="model")
        label = f"predict_on_device(model, x) with a model on {device}"
        results: list[Subject] = []
        error = error_of(partial(_collect, results, predict_on_device, model, x, label))
        if error is not None:
            moved = error.is_a("NotImplementedError") and "meta" in error.message
            if not moved and "meta" not in error.message and "device" not in error.message:
                raise error
            fail(
                f"`{label}` raised {error.type}.",
                expected=f"the outputs, on {device}",
                actual=f"{error.type}: {error.message[:200]}",
                where=_where(error),
                cause="the model is brought to the data, or to a device that is written in the code"
                if moved
                else "the model and the data lie on different devices: the data was not moved, the result of `.to` was "
                "not kept, or it was moved to a device that the model is not on",
                next_step="ask the model's parameters for their device, and bring the data there",
            )
        (seen,) = results
        if seen.kind != "tensor":
            expect_tensor(seen)
        now = {p.device for p in parameters(model)}
        if now != {device}:
            fail(
                f"`{label}` moved the model.",
                expected=f"a model that stays on {device}",
                actual=f"a model on {', '.join(sorted(now))}",
                cause="the model is brought to the data, or to a device that is written in the code",
                next_step="move the small thing, the data; the model stays where it is",
            )
        if seen.meta.get("device") != device:
            fail(
                f"`{label}` gives outputs on another device.",
                expected=f"outputs on {device}, where the model computed them",
                actual=f"outputs on {seen.meta.get('device')}",
                cause="the outputs were moved after the model had computed them, or come from another model",
                next_step="return them as they are",
            )
        if seen.meta["shape"] != (5, 2):
            expect_tensor(seen, shape="batch out", sizes={"batch": 5, "out": 2})
        if device == "cpu":
            numbers = [p.tensor for p in parameters(model)]
            wanted = torch.tanh(x @ numbers[0].T + numbers[1]) @ numbers[2].T + numbers[3]
            expect_values(expect_tensor(seen), wanted, label, because="what the model gives for `x`")


# -- 2.9 to 2.11: optimizers by hand -------------------------------------------------------------------------------

Step = Callable[..., tuple[torch.Tensor, ...]]


@dataclass(frozen=True)
class _Rule:
    """An update rule to be written by hand.

    Attributes:
        name: the student's function.
        state: names of what it carries from step to step, all of them zeros at the start.
        counted: whether it gets the number of the step.
        right: the rule; parameter, gradient, state and options to the new parameter and state.
        optimizer: PyTorch's class.
        options: in PyTorch's names, other than the defaults.
        wrong: (rule, cause, next step) for known mistakes.
        needs: what a mistaken default of an option is called.
    """

    name: str
    state: tuple[str, ...]
    counted: bool
    right: Step
    optimizer: type[torch.optim.Optimizer]
    options: Mapping[str, Any]
    wrong: tuple[tuple[Step, str, str], ...]


def _check_rule(function: Subject, rule: _Rule) -> None:
    shape = (random_integer(2, 4), random_integer(2, 4))
    for options in ({}, dict(rule.options)):
        start = random_normal(*shape).double()
        gradients = [random_normal(*shape).double() for _ in range(4)]
        for gradient in gradients:
            # sizes from tiny to large: where epsilon stands only shows in the tiny ones
            gradient *= 10.0 ** torch.linspace(-9, 1, gradient.numel(), dtype=torch.float64).reshape(shape)
            gradient[-1, -1] = 0.0
        theirs = nn.Parameter(start.clone())
        optimizer = rule.optimizer([theirs], **options)
        mine, state = start, [torch.zeros(shape, dtype=torch.float64) for _ in rule.state]
        for number, gradient in enumerate(gradients, start=1):
            theirs.grad = gradient.clone()
            optimizer.step()
            count = [number] if rule.counted else []
            before = mine
            given = [
                give(t, n)
                for t, n in zip((mine, gradient, *state), ("parameter", "gradient", *rule.state), strict=True)
            ]
            arguments = ", ".join(["parameter", "gradient", *rule.state, *map(str, count)])
            label = f"{rule.name}({arguments}{''.join(f', {k}={v}' for k, v in options.items())})"
            answer = call(function, *given, *count, label=label, **options)
            parts = expect_parts(answer, ("the new parameter", *(f"the new {name}" for name in rule.state)))
            wanted = rule.right(mine, gradient, *state, *count, **options)
            sizes = {"rows": shape[0], "columns": shape[1]}
            results = [expect_tensor(part, shape="rows columns", sizes=sizes) for part in parts]
            for argument, original in zip(given, (mine, gradient, *state), strict=True):
                expect_unchanged(argument, original, f"the tensor `{argument.label}`")
            for place in (*range(1, len(results)), 0):  # the state first: a wrong one makes a wrong parameter too
                if not _differs(results[place], wanted[place], None if place else before):
                    continue
                guesses = [
                    (step(mine, gradient, *state, *count, **options), why, todo) for step, why, todo in rule.wrong
                ]
                name = ("parameter", *rule.state)[place]
                probe = partial(_probe, function, rule, shape, options)
                _explain_step(results, wanted, guesses, name, place, label, number, before, bool(options), probe)
            mine, state = wanted[0], list(wanted[1:])
            assert torch.allclose(mine, theirs.detach(), rtol=1e-12, atol=1e-15)


def _probe(
    function: Subject, rule: _Rule, shape: tuple[int, int], options: Mapping[str, Any]
) -> tuple[Sequence[torch.Tensor], torch.Tensor, Sequence[tuple[torch.Tensor, ...]]]:
    """One step from another place: the student's results, the start, and what each mistaken rule gives."""
    start, gradient = random_normal(*shape).double(), random_normal(*shape).double()
    state = [random_normal(*shape).double().abs() + 0.1 for _ in rule.state]
    count = [3] if rule.counted else []
    answer = call(function, start, gradient, *state, *count, **options)
    got = [part.tensor for part in answer.children if part.tensor is not None and part.tensor.shape == start.shape]
    if len(got) != len(state) + 1:
        got = [torch.full_like(start, math.nan)] * (len(state) + 1)
    return got, start, [step(start, gradient, *state, *count, **options) for step, _, _ in rule.wrong]


def _differs(got: torch.Tensor, right: torch.Tensor, before: torch.Tensor | None) -> bool:
    """Whether a result is wrong; of a parameter (``before`` given) the step is compared, tiny steps like large ones."""
    a, b = got.double(), right.double()
    room = torch.full_like(b, 1e-30)
    if before is not None:
        a, b, room = a - before, b - before, room + 1e-12 * before.abs()
    distance = torch.nan_to_num(a - b, nan=math.inf).abs()
    return bool((distance > torch.nan_to_num(1e-6 * b.abs(), nan=0.0) + room).any())


def _explain_step(
    results: Sequence[torch.Tensor],
    wanted: Sequence[torch.Tensor],
    guesses: Sequence[tuple[tuple[torch.Tensor, ...], str, str]],
    name: str,
    place: int,
    label: str,
    number: int,
    before: torch.Tensor,
    with_options: bool,
    probe: Callable[[], tuple[Sequence[torch.Tensor], torch.Tensor, Sequence[tuple[torch.Tensor, ...]]]],
) -> None:
    def same(got: Sequence[torch.Tensor], guess: Sequence[torch.Tensor], start: torch.Tensor) -> bool:
        # not a number in the same places counts as equal
        pairs = [
            (torch.where(a.isnan() & b.isnan(), 0.0, a.double()), torch.where(b.isnan(), 0.0, b))
            for a, b in zip(got, guess, strict=True)
        ]
        return not any(_differs(a, b, None if i else start) for i, (a, b) in enumerate(pairs))

    cause, next_step = "", ""
    got, right = results[place], wanted[place]
    fits = [i for i, (guess, _, _) in enumerate(guesses) if same(results, guess, before)]
    if len(fits) > 1:
        # from zeros several mistakes look alike: a step from somewhere else tells them apart
        again, start, others = probe()
        fits = [i for i in fits if same(again, others[i], start)] or fits
    if fits:
        _, cause, next_step = guesses[fits[0]]
    elsewhere = [result for i, result in enumerate(results) if i != place]
    if not cause and any(not _differs(other, right, None if place else before) for other in elsewhere):
        cause = f"the {name} comes at another place: the results are returned in another order"
        next_step = "return the parameter first, then the state in the order of the arguments"
    if not cause and got.dtype == torch.float32 and close(got, right, 1e-4, 1e-7):
        cause, next_step = "the numbers were cut to float32 on the way", "compute in the dtype that the tensors have"
    if not cause and torch.isnan(got).any():
        cause = "zero is divided by zero: where the gradient was always 0, only epsilon keeps the denominator above 0"
        next_step = "add epsilon to the denominator"
    if not cause and close(got, before if place == 0 else torch.zeros_like(right), 0, 1e-15):
        cause, next_step = f"the {name} comes back as it was", "return the new value"
    fail(
        f"`{label}` gives a wrong {name} in step {number}.",
        expected="what `torch.optim` computes" if place == 0 else "the value that the rule carries to the next step",
        actual=f"other values, with the {'options that were passed in' if with_options else 'default options'}",
        cause=cause
        or (
            "the formula differs, or an option is written as a number instead of the argument"
            if with_options
            else "the formula or a default differs"
        ),
        next_step=next_step or "compare your lines with the formulas above, symbol by symbol",
    )


def _adagrad(p: Any, g: Any, total: Any, lr: float = 0.01, eps: float = 1e-10) -> tuple[torch.Tensor, ...]:
    total = total + g**2
    return p - lr * g / (total.sqrt() + eps), total


def _adagrad_like(
    update: Callable[..., Any], total_of: Callable[..., Any] = lambda t, g: t + g**2, **defaults: Any
) -> Step:
    """A wrong Adagrad: how the total and the step come about."""

    def step(p: Any, g: Any, total: Any, lr: float = 0.01, eps: float = 1e-10) -> tuple[torch.Tensor, ...]:
        lr, eps = (defaults.get("lr", lr) if lr == 0.01 else lr), (defaults.get("eps", eps) if eps == 1e-10 else eps)
        new = total_of(total, g)
        return p - update(lr, g, new, total, eps), new

    return step


EPS_OUTSIDE = "PyTorch adds epsilon to the root, not to what stands under it"
COUNT = "the first step is number 1, and `step` says so already"
UPHILL = "the step goes uphill"
INSIDE = "epsilon stands inside the root: for tiny gradients that makes the steps far too small"


@exercise(
    "2.9",
    title="Adagrad by hand",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "First the new total, then the step with the *new* total.",
        "Which of the two does PyTorch do: the root of (total + epsilon), or (the root of total) + epsilon?",
        "`total + gradient**2`; `parameter - lr * gradient / (total.sqrt() + eps)`; return both, change none in place.",
    ),
)
def adagrad_step(adagrad_step: Subject) -> None:
    plain = lambda lr, g, new, old, eps: lr * g / (new.sqrt() + eps)  # noqa: E731
    wrong = (
        (_adagrad_like(lambda lr, g, new, old, eps: lr * g / (new + eps).sqrt()), INSIDE, EPS_OUTSIDE),
        (
            _adagrad_like(plain, lambda t, g: g**2),
            "the total holds only the latest squared gradient",
            "add it to the total so far",
        ),
        (
            _adagrad_like(plain, lambda t, g: t + g),
            "the gradients are added up, not their squares",
            "square each before adding it",
        ),
        (
            _adagrad_like(plain, lambda t, g: t + g.abs()),
            "the sizes of the gradients are added up, not their squares",
            "square each before adding it",
        ),
        (
            _adagrad_like(plain, lambda t, g: 0.9 * t + 0.1 * g**2),
            "the total is an average that forgets: that is RMSprop",
            "Adagrad adds up and never forgets",
        ),
        (
            _adagrad_like(lambda lr, g, new, old, eps: lr * g / (old.sqrt() + eps)),
            "the step uses the total of before this step",
            "update the total first",
        ),
        (
            _adagrad_like(lambda lr, g, new, old, eps: lr * g / (new + eps)),
            "the root is missing",
            "divide by the root of the total",
        ),
        (
            _adagrad_like(lambda lr, g, new, old, eps: -lr * g / (new.sqrt() + eps)),
            "the step goes uphill",
            "subtract it",
        ),
        (
            _adagrad_like(plain, eps=1e-8),
            "the default of epsilon is 1e-8 in your function",
            "take PyTorch's default for Adagrad",
        ),
        (_adagrad_like(plain, lr=0.001), "the default of the learning rate is another", "take PyTorch's for Adagrad"),
        (
            _adagrad_like(lambda lr, g, new, old, eps: 0.01 * g / (new.sqrt() + eps)),
            "the learning rate is written as a number",
            "use the argument `lr`",
        ),
        (
            _adagrad_like(lambda lr, g, new, old, eps: lr * g / (new.sqrt() + 1e-10)),
            "epsilon is written as a number",
            "use the argument `eps`",
        ),
        (_adagrad_like(lambda lr, g, new, old, eps: lr * g), "that is plain SGD", "divide by the root of the total"),
    )
    options = {"lr": 0.05, "eps": 1e-6}
    _check_rule(adagrad_step, _Rule("adagrad_step", ("total",), False, _adagrad, torch.optim.Adagrad, options, wrong))


def _rmsprop(
    p: Any, g: Any, average: Any, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
) -> tuple[torch.Tensor, ...]:
    average = alpha * average + (1 - alpha) * g**2
    return p - lr * g / (average.sqrt() + eps), average


def _rmsprop_like(
    update: Callable[..., Any],
    average_of: Callable[..., Any] = lambda v, g, alpha: alpha * v + (1 - alpha) * g**2,
    **defaults: Any,
) -> Step:
    """A wrong RMSprop: how the average and the step come about."""

    def step(
        p: Any, g: Any, average: Any, lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
    ) -> tuple[torch.Tensor, ...]:
        lr = defaults.get("lr", lr) if lr == 0.01 else lr
        alpha = defaults.get("alpha", alpha) if alpha == 0.99 else alpha
        eps = defaults.get("eps", eps) if eps == 1e-8 else eps
        new = average_of(average, g, alpha)
        return p - update(lr, g, new, average, eps), new

    return step


@exercise(
    "2.10",
    title="RMSprop by hand",
    points=2,
    difficulty=2,
    minutes=8,
    hints=(
        "One line of Adagrad changes: the total becomes an average that forgets.",
        "`alpha` is the share of the *old* average that stays.",
        "`alpha * average + (1 - alpha) * gradient**2`, and then the same step as in Adagrad.",
    ),
)
def rmsprop_step(rmsprop_step: Subject) -> None:
    plain = lambda lr, g, new, old, eps: lr * g / (new.sqrt() + eps)  # noqa: E731
    wrong = (
        (_rmsprop_like(lambda lr, g, new, old, eps: lr * g / (new + eps).sqrt()), INSIDE, EPS_OUTSIDE),
        (
            _rmsprop_like(plain, alpha=0.9),
            "the default of alpha is 0.9 in your function",
            "take PyTorch's default for RMSprop",
        ),
        (
            _rmsprop_like(plain, lambda v, g, alpha: (1 - alpha) * v + alpha * g**2),
            "alpha and 1 - alpha are exchanged: the average forgets almost everything at each step",
            "alpha is the share of the old average that stays",
        ),
        (
            _rmsprop_like(plain, lambda v, g, alpha: v + g**2),
            "the squares are added up and never forgotten: that is Adagrad",
            "let the old average fade by the factor alpha",
        ),
        (
            _rmsprop_like(plain, lambda v, g, alpha: alpha * v + g**2),
            "the factor 1 - alpha is missing before the new square",
            "the two weights of an average add up to 1",
        ),
        (
            _rmsprop_like(plain, lambda v, g, alpha: alpha * v + (1 - alpha) * g),
            "the gradients are averaged, not their squares",
            "square the gradient",
        ),
        (
            _rmsprop_like(plain, lambda v, g, alpha: 0.99 * v + 0.01 * g**2),
            "alpha is written as a number",
            "use the argument `alpha`",
        ),
        (
            _rmsprop_like(lambda lr, g, new, old, eps: lr * g / (old.sqrt() + eps)),
            "the step uses the average of before this step",
            "update the average first",
        ),
        (
            _rmsprop_like(lambda lr, g, new, old, eps: lr * g / (new + eps)),
            "the root is missing",
            "divide by the root of the average",
        ),
        (
            _rmsprop_like(lambda lr, g, new, old, eps: -lr * g / (new.sqrt() + eps)),
            "the step goes uphill",
            "subtract it",
        ),
        (_rmsprop_like(plain, lr=0.001), "the default of the learning rate is another", "take PyTorch's for RMSprop"),
        (_rmsprop_like(plain, eps=1e-10), "the default of epsilon is another", "take PyTorch's default for RMSprop"),
        (
            _rmsprop_like(lambda lr, g, new, old, eps: 0.01 * g / (new.sqrt() + eps)),
            "the learning rate is written as a number",
            "use the argument `lr`",
        ),
        (
            _rmsprop_like(lambda lr, g, new, old, eps: lr * g / (new.sqrt() + 1e-8)),
            "epsilon is written as a number",
            "use the argument `eps`",
        ),
    )
    options = {"lr": 0.05, "alpha": 0.8, "eps": 1e-6}
    _check_rule(rmsprop_step, _Rule("rmsprop_step", ("average",), False, _rmsprop, torch.optim.RMSprop, options, wrong))


def _adam(
    p: Any,
    g: Any,
    m: Any,
    v: Any,
    step: int,
    lr: float = 0.001,
    betas: Sequence[float] = (0.9, 0.999),
    eps: float = 1e-8,
) -> tuple[torch.Tensor, ...]:
    return _adam_like()(p, g, m, v, step, lr, betas, eps)


def _adam_like(
    update: Callable[..., Any] = lambda lr, mh, vh, eps, m, v, g, root: lr * mh / (vh.sqrt() + eps),
    m_of: Callable[..., Any] = lambda m, g, b: b * m + (1 - b) * g,
    v_of: Callable[..., Any] = lambda v, g, b: b * v + (1 - b) * g**2,
    shift: int = 0,
    swap: bool = False,
    corrected: bool = False,
    lr_default: float = 0.001,
) -> Step:
    """Adam, or a wrong one: how the two averages and the step come about."""

    def step(
        p: Any,
        g: Any,
        m: Any,
        v: Any,
        number: int,
        lr: float = 0.001,
        betas: Sequence[float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> tuple[torch.Tensor, ...]:
        b1, b2 = reversed(betas) if swap else betas
        lr = lr_default if lr == 0.001 else lr
        m, v = m_of(m, g, b1), v_of(v, g, b2)
        t = number + shift
        one, two = (1 - b1**t, 1 - b2**t) if t > 0 else (math.nan, math.nan)
        mh, vh = m / one, v / two
        new = p - update(lr, mh, vh, eps, m, v, g, math.sqrt(two) if two > 0 else math.nan)
        return (new, mh, vh) if corrected else (new, m, v)

    return step


@exercise(
    "2.11",
    title="Adam by hand",
    points=3,
    difficulty=3,
    minutes=15,
    hints=(
        "Four lines: the new average of gradients, the new average of squares, both corrected, the step.",
        r"The corrections divide by $1 - \beta^t$, where `step` is $t$. They are used in the step only: carry the "
        "averages on as they are.",
        "`m_hat = m / (1 - beta1**step)`, `v_hat = v / (1 - beta2**step)`, then `lr * m_hat / (v_hat.sqrt() + eps)`.",
    ),
)
def adam_step(adam_step: Subject) -> None:
    raw = "the averages are corrected once more in every step: they are carried on corrected"
    wrong = (
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: lr * m / (v.sqrt() + eps)),
            "the corrections for the start from zero are missing",
            "divide both averages by 1 - beta**step",
        ),
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: lr * mh / (v.sqrt() + eps)),
            "only the average of the gradients is corrected",
            "correct the average of the squares too",
        ),
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: lr * m / (vh.sqrt() + eps)),
            "only the average of the squares is corrected",
            "correct the average of the gradients too",
        ),
        (_adam_like(lambda lr, mh, vh, eps, m, v, g, root: lr * mh / (vh + eps).sqrt()), INSIDE, EPS_OUTSIDE),
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: lr * mh * root / (v.sqrt() + eps)),
            "epsilon is added before the correction of the squares, so it counts for more in the first steps",
            "correct first, then take the root, then add epsilon",
        ),
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: lr * mh / (vh + eps)),
            "the root is missing",
            "divide by the root of the corrected average of squares",
        ),
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: lr * g / (vh.sqrt() + eps)),
            "the step uses the gradient itself instead of its average",
            "that would be RMSprop with a correction",
        ),
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: -lr * mh / (vh.sqrt() + eps)),
            "the step goes uphill",
            "subtract it",
        ),
        (_adam_like(corrected=True), raw, "return the averages as they were before the correction"),
        (_adam_like(shift=1), "the steps are counted from 2", COUNT),
        (
            _adam_like(shift=-1),
            "the steps are counted from 0",
            "the first step is number 1, and `step` says so already",
        ),
        (_adam_like(swap=True), "the two betas are exchanged", "the first belongs to the gradients"),
        (
            _adam_like(v_of=lambda v, g, b: b * v + (1 - b) * g),
            "the second average is one of the gradients, not of their squares",
            "square the gradient",
        ),
        (
            _adam_like(m_of=lambda m, g, b: b * m + g),
            "the factor 1 - beta is missing before the new gradient",
            "the two weights of an average add up to 1",
        ),
        (
            _adam_like(v_of=lambda v, g, b: b * v + g**2),
            "the factor 1 - beta is missing before the new square",
            "the two weights of an average add up to 1",
        ),
        (
            _adam_like(m_of=lambda m, g, b: (1 - b) * m + b * g),
            "beta and 1 - beta are exchanged in the average of the gradients",
            "beta is the share of the old average that stays",
        ),
        (
            _adam_like(v_of=lambda v, g, b: (1 - b) * v + b * g**2),
            "beta and 1 - beta are exchanged in the average of the squares",
            "beta is the share of the old average that stays",
        ),
        (
            _adam_like(v_of=lambda v, g, b: 0.999 * v + 0.001 * g**2, m_of=lambda m, g, b: 0.9 * m + 0.1 * g),
            "the betas are written as numbers",
            "use the argument `betas`",
        ),
        (_adam_like(lr_default=0.01), "the default of the learning rate is another", "take PyTorch's for Adam"),
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: 0.001 * mh / (vh.sqrt() + eps)),
            "the learning rate is written as a number",
            "use the argument `lr`",
        ),
        (
            _adam_like(lambda lr, mh, vh, eps, m, v, g, root: lr * mh / (vh.sqrt() + 1e-8)),
            "epsilon is written as a number",
            "use the argument `eps`",
        ),
    )
    options = {"lr": 0.02, "betas": (0.8, 0.95), "eps": 1e-6}
    _check_rule(adam_step, _Rule("adam_step", ("m", "v"), True, _adam, torch.optim.Adam, options, wrong))


# -- 2.12: backpropagation by hand ---------------------------------------------------------------------------------


@exercise(
    "2.12",
    title="Backpropagation through two layers",
    points=4,
    difficulty=3,
    minutes=25,
    hints=(
        "Compute the forward pass first and keep every intermediate result: the way back needs them.",
        r"$\Delta_2$ has the shape of the logits. `delta2.T @ h` has the shape of `w2`: does yours?",
        r"$\Delta_1$ is `(delta2 @ w2)`, times 1 where the ReLU let something through and 0 elsewhere.",
    ),
)
def two_layer_gradients(two_layer_gradients: Subject) -> None:
    names = ("dw1", "db1", "dw2", "db2")
    for rows, inputs, hidden, outputs in (
        (random_integer(5, 7), 4, 3, 1),
        (random_integer(8, 9), 3, 6, 2),
        (1, 2, 4, 1),
    ):
        x = random_normal(rows, inputs)
        w1, b1 = random_normal(hidden, inputs), random_normal(hidden)
        w2, b2 = random_normal(outputs, hidden), random_normal(outputs)
        # some units on and some off, whatever was drawn
        b1[0] += 1.5
        b1[1] -= 0.5
        y = (random_normal(rows, outputs) > 0).float()
        given = [give(t, n) for t, n in zip((x, y, w1, b1, w2, b2), ("x", "y", "w1", "b1", "w2", "b2"), strict=True)]
        label = f"two_layer_gradients(x, y, w1, b1, w2, b2) with {outputs} output{'s' * (outputs > 1)}"
        answer = call(two_layer_gradients, *given, label=label)
        parts = expect_parts(answer, names)
        right = _two_layers(x, y, w1, b1, w2, b2)
        wrong = _two_layers_wrong(x, y, w1, b1, w2, b2)
        shapes = [t.shape for t in (w1, b1, w2, b2)]
        got = []
        for part, name, shape in zip(parts, names, shapes, strict=True):
            part.label = f"{name} of {label}"
            if part.kind == "tensor" and tuple(part.meta["shape"]) == tuple(reversed(shape)) and len(set(shape)) == 2:
                fail(
                    f"`{name}` is transposed.",
                    expected=f"shape {show_shape(shape)}, that of `{name[1:]}`",
                    actual=f"shape {show_shape(part.meta['shape'])}",
                    cause="the product was taken in the other order: one row per output is needed",
                    next_step="a gradient has the shape of what it is the gradient of",
                )
            got.append(expect_tensor(part, shape=" ".join(str(size) for size in shape)))
        for place in (2, 3, 0, 1):
            if close(got[place], right[place], 1e-3, 1e-5):
                continue
            mistakes = [
                Mistake(values[place], why, todo)
                for values, why, todo in wrong
                if not close(values[place], right[place], 1e-3, 1e-5)
            ]
            expect_values(
                got[place],
                right[place],
                f"{names[place]} of {label}",
                rtol=1e-3,
                because="what autograd computes",
                mistakes=mistakes,
                next_step="compare with autograd on a batch of one sample, one hidden unit",
            )
        for argument, before in zip(given, (x, y, w1, b1, w2, b2), strict=True):
            expect_unchanged(argument, before, f"the tensor `{argument.label}`")


def _two_layers(
    x: torch.Tensor,
    y: torch.Tensor,
    w1: torch.Tensor,
    b1: torch.Tensor,
    w2: torch.Tensor,
    b2: torch.Tensor,
    *,
    scale: float | None = None,
    sigmoid: bool = True,
    mask: str = "on",
    sign: float = 1.0,
    through: bool = True,
    bias: str = "sum",
    slope: bool = False,
) -> list[torch.Tensor]:
    """The four gradients; the options are mistakes."""
    z1 = x @ w1.T + b1
    h = z1.relu()
    z2 = h @ w2.T + b2
    p = z2.sigmoid()
    delta2 = sign * ((p if sigmoid else z2) - y) / (y.numel() if scale is None else scale)
    if slope:
        delta2 = delta2 * p * (1 - p)
    back = delta2 @ (w2 if through else torch.ones_like(w2))
    on = {"on": (z1 > 0).float(), "none": torch.ones_like(z1), "off": (z1 <= 0).float(), "sigmoid": h * (1 - h)}[mask]
    delta1 = back * on
    share = 1 if bias == "sum" else len(x)
    return [delta1.T @ x, delta1.sum(0) / share, delta2.T @ h, delta2.sum(0) / share]


def _two_layers_wrong(*given: torch.Tensor) -> list[tuple[list[torch.Tensor], str, str]]:
    x, y = given[0], given[1]
    mean = "the loss is a mean"
    return [
        (_two_layers(*given, scale=1), mean + ": its gradient must be divided by the number of labels", "divide once"),
        (
            _two_layers(*given, scale=len(x)),
            mean + " over all labels, of all outputs: it is divided by the number of samples only",
            "divide by the number of entries of `y`",
        ),
        (_two_layers(*given, sign=-1), "the sign is turned around: label minus probability", "probability minus label"),
        (
            _two_layers(*given, sigmoid=False),
            "the logits are compared with the labels: the sigmoid is missing",
            "the derivative of the loss with respect to a logit is probability minus label",
        ),
        (
            _two_layers(*given, slope=True),
            "the slope of the sigmoid is multiplied in once more: in this loss it has canceled already",
            "the derivative with respect to the logit is just probability minus label",
        ),
        (
            _two_layers(*given, mask="none"),
            "the way back ignores the ReLU: units that were off get a gradient too",
            "multiply by 1 where the unit was on, and by 0 where it was off",
        ),
        (
            _two_layers(*given, mask="off"),
            "the ReLU is turned around on the way back",
            "the gradient passes where the sum was positive",
        ),
        (
            _two_layers(*given, mask="sigmoid"),
            "the slope of a sigmoid is used for the hidden layer, which has a ReLU",
            "a ReLU has the slope 0 or 1",
        ),
        (
            _two_layers(*given, through=False),
            "the weights of the second layer are left out on the way back",
            "each hidden unit gets the deltas of the outputs, weighted by its connections to them",
        ),
        (
            _two_layers(*given, bias="mean"),
            "the deltas are averaged over the batch for the biases: the division by the number of labels is in them "
            "already",
            "sum them over the batch",
        ),
        (
            _two_layers(*given, scale=y.numel() / 2),
            "a factor 2 is left from a squared error",
            "this loss is a cross-entropy",
        ),
    ]


# -- 2.13, 2.14: bug clinic ----------------------------------------------------------------------------------------


@exercise(
    "2.13",
    title="Bug clinic: the update that updates nothing",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "`weight = weight - ...` makes a new tensor and gives it a name. Who still holds the old one?",
        "In place: `parameter -= lr * parameter.grad`, and where must that happen so that autograd does not object?",
        "The gradients add up over the steps, unless you clear them. And look at the two shapes in the loss.",
    ),
)
def fit_by_hand(fit_by_hand: Subject) -> None:
    for rows, inputs, steps, rate in ((random_integer(9, 12), 3, 6, 0.05), (7, 1, 1, 0.1), (8, 2, 12, 0.1)):
        x = random_normal(rows, inputs)
        y = 2 * x.sum(1) - 1 + 0.1 * random_normal(rows)
        model = make("torch.nn.Linear", inputs, 1, label="model")
        start = [0.3 * random_normal(1, inputs), 0.3 * random_normal(1)]
        load_parameters(model, start)
        label = f"fit_by_hand(model, x, y, lr={rate}, steps={steps})"
        seen = call(fit_by_hand, model, x, y, rate, steps, label=label)
        now = [p.tensor for p in parameters(model)]
        wanted, losses = _descent(x, y, start, rate, steps)
        if not all(close(a, b, **STEPS) for a, b in zip(now, wanted, strict=True)):
            cause, next_step = "", ""
            for options, why, todo in _DESCENT_MISTAKES:
                wrong, _ = _descent(x, y, start, rate, steps, **options)
                if all(close(a, b, **STEPS) for a, b in zip(now, wrong, strict=True)):
                    cause, next_step = why, todo
                    break
            fail(
                f"`{label}` leaves other parameters behind than {steps} step{'s' * (steps > 1)} of gradient descent.",
                expected="the parameters of the model itself, moved by -lr times the gradient in each step",
                actual="the parameters of before" if all(map(close, now, start)) else "other parameters",
                cause=cause or "the steps have another size or direction, or there are more or fewer of them",
                next_step=next_step or "do one step with one sample on paper",
            )
        expect_type(seen, ("list", "tuple"), "a list with the loss of each step")
        values = [number_of(part) for part in seen.children]
        if len(values) != steps:
            fail(
                f"`{label}` returns {len(values)} losses.",
                expected=f"one for each of the {steps} step{'s' * (steps > 1)}",
                actual=f"a list of {len(values)}",
                cause="the loss is stored once too often or too rarely, or only the last one",
                next_step="append it in the loop, before the parameters move",
            )
        for number, (part, loss) in enumerate(zip(seen.children, losses, strict=True), start=1):
            part.label = f"the loss of step {number}"
            expect_number(
                part,
                loss,
                what="the mean squared error before the parameters move",
                tolerance=1e-3,
                reveal=False,
                mistakes=(
                    Mistake(
                        losses[number] if number < steps else None,
                        "the loss is measured after the step",
                        "store the loss whose gradient moves the parameters",
                    ),
                    Mistake(loss * rows, "the squared errors are added, not averaged", "take the mean"),
                ),
            )


_DESCENT_MISTAKES: tuple[tuple[dict[str, Any], str, str], ...] = (
    (
        {"move": False},
        "the parameters of the model are those of before: `weight = weight - ...` makes a new tensor and gives it the "
        "name, the model keeps the old one",
        "change the model's own parameters in place, within `torch.no_grad()`",
    ),
    (
        {"clear": False},
        "the gradients are never cleared: each step moves by the sum of all gradients so far",
        "clear them once per step",
    ),
    (
        {"reshape": False},
        "outputs of shape (B, 1) and targets of shape (B,) were broadcast to (B, B): the model learns the mean",
        "bring the targets to the shape of the outputs",
    ),
    (
        {"clear": False, "reshape": False},
        "the gradients are never cleared, and outputs of shape (B, 1) meet targets of shape (B,), which are broadcast",
        "clear the gradients once per step, and bring the targets to the shape of the outputs",
    ),
    ({"sign": -1.0}, "the steps go uphill", "subtract the gradient"),
    ({"bias": False}, "the bias does not move", "move all parameters of the model"),
    ({"factor": 0.5}, "the steps are half as long as they should be", "the squared error has a factor 2"),
)


def _descent(
    x: torch.Tensor,
    y: torch.Tensor,
    start: Sequence[torch.Tensor],
    rate: float,
    steps: int,
    *,
    move: bool = True,
    clear: bool = True,
    reshape: bool = True,
    sign: float = 1.0,
    bias: bool = True,
    factor: float = 1.0,
) -> tuple[list[torch.Tensor], list[float]]:
    """Gradient descent of a linear model with the mean squared error; the options are mistakes."""
    weight, offset = (t.clone().requires_grad_(True) for t in start)
    losses = []
    for _ in range(steps):
        out = x @ weight.T + offset
        loss = ((out - (y.reshape(-1, 1) if reshape else y)) ** 2).mean()
        losses.append(loss.item())
        if clear:
            weight.grad = offset.grad = None
        loss.backward()
        with torch.no_grad():
            for parameter in (weight, offset) if bias else (weight,):
                if move and parameter.grad is not None:
                    parameter -= sign * factor * rate * parameter.grad
    return [weight.detach(), offset.detach()], losses


def _hit_rates(p: torch.Tensor, y: torch.Tensor) -> tuple[float, list[Mistake]]:
    """The right share, and what known mistakes give."""
    guesses, truth = p > 0.5, y > 0.5
    right = (guesses == truth).float().mean().item()
    broadcast = "the two shapes are broadcast to (N, N): every guess is compared with every label"
    same = "bring both to the same shape first"
    return right, [
        Mistake(
            ((p >= 0.5) == truth).float().mean().item(),
            "a probability of exactly 0.5 counts as label 1",
            "strictly greater, as in torchmetrics",
        ),
        Mistake((guesses[:, None] == truth).float().mean().item(), broadcast, same),
        Mistake(((p >= 0.5)[:, None] == truth).float().mean().item(), broadcast, same),
        Mistake(1 - right, "the wrong guesses are counted", "count where guess and label agree"),
        Mistake(
            (p == y).float().mean().item(),
            "the probabilities themselves are compared with the labels",
            "turn them into guesses first",
        ),
        Mistake(right * len(y), "the hits are not divided by their number", "divide"),
        Mistake(100 * right, "that is in percent", "return a share between 0 and 1"),
        Mistake(guesses.float().mean().item(), "that is the share of guesses 1", "compare with labels"),
    ]


@exercise(
    "2.14",
    title="Bug clinic: right, and only 56 percent",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "Print the shape of what the comparison gives.",
        "Bring both to one axis: `reshape(-1)` works for (N,) and for (N, 1).",
    ),
)
def hit_rate(hit_rate: Subject) -> None:
    rows = random_integer(7, 12)
    column, flat = (rows, 1), (rows,)
    pairs: list[tuple[tuple[int, ...], tuple[int, ...]]]
    pairs = [(column, flat), (flat, column), (column, column), (flat, flat), ((1, 1), (1,))]
    for shape, label_shape in pairs:
        count = shape[0]
        for _ in range(100):  # until every known mistake shows
            p = torch.sigmoid(2 * random_normal(count))
            y = (torch.sigmoid(2 * random_normal(count)) > 0.4).float()
            p[0], y[0] = 0.5, 0.0  # exactly 0.5 counts as label 0, as in torchmetrics
            if count > 3:
                p[1:4], y[1:4] = torch.tensor([0.5, 0.9, 0.1]), torch.tensor([0.0, 1.0, 1.0])
            wanted, mistakes = _hit_rates(p, y)
            if count == 1 or _distinct(wanted, mistakes):
                break
        label = f"hit_rate(probabilities, labels) with shapes {show_shape(shape)} and {show_shape(label_shape)}"
        given = [give(p.reshape(shape), "probabilities"), give(y.reshape(label_shape), "labels")]
        seen = call(hit_rate, *given, label=label)
        expect_number(seen, wanted, what="the share of right guesses", tolerance=1e-5, reveal=False, mistakes=mistakes)
        for argument, before in zip(given, (p.reshape(shape), y.reshape(label_shape)), strict=True):
            expect_unchanged(argument, before, f"the tensor `{argument.label}`")


EXERCISES = (
    shape_quiz,
    train_one_epoch,
    bce_from_logits,
    cross_entropy_by_hand,
    which_loops_train,
    evaluate_accuracy,
    train_classifier,
    predict_on_device,
    adagrad_step,
    rmsprop_step,
    adam_step,
    two_layer_gradients,
    fit_by_hand,
    hit_rate,
)
