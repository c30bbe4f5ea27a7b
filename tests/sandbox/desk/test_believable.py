"""What makes the demo desk believable to whoever scrolls through it, for several seeds and instants."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest

from snow_escalations.sandbox.desk.texts.zones import OFFSETS

from .conftest import ANSWERING, MONDAY_MORNING, SUNDAY_NIGHT, WEDNESDAY

INSTANTS = {
    "wednesday": WEDNESDAY,
    "friday-evening": datetime(2026, 11, 20, 18, 30, tzinfo=UTC),
    "saturday-noon": datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
    "sunday-night": SUNDAY_NIGHT,
    "monday-morning": MONDAY_MORNING,
    "tuesday": datetime(2026, 9, 15, 9, 30, tzinfo=UTC),
}
SEEDS = (0, 7, 41)

WAITING = re.compile(r"Thank(s| you) for (your patience|bearing with us)")
"""Thanks for waiting need no words of the customer."""


@pytest.fixture(
    params=list(product(SEEDS, INSTANTS)),
    ids=lambda drawn: f"{drawn[1]}-{drawn[0]}" if isinstance(drawn, tuple) else "",
)
def anyday(request, make_desk):
    """A desk of some seed, looked at on some day of the week."""
    seed, instant = request.param
    return make_desk(seed, INSTANTS[instant])


def local_times(desk, people):
    """When `people`, by user name, wrote journal entries, in their own time."""
    return [
        datetime.fromisoformat(f"{entry['sys_created_on']}Z")
        + timedelta(hours=OFFSETS[people[entry["sys_created_by"]]["time_zone"]])
        for entry in desk["sys_journal_field"]
        if people.get(entry["sys_created_by"], {}).get("time_zone")
    ]


@pytest.mark.parametrize("side", ["users", "contacts"])
def test_work_is_spread_over_the_working_days(anyday, side):
    """Nothing happens on one day of the week much more than on another; weekends are quiet, but not dead."""
    weekdays = Counter(at.weekday() for at in local_times(anyday, getattr(anyday, side)))
    working = [weekdays[day] for day in range(5)]
    assert sum(working) > 400
    assert min(working) / sum(working) > 0.14
    assert max(working) / sum(working) < 0.27
    assert 0 < (weekdays[5] + weekdays[6]) / weekdays.total() < 0.06


@pytest.mark.parametrize("side", ["users", "contacts"])
def test_work_is_spread_over_the_working_hours(anyday, side):
    hours = Counter(at.hour for at in local_times(anyday, getattr(anyday, side)))
    working = [hours[hour] for hour in range(8, 18)]
    assert sum(working) / hours.total() > 0.9
    assert min(working) / sum(working) > 0.05
    assert max(working) / sum(working) < 0.16


def test_no_two_people_have_one_name(anyday):
    """Whoever is named in a note, an approval or on a watch list can be found by that name."""
    names = Counter(row["name"] for table in ("sys_user", "customer_contact") for row in anyday[table])
    assert [name for name, people in names.items() if people > 1] == []


def told_in_order(desk, case):
    """`(who, text)` of what was said on a case, greetings left out: comments and what customers escalated."""
    escalations = [row for row in desk.escalations if row["source_record"] == case["sys_id"]]
    said = [(row["opened_at"], "customer", "") for row in escalations if row["requested_by"] == case["contact"]]
    for ours, entries in (("us", desk.by_us(case)), ("customer", desk.by_customer(case))):
        said += [(entry["sys_created_on"], ours, entry["value"].partition("\n\n")[2]) for entry in entries]
    return [("customer", case["description"]), *((who, text) for _, who, text in sorted(said))]


def test_thanks_and_other_answers_follow_words_of_the_customer(anyday):
    """Else we thank for files that nobody sent, and agree with what nobody said."""
    answers = 0
    for case in anyday.cases:
        said = told_in_order(anyday, case)
        for (before, _), (who, text) in pairwise(said):
            if who == "us" and ANSWERING.match(text) and not WAITING.match(text):
                assert before == "customer", (case["number"], text)
                answers += 1
    assert answers > 80
