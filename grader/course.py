"""The course as a whole: its chapters, their exercises, and where its notebooks lie. Loads no chapter by itself."""

from __future__ import annotations

import importlib
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.exercise import Exercise


@dataclass(frozen=True)
class Chapter:
    """One chapter: ``name`` is also its assignment and its notebook, ``module`` holds its checks."""

    name: str
    module: str

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Its exercises in order."""
        return importlib.import_module(f"grader.chapters.{self.module}").EXERCISES

    @property
    def notebook(self) -> str:
        """The notebook's file name."""
        return f"{self.name}.ipynb"

    def path(self, tree: str) -> Path:
        """Its notebook in ``solutions`` or ``notebooks``."""
        return project_root() / tree / self.name / self.notebook

    @property
    def points(self) -> float:
        return sum(exercise.points for exercise in self.exercises)


#: every chapter of the course, in order; a new chapter is one line here and one module in ``grader/chapters``
CHAPTERS: tuple[Chapter, ...] = (
    Chapter("01_oop_datasets", "ch01"),
    Chapter("02_training_evaluation", "ch02"),
    Chapter("03_gradients", "ch03"),
    Chapter("04_images", "ch04"),
    Chapter("05_cnn", "ch05"),
    Chapter("06_image_classifiers", "ch06"),
    Chapter("07_sequences", "ch07"),
    Chapter("08_rnn", "ch08"),
    Chapter("09_lstm_gru", "ch09"),
    Chapter("10_training_rnns", "ch10"),
    Chapter("11_multi_input", "ch11"),
    Chapter("12_multi_output", "ch12"),
)


def project_root() -> Path:
    """The folder with ``notebooks`` and ``solutions``: ``COURSE_ROOT``, or the checkout around this package."""
    setting = os.environ.get("COURSE_ROOT")
    return Path(setting) if setting else Path(__file__).resolve().parent.parent


def find_chapter(text: str) -> Chapter:
    """A chapter by name, module or number: ``01_oop_datasets``, ``ch01``, ``1``. KeyError when there is none."""
    wanted = Path(text).stem
    for chapter in CHAPTERS:
        if wanted in {chapter.name, chapter.module, chapter.module.removeprefix("ch").lstrip("0")}:
            return chapter
    raise KeyError(text)


def find_exercise(text: str) -> tuple[Chapter, Exercise]:
    """An exercise by number, key or name: ``1.3``, ``ch01.water_dataset``, ``water_dataset``. KeyError if none."""
    for chapter in CHAPTERS:
        for exercise in chapter.exercises:
            if text in {exercise.number, exercise.key, exercise.name}:
                return chapter, exercise
    raise KeyError(text)


def reference_answer(exercise: Exercise) -> str | None:
    """Source of the reference's solution cell, without markers; None when there are no solutions here."""
    chapter, _ = find_exercise(exercise.key)
    try:
        cells = json.loads(chapter.path("solutions").read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return None
    for cell in cells:
        if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") == exercise.name:
            source = "".join(cell["source"])
            return "\n".join(line for line in source.splitlines() if "### " not in line)
    return None
