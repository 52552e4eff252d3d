"""Files that a check writes beside the student's code: text, pictures, folders, here and in a second process."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from grader import touch
from grader.exercise import exercise
from grader.expect import fail
from grader.touch import LocalSession, Subject
from grader.verdict import Verdict

GREY = torch.arange(6, dtype=torch.uint8).reshape(2, 3) * 40
COLOR = torch.arange(18, dtype=torch.uint8).reshape(3, 2, 3) * 10
CLEAR = torch.arange(24, dtype=torch.uint8).reshape(4, 2, 3) * 10


def opened(path: str) -> tuple[str, torch.Tensor]:
    with Image.open(path) as image:
        return image.mode, torch.tensor(list(image.tobytes()))


@exercise("0.1", title="Files", points=1, difficulty=1, minutes=1, hints=())
def files_arrive(read: Subject, tree: Subject) -> None:
    palette = Image.fromarray(COLOR.movedim(0, -1).numpy()).quantize(4)
    for name, picture, mode, wanted in (
        ("grey.png", GREY, "L", GREY),
        ("grey_too.png", GREY[None], "L", GREY),
        ("narrow.png", GREY[:, :1], "L", GREY[:, :1]),
        ("color.png", COLOR, "RGB", COLOR.movedim(0, -1)),
        ("clear.png", CLEAR, "RGBA", CLEAR.movedim(0, -1)),
        ("palette.png", palette, "P", None),
    ):
        seen = touch.call(read, touch.image_file(name, picture))
        if seen.children[0].value != mode:
            fail(f"{name} is {seen.children[0].value}")
        pixels = seen.children[1].tensor
        if wanted is not None and (pixels is None or pixels.tolist() != wanted.flatten().tolist()):
            fail(f"{name} has other pixels")
    folder = touch.image_folder("tree", {"b/2.png": GREY, "b/1.JPG": COLOR, "a/x.png": GREY, "note.txt": "?", "c/": ""})
    seen = touch.call(tree, folder)
    if [part.value for part in seen.children] != ["a", "a/x.png", "b", "b/1.JPG", "b/2.png", "c", "note.txt"]:
        fail(f"the tree holds {[part.value for part in seen.children]}")
    if folder.label != '"tree"':
        fail(folder.label)


def test_files_arrive(judge: Callable[..., Verdict]) -> None:
    def tree(folder: str) -> list[str]:
        found = [Path(place) / name for place, folders, files in os.walk(folder) for name in (*folders, *files)]
        return sorted(path.relative_to(folder).as_posix() for path in found)

    verdict = judge(files_arrive, {"read": opened, "tree": tree})
    assert verdict.passed, verdict.finding


def test_a_folder_is_removed_with_its_session() -> None:
    session = LocalSession()
    with session.active():
        folder: Any = touch.image_folder("tree", {"a/1.png": GREY}).value
        again: Any = touch.image_folder("tree", {"a/2.png": GREY}).value
        assert folder == again
        assert sorted(os.listdir(Path(folder) / "a")) == ["1.png", "2.png"]
    session.close()
    assert not Path(folder).exists()


def test_an_unknown_format_is_a_mistake_of_the_check() -> None:
    session = LocalSession()
    with session.active(), pytest.raises(KeyError):
        touch.image_file("picture.unknown", GREY)
    session.close()
