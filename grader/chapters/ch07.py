"""Chapter 7: sequences in time.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import torch

from grader.exercise import exercise
from grader.expect import (
    Mistake,
    Wrong,
    close,
    expect_number,
    expect_parts,
    expect_tensor,
    expect_tensors,
    expect_type,
    expect_unchanged,
    expect_values,
    fail,
    number_of,
    random_integer,
    random_normal,
)
from grader.shapes import show_shape
from grader.touch import Raised, Subject, call, construct, give, iterate, method, read, text_file

Tensor = torch.Tensor


def _random_order(count: int) -> Tensor:
    return random_normal(count).argsort()


def _cut(series: Tensor, length: int, horizon: int = 1, count: int | None = None) -> tuple[Tensor, Tensor]:
    """Windows and the value ``horizon`` steps after each, by loop: the reference of this file."""
    count = len(series) - length - horizon + 1 if count is None else count
    inputs = torch.stack([series[start : start + length] for start in range(count)])
    targets = torch.stack([series[start + length + horizon - 1] for start in range(count)])
    return inputs, targets


# -- 7.1, 7.2: the time axis and the split -------------------------------------------------------------------------


def _axis_file(name: str, first: datetime, positions: Sequence[int]) -> Subject:
    values = (3 + random_normal(len(positions)).abs()).tolist()
    lines = ["timestamp,consumption"]
    for position, value in zip(positions, values, strict=True):
        lines.append(f"{first + position * timedelta(minutes=15):%Y-%m-%d %H:%M:%S},{value:.3f}")
    return text_file(name, "\n".join(lines) + "\n")


def _check_axis(function: Subject, positions: Sequence[int], first: datetime, name: str, when: str) -> None:
    answer = call(function, _axis_file(name, first, positions))
    missing, repeated = expect_parts(answer, ("missing", "repeated"))
    distinct = set(positions)
    span = max(positions) - min(positions) + 1
    right = (span - len(distinct), len(positions) - len(distinct))

    def skipped(order: Sequence[int]) -> tuple[int, int]:
        """Steps left out, and the number of places where some are, between neighbors in this order."""
        jumps = [b - a - 1 for a, b in itertools.pairwise(order) if b - a > 1]
        return sum(jumps), len(jumps)

    ordered = sorted(positions)
    in_file = [skipped(positions), skipped(list(dict.fromkeys(positions)))]
    if (number_of(missing), number_of(repeated)) == right[::-1] != right:
        fail(
            f"`{answer.label}` gives the two numbers in the other order.",
            expected="(missing, repeated)",
            actual="(repeated, missing)",
            cause="the order of the returned values",
            next_step="return the missing quarter hours first, the repeated rows second",
        )
    expect_number(
        missing,
        right[0],
        what="the number of quarter hours without a row",
        when=when,
        reveal=False,
        mistakes=[
            Mistake(
                sum((b - a) % 96 - 1 for a, b in itertools.pairwise(ordered) if (b - a) % 96 > 1),
                "holes of a day or more lose their days: the `seconds` of a time difference are only what is left "
                "of it after its whole days",
                "divide the whole difference by 15 minutes, or take its `total_seconds()`",
            ),
            Mistake(
                span - len(positions),
                "the rows were counted, repeated ones too: a repeated row hides a missing one",
                "how many *different* time stamps are there?",
            ),
            Mistake(
                skipped(ordered)[1],
                "the holes were counted, not the quarter hours that are missing in them",
                "a hole of three quarter hours counts three",
            ),
            Mistake(
                span - 1 - len(distinct),
                "from the first to the last time stamp there is one quarter hour more than steps between them",
                "count both ends: from 0:00 to 0:30 there are three time stamps",
            ),
            Mistake(
                skipped(ordered)[0] + skipped(ordered)[1],
                "in each hole one too many is counted: a step of 30 minutes leaves out one quarter hour, not two",
                "how many quarter hours lie strictly between two neighbors?",
            ),
            *(
                Mistake(
                    wrong,
                    "neighbors in the file were compared, and these rows are not in the order of time",
                    "sort the time stamps first",
                )
                for pair in in_file
                for wrong in (*pair, sum(pair))
            ),
        ],
    )
    counts = [positions.count(position) for position in distinct]
    expect_number(
        repeated,
        right[1],
        what="the number of rows whose time stamp has been there before",
        when=when,
        reveal=False,
        mistakes=[
            Mistake(
                sum(count for count in counts if count > 1),
                "all rows of a repeated time stamp were counted, its first one too",
                "the first row with a time stamp is not too many",
            ),
            Mistake(
                sum(count > 1 for count in counts),
                "the time stamps that are repeated were counted, not the rows that are too many",
                "three rows with one time stamp are two too many",
            ),
            Mistake(
                sum(a == b for a, b in itertools.pairwise(positions)),
                "neighbors in the file were compared, and these rows are not in the order of time",
                "sort the time stamps first, or use a method that does not need an order",
            ),
        ],
    )


@exercise(
    "7.1",
    title="Is the time axis whole?",
    points=2,
    difficulty=1,
    minutes=10,
    hints=(
        '`pd.read_csv(csv_path, parse_dates=["timestamp"])` gives time stamps that can be subtracted and compared.',
        "How many quarter hours lie between the earliest and the latest time stamp, both included? How many of them "
        "have a row?",
        "`Series.duplicated()` marks each row whose value has been there before, wherever the first one stands.",
    ),
)
def time_axis(time_axis: Subject) -> None:
    first = datetime(2011, random_integer(1, 12), random_integer(26, 28), random_integer(19, 23), 15)
    count = random_integer(40, 60)
    whole = list(range(count))
    _check_axis(time_axis, whole, first, "whole.csv", "for a file without any fault")
    three, one = random_integer(5, 10), random_integer(20, 30)
    holes = [p for p in whole if p not in {three, three + 1, three + 2, one}]
    _check_axis(time_axis, holes, first, "holes.csv", "for a file with two holes, its rows in order")
    long = [p if p < one else p + 96 + three for p in whole]
    _check_axis(time_axis, long, first, "long.csv", "for a file with a hole of more than a day, its rows in order")
    again = random_integer(6, 12)
    twice = sorted([*whole, again, again, again + 9])
    _check_axis(time_axis, twice, first, "repeated.csv", "for a file in which two time stamps are repeated")
    rows = [*holes, 0, one - 3, one - 3, one - 3, count - 1]
    mixed = [rows[i] for i in _random_order(len(rows)).tolist()]
    _check_axis(time_axis, mixed, first, "mixed.csv", "for a file with holes and repeated rows, in any order")


def _check_split(function: Subject, series: Tensor, validation: int, test: int) -> None:
    given = give(series, "series")
    answer = call(function, given, validation, test)
    parts = expect_parts(answer, ("train", "validation", "test"))
    if any(part.kind == "dataset" for part in parts):
        fail(
            f"`{answer.label}` gives datasets.",
            expected="three tensors",
            actual="a Dataset",
            cause="`random_split` and `Subset` make datasets, and the former draws their samples at random",
            next_step="cut the tensor at two places with slices",
        )
    end, steps = len(series) - test, len(series)
    train, valid, tested = series[: end - validation], series[end - validation : end], series[end:]
    none = series[:0]
    case = f"{validation} steps for validation and {test} for the test"
    wrongs: list[Wrong] = [
        (
            (series[: -(validation + test)], series[-(validation + test) : -test], series[-test:]),
            "with 0, a slice from the end such as `series[:-0]` means `series[:0]`, and `series[-0:]` is everything",
            "compute the places from the front: `len(series) - test` is right for 0 too",
        ),
        (
            (series[:-validation][:-test], series[:-test][-validation:], series[-test:]),
            "with 0, a slice from the end such as `series[:-0]` means `series[:0]`, and `series[-0:]` is everything",
            "compute the places from the front: `len(series) - test` is right for 0 too",
        ),
        (
            (train, series[-(validation + test) : -test or None], tested),
            "where both numbers are 0, a slice such as `series[-0:]` is everything, not an empty part",
            "compute the places from the front: `len(series) - test` is right for 0 too",
        ),
        ((train, tested, valid), "validation and test are returned in the other order", "train, validation, test"),
        ((tested, valid, train), "the parts are returned in the other order", "train, validation, test"),
        (
            (series[validation + test :], series[test : validation + test], series[:test]),
            "the parts are taken from the other end: the model would learn from the future and be tested on the past",
            "the test part is the end of the series",
        ),
        (
            (train, series[steps - validation :], series[end - validation : steps - validation]),
            "the validation part is the end of the series, and the test part comes before it",
            "in time: train, then validation, then test",
        ),
        (
            (series[: steps - validation - test], series[-validation - test : -validation], series[-validation:]),
            "the two sizes are mixed up: the validation part has as many steps as the test should have",
            "which of the two numbers belongs to which part?",
        ),
        (
            (series[:end], valid, tested),
            "the training part holds the validation part too",
            "no step may be in two parts",
        ),
        ((series[:end], none, tested), "the validation part is left out", "cut the series at two places"),
        (
            (series[: end - validation], series[end - validation : end + 1], series[end:]),
            "neighboring parts share a step",
            "the end of a slice is not included: the next part starts there",
        ),
        (
            (series[: end - validation - 1], series[end - validation : end], series[end:]),
            "a step between two parts is lost",
            "the end of a slice is not included: the next part starts there",
        ),
    ]
    got = [expect_tensor(part) for part in parts]
    right = [train, valid, tested]
    mixed = torch.cat([mine.flatten() for mine in got])
    shapes = [mine.shape for mine in got] == [part.shape for part in right]
    if (
        shapes
        and not all(torch.equal(a, b) for a, b in zip(got, right, strict=True))
        and close(mixed.sort().values, series.flatten().sort().values)
        and not any(all(close(a, b) for a, b in zip(got, wrong[0], strict=True)) for wrong in wrongs)
    ):
        fail(
            f"`{answer.label}` does not keep the order of time.",
            expected="the three parts one after the other in time, each in its order",
            actual="the right number of steps in each part, but other ones or in another order",
            cause="the steps were drawn at random, shuffled or turned around",
            next_step="cut the series at two places, and do nothing else",
        )
    expect_tensors(
        parts,
        right,
        wrongs,
        headline=f"`{answer.label}` gives the wrong parts.",
        expected=f"the end for the test, what comes before it for validation, the rest for training: {case}",
        any_dtype=True,
    )
    expect_unchanged(given, series, "the series")


@exercise(
    "7.2",
    title="Split by time",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "Three slices along the first axis are all there is to it. At which two places is the series cut?",
        "The test begins at `len(series) - test`. Where does the validation part begin?",
    ),
)
def split_by_time(split_by_time: Subject) -> None:
    _check_split(split_by_time, random_normal(random_integer(30, 40)), random_integer(4, 6), random_integer(7, 9))
    _check_split(split_by_time, random_normal(random_integer(30, 40), 3), random_integer(7, 9), random_integer(4, 6))
    _check_split(split_by_time, random_normal(random_integer(20, 30)), 0, random_integer(4, 6))
    _check_split(split_by_time, random_normal(random_integer(20, 30)), random_integer(4, 6), 0)
    _check_split(split_by_time, random_normal(random_integer(20, 30)), 0, 0)


# -- 7.3 to 7.6: windows -------------------------------------------------------------------------------------------


def _check_count(function: Subject, steps: int, length: int, horizon: int = 1, stride: int = 1) -> None:
    given = [steps, length, *([horizon, stride][: 2 if stride != 1 else horizon != 1])]
    answer = call(function, *given)
    room = steps - length - horizon
    wanted = room // stride + 1 if room >= 0 else 0
    mistakes = [
        Mistake(
            room // stride + 1 if room < 0 else None,
            "for a series that is too short the formula goes below zero",
            "there cannot be fewer than no windows",
        ),
        Mistake(
            0 if room >= 0 else None,
            "a series that has room for at least one window is treated as too short",
            "for which number of steps does exactly one window fit?",
        ),
        Mistake(
            (steps - length) // stride + 1,
            "the last windows have no target: it would lie behind the end of the series",
            "the last window must leave room for its target",
        ),
        Mistake(
            (steps - length - 1) // stride + 1 if horizon > 1 else None,
            "the horizon is left out: the target does not follow at once",
            "the last window must leave `horizon` steps behind it",
        ),
        Mistake(room + 1 if stride > 1 else None, "the stride is left out", "only every `stride`-th start is taken"),
        Mistake(
            (room + 1) // stride,
            "the quotient is rounded down, but the window at the very beginning counts as well",
            "start 0 is always there: how many more strides fit behind it?",
        ),
        Mistake(room // stride, "one window too few: start 0 is a window too", "write the starts down for 5 steps"),
        Mistake(
            room / stride + 1 if room >= 0 else None,
            "the quotient is not rounded, and half a window is none",
            "round down before the first window is added",
        ),
        Mistake(
            steps // length if steps >= length else None,
            "the series is cut into pieces side by side, where windows overlap",
            "the next window starts `stride` steps later, not `length` steps later",
        ),
    ]
    expect_number(
        answer,
        wanted,
        what="the number of windows with a target",
        when=f"for {steps} steps",
        reveal=False,
        mistakes=mistakes,
    )


@exercise(
    "7.3",
    title="How many windows are there?",
    points=2,
    difficulty=2,
    minutes=8,
    hints=(
        "Take a series of 5 steps, windows of 3 and a target one step later. Write down the positions of each window.",
        "The last window starts at the largest `s` for which `s + length + horizon - 1` is still a position of the "
        "series. Starts from 0 to that `s`: how many are there?",
        "With a stride, how many times does it fit between start 0 and the largest start? Floor division helps.",
    ),
)
def count_windows(count_windows: Subject) -> None:
    length = random_integer(4, 9)
    _check_count(count_windows, random_integer(30, 60), length)
    _check_count(count_windows, length + 1, length)
    _check_count(count_windows, length, length)
    _check_count(count_windows, length - random_integer(2, 3), length)
    horizon = random_integer(3, 6)
    _check_count(count_windows, random_integer(30, 60), length, horizon)
    _check_count(count_windows, length + horizon, length, horizon)
    _check_count(count_windows, length + horizon - 1, length, horizon)
    stride = random_integer(3, 5)
    for steps in range(40, 40 + stride):
        _check_count(count_windows, steps, length, horizon, stride)
    _check_count(count_windows, length + horizon, length, horizon, stride)
    _check_count(count_windows, length, length, horizon, stride)


def _window_wrongs(series: Tensor, length: int, horizon: int) -> list[Wrong]:
    """What known mistakes make of windows and targets."""
    inputs, targets = _cut(series, length, horizon)
    steps, count = len(series), len(inputs)
    every = torch.stack([series[start : start + length] for start in range(steps - length + 1)])
    early = series[length + horizon - 2 :][:count]
    wrongs: list[Wrong] = [
        ((targets, inputs), "windows and targets are returned in the other order", "windows first, targets second"),
        (
            (inputs[:-1], targets[:-1]),
            "the last window is missing: the loop or the slice ends one too early",
            "which is the last start for which a target exists? `range` leaves out its end",
        ),
        (
            (inputs, early),
            "the target is one step too early"
            + (": it is the last value of the window itself, so there is nothing to predict" if horizon == 1 else ""),
            "work out the position of the first target on a series of whole numbers",
        ),
        (
            (inputs[:-1], targets[1:]),
            "the target is one step too late",
            "work out the position of the first target on a series of whole numbers",
        ),
        (
            (every, targets),
            "the last windows have no target, and windows and targets do not pair up",
            "leave out the windows whose target would lie behind the end",
        ),
        (
            (inputs, targets.reshape(-1, 1)),
            "each target is a slice of one value instead of the value",
            "index the value, or remove the axis of length 1",
        ),
        (
            (inputs.unsqueeze(-1), targets),
            "the windows have an axis of length 1 at the end that nobody asked for",
            "windows have the shape (windows, length) here",
        ),
        (
            (inputs.flip(1), targets),
            "each window is turned around: its newest value stands first",
            "keep the order of time inside the window",
        ),
        ((inputs.T, targets), "the two axes of the windows are exchanged", "one window per row"),
        ((inputs[:1], targets[:1]), "there is only the first window: `return` stands inside the loop", "move it out"),
    ]
    for shift in (0, 1):
        longer = length + 1 - 2 * shift
        if steps - longer - horizon + 1 >= 1 and longer >= 1:
            wrongs.append(
                (
                    _cut(series, longer, horizon),
                    f"each window has {longer} steps where {length} belong",
                    "the end of a slice is not included",
                )
            )
    pieces = series[: steps // length * length].reshape(-1, length)
    wrongs.append(
        (
            (pieces[:count], targets),
            "the series is cut into pieces side by side, where each window starts one step after the one before",
            "neighboring windows share all but one of their values: `view` and `reshape` share none",
        )
    )
    if horizon > 1:
        plain = _cut(series, length)
        wrongs += [
            (plain, "the horizon is left out: the target follows the window at once", "use `horizon`"),
            (
                (plain[0][:count], plain[1][:count]),
                "the horizon shortens the series, but the target still follows the window at once",
                "move the targets as well",
            ),
        ]
    apart = range(0, count, length)
    wrongs.append(
        (
            (inputs[list(apart)], targets[list(apart)]),
            "windows lie side by side, where each one starts one step after the one before",
            "let the start grow by 1",
        )
    )
    return wrongs


def _pair(count: int, length: int) -> str:
    return f"windows of shape (windows, length), here ({count}, {length}), and targets of shape ({count},)"


@exercise(
    "7.4",
    title="Windows by loop",
    points=2,
    difficulty=1,
    minutes=10,
    hints=(
        "Window number `s` is a slice of `length` values that begins at `s`. Which position has its target?",
        "Collect windows and targets in two lists; `torch.stack` makes one tensor of each.",
    ),
)
def loop_windows(loop_windows: Subject) -> None:
    sizes = [(random_integer(20, 30), random_integer(4, 7))]
    sizes += [(random_integer(8, 12), 1), (sizes[0][1] + 1, sizes[0][1])]
    for steps, length in sizes:
        series = random_normal(steps)
        given = give(series, "series")
        answer = call(loop_windows, given, length)
        wanted = _cut(series, length)
        expect_tensors(
            expect_parts(answer, ("inputs", "targets")),
            wanted,
            _window_wrongs(series, length, 1) if steps > length + 1 else [],
            headline=f"`{answer.label}` cuts the wrong windows.",
            expected=_pair(*wanted[0].shape),
            because="layers hold float32, and the series is float32 too",
        )
        expect_unchanged(given, series, "the series")


def _expect_view(answer: Subject, series: Subject, changed: Callable[[], tuple[Tensor, Tensor]], what: str) -> None:
    """Write new numbers into the series: windows that share its memory show them."""
    again = read(answer)
    for name, part, wanted in zip(("inputs", "targets"), again.children, changed(), strict=True):
        if part.tensor is None or not close(part.tensor, wanted):
            fail(
                f"`{name}` of `{answer.label}` are a copy.",
                expected=f"{name} that share the memory of the series{what}: what is written into the series later "
                "shows in them too",
                actual="the series was changed, and they were not",
                cause="numbers were copied on the way: `torch.stack`, `torch.cat`, `torch.tensor`, `clone`, "
                "`contiguous`, a conversion, and an index made of a list or tensor all copy; slices and strides do not",
                next_step="look for an operation that only describes where the numbers lie: test it with "
                "`untyped_storage().data_ptr()`, or by writing into the series",
            )


def _check_view(function: Subject, steps: int, length: int, horizon: int | None, kind: str) -> None:
    column = kind == "column"
    table = random_normal(steps, 3) if column else random_normal(steps + 2)
    if kind == "double":
        table = table.double()
    storage = give(table, "table" if column else "longer_series")
    # a part of something larger: its first value is not the first one in memory
    series = method(storage, "select", 1, 1, keep=True) if column else method(storage, "narrow", 0, 2, steps, keep=True)
    series.label = "table[:, 1]" if column else "series"
    numbers = table[:, 1] if column else table[2:]
    answer = call(function, series, length, *([] if horizon is None else [horizon]), keep=True)
    ahead = 1 if horizon is None else horizon
    wanted = _cut(numbers, length, ahead)
    wrongs = _window_wrongs(numbers, length, ahead) if len(wanted[0]) > 1 else []
    if column:
        flat = table.flatten()[1:]
        memory = torch.stack([flat[start : start + length] for start in range(len(wanted[0]))])
        wrongs = [
            (
                (memory, wanted[1]),
                "neighbors in memory were taken for neighbors in time: in a column of a table the next step lies a "
                "whole row further",
                "ask the series for its stride instead of assuming 1",
            ),
            *wrongs,
        ]
    else:
        front = table[: len(wanted[0]) + length]
        wrongs.append(
            (
                (_cut(front, length, 1, len(wanted[0]))[0], wanted[1]),
                "the windows begin at the start of the memory instead of the start of the series",
                "a series can be a part of something larger: mind `storage_offset`",
            )
        )
    expect_tensors(
        expect_parts(answer, ("inputs", "targets")),
        wanted,
        wrongs,
        headline=f"`{answer.label}` gives the wrong windows or targets.",
        expected=_pair(*wanted[0].shape) + f", each target {ahead} step{'s' * (ahead > 1)} after its window's last one",
        because="views have the dtype of the series",
    )
    expect_unchanged(storage, table, "the series")
    fresh = random_normal(*table.shape).to(table.dtype)
    method(storage, "copy_", fresh)
    _expect_view(
        answer,
        series,
        lambda: _cut(fresh[:, 1] if column else fresh[2:], length, ahead),
        ", also when it is a column of a table" if column else "",
    )


@exercise(
    "7.5",
    title="All windows at once, without copying",
    points=4,
    difficulty=3,
    minutes=20,
    hints=(
        "The targets are a single slice of the series. At which position does the first one lie?",
        "`Tensor.unfold(dimension, size, step)` gives all windows as a view, also those without a target.",
        "How many windows have a target? Keep that many: a slice of a view is a view too.",
    ),
)
def view_windows(view_windows: Subject) -> None:
    _check_view(view_windows, random_integer(20, 30), random_integer(4, 6), None, "part")
    _check_view(view_windows, random_integer(20, 30), random_integer(4, 6), random_integer(3, 5), "part")
    _check_view(view_windows, random_integer(20, 30), random_integer(4, 6), 2, "column")
    _check_view(view_windows, random_integer(20, 30), 1, 1, "double")
    _check_view(view_windows, 9, 6, 3, "part")


def _check_multi(function: Subject, time: int, features: int, length: int, steps: int) -> None:
    table = random_normal(time, features)
    given = give(table, "table")
    try:
        answer = call(function, given, length, steps)
    except Raised as error:
        if "equal size" not in error.message:
            raise
        fail(
            f"`multi_step_windows(table, {length}, {steps})` cannot stack its parts.",
            expected=f"{steps} target values for each window",
            actual=f"{error.type}: {error.message[:200]}",
            cause="near the end of the table the windows have fewer target steps: a slice that runs over the end is "
            "shorter, without an error",
            next_step="leave out the windows whose targets would lie behind the end",
            where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
        )
    count = time - length - steps + 1
    inputs = torch.stack([table[start : start + length] for start in range(count)])
    ahead = torch.stack([table[start + length : start + length + steps] for start in range(count)])
    targets = ahead[..., 0]
    # starts are kept in range for the last two
    early = torch.stack([table[start + length - 1 : start + length - 1 + steps, 0] for start in range(count)])
    late = [table[start + length + 1 : start + length + 1 + steps, 0] for start in range(count - 1)]
    strided = inputs.transpose(1, 2)
    wrongs: list[Wrong] = [
        (
            (strided, targets),
            "the axes of the windows are in another order: `unfold` puts the steps of a window last",
            "move the last axis to its place: `movedim` or `transpose`",
        ),
        (
            (strided.reshape(count, length, features), targets),
            "`reshape` gives the right shape but mixes steps and features: it keeps the order of the numbers, not "
            "their meaning",
            "exchange the axes with `movedim` or `transpose`",
        ),
        (
            (inputs, ahead),
            "the targets hold all features",
            "only the first column is forecast: choose it in the targets",
        ),
        ((inputs, ahead[..., :1]), "the targets have an axis of length 1 at the end", "index the first column away"),
        (
            (inputs, ahead[..., -1]),
            "the targets are the last column of the table",
            "the series to forecast is column 0",
        ),
        (
            (inputs, targets[:, -1]),
            "only the last of the steps is returned as the target",
            "all steps after the window are asked for, one column for each",
        ),
        ((inputs, targets[:, :1]), "only the first step is returned as the target", "all `steps` are asked for"),
        ((inputs, early), "the targets begin one step too early, with the window's own last value", "see 7.4"),
        (
            (inputs[:-1], torch.stack(late) if late else targets[:-1]),
            "the targets begin one step too late",
            "the first target follows the window at once",
        ),
        ((inputs[:-1], targets[:-1]), "the last window is missing", "when does the last one end, with its targets?"),
        (
            (torch.stack([table[start : start + length] for start in range(time - length + 1)]), targets),
            "the last windows have no targets, or not all of them, and windows and targets do not pair up",
            "leave out the windows whose targets would lie behind the end",
        ),
        ((inputs[:1], targets[:1]), "there is only the first window: `return` stands inside the loop", "move it out"),
        ((inputs[..., :1], targets), "the windows hold the first feature only", "all features belong to the input"),
        ((inputs[..., 0], targets), "the windows hold the first feature only", "all features belong to the input"),
        ((inputs, targets.flip(1)), "the steps of the target are turned around", "the nearest step comes first"),
        ((inputs, targets.T), "the axes of the targets are exchanged", "one row per window, one column per step"),
        (
            (inputs.flatten(1), targets),
            "the windows are flattened: steps and features share one axis",
            "keep the shape (windows, length, features)",
        ),
    ]
    if features > 1:
        flat = table.flatten()
        wrongs.append(
            (
                (inputs, torch.stack([flat[start + length :][:steps] for start in range(count)])),
                "the targets are neighbors in memory instead of neighbors in time",
                "take the column first",
            )
        )
    expect_tensors(
        expect_parts(answer, ("inputs", "targets")),
        (inputs, targets),
        wrongs,
        headline=f"`{answer.label}` gives the wrong windows or targets.",
        expected=f"inputs of shape (windows, length, features), here ({count}, {length}, {features}), and targets of "
        f"shape (windows, steps), here ({count}, {steps}): column 0 of the steps right after each window",
        because="the table is float32",
    )
    expect_unchanged(given, table, "the table")


@exercise(
    "7.6",
    title="Several features, several steps ahead",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Inputs and targets are both windows: of which table or column, of which length, and starting where?",
        "`unfold` puts the steps of a window on a new *last* axis. Print the shape, then move that axis.",
        "The targets are windows of length `steps` of `table[length:, 0]`.",
    ),
)
def multi_step_windows(multi_step_windows: Subject) -> None:
    length, steps = random_integer(5, 7), random_integer(2, 4)
    _check_multi(multi_step_windows, random_integer(20, 26), 3, length, steps)
    _check_multi(multi_step_windows, random_integer(20, 26), 1, length, steps)
    _check_multi(multi_step_windows, random_integer(20, 26), 2, 3, 5)
    _check_multi(multi_step_windows, random_integer(20, 26), 2, length, 1)
    _check_multi(multi_step_windows, length + steps, 2, length, steps)


# -- 7.7: the leak, measured ---------------------------------------------------------------------------------------


def _steps_of(starts: Tensor, length: int, horizon: int, what: str = "both") -> set[int]:
    """Positions that windows hold: their inputs, their targets, both, or all from first input to target."""
    found: set[int] = set()
    for start in starts.tolist():
        if what in {"both", "inputs"}:
            found |= set(range(start, start + length))
        if what in {"both", "targets"}:
            found.add(start + length + horizon - 1)
        if what == "span":
            found |= set(range(start, start + length + horizon))
        if what == "early":
            found |= set(range(start, start + length))
    return found


def _share(train: Tensor, test: Tensor, length: int, horizon: int, held: str = "both") -> float:
    steps = _steps_of(train, length, horizon, held)
    return sum(start + length + horizon - 1 in steps for start in test.tolist()) / len(test)


def _share_theories(case: tuple[Tensor, Tensor, int, int]) -> list[tuple[float, str, str]]:
    """What known mistakes give, always the same mistakes in the same order."""
    train, test, length, horizon = case
    right, seen = _share(*case), _steps_of(train, length, horizon)
    targets = [start + length + horizon - 1 for start in test.tolist()]
    whole = [_steps_of(test[i : i + 1], length, horizon) for i in range(len(test))]
    inputs = [_steps_of(test[i : i + 1], length, horizon, "inputs") for i in range(len(test))]
    pairs = sum(t in _steps_of(train[i : i + 1], length, horizon) for t in targets for i in range(len(train)))
    counts = len(test)
    first, last = int(train.min()), int(train.max()) + length + horizon - 1
    return [
        (right * counts, "this is the number of test windows, not their share", "divide by how many there are"),
        (100 * right, "the share is given in percent", "a share lies between 0 and 1"),
        (1 - right, "this is the share of the windows that are clean", "count those that leak"),
        (
            sum(not seen.isdisjoint(steps) for steps in whole) / counts,
            "a test window is counted when any of its steps lies in a training window, its inputs too; inputs from "
            "the past may well be shared, the target must not",
            "ask only where the *target* of a test window lies",
        ),
        (
            sum(not seen.isdisjoint(steps) for steps in inputs) / counts,
            "the inputs of the test windows are looked at instead of their targets",
            "ask only where the *target* of a test window lies",
        ),
        (
            _share(*case, "inputs"),
            "training windows are taken for their inputs alone: what a model was trained to answer, it knows as well",
            "a training window holds its inputs and its target",
        ),
        (
            _share(*case, "targets"),
            "only the targets of the training windows are looked at (or only windows that are in both sets), and not "
            "their inputs: windows overlap",
            "a training window holds its inputs and its target",
        ),
        (
            _share(*case, "span"),
            "the steps between a window's last input and its target are counted as part of it",
            "with a horizon above 1 these steps are not in the window",
        ),
        (_share(train, test, length, 1), "the horizon is left out", "where does the target of a window lie?"),
        (
            _share(test, train, length, horizon),
            "training and test windows are exchanged",
            "which share of the *test* windows has been seen in training?",
        ),
        (right * counts / len(train), "the share is taken of the training windows", "divide by the test windows"),
        (
            pairs / counts,
            "a test window is counted once for each training window that holds its target",
            "count each test window at most once",
        ),
        (pairs, "pairs of windows are counted", "count each test window at most once"),
        (
            sum(t + 1 in seen for t in targets) / counts,
            "the target is looked for one step too late",
            "a window that starts at 0 has its last input at `length - 1`",
        ),
        (
            sum(t - 1 in seen for t in targets) / counts,
            "the target is looked for one step too early",
            "a window that starts at 0 has its last input at `length - 1`",
        ),
        (
            sum(first <= t <= last for t in targets) / counts,
            "every step from the first to the last training window is taken as seen, also where no window lies",
            "ask window by window which steps it holds",
        ),
    ]


@exercise(
    "7.7",
    title="What a random split leaks, measured",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Write down the positions that one training window holds: `length` inputs, and the target.",
        "Collect the positions of all training windows, in a `set` or in a tensor of yes and no, one per step.",
        "Then ask for each test window: is the position of its target among them? The share is their mean.",
    ),
)
def leaked_share(leaked_share: Subject) -> None:
    length, count = random_integer(4, 6), random_integer(40, 50)
    order, starts, few = _random_order(count), torch.arange(count), _random_order(60)
    # windows far apart: some test targets are a training input, some a training target, some lie between windows
    far, horizon = length + 5, 3
    apart = far * torch.arange(9)[_random_order(9)]
    offsets = [horizon, horizon, 0, -length + 1, 1, -1, -horizon + 1, 2]
    test = torch.tensor([far * (i + 1) + offset for i, offset in enumerate(offsets)])
    more = torch.tensor([far * random_integer(3, 6) - length - horizon + 1])
    cases = [
        ("for a random split", (order[10:], order[:10], length, 1)),
        ("for a split by time", (starts[: count - 15], starts[-12:], length, 1)),
        (f"for a horizon of {horizon}", (apart, torch.cat([test, more]), length, horizon)),
        ("for a few training windows", (few[:12], few[12:], length, horizon)),
        ("for test targets that no training window holds", (apart, far * torch.arange(1, 7) - 1, length, horizon)),
    ]
    answers, said = [], []
    for number, (_, (train, tests, *sizes)) in enumerate(cases):
        given = [give(train, "train_starts"), give(tests, "test_starts")]
        answer = call(leaked_share, *given, *(sizes[:1] if number == 0 else sizes))
        answers.append(answer)
        share = number_of(answer)
        said.append(math.nan if share is None or isinstance(share, bool) else float(share))
        if math.isnan(said[-1]):
            expect_number(answer, 0.5, what="the share of test windows whose target lies in a training window")
        for subject, values in zip(given, (train, tests), strict=True):
            expect_unchanged(subject, values, f"`{subject.label}`")
    theories = [_share_theories(case) for _, case in cases]
    explained = (
        theories[0][k][1:]
        for k in range(len(theories[0]))
        if all(abs(theory[k][0] - mine) <= 1e-5 for theory, mine in zip(theories, said, strict=True))
    )
    cause, step = next(explained, ("", ""))
    for (when, case), answer, mine in zip(cases, answers, said, strict=True):
        # a mistake is named when it explains the answers to all splits
        expect_number(
            answer,
            _share(*case),
            what="the share of test windows whose target lies in a training window",
            when=when,
            tolerance=1e-5,
            reveal=False,
            mistakes=[Mistake(mine, cause, step)] if cause else (),
        )


# -- 7.8, 7.9: scaling and loaders ---------------------------------------------------------------------------------


def _scalings(train: Tensor) -> list[tuple[Tensor, Tensor]]:
    """Mean and spread, with n - 1 and with n in the denominator: both are right."""
    return [(train.mean(), train.std()), (train.mean(), train.std(correction=0))]


def _expect_scaled(
    got: Subject, values: Tensor, train: Tensor, mistakes: Sequence[tuple[Tensor, str, str]], what: str
) -> None:
    numbers = expect_tensor(got, dtype=torch.float32, because="layers hold float32")
    rights = [(values - mean) / spread for mean, spread in _scalings(train)]
    if any(close(numbers, right, 1e-3, 1e-4) for right in rights):
        return
    expect_values(
        numbers,
        rights[0],
        got.label,
        rtol=1e-3,
        atol=1e-4,
        because=what,
        mistakes=[Mistake(*mistake) for mistake in mistakes],
    )


def _own(values: Tensor) -> Tensor:
    """Scaled with its own statistics, along no axis in particular."""
    return (values - values.mean()) / values.std() if values.numel() > 1 else torch.zeros_like(values)


@exercise(
    "7.8",
    title="A scaler that knows the training data only",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "The constructor sees the training series, and only the constructor computes a mean and a spread.",
        "`scale` subtracts and divides, `unscale` undoes the two in the opposite order.",
        "For a series that never changes the spread should be 0, but rounding may leave something tiny. How do you "
        "recognize such a series, and what is used instead?",
    ),
)
def series_scaler(SeriesScaler: Subject) -> None:
    train = 3 + random_integer(2, 5) * random_normal(random_integer(30, 40))
    test = 20 + random_normal(random_integer(12, 16))
    given = give(train, "train")
    scaler = construct(SeriesScaler, given)
    scaler.label = "scaler"
    other = 50 * random_normal(20)
    construct(SeriesScaler, give(other, "other"))
    mean, spread = train.mean(), train.std()
    low, high = train.min(), train.max()
    for name, values in (("train", train), ("test", test), ("windows", test[:12].reshape(3, 4)), ("step", test[0])):
        part = give(values, name)
        scaled = method(scaler, "scale", part)
        _expect_scaled(
            scaled,
            values,
            train,
            [
                (
                    _own(values),
                    "mean and spread are computed anew from the values that are scaled: the test data then look like "
                    "the training data, whatever they are",
                    "compute them once, in the constructor",
                ),
                (
                    (values - values.mean()) / spread,
                    "the mean is computed anew from the values that are scaled",
                    "compute it once, in the constructor",
                ),
                *(
                    (
                        (values - m) / s,
                        "a scaler made later replaced the mean and spread of this one: they are stored on the class, "
                        "and all scalers share them",
                        "store them on `self`",
                    )
                    for m, s in _scalings(other)
                ),
                ((values - mean), "the values are shifted but not divided by the spread", "divide by the spread"),
                ((values - mean) / train.var(), "the variance is used for the spread", "the spread is its square root"),
                (values / spread, "the mean is not subtracted", "subtract it first"),
                (
                    values - mean / spread,
                    "without brackets only the mean is divided",
                    "put brackets around the difference",
                ),
                (
                    (values - low) / (high - low),
                    "the values are brought to the range from 0 to 1",
                    "mean 0 and spread 1 are asked for",
                ),
                ((values + mean) / spread, "the mean is added", "subtract it"),
                (values * spread + mean, "`scale` does what `unscale` should do", "exchange the two"),
                (values, "the values are returned as they are", "return the scaled values"),
            ],
            "the mean of the training series subtracted, then divided by its standard deviation",
        )
        expect_unchanged(part, values, f"`{name}`")
    expect_unchanged(given, train, "the training series")
    z = random_normal(4, 5)
    forecast = give(z, "forecast")
    back = method(scaler, "unscale", forecast)
    numbers = expect_tensor(back, dtype=torch.float32, because="layers hold float32")
    rights = [z * s + m for m, s in _scalings(train)]
    if not any(close(numbers, right, 1e-3, 1e-3) for right in rights):
        expect_values(
            numbers,
            rights[0],
            back.label,
            rtol=1e-3,
            atol=1e-3,
            because="the values before scaling: `unscale` undoes `scale`",
            mistakes=[
                Mistake(
                    (z + m) * s,
                    "the two operations are undone in the wrong order: the mean is multiplied too",
                    "what `scale` did last must be undone first",
                )
                for m, s in _scalings(train)
            ]
            + [
                Mistake(z * spread, "the mean is not added back", "add the mean of the training series"),
                Mistake(z + mean, "the values are not multiplied by the spread", "multiply first"),
                Mistake(z / spread + mean, "the values are divided by the spread again", "multiply by it"),
                Mistake((z - mean) / spread, "`unscale` scales once more", "undo it: multiply, then add"),
                Mistake(
                    z * z.std() + z.mean(),
                    "the statistics of the argument are used",
                    "use those of the training series",
                ),
            ],
        )
    expect_unchanged(forecast, z, "the forecast")
    level = float(random_integer(3, 9))
    # tenths that float32 cannot hold: the computed spread of equal values is not 0 there
    rounded = next(
        series
        for tenth in range(1, 100)
        for series in [torch.full((96 + random_integer(0, 9),), level + tenth / 10)]
        if series.std() > 0 and series.std(correction=0) > 0
    )
    for series, name in ((torch.full((8,), level), "a_constant_series"), (rounded, "another_constant_series")):
        _expect_plain_shift(SeriesScaler, series, f"scaler_of_{name}")


def _expect_plain_shift(cls: Subject, series: Tensor, name: str) -> None:
    """A scaler of equal values has a spread of 1."""
    tiny = bool(series.std() > 0)
    flat = construct(cls, series)
    flat.label = name
    level = series[0]
    values = level + torch.arange(5.0)
    known = [
        Mistake(
            (values - series.mean()) / s,
            "rounding makes the computed spread of equal values something tiny instead of 0, and it is divided by",
            "compare the values themselves: are they all equal?",
        )
        for s in (series.std(), series.std(correction=0))
        if tiny
    ]
    got = expect_tensor(method(flat, "scale", values), dtype=torch.float32, because="layers hold float32")
    if tiny and got.shape == values.shape and got.abs().max() > 1e4:
        known.append(Mistake(got, known[0].cause, known[0].next_step))  # whatever the rounding was
    expect_values(
        got,
        values - level,
        f"{name}.scale(values)",
        because="a spread of 1 where all training values are equal",
        next_step="test in the constructor whether all values are equal",
        mistakes=[
            Mistake(
                torch.zeros(5), "all values become 0, and the differences between them are lost", "use 1 as spread"
            ),
            Mistake((values - level) / 0.0, "the spread is 0 here, and is divided by", "use 1 where it is 0"),
            *known,
        ],
    )
    expect_values(
        expect_tensor(method(flat, "unscale", torch.arange(5.0))),
        values,
        f"{name}.unscale(values)",
        because="a spread of 1 where all training values are equal",
        next_step="test in the constructor whether all values are equal",
    )


def _epoch(loader: Subject, rows: int, size: int, name: str) -> list[Tensor]:
    """The batches of one epoch as (inputs, targets); type, dtype and shape are checked on the way."""
    try:
        batches, ended = iterate(loader, rows + 1)
    except Raised as error:
        if error.is_stub:
            raise
        fail(
            f"A loop over `{name}` raised an error.",
            expected="batches",
            actual=f"{error.type}: {error.message[:200]}",
            cause="the dataset of this loader cannot hand out samples, or its samples do not stack",
            next_step="take one batch out by hand and read the error",
        )
    if not ended:
        fail(
            f"`{name}` gives one sample after the other, without end or without batches.",
            expected="an epoch of batches",
            actual=f"more than {rows} values",
            cause="a dataset came instead of a loader, or the loader repeats itself",
            next_step="return a `DataLoader`",
        )
    inputs, targets = [], []
    for number, batch in enumerate(batches, start=1):
        batch.label = f"batch {number} of {name}"
        x, y = expect_parts(batch, ("inputs", "targets"))
        wanted = min(size, rows - size * (number - 1))
        got = x.meta.get("shape", ())
        if x.kind == "tensor" and y.kind == "tensor" and len(y.meta["shape"]) == 2 and len(got) == 1:
            fail(
                f"`{name}` gives targets and inputs in the other order.",
                expected="batches (inputs, targets)",
                actual=f"shapes {show_shape(got)} and {show_shape(y.meta['shape'])}",
                cause="the tensors were handed to the dataset in the other order",
                next_step="inputs first, targets second",
            )
        because = "the loss compares targets with a network's float32 outputs"
        expect_tensor(x, dtype=torch.float32, because="layers hold float32")
        expect_tensor(y, dtype=torch.float32, because=because)
        if wanted >= 1 and len(got) == 2 and got[0] != wanted and number == 1:
            fail(
                f"`{name}` makes batches of another size.",
                expected=f"{wanted} windows in the first batch",
                actual=str(got[0]),
                cause="the batch size is not passed on, or written into the code",
                next_step="hand `batch_size` to the loader",
            )
        inputs.append(expect_tensor(x, shape="batch length", sizes={"length": 4}))
        targets.append(expect_tensor(y, shape="batch", sizes={"batch": len(inputs[-1])}))
    seen = sum(len(y) for y in targets)
    if seen != rows:
        short = seen == rows - rows % size
        fail(
            f"`{name}` does not deliver every window once.",
            expected=f"{rows} windows in an epoch, the last batch may be short",
            actual=f"{seen} windows",
            cause="the short last batch is dropped"
            if short
            else "the loader is built on other windows than those that were passed in, or leaves some out",
            next_step="keep the last batch: in a test set its windows would never be judged"
            if short
            else "build each loader on its own pair of arrays",
        )
    return [torch.cat(inputs), torch.cat(targets)]


@exercise(
    "7.9",
    title="From arrays of windows to batches",
    points=3,
    difficulty=2,
    minutes=10,
    hints=(
        "`TensorDataset(inputs, targets)` pairs tensors along their first axis; its arguments must be tensors.",
        "NumPy's numbers are float64. Convert once, before the dataset is made.",
        "Which of the two loaders shuffles, and which must not?",
    ),
)
def window_loaders(window_loaders: Subject) -> None:
    size = random_integer(4, 6)
    # never a whole number of batches
    rows = [size * random_integer(4, 5) + random_integer(1, size - 1), size * 3 + random_integer(1, size - 1)]
    if rows[0] == rows[1]:
        rows[1] -= size
    arrays = []
    for count in rows:
        inputs = random_normal(count, 4)
        arrays.append((inputs.double().numpy(), (10 * random_normal(count)).double().numpy()))
    given = [give(pair, name) for pair, name in zip(arrays, ("train", "test"), strict=True)]
    try:
        answer = call(window_loaders, *given, size, keep=True)
    except Raised as error:
        if "'int' object is not callable" not in error.message:
            raise
        fail(
            "A `TensorDataset` was made from arrays.",
            expected="tensors",
            actual=f"{error.type}: {error.message[:200]}",
            cause="`TensorDataset` asks each of its parts for `size(0)`, and of a NumPy array `size` is a number",
            next_step="make float32 tensors of the arrays first",
            where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
        )
    loaders = expect_parts(answer, ("train_loader", "test_loader"))
    for loader, name in zip(loaders, ("train_loader", "test_loader"), strict=True):
        expect_type(
            loader,
            ("loader", "object"),
            "a DataLoader",
            cause="an iterator is returned instead of the loader: it ends after one epoch"
            if loader.kind == "generator" or "Iter" in loader.type_name
            else "the dataset is returned, and no loader is made of it"
            if loader.kind == "dataset"
            else "",
            next_step="return the two loaders",
        )
        loader.label = name
    orders: dict[str, list[list[int]]] = {}
    for loader, (inputs_array, targets_array), count in zip(loaders, arrays, rows, strict=True):
        inputs, targets = torch.from_numpy(inputs_array).float(), torch.from_numpy(targets_array).float()
        orders[loader.label] = []
        for _ in range(2):
            x, y = _epoch(loader, count, size, loader.label)
            order = (y.unsqueeze(1) - targets).abs().argmin(dim=1)
            if not close(y.sort().values, targets.sort().values):
                fail(
                    f"`{loader.label}` gives other targets than those that were passed in.",
                    expected="each target of its own array once",
                    actual="other numbers",
                    cause="the loader is built on other data, or the targets were changed",
                    next_step="build each loader on its own pair of arrays",
                )
            if not close(x, inputs[order]):
                same = close(x.flatten().sort().values, inputs.flatten().sort().values)
                fail(
                    f"`{loader.label}` pairs windows with the targets of others.",
                    expected="each window with its own target",
                    actual="the right windows and targets, paired in another way" if same else "other windows",
                    cause="inputs and targets were shuffled apart" if same else "the windows were changed on the way",
                    next_step="put both into one dataset, so that one index picks both",
                )
            orders[loader.label].append(order.tolist())
    for name, (first, second) in orders.items():
        ordered = list(range(len(first)))
        if name == "test_loader" and (first != ordered or second != ordered):
            fail(
                "`test_loader` does not keep the order of time.",
                expected="the test windows one after the other",
                actual="another order",
                cause="the test loader shuffles: scores do not change, but forecasts can no longer be drawn over time",
                next_step="shuffle in the training loader alone",
            )
        if name == "train_loader" and ordered in (first, second):
            fail(
                "`train_loader` does not shuffle.",
                expected="the training windows in a new order each epoch",
                actual="the order of the arrays",
                cause="the loader keeps the order: neighboring windows are nearly equal, so a batch holds little news. "
                "Shuffling finished training windows gives nothing away; only the *split* must follow time",
                next_step="tell the training loader to shuffle",
            )
        if name == "train_loader" and first == second:
            fail(
                "`train_loader` gives the same order in each epoch.",
                expected="a new order each epoch",
                actual="the same order twice",
                cause="the windows were shuffled once, before the loader was made",
                next_step="let the loader shuffle",
            )
    for subject, pair in zip(given, arrays, strict=True):
        expect_unchanged(subject, [torch.from_numpy(part) for part in pair], f"`{subject.label}`")


# -- 7.10, 7.11: baselines -----------------------------------------------------------------------------------------


def _check_naive(function: Subject, windows: int, length: int, steps: int, season: int | None) -> None:
    inputs = random_normal(windows, length)
    given = give(inputs, "inputs")
    period = 1 if season is None else season
    try:
        answer = call(function, given, steps, *([] if season is None else [season]))
    except Raised as error:
        if not error.is_a("IndexError") or steps <= period:
            raise
        fail(
            f"`naive_forecast` runs out of values when {steps} steps are forecast with a season of {period}.",
            expected="after one season it begins anew",
            actual=f"{error.type}: {error.message[:200]}",
            cause="the values of the last season are counted on beyond the end of the window",
            next_step="the remainder `%` counts in circles",
            where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
        )
    ahead = torch.arange(steps)
    wanted = inputs[:, length - period + ahead % period]
    last = inputs[:, -1:]
    wrongs: list[Wrong] = [
        (
            (last.expand(-1, steps),),
            "the last value is repeated, whatever the season is",
            "look one season back from each step that is forecast",
        ),
        (
            (last,),
            "there is one value per window: each step that is forecast needs its own column",
            "repeat it for all steps",
        ),
        ((last.squeeze(1),), "there is one value per window", "a forecast has the shape (windows, steps)"),
        (
            (inputs[:, -period:].repeat(1, max(1, steps // period))[:, :steps] if steps > period else inputs[:, :0],),
            "only whole seasons are laid side by side, and the steps of the last one, which is not whole, are missing",
            "take one season more than fits, then cut off what is too much",
        ),
        (
            (inputs[:, -period:][:, :steps],),
            "after one season the values run out",
            "when the season is over, it begins anew: the remainder `%` counts in circles",
        ),
        (
            (inputs[:, ahead % period],),
            "the season is taken from the beginning of the window: right only for windows of one season",
            "count from the window's end",
        ),
        (
            (inputs[:, :steps],),
            "the values are taken from the beginning of the window",
            "count one season back from the window's end",
        ),
        (
            (inputs[:, length - period + (ahead + 1) % period],),
            "the season is shifted by one step: the first step ahead gets the value that belongs to the second",
            "the first step ahead is one step after the window's last value; which value lies one season before it?",
        ),
        (
            (inputs[:, length - period + (ahead - 1) % period],),
            "the season is shifted by one step: the first step ahead gets the value of the window's end",
            "the first step ahead is one step after the window's last value; which value lies one season before it?",
        ),
        (
            (inputs[:, -period:].repeat_interleave(-(-steps // period), 1)[:, :steps],),
            "each value is repeated on its own, where the season as a whole comes again",
            "`repeat` and `tile` lay the whole row side by side, `repeat_interleave` does not",
        ),
        ((inputs[:, -period:].flip(1)[:, ahead % period],), "the season is turned around", "keep the order of time"),
        (
            (inputs[:, -period:].mean(1, keepdim=True).expand(-1, steps),),
            "the season is averaged",
            "each step gets the value of its own place in the season",
        ),
        (
            (inputs[:, [length - period] * steps],),
            "every step gets the value one season before the first one",
            "the second step ahead has the second value of the season",
        ),
        ((wanted.T,), "the axes are exchanged", "one row per window, one column per step"),
        ((inputs[:, -steps:],), "the last values of the window are returned, whatever the season is", "use `season`"),
    ]
    expect_tensors(
        [answer],
        (wanted,),
        wrongs,
        headline=f"`{answer.label}` gives another forecast.",
        expected=f"shape (windows, steps), here ({windows}, {steps}): each step gets the value one season of {period} "
        f"step{'s' * (period > 1)} before it, and that forecast goes on in circles",
        because="the windows are float32",
    )
    expect_unchanged(given, inputs, "the windows")


@exercise(
    "7.10",
    title="Two baselines in one: as now, and as yesterday",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "With `season=1` the last value is repeated. With a longer season, its last `season` values are.",
        "Step `k` ahead (counted from 0) gets which of the last `season` values, when `k` is smaller than `season`?",
        "When `k` reaches the season, it starts from the front again: the remainder `%` does this.",
    ),
)
def naive_forecast(naive_forecast: Subject) -> None:
    length = random_integer(9, 12)
    _check_naive(naive_forecast, 5, length, random_integer(3, 4), None)
    _check_naive(naive_forecast, 4, length, 3, random_integer(5, 7))
    _check_naive(naive_forecast, 6, 6, 4, 6)
    _check_naive(naive_forecast, 3, length, random_integer(9, 11), 4)
    _check_naive(naive_forecast, 2, length, 8, 4)
    _check_naive(naive_forecast, 4, length, 1, random_integer(3, 5))
    _check_naive(naive_forecast, 1, length, 2, 5)


def _check_skill(function: Subject, count: int, steps: int, better: bool) -> None:
    targets = random_normal(count, steps) + 2
    forecast = targets + (0.3 if better else 2.5) * random_normal(count, steps)
    baseline = targets + 0.2 + random_normal(count, steps)
    given = [
        give(value, name) for value, name in ((forecast, "forecast"), (baseline, "baseline"), (targets, "targets"))
    ]
    answer = call(function, *given)
    model, naive = (forecast - targets).abs(), (baseline - targets).abs()
    ratio = model.mean(0) / naive.mean(0)
    squares = (forecast - targets).square().mean(0) / (baseline - targets).square().mean(0)
    wrongs: list[Wrong] = [
        ((ratio,), "this is the ratio of the errors: a perfect forecast would get 0", "the skill is 1 minus the ratio"),
        ((ratio - 1,), "the sign is turned around: a better forecast would get a lower skill", "1 minus the ratio"),
        ((1 - 1 / ratio,), "the ratio is upside down", "the model's error is divided by the baseline's"),
        ((1 / ratio,), "the ratio is upside down, and 1 minus it is missing", "see the formula"),
        (
            (1 - model.mean() / naive.mean(),),
            "the errors are averaged over all steps: one number, where each step ahead has its own skill",
            "average over the windows only",
        ),
        (
            (1 - model.mean(1) / naive.mean(1),),
            "the errors are averaged over the steps ahead, and each window gets a skill",
            "average over the windows: which axis is theirs?",
        ),
        (
            (1 - (model / naive).mean(0),),
            "the ratios are averaged instead of the errors: one tiny error of the baseline spoils everything",
            "first average each error, then divide",
        ),
        ((1 - squares,), "squared errors are compared", "absolute errors are asked for"),
        ((1 - squares.sqrt(),), "root mean squared errors are compared", "absolute errors are asked for"),
        (
            (1 - (forecast - targets).mean(0) / (baseline - targets).mean(0),),
            "errors of different signs cancel",
            "take the absolute value of each error before averaging",
        ),
        (
            (1 - (forecast - baseline).abs().mean(0) / naive.mean(0),),
            "the forecast is compared with the baseline instead of the targets",
            "both errors are distances from the targets",
        ),
        (
            ((1 - model.mean(0) / naive.mean(0)).unsqueeze(0),),
            "the averaged axis is kept with length 1",
            "the result has the shape (steps,)",
        ),
        ((100 * (1 - ratio),), "the skill is given in percent", "a perfect forecast has skill 1"),
        ((naive.mean(0) - model.mean(0),), "the errors are subtracted, not divided", "see the formula"),
    ]
    expect_tensors(
        [answer],
        (1 - ratio,),
        wrongs,
        headline=f"`{answer.label}` is wrong.",
        expected=f"one skill per step ahead, shape (steps,), here ({steps},)",
        rtol=1e-3,
        atol=1e-4,
        because="the forecasts are float32",
    )
    for subject, values in zip(given, (forecast, baseline, targets), strict=True):
        expect_unchanged(subject, values, f"`{subject.label}`")


@exercise(
    "7.11",
    title="Better than the baseline, at which step?",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "The errors have the shape (windows, steps). Which axis is averaged, so that one number per step remains?",
        "Mean absolute error of the model, divided by that of the baseline, subtracted from 1.",
    ),
)
def skill_per_step(skill_per_step: Subject) -> None:
    _check_skill(skill_per_step, random_integer(20, 30), random_integer(3, 6), True)
    _check_skill(skill_per_step, random_integer(20, 30), random_integer(3, 6), False)
    _check_skill(skill_per_step, random_integer(20, 30), 1, True)


# -- 7.12: a leak detector -----------------------------------------------------------------------------------------

LEAKS = ("target", "order", "scaler")


def _leaks(train: Tensor, test: Tensor, length: int, horizon: int, stop: int) -> dict[str, bool]:
    moment = int(test.min()) + length - 1
    return {
        "target": _share(train, test, length, horizon) > 0,
        "order": int(train.max()) + length + horizon - 1 > moment,
        "scaler": stop - 1 > moment,
    }


Case = tuple[Tensor, Tensor, int, int, int]


def _leak_theories(case: Case) -> dict[str, list[tuple[bool, str, str]]]:
    """What known mistakes answer: for each kind of leak always the same mistakes in the same order."""
    train, test, length, horizon, stop = case
    first, last = int(test.min()), int(train.max())
    moment, end = first + length - 1, last + length + horizon - 1
    seen = _steps_of(train, length, horizon)
    known = "every step up to the last input of the earliest test window is known: compare with that one"
    holds = "a training window holds its inputs and its target"
    return {
        "target": [
            (
                any(s in seen for s in _steps_of(test, length, horizon)),
                "shared inputs are taken for a leak: inputs of a test window may lie in the training data, they are "
                "the known past",
                "ask where the *targets* of the test windows lie",
            ),
            (
                _share(train, test, length, horizon, "inputs") > 0,
                "the targets of the training windows are left out",
                holds,
            ),
            (
                _share(train, test, length, horizon, "targets") > 0,
                "the inputs of the training windows are left out, or only windows that are in both sets are looked for",
                holds,
            ),
            (
                _share(train, test, length, horizon, "span") > 0,
                "the steps between a training window's last input and its target are counted as seen",
                "with a horizon above 1 these steps are not in the window",
            ),
            (
                _share(train, test, length, horizon) == 1,
                "it counts as a leak only when the targets of all test windows were seen",
                "one is enough",
            ),
            (
                first + length + horizon - 1 in seen,
                "only the target of the earliest test window is looked for",
                "one leaked target is enough, whichever test window it belongs to",
            ),
            (
                int(test[0]) + length + horizon - 1 in seen,
                "only the target of one test window is looked for",
                "one leaked target is enough, whichever test window it belongs to",
            ),
            (
                _share(test, train, length, horizon) > 0,
                "training and test windows are exchanged",
                "ask where the targets of the *test* windows lie",
            ),
        ],
        "order": [
            (
                last + length - 1 > moment,
                "only the inputs of the training windows are looked at, not their targets",
                "the last step of a training window is its target",
            ),
            (
                int(train[-1]) + length + horizon - 1 > int(test[0]) + length - 1,
                "the windows are taken to be sorted, and may come in any order",
                "look for the latest training window and the earliest test window",
            ),
            (
                last >= first,
                "the training is compared with the first test *target*, but the forecast is made before it",
                known,
            ),
            (
                last > first,
                "the training is compared with the first test *target*, but the forecast is made earlier",
                known,
            ),
            (
                end >= first,
                "the training is compared with the first *input* of the test windows, but it may share inputs of the "
                "past with them",
                known,
            ),
            (end >= moment, "the step of the moment itself is taken for the future", known),
            (
                end > int(test.max()) + length - 1,
                "the training is compared with the latest test window instead of the earliest",
                known,
            ),
            (
                int(train.min()) + length + horizon - 1 > moment,
                "the earliest training window is looked at instead of the latest",
                "one training window that reaches too far is a leak",
            ),
            (
                _share(train, test, length, horizon) > 0,
                '"order" says the same as "target", but a training window can come from the future and hold no test '
                "target",
                "compare the latest step of the training with the moment of the first forecast",
            ),
        ],
        "scaler": [
            (
                stop > moment,
                "the statistics come from steps 0 to scaler_stop - 1: the step `scaler_stop` is not among them",
                "which is the last step that was used?",
            ),
            (
                stop - 1 > first,
                "the statistics are compared with the first *input* of the test windows, which is long known",
                known,
            ),
            (
                stop > first,
                "the statistics are compared with the first *input* of the test windows, which is long known",
                known,
            ),
            (
                stop > moment + horizon,
                "the statistics are compared with the first test *target*, but the forecast is made earlier",
                known,
            ),
            (
                stop > moment + horizon + 1,
                "the statistics are compared with the first test *target*, but the forecast is made earlier",
                known,
            ),
            (
                stop - 1 > end,
                "the statistics are compared with the end of the training windows: known steps after it are fine too",
                known,
            ),
            (
                stop > int(test.max()) + length,
                "the statistics are compared with the latest test window instead of the earliest",
                known,
            ),
            (
                stop > int(test[0]) + length,
                "the test windows are taken to be sorted, and may come in any order",
                "look for the earliest test window",
            ),
        ],
    }


def _ask_leaks(function: Subject, case: Case) -> dict[str, bool]:
    train, test, *rest = case
    given = [give(train, "train_starts"), give(test, "test_starts")]
    answer = call(function, *given, *rest)
    expect_type(
        answer,
        "dict",
        "a dict with the keys " + ", ".join(f'"{name}"' for name in LEAKS),
        next_step="return one dict with True or False for each of the three",
    )
    found = {key.value: value for key, value in answer.pairs if key.kind == "str"}
    missing = [name for name in LEAKS if name not in found]
    if missing or len(answer.pairs) != len(LEAKS):
        fail(
            f"`{answer.label}` has other keys than asked for.",
            expected=", ".join(f'"{name}"' for name in LEAKS),
            actual=", ".join(repr(key.value) for key, _ in answer.pairs) or "an empty dict",
            cause=f'"{missing[0]}" is missing' if missing else "there are more entries than the three",
            next_step="return one dict with these three keys, in any order, also where the answer is False",
        )
    said = {name: number_of(found[name]) for name in LEAKS}
    for name, word in said.items():
        if not isinstance(word, bool):
            fail(
                f'"{name}" of `{answer.label}` should be True or False.',
                expected="True or False",
                actual=found[name].kind_name,
                cause="a number or a list came where a yes or no belongs",
                next_step="compare, or use `bool(...)`, `any(...)` or `.any()`",
            )
    for subject, starts in zip(given, (train, test), strict=True):
        expect_unchanged(subject, starts, f"`{subject.label}`")
    return {name: word is True for name, word in said.items()}


def _judge_leaks(name: str, cases: Sequence[tuple[str, Case]], said: Sequence[bool]) -> None:
    """One kind of leak over all cases: a mistake is named when it explains every answer."""
    right = [_leaks(*case)[name] for _, case in cases]
    wrong = [i for i, (mine, truth) in enumerate(zip(said, right, strict=True)) if mine != truth]
    if not wrong:
        return
    theories = [_leak_theories(case)[name] for _, case in cases]
    explained = (
        theories[0][k][1:] for k in range(len(theories[0])) if [theory[k][0] for theory in theories] == list(said)
    )
    cause, step = next(explained, ("", ""))
    if not cause and len(set(said)) == 1:
        cause = f"the answer is {said[0]} for every split: something in it does not depend on the windows or steps"
    if not cause and [not truth for truth in right] == list(said):
        cause, step = "yes and no are exchanged", "True means that there is a leak"
    fail(
        f'"{name}" is wrong {cases[wrong[0]][0]}.',
        expected=f"{right[wrong[0]]}",
        actual=f"{said[wrong[0]]} ({len(wrong)} of {len(cases)} splits are judged wrongly)",
        cause=cause
        or (
            "a leak of this kind is not noticed here"
            if right[wrong[0]]
            else "a split without this leak is accused of it"
        ),
        next_step=step or "draw the windows of this split on paper, and mark the moment of the first forecast",
    )


@exercise(
    "7.12",
    title="A leak detector",
    points=4,
    difficulty=3,
    minutes=25,
    hints=(
        "Find one number first: the position of the moment when the earliest forecast is made. It is the last input "
        "of the earliest test window.",
        '"order" and "scaler" compare one position with that moment. Which is the latest position that training used, '
        "and which is the latest one in the statistics?",
        'For "target" you have a function already: exercise 7.7.',
    ),
)
def find_leaks(find_leaks: Subject) -> None:
    length, horizon, cut = random_integer(5, 7), random_integer(3, 4), random_integer(30, 40)
    # the last training window whose target is known at the moment of the first forecast
    test, moment = torch.arange(cut, cut + 12), cut + length - 1
    train = torch.arange(cut - horizon + 1)
    mixed, later = _random_order(len(train) - 1), test[torch.arange(11, -1, -1)]
    order, lonely = _random_order(60), torch.tensor([cut])
    # training after the test: no test target is in a training window, but the future is
    around = torch.cat([torch.arange(cut + 40, cut + 48), torch.arange(8)])
    twin = torch.cat([torch.tensor([cut + 30]), torch.arange(8)])
    reach = "for training windows that reach one step too far"
    cases: list[tuple[str, Case]] = [
        ("for a clean split by time, whose windows overlap", (train, test, length, horizon, moment + 1)),
        ("for a clean split, its windows in any order", (mixed, later, length, horizon, moment - 3)),
        ("for a clean split with few training windows", (train[:8], test, length, horizon, moment + 1)),
        ("for statistics that reach one step too far", (train, test, length, horizon, moment + 2)),
        ("for statistics that reach one step too far", (train, later, length, horizon, moment + 2)),
        ("for statistics of the whole series", (train, test, length, horizon, moment + 50)),
        ("for a random split", (order[12:], order[:12], length, horizon, length)),
        (reach, (torch.arange(cut - horizon + 2), test, length, horizon, moment)),
        (reach, (torch.arange(cut + 1), later, length, horizon, moment)),
        ("for training windows before and after the test", (around, test, length, horizon, 8)),
        ("for two windows that share no target", (lonely, lonely + 1 - horizon, length, horizon, 3)),
        ("for a target that was a training input", (lonely, lonely - length, length, horizon, 3)),
        ("for a window that is in training and test", (lonely, lonely, length, horizon, 3)),
        ("for a leak in a later test window", (twin, torch.tensor([cut + 12, cut, cut + 30]), length, horizon, 3)),
    ]
    said = [_ask_leaks(find_leaks, case) for _, case in cases]
    for name in LEAKS:
        _judge_leaks(name, cases, [words[name] for words in said])


# -- 7.13, 7.14: the bug clinic ------------------------------------------------------------------------------------


def _means(series: Tensor, before: int, after: int) -> Tensor:
    """The mean of the steps from ``before`` earlier to ``after`` later, as far as there are any."""
    steps = len(series)
    rows = [series[max(0, t - before) : min(steps, t + after + 1)] for t in range(steps)]
    return torch.stack([row.double().mean() if len(row) else torch.tensor(0.0).double() for row in rows]).float()


def _check_trailing(function: Subject, steps: int, width: int) -> None:
    series = 3 + random_normal(steps)
    given = give(series, "series")
    try:
        answer = call(function, given, width)
    except Raised as error:
        if error.is_stub or width <= steps:
            raise
        fail(
            f"`trailing_mean` cannot handle a width of {width} for a series of {steps} steps.",
            expected="means of the values that are there",
            actual=f"{error.type}: {error.message[:200]}",
            cause="full windows are cut first, and here there is none",
            next_step="let each window begin at 0 where it would begin before the series",
            where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
        )
    wanted = _means(series, width - 1, 0)
    half = width // 2
    zeros = torch.cat([torch.zeros(width - 1), series])
    padded = zeros.unfold(0, width, 1).mean(1)
    known = wanted.clone()
    known[: width - 1] = torch.nan
    own = wanted.clone()
    own[: width - 1] = series[: width - 1]
    blank = wanted.clone()
    blank[: width - 1] = 0.0
    first = torch.cat([series[:1].expand(width - 1), series]).unfold(0, width, 1).mean(1)
    centered = [_means(series, before, width - 1 - before) for before in {half, (width - 1) // 2}]
    wide = [_means(series, half, half)]
    around = torch.cat([torch.zeros(half), series, torch.zeros(width - 1 - half)]).unfold(0, width, 1).mean(1)
    other = torch.cat([torch.zeros((width - 1) // 2), series, torch.zeros(width - 1 - (width - 1) // 2)])
    centered += [*wide, around, other.unfold(0, width, 1).mean(1)]
    early = [
        _means(torch.cat([series[:1], series[:-1]]), width - 1, 0),
        _means(series, width, -1),
        torch.cat([torch.zeros(1), wanted[:-1]]),
        torch.cat([series[:1], wanted[:-1]]),
    ]
    beginning = "the mean of all values so far, for the first `width - 1` steps"
    wrongs: list[Wrong] = [
        *(
            (
                (wrong,),
                "the window lies around the step: half of its values are later than the step itself",
                "a step may know itself and what came before: let the window end at it",
            )
            for wrong in centered
        ),
        (
            (_means(series, 0, width - 1),),
            "the window begins at the step, so nearly all of its values lie in the future",
            "let the window end at the step",
        ),
        ((padded,), "zeros stand in for the values before the beginning, and pull the first means down", beginning),
        ((blank,), "the first steps get 0, for which there is no window of full width", beginning),
        ((own,), "the first steps get their own value instead of a mean", beginning),
        ((first,), "the first value is repeated to fill up the first windows", beginning),
        *(
            ((wrong,), "the step's own value is left out: the window ends one step early", "the step itself is known")
            for wrong in early
        ),
        ((_means(series, width, 0),), "the window holds one value too many", "`width` values, the step's own included"),
        ((_means(series, width - 2, 0),), "the window holds one value too few", "`width` values, its own included"),
        (
            (_means(series, steps, 0),),
            "the mean is taken over everything so far, without a limit",
            "at most `width` values",
        ),
        ((series.mean().expand(steps),), "this is the mean of the whole series", "each step has a mean of its own"),
        ((wanted * width,), "the sum is not divided", "divide by the number of values"),
        (
            (series.unfold(0, width, 1).mean(1) if width <= steps else series[:0],),
            "the first steps are missing: a mean is returned only where the window is full",
            beginning,
        ),
    ]
    got = expect_tensor(answer, dtype=torch.float32, because="the series is float32")
    if (
        width > 1
        and got.shape == wanted.shape
        and got[: width - 1].isnan().any()
        and close(got[width - 1 :], wanted[width - 1 :], 1e-3, 1e-3)
    ):
        fail(
            f"`{answer.label}` has no numbers at the beginning.",
            expected=beginning,
            actual="NaN",
            cause="there is no mean where the window is not full: pandas fills up with NaN, and a slice from a "
            "negative start, such as `series[-3:1]`, is empty",
            next_step="the first means have fewer values: divide by how many there are",
        )
    expect_tensors(
        [answer],
        (wanted,),
        wrongs,
        headline=f"`{answer.label}` gives other means.",
        expected=f"for each step the mean of its own and the {width - 1} values before it; at the beginning, of those "
        "that are there",
        rtol=1e-3,
        atol=1e-3,
        because="the series is float32",
    )
    expect_unchanged(given, series, "the series")


@exercise(
    "7.13",
    title="Bug clinic: the average that knows tomorrow",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Which steps may the mean at step `t` use, if it is an input of a forecast made at `t`?",
        "A loop over the steps is fine: each mean is that of a slice. Where does the slice end, and where does it "
        "begin near the start of the series?",
    ),
)
def trailing_mean(trailing_mean: Subject) -> None:
    _check_trailing(trailing_mean, random_integer(18, 24), random_integer(2, 3) * 2 + 1)
    _check_trailing(trailing_mean, random_integer(18, 24), random_integer(2, 4) * 2)
    _check_trailing(trailing_mean, random_integer(8, 12), 1)
    _check_trailing(trailing_mean, random_integer(4, 6), 9)


Whole = tuple[Tensor, Tensor, Tensor, Tensor]


def _prepared(series: Tensor, length: int, test_steps: int, correction: int = 1, base: str = "train") -> Whole:
    end = len(series) - test_steps
    past = {"train": series[:end], "all": series, "test": series[end:]}[base]
    if len(past) < 2:  # a single step has no spread
        past = series
    scaled = (series - past.mean()) / past.std(correction=correction)
    return *_cut(scaled[:end], length), *_cut(scaled[end - length :], length)


def _check_prepared(function: Subject, series: Tensor, length: int, test_steps: int) -> None:
    given = give(series, "series")
    answer = call(function, given, length, test_steps)
    names = ("train_inputs", "train_targets", "test_inputs", "test_targets")
    parts = expect_parts(answer, names)
    rights = [_prepared(series, length, test_steps, correction) for correction in (1, 0)]
    got = [expect_tensor(part, dtype=torch.float32, because="layers hold float32") for part in parts]
    wrongs: list[Wrong] = []
    end = len(series) - test_steps
    for correction in (1, 0):
        right = rights[1 - correction]
        leaky = _prepared(series, length, test_steps, correction, "all")
        alone = _prepared(series, length, test_steps, correction, "test")
        raw_train, raw_test = _cut(series[:end], length), _cut(series[end - length :], length)
        a, b, c, d = right
        wrongs += [
            (
                leaky,
                "mean and spread are those of the whole series, so the training data know the level of the test period",
                "compute both from the training steps alone",
            ),
            (
                (a, b, *alone[2:]),
                "the test windows are scaled with statistics of the test period, which is not known in advance",
                "use the mean and spread of the training steps for both",
            ),
            ((a, b[:], c, raw_test[1]), "the test targets are not scaled", "scale the series before cutting it"),
            ((a, raw_train[1], c, raw_test[1]), "the targets are not scaled", "scale the series before cutting it"),
            ((*raw_train, *raw_test), "nothing is scaled", "subtract the mean of the training steps, then divide"),
        ]
        for whole, extra, hint in (
            (right, "", ""),
            (leaky, "; besides, mean and spread are those of the whole series", ""),
        ):
            a, b, c, d = whole
            wrongs += [
                (
                    (a, a[:, -1], c, c[:, -1]),
                    "each target is the last value of its own window, so there is nothing to predict" + extra,
                    "the target is the value that follows the window" + hint,
                ),
                (
                    (a[:-1], b[1:], c[:-1], d[1:]),
                    "the targets are one step too late" + extra,
                    "the target is the value that follows the window at once",
                ),
                ((a, c, b, d), "the four parts are returned in another order", "train first: inputs, then targets"),
                ((c, d, a, b), "the test part is returned first", "train first, then test"),
                (
                    (torch.cat([a, c[:1]]), torch.cat([b, d[:1]]), c[1:], d[1:]),
                    "the first test step is a target of the training" + extra,
                    "the training windows and their targets end with the training steps",
                ),
                (
                    (a[:-1], b[:-1], c, d),
                    "the last training window is missing" + extra,
                    "its target is the last training step",
                ),
                (
                    (a, b, c[:-1], d[:-1]),
                    "the last test window is missing" + extra,
                    "its target is the last step of the series",
                ),
                (
                    (a, b, torch.cat([a[-1:], c[:-1]]), torch.cat([b[-1:], d[:-1]])),
                    "the test windows begin and end one step too early" + extra,
                    "the first test target is the first test step",
                ),
            ]
            if test_steps > length:
                wrongs.append(
                    (
                        (a, b, c[length:], d[length:]),
                        "the test windows are cut from the test steps alone, so its first steps are never "
                        "forecast" + extra,
                        "a test window may reach back into the training steps: they are the known past",
                    )
                )
            wrongs.append(
                (
                    (torch.cat([a, c]), torch.cat([b, d]), c, d),
                    "the test windows are among the training windows" + extra,
                    "cut the training windows from the training steps",
                )
            )
    for right in rights:
        if all(close(mine, part, 1e-3, 1e-4) for mine, part in zip(got, right, strict=True)):
            expect_unchanged(given, series, "the series")
            return
    if len(got[0]) + len(got[2]) == len(series) - length + 1:
        fail(
            f"`{answer.label}` gives one window too many.",
            expected=f"{end - length} training windows and {test_steps} test windows",
            actual=f"{len(got[0])} and {len(got[2])}",
            cause="the window that ends with the last step of the series is used too, though no value follows it: the "
            "targets are values of the windows themselves, or do not pair up with them",
            next_step="which position has the target of the first window? Write it down for a series of whole numbers",
        )
    for right in (*rights, *(_prepared(series, length, test_steps, k, "all") for k in (1, 0))):
        levels = torch.cat([right[1], right[3]])
        mine = torch.cat([got[1].flatten(), got[3].flatten()])
        known = any(all(close(x, y, 1e-3, 1e-4) for x, y in zip(got, tensors, strict=True)) for tensors, _, _ in wrongs)
        if not known and len(mine) == len(levels) and close(mine.sort().values, levels.sort().values, 1e-3, 1e-4):
            apart = len(got[3]) == len(right[3]) and close(got[3].sort().values, right[3].sort().values, 1e-3, 1e-4)
            fail(
                f"`{answer.label}` does not split by time.",
                expected="training windows, then test windows, each in the order of time",
                actual="the right windows in another order" if apart else "other windows in training and test",
                cause="the windows are shuffled" + ("" if apart else " before they are split"),
                next_step="cut by time and keep the order: the loader shuffles the training windows later",
            )
    expect_tensors(
        parts,
        rights[0],
        wrongs,
        headline=f"`{answer.label}` gives other windows.",
        expected="windows and targets of the training steps, then those whose targets are the test steps, all scaled "
        "with the statistics of the training steps",
        rtol=1e-3,
        atol=1e-4,
        because="layers hold float32",
    )


@exercise(
    "7.14",
    title="Bug clinic: a pipeline with three leaks",
    points=3,
    difficulty=3,
    minutes=20,
    hints=(
        "Go through the code line by line and ask: does this line use a step that is not known yet?",
        "Split first, then take mean and spread from the training steps, then scale everything, then cut windows.",
        "Every test step is the target of one test window. Where does the window of the first test step begin?",
    ),
)
def prepared_windows(prepared_windows: Subject) -> None:
    for steps, length, test_steps in (
        (random_integer(40, 50), random_integer(4, 6), random_integer(12, 15)),
        (random_integer(30, 40), 7, 4),
        (random_integer(20, 30), 1, 1),
    ):
        # the level of the test steps differs clearly from that of the training steps
        series = random_integer(2, 4) * random_normal(steps) + torch.linspace(0, random_integer(20, 30), steps)
        _check_prepared(prepared_windows, series, length, test_steps)


EXERCISES = (
    time_axis,
    split_by_time,
    count_windows,
    loop_windows,
    view_windows,
    multi_step_windows,
    leaked_share,
    series_scaler,
    window_loaders,
    naive_forecast,
    skill_per_step,
    find_leaks,
    trailing_mean,
    prepared_windows,
)
