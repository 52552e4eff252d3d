"""What all sets share: where they lie, and that nothing half done or foreign is ever taken for a set, or lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from data_support import PROJECT

from data_scripts import DataError, _dataset, water


def hidden(root: Path) -> list[str]:
    """What a run may have left behind, besides the lock."""
    return sorted(path.name for path in root.iterdir() if path.name[0] == "." and path.suffix != ".lock")


def small_real(path: Path) -> Path:
    water.held_out(80, seed="small").to_csv(path, index=False)
    return path


def quiet(_: str) -> None:
    pass


def test_the_root_is_the_argument_then_the_environment_then_the_checkout(root, tmp_path, monkeypatch):
    assert water.prepare().train.parent == root / "water"
    assert water.prepare(root=tmp_path / "other").train.parent == tmp_path / "other" / "water"
    monkeypatch.delenv("COURSE_DATA")
    from data_scripts._store import data_root

    assert data_root() == PROJECT / "data"


def test_outside_a_checkout_the_root_is_the_users_own_data_folder(tmp_path):
    shutil.copytree(PROJECT / "data_scripts", tmp_path / "site" / "data_scripts")
    code = "from data_scripts._store import data_root; print(data_root())"
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    environment = {**os.environ, **home, "PYTHONPATH": str(tmp_path / "site")}
    for name in ("COURSE_DATA", "XDG_DATA_HOME"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(tmp_path))
    assert "site" not in done.stdout


def test_what_a_killed_run_left_is_cleaned_up(root):
    root.mkdir()
    (root / ".water.partial-0123").mkdir()
    (root / ".water.partial-0123" / "water_train.csv").write_text("half")
    water.prepare()
    assert hidden(root) == []


def test_a_set_is_restored_after_a_kill_between_moving_the_old_one_and_the_new_one_in(root):
    files = water.prepare(seed=5)
    content = files.train.read_bytes()
    os.replace(root / "water", root / ".water.old-0123")
    assert water.verify() == ["not prepared: run `python -m data_scripts prepare water`"]
    assert water.prepare().train.read_bytes() == content, "seed 5 was there, and no other was asked for"
    assert hidden(root) == []


@pytest.mark.parametrize("damage", ["altered", "shortened", "missing", "extra"])
def test_a_damaged_stand_in_is_found_and_made_again_with_its_seed(root, damage):
    files = water.prepare(seed=5)
    content = files.test.read_bytes()
    if damage == "altered":
        files.test.write_bytes(content.replace(b"1", b"2", 1))
    elif damage == "shortened":
        files.test.write_bytes(content[:-20])
    elif damage == "missing":
        files.test.unlink()
    else:
        (files.test.parent / "copy.csv").write_text("1,2,3")
    assert len(water.verify()) == 1
    assert files.test.name in water.verify()[0] or damage == "extra"
    assert water.prepare().test.read_bytes() == content
    assert water.verify() == []
    if damage == "extra":
        assert (root / "water.set-aside-1" / "copy.csv").read_text() == "1,2,3", "nobody's file is deleted"


def test_files_that_nobody_prepared_are_refused_and_moved_aside_on_request(root, cli):
    (root / "water").mkdir(parents=True)
    (root / "water" / "water_train.csv").write_text("my own notes")
    for source in (None, "synthetic"):
        with pytest.raises(DataError, match=r"not put there by this command"):
            water.prepare(source=source)
    assert (root / "water" / "water_train.csv").read_text() == "my own notes"
    done = cli("verify", "water", "--mend")
    assert done.exit_code == 0, done.stderr
    assert (root / "water.set-aside-1" / "water_train.csv").read_text() == "my own notes"
    assert water.verify() == []


def test_an_unreadable_manifest_is_treated_as_unknown_files(root):
    water.prepare()
    (root / "water" / "manifest.json").write_text("{")
    assert "manifest.json" in water.verify()[0]
    with pytest.raises(DataError, match=r"manifest\.json"):
        water.prepare()
    _dataset.mend(water.RECIPE)
    assert water.verify() == []


def test_a_damaged_real_set_is_never_replaced_by_the_stand_in_unasked(root, tmp_path, cli):
    copy = small_real(tmp_path / "copy.csv")
    files = water.prepare(from_path=copy, say=quiet)
    content = files.train.read_bytes()
    files.train.write_bytes(content[:-5])
    with pytest.raises(DataError, match="real 'water' set lies there, but it is damaged"):
        water.prepare()
    assert cli("verify", "water").exit_code == 1
    done = cli("verify", "water", "--mend")
    assert (done.exit_code, files.train.read_bytes()) == (0, content), done.stderr
    files.train.unlink()
    assert water.prepare(source="synthetic").source == "synthetic"


def test_mending_fetches_the_real_set_again_when_the_copy_is_gone(root, tmp_path, cli, dead_url):
    copy = small_real(tmp_path / "copy.csv")
    water.prepare(from_path=copy, say=quiet).test.unlink()
    copy.unlink()
    done = cli("verify", "water", "--mend", COURSE_MIRROR=dead_url)
    assert done.exit_code == 1
    assert "could not be fetched" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_set_of_an_older_generator_is_made_anew(root):
    files = water.prepare()
    path = root / "water" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 0}))
    assert "version 0 of the generator" in water.verify()[0]
    before = files.train.stat().st_mtime_ns
    water.prepare()
    assert files.train.stat().st_mtime_ns > before
    assert water.verify() == []


def test_a_root_that_cannot_be_written_is_a_clear_error(tmp_path, cli):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written") as caught:
        water.prepare(root=tmp_path / "file" / "data")
    assert "COURSE_DATA" in str(caught.value)
    done = cli("prepare", "water", COURSE_DATA=str(tmp_path / "file"))
    assert done.exit_code == 1
    assert "Traceback" not in done.stderr


def test_a_local_copy_does_not_go_with_the_stand_in(root, tmp_path):
    with pytest.raises(DataError, match="goes with the real set"):
        water.prepare(source="synthetic", from_path=tmp_path)
    with pytest.raises(DataError, match="no source 'fake'"):
        water.prepare(source="fake")


def test_many_processes_at_once_all_find_the_same_set(root):
    code = "from data_scripts import water; f = water.prepare(seed=3); print(len(f.train.read_bytes()))"
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    outputs = {process.communicate(timeout=60)[0] for process in running}
    assert [process.returncode for process in running] == [0] * 3
    assert len(outputs) == 1
    assert hidden(root) == []
    assert water.verify() == []
