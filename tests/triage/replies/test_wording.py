"""Durations, dates and instants are said as a person of the language says them."""

import datetime as dt

import pytest

from snow_escalations.triage.replies.wording import WORDINGS, date, duration, instant, wording_of

HOURS = {
    "en": (
        "less than a minute",
        "about a minute",
        "about 35 minutes",
        "about an hour",
        "about 5 hours",
        "about 3 days",
    ),
    "de": (
        *("weniger als eine Minute", "etwa eine Minute", "etwa 35 Minuten"),
        *("etwa eine Stunde", "etwa 5 Stunden", "etwa 3 Tage"),
    ),
    "fr": (
        *("moins d'une minute", "environ une minute", "environ 35 minutes"),
        *("environ une heure", "environ 5 heures", "environ 3 jours"),
    ),
    "es": (
        *("menos de un minuto", "aproximadamente un minuto", "aproximadamente 35 minutos"),
        *("aproximadamente una hora", "aproximadamente 5 horas", "aproximadamente 3 días"),
    ),
    "ja": ("1分未満", "約1分", "約35分", "約1時間", "約5時間", "約3日"),
}
AGO = {
    "en": (
        "less than a minute ago",
        "about a minute ago",
        "about an hour ago",
        "about 5 hours ago",
        "about 3 days ago",
    ),
    "de": (
        *("vor weniger als einer Minute", "vor etwa einer Minute", "vor etwa einer Stunde"),
        *("vor etwa 5 Stunden", "vor etwa 3 Tagen"),
    ),
    "fr": (
        *("il y a moins d'une minute", "il y a environ une minute", "il y a environ une heure"),
        *("il y a environ 5 heures", "il y a environ 3 jours"),
    ),
    "es": (
        *("hace menos de un minuto", "hace aproximadamente un minuto", "hace aproximadamente una hora"),
        *("hace aproximadamente 5 horas", "hace aproximadamente 3 días"),
    ),
    "ja": ("つい先ほど", "約1分前", "約1時間前", "約5時間前", "約3日前"),
}


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_a_duration_is_in_words(language: str) -> None:
    spans = (0.001, 1 / 60, 0.57, 0.95, 5.4, 70.0)
    assert tuple(duration(WORDINGS[language], hours) for hours in spans) == HOURS[language]


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_how_long_ago_is_in_words(language: str) -> None:
    spans = (0.0, 1 / 60, 0.95, 5.4, 70.0)
    assert tuple(duration(WORDINGS[language], hours, ago=True) for hours in spans) == AGO[language]


@pytest.mark.parametrize(
    ("hours", "wanted"),
    [
        (9 / 60, "about 9 minutes"),
        (12 / 60, "about 10 minutes"),
        (54 / 60, "about 55 minutes"),
        (1.5, "about 2 hours"),
        (23.9, "about 24 hours"),
        (35.4, "about 35 hours"),
        (36, "about 2 days"),
        (8760, "about 365 days"),
    ],
)
def test_a_duration_is_rounded_as_people_round(hours: float, wanted: str) -> None:
    assert duration(WORDINGS["en"], hours) == wanted


def test_no_span_of_time_is_said_as_none() -> None:
    """Whatever the language, a duration has a number or a word for one, and words never shorten as time goes on."""
    for wording in WORDINGS.values():
        said = [duration(wording, minutes / 60) for minutes in range(0, 6000, 7)]
        assert all(said)
        assert len(dict.fromkeys(said)) == sum(
            1 for left, right in zip(["", *said], said, strict=False) if left != right
        )


def test_what_lies_ahead_has_no_words_as_a_past() -> None:
    with pytest.raises(ValueError, match="-2 hours are no duration"):
        duration(WORDINGS["en"], -2)


@pytest.mark.parametrize(
    ("language", "december", "first"),
    [
        ("en", "4 December 2026", "1 January 2027"),
        ("de", "4. Dezember 2026", "1. Januar 2027"),
        ("fr", "4 décembre 2026", "1er janvier 2027"),
        ("es", "4 de diciembre de 2026", "1 de enero de 2027"),
        ("ja", "2026年12月4日", "2027年1月1日"),
    ],
)
def test_a_date_is_in_words(language: str, december: str, first: str) -> None:
    wording = WORDINGS[language]
    assert (date(wording, dt.date(2026, 12, 4)), date(wording, dt.date(2027, 1, 1))) == (december, first)
    assert len({date(wording, dt.date(2026, month, 2)) for month in range(1, 13)}) == 12


def at(hour: int, minute: int, **offset: int) -> dt.datetime:
    return dt.datetime(2026, 12, 1, hour, minute, 59, tzinfo=dt.timezone(dt.timedelta(**offset)))


INSTANTS = {
    "en": ("1 December 2026 at 00:05 (UTC)", "1 December 2026 at 01:30 (UTC+1)", "1 December 2026 at 13:00 (UTC-3)"),
    "de": (
        *("1. Dezember 2026 um 00:05 Uhr (UTC)", "1. Dezember 2026 um 01:30 Uhr (UTC+1)"),
        "1. Dezember 2026 um 13:00 Uhr (UTC-3)",
    ),
    "fr": (
        "1er décembre 2026 à 0 h 05 (UTC)",
        "1er décembre 2026 à 1 h 30 (UTC+1)",
        "1er décembre 2026 à 13 h (UTC-3)",
    ),
    "es": (
        *("1 de diciembre de 2026 a las 0:05 (UTC)", "1 de diciembre de 2026 a la 1:30 (UTC+1)"),
        "1 de diciembre de 2026 a las 13:00 (UTC-3)",
    ),
    "ja": ("2026年12月1日0時05分（UTC）", "2026年12月1日1時30分（UTC+1）", "2026年12月1日13時（UTC-3）"),
}


@pytest.mark.parametrize("language", sorted(WORDINGS))
def test_an_instant_is_in_words_with_its_zone(language: str) -> None:
    instants = (at(0, 5), at(1, 30, hours=1), at(13, 0, hours=-3))
    assert tuple(instant(WORDINGS[language], each) for each in instants) == INSTANTS[language]


@pytest.mark.parametrize(
    ("offset", "wanted"),
    [
        ({"hours": 5, "minutes": 30}, "UTC+5:30"),
        ({"hours": -3, "minutes": -30}, "UTC-3:30"),
        ({"hours": 14}, "UTC+14"),
        ({"minutes": 19, "seconds": 32}, "UTC+0:20"),
        ({"seconds": 20}, "UTC"),
    ],
)
def test_a_zone_is_said_by_its_offset(offset: dict[str, int], wanted: str) -> None:
    assert instant(WORDINGS["en"], at(9, 0, **offset)).endswith(f"({wanted})")


def test_an_instant_without_a_zone_has_no_words() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        instant(WORDINGS["en"], dt.datetime(2026, 12, 1, 9))  # noqa: DTZ001


def test_a_variety_of_a_language_has_its_words() -> None:
    assert wording_of("fr_CA") is WORDINGS["fr"]
    assert wording_of("pt_BR") is None
