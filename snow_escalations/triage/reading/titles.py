"""A title where it stands: the words around it, whose it is, and whether they tell of a thing or of a person."""

from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.grammar import Grammar
from snow_escalations.triage.reading.tokens import word_set

AT = word_set("of from on at in")
OUR = word_set("our my")
_POSSESSIVE = 3
_APART = frozenset(",:;")
_SHORT_FORMS = frozenset({"md", "gm", "dg", "exec", "execs", "executives", "executive"})


class TitleInSentence:
    """A title with what its sentence says around it."""

    def __init__(self, grammar: Grammar, hit: Hit, *, signature: bool) -> None:
        self._sets = grammar.sets
        self._sentence = hit.sentence
        self._hit = hit
        self._signature = signature
        first = self._word(hit.begin)
        short = first in _SHORT_FORMS and hit.end == hit.begin + 1
        self._whose = self._possessive()
        self._certain = (hit.group in grammar.certain and not short) or first in grammar.sets["by_themselves"]

    def _word(self, place: int) -> str:
        words = self._sentence.words
        return words[place] if 0 <= place < len(words) else ""

    def _mark(self, place: int) -> str:
        return self._sentence.mark(place)

    def _has(self, name: str, before: int, after: int) -> bool:
        hit = self._hit
        words = self._sets[name]
        return (before > 0 and self._sentence.find(words, hit.begin - before, hit.begin) >= 0) or (
            after > 0 and self._sentence.find(words, hit.end, hit.end + after) >= 0
        )

    def _possessive(self) -> str:
        """Whose the title is: the nearest possessive before it, with no comma between."""
        begin, sets = self._hit.begin, self._sets
        near = self._sentence.words[max(begin - _POSSESSIVE, 0) : begin]
        if sets["ours"].isdisjoint(near) and sets["yours"].isdisjoint(near):
            return ""
        for place in range(begin - 1, max(begin - 1 - _POSSESSIVE, -1), -1):
            if _APART & set(self._mark(place + 1)) or self._word(place) in {"name", "is"}:
                break
            if self._word(place) in sets["ours"]:
                return "ours"
            if self._word(place) in sets["yours"]:
                return "yours"
        return ""

    def _technical(self) -> bool:
        hit = self._hit
        return self._sentence.find(self._sets["technical"], hit.begin - 10, hit.begin + 12) >= 0

    def _attention(self, after: int) -> bool:
        """Whether a verb that only persons have follows: more than "is" or "has"."""
        end = self._hit.end
        return self._has("asks", 0, after) or self._sentence.find(self._sets["attends"], end, end + after) >= 0

    def _is_value(self, after: int = 5) -> bool:
        """Whether a word close by makes the title a value of a system: "the role director"."""
        hit = self._hit
        place = self._sentence.find(self._sets["listed"], hit.begin - 6, hit.end + after)
        return place >= 0 and not (place == hit.end and self._word(place + 1) in self._sets["function"])
