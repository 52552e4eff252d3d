"""The attacks are real ones: without a sandbox they work. A place of their own is all that they reach here."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from attack_list import BY_ID
from attack_support import ALL, NAME, SECRETS, Place

CHOSEN = ("r01", "r02", "r03", "r04", "w04")
SHOWN: dict[str, str] = {}


@pytest.fixture(scope="module")
def unconfined(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """These attacks on a class that is graded without a sandbox."""
    place = Place(tmp_path_factory.mktemp("control"))
    place.submit_honest()
    place.course.grade(students=("a-honest",))
    for name in CHOSEN:
        attack = BY_ID[name]
        # without a sandbox nothing may look beyond this place
        place.submit(replace(attack, cells=attack.cells[:2]) if name == "r01" else attack)
    place.open_up()
    place.course.grade(students=CHOSEN[:-1], backend="none", unsafe=True)
    for name in CHOSEN[:-1]:  # the last one destroys this
        SHOWN[name] = place.course.autograded(name).read_text()
    place.course.grade(students=CHOSEN[-1:], backend="none", unsafe=True)
    place.listeners.close()
    return place


def test_reading_works_without_a_sandbox(unconfined: Place) -> None:
    text = SHOWN["r01"]
    for what in ("solutions", "home", "seed", "student"):
        assert SECRETS[what] in text, what
    assert "CREATE TABLE" in SHOWN["r03"]


def test_the_solutions_give_points_without_a_sandbox(unconfined: Place) -> None:
    assert unconfined.course.points("r02") == ALL


def test_sending_works_without_a_sandbox(unconfined: Place) -> None:
    assert {kind for kind, _ in unconfined.listeners.received} >= {"tcp", "udp", "abstract"}


def test_overwriting_works_without_a_sandbox(unconfined: Place) -> None:
    path = unconfined.course.root / "submitted" / "a-honest" / NAME
    assert [file.read_text() for file in Path(path).glob("*.ipynb")] == ["{}"]
