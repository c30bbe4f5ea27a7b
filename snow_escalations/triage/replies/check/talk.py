"""How a reply offers to talk: in words, and by a number that may be dialled."""

import re
from dataclasses import dataclass
from functools import cached_property

from snow_escalations.triage.replies.check.cues import Hit
from snow_escalations.triage.replies.check.read import Read
from snow_escalations.triage.replies.check.text import words_of

_TELEPHONE = re.compile(
    r"(?<![a-zß-ÿ0-9_.,/-])(?:\+|\(?0|\()\(?\d[\d ()./-]{5,17}\d(?![a-zß-ÿ0-9_-])"
    r"|(?<![a-zß-ÿ0-9_.-])\d{3}[ -]\d{3,4}(?:[ -]\d{3,4})?(?![a-zß-ÿ0-9_-])"
)
_DIALLED = re.compile(r"[+(\d][\d ()./-]{5}")
"""Where a telephone number can begin at the earliest."""
_DATE = re.compile(r"\(?\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}")


@dataclass(frozen=True)
class Talk(Read):
    """How a text offers to talk."""

    @cached_property
    def offers_talk(self) -> bool:
        """Whether the text offers a way to talk, in words."""
        against = {hit.sentence for hit in self.of("no_offers")}
        return any(hit.sentence not in against and not self.is_denied(hit) for hit in self.of("offers"))

    @cached_property
    def telephone(self) -> bool:
        """Whether it gives a number that may be dialled."""
        numbers = [words_of(number).strip() for number in telephones_in(self.reply.folded)]
        return any(self._is_given(number) for number in numbers)

    def _is_given(self, number: str) -> bool:
        sought = f"{number} " if self.words.spaced else "".join(number.split())
        stands = [(at, said.find(sought)) for at, said in enumerate(self.said) if sought in said]
        return not stands or any(not self.is_denied(Hit(at, begin, begin + len(sought))) for at, begin in stands)


def telephones_in(text: str) -> list[str]:
    """What is dialled: telephone numbers, and no dates."""
    first = _DIALLED.search(text)
    if first is None:
        return []
    found = (match[0].strip("() ") for match in _TELEPHONE.finditer(text, first.start()))
    return [number for number in found if not _DATE.fullmatch(number)]
