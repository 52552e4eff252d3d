"""Chapter 1: PyTorch and object-oriented programming.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import torch
from torch import nn
from torch.utils.data import default_collate

from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_batch_independent,
    expect_gradients,
    expect_in_memory,
    expect_instance,
    expect_length,
    expect_model,
    expect_number,
    expect_parameters,
    expect_parts,
    expect_raises,
    expect_same_behavior,
    expect_same_in_training,
    expect_subclass,
    expect_tensor,
    expect_type,
    expect_unchanged,
    expect_values,
    fail,
    number_of,
    random_integer,
    random_normal,
)
from grader.shapes import show_shape
from grader.touch import (
    Raised,
    Subject,
    attribute,
    call,
    construct,
    error_of,
    give,
    items,
    iterate,
    length,
    make,
    method,
    parameters,
    read,
    set_attribute,
    set_seed,
    text_file,
    training_mode,
)
from grader.verdict import Finding, NotAttempted

WATER_COLUMNS = (
    "ph",
    "Hardness",
    "Solids",
    "Chloramines",
    "Sulfate",
    "Conductivity",
    "Organic_carbon",
    "Trihalomethanes",
    "Turbidity",
    "Potability",
)


# -- 1.1, 1.2: classes ---------------------------------------------------------------------------------------------


def _balance(account: Subject, wanted: float, when: str, mistakes: tuple[Mistake, ...] = ()) -> None:
    seen = attribute(account, "balance")
    if seen.kind == "function":
        fail(
            f"`{seen.label}` is a method.",
            expected="the amount itself, as an attribute",
            actual="a method",
            cause="`balance` is defined with `def`",
            next_step="store the amount on `self` in the constructor",
        )
    expect_number(seen, wanted, what="the balance", when=when, mistakes=mistakes)


def _whole(wanted: float, *others: float) -> list[Mistake]:
    """An amount with a fraction was cut or rounded to a whole number."""
    return [
        Mistake(result, "the amounts are cut or rounded to whole numbers", "compute with the numbers as they come")
        for result in (int(wanted), round(wanted), *others)
    ]


@exercise(
    "1.1",
    title="An account class",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "The constructor runs once per object. What must each account remember for itself?",
        "Anything stored on `self` belongs to one object; anything assigned directly under `class` is shared by all.",
        "Test for what is not allowed first, and `raise ValueError(...)` before the balance is touched.",
    ),
)
def account(Account: Subject) -> None:
    start, paid, taken = random_integer(50, 500) + 0.5, random_integer(1, 99) + 0.25, random_integer(1, 49) + 0.75
    first = construct(Account, "Ada", start)
    first.label = "account"
    second = construct(Account, "Bo")
    second.label = "other_account"
    owner = attribute(first, "owner")
    expect_type(owner, "str", "the name that was passed in")
    if owner.value != "Ada":
        fail(
            "`owner` is not the name that was passed in.",
            expected='"Ada"',
            actual=repr(owner.value),
            cause="all objects share one value: the name is stored on the class, where the second account replaced it"
            if owner.value == "Bo"
            else "the constructor's argument is not what is stored",
            next_step="store the argument on `self`",
        )
    _balance(
        first,
        start,
        f'after `Account("Ada", {start})`',
        (
            Mistake(
                0,
                "the starting balance is not stored, or a second account on the same class has replaced it",
                "store the argument on `self`",
            ),
            *_whole(start),
        ),
    )
    _balance(second, 0, 'after `Account("Bo")`')
    method(first, "deposit", paid)
    _balance(
        first,
        start + paid,
        f"after depositing {paid} on {start}",
        (
            Mistake(start, "the sum is computed but not stored", "assign it back to the attribute on `self`"),
            Mistake(paid, "the amount replaces the balance", "add to what is there"),
            *_whole(start + paid, start + int(paid), start + round(paid)),
        ),
    )
    _balance(
        second,
        0,
        "of another account, which nobody touched",
        (Mistake(paid, "both objects share one balance", "set the balance on `self` in the constructor"),),
    )
    method(first, "withdraw", taken)
    _balance(
        first,
        start + paid - taken,
        f"after withdrawing {taken} from {start + paid}",
        (
            Mistake(start + paid + taken, "the amount is added", "withdrawing makes the balance smaller"),
            Mistake(start + paid, "the difference is computed but not stored", "assign it back"),
            *_whole(start + paid - taken, start + paid - int(taken), start + paid - round(taken)),
        ),
    )
    left = start + paid - taken
    expect_raises(
        lambda: method(first, "withdraw", left + 1), "ValueError", when="when more was withdrawn than there is"
    )
    _balance(
        first,
        left,
        f"after a withdrawal of {left + 1} from {left}, which was refused",
        (Mistake(-1, "the balance is changed before the test", "test first, subtract afterwards"),),
    )
    for name in ("deposit", "withdraw"):
        for amount in (-5, 0):
            expect_raises(
                partial(method, first, name, amount),
                "ValueError",
                when=f"by `{name}({amount})`",
                cause="the sign of the amount is not tested, or only reported with `print`"
                if amount < 0
                else "0 is not positive either, but this case gets through",
                next_step="which amounts are allowed? Test for the others before the balance is touched",
            )
    _balance(first, left, "after refused deposits and withdrawals")
    refused = error_of(lambda: method(first, "withdraw", left))
    if refused is not None:
        fail(
            f"`withdraw({left})` is refused when the balance is {left}.",
            expected="a balance of 0, and no error",
            actual=f"{refused.type}: {refused.message[:200]}",
            cause="withdrawing exactly what is left is treated as too much",
            next_step="compare the amount with the balance once more: which of the two may be equal?",
            where=f"line {refused.line}: `{refused.code}`" if refused.line and refused.code else "",
        )
    _balance(first, 0, "after withdrawing all that is left")
    namesake = construct(Account, "Ada", start)
    namesake.label = "account_of_another_Ada"
    _balance(namesake, start, f'after `Account("Ada", {start})`')
    _balance(
        first,
        0,
        "after a second account with the same owner was opened",
        (
            Mistake(
                start,
                "all accounts of one owner share one balance: it is kept in one place outside of the objects, under "
                "the owner's name",
                "store the balance on `self`",
            ),
        ),
    )


@exercise(
    "1.2",
    title="A savings account that inherits",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "Which lines of `Account` do you get for free when you inherit?",
        "Let the parent store what the parent knows about; store only what is new yourself.",
        "`super().__init__(...)` takes the parent's arguments, in the parent's order.",
    ),
)
def savings_account(SavingsAccount: Subject, Account: Subject) -> None:
    expect_type(SavingsAccount, "class", "a class")
    expect_subclass(SavingsAccount, Account, "`Account`", because="deposits and withdrawals are written there already")
    start, rate = random_integer(200, 900) + 0.37, (3, 4, 6, 7, 8, 9)[random_integer(0, 5)] / 100
    savings = construct(SavingsAccount, "Ada", start, rate)
    savings.label = "savings"
    owner = attribute(savings, "owner")
    if owner.value != "Ada":
        fail(
            "`owner` is not the name that was passed in.",
            expected='"Ada"',
            actual=repr(owner.value) if owner.kind == "str" else owner.kind_name,
            cause="the parent constructor gets its arguments in another order, or not this one",
            next_step="compare the call of `super().__init__` with the parent's `def __init__` line",
        )
    _balance(
        savings,
        start,
        f'after `SavingsAccount("Ada", {start}, {rate})`',
        (
            Mistake(0, "the balance is not passed on to the parent constructor", "it takes two arguments"),
            Mistake(rate, "the parent constructor gets the rate for the balance", "compare the order of arguments"),
        ),
    )
    expect_number(attribute(savings, "rate"), rate, what="the rate that was passed in")
    method(savings, "add_interest")
    _balance(
        savings,
        start * (1 + rate),
        f"after interest of {rate} on {start}",
        (
            Mistake(start * rate, "the interest replaces the balance", "add it to what is there"),
            Mistake(start, "the interest is computed but not stored", "change the balance on `self`"),
            Mistake(start * (1 + rate / 100), "the rate is taken as percent", "0.05 already means 5 percent"),
            Mistake(start * 1.02, "the default rate is written into the method", "use the rate of this object"),
            *(
                Mistake(
                    start * (1 + percent / 100),
                    f"a rate of {percent} percent is written into the method",
                    "use the rate of this object",
                )
                for percent in (1, 5, 10)
            ),
            Mistake(
                round(start * (1 + rate), 2),
                "the balance is rounded to cents, which nobody asked for",
                "add the interest as it is",
            ),
            Mistake(round(start * (1 + rate)), "the balance is rounded", "add the interest as it is"),
            Mistake(start + rate, "the rate itself is added", "the interest is the balance times the rate"),
        ),
    )
    before = start * (1 + rate)
    method(savings, "deposit", 100)
    _balance(savings, before + 100, "after depositing 100")
    method(savings, "add_interest")
    _balance(
        savings,
        (before + 100) * (1 + rate),
        "after a deposit of 100 and interest for a second year",
        (
            Mistake(
                before + 100 + start * rate,
                "the interest is that of the first year: it was computed once, from the balance of the beginning",
                "compute it from the balance at the time when `add_interest` is called",
            ),
            Mistake(
                before + 100 + before * rate, "the interest leaves out the deposit", "compute it from today's balance"
            ),
            Mistake(before + 100, "interest is added only once", "each call of `add_interest` adds one year's"),
        ),
    )
    before = (before + 100) * (1 + rate)
    expect_raises(
        lambda: method(savings, "withdraw", before + 1000),
        "ValueError",
        when="when more was withdrawn than there is",
        next_step="leave `withdraw` to the parent, or repeat its test",
    )
    default = construct(SavingsAccount, "Bo")
    _balance(default, 0, 'after `SavingsAccount("Bo")`')
    expect_number(
        attribute(default, "rate"),
        0.02,
        what="the default rate of the exercise",
        mistakes=(
            Mistake(rate, "all objects share one rate", "store the rate on `self`"),
            Mistake(2, "the default is given as percent", "0.02 already means 2 percent"),
        ),
    )
    default.label = "empty_account"
    refused = error_of(lambda: method(default, "add_interest"))
    if refused is not None:
        fail(
            "`add_interest()` on an empty account raised an error.",
            expected="a balance of 0, and no error",
            actual=f"{refused.type}: {refused.message[:200]}",
            cause="the interest is 0 here, and goes through `deposit`, which refuses 0"
            if refused.is_a("ValueError")
            else "a balance of 0 is a case of its own for this code",
            next_step="change the balance without `deposit`, or only when there is interest",
            where=f"line {refused.line}: `{refused.code}`" if refused.line and refused.code else "",
        )
    _balance(default, 0, "after interest on an empty account")


# -- 1.3, 1.4: datasets --------------------------------------------------------------------------------------------


#: the first row with a missing value in every table of :func:`_water_table`
FIRST_HOLE = 1


def _water_table(rows: int, incomplete: int) -> tuple[str, torch.Tensor, torch.Tensor]:
    """A CSV text in the schema of the water data; its complete rows as float32 (rows, 10), and all rows."""
    scale = torch.tensor([1.0, 30, 8000, 1.5, 40, 80, 3, 15, 0.8])
    middle = torch.tensor([7.0, 196, 22000, 7, 333, 426, 14, 66, 4])
    features = (middle + 0.5 * scale * random_normal(rows, 9)).round(decimals=3)
    labels = (random_normal(rows, 1) > 0).float()
    # around the first hole: labels that are not shifted with their rows then show
    labels[:3] = torch.tensor([[1.0], [0.0], [1.0]])
    table = torch.cat([features, labels], dim=1)
    holes = {(index * 3 + FIRST_HOLE) % rows: (0, 4, 7)[index % 3] for index in range(incomplete)}
    lines = [",".join(WATER_COLUMNS)]
    for row in range(rows):
        cells = [f"{value:.3f}" for value in table[row, :9].tolist()] + [str(int(table[row, 9]))]
        if row in holes:
            cells[holes[row]] = ""
        lines.append(",".join(cells))
    complete = [row for row in range(rows) if row not in holes]
    return "\n".join(lines) + "\n", table[complete], table


def _why_too_long(dataset: Subject, columns: int, complete: torch.Tensor) -> Mistake | None:
    """Why a dataset still has a row for every line of the file."""
    try:
        sample = items(dataset, [FIRST_HOLE])[0]
    except Raised:
        return None
    features = sample.children[0] if sample.kind in {"tuple", "list"} and sample.children else sample
    if features.kind not in {"tensor", "array"} or features.tensor is None:
        return None
    if len(features.tensor.shape) == 1 and len(features.tensor) < columns:
        return Mistake(
            None, "the columns with missing values were dropped instead of the rows", "drop along the other axis"
        )
    if close(features.tensor, complete[FIRST_HOLE, : len(features.tensor)]):
        return Mistake(
            None,
            "the rows are dropped, but the length is still counted from the table before that",
            "count the rows of the table that `__getitem__` reads from",
        )
    if features.tensor.is_floating_point() and not bool(torch.isnan(features.tensor).any()):
        return Mistake(
            None,
            "rows with missing values are still there, with the holes filled up by other numbers",
            "drop these rows instead",
        )
    return Mistake(
        None,
        "rows with missing values are still there: either nothing was dropped, or the result was not kept (pandas "
        "returns a new table, and leaves the old one as it was)",
        "drop them after reading the file, and look at the number of rows before and after",
    )


def _expect_sample(
    part: list[Subject],
    row: torch.Tensor,
    table: torch.Tensor,
    kept: torch.Tensor | None = None,
    source: str = "file",
    unshifted: torch.Tensor | None = None,
) -> None:
    """Features and label of one sample, from type to values.

    Args:
        part: what came for features and label.
        row: the right numbers, the label last.
        table: all rows that a mistake may have picked.
        kept: the rows from which means and spreads may have been computed.
        source: where the numbers come from, for messages.
        unshifted: the label at this place of the table before rows were dropped.
    """
    features, label = part
    if features.meta.get("shape") == (len(row),):
        fail(
            "The features contain the label.",
            expected=f"{len(row) - 1} features, without the last column",
            actual=f"{len(row)} numbers",
            cause="the whole row is returned: a network that sees the answer has nothing to learn",
            next_step="leave out the last column",
        )
    if label.meta.get("shape") == (len(row) - 1,) and features.meta.get("shape", ()) == ():
        fail(
            "Features and label are in the wrong order.",
            expected="(features, label)",
            actual="a single number first, then a row of numbers",
            cause="the two parts of the sample are turned around",
            next_step="features first, label second",
        )
    width = features.meta.get("shape", ())
    if len(width) == 1 and 0 < width[0] < len(row) - 1:
        fail(
            "The features have too few columns.",
            expected=f"{len(row) - 1} features: all columns of the {source} but the last",
            actual=f"{width[0]} features",
            cause="two columns are cut off, but only the last one is the label"
            if width[0] == len(row) - 2 and width[0] != 3
            else f"the number of columns, {width[0]}, is written into the code, or columns are cut off that belong to "
            "the features",
            next_step="take everything but the last column, however many columns there are",
        )
    if label.meta.get("shape") == (1,) and label.meta.get("dtype") == "float32":
        fail(
            f"`{label.label}` has the wrong shape.",
            expected="shape (): one float32 number without any axis, so that a batch of labels has shape (batch,)",
            actual="shape (1,): a list of one number",
            cause="there is an axis of length 1 too many: a slice such as `-1:` keeps the axis, even if only one "
            "number is left on it, while an index such as `-1` takes the number itself",
            next_step="index the label instead of slicing it",
        )
    got = expect_tensor(
        features,
        shape=str(len(row) - 1),
        dtype=torch.float32,
        arrays=True,
        because="the layers of PyTorch compute in float32",
    )
    wanted = row[:-1]
    near = [
        Mistake(other[:-1], "the row belongs to another sample", "check the index, and which rows were dropped")
        for other in table
    ]
    mistakes = [
        Mistake(
            row[1:],
            "the columns are shifted: the label is among the features",
            "leave out the last column, not the first",
        ),
        Mistake(
            wanted.half().float(),
            "the numbers went through float16 on the way, which keeps about three digits",
            "convert straight to float32",
        ),
        *near,
    ]
    if kept is not None:
        numbers = kept[:, :-1]
        lowest, highest = numbers.min(dim=0).values, numbers.max(dim=0).values
        scaled = [(wanted - numbers.mean(dim=0)) / numbers.std(dim=0, correction=c) for c in (0, 1)]
        scaled.append((wanted - lowest) / (highest - lowest))
        mistakes += [
            Mistake(result, "the features were standardized or scaled", f"leave the numbers of the {source} unchanged")
            for result in scaled
        ]
    expect_values(
        got, wanted, features.label, because=f"the numbers of that row of the {source}, unchanged", mistakes=mistakes
    )
    number = expect_tensor(
        label,
        shape="",
        dtype=torch.float32,
        arrays=True,
        because="the loss wants float32"
        if label.meta.get("dtype", "float64") != "float64"
        else "the loss wants float32, and a DataLoader makes float64 of a plain Python or float64 number",
    )
    if not close(number, row[-1]):
        shifted = unshifted is not None and close(number, unshifted)
        fail(
            f"`{label.label}` is the label of another row.",
            expected="the label of the same row as the features",
            actual=f"{number.item():g} where {row[-1].item():g} belongs",
            cause="rows were dropped from the features, but not from the labels, so that the two are shifted against "
            "each other"
            if shifted
            else "features and label are picked from different rows or tables, or the label was changed on the way",
            next_step="drop incomplete rows from the whole table before features and label part"
            if unshifted is not None
            else "take both from one row",
        )


@exercise(
    "1.3",
    title="A dataset of water samples",
    points=4,
    difficulty=2,
    minutes=15,
    hints=(
        "Do the slow work once: read, drop and convert in the constructor; `__getitem__` only picks a row.",
        "pandas can drop rows with missing values, and hand out its numbers as an array of a dtype of your choice.",
        "Make one float32 tensor of the whole table. What are `table[index, :-1]` and `table[index, -1]`?",
    ),
)
def water_dataset(WaterDataset: Subject) -> None:
    text, complete, everything = _water_table(random_integer(15, 19), 3)
    expect_type(WaterDataset, "class", "a class")
    expect_subclass(
        WaterDataset,
        "torch.utils.data.Dataset",
        "`torch.utils.data.Dataset`",
        because="it tells readers what it is for",
    )
    dataset = construct(WaterDataset, text_file("samples.csv", text))
    size = length(dataset)
    longer = _why_too_long(dataset, 9, complete) if size == len(everything) else None
    expect_length(
        dataset,
        len(complete),
        because=f"{len(everything) - len(complete)} of the {len(everything)} rows of this file have missing values",
        mistakes=(
            Mistake(
                len(everything),
                longer.cause if longer else "rows with missing values are still there",
                longer.next_step if longer else "drop them after reading the file",
            ),
            Mistake(
                size if size > len(everything) else None,
                "another file is read than the one passed in: there are more rows here than in the whole file",
                "read the file at `csv_path`, the argument of the constructor",
            ),
            *(
                Mistake(
                    some,
                    "some incomplete rows are still there: only those with a hole in certain columns, such as `ph`, "
                    "were dropped",
                    "a row must go whichever of its columns is empty",
                )
                for some in range(len(complete) + 1, len(everything))
            ),
            Mistake(10, "the columns are counted", "the number of rows is the first entry of the shape"),
            Mistake(9, "the columns are counted", "the number of rows is the first entry of the shape"),
            Mistake(len(complete) - 1, "one row is lost, for example the first one taken for the header", ""),
        ),
    )
    for index, sample in zip(range(len(complete)), items(dataset, list(range(len(complete)))), strict=True):
        _expect_sample(
            expect_parts(sample, ("features", "label")),
            complete[index],
            everything,
            complete,
            unshifted=everything[index, -1],
        )
    loader = make("torch.utils.data.DataLoader", dataset, batch_size=4, label="DataLoader(dataset, batch_size=4)")
    batch = expect_parts(iterate(loader, 1)[0][0], ("features", "labels"))
    expect_tensor(batch[0], shape="batch 9", sizes={"batch": 4}, dtype=torch.float32)
    expect_tensor(batch[1], shape="batch", sizes={"batch": 4}, dtype=torch.float32)
    # a second file: nothing may be fixed in the code or shared between objects
    text, other, _ = _water_table(random_integer(21, 25), 2)
    second = construct(WaterDataset, text_file("other.csv", text))
    expect_length(
        second,
        len(other),
        because="a second dataset was made from another file",
        mistakes=(
            Mistake(
                len(complete),
                "both objects hold the first file",
                "read the file that is passed in, and store it on `self`",
            ),
        ),
    )
    _expect_sample(expect_parts(items(second, [0])[0], ("features", "label")), other[0], other)
    expect_length(
        dataset,
        len(complete),
        because="the first dataset must not change when a second one is made",
        mistakes=(
            Mistake(len(other), "the table is stored on the class, where all objects share it", "store it on `self`"),
        ),
    )


#: what a dataset might return as a label; the keys that the exercise gives
RETURNED: dict[str, Any] = {
    "1": 1,
    "1.0": 1.0,
    "True": True,
    "np.float32(1)": torch.ones(()).numpy()[()],
    "np.float64(1)": torch.ones((), dtype=torch.float64).numpy()[()],
    "torch.tensor(1)": torch.tensor(1),
    "torch.tensor(1.0)": torch.tensor(1.0),
}


@exercise(
    "1.4",
    title="Predict what the loader makes of a label",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "The loader stacks the labels of a batch with `default_collate`. It keeps a precision that a value has.",
        "NumPy scalars and tensors have a dtype of their own. Which precision does Python's own float have?",
        "Try one: `torch.utils.data.default_collate([1.0, 1.0]).dtype`.",
    ),
)
def loader_dtypes(loader_dtypes: Subject) -> None:
    answer = call(loader_dtypes)
    expect_type(
        answer,
        "dict",
        "a dict from expression to dtype",
        cause="only the predictions are returned, without saying for which value" if answer.kind == "list" else "",
    )
    given = {key.value: value for key, value in answer.pairs if key.kind == "str"}
    open_marks = [key for key, value in given.items() if value.kind == "str" and set(value.value.strip()) <= {"?"}]
    missing = [
        key for key in RETURNED if key not in given or given[key].kind in {"none", "ellipsis"} or key in open_marks
    ]
    if len(open_marks) == len(RETURNED):
        raise NotAttempted(
            Finding(
                f"`{answer.label}` makes no prediction yet.",
                expected="one dtype for each of the seven values",
                actual='seven times "?"',
                next_step="replace each question mark by a prediction",
            )
        )
    if missing:
        fail(
            f"`{answer.label}` has no prediction for {len(missing)} of the {len(RETURNED)} values.",
            expected="one dtype for each of " + ", ".join(f"`{key}`" for key in RETURNED),
            actual="nothing for " + ", ".join(f"`{key}`" for key in missing),
            cause="a question mark is still there, and stands for a prediction that was not made"
            if open_marks
            else "the keys are values instead of strings, and 1, 1.0 and True are one and the same key"
            if answer.pairs and not given
            else "an entry was left out, or its key is spelled differently",
            next_step="replace each question mark by a prediction"
            if open_marks
            else "keep the keys exactly as they are given",
        )
    wrong = []
    for key, value in RETURNED.items():
        truth = str(default_collate([value, value]).dtype).removeprefix("torch.")
        text = str(given[key].value).strip().lower() if given[key].kind in {"str", "dtype"} else ""
        said = text.removeprefix("torch.").removeprefix("np.").removeprefix("numpy.")
        said = {"float": "float32", "double": "float64", "long": "int64", "int": "int32"}.get(said, said)
        if said != truth:
            wrong.append((key, given[key]))
    if wrong:
        key, said_subject = wrong[0]
        said = str(said_subject.value) if said_subject.kind in {"str", "dtype"} else said_subject.kind_name
        causes = {
            "1": "a plain int has no dtype of its own, and torch has a default for whole numbers",
            "1.0": "a plain Python float has double precision, and the loader keeps it",
            "True": "True is not turned into a number",
            "np.float32(1)": "a NumPy scalar carries its own dtype, and the loader keeps it",
            "np.float64(1)": "a NumPy scalar carries its own dtype, and the loader keeps it",
            "torch.tensor(1)": "the dtype of a tensor is fixed when it is made, from what it is made of",
            "torch.tensor(1.0)": "`torch.tensor` gives Python floats torch's default dtype, not Python's precision",
        }
        fail(
            f"{len(wrong)} of {len(RETURNED)} predictions {'is' if len(wrong) == 1 else 'are'} wrong, "
            f"the first for `{key}`.",
            expected=f"the dtype of a batch whose samples return `{key}`, as a name like `int32`",
            actual=said,
            cause=causes[key],
            next_step="run `default_collate` on two such values and look",
        )


# -- 1.5 to 1.7: loaders -------------------------------------------------------------------------------------------


def _plan(samples: int, batch_size: int, drop_last: bool) -> tuple[int, int]:
    """Number of batches, and size of the last one (0 when there is none)."""
    full, rest = divmod(samples, batch_size)
    if drop_last or rest == 0:
        return full, batch_size if full else 0
    return full + 1, rest


@exercise(
    "1.5",
    title="How many batches, and how long is the last one?",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "Take 10 samples in batches of 4 on paper: with and without the short last batch.",
        "`divmod(samples, batch_size)` gives full batches and what is left over.",
        "Three cases: nothing is left over; something is left and kept; something is left and dropped.",
    ),
)
def batch_plan(batch_plan: Subject) -> None:
    size = random_integer(3, 9)
    full = random_integer(2, 7)
    if full == size - 1:
        full += 1  # otherwise a wrong plan can look like the right one in the other order
    cases = [
        (size * full + size - 1, size, False),
        (size * full + random_integer(1, size - 1), size, True),
        (size * full + 1, size, False),
        (size * full, size, False),
        (size * full, size, True),
        (size - 1, size, False),
        (size - 1, size, True),
        (size * full + 1, 1, False),
        (0, size, False),
    ]
    for samples, batch_size, drop_last in cases:
        answer = call(batch_plan, samples, batch_size, drop_last)
        batches, last = expect_parts(answer, ("number of batches", "size of the last batch"))
        wanted_batches, wanted_last = _plan(samples, batch_size, drop_last)
        floor, ceiling = samples // batch_size, math.ceil(samples / batch_size)
        if (number_of(batches), number_of(last)) == (wanted_last, wanted_batches) and wanted_last != wanted_batches:
            fail(
                f"`{answer.label}` has its two numbers in the other order.",
                expected="(number of batches, size of the last batch)",
                actual="(size of the last batch, number of batches)",
                cause="the two numbers are returned in the other order",
                next_step="compare with the exercise: which comes first?",
            )
        if (number_of(batches), number_of(last)) != (wanted_batches, wanted_last):
            more = call(batch_plan, 3 * samples + 1, batch_size, drop_last)
            again = [number_of(part) for part in more.children]
            if samples and again == [number_of(batches), number_of(last)]:
                fail(
                    f"`{answer.label}` is wrong.",
                    expected=f"{wanted_batches} batches, the last with {wanted_last} samples",
                    actual=f"{again[0]} and {again[1]}, which it also gives for {3 * samples + 1} samples",
                    cause="the number of samples that is passed in is not used: another one is written in the code, or "
                    "taken from a dataset of the notebook",
                    next_step="compute with the argument `samples`",
                )
        case = f"{samples} samples in batches of {batch_size}{', dropping a short last one' * drop_last}"
        expect_number(
            batches,
            wanted_batches,
            what=f"the number of batches, for {case}",
            mistakes=(
                Mistake(
                    floor if samples > 1 and samples % batch_size == 1 and not drop_last else None,
                    "the quotient is rounded to the nearest whole number, which here loses the short batch",
                    "should a short batch count or not? Round accordingly",
                ),
                Mistake(
                    ceiling if drop_last else floor,
                    "`drop_last` is ignored or turned around: only when it is True does the short batch fall away",
                    "",
                ),
                Mistake(floor + 1, "a batch too many when nothing is left over", "which case is this?"),
                Mistake(samples / batch_size, "the quotient is not rounded", "there are no broken batches"),
            ),
        )
        expect_number(
            last,
            wanted_last,
            what=f"the size of the last of {wanted_batches} batches, for {case}",
            mistakes=(
                Mistake(
                    batch_size if wanted_batches == 0 else None,
                    "there is no batch at all here, so no last one either",
                    "treat this case on its own",
                ),
                Mistake(
                    samples % batch_size,
                    "the remainder is 0 when the batches come out even, and the last batch is then a full one"
                    if samples % batch_size == 0
                    else "the left-over samples are dropped here, so the last batch is one before them",
                    "treat this case on its own",
                ),
                Mistake(batch_size, "the last batch is taken to be full, or to exist, where it is not", ""),
            ),
        )


def _numbered(rows: int, columns: int = 3) -> tuple[Subject, torch.Tensor, torch.Tensor]:
    """A TensorDataset whose first column numbers the samples; labels are twice that number plus one."""
    features = random_normal(rows, columns)
    features[:, 0] = torch.arange(rows, dtype=torch.float32)
    labels = 2 * features[:, 0] + 1
    return make("torch.utils.data.TensorDataset", features, labels, label="dataset"), features, labels


def _check_loader(make_loader: Subject, batch_size: int) -> None:
    """The loader of two epochs: its type, samples, batch size and order."""
    rows = batch_size * 4 + 2
    dataset, features, labels = _numbered(rows)
    loader = call(make_loader, dataset, batch_size, keep=True)
    expect_instance(
        loader,
        "torch.utils.data.DataLoader",
        "a DataLoader",
        cause="a list of the batches is returned: their order stays the same in every epoch"
        if loader.kind == "list" and all(part.kind in {"list", "tuple"} for part in loader.children)
        else "one batch is returned instead of the loader"
        if loader.kind in {"tuple", "list"}
        else "an iterator is returned instead of the loader: it ends after one epoch"
        if "Iter" in loader.type_name or loader.kind == "generator"
        else "the dataset itself is returned, and the loader is lost"
        if loader.kind == "dataset"
        else "",
        next_step="return the loader itself",
    )
    orders = []
    for _ in range(2):
        batches, ended = iterate(loader, rows + 1)
        seen: list[int] = []
        counts: list[int] = []
        together = True  # every batch holds neighbors, in their order
        if not ended:
            fail(
                "A loop over the loader does not end after one epoch.",
                expected="every sample once, then the end",
                actual=f"more than {rows} batches from {rows} samples",
                next_step="return a plain DataLoader",
            )
        for batch in batches:
            if batch.kind in {"tuple", "list"} and len(batch.children) != 2:
                fail(
                    "The loader does not deliver the samples of the dataset that was passed in.",
                    expected="batches of features and labels, as `dataset` gives them",
                    actual=f"batches with {len(batch.children)} part{'s' * (len(batch.children) != 1)}",
                    cause="the loader is built on a dataset of the notebook instead of the argument",
                    next_step="use the function's own argument",
                )
            x, y = (expect_tensor(part) for part in expect_parts(batch, ("features", "labels")))
            if x.ndim != 2 or x.shape[1] != features.shape[1]:
                expect_tensor(batch.children[0], shape=f"batch {features.shape[1]}")
            numbers = x[:, 0].round().long()
            if not bool(((numbers >= 0) & (numbers < rows)).all()) or not torch.equal(x, features[numbers]):
                fail(
                    "The loader does not deliver the samples of the dataset that was passed in.",
                    expected="the samples of `dataset`",
                    actual="other numbers",
                    cause="the loader is built on a dataset of the notebook instead of the argument",
                    next_step="use the function's own argument",
                )
            expect_values(y, labels[numbers], "labels of a batch", because="each label stays with its features")
            seen += numbers.tolist()
            counts.append(len(numbers))
            together = together and numbers.tolist() == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
        if together and len(counts) > 1 and seen != sorted(seen) and max(counts) > 1:
            fail(
                "Only the order of the batches is random.",
                expected="a random order of the samples, so that each epoch makes other batches",
                actual="batches of neighbors, in another order: " + ", ".join(f"{n} samples" for n in counts),
                cause="the batches are put together first, and shuffled as a whole afterwards",
                next_step="let the DataLoader shuffle the samples",
            )
        if counts[0] != batch_size:
            fail(
                "The batches have the wrong size.",
                expected=f"{batch_size} samples a batch, as asked for",
                actual=f"{counts[0]}",
                cause="the batch size is left at its default or written as a number"
                if counts[0] != 1
                else "without `batch_size` a DataLoader takes one sample at a time",
                next_step="pass the argument on",
            )
        if len(seen) < rows:
            fail(
                "Some samples never come.",
                expected=f"all {rows} samples in each epoch",
                actual=f"{len(seen)} of them, in batches of {counts}",
                cause="the short last batch is dropped" if len(seen) == rows - rows % batch_size else "",
                next_step="keep the short last batch",
            )
        if sorted(seen) != list(range(rows)):
            fail(
                "Some samples come twice, others never.",
                expected="each sample exactly once in an epoch",
                actual=f"{len(set(seen))} different samples among {len(seen)}",
                cause="the samples are drawn with replacement",
                next_step="shuffle instead of sampling",
            )
        orders.append(seen)
    if orders[0] == list(range(rows)):
        fail(
            "The samples come in the order of the file.",
            expected="a random order",
            actual="sample 0, 1, 2, 3 ...",
            cause="shuffling is off, as it is unless asked for",
            next_step="ask the DataLoader for it",
        )
    if orders[0] == orders[1]:
        fail(
            "Both epochs come in the same order.",
            expected="a new random order in every epoch",
            actual="the same order twice",
            cause="the samples were shuffled once, before the loader was made, or the order is seeded anew each time",
            next_step="let the loader shuffle",
        )


@exercise(
    "1.6",
    title="A loader for training",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "`DataLoader` has an argument for each of the three wishes.",
        "Which of them already has the right default?",
    ),
)
def make_loader(make_loader: Subject) -> None:
    for batch_size in (random_integer(4, 6), random_integer(7, 9)):
        _check_loader(make_loader, batch_size)


def _explain_batch_shape(x: Subject, y: Subject, size: int, rows: int) -> None:
    """What a wrong shape of the features of a batch of three columns means."""
    got = x.meta["shape"]
    actual = f"features of shape {show_shape(got)}"
    if got in {(size, 1), (size,)} and y.meta.get("shape") == (size, 3):
        fail(
            "Features and labels are in the wrong order.",
            expected="(features, labels)",
            actual=f"{actual}, labels of shape {show_shape(y.meta['shape'])}",
            cause="the two parts are returned in the other order",
            next_step="features first, labels second",
        )
    if got == (3,):
        one = size == 1
        fail(
            "`features` have lost the axis of the batch.",
            expected=f"shape (batch, 3), here ({size}, 3)",
            actual=actual,
            cause="for a batch of one, an axis of length 1 is missing: `squeeze` removes the batch axis too"
            if one
            else "this is a single sample, not a batch",
            next_step="leave the features as they come from the loader" if one else "take a batch from the loader",
        )
    if got == (rows, 3):
        fail(
            "`first_batch` returns the whole dataset.",
            expected=f"the first batch, here of {size} samples",
            actual=actual,
            cause="all batches were collected and put together",
            next_step="ask the loader for one batch only",
        )


@exercise(
    "1.7",
    title="Take one batch by hand",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "A `for` loop asks the loader for an iterator and the iterator for the next value. Do both by hand.",
        "`iter(...)` and `next(...)`; unpack what comes into two names.",
        "`(B,)` becomes `(B, 1)` with `reshape` or `unsqueeze`.",
    ),
)
def first_batch(first_batch: Subject) -> None:
    batch_size = random_integer(4, 6)
    for shuffle, size in ((False, batch_size), (True, batch_size), (False, 1)):
        rows = batch_size * 3 + 1
        dataset, features, labels = _numbered(rows)
        loader = make("torch.utils.data.DataLoader", dataset, batch_size=size, shuffle=shuffle, label="loader")
        answer = call(first_batch, loader)
        x_seen, y_seen = expect_parts(answer, ("features", "labels"))
        x = expect_tensor(x_seen, dtype=torch.float32)
        _explain_batch_shape(x_seen, y_seen, size, rows)
        if not shuffle and size > 1 and x.shape == (1, 3) and torch.equal(x[0], features[-1]):
            fail(
                "`first_batch` returns the last batch.",
                expected="the first batch of the loader",
                actual="the last, short one",
                cause="a loop ran to its end and kept what came last",
                next_step="stop after the first batch, or ask an iterator for one value",
            )
        x = expect_tensor(x_seen, shape="batch 3", sizes={"batch": size})
        if not shuffle:
            later = Mistake(features[size : 2 * size], "this is the second batch", "call `next` only once")
            because = "the first batch of the loader, unchanged"
            if close(x, later.result):
                fail(
                    "`first_batch` returns the second batch.",
                    expected="the first batch of the loader",
                    actual="the second one",
                    cause="the first batch is taken and dropped: each `next` moves on by one batch",
                    next_step="call `next` only once",
                )
            expect_values(x, features[:size], "features", because=because, mistakes=(later,))
        if y_seen.kind == "tensor" and y_seen.meta["shape"] == (1, size) and size > 1:
            fail(
                "`labels` form a row instead of a column.",
                expected=f"shape (batch, 1), here ({size}, 1)",
                actual=f"shape (1, {size})",
                cause="the new axis was put in front",
                next_step="the batch stays the first axis",
            )
        y = expect_tensor(y_seen, shape="batch 1", sizes={"batch": size}, dtype=torch.float32)
        numbers = x[:, 0].round().long()
        if shuffle and set(y[:, 0].tolist()) <= set(labels.tolist()):
            cause = "features and labels come from two batches: each `iter(loader)` starts a new, newly shuffled epoch"
        else:
            cause = "these are not the labels of the dataset at all"
        wanted = labels[numbers.clamp(0, rows - 1)]
        if not close(y[:, 0], wanted):
            fail(
                "`labels` do not belong to the features.",
                expected="the labels of the same samples as the features",
                actual=f"{int((y[:, 0] != wanted).sum())} of {size} labels differ",
                cause=cause,
                next_step="take features and labels from one and the same batch, and change only the labels' shape",
            )
    _first_of_own_order(first_batch, batch_size)
    _first_of_short(first_batch, batch_size)


def _first_of_own_order(first_batch: Subject, size: int) -> None:
    """A loader whose order is known and not that of its dataset."""
    rows = size * 3 + 1
    dataset, features, labels = _numbered(rows)
    order = list(range(rows))[::-1]
    loader = make("torch.utils.data.DataLoader", dataset, batch_size=size, sampler=order, label="loader")
    answer = call(first_batch, loader, label="first_batch(loader_with_its_own_order)")
    x_seen, y_seen = expect_parts(answer, ("features", "labels"))
    x = expect_tensor(x_seen, shape="batch 3", sizes={"batch": size}, dtype=torch.float32)
    y = expect_tensor(y_seen, shape="batch 1", sizes={"batch": size}, dtype=torch.float32)
    wanted = order[:size]
    if not close(x, features[wanted]) or not close(y[:, 0], labels[wanted]):
        numbers = x[:, 0].round().long().tolist()
        fail(
            "`first_batch` does not return the first batch of the loader that was passed in.",
            expected=f"this loader goes backwards: samples {', '.join(map(str, wanted))}",
            actual=f"samples {', '.join(map(str, numbers))}",
            cause="the samples are taken from the dataset, or from a new loader, in the order of the dataset"
            if numbers == list(range(size))
            else "the samples do not come from this loader's first batch",
            next_step="ask the loader itself for its first batch: only it knows its order",
        )


def _first_of_short(first_batch: Subject, size: int) -> None:
    """A loader whose only batch is shorter than its batch size."""
    dataset, features, labels = _numbered(size - 1)
    loader = make("torch.utils.data.DataLoader", dataset, batch_size=size, label="loader")
    label = f"first_batch(loader) with {size - 1} samples and a batch size of {size}"
    try:
        answer = call(first_batch, loader, label=label)
    except Raised as error:
        if error.is_stub:
            raise
        fail(
            f"`{label}` raised {error.type}.",
            expected=f"a batch of {size - 1} samples: the loader has no more",
            actual=f"{error.type}: {error.message[:200]}",
            where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
            cause="the code counts on a full batch, such as `loader.batch_size` samples, but a batch may be shorter",
            next_step="take the number of samples from the batch itself; in a shape, -1 stands for it",
        )
    x_seen, y_seen = expect_parts(answer, ("features", "labels"))
    x = expect_tensor(x_seen, shape="batch 3", sizes={"batch": size - 1})
    y = expect_tensor(y_seen, shape="batch 1", sizes={"batch": size - 1})
    expect_values(x, features, x_seen.label, because="the only batch of the loader")
    expect_values(y[:, 0], labels, y_seen.label, because="the labels of the only batch")


# -- 1.8 to 1.10: models -------------------------------------------------------------------------------------------

NET_PARAMETERS = 305
NET_WORDS = "Linear 9 to 16, ReLU, Linear 16 to 8, ReLU, Linear 8 to 1, sigmoid"


class _Reference(nn.Module):
    """Linear layers with a choice of activations: the reference, and its look-alikes that name a mistake."""

    def __init__(self, sizes: tuple[int, ...], *activations: nn.Module) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in itertools.pairwise(sizes))
        self.activations = nn.ModuleList(activations)

    def linears(self) -> list[nn.Linear]:
        return [layer for layer in self.layers if isinstance(layer, nn.Linear)]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer, activation in zip(self.layers, self.activations, strict=True):
            x = activation(layer(x))
        return x


def _expect_net(model: Subject) -> None:
    """The 9-16-8-1 network: parameters, function, shape, gradients, any batch size."""
    relu, sigmoid = nn.ReLU(), nn.Sigmoid()
    sizes = (9, 16, 8, 1)
    inputs = 2 * random_normal(32, 9)
    expect_in_memory(model)
    training_mode(model, False)
    try:
        output = call(model, inputs)  # before counting: a lazy layer gets its parameters from the first input
    except Raised as error:
        if "cannot be multiplied" not in error.message:
            raise
        shapes = [p.tensor.shape for p in parameters(model) if p.tensor.ndim == 2]
        if shapes != [(a, b) for a, b in itertools.pairwise(sizes)]:
            raise
        fail(
            f"`{model.label}(x)` raised {error.type}.",
            expected="a network that takes 9 features",
            actual=f"{error.type}: {error.message[:200]}",
            cause="the two sizes of each `nn.Linear` are turned around: it takes the number of inputs first, then the "
            "number of outputs",
            next_step="compare the first layer with the features of a sample: which size must come first?",
        )
    anew = not close(expect_tensor(output), expect_tensor(call(model, inputs)))
    expect_parameters(
        model,
        NET_PARAMETERS,
        because="160 + 136 + 9 follow from the sizes 9, 16, 8, 1",
        mistakes=(
            Mistake(305 - 16 - 8 - 1, "the biases are switched off", "leave `bias` at its default"),
            Mistake(
                160 + 136,
                "the output layer is made in `forward`: it is a new one with new random weights in each call, and the "
                "optimizer never sees it"
                if anew
                else "the output layer is missing or not registered",
                "make all layers in the constructor, as attributes of `self`",
            ),
            *(
                Mistake(
                    NET_PARAMETERS - lost,
                    "a layer is made in `forward`: it is a new one with new random weights in each call, and the "
                    "optimizer never sees it",
                    "make all layers in the constructor, as attributes of `self`",
                )
                for lost in (160, 136, 160 + 9, 136 + 9)
                if anew
            ),
            Mistake(160 + 136 + 18, "the last layer has two outputs", "one number for one yes-or-no question"),
        ),
    )
    expect_tensor(output, shape="batch 1", sizes={"batch": 32}, dtype=torch.float32)
    expect_same_behavior(
        model, _Reference(sizes, relu, relu, sigmoid), inputs, what=NET_WORDS, mistakes=_net_look_alikes()
    )
    expect_batch_independent(model, inputs)
    expect_same_in_training(model, inputs)
    expect_gradients(model, inputs)


def _net_look_alikes() -> Iterator[tuple[nn.Module, str, str]]:
    """The 9-16-8-1 network with typical mistakes; made one by one, where the right outputs did not come."""
    relu, sigmoid, none = nn.ReLU(), nn.Sigmoid(), nn.Identity()
    sizes, proper = (9, 16, 8, 1), "the exercise asks for ReLU"
    yield (
        _Reference(sizes, relu, relu, none),
        "the sigmoid at the end is missing: these are logits",
        "turn the one output into a probability",
    )
    yield (
        _Reference(sizes, none, none, sigmoid),
        "there is no activation between the layers, so that all three are one linear map",
        "put a ReLU after each hidden layer",
    )
    yield (
        _Reference(sizes, none, none, none),
        "there are no activations at all",
        "a ReLU after each hidden layer, a sigmoid at the end",
    )
    yield (
        _Reference(sizes, relu, relu, relu),
        "the output passes a ReLU instead of a sigmoid",
        "a probability lies between 0 and 1",
    )
    yield (
        _Reference(sizes, relu, relu, nn.Sequential(nn.ReLU(), nn.Sigmoid())),
        "the output passes a ReLU before the sigmoid, so that no probability is ever below 0.5",
        "the output layer has one activation",
    )
    yield _Reference(sizes, relu, none, sigmoid), "the ReLU after the second layer is missing", ""
    yield _Reference(sizes, none, relu, sigmoid), "the ReLU after the first layer is missing", ""
    yield (_Reference(sizes, sigmoid, sigmoid, sigmoid), "a sigmoid follows every layer", "the hidden layers use ReLU")
    hidden: tuple[tuple[nn.Module, str], ...] = (
        (nn.Tanh(), "tanh"),
        (nn.ELU(), "ELU"),
        (nn.LeakyReLU(), "a leaky ReLU"),
        (nn.GELU(), "GELU"),
        (nn.SiLU(), "SiLU"),
    )
    for other, name in hidden:
        yield _Reference(sizes, other, other, sigmoid), f"the hidden layers use {name}", proper
    yield (
        nn.Sequential(relu, _Reference(sizes, relu, relu, sigmoid)),
        "there is a ReLU before the first layer too, which cuts off all negative inputs",
        "the data goes into the first layer unchanged",
    )
    yield (
        _Reference(sizes, relu, relu, nn.Softmax(dim=0)),
        "a softmax over the batch: the outputs of different samples depend on each other",
        "use the activation for yes-or-no questions",
    )
    yield (
        _Reference(sizes, relu, relu, nn.Softmax(dim=-1)),
        "a softmax over one single output is always 1",
        "use the activation for yes-or-no questions",
    )
    yield (_Reference(sizes, relu, relu, nn.Sequential(nn.Sigmoid(), nn.Sigmoid())), "the sigmoid is applied twice", "")


@exercise(
    "1.8",
    title="A network with nn.Sequential",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "`nn.Sequential` takes modules in the order in which the data passes them.",
        "Activations are modules too: `nn.ReLU()`, with brackets.",
        "The output of one layer is the input of the next: 9 to 16, 16 to 8, 8 to 1.",
    ),
)
def sequential_net(sequential_net: Subject) -> None:
    model = call(sequential_net, keep=True)
    expect_model(model)
    expect_instance(
        model,
        "torch.nn.Sequential",
        "an nn.Sequential",
        cause="the network is written as a class",
        next_step="the class comes in the next exercise; here hand the modules to `nn.Sequential`",
    )
    second = call(sequential_net, keep=True)
    _expect_net(model)
    # other parameters were loaded into the first: has the second got them too?
    for mine, other in zip(parameters(model), parameters(second), strict=False):
        if mine.tensor.numel() and torch.equal(mine.tensor, other.tensor):
            fail(
                "Two calls of `sequential_net()` give networks that share their parameters.",
                expected="a new network from every call",
                actual=f"the same numbers in `{mine.name}` after one of them was changed",
                cause="the same network, or one of its layers, is made once outside of the function and returned again",
                next_step="make the layers inside the function",
            )


@exercise(
    "1.9",
    title="The same network as a class",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Layers with parameters are made once, in the constructor; `forward` only uses them.",
        "The parent constructor comes first, or there is nowhere to register a layer.",
        "`forward` takes `x`, passes it through layer and activation by turns, and returns it.",
    ),
)
def net_class(Net: Subject) -> None:
    expect_type(
        Net,
        "class",
        "a class",
        cause="an instance was made under the same name" if Net.kind == "module" else "",
        next_step="leave the name `Net` to the class, and give the instance another one"
        if Net.kind == "module"
        else "",
    )
    expect_subclass(Net, "torch.nn.Module", "`nn.Module`", because="it registers the layers and their parameters")
    model = construct(Net)
    expect_model(model)
    _expect_net(model)


@exercise(
    "1.10",
    title="Count what can be trained",
    points=2,
    difficulty=1,
    minutes=6,
    hints=(
        "`model.parameters()` yields tensors; one tensor holds many numbers.",
        "`numel()` counts the numbers of a tensor; `requires_grad` tells whether it is trained.",
    ),
)
def count_parameters(count_parameters: Subject) -> None:
    a, b, c = 0, 0, 0
    while len({a * b, a * b + b * c, a + 3 * b + 2 * c, 2 * (b + c), a + b + b + c, 4, 2}) < 7:
        # sizes for which each mistake gives a number of its own
        a, b, c = random_integer(3, 9), random_integer(4, 12), random_integer(2, 6)
    first, second = make("torch.nn.Linear", a, b), make("torch.nn.Linear", b, c)
    plain = make("torch.nn.Sequential", first, make("torch.nn.ReLU"), second, label="model")
    total = (a + 1) * b + (b + 1) * c
    expect_number(
        call(count_parameters, plain),
        total,
        what=f"the trainable numbers of a {a}-{b}-{c} network",
        mistakes=(
            Mistake(4, "the tensors are counted, not the numbers in them", "how many numbers does one tensor hold?"),
            Mistake(
                2 * total,
                "every layer is counted on its own, and again as a part of the whole: `modules()` yields both, and "
                "`parameters()` goes into the layers by itself",
                "one loop over the parameters of the model is enough",
            ),
            Mistake(2, "the layers are counted", "how many numbers does one layer hold?"),
            Mistake(a * b + b * c, "the biases are left out", "count every tensor that `parameters()` yields"),
            Mistake(0, "the condition is turned around: only frozen parameters are counted", "when is one trained?"),
            Mistake(
                a * b,
                "only the first tensor is counted: `return` stands inside the loop",
                "return when all tensors are counted",
            ),
            Mistake(
                a + 3 * b + 2 * c,
                "the axes are added up instead of multiplied",
                "a weight has rows times columns numbers",
            ),
            Mistake(
                a + b + b + c,
                "the axes are added up instead of multiplied, and the biases are left out",
                "a weight has rows times columns numbers",
            ),
            Mistake(
                NET_PARAMETERS, "the count of this chapter's network is written as a number", "count what is passed in"
            ),
            Mistake(
                b + b + c + c,
                "only the first axis of each tensor is counted (`len`)",
                "a weight has rows times columns numbers",
            ),
        ),
    )
    norm = make(
        "torch.nn.Sequential", make("torch.nn.Conv2d", 3, a, 3), make("torch.nn.BatchNorm2d", a), label="conv_model"
    )
    expect_number(
        call(count_parameters, norm),
        (27 + 1) * a + 2 * a,
        what="the trainable numbers of a convolution and a BatchNorm",
        mistakes=(
            Mistake(
                (27 + 1) * a + 4 * a + 1,
                "the state dict also holds buffers, which are not trained",
                "count parameters, not the state",
            ),
            Mistake(
                (27 + 1) * a,
                "the BatchNorm is left out: only some kinds of layers are counted, or each shape of a tensor only once",
                "ask the model for its parameters, and count every one of them",
            ),
            Mistake(
                (27 + 1) * a + a,
                "tensors of the same name and shape are counted once, though they are different ones",
                "count every tensor that `parameters()` yields",
            ),
            Mistake(
                2 * ((27 + 1) * a + 2 * a),
                "every layer is counted on its own, and again as a part of the whole",
                "`model.parameters()` already goes into the layers",
            ),
            Mistake(
                0,
                "only some kinds of layers are counted, such as `nn.Linear`, or a formula is used that fits only these",
                "ask the model for its parameters: then the kind of layer does not matter",
            ),
        ),
    )
    nested = make(
        "torch.nn.Sequential",
        make("torch.nn.Linear", a, b),
        make("torch.nn.Sequential", make("torch.nn.ReLU"), make("torch.nn.Linear", b, c)),
        label="model_within_a_model",
    )
    expect_number(
        call(count_parameters, nested),
        total,
        what=f"the trainable numbers of a {a}-{b}-{c} network in which one layer sits inside another module",
        mistakes=(
            Mistake(
                (a + 1) * b,
                "only the modules right below the model are counted, not those within them",
                "`model.parameters()` goes down to every level",
            ),
            Mistake(
                total + (b + 1) * c, "layers within layers are counted more than once", "one loop over them is enough"
            ),
        ),
    )
    expect_number(
        call(count_parameters, make("torch.nn.Linear", a, b, label="nn_linear")),
        (a + 1) * b,
        what=f"the trainable numbers of `nn.Linear({a}, {b})` alone",
        mistakes=(
            Mistake(0, "only the layers within the model are counted, not the model's own parameters", "ask the model"),
        ),
    )
    frozen = make("torch.nn.Linear", a, b)
    method(frozen, "requires_grad_", False)
    head = make("torch.nn.Linear", b, c)
    half = make("torch.nn.Sequential", frozen, make("torch.nn.ReLU"), head, label="partly_frozen_model")
    expect_number(
        call(count_parameters, half),
        (b + 1) * c,
        what="the trainable numbers when the first layer is frozen",
        mistakes=(
            Mistake(total, "frozen parameters are counted too", "ask each parameter whether it requires a gradient"),
        ),
    )
    flags = [parameter.requires_grad for parameter in parameters(half)]
    if flags != [False, False, True, True]:
        fail(
            "The model is changed by counting.",
            expected="the frozen layer is still frozen afterwards",
            actual=f"{sum(flags)} of its 4 tensors are trained now, where 2 were",
            cause="`requires_grad` is set instead of only read, for example by `requires_grad_()`",
            next_step="only ask each parameter for its `requires_grad`",
        )
    shared = make("torch.nn.Linear", a, a)
    twice = make("torch.nn.Sequential", shared, shared, label="model_with_a_shared_layer")
    expect_number(
        call(count_parameters, twice),
        (a + 1) * a,
        what="the trainable numbers when one layer is used twice",
        mistakes=(
            Mistake(
                2 * (a + 1) * a, "a shared layer is counted twice", "`model.parameters()` yields each parameter once"
            ),
        ),
    )
    one, other = make("torch.nn.Linear", a, a), make("torch.nn.Linear", a, a)
    set_attribute(other, "weight", attribute(one, "weight", keep=True))
    tied = make("torch.nn.Sequential", one, make("torch.nn.ReLU"), other, label="model_with_a_shared_weight")
    expect_number(
        call(count_parameters, tied),
        a * a + 2 * a,
        what="the trainable numbers when two layers share one weight",
        mistakes=(
            Mistake(
                2 * (a + 1) * a,
                "the shared weight is counted twice, once for each layer",
                "`model.parameters()` yields each parameter once, whatever it is part of",
            ),
        ),
    )
    expect_number(
        call(count_parameters, make("torch.nn.ReLU", label="nn.ReLU()")),
        0,
        what="the trainable numbers of an activation",
    )


# -- 1.11, 1.12: the layer equation --------------------------------------------------------------------------------


LINEAR_CALL = "linear_by_hand(x, weight, bias)"


@exercise(
    "1.11",
    title="A linear layer by hand",
    points=2,
    difficulty=2,
    minutes=10,
    hints=(
        "Write the shapes under the names: `x` is `(B, in)`, `weight` is `(out, in)`. Which product gives `(B, out)`?",
        "`@` multiplies matrices and `.T` transposes one.",
        "The bias has one number per output and is added to every row by broadcasting.",
    ),
)
def linear_by_hand(linear_by_hand: Subject) -> None:
    for batch, inputs, outputs in ((5, 4, 3), (4, 4, 4), (3, 6, 3), (1, 7, 2)):
        x, weight, bias = random_normal(batch, inputs), random_normal(outputs, inputs), random_normal(outputs)
        given = [give(x, "x"), give(weight, "weight"), give(bias, "bias")]
        try:
            seen = call(linear_by_hand, *given, label=LINEAR_CALL)
        except Raised as error:
            _explain_other_weight(error, inputs, outputs)
            raise
        got = expect_tensor(seen, shape="batch out", sizes={"batch": batch, "out": outputs}, dtype=torch.float32)
        if not close(got, x @ weight.T + bias):
            again = call(linear_by_hand, x, weight, bias, label=LINEAR_CALL).tensor
            if again is not None and not close(again, got):
                fail(
                    f"`{seen.label}` gives another result each time.",
                    expected="what `nn.Linear` gives with this weight and bias",
                    actual="two results for the same arguments",
                    cause="a new layer is made in each call, with random weights of its own",
                    next_step="compute with the weight and bias that are passed in",
                )
        mistakes = [
            Mistake((x @ weight.T) * bias, "the bias is multiplied instead of added", "it shifts each output"),
            Mistake(x @ weight.T, "the bias is missing", "add it to every row"),
            Mistake(x @ weight.T - bias, "the bias is subtracted", ""),
            Mistake(x @ weight.T + bias.mean(), "one number is added to all outputs", "each output has its own bias"),
            Mistake(x @ weight.T + bias.sum(), "one number is added to all outputs", "each output has its own bias"),
            Mistake(torch.relu(x @ weight.T + bias), "an activation is applied", "the layer itself is linear"),
        ]
        if inputs == outputs:
            mistakes.append(
                Mistake(
                    x @ weight + bias, "the weight is not transposed", "each row of the weight belongs to one output"
                )
            )
            mistakes.append(Mistake(x * weight + bias, "`*` multiplies number by number", "use the matrix product"))
        if batch == outputs:
            mistakes.append(
                Mistake(
                    x @ weight.T + bias[:, None],
                    "the bias is added along the batch",
                    "one bias per output, not per row",
                )
            )
        expect_values(
            got,
            x @ weight.T + bias,
            seen.label,
            because="what `nn.Linear` gives with this weight and bias",
            mistakes=mistakes,
        )
        for argument, before in zip(given, (x, weight, bias), strict=True):
            expect_unchanged(argument, before, f"the tensor `{argument.label}`")
    x, weight, bias = random_normal(2, 3, 5), random_normal(4, 5), random_normal(4)
    seen = call(linear_by_hand, x, weight, bias, label=LINEAR_CALL + " with x of shape (2, 3, 5)")
    got = expect_tensor(seen, shape="a b out", sizes={"a": 2, "b": 3, "out": 4})
    expect_values(
        got, x @ weight.T + bias, seen.label, because="a linear layer acts on the last axis, whatever stands before it"
    )
    x, label = x[0, 0], LINEAR_CALL + " with x of shape (5,)"
    cause = "the code counts on an axis for the batch: a single sample of shape (in,) has none"
    next_step = "use a product that works along the last axis, whatever stands before it, even nothing"
    try:
        seen = call(linear_by_hand, x, weight, bias, label=label)
    except Raised as error:
        if error.is_stub:
            raise
        fail(
            f"`{label}` raised {error.type}.",
            expected="shape (4,): one number per output",
            actual=f"{error.type}: {error.message[:200]}",
            where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
            cause=cause,
            next_step=next_step,
        )
    if seen.kind == "tensor" and seen.meta["shape"] != (4,):
        fail(
            f"`{label}` has the wrong shape.",
            expected="shape (4,): one number per output",
            actual=f"shape {show_shape(seen.meta['shape'])}",
            cause=cause,
            next_step=next_step,
        )
    expect_values(
        expect_tensor(seen, shape="out", sizes={"out": 4}), x @ weight.T + bias, label, because="one sample alone"
    )


def _explain_other_weight(error: Raised, inputs: int, outputs: int) -> None:
    """Whether the matrix that did not fit is another one than the weight that was passed in."""
    found = re.search(r"\((\d+)x(\d+) and (\d+)x(\d+)\)", error.message)
    if found is None:
        return
    a, b, c, d = (int(size) for size in found.groups())
    if {inputs, outputs} not in ({a, b}, {c, d}):
        fail(
            f"`{LINEAR_CALL}` multiplies with another weight than the one passed in.",
            expected=f"a product with the weight of shape ({outputs}, {inputs})",
            actual=f"{error.type}: {error.message[:200]}",
            where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
            cause="a layer or weight of the notebook is used instead of the arguments",
            next_step="use only the names in the brackets of the `def` line",
        )


def _forward_by_hand(
    function: Subject, x: torch.Tensor, layers: list[tuple[torch.Tensor, torch.Tensor]], given: Subject, label: str
) -> Subject:
    """Call the student's function; a cause of their own for the errors and shapes that this exercise invites.

    Args:
        function: the student's.
        x: the inputs.
        layers: weights and biases.
        given: the list of layers beside the student's code.
        label: what messages call this case.
    """
    outputs = layers[-1][0].shape[0]
    wanted = f"shape (batch, {outputs}), here ({len(x)}, {outputs})"
    inputs = give(x, "x")
    try:
        seen = call(function, inputs, given, label=label)
    except Raised as error:
        where = f"line {error.line}: `{error.code}`" if error.line and error.code else ""
        if error.is_a("IndexError") or (error.is_a("ValueError") and "unpack" in error.message):
            fail(
                f"`{label}` raised {error.type}.",
                expected="a result for a list of any length from one upwards",
                actual=f"{error.type}: {error.message[:200]}",
                where=where,
                cause="the number of layers is fixed in the code, or the list is indexed beyond its end",
                next_step="let a loop run over the list",
            )
        rows, columns = layers[0][0].shape
        if len(layers) == 1 and f"({len(x)}x{rows} and {columns}x{rows})" in error.message:
            fail(
                f"`{label}` uses the only layer twice.",
                expected="the input goes through the one layer once",
                actual=f"{error.type}: {error.message[:200]}",
                where=where,
                cause="the first and the last layer are written out, and in a list of one layer they are the same",
                next_step="let a loop run over the layers before the last: in a list of one there are none",
            )
        second = layers[1][0].shape if len(layers) > 1 else None
        if second is not None and f"({len(x)}x{x.shape[1]} and {second[1]}x{second[0]})" in error.message:
            fail(
                f"`{label}` multiplies the input with the weight of the second layer.",
                expected="the input goes through the first layer only",
                actual=f"{error.type}: {error.message[:200]}",
                where=where,
                cause="`x` is used for every layer, but the output of one layer is the input of the next",
                next_step="keep the result of each layer under the name that the next one reads",
            )
        raise
    got = seen.meta.get("shape")
    if len(layers) > 1 and got == (len(x), layers[-2][0].shape[0]) and got[1] != outputs:
        fail(
            f"`{label}` has the wrong shape.",
            expected=wanted,
            actual=f"shape {show_shape(got)}",
            cause="the last layer is skipped",
            next_step="which layers does the loop see, and what happens after it?",
        )
    if len(layers) > 2 and got == (len(x), layers[0][0].shape[0]) and got[1] != outputs:
        fail(
            f"`{label}` has the wrong shape.",
            expected=wanted,
            actual=f"shape {show_shape(got)}",
            cause="only the first layer was computed: `return` stands inside the loop",
            next_step="return after the loop",
        )
    now = read(inputs).tensor
    if now is not None and not close(now, x):
        expect_unchanged(
            inputs,
            x,
            "the tensor `x`",
            cause="an operation in place, such as `relu_()`, `relu(..., inplace=True)` or `+=`, works on the tensor "
            "that was passed in",
        )
    return seen


@exercise(
    "1.12",
    title="A whole network by hand",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "The output of one layer is the input of the next: keep one name and overwrite it in a loop.",
        "The last layer is different. `enumerate`, or a slice `layers[:-1]`, tells it apart.",
        "`torch.relu` after every layer but the last, `torch.sigmoid` after the last.",
    ),
)
def forward_by_hand(forward_by_hand: Subject) -> None:
    for sizes in ((9, 16, 8, 1), (4, 6, 1), (5, 1), (3, 7, 5, 4, 1), (4, 1, 3, 1), (5, 4, 2), (4, 4, 4)):
        twice = sizes == (4, 4, 4)
        network = _Reference(sizes, *[nn.ReLU()] * (len(sizes) - 2), nn.Sigmoid())
        for _ in range(100):
            x = random_normal(6, sizes[0])
            with torch.no_grad():
                for parameter in network.parameters():
                    parameter.copy_(random_normal(*parameter.shape) / math.sqrt(parameter.shape[-1]))
                # last sums on both sides of 0: otherwise a ReLU after them makes no difference
                last = network.linears()[-1]
                last.bias.sub_(torch.logit(network(x).double()).mean().float())
                if twice:
                    for mine, other in zip(network.linears()[0].parameters(), last.parameters(), strict=True):
                        mine.copy_(other)
                wanted = network(x)
            # units that are all dead would hide what comes before them
            if not any(close(m.result, wanted, 1e-2, 1e-2) for m in _told_by_something_else(network, x, sizes)):
                break
        layers = [(layer.weight.detach(), layer.bias.detach()) for layer in network.linears()]
        pairs = [tuple(give(part, name) for part, name in zip(p, ("weight", "bias"), strict=True)) for p in layers]
        # one pair of tensors at two places of the list: a layer is the last by its place, not by what it is
        given = give([give(pairs[0], "pair")] * 2 if twice else pairs, "layers")
        count = f"{len(layers)} {'layer' if len(layers) == 1 else 'layers'}"
        details = {
            (4, 1, 3, 1): ", the first of them with one output",
            (5, 4, 2): " and two outputs",
            (4, 4, 4): ", both the same pair",
        }
        label = f"forward_by_hand(x, layers) with {count}{details.get(sizes, '')}"
        seen = _forward_by_hand(forward_by_hand, x, layers, given, label)
        got = expect_tensor(seen, shape="batch out", sizes={"batch": 6, "out": sizes[-1]}, dtype=torch.float32)
        expect_values(
            got,
            wanted,
            seen.label,
            because="what the same layers give as an `nn.Module`",
            mistakes=_forward_mistakes(network, x, sizes),
        )
        expect_unchanged(
            given,
            layers,
            "the list `layers`",
            cause="`pop`, `append`, `del` or an assignment to an index changes the list of the caller, who "
            "would find a layer less in it",
        )
    _forward_of_large_values(forward_by_hand)


def _forward_mistakes(network: _Reference, x: torch.Tensor, sizes: tuple[int, ...]) -> Iterator[Mistake]:
    """What typical mistakes give; made one by one, where the right numbers did not come."""
    relu, sigmoid, none = nn.ReLU(), nn.Sigmoid(), nn.Identity()
    hidden = len(sizes) - 2

    def look_alike(*activations: nn.Module, biases: bool = True) -> torch.Tensor:
        result = x
        with torch.no_grad():
            for layer, activation in zip(network.linears(), activations, strict=True):
                result = activation(layer(result) if biases else result @ layer.weight.T)
        return result

    yield Mistake(
        look_alike(*[relu] * hidden, sigmoid, biases=False),
        "the biases are missing",
        "add each layer's bias to its product",
    )
    yield from _told_by_something_else(network, x, sizes)
    yield Mistake(torch.ones(6, 1), "a softmax over one single output is always 1", "a sigmoid belongs there")
    yield Mistake(
        look_alike(*[relu] * hidden, none),
        "the sigmoid at the end is missing",
        "the last layer's output becomes a probability",
    )
    yield Mistake(
        look_alike(*[relu] * hidden, nn.Sequential(relu, sigmoid)),
        "the last layer's output passes a ReLU too",
        "only the hidden layers have a ReLU",
    )
    yield Mistake(
        look_alike(*[relu] * hidden, relu), "the last layer's output passes a ReLU", "a sigmoid belongs there"
    )
    if not hidden:
        return
    yield Mistake(
        look_alike(*[sigmoid] * hidden, sigmoid), "a sigmoid follows every layer", "the hidden layers use ReLU"
    )
    yield Mistake(
        look_alike(*[none] * hidden, sigmoid),
        "there is no activation between the layers",
        "a ReLU after each hidden layer",
    )
    yield Mistake(
        look_alike(none, *[relu] * (hidden - 1), sigmoid),
        "the ReLU after the first layer is missing",
        "counting starts at 0: from which layer on is there a ReLU?",
    )
    yield Mistake(
        look_alike(*[relu] * (hidden - 1), none, sigmoid),
        "the ReLU after the last layer but one is missing",
        "a ReLU after every layer but the last",
    )


def _told_by_something_else(network: _Reference, x: torch.Tensor, sizes: tuple[int, ...]) -> list[Mistake]:
    """What comes out when the last layer is told by its width or its contents instead of its place."""
    if sizes not in {(4, 1, 3, 1), (4, 4, 4)}:
        return []
    found = []
    for early in (nn.Sigmoid(), nn.Identity()):
        # no ReLU, or a sigmoid instead, after the layer that is taken for the last one
        with torch.no_grad():
            result = x
            for number, layer in enumerate(network.linears()):
                activation = nn.Sigmoid() if number == len(sizes) - 2 else early if number == 0 else nn.ReLU()
                result = activation(layer(result))
        found.append(
            Mistake(
                result,
                "the last layer is told from the others by its one output, which a hidden layer may have too"
                if sizes[1] == 1
                else "the last layer is told from the others by comparing it with the last pair of the list, but the "
                "same pair may stand at another place too",
                "only the place in the list tells which layer is the last",
            )
        )
    return found


def _forward_of_large_values(function: Subject) -> None:
    """Sums around 100, where a sigmoid written with `exp` overflows."""
    x, weight, bias = torch.tensor([[-100.0], [0.0], [100.0]]), torch.ones(1, 1), torch.zeros(1)
    label = "forward_by_hand(x, layers) with sums of -100, 0 and 100"
    seen = call(function, x, [(weight, bias)], label=label)
    got = expect_tensor(seen, shape="batch 1", sizes={"batch": 3})
    if bool(torch.isnan(got).any()):
        fail(
            f"`{label}` holds NaN.",
            expected="probabilities near 0 and 1, and 0.5 between them",
            actual=", ".join(f"{value:g}" for value in got.flatten().tolist()),
            cause="`exp` of a large number overflows to infinity in float32, and infinity divided by infinity is not a "
            "number",
            next_step="use PyTorch's own sigmoid, which is written so that nothing overflows",
        )
    expect_values(got, torch.sigmoid(x), label, because="the sigmoid of these sums")


# -- 1.13, 1.14: bug clinic ----------------------------------------------------------------------------------------


@exercise(
    "1.13",
    title="Bug clinic: rows that no network accepts",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Run the broken class on a small array: what are `len(dataset)`, and the dtypes in `dataset[0]`?",
        "There are three bugs: one in `__len__`, one in the precision, one in the columns.",
        "A batch must be float32 in both parts, and its features must not contain the label.",
    ),
)
def row_dataset(RowDataset: Subject) -> None:
    expect_type(RowDataset, "class", "a class")
    columns, rows = random_integer(4, 6), random_integer(8, 12)
    table = torch.cat([random_normal(rows, columns), (random_normal(rows, 1) > 0).float()], dim=1)
    dataset = construct(RowDataset, table.to(torch.float64).numpy())
    expect_length(
        dataset,
        rows,
        because=f"the array has {rows} rows and {columns + 1} columns",
        mistakes=(
            Mistake(columns + 1, "the columns are counted", "rows are the first entry of the shape"),
            Mistake(columns, "the columns are counted", "rows are the first entry of the shape"),
            Mistake(rows * (columns + 1), "all numbers are counted", "rows are the first entry of the shape"),
        ),
    )
    for index, sample in zip(range(rows), items(dataset, list(range(rows))), strict=True):
        _expect_sample(expect_parts(sample, ("features", "label")), table[index], table, source="array")
    loader = make("torch.utils.data.DataLoader", dataset, batch_size=rows, label="DataLoader(dataset)")
    batch = expect_parts(iterate(loader, 1)[0][0], ("features", "labels"))
    x = expect_tensor(batch[0], shape=f"batch {columns}", dtype=torch.float32)
    y = expect_tensor(batch[1], shape="batch", dtype=torch.float32)
    network = make(
        "torch.nn.Sequential", make("torch.nn.Linear", columns, 1), make("torch.nn.Sigmoid"), label="network"
    )
    loss = call(make("torch.nn.BCELoss"), call(network, x), y[:, None])
    expect_tensor(loss, shape="")


@exercise(
    "1.14",
    title="Bug clinic: the layers that the optimizer never saw",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "`len(list(model.parameters()))` of the broken class is 0. Why?",
        "A module notices modules that are assigned to its attributes. A Python list is no module.",
        "`nn.ModuleList` is a list that is a module.",
    ),
)
def layer_stack(LayerStack: Subject) -> None:
    expect_type(LayerStack, "class", "a class")
    expect_subclass(LayerStack, "torch.nn.Module", "`nn.Module`")
    middle = (5, 6, 7, 9, 10, 11, 12)[random_integer(0, 6)]
    for sizes in ([9, middle, 8, 1], [6, middle, middle, 5, 2], [4, 3], [4, 3, 3], [8, 8, 8, 2]):
        given = give(sizes, str(sizes))
        set_seed(random_integer(0, 1_000_000))  # the same first weights in any process
        model = construct(LayerStack, given)
        expect_model(model)
        expect_unchanged(given, sizes, f"the list of sizes {sizes}")
        count = len(sizes) - 1
        wanted = sum((a + 1) * b for a, b in itertools.pairwise(sizes))
        expect_parameters(
            model,
            wanted,
            reveal=True,
            because=f"the sizes are {sizes}",
            mistakes=(
                Mistake(
                    (sizes[-2] + 1) * sizes[-1],
                    "only the last layer is registered: each one replaces the one before",
                    "every layer needs a place of its own",
                ),
                Mistake(
                    sum((a + 1) * b for a, b in set(itertools.pairwise(sizes))),
                    "layers of the same sizes are one and the same layer, used several times",
                    "every place in the list of sizes needs a new layer, also where the sizes repeat",
                ),
                Mistake(NET_PARAMETERS, "the sizes are written as numbers", "use the list that is passed in"),
                Mistake(
                    wanted - (sizes[-2] + 1) * sizes[-1],
                    "the last layer is missing: the loop ends one too early",
                    "how many layers do four sizes make?",
                ),
                Mistake(wanted - sum(sizes[1:]), "the biases are switched off", "leave `bias` at its default"),
            ),
        )
        inputs = random_normal(16, sizes[0])
        relu, none = nn.ReLU(), nn.Identity()
        hidden = [relu] * (count - 1)
        shape = tuple(sizes)
        try:
            output = call(model, inputs)
        except Raised as error:
            first_to_last = f"(16x{sizes[1]} and {sizes[-2]}x{sizes[-1]})"
            if count < 3 or first_to_last not in error.message:
                raise
            fail(
                f"`{model.label}(x)` goes from the first layer straight to the last.",
                expected="an input that passes all layers in turn",
                actual=f"{error.type}: {error.message[:200]}",
                where=f"line {error.line}: `{error.code}`" if error.line and error.code else "",
                cause="the loop ends in its first round, because `return` stands inside it",
                next_step="check how far `return` is indented",
            )
        if count > 1 and output.meta.get("shape") == (16, sizes[-2]) and sizes[-2] != sizes[-1]:
            fail(
                f"`{output.label}` has the wrong shape.",
                expected=f"shape (batch, {sizes[-1]}), here (16, {sizes[-1]})",
                actual=f"shape {show_shape(output.meta['shape'])}",
                cause="the last layer is skipped in `forward`",
                next_step="which layers does the loop see, and what happens after it?",
            )
        expect_tensor(output, shape=f"batch {sizes[-1]}", sizes={"batch": 16}, dtype=torch.float32)
        expect_same_behavior(
            model,
            _Reference(shape, *hidden, none),
            inputs,
            what="Linear layers with a ReLU between them, and none after the last",
            mistakes=_stack_look_alikes(sizes),
        )
        expect_gradients(model, inputs)


def _stack_look_alikes(sizes: list[int]) -> Iterator[tuple[nn.Module, str, str]]:
    """A stack with typical mistakes; made one by one, where the right outputs did not come."""
    relu, none, shape = nn.ReLU(), nn.Identity(), tuple(sizes)
    hidden = [relu] * (len(sizes) - 2)
    every = "a ReLU after every layer but the last"
    yield from _last_by_width(sizes)
    yield (
        _Reference(shape, *hidden, relu),
        "a ReLU follows the last layer too, so that no output is ever negative",
        "the last layer stays without activation",
    )
    yield (_Reference(shape, *hidden, nn.Sigmoid()), "a sigmoid follows the last layer", "this network returns logits")
    yield _Reference(shape, *[none] * (len(hidden) + 1)), "there is no activation between the layers", every
    if hidden:
        yield _Reference(shape, none, *hidden[1:], none), "the ReLU after the first layer is missing", every
        yield _Reference(shape, *hidden[:-1], none, none), "the ReLU after the last layer but one is missing", every


def _last_by_width(sizes: list[int]) -> list[tuple[nn.Module, str, str]]:
    """What comes out when the last layer of a stack is told by something else than its place."""
    relu, none, shape = nn.ReLU(), nn.Identity(), tuple(sizes)
    place = "only the place among the layers tells which one is the last"
    if len(sizes) == 2:
        cause = "with two sizes there is one layer, the first and the last at once, and it got the ReLU of the first"
        return [(_Reference(shape, relu), cause, "make the layers before the last a loop, which may be empty")]
    if sizes[-1] == 2:
        # the stack with one output came first, and was right
        cause = "the ReLU is left out where a layer has one output, instead of where a layer is the last"
        return [(_Reference(shape, *[relu] * (len(sizes) - 1)), cause, place)]
    if sizes[-1] == sizes[-2]:
        cause = "the last layer is told by its number of outputs, which a layer before it may have too"
        return [(_Reference(shape, none, none), cause, place)]
    return []


EXERCISES = (
    account,
    savings_account,
    water_dataset,
    loader_dtypes,
    batch_plan,
    make_loader,
    first_batch,
    sequential_net,
    net_class,
    count_parameters,
    linear_by_hand,
    forward_by_hand,
    row_dataset,
    layer_stack,
)
