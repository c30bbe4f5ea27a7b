"""Each table and field that is read or written, by reading one row of each; and the journals."""

from collections.abc import Collection, Iterator, Sequence

from snow_escalations.model import Journal
from snow_escalations.servicenow import records
from snow_escalations.servicenow.doctor.examination import Examination
from snow_escalations.servicenow.doctor.finding import Finding, FindingStatus, failure, ok, warning
from snow_escalations.servicenow.errors import Forbidden, QueryRefused, UnknownTable
from snow_escalations.servicenow.journals import Journals
from snow_escalations.servicenow.query import value_of
from snow_escalations.servicenow.rights import DELEGATES

_ROLES = "Give the account the roles that README.md lists"


def check_tables(examination: Examination) -> Iterator[Finding]:
    """The tables of the dialect, each with all the fields that are used.

    Judging goes on without service levels, delegations, reopenings and languages; what they tell is unreadable then.
    """
    tables, fields = examination.dialect.tables, examination.dialect.fields
    wanted: list[tuple[str, Sequence[str]]] = [
        (tables.escalation, [*records.names_of(fields.escalation), *records.ESCALATION_SYSTEM]),
        (tables.approval, [*records.names_of(fields.approval), "sys_mod_count", "sys_created_on"]),
        (tables.case, [*records.names_of(fields.case), *records.CASE_SYSTEM]),
        (tables.account, [*records.names_of(fields.account), "sys_mod_count"]),
        (tables.user, ["user_name", "name", "active", "sys_class_name", "preferred_language"]),
        (tables.service_level, records.names_of(fields.service_level)),
        (DELEGATES, ["user", "delegate", "starts", "ends", "approvals"]),
    ]
    beside = {tables.service_level: "service levels", DELEGATES: "delegations of approvers"}
    for table, names in wanted:
        finding = _check_table(examination, table, names, optional={fields.case.reopen_count, "preferred_language"})
        if table in beside and finding.status is FindingStatus.FAILURE:
            finding = warning(
                finding.check, f"{finding.detail}; facts about {beside[table]} cannot be read", finding.remedy
            )
        yield finding


def _check_table(examination: Examination, table: str, names: Sequence[str], *, optional: Collection[str]) -> Finding:
    check = f"table {table}"
    try:
        page = examination.tables.first(examination.query(table), names, 1)
    except UnknownTable as error:
        return failure(check, "the instance has no such table", error.remedy_text)
    except (Forbidden, QueryRefused) as error:
        return failure(check, f"closed to the account: {error.instance_message or error.why}", _ROLES)
    if not page.rows:
        if page.total:
            return failure(check, f"all of its {page.total} rows are hidden from the account", _ROLES)
        return warning(check, "no row to look at, so its fields could not be checked", "Run the doctor again later")
    missing = [name for name in names if name not in page.rows[0] and name not in optional]
    without = [name for name in names if name not in page.rows[0] and name in optional]
    if missing:
        return failure(
            check,
            f"{', '.join(missing)} {'does' if len(missing) == 1 else 'do'} not exist, or cannot be read by the account",
            f"Set the names under dialect.fields in the settings, or: {_ROLES[0].lower()}{_ROLES[1:]}",
        )
    counted = f", {page.total} rows" if page.total is not None else ""
    unread = f"; without {', '.join(without)}, so what depends on it is not known" if without else ""
    return ok(check, f"{len(names) - len(without)} fields can be read{counted}{unread}")


def check_journals(examination: Examination) -> Iterator[Finding]:
    """Whether comments and work notes can be read, and by which way."""
    tables = examination.dialect.tables
    check = "journals"
    try:
        page = examination.tables.first(examination.query(tables.journal), ["element_id", "element", "value"], 1)
        rows, total = page.rows, page.total
    except (Forbidden, QueryRefused, UnknownTable):
        rows, total = [], None
    if rows and "value" in rows[0]:
        yield ok(check, f"the entries of {tables.journal} can be read")
        return
    journal = _journal_of_a_case(examination)
    hidden = f" ({total} entries are hidden)" if total else ""
    remedy = f"Give the account read access to {tables.journal} (role audit_viewer since Australia)"
    if journal is not None and journal.unreadable is None and journal.entries:
        yield warning(
            check,
            f"{tables.journal} is closed{hidden}; the display text is read instead, which does not prove who wrote "
            f"what, so escalations that depend on it are held",
            remedy,
        )
    elif journal is not None and journal.unreadable is not None:
        yield failure(check, f"neither {tables.journal} nor the display text can be read: {journal.unreadable}", remedy)
    else:
        yield warning(check, f"no entry of {tables.journal} came{hidden}, and no case to compare with", remedy)


def _journal_of_a_case(examination: Examination) -> Journal | None:
    query = examination.query(examination.dialect.tables.case).order_by("sys_updated_on", descending=True)
    page = examination.tables.first(query, [], 1)
    if not page.rows:
        return None
    sys_id = value_of(page.rows[0].get("sys_id")) or ""
    size = examination.connection.options.journal_page_size
    return Journals(examination.tables, examination.dialect, size).read([sys_id])[sys_id]
