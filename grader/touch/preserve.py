"""Puts back what a check may have disturbed in the student's process.

The random state, the training mode, the gradients, the weights, the device of every module that the check was
handed, and torch's global switches are afterwards what they were before.
"""

from __future__ import annotations

import contextlib
import random
from typing import Any

import numpy as np
import torch
from torch import nn


class Snapshot:
    """Remembers global state on creation, and objects as they are added; ``restore`` puts all of it back."""

    def __init__(self) -> None:
        self._python = random.getstate()
        self._numpy = np.random.get_state()
        self._torch = torch.random.get_rng_state()
        self._cuda = torch.cuda.get_rng_state_all() if torch.cuda.is_initialized() else None
        self._dtype = torch.get_default_dtype()
        self._grad = torch.is_grad_enabled()
        self._modules: dict[int, _ModuleState] = {}
        self._tensors: dict[int, _TensorState] = {}

    def add(self, value: object, depth: int = 0) -> None:
        """Remember a module, a tensor, or what an object or container holds of them (two levels deep)."""
        if issubclass(type(value), torch.Tensor):
            if id(value) not in self._tensors:
                with contextlib.suppress(Exception):  # sparse, nested ...: nothing that a check could change
                    self._tensors[id(value)] = _TensorState(value)  # type: ignore[arg-type]
        elif issubclass(type(value), nn.Module):
            if id(value) not in self._modules:
                try:
                    self._modules[id(value)] = _ModuleState(value)  # type: ignore[arg-type]
                except Exception:  # a module whose constructor never ran has nothing to preserve
                    return
        elif depth < 2 and not isinstance(value, type):
            for part in _parts(value):
                self.add(part, depth + 1)

    def restore(self) -> None:
        """Put everything back."""
        random.setstate(self._python)
        np.random.set_state(self._numpy)
        torch.random.set_rng_state(self._torch)
        if self._cuda is not None:
            torch.cuda.set_rng_state_all(self._cuda)
        torch.set_default_dtype(self._dtype)
        torch.set_grad_enabled(self._grad)
        states: list[_ModuleState | _TensorState] = [*self._modules.values(), *self._tensors.values()]
        for state in states:
            with contextlib.suppress(Exception):  # one that cannot be put back must not keep the others from it
                state.restore()


def _parts(value: object) -> list[object]:
    if issubclass(type(value), list | tuple):
        return list(value)[:100]  # type: ignore[call-overload]
    if issubclass(type(value), dict):
        return list(dict.values(value))[:100]  # type: ignore[arg-type]
    try:
        attributes = object.__getattribute__(value, "__dict__")
    except Exception:
        return []
    return list(attributes.values())[:100] if type(attributes) is dict else []


class _TensorState:
    """Numbers, gradient, ``requires_grad`` and device of one tensor."""

    def __init__(self, tensor: torch.Tensor) -> None:
        self._tensor = tensor
        if tensor.layout is not torch.strided:
            raise TypeError("only strided tensors can be put back")
        with torch._C.DisableTorchFunctionSubclass():
            self._home = tensor.data  # the storage it lives in: bringing it back undoes a change of device
            self._numbers = tensor.data.clone()
            self._grad = tensor.grad if tensor.is_leaf else None
            self._grad_home = None if self._grad is None else self._grad.data
            self._grad_numbers = None if self._grad is None else self._grad.detach().clone()
            self._requires_grad = tensor.requires_grad
            self._is_leaf = tensor.is_leaf

    def restore(self) -> None:
        tensor = self._tensor
        with torch._C.DisableTorchFunctionSubclass(), torch.no_grad():
            if self._is_leaf:
                tensor.grad = None
            if tensor.data_ptr() != self._home.data_ptr() or tensor.dtype != self._home.dtype:
                tensor.data = self._home
            if not self._home.is_meta and not _same_numbers(self._home, self._numbers):
                self._home.copy_(self._numbers)
            if self._is_leaf:
                tensor.requires_grad_(self._requires_grad)
                if self._grad is not None and self._grad_home is not None and self._grad_numbers is not None:
                    self._grad.data = self._grad_home  # undoes a change of dtype or device
                    self._grad.copy_(self._grad_numbers)
                    tensor.grad = self._grad


def _same_numbers(a: torch.Tensor, b: torch.Tensor) -> bool:
    return a.shape == b.shape and bool(torch.equal(a, b))


class _ModuleState:
    """Modes of a module and its submodules, its parameters and its buffers."""

    def __init__(self, module: nn.Module) -> None:
        modules = list(nn.Module.modules(module))
        self._modes = [(m, m.__dict__["training"]) for m in modules if "training" in m.__dict__]
        tables = [m.__dict__[name] for m in modules for name in ("_parameters", "_buffers")]
        self._tables = [(table, dict(table)) for table in tables]
        self._tensors = [_TensorState(t) for _, saved in self._tables for t in saved.values() if t is not None]

    def restore(self) -> None:
        for module, mode in self._modes:
            module.__dict__["training"] = mode
        for table, saved in self._tables:
            if any(table.get(name) is not tensor for name, tensor in saved.items()) or len(table) != len(saved):
                table.clear()
                table.update(saved)
        for state in self._tensors:
            with contextlib.suppress(Exception):
                state.restore()


def seed_everything(seed: int) -> None:
    """Seed Python's, NumPy's and torch's generators (CPU, and CUDA where it is in use)."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.random.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(seed)


def as_plain(value: Any) -> Any:
    """A parameter or buffer as a plain tensor that shares its numbers."""
    with torch._C.DisableTorchFunctionSubclass():
        return value.detach()
