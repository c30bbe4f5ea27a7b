"""HTML in a reply: few tags, without attributes but the address of a link, and each of them closed.

What a browser makes of broken HTML is a matter of its own, so nothing is parsed here: every `<` must begin one of the
forms that are known.
"""

import html
import re
from collections.abc import Iterator

from snow_escalations.documents import Position

TAGS = ("a", "b", "blockquote", "br", "em", "i", "li", "ol", "p", "strong", "u", "ul")
_TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z]+)(?P<link> href="(?P<address>[^"<>\s]*)")?(?P<rest>[^<>]*)>')
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LINK = re.compile(r"\{\{-?\s*commitments\.meeting_link\s*-?\}\}")
_MEETING, _BLANK = "\ue000", "\ue001"
_HAS = f"there are {', '.join(f'<{name}>' for name in TAGS)}"


def bad_tags(letter: str) -> Iterator[tuple[Position, str]]:
    """What a template in HTML has that a reply cannot have, each with its place."""
    plain = _JINJA.sub(lambda match: (_MEETING if _LINK.fullmatch(match[0]) else _BLANK) * len(match[0]), letter)
    for found in re.finditer("<", plain):
        trouble = _trouble(_TAG.match(plain, found.start()))
        if trouble:
            start = found.start()
            yield Position(plain.count("\n", 0, start) + 1, start - plain.rfind("\n", 0, start)), trouble


def _trouble(tag: re.Match[str] | None) -> str | None:
    if tag is None:
        return "a `<` that begins no tag of a reply; write `&lt;` for the character"
    name, address = tag["name"], tag["address"]
    if name not in TAGS:
        return f"a reply cannot have <{name}>: {_HAS}"
    is_link = name == "a" and not tag["end"]
    if tag["rest"].strip() not in ({"", "/"} if name == "br" else {""}) or (tag["link"] and not is_link):
        return f"<{name}> takes no attributes here"
    if is_link and not (address and (set(address) == {_MEETING} or _is_fixed(address))):
        return '<a> leads to the meeting link, `href="{{ commitments.meeting_link }}"`, or to a fixed https address'
    return None


def _is_fixed(address: str) -> bool:
    return address.startswith("https://") and len(address) > 8 and not {_MEETING, _BLANK} & set(address)


def check_markup(rendered: str) -> None:
    """Whether a rendered letter has none but known tags, each of them closed in its turn.

    Raises:
        ValueError: it has others, or they are not closed.
    """
    for found in re.finditer("<", rendered):
        trouble = _trouble(_TAG.match(rendered, found.start()))
        if trouble:
            raise ValueError(trouble)
    check_ends(rendered)


def check_ends(rendered: str) -> None:
    """Whether each tag of a rendered letter is closed in its turn, those aside that a reply cannot have.

    Raises:
        ValueError: one is not.
    """
    open_tags: list[str] = []
    for tag in _TAG.finditer(rendered):
        if tag["name"] == "br" or tag["name"] not in TAGS or "/" in tag["rest"]:
            continue
        if not tag["end"]:
            open_tags.append(tag["name"])
        elif not open_tags or open_tags.pop() != tag["name"]:
            raise ValueError(f"</{tag['name']}> closes what is not open there")
    if open_tags:
        raise ValueError(f"<{open_tags[-1]}> is not closed")


def begins_no_tag(letter: str) -> bool:
    """Whether a `<` of a template begins no tag, so that nobody knows what it opens or closes."""
    plain = _JINJA.sub(lambda match: _BLANK * len(match[0]), letter)
    return any(_TAG.match(plain, found.start()) is None for found in re.finditer("<", plain))


_BREAK = re.compile(r"<br ?/?>|</(?:p|li|ol|ul|blockquote)>")


def words_of(markup: str) -> str:
    """What a person reads of a letter in HTML, a line for each paragraph."""
    lines = html.unescape(re.sub(r"<[^<>]*>", "", _BREAK.sub("\n", markup))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip()) + "\n"
