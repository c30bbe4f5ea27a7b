"""What every reply can promise, in each language in which it is promised."""

from collections.abc import Callable
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from snow_escalations.model import Model
from snow_escalations.triage.replies.languages import CODE, base_of
from snow_escalations.triage.replies.words import LENGTH, without_code_tags

LONG: Final = 600
"""Characters that a letter has for the sentence that offers a conversation, and for an address."""
_UNFIT = frozenset("\"'<>\\^`{|}[]")


def _web_address(text: str) -> str:
    """An https address that can stand in a letter as it is.

    Raises:
        ValueError: it is none.
    """
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        is_plain = text.isascii() and text.isprintable() and " " not in text and not _UNFIT & set(text)
        is_whole = parts.scheme == "https" and bool(host) and parts.port != 0
    except ValueError:
        is_plain = is_whole = False
    if not is_plain or not is_whole:
        raise ValueError("must be an https address such as https://meet.example.com/support")
    if "@" in parts.netloc:
        raise ValueError("must not hold a user name or a password: every customer reads it")
    return text


def _sayable(most: int) -> Callable[[str], str]:
    """What a letter can say word for word; whatever it would leave out, the reply check would miss in each draft."""

    def said(text: str) -> str:
        line = " ".join(text.split())
        if not any(map(str.isalnum, line)):
            raise ValueError("has no letter and no digit, so it promises nothing; write what every customer can read")
        if len(line) > most:
            raise ValueError(f"has {len(line)} characters, and a letter has room for {most}; shorten it")
        if without_code_tags(line) != line:
            raise ValueError("holds a `[code]` tag; the program alone writes it, so leave it out")
        return text

    return said


_SHORT, _SENTENCE = AfterValidator(_sayable(LENGTH)), AfterValidator(_sayable(LONG))
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3), _SHORT]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10), _SENTENCE]
# Customers of one language write shorter: "お電話ください。" is a whole sentence.
TranslatedWords = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2), _SHORT]
TranslatedSentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=5), _SENTENCE]
WebAddress = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_web_address), _SENTENCE]
LanguageCode = Annotated[str, StringConstraints(pattern=CODE.pattern)]


class Translation(Model):
    """The commitments in another language. Who and where stay as they are, unless they are given too."""

    talk: TranslatedSentence
    next_update: TranslatedWords
    contact: TranslatedWords | None = None
    meeting_link: WebAddress | None = None


class Commitments(Model):
    """What every reply can promise, from the settings: none of it may be empty, or nothing but blanks.

    `contact` leads and answers, `talk` is the sentence that offers a conversation, `next_update` says when the customer
    hears again, `meeting_link` is an https address where a call can be arranged. They are in the fallback language;
    `translations` has them by language code.
    """

    contact: Words
    talk: Sentence
    next_update: Words
    meeting_link: WebAddress
    translations: dict[LanguageCode, Translation] = Field(default_factory=dict)

    def speaks(self, language: str) -> bool:
        """Whether there is a translation into a language, or into the one that it is a variety of."""
        return language in self.translations or base_of(language) in self.translations

    def in_language(self, language: str) -> "Commitments":
        """The commitments as a letter in that language gives them: translated, or as they are if there is no such."""
        translation = self.translations.get(language) or self.translations.get(base_of(language))
        if translation is None:
            return self
        return self.model_copy(update=translation.model_dump(exclude_none=True))
