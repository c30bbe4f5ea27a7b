"""How the instance behaves where instances differ: choice values, ignored conditions, rate limits."""

from collections.abc import Iterator, Mapping

from snow_escalations.model import Model
from snow_escalations.servicenow.choices import choice_labels
from snow_escalations.servicenow.doctor.examination import Examination
from snow_escalations.servicenow.doctor.finding import Finding, ok, warning
from snow_escalations.servicenow.errors import Forbidden, InstanceFailed, QueryRefused

_CANARY = "zz_no_such_field=1"


def check_choices(examination: Examination) -> Iterator[Finding]:
    """The values that the dialect expects against `sys_choice`, which inherited fields keep under `task`."""
    dialect = examination.dialect
    tables, fields, states = dialect.tables, dialect.fields, dialect.states
    wanted: list[tuple[str, str, Model]] = [
        (tables.escalation, fields.escalation.state, states.escalation),
        (tables.escalation, fields.escalation.request_source, dialect.request_sources),
        (tables.approval, fields.approval.state, states.approval),
        (tables.case, fields.case.state, states.case),
        (tables.case, fields.case.priority, dialect.priorities),
    ]
    for table, element, values in wanted:
        yield _check_values(examination, table, element, values)
    yield _check_reasons(examination)


def _check_values(examination: Examination, table: str, element: str, values: Model) -> Finding:
    check = f"choices of {table}.{element}"
    choices = choice_labels(examination.tables, examination.dialect, table, element)
    if not choices:
        return _unread(check)
    expected: dict[str, str] = {key: str(value) for key, value in values.model_dump().items()}
    missing = [f"{key} = {value}" for key, value in expected.items() if value not in choices]
    if missing:
        return warning(
            check,
            f"the instance has no choice for {', '.join(missing)}; it has {_listed(choices)}",
            "Set the values under dialect.states, dialect.priorities or dialect.request_sources in the settings",
        )
    return ok(check, _listed(choices))


def _check_reasons(examination: Examination) -> Finding:
    dialect = examination.dialect
    element = dialect.fields.escalation.reason
    check = f"choices of {dialect.tables.escalation}.{element}"
    choices = choice_labels(examination.tables, dialect, dialect.tables.escalation, element)
    if not choices:
        return _unread(check)
    keys = [f"{value} = {label} ({dialect.reason(value, label).key})" for value, label in sorted(choices.items())]
    return ok(check, ", ".join(keys))


def _unread(check: str) -> Finding:
    return warning(
        check,
        "sys_choice shows none to the account, so the values of the dialect are taken on trust",
        "Let the account read sys_choice (role personalize_choices), or compare the values by hand",
    )


def _listed(choices: Mapping[str, str]) -> str:
    return ", ".join(f"{value} {label}" for value, label in sorted(choices.items()))


def check_ignored_conditions(examination: Examination) -> Iterator[Finding]:
    """What becomes of a condition on a field that does not exist (`glide.invalid_query.returns_no_rows`).

    Asked by such a condition, as the property itself is closed to most accounts. No row of the answer is used.
    """
    check = "glide.invalid_query.returns_no_rows"
    try:
        answer = examination.connection.resource(examination.dialect.tables.approval).get(
            query=_CANARY, limit=1, fields=["sys_id"], suppress_pagination_header=True
        )
    except (QueryRefused, Forbidden):
        yield ok(check, "a query with an unknown field is refused")
        return
    except InstanceFailed as error:
        yield warning(check, f"a query with an unknown field fails: {error.why}", "")
        return
    total = answer.headers.get("X-Total-Count")
    if answer.all() or total not in {None, "0"}:
        yield warning(
            check,
            "off: the instance ignores conditions that it does not understand and returns more rows. Each row is "
            "checked against its query here, so this is safe, but other integrations may act on too much",
            "Ask the administrator to set the property to true",
        )
    else:
        yield ok(check, "on: a query with an unknown field returns nothing (or the table is empty)")


def check_rate_limits(examination: Examination) -> Iterator[Finding]:
    """The rate limit rules that showed themselves in the answers so far."""
    limits = examination.seen.limits
    if not limits:
        yield ok("rate limits", "no rule counts these requests")
        return
    for rule, limit in sorted(limits.items()):
        yield ok("rate limits", f"{limit} requests an hour by rule {rule or '(unnamed)'}; requests are paced to it")
