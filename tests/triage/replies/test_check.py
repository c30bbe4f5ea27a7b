"""A reply that is not a full case comment is told so, point by point."""

import pytest

from snow_escalations.model import Outcome
from snow_escalations.triage.replies import check_reply

GOOD = (
    "Dear Ana, we have reviewed your escalation ESC1 and have decided not to escalate the case, because we answered "
    "you five hours ago and the next step needs your reply. We will write again tomorrow. Your contact is the Desk, "
    "555 0100. Please answer and we\ncall you.\n\nReference ESC1-7K3Q\n"
)


def failed_points(text: str, outcome: Outcome = Outcome.REJECT) -> set[str]:
    points = check_reply(
        text,
        outcome=outcome,
        escalation_number="ESC1",
        offers=["the Desk, 555 0100", "Please answer and we call you."],
        internal_words=["the secret rule", ""],
    )
    assert all(point.sentence for point in points)
    return {point.name for point in points if not point.passed}


def test_a_full_reply_passes_every_point() -> None:
    assert failed_points(GOOD) == set()


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (GOOD.replace("ESC1", "it"), {"names_escalation", "has_reference"}),
        (GOOD.replace("not to escalate", "to escalate"), {"states_decision"}),
        (GOOD.replace("555 0100", "555"), {"offers_talk"}),
        (GOOD.replace("Dear Ana", "By the Secret Rule"), {"no_internal_words"}),
        (GOOD.replace("Dear Ana", "a" * 32), {"no_sys_id"}),
        (GOOD.replace("Dear Ana", "[code]<b>[/code]"), {"no_code_tag"}),
        (GOOD.replace("Reference ESC1-7K3Q", ""), {"has_reference"}),
        ("No. ESC1", {"long_enough", "offers_talk", "has_reference", "states_decision"}),
        ("", {"names_escalation", "states_decision", "long_enough", "offers_talk", "has_reference"}),
    ],
)
def test_each_fault_fails_its_own_point(text: str, points: set[str]) -> None:
    assert failed_points(text) == points


def test_a_hold_has_nothing_to_tell_the_customer() -> None:
    assert "states_decision" in failed_points(GOOD, Outcome.HOLD)


def test_a_way_to_talk_of_blanks_is_none() -> None:
    points = check_reply("x", outcome=Outcome.REJECT, escalation_number="E", offers=["   "], internal_words=[])
    assert not next(point for point in points if point.name == "offers_talk").passed
