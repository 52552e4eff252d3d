"""Chapter 4: images.

Pictures for the checks are drawn from the check's own generator. Random transforms are judged by what they do: a
picture whose red grows to the right and whose green grows downwards tells, after any flip and rotation, which they
were (:func:`_motion`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image
from torchvision.transforms.v2 import functional as vision

from grader.exercise import exercise
from grader.expect import (
    Mistake,
    close,
    expect_length,
    expect_number,
    expect_parts,
    expect_raises,
    expect_subclass,
    expect_tensor,
    expect_type,
    expect_unchanged,
    expect_values,
    fail,
    random_integer,
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
    image_folder,
    items,
    iterate,
    length,
    make,
)


def _levels(*shape: int, low: int = 0, high: int = 255) -> torch.Tensor:
    """Random uint8 levels from ``low`` to ``high``, both included."""
    return torch.randint(low, high + 1, shape, generator=current_session().random, dtype=torch.uint8)


def _unit(*shape: int) -> torch.Tensor:
    """Random float32 numbers between 0 and 1."""
    return torch.rand(*shape, generator=current_session().random)


def _shuffled(names: Sequence[str]) -> list[str]:
    order = torch.randperm(len(names), generator=current_session().random).tolist()
    return [names[index] for index in order]


def _where(error: Raised) -> str:
    return f"line {error.line}: `{error.code}`" if error.line and error.code else ""


def _shape_of(subject: Subject) -> tuple[int, ...]:
    return tuple(subject.meta.get("shape", ()))


# -- 4.1: layouts --------------------------------------------------------------------------------------------------


@exercise(
    "4.1",
    title="From picture to tensor and back",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Two things change on each way: where the channels stand, and what the numbers mean. Do them one by one.",
        "Moving an axis is `permute` (or NumPy's `transpose`). `reshape` keeps the numbers in their old order, and "
        "scrambles the picture.",
        "On the way back: multiply, clamp to 0..255, round, and only then convert to uint8, which cuts off fractions.",
    ),
)
def image_layout(image_to_tensor: Subject, tensor_to_image: Subject) -> None:
    height, width = random_integer(5, 8), random_integer(9, 12)
    for shape, highest in (((height, width, 3), 201), ((height + 2, width, 3), 255), ((height, width), 255)):
        levels = _levels(*shape, low=20 if highest == 201 else 0, high=highest)
        levels.view(-1)[:2] = torch.tensor([20 if highest == 201 else 0, highest], dtype=torch.uint8)
        _to_tensor(image_to_tensor, levels)
    for channels, high in ((3, height), (1, height), (1, 1)):
        _to_image(tensor_to_image, channels, high, width)


def _to_tensor(function: Subject, levels: torch.Tensor) -> None:
    given = give(levels.numpy(), "array")
    seen = call(function, given, label=f"image_to_tensor(array) for an array of shape {show_shape(levels.shape)}")
    gray = levels.ndim == 2
    wanted = (levels[None] if gray else levels.permute(2, 0, 1)).float() / 255
    shape = tuple(wanted.shape)
    if seen.kind == "tensor" and _shape_of(seen) != shape:
        turned = (shape[0], shape[2], shape[1])
        fail(
            f"`{seen.label}` has the wrong shape.",
            expected=f"shape {show_shape(shape)}: (channels, height, width)",
            actual=f"shape {show_shape(_shape_of(seen))}",
            cause="a gray array has no channel axis, and the tensor needs one of length 1 in front"
            if gray
            else "the channels still stand last"
            if _shape_of(seen) == tuple(levels.shape)
            else "height and width changed places as well, so that the picture lies on its side: `.T` reverses all axes"
            if _shape_of(seen) == turned
            else "the axes stand in another order, or there is one too many or too few",
            next_step="print the shape before and after each step; the channel axis moves to the front, height and "
            "width stay in order",
        )
    if seen.meta.get("dtype") in {"uint8", "int64", "int32"} and seen.kind == "tensor":
        fail(
            f"`{seen.label}` has the wrong dtype.",
            expected="float32, with values between 0 and 1",
            actual=seen.meta["dtype"],
            cause="the levels are still whole numbers",
            next_step="convert to float32 and divide by the largest level that uint8 has",
        )
    got = expect_tensor(seen, shape="channels height width", dtype=torch.float32, because="layers compute in float32")
    numbers = levels.float()
    first = wanted * 255
    mistakes = [
        Mistake(
            numbers.reshape(shape) / 255,
            "`reshape` (or `view`) gives the right shape, but leaves the numbers in their old order, so that the "
            "picture is scrambled",
            "move the axis with `permute` or `transpose` instead",
        ),
        Mistake(first, "the levels are not divided: they still go up to 255", "what is the largest level?"),
        Mistake(first / 256, "the levels are divided by 256", "the largest level must become exactly 1"),
        Mistake(
            first / first.max(),
            "the levels are divided by the largest one in this picture, so that a dark picture turns bright",
            "divide every picture by the same number",
        ),
        Mistake(
            (first - first.min()) / (first.max() - first.min()),
            "each picture is stretched to its own range",
            "divide every picture by the same number",
        ),
        Mistake(first.div(255).floor(), "the levels are divided as whole numbers", "use `/` on float numbers"),
        Mistake(first / 127.5 - 1, "the values go from -1 to 1", "0 stays 0, and 255 becomes 1"),
        Mistake(wanted.flip(0), "the channels come in the order blue, green, red", "keep their order"),
    ]
    expect_values(got, wanted, seen.label, because="the levels divided by 255, each at its place", mistakes=mistakes)
    expect_unchanged(given, levels, "the array")


def _to_image(function: Subject, channels: int, height: int, width: int) -> None:
    levels = _levels(channels, height, width, low=1, high=254).float()
    # between two levels, but never halfway; and a little outside of what can be shown
    exact = levels + 0.6 * (_unit(channels, height, width) - 0.5).sign() * (_unit(channels, height, width) > 0.5)
    exact[:, 0, 0], exact[:, 0, 1], exact[:, -1, 2], exact[:, -1, 3] = 0, 255, 256.4, -1.4
    given = give(exact / 255, "tensor")
    seen = call(function, given, label=f"tensor_to_image(tensor) for a tensor of shape {show_shape(exact.shape)}")
    expect_type(
        seen,
        "array",
        "a NumPy array",
        cause="a tensor came, where the way back ends with a NumPy array" if seen.kind == "tensor" else "",
        next_step="`.numpy()` turns a tensor on the CPU into an array" if seen.kind == "tensor" else "",
    )

    def moved(numbers: torch.Tensor) -> torch.Tensor:
        return numbers[0] if channels == 1 else numbers.permute(1, 2, 0)

    wanted = moved(exact.clamp(0, 255).round())
    if _shape_of(seen) != tuple(wanted.shape):
        fail(
            f"`{seen.label}` has the wrong shape.",
            expected=f"shape {show_shape(wanted.shape)}: (height, width{', channels' if channels == 3 else ''})",
            actual=f"shape {show_shape(_shape_of(seen))}",
            cause="`squeeze` without an axis removes every axis of length 1, and this picture is one pixel high"
            if channels == height == 1 and len(_shape_of(seen)) == 1
            else "the single channel keeps an axis of its own"
            if channels == 1
            else "the channels still stand first"
            if _shape_of(seen) == tuple(exact.shape)
            else "the axes stand in another order",
            next_step="a gray picture comes back as (height, width)"
            if channels == 1
            else "move the channel axis behind the two others",
        )
    if seen.meta.get("dtype") != "uint8":
        fail(
            f"`{seen.label}` has the wrong dtype.",
            expected="uint8, whole levels from 0 to 255",
            actual=seen.meta.get("dtype", "unknown"),
            cause="the numbers are not converted at the end",
            next_step="convert to uint8 as the last step",
        )
    got = expect_tensor(seen, arrays=True)

    flat = exact.clamp(0, 255).round()
    cut = "converting to uint8 cuts off the fraction: 99.9 becomes 99"
    wraps = "a value a little outside of 0..1 wraps around: what should be white turns black, or the other way round"
    limit = "limit the values first, with `clamp` (NumPy: `clip`)"
    mistakes = [
        Mistake(moved(exact.clamp(0, 255).floor()).byte(), cut, "round before you convert"),
        Mistake(
            moved((exact.clamp(0, 255) / 255 * (256 - 1e-3)).floor()).byte(),
            "torchvision's own conversion from float to uint8 does not take the nearest level: it deals out 256 equal "
            "ranges, and cuts off",
            "multiply and round yourself",
        ),
        Mistake(
            flat.reshape(wanted.shape).byte(),
            "`reshape` (or `view`) gives the right shape, but leaves the numbers in their old order, so that the "
            "picture is scrambled",
            "move the axis with `permute` or `transpose` instead",
        ),
        Mistake(
            moved((exact / 255 * 256).clamp(0, 255).round()).byte(),
            "the values are multiplied by 256",
            "1 must become the largest level of uint8",
        ),
        Mistake(
            moved((exact / 255).clamp(0, 1).round()).byte(),
            "the values are not multiplied, so that only 0 and 1 are left",
            "1 must become the largest level of uint8",
        ),
        Mistake(
            moved((exact / 255).clamp(0, 1).trunc()).byte(),
            "the values are not multiplied, so that only 0 and 1 are left",
            "1 must become the largest level of uint8",
        ),
    ]
    outside = (exact < 0) | (exact > 255)
    inside = ~moved(outside)
    if torch.equal(got[inside].float(), wanted[inside]) and not torch.equal(got.float(), wanted):
        fail(
            f"`{seen.label}` is wrong where the tensor is a little below 0 or above 1.",
            expected="black (0) for values below 0, white (255) for values above 1",
            actual=f"levels {sorted(set(got[~inside].flatten().tolist()))}",
            cause=wraps,
            next_step=limit,
        )
    # what comes of values outside is a matter of the processor: the mistakes are told by the others
    got[~inside] = wanted[~inside].byte()
    for mistake in mistakes:
        mistake.result[~inside] = wanted[~inside].byte()
    expect_values(got, wanted.byte(), seen.label, because="the nearest levels, each at its place", mistakes=mistakes)
    expect_unchanged(given, exact / 255, "the tensor")


# -- 4.2: display --------------------------------------------------------------------------------------------------


@exercise(
    "4.2",
    title="Pictures for the screen, whatever the batch",
    points=2,
    difficulty=2,
    minutes=12,
    hints=(
        "Go through the batch: `for image in images`. What shape has one image? What if there is no batch axis?",
        "`squeeze()` without an argument removes *every* axis of length 1: the batch of one, but also a single channel "
        "or a height of one pixel. Say which axis you mean.",
        "A colored image needs `permute(1, 2, 0)`; a gray one is `image[0]`.",
    ),
)
def display_list(to_display: Subject) -> None:
    height, width = random_integer(4, 6), random_integer(7, 9)
    for shape in (
        (random_integer(3, 5), 3, height, width),
        (1, 3, height, width),
        (random_integer(3, 5), 1, height, width),
        (1, 1, height, width),
        (3, height, width),
        (1, height, width),
        (2, 3, 1, width),
        (1, 1, height, 1),
    ):
        _expect_displayed(to_display, shape)


def _expect_displayed(to_display: Subject, shape: tuple[int, ...]) -> None:
    images = _unit(*shape)
    single, channels = len(shape) == 3, shape[-3]
    batch = images[None] if single else images
    given = give(images, "images")
    about = f"to_display(images) for images of shape {show_shape(shape)}"
    try:
        seen = call(to_display, given, label=about)
    except Raised as error:
        if error.is_stub or not error.is_a("RuntimeError", "IndexError", "ValueError"):
            raise
        fail(
            f"`{about}` raised {error.type}.",
            expected=f"a list of {len(batch)} picture{'s' * (len(batch) > 1)}",
            actual=f"{error.type}: {error.message[:200]}",
            where=_where(error),
            cause="`squeeze` removes an axis because its length is 1, whatever it means: a batch of one, a single "
            "channel and a height of 1 are all the same to it"
            if "squeeze" in error.code
            else "a single picture has no batch axis: a loop over it gives its channels"
            if single
            else "the code counts on another batch size, number of channels or number of axes",
            next_step="say which axis to remove, or pick images and channels by index",
        )
    parts = seen.children
    if seen.kind in {"tensor", "array"} and seen.tensor is not None:
        stacked = (len(batch), *_displayed(batch[0]).shape)
        if _shape_of(seen) != stacked:
            fail(
                f"`{seen.label}` should be a list of pictures.",
                expected=f"a list with {len(batch)} picture{'s' * (len(batch) > 1)}",
                actual=f"{seen.kind_name} of shape {show_shape(_shape_of(seen))}",
                cause="one picture is returned by itself, without a list around it"
                if len(batch) == 1
                else "all pictures are still in one tensor",
                next_step="return a list, also when there is only one picture",
            )
        parts = [Subject(seen.session, f"{about}[{n}]", "tensor", tensor=t) for n, t in enumerate(seen.tensor)]
        for part in parts:
            assert part.tensor is not None
            part.meta["shape"] = tuple(part.tensor.shape)
    else:
        expect_type(seen, ("list", "tuple"), "a list of pictures")
    if len(parts) != len(batch):
        fail(
            f"`{about}` has the wrong length.",
            expected=f"{len(batch)}: one picture for each image",
            actual=str(len(parts)),
            cause="a single image without a batch axis is taken apart into its channels"
            if single and len(parts) == channels
            else "only the first image of the batch is returned"
            if len(parts) == 1
            else "another axis than the batch is looped over",
            next_step="look at the number of axes: three mean one image, four mean a batch",
        )
    for part, image in zip(parts, batch, strict=True):
        wanted = _displayed(image)
        if _shape_of(part) != tuple(wanted.shape):
            squeezed = tuple(size for size in wanted.shape if size != 1)
            fail(
                f"A picture of `{about}` has the wrong shape.",
                expected=f"shape {show_shape(wanted.shape)}: (height, width{', channels' * (channels == 3)})",
                actual=f"shape {show_shape(_shape_of(part))}"
                if part.kind in {"tensor", "array"}
                else f"{part.kind_name}",
                cause="the channels still stand first, which `plt.imshow` does not take"
                if _shape_of(part) == tuple(image.shape)
                else "`squeeze()` without an argument has removed an axis of length 1 that belongs to the picture"
                if _shape_of(part) == squeezed
                else "the single channel keeps an axis of its own"
                if _shape_of(part) == (*wanted.shape, 1)
                else "height and width changed places, so that the picture lies on its side"
                if _shape_of(part) == tuple(wanted.transpose(0, 1).shape)
                else "the axes stand in another order, or there is one too many or too few",
                next_step="follow the shape of one image through your code",
            )
        got = expect_tensor(part, arrays=True)
        expect_values(
            got.float(),
            wanted,
            part.label,
            because="the numbers of the image, each at its place",
            mistakes=(
                Mistake(
                    image.reshape(wanted.shape),
                    "`reshape` (or `view`) gives the right shape, but leaves the numbers in their old order, so that "
                    "the picture is scrambled",
                    "move the axis with `permute` instead",
                ),
                *(
                    Mistake(_displayed(other), "it is another image of the batch", "keep the order of the batch")
                    for other in batch
                ),
            ),
        )
    expect_unchanged(given, images, "the batch")


def _displayed(image: torch.Tensor) -> torch.Tensor:
    return image[0] if len(image) == 1 else image.permute(1, 2, 0)


# -- 4.3: folders --------------------------------------------------------------------------------------------------

ANIMALS = ("ant", "bee", "cow", "dog", "eel", "fox", "gnu", "hen")


@dataclass(frozen=True)
class _Tree:
    """A folder of pictures as a check makes it: paths in the order in which they are written, and what is right."""

    files: dict[str, torch.Tensor | Image.Image | str]
    classes: list[str]
    pictures: list[torch.Tensor]
    """"channel height width", uint8, RGB, in the right order."""
    labels: list[int]
    extra: int
    """Files that are no pictures."""


def _tree(classes: int, strays: bool) -> _Tree:
    height, width = random_integer(4, 6), random_integer(7, 9)
    names = _shuffled(ANIMALS)[:classes]
    if strays:  # `sorted` puts capital letters before all others
        last = names.index(max(names))
        names[last] = names[last].capitalize()
    files: dict[str, torch.Tensor | Image.Image | str] = {}
    right: dict[str, torch.Tensor] = {}
    for place, name in enumerate(names):
        stems = _shuffled(["10", "9", "b", "a", "c"])[: random_integer(3, 4)]
        for number, stem in enumerate(stems):
            path, picture, pixels = _picture(
                f"{name}/{stem}", (place + number) % 5, height, width, ("jpg", "jpeg")[place % 2]
            )
            files[path], right[path] = picture, pixels
    if strays:
        files[f"{names[0]}/notes.txt"] = "no picture"
        files["about.txt"] = "no picture, and no class"
    order = sorted(right)
    ordered = sorted(names)
    return _Tree(files, ordered, [right[p] for p in order], [ordered.index(p.split("/")[0]) for p in order], 2 * strays)


def _picture(
    path: str, form: int, height: int, width: int, jpeg: str
) -> tuple[str, torch.Tensor | Image.Image, torch.Tensor]:
    """A picture file of one of five forms: its path, its content, and its RGB levels."""
    if form == 1:  # gray
        gray = _levels(1, height, width)
        return f"{path}.png", gray, gray.expand(3, -1, -1)
    if form == 2:  # with transparency
        clear = _levels(4, height, width)
        return f"{path}.PNG", clear, clear[:3]
    if form == 3:  # of one color, which JPEG keeps up to rounding
        color = _levels(3, 1, 1, low=40, high=215).expand(-1, height, width)
        return f"{path}.{jpeg}", color.contiguous(), color
    color = _levels(3, height, width)
    if form == 4:  # with a palette: the file holds numbers of colors
        palette = Image.fromarray(color.movedim(0, -1).numpy()).quantize(8)
        return f"{path}.png", palette, torch.from_numpy(np.array(palette.convert("RGB"))).movedim(-1, 0)
    return f"{path}.png", color, color


@exercise(
    "4.3",
    title="A folder dataset of your own",
    points=4,
    difficulty=3,
    minutes=25,
    hints=(
        "In the constructor, only make lists: the class names, and one pair (path, label) per picture. Pictures are "
        "opened in `__getitem__`.",
        "The order in which a file system lists names is arbitrary: sort the classes, and sort the files of each "
        "class. `Path(folder).iterdir()` lists a folder; `entry.is_dir()` and `entry.suffix.lower()` tell what is "
        "what.",
        '`Image.open(path).convert("RGB")` makes three channels of gray, transparent and palette pictures. Then the '
        "transform, if there is one.",
    ),
)
def folder_dataset(FolderDataset: Subject) -> None:
    expect_type(FolderDataset, "class", "a class")
    expect_subclass(FolderDataset, "torch.utils.data.Dataset", "`torch.utils.data.Dataset`")
    tree = _tree(5, strays=True)
    to_tensor = make("torchvision.transforms.PILToTensor", label="PILToTensor()")
    dataset = construct(FolderDataset, image_folder("animals", tree.files), to_tensor)
    _expect_classes(dataset, tree)
    count = len(tree.pictures)
    expect_length(
        dataset,
        count,
        because="there are that many pictures in the class folders",
        mistakes=(
            Mistake(len(tree.classes), "the classes are counted", "count the pictures of all classes"),
            Mistake(count + 1, "a file that is no picture is counted as well", "look at the suffix of each file"),
            Mistake(count + 2, "files that are no pictures are counted as well", "look at the suffix of each file"),
            *(
                Mistake(
                    sum(path.endswith(some) for path in tree.files),
                    "only some kinds of pictures are found: the suffix may be .png, .jpg or .jpeg, in small or capital "
                    "letters",
                    "compare `path.suffix.lower()` with all three",
                )
                for some in (
                    (".png",),
                    (".jpg",),
                    (".png", ".PNG"),
                    (".png", ".jpg", ".jpeg"),
                    (".png", ".PNG", ".jpg"),
                )
            ),
        ),
    )
    samples = [expect_parts(one, ("picture", "label")) for one in items(dataset, list(range(count)))]
    for index, (picture, label) in enumerate(samples):
        _expect_rgb(picture, tree.pictures[index], tree)
        expect_number(
            label,
            tree.labels[index],
            what="the index of the picture's class in `classes`",
            mistakes=(Mistake(tree.labels[index] + 1, "counting starts at 1", "the first class has index 0"),),
        )
    _expect_read_anew(FolderDataset, tree)
    _expect_untransformed(FolderDataset, tree)
    other = _tree(3, strays=False)
    second = construct(FolderDataset, image_folder("others", other.files), to_tensor)
    second.label = "a dataset of another folder"
    _expect_classes(second, other)
    size = length(second)
    expect_length(
        second,
        len(other.pictures),
        because="a second dataset was made from another folder",
        mistakes=(
            Mistake(count, "both objects hold the first folder", "store everything on `self`"),
            Mistake(
                size if size > len(other.pictures) else None,
                "the list of samples is stored on the class, where all objects add to it",
                "store it on `self`",
            ),
        ),
    )
    expect_length(
        dataset,
        count,
        because="the first dataset must not change when a second one is made",
        mistakes=(
            Mistake(
                count + len(other.pictures),
                "the list is stored on the class, where all objects add to it",
                "store it on `self`",
            ),
        ),
    )


def _expect_classes(dataset: Subject, tree: _Tree) -> None:
    seen = attribute(dataset, "classes")
    expect_type(
        seen,
        ("list", "tuple"),
        "a list of the class names",
        cause="a dict from name to index belongs into another attribute" if seen.kind == "dict" else "",
    )
    names = [part.value if part.kind == "str" else part.kind_name for part in seen.children]
    if names == tree.classes:
        return
    fail(
        f"`{seen.label}` is wrong.",
        expected=f"the {len(tree.classes)} names of the class folders, sorted",
        actual=str([name if "/" not in name else f".../{name.rpartition('/')[2]}" for name in names])[:300],
        cause="the names are not sorted, and stand in the order in which the file system lists them"
        if sorted(names) == tree.classes and names != sorted(names, key=str.lower)
        else "the names are sorted without regard to capital letters"
        if sorted(names) == tree.classes
        else "files are listed as if they were class folders"
        if set(tree.classes) < set(names)
        else "the classes of another dataset are there as well: the list is stored on the class"
        if len(names) > len(tree.classes)
        else "the paths are listed instead of the names, or parts of them",
        next_step="sort the names with `sorted` as it is; the order of a listing is different on every system"
        if sorted(names) == tree.classes
        else "keep folders only, and of each its name",
    )


def _expect_rgb(picture: Subject, wanted: torch.Tensor, tree: _Tree) -> None:
    shape = _shape_of(picture)
    if picture.kind == "tensor" and len(shape) == 3 and shape[0] != 3 and shape[1:] == tuple(wanted.shape[1:]):
        fail(
            f"`{picture.label}` has {shape[0]} channel{'s' * (shape[0] != 1)}.",
            expected=f"3 channels, shape {show_shape(wanted.shape)}",
            actual=f"shape {show_shape(shape)}",
            cause="the picture has the mode of its file: a gray file has one channel, one with transparency has four, "
            "and one with a palette holds numbers of colors",
            next_step="convert every picture to RGB right after opening it",
        )
    if picture.kind == "object":
        fail(
            f"`{picture.label}` is not what the transform returns.",
            expected="a tensor, as `PILToTensor()` makes one of the picture",
            actual=picture.kind_name,
            cause="the transform that was passed in is not applied to the picture",
            next_step="call it in `__getitem__`, after the conversion to RGB",
        )
    got = expect_tensor(picture, shape="3 height width", dtype=torch.uint8, because="the transform gives uint8")
    expect_values(
        got,
        wanted,
        picture.label,
        atol=3,
        rtol=0,
        because="the levels of the picture at this place, when classes and files are sorted",
        mistakes=[
            Mistake(
                other,
                "it is the picture of another file: the files of a class are not sorted by name, or classes and files "
                "are not in the same order as `classes`",
                "sort the files of each class by name",
            )
            for other in tree.pictures
        ],
    )


def _expect_read_anew(cls: Subject, tree: _Tree) -> None:
    flip = make("torchvision.transforms.Compose", [make("torchvision.transforms.RandomHorizontalFlip"), make(
        "torchvision.transforms.PILToTensor")], label="random")  # fmt: skip
    dataset = construct(cls, image_folder("animals", tree.files), flip)
    index = next(n for n, picture in enumerate(tree.pictures) if not torch.equal(picture, picture.flip(-1)))
    seen = [expect_parts(one, ("picture", "label"))[0] for one in items(dataset, [index] * 24)]
    if len({expect_tensor(one).numpy().tobytes() for one in seen}) == 1:
        fail(
            "Reading the same sample 24 times with a random flip gives the same picture each time.",
            expected="now the picture, now its mirror image: the transform runs anew for each read",
            actual="one picture, 24 times",
            cause="the pictures are transformed once, in the constructor, or kept after the first read",
            next_step="apply the transform in `__getitem__`",
        )


def _expect_untransformed(cls: Subject, tree: _Tree) -> None:
    dataset = construct(cls, image_folder("animals", tree.files))
    dataset.label = "a dataset without a transform"
    for sample in items(dataset, list(range(len(tree.pictures)))):  # the first ones may be in RGB as they are
        picture = expect_parts(sample, ("picture", "label"))[0]
        if picture.kind != "object":
            fail(
                f"`{picture.label}` should be a Pillow image.",
                expected="the picture itself, as a Pillow image in RGB, when there is no transform",
                actual=picture.kind_name,
                cause="the picture is converted although nobody asked for it",
                next_step="apply a transform only when there is one",
            )
        mode = attribute(picture, "mode")
        if mode.value != "RGB":
            fail(
                f"`{picture.label}` is not in RGB.",
                expected='the mode "RGB"',
                actual=repr(mode.value),
                cause="the conversion stands in the branch with a transform only",
                next_step="convert first, then apply the transform if there is one",
            )


# -- 4.4: cropping -------------------------------------------------------------------------------------------------


@exercise(
    "4.4",
    title="The largest square in the middle",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "The side of the square is the smaller one of height and width. How much is left over, and how much of it goes "
        "to each side?",
        "`images[..., top : top + side, left : left + side]` cuts for any number of axes in front.",
    ),
)
def square_crop(center_square: Subject) -> None:
    small, large = random_integer(4, 6), random_integer(8, 10)
    for shape in (
        (3, small, small + 2 * random_integer(2, 4)),
        (3, large + 2 * random_integer(1, 3), large),
        (2, 3, small, small + 3),
        (4, 1, large + 5, large),
        (3, 7, 7),
    ):
        images = _unit(*shape)
        given = give(images, "images")
        seen = call(center_square, given, label=f"center_square(images) for images of shape {show_shape(shape)}")
        height, width = shape[-2:]
        side = min(height, width)

        def cut(top: int, left: int, images: torch.Tensor = images, side: int = side) -> torch.Tensor:
            return images[..., top : top + side, left : left + side]

        rows, columns = height - side, width - side
        # with an odd remainder the extra pixel may go to either side
        right = [cut(rows // 2, columns // 2), cut(rows - rows // 2, columns - columns // 2)]
        if seen.kind == "tensor" and _shape_of(seen) != tuple(right[0].shape):
            fail(
                f"`{seen.label}` has the wrong shape.",
                expected=f"shape {show_shape(right[0].shape)}",
                actual=f"shape {show_shape(_shape_of(seen))}",
                cause="nothing is cut off"
                if _shape_of(seen) == shape
                else "the square has the larger side, which does not fit into the picture"
                if _shape_of(seen)[-1:] == (max(height, width),)
                else "an odd side is halved and doubled again, which loses one pixel"
                if _shape_of(seen)[-2:] == (side - 1, side - 1) and side % 2
                else "an odd remainder is not shared out: if 3 are left over, 1 goes to one side and 2 to the other"
                if (rows + columns) % 2
                else "the wrong axes are cut, or by the wrong amount: height and width are the last two axes",
                next_step="compute the side and both margins for this shape on paper",
            )
        got = expect_tensor(seen, dtype=torch.float32)
        if any(close(got, one) for one in right):
            expect_unchanged(given, images, "the batch")
            continue
        expect_values(
            got,
            right[0],
            seen.label,
            because="the pixels around the middle, as they are",
            mistakes=(
                Mistake(cut(0, 0), "the square is cut at the beginning: at the left or at the top", "center it"),
                Mistake(cut(rows, columns), "the square is cut at the end: at the right or at the bottom", "center it"),
                Mistake(
                    vision.resize(images, [side, side]),
                    "the whole picture is squeezed into a square, which changes its proportions",
                    "cut, do not resize",
                ),
                *(
                    Mistake(cut(top, left), "the square does not sit in the middle", "share the margin out evenly")
                    for top in range(rows + 1)
                    for left in range(columns + 1)
                ),
            ),
        )


# -- what a transform does to a picture ----------------------------------------------------------------------------

SLOPE, BLUE = 0.25, 0.7


def _probe(size: int) -> torch.Tensor:
    """A picture (3, size, size) whose red grows to the right, whose green grows downwards, and whose blue is even."""
    x = (torch.arange(size) * 2 + 1 - size) / size
    return torch.stack(
        [
            0.5 + SLOPE * x.expand(size, size),
            0.5 + SLOPE * x[:, None].expand(size, size),
            torch.full((size, size), BLUE),
        ]
    )


@dataclass(frozen=True)
class _Motion:
    """What has happened to a probe."""

    mirrored: bool
    degrees: float
    """Turned counterclockwise, -180 to 180; of a mirrored picture, after left and right were swapped."""
    scale: float
    """1 when neither size nor contrast have changed."""
    shift: float
    """How far the middle has moved, in halves of the picture."""
    blue: float


def _motion(picture: torch.Tensor) -> _Motion:
    """Find out, from the slopes of red and green near the middle, how a probe was flipped and turned."""
    size = picture.shape[-1]
    axis = ((torch.arange(size) * 2 + 1 - size) / size).double()
    y, x = torch.meshgrid(axis, axis, indexing="ij")
    inside = (x**2 + y**2) < 0.6**2
    x, y, numbers = x[inside], y[inside], picture.double()[:, inside]
    # where each pixel comes from: source = matrix @ place, in coordinates with y downwards
    matrix = torch.stack([(numbers[:2] * x).sum(1) / (x * x).sum(), (numbers[:2] * y).sum(1) / (y * y).sum()], dim=1)
    matrix = matrix / SLOPE
    shift = ((numbers[:2].mean(dim=1) - 0.5) / SLOPE).abs().max().item()
    det = torch.linalg.det(matrix).item()
    if det < 0:
        matrix = torch.diag(torch.tensor([-1.0, 1.0], dtype=torch.float64)) @ matrix
    degrees = math.degrees(math.atan2(matrix[1, 0] - matrix[0, 1], matrix[0, 0] + matrix[1, 1]))
    return _Motion(det < 0, degrees, math.sqrt(abs(det)), shift, numbers[2].mean().item())


# -- 4.5: the range of a random rotation ---------------------------------------------------------------------------


@exercise(
    "4.5",
    title="Turn to one side only",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "What range does `v2.RandomRotation(45)` draw from? The plot above shows it.",
        "`degrees` may also be a pair: the smallest and the largest angle. Counterclockwise is positive.",
    ),
)
def one_sided_rotation(turn_left: Subject) -> None:
    size, draws = 40, 40
    probe = _probe(size)
    for limit in (random_integer(20, 50), random_integer(60, 120)):
        transform = call(turn_left, limit, keep=True)
        expect_type(
            transform,
            ("function", "module", "object"),
            "a transform",
            cause="a picture or a number came, where something that turns pictures is asked for"
            if transform.kind in {"tensor", "int", "float"}
            else "",
            next_step="return the transform itself; the check applies it to pictures",
        )
        angles = []
        for _ in range(draws):
            seen = call(transform, probe, label=f"turn_left({limit})(picture)")
            if _shape_of(seen) not in {(), (3, size, size)}:
                fail(
                    f"`{seen.label}` has the wrong shape.",
                    expected=f"shape {show_shape(probe.shape)}: the picture keeps its size",
                    actual=f"shape {show_shape(_shape_of(seen))}",
                    cause="the canvas grows with the angle: `expand=True`",
                    next_step="leave `expand` at its default",
                )
            got = expect_tensor(seen, shape=f"3 {size} {size}", dtype=torch.float32)
            motion = _motion(got)
            still = abs(motion.scale - 1) < 0.1 and abs(motion.blue - BLUE) < 0.05 and motion.shift < 0.06
            if motion.mirrored or not still:
                fail(
                    f"`{seen.label}` does more than turn the picture.",
                    expected="the picture, turned about its middle",
                    actual="a mirror image"
                    if motion.mirrored
                    else "another place or size, or other brightness or contrast",
                    cause="there is another random step beside the rotation",
                    next_step="return a rotation alone",
                )
            angles.append(motion.degrees)
        low, high = min(angles), max(angles)
        few = len({round(angle) for angle in angles}) < 8
        if low >= -1 and high <= limit + 1 and low < 0.3 * limit and high > 0.7 * limit and not few:
            continue
        fail(
            f"`turn_left({limit})` draws from the wrong range.",
            expected=f"angles anywhere between 0 and {limit} degrees, counterclockwise",
            actual=f"in {draws} draws, angles between {low:.0f} and {high:.0f} degrees",
            cause="the angle is not random: each picture is turned by the same one"
            if high - low < 1
            else "one number stands for a range around 0: half of the pictures turn to the right"
            if low < -1 and high > 1
            else "the pictures turn to the right: positive angles are counterclockwise"
            if low < -1
            else "the range reaches too far"
            if high > limit + 1
            else "only a few angles ever come up, instead of any in between"
            if few and low < 0.3 * limit and high > 0.7 * limit
            else "the range is too narrow: it starts too late, ends too early, or does not use the argument",
            next_step="give the smallest and the largest angle, in this order",
        )


# -- 4.6: autocontrast ---------------------------------------------------------------------------------------------


@exercise(
    "4.6",
    title="Autocontrast by hand",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "Each channel has a smallest and a largest value. Which straight line takes the first to 0 and the second to "
        "1?",
        "`amin(dim=(1, 2), keepdim=True)` gives one number per channel, with shape (channels, 1, 1), which broadcasts.",
        "A channel whose values are all equal would be divided by 0: keep it as it is, for example with `torch.where`.",
    ),
)
def autocontrast_by_hand(autocontrast: Subject) -> None:
    height, width = random_integer(5, 7), random_integer(6, 9)
    for channels, constant in ((3, None), (1, None), (3, 1), (4, 2), (1, 0)):
        low, spread = 0.1 + 0.3 * _unit(channels, 1, 1), 0.2 + 0.3 * _unit(channels, 1, 1)
        image = low + spread * _unit(channels, height, width)
        if constant is not None:
            image[constant] = 0.3 + 0.4 * _unit(1)
        given = give(image, "image")
        about = f"autocontrast(image) for {channels} channel{'s' * (channels > 1)}"
        seen = call(autocontrast, given, label=about)
        smallest, largest = image.amin(dim=(1, 2), keepdim=True), image.amax(dim=(1, 2), keepdim=True)
        stretched = (image - smallest) / (largest - smallest)
        wanted = torch.where(largest > smallest, stretched, image)
        got = expect_tensor(seen, shape=f"{channels} {height} {width}", dtype=torch.float32)
        if constant is not None and not bool(torch.isfinite(got[constant]).all()):
            fail(
                f"`{seen.label}` holds NaN or infinity where a channel is even.",
                expected="the channel as it was",
                actual="not a number",
                cause="the largest and the smallest value of that channel are equal, and 0 is divided by 0",
                next_step="treat a channel without any contrast apart",
            )
        whole_low, whole_high = image.min(), image.max()
        mistakes = [
            Mistake(
                (image - whole_low) / (whole_high - whole_low).clamp_min(1e-12),
                "one range is used for all channels together",
                "each channel has its own smallest and largest value",
            ),
            Mistake(
                image / largest, "the smallest value is not brought to 0: only a division is done", "subtract it first"
            ),
            Mistake(image - smallest, "the range is moved, but not stretched", "divide by its length"),
            Mistake(
                image / (largest - smallest),
                "the smallest value is not subtracted before dividing",
                "subtract it first",
            ),
            Mistake(stretched * 255, "the values go up to 255", "for float pictures, 1 is the largest value"),
            Mistake(
                (image - image.mean(dim=(1, 2), keepdim=True)) / image.std(dim=(1, 2), keepdim=True),
                "the channel is standardized with its mean and its spread",
                "use the smallest and the largest value",
            ),
            *(
                Mistake(
                    (image - image.amin(dim=axis, keepdim=True))
                    / (image.amax(dim=axis, keepdim=True) - image.amin(dim=axis, keepdim=True)),
                    "smallest and largest value are taken along one axis only, so that each row, column or pixel has a "
                    "range of its own",
                    "reduce height and width together",
                )
                for axis in range(3)
            ),
            *(
                Mistake(
                    torch.where(largest > smallest, stretched, torch.full_like(image, value)),
                    f"a channel that is even everywhere becomes {value}, which loses its level",
                    "such a channel stays as it is",
                )
                for value in (0.0, 1.0, 0.5)
            ),
        ]
        expect_values(
            got,
            wanted,
            seen.label,
            atol=1e-4,
            because="0 for the darkest, 1 for the brightest pixel of each channel, an even channel unchanged",
            mistakes=mistakes,
        )
        expect_unchanged(given, image, "the image")


# -- 4.7, 4.8: normalization ---------------------------------------------------------------------------------------


def _uneven_batches() -> list[torch.Tensor]:
    """Batches whose sizes, picture sizes, brightness and contrast all differ."""
    batches = []
    for number, (count, height, width) in enumerate(((5, 12, 14), (1, 6, 20), (3, 20, 9))):
        middle = torch.tensor([0.3, 0.45, 0.6]) + (number - 1) * torch.tensor([0.15, -0.1, 0.2])
        shift = 0.15 * (_unit(count, 3, 1, 1) - 0.5)
        spread = 0.1 + 0.25 * _unit(count, 3, 1, 1)
        batches.append((middle[:, None, None] + shift + spread * (_unit(count, 3, height, width) - 0.5)).clamp(0, 1))
    return batches


def _pooled(batches: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    pixels = torch.cat([batch.transpose(0, 1).flatten(1) for batch in batches], dim=1).double()
    return pixels.mean(dim=1), pixels.std(dim=1, correction=0)


@exercise(
    "4.7",
    title="Mean and spread of every channel",
    points=3,
    difficulty=2,
    minutes=18,
    hints=(
        "Every *pixel* counts the same, whichever image and batch it is in. Means of means are right only if all parts "
        "are equally large, and spreads cannot be averaged at all.",
        "Go through the batches once and keep three things: the number of pixels, the sum and the sum of squares of "
        "each channel.",
        "The variance is the mean of the squares minus the square of the mean; the spread is its root.",
    ),
)
def channel_statistics(channel_statistics: Subject) -> None:
    batches = _uneven_batches()
    loader = make("torch.utils.data.DataLoader", batches, batch_size=None, label="batches")
    _expect_statistics(call(channel_statistics, loader), batches, "for batches of different sizes")
    # within an image nothing varies, only between images
    even = [_unit(count, 3, 1, 1).expand(-1, -1, 8, 8).contiguous() for count in (4, 2)]
    loader = make("torch.utils.data.DataLoader", even, batch_size=None, label="batches")
    _expect_statistics(call(channel_statistics, loader), even, "for pictures of one color each")
    one = [_unit(6, 3, 10, 10) * 0.5 + 0.2]
    _expect_statistics(call(channel_statistics, give(one, "[batch]")), one, "for a list with one batch")


def _expect_statistics(seen: Subject, batches: list[torch.Tensor], when: str) -> None:
    seen.label = f"channel_statistics(batches) {when}"
    if seen.kind in {"tensor", "array"} and _shape_of(seen) == (2, 3) and seen.tensor is not None:
        mean, std = (
            Subject(seen.session, f"{name} of {seen.label}", "tensor", tensor=row, meta={**seen.meta, "shape": (3,)})
            for name, row in zip(("mean", "std"), seen.tensor, strict=True)
        )
    else:
        mean, std = expect_parts(seen, ("mean", "std"))
    parts = []
    for part in (mean, std):
        if part.kind in {"list", "tuple"}:
            fail(
                f"`{part.label}` should be a tensor.",
                expected="a tensor of shape (3,), one number per channel",
                actual=part.kind_name,
                cause="the numbers are collected in a list",
                next_step="make one tensor of them",
            )
        if _shape_of(part) in {(1, 3, 1, 1), (3, 1, 1), (1, 3)}:
            fail(
                f"`{part.label}` has the wrong shape.",
                expected="shape (3,), one number per channel",
                actual=f"shape {show_shape(_shape_of(part))}",
                cause="the axes that were reduced are kept with length 1",
                next_step="leave out `keepdim`, or flatten at the end",
            )
        if part.kind == "float" or (part.kind in {"tensor", "array"} and _shape_of(part) in {(), (1,)}):
            fail(
                f"`{part.label}` is one number for all channels.",
                expected="a tensor of shape (3,), one number per channel",
                actual="a single number",
                cause="the mean is taken over the channel axis as well",
                next_step="reduce all axes but the channels",
            )
        got = expect_tensor(part, shape="3")
        if not got.is_floating_point():
            expect_tensor(part, shape="3", dtype=torch.float32)
        parts.append(got.double())
    wanted_mean, wanted_std = _pooled(batches)
    images = [image.double() for batch in batches for image in batch]
    of_images = torch.stack([image.mean(dim=(1, 2)) for image in images])
    of_batches = torch.stack([batch.double().mean(dim=(0, 2, 3)) for batch in batches])
    even = "the means of the {} are averaged, although they hold different numbers of pixels"
    sums = "add up sums and counts over all batches, and divide once at the end"
    last, first = batches[-1].double(), batches[0].double()
    expect_values(
        parts[0],
        wanted_mean,
        mean.label,
        rtol=1e-3,
        because="the mean of all pixels of all images, per channel",
        mistakes=(
            Mistake(of_batches.mean(dim=0), even.format("batches"), sums),
            Mistake(of_images.mean(dim=0), even.format("images"), sums),
            Mistake(last.mean(dim=(0, 2, 3)), "only the last batch counts: each one replaces what was there", sums),
            Mistake(first.mean(dim=(0, 2, 3)), "only the first batch counts: `return` stands inside the loop", sums),
            Mistake(of_batches.sum(dim=0), "the means of the batches are added up", sums),
            Mistake(wanted_mean * 255, "the mean is in levels up to 255", "the batches hold values from 0 to 1"),
        ),
    )
    within = torch.stack([image.std(dim=(1, 2)) for image in images])
    within_0 = torch.stack([image.std(dim=(1, 2), correction=0) for image in images])
    batch_std = torch.stack([batch.double().std(dim=(0, 2, 3)) for batch in batches])
    batch_std_0 = torch.stack([batch.double().std(dim=(0, 2, 3), correction=0) for batch in batches])
    sizes = torch.tensor([float(batch[:, 0].numel()) for batch in batches], dtype=torch.float64)[:, None]
    counts = torch.tensor([float(image[0].numel()) for image in images], dtype=torch.float64)[:, None]
    apart = "the spreads of the {} are averaged, which leaves out how much the {} differ from each other"
    squares = "collect the squares as well, or go through the data a second time with the mean of all pixels"
    mistakes = [
        Mistake(wanted_std**2, "it is the variance: the root is missing", "the spread is the root of the variance"),
        Mistake(
            torch.stack([(batch.double() ** 2).mean(dim=(0, 2, 3)) for batch in batches]).mean(0).sqrt(),
            "the mean is not subtracted, and batches of different sizes count the same",
            squares,
        ),
        Mistake((wanted_std**2 + wanted_mean**2).sqrt(), "the mean is not subtracted before squaring", squares),
        Mistake(
            (
                torch.stack([(batch.double() ** 2).mean(dim=(0, 2, 3)) for batch in batches]).mean(0) - wanted_mean**2
            ).sqrt(),
            "the squares are averaged over batches that hold different numbers of pixels",
            sums,
        ),
        Mistake(of_images.std(dim=0), "only the means of the images are compared with each other", squares),
        Mistake(of_images.std(dim=0, correction=0), "only the means of the images are compared", squares),
        Mistake(batch_std[-1], "only the last batch counts", sums),
        Mistake(batch_std[0], "only the first batch counts", sums),
    ]
    for what, spreads, weights in (
        ("images", within, counts),
        ("images", within_0, counts),
        ("batches", batch_std, sizes),
        ("batches", batch_std_0, sizes),
    ):
        cause = apart.format(what, what)
        mistakes += [
            Mistake(spreads.mean(dim=0), cause, squares),
            Mistake((spreads * weights).sum(0) / weights.sum(), cause, squares),
            Mistake((spreads**2).mean(dim=0).sqrt(), cause, squares),
            Mistake(((spreads**2 * weights).sum(0) / weights.sum()).sqrt(), cause, squares),
        ]
    total = sizes.sum().item()
    corrected = wanted_std * math.sqrt(total / (total - 1))
    if not close(parts[1], corrected, 1e-3, 1e-5):  # dividing by n - 1 is fine as well
        expect_values(
            parts[1],
            wanted_std,
            std.label,
            rtol=1e-3,
            because="the standard deviation of all pixels of all images around the common mean, per channel",
            mistakes=mistakes,
        )


@exercise(
    "4.8",
    title="Normalize, and undo it",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "`mean` has shape (channels,), the images end in (height, width). Broadcasting compares shapes from the right: "
        "which axis would the mean meet?",
        "`mean[:, None, None]` has shape (channels, 1, 1), and goes with one image as well as with a batch.",
    ),
)
def normalization_pair(normalize: Subject, denormalize: Subject) -> None:
    for shape in ((2, 3, 4, 5), (3, 6, 4), (3, 5, 3), (3, 3, 3, 3), (4, 1, 5, 6)):
        channels = shape[-3]
        images, mean, std = _unit(*shape), 0.3 + 0.3 * _unit(channels), 0.15 + 0.2 * _unit(channels)
        m, s = mean[:, None, None], std[:, None, None]
        forward = (images - m) / s
        about = f"for images of shape {show_shape(shape)}"
        given = [give(images, "images"), give(mean, "mean"), give(std, "std")]
        seen = _broadcast(normalize, given, f"normalize(images, mean, std) {about}", shape)
        got = expect_tensor(seen, shape=" ".join(map(str, shape)), dtype=torch.float32)
        aligned = [
            Mistake(
                (images - mean) / std,
                "the mean is lined up with the last axis: each *column* of the picture gets a mean of its own, which "
                "raises no error because the width equals the number of channels",
                "give the mean two more axes behind the channels",
            )
            if shape[-1] == channels
            else Mistake(None, ""),
            Mistake(
                (images - mean[:, None]) / std[:, None],
                "the mean is lined up with the rows of the picture instead of its channels",
                "give the mean two more axes behind the channels",
            )
            if shape[-2] == channels
            else Mistake(None, ""),
            Mistake(
                (images - mean[:, None, None, None]) / std[:, None, None, None],
                "the mean is lined up with the images of the batch instead of the channels",
                "the channels come before height and width",
            )
            if len(shape) == 4 and shape[0] == channels
            else Mistake(None, ""),
        ]
        expect_values(
            got,
            forward,
            seen.label,
            rtol=1e-3,
            because="each channel minus its mean, divided by its spread",
            mistakes=(
                *aligned,
                Mistake(images - m, "the division by the spread is missing", "divide the difference"),
                Mistake(images - m / s, "only the mean is divided: brackets are missing", "subtract first"),
                Mistake(images / s - m, "the division comes before the subtraction", "subtract first"),
                Mistake((images - m) * s, "the spread is multiplied instead of divided", "divide the difference"),
                Mistake((images - s) / m, "mean and spread are exchanged", "compare the order of the arguments"),
                Mistake((images - m) / s**2, "the variance is divided by, instead of the spread", "divide by `std`"),
                Mistake(
                    (images - images.mean()) / images.std(),
                    "the picture's own mean and spread are used",
                    "use those that are passed in: they come from the training data",
                ),
                Mistake(
                    (images - 0.5) / 0.5, "0.5 is written into the code", "use the mean and spread that are passed in"
                ),
            ),
        )
        given.append(give(forward, "images"))
        back = _broadcast(denormalize, [given[3], *given[1:3]], f"denormalize(images, mean, std) {about}", shape)
        got = expect_tensor(back, shape=" ".join(map(str, shape)), dtype=torch.float32)
        expect_values(
            got,
            images,
            back.label,
            rtol=1e-3,
            atol=1e-4,
            because="what the images were before `normalize`",
            mistakes=(
                Mistake(
                    (forward + m) * s,
                    "the steps are undone in the wrong order: what was done last must be undone first",
                    "multiply first",
                ),
                Mistake((forward - m) / s, "it normalizes once more, instead of undoing it", "solve the formula for x"),
                Mistake(forward * s - m, "the mean is subtracted once more", "solve the formula for x"),
                Mistake(forward / s + m, "it divides once more by the spread", "solve the formula for x"),
                Mistake(forward * s, "the mean is not added back", "solve the formula for x"),
                Mistake(forward + m, "the spread is not multiplied back", "solve the formula for x"),
                Mistake(forward, "nothing is undone", "solve the formula for x"),
                Mistake(
                    forward * std + mean,
                    "the mean is lined up with the last axis, the columns of the picture",
                    "give the mean two more axes behind the channels",
                )
                if shape[-1] == channels
                else Mistake(None, ""),
            ),
        )
        for argument, before, name in zip(
            given, (images, mean, std, forward), ("the images", "the mean", "the spread", "the images"), strict=True
        ):
            expect_unchanged(argument, before, name)


def _broadcast(function: Subject, given: list[Subject], label: str, shape: tuple[int, ...]) -> Subject:
    try:
        return call(function, *given, label=label)
    except Raised as error:
        if error.is_stub or "must match the size" not in error.message:
            raise
        fail(
            f"`{label}` raised {error.type}.",
            expected=f"a tensor of shape {show_shape(shape)}",
            actual=f"{error.type}: {error.message[:200]}",
            where=_where(error),
            cause="a mean of shape (channels,) is lined up with the last axis, the width",
            next_step="give the mean two more axes behind the channels",
        )


# -- 4.9: pipelines ------------------------------------------------------------------------------------------------


@exercise(
    "4.9",
    title="One pipeline to train, one to test",
    points=4,
    difficulty=3,
    minutes=20,
    hints=(
        "Write the steps that both need, in order: to the size, to a tensor, to float in 0..1, normalized. The two "
        "random steps come in addition, for training only.",
        "`v2.Resize((size, size))` with a *pair*: with one number, the shorter side gets that length and the picture "
        "keeps its proportions.",
        "`v2.ToImage()`, then `v2.ToDtype(torch.float32, scale=True)`, then `v2.Normalize(mean, std)`. "
        "`RandomRotation` takes its limit in degrees.",
    ),
)
def cloud_transform(make_transform: Subject) -> None:
    mean = [round(0.3 + 0.3 * value, 2) for value in _unit(3).tolist()]
    std = [round(0.15 + 0.15 * value, 2) for value in _unit(3).tolist()]
    size = random_integer(24, 30)
    test = call(make_transform, size, mean, std, False, keep=True)
    test.label = f"make_transform({size}, mean, std, training=False)"
    kinds = ("function", "module", "object")
    expect_type(test, kinds, "a transform", next_step="return the transform itself; the check applies it to pictures")
    _expect_test_pipeline(test, size, mean, std)
    size = 44
    train = call(make_transform, size, mean, std, True, keep=True)
    train.label = f"make_transform({size}, mean, std, training=True)"
    expect_type(train, kinds, "a transform")
    _expect_train_pipeline(train, size, mean, std)
    again = call(make_transform, 20, mean, std, keep=True)
    again.label = "make_transform(20, mean, std)"
    expect_type(again, kinds, "a transform")
    _expect_steady(again, 20, "`training` is False when it is left out")


def _pil(levels: torch.Tensor) -> Subject:
    return make("torchvision.transforms.functional.to_pil_image", levels, label="picture")


def _expect_steady(transform: Subject, size: int, because: str) -> None:
    picture = _pil(_levels(3, size, size))
    results = [call(transform, picture, label=f"{transform.label}(picture)") for _ in range(12)]
    first = expect_tensor(results[0])
    if any(not torch.equal(expect_tensor(one), first) for one in results[1:]):
        fail(
            f"`{transform.label}` gives another result each time.",
            expected=f"the same tensor for the same picture, because {because}",
            actual="different tensors in 12 calls",
            cause="a random step, such as a flip or a rotation, is part of the pipeline for testing",
            next_step="leave out everything random unless `training` is true",
        )


def _expect_test_pipeline(transform: Subject, size: int, mean: list[float], std: list[float]) -> None:
    m, s = torch.tensor(mean)[:, None, None], torch.tensor(std)[:, None, None]
    wide, tall = _smooth(size + 9, 2 * size + 5), _smooth(2 * size, size + 7)
    for picture, exact in ((_levels(3, size, size), True), (wide, False), (tall, False)):
        shape = tuple(picture.shape[1:])
        seen = call(
            transform,
            _pil(picture),
            label=f"{transform.label}(picture) for a picture of {shape[0]} x {shape[1]} pixels",
        )
        if seen.kind == "tensor" and _shape_of(seen) != (3, size, size):
            got_shape = _shape_of(seen)
            fail(
                f"`{seen.label}` has the wrong shape.",
                expected=f"shape (3, {size}, {size})",
                actual=f"shape {show_shape(got_shape)}",
                cause="only the shorter side has the size: with one number, `Resize` keeps the proportions"
                if not exact and size in got_shape[1:] and len(got_shape) == 3
                else "there is an axis for a batch, and a transform sees one picture at a time"
                if len(got_shape) == 4
                else "the picture is not brought to the size that is asked for",
                next_step="give `Resize` both sides",
            )
        if seen.kind == "tensor" and seen.meta.get("dtype") == "uint8":
            fail(
                f"`{seen.label}` has the wrong dtype.",
                expected="float32",
                actual="uint8",
                cause="the levels are not converted",
                next_step="which step makes float32 of them, and scales them to 0..1?",
            )
        got = expect_tensor(seen, shape=f"3 {size} {size}", dtype=torch.float32)
        if exact:
            _expect_steady(transform, size, "a test must not depend on chance")
        unit = vision.resize(picture, [size, size], antialias=True).float() / 255
        wanted = (unit - m) / s
        atol = 0.02 if exact else 0.04  # in units of 0..1; another interpolation is fine
        side = min(shape)
        cropped = vision.resize(vision.center_crop(picture, [side, side]), [size, size]).float() / 255
        corner = vision.center_crop(picture, [size, size]).float() / 255
        cut = "the picture is cut to a square, so that clouds at its borders are lost"
        named = [
            (unit, "nothing is normalized", "subtract the mean and divide by the spread, as the last step"),
            (unit * 255, "the levels go up to 255: they are not scaled, and not normalized", "scale to 0..1 first"),
            (
                (unit * 255 - m) / s,
                "the levels are not scaled before they are normalized: `ToDtype` needs `scale=True`",
                "scale to 0..1 first",
            ),
            ((unit - m) * s, "the spread is multiplied", "divide by it"),
            ((unit - s) / m, "mean and spread are exchanged", "compare the order of the arguments"),
            ((unit - 0.5) / 0.5, "0.5 is used for mean and spread", "use those that are passed in"),
            (
                (unit - torch.tensor([0.485, 0.456, 0.406])[:, None, None])
                / torch.tensor([0.229, 0.224, 0.225])[:, None, None],
                "the statistics of another collection of pictures are written into the code",
                "use the mean and the spread that are passed in",
            ),
            (
                (unit - unit.mean(dim=(1, 2), keepdim=True)) / unit.std(dim=(1, 2), keepdim=True),
                "each picture is normalized with its own mean and spread",
                "use those that are passed in",
            ),
            ((unit - m), "the division by the spread is missing", "divide by it"),
            ((cropped - m) / s, cut, "resize without cropping"),
            ((corner - m) / s, cut, "resize without cropping"),
            ((unit.flip(-1) - m) / s, "the picture is mirrored", "no flip at test time"),
            ((unit.flip(-2) - m) / s, "the picture is upside down", "no flip at test time"),
        ]
        spread = float(s.min())
        expect_values(
            got,
            wanted,
            seen.label,
            rtol=0,
            atol=atol / spread,
            because="the resized picture in 0..1, minus the mean, divided by the spread",
            mistakes=[
                Mistake(got if close(got, result, 0, atol / spread) else None, cause, step)
                for result, cause, step in named
            ],
        )


def _smooth(height: int, width: int) -> torch.Tensor:
    """A picture without sharp edges, so that the way of interpolating hardly matters, but cropping does."""
    y, x = torch.linspace(0, 1, height)[:, None], torch.linspace(0, 1, width)[None, :]
    a, b = 0.25 + 0.1 * random_integer(0, 2), 0.25 + 0.1 * random_integer(0, 2)
    picture = torch.stack([0.1 + a * x + b * y, 0.9 - a * x - b * y, 0.1 + b * (1 - x) + a * y])
    return (picture * 255).round().to(torch.uint8)


def _expect_train_pipeline(transform: Subject, size: int, mean: list[float], std: list[float]) -> None:
    m, s, limit, draws = torch.tensor(mean)[:, None, None], torch.tensor(std)[:, None, None], 15, 64
    probe = (_probe(2 * size) * 255).round().to(torch.uint8)
    picture = _pil(probe)
    label = f"{transform.label}(picture)"
    wide = call(transform, _pil(_smooth(size + 10, 2 * size)), label=f"{label} for a picture of 54 x 88 pixels")
    if wide.kind == "tensor" and _shape_of(wide) != (3, size, size):
        fail(
            f"`{wide.label}` has the wrong shape.",
            expected=f"shape (3, {size}, {size})",
            actual=f"shape {show_shape(_shape_of(wide))}",
            cause="only the shorter side has the size: with one number, `Resize` keeps the proportions"
            if size in _shape_of(wide)[1:]
            else "a step changes the size after the picture was resized, such as a rotation with `expand=True`",
            next_step="give `Resize` both sides" if size in _shape_of(wide)[1:] else "leave `expand` at its default",
        )
    motions = []
    for _ in range(draws):
        seen = call(transform, picture, label=label)
        got = expect_tensor(seen, shape=f"3 {size} {size}", dtype=torch.float32)
        raw = _motion(got)
        if abs(raw.scale - 1) < 0.03 and abs(raw.blue - BLUE) < 0.01:
            fail(
                f"`{label}` is not normalized.",
                expected="the same scaling and normalization as for testing",
                actual="values between 0 and 1, as they were",
                cause="the pictures are normalized for testing only, so that training and test see different numbers",
                next_step="leave the fixed steps the same for both",
            )
        motions.append(_motion(got * s + m))
    _expect_only_motion(label, motions)
    angles = [motion.degrees for motion in motions]
    if max(map(abs, angles)) > 90:
        fail(
            f"`{label}` turns some pictures upside down.",
            expected="the ground below and the sky above: no such picture is ever seen in a test",
            actual=f"{sum(abs(angle) > 90 for angle in angles)} of {draws} pictures upside down",
            cause="there is a vertical flip, or a rotation by far too large an angle",
            next_step=f"only flip left and right, and turn by at most {limit} degrees",
        )
    low, high = min(angles), max(angles)
    if high - low < 1:
        fail(
            f"`{label}` never turns the picture.",
            expected=f"random angles between -{limit} and {limit} degrees",
            actual=f"the same angle, {high:.0f} degrees, in {draws} draws",
            cause="the random rotation is missing for training" if abs(high) < 1 else "the angle is not random",
            next_step="put it into the pipeline when `training` is true",
        )
    few = len({round(angle) for angle in angles}) < 8
    if low < -limit - 1.5 or high > limit + 1.5 or low > -0.5 * limit or high < 0.5 * limit or few:
        fail(
            f"`{label}` draws angles from the wrong range.",
            expected=f"angles between -{limit} and {limit} degrees",
            actual=f"in {draws} draws, angles between {low:.0f} and {high:.0f} degrees",
            cause="the pictures turn to one side only"
            if low > -1 or high < 1
            else "only a few angles ever come up, instead of any in between"
            if few
            else "the range is another one than asked for",
            next_step="one number, `RandomRotation(limit)`, means from -limit to limit",
        )
    share = sum(motion.mirrored for motion in motions) / draws
    if not 0.25 < share < 0.75:
        often = "never" if share == 0 else "always" if share == 1 else "too rarely or too often"
        fail(
            f"`{label}` is mirrored {often}.",
            expected="about half of the draws mirrored",
            actual=f"{share:.0%} of {draws} draws",
            cause="the random flip is missing for training"
            if share == 0
            else "the flip is not random: it is done each time"
            if share == 1
            else "the probability of the flip is another one than 0.5",
            next_step="flip left and right with probability 0.5",
        )
    for mirrored, those in ((False, "not mirrored"), (True, "mirrored")):
        if all(abs(motion.degrees) < 0.5 for motion in motions if motion.mirrored == mirrored):
            fail(
                f"`{label}` turns no picture that is {those}.",
                expected="a flip and an angle that do not depend on each other",
                actual=f"all angles 0 in the draws that are {those}",
                cause="one draw decides about both: flip and rotation stand together in one random step",
                next_step="make two steps of them, each with a draw of its own",
            )


def _expect_only_motion(label: str, motions: list[_Motion]) -> None:
    blues = [motion.blue for motion in motions]
    if max(abs(blue - BLUE) for blue in blues) > 0.02:
        fail(
            f"`{label}` changes the colors.",
            expected="a flip and a rotation, and colors as they are",
            actual="an even blue that comes out as another blue"
            + (" in some draws" if max(blues) - min(blues) > 0.01 else ""),
            cause="there is a random step that changes brightness, contrast or color"
            if max(blues) - min(blues) > 0.01
            else "the values are normalized differently in training",
            next_step="leave out what nobody asked for; scaling and normalization are the same for both",
        )
    if max(motion.shift for motion in motions) > 0.06:
        fail(
            f"`{label}` moves the picture.",
            expected="a flip, and a rotation about the middle",
            actual="a middle that comes to lie elsewhere",
            cause="there is a random shift or crop",
            next_step="leave out what nobody asked for, and resize to both sides",
        )
    scales = [motion.scale for motion in motions]
    if max(abs(scale - 1) for scale in scales) > 0.05:
        fail(
            f"`{label}` changes the size or the contrast of what is in the picture.",
            expected="a flip and a rotation, and nothing else",
            actual=f"gradients that are {min(scales):.2f} to {max(scales):.2f} times what they were",
            cause="there is a crop or a zoom, or a step that stretches the contrast",
            next_step="leave out what nobody asked for, and resize to both sides",
        )


# -- 4.10, 4.11: flips and rotations by hand -----------------------------------------------------------------------


@exercise(
    "4.10",
    title="Flips by index",
    points=2,
    difficulty=1,
    minutes=8,
    hints=(
        "Columns count from 0 to W-1. Which column goes to place 0, and which one to place W-1?",
        "A tensor of indexes that runs backwards, `torch.arange(W - 1, -1, -1)`, can stand in an index: "
        "`images[..., indexes]` picks columns. Tensors cannot be sliced with a negative step.",
    ),
)
def flips_by_index(flip_left_right: Subject, flip_upside_down: Subject) -> None:
    height, width = random_integer(4, 6), random_integer(7, 9)
    for shape in ((3, height, width), (2, 3, height, width), (height, height), (3, 3, 3), (1, 1, height, 1)):
        images = _unit(*shape)
        for function, name, axis in (
            (flip_left_right, "flip_left_right", -1),
            (flip_upside_down, "flip_upside_down", -2),
        ):
            given = give(images, "images")
            seen = call(function, given, label=f"{name}(images) for images of shape {show_shape(shape)}")
            got = expect_tensor(seen, shape=" ".join(map(str, shape)), dtype=torch.float32)
            wanted = images.flip(axis)
            other = images.flip(-3 - axis)
            backwards = torch.arange(shape[axis]).neg() % shape[axis]
            mistakes = [
                Mistake(images, "the picture comes back as it was", "which index do you read for place 0?"),
                Mistake(
                    other,
                    "the other axis is turned around: left and right are columns, the last axis; top and bottom are "
                    "rows",
                    "count the axes from the end",
                ),
                Mistake(images.flip(-1, -2), "both axes are turned around: the picture is turned by 180 degrees", ""),
                Mistake(
                    images.index_select(axis, backwards),
                    "the indexes are one too large: the first column (or row) stays at its place, and the others are "
                    "turned around",
                    "place j gets what stood at W-1-j, with indexes from 0",
                ),
            ]
            if len(shape) > 2:
                mistakes.append(
                    Mistake(images.flip(-3), "the channels are turned around", "count the axes from the end")
                )
                mistakes.append(
                    Mistake(images.flip(0), "the first axis is turned around", "count the axes from the end")
                )
            if shape[-1] == shape[-2]:
                mistakes += [
                    Mistake(
                        images.transpose(-1, -2), "rows and columns are exchanged", "only the order of one axis changes"
                    ),
                    Mistake(images.rot90(1, (-2, -1)), "the picture is turned", "a flip is no rotation"),
                    Mistake(images.rot90(-1, (-2, -1)), "the picture is turned", "a flip is no rotation"),
                ]
            expect_values(got, wanted, seen.label, because="each pixel at its mirrored place", mistakes=mistakes)
            expect_unchanged(given, images, "the batch")


def _turned(
    image: torch.Tensor,
    degrees: float,
    *,
    center: tuple[float, float] = (0.5, 0.5),
    radians: bool = False,
    rounding: Callable[[torch.Tensor], torch.Tensor] = torch.round,
    outside: str = "zero",
    exchanged: bool = False,
    mirrored: bool = False,
    reused: bool = False,
) -> tuple[torch.Tensor, torch.Tensor]:
    """The picture turned counterclockwise by nearest neighbors, and which pixels are beyond doubt.

    Args:
        image: "channels height width".
        degrees: the angle.
        center: how much of one pixel is subtracted from height and width before halving is 1; a mistake gives 0.
        radians: the mistake of taking the number for radians.
        rounding: from places to indexes.
        outside: what comes from outside the picture: "zero", or the mistakes "edge", "wrap" and "wrap below 0".
        exchanged: the mistake of exchanging sine and cosine.
        mirrored: the mistake of counting rows upwards on the way back to indexes.
        reused: the mistake of computing y with the x that is turned already.
    """
    _, height, width = image.shape
    angle = degrees if radians else math.radians(degrees)
    cos, sin = (math.sin(angle), math.cos(angle)) if exchanged else (math.cos(angle), math.sin(angle))
    middle_y, middle_x = height / 2 - center[0], width / 2 - center[1]
    rows, columns = torch.meshgrid(
        torch.arange(height, dtype=torch.float64), torch.arange(width, dtype=torch.float64), indexing="ij"
    )
    x, y = columns - middle_x, middle_y - rows
    source_x, source_y = cos * x + sin * y, -sin * x + cos * y
    if reused:
        source_y = -sin * source_x + cos * y
    if mirrored:
        source_y = -source_y
    exact_row, exact_column = middle_y - source_y, source_x + middle_x
    row, column = rounding(exact_row).long(), rounding(exact_column).long()
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    if outside.startswith("wrap"):
        found = image[:, row.remainder(height), column.remainder(width)]
        if outside == "wrap below 0":
            found = found * ((row < height) & (column < width))
    else:
        found = image[:, row.clamp(0, height - 1), column.clamp(0, width - 1)]
        if outside == "zero":
            found = found * inside
    clear = torch.ones_like(inside)
    for place in (exact_row, exact_column):
        clear &= ((place - place.floor()) - 0.5).abs() > 2e-3  # else float32 may round to either side
    return found, clear


def _pushed(image: torch.Tensor, degrees: float) -> torch.Tensor:
    """The mistake of sending each pixel to its new place, which leaves holes."""
    _, height, width = image.shape
    angle = math.radians(degrees)
    result = torch.zeros_like(image)
    for i in range(height):
        for j in range(width):
            x, y = j - (width - 1) / 2, (height - 1) / 2 - i
            new_x, new_y = math.cos(angle) * x - math.sin(angle) * y, math.sin(angle) * x + math.cos(angle) * y
            row, column = round((height - 1) / 2 - new_y), round(new_x + (width - 1) / 2)
            if 0 <= row < height and 0 <= column < width:
                result[:, row, column] = image[:, i, j]
    return result


@exercise(
    "4.11",
    title="Rotation by hand",
    points=4,
    difficulty=3,
    minutes=30,
    hints=(
        "Ask of each *output* pixel where it comes from, and round that place to the nearest pixel. The other way "
        "round leaves holes.",
        "Coordinates first: x = j - (W-1)/2 grows to the right, y = (H-1)/2 - i grows upwards. Turning the picture by "
        "the angle means that a place comes from where the *opposite* rotation takes it. Sine and cosine want radians.",
        "`torch.meshgrid(torch.arange(H), torch.arange(W), indexing='ij')` gives i and j of all pixels at once. Build "
        "a mask of the sources that lie inside, `clamp` the indexes, pick the pixels, and multiply by the mask.",
    ),
)
def rotation_by_hand(rotate_by_hand: Subject) -> None:
    cases = (
        (3, 9, 9, random_integer(20, 40)),
        (1, 8, 13, -random_integer(25, 60)),
        (3, 12, 7, random_integer(100, 170)),
        (2, 7, 7, 90),
        (3, 5, 8, 0),
    )
    for channels, height, width, degrees in cases:
        image = 0.2 + 0.8 * _unit(channels, height, width)  # never 0, so that filled corners show
        given = give(image, "image")
        label = f"rotate_by_hand(image, {degrees}) for an image of shape {show_shape(image.shape)}"
        try:
            seen = call(rotate_by_hand, given, degrees, label=label)
        except Raised as error:
            if not error.is_a("IndexError"):
                raise
            fail(
                f"`{label}` raised IndexError.",
                expected="0 where a pixel would come from outside of the picture",
                actual=f"IndexError: {error.message[:200]}",
                where=_where(error),
                cause="the place where a pixel comes from may lie outside of the picture",
                next_step="test each place before you read from it, or limit the indexes and mask the result",
            )
        got = expect_tensor(seen, shape=f"{channels} {height} {width}", dtype=torch.float32)
        wanted, clear = _turned(image, degrees)
        # where the nearest pixel is a matter of rounding, anything goes
        mine = torch.where(clear, got, wanted)
        if not close(mine, wanted):
            _explain_rotation(mine, wanted, image, degrees, clear, label)
        expect_unchanged(given, image, "the image")


def _explain_rotation(
    got: torch.Tensor, wanted: torch.Tensor, image: torch.Tensor, degrees: int, clear: torch.Tensor, label: str
) -> None:
    def variant(**options: object) -> torch.Tensor:
        found, sure = _turned(image, **{"degrees": degrees, **options})  # type: ignore[arg-type]
        # where a mistake itself is a matter of rounding, it matches whatever came
        return torch.where(clear & sure, found, got) if sure.float().mean() > 0.5 else torch.where(clear, found, wanted)

    height, width = image.shape[1:]
    candidates = [
        (
            variant(degrees=-degrees),
            "the picture is turned clockwise: rows count downwards, so that y = -i, or the place is turned the same "
            "way as the picture instead of the opposite way",
            "an output pixel comes from where the opposite rotation takes it",
        ),
        (
            variant(radians=True),
            "the angle is taken for radians: sine and cosine want radians, and the argument is in degrees",
            "convert it with `math.radians`",
        ),
        (
            variant(degrees=-degrees, radians=True),
            "the angle is taken for radians, and the direction is turned around",
            "convert it with `math.radians`",
        ),
        (
            torch.where(clear, _pushed(image, degrees), wanted),
            "each input pixel is sent to its new place, which leaves holes where none arrives",
            "go through the output pixels, and ask where each comes from",
        ),
        *(
            (
                variant(center=center),
                "the middle is half a pixel off: with indexes from 0 to W-1, it lies at (W-1)/2",
                "check it for W = 3",
            )
            for center in ((0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (1.0, 1.0))
        ),
        (
            variant(rounding=torch.floor),
            "the places are rounded down instead of to the nearest pixel",
            "round before you convert to whole numbers",
        ),
        (
            variant(rounding=torch.trunc),
            "the fractions are cut off instead of rounded to the nearest pixel",
            "round before you convert to whole numbers",
        ),
        *(
            (
                variant(outside=way, rounding=rounding),
                "what comes from outside is filled with pixels of the border, instead of 0"
                if way == "edge"
                else "an index below 0 counts from the other end, so that pixels of the opposite border appear",
                "where the place lies outside of the picture, on any side, the result is 0",
            )
            for way in ("edge", "wrap", "wrap below 0")
            for rounding in (torch.round, torch.floor, torch.trunc)
        ),
        (variant(exchanged=True), "sine and cosine are exchanged", "for 0 degrees, every pixel stays at its place"),
        (
            variant(mirrored=True),
            "the picture is upside down as well: y grows upwards, and row indexes downwards, also on the way back from "
            "places to indexes",
            "solve y = (H-1)/2 - i for i",
        ),
        (
            variant(reused=True),
            "y is computed with the x that is turned already",
            "keep both old coordinates until both new ones are computed",
        ),
        (
            variant(center=((height - width + 1) / 2, (width - height + 1) / 2)),
            "height and width are exchanged: the middle is taken for that of a picture lying on its side",
            "which of the two belongs to the columns?",
        ),
        (
            torch.where(clear, vision.rotate(image, degrees, vision.InterpolationMode.BILINEAR), wanted),
            "neighboring pixels are mixed (bilinear interpolation)",
            "take the nearest pixel as it is",
        ),
    ]
    candidates.append(
        (
            variant(center=(height / 2, width / 2)),
            "the picture is turned about its corner",
            "measure coordinates from the middle",
        )
    )
    mistakes = [Mistake(result, cause, step) for result, cause, step in candidates]
    half = ((got == wanted) | (got == 0)).all() and bool((got != wanted).any())
    if half and not any(close(got, mistake.result) for mistake in mistakes):
        mistakes.append(
            Mistake(
                got,
                "some pixels are 0 that come from inside of the picture: the test for what lies outside is too strict, "
                "or places are left out",
                "indexes from 0 to H-1 and from 0 to W-1 are inside, both ends included",
            )
        )
    expect_values(got, wanted, label, because="the nearest pixel of the turned picture, or 0", mistakes=mistakes)


# -- 4.12, 4.13: bug clinic ----------------------------------------------------------------------------------------


@exercise(
    "4.12",
    title="Bug clinic: pictures that do not stack",
    points=3,
    difficulty=2,
    minutes=12,
    hints=(
        "The error names two shapes: a batch is one tensor, so all its pictures must have the same shape.",
        "Cure one symptom after the other: print `image.shape`, `image.dtype` and `image.max()` of a few samples. "
        "What does `Resize` with a single number keep?",
        "Three repairs: the pair for `Resize`, `scale=True` for `ToDtype`, and the order of the pictures.",
    ),
)
def picture_loader(picture_loader: Subject) -> None:
    names = sorted(_shuffled(ANIMALS)[:3])
    files: dict[str, torch.Tensor | Image.Image | str] = {}
    pictures, labels = [], []
    for number, name in enumerate(names):
        for index in range(random_integer(2, 4)):
            # far from square, so that a crop shows
            short, long = random_integer(40, 60), random_integer(80, 100)
            picture = _smooth(*((short, long) if (index + number) % 2 else (long, short)))
            picture = (picture.float() * (0.6 + 0.12 * ((index + number) % 4))).to(torch.uint8)
            files[f"{name}/{index}.png"] = picture
            pictures.append(picture)
            labels.append(number)
    count = len(pictures)
    sizes_with_rest = [size for size in (2, 3, 4, 5) if count % size]
    batch_size = sizes_with_rest[random_integer(0, len(sizes_with_rest) - 1)]
    loader = call(picture_loader, image_folder("pictures", files), batch_size, keep=True)
    loader.label = f"picture_loader(folder, {batch_size})"
    expect_type(loader, ("loader", "object"), "a DataLoader")
    batches, _ = iterate(loader, count + 2)
    images, found = [], []
    for batch in batches:
        image, label = expect_parts(batch, ("images", "labels"))
        shape = _shape_of(image)
        if image.kind == "tensor" and len(shape) == 4 and shape[1:] != (3, 64, 64):
            fail(
                f"`{image.label}` has the wrong shape.",
                expected="shape (batch, 3, 64, 64)",
                actual=f"shape {show_shape(shape)}",
                cause="only the shorter side is 64: with one number, `Resize` keeps the proportions"
                if 64 in shape[2:]
                else "the pictures are brought to another size",
                next_step="give `Resize` both sides",
            )
        if image.meta.get("dtype") == "uint8":
            fail(
                f"`{image.label}` has the wrong dtype.",
                expected="float32",
                actual="uint8",
                cause="the levels are not converted",
                next_step="which step makes float32 of them, and scales them to 0..1?",
            )
        got = expect_tensor(image, shape="batch 3 64 64", dtype=torch.float32)
        images.append(got)
        number_tensor = expect_tensor(label, shape="batch", dtype=torch.int64)
        if len(number_tensor) != len(got):
            fail(
                f"`{label.label}` has another length than the images.",
                expected=str(len(got)),
                actual=str(len(number_tensor)),
                cause="images and labels come from different places",
                next_step="let the dataset return both",
            )
        found.append(number_tensor)
    sizes = [len(part) for part in images]
    wanted_sizes = [min(batch_size, count - start) for start in range(0, count, batch_size)]
    if sizes != wanted_sizes:
        fail(
            f"`{loader.label}` gives other batches.",
            expected=f"batches of {wanted_sizes} pictures for the {count} pictures of this folder",
            actual=f"batches of {sizes}",
            cause="the last, short batch is dropped, although every picture is asked for"
            if sum(sizes) < count and set(sizes) == {batch_size}
            else "the argument `batch_size` is not used",
            next_step="pass `batch_size` on, and drop nothing",
        )
    got, got_labels = torch.cat(images), torch.cat(found)
    wanted = torch.stack([vision.resize(one, [64, 64], antialias=True).float() / 255 for one in pictures])
    wanted_labels = torch.tensor(labels)
    if got.max() > 2:
        fail(
            "The values go up to 255.",
            expected="values between 0 and 1",
            actual=f"a largest value of {got.max().item():.0f}",
            cause="`ToDtype(torch.float32)` changes the type alone: it scales only with `scale=True`",
            next_step="scale where you convert",
        )
    order = torch.cdist(wanted.flatten(1), got.flatten(1)).argmin(dim=1)
    if sorted(order.tolist()) == list(range(count)) and order.tolist() != list(range(count)):
        mirrored = close(got, wanted.flip(-1), 0, 0.03)
        if not mirrored:
            fail(
                "The pictures come in another order than in the folder.",
                expected="class by class, file by file",
                actual=f"the picture that should come first stands at place {int(order[0])}",
                cause="the loader shuffles",
                next_step="for testing, keep the order: leave `shuffle` at its default",
            )
    flipped = [
        n for n in range(count) if not close(got[n], wanted[n], 0, 0.03) and close(got[n], wanted[n].flip(-1), 0, 0.03)
    ]
    if flipped:
        fail(
            "Some pictures are mirrored.",
            expected="every picture as it is: these are pictures to test with",
            actual=f"{len(flipped)} of {count} pictures are mirrored",
            cause="the random flip is still there, and makes every evaluation come out differently",
            next_step="leave out everything random",
        )
    again = [expect_tensor(expect_parts(batch, ("images", "labels"))[0]) for batch in iterate(loader, count + 2)[0]]
    if not close(torch.cat(again), got, 0, 0.03):
        fail(
            f"`{loader.label}` gives other pictures when it is looped over again.",
            expected="the same pictures each time: these are pictures to test with",
            actual="other numbers",
            cause="a random step, such as a random crop, makes every evaluation come out differently",
            next_step="leave out everything random",
        )
    expect_values(
        got,
        wanted,
        f"the images of {loader.label}",
        rtol=0,
        atol=0.03,
        because="the resized pictures in 0..1, in the order of the folder",
        mistakes=(
            Mistake(
                got if close(got, _crops(pictures), 0, 0.03) else None,
                "the pictures are cropped instead of resized",
                "keep all of each picture",
            ),
            Mistake(
                torch.stack([vision.center_crop(one, [64, 64]).float() / 255 for one in pictures]),
                "the middle of each picture is cut out instead of resizing it",
                "keep all of each picture",
            ),
            Mistake(got if got.max() < 0.02 else None, "the values are divided by 255 twice", "scale them once"),
        ),
    )
    if not torch.equal(got_labels, wanted_labels):
        fail(
            "The labels are wrong.",
            expected=f"{labels}, the places of the class folders in sorted order",
            actual=str(got_labels.tolist()),
            cause="the labels are counted differently than by the sorted names of the class folders",
            next_step="take them from `ImageFolder`",
        )


def _crops(pictures: list[torch.Tensor]) -> torch.Tensor:
    """The mistake of resizing the shorter side and cutting out the middle."""
    return torch.stack(
        [vision.center_crop(vision.resize(one, [64], antialias=True), [64, 64]).float() / 255 for one in pictures]
    )


@exercise(
    "4.13",
    title="Bug clinic: a folder is missing, and all labels shift",
    points=3,
    difficulty=2,
    minutes=15,
    hints=(
        "Only the *name* means the same in both trees. Go from the number to the name with the one list, and from the "
        "name to the number with the other.",
        "A table does it at once: for each class of the test tree, its index in the training tree, in a tensor. Then "
        "`table[labels]`.",
        "`list.index` raises a ValueError of its own when a name is not there.",
    ),
)
def aligned_labels(align_labels: Subject) -> None:
    for classes, missing in ((7, (1,)), (6, (0, 3)), (5, (4,)), (6, ()), (8, (0, 1, 5))):
        train = sorted(_shuffled(ANIMALS)[:classes])
        test = [name for index, name in enumerate(train) if index not in missing]
        count = random_integer(20, 30)
        labels = torch.randint(0, len(test), (count,), generator=current_session().random)
        labels[: len(test)] = torch.arange(len(test))
        given, names, others = give(labels, "labels"), give(test, "test_classes"), give(train, "train_classes")
        left_out = ", ".join(train[index] for index in missing) or "nothing"
        label = f"align_labels(labels, test_classes, train_classes) where the test tree lacks {left_out}"
        seen = call(align_labels, given, names, others, label=label)
        got = expect_tensor(
            seen, shape=f"{count}", dtype=torch.int64, because="losses and metrics want whole numbers as class labels"
        )
        table = torch.tensor([train.index(name) for name in test])
        wanted = table[labels]
        first = missing[0] if missing else 0
        replaced = labels.clone()
        for number, name in enumerate(test):
            replaced[replaced == number] = train.index(name)
        expect_values(
            got,
            wanted,
            seen.label,
            because="the index that the class of each picture has in `train_classes`",
            mistakes=(
                Mistake(labels, "the labels come back as they were", "which class does each number stand for?"),
                Mistake(
                    labels + (labels >= first) * 1,
                    "every label from the first gap on is raised by one, which is right for one missing class only",
                    "go through the names",
                ),
                Mistake(
                    replaced,
                    "the labels are replaced class by class in one tensor, so that some are replaced twice: what has "
                    "just become 2 is taken for an old 2",
                    "read from the old labels, write to a new tensor",
                ),
                Mistake(labels + len(missing), "the same number is added to every label", "go through the names"),
                Mistake(labels + 1, "1 is added to every label, also to those before the gap", "go through the names"),
            ),
        )
        expect_unchanged(given, labels, "the tensor of labels")
        expect_unchanged(names, test, "the list of the test classes")
        expect_unchanged(others, train, "the list of the training classes")
    # not only gaps: a list in another order
    train = sorted(_shuffled(ANIMALS)[:5])
    test = train[::-1]
    labels = torch.tensor([0, 1, 2, 3, 4, 0])
    seen = call(
        align_labels, labels, test, train, label="align_labels(...) where the test classes are in another order"
    )
    got = expect_tensor(seen, shape="6", dtype=torch.int64)
    expect_values(
        got,
        4 - labels,
        seen.label,
        because="the index that the class of each picture has in `train_classes`",
        mistakes=(
            Mistake(
                labels,
                "only gaps are closed: the code counts on the names being in the same order in both lists",
                "look each name up",
            ),
        ),
    )
    unknown = [*train[:2], "yak"]
    expect_raises(
        lambda: call(align_labels, torch.tensor([0, 1, 2, 1]), unknown, train),
        "ValueError",
        when="when a class of the test tree is unknown in training",
        cause="a class without a counterpart gets some number anyway",
        next_step="test for it, or let `list.index` do so",
    )
    expect_raises(
        lambda: call(align_labels, torch.tensor([0, 1, 1]), unknown, train),
        "ValueError",
        when="when a class of the test tree is unknown in training, though no picture of it is there",
        cause="only the labels that occur are looked at",
        next_step="test all names in `test_classes`",
    )


EXERCISES = (
    image_layout,
    display_list,
    folder_dataset,
    square_crop,
    one_sided_rotation,
    autocontrast_by_hand,
    channel_statistics,
    normalization_pair,
    cloud_transform,
    flips_by_index,
    rotation_by_hand,
    picture_loader,
    aligned_labels,
)
