"""Where the sets lie, and how one is put there: under a lock, in one step, with a manifest.

A set is built in `<root>/.<name>.partial-*` and renamed to `<root>/<name>` when it is complete, so a reader never
meets half a set. Whatever a killed run leaves behind is cleaned up by the next one, which holds the lock.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import filelock
import platformdirs

from data_scripts._errors import DataError

MANIFEST = "manifest.json"
LOCK_TIMEOUT = 1800.0  # seconds; the slowest real set takes a few minutes
_CHEAP_BYTES, _CHEAP_FILES = 32_000_000, 50  # below these, even the quick check reads and hashes every file


def data_root(root: str | os.PathLike[str] | None = None) -> Path:
    """The folder of all sets: `root`, else `$COURSE_DATA`, else `data/` of the checkout, else the user's own."""
    chosen = root if root is not None else os.environ.get("COURSE_DATA")
    if chosen:
        return Path(chosen).expanduser().absolute()
    project = Path(__file__).resolve().parent.parent
    if (project / "pyproject.toml").is_file():
        return project / "data"
    return Path(platformdirs.user_data_dir("intermediate-pytorch", appauthor=False)) / "data"


@dataclass(frozen=True)
class Manifest:
    """What was put into a folder: enough to check it later, and to make it again."""

    name: str
    source: str
    version: int
    seed: int | None
    counts: Mapping[str, int]
    files: Mapping[str, tuple[int, str]]
    """Relative path to (bytes, sha256)."""
    origin: str | None = None
    origin_sha256: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        return sum(size for size, _ in self.files.values())

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """The manifest of `folder`, or None where there is none that can be read."""
        try:
            fields = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            fields["files"] = {name: (int(size), str(sha)) for name, (size, sha) in fields["files"].items()}
            return cls(**fields)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None


def sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, or of the names and contents below a folder."""
    if path.is_dir():
        digest = hashlib.sha256()
        for name in list_files(path):
            digest.update(f"{name}\0{sha256(path / name)}\0".encode())
        return digest.hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def list_files(folder: Path) -> list[str]:
    """All files below `folder`, as sorted relative paths with forward slashes."""
    found = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        relative = Path(place).relative_to(folder).as_posix()
        found += [name if relative == "." else f"{relative}/{name}" for name in names]
    return sorted(found)


def catalog(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of every file below `folder`, for a manifest."""
    return {
        name: ((folder / name).stat().st_size, sha256(folder / name)) for name in list_files(folder) if name != MANIFEST
    }


def compare(folder: Path, manifest: Manifest, *, thorough: bool) -> list[str]:
    """How the files in `folder` differ from the manifest: missing, other size, other content, not listed.

    Not `thorough` leaves out the reading of large sets: names and sizes only.
    """
    missing, resized, altered = [], [], []
    hashing = thorough or (len(manifest.files) <= _CHEAP_FILES and manifest.bytes <= _CHEAP_BYTES)
    sizes = _sizes(folder)
    for name, (size, sha) in manifest.files.items():
        if name not in sizes:
            missing.append(name)
        elif sizes[name] != size:
            resized.append(name)
        elif hashing and sha256(folder / name) != sha:
            altered.append(name)
    kinds = {Path(name).suffix.lower() for name in manifest.files}
    extra = sorted(name for name in sizes if name not in manifest.files and Path(name).suffix.lower() in kinds)
    problems = []
    for names, what in ((missing, "missing"), (resized, "of another size"), (altered, "altered")):
        if names:
            problems.append(f"{_some(names)} {what}")
    if extra:
        problems.append(f"{_some(extra)} not part of the set")
    return problems


def _sizes(folder: Path) -> dict[str, int]:
    found: dict[str, int] = {}
    pending = [("", str(folder))]
    while pending:
        prefix, place = pending.pop()
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not entry.name.startswith("."):
                        pending.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    with contextlib.suppress(OSError):  # gone since, or a link to nowhere
                        found[prefix + entry.name] = entry.stat().st_size
    return found


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    return f"{shown}{more} {'is' if len(names) == 1 else 'are'}"


@contextlib.contextmanager
def locked(root: Path, name: str) -> Iterator[None]:
    """Hold the set's lock, after cleaning up what a killed run may have left."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(root / f".{name}.lock", timeout=LOCK_TIMEOUT):
            _clean_up(root, name)
            yield
    except filelock.Timeout:
        raise DataError(
            f"Another process has been preparing '{name}' for more than {LOCK_TIMEOUT / 60:.0f} minutes.",
            root / f".{name}.lock",
            "wait for it or end it, then try again; no file needs to be deleted.",
        ) from None
    except OSError as error:
        raise DataError(
            f"The data folder cannot be written: {error.strerror or error}.",
            error.filename or root,
            "make room or change its permissions, or name another folder in the environment variable COURSE_DATA.",
        ) from error


@contextlib.contextmanager
def workspace(root: Path, name: str) -> Iterator[Path]:
    """An empty folder beside the set; it is removed unless `publish` has taken it."""
    folder = root / f".{name}.partial-{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    try:
        yield folder
    finally:
        if folder.exists():
            shutil.rmtree(folder, ignore_errors=True)


def publish(built: Path, root: Path, name: str) -> None:
    """Put a finished folder in the place of the set. Call it under the lock."""
    folder = root / name
    if folder.exists():
        os.replace(folder, root / f".{name}.old-{uuid.uuid4().hex[:8]}")
    os.replace(built, folder)
    _clean_up(root, name)


def set_aside(root: Path, name: str, folder: Path | None = None) -> Path:
    """Rename the set's folder to the first free `<name>.set-aside-N` instead of deleting it."""
    number = 1
    while (kept := root / f"{name}.set-aside-{number}").exists():
        number += 1
    os.replace(folder or root / name, kept)
    return kept


def _clean_up(root: Path, name: str) -> None:
    folder = root / name
    for left in sorted(root.glob(f".{name}.old-*")):
        if not folder.exists():  # killed between the two renames of `publish`
            os.replace(left, folder)
        elif _holds_foreign_files(left):
            set_aside(root, name, left)
        else:
            shutil.rmtree(left, ignore_errors=True)
    for left in root.glob(f".{name}.partial-*"):
        shutil.rmtree(left, ignore_errors=True)


def _holds_foreign_files(folder: Path) -> bool:
    manifest = Manifest.read(folder)
    listed = set(manifest.files) if manifest else set()
    return bool(set(_sizes(folder)) - listed - {MANIFEST, ".DS_Store", "Thumbs.db"})
