"""Clouds: which of seven kinds of sky is in the picture? 474 photographs to learn from, 486 to test.

**The real set** is that of the Kaggle competition "Cloud type classification 2": seven folders, 256 x 256 RGB.
It needs a login, and no license was found that lets anyone pass it on, so it cannot be fetched here: see
`prepare`.

**The stand-in** has the same folders, counts (as uneven as the real ones), format and size, and is drawn by a
procedure: one way of painting for each kind (see `_skies`), on layers of smooth noise. The label is the name of
that way:

    cirriform        thin fibers combed in one direction, the blue shows through
    clear sky        nothing, or a trace of haze
    cumulonimbus     one towering mass with a dark base, often with an anvil
    cumulus          separate heaps with flat bases
    high cumuliform  many small cloudlets, in rows or like a fleece
    stratiform       an even gray sheet
    stratocumulus    lumps and rolls over most of the sky, with seams

What makes it hard: the light (day, haze, evening, dusk), exposure, white balance and saturation vary in the same
way for all kinds, so that colors alone do not tell; one side of the picture, any side, gets less light; the camera is
tilted by up to 45 degrees; some pictures have wisps above the clouds or trees below them; and up to eight pictures
to learn from show the same scene, so that there are fewer than 70 scenes to learn from (real collections hold such
series, too, but fewer).

**Augmentation helps for that reason**: a network that has seen a scene only one way round learns where its shapes and
its dark side were; flipped and turned, the same scene has them elsewhere. No scene is both in the part for training
and in the one for testing, where at most two pictures are of one scene.

**What a perfect model could reach** is not known: each picture is of one kind beyond doubt when it is drawn, but a
thin veil and a clear sky, or a sheet and smooth lumps, may look alike once it is. Measured at 64 x 64 pixels
(`benchmarks/data_scores.py clouds`): majority class 0.212, color histogram only 0.376, a network with two convolutions
0.523, with augmentation 0.582; and 0.708 where the same network learns from 2,100 scenes (`--bound`), a lower bound.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from data_scripts import _dataset
from data_scripts._dataset import Order, Recipe, Withhold
from data_scripts._decode import decode
from data_scripts._errors import DataError
from data_scripts._random import Stream
from data_scripts._skies import KINDS, PIXELS, photographs
from data_scripts._store import data_root

if TYPE_CHECKING:
    import torch

TRAIN, TEST = "clouds_train", "clouds_test"
CLASSES = tuple(sorted(KINDS))
COUNTS = {
    "cirriform clouds": (66, 77),
    "clear sky": (60, 64),
    "cumulonimbus clouds": (14, 11),
    "cumulus clouds": (91, 120),
    "high cumuliform clouds": (133, 103),
    "stratiform clouds": (49, 40),
    "stratocumulus clouds": (61, 71),
}
"""Pictures to learn from and to test, in the real set and in the stand-in."""
MEAN_LEVELS = {TRAIN: 141.94, TEST: 142.13}
"""Mean of all pixels (0 to 255) of the stand-in with seed 0. JPEG files differ between builds of the JPEG library by
a level here and there, so there are no checksums that hold everywhere; the manifest has those of the files as made."""

SHOTS = {TRAIN: 8, TEST: 2}
"""Pictures of one scene in the stand-in, at most: people take several, and collections hold them all."""
SCENES = 7
"""Of each kind in each part, at least: of a rare kind, fewer pictures show the same scene."""

_SUFFIXES = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
_QUALITY = 90


@dataclass(frozen=True)
class Files:
    """The prepared clouds set."""

    train: Path
    """Folder with one folder per class, for `torchvision.datasets.ImageFolder`."""
    test: Path
    """The same for testing."""
    source: str
    """`"synthetic"` or `"real"`."""


class Pictures(NamedTuple):
    """Decoded pictures of one part of the set."""

    images: torch.Tensor
    """"picture channel height width", uint8; `images / 255` is what torchvision's `ToTensor` gives."""
    labels: torch.Tensor
    """"picture", int64: the index of the class."""
    classes: tuple[str, ...]
    """Names of the classes, sorted, as `torchvision.datasets.ImageFolder` numbers them."""


def prepare(
    source: str | None = None,
    from_path: str | os.PathLike[str] | None = None,
    root: str | os.PathLike[str] | None = None,
    seed: int | None = None,
    *,
    withhold: Withhold | None = None,
    progress: _dataset.Progress | None = None,
    say: Callable[[str], None] = print,
) -> Files:
    """Make sure that `clouds/clouds_train` and `clouds/clouds_test` are there, and say where.

    Parameters
    ----------
    source, root, seed, progress, say
        As for `water.prepare`.
    from_path
        The real set as a folder or zip file, or any other set of photographs with a folder per class. With a part for
        training and one for testing (folders whose names end in `train` and `test`) these stay as they are;
        otherwise a fifth of each class is for testing. Pictures of other sizes are cut to 256 x 256.
    withhold
        How many pictures of the real set to leave out, so that `held_out` can give them to the official grading.

    Raises
    ------
    DataError
        With what, where and what to do. Whatever was there before is still there.
    """
    manifest = _dataset.prepare(
        RECIPE, source=source, from_path=from_path, root=root, seed=seed, withhold=withhold, progress=progress, say=say
    )
    folder = data_root(root) / RECIPE.name
    return Files(folder / TRAIN, folder / TEST, manifest.source)


def load(folder: str | os.PathLike[str], size: int = 64) -> Pictures:
    """Decode all pictures of a part once, to train from memory instead of reading files in each epoch.

    Parameters
    ----------
    folder
        `files.train` or `files.test`, or any folder with a folder of pictures per class.
    size
        Width and height in pixels that the pictures are brought to. In memory, 1,000 of them take 12 MB at 64.

    Raises
    ------
    DataError
        When there is no picture, or one cannot be read.

    Examples
    --------
    `images, labels, classes = clouds.load(files.train)`; then `TensorDataset(images, labels)` in a `DataLoader`, and
    `batch / 255` in the training loop (or in the data set's `__getitem__`).
    """
    import torch

    place = Path(folder)
    classes = tuple(sorted(one.name for one in place.iterdir() if one.is_dir())) if place.is_dir() else ()
    paths: list[Path] = []
    labels: list[int] = []
    for number, name in enumerate(classes):
        own = sorted(path for path in (place / name).iterdir() if path.suffix.lower() in _SUFFIXES)
        paths += own
        labels += [number] * len(own)
    if not paths:
        raise DataError("There are no pictures in folders here.", place, "pass `files.train` or `files.test`.")
    images = torch.from_numpy(decode(paths, "RGB", size)).permute(0, 3, 1, 2).contiguous()
    return Pictures(images, torch.tensor(labels), classes)


def held_out(
    pictures: int = 210, seed: int | str = 0, *, from_path: str | os.PathLike[str] | None = None
) -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Labeled pictures that no student has, for the official grading.

    Parameters
    ----------
    pictures
        How many. The synthetic ones have equally many of each class, give or take one.
    seed
        The secret.
    from_path
        With a copy of the real set: the pictures that `prepare(..., withhold=Withhold(pictures, seed))` leaves
        out.

    Returns
    -------
    images, labels, classes
        "picture height width channel" as uint8, "picture" as int64 (the index of the class), names of the classes.
    """
    if from_path is not None:
        with _unpacked(Path(from_path)) as pool:
            names = [entry.name for entry in pool]
            chosen = [pool[index] for index in _dataset.secret_choice(len(pool), pictures, seed, "clouds")]
            classes = tuple(sorted({entry.label for entry in pool}))
            assert len(set(names)) == len(names)
            images = np.stack([np.asarray(entry.load()) for entry in chosen])
        return images, np.array([classes.index(entry.label) for entry in chosen]), classes
    if pictures < 1:
        raise DataError(f"{pictures} pictures cannot be held out.", "", "ask for 1 or more.")
    labels = np.arange(pictures) % len(CLASSES)
    labels = labels[Stream("clouds", "held out", str(seed), "order").permutation(pictures)]
    images = np.stack(
        [
            np.asarray(photographs(CLASSES[label], Stream("clouds", "held out", str(seed), number))[0])
            for number, label in enumerate(labels.tolist())
        ]
    )
    return images, labels, CLASSES


def verify(root: str | os.PathLike[str] | None = None) -> list[str]:
    """What is wrong with the set as it lies there; an empty list when nothing is."""
    return _dataset.verify(RECIPE, root)


def plot(
    path: str | os.PathLike[str],
    root: str | os.PathLike[str] | None = None,
    beside: str | os.PathLike[str] | None = None,
) -> Path:
    """Draw a row of pictures for each class; `beside` adds a local copy of the real set to the right."""
    from matplotlib.figure import Figure

    files = prepare(root=root)
    sheets = [(files.source, _sample(files.train, 6))]
    if beside is not None:
        with _dataset.temporary_real(RECIPE, beside) as elsewhere:
            sheets.append(("real", _sample(elsewhere / RECIPE.name / TRAIN, 6)))
    rows = max(len(sheet) for _, sheet in sheets)
    figure = Figure(figsize=(9.5 * len(sheets), 1.55 * rows + 0.6), layout="constrained")
    parts = figure.subfigures(1, len(sheets), squeeze=False)[0]
    for part, (name, sheet) in zip(parts, sheets, strict=True):
        part.suptitle(f"Clouds: pictures to learn from ({name})")
        grid = part.subplots(rows, 6, squeeze=False)
        for axes in grid.flat:
            axes.axis("off")
        for line, (label, count, images) in zip(grid, sheet, strict=False):
            line[0].set_title(f"{label} ({count})", loc="left", fontsize=10)
            for axes, image in zip(line, images, strict=False):
                axes.imshow(image)
    return _dataset.save_figure(figure, path, "Clouds")


def _sample(folder: Path, number: int) -> list[tuple[str, int, list[Image.Image]]]:
    rows = []
    for place in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
        names = sorted(place.iterdir())
        rows.append((place.name, len(names), [Image.open(name).convert("RGB") for name in names[:number]]))
    return rows


def _plan(seed: int) -> list[tuple[str, str, list[int]]]:
    """Part, class and the pictures' numbers of each scene."""
    total = RECIPE.pieces
    numbers = Stream("clouds", "students", seed, "order").permutation(total).tolist()
    plan = []
    for half, part in enumerate((TRAIN, TEST)):
        for name in CLASSES:
            own = [numbers.pop() for _ in range(COUNTS[name][half])]
            shots = min(SHOTS[part], len(own) // SCENES)
            plan += [(part, name, own[at : at + shots]) for at in range(0, len(own), shots)]
    return plan


def _synthesize(folder: Path, seed: int, part: int, parts: int, tick: Callable[[], None]) -> None:
    for scene, (half, name, numbers) in enumerate(_plan(seed)):
        if scene % parts == part:
            place = folder / half / name
            place.mkdir(parents=True, exist_ok=True)
            pictures = photographs(name, Stream("clouds", "students", seed, scene), len(numbers))
            for number, picture in zip(numbers, pictures, strict=True):
                picture.save(place / f"{number:04}.jpg", quality=_QUALITY)
                tick()


@dataclass(frozen=True)
class _Entry:
    """One picture of the user's own set."""

    name: str
    part: str | None
    label: str
    opened: Callable[[], Any]
    origin: Path

    def load(self) -> Image.Image:
        try:
            with self.opened() as file, Image.open(file) as image:
                upright = ImageOps.exif_transpose(image).convert("RGB")
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, zipfile.BadZipFile):
            raise DataError(
                f"{self.name} is not a readable picture (damaged, or no picture at all).",
                self.origin,
                "copy it again, or remove that file.",
            ) from None
        return upright if upright.size == (PIXELS, PIXELS) else ImageOps.fit(upright, (PIXELS, PIXELS))


@contextmanager
def _unpacked(path: Path) -> Iterator[list[_Entry]]:
    """All pictures of a folder or zip file, sorted by name."""
    if path.is_dir():
        names = sorted(entry.relative_to(path).as_posix() for entry in path.rglob("*") if entry.is_file())
        yield _entries(path, names, lambda name: (path / name).open("rb"))
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if not name.endswith("/"))
            yield _entries(path, names, archive.open)
    else:
        raise DataError("This is neither a folder nor a complete zip file.", path, "pass a folder or a zip file.")


def _entries(path: Path, names: list[str], opened: Callable[[str], Any]) -> list[_Entry]:
    entries = []
    for name in names:
        steps = name.split("/")
        hidden = any(step.startswith((".", "__MACOSX")) for step in steps)
        if hidden or len(steps) < 2 or not name.lower().endswith(_SUFFIXES):
            continue
        part = None
        for outer in steps[:-2]:
            if outer.lower().endswith("train"):
                part = TRAIN
            elif outer.lower().endswith("test"):
                part = TEST
        entries.append(_Entry(name, part, steps[-2], lambda name=name: opened(name), path))  # type: ignore[misc]
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.label] = counts.get(entry.label, 0) + 1
    few = sorted(label for label, count in counts.items() if count < 2)
    if len(counts) < 2 or few:
        what = f"{few[0]!r} has one picture only" if few else f"{len(counts)} class folders were found"
        raise DataError(
            f"At least two folders with at least two pictures each are needed; {what}.",
            path,
            "pass a folder (or zip file) that holds one folder of pictures per class.",
        )
    parts = {entry.part for entry in entries}
    if (len(parts) > 1 and None in parts) or parts in ({TRAIN}, {TEST}):
        raise DataError(
            "The pictures are not all in a part for training or one for testing.",
            path,
            "have both `...train/CLASS/` and `...test/CLASS/`, or just `CLASS/` folders.",
        )
    for part in (TRAIN, TEST) if None not in parts else ():
        lacking = sorted(set(counts) - {entry.label for entry in entries if entry.part == part})
        if lacking:
            raise DataError(
                f"The part {part.removeprefix('clouds_')} has no pictures of {', '.join(lacking)}.",
                path,
                "both parts need all classes.",
            )
    return entries


def _adopt(folder: Path, order: Order) -> None:
    with _unpacked(order.original) as entries:
        withheld: set[int] = set()
        if order.withhold is not None:
            withheld = set(_dataset.secret_choice(len(entries), order.withhold.amount, order.withhold.secret, "clouds"))
        kept = [entry for number, entry in enumerate(entries) if number not in withheld]
        halves: dict[str, str] = {}
        for label in sorted({entry.label for entry in kept}):
            own = [entry for entry in kept if entry.label == label]
            mixed = [own[place] for place in Stream("clouds", "real", label).permutation(len(own)).tolist()]
            for place, entry in enumerate(mixed):
                halves[entry.name] = entry.part or (TEST if place < max(1, round(len(own) / 5)) else TRAIN)
        for number, entry in enumerate(kept):
            place_in = folder / halves[entry.name] / entry.label
            place_in.mkdir(parents=True, exist_ok=True)
            target = place_in / f"{number:04}.jpg"
            picture = entry.load()
            if entry.name.lower().endswith((".jpg", ".jpeg")) and _is_ready(entry):
                with entry.opened() as file:
                    target.write_bytes(file.read())  # as it is: no second loss
            else:
                picture.save(target, quality=95)


def _is_ready(entry: _Entry) -> bool:
    with entry.opened() as file, Image.open(file) as image:
        return (
            image.format == "JPEG"
            and image.mode == "RGB"
            and image.size == (PIXELS, PIXELS)
            and image.getexif().get(0x0112, 1) == 1
        )


def _examine(folder: Path) -> tuple[dict[str, int], list[str]]:
    """Counts per part and class; every picture is decoded."""
    counts: dict[str, int] = {}
    problems: list[str] = []
    classes: dict[str, set[str]] = {}
    for part in (TRAIN, TEST):
        short = part.removeprefix("clouds_")
        counts[f"{short} pictures"] = 0
        names = sorted((folder / part).rglob("*.jpg"))
        classes[part] = {name.parent.name for name in names}
        total = 0.0
        for name in names:
            try:
                with Image.open(name) as image:
                    good = image.size == (PIXELS, PIXELS) and image.mode == "RGB" and image.format == "JPEG"
                    image.draft("RGB", (PIXELS // 8, PIXELS // 8))  # an eighth is enough to see that it decodes
                    total += float(np.asarray(image).mean())
            except (OSError, UnidentifiedImageError):
                good = False
            if not good:
                problems.append(f"{name.relative_to(folder).as_posix()} is not a {PIXELS} x {PIXELS} RGB JPEG")
            counts[f"{short} pictures"] += 1
        counts[f"{short} mean level"] = round(total / max(len(names), 1))
    counts["classes"] = len(classes[TRAIN])
    for part in (TRAIN, TEST):
        for label in sorted(classes[part]):
            key = f"{part.removeprefix('clouds_')}: {label}"
            counts[key] = sum(1 for _ in (folder / part / label).glob("*.jpg"))
    if classes[TRAIN] != classes[TEST]:
        problems.append("the two parts do not have the same classes")
    if len(problems) > 5:
        problems = [*problems[:5], f"and {len(problems) - 5} more"]
    return counts, problems


RECIPE = Recipe(
    name="clouds",
    title="Photographs of seven kinds of sky (Kaggle competition cloud-type-classification2), or a set of your own",
    version=3,
    license="none found: for your own use, not to be passed on (a set of your own: your terms)",
    citation="Kaggle competition cloud-type-classification2",
    homepage="https://www.kaggle.com/competitions/cloud-type-classification2/data",
    synthesize=_synthesize,
    pieces=sum(sum(pair) for pair in COUNTS.values()),
    adopt=_adopt,
    examine=_examine,
    by_hand="log in at Kaggle, accept the competition's rules, download the data, and pass the folder or zip file with "
    "--from PATH (from_path= in Python). Any set of photographs with one folder per class will do as well.",
)
