"""Chapter 3: gradients that survive a deep network.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import nn

from grader.calibration.samples import draw_water, handed_over
from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_gradients,
    expect_instance,
    expect_metric,
    expect_model,
    expect_number,
    expect_parameters,
    expect_parts,
    expect_raises,
    expect_same_behavior,
    expect_subclass,
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
    construct,
    give,
    gradients,
    iterate,
    load_parameters,
    make,
    method,
    parameters,
    read,
    set_attribute,
    training_mode,
)

#: one module of a network: its class in ``torch.nn`` and the arguments, or a list of modules as a network of its own
Spec = Any


def _twins(spec: Sequence[Spec], label: str = "model") -> tuple[nn.Sequential, Subject]:
    """The same network twice, with the same random weights: one here, one beside the student's code."""
    here, there = _pair(list(spec), label)
    assert isinstance(here, nn.Sequential)
    with torch.no_grad():
        for p in here.parameters():
            p.copy_(random_normal(*p.shape) / math.sqrt(p.shape[-1] if p.ndim > 1 else 4))
    load_parameters(there, [p.detach() for p in here.parameters()])
    return here, there


def _pair(spec: Spec, label: str = "") -> tuple[nn.Module, Subject]:
    if isinstance(spec, list):
        pairs = [_pair(part) for part in spec]
        here: nn.Module = nn.Sequential(*(pair[0] for pair in pairs))
        return here, make("torch.nn.Sequential", *(pair[1] for pair in pairs), label=label or "Sequential(...)")
    name, *sizes = spec
    # the first weights here must not use up the student's random numbers, which may be those of this process
    with torch.random.fork_rng(devices=[]):
        here = getattr(nn, name)(*sizes)
    return here, make(f"torch.nn.{name}", *sizes, label=label)


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


def _expect_numbers(subject: Subject, count: int, what: str, counts: Sequence[Mistake] = ()) -> list[float]:
    """A list (or tuple, tensor, array) of so many numbers.

    Args:
        subject: what came.
        count: how many numbers there must be.
        what: what each stands for, e.g. "one norm for each `nn.Linear`".
        counts: known wrong counts and their causes.
    """
    expect_type(subject, ("list", "tuple", "tensor", "array"), f"a list with {what}")
    if subject.kind in {"list", "tuple"}:
        found = [number_of(part) for part in subject.children]
        strange = next((part for part, number in zip(subject.children, found, strict=True) if number is None), None)
        if strange is not None:
            fail(
                f"`{subject.label}` holds something else than numbers.",
                expected=f"a list with {what}",
                actual=f"an entry that is {strange.kind_name}",
                cause="a whole tensor, a name or a module stands in the list where one number belongs",
                next_step="put one number for each layer into the list",
            )
        numbers = [float(number) for number in found if number is not None]
    else:
        shape = subject.meta["shape"]
        if len(shape) != 1 or subject.tensor is None:
            fail(
                f"`{subject.label}` should be a list of numbers.",
                expected=f"a list with {what}",
                actual=f"{subject.kind_name} of shape {show_shape(shape)}",
                cause="the numbers of all layers are put into one, or each layer gives more than one number",
                next_step="collect one number for each layer in a list",
            )
        numbers = [float(number) for number in subject.tensor.tolist()]
    if len(numbers) != count:
        known = next((mistake for mistake in counts if mistake.result == len(numbers)), None)
        fail(
            f"`{subject.label}` has the wrong length.",
            expected=f"{count}: {what}",
            actual=f"{len(numbers)} {'number' if len(numbers) == 1 else 'numbers'}",
            cause=known.cause if known else "something else is counted than these layers, or one is left out",
            next_step=known.next_step if known else "print which modules your loop visits",
        )
    return numbers


def _expect_same_weights(model: Subject, before: Sequence[torch.Tensor], cause: str = "") -> None:
    after = [p.tensor for p in parameters(model)]
    if not all(torch.equal(a, b) for a, b in zip(after, before, strict=True)):
        fail(
            "The weights of the model are changed by the call.",
            expected="the model as it was: it is looked at, not trained",
            actual="other weights after the call",
            cause=cause or "an optimizer step, or an operation in place on a parameter",
            next_step="compute without changing the parameters",
        )


# -- 3.1: gradients of every layer ---------------------------------------------------------------------------------


def _linears(network: nn.Module) -> list[nn.Linear]:
    return [module for module in network.modules() if isinstance(module, nn.Linear)]


@exercise(
    "3.1",
    title="One gradient norm per layer",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Three steps: throw away old gradients, compute the loss and go backward, look at each layer's weight.",
        "`model.modules()` visits every module, also those inside of others; `isinstance` tells which are linear.",
        "The norm is the root of the sum of the squares of all entries of `layer.weight.grad`.",
    ),
)
def layer_gradient_norms(layer_gradient_norms: Subject) -> None:
    a, b = random_integer(5, 7), random_integer(8, 10)
    deep = [("Linear", a, b), ("Sigmoid",), ("Linear", b, a), ("Sigmoid",), ("Linear", a, a), ("Sigmoid",)]
    cases: list[tuple[str, list[Spec], str, int]] = [
        ("a deep net with sigmoids", [*deep, ("Linear", a, 1)], "BCEWithLogitsLoss", 0),
        ("a net with batch normalization", [("Linear", 4, b), ("BatchNorm1d", b), ("Tanh",), ("Linear", b, 3)], "", 0),
        (
            "a net inside of a net",
            [[("Linear", a, b), ("Tanh",), ("Linear", b, 3)], ("Tanh",), ("Linear", 3, 2)],
            "",
            0,
        ),
        ("a model that still holds the gradients of an earlier batch", [*deep[:3], ("Linear", a, 2)], "", 1),
    ]
    for words, spec, loss_name, stale in cases:
        here, there = _twins(spec)
        layers = _linears(here)
        x = random_normal(12, layers[0].in_features)
        y = random_normal(12, layers[-1].out_features)
        if loss_name:
            y = (y > 0).float()
        loss_name = loss_name or "MSELoss"
        loss = getattr(nn, loss_name)()(here(x), y)
        loss.backward()
        old = []
        for number, layer in enumerate(layers):
            assert layer.weight.grad is not None
            old.append(3 * layer.weight.grad.std() * random_normal(*layer.weight.shape) * stale)
            if stale:
                place = next(i for i, module in enumerate(here) if module is layer)
                weight = attribute(attribute(there, str(place), keep=True), "weight", keep=True)
                set_attribute(weight, "grad", old[number])
        label = f"layer_gradient_norms(model, x, y, loss_fn) with {words}"
        try:
            seen = call(layer_gradient_norms, there, x, y, make(f"torch.nn.{loss_name}"), label=label)
        except Raised as error:
            if "NoneType" not in error.message:
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="no error",
                actual=f"{error.type}: {error.message[:200]}",
                cause="`.grad` is None: gradients come into being when something goes backward, and not before",
                next_step="compute the loss, call `backward()` on it, and look at `.grad` after that",
                where=_where(error),
            )
        everything = len(list(here.parameters()))
        modules = len(list(here.modules()))
        got = _expect_numbers(
            seen,
            len(layers),
            "one number for each `nn.Linear`, in order",
            (
                Mistake(
                    everything, "the biases are in the list too, or other parameters", "only `layer.weight` counts"
                ),
                Mistake(
                    len([m for m in here if isinstance(m, nn.Linear)]),
                    "a linear layer inside of another module is not found: a loop over `children()` or over the "
                    "`Sequential` itself looks one level deep",
                    "`modules()` visits every level",
                ),
                Mistake(
                    sum(p.ndim > 0 for n, p in here.named_parameters() if n.endswith("weight")),
                    "weights of other layers are in the list too: batch normalization also has a `weight`",
                    "look at the type of the module, not at the name of the parameter",
                ),
                Mistake(modules, "every module is in the list", "only `nn.Linear` counts"),
            ),
        )
        grads = [layer.weight.grad for layer in layers if layer.weight.grad is not None]
        both = [torch.cat([g.flatten(), layer.bias.grad]) for g, layer in zip(grads, layers, strict=True)]  # type: ignore[list-item]

        def as_row(values: Sequence[torch.Tensor]) -> torch.Tensor:
            return torch.stack([value.detach().to(torch.float64) for value in values])

        mistakes = [
            Mistake(
                as_row([(g + o).norm() for g, o in zip(grads, old, strict=True)]),
                "an older gradient is counted too: `backward()` adds to what is in `.grad`",
                "throw the old gradients away before going backward",
            ),
            Mistake(
                as_row([o.norm() for o in old]),
                "these are the gradients of an earlier batch: there was no `backward()` for this one",
                "compute the loss of this batch and go backward first",
            ),
            Mistake(as_row([g.norm() for g in grads])[[*range(len(grads))][::-1]], "the last layer comes first", ""),
            Mistake(as_row([g.square().sum() for g in grads]), "the root is missing", "the norm is a root of a sum"),
            Mistake(
                as_row([g.abs().sum() for g in grads]), "this is the sum of the absolute values", "square, add, root"
            ),
            Mistake(as_row([g.abs().mean() for g in grads]), "this is the mean of the absolute values", ""),
            Mistake(
                as_row([g.square().mean().sqrt() for g in grads]), "this is a mean instead of a sum of squares", ""
            ),
            Mistake(as_row([g.std() for g in grads]), "this is the standard deviation", "the norm takes a sum"),
            Mistake(as_row([g.abs().max() for g in grads]), "this is the largest entry", "all entries count"),
            Mistake(as_row([g.sum() for g in grads]), "this is the sum of the entries", "square, add, root"),
            Mistake(as_row([g.mean() for g in grads]), "this is the mean of the entries", "square, add, root"),
            Mistake(as_row([g.norm() for g in both]), "the bias is counted too", "only the weight"),
            Mistake(
                as_row([layer.bias.grad.norm() for layer in layers if layer.bias.grad is not None]),
                "these are the norms of the biases' gradients",
                "take the weight of each layer",
            ),
            Mistake(
                as_row([layer.weight.norm() for layer in layers]),
                "this is the norm of the weights themselves",
                "the gradient is in `.grad`",
            ),
            Mistake(
                as_row(
                    [
                        12 * layer.out_features ** (loss_name == "MSELoss") * g.norm()
                        for layer, g in zip(layers, grads, strict=True)
                    ]
                ),
                "the loss is summed over the batch",
                "use `loss_fn` as it is",
            ),
        ]
        wanted = as_row([g.norm() for g in grads])
        expect_values(
            torch.tensor(got, dtype=torch.float64),
            wanted,
            label,
            rtol=2e-3,
            atol=1e-9,
            because="the norm of the loss's gradient with respect to each weight, for this batch alone",
            next_step="work with a net of two layers, and compare with `layer.weight.grad` by hand",
            mistakes=mistakes,
        )
        _expect_same_weights(there, [p.detach() for p in here.parameters()])


# -- 3.2: activations ----------------------------------------------------------------------------------------------

ACTIVATIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": partial(nn.functional.leaky_relu, negative_slope=0.01),
    "elu": nn.functional.elu,
}


def _slope(name: str, z: torch.Tensor) -> torch.Tensor:
    """The derivative, by PyTorch."""
    inputs = z.clone().requires_grad_()
    with torch.enable_grad():
        (slope,) = torch.autograd.grad(ACTIVATIONS[name](inputs).sum(), inputs)
    return slope


def _slope_mistakes(name: str, z: torch.Tensor) -> list[Mistake]:
    value, right = ACTIVATIONS[name](z), _slope(name, z)
    found = [Mistake(value, f"this is {name} itself, not its derivative", "how fast does it change at `z`?")]
    found += [
        Mistake(_slope(other, z), f"this is the derivative of {other}: the names are mixed up", "check the branches")
        for other in ACTIVATIONS
        if other != name
    ]
    if name == "sigmoid":
        found += [
            Mistake(z * (1 - z), "the formula is applied to `z` instead of to the sigmoid of `z`", "compute s first"),
            Mistake(1 - value, "only one of the two factors is there", "the derivative is a product"),
            Mistake(1 - value**2, "this is the formula of tanh, applied to the sigmoid", "look the formula up again"),
            Mistake(
                _slope(name, value),
                "the sigmoid is applied twice: once to `z`, and once more inside the formula",
                "apply it once",
            ),
        ]
    if name == "tanh":
        found += [
            Mistake(
                1 - value, "the square is missing", "compare the formula at a large z: it must go to 0 on both sides"
            ),
            Mistake(1 - z**2, "the formula is applied to `z` instead of to the tanh of `z`", "compute the tanh first"),
            Mistake(value * (1 - value), "this is the formula of the sigmoid, applied to tanh", "look it up again"),
        ]
    if name == "leaky_relu":
        found += [
            Mistake(torch.where(z > 0, torch.ones(()), torch.tensor(slope)), f"the slope is {slope:g}", "it is 0.01")
            for slope in (0.1, 0.2, 0.3, 0.001, -0.01)
        ]
        found.append(Mistake(torch.where(z > 0, 1.0, 0.01 * z), "below 0 this is the value, not the slope", ""))
    if name == "relu":
        found.append(Mistake(torch.sign(z), "below 0 the slope is -1, as if it fell", "the function is flat there"))
    if name == "elu":
        found += [
            Mistake(torch.where(z > 0, 1.0, value), "below 0 this is the value, not the slope", "take the derivative"),
            Mistake(torch.exp(z), "the exponential is used above 0 too", "above 0 the function is z itself"),
            Mistake(torch.where(z > 0, 1.0, 0.01), "below 0 the slope is constant", "it fades like an exponential"),
            Mistake(torch.where(z > 0, z, torch.exp(z)), "above 0 this is the value, not the slope", ""),
        ]
    return [mistake for mistake in found if not close(mistake.result, right)]


@exercise(
    "3.2",
    title="Five derivatives by hand",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "The plots of section 2 show all five. Two formulas are written with the function's own value.",
        "`torch.where(condition, a, b)` chooses entry by entry.",
        "For huge numbers: is there a place where infinity is multiplied by 0? `torch.where` avoids the product.",
    ),
)
def activation_slope(activation_slope: Subject) -> None:
    for name in ACTIVATIONS:
        label = f'activation_slope("{name}", z)'
        for shape in ((4, 6), (5,)):
            z = 1.5 * random_normal(*shape)
            z.flatten()[:2] = torch.tensor([0.7, -0.6])  # both sides of 0, whatever was drawn
            given = give(z, "z")
            seen = call(activation_slope, name, given, label=label)
            got = expect_tensor(seen, dtype=torch.float32)
            expect_values(
                got,
                _slope(name, z),
                label,
                because=f"the derivative of {name} at every entry of `z`",
                next_step="draw the function, and read its slope at -2, at 2 and at 0.1 off the picture",
                mistakes=_slope_mistakes(name, z),
            )
            expect_unchanged(given, z, "the tensor `z`")
        at = torch.tensor([0.0, -0.0])
        got = expect_tensor(call(activation_slope, name, at, label=f'activation_slope("{name}", 0)'))
        expect_values(
            got,
            _slope(name, at),
            f'activation_slope("{name}", 0)',
            because="at 0 too, what `backward()` gives",
            next_step="at the kink PyTorch takes the slope of the left side",
            mistakes=[
                Mistake(torch.ones(2), "at the kink this is the slope of the right side", ""),
                Mistake(torch.full((2,), 0.5), "at the kink this is the mean of both sides", ""),
            ]
            if "relu" in name
            else [],
        )
        far = torch.tensor([-120.0, -30.0, 30.0, 120.0])
        label = f'activation_slope("{name}", z) with entries from -120 to 120'
        got = expect_tensor(call(activation_slope, name, far, label=label))
        if not bool(torch.isfinite(got).all()):
            fail(
                f"`{label}` holds NaN or infinity.",
                expected="finite slopes for large entries too",
                actual=", ".join(f"{value:g}" for value in got.flatten().tolist()),
                cause="`exp` of a large number overflows to infinity in float32; infinity times 0, or divided by "
                "infinity, is not a number",
                next_step="use PyTorch's own functions, choose with `torch.where`, and keep large numbers out of `exp`",
            )
        expect_values(got, _slope(name, far), label, because="the derivative far from 0", atol=1e-5)


# -- 3.3: dead units -----------------------------------------------------------------------------------------------


@exercise(
    "3.3",
    title="Count the dead units",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Run the net module by module. What does a dead unit's column look like after its ReLU?",
        "`.any(dim=0)` and `.all(dim=0)` look down each column of a table of booleans.",
    ),
)
def count_dead_units(count_dead_units: Subject) -> None:
    rows = random_integer(150, 180)  # so that a unit that one row wakes is awake for less than a hundredth
    for spec, label in (
        (
            [("Linear", 5, 14), ("ReLU",), ("Linear", 14, 11), ("ReLU",), ("Linear", 11, 1)],
            "count_dead_units(net, x) with two ReLUs",
        ),
        (
            [("Linear", 5, 9), ("Tanh",), ("Linear", 9, 12), ("ReLU",)],
            "count_dead_units(net, x) with one ReLU at the end",
        ),
    ):
        here, there = _twins(spec, label="net")
        x = random_normal(rows, 5)
        wanted, zeros, partly, means, negative, inputs = [], [], [], [], [], x
        with torch.no_grad():
            for index, module in enumerate(here):
                relu_next = index + 1 < len(here) and isinstance(here[index + 1], nn.ReLU)
                if isinstance(module, nn.Linear) and relu_next:
                    sums = inputs @ module.weight.T
                    top = sums.sort(dim=0, descending=True).values
                    dead, rare = random_integer(2, 3), 3
                    module.bias[:dead] = -top[0, :dead] - 0.5 - random_normal(dead).abs()
                    # alive for a single row: only a unit that no row wakes is dead
                    module.bias[dead : dead + rare] = -(top[0] + top[1])[dead : dead + rare] / 2
                    module.bias[dead + rare :] = -sums.quantile(0.3, dim=0)[dead + rare :]
                    module.weight[0], module.bias[0] = 0, 0  # a sum of exactly 0 gives 0 as well
                before, inputs = inputs, module(inputs)
                if isinstance(module, nn.ReLU):
                    silent = inputs == 0
                    negative.append(int((before < 0).all(dim=0).sum()))
                    wanted.append(int(silent.all(dim=0).sum()))
                    zeros.append(int(silent.sum()))
                    partly.append(int(silent.any(dim=0).sum()))
                    means.append(int((silent.float().mean(dim=0) > 0.5).sum()))
        load_parameters(there, [p.detach() for p in here.parameters()])
        given = give(x, "x")
        seen = call(count_dead_units, there, given, label=label)
        pairs = itertools.pairwise(here)
        widths = [m.out_features for m, after in pairs if isinstance(after, nn.ReLU) and isinstance(m, nn.Linear)]
        got = _expect_numbers(
            seen,
            len(wanted),
            "one count for each `nn.ReLU`, in order",
            (
                Mistake(
                    len(_linears(here)), "the linear layers are counted, and one has no ReLU", "look for `nn.ReLU`"
                ),
                Mistake(len(here), "every module is in the list", "only the ReLUs count"),
                Mistake(sum(widths), "there is one entry for each unit", "add them up for each ReLU"),
            ),
        )
        if got != [float(count) for count in wanted]:
            actual = ", ".join(f"{number:g}" for number in got)
            cause, step = "another thing is counted than units that are 0 for every row", ""
            for wrong, why, then in (
                (zeros, "all zeros are counted, so that each row of a unit counts for itself", "a unit is a column"),
                (
                    partly,
                    "a unit counts as dead as soon as one row leaves it at 0; but such a unit still learns from the "
                    "other rows",
                    "dead means: 0 for every row",
                ),
                (
                    means,
                    "units that are 0 for most rows are counted, also where a few rows wake them",
                    "dead means: 0 for every row",
                ),
                (
                    negative,
                    "only units whose sums are below 0 are counted, and a sum of exactly 0 gives 0, too",
                    "look at what comes out of the ReLU",
                ),
                (
                    [w - c for w, c in zip(widths, wanted, strict=True)],
                    "the living units are counted",
                    "turn it around",
                ),
                ([c / w for w, c in zip(widths, wanted, strict=True)], "this is the share of dead units", "count them"),
                ([c / rows for c in zeros], "the zeros are averaged over the rows", "a unit is dead or not"),
            ):
                if all(abs(a - b) < 1e-4 for a, b in zip(got, wrong, strict=True)):
                    cause, step = why, then
                    break
            fail(
                f"`{label}` counts something else.",
                expected="for each ReLU, how many of its units give 0 for every row of `x`",
                actual=f"[{actual}]",
                cause=cause,
                next_step=step or "make a table of rows and units after one ReLU, and look for columns of zeros",
            )
        expect_unchanged(given, x, "the tensor `x`")
        _expect_same_weights(there, [p.detach() for p in here.parameters()])
        if attribute(there, "training").value is not True:
            fail(
                f"`{label}` leaves the net in eval mode.",
                expected="the net as it was: in training mode",
                actual="`net.training` is False",
                cause="the net is switched to eval mode, and not back",
                next_step="no mode has to be switched here; where one has, give it back",
            )


# -- 3.4 to 3.6: initialization ------------------------------------------------------------------------------------


@exercise(
    "3.4",
    title="He and Xavier in numbers",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "Each scheme says what the variance of the weights is. The standard deviation is its root.",
        "A uniform distribution on [-b, b] has the variance b²/3.",
    ),
)
def init_scale(init_scale: Subject) -> None:
    for scheme in ("he", "xavier"):
        # primes: no fan is a multiple of the other, and no two mistakes give the same number
        primes = (23, 29, 31, 37, 41, 43, 47, 53, 59), (71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113)
        fans = [some[random_integer(0, len(some) - 1)] for some in primes]
        for fan_in, fan_out in (fans, (random_integer(200, 300), 10)):
            label = f'init_scale("{scheme}", {fan_in}, {fan_out})'
            std, bound = expect_parts(call(init_scale, scheme, fan_in, fan_out), ("std", "bound"))
            he, xavier = 2 / fan_in, 2 / (fan_in + fan_out)
            variance, other = (he, xavier) if scheme == "he" else (xavier, he)
            right = math.sqrt(variance)
            wrong: list[tuple[float, str, str]] = [
                (math.sqrt(other), "the two schemes are mixed up", "He looks at the inputs only, Xavier at both"),
                (math.sqrt(2 / fan_out), "`fan_out` is used for `fan_in`", "fan-in counts the inputs of a unit"),
                (math.sqrt(1 / fan_in), "the factor 2 is missing", "half of the signal dies in a ReLU")
                if scheme == "he"
                else (math.sqrt(1 / (fan_in + fan_out)), "the factor 2 is missing", "the mean of both fans is meant"),
                (math.sqrt(1 / (3 * fan_in)), "this is PyTorch's default for a linear layer", "use the scheme's own"),
                (math.sqrt(2 / (fan_in * fan_out)), "the fans are multiplied", "they are added"),
            ]
            expect_number(
                std,
                right,
                what=f"the standard deviation of the weights under {'He' if scheme == 'he' else 'Xavier'}",
                when=f"in `{label}`",
                tolerance=2e-6,
                reveal=False,
                mistakes=(
                    Mistake(variance, "this is the variance", "the standard deviation is its root"),
                    Mistake(math.sqrt(3) * right, "this is the bound: the two values are in the other order", ""),
                    *(Mistake(value, cause, step) for value, cause, step in wrong),
                ),
            )
            expect_number(
                bound,
                math.sqrt(3) * right,
                what="the bound b for which uniform numbers in [-b, b] have this standard deviation",
                when=f"in `{label}`",
                tolerance=2e-6,
                reveal=False,
                mistakes=(
                    Mistake(right, "this is the standard deviation again", "a uniform distribution is narrower than b"),
                    Mistake(3 * right, "the root of 3 is meant, not 3", "b²/3 is the variance"),
                    Mistake(2 * right, "two standard deviations are not the bound", "b²/3 is the variance"),
                    Mistake(math.sqrt(12) * right, "this is the width of the interval", "b is half of it"),
                    Mistake(variance * 3, "the root is missing", "b²/3 is the variance"),
                    Mistake(math.sqrt(3) * variance, "the variance is taken for the standard deviation", ""),
                    Mistake(right / math.sqrt(3), "divided where a product belongs", "b is larger than the deviation"),
                    *(Mistake(math.sqrt(3) * value, cause, step) for value, cause, step in wrong),
                ),
            )


UNIFORM = "the numbers that go in are uniform instead of standard normal"
_GRID = torch.linspace(-12, 12, 200_001, dtype=torch.float64)
_DENSITY = torch.exp(-_GRID.square() / 2) / math.sqrt(2 * math.pi)


def _moment(function: nn.Module, power: int) -> float:
    """Mean of a power of an activation of standard normal numbers."""
    return float(torch.trapezoid(function(_GRID) ** power * _DENSITY, _GRID))


@exercise(
    "3.5",
    title="A gain for any activation",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "You can measure a mean: draw many standard normal numbers, and average.",
        "The second moment is the mean of the squares; nothing is subtracted.",
        "Which factor, put in front of weights of variance 1/fan_in, brings a variance of m back to 1?",
    ),
)
def preserving_gain(preserving_gain: Subject) -> None:
    slope = random_integer(10, 40) / 100
    alpha = random_integer(5, 15) / 10
    cases: list[tuple[str, list[Any], float | None]] = [
        ("Identity", [], 1.0),
        ("ReLU", [], math.sqrt(2)),
        ("LeakyReLU", [slope], math.sqrt(2 / (1 + slope**2))),
        ("Tanh", [], 5 / 3),
        ("Sigmoid", [], 1.0),
        ("ELU", [alpha], None),
    ]
    for name, arguments, table in cases:
        here: nn.Module = getattr(nn, name)(*arguments)
        words = f"nn.{name}({', '.join(map(str, arguments))})"
        there = make(f"torch.nn.{name}", *arguments, label=words)
        first, second = _moment(here, 1), _moment(here, 2)
        right = 1 / math.sqrt(second)
        spread = math.sqrt(second - first**2)
        uniform = torch.rand(100_000, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
        mistakes = [
            Mistake(
                1 / spread,
                "the mean is subtracted: this is the standard deviation of the outputs, while the next layer sums up "
                "squares of the outputs as they are",
                "the second moment is the mean of the squares",
            ),
            Mistake(second, "this is the second moment itself", "which factor brings it back to 1?"),
            Mistake(math.sqrt(second), "the factor is turned around", "a signal that got smaller must be made larger"),
            Mistake(1 / second, "the root is missing: weights scale the variance with their square", ""),
            Mistake(spread, "this is the spread of the outputs", "which factor brings the second moment back to 1?"),
            Mistake(spread**2, "this is the variance of the outputs", "which factor brings it back to 1?"),
            Mistake(1 / float(here(uniform).square().mean().sqrt()), UNIFORM, "standard normal"),
            Mistake(1 / float(here(2 * uniform - 1).square().mean().sqrt()), UNIFORM, ""),
        ]
        if table is not None:
            mistakes.append(
                Mistake(
                    table, "this number is from PyTorch's table, which follows other rules for this one", "measure it"
                )
            )
        label = f"preserving_gain({words})"
        try:
            seen = call(preserving_gain, there)
        except Raised as error:
            if "nsupported nonlinearity" not in error.message:
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="a gain for any activation",
                actual=f"{error.type}: {error.message[:200]}",
                cause="`calculate_gain` has a table of a few names, and this activation is not in it",
                next_step="measure the second moment instead of looking the gain up",
                where=_where(error),
            )
        expect_number(
            seen,
            right,
            what="the gain that keeps the variance at 1 after this activation, within 2 percent",
            tolerance=0.02 / right if right < 1 else 0.02,
            reveal=False,
            mistakes=[m for m in mistakes if abs(m.result - right) > 0.03 * right],
        )


@exercise(
    "3.6",
    title="Initialize a whole net in place",
    points=4,
    difficulty=3,
    minutes=20,
    hints=(
        "Walk through the `Sequential` and remember what came before the layer at hand.",
        "The gain of a layer depends on what its *inputs* went through: nothing, a linear layer, or a ReLU.",
        "`nn.init.normal_(layer.weight, 0, std)` and `nn.init.zeros_(layer.bias)` work on the layer itself.",
    ),
)
def init_preserving(init_preserving: Subject) -> None:
    n = [random_integer(low, low + 40) for low in (240, 160, 120, 190, 80)]
    nets: list[tuple[str, list[Spec]]] = [
        (
            "Linear, ReLU, Linear, Linear, ReLU, Linear",
            [
                ("Linear", n[0], n[1]),
                ("ReLU",),
                ("Linear", n[1], n[2]),
                ("Linear", n[2], n[3]),
                ("ReLU",),
                ("Linear", n[3], n[4]),
            ],
        ),
        (
            "Linear, Linear, ReLU, Linear",
            [("Linear", n[1], n[2]), ("Linear", n[2], n[0]), ("ReLU",), ("Linear", n[0], 25)],
        ),
    ]
    for words, spec in nets:
        here, there = _twins(spec, label="net")
        before = [p.detach() for p in here.parameters()]
        call(init_preserving, there)
        after = [p.tensor for p in parameters(there)]
        kinds = [part[0] for part in spec]
        places = [i for i, kind in enumerate(kinds) if kind == "Linear"]
        root = math.sqrt(2)
        gains = [root if i and kinds[i - 1] == "ReLU" else 1.0 for i in places]
        following = [root if i + 1 < len(kinds) and kinds[i + 1] == "ReLU" else 1.0 for i in places]
        weights, biases = after[0::2], after[1::2]
        label = f"init_preserving(net) with net = {words}"
        if all(torch.equal(a, b) for a, b in zip(after, before, strict=True)):
            fail(
                f"`{label}` leaves the net as it was.",
                expected="new weights in the very net that was passed in",
                actual="the weights and biases from before the call",
                cause="a copy was initialized: a function without an underscore, `clone()`, a new network, or a name "
                "that was assigned to instead of the tensor",
                next_step="change the weight tensors themselves, with a function that ends in `_`",
            )
        same = [k + 1 for k, (a, b) in enumerate(zip(weights, before[0::2], strict=True)) if torch.equal(a, b)]
        if same:
            fail(
                f"`{label}` leaves a layer as it was.",
                expected="new weights for every linear layer",
                actual=f"the old weights in linear layer {same[0]} of {len(weights)}",
                cause="the loop ends too early, or leaves out the first or the last layer",
                next_step="count how often your loop changes a layer",
            )
        left = [k + 1 for k, bias in enumerate(biases) if bool((bias != 0).any())]
        if left:
            fail(
                f"`{label}` leaves biases that are not 0.",
                expected="biases of 0",
                actual=f"other numbers in the bias of linear layer {left[0]} of {len(biases)}",
                cause="the biases keep what they had, or are drawn at random like the weights",
                next_step="set every bias to 0, in place",
            )
        fans = [(weight.shape[1], weight.shape[0]) for weight in weights]
        spreads = [float(weight.double().square().mean().sqrt()) for weight in weights]
        means = [float(weight.double().mean()) for weight in weights]
        tolerances = [max(0.06, 6 / math.sqrt(2 * weight.numel())) for weight in weights]

        def like(stds: Sequence[float], spreads: list[float] = spreads, tolerances: list[float] = tolerances) -> bool:
            return all(
                abs(got / std - 1) < tolerance for got, std, tolerance in zip(spreads, stds, tolerances, strict=True)
            )

        for number, (mean, spread, weight) in enumerate(zip(means, spreads, weights, strict=True), start=1):
            if not math.isfinite(spread) or abs(mean) > 6 * spread / math.sqrt(weight.numel()) + 1e-12:
                fail(
                    f"`{label}` draws weights whose mean is not 0.",
                    expected="weights on both sides of 0",
                    actual=f"a mean of {mean:.2g} at a root mean square of {spread:.2g}, in linear layer {number}",
                    cause="the weights are uniform between 0 and a bound, as from `torch.rand` or a bare `uniform_`, "
                    "or all of them are equal",
                    next_step="draw them from an interval that is symmetric around 0, or from a normal distribution",
                )
        if like([gain / math.sqrt(fan_in) for gain, (fan_in, _) in zip(gains, fans, strict=True)]):
            continue
        plain = [1 / math.sqrt(fan_in) for fan_in, _ in fans]
        known: list[tuple[list[float], str, str]] = [
            (
                [gain * std for gain, std in zip(following, plain, strict=True)],
                "the gain follows the activation *after* each layer; but what must be made up for is what the "
                "activation *before* it took away",
                "which layers get their inputs from a ReLU?",
            ),
            (
                [root * std for std in plain],
                "every layer has the gain of a ReLU; raw inputs and the outputs of a linear layer have lost nothing, "
                "and this doubles their variance",
                "which layers get their inputs from a ReLU?",
            ),
            (
                plain,
                "every layer has the gain 1, so that each ReLU halves the variance",
                "which inputs come from a ReLU?",
            ),
            (
                [std / math.sqrt(3) for std in plain],
                "these are the weights that `nn.Linear` draws on its own",
                "draw with the standard deviation of the exercise",
            ),
            (
                [gain / math.sqrt(3 * fan_in) for gain, (fan_in, _) in zip(gains, fans, strict=True)],
                "the wanted standard deviation is used as the bound of a uniform distribution",
                "b²/3 is the variance of uniform numbers in [-b, b]",
            ),
            (
                [gain / math.sqrt(fan_out) for gain, (_, fan_out) in zip(gains, fans, strict=True)],
                "the number of outputs is used as fan-in",
                "a weight has the shape (out, in)",
            ),
            (
                [gain**2 / fan_in for gain, (fan_in, _) in zip(gains, fans, strict=True)],
                "the variance is used as the standard deviation",
                "the standard deviation is the root",
            ),
            ([1.0] * len(fans), "the weights are standard normal, whatever the width", "divide by the root of fan-in"),
            (
                [math.sqrt(2 / sum(fan)) for fan in fans],
                "this is Xavier, which looks at inputs and outputs, and at no ReLU",
                "here the variance of the forward pass alone counts: fan-in",
            ),
            (
                [gain * math.sqrt(2 / sum(fan)) for gain, fan in zip(gains, fans, strict=True)],
                "both fans are used",
                "here the variance of the forward pass alone counts: fan-in",
            ),
            (
                [gain**2 * std for gain, std in zip(gains, plain, strict=True)],
                "the gain is 2 where its root is meant: it multiplies the standard deviation",
                "weights scale the variance with their square",
            ),
        ]
        cause, step = next(((c, s) for stds, c, s in known if like(stds)), ("", ""))
        off = next(
            k
            for k, (gain, spread, tolerance, std) in enumerate(zip(gains, spreads, tolerances, plain, strict=True))
            if abs(spread / (gain * std) - 1) >= tolerance
        )
        fail(
            f"`{label}` draws weights of another size.",
            expected="weights for which every layer's output has the variance 1, when the net's inputs have it",
            actual=f"in linear layer {off + 1} of {len(fans)} the standard deviation is "
            f"{spreads[off] / (gains[off] * plain[off]):.3g} times what it should be",
            cause=cause or "the gain or the fan of this layer is another one",
            next_step=step or "multiply fan_in by the variance of the weights and by the second moment of the inputs",
        )


# -- 3.7, 3.8: batch normalization ---------------------------------------------------------------------------------


def _normed(x: torch.Tensor, mean: torch.Tensor, divisor: torch.Tensor, norm: nn.BatchNorm1d) -> torch.Tensor:
    return ((x - mean) / divisor * norm.weight + norm.bias).detach()


def _training_mistakes(x: torch.Tensor, norm: nn.BatchNorm1d, mean: torch.Tensor, var: torch.Tensor) -> list[Mistake]:
    """What a batch becomes with a known fault; ``mean`` and ``var`` are the running statistics before it."""
    m, v, eps = x.mean(dim=0), x.var(dim=0, correction=0), norm.eps
    unbiased = x.var(dim=0)
    normal = (x - m) / torch.sqrt(v + eps)
    rows = (x - x.mean(dim=1, keepdim=True)) / torch.sqrt(x.var(dim=1, correction=0, keepdim=True) + eps)
    found = [
        Mistake(
            _normed(x, m, torch.sqrt(unbiased + eps), norm),
            "the batch is normalized with the unbiased variance (divided by n - 1, as `var` does on its own)",
            "to normalize, divide the sum of squares by n",
        ),
        Mistake(
            _normed(x, m, torch.sqrt(v) + eps, norm),
            "`eps` is added to the standard deviation, outside of the root",
            "it belongs inside of the root, to the variance",
        ),
        Mistake(
            _normed(x, m, torch.sqrt(unbiased) + eps, norm),
            "`eps` is added outside of the root, and the variance is the unbiased one",
            "look at both: what stands under the root?",
        ),
        Mistake(
            _normed(x, m, torch.sqrt(v), norm),
            "`eps` is missing, or it is always the default, whatever was passed to the constructor",
            "store the argument on `self`, and use it",
        ),
        Mistake(_normed(x, m, v + eps, norm), "the root is missing: this divides by the variance", ""),
        Mistake(
            _normed(x, mean, torch.sqrt(var + eps), norm),
            "the running statistics normalize this batch, as in eval mode",
            "while training, the batch's own mean and variance count",
        ),
        Mistake(normal.detach(), "`weight` and `bias` are not used", "scale and shift after normalizing"),
        Mistake((normal * norm.weight).detach(), "`bias` is not added", "scale *and* shift"),
        Mistake((normal + norm.bias).detach(), "`weight` is not used", "scale *and* shift"),
        Mistake(
            ((normal + norm.bias) * norm.weight).detach(), "shifted first and scaled afterwards", "scale, then shift"
        ),
        Mistake((rows * norm.weight + norm.bias).detach(), "each row is normalized", "each feature: over the rows"),
        Mistake(
            ((x - x.mean()) / torch.sqrt(x.var(correction=0) + eps) * norm.weight + norm.bias).detach(),
            "one mean and one variance for all features together",
            "each feature has its own: average over the rows",
        ),
        Mistake(x, "nothing is normalized in training mode", "are the two modes turned around?"),
    ]
    return found


def _averages(norm: nn.BatchNorm1d) -> tuple[torch.Tensor, torch.Tensor]:
    mean, var = norm.running_mean, norm.running_var
    assert mean is not None
    assert var is not None
    return mean, var


def _expect_statistics(
    norm: Subject, wanted: nn.BatchNorm1d, before: Sequence[torch.Tensor], x: torch.Tensor, when: str
) -> None:
    """The running statistics after a batch ``x`` in training mode; ``before`` it they were these."""
    momentum = wanted.momentum
    assert momentum is not None
    batch = {"running_mean": x.mean(dim=0), "running_var": x.var(dim=0)}
    for old, (name, new) in zip(before, batch.items(), strict=True):
        seen = attribute(norm, name)
        got = expect_tensor(seen, shape="features", sizes={"features": x.shape[1]})
        right = (1 - momentum) * old + momentum * new
        mistakes = [
            Mistake(
                momentum * old + (1 - momentum) * new,
                "the momentum is used the other way round: in PyTorch it is the weight of the *new* value",
                "new average = (1 - momentum) * old + momentum * batch",
            ),
            Mistake(0.9 * old + 0.1 * new, "the momentum is always the default", "store the argument on `self`"),
            Mistake(new, "the statistics of the batch replace the average", "mix them with what is there"),
            Mistake(old, "the average is not updated in training mode", "store the new average"),
            Mistake(old + momentum * new, "the old average keeps its full weight", "its weight is 1 - momentum"),
            Mistake(old + new, "the values are added up", "mix them: the weights must add up to 1"),
        ]
        if name == "running_var":
            biased = x.var(dim=0, correction=0)
            mistakes += [
                Mistake(
                    (1 - momentum) * old + momentum * biased,
                    "the biased variance (divided by n) is stored; PyTorch normalizes with it, but stores the "
                    "unbiased one (divided by n - 1)",
                    "compute a second variance for the running average",
                ),
                Mistake(
                    momentum * old + (1 - momentum) * biased,
                    "the momentum is used the other way round, and the biased variance is stored",
                    "in PyTorch it is the weight of the new value",
                ),
                Mistake(
                    (1 - momentum) * old + momentum * new.sqrt(), "the standard deviation is stored", "store a variance"
                ),
                Mistake(
                    (1 - momentum) * old + momentum * biased.sqrt(),
                    "the standard deviation is stored",
                    "store a variance",
                ),
            ]
        expect_values(
            got,
            right,
            f"{seen.label} {when}",
            because="the moving average of PyTorch",
            rtol=1e-3,
            next_step="compare with `nn.BatchNorm1d` on the same batch",
            mistakes=mistakes,
        )
        if seen.meta.get("has_graph"):
            fail(
                f"`{seen.label}` is tied to the gradient graph.",
                expected="plain numbers, without a gradient",
                actual="a tensor with a `grad_fn`",
                cause="the moving average is computed from tensors that track gradients; with every batch the graph "
                "gets longer, and memory with it",
                next_step="update the running statistics under `torch.no_grad()`, or from detached values",
            )


@exercise(
    "3.7",
    title="Batch normalization by hand",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "`nn.Parameter` for what is trained, `self.register_buffer(name, tensor)` for what is only kept. "
        "`self.training` says which mode it is.",
        "Two variances: the batch is normalized with the one divided by n (`correction=0`), the running average gets "
        "the one divided by n - 1.",
        "Under `torch.no_grad()`: `self.running_mean.mul_(1 - m).add_(m * mean)`, and the variance likewise.",
    ),
)
def batch_norm_by_hand(BatchNormByHand: Subject) -> None:
    expect_type(BatchNormByHand, "class", "a class")
    expect_subclass(BatchNormByHand, "torch.nn.Module", "`nn.Module`")
    features = random_integer(4, 6)
    for options in ({}, {"eps": 0.4, "momentum": 0.25}):
        norm = construct(BatchNormByHand, features, **options)
        norm.label = "norm"
        reference = nn.BatchNorm1d(features, **options)  # type: ignore[arg-type]
        _expect_fresh(norm, features)
        weight, bias = 1 + 0.5 * random_normal(features), random_normal(features)
        names = [p.name for p in parameters(norm)]
        load_parameters(norm, [weight if name == "weight" else bias for name in names])
        with torch.no_grad():
            reference.weight.copy_(weight)
            reference.bias.copy_(bias)
        training_mode(norm, True)
        for step, rows in enumerate((8, 5, 2), start=1):
            for _ in range(100):
                x = random_normal(rows, features) * torch.linspace(0.5, 3, features) + torch.linspace(-4, 6, features)
                if x.var(dim=0, correction=0).min() > 0.05:
                    break  # beside less, the default of `eps` counts, wherever it is added
            before = [average.clone() for average in _averages(reference)]
            given = give(x, "x")
            seen = call(norm, given, label=f"norm(x) in training mode, batch {step} of {rows} rows")
            got = expect_tensor(
                seen, shape="batch features", sizes={"batch": rows, "features": features}, dtype=torch.float32
            )
            with torch.no_grad():
                right = reference(x)
            expect_values(
                got,
                right,
                seen.label,
                rtol=1e-3,
                atol=1e-4,
                because="what `nn.BatchNorm1d` gives",
                next_step="take a batch of two rows and one feature, and do it on paper",
                mistakes=_training_mistakes(x, reference, *before),
            )
            expect_unchanged(given, x, "the tensor `x`")
            _expect_statistics(norm, reference, before, x, f"after {step} {'batch' if step == 1 else 'batches'}")
        _expect_eval(norm, reference, features)
        _expect_norm_gradients(BatchNormByHand, features, options)
    training_mode(norm, True)
    expect_raises(
        lambda: call(norm, random_normal(1, features), label="norm(x) with one row"),
        "ValueError",
        when="by a batch of one row in training mode",
        cause="one row has no variance: everything becomes 0, or NaN, and nobody is told",
        next_step="test for it first, in training mode only, and `raise ValueError(...)` with a message",
    )


def _expect_fresh(norm: Subject, features: int) -> None:
    """Names, kinds and first values of what a new layer holds."""
    found = {p.name: p.tensor for p in parameters(norm)}
    for name in ("running_mean", "running_var"):
        if name in found:
            fail(
                f"`{name}` is a parameter.",
                expected="a buffer: kept with the model, but not trained",
                actual="an `nn.Parameter`, which an optimizer would change",
                cause="it is made with `nn.Parameter`",
                next_step="`self.register_buffer(name, tensor)` keeps a tensor without training it",
            )
    if set(found) != {"weight", "bias"}:
        fail(
            "A new layer has other parameters than `weight` and `bias`.",
            expected="two parameters: weight, bias",
            actual=", ".join(found) or "none",
            cause="a plain tensor on `self` is not a parameter" if not found else "a name differs, or one is missing",
            next_step="wrap both tensors into `nn.Parameter`, and store them on `self` under these names",
        )
    state = method(norm, "state_dict")
    keys = {key.value for key, _ in state.pairs} if state.kind == "dict" else set()
    for name, first in (("weight", 1.0), ("bias", 0.0), ("running_mean", 0.0), ("running_var", 1.0)):
        seen = attribute(norm, name)
        got = expect_tensor(seen, shape="features", sizes={"features": features}, dtype=torch.float32)
        expect_values(
            got,
            torch.full((features,), first),
            f"{seen.label} of a new layer",
            because="a new layer scales by 1, shifts by 0, and starts its averages at mean 0 and variance 1",
            next_step="compare with a new `nn.BatchNorm1d`",
        )
        if name not in keys:
            fail(
                f"`{name}` is missing in the layer's `state_dict()`.",
                expected="a buffer, which is saved with the model and moves with it to another device",
                actual=", ".join(sorted(str(key) for key in keys)),
                cause="a plain tensor on `self` is neither a parameter nor a buffer",
                next_step="`self.register_buffer(name, tensor)`",
            )


def _expect_eval(norm: Subject, reference: nn.BatchNorm1d, features: int) -> None:
    training_mode(norm, False)
    reference.eval()
    (mean, var), eps = _averages(reference), reference.eps
    for rows in (6, 1):
        x = 2 * random_normal(rows, features) + 1
        label = f"norm(x) in eval mode, {rows} {'row' if rows == 1 else 'rows'}"
        try:
            seen = call(norm, x, label=label)
        except Raised as error:
            if rows > 1 or error.is_stub or not error.is_a("ValueError"):
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="a result: in eval mode one row is no problem",
                actual=f"{error.type}: {error.message[:200]}",
                cause="the number of rows is tested in both modes",
                next_step="only the statistics of a batch need more than one row",
                where=_where(error),
            )
        got = expect_tensor(seen, shape="batch features", sizes={"batch": rows, "features": features})
        with torch.no_grad():
            right = reference(x)
        own = x.var(dim=0, correction=0)
        expect_values(
            got,
            right,
            label,
            rtol=1e-3,
            atol=1e-4,
            because="in eval mode the running statistics normalize, and `weight` and `bias` follow",
            next_step="which mean and which variance does eval mode use?",
            mistakes=[
                Mistake(
                    _normed(x, x.mean(dim=0), torch.sqrt(own + eps), reference),
                    "the statistics of this batch are used in eval mode too",
                    "look at `self.training`",
                ),
                Mistake(
                    _normed(x, torch.zeros(()), torch.sqrt(torch.ones(()) + eps), reference),
                    "the averages are still those of a new layer: another tensor was updated than the one read here",
                    "",
                ),
                Mistake(_normed(x, mean, torch.sqrt(var) + eps, reference), "`eps` is outside of the root here", ""),
                Mistake(_normed(x, mean, torch.sqrt(var), reference), "`eps` is missing in eval mode", ""),
                Mistake(_normed(x, mean, var + eps, reference), "the root is missing in eval mode", ""),
                Mistake(
                    ((x - mean) / torch.sqrt(var + eps)).detach(),
                    "`weight` and `bias` are not used in eval mode",
                    "scale and shift in both modes",
                ),
                Mistake(x, "nothing happens in eval mode", "the running statistics normalize"),
            ],
        )
        for name, kept in (("running_mean", mean), ("running_var", var)):
            now = expect_tensor(attribute(norm, name))
            if not close(now, kept, rtol=1e-3):
                fail(
                    f"`norm.{name}` changes in eval mode.",
                    expected="the averages of training, untouched",
                    actual="other numbers after a call in eval mode",
                    cause="the running statistics are updated in both modes",
                    next_step="update them in training mode only",
                )


def _expect_norm_gradients(BatchNormByHand: Subject, features: int, options: dict[str, float]) -> None:
    """Gradients behind the layer: the batch's mean and variance depend on the inputs, too."""
    here = nn.Sequential(nn.Linear(3, features), nn.BatchNorm1d(features, **options))  # type: ignore[arg-type]
    norm = construct(BatchNormByHand, features, **options)
    there = make("torch.nn.Sequential", make("torch.nn.Linear", 3, features), norm, label="Sequential(Linear, norm)")
    numbers = {name: 0.7 * random_normal(*p.shape) for name, p in here.named_parameters()}
    load_parameters(there, [numbers[p.name] for p in parameters(there)])
    with torch.no_grad():
        for name, p in here.named_parameters():
            p.copy_(numbers[name])
    training_mode(there, True)
    x = random_normal(7, 3)
    found = gradients(there, x, seed=3)
    output = here(x)
    (output * torch.randn(output.shape, generator=torch.Generator().manual_seed(3))).sum().backward()
    for name, p in here.named_parameters():
        got = found.get(name)
        if (
            got is None
            or p.grad is None
            or not close(got, p.grad, rtol=1e-2, atol=2e-3 * float(p.grad.abs().max()) + 1e-4)
        ):
            fail(
                f"The gradient that passes back through `norm` is wrong, at `{name}`.",
                expected="the gradient of `nn.BatchNorm1d`",
                actual="no gradient" if got is None else "another gradient",
                cause="the result is computed under `torch.no_grad()`, or from `.data` or detached tensors; the mean "
                "and the variance of the batch depend on the inputs, and gradients must flow through them",
                next_step="keep `no_grad` for the running statistics alone",
            )


class _NormNet(nn.Module):
    """The 9-16-8-1 network with batch normalization, or one of its look-alikes."""

    def __init__(
        self,
        order: str = "norm first",
        activation: type[nn.Module] = nn.ELU,
        end: type[nn.Module] = nn.Identity,
        skip: int | None = None,
    ) -> None:
        super().__init__()
        self.fc1, self.bn1 = nn.Linear(9, 16), nn.BatchNorm1d(16)
        self.fc2, self.bn2 = nn.Linear(16, 8), nn.BatchNorm1d(8)
        self.fc3 = nn.Linear(8, 1)
        self.order, self.activation, self.end, self.skip = order, activation(), end(), skip

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for number, (linear, norm) in enumerate(((self.fc1, self.bn1), (self.fc2, self.bn2))):
            x = linear(x)
            if self.skip == number:
                x = self.activation(x)
            elif self.order == "norm first":
                x = self.activation(norm(x))
            elif self.order == "activation first":
                x = norm(self.activation(x))
            else:
                x = norm(x)
        return self.end(self.fc3(x))


NORM_NET_PARAMETERS = 353


@exercise(
    "3.8",
    title="The 353-parameter net",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "`nn.BatchNorm1d` takes one number: how many features come in.",
        "Each hidden block is Linear, BatchNorm, ELU; the output layer is a bare Linear.",
        "A BatchNorm layer has two parameters per feature. Do 305 + 2 · (16 + 8) come out?",
    ),
)
def norm_net(NormNet: Subject) -> None:
    expect_type(NormNet, "class", "a class")
    model = construct(NormNet)
    model.label = "model"
    expect_model(model)
    inputs = 2 * random_normal(32, 9)
    training_mode(model, False)
    output = call(model, inputs)
    total = sum((a + 1) * b for a, b in itertools.pairwise((9, 16, 8, 1)))
    expect_parameters(
        model,
        NORM_NET_PARAMETERS,
        because="160 + 32, 136 + 16 and 9",
        mistakes=(
            Mistake(
                total,
                "there is no batch normalization, or it is without parameters of its own, or made in `forward`",
                "make the layers in the constructor, with their defaults",
            ),
            Mistake(total + 48 + 2, "the output is normalized too", "the last layer is a bare Linear"),
            Mistake(total + 32, "the second hidden layer is not normalized", "each hidden layer has its own"),
            Mistake(
                total + 16,
                "the first hidden layer is not normalized, or one layer of batch normalization serves twice",
                "each hidden layer has its own",
            ),
            Mistake(total + 18 + 48, "the inputs are normalized too", "only the hidden layers"),
            Mistake(total + 18 + 16, "normalization comes before the linear layers", "after each hidden linear layer"),
            Mistake(
                total + 48 - 24,
                "the linear layers have no bias; that is a good idea (batch normalization subtracts it anyway), but "
                "this exercise counts it",
                "leave `bias` at its default",
            ),
        ),
    )
    whole = expect_tensor(output, shape="batch 1", sizes={"batch": 32}, dtype=torch.float32)
    part = expect_tensor(call(model, inputs[:5]))
    if not close(part, whole[:5], rtol=1e-3):
        fail(
            f"`{model.label}` gives a row another output in eval mode when other rows are with it.",
            expected="in eval mode a row's output depends on this row alone",
            actual="other outputs for the first 5 rows, when the other 27 are left out",
            cause="the statistics of the batch are used in eval mode too: without running statistics, or with a "
            "normalization that does not look at the mode",
            next_step="use `nn.BatchNorm1d` with its defaults",
        )
    words = "Linear 9 to 16, BatchNorm, ELU, Linear 16 to 8, BatchNorm, ELU, Linear 8 to 1"
    mistakes = (
        (
            _NormNet("activation first"),
            "the activation comes before the batch normalization",
            "normalize first, then ELU",
        ),
        (_NormNet(activation=nn.ReLU), "the activation is ReLU", "this net uses ELU"),
        (_NormNet(activation=nn.LeakyReLU), "the activation is LeakyReLU", "this net uses ELU"),
        (_NormNet(activation=nn.Sigmoid), "the activation is a sigmoid", "this net uses ELU"),
        (_NormNet(activation=nn.Tanh), "the activation is tanh", "this net uses ELU"),
        (_NormNet(end=nn.Sigmoid), "a sigmoid follows the last layer", "this network returns logits"),
        (_NormNet(end=nn.ELU), "an ELU follows the last layer", "this network returns logits"),
        (_NormNet("no activation"), "there is no activation", "an ELU after each batch normalization"),
        (_NormNet(skip=0), "the first batch normalization is made, but not used", "follow `x` through `forward`"),
        (_NormNet(skip=1), "the second batch normalization is made, but not used", "follow `x` through `forward`"),
    )
    expect_same_behavior(model, _NormNet(), inputs, what=words, mistakes=mistakes)
    _expect_batch_statistics(model, inputs)
    expect_same_behavior(
        model, _NormNet(), inputs, what=words + " (in training mode)", mistakes=mistakes, training=True, atol=1e-3
    )
    training_mode(model, True)
    expect_gradients(model, inputs)


def _expect_batch_statistics(model: Subject, inputs: torch.Tensor) -> None:
    """In training mode a row's output depends on its batch."""
    training_mode(model, True)
    first = expect_tensor(call(model, inputs))[:4]
    second = expect_tensor(call(model, torch.cat([inputs[:4], 3 * inputs[4:] + 1])))[:4]
    if close(first, second):
        fail(
            f"`{model.label}` normalizes nothing in training mode.",
            expected="outputs that depend on the other rows of the batch, as batch normalization makes them",
            actual="the same output of a row, whatever else is in the batch",
            cause="the layers have the parameters of batch normalization, but always use running statistics, or only "
            "scale and shift",
            next_step="use `nn.BatchNorm1d` with its defaults",
        )


# -- 3.9, 3.10: remedies against overfitting -----------------------------------------------------------------------


@exercise(
    "3.9",
    title="Dropout by hand",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "`torch.rand_like(x)` has one uniform number in [0, 1) for each entry. How often is it below p?",
        "What is left must be larger, so that the mean stays: by which factor?",
        "Without training there is nothing to do at all.",
    ),
)
def inverted_dropout(inverted_dropout: Subject) -> None:
    for p in (random_integer(15, 28) / 100, random_integer(65, 80) / 100):
        x = random_normal(150, 60)
        x = x + 0.2 * x.sign()  # no entry near 0: a zero in the result is a dropped one
        given = give(x, "x")
        label = f"inverted_dropout(x, {p:g}, True)"
        seen = call(inverted_dropout, given, p, True, label=label)
        got = expect_tensor(seen, shape="rows columns", sizes={"rows": 150, "columns": 60}, dtype=torch.float32)
        expect_unchanged(given, x, "the tensor `x`")
        dropped = got == 0
        share = float(dropped.float().mean())
        if not bool(dropped.any()):
            same = close(got, x)
            fail(
                f"`{label}` drops nothing.",
                expected=f"about {p:.0%} zeros",
                actual="the numbers as they came" if same else "other numbers, and no zero among them",
                cause="the two modes are turned around, or the mask is made and not used"
                if same
                else "the entries are multiplied by something else than a mask of zeros and ones",
                next_step="`training=True` is the mode in which entries are dropped"
                if same
                else "a mask is a comparison, and holds True and False",
            )
        rows, columns = dropped.float().mean(dim=1), dropped.float().mean(dim=0)
        whole = "rows" if bool(((rows == 0) | (rows == 1)).all()) else ""
        whole = whole or ("columns" if bool(((columns == 0) | (columns == 1)).all()) else "")
        if whole:
            fail(
                f"`{label}` drops whole {whole}.",
                expected="a decision of its own for every entry",
                actual=f"{whole} that are all zero, and others without any zero",
                cause="the mask has one entry per row or column, and is repeated by broadcasting",
                next_step="make a mask of the shape of `x`",
            )
        if abs(share - p) > 0.05:
            fail(
                f"`{label}` drops another share of the entries.",
                expected=f"about {p:.0%} zeros: p is the probability of being dropped",
                actual=f"{share:.0%} zeros",
                cause="p is used as the probability of being kept"
                if abs(share - (1 - p)) < 0.05
                else "normal numbers instead of uniform ones are compared with p, or p is another number",
                next_step="compare uniform numbers with p, and look at which side is dropped",
            )
        ratios = (got / x)[~dropped]
        ratio = float(ratios.median())
        if not close(got[~dropped], ratio * x[~dropped], rtol=1e-3):
            fail(
                f"`{label}` changes the kept entries in another way than by one factor.",
                expected="kept entries, all multiplied by the same factor",
                actual=f"factors between {float(ratios.min()):.3g} and {float(ratios.max()):.3g}",
                cause="random numbers are multiplied in or added, where a mask of zeros and ones belongs",
                next_step="a mask is a comparison, and holds True and False",
            )
        if abs(ratio * (1 - p) - 1) > 1e-3:
            cause, step = "the kept entries are multiplied by another factor", "the mean over many masks must stay"
            for wrong, why in (
                (1, "the kept entries are not scaled up, so that the layer's outputs get smaller while training"),
                (1 / p, "the kept entries are divided by p, the share that is dropped"),
                (1 - p, "the kept entries are multiplied by 1 - p, where a division belongs"),
                (1 + p, "the kept entries are multiplied by 1 + p"),
                (1 / share, "the kept entries are divided by the share of zeros"),
            ):
                if abs(ratio / wrong - 1) < 1e-3:
                    cause = why
                    break
            else:
                if abs(ratio * (1 - share) - 1) < 1e-3:
                    cause = "the factor is taken from the zeros of this mask, not from p"
            fail(
                f"`{label}` does not keep the mean.",
                expected="kept entries scaled so that the expected value of every entry stays what it was",
                actual=f"kept entries times {ratio:.4g}",
                cause=cause,
                next_step=step,
            )
        again = expect_tensor(call(inverted_dropout, x, p, True, label=label))
        if torch.equal(again == 0, dropped):
            fail(
                f"`{label}` drops the same entries each time.",
                expected="a new random choice in every call",
                actual="twice the same zeros",
                cause="a seed is set inside of the function, or the mask is made once",
                next_step="leave the seed alone, and draw a new mask in each call",
            )
        counts = [int((expect_tensor(call(inverted_dropout, x, p, True, label=label)) == 0).sum()) for _ in range(3)]
        if {int(dropped.sum()), int((again == 0).sum())} == set(counts) and len(set(counts)) == 1:
            fail(
                f"`{label}` drops the same number of entries each time.",
                expected="a decision of its own for every entry, so that their number varies",
                actual=f"{counts[0]} zeros in each of five calls",
                cause="a fixed number of entries is chosen: the decisions depend on each other",
                next_step="draw a random number for every entry, and compare it with p",
            )
        label = f"inverted_dropout(x, {p:g}, False)"
        got = expect_tensor(
            call(inverted_dropout, x, p, False, label=label), shape="rows columns", sizes={"rows": 150, "columns": 60}
        )
        expect_values(
            got,
            x,
            label,
            because="outside of training dropout does nothing",
            mistakes=[
                Mistake(
                    (1 - p) * x,
                    "the entries are scaled by 1 - p: this belongs to the older form of dropout, which does not scale "
                    "while training",
                    "scaling while training makes this unnecessary",
                ),
                Mistake(x / (1 - p), "the entries are scaled up outside of training too", "only while training"),
                *(
                    [Mistake(got, "entries are dropped outside of training too", "look at `training`")]
                    if bool((got == 0).any())
                    else []
                ),
            ],
        )
    x = random_normal(3, 4, 5)
    got = expect_tensor(call(inverted_dropout, x, 0.0, True, label="inverted_dropout(x, 0, True)"), shape="3 4 5")
    expect_values(got, x, "inverted_dropout(x, 0, True)", because="with p = 0 nothing is dropped")


def _parameters(*shapes: tuple[int, ...]) -> tuple[list[Subject], list[torch.Tensor], list[torch.Tensor]]:
    """Parameters with gradients beside the student's code, and both as numbers."""
    values, grads, made = [], [], []
    for number, shape in enumerate(shapes, start=1):
        values.append(random_normal(*shape))
        grads.append(random_normal(*shape))
        made.append(make("torch.nn.Parameter", values[-1], label=f"parameter {number}"))
        set_attribute(made[-1], "grad", grads[-1])
    return made, values, grads


def _model_of(values: Sequence[torch.Tensor], grads: Sequence[torch.Tensor]) -> tuple[Subject, list[Subject]]:
    """A linear layer with these numbers and gradients, and its parameters."""
    model = make("torch.nn.Linear", values[0].shape[1], values[0].shape[0], label="model")
    load_parameters(model, values)
    made = [attribute(model, name, keep=True) for name in ("weight", "bias")]
    for parameter, grad in zip(made, grads, strict=True):
        set_attribute(parameter, "grad", grad)
    return model, made


def _tensor_of(subject: Subject, what: str, gone: str) -> torch.Tensor:
    if subject.tensor is None:
        fail(
            f"{what} is gone after the call.",
            expected="the tensor that was there",
            actual=subject.kind_name,
            cause=gone,
            next_step="leave it where it is",
        )
    return subject.tensor


def _row(tensors: Sequence[torch.Tensor]) -> torch.Tensor:
    return torch.cat([tensor.flatten() for tensor in tensors])


GENERATOR = (
    "`model.parameters()` is a generator: it can be walked through once, and the second loop over it finds nothing"
)


@exercise(
    "3.10",
    title="Weight decay by hand",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "What does a penalty of `weight_decay / 2` times the sum of squares add to the gradient of a weight?",
        "Under `torch.no_grad()`, change each parameter in place: `p.sub_(...)` or `p -= ...`.",
        "`p.grad` may be None, and must not be changed.",
    ),
)
def weight_decay_step(weight_decay_step: Subject) -> None:
    for case in ("a list", "model.parameters()"):
        lr, decay = random_integer(10, 40) / 100, random_integer(20, 60) / 100
        if case == "a list":
            made, values, grads = _parameters((3, 4), (5,))
            idle_value = random_normal(4)
            idle = make("torch.nn.Parameter", idle_value, label="parameter without a gradient")
            given = give([made[0], idle, made[1]], "parameters")
        else:
            values, grads = [random_normal(3, 4), random_normal(3)], [random_normal(3, 4), random_normal(3)]
            model, made = _model_of(values, grads)
            given = method(model, "parameters", keep=True)
        label = f"weight_decay_step(parameters, {lr:g}, {decay:g}) with {case}"
        try:
            call(weight_decay_step, given, lr, decay, label=label)
        except Raised as error:
            if case == "a list" and error.is_a("TypeError", "AttributeError") and "None" in error.message:
                fail(
                    f"`{label}` raised {error.type}.",
                    expected="parameters without a gradient are left as they are",
                    actual=f"{error.type}: {error.message[:200]}",
                    cause="one of the parameters has the gradient None: it took no part in the loss",
                    next_step="skip what has no gradient, as PyTorch's optimizers do",
                    where=_where(error),
                )
            if "leaf Variable" in error.message:
                fail(
                    f"`{label}` raised {error.type}.",
                    expected="parameters changed in place",
                    actual=f"{error.type}: {error.message[:200]}",
                    cause="a parameter that tracks gradients is changed in place while autograd is watching",
                    next_step="do the step under `torch.no_grad()`",
                    where=_where(error),
                )
            raise
        now = [_tensor_of(read(parameter), "A parameter", "it was replaced") for parameter in made]
        old, g = _row(values), _row(grads)
        generator = Mistake(old, GENERATOR, "make a list of it first") if case != "a list" else None
        expect_values(
            _row(now),
            old - lr * (g + decay * old),
            f"the parameters after {label}",
            because="what one step of `torch.optim.SGD` with this `weight_decay` gives",
            next_step="one weight on paper: value 2, gradient 1, lr 0.1, decay 0.5",
            mistakes=[
                *([generator] if generator else []),
                Mistake(
                    old,
                    "the parameters are as before: a new tensor was computed, and bound to a name, instead of "
                    "changing the parameter itself",
                    "change each parameter in place",
                ),
                Mistake(old - lr * g, "the decay has no effect", "what does the penalty add to the gradient?"),
                Mistake(old - lr * (g - decay * old), "the decay makes the weights larger: its sign", ""),
                Mistake(old - lr * (g + 2 * decay * old), "the decay is twice as strong as PyTorch's", ""),
                Mistake(old - lr * (g + decay * old**2), "the square of the weight is added to the gradient", ""),
                Mistake(old - lr * (g + decay / 2 * old**2), "the penalty itself is added, not its derivative", ""),
                Mistake(old - lr * (g + decay * old.sign()), "this is the derivative of the absolute value", ""),
                Mistake(
                    old - lr * (g + decay), "the same number is added to every gradient", "it depends on the weight"
                ),
                Mistake(
                    old - lr * g - decay * old,
                    "the decay is not multiplied by the learning rate",
                    "the decay is a part of the gradient",
                ),
                Mistake(
                    (old - lr * g) * (1 - lr * decay),
                    "the decay acts on the weight after the step, not before",
                    "both parts use the old weight",
                ),
                Mistake(old + lr * (g + decay * old), "the step goes uphill", "subtract the gradient"),
                Mistake(old - (g + decay * old), "the learning rate is missing", ""),
                Mistake(old * (1 - lr * decay), "the gradient is missing", ""),
            ],
        )
        after = [_tensor_of(attribute(p, "grad"), "A gradient", "it was set to None") for p in made]
        if not close(_row(after), g):
            fail(
                f"`{label}` changes the gradients.",
                expected="gradients as they were: only the parameters move",
                actual="other numbers in `.grad`",
                cause="the decay is added to `p.grad` in place",
                next_step="give the sum a name of its own: `g = p.grad + ...`",
            )
        if case == "a list" and not close(_tensor_of(read(idle), "A parameter", ""), idle_value):
            fail(
                f"`{label}` changes a parameter that has no gradient.",
                expected="a parameter without a gradient stays as it is, as in `torch.optim.SGD`",
                actual="other numbers",
                cause="the missing gradient is taken for 0, and the decay is applied",
                next_step="skip what has no gradient",
            )


@exercise(
    "3.11",
    title="Clip gradients by their global norm",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "One norm for all gradients together: the root of the sum of all squares.",
        "All gradients get the same factor, so that the direction stays. When is there nothing to do?",
        "A generator can be walked through once: collect the gradients in a list first.",
    ),
)
def clip_gradients(clip_gradients: Subject) -> None:
    for case in (
        "gradients that are too large",
        "gradients that are small enough",
        "model.parameters()",
        "gradients of 0",
    ):
        max_norm = random_integer(12, 20) / 10
        target = {"gradients that are small enough": 0.6 * max_norm, "gradients of 0": 0.0}.get(case, 4 * max_norm)
        made, values, grads = _parameters((4, 3), (4,))
        scale = target / float(_row(grads).norm())
        # one gradient much smaller than the bound on its own: clipping it alone would leave it as it is
        grads = [scale * grad for grad in grads]
        idle = make("torch.nn.Parameter", random_normal(2), label="parameter without a gradient")
        if case == "model.parameters()":
            model, made = _model_of(values, grads)
            given = method(model, "parameters", keep=True)
        else:
            for parameter, grad in zip(made, grads, strict=True):
                set_attribute(parameter, "grad", grad)
            given = give([made[0], idle, made[1]], "parameters")
        label = f"clip_gradients(parameters, {max_norm:g}) with {case}"
        try:
            seen = call(clip_gradients, given, max_norm, label=label)
        except Raised as error:
            if not error.is_stub and error.is_a("TypeError", "AttributeError") and "None" in error.message:
                fail(
                    f"`{label}` raised {error.type}.",
                    expected="parameters without a gradient are left out",
                    actual=f"{error.type}: {error.message[:200]}",
                    cause="one of the parameters has the gradient None: it took no part in the loss",
                    next_step="skip what has no gradient",
                    where=_where(error),
                )
            if error.is_a("IndexError", "RuntimeError") and case == "model.parameters()" and "empty" in error.message:
                fail(
                    f"`{label}` raised {error.type}.",
                    expected="any iterable of parameters",
                    actual=f"{error.type}: {error.message[:200]}",
                    cause=GENERATOR,
                    next_step="make a list of it first",
                    where=_where(error),
                )
            raise
        g = _row(grads)
        norm = float(g.norm())
        factor = min(1.0, max_norm / norm) if norm else 1.0
        after = [_tensor_of(attribute(p, "grad"), "A gradient", "it was set to None") for p in made]
        got = _row(after)
        single = _row([grad * min(1.0, max_norm / max(float(grad.norm()), 1e-12)) for grad in grads])
        if bool(torch.isnan(got).any()):
            fail(
                f"`{label}` gives NaN.",
                expected="gradients of 0 stay 0",
                actual="NaN",
                cause="the norm is 0, and is divided by",
                next_step="scale only when the norm is larger than the bound, or add a tiny number to the divisor",
            )
        expect_values(
            got,
            factor * g,
            f"the gradients after {label}",
            because="all gradients times one factor, so that their common norm is at most `max_norm`",
            rtol=1e-3,
            next_step="two gradients on paper: 3 and 4, with max_norm 1",
            mistakes=[
                *([Mistake(g, GENERATOR, "make a list of it first")] if case == "model.parameters()" else []),
                Mistake(
                    g,
                    "the gradients are as before: new tensors were computed, and bound to a name",
                    "change `p.grad` in place, or assign to it",
                ),
                Mistake(
                    single,
                    "each gradient is clipped by its own norm, which changes the direction of the step",
                    "one norm, and one factor, for all of them together",
                ),
                Mistake(
                    g.clamp(-max_norm, max_norm),
                    "each entry is clamped, which changes the direction of the step",
                    "multiply all of them by one factor",
                ),
                Mistake(
                    g * max_norm / max(norm, 1e-12),
                    "small gradients are scaled up to `max_norm`",
                    "a norm below the bound leaves everything as it is",
                ),
                Mistake(g / max(norm, 1e-12), "the norm is scaled to 1, not to `max_norm`", ""),
                Mistake(g * max_norm, "the gradients are multiplied by `max_norm`", "divide by the norm, too"),
                Mistake(
                    g * min(1.0, max_norm / max(sum(float(grad.norm()) for grad in grads), 1e-12)),
                    "the norms of the parameters are added up",
                    "add the squares, and take the root at the end",
                ),
                Mistake(
                    g * min(1.0, max_norm / max(*(float(grad.norm()) for grad in grads), 1e-12)),
                    "only the largest gradient counts",
                    "all squares go into one sum",
                ),
                Mistake(g * min(1.0, max_norm / max(norm**2, 1e-12)), "the root is missing in the norm", ""),
                Mistake(torch.zeros_like(g), "the gradients are set to 0", "multiply them by a factor"),
            ],
        )
        expect_number(
            seen,
            norm,
            what="the norm of all gradients together before clipping",
            when=f"for {case}",
            tolerance=1e-3,
            reveal=False,
            mistakes=(
                Mistake(
                    min(norm, max_norm), "this is the norm after clipping, or the bound", "keep the norm from before"
                ),
                Mistake(max_norm, "the bound is returned", "return the norm that was measured"),
                Mistake(factor, "the factor is returned", "return the norm"),
                Mistake(norm**2, "the root is missing", ""),
            ),
        )
        now = [_tensor_of(read(parameter), "A parameter", "it was replaced") for parameter in made]
        if not close(_row(now), _row(values)):
            fail(
                f"`{label}` changes the parameters.",
                expected="parameters as they were: only their gradients are clipped",
                actual="other weights",
                cause="the factor multiplies the parameter instead of its gradient, or a step is taken",
                next_step="only `.grad` changes",
            )


# -- 3.12 to 3.14: bug clinic --------------------------------------------------------------------------------------


@exercise(
    "3.12",
    title="Bug clinic: the batch of one",
    points=2,
    difficulty=1,
    minutes=10,
    hints=(
        "For which numbers of rows is the last batch a single row?",
        "`drop_last` is the remedy, but only when it is needed.",
    ),
)
def safe_loader(safe_loader: Subject) -> None:
    size = random_integer(4, 6)
    for rows, batch_size in (
        (2 * size + 1, size),
        (2 * size + 3, size),
        (3 * size, size),
        (5, 2),
        (size + 1, size),
        (size - 1, size),
        (2 * size + 2, size),
    ):
        x = torch.arange(rows, dtype=torch.float32)[:, None] * torch.ones(1, 3)
        dataset = make("torch.utils.data.TensorDataset", x, torch.arange(rows), label="dataset")
        label = f"safe_loader(dataset, {batch_size}) with {rows} rows"
        loader = call(safe_loader, dataset, batch_size, keep=True, label=label)
        expect_instance(loader, "torch.utils.data.DataLoader", "a DataLoader")
        orders = []
        for _ in range(2):
            batches, ended = iterate(loader, rows + 2)
            counts, seen = [], []
            for batch in batches:
                parts = expect_parts(batch, ("features", "labels"))
                numbers = expect_tensor(parts[1], shape="batch").tolist()
                counts.append(len(numbers))
                seen += [int(number) for number in numbers]
            lost = 1 if rows % batch_size == 1 else 0
            if 1 in counts:
                fail(
                    f"`{label}` still makes a batch of one row.",
                    expected="batches of at least two rows",
                    actual=f"batches of {', '.join(map(str, counts))} rows",
                    cause="the last batch keeps the row that is left over"
                    if batch_size > 1
                    else "the batch size is not passed on",
                    next_step="leave the last batch out when a single row is left over",
                )
            if len(seen) < rows - lost or not ended:
                fail(
                    f"`{label}` leaves out more rows than it must.",
                    expected=f"{rows - lost} of the {rows} rows in each epoch",
                    actual=f"{len(seen)} of them, in batches of {', '.join(map(str, counts)) or 'no rows at all'}",
                    cause="the last batch is left out whenever it is not full, even where it has two rows or more"
                    if len(seen) == rows - rows % batch_size
                    else "a row is left out where no batch of one row threatens",
                    next_step="find out how many rows are left over, and decide",
                )
            if max(counts) > batch_size:
                fail(
                    f"`{label}` makes a batch that is too large.",
                    expected=f"batches of at most {batch_size} rows",
                    actual=f"batches of {', '.join(map(str, counts))} rows",
                    cause="the row that is left over is put into another batch, or the batch size is changed",
                    next_step="leave that row out of this epoch",
                )
            if len(counts) > math.ceil(rows / batch_size) or len(set(seen)) < len(seen):
                fail(
                    f"`{label}` deals the rows out in another way.",
                    expected=f"batches of {batch_size} rows, only the last one may be shorter, and each row once",
                    actual=f"batches of {', '.join(map(str, counts))} rows",
                    cause="rows come twice, or the batch size is changed",
                    next_step="keep the batch size that is passed in",
                )
            orders.append(seen)
        if rows > 6 and (orders[0] == sorted(orders[0]) or orders[0] == orders[1]):
            fail(
                f"`{label}` does not shuffle anew in each epoch.",
                expected="a new random order in every epoch: the loader is for training",
                actual="the order of the dataset" if orders[0] == sorted(orders[0]) else "twice the same order",
                cause="shuffling is off, as it is unless asked for"
                if orders[0] == sorted(orders[0])
                else "the rows were shuffled once, before the loader was made, or the order is seeded anew each time",
                next_step="let the loader shuffle",
            )
        if lost and rows == 2 * size + 1:
            left_out = [set(range(rows)) - set(order) for order in orders]
            for _ in range(5):
                batches, _ended = iterate(loader, rows + 2)
                numbers = [expect_tensor(expect_parts(one, ("features", "labels"))[1]).flatten() for one in batches]
                left_out.append(set(range(rows)) - {int(number) for number in torch.cat(numbers)})
            if all(rest == left_out[0] for rest in left_out):
                fail(
                    f"`{label}` leaves out the same row in every epoch.",
                    expected="a row that chance picks anew in each epoch",
                    actual=f"row {next(iter(left_out[0]))}, in each of {len(left_out)} epochs",
                    cause="the row is taken out of the dataset, once and for all, so that nothing is learned from it",
                    next_step="shuffle all rows, and leave out the one that is left over then",
                )


@exercise(
    "3.13",
    title="Bug clinic: scores that depend on the neighbors",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Which switch turns dropout off, and makes batch normalization use its running statistics?",
        "Every module has a flag `training` of its own, and they may differ. Remember them all before you switch.",
        "`for module in model.modules()`: store `module.training`, and put it back at the end.",
    ),
)
def steady_scores(steady_scores: Subject) -> None:
    width = random_integer(6, 9)
    spec: list[Spec] = [("Linear", 4, width), ("BatchNorm1d", width), ("ReLU",), ("Dropout", 0.5), ("Linear", width, 1)]
    for mode in ("training mode", "eval mode", "training mode with a frozen BatchNorm"):
        here, there = _twins(spec)
        norm_here = here[1]
        assert isinstance(norm_here, nn.BatchNorm1d)
        norm = attribute(there, "1", keep=True)
        mean, var = random_normal(width), 0.5 + random_normal(width).abs()
        norm_here.running_mean, norm_here.running_var = mean.clone(), var.clone()
        set_attribute(norm, "running_mean", mean)
        set_attribute(norm, "running_var", var)
        training_mode(there, mode != "eval mode")
        if "frozen" in mode:
            training_mode(norm, False)
        x = 2 * random_normal(9, 4)
        here.eval()
        with torch.no_grad():
            last = here[4].bias
            assert isinstance(last, nn.Parameter)
            last.sub_(here(x).quantile(0.45))  # scores on both sides of one half
            logits = here(x)[:, 0]
        load_parameters(there, [p.detach() for p in here.parameters()])
        right = torch.sigmoid(logits)
        for rows in (9, 1):
            given = give(x[:rows], "x")
            label = f"steady_scores(model, x) with {rows} {'row' if rows == 1 else 'rows'} and a model in {mode}"
            seen = call(steady_scores, there, given, label=label)
            if seen.kind == "tensor" and seen.meta["shape"] == () and rows == 1:
                fail(
                    f"`{label}` has the wrong shape.",
                    expected="shape (1,)",
                    actual="shape ()",
                    cause="`squeeze()` without an axis also removes the batch axis when there is one row",
                    next_step="name the axis to remove",
                )
            got = expect_tensor(seen, shape="batch", sizes={"batch": rows}, dtype=torch.float32)
            batch = None
            if rows > 1:
                here.train()
                with torch.no_grad():
                    here[3].eval()
                    batch = torch.sigmoid(here(x))[:, 0]
                here.eval()
                norm_here.running_mean, norm_here.running_var = mean.clone(), var.clone()
            again = expect_tensor(call(steady_scores, there, x[:rows], label=label), shape="batch")
            if not close(again, got):
                fail(
                    f"`{label}` gives other scores each time.",
                    expected="the same scores for the same rows",
                    actual="two different answers",
                    cause="dropout is still random: the model, or a part of it, is in training mode",
                    next_step="switch the whole model to eval mode before calling it; `no_grad` does not do that",
                )
            expect_values(
                got,
                right[:rows],
                label,
                rtol=1e-3,
                because="the sigmoid of the model's outputs in eval mode",
                mistakes=[
                    Mistake(logits[:rows], "these are the logits", "a sigmoid makes probabilities of them"),
                    Mistake(torch.sigmoid(right[:rows]), "the sigmoid is applied twice", "once is enough"),
                    Mistake((right[:rows] > 0.5).float(), "these are decisions, not probabilities", ""),
                    Mistake(torch.ones(rows), "a softmax over one number is always 1", "a sigmoid belongs there"),
                    *(
                        [Mistake(batch, "batch normalization still uses the statistics of this batch", "eval mode")]
                        if batch is not None
                        else []
                    ),
                ],
            )
            if seen.meta.get("has_graph") or seen.meta.get("requires_grad"):
                fail(
                    f"`{label}` is tied to the gradient graph.",
                    expected="plain numbers",
                    actual="a tensor that tracks gradients",
                    cause="eval mode does not switch autograd off",
                    next_step="compute under `torch.no_grad()`",
                )
            _expect_modes(there, mode, label)
            for name, kept in (("running_mean", mean), ("running_var", var)):
                if not close(expect_tensor(attribute(norm, name)), kept):
                    fail(
                        f"`{label}` moves the running statistics.",
                        expected="a model that is only looked at",
                        actual=f"another `{name}` in the batch normalization",
                        cause="the model was called in training mode, where every batch is averaged in, with or "
                        "without `no_grad`",
                        next_step="switch to eval mode before calling the model",
                    )
            expect_unchanged(given, x[:rows], "the tensor `x`")


def _expect_modes(model: Subject, mode: str, label: str) -> None:
    """Every module is in the mode that it was in before."""
    wanted = {
        "model": mode != "eval mode",
        "its dropout": mode != "eval mode",
        "its BatchNorm": mode == "training mode",
    }
    parts = {
        "model": model,
        "its dropout": attribute(model, "3", keep=True),
        "its BatchNorm": attribute(model, "1", keep=True),
    }
    for name, training in wanted.items():
        if attribute(parts[name], "training").value is not training:
            now, then = ("training", "eval") if not training else ("eval", "training")
            fail(
                f"`{label}` leaves {'the model' if name == 'model' else name} in {now} mode.",
                expected=f"{then} mode, as before",
                actual=f"{now} mode",
                cause="the model stays in eval mode, and the training that goes on after this runs without dropout and "
                "batch statistics"
                if now == "eval"
                else "`model.train()` at the end switches everything on, also a model, or a part of one, that was "
                "in eval mode before",
                next_step="remember the flag `training` of every module, and put it back",
            )


HIDDEN_LAYERS = 10
TRAIN_ROWS, TEST_ROWS = 1500, 4000


@exercise(
    "3.14",
    title="Bug clinic: the deep net that learns nothing",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "Start with what happens before the first step: do signal and gradient get through ten layers?",
        "Three faults: the activation, the line with `clone()`, and the gain. Batch normalization helps on top.",
        "Linear, BatchNorm, ELU, ten times over, 16 units wide, with He weights; Adam with a learning rate of 0.01.",
    ),
)
def train_deep_net(train_deep_net: Subject) -> None:
    data = draw_water(TRAIN_ROWS, TEST_ROWS)
    parts = (data.train_features, data.train_labels)
    given = [
        part if isinstance(part, Subject) else give(part, name)
        for part, name in zip(map(handed_over, parts), ("features", "labels"), strict=True)
    ]
    model = call(train_deep_net, *given, keep=True, label="train_deep_net(features, labels)")
    expect_model(model, because="the trained network is what the function returns")
    model.label = "model"
    for subject, name, before in zip(given, ("features", "labels"), parts, strict=True):
        expect_unchanged(subject, before, f"the tensor `{name}`")
    logits = outputs_in_eval_mode(model, data.test_features)
    if tuple(logits.shape) != (TEST_ROWS, 1):
        fail(
            "The outputs of `model` have the wrong shape.",
            expected=f"one logit for each row: ({TEST_ROWS}, 1) for {TEST_ROWS} rows",
            actual=f"shape {show_shape(logits.shape)}",
            cause="the last axis was removed inside of the model"
            if logits.ndim == 1
            else "the last layer has another number of outputs",
            next_step="let the last layer have one output, and return it as it is",
        )
    layers = [p for p in parameters(model) if p.tensor.ndim == 2]
    if len(layers) < HIDDEN_LAYERS + 1:
        fail(
            "The net is not deep enough for this exercise.",
            expected=f"at least {HIDDEN_LAYERS} hidden linear layers and one for the output",
            actual=f"{len(layers)} linear {'layer' if len(layers) == 1 else 'layers'}",
            cause="layers are missing, are not registered, or one layer is used several times",
            next_step="keep the depth of the broken net: this exercise is about getting a gradient through it",
        )
    logits = logits[:, 0]
    accuracy = float(((logits > 0) == data.test_labels.bool()).double().mean())
    expect_metric(
        accuracy,
        "accuracy",
        because="every repaired net of the calibration reaches it",
        diagnose=lambda value: _why_not_learned(model, logits, data.test_features, data.test_labels),
    )
    expect_gradients(model, data.train_features[:64])


def _why_not_learned(
    model: Subject, logits: torch.Tensor, x_test: torch.Tensor, y_test: torch.Tensor
) -> tuple[str, str]:
    """Cause and next step for an accuracy that is too low."""
    if not bool(torch.isfinite(logits).all()):
        return "the outputs are NaN or infinite: the training exploded", "a smaller learning rate, or clipped gradients"

    def good(guesses: torch.Tensor) -> bool:
        share = float(y_test.mean())
        return float((guesses == y_test.bool()).double().mean()) > max(share, 1 - share) + 0.03

    if bool((logits >= 0).all()) and bool((logits <= 1).all()) and good(logits > 0.5):
        return (
            "the outputs are probabilities, and the check reads logits: above 0 means label 1",
            "leave the sigmoid to the loss",
        )
    if float(logits.std()) < 0.05:
        return (
            "the net gives nearly the same output for every sample: what comes in does not get through the layers, and "
            "no gradient comes back",
            "measure the spread of each layer's output and the gradient norms, from the last layer to the first",
        )
    if good(logits < 0):
        return "the labels are turned around", "logits above 0 mean label 1"
    training_mode(model, True)
    seen = expect_tensor(call(model, x_test))[:, 0]
    training_mode(model, False)
    if good(seen > 0) and not good(logits > 0):
        return (
            "in training mode the model is good, in eval mode it is not: the running statistics of its batch "
            "normalization have not settled, or do not belong to what it was trained on",
            "more steps, or a larger momentum, and no scoring in training mode",
        )
    return (
        "the net reacts to its inputs, but has not learned enough from them: too few steps, labels that do not belong "
        "to their rows, or a learning rate that does not fit",
        "print the loss of each epoch: it has to fall",
    )


EXERCISES = (
    layer_gradient_norms,
    activation_slope,
    count_dead_units,
    init_scale,
    preserving_gain,
    init_preserving,
    batch_norm_by_hand,
    norm_net,
    inverted_dropout,
    weight_decay_step,
    clip_gradients,
    safe_loader,
    steady_scores,
    train_deep_net,
)
