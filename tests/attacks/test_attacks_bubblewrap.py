"""Every attack on the backend "bubblewrap"; see attack_expectations.py for what must hold."""

import pytest
from attack_expectations import *  # noqa: F403
from attack_support import needs


@pytest.fixture(scope="module")
def backend() -> str:
    return needs("bubblewrap")
