"""Turns the texts of `texts/` into what somebody wrote: alternatives picked, slots filled."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import NamedTuple, TypeAlias

from snow_escalations.sandbox.desk.moments import written_date

_MARKUP = re.compile(r"\{(?P<options>[^{}|]*\|[^{}]*)\}|\$(?P<slot>[a-z][a-z_0-9]*[a-z0-9])")
_DATED = re.compile(r"(date|iso)_(\d+)(_ago)?")


class _Slot(NamedTuple):
    name: str


class _Alternatives(NamedTuple):
    options: tuple["_Parts", ...]


_Parts: TypeAlias = tuple[str | _Slot | _Alternatives, ...]


class Teller:
    """Expands the texts of one case.

    Args:
        facts: value of each slot; `$date_11` (as people write it) and `$iso_11`, `$iso_11_ago` (as ISO 8601) are the
            days before and after `today` and need no entry.
        today: the day from which those are counted.
        language: language of written dates.
        rng: picks alternatives.
    """

    def __init__(self, facts: Mapping[str, str], today: date, language: str, rng: Random) -> None:
        self.facts = dict(facts)
        self._today = today
        self._language = language
        self._random = rng.random

    def tell(self, text: str) -> str:
        """`text` with one of each group of alternatives, and its slots filled.

        Raises:
            KeyError: a slot without a fact.
        """
        return self._render(_parts(text))

    def _render(self, parts: _Parts) -> str:
        told = []
        for part in parts:
            if isinstance(part, str):
                told.append(part)
            elif isinstance(part, _Slot):
                told.append(self._fact(part.name))
            else:
                options = part.options
                option = options[int(self._random() * len(options))]
                told.append(option[0] if len(option) == 1 and isinstance(option[0], str) else self._render(option))
        return "".join(told)

    def _fact(self, name: str) -> str:
        value = self.facts.get(name)
        return self._dated(name) if value is None else value

    def _dated(self, name: str) -> str:
        match = _DATED.fullmatch(name)
        if match is None:
            raise KeyError(f"no fact for the slot ${name}")
        form, days, ago = match.groups()
        day = self._today + timedelta(days=-int(days) if ago else int(days))
        return day.isoformat() if form == "iso" else written_date(day, self._language)


@cache
def _parts(text: str) -> _Parts:
    parts: list[str | _Slot | _Alternatives] = []
    end = 0
    for match in _MARKUP.finditer(text):
        if match.start() > end:
            parts.append(text[end : match.start()])
        options = match["options"]
        parts.append(_Slot(match["slot"]) if options is None else _Alternatives(_options(options)))
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


def _options(text: str) -> tuple[_Parts, ...]:
    return tuple(_parts(option) for option in text.split("|"))
