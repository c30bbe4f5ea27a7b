"""Replies lack nothing, name what there is, and say what is wrong with them at its place."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.documents import DocumentError, Problem
from snow_escalations.model import ComplaintItem, EarlierItem, Person, Span
from snow_escalations.triage.replies import Commitments, ReplyTemplates, TemplateError
from snow_escalations.triage.replies.words import without_code_tags
from tests.support.dossiers import case
from tests.support.replies import COMMITMENTS, deadline, draft, load, render, speaking, template


def test_a_letter_names_records_facts_and_commitments() -> None:
    names = ["escalation.number", "escalation.reason", "case.number", "contact.name", "evidence.reason"]
    names += [f"commitments.{name}" for name in ("contact", "talk", "next_update", "meeting_link")]
    assert render(" ".join(f"{{{{ {name} }}}}" for name in names), reason="inactivity") == (
        "ESC0010023 Inactivity CS0010001 Ana Sousa inactivity the Desk, 555 0100 Please answer and we call you. "
        "tomorrow https://meet.example.com/desk\n"
    )


@pytest.mark.parametrize(
    ("letter", "values", "wanted"),
    [
        ("{{ evidence.since_opened | duration }}", {"since_opened": Span(5.2, 2.0)}, "about 5 hours"),
        ("{{ evidence.since_opened | ago }}", {"since_opened": Span(5.2, 2.0)}, "about 5 hours ago"),
        (
            "{{ evidence.since_opened | instant }}",
            {"since_opened": Span(5.2, 2.0)},
            "18 November 2026 at 04:48 (UTC)",
        ),
        (
            "{{ evidence.since_opened.since | instant }}",
            {"since_opened": Span(0, 0)},
            "18 November 2026 at 10:00 (UTC)",
        ),
        ("{{ evidence.since_opened | date }}", {"since_opened": Span(11, 2)}, "17 November 2026"),
        (
            "{% if evidence.deadlines %}{{ evidence.deadlines[0].latest | instant }}{% endif %}",
            {"deadlines": deadline()},
            "4 December 2026 at 17:00 (UTC)",
        ),
        ("{{ evidence.since_opened.hours | round }}", {"since_opened": Span(5.2, 2.0)}, "5"),
        ("{{ evidence.since_opened.business_hours | duration }}", {"since_opened": Span(5.2, 2.0)}, "about 2 hours"),
        ("{{ evidence.requested_on | date }}", {"requested_on": dt.date(2026, 12, 4)}, "4 December 2026"),
        ("{{ evidence.earlier_escalations + 1 }}", {"earlier_escalations": 2}, "3"),
        ("{{ evidence.case_state }}", {"case_state": "open"}, "open"),
        ("{{ evidence['account'] }}", {"account": "Boxeo"}, "Boxeo"),
        (
            "{% if evidence.deadlines %}{{ evidence.deadlines[0].date | date }}{% else %}none{% endif %}",
            {"deadlines": deadline()},
            "4 December 2026",
        ),
        (
            "{% if evidence.deadlines %}{{ evidence.deadlines[0].date | date }}{% else %}none{% endif %}",
            {"deadlines": ()},
            "none",
        ),
        (
            "{% if evidence.earlier %}{{ evidence.earlier[0].number }}{% endif %}",
            {"earlier": (EarlierItem(number="ESC1", outcome="declined", opened_at=None, age_hours=None),)},
            "ESC1",
        ),
        ("{{ ['a', 'b'] | join(', ') }}{{ 'x' if evidence.source in ['case'] else 'y' }}", {"source": "case"}, "a, bx"),
    ],
)
def test_facts_are_put_in_words(letter: str, values: dict[str, Any], wanted: str) -> None:
    assert render(letter, **values) == f"{wanted}\n"


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("a\n{% if case.number %}\nb\n{% endif %}\nc", "a b c"),
        ("a\n  {% if case.number %} {% set x = 'y' %}  \nb\n  {% endif %}\nc", "a b c"),
        ("a{% if case.number %} b{% endif %}\nc", "a b c"),
        ("a {% if case.number %}\nb\n{% endif %}\nc", "a b c"),
        ("{% if case.number %}a{% endif %}\nb", "a b"),
        ("a\n{% set x = 'y' or\n  'z' %}\nb", "a b"),
        ("a {# x #}\nb\n{# y\n z #}\nc", "a b c"),
        ("a {% if case.number -%}\nb{% endif %}", "a b"),
        ("a\n\n{% if case.number %}\nb\n{% endif %}\n\nc", "a\n\nb\n\nc"),
    ],
)
def test_a_tag_leaves_neither_a_blank_line_nor_two_words_in_one(letter: str, wanted: str) -> None:
    assert render(letter) == f"{wanted}\n"


def test_a_letter_can_name_the_explanation() -> None:
    templates = load("Because: {{ explanation or 'of what we found' }}")
    told = draft(templates, explanation=["You were answered [code]today[/code].", "We wait\nfor you."])
    assert told.text == "Because: You were answered today. We wait for you.\n"
    assert draft(templates).text == "Because: of what we found\n"


@pytest.mark.parametrize("name", ["", "   ", "12345", "ana@example.com", "Visit evil.com", "[code]Ana[/code]"])
def test_a_contact_without_a_name_that_can_be_used_is_greeted_without_one(name: str) -> None:
    letter = "Dear {{ contact.name or 'customer' }},"
    assert render(letter, case(contact=Person(sys_id="2" * 32, name=name))) == "Dear customer,\n"
    assert render(letter, case(contact=None)) == "Dear customer,\n"


def test_problems_of_templates_come_at_once_with_file_and_line() -> None:
    letters = {"a": "fine\n{{ nothing }}", "b": "x\ny\n{% if %}", "c": "good"}
    texts = {f"{name}.en": (f"{name}.en.j2", template(letter)) for name, letter in letters.items()}
    with pytest.raises(DocumentError) as caught:
        ReplyTemplates.load(texts, COMMITMENTS)
    assert [(item.source, item.line, item.line_text) for item in caught.value.problems] == [
        ("a.en.j2", 6, "{{ nothing }}"),
        ("b.en.j2", 7, "{% if %}"),
        ("b.en.j2", 7, "{% if %}"),
    ]


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("a\n{{ escalation.numbr }}", [(2, 15, "`escalation` has no `numbr`; did you mean `number`?")]),
        ("{{ escalation['numbr'] }}", [(1, 15, "`escalation` has no `numbr`; did you mean `number`?")]),
        ("x {{ contct.name }}", [(1, 6, "there is no `contct`; did you mean `contact`?")]),
        ("{{ contact.name | uper }}", [(1, 19, "there is no filter `uper`; did you mean `upper`?")]),
        ("{% if case.number is defind %}x{% endif %}", [(1, 22, "there is no test `defind`; did you mean `defined`?")]),
        (
            "{{ escalation.number }} {{ case.nmber }}\r\n\n  {%- if evidence.prio %}{{ case.nmber | lwer }}{% endif %}",
            [
                (1, 33, "`case` has no `nmber`; did you mean `number`?"),
                (3, 19, "`evidence` has no `prio`; did you mean `priority`?"),
                (3, 34, "`case` has no `nmber`; did you mean `number`?"),
                (3, 42, "there is no filter `lwer`; did you mean `lower`?"),
            ],
        ),
        ("{{ case.number }} {{ number }}", [(1, 22, "there is no `number`")]),
        ("{{ nothing | default('x') }}", [(1, 4, "there is no `nothing`")]),
        ("{{ escalation.items }}", [(1, 15, "`escalation` has no `items`; known: number, reason")]),
        (
            "{{ evidence.waiting_for.days }}",
            [(1, 25, "`evidence.waiting_for` has no `days`; known: business_hours, hours")],
        ),
        ("{{ evidence.deadlines[0].dat }}", [(1, 26, "`evidence.deadlines[0]` has no `dat`; did you mean `date`?")]),
        ("{{ evidence.reason.x }}", [(1, 20, "`evidence.reason` has no `x`")]),
        ("one\n two {% iff x %}", [(2, 6, "Encountered unknown tag 'iff'; did you mean `if`?")]),
        ("one\n two {{ 1 // 0 }}", [(2, 6, "integer division or modulo by zero")]),
        ("{{ evidence }}", [(1, 4, "`evidence` has no words of its own; name a part of it, such as `evidence.since_")]),
        ("{{ evidence[case.number] }}", [(1, 4, "`evidence` has no words of its own")]),
        ("{% set e = evidence %}{{ e.reason }}", [(1, 12, "`evidence` has no words of its own")]),
        ("{% set case = 'x' %}", [(1, 8, "`case` is taken; `set` another name")]),
    ],
)
def test_every_unknown_name_of_a_letter_is_told_at_its_column(letter: str, wanted: list[tuple[int, int, str]]) -> None:
    with pytest.raises(TemplateError) as caught:
        load(letter)
    found = caught.value.problems
    assert [(item.line - 4, item.column) for item in found] == [item[:2] for item in wanted]
    assert all(item.message.startswith(words) for item, (_, _, words) in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("letter", "message"),
    [
        (
            "{{ evidence.since_opened }}",
            r"a duration has no words of its own; write `\| instant` for when it began, or `\| duration`",
        ),
        ("{{ evidence.since_opened.since }}", r"an instant has no words of its own; write `\| instant`"),
        ("{{ evidence.stalled_for | instant }}", "not a duration that runs since no known instant"),
        ("{{ evidence.stalled_for | date }}", "not a duration that runs since no known instant"),
        ("{{ evidence.since_opened.hours | instant }}", "takes a time since an instant or an instant, not float"),
        ("{{ evidence.requested_on }}", "a date has no words of its own; write `| date`"),
        ("{{ evidence.stalled }}", "true and false have no words"),
        ("{{ evidence.deadlines }}", "a list and what is in it have no words"),
        ("{{ evidence.deadlines | join }}", "a list and what is in it have no words"),
        ("{{ evidence.since_opened.hours }}", "30.5 may have many digits; write `| round`"),
        ("{{ evidence.sla_percentage }}", r"62.5 may have many digits.* \(where `evidence.sla_percentage` is 62.5\)"),
        ("{{ evidence.reason | duration }}", "take a duration or a number of hours, not str"),
        ("{{ evidence.reason | date }}", "takes a day such as `evidence.requested_on`, not str"),
        ("{{ evidence.deadlines[0].latest | date }}", "not an instant, whose day depends on the zone"),
        ("{{ evidence.reason | round }}", "`round` takes a number, not str"),
        ("{{ evidence.deadlines[0].words }}", r"there is no `\[0\]`; .* \(where `evidence.deadlines` is empty\)"),
        (
            "{{ evidence.earlier[0].age_hours | ago }}",
            r"what is not there \(where `evidence.earlier` is a list of other\)",
        ),
        ("{{ evidence.deadlines[0].hours_left | ago }}", "-72 hours are no duration"),
        (
            "{% if evidence.last_word == 'nobody' %}{{ evidence.stalled }}{% endif %}",
            r"true and false have no words; .* \(where `evidence.last_word` is nobody\)",
        ),
        ("{% if contact.name == '' %}{{ 1.5 }}{% endif %}", r"\(where the contact has no name\)"),
        ("x" * 3801, "the reply is longer than 3800 characters"),
        (
            "{% set a = 'x' %}{% if evidence.stalled %}{% set b = 'y' %}{% endif %}{{ a }}{{ b }}",
            "`b` may not be set here",
        ),
        ("x" * 20_001, "the template has 20005 characters, the limit is 20000"),
    ],
)
def test_what_a_letter_cannot_say_fails_when_it_is_loaded_in_every_branch(letter: str, message: str) -> None:
    with pytest.raises(TemplateError, match=message):
        load(letter)


@pytest.mark.parametrize(
    "letter",
    [
        "{% set odd = 'x' %}{{ odd }}",
        "{% if evidence.stalled %}{% set a = 'x' %}{% else %}{% set a = 'y' %}{% endif %}{{ a }}",
        "{% if evidence.priority is defined and evidence['priority'] is not none %}x{% endif %}",
        "{# {{ nothing }} #}{% raw %}{{ nothing }}{% endraw %}",
    ],
)
def test_names_that_a_letter_makes_itself_are_known(letter: str) -> None:
    assert load(letter).templates["t"]["en"].template


PIECES = st.sampled_from(["{{", "}}", "{%", "%}", " if ", "endif", "case", ".", "|", "x", "'", "\n", "<p>", "[code]"])


@given(st.lists(PIECES).map("".join), st.sampled_from(["text", "html"]))
def test_any_text_is_a_letter_or_a_template_error(letter: str, form: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        load(letter, form=form)
    except TemplateError as error:
        problems = error.problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


@pytest.mark.parametrize("value", [{}, {"priority": None}])
def test_a_fact_that_is_not_known_or_none_is_missing_and_never_empty(value: dict[str, Any]) -> None:
    with pytest.raises(TemplateError, match=r"t\.en\.j2:6:1: `priority` is not known of this case; ask"):
        draft(load("Dear\n{{ evidence.priority }}"), **value)
    assert render("{% if evidence.priority is defined %}x{% else %}y{% endif %}", **value) == "y\n"


def test_what_an_item_does_not_have_is_missing_too() -> None:
    letter = "{% if evidence.complaints and evidence.complaints[0].hours is defined %}x{% else %}y{% endif %}"
    silent = ComplaintItem(kind="silence", hours=None, words="silence")
    assert render(letter, complaints=(silent,)) == "y\n"
    assert render(letter, complaints=(replace(silent, hours=2.0),)) == "x\n"


HOSTILE = st.sampled_from(
    [
        *(
            "[code]",
            "[/code]",
            "{{ 7*7 }}",
            "{% raw %}",
            "\n",
            "\x1b[31m",
            "[co[code]de]",
            "［ＣＯＤＥ］",
            "a",
            "&#91;",
        ),
        *("https://evil.example", "a@b.example", "www.evil.com"),
    ]
)


@given(st.lists(HOSTILE, min_size=1, max_size=8).map("".join))
def test_words_of_a_record_are_data(words: str) -> None:
    letter = (
        "Dear {{ contact.name }}, about {{ case.short_description }}, {{ evidence.account }} and "
        "{% if evidence.complaints %}{{ evidence.complaints[0].words }}{% endif %}."
    )
    on = case(contact=Person(sys_id="2" * 32, name=words), short_description=words)
    text = render(letter, on, account=words, complaints=(ComplaintItem(kind="silence", hours=None, words=words),))
    assert without_code_tags(text) == text
    assert "\x1b" not in text
    assert text.count("\n") == 1
    assert "49" not in text
    assert not any(address in text for address in ("https:", "a@b", "evil.com", "evil.example"))


@given(st.lists(st.sampled_from(["[", "]", "code", "/", " ", "co", "de", "&#91;", "ｃ"]), max_size=6).map("".join))
def test_no_code_tag_arises_of_values_side_by_side(words: str) -> None:
    on = case(contact=Person(sys_id="2" * 32, name=f"Ana {words}"), short_description=words)
    text = render("[{{ case.short_description }}{{ contact.name }}]{{ case.short_description }}de]", on)
    assert without_code_tags(text) == text


def in_languages(*languages: str, promised: tuple[str, ...] = ()) -> ReplyTemplates:
    translation = {"talk": "Bitte rufen Sie an.", "next_update": "morgen"}
    commitments = {**COMMITMENTS.model_dump(), "translations": dict.fromkeys(promised, translation)}
    letter = "{{ evidence.since_opened | ago }}, {{ commitments.next_update }}"
    texts = {f"t.{one}": (f"t.{one}.j2", template(letter, language=one)) for one in languages}
    return ReplyTemplates.load(texts, Commitments.model_validate(commitments))


@pytest.mark.parametrize(
    ("preferred", "language", "text"),
    [
        ("de", "de", "vor etwa 5 Stunden, morgen\n"),
        ("de_AT", "de", "vor etwa 5 Stunden, morgen\n"),
        ("en", "en", "about 5 hours ago, tomorrow\n"),
        ("fr", "en", "about 5 hours ago, tomorrow\n"),
        ("", "en", "about 5 hours ago, tomorrow\n"),
    ],
)
def test_a_contact_is_answered_in_the_language_that_the_letter_and_the_commitments_speak(
    preferred: str, language: str, text: str
) -> None:
    made = draft(in_languages("de", "en", "fr", promised=("de",)), on=speaking(preferred), since_opened=Span(5.0, 2.0))
    assert (made.language, made.text, made.template) == (language, text, "t")
    assert preferred in made.because or made.because == "the contact has no preferred language"


@pytest.mark.parametrize(
    ("preferred", "wanted"), [("en_GB", "en_GB"), ("en-gb", "en_GB"), ("en_US", "en"), ("en", "en")]
)
def test_a_letter_in_a_variety_of_the_fallback_language_needs_no_commitments_of_its_own(
    preferred: str, wanted: str
) -> None:
    letters = {f"t.{code}": (f"t.{code}.j2", template(code, language=code)) for code in ("en", "en_GB")}
    made = draft(ReplyTemplates.load(letters, COMMITMENTS), on=speaking(preferred))
    assert (made.language, made.text.strip()) == (wanted, wanted)


def test_a_language_without_words_for_durations_says_so() -> None:
    with pytest.raises(TemplateError, match="the filter `ago` has words in de, en, es, fr, ja, but not in `pt_BR`"):
        in_languages("en", "pt_BR")


def test_a_reply_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        draft(load("x"), "other")


def test_the_examples_of_the_docs_are_letters() -> None:
    document = (Path(__file__).parents[3] / "docs" / "replies.md").read_text(encoding="utf-8")
    whole, account, part, none, moment = re.findall(r"^```\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)
    text = draft(ReplyTemplates.load({"t.en": ("t.en.j2", whole)}, COMMITMENTS), waiting_for=Span(70.0, 20.0)).text
    assert "case CS0010001. You have waited since 15 November 2026. You will hear from us tomorrow." in text
    assert load(account).check_for("t", frozenset()) == ()
    for known, what in (({"source": "account"}, "your account"), ({"source": "case"}, "the case"), ({}, "the case")):
        assert render(account, **known) == f"{what} will not be escalated at this point.\n"
    assert load(part).check_for("t", frozenset()) == ()
    assert render(part, deadlines=deadline()) == "4 December 2026 some users\n"
    assert load(none).check_for("t", frozenset()) == ()
    assert render(none, deadlines=(), requester_side="customer") == "We have found no date in your request.\n"
    assert render(none, deadlines=(), requester_side="us") == "\n"
    assert render(none, deadlines=(), requester_side="customer", request_source="internal") == "\n"
    assert load(moment).check_for("t", frozenset()) == ()
    assert render(moment, since_last_reply=Span(5.2, 5.0)) == (
        "We last wrote to you on 18 November 2026 at 04:48 (UTC).\n"
    )


def test_what_a_letter_cannot_use_hides_none_of_its_other_faults_and_leads_to_none() -> None:
    """Names that a refused part makes are used elsewhere, and nobody knows them."""
    letter = (
        "{% for x in evidence.deadlines %}{{ x.date }}{% endfor %}\n"
        "{% macro wave() %}{% endmacro %}{{ wave }} {{ nothing }} {{ evidence.waitng_for | instnt }}\n"
    )
    with pytest.raises(DocumentError) as caught:
        load(letter)
    assert [(problem.line - 4, problem.message.split(":")[0].split(";")[0]) for problem in caught.value.problems] == [
        (1, "a reply cannot use `for`"),
        (2, "a reply cannot use `macro`"),
        (2, "there is no `nothing`"),
        (2, "`evidence` has no `waitng_for`"),
        (2, "there is no filter `instnt`"),
    ]


def test_a_name_that_may_not_be_set_is_told_with_those_that_there_are_not() -> None:
    letter = "{% if evidence.stalled is defined %}{% set a = 1 %}{% endif %}{{ a }} {{ b }} [code]"
    with pytest.raises(DocumentError) as caught:
        load(letter)
    assert [problem.message.split(";")[0] for problem in caught.value.problems] == [
        "`a` may not be set here",
        "there is no `b`",
        "a `[code]` tag",
    ]
