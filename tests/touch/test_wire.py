"""The other end of the wire may be hostile: whatever it sends is refused, in bounded time and memory."""

from __future__ import annotations

import ast
import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

import grader.touch
from grader.touch import wire
from grader.touch.describe import DTYPES
from grader.touch.remote import RemoteChannel
from grader.touch.subject import ProtocolError

REFUSED = (ProtocolError, TimeoutError, wire.Gone)


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    yield here, there
    here.close()
    there.close()


def frame(header: Any, data: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("!I", len(text)) + text + data


def arrays(*described: Any, body: Any = None) -> bytes:
    return frame({"body": body, "arrays": list(described)})


FRAMES: dict[str, bytes] = {
    "oversized header": struct.pack("!I", 2**32 - 1),
    "just too large": struct.pack("!I", wire.MAX_HEADER + 1),
    "empty header": frame(b""),
    "not JSON": frame(b"\x80\x04K\x01."),
    "not text": frame(b"\xff\xfe\xfd"),
    "half of JSON": frame(b'{"body": 1, "arrays": ['),
    "deep JSON": frame(b'{"arrays": [], "body": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "deep objects": frame(b'{"arrays": [], "body": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}"),
    "too deep": frame(b'{"arrays": [], "body": ' + b"[" * 100 + b"]" * 100 + b"}"),
    "huge number": frame(b'{"arrays": [], "body": ' + b"9" * 100_000 + b"}"),
    "a list": frame([]),
    "a number": frame(7),
    "no body": frame({"arrays": []}),
    "no arrays": frame({"body": 1}),
    "arrays no list": frame({"body": 1, "arrays": {}}),
    "too many arrays": frame({"body": 1, "arrays": [["bool", [0]]] * (wire.MAX_ARRAYS + 1)}),
    "unknown dtype": arrays(["object", [1]]),
    "quantized dtype": arrays(["qint8", [1]]),
    "dtype of torch": arrays(["torch.float32", [1]]),
    "dtype no text": arrays([5, [1]]),
    "array no pair": arrays(["float32"]),
    "array no list": arrays("float32"),
    "negative axis": arrays(["float32", [-1]]),
    "two negative axes": arrays(["float32", [-4, -4]]),
    "true as an axis": arrays(["float32", [True]]),
    "fraction as an axis": arrays(["float32", [1.5]]),
    "text as an axis": arrays(["float32", ["1"]]),
    "null as a shape": arrays(["float32", None]),
    "huge axis": arrays(["float32", [10**12]]),
    "huge product": arrays(["float32", [2**20, 2**20]]),
    "overflowing product": arrays(["uint8", [2**16, 2**16, 2**16, 2**16]]),
    "huge axis beside 0": arrays(["float32", [0, 2**62]]),
    "too many axes": arrays(["float32", [1] * 100]),
    "sum too large": arrays(*[["float64", [2**24]]] * 3),
    "reference beyond the end": arrays(body={"#": 0}),
    "negative reference": frame({"body": {"#": -1}, "arrays": [["bool", [0]]]}),
    "true as a reference": frame({"body": {"#": True}, "arrays": [["bool", [0]], ["bool", [0]]]}),
    "two messages": frame({"body": 1, "arrays": []}) * 2,
    "a message and a half": frame({"body": 1, "arrays": []}) + b"\x00",
    "bytes after the arrays": arrays(["uint8", [3]]) + b"\x00" * 4,
    "text as a reference": frame({"body": [{"#": "0"}], "arrays": [["bool", [0]]]}),
}


@pytest.mark.parametrize("name", FRAMES)
def test_hostile_frames_are_refused(name: str, pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    sender = threading.Thread(target=_send_and_close, args=(there, FRAMES[name]))
    sender.start()
    started = time.monotonic()
    with pytest.raises(ProtocolError):
        wire.receive(here, started + 20)
    here.close()
    sender.join(10)
    assert time.monotonic() - started < 15


def _send_and_close(connection: socket.socket, data: bytes) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(data)


SILENCES: dict[str, bytes] = {
    "nothing": b"",
    "half of a length": b"\x00\x00",
    "half of a header": frame({"body": 1, "arrays": []})[:-5],
    "half of an array": arrays(["float32", [100]]) + b"\x00" * 10,
    "no array at all": arrays(["float64", [2**20]]),
}


@pytest.mark.parametrize("name", SILENCES)
@pytest.mark.parametrize("dies", [False, True], ids=["silence", "death"])
def test_silence_and_death_end_in_time(name: str, dies: bool, pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    there.sendall(SILENCES[name])
    if dies:
        there.close()
    started = time.monotonic()
    with pytest.raises(wire.Gone if dies else TimeoutError):
        wire.receive(here, started + 0.2)
    assert time.monotonic() - started < 5


def test_a_slow_sender_cannot_stretch_the_deadline(pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    stop = threading.Event()

    def drip() -> None:
        there.sendall(struct.pack("!I", 1000))
        while not stop.wait(0.05):
            try:
                there.sendall(b" ")
            except OSError:
                return

    dripping = threading.Thread(target=drip)
    dripping.start()
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        wire.receive(here, started + 0.4)
    assert time.monotonic() - started < 5
    stop.set()
    dripping.join(5)


def test_a_reader_that_does_not_read_cannot_stretch_the_deadline(pair: tuple[socket.socket, socket.socket]) -> None:
    here, _ = pair
    with pytest.raises(TimeoutError):
        wire.send(here, torch.zeros(10_000_000), time.monotonic() + 0.3)


@pytest.mark.parametrize("dtype", DTYPES.values(), ids=DTYPES)
@pytest.mark.parametrize("shape", [(), (0,), (3, 0, 2), (1,), (4, 3)])
def test_tensors_arrive_as_they_were(
    dtype: torch.dtype, shape: tuple[int, ...], pair: tuple[socket.socket, socket.socket]
) -> None:
    here, there = pair
    sent = (torch.rand(shape) * 5).to(dtype)
    wire.send(there, {"x": [sent, {"y": sent.T if sent.ndim == 2 else sent}], "#": 1, "text": "ä\x00"})
    got = wire.receive(here, time.monotonic() + 5)
    assert got["text"] == "ä\x00"
    assert got["x"][0].dtype == dtype
    assert torch.equal(got["x"][0], sent)
    assert torch.equal(got["x"][1]["y"], sent.T if sent.ndim == 2 else sent)


@pytest.mark.parametrize("pause", [1, 3, 5, wire.FIRST - 1, wire.FIRST, wire.FIRST + 1, 2 * wire.FIRST])
@pytest.mark.parametrize("text", ["", "x" * (wire.FIRST - 60), "ä" * wire.FIRST], ids=["short", "edge", "long"])
def test_a_message_in_pieces(text: str, pause: int, pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    sent = [torch.arange(3), torch.rand(wire.FIRST // 4 + 5), torch.zeros(0), torch.arange(7, dtype=torch.uint8)]
    first, second = socket.socketpair()
    with first, second:
        collected = bytearray()

        def collect() -> None:
            while data := second.recv(65536):
                collected.extend(data)

        collecting = threading.Thread(target=collect)
        collecting.start()
        wire.send(first, {"text": text, "parts": sent})
        first.close()
        collecting.join(10)

    def deliver() -> None:
        there.sendall(collected[:pause])
        time.sleep(0.02)
        there.sendall(collected[pause:])

    delivering = threading.Thread(target=deliver)
    delivering.start()
    got = wire.receive(here, time.monotonic() + 10)
    delivering.join(10)
    assert got["text"] == text
    assert all(torch.equal(a, b) for a, b in zip(got["parts"], sent, strict=True))


def test_too_large_is_not_sent(pair: tuple[socket.socket, socket.socket]) -> None:
    with pytest.raises(ProtocolError):
        wire.send(pair[0], "x" * (wire.MAX_HEADER + 1))


@pytest.mark.parametrize("reply", [[], 7, None, "x"])
def test_a_channel_refuses_what_is_no_reply(reply: Any, pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    wire.send(there, reply)
    with pytest.raises(ProtocolError):
        RemoteChannel(here, seconds=2).perform("name", {"name": "x"})


def test_a_dead_process_is_an_error_of_the_code(pair: tuple[socket.socket, socket.socket]) -> None:
    here, there = pair
    there.close()
    channel = RemoteChannel(here, seconds=2)
    for _ in range(2):
        assert channel.perform("name", {"name": "x"})["error"]["type"] == "SystemExit"


def test_a_silent_process_is_an_error_of_the_code(pair: tuple[socket.socket, socket.socket]) -> None:
    channel = RemoteChannel(pair[0], seconds=0.2)
    started = time.monotonic()
    for _ in range(20):
        assert channel.perform("name", {"name": "x"})["error"]["type"] == "TimeoutError"
    assert time.monotonic() - started < 3


NODES: dict[str, Callable[[], Any]] = {
    "no kind": dict,
    "unknown kind": lambda: {"kind": "secret"},
    "a list": list,
    "int without value": lambda: {"kind": "int"},
    "text as int": lambda: {"kind": "int", "value": "5"},
    "bool as int": lambda: {"kind": "int", "value": True},
    "tensor without shape": lambda: {"kind": "tensor", "dtype": "float32"},
    "tensor of another shape": lambda: {"kind": "tensor", "shape": [3], "dtype": "float32", "tensor": torch.ones(2)},
    "tensor of another dtype": lambda: {"kind": "tensor", "shape": [2], "dtype": "float64", "tensor": torch.ones(2)},
    "text as tensor": lambda: {"kind": "tensor", "shape": [2], "dtype": "float32", "tensor": "x"},
    "list without items": lambda: {"kind": "list"},
    "dict of singles": lambda: {"kind": "dict", "pairs": [[{"kind": "none"}]]},
    "text as handle": lambda: {"kind": "object", "ref": "1"},
    "unhashable kind": lambda: {"kind": []},
    "number as type": lambda: {"kind": "none", "type": 3},
}


@pytest.mark.parametrize("name", NODES)
def test_nodes_that_are_none_are_refused(name: str) -> None:
    session = grader.touch.LocalSession()
    with pytest.raises(ProtocolError):
        session.subject("x", NODES[name]())


def test_no_pickle() -> None:
    """Nothing in the touch module can run what the other side sends."""
    forbidden = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib"}
    for path in Path(grader.touch.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                roots = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                roots = {(node.module or "").split(".")[0]}
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "torch":
                assert node.attr not in {"load", "save"}, path
                continue
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, path
                continue
            else:
                continue
            assert not roots & forbidden, path
