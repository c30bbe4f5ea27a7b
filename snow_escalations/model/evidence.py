"""Typed facts, each with the place where it was read or the reason why it could not be read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias, cast

from pydantic import GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, core_schema

from snow_escalations.model.facts import FACTS, FactSpec, Kind
from snow_escalations.model.items import Item


class Span(NamedTuple):
    """A length of time: by the wall clock, and in business hours of the calendar that applies. Both are hours."""

    hours: float
    business_hours: float


Scalar: TypeAlias = str | int | float | bool | dt.date | Span
FactValue: TypeAlias = Scalar | tuple[Item, ...]


class Source(NamedTuple):
    """Where a fact was read: the table, the field, and the record by number and sys_id."""

    table: str
    field: str
    record: str = ""
    sys_id: str = ""

    def as_json(self) -> dict[str, str]:
        """An object of its fields."""
        return self._asdict()

    @classmethod
    def from_json(cls, source: Any) -> "Source":
        """The source that `as_json` gave.

        Raises:
            TypeError: it is no object.
            ValueError: it is not of that form.
        """
        if not isinstance(source, Mapping):
            raise TypeError(f"{source!r} is not a source")
        return _SOURCE.validate_python(source)


class Quote(NamedTuple):
    """Words of a record, with their offsets in the field's text; `source` is set where it is not the fact's own."""

    text: str
    start: int
    end: int
    source: Source | None = None

    def as_json(self) -> dict[str, Any]:
        """An object of its fields, without a source that is not set."""
        shape = {"text": self.text, "start": self.start, "end": self.end}
        return shape if self.source is None else {**shape, "source": self.source.as_json()}

    @classmethod
    def from_json(cls, quote: Any) -> "Quote":
        """The quote that `as_json` gave.

        Raises:
            TypeError: it is no object.
            ValueError: it is not of that form.
        """
        if not isinstance(quote, Mapping):
            raise TypeError(f"{quote!r} is not a quote")
        return _QUOTE.validate_python(quote)


_SOURCE, _QUOTE = TypeAdapter(Source), TypeAdapter(Quote)


class Fact(NamedTuple):
    """One fact: its value, or None where it is known that there is none, or the reason why it could not be read.

    A time since the customer last wrote has the value None where the customer never wrote, and is `unreadable` where
    the journal is closed. A fact that is weighed from others names them in `rests_on`, and says how in `note`. A time
    since an instant has that in `since`, by the clock of the calendar that applies: the time grows, the instant stays.
    A `partial` one is what some words raise, while others that could raise it further could not be read; or how a
    stated reason stands, while a count that could bear it out is not known.
    """

    name: str
    value: FactValue | None
    unit: str
    source: Source
    quotes: tuple[Quote, ...] = ()
    unreadable: str | None = None
    rests_on: tuple[str, ...] = ()
    note: str = ""
    since: dt.datetime | None = None
    partial: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the fact could be read."""
        return self.unreadable is None

    def as_json(self) -> dict[str, Any]:
        """`value`, `unit`, `source` and `quotes`, or `unreadable`, `unit` and `source`; the rest where it is set."""
        source = self.source.as_json()
        weighed = {"rests_on": list(self.rests_on), "note": self.note} if self.rests_on or self.note else {}
        if self.unreadable is not None:
            return {"unreadable": self.unreadable, "unit": self.unit, "source": source, **weighed}
        quotes = [quote.as_json() for quote in self.quotes]
        value = {"value": value_as_json(self.value), "unit": self.unit, "source": source, "quotes": quotes}
        since = {} if self.since is None else {"since": self.since.isoformat()}
        partial = {"partial": True} if self.partial else {}
        return {**value, **since, **partial, **weighed}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The facts of one dossier at one instant, by name; as JSON, an object for each fact (see `Fact.as_json`)."""

    facts: Mapping[str, Fact]

    def fact(self, name: str) -> Fact:
        """The fact of that name.

        Raises:
            KeyError: there is no such fact; the policy loader has checked the names that policies use.
        """
        return self.facts[name]

    def as_json(self) -> dict[str, Any]:
        """The facts as JSON values."""
        return {name: fact.as_json() for name, fact in self.facts.items()}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Evidence":
        """The facts that `as_json` gave.

        Raises:
            ValueError: they are not of that form.
        """
        if not isinstance(facts, Mapping):
            raise ValueError(  # noqa: TRY004 pydantic reports a ValueError as one of the input
                "the evidence must be an object with an object for each fact"
            )
        return cls({name: fact_from_json(name, fact) for name, fact in facts.items()})

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Part of pydantic models by its JSON form."""
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls.from_json(value),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.as_json),
        )


def value_as_json(value: FactValue | None) -> Any:
    """A value as JSON: a span as an object of its two measures, a list as a list of objects, a date as text."""
    if isinstance(value, Span):
        return value._asdict()
    if isinstance(value, tuple):
        return [item.as_json() for item in cast("tuple[Item, ...]", value)]
    return value.isoformat() if isinstance(value, dt.date) else value


def fact_from_json(name: str, fact: Any) -> Fact:
    """One fact of `Evidence.as_json`.

    Raises:
        ValueError: there is no such fact, or it is not of that form.
    """
    spec = FACTS.get(name)
    if spec is None:
        raise ValueError(f"there is no fact `{name}`")
    if not isinstance(fact, Mapping) or ("value" in fact) is ("unreadable" in fact):
        raise ValueError(f"the fact `{name}` must have either `value` or `unreadable`")
    try:
        source = Source.from_json(fact.get("source") or {"table": "", "field": ""})
        quotes = tuple(Quote.from_json(quote) for quote in _list(fact.get("quotes")))
        rests_on = tuple(_text(other) for other in _list(fact.get("rests_on")))
        note = _text(fact.get("note") or "")
        unreadable = _text(fact["unreadable"]) if "unreadable" in fact else None
        value = None if unreadable is not None else value_from_json(spec, fact["value"])
        since = None if value is None or not spec.is_since else _instant(fact.get("since"))
        partial = unreadable is None and is_partial(fact)
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(f"the fact `{name}` cannot be used: {what_is_wrong(error)}") from error
    return Fact(name, value, spec.unit, source, quotes, unreadable, rests_on, note, since, partial)


def what_is_wrong(error: Exception) -> str:
    """An error of a fact in a line: of a malformed item each of its fields, as pydantic tells a page of it."""
    if not isinstance(error, ValidationError):
        return str(error)
    return "; ".join(f"`{'.'.join(map(str, one['loc']))}`: {one['msg'].lower()}" for one in error.errors())


def is_partial(fact: Mapping[str, Any]) -> bool:
    """Whether a fact of `Fact.as_json` is known in part.

    Raises:
        ValueError: that is neither true nor false.
    """
    partial = fact.get("partial", False)
    if not isinstance(partial, bool):
        raise ValueError(f"`partial` is true or false, not {partial!r}")  # noqa: TRY004 as above
    return partial


def _instant(value: Any) -> dt.datetime | None:
    if value is None:
        return None
    instant = dt.datetime.fromisoformat(_text(value))
    if instant.tzinfo is None:
        raise ValueError(f"the instant {value} has no offset")
    return instant


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list")  # noqa: TRY004 as above
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a text")  # noqa: TRY004 as above
    return value


def value_from_json(spec: FactSpec, value: Any) -> FactValue | None:
    """A value of `value_as_json`, checked against what the fact is.

    Raises:
        ValueError: it does not fit the fact.
    """
    if value is None:
        return None
    if spec.kind is Kind.LIST and isinstance(value, list) and spec.item is not None:
        return tuple(spec.item.from_json(item) for item in value)
    if spec.kind is Kind.DURATION and isinstance(value, Mapping) and set(value) == {"hours", "business_hours"}:
        return Span(float(value["hours"]), float(value["business_hours"]))
    if spec.kind is Kind.DATE and isinstance(value, str):
        return dt.date.fromisoformat(value)
    if spec.kind is Kind.BOOLEAN and isinstance(value, bool):
        return value
    if spec.kind is Kind.NUMBER and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if spec.kind in {Kind.TEXT, Kind.NAME} and isinstance(value, str):
        return value
    raise ValueError(f"{value!r} is not a {spec.kind.value}")
