"""Which language a reply is written in: that of the contact, the one that it is a variety of, or the fallback."""

import re
from collections.abc import Collection
from typing import NamedTuple

CODE = re.compile(r"^[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?$")
"""A language code, `de`, with the code of a country if need be, `pt_BR`."""
SERVICENOW = {"fq": "fr_CA", "pb": "pt_BR", "zt": "zh_TW"}
"""Codes of ServiceNow's own for Canadian French, Brazilian Portuguese and traditional Chinese."""


class LanguageChoice(NamedTuple):
    """The language of a reply, and the words that finish "it is in ... because ..."."""

    language: str
    because: str


def canonical(code: str) -> str:
    """A code as it is written here: `FR-ca` is `fr_CA`, ServiceNow's `pb` is `pt_BR`; without a code, an empty text."""
    parts = code.strip().replace("-", "_").split("_")
    language = parts[0].lower()
    if len(parts) == 1:
        return SERVICENOW.get(language, language)
    country = parts[-1]
    return f"{language}_{country.upper() if len(country) == 2 else country.title()}"


def base_of(language: str) -> str:
    """The language without its country."""
    return language.split("_", maxsplit=1)[0]


def chosen_language(
    preferred: str, *, written: Collection[str], promised: Collection[str], fallback: str
) -> LanguageChoice:
    """The language for a contact.

    Args:
        preferred: the contact's code, as the record has it; empty where it has none.
        written: the languages in which there is a letter.
        promised: those of them in which there are commitments too.
        fallback: the language of every other letter.
    """
    wanted = canonical(preferred)
    if not wanted:
        return LanguageChoice(fallback, "the contact has no preferred language")
    if wanted in promised:
        return LanguageChoice(wanted, f"the contact prefers `{wanted}`")
    base = base_of(wanted)
    if base in promised:
        return LanguageChoice(base, f"the contact prefers `{wanted}`, of which it is the language")
    lacks = (
        "commitments.translations in the settings has no" if {wanted, base} & set(written) else "there is no reply in"
    )
    return LanguageChoice(fallback, f"the contact prefers `{wanted}`, but {lacks} `{base}`")
