"""``grader calibrate``: measures a chapter's metric floors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cells import Problem

if TYPE_CHECKING:
    from grader.calibration.floors import Floor
    from grader.calibration.rule import Placed

MIN_SEEDS = 20

EPILOG = """\b
Examples:
  grader calibrate 2                       measure, set and store the floors of chapter 2
  grader calibrate 2 --rates 50            and count false fails and false passes over 50 fresh seeds
  grader calibrate 2 --source real         measure on the real set too (stored, not used by checks)
  grader calibrate 2 --device cuda         measure on a GPU too (stored, not used by checks)
\b
Exit status:
  0  every floor lies between all honest answers and all listed mistakes
  1  for some metric there is no such floor: nothing is stored for it
  2  nothing could be measured: the message says why
"""


@click.command("calibrate", epilog=EPILOG, short_help="Measure and store the metric floors of a chapter.")
@click.argument("chapter")
@click.option("--seeds", default=MIN_SEEDS, show_default=True, type=click.IntRange(2), help="Runs of each answer.")
@click.option("--only", default="", metavar="EXERCISE", help="Only this exercise; other stored floors stay.")
@click.option("--source", default="synthetic", show_default=True, type=click.Choice(["synthetic", "real"]))
@click.option("--from", "from_path", type=click.Path(path_type=Path), help="The original file of the real set.")
@click.option("--device", default="cpu", show_default=True, metavar="NAME", help="Where checks put their data.")
@click.option(
    "--rates", "fresh", default=0, type=click.IntRange(0), metavar="N", help="Count wrong verdicts over N fresh seeds."
)
@click.option("--workers", default=0, type=click.IntRange(0), help="Processes (default: one per core).")
@click.option("--dry-run", is_flag=True, help="Measure and show, store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    chapter: str,
    seeds: int,
    only: str,
    source: str,
    from_path: Path | None,
    device: str,
    fresh: int,
    workers: int,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Run the honest answers and the listed mistakes of a CHAPTER over seeds, and set its floors between them.

    Honest are the reference and the accepted answers of the verdict suite; listed mistakes are its rejected answers
    whose second line is `# calibration`. Floors are stored in `grader/calibration/stored/`, and drawn in
    `docs/pictures/`. A floor is refused where honest answers and mistakes overlap.
    """
    from grader.cli.show import console, print_json
    from grader.course import find_chapter, project_root

    try:
        chosen = find_chapter(chapter)
    except KeyError:
        raise Problem("There is no such chapter.", chapter, "`grader list` shows all of them") from None
    if seeds < MIN_SEEDS and not dry_run:
        raise Problem(
            f"{seeds} seeds are too few to store a floor.", "--seeds", f"take {MIN_SEEDS} or more, or add --dry-run"
        )
    if from_path is not None:
        from grader.calibration.samples import given_from

        if not from_path.is_file():
            raise Problem("There is no such file.", from_path)
        given_from(from_path.resolve())
    from grader.calibration.floors import DEVICE, SOURCE, read_floors, stored_file, write_floors
    from grader.calibration.picture import draw_floors

    measured = _measure(chosen, only, seeds, source, device, fresh, workers, quiet=as_json)
    if not measured:
        raise Problem(
            "No exercise of this chapter measures a metric.",
            only or chosen.name,
            "a check that calls `expect_metric` has a floor",
        )
    # a measurement on other data or another device informs, and needs no gap
    used = (source, device) == (SOURCE, DEVICE)
    refused = [floor for floor, placed in measured if used and floor.value is None]
    picture = None
    if not dry_run:
        kept = [floor for floor, _ in measured if floor not in refused]
        path = stored_file(chosen.module)
        new = {floor.key for floor, _ in measured}
        gone = {floor.exercise for floor, _ in measured} if used else set()
        old = [
            f
            for f in read_floors(path)
            if f.key not in new and not (f.exercise in gone and (f.source, f.device) == (source, device))
        ]
        if not only and used:
            old = [f for f in old if f.exercise in {e.key for e in chosen.exercises}]
        write_floors(path, [*old, *kept])
        everything = read_floors(path)
        if everything:
            picture = draw_floors(everything, project_root() / "docs" / "pictures" / f"floors_{chosen.module}.png")
    if as_json:
        print_json(
            {
                "version": 1,
                "chapter": chosen.name,
                "stored": not dry_run,
                "floors": [floor.to_dict() | {"refused": placed.why} for floor, placed in measured],
            }
        )
    else:
        out = console()
        for floor, placed in measured:
            out.print(_table(floor))
            out.print(_conclusion(floor, placed, used))
        if not dry_run:
            out.print(f"stored in {path.name}" + (f", drawn in {picture.name}" if picture else ""))
    ctx.exit(1 if refused else 0)


def _measure(
    chapter: Any, only: str, seeds: int, source: str, device: str, fresh: int, workers: int, *, quiet: bool
) -> list[tuple[Floor, Placed]]:
    """The floors of all exercises that have one, with a bar on the terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from grader.calibration.measure import answers_of, calibrate, metrics_of, rates
    from grader.cli.show import console

    if device != "cpu":
        _require_device(device)
    exercises = [e for e in chapter.exercises if only in ("", e.name, e.key, e.number)]
    if not exercises:
        raise Problem("There is no such exercise in this chapter.", only, f"`grader list {chapter.module}` shows all")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    results: list[tuple[Floor, Placed]] = []
    with Progress(*columns, console=console(stderr=True), disable=quiet, transient=True) as progress:
        look = progress.add_task("looking for metrics", total=len(exercises))
        with_metric = []
        for exercise in exercises:
            if metrics_of(exercise, source, device):
                with_metric.append(exercise)
            progress.advance(look)
        for exercise in with_metric:
            count = len(answers_of(exercise))
            bar = progress.add_task(exercise.key, total=count * (seeds + fresh))
            tick = _ticker(progress, bar)
            found = calibrate(exercise, seeds=seeds, source=source, device=device, workers=workers, tick=tick)
            floors = [floor for floor, _ in found]
            if fresh and any(floor.value is not None for floor in floors):
                floors = rates(exercise, floors, seeds=fresh, workers=workers, tick=tick)
            results += [(floor, placed) for floor, (_, placed) in zip(floors, found, strict=True)]
    return results


def _ticker(progress: Any, bar: Any) -> Any:
    return lambda: progress.advance(bar)


def _require_device(device: str) -> None:
    import torch

    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError) as error:
        raise Problem(
            f"There is no device {device!r} here.", str(error).splitlines()[0], "leave --device out"
        ) from None


def _table(floor: Floor) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=f"{floor.exercise}, {floor.metric}: {floor.source} data, {floor.device}, {floor.seeds[1]} seeds",
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        padding=0,
    )
    table.add_column("Answer")
    table.add_column("Kind")
    for name in ("Mean", "Spread", "Nearest to the floor", "Stopped before"):
        table.add_column(name, justify="right")
    up = floor.better == "higher"
    for a in sorted(floor.answers, key=lambda a: (not a.honest, -a.mean if up else a.mean)):
        figures = [f"{n:.3f}" if a.values else "" for n in (a.mean, a.spread, a.worst)]
        kind = Text("honest", style="green") if a.honest else Text("mistake", style="red")
        table.add_row(a.answer, kind, *figures, str(a.stopped or ""))
    return table


def _conclusion(floor: Floor, placed: Placed, used: bool) -> str:
    if floor.value is None:
        return f"No floor: {placed.why}." + ("" if used else " Checks do not use this one.")
    side = "above" if floor.better == "higher" else "below"
    text = f"Floor {floor.value:.3f}: every mistake must stay {'below' if side == 'above' else 'above'} "
    text += f"{placed.low:.3f}, every honest answer {side} {placed.high:.3f}."
    if floor.rates:
        r = floor.rates
        text += (
            f"\nOver {r['seeds']} fresh seeds: {r['false_fails']} of {r['honest']} honest runs fail, "
            f"{r['false_passes']} of {r['mistakes']} mistaken runs pass."
        )
    return text
