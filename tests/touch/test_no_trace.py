"""A check leaves no trace: afterwards the student's process and objects are as they were."""

from __future__ import annotations

import contextlib
import random
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from grader import expect, touch
from grader.chapters import ch01
from grader.exercise import Exercise
from grader.touch import LocalSession, Subject
from grader.verdict import CheckStopped


def surroundings() -> dict[str, Any]:
    """Everything global that a check could disturb, as comparable data."""
    state = np.random.get_state()
    return {
        "python rng": random.getstate(),
        "numpy rng": (state[0], state[1].tolist(), *state[2:]),  # type: ignore[index,union-attr]
        "torch rng": torch.random.get_rng_state().tolist(),
        "default dtype": torch.get_default_dtype(),
        "grad mode": torch.is_grad_enabled(),
        "filters": list(warnings.filters),
        "stdout": id(sys.stdout),
        "stderr": id(sys.stderr),
        "argv": list(sys.argv),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
    }


def state_of(model: nn.Module) -> list[Any]:
    """Modes, weights, gradients and buffers of a model, and which objects they are."""
    found: list[Any] = [(id(m), m.training) for m in model.modules()]
    for kind, tensors in (("parameter", model.named_parameters()), ("buffer", model.named_buffers())):
        for name, tensor in tensors:
            grad = tensor.grad
            found.append(
                (
                    kind,
                    name,
                    id(tensor),
                    tensor.data_ptr(),
                    tensor.detach().tolist(),
                    tensor.dtype,
                    tensor.device,
                    tensor.requires_grad,
                    None if grad is None else (id(grad), grad.tolist()),
                )
            )
    return found


def used_model(model: nn.Module, inputs: torch.Tensor) -> nn.Module:
    """A model as a student may leave it: parts in eval mode, a frozen layer, some gradients there and some None."""
    model(inputs).sum().backward()
    layers = [m for m in model.modules() if isinstance(m, nn.Linear)]
    layers[0].eval()
    layers[-1].requires_grad_(False)
    layers[0].bias.grad = None
    return model


@pytest.mark.parametrize("exercise", ch01.EXERCISES, ids=lambda e: e.name)
@pytest.mark.parametrize("grad", [True, False], ids=["grad", "no_grad"])
def test_checks_leave_the_process_as_it_was(exercise: Exercise, answers: dict[str, Any], grad: bool) -> None:
    random.seed(11)
    np.random.seed(11)
    torch.manual_seed(11)
    names, before_names = dict(answers), sorted(answers)
    with torch.set_grad_enabled(grad):
        before = surroundings()
        verdict = exercise.judge_objects(namespace=answers, seed=5)
        after = surroundings()
    assert verdict.passed, verdict.finding
    assert after == before
    assert sorted(answers) == before_names
    assert all(answers[name] is names[name] for name in names)


def test_checks_leave_the_default_dtype(answers: dict[str, Any]) -> None:
    torch.set_default_dtype(torch.float64)
    try:
        ch01.linear_by_hand.judge_objects(namespace=answers, seed=1)
        assert torch.get_default_dtype() == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


def test_switches_that_the_student_code_turns_are_turned_back(answers: dict[str, Any]) -> None:
    def linear_by_hand(x, weight, bias):  # type: ignore[no-untyped-def]
        torch.set_default_dtype(torch.float64)
        torch.set_grad_enabled(False)
        torch.manual_seed(0)
        random.seed(0)
        np.random.seed(0)
        warnings.simplefilter("ignore")
        sys.stdout = None  # type: ignore[assignment]
        return x @ weight.T + bias

    before = surroundings()
    verdict = ch01.linear_by_hand.judge_objects(linear_by_hand, seed=1)
    assert surroundings() == before
    assert verdict.passed, verdict.finding


Use = Callable[[Subject, torch.Tensor], Any]
USES: dict[str, Use] = {
    "call": lambda model, x: touch.call(model, x),
    "train": lambda model, x: touch.training_mode(model, True),
    "eval": lambda model, x: touch.training_mode(model, False),
    "parameters": lambda model, x: touch.parameters(model),
    "load": lambda model, x: touch.load_parameters(model, [p.tensor + 1 for p in touch.parameters(model)]),
    "gradients": lambda model, x: touch.gradients(model, x),
    "freeze": lambda model, x: touch.method(model, "requires_grad_", False),
    "zero_grad": lambda model, x: touch.method(model, "zero_grad"),
    "double": lambda model, x: touch.method(model, "double"),
    "expect_model": lambda model, x: expect.expect_model(model),
    "expect_parameters": lambda model, x: expect.expect_parameters(model, 305),
    "expect_parameters wrong": lambda model, x: expect.expect_parameters(model, 1),
    "expect_gradients": lambda model, x: expect.expect_gradients(model, x),
    "expect_batch_independent": lambda model, x: expect.expect_batch_independent(model, x),
    "expect_same_in_training": lambda model, x: expect.expect_same_in_training(model, x),
    "expect_same_behavior": lambda model, x: expect.expect_same_behavior(
        model, ch01._Reference((9, 16, 8, 1), nn.ReLU(), nn.ReLU(), nn.Sigmoid()), x, what="the network"
    ),
    "expect_same_behavior wrong": lambda model, x: expect.expect_same_behavior(
        model, ch01._Reference((9, 16, 8, 1), nn.Tanh(), nn.ReLU(), nn.Sigmoid()), x, what="the network"
    ),
}


@pytest.mark.parametrize("name", USES)
@pytest.mark.parametrize("kind", ["plain", "with batch norm"])
def test_a_model_instance_is_left_as_it_was(name: str, kind: str, answers: dict[str, Any]) -> None:
    torch.manual_seed(2)
    model = answers["Net"]()
    if kind == "with batch norm":
        model = nn.Sequential(nn.BatchNorm1d(9), nn.Dropout(0.5), model)
    model = used_model(model, torch.randn(6, 9))
    before, around = state_of(model), surroundings()
    session = LocalSession(seed=3)
    with session.active():
        subject = session.adopt("net", model)
        with contextlib.suppress(CheckStopped):
            USES[name](subject, expect.random_normal(8, 9))
    session.close()
    assert state_of(model) == before
    assert surroundings() == around


def test_an_instance_inside_an_object_is_left_as_it_was() -> None:
    class Trainer:
        def __init__(self) -> None:
            self.model = nn.Linear(2, 1)

        def run(self) -> None:
            self.model(torch.ones(3, 2)).sum().backward()
            with torch.no_grad():
                self.model.weight.zero_()
            self.model.eval()

    trainer = Trainer()
    before = state_of(trainer.model)
    session = LocalSession()
    with session.active():
        touch.method(session.adopt("trainer", trainer), "run")
    session.close()
    assert state_of(trainer.model) == before


def test_tensors_and_their_gradients_are_left_as_they_were() -> None:
    leaf = torch.ones(3, requires_grad=True)
    leaf.sum().backward()
    grad, numbers = leaf.grad, leaf.detach().clone()
    session = LocalSession()
    with session.active():
        subject = session.adopt("leaf", leaf)
        touch.method(subject, "detach_", keep=False)
    session.close()
    assert leaf.requires_grad
    assert leaf.grad is grad
    assert torch.equal(leaf.detach(), numbers)


def test_what_a_check_gets_are_copies() -> None:
    weights = torch.ones(3)
    session = LocalSession()
    with session.active():
        seen = expect.expect_tensor(session.adopt("weights", weights))
        seen.zero_()
    session.close()
    assert weights.tolist() == [1.0, 1.0, 1.0]


def test_a_check_cannot_be_changed_through_its_inputs(answers: dict[str, Any]) -> None:
    """An answer that overwrites its arguments in place does not change what the check compares with."""

    def linear_by_hand(x, weight, bias):  # type: ignore[no-untyped-def]
        for tensor in (x, weight, bias):
            tensor.zero_()
        return x @ weight.T + bias

    assert not ch01.linear_by_hand.judge_objects(linear_by_hand, seed=1).passed


def test_temporary_files_are_removed(answers: dict[str, Any]) -> None:
    session = LocalSession(dict(answers), seed=1)
    ch01.water_dataset.judge(session)
    folder = session.host._folder
    assert folder is not None
    assert folder.exists()
    session.close()
    assert not folder.exists()
