"""Evidence as a person writes it in a policy test: a fact and its value, in the words of a policy.

A duration is `47 hours`, which makes each of them a business hour too, or both measures,
`{hours: 60, business_hours: 16}`. A list is a list of keys, of deadlines one of times ahead (`20 hours`) or past
(`3 days ago`); any item may be a mapping of its fields. A time since an instant counts back from NOW. `null` says that
there is none, `{unreadable: why}` that the fact could not be read.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from snow_escalations.documents import suggest
from snow_escalations.documents.nodes import Path
from snow_escalations.model import Evidence, Fact, Source
from snow_escalations.model.evidence import FactValue, Span
from snow_escalations.model.facts import FACTS, FactSpec, Kind
from snow_escalations.model.items import (
    AskItem,
    ComplaintItem,
    DeadlineItem,
    EarlierItem,
    ExecutiveItem,
    ImpactItem,
    Item,
)
from snow_escalations.triage.policy.lengths import LONGEST_DAYS, day, length, shown
from snow_escalations.triage.policy.texts import trouble_of_text

NOT_GIVEN = "not given in the test"
NOW = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
"""The instant from which the hours of deadlines count, and back from which the times since an instant."""
_SOURCE = Source(table="", field="")


def evidence_of_words(plain: Mapping[str, Any], *, base: Mapping[str, Any] | None = None) -> Evidence:
    """All facts: those given, those of `base`, and the others unreadable.

    Raises:
        ValueError: a fact is not known or its value does not fit.
    """
    given = {**(base or {}), **plain}
    for name in given:
        if name not in FACTS:
            raise ValueError(f"unknown fact `{name}`{suggest(name, FACTS)}")
    return Evidence(
        {name: fact_of_words(spec, given[name]) if name in given else unread(name) for name, spec in FACTS.items()}
    )


def unread(name: str, why: str = NOT_GIVEN) -> Fact:
    """A fact that could not be read."""
    return Fact(name, None, FACTS[name].unit, _SOURCE, (), why)


def troubles_of_words(plain: Any) -> Iterator[tuple[Path, str]]:
    """What is wrong with facts as they are written, each item of a list by itself: the path, and what to say."""
    if not isinstance(plain, Mapping):
        yield (), "must be a mapping of facts to values"
        return
    for name, value in plain.items():
        spec = FACTS.get(name)
        if spec is None:
            yield (name,), f"unknown fact `{name}`{suggest(name, FACTS)}"
        elif spec.kind is Kind.LIST and isinstance(value, list):
            for place, item in enumerate(value):
                yield from _trouble(spec, [item], (name, place))
        else:
            yield from _trouble(spec, value, (name,))


def _trouble(spec: FactSpec, plain: Any, path: Path) -> Iterator[tuple[Path, str]]:
    try:
        fact_of_words(spec, plain)
    except ValueError as error:
        yield path, str(error)


def fact_of_words(spec: FactSpec, plain: Any) -> Fact:
    """One fact.

    Raises:
        ValueError: the value does not fit.
    """
    if isinstance(plain, Mapping) and "unreadable" in plain:
        why = plain["unreadable"]
        if set(plain) != {"unreadable"} or not isinstance(why, str) or not why:
            raise ValueError(
                f"`{spec.name}`: `unreadable` stands alone and says why, such as `unreadable: it is closed`"
            )
        return unread(spec.name, why)
    value = value_of_words(spec, plain)
    return Fact(spec.name, value, spec.unit, _SOURCE, since=instant_before(spec, value))


def instant_before(spec: FactSpec, value: FactValue | None, now: dt.datetime = NOW) -> dt.datetime | None:
    """The instant since which the time of a fact runs, if it is one that does and lies in the years of a calendar."""
    if not spec.is_since or not isinstance(value, Span):
        return None
    try:
        return now - dt.timedelta(hours=value.hours)
    except OverflowError:
        return None


def value_of_words(spec: FactSpec, plain: Any) -> FactValue | None:
    """The value of a fact.

    Raises:
        ValueError: it does not fit.
    """
    if plain is None:
        if not spec.none:
            raise ValueError(f"`{spec.name}` is never without a value; write one, or `unreadable: why`")
        return None
    return _VALUES[spec.kind](spec, plain)


def _text(spec: FactSpec, plain: Any) -> str:
    if not isinstance(plain, str):
        raise ValueError(f"`{spec.name}` is a text, not {shown(plain)}")  # noqa: TRY004 as all of these
    trouble = trouble_of_text(plain, spec) if spec.values and not spec.is_open and spec.kind is Kind.TEXT else None
    if trouble:
        raise ValueError(trouble)
    return plain


def _boolean(spec: FactSpec, plain: Any) -> bool:
    if not isinstance(plain, bool):
        raise ValueError(f"`{spec.name}` is true or false, not {shown(plain)}")  # noqa: TRY004
    return plain


def _number(spec: FactSpec, plain: Any) -> int | float:
    if isinstance(plain, bool) or not isinstance(plain, int | float) or plain < 0:
        raise ValueError(f"`{spec.name}` is a number that is not negative, not {shown(plain)}")
    return plain


def _date(spec: FactSpec, plain: Any) -> dt.date:
    try:
        return day(plain)
    except ValueError as error:
        raise ValueError(f"`{spec.name}`: {error}") from error


def _duration(spec: FactSpec, plain: Any) -> Span:
    if isinstance(plain, Mapping):
        if set(plain) != {"hours", "business_hours"}:
            raise ValueError(f"`{spec.name}`: write both `hours` and `business_hours`, or one duration for both")
        hours, business = (_number(spec, plain[name]) for name in ("hours", "business_hours"))
        if business > hours:
            raise ValueError(f"`{spec.name}`: {business} business hours do not fit into {hours} hours")
        return Span(float(hours), float(business))
    hours = length(plain).hours
    return Span(hours, hours)


def _list(spec: FactSpec, plain: Any) -> tuple[Item, ...]:
    if not isinstance(plain, list):
        raise ValueError(  # noqa: TRY004
            f"`{spec.name}` is a list, such as `[{(spec.values or ('20 hours',))[0]}]`, not {shown(plain)}"
        )
    return tuple(_item(spec, item) for item in plain)


def _item(spec: FactSpec, plain: Any) -> Item:
    assert spec.item is not None  # noqa: S101 every list is of items
    if isinstance(plain, Mapping):
        hours = plain.get("hours_left")
        if spec.item is DeadlineItem and isinstance(hours, int | float):
            if abs(hours) > LONGEST_DAYS * 24:
                raise ValueError(
                    f"`{spec.name}`: {hours:.6g} hours are more than {LONGEST_DAYS} days, the limit; write fewer"
                )
            base: Item = deadline(float(hours))
        else:
            base = item_of_key(spec, next(iter(spec.values), "0 hours"))
        try:
            return spec.item.from_json({**base.as_json(), **plain})
        except ValidationError as error:
            raise ValueError(f"`{spec.name}`: {error.errors()[0]['msg']}: {error.errors()[0]['loc']}") from error
    if not isinstance(plain, str):
        raise ValueError(f"`{spec.name}` is a list of texts or mappings, and {shown(plain)} is neither")  # noqa: TRY004
    trouble = trouble_of_text(plain, spec) if spec.values and not spec.is_open else None
    if trouble:
        raise ValueError(trouble)
    return item_of_key(spec, plain)


def item_of_key(spec: FactSpec, key: str) -> Item:
    """An item of a list with nothing to it but its key, or of a deadline the time until it.

    Raises:
        ValueError: the time is none.
    """
    assert spec.item is not None  # noqa: S101
    return _ITEMS[spec.item](key)


def deadline(hours: float, business_hours: float | None = None, now: dt.datetime = NOW) -> DeadlineItem:
    """A deadline that many hours ahead."""
    at = now + dt.timedelta(hours=hours)
    return DeadlineItem(
        date=at.date(),
        first_date=at.date(),
        last_date=at.date(),
        earliest=at,
        latest=at,
        imposed_by="customer",
        hours_left=hours,
        business_hours_left=hours if business_hours is None else business_hours,
        words="",
    )


def _deadline(text: str) -> DeadlineItem:
    ahead = text.removesuffix(" ago")
    hours = length(ahead).hours
    return deadline(hours if ahead == text else -hours)


_ITEMS: dict[type[Item], Callable[[str], Item]] = {
    ExecutiveItem: lambda key: ExecutiveItem(title=key, role="asks", words=""),
    ComplaintItem: lambda key: ComplaintItem.from_json({"kind": key, "hours": None, "words": ""}),
    ImpactItem: lambda key: ImpactItem.from_json({"kind": key, "words": ""}),
    AskItem: lambda key: AskItem.from_json({"kind": key, "words": ""}),
    EarlierItem: lambda key: EarlierItem.from_json(
        {"number": "", "outcome": key, "opened_at": None, "age_hours": None}
    ),
    DeadlineItem: _deadline,
}
_VALUES: dict[Kind, Callable[[FactSpec, Any], FactValue]] = {
    Kind.TEXT: _text,
    Kind.NAME: _text,
    Kind.BOOLEAN: _boolean,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.DURATION: _duration,
    Kind.LIST: _list,
}
