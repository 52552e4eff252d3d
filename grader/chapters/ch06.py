"""Chapter 6: training and evaluating image classifiers.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from grader.calibration.samples import handed_over
from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_in_memory,
    expect_metric,
    expect_model,
    expect_number,
    expect_parts,
    expect_raises,
    expect_tensor,
    expect_type,
    expect_unchanged,
    expect_values,
    fail,
    named_right,
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
    construct,
    current_session,
    give,
    load_parameters,
    make,
    method,
    parameters,
    read,
    set_attribute,
    training_mode,
)


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


def _randperm(count: int) -> torch.Tensor:
    return torch.randperm(count, generator=current_session().random)


def _uniform(low: float, high: float) -> float:
    return low + (high - low) * float(torch.rand((), generator=current_session().random))


def _draw_classes(rows: int, classes: int, shares: Sequence[float] | None = None) -> torch.Tensor:
    """Class numbers drawn with these shares (equal ones by default)."""
    weights = torch.tensor(shares) if shares is not None else torch.ones(classes)
    return torch.multinomial(weights, rows, replacement=True, generator=current_session().random)


def _numbers_of(subject: Subject, wanted: str) -> list[float]:
    """The numbers of a list, tuple, tensor or array with one axis."""
    expect_type(subject, ("list", "tuple", "tensor", "array"), wanted)
    if subject.kind in {"list", "tuple"}:
        found = [number_of(part) for part in subject.children]
        if any(number is None for number in found):
            fail(
                f"`{subject.label}` holds something else than numbers.",
                expected=wanted,
                actual="an entry that is no single number",
                cause="pairs, rows or whole tensors stand in the list where one number belongs",
                next_step="put plain numbers into the list",
            )
        return [float(number) for number in found if number is not None]
    if subject.tensor is None or subject.tensor.ndim != 1:
        fail(
            f"`{subject.label}` has the wrong shape.",
            expected=f"{wanted}, with one axis",
            actual=f"shape {show_shape(subject.meta['shape'])}",
            cause="an axis too many: `nonzero()` gives one row with one number for each place"
            if len(subject.meta["shape"]) == 2
            else "all of it was reduced to a single number",
            next_step="flatten it, or use `nonzero().flatten()`",
        )
    return [float(number) for number in subject.tensor.tolist()]


# -- 6.1: softmax --------------------------------------------------------------------------------------------------


@exercise(
    "6.1",
    title="Softmax with a temperature, and its logarithm",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Divide the scores by the temperature first. Softmax does not change when the same number is subtracted from "
        "all scores of a row: which number makes every exponent safe?",
        "The logarithm of a quotient is a difference. Which of its two parts needs no logarithm at all?",
        "With `z = scores / temperature` and its row maximum subtracted: the log-probabilities are "
        "`z - log(sum(exp(z)))`, row by row, and the probabilities are their exponentials.",
    ),
)
def tempered_softmax(tempered_softmax: Subject) -> None:
    cases: list[tuple[str, torch.Tensor, float]] = []
    for words, rows, classes, temperature, scale in (
        ("a temperature of 1", 5, 3, 1.0, 2.0),
        ("a high temperature", random_integer(3, 6), 7, _uniform(2.0, 4.0), 3.0),
        ("a low temperature", 4, random_integer(5, 6), _uniform(0.3, 0.7), 1.5),
        ("a single row", 1, 4, _uniform(1.3, 2.0), 2.0),
    ):
        cases.append((words, scale * random_normal(rows, classes), temperature))
    huge = 2 * random_normal(3, 4)
    huge[0, 1], huge[1, 2], huge[2, :] = 1000.0, -1000.0, huge[2] + 990
    cases.append(("scores as large as 1000", huge, 1.0))
    cases.append(("scores as large as 1000 and a temperature below 1", huge.roll(1, 0), _uniform(0.5, 0.8)))
    for words, scores, temperature in cases:
        label = f"tempered_softmax(scores, {temperature:.3g}) with {words}"
        given = give(scores, "scores")
        parts = expect_parts(call(tempered_softmax, given, temperature, label=label), ("probabilities", "logarithms"))
        z = scores.double() / temperature
        right, logs = z.softmax(dim=1), z.log_softmax(dim=1)
        shape = f"{len(scores)} {scores.shape[1]}"
        got = expect_tensor(parts[0], shape=shape, dtype=torch.float32)
        got_logs = expect_tensor(parts[1], shape=shape, dtype=torch.float32)
        large = "1000" in words

        def ways(make: Callable[[torch.Tensor], torch.Tensor]) -> list[Mistake]:
            return [
                Mistake(
                    make((scores.double() * temperature).softmax(1)),  # noqa: B023
                    "the scores are multiplied by the temperature instead of divided",
                    "a high temperature makes the probabilities more alike",
                ),
                Mistake(make(scores.double().softmax(1)), "the temperature is not used", "divide the scores by it"),  # noqa: B023
                Mistake(
                    make(z.softmax(0)),  # noqa: B023
                    "each column adds up to 1, not each row: the softmax runs over the batch",
                    "sum over the axis of the classes",
                ),
                Mistake(
                    make(scores.double().softmax(1) / temperature),  # noqa: B023
                    "the probabilities are divided by the temperature, not the scores",
                    "divide first, then take the exponentials",
                ),
                Mistake(
                    make(z.exp() / z.exp().sum()),  # noqa: B023
                    "the sum runs over the whole batch",
                    "sum each row on its own, with `keepdim=True`",
                ),
                Mistake(make(z.exp()), "the exponentials are not divided by their sum", "each row adds up to 1"),  # noqa: B023
                Mistake(
                    make((scores.double().log_softmax(1) / temperature).exp()),  # noqa: B023
                    "the log-probabilities are divided by the temperature, not the scores: the rows do not add up to 1",
                    "divide first, then take the softmax",
                ),
            ]

        def step(numbers: torch.Tensor, logarithm: bool) -> str:
            bad = torch.isnan(numbers).any(dim=1)
            if bool(bad.any()):
                if float(z[bad].max()) < 80:  # noqa: B023
                    return (
                        "all exponentials of a row became 0, and 0 divided by 0 is NaN: the largest score of the whole "
                        "batch, or a fixed number, was subtracted"
                    )
                return "an exponential overflowed, and infinity divided by infinity is NaN"
            if logarithm and bool(torch.isinf(numbers).any()):
                return (
                    "the logarithm is taken of a probability that is 0 in float32, though its own logarithm is an "
                    "ordinary number"
                )
            return ""

        for numbers, wanted, name, logarithm in ((got, right, "probabilities", 0), (got_logs, logs, "logarithms", 1)):
            cause = step(numbers, bool(logarithm))
            if cause and not close(numbers, wanted):
                fail(
                    f"The {name} are not finite for {words}.",
                    expected="finite numbers, whatever the scores",
                    actual="NaN" if bool(torch.isnan(numbers).any()) else "minus infinity",
                    cause=cause,
                    next_step="work out log p as a difference, after subtracting the row's largest score"
                    if logarithm
                    else "subtract the row's largest score before the exponential",
                )
            known = ways(torch.log if logarithm else (lambda p: p))
            if logarithm:
                known += [
                    Mistake(right, "these are the probabilities again, not their logarithms", "take the logarithm"),
                    Mistake(
                        logs / math.log(10), "the logarithm to base 10 is taken", "use the natural one, `torch.log`"
                    ),
                    Mistake(logs / math.log(2), "the logarithm to base 2 is taken", "use the natural one"),
                    Mistake(-logs, "the sign is turned around", "log-probabilities are negative"),
                    Mistake(
                        z - (z - z.amax(1, keepdim=True)).exp().sum(1, keepdim=True).log(),
                        "the largest score is subtracted before the exponentials, and not from the score itself",
                        "go on with the shifted scores everywhere",
                    ),
                ]
                if _cut_off(numbers, logs):
                    known = [
                        Mistake(
                            numbers,
                            "a small number was added to the probability, or it was clamped, before the logarithm: "
                            "finite, and far from the true value",
                            "work out log p as a difference, without the logarithm of a probability",
                        )
                    ]
            elif close(numbers, logs):
                known = [Mistake(logs, "the two results stand in the other order", "probabilities first")]
            expect_values(
                numbers,
                wanted,
                f"{name} of {label}",
                rtol=1e-4,
                atol=2e-3 if large and logarithm else 1e-5,
                because="softmax of scores / temperature over the classes"
                if not logarithm
                else "the natural logarithm of the probabilities",
                mistakes=known,
            )
        expect_unchanged(given, scores, "the tensor of scores")


def _cut_off(numbers: torch.Tensor, logs: torch.Tensor) -> bool:
    """Whether these are logarithms of probabilities that a small number was added to, or that were clamped."""
    p, got = logs.exp(), numbers.double()
    lowest = got.flatten()[logs.argmin()]
    added = lowest.exp() - p.min()
    if not bool(torch.isfinite(got).all()) or float(added) <= 0:
        return False
    return close(got, (p + added).log(), 1e-3, 2e-3) or close(got, logs.clamp(min=float(lowest)), 1e-3, 2e-3)


# -- 6.2: double softmax -------------------------------------------------------------------------------------------


@exercise(
    "6.2",
    title="The floor of a double softmax",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "What are the best probabilities that the network can hand to the loss? The loss treats them as scores.",
        "The best row has a 1 in the right place and 0 everywhere else. Put these numbers into the formula of "
        "cross-entropy.",
        "log-sum-exp of one 1 and K - 1 zeros, minus the score of the right class, which is 1.",
    ),
)
def softmax_floor(softmax_floor: Subject) -> None:
    for classes in (2, random_integer(3, 5), random_integer(6, 12), random_integer(40, 200)):
        k = classes
        right = math.log(math.e + k - 1) - 1
        expect_number(
            call(softmax_floor, k),
            right,
            what="the smallest loss that is left when probabilities are taken for scores",
            tolerance=2e-4,
            reveal=False,
            mistakes=(
                Mistake(
                    0.0,
                    "this is the floor of the right loss, which takes scores",
                    "scores are unbounded, probabilities are not",
                ),
                Mistake(math.log(k), "this is the loss of a network that knows nothing", "here it knows everything"),
                Mistake(math.log(math.e + k - 1), "the score of the right class is not subtracted", "it is 1"),
                Mistake(
                    math.log(k - 1 + 1 / math.e),
                    "this is the largest such loss: all probability on a wrong class",
                    "put it on the right class",
                ),
                Mistake(
                    math.log(math.e + k - 2) if k > 2 else math.log(math.e),
                    "the sum has one entry too few, and the score of the right class is missing",
                    "count the entries: K of them",
                ),
                Mistake(math.log(math.e + k) - 1, "the sum has one entry too many", "K - 1 of K entries are 0"),
                Mistake(
                    math.log(math.e + k - 1) / math.log(2) - 1 / math.log(2),
                    "the logarithm to base 2 is taken",
                    "PyTorch's losses use the natural logarithm",
                ),
                Mistake(
                    math.log10(math.e + k - 1) - math.log10(math.e),
                    "the logarithm to base 10 is taken",
                    "PyTorch's losses use the natural logarithm",
                ),
                Mistake(
                    math.e / (math.e + k - 1),
                    "this is the probability of the right class after the second softmax, not the loss",
                    "minus its logarithm",
                ),
                Mistake(-right, "the sign is turned around", "a cross-entropy is never negative"),
                *(
                    Mistake(
                        math.log(math.e + other - 1) - 1,
                        f"this is the floor for {other} classes, whatever `num_classes` is",
                        "compute with `num_classes`",
                    )
                    for other in (4, 2, 7)
                    if other != k
                ),
                *(
                    Mistake(round(right, digits), "the number is rounded", "return it as it is")
                    for digits in (3, 2)
                    if abs(round(right, digits) - right) > 2e-4
                ),
            ),
        )


# -- 6.3: class weights --------------------------------------------------------------------------------------------


def _loss_with_gradient(function: Subject, scores: torch.Tensor, *rest: Any, label: str) -> tuple[Subject, Any]:
    """The student's loss and the gradient of the scores (a tensor, or None)."""
    leaf = make("torch.nn.Parameter", scores, label="scores")
    seen = call(function, leaf, *rest, keep=True, label=label)
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
    method(seen, "sum")  # a scalar, or a tensor with one number
    method(seen, "backward")
    return seen, attribute(leaf, "grad").tensor


@exercise(
    "6.3",
    title="Cross-entropy with class weights",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "`weight[classes]` picks the weight of each sample's own class.",
        "A weighted mean divides by the sum of the weights of the samples in the batch, not by their number.",
        "`(w * losses).sum() / w.sum()`, with the losses from the log-softmax of the scores.",
    ),
)
def weighted_cross_entropy(weighted_cross_entropy: Subject) -> None:
    for words, rows, k, shift in (
        ("a batch", random_integer(7, 12), random_integer(3, 5), 0.0),
        ("one sample", 1, 4, 0.0),
        ("scores near 1000", 6, 3, 1000.0),
    ):
        scores = 2 * random_normal(rows, k)
        if shift:
            scores[::2] += shift
            scores[1, 0] = -shift
        classes = _draw_classes(rows, k)
        if rows > 1:
            classes[0], classes[1] = 1, 0  # the second has lost: with large scores its probability is 0 in float32
        weight = torch.linspace(0.4, 2.6, k)[_randperm(k)] * _uniform(0.8, 1.2)
        label = f"weighted_cross_entropy(scores, classes, weight) with {words}"
        seen, gradient = _loss_with_gradient(weighted_cross_entropy, scores, classes, weight, label=label)
        leaf = scores.double().requires_grad_()
        with torch.enable_grad():
            loss = F.cross_entropy(leaf, classes, weight=weight.double())
            (wanted,) = torch.autograd.grad(loss, leaf)
        z = scores.double()
        each, w = F.cross_entropy(z, classes, reduction="none"), weight.double()[classes]
        probabilities = z.softmax(1)
        mistakes = [
            Mistake(
                float((w * each).mean()),
                "the weighted losses are divided by the number of samples",
                "a weighted mean divides by the sum of the weights",
            ),
            Mistake(
                float((w * each).sum()), "the weighted losses are added up, not averaged", "divide by the sum of w"
            ),
            Mistake(float(each.mean()), "the weights are not used", "multiply each loss with its class's weight"),
            Mistake(
                float((w * each).sum() / weight.double().sum()),
                "the divisor is the sum of the weights of all classes, not of the samples in the batch",
                "sum the weights of the samples",
            ),
            Mistake(
                float((each / w).sum() / (1 / w).sum()), "the losses are divided by the weights", "multiply by them"
            ),
            Mistake(
                float(F.cross_entropy(probabilities, classes, weight=weight.double())),
                "a softmax is applied twice: the loss got probabilities where it wants scores",
                "hand the scores over as they are",
            ),
            Mistake(
                float(F.cross_entropy(z * weight.double(), classes)),
                "the scores are multiplied by the weights, not the losses",
                "first the loss of each sample, then its weight",
            ),
            Mistake(
                float((w * each).sum() / rows / weight.double().mean()),
                "the weights are brought to mean 1 over the classes, and the sum is divided by the number of samples",
                "divide by the sum of the weights of the samples in the batch",
            ),
        ]
        mistakes += [
            Mistake(
                float(sum(weight[c] * each[classes == c].mean() for c in classes.unique()))
                / float(weight[classes.unique()].sum()),
                "the mean of each class is weighted, so that a class counts alike however many samples it has",
                "each sample counts with the weight of its class",
            ),
            *(
                Mistake(
                    float((w * -cut.log()).sum() / w.sum()),
                    "a small number was added to the probability, or it was clamped, before the logarithm: the loss of "
                    "a sample that is sure and wrong is cut off",
                    "use log-probabilities, as in exercise 6.1",
                )
                for small in (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6)
                for own in (probabilities[torch.arange(rows), classes],)
                for cut in (own.clamp(min=small), own + small)
                if shift
            ),
        ]
        got = number_of(seen)
        if got is not None and not math.isfinite(got):
            fail(
                f"The loss is not finite for {words}.",
                expected="a finite loss, whatever the scores",
                actual=f"{got}",
                cause="an exponential overflowed, or the logarithm is taken of a probability that is 0 in float32",
                next_step="use log-probabilities, as in exercise 6.1",
            )
        expect_number(
            seen,
            float(loss.detach()),
            what="the weighted mean of the samples' losses",
            when=f"for {words}",
            tolerance=3e-4,
            mistakes=mistakes,
        )
        if gradient is None:
            fail(
                f"No gradient comes back through `{label}`.",
                expected="a gradient for the scores",
                actual="None",
                cause="the scores were copied or detached on the way",
                next_step="compute with the tensor that is passed in",
            )
        expect_values(
            gradient,
            wanted,
            f"gradient of the scores in {label}",
            rtol=1e-3,
            atol=1e-5,
            because="the gradient of the weighted mean",
            next_step="compare with autograd on `F.cross_entropy(scores, classes, weight=weight)`",
        )


# -- 6.4: a split --------------------------------------------------------------------------------------------------


def _expect_shares(
    name: str,
    labels: torch.Tensor,
    counts: Sequence[int],
    share: float,
    parts: tuple[list[int], list[int]],
    another: Callable[[], list[int]],
) -> None:
    """Each class has its share in the validation part; ``another`` gives that of another seed."""
    train, held = parts
    in_held = torch.bincount(labels[torch.tensor(held, dtype=torch.int64)], minlength=len(counts)).tolist()
    if all(abs(b - (1 - share) * n) < 1 for b, n in zip(in_held, counts, strict=True)) and share != 0.5:
        fail(
            f"The parts of `{name}` are exchanged.",
            expected=f"training first, and {share:.0%} of each class in the validation part",
            actual=f"{len(train)} places for training, {len(held)} for validation",
            cause="the share is cut off for training, or the parts are returned in the other order",
            next_step="return (training, validation)",
        )
    for c, n in enumerate(counts):
        if abs(in_held[c] - share * n) >= 1:
            other = torch.bincount(labels[torch.tensor(another(), dtype=torch.int64)], minlength=len(counts)).tolist()
            chance = other != in_held or abs(len(held) - share * len(labels)) < 2
            fail(
                f"The validation part of `{name}` has the wrong share of a class.",
                expected=f"about {share:.0%} of each class: {share * n:g} of {n}, rounded up or down",
                actual=f"{in_held[c]} of {n}; of all classes {in_held} of {counts}",
                cause="the whole list is shuffled and cut, or each sample is drawn for itself: the shares of the "
                "classes are left to chance"
                if chance
                else "every class gets the same number of samples, or another share",
                next_step="cut each class on its own",
            )


@exercise(
    "6.4",
    title="A split that keeps the shares",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Work class by class: `(labels == c).nonzero().flatten()` holds the places of class c.",
        "Shuffle the places of the class, cut off the wanted share for validation, and keep the rest for training.",
        "`torch.randperm(n, generator=torch.Generator().manual_seed(seed))` shuffles without touching the global "
        "generator; make the generator once, before the loop over the classes.",
    ),
)
def stratified_split(stratified_split: Subject) -> None:
    k = random_integer(3, 5)
    counts = [random_integer(20, 60), random_integer(8, 15), 4, *(random_integer(10, 30) for _ in range(k - 3))]
    labels = torch.cat([torch.full((n,), c) for c, n in enumerate(counts)])
    labels = labels[_randperm(len(labels))]
    share = (0.2, 0.25, 0.5)[random_integer(0, 2)]
    seed = random_integer(1, 10_000)
    name = f"stratified_split(labels, {share}, seed)"
    given = give(labels, "labels")

    def split(use: int, wanted_share: float = share) -> tuple[list[int], list[int]]:
        parts = expect_parts(call(stratified_split, given, wanted_share, use, label=name), ("training", "validation"))
        return tuple([int(v) for v in _numbers_of(part, "whole numbers, the places")] for part in parts)  # type: ignore[return-value]

    train, held = split(seed)
    both = train + held
    if any(not 0 <= place < len(labels) for place in both):
        fail(
            f"`{name}` holds places that do not exist.",
            expected=f"places from 0 to {len(labels) - 1}",
            actual=f"{max(both)} among them" if max(both) >= len(labels) else "a negative one",
            cause="something else than places is returned",
            next_step="`labels[places]` must give the labels of the part",
        )
    if sorted(both) != list(range(len(labels))):
        if len(train) == len(held) == len(labels) and set(both) <= {0, 1}:
            fail(
                f"The two parts of `{name}` are no split.",
                expected=f"each of the {len(labels)} places in exactly one part",
                actual=f"{len(both)} times yes or no (1 or 0)",
                cause="masks are returned instead of places",
                next_step="`mask.nonzero().flatten()` gives the places of a mask",
            )
        twice = len(both) - len(set(both))
        overlap = len(set(train) & set(held))
        looks_like_labels = set(both) <= set(range(k))
        fail(
            f"The two parts of `{name}` are no split.",
            expected=f"each of the {len(labels)} places in exactly one part",
            actual=f"{overlap} in both parts" if overlap else f"{len(both)} places, {twice} of them twice",
            cause="labels are returned instead of places"
            if looks_like_labels
            else "the places are counted within each class, from 0 on in each of them, and not in `labels`"
            if len(both) == len(labels) and max(both) < max(counts)
            else "the same samples are trained on and validated on"
            if overlap
            else "samples are drawn with replacement"
            if twice
            else "some samples are in neither part",
            next_step="cut one shuffled list of places into two",
        )
    for use in range(seed, seed + 5):  # one split may have the right shares by chance
        learn, test = (train, held) if use == seed else split(use)
        if sorted(learn + test) != list(range(len(labels))):
            fail(
                f"The two parts of `{name}` are no split for another seed.",
                expected=f"each of the {len(labels)} places in exactly one part",
                actual=f"{len(set(learn) & set(test))} in both parts, {len(set(learn) ^ set(test))} in one of them",
                cause="what is drawn decides how many places there are",
                next_step="cut one shuffled list of places into two",
            )
        _expect_shares(name, labels, counts, share, (learn, test), lambda use=use: split(use + 1)[1])  # type: ignore[misc]
    again = split(seed)
    if sorted(again[1]) != sorted(held):
        fail(
            f"`{name}` gives another split when it is called again.",
            expected="the same seed, the same split",
            actual="other samples in the validation part",
            cause="the random numbers do not follow from the seed",
            next_step="seed a generator of your own with it, and shuffle with this generator",
        )
    others = [set(split(seed + more)[1]) for more in (1, 2, 3)]
    if all(set(held) == other for other in others):
        fail(
            f"`{name}` gives the same split for every seed.",
            expected="another random split for another seed",
            actual="the same samples in the validation part, four times",
            cause="nothing is shuffled, or the seed is written into the code",
            next_step="shuffle the places of each class with a generator that is seeded with `seed`",
        )
    for c, n in enumerate(counts):
        places = (labels == c).nonzero().flatten().tolist()
        parts = [frozenset(set(places) & part) for part in (set(held), *others)]
        if n >= 10 and len(set(parts)) == 1:
            fail(
                f"`{name}` always holds back the same samples of a class.",
                expected="a random choice within every class",
                actual="the same ones for four seeds",
                cause="the classes are cut without having been shuffled",
                next_step="shuffle the places within each class",
            )
    expect_unchanged(given, labels, "the tensor `labels`")
    gap = labels + (labels > 0).long()  # no sample has the label 1
    found = call(stratified_split, give(gap, "labels"), share, seed, label=name)
    both = [
        int(place)
        for part in expect_parts(found, ("training", "validation"))
        for place in _numbers_of(part, "whole numbers, the places")
    ]
    if sorted(both) != list(range(len(gap))):
        fail(
            f"`{name}` loses samples when a class number does not occur.",
            expected=f"each of the {len(gap)} places in exactly one part, with the classes "
            f"{', '.join(map(str, gap.unique().tolist()))}",
            actual=f"{len(set(both))} of {len(gap)} places",
            cause="the classes are counted, and the numbers taken to run up to their count without a gap",
            next_step="go through the numbers that occur, or up to the largest of them",
        )


# -- 6.5: early stopping -------------------------------------------------------------------------------------------


def _stops(losses: Sequence[float], patience: int, way: str = "") -> list[bool]:
    """What each step returns, for the right rule or a mistaken one."""
    best, bad, found = math.inf, 0, []
    for place, loss in enumerate(losses):
        if way == "last":
            better = place == 0 or loss < losses[place - 1]
        elif way == "equal":
            better = loss <= best
        else:
            better = loss < best
        if way == "higher":
            better = place == 0 or loss > best
        if better:
            best = loss
            bad = bad if way == "no reset" else 0
        else:
            bad += 1
        limit = patience + 1 if way == "late" else patience - 1 if way == "early" else patience
        found.append(bad >= limit and not (way == "early" and limit == 0 and better))
    return found


_STOP_MISTAKES = (
    ("late", "it stops one epoch too late: patience + 1 bad epochs are waited for", "`>=`, not `>`"),
    ("early", "it stops one epoch too early", "patience bad epochs in a row are allowed to happen"),
    ("no reset", "bad epochs are added up over the whole training", "an improvement sets the count back to 0"),
    ("last", "a loss is compared with the one before, not with the best", "keep the best loss so far"),
    ("equal", "a loss that only equals the best counts as an improvement", "strictly smaller"),
    ("higher", "the largest loss counts as the best", "a loss is better when it is smaller"),
)


@exercise(
    "6.5",
    title="Early stopping that keeps the best network",
    points=4,
    difficulty=2,
    minutes=20,
    hints=(
        "Three things to remember between calls: the best loss so far, the number of bad epochs in a row, the best "
        "state of the model.",
        "A model's state dict refers to the live tensors: keeping it is keeping nothing. What makes a copy?",
        "`copy.deepcopy(model.state_dict())` when the loss improves; `model.load_state_dict(...)` in `restore`.",
    ),
)
def EarlyStopping(EarlyStopping: Subject) -> None:
    scale = _uniform(0.5, 2.0)
    # the second list: losses that tell mistakes apart, for whoever has not stopped where the training ends
    runs: list[tuple[int, list[float], list[float]]] = [
        (2, [1.0, 0.8, 0.7, 0.9, 0.7], [0.85, 0.84, 0.86, 0.87]),
        (3, [9.0, 9.5, 5.0, 5.2, 5.1, 4.0, 4.5, 4.4, 4.0], []),
        (1, [0.5, 0.4, 0.45], []),
    ]
    for patience, pattern, more in runs:
        losses = [scale * loss for loss in pattern]
        shown = "[" + ", ".join(f"{loss:.3g}" for loss in losses) + "]"
        model = make(
            "torch.nn.Sequential", make("torch.nn.Linear", 3, 2), make("torch.nn.BatchNorm1d", 2), label="model"
        )
        norm = attribute(model, "1", keep=True)
        stopper = construct(EarlyStopping, patience)
        states: list[list[torch.Tensor]] = []
        answers: list[bool] = []
        start = [p.tensor.shape for p in parameters(model)]
        for loss in losses:
            load_parameters(model, [random_normal(*shape) for shape in start])
            training_mode(model, True)
            call(model, 3 * random_normal(8, 3) + 1)  # moves the running statistics
            states.append(_state(model, norm))
            answer = method(stopper, "step", loss, model)
            number = number_of(answer)
            if number is None:
                expect_type(answer, "bool", "True or False")
            answers.append(bool(number))
            if not all(torch.equal(a, b) for a, b in zip(_state(model, norm), states[-1], strict=True)):
                fail(
                    "`stopper.step(loss, model)` changes the model.",
                    expected="a model that is only looked at",
                    actual="other parameters or running statistics after the call",
                    cause="the best state is loaded back into the model in the middle of the training",
                    next_step="only `restore` loads",
                )
            if not all(number_of(attribute(part, "training")) for part in (model, norm)):
                fail(
                    "`stopper.step(loss, model)` changes the mode of the model.",
                    expected="a model that is in training mode before and after the call",
                    actual="a model in eval mode after the call",
                    cause="`eval()` is called in `step`, and the training would go on in eval mode",
                    next_step="copying the state needs no other mode: leave it as it is",
                )
        right = _stops(losses, patience)
        if answers != right:
            for loss in (scale * loss for loss in more):
                losses.append(loss)
                answers.append(bool(number_of(method(stopper, "step", loss, model))))
            cause, step = next(
                ((why, todo) for way, why, todo in _STOP_MISTAKES if _stops(losses, patience, way) == answers),
                ("the count of bad epochs does not follow the rule", "note best loss and count after each call"),
            )
            fail(
                "`EarlyStopping` stops at the wrong time.",
                expected=f"True as soon as {patience} calls in a row have brought no loss below the best so far",
                actual=f"with patience {patience} and the losses {shown}: {answers}",
                cause=cause,
                next_step=step,
            )
        best = min(range(len(losses)), key=losses.__getitem__)
        method(stopper, "restore", model)
        now = _state(model, norm)
        if all(close(a, b) for a, b in zip(now, states[best], strict=True)):
            continue
        weights, rest = now[:4], now[4:]
        cause, step = "another state than the best is kept", "copy the state in the call that improves the best loss"
        if all(close(a, b) for a, b in zip(weights, states[best], strict=False)):
            cause = "the parameters are those of the best epoch, the running statistics of the batch normalization are "
            cause += "not: they are buffers, and no parameters"
            step = "keep the whole state dict"
        elif all(close(a, b) for a, b in zip(now, states[-1], strict=True)):
            cause = (
                "the model is as it was at the end: the kept state is no copy and went on changing with the model, or "
                "nothing is loaded"
            )
            step = "`copy.deepcopy(model.state_dict())`, and `load_state_dict` in `restore`"
        elif all(close(a, b) for a, b in zip(now, states[0], strict=True)):
            cause = "the state of the first epoch is kept for ever"
        elif all(close(a, b) for a, b in zip(rest, states[-1][4:], strict=True)) and all(
            close(a, b) for a, b in zip(weights, states[-1][:4], strict=True)
        ):
            cause = "nothing is loaded"
        fail(
            "`restore(model)` does not bring the best epoch back.",
            expected="parameters and buffers of the call with the smallest loss",
            actual="another state",
            cause=cause,
            next_step=step,
        )


def _state(model: Subject, norm: Subject) -> list[torch.Tensor]:
    """Four parameters, then the running mean and variance."""
    return [*(p.tensor.clone() for p in parameters(model)), *_statistics(norm)]


# -- 6.6 to 6.9: counts and scores ---------------------------------------------------------------------------------


def _confusion(predictions: torch.Tensor, labels: torch.Tensor, k: int) -> torch.Tensor:
    return torch.bincount(labels * k + predictions, minlength=k * k).reshape(k, k)


def _noisy_predictions(labels: torch.Tensor, k: int, right: float = 0.6) -> torch.Tensor:
    """Predictions of which about a share is right."""
    guesses = _draw_classes(len(labels), k)
    keep = torch.rand(len(labels), generator=current_session().random) < right
    return torch.where(keep, labels, guesses)


@exercise(
    "6.6",
    title="Count the confusions",
    points=2,
    difficulty=1,
    minutes=10,
    hints=(
        "Start with a table of zeros, int64. Each sample adds 1 at one place: which row, which column?",
        "The row is the true class, the column the prediction. A loop over `zip(labels, predictions)` will do.",
        "Without a loop: `labels * num_classes + predictions` numbers the places of the table; `torch.bincount` "
        "counts them.",
    ),
)
def count_confusions(count_confusions: Subject) -> None:
    for rows, k, top in ((random_integer(40, 60), 4, 4), (25, random_integer(5, 7), 4), (6, 3, 3)):
        labels = _draw_classes(rows, top, [0.5, *([0.5 / (top - 1)] * (top - 1))])
        predictions = _noisy_predictions(labels, top)
        predictions[0], labels[0] = 0, top - 1
        predictions[1], labels[1] = 0, top - 1
        right = _confusion(predictions, labels, k)
        given = [give(predictions, "predictions"), give(labels, "labels")]
        label = f"count_confusions(predictions, labels, {k})"
        seen = call(count_confusions, *given, k, label=label)
        if seen.kind == "tensor" and k > top and seen.meta["shape"] == (top, top):
            fail(
                f"`{label}` has the wrong shape.",
                expected=f"shape {show_shape((k, k))}, also when some classes do not occur",
                actual=f"shape {show_shape((top, top))}",
                cause="the size is taken from the largest class that occurs",
                next_step="use `num_classes`",
            )
        if seen.tensor is not None and seen.tensor.is_floating_point() and seen.tensor.shape == (k, k):
            each, total = right.double(), float(right.sum())
            shares = (each / total, _divided(each, each.sum(1, keepdim=True)), _divided(each, each.sum(0)))
            if any(close(seen.tensor, share.to(seen.tensor.dtype)) for share in shares):
                fail(
                    f"`{label}` holds shares.",
                    expected="counts, whole numbers of dtype int64",
                    actual=f"{str(seen.tensor.dtype).removeprefix('torch.')} numbers that add up to 1",
                    cause="the counts are divided by the number of all samples, or by the sums of rows or columns",
                    next_step="return the counts; shares can be made from them later",
                )
        got = expect_tensor(
            seen, shape=f"{k} {k}", dtype=torch.int64, because="counts are whole numbers, and are indexed with"
        )
        once = torch.zeros(k, k, dtype=torch.int64)
        once[labels, predictions] = 1
        expect_values(
            got,
            right,
            label,
            because="row = true class, column = predicted class, each sample counted once",
            mistakes=(
                Mistake(
                    right.T,
                    "rows and columns are exchanged: the rows are the predictions",
                    "the true class is the row, as in torchmetrics and scikit-learn",
                ),
                Mistake(
                    once,
                    "a place that is hit several times counts once: `table[labels, predictions] += 1` does not add up "
                    "repeated places",
                    "count in a loop, or with `torch.bincount` or `index_put_(..., accumulate=True)`",
                ),
                Mistake(
                    right - torch.diag(right.diag()),
                    "the right predictions are left out",
                    "they belong on the diagonal",
                ),
                Mistake(torch.diag(right.diag()), "only right predictions are counted", "count the wrong ones too"),
            ),
        )
        for subject, before, name in zip(given, (predictions, labels), ("predictions", "labels"), strict=True):
            expect_unchanged(subject, before, f"the tensor `{name}`")


def _divided(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """a / b, and 0 where b is 0."""
    return torch.where(b > 0, a / b.clamp(min=1e-300), torch.zeros_like(a))


def _class_scores(matrix: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Precision, recall and F1 of each class, float64."""
    m = matrix.double()
    hits, said, there = m.diag(), m.sum(0), m.sum(1)
    return _divided(hits, said), _divided(hits, there), _divided(2 * hits, said + there)


def _matrix(k: int, *, never_said: int | None = None, absent: int | None = None) -> torch.Tensor:
    """A table of counts of uneven classes, with every row and column different."""
    while True:
        labels = _draw_classes(80, k, [2.0 ** -(c % 4) for c in range(k)])
        predictions = _noisy_predictions(labels, k)
        table = _confusion(predictions, labels, k)
        if never_said is not None:
            table[:, (never_said + 1) % k] += table[:, never_said]
            table[:, never_said] = 0
        if absent is not None:
            table[absent, :] = 0
            table[:, absent] = 0
        keep = [c for c in range(k) if c != absent]
        p, r, _ = _class_scores(table)
        apart = [c for c in keep if c != never_said]
        if int(table.sum(1)[keep].min()) > 0 and float((p - r)[apart].abs().min()) > 0.02:
            return table


@exercise(
    "6.7",
    title="Precision, recall and F1 of every class",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "The diagonal holds the hits. What do the sums of the columns count, and the sums of the rows?",
        "Precision asks of everything that was *called* class c, recall of everything that *is* class c.",
        "F1 is `2 * hits / (column sum + row sum)`. Where a divisor is 0, `torch.where` puts a 0.",
    ),
)
def scores_per_class(scores_per_class: Subject) -> None:
    k = random_integer(4, 6)
    cases = [
        ("an ordinary table", _matrix(4)),
        ("a class that is never predicted", _matrix(k, never_said=random_integer(0, k - 1))),
        ("a class that does not occur at all", _matrix(k, absent=random_integer(0, k - 1))),
        ("nothing but wrong predictions", torch.tensor([[0, 3], [5, 0]])),
    ]
    for words, table in cases:
        given = give(table, "matrix")
        label = f"scores_per_class(matrix) with {words}"
        parts = expect_parts(call(scores_per_class, given, label=label), ("precision", "recall", "f1"))
        precision, recall, f1 = _class_scores(table)
        m = table.double()
        hits, said, there = m.diag(), m.sum(0), m.sum(1)
        for part, right, other, name in zip(
            parts, (precision, recall, f1), (recall, precision, None), ("precision", "recall", "F1"), strict=True
        ):
            got = expect_tensor(part, shape=str(len(table)), dtype=torch.float32)
            if bool(torch.isnan(got).any()):
                fail(
                    f"The {name} of a class is not a number, with {words}.",
                    expected="0 where the divisor is 0",
                    actual="NaN",
                    cause="0 is divided by 0: nothing was predicted as this class, or there is nothing of it"
                    if name != "F1"
                    else "precision and recall are both 0, and the harmonic mean divides by their sum",
                    next_step="decide the case before dividing, e.g. with `torch.where`",
                )
            known = [
                Mistake(m.diag() / m.sum(), "the hits are divided by all samples", "divide each class by its own sum"),
                Mistake(
                    (m.sum() - said - there + 2 * hits) / m.sum(),
                    "this is the accuracy of 'this class or another', true negatives included",
                    "precision and recall do not look at true negatives",
                ),
            ]
            if other is not None:
                known.append(
                    Mistake(
                        other,
                        "precision and recall are exchanged: rows (true classes) and columns (predictions) are "
                        "mixed up",
                        "precision divides by the column sums, recall by the row sums",
                    )
                )
            else:
                known += [
                    Mistake((precision + recall) / 2, "this is the plain mean of both", "F1 is the harmonic mean"),
                    Mistake(f1 / 2, "the factor 2 of the harmonic mean is missing", "2 p r / (p + r)"),
                    Mistake((precision * recall).sqrt(), "this is the geometric mean", "F1 is the harmonic mean"),
                    Mistake(precision * recall, "this is only the product", "2 p r / (p + r)"),
                ]
            divisor = {"precision": said, "recall": there}.get(name, said + there)
            if bool((divisor == 0).any()):
                known.append(
                    Mistake(
                        torch.where(divisor == 0, 1.0, right),
                        "a score of 0 divided by 0 came out as 1",
                        "0 is asked for",
                    )
                )
            hit = (hits > 0) & (got > 0)
            if name != "F1" and bool(hit.any()):
                extra = hits[hit] / got.double()[hit] - divisor[hit]
                if float(extra.min()) > 1e-3 and float(extra.max() - extra.min()) < 1e-2:
                    known.append(
                        Mistake(
                            got,
                            f"about {float(extra.mean()):.3g} is added to the divisor, so every score is too small",
                            "divide by the sum itself, and decide the case of a divisor of 0 before dividing",
                        )
                    )
            right_text = {"precision": "of all samples predicted as the class, the share that is of it"}
            right_text |= {"recall": "of all samples of the class, the share that is predicted as it"}
            expect_values(
                got,
                right,
                f"{name} of {label}",
                atol=2e-5,
                because=right_text.get(name, "the harmonic mean of precision and recall"),
                mistakes=known,
            )
        expect_unchanged(given, table, "the table")


def _averages(matrix: torch.Tensor, average: str, way: str = "") -> tuple[float, float, float]:
    """Precision, recall and F1 as torchmetrics averages them, or as a mistake does."""
    m = matrix.double()
    hits, said, there = m.diag(), m.sum(0), m.sum(1)
    if average == "micro":
        share = float(hits.sum() / m.sum())
        return share, share, share
    found = _class_scores(matrix)
    if average == "weighted":
        weights = there if way != "predicted" else said
    else:
        weights = ((said + there) > 0).double()
        if way == "all classes":
            weights = torch.ones_like(weights)
        if way == "with labels":
            weights = (there > 0).double()
        if way == "predicted only":
            weights = (said > 0).double()
        if way == "scored only":
            weights = (hits > 0).double()
    p, r, f = (float((weights * one).sum() / weights.sum()) for one in found)
    if way == "f1 of means":
        f = 2 * p * r / (p + r)
    return p, r, f


_AVERAGE_MISTAKES = (
    (
        "all classes",
        "a class that neither occurs nor is predicted counts as 0 in the mean",
        "leave out classes that are absent from both labels and predictions",
    ),
    (
        "with labels",
        "a class that is predicted but does not occur is left out of the mean",
        "leave out only what is absent from both labels and predictions",
    ),
    (
        "predicted only",
        "a class that is never predicted is left out of the mean",
        "it has missed all of its samples, and counts as 0",
    ),
    ("scored only", "classes with a score of 0 are left out of the mean", "a class without a hit counts as 0"),
    ("predicted", "the classes are weighted by how often they are predicted", "weight by how often they occur"),
    ("f1 of means", "F1 is computed from the averaged precision and recall", "average the F1 of the classes"),
)


@exercise(
    "6.8",
    title="Micro, macro and weighted",
    points=4,
    difficulty=3,
    minutes=25,
    hints=(
        "Micro: put all samples into one pot. Every wrong prediction is a false positive of one class and a false "
        "negative of another.",
        "Macro: the plain mean over classes; first find the classes that occur in the labels *or* in the predictions.",
        "Weighted: the mean over classes, each weighted with its number of samples (the row sums). All three scores, "
        "F1 too, are averaged class by class.",
    ),
)
def average_scores(average_scores: Subject) -> None:
    k = random_integer(4, 6)
    strange = _matrix(k)  # a class that is predicted and does not occur
    guest = random_integer(0, k - 1)
    strange[guest, :] = 0
    strange[(guest + 1) % k, guest] += 3
    tables = [
        ("an ordinary table", _matrix(4)),
        ("a class that is never predicted", _matrix(k, never_said=random_integer(0, k - 1))),
        ("a class that is absent from labels and predictions", _matrix(k, absent=random_integer(0, k - 1))),
        ("a class that is predicted but does not occur", strange),
    ]
    for words, table in tables:
        for average in ("micro", "macro", "weighted"):
            given = give(table, "matrix")
            label = f'average_scores(matrix, "{average}") with {words}'
            parts = expect_parts(call(average_scores, given, average, label=label), ("precision", "recall", "f1"))
            right = _averages(table, average)
            others = [a for a in ("micro", "macro", "weighted") if a != average]
            wrong = [(_averages(table, average, way), why, step) for way, why, step in _AVERAGE_MISTAKES]
            there = table.double().sum(1)
            if average == "weighted":
                summed = tuple(float((there * one).sum()) / len(table) for one in _class_scores(table))
                inverse = _divided(torch.ones_like(there), there)
                turned = tuple(float((inverse * one).sum() / inverse.sum()) for one in _class_scores(table))
                wrong += [
                    (
                        summed,
                        "the weighted scores are divided by the number of classes",
                        "divide by the sum of the weights",
                    ),  # type: ignore[list-item]
                    (turned, "rare classes get the larger weights", "a class counts by its size"),  # type: ignore[list-item]
                ]
            elif average == "micro":
                hits = float(table.diag().sum())
                jaccard = hits / (2 * float(there.sum()) - hits)
                wrong.append(
                    (
                        (jaccard,) * 3,
                        "hits are divided by hits, false positives and false negatives together: every wrong "
                        "prediction counts twice",
                        "divide by all samples",
                    )
                )
            wrong += [
                (_averages(table, o), f"this is the {o} average", f"`average` is {average!r} here") for o in others
            ]
            for place, (part, name) in enumerate(zip(parts, ("precision", "recall", "F1"), strict=True)):
                known = [Mistake(values[place], why, step) for values, why, step in wrong]
                number = number_of(part)
                if number is not None and math.isnan(number):
                    fail(
                        f"`{part.label}` is not a number for {words}.",
                        expected=f"the {average} average of the {name}, 0/0 being 0",
                        actual="NaN",
                        cause="the score of a class is 0 divided by 0, and one NaN makes every sum NaN",
                        next_step="put a 0 in its place before averaging",
                    )
                known += [
                    Mistake(right[other], "the three numbers stand in another order", "precision, recall, F1")
                    for other in range(3)
                    if other != place
                ]
                expect_number(
                    part,
                    right[place],
                    what=f"the {average} average of the {name}",
                    when=f"for {words}",
                    tolerance=2e-5,
                    reveal=False,
                    mistakes=known,
                )
            expect_unchanged(given, table, "the table")


_CONSTANT_KEYS = ("accuracy", "macro recall", "macro precision", "macro f1", "weighted recall", "weighted precision")


def _constant(counts: Sequence[int], guess: int) -> dict[str, float]:
    """The six scores of always saying ``guess``."""
    table = torch.zeros(len(counts), len(counts), dtype=torch.int64)
    table[:, guess] = torch.tensor(counts)
    macro, weighted = _averages(table, "macro"), _averages(table, "weighted")
    p = counts[guess] / sum(counts)
    return dict(zip(_CONSTANT_KEYS, (p, macro[1], macro[0], macro[2], weighted[1], weighted[0]), strict=True))


@exercise(
    "6.9",
    title="What somebody scores who always says the same",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "Write the confusion matrix of someone who always says class g: only one column is not 0.",
        "Recall is 1 for class g and 0 for all others. Precision of class g is its share; of the others it is 0.",
        "With the share p of class g among n samples and K classes: accuracy p, macro recall 1/K, macro precision p/K; "
        "the weighted ones multiply by p instead of dividing by K.",
    ),
)
def constant_scores(constant_scores: Subject) -> None:
    for turn in range(3):
        k = 2 if turn == 0 else random_integer(3, 7)
        counts = [95, 5] if turn == 0 else [random_integer(3, 9) * (1 + 4 * (c == 1)) + c for c in range(k)]
        guess = 0 if turn == 0 else 1 if turn == 1 else random_integer(2, k - 1)
        largest = counts.index(max(counts))
        right, always_largest = _constant(counts, guess), _constant(counts, largest)
        macro_f1 = right["macro f1"]
        label = f"constant_scores({counts}, {guess})"
        seen = call(constant_scores, counts, guess, label=label)
        expect_type(seen, "dict", "a dict with six scores")
        found = {key.value: value for key, value in seen.pairs if key.kind == "str"}
        missing = [key for key in _CONSTANT_KEYS if key not in found]
        if missing:
            fail(
                f"`{label}` has no entry for {len(missing)} of the six scores.",
                expected="the keys " + ", ".join(f'"{key}"' for key in _CONSTANT_KEYS),
                actual="nothing for " + ", ".join(f'"{key}"' for key in missing),
                cause="an entry was left out, or its key is spelled differently",
                next_step="use the keys as the exercise writes them",
            )
        for key in _CONSTANT_KEYS:
            part = found[key]
            part.label = f'{label}["{key}"]'
            known = [
                Mistake(value, f"this is the {name}", "look up which sums each score divides by")
                for name, value in right.items()
                if abs(value - right[key]) > 1e-4
            ]
            if key == "macro f1":
                known.insert(0, Mistake(macro_f1 * k, "this is the F1 of one class", "average over all classes"))
            if key.startswith("macro"):
                known.append(
                    Mistake(right[key] * k, "classes with a score of 0 are left out", "they occur: they count")
                )
            known.append(Mistake(100 * right[key], "this is a percentage", "give a share between 0 and 1"))
            for digits in (3, 2):
                if abs(round(right[key], digits) - right[key]) > 1e-4:
                    known.append(Mistake(round(right[key], digits), "the score is rounded", "return it as it is"))
            if key.startswith("macro") and k > 2:
                known.append(
                    Mistake(right[key] * k / 2, "it is divided by 2, as if there were two classes", "count the classes")
                )
            if guess != largest:
                known.append(
                    Mistake(
                        always_largest[key],
                        "this is the score of always saying the largest class, not the class `guess`",
                        "use `guess`",
                    )
                )
            expect_number(part, right[key], what=f"the {key}", tolerance=2e-5, reveal=False, mistakes=known)


# -- 6.10: a metric over an epoch ----------------------------------------------------------------------------------


def _macro_recall(predictions: torch.Tensor, labels: torch.Tensor, k: int) -> float:
    return _averages(_confusion(predictions, labels, k), "macro")[1]


def _recall_batches(k: int, absent: int | None) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Scores and labels of three batches; the last one is short, and one class may be absent from them all."""
    sizes = (random_integer(9, 14), random_integer(6, 8), 3)
    batches: list[tuple[torch.Tensor, torch.Tensor]] = []
    for size in sizes:
        labels = _draw_classes(size, k, [3.0, *([1.0] * (k - 1))])
        predictions = _noisy_predictions(labels, k)
        if absent is not None:
            labels[labels == absent] = 0
            predictions[predictions == absent] = 2
            if batches:  # the last class occurs in the first batch only: the second epoch is without it
                labels[labels == k - 1] = 0
                predictions[predictions == k - 1] = 2
            else:
                labels[0] = k - 1
        scores = random_normal(size, k)
        scores[torch.arange(size), predictions] = (
            scores.max() + 1 + torch.rand(size, generator=current_session().random)
        )
        batches.append((scores, labels))
    return batches


@exercise(
    "6.10",
    title="A metric that counts over batches, and looks at its inputs",
    points=4,
    difficulty=3,
    minutes=25,
    hints=(
        "Keep a confusion matrix as an attribute. `update` adds the batch's counts, `compute` turns the counts into "
        "the score, `reset` goes back to zeros.",
        "Look at the inputs before counting anything: number of axes, equal lengths, width of the scores, dtype, "
        "smallest and largest label.",
        "The macro recall is the mean of the recalls of the classes that occur in labels or predictions; "
        '`average_scores(matrix, "macro")` has it.',
    ),
)
def EpochRecall(EpochRecall: Subject) -> None:
    for k, absent in ((3, None), (random_integer(4, 5), 1)):
        for _ in range(100):
            batches = _recall_batches(k, absent)
            rounds = [_recall_mistakes(batches, epoch, last, k) for epoch in range(2) for last in range(epoch, 3)]
            if named_right(rounds, 2e-5):
                break
        _check_epoch_recall(EpochRecall, batches, k)
    k = 4
    metric = construct(EpochRecall, k)
    labels = torch.tensor([0, 1, 2, 3, 0, 1])
    scores = 3 * F.one_hot(labels, k).float() + 0.1 * random_normal(6, k)
    scores[0] = scores[0].roll(1)
    method(metric, "update", scores, labels)
    before = _macro_recall(scores.argmax(1), labels, k)
    bad: list[tuple[str, torch.Tensor, torch.Tensor, str]] = [
        (
            "for one-hot labels",
            scores,
            F.one_hot(labels, k),
            "labels with two axes are not looked at, and torchmetrics would take them without a word",
        ),
        (
            f"for a label of {k} with {k} classes",
            scores,
            torch.where(labels == 3, k, labels),
            "the largest label is not looked at",
        ),
        ("for a negative label", scores, torch.where(labels == 0, -1, labels), "the smallest label is not looked at"),
        (
            "for scores of another number of classes",
            torch.cat([scores, scores[:, :1] - 9], dim=1),
            labels,
            "the width of the scores is not looked at",
        ),
        ("for scores and labels of different lengths", scores[:4], labels, "the lengths are not compared"),
    ]
    for when, x, y, cause in bad:
        expect_raises(
            lambda x=x, y=y: method(metric, "update", x, y),  # type: ignore[misc]
            "ValueError",
            when=when,
            cause=cause,
        )
        seen = method(metric, "compute")
        number = number_of(seen)
        expect_number(
            seen,
            before,
            what="the score from before the refused batch",
            when="after a batch that was refused",
            tolerance=2e-5,
            mistakes=(
                Mistake(
                    number,
                    "the batch, or a part of it, was counted before it was refused",
                    "look at the whole batch first, and count only then",
                ),
            ),
        )


def _occurring(batches: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> int:
    """How many classes occur among labels or predictions."""
    return len({int(c) for scores, labels in batches for part in (scores.argmax(1), labels) for c in part})


def _recall_mistakes(
    batches: Sequence[tuple[torch.Tensor, torch.Tensor]], epoch: int, last: int, k: int
) -> tuple[float, list[Mistake]]:
    """The macro recall after batch ``last`` of this epoch, and what known mistakes give.

    The second epoch leaves the first batch out.
    """
    seen = batches[epoch : last + 1]
    guesses, truth = torch.cat([s.argmax(1) for s, _ in seen]), torch.cat([y for _, y in seen])
    each = [_macro_recall(s.argmax(1), y, k) for s, y in seen]
    everything = batches[: last + 1] if epoch == 0 else [*batches, *seen]
    table = _confusion(guesses, truth, k)
    right = _averages(table, "macro")[1]
    return right, [
        Mistake(each[-1], "this is the score of the last batch alone", "keep counts over all batches"),
        Mistake(
            sum(each) / len(each),
            "this is the mean of the batches' scores, which is not the score of the whole",
            "add up counts, and divide once at the end",
        ),
        Mistake(
            sum(e * len(y) for e, (_, y) in zip(each, seen, strict=True)) / len(truth),
            "this is the mean of the batches' scores, weighted by their sizes: still not the whole",
            "add up counts, and divide once at the end",
        ),
        Mistake(
            _macro_recall(torch.cat([s.argmax(1) for s, _ in everything]), torch.cat([y for _, y in everything]), k),
            "the counts of the epoch before are still there",
            "`reset` sets the counts back to 0",
        ),
        Mistake(float((guesses == truth).double().mean()), "this is the accuracy", "average the recalls"),
        Mistake(_averages(table, "macro")[0], "this is the macro precision", "divide by the row sums"),
        Mistake(
            _averages(table, "macro", "all classes")[1],
            "a class that neither occurs nor is predicted counts as 0",
            "leave it out, as torchmetrics does",
        ),
        Mistake(
            right * _occurring(seen) / _occurring(everything),
            "classes that occurred before the reset, and not since, still count",
            "`reset` forgets which classes there were, too",
        ),
        Mistake(
            _averages(table, "macro", "with labels")[1],
            "a class that is predicted but does not occur is left out",
            "leave out only what is absent from labels and predictions",
        ),
    ]


def _check_epoch_recall(cls: Subject, batches: Sequence[tuple[torch.Tensor, torch.Tensor]], k: int) -> None:
    metric, other = construct(cls, k), construct(cls, k)
    for epoch in range(2):
        for number, (scores, labels) in enumerate(batches[epoch:], start=epoch):
            method(metric, "update", scores, labels)
            right, mistakes = _recall_mistakes(batches, epoch, number, k)
            count = number + 1 - epoch
            for again in ("", ", called once more"):
                value = method(metric, "compute")
                if again:  # the first call was right
                    mistakes = [
                        Mistake(number_of(value), "`compute` changes or forgets the counts", "leave that to `reset`")
                    ]
                    if math.isnan(number_of(value) or 0.0):
                        fail(
                            f"`{value.label}` is not a number when it is called once more.",
                            expected="the same score again: `compute` changes nothing",
                            actual="NaN",
                            cause="`compute` forgets the counts, and 0 is divided by 0",
                            next_step="leave that to `reset`",
                        )
                expect_number(
                    value,
                    right,
                    what="the macro recall of all samples since the last reset",
                    when=f"after {count} {'batch' if count == 1 else 'batches'}"
                    + (" of the second epoch" if epoch else "")
                    + again,
                    tolerance=2e-5,
                    reveal=False,
                    mistakes=mistakes,
                )
        if epoch == 0:
            method(metric, "reset")
    scores, labels = batches[0]
    method(other, "update", scores, labels)
    expect_number(
        method(other, "compute"),
        _macro_recall(scores.argmax(1), labels, k),
        what="the score of its own batches",
        when="for a second metric",
        tolerance=2e-5,
        reveal=False,
        mistakes=(
            Mistake(
                _macro_recall(torch.cat([s.argmax(1) for s, _ in batches]), torch.cat([y for _, y in batches]), k),
                "the counts of another metric are in it: they belong to the class, and all its objects share them",
                "make the counts in `__init__`, as an attribute of `self`",
            ),
        ),
    )


# -- 6.11, 6.12: names and pictures --------------------------------------------------------------------------------

_NAMES = ("altocumulus", "cirrus", "clear", "cumulus", "fog", "nimbus", "stratus")


@exercise(
    "6.11",
    title="Scores with names",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "`class_to_idx` maps each name to its number. The number is the place in `values`.",
        "Go through `class_to_idx.items()`, and use the number as an index. The order of the dict says nothing.",
        "`{name: values[number].item() for name, number in class_to_idx.items()}`",
    ),
)
def scores_by_class(scores_by_class: Subject) -> None:
    for turn in range(3):
        k = random_integer(4, 6)
        names = [_NAMES[i] for i in sorted(_randperm(len(_NAMES))[:k].tolist())]
        # the order of the dict, and from the second turn on the numbers too, are not the alphabet's
        numbers = list(range(k)) if turn == 0 else _randperm(k).tolist()
        pairs = list(zip(names, numbers, strict=True))
        if turn != 0:
            pairs = [pairs[i] for i in _randperm(k).tolist()]
            while [n for _, n in pairs] == sorted(numbers) or sorted(pairs) == pairs:
                pairs = [pairs[i] for i in _randperm(k).tolist()]
        class_to_idx = dict(pairs)
        values = torch.linspace(0.05, 0.95, k)[_randperm(k)] + 0.02 * _uniform(-1, 1)
        label = "scores_by_class(values, class_to_idx)"
        given = [give(values, "values"), give(class_to_idx, "class_to_idx")]
        seen = call(scores_by_class, *given, label=label)
        expect_type(seen, "dict", "a dict from name to score")
        if any(key.kind in {"int", "float"} for key, _ in seen.pairs):
            fail(
                f"`{label}` has numbers for keys.",
                expected="the names of the classes as keys",
                actual="numbers",
                cause="keys and values of `class_to_idx` are exchanged",
                next_step="name first, then number",
            )
        found = {key.value: value for key, value in seen.pairs if key.kind == "str"}
        if set(found) != set(names):
            fail(
                f"`{label}` has the wrong keys.",
                expected=f"the {k} names of `class_to_idx`",
                actual=f"{len(found)} keys, {len(set(found) & set(names))} of them right",
                cause="some classes are missing, or the keys are no names",
                next_step="go through `class_to_idx.items()`",
            )
        got = []
        for name in names:
            found[name].label = f'{label}["{name}"]'
            number = number_of(found[name])
            if number is None or isinstance(number, bool):
                expect_number(found[name], float(values[class_to_idx[name]]), what="one score")
            got.append(float(number or 0.0))
        wanted = [float(values[class_to_idx[name]]) for name in names]
        insertion = {name: float(values[i]) for i, name in enumerate(class_to_idx)}
        alphabet = {name: float(values[i]) for i, name in enumerate(sorted(class_to_idx))}
        indices = [float(class_to_idx[name]) for name in names]
        if close(torch.tensor(got), torch.tensor(wanted)):
            expect_unchanged(given[0], values, "the tensor `values`")
            left = {key.value: value.value for key, value in read(given[1]).pairs}
            if left != class_to_idx:
                fail(
                    "The dict `class_to_idx` that was passed in is changed by the call.",
                    expected="the dict as it was before",
                    actual=f"{len(left)} entries where {len(class_to_idx)} were" if len(left) != k else "other entries",
                    cause="`pop`, `popitem`, `del` or an assignment to a key changes the caller's own dict",
                    next_step="only read it, and write into a new dict",
                )
            continue
        cause, step = "the scores belong to other classes", "use `class_to_idx[name]` as the place in `values`"
        if close(torch.tensor(got), torch.tensor(indices)):
            cause, step = "the numbers of the classes are returned, not their scores", "index `values` with them"
        elif close(torch.tensor(got), torch.tensor([insertion[name] for name in names])):
            cause = "names and scores are paired in the order of the dict, which need not be the order of the numbers"
        elif close(torch.tensor(got), torch.tensor([alphabet[name] for name in names])):
            cause = "names and scores are paired in alphabetical order, which need not be the order of the numbers"
        elif close(torch.tensor(got), torch.tensor([round(value, 2) for value in wanted])):
            cause, step = "the scores are rounded", "round when printing, not before"
        fail(
            f"`{label}` gives a class the score of another.",
            expected="for each name the value at the place `class_to_idx[name]`",
            actual=f"with {dict(pairs)}: wrong scores for "
            + ", ".join(n for n, a, b in zip(names, got, wanted, strict=True) if abs(a - b) > 1e-4),
            cause=cause,
            next_step=step,
        )


@exercise(
    "6.12",
    title="The worst mistakes",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "How sure the network is of what it says: the largest probability of each row, after a softmax.",
        "Only wrong predictions count. Give the right ones a value that can never be among the largest, or take the "
        "wrong ones out first and remember their places.",
        "`wrong = (predictions != labels).nonzero().flatten()`, then sort `confidence[wrong]` in descending order and "
        "index `wrong` with the first k.",
    ),
)
def worst_mistakes(worst_mistakes: Subject) -> None:
    for words, rows, share, k in (
        ("a few of many mistakes", 30, 0.4, 5),
        ("fewer mistakes than asked for", 12, 0.75, 9),
        ("no mistakes at all", 6, 2.0, 3),
        ("a single mistake", 8, 2.0, 1),
    ):
        scores, labels = _confident_scores(rows, share, single=words == "a single mistake")
        probabilities = scores.double().softmax(1)
        confidence, predictions = probabilities.max(1)
        wrong = (predictions != labels).nonzero().flatten()
        order = wrong[confidence[wrong].argsort(descending=True)]
        right = order[:k].tolist()
        given = [give(scores, "scores"), give(labels, "labels")]
        label = f"worst_mistakes(scores, labels, {k}) with {words}"
        seen = call(worst_mistakes, *given, k, label=label)
        numbers = _numbers_of(seen, "the places of the worst mistakes")
        parts = [number for number in numbers if not math.isfinite(number) or number != int(number)]
        if parts:
            between = all(0 <= number <= 1 for number in numbers)
            fail(
                f"`{label}` gives the wrong places.",
                expected="places: row numbers, which are whole",
                actual=f"numbers such as {parts[0]:.3g}",
                cause="the probabilities are returned instead of the rows they belong to"
                if between
                else "scores are returned instead of the rows they belong to",
                next_step="return where they stand, not what stands there",
            )
        got = [int(v) for v in numbers]
        own = probabilities[torch.arange(rows), labels]
        ways: list[tuple[torch.Tensor | list[int], str, str]] = [
            (order.flip(0)[:k], "the least sure mistakes come, or the order is turned around", "the surest first"),
            (order[:k].flip(0), "these are the right ones, in the other order", "the surest mistake first"),
            (confidence.argsort(descending=True)[:k], "right predictions are among them", "take only wrong ones"),
            (wrong[:k], "the first mistakes are taken, not the surest ones", "sort by how sure the network was"),
            (
                wrong[own[wrong].argsort()][:k],
                "sorted by how little probability the *true* class got, not by how sure the network was of its answer",
                "the largest probability of each row counts",
            ),
            (
                wrong[scores.max(1).values[wrong].argsort(descending=True)][:k],
                "sorted by the largest score: scores of different rows cannot be compared before a softmax",
                "compare probabilities",
            ),
            (torch.arange(len(order))[:k], "places within the mistakes are returned, not within the batch", ""),
            (
                confidence[wrong].argsort(descending=True)[:k],
                "these are places in the list of mistakes, not in the batch",
                "index the list of mistakes with them",
            ),
            (order, "all mistakes are returned", "at most k of them"),
            (
                wrong[scores.double().softmax(0).max(1).values[wrong].argsort(descending=True)][:k],
                "the softmax runs over the batch, not over the classes",
                "each row has to add up to 1",
            ),
            (
                wrong[probabilities.topk(2, dim=1).values.diff(dim=1).flatten()[wrong].argsort()][:k],
                "sorted by the distance between the two largest probabilities",
                "only the largest probability of each row counts",
            ),
            (
                (predictions != labels).long(),
                "a mask is returned instead of places",
                "`nonzero().flatten()` gives places",
            ),
        ]
        if got != right:
            cause, step = "another choice or another order", "print probability, prediction and label of these rows"
            for values, why, todo in ways:
                if got == [int(v) for v in values]:
                    cause, step = why, todo or step
                    break
            else:
                if len(got) > len(order) and set(right) <= set(got):
                    cause, step = (
                        "there are fewer mistakes than k, and right predictions fill up the rest",
                        ("the result may be shorter than k"),
                    )
                elif any(place < len(labels) and int(predictions[place]) == int(labels[place]) for place in got):
                    cause, step = "right predictions are among them", "take only wrong ones"
            fail(
                f"`{label}` gives the wrong places.",
                expected=f"{len(right)} {'place' if len(right) == 1 else 'places'} of wrong predictions, "
                "the one with the most probability for its answer first",
                actual=f"{len(got)} {'place' if len(got) == 1 else 'places'}: {got[:8]}",
                cause=cause,
                next_step=step,
            )
        for subject, before, name in zip(given, (scores, labels), ("scores", "labels"), strict=True):
            expect_unchanged(subject, before, f"the tensor `{name}`")


def _confident_scores(rows: int, share: float, single: bool) -> tuple[torch.Tensor, torch.Tensor]:
    """Scores without near ties in how sure they are, and labels of which a share is predicted."""
    while True:
        scores = 1.5 * random_normal(rows, 4)
        labels = scores.argmax(1)
        if share < 1:
            other = (labels + 1 + _draw_classes(rows, 3)) % 4
            labels = torch.where(torch.rand(rows, generator=current_session().random) < share, labels, other)
        if single:
            labels[random_integer(1, rows - 1)] += 1
            labels %= 4
        scores = scores + 6 * random_normal(rows, 1)  # changes no probability
        sure = scores.double().softmax(1).max(1).values.sort().values
        wrong = int((scores.argmax(1) != labels).sum())
        enough = share > 1 or (wrong > 7 if share < 0.5 else 2 <= wrong <= 6)
        if float(sure.diff().min()) > 2e-4 and enough and (share > 0.5 or _orders_differ(scores, labels)):
            return scores, labels


def _orders_differ(scores: torch.Tensor, labels: torch.Tensor) -> bool:
    """Whether each of the usual ways to sort the mistakes puts other ones first."""
    p = scores.double().softmax(1)
    wrong = (p.argmax(1) != labels).nonzero().flatten()
    ways = (
        p.amax(1),
        -p.topk(2, dim=1).values.diff(dim=1).flatten(),
        -p[torch.arange(len(labels)), labels],
        scores.amax(1),
        scores.double().softmax(0).amax(1),
    )
    return len({tuple(wrong[way[wrong].argsort(descending=True)][:5].tolist()) for way in ways}) == len(ways)


# -- 6.13: transfer ------------------------------------------------------------------------------------------------


def _trained_twins(dropout: bool) -> tuple[nn.Sequential, Subject, int]:
    """A small trained network with batch normalization: here, and beside the student's code."""
    side, channels, classes = 6, random_integer(3, 5), random_integer(3, 4)
    inner = channels * (side // 2) ** 2
    spec: list[tuple[str, tuple[Any, ...]]] = [
        ("Conv2d", (3, channels, 3, 1, 1)),
        ("BatchNorm2d", (channels,)),
        ("ELU", ()),
        ("MaxPool2d", (2,)),
        *([("Dropout", (0.5,))] if dropout else []),
        ("Flatten", ()),
        ("Linear", (inner, classes)),
    ]
    with torch.random.fork_rng(devices=[]):
        here = nn.Sequential(*(getattr(nn, name)(*sizes) for name, sizes in spec))
    there = make("torch.nn.Sequential", *(make(f"torch.nn.{n}", *s) for n, s in spec), label="trained")
    with torch.no_grad():
        for p in here.parameters():
            p.copy_(random_normal(*p.shape) / math.sqrt(max(1, p[:1].numel())))
        mean, var = 0.3 * random_normal(channels), 0.5 + random_normal(channels) ** 2
        norm = here[1]
        assert isinstance(norm, nn.BatchNorm2d)
        assert norm.running_mean is not None
        assert norm.running_var is not None
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(var)
    load_parameters(there, [p.detach() for p in here.parameters()])
    theirs = attribute(there, "1", keep=True)
    set_attribute(theirs, "running_mean", mean)
    set_attribute(theirs, "running_var", var)
    return here.eval(), there, inner


@exercise(
    "6.13",
    title="A new head on a frozen network",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "`trained[:-1]` is the network without its last layer, and `trained[-1].in_features` tells how many features "
        "it hands over.",
        "Freezing parameters is one thing. In training mode, dropout is still random and batch normalization uses, and "
        "moves, the statistics of the batch. Which mode must the extractor stay in, whatever is asked of the whole?",
        "Write a class with `extractor` and `head`, and a method `train(self, mode=True)` that calls "
        "`super().train(mode)`, then `self.extractor.eval()`, and returns `self`. Call `self.train()` at the "
        "end of the constructor.",
    ),
)
def transfer_net(transfer_net: Subject) -> None:
    for turn, dropout in enumerate((False, True)):
        here, trained, inner = _trained_twins(dropout)
        with torch.no_grad():
            extractor, old_head = here[:-1], here[-1]
        assert isinstance(old_head, nn.Linear)
        classes = random_integer(5, 7)
        label = f"transfer_net(trained, {classes})"
        training_mode(trained, bool(turn))
        net = call(transfer_net, trained, classes, keep=True, label=label)
        expect_model(net, because="the new network is trained and evaluated like any other")
        net.label = "net"
        x = random_normal(7, 3, 6, 6) + 0.5
        _expect_trainable_head(net, [p.detach() for p in extractor.parameters()], inner, classes, len(old_head.weight))
        found = parameters(net)
        head = [p.tensor for p in found if p.requires_grad]
        weight, bias = sorted(head, key=lambda t: -t.ndim)
        with torch.no_grad():
            right = extractor(x) @ weight.T + bias
        for mode, name in (
            (None, "as it comes out of the function"),
            (True, "after `net.train()`"),
            (False, "after `net.eval()`"),
            (True, "after `net.train()` again"),
            (False, "after `net.eval()` again"),
        ):
            if mode is not None:
                method(net, "train" if mode else "eval")
            seen = call(net, x)
            got = expect_tensor(seen, shape=f"7 {classes}", dtype=torch.float32)
            if close(got, right, 1e-3, 1e-4):
                continue
            if close(got, right.softmax(1), 1e-3, 1e-4) or close(got, right.log_softmax(1), 1e-3, 1e-4):
                fail(
                    f"`net` computes something else {name}.",
                    expected="scores: the new head's outputs as they are",
                    actual="their softmax" if bool((got >= 0).all()) else "their log-softmax",
                    cause="a softmax stands behind the new head, and the loss has one of its own",
                    next_step="end the network with the linear layer",
                )
            if mode is None:
                method(net, "eval")
                quiet = expect_tensor(call(net, x))
                switched = close(quiet, right, 1e-3, 1e-4)
                if not switched and not close(quiet, expect_tensor(call(net, x)), 1e-3, 1e-4):
                    fail(
                        f"`net` computes something else {name}.",
                        expected="the extractor's features as in eval mode, whatever mode the new network is in, times "
                        "the new head",
                        actual="other outputs in each call, also after `net.eval()`",
                        cause="the extractor was handed over in training mode and stays in it: its dropout is at work, "
                        "and nothing brings it to eval mode",
                        next_step="call `eval()` on the extractor, which may come in either mode",
                    )
            else:
                switched = mode
            fail(
                f"`net` computes something else {name}.",
                expected="the extractor's features as in eval mode, whatever mode the new network is in, times the "
                "new head",
                actual=f"outputs that differ by up to {(got - right).abs().max().item():.3g}",
                cause="in training mode the extractor is not at rest: batch normalization uses the batch and "
                "moves its running statistics, and dropout (if there is one) drops"
                if switched
                else "a layer of the extractor is missing, doubled or changed, or another layer was cut off",
                next_step="override `train` in a class of your own, so that the extractor always stays in eval mode"
                if switched
                else "compare `net` with `trained[:-1]` followed by a linear layer",
            )
        again = call(transfer_net, trained, classes, keep=True, label=label)
        second = [p.tensor for p in parameters(again) if p.requires_grad]
        if len(second) == len(head) and all(torch.equal(a, b) for a, b in zip(head, second, strict=True)):
            fail(
                "The new head is always the same.",
                expected="a fresh `nn.Linear` with random first weights in each call",
                actual="equal weights in two calls",
                cause="the head is filled with fixed numbers, or one and the same layer is used again",
                next_step=f"make a new `nn.Linear({inner}, {classes})` inside the function",
            )


def _expect_trainable_head(
    net: Subject, frozen: Sequence[torch.Tensor], inner: int, classes: int, old_classes: int
) -> None:
    found = parameters(net)
    expect_in_memory(net, found)
    names = [p.name for p in found if p.requires_grad]
    rest = [p.tensor for p in found if not p.requires_grad]
    total = len(frozen) + 2
    if len(found) < total and not any(p.tensor.shape == frozen[0].shape for p in found):
        fail(
            "`net` does not register the extractor.",
            expected="the extractor's parameters in the new network, frozen: they must move to a GPU with it and be "
            "saved with it",
            actual=f"{len(found)} parameters",
            cause="the extractor is kept in a list, a tuple or a closure, where a module does not look",
            next_step="make it an attribute of the new network",
        )
    shapes = sorted((tuple(p.tensor.shape) for p in found if p.requires_grad), key=len)
    if shapes != [(classes,), (classes, inner)]:
        nothing = not names
        sizes = {tuple(p.tensor.shape) for p in found if p.requires_grad}
        kernels = any(len(size) == 4 for size in sizes)
        head, old = "the head has another size, no bias, or more than one layer", False
        if (old_classes, inner) in sizes and not kernels:
            head = "the old head is still there, and still trainable, with its own number of outputs"
        elif (classes, old_classes) in sizes and not kernels:
            head = "the new head reads the scores of the old head, which is still there, and not the features"
        else:
            old = any(tuple(f.shape) in sizes for f in frozen)
        fail(
            "The wrong parameters of `net` are trainable.",
            expected=f"weight and bias of a new head with {classes} outputs, and nothing else",
            actual="no trainable parameter" if nothing else f"trainable: {', '.join(names[:8])}",
            cause="the new head is frozen too: freeze first, then replace the head"
            if nothing
            else "parameters of the extractor are still trainable (biases, or those of the batch normalization, are "
            "easily forgotten)"
            if old
            else head,
            next_step="`requires_grad_(False)` on the whole extractor freezes all of them"
            if old
            else "the head is one `nn.Linear` from the extractor's features to the new classes",
        )
    if len(rest) != len(frozen) or not all(close(a, b) for a, b in zip(rest, frozen, strict=True)):
        extra = len(rest) > len(frozen)
        fail(
            "The frozen part of `net` is not the trained extractor.",
            expected="the trained network without its last layer, with its weights",
            actual=f"{len(rest)} frozen parameters where {len(frozen)} belong"
            if len(rest) != len(frozen)
            else "other weights",
            cause="the old head is still there"
            if extra
            else "the layers were made anew: their weights are random, and what was learned is lost",
            next_step="use `trained[:-1]`, the layers themselves",
        )


# -- 6.14: freezing ------------------------------------------------------------------------------------------------


@exercise(
    "6.14",
    title="Bug clinic: frozen, and still moving",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Three ways to move are left after the broken version: the biases, an old gradient, the running statistics.",
        "An optimizer steps over a parameter only when its `.grad` is None. A gradient of zeros is not enough: "
        "momentum and weight decay still act.",
        "For every parameter: `requires_grad_(False)` and `.grad = None`; and the module goes to eval mode.",
    ),
)
def freeze(freeze: Subject) -> None:
    for momentum, decay, kind in ((0.0, 0.0, "flat"), (0.9, 0.1, "nested"), (0.9, 0.0, "one layer")):
        a, b = random_integer(3, 4), random_integer(5, 6)
        if kind == "one layer":
            frozen = norm = make("torch.nn.BatchNorm2d", a, label="body")
            last = make("torch.nn.Linear", 4 * a, 2)
            model = make("torch.nn.Sequential", norm, make("torch.nn.Flatten"), last, label="model")
            layers = {"": norm, "head.": last}
            inputs = random_normal(9, a, 2, 2) + 2
        else:
            first, norm = make("torch.nn.Linear", a, b), make("torch.nn.BatchNorm1d", b)
            last = make("torch.nn.Linear", b, 2)
            body = make("torch.nn.Sequential", first, norm, label="body")
            nested = kind == "nested"
            frozen = make("torch.nn.Sequential", body, make("torch.nn.Tanh"), label="body") if nested else body
            model = make("torch.nn.Sequential", frozen, last, label="model")
            layers = {"0.": first, "1.": norm, "head.": last}
            inputs = random_normal(9, a) + 2
        leaves = {
            name + part: attribute(layer, part, keep=True)
            for name, layer in layers.items()
            for part in ("weight", "bias")
        }
        own = len(leaves) - 2
        optimizer = make(
            "torch.optim.SGD", list(leaves.values()), lr=0.1, momentum=momentum, weight_decay=decay, label="optimizer"
        )
        shapes = [p.tensor.shape for p in parameters(model)]

        def old_gradients(leaves: Mapping[str, Subject] = leaves, shapes: Sequence[torch.Size] = shapes) -> None:
            for leaf, shape in zip(leaves.values(), shapes, strict=True):
                set_attribute(leaf, "grad", random_normal(*shape))

        training_mode(model, True)
        call(model, inputs)  # statistics that are no first ones
        old_gradients()
        method(optimizer, "step")  # momentum has something to carry on
        old_gradients()
        state = [p.tensor.clone() for p in parameters(model)]
        statistics = _statistics(norm)
        call(freeze, frozen, label="freeze(body)")
        flags = {name: p.requires_grad for name, p in zip(leaves, parameters(model), strict=True)}
        still = [name for name in list(leaves)[:own] if flags[name]]
        if still:
            fail(
                "`freeze(body)` leaves parameters trainable"
                + (" of a body that is a single layer." if kind == "one layer" else "."),
                expected="`requires_grad` False for every parameter of the module",
                actual=f"still trainable: {', '.join(still)}",
                cause="only weights are frozen, the biases are not"
                if all("bias" in name for name in still)
                else "only the modules inside are visited, not the parameters of the module itself"
                if kind == "one layer"
                else "only the first level of the module is visited"
                if kind == "nested" and len(still) == own
                else "nothing was reached: `requires_grad` was set on the module itself, on a copy of it, or only for "
                "parameters that lie directly in the module, not for those of the modules inside"
                if len(still) == own
                else "some layers are left out",
                next_step="go through `module.parameters()`, or call `module.requires_grad_(False)`",
            )
        if not all(flags[name] for name in list(leaves)[own:]):
            fail(
                "`freeze(body)` freezes more than the body.",
                expected="a head that still learns",
                actual="a head without `requires_grad`",
                cause="something outside of the module that was passed in is changed",
                next_step="touch only the module that is passed in",
            )
        moved = [t.tensor for t in parameters(model)]
        if not all(torch.equal(p, q) for p, q in zip(moved[:own], state[:own], strict=True)):
            fail(
                "`freeze(body)` changes the weights.",
                expected="the weights as they were",
                actual="other weights",
                cause="an operation in place on the parameters, or new first weights",
                next_step="change `requires_grad` and `.grad` only",
            )
        if not all(close(new, old) for new, old in zip(_statistics(norm), statistics, strict=True)):
            fail(
                "`freeze(body)` changes the running statistics.",
                expected="running means and variances as they were",
                actual="other ones",
                cause="they are set back, switched off or computed anew, and what was learned about the data is lost",
                next_step="leave them as they are; the module's mode decides whether a pass moves them",
            )
        call(model, inputs)
        now = _statistics(norm)
        if not all(close(new, old) for new, old in zip(now, statistics, strict=True)):
            fail(
                "A pass through the frozen body moves its running statistics.",
                expected="running means that stay where they are",
                actual=f"a running mean that moved by {(now[0] - statistics[0]).abs().max().item():.3g}"
                if kind != "one layer"
                else "other ones after a pass through a `BatchNorm2d` layer",
                cause="the batch normalization is still in training mode: its running statistics are buffers, which "
                "need no gradient to move",
                next_step="put the module into eval mode as well, with all modules inside, whatever their class",
            )
        method(optimizer, "step")
        after = [t.tensor for t in parameters(model)]
        if not all(torch.equal(p, q) for p, q in zip(after[:own], state[:own], strict=True)):
            grads = [attribute(leaf, "grad").tensor for leaf in list(leaves.values())[:own]]
            zeros = all(g is not None and not bool(g.any()) for g in grads)
            fail(
                "The next step of the optimizer moves the frozen body"
                + (", with momentum and weight decay." if decay else ", with momentum." if momentum else "."),
                expected="frozen parameters that no optimizer moves",
                actual="other weights after `optimizer.step()`",
                cause="the gradients are 0 instead of None: the optimizer still applies momentum and weight decay"
                if zeros
                else "the gradient of the last backward pass is still in `.grad`, and the optimizer uses it: "
                "`requires_grad` only keeps new ones from coming",
                next_step="set `.grad` of each parameter to None",
            )
        if all(torch.equal(p, q) for p, q in zip(after[own:], state[own:], strict=True)):
            fail(
                "The head does not learn any more.",
                expected="a head that the optimizer moves",
                actual="a head that stays where it is",
                cause="the gradients of other parameters than those of the module are thrown away",
                next_step="touch only the module that is passed in",
            )


def _statistics(norm: Subject) -> list[torch.Tensor]:
    """Running mean and variance; empty where there are none."""
    found = [attribute(norm, name).tensor for name in ("running_mean", "running_var")]
    return [torch.zeros(0) if numbers is None else numbers.clone() for numbers in found]


# -- 6.15: a floor -------------------------------------------------------------------------------------------------

#: kinds of sky in the order of their labels, and how many pictures of each there are to train on
TRAIN_SCENES = {"clear sky": 36, "high cumuliform clouds": 72, "stratiform clouds": 30, "stratocumulus clouds": 42}
TEST_SCENES = 60  # of each kind
SIDE = 32
#: the share of all predictions from which on a network counts as one that always says the same class
SAME_CLASS = 0.8


@lru_cache(maxsize=128)
def _skies(seed: str) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Images to train on and to test, float32 in 0..1, with their labels: every picture of a scene of its own."""
    import numpy as np

    from data_scripts._random import Stream
    from data_scripts._skies import painter

    photographs = painter(2 * SIDE)
    parts: list[list[torch.Tensor]] = [[], []]
    labels: list[list[int]] = [[], []]
    for label, (kind, count) in enumerate(TRAIN_SCENES.items()):
        for number in range(count + TEST_SCENES):
            picture = np.asarray(photographs(kind, Stream("clouds", "check", seed, kind, number))[0])
            small = picture.reshape(SIDE, 2, SIDE, 2, 3).mean(axis=(1, 3))
            half = int(number >= count)
            parts[half].append(torch.from_numpy(small).permute(2, 0, 1).float() / 255)
            labels[half].append(label)
    return torch.stack(parts[0]), torch.tensor(labels[0]), torch.stack(parts[1]), torch.tensor(labels[1])


@exercise(
    "6.15",
    title="Bug clinic: a classifier that reaches the floors",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "Read the broken loop line by line: what goes into the loss, when are gradients cleared, which labels belong "
        "to which images?",
        "The loss wants scores, so the network ends with its linear layer. Shuffle images and labels together, by one "
        "permutation.",
        "Two blocks of convolution, ELU and pooling with 8 and 16 channels, Adam with a rate of 0.003, batches of 16 "
        "and 12 epochs are enough.",
    ),
)
def train_cloud_net(train_cloud_net: Subject) -> None:
    seed = f"{current_session().seed} {random_integer(0, 2**30)}"
    images, labels, test_images, test_labels = _skies(seed)
    order = _randperm(len(images))
    images, labels = images[order], labels[order]
    k = len(TRAIN_SCENES)
    given = [
        part if isinstance(part, Subject) else give(part, name)
        for part, name in zip(map(handed_over, (images, labels)), ("images", "labels"), strict=True)
    ]
    model = call(train_cloud_net, *given, keep=True, label="train_cloud_net(images, labels)")
    expect_model(model, because="the trained network is what the function returns")
    model.label = "model"
    for subject, name, before in zip(given, ("images", "labels"), (images, labels), strict=True):
        expect_unchanged(subject, before, f"the tensor `{name}`")
    scores = outputs_in_eval_mode(model, test_images)
    if tuple(scores.shape) != (len(test_images), k):
        fail(
            "The outputs of `model` have the wrong shape.",
            expected=f"one row of {k} scores for each image: ({len(test_images)}, {k})",
            actual=f"shape {show_shape(scores.shape)}",
            cause="class numbers are returned instead of scores"
            if scores.ndim == 1
            else "the last layer has another number of outputs",
            next_step="let the last layer have one output for each class, and return them as they are",
        )
    if bool(torch.isfinite(scores).all()) and bool((scores >= 0).all()):
        sums = scores.sum(1)
        if close(sums, torch.ones_like(sums), 1e-3, 1e-3):
            fail(
                "The outputs of `model` are probabilities, not scores.",
                expected="scores (logits), whose size is not limited",
                actual="rows of numbers between 0 and 1 that add up to 1",
                cause="the network ends with a softmax. If it was trained with `CrossEntropyLoss`, a second one was at "
                "work in the loss: its gradients are small, and the loss cannot fall below its floor",
                next_step="end the network with its linear layer",
            )
    predictions = scores.argmax(1)
    table = _confusion(predictions, test_labels, k)
    precision, recall, _ = _averages(table, "macro")

    def why(value: float) -> tuple[str, str]:
        return _why_not_learned(model, scores, test_images, test_labels, k)

    because = "every honest answer of the calibration reaches it"
    expect_metric(recall, "macro recall", because=because, diagnose=why)
    expect_metric(precision, "macro precision", because=because, diagnose=why)


def _why_not_learned(
    model: Subject, scores: torch.Tensor, images: torch.Tensor, labels: torch.Tensor, k: int
) -> tuple[str, str]:
    """Cause and next step for a score that is too low."""
    if not bool(torch.isfinite(scores).all()):
        return (
            "the outputs are NaN or infinite: the training exploded, with a learning rate that is too large or "
            "gradients that add up",
            "clear the gradients in each step; if that is done, take a smaller learning rate",
        )
    predictions = scores.argmax(1)

    def good(guesses: torch.Tensor) -> bool:
        return _macro_recall(guesses, labels, k) > 0.6

    for shift in range(1, k):
        if good((predictions + shift) % k):
            return (
                "the classes are shifted: what the network calls one class is another, for all of them alike",
                "leave the labels as they are; they count from 0",
            )
    if good(scores.argmin(1)):
        return "the smallest score is trained to mark the class", "the largest score marks the class"
    for factor, what in ((255.0, "0..255"), (1 / 255.0, "0..1/255")):
        if good(outputs_in_eval_mode(model, images * factor).argmax(1)):
            return (
                f"the network was trained on images on another scale ({what}) than it gets now",
                "do the scaling inside of the model, or not at all",
            )
    mean, spread = images.mean(dim=(0, 2, 3), keepdim=True), images.std(dim=(0, 2, 3), keepdim=True)
    if good(outputs_in_eval_mode(model, (images - mean) / spread).argmax(1)):
        return (
            "the network was trained on normalized images, and the check hands over images as they came",
            "make the normalization a part of the model, or leave it out",
        )
    training_mode(model, True)
    seen = expect_tensor(call(model, images))
    training_mode(model, False)
    if seen.shape == scores.shape and good(seen.argmax(1)):
        return (
            "in training mode the network is good, in eval mode it is not: the running statistics of its batch "
            "normalization have not settled, or do not belong to what it was trained on",
            "more steps, or a larger momentum, and no scoring in training mode",
        )
    if int(torch.bincount(predictions, minlength=k).max()) >= SAME_CLASS * len(predictions):
        return (
            "the network says the same class for all images, or nearly all: gradients that add up, a learning rate far "
            "too large, labels that do not belong to their images, or no training at all",
            "print the loss of each epoch: does it fall below ln 4, about 1.39?",
        )
    return (
        "the network reacts to its inputs, but has not learned enough from them: gradients that add up, labels that do "
        "not belong to their images, too few steps, or a learning rate that does not fit",
        "print the loss of each epoch: it has to fall, and not from the second step on to rise",
    )


EXERCISES = (
    tempered_softmax,
    softmax_floor,
    weighted_cross_entropy,
    stratified_split,
    EarlyStopping,
    count_confusions,
    scores_per_class,
    average_scores,
    constant_scores,
    EpochRecall,
    scores_by_class,
    worst_mistakes,
    transfer_net,
    freeze,
    train_cloud_net,
)
