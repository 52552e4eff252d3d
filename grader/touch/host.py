"""Carries out the touches beside the student's objects, in the student's process.

``Host.perform`` is the one entry: a request in, a reply out, and nothing the student's code does can escape it:
exceptions become data, prints and warnings are caught, values are described and cloned.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import inspect
import io
import linecache
import shutil
import sys
import tempfile
import traceback
import warnings
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from grader.touch.describe import Node, describe, describe_tensor
from grader.touch.preserve import Snapshot, seed_everything

MAX_PRINTED = 4_000
#: what ``make`` may build: the libraries' own objects, so that a check can hand them to the student's code
MAKE_FROM = ("torch.", "torchvision.", "torchmetrics.")

_OWN_FOLDER = str(Path(__file__).resolve().parent)


class Host:
    """Holds the student's objects by handle and performs requests on them.

    Args:
        namespace: the student's global names.
    """

    def __init__(self, namespace: dict[str, Any] | None = None) -> None:
        self.namespace = {} if namespace is None else namespace
        self._objects: dict[int, object] = {}
        self._folder: Path | None = None
        self._snapshot = Snapshot()
        self._printed = io.StringIO()
        self._warnings: list[str] = []
        self._operations: dict[str, Callable[..., Any]] = {
            "name": self._op_name,
            "make": self._op_make,
            "give": self._op_give,
            "read": self._op_read,
            "set": self._op_set,
            "file": self._op_file,
            "folder": self._op_folder,
            "call": self._op_call,
            "construct": self._op_construct,
            "method": self._op_method,
            "attribute": self._op_attribute,
            "length": self._op_length,
            "item": self._op_item,
            "iterate": self._op_iterate,
            "isinstance": self._op_isinstance,
            "issubclass": self._op_issubclass,
            "parameters": self._op_parameters,
            "load": self._op_load,
            "gradients": self._op_gradients,
            "graphs": self._op_graphs,
            "mode": self._op_mode,
            "seed": self._op_seed,
            "output": self._op_output,
        }

    # -- life ----------------------------------------------------------------------------------------------------

    def adopt(self, value: object) -> Node:
        """Take an object of the caller's under observation: described, kept, and preserved."""
        self._snapshot.add(value)
        return describe(value, self._keep, keep_data=True)

    def close(self) -> None:
        """Put back what the touches changed, and remove the temporary files."""
        self._snapshot.restore()
        self._objects.clear()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _keep(self, value: object) -> int:
        handle = len(self._objects) + 1
        self._objects[handle] = value
        return handle

    # -- one request ---------------------------------------------------------------------------------------------

    def perform(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Carry out one request.

        Args:
            operation: its name.
            arguments: its arguments; student objects as ``{"$": "ref", "ref": handle}``.

        Returns:
            ``{"ok": ...}``, or ``{"error": {...}}`` when the student's code raised anything at all.
        """
        handler = self._operations.get(operation)
        if handler is None:
            return {"error": {"type": "ProtocolError", "bases": [], "message": f"unknown request {operation!r}"}}
        with self._guarded():
            try:
                live = {name: self._live(value) for name, value in arguments.items()}
                return {"ok": handler(**live)}
            except BaseException as error:  # SystemExit and KeyboardInterrupt of the student's code too
                return {"error": _describe_error(error)}

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        output = io.StringIO()
        dtype, grad = torch.get_default_dtype(), torch.is_grad_enabled()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
                    yield
            finally:
                # switches that the student's code turned must not reach the check, which may run in this process
                torch.set_default_dtype(dtype)
                torch.set_grad_enabled(grad)
                room = MAX_PRINTED - self._printed.tell()
                if room > 0:
                    self._printed.write(output.getvalue()[:room])
        for warning in caught[: max(0, 20 - len(self._warnings))]:
            with contextlib.suppress(Exception):
                self._warnings.append(f"{warning.category.__name__}: {warning.message}"[:300])

    def _live(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        form = value["$"]
        if form == "ref":
            return self._objects[value["ref"]]
        if form == "tensor":
            return value["tensor"].clone()
        if form == "array":
            return value["tensor"].numpy().copy()
        if form == "list":
            return [self._live(part) for part in value["items"]]
        if form == "tuple":
            return tuple(self._live(part) for part in value["items"])
        if form == "dict":
            return {self._live(key): self._live(part) for key, part in value["pairs"]}
        if form == "torch":
            return _resolve(value["path"])
        raise ValueError(f"unknown argument form {form!r}")

    def _result(self, value: object, keep: bool = False) -> Node:
        return describe(value, self._keep, keep_data=keep)

    # -- operations ----------------------------------------------------------------------------------------------

    def _op_name(self, name: str) -> Node:
        if name not in self.namespace:
            return {"kind": "missing", "type": ""}
        return self.adopt(self.namespace[name])

    def _op_make(self, path: str, args: list[Any], kwargs: dict[str, Any]) -> Node:
        return self._result(_resolve(path)(*args, **kwargs), keep=True)

    def _op_give(self, value: Any) -> Node:
        return self._result(value, keep=True)

    def _op_read(self, target: Any) -> Node:
        return self._result(target)

    def _op_set(self, target: Any, name: str, value: Any) -> None:
        self._snapshot.add(target)
        setattr(target, name, value)

    def _op_file(self, name: str, content: str | torch.Tensor) -> Node:
        """A temporary file: text, or bytes as a tensor of uint8."""
        return self._result(str(self._write(Path(name).name, content)))

    def _op_folder(self, name: str, files: dict[str, str | torch.Tensor]) -> Node:
        """A temporary folder of files; a name that ends in a slash makes an empty folder."""
        folder = self._own_folder() / Path(name).name
        folder.mkdir(exist_ok=True)
        for place, content in files.items():
            if place.endswith("/"):
                (folder / place).mkdir(parents=True, exist_ok=True)
            else:
                self._write(f"{folder.name}/{place}", content)
        return self._result(str(folder))

    def _own_folder(self) -> Path:
        """The folder for temporary files of this session, removed when it is closed."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="check-"))
        return self._folder

    def _write(self, name: str, content: str | torch.Tensor) -> Path:
        path = self._own_folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8", newline="")
        else:
            path.write_bytes(content.numpy().tobytes())
        return path

    def _op_call(self, target: Any, args: list[Any], kwargs: dict[str, Any], keep: bool) -> Node:
        return self._result(target(*args, **kwargs), keep)

    def _op_construct(self, target: Any, args: list[Any], kwargs: dict[str, Any]) -> Node:
        made = target(*args, **kwargs)
        return self._result(made, keep=True)

    def _op_method(self, target: Any, name: str, args: list[Any], kwargs: dict[str, Any], keep: bool) -> Node:
        return self._result(getattr(target, name)(*args, **kwargs), keep)

    def _op_attribute(self, target: Any, name: str, keep: bool) -> Node:
        return self._result(getattr(target, name), keep)

    def _op_length(self, target: Any) -> Node:
        return self._result(len(target))

    def _op_item(self, target: Any, indexes: list[Any]) -> list[Node]:
        return [self._result(target[index]) for index in indexes]

    def _op_iterate(self, target: Any, limit: int, keep: bool) -> dict[str, Any]:
        nodes: list[Node] = []
        iterator = iter(target)
        for _ in range(limit):
            try:
                value = next(iterator)
            except StopIteration:
                return {"items": nodes, "exhausted": True}
            nodes.append(self._result(value, keep))
        return {"items": nodes, "exhausted": False}

    def _op_isinstance(self, target: Any, of: Any) -> bool:
        # type(), not isinstance(): the latter believes an object's own __class__
        return issubclass(type(target), _resolve(of) if isinstance(of, str) else of)

    def _op_issubclass(self, target: Any, of: Any) -> bool:
        wanted = _resolve(of) if isinstance(of, str) else of
        return isinstance(target, type) and isinstance(wanted, type) and wanted in type.mro(target)

    def _op_parameters(self, target: Any) -> list[dict[str, Any]]:
        layers = {name: type(module).__name__ for name, module in nn.Module.named_modules(target)}
        return [
            {"name": name, "layer": layers.get(name.rpartition(".")[0], ""), "node": describe_tensor(tensor)}
            for name, tensor in nn.Module.named_parameters(target)
        ]

    def _op_load(self, target: Any, tensors: list[torch.Tensor]) -> None:
        self._snapshot.add(target)
        with torch.no_grad():
            for parameter, numbers in zip(nn.Module.parameters(target), tensors, strict=True):
                parameter.data.copy_(numbers)

    def _op_gradients(self, target: Any, args: list[Any], seed: int) -> list[dict[str, Any]]:
        """Backward from a fixed random weighting of the output: a plain sum can cancel (softmax sums to 1)."""
        self._snapshot.add(target)
        named = list(nn.Module.named_parameters(target))
        kept = [parameter.grad for _, parameter in named]
        try:
            with torch.enable_grad():
                for _, parameter in named:
                    parameter.grad = None
                outputs = [t for t in _tensors_in(target(*args)) if t.is_floating_point()]
                generator = torch.Generator().manual_seed(seed)
                total = sum(
                    (t * torch.randn(t.shape, generator=generator).to(t)).sum() for t in outputs if t.requires_grad
                )
                if isinstance(total, torch.Tensor):
                    total.backward()
            return [{"name": name, "node": None if p.grad is None else describe_tensor(p.grad)} for name, p in named]
        finally:
            for (_, parameter), grad in zip(named, kept, strict=True):
                parameter.grad = grad

    def _op_graphs(self, target: Any, numbers: list[float]) -> list[bool]:
        """Call the target with one number after another, each with a graph of its own; which graphs are still alive?

        Everything of the calls is dropped here: a graph that lives on is held by the student's code.
        """
        watched = [_call_with_graph(target, number) for number in numbers]
        if any(mark() is not None for mark in watched):
            gc.collect()  # what only a circle of references holds is not kept
        return [mark() is not None for mark in watched]

    def _op_mode(self, target: Any, training: bool) -> None:
        self._snapshot.add(target)
        nn.Module.train(target, training)

    def _op_seed(self, seed: int) -> None:
        seed_everything(seed)

    def _op_output(self) -> dict[str, Any]:
        return {"printed": self._printed.getvalue(), "warnings": list(self._warnings)}


def _resolve(path: str) -> Any:
    if not path.startswith(MAKE_FROM):
        raise ValueError(f"not a library object: {path}")
    module_name, _, rest = path.partition(".")
    value: Any = importlib.import_module(module_name)
    for part in rest.split("."):
        if not hasattr(value, part) and inspect.ismodule(value):
            importlib.import_module(f"{value.__name__}.{part}")
        value = getattr(value, part)
    return value


class _Mark:
    """Lives as long as the graph that it is a part of."""


class _Marked(torch.autograd.Function):
    """The number as it is, with a node in its graph that holds a mark."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, mark: _Mark) -> torch.Tensor:
        ctx.mark = mark
        return x.clone()

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Any:
        return gradients[0], None


def _call_with_graph(target: Any, number: float) -> weakref.ref[_Mark]:
    mark = _Mark()
    with torch.enable_grad():
        target(_Marked.apply(torch.tensor(number, requires_grad=True), mark))
    return weakref.ref(mark)


def _tensors_in(value: Any) -> list[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, list | tuple):
        return [t for part in value for t in _tensors_in(part)]
    if isinstance(value, dict):
        return [t for part in value.values() for t in _tensors_in(part)]
    return []


# -- errors as data ------------------------------------------------------------------------------------------------


def _describe_error(error: BaseException) -> dict[str, Any]:
    """What was raised and on which of the student's own lines."""
    cls = type(error)
    try:
        message = str(error)
    except BaseException:
        message = "(its message could not be read)"
    info: dict[str, Any] = {
        "type": cls.__name__[:100],
        "bases": [base.__name__[:100] for base in type.mro(cls)[:12]],
        "message": message[:2000],
    }
    with contextlib.suppress(Exception):
        own = [frame for frame in _frames(error) if not _is_library(frame[0])]
        if own:
            filename, line, function = own[-1]
            info |= {"line": line, "function": function[:100], "code": linecache.getline(filename, line).strip()[:200]}
    # the starter's stub: raised with nothing to say, where PyTorch's own always explains itself
    info["stub"] = cls is NotImplementedError and message == ""
    return info


def _frames(error: BaseException) -> list[tuple[str, int, str]]:
    return [
        (frame.filename, frame.lineno or 0, frame.name)
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(_OWN_FOLDER)
    ]


def _is_library(filename: str) -> bool:
    if filename.startswith("<frozen"):
        return True
    return (
        any(part in filename for part in ("site-packages", "dist-packages", *_stdlib_folders()))
        and "ipykernel_" not in filename
    )


def _stdlib_folders() -> tuple[str, ...]:
    return (str(Path(np.__file__).parent.parent), str(Path(traceback.__file__).parent), sys.base_prefix + "/lib/python")
