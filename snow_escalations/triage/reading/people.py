"""People of rank on the customer's side, told from products, from records and from our own staff.

A title counts by what stands around it. Spellings that mean a person by themselves (`CIO`, `VP`, `chairman`) count
unless the words around make them a thing ("CEO dashboard") or ours ("your VP"). The ranks of single persons
(`president`, `head of ...`) count where they stand as persons do, with an article or a possessive, and no word makes
them a value of a system ("the role director"). The others (`board`, `owner`) count only with a sign of a person: a
possessive, an employer, a verb of persons, a signature.

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
from snow_escalations.triage.reading.things import TitleOfThing
from snow_escalations.triage.reading.titles import AT, OUR
from snow_escalations.triage.reading.tokens import Said, sentences, word_set

Role = Literal["asks", "watches", "writer", "announced", "named"]
_SIGNATURE_WORDS = 14
_BEFORE, _AFTER = 5, 7
_SIDES = word_set("my the his her our on a to at")
_DOCTORS = word_set("dr prof professor doctor")
_BEFORE_CLOSING = word_set("with many very most")
_SPEAKING = word_set("i my we it")
_PAPERS = word_set("paper papers pack packs")
_LETTERS = word_set("md gm dg")
_SINGLE = frozenset({"president", "head", "director", "rector", "minister", "MD", "GM", "director general", "partner"})
_MANY = frozenset({"board", "management"})
_WEAK = frozenset({"director", "head", "president", "owner", "founder", "board", "management"})
_PASSED = word_set("to by before for from at with reached inform tell told update brief informed briefed")
_STANDING = word_set("the and a by of from with as is to for per via through or both their his her even")
_AWAY = word_set("holiday vacation leave")
_LEAVING = _AWAY | {"left"}
_MESSAGES = word_set("voicemail voicemails message messages note word")
_BOARDS = word_set("the our my their full whole entire his her group company")
_MEMBERS = word_set(
    "member members directors trustees governors regents vorstand vorstände aufsichtsrat verwaltungsrat"
)
_ONES_OF = word_set("committee member members chair chairman meeting agenda president behalf attention rest front")
_NO_DEED = word_set(
    "crashed failed restarted field feed seed need speed misspelled mapped translated synced imported displayed"
)


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
    """Of titles that share words ("senior vice president"), the longest, and of these the one that says of what."""
    chosen: list[tuple[int, Hit]] = []
    for number, hit in sorted(titles, key=_by_place):
        if not chosen or number > chosen[-1][0] or hit.begin >= chosen[-1][1].end:
            chosen.append((number, hit))
    return chosen


def _by_place(title: tuple[int, Hit]) -> tuple[int, int, int, bool]:
    number, hit = title
    return number, hit.begin, -hit.end, hit.group == "CXO"


def _signature(said: Said, grammar: Grammar) -> int:
    """The number of the first sentence under the closing of the letter; beyond the last if there is none."""
    closings = grammar.sets["closings"]
    if closings.isdisjoint(said.words):
        return len(said)
    for number in range(len(said) - 1, max(len(said) - 8, -1), -1):
        begin, end = said.begins[number], said.end(number)
        first = said.words[begin + 1] if said.words[begin] in _BEFORE_CLOSING and end - begin > 1 else said.words[begin]
        if first in closings and end - begin <= _SIGNATURE_WORDS:
            return number
    return len(said)


class _Reader(TitleOfThing):
    """The words around one title."""

    def role(self) -> Role | None:
        """What the person does; None if the words are no person, or one of ours."""
        if self._hit.begin == 0 and self._signs():
            return "writer"
        if self._is_thing() or self._is_ours():
            return None
        if self._writes():
            return "writer"
        return self._part() if self._certain or self._is_person() else None

    def _part(self) -> Role:
        """What a person of the customer's side, who is not the writer, has to do with the case."""
        if self._is_gone() and not self._has("asks", 0, _AFTER + 2):
            return "named"
        if self._has("asks", 0, _AFTER):
            return "announced" if supposed(self._hit) else "asks"
        if self._has("going_to", _BEFORE + 3, 0) and self._has("go_up", _BEFORE, 0):
            return "announced"
        if self._is_value(after=2) and not (self._attention(_AFTER) or self._introduced()):
            return "named"
        return "asks" if self._asked_of() else "watches"

    def _is_gone(self) -> bool:
        """Whether the person is of the past: "our former CIO", "the CTO has left" (but not "in my left ear")."""
        hit, words = self._hit, self._sentence.words
        first = max(hit.begin - _BEFORE, 0)
        if _LEAVING.isdisjoint(near := words[first : hit.end + _AFTER]) and self._sets["gone"].isdisjoint(near):
            return False
        for place in range(first, min(hit.end + _AFTER, len(words))):
            word, before = words[place], self._word(place - 1)
            if word == "left":
                gone = before not in _SIDES and self._sentence.find(_MESSAGES, place, place + 5) < 0
            elif word in _AWAY:
                gone = before == "on" and place > hit.end
            else:
                gone = word in self._sets["gone"]
            if gone:
                return True
        return False

    def _introduced(self) -> bool:
        """Whether the title is that of a person beyond doubt: one of theirs, or with a name."""
        hit = self._hit
        if self._sentence.find(self._sets["honorific"], hit.end, hit.end + 3) >= 0:
            return True
        if self._sentence.words[hit.end : hit.end + 2] == ("of", "ours"):
            return True
        several = hit.end - hit.begin > 1 and hit.group in _MANY
        return (self._certain or several) and self._whose == "ours"

    def _writes(self) -> bool:
        hit, begin = self._hit, self._begin_with_area()
        if self._word(begin - 1) in {"a", "the"}:
            begin -= 1
        before, ahead = self._word(begin - 1), self._word(begin - 2)
        near = self._sentence.words[max(hit.begin - 4, 0) : hit.begin]
        if ("i", "am", "the") in zip(near, near[1:], near[2:], strict=False):
            return True
        if (before == "am" and ahead == "i") or (before == "as" and ahead in {"writing", "speaking", "i", "you"}):
            return True
        if before == "as" and self._speaks_on():
            return True
        tail = self._sentence.words[hit.end : hit.end + 3]
        if "here" in tail and hit.begin == 0:
            return True
        return self._signs()

    def _begin_with_area(self) -> int:
        """Where the title begins with what it is for: "Finance Director"."""
        begin = self._hit.begin
        if self._hit.group == "director":
            while begin and self._word(begin - 1) in self._sets["directed"] and not self._mark(begin):
                begin -= 1
        return begin

    def _speaks_on(self) -> bool:
        """Whether the writer goes on about themselves: "As Finance Director I", "As IT Director of the town I"."""
        end, words = self._hit.end, self._sentence.words
        if self._word(end - 1) == "of" or self._word(end) in AT or self._word(end) == "for":
            return "i" in words[end : end + _AFTER]
        return self._word(end) in _SPEAKING

    def _signs(self) -> bool:
        """A line of a signature: a title that begins the line, or follows a name and a comma or a dash."""
        hit, words = self._hit, self._sentence.words
        if not self._signature or len(words) > _SIGNATURE_WORDS:
            return False
        if any(self._sentence.find(self._sets[name]) >= 0 for name in ("attends", "auxiliary", "ours")):
            return False
        if hit.group in _WEAK and self._is_value():
            return False
        begin = self._begin_with_area()
        alone = begin == 0 or bool(self._mark(begin))
        return (
            alone
            or hit.group not in _WEAK
            or (hit.begin <= 3 and self._word(hit.begin - 1) in {"it", "operations", "managing"})
        )

    def _is_person(self) -> bool:
        hit = self._hit
        if self._is_physician():
            return False
        if hit.group == "owner":
            return self._owns_a_firm()
        if hit.group == "board":
            return self._is_board_of_persons()
        if self._introduced():
            return True
        if self._whose == "ours":
            return hit.group == "management" or not self._is_value(after=2)
        return self._is_with_us() or (hit.group in _SINGLE and self._stands_as_a_person()) or self._shows_a_person()

    def _shows_a_person(self) -> bool:
        """Whether other words of the sentence are a sign of a person: an employer, or what persons do."""
        hit = self._hit
        of = "of" in self._sentence.words[max(hit.end - 2, 0) : hit.end + 3]
        if of and not self._technical() and self._sentence.find(self._sets["employer"], hit.end, hit.end + 5) >= 0:
            return True
        if self._technical() and not (self._attention(4) or self._acts()):
            return False
        if hit.group == "management" and (hit.end - hit.begin > 1 or self._attention(4) or self._acts()):
            return True
        if not self._is_described():
            return self._reached()
        if self._has("asks", 0, _AFTER) or self._acts():
            return True
        if hit.group in {"mayor", "chairman"}:
            return False
        weak = self._word(hit.begin) not in _LETTERS and self._has("auxiliary", 0, _AFTER)
        return weak or self._has("attends", 0, _AFTER) or self._reached()

    def _is_described(self) -> bool:
        """Whether an article or an employer stands before the title, or nothing does."""
        begin = self._hit.begin
        if begin == 0 or self._mark(begin):
            return True
        words = self._sentence.words[max(begin - 3, 0) : begin]
        return not self._sets["article"].isdisjoint(words) or not self._sets["employer"].isdisjoint(words[-2:])

    def _is_board_of_persons(self) -> bool:
        """Whether a board is one of directors, not of plastic or of cards: "the board was told"."""
        hit, ahead = self._hit, self._word(self._hit.begin - 1)
        last, several = self._word(hit.end - 1), hit.end - hit.begin > 1
        known = ahead in _BOARDS or ahead in self._sets["employer"]
        if known and self._has("asks_aloud", 0, 2):
            return True
        things = self._sentence.find(self._sets["boards_of_things"], hit.begin - 10, hit.begin + 12) >= 0
        if things or self._word(hit.end)[:1].isdigit() or (last == "boards" and self._whose != "ours"):
            return False
        if last in _PAPERS:
            return (hit.begin == 0 or self._whose == "ours") and not self._technical()
        if self._whose == "ours" or last in _MEMBERS or self._is_addressed() or self._is_of_an_employer():
            return True
        if self._follows_a_rank():
            return True
        if several and not self._technical():
            return True
        if "on" in {ahead, self._word(hit.begin - 2)} or not (several or hit.begin == 0 or known):
            return False
        return self._acts() or self._reached() or self._attention(4 if self._technical() else _AFTER)

    def _follows_a_rank(self) -> bool:
        """Whether it stands beside a person of rank: "CEO and board are informed"."""
        begin = self._hit.begin
        if self._word(begin - 1) == "and":
            return self._word(begin - 2) in self._sets["beside_board"]
        return "&" in self._mark(begin) and self._word(begin - 1) in self._sets["beside_board"]

    def _is_physician(self) -> bool:
        """Whether the letters are a degree: "Dr Shah, MD"."""
        begin = self._hit.begin
        return (
            self._word(begin) == "md"
            and "," in self._mark(begin)
            and self._sentence.find(_DOCTORS, begin - 4, begin) >= 0
        )

    def _owns_a_firm(self) -> bool:
        """Whether an owner is one of a company, not of a case or a record."""
        hit = self._hit
        if (
            self._is_of_an_employer()
            or hit.end - hit.begin > 1
            or self._sentence.find(self._sets["honorific"], hit.end, hit.end + 2) >= 0
        ):
            return True
        ahead = self._word(hit.begin - 1)
        if ahead in OUR and self._attention(2):
            return True
        if self._sentence.find(self._sets["owned"]) >= 0:
            return False
        return ahead in OUR or (ahead == "the" and self._attention(2))

    def _stands_as_a_person(self) -> bool:
        """Whether the rank of one person has the place of a person: "the head of HR", "The president said"."""
        hit, ahead = self._hit, self._word(self._hit.begin - 1)
        if self._is_value():
            return False
        begins = hit.begin == 0 or bool(self._mark(hit.begin))
        of = self._word(hit.end - 1) == "of" or (self._word(hit.end) == "of" and hit.group in {"president", "MD", "GM"})
        if of and (begins or ahead in _STANDING or not ahead.isalpha()):
            return True
        if not self._is_described():
            return False
        return self._acts() or (begins and "," in self._mark(hit.end) and hit.begin > 0)

    def _acts(self) -> bool:
        """Whether a verb that only persons have follows at once, or after a name or what the title is for."""
        end, after = self._hit.end, self._word(self._hit.end)
        if self._sentence.find(self._sets["acts"], end, end + 4) >= 0:
            return True
        return self._hit.group not in {"director", "board"} and after.endswith("ed") and after not in _NO_DEED

    def _is_with_us(self) -> bool:
        """Whether the title is said to be on the customer's side: "director on our side"."""
        end = self._hit.end
        return self._word(end) in AT and self._word(end + 1) in OUR and not self._technical()

    def _is_of_an_employer(self) -> bool:
        """Whether the title is said to be of a company or the like: "the board of our bank"."""
        end = self._hit.end
        return self._word(end) == "of" and self._sentence.find(self._sets["employer"], end, end + 4) >= 0

    def _is_addressed(self) -> bool:
        """Whether something goes to a board, or is of it: "the papers for the board", "a member of the board"."""
        begin = self._hit.begin
        ahead = self._word(begin - 2)
        if self._word(begin - 1) not in {"the", "full"}:
            return False
        return ahead in _PASSED or (ahead == "of" and self._word(begin - 3) in _ONES_OF)

    def _reached(self) -> bool:
        if self._word(self._hit.begin - 1) == "on":
            return False
        return self._has("go_up", _BEFORE + 2, 0) or (
            self._has("reached", 3, 0)
            and (self._has("attends", _BEFORE + 4, 0) or self._has("auxiliary", _BEFORE + 4, 0))
        )

    def _asked_of(self) -> bool:
        """A question that comes from a person: "request from our CIO", "behalf of our VP"."""
        hit = self._hit
        return self._sentence.find(frozenset({"from", "behalf"}), hit.begin - 4, hit.begin) >= 0
