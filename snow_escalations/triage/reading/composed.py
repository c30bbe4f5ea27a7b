"""Letters written as a letter and its accent, as some systems paste them (`e` and U+0301), read as the one letter.

Only what has such accents is touched, and offsets stay those of the text as given.
"""

from unicodedata import category, normalize

FILLER = "\x00"
"""Stands in place of what became part of the letter before it; folding a word drops it."""
_MOST = 32
"""Accents on one letter that are read: no language has more, and putting many in order takes long."""
_HANGUL = range(0x1160, 0x1200)
"""Vowels and finals of Korean, which join the letter before them and are no accents."""


def composed(text: str) -> str:
    """A text whose offsets do not matter."""
    return text if text.isascii() else filled(text).replace(FILLER, "")


def filled(text: str) -> str:
    """A text of the same length with each letter in one piece, and filler for what it took in."""
    if text.isascii() or not any(map(_joins, text)):
        return text
    begins = [at for at, character in enumerate(text) if at == 0 or not _joins(character)]
    return "".join([_in_one(text[begin:end]) for begin, end in zip(begins, [*begins[1:], len(text)], strict=True)])


def without_filler(text: str) -> tuple[str, list[int]]:
    """A filled text without its filler, and of each of its characters, and of its end, the offset in what was given."""
    kept = [at for at, character in enumerate(text) if character != FILLER]
    return text.replace(FILLER, ""), [*kept, len(text)]


def _joins(character: str) -> bool:
    return character > "\u02ff" and (category(character)[0] == "M" or ord(character) in _HANGUL)


def _in_one(letter: str) -> str:
    if len(letter) == 1 or len(letter) > _MOST:
        return letter
    one = normalize("NFC", letter)
    return one[0] + FILLER * (len(letter) - len(one)) + one[1:] if len(one) <= len(letter) else letter
