"""Which parts of a text the customer speaks: not quoted mail, not log lines, not code, not text in quotation marks.

All of it works on a copy of the text that has the same length, so that offsets stay those of the text as given: what is
not spoken becomes blanks, what HTML writes as an entity becomes the character and filler.
"""

import html
import re
from collections.abc import Collection

from snow_escalations.triage.reading.composed import FILLER

_ENTITY = re.compile(r"&#?\w{1,10};")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,10})\b[^<>]{0,300}>|\[/?code\]", re.IGNORECASE)
_INLINE = frozenset({"b", "i", "u", "em", "strong", "span", "a", "font", "sub", "sup"})
_FENCE = re.compile(r"```|</?(?:pre|code)\b[^<>]{0,100}>", re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n?")
_WROTE = re.compile(r"\s*(?:On|Am|Le)\b.{4,200}\bwrote:\s*$")
_HISTORY = re.compile(
    r"\s*(?:-{3,}\s*(?:Original Message|Forwarded message).*|_{10,}\s*|From:\s.{1,200})$", re.IGNORECASE
)
_HEADER = re.compile(r"\s*(?:Sent|To|Date|Subject|Cc):\s", re.IGNORECASE)
_LOG = re.compile(
    r"(?:[\[(]\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d"
    r"|\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d|\S*\s+(?:\[|TRACE|DEBUG|INFO|WARN|ERROR|FATAL|SEVERE|NOTICE))"
    r"|[\[(]?\d\d:\d\d:\d\d|[A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d"
    r"|\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|NOTICE)\]?[\s:\[(-]+(?=.*[a-z0-9])"
    r"|at [\w.$<>]+\(|Caused by:|\.{3} \d+ more|[\w.$]+(?:Exception|Error):|[$#] \w|[A-Z]:\\)"
)
_LEVEL = re.compile(r"\b(?:TRACE|DEBUG|WARN|FATAL|SEVERE)\b|\b(?:INFO|ERROR|WARNING)\b(?=[\s:\[]+[\w.]*\d|:)")
_LEVELS = ("TRACE", "DEBUG", "WARN", "FATAL", "SEVERE", "INFO", "ERROR")
_QUOTED = re.compile(r"\"[^\"\n]{1,300}\"|“[^”\n]{1,300}”|«[^»\n]{1,300}»|`[^`\n]{1,300}`")
_QUOTES = ('"', "“", "«", "`")
_WORDS_OF_A_SAYING = 3
_SIGNS = (
    "\n", "\r", '"', "“", "«", "`", "&", "<", "[",
    "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "SEVERE", "NOTICE",
)  # fmt: skip
_COLON_SIGNS = (
    "wrote:", "From:", "from:", "FROM:", "Caused by:", "Exception:", "Error:",
    ":\\", ":0", ":1", ":2", ":3", ":4", ":5",
)  # fmt: skip
"""One of both is in every text that has markup, quoted words, or a line of a log or of mail."""
_SIGN = re.compile("|".join(map(re.escape, (*_SIGNS, *_COLON_SIGNS, "by:"))))
_WORD = re.compile(r"[^\W\d_]{2,}")
_LITTLE, _LEAST_LEFT_OUT = 12, 4
"""Words: fewer spoken are little, and fewer left out are nothing."""
_AS_MUCH = 2
"""A text of fewer characters for each of a spoken word has less that is left out than what is spoken."""
_POINTING = frozenset(("below", "following", "forwarded", "forwarding", "fwd", "fw", "underneath", "beneath", "pasted"))
_IN_NO_SIGN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789().,;?!'-")
"""Each sign has a character besides these."""


def begins_spoken(text: str) -> bool:
    """Whether all of a text is spoken if no part of it between blanks has signs."""
    return text[:1].isalpha() and "\n" not in text and '"' not in text and not text.startswith("at ")


def has_signs(chunk: str) -> bool:
    """Whether a text may have anything that the customer does not say if this stands between two of its blanks."""
    return not _IN_NO_SIGN.issuperset(chunk) and _SIGN.search(chunk) is not None


def spoken(text: str) -> str:
    """The text with blanks for what the customer does not say; of the same length, character by character."""
    if text[:1].isalpha() and not text.startswith("at ") and not _has_signs(text):
        return text
    if "&" in text or "<" in text or "[" in text:
        text = _ENTITY.sub(_character, text)
        text = _without_fences(text)
        text = _TAG.sub(_gap, text)
    elif "```" in text:
        text = _without_fences(text)
    text = text.replace("\r", " ")
    said = "".join(_lines_spoken(text))
    return _QUOTED.sub(_saying, said) if any(map(said.__contains__, _QUOTES)) else said


def _has_signs(text: str) -> bool:
    """Whether a text may have anything that the customer does not say."""
    return any(map(text.__contains__, _SIGNS if ":" not in text else _SIGNS + _COLON_SIGNS))


def _character(match: re.Match[str]) -> str:
    written = html.unescape(match[0])
    size = len(match[0])
    if len(written) != 1:
        return match[0] if written == match[0] else " " * size
    if written in "<>":  # a comparison or an address, not markup
        return written + " " * (size - 1)
    filler = FILLER if written.isalnum() or written in "'’‘" else " "
    return written + filler * (size - 1)


def _gap(match: re.Match[str]) -> str:
    size = len(match[0])
    name = (match[1] or "").lower()
    if name in _INLINE or match[1] is None:
        return " " * size
    return ("\n\n" if name not in {"br", "div"} else "\n ") + " " * (size - 2)


def _blank(text: str) -> str:
    return "\n".join([" " * len(line) for line in text.split("\n")])


def _without_fences(text: str) -> str:
    fences = list(_FENCE.finditer(text))
    parts, at = [], 0
    for opening, closing in zip(fences[::2], fences[1::2], strict=False):
        parts += [text[at : opening.start()], _blank(text[opening.start() : closing.end()])]
        at = closing.end()
    return "".join(parts) + text[at:]


def _lines_spoken(text: str) -> list[str]:
    lines = _LINE.findall(text)
    has_mail, has_levels = _has_mail(text), any(map(text.__contains__, _LEVELS))
    result: list[str] = []
    for number, line in enumerate(lines):
        bare = line.rstrip("\n")
        if has_mail and _begins_history(lines, number, bare):
            return result + [_blank(rest) for rest in lines[number:]]
        said = bare.lstrip()
        if said.startswith(">") or (has_mail and _WROTE.match(said)) or _LOG.match(said):
            result.append(_blank(line))
        elif has_levels and (level := _LEVEL.search(bare)) and bare.upper() != bare:
            result.append(_without_message(line, level.start()))
        else:
            result.append(line)
    return result


def _without_message(line: str, start: int) -> str:
    """A line without the message of a log from an offset on, up to the end of the quotation in which it stands."""
    end = line.find('"', start) if line.count('"', 0, start) % 2 else -1
    end = end if end >= 0 else len(line)
    return line[:start] + _blank(line[start:end]) + line[end:]


def _has_mail(text: str) -> bool:
    """Whether a text may have a line that tells of earlier mail."""
    return "wrote:" in text or "---" in text or "___" in text or "from:" in text.lower()


def _begins_history(lines: list[str], number: int, line: str) -> bool:
    """Whether all that follows is earlier mail: under a mail header, or under "... wrote:" without marks."""
    following = [later for later in lines[number + 1 : number + 4] if later.strip()]
    if _HISTORY.match(line):
        return not line.lstrip().lower().startswith("from:") or bool(following and _HEADER.match(following[0]))
    return bool(_WROTE.match(line)) and not any(later.lstrip().startswith(">") for later in following)


def _saying(match: re.Match[str]) -> str:
    inside = match[0]
    return _blank(inside) if len(inside.split()) >= _WORDS_OF_A_SAYING else inside


def words_left_out(text: str, spoken_words: Collection[str]) -> int:
    """How many words of a text are quoted, forwarded or marked as code, if those count for more than what is spoken.

    They do where little is spoken beside them, or what is spoken points to them ("see below"). Lines of logs never do.
    """
    if len(spoken_words) >= _LITTLE and _POINTING.isdisjoint(spoken_words):
        return 0
    if len(text) <= _AS_MUCH * sum(map(len, spoken_words)):
        return 0
    said = spoken(text)
    kept = [" " if spoke == character else character for spoke, character in zip(said, text, strict=True)]
    written = _TAG.sub(_gap, _ENTITY.sub(" ", "".join(kept)))
    lines = [line for line in written.split("\n") if not _LOG.match(line.lstrip())]
    left_out = sum(len(_WORD.findall(line)) for line in lines if _LEVEL.search(line) is None)
    return left_out if left_out >= max(_LEAST_LEFT_OUT, len(spoken_words)) else 0
