"""Titles that are no person of the customer's: names of things, and our own staff."""

from itertools import pairwise

from snow_escalations.triage.reading.titles import AT, OUR, TitleInSentence
from snow_escalations.triage.reading.tokens import word_set

_HEADED = word_set("queue line table file page list stack branch document log printer printers trace")
_QUOTATION = frozenset("\"“”«`'‘")
_AFTER_PERSONS = frozenset(",:()")
_OF_AN_AREA = frozenset({"VP", "SVP", "EVP", "AVP"})
_BEFORE_HYPHEN = word_set("co ex vice deputy the our group company and")
_AFTER_HYPHEN = word_set("level levels suite office in elect designate it hr ops operations finance sales technology")
_REACH = 30
"""How far from a title the words that tell who is meant are looked for."""
_RANKS = word_set("ceo cio cto cfo coo ciso vp svp evp director president chief head md gm")
_THEIR = word_set("her his their")
_PRONOUNS = word_set("he she him herself himself")
_MEANING = word_set("abbreviation acronym")
_MEANT = frozenset({("for", "short"), ("stands", "for"), ("short", "for"), ("the", "name"), ("is", "spelled")})
_APPROVED = word_set("is was has will needed required obtained given pending for by from came")
_TOLD = word_set("was were has had promised told")
_YOUR = word_set("your servicenow")
_OF_A_VENDOR = word_set("csm customer services account")
_OF_VENDORS = frozenset({("customer", "success"), ("services", "org")})
_THIRD_PERSONS = frozenset({("this", "customer"), ("this", "account")})
_OF_PAPER = word_set("are is were was do does did show shows have had in not from at can cannot")
_DONE_TO = word_set("this it these your our us my you them every each both")
_DONE_TO_SO = word_set("the that all any a an such")
_SO = word_set("as with like differently")
_SO_REACH = 8
_OF_AUTHORITIES = word_set("information privacy protection data ombudsman electoral")
_HELD = word_set("our my the a your their")
_HELD_IN_FRENCH = word_set("le notre mon un du")


class TitleOfThing(TitleInSentence):
    """Whether a title is that of a thing, or of one of us."""

    def _is_thing(self) -> bool:
        hit = self._hit
        if self._heads_a_thing():
            return True
        mark, ahead = self._mark(hit.begin), self._sentence.words[max(hit.begin - 2, 0) : hit.begin]
        if (">" in mark and hit.begin > 0) or ahead == ("not", "a"):
            return True
        if not _QUOTATION.isdisjoint(mark) or self._is_part_of_a_name() or self._is_explained(mark):
            return True
        if self._ends_a_quotation() or self._is_politeness():
            return True
        before = self._word(hit.begin - 1)
        if before in _OF_AUTHORITIES and hit.group == "mayor":
            return True
        if before == "account" and self._word(hit.end - 1) == "of":
            return False
        if before in self._sets["label"] and "," not in mark:
            return not (before in {"support", "it", "data", "app"} and self._whose == "ours")
        return False

    def _heads_a_thing(self) -> bool:
        """Whether what follows the title is a thing: "CEO dashboard", but not "VP Product" nor "CTO reports to"."""
        hit = self._hit
        after, beyond = self._word(hit.end), self._word(hit.end + 1)
        if self._word(hit.end - 1) == "of":
            return (beyond if after in {"the", "a"} else after) in _HEADED and self._whose != "ours"
        things = self._sets["thing"]
        if after not in things or not _AFTER_PERSONS.isdisjoint(self._mark(hit.end)):
            return False
        if hit.group in _OF_AN_AREA and after in self._sets["area"]:
            return beyond in things and beyond not in self._sets["function"]
        if hit.group in _OF_AN_AREA and beyond in self._sets["function"]:
            return False
        if after == "approval":
            return beyond not in _APPROVED or self._is_value()
        if after == "reports":
            return beyond in _OF_PAPER or hit.end + 1 == len(self._sentence.words)
        if after in self._sets["thing_or_deed"] and self._is_deed(beyond):
            return False
        return self._sentence.find(_PRONOUNS, hit.end, hit.end + _REACH) < 0

    def _ends_a_quotation(self) -> bool:
        """Whether the title is the last of a few words in quotation marks: 'the step "Finance VP"'."""
        begin, after = self._hit.begin, self._mark(self._hit.end)
        if _QUOTATION.isdisjoint(after[:1]):
            return False
        return any(not _QUOTATION.isdisjoint(self._mark(begin - back)) for back in (1, 2) if begin >= back)

    def _is_deed(self, beyond: str) -> bool:
        """Whether the word after the title is what the person does: "views this as", but not "CIO views are wrong"."""
        begin = self._hit.end + 2
        return beyond in _DONE_TO or (beyond in _DONE_TO_SO and self._sentence.find(_SO, begin, begin + _SO_REACH) >= 0)

    def _is_politeness(self) -> bool:
        """Whether the letters are French for "please" ("merci de me rappeler svp"), not a senior vice president."""
        begin, end = self._hit.begin, self._hit.end
        if self._word(begin) != "svp" or self._word(begin - 1) in _HELD_IN_FRENCH:
            return False
        if not _HELD.isdisjoint(self._sentence.words[max(begin - 2, 0) : begin]):
            return False
        return self._sentence.find(self._sets["french"], begin - 5, end + 3) >= 0 and not self._has("asks", 0, 4)

    def _is_part_of_a_name(self) -> bool:
        """Whether hyphens tie the title to what is no person: `srv-vp-01`, `CxO-All`."""
        hit, sentence = self._hit, self._sentence
        if sentence.tied(hit.begin):
            return self._word(hit.begin - 1) not in _BEFORE_HYPHEN
        if sentence.tied(hit.end):
            return self._word(hit.end) not in _AFTER_HYPHEN
        return False

    def _is_explained(self, mark: str) -> bool:
        """Whether the letters are said to stand for something else: `COO (Cell of Origin)`, "COO for short".

        `mark` is what stands before them.
        """
        words, begin, end = self._sentence.words, self._hit.begin, self._hit.end
        if end - begin > 1:
            return False
        letters, near = self._word(begin), words[end : end + 8]
        if not _MEANING.isdisjoint(near) or not _MEANT.isdisjoint(pairwise(near[:5])):
            return True
        if "(" in self._mark(end) and _spell(words[end : end + len(letters)], letters):
            return True
        return "(" in mark and _spell(words[max(begin - len(letters), 0) : begin], letters)

    def _is_ours(self) -> bool:
        if self._whose == "yours":
            return True
        hit, words = self._hit, self._sentence.words
        if (not self._whose and self._beside_yours()) or words[hit.end : hit.end + 2] == ("of", "yours"):
            return True
        ours = self._whose == "ours" or not OUR.isdisjoint(words[hit.end : hit.end + 2])
        return self._is_placed_with_us() or (ours and self._is_of_a_vendor())

    def _is_placed_with_us(self) -> bool:
        """Whether the title is said to be of our side: "the VP of Support at your company"."""
        words, begin = self._sentence.words, self._hit.end
        if self._word(begin) == "your" and self._word(begin - 1) == "of":
            return True  # "the head of your support"
        place = self._sentence.find(_YOUR, begin, min(begin + 6, len(words) - 1))
        if place < 0 or words[place - 1] not in AT:
            return False
        if self._sentence.find(self._sets["acts"], begin, place) >= 0 or self._has("asks", 0, place - begin):
            return False
        if self._sentence.find(_RANKS, begin, place) >= 0 or self._sentence.find(_TOLD, begin, place) >= 0:
            return False
        if words[place] == "servicenow":
            return True
        return not self._sets["your_side"].isdisjoint(words[place + 1 : place + 3])

    def _is_of_a_vendor(self) -> bool:
        """Whether the writer is one of ours, who speaks of customers: "our VP of customer success", "this customer"."""
        words, end = self._sentence.words, self._hit.end
        words = words[: end + _REACH]
        if _OF_A_VENDOR.isdisjoint(words[max(end - _REACH, 0) :]):
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


def _spell(words: tuple[str, ...], letters: str) -> bool:
    """Whether words that are no rank begin with the letters."""
    return "".join([word[0] for word in words]) == letters and words[0] not in {"chief", "vice"}
