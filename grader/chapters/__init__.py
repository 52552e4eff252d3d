"""The checks of each chapter, one module a chapter: ``from grader.chapters import ch01``."""
