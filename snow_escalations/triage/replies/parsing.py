"""The tree of a letter; where Jinja cannot read a tag, that of the letter without it, as Jinja stops at the first.

A tag that cannot be read is a hole: what it prints is left out, and what it asks or sets is a name that nobody knows.
Where the tags do not fit together, nobody knows where a branch ends. Then each is read by itself, and what is so or not
so in a branch has to wait.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from snow_escalations.documents import Position, suggest
from snow_escalations.triage.replies.environment import ReplyEnvironment
from snow_escalations.triage.replies.grammar import refusal
from snow_escalations.triage.replies.tags import NAMELESS, Tag, tags_of, unfit_tags
from snow_escalations.triage.replies.tokens import begin_of

Trouble = tuple[Position, str]
UNREADABLE = (TemplateSyntaxError, RecursionError, SyntaxError, MemoryError, ValueError)
"""What Jinja raises of text that is no template; it makes Python of one, which has limits of its own."""
TOO_DEEP = "is nested too deeply, or has too long a number, to be compiled"
MADE_BY_JINJA = frozenset({"caller", "kwargs", "loop", "self", "super", "varargs"})
"""Names that loops, macros and blocks bring with them."""
_WORDS = ("if", "elif", "else", "endif", "set", "endset")
_REFUSED = frozenset(
    {"for", "block", "extends", "macro", "include", "from", "import", "with", "autoescape", "call", "filter"}
)
_ENDS = frozenset({"endfor", "endblock", "endmacro", "endwith", "endautoescape", "endcall", "endfilter", "print"})
_HOLED = frozenset({"", "if", "elif", "else", "endif", "set"})
"""Of these it is known what they are to the others, whatever is wrong with them."""
_OFFSET = re.compile(r" at \d+$")
_NAME = re.compile(r"[^\W\d]\w*")
_SET = re.compile(r"\{%[-+]?\s*set\s+(?P<name>[^\W\d]\w*)\s*=")
_HOLES = range(0xA000, 0xA48D)
"""Letters that no language of a letter has, each a name by itself."""


@dataclass(frozen=True)
class Parsed:
    """A letter as far as it can be read.

    `text` is what was read, each place in it being that of the letter. `hole` is the name in place of what could not be
    read, and `made` are names that this may make. Unless it `is_joined`, the tags stand one after the other.
    """

    text: str
    tree: nodes.Template
    troubles: tuple[Trouble, ...] = ()
    hole: str = ""
    made: frozenset[str] = frozenset()
    is_joined: bool = True


def parsed(environment: ReplyEnvironment, letter: str) -> Parsed:
    """What can be read of a letter."""
    try:
        return Parsed(letter, environment.parse(letter))
    except UNREADABLE as error:
        return _Mending(environment, letter).parsed(error)


class _Read(NamedTuple):
    """A tag, and what it is by itself, or why it is nothing; neither where only others can tell."""

    tag: Tag
    tree: nodes.Template | None = None
    trouble: str = ""


class _Mending:
    """Reads the tags of a letter that is no template, one by one."""

    def __init__(self, environment: ReplyEnvironment, letter: str) -> None:
        self._environment, self._letter = environment, letter
        self._hole = next((chr(code) for code in _HOLES if chr(code) not in letter), chr(_HOLES[0]))

    def parsed(self, error: BaseException) -> Parsed:
        """What can be read of the letter, the whole of which is this error."""
        read = [self._read(tag) for tag in tags_of(self._letter, lambda tag: self._read(tag).tree is not None)]
        faulty = [item for item in read if item.trouble]
        troubles = tuple((_position(self._letter, item.tag.start), item.trouble) for item in faulty)
        made = frozenset(name for item in faulty if item.tag.word for name in _NAME.findall(item.tag.text))
        if any(item.tag.word not in _HOLED for item in faulty):
            return self._apart(read, troubles, made)
        if faulty:
            mended = self._mended(faulty)
            try:
                return Parsed(mended, self._environment.parse(mended), troubles, self._hole, made)
            except UNREADABLE as further:
                error = further
        tags = [item.tag for item in read]
        unfit = [(tag, refusal(tag.word)) for tag in tags if tag.word in _REFUSED] or unfit_tags(tags)
        told = [(_position(self._letter, tag.start), why) for tag, why in unfit]
        told = told or [(begin_of(self._letter, getattr(error, "lineno", 1)), _said(error))]
        return self._apart(read, (*troubles, *told), made)

    def _read(self, tag: Tag) -> _Read:
        if tag.trouble:
            return _Read(tag, trouble=tag.trouble)
        if tag.word not in {"", "if", "elif", "set", NAMELESS}:
            unknown = f"Encountered unknown tag '{tag.word}'{suggest(tag.word, _WORDS)}"
            is_known = tag.word in _REFUSED or tag.word in _ENDS or tag.word in _WORDS
            return _Read(tag, trouble="" if is_known else unknown)
        if tag.word == "set" and "=" not in tag.text:
            return _Read(tag)
        text = f"{tag.text.replace('elif', 'if', 1)}{{% endif %}}" if tag.word in {"if", "elif"} else tag.text
        try:
            return _Read(tag, self._environment.parse(text))
        except UNREADABLE as error:
            return _Read(tag, trouble=_said(error))

    def _mended(self, faulty: list[_Read]) -> str:
        parts, end = [], 0
        for tag, _, _ in faulty:
            parts += [self._letter[end : tag.start], self._without(tag)]
            end = tag.start + len(tag.text)
        return "".join((*parts, self._letter[end:]))

    def _without(self, tag: Tag) -> str:
        """A hole as long as a tag, with as many lines."""
        sets, blank = _SET.match(tag.text), _blank(tag.text)
        if tag.word in {"if", "elif"}:
            hole = f"{{%{tag.word} {self._hole}%}}"
        elif tag.word in {"else", "endif"}:
            hole = f"{{%{tag.word}%}}"
        elif sets is not None:
            hole = f"{{%set {sets['name']}={self._hole}%}}"
        else:
            return blank
        _, line, rest = blank[: len(hole)].partition("\n")
        return f"{hole}{line}{rest}{blank[len(hole) :]}"

    def _apart(self, read: list[_Read], troubles: tuple[Trouble, ...], made: frozenset[str]) -> Parsed:
        """The tags that can be read, one after the other, of a letter whose tags do not fit together."""
        text, body = list(_blank(self._letter)), []
        for tag, tree, _ in read:
            if tree is None:
                made |= MADE_BY_JINJA.union(_NAME.findall(tag.text))
                continue
            text[tag.start : tag.start + len(tag.text)] = tag.text
            line = self._letter.count("\n", 0, tag.start)
            for node in tree.find_all(nodes.Node):
                node.lineno = (node.lineno or 1) + line
            body += tree.body
        return Parsed("".join(text), nodes.Template(body, lineno=1), troubles, self._hole, made, is_joined=False)


def _position(text: str, offset: int) -> Position:
    return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _blank(text: str) -> str:
    return "".join(character if character == "\n" else " " for character in text)


def _said(error: BaseException) -> str:
    if not isinstance(error, TemplateSyntaxError):
        return TOO_DEEP
    return _OFFSET.sub("", (error.message or "bad syntax").rstrip("."))
