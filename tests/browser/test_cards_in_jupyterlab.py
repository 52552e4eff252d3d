"""The cards as a student sees them: a real JupyterLab, a real kernel, a real browser, both themes.

``KEEP_PICTURES=docs/pictures`` keeps the screenshots; the README's picture is made that way.
"""

from __future__ import annotations

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

import nbformat
import pytest

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def _notebook(root: Path, folder: Path) -> None:
    """Setup, a right answer to 1.1, a wrong one to 1.3, and the untouched 1.9, each with its check."""
    student = nbformat.read(root / "notebooks/01_oop_datasets/01_oop_datasets.ipynb", 4)
    solution = nbformat.read(root / "solutions/01_oop_datasets/01_oop_datasets.ipynb", 4)
    answers = {c.metadata.nbgrader.grade_id: c.source for c in solution.cells if "nbgrader" in c.metadata}
    clean = {name: re.sub(r" *### (BEGIN|END) SOLUTION\n?", "", text) for name, text in answers.items()}
    keep = ("setup", "task-account", "account", "task-water-dataset", "water-dataset", "net-class")
    student.cells = [c for c in student.cells if c.id.removeprefix("answer-").removeprefix("check-") in keep]
    for cell in student.cells:
        if cell.id == "answer-account":
            cell.source = clean["account"]
        if cell.id == "answer-water-dataset":
            cell.source = clean["water_dataset"].replace(", dtype=torch.float32", "")
    nbformat.write(student, folder / "chapter.ipynb")


@pytest.fixture(scope="module")
def lab(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A running JupyterLab: its address and its settings folder."""
    work, home = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("home")
    _notebook(root, work)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = home / "settings"
    for name, value in {
        "apputils-extension/notification": {"fetchNews": "false"},
        "notebook-extension/tracker": {"windowingMode": "none", "scrollPastLastCell": False},
    }.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))
    env = os.environ | {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "COURSE_DATA": str(home / "course-data"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"]
    command.append("--LabApp.expose_app_in_browser=True")  # so that "run all" is a command, not a hunt through menus
    log = (home / "log").open("w")
    server = subprocess.Popen(
        [*command, "--IdentityProvider.token=t", f"--ServerApp.root_dir={work}"], env=env, stdout=log, stderr=log
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        else:
            pytest.fail(f"JupyterLab did not start:\n{(home / 'log').read_text()[-3000:]}")
        yield f"http://127.0.0.1:{port}/lab/tree/chapter.ipynb?token=t&reset", settings
    finally:
        server.terminate()
        server.wait(20)
        log.close()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_cards(lab: tuple[str, Path], theme: str, tmp_path: Path) -> None:
    address, settings = lab
    (settings / "@jupyterlab/apputils-extension/themes.jupyterlab-settings").write_text(json.dumps({"theme": theme}))
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1250, "height": 1000})
        page.goto(address)
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
        page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=120_000)
        page.wait_for_function(
            "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel", timeout=120_000
        )
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector('.jp-OutputArea [role="status"] >> nth=2', timeout=180_000)
        cards = page.locator('.jp-OutputArea [role="status"]')
        assert cards.count() == 3
        passed, failed, untouched = (cards.nth(i) for i in range(3))
        assert "Passed" in passed.inner_text()
        assert "Not passed" in failed.inner_text()
        assert "float32" in failed.inner_text()
        assert "float64" in failed.inner_text()
        assert "Not attempted" in untouched.inner_text()
        # the label is what a screen reader says
        assert failed.get_attribute("aria-label") == "Exercise 1.3: not passed"
        # no traceback of ours anywhere
        assert page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
        assert page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0
        for card in (passed, failed, untouched):
            assert _contrast(page, card) >= 4.5, "text of the card is hard to read in this theme"
        page.keyboard.press("Escape")
        folder = Path(os.environ.get("KEEP_PICTURES", tmp_path))
        folder.mkdir(parents=True, exist_ok=True)
        name = theme.split()[-1].lower()
        _photograph(page, [0, 1, 2], "check-account", folder / f"passed_{name}.png")
        _photograph(page, [3, 4, 5], "check-water-dataset", folder / f"failed_{name}.png")
        browser.close()
    assert (folder / f"failed_{name}.png").stat().st_size > 5_000


def _photograph(page: object, cells: list[int], _: str, path: Path) -> None:
    """A picture of an answer and the card below it."""
    shown = page.locator(".jp-Notebook .jp-Cell")  # type: ignore[attr-defined]
    answers = {"passed": (2, 3), "failed": (5, 6)}[path.name.split("_")[0]]
    boxes = []
    for index in answers:
        shown.nth(index).scroll_into_view_if_needed()
    for index in answers:
        boxes.append(shown.nth(index).bounding_box())
    top, bottom = boxes[0]["y"], boxes[-1]["y"] + boxes[-1]["height"]
    page.screenshot(  # type: ignore[attr-defined]
        path=path,
        clip={"x": boxes[0]["x"], "y": max(top, 0), "width": boxes[0]["width"], "height": bottom - max(top, 0)},
    )


def _contrast(page: object, card: object) -> float:
    """WCAG contrast ratio of the card's text against what lies behind it."""
    colors = card.evaluate(  # type: ignore[attr-defined]
        """card => {
            let behind = card, color = getComputedStyle(card).color, back = 'rgba(0, 0, 0, 0)';
            while (behind && /rgba\\(.*, 0\\)|transparent/.test(back)) {
                back = getComputedStyle(behind).backgroundColor; behind = behind.parentElement;
            }
            return [color, back];
        }"""
    )
    light, dark = sorted((_luminance(color) for color in colors), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(float(part)) / 255 for part in re.findall(r"[\d.]+", color)[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
