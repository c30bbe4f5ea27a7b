"""The language of a text, told by its function words or its script; empty where it cannot be told."""

from functools import cache

from snow_escalations.triage.replies.check.text import Reply
from snow_escalations.triage.replies.check.vocabulary import LANGUAGES, common, language_file, vocabulary

LEAST_SHARE, LEAST_WORDS, LEAD = 0.12, 2, 1.1
LOOKED_AT = 320
"""Characters of a text that are enough to tell its language."""
SHORT = 24
"""Words up to which a text without function words is told by its cues."""
TELLING = ("granted", "refused", "refused_so", "because", "hollow", "facts", "next_steps", "offers", "courtesy")
_KANA = frozenset(chr(code) for code in range(0x3040, 0x3100) if code not in {0x30FB, 0x30FC})


def language_of(reply: Reply, given: str = "") -> str:
    """The code of a shipped language, or another code if it is known to be that, or empty.

    Args:
        reply: the text.
        given: what the caller says, as `de` or `de-AT`; it is believed.
    """
    if given.strip():
        return given.strip().lower().replace("_", "-").split("-")[0]
    if reply.is_unspaced:
        return "ja" if any(character in _KANA for character in reply.plain) else ""
    words = reply.words[:LOOKED_AT].split()
    marks = _marks()
    score: dict[str, float] = {}
    for found in map(marks.get, words):
        for language, weight in found or ():
            score[language] = score.get(language, 0) + weight
    ranked = [*sorted(score.items(), key=lambda item: -item[1])[:2], ("", 0), ("", 0)]
    (first, most), (_, second) = ranked[0], ranked[1]
    if most >= LEAST_WORDS and most >= LEAST_SHARE * len(words) and most >= LEAD * second:
        return first
    return _by_cues(reply) if len(words) <= SHORT and not most > LEAST_WORDS else ""


def _by_cues(reply: Reply) -> str:
    """The language of a text that is too short for function words: the one in which it says most, if there is one."""
    found = {language: _said_in(reply, language) for language in LANGUAGES if vocabulary(language).spaced}
    best = max(found, key=lambda language: found[language])
    return best if list(found.values()).count(found[best]) == 1 else ""


def _said_in(reply: Reply, language: str) -> int:
    hits = vocabulary(language).hits(reply)
    return sum(len(hits.get(group, ())) for group in TELLING)


@cache
def _marks() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each function word with the languages that it marks: the more share it, the less it says."""
    lists = {language: language_file(language).function_words for language in LANGUAGES}
    of_word: dict[str, list[str]] = {}
    for language, words in (lists | common().other_languages).items():
        for word in dict.fromkeys(words.split()):
            of_word.setdefault(word, []).append(language)
    return {word: tuple((language, 1 / len(known) ** 0.5) for language in known) for word, known in of_word.items()}
