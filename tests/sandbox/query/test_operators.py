"""What each operator finds, over real rows; and that SQL and memory agree on every condition."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.query.bind import Bound, bind
from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.query.match import Judge
from snow_escalations.sandbox.store.reading import Selection
from tests.sandbox.worlds import ABEL, BOW, GROUP, INCIDENTS, small_world

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
ZONE = ZoneInfo("UTC")


@pytest.fixture(scope="module")
def instance():
    rows = small_world()
    extra = {"1": {"due_date": "2026-11-09 08:00:00"}, "2": {"due_date": "2026-11-20 08:00:00"}}
    for row in rows["incident"]:
        row.update(extra.get(row["number"][-1], {}))
    made = LocalInstance(SandboxOptions(rows=rows, now=NOW))
    yield made
    made.store.close()


def context(zone: ZoneInfo = ZONE, **more: bool) -> QueryContext:
    return QueryContext(NOW, zone, zone, ABEL, "abel.tuter", **more)


def bound(instance: LocalInstance, query: str, table: str = "incident", zone: ZoneInfo = ZONE) -> Bound:
    return bind(instance.schema, instance.schema[table], query, context(zone))


def found(instance: LocalInstance, query: str, table: str = "incident", zone: ZoneInfo = ZONE) -> str:
    """The last digits of the numbers found, in order of numbers; with `!` behind it where something was invalid."""
    asked = bound(instance, query, table, zone)
    definition = instance.schema[table]
    store = instance.store
    paths = store.stored_paths(definition)
    rows = store.select(definition, paths, Selection(where=asked.where, order=asked.order))
    at = list(definition.stored).index("number" if "number" in definition.stored else "name")
    assert store.count(definition, asked.where) == len(rows)
    return "".join(sorted(row[at][-1] for row in rows)) + ("!" if asked.invalid else "")


CONDITION_CASES = [
    # equality
    ("state=1", "15"),
    ("state=01", "15"),
    ("state!=1", "2346"),
    ("state=NOT_A_NUMBER", ""),
    ("state!=NOT_A_NUMBER", "123456"),
    ("active=true", "1245"),
    ("active=1", "1245"),
    ("active=TRUE", "1245"),
    ("active=maybe", ""),
    ("active!=true", "36"),
    ("category=NETWORK", "6"),
    ("assigned_to=", "356"),
    ("assigned_to!=", "124"),
    (f"assigned_to={ABEL}", "12"),
    (f"assigned_to={ABEL.upper()}", "12"),
    # lists
    ("stateIN1,2", "125"),
    ("stateIN1,banana", "15"),
    ("stateINbanana", ""),
    ("stateNOT IN1,2", "346"),
    ("stateNOT INbanana", "123456"),
    (f"assigned_toIN{ABEL},{BOW}", "124"),
    (f"assigned_toNOT IN{ABEL}", "3456"),
    ("sys_idIN" + ",".join(INCIDENTS), "123456"),
    ("close_codeIN,Solution provided", "123456"),
    # text
    ("short_descriptionLIKEDENT 3", "3"),
    ("short_descriptionNOT LIKEdent 3", "12456"),
    ("short_descriptionLIKE%", ""),
    ("short_descriptionLIKE_", ""),
    ("short_descriptionSTARTSWITHincident", "123456"),
    ("short_descriptionSTARTSWITHcident", ""),
    ("numberSTARTSWITHinc0000002", "2"),
    ("short_descriptionENDSWITH 6", "6"),
    ("number%2", "2"),
    ("short_description*t 4", "4"),
    ("short_description!*t 4", "12356"),
    ("short_descriptionSTARTSWITH", "123456"),
    # order
    ("priority<3", "12"),
    ("priority<=3", "1236"),
    ("priority>3", "45"),
    ("priority>=3", "3456"),
    ("priority>x", ""),
    ("priorityBETWEEN2@3", "236"),
    ("priorityBETWEEN2@x", ""),
    ("priorityBETWEEN2", "123456!"),
    ("calendar_stc>9999", "5"),
    ("calendar_stc<9999", ""),
    ("number>INC0000004", "56"),
    ("sys_id>", "123456"),
    ("sys_id<", ""),
    ("opened_at>=2026-11-14 09:00:00", "56"),
    ("opened_at>2026-11-14", "56"),
    ("opened_at>14.11.2026", ""),
    ("opened_at>2026-13-45 00:00:00", ""),
    # empties
    ("close_codeISEMPTY", "12456"),
    ("close_codeISNOTEMPTY", "3"),
    ("close_codeEMPTYSTRING", "12456"),
    ("close_codeANYTHING", "123456"),
    ("work_notesISEMPTY", "123456"),
    ("work_notesISNOTEMPTY", ""),
    # fields
    ("opened_bySAMEASassigned_to", "356"),
    ("priorityNSAMEASstate", "3456"),
    ("prioritySAMEASstate", "12"),
    ("priorityGT_FIELDstate", "45"),
    ("priorityLT_FIELDstate", "36"),
    ("priorityGT_OR_EQUALS_FIELDstate", "1245"),
    ("priorityLT_OR_EQUALS_FIELDstate", "1236"),
    ("opened_atLT_FIELDdue_date", "2"),
    ("prioritySAMEASno_such_field", "123456!"),
    ("assigned_to.managerSAMEAScaller_id", "13456"),
    # dates
    ("opened_atONToday@javascript:gs.daysAgoStart(2)@javascript:gs.daysAgoEnd(2)", "5"),
    ("opened_atON2026-11-14", "5"),
    ("opened_atNOTON2026-11-14", "12346"),
    ("opened_atONToday", "123456!"),
    ("opened_atONToday@x@y", ""),
    ("stateON2026-11-14", "123456!"),
    ("opened_atRELATIVEGT@day@ago@2", "56"),
    ("opened_atRELATIVELT@day@ago@2", "1234"),
    ("opened_atRELATIVEGE@day@ago@2", "56"),
    ("opened_atRELATIVEGE@dayofweek@ago@2", "56"),
    ("opened_atRELATIVEEE@dayofweek@ago@2", "5"),
    ("opened_atRELATIVELE@hour@ahead@1", "123456"),
    ("opened_atRELATIVEEE@day@ago@2", "5"),
    ("opened_atRELATIVEEE@hour@ago@47", "5"),
    ("opened_atRELATIVEGT@fortnight@ago@2", "123456!"),
    ("opened_atRELATIVEGT@year@ago@999999", ""),
    ("opened_atRELATIVEGT@day@since@2", "123456!"),
    ("opened_atRELATIVEGT@day@ago@two", "123456!"),
    ("opened_atDATEPARTMonday@javascript:gs.datePart('dayofweek','monday','GE')", "123456"),
    ("opened_atDATEPARTMonday@javascript:gs.datePart('dayofweek','friday','EE')", "4"),
    ("opened_atDATEPARTMonday@javascript:gs.datePart('dayofweek','friday','NE')", "12356"),
    ("opened_atDATEPARTMonday@javascript:gs.datePart('month','november','EE')", "123456"),
    ("opened_atDATEPARTMonday@javascript:gs.datePart('hour','9','LT')", ""),
    ("opened_atDATEPARTMonday@javascript:gs.datePart('era','1','EE')", "123456!"),
    ("opened_atDATEPARTMonday", "123456!"),
    ("closed_atDATEPARTx@javascript:gs.datePart('year','2026','NE')", "123456"),
    ("due_dateMORETHANopened_at@day@before@1", "1"),
    ("due_dateMORETHANopened_at@day@after@1", "2"),
    ("due_dateLESSTHANopened_at@week@after@2", "2"),
    ("due_dateLESSTHANopened_at@day@before@2", "1"),
    ("due_dateMORETHANpriority@day@before@1", "123456!"),
    ("due_dateMORETHANopened_at@month@around@1", "123456!"),
    # javascript
    ("assigned_to=javascript:gs.getUserID()", "12"),
    ("opened_at>javascript:gs.daysAgoStart(2)", "56"),
    ("assigned_to=javascript:gs.getSession()", "123456!"),
    ("opened_atBETWEENjavascript:gs.daysAgoStart(3)@javascript:gs.daysAgoEnd(3)", "4"),
    ("short_descriptionLIKEjavascript:gs.getUserName()", ""),
    # class
    ("sys_class_name=incident", "123456"),
    ("sys_class_nameINincident,bogus", "123456"),
    ("sys_class_name=task", ""),
    ("sys_class_nameINSTANCEOFtask", "123456"),
    ("sys_class_nameINSTANCEOFproblem", ""),
    ("sys_class_nameINSTANCEOFnowhere", ""),
    ("stateINSTANCEOFtask", "123456!"),
    # users
    (f"assigned_toIN_HIERARCHY{BOW}", "124"),
    (f"assigned_toIN_HIERARCHY{ABEL}", "12"),
    ("assigned_toIN_HIERARCHY", ""),
    ("stateIN_HIERARCHYx", "123456!"),
    # references by what they show
    ("assigned_toLIKEabel", "12"),
    ("assigned_toSTARTSWITHBow", "4"),
    ("assigned_toNOT LIKEabel", "3456"),
    ("assignment_groupENDSWITHdesk", "1"),
    # dot-walks
    ("assigned_to.user_name=abel.tuter", "12"),
    ("assigned_to.manager.name=Bow Ruggeri", "12"),
    ("assigned_to.department.name!=Accounting", "3456"),
    ("assigned_to.department.nameISEMPTY", "3456"),
    ("assigned_to.managerISNOTEMPTY", "12"),
    ("assigned_to.manager.manager.nameISEMPTY", "123456"),
    ("assigned_to.no_such=1", "123456!"),
    ("short_description.name=1", "123456!"),
    # combinations
    ("state=1^priority=1^ORpriority=5", "15"),
    ("state=1^NQstate=2", "125"),
    ("state=1^bogus=2", "15!"),
    ("state=1^ORbogus=2", "15!"),
    ("bogus=2", "123456!"),
    ("state=1^NQbogus=2", "15!"),
    ("bogus=1^ORbogus=2^state=1", "15!"),
    ("assigned_toVALCHANGES", "123456!"),
    ("123TEXTQUERY321=x^state=1", "15!"),
]


@pytest.mark.parametrize(("query", "numbers"), CONDITION_CASES)
def test_what_a_condition_finds(instance, query: str, numbers: str) -> None:
    assert found(instance, query) == numbers


@pytest.mark.parametrize("query", [query for query, _ in CONDITION_CASES])
def test_memory_finds_the_same(instance, query: str) -> None:
    asked = bound(instance, query)
    rows = instance.store.find("incident")
    judged = [row["number"][-1] for row in rows if Judge(row, instance.store.fetch).holds(asked.where)]
    assert "".join(sorted(judged)) == found(instance, query).rstrip("!")


def test_a_parent_table_sees_all_classes(instance) -> None:
    assert found(instance, "numberISNOTEMPTY", "task") == "11123456"
    assert found(instance, "sys_class_name=incident", "task") == "123456"
    assert found(instance, "caller_idISNOTEMPTY", "task") == "11123456!"


def test_a_dot_walk_into_a_class_that_extends_the_reference(instance) -> None:
    approvals = instance.schema["sysapproval_approver"]
    query = "sysapproval.ref_sn_customerservice_escalation.reason=1"
    asked = bind(instance.schema, approvals, query, context())
    assert asked.invalid == ()
    assert instance.store.count(approvals, asked.where) == 1
    for name in ("sysapproval.ref_sys_user.name=1", "sysapproval.ref_incident.caller_id=1", "ref_incident.number=1"):
        assert instance.store.count(approvals, bind(instance.schema, approvals, name, context()).where) in {0, 1}
    assert bind(instance.schema, approvals, "sysapproval.ref_sys_user.name=1", context()).invalid


def test_dot_walks_have_a_limit_of_depth(instance) -> None:
    deep = ".".join(["manager"] * 60)
    users = instance.schema["sys_user"]
    assert bind(instance.schema, users, f"manager.{deep}.name=x", context()).invalid
    allowed = ".".join(["manager"] * 60)
    asked = bind(instance.schema, users, f"{allowed}.nameISEMPTY^ORDERBY{allowed}.name", context())
    assert not asked.invalid
    assert instance.store.count(users, asked.where) == 4


def test_literals_are_read_in_the_zone_of_the_caller(instance) -> None:
    assert found(instance, "opened_at>=2026-11-14 01:00:00", zone=ZoneInfo("America/Los_Angeles")) == "56"
    assert found(instance, "opened_at>2026-11-14 01:00:00", zone=ZoneInfo("America/Los_Angeles")) == "6"


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("ORDERBYpriority", "123645"),
        ("ORDERBYDESCnumber", "654321"),
        ("ORDERBYassigned_to", "365124"),
        ("ORDERBYstate^ORDERBYDESCnumber", "512463"),
        ("ORDERBYassigned_to.manager.name^ORDERBYnumber", "345612"),
        ("ORDERBYno_such_field", "361245"),
        ("ORDERBYwork_notes^ORDERBYnumber", "123456"),
    ],
)
def test_orderings(instance, query: str, numbers: str) -> None:
    asked = bound(instance, query)
    table = instance.schema["incident"]
    rows = instance.store.select(
        table, instance.store.stored_paths(table), Selection(where=asked.where, order=asked.order)
    )
    at = list(table.stored).index("number")
    assert "".join(row[at][-1] for row in rows) == numbers


FIELDS = (
    "state",
    "priority",
    "active",
    "number",
    "assigned_to",
    "opened_at",
    "close_code",
    "assigned_to.name",
    "work_notes",
)
VALUES = ("1", "2", "3", "true", "", "INC0000002", ABEL, BOW, "abel", "2026-11-12 09:00:00", "Solution provided", "x")
OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "IN", "NOT IN", "LIKE", "NOT LIKE", "STARTSWITH", "ENDSWITH")
ALONE = ("ISEMPTY", "ISNOTEMPTY", "ANYTHING", "ONToday")
CONDITIONS = st.one_of(
    st.builds("{}{}{}".format, st.sampled_from(FIELDS), st.sampled_from(OPERATORS), st.sampled_from(VALUES)),
    st.builds("{}{}".format, st.sampled_from(FIELDS), st.sampled_from(ALONE)),
    st.builds("{}BETWEEN{}@{}".format, st.sampled_from(FIELDS), st.sampled_from(VALUES), st.sampled_from(VALUES)),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(FIELDS),
        st.sampled_from(("SAMEAS", "NSAMEAS", "GT_FIELD")),
        st.sampled_from(FIELDS),
    ),
)
QUERIES = st.builds(
    lambda first, rest: first + "".join(joint + condition for joint, condition in rest),
    CONDITIONS,
    st.lists(st.tuples(st.sampled_from(("^", "^OR", "^NQ")), CONDITIONS), max_size=4),
)


@settings(max_examples=150)
@given(QUERIES)
def test_sql_and_memory_agree(instance, query: str) -> None:
    asked = bound(instance, query)
    table = instance.schema["incident"]
    selected = {
        row[0] for row in instance.store.select(table, [_path(instance, "sys_id")], Selection(where=asked.where))
    }
    judged = {
        row["sys_id"] for row in instance.store.find("incident") if Judge(row, instance.store.fetch).holds(asked.where)
    }
    assert selected == judged
    assert instance.store.count(table, asked.where) == len(selected)


def _path(instance: LocalInstance, name: str):
    from snow_escalations.sandbox.query.paths import resolve

    return resolve(instance.schema, instance.schema["incident"], name)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("percentage=99.50", 1),
        ("percentage!=99.5", 2),
        ("percentageIN99.5,12", 2),
        ("percentageNOT IN99.5,12", 1),
        ("percentage=", 1),
        ("percentage=much", 0),
        ("percentage!=much", 3),
        ("percentage>12", 1),
        ("percentage>much", 0),
        ("percentageBETWEEN1@50", 1),
        ("duration>1970-01-01 01:00:00", 1),
        ("stage=completed", 1),
    ],
)
def test_numbers_with_fractions(instance, query: str, count: int) -> None:
    if not instance.store.find("task_sla"):
        for percentage, more in (
            ("99.5", {"duration": "1970-01-01 02:00:00"}),
            ("12.0", {"stage": "completed"}),
            ("", {}),
        ):
            instance.store.insert("task_sla", {"percentage": percentage, **more}, Actor.system())
    table = instance.schema["task_sla"]
    asked = bind(instance.schema, table, query, context())
    assert instance.store.count(table, asked.where) == count
    judged = [row for row in instance.store.find("task_sla") if Judge(row, instance.store.fetch).holds(asked.where)]
    assert len(judged) == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("last_login=2026-11-15", 1),
        ("last_login>=2026-11-15 00:00:00", 1),
        ("last_login=15.11.2026", 0),
        ("last_login!=", 1),
        ("last_login=javascript:gs.daysAgo(1)", 1),
        ("last_login>javascript:gs.datePart('year','2026','EE')", 4),
    ],
)
def test_days(instance, query: str, count: int) -> None:
    instance.store.update("sys_user", BOW, {"last_login": "2026-11-15"}, Actor.system())
    users = instance.schema["sys_user"]
    assert instance.store.count(users, bind(instance.schema, users, query, context()).where) == count


def test_changes_are_judged_and_never_listed(instance) -> None:
    table = instance.schema["incident"]
    row = instance.store.get("incident", INCIDENTS[0])
    changing = context(changes=True)
    for query, verdicts in (
        ("stateVALCHANGES", (True, False)),
        ("stateCHANGESFROM1", (True, False)),
        ("stateCHANGESFROM3", (False, False)),
        ("stateCHANGESTO2", (True, False)),
        ("stateCHANGESTObanana", (False, False)),
    ):
        where = bind(instance.schema, table, query, changing).where
        after = {**row, "state": "2"}
        assert Judge(after, instance.store.fetch, row).holds(where) is verdicts[0], query
        assert Judge(row, instance.store.fetch, row).holds(where) is verdicts[1], query
    assert bind(instance.schema, table, "caller_id.nameVALCHANGES", changing).invalid
    with pytest.raises(ValueError, match="no condition of a list"):
        instance.store.count(table, bind(instance.schema, table, "stateVALCHANGES", changing).where)


def test_the_group_of_the_world(instance) -> None:
    assert instance.store.get("sys_user_group", GROUP)["name"] == "Service Desk"
