"""A letter never needs what the deciding rule has not read: each use is followed through every branch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.model import FACTS
from snow_escalations.triage.replies import TemplateError
from snow_escalations.triage.replies.specimen import values_of
from tests.support.replies import draft, load

KNOWN = frozenset({"last_word", "stalled"})


def missing(letter: str, known: frozenset[str] = KNOWN) -> list[tuple[int, str]]:
    problems = load(letter).check_for("t", known, rule="the rule `we have answered`")
    return [(problem.column, problem.message.split("`")[1]) for problem in problems]


@pytest.mark.parametrize(
    "letter",
    [
        "{{ evidence.last_word }}{{ contact.name }}",
        "{% if evidence.reason is defined %}{{ evidence.reason }}{% endif %}",
        "{% if evidence.reason is not defined %}x{% else %}{{ evidence.reason }}{% endif %}",
        "{% if not evidence.reason is defined %}x{% elif evidence.reason == 'x' %}x{% endif %}",
        "{% if evidence.reason is defined and evidence.reason == 'x' %}{{ evidence.reason }}{% endif %}",
        "{% if evidence.reason is not defined or evidence.reason == 'x' %}x{% else %}{{ evidence.reason }}{% endif %}",
        "{{ evidence.reason if evidence.reason is defined else 'x' }}",
        "{{ 'x' if evidence.reason is not defined else evidence.reason }}",
        "{{ evidence.reason | default('x') }}",
        "{{ evidence.reason | default('x') | upper }}",
        "{% set known = 'x' %}{{ known }}",
        "{% if evidence['reason'] is defined %}{{ evidence.reason }}{% endif %}",
        "{% if evidence.reason is defined and evidence.source is defined %}{{ evidence.source }}{% endif %}",
        "{% if evidence.reason is defined or evidence.source is defined %}x{% endif %}",
        "{% if evidence.deadlines is defined and evidence.deadlines %}{{ evidence.deadlines[0].words }}{% endif %}",
        "{% if evidence.stalled %}x{% endif %}",
    ],
)
def test_what_is_known_or_guarded_is_there(letter: str) -> None:
    assert missing(letter) == []


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("x {{ evidence.reason }}", [(15, "evidence.reason")]),
        ("{% if evidence.reason %}x{% endif %}", [(16, "evidence.reason")]),
        ("{% if evidence.reason is defined %}x{% endif %}{{ evidence.reason }}", [(60, "evidence.reason")]),
        ("{% if evidence.reason is defined %}x{% else %}{{ evidence.reason }}{% endif %}", [(59, "evidence.reason")]),
        (
            "{% if evidence.reason is defined or evidence.source is defined %}{{ evidence.source }}{% endif %}",
            [(78, "evidence.source")],
        ),
        ("{{ evidence.source if evidence.reason is defined else 'x' }}", [(13, "evidence.source")]),
        ("{% if evidence.last_word == 'us' %}{{ evidence.reason }}{% endif %}", [(48, "evidence.reason")]),
        ("{{ evidence.reason | upper | default('x') }}", [(13, "evidence.reason")]),
        ("{{ evidence.reason }}{{ evidence.source }}", [(13, "evidence.reason"), (34, "evidence.source")]),
        ("{{ evidence['reason'] }}", [(13, "evidence.reason")]),
    ],
)
def test_what_may_be_missing_is_told_at_its_column(letter: str, wanted: list[tuple[int, str]]) -> None:
    assert missing(letter) == wanted


def test_the_message_names_the_rule_and_the_remedy() -> None:
    (problem,) = load("Dear\n {{ evidence.reason }}").check_for("t", KNOWN, rule="the rule `we have answered`")
    assert str(problem) == (
        "t.en.j2:6:14: `evidence.reason` may be missing when the rule `we have answered` decides; guard it with "
        "`{% if evidence.reason is defined %}`\n    {{ evidence.reason }}"
    )
    (other,) = load("{{ evidence.reason }}").check_for("t", KNOWN)
    assert "may be missing when this reply is written" in other.message


def test_the_same_facts_of_two_rules_are_told_with_the_name_of_each() -> None:
    templates = load("{{ evidence.reason }}")
    told = [templates.check_for("t", KNOWN, rule=f"the rule `{rule}`")[0].message for rule in ("one", "two")]
    assert [message.count(f"`{rule}`") for message, rule in zip(told, ("one", "two"), strict=True)] == [1, 1]


def test_a_letter_that_fails_without_a_fact_in_another_way_is_told_too() -> None:
    """A branch that only a missing fact leads to is rendered as well."""
    templates = load("{% if evidence.reason is not defined %}{{ evidence.last_word | round }}{% endif %}")
    (problem,) = templates.check_for("t", KNOWN)
    assert problem.message == "`round` takes a number, not str"


FACT = st.sampled_from(["reason", "stalled", "source"])
TEST = st.recursive(
    FACT.map(lambda name: f"evidence.{name} is defined") | FACT.map(lambda name: f"evidence.{name} == 'case'"),
    lambda inner: (
        st.tuples(inner, inner).map(lambda two: f"({two[0]} and {two[1]})")
        | st.tuples(inner, inner).map(lambda two: f"({two[0]} or {two[1]})")
        | inner.map(lambda one: f"(not {one})")
    ),
    max_leaves=4,
)
LETTER = st.recursive(
    FACT.map(lambda name: f"{{{{ evidence.{name} | default('-') }}}}")
    | FACT.map(lambda name: f"{{% if evidence.{name} == 'case' %}}y{{% endif %}}"),
    lambda inner: (
        st.tuples(TEST, inner, inner).map(lambda of: f"{{% if {of[0]} %}}{of[1]}{{% else %}}{of[2]}{{% endif %}}")
        | st.tuples(TEST, TEST, inner, inner).map(
            lambda of: f"{{% if {of[0]} %}}{of[2]}{{% elif {of[1]} %}}{of[3]}{{% endif %}}"
        )
        | st.tuples(inner, inner).map("".join)
    ),
    max_leaves=5,
)


@given(LETTER, st.frozensets(FACT), st.data())
@settings(max_examples=150, deadline=None)
def test_a_letter_that_passes_can_be_written_whatever_else_is_missing(
    letter: str, known: frozenset[str], data: st.DataObject
) -> None:
    try:
        templates = load(f"x {letter}")
    except TemplateError:
        return  # `stalled` printed as true or false
    if templates.check_for("t", known):
        return
    others = data.draw(st.frozensets(FACT))
    values = {name: data.draw(st.sampled_from(values_of(FACTS[name]))) for name in sorted(known | others)}
    assert draft(templates, **values).text.startswith("x")
