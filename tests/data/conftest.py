"""Fixtures of this folder; they live in a module with a name of its own, so that tests can import from it."""

from data_support import *  # noqa: F403
