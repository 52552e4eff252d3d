"""The one error that a user of this package may see."""

from __future__ import annotations


class DataError(Exception):
    """Something about the data stands in the way: what, where, and what to do about it.

    Parameters
    ----------
    what
        What went wrong, in one sentence.
    where
        The file, folder or address concerned.
    todo
        What the user can do now.
    """

    def __init__(self, what: str, where: object = "", todo: str = "") -> None:
        super().__init__(what, str(where), todo)
        self.what, self.where, self.todo = what, str(where), todo

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where:      {self.where}")
        if self.todo:
            lines.append(f"  what to do: {self.todo}")
        return "\n".join(lines)
