"""Every letter that ships is whole, in each of its languages, whatever is known of a case."""

import itertools
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from snow_escalations.model import FACTS, Span
from snow_escalations.settings.shipped import shipped_commitments, shipped_config
from snow_escalations.triage.calendars import CalendarModel, Calendars
from snow_escalations.triage.evidence import EvidenceReader
from snow_escalations.triage.replies import ReplyTemplates
from snow_escalations.triage.replies.specimen import values_of
from snow_escalations.triage.replies.words import without_code_tags
from tests.support.dossiers import NOW, US, case, choice, comment, dossier
from tests.support.replies import BY_CUSTOMER, BY_US, FOR_CUSTOMER, deadline, draft, shipped, speaking

LANGUAGES = ("de", "en", "es", "fr", "ja")
REASONS = ("inactivity", "lack_of_progress", "customer_imposed_deadline", "executive_visibility")
REJECTIONS = tuple(f"rejected_{reason}" for reason in REASONS)
TEMPLATES = shipped()
DECISION = {
    "en": (r"have decided to decline it: the case will not be escalated", r"have approved your escalation"),
    "de": (r"entschieden, sie abzulehnen: Der Fall wird derzeit nicht eskaliert", r"Ihre Eskalation \S+ genehmigt"),
    "fr": (r"décidé de la refuser : le dossier ne sera pas escaladé", r"avons approuvé votre escalade"),
    "es": (r"decidido rechazarla: el caso no se escalará", r"Hemos aprobado su escalación"),
    "ja": (r"承認せず、却下させていただく.*エスカレーションは行いません", r"を承認いたしました"),
}
REASON = {
    "en": "The reason for this decision: you asked for the escalation because",
    "de": "Der Grund für diese Entscheidung: Sie haben die Eskalation",
    "fr": "La raison de cette décision : vous avez demandé l'escalade",
    "es": "El motivo de esta decisión: usted solicitó la escalación por",
    "ja": "今回の判断の理由：",
}
OTHERS_DECISION = {
    "en": (
        r"have decided to decline it: the case will not be escalated",
        r"have escalated your case \S+ ourselves|escalation \S+ of your case \S+ has been approved",
    ),
    "de": (
        r"entschieden, ihn abzulehnen: Der Fall wird derzeit nicht eskaliert",
        r"Ihren Fall \S+ selbst eskaliert|Eskalation \S+ zu Ihrem Fall \S+ wurde genehmigt",
    ),
    "fr": (
        r"décidé de la refuser : le dossier ne sera pas escaladé",
        r"avons nous-mêmes escaladé votre dossier|L'escalade \S+ de votre dossier \S+ a été approuvée",
    ),
    "es": (
        r"decidido rechazarla: el caso no se escalará",
        r"Hemos escalado nosotros mismos su caso|La escalación \S+ de su caso \S+ ha sido aprobada",
    ),
    "ja": (
        r"承認せず、却下することと.*エスカレーションは行いません",
        r"エスカレーションいたしました（|が承認されました",
    ),
}
"""What is said to a customer who did not ask, or of whom it is not known."""
OTHERS_REASON = {
    "en": "The reason for this decision: in our view the work on the case can go on",
    "de": "Der Grund für diese Entscheidung: Die Arbeit an dem Fall kann unserer Ansicht nach ohne",
    "fr": "La raison de cette décision : selon nous, le travail sur le dossier peut se poursuivre",
    "es": "El motivo de esta decisión: en nuestra opinión, el trabajo en el caso puede continuar",
    "ja": "今回の判断の理由：エスカレーションを行わなくても、",
}
ASKED = {
    "en": r"[Tt]hank you|[Yy]ou asked|[Yy]our (escalation|request)",
    "de": r"vielen Dank|Sie haben die Eskalation|Ihre Eskalation|Ihren? Antrag",
    "fr": r"remercions|vous avez demandé|votre (escalade|demande)",
    "es": r"Gracias|usted solicitó|su (escalación|solicitud)",
    "ja": r"ありがとう|お申し出(の|いただいた|いただきました|を)",
}
"""What is said to a customer who asked for the escalation."""
NEXT = {
    "en": "What happens next: ",
    "de": "Wie es weitergeht: ",
    "fr": "Voici la suite : ",
    "es": "Qué sucede ahora: ",
    "ja": "今後の対応：",
}
GREETING = {
    "en": ("Dear Ana Sousa,", "Dear customer,"),
    "de": ("Guten Tag Ana Sousa,", "Guten Tag,"),
    "fr": ("Bonjour Ana Sousa,", "Bonjour,"),
    "es": ("Estimado/a Ana Sousa:", "Estimado/a cliente:"),
    "ja": ("Ana Sousa 様", "お客様"),
}
EVERYTHING: dict[str, Any] = {name: values_of(spec)[0] for name, spec in FACTS.items()}
_SITUATIONS: tuple[dict[str, Any], ...] = (
    {},
    EVERYTHING,
    {"since_last_reply": Span(2.1, 2.0), "waiting_on": "customer", "ever_replied": True},
    {"since_last_reply": Span(2.1, 2.0), "waiting_on": "us", "waiting_for": Span(70, 20), "last_word": "customer"},
    {"deadlines": (), "executives": (), "stalled": False},
    {"deadlines": deadline(hours_left=-5.0, imposed_by="us"), "ever_replied": False, "since_last_reply": Span(0, 0)},
    {"deadlines": deadline(hours_left=-5.0), "stated_reason": "contradicted", "since_last_reply": Span(9, 2)},
)
SITUATIONS = (
    *_SITUATIONS,
    *({**values, **asked} for values in _SITUATIONS for asked in (BY_US, BY_CUSTOMER, FOR_CUSTOMER)),
)


def letter(name: str, language: str, *, contact: str = "Ana Sousa", **values: Any) -> str:
    values = {**values, "reason": name.removeprefix("rejected_")} if name in REJECTIONS else values
    made = draft(TEMPLATES, name, speaking(language, contact), **values)
    assert made.language == language
    return made.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REJECTIONS)
@pytest.mark.parametrize("reason", [{}, {"reason": None}, {"reason": "another_one"}])
def test_a_letter_attributes_no_reason_to_a_customer_who_gave_another_or_none(
    name: str, language: str, reason: dict[str, Any]
) -> None:
    for values in _SITUATIONS:
        known = {**values, **BY_CUSTOMER, "reason": None, **reason}
        text = draft(TEMPLATES, name, speaking(language), **known).text
        assert OTHERS_REASON[language] in text
        assert language == "ja" or REASON[language] not in text


def test_each_reply_ships_in_each_language() -> None:
    shipped_replies = {(name, language) for name, letters in TEMPLATES.templates.items() for language in letters}
    assert shipped_replies == set(itertools.product(("approved", *REJECTIONS), LANGUAGES))
    assert {of.format for letters in TEMPLATES.templates.values() for of in letters.values()} == {"text"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["approved", *REJECTIONS])
@pytest.mark.parametrize("values", SITUATIONS)
def test_a_letter_says_all_that_it_must_whatever_is_known(name: str, language: str, values: dict[str, Any]) -> None:
    text = letter(name, language, **values)
    promised = shipped_commitments().in_language(language)
    said = (promised.contact, promised.talk, promised.next_update, promised.meeting_link, "ESC0010023", "CS0010001")
    assert [words for words in said if words not in text] == []
    asked = values.get("request_source") == "customer"
    decision = (DECISION if asked else OTHERS_DECISION)[language]
    assert re.search(decision[name == "approved"], text)
    assert not re.search(decision[name != "approved"], text)
    assert (re.search(ASKED[language], text) is not None) == asked
    assert NEXT[language] in text
    assert text.startswith(GREETING[language][0] + "\n\n")
    if name != "approved":
        assert (REASON if asked else OTHERS_REASON)[language] in text
        if language == "ja":
            assert len("".join(text.split())) >= 200
        else:
            assert len(text.split()) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["approved", *REJECTIONS])
def test_a_contact_without_a_name_is_greeted_too(name: str, language: str) -> None:
    assert letter(name, language, contact="").startswith(GREETING[language][1] + "\n\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["approved", *REJECTIONS])
def test_a_letter_repeats_no_words_of_the_customers_and_no_figures_of_ours(name: str, language: str) -> None:
    """Of a record it has numbers and the contact's name; of our figures dates and times alone."""
    text = letter(name, language, **EVERYTHING)
    assert case().short_description not in text
    assert not any(words in text for words in ("by 4 December", "our CIO", "CIO", "no answer for two days", "Boxeo"))
    assert not re.search(r"evidence|inactivity|lack_of|executive_|threshold|score|\{|\}|\[|<|None|True", text)
    assert without_code_tags(text) == text
    assert not re.search(r"\d[.,]\d|  |[ \t]$", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["approved", *REJECTIONS])
def test_no_letter_needs_more_than_its_guards_allow(name: str) -> None:
    assert TEMPLATES.check_for(name, frozenset()) == ()
    for fact in FACTS:
        assert TEMPLATES.check_for(name, {fact}) == ()


ANSWERED = {
    "en": "We last wrote to you there on 18 November 2026 at 04:48 (UTC). As we read it, the next step is a reply",
    "de": "Zuletzt haben wir Ihnen dort am 18. November 2026 um 04:48 Uhr (UTC) geschrieben. Als nächsten Schritt",
    "fr": "Notre dernier message sur ce dossier vous a été adressé le 18 novembre 2026 à 4 h 48 (UTC). Selon notre",
    "es": "Nuestro último mensaje en el caso se lo escribimos el 18 de noviembre de 2026 a las 4:48 (UTC). Según lo",
    "ja": "最後にご連絡を差し上げたのは、2026年11月18日4時48分（UTC）です。次の段階は、お客様からのご返信を",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["rejected_inactivity", "rejected_lack_of_progress"])
def test_a_rejection_tells_when_we_answered_and_who_is_waited_for(name: str, language: str) -> None:
    known = {"since_last_reply": Span(5.2, 5.0), "waiting_on": "customer"}
    assert ANSWERED[language] in letter(name, language, **known, ever_replied=True)
    assert ANSWERED[language] in letter(name, language, **known, last_word="us")
    assert "2026" not in letter(name, language, **known, ever_replied=False)
    assert "2026" not in letter(name, language, **known)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["approved", *REJECTIONS])
def test_no_letter_tells_a_time_that_is_wrong_when_it_is_read_a_day_later(name: str, language: str) -> None:
    """A plan may be applied a day after it was made, so that no letter counts the hours to when it was drafted."""
    text = (shipped_config() / "replies" / f"{name}.{language}.j2").read_text(encoding="utf-8")
    assert not re.search(r"\|\s*(ago|duration)\b", text)


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "Asia/Kolkata", "Pacific/Auckland"])
def test_a_letter_tells_times_by_the_clock_of_the_accounts_calendar(zone: str) -> None:
    """From the journal to the letter: we answered on 17 November at 23:45 UTC."""
    of = dossier(comment(US, datetime(2026, 11, 17, 23, 45, tzinfo=UTC)), case=case(state=choice("awaiting_info")))
    reader = EvidenceReader(Calendars(accounts={"Boxeo": CalendarModel(zone=zone)}))
    told = {
        "America/Sao_Paulo": "on 17 November 2026 at 20:45 (UTC-3)",
        "Asia/Kolkata": "on 18 November 2026 at 05:15 (UTC+5:30)",
        "Pacific/Auckland": "on 18 November 2026 at 12:45 (UTC+13)",
    }
    for now in (NOW, NOW + timedelta(days=1)):
        made = TEMPLATES.render("rejected_inactivity", of, reader.read(of, now), case())
        assert f"We last wrote to you there {told[zone]}." in made.text


CONCLUDED = {
    "en": "From this we conclude",
    "de": "Daraus schließen wir",
    "fr": "Nous en concluons",
    "es": "De ello concluimos",
    "ja": "以上のことから",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["rejected_inactivity", "rejected_lack_of_progress"])
def test_an_old_answer_is_no_proof_that_we_were_active(name: str, language: str) -> None:
    """Only where the facts contradict the stated reason is anything concluded from our last answer."""
    known = {"since_last_reply": Span(1000.0, 240.0), "waiting_on": "us", "ever_replied": True}
    for weighed in ("supported", "unverifiable"):
        assert CONCLUDED[language] not in letter(name, language, **known, stated_reason=weighed)
    assert CONCLUDED[language] not in letter(name, language, **known)
    assert CONCLUDED[language] in letter(name, language, **known, stated_reason="contradicted")


AHEAD = {
    "en": "one that lies ahead",
    "de": "der noch bevorsteht",
    "fr": "encore à venir",
    "es": "que esté por llegar",
    "ja": "今後の期日は",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_several_passed_deadlines_none_is_called_the_last(language: str) -> None:
    passed = deadline(hours_left=-300.0) + deadline(hours_left=-30.0)
    text = letter("rejected_customer_imposed_deadline", language, deadlines=passed, **BY_CUSTOMER)
    assert re.search(AHEAD[language], text)


DATED = {
    "en": ("is 4 December 2026. Until then we go on with the work", "and found none", "has passed"),
    "de": ("den 4. Dezember 2026. Bis dahin setzen wir die Arbeit", "und keines gefunden", "ist vergangen"),
    "fr": ("le 4 décembre 2026. D'ici là, nous poursuivons", "nous n'en avons pas trouvé. Sans", "est passée"),
    "es": ("el 4 de diciembre de 2026. Hasta entonces continuamos", "no hemos encontrado ninguna", "ya ha pasado"),
    "ja": ("2026年12月4日と理解しております。それまでの間", "解決が必要な期日は見つかり", "は過ぎており"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rejection_for_a_deadline_says_what_was_found_of_one(language: str) -> None:
    found = (deadline(), (), deadline(hours_left=-30.0))
    for words, deadlines in zip(DATED[language], found, strict=True):
        text = letter("rejected_customer_imposed_deadline", language, deadlines=deadlines, **BY_CUSTOMER)
        assert [other for other in DATED[language] if other in text] == [words]


@pytest.mark.parametrize(
    ("language", "waited", "date"),
    [
        ("en", "you have been waiting for our answer since 15 November 2026, and", "noted 4 December 2026"),
        ("de", "dass Sie seit dem 15. November 2026 auf unsere Antwort warten", "den 4. Dezember 2026 notiert"),
        ("fr", "vous attendez notre réponse depuis le 15 novembre 2026 et", "noté le 4 décembre 2026"),
        ("es", "espera nuestra respuesta desde el 15 de noviembre de 2026 y", "anotado el 4 de diciembre de 2026"),
        ("ja", "2026年11月15日より、弊社からのお返事をお待たせして", "期日は2026年12月4日と理解"),
    ],
)
def test_an_approval_owns_up_to_the_wait_and_notes_the_date_if_they_are_known(
    language: str, waited: str, date: str
) -> None:
    waited_for = {"waiting_on": "us", "waiting_for": Span(70.0, 20.0)}
    text = letter("approved", language, **waited_for, deadlines=deadline(), **BY_CUSTOMER)
    assert waited in text
    # The wait counts from the first message without an answer, or from the opening of the case.
    assert not re.search("latest message|letzte Nachricht|dernier message|último mensaje|直近のご連絡", text)
    assert date in text
    plain = letter("approved", language, **{**waited_for, "waiting_on": "customer"}, deadlines=(), **BY_CUSTOMER)
    assert waited not in plain
    assert date not in plain


def test_letters_in_japanese_have_no_blanks_where_lines_were_broken() -> None:
    for name in ("approved", *REJECTIONS):
        assert not re.search(r"[ぁ-んァ-ヶ一-龠、。] [ぁ-んァ-ヶ一-龠]", letter(name, "ja", **EVERYTHING))


def test_a_team_without_translations_answers_in_its_own_language_alone() -> None:
    plain = shipped_commitments().model_copy(update={"translations": {}})
    templates = ReplyTemplates(TEMPLATES.templates, plain)
    made = draft(templates, "approved", speaking("de"))
    assert made.language == "en"
    assert made.because == "the contact prefers `de`, but commitments.translations in the settings has no `de`"
