"""The approval engine as clients meet it: over HTTP, with logins, access rules, and the sandbox's clock."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import requests

from snow_escalations.sandbox import Sandbox, SandboxOptions

from .conftest import ACCOUNT, APPROVAL, CASE, ESCALATION, LAG, NOW, actor, sys_id, world

Call = Callable[..., requests.Response]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The small world, listening."""
    with Sandbox.start(SandboxOptions(now=NOW, rows=world())) as running:
        yield running


@pytest.fixture
def call(sandbox: Sandbox) -> Iterator[Call]:
    """`call("ann", "PATCH", table, sys_id, json=...)`, one session a user."""
    sessions: dict[str, requests.Session] = {}

    def one(who: str, method: str, table: str, record: str = "", **options) -> requests.Response:
        session = sessions.setdefault(who, requests.Session())
        session.auth = (who, "admin" if who == "admin" else "sandbox")
        path = f"{sandbox.url}/api/now/table/{table}" + (f"/{record}" if record else "")
        return session.request(method, path, timeout=10, **options)

    yield one
    for session in sessions.values():
        session.close()


@pytest.fixture
def escalation(sandbox: Sandbox, call: Call) -> dict[str, str]:
    """An escalation that the agent asked for over HTTP, with its approvals."""
    answer = call(
        "agent",
        "POST",
        ESCALATION,
        json={
            "source_table": CASE,
            "source_record": sys_id("case1"),
            "type": sys_id("group"),
            "reason": "1",
            "escalation_justification": "It takes too long.",
        },
        params={"sysparm_exclude_reference_link": "true"},
    )
    assert answer.status_code == 201, answer.text
    return answer.json()["result"]


def _approval(sandbox: Sandbox, escalation: dict[str, str], approver: str) -> dict[str, str]:
    sandbox.run_due_jobs()
    (row,) = sandbox.store.find(APPROVAL, document_id=escalation["sys_id"], approver=sys_id(approver))
    return row


def _state(call: Call, escalation: dict[str, str]) -> str:
    return call("agent", "GET", ESCALATION, escalation["sys_id"]).json()["result"]["state"]


def test_an_escalation_that_is_posted_gets_its_approvals_before_the_next_answer(call, escalation):
    query = f"sysapproval={escalation['sys_id']}^ORdocument_id={escalation['sys_id']}^source_table={ESCALATION}"
    rows = call("root", "GET", APPROVAL, params={"sysparm_query": query}).json()["result"]
    assert [row["state"] for row in rows] == ["requested"] * 3
    case = call("agent", "GET", CASE, sys_id("case1")).json()["result"]
    assert case["active_escalation"]["value"] == escalation["sys_id"]
    assert escalation["requested_by"] == sys_id("agent")


def test_a_vote_is_answered_at_once_and_followed_by_the_rest_when_the_lag_is_over(sandbox, call, escalation):
    row = _approval(sandbox, escalation, "ann")
    answer = call("ann", "PATCH", APPROVAL, row["sys_id"], json={"state": "rejected", "comments": "Answered today."})
    assert answer.status_code == 200
    assert answer.json()["result"]["state"] == "rejected"
    assert answer.json()["result"]["sys_updated_by"] == "ann"
    sandbox.clock.advance(LAG - timedelta(milliseconds=1))
    assert _state(call, escalation) == "100"
    sandbox.clock.advance(timedelta(milliseconds=1))
    assert _state(call, escalation) == "102"
    assert _approval(sandbox, escalation, "bob")["state"] == "not_required"


@pytest.mark.parametrize("who", ["bob", "stranger", "mia", "agent"])
def test_whoever_may_not_decide_is_refused_and_nothing_changes(sandbox, call, escalation, who):
    row = _approval(sandbox, escalation, "ann")
    answer = call(who, "PATCH", APPROVAL, row["sys_id"], json={"state": "approved", "comments": "I say so."})
    assert answer.status_code == 403
    assert answer.json()["error"]["detail"] == "ACL Exception Update Failed due to security constraints"
    assert sandbox.store.get(APPROVAL, row["sys_id"]) == row
    assert sandbox.store.find("sys_journal_field", element_id=row["sys_id"]) == []
    sandbox.clock.advance(LAG)
    assert _state(call, escalation) == "100"


def test_an_itil_user_cannot_decide_whatever_the_answer_says(sandbox, call, escalation):
    """The write access rule on `state` fails for itil (KB0677278); how it fails is the access rules' business."""
    row = _approval(sandbox, escalation, "ann")
    call("itil.user", "PATCH", APPROVAL, row["sys_id"], json={"state": "approved"})
    assert sandbox.store.get(APPROVAL, row["sys_id"]) == row


@pytest.mark.parametrize("who", ["ann", "dora", "root", "admin", "snow.escalations"])
def test_whoever_may_decide_can(sandbox, call, escalation, who):
    row = _approval(sandbox, escalation, "ann")
    answer = call(who, "PATCH", APPROVAL, row["sys_id"], json={"state": "approved"})
    assert answer.status_code == 200
    sandbox.clock.advance(LAG)
    assert _state(call, escalation) == "101"


def test_a_delegate_can_no_longer_decide_when_the_delegation_has_ended(sandbox, call, escalation):
    row = _approval(sandbox, escalation, "ann")
    sandbox.clock.advance(timedelta(days=2))
    assert call("dora", "PATCH", APPROVAL, row["sys_id"], json={"state": "approved"}).status_code == 403
    assert call("ann", "PATCH", APPROVAL, row["sys_id"], json={"state": "approved"}).status_code == 200


def test_the_rule_about_rejections_answers_as_a_business_rule_does(sandbox, call, escalation):
    sandbox.properties.set("sandbox.approval.rejection_comment_required", "true")
    row = _approval(sandbox, escalation, "ann")
    answer = call("ann", "PATCH", APPROVAL, row["sys_id"], json={"state": "rejected"})
    assert answer.status_code == 403
    assert "was aborted by Business Rule" in str(answer.json()["error"])
    assert "Rejection needs a comment" in str(answer.json()["error"])
    assert _approval(sandbox, escalation, "ann")["state"] == "requested"
    answer = call("ann", "PATCH", APPROVAL, row["sys_id"], json={"state": "rejected", "comments": "Because."})
    assert answer.status_code == 200


def test_the_rule_about_open_escalations_answers_as_a_business_rule_does(sandbox, call, escalation):
    sandbox.properties.set("sandbox.approval.one_open_escalation", "true")
    again = {"source_table": CASE, "source_record": sys_id("case1")}
    answer = call("agent", "POST", ESCALATION, json=again)
    assert answer.status_code == 403
    assert "One open escalation per record" in str(answer.json()["error"])
    assert len(sandbox.store.find(ESCALATION)) == 1


def test_an_administrator_switches_modes_over_http(sandbox, call, escalation):
    (row,) = sandbox.store.find("sys_properties", name="sandbox.approval.lag_ms")
    assert call("admin", "PATCH", "sys_properties", row["sys_id"], json={"value": "0"}).status_code == 200
    call("ann", "PATCH", APPROVAL, _approval(sandbox, escalation, "ann")["sys_id"], json={"state": "approved"})
    assert _state(call, escalation) == "101"


def test_a_wrong_value_for_a_mode_is_refused_over_http(sandbox, call):
    (row,) = sandbox.store.find("sys_properties", name="sandbox.approval.approve_when")
    assert call("admin", "PATCH", "sys_properties", row["sys_id"], json={"value": "most"}).status_code == 403
    assert sandbox.properties.get("sandbox.approval.approve_when") == "any"


def test_a_row_that_is_no_longer_requested_can_be_written_and_nothing_follows(sandbox, call, escalation):
    row = _approval(sandbox, escalation, "bob")
    call("ann", "PATCH", APPROVAL, _approval(sandbox, escalation, "ann")["sys_id"], json={"state": "approved"})
    sandbox.clock.advance(LAG)
    assert call("bob", "PATCH", APPROVAL, row["sys_id"], json={"state": "rejected"}).status_code == 200
    sandbox.clock.advance(LAG)
    assert _state(call, escalation) == "101"


def test_a_decision_in_the_portal_while_a_client_waits_is_seen_by_it(sandbox, call, escalation):
    """A person decides past HTTP, with the same checks."""
    row = _approval(sandbox, escalation, "ann")
    sandbox.store.update(APPROVAL, row["sys_id"], {"state": "approved"}, actor("ann"))
    answer = call("root", "GET", APPROVAL, row["sys_id"]).json()["result"]
    assert (answer["state"], answer["sys_mod_count"]) == ("approved", "1")


def test_the_customer_never_sees_the_reason_and_the_notes_tell_the_steps(sandbox, call, escalation):
    row = _approval(sandbox, escalation, "ann")
    call("ann", "PATCH", APPROVAL, row["sys_id"], json={"state": "rejected", "comments": "Not now."})
    sandbox.clock.advance(LAG)
    case = call("agent", "GET", CASE, sys_id("case1"), params={"sysparm_display_value": "true"}).json()["result"]
    assert case["comments"] == ""
    assert f"Ann Example has declined escalation {escalation['number']}." in case["work_notes"]
    shown = call("agent", "GET", ESCALATION, escalation["sys_id"], params={"sysparm_display_value": "true"})
    assert (
        "Ann Example rejected the task.\n\nApproval comments:\nNot now." in shown.json()["result"]["approval_history"]
    )


def test_closing_over_http_frees_the_case(sandbox, call, escalation):
    call("ann", "PATCH", APPROVAL, _approval(sandbox, escalation, "ann")["sys_id"], json={"state": "approved"})
    sandbox.clock.advance(LAG)
    answer = call("agent", "PATCH", ESCALATION, escalation["sys_id"], json={"state": "103"})
    assert answer.json()["result"]["active"] == "false"
    assert answer.json()["result"]["de_escalated_by"]["value"] == sys_id("agent")
    assert call("agent", "GET", CASE, sys_id("case1")).json()["result"]["active_escalation"] == ""


def test_an_approval_that_an_ordinary_user_posts_is_linked_to_nothing_and_counts_for_nothing(sandbox, call, escalation):
    values = {"approver": sys_id("ann"), "state": "approved", "document_id": escalation["sys_id"]}
    assert call("ann", "POST", APPROVAL, json=values).status_code == 201
    sandbox.clock.advance(LAG)
    assert _state(call, escalation) == "100"


def test_the_demo_desk_can_be_worked_on():
    """Olga Rowan decides her own approvals and nobody else's; the service account decides any."""
    with Sandbox.start(SandboxOptions(now=NOW)) as sandbox, requests.Session() as olga, requests.Session() as service:
        olga.auth, service.auth = ("own.rows", "sandbox"), ("snow.escalations", "sandbox")
        table = f"{sandbox.url}/api/now/table/{APPROVAL}"
        query = {
            "sysparm_query": f"state=requested^source_table={ESCALATION}",
            "sysparm_exclude_reference_link": "true",
        }
        pending = service.get(table, params=query, timeout=10).json()["result"]
        (me,) = sandbox.store.find("sys_user", user_name="own.rows")
        mine = next(row for row in pending if row["approver"] == me["sys_id"])
        other = next(row for row in pending if row["approver"] != me["sys_id"])
        assert olga.patch(f"{table}/{mine['sys_id']}", json={"state": "approved"}, timeout=10).status_code == 200
        assert olga.patch(f"{table}/{other['sys_id']}", json={"state": "approved"}, timeout=10).status_code == 403
        assert service.patch(f"{table}/{other['sys_id']}", json={"state": "rejected"}, timeout=10).status_code == 200
        sandbox.clock.advance(LAG)
        sandbox.run_due_jobs()
        for row, state in ((mine, "101"), (other, "102")):
            decided = sandbox.store.get(ESCALATION, row["document_id"])
            assert decided is not None
            assert decided["state"] == state


def test_an_account_escalation_over_http(sandbox, call):
    values = {"source_table": ACCOUNT, "source_record": sys_id("acme"), "type": sys_id("account")}
    escalation = call("agent", "POST", ESCALATION, json=values).json()["result"]
    row = _approval(sandbox, escalation, "bob")
    call("bob", "PATCH", APPROVAL, row["sys_id"], json={"state": "approved"})
    sandbox.clock.advance(LAG)
    account = call("agent", "GET", ACCOUNT, sys_id("acme")).json()["result"]
    assert account["active_escalation"]["value"] == escalation["sys_id"]
    assert _state(call, escalation) == "101"
