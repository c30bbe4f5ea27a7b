"""The language of a text, told by its function words or its script; empty where it cannot be told."""

from collections import Counter
from functools import cache

from snow_escalations.triage.replies.check.text import Reply
from snow_escalations.triage.replies.check.vocabulary import LANGUAGES, common, language_file

LEAST_SHARE, LEAST_WORDS, LEAD = 0.12, 2, 1.1
_KANA = frozenset(chr(code) for code in range(0x3040, 0x3100) if code not in {0x30FB, 0x30FC})


def language_of(reply: Reply, given: str = "") -> str:
    """The code of a shipped language, or another code if it is known to be that, or empty.

    Args:
        reply: the text.
        given: what the caller says, as `de` or `de-AT`; it is believed.
    """
    if given.strip():
        return given.strip().lower().replace("_", "-").split("-")[0]
    if reply.unspaced_characters * 3 > sum(map(str.isalpha, reply.plain)):
        return "ja" if any(character in _KANA for character in reply.plain) else ""
    words = reply.words.split()
    marks = _marks()
    score: Counter[str] = Counter()
    for word in words:
        for language, weight in marks.get(word, ()):
            score[language] += weight
    ranked = [*score.most_common(2), ("", 0), ("", 0)]
    (first, most), (_, second) = ranked[0], ranked[1]
    if most >= LEAST_WORDS and most >= LEAST_SHARE * len(words) and most >= LEAD * second:
        return first
    return ""


@cache
def _marks() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each function word with the languages that it marks: the more share it, the less it says."""
    lists = {language: language_file(language).function_words for language in LANGUAGES}
    of_word: dict[str, list[str]] = {}
    for language, words in (lists | common().other_languages).items():
        for word in dict.fromkeys(words.split()):
            of_word.setdefault(word, []).append(language)
    return {word: tuple((language, 1 / len(known) ** 0.5) for language in known) for word, known in of_word.items()}
