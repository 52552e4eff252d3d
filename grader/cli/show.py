"""How the command looks in a terminal: errors, verdicts, points and bars. Loads neither torch nor Jupyter."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from grader.cells import Problem
from grader.feedback.scrub import scrub
from grader.feedback.text import MARKS, WORDS, verdict_text
from grader.verdict import Outcome, Verdict

STYLES = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.NOT_ATTEMPTED: "bright_black"}
PIPE_WIDTH = 100  # columns where there is no terminal


def console(stderr: bool = False) -> Console:
    """A console on the present stdout (or stderr); colors only on a terminal."""
    made = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    # without a terminal rich would take 80 columns and cut the tables
    if not made.is_terminal and not made._environ.get("COLUMNS"):
        made.width = PIPE_WIDTH
    return made


def print_json(data: Any) -> None:
    """JSON for programs, on stdout, nothing else with it."""
    sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def show_problem(problem: Problem) -> None:
    """What went wrong, where, and what to do, on stderr."""
    out = console(stderr=True)
    out.print(Text.assemble(("Error: ", "bold red"), problem.what))
    for name, text in problem.rows():
        line = Text(f"  {name + ':':<12} ", style="bright_black")
        line.append(text, style="default")
        out.print(line, soft_wrap=True)


def verdict_block(verdict: Verdict) -> Text:
    """A verdict as in a notebook's text form, the first line in its color."""
    lines = verdict_text(verdict).splitlines()
    block = Text(lines[0], style=f"bold {STYLES[verdict.outcome]}")
    for line in lines[1:]:
        block.append("\n" + line, style="not bold default")
    for name in ("Expected", "Got", "Where", "Likely cause", "Next step"):
        block.highlight_regex(rf"(?m)^  - {name}:", "bright_black")
    return block


def result_cell(verdict: Verdict) -> Text:
    """``✓ passed`` in its color; told by mark and word too, not by color alone."""
    return Text(f"{MARKS[verdict.outcome]} {WORDS[verdict.outcome].lower()}", style=STYLES[verdict.outcome])


def bar(share: float, width: int = 20) -> Text:
    """A bar for a share from 0 to 1."""
    full = round(max(0.0, min(1.0, share)) * width)
    text = Text("█" * full, style="green")
    text.append("░" * (width - full), style="bright_black")
    return text


def count(number: float, noun: str) -> str:
    """``1 point``, ``3 points``."""
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def summary(verdicts: Iterable[Verdict]) -> str:
    """``8 passed, 1 not passed, 5 not attempted``, without what there is none of."""
    verdicts = list(verdicts)
    counts = [(sum(v.outcome is outcome for v in verdicts), WORDS[outcome].lower()) for outcome in MARKS]
    return ", ".join(f"{number} {word}" for number, word in counts if number)


def clean(text: str) -> str:
    """Text from a student's notebook, without what could disturb a terminal."""
    return scrub(text)


def numbers(verdicts: Sequence[Verdict]) -> str:
    """``1.1, 1.2 and 1.5``."""
    parts = [verdict.number for verdict in verdicts]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def lookup_exercise(text: str) -> Any:
    """The exercise of that number, key or name; raises :class:`Problem` with close names."""
    import difflib

    from grader.course import CHAPTERS, find_exercise

    try:
        return find_exercise(text)[1]
    except KeyError:
        exercises = [exercise for chapter in CHAPTERS for exercise in chapter.exercises]
        wanted = text.lower().rpartition(".")[2]
        by_case = {exercise.name.lower(): exercise.name for exercise in exercises}
        close = [by_case[name] for name in difflib.get_close_matches(wanted, by_case, 3, 0.5)]
        inside = [e.name for e in exercises if len(wanted) > 2 and wanted in e.name]
        found = list(dict.fromkeys(close + inside))[:3]
        todo = f"did you mean {' or '.join(found)}? " if found else ""
        raise Problem("There is no such exercise.", text, todo + "`grader list` shows all names") from None
