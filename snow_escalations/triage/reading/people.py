"""People of rank on the customer's side, told from products, from records and from our own staff.

A title counts by what stands around it. Spellings that mean a person by themselves (`CIO`, `VP`) count unless the words
around make them a thing ("CEO dashboard") or ours ("your VP"); the others (`president`, `board`, `head of ...`) count
only with a sign of a person: a possessive, an employer, a verb of persons, a signature.

Roles: `asks` and `watches` are as the words say, where a person of rank to whom no verb belongs ("VP level visibility",
"cc: M. Novak (CTO)") watches; `writer` is who signs or speaks ("John Carter, VP Sales" under the text, "COO here");
`announced` is who will be told if nothing happens; `named` is who is only mentioned, has left, or stands in a technical
sentence. `named` is no sign of attention: whoever counts executives leaves it out (`attending`).
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.grammar import Found, Grammar, shipped_grammar
from snow_escalations.triage.reading.quotes import quote
from snow_escalations.triage.reading.scopes import supposed
from snow_escalations.triage.reading.tokens import Said, sentences, word_set

Role = Literal["asks", "watches", "writer", "announced", "named"]
_SIGNATURE_WORDS = 14
_BEFORE, _AFTER, _POSSESSIVE = 5, 7, 3
_DESCRIBING = word_set("of and for in the our my at to von group global")
_AUXILIARY = word_set("is are was has have had will keeps keep level")
_HEADED = word_set("queue line table file page list stack branch document log")
_QUOTATION = frozenset("\"“”«`'‘")
_OF_AN_AREA = frozenset({"VP", "SVP", "EVP", "AVP"})
_BEFORE_HYPHEN = word_set("co ex vice deputy the our group company and")
_AFTER_HYPHEN = word_set("level levels suite office in elect designate")
_C_LEVEL = word_set("c cxo cxos csuite clevel clevels cx0")
_RANKS = word_set("ceo cio cto cfo coo ciso vp svp evp director president chief head md gm")
_SIDES = word_set("my the his her our on a to at")
_AT = word_set("of from on at in")
_OUR = word_set("our my")
_THEIR = word_set("her his their")
_SHORT_FORMS = frozenset({"md", "gm", "dg", "exec", "execs", "executives", "executive"})


class Executive(NamedTuple):
    """A person of rank: the title normalised (`CIO`, `VP`, `board`, `head`), the role, and the words."""

    title: str
    role: Role
    quote: Quote


def executives_in(text: str, *, grammar: Grammar | None = None) -> tuple[Executive, ...]:
    """The people of rank in a text, in the order of their words."""
    used, said = grammar or shipped_grammar(), sentences(text)
    return executives_among(text, said, used.find(said), used)


def executives_among(text: str, said: Said, found: Found, grammar: Grammar) -> tuple[Executive, ...]:
    """The same from what the words of the text match."""
    if not found.titles:
        return ()
    signed = _signature(said, grammar)
    executives = []
    for number, hit in _longest(found.titles):
        role = _Reader(grammar, hit, signature=number >= signed).role()
        if role is not None:
            executives.append(Executive(hit.group, role, quote(text, hit)))
    return tuple(executives)


def attending(executives: Iterable[Executive]) -> tuple[Executive, ...]:
    """Those who watch, ask, write or are about to be told: all but those who are merely named."""
    return tuple(executive for executive in executives if executive.role != "named")


def _longest(titles: list[tuple[int, Hit]]) -> list[tuple[int, Hit]]:
    """Of titles that share words ("senior vice president"), the longest."""
    chosen: list[tuple[int, Hit]] = []
    for number, hit in sorted(titles, key=lambda title: (title[0], title[1].begin, -title[1].end)):
        if not chosen or number > chosen[-1][0] or hit.begin >= chosen[-1][1].end:
            chosen.append((number, hit))
    return chosen


def _signature(said: Said, grammar: Grammar) -> int:
    """The number of the first sentence under the closing of the letter; beyond the last if there is none."""
    for number in range(len(said) - 1, max(len(said) - 8, -1), -1):
        words = said[number].words
        if words[0] in grammar.sets["closings"] and len(words) <= _SIGNATURE_WORDS:
            return number
    return len(said)


class _Reader:
    """The words around one title."""

    def __init__(self, grammar: Grammar, hit: Hit, *, signature: bool) -> None:
        self._sets = grammar.sets
        self._sentence = hit.sentence
        self._hit = hit
        self._signature = signature
        first = self._word(hit.begin)
        self._certain = (hit.group in grammar.certain and first not in _SHORT_FORMS) or first in _C_LEVEL

    def role(self) -> Role | None:
        """What the person does; None if the words are no person, or one of ours."""
        if self._is_thing() or self._is_ours():
            return None
        if self._writes():
            return "writer"
        if not (self._certain or self._is_person()):
            return None
        if self._is_gone() and not self._has("asks", 0, _AFTER):
            return "named"
        if self._has("asks", 0, _AFTER):
            return "announced" if supposed(self._hit) else "asks"
        if self._has("going_to", _BEFORE + 3, 0) and self._has("go_up", _BEFORE, 0):
            return "announced"
        if self._technical() and not (self._attention(_AFTER) or self._introduced()):
            return "named"
        return "asks" if self._asked_of() else "watches"

    def _word(self, place: int) -> str:
        words = self._sentence.words
        return words[place] if 0 <= place < len(words) else ""

    def _mark(self, place: int) -> str:
        marks = self._sentence.marks
        return marks[place] if 0 <= place < len(marks) else ""

    def _has(self, name: str, before: int, after: int) -> bool:
        hit = self._hit
        words = self._sets[name]
        return (before > 0 and self._sentence.find(words, hit.begin - before, hit.begin) >= 0) or (
            after > 0 and self._sentence.find(words, hit.end, hit.end + after) >= 0
        )

    def _possessive(self) -> str:
        """Whose the title is: the nearest possessive before it, with no comma between."""
        for place in range(self._hit.begin - 1, max(self._hit.begin - 1 - _POSSESSIVE, -1), -1):
            if "," in self._mark(place + 1) or self._word(place) in {"name", "is"}:
                break
            if self._word(place) in self._sets["ours"] | self._sets["yours"]:
                return "ours" if self._word(place) in self._sets["ours"] else "yours"
        return ""

    def _is_thing(self) -> bool:
        hit = self._hit
        things = _HEADED if self._word(hit.end - 1) == "of" else self._sets["thing"]
        after, area = self._word(hit.end), hit.group in _OF_AN_AREA
        is_area = area and after in self._sets["area"] and self._word(hit.end + 1) not in things
        if after in things and not is_area and not {",", ":", "(", ")"} & set(self._mark(hit.end)):
            return True
        if _QUOTATION & set(self._mark(hit.begin)) or self._is_part_of_a_name() or self._is_explained():
            return True
        before = self._word(hit.begin - 1)
        if before in self._sets["label"] and "," not in self._mark(hit.begin):
            return not (before in {"support", "it", "data", "app"} and self._possessive() == "ours")
        return False

    def _is_part_of_a_name(self) -> bool:
        """Whether hyphens tie the title to what is no person: `srv-vp-01`, `CxO-All`."""
        hit, sentence = self._hit, self._sentence
        if sentence.tied(hit.begin):
            return self._word(hit.begin - 1) not in _BEFORE_HYPHEN
        if sentence.tied(hit.end):
            return self._word(hit.end) not in _AFTER_HYPHEN
        return False

    def _is_explained(self) -> bool:
        """Whether the letters are said to stand for something else: `COO (Cell of Origin)`."""
        letters, end = self._word(self._hit.begin), self._hit.end
        if "(" not in self._mark(end) or end - self._hit.begin > 1:
            return False
        meaning = self._sentence.words[end : end + len(letters)]
        return "".join(word[0] for word in meaning) == letters and meaning[0] not in {"chief", "vice"}

    def _is_ours(self) -> bool:
        if self._possessive() == "yours":
            return True
        hit, words = self._hit, self._sentence.words
        if not self._possessive() and self._beside_yours():
            return True
        for place in range(hit.end, min(hit.end + 6, len(words) - 1)):
            if words[place] in {"your", "servicenow"} and self._word(place - 1) in {"at", "on", "from", "of", "in"}:
                return words[place] == "servicenow" or self._word(place + 1) in self._sets["your_side"]
        return False

    def _beside_yours(self) -> bool:
        """Whether the title stands with one of ours: "your CEO and the CTO", "your engineer and her director"."""
        begin, words = self._hit.begin, self._sentence.words
        owned = self._sentence.find(self._sets["yours"], begin - 9, begin)
        if owned < 0 or words[owned] == "you" or self._sentence.find(self._sets["ours"], owned, begin) >= 0:
            return False
        joined = "and" in words[owned:begin]
        ranked = self._sentence.find(_RANKS, owned, begin) >= 0
        return joined and (words[begin - 1] in _THEIR or ranked)

    def _is_gone(self) -> bool:
        """Whether the person is of the past: "our former CIO", "the CTO has left" (but not "in my left ear")."""
        hit, words = self._hit, self._sentence.words
        for place in range(max(hit.begin - _BEFORE, 0), min(hit.end + _AFTER, len(words))):
            if words[place] in self._sets["gone"] and (words[place] != "left" or self._word(place - 1) not in _SIDES):
                return True
        return False

    def _introduced(self) -> bool:
        """Whether the title is that of a person beyond doubt: one of theirs, or with a name."""
        hit = self._hit
        if self._sentence.find(self._sets["honorific"], hit.end, hit.end + 3) >= 0:
            return True
        several = hit.end - hit.begin > 1 and hit.group in {"board", "management"}
        return (self._certain or several) and self._possessive() == "ours"

    def _writes(self) -> bool:
        hit = self._hit
        before, ahead = self._word(hit.begin - 1), self._word(hit.begin - 2)
        if before in {"a", "the"}:
            before, ahead = ahead, self._word(hit.begin - 3)
        near = self._sentence.words[max(hit.begin - 4, 0) : hit.begin]
        if ("i", "am", "the") in zip(near, near[1:], near[2:], strict=False):
            return True
        if (before == "am" and ahead == "i") or (before == "as" and ahead in {"writing", "speaking", "i", "you"}):
            return True
        tail = self._sentence.words[hit.end :]
        if "here" in tail[:3] and hit.begin == 0:
            return True
        return self._signs()

    def _signs(self) -> bool:
        """A line of a signature: a title that begins the line, or follows a name and a comma or a dash."""
        hit, words = self._hit, self._sentence.words
        if not self._signature or len(words) > _SIGNATURE_WORDS:
            return False
        if self._sentence.find(self._sets["attends"] | self._sets["ours"], 0) >= 0:
            return False
        weak = hit.group in {"director", "head", "president", "owner", "founder", "board", "management"}
        alone = hit.begin == 0 or bool(self._mark(hit.begin))
        return alone or (not weak) or (hit.begin <= 3 and self._word(hit.begin - 1) in {"it", "operations", "managing"})

    def _is_person(self) -> bool:
        hit = self._hit
        if self._introduced():
            return True
        if self._possessive() == "ours":
            return not self._technical() or self._attention(4)
        if self._is_with_us() or self._heads_something() or self._works_for_the_board():
            return True
        if self._word(hit.end) == "of" or self._word(hit.end - 1) == "of" or self._word(hit.end - 2) == "of":
            place = self._sentence.find(self._sets["employer"], hit.end, hit.end + 4)
            if place >= 0 and not self._technical():
                return True
        if self._technical() and not self._attention(4):
            return False
        if hit.end - hit.begin > 1 and hit.group in {"board", "management", "owner", "partner"}:
            return True
        article = self._word(hit.begin - 1) in self._sets["article"] or hit.begin == 0 or bool(self._mark(hit.begin))
        described = article or self._sentence.find(self._sets["article"], hit.begin - 3, hit.begin) >= 0
        if described or self._sentence.find(self._sets["employer"], hit.begin - 2, hit.begin) >= 0:
            return self._has("attends", 0, _AFTER) or self._has("asks", 0, _AFTER) or self._reached()
        return self._reached()

    def _is_with_us(self) -> bool:
        """Whether the title is said to be on the customer's side: "director on our side"."""
        end = self._hit.end
        return self._word(end) in _AT and self._word(end + 1) in _OUR and not self._technical()

    def _heads_something(self) -> bool:
        """Whether the title says of what: "the head of nursing", in a sentence that tells of no thing."""
        hit = self._hit
        if self._word(hit.end - 1) != "of" or self._technical():
            return False
        return hit.begin == 0 or self._word(hit.begin - 1) in {"the", "and", "a", "by"} or bool(self._mark(hit.begin))

    def _works_for_the_board(self) -> bool:
        """Whether something is made for a board of persons: "the papers for the board"."""
        begin = self._hit.begin
        before = (self._word(begin - 2), self._word(begin - 1))
        wanted = self._hit.group == "board" and before[1] == "the" and before[0] in {"for", "before", "from"}
        return wanted and not self._technical()

    def _reached(self) -> bool:
        if self._word(self._hit.begin - 1) == "on":
            return False
        return self._has("go_up", _BEFORE + 2, 0) or (
            self._has("reached", 3, 0) and self._has("attends", _BEFORE + 4, 0)
        )

    def _technical(self) -> bool:
        hit = self._hit
        return self._sentence.find(self._sets["technical"], hit.begin - 10, hit.begin + 12) >= 0

    def _attention(self, after: int) -> bool:
        """Whether a verb that only persons have follows: more than "is" or "has"."""
        end = self._hit.end
        return (
            self._has("asks", 0, after)
            or self._sentence.find(self._sets["attends"] - _AUXILIARY, end, end + after) >= 0
        )

    def _asked_of(self) -> bool:
        """A question that comes from a person: "request from our CIO", "behalf of our VP"."""
        hit = self._hit
        return self._sentence.find(frozenset({"from", "behalf"}), hit.begin - 4, hit.begin) >= 0
