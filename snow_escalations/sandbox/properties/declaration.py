"""Declarations of properties: what a name means and which values it takes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from snow_escalations.errors import ConfigurationError

Kind: TypeAlias = Literal["boolean", "integer", "choice", "text", "list", "instant", "zone"]

_BOOLEANS = ("true", "false")
_HIGHEST = 2**31 - 1
_INSTANT_FORMAT = "%Y-%m-%d %H:%M:%S"


class PropertyError(ConfigurationError):
    """A property has no such name, or does not take such a value."""


@dataclass(frozen=True, slots=True)
class Property:
    """One declared property.

    Attributes:
        name: ServiceNow's own name (`glide...`), or `sandbox...` for a mode that only the sandbox has.
        kind: `boolean` (true, false), `integer`, `choice` (one of `choices`), `text`, `list` (comma separated),
            `instant` (`YYYY-MM-DD HH:MM:SS`, UTC, or empty) or `zone` (an IANA time zone).
        default: the value where `sys_properties` has no row.
        description: one or two sentences for the reader of docs/sandbox.md.
        choices: the values of kind `choice`.
        minimum: the least value of kind `integer`.
    """

    name: str
    kind: Kind
    default: str
    description: str
    choices: tuple[str, ...] = ()
    minimum: int = 0

    def check(self, value: str) -> None:
        """Refuse a value that the property does not take.

        Raises:
            PropertyError: naming the property, the value and what is accepted.
        """
        fault = self._fault(value)
        if fault:
            raise PropertyError(f"property `{self.name}`: `{value}` is not {fault}")

    def _fault(self, value: str) -> str:
        if self.kind == "boolean" and value not in _BOOLEANS:
            return "true or false"
        if self.kind == "choice" and value not in self.choices:
            return "one of " + ", ".join(self.choices)
        if self.kind == "integer":
            digits = value.removeprefix("-")
            whole = digits.isascii() and digits.isdigit() and len(digits) <= len(str(_HIGHEST))
            if not whole or not self.minimum <= int(value) <= _HIGHEST:
                return f"a whole number of at least {self.minimum} and at most {_HIGHEST}"
        if self.kind == "instant" and value and not _is_instant(value):
            return "an instant like 2026-11-23 08:00:00 (UTC)"
        if self.kind == "zone" and not _is_zone(value):
            return "an IANA time zone like Europe/Berlin"
        return ""


def _is_instant(value: str) -> bool:
    try:
        datetime.strptime(value, _INSTANT_FORMAT)  # noqa: DTZ007 - only the form is of interest
    except ValueError:
        return False
    return True


def _is_zone(value: str) -> bool:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
