"""Jupyter's and nbgrader's own start, without what takes seconds and is not needed here."""

from __future__ import annotations

import sys


def prepare() -> None:
    """To be called before nbformat or nbgrader is imported; does no harm later.

    Both import jsonschema, which builds a grammar of international addresses when it finds the package
    rfc3987_syntax: three seconds of CPU, for a format that no schema of a notebook asks for.
    """
    if "jsonschema" in sys.modules or "rfc3987_syntax" in sys.modules:
        return
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment] # "not there", which jsonschema allows for
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules["rfc3987_syntax"]


def newest_revision() -> str:
    """Version of nbgrader's tables, for a new gradebook.

    nbgrader asks the program alembic for it, which imports all of nbgrader once more, in a process of its own.
    """
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    config = Config()
    config.set_main_option("script_location", ALEMBIC_DIR.replace("%", "%%"))
    head = ScriptDirectory.from_config(config).get_current_head()
    if head is None:
        raise RuntimeError("nbgrader knows no version of its tables")
    return head
