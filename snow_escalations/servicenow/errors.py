"""What can go wrong between us and an instance: one class per meaning.

    SnowEscalationsError
    └── InstanceError                       something about one call; carries method, table, status, transaction
        ├── NotAuthenticated                the login is refused (401, or a redirect to a login page)
        ├── Forbidden                       logged in, but not allowed to do this (403)
        ├── NotFound                        no such record, or none that we may read (the instance says the same)
        ├── UnknownTable                    the instance has no such table (400 Invalid table)
        ├── BadRequest                      the instance does not understand the call (other 400, 405, 406, 415)
        ├── QueryRefused                    a field in the query may not be used by us (query ACL)
        ├── RequestTooLarge                 the URL or the body is over the instance's limit (414, 413)
        ├── RateLimited                     too many requests (429); nothing was executed
        ├── RejectedByRule                  a business rule or data policy of the instance aborted the write
        ├── InstanceFailed                  500: the instance gave up on the call
        ├── InstanceUnavailable             502, 503, 504, no connection, a timeout
        │   ├── InstanceHibernating         a developer instance is asleep and answers with a web page
        │   └── CertificateRefused          the TLS certificate does not convince us
        ├── DeadlineExceeded                the call's overall deadline passed
        ├── IncompleteAnswer                200 or 202 that delivers nothing: cut, empty, HTML, an error beside rows
        ├── OutcomeUnknown                  a write was sent and its answer was lost: it may or may not have happened
        └── NotLanded                       the write was answered with success, and the record shows otherwise
    ├── UnexpectedRow                       a row came back that its query did not ask for: nothing may be decided on it
    └── QueryError (ConfigurationError)     a query that must not be sent: unknown field, unsafe value

Each message holds the instance's own words, cut to 256 characters; never a request, a body or a header dump.
"""

from dataclasses import dataclass
from typing import ClassVar, TypedDict, Unpack

from snow_escalations.errors import ConfigurationError, SnowEscalationsError

MESSAGE_LIMIT = 256


@dataclass(frozen=True, slots=True)
class Call:
    """The call that an error is about. `table` is empty for calls that concern none (a token, for instance)."""

    method: str
    table: str

    @property
    def is_read(self) -> bool:
        """Whether the call changes nothing, and so may be repeated."""
        return self.method in {"GET", "HEAD"}

    def __str__(self) -> str:
        """`GET sys_user`, as errors and logs name it."""
        return f"{self.method} {self.table}".strip()


class Facts(TypedDict, total=False):
    """What is known of the answer to a failed call."""

    status: int | None
    transaction: str | None
    instance_message: str
    remedy: str | None


class InstanceError(SnowEscalationsError):
    """A call to the instance failed.

    Args:
        call: which call.
        why: what happened, in our words.
        remedy: what to do about it, where the class's own advice does not fit.
        status: the HTTP status, or None where no answer came.
        transaction: the instance's `X-Transaction-ID`, by which its administrator finds the call in the logs.
        instance_message: the instance's own words (`error.message: error.detail`).
    """

    remedy: ClassVar[str] = ""

    def __init__(
        self,
        call: Call,
        why: str,
        *,
        status: int | None = None,
        transaction: str | None = None,
        instance_message: str = "",
        remedy: str | None = None,
    ) -> None:
        self.call = call
        self.why = why
        self.status = status
        self.transaction = transaction
        self.instance_message = cut(instance_message)
        self.remedy_text = type(self).remedy if remedy is None else remedy
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        facts = [f"HTTP {self.status}"] if self.status is not None else []
        if self.transaction:
            facts.append(f"transaction {self.transaction}")
        place = f" ({', '.join(facts)})" if facts else ""
        said = f'; the instance says "{self.instance_message}"' if self.instance_message else ""
        advice = f". {self.remedy_text}" if self.remedy_text else ""
        return f"{self.call}: {self.why}{place}{said}{advice}"


def facts_of(error: InstanceError) -> Facts:
    """What is known of the answer behind an error, for another error that says what it means."""
    return {
        "status": error.status,
        "transaction": error.transaction,
        "instance_message": error.instance_message,
        "remedy": error.remedy_text,
    }


def cut(text: str) -> str:
    """The instance's words on one line, cut to the limit."""
    line = " ".join(text.split())
    return line if len(line) <= MESSAGE_LIMIT else line[: MESSAGE_LIMIT - 1] + "…"


class NotAuthenticated(InstanceError):
    """The login is refused. Wrong user, wrong password, a locked or inactive account all look alike."""

    remedy = "Check instance.auth in the settings, and that the account is active and may use web services"


class Forbidden(InstanceError):
    """Logged in, but not allowed to do this."""

    remedy = "Give the account the roles that README.md lists, and run `snow-escalations doctor`"


class NotFound(InstanceError):
    """No such record, or none that the account may read: the instance answers both alike."""


class UnknownTable(InstanceError):
    """The instance has no table of that name."""

    remedy = "Set its name under dialect.tables in the settings, or install the plugin that brings it"


class BadRequest(InstanceError):
    """The instance does not understand the call."""


class QueryRefused(InstanceError):
    """A field in the query, or in its order, may not be used by the account."""

    remedy = "Ask for a query ACL on the field for the account's role"


class RequestTooLarge(InstanceError):
    """The URL or the body is over the instance's limit."""


class RateLimited(InstanceError):
    """Too many requests; the call was not executed.

    `retry_after` is the instance's wish in seconds, None where it states none.
    """

    remedy = "Wait for the limit to be reset, or ask for a higher limit in the instance's rate limit rules"

    def __init__(self, call: Call, why: str, *, retry_after: float | None = None, **facts: Unpack[Facts]) -> None:
        self.retry_after = retry_after
        super().__init__(call, why, **facts)


class RejectedByRule(InstanceError):
    """A business rule or a data policy of the instance aborted the write; nothing was changed."""


class InstanceFailed(InstanceError):
    """The instance gave up on the call (500)."""


class InstanceUnavailable(InstanceError):
    """The instance cannot be reached, or its front end answers in its place. `sent` tells whether the call went out."""

    def __init__(self, call: Call, why: str, *, sent: bool = True, **facts: Unpack[Facts]) -> None:
        self.sent = sent
        super().__init__(call, why, **facts)


class InstanceHibernating(InstanceUnavailable):
    """A developer instance is asleep and answers with a web page."""

    remedy = "Wake the instance on developer.servicenow.com and try again"


class CertificateRefused(InstanceUnavailable):
    """The TLS certificate of the instance, or ours, is refused."""

    remedy = "Set instance.ca_bundle, or instance.client_certificate, in the settings"


class DeadlineExceeded(InstanceError):
    """The overall deadline of the call passed. `sent` tells whether the call had gone out by then."""

    remedy = "Raise instance.timeouts.deadline, or lower instance.page_size"

    def __init__(self, call: Call, why: str, *, sent: bool = True, **facts: Unpack[Facts]) -> None:
        self.sent = sent
        super().__init__(call, why, **facts)


class IncompleteAnswer(InstanceError):
    """An answer of success that delivers nothing usable; no row of it is ever handed on.

    `executed` is False where ServiceNow documents that the call was dropped (a 202 from the session queue).
    """

    def __init__(self, call: Call, why: str, *, executed: bool = True, **facts: Unpack[Facts]) -> None:
        self.executed = executed
        super().__init__(call, why, **facts)


class OutcomeUnknown(InstanceError):
    """A write went out and its answer was lost. Read the record before anything else is done."""

    remedy = "Read the record back before repeating anything"


class NotLanded(InstanceError):
    """The instance answered a write with success, and the record does not show it.

    ServiceNow drops fields that an ACL, a choice list or a rule forbids, and still answers 200.
    """

    remedy = "Check the account's write access to the field, and the business rules of the table"


class UnexpectedRow(SnowEscalationsError):
    """A row came back that does not match its query: the instance dropped a condition that it did not understand.

    Attributes:
        table: the table that was read.
        condition: the condition that the row does not meet, as it was sent.
        sys_id: the row.
    """

    def __init__(self, table: str, condition: str, sys_id: str, seen: str) -> None:
        self.table, self.condition, self.sys_id = table, condition, sys_id
        super().__init__(
            f"{table}: row {sys_id or '(no sys_id)'} does not meet the condition `{condition}` (it has {seen}). The "
            f"instance ignores conditions that it does not understand and returns more rows, so nothing is decided on "
            f"this answer. Check the field's name under dialect in the settings with `snow-escalations doctor`"
        )


class QueryError(ConfigurationError):
    """A query that must not be sent."""
