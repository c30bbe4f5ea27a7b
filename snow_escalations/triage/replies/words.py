"""Words from a record, made harmless before they stand in a reply.

ServiceNow renders `[code]...[/code]` in journal fields as HTML while `glide.ui.security.allow_codetag` is true, which
is the default. So no code tag of a record's text, however disguised, may reach a comment. Nor may an address: whoever
reads our reply would take a link in it for ours.
"""

import html
import re
import unicodedata

LENGTH = 200
_TAG = re.compile(r"\[\s*/?\s*c\s*o\s*d\s*e\s*\]", re.IGNORECASE)
_UNIT = re.compile(r"&(?:amp;)*(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z]{2,24});?|.", re.DOTALL)
_BRACKETS = "【〔⁅⟦❲⦋⦍⦏"
_OPENING = re.compile(f"[&\\[{_BRACKETS}]")
_LIKE = str.maketrans(
    {
        **dict.fromkeys(_BRACKETS, "["),
        **dict.fromkeys("】〕⁆⟧❳⦌⦎⦐", "]"),
        **dict.fromkeys("⁄∕⧸╱", "/"),
        **dict.fromkeys("сСϲϹⅽᴄ", "c"),
        **dict.fromkeys("оОοΟօᴏ", "o"),
        **dict.fromkeys("ԁᴅꓒ", "d"),
        **dict.fromkeys("еЕΕεᴇ", "e"),
    }
)
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0")


def without_code_tags(text: str) -> str:
    """The text without `[code]` and `[/code]`, also where removing one makes another; all else stays as it is.

    A tag is one in any case, spacing and width, with characters that do not show, as HTML entities, or with letters
    and brackets of other scripts that look alike.
    """
    while _may_hold_a_tag(text):
        folded, places = _folded(text)
        found = [(places[match.start()][0], places[match.end() - 1][1]) for match in _TAG.finditer(folded)]
        if not found:
            return text
        for start, end in reversed(found):
            text = text[:start] + text[end:]
    return text


def _may_hold_a_tag(text: str) -> bool:
    if text.isascii():
        return "[" in text or "&" in text
    return _OPENING.search(unicodedata.normalize("NFKC", text)) is not None


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text as it looks, and where in the text each of its characters comes from."""
    characters: list[str] = []
    places: list[tuple[int, int]] = []
    for unit in _UNIT.finditer(text):
        for character in _as_it_looks(unit[0]):
            characters.append(character)
            places.append(unit.span())
    return "".join(characters), places


def _as_it_looks(unit: str) -> str:
    while len(unit) > 1 and (plain := html.unescape(unit)) != unit:
        unit = plain
    shown = unicodedata.normalize("NFKC", unit).translate(_LIKE)
    return "".join(character for character in shown if not _is_hidden(character))


def _is_hidden(character: str) -> bool:
    if character in _INVISIBLE or 0xFE00 <= ord(character) <= 0xFE0F:
        return True
    return unicodedata.category(character) in {"Cf", "Cc"} and not character.isspace()


def one_line(text: str, length: int = LENGTH) -> str:
    """Words for use inside a sentence: one line, printable, cut, without code tags."""
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    line = " ".join(text.split())
    line = " ".join(without_code_tags(line).split())
    return line if len(line) <= length else line[: length - 1] + "…"


_SCHEME = re.compile(r"(?i)(?<![a-z0-9])(https?|ftps?|sftp|ssh|file|mailto|tel|sms|javascript|data|vbscript)(?=:\S)")
_ANY_SCHEME = re.compile(r"[:：](?=[/／\\]{2})")
_AT = re.compile(r"(?<=\S)\s?[@＠﹫]\s?(?=\S)")
_DOT = re.compile(r"(?<=[\w-])[.．․](?=[^\W\d_]{2})|(?<=[A-Za-z0-9-])[。｡](?=[A-Za-z]{2})")


def defused(text: str) -> str:
    """Words with addresses in them that no reader's program makes a link of: `hxxps`, `[at]` and `[.]`."""
    text = _SCHEME.sub(lambda match: _bent(match[0]), text)
    text = _ANY_SCHEME.sub("[:]", text)
    return _DOT.sub("[.]", _AT.sub(" [at] ", text))


def _bent(scheme: str) -> str:
    return scheme.replace("tt", "xx").replace("TT", "XX") if scheme.lower().startswith("http") else f"{scheme} "


def quotable(text: str, length: int = LENGTH) -> str:
    """Words of a record for use inside a sentence: one line, cut, without code tags and addresses."""
    return defused(one_line(text, length))


_MONTH = "(?:Januar|Jänner|Februar|Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\\b"
_ITEM = re.compile(rf"(?:[-*•・]|[0-9]+\)|[0-9]+\.(?! {_MONTH})) ")
_SCRIPTS_WITHOUT_BLANKS = ("CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH", "IDEOGRAPHIC")
_CORNERS = frozenset("「」『』【】")


def reflowed(text: str) -> str:
    """Paragraphs as one line each, as journals wrap by themselves; blank lines and list items stay as they are.

    Lines are joined with a blank, but without one beside Chinese or Japanese characters.
    """
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in (line.strip() for line in paragraph.splitlines()):
            if lines and not _ITEM.match(line):
                lines[-1] = _joined(lines[-1], line)
            else:
                lines.append(line)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def _joined(left: str, right: str) -> str:
    runs_on = any(_is_without_blanks(character) for character in (left[-1:], right[:1]))
    return f"{left}{'' if runs_on else ' '}{right}"


def _is_without_blanks(character: str) -> bool:
    return character in _CORNERS or unicodedata.name(character or " ", "").startswith(_SCRIPTS_WITHOUT_BLANKS)
