"""What a team can set about the reply check: it may ask for more than the least, and not for less."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, field_validator

from snow_escalations.documents import suggest
from snow_escalations.model import Model
from snow_escalations.triage.replies import leaks
from snow_escalations.triage.replies.check.endings import is_anybodys
from snow_escalations.triage.replies.check.model import ESSENTIAL, POINTS
from snow_escalations.triage.replies.check.text import one_form, words_of

LEAST_WORDS, LEAST_CHARACTERS = 20, 45
"""Below these a text cannot name the escalation, the decision, a reason, what comes next and a way to talk."""
_SHOWN = 4
_HOST = re.compile(r"\w(?:[\w-]{0,61}\w)?(?:\.\w(?:[\w-]{0,61}\w)?)*|\[[0-9a-f:]{2,40}\]")
_SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]{0,20}:/+")
_PORT = re.compile(r":\d*\Z")


def _point(name: str) -> str:
    if name not in POINTS:
        raise ValueError(f"`{name}` is no point of the reply check{suggest(name, POINTS)}")
    return name


def _domain(text: str) -> str:
    """A domain as mail addresses end in it."""
    written, host = _as_read(text), _host_in(text)
    if written != host or "." not in host:
        raise ValueError(f"is no domain of mail addresses; write {f'`{host}`' if '.' in host else '`example.com`'}")
    if is_anybodys(host):
        raise ValueError(
            f"`{host}` is nobody's domain, and many have one under it; write yours, such as `example.{host}`"
        )
    return host


def _address(text: str) -> str:
    written = _as_read(text)
    found = next(leaks.mail_addresses(written), "")
    if written != found:
        raise ValueError(f"is no mail address; write {f'`{found}`' if found else '`support@example.com`'}")
    return found


def _link_host(text: str) -> str:
    written, host = _as_read(text), _host_in(text)
    if not host or written != host:
        raise ValueError(f"is no host; write {f'`{host}`' if host else '`meet.example.com`'}, subdomains are included")
    return host


def _allowed_host(text: str) -> str:
    """A host that may be linked to, and none that is the end of anybody's: its subdomains are allowed with it."""
    host = _link_host(text)
    if is_anybodys(host):
        example = f"meet.example.{host if '.' in host and not host[-1].isdecimal() else 'com'}"
        raise ValueError(
            f"`{host}` is no host of your own: the hosts of strangers end in it too, and every link to them would "
            f"pass; write your host in full, such as `{example}`; its subdomains are included"
        )
    return host


def _internal_host(text: str) -> str:
    """A host, or a short name that is looked for as words."""
    if not set("./:@*").isdisjoint(text):
        return _link_host(text)
    return _word(text)


def _word(text: str) -> str:
    if not words_of(text).strip():
        raise ValueError("has no letter or digit that could be looked for; write a word, or leave it out")
    return text


def _as_read(text: str) -> str:
    return one_form(text).strip().lower()


def _host_in(text: str) -> str:
    """The host that was meant, without what stands around it in an address; empty where there is none."""
    rest = re.split(r"[/?#]", _SCHEME.sub("", _as_read(text)), maxsplit=1)[0].rpartition("@")[2]
    host = _PORT.sub("", rest).strip("*.")
    return host if _HOST.fullmatch(host) else ""


class ReplyCheckSettings(Model):
    """What a team can set."""

    min_words_rejection: int = Field(40, description="Least number of words of a rejection; 20 or more.")
    min_words_approval: int = Field(20, ge=0, description="Least number of words of an approval.")
    min_characters_rejection: int = Field(
        90, description="Least number of characters of a rejection in a script that has no blanks; 45 or more."
    )
    min_characters_approval: int = Field(
        45, ge=0, description="Least number of characters of an approval in a script that has no blanks."
    )
    allowed_mail_domains: frozenset[Annotated[str, AfterValidator(_domain)]] = Field(
        frozenset(), description="Domains whose addresses may stand in a reply; subdomains are not included."
    )
    allowed_mail_addresses: frozenset[Annotated[str, AfterValidator(_address)]] = Field(
        frozenset(), description="Single mail addresses that may stand in a reply."
    )
    allowed_link_hosts: frozenset[Annotated[str, AfterValidator(_allowed_host)]] = Field(
        frozenset(), description="Hosts that a reply may link to, in full, with their subdomains; no `com` or `co.uk`."
    )
    extra_internal_words: tuple[Annotated[str, AfterValidator(_word)], ...] = Field(
        (), description="Words that no customer may read, such as names of internal projects."
    )
    extra_internal_hosts: frozenset[Annotated[str, AfterValidator(_internal_host)]] = Field(
        frozenset(), description="Hosts that no customer may read of, with their subdomains; short names as well."
    )
    required: frozenset[Annotated[str, AfterValidator(_point)]] = Field(
        frozenset(POINTS),
        description="Points that must not fail, the essential ones among them; another that fails is told only.",
    )

    @field_validator("min_words_rejection")
    @classmethod
    def _enough_words(cls, count: int) -> int:
        return _at_least(count, LEAST_WORDS, "words")

    @field_validator("min_characters_rejection")
    @classmethod
    def _enough_characters(cls, count: int) -> int:
        return _at_least(count, LEAST_CHARACTERS, "characters")

    @field_validator("required")
    @classmethod
    def _with_the_essential(cls, required: frozenset[str]) -> frozenset[str]:
        missing = [name for name in POINTS if name in ESSENTIAL - required]
        if missing:
            more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
            free = ", ".join(f"`{name}`" for name in POINTS if name not in ESSENTIAL)
            raise ValueError(
                f"lacks {', '.join(f'`{name}`' for name in missing[:_SHOWN])}{more}, without which no reply is full; "
                f"add what is missing, or leave `required` out for all points. Only {free} may be left out"
            )
        return required


def _at_least(count: int, least: int, unit: str) -> int:
    if count < least:
        raise ValueError(f"is {count}; no rejection goes without a full comment, so write {least} {unit} or more")
    return count
