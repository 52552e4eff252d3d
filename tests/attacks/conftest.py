"""Fixtures of this folder, and the way to the helpers of ``tests/official``."""

import sys
from pathlib import Path

import pytest

sys.path.insert(1, str(Path(__file__).parent.parent / "official"))
pytest.register_assert_rewrite("attack_expectations")

from attack_support import *  # noqa: E402, F403
from official_support import course  # noqa: E402, F401
