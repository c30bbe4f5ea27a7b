"""The `sysparm_*` parameters of a request, read once. Unknown parameters are ignored; bad limits are refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from snow_escalations.sandbox.http.refusals import invalid_limit
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.values.cells import Mode

_MODES = ("false", "true", "all")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?[0-9]+")
_BEYOND = 10**18


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a Table API request asks for.

    Attributes:
        fields: `sysparm_fields` in the order asked; None for all.
        view: `sysparm_view`, which counts where `fields` is None.
        pairs: every other parameter, a candidate for `field=value`.
    """

    query: str
    fields: tuple[str, ...] | None
    view: str
    mode: Mode
    links: bool
    limit: int
    offset: int
    count: bool
    pagination: bool
    input_display: bool
    pairs: Mapping[str, str]


def read(parameters: Mapping[str, str], properties: Properties) -> Parameters:
    """Read the parameters.

    Raises:
        Refusal: 400, `sysparm_limit` is not a positive integer.
    """
    written = parameters.get("sysparm_fields")
    mode = parameters.get("sysparm_display_value", "false").lower()
    return Parameters(
        query=parameters.get("sysparm_query", ""),
        fields=None if not written else _names(written),
        view=parameters.get("sysparm_view", ""),
        mode=cast("Mode", mode) if mode in _MODES else "false",
        links=not _true(parameters, "sysparm_exclude_reference_link"),
        limit=_limit(parameters.get("sysparm_limit", ""), properties),
        offset=_offset(parameters.get("sysparm_offset", "")),
        count=not _true(parameters, "sysparm_no_count"),
        pagination=not _true(parameters, "sysparm_suppress_pagination_header"),
        input_display=_true(parameters, "sysparm_input_display_value"),
        pairs={name: value for name, value in parameters.items() if not name.startswith("sysparm_")},
    )


def _names(written: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in written.split(",") if (name := part.strip())))


def _true(parameters: Mapping[str, str], name: str) -> bool:
    return parameters.get(name, "").lower() == "true"


def _limit(text: str, properties: Properties) -> int:
    most = properties.integer("sandbox.table.max_limit")
    if text == "":
        return most
    if not _WHOLE.fullmatch(text):
        raise invalid_limit()
    limit = int(text)
    if limit == 0 and properties.get("sandbox.table.limit_zero") == "empty":
        return 0
    if limit < 1:
        raise invalid_limit()
    return min(limit, most)


def _offset(text: str) -> int:
    """The offset; negative ones and text count as 0 (the docs: do not pass them), a huge one is past every end."""
    if _WHOLE.fullmatch(text):
        return max(int(text), 0)
    return _BEYOND if _NUMBER.fullmatch(text) and not text.startswith("-") else 0
