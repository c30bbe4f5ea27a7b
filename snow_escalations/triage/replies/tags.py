"""The tags of a text that may be no template: where each begins and ends, as far as that can be told."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_OPENING = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}|\{\{|\{%|\{#")
_RAW_END = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_COMMENT_END = re.compile(r"#\}")
_TEXTS = r"""'(?:\\.|[^'\\])*+'|"(?:\\.|[^"\\])*+\""""
_WORD = re.compile(r"\{%[-+]?\s*(?P<word>\w+)")
_ENDS = {"{{": "}}", "{%": "%}"}
_WHOLE = {mark: re.compile(rf"(?:{_TEXTS}|(?!{end}).)*+{end}", re.DOTALL) for mark, end in _ENDS.items()}
"""A tag up to its end, which is none between quotes."""
_OF_IF = frozenset({"if", "elif", "else", "endif"})
NAMELESS = "?"
"""In place of the first word of a tag that prints nothing and has none."""


class Tag(NamedTuple):
    """A tag with its place; `word` is the first one in it, and empty where it prints."""

    start: int
    text: str
    word: str
    trouble: str = ""


def tags_of(letter: str, is_whole: Callable[[Tag], bool]) -> Iterator[Tag]:
    """The tags of a letter; no comments, and nothing that stands there raw.

    A tag in which another seems to begin goes up to that one, unless it `is_whole`: its end was forgotten.
    """
    opening = _OPENING.search(letter)
    while opening is not None:
        start, mark = opening.start(), opening[0]
        if mark in _ENDS:
            tag = _tag(letter, start, mark, is_whole)
            yield tag
            end = start + len(tag.text)
        else:
            ending = (_COMMENT_END if mark == "{#" else _RAW_END).search(letter, opening.end())
            if ending is None:
                close = "#}" if mark == "{#" else "{% endraw %}"
                yield Tag(start, letter[start:], NAMELESS, f"what begins here has no end; write `{close}`")
                return
            end = ending.end()
        opening = _OPENING.search(letter, end)


def unfit_tags(tags: Sequence[Tag]) -> list[tuple[Tag, str]]:
    """The tags of `if` that fit to no others, and why; none where there are tags of other kinds between them."""
    if any(tag.word not in {"", "set", *_OF_IF} for tag in tags):
        return []
    unfit: list[tuple[Tag, str]] = []
    opened: list[tuple[Tag, bool]] = []
    for tag in tags:
        if tag.word == "if":
            opened.append((tag, False))
        elif tag.word in _OF_IF and not opened:
            unfit.append((tag, f"`{tag.word}` without an `if` before it"))
        elif tag.word == "endif":
            opened.pop()
        elif tag.word in {"elif", "else"}:
            opening, has_else = opened.pop()
            opened.append((opening, has_else or tag.word == "else"))
            if has_else:
                unfit.append((tag, f"`{tag.word}` after the `else` of the same `if`"))
    return [*unfit, *((tag, "this `if` has no end; write `{% endif %}` behind what it is about") for tag, _ in opened)]


def _tag(letter: str, start: int, mark: str, is_whole: Callable[[Tag], bool]) -> Tag:
    close = _ENDS[mark]
    whole = _WHOLE[mark].match(letter, start) if letter.find(close, start) >= 0 else None
    found = _WORD.match(letter, start) if mark == "{%" else None
    word = found["word"] if found is not None else "" if mark == "{{" else NAMELESS
    following = _OPENING.search(letter, start + 2)
    stop = len(letter) if following is None else following.start()
    if whole is not None:
        tag = Tag(start, whole[0], word)
        if whole.end() <= stop or is_whole(tag):
            return tag
    # A quote too many hides the end.
    nearest = letter.find(close, start + 2, stop)
    if nearest >= 0:
        return Tag(start, letter[start : nearest + 2], word)
    return Tag(start, letter[start:stop], word, f"what begins here has no end; write `{close}`")
