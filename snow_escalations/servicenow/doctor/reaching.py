"""Address, TLS, login, clock, and the account's own user."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

from snow_escalations.model import Person
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.doctor.examination import Examination
from snow_escalations.servicenow.doctor.finding import Finding, failure, ok, warning
from snow_escalations.servicenow.errors import (
    CertificateRefused,
    InstanceError,
    InstanceHibernating,
    InstanceUnavailable,
    NotAuthenticated,
)
from snow_escalations.servicenow.options import is_loopback
from snow_escalations.servicenow.query import value_of

SKEW_WARNING, SKEW_FAILURE = timedelta(minutes=1), timedelta(minutes=10)
_UTC_ZONES = frozenset({"", "UTC", "GMT", "Etc/UTC", "Etc/GMT", "Zulu"})


def check_reach(examination: Examination) -> Iterator[Finding]:
    """Address, TLS and login by one read of the account's own user record."""
    url = examination.connection.options.url
    refused: InstanceError | None = None
    try:
        _read_own(examination)
    except CertificateRefused as error:
        yield failure("address", f"{url} answers, but not to us", "")
        yield failure("TLS", error.why, error.remedy_text)
        return
    except InstanceHibernating as error:
        yield failure("address", f"{url} is hibernating", error.remedy_text)
        return
    except InstanceUnavailable as error:
        yield failure("address", f"{url}: {error.why}", "Check instance.url, the network and instance.proxy")
        return
    except InstanceError as error:
        refused = error
    yield ok("address", f"{url} answers")
    secured = "the certificate is trusted" if url.startswith("https") else "plain http, accepted on this machine only"
    yield ok("TLS", secured if url.startswith("https") or is_loopback(url) else url)
    if isinstance(refused, NotAuthenticated):
        yield failure("login", refused.why, refused.remedy_text)
    elif refused is not None:
        yield failure("login", str(refused), refused.remedy_text)
    else:
        yield ok("login", f"logged in{f' as {examination.user_name}' if examination.user_name else ''}")


def _read_own(examination: Examination) -> None:
    table = examination.dialect.tables.user
    query = examination.query(table)
    if examination.user_name:
        query = query.where("user_name", Operator.EQUALS, examination.user_name)
    page = examination.tables.first(query, ["user_name", "name", "active", "time_zone"], 2)
    if examination.user_name and len(page.rows) == 1:
        row = page.rows[0]
        examination.own = Person(
            sys_id=value_of(row.get("sys_id")) or "",
            name=value_of(row.get("name")) or "",
            user_name=examination.user_name,
        )
        examination.time_zone = value_of(row.get("time_zone")) or ""


def check_clock(examination: Examination) -> Iterator[Finding]:
    """Our clock against the instance's `Date`: ages and deadlines are computed from the difference of the two."""
    skews = []
    for text, ours in examination.seen.dates:
        try:
            skews.append(parsedate_to_datetime(text).astimezone(UTC) - ours)
        except ValueError:
            continue
    if not skews:
        yield warning("clock", "the instance sends no readable Date", "Compare the clocks by hand")
        return
    skew = min(skews, key=abs)
    seconds = skew.total_seconds()
    detail = f"the instance's clock is {abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} ours"
    remedy = "Set the clock of this machine by NTP"
    if abs(skew) >= SKEW_FAILURE:
        yield failure("clock", detail, remedy)
    elif abs(skew) >= SKEW_WARNING:
        yield warning("clock", detail, remedy)
    else:
        yield ok("clock", detail)


def check_account(examination: Examination) -> Iterator[Finding]:
    """The account's own user record, and the time zone in which the instance reads instants in its queries."""
    if examination.own is None:
        whose = f"of {examination.user_name} " if examination.user_name else ""
        yield warning(
            "account",
            f"the user record {whose}cannot be found, so it is not known which approvals are the account's own",
            "Set instance.auth.user to the account's user name, and let it read its record in sys_user",
        )
        return
    if examination.time_zone not in _UTC_ZONES:
        yield warning(
            "account",
            f"its time zone is {examination.time_zone}: the instance reads instants in queries in that zone",
            "Set the time zone of the account's user to GMT",
        )
        return
    yield ok("account", f"{examination.own.name or examination.user_name} ({examination.own.sys_id})")
