"""Fills the page and writes it: one file, inline style and script, nothing fetched, nothing else allowed to run."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from pathlib import Path

from grader.cells import Problem
from grader.report import figures
from grader.report.figures import Report
from grader.verdict import Outcome

MARKS = {Outcome.PASSED: "passed", Outcome.FAILED: "failed", Outcome.NOT_ATTEMPTED: "untouched"}


def render(report: Report) -> str:
    """The page as text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def inline(text: str) -> Markup:
        """Text with `backquoted` parts as code; everything in it is escaped."""
        parts = re.split(r"`([^`]+)`", text)
        made = (
            Markup("<code>{}</code>").format(part) if at % 2 else Markup("{}").format(part)
            for at, part in enumerate(parts)
        )
        return Markup("").join(made)

    environment = Environment(
        loader=PackageLoader("grader.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        inline=inline, seconds=figures.seconds_text, duration=figures.duration, when=figures.when, percent=_percent
    )
    environment.globals.update(kinds=MARKS)
    style, script = _own("page.css"), _own("page.js")
    return environment.get_template("page.html").render(
        report=report, style=Markup(style), script=Markup(script), policy=_policy(style, script)
    )


def _own(name: str) -> str:
    return files("grader.report").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing may be fetched, sent, framed or run but the page's own style and script, known by their hashes."""

    def known(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {known(style)}; script-src {known(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _percent(part: float, whole: float) -> str:
    """Rounded, but 100 and 0 only when it is all or nothing."""
    if not whole:
        return "0"
    share = 100 * part / whole
    return str(round(share)) if share in (0, 100) else str(min(99, max(1, round(share))))


def write(path: Path, text: str) -> None:
    """Write beside, then rename; raises :class:`Problem`."""
    from grader.official.record import write_file

    if path.is_dir():
        raise Problem("This is a folder, not a file to write to.", path, "name a file: --output FILE")
    try:
        write_file(path, text)
    except OSError as error:
        raise Problem(
            f"The page cannot be written ({error.strerror or error}).", path, "name another file: --output FILE"
        ) from None
