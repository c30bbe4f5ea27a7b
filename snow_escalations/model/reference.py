"""The reference line that ends every reply, such as `Reference ESC0010023-7K3Q`: how one is known again."""

import re

_LINE = re.compile(r"Reference (?P<number>\S+)-(?P<mark>[0-9A-Z]{4,})\s*\Z")


def referenced_escalation(text: str) -> str | None:
    """The number of the escalation whose reference line ends a text, or None."""
    match = _LINE.search(text.rstrip()[-80:])
    return match["number"] if match is not None else None
