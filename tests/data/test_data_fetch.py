"""Fetching the real set, from a real server on loopback that misbehaves."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest

from data_scripts import DataError, water

NAME = "water_potability.csv"


@pytest.fixture
def content() -> bytes:
    return water.held_out(3000, seed="served").to_csv(index=False).encode()


@pytest.fixture
def origin(content, root, monkeypatch):
    """Makes `content` the real set: only the known checksum changes."""
    import pooch.core

    monkeypatch.setattr(pooch.core.time, "sleep", lambda _: None)
    origin = dataclasses.replace(water.RECIPE.origin, known_hash=f"sha256:{hashlib.sha256(content).hexdigest()}")
    monkeypatch.setattr(water, "RECIPE", dataclasses.replace(water.RECIPE, origin=origin))
    return origin


def fetch(*bases: str) -> water.Files:
    return water.prepare(source="real", mirrors=bases, say=lambda _: None)


def leftovers(root) -> list[str]:
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and path.suffix not in (".lock", ".part")
    )


def test_the_real_set_is_fetched_once_and_cited(root, server, content, origin, capsys):
    server.files[f"/{NAME}"] = content
    assert water.prepare(source="real", mirrors=[server.url]).source == "real"
    assert "CC0" in capsys.readouterr().out
    assert water.verify() == []
    assert water.prepare(source="real", mirrors=[server.url]).source == "real"
    water.prepare(source="synthetic")
    fetch(server.url)
    assert [path for path, _ in server.log] == [f"/{NAME}"], "the download is kept"


def test_the_environment_names_a_mirror(root, server, content, origin, monkeypatch):
    server.files[f"/mirror/{NAME}"] = content
    monkeypatch.setenv("COURSE_MIRROR", f"{server.url}/mirror/")
    assert water.prepare(source="real", say=lambda _: None).source == "real"


def test_mirrors_are_tried_in_order(root, server, content, origin, dead_url):
    server.files[f"/wrong/{NAME}"] = content[:-7]
    server.files[f"/right/{NAME}"] = content
    files = fetch(dead_url, f"{server.url}/absent", f"{server.url}/wrong", f"{server.url}/right")
    assert files.source == "real"
    asked = [path.split("/")[1] for path, _ in server.log]
    assert sorted(set(asked), key=asked.index) == ["absent", "wrong", "right"]


def test_no_network_is_a_clear_error(root, origin, dead_url):
    with pytest.raises(DataError, match="is this machine online") as caught:
        fetch(dead_url)
    assert "--from FILE" in str(caught.value)
    assert "--source synthetic" in str(caught.value)
    assert leftovers(root) == []


def test_a_wrong_checksum_is_a_clear_error(root, server, content, origin):
    server.files[f"/{NAME}"] = content.replace(b"1", b"2", 1)
    with pytest.raises(DataError, match="wrong checksum"):
        fetch(server.url)
    assert leftovers(root) == []
    server.files[f"/{NAME}"] = content
    assert fetch(server.url).source == "real", "nothing of the wrong file is kept"


def test_a_missing_file_is_a_clear_error(root, server, origin):
    with pytest.raises(DataError, match="the server answered 404"):
        fetch(server.url)
    assert leftovers(root) == []


def test_a_connection_that_is_always_cut_is_a_clear_error_and_the_next_run_resumes(root, server, content, origin):
    server.files[f"/{NAME}"] = content
    server.cut_after[f"/{NAME}"] = [100_000, 70_000, 1000, 1000]
    with pytest.raises(DataError, match="cut before the file was complete"):
        fetch(server.url)
    assert leftovers(root) == []
    part = root / ".downloads" / f"{NAME}.part"
    got = part.stat().st_size
    assert part.read_bytes() == content[:got]
    assert got >= 100_000
    server.cut_after.clear()
    server.log.clear()
    assert fetch(server.url).source == "real"
    assert server.log == [(f"/{NAME}", f"bytes={got}-")]
    assert not part.exists()


def test_a_connection_that_is_cut_once_is_resumed_at_once(root, server, content, origin):
    server.files[f"/{NAME}"] = content
    server.cut_after[f"/{NAME}"] = [100_000]
    assert fetch(server.url).source == "real"
    assert [asked for _, asked in server.log] == [None, "bytes=65536-"]


def test_a_server_that_cannot_resume_sends_the_file_anew(root, server, content, origin):
    server.files[f"/{NAME}"] = content
    server.ranges = False
    server.cut_after[f"/{NAME}"] = [100_000]
    assert fetch(server.url).source == "real"


@pytest.mark.parametrize("part", [b"something else", b"x" * 10_000_000], ids=["other", "too long"])
def test_a_part_of_another_file_does_no_harm(root, server, content, origin, part):
    server.files[f"/{NAME}"] = content
    (root / ".downloads").mkdir(parents=True)
    (root / ".downloads" / f"{NAME}.part").write_bytes(part)
    assert fetch(server.url).source == "real"


def test_a_failed_fetch_leaves_what_was_there(root, origin, dead_url):
    files = water.prepare(seed=4)
    before = files.train.read_bytes()
    with pytest.raises(DataError):
        fetch(dead_url)
    assert files.train.read_bytes() == before
    assert water.prepare().source == "synthetic"


def test_the_command_line_shows_one_screen_and_no_traceback(cli, dead_url):
    done = cli("prepare", "water", "--source", "real", COURSE_MIRROR=dead_url)
    assert done.exit_code == 1
    assert "what to do" in done.stderr
    assert "CC0" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert len(done.stderr.splitlines()) < 20
