"""What of an explanation a customer may read: plain sentences about what both sides can see on the case.

Nothing of the policy is in them: no rule, no threshold, no internal fact, and none of the customer's own words.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from snow_escalations.model import Explanation
from snow_escalations.model.evidence import FactValue, Span
from snow_escalations.model.items import DeadlineItem


class _Words(NamedTuple):
    """The sentences of a language, and its words for lengths of time: one, and several."""

    last_reply: str
    wrote: str
    waiting_on_us: str
    waiting_on_customer: str
    deadline: str
    minutes: tuple[str, str]
    hours: tuple[str, str]
    days: tuple[str, str]
    moment: str


LANGUAGES: Mapping[str, _Words] = MappingProxyType(
    {
        "en": _Words(
            "Our last reply on the case was {} ago.",
            "Your last comment on the case was {} ago.",
            "The next step is ours.",
            "The next step on the case is yours: we are waiting for your answer.",
            "We have noted the date that you named: {}.",
            ("{} minute", "{} minutes"),
            ("{} hour", "{} hours"),
            ("{} day", "{} days"),
            "a moment",
        ),
        "de": _Words(
            "Unsere letzte Antwort im Fall liegt {} zurück.",
            "Ihr letzter Kommentar im Fall liegt {} zurück.",
            "Der nächste Schritt liegt bei uns.",
            "Der nächste Schritt im Fall liegt bei Ihnen: Wir warten auf Ihre Antwort.",
            "Den von Ihnen genannten Termin haben wir vermerkt: {}.",
            ("{} Minute", "{} Minuten"),
            ("{} Stunde", "{} Stunden"),
            ("{} Tag", "{} Tage"),
            "einen Augenblick",
        ),
        "fr": _Words(
            "Notre dernière réponse dans le dossier remonte à {}.",
            "Votre dernier commentaire dans le dossier remonte à {}.",
            "La prochaine étape nous revient.",
            "La prochaine étape du dossier vous revient : nous attendons votre réponse.",
            "Nous avons noté la date que vous avez indiquée : {}.",
            ("{} minute", "{} minutes"),
            ("{} heure", "{} heures"),
            ("{} jour", "{} jours"),
            "un instant",
        ),
        "es": _Words(
            "Nuestra última respuesta en el caso fue hace {}.",
            "Su último comentario en el caso fue hace {}.",
            "El próximo paso es nuestro.",
            "El próximo paso del caso es suyo: esperamos su respuesta.",
            "Hemos anotado la fecha que usted indicó: {}.",
            ("{} minuto", "{} minutos"),
            ("{} hora", "{} horas"),
            ("{} día", "{} días"),
            "un momento",
        ),
        "ja": _Words(
            "本ケースに対する弊社からの直近の回答は{}前です。",
            "本ケースに対するお客様からの直近のコメントは{}前です。",
            "次の対応は弊社が行います。",
            "本ケースの次の対応はお客様側となっており、ご回答をお待ちしております。",
            "ご指定の期日を承知しております：{}。",
            ("{}分", "{}分"),
            ("{}時間", "{}時間"),
            ("{}日", "{}日"),
            "少し",
        ),
    }
)


def for_customer(explanation: Explanation, language: str = "en") -> tuple[str, ...]:
    """Sentences that a reply may carry, in the order of a letter; in English where the language is not known.

    They rest on the facts that the explanation names; what could not be read, or is not there, is passed over.
    """
    words = LANGUAGES.get(language, LANGUAGES["en"])
    seen: dict[str, FactValue] = {}
    for rule in explanation.rules:
        for clause in rule.clauses:
            if clause.seen is not None and not clause.because:
                seen[clause.fact] = clause.seen
    return tuple(_sentences(seen, words))


def _sentences(seen: Mapping[str, FactValue], words: _Words) -> Iterator[str]:
    replied, wrote = seen.get("since_last_reply"), seen.get("since_customer_wrote")
    # Where we never replied, the time counts from the opening of the case, and there is no reply to speak of.
    has_replied = seen.get("ever_replied") is True or seen.get("last_word") == "us"
    if isinstance(replied, Span) and has_replied:
        yield words.last_reply.format(_ago(replied.hours, words))
    if isinstance(wrote, Span):
        yield words.wrote.format(_ago(wrote.hours, words))
    if seen.get("waiting_on") == "us":
        yield words.waiting_on_us
    elif seen.get("waiting_on") == "customer":
        yield words.waiting_on_customer
    deadlines = seen.get("deadlines")
    first = deadlines[0] if isinstance(deadlines, tuple) and deadlines else None
    if isinstance(first, DeadlineItem) and first.hours_left >= 0 and first.imposed_by == "customer":
        yield words.deadline.format(first.date.isoformat())


def _ago(hours: float, words: _Words) -> str:
    """A time in whole units, rounded down: nobody waits less than they are told."""
    minutes = int(hours * 60)
    if minutes < 1:
        return words.moment
    count, unit = (
        (minutes, words.minutes)
        if minutes < 60
        else (minutes // 60, words.hours)
        if minutes < 48 * 60
        else (minutes // 1440, words.days)
    )
    return unit[count != 1].format(count)
