"""The cell of one value: what `false`, `true` and `all` make of a stored value, what it shows, and its link."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from snow_escalations.sandbox.values.display import Locale

Mode: TypeAlias = Literal["false", "true", "all"]
Cell: TypeAlias = str | Mapping[str, str | None]

_SYS_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Style:
    """How values are shown.

    Attributes:
        mode: `sysparm_display_value`.
        links: references carry links.
        link_base: what a link starts with: scheme, host and the path of the API version asked, up to `/table/`.
        locale: the caller's zone and formats.
    """

    mode: Mode
    links: bool
    link_base: str
    locale: Locale

    def scalar(self, value: str, display: str | None) -> Cell:
        """The cell of a value that refers to nothing; a display of None is an empty choice."""
        if self.mode == "false":
            return value
        if self.mode == "true":
            return display or ""
        return {"display_value": display, "value": value}

    def reference(self, value: str, display: str, table: str, key: str = "sys_id") -> Cell:
        """The cell of a reference to a row of `table`."""
        if value == "":
            return {"display_value": "", "value": ""} if self.mode == "all" else ""
        if not self.links:
            return value if self.mode == "false" else self.scalar(value, display)
        link = self.link(table, value, key)
        if self.mode == "false":
            return {"link": link, "value": value}
        if self.mode == "true":
            return {"display_value": display, "link": link}
        return {"display_value": display, "link": link, "value": value}

    def link(self, table: str, value: str, key: str) -> str:
        """The address of the row that a reference leads to."""
        separator = "/" if key == "sys_id" else f"?{key}="
        return f"{self.link_base}{table}{separator}{value}"


def display_of(value: str, known: Mapping[str, str]) -> str:
    """What a reference shows: nothing where the row is gone, itself where it names no row (`global`, `glide.maint`)."""
    display = known.get(value)
    if display is not None:
        return display
    return "" if _SYS_ID.fullmatch(value) else value
