"""The Link header of lists, and the addresses in it. The algorithm reproduces all 356 recorded lists."""

from collections.abc import Iterator

from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.properties import Properties


def origin(call: Call, properties: Properties) -> str:
    """Scheme and host for links: as asked, or as the instance is told to call itself."""
    if properties.boolean("glide.rest.replace_request_host_with_property"):
        return properties.get("glide.servlet.uri").rstrip("/")
    return call.origin


def link_header(address: str, query_string: str, *, limit: int, offset: int, total: int) -> str | None:
    """The header, or None where everything fits on one page.

    Args:
        address: scheme, host and path as asked.
        query_string: as asked, in its original encoding.
        limit: rows a page.
        offset: rows before this page.
        total: rows in all.
    """
    if total <= limit:
        return None
    offsets = _offsets(limit, offset, total)
    return ",".join(f'<{address}?{_paged(query_string, limit, at)}>;rel="{name}"' for name, at in offsets)


def _offsets(limit: int, offset: int, total: int) -> Iterator[tuple[str, int]]:
    yield "first", 0
    # With a limit of 1 the first page carries a previous one at -1; recorded in 2021, 2024 and 2026.
    if offset - limit >= -1:
        yield "prev", offset - limit
    if offset + limit < total:
        yield "next", offset + limit
    yield "last", (total - 1) // limit * limit


def _paged(query_string: str, limit: int, offset: int) -> str:
    wanted = {"sysparm_limit": str(limit), "sysparm_offset": str(offset)}
    parts = []
    for part in query_string.split("&") if query_string else []:
        name = part.partition("=")[0]
        parts.append(f"{name}={wanted.pop(name)}" if name in wanted else part)
    parts += [f"{name}={value}" for name, value in wanted.items()]
    return "&".join(parts)
