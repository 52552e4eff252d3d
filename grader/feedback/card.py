"""The card of a verdict in JupyterLab: compact, without scripts, readable in light and dark themes.

Colors of text and background are inherited from the theme; the outcome is told by a word and a mark as well as by
the color of the edge. Everything that comes from a student's code is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from grader.feedback.text import MARKS, WORDS, points_text, printed_lines
from grader.verdict import Outcome, Verdict

EDGES = {Outcome.PASSED: "#2e9e5b", Outcome.FAILED: "#d9534f", Outcome.NOT_ATTEMPTED: "#8a8f98"}
_CODE_STYLE = "background:rgba(128,128,128,.16);padding:0 .25em;border-radius:3px;color:inherit"


def _inline(body: str) -> str:
    """Escape, then turn `backquoted` text into code."""
    escaped = html.escape(body, quote=True)
    return re.sub(r"`([^`]+)`", rf'<code style="{_CODE_STYLE}">\1</code>', escaped)


def _frame(edge: str, label: str, inner: str) -> str:
    return (
        f'<div role="status" aria-label="{html.escape(label, quote=True)}" style="border:1px solid '
        f"rgba(128,128,128,.35);border-left:5px solid {edge};border-radius:4px;padding:.45em .8em;margin:.2em 0;"
        f'max-width:56em;line-height:1.45;color:inherit;background:transparent">{inner}</div>'
    )


def verdict_html(verdict: Verdict, note: str = "") -> str:
    """The card of one verdict."""
    edge = EDGES[verdict.outcome]
    head = (
        f'<div><strong><span style="color:{edge}" aria-hidden="true">{MARKS[verdict.outcome]}</span> '
        f"{WORDS[verdict.outcome].capitalize()}</strong> · {html.escape(verdict.number)} "
        f'{html.escape(verdict.title)} <span style="opacity:.75">({points_text(verdict)})</span></div>'
    )
    parts = [head]
    if verdict.finding is not None:
        parts.append(f'<div style="margin:.3em 0 .2em">{_inline(verdict.finding.headline)}</div>')
        cells = "".join(
            f'<div style="display:flex;gap:.8em;margin:.12em 0"><div style="flex:0 0 7em;opacity:.75">{name}</div>'
            f'<div style="flex:1 1 auto;min-width:0;overflow-wrap:anywhere">{_inline(body)}</div></div>'
            for name, body in verdict.finding.rows()
        )
        parts.append(cells)
    printed = printed_lines(verdict)
    if printed:
        body = html.escape("\n".join(printed))
        parts.append(
            f'<details style="margin-top:.3em"><summary>What your code printed</summary>'
            f'<pre style="margin:.2em 0;background:transparent;color:inherit">{body}</pre></details>'
        )
    if note:
        parts.append(f'<div style="opacity:.75;margin-top:.25em">{_inline(note)}</div>')
    return _frame(edge, f"Exercise {verdict.number}: {WORDS[verdict.outcome].lower()}", "".join(parts))


def list_html(title: str, bodies: Sequence[str], more: str) -> str:
    """A card with a title and paragraphs."""
    items = "".join(f'<div style="margin:.25em 0">{_inline(body)}</div>' for body in bodies)
    tail = f'<div style="opacity:.75">{_inline(more)}</div>' if more else ""
    return _frame("#4a86c5", title, f"<div><strong>{html.escape(title)}</strong></div>{items}{tail}")


def code_html(title: str, source: str) -> str:
    """A card with a title and a block of code."""
    body = f'<pre style="margin:.3em 0 0;background:transparent;color:inherit"><code>{html.escape(source)}</code></pre>'
    return _frame("#4a86c5", title, f"<div><strong>{html.escape(title)}</strong></div>{body}")
