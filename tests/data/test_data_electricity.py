"""The electricity set: the stand-in, the shapes in which the real one comes, and the windows."""

from __future__ import annotations

import gzip
import hashlib
import zipfile

import numpy as np
import pandas as pd
import pytest
import torch

from data_scripts import DataError, Withhold, electricity
from data_scripts.electricity import windows

pytestmark = pytest.mark.xdist_group("electricity")
REAL = "electricity_15min.csv.gz"


def sums(files: electricity.Files) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (files.train, files.test)}


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> pd.Series:
    """The stand-in as one series of four years."""
    files = electricity.prepare(root=tmp_path_factory.mktemp("electricity"))
    assert sums(files) == electricity.SHA256
    tables = [pd.read_csv(path, parse_dates=["timestamp"]) for path in (files.train, files.test)]
    assert [len(one) for one in tables] == [105_215, 35_040]
    assert list(tables[0].columns) == ["timestamp", "consumption"]
    assert tables[1]["timestamp"].iloc[0] == pd.Timestamp("2014-01-01")
    return pd.concat(tables).set_index("timestamp")["consumption"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """The UCI archive with four customers: late, steady, another steady, silent."""
    path = tmp_path_factory.mktemp("uci") / "electricityloaddiagrams20112014.zip"
    stamps = np.arange(np.datetime64("2011-01-01T00:15"), np.datetime64("2015-01-01T00:15"), np.timedelta64(15, "m"))
    lines = ['"";"MT_001";"MT_002";"MT_003";"MT_004"']
    for number, stamp in enumerate(np.datetime_as_string(stamps, unit="s")):
        late = "0" if number < 40_000 else "3,5"
        lines.append(f'"{stamp.replace("T", " ")}";{late};{number % 97},25;{number % 89},125;0')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("LD2011_2014.txt", "\n".join(lines) + "\n")
    return path


def test_the_stand_in_has_days_weeks_seasons_and_holidays(table):
    assert (np.diff(table.index) == np.timedelta64(15, "m")).all()
    by_day = table.resample("D").mean()
    assert by_day[by_day.index.day_of_week < 5].mean() > 1.8 * by_day[by_day.index.day_of_week == 6].mean()
    for holiday in ("2012-05-01", "2013-12-25", "2014-04-18"):
        assert by_day[holiday] < 0.6 * by_day[by_day.index.day_of_week < 5].mean()
    night, noon = table[table.index.hour == 1].mean(), table[table.index.hour == 12].mean()
    assert noon > 2 * night
    nights = table[table.index.hour == 1]
    assert nights[nights.index.month == 1].mean() > 1.1 * nights[nights.index.month == 6].mean()


def test_the_clock_changes_are_those_of_the_real_set(table):
    for day in ("2011-03-27", "2012-03-25", "2013-03-31", "2014-03-30"):
        assert (table[f"{day} 01:00" : f"{day} 01:45"] == 0).all()
        assert (table[f"{day} 02:00" : f"{day} 02:45"] > 0).all()
    for day in ("2011-10-30", "2012-10-28", "2013-10-27", "2014-10-26"):
        hour = table[f"{day} 01:00" : f"{day} 01:45"].mean()
        around = table[f"{day} 00:00" : f"{day} 00:45"].mean() + table[f"{day} 02:00" : f"{day} 02:45"].mean()
        assert hour == pytest.approx(around, rel=0.35)
    assert 16 < (table == 0).sum() <= 19


def test_persistence_can_be_beaten_at_one_step_but_not_by_much(table):
    """A linear model of the last 96 steps stands in for a recurrent one."""
    values = torch.tensor(table.to_numpy(), dtype=torch.float64)
    train, test = values[:105_215], values[105_215:]
    inputs, targets = windows(train, 96)
    weights = torch.linalg.lstsq(inputs[::7], targets[::7, None]).solution
    inputs, targets = windows(test, 96)
    error = ((inputs @ weights)[:, 0] - targets).square().mean()
    ratio = (error / (inputs[:, -1] - targets).square().mean()).item()
    assert 0.5 < ratio < 0.8


def test_another_seed_is_another_series(table, tmp_path):
    files = electricity.prepare(root=tmp_path, seed=1)
    assert sums(files) != electricity.SHA256
    other = pd.read_csv(files.test)["consumption"].to_numpy()
    assert np.corrcoef(other, table["2014"])[0, 1] > 0.8, "the same bakery"


def test_held_out_days_are_new_and_of_the_same_kind(table):
    held = electricity.held_out(60, seed="secret")
    assert list(held.columns) == ["timestamp", "consumption"]
    assert len(held) == 60 * 96
    same = table[: pd.Timestamp("2014-03-01") - pd.Timedelta(minutes=15)]["2014":]
    assert held["consumption"].mean() == pytest.approx(same.mean(), rel=0.15)
    assert not np.array_equal(held["consumption"], same)
    assert held.equals(electricity.held_out(60, seed="secret"))
    with pytest.raises(DataError):
        electricity.held_out(0)


def test_the_real_customer_keeps_its_digits(root, shared):
    files = electricity.prepare(from_path=shared(REAL), say=quiet)
    assert files.source == "real"
    lines = files.train.read_text().splitlines()
    with gzip.open(shared(REAL), "rt") as file:
        original = file.read().splitlines()
    assert lines[0] == "timestamp,consumption"
    assert lines[1:] == original[1:105_216]
    assert files.test.read_text().splitlines()[1:] == original[105_216:]
    assert electricity.verify() == []


def test_a_withheld_stretch_of_the_real_year_reaches_the_grader_only(root, shared):
    files = electricity.prepare(from_path=shared(REAL), withhold=Withhold(90, "s"), say=quiet)
    held = electricity.held_out(90, seed="s", from_path=shared(REAL))
    test = pd.read_csv(files.test, parse_dates=["timestamp"])
    assert len(test) + len(held) == 35_040
    assert len(held) >= 90 * 96
    assert held["timestamp"].iloc[0] - test["timestamp"].iloc[-1] == pd.Timedelta(minutes=15)


def test_one_customer_of_the_archive_is_taken(root, archive):
    files = electricity.prepare(from_path=archive, say=quiet)
    assert files.train.read_text().splitlines()[1:3] == ["2011-01-01 00:15:00,0.25", "2011-01-01 00:30:00,1.25"]
    assert len(pd.read_csv(files.test)) == 35_040, "the first moment of 2015 is left out"
    files = electricity.prepare(from_path=archive, client="MT_003", say=quiet)
    assert files.train.read_text().splitlines()[2] == "2011-01-01 00:30:00,1.125"
    before = files.train.stat().st_mtime_ns
    electricity.prepare(from_path=archive, client="MT_003", say=quiet)
    assert files.train.stat().st_mtime_ns == before
    with pytest.raises(DataError, match="no customer 'MT_999'"):
        electricity.prepare(from_path=archive, client="MT_999", say=quiet)
    with pytest.raises(DataError, match="draws nothing in 29%"):
        electricity.prepare(from_path=archive, client="MT_001", say=quiet)


def test_a_damaged_archive_is_refused(root, archive, tmp_path):
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:-500])
    with pytest.raises(DataError, match="damaged archive"):
        electricity.prepare(from_path=cut, say=quiet)
    assert not (root / "electricity").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("timestamp,value\n2011-01-01 00:15:00,1\n", "one row every 15 minutes"),
        ("timestamp,value\nyesterday,1\n", "Line 2 has no readable time stamp"),
        ("a,b,c\n1,2,3\n", "expected are a time stamp and a value"),
        ("timestamp;MT_001\n2011-01-01 00:15:00;0,0\n", "No customer draws power"),
    ],
)
def test_a_file_of_another_shape_is_refused(root, tmp_path, text, message):
    (tmp_path / "bad.csv").write_text(text)
    with pytest.raises(DataError, match=message):
        electricity.prepare(from_path=tmp_path / "bad.csv", say=quiet)


@pytest.mark.parametrize("kind", ["array", "tensor"])
@pytest.mark.parametrize("shape", [(50,), (50, 3)])
@pytest.mark.parametrize(("length", "horizon"), [(1, 1), (8, 1), (8, 5), (49, 1), (1, 49)])
def test_windows_are_what_a_loop_would_cut_without_copying(kind, shape, length, horizon):
    series = np.random.default_rng(0).normal(size=shape)
    made = windows(torch.tensor(series) if kind == "tensor" else series, length, horizon)
    inputs, targets = (np.asarray(one) for one in made)
    assert inputs.shape == (50 - length - horizon + 1, length, *shape[1:])
    for row in range(len(inputs)):
        np.testing.assert_array_equal(inputs[row], series[row : row + length])
        np.testing.assert_array_equal(targets[row], series[row + length + horizon - 1])
    if kind == "array":
        assert np.shares_memory(made[0], series)
    else:
        assert isinstance(made[0], torch.Tensor)
        assert made[0].untyped_storage().nbytes() == series.nbytes


@pytest.mark.parametrize(("length", "horizon"), [(0, 1), (5, 0), (50, 1), (10, 41)])
def test_windows_that_do_not_fit_are_an_error(length, horizon):
    with pytest.raises(ValueError, match="no window"):
        windows(np.arange(50.0), length, horizon)


def test_plot_writes_a_picture(root, tmp_path):
    assert electricity.plot(tmp_path / "e.png").stat().st_size > 10_000
