"""Requests and replies on a socket: a JSON header and raw arrays, never pickle.

A frame is ``u32 length of the header | header | arrays``. The header is one JSON object ``{"body": ..., "arrays":
[[dtype, shape], ...]}``; inside ``body`` a tensor stands as ``{"#": index}``. Everything has a bound, and whatever
does not fit raises :class:`~grader.touch.subject.ProtocolError`: the other side may be hostile.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

import torch

from grader.touch.describe import DTYPES, MAX_TENSOR_BYTES
from grader.touch.subject import ProtocolError

MAX_HEADER = 8 * 2**20
MAX_ARRAYS = 20_000
MAX_AXES = 16
MAX_NESTING = 64
FIRST = 2**14  # bytes that are asked for at first: most messages come whole
JOINED = 2**16  # bytes of arrays that are sent together with their header: the other side then wakes up once
_LENGTH = struct.Struct("!I")


class Gone(ConnectionError):
    """The other side ended the conversation."""


def send(connection: socket.socket, body: Any, deadline: float | None = None) -> None:
    """Send one frame; tensors in ``body`` travel as raw bytes. ``deadline`` is a ``time.monotonic()`` value."""
    arrays: list[torch.Tensor] = []

    def take(value: Any) -> dict[str, int]:
        if not isinstance(value, torch.Tensor):
            raise TypeError(f"a {type(value).__name__} cannot be sent")
        arrays.append(value)
        return {"#": len(arrays) - 1}

    text = json.dumps(body, default=take)  # a walk through all of it, at the speed of C
    described = ", ".join(f'["{str(t.dtype)[6:]}", {list(t.shape)}]' for t in arrays)  # without "torch."
    header = f'{{"body": {text}, "arrays": [{described}]}}'.encode()
    if len(header) > MAX_HEADER or len(arrays) > MAX_ARRAYS:
        raise ProtocolError("the message is too large")
    parts = [memoryview(_LENGTH.pack(len(header)) + header), *map(_bytes_of, arrays)]
    if sum(part.nbytes for part in parts) <= JOINED:
        parts = [memoryview(b"".join(parts))]
    try:
        for part in parts:
            _set_deadline(connection, deadline)
            connection.sendall(part)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise Gone("the other side is gone") from error


def receive(connection: socket.socket, deadline: float | None = None) -> Any:
    """Receive one frame; raises Gone, TimeoutError or ProtocolError.

    Requests and replies alternate: nothing may follow a frame before it is answered.
    """
    buffer, filled = bytearray(FIRST), 0
    while filled < _LENGTH.size:
        filled += _more(connection, memoryview(buffer)[filled:], deadline)
    (size,) = _LENGTH.unpack_from(buffer)
    if size > MAX_HEADER:
        raise ProtocolError("the header is too large")
    end = _LENGTH.size + size
    if end > len(buffer):
        buffer += bytes(end - len(buffer))
    view = memoryview(buffer)
    while filled < end:
        filled += _more(connection, view[filled:], deadline)
    try:
        raw = str(view[_LENGTH.size : end], "utf-8")
        header = json.loads(raw)
        if raw.count("[") + raw.count("{") > MAX_NESTING:  # with fewer brackets it cannot be that deep
            _bounded(header)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("the header cannot be read") from error
    if not isinstance(header, dict) or not isinstance(header.get("arrays"), list) or "body" not in header:
        raise ProtocolError("the header is incomplete")
    if len(header["arrays"]) > MAX_ARRAYS:
        raise ProtocolError("too many arrays")
    plans = [_plan(entry) for entry in header["arrays"]]
    if sum(size for _, _, size in plans) > MAX_TENSOR_BYTES:
        raise ProtocolError("the arrays are too large")
    rest = view[end:filled]
    tensors = []
    for dtype, shape, size in plans:
        if size:
            data, rest = _complete(connection, rest, size, deadline)
            tensors.append(torch.frombuffer(data, dtype=dtype).reshape(shape))
        else:
            tensors.append(torch.empty(shape, dtype=dtype))
    if rest:
        raise ProtocolError("more than one message")
    if tensors or "#" in raw:
        _put_tensors(header, tensors)
    return header["body"]


def _plan(entry: Any) -> tuple[torch.dtype, list[int], int]:
    if not (isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str) and entry[0] in DTYPES):
        raise ProtocolError("an array of unknown dtype")
    dtype, shape = DTYPES[entry[0]], entry[1]
    if not isinstance(shape, list) or len(shape) > MAX_AXES:
        raise ProtocolError("an array of unknown shape")
    size = span = dtype.itemsize  # the span leaves out axes of length 0: they hide others that no tensor can have
    for axis in shape:
        if type(axis) is not int or axis < 0 or axis > MAX_TENSOR_BYTES:
            raise ProtocolError("an array of impossible shape")
        size *= axis
        span *= max(axis, 1)
        if span > MAX_TENSOR_BYTES:
            raise ProtocolError("an array that is too large")
    return dtype, shape, size


def _bytes_of(tensor: torch.Tensor) -> memoryview:
    flat = tensor.detach().cpu().contiguous().reshape(-1)
    return flat.view(torch.uint8).numpy().data if flat.numel() else memoryview(b"")


def _set_deadline(connection: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        connection.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    connection.settimeout(left)


def _more(connection: socket.socket, room: memoryview, deadline: float | None) -> int:
    """Receive what is there, at most what there is room for; at least one byte."""
    _set_deadline(connection, deadline)
    try:
        count = connection.recv_into(room, min(len(room), 2**20))
    except ConnectionResetError as error:
        raise Gone("the other side is gone") from error
    if count == 0:
        raise Gone("the other side is gone")
    return count


def _complete(
    connection: socket.socket, start: memoryview, size: int, deadline: float | None
) -> tuple[bytearray, memoryview]:
    """``size`` bytes of their own, from ``start`` and then from the connection; and what is left of ``start``."""
    data, filled = bytearray(start[:size]), min(len(start), size)
    if filled < size:
        data += bytes(size - filled)
        room = memoryview(data)
        while filled < size:
            filled += _more(connection, room[filled:], deadline)
    return data, start[size:]


def _put_tensors(value: Any, tensors: list[torch.Tensor]) -> None:
    """Put the tensors in their places, below a dict or list."""
    for key, part in value.items() if type(value) is dict else enumerate(value):
        if type(part) is dict and len(part) == 1 and "#" in part:
            index = part["#"]
            if type(index) is not int or not 0 <= index < len(tensors):
                raise ProtocolError("an array that was not sent")
            value[key] = tensors[index]
        elif type(part) is dict or type(part) is list:
            _put_tensors(part, tensors)


def _bounded(value: Any, depth: int = 0) -> None:
    if depth > MAX_NESTING:
        raise ValueError("nested too deeply")
    for part in value.values() if type(value) is dict else value:
        if type(part) is dict or type(part) is list:
            _bounded(part, depth + 1)
