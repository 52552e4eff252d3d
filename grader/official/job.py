"""The confined side: executes a student's cells and lets the checks touch what they defined.

``run`` is the job that the fork server starts. It answers one request with one reply, frames of
:mod:`grader.touch.wire`, until the supervisor closes the connection; so whatever a later cell does to this process,
the replies given before it have arrived. Nothing here is trusted by the other side.
"""

from __future__ import annotations

import base64
import contextlib
import importlib
import io
import json
import os
import signal
import socket
import sys
import time
import types
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.backends import backend_registry
from traitlets.config import Config

from grader.touch import wire
from grader.touch.host import Host, _describe_error
from grader.touch.subject import ProtocolError

# The shell imports these when it is made, and matplotlib looks for plug-ins: in the fork server once, not in each job.
for _name in ("completer", "completerlib", "crashhandler", "magics", "oinspect", "application"):
    importlib.import_module(f"IPython.core.{_name}")
importlib.import_module("IPython.utils.wildcard")
backend_registry.list_all()

MAX_HTML = 500_000  # characters of a table
MAX_TEXT = 100_000  # characters of printed text that a cell may show
MAX_DATA = 3_000_000  # characters of images and other results of a cell
MAX_OUTPUTS = 100
CUT = "\n[more output left out]\n"


class _TimeUp(BaseException):
    """Raised in the student's code by the alarm; not an Exception, so that ``except Exception`` does not stop it."""


# what tracebacks and findings call it
_TimeUp.__name__ = _TimeUp.__qualname__ = "TimeoutError"
_TimeUp.__module__ = "builtins"


class _Alarm:
    """Ends the student's code after a time. The supervisor has its own clock: code may switch this one off."""

    def __init__(self) -> None:
        self._armed = False
        self._told = ""

    def _ring(self, *_: object) -> None:
        if self._armed:
            raise _TimeUp(self._told)

    @contextlib.contextmanager
    def after(self, seconds: float, told: str) -> Iterator[None]:
        self._told = told
        signal.signal(signal.SIGALRM, self._ring)
        self._armed = True
        # again every second: a bare `except:` in a loop would swallow the first one
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        try:
            yield
        finally:
            self._armed = False
            signal.setitimer(signal.ITIMER_REAL, 0)


# -- what a cell shows ---------------------------------------------------------------------------------------------


class _Outputs:
    """Outputs of the running cell, as in a notebook file, with bounds."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.items: list[dict[str, Any]] = []
        self._text = 0
        self._data = 0

    def write(self, name: str, text: str) -> None:
        if self._text > MAX_TEXT:
            return
        self._text += len(text)
        if self._text > MAX_TEXT:
            text = text[: max(0, len(text) - (self._text - MAX_TEXT))] + CUT
        last = self.items[-1] if self.items else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["parts"].append(text)
        elif len(self.items) < MAX_OUTPUTS:
            self.items.append({"output_type": "stream", "name": name, "parts": [text]})

    def show(self, kind: str, data: Any) -> None:
        kept: dict[str, str] = {}
        for mime in ("text/plain", "text/html", "image/png", "image/jpeg"):
            value = data.get(mime) if isinstance(data, dict) else None
            if mime == "text/html" and not (isinstance(value, str) and "<table" in value and len(value) < MAX_HTML):
                continue  # only tables are shown as such
            if isinstance(value, bytes):
                value = base64.b64encode(value).decode()
            if isinstance(value, str):
                value = value[:MAX_TEXT] if mime == "text/plain" else value
                self._data += len(value)
                if self._data <= MAX_DATA:
                    kept[mime] = value
        if kept and len(self.items) < MAX_OUTPUTS:
            self.items.append({"output_type": kind, "data": kept})

    def error(self, name: str, value: str, lines: list[str]) -> None:
        self.items.append(
            {
                "output_type": "error",
                "ename": name[:100],
                "evalue": value[:2000],
                "traceback": [t[:4000] for t in lines[-60:]],
            }
        )

    def plain(self) -> list[dict[str, Any]]:
        return [
            {"output_type": "stream", "name": item["name"], "text": "".join(item["parts"])}
            if item["output_type"] == "stream"
            else item
            for item in self.items[: MAX_OUTPUTS + 5]
        ]


class _Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of the student's code."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, outputs: _Outputs, name: str, number: int) -> None:
        self._outputs, self._name, self._number = outputs, name, number

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._outputs.write(self._name, text)
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number  # what a subprocess prints goes to the sandbox's own, bounded file


class _Shell(InteractiveShell):
    """IPython's shell without terminal, history and files, as close to a notebook's kernel as one process can be."""

    outputs: _Outputs

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        try:
            told = str(evalue)
        except Exception:
            told = "(its message could not be read)"
        self.outputs.error(str(getattr(etype, "__name__", etype)), told, list(stb))


class _Publisher(CapturingDisplayPublisher):
    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        self.shell.outputs.show("display_data", data)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


class _Hook(CapturingDisplayHook):
    is_active = False  # IPython's `print` asks for it

    def __call__(self, result: Any = None) -> None:
        if result is None:
            return
        shell = self.shell
        shell.user_ns["_"] = result
        data, _ = shell.display_formatter.format(result)
        shell.outputs.show("execute_result", data)


_ready: _Shell | None = None


def warm() -> None:
    """In the fork server: make the shell that each job then has a copy of."""
    global _ready
    _ready = _make_shell()


def _make_shell() -> _Shell:
    settings = Config()
    settings.HistoryManager.enabled = False
    settings.HistoryManager.hist_file = ":memory:"
    main = types.ModuleType("__main__")
    shell = _Shell.instance(config=settings, user_module=main, user_ns=main.__dict__)
    shell.colors = "nocolor"
    shell.display_pub = _Publisher(parent=shell)
    shell.display_pub.shell = shell
    hook = _Hook(shell)
    shell.displayhook = hook  # type: ignore[assignment]
    shell.display_trap.hook = hook
    with contextlib.suppress(Exception):
        import matplotlib
        from matplotlib_inline.backend_inline import configure_inline_support

        matplotlib.use("module://matplotlib_inline.backend_inline")
        configure_inline_support(shell, "inline")
    return shell


# -- requests ------------------------------------------------------------------------------------------------------


class _Desk:
    """Carries out the supervisor's requests."""

    def __init__(self) -> None:
        self.outputs = _Outputs()
        self.alarm = _Alarm()
        _Shell.outputs = self.outputs
        self.shell = _ready or _make_shell()
        # dataclasses, pickle and DataLoader workers look classes up there
        sys.modules["__main__"] = self.shell.user_module
        self.host: Host | None = None

    def perform(self, request: dict[str, Any]) -> dict[str, Any]:
        op, args = str(request["op"]), dict(request.get("args") or {})
        if op == "cell":
            return self.cell(args["source"], args["seconds"])
        if op == "end":  # of a check; its first touch began it
            if self.host is not None:
                self.host.close()
            self.host = None
            # cells of the notebook ask for it: "if ch01.net_class.passed: ..."
            module = sys.modules.get(f"grader.chapters.{args['module']}")
            if module is not None and args["passed"]:
                getattr(module, args["name"]).passed = True
            return {"ok": None}
        if op == "touch":
            if self.host is None:
                self.host = Host(self.shell.user_ns)
            try:
                with self.alarm.after(args["seconds"], "the code did not answer in time"):
                    return self.host.perform(str(args["op"]), dict(args["args"]))
            except _TimeUp as error:
                return {"error": _describe_error(error)}
        return {"error": {"type": "ProtocolError", "bases": [], "message": "unknown request"}}

    def cell(self, source: str, seconds: float) -> dict[str, Any]:
        outputs = self.outputs
        outputs.clear()
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream(outputs, "stdout", 1), _Stream(outputs, "stderr", 2)
        error: BaseException | None = None
        started = time.perf_counter()
        try:
            with self.alarm.after(seconds, f"no end within {seconds:g} seconds"):
                result = self.shell.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
        except BaseException as stop:
            error = stop
        finally:
            sys.stdout, sys.stderr = kept
        reply: dict[str, Any] = {"outputs": outputs.plain(), "seconds": time.perf_counter() - started}
        outputs.clear()
        if error is not None:
            reply["error"] = _told(error)
        return reply


def _told(error: BaseException) -> dict[str, Any]:
    """An exception as data; of a SyntaxError the line in the cell."""
    info = _describe_error(error)
    if isinstance(error, _TimeUp):
        info["time_up"] = True
        info["line"] = None
    if isinstance(error, SyntaxError):
        info |= {"message": str(error.msg)[:2000], "line": error.lineno, "code": str(error.text or "").strip()[:200]}
    return info


def run(sock: socket.socket, payload: bytes) -> None:
    """The job: serve requests until the supervisor closes the connection.

    Args:
        sock: to the supervisor.
        payload: JSON; ``environment`` holds variables to set.
    """
    os.environ.update(json.loads(payload)["environment"])
    desk = _Desk()
    me = os.getpid()
    wire.send(sock, {"ready": True})
    while True:
        try:
            request = wire.receive(sock)
        except (wire.Gone, OSError):
            return
        reply = desk.perform(request)
        if os.getpid() != me:  # a fork in the student's code that came back here
            os._exit(0)
        try:
            wire.send(sock, reply)
        except ProtocolError:
            wire.send(
                sock, {"error": {"type": "MemoryError", "bases": ["MemoryError"], "message": "too large to send"}}
            )
