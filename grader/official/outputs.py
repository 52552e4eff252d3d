"""What a student's cell showed, made safe to keep and to show: text and images, bounded, nothing that a browser runs.

A notebook's outputs may hold HTML with scripts, and nbgrader's feedback pages and formgrader show it as it is. Only
plain text and raster images pass; everything else has a text form anyway.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from grader.feedback.scrub import scrub

MAX_OUTPUTS = 100
MAX_TEXT = 120_000
MAX_LINES = 1_000
MAX_IMAGE = 2_000_000
MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def clean_text(value: Any, limit: int = MAX_TEXT) -> str:
    """Text without control characters, lone surrogates or terminal codes; "" for anything but text."""
    if not isinstance(value, str):
        return ""
    text = value[:limit].encode("utf-8", "replace").decode()
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], "[more lines left out]"]
    # a progress bar rewrites its line: what stood there last is what was to be seen
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in lines]
    return scrub("\n".join(lines))


def _image(mime: str, value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > MAX_IMAGE:
        return None
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(data).decode() if data.startswith(MAGIC[mime]) else None


def clean_outputs(raw: Any) -> list[dict[str, Any]]:
    """Outputs of one cell, from whatever a job sent."""
    cleaned: list[dict[str, Any]] = []
    for item in raw[:MAX_OUTPUTS] if isinstance(raw, list) else []:
        if not isinstance(item, dict):
            continue
        kind = item.get("output_type")
        if kind == "stream":
            name = "stderr" if item.get("name") == "stderr" else "stdout"
            cleaned.append({"output_type": "stream", "name": name, "text": clean_text(item.get("text"))})
        elif kind == "error":
            lines = item.get("traceback")
            trace = [clean_text(line, 10_000) for line in lines[-100:]] if isinstance(lines, list) else []
            cleaned.append(
                {
                    "output_type": "error",
                    "ename": clean_text(item.get("ename"), 100),
                    "evalue": clean_text(item.get("evalue"), 2_000),
                    "traceback": trace,
                }
            )
        elif kind in ("display_data", "execute_result"):
            shown = item.get("data")
            shown = shown if isinstance(shown, dict) else {}
            data: dict[str, str] = {"text/plain": clean_text(shown.get("text/plain"))}
            for mime in MAGIC:
                image = _image(mime, shown.get(mime))
                if image is not None:
                    data[mime] = image
            entry: dict[str, Any] = {"output_type": kind, "data": data, "metadata": {}}
            if kind == "execute_result":
                entry["execution_count"] = None
            cleaned.append(entry)
    return cleaned
