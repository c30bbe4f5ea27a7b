"""Whether a text is in another language than English, the only one that is read.

A language is told by its words: of those of who writes English, hardly any is unknown to the table of points,
which was learned from thousands of texts; of one who writes another language most are. Names are left out of the count,
and letters of another script count by themselves, as Japanese has no blanks between its words.
"""

from collections.abc import Callable

from snow_escalations.triage.reading.speech import spoken

_FEW = 0.2
"""Share of unknown words up to which a text is English, names and all."""
_MANY = 0.3
"""Share of unknown words, names left out, beyond which it is not."""
_LEAST = 2
"""Letters of another script, or unknown words where none is known; of one of either, nothing follows."""
_SLIPS = 2
"""Unknown words beside known ones that may be slips or names."""
_LAST_LATIN = "\u036f"
_SIGNS = "()[]{}<>\"'“”‘’„«».,;:!?*-–—…"
_ENDS = (".", "!", "?", ":", "。")


def is_foreign(text: str, words: int, unknown: int, knows: Callable[[str], bool]) -> bool:
    """Whether a text is in a language that is not read.

    Args:
        text: as it was written.
        words: how many words it has.
        unknown: how many of them are not known.
        knows: whether a word is known, in lower case.
    """
    if unknown <= words * _FEW:
        return False
    said = spoken(text)
    return _is_of_another_script(said) or _is_strange(said, knows)


def _is_of_another_script(said: str) -> bool:
    letters = [*filter(str.isalpha, said)] if not said.isascii() else []
    strange = sum(letter > _LAST_LATIN for letter in letters)
    return strange >= _LEAST and strange > len(letters) * _MANY


def _is_strange(said: str, knows: Callable[[str], bool]) -> bool:
    """Whether most words are unknown of those that are no names: a name has a capital within a sentence."""
    known = strange = capitals = 0
    begins = True
    for chunk in said.split():
        word = chunk.strip(_SIGNS)
        if word.replace("'", "").isalpha():
            if knows(word.lower()):
                known += word.islower() or begins
            elif word.islower() or (begins and word[1:].islower()):
                strange += 1
            else:
                capitals += 1  # names, or nouns of German
        begins = chunk.endswith(_ENDS)
    if strange <= (known + strange) * _MANY:
        return False
    return strange + capitals > _SLIPS if known else strange >= _LEAST
