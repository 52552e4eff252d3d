"""The expectations: what passes, what does not, and that each message has all of its parts."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from grader import expect
from grader.chapters.ch01 import _Reference
from grader.expect import Mistake
from grader.shapes import match_shape, read_shape, shape_cause, show_shape, show_wanted
from grader.touch import LocalSession, Subject, attribute, call, give, make, parameters, set_attribute
from grader.verdict import Finding, NotPassed


def judged(value: object, check: Callable[[Subject], Any]) -> Finding | None:
    """The finding of a check of one value; None when it passed."""
    session = LocalSession(seed=1)
    try:
        with session.active():
            check(session.adopt("answer", value))
    except NotPassed as stop:
        return stop.finding
    finally:
        session.close()
    return None


def net(*activations: nn.Module) -> nn.Module:
    return _Reference((4, 5, 2), *activations)


def behaves(model: Subject) -> None:
    inputs = expect.random_normal(8, 4)
    expect.expect_same_behavior(model, net(nn.ReLU(), nn.Identity()), inputs, what="Linear 4 to 5, ReLU, Linear 5 to 2")


class Mixing(nn.Linear):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x - x.mean(dim=0))


class Cut(nn.Linear):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x).detach()


class Fixed(nn.Linear):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return super().forward(x.reshape(8, 4))


WRONG: dict[str, tuple[Callable[[], object], Callable[[Subject], Any]]] = {
    "type": (lambda: 3, lambda s: expect.expect_type(s, "str", "a string")),
    "instance": (lambda: 3, lambda s: expect.expect_instance(s, "torch.nn.Module", "an nn.Module")),
    "model list": (lambda: [nn.Linear(1, 1)], lambda s: expect.expect_model(s)),
    "subclass": (lambda: dict, lambda s: expect.expect_subclass(s, "torch.nn.Module", "`nn.Module`")),
    "none": (lambda: None, lambda s: expect.expect_number(s, 3)),
    "parts": (lambda: 3, lambda s: expect.expect_parts(s, ("a", "b"))),
    "parts missing": (lambda: (1,), lambda s: expect.expect_parts(s, ("a", "b"))),
    "length": (lambda: [1, 2], lambda s: expect.expect_length(s, 5)),
    "number": (lambda: 7, lambda s: expect.expect_number(s, 3)),
    "number nan": (lambda: math.nan, lambda s: expect.expect_number(s, 3.0)),
    "number of values": (lambda: [7, 8], lambda s: expect.expect_number(s, 3)),
    "tensor": (lambda: [1.0], lambda s: expect.expect_tensor(s, dtype=torch.float32)),
    "dtype": (lambda: torch.ones(2).double(), lambda s: expect.expect_tensor(s, dtype=torch.float32)),
    "rank": (lambda: torch.ones(2), lambda s: expect.expect_tensor(s, shape="batch 1", sizes={"batch": 2})),
    "shape": (lambda: torch.ones(2, 3), lambda s: expect.expect_tensor(s, shape="batch 9", sizes={"batch": 2})),
    "meta": (lambda: torch.ones(2, device="meta"), lambda s: expect.expect_tensor(s)),
    "values": (
        lambda: torch.ones(2),
        lambda s: expect.expect_values(expect.expect_tensor(s), torch.tensor([1.0, 2.0]), "x"),
    ),
    "parameters": (lambda: nn.Linear(2, 2), lambda s: expect.expect_parameters(s, 7)),
    "no parameters": (nn.ReLU, lambda s: expect.expect_parameters(s, 7)),
    "behavior": (lambda: net(nn.Tanh(), nn.Identity()), behaves),
    "other layers": (lambda: nn.Linear(4, 2), behaves),
    "gradients": (lambda: Cut(4, 2), lambda s: expect.expect_gradients(s, expect.random_normal(8, 4))),
    "no gradients": (nn.ReLU, lambda s: expect.expect_gradients(s, expect.random_normal(8, 4))),
    "batch mixed": (lambda: Mixing(4, 2), lambda s: expect.expect_batch_independent(s, expect.random_normal(8, 4))),
    "batch fixed": (lambda: Fixed(4, 2), lambda s: expect.expect_batch_independent(s, expect.random_normal(8, 4))),
    "dropout": (
        lambda: nn.Sequential(nn.Linear(4, 2), nn.Dropout()),
        lambda s: expect.expect_same_in_training(s, expect.random_normal(8, 4)),
    ),
    "nothing raised": (lambda: 3, lambda s: expect.expect_raises(lambda: None, "ValueError", when="by x")),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_message_has_all_of_its_parts(name: str) -> None:
    make, check = WRONG[name]
    finding = judged(make(), check)
    assert finding is not None
    for part in ("headline", "expected", "actual", "cause", "next_step"):
        assert getattr(finding, part), part


def test_a_known_mistake_names_its_cause() -> None:
    mistake = Mistake(torch.tensor([2.0]), "the CAUSE", "the STEP")
    wanted = torch.tensor([1.0])
    check = lambda s: expect.expect_values(expect.expect_tensor(s), wanted, "x", mistakes=[mistake])  # noqa: E731
    finding = judged(torch.tensor([2.0]), check)
    assert finding is not None
    assert (finding.cause, finding.next_step) == ("the CAUSE", "the STEP")


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        ((3, 1), (3,)),
        ((3,), (3, 1)),
        ((), (1,)),
        ((1,), ()),
        ((1, 3), (3, 3)),
        ((1,), (3,)),
        ((0,), (3,)),
        ((0,), (1,)),
    ],
)
def test_broadcasting_hides_nothing(got: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    a, b = torch.ones(got), torch.ones(wanted)
    assert not expect.close(a, b)
    finding = judged(a, lambda s: expect.expect_values(expect.expect_tensor(s), b, "x"))
    assert finding is not None
    assert "shape" in finding.headline


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_nan_and_infinity_are_never_right(bad: float) -> None:
    good = torch.tensor([1.0, 2.0])
    for wanted in (good, torch.tensor([1.0, math.nan])):
        assert not expect.close(torch.tensor([1.0, bad]), wanted)
    assert judged(bad, lambda s: expect.expect_number(s, 1.0)) is not None
    assert judged(math.nan, lambda s: expect.expect_number(s, math.nan)) is not None


@pytest.mark.parametrize("value", [3, 3.0, np.int64(3), np.float32(3), torch.tensor(3), torch.tensor([3.0])])
def test_every_kind_of_number_is_a_number(value: object) -> None:
    assert judged(value, lambda s: expect.expect_number(s, 3)) is None


def test_true_is_no_number() -> None:
    assert judged(True, lambda s: expect.expect_number(s, 1)) is not None


def test_a_column_is_told_from_a_row() -> None:
    check = lambda s: expect.expect_tensor(s, shape="batch 1", sizes={"batch": 4})  # noqa: E731
    assert judged(torch.ones(4, 1), check) is None
    for wrong in (torch.ones(4), torch.ones(1, 4), torch.ones(4, 1, 1), torch.ones(3, 1)):
        assert judged(wrong, check) is not None


class Transposed(nn.Module):
    """Weights the other way round, in another order, beside a buffer."""

    def __init__(self) -> None:
        super().__init__()
        self.b2, self.w2 = nn.Parameter(torch.randn(2)), nn.Parameter(torch.randn(5, 2))
        self.w1, self.b1 = nn.Parameter(torch.randn(4, 5)), nn.Parameter(torch.randn(5))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (x @ self.w1 + self.b1).relu() @ self.w2 + self.b2


def test_same_behavior_accepts_any_order_and_orientation() -> None:
    assert judged(Transposed(), behaves) is None
    assert judged(nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 2)), behaves) is None


def test_square_layers_in_another_order() -> None:
    class Backwards(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.last, self.first = nn.Linear(4, 4), nn.Linear(4, 4)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.last(self.first(x).relu())

    reference = _Reference((4, 4, 4), nn.ReLU(), nn.Identity())
    check = lambda s: expect.expect_same_behavior(s, reference, expect.random_normal(8, 4), what="x")  # noqa: E731
    assert judged(Backwards(), check) is None


def test_same_behavior_is_not_fooled_by_own_weights() -> None:
    """With weights of 0 every activation looks alike; fresh weights tell them apart."""
    model = net(nn.Tanh(), nn.Identity())
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    assert judged(model, behaves) is not None


@pytest.mark.parametrize(("training", "passes"), [(False, True), (True, False)])
def test_behavior_in_training_mode_is_another_question(training: bool, passes: bool) -> None:
    class Affine(nn.BatchNorm1d):
        """Batch normalization that always uses its running statistics."""

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x / (1 + self.eps) ** 0.5 * self.weight + self.bias

    def check(model: Subject) -> None:
        reference = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3))
        inputs = expect.random_normal(8, 4)
        expect.expect_same_behavior(model, reference, inputs, what="Linear, BatchNorm", training=training)

    assert judged(nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3)), check) is None
    assert (judged(nn.Sequential(nn.Linear(4, 3), Affine(3)), check) is None) is passes


def test_dead_units_are_no_missing_gradients() -> None:
    model = nn.Sequential(nn.Linear(4, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        model[0].bias.fill_(-100.0)
    assert judged(model, lambda s: expect.expect_gradients(s, expect.random_normal(8, 4))) is None


def test_frozen_parameters_are_missing_gradients() -> None:
    model = nn.Sequential(nn.Linear(4, 2), nn.Linear(2, 1))
    model[0].requires_grad_(False)
    finding = judged(model, lambda s: expect.expect_gradients(s, expect.random_normal(8, 4)))
    assert finding is not None
    assert "0.weight" in finding.actual


def test_metric_floor() -> None:
    session = LocalSession()
    with session.active():
        expect.expect_metric(0.9, "accuracy", floor=0.8)
        expect.expect_metric(0.8, "error", floor=0.8, better="lower")
        for value in (0.7, math.nan):
            with pytest.raises(NotPassed) as stopped:
                expect.expect_metric(value, "accuracy", floor=0.8, diagnose=lambda v: ("a cause", "a step"))
            assert (stopped.value.finding.cause, stopped.value.finding.next_step) == ("a cause", "a step")
        for value in (0.9, math.nan):
            with pytest.raises(NotPassed) as stopped:
                expect.expect_metric(value, "error", floor=0.8, better="lower")
            assert stopped.value.finding.cause
        session.exercise = "ch99.nothing"
        with pytest.raises(LookupError, match="grader calibrate"):
            expect.expect_metric(1.0, "accuracy")


def test_parameter_breakdown() -> None:
    finding = judged(nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1)), lambda s: expect.expect_parameters(s, 1))
    assert finding is not None
    assert finding.actual == "13 = 0 (Linear) 9 + 1 (Linear) 4"


# -- shapes --------------------------------------------------------------------------------------------------------


def test_read_shape() -> None:
    assert read_shape("") == []
    assert read_shape("batch 1 height") == ["batch", 1, "height"]
    for bad in ("-1", "a,b", "(a)", "1.5"):
        with pytest.raises(ValueError):
            read_shape(bad)


@pytest.mark.parametrize(
    ("text", "shape", "result"),
    [
        ("", (), {}),
        ("", (1,), None),
        ("1", (), None),
        ("batch 9", (4, 9), {"batch": 4}),
        ("batch 9", (9,), None),
        ("n n", (3, 3), {"n": 3}),
        ("n n", (3, 4), None),
        ("batch 1", (4,), None),
    ],
)
def test_match_shape(text: str, shape: tuple[int, ...], result: dict[str, int] | None) -> None:
    assert match_shape(text, shape) == result


def test_shown_shapes() -> None:
    assert show_shape((4,)) == "(4,)"
    assert show_shape(()) == "() (a single number)"
    assert show_wanted("batch 9", {"batch": 4}) == "(batch, 9), here (4, 9)"
    assert show_wanted("batch") == "(batch,)"


@pytest.mark.parametrize(
    ("wanted", "got", "word"),
    [
        ((4,), (4, 1), "too many"),
        ((4, 1), (4,), "missing"),
        ((4, 1), (1, 4), "wrong place"),
        ((4, 3), (3, 4), "another order"),
        ((4, 3), (4, 5), "length 5"),
        ((4, 3), (12,), "arranged"),
        ((4, 3), (2, 5, 7), "3 axes"),
        ((None, 9), (4, 8), "length 8"),
    ],
)
def test_shape_cause(wanted: tuple[int | None, ...], got: tuple[int, ...], word: str) -> None:
    cause, step = shape_cause(wanted, got)
    assert word in cause
    assert step


def test_an_argument_can_be_read_again_after_the_call() -> None:
    numbers = torch.ones(3)

    def check(function: Subject) -> None:
        given = give([numbers, (numbers, 2)], "values")
        call(function, given)
        expect.expect_unchanged(given, [numbers, (numbers, 2)], "the list `values`")

    assert judged(lambda values: values[0] + 1, check) is None
    for change in (lambda values: values.pop(), lambda values: values[0].add_(1), lambda values: values[1][0].zero_()):
        finding = judged(change, check)
        assert finding is not None
        assert finding.headline == "The list `values` that was passed in is changed by the call."
        assert finding.actual
        assert finding.cause
        assert finding.next_step
    assert torch.equal(numbers, torch.ones(3))


def test_an_attribute_of_a_made_object_can_be_set() -> None:
    session = LocalSession()
    with session.active():
        one, other = make("torch.nn.Linear", 3, 3), make("torch.nn.Linear", 3, 3)
        set_attribute(other, "weight", attribute(one, "weight", keep=True))
        assert len(parameters(make("torch.nn.Sequential", one, other))) == 3
    session.close()
