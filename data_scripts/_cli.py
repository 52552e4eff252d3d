"""The command line of the data sets: a thin layer over `prepare`, `verify`, `mend` and `plot`."""

from __future__ import annotations

import contextlib
import importlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from data_scripts import NAMES, DataError, Withhold, _dataset
from data_scripts._store import Manifest, data_root

_names = click.argument("names", nargs=-1, type=click.Choice(["all", *NAMES]), metavar="[all|NAME...]")
_root = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of all sets. By default $COURSE_DATA, or data/ of the checkout.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Prepare the data sets of the course: water, clouds, electricity, omniglot.

    \b
    Examples:
      python -m data_scripts prepare                        all four stand-ins, offline
      python -m data_scripts prepare water --source real    the real set, from its origin
      python -m data_scripts prepare omniglot --from images_background.zip
      python -m data_scripts verify --mend
      python -m data_scripts plot electricity picture.png
    """


@main.command()
@_names
@click.option(
    "--source",
    type=click.Choice(_dataset.SOURCES),
    help="The generated stand-in, or the real set. By default, keep what is there, or make the stand-in.",
)
@click.option("--from", "from_path", type=click.Path(path_type=Path), help="A local copy of the real set.")
@click.option("--seed", type=int, help="Of the stand-in. [default: 0]")
@click.option("--client", help="Which client of the real electricity set, such as MT_200.")
@click.option(
    "--withhold",
    type=click.IntRange(min=1),
    metavar="AMOUNT",
    help="Leave this much of the real set out, for official grading: rows of water, pictures of clouds, days of "
    "electricity (at least), drawers of omniglot. Needs --secret-file.",
)
@click.option(
    "--secret-file",
    type=click.Path(path_type=Path),
    help="A text file whose content chooses what is withheld; keep it from the students.",
)
@_root
def prepare(
    names: tuple[str, ...],
    source: str | None,
    from_path: Path | None,
    seed: int | None,
    client: str | None,
    withhold: int | None,
    secret_file: Path | None,
    root: Path | None,
) -> None:
    """Make sure that the sets are there; nothing happens to those that are.

    \b
    Examples:
      python -m data_scripts prepare
      python -m data_scripts prepare clouds electricity
      python -m data_scripts prepare electricity --source real --client MT_200
      python -m data_scripts prepare clouds --from ~/Downloads/clouds
      python -m data_scripts prepare water --from water_potability.csv
      python -m data_scripts prepare water --source real --withhold 400 --secret-file secret.txt
    """
    chosen = _chosen(names)
    if from_path is not None and len(chosen) != 1:
        raise click.UsageError("--from goes with exactly one set: name it, as in `prepare water --from FILE`.")
    if client is not None and chosen != ["electricity"]:
        raise click.UsageError("--client goes with electricity only.")
    if source == "real" and "clouds" in chosen and len(chosen) > 1:
        raise click.UsageError(
            "the real clouds cannot be fetched: prepare them on their own with --from, and the other sets by name."
        )
    if (withhold is None) != (secret_file is None):
        raise click.UsageError("--withhold and --secret-file go together.")
    if withhold is not None and (len(chosen) != 1 or (source != "real" and from_path is None)):
        raise click.UsageError("--withhold goes with exactly one real set (--source real, or --from).")
    extra: dict[str, Any] = {"client": client} if client is not None else {}
    if withhold is not None and secret_file is not None:
        with _errors_shown() as outcome:
            extra["withhold"] = Withhold(withhold, _secret(secret_file))
        if outcome.failed:
            sys.exit(1)
    failed = False
    rows = []
    for name in chosen:
        module = _module(name)
        before = Manifest.read(data_root(root) / name)
        started = time.perf_counter()
        with _errors_shown() as outcome, _bar(name) as progress:
            module.prepare(
                source=source,
                from_path=from_path,
                root=root,
                seed=seed,
                progress=progress,
                say=lambda text: click.echo(text, err=True),
                **extra,
            )
        seconds = time.perf_counter() - started
        failed |= outcome.failed
        after = None if outcome.failed else Manifest.read(data_root(root) / name)
        if after is None:
            rows.append((name, "-", "failed", "", "", ""))
            continue
        files = f"{len(after.files):,}"
        kept = before is not None and before == after and seconds < 2
        counts = ", ".join(f"{count:,} {what}" for what, count in list(after.counts.items())[:3])
        rows.append(
            (
                name,
                after.source,
                "was there" if kept else f"{seconds:.1f} s",
                files,
                f"{after.bytes / 1e6:.1f} MB",
                counts,
            )
        )
    table = Table("set", "source", "took", "files", "size", "what", title=str(data_root(root)), title_justify="left")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    sys.exit(1 if failed else 0)


@main.command()
@_names
@click.option("--mend", is_flag=True, help="Put right what is wrong; files of unknown origin are moved aside.")
@_root
def verify(names: tuple[str, ...], mend: bool, root: Path | None) -> None:
    """Check counts, sizes and checksums. Exit code 0 when all is well, 1 when not.

    \b
    Examples:
      python -m data_scripts verify
      python -m data_scripts verify omniglot --mend
    """
    wrong = False
    for name in _chosen(names):
        module = _module(name)
        problems = module.verify(root)
        if problems and mend:
            with _errors_shown() as outcome, _bar(name) as progress:
                done = _dataset.mend(
                    module.RECIPE, root, progress=progress, say=lambda text: click.echo(text, err=True)
                )
            if not outcome.failed:
                click.echo(f"{name}: mended ({'; '.join(done)})")
                problems = module.verify(root)
        if not problems:
            there = Manifest.read(data_root(root) / name)
            click.echo(f"{name}: OK ({there.source if there else '?'})")
        for problem in problems:
            wrong = True
            click.echo(f"{name}: {problem}")
    sys.exit(1 if wrong else 0)


@main.command()
@click.argument("name", type=click.Choice(NAMES))
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--beside", type=click.Path(path_type=Path), help="Show a local copy of the real set as well.")
@_root
def plot(name: str, path: Path | None, beside: Path | None, root: Path | None) -> None:
    """Write a picture that shows what a set looks like (NAME.png, unless PATH is given).

    \b
    Examples:
      python -m data_scripts plot water
      python -m data_scripts plot omniglot alphabets.png --beside images_background.zip
    """
    with _errors_shown() as outcome:
        written = _module(name).plot(path or Path(f"{name}.png"), root=root, beside=beside)
        click.echo(f"{written}")
    sys.exit(1 if outcome.failed else 0)


def _secret(path: Path) -> str:
    """What the file says, without the spaces and line ends around it."""
    try:
        secret = path.expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "no text"
        raise DataError(f"The secret cannot be read ({reason}).", path, "name a text file.") from None
    if not secret:
        raise DataError("There is no secret in this file.", path, "write a word that nobody guesses into it.")
    return secret


def _chosen(names: tuple[str, ...]) -> list[str]:
    return list(NAMES) if not names or "all" in names else [name for name in NAMES if name in names]


def _module(name: str) -> Any:
    return importlib.import_module(f"data_scripts.{name}")


class _Outcome:
    failed = False


@contextlib.contextmanager
def _errors_shown() -> Iterator[_Outcome]:
    outcome = _Outcome()
    try:
        yield outcome
    except DataError as error:
        outcome.failed = True
        click.echo(f"Error: {error}", err=True)
    except KeyboardInterrupt:
        click.echo("Stopped; nothing half made is left.", err=True)
        sys.exit(130)


@contextlib.contextmanager
def _bar(name: str) -> Iterator[_dataset.Progress]:
    """A progress bar on standard error that appears with the first piece done."""
    columns = (TextColumn(name), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    task = bar.add_task(name, total=None)
    shown = False

    def advance(done: int, total: int) -> None:
        nonlocal shown
        if not shown:
            shown = True
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield advance
    finally:
        if shown:
            bar.stop()
