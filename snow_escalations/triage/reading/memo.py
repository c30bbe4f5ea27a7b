"""What is worked out for a word once, as words come back in every text."""

from collections.abc import Callable
from typing import Generic, TypeVar

LONGEST = 48
"""Characters: what is longer is an address or data, which does not come back."""

Made = TypeVar("Made")


class Memo(dict[str, Made], Generic[Made]):
    """What a function gives for a word; `memo[word]` is no call where it is known, which a cache of calls would be.

    It starts anew when it is full, so that it does not grow with the texts that were read.
    """

    __slots__ = ("_most", "_work_out")

    def __init__(self, work_out: Callable[[str], Made], most: int = 1 << 15) -> None:
        super().__init__()
        self._work_out, self._most = work_out, most

    def __missing__(self, word: str) -> Made:
        made = self._work_out(word)
        if len(word) <= LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[word] = made
        return made
