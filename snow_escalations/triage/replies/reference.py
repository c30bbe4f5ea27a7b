"""The reference line, by which a reply is found again on its case: plain text, derived from approval and text."""

import base64
import hashlib

from snow_escalations.model import referenced_escalation

# Crockford's letters: none that is read as another, and no word that offends.
_FROM, _TO = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def reference_prefix(escalation_number: str) -> str:
    """What every reference line to an escalation starts with."""
    return f"Reference {escalation_number}-"


def reference_line(escalation_number: str, approval_sys_id: str, text: str) -> str:
    """`Reference ESC0010023-7K3Q`: the same for the same approval and text, another for any other."""
    digest = hashlib.sha256(f"{approval_sys_id}\n{text.strip()}".encode()).digest()
    mark = base64.b32encode(digest).decode("ascii").translate(str.maketrans(_FROM, _TO))[:4]
    return f"{reference_prefix(escalation_number)}{mark}"


def with_reference(text: str, line: str) -> str:
    """The text with the reference as its last line."""
    return f"{text.strip()}\n\n{line}\n"


def has_reference(text: str, escalation_number: str) -> bool:
    """Whether a text ends in a reference line to the escalation."""
    return referenced_escalation(text) == escalation_number
