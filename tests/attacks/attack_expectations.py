"""What must hold after each attack; the test files of this folder run these, one file for each backend."""

from __future__ import annotations

import re

import nbformat
import pytest
from attack_list import ATTACKS, BY_ID
from attack_support import ALL, HONEST, OWNED, SECRETS, Attack, Graded

each_attack = pytest.mark.parametrize("name", [attack.id for attack in ATTACKS])


def attack_of(graded: Graded, name: str) -> Attack:
    if name not in graded.summary.results and name not in graded.summary.failed:
        pytest.skip("runs on the best sandbox only" if BY_ID[name].once else "not part of this run")
    return BY_ID[name]


@each_attack
def test_verdict(graded: Graded, name: str) -> None:
    """Points and state are what the work itself is worth, in the result and in the gradebook."""
    attack = attack_of(graded, name)
    assert name not in graded.summary.failed, graded.summary.failed[name]
    result = graded.course.result(name)
    told = [(v["number"], v["finding"]["headline"]) for v in result["verdicts"] if v["finding"]]
    assert (result["points"], result["state"]) == (attack.points, attack.state), (attack.tries, result["notes"], told)
    assert graded.course.points(name) == attack.points
    assert graded.exported[name] == attack.points
    assert attack.notes is None or bool(result["notes"]) == attack.notes, result["notes"]
    assert not any(v["internal"] for v in result["verdicts"]), told


@each_attack
def test_nothing_leaked(graded: Graded, name: str) -> None:
    """No secret stands in what is written about the attacker, and nothing of it reached a listener."""
    attack = attack_of(graded, name)
    for kind, text in graded.texts(name).items():
        for what, secret in SECRETS.items():
            assert secret not in text, (what, kind)
    for kind, message in graded.place.listeners.received:
        if f"{OWNED}{name} ".encode() in message:
            assert kind == "path"
            assert graded.backend in attack.reaches_socket_on


@each_attack
def test_nothing_was_left(graded: Graded, name: str) -> None:
    """No file and no process of the attack is there after the run."""
    attack_of(graded, name)
    mark = re.compile(re.escape(OWNED + name) + r"\b")
    assert not [path for path in graded.left_files if mark.search(path)]
    assert not [line for line in graded.left_processes if mark.search(line)]


@each_attack
def test_pages_hold_nothing_that_runs(graded: Graded, name: str) -> None:
    """The executed notebook is valid and bounded; neither it nor the feedback page holds markup of the student."""
    attack_of(graded, name)
    path = graded.course.autograded(name)
    nbformat.validate(nbformat.read(path, as_version=4))
    assert path.stat().st_size < 13_000_000
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            kinds = set(output.get("data", {}))
            ours = cell.metadata.get("nbgrader", {}).get("grade", False)
            assert kinds <= {"text/plain", "image/png", "image/jpeg"} | ({"text/html"} if ours else set())
    page = graded.texts(name)["feedback"]
    for markup in ("<script>attack", "<img src=x onerror=attack", "<iframe src=attack", "<b onclick=attack"):
        assert markup not in page.lower()
    assert not re.search(r"href=[\"']?javascript:attack", page, re.I)


@pytest.mark.parametrize("student", HONEST)
def test_the_others_keep_their_points(graded: Graded, student: str) -> None:
    result = graded.course.result(student)
    assert (result["points"], result["state"]) == (ALL, "graded"), result
    assert graded.course.points(student) == graded.exported[student] == ALL


def test_the_run_came_to_its_end(graded: Graded) -> None:
    assert graded.summary.failed == {}
    assert not graded.summary.interrupted
    assert graded.summary.backend == graded.backend
    handed_in = {path.name for path in (graded.course.root / "submitted").iterdir()}
    assert set(graded.summary.results) == set(graded.exported) == handed_in
    assert graded.integrity == "ok"


def test_nothing_was_changed(graded: Graded) -> None:
    changed = {path for path in {*graded.before, *graded.after} if graded.before.get(path) != graded.after.get(path)}
    assert changed == set()
    assert graded.left_files == []


def test_nothing_is_running(graded: Graded) -> None:
    before, after = graded.children
    assert after <= before
    assert graded.left_processes == []


def test_the_grader_itself_stayed_small(graded: Graded) -> None:
    assert graded.memory_grown_mb < 900, graded.memory_grown_mb


def test_what_arrived_at_the_listeners(graded: Graded) -> None:
    """Nothing, but for the one hole that the documentation names."""
    allowed = {f"{OWNED}{a.id}" for a in ATTACKS if graded.backend in a.reaches_socket_on}
    arrived = [(kind, message) for kind, message in graded.place.listeners.received]
    assert {(kind, m.decode().split()[0]) for kind, m in arrived} <= {("path", name) for name in allowed}
