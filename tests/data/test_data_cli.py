"""`python -m data_scripts`: exit codes, help, tables and errors."""

from __future__ import annotations

import pandas as pd
import pytest

from data_scripts import water


@pytest.mark.parametrize("command", [[], ["prepare"], ["verify"], ["plot"]])
def test_help_has_examples(cli, command):
    done = cli(*command, "--help")
    assert done.exit_code == 0
    assert "python -m data_scripts" in done.stdout.split("Examples:")[1]


def test_the_module_runs_as_a_command(terminal, root):
    process = terminal("prepare", "water")
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    assert "2,620 train rows" in output
    assert (root / "water" / "water_train.csv").is_file()


def test_prepare_verify_plot(cli, root, tmp_path):
    first = cli("prepare", "water", "electricity")
    assert first.exit_code == 0, first.stderr
    for text in ("water", "electricity", "synthetic", "2,620 train rows", "105,215 train rows"):
        assert text in first.stdout
    again = cli("prepare", "electricity", "water")
    assert again.stdout.count("was there") == 2
    assert cli("verify", "water", "electricity").stdout.splitlines() == [
        "water: OK (synthetic)",
        "electricity: OK (synthetic)",
    ]
    picture = tmp_path / "water.png"
    assert cli("plot", "water", picture).exit_code == 0
    assert picture.stat().st_size > 10_000
    assert cli("plot", "water", tmp_path / "water.nonsense").exit_code == 1


def test_verify_says_what_is_missing_and_mends_it(cli, root):
    done = cli("verify", "water")
    assert done.exit_code == 1
    assert "not prepared" in done.stdout
    assert cli("verify", "water", "--mend").exit_code == 0
    assert cli("verify", "water").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("prepare", "wine"), "wine"),
        (("prepare", "--from", "x"), "exactly one set"),
        (("prepare", "water", "--client", "MT_001"), "electricity only"),
        (("prepare", "all", "--source", "real"), "clouds cannot be fetched"),
        (("prepare", "water", "--source", "imaginary"), "imaginary"),
        (("plot", "all"), "all"),
        (("prepare", "water", "--source", "real", "--withhold", "9"), "go together"),
        (("prepare", "water", "--source", "real", "--secret-file", "x"), "go together"),
        (("prepare", "water", "--withhold", "9", "--secret-file", "x"), "exactly one real set"),
        (("prepare", "--source", "synthetic", "--withhold", "9", "--secret-file", "x"), "exactly one real set"),
        (("prepare", "water", "--source", "real", "--withhold", "0", "--secret-file", "x"), "x>=1"),
    ],
)
def test_wrong_usage_is_exit_code_2(cli, arguments, message):
    done = cli(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_errors_are_exit_code_1_without_a_traceback(cli, root, tmp_path):
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n")
    for name, path, message in (
        ("water", tmp_path / "bad.csv", "lacks ph"),
        ("water", tmp_path / "absent.csv", "does not exist"),
        ("electricity", tmp_path / "bad.csv", "time stamp"),
        ("clouds", tmp_path / "bad.csv", "neither a folder nor"),
        ("omniglot", tmp_path / "bad.csv", "neither a folder nor"),
    ):
        done = cli("prepare", name, "--from", path)
        assert done.exit_code == 1
        assert message in done.stderr
        assert str(path) in done.stderr
        assert "Traceback" not in done.stderr
        assert not (root / name).exists()
    done = cli("prepare", "clouds", "--source", "real")
    assert done.exit_code == 1
    assert "accept the competition's rules" in done.stderr


def test_a_part_withheld_by_the_command_is_what_the_secret_gives_the_grader(cli, root, tmp_path):
    copy, secret = tmp_path / "copy.csv", tmp_path / "secret.txt"
    water.held_out(300, seed="small").to_csv(copy, index=False)
    secret.write_text("open sesame\n")
    done = cli("prepare", "water", "--from", copy, "--withhold", 60, "--secret-file", secret)
    assert done.exit_code == 0, done.stderr
    held = water.held_out(60, seed="open sesame", from_path=copy)
    left = pd.concat([pd.read_csv(root / "water" / f"water_{part}.csv") for part in ("train", "test")])
    assert (len(held), len(left)) == (60, 240)
    assert not set(held["Hardness"]) & set(left["Hardness"])
    assert "sesame" not in done.stdout + done.stderr + (root / "water" / "manifest.json").read_text()
    (root / "water" / "water_test.csv").unlink()
    done = cli("verify", "water", "--mend")
    assert done.exit_code == 1
    assert "--secret-file" in done.stderr


@pytest.mark.parametrize(
    ("content", "message"), [(None, "No such file"), (b" \n", "no secret"), (b"\xff\xfe\x81", "no text")]
)
def test_a_secret_that_cannot_be_read_is_an_error_before_anything_happens(cli, root, tmp_path, content, message):
    if content is not None:
        (tmp_path / "secret").write_bytes(content)
    done = cli("prepare", "water", "--source", "real", "--withhold", 9, "--secret-file", tmp_path / "secret")
    assert done.exit_code == 1
    assert message in done.stderr
    assert not root.exists()
