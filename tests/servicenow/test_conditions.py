"""Conditions say what they mean on the wire, and refuse what would mean something else."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.servicenow.conditions import Condition, Operator, condition
from snow_escalations.servicenow.errors import QueryError

ONE_VALUE = [item for item in Operator if item not in {Operator.IS_EMPTY, Operator.IS_NOT_EMPTY, Operator.BETWEEN}]


@pytest.mark.parametrize(
    ("operator", "value", "wire"),
    [
        (Operator.EQUALS, "requested", "state=requested"),
        (Operator.EQUALS, 0, "state=0"),
        (Operator.EQUALS, False, "state=false"),
        (Operator.NOT_EQUALS, True, "state!=true"),
        (Operator.IN, ["1", "10"], "stateIN1,10"),
        (Operator.NOT_IN, ["not requested"], "stateNOT INnot requested"),
        (Operator.BETWEEN, [1, 5], "stateBETWEEN1@5"),
        (Operator.STARTS_WITH, "ESC", "stateSTARTSWITHESC"),
        (Operator.CONTAINS, "a,b@c", "stateLIKEa,b@c"),
        (Operator.IS_EMPTY, None, "stateISEMPTY"),
        (Operator.AT_LEAST, datetime(2026, 11, 18, 10, tzinfo=UTC), "state>=2026-11-18 10:00:00"),
        (
            Operator.LESS,
            datetime(2026, 11, 18, 10, tzinfo=timezone(timedelta(hours=2))),
            "state<2026-11-18 08:00:00",
        ),
    ],
)
def test_a_condition_is_written_as_the_instance_reads_it(operator: Operator, value: Any, wire: str) -> None:
    assert str(condition("state", operator, value)) == wire


@pytest.mark.parametrize("operator", ONE_VALUE)
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("CS1^ORnumber!=CS1", r"holds `\^`"),
        ("a^NQb=c", r"holds `\^`"),
        ("a\nb", "line break"),
        ("a\u2028b", "line break"),
        ("a\x00b", "control character"),
        ("a\udcffb", "not UTF-8"),
        ("javascript:gs.getUserID()", "which the instance would run"),
        (" JavaScript: x", "which the instance would run"),
        ("", "an empty value"),
    ],
)
def test_an_unsafe_value_is_refused_by_every_operator(operator: Operator, value: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        condition("state", operator, [value] if operator in {Operator.IN, Operator.NOT_IN} else value)


def test_a_comma_cannot_hide_in_a_list_nor_an_at_sign_in_a_bound() -> None:
    with pytest.raises(QueryError, match="holds `,`"):
        condition("state", Operator.IN, ["1,2"])
    with pytest.raises(QueryError, match="holds `@`"):
        condition("state", Operator.BETWEEN, ["1@3", "5"])


def test_zero_empty_and_absent_stay_three_things() -> None:
    assert str(condition("state", Operator.EQUALS, 0)) == "state=0"
    with pytest.raises(QueryError, match="ask for ISEMPTY or ISNOTEMPTY"):
        condition("state", Operator.EQUALS, "")
    with pytest.raises(QueryError, match="None was given"):
        condition("state", Operator.EQUALS, None)


@pytest.mark.parametrize(
    ("operator", "value", "words"),
    [
        (Operator.IN, [], "at least one value, 0 were given"),
        (Operator.BETWEEN, [1], "two bounds, 1 were given"),
        (Operator.EQUALS, ["a", "b"], "one value, 2 were given"),
        (Operator.IS_EMPTY, "x", "takes no value"),
        (Operator.EQUALS, datetime(2026, 1, 1), "has no time zone"),  # noqa: DTZ001
    ],
)
def test_the_wrong_number_or_kind_of_values_is_refused(operator: Operator, value: Any, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        condition("state", operator, value)


@pytest.mark.parametrize("name", ["", "State", "a b", "a^b", "a=b", ".a", "a.", "a..b"])
def test_a_malformed_field_name_is_refused(name: str) -> None:
    with pytest.raises(QueryError, match="is not a field name"):
        condition(name, Operator.EQUALS, "x")


def test_a_caret_is_doubled_only_where_the_dialect_says_so_and_judged_as_itself() -> None:
    item = condition("state", Operator.EQUALS, "a^b", escape_caret=True)
    assert str(item) == "state=a^^b"
    assert item.test()("a^b")


@pytest.mark.parametrize(
    ("operator", "value", "hits", "misses"),
    [
        (Operator.EQUALS, "Req", ["req", "REQ", "Req"], ["", "request"]),
        (Operator.NOT_EQUALS, "req", ["", "other"], ["req", "REQ"]),
        (Operator.IN, ["1", "10"], ["1", "10"], ["", "0", "1,10"]),
        (Operator.NOT_IN, ["1", "10"], ["", "2"], ["1", "10"]),
        (Operator.STARTS_WITH, "esc", ["ESC1", "esc"], ["xesc", ""]),
        (Operator.ENDS_WITH, "9", ["ESC9"], ["9a", ""]),
        (Operator.CONTAINS, "B", ["abc"], ["ac", ""]),
        (Operator.LESS, 10, ["9", "-1", "9.5"], ["10", "", "x"]),
        (Operator.AT_MOST, 10, ["9", "10"], ["11", ""]),
        (Operator.GREATER, "2026-11-18 00:00:00", ["2026-11-18 00:00:01"], ["2026-11-18 00:00:00", ""]),
        (Operator.AT_LEAST, 2, ["2", "10"], ["1", ""]),
        (Operator.BETWEEN, [2, 10], ["2", "10", "5"], ["1", "11", ""]),
        (Operator.IS_EMPTY, None, [""], ["0"]),
        (Operator.IS_NOT_EMPTY, None, ["0", " "], [""]),
    ],
)
def test_a_row_is_judged_as_the_instance_would(
    operator: Operator, value: Any, hits: list[str], misses: list[str]
) -> None:
    test = condition("state", operator, value).test()
    assert [seen for seen in hits if not test(seen)] == []
    assert [seen for seen in misses if test(seen)] == []


def test_sys_ids_are_compared_as_text_even_if_all_digits() -> None:
    wanted = "9" * 31 + "0"
    test = condition("sys_id", Operator.GREATER, wanted).test()
    assert test("9" * 31 + "1")
    assert not test("1" * 33)


SAFE = st.text(
    st.characters(exclude_characters="^,@", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12
)


@given(
    st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True),
    st.sampled_from(ONE_VALUE),
    SAFE.filter(lambda text: not text.lstrip().lower().startswith("javascript:")),
)
def test_what_is_written_reads_back_as_the_same_condition(name: str, operator: Operator, value: str) -> None:
    """parse(build(x)) == x, by a parser that knows nothing of the builder."""
    written = str(condition(name, operator, [value] if operator in {Operator.IN, Operator.NOT_IN} else value))
    assert "^" not in written
    assert written.startswith(name)
    rest = written.removeprefix(name)
    assert rest.startswith(operator.value)
    assert rest.removeprefix(operator.value) == value
    assert condition(name, operator, value) == Condition(name, operator, (value,))
