"""Shapes as text, in the manner of einops: ``"batch channels 28 28"``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def read_shape(text: str) -> list[int | str]:
    """``"batch 9"`` as ``["batch", 9]``; ``""`` is the shape of a single number. ValueError on other characters."""
    axes: list[int | str] = []
    for part in text.split():
        if part.isdigit():
            axes.append(int(part))
        elif part.isidentifier():
            axes.append(part)
        else:
            raise ValueError(f"not an axis: {part!r} in {text!r}")
    return axes


def match_shape(text: str, shape: Sequence[int], sizes: Mapping[str, int] | None = None) -> dict[str, int] | None:
    """Compare a shape with its description.

    Args:
        text: the description; a name stands for any length, the same name for the same length.
        shape: the shape at hand.
        sizes: lengths that names already have.

    Returns:
        the lengths of all names, or None when the shape does not match.
    """
    axes = read_shape(text)
    known = dict(sizes or {})
    if len(axes) != len(shape):
        return None
    for axis, size in zip(axes, shape, strict=True):
        wanted = axis if isinstance(axis, int) else known.setdefault(axis, size)
        if wanted != size:
            return None
    return known


def show_shape(shape: Sequence[int]) -> str:
    """``(4, 9)``, ``(3,)``, ``()`` with a word for the last."""
    return "() (a single number)" if not shape else str(tuple(int(size) for size in shape))


def show_wanted(text: str, sizes: Mapping[str, int] | None = None) -> str:
    """The wanted shape for a message: ``(batch, 9), here (4, 9)``."""
    axes = read_shape(text)
    if not axes:
        return show_shape(())
    names = ", ".join(str(axis) for axis in axes) + ("," if len(axes) == 1 else "")
    known = [axis if isinstance(axis, int) else (sizes or {}).get(axis) for axis in axes]
    if any(isinstance(axis, str) for axis in axes) and None not in known:
        return f"({names}), here {show_shape([size for size in known if size is not None])}"
    return f"({names})"


def shape_cause(wanted: Sequence[int | None], got: Sequence[int]) -> tuple[str, str]:
    """Likely cause and next step for a wrong shape; None in ``wanted`` stands for any length."""

    def fits(a: Sequence[int | None], b: Sequence[int]) -> bool:
        return len(a) == len(b) and all(x is None or x == y for x, y in zip(a, b, strict=True))

    squeezed_want = [s for s in wanted if s != 1]
    squeezed_got = [s for s in got if s != 1]
    if fits(squeezed_want, squeezed_got):
        if len(got) > len(wanted):
            return "there is an axis of length 1 too many", "remove it with `squeeze`, or index that axis away"
        if len(got) < len(wanted):
            return "an axis of length 1 is missing", "add it with `unsqueeze` or `reshape`"
        return "the axis of length 1 is in the wrong place", "check which axis the 1 belongs to"
    if len(got) == len(wanted) and None not in wanted and sorted(got) == sorted(s for s in wanted if s is not None):
        return "the axes are in another order", "transpose, or check which operand comes first"
    if len(got) == len(wanted):
        wrong = [i for i, (w, g) in enumerate(zip(wanted, got, strict=True)) if w is not None and w != g]
        axis = wrong[0] if wrong else 0
        return (
            f"axis {axis} has length {got[axis]}" + (f" where {wanted[axis]} belongs" if wrong else ""),
            "follow this axis back to where it is made: what is counted along it?",
        )
    total_known = None not in wanted
    if total_known and _product(got) == _product([s for s in wanted if s is not None]):
        return "the numbers are all there, but arranged along other axes", "check `reshape`, `flatten` and `stack`"
    return (
        f"it has {len(got)} {'axis' if len(got) == 1 else 'axes'} where {len(wanted)} "
        f"{'belongs' if len(wanted) == 1 else 'belong'}",
        "print the shape after each step to see where it changes",
    )


def _product(sizes: Sequence[int]) -> int:
    result = 1
    for size in sizes:
        result *= size
    return result
