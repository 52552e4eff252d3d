"""Omniglot: the stand-in is made once for the module; the real one comes from the shared data where it is there."""

from __future__ import annotations

import hashlib
import zipfile

import numpy as np
import pytest
import torch
from data_support import SHARED
from PIL import Image

from data_scripts import DataError, Withhold, omniglot

pytestmark = pytest.mark.xdist_group("omniglot")
REAL = "omniglot_images_background.zip"


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("omniglot")


@pytest.fixture(scope="module")
def files(place) -> omniglot.Files:
    return omniglot.prepare(root=place)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Two alphabets in the shape of the official zip file, with the clutter that archives bring."""
    path = tmp_path_factory.mktemp("small") / "images_background.zip"
    names = [
        f"images_background/{alphabet}/character{character:02}/{first + character:04}_{drawer:02}.png"
        for alphabet, first in (("Zeta", 0), ("Alpha", 10))
        for character in (1, 2, 3)
        for drawer in range(1, 21)
    ]
    import io

    with zipfile.ZipFile(path, "w") as archive:
        for number, name in enumerate(names):
            content = io.BytesIO()
            image = Image.new("1", (105, 105), 1)
            image.putpixel((number % 105, number // 105), 0)
            image.save(content, "PNG")
            archive.writestr(name, content.getvalue())
        archive.writestr("__MACOSX/images_background/Zeta/character01/._0001_01.png", b"junk")
        archive.writestr("images_background/.DS_Store", b"junk")
    return path


@pytest.fixture(scope="module")
def real_part(tmp_path_factory):
    """Three alphabets of the real zip file, byte for byte; all 30 would test nothing more."""
    if not (SHARED / REAL).exists():
        pytest.skip(f"no {REAL} beside the project")
    path = tmp_path_factory.mktemp("real") / "images_background.zip"
    with zipfile.ZipFile(SHARED / REAL) as archive, zipfile.ZipFile(path, "w") as part:
        for name in archive.namelist():
            if name.startswith(tuple(f"images_background/{alphabet}/" for alphabet in ("Greek", "Korean", "Tagalog"))):
                part.writestr(name, archive.read(name))
    return path


def test_the_stand_in_has_the_shape_of_the_real_set_and_the_same_pixels_on_every_machine(files):
    everything = omniglot.drawings(files.images)
    assert len(everything) == 19_280
    assert {one.name for one in files.images.iterdir()} == set(omniglot.ALPHABETS)
    assert everything[-1].alphabet == 29
    assert everything[-1].character == 963
    assert sorted({one.drawer for one in everything}) == list(range(1, 21))
    assert everything[0].path.parts[-3:] == ("Alphabet_of_the_Magi", "character01", "0001_01.png")
    digest = hashlib.sha256()
    ink = []
    for one in everything:
        with Image.open(one.path) as image:
            assert (image.mode, image.size) == ("1", (105, 105))
            pixels = np.asarray(image)
        digest.update(np.packbits(pixels).tobytes())
        ink.append(1 - pixels.mean())
    assert digest.hexdigest() == omniglot.PIXELS_SHA256
    assert np.mean(ink) == pytest.approx(0.078, abs=0.004), "0.078 in the real set"
    assert min(ink) > 0.01


def test_verify_is_content_and_a_second_prepare_touches_nothing(files, place):
    before = (files.images.stat().st_mtime_ns, (place / "omniglot" / "manifest.json").stat().st_mtime_ns)
    assert omniglot.verify(place) == []
    assert omniglot.prepare(root=place) == files
    assert (files.images.stat().st_mtime_ns, (place / "omniglot" / "manifest.json").stat().st_mtime_ns) == before


def test_a_missing_drawing_is_found(root, small):
    victim = omniglot.drawings(omniglot.prepare(from_path=small, say=quiet).images)[77].path
    content = victim.read_bytes()
    victim.unlink()
    assert victim.name in omniglot.verify()[0]
    victim.write_bytes(content)
    assert omniglot.verify() == []


def test_load_decodes_what_drawings_lists(files):
    listed = [one for one in omniglot.drawings(files.images) if one.alphabet < 1]
    images, alphabets, characters, drawers = omniglot.load(files.images, 105, alphabets=1)
    assert (images.dtype, tuple(images.shape)) == (torch.uint8, (400, 1, 105, 105))
    assert set(images.unique().tolist()) == {0, 255}
    assert alphabets.tolist() == [0] * 400
    assert characters.tolist() == [one.character for one in listed]
    assert drawers.tolist() == [one.drawer for one in listed]
    for number in (0, 123, 399):
        assert np.array_equal(images[number, 0].numpy() == 255, np.asarray(Image.open(listed[number].path)))
    smaller = omniglot.load(files.images, alphabets=1).images
    assert tuple(smaller.shape) == (400, 1, 64, 64)
    assert (smaller / 255).mean().item() == pytest.approx((images / 255).mean().item(), abs=0.003)


def test_load_names_the_drawing_that_it_cannot_read(root, small, tmp_path):
    images = omniglot.prepare(from_path=small, say=quiet).images
    victim = omniglot.drawings(images)[30].path
    victim.write_bytes(victim.read_bytes()[:40])
    with pytest.raises(DataError, match="damaged") as caught:
        omniglot.load(images)
    assert str(victim) in str(caught.value)
    for nothing in (tmp_path / "absent", tmp_path):
        with pytest.raises(DataError, match="no drawings"):
            omniglot.load(nothing)
    with pytest.raises(DataError, match="0 pixels"):
        omniglot.load(images, 0)


def test_held_out_drawings_are_the_same_characters_in_other_hands(files):
    images, alphabets, characters = omniglot.held_out(1, seed="secret")
    assert images.shape == (964, 105, 105)
    assert images.dtype == bool
    assert characters.tolist() == list(range(964))
    assert np.bincount(alphabets).tolist() == list(omniglot.ALPHABETS.values())
    other = omniglot.held_out(1, seed="other")[0]
    assert not np.array_equal(images, other)

    def blurred(stack):
        """15 x 15 shares of ink, each drawing moved to the middle first: where people write matters less then."""
        moved = []
        for paper in stack:
            rows, columns = np.nonzero(~paper)
            middle = (52 - (rows.min() + rows.max()) // 2, 52 - (columns.min() + columns.max()) // 2)
            moved.append(np.roll(paper, middle, axis=(0, 1)))
        ink = 1 - np.stack(moved).reshape(len(stack), 15, 7, 15, 7).mean(axis=(2, 4))
        return ink.reshape(len(stack), -1)

    drawn = [one.path for one in omniglot.drawings(files.images) if one.drawer == 1]
    students = blurred(np.stack([np.asarray(Image.open(path)) for path in drawn]))
    new = blurred(images)
    distance = (new**2).sum(1)[:, None] + (students**2).sum(1) - 2 * new @ students.T
    own = (distance < np.diag(distance)[:, None]).sum(1)
    assert np.median(own) < 100, "the same character in another hand is nearer than most others"


def test_held_out_gives_some_characters_alone():
    everything = omniglot.held_out(2, seed="s")
    some = omniglot.held_out(2, seed="s", only=[963, 0, 20])
    rows = np.isin(everything[2], [0, 20, 963])
    assert all(np.array_equal(a[rows], b) for a, b in zip(everything, some, strict=True))
    with pytest.raises(DataError, match="no such characters"):
        omniglot.held_out(1, only=[964])


def test_the_real_zip_becomes_the_same_folders(root, real_part):
    files = omniglot.prepare(from_path=real_part, say=quiet)
    assert files.source == "real"
    everything = omniglot.drawings(files.images)
    assert (len(everything), everything[-1].character) == (20 * (24 + 40 + 17), 80)
    assert {one.name for one in files.images.iterdir()} == {"Greek", "Korean", "Tagalog"} <= set(omniglot.ALPHABETS)
    with zipfile.ZipFile(real_part) as archive:
        name = "images_background/Greek/character03/0396_07.png"
        assert (files.images.parent / name).read_bytes() == archive.read(name)


def test_smaller_archives_and_folders_will_do(root, small, tmp_path, capsys):
    files = omniglot.prepare(from_path=small)
    assert "MIT" in capsys.readouterr().out
    everything = omniglot.drawings(files.images)
    assert len(everything) == 120
    assert [one.path.parts[-3] for one in everything[::60]] == ["Alpha", "Zeta"], "sorted, whatever the archive's order"
    assert omniglot.verify() == []
    with zipfile.ZipFile(small) as archive:
        archive.extractall(tmp_path / "folder")
    assert len(omniglot.drawings(omniglot.prepare(from_path=tmp_path / "folder", say=quiet).images)) == 120


def test_withheld_drawers_reach_the_grader_only(root, small):
    files = omniglot.prepare(from_path=small, withhold=Withhold(3, "s"), say=quiet)
    images, alphabets, characters = omniglot.held_out(3, seed="s", from_path=small)
    assert images.shape == (18, 105, 105)
    assert np.bincount(characters).tolist() == [3] * 6
    assert np.bincount(alphabets).tolist() == [9, 9]
    assert len({one.drawer for one in omniglot.drawings(files.images)}) == 17


def test_a_lost_drawing_or_a_damaged_zip_is_refused(root, small, tmp_path):
    with zipfile.ZipFile(small) as archive:
        archive.extractall(tmp_path / "folder")
    folder = tmp_path / "folder" / "images_background"
    (folder / "Zeta" / "character02" / "0002_05.png").unlink()
    with pytest.raises(DataError, match="same number of drawings"):
        omniglot.prepare(from_path=folder, say=quiet)
    (folder / "Zeta" / "character02" / "0002_05.png").write_bytes(b"no picture")
    with pytest.raises(DataError, match=r"0002_05\.png is not a one-bit"):
        omniglot.prepare(from_path=folder, say=quiet)
    (tmp_path / "cut.zip").write_bytes(small.read_bytes()[:-300])
    with pytest.raises(DataError, match="neither a folder nor a complete zip file"):
        omniglot.prepare(from_path=tmp_path / "cut.zip", say=quiet)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="no Omniglot pictures"):
        omniglot.prepare(from_path=tmp_path / "empty", say=quiet)
    assert not (root / "omniglot").exists()


def test_plot_writes_a_picture(root, small, files, place, tmp_path):
    assert omniglot.plot(tmp_path / "o.png", root=place, beside=small).stat().st_size > 20_000
