"""What a writer meant to fill in and did not: `[NAME]`, `{{ reason }}`, TBD, lorem ipsum.

Signs of the customer's own world stay fine: `<name>` in a command, "[URGENT]" in a subject, "the field [Date]".
"""

import re
from collections.abc import Iterator

from snow_escalations.triage.replies.check.checked import Checked, leak
from snow_escalations.triage.replies.check.model import Point

_FILLED_IN = (
    r"name|reason|date|time|product|customer|client|contact|agent|company|link|url|phone|number|amount|placeholder|"
    r"grund|datum|uhrzeit|produkt|kunde|firma|telefon|nom|raison|motif|heure|produit|nombre|motivo|fecha|hora|producto|"
    r"cliente|telefono|teléfono"
)
_TO_FILL_IN = (
    r"insert|enter|fill in|your|placeholder|tbd|todo|xxx+|hier einfügen|einfügen|ihr name|insérer|à compléter|insertar|"
    r"rellenar|記入|入力"
)
_PAIRS = (
    r"(?:customer|client|contact|agent|company|product|first|last|case|account|manager)(?:'s)?[ _-]"
    r"(?:name|number|id|owner|manager|date)"
)
_BRACKETS = re.compile(
    rf"\[\s*(?:(?:{_TO_FILL_IN})\b[^\]\n]{{0,60}}|{_PAIRS}|(?:記入|入力)[^\]\n]{{0,20}})\s*\]", re.IGNORECASE
)
_CAPITALS = re.compile(rf"\[\s*(?:[A-ZÀ-Ü]+[ _-])?(?:{_FILLED_IN.upper()})(?:[ _-][A-ZÀ-Ü]+)?\s*\]")
_ANGLES = re.compile(r"<\s*(?:insert|enter|fill in|placeholder|tbd|todo)\b[^>\n]{0,60}>", re.IGNORECASE)
_CURLY = re.compile(r"\{\{[^{}\n]{0,80}\}\}|\{%[^{}\n]{0,80}%\}")
_BARE = re.compile(
    r"(?<![\w./-])(?:TBD|TODO|[Xx]{3,}|_{4,}|\?{3,})(?![\w/-])|(?i:\blorem ipsum\b|\basdf(?: asdf)*\b)"
)  # "todo" is all in Spanish


def placeholders(text: str) -> Iterator[str]:
    """The placeholders of a text, as they are written."""
    for pattern in (_BRACKETS, _CAPITALS, _ANGLES, _CURLY, _BARE):
        for found in pattern.finditer(text):
            yield found[0]


def no_placeholders(checked: Checked) -> Point:
    """Nothing that was still to be filled in."""
    return leak("no_placeholders", "a placeholder", placeholders(checked.reply.plain))
