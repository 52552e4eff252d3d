"""What the four sets have in common: prepare, verify, mend.

A module of a set fills in one `Recipe` and offers `prepare`, `verify`, `held_out` and `plot`; everything that is hard
to get right (locks, atomic publishing, checks, fetching, several processes) is here and in the modules it calls.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data_scripts import _store
from data_scripts._errors import DataError
from data_scripts._fetch import Origin, fetch
from data_scripts._random import Stream
from data_scripts._store import Manifest, data_root
from data_scripts._workers import in_parallel

SOURCES = ("synthetic", "real")
Progress = Callable[[int, int], None]
"""Called with (pieces done, pieces in all)."""


@dataclass(frozen=True)
class Withhold:
    """A part of a real set that is kept from the students, chosen by a secret."""

    amount: int
    secret: int | str


@dataclass(frozen=True)
class Order:
    """What `Recipe.adopt` is asked to do."""

    original: Path
    withhold: Withhold | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """One data set: its facts, and the functions that make and check it."""

    name: str
    title: str
    version: int
    """Of the generator: raise it when the synthetic files change, and old ones are made anew."""
    license: str
    citation: str
    homepage: str
    synthesize: Callable[[Path, int, int, int, Callable[[], None]], None]
    """`(folder, seed, part, parts, tick)` writes its share of the files, calling `tick()` after each piece."""
    pieces: int
    """How often all parts together call `tick()`; 1 means that there is nothing to share out."""
    adopt: Callable[[Path, Order], None]
    """`(folder, order)` writes the real set's files from a local copy of the original."""
    examine: Callable[[Path], tuple[dict[str, int], list[str]]]
    """`(folder)` counts what is there and says what is wrong."""
    origin: Origin | None = None
    by_hand: str = ""
    """How a user comes by the real set when it cannot be fetched."""

    @property
    def notice(self) -> str:
        return f"{self.title}\n  license:  {self.license}\n  cite:     {self.citation}\n  origin:   {self.homepage}"


def prepare(
    recipe: Recipe,
    *,
    source: str | None = None,
    from_path: str | os.PathLike[str] | None = None,
    root: str | os.PathLike[str] | None = None,
    seed: int | None = None,
    withhold: Withhold | None = None,
    options: Mapping[str, Any] | None = None,
    mirrors: Sequence[str] | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] = print,
) -> Manifest:
    """Make sure that the set is there, whole and as asked for; see any set's `prepare`."""
    if source is None and from_path is not None:
        source = "real"
    if source not in (None, *SOURCES):
        raise DataError(f"There is no source {source!r}.", "", "use 'synthetic' or 'real'.")
    original = Path(from_path).expanduser().absolute() if from_path is not None else None
    if original is not None and source != "real":
        raise DataError(
            "A local copy goes with the real set, not with the synthetic one.",
            original,
            "leave out `source`, or say source='real' (--source real).",
        )
    if original is not None and not original.exists():
        raise DataError("The local copy does not exist.", original, "check the path.")
    place = data_root(root)
    wish = _Wish(recipe, source, original, seed, withhold, dict(options or {}))
    if found := wish.met_by(place):
        return found
    with _store.locked(place, recipe.name):
        if found := wish.met_by(place):  # another process was faster
            return found
        wish.refuse_to_overwrite(place)
        return _build(wish, place, mirrors, progress, say)


class _Wish:
    """What the caller of `prepare` asked for, held against what is there."""

    def __init__(
        self,
        recipe: Recipe,
        source: str | None,
        original: Path | None,
        seed: int | None,
        withhold: Withhold | None,
        options: dict[str, Any],
    ) -> None:
        self.recipe, self.source, self.original = recipe, source, original
        self.seed, self.withhold, self.options = seed, withhold, options
        self._origin_sha256: str | None = None

    @property
    def origin_sha256(self) -> str | None:
        if self._origin_sha256 is None and self.original is not None:
            self._origin_sha256 = _store.sha256(self.original)
        return self._origin_sha256

    def met_by(self, place: Path) -> Manifest | None:
        """The manifest of what is there, if it is what was asked for and whole."""
        folder = place / self.recipe.name
        there = Manifest.read(folder)
        if there is None or there.name != self.recipe.name or self.source not in (None, there.source):
            return None
        if there.source == "synthetic":
            if there.version != self.recipe.version or self.seed not in (None, there.seed):
                return None
        else:
            if self.withhold is not None:
                return None
            if any(there.options.get(key) != value for key, value in self.options.items()):
                return None
            if self.original is not None and self.origin_sha256 != there.origin_sha256:
                return None
        return None if _store.compare(folder, there, thorough=False) else there

    def refuse_to_overwrite(self, place: Path) -> None:
        """Raise where building would destroy what the user may not get back."""
        name, folder = self.recipe.name, place / self.recipe.name
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return
        there = Manifest.read(folder)
        if there is None:
            raise DataError(
                f"There are files in the place of '{name}' that were not put there by this command "
                "(no readable manifest.json).",
                folder,
                f"`python -m data_scripts verify {name} --mend` moves them aside and prepares the set.",
            )
        if there.source == "real" and self.source is None:
            raise DataError(
                f"The real '{name}' set lies there, but it is damaged: "
                + "; ".join(_store.compare(folder, there, thorough=False)),
                folder,
                f"`python -m data_scripts verify {name} --mend` restores it; "
                f"`python -m data_scripts prepare {name} --source synthetic` takes the stand-in instead.",
            )
        if self.seed is None and there.source == "synthetic" and self.source is None:
            self.seed = there.seed  # damaged or outdated: make the same one again


def _build(
    wish: _Wish, place: Path, mirrors: Sequence[str] | None, progress: Progress | None, say: Callable[[str], None]
) -> Manifest:
    recipe = wish.recipe
    real = wish.source == "real"
    original = wish.original
    if real and original is None:
        if recipe.origin is None:
            raise DataError(
                f"The real '{recipe.name}' set cannot be fetched automatically.", recipe.homepage, recipe.by_hand
            )
        say(recipe.notice)
        original = fetch(recipe.origin, place / ".downloads", mirrors=mirrors, bar=progress is not None)
    elif real:
        say(recipe.notice)
    with _store.workspace(place, recipe.name) as folder:
        if original is not None:
            with _readable(original):
                recipe.adopt(folder, Order(original, wish.withhold, wish.options))
        else:
            seed = 0 if wish.seed is None else wish.seed
            if recipe.pieces == 1:
                recipe.synthesize(folder, seed, 0, 1, lambda: None)
            else:
                in_parallel(recipe, folder, seed, progress)
        counts, problems = recipe.examine(folder)
        if problems:
            raise DataError(
                f"The '{recipe.name}' set came out wrong: {'; '.join(problems)}",
                original or folder,
                "check that this is the right file; the message says what was expected.",
            )
        options = dict(wish.options)
        if wish.withhold is not None:
            options["withheld"] = wish.withhold.amount
        manifest = Manifest(
            name=recipe.name,
            source="real" if real else "synthetic",
            version=recipe.version,
            seed=None if real else seed,
            counts=counts,
            files=_store.catalog(folder),
            origin=str(original) if original is not None else None,
            origin_sha256=_store.sha256(original) if original is not None else None,
            options=options,
        )
        manifest.write(folder)
        _store.publish(folder, place, recipe.name)
    return manifest


@contextlib.contextmanager
def _readable(original: Path) -> Any:
    """Turn what zipfile, pandas and the file system raise about a bad original into a `DataError`."""
    import gzip
    import zipfile

    import pandas as pd

    try:
        yield
    except DataError:
        raise
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError):
        raise DataError(
            "The local copy is a damaged archive (cut short?).", original, "download or copy it again."
        ) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError):
        raise DataError("The local copy is not a readable CSV file.", original, "pass the CSV file itself.") from None
    except PermissionError:
        raise DataError("The local copy may not be read.", original, "change its permissions.") from None


def verify(recipe: Recipe, root: str | os.PathLike[str] | None = None) -> list[str]:
    """Everything that is wrong with the set as it lies there; an empty list means that all is well."""
    folder = data_root(root) / recipe.name
    if not folder.exists():
        return [f"not prepared: run `python -m data_scripts prepare {recipe.name}`"]
    there = Manifest.read(folder)
    if there is None:
        return ["manifest.json is missing or unreadable, so nobody knows what these files are"]
    problems = _store.compare(folder, there, thorough=True)
    if there.source == "synthetic" and there.version != recipe.version:
        problems.append(f"made by version {there.version} of the generator; the current one is {recipe.version}")
    if problems:
        return problems
    counts, wrong = recipe.examine(folder)
    problems += wrong
    for what, expected in there.counts.items():
        if counts.get(what) != expected:
            problems.append(f"{what}: {counts.get(what)} instead of {expected}")
    return problems


def mend(
    recipe: Recipe,
    root: str | os.PathLike[str] | None = None,
    *,
    mirrors: Sequence[str] | None = None,
    progress: Progress | None = None,
    say: Callable[[str], None] = print,
) -> list[str]:
    """Put right what `verify` finds; says what was done, one line each.

    A synthetic set is made anew with its seed, a real one from the copy or download it came from. Files of unknown
    origin are moved aside, never deleted.
    """
    if not verify(recipe, root):
        return []
    place = data_root(root)
    there = Manifest.read(place / recipe.name)
    done = []
    if there is not None and there.source == "real":
        if there.options.get("withheld"):
            raise DataError(
                f"The real '{recipe.name}' set was prepared with a withheld part, and the secret is not stored.",
                place / recipe.name,
                "prepare it again with the same `withhold` (--withhold and --secret-file).",
            )
        copy = Path(there.origin) if there.origin else None
        if copy is None or not copy.exists() or _store.sha256(copy) != there.origin_sha256:
            if recipe.origin is None:
                raise DataError(
                    f"The copy that the real '{recipe.name}' set came from is no longer there.",
                    there.origin or "",
                    f"`python -m data_scripts prepare {recipe.name} --from PATH` with another copy.",
                )
            copy = None
        options = {key: value for key, value in there.options.items() if key != "withheld"}
        with _store.locked(place, recipe.name):
            wish = _Wish(recipe, "real", copy, None, None, options)
            _build(wish, place, mirrors, progress, say)
        return [f"prepared anew from {copy or 'its origin'}"]
    if there is None and (place / recipe.name).exists():
        with _store.locked(place, recipe.name):
            done.append(f"moved what was there to {_store.set_aside(place, recipe.name).name}")
    with _store.locked(place, recipe.name):
        seed = there.seed if there is not None else None
        _build(_Wish(recipe, "synthetic", None, seed, None, {}), place, mirrors, progress, say)
    done.append(f"made anew (synthetic, seed {seed or 0})")
    return done


def secret_choice(total: int, amount: int, secret: int | str, purpose: str) -> list[int]:
    """`amount` of the numbers 0 .. total-1, in order: which ones, only the secret tells."""
    if not 0 < amount < total:
        raise DataError(f"{amount} of {total} cannot be withheld.", "", f"ask for 1 to {total - 1}.")
    return sorted(int(index) for index in Stream("withheld", purpose, str(secret)).permutation(total)[:amount])


def fingerprint(parts: Sequence[bytes]) -> str:
    """SHA-256 over several byte strings in order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def save_figure(figure: Any, path: str | os.PathLike[str], title: str) -> Path:
    """Write a matplotlib figure, creating its folder."""
    target = Path(path).expanduser()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(target, dpi=100, metadata={"Title": title} if target.suffix == ".png" else None)
    except (OSError, ValueError) as error:
        raise DataError(f"The picture cannot be written: {error}", target, "name a .png, .svg or .pdf file.") from None
    return target


@contextlib.contextmanager
def temporary_real(recipe: Recipe, original: str | os.PathLike[str], options: Mapping[str, Any] | None = None) -> Any:
    """The files of a local copy of the real set, in a folder that goes away again."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix=f"{recipe.name}-"))
    try:
        prepare(recipe, source="real", from_path=original, root=folder, options=options, say=lambda _: None)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
