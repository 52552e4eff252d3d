"""The ``grader`` command: what students and instructors ask of the grader in a terminal.

=================  ==========================================================
module             one command
=================  ==========================================================
``exercises.py``   ``grader list``: which exercises there are
``check.py``       grades notebooks
``grade.py``       grades a class, officially
``attempt.py``     ``grader try``: judges one answer in a file
``demo.py``        shows the grader at work on three submissions
``progress.py``    what has been passed on this machine
``doctor.py``      whether everything is there to work with
``show.py``        how it looks: errors, tables and verdicts in a terminal
=================  ==========================================================

Nothing here imports torch or Jupyter before a command needs it: ``--help`` answers at once.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from grader.cells import Problem

#: command name -> module below grader.cli with a ``command``
COMMANDS = {
    "list": "exercises",
    "check": "check",
    "grade": "grade",
    "try": "attempt",
    "demo": "demo",
    "progress": "progress",
    "calibrate": "calibrate",
    "doctor": "doctor",
}


class _Group(click.Group):
    """Loads a command when it is asked for, and turns problems into one-screen errors."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"grader.cli.{COMMANDS[cmd_name]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            import difflib

            close = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean `grader {close[0]}`?" if close else " See `grader --help`."
            raise click.UsageError(f"There is no command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            problem = _as_problem(error)
            if problem is None:
                raise
            from grader.cli.show import show_problem

            show_problem(problem)
            ctx.exit(2)


def _as_problem(error: Exception) -> Problem | None:
    """The error as one that the user can put right; None when it is a defect of ours."""
    if isinstance(error, Problem):
        return error
    errors = sys.modules.get("data_scripts._errors")  # not imported for it: that would load NumPy for every --help
    if errors is not None and isinstance(error, errors.DataError):
        return Problem(error.what, error.where, error.todo)
    return None


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Each command has its own help with an example: grader check --help",
)
@click.version_option(package_name="intermediate-pytorch", prog_name="grader")
def main() -> None:
    """Exercises and checks of the course Intermediate Deep Learning with PyTorch."""
