"""All checks, in an order in which each can rely on those before it."""

from collections.abc import Callable, Iterator

from snow_escalations.errors import SnowEscalationsError
from snow_escalations.servicenow.doctor.behaviour import check_choices, check_ignored_conditions, check_rate_limits
from snow_escalations.servicenow.doctor.examination import Examination
from snow_escalations.servicenow.doctor.finding import Finding, FindingStatus, failure, skipped
from snow_escalations.servicenow.doctor.reaching import check_account, check_clock, check_reach
from snow_escalations.servicenow.doctor.rights import check_rights
from snow_escalations.servicenow.doctor.tables import check_journals, check_tables

Check = Callable[[Examination], Iterator[Finding]]

AFTER_LOGIN: tuple[tuple[str, Check], ...] = (
    ("clock", check_clock),
    ("account", check_account),
    ("tables", check_tables),
    ("journals", check_journals),
    ("rights", check_rights),
    ("choices", check_choices),
    ("glide.invalid_query.returns_no_rows", check_ignored_conditions),
    ("rate limits", check_rate_limits),
)


def examine(examination: Examination) -> Iterator[Finding]:
    """The findings of all checks, each as soon as it is there. A check that breaks off is a failure of its own."""
    reached = True
    for finding in check_reach(examination):
        reached = reached and finding.status is not FindingStatus.FAILURE
        yield finding
    for name, check in AFTER_LOGIN:
        if not reached:
            yield skipped(name, "the instance was not reached, or the login was refused")
            continue
        try:
            yield from check(examination)
        except SnowEscalationsError as error:
            yield failure(name, str(error), "")
