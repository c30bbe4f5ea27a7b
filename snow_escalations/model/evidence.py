"""Typed facts, each with the place where it was read or the reason why it could not be read."""

from typing import TypeAlias

from snow_escalations.model.base import Model

FactValue: TypeAlias = str | int | float | bool


class Source(Model):
    """Where a fact was read: the table, the field, and the record by number and sys_id."""

    table: str
    field: str
    record: str = ""
    sys_id: str = ""


class Quote(Model):
    """Words of a record, with their offsets in the field's text."""

    text: str
    start: int
    end: int


class Fact(Model):
    """One fact. Exactly one of `value` and `unreadable` is set; `unit` is empty for what has none."""

    name: str
    value: FactValue | None = None
    unit: str = ""
    source: Source
    quotes: tuple[Quote, ...] = ()
    unreadable: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether the fact could be read."""
        return self.unreadable is None


class Evidence(Model):
    """The facts of one dossier at one instant, by name."""

    facts: dict[str, Fact]

    def fact(self, name: str) -> Fact:
        """The fact of that name.

        Raises:
            KeyError: there is no such fact; the policy loader has checked the names that policies use.
        """
        return self.facts[name]
