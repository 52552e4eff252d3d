"""The text form of feedback: for terminals, screen readers and logs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from grader.feedback.scrub import scrub
from grader.verdict import Outcome, Verdict

WORDS = {Outcome.PASSED: "PASSED", Outcome.FAILED: "NOT PASSED", Outcome.NOT_ATTEMPTED: "NOT ATTEMPTED"}
MARKS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_ATTEMPTED: "○"}
WIDTH = 96


def points_text(verdict: Verdict) -> str:
    """``3 of 3 points``."""
    return f"{verdict.points:g} of {verdict.possible:g} {'point' if verdict.possible == 1 else 'points'}"


def printed_lines(verdict: Verdict, limit: int = 8) -> list[str]:
    """The last lines that the student's code printed during a check that did not pass."""
    if verdict.passed:
        return []
    return [scrub(line)[:200] for line in verdict.printed.strip().splitlines()[-limit:]]


def verdict_text(verdict: Verdict, note: str = "") -> str:
    """A verdict in a few lines."""
    head = (
        f"{MARKS[verdict.outcome]} {WORDS[verdict.outcome]}  {verdict.number} {verdict.title} ({points_text(verdict)})"
    )
    lines = [head]
    if verdict.finding is not None:
        lines += _wrapped(verdict.finding.headline, "  ")
        for name, body in verdict.finding.rows():
            lines += _wrapped(f"{name}: {body}", "  - ")
    printed = printed_lines(verdict)
    if printed:
        lines.append("  Your code printed:")
        lines += [f"    | {line}" for line in printed]
    if note:
        lines += _wrapped(note, "  ")
    return "\n".join(lines)


def list_text(title: str, bodies: Sequence[str], more: str) -> str:
    """A title with numbered or single paragraphs."""
    lines = [title]
    for number, body in enumerate(bodies, start=1):
        lines += _wrapped(body, f"  {number}. " if len(bodies) > 1 else "  ")
    return "\n".join(lines + _wrapped(more, "  ")) if more else "\n".join(lines)


def _wrapped(body: str, indent: str) -> list[str]:
    return textwrap.wrap(
        body, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent), break_long_words=False
    )
