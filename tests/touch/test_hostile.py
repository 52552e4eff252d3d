"""A check raises nothing but its own verdict, whatever the student's object does.

Every object of a small zoo is handed to every exercise of chapter 1, as the answer itself, as a function that returns
it, and as what a class makes; the verdict must be "failed" (or "not attempted" where nothing was written), must come
in time, must never blame the check, and nothing may reach the terminal.
"""

from __future__ import annotations

import contextlib
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from touch_support import SecondProcess

from grader.chapters import ch01
from grader.exercise import Exercise
from grader.feedback.card import verdict_html
from grader.feedback.text import verdict_text
from grader.verdict import Outcome, Verdict

SECONDS = 30.0  # generous: the machine may be busy


class Unprintable(Exception):
    def __str__(self) -> str:
        raise ValueError("no text")

    __repr__ = __str__


class MyBase(BaseException):
    pass


def raiser(error: BaseException | type[BaseException]) -> Callable[..., Any]:
    def function(*_: Any, **__: Any) -> Any:
        raise error

    return function


def hostile(**methods: Any) -> Any:
    """An object of a class with these methods."""
    return type("Hostile", (), methods)()


class Liar:
    """Says that it is a tensor, and has an answer to everything."""

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        return torch.Tensor

    def __getattr__(self, name: str) -> Any:
        return self

    def __call__(self, *_: Any, **__: Any) -> Any:
        return self


class Meta(type):
    def __instancecheck__(cls, other: Any) -> bool:
        raise RuntimeError("instancecheck")

    def __subclasscheck__(cls, other: Any) -> bool:
        raise RuntimeError("subclasscheck")

    def __getattribute__(cls, name: str) -> Any:
        if name in {"__mro__", "__name__", "__qualname__", "__module__", "__dict__", "__bases__", "mro"}:
            raise RuntimeError(f"no {name}")
        return super().__getattribute__(name)

    def __eq__(cls, other: object) -> bool:
        raise RuntimeError("eq")

    def __hash__(cls) -> int:
        return 1


class FromMeta(metaclass=Meta):
    pass


class BadNames:
    pass


BadNames.__qualname__ = "\x1b[31m" + "x" * 100_000
BadNames.__module__ = None  # type: ignore[assignment]


class Subclassed(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        raise RuntimeError(f"no {func}")


class StrangeInt(int):
    def __index__(self) -> int:
        raise RuntimeError("index")

    __int__ = __eq__ = __lt__ = __add__ = __sub__ = __rsub__ = __abs__ = __index__  # type: ignore[assignment]
    __hash__ = int.__hash__


class StrangeStr(str):
    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    def strip(self, *_: Any) -> str:  # type: ignore[override]
        raise RuntimeError("strip")

    __hash__ = str.__hash__


class StrangeFloat(float):
    __float__ = __eq__ = __sub__ = raiser(RuntimeError("float"))  # type: ignore[assignment]
    __hash__ = float.__hash__


class StrangeList(list):  # type: ignore[type-arg]
    __iter__ = __len__ = __getitem__ = raiser(RuntimeError("list"))  # type: ignore[assignment]


class StrangeDict(dict):  # type: ignore[type-arg]
    __iter__ = __len__ = __getitem__ = items = keys = raiser(RuntimeError("dict"))  # type: ignore[assignment]


def endless() -> Any:
    while True:
        yield 1


def deep(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def around_itself() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    value.append({"self": value})
    return value


def noisy(*_: Any, **__: Any) -> None:
    print("printed" * 10_000)
    print("\x1b[31mred\x07", file=sys.stderr)
    warnings.warn("careful" * 1000, stacklevel=1)


def quantized() -> torch.Tensor:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8)


def sparse() -> torch.Tensor:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.eye(3).to_sparse()


def nested() -> torch.Tensor:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])


VALUES: dict[str, Callable[[], Any]] = {
    "none": lambda: None,
    "ellipsis": lambda: ...,
    "not implemented": lambda: NotImplemented,
    "nan": lambda: float("nan"),
    "infinity": lambda: float("inf"),
    "huge int": lambda: 10**10_000,
    "negative huge int": lambda: -(2**70),
    "bool": lambda: True,
    "complex": lambda: 1j,
    "bytes": lambda: b"\xff\x00",
    "long string": lambda: "\x1b[31m\ud800" + "x" * 1_000_000,
    "generator": lambda: (i for i in range(3)),
    "endless generator": endless,
    "eq raises": lambda: hostile(__eq__=raiser(RuntimeError("eq")), __hash__=None),
    "eq says yes": lambda: hostile(__eq__=lambda *_: True, __lt__=lambda *_: True, __gt__=lambda *_: True),
    "len negative": lambda: hostile(__len__=lambda _: -1, __getitem__=lambda *_: 0),
    "len huge": lambda: hostile(__len__=lambda _: sys.maxsize, __getitem__=lambda *_: 0),
    "len text": lambda: hostile(__len__=lambda _: "3", __getitem__=lambda *_: 0),
    "len raises": lambda: hostile(__len__=raiser(KeyError("len"))),
    "getattr raises": lambda: hostile(__getattr__=raiser(ZeroDivisionError())),
    "getattribute raises": lambda: hostile(__getattribute__=raiser(RuntimeError("no"))),
    "getattr gives all": lambda: hostile(__getattr__=lambda self, name: self, __call__=lambda self, *_, **__: self),
    "class lies": Liar,
    "repr raises": lambda: hostile(__repr__=raiser(RuntimeError()), __str__=raiser(RuntimeError())),
    "repr huge": lambda: hostile(__repr__=lambda _: "x" * 10**6, __str__=lambda _: "x" * 10**6),
    "iter endless": lambda: hostile(__iter__=lambda _: endless()),
    "iter raises": lambda: hostile(__iter__=raiser(StopIteration())),
    "bool raises": lambda: hostile(__bool__=raiser(RuntimeError("bool"))),
    "dir and dict": lambda: hostile(__dir__=raiser(RuntimeError()), __dict__=property(raiser(RuntimeError()))),
    "metaclass": lambda: FromMeta,
    "of a metaclass": FromMeta,
    "bad names": BadNames,
    "noisy": lambda: noisy,
    "0-d tensor": lambda: torch.tensor(1.0),
    "empty tensor": lambda: torch.empty(0, 3),
    "nan tensor": lambda: torch.full((4, 1), float("nan")),
    "meta tensor": lambda: torch.ones(3, 9, device="meta"),
    "sparse tensor": sparse,
    "nested tensor": nested,
    "quantized tensor": quantized,
    "complex tensor": lambda: torch.ones(3, dtype=torch.complex64).conj(),
    "bfloat16 tensor": lambda: torch.ones(3, dtype=torch.bfloat16),
    "expanded tensor": lambda: torch.ones(1).expand(2**40),
    "tensor subclass": lambda: torch.ones(3).as_subclass(Subclassed),
    "tensor with gradient": lambda: torch.ones(3, requires_grad=True) * 2,
    "many axes": lambda: torch.ones([1] * 40),
    "object array": lambda: np.array([None, "x", object()], dtype=object),
    "structured array": lambda: np.zeros(3, dtype=[("a", "f4"), ("b", "O")]),
    "datetime array": lambda: np.array(["2020-01-01"], dtype="datetime64[D]"),
    "string array": lambda: np.array(["a", "b"]),
    "masked array": lambda: np.ma.masked_array([1.0, 2.0], [True, False]),
    "longdouble": lambda: np.longdouble(1),
    "float16 scalar": lambda: np.float16(1),
    "void scalar": lambda: np.zeros(1, dtype=[("a", "O")])[0],
    "strange int": lambda: StrangeInt(3),
    "strange float": lambda: StrangeFloat(3),
    "strange string": lambda: StrangeStr("Ada"),
    "strange list": lambda: StrangeList([1, 2]),
    "strange dict": lambda: StrangeDict(a=1),
    "odd keys": lambda: {None: 1, (1, 2): 2, float("nan"): 3, frozenset(): {}, b"x": 4, StrangeStr("1"): 5},
    "deep list": lambda: deep(5000),
    "list around itself": around_itself,
    "many things": lambda: [[0] * 3000] * 3000,
    "set": lambda: {1, 2},
    "module of python": lambda: sys,
    "type": lambda: type,
    "exception": lambda: ValueError("x"),
    "bare module": nn.Module,
    "empty sequential": nn.Sequential,
    "dataset of none": lambda: torch.utils.data.TensorDataset(),
}

ERRORS: dict[str, Callable[[], BaseException]] = {
    "Exception": lambda: Exception("x" * 10**6),
    "BaseException": lambda: MyBase("x"),
    "SystemExit": lambda: SystemExit(0),
    "KeyboardInterrupt": KeyboardInterrupt,
    "GeneratorExit": GeneratorExit,
    "RecursionError": lambda: RecursionError("deep"),
    "StopIteration": lambda: StopIteration(3),
    "StopAsyncIteration": StopAsyncIteration,
    "MemoryError": MemoryError,
    "Unprintable": Unprintable,
    "group": lambda: ExceptionGroup("several", [ValueError("a"), Unprintable()]),
    "warning": lambda: UserWarning("as an error"),
    "surrogate": lambda: ValueError("\ud800\x1b[31m"),
    "own NotImplementedError": lambda: NotImplementedError("with words"),
}


def recursing(*args: Any, **kwargs: Any) -> Any:
    return recursing(*args, **kwargs)


FUNCTIONS: dict[str, Callable[[], Any]] = {
    **{f"raises {name}": lambda make=make: raiser(make()) for name, make in ERRORS.items()},  # type: ignore[misc]
    "recursion without end": lambda: recursing,
    "noisy": lambda: noisy,
    **{
        f"returns {name}": lambda make=make: lambda *_, **__: make()  # type: ignore[misc]
        for name, make in VALUES.items()
    },
}


def classes() -> dict[str, type]:
    """Classes in place of an answer: datasets and networks that misbehave."""

    class NoSuper(nn.Module):
        def __init__(self, *_: Any) -> None:
            pass

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x

    class Overridden(nn.Module):
        def __init__(self, *_: Any) -> None:
            super().__init__()
            self.layer = nn.Linear(9, 1)

        parameters = named_parameters = raiser(RuntimeError("parameters"))  # type: ignore[assignment]
        train = eval = state_dict = named_modules = modules = raiser(MyBase("no"))  # type: ignore[assignment]

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.layer(x)

    class BadSetattr(nn.Module):
        def __setattr__(self, name: str, value: Any) -> None:
            raise RuntimeError(name)

    class BadGetattr(nn.Module):
        def __getattr__(self, name: str) -> Any:
            return 3

    class BadCall(nn.Module):
        def __init__(self, *_: Any) -> None:
            super().__init__()
            self.layer = nn.Linear(9, 1)

        def __call__(self, *_: Any) -> Any:  # type: ignore[override]
            raise SystemExit

    class InPlace(nn.Module):
        """Changes its input, weights, mode and the random state in every call."""

        def __init__(self, *_: Any) -> None:
            super().__init__()
            self.fc1, self.fc2, self.fc3 = nn.Linear(9, 16), nn.Linear(16, 8), nn.Linear(8, 1)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x.mul_(0)
            with torch.no_grad():
                for parameter in self.parameters():
                    parameter.add_(torch.rand(()))
            self.train(not self.training)
            torch.manual_seed(0)
            torch.set_default_dtype(torch.float64)
            return torch.sigmoid(self.fc3(torch.relu(self.fc2(torch.relu(self.fc1(x))))))

    class Strange(torch.utils.data.Dataset):  # type: ignore[type-arg]
        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def __len__(self) -> int:
            return 8

        def __getitem__(self, index: int) -> Any:
            return Liar(), Liar()

    class Grows(torch.utils.data.Dataset):  # type: ignore[type-arg]
        length = 0

        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def __len__(self) -> int:
            type(self).length += 1
            return self.length

        def __getitem__(self, index: int) -> Any:
            raise StopIteration

    class Weird(nn.Module):
        """Parameters that are no ordinary ones."""

        def __init__(self, *_: Any) -> None:
            super().__init__()
            self.a = nn.Parameter(torch.ones(3, device="meta"))
            self.b = nn.Parameter(torch.ones(2, dtype=torch.complex64))
            self.c = nn.UninitializedParameter()
            self.__dict__["_parameters"]["d"] = "not a tensor"
            self.__dict__["_modules"]["e"] = 5

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return x

    class NewEachTime:
        def __new__(cls, *_: Any, **__: Any) -> Any:
            return 7

    class InitReturns:
        def __init__(self, *_: Any, **__: Any) -> None:
            return 3  # type: ignore[return-value]

    class Slots:
        __slots__ = ()

        def __init__(self, *_: Any, **__: Any) -> None:
            pass

    class MetaModule(nn.Module):
        def __init__(self, *_: Any) -> None:
            super().__init__()
            with torch.device("meta"):
                self.net = nn.Sequential(nn.Linear(9, 16), nn.Linear(16, 8), nn.Linear(8, 1))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.net(x)

    class Around(nn.Module):
        """Holds itself."""

        def __init__(self, *_: Any) -> None:
            super().__init__()
            self.__dict__["_modules"]["me"] = self

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self(x)

    found = {name: value for name, value in locals().items() if isinstance(value, type)}
    for name, make in VALUES.items():
        found[f"makes {name}"] = type("Maker", (), {"__new__": staticmethod(lambda *_, make=make, **__: make())})
        found[f"gives {name}"] = type(
            "Giver",
            (torch.utils.data.Dataset,),
            {
                "__init__": lambda self, *_, **__: None,
                "__len__": lambda self: 12,
                "__getitem__": lambda self, index, make=make: (make(), make()),
                "__getattr__": lambda self, name, make=make: make(),
            },
        )
    return found


def is_acceptable(exercise: Exercise, verdict: Verdict) -> None:
    """What every verdict on such an answer must be."""
    assert verdict.outcome in (Outcome.FAILED, Outcome.NOT_ATTEMPTED), verdict
    assert not verdict.internal, verdict.finding
    assert verdict.finding is not None
    assert verdict.finding.headline
    assert verdict.points == 0
    text, html = verdict_text(verdict), verdict_html(verdict)
    assert len(text) < 20_000, len(text)
    assert "\x1b" not in text + html
    (text + html).encode()  # no lone surrogates: these cannot be shown or stored


def try_all(exercise: Exercise, zoo: dict[str, Any], judge: Callable[[dict[str, Any]], Verdict]) -> None:
    problems = []
    for name, make in zoo.items():
        started = time.perf_counter()
        try:
            verdict = judge(dict.fromkeys(exercise.names, make))
            is_acceptable(exercise, verdict)
        except BaseException as error:
            if type(error).__module__.startswith("_pytest"):
                raise
            problems.append(f"{name}: {type(error).__name__}: {str(error)[:500]}")
        if time.perf_counter() - started > SECONDS:
            problems.append(f"{name}: {time.perf_counter() - started:.1f} seconds")
    assert not problems, "\n".join(problems)


def zoo() -> dict[str, Any]:
    made = {f"the answer is {name}": make() for name, make in VALUES.items()}
    made |= {f"a function that {name}": make() for name, make in FUNCTIONS.items()}
    made |= {f"class {name}": value for name, value in classes().items()}
    return made


@pytest.mark.parametrize("exercise", ch01.EXERCISES, ids=lambda e: e.name)
def test_here(exercise: Exercise, capfd: pytest.CaptureFixture[str]) -> None:
    before = torch.get_default_dtype(), torch.is_grad_enabled(), torch.random.get_rng_state().tolist()
    try_all(exercise, zoo(), lambda names: exercise.judge_objects(namespace=names, seed=1))
    assert before == (torch.get_default_dtype(), torch.is_grad_enabled(), torch.random.get_rng_state().tolist())
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("exercise", ch01.EXERCISES, ids=lambda e: e.name)
def test_in_a_second_process(exercise: Exercise, second_process: SecondProcess) -> None:
    def judge(names: dict[str, Any]) -> Verdict:
        verdict, shown = second_process.judge(exercise, names)
        assert shown == "", shown[:300]
        return verdict

    # forks are dear: each exercise gets other animals, and every animal its turn
    start = ch01.EXERCISES.index(exercise)
    animals = dict(list(zoo().items())[start :: len(ch01.EXERCISES)])
    try_all(exercise, animals, judge)


@pytest.mark.parametrize("exercise", ch01.EXERCISES, ids=lambda e: e.name)
@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, MyBase])
def test_output_of_a_broken_answer_is_kept_bounded(exercise: Exercise, error: type[BaseException]) -> None:
    def answer(*_: Any, **__: Any) -> None:
        with contextlib.suppress(Exception):
            noisy()
        raise error

    verdict = exercise.judge_objects(namespace=dict.fromkeys(exercise.names, answer), seed=1)
    assert verdict.outcome is Outcome.FAILED
    assert len(verdict.printed) <= 4000
