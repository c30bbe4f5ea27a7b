"""What votes amount to, for every combination of the two rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.sandbox.approvals.outcome import outcome

STATES = ("requested", "approved", "rejected", "not requested", "not_required", "cancelled", "skipped", "duplicate")


@pytest.mark.parametrize(
    ("states", "latest", "approve_when", "reject_when", "expected"),
    [
        (["approved", "requested"], "approved", "any", "any", "approved"),
        (["rejected", "requested"], "rejected", "any", "any", "rejected"),
        (["requested", "requested"], "requested", "any", "any", None),
        (["approved", "requested"], "approved", "all", "any", None),
        (["approved", "not requested"], "approved", "all", "any", None),
        (["approved", "approved"], "approved", "all", "any", "approved"),
        (["approved", "not_required"], "approved", "all", "any", "approved"),
        (["approved", "rejected"], "rejected", "all", "any", "rejected"),
        (["rejected", "requested"], "rejected", "any", "all", None),
        (["rejected", "approved"], "approved", "any", "all", "approved"),
        (["rejected", "rejected"], "rejected", "any", "all", "rejected"),
        (["approved", "rejected"], "rejected", "all", "all", None),
        (["approved", "rejected"], "rejected", "any", "any", "rejected"),
        (["approved", "rejected"], "approved", "any", "any", "approved"),
        (["cancelled", "skipped"], "cancelled", "any", "any", None),
        ([], "requested", "all", "all", None),
    ],
)
def test_the_outcome_follows_the_rules(states, latest, approve_when, reject_when, expected):
    assert outcome(states, latest, approve_when=approve_when, reject_when=reject_when) == expected


@given(
    states=st.lists(st.sampled_from(STATES), max_size=6),
    approve_when=st.sampled_from(["any", "all"]),
    reject_when=st.sampled_from(["any", "all"]),
    data=st.data(),
)
def test_an_outcome_was_voted_for_and_never_needs_who_is_not_asked(states, approve_when, reject_when, data):
    latest = data.draw(st.sampled_from(states)) if states else "requested"
    rules = {"approve_when": approve_when, "reject_when": reject_when}
    result = outcome(states, latest, **rules)
    assert result is None or result in states
    asked = [state for state in states if state not in ("not_required", "cancelled", "skipped", "duplicate")]
    assert outcome(asked, latest, **rules) == result


@given(states=st.permutations(["approved", "rejected", "requested"]), rule=st.sampled_from(["any", "all"]))
def test_the_order_of_approvals_does_not_matter(states, rule):
    expected = outcome(sorted(states), "approved", approve_when=rule, reject_when="any")
    assert outcome(states, "approved", approve_when=rule, reject_when="any") == expected
