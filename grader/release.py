"""From an edited solution notebook to the student notebook: ``uv run python -m grader.release 01_oop_datasets``.

Runs the solution notebook, stores its outputs, makes sure that the reference passes every check, and lets nbgrader
generate the student version. Nothing is replaced before all of that has worked.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from grader import lean
from grader.course import CHAPTERS, Chapter, find_chapter, project_root


def execute(chapter: Chapter, timeout: int = 300) -> str:
    """The solution notebook with fresh outputs, as text. ClickException on an error or a failed check."""
    lean.prepare()
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    path = chapter.path("solutions")
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=timeout, record_timing=False, resources={"metadata": {"path": str(path.parent)}}
    )
    try:
        client.execute(env=os.environ | {"GRADER_PROGRESS": "off", "TQDM_DISABLE": "1"})
    except CellExecutionError as error:
        raise click.ClickException(f"{path.name}: a cell of the solution notebook stopped.\n{error}") from None
    passed = set()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            verdict = output.get("metadata", {}).get("verdict")
            if verdict and verdict["outcome"] == "passed":
                passed.add(verdict["exercise"])
    missing = [exercise.key for exercise in chapter.exercises if exercise.key not in passed]
    if missing:
        raise click.ClickException(f"{path.name}: the reference does not pass {', '.join(missing)}.")
    return nbformat.writes(notebook) + "\n"


def generate(chapter: Chapter, into: Path) -> Path:
    """Let nbgrader write the student version below ``into``; its path. ClickException with nbgrader's own words."""
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", chapter.name, "--force", "--no-db"]
    done = subprocess.run(
        [*command, f"--CourseDirectory.release_directory={into}"],
        cwd=project_root(),
        capture_output=True,
        text=True,
        check=False,
    )
    made = into / chapter.name / chapter.notebook
    if done.returncode != 0 or not made.exists():
        raise click.ClickException(f"nbgrader could not generate {chapter.name}:\n{done.stderr[-2000:]}")
    return made


def replace(path: Path, text: str) -> None:
    """Write beside, then rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".tmp", delete=False, encoding="utf-8") as beside:
        beside.write(text)
    os.chmod(beside.name, 0o644)
    os.replace(beside.name, path)


@click.command()
@click.argument("chapters", nargs=-1)
def main(chapters: tuple[str, ...]) -> None:
    """Run solution notebooks and regenerate their student versions (all chapters when none is named).

    Example: python -m grader.release 01_oop_datasets
    """
    try:
        chosen = [find_chapter(name) for name in chapters] or list(CHAPTERS)
    except KeyError as error:
        raise click.ClickException(f"no chapter {error}; there are {', '.join(c.name for c in CHAPTERS)}") from None
    for chapter in chosen:
        click.echo(f"{chapter.name}: running the solution notebook ...")
        text = execute(chapter)
        replace(chapter.path("solutions"), text)
        with tempfile.TemporaryDirectory() as folder:
            replace(chapter.path("notebooks"), generate(chapter, Path(folder)).read_text(encoding="utf-8"))
        click.echo(f"{chapter.name}: {chapter.points:g} points, outputs stored, student notebook generated")


if __name__ == "__main__":
    main()
