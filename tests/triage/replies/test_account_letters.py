"""A letter on the escalation of an account speaks of the account, and one on the escalation of a case of the case."""

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from snow_escalations.model import Element, Outcome
from snow_escalations.settings.shipped import shipped_commitments
from snow_escalations.triage.replies import with_reference
from snow_escalations.triage.replies.check import CheckContext, Profile, ReplyCheckSettings, check_reply
from tests.support.dossiers import NOW, account_dossier, shipped_reader
from tests.support.replies import BY_CUSTOMER, BY_US, FOR_CUSTOMER, deadline, draft, shipped, speaking
from tests.triage.replies.test_who_asked import (
    ATTRIBUTED,
    BY_NOBODY,
    KNOWN,
    LANGUAGES,
    OURS,
    REJECTIONS,
    THANKS,
    TO_THEM,
)

TEMPLATES = shipped()
NAMES = tuple(TEMPLATES.templates)
ASKED: tuple[dict[str, Any], ...] = (
    BY_CUSTOMER,
    FOR_CUSTOMER,
    {"requester_side": "customer"},
    BY_US,
    *BY_NOBODY,
    {"requester_side": "customer", "request_source": "internal"},
)
"""Every branch of who asked: the customer, our own staff for them, our own staff, and nobody knows."""
OF_ACCOUNT: tuple[dict[str, Any], ...] = (
    {},
    {"deadlines": (), "executives": (), "stalled": False},
    {"deadlines": deadline(), "stalled": True},
    {"deadlines": deadline(hours_left=-30.0)},
)
"""What can be known of an account escalation: no conversation, as there is no one case."""


def letter(name: str, language: str, *, gives_reason: bool = True, **values: Any) -> str:
    if gives_reason and name in REJECTIONS:
        values = {**values, "reason": name.removeprefix("rejected_")}
    return draft(TEMPLATES, name, speaking(language), **values).text


def letters_on(source: str, name: str, language: str) -> list[str]:
    """All letters on the escalation of a case or of an account."""
    known = OF_ACCOUNT if source == "account" else KNOWN
    return [
        letter(name, language, gives_reason=gives_reason, **facts, **asked, source=source)
        for facts, asked, gives_reason in itertools.product(known, ASKED, (True, False))
    ]


ACCOUNT = {
    "en": r"your account",
    "de": r"Ihr(em)? Kundenkonto",
    "fr": r"votre compte client",
    "es": r"su cuenta",
    "ja": r"貴社のアカウント",
}
ANY_ACCOUNT = {"en": "account", "de": "[Kk]onto", "fr": "compte client", "es": "cuenta(?! con)", "ja": "アカウント"}
DECIDED = {
    "en": ("decline it: your account will not be escalated", "escalation team follows (your account|it)"),
    "de": ("abzulehnen: Ihr Kundenkonto wird derzeit nicht eskaliert", "Eskalationsteam das Kundenkonto"),
    "fr": ("refuser : votre compte client ne sera pas escaladé", "suit désormais le compte client"),
    "es": ("rechazarla: su cuenta no se escalará", "da seguimiento a la cuenta"),
    "ja": ("却下.*現時点では、貴社のアカウントのエスカレーションは行いません", "チームが貴社のアカウントを担当"),
}
"""What a letter says of the account: that it is not escalated, or that the escalation team follows it."""
OF_CASE = {
    "en": (
        r"the case will not be escalated|escalation of your case|escalation \S+ of your case|escalated your case|"
        r"team follows the case|work on the case can go on"
    ),
    "de": (
        r"Der Fall wird derzeit nicht eskaliert|für Ihren Fall|zu Ihrem Fall \S+ wurde genehmigt|"
        r"Ihren Fall \S+ selbst eskaliert|Eskalationsteam den Fall|an dem Fall kann"
    ),
    "fr": (
        r"le dossier ne sera pas escaladé|escalade de votre dossier|L'escalade \S+ de votre dossier|"
        r"escaladé votre dossier|escalader le dossier|suit désormais le dossier|travail sur le dossier peut"
    ),
    "es": (
        r"el caso no se escalará|escalación de su caso|escalación \S+ de su caso|nosotros mismos su caso|"
        r"sigue el caso|trabajo en el caso puede"
    ),
    "ja": (
        r"本ケースのエスカレーションは|ケース \S+ のエスカレーション|ケース \S+ につきまして|ケース \S+ についてご要望|"
        r"本ケースを担当|理由：エスカレーションを行わなくても"
    ),
}
"""Words by which a letter says that the case is, or is not, escalated."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_on_an_account_escalation_names_the_account_and_escalates_no_case(name: str, language: str) -> None:
    for text in letters_on("account", name, language):
        assert re.search(ACCOUNT[language], text.split("\n\n")[1]), text
        assert re.search(DECIDED[language][name == "approved"], text), text
        assert re.search(OF_CASE[language], text) is None, text
        assert text.count("CS0010001") == 1, "the case that the letter stands on"
        assert "ESC0010023" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_these_words_is_said_of_a_case_that_is_escalated(language: str) -> None:
    said = [text for name in NAMES for text in letters_on("case", name, language)]
    for words in OF_CASE[language].split("|"):
        assert any(re.search(words, text) for text in said), words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_on_a_case_escalation_opens_word_for_word_with_the_case(name: str, language: str) -> None:
    document = (Path(__file__).parent / "data" / "case_openings.yaml").read_text(encoding="utf-8")
    openings = yaml.safe_load(document)[name.partition("_")[0]][language]
    for asked, opening in zip((BY_CUSTOMER, BY_US, {}), openings, strict=True):
        assert letter(name, language, **asked, source="case").split("\n\n")[1] == opening


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_on_a_case_escalation_has_no_word_of_an_account(name: str, language: str) -> None:
    for text in letters_on("case", name, language):
        assert re.search(ANY_ACCOUNT[language], text) is None, text
    for known, asked in itertools.product(KNOWN, ASKED):  # where it is not known, a case is there or no letter is
        assert letter(name, language, **known, **asked) == letter(name, language, **known, **asked, source="case")


@pytest.mark.parametrize("source", ["account", "case"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_passes_every_point_of_the_check_whoever_asked(name: str, language: str, source: str) -> None:
    promised = shipped_commitments().in_language(language)
    context = CheckContext(
        profile=Profile.DRAFT,
        outcome=Outcome.APPROVE if name == "approved" else Outcome.REJECT,
        escalation_number="ESC0010023",
        case_number="CS0010001",
        language=language,
        offers=(promised.contact, promised.talk, promised.meeting_link),
        rule_names=("it concerns a whole account",),
        work_notes=("Told the customer that we wait for the logs.",),
        other_accounts=("Contoso",),
        element=Element.COMMENTS,
    )
    for text in letters_on(source, name, language):
        points = check_reply(with_reference(text, "Reference ESC0010023-7K3Q"), context, ReplyCheckSettings())
        assert [point for point in points if not point.passed] == [], text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_on_an_account_escalation_says_who_asked_as_one_on_a_case_does(name: str, language: str) -> None:
    ours = {
        "en": "Our own staff|ourselves",
        "de": "unser eigenes Team|selbst eskaliert",
        "fr": "Notre propre équipe|nous-mêmes",
        "es": "Nuestro propio equipo|nosotros mismos",
        "ja": OURS["ja"],
    }[language]
    for asked in ASKED:
        of_case, of_account = (letter(name, language, **asked, source=source) for source in ("case", "account"))
        assert (THANKS[language] in of_account) == (THANKS[language] in of_case)
        assert bool(re.search(ours, of_account)) == bool(re.search(OURS[language], of_case))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_on_an_account_escalation_attributes_nothing_to_a_customer_who_did_not_ask(
    name: str, language: str
) -> None:
    for known, asked in itertools.product(OF_ACCOUNT, (BY_US, *BY_NOBODY)):
        text = letter(name, language, **known, **asked, source="account")
        assert re.search(ATTRIBUTED[language], text) is None, text
        if name in REJECTIONS:
            reason = re.sub(r"your case\b|Ihrem Fall\b|votre dossier\b|su caso\b", "", text.split("\n\n")[2])
            assert re.search(TO_THEM[language], reason) is None, reason


CLOSED_ACCOUNT = {"account": None, "missing": ("the source record is missing, or closed to the account",)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("changes", [{}, CLOSED_ACCOUNT], ids=["readable", "closed to us"])
def test_that_an_account_was_escalated_is_read_from_the_records(changes: dict[str, Any], language: str) -> None:
    """Each linked case gets the letter with its own number, also where the record of the account is closed to us."""
    cases = [speaking(language).model_copy(update={"sys_id": f"{n:032x}", "number": f"CS000002{n}"}) for n in (1, 2)]
    of = account_dossier(*cases, **changes)
    facts = shipped_reader().read(of, NOW)
    for name, on in itertools.product(NAMES, cases):
        text = TEMPLATES.render(name, of, facts, on).text
        assert re.search(DECIDED[language][name == "approved"], text), text
        assert re.findall(r"CS\d+", text) == [on.number]
