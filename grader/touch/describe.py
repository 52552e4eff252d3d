"""Turns a student's value into a node: bounded plain data, and tensors as plain clones.

A node is a dict with ``kind`` and, by kind, ``value``, ``tensor``, ``items``, ``type``, ``ref`` ... It is what a
:class:`~grader.touch.subject.Subject` is made from, and the only thing that ever leaves the student's process.
Nothing here trusts the value: no attribute of it is read where the type's own slot will do, because
``__class__``, ``__len__``, ``__eq__`` and ``__getattr__`` may be the student's.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

MAX_DEPTH = 6
MAX_ITEMS = 10_000
MAX_NODES = 20_000  # of one value with all its parts
MAX_TEXT = 20_000
MAX_BITS = 512  # of an int: more cannot be compared with a float, and may not turn into text
MAX_TENSOR_BYTES = 256 * 2**20

#: dtypes that may travel, by torch's own short name
DTYPES: dict[str, torch.dtype] = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.bool,
        torch.uint8,
        torch.int8,
        torch.int16,
        torch.int32,
        torch.int64,
        torch.float16,
        torch.bfloat16,
        torch.float32,
        torch.float64,
        torch.complex64,
        torch.complex128,
    )
}

Node = dict[str, Any]
Keep = Callable[[object], int]


def type_name(value: object) -> str:
    """``numpy.float64``, ``torch.Tensor``, or the bare name for builtins and the notebook's own classes."""
    cls = type(value)
    module = cls.__module__ if isinstance(cls.__module__, str) else ""
    name = str(cls.__qualname__)[:200]
    root = module.split(".")[0]
    return f"{root}.{cls.__name__}"[:200] if root in {"numpy", "torch", "torchvision", "pandas"} else name


class _Budget:
    """How many more nodes one value may have: lists within lists grow fast."""

    def __init__(self) -> None:
        self.left = MAX_NODES

    def takes(self, count: int) -> bool:
        """Whether so many more nodes are allowed; if so, they are taken."""
        if count > min(self.left, MAX_ITEMS):
            return False
        self.left -= count
        return True


def describe(value: object, keep: Keep, depth: int = 0, keep_data: bool = False, budget: _Budget | None = None) -> Node:
    """Describe ``value`` as a node.

    Args:
        value: anything at all.
        keep: stores an object that cannot travel and returns its handle.
        depth: how deep inside containers we are.
        keep_data: keep a handle of tensors and containers too, so that they can be touched again.
        budget: what is left for this value, when it is a part of another.

    Returns:
        a node; a value that cannot be read comes back as kind ``broken`` with the reason.
    """
    try:
        node = _describe(value, keep, depth, budget or _Budget())
    except Exception as error:  # a hostile value must not break the check
        node = {"kind": "broken", "type": type_name(value), "why": _safe_text(error)}
    if keep_data and "ref" not in node:
        node["ref"] = keep(value)
    return node


def _safe_text(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"[:500]
    except Exception:
        return type(error).__name__


def _describe(value: Any, keep: Keep, depth: int, budget: _Budget) -> Node:
    cls = type(value)
    if value is None:
        return {"kind": "none", "type": "None"}
    if value is Ellipsis:
        return {"kind": "ellipsis", "type": "..."}
    if cls is bool:
        return {"kind": "bool", "type": "bool", "value": value}
    if issubclass(cls, torch.Tensor):
        return describe_tensor(value)
    if issubclass(cls, np.ndarray):
        return _describe_array(np.asarray(value))
    if issubclass(cls, np.generic):
        return _describe_numpy_scalar(value)
    if issubclass(cls, int):
        if int.bit_length(value) > MAX_BITS:
            return {"kind": "object", "type": f"huge {type_name(value)}", "ref": keep(value)}
        return {"kind": "int", "type": type_name(value), "value": int.__int__(value)}
    if issubclass(cls, float):
        return {"kind": "float", "type": type_name(value), "value": float.__float__(value)}
    if issubclass(cls, str):
        return {"kind": "str", "type": type_name(value), "value": str.__str__(value)[:MAX_TEXT]}
    if cls is torch.dtype:
        return {"kind": "dtype", "type": "torch.dtype", "value": str(value)}
    if cls is np.dtype or issubclass(cls, np.dtype):
        return {"kind": "dtype", "type": "numpy.dtype", "value": str(value)}
    if issubclass(cls, tuple | list) and depth < MAX_DEPTH:
        base: Any = tuple if issubclass(cls, tuple) else list
        size = base.__len__(value)
        if budget.takes(size):
            parts = (base.__getitem__(value, i) for i in range(size))
            children = [describe(part, keep, depth + 1, budget=budget) for part in parts]
            return {"kind": base.__name__, "type": type_name(value), "items": children}
    if issubclass(cls, dict) and depth < MAX_DEPTH and budget.takes(2 * dict.__len__(value)):
        pairs = [[describe(part, keep, depth + 1, budget=budget) for part in pair] for pair in list(dict.items(value))]
        return {"kind": "dict", "type": type_name(value), "pairs": pairs}
    return _describe_object(value, keep)


def describe_tensor(value: torch.Tensor) -> Node:
    """Shape, dtype, device, and a plain detached clone on the CPU where there is data to clone."""
    with torch._C.DisableTorchFunctionSubclass(), torch.no_grad():
        plain = torch.Tensor.detach(value)
        node: Node = {
            "kind": "tensor",
            "type": "torch.nn.Parameter" if type(value) is nn.Parameter else type_name(value),
            "device": str(plain.device),
            "requires_grad": bool(value.requires_grad),
            "has_graph": value.grad_fn is not None,
            "dtype": str(plain.dtype).removeprefix("torch."),
            "shape": [int(size) for size in plain.shape],
            "tensor": None,
        }
        if plain.is_meta:
            node["why"] = "it is on the meta device, which holds no numbers"
        elif plain.layout is not torch.strided or plain.is_quantized:
            node["why"] = f"its layout is {plain.layout}"
        elif node["dtype"] not in DTYPES:
            node["why"] = f"its dtype is {node['dtype']}"
        elif plain.numel() * plain.element_size() > MAX_TENSOR_BYTES:
            node["why"] = "it is too large"
        else:
            # resolve lazy conjugation, subclasses and strides: only numbers leave
            plain = plain.as_subclass(torch.Tensor).cpu().resolve_conj().resolve_neg()
            node["tensor"] = plain.clone(memory_format=torch.contiguous_format)
    return node


def _describe_array(array: np.ndarray) -> Node:
    name = array.dtype.name
    node: Node = {
        "kind": "array",
        "type": "numpy.ndarray",
        "dtype": name,
        "shape": [int(size) for size in array.shape],
        "tensor": None,
    }
    if name not in DTYPES or array.dtype.hasobject:
        node["why"] = f"its dtype is {name}"
    elif array.nbytes > MAX_TENSOR_BYTES:
        node["why"] = "it is too large"
    else:
        native = np.array(array, dtype=array.dtype.newbyteorder("="), order="C", copy=True)
        node["tensor"] = torch.from_numpy(native)
    return node


def _describe_numpy_scalar(value: np.generic) -> Node:
    array = np.array(value)
    if array.dtype.name in DTYPES and array.ndim == 0:
        native = array[()].item()
        kind = type(native).__name__
        if kind in {"bool", "int", "float"}:
            return {"kind": kind, "type": f"numpy.{array.dtype.name}", "value": native, "dtype": array.dtype.name}
    return {"kind": "object", "type": type_name(value), "ref": None}


def _describe_object(value: object, keep: Keep) -> Node:
    cls = type(value)
    if issubclass(cls, type):
        kind = "class"
    elif issubclass(cls, nn.Module):
        kind = "module"
    elif issubclass(cls, DataLoader):
        kind = "loader"
    elif issubclass(cls, Dataset):
        kind = "dataset"
    elif issubclass(cls, types.FunctionType | types.BuiltinFunctionType | types.MethodType):
        kind = "function"
    elif issubclass(cls, types.GeneratorType):
        kind = "generator"
    else:
        kind = "object"
    return {"kind": kind, "type": type_name(value), "ref": keep(value), "callable": _is_callable(cls)}


def _is_callable(cls: type) -> bool:
    return any("__call__" in vars(base) for base in type.__getattribute__(cls, "__mro__"))
