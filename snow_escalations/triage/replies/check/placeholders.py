"""What a writer meant to fill in and did not: `[NAME]`, `{{ reason }}`, TBD, lorem ipsum.

Signs of the customer's own world stay fine: `<name>` in a command, "[URGENT]" in a subject, "the field [DATE]", the key
[Enter], a path with [account_id], a link, a ruled line, and whatever stands between backticks.
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
    r"(?:fill in|placeholder|tbd|todo|xxx+|hier einfügen|ihr name|votre nom|su nombre|à compléter)\b[^\]\n]{0,60}|"
    r"(?:insert|enter|your|einfügen|insérer|insertar|rellenar)\s[^\]\n]{1,60}|"  # alone they are keys and buttons
    r"(?:記入|入力)[^\]\n]{0,20}"
)
_PAIRS = (
    r"(?:customer|client|contact|agent|company|product|first|last|case|account|manager)(?:'s)?[ _-]"
    r"(?:name|number|id|owner|manager|date)"
)
_MARKED = (
    re.compile(rf"\[\s*(?:{_TO_FILL_IN}|{_PAIRS})\s*\]", re.IGNORECASE),
    re.compile(
        rf"\[\s*(?:[A-ZÀ-Ü]+[ _-])?(?:{_FILLED_IN.upper()})(?:[ _-](?:HERE|HIER|ICI|AQUÍ|{_FILLED_IN.upper()}))?\s*\]"
    ),
    re.compile(r"<\s*(?:insert|enter|fill in|placeholder|tbd|todo)\b[^>\n]{0,60}>", re.IGNORECASE),
    re.compile(r"\{\{[^{}\n]{0,80}\}\}|\{%[^{}\n]{0,80}%\}"),
)
_ANY = r"(?:\[[^\W\d_][^\]\n]{1,60}\]|<[^\W\d_][^<>\n]{1,60}>|\$?\{[^\W\d_][^{}\n]{1,40}\})"
_PLACED = (  # where anything in brackets is still to be filled in: behind a greeting, a "because", as a signature
    re.compile(
        r"\b(?:dear|hello|hi|guten tag|hallo|sehr geehrte[rs]?(?:/r)?|bonjour|estimad[oa](?:/a)?|hola)"
        rf"(?: (?:mr|ms|mrs|herr|frau|m|mme|sra?)\.?)? (?:{_ANY}(?=[,:;!.]|\s*$)|(?:none|null|undefined)(?=,))",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"\b(?:because(?: of)?|weil|wegen|parce que|en raison de|porque|debido a) [\[<][^\[\]<>\n]{0,30}"
        r"\b(?:reasons?|cause|explain|gr(?:und|ünde)|begründung|motifs?|raisons?|motivos?|razón)\b[^\[\]<>\n]{0,30}[\]>]",
        re.IGNORECASE,
    ),
    re.compile(
        r"^[^\S\n]*\[(?:(?:your|ihr|votre|su) )?(?:name|nom|nombre|signatur|signature)\][^\S\n]*$",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(r"[\[<{【][^\[\]<>{}【】\n]{1,20}[\]>}】] ?様|[○〇●◯×]{2,10} ?様"),
    re.compile(r"理由[:は] ?[\[【][^\[\]【】\n]{1,40}[\]】]"),
    re.compile(r"[\[【(<][^\[\]【】()<>\n]{0,20}を(?:記入|入力)(?:してください)?[\]】)>]"),
)
_BARE = re.compile(
    r"(?<![\w./@=&-])(?:(?:TBD|tbd)(?! [A-Z][a-z])|TODO(?=\s*[:;,.)]|\s*$)|"  # "todo" is all in Spanish
    r"[Xx]{3,}(?!(?: [Xx*]{2,4}){0,4} ?\d{4}| [A-Z][a-z]))(?![\w/-]|\.\w)|"  # no masked number, no name
    r"(?<![\w_])_{4,}(?!\w)|(?<![\w./?-])\?{3,}(?!\w)|(?i:\b(?:lorem ipsum|asdf(?: asdf)*)\b)",
    re.MULTILINE,
)
_CODE = re.compile(r"`[^`\n]{1,200}`|^[^\S\n]*_{4,}[^\S\n]*$", re.MULTILINE)
_THINGS = (
    r"fields?|columns?|buttons?|keys?|menus?|roles?|parameters?|variables?|placeholders?|options?|tables?|tags?|"
    r"felder|feld|spalten?|tasten?|schaltfläche|parameter|rolle|platzhalter|champs?|colonnes?|boutons?|touches?|"
    r"paramètres?|campos?|columnas?|botón|botones|teclas?|parámetros?|ボタン|項目|列|欄|キー"
)
_OTHERS = r"(?:,? ?(?:(?:and|und|et|y|or|oder|ou|o) )?\[[^\]\n]{0,40}\]){0,4},? ?(?:(?:and|und|et|y|or|oder|ou|o) )?"
_THING_BEFORE = re.compile(
    rf"(?:\b|(?=[ぁ-鿿]))(?:{_THINGS}|(?-i:SELECT|FROM|WHERE|JOIN)) ?{_OTHERS}[\"'「„“«]?$", re.IGNORECASE
)
_THING_BEHIND = re.compile(rf"[\"'」“”»]?{_OTHERS} ?の?(?:{_THINGS})(?![^\W_ぁ-鿿])", re.IGNORECASE)
_BESIDE = 120
"""Characters before and behind a sign in which the thing may stand that it belongs to."""
_JOINED_BEFORE, _JOINED_BEHIND = re.compile(r"[A-Za-z0-9_/.=$\\]$"), re.compile(r"[A-Za-z0-9_/=\\(]|\.\w")


def placeholders(text: str) -> Iterator[str]:
    """The placeholders of a text, as they are written."""
    text = _CODE.sub("``", text)
    marked = [found for pattern in _MARKED for found in pattern.finditer(text) if not _is_of_a_thing(text, found)]
    yield from (found[0] for found in marked)
    told = {found.end() for found in marked}
    for pattern in (*_PLACED, _BARE):
        yield from (found[0] for found in pattern.finditer(text) if found.end() not in told)


def _is_of_a_thing(text: str, found: re.Match[str]) -> bool:
    """Whether a sign is part of a path or a link, or names a field, a column, a key."""
    before, behind = text[max(0, found.start() - _BESIDE) : found.start()], text[found.end() : found.end() + _BESIDE]
    return any(
        (
            _JOINED_BEFORE.search(before),
            _JOINED_BEHIND.match(behind),
            _THING_BEFORE.search(before),
            _THING_BEHIND.match(behind),
        )
    )


def no_placeholders(checked: Checked) -> Point:
    """Nothing that was still to be filled in."""
    return leak("no_placeholders", "a placeholder", placeholders(checked.reply.plain))
