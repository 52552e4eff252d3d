"""Chapter 5: convolutional networks.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_batch_independent,
    expect_gradients,
    expect_in_memory,
    expect_model,
    expect_number,
    expect_parameters,
    expect_parts,
    expect_raises,
    expect_same_behavior,
    expect_same_in_training,
    expect_tensor,
    expect_type,
    expect_unchanged,
    expect_values,
    fail,
    number_of,
    random_integer,
    random_normal,
)
from grader.shapes import show_shape
from grader.touch import Raised, Subject, call, construct, give, make, parameters, training_mode

KnownShape = tuple[Sequence[int], str, str]
"""A wrong shape that a known mistake gives, its cause and the next step."""


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


def _expect_result(
    seen: Subject,
    wanted: torch.Tensor,
    *,
    because: str,
    shapes: Sequence[KnownShape] = (),
    mistakes: Sequence[Mistake] = (),
    dtype: torch.dtype | None = torch.float32,
    atol: float = 1e-4,
    next_step: str = "",
) -> None:
    """Expect a tensor of the reference's shape and values; known wrong shapes and values name their cause."""
    got = seen.meta.get("shape")
    if seen.kind == "tensor" and got != tuple(wanted.shape):
        for shape, cause, step in shapes:
            if got == tuple(shape):
                fail(
                    f"`{seen.label}` has the wrong shape.",
                    expected=f"shape {show_shape(wanted.shape)}",
                    actual=f"shape {show_shape(got)}",
                    cause=cause,
                    next_step=step,
                )
    numbers = expect_tensor(seen, shape=" ".join(str(size) for size in wanted.shape), dtype=dtype)
    expect_values(
        numbers, wanted, seen.label, rtol=1e-4, atol=atol, because=because, mistakes=mistakes, next_step=next_step
    )


Rule = tuple[Callable[..., Any], str, str]
"""What a known mistake makes of the arguments, its cause and the next step."""


def _whole_numbers(
    function: Subject,
    cases: Sequence[tuple[tuple[Any, ...], dict[str, Any]]],
    right: Callable[..., int],
    *,
    what: str,
    rules: Sequence[Rule],
) -> None:
    """Expect a whole number for each case; a mistake is named by what explains all of the answers.

    Args:
        function: the student's.
        cases: positional and named arguments of each call.
        right: the right number, from the same arguments.
        what: what is counted, for the message.
        rules: known mistakes.
    """
    answers: list[tuple[Subject, float]] = []
    wrong: int | None = None
    for place, (args, named) in enumerate(cases):
        shown = ", ".join([*map(repr, args), *(f"{name}={value!r}" for name, value in named.items())])
        try:
            seen = call(function, *args, label=f"{function.label}({shown})", **named)
        except Raised:
            if wrong is None:
                raise
            break  # what came before is wrong already
        number = number_of(seen)
        if number is None or isinstance(number, bool):
            expect_number(seen, right(*args, **named), what=what)
            return
        if wrong is None and isinstance(number, float) and math.isfinite(number) and number != int(number):
            fail(
                f"`{seen.label}` is not a whole number.",
                expected=f"{what}, a whole number",
                actual=f"{number:.6g}",
                cause="the division leaves a fraction, and nothing rounds it",
                next_step="windows are counted in whole steps: round in the direction that is asked for",
            )
        answers.append((seen, number))
        if wrong is None and number != right(*args, **named):
            wrong = place
    if wrong is None:
        return

    def explains(rule: Rule, places: Iterable[int]) -> bool:
        return all(rule[0](*cases[place][0], **cases[place][1]) == answers[place][1] for place in places)

    everywhere = [rule for rule in rules if explains(rule, range(len(answers)))]
    here = [rule for rule in rules if explains(rule, [wrong])]
    seen, number = answers[wrong]
    wanted = right(*cases[wrong][0], **cases[wrong][1])
    known = [Mistake(number, cause, step) for _, cause, step in (*everywhere, *here)][:1]
    expect_number(seen, wanted, what=what, mistakes=known)


def _unfilled(build: Callable[[], nn.Module]) -> nn.Module:
    """A network whose parameters are still to be copied in: draws no random numbers, unlike its constructor."""
    with torch.device("meta"):
        network = build()
    return network.to_empty(device="cpu")


# -- 5.1 to 5.3: sliding a kernel ----------------------------------------------------------------------------------


def _flip(kernel: torch.Tensor) -> torch.Tensor:
    return kernel.flip(-1, -2)


def _correlate(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    return F.conv2d(image[None, None], kernel[None, None])[0, 0]


@exercise(
    "5.1",
    title="Cross-correlation by hand",
    points=3,
    difficulty=1,
    minutes=12,
    hints=(
        "At how many rows can the top edge of the kernel stand? Try an image of 5 rows and a kernel of 3.",
        "Two loops over the places of the output; inside, cut the patch out of the image with slices.",
        "`(patch * kernel).sum()` is one output number. Collect them in `torch.zeros(rows, columns)`.",
    ),
)
def cross_correlate(cross_correlate: Subject) -> None:
    label = "cross_correlate(image, kernel)"
    for (height, width), (rows, columns) in (
        ((5, 6), (3, 3)),
        ((random_integer(6, 9), 5), (2, 4)),
        ((3, 4), (3, 4)),
        ((4, random_integer(5, 8)), (1, 2)),
    ):
        image, kernel = random_normal(height, width), random_normal(rows, columns)
        wanted = _correlate(image, kernel)
        given = [give(image, "image"), give(kernel, "kernel")]
        shown = f"{label} with {height}x{width} and {rows}x{columns}"
        try:
            seen = call(cross_correlate, *given, label=shown)
        except Raised as error:
            if "must match" not in error.message:
                raise
            fail(
                f"`{shown}` raised {error.type}.",
                expected="patches that are as large as the kernel",
                actual=f"{error.type}: {error.message[:200]}",
                where=_where(error),
                cause="patch and kernel have different sizes: a size is written into the code, rows and columns are "
                "mixed up, or the patch is cut off at the edge",
                next_step="take both sizes from the kernel, and print the shapes just before this line",
            )
        patches = image.unfold(0, rows, 1).unfold(1, columns, 1)
        products = patches * kernel
        first_only = torch.zeros_like(wanted)
        first_only[0, 0] = wanted[0, 0]
        mistakes = [
            Mistake(
                _correlate(image, _flip(kernel)),
                "the kernel is flipped first: that is the convolution of mathematics, not what `Conv2d` computes",
                "leave the kernel as it is",
            ),
            Mistake(_correlate(image, kernel.flip(0)), "the kernel is turned upside down", "leave the kernel as it is"),
            Mistake(
                _correlate(image, kernel.flip(1)), "the kernel is mirrored left to right", "leave the kernel as it is"
            ),
            Mistake(
                first_only, "only the first number is computed: the `return` stands inside the loop", "unindent it"
            ),
            Mistake(products.mean(dim=(2, 3)), "the products are averaged instead of added", "add them up"),
            Mistake(products.amax(dim=(2, 3)), "the largest product is taken instead of their sum", "add them up"),
            Mistake((patches + kernel).sum(dim=(2, 3)), "patch and kernel are added", "multiply them number by number"),
            Mistake(
                patches.sum(dim=(2, 3)), "the patch is added up without the kernel's numbers", "multiply them first"
            ),
        ]
        if rows == columns:
            mistakes.append(
                Mistake(_correlate(image, kernel.T), "the kernel is transposed", "row m, column n meets row i+m, j+n")
            )
            mistakes.append(
                Mistake(
                    torch.einsum("ijmk,kn->ijmn", patches, kernel).sum(dim=(2, 3)),
                    "`@` makes a matrix product of patch and kernel",
                    "number by number is `*`",
                )
            )
        _expect_result(
            seen,
            wanted,
            because="at each place the sum of patch times kernel, number by number",
            mistakes=mistakes,
            shapes=(
                (
                    (height - rows, width - columns),
                    "the last row and column are missing: the loops end one place too early",
                    "count the places of a kernel of 3 in a row of 5",
                ),
                (
                    (height, width),
                    "there is an output for each pixel: the image is padded, or the kernel hangs over its edge",
                    "only places where the whole kernel lies on the image count",
                ),
                (
                    (height - columns + 1, width - rows + 1),
                    "the kernel's rows and columns are mixed up: it need not be square",
                    "rows go with the height, columns with the width",
                ),
                (
                    (height - rows + 1, width - rows + 1),
                    "the kernel is taken as square: its number of columns is not used",
                    "rows go with the height, columns with the width",
                ),
                (
                    (height - columns + 1, width - columns + 1),
                    "the kernel is taken as square: its number of rows is not used",
                    "rows go with the height, columns with the width",
                ),
                (
                    (height - 2, width - 2),
                    "a kernel size of 3 is written into the code",
                    "take the sizes from the kernel that is passed in",
                ),
                ((1, 1, *wanted.shape), "the axes of batch and channels are still there", "index them away"),
                ((1, *wanted.shape), "an axis for batch or channels is still there", "index it away"),
            ),
        )
        for argument, before in zip(given, (image, kernel), strict=True):
            expect_unchanged(argument, before, f"the tensor `{argument.label}`")


@exercise(
    "5.2",
    title="Count a convolution's parameters",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "How many numbers has one filter for an RGB image, if its window is 3 by 3?",
        "How many filters are there, and how many biases?",
        "A pair and a number need two cases: `isinstance(kernel_size, int)`.",
    ),
)
def conv_parameters(conv_parameters: Subject) -> None:
    cases: list[tuple[Any, ...]] = [
        (3, 32, 3, None),
        (random_integer(4, 9), random_integer(10, 20), 5, True),
        (random_integer(20, 60), random_integer(2, 9), random_integer(2, 4), False),
        (1, random_integer(3, 9), 1, None),
        (random_integer(2, 6), random_integer(7, 9), (random_integer(2, 3), random_integer(4, 7)), True),
        (random_integer(2, 6), random_integer(7, 9), (random_integer(4, 7), random_integer(2, 3)), False),
    ]

    def right(inputs: int, outputs: int, kernel: Any, bias: bool = True) -> int:
        high, wide = (kernel, kernel) if isinstance(kernel, int) else kernel
        return outputs * (inputs * high * wide + bias)

    def rule(count: Callable[[int, int, int, int, bool], int], cause: str, step: str = "") -> Rule:
        def counted(inputs: int, outputs: int, kernel: Any, bias: bool = True) -> int:
            high, wide = (kernel, kernel) if isinstance(kernel, int) else kernel
            return count(inputs, outputs, high, wide, bias)

        return counted, cause, step

    one_side, square = "the window has a height and a width, and only one is counted", "the window is taken as square"
    _whole_numbers(
        conv_parameters,
        [(tuple(args), {} if bias is None else {"bias": bias}) for *args, bias in cases],
        right,
        what="the number of weights and biases",
        rules=(
            rule(lambda i, o, h, w, b: i * o * h * w, "the biases are missing", "each filter has one, unless told not"),
            rule(
                lambda i, o, h, w, b: o * (i * h * w + 1),
                "biases are counted although `bias` is False",
                "what does the argument say?",
            ),
            rule(
                lambda i, o, h, w, b: i * o * h * w + i * b,
                "one bias per input channel is counted",
                "each filter has one",
            ),
            rule(
                lambda i, o, h, w, b: i * o * h * w + b,
                "one bias for the whole layer is counted",
                "each filter has its own",
            ),
            rule(
                lambda i, o, h, w, b: o * (h * w + b),
                "a filter is counted as one small grid, but it has a grid for each input channel",
                "how many numbers does a filter multiply at one place of an RGB image?",
            ),
            rule(lambda i, o, h, w, b: i * (o * h * w + b), "input and output channels are mixed up"),
            rule(lambda i, o, h, w, b: o * (i * h + b), one_side, "multiply by both"),
            rule(lambda i, o, h, w, b: o * (i * w + b), one_side, "multiply by both"),
            rule(lambda i, o, h, w, b: o * (i * (h + w) + b), "height and width are added", "multiply them"),
            rule(lambda i, o, h, w, b: o * (i * h * h + b), square, "a pair has two sizes"),
            rule(lambda i, o, h, w, b: o * (i * w * w + b), square, "a pair has two sizes"),
        ),
    )


CONV_CALL = "conv2d_by_hand(x, weight, bias"


def _conv_mistakes(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, stride: int, padding: int
) -> list[Mistake]:
    def conv(w: torch.Tensor, b: torch.Tensor | None = bias) -> torch.Tensor:
        return F.conv2d(x, w, b, stride, padding)

    channels = x.shape[1]
    tall = bias[:, None, None]
    mistakes = [
        Mistake(conv(weight, None), "the bias is missing", "add its number to the whole map of its filter"),
        Mistake(conv(_flip(weight)), "the kernels are flipped", "`Conv2d` leaves them as they are"),
        Mistake(conv(weight, -bias), "the bias is subtracted", "add it"),
        Mistake(
            conv(weight, None).sum(dim=0, keepdim=True).expand_as(conv(weight)) + tall,
            "the images of the batch are added up too: every image gets the same maps",
            "sum over channels, rows and columns, and keep axis 0",
        ),
        Mistake(
            conv(weight, bias.sum().expand(len(bias))), "one number is added to all maps", "each filter has its own"
        ),
        Mistake(
            conv(weight, bias[:1].expand(len(bias))), "the first bias is added to all maps", "each filter has its own"
        ),
        Mistake(
            conv(weight, bias[-1:].expand(len(bias))), "the last bias is added to all maps", "each filter has its own"
        ),
    ]
    if channels > 1:
        mistakes += [
            Mistake(
                conv(weight, None) + channels * tall,
                "the bias is added once per input channel",
                "add it once, after the sum over the channels",
            ),
            Mistake(
                conv(weight, None) / channels + tall,
                "the channels are averaged instead of added",
                "add what the channels give",
            ),
            Mistake(
                F.conv2d(x[:, :1], weight[:, :1], bias, stride, padding),
                "only the first input channel is used",
                "a filter has a kernel for each input channel: add what all of them give",
            ),
            Mistake(
                F.conv2d(x[:, -1:], weight[:, -1:], bias, stride, padding),
                "only the last input channel is left: each one overwrites what came before",
                "add what all channels give",
            ),
        ]
    rows, columns = conv(weight).shape[2:]
    if stride > 1:
        close_by = F.conv2d(x, weight, bias, 1, padding)[:, :, :rows, :columns]
        mistakes.append(
            Mistake(
                close_by,
                "the number of places is right, but the patches still lie one pixel apart",
                "the patch of output row i starts at image row `i * stride`",
            )
        )
    first = torch.zeros_like(conv(weight)) + tall
    first[:, :, 0, 0] = conv(weight)[:, :, 0, 0]
    mistakes.append(
        Mistake(first, "only the first place is computed: the `return` stands inside the loop", "unindent it")
    )
    if weight.shape[2] == weight.shape[3]:
        mistakes.append(Mistake(conv(weight.mT), "the kernels are transposed", "rows meet rows, columns columns"))
    if padding:
        for mode in ("replicate", "reflect"):
            padded = F.pad(x, (padding,) * 4, mode=mode)
            mistakes.append(
                Mistake(F.conv2d(padded, weight, bias, stride), "the frame holds pixels", "fill it with zeros")
            )
        around = F.pad(x, (padding,) * 4, value=1.0)
        mistakes.append(Mistake(F.conv2d(around, weight, bias, stride), "the frame holds ones", "fill it with zeros"))
        for sides in ((0, 2 * padding) * 2, (2 * padding, 0) * 2):
            mistakes.append(
                Mistake(
                    F.conv2d(F.pad(x, sides), weight, bias, stride),
                    "all the zeros stand on one side",
                    "half of them belong on each side",
                )
            )
    return mistakes


def _conv_shapes(
    x: torch.Tensor, weight: torch.Tensor, wanted: torch.Tensor, stride: int, padding: int
) -> list[KnownShape]:
    def spatial(step: int, pad: int | tuple[int, int]) -> tuple[int, ...]:
        return tuple(F.conv2d(x, weight, None, step, pad).shape)

    batch, filters, rows, columns = wanted.shape
    channels = x.shape[1]
    known: list[KnownShape] = []
    if stride > 1:
        known.append((spatial(1, padding), "the stride is not used", "the kernel moves `stride` pixels at a time"))
    if padding:
        known.append((spatial(stride, 0), "the padding is not used", "add the zeros before anything else"))
        for pair, missing in (((0, padding), "above and below"), ((padding, 0), "at the left and right")):
            known.append(
                (
                    spatial(stride, pair),
                    f"the zeros {missing} are missing",
                    "the frame has four sides: `nn.functional.pad` takes two numbers per axis, the last axis first",
                )
            )
        if stride > 1:
            known.append((spatial(1, 0), "stride and padding are not used", "both have a part in the size"))
        known.append(
            (
                spatial(stride, 2 * padding),
                "the zeros are added twice, or to a padded image",
                "`padding` zeros on each side",
            )
        )
    known += [
        ((filters, rows, columns), "the axis of the batch is lost", "there is one result per image"),
        ((1, filters, rows, columns), "there is a result for one image only", "there is one result per image"),
        ((batch, rows, columns, filters), "the channels come last", "the order is (batch, channels, height, width)"),
        ((batch, filters, rows - 1, columns - 1), "the last place of the kernel is left out", "count the places"),
    ]
    if channels > 1:
        summed = "the channels are not added up: a filter gives one map, however many channels it reads"
        known += [
            ((batch, filters, channels, rows, columns), summed, "sum over the input channels"),
            ((batch, filters * channels, rows, columns), summed, "sum over the input channels"),
            ((batch, channels, rows, columns), "there is one map per input channel", "there is one map per filter"),
        ]
    return known


@exercise(
    "5.3",
    title="A convolutional layer by hand",
    points=4,
    difficulty=3,
    minutes=25,
    hints=(
        "Pad first, then forget about the padding: `nn.functional.pad(x, (p, p, p, p))` adds zeros at the left, right, "
        "top and bottom.",
        "For the place (i, j) of the output cut the patch out of *all images and channels at once*: its shape is "
        "(batch, channels, rows, columns) of the kernel.",
        "Multiply that patch with one filter and sum over channels, rows and columns; or use "
        "`torch.einsum` for all filters together. With a stride, the patch starts at row `i * stride`.",
    ),
)
def conv2d_by_hand(conv2d_by_hand: Subject) -> None:
    #      batch, channels, height, width, filters, kernel rows, columns, stride, padding
    cases: tuple[tuple[int, int, int, int, int, int, int, int | None, int | None], ...] = (
        (2, 3, 6, 7, 4, 3, 3, None, None),
        (2, 2, 7, 6, 3, 3, 3, 1, 1),
        (3, 1, 8, random_integer(9, 11), 2, 3, 3, 2, None),
        (1, 3, random_integer(8, 10), 9, 1, 2, 4, 3, 2),
        (2, 4, 5, 5, 4, 1, 1, None, None),
    )
    for batch, channels, height, width, filters, rows, columns, stride, padding in cases:
        x, weight, bias = (
            random_normal(batch, channels, height, width),
            random_normal(filters, channels, rows, columns),
            random_normal(filters),
        )
        options: dict[str, Any] = {"stride": stride, "padding": padding}
        options = {name: value for name, value in options.items() if value is not None}
        step, pad = stride or 1, padding or 0
        wanted = F.conv2d(x, weight, bias, step, pad)
        given = [give(x, "x"), give(weight, "weight"), give(bias, "bias")]
        shown = "".join(f", {name}={value}" for name, value in options.items())
        label = f"{CONV_CALL}{shown}) with x of shape {tuple(x.shape)} and weight of shape {tuple(weight.shape)}"
        seen = call(conv2d_by_hand, *given, label=label, **options)
        if seen.tensor is not None and not close(seen.tensor, wanted, atol=1e-4):
            again = call(conv2d_by_hand, x, weight, bias, label=label, **options).tensor
            if again is not None and again.shape == wanted.shape and not close(again, seen.tensor):
                fail(
                    f"`{label}` gives another result each time.",
                    expected="what `nn.Conv2d` gives with this weight and bias",
                    actual="two results for the same arguments",
                    cause="a new layer is made in each call, with random weights of its own",
                    next_step="compute with the weight and bias that are passed in",
                )
        _expect_result(
            seen,
            wanted,
            because="what `nn.Conv2d` gives with this weight and bias",
            mistakes=_conv_mistakes(x, weight, bias, step, pad),
            shapes=_conv_shapes(x, weight, wanted, step, pad),
            next_step="try it with one image, one filter and one channel first, then add channels, filters and images",
        )
        for argument, before in zip(given, (x, weight, bias), strict=True):
            expect_unchanged(argument, before, f"the tensor `{argument.label}`")


# -- 5.4, 5.5: sizes -----------------------------------------------------------------------------------------------


@exercise(
    "5.4",
    title="How large is the output?",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "How long is the row with its zeros on both sides? How many steps can the window take from the left end?",
        "The number of places is the number of steps plus one.",
        "`-(-a // b)` divides and rounds up; `math.ceil(a / b)` does the same.",
    ),
)
def output_size(output_size: Subject) -> None:
    def right(size: int, kernel: int, stride: int = 1, padding: int = 0, ceil_mode: bool = False) -> int:
        room = size + 2 * padding - kernel
        return (-(-room // stride) if ceil_mode else room // stride) + 1

    def rule(count: Callable[[int, int, int, int, bool], float], cause: str, step: str) -> Rule:
        def counted(size: int, kernel: int, stride: int = 1, padding: int = 0, ceil_mode: bool = False) -> float:
            return count(size, kernel, stride, padding, ceil_mode)

        return counted, cause, step

    plain = [
        ((28, 3), {}),
        ((64, 3), {"stride": 1, "padding": 1}),
        ((65, 3), {"stride": 2}),
        ((9, 9), {}),
        ((63, 2), {"stride": 2}),
        ((random_integer(20, 40), random_integer(2, 4)), {"stride": random_integer(2, 3), "padding": 1}),
        ((random_integer(50, 90), random_integer(5, 7)), {"stride": 4, "padding": random_integer(2, 3)}),
        ((61, 4), {"stride": 3, "padding": 2}),
    ]
    pooled = [(63, 2, 2), (64, 2, 2), (65, 3, 2), (random_integer(30, 60), 4, 3), (7, 7, 7)]
    cases: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        *plain,
        *(((n, k), {"stride": s, "ceil_mode": up}) for n, k, s in pooled for up in (True, False)),
    ]
    _whole_numbers(
        output_size,
        cases,
        right,
        what="the number of places of the window",
        rules=(
            rule(
                lambda n, k, s, p, up: right(n, k, s, p, up) - 1,
                "the first place is not counted: steps are counted instead of places",
                "add one",
            ),
            rule(
                lambda n, k, s, p, up: right(n, k, s, p),
                "the rest of the row is dropped although `ceil_mode` is True",
                "then round up",
            ),
            rule(
                lambda n, k, s, p, up: right(n, k, s, p, True),
                "it is always rounded up",
                "a window that does not fit is dropped, unless `ceil_mode` is True",
            ),
            rule(
                lambda n, k, s, p, up: right(n, k, s, p, not up),
                "rounding up and rounding down are mixed up",
                "`ceil_mode=True` rounds up",
            ),
            rule(
                lambda n, k, s, p, up: right(n, k, s, p, True) if up else math.floor((n + 2 * p - k) / s + 0.5) + 1,
                "it is rounded to the nearest whole number",
                "a window that does not fit is dropped: round down",
            ),
            rule(
                lambda n, k, s, p, up: right(n + p, k, s, 0, up),
                "the padding is counted once",
                "there are zeros on both sides",
            ),
            rule(lambda n, k, s, p, up: right(n, k, s, 0, up), "the padding is left out", "zeros make the row longer"),
            rule(
                lambda n, k, s, p, up: right(n - 2 * p, k, s, 0, up),
                "the padding is subtracted",
                "zeros make the row longer",
            ),
            rule(
                lambda n, k, s, p, up: right(n, k, 1, p),
                "the stride is left out",
                "the window moves `stride` pixels at a time",
            ),
            rule(
                lambda n, k, s, p, up: -(-(n + 2 * p - k + 1) // s) if up else (n + 2 * p - k + 1) // s,
                "the one is added before dividing",
                "divide first, then count the first place",
            ),
            rule(
                lambda n, k, s, p, up: (n + 2 * p - k + 1) // s,
                "the one is added before dividing",
                "divide first, then count the first place",
            ),
            *(
                rule(count, "the kernel's size plays no part", "where can the window's left edge stand?")
                for count in (
                    lambda n, k, s, p, up: n // s,
                    lambda n, k, s, p, up: -(-n // s),
                    lambda n, k, s, p, up: -(-n // s) if up else n // s,
                    lambda n, k, s, p, up: (n + 2 * p) // s,
                    lambda n, k, s, p, up: right(n, 0, s, p, up),
                )
            ),
        ),
    )


@exercise(
    "5.5",
    title="Zeros that keep the size",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "At stride 1 a kernel of size k makes a row shorter. By how much?",
        "That many zeros are needed in all. Share them; what if their number is odd?",
    ),
)
def same_padding(same_padding: Subject) -> None:
    answers: list[tuple[int, Subject, list[Any]]] = []
    for kernel in (3, 4, 1, 5, 2, 2 * random_integer(3, 9) + 1, 2 * random_integer(3, 9)):
        seen = call(same_padding, kernel)
        answers.append((kernel, seen, [number_of(part) for part in expect_parts(seen, ("before", "after"))]))
    off = [answer for answer in answers if answer[2] != [(answer[0] - 1) // 2, answer[0] // 2]]
    if not off:
        return
    kernel, seen, got = off[0]
    rules: tuple[Rule, ...] = (
        (
            lambda k: [k // 2] * 2,
            "half the kernel on each side is right for odd kernels; for an even one it is a zero too many",
            "",
        ),
        (lambda k: [(k - 1) // 2] * 2, "the number of zeros is odd here, and one is lost by halving it twice", ""),
        (lambda k: [k // 2, (k - 1) // 2], "the odd zero stands before the row; PyTorch puts it after", ""),
        (lambda k: [k - 1] * 2, "all the zeros are added on both sides", ""),
        (lambda k: [(k - 1) / 2] * 2, "half a zero: the number of zeros is odd here", ""),
        (lambda k: [k / 2] * 2, "half the kernel, which is no whole number here", ""),
        (lambda k: [0, k - 1], "all the zeros stand after the row", "share them"),
        (lambda k: [k - 1, 0], "all the zeros stand before the row", "share them"),
    )
    cause = next((cause for rule, cause, _ in rules if all(rule(k) == answer for k, _, answer in answers)), "")
    wide = sum(got) - (kernel - 1) if all(isinstance(value, int | float) for value in got) else 0
    fail(
        f"`{seen.label}` is wrong.",
        expected='zeros that keep the size at stride 1, shared as `padding="same"` shares them',
        actual=f"{got[0]} before and {got[1]} after"
        + (f": the row becomes {abs(wide):g} {'longer' if wide > 0 else 'shorter'}" if wide else ""),
        cause=cause or "the zeros do not make up for what a kernel of this size takes away",
        next_step="with a kernel of size k there are k - 1 places fewer than pixels; how do you share that many zeros?",
    )


# -- 5.6: border pixels --------------------------------------------------------------------------------------------


def _coverage(height: int, width: int, kernel: int, stride: int, padding: int) -> torch.Tensor:
    pixels = torch.zeros(1, 1, height, width, requires_grad=True)
    F.conv2d(pixels, torch.ones(1, 1, kernel, kernel), None, stride, padding).sum().backward()
    assert pixels.grad is not None
    return pixels.grad[0, 0]


@exercise(
    "5.6",
    title="How often is each pixel read?",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "One way: loop over all places of the window, and add 1 to the pixels under it.",
        "Count on the image *with* its frame of zeros, and cut the frame off at the end.",
        "Another way: a convolution whose weights are all 1, the sum of all its outputs, and the gradient of that sum.",
    ),
)
def coverage_grid(coverage_grid: Subject) -> None:
    cases: tuple[tuple[int, int, int, int | None, int | None], ...] = (
        (5, 5, 3, None, None),
        (5, 5, 3, None, 1),
        (4, 6, 3, None, 2),
        (random_integer(6, 8), 9, 2, None, 1),
        (7, random_integer(8, 10), 3, 2, None),
        (8, 6, 2, 3, 1),
    )
    for height, width, kernel, stride, padding in cases:
        options: dict[str, Any] = {"stride": stride, "padding": padding}
        options = {name: value for name, value in options.items() if value is not None}
        seen = call(coverage_grid, height, width, kernel, **options)
        step, pad = stride or 1, padding or 0
        wanted = _coverage(height, width, kernel, step, pad)
        mistakes = [Mistake((wanted > 0).to(wanted), "it is told only whether a pixel is read", "count how often")]
        if pad:
            mistakes.append(
                Mistake(
                    _coverage(height, width, kernel, step, 0),
                    "the padding is not used",
                    "with zeros around the image the window has more places",
                )
            )
            whole = _coverage(height + 2 * pad, width + 2 * pad, kernel, step, 0)
            mistakes.append(
                Mistake(
                    whole[:height, :width],
                    "the frame of zeros is cut off at the wrong side",
                    "it lies on all four sides: row 0 of the image is row `padding` of the padded one",
                )
            )
        if pad != kernel // 2:
            mistakes.append(
                Mistake(
                    _coverage(height, width, kernel, 1, kernel // 2)[:height, :width],
                    "there are zeros around the image that nobody asked for",
                    "the argument `padding` says how many",
                )
            )
        if step > 1:
            mistakes.append(
                Mistake(
                    _coverage(height, width, kernel, 1, pad),
                    "the stride is not used",
                    "the window moves `stride` pixels at a time",
                )
            )
        mistakes.append(Mistake(wanted / kernel**2, "it is divided by the number of pixels in the window", "count"))
        shapes: list[KnownShape] = [
            (
                (height + 2 * pad, width + 2 * pad),
                "the frame of zeros is still there",
                "cut it off: only the image's own pixels count",
            ),
            ((width, height), "height and width are mixed up", "rows come first: (height, width)"),
            ((1, 1, height, width), "the axes of batch and channels are still there", "index them away"),
            (
                (0, 0),
                "the grid is empty: a slice `[padding:-padding]` ends before it begins when the padding is 0",
                "let the slice end at `padding + height` and `padding + width`",
            ),
            (
                F.conv2d(torch.zeros(1, 1, height, width), torch.ones(1, 1, kernel, kernel), None, step, pad).shape[2:],
                "there is a number for each place of the window instead of each pixel",
                "the grid has the size of the image",
            ),
        ]
        _expect_result(
            seen,
            wanted,
            because="how many places of the window cover each pixel",
            mistakes=mistakes,
            shapes=shapes,
            dtype=None,
            next_step="put the window into the upper left corner of the padded image and move it by hand",
        )


# -- 5.7: pooling --------------------------------------------------------------------------------------------------


@exercise(
    "5.7",
    title="Max and average pooling by hand",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "The places of the window are those of a convolution without padding; exercise 5.4 counts them.",
        "For the place (i, j), cut the window out of all images and channels at once, then take `amax` or `mean` over "
        "its last two axes.",
        "`stride=None` means: as large as the window. Replace it in the first line.",
    ),
)
def pool_by_hand(max_pool: Subject, avg_pool: Subject) -> None:
    #      height, width, kernel, stride
    cases: tuple[tuple[int, int, int, int | None], ...] = (
        (6, 8, 2, None),
        (7, 9, 2, None),
        (random_integer(7, 9), 10, 3, 2),
        (8, random_integer(6, 9), 2, 3),
        (3, 3, 3, None),
    )
    for function, name in ((max_pool, "max_pool"), (avg_pool, "avg_pool")):
        for height, width, kernel, stride in cases:
            # mostly negative: a window with nothing above 0 tells a maximum from one that starts at 0
            x = random_normal(2, 3, height, width) - 1
            given = give(x, "x")
            options: dict[str, Any] = {} if stride is None else {"stride": stride}
            shown = "" if stride is None else f", stride={stride}"
            label = f"{name}(x, {kernel}{shown}) with x of shape {tuple(x.shape)}"
            try:
                seen = call(function, given, kernel, label=label, **options)
            except Raised as error:
                if "is invalid for input" not in error.message:
                    raise
                fail(
                    f"`{label}` raised {error.type}.",
                    expected="windows that would hang over the edge are left out",
                    actual=f"{error.type}: {error.message[:200]}",
                    where=_where(error),
                    cause="the image is cut into windows as if they filled it: its sides need not be multiples of the "
                    "window's",
                    next_step="cut off what fills no window first, or slide the window; remember the stride",
                )
            step = stride or kernel
            largest, mean = F.max_pool2d(x, kernel, step), F.avg_pool2d(x, kernel, step)
            if name == "max_pool":
                wanted, because = largest, "the largest value of each window"
                mistakes = [
                    Mistake(mean, "the mean is taken", "`max_pool` keeps the largest value"),
                    Mistake(largest.clamp_min(0), "negative maxima become 0: the search starts at 0", ""),
                    Mistake(-F.max_pool2d(-x, kernel, step), "the smallest value is taken", ""),
                    Mistake(F.max_pool2d(x.abs(), kernel, step), "the signs are dropped", "-3 is smaller than 1"),
                ]
            else:
                wanted, because = mean, "the mean of each window"
                mistakes = [
                    Mistake(largest, "the maximum is taken", "`avg_pool` takes the mean"),
                    Mistake(mean * kernel**2, "the sum is taken", "divide by the number of values in the window"),
                    Mistake(mean * kernel, "the sum is divided by the window's width only", "it has two sides"),
                ]
            if step != kernel:
                mistakes.append(Mistake(F.max_pool2d(x, kernel, kernel), "the stride is not used", ""))
            places = (height - kernel) // step + 1, (width - kernel) // step + 1
            up = tuple(F.max_pool2d(x, kernel, step, ceil_mode=True).shape)
            _expect_result(
                seen,
                wanted,
                because=because,
                mistakes=mistakes,
                shapes=(
                    (
                        (2, 3, height - kernel + 1, width - kernel + 1),
                        "the stride is 1: the window moves by one pixel",
                        "`stride=None` means a stride of the window's size",
                    ),
                    (
                        up,
                        "there are places where the window hangs over the edge, as when the size is divided by the "
                        "stride as if windows never overlapped",
                        "drop what does not fill a window; exercise 5.4 counts the places",
                    ),
                    (
                        tuple(F.max_pool2d(x, kernel).shape),
                        "the stride is not used: the window moves by its own size",
                        "it moves `stride` pixels at a time",
                    ),
                    (
                        (2, 3, height // step, width // step),
                        "the number of places is the size divided by the stride, as if windows never overlapped",
                        "where can the window's left edge stand? Exercise 5.4 counts",
                    ),
                    ((2, 3, -(-height // step), -(-width // step)), "windows hang over the edge", "drop those"),
                    ((2, *places), "the channels are pooled into one", "each channel is pooled on its own"),
                    ((3, *places), "the axis of the batch is lost", "each image is pooled on its own"),
                ),
            )
            expect_unchanged(given, x, "the tensor `x`")


# -- 5.8, 5.9: receptive field -------------------------------------------------------------------------------------


def _field(layers: Sequence[tuple[int, int]]) -> int:
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return size


def _running(grow: Callable[[int, int, int, int], tuple[int, int]], start: int = 1) -> Callable[..., int]:
    """A rule from what one layer (kernel, stride) makes of the field and the step."""

    def measured(layers: Sequence[tuple[int, int]]) -> int:
        size, jump = start, 1
        for kernel, stride in layers:
            size, jump = grow(size, jump, kernel, stride)
        return size

    return measured


_FIELD_RULES: tuple[Rule, ...] = (
    (
        _running(lambda r, j, k, s: (r + k - 1, j)),
        "the strides are left out: after a stride of 2, one step is worth two pixels of the input",
        "keep a second number, the step in input pixels, and multiply it by each stride",
    ),
    (
        _running(lambda r, j, k, s: (r + (k - 1) * j * s, j * s)),
        "the step is multiplied by a layer's stride before the layer itself is counted",
        "a layer's own stride spreads the layers after it, not itself",
    ),
    (
        _running(lambda r, j, k, s: (r + (k - 1) * s, j)),
        "each layer is weighted with its own stride alone",
        "all strides before a layer have an effect on it, and its own has none",
    ),
    (
        _running(lambda r, j, k, s: (r + (k - 1) * j, s)),
        "each layer is weighted with the stride of the layer before it alone",
        "all strides before a layer have an effect on it: multiply them",
    ),
    (_running(lambda r, j, k, s: (r * k, j)), "the kernel sizes are multiplied", "each layer adds to the field"),
    (_running(lambda r, j, k, s: (r + k, j), 0), "the kernel sizes are added", "a kernel of 3 adds 2 pixels"),
    (
        _running(lambda r, j, k, s: ((r - 1) * s + k, j)),
        "the formula that goes from the output back to the input runs in the order of the input",
        "go through the layers in the other order, or use the formula with the step",
    ),
    *(
        (
            _running(lambda r, j, k, s: (r + k * j, j * s), start),
            "each kernel is counted whole",
            "a kernel of size k reaches k - 1 steps further",
        )
        for start in (0, 1)
    ),
    (
        _running(lambda r, j, k, s: (r + (k - 1) * j, j * s), 0),
        "the pixel itself is not counted",
        "without any layer the field is one pixel",
    ),
    (
        _running(lambda r, j, k, s: (r + (k - 1) * j, j + s - 1)),
        "the strides are added up",
        "two strides of 2 make a step of 4: they multiply",
    ),
    (
        _running(lambda r, j, k, s: (r + (k - 1) * j, j + s)),
        "the strides are added up",
        "two strides of 2 make a step of 4: they multiply",
    ),
    (lambda layers: _field(layers) ** 2, "the area of the field is returned", "its side was asked for"),
    (lambda layers: _field(layers[:-1]), "the last layer is left out", "every layer counts"),
    (lambda layers: _field(layers[1:]), "the first layer is left out", "every layer counts"),
    (lambda layers: _field(layers[:1]), "only the first layer counts: is the `return` inside the loop?", ""),
)


@exercise(
    "5.8",
    title="A receptive field calculator",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Begin with one pixel, and let each layer add to it. A kernel of 3 adds one *step* on each side.",
        "How many input pixels is one step worth? Before any layer 1; every stride multiplies it.",
        "Two numbers in a loop: add `(kernel - 1) * step` to the field, then multiply the step.",
    ),
)
def receptive_field(receptive_field: Subject) -> None:
    cases: tuple[list[tuple[int, int]], ...] = (
        [(3, 1), (2, 2), (3, 1), (2, 2)],
        [(3, 1)],
        [(3, 1), (3, 1), (3, 1)],
        [(7, 2), (3, 2), (3, 1), (1, 1)],
        [(random_integer(3, 7), random_integer(2, 3)) for _ in range(random_integer(3, 5))],
        [(5, 3), (2, 2), (random_integer(3, 5), 1), (4, 4), (2, 1)],
        [],
    )
    _whole_numbers(
        receptive_field,
        [((layers,), {}) for layers in cases],
        _field,
        what="the side of the field in pixels",
        rules=_FIELD_RULES,
    )
    given = give(cases[0], "layers")
    call(receptive_field, given)
    expect_unchanged(given, cases[0], "the list of layers")


def _conv(inputs: int, outputs: int, kernel: Any, **options: Any) -> Subject:
    return make("torch.nn.Conv2d", inputs, outputs, kernel, **options)


@exercise(
    "5.9",
    title="The receptive field, measured",
    points=3,
    difficulty=2,
    minutes=18,
    hints=(
        "Make a copy of the images that wants a gradient: `images.clone().requires_grad_()`.",
        "Sum the outputs at the middle place over images and channels, and call `backward()` on that sum.",
        "Where is the gradient not 0, for any image and channel? The first and the last such row and column give the "
        "rectangle.",
    ),
)
def measured_field(measured_field: Subject) -> None:
    def sequence(*layers: Subject) -> Subject:
        return make("torch.nn.Sequential", *layers, label="model")

    def pool(kind: str, kernel: int, **options: Any) -> Subject:
        return make(f"torch.nn.{kind}Pool2d", kernel, **options)

    cases: tuple[tuple[str, Subject, tuple[int, int, int, int], tuple[int, int]], ...] = (
        ("a convolution of 3x3", sequence(_conv(2, 4, 3)), (2, 2, 12, 15), (3, 3)),
        ("a convolution of 3x5, padded", sequence(_conv(1, 2, (3, 5), padding=(1, 2))), (2, 1, 14, 17), (3, 5)),
        (
            "conv 3, average pool 2, conv 3",
            sequence(_conv(3, 4, 3, padding=1), pool("Avg", 2), _conv(4, 2, 3, padding=1)),
            (2, 3, 24, 30),
            (8, 8),
        ),
        (
            "conv 3, max pool 2, conv 3, max pool 2",
            # one channel: each image then shows one place of the last window only
            sequence(_conv(1, 1, 3, padding=1), pool("Max", 2), _conv(1, 1, 3, padding=1), pool("Max", 2)),
            (64, 1, 32, 36),
            (10, 10),
        ),
        (
            "conv 3, ReLU, conv 3",
            sequence(_conv(2, 4, 3), make("torch.nn.ReLU"), _conv(4, 3, 3)),
            (48, 2, 16, 14),
            (5, 5),
        ),
        (
            "conv 3 with a dilation of 3, then average pool 2",
            sequence(_conv(2, 3, 3, dilation=3, padding=3), pool("Avg", 2)),
            (2, 2, 28, 24),
            (8, 8),
        ),
    )
    for words, model, shape, (high, wide) in cases:
        images = random_normal(*shape)
        label = f"measured_field(model, images) for {words}, {shape[0]} images of {shape[2]}x{shape[3]}"
        try:
            seen = call(measured_field, model, images, label=label)
        except Raised as error:
            if not (error.is_a("AttributeError", "TypeError") and re.search("'(NoneType|bool)'", error.message)):
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="the gradient of the middle output with respect to the images",
                actual=f"{error.type}: {error.message[:200]}",
                where=_where(error),
                cause="there is no gradient at the images: `.grad` is None, because they did not ask for one before "
                "the model was called, or because it is read from another tensor",
                next_step="make a copy with `requires_grad_()`, give it to the model, and read its own `.grad`",
            )
        first, second = expect_parts(seen, ("height", "width"))
        got = [number_of(first), number_of(second)]
        if got == [high, wide]:
            continue
        cause, step = "another region is measured, or it is measured in another way", ""
        numbers = [value for value in got if value is not None]
        if len(numbers) < 2:
            cause, step = "several values came where one number belongs", "count rows and columns"
        elif got == [wide, high]:
            cause, step = "height and width are mixed up", "rows first: axis 2 is the height"
        elif got == [shape[2], shape[3]] or min(numbers) >= 0.9 * min(shape[2:]):
            cause = "the whole image comes out: the gradient is that of all outputs together"
            step = "only the output in the middle may count: pick its row and column"
        elif got == [high - 1, wide - 1]:
            cause = "the last row and column are not counted"
            step = "from row 3 to row 5 there are three rows"
        elif 0 in numbers:
            cause = "no pixel has an influence: the gradient is 0, or it was looked for in the wrong place"
            step = "print the gradient's shape and how many of its numbers are not 0"
        elif "dilation" in words and max(numbers) < high:
            cause = "the rows that have an influence are counted, but there are gaps between them"
            step = "the rectangle goes from the first to the last of them"
        elif max(numbers) < high and "max pool" in words:
            cause = (
                "max pooling passes the gradient to the winner of each window only, so that one image, or one channel, "
                "does not show everything"
            )
            step = "unite what all images and all channels show"
        elif got[0] == got[1] != 0 and high != wide:
            cause = "one side is measured, and taken for the other one too"
            step = "a kernel, and a field, may be higher than wide"
        elif numbers[0] < high or numbers[1] < wide:
            cause = (
                "a part is missing: gradients below 0 that do not count, an output at the edge, where the field is cut "
                "off, or one channel only"
            )
            step = "every gradient that is not 0 is an influence; take the output in the middle, and unite all channels"
        elif min(numbers) > min(high, wide):
            cause = "more than one place of the output is measured"
            step = "only the output in the middle may count: pick its row and column"
        fail(
            f"`{label}` is wrong.",
            expected="height and width of the region of the input that has an influence on the middle output",
            actual=f"{got[0]} and {got[1]}",
            cause=cause,
            next_step=step or "try it on a single convolution, whose field is its kernel",
        )


# -- 5.10: equivariance --------------------------------------------------------------------------------------------


def _shift_difference(network: nn.Module, x: torch.Tensor, shift: int) -> torch.Tensor:
    with torch.no_grad():
        return network(x.roll(shift, dims=3)) - network(x).roll(shift, dims=3)


@exercise(
    "5.10",
    title="Equivariance, column by column",
    points=3,
    difficulty=2,
    minutes=10,
    hints=(
        "Two ways around: shift first, then the layer; or the layer first, then shift.",
        "`torch.roll(x, shift, dims=3)` moves the columns of a batch of images, and brings back on the left what "
        "leaves on the right.",
        "The error of a column is the largest difference in it, over the axes 0, 1 and 2: `amax(dim=(0, 1, 2))`.",
    ),
)
def shift_error(shift_error: Subject) -> None:
    cases: tuple[tuple[str, dict[str, Any], tuple[int, int, int, int], int], ...] = (
        ("zeros around it", {"kernel_size": 3, "padding": 1}, (2, 3, 6, 10), 1),
        ("zeros around it", {"kernel_size": 5, "padding": 2}, (3, 3, 7, random_integer(11, 14)), random_integer(2, 3)),
        ("circular padding", {"kernel_size": 3, "padding": 1, "padding_mode": "circular"}, (2, 3, 5, 9), 2),
        ("zeros around it", {"kernel_size": 3, "padding": 1}, (2, 3, 8, 12), -2),
    )
    for words, options, shape, shift in cases:
        x = random_normal(*shape)
        layer = make("torch.nn.Conv2d", 3, 4, label="layer", **options)
        network = _unfilled(partial(nn.Conv2d, 3, 4, **options))
        with torch.no_grad():
            for slot, numbers in zip(network.parameters(), parameters(layer), strict=True):
                slot.copy_(numbers.tensor)
        difference = _shift_difference(network, x, shift)
        size = difference.abs()
        given = give(x, "x")
        label = f"shift_error(layer, x, {shift}) with {words}, kernel {options['kernel_size']}, x {shape}"
        seen = call(shift_error, layer, given, shift, label=label)
        with torch.no_grad():
            plain = network(x)
            kept = (network(x.roll(shift, dims=3)) - plain).abs().amax(dim=(0, 1, 2))
            double = (network(x).roll(-shift, dims=3) - network(x.roll(shift, dims=3))).abs().amax(dim=(0, 1, 2))
            rows = (network(x.roll(shift, dims=2)) - plain.roll(shift, dims=2)).abs()
            flat = (network(x.roll(shift)) - plain.roll(shift)).abs()
        by_row = "the image is shifted up or down"
        _expect_result(
            seen,
            size.amax(dim=(0, 1, 2)),
            because="the largest difference in each column",
            mistakes=(
                Mistake(size.mean(dim=(0, 1, 2)), "the differences are averaged", "keep the largest in each column"),
                Mistake(size.sum(dim=(0, 1, 2)), "the differences are added up", "keep the largest in each column"),
                Mistake(
                    difference.amax(dim=(0, 1, 2)),
                    "negative differences do not count: the signs are still there",
                    "take the absolute values first",
                ),
                Mistake(
                    (difference**2).amax(dim=(0, 1, 2)), "the differences are squared", "take their absolute values"
                ),
                Mistake(kept, "the output of the image in place is not shifted", "shift what the layer gives, too"),
                Mistake(double, "image and output are shifted in opposite directions", "shift both the same way"),
                Mistake(size[:1].amax(dim=(0, 1, 2)), "only the first image counts", "take all images"),
                Mistake(size[:, :1].amax(dim=(0, 1, 2)), "only the first channel counts", "take all channels"),
                Mistake(
                    _shift_difference(network, x, -shift).abs().amax(dim=(0, 1, 2)),
                    "the shift goes the other way",
                    "positive shifts move to the right, as `torch.roll` does",
                ),
                Mistake(
                    _shift_difference(network, x, 1).abs().amax(dim=(0, 1, 2)), "a shift of 1 is written into the code"
                ),
                Mistake(rows.amax(dim=(0, 1, 2)), by_row, "the columns are axis 3"),
                Mistake(
                    flat.amax(dim=(0, 1, 2)),
                    "`roll` without an axis moves the flattened numbers: what leaves a row enters the next one",
                    "say which axis moves: `dims=3`",
                ),
            ),
            shapes=(
                ((shape[2],), "there is an error for each row", "the columns are axis 3: keep that one"),
                ((), "all columns are put together", "keep axis 3"),
                ((shape[0], shape[3]), "the axis of the images is still there", "take the largest over it as well"),
                ((4, shape[3]), "the axis of the channels is still there", "take the largest over it as well"),
                ((shape[2], shape[3]), "the rows are still there", "take the largest over them as well"),
                (tuple(difference.shape), "all differences are returned", "take the largest in each column"),
            ),
            next_step="compare `layer(shifted x)` with the shifted `layer(x)`",
        )
        expect_unchanged(given, x, "the tensor `x`")


# -- 5.11, 5.12: networks ------------------------------------------------------------------------------------------

CLOUD_WORDS = "conv 3 to 32, ELU, max pool 2, conv 32 to 64, ELU, max pool 2, flatten, Linear 16,384 to num_classes"


class _Blocks(nn.Module):
    """Convolution, activation, pooling, as often as there are channels; then a linear layer on all of it."""

    def __init__(
        self,
        size: tuple[int, int],
        channels: Sequence[int],
        classes: int,
        *,
        activations: Sequence[nn.Module] | None = None,
        pool: nn.Module | None = None,
        end: nn.Module | None = None,
        pool_first: bool = False,
        inputs: int = 3,
        padding_mode: Any = "zeros",
    ) -> None:
        super().__init__()
        pairs = list(itertools.pairwise((inputs, *channels)))
        self.convolutions = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1, padding_mode=padding_mode) for a, b in pairs)
        self.activations = list(activations or [nn.ELU()] * len(pairs))
        self.pool, self.end, self.pool_first = pool or nn.MaxPool2d(2), end or nn.Identity(), pool_first
        high, wide = (side // 2 ** len(pairs) for side in size)
        self.classifier = nn.Linear(channels[-1] * high * wide, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for convolution, activation in zip(self.convolutions, self.activations, strict=True):
            x = convolution(x)
            x = activation(self.pool(x)) if self.pool_first else self.pool(activation(x))
        return self.end(self.classifier(x.flatten(1)))


def _builder(size: tuple[int, int], channels: Sequence[int], classes: int) -> Callable[..., nn.Module]:
    """Makes networks of this size, with parameters that are still to be copied in."""

    def build(**options: Any) -> nn.Module:
        return _unfilled(partial(_Blocks, size, channels, classes, **options))

    return build


def _look_alikes(make_network: Callable[..., nn.Module], blocks: int) -> Iterator[tuple[nn.Module, str, str]]:
    """Networks with the same parameters that name a mistake."""
    none, relu = nn.Identity(), nn.ReLU()
    order = "follow one image through the network, layer by layer"
    found: list[tuple[dict[str, Any], str, str]] = [
        (
            {"activations": [none] * blocks},
            "there is no activation between the layers",
            "an ELU follows each convolution",
        ),
        (
            {"activations": [relu] * blocks},
            "the activations are ReLUs",
            "the exercise asks for ELU, which lets a part of the negative values through",
        ),
        *(
            ({"activations": [other] * blocks}, f"the activations are of another kind ({name})", "use ELU")
            for other, name in (
                (nn.LeakyReLU(), "leaky ReLU"),
                (nn.GELU(), "GELU"),
                (nn.SiLU(), "SiLU"),
                (nn.SELU(), "SELU"),
                (nn.Tanh(), "tanh"),
                (nn.Sigmoid(), "sigmoid"),
            )
        ),
        ({"pool": nn.AvgPool2d(2)}, "average pooling is used", "the exercise asks for max pooling"),
        ({"pool": nn.AvgPool2d(2), "pool_first": True}, "average pooling is used", "the exercise asks for max pooling"),
        ({"pool": _Strided()}, "every second pixel is kept, whatever its size", "use max pooling"),
        (
            {"end": nn.Softmax(dim=1)},
            "a softmax follows the classifier, but the exercise asks for logits",
            "return what the linear layer gives",
        ),
        (
            {"end": nn.LogSoftmax(dim=1)},
            "a log-softmax follows the classifier, but the exercise asks for logits",
            "return what the linear layer gives",
        ),
        (
            {"end": nn.Sigmoid()},
            "a sigmoid follows the classifier, but the exercise asks for logits",
            "return what the linear layer gives",
        ),
        (
            {"end": nn.ELU()},
            "an ELU follows the classifier, but the exercise asks for logits",
            "return what the linear layer gives",
        ),
        (
            {"end": relu},
            "a ReLU follows the classifier, but the exercise asks for logits",
            "return what the linear layer gives",
        ),
        (
            {"padding_mode": "reflect"},
            "the convolutions pad with pixels instead of zeros",
            "leave `padding_mode` alone",
        ),
        (
            {"padding_mode": "circular"},
            "the convolutions pad with pixels instead of zeros",
            "leave `padding_mode` alone",
        ),
        (
            {"padding_mode": "replicate"},
            "the convolutions pad with pixels instead of zeros",
            "leave `padding_mode` alone",
        ),
    ]
    for missing in range(blocks if blocks > 1 else 0):
        kinds = [none if place == missing else nn.ELU() for place in range(blocks)]
        words = f"the ELU after convolution {missing + 1} is missing"
        found.append(({"activations": kinds}, words, order))
    for options, cause, step in found:
        yield make_network(**options), cause, step


class _Strided(nn.Module):
    """Every second row and column."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x[..., : x.shape[-2] // 2 * 2 : 2, : x.shape[-1] // 2 * 2 : 2]


def _first_output(model: Subject, images: torch.Tensor, label: str) -> Subject:
    """The output for a batch of images; what a linear layer of the wrong width means."""
    training_mode(model, False)
    try:
        return call(model, images, label=label)
    except Raised as error:
        if "cannot be multiplied" not in error.message:
            raise
        shapes = [tuple(p.tensor.shape) for p in parameters(model) if p.tensor.ndim == 2]
        widths = {shape[1] for shape in shapes}
        rows = int(error.message.split("(", 1)[1].split("x", 1)[0])
        merged = rows > len(images)
        if rows == 1:
            fail(
                f"`{label}` raised {error.type}.",
                expected=f"a row for each of the {len(images)} images",
                actual=f"{error.type}: {error.message[:200]}",
                where=_where(error),
                cause="the batch is flattened too, so that all images become one row",
                next_step="flatten everything but axis 0",
            )
        fail(
            f"`{label}` raised {error.type}.",
            expected=f"images of {images.shape[2]}x{images.shape[3]} go through the whole network",
            actual=f"{error.type}: {error.message[:200]}",
            where=_where(error),
            cause="the feature maps are not flattened, so that the linear layer meets their last axis"
            if merged
            else f"the linear layer waits for {', '.join(f'{w:,}' for w in sorted(widths))} numbers per image, and the "
            "flattened feature maps have another length: the sides are not what they were taken for",
            next_step="flatten everything but the batch before the linear layer"
            if merged
            else "print the shape after each layer, and multiply channels, height and width of the last one",
        )


@exercise(
    "5.11",
    title="Feature extractor and classifier",
    points=4,
    difficulty=2,
    minutes=15,
    hints=(
        "Two parts: an `nn.Sequential` that ends with `nn.Flatten()`, and one `nn.Linear`.",
        "Which padding keeps the size with a kernel of 3? How often is the size halved?",
        "64 channels of 16 by 16 go into the classifier.",
    ),
)
def extractor_and_classifier(CloudNet: Subject) -> None:
    expect_type(CloudNet, "class", "a class")
    for classes in (7, random_integer(3, 5)):
        network = _builder((64, 64), (32, 64), classes)
        model = construct(CloudNet, classes)
        model.label = f"CloudNet({classes})"
        expect_model(model)
        expect_in_memory(model)
        images = random_normal(3, 3, 64, 64)
        output = _first_output(model, images, f"{model.label}(images)")
        head = 64 * 16 * 16 * classes + classes
        total = 896 + 18_496 + head
        outer = 64 * 64 * 32
        expect_parameters(
            model,
            total,
            because=f"896 and 18,496 for the convolutions, {head:,} for the classifier",
            mistakes=(
                Mistake(
                    head,
                    "the convolutions are not registered: they stand in a plain list, or are made in `forward`",
                    "make them attributes of `self`, or put them into `nn.Sequential` or `nn.ModuleList`",
                ),
                Mistake(
                    896 + 18_496,
                    "the linear layer is not registered: it is missing, or made in `forward`",
                    "make it an attribute of `self` in the constructor",
                ),
                Mistake(total - 32 - 64, "the convolutions have no biases", "leave `bias` at its default"),
                Mistake(total - 32 - 64 - classes, "the biases are switched off", "leave `bias` at its default"),
                Mistake(
                    896 + 18_496 + 64 * 14 * 14 * classes + classes,
                    "the convolutions have no padding, so that the feature maps end at 14 by 14",
                    "pad so that a kernel of 3 keeps the size",
                ),
                Mistake(
                    896 + 18_496 + 64 * 32 * 32 * classes + classes,
                    "one of the two poolings is missing: the feature maps end at 32 by 32",
                    "each convolution is followed by an ELU and a pooling",
                ),
                Mistake(
                    896 + 18_496 + outer * 2 * classes + classes,
                    "there is no pooling: the feature maps end at 64 by 64",
                    "each convolution is followed by an ELU and a pooling",
                ),
                Mistake(
                    896 + 18_496 + 64 * classes + classes,
                    "the feature maps are averaged to one number each before the classifier",
                    "flatten them: every place counts",
                ),
                Mistake(
                    total + 2 * 32 + 2 * 64,
                    "there are normalization layers that nobody asked for",
                    "leave out every layer that the exercise does not name",
                ),
                *(
                    Mistake(
                        896 + 18_496 + 64 * 16 * 16 * other + other,
                        f"the number of classes is fixed at {other}",
                        "use the constructor's argument",
                    )
                    for other in (7, 10)
                    if other != classes
                ),
            ),
        )
        expect_tensor(output, shape="batch classes", sizes={"batch": 3, "classes": classes}, dtype=torch.float32)
        if classes != 7:
            continue
        expect_same_behavior(
            model, network(), images, what=CLOUD_WORDS, mistakes=_look_alikes(network, 2), rtol=1e-3, atol=1e-3
        )
        expect_same_in_training(model, images, atol=1e-4)
        expect_batch_independent(model, images, atol=1e-4)
        expect_gradients(model, images)


@exercise(
    "5.12",
    title="A network for images of any size",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Build the blocks in a loop: each one goes from the channels before it to its own.",
        "Every pooling halves height and width, and rounds down. Do the same to two numbers in your loop.",
        "Instead of computing it you can ask: send one image of zeros through the blocks, and look at the shape.",
    ),
)
def make_cnn(make_cnn: Subject) -> None:
    cases: tuple[tuple[tuple[int, int], list[int], int], ...] = (
        ((16, 16), [4, 6], 3),
        ((random_integer(9, 12) * 2 + 1, 30), [5], 4),
        ((random_integer(20, 23), 37), [4, 3], random_integer(2, 5)),
        ((17, 26), [3, 4, 5], 2),
    )
    for size, channels, classes in cases:
        given = give(channels, "channels")
        label = f"make_cnn({size}, {channels}, {classes})"
        model = call(make_cnn, size, given, classes, label=label, keep=True)
        expect_model(model)
        images = random_normal(4, 3, *size)
        output = _first_output(model, images, f"{label}(images)")
        expect_in_memory(model)
        expect_unchanged(given, channels, "the list of channels")
        network = _builder(size, channels, classes)
        reference = network()
        total = sum(p.numel() for p in reference.parameters())
        high, wide = (side // 2 ** len(channels) for side in size)

        def with_head(width: int, total: int = total, classes: int = classes, now: int = high * wide) -> int:
            return total + (width - now) * channels[-1] * classes  # noqa: B023

        expect_parameters(
            model,
            total,
            reveal=False,
            mistakes=(
                Mistake(
                    total - sum(p.numel() for p in reference.get_submodule("convolutions").parameters()),
                    "the convolutions are not registered: they stand in a plain list, or are made in `forward`",
                    "put them into `nn.Sequential` or `nn.ModuleList`",
                ),
                Mistake(
                    sum(p.numel() for p in reference.get_submodule("convolutions").parameters()),
                    "the linear layer is not registered: it is missing, or made in `forward`",
                    "make it once, before the network is used",
                ),
                Mistake(
                    with_head(math.prod(-(-side // 2 ** len(channels)) for side in size)),
                    "the poolings round up (`ceil_mode`)",
                    "leave it at its default: an odd row or column is dropped",
                ),
                Mistake(with_head(1), "the feature maps are averaged before the classifier", "flatten them"),
                Mistake(
                    with_head(size[0] * size[1]),
                    "there is no pooling",
                    "each convolution is followed by an ELU and a pooling",
                ),
                Mistake(
                    total + 2 * sum(channels),
                    "there are normalization layers that nobody asked for",
                    "leave out every layer that the exercise does not name",
                ),
                Mistake(total - sum(channels), "the convolutions have no biases", "leave `bias` at its default"),
                Mistake(
                    with_head((size[0] // 2 ** (len(channels) - 1)) * (size[1] // 2 ** (len(channels) - 1))),
                    "one pooling is missing",
                    "one pooling in each block, also in the last",
                ),
            ),
        )
        expect_tensor(output, shape="batch classes", sizes={"batch": 4, "classes": classes}, dtype=torch.float32)
        expect_same_behavior(
            model,
            reference,
            images,
            what="for each entry of channels a convolution of 3, an ELU, a max pooling of 2; then flatten and Linear",
            mistakes=_look_alikes(network, len(channels)),
            atol=1e-4,
        )
        expect_same_in_training(model, images, atol=1e-4)
        expect_batch_independent(model, images, atol=1e-4)
        expect_gradients(model, images)


# -- 5.13: gradients -----------------------------------------------------------------------------------------------


@exercise(
    "5.13",
    title="The gradients of a convolution",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "Write out which outputs use one weight, and which outputs use one pixel. The chain rule adds them up.",
        "Weight: at the places where it is used it met a window of `x` as large as the output. That is a "
        "cross-correlation of `x` with `grad_output`, summed over the batch.",
        "Input: pad `grad_output` with one less than the kernel on every side, and correlate it with the flipped "
        "kernel, summed over the filters.",
        "`nn.functional.conv2d` does both sums if you swap the first two axes of its arguments where needed; two loops "
        "over the kernel's rows and columns do it as well.",
    ),
)
def conv_gradients(conv_gradients: Subject) -> None:
    for batch, channels, height, width, filters, rows, columns in (
        (3, 2, 6, 7, 4, 3, 3),
        (2, 3, random_integer(5, 7), 8, 2, 2, 3),
        (1, 1, 4, random_integer(5, 6), 1, 2, 2),
    ):
        x, weight = random_normal(batch, channels, height, width), random_normal(filters, channels, rows, columns)
        upstream = random_normal(batch, filters, height - rows + 1, width - columns + 1)
        given = [give(x, "x"), give(weight, "weight"), give(upstream, "grad_output")]
        label = (
            f"conv_gradients(x, weight, grad_output) with x of shape {tuple(x.shape)}, "
            f"weight of shape {tuple(weight.shape)}"
        )
        seen = call(conv_gradients, *given, label=label)
        parts = expect_parts(seen, ("grad_x", "grad_weight", "grad_bias"))
        of_x = F.conv_transpose2d(upstream, weight)
        of_weight = F.conv2d(x.transpose(0, 1), upstream.transpose(0, 1)).transpose(0, 1)
        of_bias = upstream.sum(dim=(0, 2, 3))
        if parts[0].meta.get("shape") == tuple(weight.shape) and parts[1].meta.get("shape") == tuple(x.shape):
            fail(
                "The gradients come in another order.",
                expected="(grad_x, grad_weight, grad_bias)",
                actual="the gradient of the weight first",
                cause="the first two are swapped",
                next_step="return them in the order of the exercise",
            )
        for part in parts:
            part.label = part.label.partition(" with ")[0]
        overwritten = torch.zeros_like(x)
        for i, j in itertools.product(range(upstream.shape[2]), range(upstream.shape[3])):
            overwritten[:, :, i : i + rows, j : j + columns] = torch.tensordot(upstream[:, :, i, j], weight, dims=1)
        _expect_result(
            parts[0],
            of_x,
            because="how much each pixel has a part in the outputs that read it",
            mistakes=(
                Mistake(
                    F.conv2d(F.pad(upstream, (columns - 1, columns - 1, rows - 1, rows - 1)), weight.transpose(0, 1)),
                    "the kernels are not flipped: the pixel below and right of a place meets the weight above and left",
                    "flip rows and columns of the kernels",
                ),
                Mistake(
                    overwritten,
                    "a pixel keeps the part of the last place that read it: what came before is overwritten",
                    "several places read a pixel: add up their parts",
                ),
                Mistake(of_x / batch, "it is averaged over the batch", "each image has its own gradient"),
                Mistake(
                    of_x.sum(dim=0, keepdim=True).expand_as(of_x),
                    "it is summed over the batch",
                    "each image has its own gradient",
                ),
                Mistake(-of_x, "the sign is turned around", ""),
            ),
            shapes=(
                (
                    (batch, channels, height - 2 * rows + 2, width - 2 * columns + 2),
                    "the gradient of the output is not padded, so that pixels at the border get nothing",
                    "pad it with one less than the kernel on each side",
                ),
                (
                    (batch, channels, *upstream.shape[2:]),
                    "the result is as small as the output: too little padding",
                    "pad with one less than the kernel on each side",
                ),
            ),
            next_step="take a kernel of one row and a row of three pixels, and write down which output reads which",
        )
        averaged = of_weight / batch
        _expect_result(
            parts[1],
            of_weight,
            because="each weight is used at all places of all images: the sum over all of them",
            mistakes=(
                Mistake(averaged, "it is averaged over the batch", "the chain rule adds"),
                Mistake(
                    F.conv2d(x[:1].transpose(0, 1), upstream[:1].transpose(0, 1)).transpose(0, 1),
                    "only the first image counts",
                    "the weight is used for all images: add them up",
                ),
                Mistake(
                    F.conv2d(x[-1:].transpose(0, 1), upstream[-1:].transpose(0, 1)).transpose(0, 1),
                    "only the last image is left",
                    "the weight is used for all images: add them up",
                ),
                Mistake(
                    _flip(of_weight),
                    "the gradient comes out flipped",
                    "only the gradient of the input needs a flipped kernel",
                ),
                Mistake(-of_weight, "the sign is turned around", ""),
                Mistake(
                    of_weight / (upstream.shape[2] * upstream.shape[3]),
                    "it is averaged over the places",
                    "the chain rule adds",
                ),
            ),
            shapes=(
                (
                    (channels, filters, rows, columns),
                    "the axes of filters and input channels are swapped",
                    "it has the shape of `weight`",
                ),
            ),
            next_step="follow a single weight: which pixels did it meet, and which outputs did it feed?",
        )
        _expect_result(
            parts[2],
            of_bias,
            because="the bias is added at all places of all images",
            mistakes=(
                Mistake(of_bias / batch, "it is averaged over the batch", "the chain rule adds"),
                Mistake(upstream.mean(dim=(0, 2, 3)), "it is averaged over the places", "the chain rule adds"),
                Mistake(upstream[0].sum(dim=(1, 2)), "only the first image counts", "add up all images"),
            ),
            shapes=(
                ((batch, filters), "the images are not added up", "one number per filter"),
                ((), "all filters are put together", "one number per filter"),
            ),
        )
        for argument, before in zip(given, (x, weight, upstream), strict=True):
            expect_unchanged(argument, before, f"the tensor `{argument.label}`")


# -- 5.14, 5.15: bug clinic ----------------------------------------------------------------------------------------


class _Gray(nn.Module):
    """A convolution of 3 to 8 channels, an activation, a pooling, and a linear layer."""

    def __init__(self, side: int, classes: int, activation: nn.Module | None = None) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), activation or nn.ReLU(), nn.MaxPool2d(2))
        self.classifier = nn.Linear(8 * (side // 2) ** 2, classes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.body(x).flatten(1))


@exercise(
    "5.14",
    title="Bug clinic: more answers than images",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "In `view(-1, n)` the -1 stands for whatever makes it fit: also for another number of rows than images.",
        "Which axis must keep its length, whatever comes? `flatten(1)` keeps it.",
        "Compare `x.shape[1:]` with what this network was made for, before anything else happens.",
    ),
)
def strict_net(StrictNet: Subject) -> None:
    expect_type(StrictNet, "class", "a class")
    for side, classes in ((16, 3), (2 * random_integer(9, 12) + 1, random_integer(4, 6)), (32, 7)):
        model = construct(StrictNet, side, classes)
        model.label = f"StrictNet({side}, {classes})"
        expect_model(model)
        images = random_normal(4, 1, side, side)
        training_mode(model, False)
        label = f"{model.label}(images) with images of {side}x{side}"
        output = _first_output(model, images, label)
        got = output.meta.get("shape", (4,))
        if output.kind == "tensor" and got[:1] != (4,):
            fail(
                f"`{label}` gives another number of rows than images.",
                expected=f"4 rows of {classes} logits",
                actual=f"shape {show_shape(got)}",
                cause="the images are cut up and put together anew: the length of a row is fixed, and -1 takes what is "
                "left",
                next_step="keep the axis of the batch, and let the length of a row follow from the image size",
            )
        expect_in_memory(model)
        total = 80 + 8 * (side // 2) ** 2 * classes + classes
        expect_parameters(
            model,
            total,
            reveal=False,
            mistakes=(
                Mistake(
                    80 + 8 * 16 * 16 * classes + classes,
                    "the width of the linear layer is still that of images of 32x32",
                    "let it follow from `image_size`",
                ),
                Mistake(80 + 8 * classes + classes, "the feature maps are averaged to one number each", "flatten them"),
            ),
        )
        expect_tensor(output, shape="batch classes", sizes={"batch": 4, "classes": classes})
        expect_same_behavior(
            model,
            _unfilled(partial(_Gray, side, classes)),
            images,
            what="conv 1 to 8, ReLU, max pool 2, flatten, Linear",
            mistakes=(
                (
                    _unfilled(partial(_Gray, side, classes, nn.Identity())),
                    "the ReLU is missing",
                    "keep the layers of the patient",
                ),
                (
                    _unfilled(partial(_Gray, side, classes, nn.ELU())),
                    "an ELU stands where the ReLU was",
                    "keep the layers of the patient",
                ),
            ),
            atol=1e-4,
        )
        expect_batch_independent(model, images, atol=1e-4)
        wrong = [
            ((4, 1, 2 * side, 2 * side), f"images of {2 * side}x{2 * side}"),
            ((4, 1, side + 1, side + 1), f"images of {side + 1}x{side + 1}"),
            ((4, 1, side - 1, side - 1), f"images of {side - 1}x{side - 1}"),
            ((4, 1, side, side + 1), f"images of {side}x{side + 1}"),
            ((4, 1, side + 1, side), f"images of {side + 1}x{side}"),
            ((4, 3, side, side), "images with three channels"),
            ((1, side, side), "one image without the axis of the batch"),
        ]
        # as many numbers as a right image: only the shape tells
        if side % 2 == 0:
            wrong.append(((4, 1, side // 2, 2 * side), f"images of {side // 2}x{2 * side}"))
        for shape, words in wrong:
            expect_raises(
                partial(call, model, random_normal(*shape), label=f"{model.label}(images) with {words}"),
                "ValueError",
                when=f"by `{model.label}` for {words}",
                cause=f"shape {shape} is let through as far as the layers take it",
                next_step="compare the whole shape but the batch with what the network was made for, and raise "
                "ValueError first of all",
            )
        expect_gradients(model, images)


@exercise(
    "5.15",
    title="Bug clinic: zeros that win",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "For a sum, a frame of zeros changes nothing. Which number changes nothing for a maximum?",
        'Python writes minus infinity as `float("-inf")`, and `nn.functional.pad` takes a `value`.',
    ),
)
def padded_max_pool(padded_max_pool: Subject) -> None:
    cases = ((6, 6, 3, 2, 1), (5, 7, 2, 1, 1), (random_integer(7, 9), 8, 3, 1, 1), (9, 9, 5, 3, 2), (6, 8, 2, 2, 0))
    for number, (height, width, kernel, stride, padding) in enumerate(cases):
        shift = (-1.5, -5.0, -300.0, 4.0, -1.0)[number]
        x = random_normal(2, 2, height, width) + shift
        if number == 2:
            x = x * 100
        if number == 1:
            x[:, :, 2, 3] = 0.0  # a pixel that is 0, its neighbors negative
        given = give(x, "x")
        label = f"padded_max_pool(x, {kernel}, {stride}, {padding}) with x of shape {tuple(x.shape)}"
        seen = call(padded_max_pool, given, kernel, stride, padding, label=label)
        wanted = F.max_pool2d(x, kernel, stride, padding)
        zeros = F.max_pool2d(F.pad(x, (padding,) * 4), kernel, stride)
        shapes: list[KnownShape] = [
            (
                tuple(F.max_pool2d(x, kernel, stride).shape),
                "the frame is left out",
                "the windows start `padding` pixels outside",
            )
        ]
        tiny = [
            Mistake(
                F.max_pool2d(F.pad(x, (padding,) * 4, value=value), kernel, stride),
                "the frame holds a number that some pixels are smaller than",
                "which number is below every other?",
            )
            for value in (-1.0, -10.0, -100.0, -1000.0, -10_000.0, x.min().item() / 2)
        ]
        mean = [
            Mistake(
                F.max_pool2d(F.pad(x, (padding,) * 4, value=x.mean().item()), kernel, stride),
                "the frame holds the mean, which is larger than some pixels",
                "which number is below every other?",
            )
        ]
        same = [
            Mistake(
                F.max_pool2d(F.pad(x, (padding,) * 4, mode="reflect"), kernel, stride),
                "the frame holds pixels mirrored at the border, which may be larger than those of the window",
                "which number is below every other?",
            )
        ]
        _expect_result(
            seen,
            wanted,
            because="the largest pixel in each window; the frame must never win",
            mistakes=(
                Mistake(
                    zeros,
                    "the frame of zeros wins wherever all pixels of a window are negative",
                    "which number never wins?",
                ),
                Mistake(
                    F.max_pool2d(x.masked_fill(x == 0, -math.inf), kernel, stride, padding),
                    "every 0 is taken for the frame, and pixels of the image can be 0 too",
                    "fill the frame with its number at once: where it lies tells it apart, not its value",
                ),
                Mistake(
                    F.max_pool2d(x, kernel, stride, padding).clamp_min(0),
                    "negative maxima become 0",
                    "a negative maximum is one too",
                ),
                Mistake(
                    -F.max_pool2d(-x, kernel, stride, padding),
                    "the smallest pixel is taken",
                    "turning the signs around swaps largest and smallest",
                ),
                Mistake(
                    F.max_pool2d(x.abs(), kernel, stride, padding), "the signs are dropped", "-3 is smaller than 1"
                ),
                *tiny,
                *mean,
                *same,
            ),
            shapes=shapes,
            atol=1e-3,
            next_step="look at a window at the border whose pixels are all negative",
        )
        expect_unchanged(given, x, "the tensor `x`")


EXERCISES = (
    cross_correlate,
    conv_parameters,
    conv2d_by_hand,
    output_size,
    same_padding,
    coverage_grid,
    pool_by_hand,
    receptive_field,
    measured_field,
    shift_error,
    extractor_and_classifier,
    make_cnn,
    conv_gradients,
    strict_net,
    padded_max_pool,
)
