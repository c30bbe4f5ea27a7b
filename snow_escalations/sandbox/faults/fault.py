"""One fault: what goes wrong, and which requests it strikes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from snow_escalations.errors import ConfigurationError


class Kind(Enum):
    """What goes wrong. The values are the words of schedules."""

    LATENCY = "latency"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    TOO_MANY_REQUESTS = "429"
    ERROR_BEFORE_COMMIT = "500_before_commit"
    ERROR_AFTER_COMMIT = "500_after_commit"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    EMPTY_200 = "empty_200"
    EMPTY_202 = "empty_202"
    HTML_200 = "html_200"
    CUT_BODY = "cut_body"
    CUT_JSON = "cut_json"
    ERROR_BESIDE_RESULT = "error_beside_result"
    BROKEN_ERROR_BESIDE_RESULT = "broken_error_beside_result"
    RESET_BEFORE_COMMIT = "reset_before_commit"
    RESET_AFTER_COMMIT = "reset_after_commit"
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - a word of schedules
    SLOW_DRIP = "slow_drip"
    SECOND_WRITER = "second_writer"


BEFORE_HANDLING = frozenset(
    {
        Kind.UNAUTHORIZED,
        Kind.FORBIDDEN,
        Kind.TOO_MANY_REQUESTS,
        Kind.ERROR_BEFORE_COMMIT,
        Kind.BAD_GATEWAY,
        Kind.UNAVAILABLE,
        Kind.EMPTY_200,
        Kind.EMPTY_202,
        Kind.HTML_200,
        Kind.RESET_BEFORE_COMMIT,
    }
)
"""Kinds that answer in place of the instance: nothing is read or written."""

AFTER_HANDLING = frozenset(
    {
        Kind.ERROR_AFTER_COMMIT,
        Kind.RESET_AFTER_COMMIT,
        Kind.CUT_BODY,
        Kind.CUT_JSON,
        Kind.ERROR_BESIDE_RESULT,
        Kind.BROKEN_ERROR_BESIDE_RESULT,
        Kind.SLOW_DRIP,
    }
)
"""Kinds that spoil the answer to a request that was carried out."""

DRIP_MS = 10
LATENCY_REMEDY = "a request takes so much longer: at least 1, as in `milliseconds: 250`"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and the requests that it strikes. What is not given matches everything.

    Attributes:
        kind: what goes wrong; a `Kind` or its word.
        method: the HTTP method, after X-http-method-override.
        table: the table in the path of the Table or Aggregate API.
        path: a part of the path, as `/oauth_token.do`.
        user: the user name that the request authenticates with.
        nth: strike from the nth matching request on, counted from 1.
        times: how many matching requests are struck; by default one with `nth`, all without.
        probability: strike by chance, between 0 and 1, drawn from the schedule's seed.
        milliseconds: of latency, which needs them, or between the pieces of a slow drip, by default 10.
        headers: a 429 carries Retry-After and X-RateLimit-*.
        envelope: a 429 carries the error envelope.
        retry_after: seconds that a 429 or 503 asks to wait.
        keep: complete rows that a cut or broken body still has.
        piece: bytes of each piece of a slow drip.
        values: what the second writer writes; by default the row is merely touched.
        writer: user name of the second writer.
    """

    kind: Kind
    method: str | None = None
    table: str | None = None
    path: str | None = None
    user: str | None = None
    nth: int | None = None
    times: int | None = None
    probability: float | None = None
    milliseconds: int = 0
    headers: bool = True
    envelope: bool = True
    retry_after: int = 60
    keep: int = 1
    piece: int = 64
    values: Mapping[str, str] = field(default_factory=dict)
    writer: str = "second.writer"

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Kind(self.kind))
        if self.kind is Kind.SLOW_DRIP and self.milliseconds == 0:
            object.__setattr__(self, "milliseconds", DRIP_MS)
        if self.kind is Kind.LATENCY and self.milliseconds < 1:
            raise ConfigurationError(f"fault latency: milliseconds is {self.milliseconds}; {LATENCY_REMEDY}")
        if self.nth is not None and self.nth < 1:
            raise ConfigurationError(f"fault {self.kind.value}: nth is {self.nth}; requests are counted from 1")
        if self.times is not None and self.times < 1:
            raise ConfigurationError(f"fault {self.kind.value}: times is {self.times}; it is at least 1")
        if self.probability is not None and not 0 <= self.probability <= 1:
            raise ConfigurationError(f"fault {self.kind.value}: probability is {self.probability}; it is from 0 to 1")
        if self.piece < 1:
            raise ConfigurationError(f"fault {self.kind.value}: piece is {self.piece}; it is at least 1 byte")

    def matches(self, method: str, path: str, table: str, user: str) -> bool:
        """Whether a request is one that the fault may strike."""
        return (
            self.method in {None, method}
            and self.table in {None, table}
            and self.user in {None, user}
            and (self.path is None or self.path in path)
        )
