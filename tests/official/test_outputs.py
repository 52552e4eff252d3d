"""Outputs of students, made safe: what passes, what does not, and that reading them cannot take long."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pandas as pd
import pytest

from grader.official.outputs import MAX_HTML, clean_outputs, clean_table


class Tags(HTMLParser):
    """Start tags with attributes, and text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


HOSTILE = pd.DataFrame({"<script>alert(1)</script>": ["<b onclick=x>", "&lt;i&gt;"], "n": [1.5, 2.0]})


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"ph": [7.0, 8.1], "Potability": [0, 1]}),
        pd.DataFrame(range(100)),
        HOSTILE,
        HOSTILE.groupby("n").agg(["min", "max"]),
        HOSTILE.set_index(["n", HOSTILE.columns[0]]),
    ],
)
def test_a_data_frame_stays_a_table(frame: pd.DataFrame) -> None:
    original = frame._repr_html_()
    made = clean_table(original)
    assert made is not None
    ours, theirs = Tags(made), Tags(original)
    assert {tag for tag, _ in ours.found} <= {"table", "thead", "tbody", "tr", "th", "td", "p"}
    assert {name for _, given in ours.found for name in given} <= {"class", "colspan", "rowspan", "style"}
    spans = [
        [(tag, g.get("colspan"), g.get("rowspan")) for tag, g in tags.found if tag in ("td", "th")]
        for tags in (ours, theirs)
    ]
    assert spans[0] == spans[1]
    texts = [[t.strip() for t in tags.text if t.strip() and "dataframe" not in t] for tags in (ours, theirs)]
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "<b>bold</b>",
        "<table></table>",
        "<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>",
        "look: <table><tr><td>1</td></tr></table>",
        "<table><tr><td><img src=x onerror=alert(1)></td></tr></table>",
        "<table><tr><td><script>alert(1)</script></td></tr></table>",
        "<table><tr><td><svg/onload=alert(1)></td></tr></table>",
        "<table><tr><td>1</td></tr></table><!-- -->",
        "<table><tr><td a='1<'>1</td></tr></table>",
        "<table><tr><td>1</td></tr></table" + "x" * MAX_HTML,
        "<table><tr>" + "<td>1</td>" * 6000 + "</tr></table>",
    ],
)
def test_anything_else_is_shown_as_its_text(value: object) -> None:
    assert clean_table(value) is None
    shown = clean_outputs([{"output_type": "display_data", "data": {"text/html": value, "text/plain": "the text"}}])
    assert shown[0]["data"] == {"text/plain": "the text"}


def test_attributes_are_not_taken_over() -> None:
    made = clean_table("<table onclick='x'><tr><td onmouseover=\"x\" style='a' colspan=2>a</td></tr></table>")
    assert made is not None
    assert "onclick" not in made
    assert "onmouseover" not in made
    assert "style='a'" not in made
    assert '<td colspan="2" style' in made


@pytest.mark.parametrize(
    "piece", ["<!--", "<a", "<a ", "</", "<![CDATA[", "&", "&#", "<td ", "<td a=b ", "<td><", "\"'", "<td>x", "<p>"]
)
def test_reading_is_quick(piece: str) -> None:
    value = ("<table><tr>" + piece * (MAX_HTML // len(piece)))[:MAX_HTML]
    started = time.process_time()
    clean_table(value)
    assert time.process_time() - started < 2
