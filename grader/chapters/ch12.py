"""Chapter 12: networks with several outputs.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from grader.calibration.samples import draw_omniglot, handed_over
from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_batch_independent,
    expect_entries,
    expect_gradients,
    expect_length,
    expect_metric,
    expect_model,
    expect_number,
    expect_parameters,
    expect_parts,
    expect_same_behavior,
    expect_tensor,
    expect_unchanged,
    expect_values,
    fail,
    number_of,
    parts_in_eval_mode,
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
    graphs_kept,
    item,
    iterate,
    load_parameters,
    make,
    method,
    parameters,
    set_attribute,
    set_seed,
    training_mode,
)

Tensor = torch.Tensor
HEADS = ("alphabet scores", "character scores")
#: what a student's parameters and a reference's may differ by after some steps in float32
STEPS = {"rtol": 1e-3, "atol": 1e-5}


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


def _classes(count: int, rows: int) -> Tensor:
    """Random class numbers (rows,), int64."""
    return torch.tensor([random_integer(0, count - 1) for _ in range(rows)])


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


def _leaves(tensors: Sequence[Tensor], name: str) -> list[Subject]:
    return [make("torch.nn.Parameter", t, label=f"{name} {k}") for k, t in enumerate(tensors)]


def _slopes(leaves: Sequence[Subject]) -> list[Any]:
    return [attribute(leaf, "grad").tensor for leaf in leaves]


def _expect_loss(seen: Subject, label: str) -> None:
    """A single number that leads back to what it was computed from."""
    if number_of(seen) is None or seen.kind == "bool":
        return  # expect_number says it
    if seen.meta.get("shape", ()) != ():
        fail(
            f"`{label}` has the wrong shape.",
            expected="a single number: shape ()",
            actual=f"shape {show_shape(seen.meta['shape'])}",
            cause="an axis of length 1 is left over",
            next_step="return a tensor without axes",
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


def _expect_slope(gradient: Any, slope: Tensor, headline: str, cause: str = "", next_step: str = "") -> None:
    if gradient is None or not close(gradient, slope, 1e-3, 1e-6):
        fail(
            headline,
            expected="the gradient of this number",
            actual="no gradient" if gradient is None else "another gradient",
            cause=cause
            or "a part of the computation left the graph (`.detach()`, `.item()`, `torch.tensor(...)`), or entered it "
            "twice",
            next_step=next_step
            or "let every part that the formula differentiates reach the result by tensor operations",
        )


# -- 12.1: index labels --------------------------------------------------------------------------------------------


def _expect_class_number(subject: Subject, wanted: int, vector: int, what: str, mistakes: Sequence[Mistake]) -> None:
    """One class number: a Python or NumPy int, or an int64 tensor without axes."""
    shape = tuple(subject.meta.get("shape", ()))
    if subject.kind in {"tensor", "array"} and shape == (vector,):
        fail(
            f"`{subject.label}` is a vector.",
            expected=f"a class number, the {what}",
            actual=f"shape {show_shape(shape)}",
            cause="the one-hot vector itself is handed out, as an input of chapter 11; here it has become a target",
            next_step="hand out the place of its 1",
        )
    if subject.kind in {"tensor", "array"} and shape != ():
        fail(
            f"`{subject.label}` has the wrong shape.",
            expected=f"a class number, the {what}: shape () or a Python int",
            actual=f"shape {show_shape(shape)}",
            cause="an axis is left over; the loader would stack it to (B, 1), which cross-entropy does not take",
            next_step="return the number itself",
        )
    dtype = subject.meta.get("dtype", {"int": "int64", "float": "float", "bool": "bool"}.get(subject.kind, ""))
    got = number_of(subject)
    if got is not None and dtype != "int64":
        fail(
            f"`{subject.label}` has the wrong dtype.",
            expected="int64, or a Python int",
            actual=dtype,
            cause="class numbers are whole numbers, and `CrossEntropyLoss` takes them as int64 only",
            next_step="leave the labels whole: nothing has to become float here",
        )
    expect_number(subject, wanted, what=f"the {what}", reveal=False, mistakes=mistakes)


@exercise(
    "12.1",
    title="One picture, two class numbers",
    points=2,
    difficulty=1,
    minutes=10,
    hints=(
        "Keep the three tensors in `__init__`, and do the rest in `__getitem__`, for one drawing.",
        "Where is the 1 in a vector of zeros and a one? Chapter 2 asked the same of a row of scores.",
    ),
)
def two_label_dataset(TwoLabelDataset: Subject) -> None:
    count, alphabets, size = random_integer(7, 9), random_integer(4, 6), random_integer(4, 6)
    # no drawing reaches 255, and each has a brightest and a darkest level of its own: the second one has those of all
    images = (40 + random_normal(count, 1, size, size).sigmoid() * 150).floor()
    images[:, 0, 0, 0] = torch.tensor([random_integer(200, 220) for _ in range(count)])
    images[:, 0, 0, 1] = torch.tensor([random_integer(15, 35) for _ in range(count)])
    images[1, 0, 0, 0], images[1, 0, 0, 1] = random_integer(235, 245), random_integer(3, 6)
    images = images.to(torch.uint8)
    places = _classes(alphabets, count)
    places[:3] = torch.tensor([alphabets - 1, 2, 0])
    characters = 10 + torch.randperm(count, generator=torch.Generator().manual_seed(random_integer(0, 10**6)))
    vectors = F.one_hot(places, alphabets).float()
    tensors = {"images": images, "vectors": vectors, "characters": characters}
    given = [give(t, name) for name, t in tensors.items()]
    dataset = construct(TwoLabelDataset, *given)
    dataset.label = name = "TwoLabelDataset(images, vectors, characters)"
    expect_length(
        dataset,
        count,
        because="that is the number of drawings",
        mistakes=[Mistake(alphabets, "the alphabets are counted"), Mistake(3, "the tensors are counted")],
    )
    for index in (0, 2, count - 1):
        sample = item(dataset, index)
        sample.label = f"{name}[{index}]"
        image, alphabet, character = expect_parts(sample, ("image", "alphabet", "character"))
        got = expect_tensor(
            image,
            shape="1 height width",
            sizes={"height": size, "width": size},
            dtype=torch.float32,
            because="`nn.Conv2d` computes in float32",
        )
        levels = images[index].float()
        wanted, least, largest = levels / 255, levels.min(), levels.max()
        expect_values(
            got,
            wanted,
            image.label,
            because="the levels of this drawing, from 0 to 1",
            mistakes=[
                Mistake(levels, "the levels still go up to 255", "scale them to 0..1"),
                Mistake(
                    levels / largest,
                    "the image is divided by its own largest level: a dark drawing becomes as bright as any other",
                    "the same divisor for every drawing: the largest level that uint8 can hold",
                ),
                Mistake(
                    (levels - least) / (largest - least),
                    "the image is stretched from its own smallest to its own largest level",
                    "the same divisor for every drawing: the largest level that uint8 can hold",
                ),
                Mistake(
                    levels / images.max(),
                    "the images are divided by the largest level among them, which is another one in other data",
                    "the same divisor for all data: the largest level that uint8 can hold",
                ),
                Mistake(levels / 256, "the levels are divided by their number, 256", "white has to become 1"),
                Mistake(1 - wanted, "the levels are turned around: paper has become 0", "leave paper at 1"),
                Mistake(images[0].float() / 255, "it is the first drawing, whatever the index", "use the index"),
            ],
        )
        _expect_class_number(
            alphabet,
            int(places[index]),
            alphabets,
            "alphabet of this drawing",
            [
                Mistake(int(characters[index]), "the character came in the place of the alphabet", "mind the order"),
                *(
                    Mistake(
                        int(vectors.argmax(0)[k]),
                        "`argmax` goes down the drawings, and tells where each alphabet comes first",
                        "look along the vector of each drawing",
                    )
                    for k in range(alphabets)
                    if k == index
                ),
                Mistake(
                    index,
                    "that is the number of the drawing: `nonzero` gives rows first, then places",
                    "which place of its vector holds the 1?",
                ),
                Mistake(1, "that is the value of the largest entry, not its place", "which place holds the 1?"),
                Mistake(int(places[index]) + 1, "class numbers count from 0", "leave the place as it is"),
                Mistake(int(places[0]), "it is the label of the first drawing", "use the index"),
            ],
        )
        _expect_class_number(
            character,
            int(characters[index]),
            alphabets,
            "character of this drawing",
            [
                Mistake(int(places[index]), "the alphabet came in the place of the character", "mind the order"),
                Mistake(int(characters[0]), "it is the label of the first drawing", "use the index"),
            ],
        )
    loader = make("torch.utils.data.DataLoader", dataset, batch_size=3, label="loader")
    batches, _ = iterate(loader, limit=2)
    for part, what in zip(expect_parts(batches[0], ("images", "alphabets", "characters")), tensors, strict=True):
        part.label = f"the {what} of a batch"
        if what != "images":
            expect_tensor(part, shape="batch", sizes={"batch": 3}, dtype=torch.int64)
    for subject, (what, before) in zip(given, tensors.items(), strict=True):
        expect_unchanged(subject, before, f"the tensor `{what}`")


# -- 12.2: one body, two heads -------------------------------------------------------------------------------------


class _TwoHeads(nn.Module):
    """The network of exercise 12.2, and what becomes of it with known mistakes."""

    def __init__(self, alphabets: int, characters: int, size: int, way: str = "", joined: bool = False) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 16, kernel_size=3, padding=1)
        self.features = nn.Linear(16 * (size // 2) ** 2, 128)
        sizes = (alphabets, characters)
        # both heads may lie in one layer that is cut apart: the same numbers in other tensors
        self.heads = nn.ModuleList(nn.Linear(128, n) for n in ((sum(sizes),) if joined else sizes))
        self.sizes, self.way = sizes, way

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        way = self.way
        activations: dict[str, Callable[[Tensor], Tensor]] = {"relu": F.relu, "tanh": torch.tanh}
        activation = activations.get(way, F.elu)
        x = F.max_pool2d(self.conv(x), 2) if way != "average" else F.avg_pool2d(self.conv(x), 2)
        x = self.features((x if way == "no first" else activation(x)).flatten(1))
        x = x if way == "no last" else activation(x)
        a, c = torch.cat([head(x) for head in self.heads], dim=1).split(self.sizes, dim=1)
        ends: dict[str, Callable[[Tensor], Tensor]] = {
            "elu at the end": F.elu,
            "softmax": lambda scores: scores.softmax(1),
            "log_softmax": lambda scores: scores.log_softmax(1),
            "sigmoid": torch.sigmoid,
        }
        name, _, only = way.partition(" of the ")
        end = ends.get(name, lambda scores: scores)
        return a if only == "character head" else end(a), c if only == "alphabet head" else end(c)


_NET_MISTAKES = (
    ("no last", "there is no activation between the last layer of the body and the heads", "ELU belongs there"),
    ("no first", "there is no activation after the convolution", "ELU belongs after the pooling"),
    ("relu", "ReLU stands where ELU belongs", "use the activation that the exercise names"),
    ("tanh", "tanh stands where ELU belongs", "use the activation that the exercise names"),
    ("average", "the pooling takes means", "the exercise asks for maxima"),
    *(
        (way + only, f"{who} {verb} with {what}", todo)
        for only, who, verb in (
            ("", "the heads", "end"),
            (" of the alphabet head", "the alphabet head", "ends"),
            (" of the character head", "the character head", "ends"),
        )
        for way, what, todo in (
            ("elu at the end", "an activation behind the linear layer", "the heads end with their linear layers"),
            (
                "softmax",
                "a softmax, and the loss applies its own to it",
                "return scores: `CrossEntropyLoss` does the rest",
            ),
            (
                "log_softmax",
                "a log-softmax, which the loss applies itself",
                "return scores: `CrossEntropyLoss` does the rest",
            ),
            ("sigmoid", "a sigmoid", "return scores: `CrossEntropyLoss` does the rest"),
        )
    ),
)


def _build(alphabets: int, characters: int, size: int, way: str = "", joined: bool = False) -> _TwoHeads:
    # the first weights here must not use up the student's random numbers, which may be those of this process
    with torch.random.fork_rng(devices=[]):
        return _TwoHeads(alphabets, characters, size, way, joined)


def _count(alphabets: int, characters: int, size: int) -> int:
    return 160 + (16 * (size // 2) ** 2 + 1) * 128 + 129 * (alphabets + characters)


@exercise(
    "12.2",
    title="One body, two heads",
    points=4,
    difficulty=2,
    minutes=20,
    hints=(
        "The body is an `nn.Sequential`; each head is a single `nn.Linear`. Three attributes are enough.",
        "Pooling halves height and width, and rounds down. How many numbers leave `nn.Flatten`?",
        "In `forward`: the body once, each head on its result, and both results returned with a comma between them.",
    ),
)
def two_head_net(TwoHeadNet: Subject) -> None:
    for size, rows in ((random_integer(3, 4) * 2, 5), (7, 4)):
        alphabets, characters = random_integer(3, 5), random_integer(9, 12)
        model = construct(TwoHeadNet, alphabets, characters, size)
        expect_model(model, because="it has parameters to train")
        name = model.label
        features = 16 * (size // 2) ** 2
        body = 160 + (features + 1) * 128
        expect_parameters(
            model,
            _count(alphabets, characters, size),
            example=[torch.zeros(2, 1, size, size)],
            because="one body and two heads have that many",
            mistakes=[
                Mistake(
                    2 * body + 129 * (alphabets + characters),
                    "there are two bodies: the heads share nothing",
                    "one body, whose result both heads get",
                ),
                Mistake(
                    body + 129 * alphabets + (alphabets + 1) * characters,
                    "the second head reads the scores of the first",
                    "both heads read the 128 features of the body",
                ),
                Mistake(
                    body + 129 * characters + (characters + 1) * alphabets,
                    "the alphabet head reads the scores of the character head",
                    "both heads read the 128 features of the body",
                ),
                Mistake(body + 129 * 2 * characters, "both heads have one output per character", "one per class"),
                Mistake(body + 129 * 2 * alphabets, "both heads have one output per alphabet", "one per class"),
                Mistake(body + 129 * alphabets, "only the alphabet head is registered", "make each head an attribute"),
                Mistake(
                    body + 129 * characters, "only the character head is registered", "make each head an attribute"
                ),
                Mistake(body, "the heads are not registered", "layers in a plain list are invisible to the module"),
                Mistake(
                    body + 129 * alphabets + (129 + alphabets) * characters,
                    "the character head reads the scores of the alphabet head beside the features",
                    "both heads read the 128 features of the body, and nothing else",
                ),
                *(
                    Mistake(
                        160 + (16 * side**2 + 1) * 128 + 129 * (alphabets + characters),
                        f"the body is made for {2 * side} x {2 * side} pixels, whatever `size` says",
                        "how many numbers leave `nn.Flatten` for this `size`?",
                    )
                    for side in (16, 32)
                ),
                Mistake(
                    _count(alphabets, characters, size + 1),
                    "an odd size is rounded up in the pooling (`ceil_mode`, or padding), so that more numbers leave "
                    "`nn.Flatten`",
                    "pooling rounds down: leave out what makes it round up",
                ),
            ],
        )
        for count in (rows, 1):
            images = random_normal(count, 1, size, size)
            seen = call(model, images)
            seen.label = f"{name}(images)"
            if seen.kind == "tensor" and tuple(seen.meta["shape"]) == (count, alphabets + characters):
                fail(
                    f"`{seen.label}` gives one tensor.",
                    expected="a tuple of two: the scores of both heads",
                    actual=f"shape {show_shape(seen.meta['shape'])}",
                    cause="the scores of both heads are joined into one tensor",
                    next_step="return them side by side, with a comma between them",
                )
            parts = expect_parts(seen, HEADS)
            if [tuple(p.meta.get("shape", ())) for p in parts] == [(count, characters), (count, alphabets)]:
                fail(
                    f"`{seen.label}` gives the heads in the other order.",
                    expected="the alphabet's scores first",
                    actual="the character's scores first",
                    cause="the two returned values, or the sizes of the two heads, are exchanged",
                    next_step="alphabet first, character second, as in the arguments",
                )
            for part, number in zip(parts, (alphabets, characters), strict=True):
                _known_shape(
                    part,
                    (count, number),
                    {
                        (number,): ("`squeeze()` or an index removes the batch", "leave the first axis alone"),
                        (count,): ("class numbers are returned instead of scores", "`argmax` comes later"),
                        (count, 128): ("the features of the body are returned", "apply the head to them"),
                    },
                )
                expect_tensor(part, shape="batch classes", sizes={"batch": count, "classes": number})
        images = random_normal(rows, 1, size, size)
        joined = any(tuple(p.tensor.shape) == (alphabets + characters, 128) for p in parameters(model))
        expect_same_behavior(
            model,
            _build(alphabets, characters, size, joined=joined),
            images,
            what="convolution, max pooling, ELU, linear layer, ELU; then one linear layer for each head on the result",
            mistakes=(
                (_build(alphabets, characters, size, way, joined), why, todo) for way, why, todo in _NET_MISTAKES
            ),
            parts=HEADS,
        )
        expect_batch_independent(model, images, parts=HEADS)
        training_mode(model, True)
        seen = call(model, images)
        training_mode(model, False)
        steady = call(model, images)
        for trained, calm in zip(expect_parts(seen, HEADS), expect_parts(steady, HEADS), strict=True):
            if not close(expect_tensor(trained), expect_tensor(calm), 1e-3, 1e-5):
                fail(
                    f"`{name}` computes something else in training mode.",
                    expected="the same outputs in training and in eval mode",
                    actual="other outputs",
                    cause="there is a dropout or a normalization over the batch that nobody asked for",
                    next_step="leave out every layer that the exercise does not name",
                )
        expect_gradients(model, images)
        _expect_both_reach_the_body(model, images)


def _expect_both_reach_the_body(model: Subject, images: Tensor) -> None:
    """Each head's own gradient has to come down to the convolution."""
    name = next(p.name for p in parameters(model) if p.tensor.ndim == 4)
    for k, head in enumerate(("alphabet", "character")):
        method(model, "zero_grad")
        part = method(call(model, images, keep=True), "__getitem__", k, keep=True)
        method(method(method(part, "square", keep=True), "sum", keep=True), "backward")
        weight = model
        for step in name.split("."):
            weight = attribute(weight, step, keep=True)
        gradient = attribute(weight, "grad").tensor
        if gradient is None or not bool((gradient != 0).any()):
            fail(
                f"The gradients of the {head} head do not reach the body of `{model.label}`.",
                expected="a body that both losses train",
                actual=f"no gradient for `{name}` from the {head} scores",
                cause="the graph is cut between the body and this head: `.detach()`, `.data`, `.item()` or "
                "`torch.no_grad()`",
                next_step="hand the features to both heads as they are",
            )


# -- 12.3: the joint loss ------------------------------------------------------------------------------------------


@exercise(
    "12.3",
    title="Several losses, one number",
    points=3,
    difficulty=1,
    minutes=12,
    hints=(
        "`zip(outputs, targets, weights)` brings together what belongs to one head.",
        "Start with 0 and add up, or collect the terms in a list and `sum` them. The result has to stay a tensor.",
    ),
)
def joint_loss(joint_loss: Subject) -> None:
    cases = (
        ((5, 8), (0.25, 2.0)),
        ((4, 9), (1.0, 1.0)),
        ((3, 6, 4), (0.5, 3.0, 1.5)),
        ((4, 7), (1.0, 0.0)),
        ((6,), (2.0,)),
    )
    for classes, weights in cases:
        rows = random_integer(5, 7)
        outputs = [3 * random_normal(rows, count) for count in classes]
        targets = tuple(_classes(min(classes), rows) for _ in classes)
        leaves = _leaves(outputs, "outputs")
        heads = len(classes)
        word = "one head" if heads == 1 else f"{heads} heads"
        label = f"joint_loss(outputs, targets, weights={weights}) for {word}"
        seen = call(joint_loss, tuple(leaves), targets, weights, keep=True, label=label)
        _expect_loss(seen, label)
        losses = [F.cross_entropy(o, t).item() for o, t in zip(outputs, targets, strict=True)]
        total = sum(w * loss for w, loss in zip(weights, losses, strict=True))
        double = [F.cross_entropy(o.softmax(1), t).item() for o, t in zip(outputs, targets, strict=True)]
        sums = [F.cross_entropy(o, t, reduction="sum").item() for o, t in zip(outputs, targets, strict=True)]
        turned = [F.cross_entropy(o, t).item() for o, t in zip(outputs, targets[::-1], strict=True)]

        def weighted(values: Sequence[float], weights: Sequence[float] = weights) -> float:
            return sum(w * value for w, value in zip(weights, values, strict=True))

        expect_number(
            seen,
            total,
            what="the sum of the weighted cross-entropies of all heads",
            tolerance=1e-4,
            reveal=False,
            mistakes=[
                Mistake(weights[0] * losses[0], "only the first head counts", "add the losses of all heads"),
                Mistake(weights[-1] * losses[-1], "only the last head counts", "add the losses of all heads"),
                Mistake(sum(losses), "the weights are not used", "multiply each loss by its weight"),
                Mistake(
                    total / sum(weights), "the weights are divided by their sum", "the weights are used as they come"
                ),
                Mistake(total / heads, "the losses are averaged over the heads", "a sum is asked for"),
                Mistake(weighted(losses[::-1]), "the weights are in another order than the heads", "one for each head"),
                Mistake(weighted(double), "a softmax stands before the loss, which has its own", "hand over scores"),
                Mistake(
                    weighted(sums),
                    "the losses are summed over the batch, so that they grow with its size",
                    "the mean over the batch, as `CrossEntropyLoss` gives it",
                ),
                Mistake(weighted(turned), "the targets are in another order than the heads", "one for each head"),
                Mistake(
                    sum(losses) + sum(weights),
                    "the weights are added to the losses",
                    "multiply each loss by its weight",
                ),
                Mistake(
                    weighted([F.nll_loss(o, t).item() for o, t in zip(outputs, targets, strict=True)]),
                    "`nll_loss` wants logarithms of probabilities, and gets scores",
                    "`cross_entropy` takes scores",
                ),
                Mistake(
                    sum(w * loss for w, loss in zip(weights[:2], losses[:2], strict=True)),
                    "only the first two heads count",
                    "go through all heads, however many there are",
                ),
                Mistake(
                    math.prod(weights) * math.prod(losses), "the losses are multiplied with each other", "add them"
                ),
            ],
        )
        method(seen, "backward")
        for k, (gradient, o, t, w) in enumerate(zip(_slopes(leaves), outputs, targets, weights, strict=True)):
            slope = w * (o.softmax(1) - F.one_hot(t, o.shape[1])) / rows
            if gradient is None and w == 0:
                # an optimizer passes over None, but not over zeros; with weights of 0 only there would be no graph
                fail(
                    f"Head {k} gets no gradient at all from `{label}`.",
                    expected="a gradient for every output: zeros for a head of weight 0",
                    actual="no gradient",
                    cause="a head of weight 0 is left out of the sum, which is then not connected to its output",
                    next_step="multiply the loss of every head by its weight, also by 0",
                )
            _expect_slope(gradient, slope, f"`{label}` has the right value, but head {k} gets a wrong gradient.")


# -- 12.4: one epoch with two heads --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Epoch:
    """One way to go through an epoch: right by default."""

    clear: bool = True
    weights: str = "given"  # "given", "none", "normalized", "halved", "exchanged", "first", "last"
    together: bool = True  # one step per batch for the sum, or one for each head
    drop_last: bool = False
    first_only: bool = False
    softmax: bool = False


Batch = tuple[Tensor, Tensor, Tensor]


def _fx_heads(specs: Sequence[tuple[Any, ...]], sizes: Sequence[int], width: int) -> tuple[nn.Module, Subject]:
    """The same body and heads twice, with the same weights: here, and as a model of the student's process.

    The second is a ``torch.fx`` module, since no ready-made module of PyTorch returns the outputs of two heads.
    """

    class Heads(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.body = nn.Sequential(*(getattr(nn, name)(*arguments) for name, *arguments in specs))
            self.first, self.second = (nn.Linear(width, size) for size in sizes)

        def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
            x = self.body(x)
            return self.first(x), self.second(x)

    with torch.random.fork_rng(devices=[]):
        here = Heads()
    layers = [make(f"torch.nn.{name}", *arguments) for name, *arguments in specs]
    root = {"body": make("torch.nn.Sequential", *layers)}
    root |= {name: make("torch.nn.Linear", width, size) for name, size in zip(("first", "second"), sizes, strict=True)}
    graph = make("torch.fx.Graph")
    x = method(graph, "placeholder", "x", keep=True)
    features = method(graph, "call_module", "body", (x,), keep=True)
    method(graph, "output", tuple(method(graph, "call_module", h, (features,), keep=True) for h in ("first", "second")))
    there = make("torch.fx.GraphModule", root, graph, label="model")
    with torch.no_grad():
        for p in here.parameters():
            p.copy_(random_normal(*p.shape) / math.sqrt(p.shape[-1] if p.ndim > 1 else 2))
    load_parameters(there, [p.detach() for p in here.parameters()])
    return here, there


def _flat_specs(side: int, width: int, dropout: bool = False) -> list[tuple[Any, ...]]:
    specs: list[tuple[Any, ...]] = [("Flatten",), ("Linear", side * side, width), ("Tanh",)]
    return [*specs, ("Dropout", 0.5)] if dropout else specs


def _run_epoch(
    network: nn.Module,
    batches: Sequence[Batch],
    weights: Sequence[float],
    rate: float,
    way: _Epoch,
    epochs: int,
    late: list[tuple[float, float]] | None = None,
) -> tuple[list[tuple[float, float]], list[Tensor]]:
    """Losses of the last epoch's batches, and the parameters after it; ``late`` collects losses after each step."""
    network = copy.deepcopy(network)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate, momentum=0.5)
    a, b = weights
    a, b = {
        "none": (1.0, 1.0),
        "normalized": (a / (a + b), b / (a + b)),
        "halved": (a / 2, b / 2),
        "exchanged": (b, a),
        "first": (a, 0.0),
        "last": (0.0, b),
    }.get(way.weights, (a, b))
    losses: list[tuple[float, float]] = []
    for _ in range(epochs):
        losses = []
        for x, *targets in batches[:1] if way.first_only else batches[:-1] if way.drop_last else batches:
            if way.clear:
                optimizer.zero_grad()
            outputs = [o.softmax(1) if way.softmax else o for o in network(x)]
            pair = [F.cross_entropy(o, t) for o, t in zip(outputs, targets, strict=True)]
            losses.append((pair[0].item(), pair[1].item()))
            if way.together:
                (a * pair[0] + b * pair[1]).backward()
                optimizer.step()
            else:
                (a * pair[0]).backward()
                optimizer.step()
                optimizer.zero_grad()
                (b * F.cross_entropy(network(x)[1], targets[1])).backward()
                optimizer.step()
            if late is not None:
                with torch.no_grad():
                    again = [F.cross_entropy(o, t).item() for o, t in zip(network(x), targets, strict=True)]
                late.append((again[0], again[1]))
    return losses, [p.detach() for p in network.parameters()]


_EPOCH_MISTAKES = (
    (_Epoch(weights="none"), "the weights are not used", "multiply each loss by its weight"),
    (_Epoch(weights="normalized"), "the weights are divided by their sum", "use the weights as they come"),
    (_Epoch(weights="halved"), "the mean of the two losses is trained, not their sum", "add the weighted losses"),
    (_Epoch(weights="exchanged"), "the weights of the two heads are exchanged", "the alphabet's weight comes first"),
    (
        _Epoch(weights="first"),
        "only the alphabet's loss is trained: the character's never reaches the parameters",
        "the gradients of both losses belong to one step",
    ),
    (
        _Epoch(weights="last"),
        "only the character's loss is trained: the alphabet's never reaches the parameters, or its gradients are "
        "cleared before the step",
        "the gradients of both losses belong to one step",
    ),
    (
        _Epoch(together=False),
        "each batch makes two steps, one for each head",
        "add the two losses, and make one step from the gradients of the sum",
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
    (_Epoch(softmax=True), "a softmax stands before the loss, which applies its own", "hand over scores"),
)


def _two_label_loader(images: Tensor, targets: Sequence[Tensor], size: int) -> Subject:
    dataset = make("torch.utils.data.TensorDataset", images, *targets)
    return make("torch.utils.data.DataLoader", dataset, batch_size=size, label="loader")


def _explain_graph(error: Raised, label: str) -> None:
    if not error.is_stub and "out of bounds" in error.message:
        fail(
            f"`{label}` raised {error.type}.",
            expected="the alphabet's scores with alphabets, the character's with characters",
            actual=f"{error.type}: {error.message[:120]}",
            cause="a head gets class numbers that it has no scores for: those of the other head",
            next_step="the loader gives images, alphabets, characters, in this order",
            where=_where(error),
        )
    if error.is_stub or "second time" not in error.message:
        raise error
    fail(
        f"`{label}` raised {error.type}.",
        expected="one backward pass per batch",
        actual=f"{error.type}: {error.message[:120]}",
        cause="the two losses share the graph of the body, and the first `backward()` has thrown it away",
        next_step="add the losses, and go back once from the sum",
        where=_where(error),
    )


@exercise(
    "12.4",
    title="One epoch with two heads",
    points=4,
    difficulty=2,
    minutes=20,
    hints=(
        "The loop of chapter 2 with three things from the loader, two outputs and two losses. One `backward()`, one "
        "`step()`.",
        "`joint_loss` of 12.3 gives the number to go back from. The report needs the two losses on their own, without "
        "weights.",
        "Add up `loss.item() * len(images)` for each head, and divide by the number of drawings at the end.",
    ),
)
def train_heads_epoch(train_heads_epoch: Subject) -> None:
    for size, rest, weights in ((random_integer(5, 7), 1, (0.5, 2.0)), (random_integer(5, 7), 3, (1.0, 1.0))):
        side, classes = 3, (random_integer(3, 4), random_integer(6, 8))
        rows = 3 * size + rest
        images = random_normal(rows, 1, side, side)
        targets = [_classes(count, rows) for count in classes]
        parts = [part.split(size) for part in (images, *targets)]
        batches = list(zip(*parts, strict=True))
        here, model = _fx_heads(_flat_specs(side, 4), classes, 4)
        with torch.no_grad():  # an odd short batch: its losses are far from the others'
            for target, output in zip(targets, here(images[-rest:]), strict=True):
                target[-rest:] = output.argmin(1)
        start = [p.detach().clone() for p in here.parameters()]
        rate = 0.1
        optimizer = make(
            "torch.optim.SGD", method(model, "parameters", keep=True), lr=rate, momentum=0.5, label="optimizer"
        )
        training_mode(model, False)
        loader = _two_label_loader(images, targets, size)
        what = "a last batch of one drawing" if rest == 1 else f"a last batch of {rest} drawings"
        label = f"train_heads_epoch(model, loader, optimizer, weights={weights}) with {what}"
        for epoch in (1, 2):
            late: list[tuple[float, float]] = []
            losses, wanted = _run_epoch(here, batches, weights, rate, _Epoch(), epoch, late)
            try:
                seen = call(train_heads_epoch, model, loader, optimizer, weights, label=label)
            except Raised as error:
                _explain_graph(error, label)
            now = [p.tensor for p in parameters(model)]
            if not all(close(a, b, **STEPS) for a, b in zip(now, wanted, strict=True)):
                _explain_epoch(now, start, here, batches, weights, rate, epoch, label)
            pair = expect_parts(seen, ("alphabet loss", "character loss"))
            means = [sum(loss[k] * len(b[0]) for loss, b in zip(losses, batches, strict=True)) / rows for k in (0, 1)]
            for k, part in enumerate(pair):
                mine = [loss[k] for loss in losses]
                expect_number(
                    part,
                    means[k],
                    what="the mean loss of this head over all drawings, without its weight",
                    when=f"after epoch {epoch} with {what}",
                    tolerance=1e-3,
                    reveal=False,
                    mistakes=(
                        Mistake(means[1 - k], "the two losses are returned in the other order", "alphabet first"),
                        Mistake(weights[k] * means[k], "the weight is in the reported loss", "report it without"),
                        Mistake(
                            sum(a[k] * len(b[0]) for a, b in zip(late[-len(batches) :], batches, strict=True)) / rows,
                            "the loss of each batch is computed anew, after its step",
                            "report the loss from which the step was made",
                        ),
                        Mistake(mine[-1], "that is the loss of the last batch only", "add up over the loop"),
                        Mistake(mine[0], "that is the loss of the first batch only", "add up over the loop"),
                        Mistake(
                            sum(mine) / len(mine),
                            "the losses of the batches are averaged as if all batches were equally long",
                            "weight the loss of each batch by its number of drawings",
                        ),
                        Mistake(
                            sum(mine), "the losses of the batches are added, but not divided", "a mean is asked for"
                        ),
                        Mistake(
                            means[k] * rows, "the sum over all drawings is not divided by their number", "divide it"
                        ),
                        Mistake(
                            sum(mine) / rows,
                            "means of batches are added up and divided by the number of drawings",
                            "each of them is a mean already: multiply by the batch size first",
                        ),
                        Mistake(
                            means[k] * rows / len(mine),
                            "the sum over all drawings is divided by the number of batches",
                            "divide by the number of drawings",
                        ),
                        Mistake(
                            weights[0] * means[0] + weights[1] * means[1],
                            "that is the total of both heads",
                            "report each head on its own: the total hides which of them learns",
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


def _explain_epoch(
    now: Sequence[Tensor],
    start: Sequence[Tensor],
    here: nn.Module,
    batches: Sequence[Batch],
    weights: Sequence[float],
    rate: float,
    epoch: int,
    label: str,
) -> None:
    cause, next_step = "", ""
    if all(close(a, b) for a, b in zip(now, start, strict=True)):
        cause = "the parameters did not move at all: no gradients, no step, or gradients cleared just before the step"
        next_step = "go through the five steps, and put each into the loop, in order"
    for way, why, todo in _EPOCH_MISTAKES if not cause else ():
        _, wrong = _run_epoch(here, batches, weights, rate, way, epoch)
        if all(close(a, b, **STEPS) for a, b in zip(now, wrong, strict=True)):
            cause, next_step = why, todo
            break
    fail(
        f"`{label}` leaves other parameters behind than one epoch of training does.",
        expected="one step per batch, from the gradients of the weighted sum of both losses",
        actual=f"other parameters after epoch {epoch}",
        cause=cause or "a step is missing, doubled or out of order, or another loss is used",
        next_step=next_step or "go through the five steps, and use the arguments of the function only",
    )


# -- 12.5, 12.6: accuracy per head, and mistakes across heads ------------------------------------------------------

ACCURACIES = ("alphabet", "character", "both")


def _wrong_accuracies(hits: Sequence[Tensor], crossed: Sequence[Tensor], k: int, size: int, rest: int) -> list[Mistake]:
    """What known mistakes give for one of the three accuracies, of 4 full batches and a short one.

    ``hits`` are those of the heads and of both, ``crossed`` those of each head against the labels of the other.
    """
    mine, rows = hits[k], len(hits[k])
    right = [_share(hit) for hit in hits]
    mistakes = [
        Mistake(
            sum(map(_share, mine.split(size))) / 5,
            "the accuracies of the batches are averaged as if all batches were equally long",
            "count hits over all batches, and divide once",
        ),
        Mistake(100 * right[k], "it is given in percent", "a share between 0 and 1"),
        Mistake(int(mine.sum()), "the hits are not divided by the number of drawings", "divide them"),
        *(
            Mistake(number, "only the last batch is counted", "add up over the whole loop")
            for number in (_share(mine[-rest:]), int(mine[-rest:].sum()) / rows)
        ),
        Mistake(_share(mine[:size]), "only the first batch is counted", "go through them all"),
        Mistake(_share(mine[:-rest]), "the short last batch is left out", "every batch counts"),
        Mistake(
            right[k] * rows / (5 * size),
            "the hits are divided by the number of batches times the size of a full one",
            "divide by the number of drawings",
        ),
        Mistake(right[k] * rows / 5, "the hits are divided by the number of batches", "count drawings"),
        Mistake(1 - right[k], "that is the share of mistakes", "the share that is right"),
    ]
    if k < 2:
        return [
            *mistakes,
            Mistake(right[1 - k], "that is the accuracy of the other head", "mind the order"),
            Mistake(
                0.0,
                "nothing is ever right: the largest score itself is compared with the label, not its place",
                "`argmax` gives places, `max` gives values first",
            ),
            Mistake(
                _share(crossed[k]),
                "the guesses of this head are compared with the labels of the other",
                "the loader gives images, alphabets, characters, in this order",
            ),
        ]
    return [
        *mistakes,
        Mistake(
            right[0] * right[1],
            "the two accuracies are multiplied, as if the heads went wrong independently of each other",
            "count the drawings for which both heads are right",
        ),
        *(
            Mistake(smaller, "that is the smaller of the two accuracies", "count the drawings")
            for smaller in (
                min(right[:2]),
                # the same for each batch
                sum(min(int(a.sum()), int(c.sum())) for a, c in zip(*(h.split(size) for h in hits[:2]), strict=True))
                / rows,
            )
        ),
        Mistake(sum(right[:2]) / 2, "that is the mean of the two accuracies", "count the drawings"),
        Mistake(_share(hits[0] | hits[1]), "drawings count for which one head is right", "both of them have to be"),
        Mistake(
            _share(hits[0] == hits[1]),
            "drawings for which both heads are wrong count as well",
            "both of them have to be right",
        ),
    ]


def _share(hit: Tensor) -> float:
    return float(hit.double().mean())


def _labels(
    guesses: Sequence[Tensor], classes: Sequence[int], size: int, rest: int
) -> tuple[list[Tensor], list[Tensor], list[Tensor]]:
    """Labels for these guesses, the hits of the heads and of both, and those against the labels of the other head.

    The heads do not go wrong independently, and the short last batch is unlike the others: the alphabet head is always
    right there, the character head once. Drawn until no two known mistakes give the same number; where a head always
    guesses the same, the labels of the other may be such a mistake in every draw, and are not asked any more.
    """
    attempt = 0
    while True:
        attempt += 1
        way = _classes(8, 4 * size + rest)
        hits = [(way < 1) | (way > 3), (way < 2) | (way > 4)]
        hits[0][-rest:], hits[1][-rest:] = True, torch.arange(rest) == 0
        targets = [
            torch.where(hit, guess, (guess + 1 + _classes(count - 1, len(guess))) % count)
            for hit, guess, count in zip(hits, guesses, classes, strict=True)
        ]
        crossed = [guess == target for guess, target in zip(guesses, targets[::-1], strict=True)]
        hits.append(hits[0] & hits[1])
        apart = True
        for k in range(3):
            found = [(_share(hits[k]), "right"), (0.0, "none")]
            found += [(float(m.result), m.cause) for m in _wrong_accuracies(hits, crossed, k, size, rest)]
            if k < 2 and attempt < 200 and _share(crossed[k]) in (0.0, 1.0):
                apart = False  # none or all are right by accident: another mistake gives that as well
            found = [(n, cause) for n, cause in found if attempt < 200 or "labels of the other" not in cause]
            # the share of the last batch is 1 by design
            found = sorted(pair for pair in found if pair[0] not in (0.0, 1.0))
            apart = apart and all(
                n - m > 1e-3 or cause == other for (m, cause), (n, other) in itertools.pairwise(found)
            )
        if apart:
            return targets, hits, crossed


@exercise(
    "12.5",
    title="Accuracy of each head",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Count the hits of each head over all batches, and divide by the number of drawings once, at the end.",
        "Scores have shape (B, classes). Along which axis lies the largest one of each drawing?",
        "Both are right where the one comparison *and* the other is true: `&` works on tensors of True and False.",
    ),
)
def accuracy_per_head(accuracy_per_head: Subject) -> None:
    for size, rest, training in ((random_integer(8, 10), 3, True), (random_integer(8, 10), 1, False)):
        side, classes = 3, (3, 5)
        rows = 4 * size + rest
        here, model = _fx_heads(_flat_specs(side, 6, dropout=True), classes, 6)
        here.eval()
        for _ in range(100):
            images = 3 * random_normal(rows, 1, side, side)
            with torch.no_grad():
                guesses = [o.argmax(1) for o in here(images)]
            if all(len(guess.unique()) > 1 and guess.min() < min(classes) for guess in guesses):
                break
        targets, hits, crossed = _labels(guesses, classes, size, rest)
        right = [_share(hit) for hit in hits]
        last = "a last batch of one drawing" if rest == 1 else f"a last batch of {rest} drawings"
        label = f"accuracy_per_head(model, loader) with {last}"
        training_mode(model, training)
        set_seed(random_integer(0, 10**6))
        loader = _two_label_loader(images, targets, size)
        seen = call(accuracy_per_head, model, loader, label=label)
        found = expect_entries(seen, ACCURACIES)
        for k, name in enumerate(ACCURACIES):
            got = number_of(found[name])
            if (
                training
                and got is not None
                and not abs(got - right[k]) < 1e-4
                and _right_without_dropout(accuracy_per_head, model, loader, right)
            ):
                _expect_eval(label)
            expect_number(
                found[name],
                right[k],
                what=f"the share of drawings for which {'both heads are' if name == 'both' else 'this head is'} right",
                tolerance=1e-4,
                reveal=False,
                mistakes=_wrong_accuracies(hits, crossed, k, size, rest),
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


def _right_without_dropout(answer: Subject, model: Subject, loader: Subject, right: Sequence[float]) -> bool:
    """Whether the dropout of the model is all that is wrong with the accuracies."""
    training_mode(model, True)
    set_attribute(attribute(attribute(model, "body", keep=True), "3", keep=True), "p", 0.0)
    found = expect_entries(call(answer, model, loader), ACCURACIES)
    again = [number_of(found[name]) for name in ACCURACIES]
    return all(a is not None and abs(a - b) < 1e-4 for a, b in zip(again, right, strict=True))


def _expect_eval(label: str) -> None:
    fail(
        f"The accuracies of `{label}` are not those of the model in eval mode.",
        expected="the class with the largest score of each drawing, in eval mode, against its label",
        actual="other shares",
        cause="the model was called in training mode, where dropout is on (`torch.no_grad()` does not change that)",
        next_step="switch to eval mode before the loop",
    )


COUNTS = ("both right", "alphabet only", "character only", "both wrong", "contradictions")


Known = list[tuple[Tensor, str, str]]


def _even_alphabets(c: Tensor, characters: int, alphabets: int = 4) -> tuple[Tensor, ...]:
    """Alphabets of characters by arithmetic, which is right only where all alphabets are equally large."""
    return c // (characters // alphabets), c // -(-characters // alphabets), c * alphabets // characters, c % alphabets


def _guesses(alphabet_of: Tensor, rows: int) -> tuple[tuple[Tensor, ...], dict[str, Tensor], dict[str, Known]]:
    """Guesses and truth, the drawings of each count, and what known mistakes count instead.

    With many rows no known mistake comes to the right number by chance, or to that of another mistake.
    """
    while True:
        characters = _classes(len(alphabet_of), rows)
        alphabets = alphabet_of[characters]
        a = torch.where(random_normal(rows) > 0.3, _classes(4, rows), alphabets)
        c = torch.where(random_normal(rows) > 0, _classes(len(alphabet_of), rows), characters)
        ok, fine = a == alphabets, c == characters
        implied = alphabet_of[c]
        wanted = {
            "both right": ok & fine,
            "alphabet only": ok & ~fine,
            "character only": ~ok & fine,
            "both wrong": ~ok & ~fine,
            "contradictions": implied != a,
        }
        wrong: dict[str, Known] = {
            "both right": [(ok | fine, "drawings count for which one head is right", "both have to be")],
            "alphabet only": [
                (ok, "drawings for which both heads are right count as well", "the character has to be wrong"),
                (~ok & fine, "the two heads are exchanged", "here the alphabet is right"),
            ],
            "character only": [
                (fine, "drawings for which both heads are right count as well", "the alphabet has to be wrong"),
                (ok & ~fine, "the two heads are exchanged", "here the character is right"),
            ],
            "both wrong": [(~ok | ~fine, "drawings count for which one head is wrong", "both have to be")],
            "contradictions": [
                (implied == a, "the drawings for which the guesses agree are counted", "count the others"),
                (
                    implied != alphabets,
                    "the guessed character is compared with the true alphabet",
                    "compare it with the guessed alphabet",
                ),
                (ok != fine, "heads of which one is right and one is wrong are counted", "compare the guesses"),
                (
                    (implied != a) & ~(ok & fine) & ~(ok | fine),
                    "only drawings for which both heads are wrong are counted",
                    "a contradiction has nothing to do with the truth",
                ),
                (
                    (implied != a) & ok,
                    "only drawings with the right alphabet are counted",
                    "a contradiction has nothing to do with the truth",
                ),
                (
                    ~ok,
                    "the guessed alphabet is compared with the true one: that is a wrong alphabet, no contradiction",
                    "look up the alphabet of the *guessed* character",
                ),
                (
                    ~ok & ~fine,
                    "drawings for which both heads are wrong are counted",
                    "a contradiction has nothing to do with the truth",
                ),
                (a != c, "an alphabet's number is compared with a character's", "look the character's alphabet up"),
                *(
                    (
                        guess != a,
                        "the alphabet of a character is computed, as if all alphabets had equally many characters",
                        "look it up in `alphabet_of`",
                    )
                    for guess in _even_alphabets(c, len(alphabet_of))
                ),
            ],
        }
        apart = True
        for name in COUNTS:
            causes: dict[int, set[str]] = {int(wanted[name].sum()): {"right"}}
            for mask, cause, _ in wrong[name]:
                causes.setdefault(int(mask.sum()), set()).add(cause)
            apart = apart and all(len(alike) == 1 for alike in causes.values())
        if apart or rows < 50:
            return (a, c, alphabets, characters), wanted, wrong


@exercise(
    "12.6",
    title="Mistakes across heads",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Two tensors of True and False, one for each head, are all that the first four counts need: `&` and `~`.",
        "A contradiction has nothing to do with the truth: it is between the two guesses.",
        "`alphabet_of[character_guesses]` is the alphabet of each guessed character.",
    ),
)
def count_across_heads(count_across_heads: Subject) -> None:
    sizes = (3, 5, 4, 2)
    alphabet_of = torch.repeat_interleave(torch.arange(4), torch.tensor(sizes))
    for rows in (random_integer(60, 80), 1, random_integer(15, 20)):
        (a, c, alphabets, characters), wanted, wrong = _guesses(alphabet_of, rows)
        tensors = {
            "alphabet_guesses": a,
            "character_guesses": c,
            "alphabets": alphabets,
            "characters": characters,
            "alphabet_of": alphabet_of,
        }
        given = [give(t, name) for name, t in tensors.items()]
        word = "one drawing" if rows == 1 else f"{rows} drawings"
        label = f"count_across_heads(...) for {word}"
        seen = call(count_across_heads, *given, label=label)
        found = expect_entries(seen, COUNTS)
        for name in COUNTS:
            number = int(wanted[name].sum())
            got = number_of(found[name])
            if got is not None and isinstance(got, float) and got == number:
                continue
            expect_number(
                found[name],
                number,
                what="the number of such drawings",
                tolerance=1e-6,
                reveal=False,
                mistakes=[
                    *(Mistake(int(mask.sum()), cause, step) for mask, cause, step in wrong[name]),
                    Mistake(number / rows, "a share is returned", "count the drawings"),
                ],
            )
        for subject, (name, before) in zip(given, tensors.items(), strict=True):
            expect_unchanged(subject, before, f"the tensor `{name}`")


# -- 12.7: a factor in front of the loss ---------------------------------------------------------------------------

OPTIMIZERS = ("SGD", "SGD with momentum", "Adagrad", "RMSprop", "Adam")


@exercise(
    "12.7",
    title="The same weights, three times as large",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "Multiply the gradient by c in each formula of chapter 2, and follow the c to the step.",
        "Three of the five divide the gradient by a root of its own squares. What becomes of c there?",
    ),
)
def step_ratios(step_ratios: Subject) -> None:
    for factor in (3.0, random_integer(3, 9) / 20):
        seen = call(step_ratios, factor)
        found = expect_entries(seen, OPTIMIZERS)
        # β = 0.9 for momentum, α = 0.99 for RMSprop, as chapter 2 has them
        long_run = [
            Mistake(
                10 * x,
                "that is the long run: 1 / (1 - β) is what the velocity grows to after many equal gradients",
                "the first step: the velocity holds one gradient",
            )
            for x in (factor, 1.0)
        ]
        in_rates = Mistake(
            10.0,
            "that is the length of the step in learning rates, 1 / √(1 - α), and not a ratio of two steps",
            "divide the step with the factor by the step without it",
        )
        for name in OPTIMIZERS:
            plain = name.startswith("SGD")
            expect_number(
                found[name],
                factor if plain else 1.0,
                what=f"the ratio of the two first steps of {name}",
                tolerance=1e-3,
                reveal=False,
                mistakes=[
                    Mistake(
                        1.0 if plain else factor,
                        "its step is the gradient times a fixed number, and grows with the loss"
                        if plain
                        else "it divides the gradient by its own size, and with it every factor in front of the loss",
                        "follow the factor through the formula of its first step",
                    ),
                    Mistake(3.0, "that holds for a factor of 3 only", "use the argument `factor`"),
                    Mistake(
                        float(int(factor)), "the factor is cut to a whole number", "a ratio may be any positive number"
                    ),
                    Mistake(math.sqrt(factor), "a root of the factor is left", "which power of it stands where?"),
                    Mistake(factor**2, "the factor counts twice", "which power of it stands where?"),
                    Mistake(1 / factor, "the ratio is turned around", "with the factor, divided by without it")
                    if plain
                    else Mistake(
                        1 / factor,
                        "the gradient is divided by its square: the root is missing, and the step shrinks",
                        "take the root of the squares, as the formula does",
                    ),
                    Mistake(0.1 * factor, "the first step of momentum in PyTorch is the full gradient", "no (1 - β)"),
                    Mistake(
                        1.9 * factor, "the velocity starts with the first gradient alone", "look at the *first* step"
                    ),
                    *(long_run if name == "SGD with momentum" else ()),
                    *([in_rates] if name == "RMSprop" else []),
                ],
            )


# -- 12.8: gradients per head --------------------------------------------------------------------------------------


@exercise(
    "12.8",
    title="What each head does to the body",
    points=3,
    difficulty=3,
    minutes=20,
    hints=(
        "`torch.autograd.grad(loss, list_of_tensors)` returns gradients, and writes nothing into `.grad`.",
        "The losses share the graph of the body. `retain_graph=True` keeps it for the next one; or compute the body "
        "anew for each head.",
        "`torch.cat([g.flatten() for g in gradients])` makes one row of them, `torch.stack` a table of rows.",
    ),
)
def body_gradients(body_gradients: Subject) -> None:
    for sizes in ((3, 7), (4,), (2, 6, 3)):
        rows, width, side = random_integer(5, 8), 4, 3
        specs = _flat_specs(side, width)
        with torch.random.fork_rng(devices=[]):
            here = nn.Sequential(*(getattr(nn, name)(*arguments) for name, *arguments in specs))
            heads = [nn.Linear(width, size) for size in sizes]
        with torch.no_grad():
            for module in (here, *heads):
                for p in module.parameters():
                    p.copy_(random_normal(*p.shape) / math.sqrt(p.shape[-1] if p.ndim > 1 else 2))
        body = make(
            "torch.nn.Sequential", *(make(f"torch.nn.{name}", *arguments) for name, *arguments in specs), label="body"
        )
        theirs = [make("torch.nn.Linear", width, size, label=f"head {k}") for k, size in enumerate(sizes)]
        for there, module in zip((body, *theirs), (here, *heads), strict=True):
            load_parameters(there, [p.detach() for p in module.parameters()])
        images = random_normal(rows, 1, side, side)
        targets = [_classes(size, rows) for size in sizes]
        layer = attribute(body, "1", keep=True)
        weight = attribute(layer, "weight", keep=True)
        noise = random_normal(width, side * side)
        # the body and the first head have a gradient already, in one of two parameters, which has to stay
        method(method(method(weight, "__mul__", noise, keep=True), "sum", keep=True), "backward")
        of_heads = [(attribute(h, "weight", keep=True), attribute(h, "bias", keep=True)) for h in theirs]
        noise_too = random_normal(sizes[0], width)
        method(method(method(of_heads[0][0], "__mul__", noise_too, keep=True), "sum", keep=True), "backward")
        word = "one head" if len(sizes) == 1 else f"{len(sizes)} heads"
        label = f"body_gradients(body, heads, images, targets) for {word}"
        mine = list(here.parameters())
        table, summed, strange = [], [], []
        outputs = [head(here(images)) for head in heads]
        for output, target in zip(outputs, targets, strict=True):
            loss = F.cross_entropy(output, target)
            table.append(torch.cat([g.flatten() for g in torch.autograd.grad(loss, mine, retain_graph=True)]))
            total = F.cross_entropy(output, target, reduction="sum")
            summed.append(torch.cat([g.flatten() for g in torch.autograd.grad(total, mine, retain_graph=True)]))
            other = F.cross_entropy(output, targets[0].clamp(max=output.shape[1] - 1))
            strange.append(torch.cat([g.flatten() for g in torch.autograd.grad(other, mine, retain_graph=True)]))
        wanted = torch.stack(table)
        try:
            seen = call(body_gradients, body, theirs, images, targets, label=label)
        except Raised as error:
            if not error.is_stub and "equal size" in error.message:
                fail(
                    f"`{label}` raised {error.type}.",
                    expected="rows of the same length, one number for each parameter of the body",
                    actual=f"{error.type}: {error.message[:120]}",
                    cause="the rows have different lengths: the gradients of the heads stand in the rows as well",
                    next_step="those of the body only",
                    where=_where(error),
                )
            if not error.is_stub and "not have been used in the graph" in error.message:
                fail(
                    f"`{label}` raised {error.type}.",
                    expected="losses that lead back to the parameters of the body",
                    actual=f"{error.type}: {error.message[:120]}",
                    cause="the features were cut off from the body, by `.detach()`, `.data` or `torch.no_grad()`: no "
                    "loss leads back to it",
                    next_step="compute the loss from the features as the body gives them",
                    where=_where(error),
                )
            if error.is_stub or "second time" not in error.message:
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="one row of gradients for each head",
                actual=f"{error.type}: {error.message[:120]}",
                cause="the losses share the graph of the body, and the first backward pass has thrown it away",
                next_step="keep the graph for the next head, or compute the features anew for each",
                where=_where(error),
            )
        count = wanted.shape[1]
        heads_too = [count + (width + 1) * size for size in sizes]
        known = {
            (count, len(sizes)): ("heads and parameters are exchanged", "one row for each head"),
            (count,): ("only one row is returned", "one row for each head"),
            (len(sizes),): ("norms are returned", "return the gradients themselves, one row for each head"),
            (len(sizes), width * side * side): (
                "the biases are left out",
                "all parameters of the body, in their order",
            ),
            (len(sizes) * count,): ("the rows are joined end to end", "stack them"),
        }
        known |= {
            (len(sizes), size): ("the gradients of the heads stand in the rows as well", "those of the body only")
            for size in heads_too
        }
        known.pop(tuple(wanted.shape), None)
        _known_shape(seen, tuple(wanted.shape), known)
        got = expect_tensor(
            seen, shape="heads parameters", sizes={"heads": len(sizes), "parameters": count}, dtype=torch.float32
        )
        old = torch.cat([noise.flatten(), torch.zeros(width)])
        expect_values(
            got,
            wanted,
            label,
            rtol=1e-3,
            atol=1e-6,
            because="row k: the gradient of head k's loss, for all parameters of the body in their order",
            mistakes=[
                Mistake(
                    wanted.cumsum(0),
                    "each row holds the gradients of the heads before it as well: `.grad` adds up",
                    "take each head's gradient on its own",
                ),
                Mistake(
                    wanted.cumsum(0) + old,
                    "the rows were read from `.grad`, which adds up over the heads, on top of what was there before",
                    "take each head's gradient on its own, without `.grad`",
                ),
                Mistake(
                    wanted + old,
                    "what was in `.grad` before is added to the rows",
                    "take the gradients without `.grad`",
                ),
                Mistake(
                    wanted.sum(0).expand_as(wanted), "every row holds the gradient of the sum", "one loss at a time"
                ),
                Mistake(wanted.flip(0), "the heads are in another order", "row k belongs to head k"),
                Mistake(
                    torch.stack(strange),
                    "the targets of the first head are used for every head",
                    "each head has targets of its own",
                ),
                Mistake(
                    wanted.roll(width, dims=1),
                    "the parameters are in another order: the biases come first",
                    "keep the order of `body.parameters()`",
                ),
                Mistake(
                    wanted[:1].expand_as(wanted), "every row holds the gradient of the first head", "one head a row"
                ),
                Mistake(
                    wanted[-1:].expand_as(wanted), "every row holds the gradient of the last head", "one head a row"
                ),
                Mistake(
                    torch.stack(summed),
                    "the losses are summed over the batch, not averaged",
                    "the mean over the batch, as `CrossEntropyLoss` gives it",
                ),
                Mistake(wanted.abs(), "the signs are lost", "gradients themselves, not their sizes"),
                Mistake(
                    wanted / wanted.norm(dim=1, keepdim=True),
                    "the rows are scaled to length 1",
                    "leave them as they are",
                ),
                Mistake(wanted / len(sizes), "the rows are divided by the number of heads", "leave them as they are"),
            ],
        )
        if seen.meta.get("has_graph") or seen.meta.get("requires_grad"):
            fail(
                f"`{label}` is tied to the gradient graph.",
                expected="plain numbers",
                actual="a tensor that tracks gradients",
                cause="the gradients were computed with `create_graph=True`",
                next_step="leave it out: `retain_graph=True` keeps the graph for the next head",
            )
        grads = [attribute(weight, "grad").tensor, attribute(attribute(layer, "bias", keep=True), "grad").tensor]
        if grads[0] is None or not close(grads[0], noise, 1e-5, 1e-6) or grads[1] is not None:
            fail(
                f"`{label}` changes the `.grad` of the body.",
                expected="`.grad` of every parameter as it was before the call",
                actual="another `.grad`",
                cause="`backward()` adds to `.grad`, or it was cleared: the next step of an optimizer would use it",
                next_step="`torch.autograd.grad` returns the gradients and leaves `.grad` alone",
            )
        for k, pair in enumerate(of_heads):
            weight_grad, bias_grad = _slopes(pair)
            stays = weight_grad is None if k else weight_grad is not None and close(weight_grad, noise_too, 1e-5, 1e-6)
            if not stays or bias_grad is not None:
                fail(
                    f"`{label}` changes the `.grad` of head {k}.",
                    expected="`.grad` of every parameter as it was before the call, those of the heads too",
                    actual="another `.grad`",
                    cause="`backward()` goes through the head as well, and adds to `.grad` of its parameters; or "
                    "they were cleared",
                    next_step="`torch.autograd.grad` returns the gradients and leaves `.grad` alone",
                )


# -- 12.9: a running scale -----------------------------------------------------------------------------------------


def _scaled(values: Sequence[float], momentum: float) -> list[tuple[list[float], str, str]]:
    """What known mistakes give for a series of losses, with cause and next step."""
    running, exchanged, biased = [values[0]], [values[0]], [(1 - momentum) * values[0]]
    from_one = [momentum + biased[0]]
    for value in values[1:]:
        from_one.append(momentum * from_one[-1] + (1 - momentum) * value)
        running.append(momentum * running[-1] + (1 - momentum) * value)
        exchanged.append((1 - momentum) * exchanged[-1] + momentum * value)
        biased.append(momentum * biased[-1] + (1 - momentum) * value)
    count = range(1, len(values) + 1)
    start_first = "the first loss is the first mean"
    divisors: list[tuple[Sequence[float], str, str]] = [
        (biased, "the mean starts at 0, and is far too small in the first calls", start_first),
        (from_one, "the mean starts at 1", start_first),
        (
            [m / (1 - momentum**k) for k, m in zip(count, biased, strict=True)],
            "the mean starts at 0 and is corrected afterwards, as Adam does it",
            start_first + ", without a correction",
        ),
        (
            [values[0], *running[:-1]],
            "the mean of the earlier calls divides; this loss is not in it yet",
            "update the mean first",
        ),
        ([max(values[:k]) for k in count], "the largest loss so far divides", "a running mean is asked for"),
        ([values[0] for _ in count], "the first loss divides for ever", "let the mean run along"),
        ([1.0 for _ in count], "the loss is not divided", "divide it by the mean"),
        (exchanged, "the two factors of the running mean are exchanged", "momentum keeps the old mean"),
        (
            [sum(values[:k]) / k for k in count],
            "the plain mean of all losses divides",
            "a running mean with the given momentum",
        ),
        (values, "the loss is divided by itself", "a mean over the calls divides"),
        ([1 / m for m in running], "the loss is multiplied by the mean", "divide it"),
        ([v / m for v, m in zip(values, running, strict=True)], "the mean itself is returned", "divide the loss by it"),
    ]
    return [([v / d for v, d in zip(values, ds, strict=True)], why, todo) for ds, why, todo in divisors]


def _other_momentum(values: Sequence[float], got: Tensor, momentum: float) -> list[Mistake]:
    """Whether a series of scaled losses is right for another momentum, which its second call tells."""
    second = values[1] / float(got[1]) if float(got[1]) else math.nan
    other = (second - values[1]) / (values[0] - values[1])
    if not (0 <= other < 1 and abs(other - momentum) > 1e-3):  # NaN fails too
        return []
    mean, right = values[0], [1.0]
    for value in values[1:]:
        mean = other * mean + (1 - other) * value
        right.append(value / mean)
    if not close(got, torch.tensor(right), 1e-3, 1e-4):
        return []
    return [
        Mistake(
            float(got[1]),
            f"the mean runs with a momentum of {other:.3g}: a momentum of 0 is taken for one that is not given, as "
            "`or` does it",
            "0 is a momentum like any other: every loss is its own mean",
        )
        if momentum == 0
        else Mistake(
            float(got[1]),
            f"the mean runs with a momentum of {other:.3g}, whatever is given",
            "use the argument `momentum`",
        )
    ]


@exercise(
    "12.9",
    title="A scale that runs along",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "The mean is a plain number to the gradient: take the loss out of the graph before it goes into the mean.",
        "The first call has no earlier mean: start with the first loss, not with 0.",
        "Update the mean first, then divide by it.",
    ),
)
def running_scale(RunningScale: Subject) -> None:
    for momentum in (0.9, random_integer(2, 7) / 10, 0.0):
        values = [random_integer(2, 9) / 2 * 10.0**k for k in (1, 0, 2, 1)]
        scale = construct(RunningScale, momentum)
        other = construct(RunningScale, momentum)
        scale.label = name = f"RunningScale({momentum:g})"
        mean, numbers = 0.0, []
        for step, value in enumerate(values):
            mean = momentum * mean + (1 - momentum) * value if step else value
            loss, seen = _scaled_loss(scale, value, f"{name}(loss), call {step + 1}")
            label = seen.label
            _expect_loss(seen, label)
            numbers.append(number_of(seen))
            mistakes = []
            if numbers[-1] is not None and not close(torch.tensor(numbers[-1]), torch.tensor(value / mean), 1e-4, 1e-4):
                # the calls that follow tell apart what looks alike so far
                rest = [number_of(_scaled_loss(scale, v, f"{name}(loss)")[1]) for v in values[step + 1 :]]
                got = torch.tensor([n if n is not None else math.nan for n in [*numbers, *rest]])
                mistakes = [
                    Mistake(series[step], why, todo)
                    for series, why, todo in _scaled(values, momentum)
                    if close(got, torch.tensor(series), 1e-3, 1e-4)
                ]
                mistakes += _other_momentum(values, got, momentum) if step == 1 else []
            expect_number(
                seen,
                value / mean,
                what="the loss divided by its running mean",
                tolerance=1e-4,
                reveal=False,
                mistakes=mistakes,
            )
            _expect_constant_mean(seen, loss, value, mean, (1 - momentum) if step else 1.0, step, name)
        _, fresh = _scaled_loss(other, 3.0, f"another {name}(loss)")
        expect_number(
            fresh,
            1.0,
            what="the first loss of this object, divided by itself",
            tolerance=1e-4,
            reveal=False,
            mistakes=[
                Mistake(
                    3 / (momentum * mean + (1 - momentum) * 3),
                    "all objects share one mean: it is kept on the class",
                    "keep it on the object: `self`",
                )
            ],
        )
        _expect_no_graph_kept(construct(RunningScale, momentum), name)


def _expect_no_graph_kept(scale: Subject, name: str) -> None:
    """The divisor may be a plain number while the mean that stays on the object is none: graph is added to graph."""
    kept = graphs_kept(scale, [3.0, 5.0, 4.0])
    if any(kept):
        earlier = any(kept[:-1])
        fail(
            f"`{name}` keeps the graphs of its losses.",
            expected="an object that holds no graph after a call",
            actual=f"{sum(kept)} of {len(kept)} graphs still in memory after {len(kept)} calls",
            cause="the losses go into the kept mean with their graphs; what is taken out of the graph is the divisor "
            "only. The memory grows with every call"
            if earlier
            else "the last loss, or something that was computed from it, stays on the object with its graph: its "
            "memory is not free before the next call",
            next_step="take the loss out of the graph on its way into the mean, and keep nothing else of it",
        )


def _scaled_loss(scale: Subject, value: float, label: str) -> tuple[Subject, Subject]:
    """A loss with a graph behind it, and what the student's object makes of it."""
    leaf = make("torch.nn.Parameter", torch.tensor(value), label="loss")
    loss = method(leaf, "__mul__", 1.0, keep=True)
    loss.label = "loss"
    return leaf, call(scale, loss, keep=True, label=label)


def _expect_constant_mean(
    seen: Subject, loss: Subject, value: float, mean: float, share: float, step: int, name: str
) -> None:
    try:
        method(seen, "backward")
    except Raised as error:
        if "second time" not in error.message:
            raise
        fail(
            f"`{name}` keeps the graphs of earlier losses.",
            expected="a mean that is a plain number to the gradient",
            actual=f"{error.type} in the backward pass of call {step + 1}",
            cause="the losses go into the mean with their graphs: it grows with every call, and leads back to "
            "batches whose graphs are gone",
            next_step="take the loss out of the graph on its way into the mean",
        )
    gradient = attribute(loss, "grad").tensor
    through = 1 / mean - value * share / mean**2
    undetached = gradient is not None and close(gradient, torch.tensor(through), 1e-3, 1e-6)
    _expect_slope(
        gradient,
        torch.tensor(1 / mean),
        f"`{seen.label}` has the right value, but a wrong gradient.",
        "the mean is differentiated as well: it contains the loss, and takes back a part of its gradient"
        + (", here all of it" if abs(through) < 1e-6 else "")
        if undetached
        else "",
        "the mean has to be a plain number to the gradient" if undetached else "",
    )


# -- 12.10: uncertainty weighting ----------------------------------------------------------------------------------


def _terms(losses: Tensor, s: Tensor, regression: Tensor) -> Tensor:
    factor = torch.where(regression, 0.5, 1.0)
    return factor * (-s).exp() * losses + s / 2


def _uncertain(losses: Tensor, s: Tensor, regression: Tensor) -> Tensor:
    return _terms(losses, s, regression).sum()


def _kinds(kinds: Sequence[str]) -> Tensor:
    return torch.tensor([kind == "regression" for kind in kinds])


def _wrong_uncertain(values: Tensor, s: Tensor, regression: Tensor) -> list[Mistake]:
    """What known mistakes give for these losses and log-variances, those of the start (all zero) included."""
    count = len(values)
    half = torch.where(regression, 0.5, 1.0)
    right = _uncertain(values, s, regression).item()
    mistakes = [
        Mistake(
            _uncertain(values, s, torch.ones(count, dtype=torch.bool)).item(),
            "every head gets the factor 1/2 of a regression",
            "cross-entropy has the factor 1",
        ),
        Mistake(
            _uncertain(values, s, torch.zeros(count, dtype=torch.bool)).item(),
            "every head gets the factor 1 of a cross-entropy",
            "a regression has the factor 1/2",
        ),
        Mistake(
            _uncertain(values, s, ~regression).item(),
            "the factors of the two kinds are exchanged",
            "1/2 belongs to the regression",
        ),
        Mistake(right / count, "the terms are averaged over the heads", "add them"),
        Mistake(
            _uncertain(values, s, torch.arange(count) == 0).item(),
            "the first head gets the factor 1/2 and the others 1, whatever `kinds` says",
            "look at the kind of each head",
        ),
        Mistake(
            (half * values / F.softplus(s) + F.softplus(s).log() / 2).sum().item(),
            "softplus makes a variance of the parameter",
            "the variance is the exponential of s",
        ),
    ]
    if not s.any():
        return mistakes
    terms = _terms(values, s, regression)
    positive = torch.where(s > 0, s, torch.nan)
    return [
        *mistakes,
        Mistake(max(right, 0.0), "a negative total is cut off at 0", "the total may be negative"),
        Mistake(terms.clamp(min=0).sum().item(), "negative terms are cut off at 0", "add them as they are"),
        Mistake(
            (half * (-s).exp() * values + s.clamp(min=0) / 2).sum().item(),
            "negative logarithms are cut off at 0",
            "ln σ is negative for small variances",
        ),
        Mistake(abs(right), "the sign of the total is lost", "the total may be negative"),
        Mistake(terms.abs().sum().item(), "the signs of the terms are lost", "add them as they are"),
        Mistake(
            (half * (-s).exp() * values).sum().item(),
            "the second term is missing: without it the loss is smallest for infinite variances",
            "add s / 2 for each head",
        ),
        Mistake(
            (half * (-s).exp() * values + s).sum().item(),
            "s itself is added, which is the logarithm of σ², not of σ",
            "what is the logarithm of σ, if s is that of σ²?",
        ),
        Mistake(
            (half * ((-s).exp() * values + s)).sum().item(),
            "the factor stands before both terms",
            "add s / 2, whatever the kind",
        ),
        Mistake(
            (half * s.exp() * values + s / 2).sum().item(),
            "the loss is multiplied by the variance, not divided by it",
            "mind the sign in the exponent",
        ),
        Mistake(
            (half * (-2 * s).exp() * values + s).sum().item(),
            "the parameter is used as ln σ, not as ln σ²",
            "write σ² and ln σ with s = ln σ²",
        ),
        Mistake(
            (half * values / s.square() + s.log()).sum().item(),
            "the parameter is σ itself: it can turn negative, and its logarithm is NaN then",
            "train s, the logarithm of the variance",
        ),
        Mistake(
            (half * values / s.square() + s.abs().log()).sum().item(),
            "the parameter is σ itself, and not the logarithm of the variance",
            "train s, the logarithm of the variance",
        ),
        Mistake(
            (half * values / positive + positive.log() / 2).sum().item(),
            "the parameter is σ² itself: it can turn negative",
            "train s, the logarithm of the variance",
        ),
        Mistake(
            (half * (-s).exp() * values - s / 2).sum().item(),
            "the second term is subtracted",
            "add s / 2 for each head",
        ),
        Mistake(
            (half * values).sum().item(), "the parameters are not used", "each loss is divided by its own variance"
        ),
        Mistake(
            (half * (-s).exp() * values.flip(0) + s / 2).sum().item(),
            "the losses are in another order than the parameters",
            "one for each head",
        ),
    ]


def _losses_and_variances(number: int, regression: Tensor) -> tuple[Tensor, Tensor, list[Mistake]]:
    """Losses and log-variances of one round, and what known mistakes give there: no two of them the same."""
    count = len(regression)
    for _ in range(500):
        values = (random_normal(count).abs() + 0.05) * torch.tensor([1.0, 20.0, 0.3])[:count]
        s = torch.zeros(count)
        if number == 1:
            s = random_normal(count) + 0.3
        elif number == 2:
            s = 1.5 * random_normal(count) - 0.2
            values[0], s[0] = 0.1 * values[0], -0.5 - s[0].abs()
        elif number == 3:
            s, values = torch.full((count,), -4.6), values / 10
        elif number == 4:
            # every term is negative: e^2.5 times 0.03 is less than 0.4, and s / 2 is below -0.75
            s = -1.5 - random_normal(count).sigmoid()
            values = 0.01 + 0.02 * random_normal(count).sigmoid()
        mistakes = _wrong_uncertain(values, s, regression)
        if number in (1, 2) and (s.min() > -0.1 or s.max() < 0.1):
            continue  # one sign: logarithms cut off at 0 are all there, or none
        if number == 2 and not 0 < (_terms(values, s, regression) < -0.05).sum() < count:
            continue  # one sign: terms cut off at 0 are all there, or none
        if told_apart(_uncertain(values, s, regression).item(), mistakes, 1e-3):
            break
    return values, s, mistakes


@exercise(
    "12.10",
    title="Weights that learn themselves",
    points=4,
    difficulty=3,
    minutes=25,
    hints=(
        "One `nn.Parameter` of K zeros, or K of them in an `nn.ParameterList`.",
        r"$1/\sigma^2 = e^{-s}$ and $\ln \sigma = s/2$. Nothing is ever divided, and no logarithm is taken.",
        "The factor of a head is 0.5 for a regression and 1 for classes. It does not stand in front of s / 2.",
    ),
)
def uncertainty_loss(UncertaintyLoss: Subject) -> None:
    for kinds in (["regression", "classes"], ["classes", "classes"], ["classes", "regression", "regression"]):
        weighting = construct(UncertaintyLoss, kinds)
        weighting.label = name = f"UncertaintyLoss({kinds})"
        expect_model(weighting, because="only a module registers its parameters for the optimizer")
        count = len(kinds)
        found = expect_parameters(
            weighting,
            count,
            because="every head has one",
            mistakes=[
                Mistake(0, "the log-variances are plain tensors or numbers", "only an `nn.Parameter` can be trained"),
                Mistake(1, "all heads share one", "one for each head"),
                Mistake(2 * count, "there are two for each head", "one for each head"),
            ],
        )
        frozen = [p.name for p in found if not p.requires_grad]
        if frozen:
            fail(
                f"The parameters of `{name}` cannot be trained.",
                expected="parameters that require a gradient",
                actual=f"{', '.join(frozen)} with `requires_grad=False`",
                cause="they were frozen where they were made",
                next_step="leave `requires_grad` as `nn.Parameter` sets it",
            )
        regression = _kinds(kinds)
        first = torch.cat([p.tensor.flatten() for p in found])
        for number in range(5):
            values, s, mistakes = _losses_and_variances(number, regression)
            if number:
                load_parameters(weighting, [part.reshape(p.tensor.shape) for p, part in _cut(found, s)])
            leaves = _leaves(list(values), "loss")
            losses = [method(leaf, "__mul__", 1.0, keep=True) for leaf in leaves]
            start = number == 0
            label = f"{name}(losses)" + ("" if start else " with other log-variances")
            seen = call(weighting, losses, keep=True, label=label)
            _expect_loss(seen, label)
            got = number_of(seen)
            if got is not None and math.isnan(got):
                fail(
                    f"`{label}` is NaN.",
                    expected="a number for every value of the parameters",
                    actual="NaN",
                    cause="a logarithm of a negative number: the parameters are σ or σ² themselves, and a step of the "
                    "optimizer can make them negative",
                    next_step="train s, the logarithm of the variance, which may be anything",
                )
            if start and not close(first, torch.zeros(count), 1e-4, 1e-5):
                fail(
                    f"The parameters of `{name}` start with other numbers than zero.",
                    expected="log-variances of 0: every variance is 1 at the start",
                    actual="other numbers",
                    cause="the parameters are variances or deviations themselves, which start at 1"
                    if close(first, torch.ones(count), 1e-4, 1e-5)
                    else "they are drawn at random, or left as `torch.empty` found them",
                    next_step="start with zeros: a logarithm of 1",
                )
            expect_number(
                seen,
                _uncertain(values, s, regression).item(),
                what="the sum over the heads of the loss divided by its variance (halved for a regression) plus ln σ",
                tolerance=1e-3,
                reveal=False,
                mistakes=mistakes,
            )
            method(seen, "backward")
            half = torch.where(regression, 0.5, 1.0)
            for gradient, slope in zip(_slopes(leaves), half * (-s).exp(), strict=True):
                _expect_slope(gradient, slope, f"`{label}` has the right value, but a loss gets a wrong gradient.")
        _expect_trainable(weighting, kinds, found)


def _cut(found: Sequence[Any], numbers: Tensor) -> list[tuple[Any, Tensor]]:
    parts = numbers.split([p.tensor.numel() for p in found])
    return list(zip(found, parts, strict=True))


def _expect_trainable(weighting: Subject, kinds: Sequence[str], found: Sequence[Any]) -> None:
    """The gradient of the parameters: a few steps have to move them by the formula."""
    s = random_normal(len(kinds))
    values = random_normal(len(kinds)).abs() + 0.1
    load_parameters(weighting, [part.reshape(p.tensor.shape) for p, part in _cut(found, s)])
    optimizer = make("torch.optim.SGD", method(weighting, "parameters", keep=True), lr=0.5)
    method(optimizer, "zero_grad")
    method(call(weighting, _leaves(list(values), "loss"), keep=True), "backward")
    method(optimizer, "step")
    now = torch.cat([p.tensor.flatten() for p in parameters(weighting)])
    half = torch.where(_kinds(kinds), 0.5, 1.0)
    if not close(now, s - 0.5 * (0.5 - half * (-s).exp() * values), 1e-3, 1e-5):
        fail(
            f"The log-variances of `{weighting.label}` get wrong gradients.",
            expected="the gradient of the formula",
            actual="numbers that do not move" if close(now, s, 1e-5, 1e-6) else "other steps",
            cause="a part of the computation left the graph: `.item()`, `.detach()`, `.data` or `torch.tensor(...)`",
            next_step="compute with the parameters themselves",
        )


# -- 12.11: several labels at once ---------------------------------------------------------------------------------


def _pushed(hot: Tensor, step: int) -> Tensor:
    """The table with its columns one place to the right (1) or left (-1), and zeros where nothing comes from."""
    moved = hot.roll(step, 1)
    moved[:, 0 if step > 0 else -1] = 0
    return moved


@exercise(
    "12.11",
    title="Several labels at once",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "First the target: zeros of the scores' shape and dtype, and a 1 for each label of each row.",
        "Every label is a question of its own, yes or no: which loss of chapter 2 takes one score for that?",
        "`nn.BCEWithLogitsLoss()` wants a float target of the same shape, and takes the mean over all entries.",
    ),
)
def multi_label_loss(multi_label_loss: Subject) -> None:
    for rows, count, scale in ((random_integer(4, 6), random_integer(7, 9), 2.0), (1, 4, 1.0), (6, 3, 60.0)):
        scores = scale * random_normal(rows, count)
        hot = (random_normal(rows, count) > 0.4).float()
        hot[0, :2] = torch.tensor([1.0, 1.0])
        hot[0, 2] = 0.0
        if rows > 2:
            hot[1], hot[2] = 0.0, 1.0  # no label at all, and all of them
        if scale > 10:
            # two scores that are far off: what cuts scores or losses off cannot miss them
            scores[0, 1:3] = torch.tensor([-1.0, 1.0]) * (150 + 49 * random_normal(2).sigmoid())
        labels = [row.nonzero().flatten().tolist() for row in hot]
        labels = [list(reversed(row)) for row in labels]
        given = give(labels, "labels")
        (leaf,) = _leaves([scores], "scores")
        label = f"multi_label_loss(scores, labels) for shape {show_shape(scores.shape)}" + (
            " and large scores" if scale > 10 else ""
        )
        try:
            seen = call(multi_label_loss, leaf, given, keep=True, label=label)
        except Raised as error:
            if error.is_stub or "expected sequence of length" not in error.message:
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="a target of zeros and ones",
                actual=f"{error.type}: {error.message[:120]}",
                cause="the lists have different lengths, and make no table; one of them may be empty",
                next_step="start with zeros of the shape of the scores, and mark the labels row by row",
                where=_where(error),
            )
        _expect_loss(seen, label)
        every = F.binary_cross_entropy_with_logits(scores.double(), hot.double(), reduction="none")
        share = hot / hot.sum(1, keepdim=True).clamp(min=1)
        first = torch.tensor([row[0] if row else 0 for row in labels])
        got = number_of(seen)
        if got is not None and (math.isnan(got) or math.isinf(got)):
            fail(
                f"`{label}` is not finite.",
                expected="a finite number, however large the scores are",
                actual=f"{got}",
                cause="a logarithm of a sigmoid that has reached 0 or 1",
                next_step="hand the scores to a loss that applies the sigmoid itself",
            )
        expect_number(
            seen,
            every.mean().item(),
            what="the mean of the binary cross-entropies of all scores",
            tolerance=1e-4,
            reveal=False,
            mistakes=[
                Mistake(
                    F.cross_entropy(scores, hot).item(),
                    "cross-entropy takes the table of zeros and ones for probabilities, and lets the labels of a "
                    "drawing compete with each other",
                    "every label is a question of its own: a sigmoid for each, not a softmax over all",
                ),
                Mistake(
                    F.cross_entropy(scores, share).item(),
                    "cross-entropy with shared probabilities lets the labels of a drawing compete with each other",
                    "every label is a question of its own: a sigmoid for each, not a softmax over all",
                ),
                Mistake(F.cross_entropy(scores, first).item(), "only the first label of each drawing counts", "all do"),
                Mistake(
                    F.binary_cross_entropy(scores.softmax(1), hot).item(),
                    "a softmax makes the labels of a drawing compete with each other",
                    "a sigmoid for each label",
                ),
                Mistake(
                    F.binary_cross_entropy_with_logits(scores.sigmoid(), hot).item(),
                    "a sigmoid is applied twice: the loss with logits has its own",
                    "hand over the scores themselves",
                ),
                Mistake(
                    F.binary_cross_entropy(scores.sigmoid(), hot).item(),
                    "the sigmoid is taken first, and large scores are cut off at the loss",
                    "hand the scores to a loss that applies the sigmoid itself",
                ),
                Mistake(every.sum().item(), "the losses are added, not averaged", "take the mean over all entries"),
                Mistake(
                    every.sum().item() / rows,
                    "the losses are added over the labels and averaged over the drawings only",
                    "take the mean over all entries",
                ),
                Mistake(
                    (every * hot).sum().item() / max(1.0, hot.sum().item()),
                    "only the labels that are there count: a network that always says yes would be perfect",
                    "the zeros are answers as well",
                ),
                Mistake(
                    (every * hot).mean().item(),
                    "only the labels that are there count: a network that always says yes would be perfect",
                    "the zeros are answers as well",
                ),
                Mistake(
                    F.binary_cross_entropy_with_logits(scores, 1 - hot).item(),
                    "zeros and ones are exchanged in the target",
                    "1 where the label is there",
                ),
                Mistake(
                    F.binary_cross_entropy_with_logits(scores, hot.amax(0).expand_as(hot)).item(),
                    "the labels of each drawing are marked in the rows of all",
                    "mark the labels of a drawing in its own row",
                ),
                Mistake(
                    F.binary_cross_entropy_with_logits(scores, hot.cummax(0).values).item(),
                    "the labels pile up from drawing to drawing: each row holds those of the rows before it as well",
                    "begin every row with zeros",
                ),
                *(
                    Mistake(
                        F.binary_cross_entropy_with_logits(scores, target).item(),
                        f"the labels stand one column too far to the {side}",
                        "labels and columns both count from 0: label k belongs to column k",
                    )
                    for step, side in ((-1, "left"), (1, "right"))
                    for target in (hot.roll(step, 1), _pushed(hot, step))
                ),
                *(
                    Mistake(
                        F.binary_cross_entropy_with_logits(scores.clamp(-bound, bound), hot).item(),
                        "the scores are cut off before the loss, and get no gradient beyond",
                        "hand the scores over as they are: the loss with logits is stable for large ones",
                    )
                    for bound in (5, 10, 15, 16, 20, 25, 30, 40, 50, 60, 64, 70, 80, 88, 90, 100, 120, 128)
                ),
                Mistake(
                    every[hot.any(1)].mean().item(),
                    "drawings without a label are left out",
                    "their zeros are answers as well",
                ),
                Mistake(F.mse_loss(scores.sigmoid(), hot).item(), "that is a squared error", "binary cross-entropy"),
                Mistake(
                    F.multilabel_soft_margin_loss(scores, hot, reduction="sum").item(),
                    "the losses are added over the drawings",
                    "take the mean over all entries",
                ),
            ],
        )
        method(seen, "backward")
        _expect_slope(
            _slopes([leaf])[0],
            (scores.sigmoid() - hot) / hot.numel(),
            f"`{label}` has the right value, but a wrong gradient.",
        )
        expect_unchanged(given, labels, "the list `labels`")


# -- 12.12: the best variance --------------------------------------------------------------------------------------


@exercise(
    "12.12",
    title="Deep dive: the variance that a loss settles at",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "Each head has its own term: differentiate it by s, and set the derivative to 0.",
        "What is $e^{s}$ at that place? Put it back into the term for the smallest value.",
    ),
)
def best_variances(best_variances: Subject) -> None:
    for kinds, losses in (
        (["regression", "classes"], [4.0, 4.0]),
        (["classes", "regression", "classes"], [random_integer(2, 9) / 4, random_integer(30, 90) * 1.0, 0.01]),
        (["regression"], [0.01]),
    ):
        given = give(losses, "losses")
        label = f"best_variances({losses}, {kinds})"
        seen = call(best_variances, given, kinds, label=label)
        variances, total = expect_parts(seen, ("variances", "total"))
        if number_of(variances) is not None and number_of(total) is None:
            fail(
                f"`{label}` gives the two values in the other order.",
                expected="the variances first, then the total",
                actual="a number first",
                cause="the two returned values are exchanged",
                next_step="return variances, total",
            )
        factor = [1.0 if kind == "regression" else 2.0 for kind in kinds]
        right = torch.tensor([f * loss for f, loss in zip(factor, losses, strict=True)], dtype=torch.float64)
        plain = torch.tensor(losses, dtype=torch.float64)
        if variances.kind in {"list", "tuple"}:
            numbers = [number_of(part) for part in variances.children]
            if len(numbers) != len(losses) or any(n is None or isinstance(n, bool) for n in numbers):
                fail(
                    f"`{variances.label}` should hold one number for each head.",
                    expected=f"{len(losses)} numbers",
                    actual=f"{len(numbers)} values",
                    cause="a head is missing, or a value is no number",
                    next_step="one variance for each loss, in the same order",
                )
            got = torch.tensor(numbers, dtype=torch.float64)
        else:
            got = expect_tensor(variances, shape="heads", sizes={"heads": len(losses)}, arrays=True).double()
        expect_values(
            got,
            right,
            variances.label,
            rtol=1e-3,
            atol=1e-6,
            because="the variances at which the total is smallest",
            mistakes=[
                Mistake(plain, "classes are treated like a regression", "the factor of a cross-entropy is 1, not 1/2"),
                Mistake(2 * plain, "a regression is treated like classes", "the factor of a regression is 1/2"),
                Mistake(right.sqrt(), "these are the deviations σ", "the variances are their squares"),
                Mistake(right.log(), "these are the log-variances s", "the variances are their exponentials"),
                Mistake(1 / right, "these are the weights 1/σ²", "the variances are asked for"),
                Mistake(
                    torch.tensor([2 * x if k == "regression" else x for k, x in zip(kinds, losses, strict=True)]),
                    "the two kinds are exchanged",
                    "differentiate the term of each kind",
                ),
                Mistake(right / 2, "a factor of 2 got lost in the derivative of s / 2", "differentiate both terms"),
                Mistake(right**2, "the loss is squared", "set the derivative to 0, and solve for the variance"),
            ],
        )
        terms = (1 + right.log()) / 2
        smallest = terms.sum().item()
        expect_number(
            total,
            smallest,
            what="the total at these variances",
            tolerance=1e-3,
            reveal=False,
            mistakes=[
                Mistake(
                    (right.log() / 2).sum().item(),
                    "the losses divided by their variances are missing",
                    "put the variances back into the whole formula",
                ),
                Mistake(len(losses) / 2, "the logarithms are missing", "put the variances back into the whole formula"),
                Mistake((0.5 + right.log()).sum().item(), "ln σ² is added, not ln σ", "s / 2"),
                Mistake((1 + right.log() / 2).sum().item(), "the first terms are twice too large", "1/2 and 1: which?"),
                Mistake(
                    (0.5 * plain / right + right.log() / 2).sum().item(),
                    "the losses of classes get the factor 1/2 of a regression",
                    "put the factor of each kind into the total as well",
                ),
                Mistake(
                    (plain * torch.tensor([f / 2 for f in factor])).sum().item(),
                    "that is the total at variances of 1",
                    "put the variances that you found into the formula",
                ),
                Mistake(plain.sum().item(), "the losses themselves are added", "put the variances into the formula"),
                Mistake(smallest / len(losses), "the terms are averaged", "add them"),
                Mistake(terms.clamp(min=0).sum().item(), "negative terms are cut off", "a total may be negative"),
                Mistake(max(smallest, 0.0), "a negative total is cut off", "a total may be negative"),
                Mistake(abs(smallest), "the sign is lost", "a total may be negative"),
            ],
        )
        expect_unchanged(given, losses, "the list `losses`")


# -- 12.13: floors for both heads ----------------------------------------------------------------------------------

#: how many alphabets, characters of each, people to learn from and to test on, and pixels
ALPHABETS, CHARACTERS, LEARN, TEST, SIDE = 4, 5, 40, 25, 20


def _accuracy(scores: Tensor, labels: Tensor) -> float:
    return float((scores.argmax(1) == labels).double().mean())


def _why_low(scores: Tensor, labels: Tensor, value: float) -> tuple[str, str]:
    """Cause and next step for an accuracy below its floor."""
    if not bool(torch.isfinite(scores).all()):
        return "there is a NaN or an infinity: the training exploded", "smaller steps"
    if _accuracy(-scores, labels) > max(value, 2 / scores.shape[1]):
        return "the smallest score marks the class", "the largest score marks the class"
    largest = float(scores.abs().max())
    if largest > 1000:
        return (
            "the scores are beyond 1,000: the steps are much too large, or they drive the loss up instead of down (a "
            "minus sign?)",
            "print the loss of each head in every epoch: where do they start, and which way do they go?",
        )
    guesses = scores.argmax(1)
    if int(torch.bincount(guesses, minlength=scores.shape[1]).max()) > 0.9 * len(guesses):
        return (
            "this head says nearly always the same class, with large scores: the training ran away, because the "
            "gradients are not cleared or the steps are too large"
            if largest > 5
            else "this head says nearly always the same class: its loss never reached the parameters, its share in the "
            "total is next to nothing, or there are far too few steps",
            "print the loss of each head in every epoch: where do they start, and do both fall?",
        )
    if value < 1.6 / scores.shape[1]:
        return (
            "this head is hardly better than guessing: far too few steps or drawings, a loss that does not reach the "
            "parameters, or labels that do not belong to the images",
            "print the loss of each head in every epoch: where do they start, and do both fall?",
        )
    return (
        "this head has learned something, but too little: too few steps or drawings, steps of the wrong size, "
        "gradients that are not cleared, or a share in the total that is too small",
        "print the loss of each head in every epoch: do both fall, and do they still fall at the end?",
    )


@exercise(
    "12.13",
    title="Bug clinic: two heads that reach their floors",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "Read the patient line by line: what is the gradient of `loss / loss.max()`? Which parameters does the "
        "optimizer hold? What do the heads see of the body?",
        "Two losses that are both a cross-entropy need no scaling at all: their sum does.",
        "Your `TwoHeadNet` for 20 pixels, Adam with a rate of 0.003, batches of 32 and 10 epochs are enough.",
    ),
)
def train_two_heads(train_two_heads: Subject) -> None:
    data = draw_omniglot(ALPHABETS, CHARACTERS, train=LEARN, test=TEST, size=SIDE)
    tensors = {"images": data.train_images, "alphabets": data.train_alphabets, "characters": data.train_characters}
    given = [
        part if isinstance(part, Subject) else give(part, name)
        for name, part in zip(tensors, map(handed_over, tensors.values()), strict=True)
    ]
    label = "train_two_heads(images, alphabets, characters)"
    model = call(train_two_heads, *given, keep=True, label=label)
    expect_model(model, because="the trained network is what the function returns")
    model.label = "model"
    for subject, (name, before) in zip(given, tensors.items(), strict=True):
        expect_unchanged(subject, before, f"the tensor `{name}`")
    scores = parts_in_eval_mode(model, data.test_images, HEADS)
    sizes = (ALPHABETS, ALPHABETS * CHARACTERS)
    rows = len(data.test_images)
    shapes = [tuple(s.shape) for s in scores]
    if shapes != [(rows, size) for size in sizes]:
        exchanged = shapes == [(rows, size) for size in reversed(sizes)]
        fail(
            "The outputs of `model` have the wrong shapes.",
            expected=f"scores of {sizes[0]} alphabets and of {sizes[1]} characters: ({rows}, {sizes[0]}) and "
            f"({rows}, {sizes[1]})",
            actual=" and ".join(show_shape(shape) for shape in shapes),
            cause="the heads come in the other order"
            if exchanged
            else "class numbers are returned instead of scores"
            if any(len(shape) == 1 for shape in shapes)
            else "a head has another number of outputs than there are classes",
            next_step="alphabet first, character second, one score for each class that the labels name",
        )
    _expect_no_probabilities(scores)
    _expect_drawings_apart(model, data.test_images[:7], [s[:7] for s in scores])
    _expect_heads_registered(model, data.test_images[:7], sizes)
    _expect_both_reach_the_images(model, data.test_images[:7], [s[:7] for s in scores])
    for name, part, labels in zip(
        ("alphabet", "character"), scores, (data.test_alphabets, data.test_characters), strict=True
    ):
        value = _accuracy(part, labels)
        expect_metric(
            value,
            f"accuracy of the {name} head",
            because="every honest answer of the calibration reaches it",
            diagnose=lambda value, part=part, labels=labels: _why_low(part, labels, value),  # type: ignore[misc]
        )


def _expect_no_probabilities(scores: Sequence[Tensor]) -> None:
    for name, part in zip(HEADS, scores, strict=True):
        if bool(((part >= 0) & (part <= 1)).all()) and close(part.sum(1), torch.ones(len(part)), 1e-3, 1e-3):
            fail(
                f"`model` gives probabilities as {name}.",
                expected="scores of any size",
                actual="numbers from 0 to 1 that add up to 1 for each drawing",
                cause="the network ends with a softmax, and the loss applies its own to it: the gradients shrink",
                next_step="return what the last linear layer of each head gives",
            )


def _expect_heads_registered(model: Subject, images: Tensor, sizes: Sequence[int]) -> None:
    """Heads in a plain list are not among the parameters: they answer even when all parameters are 0."""
    found = [p.tensor.clone() for p in parameters(model)]
    lengths = {length for tensor in found for length in tensor.shape}
    suspects = [k for k, size in enumerate(sizes) if not lengths & {size, sum(sizes)}]
    if not suspects or any(tensor.is_meta for tensor in found):
        return
    load_parameters(model, [torch.zeros_like(tensor) for tensor in found])
    empty = parts_in_eval_mode(model, images, HEADS)
    load_parameters(model, found)
    for k in suspects:
        if bool(torch.isfinite(empty[k]).all()) and float(empty[k].std(1).max()) > 1e-6:
            name = HEADS[k].partition(" ")[0]
            fail(
                f"The {name} head is not among the parameters of `model`.",
                expected=f"a head for {sizes[k]} classes that `model.parameters()` holds",
                actual="scores that stay when all parameters are set to 0",
                cause="the head lies in a plain list, dict or tuple, which an `nn.Module` does not look into: an "
                "optimizer that is given `model.parameters()` never trains it",
                next_step="make the head an attribute, or use `nn.ModuleList` or `nn.ModuleDict`",
            )


def _expect_both_reach_the_images(model: Subject, images: Tensor, scores: Sequence[Tensor]) -> None:
    """A head that sees the drawings, but whose gradient does not come down to them as the other's does, is cut off."""
    device = next((p.device for p in parameters(model)), "cpu")
    slopes = []
    for k in range(len(HEADS)):
        leaf = make("torch.nn.Parameter", images, label="images")
        moved = method(method(leaf, "clone", keep=True), "to", device, keep=True)
        seen = method(call(model, moved, keep=True), "__getitem__", k, keep=True)
        if attribute(seen, "requires_grad").value:
            method(method(method(seen, "square", keep=True), "sum", keep=True), "backward")
        slopes.append(attribute(leaf, "grad").tensor)
    method(model, "zero_grad")
    arrives = [slope is not None and bool((slope != 0).any()) for slope in slopes]
    for name, part, there in zip(HEADS, scores, arrives, strict=True):
        if any(arrives) and not there and float((part - part[:1]).abs().max()) > 1e-4:
            head = name.partition(" ")[0]
            fail(
                f"The gradients of the {head} head do not reach the body of `model`.",
                expected="a body that both losses train",
                actual=f"no gradient from the {name}, although they depend on the images",
                cause="the graph is cut between the body and this head: `.detach()`, `.data` or `torch.no_grad()`",
                next_step="hand the features to both heads as they are",
            )


def _expect_drawings_apart(model: Subject, images: Tensor, whole: Sequence[Tensor]) -> None:
    """What the network says about a drawing depends on that drawing alone."""
    single = parts_in_eval_mode(model, images[:1], HEADS)
    for a, b in zip(single, whole, strict=True):
        if tuple(a.shape) != (1, b.shape[-1]):
            fail(
                "`model` loses the batch when there is one drawing.",
                expected=f"scores of shape (1, {b.shape[-1]}) for one drawing",
                actual=f"shape {show_shape(a.shape)}",
                cause="`squeeze()` removes every axis of length 1, the batch among them",
                next_step="leave the first axis alone, or name the axis to remove",
            )
    alone = parts_in_eval_mode(model, images, HEADS)
    for a, b in zip(alone, whole, strict=True):
        if bool(torch.isfinite(b).all()) and float(b.abs().max()) < 1e4 and not close(a, b, 1e-2, 1e-2):
            fail(
                "`model` gives a drawing other scores when its neighbors in the batch are others.",
                expected="the same scores for the same drawing",
                actual="other numbers",
                cause="a layer or a line in `forward` computes over the batch: a softmax or a mean along axis 0, or a "
                "normalization that is always in training mode",
                next_step="call the model with seven drawings and with one of them alone, and compare",
            )


EXERCISES = (
    two_label_dataset,
    two_head_net,
    joint_loss,
    train_heads_epoch,
    accuracy_per_head,
    count_across_heads,
    step_ratios,
    body_gradients,
    running_scale,
    uncertainty_loss,
    multi_label_loss,
    best_variances,
    train_two_heads,
)
