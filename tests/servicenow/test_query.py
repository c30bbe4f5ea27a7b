"""Queries name what the dialect knows, and every row is judged by the query that asked for it."""

import pytest

from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect, Tables
from snow_escalations.servicenow.errors import QueryError, UnexpectedRow
from snow_escalations.servicenow.query import Queries, Query, value_of

APPROVALS = "sysapproval_approver"


def approvals() -> Query:
    return Queries(Dialect()).of(APPROVALS)


def test_a_query_is_a_conjunction_of_alternatives_in_total_order() -> None:
    query = (
        approvals()
        .where("state", Operator.EQUALS, "requested")
        .where_any(("source_table", Operator.EQUALS, "x"), ("sysapproval.sys_class_name", Operator.EQUALS, "x"))
        .order_by("sys_created_on", descending=True)
    )
    assert query.encoded() == (
        "state=requested^source_table=x^ORsysapproval.sys_class_name=x^ORDERBYDESCsys_created_on^ORDERBYsys_id"
    )


def test_a_query_without_conditions_is_still_ordered() -> None:
    assert approvals().encoded() == "ORDERBYsys_id"
    assert approvals().order_by("sys_id").encoded() == "ORDERBYsys_id"


def test_a_query_is_never_changed_in_place() -> None:
    first = approvals().where("state", Operator.EQUALS, "requested")
    first.where("approver", Operator.EQUALS, "x").order_by("due_date")
    assert first.encoded() == "state=requested^ORDERBYsys_id"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("stat", "field `stat` of `sysapproval_approver` is not in the dialect; did you mean `state`?"),
        ("sysapproval.bogus", "field `bogus` of `sn_customerservice_escalation` is not in the dialect"),
        ("state.x", "`state` is not a reference field"),
    ],
)
def test_a_name_that_the_dialect_does_not_know_is_never_sent(field: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        approvals().where(field, Operator.EQUALS, "x")
    with pytest.raises(QueryError, match=words):
        approvals().order_by(field)


def test_a_table_that_the_dialect_does_not_know_is_never_read() -> None:
    with pytest.raises(QueryError, match="did you mean `sysapproval_approver`"):
        Queries(Dialect()).of("sysapproval_aprover")


def test_names_follow_the_dialect() -> None:
    dialect = Dialect(tables=Tables(case="u_case"))
    assert Queries(dialect).of("u_case").where("number", Operator.EQUALS, "C1").encoded() == "number=C1^ORDERBYsys_id"
    with pytest.raises(QueryError):
        Queries(dialect).of("sn_customerservice_case")


def test_text_operators_are_refused_on_references() -> None:
    with pytest.raises(QueryError, match="would compare display values"):
        approvals().where("approver", Operator.CONTAINS, "ana")
    with pytest.raises(QueryError, match="any of no conditions"):
        approvals().where_any()


def test_rows_that_were_asked_for_pass_in_every_display_mode() -> None:
    query = approvals().where("state", Operator.EQUALS, "requested")
    query.verify(
        [
            {"sys_id": "1", "state": "requested"},
            {"sys_id": "2", "state": {"display_value": "Requested", "value": "requested"}},
        ]
    )


@pytest.mark.parametrize(
    ("row", "seen"),
    [({"sys_id": "1", "state": "approved"}, "state=`approved`"), ({"sys_id": "1"}, r"state=\(not returned\)")],
)
def test_a_row_that_was_not_asked_for_names_the_condition(row: dict[str, str], seen: str) -> None:
    query = approvals().where("state", Operator.EQUALS, "requested")
    with pytest.raises(UnexpectedRow, match=f"row 1 does not meet the condition `state=requested` .*{seen}") as caught:
        query.verify([row])
    assert (caught.value.table, caught.value.condition, caught.value.sys_id) == (APPROVALS, "state=requested", "1")


def test_one_alternative_that_holds_is_enough_even_if_the_other_field_did_not_come() -> None:
    query = approvals().where_any(
        ("source_table", Operator.EQUALS, "x"), ("sysapproval.sys_class_name", Operator.EQUALS, "x")
    )
    query.verify([{"sys_id": "1", "source_table": "x"}, {"sys_id": "2", "sysapproval.sys_class_name": "x"}])
    with pytest.raises(UnexpectedRow):
        query.verify([{"sys_id": "3", "source_table": "y"}])


def test_a_long_condition_is_cut_in_the_error() -> None:
    query = approvals().where("approver", Operator.IN, [f"{number:032x}" for number in range(100)])
    with pytest.raises(UnexpectedRow) as caught:
        query.verify([{"sys_id": "1", "approver": "y" * 200}])
    assert len(str(caught.value)) < 600


def test_a_cell_has_one_stored_value_in_every_form() -> None:
    assert value_of("x") == "x"
    assert value_of({"display_value": "X", "value": "x"}) == "x"
    assert value_of({"link": "http", "value": "x"}) == "x"
    assert value_of({"display_value": None, "value": ""}) == ""
    assert value_of(None) is None
