"""What expanding an outline has come to: its mistakes, and how much it has taken from files."""

from __future__ import annotations

from deckgen.limits import MOST_LOOKED, MOST_PROBLEMS, MOST_VALUES
from deckgen.source import Mark, Problem

FEWER = "take fewer with `filter`, or keep in the file what the slide shows"


class Tally:
    """Counts as it goes; what is over a limit is told."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._values = self._looked = 0

    def tell(self, mark: Mark, message: str, hint: str = "") -> None:
        """Keep a mistake, one more than are told at most."""
        if not self.is_full:
            self.problems.append(Problem(mark, message, hint))

    @property
    def is_full(self) -> bool:
        """Whether no further mistake will be told."""
        return len(self.problems) > MOST_PROBLEMS

    def may_look(self, rows: int, mark: Mark) -> bool:
        """Whether a slide may go through rows of a file; told if all together are too many."""
        self._looked += rows
        if self._looked > MOST_LOOKED:
            told = f"the slides look through over {MOST_LOOKED:,} rows of files"
            self.tell(mark, told, "keep in a file what its slides show")
        return self._looked <= MOST_LOOKED

    def may_make(self, values: int, mark: Mark) -> bool:
        """Whether a slide may have values of a file; told if all together are too many."""
        self._values += values
        if self._values > MOST_VALUES:
            self.tell(mark, f"the outline takes over {MOST_VALUES:,} values from files", FEWER)
        return self._values <= MOST_VALUES
