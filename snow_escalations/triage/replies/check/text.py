"""A reply made comparable: one form of every character, sentences of folded words, any script, in linear time."""

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

NUMBER, CASE = "escalationnumber", "casenumber"
"""The words that stand for the numbers of the escalation and of the case."""
UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿ༀ-࿿ក-៿က-႟]")
_FORMAT = {code: None for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"}
_SIGNS = str.maketrans("’‘ʼ´`‐‑‒–—−", "'''''------")
_REFERENCE = re.compile(r"\n[^\S\n]*Reference [^\s-]\S{0,60}-[0-9A-Z]{4,12}\s*\Z")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s]+|[\w.+-]{1,64}@[\w.-]+\w", re.ASCII)
_BREAK = re.compile(
    r"(?<![ \n][A-Z])(?<![ \n]\d)(?<![ \n]\d\d)(?<!\bM[rs])(?<!\b[DS]r)(?<!\b[HF]r)(?<!\bMrs)(?<!\bSra)(?<!\bMme)"
    r"(?<!\bNo)(?<!\bNr)\.(?=[\s\"')]|\Z)|[!?…;](?=\s|\Z)|[。！？!?]|\n[^\S\n]*(?=\n|[-*•])|\|"
)
_SPLIT = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not"}
_CONTRACTED = re.compile(r"\b(?:won't|can't|cannot|shan't)\b|n't\b|'(?:ll|ve|re|m)\b")
_ENDINGS = {"n't": " not", "'ll": " will", "'ve": " have", "'re": " are", "'m": " am"}
LONGEST_WORDS, LONGEST_CHARACTERS, LONGEST_WORD = 80, 200, 80
"""Where a sentence is cut, and a word: what is compared within a sentence stays bounded on any text."""
_NO_WORD = re.compile(r"[^\w|]+|_+")


def one_form(text: str) -> str:
    """The text in the compatible form of Unicode, without characters that are not seen, with plain quotes and dashes."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_FORMAT)


def words_of(text: str) -> str:
    """The words of a text in lower case, with one blank before, between and after them."""
    return f" {' '.join(_NO_WORD.sub(' ', one_form(text).lower().replace('|', ' ')).split())} "


def sentences_of(text: str) -> list[str]:
    """The sentences of a text in one form: words in lower case, with one blank between."""
    broken = _BREAK.sub("|", text).lower()
    if "'" in broken or "cannot" in broken:
        broken = _CONTRACTED.sub(lambda match: _SPLIT.get(match[0]) or _ENDINGS[match[0]], broken)
    return [said for part in _NO_WORD.sub(" ", broken).split("|") if (said := part.strip())]


def without_reference(text: str) -> str:
    """The text without the reference line that it ends in."""
    return _REFERENCE.sub("", f"\n{text.rstrip()}").lstrip("\n")


@lru_cache(maxsize=4096)
def _number(number: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(one_form(number.strip()))}(?![0-9])", re.IGNORECASE)


def names(text: str, number: str) -> bool:
    """Whether a text in one form has a record's number as a word of its own."""
    return _number(number).search(text) is not None


@dataclass(frozen=True)
class Reply:
    """A reply and the forms of it that the points look at, each made once."""

    raw: str
    number: str
    case: str

    @cached_property
    def plain(self) -> str:
        """The text in one form, without its reference line."""
        return one_form(without_reference(self.raw))

    @cached_property
    def folded(self) -> str:
        """The same in lower case."""
        return self.plain.lower()

    @cached_property
    def words(self) -> str:
        """All words, each between blanks."""
        return f" {' '.join(_NO_WORD.sub(' ', self.folded.replace('|', ' ')).split())} "

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences as words with a blank after each; the numbers of escalation and case are words of their own."""
        found: list[str] = []
        for sentence in self._said:
            if len(sentence) <= LONGEST_WORDS:
                found.append(f"{sentence} ")
                continue
            words = [word[:LONGEST_WORD] for word in sentence.split()]
            found += [
                f"{' '.join(words[at : at + LONGEST_WORDS])} " for at in range(0, len(words), LONGEST_WORDS)
            ]
        return found

    @cached_property
    def unspaced(self) -> list[str]:
        """The sentences for a script without blanks: without any."""
        joined = ["".join(sentence.split()) for sentence in self._said]
        return [
            sentence[at : at + LONGEST_CHARACTERS]
            for sentence in joined
            for at in range(0, len(sentence), LONGEST_CHARACTERS)
        ]

    @cached_property
    def _said(self) -> list[str]:
        text = self.plain
        if "@" in text or "://" in text or "www." in text:
            text = _ADDRESS.sub(" ", text)
        for number, word in ((self.number, NUMBER), (self.case, CASE)):
            if number:
                text = _number(number).sub(f" {word} ", text)
        return sentences_of(text)

    @cached_property
    def unspaced_characters(self) -> int:
        """How many characters are of a script that has no blanks between words."""
        return 0 if self.plain.isascii() else len(UNSPACED.findall(self.plain))
