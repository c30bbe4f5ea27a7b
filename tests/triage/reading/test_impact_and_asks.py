"""Impact and wishes are read with their words; what is denied, supposed or over is no impact."""

import pytest

from snow_escalations.triage.reading.asks import asks_in
from snow_escalations.triage.reading.impact import count_of, impact_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Production is down since 06:10", "production_down"),
        ("The payment gateway has been completely down", "production_down"),
        ("We are losing 40k EUR per hour", "revenue"),
        ("This is a patient safety issue", "safety"),
        ("We are in breach of the GDPR", "legal"),
    ],
)
def test_an_effect_is_read(text: str, kind: str) -> None:
    assert [effect.kind for effect in impact_in(text).effects] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "no production impact",
        "production is not down",
        "If the primary were to go down, would the failover work?",
        "We were down last month but it is fixed",
        "Production was down yesterday. It is resolved now.",
        "Our sandbox environment is down",
        "Systems will be down for planned maintenance",
        "no loss of revenue",
    ],
)
def test_what_is_denied_supposed_planned_or_over_is_no_impact(text: str) -> None:
    assert impact_in(text).effects == ()


@pytest.mark.parametrize(
    ("text", "what", "least", "most", "everyone"),
    [
        ("1,200 users cannot log in", "users", 1200, 1200, False),
        ("2000 to 3000 students cannot register", "users", 2000, 3000, False),
        ("50-60 colleagues have the problem", "users", 50, 60, False),
        ("three hospitals can't print", "sites", 3, 3, False),
        ("All users are affected", "users", None, None, True),
        ("hundreds of users are affected", "users", None, None, False),
    ],
)
def test_how_many_are_affected(text: str, what: str, least: int | None, most: int | None, everyone: bool) -> None:
    (found,) = impact_in(text).affected
    assert (found.what, found.least, found.most, found.all) == (what, least, most, everyone)


def test_users_who_are_not_hurt_are_not_counted() -> None:
    assert impact_in("We have 500 users and wish to add 20 more users").affected == ()


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("There is no workaround.", "no"),
        ("No work-around available", "no"),
        ("The workaround works but is painful", "yes"),
        ("We have a workaround for now", "yes"),
        ("Please provide a workaround", "unknown"),
        ("The page is slow", "unknown"),
    ],
)
def test_whether_a_workaround_is_known(text: str, known: str) -> None:
    assert impact_in(text).workaround.known == known


@pytest.mark.parametrize(
    ("word", "count"), [("1,200", 1200), ("1.200", 1200), ("40k", 40000), ("three", 3), ("v2", None)]
)
def test_numbers_are_read_in_digits_and_words(word: str, count: int | None) -> None:
    assert count_of(word) == count


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Can we get on a call today?", "call"),
        ("Please assign a dedicated engineer", "engineer"),
        ("We want a committed date", "date"),
        ("We need the patch", "patch"),
        ("Please provide an update", "status"),
        ("I want to speak to an escalation manager", "manager"),
    ],
)
def test_a_wish_is_read(text: str, kind: str) -> None:
    assert kind in {ask.kind for ask in asks_in(text)}


@pytest.mark.parametrize(
    "text", ["The API call fails", "The date field is empty", "The status column shows the code 5"]
)
def test_technical_words_are_no_wish(text: str) -> None:
    assert asks_in(text) == ()
