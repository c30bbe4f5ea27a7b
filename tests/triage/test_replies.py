"""Replies can run nothing, lack nothing, and carry nothing internal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from snow_escalations.documents import DocumentError, Problem
from snow_escalations.model import AuthorKind, Outcome, Person
from snow_escalations.settings.shipped import shipped_commitments, shipped_config
from snow_escalations.triage.evidence import evidence_of
from snow_escalations.triage.replies import (
    Commitments,
    ReplyTemplates,
    TemplateError,
    check_reply,
    reference_line,
    reference_prefix,
    with_reference,
)
from snow_escalations.triage.replies.reference import has_reference
from snow_escalations.triage.replies.words import one_line, without_code_tags
from tests.support.dossiers import NOW, account_dossier, ago, case, comment, dossier, escalation

COMMITMENTS = Commitments(contact="the Desk, 555 0100", talk="Please answer and we call you.", next_update="tomorrow")


def load(text: str) -> ReplyTemplates:
    return ReplyTemplates.load({"t": ("t.txt.j2", text)}, COMMITMENTS)


def render(text: str, of: Any = None) -> str:
    plain = of or dossier(comment(AuthorKind.US, ago(hours=5)))
    return load(text).render("t", plain, evidence_of(plain, NOW), plain.cases[0])


def test_a_template_names_records_facts_and_commitments() -> None:
    names = ["escalation.number", "case.number", "contact.name", "evidence.since_last_reply", "commitments.contact"]
    assert (
        render(" ".join(f"{{{{ {name} }}}}" for name in names))
        == "ESC0010023 CS0010001 Ana Sousa 5.0 the Desk, 555 0100\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ nothing }}",
        "{{ escalation.sys_id }}",
        "{{ evidence.no_such_fact }}",
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ escalation.__init__.__globals__ }}",
        "{{ lipsum }}",
        "{{ lipsum.__globals__ }}",
        "{{ range(10) }}",
        "{{ cycler }}",
        "{{ dict }}",
        "{{ joiner }}",
        "{{ namespace }}",
        "{{ self }}{{ self.__init__ }}",
        "{{ escalation.number.format() }}",
        "{{ '%s' % 1 }}",
        "{{ 'a' * 50000000 }}",
        "{{ 9 ** 9 ** 7 }}",
        "{{ escalation.number | attr('__class__') }}",
        "{{ [1] | map('string') }}",
        "{{ escalation | tojson }}",
        "{{ 'x' | safe }}",
        "{{ 1 // 0 }}",
        "{{ 'a' + 1 }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% macro f() %}x{% endmacro %}{{ f() }}",
        "{% for a in ten %}{% for b in ten %}{% for c in ten %}0123456789{% endfor %}{% endfor %}{% endfor %}".replace(
            "ten", "'aaaaaaaaaa'"
        ),
        "{% set x = escalation.pop('number') %}",
        "{% do escalation.clear() %}",
        "{{ unclosed ",
        "{% if %}",
    ],
)
def test_a_template_that_could_run_or_lack_something_is_refused_when_it_is_loaded(text: str) -> None:
    with pytest.raises(TemplateError):
        load(text)


def test_problems_of_templates_come_at_once_with_file_and_line() -> None:
    texts = {"a": ("a.txt.j2", "fine\n{{ nothing }}"), "b": ("b.txt.j2", "x\ny\n{% if %}"), "c": ("c.txt.j2", "good")}
    with pytest.raises(DocumentError) as caught:
        ReplyTemplates.load(texts, COMMITMENTS)
    assert [(item.source, item.line, item.line_text) for item in caught.value.problems] == [
        ("a.txt.j2", 2, "{{ nothing }}"),
        ("b.txt.j2", 3, "{% if %}"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
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
        ("{{ escalation.items }}", [(1, 15, "`escalation` has no `items`")]),
        ("one\n two {% iff x %}", [(2, 6, "Encountered unknown tag 'iff'; did you mean `if`?")]),
        ("one\n two {{ 1 // 0 }}", [(2, 6, "integer division or modulo by zero")]),
    ],
)
def test_every_unknown_name_of_a_template_is_told_at_its_column(text: str, wanted: list[tuple[int, int, str]]) -> None:
    with pytest.raises(TemplateError) as caught:
        load(text)
    found = caught.value.problems
    assert [(item.line, item.column) for item in found] == [item[:2] for item in wanted]
    assert all(item.message.startswith(words) for item, (_, _, words) in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "{% set case = {'odd': 'x'} %}{{ case.odd }}",
        "{% if evidence.priority is defined and evidence['priority'] is not none %}x{% endif %}",
        "{# {{ nothing }} #}{% raw %}{{ nothing }}{% endraw %}",
    ],
)
def test_names_that_a_template_makes_itself_are_known(text: str) -> None:
    assert load(text).templates["t"]


@pytest.mark.parametrize("text", ["{{ " + "(" * 500 + "1" + ")" * 500 + " }}", "{{ " + "[" * 5000, "{{ " + "9" * 5000])
def test_a_template_beyond_what_python_takes_is_an_error_of_the_template(text: str) -> None:
    with pytest.raises(TemplateError):
        load(text)


PIECES = st.sampled_from(["{{", "}}", "{%", "%}", " if ", "endif", "case", ".", "|", "x", "'", "\n"])


@given(st.lists(PIECES).map("".join))
def test_any_text_is_a_template_or_a_template_error(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        load(text)
    except TemplateError as error:
        problems = error.problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


def test_a_fact_that_could_not_be_read_is_missing_and_never_empty() -> None:
    templates = load("{{ evidence.priority }}")
    of = account_dossier(case())
    with pytest.raises(TemplateError, match="priority"):
        templates.render("t", of, evidence_of(of, NOW), of.cases[0])


HOSTILE = st.sampled_from(
    ["[code]", "[/code]", "{{ 7*7 }}", "{% raw %}", "\n", "\x1b[31m", "[co[code]de]", "［ＣＯＤＥ］", "a"]
)


@given(st.lists(HOSTILE, min_size=1, max_size=8).map("".join))
def test_words_of_a_record_are_data(words: str) -> None:
    of = dossier(case=case(contact=Person(sys_id="2" * 32, name=words), short_description=words))
    text = render("Dear {{ contact.name }}, about {{ case.short_description }}.", of)
    assert without_code_tags(text) == text
    assert "\x1b" not in text
    assert text.count("\n") == 1
    assert "49" not in text


@given(st.text(alphabet="[]/ code\u200b［］ｃＯＤＥ", max_size=60))
def test_no_code_tag_survives_however_it_is_disguised(text: str) -> None:
    cleaned = without_code_tags(text)
    assert "[code]" not in cleaned.lower()
    assert "[/code]" not in cleaned.lower()
    assert without_code_tags(cleaned) == cleaned


def test_long_words_are_cut_to_one_line() -> None:
    assert one_line("a\r\n b\tc") == "a b c"
    assert len(one_line("x" * 500)) == 200


def test_a_reference_is_the_same_for_the_same_approval_and_text_and_another_otherwise() -> None:
    line = reference_line("ESC1", "a" * 32, "text")
    assert line == reference_line("ESC1", "a" * 32, " text\n")
    assert line.startswith(reference_prefix("ESC1"))
    assert len(line) == len("Reference ESC1-XXXX")
    assert len({line, reference_line("ESC1", "b" * 32, "text"), reference_line("ESC1", "a" * 32, "texts")}) == 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (with_reference("words", "Reference ESC1-7K3Q"), True),
        ("Reference ESC1-7K3Q\nmore words", False),
        (with_reference("words", "Reference ESC2-7K3Q"), False),
        ("words", False),
    ],
)
def test_a_reference_is_the_last_line_and_names_its_escalation(text: str, wanted: bool) -> None:
    assert has_reference(text, "ESC1") is wanted


GOOD = (
    "Dear Ana, we have reviewed your escalation ESC1 and have decided not to escalate the case, because we answered "
    "you five hours ago and the next step needs your reply. We will write again tomorrow. Your contact is the Desk, "
    "555 0100. Please answer and we\ncall you.\n\nReference ESC1-7K3Q\n"
)


def failed_points(text: str, outcome: Outcome = Outcome.REJECT) -> set[str]:
    points = check_reply(
        text,
        outcome=outcome,
        escalation_number="ESC1",
        offers=["the Desk, 555 0100", "Please answer and we call you."],
        internal_words=["the secret rule", ""],
    )
    assert all(point.sentence for point in points)
    return {point.name for point in points if not point.passed}


def test_a_full_reply_passes_every_point() -> None:
    assert failed_points(GOOD) == set()


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (GOOD.replace("ESC1", "it"), {"names_escalation", "has_reference"}),
        (GOOD.replace("not to escalate", "to escalate"), {"states_decision"}),
        (GOOD.replace("555 0100", "555"), {"offers_talk"}),
        (GOOD.replace("Dear Ana", "By the Secret Rule"), {"no_internal_words"}),
        (GOOD.replace("Dear Ana", "a" * 32), {"no_sys_id"}),
        (GOOD.replace("Dear Ana", "[code]<b>[/code]"), {"no_code_tag"}),
        (GOOD.replace("Reference ESC1-7K3Q", ""), {"has_reference"}),
        ("No. ESC1", {"long_enough", "offers_talk", "has_reference", "states_decision"}),
        ("", {"names_escalation", "states_decision", "long_enough", "offers_talk", "has_reference"}),
    ],
)
def test_each_fault_fails_its_own_point(text: str, points: set[str]) -> None:
    assert failed_points(text) == points


def test_a_hold_has_nothing_to_tell_the_customer() -> None:
    assert "states_decision" in failed_points(GOOD, Outcome.HOLD)


@pytest.mark.parametrize(("name", "outcome"), [("approved", Outcome.APPROVE), ("rejected_answered", Outcome.REJECT)])
@pytest.mark.parametrize("hours", [0.2, 1.0, 5.0, 23.9])
@pytest.mark.parametrize("contact", ["Ana Sousa", ""])
def test_the_shipped_replies_pass_the_check(name: str, outcome: Outcome, hours: float, contact: str) -> None:
    commitments = shipped_commitments()
    directory = shipped_config() / "replies"
    texts = {path.name.removesuffix(".txt.j2"): (path.name, path.read_text()) for path in directory.glob("*.txt.j2")}
    of = dossier(
        comment(AuthorKind.US, ago(hours=hours)),
        escalation=escalation(number="ESC1"),
        case=case(contact=Person(sys_id="2" * 32, name=contact)),
    )
    text = ReplyTemplates.load(texts, commitments).render(name, of, evidence_of(of, NOW), of.cases[0])
    reply = with_reference(text, reference_line("ESC1", "a" * 32, text))
    points = check_reply(
        reply,
        outcome=outcome,
        escalation_number="ESC1",
        offers=[commitments.contact, commitments.talk],
        internal_words=[],
    )
    assert [point for point in points if not point.passed] == []
    assert "1 hours" not in reply


def test_paragraphs_become_one_line_each_and_lists_stay() -> None:
    text = "Dear Ana,\n\nwe have\n  decided.\n \n- one\n- two\n  and more\n1. first\n\n\nBye\n"
    assert render(text) == "Dear Ana,\n\nwe have decided.\n\n- one\n- two and more\n1. first\n\nBye\n"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("{% for a in 'aaaa' %}{% endfor %}", "for"),
        ("{% macro a() %}{% endmacro %}", "macro"),
        ("{% filter upper %}x{% endfilter %}", "filter"),
        ("{% set a %}x{% endset %}", "set block"),
        ("{% include 'x' %}", "include"),
        ("{% from 'x' import y %}", "from"),
    ],
)
def test_a_reply_repeats_and_fetches_nothing(text: str, tag: str) -> None:
    """Eight loops in each other would never end."""
    with pytest.raises(TemplateError, match=f"t.txt.j2:1:1: a reply cannot use `{tag}`: there are `if` and `set`"):
        load(text)


def test_an_infinite_number_is_told() -> None:
    with pytest.raises(TemplateError, match=r"t\.txt\.j2:1:1: .*inf"):
        load("{{ 1e400 | int }}")


@pytest.mark.parametrize("field", ["contact", "talk", "next_update"])
def test_commitments_of_blanks_are_none(field: str) -> None:
    with pytest.raises(ValidationError):
        Commitments.model_validate({**COMMITMENTS.model_dump(), field: " " * 20})


def test_a_way_to_talk_of_blanks_is_none() -> None:
    points = check_reply("x", outcome=Outcome.REJECT, escalation_number="E", offers=["   "], internal_words=[])
    assert not next(point for point in points if point.name == "offers_talk").passed
