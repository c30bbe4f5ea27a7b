"""Headers and wording by release, as recorded: which headers an answer has, their order and case, what a 401 says.

    2020   J1-style answers of 2020 and 2021
    2024   recorded from 2022 to 2024
    2026   recorded in June 2026; the 401's headers are those of 2024 behind the new edge

h11 writes Transfer-Encoding last; on the wire of an instance it follows Content-Type.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from snow_escalations.sandbox.http.answer import CONTENT_TYPES, Answer, Headers

_STORED_FOR_EVER = timedelta(seconds=2147483647)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What headers depend on beside the answer.

    Attributes:
        now: the instance's time.
        transaction_id: 12 hexadecimal digits.
        session_id: the session's cookie, or that of a refused request.
        new_session: the session was opened by this request.
        lifetime: seconds that a session lives.
        secure: cookies carry `Secure`.
        close: the client asked to close the connection.
    """

    now: datetime
    transaction_id: str
    session_id: str
    new_session: bool
    lifetime: int
    secure: bool
    close: bool


Slot: TypeAlias = Callable[[Answer, Exchange], Headers]


@dataclass(frozen=True, slots=True)
class Profile:
    """One release: the slots of its answers in wire order, and its words for a 401."""

    slots: tuple[Slot, ...]
    refused_slots: tuple[Slot, ...]
    edge_slots: tuple[Slot, ...]
    not_authenticated: str

    def headers(self, answer: Answer, exchange: Exchange) -> Headers:
        """The headers of an answer that the instance itself gives."""
        slots = self.refused_slots if answer.challenge else self.slots
        return [header for slot in slots for header in slot(answer, exchange)]

    def edge_headers(self, answer: Answer, exchange: Exchange) -> Headers:
        """The headers of an answer that never reached the REST layer."""
        return [header for slot in self.edge_slots for header in slot(answer, exchange)]


def _always(name: str, value: str) -> Slot:
    return lambda _answer, _exchange: [(name, value)]


def _own(answer: Answer, _: Exchange) -> Headers:
    return answer.headers


def _content_type(answer: Answer, _: Exchange) -> Headers:
    content_type = CONTENT_TYPES.get(answer.media)
    return [] if content_type is None or answer.status == 204 else [("Content-Type", content_type)]


def _logged_in(answer: Answer, exchange: Exchange) -> Headers:
    if not answer.rest:
        return []
    return [("X-Is-Logged-In", "true"), ("X-Transaction-ID", exchange.transaction_id)]


def _date(_: Answer, exchange: Exchange) -> Headers:
    return [("Date", exchange.now.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT"))]


def _keep_alive(seconds: int) -> Slot:
    def slot(_: Answer, exchange: Exchange) -> Headers:
        if exchange.close:
            return []
        return [("Keep-Alive", f"timeout={seconds}"), ("Connection", "keep-alive")]

    return slot


def _connection(_: Answer, exchange: Exchange) -> Headers:
    return [] if exchange.close else [("Connection", "keep-alive")]


def _timing(_: Answer, exchange: Exchange) -> Headers:
    return [("Server-Timing", f't;desc="{exchange.transaction_id}", sem_wait;dur=0, sesh_wait;dur=0')]


def _cookie(name: str, value: str, age: timedelta | None, exchange: Exchange) -> tuple[str, str]:
    parts = [f"{name}={value}"]
    if age is not None:
        expires = exchange.now.astimezone(UTC) + age if age else datetime(1970, 1, 1, 0, 0, 10, tzinfo=UTC)
        parts += [f"Max-Age={age.days * 86400 + age.seconds}", f"Expires={expires:%a, %d-%b-%Y %H:%M:%S GMT}"]
    parts.append("Path=/")
    if exchange.secure:
        parts.append("Secure")
    return "Set-Cookie", "; ".join([*parts, "HttpOnly"])


def _session_cookie(answer: Answer, exchange: Exchange) -> Headers:
    if not (answer.rest and exchange.new_session):
        return []
    return [_cookie("JSESSIONID", exchange.session_id, None, exchange)]


def _user_cookies(answer: Answer, exchange: Exchange) -> Headers:
    """A new session forgets an earlier user; a known one reports activity."""
    if not answer.rest:
        return []
    if not exchange.new_session:
        return [_cookie("glide_user_activity", exchange.session_id, None, exchange)]
    route = f"glide.{exchange.session_id.lower()}"
    return [
        _cookie("glide_user", "", timedelta(0), exchange),
        _cookie("glide_user_session", "", timedelta(0), exchange),
        _cookie("glide_user_route", route, _STORED_FOR_EVER, exchange),
    ]


def _store_cookie(answer: Answer, exchange: Exchange) -> Headers:
    if not answer.rest:
        return []
    age = timedelta(seconds=exchange.lifetime if exchange.new_session else min(60, exchange.lifetime))
    return [_cookie("glide_session_store", exchange.session_id, age, exchange)]


def _node_cookie(answer: Answer, exchange: Exchange) -> Headers:
    return [_cookie("glide_node_id_for_js", exchange.session_id.lower() * 2, None, exchange)] if answer.rest else []


def _balancer_cookie(answer: Answer, exchange: Exchange) -> Headers:
    if not (answer.rest and exchange.new_session):
        return []
    return [_cookie("BIGipServerpool_sandbox", str(int(exchange.session_id[:16], 16)), None, exchange)]


def _refused_cookies(_: Answer, exchange: Exchange) -> Headers:
    return [
        _cookie("JSESSIONID", exchange.session_id, None, exchange),
        _cookie("glide_user_route", f"glide.{exchange.session_id.lower()}", _STORED_FOR_EVER, exchange),
    ]


_NO_STORE = "no-cache,no-store,must-revalidate,max-age=-1"
_STRICT = _always("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
_NOSNIFF = _always("X-Content-Type-Options", "nosniff")
_PLAIN_TIMING = _always("Server-Timing", "sem_wait;dur=0, sesh_wait;dur=0")
_CLOSED = _always("Connection", "close")
_CACHE_OLD: tuple[Slot, ...] = (
    _always("Pragma", "no-store,no-cache"),
    _always("Cache-control", _NO_STORE),
    _always("Expires", "0"),
)
_CACHE: tuple[Slot, ...] = (
    _always("Pragma", "no-store,no-cache"),
    _always("Cache-Control", _NO_STORE),
    _always("Expires", "0"),
)
_SERVICENOW = _always("Server", "ServiceNow")
_ADC = _always("Server", "snow_adc")
_COOKIES: tuple[Slot, ...] = (_session_cookie, _user_cookies, _store_cookie, _balancer_cookie)
_EDGE: tuple[Slot, ...] = (_ADC, _date, _content_type, _own, _CLOSED)

PROFILES: Mapping[str, Profile] = {
    "2020": Profile(
        slots=(*_COOKIES, _logged_in, _own, *_CACHE_OLD, _content_type, _date, _SERVICENOW, _keep_alive(20), _STRICT),
        refused_slots=(
            _refused_cookies,
            _always("WWW-Authenticate", 'BASIC realm="Service-now"'),
            *_CACHE_OLD,
            _content_type,
            _date,
            _SERVICENOW,
            _STRICT,
            _CLOSED,
        ),
        edge_slots=_EDGE,
        not_authenticated="User Not Authenticated",
    ),
    "2024": Profile(
        slots=(
            _PLAIN_TIMING,
            _logged_in,
            _own,
            _NOSNIFF,
            *_CACHE,
            _content_type,
            _date,
            _SERVICENOW,
            _keep_alive(70),
            *_COOKIES,
            _STRICT,
        ),
        refused_slots=(
            _PLAIN_TIMING,
            _always("WWW-Authenticate", 'Basic realm="Service-now"'),
            _NOSNIFF,
            *_CACHE,
            _content_type,
            _date,
            _SERVICENOW,
            _refused_cookies,
            _STRICT,
            _CLOSED,
        ),
        edge_slots=_EDGE,
        not_authenticated="User Not Authenticated",
    ),
    "2026": Profile(
        slots=(
            _ADC,
            _date,
            _content_type,
            _connection,
            _session_cookie,
            _timing,
            _user_cookies,
            _node_cookie,
            _logged_in,
            _store_cookie,
            _own,
            _NOSNIFF,
            *_CACHE,
            _STRICT,
        ),
        refused_slots=(
            _ADC,
            _date,
            _content_type,
            _always("WWW-Authenticate", 'Basic realm="Service-now"'),
            _timing,
            _refused_cookies,
            _NOSNIFF,
            *_CACHE,
            _STRICT,
            _CLOSED,
        ),
        edge_slots=_EDGE,
        not_authenticated="User is not authenticated",
    ),
}


def wire(headers: Headers) -> Iterator[tuple[bytes, bytes]]:
    """Headers as ASGI sends them."""
    return ((name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers)
