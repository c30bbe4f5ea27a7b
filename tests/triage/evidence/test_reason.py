"""The stated reason is borne out, contradicted or neither by facts; each answer names the facts that decide it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.model import Dossier, Fact, Journal, Part
from snow_escalations.triage.evidence import EvidenceReader, WeighingSettings
from tests.support.dossiers import (
    CASE_ID,
    CUSTOMER,
    NOW,
    US,
    account_dossier,
    ago,
    case,
    choice,
    comment,
    dossier,
    escalation,
    level,
    seen,
    shipped_reader,
)

QUIET = "Please look at this."
ANSWERED = (comment(CUSTOMER, ago(days=2)), comment(US, ago(hours=5)))
SILENT = (comment(US, ago(days=8)), comment(CUSTOMER, ago(days=7)))
BETWEEN = (comment(CUSTOMER, ago(days=2)), comment(US, ago(days=1, hours=20)))
CLOSED = {"journals": {CASE_ID: Journal(unreadable="closed")}}
YOUNG = {"opened_at": ago(days=1)}


def stating(
    reason: str | None, *comments: object, text: str = QUIET, state: str = "open", **changes: object
) -> Dossier:
    given = choice(reason) if reason is not None else None
    source = changes.pop("case", None) or case(
        state=choice(state), reassignments=0, reopenings=0, short_description="Export", **YOUNG
    )
    the = escalation(reason=given, justification=text)
    return dossier(*comments, escalation=the, case=source, **changes)  # type: ignore[arg-type]


def facts(of: Dossier, reader: EvidenceReader | None = None) -> Mapping[str, Fact]:
    return (reader or shipped_reader()).read(of, NOW).facts


def weighed(of: Dossier) -> tuple[object, object]:
    return seen("stated_reason", of), seen("better_reason", of)


def test_lack_of_progress_two_hours_after_our_answer_while_we_wait_for_the_customer_is_contradicted() -> None:
    of = stating("lack_of_progress", *ANSWERED, state="awaiting_info", service_levels=(level(has_breached=True),))
    stated = facts(of)["stated_reason"]
    assert stated.value == "contradicted"
    assert stated.rests_on == ("reason", "last_word", "since_last_reply", "since_requested", "waiting_on")
    assert stated.note == (
        "our answer of 1 business hour ago, before the request, is the last word, and we wait for the customer"
    )


def test_an_answer_outside_business_hours_is_told_as_less_than_one_hour_ago() -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    saturday = monday - timedelta(days=2)
    of = stating("lack_of_progress", comment(CUSTOMER, saturday), comment(US, saturday), state="awaiting_info")
    requested = of.escalation.model_copy(update={"opened_at": monday - timedelta(minutes=30)})
    stated = shipped_reader().read(of.model_copy(update={"escalation": requested}), monday).facts["stated_reason"]
    assert "our answer of less than one business hour ago" in stated.note


def test_a_customer_imposed_deadline_without_any_date_is_unverifiable() -> None:
    of = stating("customer_imposed_deadline", *ANSWERED, text="Our deadline is near and we need this in time.")
    assert weighed(of) == ("unverifiable", None)
    assert "deadlines" in facts(of)["stated_reason"].rests_on


@pytest.mark.parametrize(
    ("comments", "state", "stated"),
    [
        (SILENT, "open", "supported"),
        (SILENT, "awaiting_info", "supported"),
        (ANSWERED, "open", "contradicted"),
        (ANSWERED, "awaiting_info", "contradicted"),
        (BETWEEN, "open", "unverifiable"),
        (BETWEEN, "awaiting_info", "unverifiable"),
        ((comment(US, ago(days=9)), comment(CUSTOMER, ago(hours=3))), "open", "unverifiable"),
        ((), "open", "unverifiable"),
        (SILENT, "closed", "unverifiable"),
    ],
)
def test_inactivity(comments: tuple, state: str, stated: str) -> None:
    assert seen("stated_reason", stating("inactivity", *comments, state=state)) == stated


@pytest.mark.parametrize("reason", ["inactivity", "lack_of_progress"])
@pytest.mark.parametrize(
    ("answered", "requested", "stated"),
    [(4, 2, "contradicted"), (2, 4, "unverifiable"), (2, 2, "unverifiable"), (2, None, "unreadable")],
)
def test_an_answer_that_came_after_the_request_contradicts_nothing(
    reason: str, answered: int, requested: int | None, stated: str
) -> None:
    """A customer who escalates and is answered then has been right to escalate."""
    of = stating(reason, comment(CUSTOMER, ago(days=2)), comment(US, ago(hours=answered)), state="awaiting_info")
    at = None if requested is None else ago(hours=requested)
    of = of.model_copy(update={"escalation": of.escalation.model_copy(update={"opened_at": at})})
    assert str(seen("stated_reason", of)).startswith(stated)


def test_inactivity_on_a_case_that_was_never_answered() -> None:
    old = case(opened_at=ago(days=9), reassignments=0, short_description="Export")
    of = stating("inactivity", case=old)
    assert seen("stated_reason", of) == "supported"
    assert facts(of)["stated_reason"].rests_on == ("reason", "waiting_on", "waiting_for", "last_word")


@pytest.mark.parametrize(
    ("changes", "stated", "rests_on"),
    [
        ({"case": case(reassignments=3, **YOUNG)}, "supported", "reassignments"),
        ({"case": case(reassignments=0, reopenings=1, **YOUNG)}, "supported", "reopenings"),
        ({"service_levels": (level(has_breached=True),)}, "supported", "sla_breached"),
        ({"case": case(reassignments=0, opened_at=ago(days=20))}, "supported", "since_opened"),
        ({"case": case(reassignments=2, reopenings=0, **YOUNG)}, "unverifiable", "sla_breached"),
        ({"case": case(reassignments=0, reopenings=None, **YOUNG)}, "unverifiable", "since_opened"),
    ],
)
def test_lack_of_progress(changes: dict, stated: str, rests_on: str) -> None:
    of = stating("lack_of_progress", comment(CUSTOMER, ago(hours=3)), **changes)
    assert seen("stated_reason", of) == stated
    assert rests_on in facts(of)["stated_reason"].rests_on


def test_without_a_count_of_reopenings_what_nothing_else_bears_out_is_known_in_part() -> None:
    changes = {"case": case(reassignments=0, reopenings=None, **YOUNG)}
    found = facts(stating("lack_of_progress", comment(CUSTOMER, ago(hours=3)), **changes))["stated_reason"]
    assert (found.value, found.partial) == ("unverifiable", True)
    assert "no count of them" in found.note
    better = facts(stating("executive_visibility", comment(CUSTOMER, ago(hours=3)), **changes))["better_reason"]
    assert (better.value, better.partial) == (None, True)
    counted = {"case": case(reassignments=0, reopenings=0, **YOUNG)}
    assert not facts(stating("lack_of_progress", comment(CUSTOMER, ago(hours=3)), **counted))["stated_reason"].partial
    late = {"case": case(reassignments=3, reopenings=None, **YOUNG)}
    assert not facts(stating("lack_of_progress", comment(CUSTOMER, ago(hours=3)), **late))["stated_reason"].partial


def test_lack_of_progress_by_waiting_and_with_a_fact_that_is_open() -> None:
    assert seen("stated_reason", stating("lack_of_progress", *SILENT)) == "supported"
    of = stating("lack_of_progress", comment(CUSTOMER, ago(hours=3)), case=case(reassignments=None, **YOUNG))
    assert seen("stated_reason", of) == (
        "unreadable: it depends on reassignments: the case shows no reassignment_count"
    )
    hidden = stating("lack_of_progress", comment(CUSTOMER, ago(hours=3)), unread={Part.SERVICE_LEVELS: "hidden"})
    assert seen("stated_reason", hidden) == "unreadable: it depends on sla_breached: hidden"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("We must go live on 2026-12-04.", "supported"),
        ("We need the fix by tomorrow.", "supported"),
        ("You promised a fix by 2026-12-04.", "unverifiable"),
        (QUIET, "unverifiable"),
    ],
)
def test_customer_imposed_deadline(text: str, stated: str) -> None:
    assert seen("stated_reason", stating("customer_imposed_deadline", *ANSWERED, text=text)) == stated


def dated(written: float, requested: float, text: str = "We need the fix by tomorrow.", **changes: object) -> Dossier:
    """A date in a comment of so many hours ago, the escalation being requested so many hours ago."""
    the = escalation(reason=choice("customer_imposed_deadline"), justification=QUIET, opened_at=ago(hours=requested))
    quiet = case(short_description="Export", reassignments=0)
    return dossier(comment(CUSTOMER, ago(hours=written), text), escalation=the, case=quiet, **changes)  # type: ignore[arg-type]


def test_a_date_that_had_passed_when_the_escalation_was_requested_contradicts() -> None:
    of = dated(240, 3)
    assert seen("stated_reason", of) == "contradicted"
    assert facts(of)["stated_reason"].rests_on == ("reason", "deadlines", "since_requested")


def test_a_date_that_passes_while_the_request_waits_for_us_does_not_speak_against_the_customer() -> None:
    of = dated(74, 72)
    (deadline,) = seen("deadlines", of)  # type: ignore[misc]
    assert deadline.hours_left < 0
    assert seen("stated_reason", of) == "supported"


def test_a_promise_of_ours_that_passed_does_not_contradict_the_customer() -> None:
    of = dated(240, 3, "You promised a fix by tomorrow.")
    (deadline,) = seen("deadlines", of)  # type: ignore[misc]
    assert (deadline.imposed_by, deadline.hours_left < 0) == ("us", True)
    assert seen("stated_reason", of) == "unverifiable"


def test_dates_that_have_passed_contradict_only_if_all_texts_could_be_read() -> None:
    closed = case(short_description="", unreadable=frozenset({"short_description"}))
    of = dated(240, 3).model_copy(update={"case": closed})
    assert str(seen("stated_reason", of)).startswith("unreadable: it depends on deadlines: not all could be read")
    ahead = dated(1, 0.5).model_copy(update={"case": closed})
    assert seen("stated_reason", ahead) == "supported"


def test_a_promise_of_ours_says_nothing_of_the_dates_in_a_text_that_could_not_be_read() -> None:
    closed = case(short_description="", unreadable=frozenset({"short_description"}))
    of = dated(240, 3, "You promised a fix by tomorrow.").model_copy(update={"case": closed})
    assert str(seen("stated_reason", of)).startswith("unreadable: it depends on deadlines: not all could be read")


@pytest.mark.parametrize(
    ("text", "stated"),
    [("Our CIO is watching this.", "supported"), (QUIET, "unverifiable"), ("The CIO app crashes.", "unverifiable")],
)
def test_executive_visibility(text: str, stated: str) -> None:
    assert seen("stated_reason", stating("executive_visibility", *ANSWERED, text=text)) == stated


def test_a_reason_of_the_teams_own_and_no_reason_are_unverifiable() -> None:
    assert weighed(stating("outage", *ANSWERED)) == ("unverifiable", None)
    none = stating(None, *ANSWERED, text="Our CIO is watching this.")
    assert weighed(none) == ("unverifiable", "executive_visibility")
    assert seen("reason", none) is None


def test_a_closed_reason_is_open() -> None:
    of = dossier(escalation=escalation(reason=None, unreadable=frozenset({"reason"})))
    assert weighed(of) == ("unreadable: the field is closed to the account",) * 2


def test_the_reason_that_the_facts_support_better_comes_with_its_facts() -> None:
    of = stating("inactivity", *ANSWERED, text="We must go live on 2026-12-04, and our CIO is watching this.")
    assert weighed(of) == ("contradicted", "customer_imposed_deadline")
    better = facts(of)["better_reason"]
    assert better.note == "the customer names 2026-12-04"
    assert set(better.rests_on) >= {"reason", "last_word", "since_last_reply", "deadlines", "since_requested"}


def test_a_reason_that_is_supported_needs_no_better_one() -> None:
    of = stating("inactivity", *SILENT, text="We must go live on 2026-12-04.")
    assert weighed(of) == ("supported", None)


def test_a_reason_that_would_be_contradicted_is_no_better_one() -> None:
    """A breached service level would bear out lack of progress, were it not for our answer of two hours ago."""
    levels = {"service_levels": (level(has_breached=True),)}
    assert weighed(stating("inactivity", *ANSWERED, state="awaiting_info", **levels)) == ("contradicted", None)
    assert weighed(stating("inactivity", *ANSWERED, **levels)) == ("contradicted", "lack_of_progress")


def test_a_better_reason_is_open_where_the_stated_one_or_a_likelier_one_is() -> None:
    executive = "Our CIO is watching this."
    stated, better = weighed(stating("inactivity", text=executive, **CLOSED))
    assert (str(stated).split(":")[0], str(better).split(":")[0]) == ("unreadable", "unreadable")
    closed = case(short_description="", unreadable=frozenset({"short_description"}), reassignments=0, **YOUNG)
    stated, better = weighed(stating("inactivity", *ANSWERED, text=executive, case=closed))
    assert (stated, better) == (
        "contradicted",
        "unreadable: it depends on deadlines: the field is closed to the account",
    )


def test_one_known_fact_that_decides_leaves_nothing_open() -> None:
    """Where the customer had the last word, nothing contradicts silence, whatever else is closed."""
    the = case(opened_at=None, unreadable=frozenset({"opened_at"}), reassignments=0)
    assert seen("stated_reason", stating("inactivity", *SILENT, case=the)) == "supported"


def test_of_an_account_escalation_its_words_are_weighed_and_the_rest_is_open() -> None:
    by_date = escalation(reason=choice("customer_imposed_deadline"), justification="We must go live on 2026-12-04.")
    assert seen("stated_reason", account_dossier(case(), escalation=by_date)) == "supported"
    by_silence = escalation(reason=choice("inactivity"), justification=QUIET)
    assert seen("stated_reason", account_dossier(case(), escalation=by_silence)) == (
        "unreadable: it depends on waiting_on, waiting_for, last_word, since_last_reply: "
        "an account escalation has no one case"
    )


@pytest.mark.parametrize(("minutes", "stated"), [(-1, "contradicted"), (0, "unverifiable"), (1, "unverifiable")])
def test_an_answer_is_recent_for_less_than_the_set_time(minutes: int, stated: str) -> None:
    of = stating("inactivity", comment(US, ago(days=1) - timedelta(minutes=minutes)))
    assert seen("stated_reason", of) == stated


@pytest.mark.parametrize(("minutes", "stated"), [(-1, "unverifiable"), (0, "supported"), (1, "supported")])
def test_silence_counts_from_the_set_time_on(minutes: int, stated: str) -> None:
    of = stating("inactivity", comment(CUSTOMER, ago(days=2) - timedelta(minutes=minutes)))
    assert seen("stated_reason", of) == stated


def test_a_team_sets_its_own_weights() -> None:
    strict = EvidenceReader(weighing=WeighingSettings(recent_reply=0.5, silence=41, old_case=1000, hand_overs=9))
    for reason, comments, changes in (
        ("inactivity", ANSWERED, {}),
        ("inactivity", SILENT, {}),
        ("lack_of_progress", ANSWERED, {"case": case(reassignments=5, opened_at=ago(days=90))}),
    ):
        of = stating(reason, *comments, **changes)
        assert seen("stated_reason", of, reader=strict) == "unverifiable"
        assert seen("stated_reason", of) != "unverifiable"


SECONDS = st.integers(-90, 90)
LATER = st.integers(0, 3 * 3600).map(lambda seconds: timedelta(minutes=2, seconds=seconds))


@given(st.sampled_from(["inactivity", "lack_of_progress"]), SECONDS, LATER)
def test_whether_our_answer_came_before_the_request_does_not_depend_on_now(
    reason: str, before: int, later: timedelta
) -> None:
    """Not by a second: hours that are rounded would tell one order at one instant and another at the next."""
    of = stating(reason, comment(CUSTOMER, ago(days=2)), comment(US, NOW - timedelta(seconds=before)))
    source = case(state=choice("awaiting_info"), reassignments=0, reopenings=0, short_description="Export", **YOUNG)
    asked = of.escalation.model_copy(update={"opened_at": NOW})
    of = of.model_copy(update={"case": source, "escalation": asked})
    assert seen("stated_reason", of, NOW + later) == ("contradicted" if before > 0 else "unverifiable")


@given(SECONDS, LATER)
def test_whether_a_date_had_passed_when_the_escalation_was_requested_does_not_depend_on_now(
    before: int, later: timedelta
) -> None:
    of = dated(48, 0, "We need the fix by 18 November 2026, 10:00 UTC.")
    (deadline,) = seen("deadlines", of)  # type: ignore[misc]
    assert deadline.latest == NOW
    asked = of.escalation.model_copy(update={"opened_at": NOW + timedelta(seconds=before)})
    of = of.model_copy(update={"escalation": asked})
    assert seen("stated_reason", of, NOW + later) == ("contradicted" if before > 0 else "supported")
