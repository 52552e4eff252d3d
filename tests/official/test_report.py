"""The instructor's page: right figures, and in a real browser nothing that a student wrote does anything."""

from __future__ import annotations

import copy
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from official_support import CHAPTER, NAME, Course, code, grade_id, solved, starter

from grader.cells import Problem
from grader.cli import main
from grader.official.course import CourseFolder
from grader.report import figures, page
from grader.report.results import plain, read_class, read_result

pytestmark = pytest.mark.xdist_group("official")
CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
HOSTILE = [
    "<script>alert('name')<",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% raise %}",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "\u202eevil\u202c \u2066name",
    "__proto__",
]
TEXTS = [
    "</script><script>alert('text')</script>",
    '<img src=x onerror="alert(2)">` `<svg/onload=alert(3)>`',
    "]]><iframe srcdoc='<script>alert(4)</script>'></iframe>",
    "{{ report.__class__ }} {% include '/etc/passwd' %} ${7*7}",
    "a\x00b\x07\x1b[31m\u202ec\u2028d\ud800",
    "x" * 300_000,
    "<style>body{display:none}</style><meta http-equiv=refresh content=0;url=//evil>",
]


def report(course: Course, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["report", "1", "--course", str(course.root), *map(str, arguments)])


def text_of(course: Course) -> str:
    return (course.root / "reports" / NAME / "report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A class that was graded for real: two honest ones, a damaged one, one put right, and a hostile one."""
    course = Course(tmp_path_factory.mktemp("report") / "course")
    course.submit("ada", solved())
    course.submit("bo", solved(batch_plan="def batch_plan(n, size, last):\n    return 1, 1\n"))
    course.submit("zoe", starter())
    course.submit("corrupt", '{"cells": [')
    notebook = solved()
    notebook["cells"] = [cell for cell in notebook["cells"] if not grade_id(cell).endswith("_check")]
    course.submit("no-checks", notebook)
    shout = f"class Shout(Exception): pass\nShout.__name__ = {TEXTS[1]!r}\n"
    answer = f"def batch_plan(*arguments):\n    print({TEXTS[0]!r})\n    raise Shout({TEXTS[0]!r})\n"
    notebook = solved(batch_plan=shout + answer)
    notebook["cells"].append(code(f"print({TEXTS[1]!r})"))
    course.submit(HOSTILE[1], notebook)
    (course.root / "submitted" / "ada" / NAME / "timestamp.txt").write_text("2026-01-02 10:00:00 UTC")
    course.grade(students=("ada",))
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        connection.execute("update assignment set duedate = '2026-01-02 09:00:00.000000'")
        connection.execute("update grade set manual_score = 1.5 where rowid = 1")
    (course.root / "reports" / NAME / "results" / "ada.json").unlink()
    course.grade()
    return course


@pytest.fixture(scope="module")
def hostile(graded: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page on results whose every text is hostile, as if the grader had let all of it through."""
    course = Course(tmp_path_factory.mktemp("hostile-report") / "course")
    shutil.copytree(graded.root / "reports", course.root / "reports")
    shutil.copy(graded.root / "gradebook.db", course.root)
    results = course.root / "reports" / NAME / "results"
    model = json.loads((results / "bo.json").read_text())
    for number, (name, text) in enumerate(zip(HOSTILE, TEXTS, strict=True)):
        data: dict[str, Any] = copy.deepcopy(model)
        data.update(student=name, rescued=[text], notes=[text], state="rescued", backend=text, graded_at=text)
        if number % 2:
            data.update(state="not gradable", reason=text, todo=text, verdicts=[])
        for verdict in data["verdicts"]:
            verdict.update(outcome="failed", points=0, printed=text)
            verdict["finding"] = {**dict.fromkeys(("expected", "actual", "next_step", "where"), text)}
            verdict["finding"].update(headline=text, cause=text if number % 3 else "")
        (results / f"hostile-{number}.json").write_text(json.dumps(data))
    (results / "<b>damaged.json").write_text("{")
    (course.root / "submitted" / HOSTILE[0] / NAME).mkdir(parents=True)
    done = report(course)
    assert done.exit_code == 1, done.output
    return course.root / "reports" / NAME / "report.html"


# -- figures -------------------------------------------------------------------------------------------------------


def test_figures_of_a_real_class(graded: Course) -> None:
    found = read_class(graded.root, CHAPTER)
    counted = figures.count(found)
    assert not found.damaged
    assert len(counted.results) == 6
    assert (counted.not_gradable, counted.late) == (1, 1)
    assert counted.possible == CHAPTER.points
    assert [row.number for row in counted.exercises] == [e.number for e in CHAPTER.exercises]  # 1.10 after 1.9
    assert sum(b.count for b in counted.bins) == 5
    assert (counted.bins[0].count, counted.bins[10].count) == (1, 2)
    plan = next(row for row in counted.exercises if row.exercise.endswith("batch_plan"))
    assert (plan.passed, plan.failed, plan.untouched) == (2, 2, 1)
    assert sum(diagnosis.count for diagnosis in plan.diagnoses) == 2
    assert 0 < plan.median <= plan.slow
    looks = {look.key: [student for student, _ in look.entries] for look in counted.looks}
    assert looks == {
        "not gradable": ["corrupt"],
        "rescued": ["no-checks"],
        "zero": ["zoe"],
        "given": ["ada"],
        "late": ["ada"],
    }


def test_the_page_holds_no_secret_and_needs_nothing_else(graded: Course) -> None:
    done = report(graded)
    assert done.exit_code == 0, done.output
    assert "6 submissions" in done.output
    text = text_of(graded)
    for student in ("ada", "bo", "zoe"):
        result = graded.result(student)
        assert result["seed"] not in text
        assert not [v for v in result["verdicts"] if str(v["seed"]) in text]
        assert student in text
    tags = Tags()
    tags.feed(text)
    assert not {"img", "iframe", "object", "embed"} & {name for name, _ in tags.found}
    given = [(name, value) for _, attributes in tags.found for name, value in attributes]
    assert {value for name, value in given if name in ("src", "href", "srcset", "style")} == {"data:,", "#students"}
    assert not [name for name, _ in given if name.startswith("on")]


class Tags(HTMLParser):
    """All start tags of a page, with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def test_numbers_do_not_split_a_diagnosis() -> None:
    same = {
        "`LayerStack([9, 11, 8, 1])` has the right layers": "`LayerStack([…])` has the right layers",
        'after `Account("Ada", -356.5e3)`.': 'after `Account("Ada", …)`.',
        "`batch_plan(31, 4, False)`": "`batch_plan(…, False)`",
        "Conv2d and x1 stay": "Conv2d and x1 stay",
        "a batch of 32.": "a batch of ….",
    }
    assert {text: figures.shape_of(text) for text in same} == same


def test_text_is_made_harmless() -> None:
    assert plain("a\x00b\x07\x1b[31m\u202ec\u2028d\n\ne\ud800") == "abcd e?"
    assert len(plain("x" * 10**6)) == 400
    assert plain(None) == plain(7) == ""


def test_anonymous(graded: Course, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert report(graded, "--anonymous", "--output", out).exit_code == 0
    text = out.read_text()
    assert "Student 6" in text
    for student in ("ada", "bo", "zoe", "no-checks"):
        assert not re.search(rf"(?<![\w-]){student}(?![\w-])", text), student


def test_nbgrader_has_the_same_settings(course: Course) -> None:
    """Our reading of the configuration, which does without nbgrader, is nbgrader's."""
    opened = CourseFolder.open(course.root, CHAPTER)
    for step in ("submitted_directory", "autograded_directory", "release_directory"):
        assert opened.setting(step) == getattr(opened.directory, step)
        assert str(opened.path(step, "ada")) == opened.directory.format_path(opened.setting(step), "ada", NAME)
    assert opened.setting("directory_structure") == opened.directory.directory_structure
    assert f"sqlite:///{opened.database}" == opened.directory.db_url
    assert str(opened.root) == opened.directory.root
    from nbgrader.coursedir import CourseDirectory

    bare = CourseDirectory()
    from grader.official.course import DEFAULTS

    assert {name: getattr(bare, name) for name in DEFAULTS} == DEFAULTS


# -- what may go wrong ---------------------------------------------------------------------------------------------


def test_nothing_to_report(course: Course, tmp_path: Path) -> None:
    done = report(course)
    assert done.exit_code == 2
    assert "grade it first" in done.output
    assert CliRunner().invoke(main, ["report", "99"]).exit_code == 2
    assert report(course, "--course", tmp_path / "nowhere").exit_code == 2
    (course.root / "reports" / NAME / "results").mkdir(parents=True)
    done = report(course)
    assert done.exit_code == 2
    assert "No result is there yet" in done.output


@pytest.mark.parametrize(
    "change",
    [
        {"version": 99},
        {"assignment": "02_other"},
        {"student": None},
        {"points": "many"},
        {"points": float("nan")},
        {"state": "<b>"},
        {"verdicts": {}},
        {"verdicts": [7]},
        {"rescued": "text"},
        {"verdicts": [{"exercise": "x", "number": "1", "title": "t", "outcome": "won", "points": 1, "possible": 1}]},
    ],
)
def test_damaged_results_are_named_and_skipped(graded: Course, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        read_result({**graded.result("bo"), **change}, NAME)


def test_damaged_files(graded: Course, course: Course) -> None:
    results = course.root / "reports" / NAME / "results"
    shutil.copytree(graded.root / "reports" / NAME / "results", results)
    (results / "bo.json").write_bytes(b"\xff\xfe")
    (results / "ada.json").write_text("[" * 100_000)
    (results / "zoe.json").write_text("7")
    done = report(course)
    assert done.exit_code == 1
    for name in ("bo.json", "ada.json", "zoe.json"):
        assert f"Left out: {name}" in done.output
        assert name in text_of(course)
    for path in results.glob("*.json"):
        path.write_text("")
    done = report(course)
    assert done.exit_code == 2
    assert "can be read" in done.output


def test_writing_is_all_or_nothing(graded: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "page.html"
    out.write_text("the old one")
    with pytest.raises(Problem, match="folder"):
        page.write(tmp_path, "x")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    done = report(graded, "--output", out)
    assert done.exit_code == 2
    assert "No space left" in done.output
    assert out.read_text() == "the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


# -- in a browser --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


class Watched:
    """A page in the browser, and all that it did beyond being shown."""

    def __init__(self, browser: Any, path: Path, width: int = 1200, scheme: str = "light") -> None:
        self.done: list[str] = []
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page.on("dialog", lambda dialog: (self.done.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("console", lambda message: self.done.append(f"console {message.text}"))
        self.page.on("pageerror", lambda error: self.done.append(f"error {error}"))
        self.page.on("popup", lambda _: self.done.append("popup"))
        self.page.on("request", lambda request: self._asked(request.url, path))
        self.page.goto(path.as_uri())
        self.page.wait_for_timeout(200)

    def _asked(self, url: str, path: Path) -> None:
        if url not in (path.as_uri(), "data:,"):
            self.done.append(f"request {url}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_of_students_runs(browser: Any, hostile: Path, scheme: str) -> None:
    watched = Watched(browser, hostile, scheme=scheme)
    shown = watched.page
    shown.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for head in shown.locator("#table thead button").all()[:3]:
        head.click()
    shown.hover("#table tbody tr >> nth=1")
    shown.wait_for_timeout(200)
    assert watched.done == []
    # markup shows as the text that it is
    body = shown.inner_text("body")
    assert "alert(1)" in body
    assert "{{7*7}}" in body
    assert "onerror=" in body
    assert shown.locator("script").count() == 1
    assert shown.locator("img, iframe, object, embed, base, form[action], body style, svg script").count() == 0
    # the policy is one: a script that got in would not run
    refused = shown.evaluate(
        """() => new Promise(done => {
            document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective));
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            setTimeout(() => done('nothing was refused'), 2000);
        })"""
    )
    assert refused.startswith("script-src")
    assert shown.evaluate("window.ran") is None
    shown.close()


def test_sorting_filtering_and_keyboard(browser: Any, graded: Course) -> None:
    report(graded)
    watched = Watched(browser, graded.root / "reports" / NAME / "report.html")
    shown = watched.page

    def column(number: int) -> list[str]:
        cells = shown.locator(f"#table tbody tr:visible > :nth-child({number})")
        return [text.strip() for text in cells.all_inner_texts()]

    names = column(1)
    assert "ada" in names
    heads = shown.locator("#table thead th")
    heads.nth(1).locator("button").click()
    points = [float(text) for text in column(2) if text != "–"]
    assert points == sorted(points, reverse=True)
    assert column(2)[-1] == "–"
    assert heads.nth(1).get_attribute("aria-sort") == "descending"
    heads.nth(1).locator("button").press("Enter")
    assert [float(text) for text in column(2) if text != "–"] == sorted(points)
    assert shown.locator("#table th[aria-sort]").count() == 1

    shown.fill("#search", "AD")
    assert column(1) == ["ada"]
    assert "1 of 6" in shown.inner_text("#shown")
    shown.fill("#search", "")
    shown.select_option("#choice", "rescued")
    assert column(1) == ["no-checks"]
    shown.select_option("#choice", "look")
    assert set(column(1)) == {"ada", "corrupt", "no-checks", "zoe"}

    shown.click("#hardest")
    shares = [float(x.get_attribute("data-share") or 0) for x in shown.locator("#exercises > li").all()]
    assert shares == sorted(shares)
    # every control can be reached, and has a name
    for control in shown.locator("button:visible, input:visible, select:visible").all():
        assert control.evaluate("e => (e.labels?.[0] ?? e).textContent.trim()")
        assert control.evaluate("e => e.tabIndex") == 0
    assert watched.done == []
    shown.close()


@pytest.mark.parametrize("which", ["graded", "hostile"])
def test_on_a_phone_the_page_does_not_scroll_sideways(browser: Any, which: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(which)
    path = made if which == "hostile" else made.root / "reports" / NAME / "report.html"
    if which == "graded":
        report(made)
    watched = Watched(browser, path, width=390)
    watched.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390
    small = watched.page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => e.childNodes.length === 1
            && e.firstChild.nodeType === 3 && e.checkVisibility() && !e.closest('.vh')
            && parseFloat(getComputedStyle(e).fontSize) < 11).map(e => e.textContent.slice(0, 40))"""
    )
    assert small == []
    watched.page.close()


CONTRAST = """() => {
    const parse = color => (color.match(/[\\d.]+/g) ?? []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
        .map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
    const behind = element => {
        for (let e = element; e; e = e.parentElement) {
            const color = parse(getComputedStyle(e).backgroundColor);
            if (color.length === 3 || color[3] > 0) return color;
        }
        return [255, 255, 255];
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), poor = [];
    for (let node; node = walker.nextNode();) {
        const e = node.parentElement;
        if (!node.textContent.trim() || e.closest('script, .vh, .skip') || !e.checkVisibility()) continue;
        const style = getComputedStyle(e);
        const a = light(parse(e.closest('svg') ? style.fill : style.color)), b = light(behind(e));
        const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
        if (ratio < 4.5) poor.push([node.textContent.trim().slice(0, 30), ratio]);
    }
    return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(browser: Any, graded: Course, scheme: str) -> None:
    report(graded)
    shown = Watched(browser, graded.root / "reports" / NAME / "report.html", scheme=scheme).page
    shown.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert shown.evaluate(CONTRAST) == []
    label = shown.inner_text("#theme")
    shown.click("#theme")
    assert shown.inner_text("#theme") != label
    assert shown.evaluate(CONTRAST) == []
    shown.close()
