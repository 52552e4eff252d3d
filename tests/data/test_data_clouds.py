"""The clouds: made once by two commands at once, after one that was killed; then looked at from all sides."""

from __future__ import annotations

import io
import signal
import time
import zipfile

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision.datasets import ImageFolder

from data_scripts import DataError, Withhold, _skies, clouds
from data_scripts._random import Stream

pytestmark = pytest.mark.xdist_group("clouds")


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("clouds")


@pytest.fixture(scope="module")
def files(place) -> clouds.Files:
    """Kill a run half way, then let two others make the set at the same time."""
    import os
    import subprocess
    import sys

    from data_support import PROJECT

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "data_scripts", "prepare", "clouds", "--root", str(place)],
            cwd=PROJECT,
            env=dict(os.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    killed = start()
    deadline = time.monotonic() + 60
    while len(list(place.glob(".clouds.partial-*/*/*/*.jpg"))) < 30:
        assert time.monotonic() < deadline, "no pictures appear"
        assert killed.poll() is None
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert not (place / "clouds").exists()
    assert clouds.verify(place) == ["not prepared: run `python -m data_scripts prepare clouds`"]
    both = [start(), start()]
    for process in both:
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0, output
    return clouds.prepare(root=place)


def pictures(folder) -> dict[str, list[Image.Image]]:
    return {
        one.name: [Image.open(path).convert("RGB") for path in sorted(one.iterdir())]
        for one in sorted(folder.iterdir())
    }


def test_nothing_is_left_of_the_killed_run(files, place):
    assert sorted(path.name for path in place.iterdir()) == [".clouds.lock", "clouds"]
    assert clouds.verify(place) == []


def test_the_stand_in_has_the_shape_of_the_real_set(files):
    for half, folder in enumerate((files.train, files.test)):
        counts = {one.name: len(list(one.iterdir())) for one in folder.iterdir()}
        assert counts == {name: pair[half] for name, pair in clouds.COUNTS.items()}
    for images in pictures(files.test).values():
        assert {(image.size, image.mode) for image in images} == {((256, 256), "RGB")}


def test_a_second_prepare_touches_nothing(files, place):
    before = {path: path.stat().st_mtime_ns for path in place.rglob("*")}
    assert clouds.prepare(root=place) == files
    assert {path: path.stat().st_mtime_ns for path in place.rglob("*")} == before


def test_seed_0_gives_the_same_pictures_up_to_the_jpeg_library(files):
    for name, folder in (("clouds_train", files.train), ("clouds_test", files.test)):
        levels = [np.asarray(image).mean() for images in pictures(folder).values() for image in images]
        assert np.mean(levels) == pytest.approx(clouds.MEAN_LEVELS[name], abs=0.3)


def test_load_decodes_as_an_image_folder_does(files):
    images, labels, classes = clouds.load(files.train, size=256)
    listed = ImageFolder(files.train)
    assert (images.dtype, tuple(images.shape), labels.dtype) == (torch.uint8, (474, 3, 256, 256), torch.int64)
    assert (list(classes), labels.tolist()) == (listed.classes, listed.targets)
    for number in (0, 99, 473):
        assert np.array_equal(images[number].permute(1, 2, 0).numpy(), np.asarray(listed[number][0]))
    small = clouds.load(files.train).images
    assert tuple(small.shape) == (474, 3, 64, 64)
    assert small.is_contiguous()
    assert small.float().mean().item() == pytest.approx(images.float().mean().item(), abs=0.5)


def test_load_says_what_it_cannot_read(tmp_path):
    for nothing in (tmp_path / "absent", tmp_path):
        with pytest.raises(DataError, match="no pictures"):
            clouds.load(nothing)
    (tmp_path / "fog").mkdir()
    (tmp_path / "fog" / "1.jpg").write_bytes(b"no picture")
    with pytest.raises(DataError, match="damaged") as caught:
        clouds.load(tmp_path)
    assert "1.jpg" in str(caught.value)


def test_a_color_histogram_tells_little_and_the_nearest_one_is_often_of_another_kind(files):
    def histograms(folder):
        values, labels = [], []
        for name, images in pictures(folder).items():
            for image in images:
                levels = np.asarray(image).reshape(-1, 3).astype(int) // 64
                values.append(np.bincount(levels @ [16, 4, 1], minlength=64) / len(levels))
                labels.append(name)
        return np.sqrt(values), np.array(labels)

    known, names = histograms(files.train)
    asked, truth = histograms(files.test)
    nearest = names[((asked[:, None] - known[None]) ** 2).sum(2).argmin(1)]
    assert 0.22 < (nearest == truth).mean() < 0.6


def test_damage_is_found_and_mended(files, place):
    victim = sorted(files.train.rglob("*.jpg"))[5]
    content = victim.read_bytes()
    victim.write_bytes(content[:-1] + b"?")
    (victim.parent / "another.jpg").write_bytes(content)
    problems = clouds.verify(place)
    assert any(victim.name in one and "altered" in one for one in problems)
    assert any("another.jpg" in one for one in problems)
    victim.write_bytes(content)
    (victim.parent / "another.jpg").unlink()
    assert clouds.verify(place) == []


def test_held_out_pictures_follow_the_secret():
    images, labels, classes = clouds.held_out(14, seed="secret")
    assert images.shape == (14, 256, 256, 3)
    assert images.dtype == np.uint8
    assert np.bincount(labels).tolist() == [2] * 7
    assert classes == clouds.CLASSES
    again, other = clouds.held_out(14, seed="secret")[0], clouds.held_out(14, seed="other")[0]
    assert np.array_equal(images, again)
    assert not np.array_equal(images, other)


@pytest.fixture(scope="module")
def photographs(tmp_path_factory):
    """A small set of photographs in folders, and in a zip file with a part for training and one for testing."""
    folder = tmp_path_factory.mktemp("own")
    stream = np.random.default_rng(0)
    with zipfile.ZipFile(folder / "own.zip", "w") as archive:
        for name in ("fog", "rain"):
            for number in range(10):
                size = (256, 256) if number < 5 else (90, 120)
                image = Image.fromarray(stream.integers(0, 255, (*size, 3), dtype=np.uint8))
                target = folder / "all" / name / f"{number}.{'jpg' if number % 2 else 'png'}"
                target.parent.mkdir(parents=True, exist_ok=True)
                image.save(target)
                part = "my_train" if number < 7 else "my_test"
                archive.write(target, f"top/{part}/{name}/{target.name}")
        archive.writestr("__MACOSX/top/my_train/fog/._0.jpg", b"junk")
    return folder


def test_any_photographs_in_folders_may_take_the_place(root, photographs):
    files = clouds.prepare(from_path=photographs / "all", say=quiet)
    assert files.source == "real"
    assert {name: len(images) for name, images in pictures(files.train).items()} == {"fog": 8, "rain": 8}
    assert {name: len(images) for name, images in pictures(files.test).items()} == {"fog": 2, "rain": 2}
    assert {image.size for images in pictures(files.train).values() for image in images} == {(256, 256)}
    assert clouds.verify() == []
    before = files.train.stat().st_mtime_ns
    assert clouds.prepare(source="real", from_path=photographs / "all") == files
    assert files.train.stat().st_mtime_ns == before


def test_a_zip_file_keeps_its_parts_and_its_bytes(root, photographs):
    files = clouds.prepare(from_path=photographs / "own.zip", say=quiet)
    assert {name: len(images) for name, images in pictures(files.train).items()} == {"fog": 7, "rain": 7}
    made = {path.read_bytes() for path in files.train.rglob("*.jpg")}
    assert (photographs / "all" / "fog" / "1.jpg").read_bytes() in made, "a 256 x 256 JPEG is copied as it is"


def test_withheld_pictures_reach_the_grader_only(root, photographs):
    path = photographs / "all"
    files = clouds.prepare(from_path=path, withhold=Withhold(6, 1), say=quiet)
    images, labels, classes = clouds.held_out(6, seed=1, from_path=path)
    assert (len(images), len(labels), classes) == (6, 6, ("fog", "rain"))
    assert len(list(files.train.rglob("*.jpg"))) + len(list(files.test.rglob("*.jpg"))) == 14


def test_the_shared_photographs_can_be_prepared(root, shared):
    files = clouds.prepare(from_path=shared("sign_digits_subset.zip"), say=quiet)
    assert {name: len(images) for name, images in pictures(files.test).items()} == {str(n): 12 for n in range(10)}


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "fog" / "0.png").write_bytes(b"no picture"), "fog/0.png is not a readable picture"),
        (
            lambda folder: (folder / "rain" / "1.jpg").write_bytes((folder / "rain" / "1.jpg").read_bytes()[:999]),
            "rain/1.jpg is not a readable picture",
        ),
        (lambda folder: (folder / "rain").rename(folder / ".rain"), "1 class folders"),
        (lambda folder: (folder / "fog").rename(folder / "train"), None),
    ],
)
def test_photographs_that_will_not_do_are_refused(root, photographs, tmp_path, spoil, message):
    import shutil

    shutil.copytree(photographs / "all", tmp_path / "bad")
    spoil(tmp_path / "bad")
    if message is None:
        assert clouds.prepare(from_path=tmp_path / "bad", say=quiet).source == "real", "a class may be named train"
        return
    with pytest.raises(DataError, match=message):
        clouds.prepare(from_path=tmp_path / "bad", say=quiet)
    assert not (root / "clouds").exists()


def test_a_part_without_a_counterpart_is_refused(root, tmp_path):
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    with zipfile.ZipFile(tmp_path / "half.zip", "w") as archive:
        for name in ("train/a/1", "train/a/2", "train/b/1", "train/b/2"):
            archive.writestr(f"{name}.png", picture.getvalue())
    with pytest.raises(DataError, match="not all in a part"):
        clouds.prepare(from_path=tmp_path / "half.zip", say=quiet)


def test_the_real_set_says_how_to_come_by_it(root):
    with pytest.raises(DataError, match="cannot be fetched") as caught:
        clouds.prepare(source="real")
    assert "kaggle.com" in str(caught.value)


def test_plot_writes_a_picture(files, place, tmp_path):
    assert clouds.plot(tmp_path / "clouds.png", root=place).stat().st_size > 100_000


@pytest.mark.parametrize("kind", clouds.CLASSES)
def test_small_pictures_leave_the_large_ones_as_they_are(kind):
    large = _skies.photographs(kind, Stream("test", kind))[0].tobytes()
    small = _skies.painter(64)(kind, Stream("test", kind), 2)
    assert [picture.size for picture in small] == [(64, 64)] * 2
    assert small[0].tobytes() == _skies.painter(64)(kind, Stream("test", kind))[0].tobytes()
    assert _skies.photographs(kind, Stream("test", kind))[0].tobytes() == large
    assert _skies.painter(_skies.PIXELS) is _skies.photographs
