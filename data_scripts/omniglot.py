"""Omniglot: handwritten characters of 30 alphabets, 964 characters, each drawn by 20 people.

**The real set** is the background set of Omniglot (B. M. Lake and others, 2015), MIT: PNG pictures, 105 x 105,
one bit, ink 0 and paper 1.

**The stand-in** has the same folders, names, counts and format, but its characters are invented (see `_scripts`):

* each alphabet has its own anchor points, its own liking for curves, loops and dots, and often a mark that many of its
  characters share: so an alphabet can be recognized, and knowing it helps with the character;
* each of the 20 people has one hand for all characters: slant, width, size, place on the paper, pen, shakiness,
  care, round or sharp corners; each drawing adds its own slips.

The alphabets belong to the generator; the seed chooses the people. The label is the character that was drawn.

**What a perfect model could reach**: at least 0.92 without and 0.97 with the alphabet. That is what comparing pixels
reaches for drawers 17 to 20, when it knows every character's strokes and each person's hand (slant, size, pen and so
on, but not the slips of a drawing), and takes the nearest of the 964 drawn neatly in that hand
(`benchmarks/data_scores.py omniglot --bound`). What is lost there are careless hands and a few characters that look
alike once written. docs/data.md has what small networks reach.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image, UnidentifiedImageError

from data_scripts import _dataset
from data_scripts._dataset import Order, Recipe, Withhold
from data_scripts._decode import decode
from data_scripts._errors import DataError
from data_scripts._fetch import Origin
from data_scripts._random import Stream
from data_scripts._scripts import PIXELS, Stroke, as_png, draw, new_alphabet, new_hand
from data_scripts._store import data_root

if TYPE_CHECKING:
    import torch

IMAGES = "images_background"
ALPHABETS = {
    "Alphabet_of_the_Magi": 20,
    "Anglo-Saxon_Futhorc": 29,
    "Arcadian": 26,
    "Armenian": 41,
    "Asomtavruli_(Georgian)": 40,
    "Balinese": 24,
    "Bengali": 46,
    "Blackfoot_(Canadian_Aboriginal_Syllabics)": 14,
    "Braille": 26,
    "Burmese_(Myanmar)": 34,
    "Cyrillic": 33,
    "Early_Aramaic": 22,
    "Futurama": 26,
    "Grantha": 43,
    "Greek": 24,
    "Gujarati": 48,
    "Hebrew": 22,
    "Inuktitut_(Canadian_Aboriginal_Syllabics)": 16,
    "Japanese_(hiragana)": 52,
    "Japanese_(katakana)": 47,
    "Korean": 40,
    "Latin": 26,
    "Malay_(Jawi_-_Arabic)": 40,
    "Mkhedruli_(Georgian)": 41,
    "N_Ko": 33,
    "Ojibwe_(Canadian_Aboriginal_Syllabics)": 14,
    "Sanskrit": 42,
    "Syriac_(Estrangelo)": 23,
    "Tagalog": 17,
    "Tifinagh": 55,
}
"""Alphabets and how many characters each has, sorted as everything here is."""
DRAWERS = 20
PIXELS_SHA256 = "075fe5548477ba5f8ba12044646de394d3a8ad6598badfa7dbefe2bc435736dc"
"""Over all decoded pictures of the stand-in with seed 0, in sorted order: the same on every machine. (The PNG files
themselves differ between builds of zlib.)"""

_NAME = re.compile(r"^\d{4}_(\d{2})\.png$")


@dataclass(frozen=True)
class Files:
    """The prepared Omniglot set."""

    images: Path
    """Folder `images_background/<alphabet>/character<NN>/<id>_<drawer>.png`."""
    source: str
    """`"synthetic"` or `"real"`."""


@dataclass(frozen=True)
class Drawing:
    """One picture and what is known about it."""

    path: Path
    alphabet: int
    """Index among the sorted names of the alphabets."""
    character: int
    """Index among all characters, sorted by alphabet and character."""
    drawer: int
    """1 to 20; in the real set, another person in each alphabet."""


class Pictures(NamedTuple):
    """Decoded drawings; row by row what `drawings` lists."""

    images: torch.Tensor
    """"drawing 1 height width", uint8: ink 0, paper 255; `images / 255` is what torchvision's `ToTensor` gives."""
    alphabets: torch.Tensor
    """"drawing", int64: `Drawing.alphabet`."""
    characters: torch.Tensor
    """"drawing", int64: `Drawing.character`."""
    drawers: torch.Tensor
    """"drawing", int64, 1 to 20: `Drawing.drawer`."""


def prepare(
    source: str | None = None,
    from_path: str | os.PathLike[str] | None = None,
    root: str | os.PathLike[str] | None = None,
    seed: int | None = None,
    *,
    withhold: Withhold | None = None,
    mirrors: Sequence[str] | None = None,
    progress: _dataset.Progress | None = None,
    say: Callable[[str], None] = print,
) -> Files:
    """Make sure that `omniglot/images_background` is there, and say where.

    Parameters
    ----------
    source, root, seed, mirrors, progress, say
        As for `water.prepare`.
    from_path
        A local copy of `images_background.zip` (or of one of the official smaller ones), or the unpacked folder.
    withhold
        How many of the 20 drawers of the real set to leave out, so that `held_out` can give their drawings to the
        official grading.

    Raises
    ------
    DataError
        With what, where and what to do. Whatever was there before is still there.
    """
    manifest = _dataset.prepare(
        RECIPE,
        source=source,
        from_path=from_path,
        root=root,
        seed=seed,
        withhold=withhold,
        mirrors=mirrors,
        progress=progress,
        say=say,
    )
    return Files(data_root(root) / RECIPE.name / IMAGES, manifest.source)


def drawings(images: str | os.PathLike[str]) -> list[Drawing]:
    """All drawings below `images`, sorted, so that classes have the same numbers on every machine.

    (`torchvision.datasets.Omniglot` takes folders in the order in which the file system gives them.)
    """
    found, character = [], 0
    for alphabet, place in enumerate(_folders(Path(images))):
        for folder in _folders(place):
            for name in sorted(entry.name for entry in os.scandir(folder)):
                if match := _NAME.match(name):
                    found.append(Drawing(folder / name, alphabet, character, int(match[1])))
            character += 1
    return found


def load(images: str | os.PathLike[str], size: int = 64, *, alphabets: int | None = None) -> Pictures:
    """Decode all drawings once, to train from memory.

    Parameters
    ----------
    images
        The folder `files.images`.
    size
        Width and height in pixels that the drawings are brought to; 105 leaves them as they are. In memory, the whole
        set takes 79 MB at 64 and 213 MB at 105.
    alphabets
        Only the first so many alphabets; all by default.

    Raises
    ------
    DataError
        When there is no drawing, or one cannot be read.

    Examples
    --------
    `pictures = omniglot.load(files.images); learn = pictures.drawers <= 16` separates people to learn from and people
    to test.
    """
    import torch

    place = Path(images)
    found = drawings(place) if place.is_dir() else []
    chosen = [one for one in found if alphabets is None or one.alphabet < alphabets]
    if not chosen:
        raise DataError("There are no drawings here.", place, "pass `files.images` (and `alphabets` of 1 or more).")
    paths = [one.path for one in chosen]
    tensor = torch.from_numpy(decode(paths, "L", size, threads=1)).permute(0, 3, 1, 2)  # too small to share out
    indices = torch.tensor([[one.alphabet, one.character, one.drawer] for one in chosen])
    return Pictures(tensor, *indices.T.contiguous())


def held_out(
    drawers: int = 1,
    seed: int | str = 0,
    *,
    from_path: str | os.PathLike[str] | None = None,
    only: Sequence[int] | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Labeled drawings that no student has, for the official grading.

    Parameters
    ----------
    drawers
        How many people; each draws every character.
    seed
        The secret. It chooses new people (synthetic).
    from_path
        With a copy of the real set: the drawings of those drawers that `prepare(..., withhold=Withhold(drawers, seed))`
        leaves out.
    only
        The characters, by index; all by default. Their drawings are the same as among all.

    Returns
    -------
    images, alphabets, characters
        "drawing height width" as bool (True is paper, as in the files), and the two indices of each drawing as in
        `Drawing`.
    """
    if drawers < 1:
        raise DataError(f"{drawers} drawers cannot be held out.", "", "ask for 1 or more.")
    total = sum(ALPHABETS.values())
    wanted = range(total) if only is None else set(only)
    images: list[np.ndarray] = []
    alphabets: list[int] = []
    characters: list[int] = []
    if from_path is not None:
        chosen = _withheld_drawers(Withhold(drawers, seed))
        original = _Original(Path(from_path))
        with original:
            for alphabet, character, drawer, _, read in original.members():
                if drawer in chosen and character in wanted:
                    with read() as file, Image.open(file) as image:
                        images.append(np.asarray(image.convert("1")))
                    alphabets.append(alphabet)
                    characters.append(character)
    else:
        hands = [new_hand(Stream("omniglot", "held out", str(seed), "hand", one)) for one in range(drawers)]
        everything = [
            (alphabet, name, place) for alphabet, name in enumerate(ALPHABETS) for place in range(ALPHABETS[name])
        ]
        for character, (alphabet, name, place) in enumerate(everything):
            if character in wanted:
                streams = [Stream("omniglot", "held out", str(seed), character, one) for one in range(drawers)]
                images += list(draw(_characters(name)[place], hands, streams))
                alphabets += [alphabet] * drawers
                characters += [character] * drawers
    if not images:
        raise DataError("There are no such characters.", "", f"indices go from 0 to {total - 1}.")
    return np.stack(images), np.array(alphabets), np.array(characters)


def verify(root: str | os.PathLike[str] | None = None) -> list[str]:
    """What is wrong with the set as it lies there; an empty list when nothing is."""
    return _dataset.verify(RECIPE, root)


def plot(
    path: str | os.PathLike[str],
    root: str | os.PathLike[str] | None = None,
    beside: str | os.PathLike[str] | None = None,
) -> Path:
    """Draw characters of several alphabets, and one character in several hands; `beside` adds the real set."""
    from matplotlib.figure import Figure

    files = prepare(root=root)
    sheets = [(files.source, _sheets(files.images))]
    if beside is not None:
        with _dataset.temporary_real(RECIPE, beside) as elsewhere:
            sheets.append(("real", _sheets(elsewhere / RECIPE.name / IMAGES)))
    figure = Figure(figsize=(16, 6.6 * len(sheets)), layout="constrained")
    grid = figure.subplots(len(sheets), 2, squeeze=False)
    for row, (name, pair) in zip(grid, sheets, strict=True):
        titles = ("ten alphabets: characters 1 to 10 by drawer 1", "hands: drawers 1 to 10, one character a row")
        for axes, sheet, title in zip(row, pair, titles, strict=True):
            axes.imshow(sheet, cmap="gray", vmin=0, vmax=1, interpolation="none")
            axes.set_title(f"{name}: {title}")
            axes.axis("off")
    return _dataset.save_figure(figure, path, "Omniglot")


def _sheets(images: Path) -> tuple[np.ndarray, np.ndarray]:
    everything = drawings(images)
    names = sorted({one.alphabet for one in everything})
    chosen = names[:: max(len(names) // 10, 1)][:10]
    first: dict[int, int] = {}
    for one in everything:
        first.setdefault(one.alphabet, one.character)
    by_key = {(one.character, one.drawer): one.path for one in everything}
    blank = np.ones((PIXELS, PIXELS))

    def tile(keys: list[tuple[int, int]]) -> np.ndarray:
        return np.concatenate([np.asarray(Image.open(by_key[key])) if key in by_key else blank for key in keys], axis=1)

    alphabets = np.concatenate([tile([(first[name] + place, 1) for place in range(10)]) for name in chosen])
    hands = np.concatenate([tile([(first[name] + 2, drawer) for drawer in range(1, 11)]) for name in chosen])
    return alphabets, hands


def _folders(place: Path) -> list[Path]:
    return sorted(Path(entry.path) for entry in os.scandir(place) if entry.is_dir() and entry.name[0] != ".")


@cache
def _characters(alphabet: str) -> list[list[Stroke]]:
    """The strokes of each invented character."""
    return new_alphabet(alphabet, ALPHABETS[alphabet])


def _synthesize(folder: Path, seed: int, part: int, parts: int, tick: Callable[[], None]) -> None:
    hands = [new_hand(Stream("omniglot", "students", seed, "hand", drawer)) for drawer in range(DRAWERS)]
    total, character = sum(ALPHABETS.values()), 0
    for alphabet, count in ALPHABETS.items():
        if (2 * character + count) * parts // (2 * total) != part:  # an alphabet is one process's
            character += count
            continue
        for number, strokes in enumerate(_characters(alphabet), 1):
            place = folder / IMAGES / alphabet / f"character{number:02}"
            place.mkdir(parents=True)
            streams = [Stream("omniglot", "students", seed, character, drawer) for drawer in range(DRAWERS)]
            for drawer, content in enumerate(as_png(draw(strokes, hands, streams)), 1):
                (place / f"{character + 1:04}_{drawer:02}.png").write_bytes(content)
            character += 1
            tick()


class _Original:
    """A local copy of the real set: a zip file or a folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.archive: zipfile.ZipFile | None = None
        if path.is_dir():
            self.names = [entry.relative_to(path).as_posix() for entry in path.rglob("*.png")]
        elif zipfile.is_zipfile(path):
            self.archive = zipfile.ZipFile(path)
            self.names = self.archive.namelist()
        else:
            raise DataError(
                "This is neither a folder nor a complete zip file.", path, "pass images_background.zip or its folder."
            )

    def __enter__(self) -> _Original:
        return self

    def __exit__(self, *_: object) -> None:
        if self.archive is not None:
            self.archive.close()

    def members(self) -> list[tuple[int, int, int, str, Callable]]:
        """(alphabet, character, drawer, path below images_background, opener) of each drawing, sorted."""
        rows = []
        for name in self.names:
            steps = name.split("/")
            match = _NAME.match(steps[-1])
            if match and len(steps) >= 3 and steps[-2].startswith("character") and "__MACOSX" not in steps:
                rows.append((steps[-3], steps[-2], int(match[1]), steps[-1], name))
        if not rows:
            raise DataError(
                "There are no Omniglot pictures here (ALPHABET/characterNN/NNNN_NN.png).",
                self.path,
                "pass images_background.zip or its folder.",
            )
        rows.sort()
        alphabets = {name: number for number, name in enumerate(sorted({row[0] for row in rows}))}
        characters = {key: number for number, key in enumerate(sorted({row[:2] for row in rows}))}
        return [
            (alphabets[row[0]], characters[row[:2]], row[2], "/".join((row[0], row[1], row[3])), self._opener(row[4]))
            for row in rows
        ]

    def _opener(self, name: str) -> Callable:
        if self.archive is not None:
            archive = self.archive
            return lambda: archive.open(name)
        return lambda: (self.path / name).open("rb")


def _withheld_drawers(withhold: Withhold) -> set[int]:
    return {one + 1 for one in _dataset.secret_choice(DRAWERS, withhold.amount, withhold.secret, "omniglot")}


def _adopt(folder: Path, order: Order) -> None:
    withheld = _withheld_drawers(order.withhold) if order.withhold is not None else set()
    with _Original(order.original) as original:
        for _, _, drawer, name, read in original.members():
            if drawer not in withheld:
                target = folder / IMAGES / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with read() as file:
                    target.write_bytes(file.read())


def _examine(folder: Path) -> tuple[dict[str, int], list[str]]:
    """Counts; every picture is decoded."""
    problems: list[str] = []
    per_character: dict[int, int] = {}
    alphabets: set[int] = set()
    ink = 0
    everything = drawings(folder / IMAGES) if (folder / IMAGES).is_dir() else []
    for one in everything:
        try:
            with Image.open(one.path) as image:
                good = image.size == (PIXELS, PIXELS) and image.mode == "1"
                ink += image.histogram()[0]
        except (OSError, UnidentifiedImageError, SyntaxError):
            good = False
        if not good:
            problems.append(f"{one.path.relative_to(folder).as_posix()} is not a one-bit {PIXELS} x {PIXELS} PNG")
        per_character[one.character] = per_character.get(one.character, 0) + 1
        alphabets.add(one.alphabet)
    if len(set(per_character.values())) > 1:
        problems.append("not all characters have the same number of drawings")
    if not everything:
        problems.append("there are no drawings")
    if len(problems) > 5:
        problems = [*problems[:5], f"and {len(problems) - 5} more"]
    counts = {
        "alphabets": len(alphabets),
        "characters": len(per_character),
        "drawings": len(everything),
        "ink per mille": round(1000 * ink / max(len(everything) * PIXELS * PIXELS, 1)),
    }
    return counts, problems


_RAW = "https://raw.githubusercontent.com/brendenlake/omniglot/master/python"
RECIPE = Recipe(
    name="omniglot",
    title="Omniglot, background set, Brenden Lake and others",
    version=2,
    license="MIT, (c) 2015 Brenden Lake",
    citation="B. M. Lake, R. Salakhutdinov, J. B. Tenenbaum, Human-level concept learning through probabilistic "
    "program induction, Science 350 (2015) 1332-1338",
    homepage="https://github.com/brendenlake/omniglot",
    synthesize=_synthesize,
    pieces=sum(ALPHABETS.values()),
    adopt=_adopt,
    examine=_examine,
    origin=Origin(
        filename="images_background.zip",
        urls=(
            f"{_RAW}/images_background.zip",
            "https://github.com/brendenlake/omniglot/raw/master/python/images_background.zip",
        ),
        known_hash="md5:68d2efa1b9178cc56df9314c21c6e718",
        bytes=9_464_212,
    ),
)
