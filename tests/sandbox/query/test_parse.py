"""The grammar of encoded queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.sandbox.query.parse import Operator, Ordering, Term, parse


def shape(text: str, **options: bool) -> list[list[list[tuple[str, str | None, str]]]]:
    parsed = parse(text, **options)
    return [
        [
            [(term.field or term.text, term.operator and term.operator.value, term.value) for term in block]
            for block in group
        ]
        for group in parsed.groups
    ]


def test_or_joins_the_condition_before_it_alone() -> None:
    assert shape("a=1^b=2^ORc=3^ORd=4^e=5") == [
        [
            [("a", "=", "1")],
            [("b", "=", "2"), ("c", "=", "3"), ("d", "=", "4")],
            [("e", "=", "5")],
        ]
    ]


def test_nq_starts_a_new_query() -> None:
    assert shape("a=1^NQb=2^c=3") == [[[("a", "=", "1")]], [[("b", "=", "2")], [("c", "=", "3")]]]


def test_a_leading_or_and_empty_terms_and_eq_are_harmless() -> None:
    assert shape("^ORa=1^^EQ^") == [[[("a", "=", "1")]]]
    assert shape("^^^") == [[]]
    assert shape("") == [[]]


@pytest.mark.parametrize(
    ("text", "operator", "value"),
    [
        ("state=1", Operator.EQUAL, "1"),
        ("state==1", Operator.EQUAL, "=1"),
        ("state!=1", Operator.NOT_EQUAL, "1"),
        ("state<=1", Operator.LESS_OR_EQUAL, "1"),
        ("state<1", Operator.LESS, "1"),
        ("state>1", Operator.GREATER, "1"),
        ("state>=1", Operator.GREATER_OR_EQUAL, "1"),
        ("priorityIN1,2", Operator.IN, "1,2"),
        ("priorityNOT IN1,2", Operator.NOT_IN, "1,2"),
        ("nameLIKEx y", Operator.CONTAINS, "x y"),
        ("nameCONTAINSx", Operator.CONTAINS, "x"),
        ("name*x", Operator.CONTAINS, "x"),
        ("nameNOT LIKEx", Operator.NOT_CONTAINS, "x"),
        ("nameNOTLIKEx", Operator.NOT_CONTAINS, "x"),
        ("nameDOES NOT CONTAINx", Operator.NOT_CONTAINS, "x"),
        ("name!*x", Operator.NOT_CONTAINS, "x"),
        ("nameSTARTSWITHx", Operator.STARTS, "x"),
        ("nameENDSWITHx", Operator.ENDS, "x"),
        ("name%x", Operator.ENDS, "x"),
        ("numberBETWEENa@b", Operator.BETWEEN, "a@b"),
        ("nameISEMPTY", Operator.EMPTY, ""),
        ("nameISNOTEMPTY", Operator.NOT_EMPTY, ""),
        ("nameEMPTYSTRING", Operator.EMPTY_STRING, ""),
        ("nameANYTHING", Operator.ANYTHING, ""),
        ("aSAMEASb", Operator.SAME_AS, "b"),
        ("aNSAMEASb", Operator.NOT_SAME_AS, "b"),
        ("aGT_FIELDb", Operator.GREATER_FIELD, "b"),
        ("aLT_FIELDb", Operator.LESS_FIELD, "b"),
        ("aGT_OR_EQUALS_FIELDb", Operator.GREATER_OR_EQUAL_FIELD, "b"),
        ("aLT_OR_EQUALS_FIELDb", Operator.LESS_OR_EQUAL_FIELD, "b"),
        ("aONToday@x@y", Operator.ON, "Today@x@y"),
        ("aNOTONToday@x@y", Operator.NOT_ON, "Today@x@y"),
        ("aRELATIVEGT@hour@ago@1", Operator.RELATIVE_GREATER, "@hour@ago@1"),
        ("aRELATIVELE@hour@ago@1", Operator.RELATIVE_LESS_OR_EQUAL, "@hour@ago@1"),
        ("aDATEPARTMonday@x", Operator.DATE_PART, "Monday@x"),
        ("aMORETHANb@day@before@1", Operator.MORE_THAN, "b@day@before@1"),
        ("aLESSTHANb@day@before@1", Operator.LESS_THAN, "b@day@before@1"),
        ("sys_class_nameINSTANCEOFtask", Operator.INSTANCE_OF, "task"),
        ("managerIN_HIERARCHYx", Operator.IN_HIERARCHY, "x"),
        ("aVALCHANGES", Operator.VALUE_CHANGES, ""),
        ("aCHANGESFROM1", Operator.CHANGES_FROM, "1"),
        ("aCHANGESTO1", Operator.CHANGES_TO, "1"),
        ("a.b.c=1", Operator.EQUAL, "1"),
    ],
)
def test_every_operator(text: str, operator: Operator, value: str) -> None:
    [[[term]]] = parse(text).groups
    assert (term.operator, term.value) == (operator, value)
    assert term.text == text


@pytest.mark.parametrize(
    "text",
    [
        "AAAA=BBBB",
        "Active = true",
        "123TEXTQUERY321=words",
        "assigned_toDYNAMIC90d1921e5f510100a9ad2572f2b477fe",
        "JOINtask.number=incident.number!state=1",
        "statelike1",
        "state",
    ],
)
def test_what_fits_no_operator_has_none(text: str) -> None:
    assert parse(text).groups == (((Term(text),),),)


def test_a_related_list_query_is_one_term_up_to_its_end() -> None:
    related = "RLQUERYtask_sla.task,>=1^stage=in_progress^ENDRLQUERY"
    assert parse(f"active=true^{related}^state=1").groups[0][1] == (Term(related),)
    assert len(parse(f"active=true^{related}^state=1").groups[0]) == 3
    assert parse("RLQUERYtask_sla.task,>=1^stage=x").groups == (((Term("RLQUERYtask_sla.task,>=1^stage=x"),),),)


def test_orderings_apply_wherever_they_stand() -> None:
    parsed = parse("ORDERBYnumber^state=1^ORDERBYDESCsys_created_on^NQa=2")
    assert parsed.order == (Ordering("number", descending=False), Ordering("sys_created_on", descending=True))
    assert len(parsed.groups) == 2


def test_groupings() -> None:
    assert parse("GROUPBYstate,priority^active=true").group_by == ("state", "priority")


def test_a_doubled_caret_is_a_caret_where_the_instance_says_so() -> None:
    assert shape("a=x^^y^b=1", caret_escape=True) == [[[("a", "=", "x^y")], [("b", "=", "1")]]]
    assert shape("a=x^^y") == [[[("a", "=", "x")], [("y", None, "")]]]


@given(st.text(alphabet=st.sampled_from("abORNQ=!<>^.,@IENDBYLK \n"), max_size=60))
def test_no_text_is_refused_and_nothing_is_lost(text: str) -> None:
    parsed = parse(text)
    kept = "".join(term.text for group in parsed.groups for block in group for term in block)
    assert len(kept) <= len(text)
    for group in parsed.groups:
        for block in group:
            for term in block:
                if term.operator is not None:
                    assert term.text.startswith(term.field)
                    assert term.text.endswith(term.value)


def test_a_new_query_that_begins_with_an_ordering_is_one() -> None:
    parsed = parse("a=1^NQORDERBYx^b=2")
    assert [[term.text for block in group for term in block] for group in parsed.groups] == [["a=1"], ["b=2"]]
    assert [ordering.field for ordering in parsed.order] == ["x"]
