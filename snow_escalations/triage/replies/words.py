"""Words from a record, made harmless before they stand in a reply.

ServiceNow renders `[code]...[/code]` in journal fields as HTML while `glide.ui.security.allow_codetag` is true, which
is the default. So no code tag of a record's text, however disguised, may reach a comment.
"""

import re
import unicodedata

LENGTH = 200
_TAG = re.compile(r"\[\s*/?\s*c\s*o\s*d\s*e\s*\]", re.IGNORECASE)
_BRACKETS = str.maketrans({"［": "[", "］": "]", "【": "[", "】": "]", "〔": "[", "〕": "]", "⁅": "[", "⁆": "]"})


def without_code_tags(text: str) -> str:
    """The text without `[code]` and `[/code]` in any case, spacing or width, also where removing one makes another."""
    while True:
        probe = unicodedata.normalize("NFKC", text.translate(_BRACKETS))
        probe = "".join(character for character in probe if unicodedata.category(character) != "Cf")
        if not _TAG.search(probe):
            return text
        text = _TAG.sub("", probe)


def one_line(text: str, length: int = LENGTH) -> str:
    """Words of a record for use inside a sentence: one line, printable, cut, without code tags."""
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    line = without_code_tags(line)
    return line if len(line) <= length else line[: length - 1] + "…"


_ITEM = re.compile(r"(?:[-*•]|[0-9]+[.)]) ")


def reflowed(text: str) -> str:
    """Paragraphs as one line each, as journals wrap by themselves; blank lines and list items stay as they are."""
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in (line.strip() for line in paragraph.splitlines()):
            if lines and not _ITEM.match(line):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)
