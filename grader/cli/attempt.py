"""``grader try``: judges a file that holds an answer to one exercise."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cells import Problem, read_answer

EPILOG = """\b
Examples:
  grader try water_dataset my_answer.py
  grader try 1.3 my_answer.py --json
\b
Exit status:
  0  accepted
  1  rejected, or not attempted
  2  nothing to judge: no such file or exercise, an empty file, not text
"""


@click.command("try", epilog=EPILOG, short_help="Judge a file with an answer to one exercise.")
@click.argument("exercise")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Time for running the file, and for each answer to the check.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, exercise: str, file: Path, timeout: float, as_json: bool) -> None:
    """Judge a FILE with an answer to EXERCISE (its name or number).

    The file stands in the place of the reference's solution cell: what the notebook defines before that cell is
    there. It runs in a process of its own.
    """
    from grader.cli.show import console, lookup_exercise, print_json, show_problem, verdict_block

    try:
        source = read_answer(file)  # before torch is loaded
        wanted = lookup_exercise(exercise)
        from grader.trial import Workshop

        with Workshop() as workshop:
            verdict = workshop.judge(wanted, source, seconds=timeout, total_seconds=max(120.0, 4 * timeout))
    except Problem as problem:
        if as_json:
            print_json({"version": 1, "error": problem.to_dict()})
        else:
            show_problem(problem)
        ctx.exit(2)
    if as_json:
        print_json({"version": 1, "accepted": verdict.passed, "verdict": verdict.to_dict()})
    else:
        console().print(verdict_block(verdict))
    ctx.exit(0 if verdict.passed else 1)
