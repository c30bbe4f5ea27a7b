"""The difficulties that the demo desk promises: each is found in the rows, whatever the seed and the hour."""

import re
from datetime import timedelta
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs" / "sandbox-approvals.md"

INACTIVITY, LACK_OF_PROGRESS, DEADLINE, EXECUTIVE = "0", "1", "2", "3"
RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]")
CJK = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


def test_every_pending_escalation_waits_for_somebody(desk):
    for escalation in desk.pending:
        assert "requested" in {row["state"] for row in desk.approvals(escalation)}, escalation["correlation_id"]
        assert escalation["active"] == "true"
        assert escalation["approval"] == "requested"


def test_no_decided_escalation_waits_for_anybody(desk):
    for escalation in desk.escalations:
        if escalation["state"] != "100":
            assert "requested" not in {row["state"] for row in desk.approvals(escalation)}, escalation["correlation_id"]


def test_an_outcome_is_what_was_voted(desk):
    for escalation in desk.escalations:
        votes = {row["state"] for row in desk.approvals(escalation)} - {"requested", "not_required"}
        if escalation["state"] == "102":
            assert votes == {"rejected"}
            assert escalation["declined_by"]
            assert not escalation.get("approved_by")
        elif escalation["state"] != "100":
            assert votes <= {"approved"}
            assert bool(votes) == bool(escalation.get("approved_by"))


def test_other_approvals_end_with_the_decision_and_not_before(desk):
    for escalation in desk.escalations:
        rows = desk.approvals(escalation)
        if escalation["state"] == "100" or len(rows) < 2:
            continue
        voted = max(row["sys_updated_on"] for row in rows if row["state"] in ("approved", "rejected"))
        assert all(row["sys_updated_on"] >= voted for row in rows if row["state"] == "not_required")
        (group,) = {row["group"] for row in rows}
        assert desk.by_id[group]["approval"] == escalation["approval"]
        assert desk.by_id[group]["sys_updated_on"] >= voted


def test_a_case_is_linked_to_its_open_escalation_and_to_no_other(desk):
    """Set when it is asked for, kept on approval, cleared on decline and on close."""
    for case in desk.cases:
        escalations = [row for row in desk.escalations if row["source_record"] == case["sys_id"]]
        still_open = {row["sys_id"] for row in escalations if row["active"] == "true"}
        linked = case["active_escalation"]
        assert (linked in still_open) if still_open else linked == "", case["number"]
    for account in desk["customer_account"]:
        still_open = {
            row["sys_id"]
            for row in desk.escalations
            if row["source_record"] == account["sys_id"] and row["active"] == "true"
        }
        assert {account["active_escalation"]} == (still_open or {""})


def test_active_means_open(desk):
    for escalation in desk.escalations:
        assert escalation["active"] == ("false" if escalation["state"] in ("102", "103") else "true")
        assert bool(escalation.get("closed_at")) == (escalation["active"] == "false")


def test_the_engine_noted_each_step_on_the_case_and_none_on_accounts(desk):
    for escalation in desk.escalations:
        if escalation["source_table"] == "customer_account":
            assert not any(escalation["number"] in entry["value"] for entry in desk["sys_journal_field"])
            continue
        number, case = escalation["number"], desk.source(escalation)
        notes = [
            entry["value"]
            for entry in desk.entries(case, "work_notes")
            if number in entry["value"] and entry["sys_created_by"] == "system"
        ]
        requester = desk.by_id[escalation["requested_by"]]["name"]
        assert notes[0] == f"{requester} has requested to escalate this Case. {number} created."
        if escalation["state"] == "102":
            decider = desk.by_id[escalation["declined_by"]]["name"]
            assert notes[1:] == [f"{decider} has declined escalation {number}."]
        elif escalation.get("approved_by"):
            decider = desk.by_id[escalation["approved_by"]]["name"]
            assert notes[1] == f"{decider} has approved escalation {number}."
        elif escalation["state"] != "100":
            assert notes[1] == f"Escalation {number} has been approved."
        if escalation["state"] == "103":
            assert notes[-1] == f"Escalation {number} has been closed."


def test_inactivity_claimed_after_nine_days_of_our_silence(desk):
    escalation = desk.scene("inactivity-nine-days")
    assert escalation["reason"] == INACTIVITY
    assert 9 * 24 <= desk.silence(escalation) < 9.5 * 24
    case = desk.source(escalation)
    assert desk.by_customer(case)[-1]["sys_created_on"] > desk.by_us(case)[-1]["sys_created_on"]


def test_inactivity_claimed_although_we_answered_yesterday(desk):
    escalation = desk.scene("inactivity-answered-yesterday")
    assert escalation["reason"] == INACTIVITY
    assert 24 <= desk.silence(escalation) < 28
    assert CJK.search(desk.by_id[escalation["requested_by"]]["name"])
    assert CJK.search(escalation["escalation_justification"])


def test_lack_of_progress_claimed_although_we_answered_two_hours_ago_and_wait(desk):
    escalation = desk.scene("lack-of-progress-answered-two-hours-ago")
    case = desk.source(escalation)
    assert escalation["reason"] == LACK_OF_PROGRESS
    assert 1.9 <= desk.silence(escalation) < 2.3
    assert case["state"] == "18"
    assert desk.entries(case)[-1] is desk.by_us(case)[-1]
    assert escalation["opened_at"] > desk.by_us(case)[-1]["sys_created_on"]


def test_a_case_that_went_in_circles(desk):
    case = desk.source(desk.scene("lack-of-progress-in-circles"))
    assert int(case["reassignment_count"]) == 2
    assert len({entry["sys_created_by"] for entry in desk.by_us(case)}) == 3
    assert any("third time" in entry["value"] for entry in desk.by_customer(case))


def test_a_deadline_with_a_real_date(desk):
    escalation = desk.scene("deadline-with-date")
    day = (desk.now + timedelta(days=11)).date()
    assert escalation["reason"] == DEADLINE
    assert f"{day.day} {day:%B %Y}" in escalation["escalation_justification"]


def test_a_deadline_without_any_date(desk):
    escalation = desk.scene("deadline-without-date")
    assert escalation["reason"] == DEADLINE
    assert "deadline" in escalation["escalation_justification"]
    assert not re.search(r"20\d\d-\d\d|January|\d+ (hours|days)|Monday|week", escalation["escalation_justification"])


def test_a_deadline_in_german(desk):
    escalation = desk.scene("deadline-in-german")
    assert "innerhalb von 48 Stunden" in escalation["escalation_justification"]
    assert (desk.now + timedelta(days=8)).date().isoformat() in escalation["escalation_justification"]


def test_executives_are_named_and_watch(desk):
    for name, person in (
        ("executive-visibility", "Margaret Osei"),
        ("executive-and-expired-delegate", "Daniel Acheampong"),
        ("approved-executive", "Renata Falk"),
    ):
        escalation = desk.scene(name)
        assert person in escalation["escalation_justification"]
        watchers = {desk.by_id[sys_id]["name"] for sys_id in escalation["watch_list"].split(",")}
        assert person in watchers
        assert person in {desk.by_id[sys_id]["name"] for sys_id in desk.source(escalation)["watch_list"].split(",")}


def test_a_reason_that_this_instance_added(desk):
    (choice,) = desk["sys_choice"]
    assert (choice["name"], choice["element"]) == ("sn_customerservice_escalation", "reason")
    assert (choice["value"], choice["label"]) == (EXECUTIVE, "Executive Visibility")
    assert desk.scene("executive-visibility")["reason"] == EXECUTIVE


def test_production_down(desk):
    escalation = desk.scene("production-down")
    assert desk.source(escalation)["priority"] == "1"
    assert desk.by_id[escalation["escalation_severity"]]["name"] == "High Severity"


def test_two_pending_escalations_of_one_case(desk):
    first, second = desk.scene("production-down"), desk.scene("duplicate-without-justification")
    assert first["source_record"] == second["source_record"]
    assert first["state"] == second["state"] == "100"
    assert desk.source(first)["active_escalation"] == second["sys_id"]
    assert second["escalation_justification"] == ""


def test_re_escalated_after_a_rejection_that_nobody_explained(desk):
    escalation = desk.scene("re-escalated-unexplained")
    (earlier,) = desk.history(escalation)
    assert earlier["state"] == "102"
    assert not _comments_between(desk, earlier, "sys_updated_on", escalation)
    (approval,) = desk.approvals(earlier)
    assert "Not an escalation." in desk.entries(approval)[0]["value"]


def test_re_escalated_twice_after_a_rejection_explained_well(desk):
    escalation = desk.scene("re-escalated-twice")
    earlier = desk.history(escalation)
    assert [row["state"] for row in earlier] == ["102", "102"]
    explanation = _comments_between(desk, earlier[-1], "sys_updated_on", escalation)[0]["value"]
    assert "decided not to approve" in explanation
    assert "call" in explanation


def test_approved_at_the_second_attempt(desk):
    first, second = desk.scene("approved-second-time-first"), desk.scene("approved-second-time")
    assert desk.history(second) == [first]
    assert (first["state"], second["state"]) == ("102", "101")


def test_rejections_that_were_never_explained_on_the_case(desk):
    silent = [
        escalation
        for escalation in desk.escalations
        if escalation["state"] == "102" and not _comments_between(desk, escalation, "closed_at", None, hours=36)
    ]
    names = {row["correlation_id"] for row in silent}
    assert {
        "demo:rejected-without-a-word",
        "demo:declined-silent-by-mail",
        "demo:declined-silent-on-approval",
        "demo:declined-work-note-only",
    } <= names
    without_any_word = [row for row in silent if not any(desk.entries(vote) for vote in desk.approvals(row))]
    assert without_any_word


def test_rejections_explained_well_and_badly(desk):
    said = {
        name: _comments_between(desk, desk.scene(name), "closed_at", None)[0]["value"]
        for name in (
            "declined-explained-waiting",
            "declined-explained-closed-later",
            "declined-explained-german",
            "declined-explained-workaround",
            "declined-one-line",
            "declined-leaking",
        )
    }
    for name, text in said.items():
        assert (len(text.split()) > 60) == ("explained" in name), name
    assert "has been declined" in said["declined-one-line"]
    assert "score 41" in said["declined-leaking"]
    assert "corp.corvane.example" in said["declined-leaking"]


def test_rejections_rest_on_no_result_that_the_customer_never_reported(desk):
    """Who declines by a measurement of the customer's has it on the case: here it is our own."""
    for name in ("declined-explained-workaround", "declined-explained-german"):
        escalation = desk.scene(name)
        explanation = _comments_between(desk, escalation, "closed_at", None)[0]["value"]
        answers = [
            e for e in desk.by_customer(desk.source(escalation)) if e["sys_created_on"] < escalation["opened_at"]
        ]
        assert len(answers) == 1
        assert re.search(r"in our lab|bei uns", explanation)
        assert not re.search(r"your own measurement|Ihrer Testumgebung", explanation)


def test_a_rejection_explained_to_ourselves_only(desk):
    case = desk.source(desk.scene("declined-work-note-only"))
    assert any("Escalation declined" in entry["value"] for entry in desk.entries(case, "work_notes"))


def test_an_account_escalation_with_three_related_cases(desk):
    escalation = desk.scene("account-escalation")
    account = desk.source(escalation)
    related = [case for case in desk.cases if case["active_account_escalation"] == escalation["sys_id"]]
    assert escalation["source_table"] == "customer_account"
    assert account["active_escalation"] == escalation["sys_id"]
    assert len(related) == 3
    assert {case["account"] for case in related} == {account["sys_id"]}
    assert all(case["active"] == "true" and case["opened_at"] < escalation["opened_at"] for case in related)
    assert desk.by_id[escalation["type"]]["name"] == "Account Escalation"


def test_account_escalations_that_are_approved_and_closed(desk):
    assert desk.scene("account-escalation-approved")["state"] == "101"
    closed = desk.scene("account-escalation-closed")
    assert closed["state"] == "103"
    assert not any(case["active_account_escalation"] == closed["sys_id"] for case in desk.cases)


def _delegations(desk, user_name):
    now = desk.now.strftime("%Y-%m-%d %H:%M:%S")
    user = desk.users[user_name]["sys_id"]
    rows = [row for row in desk["sys_user_delegate"] if row["user"] == user]
    assert all(row["approvals"] == "true" for row in rows)
    return [row for row in rows if row["starts"] <= now <= row["ends"]], rows


def _roles(desk, user_name):
    user = desk.users[user_name]["sys_id"]
    return {desk.by_id[row["role"]]["name"] for row in desk["sys_user_has_role"] if row["user"] == user}


def test_an_approver_with_a_delegate_who_may_decide_now(desk):
    (approval,) = desk.approvals(desk.scene("delegated-approver"))
    (active,), _ = _delegations(desk, desk.by_id[approval["approver"]]["user_name"])
    assert "approver_user" in _roles(desk, desk.by_id[active["delegate"]]["user_name"])


def test_an_approver_whose_delegation_has_ended(desk):
    (approval,) = desk.approvals(desk.scene("executive-and-expired-delegate"))
    active, every = _delegations(desk, desk.by_id[approval["approver"]]["user_name"])
    assert not active
    assert every


def test_a_delegation_that_has_not_begun(desk):
    now = desk.now.strftime("%Y-%m-%d %H:%M:%S")
    assert any(row["starts"] > now for row in desk["sys_user_delegate"])


def test_a_decision_by_a_delegate(desk):
    (approval,) = desk.approvals(desk.scene("approved-by-delegate"))
    assert approval["sys_updated_by"] == "heike.sommer" != desk.by_id[approval["approver"]]["user_name"]


def test_a_decision_by_the_service_account(desk):
    (approval,) = desk.approvals(desk.scene("approved-service-account"))
    assert approval["sys_updated_by"] == "snow.escalations"


def test_an_approver_who_left(desk):
    (approval,) = desk.approvals(desk.scene("approver-left"))
    assert desk.by_id[approval["approver"]]["active"] == "false"


def test_two_approvers_who_are_both_asked(desk):
    escalation = desk.scene("two-approvers")
    rows = desk.approvals(escalation)
    assert [row["state"] for row in rows] == ["requested", "requested"]
    (group,) = {row["group"] for row in rows}
    assert desk.by_id[group]["wait_for"] == "any"
    assert desk.by_id[group]["parent"] == escalation["sys_id"]


def test_two_approvers_of_whom_one_is_no_longer_required(desk):
    rows = desk.approvals(desk.scene("sibling-no-longer-required"))
    assert sorted(row["state"] for row in rows) == ["not_required", "requested"]


def test_an_approval_linked_by_its_document_alone(desk):
    escalation = desk.scene("linked-by-document")
    (approval,) = desk.approvals(escalation)
    assert approval["sysapproval"] == ""
    assert approval["source_table"] == "sn_customerservice_escalation"
    assert RIGHT_TO_LEFT.search(desk.by_id[escalation["requested_by"]]["name"])


def test_an_approver_who_asked_for_it_himself(desk):
    escalation = desk.scene("self-approval")
    (approval,) = desk.approvals(escalation)
    assert approval["approver"] == escalation["requested_by"]
    assert escalation["request_source"] == "1"


def test_the_approver_who_may_decide_his_own_rows_only_has_some(desk):
    mine = [
        row
        for row in desk["sysapproval_approver"]
        if row["approver"] == desk.users["own.rows"]["sys_id"] and row["state"] == "requested"
    ]
    assert len(mine) >= 2
    assert _roles(desk, "own.rows") & {"approval_admin", "admin"} == set()


def test_an_escalation_of_a_resolved_case(desk):
    assert desk.source(desk.scene("case-resolved"))["state"] == "6"


def test_texts_that_try_to_be_more_than_text(desk):
    injected = "\n".join(row["escalation_justification"] for row in desk.pending)
    for attempt in (
        "Policy says approve",
        "[code]<script>",
        "{{ 7*7 }}",
        "=HYPERLINK(",
        "^ORsys_id!=1",
        "${jndi:x}",
        "javascript:gs",
    ):
        assert attempt in injected, attempt
    assert desk.scene("injection-of-code")["escalation_justification"].startswith("=HYPERLINK(")


def test_very_long_and_very_short_justifications(desk):
    assert 3000 < len(desk.scene("very-long")["escalation_justification"]) <= 4000
    assert desk.scene("very-short")["escalation_justification"] == "ASAP"
    assert desk.scene("very-short")["escalation_severity"] == ""


def test_templates_for_cases_and_accounts_and_one_that_skips_approval(desk):
    templates = {row["name"]: row for row in desk["sn_customerservice_escalation_template"]}
    assert {row["type"] for row in templates.values()} == {"case", "account"}
    (skipping,) = [row for row in templates.values() if row["skip_approval"] == "true"]
    approved = [row for row in desk.escalations if row["type"] == skipping["sys_id"]]
    assert len(approved) == 2
    for escalation in approved:
        assert escalation["state"] == "101"
        assert not desk.approvals(escalation)


def test_closed_escalations_say_why_they_ended(desk):
    for escalation in desk.escalations:
        ended = escalation["state"] in ("103", "104")
        assert bool(escalation.get("de_escalation_justification")) == ended
        assert bool(escalation.get("de_escalated_by")) == (escalation["state"] == "103")


def test_a_de_escalation_is_requested(desk):
    escalation = desk.scene("de-escalation-requested")
    assert escalation["state"] == "104"
    assert escalation["active"] == "true"


def test_escalated_cases_have_service_levels(desk):
    stages = {row["stage"] for row in desk["task_sla"]}
    tasks = {row["task"] for row in desk["task_sla"]}
    assert {"in_progress", "paused", "completed"} <= stages
    for escalation in desk.escalations:
        if escalation["source_table"] == "sn_customerservice_case":
            assert escalation["source_record"] in tasks
    for row in desk["task_sla"]:
        assert (row["has_breached"] == "true") == (float(row["percentage"]) > 100)
        assert (row["stage"] == "paused") == bool(row["pause_time"])
        assert (row["active"] == "false") == bool(row["end_time"])
    assert {"true", "false"} <= {row["has_breached"] for row in desk["task_sla"] if row["active"] == "true"}


def test_approved_escalations_have_a_response_level(desk):
    names = {desk.by_id[row["sla"]]["name"] for row in desk["task_sla"]}
    assert {"Escalated case response - 4 hours", "Escalated case response - 8 hours"} <= names
    account = desk.scene("account-escalation-approved")
    assert any(row["task"] == account["sys_id"] for row in desk["task_sla"])


def _comments_between(desk, escalation, since, until, hours=None):
    """Our comments on the case from a moment of `escalation` to that of the next one, or for some hours."""
    entries = desk.by_us(desk.source(escalation))
    after = [entry for entry in entries if entry["sys_created_on"] >= escalation[since]]
    if until is not None:
        after = [entry for entry in after if entry["sys_created_on"] < until["opened_at"]]
    if hours is not None:
        decided = desk.hours_since(escalation[since])
        after = [entry for entry in after if decided - desk.hours_since(entry["sys_created_on"]) <= hours]
    return after


def _documented(heading):
    text = DOCS.read_text(encoding="utf-8").split("## The demo desk")[1]
    section = text.split(heading)[1].split("\n\n")[1]
    return [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]


def test_every_scene_is_documented_where_it_belongs(desk):
    pending = {row["correlation_id"].removeprefix("demo:") for row in desk.pending}
    decided = {row["correlation_id"].removeprefix("demo:") for row in desk.escalations} - pending
    assert set(_documented("Pending (state 100):")) == pending
    assert set(_documented("Decided:")) == decided


def test_every_person_in_the_documentation_exists(desk):
    people = _documented("People of Corvane")
    assert len(people) >= 10
    assert set(people) <= set(desk.users)
