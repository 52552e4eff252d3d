"""The course folder as nbgrader's configuration describes it: where submissions, notebooks and the gradebook are."""

from __future__ import annotations

import glob
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.cells import Problem
from grader.course import Chapter

CONFIG = "nbgrader_config"
#: nbgrader's own defaults of what is used here: to ask it for them would import all of it, which takes seconds
DEFAULTS = {
    "directory_structure": os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}"),
    "submitted_directory": "submitted",
    "autograded_directory": "autograded",
    "release_directory": "release",
    "source_directory": "source",
}


@dataclass(frozen=True)
class CourseFolder:
    """Paths of one assignment in a course folder.

    Attributes:
        root: the course folder.
        config: nbgrader's configuration.
        chapter: the assignment.
    """

    root: Path
    config: Any
    chapter: Chapter

    @classmethod
    def open(cls, root: Path, chapter: Chapter) -> CourseFolder:
        """Read the configuration in ``root``; raises :class:`Problem`."""
        if not root.is_dir():
            raise Problem("There is no such folder.", root, "name the folder with nbgrader_config.py: --course DIR")
        root = root.resolve()
        config = _read_config(root)
        if "root" not in config.CourseDirectory:
            config.CourseDirectory.root = str(root)
        return cls(Path(os.path.abspath(config.CourseDirectory.root)), config, chapter)

    @cached_property
    def directory(self) -> Any:
        """nbgrader's ``CourseDirectory``; imports nbgrader."""
        from nbgrader.coursedir import CourseDirectory

        return CourseDirectory(config=self.config)

    def setting(self, name: str) -> str:
        """A setting of ``CourseDirectory``, as nbgrader would read it."""
        return str(self.config.CourseDirectory.get(name, DEFAULTS[name]))

    def path(self, step: str, student: str) -> Path:
        """Folder of the assignment, for a step such as ``autograded_directory``."""
        parts = {"nbgrader_step": self.setting(step), "student_id": student, "assignment_id": self.chapter.name}
        return self.root / self.setting("directory_structure").format(**parts)

    @property
    def release(self) -> Path:
        """The notebook that students got: of this folder, or else of the course around the grader."""
        own = self.path("release_directory", ".") / self.chapter.notebook
        return own if own.exists() else self.chapter.path("notebooks")

    @property
    def database(self) -> Path | None:
        """The gradebook's file; None when it is not a file of SQLite."""
        url = str(self.config.CourseDirectory.get("db_url", f"sqlite:///{self.root / 'gradebook.db'}"))
        return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None

    @property
    def results(self) -> Path:
        return self.root / "reports" / self.chapter.name / "results"

    def submissions(self) -> dict[str, Path]:
        """Student to folder, for all that handed in something; raises :class:`Problem` when nobody did."""
        structure = self.setting("directory_structure")
        parts = {"nbgrader_step": self.setting("submitted_directory"), "assignment_id": self.chapter.name}
        escaped = {name: glob.escape(text) for name, text in parts.items()}
        pattern = structure.format(student_id="*", **escaped)
        shape = re.escape(structure.format(student_id="\0", **parts))
        student = re.compile(shape.replace(re.escape("\0"), "(.+)"), re.DOTALL)
        found: dict[str, Path] = {}
        for name in glob.glob(pattern, root_dir=self.root):
            match = student.fullmatch(name)
            if match and os.path.lexists(self.root / name) and not (self.root / name).is_file():
                found[match.group(1)] = self.root / name
        if not found:
            raise Problem(
                f"Nobody has handed in {self.chapter.name}.",
                self.root / structure.format(student_id="STUDENT", **parts),
                "put the notebooks there (nbgrader zip_collect does it), or name the course folder: --course DIR",
            )
        return dict(sorted(found.items()))


def _read_config(root: Path) -> Any:
    """``nbgrader_config.py`` of the course folder, over those of Jupyter's own folders, as stock commands do."""
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config import Config
    from traitlets.config.loader import ConfigFileNotFound, JSONFileConfigLoader, PyFileConfigLoader

    config = Config()
    for folder in [*reversed(jupyter_config_path()), str(root)]:
        for loader in (JSONFileConfigLoader(f"{CONFIG}.json", folder), PyFileConfigLoader(f"{CONFIG}.py", folder)):
            try:
                config.merge(loader.load_config())
            except ConfigFileNotFound:
                continue
            except Exception as error:
                raise Problem(
                    f"The configuration cannot be read ({type(error).__name__}: {error}).",
                    Path(folder, CONFIG),
                    "mend it; `nbgrader --version` in the same folder reads it too",
                ) from None
    return config
