"""What a check holds of a student's value: a label for messages, a kind, and data or a handle."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch

from grader.touch.describe import MAX_NODES

if TYPE_CHECKING:
    from grader.touch.session import Session

_DATA_KINDS = ("none", "ellipsis", "bool", "int", "float", "str", "dtype", "tensor", "array", "list", "tuple", "dict")
_OBJECT_KINDS = ("class", "module", "loader", "dataset", "function", "generator", "object", "broken", "missing")
KINDS = frozenset((*_DATA_KINDS, *_OBJECT_KINDS))
_VALUE_TYPES: dict[str, tuple[type, ...]] = {
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "str": (str,),
    "dtype": (str,),
}

#: what a person calls each kind
KIND_NAMES = {
    "none": "None",
    "ellipsis": "... (Ellipsis)",
    "bool": "a bool",
    "int": "an int",
    "float": "a float",
    "str": "a string",
    "dtype": "a dtype",
    "tensor": "a tensor",
    "array": "a NumPy array",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dict",
    "class": "a class",
    "module": "an nn.Module",
    "loader": "a DataLoader",
    "dataset": "a Dataset",
    "function": "a function",
    "generator": "a generator",
    "missing": "nothing: the name is not defined",
}


class ProtocolError(Exception):
    """The other side sent something that is not a node; only a hostile process does."""


@dataclass
class Subject:
    """A student's value, seen from the check.

    Attributes:
        label: how messages call it, in the student's terms, e.g. ``WaterDataset(csv_path)[0]``.
        kind: one of :data:`KINDS`.
        type_name: name of its Python type.
        value: the data of a bool, int, float, str or dtype (its name).
        tensor: the numbers of a tensor or array: a plain CPU tensor, or None where they cannot be had.
        children: the parts of a list or tuple.
        pairs: keys and values of a dict.
        meta: ``device``, ``requires_grad``, ``has_graph``, ``dtype``, ``shape``, ``why`` where they apply.
        ref: handle of an object that stays where it is.
    """

    session: Session
    label: str
    kind: str
    type_name: str = ""
    value: Any = None
    tensor: torch.Tensor | None = None
    children: list[Subject] = field(default_factory=list)
    pairs: list[tuple[Subject, Subject]] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)
    ref: int | None = None

    @property
    def kind_name(self) -> str:
        """What a person calls it: ``a tensor``, ``an object of type Box``."""
        return KIND_NAMES.get(self.kind) or f"an object of type `{self.type_name}`"

    @classmethod
    def from_node(
        cls, session: Session, label: str, node: Any, depth: int = 0, budget: list[int] | None = None
    ) -> Subject:
        """Read a node, believing nothing; raises :class:`ProtocolError`.

        ``budget`` counts the parts that the whole value may still have: they take far more memory here than they did
        on the way.
        """
        budget = [MAX_NODES + 1] if budget is None else budget
        budget[0] -= 1
        if budget[0] < 0:
            raise ProtocolError("a value of too many parts")
        if not isinstance(node, dict) or not isinstance(node.get("kind"), str) or depth > 8:
            raise ProtocolError("not a node")
        if node["kind"] not in KINDS:
            raise ProtocolError("a node of unknown kind")
        kind: str = node["kind"]
        subject = cls(session, label, kind, _text(node.get("type", ""), 300))
        value = node.get("value")
        if kind in _VALUE_TYPES:
            if type(value) not in _VALUE_TYPES[kind]:
                raise ProtocolError(f"a {kind} without its value")
            subject.value = value
        if kind in {"tensor", "array"}:
            subject.tensor = node.get("tensor")
            shape, dtype = node.get("shape"), node.get("dtype")
            if not (isinstance(shape, list) and all(type(size) is int for size in shape) and isinstance(dtype, str)):
                raise ProtocolError("a tensor without a shape or dtype")
            if subject.tensor is not None and (
                type(subject.tensor) is not torch.Tensor
                or list(subject.tensor.shape) != shape
                or str(subject.tensor.dtype) != f"torch.{dtype}"
            ):
                raise ProtocolError("a tensor that is not what its node says")
        if kind in {"list", "tuple"}:
            parts = node.get("items")
            if not isinstance(parts, list):
                raise ProtocolError("a list without its items")
            subject.children = [
                cls.from_node(session, f"{label}[{i}]", part, depth + 1, budget) for i, part in enumerate(parts)
            ]
        if kind == "dict":
            pairs = node.get("pairs")
            if not isinstance(pairs, list) or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
                raise ProtocolError("a dict without its pairs")
            for key, part in pairs:
                name = cls.from_node(session, f"a key of {label}", key, depth + 1, budget)
                # cut: the key stands in the label of each part of its value again
                shown = repr(name.value)[:100] if name.kind in {"str", "int"} else "..."
                subject.pairs.append((name, cls.from_node(session, f"{label}[{shown}]", part, depth + 1, budget)))
        for key in ("device", "dtype", "why"):
            if isinstance(node.get(key), str):
                subject.meta[key] = _text(node[key], 500)
        for key in ("requires_grad", "has_graph", "callable"):
            if isinstance(node.get(key), bool):
                subject.meta[key] = node[key]
        if kind in {"tensor", "array"}:
            subject.meta["shape"] = tuple(node["shape"])
        elif not isinstance(getattr(torch, subject.meta.get("dtype", "float32"), None), torch.dtype):
            raise ProtocolError("a number of unknown dtype")
        ref = node.get("ref")
        if ref is not None and type(ref) is not int:
            raise ProtocolError("a handle that is no number")
        subject.ref = ref
        return subject


def _text(value: Any, limit: int) -> str:
    if not isinstance(value, str):
        raise ProtocolError("text expected")
    return value[:limit]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a student's model: ``name`` as PyTorch gives it, ``layer`` the type of its module."""

    name: str
    layer: str
    tensor: torch.Tensor
    requires_grad: bool
    device: str = "cpu"
