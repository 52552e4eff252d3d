"""What a student has passed so far, in one small local file.

``GRADER_PROGRESS`` names another file, or ``off``. nbgrader runs and ``grader demo`` never write to it.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from filelock import FileLock
from platformdirs import user_state_path

from grader.verdict import Outcome, Verdict


def progress_path() -> Path | None:
    """The file, or None when progress is not kept."""
    setting = os.environ.get("GRADER_PROGRESS", "")
    if setting.lower() == "off" or os.environ.get("NBGRADER_EXECUTION"):
        return None
    return Path(setting) if setting else user_state_path("intermediate-pytorch") / "progress.json"


def load() -> dict[str, dict[str, Any]]:
    """Entries by exercise key: ``passed``, ``tries``, ``points``, ``when`` (seconds since 1970)."""
    path = progress_path()
    if path is None:
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        entries = data["exercises"]
        return {key: entry for key, entry in entries.items() if isinstance(entry, dict)}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _save(path: Path, entries: dict[str, dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=".progress-", suffix=".tmp", delete=False, encoding="utf-8"
    ) as beside:
        json.dump({"version": 1, "exercises": entries}, beside, indent=1, sort_keys=True)
    os.replace(beside.name, path)


def _update(change: Any) -> str:
    """Apply ``change`` to the entries under a lock; returns a note when the file could not be used."""
    path = progress_path()
    if path is None:
        return ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{path}.lock", timeout=5):
            note = ""
            if path.exists() and not _readable(path):
                kept = path.with_suffix(f".unreadable-{int(time.time())}.json")
                os.replace(path, kept)
                note = f"The progress file could not be read; it was kept as `{kept.name}` and a new one was begun."
            entries = load()
            change(entries)
            _save(path, entries)
            return note
    except (OSError, TimeoutError) as error:
        return f"Your progress could not be saved ({type(error).__name__}); the verdict stands."


def _readable(path: Path) -> bool:
    try:
        return isinstance(json.loads(path.read_text(encoding="utf-8"))["exercises"], dict)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def record(verdict: Verdict) -> str:
    """Remember a verdict; once passed stays passed. Returns a note for the student, usually empty."""
    if verdict.outcome is Outcome.NOT_ATTEMPTED:
        return ""

    def change(entries: dict[str, dict[str, Any]]) -> None:
        entry = entries.setdefault(verdict.exercise, {"passed": False, "tries": 0, "points": 0})
        entry["tries"] = int(entry.get("tries", 0)) + 1
        if verdict.passed:
            entry |= {"passed": True, "points": verdict.points}
            entry.setdefault("when", int(time.time()))

    return _update(change)


def has_passed(key: str) -> bool:
    """Whether the exercise has been passed on this machine."""
    return load().get(key, {}).get("passed") is True


def reset(keys: list[str]) -> str:
    """Forget these exercises; returns a note when the file could not be used."""

    def change(entries: dict[str, dict[str, Any]]) -> None:
        for key in keys:
            entries.pop(key, None)

    return _update(change)
