"""Public holidays by country and subdivision, from the library `holidays`."""

import difflib
import warnings
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

_LETTERS = 2
"""Of a country. The library knows some by three too, which would be another name of the same place."""


@lru_cache(maxsize=1)
def _places() -> Mapping[str, list[str]]:
    return holidays.list_supported_countries(include_aliases=True)


def check_place(country: str, subdivision: str | None) -> None:
    """Raise ValueError with the nearest names if the library knows no such country or subdivision."""
    places = _places()
    if country not in places or len(country) != _LETTERS:
        known = [name for name in places if len(name) == _LETTERS]
        raise ValueError(f"no public holidays are known for country {country!r}{_nearest(country, known)}")
    if subdivision is not None and subdivision not in places[country]:
        parts = places[country]
        raise ValueError(
            f"no public holidays are known for subdivision {subdivision!r} of {country}{_nearest(subdivision, parts)}"
        )


def _nearest(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else "; leave it out and list the days as extra_holidays"


@lru_cache(maxsize=512)
def public_holidays(country: str, subdivision: str | None, year: int) -> Mapping[date, str]:
    """The public holidays of a year, by date, with their names in English where the library has them.

    Of years that it does not know in full it has a part of them, and warns. That would say nothing to a person who has
    not asked about those years, as a text may name any.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        found = holidays.country_holidays(country, subdiv=subdivision, years=year, expand=False, language="en_US")
    return {day: name for day, name in found.items() if day.year == year}
