"""Chapter 11: networks with several inputs.

Every check is a plain function of the student's objects. It draws its inputs from the check's own random generator,
touches the objects only through :mod:`grader.touch`, accepts whatever behaves right, and looks for the cause only
when something is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NoReturn

import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

from grader.calibration.samples import Characters, draw_omniglot, handed_over
from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_batch_independent,
    expect_gradients,
    expect_instance,
    expect_metric,
    expect_model,
    expect_number,
    expect_parameters,
    expect_parts,
    expect_same_behavior,
    expect_same_in_training,
    expect_subclass,
    expect_tensor,
    expect_type,
    expect_unchanged,
    expect_values,
    fail,
    number_of,
    outputs_in_eval_mode,
    random_integer,
    random_normal,
    told_apart,
)
from grader.shapes import show_shape
from grader.touch import (
    Raised,
    Subject,
    attribute,
    call,
    construct,
    current_session,
    give,
    gradients,
    image_file,
    item,
    iterate,
    length,
    load_parameters,
    make,
    method,
    parameters,
    read,
    training_mode,
)

Tensor = torch.Tensor
FLOATS = "layers compute in float32"
FEATURES, SYMBOLS, CHANNELS = 128, 8, 16
"""Of the chapter's network: features of the image and of the alphabet, and channels of the convolution."""


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


def _randperm(count: int) -> Tensor:
    return torch.randperm(count, generator=current_session().random)


def _random_integers(low: int, high: int, count: int) -> Tensor:
    return torch.randint(low, high + 1, (count,), generator=current_session().random)


def _generator(seed: int) -> Subject:
    made = make("torch.Generator", label="generator")
    method(made, "manual_seed", seed)
    return made


def _seed() -> int:
    return random_integer(0, 2**30)


def _one_hot(classes: Tensor, count: int) -> Tensor:
    return F.one_hot(classes, count).float()


# -- 11.1: the shape that cat makes --------------------------------------------------------------------------------


def _joined(shapes: Sequence[Sequence[int]], dim: int) -> tuple[int, ...]:
    first = list(shapes[0])
    first[dim] = sum(shape[dim] for shape in shapes)
    return tuple(first)


def _join_cases() -> Iterator[tuple[list[tuple[int, ...]], int]]:
    """Shapes that go together, and the axis to join along."""
    b, n, m = random_integer(2, 4), random_integer(5, 7), random_integer(8, 11)
    yield [(b, n), (b, m)], 1
    yield [(n, b), (m, b), (1, b)], 0
    c, h = random_integer(2, 3), random_integer(12, 15)
    yield [(b + 10, c, h, h + 1), (b + 10, c + 3, h, h + 1)], 1
    yield [(c, n, h), (c, n, h + 2)], -1
    yield [(c, n, h), (c, m, h), (c, m + 1, h)], -2
    yield [(n,), (m,), (b,)], 0
    yield [(n, n), (n, n)], 1
    yield [(m, c, n)], 2


def _no_join_cases() -> Iterator[tuple[list[tuple[int, ...]], int, str]]:
    n = random_integer(5, 8)
    yield [(n, 3), (n + 1, 3)], 1, "axis 0 has two lengths, and only axis 1 may differ"
    yield [(n, 3), (n, 4), (n, 3)], 0, "axis 1 has two lengths, and only axis 0 may differ"
    yield [(n, 3), (n, 3, 1)], 1, "one tensor has two axes and the other three: nothing is broadcast or added"
    yield [(n, 3), (1, 3)], -1, "axis 0 has lengths that differ, and a 1 is not stretched"
    yield [(2, n, 4), (2, n, 4), (2, n + 2, 4)], 2, "the third tensor differs in axis 1"
    yield [(2, n, 4), (2, 4, n)], 0, "axes 1 and 2 have the same lengths in another order: each axis has to agree"
    yield [(n, 4, 2), (4, n, 2)], -1, "axes 0 and 1 have the same lengths in another order: each axis has to agree"


HUGE: list[tuple[int, ...]] = [(10**9, 10**9), (10**9, 5)]  # more bytes than any computer can address


@exercise(
    "11.1",
    title="Predict what torch.cat makes",
    points=2,
    difficulty=1,
    minutes=12,
    hints=(
        "Along `dim` the lengths are added up; every other axis keeps its length.",
        "A negative `dim` counts from the end, as an index into a tuple does.",
        "Compare each shape with the first: as many axes, and the same lengths everywhere but at `dim`.",
    ),
)
def joined_shape(joined_shape: Subject) -> None:
    for shapes, dim in [*_join_cases(), (HUGE, 1)]:
        label = f"joined_shape({shapes}, {dim})"
        try:
            seen = call(joined_shape, [tuple(shape) for shape in shapes], dim, label=label)
        except Raised as error:
            if shapes is not HUGE or error.is_stub:
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="the shape: nothing of that size has to exist",
                actual=f"{error.type}: {error.message[:200]}",
                cause="tensors of these shapes are made, and they fit into no memory",
                next_step="do it by the numbers alone",
                where=_where(error),
            )
        kinds = {
            "tensor": "the joined tensor came instead of its shape",
            "list": "a list came: it never equals a tuple, even with the same numbers",
        }
        expect_type(
            seen,
            "tuple",
            "a tuple of numbers",
            cause=kinds.get(seen.kind, ""),
            next_step="return the shape as a tuple" if seen.kind in kinds else "",
        )
        got = [number_of(part) for part in seen.children]
        if any(type(size) is not int for size in got):
            fail(
                f"`{label}` does not hold whole numbers only.",
                expected="one whole number for each axis",
                actual=", ".join(part.kind_name for part in seen.children) or "nothing",
                cause="shapes are nested, or a length was divided",
                next_step="return a flat tuple of ints",
            )
        wanted = _joined(shapes, dim)
        if tuple(got) == wanted:
            continue
        axes = len(shapes[0])
        stacked = list(shapes[0])
        stacked.insert(dim if dim >= 0 else axes + 1 + dim, len(shapes))
        cause, next_step = "", ""
        if tuple(got) == tuple(stacked) and len(set(shapes)) == 1:
            cause, next_step = (
                "that is `torch.stack`, which makes a new axis",
                "`cat` joins along an axis that is there",
            )
        elif len(got) != axes:
            cause, next_step = "joining leaves the number of axes as it is", "change one entry of the first shape only"
        elif all(size == sum(column) for size, column in zip(got, zip(*shapes, strict=True), strict=True)) and axes > 1:
            cause, next_step = "the lengths are added up along every axis", "only along `dim`"
        elif any(tuple(got) == _joined(shapes, other) for other in range(axes) if other != dim % axes):
            cause, next_step = "the lengths are added up along another axis than `dim`", "axis 0 is the first number"
        elif got[dim] == wanted[dim] + shapes[0][dim]:
            cause, next_step = "the first shape is counted twice", "start from its length, and add those of the others"
        elif got[dim] == math.prod(shape[dim] for shape in shapes):
            cause, next_step = "the lengths along `dim` are multiplied", "add them"
        elif tuple(got) == tuple(shapes[0]) or got[dim] == max(shape[dim] for shape in shapes):
            cause, next_step = "the length along `dim` is that of one of the tensors", "add the lengths of all"
        fail(
            f"`{label}` is wrong.",
            expected="the shape that `torch.cat` makes of tensors of these shapes",
            actual=show_shape([int(size) for size in got if size is not None]),
            cause=cause or "the rule is applied to another axis, or not to all shapes",
            next_step=next_step or "draw the blocks and lay them side by side, or one below the other",
        )
    for shapes, dim, why in _no_join_cases():
        label = f"joined_shape({shapes}, {dim})"
        try:
            call(joined_shape, [tuple(shape) for shape in shapes], dim, label=label)
        except Raised as error:
            if error.is_stub:
                raise
            if error.is_a("ValueError"):
                continue
            fail(
                f"`{label}` raised {error.type}.",
                expected="a ValueError, for these shapes cannot be joined",
                actual=f"{error.type}: {error.message[:200]}",
                cause="an `assert` raises an AssertionError, which is no ValueError (and Python may leave it out: `-O`)"
                if error.is_a("AssertionError")
                else "the error comes from another line than the one that should compare the shapes",
                next_step="compare the number of axes first, then the lengths, and `raise ValueError(...)`",
                where=_where(error),
            )
        fail(
            f"Nothing was raised for `{label}`.",
            expected="a ValueError, for these shapes cannot be joined",
            actual="an answer",
            cause=why,
            next_step="compare all shapes with the first: as many axes, and equal lengths everywhere but at `dim`",
        )


# -- 11.2: a dataset with two inputs -------------------------------------------------------------------------------


def _color_picture(height: int, width: int) -> Image.Image:
    """Strong colors, so that every way to make gray of them gives something of its own."""
    levels = torch.randint(0, 256, (height, width, 3), generator=current_session().random, dtype=torch.uint8)
    return Image.fromarray(levels.numpy())


def _black_and_white(height: int, width: int) -> Image.Image:
    levels = torch.randint(0, 2, (height, width), generator=current_session().random, dtype=torch.uint8) * 255
    return Image.fromarray(levels.numpy()).convert("1", dither=Image.Dither.NONE)


def _levels(picture: Image.Image) -> Tensor:
    width, height = picture.size
    return torch.frombuffer(bytearray(picture.convert("L").tobytes()), dtype=torch.uint8).reshape(1, height, width)


def _read_character(dataset: Subject, index: int, label: str, one: int) -> tuple[Subject, Subject, Subject]:
    try:
        sample = item(dataset, index)
    except Raised as error:
        if error.is_a("TypeError", "RuntimeError") and ("is_floating" in error.message or "one_hot" in error.code):
            fail(
                f"`{label}` raised {error.type}.",
                expected="the image, the vector of the alphabet and the character",
                actual=f"{error.type}: {error.message[:200]}",
                cause="`one_hot` wants a tensor of int64, and got a plain number or another dtype",
                next_step="make a tensor of the index first, or set one entry of a vector of zeros to 1",
                where=_where(error),
            )
        too_large = f"index {one} is out of bounds" in error.message
        if too_large or "Class values must be smaller than num_classes" in error.message:
            fail(
                f"`{label}` raised {error.type}.",
                expected="the image, the vector of the alphabet and the character",
                actual=f"{error.type}: {error.message[:200]}",
                cause=f"the 1 is set at the place of the character ({one}), and there are fewer alphabets than that",
                next_step="the vector says the alphabet: use the second part of the sample",
                where=_where(error),
            )
        raise
    if sample.kind in {"tuple", "list"} and len(sample.children) == 2 and sample.children[0].kind in {"tuple", "list"}:
        fail(
            f"`{label}` gives two values.",
            expected="three values: image, alphabet, character",
            actual="a pair with a pair inside",
            cause="the two inputs are packed together; a loader can do with that, but the loop of this chapter unpacks "
            "three",
            next_step="return the three side by side",
        )
    image, alphabet, character = expect_parts(sample, ("image", "alphabet", "character"))
    return image, alphabet, character


@exercise(
    "11.2",
    title="A dataset with two inputs",
    points=4,
    difficulty=2,
    minutes=20,
    hints=(
        "The constructor only stores what it gets. All work is done in `__getitem__`, sample by sample.",
        '`Image.open(path).convert("L")` is the gray picture; the transform makes a tensor of it.',
        "A vector of zeros with a single 1: `torch.zeros(n)` is float32 already. Which entry becomes 1?",
    ),
)
def character_dataset(CharacterDataset: Subject) -> None:
    expect_type(CharacterDataset, "class", "a class")
    expect_subclass(CharacterDataset, "torch.utils.data.Dataset", "`torch.utils.data.Dataset`")
    height, width, alphabets = random_integer(5, 7), random_integer(8, 10), random_integer(5, 8)
    pictures = [_color_picture(height, width), _black_and_white(height, width), _color_picture(height, width)]
    # the last alphabets do not occur, nor does the largest number come first
    names = _randperm(alphabets - 1)[:3].sort().values.tolist()
    names = [names[1], names[0], names[2]]
    classes = (20 + _randperm(30)[:3]).tolist()  # more than there are alphabets
    files = [image_file(f"drawing_{number}.png", picture) for number, picture in enumerate(pictures)]
    samples = [(file, name, one) for file, name, one in zip(files, names, classes, strict=True)]
    plain = make("torchvision.transforms.PILToTensor", label="PILToTensor()")
    dataset = first = construct(CharacterDataset, samples, alphabets, plain)
    dataset.label = "dataset"
    got = length(dataset)
    if got != len(samples):
        fail(
            "`len(dataset)` is wrong.",
            expected=f"{len(samples)}, one for each sample",
            actual=str(got),
            cause="alphabets are counted instead of samples" if got == alphabets else "something else is counted",
            next_step="count the list of samples",
        )
    for index in (0, 1, 2):
        picture, name, one = pictures[index], names[index], classes[index]
        kind = "a one-bit picture" if picture.mode == "1" else "a color picture"
        image, alphabet, character = _read_character(dataset, index, f"dataset[{index}]", one)
        _expect_image(image, picture, kind)
        vector_last = character.tensor is not None and tuple(character.tensor.shape) == (alphabets,)
        if vector_last and number_of(alphabet) == one:
            fail(
                f"`dataset[{index}]` gives its parts in another order.",
                expected="image, alphabet, character",
                actual="image, character, alphabet",
                cause="the character stands where the vector of the alphabet belongs",
                next_step="return the vector second and the character last",
            )
        _expect_alphabet(alphabet, name, alphabets, names)
        _expect_character(character, one, name)
    # a batch holds several items at a time: reading one must leave those that were read before as they are
    held = method(dataset, "__getitem__", 0, keep=True)
    before = [part.tensor for part in held.children]
    item(dataset, 1)
    for part, old in zip(read(held).children, before, strict=True):
        if old is not None and (part.tensor is None or not torch.equal(part.tensor, old)):
            fail(
                "`dataset[0]` changes when `dataset[1]` is read.",
                expected="items that a batch can hold side by side",
                actual="other numbers in the item that was read before",
                cause="one tensor serves all items: it is made once and written anew at each read, so that every item "
                "of a batch shows the last one's numbers",
                next_step="make a new tensor each time a sample is read",
            )
    # the transform runs each time that a sample is read
    noisy = make(
        "torchvision.transforms.Compose",
        [make("torchvision.transforms.ToTensor"), make("torchvision.transforms.RandomErasing", p=1.0)],
        label="random transform",
    )
    dataset = construct(CharacterDataset, samples, alphabets, noisy)
    seen = [_read_character(dataset, 0, "dataset[0]", classes[0])[0] for _ in range(6)]
    tensors = [expect_tensor(one, shape="1 height width") for one in seen]
    if all(torch.equal(tensors[0], other) for other in tensors[1:]):
        fail(
            "A random transform gives the same image every time.",
            expected="a transform that runs each time a sample is read",
            actual="six times the same image",
            cause="all images are transformed once, in the constructor, and kept",
            next_step="open and transform the file in `__getitem__`",
        )
    # and so does the reading
    picture = _color_picture(height, width)
    image_file("drawing_0.png", picture)
    image = _read_character(first, 0, "dataset[0]", classes[0])[0]
    if image.tensor is not None and torch.equal(image.tensor, _levels(pictures[0])):
        fail(
            "`dataset[0]` gives what was in the file before, not what is in it now.",
            expected="a file that is opened at each read",
            actual="the picture of an earlier reading, after the file has changed",
            cause="the pictures are opened in the constructor, or kept after the first reading",
            next_step="open the file in `__getitem__`",
        )
    _expect_image(image, picture, "a color picture")


def _expect_image(image: Subject, picture: Image.Image, kind: str) -> None:
    if image.kind not in {"tensor"}:
        expect_type(
            image,
            "tensor",
            "what the transform makes of the gray picture",
            cause="the path is returned, and the file never opened"
            if image.kind == "str"
            else "the transform is not applied: the Pillow picture itself came"
            if "Image" in image.type_name
            else "",
            next_step="open the file, convert, and call the transform with the picture",
        )
    wanted = _levels(picture)
    got = expect_tensor(image)
    if got.shape == (3, *wanted.shape[1:]):
        fail(
            f"`{image.label}` has three channels.",
            expected=f"a gray image of shape {show_shape(wanted.shape)}",
            actual=f"shape {show_shape(got.shape)}",
            cause="the picture is not converted to gray: this file holds colors",
            next_step="convert the picture after opening it, before the transform",
        )
    if torch.equal(got, wanted):
        return
    if got.shape == wanted.shape and picture.mode != "1" and set(got.unique().tolist()) <= {0, 1, 255}:
        fail(
            f"`{image.label}` is black and white only.",
            expected='gray levels, the mode "L"',
            actual="two levels",
            cause='the mode "1" leaves a single bit for each pixel',
            next_step="convert to the mode that keeps 256 levels of gray",
        )
    expect_values(
        got.float(),
        wanted.float(),
        f"image of {kind}",
        because="what the transform makes of the picture in Pillow's gray",
        next_step="hand the picture to the transform as Pillow converts it, and return what comes back",
        mistakes=[
            Mistake(
                wanted.float() / 255 if picture.mode != "1" else wanted.float() + 1,
                "the image is scaled once more after the transform",
                "return it as it is",
            ),
            Mistake(255 - wanted.float(), "black and white are exchanged", "this exercise leaves them as they are"),
            Mistake(
                torch.zeros_like(wanted).float(),
                "the levels are lost: numbers in 0..1 were cut to whole numbers",
                "return what the transform gives",
            ),
            Mistake(
                (wanted > 0).float() if picture.mode == "1" else wanted.float() + 1,
                "the one-bit picture goes into the transform as it is: paper is 1 where gray paper is 255",
                "convert every picture to the same mode",
            ),
        ],
    )


def _expect_alphabet(alphabet: Subject, name: int, alphabets: int, names: Sequence[int]) -> None:
    if alphabet.kind in {"int", "float"} or (alphabet.tensor is not None and alphabet.tensor.ndim == 0):
        fail(
            f"`{alphabet.label}` is a single number.",
            expected=f"a vector of {alphabets} numbers, all 0 but one",
            actual=alphabet.kind_name,
            cause="the index of the alphabet itself is returned: a network would take alphabet 4 for twice alphabet 2",
            next_step="make a one-hot vector of it",
        )
    if alphabet.kind == "list":
        fail(
            f"`{alphabet.label}` should be a tensor.",
            expected="a float32 tensor",
            actual="a list",
            cause="a loader does not stack lists to one tensor: it makes a list of columns, which no layer takes",
            next_step="make a float32 tensor of it",
        )
    got = expect_tensor(alphabet, dtype=torch.float32, because="the Linear that reads it computes in float32")
    wanted = torch.zeros(alphabets)
    wanted[name] = 1
    if got.ndim == 1 and len(got) != alphabets:
        fail(
            f"`{alphabet.label}` has the wrong length.",
            expected=f"{alphabets} numbers, one for each alphabet",
            actual=f"{len(got)}",
            cause={
                name + 1: "`one_hot` was not told how many classes there are, and counts to this one only",
                max(names) + 1: "the alphabets in `samples` are counted, and the last ones do not occur there",
                len(set(names)): "the alphabets in `samples` are counted, and not all of them occur there",
            }.get(len(got), "the length follows from this sample, or is written into the code"),
            next_step="use the argument `alphabets`",
        )
    binary = got.shape == wanted.shape and bool(((got == 0) | (got == 1)).all())
    if binary and got[name] == 1 and 1 < got.sum() < alphabets:
        fail(
            f"`{alphabet.label}` has several ones.",
            expected=f"a 1 for alphabet {name}, and 0 for all others",
            actual=f"{int(got.sum())} ones",
            cause="one vector serves all samples, and keeps the ones of those that were read before",
            next_step="make a new vector each time a sample is read",
        )
    others: list[Mistake] = []
    for shift in (-1, 1):
        other = torch.zeros(alphabets)
        other[(name + shift) % alphabets] = 1
        others.append(Mistake(other, "the 1 stands beside its place: alphabets count from 0", "no shift is needed"))
    expect_values(
        got,
        wanted,
        alphabet.label,
        because=f"a 1 for alphabet {name}, and 0 for all others",
        next_step="print the vector of the first sample",
        mistakes=[
            *others,
            Mistake(1 - wanted, "zeros and ones are exchanged", "start from zeros"),
            Mistake(name * wanted, "the entry holds the index instead of 1", "set it to 1"),
            Mistake(torch.zeros(alphabets), "no entry is set", "set the alphabet's entry to 1"),
            Mistake(torch.ones(alphabets), "every entry is 1", "start from zeros"),
        ],
    )


def _expect_character(character: Subject, one: int, name: int) -> None:
    if character.tensor is not None and character.tensor.ndim > 0:
        fail(
            f"`{character.label}` has too many axes.",
            expected="one whole number, the class",
            actual=f"shape {show_shape(character.tensor.shape)}",
            cause="the class is one-hot, too, or wrapped into a list: the loss wants an index for each sample",
            next_step="return the index as it is",
        )
    if character.kind in {"list", "tuple"}:
        fail(
            f"`{character.label}` should be a whole number.",
            expected="an int, or an int64 tensor without axes",
            actual=character.kind_name,
            cause="the class is wrapped into brackets: a loader would make a list of it, which no loss takes",
            next_step="return the class as it stands in the sample",
        )
    value = number_of(character)
    if isinstance(value, float):
        fail(
            f"`{character.label}` should be a whole number.",
            expected="an int, or an int64 tensor without axes: `CrossEntropyLoss` wants the class as an index",
            actual=f"{character.kind_name} ({value:g})",
            cause="the class was converted to float together with the vector",
            next_step="return the class as it stands in the sample",
        )
    if value is None or isinstance(value, bool) or character.meta.get("dtype", "int64") != "int64":
        fail(
            f"`{character.label}` should be a whole number.",
            expected="an int, or an int64 tensor without axes",
            actual=character.kind_name,
            cause="another part of the sample stands in its place",
            next_step="return image, alphabet, character in this order",
        )
    if value != one:
        fail(
            f"`{character.label}` is wrong.",
            expected="the third part of the sample",
            actual=str(value),
            cause="the index of the alphabet is returned as the class"
            if value == name
            else "another number is returned",
            next_step="take the parts of the sample apart by name",
        )


# -- 11.3: split by drawer -----------------------------------------------------------------------------------------


def _people(count: int, most: int, least: int = 2, gaps: bool = True, mixed: bool = True) -> Tensor:
    """Drawers with gaps in their numbers, unequal shares and a mixed order."""
    numbers = 3 + 2 * _randperm(2 * count)[:count] if gaps else _randperm(count)
    rows = torch.cat([numbers[k].repeat(random_integer(least, most)) for k in range(count)])
    return rows[_randperm(len(rows))] if mixed else rows.sort().values


@exercise(
    "11.3",
    title="Split by drawer",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Draw among people, not among rows: `drawers.unique()` is everyone who is there.",
        "`torch.randperm(n, generator=generator)` puts the people in a random order; some of the first go to the test.",
        "`torch.isin(drawers, chosen)` says for each row whether its drawer was chosen; `nonzero()` gives the rows.",
    ),
)
def split_by_drawer(split_by_drawer: Subject) -> None:
    # 0.2 of 10 is exact, 0.25 of 11 is rounded up, of 13 down, and 0.05 of 4 would be nobody;
    # who draws 10 of 20 with replacement gets fewer
    for people, share in ((10, 0.2), (11, 0.25), (13, 0.25), (20, 0.5), (4, 0.05)):
        drawers = _people(people, 9)
        wanted = max(1, round(share * people))
        given = give(drawers, "drawers")
        label = f"split_by_drawer(drawers, {share}, generator) for {people} people"
        seed = _seed()
        sets = []

        def split(this: int, rows: Tensor | Subject = given, share: float = share, label: str = label) -> Subject:
            return call(split_by_drawer, rows, share, _generator(this), label=label)

        for this in (seed, seed, seed + 1, seed + 2, seed + 3):
            sets.append(_expect_split(split(this), drawers, people, wanted, label, split))
        expect_unchanged(given, drawers, "the tensor `drawers`")
        if sets[0] != sets[1]:
            fail(
                f"`{label}` chooses other people when the generator has the same seed.",
                expected="the same split for the same seed",
                actual="two splits",
                cause="the random numbers come from elsewhere: `generator=generator` is missing, or another generator "
                "is made",
                next_step="pass the generator on to the function that draws",
            )
        if all(one == sets[0] for one in sets[2:]) and people > 4:
            fail(
                f"`{label}` always chooses the same people.",
                expected="people chosen at random by the generator",
                actual="the same test drawers for four seeds",
                cause="the first or last people are taken, or the generator is seeded in the function",
                next_step="put the people in a random order first",
            )


def _expect_split(
    answer: Subject, drawers: Tensor, people: int, wanted: int, label: str, split: Callable[..., Subject]
) -> frozenset[int]:
    """The people in the test; ``split`` makes splits with other seeds, to find the cause of a wrong number."""
    parts = []
    for part in expect_parts(answer, ("train", "test")):
        if part.meta.get("dtype") == "bool":
            fail(
                f"`{part.label}` is a mask.",
                expected="the indices of the rows, int64",
                actual="True and False",
                cause="the comparison itself is returned",
                next_step="turn the mask into indices with `nonzero()`, and remove the extra axis",
            )
        if part.tensor is not None and part.tensor.ndim == 2 and part.tensor.shape[1] == 1:
            fail(
                f"`{part.label}` has two axes.",
                expected="indices of shape (rows,)",
                actual=f"shape {show_shape(part.tensor.shape)}",
                cause="`nonzero()` gives one column for each axis of the mask, here a single one",
                next_step="remove the last axis",
            )
        parts.append(expect_tensor(part, shape="rows", dtype=torch.int64, because="they index rows"))
    train, test = parts
    rows = len(drawers)
    together = torch.cat(parts)
    if len(together) and (int(together.min()) < 0 or int(together.max()) >= rows):
        fail(
            f"`{label}` gives indices that do not exist.",
            expected=f"indices from 0 to {rows - 1}",
            actual=f"from {int(together.min())} to {int(together.max())}",
            cause="the numbers of the drawers are returned instead of the places of their rows",
            next_step="ask where the drawers of a part stand",
        )
    if together.sort().values.tolist() != list(range(rows)):
        fail(
            f"`{label}` does not use every row once.",
            expected=f"all {rows} rows, each in one of the two parts",
            actual=f"{len(train)} and {len(test)} rows, {len(set(together.tolist()))} different ones",
            cause="one index for each person is returned instead of all rows"
            if len(together) <= people
            else "the numbers of the drawers are returned instead of the places of their rows"
            if set(together.tolist()) <= set(drawers.tolist()) and len(together) == rows
            else "rows are missing or in both parts",
            next_step="every row whose drawer was chosen goes to the test, all others to the training",
        )
    here, there = set(drawers[train].tolist()), set(drawers[test].tolist())
    if here & there:
        fail(
            f"`{label}` puts drawings of one person into both parts.",
            expected="every person in one part only",
            actual=f"{len(here & there)} of {people} people are in both",
            cause="rows are drawn at random, not people",
            next_step="choose people first, then collect their rows",
        )
    if len(there) != wanted:
        cause = "another number of people goes to the test"
        next_step = "multiply the number of people by the share, round, and take at least 1"
        counts = {len(there), *(_test_people(split(this), drawers) for this in range(8))} - {-1}
        known = _why_other_number(split)
        if known[0]:
            cause, next_step = known
        elif len(counts) > 1:
            cause = "how many people are in the test is left to chance: a throw for each, or some are drawn twice"
            next_step = "put all people in a random order, and take as many of the first as the share says"
        elif len(here) == wanted:
            cause = "the two parts are exchanged: the chosen people are in the training part"
        elif not there:
            cause = "the number of test people was rounded to 0"
        elif abs(len(there) - wanted) == 1:
            cause = "the number of people is rounded in another way than `round` does it"
        fail(
            f"The number of people in the test of `{label}` is wrong.",
            expected=f"{wanted}: the share of the people, rounded, but at least one",
            actual=str(len(there)),
            cause=cause,
            next_step=next_step,
        )
    return frozenset(there)


def _test_people(answer: Subject, drawers: Tensor) -> int:
    """How many people are in the test; -1 where the answer says no rows."""
    rows = answer.children[1].tensor if len(answer.children) == 2 else None
    if rows is None or rows.dtype != torch.int64 or not len(rows):
        return -1
    if int(rows.min()) < 0 or int(rows.max()) >= len(drawers):
        return -1
    return len(drawers[rows].unique())


def _why_other_number(split: Callable[..., Subject]) -> tuple[str, str]:
    """What about the drawers makes the number of test people wrong: without it, the number is right.

    Half of 20 people, so that neither rounding nor luck gives the right number eight times.
    """

    def right(drawers: Tensor) -> bool:
        try:
            return all(_test_people(split(this, drawers, 0.5), drawers) == 10 for this in range(8))
        except Raised:
            return False

    if right(_people(20, 9)):
        return "", ""
    if right(_people(20, 9, gaps=False)):
        return (
            "the people are taken for 0 to the largest number: those in the gaps are counted and drawn, too",
            "draw among the numbers that occur",
        )
    if right(_people(20, 9, mixed=False)):
        return (
            "rows that stand side by side are taken for a person (`unique_consecutive`), and the rows are not sorted: "
            "people count several times",
            "find every number once, wherever its rows stand",
        )
    if right(_people(20, 5, least=5)):
        return (
            "people are added until the share of the rows is reached, and people have drawn unequally much",
            "the share counts people: multiply their number by it",
        )
    drawers = _people(20, 9)
    try:
        taken = {_test_people(split(this, drawers, 0.05), drawers) for this in range(8)}
    except Raised:
        return "", ""
    if taken == {round(0.05 * len(drawers))}:
        return "the share of the rows is taken for a number of people", "multiply the number of people by the share"
    return "", ""


# -- 11.4: the network with two inputs -----------------------------------------------------------------------------


class _Joint(nn.Module):
    """The chapter's network, and its relatives with one thing changed."""

    def __init__(self, size: int, alphabets: int, characters: int, change: str = "") -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, CHANNELS, 3, padding=1)
        self.image = nn.Linear(CHANNELS * (size // 2) ** 2, FEATURES)
        self.symbol = nn.Linear(alphabets, SYMBOLS)
        self.head = nn.Linear(FEATURES + SYMBOLS, characters)
        self.change = change

    def forward(self, image: Tensor, alphabet: Tensor) -> Tensor:
        change = self.change
        bend: Callable[[Tensor], Tensor] = F.relu if change == "relu" else F.elu
        bend_symbol: Callable[[Tensor], Tensor] = F.relu if change == "alphabet relu" else bend
        pool: Callable[[Tensor, int], Tensor] = F.avg_pool2d if change == "average" else F.max_pool2d
        x = pool(self.conv(image), 2)
        x = x if change in {"no conv elu", "no elu"} else bend(x)
        if change == "turned":
            x = x.transpose(2, 3)
        x = self.image(x.flatten(1))
        x = x if change in {"no image elu", "no branch elu", "no elu"} else bend(x)
        a = self.symbol(alphabet)
        a = a if change in {"no alphabet elu", "no branch elu", "no elu"} else bend_symbol(a)
        if change == "no image":
            x = torch.zeros_like(x)
        if change == "no alphabet":
            a = torch.zeros_like(a)
        joined = torch.cat([a, x] if change == "order" else [x, a], dim=1)
        joined = bend(joined) if change == "elu joined" else joined
        out = self.head(joined)
        if change == "softmax":
            return out.softmax(1)
        if change == "log softmax":
            return out.log_softmax(1)
        return bend(out) if change == "elu last" else out


_JOINT_MISTAKES = {
    "no image elu": (
        "the ELU behind the image branch's Linear is missing: this Linear and the head then collapse into one "
        "for the image",
        "look at the end of each branch",
    ),
    "no alphabet elu": ("the ELU behind the alphabet's Linear is missing", "look at the end of each branch"),
    "no branch elu": (
        "the branches end without an ELU: each of their Linears collapses with the head into one",
        "look at the end of each branch",
    ),
    "no conv elu": ("the ELU behind the convolution is missing", "convolution, pooling, ELU"),
    "no elu": ("there is no ELU at all", "one behind the convolution, and one at the end of each branch"),
    "relu": ("ReLU is used where ELU is asked for", "compare with the table"),
    "alphabet relu": ("the alphabet branch ends with a ReLU where ELU is asked for", "compare with the table"),
    "average": ("the pooling takes means where maxima are asked for", "compare with the table"),
    "order": (
        "the alphabet's features come first in the joined vector",
        "the image's features first, the alphabet's behind them",
    ),
    "softmax": (
        "the network ends with a softmax, and `CrossEntropyLoss` applies its own",
        "return the scores (logits) of the last Linear",
    ),
    "log softmax": ("the network ends with a log-softmax", "return the scores (logits) of the last Linear"),
    "elu last": ("there is an activation behind the head", "the head's numbers are the logits"),
    "elu joined": ("the joined vector goes through one more ELU", "join, then the head"),
    "no image": ("the image's features take no part in the output", "join both"),
    "no alphabet": ("the alphabet's features take no part in the output", "join both"),
    "turned": ("height and width are exchanged before flattening", "flatten as `nn.Flatten` does"),
}


def _joint_count(size: int, alphabets: int, characters: int, size_of_flat: int = 0, joined: int = 0) -> int:
    flat = size_of_flat or CHANNELS * (size // 2) ** 2
    head = ((joined or FEATURES + SYMBOLS) + 1) * characters
    return CHANNELS * 10 + (flat + 1) * FEATURES + (alphabets + 1) * SYMBOLS + head


@exercise(
    "11.4",
    title="A network with two inputs",
    points=4,
    difficulty=2,
    minutes=25,
    hints=(
        "Three parts, each an `nn.Sequential` on `self`: the image branch, the alphabet branch, and the head.",
        "After pooling, a picture of `size` pixels has `size // 2` left in each direction, in 16 channels.",
        "In `forward`: run both branches, join their results along the axis of the features, and run the head.",
    ),
)
def two_input_net(TwoInputNet: Subject) -> None:
    for size, alphabets, characters in (
        (random_integer(4, 6) * 2, random_integer(4, 6), random_integer(7, 9)),
        (64, 30, 964),
    ):
        model = construct(TwoInputNet, size, alphabets, characters)
        expect_model(model)
        model.label = f"TwoInputNet({size}, {alphabets}, {characters})"
        expect_parameters(
            model,
            _joint_count(size, alphabets, characters),
            example=[torch.zeros(2, 1, size, size), torch.zeros(2, alphabets)],
            mistakes=[
                Mistake(
                    _joint_count(size, alphabets, characters, CHANNELS * size**2),
                    "the Linear of the image branch is made for images that were not pooled",
                    "pooling halves height and width",
                ),
                Mistake(
                    _joint_count(size, alphabets, characters, CHANNELS * 32 * 32),
                    "the Linear of the image branch is made for 64 pixels, whatever `size` is",
                    "compute its inputs from `size`",
                ),
                Mistake(
                    _joint_count(size, 30, characters),
                    "the alphabet branch is made for 30 alphabets, whatever `alphabets` is",
                    "use the argument",
                ),
                Mistake(
                    _joint_count(size, alphabets, 964),
                    "the head is made for 964 characters, whatever `characters` is",
                    "use the argument",
                ),
                Mistake(
                    _joint_count(size, alphabets, characters, joined=FEATURES),
                    "the head reads the image's features only",
                    "its inputs are the features of both branches, side by side",
                ),
                Mistake(
                    _joint_count(size, alphabets, characters) + CHANNELS * (25 - 9),
                    "the convolution has a kernel of 5 x 5",
                    "compare with the table: 3 x 3",
                ),
                Mistake(
                    _joint_count(size, alphabets, alphabets),
                    "the head has one output for each alphabet",
                    "it names characters",
                ),
            ],
        )
        if size == 64:
            continue  # counting is enough: the large network would take seconds
        rows = 7
        image = random_normal(rows, 1, size, size)
        symbol = _one_hot(_random_integers(0, alphabets - 1, rows), alphabets)
        _expect_two_inputs(model, image, symbol)
        expect_same_behavior(
            model,
            _Joint(size, alphabets, characters),
            (image, symbol),
            what="both branches, their features side by side (the image's first), and the head",
            mistakes=(
                (_Joint(size, alphabets, characters, change), *words) for change, words in _JOINT_MISTAKES.items()
            ),
        )
        expect_same_in_training(model, (image, symbol))
        expect_batch_independent(model, (image, symbol))
        expect_gradients(model, image, symbol)


def _expect_two_inputs(model: Subject, image: Tensor, symbol: Tensor) -> None:
    """Name the two mistakes whose error messages speak of something else."""
    try:
        call(model, image, symbol)
    except Raised as error:
        if error.is_stub:
            raise
        cause, next_step = "", ""
        size, rows, width = image.shape[-1] // 2, len(image), FEATURES + SYMBOLS
        if "but it is not" in error.message or "missing" in error.message or "positional" in error.message:
            raise
        if "Sizes of tensors must match except in dimension 0" in error.message:
            cause = "the features are joined along axis 0, one batch below the other, where only equal widths fit"
            next_step = "join along the axis of the features: each row gets longer"
        elif f"tensor a ({FEATURES})" in error.message and f"tensor b ({SYMBOLS})" in error.message:
            cause = "the two feature vectors are added, or joined number by number, and they have unequal lengths"
            next_step = "lay them side by side with `torch.cat`"
        elif "stack expects each tensor to be equal size" in error.message:
            cause = "`torch.stack` makes a new axis, for tensors of the same shape"
            next_step = "`torch.cat` joins along an axis that is there"
        elif "must be tuple of Tensors" in error.message:
            cause = "`torch.cat` takes the tensors together, in a list or tuple, and got them one by one"
            next_step = "put brackets around the tensors: `torch.cat([...], dim=...)`"
        elif _works(model, symbol, image):
            cause = "the two inputs are taken in the other order"
            next_step = "`forward` takes the image first and the alphabet second"
        elif f"({rows}x{FEATURES + symbol.shape[1]} and {width}x" in error.message:
            cause = "the alphabet itself is joined, not what its branch makes of it"
            next_step = "let the alphabet go through its branch first"
        elif f"x{size} and {CHANNELS * size**2}x" in error.message:
            cause = "the maps of the convolution reach the Linear as they are, with height and width"
            next_step = "flatten them before the Linear"
        elif f"(1x{rows * CHANNELS * size**2} and " in error.message:
            cause = "the batch is flattened, too: one long row is left of all images"
            next_step = "flatten from axis 1 on: `nn.Flatten()` or `flatten(1)`"
        if not cause:
            raise
        fail(
            f"`{model.label}` does not take an image and an alphabet.",
            expected="logits of shape (B, characters)",
            actual=f"{error.type}: {error.message[:200]}",
            cause=cause,
            next_step=next_step,
            where=_where(error),
        )


def _works(model: Subject, *inputs: Tensor) -> bool:
    try:
        call(model, *inputs)
    except Raised:
        return False
    return True


# -- 11.5: two linear layers in a row ------------------------------------------------------------------------------


def _explain_merge(error: Raised, label: str) -> NoReturn:
    if error.is_stub:
        raise error
    if "cannot be multiplied" in error.message:
        cause = (
            "the two weights do not fit in this order: a weight is (outputs, inputs), and the first layer acts first"
        )
        next_step = "in the formula, which of the two matrices stands next to x?"
    elif "must match the size of tensor" in error.message:
        cause = "numbers of different lengths are added, such as the two biases as they are"
        next_step = "what does the second layer make of the first one's bias?"
    else:
        raise error
    fail(
        f"`{label}` raised {error.type}.",
        expected="one `nn.Linear`",
        actual=f"{error.type}: {error.message[:200]}",
        cause=cause,
        next_step=next_step,
        where=_where(error),
    )


@exercise(
    "11.5",
    title="Two Linear layers in a row are one",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Write it out: $W_2 (W_1 x + b_1) + b_2$, and sort by what stands in front of $x$ and what does not.",
        "PyTorch stores a Linear's weight as (outputs, inputs), so the product of the two stands in the same order "
        "as in the formula.",
        "Make an `nn.Linear` of the right size, and `copy_` the numbers into its weight and bias within "
        "`torch.no_grad()`.",
    ),
)
def merge_linear(merge_linear: Subject) -> None:
    n = random_integer(4, 6)
    # last with many inputs: whoever fits the map to a fixed number of rows needs more rows than there are inputs
    many = random_integer(140, 160)
    for inputs, middle, outputs in ((n, n + 3, n + 1), (n + 2, 2, n + 4), (n, n, n), (many, 4, 3)):
        first = make("torch.nn.Linear", inputs, middle, label="first")
        second = make("torch.nn.Linear", middle, outputs, label="second")
        numbers = []
        for layer in (first, second):
            fresh = [random_normal(*p.tensor.shape) for p in parameters(layer)]
            load_parameters(layer, fresh)
            numbers.append(fresh)
        (w1, b1), (w2, b2) = numbers
        label = f"merge_linear(first, second) for {inputs} to {middle} to {outputs}"
        try:
            merged = call(merge_linear, first, second, keep=True, label=label)
        except Raised as error:
            _explain_merge(error, label)
        if merged.kind in {"tuple", "list"}:
            fail(
                f"`{label}` gives several values.",
                expected="one `nn.Linear`",
                actual=merged.kind_name,
                cause="weight and bias are returned, or both layers, instead of one layer that holds the numbers",
                next_step="make an `nn.Linear` and copy the numbers into it",
            )
        expect_model(merged, because="the result is a layer")
        expect_instance(
            merged,
            "torch.nn.Linear",
            "an nn.Linear",
            cause="both layers are chained in a Sequential, which computes the same and is still two layers"
            if merged.type_name.endswith("Sequential")
            else "",
            next_step="make one `nn.Linear` from the inputs of the first to the outputs of the second",
        )
        merged.label = "merged"
        found = parameters(merged)
        if len(found) != 2:
            fail(
                "`merged` has no bias.",
                expected="a weight and a bias",
                actual=f"{len(found)} parameters",
                cause="`bias=False`: but both biases together are a bias again",
                next_step="leave the bias in",
            )
        weight, bias = (p.tensor for p in found)
        if tuple(weight.shape) != (outputs, inputs):
            fail(
                "`merged` has the wrong size.",
                expected=f"weight {show_shape((outputs, inputs))}: {inputs} inputs and {outputs} outputs",
                actual=f"weight {show_shape(weight.shape)}",
                cause="inputs and outputs are exchanged: the layer was made so, or a transposed product was put into it"
                if tuple(weight.shape) == (inputs, outputs)
                else "the middle layer's size is taken for one of them",
                next_step="`nn.Linear(inputs of the first, outputs of the second)`; its weight is (outputs, inputs)",
            )
        product = w2 @ w1
        mistakes = [
            Mistake(product.T, "the product is transposed", "weights are (outputs, inputs)"),
            Mistake(
                product + (w2 @ b1 + b2).unsqueeze(1),
                "the biases are in the weight: what comes out for a 1 in one place holds them, too",
                "subtract what comes out for zeros",
            ),
        ]
        if inputs == middle == outputs:
            mistakes += [
                Mistake(
                    w1 @ w2, "the matrices are multiplied in the other order", "the first layer stands on the right"
                ),
                Mistake(w1 + w2, "the matrices are added", "they act one after the other: a product"),
                Mistake(w1 * w2, "the matrices are multiplied number by number", "a matrix product"),
                Mistake(w2.T @ w1, "one of the weights is transposed", "weights are (outputs, inputs)"),
                Mistake(w2 @ w1.T, "one of the weights is transposed", "weights are (outputs, inputs)"),
                Mistake(w2.T @ w1.T, "both weights are transposed", "weights are (outputs, inputs)"),
            ]
        if inputs == many and not close(weight, product, 1e-3, 1e-4):
            fail(
                f"`{label}` is wrong, and right for few inputs.",
                expected="one formula for layers of any size",
                actual="other weights than for small layers",
                cause="the map is fitted or probed with a fixed number of rows: too few for this many inputs",
                next_step="compute the weight from both weights: then no size matters",
            )
        expect_values(
            weight,
            product,
            "merged.weight",
            rtol=1e-3,
            atol=1e-4,
            because="what stands in front of x",
            mistakes=mistakes,
        )
        wrong = [
            Mistake(b2, "the first layer's bias is left out", "it goes through the second matrix"),
            Mistake(w2 @ b1, "the second layer's bias is left out", "add it"),
            Mistake(torch.zeros(outputs), "the bias is zero", "both biases leave something behind"),
        ]
        if middle == outputs:
            wrong += [
                Mistake(b1 + b2, "the biases are added as they are", "the first goes through the second matrix"),
                Mistake(w2.T @ b1 + b2, "the second matrix is transposed for the bias", "W2 b1 + b2"),
            ]
        expect_values(
            bias,
            w2 @ b1 + b2,
            "merged.bias",
            rtol=1e-3,
            atol=1e-4,
            because="what does not depend on x",
            next_step="put x = 0 into both layers: what comes out?",
            mistakes=wrong,
        )
        for layer, before in ((first, numbers[0]), (second, numbers[1])):
            if not all(torch.equal(p.tensor, old) for p, old in zip(parameters(layer), before, strict=True)):
                fail(
                    f"The layer `{layer.label}` is changed.",
                    expected="both layers as they were",
                    actual="other weights",
                    cause="the result is written into one of the layers",
                    next_step="make a new `nn.Linear`",
                )
            if not all(p.requires_grad for p in parameters(layer)):
                fail(
                    f"The layer `{layer.label}` is frozen afterwards.",
                    expected="both layers as they were, able to learn on",
                    actual="parameters with `requires_grad=False`",
                    cause="`requires_grad` was turned off to get around autograd, and stays off",
                    next_step="compute within `torch.no_grad()` instead",
                )


# -- 11.6: what each input adds to the scores ----------------------------------------------------------------------


@exercise(
    "11.6",
    title="What each input adds to the scores",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "`head.weight` has one column for each entry of the joined vector: the image's columns come first.",
        "How many columns belong to the image, you can see from `image_features`.",
        "Each part is its features times the transpose of its columns. The bias belongs to neither.",
    ),
)
def head_parts(head_parts: Subject) -> None:
    m = random_integer(4, 5)
    for rows, image_width, symbol_width, classes in (
        (random_integer(5, 7), m + 4, m, random_integer(6, 8) + 6),
        (1, 3, m + 2, 5),
        (m + 1, m, m, 2 * m),
    ):
        head = make("torch.nn.Linear", image_width + symbol_width, classes, label="head")
        weight, bias = random_normal(classes, image_width + symbol_width), random_normal(classes)
        load_parameters(head, [weight, bias])
        x, a = random_normal(rows, image_width), random_normal(rows, symbol_width)
        given = [give(x, "image_features"), give(a, "alphabet_features")]
        label = f"head_parts(head, image_features, alphabet_features), widths {image_width} and {symbol_width}"
        try:
            seen = call(head_parts, head, *given, label=label)
        except Raised as error:
            _explain_widths(head_parts, error, label)
        parts = expect_parts(seen, ("from_image", "from_alphabet"))
        left, right = weight[:, :image_width], weight[:, image_width:]
        wanted = (x @ left.T, a @ right.T)
        got = [
            expect_tensor(
                part,
                shape="batch classes",
                dtype=torch.float32,
                sizes={"batch": rows, "classes": classes},
                because=FLOATS,
            )
            for part in parts
        ]
        if not all(close(one, right_one, 1e-3, 1e-4) for one, right_one in zip(got, wanted, strict=True)):
            _explain_parts(parts, got, wanted, (x, a), weight, bias)
        for subject, before in zip(given, (x, a), strict=True):
            expect_unchanged(subject, before, f"the argument `{subject.label}`")
        if not all(torch.equal(p.tensor, old) for p, old in zip(parameters(head), (weight, bias), strict=True)):
            fail(
                "`head` is changed by the call.",
                expected="the layer as it was",
                actual="other weights",
                cause="a part of the weights was set to 0 in place",
                next_step="take slices of the weight, or work on a copy",
            )


def _explain_widths(head_parts: Subject, error: Raised, label: str) -> NoReturn:
    """Whether what raised would be right with one of the chapter's widths."""
    if error.is_stub:
        raise error
    for widths, words in (
        ((5, SYMBOLS), f"the {SYMBOLS} features of the chapter's alphabets are written into the code"),
        ((FEATURES, 5), f"the {FEATURES} features of the chapter's images are written into the code"),
    ):
        head = make("torch.nn.Linear", sum(widths), 3, label="head")
        weight, x, a = random_normal(3, sum(widths)), random_normal(2, widths[0]), random_normal(2, widths[1])
        load_parameters(head, [weight, torch.zeros(3)])
        try:
            parts = call(head_parts, head, x, a).children
        except Raised:
            continue
        wanted = (x @ weight[:, : widths[0]].T, a @ weight[:, widths[0] :].T)
        got = [part.tensor for part in parts]
        if len(got) == 2 and all(
            one is not None and close(one, right, 1e-3, 1e-3) for one, right in zip(got, wanted, strict=True)
        ):
            fail(
                f"`{label}` raised {error.type}.",
                expected="two parts for features of any widths",
                actual=f"{error.type}: {error.message[:200]}",
                cause=words,
                next_step="read the widths off the features that come in",
                where=_where(error),
            )
    raise error


def _explain_parts(
    parts: Sequence[Subject],
    got: Sequence[Tensor],
    wanted: tuple[Tensor, Tensor],
    given: tuple[Tensor, Tensor],
    weight: Tensor,
    bias: Tensor,
) -> None:
    x, a = given
    first, second = wanted
    width, symbols = x.shape[1], a.shape[1]
    known: list[tuple[tuple[Tensor, Tensor], str, str]] = [
        ((second, first), "the two parts are returned in the other order", "the image's part first"),
        ((first + bias, second + bias), "both parts hold the bias: together it counts twice", "leave it out of both"),
        ((first + bias, second), "the image's part holds the bias", "leave it out of both"),
        ((first, second + bias), "the alphabet's part holds the bias", "leave it out of both"),
        ((first + bias / 2, second + bias / 2), "the bias is shared between the two parts", "leave it out of both"),
        ((first + second, first + second), "both parts are the whole", "a part uses its own columns only"),
        (
            (first, weight[:, width:].T[a.argmax(1)]),
            "the alphabet's features are taken for a one-hot vector, and the column of the largest is picked",
            "they are numbers of a layer: each one counts, times its column",
        ),
        (
            (x @ weight[:, symbols:].T, a @ weight[:, :symbols].T),
            "the first columns are given to the alphabet, and the last ones to the image",
            "the joined vector starts with the image's features",
        ),
    ]
    if len(weight) >= width + symbols and len(weight) == weight.shape[1]:
        known.append(
            ((x @ weight[:width], a @ weight[width:]), "rows of the weight are taken", "a column for each feature")
        )
    for wrong, cause, next_step in known:
        if all(close(one, other, 1e-3, 1e-4) for one, other in zip(got, wrong, strict=True)):
            fail(
                "The two parts are wrong.",
                expected="two parts that add up, with the bias, to the head's logits",
                actual="other values",
                cause=cause,
                next_step=next_step,
            )
    for part, one, right in zip(parts, got, wanted, strict=True):
        expect_values(
            one,
            right,
            part.label,
            rtol=1e-3,
            atol=1e-4,
            because="the features of one branch times the columns of the head's weight that belong to them",
            next_step="check that both parts and the bias add up to `head(torch.cat(...))`",
        )


# -- 11.7: one epoch for any number of inputs ----------------------------------------------------------------------


def _epoch(
    module: nn.Module, batches: Sequence[Sequence[Tensor]], rate: float, change: str = ""
) -> tuple[list[float], list[Tensor]]:
    """Losses of the batches and the parameters after one epoch of SGD with momentum, or with a mistake in it."""
    module = _copy(module)
    optimizer = torch.optim.SGD(module.parameters(), lr=rate, momentum=0.5)
    losses = []
    for *inputs, targets in (*batches, *batches) if change == "two epochs" else batches:
        if change != "no zero_grad":
            optimizer.zero_grad()
        out = module(*inputs)
        out = out.softmax(1) if change == "softmax" else out
        loss = F.cross_entropy(out, targets, reduction="sum" if change == "sum" else "mean")
        if change == "first size":
            loss = loss * len(targets) / len(batches[0][-1])
        loss.backward()
        if change != "no step":
            optimizer.step()
        if change == "after the step":
            with torch.no_grad():
                loss = F.cross_entropy(module(*inputs), targets)
        losses.append(loss.item())
        if change == "first batch only":
            break
    if change == "after the epoch":
        with torch.no_grad():
            losses = [F.cross_entropy(module(*inputs), targets).item() for *inputs, targets in batches]
    return losses, [p.detach().clone() for p in module.parameters()]


def _copy(module: nn.Module) -> nn.Module:
    import copy

    return copy.deepcopy(module)


_EPOCH_MISTAKES = {
    "no zero_grad": (
        "gradients of earlier batches are never cleared: they add up from batch to batch",
        "clear the gradients once for each batch",
    ),
    "no step": (
        "the parameters did not move at all: no step, gradients that never arrive, or gradients that are cleared "
        "between `backward()` and `step()`",
        "clear, go backward, step: in this order",
    ),
    "softmax": ("a softmax is applied before the cross-entropy, which has its own", "hand the logits to the loss"),
    "sum": ("the loss is the sum over the batch, so that long batches make longer steps", "take the mean"),
    "first size": (
        "every batch's sum is divided by the size of a full batch, and the last one is short: its step is too small",
        "divide by the number of samples in this batch: the mean of its losses",
    ),
    "two epochs": ("the loader is gone through twice", "one epoch: a single loop over the batches"),
    "first batch only": ("only the first batch is used: a `return` or `break` stands in the loop", "move it out"),
}


def _mean_loss(losses: Sequence[float], lengths: Sequence[int]) -> float:
    return sum(loss * n for loss, n in zip(losses, lengths, strict=True)) / sum(lengths)


def _mean_loss_mistakes(
    module: nn.Module, batches: Sequence[Sequence[Tensor]], rate: float
) -> tuple[float, list[Mistake]]:
    """The epoch's mean loss, and what known mistakes make of it."""
    losses = _epoch(module, batches, rate)[0]
    lengths = [len(batch[-1]) for batch in batches]
    rows, size, rest = sum(lengths), lengths[0], lengths[-1]
    mean = _mean_loss(losses, lengths)
    late = [_mean_loss(_epoch(module, batches, rate, f"after the {what}")[0], lengths) for what in ("step", "epoch")]
    return mean, [
        Mistake(losses[-1], "that is the loss of the last batch only", "add up over the loop"),
        Mistake(
            sum(losses) / len(losses),
            "the losses of the batches are averaged as if all batches were equally long",
            "weight the loss of each batch by its number of samples",
        ),
        Mistake(sum(losses), "the losses of the batches are added, but not divided", "a mean is asked for"),
        Mistake(mean * rows, "the sum over all samples is not divided by their number", "divide it"),
        Mistake(
            sum(losses) / rows,
            "means of batches are added up and divided by the number of samples",
            "each of them is a mean already: multiply by the batch size first",
        ),
        Mistake(
            sum(losses) * size / rows,
            "every batch counts as full: its loss is multiplied by the loader's batch size, and the last one is short",
            "multiply by the number of targets in this batch",
        ),
        Mistake(
            sum(losses) * rest / rows,
            "every batch counts as if it were as short as the last one: the size is taken after the loop",
            "multiply within the loop, by the number of targets in this batch",
        ),
        Mistake(
            late[0],
            "each loss is computed once more after the step, with the parameters that have moved",
            "take the loss that the step was made from",
        ),
        Mistake(
            late[1],
            "the losses are computed after the epoch, with the last parameters",
            "take each batch's loss when the batch is computed",
        ),
        Mistake(
            mean * rows / len(losses),
            "the sum over all samples is divided by the number of batches",
            "divide by the number of samples",
        ),
    ]


def _epochs_told_apart(
    module: nn.Module,
    batches: Sequence[Sequence[Tensor]],
    rate: float,
    wanted: Sequence[Tensor],
    results: Sequence[float],
) -> bool:
    """Whether no known mistake comes to the right parameters or loss by accident, nor two of them to the same loss."""
    ordered = sorted(results)
    return all(b - a > 4e-3 * max(1, b) for a, b in pairwise(ordered)) and not any(
        all(close(a, b, 1e-2, 1e-4) for a, b in zip(_epoch(module, batches, rate, change)[1], wanted, strict=True))
        for change in _EPOCH_MISTAKES
    )


@exercise(
    "11.7",
    title="One epoch, however many inputs",
    points=4,
    difficulty=2,
    minutes=20,
    hints=(
        "A star on the left side collects: `*inputs, target = batch`.",
        "A star in a call hands out again: `model(*inputs)`.",
        "Add up `loss.item() * len(target)`, and divide by the number of samples at the end.",
    ),
)
def joint_epoch(joint_epoch: Subject) -> None:
    for number_of_inputs in (2, 1):
        size, rest, classes = random_integer(5, 7), 2, random_integer(3, 4)
        rows = 3 * size + rest
        widths = [random_integer(3, 4) for _ in range(number_of_inputs)]
        kind = "Bilinear" if number_of_inputs == 2 else "Linear"
        model = make(f"torch.nn.{kind}", *widths, classes, label="model")
        here: nn.Module = nn.Linear(widths[0], classes)
        if number_of_inputs == 2:
            here = nn.Bilinear(widths[0], widths[1], classes)
        rate = 0.05
        for _ in range(100):
            start = [0.7 * random_normal(*p.shape) for p in here.parameters()]
            with torch.no_grad():
                for p, numbers in zip(here.parameters(), start, strict=True):
                    p.copy_(numbers)
            inputs = [random_normal(rows, width) for width in widths]
            targets = _random_integers(0, classes - 1, rows)
            inputs[0][-rest:] *= 3  # an odd short batch: its loss is far from the others'
            batches = list(zip(*(part.split(size) for part in (*inputs, targets)), strict=True))
            wanted = _epoch(here, batches, rate)[1]
            mean, wrong = _mean_loss_mistakes(here, batches, rate)
            if _epochs_told_apart(here, batches, rate, wanted, [mean, *(mistake.result for mistake in wrong)]):
                break
        load_parameters(model, start)
        optimizer = make(
            "torch.optim.SGD", method(model, "parameters", keep=True), lr=rate, momentum=0.5, label="optimizer"
        )
        loader = make(
            "torch.utils.data.DataLoader",
            make("torch.utils.data.TensorDataset", *inputs, targets),
            batch_size=size,
            label="loader",
        )
        training_mode(model, False)
        label = f"joint_epoch(model, loader, optimizer) with {'two inputs' if number_of_inputs == 2 else 'one input'}"
        try:
            seen = call(joint_epoch, model, loader, optimizer, label=label)
        except Raised as error:
            _explain_epoch(error, label, number_of_inputs)
        now = [p.tensor for p in parameters(model)]
        if not all(close(a, b, 1e-3, 1e-5) for a, b in zip(now, wanted, strict=True)):
            cause, next_step = "", ""
            for change, words in _EPOCH_MISTAKES.items():
                if all(
                    close(a, b, 1e-3, 1e-5) for a, b in zip(now, _epoch(here, batches, rate, change)[1], strict=True)
                ):
                    cause, next_step = words
                    break
            else:
                if length(attribute(optimizer, "state", keep=True)) == 0:
                    cause = "the optimizer that was passed in never made a step: another one is used"
                    next_step = "use the argument `optimizer`"
            fail(
                f"`{label}` leaves other parameters behind than one epoch of training does.",
                expected="one step per batch, from this batch's mean cross-entropy",
                actual="other parameters",
                cause=cause or "a step is missing, doubled or out of order, or another loss is used",
                next_step=next_step or "go through the five steps, and use the arguments of the function only",
            )
        expect_number(
            seen,
            mean,
            what="the mean loss over all samples",
            when=f"with {'two inputs' if number_of_inputs == 2 else 'one input'} and a short last batch",
            tolerance=1e-3,
            reveal=False,
            mistakes=wrong,
        )
        if attribute(model, "training").value is not True:
            fail(
                f"`{label}` trains in eval mode.",
                expected="a model that was put into training mode",
                actual="a model that is in eval mode afterwards, as it came in",
                cause="nothing puts it into training mode: after the first evaluation, dropout would stay off. "
                "(Or the function switches back to eval mode at its end.)",
                next_step="switch to training mode before the loop, and leave it on",
            )


def _explain_epoch(error: Raised, label: str, inputs: int) -> None:
    cause, next_step = "", ""
    if "values to unpack" in error.message:
        cause = "the number of inputs is fixed in the code: a batch has one target, and before it one input or several"
        next_step = "collect all parts but the last with a star"
    elif "missing" in error.message and "argument" in error.message and "forward" in error.message:
        cause = "the model gets all inputs as a single argument, or only the first of them"
        next_step = "hand them over one by one: a star in the call unpacks them"
    elif "must be Tensor, not" in error.message:
        cause = "the model gets a list or tuple where a tensor belongs: the inputs are handed over as a whole"
        next_step = "hand them over one by one: a star in the call unpacks them"
    if error.is_stub or not cause:
        raise error
    fail(
        f"`{label}` raised {error.type}.",
        expected="no error, with one input as with two",
        actual=f"{error.type}: {error.message[:200]}",
        cause=cause,
        next_step=next_step,
        where=_where(error),
    )


# -- 11.8: what a network makes of an input that tells nothing ------------------------------------------------------


@dataclass
class _Shuffled:
    """A network, its inputs and labels, and an order of the rows."""

    parameters: list[Tensor]
    inputs: list[Tensor]
    labels: Tensor
    order: Tensor

    def logits(self, parts: Sequence[Tensor]) -> Tensor:
        weight, bias = self.parameters
        if len(parts) == 1:
            return parts[0] @ weight.T + bias
        pairs = [torch.einsum("ni,cij,nj->nc", parts[0], weight, other) for other in parts[1:]]
        return pairs[0] if len(parts) == 2 else pairs[0] - pairs[1]

    def score(self, parts: Sequence[Tensor], labels: Tensor) -> float:
        return (self.logits(parts).argmax(1) == labels).double().mean().item()

    def mixed(self, which: int, order: Tensor) -> list[Tensor]:
        return [part[order] if place == which else part for place, part in enumerate(self.inputs)]


ROWS = (191, 193, 197, 199, 211)
"""Primes: a share of so many rows is never equal to itself rounded to a few places."""
MARGIN = 60.0


def _shuffle_case(rows: int, classes: int, widths: Sequence[int]) -> _Shuffled:
    shape = widths[:2] if len(widths) > 1 else widths
    inputs = [random_normal(rows, width) + 0.8 * random_normal(1, width) for width in widths]
    case = _Shuffled([random_normal(classes, *shape), torch.zeros(classes)], inputs, torch.zeros(rows), _randperm(rows))
    sure = torch.rand(rows, generator=current_session().random) < 0.9
    case.labels = torch.where(sure, case.logits(inputs).argmax(1), 0)
    return case


def _shuffle_model(widths: Sequence[int], classes: int, case: _Shuffled) -> Subject:
    """A network with so many inputs, built of what PyTorch has."""
    if len(widths) == 1:
        model = make("torch.nn.Linear", widths[0], classes, label="model")
    else:
        model = make("torch.nn.Bilinear", *widths[:2], classes, label="model")
    load_parameters(model, case.parameters)
    if len(widths) == 3:
        # max(0, margin + first x second - first x third): the margin keeps all logits above 0
        model = make(
            "torch.nn.TripletMarginWithDistanceLoss",
            distance_function=model,
            margin=MARGIN,
            reduction="none",
            label="model",
        )
    training_mode(model, False)
    return model


def _shuffle_scores(case: _Shuffled, which: int) -> tuple[float, list[Mistake]]:
    """The right accuracy, and those of known mistakes."""
    inputs, labels, order, score, mixed = case.inputs, case.labels, case.order, case.score, case.mixed
    wanted = score(mixed(which, order), labels)
    erased = [torch.zeros_like(part) if place == which else part for place, part in enumerate(inputs)]
    wrong = [
        Mistake(score(inputs, labels), "nothing is shuffled", "use `order`"),
        Mistake(100 * wanted, "it is in percent", "a share between 0 and 1"),
        Mistake(wanted * len(labels), "right answers are counted, and not divided", "divide by the number of rows"),
        Mistake(1 - wanted, "wrong answers are counted", "count the right ones"),
        Mistake(
            score(mixed(which, order.argsort()), labels),
            "the order is turned around: row i goes to place `order[i]`",
            "row i becomes row `order[i]` of the input",
        ),
        Mistake(
            score(erased, labels), "the input is set to zero instead of shuffled", "take its rows in another order"
        ),
    ]
    if len(inputs) > 1:
        # with a single input, shuffled labels are the order turned around, and both shuffled are nothing shuffled
        others = [place for place in range(len(inputs)) if place != which]
        both = "both inputs are shuffled" if len(inputs) == 2 else "all inputs are shuffled"
        wrong += [
            *(
                Mistake(
                    score(mixed(other, order), labels),
                    "the other input is shuffled" if len(inputs) == 2 else "another input is shuffled",
                    "the one that `which` names is meant",
                )
                for other in others
            ),
            Mistake(score(inputs, labels[order]), "the labels are shuffled instead of the input", "shuffle the input"),
            Mistake(score([part[order] for part in inputs], labels), both, "only the one that `which` names"),
            Mistake(
                score(mixed(which, order), labels[order]),
                "the labels are shuffled together with the input, as if the rows still belonged together",
                "labels and the other input stay where they are",
            ),
        ]
    return wanted, wrong


def _told_apart(case: _Shuffled, which: int, wanted: float, wrong: Sequence[Mistake]) -> bool:
    """Whether no known mistake gives the right number by accident, nor rounding errors another class."""
    top = case.logits(case.mixed(which, case.order)).topk(2, dim=1).values
    results = [mistake.result for mistake in wrong]
    return (
        all(abs(result - wanted) > 2 / len(case.labels) for result in results)
        and len({round(result, 6) for result in results}) == len(results)
        and all(abs(round(wanted, places) - wanted) > 3e-6 for places in range(1, 5))
        and (top[:, 0] - top[:, 1]).min().item() > 3e-4
        and case.logits(case.mixed(which, case.order)).min().item() > 1 - MARGIN
    )


@exercise(
    "11.8",
    title="Shuffle one input",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Make a new list of the inputs, in which number `which` is replaced by its rows in the order `order`.",
        "`inputs[which][order]` is a new tensor: nothing of the old one changes.",
        "The labels stay where they are. Count how often the largest logit is right.",
    ),
)
def shuffled_accuracy(shuffled_accuracy: Subject) -> None:
    for number_of_inputs, which in ((2, 1), (2, 0), (3, 2), (1, 0)):
        rows, classes = ROWS[random_integer(0, len(ROWS) - 1)], 4
        widths = [random_integer(4, 5), random_integer(6, 7)][:number_of_inputs]
        widths += widths[1:] if number_of_inputs == 3 else []
        for _ in range(200):
            case = _shuffle_case(rows, classes, widths)
            wanted, wrong = _shuffle_scores(case, which)
            if _told_apart(case, which, wanted, wrong):
                break
        inputs, labels, order = case.inputs, case.labels, case.order
        model = _shuffle_model(widths, classes, case)
        wrong += [
            Mistake(round(wanted, places), "the accuracy is rounded", "return the share as it is")
            for places in range(1, 5)
        ]
        given = [give(part, f"inputs[{number}]") for number, part in enumerate(inputs)]
        targets = give(labels, "labels")
        many = ("", "one input", "two inputs", "three inputs")[number_of_inputs]
        label = f"shuffled_accuracy(model, inputs, labels, {which}, order)" + f" with {many}" * (number_of_inputs != 2)
        together = give(given, "inputs")
        arguments = (model, together, targets, which, give(order, "order"))
        try:
            seen = call(shuffled_accuracy, *arguments, label=label)
        except Raised as error:
            if error.is_stub or number_of_inputs == 2:
                raise
            fail(
                f"`{label}` raised {error.type}.",
                expected="an accuracy, with one input or three as with two",
                actual=f"{error.type}: {error.message[:200].replace('TripletMarginWithDistanceLoss', 'model')}",
                cause="the number of inputs is fixed in the code: it works with two only",
                next_step="make a list of all inputs, and hand them over with a star",
                where=_where(error),
            )
        got = number_of(seen)
        if got is not None and not abs(got - wanted) < 1e-6:
            again = [number_of(call(shuffled_accuracy, *arguments, label=label)) for _ in range(4)]
            if any(other != got for other in again):
                fail(
                    f"`{label}` gives another number each time.",
                    expected="the same accuracy for the same order",
                    actual="several numbers for the same arguments",
                    cause="an order is drawn in the function, and the argument `order` is not used",
                    next_step="take the rows in the order that comes in",
                )
        expect_number(
            seen,
            wanted,
            what="the share of right answers when this input's rows are shuffled",
            tolerance=1e-6,
            reveal=False,
            mistakes=wrong,
        )
        for subject, before in zip((*given, targets), (*inputs, labels), strict=True):
            expect_unchanged(subject, before, f"the tensor `{subject.label}`")
        expect_unchanged(together, inputs, "the list `inputs`")


# -- 11.9: train the network ---------------------------------------------------------------------------------------

ALPHABETS, EACH, SIZE = 5, 10, 28
LEARNERS, TESTERS = 16, 16


@exercise(
    "11.9",
    title="Train a reader of characters",
    points=5,
    difficulty=3,
    minutes=35,
    hints=(
        "Your `TwoInputNet` fits: its three sizes stand in the shapes of the arguments (and 50 is the largest label "
        "plus 1).",
        "`joint_epoch` wants a loader: `DataLoader(TensorDataset(images, alphabets, characters), batch_size=32, "
        "shuffle=True)`.",
        "Adam with a learning rate of 0.002 and six to ten epochs are enough. If you train on ink (1 minus the image), "
        "the subtraction has to be in `forward`.",
    ),
)
def train_reader(train_reader: Subject) -> None:
    data = draw_omniglot(ALPHABETS, EACH, train=LEARNERS, test=TESTERS, size=SIZE)
    parts = (data.train_images, _one_hot(data.train_alphabets, ALPHABETS), data.train_characters)
    names = ("images", "alphabets", "characters")
    given = [
        part if isinstance(part, Subject) else give(part, name)
        for part, name in zip(map(handed_over, parts), names, strict=True)
    ]
    model = call(train_reader, *given, keep=True, label="train_reader(images, alphabets, characters)")
    expect_model(model, because="the trained network is what the function returns")
    model.label = "model"
    for subject, name, before in zip(given, names, parts, strict=True):
        expect_unchanged(subject, before, f"the tensor `{name}`")
    symbols = _one_hot(data.test_alphabets, ALPHABETS)
    scores = _reader_scores(model, data.test_images, symbols)
    _expect_both_used(model, scores, data, symbols)
    accuracy = (scores.argmax(1) == data.test_characters).double().mean().item()
    expect_metric(
        accuracy,
        "accuracy",
        because="every honest answer of the calibration reaches it",
        diagnose=lambda value: _why_no_reader(model, scores, data, symbols),
    )
    _expect_alphabets_learned(model, scores, data)


def _expect_alphabets_learned(model: Subject, scores: Tensor, data: Characters) -> None:
    """Who is told an alphabet must say its characters rather than others, whatever the image shows."""
    images, told = data.test_images[:100], []
    for alphabet in range(ALPHABETS):
        names = _one_hot(torch.full((len(images),), alphabet), ALPHABETS)
        said = outputs_in_eval_mode(model, images, names)
        told.append(said.reshape(len(images), ALPHABETS, EACH).mean(dim=(0, 2)))
    table = torch.stack(told)
    own = table.diagonal().mean()
    others = (table.sum() - table.diagonal().sum()) / (ALPHABETS * (ALPHABETS - 1))
    # in units of the scores' spread ten honest answers gave 0.10 to 1.75, and alphabets of other rows 0.001
    if float(own - others) < 0.02 * float(scores.std()):
        fail(
            "`model` has not learned which characters belong to which alphabet.",
            expected="higher scores for an alphabet's own characters when that alphabet is told",
            actual="on average the same scores for them as for all others",
            cause="in the training the alphabets do not belong to the images: their rows were shuffled apart, or one "
            "vector was used for all",
            next_step="keep image, alphabet and character of a drawing in the same row, as a `TensorDataset` does",
        )


def _reader_scores(model: Subject, images: Tensor, symbols: Tensor) -> Tensor:
    rows, classes = len(images), ALPHABETS * EACH
    try:
        scores = outputs_in_eval_mode(model, images, symbols)
    except Raised as error:
        if error.is_stub:
            raise
        if "positional arguments but" in error.message:
            fail(
                "`model` does not take two inputs.",
                expected="a network that is called with images and alphabets",
                actual=f"{error.type}: {error.message[:200]}",
                cause="the network was built for one input, or takes both packed together",
                next_step="let `forward` take the image and the alphabet",
                where=_where(error),
            )
        if "invalid for input of size" in error.message or "must match" in error.message:
            fail(
                f"`model` does not work for {rows} drawings at once.",
                expected="any batch size",
                actual=f"{error.type}: {error.message[:200]}",
                cause="a batch size is written into the network, or the branches give unequal numbers of rows",
                next_step="let `forward` take the batch size from its input",
                where=_where(error),
            )
        raise
    if tuple(scores.shape) != (rows, classes):
        fail(
            "The outputs of `model` have the wrong shape.",
            expected=f"one row of {classes} scores for each drawing: ({rows}, {classes})",
            actual=f"shape {show_shape(scores.shape)}",
            cause="class numbers are returned instead of scores"
            if scores.ndim == 1
            else "the head names alphabets instead of characters"
            if scores.shape[-1] == ALPHABETS
            else f"the last layer has another number of outputs than the {classes} characters",
            next_step="let the head have one output for each character, and return them as they are",
        )
    if bool(torch.isfinite(scores).all()) and bool((scores >= 0).all()):
        sums = scores.sum(1)
        if close(sums, torch.ones_like(sums), 1e-3, 1e-3):
            fail(
                "The outputs of `model` are probabilities, not scores.",
                expected="scores (logits), whose size is not limited",
                actual="rows of numbers between 0 and 1 that add up to 1",
                cause="the network ends with a softmax. If it was trained with `CrossEntropyLoss`, a second one was at "
                "work in the loss, and its gradients are small",
                next_step="end the network with its linear layer",
            )
    return scores


def _expect_both_used(model: Subject, scores: Tensor, data: Characters, symbols: Tensor) -> None:
    """Both inputs must take part in the output, whatever the accuracy."""
    if not bool(torch.isfinite(scores).all()) or float(scores.std(dim=1).max()) < 1e-7:
        return
    rows = slice(0, 40)
    images, names, whole = data.test_images[rows], symbols[rows], scores[rows]
    size = float(whole.abs().max()) * 1e-5
    for what, changed in (("alphabet", (images, names.roll(1, dims=1))), ("image", (images.flip(0), names))):
        other = outputs_in_eval_mode(model, *changed)
        if close(other, whole, 1e-5, size):
            loud = 100 * random_normal(*images.shape)
            if what == "image" and not close(outputs_in_eval_mode(model, loud, names), whole, 1e-5, size):
                fail(
                    "`model` says the same for every drawing.",
                    expected="a network that reads both of its inputs",
                    actual="the same scores for another image",
                    cause="the image branch is connected, and all of its units are saturated: steps were far too large",
                    next_step="a smaller learning rate; print the loss of each epoch",
                )
            fail(
                f"The {what} takes no part in what `model` says.",
                expected="a network that reads both of its inputs",
                actual=f"the same scores for another {what}",
                cause=f"`forward` takes the {what} and does not use it, or its branch is cut off",
                next_step="follow both inputs through `forward` to where they are joined",
            )
    single = outputs_in_eval_mode(model, images[:1], names[:1])
    if tuple(single.shape) != (1, whole.shape[1]):
        fail(
            "`model` loses the batch when there is one drawing.",
            expected=f"shape (1, {whole.shape[1]}) for one drawing and its alphabet",
            actual=f"shape {show_shape(single.shape)}",
            cause="`squeeze()` removes every axis of length 1, the batch among them",
            next_step="leave the first axis alone, or name the axis to remove",
        )
    alone = outputs_in_eval_mode(model, images[:5], names[:5])
    if float(whole.abs().max()) < 1e4 and not close(alone, whole[:5], 1e-3, 1e-3):
        fail(
            "`model` gives a drawing other scores when its neighbors in the batch are others.",
            expected="the same scores for the same drawing and alphabet",
            actual="other numbers",
            cause="the rows of a batch are mixed: a `view` or `cat` along the wrong axis, or a normalization over the "
            "batch",
            next_step="call the model with 40 drawings and with the first five of them, and compare",
        )


def _why_no_reader(model: Subject, scores: Tensor, data: Characters, symbols: Tensor) -> tuple[str, str]:
    """Cause and next step for an accuracy that is too low."""
    labels = data.test_characters
    if not bool(torch.isfinite(scores).all()):
        return "the outputs are NaN or infinite: the training exploded", "a smaller learning rate"
    guesses = scores.argmax(1)

    def good(these: Tensor) -> bool:
        return (these == labels).double().mean().item() > 0.3

    if good(scores.argmin(1)):
        return "the smallest score is trained to mark the character", "the largest score marks it"
    for images, cause, next_step in (
        (
            1 - data.test_images,
            "the network was trained on ink (1 minus the image), and the check hands over images as they came",
            "do the subtraction in `forward`",
        ),
        (data.test_images * 255, "the network was trained on images in 0..255", "do the scaling in `forward`"),
        (
            (data.test_images - data.train_images.mean()) / data.train_images.std(),
            "the network was trained on normalized images, and the check hands over images as they came",
            "do the normalization in `forward`",
        ),
    ):
        if good(outputs_in_eval_mode(model, images, symbols).argmax(1)):
            return cause, next_step
    training_mode(model, True)
    seen = expect_tensor(call(model, data.test_images, symbols))
    training_mode(model, False)
    if seen.shape == scores.shape and good(seen.argmax(1)):
        return (
            "in training mode the network is good, in eval mode it is not: the running statistics of a batch "
            "normalization have not settled",
            "more steps, or no batch normalization",
        )
    if len(set(guesses.tolist())) == 1:
        return (
            "the network says the same character for every drawing",
            f"print the loss of each epoch: does it fall below ln {ALPHABETS * EACH}, about "
            f"{math.log(ALPHABETS * EACH):.1f}?",
        )
    if float(scores.std(dim=1).mean()) < 0.4:
        return (
            "the scores of a drawing lie as close together as those of a network that was never trained: no step "
            "arrives (no `step`, or an optimizer of another network's parameters), or the steps are far too small",
            "compare a parameter before and after the first batch",
        )
    right_alphabet = ((guesses // EACH) == data.test_alphabets).double().mean().item()
    if right_alphabet > 0.9:
        return (
            "the network names a character of the right alphabet nearly always, but seldom the right one: the alphabet "
            "arrives, and the image tells it little",
            "do images and characters belong together row by row, and does the image branch learn? Print the loss of "
            "each epoch: if it still falls, more epochs; if it jumps or stays, another learning rate",
        )
    return (
        "the network reacts to its inputs, but has not learned enough from them: rows that do not belong together, "
        "gradients that add up, too few steps, or a learning rate that does not fit",
        "print the loss of each epoch: it has to fall, and to go on falling",
    )


# -- 11.10: pairs --------------------------------------------------------------------------------------------------


@exercise(
    "11.10",
    title="Deep dive: pairs, half of them the same",
    points=3,
    difficulty=3,
    minutes=25,
    hints=(
        "Draw `first` at random. For the first half of the pairs the partner is another drawing of the same character.",
        "For one drawing i: the rows with `characters == characters[i]` without i itself, and one of them at random. "
        "A loop over the pairs is fine.",
        "For a different pair, draw among the rows with `characters != characters[i]`.",
    ),
)
def draw_pairs(draw_pairs: Subject) -> None:
    # last a character with most of the drawings, and so many pairs that their shares can be told
    for kinds, most, count in (
        (random_integer(5, 6), 5, 400),
        (3, 2, 60),
        (random_integer(20, 24), 3, 300),
        (7, 0, 500),
    ):
        numbers = 4 + 3 * _randperm(kinds)
        sizes = [random_integer(2, most) if most else 2 for _ in range(kinds)]
        sizes[0] = sizes[0] if most else random_integer(22, 26)
        characters = torch.cat([numbers[k].repeat(size) for k, size in enumerate(sizes)])
        characters = characters[_randperm(len(characters))]
        given = give(characters, "characters")
        label = f"draw_pairs(characters, {count}, generator)"
        seed = _seed()
        drawn = []
        for this in (seed, seed, seed + 1, seed + 2):
            try:
                answer = call(draw_pairs, given, count, _generator(this), label=label)
            except Raised as error:
                _explain_gaps(draw_pairs, error, characters, count, label)
            drawn.append(_expect_pairs(answer, characters, count, label))
        expect_unchanged(given, characters, "the tensor `characters`")
        if not all(torch.equal(a, b) for a, b in zip(drawn[0], drawn[1], strict=True)):
            fail(
                f"`{label}` draws other pairs when the generator has the same seed.",
                expected="the same pairs for the same seed",
                actual="other pairs",
                cause="some random numbers come from elsewhere: `generator=generator` is missing in one of the calls",
                next_step="pass the generator on to every function that draws",
            )
        if all(torch.equal(a, b) for a, b in zip(drawn[0], drawn[2], strict=True)):
            fail(
                f"`{label}` draws the same pairs for every generator.",
                expected="pairs that the generator chooses",
                actual="the same pairs for two seeds",
                cause="nothing is drawn at random, or the generator is seeded in the function",
                next_step="let the generator choose both drawings",
            )
        for place, name in enumerate(("first", "second")):
            if torch.equal(drawn[0][place], drawn[2][place]) and torch.equal(drawn[0][place], drawn[3][place]):
                fail(
                    f"`{label}` has the same drawings in `{name}` for every generator.",
                    expected="both drawings of a pair chosen by the generator",
                    actual=f"the same `{name}` for three seeds",
                    cause="the drawings are taken in the order of their rows, and only the partners at random"
                    if name == "first"
                    else "the partners are not drawn at random",
                    next_step=f"draw `{name}` with the generator, too",
                )
        _expect_variety(drawn[0], characters, label)
        if not most:
            _expect_shares(drawn[1:], characters, int(numbers[0]), label)


def _explain_gaps(draw_pairs: Subject, error: Raised, characters: Tensor, count: int, label: str) -> NoReturn:
    """Whether what raised works with characters 0, 1, 2, ..."""
    if error.is_stub:
        raise error
    try:
        call(draw_pairs, characters.unique(return_inverse=True)[1], count, _generator(0))
    except Raised:
        raise error from None
    fail(
        f"`{label}` raised {error.type}.",
        expected="pairs, also where the numbers of the characters have gaps",
        actual=f"{error.type}: {error.message[:200]}",
        cause="the characters are taken for 0, 1, 2, ... up to their number: with gaps, some of these have no drawings",
        next_step="work with the numbers that occur",
        where=_where(error),
    )


def _expect_pairs(answer: Subject, characters: Tensor, count: int, label: str) -> tuple[Tensor, Tensor, Tensor]:
    first_s, second_s, same_s = expect_parts(answer, ("first", "second", "same"))
    seen, rows = first_s.tensor, len(characters)
    if seen is not None and seen.ndim == 1 and len(seen) < count and sorted(seen.tolist()) == list(range(rows)):
        fail(
            f"`{label}` gives only {rows} pairs.",
            expected=f"{count} pairs: there may be more of them than drawings",
            actual=f"{rows} pairs, one for each drawing",
            cause="the first drawings come from a permutation: each drawing comes once, and then there are none left",
            next_step="draw `first` anew for each pair, so that a drawing may come several times",
        )
    first, second = (
        expect_tensor(part, shape="pairs", dtype=torch.int64, sizes={"pairs": count}, because="they index rows")
        for part in (first_s, second_s)
    )
    same = expect_tensor(
        same_s, shape="pairs", dtype=torch.float32, sizes={"pairs": count}, because="the binary loss wants floats"
    )
    if not bool(((first >= 0) & (first < rows) & (second >= 0) & (second < rows)).all()):
        fail(
            f"`{label}` gives indices that do not exist.",
            expected=f"rows of `characters`, 0 to {rows - 1}",
            actual=f"{int(torch.stack([first, second]).min())} to {int(torch.stack([first, second]).max())}",
            cause="the classes themselves are returned instead of the places of the drawings",
            next_step="return indices of rows",
        )
    if bool((first == second).any()):
        by_accident = bool((same[first == second] == 0).all())
        fail(
            f"`{label}` pairs a drawing with itself.",
            expected="two different drawings in each pair",
            actual=f"{int((first == second).sum())} pairs of one drawing",
            cause="the partner in a pair of different characters is not a row that fits: drawn among all rows, or a "
            "class was taken for a row"
            if by_accident
            else "the partner is drawn among all drawings of the character, the drawing itself included",
            next_step="draw among the indices of the rows that fit"
            if by_accident
            else "leave the drawing itself out before you draw",
        )
    truth = (characters[first] == characters[second]).float()
    if not torch.equal(truth, same):
        wrong = int((truth != same).sum())
        flipped = torch.equal(truth, 1 - same)
        only_different = bool((same[truth != same] == 0).all())
        fail(
            f"`{label}` labels pairs wrongly.",
            expected="1.0 where both drawings show the same character, and 0.0 elsewhere",
            actual=f"{wrong} of {count} labels are wrong",
            cause="1 and 0 are exchanged"
            if flipped
            else "partners of the different pairs are drawn among all drawings, and some show the same character by "
            "accident"
            if only_different
            else "the labels do not stand beside their pairs: something is shuffled without them",
            next_step="1 means the same"
            if flipped
            else "compare `characters[first]` with `characters[second]`, and see which pairs disagree with `same`",
        )
    if int(same.sum()) * 2 != count:
        fail(
            f"`{label}` is not half and half.",
            expected=f"{count // 2} pairs of the same character",
            actual=f"{int(same.sum())}",
            cause="all pairs are of one kind"
            if int(same.sum()) in (0, count)
            else "the kind of each pair is left to chance, or both drawings are: two random drawings are nearly always "
            "different characters",
            next_step="decide first how many pairs of each kind there are",
        )
    return first, second, same


def _expect_variety(drawn: tuple[Tensor, Tensor, Tensor], characters: Tensor, label: str) -> None:
    """Random, and not one partner for each drawing or one drawing for all pairs."""
    first, second, same = drawn
    rows, kinds = len(characters), len(characters.unique())
    expected_rows = rows * (1 - (1 - 1 / rows) ** len(first))
    for kind, words in ((1.0, "same"), (0.0, "different")):
        mine = same == kind
        for side, name in ((first, "first"), (second, "second")):
            shown = len(characters[side[mine]].unique())
            if shown < 0.5 * kinds * (1 - (1 - 1 / kinds) ** int(mine.sum())):
                fail(
                    f"The pairs of `{label}` show few characters.",
                    expected="characters drawn at random among all",
                    actual=f"{shown} of {kinds} characters in `{name}` of the {words} pairs",
                    cause="the drawings are not drawn among all rows"
                    if name == "first"
                    else "the partner is not drawn at random among all drawings that fit, but always the same of them",
                    next_step="draw `first` among all rows"
                    if name == "first"
                    else "draw the partner at random among those that fit",
                )
    if len(torch.cat([first, second]).unique()) < 0.6 * expected_rows:
        fail(
            f"The pairs of `{label}` use few drawings.",
            expected="drawings chosen at random among all",
            actual=f"{len(torch.cat([first, second]).unique())} of {rows} drawings are used",
            cause="the first drawing of each character is always taken",
            next_step="draw among all drawings that fit",
        )


def _fewest(probability: float, draws: int) -> float:
    """A share that so many draws miss once in ten million times at most (Hoeffding's bound)."""
    return probability - math.sqrt(math.log(1e7) / (2 * draws))


def _expect_shares(drawn: Sequence[tuple[Tensor, Tensor, Tensor]], characters: Tensor, common: int, label: str) -> None:
    """Drawings, and not characters, are drawn: half of the drawings or more show the character ``common``.

    Each of the five bounds fails an honest answer once in ten million times at most. They are one-sided, so that
    they hold as well for an answer that draws both drawings again until they fit: it has more of the character
    ``common`` among the same pairs, and less among the others.
    """
    first, second, same = (torch.cat(parts) for parts in zip(*drawn, strict=True))
    rows, often = len(characters), int((characters == common).sum())
    rare = rows - often
    size = torch.tensor([int((characters == one).sum()) for one in characters.tolist()]).double()
    again = often * rare / float((size * (rows - size)).sum())
    is_common = characters == common
    for name, side, mine, probability in (
        ("first", first, same == 1, often / rows),
        ("first", first, same == 0, again),
        ("second", second, (same == 0) & ~is_common[first], often / (rows - 2)),
    ):
        count = int(mine.sum())
        share = is_common[side[mine]].double().mean().item() if count else 0.0
        if count and share < _fewest(probability, count):
            fail(
                f"In `{label}` drawings of rare characters come too often.",
                expected=f"`{name}` drawn among all drawings that fit, and one character has {often} of {rows}",
                actual=f"it comes in {share:.0%} of {count} pairs",
                cause="a character is drawn first, and then one of its drawings: a character with many drawings comes "
                "as seldom as one with few",
                next_step="draw among the rows, not among the characters",
            )
    for kind, words in ((1, "same"), (0, "different")):
        mine = same == kind
        count = int(mine.sum())
        pairs = first[mine] * rows + second[mine]
        # different pairs of two drawings: one draw more or less changes their number by one (McDiarmid's bound)
        fits = size - 1 if kind else rows - size
        expected = float((fits * (1 - (1 - 1 / (rows * fits)) ** count)).sum())
        if len(pairs.unique()) < expected - math.sqrt(count * math.log(1e7) / 2):
            fail(
                f"The {words} pairs of `{label}` repeat each other.",
                expected="for each `first`, any of the drawings that fit as `second`",
                actual=f"{len(pairs.unique())} different pairs among {count}, for {rows} drawings",
                cause="the partner follows from the first drawing, such as the next one of the same character: it is "
                "not drawn at random among all that fit",
                next_step="draw `second` at random among the drawings that fit",
            )


# -- 11.11: the Siamese network ------------------------------------------------------------------------------------


class _Siamese(nn.Module):
    def __init__(self, branch: nn.Module, features: int, change: str = "") -> None:
        super().__init__()
        self.branch, self.head, self.change = branch, nn.Linear(features, 1), change

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        a, b = self.branch(first), self.branch(second)
        a = a.detach() if self.change == "first cut" else a
        b = b.detach() if self.change == "second cut" else b
        joined = {
            "signed": a - b,
            "turned": b - a,
            "squared": (a - b) ** 2,
            "product": a * b,
            "sum": a + b,
            "first only": a,
            "second only": b,
            "twice": (a - a).abs(),
            "half": (a - second.flatten(1)[:, : a.shape[1]]).abs(),
            "each": a.abs() - b.abs(),
            "behind": a - b,
            "images": self.branch((first - second).abs()),
        }.get(self.change, (a - b).abs())
        out = self.head(joined).squeeze(1)
        out = out.abs() if self.change == "behind" else out.mean() if self.change == "mean" else out
        return torch.sigmoid(out) if self.change == "sigmoid" else -out if self.change == "negative" else out


_SIAMESE_MISTAKES = {
    "signed": (
        "the difference keeps its sign: exchanging the two images changes the answer",
        "take absolute values before the Linear",
    ),
    "turned": (
        "the difference keeps its sign: exchanging the two images changes the answer",
        "take absolute values before the Linear",
    ),
    "squared": ("the differences are squared", "take absolute values"),
    "product": ("the features are multiplied", "take the absolute difference"),
    "sum": ("the features are added", "take the absolute difference"),
    "first only": ("the second image takes no part", "both images go through the branch"),
    "second only": ("the first image takes no part", "both images go through the branch"),
    "twice": ("the branch reads the same image twice, so that the difference is always 0", "one call for each image"),
    "each": (
        "the absolute values are taken of each image's features, not of the difference",
        "first the difference, then `abs`",
    ),
    "behind": ("the absolute value is taken behind the Linear", "take it of the difference, before the Linear"),
    "images": ("the images are subtracted, not their features", "both images go through the branch first"),
    "mean": ("the logits of all pairs are averaged to a single number", "one logit for each pair"),
    "sigmoid": ("the output is a probability: a sigmoid stands at the end", "return logits; the loss has the sigmoid"),
    "negative": ("the sign of the logit is turned around", "return what the Linear gives"),
}


@exercise(
    "11.11",
    title="Deep dive: a Siamese network",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Store the branch that you get, once, and call it twice.",
        "`(a - b).abs()` are the numbers that the Linear reads.",
        "The Linear gives (B, 1): which axis has to go, and which one must stay, even for one pair?",
    ),
)
def siamese_net(SiameseNet: Subject) -> None:
    size, features, rows = random_integer(4, 5), random_integer(6, 8), 7
    inside = [make("torch.nn.Flatten"), make("torch.nn.Linear", size * size, features), make("torch.nn.Tanh")]
    branch = make("torch.nn.Sequential", *inside, label="branch")
    model = construct(SiameseNet, branch, features)
    expect_model(model)
    model.label = "SiameseNet(branch, features)"
    alone = (size * size + 1) * features
    expect_parameters(
        model,
        alone + features + 1,
        because="one branch, used twice, and a Linear with one output",
        mistakes=[
            Mistake(
                2 * alone + features + 1,
                "there are two branches with weights of their own: they learn apart from each other, and the answer "
                "depends on which image comes first",
                "store the branch that came in, once",
            ),
            Mistake(
                alone + 2 * features + 1,
                "the Linear reads both feature vectors side by side",
                "it reads their absolute difference",
            ),
            Mistake(
                features + 1,
                "the branch is not registered: it is in a list, or was not stored on `self`",
                "make it an attribute of `self`",
            ),
            Mistake(alone, "there is no Linear behind the difference", "one number for each pair, by a Linear"),
            Mistake(alone + features, "the Linear has no bias", "leave `bias` as it is"),
            Mistake(
                alone + 2,
                "the differences are added up to one number before the Linear",
                "the Linear reads all of them: it has `features` inputs",
            ),
        ],
    )
    first, second = random_normal(rows, 1, size, size), random_normal(rows, 1, size, size)
    out = call(model, first, second)
    if out.tensor is not None and tuple(out.tensor.shape) == (rows, 1):
        fail(
            f"`{model.label}` gives the wrong shape.",
            expected=f"one logit for each pair: ({rows},)",
            actual=f"shape {show_shape(out.tensor.shape)}",
            cause="the axis of length 1 that the Linear makes is still there: beside labels (B,) it would broadcast",
            next_step="remove the last axis, and only that one",
        )

    def reference(change: str = "") -> _Siamese:
        body = nn.Sequential(nn.Flatten(), nn.Linear(size * size, features), nn.Tanh())
        return _Siamese(body, features, change)

    expect_same_behavior(
        model,
        reference(),
        (first, second),
        what="the Linear of the absolute difference between what the branch makes of both images",
        mistakes=((reference(change), *words) for change, words in _SIAMESE_MISTAKES.items()),
    )
    expect_same_in_training(model, (first, second))
    expect_batch_independent(model, (first, second))
    expect_gradients(model, first, second)
    fresh = [random_normal(*p.tensor.shape) for p in parameters(branch)]
    load_parameters(branch, fresh)
    here = [p.tensor for p in parameters(model)]
    if not all(any(part.shape == mine.shape and torch.equal(part, mine) for mine in here) for part in fresh):
        fail(
            f"`{model.label}` does not use the branch that was passed in.",
            expected="the branch itself, stored as it comes",
            actual="a module with weights of its own",
            cause="the branch was copied: what is loaded into it, or learned with it elsewhere, does not arrive",
            next_step="assign the argument to an attribute, without `copy`",
        )
    _expect_both_learn(model, reference, size, rows)


def _expect_both_learn(model: Subject, reference: Callable[[str], _Siamese], size: int, rows: int) -> None:
    """The branch gets gradients from both images."""
    # by shape, for all four differ: weight and bias of the branch, and of the Linear
    numbers = {p.shape: 0.3 * random_normal(*p.shape) for p in reference("").parameters()}
    load_parameters(model, [numbers[p.tensor.shape] for p in parameters(model)])

    def loaded(change: str = "") -> _Siamese:
        network = reference(change)
        with torch.no_grad():
            for p in network.parameters():
                p.copy_(numbers[p.shape])
        return network

    for _ in range(100):
        first, second = random_normal(rows, 1, size, size), random_normal(rows, 1, size, size)
        with torch.no_grad():
            branch = loaded().branch
            # where the features agree, the absolute value has a corner, and rounding decides about its slope
            if (branch(first) - branch(second)).abs().min().item() > 1e-3:
                break

    def slopes(change: str) -> dict[torch.Size, Tensor]:
        network = loaded(change)
        with torch.enable_grad():
            out = network(first, second)
            # weighted as `gradients` weights it
            (out * torch.randn(out.shape, generator=torch.Generator().manual_seed(0))).sum().backward()
        return {p.shape: p.grad for p in network.parameters() if p.grad is not None}

    found = gradients(model, first, second, seed=0)
    got = [grad for grad in found.values() if grad is not None]

    def agrees(change: str) -> bool:
        wanted = slopes(change)
        return len(got) == len(found) and all(close(grad, wanted[grad.shape], 1e-2, 1e-3) for grad in got)

    if agrees(""):
        return
    cause, next_step = "a part of the computation is taken out of the graph", "no `.detach()` and no `no_grad()`"
    for change, one, other in (("first cut", "first", "second"), ("second cut", "second", "first")):
        if agrees(change):
            cause = f"the features of the {one} image are computed without gradients (`no_grad`, `detach`): the branch "
            cause += f"learns from the {other} one only"
            next_step = "let both images go through the branch in the same way"
    fail(
        f"The gradients of `{model.label}` are wrong.",
        expected="gradients that reach the branch through both images",
        actual="other gradients",
        cause=cause,
        next_step=next_step,
    )


# -- 11.12: the triplet loss ---------------------------------------------------------------------------------------


def _triplet(anchor: Tensor, positive: Tensor, negative: Tensor, margin: float) -> Tensor:
    near, far = (anchor - positive).norm(dim=1), (anchor - negative).norm(dim=1)
    return (near - far + margin).clamp(min=0).mean()


def _triplet_mistakes(anchor: Tensor, positive: Tensor, negative: Tensor, margin: float) -> list[Mistake]:
    d_near, d_far = (anchor - positive).norm(dim=1), (anchor - negative).norm(dim=1)
    gap = d_near - d_far + margin
    squared = d_near**2 - d_far**2 + margin
    found = [
        (_triplet(anchor, negative, positive, margin), "positive and negative are exchanged", "near minus far"),
        (
            gap.mean(),
            "nothing is cut off at 0 before the mean: triplets that are right already count negative",
            "cut row by row, then average",
        ),
        (gap.mean().clamp(min=0), "the mean is cut off at 0, not each row", "cut first, then average"),
        (gap.clamp(max=0).mean(), "it is cut off above 0, not below", "keep the larger of 0 and the number"),
        (
            (d_near - d_far).clamp(min=margin).mean(),
            "it is cut off at the margin, and the margin is not added",
            "add the margin, then cut off at 0",
        ),
        (
            gap[gap > 0].mean(),
            "the mean is taken over the rows that are not 0, instead of all rows",
            "divide by the number of all rows",
        ),
        (
            ((anchor - positive).norm(dim=0) - (anchor - negative).norm(dim=0) + margin).clamp(min=0).mean(),
            "the distances run along axis 0, over the rows: one for each feature",
            "one distance for each row: along axis 1",
        ),
        (gap.clamp(min=0).sum(), "the rows are added, not averaged", "take the mean"),
        (squared.clamp(min=0).mean(), "squared distances are compared: the root is missing", "take the root"),
        *(
            (one.clamp(min=0).mean(), "one of the two distances is squared: its root is missing", "take the root")
            for one in (d_near - d_far**2 + margin, d_near**2 - d_far + margin)
        ),
        ((d_near - d_far).clamp(min=0).mean(), "the margin is left out", "add it inside of the cut"),
        ((d_near - d_far).clamp(min=0).mean() + margin, "the margin is added after the cut", "add it inside"),
        ((d_near - d_far - margin).clamp(min=0).mean(), "the margin is subtracted", "add it"),
        (
            ((anchor - positive).abs().sum(1) - (anchor - negative).abs().sum(1) + margin).clamp(min=0).mean(),
            "absolute differences are added up (Manhattan distance)",
            "the Euclidean distance has squares and a root",
        ),
        (
            ((anchor - positive).norm() - (anchor - negative).norm() + margin).clamp(min=0),
            "one distance is computed for the whole batch",
            "one for each row: along axis 1",
        ),
        (
            ((anchor - positive).square().mean(1).sqrt() - (anchor - negative).square().mean(1).sqrt() + margin)
            .clamp(min=0)
            .mean(),
            "the squares are averaged over the features instead of added up",
            "add them up",
        ),
        (
            (d_near - torch.minimum(d_far, (positive - negative).norm(dim=1)) + margin).clamp(min=0).mean(),
            "the negative's distance is the smaller of those to the anchor and to the positive (`swap`)",
            "both distances start from the anchor",
        ),
        (
            (d_near - (positive - negative).norm(dim=1) + margin).clamp(min=0).mean(),
            "the second distance is the one between positive and negative",
            "both distances start from the anchor",
        ),
    ]
    return [Mistake(value, *words) for value, *words in found]


@exercise(
    "11.12",
    title="Deep dive: the triplet loss",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Two distances for each row: from the anchor to the positive, and from the anchor to the negative.",
        "A Euclidean distance is the root of the sum of squared differences, along the axis of the features.",
        "`clamp(min=0)` row by row, and the mean last.",
    ),
)
def triplet_loss(triplet_loss: Subject) -> None:
    for rows, features, margin in ((random_integer(20, 30), random_integer(3, 5), 1.0), (1, 4, 4.0), (12, 12, 0.3)):
        for _ in range(100):
            anchor, positive, negative = (random_normal(rows, features) for _ in range(3))
            wanted = _triplet(anchor, positive, negative, margin)
            wrong = _triplet_mistakes(anchor, positive, negative, margin)
            if rows == 1 or told_apart(wanted.item(), wrong, 1e-3):
                break
        label = f"triplet_loss(anchor, positive, negative, {margin})"
        given = [
            make("torch.nn.Parameter", part, label=name)
            for part, name in zip((anchor, positive, negative), ("anchor", "positive", "negative"), strict=True)
        ]
        loss = call(triplet_loss, *given, margin, keep=True, label=label)
        got = expect_tensor(loss)
        if got.ndim == 1 and len(got) == rows and rows > 1:
            fail(
                f"`{label}` gives one loss for each row.",
                expected="the mean over the batch, a tensor of shape ()",
                actual=f"shape {show_shape(got.shape)}",
                cause="the mean over the rows is missing",
                next_step="take the mean at the end",
            )
        got = expect_tensor(loss, shape="", dtype=torch.float32, because=FLOATS)
        expect_values(
            got,
            wanted,
            label,
            rtol=1e-3,
            atol=1e-4,
            because="the mean of max(0, near - far + margin) over the rows",
            next_step="work through one row by hand",
            mistakes=wrong,
        )
        if not loss.meta.get("requires_grad"):
            fail(
                f"`{label}` carries no gradient.",
                expected="a loss that can be trained with",
                actual="a tensor without a graph",
                cause="the numbers were taken out of the graph: `.item()`, `.detach()`, `.data`, `torch.tensor(...)`",
                next_step="compute with tensors up to the result",
            )
        method(loss, "backward")
        with torch.enable_grad():
            mine = [part.clone().requires_grad_() for part in (anchor, positive, negative)]
            _triplet(mine[0], mine[1], mine[2], margin).backward()
        for subject, part in zip(given, mine, strict=True):
            grad = attribute(subject, "grad")
            assert part.grad is not None
            if grad.tensor is None or not close(grad.tensor, part.grad, 1e-2, 1e-4):
                fail(
                    f"The gradient with respect to `{subject.label}` is wrong.",
                    expected="the gradient of the mean of max(0, near - far + margin)",
                    actual="no gradient" if grad.tensor is None else "other numbers",
                    cause="a part of the computation was taken out of the graph",
                    next_step="no `.item()`, `.detach()` or `.data` on the way",
                )


# -- 11.13: bug clinic ---------------------------------------------------------------------------------------------


@exercise(
    "11.13",
    title="Bug clinic: rows that lose each other",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Two shuffles are two orders. How many orders does a batch with three parts need?",
        "Draw one permutation of all rows, cut it into pieces, and index all three tensors with the same piece.",
        "`torch.randperm(n, generator=generator).split(batch_size)` are the pieces.",
    ),
)
def paired_batches(paired_batches: Subject) -> None:
    for rows, size in ((random_integer(21, 24), 5), (12, 4), (3, 8)):
        ids = torch.arange(rows)
        images = ids.float().reshape(rows, 1, 1, 1) + torch.zeros(rows, 1, 2, 3)
        alphabets = torch.stack([ids, -ids], dim=1).float()
        labels = 100 + ids
        given = [
            give(part, name)
            for part, name in zip((images, alphabets, labels), ("images", "alphabets", "labels"), strict=True)
        ]
        label = f"paired_batches(images, alphabets, labels, {size}, generator) for {rows} rows"
        seed = _seed()
        orders = []
        for this in (seed, seed, seed + 1):
            answer = call(paired_batches, *given, size, _generator(this), keep=True, label=label)
            orders.append(_expect_batches(answer, rows, size, label))
        for subject, before in zip(given, (images, alphabets, labels), strict=True):
            expect_unchanged(subject, before, f"the tensor `{subject.label}`")
        if orders[0] != orders[1]:
            fail(
                f"`{label}` mixes the rows in another way when the generator has the same seed.",
                expected="the same batches for the same seed",
                actual="other batches",
                cause="the random numbers come from elsewhere: the generator is not used",
                next_step="pass the generator on to what shuffles",
            )
        if rows > 10 and orders[0] == list(range(rows)):
            fail(
                f"`{label}` does not shuffle.",
                expected="rows in a random order",
                actual="the rows as they came",
                cause="the shuffling was taken out together with the mistake",
                next_step="one random order for all three parts",
            )
        pieces = [orders[0][start : start + size] for start in range(0, rows, size)]
        if rows > 10 and all(max(piece) - min(piece) < len(piece) for piece in pieces):
            fail(
                f"`{label}` leaves neighbors together.",
                expected="rows in a random order, cut into batches afterwards",
                actual="batches whose rows stood side by side before",
                cause="the batches are cut first, and shuffled in themselves or as a whole: the same rows always meet",
                next_step="one random order of all rows first",
            )
        if rows > 10 and orders[0] == orders[2]:
            fail(
                f"`{label}` mixes the rows in the same way for every generator.",
                expected="an order that the generator chooses",
                actual="the same order for two seeds",
                cause="a generator of its own is seeded in the function",
                next_step="use the generator that comes in",
            )


def _expect_batches(answer: Subject, rows: int, size: int, label: str) -> list[int]:
    """The row numbers in the order in which the batches hold them."""
    batches = answer.children
    if answer.kind not in {"list", "tuple"}:
        expect_type(
            answer,
            ("generator", "loader", "object", "dataset"),
            "something to loop over: a list of batches, a loader or a generator",
        )
        batches, complete = iterate(answer, rows + 5)
        if not complete:
            fail(
                f"`{label}` has no end.",
                expected="as many batches as the rows fill",
                actual="more batches than there are rows",
                cause="the loop starts over",
                next_step="go through the rows once",
            )
    pieces = [len(part.children) for part in batches if part.kind in {"list", "tuple"} and part.children]
    if len(batches) == 3 and len(pieces) == 3 and 3 not in pieces and batches[0].children[0].kind == "tensor":
        fail(
            f"`{label}` gives three lists of pieces.",
            expected="batches: each holds images, alphabets and labels",
            actual=f"three lists with {pieces[0]} tensors each",
            cause="the pieces of each part are returned together, not the parts of each batch",
            next_step="put the first pieces together, then the second ones: `zip` does that",
        )
    order: list[int] = []
    lengths = []
    for number, batch in enumerate(batches, start=1):
        batch.label = f"batch {number}"
        image, alphabet, target = expect_parts(batch, ("images", "alphabets", "labels"))
        x = expect_tensor(image, shape="rows 1 2 3", dtype=torch.float32, because="the rows come as they were")
        count = len(x)
        a = expect_tensor(
            alphabet, shape="rows 2", dtype=torch.float32, sizes={"rows": count}, because="the rows come as they were"
        )
        y = expect_tensor(
            target, shape="rows", dtype=torch.int64, sizes={"rows": count}, because="the rows come as they were"
        )
        mine = [x[:, 0, 0, 0].long().tolist(), a[:, 0].long().tolist(), (y - 100).tolist()]
        if mine[0] != mine[1] or mine[0] != mine[2]:
            lost = "labels" if mine[0] == mine[1] else "alphabets" if mine[0] == mine[2] else "images"
            if mine[1] != mine[2] and lost == "images":
                lost = "images, alphabets and labels"
            fail(
                f"In `{label}` rows do not belong together any more.",
                expected="image, alphabet and label of the same row side by side",
                actual=f"{lost} in another order than the rest" if " " not in lost else f"{lost} in three orders",
                cause="each part is shuffled by itself: the same generator gives another order at each call",
                next_step="draw one order, and use it for all parts",
            )
        order += mine[0]
        lengths.append(count)
    if sorted(order) != list(range(rows)):
        missing = rows - len(set(order))
        fail(
            f"`{label}` does not give every row once.",
            expected=f"{rows} rows, each once",
            actual=f"{len(order)} rows, {missing} missing",
            cause="the last batch, which is not full, is dropped"
            if 0 < missing < size and len(order) == len(set(order))
            else "rows are drawn again and again, with replacement"
            if len(order) > len(set(order))
            else "batches are missing",
            next_step="use every row of the random order once, also in a short last batch",
        )
    if 0 in lengths:
        fail(
            f"`{label}` has an empty batch.",
            expected=f"batches of {size} rows, the last one may be shorter, but not empty",
            actual=f"lengths {lengths[:8]}",
            cause="there is always one batch more than whole ones, even where the size divides the rows"
            if lengths[-1] == 0
            else "the rows are cut elsewhere",
            next_step="step through the order in strides of `batch_size`: `range(0, rows, batch_size)`",
        )
    short_one_inside = sorted(lengths, reverse=True)[:-1] == [size] * (len(lengths) - 1)
    if any(n != size for n in lengths[:-1]) or not 0 < lengths[-1] <= size:
        fail(
            f"`{label}` has batches of the wrong length.",
            expected=f"batches of {size} rows, the last one may be shorter",
            actual=f"lengths {lengths[:8]}",
            cause="whole batches are put in a random order, the short one among them"
            if short_one_inside
            else "the number of batches is taken for their size"
            if len(lengths) == size
            else "the rows are cut elsewhere",
            next_step="cut the order into pieces of `batch_size` rows",
        )
    return order


EXERCISES = (
    joined_shape,
    character_dataset,
    split_by_drawer,
    two_input_net,
    merge_linear,
    head_parts,
    joint_epoch,
    shuffled_accuracy,
    train_reader,
    draw_pairs,
    siamese_net,
    triplet_loss,
    paired_batches,
)
