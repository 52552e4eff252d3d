"""Expectations: each either returns plain data or stops the check with one finding.

The order in a check is always the same: does it exist, is it of the right type, dtype, rank, shape; are the values
right; does it behave; is it good enough. Every message says what was expected, what came, the likely cause and the
next step, and none prints the answer.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import torch
from torch import nn

from grader import touch
from grader.calibration.floors import floor_of
from grader.calibration.recording import Measurement, Naming, current_recording
from grader.calibration.samples import handed_over
from grader.shapes import match_shape, read_shape, shape_cause, show_shape, show_wanted
from grader.touch.session import Raised, current_session
from grader.touch.subject import Parameter, Subject
from grader.verdict import Finding, MetricMissed, NotAttempted, NotPassed

Inputs = torch.Tensor | Sequence[torch.Tensor]
"""What a model is called with: one tensor, or one for each of its arguments."""


def fail(
    headline: str, *, expected: str = "", actual: str = "", cause: str = "", next_step: str = "", where: str = ""
) -> NoReturn:
    """Stop the check: the answer is wrong for this reason."""
    raise NotPassed(Finding(headline, expected, actual, cause, next_step, where))


@dataclass(frozen=True)
class Mistake:
    """A wrong result that a known mistake gives, and what to say when it turns up.

    Attributes:
        result: the wrong values (tensor, number, ...), compared like the right ones.
        cause: what the student probably did.
        next_step: what to do now.
    """

    result: Any
    cause: str
    next_step: str = ""


# -- existence and type --------------------------------------------------------------------------------------------


def require_attempt(subject: Subject) -> None:
    """Stop as "not attempted" when the name is missing or still holds the placeholder."""
    if subject.kind == "missing":
        raise NotAttempted(
            Finding(
                f"`{subject.label}` is not defined yet.",
                expected=f"a definition of `{subject.label}` above this cell",
                actual="no such name in the notebook",
                cause="the cell that defines it has not been run, stopped with an error, or was renamed",
                next_step=f"complete the cell that defines `{subject.label}`, run it, then run this check again",
            )
        )
    if subject.kind == "ellipsis":
        raise NotAttempted(
            Finding(f"`{subject.label}` is still the placeholder `...`.", next_step="replace it with your answer")
        )


def _returned_nothing(subject: Subject, wanted: str) -> None:
    if subject.kind == "none":
        fail(
            f"`{subject.label}` gave None.",
            expected=wanted,
            actual="None",
            cause="the value was computed but not handed back: a `return` is missing, or stands in only one branch",
            next_step="return the result",
        )
    if subject.kind == "ellipsis":
        raise NotAttempted(
            Finding(f"`{subject.label}` is still the placeholder `...`.", next_step="replace it with your answer")
        )


def expect_type(
    subject: Subject,
    kinds: str | Sequence[str],
    wanted: str,
    *,
    because: str = "",
    cause: str = "",
    next_step: str = "",
) -> Subject:
    """Expect one of the kinds of :data:`grader.touch.subject.KINDS`; ``wanted`` names them for people."""
    allowed = [kinds] if isinstance(kinds, str) else kinds
    if subject.kind in allowed:
        return subject
    _returned_nothing(subject, wanted)
    if subject.kind == "broken":
        cause = cause or f"the value cannot be read ({subject.meta.get('why', 'unknown reason')})"
    fail(
        f"`{subject.label}` should be {wanted}.",
        expected=wanted + (f", because {because}" if because else ""),
        actual=subject.kind_name,
        cause=cause or _kind_cause(subject),
        next_step=next_step or "look at `type(...)` of your value and follow it back to where it is made",
    )


def _kind_cause(subject: Subject) -> str:
    """Why a value may be of another kind than it should."""
    return {
        "class": "the class itself came instead of an object of it: its brackets `()` are missing",
        "function": "the function itself came instead of its result: its brackets `()` are missing",
        "generator": "the values were not collected yet: a generator only makes them when it is looped over",
        "module": "a module came instead of its result: `nn.ReLU(x)` makes a layer with `x` as an option, and does not "
        "apply it",
    }.get(subject.kind, "another value was returned or stored under this name")


def expect_instance(
    subject: Subject, of: Subject | str, wanted: str, *, because: str = "", cause: str = "", next_step: str = ""
) -> Subject:
    """Expect an instance of a library class (``"torch.nn.Module"``) or of a student's class."""
    if touch.is_instance(subject, of):
        return subject
    _returned_nothing(subject, wanted)
    fail(
        f"`{subject.label}` should be {wanted}.",
        expected=wanted + (f", because {because}" if because else ""),
        actual=subject.kind_name,
        cause=cause or _kind_cause(subject),
        next_step=next_step or "look at `type(...)` of your value and follow it back to where it is made",
    )


def expect_subclass(cls: Subject, of: Subject | str, wanted: str, *, because: str = "") -> None:
    """Expect the student's class to derive from another."""
    if cls.kind == "class" and not touch.is_subclass(cls, of):
        fail(
            f"`{cls.label}` should inherit from {wanted}.",
            expected=f"a class that builds on {wanted}" + (f", because {because}" if because else ""),
            actual="a class that does not",
            cause="the parent is missing from the brackets of the `class` line",
            next_step=f"name the parent in the `class {cls.label}(...)` line",
        )


def expect_parts(subject: Subject, names: Sequence[str], *, because: str = "") -> list[Subject]:
    """Expect a tuple or list with one value per name, and relabel the parts by these names."""
    wanted = f"{len(names)} values ({', '.join(names)})"
    _returned_nothing(subject, wanted)
    if subject.kind not in {"tuple", "list"}:
        fail(
            f"`{subject.label}` should give {wanted}.",
            expected=wanted + (f", because {because}" if because else ""),
            actual=subject.kind_name,
            cause="one tensor or array holds all of them, where separate values are asked for"
            if subject.tensor is not None and subject.meta.get("shape", ())[:1] == (len(names),)
            else "only one of the values is returned"
            if subject.kind in {"tensor", "array", "float", "int", "bool", "str"}
            else "the values are packed into a dict, which has names instead of an order"
            if subject.kind == "dict"
            else "the values come in something that is neither a tuple nor a list",
            next_step="return the values in this order, with a comma between them",
        )
    if len(subject.children) != len(names):
        fail(
            f"`{subject.label}` should give {wanted}.",
            expected=wanted,
            actual=f"{len(subject.children)} {'value' if len(subject.children) == 1 else 'values'}",
            cause="the values are packed together, or one is missing",
            next_step="return the values in this order, with a comma between them",
        )
    for name, part in zip(names, subject.children, strict=True):
        part.label = f"{name} of {subject.label}"
    return subject.children


def expect_entries(subject: Subject, names: Sequence[str]) -> dict[str, Subject]:
    """Expect a dict with exactly these text keys, and relabel its values by them."""
    keys = ", ".join(f'"{name}"' for name in names)
    expect_type(subject, "dict", f"a dict with the keys {keys}", next_step="return one dict with all of them")
    found = {key.value: value for key, value in subject.pairs if key.kind == "str"}
    missing = [name for name in names if name not in found]
    if missing or len(subject.pairs) != len(names):
        fail(
            f"`{subject.label}` has other keys than asked for.",
            expected=keys,
            actual=", ".join(repr(key.value) for key, _ in subject.pairs) or "an empty dict",
            cause=f'"{missing[0]}" is missing, or is written in another way'
            if missing
            else "there are more entries than asked for",
            next_step="return one dict with exactly these keys",
        )
    for name in names:
        found[name].label = f'"{name}" of {subject.label}'
    return {name: found[name] for name in names}


def expect_length(subject: Subject, wanted: int, *, because: str = "", mistakes: Iterable[Mistake] = ()) -> None:
    """Expect ``len(subject)`` to be ``wanted``."""
    got = touch.length(subject)
    if got == wanted:
        return
    cause, next_step = _known_cause(mistakes, lambda wrong: got == wrong)
    fail(
        f"`len({subject.label})` is wrong.",
        expected=f"{wanted}" + (f", because {because}" if because else ""),
        actual=str(got),
        cause=cause
        or ("one too few or too many" if abs(got - wanted) == 1 else "something else is counted than the samples"),
        next_step=next_step or "print what the length is counted from",
    )


# -- numbers and tensors -------------------------------------------------------------------------------------------


def number_of(subject: Subject) -> float | int | bool | None:
    """The number in a subject: a Python or NumPy number, or a tensor or array that holds exactly one."""
    if subject.kind in {"int", "float", "bool"}:
        return subject.value
    if subject.kind in {"tensor", "array"} and subject.tensor is not None and subject.tensor.numel() == 1:
        value = subject.tensor.reshape(()).item()
        return value if isinstance(value, int | float | bool) else None
    return None


def expect_number(
    subject: Subject,
    wanted: float,
    *,
    what: str = "",
    when: str = "",
    tolerance: float = 1e-9,
    reveal: bool = True,
    because: str = "",
    mistakes: Iterable[Mistake] = (),
) -> float:
    """Expect one number.

    Args:
        subject: what came.
        wanted: the right number.
        what: what it counts or measures, for the message.
        when: in which case, for the headline.
        tolerance: largest allowed difference, relative to ``max(1, |wanted|)``.
        reveal: whether the message may name the right number (not where the number is the answer).
        because: why it must be that number.
        mistakes: known wrong numbers and their causes.
    """
    what = what or "the right number"
    _returned_nothing(subject, what)
    got = number_of(subject)
    if got is None or isinstance(got, bool):
        fail(
            f"`{subject.label}` should be a number.",
            expected=what,
            actual=subject.kind_name
            + (f" of shape {show_shape(subject.meta['shape'])}" if "shape" in subject.meta else ""),
            cause="there are several values where one number belongs: did you mean to add them up?"
            if subject.kind in {"list", "tuple", "tensor", "array", "generator", "dict"}
            else "a yes or no came where a number belongs"
            if subject.kind == "bool"
            else "another value was returned or stored than the number",
            next_step="return one number",
        )
    if _close_numbers(got, wanted, tolerance):
        _record_names(wanted, mistakes, lambda a, b: _close_numbers(a, b, tolerance))
        return got
    cause, next_step = _known_cause(mistakes, lambda wrong: wrong is not None and _close_numbers(got, wrong, tolerance))
    if math.isnan(got):
        cause = cause or "a division of zero by zero, a missing value in the data, or a logarithm of 0"
    fail(
        f"`{subject.label}` is wrong{' ' * bool(when)}{when}.",
        expected=(f"{what}: {wanted:.10g}" if reveal else what) + (f", because {because}" if because else ""),
        actual=f"{got:.10g}" if isinstance(got, float) else str(got),
        cause=cause or _number_cause(got, wanted, tolerance),
        next_step=next_step or "work the example through by hand and compare each step",
    )


def _number_cause(got: float, wanted: float, tolerance: float) -> str:
    """What a wrong number has to do with the right one."""
    if isinstance(got, int) and isinstance(wanted, int) and abs(got - wanted) == 1:
        return "one too many or too few is counted"
    if got != 0 and _close_numbers(got, -wanted, tolerance):
        return "the sign is turned around"
    for factor in (2, 10, 100, 0.5, 0.1, 0.01):
        if wanted and _close_numbers(got, factor * wanted, tolerance):
            return f"it is {factor:g} times what it should be"
    return "another quantity is computed, or a step of the computation is missing"


def _close_numbers(a: Any, b: Any, tolerance: float) -> bool:
    if isinstance(a, int) and isinstance(b, int):
        return a == b
    return bool(abs(a - b) <= tolerance * max(1.0, abs(b)))


def expect_tensor(
    subject: Subject,
    *,
    shape: str | None = None,
    dtype: torch.dtype | None = None,
    sizes: Mapping[str, int] | None = None,
    because: str = "",
    arrays: bool = False,
) -> torch.Tensor:
    """Expect a tensor: its type, then dtype, then shape.

    Args:
        subject: what came.
        shape: einops-style, e.g. ``"batch 9"``; ``""`` for a single number; None for any.
        dtype: wanted dtype, or None for any.
        sizes: lengths of the names in ``shape``; a name without one stands for any length.
        because: why the dtype matters.
        arrays: accept NumPy arrays too.

    Returns:
        the numbers as a plain CPU tensor.
    """
    wanted = "a tensor" + (" or NumPy array" if arrays else "")
    if arrays and dtype is not None and subject.meta.get("dtype") and subject.kind in {"float", "int", "bool"}:
        # a NumPy scalar: a DataLoader stacks it like a 0-d array
        subject = _scalar_as_array(subject)
    if subject.kind != "tensor" and not (arrays and subject.kind == "array"):
        _returned_nothing(subject, wanted)
        cause = {
            "list": "a Python list is not a tensor yet",
            "tuple": "several values came where one tensor belongs",
            "array": "a NumPy array is not a tensor yet",
            "float": "a plain Python number is not a tensor yet",
            "int": "a plain Python number is not a tensor yet",
        }.get(subject.kind, "")
        cause_known = bool(cause)
        dtype_text = f" of dtype {_short(dtype)}" if dtype else ""
        fail(
            f"`{subject.label}` should be {wanted}.",
            expected=f"{wanted}{dtype_text}" + (f", because {because}" if because else ""),
            actual=subject.kind_name,
            cause=cause or _kind_cause(subject),
            next_step="return the one tensor that is asked for"
            if subject.kind == "tuple"
            else "convert it to a tensor with the dtype that is asked for"
            if cause_known
            else "look at `type(...)` of your value and follow it back to where it is made",
        )
    expect_dtype(subject, dtype, because=because)
    got = subject.meta["shape"]
    if shape is not None and match_shape(shape, got, sizes) is None:
        axes = [axis if isinstance(axis, int) else (sizes or {}).get(axis) for axis in read_shape(shape)]
        cause, next_step = shape_cause(axes, got)
        fail(
            f"`{subject.label}` has the wrong shape.",
            expected=f"shape {show_wanted(shape, sizes)}",
            actual=f"shape {show_shape(got)}",
            cause=cause,
            next_step=next_step,
        )
    if subject.tensor is None:
        fail(
            f"`{subject.label}` has no numbers that can be read.",
            expected="a tensor with numbers in memory",
            actual=f"a tensor on device {subject.meta.get('device', 'unknown')}",
            cause=subject.meta.get("why", ""),
            next_step="make it on the CPU, or on the same device as its input",
        )
    return subject.tensor


def _scalar_as_array(subject: Subject) -> Subject:
    tensor = torch.tensor(subject.value, dtype=getattr(torch, subject.meta["dtype"]))
    return Subject(
        subject.session, subject.label, "array", subject.type_name, tensor=tensor, meta={**subject.meta, "shape": ()}
    )


def expect_dtype(subject: Subject, dtype: torch.dtype | None, *, because: str = "") -> None:
    """Expect the dtype of a tensor or array."""
    if dtype is None or subject.meta.get("dtype") == _short(dtype):
        return
    got = subject.meta.get("dtype", "unknown")
    cause = {
        "float64": "pandas and NumPy use float64 unless told otherwise, and the tensor keeps what it is given",
        "int64": "whole numbers become int64, and a column of them keeps this dtype",
        "float32": "torch makes float32 of Python floats, unless told otherwise",
        "float16": "half precision keeps about three digits only",
        "bool": "a comparison gives True and False",
    }.get(got, "")
    fail(
        f"`{subject.label}` has the wrong dtype.",
        expected=_short(dtype) + (f", because {because}" if because else ""),
        actual=got,
        cause=cause or "the dtype was chosen here, or carried over from the numbers it is made from",
        next_step=f"say `{dtype}` where it is made, or convert it there",
    )


def _short(dtype: torch.dtype | None) -> str:
    return str(dtype).removeprefix("torch.")


def expect_values(
    got: torch.Tensor,
    wanted: torch.Tensor,
    label: str,
    *,
    rtol: float = 1e-4,
    atol: float = 1e-5,
    because: str = "",
    next_step: str = "",
    mistakes: Iterable[Mistake] = (),
) -> None:
    """Expect numbers within ``atol + rtol * |wanted|``, the shapes being equal; NaN is never right.

    The message names how far off the numbers are and where, and the cause when a known mistake gives them.
    """
    if got.shape != wanted.shape:
        cause, step = shape_cause(list(wanted.shape), list(got.shape))
        fail(
            f"`{label}` has the wrong shape.",
            expected=f"shape {show_shape(wanted.shape)}",
            actual=f"shape {show_shape(got.shape)}",
            cause=cause,
            next_step=step,
        )
    if close(got, wanted, rtol, atol):
        _record_names(wanted, mistakes, lambda a, b: a.shape == b.shape and close(a, b, rtol, atol))
        return
    a, b = got.to(torch.float64), wanted.to(torch.float64)
    off = ~torch.isclose(a, b, rtol=rtol, atol=atol)
    cause, step = _known_cause(
        mistakes,
        lambda wrong: isinstance(wrong, torch.Tensor) and wrong.shape == got.shape and close(got, wrong, rtol, atol),
    )
    cause = cause or _values_cause(a, b, rtol, atol)
    count = int(off.sum())
    worst = torch.where(off, (a - b).abs().nan_to_num(nan=math.inf, posinf=math.inf), torch.zeros_like(a))
    place = torch.unravel_index(worst.argmax(), a.shape) if a.ndim else ()
    position = f" at index ({', '.join(str(int(i)) for i in place)})" if len(place) else ""
    distance = worst.max().item()
    size = f", off by up to {distance:.3g}" if math.isfinite(distance) else ""
    fail(
        f"`{label}` has wrong values.",
        expected=because or f"the values of the reference within {rtol:g} of their size",
        actual=f"{count} of {a.numel()} {'value differs' if count == 1 else 'values differ'}{size}{position}",
        cause=cause,
        next_step=step or next_step or "try it on an example small enough to work through by hand",
    )


Wrong = tuple[Sequence[torch.Tensor], str, str]
"""What a known mistake gives instead of several tensors; its cause and the next step."""


def expect_tensors(
    parts: Sequence[Subject],
    wanted: Sequence[torch.Tensor],
    wrongs: Iterable[Wrong] = (),
    *,
    expected: str,
    headline: str = "",
    any_dtype: bool = False,
    because: str = "",
    rtol: float = 1e-4,
    atol: float = 1e-5,
) -> None:
    """Expect these tensors; a known wrong answer, of whatever shapes, is named as a whole.

    Args:
        parts: what came, see :func:`expect_parts`.
        wanted: the right tensors; the answer's dtypes must be theirs, unless ``any_dtype``.
        wrongs: looked at only when something differs.
        expected: the computation in words.
        headline: for a known mistake.
        because: why it must be these dtypes.
        rtol, atol: tolerances.
    """
    got = [
        expect_tensor(part, dtype=None if any_dtype else right.dtype, because=because)
        for part, right in zip(parts, wanted, strict=True)
    ]
    if all(close(mine, right, rtol, atol) for mine, right in zip(got, wanted, strict=True)):
        return
    for tensors, cause, next_step in wrongs:
        if all(close(mine, wrong, rtol, atol) for mine, wrong in zip(got, tensors, strict=True)):
            shapes = " and ".join(show_shape(mine.shape) for mine in got)
            same = all(mine.shape == right.shape for mine, right in zip(got, wanted, strict=True))
            names = " and ".join(f"`{part.label}`" for part in parts)
            fail(
                headline or f"{names} {'are' if len(parts) > 1 else 'is'} wrong.",
                expected=expected,
                actual="other values" if same else f"shape{'s' * (len(got) > 1)} {shapes}",
                cause=cause,
                next_step=next_step,
            )
    for part, mine, right in zip(parts, got, wanted, strict=True):
        expect_values(mine, right, part.label, because=expected, rtol=rtol, atol=atol)


def _values_cause(got: torch.Tensor, wanted: torch.Tensor, rtol: float, atol: float) -> str:
    """What wrong numbers (float64, of the right shape) have to do with the right ones."""
    if torch.isnan(got).any() and not torch.isnan(wanted).any():
        return "there is a NaN: missing values in the data, a division of zero by zero, or a logarithm of 0"
    if torch.isinf(got).any() and not torch.isinf(wanted).any():
        return "there is an infinity: a division by zero, an exponential that overflows, or a logarithm of 0"
    if got.numel() > 1 and close(got.flatten().sort().values, wanted.flatten().sort().values, rtol, atol):
        return "the right numbers stand in other places: rows, columns or samples are in another order"
    if close(got, wanted.round(), rtol, atol) or close(got, wanted.trunc(), rtol, atol):
        return "the numbers were rounded or cut to whole numbers on the way"
    if close(got, -wanted, rtol, atol):
        return "the sign is turned around"
    if got.numel() > 1:
        at = wanted.abs().argmax()
        factor = (got.flatten()[at] / wanted.flatten()[at]).item()
        if math.isfinite(factor) and factor and close(got, factor * wanted, rtol, atol):
            return f"all numbers are {factor:.3g} times what they should be: a factor is missing, extra or another one"
        shift = (got - wanted).flatten()[0].item()
        if math.isfinite(shift) and close(got - shift, wanted, rtol, atol):
            return f"all numbers are off by the same amount, {shift:.3g}"
    return "another quantity is computed, or a step of the computation is missing"


def close(got: torch.Tensor, wanted: torch.Tensor, rtol: float = 1e-4, atol: float = 1e-5) -> bool:
    """Same shape and numbers within ``atol + rtol * |wanted|``; never broadcasts, NaN is never close."""
    if got.shape != wanted.shape:
        return False
    return bool(torch.isclose(got.to(torch.float64), wanted.to(torch.float64), rtol=rtol, atol=atol).all())


def _known_cause(mistakes: Iterable[Mistake], matches: Callable[[Any], bool]) -> tuple[str, str]:
    for mistake in mistakes:
        if matches(mistake.result):
            return mistake.cause, mistake.next_step
    return "", ""


def _record_names(wanted: Any, mistakes: Iterable[Mistake], same: Callable[[Any, Any], bool]) -> None:
    """Tell a recording what would be said to each known mistake that does not come to the right values here."""
    running = current_recording()
    if running is None:
        return
    known = [m for m in mistakes if isinstance(m.result, torch.Tensor) == isinstance(wanted, torch.Tensor)]
    known = [m for m in known if m.result is not None]
    for mistake in known:
        if not same(mistake.result, wanted):
            cause, _ = _known_cause(known, lambda wrong, m=mistake: same(m.result, wrong))  # type: ignore[misc]
            running.named.append(Naming(current_session().exercise, mistake.cause, cause or mistake.cause))


def told_apart(wanted: float, mistakes: Iterable[Mistake], tolerance: float) -> bool:
    """Whether no two of these numbers are as good as equal by accident of the draw.

    A check that draws again until this holds names the right cause. Numbers equal to the last digits are equal by
    nature (a total that is positive, cut off at 0): drawing again would not part them.

    Args:
        wanted: the right number.
        mistakes: known wrong numbers; two with the same cause may meet.
        tolerance: that of `expect_number`, relative to ``max(1, |number|)``.
    """
    found = [(wanted, "")] + [(float(m.result), m.cause) for m in mistakes]
    found = sorted(pair for pair in found if math.isfinite(pair[0]))
    return not any(
        cause != other and 1e-6 * max(1.0, abs(b)) < b - a < 2 * tolerance * max(1.0, abs(a), abs(b))
        for (a, cause), (b, other) in itertools.combinations(found, 2)
    )


def named_right(rounds: Iterable[tuple[float, Sequence[Mistake]]], tolerance: float) -> bool:
    """Whether every known mistake, where it first gives another number than the right one, is named as itself.

    For rounds that are looked at one after the other, with numbers that may meet exactly (shares, counts), where
    `told_apart` cannot tell accident from nature.

    Args:
        rounds: the right number and the known wrong ones, in the order in which they are expected.
        tolerance: that of `expect_number`.
    """
    seen = set()
    for wanted, mistakes in rounds:
        for mistake in mistakes:
            if mistake.cause in seen or _close_numbers(mistake.result, wanted, tolerance):
                continue
            seen.add(mistake.cause)
            cause, _ = _known_cause(mistakes, lambda wrong, m=mistake: _close_numbers(m.result, wrong, tolerance))  # type: ignore[misc]
            if cause != mistake.cause:
                return False
    return True


def expect_raises(action: Callable[[], Any], error: str, *, when: str, cause: str = "", next_step: str = "") -> None:
    """Expect the student's code to raise ``error`` (a class name) ``when`` something is not allowed."""
    results: list[Any] = []
    raised = touch.error_of(lambda: results.append(action()))
    if raised is None:
        given = results[0] if results and isinstance(results[0], Subject) else None
        if given is not None and given.type_name.endswith(("Error", "Exception")):
            cause = "the error is made and returned instead of raised, so nobody notices"
        elif given is not None and given.kind == "str":
            cause = "a message is returned instead of an error raised, so nobody notices"
        fail(
            f"Nothing was raised {when}.",
            expected=error,
            actual="no error",
            cause=cause or "the case is not checked, or only reported with `print`",
            next_step=next_step or f"test for the case first, and `raise {error}(...)` with a message",
        )
    if not raised.is_a(error):
        fail(
            f"The wrong kind of error was raised {when}.",
            expected=error,
            actual=f"{raised.type}: {raised.message[:200]}",
            cause="the error comes from another line than the one you meant, or is of another class",
            next_step=next_step or f"`raise {error}(...)` before anything else can go wrong",
        )


def expect_unchanged(given: Subject, original: Any, what: str, *, cause: str = "", next_step: str = "") -> None:
    """Expect an argument from :func:`grader.touch.give` to hold what it held before the student's code got it.

    Args:
        given: the argument.
        original: what it was made from: numbers, tensors, arrays, and lists or tuples of them.
        what: how a message calls it, e.g. "the list of layers".
        cause: what the student probably did.
        next_step: what to do instead.
    """
    change = _change(touch.read(given), original)
    if change:
        in_list = isinstance(original, list)
        fail(
            f"{what[:1].upper()}{what[1:]} that was passed in is changed by the call.",
            expected=f"{what} as it was before",
            actual=change,
            cause=cause
            or (
                "`pop`, `append`, `del` or an assignment to an index changes the caller's own list"
                if in_list
                else "an operation in place, such as `+=` or a method that ends in `_`, changes the caller's own tensor"
            ),
            next_step=next_step
            or (
                "copy the list first, or only read it" if in_list else "give the result a name of its own: `a = a + b`"
            ),
        )


def _change(now: Subject, before: Any) -> str:
    """How a value differs from what it was, in words; empty if it does not."""
    if isinstance(before, Subject):
        before = before.tensor
    if isinstance(before, torch.Tensor):
        if now.tensor is None or now.tensor.shape != before.shape:
            return f"{now.kind_name} of another shape"
        same = torch.equal(now.tensor, before)
        return "" if same else f"other numbers{'' if now.tensor.dtype == before.dtype else ' and another dtype'}"
    if isinstance(before, list | tuple):
        if len(now.children) != len(before):
            return f"{len(now.children)} {'entry' if len(now.children) == 1 else 'entries'} where {len(before)} were"
        changes = (_change(part, old) for part, old in zip(now.children, before, strict=True))
        return next((f"an entry with {change}" for change in changes if change), "")
    return "" if now.value == before else f"{now.value!r} where {before!r} was"


# -- models --------------------------------------------------------------------------------------------------------


def expect_model(subject: Subject, *, because: str = "") -> Subject:
    """Expect an ``nn.Module``."""
    # such as the network and its losses
    more = subject.kind == "tuple" and any(part.kind != "module" for part in subject.children)
    return expect_instance(
        subject,
        "torch.nn.Module",
        "an nn.Module",
        because=because or "only a module registers its parameters for the optimizer",
        cause="several values came where the network alone belongs"
        if more
        else "a list of layers is not yet a model"
        if subject.kind in {"list", "tuple"}
        else "the class was returned instead of an instance: its brackets `()` are missing"
        if subject.kind == "class"
        else "",
        next_step="return the network, and nothing else"
        if more
        else "combine the layers into one `nn.Module`"
        if subject.kind in {"list", "tuple"}
        else "return an instance of a module",
    )


def breakdown(found: Sequence[Parameter]) -> str:
    """``fc1 (Linear) 160 + fc2 (Linear) 136 + ...``: the parameter count per layer."""
    totals: dict[tuple[str, str], int] = {}
    for parameter in found:
        layer = parameter.name.rpartition(".")[0] or parameter.name
        key = (layer, parameter.layer)
        totals[key] = totals.get(key, 0) + parameter.tensor.numel()
    if not totals:
        return "0: no parameters are registered"
    parts = [f"{name} ({layer}) {count:,}" for (name, layer), count in totals.items()]
    return f"{sum(totals.values()):,} = " + " + ".join(parts)


def expect_parameters(
    model: Subject,
    wanted: int,
    *,
    example: Sequence[torch.Tensor] = (),
    reveal: bool = True,
    because: str = "",
    mistakes: Iterable[Mistake] = (),
) -> list[Parameter]:
    """Expect this number of trainable values, and tell the breakdown per layer when it differs.

    ``example``: inputs for a first call of models whose layers take their sizes from it (`nn.LazyLinear`).
    """
    found = touch.parameters(model)
    if (
        example
        and any(p.tensor.numel() == 0 for p in found)
        and touch.error_of(lambda: touch.call(model, *example)) is None
    ):
        found = touch.parameters(model)
    total = sum(p.tensor.numel() for p in found)
    if total != wanted:
        cause, next_step = _known_cause(mistakes, lambda wrong: wrong == total)
        if total == 0:
            cause = cause or (
                "no layer is registered: layers in a plain Python list or tuple, or made inside `forward`, are "
                "invisible to the module"
            )
            next_step = next_step or "make each layer an attribute of `self`, or put the list into `nn.ModuleList`"
        fail(
            f"`{model.label}` has the wrong number of parameters.",
            expected=(f"{wanted:,}" if reveal else "the number that follows from the layer sizes")
            + (f", because {because}" if because else ""),
            actual=breakdown(found),
            cause=cause or ("a layer is missing or narrower" if total < wanted else "a layer is too wide or extra"),
            next_step=next_step or "compare each layer's sizes with the exercise; a Linear has (inputs + 1) x outputs",
        )
    return found


def _arrangements(
    found: Sequence[torch.Tensor], reference: Sequence[torch.Tensor], limit: int = 48
) -> list[list[torch.Tensor]]:
    """Ways to hand the student's parameters to the reference by shape (also transposed), in order first."""
    if len(found) != len(reference):
        return []

    def options(position: int, slot: torch.Tensor) -> list[tuple[int, bool]]:
        fits = [(i, False) for i, t in enumerate(found) if t.shape == slot.shape]
        fits += [(i, True) for i, t in enumerate(found) if t.ndim == 2 and t.T.shape == slot.shape]
        # the student's own order and orientation first
        return sorted(fits, key=lambda option: (option[1], option[0] != position, option[0]))

    choices = [options(position, slot) for position, slot in enumerate(reference)]
    results: list[list[torch.Tensor]] = []

    def assign(chosen: list[tuple[int, bool]]) -> None:
        if len(results) >= limit:
            return
        if len(chosen) == len(choices):
            results.append([found[i].T if turned else found[i] for i, turned in chosen])
            return
        for index, turned in choices[len(chosen)]:
            if all(index != used for used, _ in chosen):
                assign([*chosen, (index, turned)])

    assign([])
    return results


def expect_same_behavior(
    model: Subject,
    reference: nn.Module,
    inputs: Inputs,
    *,
    what: str,
    mistakes: Iterable[tuple[nn.Module, str, str]] = (),
    rtol: float = 1e-3,
    atol: float = 1e-5,
    training: bool = False,
    parts: Sequence[str] = (),
) -> None:
    """Expect the model to compute the same function as the reference, for whatever parameters.

    The student's parameters are copied into the reference, matched by order and shape, never by name; both must
    give the same outputs. Then both get the same fresh random parameters, and must agree again: a network that
    ignores a layer, or that was tuned to its own weights, does not.

    Args:
        model: the student's model.
        reference: the network of the exercise.
        inputs: random inputs, the batch first; a tuple where the model takes several.
        what: the computation in words, for the message.
        mistakes: (network with the same parameters, cause, next step) for known mistakes; looked at only when the
            outputs differ, so that they may be made one by one.
        rtol, atol: tolerances of the outputs.
        training: compare in training mode, for layers such as batch normalization.
        parts: names of the outputs, "batch features" each, of a model that returns several of them.
    """
    reference.train(training)
    slots = [p.detach() for p in reference.parameters()]
    found = touch.parameters(model)
    mine = [p.tensor for p in found]
    expect_in_memory(model, found)
    if not _arrangements(mine, slots, limit=1):
        fail(
            f"`{model.label}` is built from other layers than the exercise asks for.",
            expected=what,
            actual=breakdown(found),
            cause="the sizes of the layers differ, though their number of parameters may agree",
            next_step="compare each layer's sizes with the exercise",
        )
    # the student's own numbers, and fresh ones: by bad luck a missing activation may change nothing with one of them
    rounds = [mine, *(_fresh(mine) for _ in range(3))]
    touch.training_mode(model, training)
    outputs = [_outputs(model, inputs, parts)]
    for numbers in rounds[1:]:
        touch.load_parameters(model, numbers)
        outputs.append(_outputs(model, inputs, parts))
    first = outputs[0]

    def agrees(network: nn.Module) -> bool:
        parameters = list(network.parameters())
        slots = [p.detach() for p in parameters]
        for handed in zip(*(_arrangements(numbers, slots) for numbers in rounds), strict=True):
            if all(
                close(got, _reference_output(network, numbers, inputs), rtol, atol)
                for got, numbers in zip(outputs, handed, strict=True)
            ):
                return True
        return False

    if agrees(reference):
        return
    cause, next_step, random = "", "", not close(_outputs(model, inputs, parts), outputs[-1], rtol, atol)
    if random:
        cause = "the same input gives other outputs each time: something in `forward` is random, such as a dropout "
        cause += "that is always on or a layer that is made anew in each call, or it remembers the call before, "
        cause += "as by a state that is kept in `self`"
        next_step = "call the model twice with the same input in eval mode: both outputs must be equal"
    for network, known_cause, known_step in mistakes if not cause else ():
        if agrees(network.train(training)):
            cause, next_step = known_cause, known_step
            break
    answers = [_reference_output(reference, _arrangements(numbers, slots)[0], inputs) for numbers in rounds]
    wanted = answers[0]
    if not cause and not torch.isfinite(first).all():
        cause = "the outputs hold NaN or infinity"
    distance = math.nan
    if first.shape == wanted.shape:
        distance = max((got - answer).abs().max().item() for got, answer in zip(outputs, answers, strict=True))
    fail(
        f"`{model.label}` has the right layers, but computes something else with them.",
        expected=what,
        actual="with the same weights and the same input, other outputs from call to call"
        if random
        else f"with the same weights, outputs that differ by up to {distance:.3g}"
        if first.shape == wanted.shape
        else f"outputs of shape {show_shape(first.shape)} where {show_shape(wanted.shape)} belongs",
        cause=cause or "an activation is missing, extra or of another kind, or a layer is skipped or used twice",
        next_step=next_step or "follow one input through `forward` line by line, and compare with the exercise",
    )


def expect_in_memory(model: Subject, found: Sequence[Parameter] | None = None) -> None:
    """Expect parameters that hold numbers."""
    if any(p.tensor.is_meta for p in (touch.parameters(model) if found is None else found)):
        fail(
            f"`{model.label}` has parameters without numbers.",
            expected="parameters in memory",
            actual="parameters on the meta device, or of a kind that cannot be read",
            cause="the layers were made on the meta device, which knows shapes only",
            next_step="make the layers on the CPU",
        )


def _fresh(tensors: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """Random parameters of the same shapes, of a size that keeps activations in range."""
    generator = current_session().random
    return [
        torch.randn(t.shape, generator=generator, dtype=torch.float32)
        / math.sqrt(max(1, t[:1].numel() if t.ndim > 1 else 4))  # a layer's fan-in, also of a convolution
        for t in tensors
    ]


def expect_same_in_training(model: Subject, inputs: Inputs, *, rtol: float = 1e-3, atol: float = 1e-5) -> None:
    """Expect the same outputs in training mode as in eval mode: no dropout, no batch normalization."""
    touch.training_mode(model, False)
    steady = _outputs(model, inputs)
    touch.training_mode(model, True)
    first, second = _outputs(model, inputs), _outputs(model, inputs)
    if not close(first, steady, rtol, atol):
        random = not close(first, second, rtol, atol)
        fail(
            f"`{model.label}` computes something else in training mode.",
            expected="the same outputs in training and in eval mode",
            actual="outputs that change from call to call in training mode" if random else "other outputs",
            cause="there is a dropout that nobody asked for"
            if random
            else "there is a normalization over the batch that nobody asked for",
            next_step="leave out every layer that the exercise does not name",
        )


def _each(inputs: Inputs) -> tuple[torch.Tensor, ...]:
    return (inputs,) if isinstance(inputs, torch.Tensor) else tuple(inputs)


def _outputs(model: Subject, inputs: Inputs, parts: Sequence[str] = ()) -> torch.Tensor:
    """What the model gives; several outputs side by side, as one tensor."""
    given = _each(inputs)
    output = touch.call(model, *given)
    if not parts:
        return expect_tensor(output).to(torch.float32)
    found = expect_parts(output, parts)
    return torch.cat(
        [expect_tensor(part, shape="batch scores", sizes={"batch": len(given[0])}).float() for part in found], dim=1
    )


def _reference_output(network: nn.Module, numbers: Sequence[torch.Tensor], inputs: Inputs) -> torch.Tensor:
    with torch.no_grad():
        for slot, values in zip(network.parameters(), numbers, strict=True):
            slot.copy_(values)
        output = network(*(part.clone() for part in _each(inputs)))
        return torch.cat(output, dim=1) if isinstance(output, tuple) else output


def expect_gradients(model: Subject, *inputs: torch.Tensor, next_step: str = "") -> None:
    """Expect a backward pass to reach every parameter (may load other parameters, put back after the check)."""
    found = touch.gradients(model, *inputs)
    reached = {name for name, grad in found.items() if grad is not None and bool((grad != 0).any())}
    for _ in range(6):
        # by bad luck all units of a narrow layer may be dead for all of these inputs: try other weights
        if len(reached) == len(found) or all(grad is None for grad in found.values()):
            break
        touch.load_parameters(model, _fresh([p.tensor for p in touch.parameters(model)]))
        again = touch.gradients(model, *inputs)
        reached |= {name for name, grad in again.items() if grad is not None and bool((grad != 0).any())}
    if not found:
        fail(
            f"`{model.label}` has no parameters to train.",
            expected="gradients for every layer",
            actual="no registered parameters",
            cause="layers in a plain Python list, or made inside `forward`, are invisible to the module",
            next_step="make each layer an attribute of `self`, or put the list into `nn.ModuleList`",
        )
    missing = [name for name in found if name not in reached]
    if missing:
        all_missing = len(missing) == len(found)
        fail(
            f"Gradients do not reach {'any parameter' if all_missing else 'every parameter'} of `{model.label}`.",
            expected="a gradient for every parameter after `backward()`",
            actual=f"none for {', '.join(missing[:6])}",
            cause="the graph is cut: `.detach()`, `.item()`, `.numpy()` or `torch.no_grad()` in `forward`, or frozen "
            "parameters"
            if all_missing
            else "these parameters take no part in the output, are frozen, or sit behind a cut in the graph",
            next_step=next_step or "follow the output back to these parameters: where does the path end?",
        )


def expect_batch_independent(
    model: Subject, inputs: Inputs, *, rtol: float = 1e-3, atol: float = 1e-5, parts: Sequence[str] = ()
) -> None:
    """Expect row i of the output to depend on row i of the input alone, for any batch size (in eval mode).

    ``parts`` names the outputs of a model that returns several.
    """
    touch.training_mode(model, False)
    whole = _outputs(model, inputs, parts)
    rows = len(_each(inputs)[0])
    if whole.ndim == 0 or whole.shape[0] != rows:
        fail(
            f"`{model.label}` loses the batch.",
            expected=f"one output per row: {rows} rows",
            actual=f"an output of shape {show_shape(whole.shape)}",
            cause="the output is summed, averaged or flattened over the batch",
            next_step="leave the first axis alone",
        )
    for size in (1, min(3, rows - 1)):
        try:
            part = _outputs(model, tuple(one[:size] for one in _each(inputs)), parts)
        except Raised as error:
            if error.is_stub or not error.is_a("RuntimeError", "ValueError", "IndexError"):
                raise
            fail(
                f"`{model.label}` works for a batch of {rows}, but not for one of {size}.",
                expected="any batch size",
                actual=f"{error.type}: {error.message[:200]}",
                cause="the batch size is written into the code",
                next_step="let `forward` take the batch size from its input",
                where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
            )
        if not close(part, whole[:size], rtol, atol):
            fail(
                f"`{model.label}` gives another output when the batch has another size.",
                expected=f"for the first {'row' if size == 1 else f'{size} rows'} alone, the same outputs as within a "
                f"batch of {rows}",
                actual=f"shape {show_shape(part.shape)}" if part.shape != whole[:size].shape else "other values",
                cause="a batch size is written into the code, or rows are mixed: a `squeeze` that also removes the "
                "batch axis, a normalization or softmax over axis 0",
                next_step="try the model on one row and on many, and compare the shapes in `forward`",
            )


def outputs_in_eval_mode(model: Subject, *inputs: torch.Tensor) -> torch.Tensor:
    """What the model gives for ``inputs`` in eval mode, on whichever device it lives: for metrics on held-out data."""
    return expect_tensor(_in_eval_mode(model, *inputs)).to(torch.float32)


def parts_in_eval_mode(model: Subject, inputs: torch.Tensor, names: Sequence[str]) -> list[torch.Tensor]:
    """As :func:`outputs_in_eval_mode`, for a model that returns several outputs."""
    return [expect_tensor(part).to(torch.float32) for part in expect_parts(_in_eval_mode(model, inputs), names)]


def _in_eval_mode(model: Subject, *inputs: torch.Tensor) -> Subject:
    found = touch.parameters(model)
    touch.training_mode(model, False)
    device = found[0].device if found else "cpu"
    return touch.call(model, *(handed_over(part, device) for part in inputs))


def expect_metric(
    value: float,
    metric: str,
    *,
    floor: float | None = None,
    better: str = "higher",
    because: str = "",
    diagnose: Callable[[float], tuple[str, str]] | None = None,
) -> None:
    """Expect a metric that the grader computed itself to reach its floor.

    A metric that misses it does not fail the answer yet: the check runs once more, on another draw of its inputs and of
    the student's random numbers, and that draw decides.

    Args:
        value: what was measured, on data that the student's code has not seen.
        metric: its name, e.g. "accuracy".
        floor: by default the one that ``grader calibrate`` has stored for this exercise and metric.
        better: ``"higher"``, or ``"lower"`` for errors, where the floor is a ceiling.
        because: why this much can be asked for.
        diagnose: called with a value that is not good enough; cause and next step.
    """
    exercise = current_session().exercise
    running = current_recording()
    if running is not None:
        running.measured.append(Measurement(exercise, metric, value, better))
        return
    if floor is None:
        stored = floor_of(exercise, metric)
        if stored.better != better:
            raise ValueError(f"the stored floor of {exercise} says that {stored.better} is better: calibrate anew")
        floor = stored.value
        assert floor is not None
    if value >= floor if better == "higher" else value <= floor:
        return
    cause, next_step = diagnose(value) if diagnose is not None else ("", "")
    raise MetricMissed(
        Finding(
            f"The {metric} is too {'low' if better == 'higher' else 'high'}.",
            expected=f"at {'least' if better == 'higher' else 'most'} {floor:.3g} on data that the model has not seen"
            + (f", because {because}" if because else ""),
            actual="not a number" if math.isnan(value) else f"{value:.3g}",
            cause=cause or "the training did not get far: too few steps, steps of the wrong size, or a step left out",
            next_step=next_step or "look at the training loss: does it fall, and does it stop falling too early?",
        )
    )


def random_normal(*shape: int) -> torch.Tensor:
    """A standard normal float32 tensor from the check's own generator."""
    return torch.randn(*shape, generator=current_session().random, dtype=torch.float32)


def random_integer(low: int, high: int) -> int:
    """A random integer from ``low`` to ``high``, both included, from the check's own generator."""
    return int(torch.randint(low, high + 1, (), generator=current_session().random))
