"""What a student's cell showed, made safe to keep and to show: text and images, bounded, nothing that a browser runs.

A notebook's outputs may hold HTML with scripts, and nbgrader's feedback pages and formgrader show it as it is. Only
plain text and raster images pass; everything else has a text form anyway. A table, such as a DataFrame, is made anew
from the text of its cells.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import Any

from grader.feedback.scrub import scrub

MAX_OUTPUTS = 100
MAX_TEXT = 120_000
MAX_LINES = 1_000
MAX_IMAGE = 2_000_000
MAX_HTML = 500_000
MAX_TABLE = 5_000  # cells
MAX_CELL = 1_000  # characters
MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def clean_text(value: Any, limit: int = MAX_TEXT) -> str:
    """Text without control characters, lone surrogates or terminal codes; "" for anything but text."""
    if not isinstance(value, str):
        return ""
    text = value[:limit].encode("utf-8", "replace").decode()
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], "[more lines left out]"]
    # a progress bar rewrites its line: what stood there last is what was to be seen
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in lines]
    return scrub("\n".join(lines))


def _image(mime: str, value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > MAX_IMAGE:
        return None
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(data).decode() if data.startswith(MAGIC[mime]) else None


#: a tag, or text between tags
_TOKEN = re.compile(r"""<(/?)([a-zA-Z]+)((?:[^<>"']|"[^"<>]*"|'[^'<>]*')*)>|([^<]+)""")
_ROOM = 'style="padding:.1em .6em;text-align:right"'  # nbgrader's pages give a table none
_TAGS = {"div", "style", "p", "table", "thead", "tbody", "tr", "th", "td"}


def _span(which: str, attributes: str) -> int:
    match = re.search(rf"\b{which}span=[\"']?([1-9]\d{{0,2}})\b", attributes)
    return int(match[1]) if match else 1


def clean_table(value: Any) -> str | None:
    """A table with nothing in it but text, from HTML as pandas writes it; None for anything else.

    What comes out is written here: fixed tags, and escaped text. The ``ignore`` classes keep MathJax away from it.
    """
    if not isinstance(value, str) or len(value) > MAX_HTML or "<table" not in value:
        return None
    head: list[list[list[Any]]] = []
    body: list[list[list[Any]]] = []
    rows, inside = body, ""
    cell: list[Any] | None = None
    beside, tables, cells, at = "", 0, 0, 0
    # Python's HTMLParser takes minutes for some malformed input; this reads each character once, or gives up
    while at < len(value):
        token = _TOKEN.match(value, at)
        if token is None:
            return None
        at = token.end()
        closing, tag, attributes, text = token.groups()
        if text is not None:
            if cell is not None:
                cell[3] += text[: MAX_CELL * 8]
            elif inside != "style":
                beside += text
            continue
        tag = tag.lower()
        if tag not in _TAGS:
            return None
        if tag in ("td", "th", "tr", "table", "thead", "tbody"):
            cell = None
        if tag == "style":
            inside = "" if closing else tag
        elif closing or tag in ("div", "p"):
            continue
        elif tag == "table":
            tables += 1
        elif tag in ("thead", "tbody"):
            rows = head if tag == "thead" else body
        elif tag == "tr":
            rows.append([])
        elif not rows or cells >= MAX_TABLE:
            return None
        else:
            cells += 1
            cell = [tag, _span("col", attributes), _span("row", attributes), ""]
            rows[-1].append(cell)
    size = re.fullmatch(r"\s*(?:(\d{1,12} rows × \d{1,6} columns)\s*)?", beside)
    if tables != 1 or not cells or size is None:
        return None
    parts = ['<table class="dataframe tex2jax_ignore mathjax_ignore">']
    for name, group in (("thead", head), ("tbody", body)):
        parts.append(f"<{name}>")
        for row in group:
            parts.append("<tr>")
            for tag, columns, lines, source in row:
                spans = (f' colspan="{columns}"' if columns > 1 else "") + (f' rowspan="{lines}"' if lines > 1 else "")
                parts.append(
                    f"<{tag}{spans} {_ROOM}>{html.escape(clean_text(html.unescape(source), MAX_CELL))}</{tag}>"
                )
            parts.append("</tr>")
        parts.append(f"</{name}>")
    parts.append("</table>")
    if size[1]:
        parts.append(f"<p>{size[1]}</p>")
    return "".join(parts)


def clean_outputs(raw: Any) -> list[dict[str, Any]]:
    """Outputs of one cell, from whatever a job sent."""
    cleaned: list[dict[str, Any]] = []
    for item in raw[:MAX_OUTPUTS] if isinstance(raw, list) else []:
        if not isinstance(item, dict):
            continue
        kind = item.get("output_type")
        if kind == "stream":
            name = "stderr" if item.get("name") == "stderr" else "stdout"
            cleaned.append({"output_type": "stream", "name": name, "text": clean_text(item.get("text"))})
        elif kind == "error":
            lines = item.get("traceback")
            trace = [clean_text(line, 10_000) for line in lines[-100:]] if isinstance(lines, list) else []
            cleaned.append(
                {
                    "output_type": "error",
                    "ename": clean_text(item.get("ename"), 100),
                    "evalue": clean_text(item.get("evalue"), 2_000),
                    "traceback": trace,
                }
            )
        elif kind in ("display_data", "execute_result"):
            shown = item.get("data")
            shown = shown if isinstance(shown, dict) else {}
            data: dict[str, str] = {"text/plain": clean_text(shown.get("text/plain"))}
            table = clean_table(shown.get("text/html"))
            if table is not None:
                data["text/html"] = table
            for mime in MAGIC:
                image = _image(mime, shown.get(mime))
                if image is not None:
                    data[mime] = image
            entry: dict[str, Any] = {"output_type": kind, "data": data, "metadata": {}}
            if kind == "execute_result":
                entry["execution_count"] = None
            cleaned.append(entry)
    return cleaned
