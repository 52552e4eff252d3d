"""nbgrader's own pages on what ``grader grade`` left: formgrader in a real server, feedback pages in a real browser."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from official_support import CHAPTER, NAME, PROJECT, Course, code, solved

from grader.cli.demo import MISTAKES

pytestmark = pytest.mark.xdist_group("official")
CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
SCRIPT = "<script>document.title = 'ran'; alert(1)</script><img src=x onerror=alert(1)>"
#: a bundle of what a browser might run, by its type
BUNDLE = {
    "text/html": f"<b>bold</b>{SCRIPT}<a href='javascript:alert(1)'>click me</a><iframe srcdoc='{SCRIPT}'></iframe>",
    "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>",
    "application/javascript": "alert(1); document.title = 'ran'",
    "text/markdown": f"[click me](javascript:alert(1)) {SCRIPT}",
    "text/latex": r"$\href{javascript:alert(1)}{click me}$",
    "application/vnd.jupyter.widget-view+json": {"model_id": "x", "version_major": 2, "version_minor": 0},
    "image/png": f'x" onerror="alert(1)">{SCRIPT}',
    "text/plain": f"the plain text {SCRIPT}",
}
FRAME = """
frame = pd.DataFrame({"ph": [7.08, 8.1], "<img src=x onerror=alert(1)>": ["$\\\\href{javascript:alert(1)}{x}$", "b"]})
frame
"""


def hostile() -> dict[str, Any]:
    """A notebook that tries to have something run in whatever page it is shown."""
    answer = f"class Shout(Exception): pass\ndef batch_plan(*a):\n    print({SCRIPT!r})\n    raise Shout({SCRIPT!r})\n"
    notebook = solved(**{**MISTAKES, "batch_plan": answer})
    cells = [code(f"display({{{mime!r}: {data!r}, 'text/plain': 'x'}}, raw=True)") for mime, data in BUNDLE.items()]
    cells += [
        code(f"display({BUNDLE!r}, raw=True)"),
        code(FRAME),
        code(f"print({SCRIPT!r}, '\\x1b[31m<b>red</b>\\x1b]8;;javascript:alert(1)\\x07link\\x1b]8;;\\x07')"),
        code(f"raise ValueError({SCRIPT!r})"),
        code(f"# </pre></div>{SCRIPT}\n'''</textarea>{SCRIPT}'''"),
        code("display({'text/plain': 'x'}, raw=True, metadata={'image/png': {'width': '1\" onerror=alert(1)'}})"),
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": f"````\n{BUNDLE['text/markdown']}\n```\n</code></pre>{SCRIPT}",
        },
        {"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": SCRIPT},
    ]
    notebook["cells"] += cells
    notebook["metadata"]["title"] = SCRIPT
    return notebook


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = Course(tmp_path_factory.mktemp("pages") / "course")
    course.submit("eve", hostile())
    course.submit("corrupt", '{"cells": [')
    # a file name is quoted in the reason
    course.submit("names", solved(), name=f"{SCRIPT.replace('/', '')} $x$.ipynb")
    summary = course.grade()
    assert sorted(summary.graded) == ["corrupt", "eve", "names"]
    return course


# -- formgrader ----------------------------------------------------------------------------------------------------


class Server:
    """A Jupyter server with nbgrader's formgrader, in the course folder."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Authorization": "token t"})
            answer = connection.getresponse()
            body = answer.read().decode("utf-8", "replace")
            if answer.status in (301, 302):
                return self.get(answer.headers["Location"])
            return answer.status, body
        finally:
            connection.close()

    def page(self, path: str) -> str:
        status, body = self.get(path)
        assert status == 200, f"{path}: {status} {body[-2000:]}"
        return body

    def data(self, path: str) -> Any:
        return json.loads(self.page(f"/formgrader/api/{path}"))


@pytest.fixture(scope="module")
def server(graded: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PYTHONPATH": str(PROJECT),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=t"]
    command += ["--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"]
    log = (home / "log").open("w")
    process = subprocess.Popen(
        [*command, f"--ServerApp.root_dir={graded.root}"], cwd=graded.root, env=environment, stdout=log, stderr=log
    )
    try:
        deadline = time.monotonic() + 120
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (home / "log").read_text()[-3000:]
            assert time.monotonic() < deadline, (home / "log").read_text()[-3000:]
            time.sleep(0.2)
        yield Server(port)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def test_formgrader_shows_the_class(server: Server, graded: Course) -> None:
    for path in (
        "",
        "/manage_assignments",
        f"/manage_submissions/{NAME}",
        "/gradebook",
        f"/gradebook/{NAME}",
        f"/gradebook/{NAME}/{NAME}",
        "/manage_students",
        "/manage_students/eve",
        f"/manage_students/eve/{NAME}",
    ):
        assert "<head" in server.page(f"/formgrader{path}")
    (assignment,) = server.data("assignments")
    assert (assignment["name"], assignment["max_score"], assignment["num_submissions"]) == (NAME, CHAPTER.points, 3)
    assert server.data(f"assignment/{NAME}")["name"] == NAME
    (notebook,) = server.data(f"notebooks/{NAME}")
    assert notebook["needs_manual_grade"]
    submissions = {item["student"]: item for item in server.data(f"submissions/{NAME}")}
    assert {name: item["score"] for name, item in submissions.items()} == {
        name: graded.result(name)["points"] for name in ("eve", "corrupt", "names")
    }
    assert [name for name, item in submissions.items() if item["needs_manual_grade"]] == ["corrupt"]
    assert all(item["autograded"] and item["submitted"] for item in submissions.values())
    for student in submissions:
        assert server.data(f"submission/{NAME}/{student}")["student"] == student
        assert server.data(f"student_submissions/{student}")
        assert server.data(f"student_notebook_submissions/{student}/{NAME}")
    assert {item["id"] for item in server.data("students")} == set(submissions)


def test_formgrader_shows_scores_and_comments_of_a_submission(server: Server, graded: Course) -> None:
    submitted = {item["student"]: item["id"] for item in server.data(f"submitted_notebooks/{NAME}/{NAME}")}
    assert set(submitted) == {"eve", "corrupt", "names"}
    page = server.page(f"/formgrader/submissions/{submitted['eve']}/?index=0")
    assert "Likely cause" in page  # our cards
    assert f"{CHAPTER.exercises[0].name}_check" in page  # a field for its score
    assert SCRIPT not in page
    grades = {item["name"]: item for item in server.data(f"grades?submission_id={quote(submitted['eve'])}")}
    recorded = {f"{v['exercise'].split('.')[1]}_check": v["points"] for v in graded.result("eve")["verdicts"]}
    assert {name: item["auto_score"] for name, item in grades.items()} == recorded
    comments = server.data(f"comments?submission_id={quote(submitted['corrupt'])}")
    assert any("could not be graded" in (item["auto_comment"] or "") for item in comments)
    assert "could not be graded" in server.page(f"/formgrader/submissions/{submitted['corrupt']}/?index=0")


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


@pytest.fixture(scope="module")
def feedback(graded: Course) -> Path:
    """Pages that ``nbgrader generate_feedback`` made."""
    graded.command("nbgrader", "generate_feedback", NAME)
    return graded.root / "feedback"


def visit(browser: Any, address: str, path: Path | None = None) -> tuple[Any, list[str]]:
    """Open a page; the list tells whatever ran in it that should not have."""
    done: list[str] = []
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.on("dialog", lambda dialog: (done.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda popup: done.append(f"popup: {popup.url}"))
    page.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), lambda route: route.abort())  # fonts, MathJax
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    return page, done


def assert_tame(page: Any, done: list[str]) -> None:
    """Nothing ran, and nothing is there that would run when it is pointed at or clicked."""
    page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true })")
    page.evaluate("document.querySelectorAll('.cell *').forEach(e => e.dispatchEvent(new Event('mouseover')))")
    page.wait_for_timeout(200)
    assert done == []
    assert page.title() != "ran"
    cells = page.locator(".cell, .text_cell_render")
    assert cells.count() > len(CHAPTER.exercises)
    assert cells.locator("iframe, script, object, embed, svg, math, form, meta, base, link").count() == 0
    assert cells.locator("[onerror], [onload], [onclick], [onmouseover]").count() == 0
    assert page.locator("[href^='javascript:' i], [src^='javascript:' i]").count() == 0
    images = cells.locator("img").all()
    assert all((image.get_attribute("src") or "").startswith("data:image/") for image in images)


@pytest.mark.parametrize("student", ["eve", "corrupt", "names"])
def test_nothing_runs_in_feedback_pages(browser: Any, feedback: Path, student: str) -> None:
    page, done = visit(browser, (feedback / student / NAME / f"{NAME}.html").as_uri())
    assert_tame(page, done)
    if student == "eve":
        assert "onerror=alert(1)" in page.inner_text("body")  # as text
    page.close()


def test_a_data_frame_in_a_feedback_page_is_a_table(browser: Any, feedback: Path) -> None:
    page, _ = visit(browser, (feedback / "eve" / NAME / f"{NAME}.html").as_uri())
    table = page.locator("table.dataframe")
    assert table.count() == 1
    assert table.locator("tbody td").all_inner_texts()[0] == "7.08"
    assert table.locator("thead th").all_inner_texts()[-1] == "<img src=x onerror=alert(1)>"
    if os.environ.get("KEEP_PICTURES"):
        table.scroll_into_view_if_needed()
        page.screenshot(path=Path(os.environ["KEEP_PICTURES"], "feedback.png"))
    page.close()


@pytest.mark.parametrize("student", ["eve", "names"])
def test_nothing_runs_in_formgrader(browser: Any, server: Server, student: str) -> None:
    submitted = {item["student"]: item["id"] for item in server.data(f"submitted_notebooks/{NAME}/{NAME}")}
    address = f"http://127.0.0.1:{server.port}/formgrader/submissions/{submitted[student]}/?index=0&token=t"
    page, done = visit(browser, address)
    assert_tame(page, done)
    page.close()
