"""What of an explanation a customer may read: plain sentences about what both sides can see on the case.

Nothing of the policy is in them: no rule, no threshold, no internal fact, and none of the customer's own words, nor a
date that our own staff wrote when they requested the escalation. Times are told as instants, since a letter may be read
a day after it was drafted.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from snow_escalations.model import DeadlineItem, Evidence, Explanation, FactValue
from snow_escalations.triage.replies.tellable import tellable
from snow_escalations.triage.replies.wording import WORDINGS, instant

_TIMES = ("since_last_reply", "since_customer_wrote")


class _Words(NamedTuple):
    """The sentences of a language."""

    last_reply: str
    wrote: str
    waiting_on_us: str
    waiting_on_customer: str
    deadline: str


LANGUAGES: Mapping[str, _Words] = MappingProxyType(
    {
        "en": _Words(
            "Our last reply on the case was on {}.",
            "Your last comment on the case was on {}.",
            "The next step is ours.",
            "The next step on the case is yours: we are waiting for your answer.",
            "We have noted the date that you named: {}.",
        ),
        "de": _Words(
            "Unsere letzte Antwort im Fall haben wir am {} geschrieben.",
            "Ihren letzten Kommentar im Fall haben Sie am {} geschrieben.",
            "Der nächste Schritt liegt bei uns.",
            "Der nächste Schritt im Fall liegt bei Ihnen: Wir warten auf Ihre Antwort.",
            "Den von Ihnen genannten Termin haben wir vermerkt: {}.",
        ),
        "fr": _Words(
            "Notre dernière réponse dans le dossier date du {}.",
            "Votre dernier commentaire dans le dossier date du {}.",
            "La prochaine étape nous revient.",
            "La prochaine étape du dossier vous revient : nous attendons votre réponse.",
            "Nous avons noté la date que vous avez indiquée : {}.",
        ),
        "es": _Words(
            "Nuestra última respuesta en el caso es del {}.",
            "Su último comentario en el caso es del {}.",
            "El próximo paso es nuestro.",
            "El próximo paso del caso es suyo: esperamos su respuesta.",
            "Hemos anotado la fecha que usted indicó: {}.",
        ),
        "ja": _Words(
            "本ケースに対する弊社からの直近の回答は、{}に差し上げております。",
            "本ケースに対するお客様からの直近のコメントは、{}にいただいております。",
            "次の対応は弊社が行います。",
            "本ケースの次の対応はお客様側となっており、ご回答をお待ちしております。",
            "ご指定の期日を承知しております：{}。",
        ),
    }
)


def for_customer(explanation: Explanation, evidence: Evidence, language: str = "en") -> tuple[str, ...]:
    """Sentences that a reply may carry, in the order of a letter; in English where the language is not known.

    They rest on the facts of the evidence that the explanation names; what could not be read, or is not there, is
    passed over.
    """
    known = language if language in LANGUAGES else "en"
    seen: dict[str, FactValue | None] = {}
    for rule in explanation.rules:
        for clause in rule.clauses:
            if clause.seen is not None and not clause.because:
                seen[clause.fact] = clause.seen
    if "deadlines" in seen:
        seen["deadlines"] = tellable(evidence, "deadlines") if "deadlines" in evidence.facts else None
    since = {name: evidence.facts[name].since for name in _TIMES if name in seen and name in evidence.facts}
    said = {name: instant(WORDINGS[known], at) for name, at in since.items() if at is not None}
    return tuple(_sentences(seen, said, LANGUAGES[known]))


def _sentences(seen: Mapping[str, FactValue | None], said: Mapping[str, str], words: _Words) -> Iterator[str]:
    # Where we never replied, the time counts from the opening of the case, and there is no reply to speak of.
    has_replied = seen.get("ever_replied") is True or seen.get("last_word") == "us"
    if "since_last_reply" in said and has_replied:
        yield words.last_reply.format(said["since_last_reply"])
    if "since_customer_wrote" in said:
        yield words.wrote.format(said["since_customer_wrote"])
    if seen.get("waiting_on") == "us":
        yield words.waiting_on_us
    elif seen.get("waiting_on") == "customer":
        yield words.waiting_on_customer
    deadlines = seen.get("deadlines")
    first = deadlines[0] if isinstance(deadlines, tuple) and deadlines else None
    if isinstance(first, DeadlineItem) and first.hours_left >= 0 and first.imposed_by == "customer":
        yield words.deadline.format(first.date.isoformat())
