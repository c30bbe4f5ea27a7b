"""A reply made comparable: one form of every character, sentences of folded words, any script, in linear time."""

import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

NUMBER, CASE = "escno", "caseno"
"""The words that stand for the numbers of the escalation and of the case."""
UNSPACED = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿ༀ-࿿ក-៿က-႟]")
_FORMAT = {code: None for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf"}
_SIGNS = str.maketrans("’‘ʼ´`‐‑‒–—−", "'''''------")
_REFERENCE = re.compile(r"\n[^\S\n]*Reference [^\s-]\S{0,60}-[0-9A-Z]{4,12}\s*\Z")
_LINK = re.compile(r"[hHwW](?:(?<=[hH])[tT][tT][pP][sS]?://|(?<=[wW])[wW][wW]\.)\S+")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]+\w", re.ASCII)
_ENDS = "".join(rf"|{re.escape(sign)}(?=\s|\Z)" for sign in "…;:")
_DIALLED = "|".join(rf"(?<={before}\d\d\.)" for before in (r"\d ", "xtension ", "xtensión ", "urchwahl ", "oste "))
"""Two digits that are dialled, and are no day of a month."""
_BREAK = re.compile(  # each alternative begins with a sign, so that only the signs are looked at
    rf"\.(?=[\s\"')]|\Z)(?<![ \n][A-Z]\.)(?<![ \n]\d\.)(?:(?<![ \n]\d\d\.)|{_DIALLED})"
    r"(?<!\bM[rs]\.)(?<!\b[DS]r\.)(?<!\b[HF]r\.)(?<!\bMrs\.)(?<!\bSra\.)(?<!\bMme\.)(?<!\bN[or]\.)"
    rf"{_ENDS}|!|\?|。|！|？|\||\n[^\S\n]*(?=\n|[-*•])|-(?=\s)(?<=\s-)"
)
_CONTRACTED = (
    ("cannot", "can not"),
    ("won't", "will not"),
    ("can't", "can not"),
    ("shan't", "shall not"),
    ("n't", " not"),
    ("'ll ", " will "),
    ("'ve ", " have "),
    ("'re ", " are "),
    ("'m ", " am "),
    ("it's ", "it is "),
    ("that's ", "that is "),
    ("there's ", "there is "),
    ("he's ", "he is "),
    ("here's ", "here is "),
)
LONGEST_WORDS, LONGEST_CHARACTERS, LONGEST_WORD = 80, 200, 80
"""Where a sentence is cut, and a word: what is compared within a sentence stays bounded on any text."""
CLAUSE = "clausemark"
"""What stands for a comma among words."""
COLON = "colonmark"
"""What stands for a colon among words."""
_COLON = re.compile(r":(?=\s|\Z)")
_COMMA = re.compile(r",(?=\s)|[()、]")
_KIND = re.compile(r"([a-z]{2,12})\d{4,}")
_NO_WORD = re.compile(r"[^\w| ]+|_+")
_BLANKS = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum() and chr(code) != "|"})
SHORT = 200
"""Characters up to which the words of a name are kept."""


def one_form(text: str) -> str:
    """The text in the compatible form of Unicode, without characters that are not seen, with plain quotes."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_FORMAT)


def words_of(text: str) -> str:
    """The words of a text in lower case, with one blank before, between and after them."""
    return _words_of_name(text) if len(text) <= SHORT else _words(one_form(text).lower())


@lru_cache(maxsize=8192)
def _words_of_name(text: str) -> str:
    return _words(one_form(text).lower())


def _words(folded: str) -> str:
    return f" {' '.join(_blanked(folded.replace('|', ' ')).split())} "


def _blanked(folded: str) -> str:
    """A text with blanks for all that is neither of a word nor a break."""
    blanked = folded.translate(_BLANKS)
    return blanked if blanked.isascii() else _NO_WORD.sub(" ", blanked)


def sentences_of(text: str, numbers: Iterable[tuple[re.Pattern[str], str]] = ()) -> list[str]:
    """The sentences of a text in one form: words in lower case, with one blank between."""
    broken = _BREAK.sub("|", text).lower()
    if "'" in broken or "cannot" in broken:
        for short, full in _CONTRACTED:
            broken = broken.replace(short, full)
    for number, word in numbers:
        broken = number.sub(word, broken)
    return [said for part in _blanked(broken).split("|") if (said := " ".join(part.split()))]


def without_reference(text: str) -> str:
    """The text without the reference line that it ends in."""
    return _REFERENCE.sub("", f"\n{text.rstrip()}").lstrip("\n")


@lru_cache(maxsize=4096)
def _number(number: str) -> re.Pattern[str]:
    alone = rf"(?:(?<![^\W_])|(?<={UNSPACED.pattern}))"  # where there are no blanks, it follows a word directly
    return re.compile(rf"{alone}{re.escape(one_form(number.strip()))}(?![0-9])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def _any_number(number: str) -> re.Pattern[str]:
    """The number in lower case, or another of its kind: a reply that names the wrong escalation is still read."""
    folded = one_form(number.strip()).lower()
    kind = _KIND.fullmatch(folded)
    known = re.escape(folded) if kind is None else rf"{re.escape(kind[1])}\d{{4,}}"
    return re.compile(rf"{known}(?![0-9])")


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
    def tokens(self) -> list[str]:
        """What stands between blanks, in lower case."""
        return self.folded.split()

    @cached_property
    def longest_token(self) -> int:
        """The length of the longest of them."""
        return max(map(len, self.tokens), default=0)

    @cached_property
    def words(self) -> str:
        """All words, each between blanks."""
        return _words(self.folded)

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences as words with a blank after each; the numbers of escalation and case are words of their own."""
        found: list[str] = []
        for sentence in self._said:
            if len(sentence) <= LONGEST_WORDS:
                found.append(f"{sentence} ")
                continue
            words = [word[:LONGEST_WORD] for word in sentence.split()]
            found += [f"{' '.join(words[at : at + LONGEST_WORDS])} " for at in range(0, len(words), LONGEST_WORDS)]
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
    def marked(self) -> list[list[str]]:
        """The words of the sentences, with `CLAUSE` where a comma or a bracket stands."""
        said = (sentence.split() for sentence in self._sentences(_COMMA.sub(f" {CLAUSE} ", self.plain)))
        return [words for words in said if set(words) != {CLAUSE}]

    @cached_property
    def announcing(self) -> frozenset[int]:
        """The sentences, as they are read, that end in a colon."""
        found, at = set[int](), 0
        for sentence in self._sentences(_COLON.sub(f" {COLON}:", self.plain)):
            words = sentence.split()
            if words == [COLON]:
                continue
            announces = words[-1] == COLON
            at += -(-(len(words) - announces) // LONGEST_WORDS)
            if announces:
                found.add(at - 1)
        return frozenset(found)

    @cached_property
    def _said(self) -> list[str]:
        return self._sentences(self.plain)

    def _sentences(self, text: str) -> list[str]:
        if "://" in text or "www." in text:
            text = _LINK.sub(" ", text)
        if "@" in text:
            text = _MAIL.sub(" ", text)
        numbers = ((self.number, NUMBER), (self.case, CASE))
        return sentences_of(text, [(_any_number(number), f" {word} ") for number, word in numbers if number.strip()])

    @cached_property
    def is_unspaced(self) -> bool:
        """Whether a third of the letters are of a script that has no blanks between words."""
        if self.plain.isascii():
            return False
        characters = len(UNSPACED.findall(self.plain))
        return characters > 0 and characters * 3 > sum(map(str.isalpha, self.plain))
