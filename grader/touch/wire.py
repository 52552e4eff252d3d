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
_LENGTH = struct.Struct("!I")


class Gone(ConnectionError):
    """The other side ended the conversation."""


def send(connection: socket.socket, body: Any, deadline: float | None = None) -> None:
    """Send one frame; tensors in ``body`` travel as raw bytes. ``deadline`` is a ``time.monotonic()`` value."""
    arrays: list[torch.Tensor] = []
    header_body = _take_tensors(body, arrays)
    described = [[str(t.dtype).removeprefix("torch."), list(t.shape)] for t in arrays]
    header = json.dumps({"body": header_body, "arrays": described}).encode()
    if len(header) > MAX_HEADER or len(arrays) > MAX_ARRAYS:
        raise ProtocolError("the message is too large")
    try:
        _set_deadline(connection, deadline)
        connection.sendall(_LENGTH.pack(len(header)) + header)
        for tensor in arrays:
            _set_deadline(connection, deadline)
            connection.sendall(_bytes_of(tensor))
    except (BrokenPipeError, ConnectionResetError) as error:
        raise Gone("the other side is gone") from error


def receive(connection: socket.socket, deadline: float | None = None) -> Any:
    """Receive one frame; raises Gone, TimeoutError or ProtocolError."""
    (size,) = _LENGTH.unpack(_read(connection, _LENGTH.size, deadline))
    if size > MAX_HEADER:
        raise ProtocolError("the header is too large")
    try:
        header = json.loads(bytes(_read(connection, size, deadline)))
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
    tensors = [
        torch.frombuffer(_read(connection, size, deadline), dtype=dtype).reshape(shape)
        if size
        else torch.empty(shape, dtype=dtype)
        for dtype, shape, size in plans
    ]
    return _put_tensors(header["body"], tensors)


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


def _read(connection: socket.socket, size: int, deadline: float | None) -> bytearray:
    buffer = bytearray(size)
    view, filled = memoryview(buffer), 0
    while filled < size:
        _set_deadline(connection, deadline)
        try:
            count = connection.recv_into(view[filled:], min(size - filled, 2**20))
        except ConnectionResetError as error:
            raise Gone("the other side is gone") from error
        if count == 0:
            raise Gone("the other side is gone")
        filled += count
    return buffer


def _take_tensors(value: Any, arrays: list[torch.Tensor]) -> Any:
    if isinstance(value, torch.Tensor):
        arrays.append(value)
        return {"#": len(arrays) - 1}
    if isinstance(value, dict):
        return {key: _take_tensors(part, arrays) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_take_tensors(part, arrays) for part in value]
    return value


def _put_tensors(value: Any, tensors: list[torch.Tensor]) -> Any:
    if isinstance(value, dict):
        if set(value) == {"#"}:
            index = value["#"]
            if type(index) is not int or not 0 <= index < len(tensors):
                raise ProtocolError("an array that was not sent")
            return tensors[index]
        return {key: _put_tensors(part, tensors) for key, part in value.items()}
    if isinstance(value, list):
        return [_put_tensors(part, tensors) for part in value]
    return value


def _bounded(value: Any, depth: int = 0) -> None:
    if depth > MAX_NESTING:
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        for part in value.values():
            _bounded(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            _bounded(part, depth + 1)
