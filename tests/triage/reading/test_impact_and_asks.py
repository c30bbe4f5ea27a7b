"""Impact and wishes are read with their words; what is denied, supposed or over is no impact."""

import pytest

from snow_escalations.triage.reading.asks import asks_in
from snow_escalations.triage.reading.impact import impact_in
from snow_escalations.triage.reading.numbers import count_of


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
        ("Every one of our 62 reps is locked out", "users", 62, 62, False),
        ("A crew of 14 waits at the gate", "users", 14, 14, False),
        ("Two hundred and fifty pickers stand idle", "users", 250, 250, False),
        ("2,5 lakh pensioners cannot log in", "users", 250_000, 250_000, False),
        ("1.5 million customers cannot pay", "users", 1_500_000, 1_500_000, False),
        ("Some 4 500 tellers are locked out", "users", 4500, 4500, False),
        ("Seventeen car parks are offline", "sites", 17, 17, False),
        ("3 out of our 40 depots are offline", "sites", 3, 3, False),
        ("Both of our bakeries stand still", "sites", 2, 2, False),
        ("All 30 users are affected", "users", 30, 30, False),
        ("hundreds of users are affected", "users", None, None, False),
    ],
)
def test_how_many_are_affected(text: str, what: str, least: int | None, most: int | None, everyone: bool) -> None:
    (found,) = impact_in(text).affected
    assert (found.what, found.least, found.most, found.all) == (what, least, most, everyone)


def test_who_is_affected_may_be_told_in_another_sentence_than_the_trouble() -> None:
    (found,) = impact_in("The gate does not open. 120 hauliers are parked outside.").affected
    assert (found.least, found.quote.text) == (120, "120 hauliers")


@pytest.mark.parametrize(
    "text",
    [
        "We have 500 users and wish to add 20 more users",
        "We are a retailer with 300 stores and 12,000 staff. The login fails.",
        "Half of our 80 drivers may be stuck",
        "80 % of our 300 drivers are stuck",
        "Three of your engineers could not fix it",
        "300 user accounts are locked",
        "In 2024 customers complained about the outage",
        "The fault costs 300 dollars per customer and 12 hours of the staff",
        "We need licences for 250 nurses, the order form is broken",
        "Version 14 users cannot log in",
        "We lost 300 records in the store",
        "A shift of 12 hours was lost",
    ],
)
def test_a_number_that_is_not_of_those_affected_is_not_counted(text: str) -> None:
    assert [found for found in impact_in(text).affected if found.least is not None] == []


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("There is no workaround.", "no"),
        ("No work-around available", "no"),
        ("The workaround works but is painful", "yes"),
        ("We have a workaround for now", "yes"),
        ("Please provide a workaround", "unknown"),
        ("We limp along with a spreadsheet", "yes"),
        ("For now we restart it by hand every two hours", "yes"),
        ("We route around it via the old server", "yes"),
        ("The nurses chart on paper in the meantime", "yes"),
        ("Staff have gone back to whiteboards", "yes"),
        ("There is no other way to ship", "no"),
        ("We have nothing to fall back on", "no"),
        ("There is no plan B", "no"),
        ("We cannot get round it", "no"),
        ("Doing it by hand is out of the question", "no"),
        ("There is no other way to contact you", "unknown"),
        ("Can we do it by hand for now?", "unknown"),
        ("A hotfix please, not a workaround", "unknown"),
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


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("When can we expect a fix?", {"date"}),
        ("Kindly share the ETA for the permanent fix.", {"date"}),
        ("I need a fix date for our COO.", {"date"}),
        ("We want one fixed person who knows our setup.", {"engineer"}),
        ("The vice president asks me in every weekly meeting.", set()),
        ("The ticket has been sitting in 'awaiting engineering' for 12 days.", set()),
        ("We appreciate Marco's daily updates.", set()),
        ("Please update the entitlement in your system.", set()),
    ],
)
def test_only_what_is_asked_for_is_a_wish(text: str, kinds: set[str]) -> None:
    assert {ask.kind for ask in asks_in(text)} == kinds


def test_a_delivery_in_danger_is_no_danger_to_people() -> None:
    assert "safety" not in {effect.kind for effect in impact_in("The delivery to our customer is endangered.").effects}
    assert "safety" in {effect.kind for effect in impact_in("This endangers the people on the platform.").effects}
