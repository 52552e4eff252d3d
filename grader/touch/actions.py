"""The functions through which a check touches a student's objects.

Each takes subjects and plain data, and returns a :class:`~grader.touch.subject.Subject` or plain data. Each raises
:class:`~grader.touch.session.Raised` when the student's code raises.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import torch
from PIL import Image

from grader.touch.session import Raised, current_session
from grader.touch.subject import Parameter, ProtocolError, Subject
from grader.verdict import Finding, NotPassed

MAX_PARAMETERS = 10_000  # of a model; those of a course have a few dozen
Picture = torch.Tensor | Image.Image


def _shown(value: Any) -> str:
    if isinstance(value, Subject):
        return value.label
    if isinstance(value, torch.Tensor):
        return "x" if value.ndim else repr(value.item())
    if isinstance(value, np.ndarray):
        return "array"
    if isinstance(value, list | tuple | dict):
        plain = isinstance(value, list | tuple) and all(v is None or isinstance(v, bool | int | float) for v in value)
        return repr(value) if plain and len(value) <= 4 else "{...}" if isinstance(value, dict) else "[...]"
    return repr(value)


def _call_text(name: str, args: Sequence[Any], kwargs: dict[str, Any]) -> str:
    shown = [_shown(a) for a in args] + [f"{k}={_shown(v)}" for k, v in kwargs.items()]
    return f"{name}({', '.join(shown)})"


def make(path: str, *args: Any, label: str = "", **kwargs: Any) -> Subject:
    """Build a library object, e.g. ``make("torch.nn.Linear", 9, 16)``, in the student's process."""
    session = current_session()
    label = label or _call_text(path.removeprefix("torch."), args, kwargs)
    return session.subject(label, session.request("make", f"`{label}`", path=path, args=list(args), kwargs=kwargs))


def give(value: Any, label: str) -> Subject:
    """Put a value beside the student's code and keep a handle on it: an argument that can be read again afterwards."""
    session = current_session()
    return session.subject(label, session.request("give", f"preparing {label}", value=value))


def read(target: Subject) -> Subject:
    """What an object with a handle holds now."""
    return target.session.subject(
        target.label, target.session.request("read", f"reading {target.label}", target=target)
    )


def set_attribute(target: Subject, name: str, value: Any) -> None:
    """Assign to an attribute, e.g. of a model that ``make`` has built."""
    target.session.request("set", f"`{target.label}.{name} = ...`", target=target, name=name, value=value)


def text_file(name: str, text: str) -> Subject:
    """Write a temporary text file beside the student's process; its path as a string, labelled with its name."""
    session = current_session()
    return session.subject(f'"{name}"', session.request("file", f"writing {name}", name=name, content=text))


def image_file(name: str, picture: Picture) -> Subject:
    """Write a temporary picture, in the format that the name ends in, beside the student's process; its path."""
    session = current_session()
    content = _picture_bytes(name, picture)
    return session.subject(f'"{name}"', session.request("file", f"writing {name}", name=name, content=content))


def image_folder(name: str, files: Mapping[str, Picture | str]) -> Subject:
    """Write a temporary folder of pictures beside the student's process; its path, labelled with its name.

    Args:
        name: of the folder.
        files: by relative path such as ``"cat/1.png"``, written in this order: uint8 tensors of shape "height width"
            or "channels height width" (gray, RGB or RGBA), Pillow images, or the text of a text file; a path that
            ends in a slash, with an empty text, makes an empty folder.
    """
    session = current_session()
    contents = {path: part if isinstance(part, str) else _picture_bytes(path, part) for path, part in files.items()}
    return session.subject(f'"{name}"', session.request("folder", f"writing {name}", name=name, files=contents))


def _picture_bytes(name: str, picture: Picture) -> torch.Tensor:
    """A picture as the bytes of a file: a tensor of uint8, which can travel."""
    if isinstance(picture, torch.Tensor):
        one = picture[0] if picture.ndim == 3 and len(picture) == 1 else picture
        picture = Image.fromarray((one if one.ndim == 2 else one.movedim(0, -1)).numpy())
    file = io.BytesIO()
    picture.save(file, format=Image.registered_extensions()[PurePosixPath(name).suffix.lower()])
    return torch.frombuffer(bytearray(file.getvalue()), dtype=torch.uint8)


def set_seed(seed: int) -> None:
    """Seed the generators of the student's process (put back after the check)."""
    current_session().request("seed", "seeding", seed=seed)


def construct(cls: Subject, *args: Any, **kwargs: Any) -> Subject:
    """Make an instance of the student's class."""
    label = _call_text(cls.label, args, kwargs)
    if cls.kind != "class":
        raise NotPassed(
            Finding(
                f"`{cls.label}` should be a class.",
                expected="a class",
                actual=cls.kind_name,
                cause=f"the name `{cls.label}` was given to something else after the class was defined"
                if cls.kind != "function"
                else f"`{cls.label}` was written with `def` where `class` belongs",
                next_step=f"define `class {cls.label}` and run its cell again",
            )
        )
    node = cls.session.request("construct", f"`{label}`", target=cls, args=list(args), kwargs=kwargs)
    return cls.session.subject(label, node)


def call(target: Subject, *args: Any, keep: bool = False, label: str = "", **kwargs: Any) -> Subject:
    """Call the student's function or model.

    ``keep`` leaves a handle on the result, for touching it again; ``label`` is what messages call it.
    """
    label = label or _call_text(target.label, args, kwargs)
    if target.kind not in {"class", "function", "module", "object"}:
        raise NotPassed(
            Finding(
                f"`{target.label}` should be a function.",
                expected="something that can be called",
                actual=target.kind_name,
                cause=f"the name `{target.label}` was given to something else, such as the function's result",
                next_step=f"define `{target.label}` with `def` and run its cell again",
            )
        )
    node = target.session.request("call", f"`{label}`", target=target, args=list(args), kwargs=kwargs, keep=keep)
    return target.session.subject(label, node)


def method(target: Subject, name: str, *args: Any, keep: bool = False, **kwargs: Any) -> Subject:
    """Call a method of the student's object."""
    label = _call_text(f"{target.label}.{name}", args, kwargs)
    node = target.session.request(
        "method", f"`{label}`", target=target, name=name, args=list(args), kwargs=kwargs, keep=keep
    )
    return target.session.subject(label, node)


def attribute(target: Subject, name: str, keep: bool = False) -> Subject:
    """Read an attribute of the student's object."""
    label = f"{target.label}.{name}"
    return target.session.subject(
        label, target.session.request("attribute", f"reading `{label}`", target=target, name=name, keep=keep)
    )


def length(target: Subject) -> int:
    """``len()`` of the student's object."""
    label = f"len({target.label})"
    subject = target.session.subject(label, target.session.request("length", f"`{label}`", target=target))
    if type(subject.value) is not int:
        raise ProtocolError("a length that is no number")
    return subject.value


def item(target: Subject, index: Any) -> Subject:
    """``target[index]``."""
    return items(target, [index])[0]


def items(target: Subject, indexes: Sequence[Any]) -> list[Subject]:
    """``target[i]`` for each index, in one request."""
    did = f"`{target.label}[{_shown(indexes[0])}]`" if len(indexes) == 1 else f"reading items of `{target.label}`"
    nodes = target.session.request("item", did, target=target, indexes=list(indexes))
    if not isinstance(nodes, list) or len(nodes) != len(indexes):
        raise ProtocolError("items are missing")
    return [
        target.session.subject(f"{target.label}[{_shown(index)}]", node)
        for index, node in zip(indexes, nodes, strict=True)
    ]


def iterate(target: Subject, limit: int, keep: bool = False) -> tuple[list[Subject], bool]:
    """Up to ``limit`` values of a for loop over the object, and whether the loop came to its end."""
    data = target.session.request("iterate", f"a loop over `{target.label}`", target=target, limit=limit, keep=keep)
    if not isinstance(data, dict) or not isinstance(data.get("items"), list) or len(data["items"]) > limit:
        raise ProtocolError("not a sequence")
    values = [
        target.session.subject(f"value {number} of a loop over {target.label}", node)
        for number, node in enumerate(data["items"], start=1)
    ]
    return values, data.get("exhausted") is True


def is_instance(target: Subject, of: Subject | str) -> bool:
    """Whether the object is an instance of a library class (by path) or of a student's class."""
    if target.ref is None:
        return False
    return target.session.request("isinstance", f"the type of `{target.label}`", target=target, of=of) is True


def is_subclass(target: Subject, of: Subject | str) -> bool:
    """Whether the student's class derives from another."""
    if target.ref is None:
        return False
    return target.session.request("issubclass", f"the bases of `{target.label}`", target=target, of=of) is True


def parameters(model: Subject) -> list[Parameter]:
    """The registered parameters of a model, in order, shared ones once."""
    found = []
    entries = model.session.request("parameters", f"the parameters of `{model.label}`", target=model)
    if not isinstance(entries, list) or len(entries) > MAX_PARAMETERS:
        raise ProtocolError("not a list of parameters")
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise ProtocolError("not a parameter")
        seen = model.session.subject(entry["name"], entry.get("node"))
        if seen.kind != "tensor":
            raise ProtocolError("a parameter that is no tensor")
        tensor = seen.tensor if seen.tensor is not None else torch.empty(seen.meta["shape"], device="meta")
        found.append(
            Parameter(
                entry["name"][:200],
                str(entry.get("layer", ""))[:100],
                tensor,
                seen.meta.get("requires_grad", True),
                seen.meta.get("device", "cpu"),
            )
        )
    return found


def load_parameters(model: Subject, tensors: Sequence[torch.Tensor]) -> None:
    """Overwrite the model's parameters, in order (put back after the check)."""
    model.session.request("load", f"loading parameters into `{model.label}`", target=model, tensors=list(tensors))


def gradients(model: Subject, *inputs: Any, seed: int = 0) -> dict[str, torch.Tensor | None]:
    """Gradients of a randomly weighted sum of the model's output, by parameter name; None where none arrived."""
    entries = model.session.request(
        "gradients",
        f"backward through `{_call_text(model.label, inputs, {})}`",
        target=model,
        args=list(inputs),
        seed=seed,
    )
    found: dict[str, torch.Tensor | None] = {}
    if not isinstance(entries, list) or len(entries) > MAX_PARAMETERS:
        raise ProtocolError("not a list of gradients")
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise ProtocolError("not a gradient")
        node = entry.get("node")
        found[entry["name"][:200]] = None if node is None else model.session.subject("gradient", node).tensor
    return found


def graphs_kept(target: Subject, numbers: Sequence[float]) -> list[bool]:
    """Call the student's object with single numbers, one after another, each a tensor with a graph behind it.

    Results and numbers are dropped. Tells for each call whether its graph is still alive after the last one.
    """
    kept = target.session.request("graphs", f"`{target.label}(...)`", target=target, numbers=list(numbers))
    if not isinstance(kept, list) or len(kept) != len(numbers) or not all(type(k) is bool for k in kept):
        raise ProtocolError("not a list of answers")
    return kept


def training_mode(model: Subject, training: bool) -> None:
    """``model.train(training)`` (put back after the check)."""
    model.session.request("mode", f"`{model.label}.train({training})`", target=model, training=training)


def error_of(action: Callable[[], Any]) -> Raised | None:
    """Run a touch that should raise; the error, or None when there was none. The starter's stub passes through."""
    try:
        action()
    except Raised as error:
        if error.is_stub:
            raise
        return error
    return None
