"""Chapter 8: recurrent networks.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from functools import partial

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
    expect_same_in_training,
    expect_subclass,
    expect_tensor,
    expect_tensors,
    expect_type,
    expect_unchanged,
    expect_values,
    fail,
    number_of,
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
    give,
    gradients,
    load_parameters,
    make,
    method,
    parameters,
    set_attribute,
    training_mode,
)

Tensor = torch.Tensor
Layer = tuple[Tensor, Tensor, Tensor, Tensor]
"""Weights of one Elman layer as in `nn.RNN`: w_ih (hidden, inputs), w_hh (hidden, hidden), b_ih and b_hh (hidden,)."""


Causes = dict[tuple[int, ...], tuple[str, str]]
"""What wrong shapes come from: cause and next step of each."""

#: several tensors of the arguments' dtype
_expect_tensors = partial(expect_tensors, rtol=1e-3, because="the result has the dtype of the arguments")

WEIGHT_NAMES = ("w_ih", "w_hh", "b_ih", "b_hh")


# -- the reference of this file ------------------------------------------------------------------------------------


def _draw_layer(inputs: int, hidden: int) -> Layer:
    """Weights large enough that every part of the formula shows."""
    return (
        random_normal(hidden, inputs) / math.sqrt(inputs),
        random_normal(hidden, hidden) / math.sqrt(hidden),
        0.5 * random_normal(hidden),
        0.5 * random_normal(hidden),
    )


def _step(x: Tensor, h: Tensor, layer: Layer) -> Tensor:
    w_ih, w_hh, b_ih, b_hh = layer
    return torch.tanh(x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)


def _unroll(x: Tensor, h: Tensor, layer: Layer) -> Tensor:
    """All hidden states (batch, time, hidden) of one layer."""
    states = []
    for t in range(x.shape[1]):
        h = _step(x[:, t], h, layer)
        states.append(h)
    return torch.stack(states, dim=1)


def _stack(x: Tensor, layers: Sequence[Layer], h0: Tensor) -> tuple[Tensor, Tensor]:
    """The top layer's states, and the last state of each layer (layers, batch, hidden)."""
    last = []
    for layer, h in zip(layers, h0, strict=True):
        x = _unroll(x, h, layer)
        last.append(x[:, -1])
    return x, torch.stack(last)


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


def _given(values: Sequence[Tensor], names: Sequence[str]) -> list[Subject]:
    return [give(value, name) for value, name in zip(values, names, strict=True)]


def _expect_all_unchanged(given: Sequence[Subject], values: Sequence[Tensor]) -> None:
    for subject, value in zip(given, values, strict=True):
        expect_unchanged(subject, value, f"the tensor `{subject.label}`")


# -- 8.1, 8.2: the cell, unrolled ----------------------------------------------------------------------------------


def _step_wrongs(x: Tensor, h: Tensor, layer: Layer) -> list[Wrong]:
    """What known mistakes make of one step."""
    w_ih, w_hh, b_ih, b_hh = layer
    from_x, from_h = x @ w_ih.T, h @ w_hh.T
    total = from_x + from_h + b_ih + b_hh
    wrongs: list[Wrong] = [
        ([total], "the tanh is missing: the sum itself is returned", "apply `torch.tanh` to the whole sum"),
        ([torch.sigmoid(total)], "a sigmoid stands where the tanh belongs", "use `torch.tanh`"),
        ([torch.relu(total)], "a ReLU stands where the tanh belongs", "use `torch.tanh`"),
        ([torch.tanh(from_x + from_h + b_ih)], "the bias `b_hh` is left out", "`nn.RNN` adds two bias vectors"),
        ([torch.tanh(from_x + from_h + b_hh)], "the bias `b_ih` is left out", "`nn.RNN` adds two bias vectors"),
        ([torch.tanh(from_x + from_h)], "both biases are left out", "`nn.RNN` adds two bias vectors"),
        (
            [torch.tanh(from_x + b_ih + b_hh)],
            "the old hidden state takes no part: the cell has no memory",
            "add what `w_hh` makes of the old hidden state",
        ),
        ([torch.tanh(from_h + b_ih + b_hh)], "the input takes no part", "add what `w_ih` makes of the input"),
        (
            [torch.tanh(from_x + b_ih) + torch.tanh(from_h + b_hh)],
            "two tanh are added, where one tanh is taken of the whole sum",
            "add first, then squash",
        ),
        (
            [torch.tanh(from_x + b_ih) + from_h + b_hh],
            "the tanh is taken of the input's part only",
            "add first, then squash",
        ),
        (
            [from_x + b_ih + torch.tanh(from_h + b_hh)],
            "the tanh is taken of the memory's part only",
            "add first, then squash",
        ),
        (
            [torch.tanh(from_x + from_h + b_ih) + b_hh],
            "the bias `b_hh` is added after the tanh",
            "both biases belong to the sum inside",
        ),
        (
            [torch.tanh(from_x + from_h + b_hh) + b_ih],
            "the bias `b_ih` is added after the tanh",
            "both biases belong to the sum inside",
        ),
        ([torch.tanh(from_x + from_h) + b_ih + b_hh], "the biases are added after the tanh", "they belong inside"),
        (
            [(h + torch.tanh(total)) / 2],
            "the new state is averaged with the old one instead of replacing it",
            "the result of the tanh is the new hidden state",
        ),
        (
            [h + torch.tanh(total)],
            "the new state is added to the old one instead of replacing it",
            "the result of the tanh is the new hidden state",
        ),
    ]
    turned = [("w_hh", w_ih.T, w_hh)]
    if w_ih.shape == w_hh.shape:
        turned += [("w_ih", w_ih, w_hh.T), ("w_ih and w_hh", w_ih, w_hh)]
    for name, a, b in turned:
        wrongs.append(
            (
                [torch.tanh(x @ a + b_ih + h @ b + b_hh)],
                f"{name} {'are' if 'and' in name else 'is'} not transposed; a square matrix raises no error",
                "PyTorch's weights have the shape (outputs, inputs), as in `nn.Linear`: multiply by the transpose",
            )
        )
    if w_ih.shape == w_hh.shape:
        wrongs += [
            (
                [torch.tanh(x @ w_hh.T + b_ih + h @ w_ih.T + b_hh)],
                "the two matrices are exchanged; both are square here, so no error tells",
                "`w_ih` goes with the input, `w_hh` with the hidden state",
            )
        ]
        elementwise = torch.tanh(x * w_ih + b_ih + h * w_hh + b_hh) if x.shape == w_ih.shape else total
        wrongs.append(([elementwise], "`*` multiplies entry by entry", "`@` is the matrix product"))
    return wrongs


@exercise(
    "8.1",
    title="One step of an Elman cell",
    points=2,
    difficulty=1,
    minutes=10,
    hints=(
        "The formula has four terms inside one tanh. Which shape has each, for a whole batch?",
        "Rows are samples: `x @ w_ih.T` has the shape (batch, hidden), like the output of a linear layer.",
        "The second term is the same with `h` and `w_hh`; the biases are added to every row by broadcasting.",
    ),
)
def elman_step(elman_step: Subject) -> None:
    hidden = random_integer(4, 6)
    for batch, inputs in ((random_integer(7, 9), random_integer(2, 3)), (1, 1), (hidden, hidden)):
        layer = _draw_layer(inputs, hidden)
        x, h = random_normal(batch, inputs), random_normal(batch, hidden).tanh()
        values = [x, h, *layer]
        given = _given(values, ("x", "h", *WEIGHT_NAMES))
        answer = call(elman_step, *given)
        _expect_tensors(
            [answer],
            [_step(x, h, layer)],
            _step_wrongs(x, h, layer),
            headline=f"`{answer.label}` is not the new hidden state.",
            expected=f"tanh of the sum of four terms, shape ({batch}, {hidden})",
        )
        _expect_all_unchanged(given, values)


def _unroll_wrongs(x: Tensor, h0: Tensor, layer: Layer) -> list[Wrong]:
    """What known mistakes make of an unrolled layer."""
    states = _unroll(x, h0, layer)
    last = states[:, -1]
    alone = torch.stack([_step(x[:, t], h0, layer) for t in range(x.shape[1])], dim=1)
    zeros = _unroll(x, torch.zeros_like(h0), layer)
    backward = _unroll(x.flip(1), h0, layer)
    late = torch.cat([h0[:, None], states[:, :-1]], dim=1)
    skipped = torch.cat([h0[:, None], _unroll(x[:, 1:], h0, layer)], dim=1) if x.shape[1] > 1 else states
    wrongs: list[Wrong] = [
        (
            [states.transpose(0, 1), last],
            "the steps are stacked along the first axis, so time comes before the batch",
            "stack along axis 1: (batch, time, hidden)",
        ),
        (
            [states.permute(0, 2, 1), last],
            "the steps are stacked along the last axis",
            "stack along axis 1: (batch, time, hidden)",
        ),
        (
            [torch.cat(list(states.unbind(1)), dim=1), last],
            "the states of all steps are joined along their own axis: `torch.cat` makes no new axis",
            "`torch.stack` makes a new axis for the time",
        ),
        (
            [torch.cat(list(states.unbind(1)), dim=0), last],
            "the states of all steps are joined along the batch: `torch.cat` makes no new axis",
            "`torch.stack` makes a new axis for the time",
        ),
        (
            [states, states[:, -1:]],
            "the last state keeps an axis of length 1 for the time",
            "index the last step instead of slicing it: (batch, hidden)",
        ),
        ([states, states[-1]], "the last *sample* is taken instead of the last step", "time is the middle axis"),
        ([states, last[None]], "the last state has an axis too many in front", "its shape is (batch, hidden)"),
        ([last, states], "outputs and last state are returned in the other order", "outputs first"),
    ]
    if x.shape[1] > 1:
        wrongs += [
            (
                [alone, alone[:, -1]],
                "every step starts from `h0` again: the new state is not carried on",
                "give the new state to the next step: `h = ...`",
            ),
            ([zeros, zeros[:, -1]], "`h0` is not used: the memory starts at zeros", "start with `h = h0`"),
            ([backward, backward[:, -1]], "the steps are read from the last to the first", "begin with `x[:, 0]`"),
            (
                [backward.flip(1), backward[:, -1]],
                "the steps are read from the last to the first",
                "begin with `x[:, 0]`",
            ),
            (
                [late, last],
                "each state is stored before its step is made: `h0` stands first, and the last one is missing",
                "make the step, then store its result",
            ),
            (
                [last[:, None].expand_as(states), last],
                "every stored state is the last one: one tensor is changed in place at each step, and the list holds "
                "that tensor again and again",
                "let each step make a tensor of its own: `h = ...` instead of `h[:] = ...`",
            ),
            (
                [torch.cat([torch.zeros_like(skipped[:, :1]), skipped[:, 1:]], dim=1), skipped[:, -1]],
                "the first step is left out, and its place holds zeros",
                "count the steps from 0",
            ),
            ([skipped[:, 1:], skipped[:, -1]], "the first step is left out", "count the steps from 0"),
            ([states, h0], "`h0` is returned as the last state", "return the state after the last step"),
            ([states, states[:, 0]], "the state after the first step is returned as the last one", ""),
        ]
    return wrongs


@exercise(
    "8.2",
    title="Unrolled through time",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "A loop over the time axis: which slice of `x` is the input of step t, and which shape has it?",
        "The state that comes out of one step goes into the next. Keep each in a list.",
        "`torch.stack(states, dim=1)` makes (batch, time, hidden) of a list of (batch, hidden).",
    ),
)
def unrolled_elman(unrolled_elman: Subject) -> None:
    hidden = random_integer(4, 6)
    sizes = [(9, 9, random_integer(2, 3)), (random_integer(7, 9), random_integer(10, 12), 2), (2, 1, 1), (1, 5, hidden)]
    for batch, time, inputs in sizes:
        layer = _draw_layer(inputs, hidden)
        x, h0 = random_normal(batch, time, inputs), random_normal(batch, hidden).tanh()
        values = [x, h0, *layer]
        given = _given(values, ("x", "h0", *WEIGHT_NAMES))
        answer = call(unrolled_elman, *given)
        states = _unroll(x, h0, layer)
        wrongs = _unroll_wrongs(x, h0, layer)
        if batch == time:
            crossed = _unroll(x.transpose(0, 1), h0, layer)
            wrongs += [
                (
                    [part, crossed[:, -1]],
                    "the loop runs over the samples, not over the steps: `for ... in x` walks along the first axis",
                    "the steps lie along axis 1",
                )
                for part in (crossed, crossed.transpose(0, 1))
            ]
        _expect_tensors(
            expect_parts(answer, ("outputs", "last state")),
            [states, states[:, -1]],
            wrongs,
            headline=f"`{answer.label}` gives other states.",
            expected=f"outputs of shape (batch, time, hidden), here ({batch}, {time}, {hidden}), and the last state of "
            f"shape ({batch}, {hidden})",
        )
        _expect_all_unchanged(given, values)


# -- 8.3, 8.4: counts and shapes -----------------------------------------------------------------------------------


def _count(inputs: int, hidden: int, layers: int, outputs: int, biases: int = 2) -> int:
    widths = [inputs] + [hidden] * (layers - 1)
    return sum(hidden * (width + hidden + biases) for width in widths) + outputs * (hidden + 1)


@exercise(
    "8.3",
    title="Count the parameters of a recurrent network",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "Write down the four tensors of the first layer with their shapes, and add up their entries.",
        "What does the second layer read: the input, or the hidden state of the layer below?",
        "`nn.RNN` ends with hidden states. The linear layer that makes outputs of them is counted on top.",
    ),
)
def count_rnn_parameters(count_rnn_parameters: Subject) -> None:
    cases = [
        (random_integer(2, 5), random_integer(8, 20), 1, random_integer(2, 4)),
        (random_integer(2, 5), random_integer(8, 20), 2, random_integer(2, 4)),
        (random_integer(6, 9), random_integer(8, 20), random_integer(3, 5), 1),
        (30, 7, 2, 2),
    ]
    for inputs, hidden, layers, outputs in cases:
        answer = call(count_rnn_parameters, inputs, hidden, layers, outputs)
        head = outputs * (hidden + 1)
        core = _count(inputs, hidden, layers, 0)
        expect_number(
            answer,
            core + head,
            what="the number of parameters",
            when=f"for {layers} layer{'s' * (layers > 1)}",
            reveal=False,
            mistakes=[
                Mistake(
                    _count(inputs, hidden, layers, outputs, biases=1),
                    "one bias per layer is counted, as in the textbook; PyTorch keeps two vectors, `b_ih` and `b_hh`",
                    "look at the shapes of `nn.RNN(...).named_parameters()`",
                ),
                Mistake(
                    _count(inputs, hidden, layers, outputs, biases=0),
                    "the biases are left out",
                    "each layer has two bias vectors",
                ),
                Mistake(core, "the linear layer at the end is left out", "its weights and biases count as well"),
                Mistake(core + outputs * hidden, "the bias of the linear layer is left out", "one per output"),
                Mistake(
                    layers * hidden * (inputs + hidden + 2) + head,
                    "every layer is counted like the first one",
                    "from the second layer on, the input is the hidden state of the layer below",
                ),
                Mistake(hidden * (inputs + hidden + 2) + head, "only one layer is counted", "add the layers above it"),
                Mistake(
                    layers * hidden * (hidden + hidden + 2) + head,
                    "every layer is counted like the upper ones",
                    "the first layer reads `input_size` numbers",
                ),
                Mistake(
                    4 * layers + 2,
                    "the tensors are counted, not the numbers in them",
                    "each tensor has as many values as the product of its sizes",
                ),
                Mistake(
                    core + outputs * (layers * hidden + 1),
                    "the linear layer is counted as if it read the states of all layers",
                    "only the top layer's states go through it",
                ),
                Mistake(
                    core - layers * hidden * (hidden - 1) + head,
                    "each unit is counted as if it read its own old state only",
                    "`w_hh` has the shape (hidden, hidden): each unit reads all of them",
                ),
                Mistake(
                    core + layers * head,
                    "each layer is given a linear layer of its own",
                    "only the top layer's states go through it",
                ),
                Mistake(
                    _count(inputs, hidden, layers, 0, biases=1) + outputs * hidden,
                    "biases are missing: a second one in each layer, and that of the linear layer",
                    "look at the shapes of `nn.RNN(...).named_parameters()`",
                ),
            ],
        )


def _read_shape(subject: Subject, what: str) -> tuple[int, ...]:
    expect_type(subject, ("tuple", "list"), f"the shape of {what} as a tuple")
    found = [number_of(part) for part in subject.children]
    if not all(isinstance(number, int) and not isinstance(number, bool) for number in found):
        fail(
            f"`{subject.label}` is not a shape.",
            expected="a tuple of whole numbers",
            actual=f"entries that are {', '.join(part.kind_name for part in subject.children)}",
            cause="something else than sizes stands in the tuple",
            next_step="one whole number for each axis",
        )
    return tuple(int(number) for number in found if number is not None)


def _expect_shape(got: tuple[int, ...], wanted: tuple[int, ...], what: str, case: str, known: Causes) -> None:
    if got == wanted:
        return
    cause, next_step = known.get(
        got, ("an axis has another length, or the axes stand in another order", "build the layer and print the shape")
    )
    fail(
        f"The shape of {what} is wrong for {case}.",
        expected=f"the shape that `nn.RNN` gives for {case}",
        actual=show_shape(got),
        cause=cause,
        next_step=next_step,
    )


@exercise(
    "8.4",
    title="Which shapes come out?",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "First say which axis of the input the layer takes for the batch, and which for the time.",
        "`out` keeps the order of the input's axes; its last axis holds the top layer's states, of both directions "
        "if there are two.",
        "`h_n` has one entry for each layer and direction, then the batch, whatever `batch_first` says.",
    ),
)
def rnn_shapes(rnn_shapes: Subject) -> None:
    for layers, first, both in (
        (2, True, False),
        (2, False, False),
        (1, True, False),
        (1, False, True),
        (3, True, True),
        (2, False, True),
    ):
        a, b, c = random_integer(30, 40), random_integer(90, 99), random_integer(2, 4)
        hidden = random_integer(10, 20)
        options = {"batch_first": first, "bidirectional": both}
        given = [(a, b, c), hidden, layers, first, both]
        answer = call(rnn_shapes, *given)
        parts = expect_parts(answer, ("shape of out", "shape of h_n"))
        out, last = (_read_shape(part, name) for part, name in zip(parts, ("`out`", "`h_n`"), strict=True))
        ways = 2 if both else 1
        batch, time = (a, b) if first else (b, a)
        case = f"an input of shape ({a}, {b}, {c}) with {layers} layer{'s' * (layers > 1)}, " + ", ".join(
            f"{name}={value}" for name, value in options.items()
        )
        known_out: Causes = {
            (b, a, ways * hidden): (
                "the axes of batch and time are exchanged in `out`",
                "`out` has the order of the input's axes",
            ),
            (a, b, layers * ways * hidden): (
                "the states of all layers are put into `out`",
                "only the top layer's states come out",
            ),
            (a, b, c): ("the last axis still holds the features", "the layer's outputs are its hidden states"),
            (layers, b, hidden): ("this is a shape of `h_n`", "`out` has an axis for the time"),
            (layers, a, hidden): ("this is a shape of `h_n`", "`out` has an axis for the time"),
        }
        if both:
            known_out[a, b, hidden] = (
                "the second direction is left out",
                "the states of both directions stand side by side in the last axis",
            )
        else:
            known_out.setdefault((a, b, 2 * hidden), ("there is only one direction here", "mind `bidirectional`"))
        known_last: Causes = {
            (batch, layers * ways, hidden): (
                "the batch stands first in `h_n`: `batch_first` does not apply to it",
                "`h_n` begins with the layers, always",
            ),
            (layers * ways, time, hidden): (
                "the axis that the layer takes for the batch is mixed up with the time",
                "without `batch_first=True` the first axis of the input is the time, without any error",
            ),
            (batch, hidden): ("the axis of the layers is missing in `h_n`", "one entry per layer and direction"),
            (1, batch, hidden): (
                "`h_n` holds the last state of every layer and direction, not only of the top one",
                "one entry per layer and direction",
            ),
            (layers, batch, 2 * hidden): (
                "in `h_n` the directions are entries of their own along the first axis",
                "compare with `out`, where they stand side by side",
            ),
            (layers * ways, a, b, hidden): ("there is no axis for the time in `h_n`", "it holds the last states only"),
        }
        if both:
            known_last[layers, batch, hidden] = (
                "the second direction is left out in `h_n`",
                "one entry per layer and direction",
            )
            known_last[ways, batch, hidden] = known_last[1, batch, hidden]
        known_out.pop((a, b, ways * hidden), None)
        known_last.pop((layers * ways, batch, hidden), None)
        _expect_shape(out, (a, b, ways * hidden), "`out`", case, known_out)
        _expect_shape(last, (layers * ways, batch, hidden), "`h_n`", case, known_last)


# -- 8.5: stacked layers -------------------------------------------------------------------------------------------


def _check_stack(function: Subject, batch: int, time: int, inputs: int, hidden: int, depth: int, start: str) -> None:
    layers = [_draw_layer(inputs if number == 0 else hidden, hidden) for number in range(depth)]
    x = random_normal(batch, time, inputs)
    h0 = random_normal(depth, batch, hidden).tanh()
    zeros = torch.zeros_like(h0)
    if start == "double":
        x, zeros = x.double(), zeros.double()
        layers = [tuple(part.double() for part in layer) for layer in layers]  # type: ignore[misc]
    given_x, given_h0 = give(x, "x"), give(h0, "h0")
    parts_of = [(f"{name} of layer {number}", number) for number in range(depth) for name in WEIGHT_NAMES]
    values = [part for layer in layers for part in layer]
    weights = _given(values, [label for label, _ in parts_of])
    given_layers = [tuple(weights[4 * number : 4 * number + 4]) for number in range(depth)]
    answer = (
        call(function, given_x, given_layers, label="stacked_elman(x, layers)")
        if start != "h0"
        else call(function, given_x, given_layers, given_h0, label="stacked_elman(x, layers, h0)")
    )
    begin = h0 if start == "h0" else zeros
    out, last = _stack(x, layers, begin)
    wrongs: list[Wrong] = [
        ([out, last.transpose(0, 1)], "the batch stands first in the last states", "(layers, batch, hidden)"),
        ([out.transpose(0, 1), last], "time stands first in the outputs", "(batch, time, hidden)"),
        ([last, out], "outputs and last states are returned in the other order", "outputs first"),
        (
            [out, last[-1]],
            "only the top layer's last state is returned",
            "keep the last state of every layer: (layers, batch, hidden)",
        ),
        ([out, last[-1:]], "only the top layer's last state is returned", "keep the last state of every layer"),
    ]
    if depth > 1:
        bottom = _unroll(x, begin[0], layers[0])
        same = _stack(x, layers, begin[:1].expand_as(begin))
        top_start = _stack(x, layers, begin[-1:].expand_as(begin))
        none = _stack(x, layers, zeros)
        chained: list[Tensor] = []
        level, h = x, begin[0]
        for layer in layers:
            level = _unroll(level, h, layer)
            h = level[:, -1]
            chained.append(h)
        wrongs += [
            ([bottom, last], "the first layer's states are returned", "the outputs are the top layer's"),
            (
                [bottom, bottom[:, -1][None]],
                "only the first layer is run",
                "give its states, at all steps, to the next layer",
            ),
            ([out, last.flip(0)], "the last states stand from the top layer to the first", "first layer first"),
            (
                list(_stack(x, [layers[0], *((a, layers[0][1], b, c) for a, _, b, c in layers[1:])], begin)),
                "every layer uses the first layer's `w_hh`",
                "each layer has four tensors of its own",
            ),
            (
                [level, torch.stack(chained)],
                "each layer starts from the last state of the layer below",
                "every layer has a first state of its own: `h0[number]`, or zeros",
            ),
        ]
        if start == "h0":
            wrongs += [
                (list(same), "every layer starts from `h0[0]`", "layer k starts from `h0[k]`"),
                (list(top_start), "every layer starts from `h0[-1]`", "layer k starts from `h0[k]`"),
                (list(none), "`h0` is not used: the layers start at zeros", "layer k starts from `h0[k]`"),
            ]
        if inputs == hidden:
            flat = torch.stack([_unroll(x, begin[k], layers[k]) for k in range(depth)])
            wrongs.append(
                (
                    [flat[-1], flat[:, :, -1]],
                    "every layer reads the input `x`",
                    "from the second layer on, the input is what the layer below gave",
                )
            )
    if depth > 2:
        two = _stack(x, layers[:2], begin[:2])
        wrongs += [
            (pair, "only the first two layers are run", "`layers` may hold any number of them")
            for pair in (list(two), [two[0], last], [two[0], begin])
        ]
    parts = expect_parts(answer, ("outputs", "last states"))
    _expect_tensors(
        parts,
        [out, last],
        wrongs,
        headline=f"`{answer.label}` gives other states.",
        expected=f"the top layer's states, shape ({batch}, {time}, {hidden}), and the last state of each layer, shape "
        f"({depth}, {batch}, {hidden})",
        because="zeros of another dtype do not fit to the input",
    )
    _expect_all_unchanged([given_x, *weights], [x, *values])
    if start == "h0":
        expect_unchanged(given_h0, h0, "the tensor `h0`")


@exercise(
    "8.5",
    title="Stacked layers",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "The states of one layer, at all steps, are the input of the next one: your `unrolled_elman` does one layer.",
        "Each layer has a first state of its own: `h0[k]`, or zeros made from `x` so that dtype and device fit.",
        "The size of the hidden state stands in the weights: `len(layers[0][1])`.",
    ),
)
def stacked_elman(stacked_elman: Subject) -> None:
    hidden = random_integer(4, 6)
    _check_stack(stacked_elman, random_integer(7, 9), random_integer(10, 12), 2, hidden, 2, "h0")
    _check_stack(stacked_elman, 3, 5, hidden, hidden, 3, "h0")
    _check_stack(stacked_elman, 3, 5, random_integer(2, 3), hidden, 2, "zeros")
    _check_stack(stacked_elman, 2, 4, 3, hidden, 1, "zeros")
    _check_stack(stacked_elman, 2, 4, 3, hidden, 2, "double")


# -- 8.6, 8.7: architectures ---------------------------------------------------------------------------------------


class _LastStep(nn.Module):
    """RNN and Linear; ``read`` takes what the linear layer gets from ``(out, h_n)``."""

    def __init__(
        self,
        sizes: tuple[int, int, int, int],
        read: Callable[[Tensor, Tensor], Tensor] = lambda out, _: out[:, -1],
        *,
        batch_first: bool = True,
        nonlinearity: str = "tanh",
        after: Callable[[Tensor], Tensor] = lambda y: y,
    ) -> None:
        super().__init__()
        inputs, hidden, layers, outputs = sizes
        self.rnn = nn.RNN(inputs, hidden, layers, nonlinearity=nonlinearity, batch_first=batch_first)
        self.head = nn.Linear(hidden, outputs)
        self.read, self.after = read, after

    def forward(self, x: Tensor) -> Tensor:
        return self.after(self.head(self.read(*self.rnn(x))))


def _last_step_mistakes(sizes: tuple[int, int, int, int]) -> list[tuple[nn.Module, str, str]]:
    silent = (
        "`batch_first=True` is missing: the layer takes the first axis, the batch, for the time, and no error appears",
        "the axes of the input are (batch, time, features): tell the layer so",
    )
    found: list[tuple[nn.Module, str, str]] = [
        (_LastStep(sizes, batch_first=False), *silent),
        (_LastStep(sizes, lambda out, _: out[-1], batch_first=False), *silent),
        (_LastStep(sizes, lambda _, h: h[-1], batch_first=False), *silent),
        (
            _LastStep(sizes, lambda out, _: out[:, 0]),
            "the first step's state is read, when the network has seen one step only",
            "the last step lies at index -1 of the time axis",
        ),
        (
            _LastStep(sizes, lambda out, _: out.mean(1)),
            "the states of all steps are averaged",
            "take the last step's state",
        ),
        (_LastStep(sizes, lambda out, _: out.sum(1)), "the states of all steps are added up", "take the last one"),
        (_LastStep(sizes, lambda out, _: out.amax(1)), "the largest state of all steps is taken", "take the last one"),
        (_LastStep(sizes, nonlinearity="relu"), "the cell has a ReLU instead of the tanh", "keep the default"),
        (
            _LastStep(sizes, after=torch.relu),
            "a ReLU at the end cuts off all negative outputs",
            "return what the linear layer gives",
        ),
        (_LastStep(sizes, after=torch.sigmoid), "there is a sigmoid at the end", "return what the linear layer gives"),
        (_LastStep(sizes, after=torch.tanh), "there is a tanh at the end", "return what the linear layer gives"),
        (
            _LastStep(sizes, lambda out, _: torch.relu(out[:, -1])),
            "there is a ReLU between the hidden state and the linear layer",
            "the hidden state goes into the linear layer as it is",
        ),
        (
            _LastStep(sizes, lambda out, _: out[:, -2]),
            "the state of the last step but one is read",
            "the last step lies at index -1",
        ),
    ]
    if sizes[2] > 1:
        found.append(
            (
                _LastStep(sizes, lambda _, h: h[0]),
                "the last state of the *first* layer is read: `h_n[0]`",
                "the top layer is the last entry of `h_n`",
            )
        )
    return found


def _expect_anywhere(cls: Subject, sizes: tuple[int, int, int, int]) -> None:
    """The model works in float64 and on another device."""
    x = random_normal(3, 7, sizes[0])
    model = construct(cls, *sizes)
    name = cls.label
    try:
        double = method(model, "double", keep=True)
        answer = call(double, x.double(), label="model.double()(x.double())")
    except Raised as error:
        if error.is_stub or not error.is_a("RuntimeError", "ValueError", "TypeError"):
            raise
        fail(
            f"A `{name}` of float64 refuses float64 inputs.",
            expected="a model that follows the dtype of its parameters and its input",
            actual=f"{error.type}: {error.message[:200]}",
            cause="a tensor made in `forward`, such as the first hidden state, is float32 whatever the input is",
            next_step="leave the first hidden state out, or make it from `x` so that it has its dtype and device",
            where=_where(error),
        )
    expect_tensor(answer, shape="3 outputs", dtype=torch.float64, because="model and input are float64")
    model = construct(cls, *sizes)
    try:
        moved = method(model, "to", "meta", keep=True)
        answer = call(moved, make("torch.empty", 3, 7, sizes[0], device="meta"), label="model on another device")
    except Raised as error:
        if error.is_stub or not error.is_a("RuntimeError", "ValueError", "TypeError", "NotImplementedError"):
            raise
        fail(
            f"A `{name}` that has moved to another device does not run there.",
            expected="a model whose tensors all lie where its parameters and its input are (the check takes the "
            "device `meta`, which computes shapes only)",
            actual=f"{error.type}: {error.message[:200]}",
            cause="a tensor made in `forward`, such as the first hidden state, lies on the CPU, or numbers are taken "
            "out of tensors on the way",
            next_step="leave the first hidden state out, or make it from `x` so that it has its dtype and device",
            where=_where(error),
        )
    got = answer.meta.get("shape")
    if answer.kind != "tensor" or tuple(got or ()) != (3, sizes[3]) or answer.meta.get("device") != "meta":
        fail(
            f"A `{name}` that has moved to another device gives no output there.",
            expected=f"an output of shape (3, {sizes[3]}) on the device of the model",
            actual=f"{answer.kind_name} on {answer.meta.get('device', 'no device')}",
            cause="the output is made on the CPU",
            next_step="compute it from the hidden states alone",
        )


def _expect_outputs(model: Subject, x: Tensor, wanted: Sequence[int], words: str, causes: Causes) -> None:
    """Expect an output of this shape; ``causes`` names what other shapes come from."""
    training_mode(model, False)
    answer = call(model, x)
    expect_tensor(answer)
    got = tuple(answer.meta["shape"])
    if got == tuple(wanted):
        return
    cause, next_step = causes.get(
        got, ("an axis is missing, extra, or of another length", "print the shapes in `forward`, line by line")
    )
    fail(
        f"The outputs of `{model.label}` have the wrong shape.",
        expected=f"{words}: {show_shape(list(wanted))} for an input of shape {show_shape(list(x.shape))}",
        actual=f"shape {show_shape(list(got))}",
        cause=cause,
        next_step=next_step,
    )


@exercise(
    "8.6",
    title="Sequence to vector: a network that reads a window",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Two layers: `nn.RNN` and `nn.Linear`. Which argument tells the first one how the axes stand?",
        "`nn.RNN` returns two things. The state of the top layer after the last step is in both of them.",
        "If you leave the first hidden state out, `nn.RNN` takes zeros that fit to the input.",
    ),
)
def sequence_to_vector_rnn(SequenceToVectorRNN: Subject) -> None:
    expect_type(SequenceToVectorRNN, "class", "a class")
    expect_subclass(SequenceToVectorRNN, "torch.nn.Module", "`nn.Module`")
    for sizes in ((1, 32, 2, 1), (random_integer(2, 3), random_integer(6, 9), 1, 4), (2, 5, 3, 2)):
        inputs, hidden, layers, outputs = sizes
        model = construct(SequenceToVectorRNN, *sizes)
        expect_model(model)
        model.label = f"SequenceToVectorRNN({inputs}, {hidden}, {layers}, {outputs})"
        expect_parameters(
            model,
            _count(*sizes),
            reveal=False,
            because="there is one `nn.RNN` and one `nn.Linear`",
            mistakes=[
                Mistake(_count(inputs, hidden, layers, 0), "there is no linear layer", "add one for the outputs"),
                Mistake(
                    _count(inputs, hidden, 1, outputs),
                    "`nn.RNN` has one layer only: `num_layers` is not handed on",
                    "it is the third argument of `nn.RNN`",
                ),
                Mistake(
                    _count(inputs, hidden, layers, outputs, biases=0),
                    "the recurrent layer has no biases",
                    "leave `bias` at its default",
                ),
                Mistake(
                    _count(inputs, hidden, 2, outputs),
                    "the number of layers is written into the class",
                    "hand `num_layers` on to `nn.RNN`",
                ),
                Mistake(
                    4 * _count(inputs, hidden, layers, 0) + outputs * (hidden + 1),
                    "the recurrent layer is an LSTM",
                    "use `nn.RNN` here",
                ),
                Mistake(
                    3 * _count(inputs, hidden, layers, 0) + outputs * (hidden + 1),
                    "the recurrent layer is a GRU",
                    "use `nn.RNN` here",
                ),
            ],
        )
        batch, time = random_integer(5, 8), random_integer(9, 12)
        x = random_normal(batch, time, inputs)
        _expect_outputs(
            model,
            x,
            (batch, outputs),
            "one row of outputs for each sequence",
            {
                (batch, time, outputs): (
                    "the linear layer is applied to the states of all steps",
                    "only the last step's state goes into it",
                ),
                (time, outputs): (
                    "the last *sample* is taken instead of the last step, or the axes of batch and time are mixed up",
                    "the input is (batch, time, features)",
                ),
                (batch,): ("the last axis is removed", "keep the shape (batch, outputs)"),
                (layers, batch, outputs): (
                    "the last states of all layers go into the linear layer",
                    "take the top layer's",
                ),
                (layers, time, outputs): (
                    "`batch_first=True` is missing, and the last states of all layers go into the linear layer",
                    "the input is (batch, time, features): tell the layer so",
                ),
                (1, batch, outputs): ("the axis of the layers is still there", "index it away: `h_n[-1]`"),
                (batch, 1, outputs): ("the axis of the time is still there", "index it away: `out[:, -1]`"),
            },
        )
        expect_same_behavior(
            model,
            _LastStep(sizes),
            x,
            what="the top layer's state after the last step, through the linear layer",
            mistakes=_last_step_mistakes(sizes),
            atol=1e-4,
        )
        expect_same_in_training(model, x)
        expect_batch_independent(model, x)
        expect_gradients(model, x)
    _expect_anywhere(SequenceToVectorRNN, (2, 5, 2, 3))


Parts = tuple[str, ...]


class _Translator(nn.Module):
    """Encoder, decoder and head, registered in any order; the options are known mistakes."""

    def __init__(
        self,
        inputs: int,
        hidden: int,
        steps: int,
        order: Parts = ("encoder", "decoder", "head"),
        *,
        start: str = "encoder",
        first: str = "last value",
        feedback: bool = True,
        residual: bool = False,
        early: bool = False,
        late: bool = False,
        carried: bool = True,
        cut: bool = False,
    ) -> None:
        super().__init__()
        self.steps, self.start, self.first, self.feedback = steps, start, first, feedback
        self.residual, self.early, self.late, self.carried, self.cut = residual, early, late, carried, cut
        made = {
            "encoder": lambda: nn.RNN(inputs, hidden, batch_first=True),
            "decoder": lambda: nn.RNNCell(1, hidden),
            "head": lambda: nn.Linear(hidden, 1),
        }
        for name in order:
            self.add_module(name, made[name]())

    def forward(self, x: Tensor) -> Tensor:
        out, last = self.get_submodule("encoder")(x)
        h = {"encoder": last[-1], "zeros": torch.zeros_like(last[-1]), "first step": out[:, 0], "crossed": last[-1]}[
            self.start
        ]
        known = {
            "last value": x[:, -1, :1],
            "last column": x[:, -1, -1:],
            "zeros": torch.zeros_like(x[:, -1, :1]),
            "first value": x[:, 0, :1],
        }[self.first]
        decoder, head = self.get_submodule("decoder"), self.get_submodule("head")
        forecasts = []
        if self.early:
            known = head(h)
            forecasts.append(known)
        begin = h
        for _ in range(self.steps - len(forecasts)):
            before = h
            h = decoder(known, h if self.carried else begin)
            forecast = head(before if self.late else h)
            if self.residual:
                forecast = forecast + known
            forecasts.append(forecast)
            if self.feedback:
                known = forecast.detach() if self.cut else forecast
        return torch.cat(forecasts, dim=1)


def _order_of(model: Subject, sizes: tuple[int, int, int]) -> Parts:
    """The order in which the three parts are registered, told by the shapes of their parameters."""
    found = [tuple(p.tensor.shape) for p in parameters(model)]
    for order in itertools.permutations(("encoder", "decoder", "head")):
        if [tuple(p.shape) for p in _Translator(*sizes, order=order).parameters()] == found:
            return order
    return ("encoder", "decoder", "head")


@exercise(
    "8.7",
    title="Encoder and decoder",
    points=4,
    difficulty=3,
    minutes=25,
    hints=(
        "The encoder is an `nn.RNN`; of its results you need the last state only. For the decoder, which is called "
        "step by step, `nn.RNNCell` is handy.",
        "`nn.RNNCell(1, hidden)` takes an input of shape (batch, 1) and a state of shape (batch, hidden). Which axis "
        "of `h_n` has to go?",
        "In the loop: new state from (known value, old state); forecast from the new state; the forecast is the next "
        "known value. At the end, join the forecasts along axis 1.",
    ),
)
def encoder_decoder(EncoderDecoder: Subject) -> None:
    expect_type(EncoderDecoder, "class", "a class")
    expect_subclass(EncoderDecoder, "torch.nn.Module", "`nn.Module`")
    for steps in (random_integer(4, 6), 1):
        inputs, hidden = random_integer(2, 3), random_integer(6, 9)
        model = construct(EncoderDecoder, inputs, hidden, steps)
        expect_model(model)
        model.label = f"EncoderDecoder({inputs}, {hidden}, {steps})"
        core, head = hidden * (inputs + hidden + 2), hidden + 1
        decoder = hidden * (1 + hidden + 2)
        expect_parameters(
            model,
            core + decoder + head,
            reveal=False,
            because="there are an encoder, a decoder that reads one number, and a linear layer with one output",
            mistakes=[
                Mistake(core + head, "there is no decoder of its own", "a second recurrent layer, with one input"),
                Mistake(2 * core + head, "the decoder reads as many features as the encoder", "it reads one number"),
                Mistake(core + decoder, "there is no linear layer", "one output per step"),
                Mistake(
                    core + decoder + steps * head,
                    "the linear layer has one output for each step",
                    "it makes one forecast of one state, and is used at every step",
                ),
            ],
        )
        batch, time = random_integer(7, 9), random_integer(10, 12)
        x = random_normal(batch, time, inputs)
        _expect_outputs(
            model,
            x,
            (batch, steps),
            "one forecast for each step ahead",
            {
                (batch, steps, 1): ("each forecast keeps an axis of length 1", "join them along axis 1"),
                (steps, batch, 1): ("the steps are stacked along the first axis", "join them along axis 1"),
                (steps, batch): ("the steps are stacked along the first axis", "the batch comes first"),
                (batch, 1): ("only one forecast is returned", "collect the forecasts of all steps"),
                (batch,): ("the axis of the steps is missing", "it stays, also when there is a single step"),
                (batch * steps, 1): ("the forecasts are joined along the batch", "join them along axis 1"),
                (1, batch, steps): ("the axis of the layers in `h_n` is still there", "index it away first"),
                (1, batch, 1): ("the axis of the layers in `h_n` is still there", "index it away first"),
            },
        )
        order = _order_of(model, (inputs, hidden, steps))
        build = partial(_Translator, inputs, hidden, steps, order)
        mistakes = [
            (
                build(start="zeros"),
                "the decoder starts from zeros: it never hears of what the encoder has read",
                "the encoder's last state is the decoder's first one",
            ),
            (
                build(start="first step"),
                "the decoder starts from the encoder's state after the first step",
                "take the state after the last one",
            ),
            (build(first="zeros"), "the decoder's first input is zero", "it is the last known value of column 0"),
            (
                build(first="last column"),
                "the decoder's first input comes from another column",
                "it is the last known value of column 0",
            ),
            (
                build(first="first value"),
                "the decoder's first input is the window's first value",
                "it is the last known value of column 0",
            ),
            (build(residual=True), "the forecast is added to the value before", "the linear layer's output counts"),
            (
                build(early=True),
                "the first forecast is made from the encoder's state, before the decoder has done a step",
                "first a step of the decoder, then the forecast",
            ),
        ]
        if steps > 1:
            mistakes += [
                (
                    build(late=True),
                    "each forecast is made from the state *before* the decoder's step",
                    "first a step of the decoder, then the forecast from its new state",
                ),
                (
                    build(carried=False),
                    "every step of the decoder starts from the encoder's state: its own new state is not carried on",
                    "the new state goes into the next step",
                ),
                (
                    build(feedback=False),
                    "the decoder's input is the last known value at every step: its own forecasts are not fed back",
                    "after each step, the forecast becomes the next input",
                ),
                (
                    build(feedback=False, first="zeros"),
                    "the decoder's input is zero at every step",
                    "begin with the last known value, then feed each forecast back",
                ),
            ]
        expect_same_behavior(
            model,
            build(),
            x,
            what="the encoder's last state into the decoder, the last known value and then each forecast as its input",
            mistakes=mistakes,
            atol=1e-4,
        )
        expect_same_in_training(model, x)
        expect_batch_independent(model, x)
        expect_gradients(model, x)
        if steps > 1:
            _expect_gradients_through_feedback(model, build(), build(cut=True), x)


def _expect_gradients_through_feedback(model: Subject, right: nn.Module, cut: nn.Module, x: Tensor) -> None:
    """The forecasts that are fed back bring their gradients along."""
    found = parameters(model)
    if [tuple(p.tensor.shape) for p in found] != [tuple(p.shape) for p in right.parameters()]:
        return  # registered in another way: their gradients cannot be paired
    got = [grad for grad in gradients(model, x).values() if grad is not None]
    wanted = []
    for network in (right, cut):
        with torch.no_grad():
            for slot, p in zip(network.parameters(), found, strict=True):
                slot.copy_(p.tensor)
        forecasts = network(x)
        # the sum that `gradients` goes back from
        weights = torch.randn(forecasts.shape, generator=torch.Generator().manual_seed(0))
        wanted.append(torch.autograd.grad((forecasts * weights).sum(), list(network.parameters())))
    agree = [
        len(got) == len(grads) and all(close(a, b, 1e-2, 1e-3) for a, b in zip(got, grads, strict=True))
        for grads in wanted
    ]
    if agree == [False, True]:
        fail(
            f"`{model.label}` gives the right forecasts, but the gradient does not go back through those that are fed "
            "back.",
            expected="gradients through the decoder's inputs as well as through its states",
            actual="the gradients of a network whose fed-back forecasts are constants",
            cause="each forecast is cut from its history before it becomes the next input: a `detach()`, or a tensor "
            "made anew of its numbers",
            next_step="hand the forecast on as it is",
        )


# -- 8.8 to 8.10: backpropagation through time ---------------------------------------------------------------------


def _numbers(subject: Subject, count: int, what: str) -> Tensor:
    """A tensor, array, list or tuple of so many numbers, as float64."""
    expect_type(subject, ("list", "tuple", "tensor", "array"), what)
    if subject.kind in {"list", "tuple"}:
        found = [number_of(part) for part in subject.children]
        strange = next((part for part, number in zip(subject.children, found, strict=True) if number is None), None)
        if strange is not None:
            fail(
                f"`{subject.label}` holds something else than numbers.",
                expected=what,
                actual=f"an entry that is {strange.kind_name}",
                cause="a whole tensor, or None, stands where one number belongs",
                next_step="take the norm of each gradient; None means that no gradient arrived",
            )
        numbers = torch.tensor([float(number) for number in found if number is not None], dtype=torch.float64)
    else:
        numbers = expect_tensor(subject, arrays=True).to(torch.float64)
    if tuple(numbers.shape) != (count,):
        one_off = numbers.ndim == 1 and abs(len(numbers) - count) == 1
        fail(
            f"`{subject.label}` has the wrong length.",
            expected=f"{what}, shape ({count},)",
            actual=f"shape {show_shape(list(numbers.shape))}",
            cause=(
                "one step too many: the zeros before the first step are counted as well"
                if len(numbers) > count
                else "one step too few: the first or the last state is left out"
            )
            if one_off
            else "norms are taken of each sample or unit by itself, or of other tensors than the hidden states",
            next_step="one norm for each hidden state, over its whole batch",
        )
    return numbers


def _states_of(cell: nn.RNNCell, x: Tensor) -> list[Tensor]:
    h = x.new_zeros(x.shape[0], cell.hidden_size)
    states = []
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
        states.append(h)
    return states


def _distance_norms(cell: nn.RNNCell, x: Tensor) -> tuple[Tensor, list[Mistake]]:
    """Norms by distance from the last step, and what known mistakes give instead."""
    x = x.clone().requires_grad_()
    states = _states_of(cell, x)
    grads = torch.autograd.grad(states[-1].sum(), [*states, x], retain_graph=True)
    per_state, from_x = grads[:-1], grads[-1]
    norms = torch.stack([g.norm() for g in per_state]).double()
    everywhere = torch.autograd.grad(torch.stack(states).sum(), states, retain_graph=True)
    squared = torch.autograd.grad(states[-1].square().sum(), states, retain_graph=True)
    mean = torch.autograd.grad(states[-1].mean(), states, retain_graph=True)

    def by_distance(values: Sequence[Tensor]) -> Tensor:
        return torch.stack(list(values)).flip(0).double()

    mistakes = [
        Mistake(norms, "the norms stand in the order of time: the first step first", "entry 0 is the last state"),
        Mistake(
            by_distance([g.norm() for g in everywhere]),
            "the loss is the sum of all hidden states, so each state gets a gradient of its own on top",
            "add up the last hidden state only",
        ),
        Mistake(
            by_distance([g.norm() for g in squared]),
            "the loss is the sum of the squares",
            "add up the entries of the last hidden state",
        ),
        Mistake(
            by_distance([g.norm() for g in mean]), "the loss is the mean of the last hidden state", "add up its entries"
        ),
        Mistake(
            by_distance([g.square().sum() for g in per_state]),
            "the root is missing in the norm",
            "the norm is the root of the sum of squares",
        ),
        Mistake(
            by_distance([g.abs().mean() for g in per_state]),
            "the mean size of the entries is taken",
            "the norm is the root of the sum of squares",
        ),
        Mistake(
            by_distance([g.abs().sum() for g in per_state]),
            "the sizes of the entries are added up",
            "the norm is the root of the sum of squares",
        ),
        Mistake(
            norms.flip(0) / norms[-1],
            "the norms are divided by the one at the last state",
            "return the norms themselves: the plot divides them later",
        ),
        Mistake(
            by_distance([g[0].norm() for g in per_state]),
            "only the first sample counts",
            "one norm over the whole batch",
        ),
        Mistake(
            by_distance([g.norm(dim=1).mean() for g in per_state]),
            "the norms of the samples are averaged",
            "one norm over the whole batch: the root of the sum of all squares",
        ),
        Mistake(
            by_distance([from_x[:, t].norm() for t in range(x.shape[1])]),
            "these are gradients of the inputs, not of the hidden states",
            "ask for the gradient at each hidden state",
        ),
        Mistake(
            by_distance([h.detach().norm() for h in states]),
            "these are the norms of the hidden states themselves",
            "take the norms of their gradients",
        ),
    ]
    return norms.flip(0), mistakes


@exercise(
    "8.8",
    title="How far back does the gradient reach?",
    points=3,
    difficulty=3,
    minutes=20,
    hints=(
        "Unroll the cell and keep every hidden state in a list. They are no leaves: after `backward()` they have no "
        "`.grad` unless you ask for it.",
        "Two ways: `h.retain_grad()` right after each step, or `torch.autograd.grad(loss, states)`.",
        "The list of states runs from the first step to the last; the result from the last state back to the first.",
    ),
)
def hidden_gradients(hidden_gradients: Subject) -> None:
    for scale, time in ((0.6, random_integer(7, 9)), (1.8, random_integer(5, 6)), (1.0, 1)):
        inputs, hidden, batch = random_integer(1, 3), random_integer(5, 7), random_integer(3, 5)
        cell = nn.RNNCell(inputs, hidden)
        layer = _draw_layer(inputs, hidden)
        numbers = [0.5 * layer[0], scale * layer[1], 0.2 * layer[2], 0.2 * layer[3]]
        with torch.no_grad():
            for slot, values in zip(cell.parameters(), numbers, strict=True):
                slot.copy_(values)
        given = make("torch.nn.RNNCell", inputs, hidden, label="cell")
        load_parameters(given, numbers)
        x = random_normal(batch, time, inputs)
        given_x = give(x, "x")
        answer = call(hidden_gradients, given, given_x)
        wanted, mistakes = _distance_norms(cell, x)
        got = _numbers(answer, time, "one norm for each hidden state, the last state first")
        # before the values: a path that ends is a mistake by itself
        if time > 1 and bool((got[1:] == 0).all()) and got[0] != 0:
            fail(
                f"`{answer.label}` says that no gradient goes back at all.",
                expected="a gradient at every hidden state",
                actual="zeros from the second entry on",
                cause="the chain is cut between the steps: a `detach()`, or a state that was made anew",
                next_step="the very tensor that a step returns must go into the next one",
            )
        expect_values(
            got,
            wanted,
            answer.label,
            because="norms of the gradient of the sum of the last hidden state, the last state first",
            rtol=2e-3,
            atol=1e-6,
            mistakes=mistakes if time > 1 else [],
        )
        expect_unchanged(given_x, x, "the tensor `x`")


def _jacobians(states: Tensor, w_hh: Tensor) -> list[Tensor]:
    return [torch.diag(1 - h**2) @ w_hh for h in states]


def _product(factors: Sequence[Tensor]) -> Tensor:
    """The last factor on the left."""
    total = factors[0]
    for factor in factors[1:]:
        total = factor @ total
    return total


@exercise(
    "8.9",
    title="The Jacobian through time",
    points=3,
    difficulty=3,
    minutes=20,
    hints=(
        "One step: the derivative of tanh is written with its own result, 1 - h². Row i of `w_hh` gets the slope of "
        "unit i.",
        "`(1 - h**2).unsqueeze(1) * w_hh` scales the rows; `torch.diag(1 - h**2) @ w_hh` is the same.",
        "Chain rule: the Jacobian of the *last* step stands on the left. Begin with that of the first step, and "
        "multiply each later one from the left.",
    ),
)
def elman_jacobian(elman_jacobian: Subject) -> None:
    for time, dtype in ((random_integer(4, 6), torch.float32), (1, torch.float32), (2, torch.float64)):
        hidden = random_integer(4, 6)
        states = random_normal(time, hidden).tanh().to(dtype)
        w_hh = random_normal(hidden, hidden).to(dtype)
        given = _given([states, w_hh], ("states", "w_hh"))
        answer = call(elman_jacobian, *given)
        steps = _jacobians(states, w_hh)
        wanted = _product(steps)
        eye = torch.eye(hidden, dtype=dtype)
        columns = [w_hh @ torch.diag(1 - h**2) for h in states]
        wrongs: list[Wrong] = [
            (
                [_product([w_hh] * time)],
                "the slope of the tanh is left out: this is a power of `w_hh`",
                "each step multiplies by the slopes 1 - h² as well",
            ),
            (
                [_product(columns)],
                "the slopes scale the columns of `w_hh`; they belong to the units that come out, the rows",
                "in one step the tanh comes after the matrix: diag(slopes) stands on the left",
            ),
            (
                [wanted.T],
                "the result is transposed",
                "entry (i, j): unit i after the last step, unit j before the first",
            ),
            (
                [_product([torch.diag(1 - h**2) @ w_hh.T for h in states])],
                "`w_hh` is transposed",
                "in h = tanh(W h_old + ...), for a column vector, the matrix is `w_hh` itself",
            ),
            (
                [_product([torch.diag(1 - h) @ w_hh for h in states])],
                "the slope is taken as 1 - h",
                "the derivative of tanh is 1 - tanh²",
            ),
            (
                [_product([torch.diag(h * (1 - h)) @ w_hh for h in states])],
                "this is the slope of a sigmoid",
                "the derivative of tanh is 1 - tanh²",
            ),
            (
                [_product([torch.diag(1 - h.tanh() ** 2) @ w_hh for h in states])],
                "the tanh is applied to the states once more: they have been through it already",
                "the slope is 1 - h², with h itself",
            ),
            ([sum(steps[1:], steps[0])], "the Jacobians are added up", "the chain rule multiplies them"),
        ]
        if time > 1:
            wrongs += [
                (
                    [_product(steps[::-1])],
                    "the factors stand in the other order: the first step on the left",
                    "the later step is applied to the result of the earlier one, so it stands on the left",
                ),
                (
                    [torch.diag(1 - states[-1] ** 2) @ torch.linalg.matrix_power(w_hh, time)],
                    "the slopes of the last step only are put in: the other steps have slopes of their own",
                    "each step multiplies by its own slopes 1 - h²",
                ),
                ([steps[-1]], "only the last step's Jacobian is returned", "multiply those of all steps"),
                ([steps[0]], "only the first step's Jacobian is returned", "multiply those of all steps"),
                (
                    [_product(steps[1:])],
                    "the first step is left out",
                    "from h_0 to h_T there are as many steps as states",
                ),
                (
                    [_product(steps[:-1])],
                    "the last step is left out",
                    "from h_0 to h_T there are as many steps as states",
                ),
                ([math.prod(steps[1:], start=steps[0])], "`*` multiplies entry by entry", "`@` is the matrix product"),
                ([torch.stack(steps)], "the Jacobians of the steps are returned one by one", "multiply them"),
            ]
        else:
            wrongs.append(([eye], "the identity is returned: no step is counted", "one state means one step"))
        _expect_tensors(
            [answer],
            [wanted],
            wrongs,
            headline=f"`{answer.label}` is not the Jacobian.",
            expected=f"the product of {time} Jacobian{'s' * (time > 1)}, shape ({hidden}, {hidden})",
            atol=1e-5,
        )
        _expect_all_unchanged(given, [states, w_hh])


def _orthogonal(size: int) -> Tensor:
    return torch.linalg.qr(random_normal(size, size))[0]


def _with_singular_values(values: Tensor) -> Tensor:
    size = len(values)
    return _orthogonal(size) @ torch.diag(values) @ _orthogonal(size)


@exercise(
    "8.10",
    title="Will it vanish for sure?",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "By how much can a matrix stretch a vector at most? That number has a name, and `torch.linalg` computes it.",
        "Eigenvalues tell what happens to a few special directions. The largest *singular value* bounds every "
        "direction, and every product.",
        "Slopes of tanh are at most 1: they only help the vanishing.",
    ),
)
def surely_vanishing_rnn(surely_vanishing_rnn: Subject) -> None:
    size = random_integer(5, 7)
    spread = torch.linspace(0.2, 1.0, size)
    triangle = 0.5 * torch.eye(size) + torch.triu(2 + random_normal(size, size).abs(), 1)
    turn = _orthogonal(size)
    nearly = torch.zeros(size, size)
    nearly[0, 1] = 3.0
    cases: list[tuple[Tensor, str]] = [
        (_with_singular_values(0.9 * spread), "a matrix that shrinks every direction"),
        (0.9 * turn, "a rotation, times 0.9"),
        (0.3 * turn, "a rotation, times 0.3"),
        (-0.8 * torch.eye(size), "the identity, times -0.8"),
        (1.2 * turn, "a rotation, times 1.2"),
        (-1.5 * torch.eye(size), "the identity, times -1.5"),
        (
            turn @ triangle @ turn.T,
            "a matrix whose eigenvalues are all 0.5, but which stretches some directions more than threefold",
        ),
        (nearly, "a matrix whose eigenvalues are all 0, but which stretches one direction threefold"),
        (
            _with_singular_values(torch.cat([torch.full((size - 1,), 0.1), torch.tensor([2.0])])),
            "a matrix that stretches one direction twofold and shrinks all others",
        ),
        (
            _with_singular_values(torch.cat([torch.full((size - 1,), 3.0), torch.tensor([0.5])])),
            "a matrix that shrinks one direction and stretches all others",
        ),
        (
            _with_singular_values(torch.cat([torch.tensor([0.7]), torch.zeros(size - 1)])),
            "a matrix that shrinks one direction and forgets all others",
        ),
        (torch.full((size, size), 0.4), "a matrix of equal entries that stretches one direction twofold"),
    ]
    answers = []
    for matrix, _ in cases:
        given = give(matrix, "w_hh")
        answer = call(surely_vanishing_rnn, given)
        value = answer.value
        if answer.kind in {"tensor", "array"} and answer.tensor is not None and answer.tensor.numel() == 1:
            value = answer.tensor.reshape(()).item()
        if not isinstance(value, bool):
            expect_type(answer, "bool", "True or False")
            fail(
                f"`{answer.label}` should be True or False.",
                expected="one truth value",
                actual=answer.kind_name,
                cause="a number or several values came",
                next_step="compare with 1 and return what the comparison gives",
            )
        answers.append(value)
        expect_unchanged(given, matrix, "the matrix `w_hh`")
    wanted = [_stretch(matrix) < 1 for matrix, _ in cases]
    if answers == wanted:
        return
    cause, next_step = "", ""
    for rule, known_cause, known_step in _WRONG_RULES:
        if answers == [rule(matrix) for matrix, _ in cases]:
            cause, next_step = known_cause, known_step
            break
    place = next(i for i, (a, b) in enumerate(zip(answers, wanted, strict=True)) if a is not b)
    fail(
        f"`surely_vanishing_rnn(w_hh)` is {answers[place]} for {cases[place][1]}.",
        expected=f"{wanted[place]}",
        actual=f"{answers[place]}",
        cause=cause or "another number of the matrix is compared with 1 than the largest factor by which it stretches",
        next_step=next_step or "which number of a matrix says by how much it stretches a vector at most?",
    )


def _stretch(matrix: Tensor) -> float:
    return float(torch.linalg.matrix_norm(matrix.double(), 2))


def _eigenvalue(matrix: Tensor) -> float:
    # of float64: those of a matrix that is far from normal are sensitive to rounding
    return float(torch.linalg.eigvals(matrix.double()).abs().max())


def _sums_below(matrix: Tensor, axes: Sequence[int]) -> bool:
    """Whether the sizes in each row (axis 1) or in each column (axis 0) add up to less than 1."""
    return any(float(matrix.abs().sum(axis).max()) < 1 for axis in axes)


#: rules that are often taken for the right one, why they are not, and what to do
_WRONG_RULES: tuple[tuple[Callable[[Tensor], bool], str, str], ...] = (
    (
        lambda m: _eigenvalue(m) < 1,
        "the eigenvalues were compared with 1: they do not bound what a product of Jacobians does",
        "",
    ),
    (lambda m: _stretch(m) > 1, "the answer is turned around", "True where the largest stretch is below 1"),
    (
        lambda m: float(m.norm()) < 1,
        "the Frobenius norm was compared with 1, the root of the sum of all squares: it grows with the size of the "
        "matrix, also where every direction shrinks",
        "",
    ),
    (lambda m: float(m.abs().max()) < 1, "single entries were compared with 1, and many small ones add up", ""),
    *(
        (
            partial(_sums_below, axes=axes),
            "sums of rows or columns were compared with 1: these bounds are too coarse here",
            "",
        )
        for axes in ((1,), (0,), (0, 1))
    ),
    (
        lambda m: abs(float(torch.linalg.det(m))) < 1,
        "the determinant was compared with 1: one stretched direction hides behind others that shrink",
        "",
    ),
    (
        lambda m: float(torch.linalg.svdvals(m).min()) < 1,
        "the smallest singular value was compared with 1: one direction that shrinks proves nothing for the others",
        "",
    ),
    (
        lambda m: float(torch.linalg.svdvals(m).sum()) < 1,
        "the sum of all singular values was compared with 1: no vector is stretched in all directions at once",
        "",
    ),
    (
        lambda m: 0.25 * _stretch(m) < 1,
        "a slope of 0.25 was put in, which is the sigmoid's: that of tanh reaches 1",
        "leave the slope out of the bound",
    ),
    (
        lambda m: float(torch.linalg.eigvals(m.double()).real.max()) < 1,
        "signed eigenvalues were compared with 1: -1.5 is below 1, and stretches",
        "",
    ),
    (lambda m: False, "the answer is always the same", "compare a number of the matrix with 1"),
    (lambda m: True, "the answer is always the same", "compare a number of the matrix with 1"),
)


# -- 8.11, 8.12: sequences of different lengths --------------------------------------------------------------------


def _lengths(batch: int, time: int) -> Tensor:
    """Lengths from 1 to ``time`` in a random order, both ends among them."""
    first, *rest = [random_integer(2, time - 1) for _ in range(batch - 2)]
    others = torch.tensor([1, time, *rest])[random_normal(batch - 1).argsort()]
    return torch.cat([torch.tensor([first]), others])  # in row 0 neither end: who reads that row's length is told apart


@exercise(
    "8.11",
    title="The last state before the padding",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "A sequence of length 5 has its last state at which index of the time axis?",
        "Two index tensors pick one entry per row: `outputs[rows, steps]` with `rows = torch.arange(batch)`.",
    ),
)
def padded_hidden(padded_hidden: Subject) -> None:
    for batch, time, dtype in ((random_integer(5, 7), random_integer(9, 12), torch.float32), (6, 6, torch.float64)):
        hidden = random_integer(3, 5) if time > 6 else 6
        outputs = random_normal(batch, time, hidden).to(dtype)
        lengths = _lengths(batch, time)
        rows = torch.arange(batch)
        given = _given([outputs, lengths], ("outputs", "lengths"))
        try:
            answer = call(padded_hidden, *given)
        except Raised as error:
            if error.is_stub or not error.is_a("IndexError", "RuntimeError") or "out of bounds" not in error.message:
                raise
            fail(
                "`padded_hidden(outputs, lengths)` reaches behind the last step.",
                expected="the state at each sequence's own last step",
                actual=f"{error.type}: {error.message[:200]}",
                cause="steps are counted from 0: a sequence of length n has its last step at index n - 1",
                next_step="work it out for a sequence as long as the time axis",
                where=_where(error),
            )
        wanted = outputs[rows, lengths - 1]
        mask = torch.arange(time) < lengths[:, None]
        masked = outputs * mask[:, :, None]
        wrongs: list[Wrong] = [
            (
                [outputs[:, -1]],
                "the last step of the *batch* is read, which is padding for every shorter sequence",
                "each row has a last step of its own",
            ),
            (
                [outputs[rows, lengths - 2]],
                "the step before the last one is read",
                "steps are counted from 0: length n means index n - 1",
            ),
            (
                [outputs[rows, lengths % time]],
                "the first step of the padding is read",
                "steps are counted from 0: length n means index n - 1",
            ),
            (
                [outputs[rows, lengths.clamp(max=time - 1)]],
                "the first step of the padding is read",
                "steps are counted from 0: length n means index n - 1",
            ),
            ([outputs[:, 0]], "the first step is read", "read each sequence's last one"),
            (
                [outputs[:, lengths[0] - 1]],
                "the length of the first row is taken for all rows",
                "each row has a length of its own",
            ),
            (
                [outputs[:, lengths - 1]],
                "a slice and an index tensor combine every row with every length",
                "give an index for the rows, too: `torch.arange(batch)`",
            ),
            (
                [masked.sum(1) / lengths[:, None]],
                "the states of all real steps are averaged",
                "take the last real one alone",
            ),
            ([masked.sum(1)], "the states of all real steps are added up", "take the last real one alone"),
            ([masked[:, -1]], "the padding is set to zero, and then read", "each row has a last step of its own"),
            (
                [outputs[rows, -lengths]],
                "the length is counted from the end: index -n is n steps before the end of the batch",
                "count from the front",
            ),
            ([wanted[:, None]], "the axis of the time is still there, with length 1", "remove it: (batch, hidden)"),
            ([outputs.amax(1)], "the largest state is taken", "take the last real one"),
        ]
        if batch == time:
            wrongs.append(
                (
                    [outputs[lengths - 1, rows]],
                    "rows and steps are exchanged in the index",
                    "the axes are (batch, time, hidden)",
                )
            )
        _expect_tensors(
            [answer],
            [wanted],
            wrongs,
            headline=f"`{answer.label}` reads other states.",
            expected=f"for each row the state at its own last step, shape ({batch}, {hidden})",
        )
        _expect_all_unchanged(given, [outputs, lengths])


TIME, TRAIN_ROWS, TEST_ROWS = 12, 1000, 2000


def _draw_padded(count: int) -> tuple[Tensor, Tensor, Tensor]:
    """Sequences (count, 12, 1) padded with zeros, their lengths, and whether each rises at its end."""
    sequences = random_normal(count, TIME, 1)
    lengths = 2 + (random_normal(count).argsort() % (TIME - 1))
    rows = torch.arange(count)
    labels = (sequences[rows, lengths - 1, 0] > sequences[rows, lengths - 2, 0]).float()
    sequences[torch.arange(TIME) >= lengths[:, None]] = 0.0
    return sequences, lengths, labels


def _padded_outputs(model: Subject, sequences: Tensor, lengths: Tensor) -> Tensor:
    """The model's logits in eval mode, wherever it lives."""
    training_mode(model, False)
    found = parameters(model)
    device = found[0].device if found else "cpu"
    answer = call(
        model, handed_over(sequences, device), handed_over(lengths, device), label="model(sequences, lengths)"
    )
    expect_tensor(answer)
    count = len(sequences)
    got = tuple(answer.meta["shape"])
    if got != (count,):
        fail(
            "The outputs of `model` have the wrong shape.",
            expected=f"one logit for each sequence: shape ({count},)",
            actual=f"shape {show_shape(list(got))}",
            cause="the axis of length 1 that the linear layer leaves is still there"
            if got == (count, 1)
            else "the batch is lost, or there are outputs for every step",
            next_step="remove the last axis: `squeeze(-1)`" if got == (count, 1) else "print the shapes in `forward`",
        )
    return answer.tensor.to(torch.float32) if answer.tensor is not None else torch.empty(0)


@exercise(
    "8.12",
    title="Train on sequences of different lengths",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "The model gets two arguments: `forward(self, sequences, lengths)`. Which of its states knows the end of the "
        "real sequence, and nothing of the padding?",
        "`padded_hidden` is made for this. A linear layer with one output, and `squeeze(-1)`, make logits of shape "
        "(batch,).",
        "A `TensorDataset` takes three tensors. `nn.RNN(1, 16, batch_first=True)`, Adam with a learning rate of 0.01, "
        "batches of 50 and ten epochs are enough.",
    ),
)
def train_padded_rnn(train_padded_rnn: Subject) -> None:
    train, test = _draw_padded(TRAIN_ROWS), _draw_padded(TEST_ROWS)
    names = ("sequences", "lengths", "labels")
    given = [
        part if isinstance(part, Subject) else give(part, name)
        for part, name in zip(map(handed_over, train), names, strict=True)
    ]
    model = call(train_padded_rnn, *given, keep=True, label="train_padded_rnn(sequences, lengths, labels)")
    expect_model(model, because="the trained network is what the function returns")
    model.label = "model"
    for subject, name, before in zip(given, names, train, strict=True):
        expect_unchanged(subject, before, f"the tensor `{name}`")
    sequences, lengths, labels = test
    logits = _padded_outputs(model, sequences, lengths)
    # what lies behind the end of a sequence must not matter
    behind = torch.arange(TIME) >= lengths[:, None]
    other = sequences.clone()
    other[behind] = 3 * random_normal(int(behind.sum()), 1)
    disturbed = _padded_outputs(model, other, lengths)
    accuracy = float(((logits > 0) == labels.bool()).double().mean())
    expect_metric(
        accuracy,
        "accuracy",
        because="every right answer of the calibration reaches it",
        diagnose=lambda value: _why_not_padded(logits, disturbed, labels, model, test),
    )
    if not close(disturbed, logits, 1e-2, 1e-3):
        fail(
            "What stands in the padding changes the outputs of `model`.",
            expected="outputs that depend on the real steps of each sequence only",
            actual="other outputs when the padding holds other numbers",
            cause="a state from inside of the padding is read; the network has merely learned to bear with zeros",
            next_step="read the state at index `length - 1`, or pack the sequences",
        )


def _why_not_padded(
    logits: Tensor, disturbed: Tensor, labels: Tensor, model: Subject, test: tuple[Tensor, Tensor, Tensor]
) -> tuple[str, str]:
    """Cause and next step for an accuracy that is too low."""
    if not bool(torch.isfinite(logits).all()):
        return "the outputs are NaN or infinite: the training exploded", "a smaller learning rate, or clipped gradients"

    def good(guesses: Tensor) -> bool:
        return float((guesses == labels.bool()).double().mean()) > 0.85

    if good(logits > 0.5) and bool((logits >= 0).all()) and bool((logits <= 1).all()):
        return (
            "the outputs are probabilities, and the check reads logits: above 0 means label 1",
            "leave the sigmoid to the loss",
        )
    if good(logits < 0):
        return "the labels are turned around", "logits above 0 mean label 1"
    sequences, lengths, _ = test
    few = torch.stack([(lengths == length).nonzero()[0, 0] for length in (3, 5, 7, 9, 11)])
    upward, downward = (_padded_outputs(model, sequences[rows], lengths[rows]) for rows in (few, few.flip(0)))
    if close(upward, downward, 1e-2, 1e-3) and not close(upward, upward.flip(0), 1e-2, 1e-3):
        return (
            "the outputs do not stand in the order of the sequences: rows were sorted by their lengths, and not put "
            "back",
            "let `pack_padded_sequence` sort (`enforce_sorted=False`), or undo your own sorting at the end",
        )
    alone = _padded_outputs(model, sequences[-5:], lengths[-5:])
    if not close(alone, logits[-5:], 1e-2, 1e-3):
        return (
            "the outputs of a sequence depend on the other sequences of the batch: the axes of batch and time are "
            "mixed up",
            "tell the layer that the batch comes first",
        )
    if not close(disturbed, logits, 1e-2, 1e-3):
        return (
            "what stands in the padding changes the outputs: a state from inside of the padding is read, which has "
            "forgotten the end of the sequence",
            "read the state at index `length - 1` of each row, or pack the sequences",
        )
    if float(logits.std()) < 0.05:
        return (
            "the network gives nearly the same output for every sequence: it was not trained, reads a state that does "
            "not know the end of the sequence, or had each output compared with the labels of all sequences, (batch, "
            "1) with (batch,)",
            "print the loss of each epoch: it has to fall below 0.3",
        )
    return (
        "the network reacts to its inputs, but has not learned enough from them: too few steps, labels that do not "
        "belong to their rows, or a state that is not the last real one",
        "print the loss of each epoch: it has to fall below 0.3",
    )


# -- 8.13, 8.14: bug clinic ----------------------------------------------------------------------------------------


@exercise(
    "8.13",
    title="Bug clinic: the direction that has read one step",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "The last axis holds both directions side by side: first `hidden` numbers of the forward one, then `hidden` "
        "of the backward one.",
        "The backward direction starts at the last real step. Where is it when it has read everything?",
        "Split the last axis in two halves, index each at its own step, and join them again.",
    ),
)
def bidirectional_hidden(bidirectional_hidden: Subject) -> None:
    for batch, time, hidden in ((random_integer(5, 7), random_integer(9, 12), random_integer(3, 5)), (3, 4, 1)):
        lengths = _lengths(batch, time)
        mask = torch.arange(time) < lengths[:, None]
        outputs = random_normal(batch, time, 2 * hidden) * mask[:, :, None]
        rows = torch.arange(batch)
        forward, backward = outputs[:, :, :hidden], outputs[:, :, hidden:]
        end = lengths - 1
        given = _given([outputs, lengths], ("outputs", "lengths"))
        answer = call(bidirectional_hidden, *given)
        wanted = torch.cat([forward[rows, end], backward[:, 0]], dim=1)
        even, odd = outputs[:, :, ::2], outputs[:, :, 1::2]
        wrongs: list[Wrong] = [
            (
                [outputs[rows, end]],
                "both directions are read at the last step, where the backward one has read a single step",
                "where has the backward direction read everything?",
            ),
            (
                [outputs[:, -1]],
                "the last step of the *batch* is read: it is padding for shorter sequences, and the backward direction "
                "has read at most one step there",
                "the forward direction ends at each row's own last step; where does the backward one end?",
            ),
            (
                [outputs[:, 0]],
                "both directions are read at step 0, where the forward one has read a single step",
                "the forward direction has read everything at its last step",
            ),
            (
                [torch.cat([forward[:, -1], backward[:, 0]], dim=1)],
                "the forward direction is read at the last step of the batch, which is padding for shorter sequences",
                "its last real step lies at `length - 1`",
            ),
            (
                [torch.cat([backward[:, 0], forward[rows, end]], dim=1)],
                "the two directions are returned in the other order",
                "forward first",
            ),
            (
                [torch.cat([backward[rows, end], forward[:, 0]], dim=1)],
                "the two halves are mixed up: the first half of the last axis is the forward direction",
                "look at the first `hidden` numbers",
            ),
            (
                [torch.cat([forward[:, 0], backward[rows, end]], dim=1)],
                "the two steps are exchanged: each direction is read where it starts",
                "where has each direction read everything?",
            ),
            (
                [torch.cat([forward[rows, end], backward[rows, time - lengths]], dim=1)],
                "the backward direction is looked for behind as many steps as there is padding, as if that stood in "
                "front",
                "the padding is at the end: where has the backward direction read everything?",
            ),
            (
                [torch.cat([forward[rows, end - 1], backward[:, 0]], dim=1)],
                "the forward direction is read one step too early",
                "steps are counted from 0: length n means index n - 1",
            ),
            (
                [torch.cat([even[rows, end], odd[:, 0]], dim=1)],
                "the directions do not alternate in the last axis",
                "first all numbers of the forward direction, then all of the backward one",
            ),
            ([forward[rows, end]], "the backward direction is missing", "join both: (batch, 2 * hidden)"),
            (
                [forward[rows, end] + backward[:, 0]],
                "the two directions are added up",
                "join them: (batch, 2 * hidden)",
            ),
            (
                [torch.stack([forward[rows, end], backward[:, 0]], dim=1)],
                "the directions have an axis of their own",
                "join them along the last axis: (batch, 2 * hidden)",
            ),
            (
                [torch.stack([forward[rows, end], backward[:, 0]])],
                "the directions have an axis of their own",
                "join them along the last axis: (batch, 2 * hidden)",
            ),
            (
                [torch.cat([forward[rows, end], backward[:, 0]])],
                "the directions are joined along the batch",
                "join them along the last axis: (batch, 2 * hidden)",
            ),
        ]
        _expect_tensors(
            [answer],
            [wanted],
            wrongs,
            headline=f"`{answer.label}` does not summarize the whole sequence.",
            expected=f"for each direction the state after all real steps, side by side: shape ({batch}, {2 * hidden})",
        )
        _expect_all_unchanged(given, [outputs, lengths])


LEARNING_RATE = 0.05


class _Forecaster:
    """An RNN with its head and SGD in the student's process, and the same numbers here."""

    def __init__(self, inputs: int, hidden: int) -> None:
        self.numbers = [part.double() for part in _draw_layer(inputs, hidden)]
        self.numbers += [random_normal(1, hidden).double(), random_normal(1).double()]
        self.rnn = make("torch.nn.RNN", inputs, hidden, batch_first=True, dtype=torch.float64, label="rnn")
        self.head = make("torch.nn.Linear", hidden, 1, dtype=torch.float64, label="head")
        load_parameters(self.rnn, self.numbers[:4])
        load_parameters(self.head, self.numbers[4:])
        names = [(self.rnn, f"{name}_l0") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        names += [(self.head, "weight"), (self.head, "bias")]
        handles = [attribute(module, name, keep=True) for module, name in names]
        self.left_over = [random_normal(*part.shape).double() for part in self.numbers]
        for handle, grad in zip(handles, self.left_over, strict=True):
            set_attribute(handle, "grad", grad)
        self.optimizer = make("torch.optim.SGD", handles, lr=LEARNING_RATE, label="optimizer")

    def now(self) -> list[Tensor]:
        return [p.tensor for module in (self.rnn, self.head) for p in parameters(module)]

    @staticmethod
    def gradients(numbers: Sequence[Tensor], x: Tensor, targets: Tensor) -> list[Tensor]:
        leaves = [part.clone().requires_grad_() for part in numbers]
        states = _unroll(x, x.new_zeros(len(x), len(leaves[1])), tuple(leaves[:4]))  # type: ignore[arg-type]
        forecast = states[:, -1] @ leaves[4].T + leaves[5]
        return list(torch.autograd.grad((forecast - targets).square().mean(), leaves))

    @staticmethod
    def forecast(numbers: Sequence[Tensor], x: Tensor) -> Tensor:
        states = _unroll(x, x.new_zeros(len(x), len(numbers[1])), tuple(numbers[:4]))  # type: ignore[arg-type]
        return states[:, -1] @ numbers[4].T + numbers[5]


def _row(tensors: Sequence[Tensor]) -> Tensor:
    return torch.cat([tensor.flatten() for tensor in tensors])


def _clipped(grads: Tensor, max_norm: float, *, epsilon: float = 1e-6) -> Tensor:
    return grads * min(1.0, max_norm / (float(grads.norm()) + epsilon))


@exercise(
    "8.14",
    title="Bug clinic: the clipping that clips nothing",
    points=3,
    difficulty=2,
    minutes=20,
    hints=(
        "In which order do these happen: gradients are cleared, computed, clipped, used?",
        "Between `backward()` and `step()` every `.grad` may be changed. Which parameters take part? Both modules have "
        "some.",
        "`factor = min(1, max_norm / (norm + 1e-6))`, with one norm over all gradients; multiply each `.grad` by it.",
    ),
)
def clipped_rnn_step(clipped_rnn_step: Subject) -> None:
    inputs, hidden = random_integer(1, 2), random_integer(4, 6)
    batch, time = random_integer(5, 7), random_integer(6, 8)
    net = _Forecaster(inputs, hidden)
    before_grads = _row(net.left_over)
    for round_number, case in enumerate(("large", "large", "small", "tiny")):
        numbers = net.now()
        x = random_normal(batch, time, inputs).double()
        error = {"large": 0.2, "small": 1.0, "tiny": 1e-6}[case]
        targets = _Forecaster.forecast(numbers, x).detach() + error * (1 + random_normal(batch, 1).double().abs())
        parts = _Forecaster.gradients(numbers, x, targets)
        grads = _row(parts)
        norm = float(grads.norm())
        max_norm = {"large": 0.3 * norm, "small": 2.5 * norm, "tiny": 0.5 * norm}[case]
        words = {
            "large": f"with gradients that are too large (call {round_number + 1} with this model)",
            "small": "with gradients that are small enough",
            "tiny": "with a norm of about a millionth",
        }[case]
        given = _given([x, targets], ("inputs", "targets"))
        answer = call(
            clipped_rnn_step,
            net.rnn,
            net.head,
            net.optimizer,
            *given,
            max_norm,
            label="clipped_rnn_step(rnn, head, optimizer, inputs, targets, max_norm)",
        )
        moved = (_row(numbers) - _row(net.now())) / LEARNING_RATE
        core = sum(part.numel() for part in parts[:4])
        single = _row([_clipped(part, max_norm) for part in parts])
        added = grads + before_grads
        total = torch.cat([_clipped(grads[:core], max_norm), grads[core:]])
        halves = torch.cat([_clipped(grads[:core], max_norm), _clipped(grads[core:], max_norm)])
        only_head = torch.cat([grads[:core], _clipped(grads[core:], max_norm)])
        mistakes = [
            Mistake(
                grads if case != "small" else None,
                "the step was made with gradients that are not clipped: the clipping comes too early or too late, or "
                "changes copies",
                "clear, backward, clip, step: in this order",
            ),
            Mistake(
                torch.zeros_like(grads),
                "the parameters have not moved: no step, or gradients that were cleared after `backward()`",
                "clear, backward, clip, step: in this order",
            ),
            Mistake(single, "each gradient is clipped by its own norm", "one norm, and one factor, for all of them"),
            Mistake(
                grads.clamp(-max_norm, max_norm),
                "each entry is clamped, which changes the direction of the step",
                "multiply all gradients by one factor",
            ),
            *(
                Mistake(
                    wrong,
                    "`rnn` and `head` are not clipped together: one of them is left out, or each has a norm of its own",
                    "one norm, and one factor, over the gradients of both modules",
                )
                for wrong in (total, only_head, halves)
            ),
            Mistake(
                grads * max_norm / norm if case == "small" else None,
                "small gradients are scaled up to `max_norm`",
                "the factor is never above 1",
            ),
            Mistake(
                _clipped(grads, max_norm, epsilon=0.0) if case == "tiny" else None,
                "the divisor is the norm alone; with a norm this small the 1e-6 that PyTorch adds to it shows",
                "divide by `norm + 1e-6`",
            ),
            Mistake(
                grads * min(1.0, max_norm / (sum(float(part.norm()) for part in parts) + 1e-6)),
                "the norms of the parameters are added up",
                "add the squares of all entries, and take the root at the end",
            ),
            Mistake(_clipped(grads, max_norm**2), "the bound is squared", "compare the norm with `max_norm`"),
            Mistake(-_clipped(grads, max_norm), "the step goes uphill", "let the optimizer make the step"),
        ]
        mistakes += [
            Mistake(
                wrong,
                "gradients from before the call are still there, and the new ones are added to them",
                "clear the gradients before `backward()`, not only after the step",
            )
            for wrong in (_clipped(added, max_norm), _clipped(_clipped(before_grads, 1.0) + grads, max_norm), added)
        ]
        expect_values(
            moved,
            _clipped(grads, max_norm),
            f"the step {words}",
            because="a step of the learning rate times all gradients, which are multiplied by one factor",
            rtol=1e-3,
            atol=1e-4 * min(norm, max_norm) / math.sqrt(len(grads)),
            next_step="clear, backward, clip, step: in this order",
            mistakes=[mistake for mistake in mistakes if mistake.result is not None],
        )
        expect_number(
            answer,
            norm,
            what="the norm of all gradients together before clipping",
            when=words,
            tolerance=1e-3 * min(1.0, norm),
            reveal=False,
            mistakes=[
                Mistake(
                    float(_clipped(grads, max_norm).norm()) if case != "small" else None,
                    "this is the norm after clipping",
                    "take the norm first, then clip",
                ),
                Mistake(norm**2, "the root is missing", "the norm is the root of the sum of squares"),
                Mistake(
                    sum(float(part.norm()) for part in parts),
                    "the norms of the parameters are added up",
                    "add the squares, and take the root at the end",
                ),
                Mistake(
                    float(grads[:core].norm()), "the gradients of `head` are left out", "one norm over both modules"
                ),
                Mistake(
                    float((_Forecaster.forecast(numbers, x) - targets).square().mean()),
                    "the loss is returned",
                    "return the norm that was measured",
                ),
                Mistake(
                    min(1.0, max_norm / (norm + 1e-6)) if case != "small" else None,
                    "the factor is returned",
                    "return the norm that was measured",
                ),
            ],
        )
        before_grads = _clipped(grads, max_norm)
        _expect_all_unchanged(given, [x, targets])


EXERCISES = (
    elman_step,
    unrolled_elman,
    count_rnn_parameters,
    rnn_shapes,
    stacked_elman,
    sequence_to_vector_rnn,
    encoder_decoder,
    hidden_gradients,
    elman_jacobian,
    surely_vanishing_rnn,
    padded_hidden,
    train_padded_rnn,
    bidirectional_hidden,
    clipped_rnn_step,
)
