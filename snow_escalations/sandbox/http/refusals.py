"""Refusals: status, message and detail as instances word them."""

from snow_escalations.errors import SnowEscalationsError
from snow_escalations.sandbox.http.answer import Headers

AUTH_DETAIL = "Required to provide Auth information"
QUERY_RIGHTS = "Insufficient rights to query records"
_OPERATIONS = {"create": "Insert", "write": "Update", "delete": "Delete"}


class Refusal(SnowEscalationsError):
    """A request is answered with the error envelope; `headers` go with it."""

    def __init__(self, status: int, message: str, detail: str | None = None) -> None:
        self.status = status
        self.message = message
        self.detail = detail
        self.headers: Headers = []
        super().__init__(f"{status}: {message}")


class NotAuthenticated(Refusal):
    """401; its wording and headers depend on the release."""

    def __init__(self) -> None:
        super().__init__(401, "User Not Authenticated", AUTH_DETAIL)


def invalid_table(name: str) -> Refusal:
    """An unknown table; anybody who logs in learns whether a table exists."""
    return Refusal(400, f"Invalid table {name}")


def no_resource() -> Refusal:
    """An unknown path."""
    return Refusal(400, "Requested URI does not represent any resource")


def no_record() -> Refusal:
    """No such row, or none that the caller may read: the same words."""
    return Refusal(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval")


def invalid_limit() -> Refusal:
    """`sysparm_limit` is zero, negative or no number."""
    return Refusal(400, "Invalid value given for sysparm_limit", "sysparm_limit value must be a positive integer")


def query_refused() -> Refusal:
    """A query ACL: a field of the query or its ordering is unknown, or not the caller's to query."""
    return Refusal(403, QUERY_RIGHTS, "Field(s) present in the query do not have permission to be read")


def table_refused(name: str) -> Refusal:
    """The caller may not read a table that says so."""
    return Refusal(403, QUERY_RIGHTS, f"No permission to read table '{name}'")


def operation_refused(right: str) -> Refusal:
    """The caller may not insert, update or delete the row; `right` is create, write or delete."""
    operation = _OPERATIONS[right]
    return Refusal(403, "Operation Failed", f"ACL Exception {operation} Failed due to security constraints")


def aborted(table: str, rule_name: str, rule_sys_id: str) -> Refusal:
    """A business rule aborted the write."""
    detail = (
        f"Operation against file '{table}' was aborted by Business Rule '{rule_name}^{rule_sys_id}'. "
        f"Business Rule Stack:{rule_name}"
    )
    return Refusal(403, "Operation Failed", detail)


def mandatory(labels: tuple[str, ...]) -> Refusal:
    """A data policy found fields empty."""
    detail = f"Data Policy Exception: The following fields are mandatory: {', '.join(labels)}"
    return Refusal(403, "Operation Failed", detail)


def endpoint_refused() -> Refusal:
    """The ACL of the REST endpoint itself."""
    return Refusal(403, "User Not Authorized", "Failed API level ACL Validation")


def unscoped_refused() -> Refusal:
    """The token of an OAuth client with auth scopes."""
    return Refusal(403, "User Not Authorized", "Access to unscoped api is not allowed")


def method_not_allowed() -> Refusal:
    """A method that the path does not take; the wording is the sandbox's own, none is published."""
    return Refusal(405, "Method not supported", "The requested HTTP method is not supported by this resource")


def not_acceptable(accept: str) -> Refusal:
    """An Accept header that asks for neither JSON nor XML; own wording."""
    return Refusal(406, "Requested media types are not supported", f"Accept: {accept}")


def unsupported_type(content_type: str) -> Refusal:
    """A Content-Type that is not read; own wording."""
    return Refusal(415, "Unsupported media type", f"Content-Type: {content_type}")


def undecodable(reader: str) -> Refusal:
    """A body that cannot be decoded. The detail is the decoder's own; status and envelope are not published."""
    return Refusal(400, "Exception while reading request", f"Cannot decode: java.io.StringReader@{reader}")


def too_large(status: int, length: int, limit: int) -> Refusal:
    """A body beyond `glide.rest.max_content_length`; no public source records the status."""
    detail = f"Rejected large REST payload with content-length = {length} bytes. Max allowed: {limit} bytes."
    return Refusal(status, "Exception while reading request", detail)


def failed(message: str) -> Refusal:
    """Anything unexpected while the request runs."""
    detail = (
        f"Exception while executing request: {message} Check logs for error trace or enable glide.rest.debug property "
        "to verify REST request processing"
    )
    return Refusal(500, f"Exception while executing request: {message}", detail)


def cancelled() -> Refusal:
    """A transaction beyond its quota."""
    message = "Transaction cancelled: maximum execution time exceeded"
    return Refusal(500, message, f"{message}. Check logs for error trace.")


def rate_limited(limit: int, api: str) -> Refusal:
    """A rate-limit rule."""
    return Refusal(429, "Rate limit exceeded", f"Rate limit of {limit} requests per hour for {api} exceeded")
