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
from itertools import pairwise
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
_HEADED = word_set("queue line table file page list stack branch document log printer printers trace")
_APART = frozenset(",:;")
_QUOTATION = frozenset("\"“”«`'‘")
_OF_AN_AREA = frozenset({"VP", "SVP", "EVP", "AVP"})
_BEFORE_HYPHEN = word_set("co ex vice deputy the our group company and")
_AFTER_HYPHEN = word_set("level levels suite office in elect designate it hr ops operations finance sales technology")
_RANKS = word_set("ceo cio cto cfo coo ciso vp svp evp director president chief head md gm")
_SIDES = word_set("my the his her our on a to at")
_AT = word_set("of from on at in")
_OUR = word_set("our my")
_THEIR = word_set("her his their")
_PRONOUNS = word_set("he she him herself himself")
_DOCTORS = word_set("dr prof professor doctor")
_PAPERS = word_set("paper papers pack packs")
_LETTERS = word_set("md gm dg")
_SHORT_FORMS = frozenset({"md", "gm", "dg", "exec", "execs", "executives", "executive"})
_SINGLE = frozenset({"president", "head", "director", "rector", "minister", "MD", "GM", "director general", "partner"})
_MANY = frozenset({"board", "management"})
_WEAK = frozenset({"director", "head", "president", "owner", "founder", "board", "management"})
_PASSED = word_set("to by before for from at with reached inform tell told update brief informed briefed")
_STANDING = word_set("the and a by of from with as is to for per via through or both their his her even")
_MEANING = word_set("abbreviation acronym")
_MEANT = frozenset({("for", "short"), ("stands", "for"), ("short", "for"), ("the", "name"), ("is", "spelled")})
_AWAY = word_set("holiday vacation leave")
_MESSAGES = word_set("voicemail voicemails message messages note word")
_APPROVED = word_set("is was has will needed required obtained given pending for by from came")
_TOLD = word_set("was were has had promised told")
_YOUR = word_set("your servicenow")
_OF_A_VENDOR = word_set("csm customer services account")
_OF_VENDORS = frozenset({("customer", "success"), ("services", "org")})
_THIRD_PERSONS = frozenset({("this", "customer"), ("this", "account")})
_BOARDS = word_set("the our my their full whole entire his her group company")
_MEMBERS = word_set(
    "member members directors trustees governors regents vorstand vorstände aufsichtsrat verwaltungsrat"
)
_ONES_OF = word_set("committee member members chair chairman meeting agenda president behalf attention rest front")
_NO_DEED = word_set(
    "crashed failed restarted field feed seed need speed misspelled mapped translated synced imported displayed"
)
_OF_PAPER = word_set("are is were was do does did show shows have had in not from at can cannot")


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
    for number in range(len(said) - 1, max(len(said) - 8, -1), -1):
        words = said[number].words
        first = words[1] if words[0] == "with" and len(words) > 1 else words[0]
        if first in grammar.sets["closings"] and len(words) <= _SIGNATURE_WORDS:
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
        short = first in _SHORT_FORMS and hit.end == hit.begin + 1
        self._whose = self._possessive()
        self._certain = (hit.group in grammar.certain and not short) or first in grammar.sets["by_themselves"]

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
            if _APART & set(self._mark(place + 1)) or self._word(place) in {"name", "is"}:
                break
            if self._word(place) in self._sets["ours"]:
                return "ours"
            if self._word(place) in self._sets["yours"]:
                return "yours"
        return ""

    def _is_thing(self) -> bool:
        hit = self._hit
        if self._heads_a_thing():
            return True
        if hit.begin > 0 and (">" in self._mark(hit.begin) or self._sentence.words[: hit.begin][-2:] == ("not", "a")):
            return True
        if _QUOTATION & set(self._mark(hit.begin)) or self._is_part_of_a_name() or self._is_explained():
            return True
        before = self._word(hit.begin - 1)
        if before == "account" and self._word(hit.end - 1) == "of":
            return False
        if before in self._sets["label"] and "," not in self._mark(hit.begin):
            return not (before in {"support", "it", "data", "app"} and self._whose == "ours")
        return False

    def _heads_a_thing(self) -> bool:
        """Whether what follows the title is a thing: "CEO dashboard", but not "VP Product" nor "CTO reports to"."""
        hit = self._hit
        after, beyond = self._word(hit.end), self._word(hit.end + 1)
        if self._word(hit.end - 1) == "of":
            return (beyond if after in {"the", "a"} else after) in _HEADED and self._whose != "ours"
        things = self._sets["thing"]
        if after not in things or {",", ":", "(", ")"} & set(self._mark(hit.end)):
            return False
        if hit.group in _OF_AN_AREA and after in self._sets["area"]:
            return beyond in things and beyond not in self._sets["function"]
        if hit.group in _OF_AN_AREA and beyond in self._sets["function"]:
            return False
        if after == "approval":
            return beyond not in _APPROVED or self._is_value()
        if after == "reports":
            return beyond in _OF_PAPER or hit.end + 1 == len(self._sentence.words)
        return self._sentence.find(_PRONOUNS, hit.end) < 0

    def _is_part_of_a_name(self) -> bool:
        """Whether hyphens tie the title to what is no person: `srv-vp-01`, `CxO-All`."""
        hit, sentence = self._hit, self._sentence
        if sentence.tied(hit.begin):
            return self._word(hit.begin - 1) not in _BEFORE_HYPHEN
        if sentence.tied(hit.end):
            return self._word(hit.end) not in _AFTER_HYPHEN
        return False

    def _is_explained(self) -> bool:
        """Whether the letters are said to stand for something else: `COO (Cell of Origin)`, "COO for short"."""
        words, begin, end = self._sentence.words, self._hit.begin, self._hit.end
        if end - begin > 1:
            return False
        letters, near = self._word(begin), words[end : end + 8]
        if not _MEANING.isdisjoint(near) or _MEANT & set(pairwise(near[:5])):
            return True
        if "(" in self._mark(end) and _spell(words[end : end + len(letters)], letters):
            return True
        return "(" in self._mark(begin) and _spell(words[max(begin - len(letters), 0) : begin], letters)

    def _is_ours(self) -> bool:
        if self._whose == "yours":
            return True
        hit, words = self._hit, self._sentence.words
        if (not self._whose and self._beside_yours()) or words[hit.end : hit.end + 2] == ("of", "yours"):
            return True
        ours = self._whose == "ours" or not _OUR.isdisjoint(words[hit.end : hit.end + 2])
        return self._is_placed_with_us() or (ours and self._is_of_a_vendor())

    def _is_placed_with_us(self) -> bool:
        """Whether the title is said to be of our side: "the VP of Support at your company"."""
        words, begin = self._sentence.words, self._hit.end
        place = self._sentence.find(_YOUR, begin, min(begin + 6, len(words) - 1))
        if place < 0 or words[place - 1] not in _AT:
            return False
        if any(self._sentence.find(verbs, begin, place) >= 0 for verbs in (self._sets["acts"], self._sets["asks"])):
            return False
        if self._sentence.find(_RANKS, begin, place) >= 0 or self._sentence.find(_TOLD, begin, place) >= 0:
            return False
        return words[place] == "servicenow" or self._word(place + 1) in self._sets["your_side"]

    def _is_of_a_vendor(self) -> bool:
        """Whether the writer is one of ours, who speaks of customers: "our VP of customer success", "this customer"."""
        words, end = self._sentence.words, self._hit.end
        if _OF_A_VENDOR.isdisjoint(words):
            return False
        if "csm" in words[max(self._hit.begin - 2, 0) : self._hit.begin]:
            return True
        if not _OF_VENDORS.isdisjoint(pairwise(words[end : end + 5])):
            return True
        return self._certain and not _THIRD_PERSONS.isdisjoint(pairwise(words[end:]))

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
        if any(self._sentence.find(self._sets[name]) >= 0 for name in ("attends", "auxiliary", "ours")):
            return False
        if hit.group in _WEAK and self._is_value():
            return False
        alone = hit.begin == 0 or bool(self._mark(hit.begin))
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
        if several and not self._technical():
            return True
        if "on" in {ahead, self._word(hit.begin - 2)} or not (several or hit.begin == 0 or known):
            return False
        return self._acts() or self._reached() or self._attention(4 if self._technical() else _AFTER)

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
        if ahead in _OUR and self._attention(2):
            return True
        if self._sentence.find(self._sets["owned"]) >= 0:
            return False
        return ahead in _OUR or (ahead == "the" and self._attention(2))

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

    def _is_value(self, after: int = 5) -> bool:
        """Whether a word close by makes the title a value of a system: "the role director"."""
        hit = self._hit
        place = self._sentence.find(self._sets["listed"], hit.begin - 6, hit.end + after)
        return place >= 0 and not (place == hit.end and self._word(place + 1) in self._sets["function"])

    def _is_with_us(self) -> bool:
        """Whether the title is said to be on the customer's side: "director on our side"."""
        end = self._hit.end
        return self._word(end) in _AT and self._word(end + 1) in _OUR and not self._technical()

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

    def _technical(self) -> bool:
        hit = self._hit
        return self._sentence.find(self._sets["technical"], hit.begin - 10, hit.begin + 12) >= 0

    def _attention(self, after: int) -> bool:
        """Whether a verb that only persons have follows: more than "is" or "has"."""
        end = self._hit.end
        return self._has("asks", 0, after) or self._sentence.find(self._sets["attends"], end, end + after) >= 0

    def _asked_of(self) -> bool:
        """A question that comes from a person: "request from our CIO", "behalf of our VP"."""
        hit = self._hit
        return self._sentence.find(frozenset({"from", "behalf"}), hit.begin - 4, hit.begin) >= 0


def _spell(words: tuple[str, ...], letters: str) -> bool:
    """Whether words that are no rank begin with the letters."""
    return "".join([word[0] for word in words]) == letters and words[0] not in {"chief", "vice"}
