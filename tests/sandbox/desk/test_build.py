"""The demo desk as a whole: how much there is, that it is the same again, and that it moves with `now`."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from snow_escalations.sandbox.desk import build_desk

from .conftest import MONDAY_MORNING, SUNDAY_NIGHT, WEDNESDAY

STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
MONTHS = {
    name: number
    for names in (
        "January February March April May June July August September October November December",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    )
    for number, name in enumerate(names.split(), start=1)
}
WRITTEN = re.compile(rf"(\d{{1,2}})\.? ({'|'.join(MONTHS)}) (\d{{4}})")
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?! \d)")


def relative(value: str, now: datetime) -> str:
    """A value with every date in it written as a distance from `now`."""
    if STAMP.fullmatch(value):
        return f"{datetime.strptime(value, '%Y-%m-%d %H:%M:%S').replace(tzinfo=UTC) - now}"
    today = now.date()
    value = WRITTEN.sub(lambda m: f"<{(date(int(m[3]), MONTHS[m[2]], int(m[1])) - today).days}>", value)
    return ISO.sub(lambda m: f"<{(date(int(m[1]), int(m[2]), int(m[3])) - today).days}>", value)


def relative_tables(tables, now):
    lengths = {"duration", "business_duration", "time_left", "business_time_left"}
    return {
        table: [
            {field: value if field in lengths else relative(value, now) for field, value in row.items()} for row in rows
        ]
        for table, rows in tables.items()
    }


def test_the_company_has_the_promised_size(desk):
    assert len(desk["customer_account"]) == 40
    assert len(desk.cases) == 300
    assert len(desk.escalations) == 60
    assert len(desk.pending) == 25
    assert len(desk["customer_contact"]) >= 80
    assert len(desk["sys_journal_field"]) >= 1500


def test_escalations_are_in_every_state(desk):
    states = Counter(row["state"] for row in desk.escalations)
    assert states == {"100": 25, "101": 12, "102": 14, "103": 8, "104": 1}


def test_cases_are_in_every_state(desk):
    states = Counter(row["state"] for row in desk.cases)
    assert set(states) == {"1", "10", "18", "6", "3", "7"}
    assert min(states.values()) >= 8


def test_contacts_are_in_many_countries_and_scripts(desk):
    names = " ".join(row["name"] for row in desk["customer_contact"])
    scripts = {"arabic": "\u0600-\u06ff", "hebrew": "\u0590-\u05ff", "han": "\u4e00-\u9fff", "hangul": "\uac00-\ud7af"}
    for script, letters in scripts.items():
        assert re.search(f"[{letters}]", names), script
    assert len({row["country"] for row in desk["customer_contact"]}) >= 15
    assert len({row["preferred_language"] for row in desk["customer_contact"]}) >= 8
    assert len({row["time_zone"] for row in desk["customer_contact"]}) >= 15


def test_employees_have_different_zones_and_date_formats(desk):
    assert len({row["time_zone"] for row in desk["sys_user"] if row.get("time_zone")}) >= 8
    assert len({row["date_format"] for row in desk["sys_user"] if row.get("date_format")}) >= 4


def test_whoever_may_log_in_has_the_documented_password(desk):
    passwords = {row["user_name"]: row["user_password"] for row in desk["sys_user"]}
    assert passwords.pop("admin") == "admin"
    assert set(passwords.values()) == {"sandbox"}
    assert not any("user_password" in row for row in desk["customer_contact"])


def test_customers_write_in_several_languages(desk):
    words = {"de": "Grüße", "fr": "Cordialement", "es": "Saludos", "pb": "Abraços", "ja": "お世話になっております"}
    said = "\n".join(entry["value"] for entry in desk["sys_journal_field"] if entry["sys_created_by"] in desk.contacts)
    for language, word in words.items():
        assert word in said, language


def test_the_same_seed_and_instant_give_the_same_rows():
    assert build_desk(3, WEDNESDAY) == build_desk(3, WEDNESDAY)


def test_an_instant_in_another_zone_is_the_same_instant():
    elsewhere = WEDNESDAY.astimezone(datetime.strptime("+0530", "%z").tzinfo)
    assert build_desk(3, elsewhere) == build_desk(3, WEDNESDAY)


def test_another_seed_gives_another_desk():
    first, second = build_desk(1, WEDNESDAY), build_desk(2, WEDNESDAY)
    assert {row["sys_id"] for row in first["sn_customerservice_case"]}.isdisjoint(
        row["sys_id"] for row in second["sn_customerservice_case"]
    )
    assert [row["description"] for row in first["sn_customerservice_case"]] != [
        row["description"] for row in second["sn_customerservice_case"]
    ]


@pytest.mark.parametrize("weeks", [1, 9, -30, 260])
def test_a_desk_of_another_week_is_the_same_desk_with_its_dates_moved(weeks):
    later = WEDNESDAY + timedelta(weeks=weeks)
    assert relative_tables(build_desk(5, later), later) == relative_tables(build_desk(5, WEDNESDAY), WEDNESDAY)


@pytest.mark.parametrize("now", [SUNDAY_NIGHT, MONDAY_MORNING], ids=["sunday", "monday"])
def test_at_another_hour_the_desk_tells_the_same_stories(now):
    """Only moments differ, and numbers with the order of time: business hours are elsewhere."""

    def cast(rows):
        return sorted(
            (row["contact"], row["assigned_to"], row["state"], row["priority"], row["assignment_group"])
            for row in rows["sn_customerservice_case"]
        )

    assert cast(build_desk(5, now)) == cast(build_desk(5, WEDNESDAY))


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="needs an instant with a time zone, not 2026-11-18T10:00:00"):
        build_desk(0, WEDNESDAY.replace(tzinfo=None))
