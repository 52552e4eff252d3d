"""One check's conversation with one student process."""

from __future__ import annotations

import contextlib
import contextvars
import hashlib
from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
import torch

from grader.touch.host import Host
from grader.touch.subject import ProtocolError, Subject

_current: contextvars.ContextVar[Session | None] = contextvars.ContextVar("session", default=None)


class Raised(Exception):
    """The student's code raised. Attributes tell what and where; ``did`` says what we had asked for."""

    def __init__(self, info: dict[str, Any], did: str) -> None:
        super().__init__(f"{did}: {info.get('type')}")
        self.type = _text(info.get("type"), "Exception")
        bases = info.get("bases")
        self.bases = [base for base in bases if isinstance(base, str)] if isinstance(bases, list) else []
        self.message = _text(info.get("message"), "")
        self.function = _text(info.get("function"), "")
        self.code = _text(info.get("code"), "")
        line = info.get("line")
        self.line = line if type(line) is int else None
        self.is_stub = info.get("stub") is True
        self.did = did

    def is_a(self, *names: str) -> bool:
        """Whether the exception is of one of these classes, by name."""
        return any(name in self.bases or name == self.type for name in names)


def _text(value: Any, default: str) -> str:
    return value[:2000] if isinstance(value, str) else default


class Channel(Protocol):
    """Carries requests to a host and brings replies back."""

    def perform(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]: ...

    def close(self) -> None: ...


class Session:
    """Requests, labels and random inputs of one check.

    Args:
        channel: to the student's objects.
        seed: of the check's random inputs; secret in official grading.

    Attributes:
        exercise: key of the exercise that is being judged.
    """

    def __init__(self, channel: Channel, seed: int = 0) -> None:
        self.channel = channel
        self.seed = seed
        self.exercise = ""
        self.random = torch.Generator().manual_seed(seed)

    def redraw(self) -> None:
        """Let the random inputs begin anew, with others that follow from the same seed."""
        digest = hashlib.sha256(f"{self.seed} again".encode()).digest()
        self.random = torch.Generator().manual_seed(int.from_bytes(digest[:7], "big"))

    def request(self, operation: str, did: str, **arguments: Any) -> Any:
        """Send one request; raises :class:`Raised` when the student's code raised."""
        reply = self.channel.perform(operation, {name: encode(value) for name, value in arguments.items()})
        if not isinstance(reply, dict):
            raise ProtocolError("not a reply")
        if "error" in reply:
            if not isinstance(reply["error"], dict):
                raise ProtocolError("not an error")
            raise Raised(reply["error"], did)
        return reply.get("ok")

    def subject(self, label: str, node: Any) -> Subject:
        return Subject.from_node(self, label, node)

    def named(self, name: str) -> Subject:
        """The student's object of that global name; kind ``missing`` when there is none."""
        return self.subject(name, self.request("name", f"looking up {name}", name=name))

    def output(self) -> tuple[str, list[str]]:
        """What the student's code printed and which warnings it gave so far."""
        data = self.request("output", "collecting the output")
        if not isinstance(data, dict):
            raise ProtocolError("not an output")
        printed, caught = data.get("printed"), data.get("warnings")
        return _text(printed, ""), [w for w in caught if isinstance(w, str)] if isinstance(caught, list) else []

    def close(self) -> None:
        self.channel.close()

    @contextlib.contextmanager
    def active(self) -> Iterator[Session]:
        """Make this the session that ``make``, ``text_file`` and the random inputs use."""
        token = _current.set(self)
        try:
            yield self
        finally:
            _current.reset(token)


def current_session() -> Session:
    """The session of the check that is running; LookupError outside a check."""
    session = _current.get()
    if session is None:
        raise LookupError("no check is running")
    return session


class LocalSession(Session):
    """A session with objects of this process: what a notebook uses.

    Args:
        namespace: where names are looked up, the notebook's globals.
        seed: of the random inputs.
    """

    def __init__(self, namespace: dict[str, Any] | None = None, seed: int = 0) -> None:
        self.host = Host(namespace)
        super().__init__(self.host, seed)

    def adopt(self, label: str, value: object) -> Subject:
        """Take one of the caller's objects as a subject."""
        return self.subject(label, self.host.adopt(value))


def encode(value: Any) -> Any:
    """Arguments of a request as plain data and tensors; students' objects by handle."""
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, Subject):
        if value.ref is not None:
            return {"$": "ref", "ref": value.ref}
        if value.tensor is not None:
            return {"$": "array" if value.kind == "array" else "tensor", "tensor": value.tensor}
        if value.kind in {"list", "tuple"}:
            return {"$": value.kind, "items": [encode(part) for part in value.children]}
        if value.kind == "dict":
            return {"$": "dict", "pairs": [[encode(k), encode(v)] for k, v in value.pairs]}
        return value.value
    if isinstance(value, torch.Tensor):
        return {"$": "tensor", "tensor": value.detach()}
    if isinstance(value, np.ndarray):
        return {"$": "array", "tensor": torch.from_numpy(value.copy())}
    if isinstance(value, torch.dtype):
        return {"$": "torch", "path": str(value)}
    if isinstance(value, list | tuple):
        return {"$": "list" if isinstance(value, list) else "tuple", "items": [encode(part) for part in value]}
    if isinstance(value, dict):
        return {"$": "dict", "pairs": [[encode(k), encode(v)] for k, v in value.items()]}
    raise TypeError(f"a check cannot send a {type(value).__name__}")
