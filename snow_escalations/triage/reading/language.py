"""Whether a part of a text is in another language than English, the only one that is read.

A language is told by its small words (`data/languages.yaml`): each of them speaks for another language, each that
English has speaks against it, and a run of words that speaks for another beyond a limit is in one, be it half a
sentence. Names, codes, and what people write around an English text in their own language ("Mit freundlichen Grüßen")
tell nothing. Where no word is English, less is enough. Letters of another script count by themselves (`scripts`).
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from snow_escalations.model.base import Model
from snow_escalations.triage.reading.scripts import has_strange_letters, is_of_another_script
from snow_escalations.triage.reading.speech import spoken

_ENOUGH = 4.0
"""What a run of words must speak for another language, of which two at least must be words of one."""
_ENOUGH_ALONE = 2.0
"""The same where no word of a text is English."""
_OURS, _KNOWN = -2.0, -1.0
"""What a small word of English speaks, and another word that English texts have."""
_THEIRS, _TITLED, _SHORT_IN_CAPITALS = 2.0, 1.0, 1.0
"""What a word of another language speaks, one that may be a name, and one of two letters in capitals."""
_EITHER = 0.75
"""What a word speaks that is in the lists of other languages, and of English too."""
_ACCENT, _UNKNOWN = 1.5, 0.5
"""What an unknown word speaks, in small letters: with an accent or an elision (l'export), or without."""
_UNLISTED, _UNLISTED_SHARE = 12, 0.6
"""Of how many words without one of English how many must be unknown for a language that is not listed."""
_ALL_UNKNOWN = 4
_ACCENTED = 3
"""Unknown words from which a text is looked at closely that has accents, or hardly a known word."""
_SHORT_TEXT = 8
"""Words up to which one of another language is reason enough for that."""
_CAPITALS = 2
"""How many capitals for each small letter make a line one that is written in capitals."""
_ACRONYM, _SHORT = 3, 2
_EDGES = "()[]{}<>\"'“”‘’„«».,;:!?*–—…¿¡|"
_CODE = re.compile(r"[\\/_@=<>0-9:.$%&#+]")
_ENDS = (".", "!", "?", ":", "…")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|dell|all|nell|sull|dall|un)['’](?=\w{2})", re.IGNORECASE)
_SAYING = re.compile(r"(?<!\w)['‘„][^'’“\n]{4,200}['’“](?!\w)|(?<!\w)\"[^\"\n]{1,60}\"")
_ACCENTS = re.compile(r"[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_APOSTROPHES = ("'", "’")
_PLAIN = str.maketrans("àáâãäåçèéêëìíîïñòóôõöùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy")


class LanguageFile(Model):
    """Words of English, words of other languages, and patterns of what people write around an English text."""

    english: str
    either: str
    particles: str
    partings: tuple[str, ...]
    words: Mapping[str, str]


class _Word(NamedTuple):
    """A word, whether it has a capital within a sentence, and whether all of its line is written in capitals."""

    word: str
    is_titled: bool
    in_capitals: bool


class Languages:
    """What tells another language from English; `knows` tells whether English texts have a word, in lower case."""

    def __init__(self, file: LanguageFile, knows: Callable[[str], bool]) -> None:
        self._knows = knows
        self._english, self._particles = frozenset(file.english.split()), frozenset(file.particles.split())
        listed = {word for words in file.words.values() for word in words.split()}
        self._either = frozenset(file.either.split()) & listed
        self._telling = frozenset(word.casefold() for word in listed if len(word) > 1) - self._english - self._either
        self._known_telling = frozenset(filter(knows, self._telling))
        """A small set, which is faster to look into than one that does not fit into the cache of the processor."""
        self._partings = re.compile("|".join(file.partings), re.IGNORECASE)

    def is_foreign(self, text: str, words: Sequence[str], unknown: int) -> bool:
        """Whether a part of a text is in a language that is not read.

        Args:
            text: as it was written.
            words: the words of it that are spoken, in lower case.
            unknown: how many of them English texts do not have.
        """
        telling = self._telling if unknown else self._known_telling
        if unknown < _ACCENTED and text.isascii() and telling.isdisjoint(words):
            return False  # as nearly all are
        is_strange = has_strange_letters(text)
        if not is_strange and not self._may_be(text, words, unknown):
            return False
        said = _SAYING.sub(" ", spoken(text))
        if is_strange and is_of_another_script(self._partings.sub(" ", said)):
            return True
        lines = said.split("\n")
        if any(_is_run(self._scores_of(line)) for line in lines if self._tells(line)):
            return True
        has_english = len(words) > _SHORT_TEXT and unknown <= len(words) * _UNLISTED_SHARE
        return not has_english and self._is_of_no_english([score for line in lines for score in self._scores_of(line)])

    def _may_be(self, text: str, words: Sequence[str], unknown: int) -> bool:
        """Whether a text is worth a closer look, which takes long."""
        if unknown >= _ACCENTED and (unknown > len(words) * _UNLISTED_SHARE or _ACCENTS.search(text) is not None):
            return True
        if self._telling.isdisjoint(words):
            return False
        return len(words) <= _SHORT_TEXT or sum(map(self._telling.__contains__, words)) > 1

    def _tells(self, line: str) -> bool:
        """Whether a line has a word that tells of another language, or an accent."""
        if _ACCENTS.search(line) is not None:
            return True
        return not self._telling.isdisjoint([chunk.strip(_EDGES) for chunk in line.casefold().split()])

    def _scores_of(self, line: str) -> list[float]:
        return self._scores(_words_of(self._partings.sub(" ", line)))

    @staticmethod
    def _is_of_no_english(scores: Sequence[float]) -> bool:
        """Whether a text is in another language that has no word that only English has."""
        if _OURS in scores:
            return False
        strange = sum(score > 0 for score in scores)
        if strange == len(scores) >= _ALL_UNKNOWN:
            return True
        if len(scores) >= _UNLISTED and strange > len(scores) * _UNLISTED_SHARE:
            return True
        return any(score >= _ACCENT for score in scores) and sum(scores) >= _ENOUGH_ALONE

    def _scores(self, words: Sequence[_Word]) -> list[float]:
        """How much each word speaks for another language; a small one between two names is part of the name."""
        scores = [self._score(word) for word in words]
        before = False
        for at, (word, score) in enumerate(zip(words, scores, strict=True)):
            if word.word in self._particles:
                following = next((each.word for each in words[at + 1 :] if each.word not in self._particles), "")
                if before and following[:1].isupper():
                    scores[at] = min(score, 0.0)
            else:
                before = word.word[0].isupper()
        return scores

    def _score(self, word: _Word) -> float:
        lower = word.word.casefold()
        if lower in self._english:
            return _OURS
        if lower in self._telling:
            return self._score_of_listed(word)
        if lower in self._either:
            return _EITHER if word.word.islower() or word.in_capitals else 0.0
        if self._knows(lower) or self._knows(lower.translate(_PLAIN)):
            return 0.0 if word.is_titled else _KNOWN
        if not word.in_capitals and (word.is_titled or not word.word[1:].islower()):
            return 0.0
        return _UNKNOWN if lower.isascii() and not lower.endswith(_APOSTROPHES) else _ACCENT

    @staticmethod
    def _score_of_listed(word: _Word) -> float:
        if word.in_capitals:
            return _THEIRS if len(word.word) > _SHORT else _SHORT_IN_CAPITALS
        if word.is_titled:
            return _TITLED if len(word.word) > _ACRONYM and word.word[1:].islower() else 0.0
        return _THEIRS


def _is_run(scores: Iterable[float]) -> bool:
    """Whether one run of the words of a line speaks enough for another language."""
    run, theirs = 0.0, 0
    for score in scores:
        run += score
        theirs += score >= _TITLED
        if run <= 0:
            run, theirs = 0.0, 0
        elif run >= _ENOUGH and theirs > 1:
            return True
    return False


def _words_of(line: str) -> list[_Word]:
    """The words of a line: a name has a capital within a sentence, or stands between two."""
    capitals, small = sum(map(str.isupper, line)), sum(map(str.islower, line))
    in_capitals = capitals > small * _CAPITALS
    words: list[_Word] = []
    begins = True
    for chunk in line.split():
        core = chunk.strip(_EDGES)
        if core and not _CODE.search(core):
            parts = _ELIDED.sub(_apart, core).replace("-", " ").split()
            kept = [part for part in parts if part[0].isalpha()]
            words += [_Word(part, part[0].isupper() and not begins, in_capitals) for part in kept]
        begins = chunk.endswith(_ENDS)
    return words


def _apart(elided: re.Match[str]) -> str:
    return f"{elided[0]} "
