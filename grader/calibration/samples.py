"""Data that a check draws: from the generators, by the check's seed, so that nobody has seen it.

Checks do not train on the set in the course's data folder: a floor then means the same on every machine. Under
``grader calibrate --source real`` the same functions draw from the real set instead, to measure how the exercise
fares there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch

from grader.calibration.recording import current_recording
from grader.cells import Problem
from grader.touch import Subject, current_session, make


@dataclass(frozen=True)
class Samples:
    """Two sets that share no row: features float32 (rows, columns), labels (rows,)."""

    train_features: torch.Tensor
    train_labels: torch.Tensor
    test_features: torch.Tensor
    test_labels: torch.Tensor


@dataclass(frozen=True)
class Forecasts:
    """Windows of a series, scaled, and what came after them; every test window lies after the training windows.

    Inputs are float32 (windows, length), targets (windows, horizons); ``yesterday`` holds the values one day before
    the test targets.
    """

    train_inputs: torch.Tensor
    train_targets: torch.Tensor
    test_inputs: torch.Tensor
    test_targets: torch.Tensor
    yesterday: torch.Tensor


@dataclass(frozen=True)
class Characters:
    """Drawings of the same characters by two groups of people, rows in random order.

    Images are float32 "drawing 1 size size", as ``ToTensor`` gives them: paper 1, ink 0. Alphabets and characters are
    int64 and count from 0 among those that were chosen; a character belongs to one alphabet. Drawers count from 0 in
    each group, and no person is in both.
    """

    train_images: torch.Tensor
    train_alphabets: torch.Tensor
    train_characters: torch.Tensor
    train_drawers: torch.Tensor
    test_images: torch.Tensor
    test_alphabets: torch.Tensor
    test_characters: torch.Tensor
    test_drawers: torch.Tensor


def draw_water(train: int, test: int, *, scaled: bool = True) -> Samples:
    """Complete rows of the water set: nine features, labels 0.0 and 1.0.

    Args:
        train, test: rows of each part. (The real set, in a calibration only, has 2,011 complete rows: where more are
            asked for, both parts shrink alike.)
        scaled: whether the features are brought to mean 0 and spread 1, with the training rows' mean and spread.
    """
    table = _water_table(train + test)
    train = train * len(table) // (train + test)  # the real set may have fewer rows
    features, labels = table[:, :-1], table[:, -1]
    if scaled:
        mean, spread = features[:train].mean(dim=0), features[:train].std(dim=0)
        features = (features - mean) / spread
    return Samples(features[:train], labels[:train], features[train:], labels[train:])


def draw_electricity(train: int, test: int, *, length: int, every: int, ahead: Sequence[int]) -> Forecasts:
    """Windows from a year of the electricity series: training windows from its first 70 %, test windows from the rest.

    Args:
        train, test: windows of each part, drawn at random.
        length: values in a window.
        every: steps (of 15 minutes) between them; the last one is "now".
        ahead: horizons in steps, at most a day.

    Mean and spread for the scaling come from the first part. No training target lies in the test part.
    """
    from data_scripts.electricity import STEPS_PER_DAY

    series = _electricity_year()
    cut = 7 * len(series) // 10
    series = (series - series[:cut].mean()) / series[:cut].std()
    reach, steps = max((length - 1) * every, STEPS_PER_DAY), torch.tensor(ahead)
    past = torch.arange(-(length - 1) * every, 1, every)

    def drawn(first: int, stop: int, count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        now = torch.randint(first + reach, stop - max(ahead), (count, 1), generator=current_session().random)
        return series[now + past], series[now + steps], series[now + steps - STEPS_PER_DAY]

    train_inputs, train_targets, _ = drawn(0, cut, train)
    return Forecasts(train_inputs, train_targets, *drawn(cut, len(series), test))


def draw_omniglot(alphabets: int, characters: int, *, train: int, test: int, size: int) -> Characters:
    """Drawings of characters from a few alphabets, by people whom no student's data has.

    Args:
        alphabets: how many of the 30, chosen at random.
        characters: how many of each, chosen at random, at most 14 (the smallest alphabets have no more).
        train, test: people in each group; each draws every character once. (The real set, in a calibration only, has
            20 people in an alphabet.)
        size: width and height in pixels.
    """
    from data_scripts import omniglot

    random = current_session().random
    sizes = list(omniglot.ALPHABETS.values())
    chosen: list[tuple[int, int]] = []  # alphabet among the chosen ones, character among all 964
    for place, alphabet in enumerate(torch.randperm(len(sizes), generator=random)[:alphabets].sort().values.tolist()):
        some = torch.randperm(sizes[alphabet], generator=random)[:characters].sort().values
        chosen += [(place, sum(sizes[:alphabet]) + one) for one in some.tolist()]
    people = train + test
    running = current_recording()
    if running is not None and running.source == "real":
        images, names, drawers = _real_drawings(size, torch.randperm(omniglot.DRAWERS, generator=random)[:people])
    else:
        seed = f"check {current_session().seed} {torch.randint(2**31, (), generator=random).item()}"
        images, names, drawers = _drawn_characters(tuple(name for _, name in chosen), people, seed, size)
    joined: list[torch.Tensor] = []
    for learn in (True, False):
        columns: list[tuple[torch.Tensor, ...]] = []
        for label, (place, name) in enumerate(chosen):
            rows = ((names == name) & ((drawers < train) == learn)).nonzero().squeeze(1)
            who = drawers[rows] - (0 if learn else train)
            columns.append((images[rows], torch.full_like(rows, place), torch.full_like(rows, label), who))
        order = torch.randperm(sum(len(column[0]) for column in columns), generator=random)
        joined += [torch.cat(column)[order] for column in zip(*columns, strict=True)]
    return Characters(*joined)


@lru_cache(maxsize=8)
def _drawn_characters(
    characters: tuple[int, ...], people: int, seed: str, size: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Images, characters (numbered among all 964) and drawers; kept, because answers are compared on the same seeds."""
    from data_scripts import omniglot

    papers, _, names = omniglot.held_out(people, seed, only=characters)
    drawers = torch.arange(people).repeat(len(papers) // people)
    return _shrunk(torch.from_numpy(papers).float().unsqueeze(1), size), torch.from_numpy(names), drawers


def _real_drawings(size: int, people: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """As :func:`_drawn_characters`, from all alphabets of the real set; the people count in this order."""
    from data_scripts import omniglot
    from data_scripts._store import data_root

    folder = data_root() / "omniglot"
    if not (folder / "manifest.json").exists() or omniglot.prepare().source != "real":
        raise Problem(
            "The course's data folder does not hold the real Omniglot set.",
            folder,
            "`python -m data_scripts prepare omniglot --source real`",
        )
    pictures = omniglot.load(folder / omniglot.IMAGES, size)
    place = torch.full((omniglot.DRAWERS,), -1)
    place[people] = torch.arange(len(people))
    drawers = place[pictures.drawers - 1]
    rows = drawers >= 0
    return pictures.images[rows].float() / 255, pictures.characters[rows], drawers[rows]


def _shrunk(images: torch.Tensor, size: int) -> torch.Tensor:
    """Means over the pixels that a larger one covers."""
    return torch.nn.functional.interpolate(images, size=(size, size), mode="area")


def _electricity_year() -> torch.Tensor:
    from data_scripts import electricity

    days = 365
    running = current_recording()
    if running is not None and running.source == "real":
        series = _real("electricity", _real_electricity)
        first = torch.randint(len(series) - days * electricity.STEPS_PER_DAY, (), generator=current_session().random)
        return series[int(first) :][: days * electricity.STEPS_PER_DAY]
    seed = f"check {current_session().seed} {torch.randint(2**31, (), generator=current_session().random).item()}"
    return _drawn_year(days, seed)


@lru_cache(maxsize=64)
def _drawn_year(days: int, seed: str) -> torch.Tensor:
    """Kept, because answers that are compared with each other are judged with the same seeds."""
    from data_scripts import electricity

    return torch.tensor(electricity.held_out(days, seed)[electricity.VALUE].to_numpy(), dtype=torch.float32)


def _real_electricity() -> torch.Tensor:
    import pandas as pd

    from data_scripts import electricity
    from data_scripts._store import data_root

    given = os.environ.get("CALIBRATION_ELECTRICITY", "")
    if given:
        values = pd.read_csv(given).iloc[:, 1]
    else:
        folder = data_root() / "electricity"
        if not (folder / "manifest.json").exists() or electricity.prepare().source != "real":
            raise Problem(
                "The course's data folder does not hold the real electricity set.",
                folder,
                "`python -m data_scripts prepare electricity --source real`, or name a CSV file of it with --from",
            )
        parts = [pd.read_csv(folder / name) for name in (electricity.TRAIN, electricity.TEST)]
        values = pd.concat(parts)[electricity.VALUE]
    return torch.tensor(values.to_numpy(), dtype=torch.float32)


def _water_table(rows: int) -> torch.Tensor:
    from data_scripts import water

    running = current_recording()
    if running is not None and running.source == "real":
        table = _real("water", _real_water)
        return table[torch.randperm(len(table), generator=current_session().random)[:rows]]
    seed = f"check {current_session().seed} {torch.randint(2**31, (), generator=current_session().random).item()}"
    # 38 % of the rows have a missing value
    frame = water.held_out(int(1.75 * rows) + 60, seed).dropna()
    if len(frame) < rows:
        raise RuntimeError(f"only {len(frame)} complete rows, {rows} wanted")
    return torch.tensor(frame.to_numpy()[:rows], dtype=torch.float32)


def _real_water() -> torch.Tensor:
    import pandas as pd

    from data_scripts import water
    from data_scripts._store import data_root

    given = os.environ.get("CALIBRATION_WATER", "")
    if given:
        frame = pd.read_csv(given)
    else:
        folder = data_root() / "water"
        manifest = folder / "manifest.json"
        if not manifest.exists() or water.prepare().source != "real":
            raise Problem(
                "The course's data folder does not hold the real water set.",
                folder,
                "`python -m data_scripts prepare water --source real`, or name the original file with --from",
            )
        frame = pd.concat([pd.read_csv(folder / name) for name in (water.TRAIN, water.TEST)])
    return torch.tensor(frame.dropna().to_numpy(), dtype=torch.float32)


@lru_cache(maxsize=4)
def _real(name: str, read: Callable[[], torch.Tensor]) -> torch.Tensor:
    return read()


def given_from(path: Path) -> None:
    """Read the real set from this file, here and in processes started from here (a chapter draws from one set)."""
    for name in ("WATER", "ELECTRICITY"):
        os.environ[f"CALIBRATION_{name}"] = str(path)


def handed_over(tensor: torch.Tensor, device: str = "") -> torch.Tensor | Subject:
    """A tensor as the student's code gets it: on the CPU, or on the device of a calibration (or the one named)."""
    running = current_recording()
    device = device or (running.device if running is not None else "cpu")
    return tensor if device == "cpu" else make("torch.Tensor.to", tensor, device, label="x")
