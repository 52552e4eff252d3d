"""Data sets of the course: one module per set; prepare it offline, or fetch the real one.

    from data_scripts import water
    files = water.prepare()  # files.train, files.test, files.source

or, in a terminal, `python -m data_scripts prepare`. `docs/data.md` describes the sets, their licenses and how the
stand-ins differ from the real ones.
"""

from data_scripts._dataset import Withhold
from data_scripts._errors import DataError

NAMES = ("water", "clouds", "electricity", "omniglot")

__all__ = ["NAMES", "DataError", "Withhold"]
