"""Electricity: what one customer draws from the grid, every 15 minutes for four years.

**The real set** is ElectricityLoadDiagrams20112014 (A. Trindade, UCI, 2015), CC BY 4.0: 370 Portuguese customers, of
which one is taken. Three years to learn from, one to test.

**The stand-in** is a small bakery with a café, in the same format: the same time stamps, kilowatts, zeros in the
hour that the clocks skip in March, double values in the hour that they repeat in October, and now and then a short
outage. How a value comes about (all by plain arithmetic, see `_consumption`):

    (shape of the day: workday, Saturday, Sunday or holiday; the day starts a little earlier or later)
    x (busy or quiet day: season, August closing, slow growth, and a random drift from day to day)
    + heating in winter, cooling at noon in summer, both moved by a weather that drifts over days
    + a cold store: a compressor that is on for about half an hour and off for about an hour
    + short-lived disturbances (they fade with a factor of 0.9 per step) + noise of the meter

One step ahead, "the same as now" is off by the meter's noise twice over, by every switching of the compressor and
by every rise and fall of the day, much of which the past hours announce. So a recurrent network beats it visibly.

**What a perfect model could reach**: one that knew everything but the noise to come (even when the compressor will
switch, which nobody can know for sure) would have 0.08 of persistence's mean squared error. Measured at one step:
a linear model of the last 96 values 0.69, an LSTM of two layers with 32 units 0.67 after 5 epochs. On the real
customer in docs/data.md these tie with persistence at one step; at six hours and a day persistence loses clearly
there too.
"""

from __future__ import annotations

import io
import itertools
import math
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar, cast

import numpy as np
import pandas as pd

from data_scripts import _dataset
from data_scripts._dataset import Order, Recipe, Withhold
from data_scripts._errors import DataError
from data_scripts._fetch import Origin
from data_scripts._random import Floats, Stream, wave
from data_scripts._store import data_root

if TYPE_CHECKING:
    import torch

TIMESTAMP, VALUE = "timestamp", "consumption"
TRAIN, TEST = "electricity_train.csv", "electricity_test.csv"
STEPS_PER_DAY = 96
FIRST, SPLIT, LAST = (np.datetime64(text) for text in ("2011-01-01T00:15", "2014-01-01", "2014-12-31T23:45"))
ROWS = {TRAIN: 105_215, TEST: 35_040}
SHA256 = {
    TRAIN: "ae1b5c5800224dd7a2a6ae9b3c8c195a8bf3b969b88e6d8b201c5af4823b11db",
    TEST: "535d8ae88af01693c8095942ceb91572ce74cfa20ee3abee1caddd3b6d893c92",
}
"""Of the stand-in with seed 0: the same on every machine."""

_STEP = np.timedelta64(15, "m")
_MOST_ZEROS = 0.002  # of the rows of a customer; each March change makes 4 zeros

# kW by hour: workday, Saturday, Sunday and holiday; straight lines between the points
_DAYS = (
    ((0, 0.9), (3.0, 0.9), (3.5, 3.4), (6, 3.8), (7, 5.2), (9, 4.6), (11, 4.0), (12, 5.4), (14, 5.0), (15.5, 3.4),
     (17, 4.2), (19, 3.6), (19.75, 1.3), (21, 1.0), (24, 0.9)),
    ((0, 0.9), (3.5, 0.9), (4.0, 3.6), (7, 4.2), (8, 5.6), (11, 5.2), (13, 3.8), (14, 1.5), (16, 1.0), (24, 0.9)),
    ((0, 0.9), (6, 0.85), (12, 0.9), (18, 0.95), (24, 0.9)),
)  # fmt: skip
_HOLIDAYS = ("01-01", "04-25", "05-01", "06-10", "08-15", "10-05", "11-01", "12-01", "12-08", "12-25")
_EASTER = ("2011-04-24", "2012-04-08", "2013-03-31", "2014-04-20")

Series = TypeVar("Series", "np.ndarray", "torch.Tensor")


@dataclass(frozen=True)
class Files:
    """The prepared electricity set."""

    train: Path
    """2011 to 2013: 105,215 rows `timestamp,consumption`, 15 minutes apart."""
    test: Path
    """2014: 35,040 rows."""
    source: str
    """`"synthetic"` or `"real"`."""


def prepare(
    source: str | None = None,
    from_path: str | os.PathLike[str] | None = None,
    root: str | os.PathLike[str] | None = None,
    seed: int | None = None,
    *,
    client: str | None = None,
    withhold: Withhold | None = None,
    mirrors: Sequence[str] | None = None,
    progress: _dataset.Progress | None = None,
    say: Callable[[str], None] = print,
) -> Files:
    """Make sure that `electricity/electricity_train.csv` and `electricity_test.csv` are there, and say where.

    Parameters
    ----------
    source, root, seed, mirrors, progress, say
        As for `water.prepare`.
    from_path
        A local copy: the UCI archive (zip), `LD2011_2014.txt` from it, or a CSV file (also .gz) with two columns, the
        time stamp first, over the same four years.
    client
        Which customer of the UCI archive, such as `"MT_200"`. By default, the first one that draws power throughout
        the four years.
    withhold
        How many days at the end of the real test year, at least, to leave out for the official grading; the secret
        decides how many more (up to 60).

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
        options={"client": client} if client is not None else {},
        mirrors=mirrors,
        progress=progress,
        say=say,
    )
    folder = data_root(root) / RECIPE.name
    return Files(folder / TRAIN, folder / TEST, manifest.source)


def windows(series: Series, length: int, horizon: int = 1) -> tuple[Series, Series]:
    """Cut a series into all its windows and the value that follows each, without a loop and without copying.

    Parameters
    ----------
    series
        Array or tensor of shape "time" or "time features".
    length
        Steps in a window.
    horizon
        How many steps after the window's last one the target lies; 1 is the next step.

    Returns
    -------
    inputs, targets
        "windows length" and "windows", or "windows length features" and "windows features": views of the series, so
        copy before you write to them. There are `time - length - horizon + 1` windows.

    Examples
    --------
    >>> inputs, targets = windows(np.arange(6.0), length=3)
    >>> inputs.tolist(), targets.tolist()
    ([[0.0, 1.0, 2.0], [1.0, 2.0, 3.0], [2.0, 3.0, 4.0]], [3.0, 4.0, 5.0])
    """
    count = len(series) - length - horizon + 1
    if length < 1 or horizon < 1 or count < 1:
        raise ValueError(
            f"a series of {len(series)} steps has no window of length {length} with a target {horizon} steps later"
        )
    targets = series[length + horizon - 1 :]
    if isinstance(series, np.ndarray):
        inputs = np.lib.stride_tricks.sliding_window_view(series, length, axis=0, writeable=series.flags.writeable)
        return np.moveaxis(inputs[:count], -1, 1), targets
    return series.unfold(0, length, 1)[:count].movedim(-1, 1), targets


def held_out(
    days: int = 365, seed: int | str = 0, *, from_path: str | os.PathLike[str] | None = None, client: str | None = None
) -> pd.DataFrame:
    """A labelled stretch of the series that no student has, for the official grading.

    Parameters
    ----------
    days
        How many days, from 2014-01-01 (synthetic); the number given to `Withhold` (real).
    seed
        The secret. The synthetic stretch is the same bakery in another weather and with other noise.
    from_path, client
        With a copy of the real set: the very rows that `prepare(..., withhold=Withhold(days, seed))` leaves out.
    """
    if from_path is not None:
        table = _read_original(Path(from_path), client)
        return (
            table.iloc[-_withheld_rows(Withhold(days, seed)) :]
            .assign(**{VALUE: lambda rows: rows[VALUE].astype(float)})
            .reset_index(drop=True)
        )
    if not 1 <= days <= 365:
        raise DataError(f"{days} days cannot be held out.", "", "ask for 1 to 365.")
    table = _table(Stream("electricity", "held out", str(seed)))
    start = ROWS[TRAIN]
    return pd.read_csv(io.StringIO(_csv(table.iloc[start : start + days * STEPS_PER_DAY])), parse_dates=[TIMESTAMP])


def verify(root: str | os.PathLike[str] | None = None) -> list[str]:
    """What is wrong with the set as it lies there; an empty list when nothing is."""
    return _dataset.verify(RECIPE, root)


def plot(
    path: str | os.PathLike[str],
    root: str | os.PathLike[str] | None = None,
    beside: str | os.PathLike[str] | None = None,
) -> Path:
    """Draw a year, two weeks and the mean day; `beside` adds a row with a local copy of the real set."""
    from matplotlib.figure import Figure

    files = prepare(root=root)
    tables = {files.source: _both(files.train.parent)}
    if beside is not None:
        with _dataset.temporary_real(RECIPE, beside) as elsewhere:
            tables["real"] = _both(elsewhere / RECIPE.name)
    figure = Figure(figsize=(15, 3.6 * len(tables) + 0.6), layout="constrained")
    figure.suptitle("Electricity: four years, two weeks, and the days of the week")
    grid = figure.subplots(len(tables), 3, squeeze=False, width_ratios=(3, 4, 2))
    for axes, (name, series) in zip(grid, tables.items(), strict=True):
        unit = "kW" if series.min() >= 0 else "standard deviations"
        axes[0].plot(series.resample("D").mean(), linewidth=0.6)
        axes[0].set_title(f"{name}: daily mean")
        axes[1].plot(series["2012-10-22":"2012-11-04"], linewidth=0.8)
        axes[1].set_title(f"{name}: 22 October to 4 November 2012 (clock change, holiday)")
        days = cast(pd.DatetimeIndex, series.index)
        hour = days.hour + days.minute / 60
        for label, chosen in (
            ("Monday to Friday", days.day_of_week < 5),
            ("Saturday", days.day_of_week == 5),
            ("Sunday", days.day_of_week == 6),
        ):
            axes[2].plot(series[chosen].groupby(hour[chosen]).mean(), label=label)
        axes[2].set_title(f"{name}: mean day")
        axes[2].set_xlabel("hour")
        axes[2].margins(y=0.2)
        axes[2].legend(fontsize=7, ncols=3, loc="upper center", handlelength=1.2, columnspacing=1.0)
        for panel in axes:
            panel.set_ylabel(f"consumption [{unit}]")
            panel.tick_params(labelsize=8)
        for panel in axes[:2]:
            panel.tick_params(axis="x", rotation=25)
    return _dataset.save_figure(figure, path, "Electricity consumption")


def _stamps() -> np.ndarray:
    return np.arange(FIRST, LAST + _STEP, _STEP)


def _day_kinds(days: np.ndarray) -> np.ndarray:
    """0 workday, 1 Saturday, 2 Sunday or holiday, for an array of dates."""
    weekday = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    holidays = {np.datetime64(f"{year}-{day}") for year in range(2011, 2015) for day in _HOLIDAYS}
    for text in _EASTER:
        easter = np.datetime64(text, "D")
        holidays |= {easter - 2, easter + 60}  # Good Friday, Corpus Christi
    kinds = np.where(weekday == 6, 2, np.where(weekday == 5, 1, 0))
    kinds[np.isin(days, list(holidays))] = 2
    return kinds


def _line(points: tuple[tuple[float, float], ...], hours: Floats) -> Floats:
    """Straight lines between points (`np.interp` may differ in the last bit between processors)."""
    values = np.full(hours.shape, points[0][1])
    for (left, low), (right, high) in itertools.pairwise(points):
        inside = (hours >= left) & (hours < right)
        values[inside] = low + (hours[inside] - left) / (right - left) * (high - low)
    values[hours >= points[-1][0]] = points[-1][1]
    return values


def _fading(stream: Stream, size: int, keep: float, start: float = 0.0) -> Floats:
    """Random disturbances of standard deviation 1 that fade with a factor of `keep` per step."""
    fresh = (math.sqrt(1.0 - keep * keep) * stream.gauss(size)).tolist()
    state, states = start, []
    for one in fresh:
        state = keep * state + one
        states.append(state)
    return np.array(states)


def _consumption(stream: Stream, stamps: np.ndarray) -> Floats:
    """Kilowatts at each time stamp; see the module's docstring."""
    steps = len(stamps)
    dates = stamps.astype("datetime64[D]")
    days, day = np.unique(dates, return_inverse=True)
    hours = (stamps - dates).astype("timedelta64[m]").astype(np.int64) / 60.0
    year_turn = (days - np.datetime64("2011-01-01")).astype(np.int64) / 365.25

    # the day's shape, shifted by up to about half an hour
    kinds = _day_kinds(days)
    shift = np.minimum(np.maximum(0.15 * stream.gauss(len(days)), -0.45), 0.45)
    moved = np.minimum(np.maximum(hours - shift[day], 0.0), 23.999)
    shape = np.empty(steps)
    for kind, points in enumerate(_DAYS):
        chosen = kinds[day] == kind
        shape[chosen] = _line(points, moved[chosen])

    # how busy the days are
    month = days.astype("datetime64[M]").astype(np.int64) % 12
    day_of_month = (days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    busy = 1.0 + 0.05 * wave(year_turn + 0.2) + 0.02 * year_turn + 0.09 * _fading(stream, len(days), 0.8)
    busy[(month == 7) & (day_of_month < 14) & (kinds < 2)] *= 0.55  # August: only the morning shift comes
    load = 0.9 + (shape - 0.9) * busy[day]

    # weather
    warmth = -wave(year_turn + 0.22) + 0.45 * _fading(stream, len(days) + 1, 0.85)[: len(days)]
    following = np.append(warmth[1:], warmth[-1])
    now = warmth[day] + (following - warmth)[day] * (hours / 24.0)
    load += 0.6 * np.maximum(-now, 0.0) * (0.4 + 0.6 * (shape > 1.2))
    load += 0.9 * np.maximum(now - 0.4, 0.0) * np.maximum(1.0 - np.abs(hours - 15.0) / 6.0, 0.0)

    # the cold store: on for 2 steps (sometimes 3), off for 4 (sometimes 3 or 5)
    lengths = np.empty(steps // 2, dtype=np.int64)
    chance = stream.uniform(len(lengths))
    lengths[0::2] = np.where(chance[0::2] < 0.8, 2, 3)
    lengths[1::2] = np.where(chance[1::2] < 0.1, 3, np.where(chance[1::2] < 0.9, 4, 5))
    running = np.repeat(np.arange(len(lengths)) % 2 == 0, lengths)[:steps]
    load += 0.45 * running

    load += 0.12 * _fading(stream, steps, 0.9) + 0.10 * stream.gauss(steps)
    load = np.maximum(load, 0.05)

    # the clocks change on the last Sundays of March and October; three short outages
    for year in range(2011, 2015):
        for change, factor in (("04-01", 0.0), ("11-01", 2.0)):
            after = np.datetime64(f"{year}-{change}")
            sunday = after - 1 - (int((after - 1).astype(np.int64)) + 4) % 7
            load[(dates == sunday) & (hours >= 1.0) & (hours < 2.0)] *= factor
    load[stream.below(steps, 3)] = 0.0
    return load


def _table(stream: Stream) -> pd.DataFrame:
    stamps = _stamps()
    return pd.DataFrame({TIMESTAMP: stamps, VALUE: _consumption(stream, stamps)})


def _csv(table: pd.DataFrame) -> str:
    stamps = np.datetime_as_string(table[TIMESTAMP].to_numpy(), unit="s")
    pairs = zip(stamps.tolist(), table[VALUE].tolist(), strict=True)
    return f"{TIMESTAMP},{VALUE}\n" + "".join([f"{at.replace('T', ' ')},{value:.3f}\n" for at, value in pairs])


def _synthesize(folder: Path, seed: int, part: int, parts: int, tick: Callable[[], None]) -> None:
    table = _table(Stream("electricity", "students", seed))
    training = table[TIMESTAMP] < SPLIT
    for name, rows in ((TRAIN, training), (TEST, ~training)):
        (folder / name).write_bytes(_csv(table[rows]).encode())
    tick()


def _adopt(folder: Path, order: Order) -> None:
    table = _read_original(order.original, order.options.get("client"))
    training = table[TIMESTAMP] < SPLIT
    testing = table[~training]
    if order.withhold is not None:
        testing = testing.iloc[: -_withheld_rows(order.withhold)]
    for name, rows in ((TRAIN, table[training]), (TEST, testing)):
        (folder / name).write_bytes(rows.to_csv(index=False, lineterminator="\n").encode())


def _withheld_rows(withhold: Withhold) -> int:
    if not 1 <= withhold.amount <= 240:
        raise DataError(f"{withhold.amount} days cannot be withheld.", "", "ask for 1 to 240.")
    more = Stream("withheld", "electricity", str(withhold.secret)).below(60 * STEPS_PER_DAY, 1)
    return withhold.amount * STEPS_PER_DAY + int(more[0])


def _read_original(path: Path, client: str | None) -> pd.DataFrame:
    """Time stamps and values (as text, with their digits as they are) of one customer over the four years."""
    with _opened(path) as file:
        head = file.readline()
        several = head.count(b";") >= 1
    table = _read_archive(path, client) if several else _read_table(path, client)
    table = table[table[TIMESTAMP] <= LAST].reset_index(drop=True)
    expected = _stamps()
    if len(table) != len(expected) or (table[TIMESTAMP].to_numpy() != expected).any():
        raise DataError(
            f"The file does not have one row every 15 minutes from {FIRST} to {LAST} "
            f"({len(expected):,} rows; it has {len(table):,} up to then).",
            path,
            "pass an unaltered copy.",
        )
    numbers = pd.to_numeric(table[VALUE], errors="coerce")
    if not np.isfinite(numbers).all():
        row = int(np.flatnonzero(~np.isfinite(numbers))[0])
        raise DataError(
            f"At {table[TIMESTAMP].iloc[row]} the file has {table[VALUE].iloc[row]!r} instead of a number.",
            path,
            "pass an unaltered copy.",
        )
    if (zeros := float((numbers == 0).mean())) > _MOST_ZEROS:
        raise DataError(
            f"This customer draws nothing in {zeros:.0%} of the rows (many joined after 2011).",
            path,
            "choose another one with --client (client= in Python), or leave it out.",
        )
    return table


def _opened(path: Path) -> IO[bytes]:
    """The text file itself, or inside a zip or gzip file."""
    if path.is_dir():
        raise DataError("This is a folder, not a file.", path, "pass the zip, txt or csv file.")
    if path.suffix.lower() == ".zip":
        archive = zipfile.ZipFile(path)
        members = [
            name
            for name in archive.namelist()
            if name.lower().endswith((".txt", ".csv")) and not name.startswith("__MACOSX")
        ]
        if len(members) != 1:
            archive.close()
            raise DataError(
                f"The archive holds {len(members)} .txt or .csv files instead of one.", path, "pass the file itself."
            )
        return archive.open(members[0])
    if path.suffix.lower() == ".gz":
        import gzip

        return cast(IO[bytes], gzip.open(path))
    return path.open("rb")


def _read_table(path: Path, client: str | None) -> pd.DataFrame:
    if client is not None:
        raise DataError("This file holds one customer only.", path, "leave out --client (client=).")
    with _opened(path) as file:
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
    if len(table.columns) != 2 or str(table.columns[0]).lower() not in ("timestamp", "date", "time", "datetime", ""):
        raise DataError(
            f"This file has the columns {', '.join(map(str, table.columns))[:80]}; "
            "expected are a time stamp and a value.",
            path,
            f"pass a file with the header {TIMESTAMP},{VALUE}.",
        )
    stamps = pd.to_datetime(table.iloc[:, 0], errors="coerce", format="ISO8601")
    if stamps.isna().any():
        row = int(np.flatnonzero(stamps.isna())[0])
        raise DataError(f"Line {row + 2} has no readable time stamp: {table.iloc[row, 0]!r}.", path, "check the file.")
    return pd.DataFrame({TIMESTAMP: stamps.astype("datetime64[s]"), VALUE: table.iloc[:, 1]})


def _read_archive(path: Path, client: str | None) -> pd.DataFrame:
    """One column of `LD2011_2014.txt`: 711 MB, so it is streamed line by line and never held as a whole."""
    with _opened(path) as file:
        names = [name.strip('"') for name in file.readline().decode().strip().split(";")]
        if client is None:
            column = _steady_customer(file, path)
        elif client in names[1:]:
            column = names.index(client)
        else:
            raise DataError(
                f"There is no customer {client!r} in this file.", path, f"choose one of {names[1]} to {names[-1]}."
            )
    stamps: list[str] = []
    values: list[str] = []
    with _opened(path) as file:
        file.readline()
        for line in _lines(file):
            cells = line.split(b";", column + 1)
            if len(cells) <= column:
                raise DataError(f"Line {len(stamps) + 2} is cut short.", path, "download or copy the file again.")
            stamps.append(cells[0].strip(b'"').decode())
            values.append(cells[column].strip().replace(b",", b".").decode())
    times = pd.to_datetime(pd.Series(stamps), errors="coerce", format="ISO8601").astype("datetime64[s]")
    return pd.DataFrame({TIMESTAMP: times, VALUE: values})


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    for line in file:
        if line.strip():
            yield line


def _steady_customer(file: IO[bytes], path: Path) -> int:
    """The first column with (nearly) no zeros, judged by every 97th line."""
    zeros: np.ndarray | None = None
    seen = 0
    for number, line in enumerate(_lines(file)):
        if number % 97 == 0:
            cells = np.array([not cell.strip(b"0,. \r\n") for cell in line.split(b";")[1:]])
            if zeros is None:
                zeros = np.zeros(len(cells), dtype=np.int64)
            if len(cells) != len(zeros):
                raise DataError(f"Line {number + 2} is cut short.", path, "download or copy the file again.")
            zeros += cells
            seen += 1
    steady = np.flatnonzero(zeros <= _MOST_ZEROS * seen) if zeros is not None else np.array([])
    if len(steady) == 0:
        raise DataError("No customer draws power throughout the four years.", path, "pass an unaltered copy.")
    return int(steady[0]) + 1


def _both(folder: Path) -> pd.Series:
    tables = [pd.read_csv(folder / name, parse_dates=[TIMESTAMP]) for name in (TRAIN, TEST)]
    return pd.concat(tables).set_index(TIMESTAMP)[VALUE]


def _examine(folder: Path) -> tuple[dict[str, int], list[str]]:
    counts, problems = {}, []
    for name, part in ((TRAIN, "train"), (TEST, "test")):
        try:
            table = pd.read_csv(folder / name)
        except (OSError, ValueError) as error:
            problems.append(f"{name} cannot be read: {error}")
            continue
        if list(table.columns) != [TIMESTAMP, VALUE]:
            problems.append(f"{name} has the columns {', '.join(table.columns)}")
            continue
        stamps = pd.to_datetime(table[TIMESTAMP], errors="coerce").to_numpy()
        if len(stamps) < 2 or (np.diff(stamps) != _STEP).any():
            problems.append(f"{name} is not in steps of 15 minutes")
        counts[f"{part} rows"] = len(table)
        counts[f"{part} zeros"] = int((table[VALUE] == 0).sum())
    return counts, problems


RECIPE = Recipe(
    name="electricity",
    title="ElectricityLoadDiagrams20112014, Artur Trindade",
    version=1,
    license="CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); changed here: one customer, split by year",
    citation="A. Trindade, ElectricityLoadDiagrams20112014, UCI Machine Learning Repository, 2015, doi:10.24432/C58C86",
    homepage="https://archive.ics.uci.edu/dataset/321/electricityloaddiagrams20112014",
    synthesize=_synthesize,
    pieces=1,
    adopt=_adopt,
    examine=_examine,
    origin=Origin(
        filename="electricityloaddiagrams20112014.zip",
        urls=(
            "https://archive.ics.uci.edu/static/public/321/electricityloaddiagrams20112014.zip",
            "https://archive.ics.uci.edu/ml/machine-learning-databases/00321/LD2011_2014.txt.zip",
        ),
        known_hash="sha256:f6c4d0e0df12ecdb9ea008dd6eef3518adb52c559d04a9bac2e1b81dcfc8d4e1",
        bytes=261_335_609,
    ),
)
