"""Values in the one form that their fields keep."""

import pytest

from snow_escalations.sandbox.schema.load import shipped
from snow_escalations.sandbox.store.normal import normal

INCIDENT = shipped()["incident"].fields
COMPANY = shipped()["core_company"].fields
USER = shipped()["sys_user"].fields


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        *[(word, "true") for word in ("true", "TRUE", "1", " yes ", "on", "2", "-1", "01")],
        *[(word, "false") for word in ("false", "False", "0", "", "no", "off", "00", " ")],
        ("perhaps", None),
    ],
)
def test_booleans(written: str, kept: str | None) -> None:
    assert normal(INCIDENT["active"], written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("7", "7"),
        ("007", "7"),
        ("+7", "7"),
        ("-07", "-7"),
        ("-0", "0"),
        ("1.5", "1"),
        ("-1.5", "-1"),
        ("0", "0"),
        ("000", "0"),
        ("", ""),
        ("2147483647", "2147483647"),
        ("2147483648", None),
        ("-2147483648", "-2147483648"),
        ("9" * 5000, None),
        ("abc", None),
        ("1e3", None),
        ("٣", None),
    ],
)
def test_whole_numbers(written: str, kept: str | None) -> None:
    assert normal(INCIDENT["order"], written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1.50", "1.50"),
        ("007.5", "7.5"),
        ("-0.0", "0.0"),
        ("-2", "-2"),
        ("3.", "3"),
        ("", ""),
        ("x", None),
        ("NaN", None),
    ],
)
def test_decimals(written: str, kept: str | None) -> None:
    assert normal(COMPANY["discount"], written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-11-23 08:00:00", "2026-11-23 08:00:00"),
        ("2026-11-23", "2026-11-23 00:00:00"),
        ("2026-11-23T08:00:00Z", "2026-11-23 08:00:00"),
        ("2026-11-23T08:00:00+01:00", "2026-11-23 07:00:00"),
        ("2026-11-23T08:00:00.999+0100", "2026-11-23 07:00:00"),
        ("2026-11-23 08:00", "2026-11-23 08:00:00"),
        ("", ""),
        ("garbage", None),
        ("2026-02-30 08:00:00", None),
        ("2026-11-23 25:00:00", None),
        ("0000-00-00 00:00:00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("23/11/2026", None),
        ("20261123", None),
    ],
)
def test_date_times(written: str, kept: str | None) -> None:
    assert normal(INCIDENT["opened_at"], written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [("2026-11-23", "2026-11-23"), ("2026-11-23 08:00:00", "2026-11-23"), ("", ""), ("2026-02-30", None), ("x", None)],
)
def test_dates(written: str, kept: str | None) -> None:
    assert normal(USER["last_login"], written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1970-01-02 04:23:00", "1970-01-02 04:23:00"),
        ("1 04:23:00", "1970-01-02 04:23:00"),
        ("04:23:00", "1970-01-01 04:23:00"),
        ("", ""),
        ("1.5", None),
        ("a day", None),
    ],
)
def test_durations(written: str, kept: str | None) -> None:
    assert normal(INCIDENT["calendar_duration"], written) == kept


@pytest.mark.parametrize("name", ["short_description", "caller_id", "watch_list", "sys_class_name", "work_notes"])
def test_text_and_references_stay_as_written(name: str) -> None:
    assert normal(INCIDENT[name], " 007 ") == " 007 "
