"""One instance's names and values, with the base system as the default."""

from typing import Any

import pytest
from pydantic import ValidationError

from snow_escalations.servicenow.dialect import Dialect, EscalationStates, Tables, choice, slug


@pytest.mark.parametrize(
    ("value", "label", "key"),
    [
        ("0", "Inactivity", "inactivity"),
        ("0", "Executive Visibility", "executive_visibility"),
        ("1", "Lack of Progress", "lack_of_progress"),
        ("2", " customer imposed deadline ", "customer_imposed_deadline"),
        ("7", "Data Loss / Risk", "data_loss_risk"),
        ("0", "", "inactivity"),
        ("2", "2", "customer_imposed_deadline"),
        ("outage", "", "outage"),
        ("5", "Inaktivität", "inaktivität"),
    ],
)
def test_a_reason_is_known_by_its_label_and_by_its_base_value_only_without_one(
    value: str, label: str, key: str
) -> None:
    assert Dialect().reason(value, label).key == key


def test_a_reason_that_is_set_goes_before_its_label() -> None:
    dialect = Dialect(reasons={"0": "lack_of_progress"})
    assert dialect.reason("0", "Inactivity").key == "lack_of_progress"


def test_a_choice_has_the_key_of_the_dialect_or_is_other() -> None:
    states = EscalationStates(declined="902")
    assert choice(states, "902", "Declined").key == "declined"
    assert choice(states, "102", "").model_dump() == {"key": "other", "value": "102", "label": "102"}


@pytest.mark.parametrize("name", ["", "Case", "a b", "a^b", "a=b", "a;b"])
def test_a_name_that_could_change_a_query_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="is not a ServiceNow name"):
        Tables(case=name)


def test_a_label_becomes_a_key() -> None:
    assert slug("  Executive  Visibility! ") == "executive_visibility"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"states": {"approval": {"requested": "a", "approved": "a"}}}, "`requested` and `approved` are both `a`"),
        ({"fields": {"case": {"comments": "state"}}}, "`state` and `comments` are both `state`"),
        ({"fields": {"approval": {"state": "comments"}}}, "`state` and `comments` are both `comments`"),
        ({"fields": {"case": {"comments": "\udcff"}}}, "is not a ServiceNow name"),
    ],
)
def test_two_things_of_one_name_or_value_are_refused(change: dict[str, Any], words: str) -> None:
    """What may be written to one of them could be written to the other."""
    with pytest.raises(ValidationError) as told:
        Dialect.model_validate(change)
    assert words in str(told.value).encode("ascii", "backslashreplace").decode()
