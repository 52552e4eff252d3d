"""Water quality: is this water fit to drink? 3,276 samples, 9 measurements, one label.

**The real set** is "Water Quality" by Aditya Kadiwal (Kaggle), CC0. How its values were measured is not documented, and
its features tell little about the label (a small network gains 5 to 9 points over the majority class): nobody should
conclude anything about drinking water from it.

**The stand-in** has the same columns, units, ranges, number of rows, missing values and class ratio. Each feature is
drawn on its own around the real set's mean. How its label comes about, with `z` for a feature minus its mean, divided
by its standard deviation:

    score = - |z_ph| - |z_Chloramines| - 0.6 max(z_Solids, 0) - 0.4 z_Turbidity + 0.7 noise
    Potability = 1 where score > -1.441

That is: neither too acid nor too alkaline, not too much disinfectant and not too little, few solids, and clear; the
noise is normal, and stands for what nobody measured. The two absolute values are what a linear model cannot express
and a hidden layer can.

**What a perfect model could reach**: knowing the formula, 0.806 of the labels on complete rows, and 0.796 on all
rows (15 % of them lack `ph`). Measured on all rows: majority class 0.610, logistic regression 0.675, a 9-16-8-1
network 0.766 after 60 epochs (on complete rows 0.603, 0.657 and 0.809: about 400 rows to test, so ± 0.02).
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from data_scripts import _dataset
from data_scripts._dataset import Order, Recipe, Withhold
from data_scripts._errors import DataError
from data_scripts._fetch import Origin
from data_scripts._random import Floats, Stream
from data_scripts._store import data_root

FEATURES = (
    "ph",
    "Hardness",
    "Solids",
    "Chloramines",
    "Sulfate",
    "Conductivity",
    "Organic_carbon",
    "Trihalomethanes",
    "Turbidity",
)
LABEL = "Potability"
UNITS = {
    "ph": "pH",
    "Hardness": "mg/L",
    "Solids": "ppm",
    "Chloramines": "ppm",
    "Sulfate": "mg/L",
    "Conductivity": "μS/cm",
    "Organic_carbon": "ppm",
    "Trihalomethanes": "μg/L",
    "Turbidity": "NTU",
}
TRAIN, TEST = "water_train.csv", "water_test.csv"
ROWS = {0: 1998, 1: 1278}
"""Rows of each label, in the real set and in the stand-in."""
MISSING = {"ph": 491, "Sulfate": 781, "Trihalomethanes": 162}
"""Missing values among the 3,276 rows, in the real set and in the stand-in."""
TEST_SHARE = 0.2
SHA256 = {
    TRAIN: "a7aa3d7d5b1158c95820f25084ddccaa6101bbe849c03b7d984a3f473e810d0e",
    TEST: "017a646c6aecc101e2e7e614411cd243b284789edb63769e8373572c866774f3",
}
"""Of the stand-in with seed 0: the same on every machine."""

# mean, standard deviation, lowest, highest, skew: as in the real set
_SHAPES = {
    "ph": (7.08, 1.59, 0.0, 14.0, 0.0),
    "Hardness": (196.4, 32.9, 47.0, 324.0, 0.0),
    "Solids": (22014.0, 8769.0, 320.0, 62000.0, 0.1),
    "Chloramines": (7.12, 1.58, 0.35, 13.2, 0.0),
    "Sulfate": (333.8, 41.4, 129.0, 482.0, 0.0),
    "Conductivity": (426.2, 80.8, 181.0, 754.0, 0.04),
    "Organic_carbon": (14.28, 3.31, 2.2, 28.4, 0.0),
    "Trihalomethanes": (66.4, 16.2, 0.7, 124.5, 0.0),
    "Turbidity": (3.97, 0.78, 1.45, 6.8, 0.0),
}
_NOISE = 0.7
_THRESHOLD = -1.441


@dataclass(frozen=True)
class Files:
    """The prepared water set."""

    train: Path
    """2,620 rows: features in their units, NaN where nothing was measured, label last."""
    test: Path
    """656 rows of the same shape."""
    source: str
    """`"synthetic"` or `"real"`."""


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
    """Make sure that `water/water_train.csv` and `water/water_test.csv` are there, and say where.

    Parameters
    ----------
    source
        `"synthetic"` or `"real"`; None keeps what is there, and makes the synthetic set if there is nothing.
    from_path
        A local copy of `water_potability.csv`, or of a zip file with it, instead of fetching it.
    root
        The folder of all sets; by default `$COURSE_DATA`, or `data/` of the checkout.
    seed
        Of the synthetic set; None keeps what is there, and means 0 if there is nothing.
    withhold
        Rows of the real set to leave out, so that `held_out` can give them to the official grading.
    mirrors
        Base addresses to fetch from instead of the built-in ones (also: `$COURSE_MIRROR`).
    progress, say
        Called with (pieces done, pieces in all), and with license and citation when the real set is prepared.

    Raises
    ------
    DataError
        With what, where and what to do. Whatever was there before is still there.

    Examples
    --------
    >>> import tempfile
    >>> files = prepare(root=tempfile.mkdtemp())
    >>> files.train.name, files.test.name, files.source
    ('water_train.csv', 'water_test.csv', 'synthetic')
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
    folder = data_root(root) / RECIPE.name
    return Files(folder / TRAIN, folder / TEST, manifest.source)


def held_out(rows: int = 500, seed: int | str = 0, *, from_path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Labelled rows that no student has, for the official grading.

    Parameters
    ----------
    rows
        How many; their class ratio and share of missing values are those of the whole set.
    seed
        The secret. The synthetic rows share nothing with the students', whatever their seed.
    from_path
        With a copy of the real file: the very rows that `prepare(..., withhold=Withhold(rows, seed))` leaves out.
    """
    if from_path is not None:
        table = _read_original(Path(from_path))
        chosen = _dataset.secret_choice(len(table), rows, seed, "water")
        held = table.iloc[chosen].reset_index(drop=True)
        return pd.read_csv(io.StringIO(held.to_csv(index=False)))
    if rows < 2:
        raise DataError(f"{rows} rows cannot be held out.", "", "ask for 2 or more.")
    return pd.read_csv(io.StringIO(_csv(_draw(Stream("water", "held out", str(seed)), rows))))


def verify(root: str | os.PathLike[str] | None = None) -> list[str]:
    """What is wrong with the set as it lies there; an empty list when nothing is."""
    return _dataset.verify(RECIPE, root)


def plot(
    path: str | os.PathLike[str],
    root: str | os.PathLike[str] | None = None,
    beside: str | os.PathLike[str] | None = None,
) -> Path:
    """Draw the distribution of each feature by label; `beside` adds a row with a local copy of the real set."""
    from matplotlib.figure import Figure

    files = prepare(root=root)
    tables = {files.source: _both(files.train.parent)}
    if beside is not None:
        with _dataset.temporary_real(RECIPE, beside) as elsewhere:
            tables["real"] = _both(elsewhere / RECIPE.name)
    figure = Figure(figsize=(15, 2.6 * len(tables) + 0.8), layout="constrained")
    figure.suptitle("Water quality: share of samples by feature and label")
    for panels, (name, table) in zip(
        figure.subfigures(len(tables), 1, squeeze=False)[:, 0], tables.items(), strict=True
    ):
        panels.supylabel(f"{name}\nshare of the label's rows", fontsize=9)
        for column, axes in zip(FEATURES, panels.subplots(1, len(FEATURES)), strict=True):
            mean, deviation, *_ = _SHAPES[column]
            bins = np.linspace(mean - 3.5 * deviation, mean + 3.5 * deviation, 22)
            for label, color in ((0, "tab:red"), (1, "tab:blue")):
                values = table.loc[table[LABEL] == label, column].dropna()
                axes.hist(
                    values,
                    bins=bins,
                    weights=np.full(len(values), 1 / len(values)),
                    histtype="step",
                    linewidth=1.5,
                    color=color,
                    label="fit to drink" if label else "not fit",
                )
            missing = table[column].isna().mean()
            axes.set_title(f"{column}" + (f"\n{missing:.0%} missing" if missing else "\n"), fontsize=9)
            axes.set_xlabel(UNITS[column], fontsize=8)
            axes.tick_params(labelsize=7)
        axes.margins(y=0.25)
        axes.legend(fontsize=6, loc="upper right")
    return _dataset.save_figure(figure, path, "Water quality")


def _draw(stream: Stream, rows: int) -> pd.DataFrame:
    """`rows` labelled samples with the class ratio and the missing values of the whole set, shuffled."""
    total = sum(ROWS.values())
    wanted = {1: round(rows * ROWS[1] / total)}
    wanted[0] = rows - wanted[1]
    kept: dict[int, list[Floats]] = {0: [], 1: []}
    while any(sum(map(len, kept[label])) < count for label, count in wanted.items()):
        z = stream.gauss(rows * len(FEATURES)).reshape(rows, len(FEATURES))
        by_name = dict(zip(FEATURES, z.T, strict=True))
        score = -np.abs(by_name["ph"]) - np.abs(by_name["Chloramines"])
        score = score - 0.6 * np.maximum(by_name["Solids"], 0.0) - 0.4 * by_name["Turbidity"]
        potable = score + _NOISE * stream.gauss(rows) > _THRESHOLD
        kept[0].append(z[~potable])
        kept[1].append(z[potable])
    z = np.concatenate([np.concatenate(kept[label])[: wanted[label]] for label in (0, 1)])
    labels = np.repeat([0, 1], [wanted[0], wanted[1]])
    order = stream.permutation(rows)
    z, labels = z[order], labels[order]
    columns: dict[str, Floats] = {}
    for column, (name, (mean, deviation, low, high, skew)) in enumerate(_SHAPES.items()):
        bent = z[:, column] + skew * (z[:, column] * z[:, column] - 1.0)
        values = np.minimum(np.maximum(mean + deviation * bent, low), high)
        if name in MISSING:
            values[stream.permutation(rows)[: round(rows * MISSING[name] / total)]] = np.nan
        columns[name] = values
    return pd.DataFrame({**columns, LABEL: labels})


def _csv(table: pd.DataFrame) -> str:
    """The table as CSV text with six decimals: the same characters on every machine."""
    lines = [",".join(table.columns)]
    for *values, label in table.itertuples(index=False):
        lines.append(",".join("" if value != value else f"{value:.6f}" for value in values) + f",{label}")
    return "\n".join(lines) + "\n"


def _split(labels: np.ndarray, stream: Stream) -> np.ndarray:
    """Which rows are for testing: a fifth of each label, so that both files have the same ratio."""
    test = np.zeros(len(labels), dtype=bool)
    for label in (0, 1):
        rows = np.flatnonzero(labels == label)
        test[rows[stream.permutation(len(rows))[: round(TEST_SHARE * len(rows))]]] = True
    return test


def _synthesize(folder: Path, seed: int, part: int, parts: int, tick: Callable[[], None]) -> None:
    table = _draw(Stream("water", "students", seed), sum(ROWS.values()))
    test = _split(table[LABEL].to_numpy(), Stream("water", "split", seed))
    for name, rows in ((TRAIN, ~test), (TEST, test)):
        (folder / name).write_bytes(_csv(table[rows]).encode())
    tick()


def _adopt(folder: Path, order: Order) -> None:
    table = _read_original(order.original)
    if order.withhold is not None:
        hidden = _dataset.secret_choice(len(table), order.withhold.amount, order.withhold.secret, "water")
        table = table.drop(index=hidden).reset_index(drop=True)
    # the real file comes in long runs of one label: shuffle before splitting, always the same way
    stream = Stream("water", "real", "split")
    table = table.iloc[stream.permutation(len(table))].reset_index(drop=True)
    test = _split(table[LABEL].astype(int).to_numpy(), stream)
    for name, rows in ((TRAIN, ~test), (TEST, test)):
        (folder / name).write_bytes(table[rows].to_csv(index=False, lineterminator="\n").encode())


def _read_original(path: Path) -> pd.DataFrame:
    """The original file with its digits as they are (all columns are text), after checking that it is one."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    expected = [*FEATURES, LABEL]
    if list(table.columns) != expected:
        missing = [column for column in expected if column not in table.columns]
        what = f"it lacks {', '.join(missing)}" if missing else "they are in another order, or there are more"
        raise DataError(
            f"This file does not have the columns of the water set: {what}.",
            path,
            f"pass a CSV file with the header {','.join(expected)}",
        )
    for column in expected:
        given = table[column] != ""
        numbers = pd.to_numeric(table[column].where(given), errors="coerce")
        wrong = given & ~np.isfinite(numbers)
        if column == LABEL:
            wrong |= ~table[column].isin(["0", "1"])
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            what = "0 or 1" if column == LABEL else "a number or empty"
            raise DataError(
                f"Line {row + 2} has {table[column].iloc[row]!r} in column {column}, which should be {what}.",
                path,
                "pass an unaltered copy of the file.",
            )
    if min((table[LABEL] == label).sum() for label in "01") < 10:
        raise DataError(
            f"The file has {len(table)} rows; at least 10 of each label are needed.", path, "pass the whole file."
        )
    return table


def _both(folder: Path) -> pd.DataFrame:
    return pd.concat([pd.read_csv(folder / name) for name in (TRAIN, TEST)], ignore_index=True)


def _examine(folder: Path) -> tuple[dict[str, int], list[str]]:
    counts, problems = {}, []
    for name, part in ((TRAIN, "train"), (TEST, "test")):
        try:
            table = pd.read_csv(folder / name)
        except (OSError, ValueError) as error:
            problems.append(f"{name} cannot be read: {error}")
            continue
        if list(table.columns) != [*FEATURES, LABEL]:
            problems.append(f"{name} has the columns {', '.join(table.columns)}")
            continue
        if not set(table[LABEL].unique()) <= {0, 1}:
            problems.append(f"{name} has labels other than 0 and 1")
        counts[f"{part} rows"] = len(table)
        counts[f"{part} potable"] = int((table[LABEL] == 1).sum())
        counts[f"{part} missing values"] = int(table.isna().sum().sum())
    return counts, problems


_RAW = "https://raw.githubusercontent.com"
RECIPE = Recipe(
    name="water",
    title="Water Quality (water potability), Aditya Kadiwal",
    version=1,
    license="CC0 1.0 (public domain), as stated on its Kaggle page",
    citation="A. Kadiwal, Water Quality, Kaggle, 2021",
    homepage="https://www.kaggle.com/datasets/adityakadiwal/water-potability",
    synthesize=_synthesize,
    pieces=1,
    adopt=_adopt,
    examine=_examine,
    origin=Origin(
        filename="water_potability.csv",
        urls=(
            f"{_RAW}/Sarthak-1408/Water-Potability/17a2bf26ad186503bf022886e292d7e0c2ad3d7a/water_potability.csv",
            f"{_RAW}/ALGOREX-PH/Water-Potability-Prediction/62ef8e6a0343bdaf68811fdcb45e239f91a562cf/"
            "water_potability.csv",
            f"{_RAW}/chililw/dsci_group_project_007/e00e0c770b88d7d757233e81b56a998d4ebf89ad/water_potability.csv",
        ),
        known_hash="sha256:904004bde729bfe3d2e195f46343bceead09e32a0eb95bb8184e7e20e029b2bf",
        bytes=525_187,
    ),
)
