"""Takes out of a message what must not be in it: answers, private paths, control characters."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]{0,2000}(?:\x07|\x1b\\)|\x1b[@-Z\\-_]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}")


def scrub(text: str, secrets: Sequence[str] = ()) -> str:
    """Clean one piece of feedback.

    Args:
        text: the message; may quote what the student's code said.
        secrets: literal answers; each is replaced by ``[hidden]`` where it stands alone.
    """
    text = _CONTROL.sub("", _ANSI.sub("", text))
    text = _ADDRESS.sub("", text)
    for folder, name in ((tempfile.gettempdir(), "<tmp>"), (str(Path.home()), "~")):
        if len(folder) > 2:
            text = text.replace(folder, name)
    for secret in secrets:
        text = re.sub(rf"(?<![\w.]){re.escape(secret)}(?![\w]|\.\d)", "[hidden]", text)
    return text
