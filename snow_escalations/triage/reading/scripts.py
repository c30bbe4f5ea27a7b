"""Letters of other scripts than the Latin one: whether so many stand in a text that they say something.

A name, the label of a field or the name of a firm in another script says nothing that matters; a sentence does. How
long one is depends on the script, as Japanese and Thai have no blanks between words.
"""

import re

_STRANGE = re.compile(r"[\u0370-\u1dff\u2c00-\u2dff\u3040-\ua7ff\uac00-\ud7ff\uf900-\ufaff\ufe70-\ufeff\uff66-\uffdc]")
_KANA = re.compile(r"[\u3041-\u309f]")
_WITHOUT_BLANKS = re.compile(r"[\u0e00-\u0eff\u3400-\u9fff\u30a0-\u30ff\uac00-\ud7ff]")
_FIRM = re.compile(r"\S*(?:株式会社|有限公司|公司|주식회사|บริษัท)\S*")
_LEAST_KANA = 2
_LEAST_WITHOUT_BLANKS = 8
_LEAST_WORDS = 3
_LEAST = 2
_MOST_OF = 0.5


def has_strange_letters(text: str) -> bool:
    """Whether a letter of another script stands in a text."""
    return not text.isascii() and _STRANGE.search(text) is not None


def is_of_another_script(said: str) -> bool:
    """Whether a line of a text says something in another script, or most of its letters are of one."""
    letters = sum(map(str.isalpha, said))
    strange = len(_STRANGE.findall(said))
    return (strange >= _LEAST and strange > letters * _MOST_OF) or any(map(_says_something, said.split("\n")))


def _says_something(line: str) -> bool:
    if len(_KANA.findall(line)) >= _LEAST_KANA:
        return True
    if len(_WITHOUT_BLANKS.findall(_FIRM.sub(" ", line))) >= _LEAST_WITHOUT_BLANKS:
        return True
    words = [word for word in line.split() if _STRANGE.search(word) is not None]
    return len(words) >= _LEAST_WORDS and sum(not word[0].isupper() for word in words) >= _LEAST
