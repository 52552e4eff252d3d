"""Shows verdicts, hints and answers: as a card in a notebook, as text everywhere else.

=============  ==============================================================
module         one idea
=============  ==============================================================
``scrub.py``   what must not be in a message
``text.py``    the text form, for terminals and screen readers
``card.py``    the card for JupyterLab
=============  ==============================================================
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from grader.feedback import card, text
from grader.verdict import Verdict

if TYPE_CHECKING:
    from grader.exercise import Exercise


def _in_notebook() -> bool:
    """Whether a Jupyter kernel runs this; asks without importing IPython."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and getattr(shell, "kernel", None) is not None


def _display(html: str, plain: str, metadata: dict[str, Any] | None = None) -> None:
    if _in_notebook():
        from IPython.display import display

        display({"text/html": html, "text/plain": plain}, raw=True, metadata=metadata or {})
    else:
        print(plain)


def show(verdict: Verdict, note: str = "") -> None:
    """Show a verdict; in a notebook its data travels along in the output's metadata."""
    data = verdict.to_dict()
    del data["seconds"]  # stored outputs would differ from run to run
    _display(card.verdict_html(verdict, note), text.verdict_text(verdict, note), {"verdict": data})


def show_hints(exercise: Exercise, count: int) -> None:
    """Show the first ``count`` hints of an exercise."""
    title = f"{exercise.number} {exercise.title}: hint {count} of {len(exercise.hints)}"
    hints = exercise.hints[:count]
    more = "" if count == len(exercise.hints) else "Run `.hint()` again for the next one."
    _display(card.list_html(title, hints, more), text.list_text(title, hints, more))


def show_note(title: str, body: str) -> None:
    """Show a short note."""
    _display(card.list_html(title, (body,), ""), text.list_text(title, (body,), ""))


def show_code(title: str, source: str) -> None:
    """Show a piece of code."""
    _display(card.code_html(title, source), f"{title}\n\n{source}")
