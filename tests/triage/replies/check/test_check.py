"""Each point alone: what passes it, what fails it, and when it says that it could not be checked."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.model import Element, Outcome
from snow_escalations.triage.replies import check_reply as exported
from snow_escalations.triage.replies.check import (
    POINTS,
    CheckContext,
    Point,
    PointState,
    Profile,
    ReplyCheckSettings,
    check_reply,
    is_full,
)
from snow_escalations.triage.replies.check.language import language_of
from snow_escalations.triage.replies.check.text import Reply

NUMBER = "ESC0010023"
GOOD = (
    "Dear Ana, we have reviewed your escalation ESC0010023 and have decided not to escalate the case, because we "
    "answered you five hours ago and the next step needs your reply. We will write again tomorrow. Your contact is the "
    "Desk, 0800 555 0100. Please answer and we\ncall you.\n\nReference ESC0010023-7K3Q\n"
)


def context(profile: Profile = Profile.DRAFT, outcome: Outcome = Outcome.REJECT, **known: Any) -> CheckContext:
    complete: dict[str, Any] = {"rule_names": (), "work_notes": (), "other_accounts": (), "element": Element.COMMENTS}
    return CheckContext(profile=profile, outcome=outcome, **({"escalation_number": NUMBER} | complete | known))


def point(name: str, text: str, settings: ReplyCheckSettings | None = None, **known: Any) -> Point:
    points = check_reply(text, context(**known), settings or ReplyCheckSettings())
    return next(item for item in points if item.name == name)


def test_a_full_draft_passes_every_point_and_all_are_returned_in_order() -> None:
    points = check_reply(GOOD, context(offers=("the Desk, 0800 555 0100", "Please answer and we call you.")))
    assert tuple(item.name for item in points) == POINTS
    assert [item for item in points if not item.passed] == []
    assert all(item.sentence for item in points)
    assert [item.sentence for item in points if re.search(r"\bno (a|an|the)\b", item.sentence)] == []
    assert is_full(points)
    assert exported is check_reply


def test_nothing_said_fails_what_must_be_said_and_no_more() -> None:
    points = check_reply("", context())
    failed = {item.name for item in points if item.failed}
    assert failed >= {"names_escalation", "long_enough", "has_reference"}
    assert not any(name.startswith("no_") for name in failed)
    assert not is_full(points, allow_not_checked=True)


def test_what_could_not_be_checked_counts_as_the_caller_says() -> None:
    points = check_reply(GOOD, context(work_notes=None))
    notes = next(item for item in points if item.name == "no_work_notes")
    assert notes.state is PointState.NOT_CHECKED
    assert not is_full(points)
    assert is_full(points, allow_not_checked=True)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("no_rule_names", {"rule_names": None}),
        ("no_work_notes", {"work_notes": None}),
        ("no_other_accounts", {"other_accounts": None}),
        ("is_customer_visible", {"element": None, "profile": Profile.AUDIT}),
        ("has_reference", {"escalation_number": ""}),
        ("states_decision", {"language": "it"}),
        ("gives_reason", {"language": "it"}),
        ("says_next_steps", {"language": "it"}),
        ("no_scores", {"language": "it"}),
        ("no_thresholds", {"language": "it"}),
    ],
)
def test_a_point_that_could_not_be_checked_says_what_was_missing(name: str, known: dict[str, Any]) -> None:
    found = point(name, GOOD, **known)
    assert found.state is PointState.NOT_CHECKED
    assert "given" in found.sentence or "cannot tell" in found.sentence


def test_a_way_to_talk_in_an_unknown_language_is_told_by_a_number_alone() -> None:
    text = "Proszę dzwonić pod numer +48 22 555 01 42."
    assert point("offers_talk", text, profile=Profile.PERSON, language="pl").passed
    missing = point("offers_talk", "Proszę dzwonić.", profile=Profile.PERSON, language="pl")
    assert missing.state is PointState.NOT_CHECKED


@pytest.mark.parametrize(
    ("offer", "text", "passed"),
    [
        ("   ", "x", False),
        ("the Desk, 555 0100", "Call the desk (555 0100).", True),
        ("the Desk", "Call the desks.", False),
        ("窓口（+1 555 0100）", "担当は窓口（+1 555 0100）です。", True),
        ("窓口", "担当です。", False),
    ],
)
def test_a_draft_has_each_offer_word_for_word(offer: str, text: str, passed: bool) -> None:
    assert point("offers_talk", text, offers=(offer,)).passed is passed


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("Your contact is Rita Vale of the night desk.", True),
        ("Do not call Rita Vale of the night desk.", False),
        ("Your contact is Rita Vale of the night desk. Nobody will answer.", False),
        ("Do not wait. Your contact is Rita Vale of the night desk.", True),
        ("You must not wait.\nYour contact is Rita Vale of the night desk.", True),
    ],
)
def test_a_promised_contact_that_a_person_denies_or_takes_back_is_no_way_to_talk(text: str, passed: bool) -> None:
    offers = ("Rita Vale of the night desk",)
    assert point("offers_talk", text, offers=offers, profile=Profile.PERSON, language="en").passed is passed


def test_a_way_to_talk_that_is_refused_is_told_with_its_words() -> None:
    told = point("offers_talk", "Calls to our hotline are declined.", profile=Profile.PERSON, language="en").sentence
    assert told == "refuses the way to talk that it names, or takes it back: `hotline`"
    none = point("offers_talk", "That is all.", profile=Profile.PERSON, language="en").sentence
    assert none == "offers no way to talk, such as a contact, a number or a meeting"


@pytest.mark.parametrize("date", ["03-05-2026", "01.02.2026", "2026-11-23", "CS0045121", "10:30-11:45"])
def test_a_date_is_no_telephone_number(date: str) -> None:
    assert not point("offers_talk", f"Proszę {date}.", profile=Profile.PERSON, language="pl").passed


@pytest.mark.parametrize(
    ("text", "known", "state"),
    [
        ("about esc0010023.", {}, PointState.PASSED),
        ("about ESC00100231.", {}, PointState.FAILED),
        ("about your escalation.", {}, PointState.FAILED),
        ("about your escalation.", {"profile": Profile.AUDIT}, PointState.PASSED),
        ("about escalation ESC0010077.", {"profile": Profile.AUDIT}, PointState.FAILED),
        ("about your request.", {"profile": Profile.AUDIT}, PointState.FAILED),
        ("about your escalation.", {"escalation_number": ""}, PointState.PASSED),
        ("zur Eskalation", {"profile": Profile.AUDIT}, PointState.PASSED),
        ("エスカレーションの件", {"profile": Profile.AUDIT}, PointState.PASSED),
        ("ＥＳＣ００１００２３", {}, PointState.PASSED),
        ("エスカレーションESC0010023につきまして", {}, PointState.PASSED),
        ("for XESC0010023", {}, PointState.FAILED),
    ],
)
def test_the_escalation_is_named_by_number_and_on_the_case_by_the_word(
    text: str, known: dict[str, Any], state: PointState
) -> None:
    assert point("names_escalation", text, **known).state is state


@pytest.mark.parametrize(
    ("text", "language", "refused", "granted"),
    [
        ("We have not rejected your escalation.", "en", False, False),
        ("Your escalation was not approved.", "en", True, False),
        ("We cannot approve the escalation.", "en", True, False),
        ("We can't, for now, agree to your escalation.", "en", True, False),
        ("The escalation has not been approved yet.", "en", False, False),
        ("If we approve the escalation, we call you.", "en", False, False),
        ("Your escalation is approved.", "en", False, True),
        ("Your case has been escalated.", "en", False, True),
        ("Your previous escalation was approved.", "en", False, False),
        ("The server rejects the request.", "en", False, False),
        ("Wir stimmen Ihrer Eskalation nicht zu.", "de", True, False),
        ("Wir lehnen Ihre Eskalation ab.", "de", True, False),
        ("Wir lehnen Ihre Eskalation nicht ab.", "de", False, False),
        ("Ihre Eskalation wurde genehmigt.", "de", False, True),
        ("Nous n'avons pas rejeté votre escalade.", "fr", False, False),
        ("Votre escalade n'est pas acceptée.", "fr", True, False),
        ("Votre escalade est validée.", "fr", False, True),
        ("No hemos rechazado su escalación.", "es", False, False),
        ("No hemos aprobado su escalación.", "es", True, False),
        ("Hemos aprobado su escalación.", "es", False, True),
        ("エスカレーションは却下しておりません。", "ja", False, False),
        ("エスカレーションは承認できません。", "ja", True, False),
        ("エスカレーションを承認いたしました。", "ja", False, True),
    ],
)
def test_a_decision_is_told_from_its_opposite(text: str, language: str, refused: bool, granted: bool) -> None:
    states = {
        outcome: point("states_decision", text, outcome=outcome, language=language).passed
        for outcome in (Outcome.REJECT, Outcome.APPROVE)
    }
    assert states == {Outcome.REJECT: refused, Outcome.APPROVE: granted}


def test_both_decisions_in_one_text_are_none() -> None:
    text = "Your escalation is approved. Your escalation is declined."
    for outcome in (Outcome.REJECT, Outcome.APPROVE):
        assert "both" in point("states_decision", text, outcome=outcome, language="en").sentence
    assert point("states_decision", text, outcome=Outcome.HOLD).failed


def test_words_and_characters_are_counted_without_the_reference_and_without_repetition() -> None:
    settings = ReplyCheckSettings(min_words_rejection=20, min_characters_rejection=45)
    twenty = "one two three four five six seven eight nine ten a b c d e f g h i j"
    assert point("long_enough", twenty, settings).passed
    assert point("long_enough", f"{twenty.removesuffix(' j')}\n\nReference {NUMBER}-7K3Q", settings).failed
    assert point("long_enough", f"{twenty[:60]}.\n{twenty[:60].title()}.\n", settings).failed
    assert "characters" in point("long_enough", "却下します。", settings).sentence
    assert point(
        "long_enough",
        "エスカレーションは却下します。担当から明日ご連絡いたしますので、お待ちいただけますようお願いします。",
        settings,
    ).passed


@pytest.mark.parametrize(
    ("name", "text", "known", "passed"),
    [
        ("no_work_notes", "We think that they broke it themselves.", {}, False),
        ("no_work_notes", "WE THINK, that they BROKE it: themselves!", {}, False),
        ("no_work_notes", "We think that they will call.", {}, True),
        ("no_work_notes", "顧客が自分で設定を壊したと思われる。", {}, False),
        ("no_other_accounts", "as with ACME last week", {}, False),
        ("no_other_accounts", "the acme of skill", {}, True),
        ("no_other_accounts", "as with Foo Bar GmbH", {}, False),
        ("no_other_accounts", "as with Foo Barn", {}, True),
        ("no_other_accounts", "Dear Own Works team", {}, True),
        ("no_rule_names", "by rule `premium`", {}, False),
        ("no_rule_names", "as a premium customer", {}, True),
        ("no_rule_names", "answered-recently", {}, True),
        ("no_rule_names", "it is answered_recently", {}, False),
        ("no_sys_id", "6816F79CC0A8016401C5A33BE04BE441", {}, False),
        ("no_sys_id", "6816f79cc0a8016401c5a33be04be4411111", {}, True),
        ("no_sys_id", "md5: 6816f79cc0a8016401c5a33be04be441", {}, True),
        ("no_sys_id", "the md5 of your download is 6816f79cc0a8016401c5a33be04be441", {}, True),
        ("no_sys_id", "the md5 matches for task 6816f79cc0a8016401c5a33be04be441", {}, False),
        ("no_sys_id", "６８１６f79cc0a8016401c5a33be04be4\u200b41", {}, False),
        ("no_internal_hosts", "see https://docs.acme.test/x", {}, True),
        ("no_internal_hosts", "see https://docs.acme.test.evil.org/x", {}, False),
        ("no_internal_hosts", "see https://docs.acme.test@evil.org/x", {}, False),
        ("no_internal_hosts", "see https://meet.other.test/abc", {"offers": ("https://meet.other.test/abc",)}, True),
        ("no_internal_hosts", "on acme.service-now.com", {}, False),
        ("no_internal_hosts", "on sn.example.com", {"instance_host": "sn.example.com"}, False),
        ("no_internal_hosts", "nav_to.do?uri=x", {}, False),
        ("no_internal_hosts", r"on \\server\share", {}, False),
        ("no_internal_hosts", "on jump01", {}, False),
        ("no_internal_hosts", "on 172.16.0.9", {}, False),
        ("no_internal_hosts", "on 172.32.0.9 or 10.1.1.999", {}, True),
        ("no_internal_hosts", "version 10.0.0.9", {}, True),
        ("no_internal_hosts", "fd00::12", {}, False),
        ("no_foreign_mail_addresses", "desk@acme.test or one@else.test", {}, True),
        ("no_foreign_mail_addresses", "two@else.test", {}, False),
        ("no_foreign_mail_addresses", "x@sub.acme.test", {}, False),
        ("no_foreign_mail_addresses", "two@else.test", {"offers": ("mail two@else.test",)}, True),
        ("no_code_tag", "[ / CODE ]", {}, False),
        ("no_code_tag", "【code】", {}, False),
        ("no_code_tag", "the [error code] 12", {}, True),
        ("no_placeholders", "Dear [NAME],", {}, False),
        ("no_placeholders", "declined because of [insert reason]", {}, False),
        ("no_placeholders", "Dear [Customer Name],", {}, False),
        ("no_placeholders", "Sehr geehrter Herr [KUNDE],", {}, False),
        ("no_placeholders", "wegen [hier einfügen]", {}, False),
        ("no_placeholders", "because of <insert the reason>", {}, False),
        ("no_placeholders", "because {{ reason }}", {}, False),
        ("no_placeholders", "the next update comes TBD", {}, False),
        ("no_placeholders", "because lorem ipsum dolor", {}, False),
        ("no_placeholders", "call me on ______", {}, False),
        ("no_placeholders", "理由：[記入してください]", {}, False),
        ("no_placeholders", "Hemos hecho todo lo posible.", {}, True),
        ("no_placeholders", "your mail [URGENT] of Monday", {}, True),
        ("no_placeholders", "the field [Date] and the [Product] list", {}, True),
        ("no_placeholders", "run svc restart <name> as root", {}, True),
        ("no_placeholders", "the fix for CVE-2026-XXXX and KB00xxxx", {}, True),
        ("no_placeholders", "the file todo.txt, the list to do", {}, True),
        ("no_placeholders", "snake__case__name and a - - - line", {}, True),
        ("no_placeholders", "Dear [Name],", {}, False),
        ("no_placeholders", "Dear Mr. [name],", {}, False),
        ("no_placeholders", "Dear <Customer>,", {}, False),
        ("no_placeholders", "Dear {customer_name},", {}, False),
        ("no_placeholders", "Dear None, we declined it", {}, False),
        ("no_placeholders", "Sehr geehrte Frau [Nachname],", {}, False),
        ("no_placeholders", "Bonjour [Prénom],", {}, False),
        ("no_placeholders", "Estimado/a [nombre del cliente]:", {}, False),
        ("no_placeholders", "[お客様名] 様", {}, False),
        ("no_placeholders", "〇〇様", {}, False),
        ("no_placeholders", "理由：（理由を記入）", {}, False),
        ("no_placeholders", "declined because [reason for rejection].", {}, False),
        ("no_placeholders", "abgelehnt, weil [Begründung].", {}, False),
        ("no_placeholders", "refusée parce que [motif].", {}, False),
        ("no_placeholders", "rechazada porque [indicar motivo].", {}, False),
        ("no_placeholders", "Kind regards\n[Your Name]", {}, False),
        ("no_placeholders", "Kind regards\n[Name]\nSupport", {}, False),
        ("no_placeholders", "Cordialement\n[Votre nom]", {}, False),
        ("no_placeholders", "the next update comes tbd.", {}, False),
        ("no_placeholders", "TODO: the reason", {}, False),
        ("no_placeholders", "Please click [LINK] to choose a time", {}, False),
        ("no_placeholders", "Press [Enter], or [Insert] and [ENTER]", {}, True),
        ("no_placeholders", "Klicken Sie auf [Einfügen]", {}, True),
        ("no_placeholders", "Appuyez sur [Insérer].", {}, True),
        ("no_placeholders", "Pulse [Insertar] para continuar", {}, True),
        ("no_placeholders", "画面の[入力]欄に値が表示されません", {}, True),
        ("no_placeholders", "the button [Insert row] does not respond", {}, True),
        ("no_placeholders", "the column [DATE] of your export is empty", {}, True),
        ("no_placeholders", "the columns [A], [DATE] and [NAME] are empty", {}, True),
        ("no_placeholders", "the [Customer ID] column is empty", {}, True),
        ("no_placeholders", "Das Feld [DATUM] in Ihrem Export ist leer", {}, True),
        ("no_placeholders", "Le champ [NOM] de votre export est vide", {}, True),
        ("no_placeholders", "El campo [NOMBRE] de la tabla", {}, True),
        ("no_placeholders", "SELECT [DATE], [NAME] FROM [CUSTOMER]", {}, True),
        ("no_placeholders", "we ran `SELECT [DATE]` and `print {{ x }}`", {}, True),
        ("no_placeholders", "the path /data/[customer_id]/in", {}, True),
        ("no_placeholders", "see the [LINK](https://docs.example.com/a)", {}, True),
        ("no_placeholders", "[LINK DOWN] and [TIME OUT] stand in the log", {}, True),
        ("no_placeholders", "because [worker-3] was blocked", {}, True),
        ("no_placeholders", "Dear [EXT] Ana Sousa,", {}, True),
        ("no_placeholders", "HEMOS HECHO TODO LO POSIBLE", {}, True),
        ("no_placeholders", "la lista TODO está vacía", {}, True),
        ("no_placeholders", "Ana Todo and TBD Networks GmbH", {}, True),
        ("no_placeholders", 'you asked "when is it fixed????"', {}, True),
        ("no_placeholders", "the card XXXX XXXX XXXX 1234 is masked", {}, True),
        ("no_placeholders", "https://x.example/?a=xxxx", {}, True),
        ("no_placeholders", "we look at it\n________________\nRegards", {}, True),
        ("no_internal_words", "INTERNAL ONLY: x", {}, False),
        ("no_internal_words", "the Bluebird project", {}, False),
        ("no_internal_words", "社外秘", {}, False),
        ("no_scores", "confidence: 0.87", {"language": "it"}, False),
        ("no_thresholds", "age_hours < 16", {"language": "it"}, False),
        ("no_thresholds", "waiting_for = 16", {"language": "it"}, False),
        ("no_thresholds", "set max_connections = 500", {"language": "en"}, True),
        ("no_thresholds", "priority = 2", {"language": "en"}, True),
        ("no_thresholds", "the alarm threshold: 80", {"language": "en"}, True),
        ("no_scores", "the cvss score: 9.8", {"language": "en"}, True),
    ],
)
def test_leaks_are_told_from_what_only_looks_like_them(
    name: str, text: str, known: dict[str, Any], passed: bool
) -> None:
    settings = ReplyCheckSettings(
        allowed_mail_domains=frozenset({"acme.test"}),
        allowed_mail_addresses=frozenset({"one@else.test"}),
        allowed_link_hosts=frozenset({"acme.test"}),
        extra_internal_words=("bluebird",),
        extra_internal_hosts=frozenset({"jump01"}),
    )
    case: dict[str, Any] = {
        "work_notes": ("L3: hm. We think that they broke it themselves.", "顧客が自分で設定を壊したと思われる。"),
        "other_accounts": ("Acme Ltd", "Foo Bar", "Own"),
        "own_account": "Own Works",
        "rule_names": ("premium", "answered_recently", ""),
    }
    assert point(name, text, settings, **(case | known)).passed is passed


def test_a_placeholder_behind_a_greeting_is_told_once() -> None:
    assert point("no_placeholders", "Dear [NAME],").sentence == "shows a placeholder: `[NAME]`"
    assert point("no_placeholders", "Dear [Name],").sentence == "shows a placeholder: `Dear [Name]`"


def test_a_run_of_words_of_a_note_is_told_though_the_sentence_is_another() -> None:
    note = "Per L3 the engineers do not believe that this is a bug at all, so wait."
    text = "As you know the engineers do not believe that this is a bug at all and therefore no fix is planned."
    assert point("no_work_notes", text, work_notes=(note,)).failed


def test_a_name_is_found_beside_the_reference_line_only_where_it_is_said() -> None:
    """The reference line itself is not read as text."""
    text = "x\n\nReference 6816f79cc0a8016401c5a33be04be441-7K3Q"
    assert point("no_sys_id", text).passed


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("We have reviewed your escalation and it was not approved.", "", "en"),
        ("ESC0010023 rejected. Not justified.", "", "en"),
        ("abgelehnt", "", "de"),
        ("Wir haben Ihre Eskalation geprüft und nicht genehmigt.", "", "de"),
        ("x", "de-AT", "de"),
        ("x", "JA_jp", "ja"),
        ("我们已经拒绝了您的升级请求。", "", ""),
        ("Мы рассмотрели вашу эскалацию.", "", ""),
        ("", "", ""),
    ],
)
def test_the_language_is_told_or_given(text: str, given: str, wanted: str) -> None:
    assert language_of(Reply(text, NUMBER, ""), given) == wanted


HARD = st.sampled_from(
    [
        "we ",
        "not ",
        "escalation ",
        "because ",
        ". ",
        "[",
        "://",
        "@",
        "a.",
        "10.",
        "承認",
        "ため",
        "ﷺ",
        "\u200b",
        "İ",
        "\n",
        "|",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(HARD, max_size=60).map("".join)), st.sampled_from(list(Profile)))
def test_any_text_gets_every_point(text: str, profile: Profile) -> None:
    known = context(profile=profile, work_notes=(text,), other_accounts=(text,), rule_names=(text,), offers=(text,))
    points = check_reply(text, known)
    assert tuple(item.name for item in points) == POINTS
    assert points == check_reply(text, known)
