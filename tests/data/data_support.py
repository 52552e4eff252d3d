"""Fixtures for the tests of `data_scripts`: a data folder of the test's own, the shared real data, a file server."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared" / "data"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, which `$COURSE_DATA` names."""
    folder = tmp_path / "data"
    monkeypatch.setenv("COURSE_DATA", str(folder))
    monkeypatch.delenv("COURSE_MIRROR", raising=False)
    return folder


@pytest.fixture
def shared():
    """Gives the path of a file of the shared real data, or skips."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"no {name} beside the project")
        return path

    return find


@pytest.fixture
def cli(root: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs `python -m data_scripts ...` in this process and gives its exit code and output."""
    import pooch.core
    from click.testing import CliRunner, Result

    from data_scripts._cli import main

    def run(*arguments: object, **environment: str) -> Result:
        with monkeypatch.context() as patch:
            patch.setattr(pooch.core.time, "sleep", lambda _: None)  # between two attempts to fetch
            return CliRunner(env={"COLUMNS": "160", **environment}).invoke(
                main, [str(one) for one in arguments], prog_name="python -m data_scripts"
            )

    return run


@pytest.fixture
def terminal(root: Path):
    """Starts `python -m data_scripts ...` as a process of its own, in the test's data folder."""

    def start(*arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "data_scripts", *map(str, arguments)],
            cwd=PROJECT,
            env={**os.environ, "COURSE_DATA": str(root), "COLUMNS": "160"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


class FileServer:
    """Serves bytes by path on loopback, and misbehaves on request."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.cut_after: dict[str, list[int]] = {}
        """For each path, after how many bytes to cut the connection: one entry is used up by each request."""
        self.ranges = True
        self.log: list[tuple[str, str | None]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = self.headers.get("Range")
                server.log.append((self.path, asked))
                content = server.files.get(self.path)
                if content is None:
                    self.send_error(404)
                    return
                start = 0
                if asked and server.ranges:
                    start = int(asked.removeprefix("bytes=").rstrip("-"))
                    if start >= len(content):
                        self.send_error(416)
                        return
                    self.send_response(206)
                    self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
                else:
                    self.send_response(200)
                self.send_header("Content-Length", str(len(content) - start))
                self.end_headers()
                cuts = server.cut_after.get(self.path)
                if cuts:
                    self.wfile.write(content[start : start + cuts.pop(0)])
                    self.wfile.flush()
                    self.close_connection = True
                else:
                    self.wfile.write(content[start:])

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=functools.partial(self._server.serve_forever, 0.05), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[FileServer]:
    served = FileServer()
    yield served
    served.close()


@pytest.fixture
def dead_url() -> Iterator[str]:
    """An address on which nobody listens: the port is taken, but not open."""
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
