"""A letter tells the customer that they asked, or that we did, only where the escalation bears it out.

Where the customer did not ask, or where nobody can tell, no letter says why the customer would have.
"""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest

from snow_escalations.model import Person, Span
from snow_escalations.triage.replies import TemplateError
from tests.support.dossiers import CONTACT, NOW, US, ago, choice, comment, dossier, escalation, shipped_reader
from tests.support.replies import BY_CUSTOMER, BY_US, FOR_CUSTOMER, deadline, draft, load, shipped, speaking

TEMPLATES = shipped()
LANGUAGES = ("de", "en", "es", "fr", "ja")
REJECTIONS = tuple(name for name in TEMPLATES.templates if name != "approved")
BY_NOBODY: tuple[dict[str, Any], ...] = ({}, {"requester_side": "us"}, {"request_source": "internal"})
"""Facts that do not tell who asked."""
COLLEAGUE = Person(sys_id="7" * 32, name="Camille Petit", user_name="camille.petit", active=True, side=US)
ANSWERED = {"since_last_reply": Span(5.2, 5.0), "waiting_on": "customer", "ever_replied": True}
WAITING = {"since_last_reply": Span(99.0, 30.0), "waiting_on": "us", "waiting_for": Span(70.0, 20.0)}
KNOWN: tuple[dict[str, Any], ...] = (
    {},
    {**ANSWERED, "stated_reason": "contradicted"},
    {**WAITING, "last_word": "customer"},
    {"deadlines": (), "executives": (), "stalled": False},
    {"deadlines": deadline(), "stalled": True},
    {"deadlines": deadline(hours_left=-30.0)},
)


def letter(name: str, language: str, **values: Any) -> str:
    if name.startswith("rejected_"):
        values = {**values, "reason": name.removeprefix("rejected_")}
    return draft(TEMPLATES, name, speaking(language), **values).text


THANKS = {
    "en": "Thank you for telling us",
    "de": "vielen Dank, dass Sie uns gesagt haben",
    "fr": "Nous vous remercions de nous avoir",
    "es": "Gracias por",
    "ja": "お知らせいただき、ありがとうございます",
}
OURS = {
    "en": r"Our own staff had asked for|escalated your case \S+ ourselves",
    "de": r"unser eigenes Team hatte|Ihren Fall \S+ selbst eskaliert",
    "fr": r"Notre propre équipe avait demandé|Nous avons nous-mêmes escaladé",
    "es": r"Nuestro propio equipo había solicitado|Hemos escalado nosotros mismos",
    "ja": r"弊社の担当者より|弊社の判断により",
}


def documented() -> list[tuple[str | None, str | None, str]]:
    """The table of the docs: by request source and side of the requester, what a letter says."""
    document = (Path(__file__).parents[3] / "docs" / "replies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`\w+`|any other.*?) \| (\w+) \| (\w+) \| (\w+) \|$", document, re.MULTILINE)
    assert len(rows) == 3
    found = []
    for source, *said in rows:
        for value in [source.strip("`")] if source.startswith("`") else ["other", "none", None]:
            found += [(value, side, words) for side, words in zip(("customer", "us", None), said, strict=True)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES.templates)
@pytest.mark.parametrize(("source", "side", "said"), documented())
def test_a_letter_says_of_who_asked_what_the_docs_say(
    source: str | None, side: str | None, said: str, name: str, language: str
) -> None:
    asked: dict[str, Any] = {"requester_side": side} if side else {}
    if source:
        asked["request_source"] = None if source == "none" else source
    text = letter(name, language, **asked)
    thanks, ours = THANKS[language] in text, re.search(OURS[language], text) is not None
    assert (thanks, ours) == {"thanks": (True, False), "ours": (False, True), "neither": (False, False)}[said]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEMPLATES.templates)
@pytest.mark.parametrize("known", KNOWN)
def test_where_nobody_can_tell_who_asked_a_letter_differs_from_one_of_our_own_in_its_opening_alone(
    known: dict[str, Any], name: str, language: str
) -> None:
    ours = letter(name, language, **known, **BY_US).split("\n\n")
    for nobody in BY_NOBODY:
        text = letter(name, language, **known, **nobody).split("\n\n")
        assert text[1] != ours[1]
        assert [*text[:1], *text[2:]] == [*ours[:1], *ours[2:]]


TO_THEM = {
    "en": r"\byou|management|deadline",
    "de": r"\b(Sie|Ihnen|Ihr\w*)\b|Leitung|Frist",
    "fr": r"\b(vous|votre|vos)\b|direction|échéance",
    "es": r"\b(usted|su|sus|le)\b|dirección|fecha límite",
    "ja": r"お客様|貴社|お申し出|いただ|経営|期限",
}
"""Words that speak of the customer."""
FACTS_OF_THEM = {
    "en": r"We last wrote to you (there|about the case) on|the next step is a reply from you\.|your case\b",
    "de": r"Zuletzt haben wir Ihnen (dort )?am|eine Antwort von Ihnen\.|Ihr(em)? Fall\b",
    "fr": r"vous a été adressé le|une réponse de votre part\.|votre dossier\b",
    "es": r"una respuesta de su parte\.|su caso\b",
    "ja": r"お客様からのご返信をいただくことと",
}
"""What the conversation on the case bears out: that we wrote, who is waited for, and whose case it is."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REJECTIONS)
def test_the_reason_of_a_rejection_is_none_of_the_customers_where_the_customer_did_not_ask(
    name: str, language: str
) -> None:
    """What the escalation gives as its reason is then no reason, wish, deadline, complaint or interest of theirs."""

    def told(**values: Any) -> list[str]:
        reason = letter(name, language, **values).split("\n\n")[2]
        return re.findall(TO_THEM[language], re.sub(FACTS_OF_THEM[language], "", reason))

    for known, asked in itertools.product(KNOWN, (BY_US, *BY_NOBODY)):
        assert told(**known, **asked) == []
    assert told(**BY_CUSTOMER)


ATTRIBUTED = {
    "en": (
        "Thank you|you asked|your (escalation|request)|because|deadline|management|your messages|you have written|"
        "that we have missed|matters to|you are missing|left without attention|standstill|no activity|no progress"
    ),
    "de": (
        "vielen Dank|Sie haben die|Ihre Eskalation|Ihr(en|em) Antrag|weil|Termins auf|Leitung|Ihren Nachrichten|"
        "Sie (uns zuletzt )?geschrieben haben|wir übersehen|ankommt|Schritt fehlt|unbeachtet|Stillstand|"
        "keine Aktivität|keinen Fortschritt"
    ),
    "fr": (
        "remercions|vous avez demandé|votre (escalade|demande)|parce qu|échéance|direction|vos messages|"
        "vous (nous )?avez écrit|nous a échappé|compte pour|vous manque|sans attention|à l'arrêt|activité|progrès"
    ),
    "es": (
        "Gracias|usted solicitó|su (escalación|solicitud)|porque|fecha límite|su dirección|sus mensajes|nos ha escrito|"
        "no hemos visto|importa|echa en falta|desatendido|detenido|actividad|avances"
    ),
    "ja": (
        "ありがとう|お申し出いただい|お申し出いただき|お申し出(の内容|を改めて)|お客様側の期限|経営層|関心|いただいた内容|見落として|重要な期日|"
        "滞っている|途絶えて|止まって|動きが見られない|進展が見られない"
    ),
}
"""What letters say of a reason, wish, deadline, complaint or interest of the customer's."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_attributes_anything_to_a_customer_who_did_not_ask(language: str) -> None:
    for name, known, asked in itertools.product(TEMPLATES.templates, KNOWN, (BY_US, *BY_NOBODY)):
        text = letter(name, language, **known, **asked)
        assert [found[0] for found in re.finditer(ATTRIBUTED[language], text)] == [], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_these_words_is_said_to_a_customer_who_asked(language: str) -> None:
    """So that the list above has no word which no letter would ever have."""
    names = TEMPLATES.templates
    said = [letter(name, language, **known, **BY_CUSTOMER) for name, known in itertools.product(names, KNOWN)]
    for words in re.split(r"\|(?![^(]*\))", ATTRIBUTED[language]):
        assert any(re.search(words, text) for text in said), words


NAMED = {
    "en": (
        "A date is named on the case, 4 December 2026. Until then we go on",
        "noted 4 December 2026 as the date that is named",
    ),
    "de": (
        "ist ein Termin genannt, der 4. Dezember 2026. Bis dahin",
        "genannt ist, haben wir uns den 4. Dezember 2026",
    ),
    "fr": ("Une date figure dans le dossier, le 4 décembre 2026. D'ici", "le 4 décembre 2026 comme la date qui figure"),
    "es": ("consta una fecha, el 4 de diciembre de 2026. Hasta", "el 4 de diciembre de 2026 como la fecha que consta"),
    "ja": ("期日として2026年12月4日の記載がございます。それまでの間", "本ケースに記載のある期日は2026年12月4日と"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", [BY_US, *BY_NOBODY])
def test_a_date_ahead_is_told_as_what_the_case_names(asked: dict[str, Any], language: str) -> None:
    for name, words in zip(("rejected_customer_imposed_deadline", "approved"), NAMED[language], strict=True):
        assert words in letter(name, language, deadlines=deadline(), **asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asked_is_read_from_the_escalation_and_its_requester(language: str) -> None:
    """From the records to the letter: a colleague files what the customer asked for, or what nobody did."""
    case = speaking(language)

    def text(source: str | None, by: Person, unreadable: frozenset[str] = frozenset()) -> str:
        asked = escalation(request_source=choice(source) if source else None, requested_by=by, unreadable=unreadable)
        of = dossier(comment(US, ago(hours=9), text="We are on it."), escalation=asked, case=case)
        return TEMPLATES.render("rejected_inactivity", of, shipped_reader().read(of, NOW), case).text

    for_customer, ours, nobody = text("customer", COLLEAGUE), text("internal", COLLEAGUE), text(None, COLLEAGUE)
    assert THANKS[language] in for_customer
    assert re.search(OURS[language], ours)
    assert THANKS[language] not in nobody
    assert not re.search(OURS[language], nobody)
    assert text("customer", CONTACT) == for_customer
    assert text("other", COLLEAGUE) == text(None, COLLEAGUE, frozenset({"request_source"})) == nobody
    assert text("internal", CONTACT) == nobody


SOUGHT = {
    "en": "looked in your request|From what you have written|In what you have written",
    "de": "Wir haben in Ihrem Antrag|Aus dem, was Sie|In dem, was Sie",
    "fr": "dans votre demande et|D'après ce que vous|Dans ce que vous",
    "es": "en su solicitud y|Por lo que nos ha|En lo que nos ha",
    "ja": "お申し出の内容と|からは、(いつまで|どなた|どの段階)",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REJECTIONS)
def test_no_letter_says_what_is_not_in_a_request_that_our_own_staff_wrote_for_the_customer(
    name: str, language: str
) -> None:
    """The words of that justification are not the customer's, and what was read in it is withheld."""
    for known in ({}, {"deadlines": (), "executives": (), "stalled": False}):
        for asked in (FOR_CUSTOMER, {"request_source": "customer"}):
            assert not re.search(SOUGHT[language], letter(name, language, **known, **asked))
        if name != "rejected_inactivity" and (known or name != "rejected_lack_of_progress"):
            assert re.search(SOUGHT[language], letter(name, language, **known, **BY_CUSTOMER))


OF_US = "`evidence.requester_side` is us and `evidence.request_source` is internal"
OF_NOBODY = "`evidence.requester_side` is us and `evidence.request_source` is other"


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ("requester_side == 'us' and request_source == 'internal'", OF_US),
        (
            "requester_side == 'us' and request_source == 'internal' and ever_replied == false",
            f"`evidence.ever_replied` is false and {OF_US}",
        ),
        (
            "requester_side == 'us' and request_source == 'other' and waiting_on == 'unclear'",
            f"`evidence.waiting_on` is unclear and {OF_NOBODY}",
        ),
        (
            "request_source == 'internal' and waiting_on == 'unclear'",
            "`evidence.waiting_on` is unclear and `evidence.request_source` is internal",
        ),
    ],
)
def test_what_a_letter_cannot_say_fails_when_it_is_loaded_whoever_asked(facts: str, where: str) -> None:
    asks = re.sub(r"\w+(?= ==)", r"evidence.\g<0>", facts)
    with pytest.raises(TemplateError) as caught:
        load(f"{{% if {asks} %}}{{{{ evidence.stalled }}}}{{% endif %}}")
    (problem,) = caught.value.problems
    assert problem.message.endswith(f" (where {where})")
