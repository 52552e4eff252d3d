"""The two ends of a session whose student objects live in another process.

The check's side holds a :class:`RemoteChannel`; the student's side runs :func:`serve` with a
:class:`~grader.touch.host.Host`. Only frames of :mod:`grader.touch.wire` pass between them.
"""

from __future__ import annotations

import socket
import time
from typing import Any

from grader.touch import wire
from grader.touch.host import Host
from grader.touch.session import Session
from grader.touch.subject import ProtocolError


class RemoteChannel:
    """Sends each request to the process at the other end of a socket.

    Args:
        connection: a connected stream socket.
        seconds: time for one answer; a longer silence is told as a TimeoutError of the student's code.
        total_seconds: time for all answers together.
    """

    def __init__(self, connection: socket.socket, seconds: float = 30.0, total_seconds: float = 300.0) -> None:
        self._connection = connection
        self._seconds = seconds
        self._end = time.monotonic() + total_seconds
        self._lost: dict[str, Any] | None = None

    def perform(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Send a request and wait for its reply; a dead or silent process becomes an error reply."""
        if self._lost is not None:
            return self._lost
        deadline = min(time.monotonic() + self._seconds, self._end)
        try:
            wire.send(self._connection, {"op": operation, "args": arguments}, deadline)
            reply = wire.receive(self._connection, deadline)
        except TimeoutError:
            self._lost = _error("TimeoutError", "the code did not answer in time")
            return self._lost
        except wire.Gone:
            self._lost = _error("SystemExit", "the code ended its Python process")
            return self._lost
        except ProtocolError:
            self._lost = _error("ProtocolError", "the code broke the connection to the grader")
            raise
        if not isinstance(reply, dict):
            raise ProtocolError("not a reply")
        return reply

    def close(self) -> None:
        """End the conversation; the other process puts its objects back and leaves :func:`serve`."""
        self._connection.close()


def _error(name: str, message: str) -> dict[str, Any]:
    return {"error": {"type": name, "bases": [name], "message": message}}


class RemoteSession(Session):
    """A session over a socket; see :class:`RemoteChannel` for the arguments."""

    def __init__(
        self, connection: socket.socket, seed: int, seconds: float = 30.0, total_seconds: float = 300.0
    ) -> None:
        super().__init__(RemoteChannel(connection, seconds, total_seconds), seed)


def serve(connection: socket.socket, host: Host) -> None:
    """Answer requests until the other side ends the conversation."""
    try:
        while True:
            try:
                request = wire.receive(connection)
            except wire.Gone:
                return
            reply = host.perform(str(request["op"]), dict(request["args"]))
            try:
                wire.send(connection, reply)
            except ProtocolError:
                wire.send(connection, _error("MemoryError", "the answer is too large to send"))
    finally:
        host.close()
