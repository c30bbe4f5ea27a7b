"""`queue`, `show` and `plan` read, tell, and write nothing to the instance."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from snow_escalations.cli.unread import NothingReadable, require_sight, warn_of_unread
from snow_escalations.decisions.plan_file import read_plan
from snow_escalations.model import Unread
from snow_escalations.sandbox import Fault, Kind, Sandbox
from snow_escalations.servicenow.desk import Desk
from snow_escalations.servicenow.dossiers import Pending
from snow_escalations.settings import load_configuration
from tests.cli.conftest import Command, point_at
from tests.support.dossiers import approval, dossier
from tests.support.instance import ESCALATION, World, running, sid, small_world


def test_the_queue_shows_age_reason_verdict_and_why(snow: Command) -> None:
    ran = snow("queue")
    assert ran.code == 0
    lines = {line.split()[0]: line for line in ran.out.splitlines() if line.startswith("ESC")}
    assert list(lines) == ["ESC0000004", "ESC0000003", "ESC0000002", "ESC0000001", "ESC0000005"]
    assert "CS0000001" in lines["ESC0000001"]
    assert "1 h 0 min" in lines["ESC0000001"]
    assert "reject" in lines["ESC0000001"]
    assert "Boxeo" in lines["ESC0000004"]
    assert "5 pending: 1 approve, 1 reject, 3 hold" in ran.out
    assert "\x1b[" not in ran.out


def test_the_queue_as_json_has_the_documented_shape(snow: Command) -> None:
    ran = snow("queue", "--json")
    by_number = {item["number"]: item for item in ran.json}
    first = by_number["ESC0000001"]
    assert set(first) == {
        "number",
        "source",
        "reason",
        "reason_label",
        "opened_at",
        "verdict",
        "rule",
        "hold_cause",
        "proposed",
        "why",
        "first_differing",
        "evidence",
        "reply",
        "reference",
    }
    assert first["source"] == {"table": "sn_customerservice_case", "number": "CS0000001", "sys_id": sid("case", 1)}
    assert (first["reason"], first["verdict"], first["hold_cause"]) == ("inactivity", "reject", None)
    assert first["evidence"]["since_last_reply"]["value"] == {"hours": 2.0, "business_hours": 1.0}
    assert first["reply"].rstrip().endswith(first["reference"])
    held = by_number["ESC0000003"]
    assert (held["verdict"], held["rule"], held["hold_cause"], held["reply"]) == ("hold", None, "no_rule", None)
    assert held["first_differing"] == {
        "rule": "we have not answered for two days",
        "verdict": "approve",
        "because": "since_last_reply is at least 2 days: 30 hours, of which 9 business hours",
    }
    assert by_number["ESC0000004"]["evidence"]["priority"]["unreadable"]


def test_nothing_pending_is_said_in_words_and_in_json(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    with running({}) as sandbox:
        point_at(monkeypatch, sandbox.url)
        assert "No escalation waits for a decision." in command("queue").out
        assert command("queue", "--json").json == []


def without(number: str) -> World:
    """The small world with an approval whose escalation cannot be read."""
    world = small_world()
    world.rows[ESCALATION] = [row for row in world.rows[ESCALATION] if row["number"] != number]
    return world


def test_a_blind_desk_is_told_from_an_empty_one(
    command: Command, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for user, unread in (
        ("no.role", {"approvals": [], "withheld": 5}),
        ("itil.user", {"approvals": [sid("approval", number) for number in range(1, 6)], "withheld": 0}),
    ):
        point_at(monkeypatch, sandbox.url, user)
        for words in (("queue",), ("plan",), ("plan", "--detailed-exitcode", "--out", str(tmp_path / "plan.json"))):
            ran = command(*words)
            assert "No escalation waits" not in ran.out
            assert "5 approvals wait for what the account cannot read" in ran.out
            assert (ran.code, f"Error: {sandbox.url}: 5 approvals wait for what {user} cannot read" in ran.err) == (
                1,
                True,
            )
        ran = command("queue", "--json")
        assert (ran.code, ran.json) == (1, [])
        ran = command("plan", "--json")
        assert (ran.code, ran.json["unread"], ran.json["decisions"]) == (1, unread, [])
        assert read_plan(tmp_path / "plan.json").unread == Unread.model_validate(unread)


@pytest.mark.parametrize(
    ("closed", "withheld", "waits", "why"),
    [
        (0, 58, "58 approvals wait", "all 58 are hidden from the account"),
        (0, 1, "1 approval waits", "it is hidden from the account"),
        (5, 0, "5 approvals wait", "the escalations of all 5 are SHUT"),
        (1, None, "1 approval waits", "its escalation is SHUT"),
        (1, 1, "2 approvals wait", "1 of them is hidden from the account, and the escalation of 1 of them is SHUT"),
        (3, 4, "7 approvals wait", "4 of them are hidden from the account, and the escalations of 3 of them are SHUT"),
    ],
)
def test_why_nothing_can_be_read_is_told_by_the_causes_that_there_are(
    configuration: Path, closed: int, withheld: int | None, waits: str, why: str
) -> None:
    approvals = [approval(sys_id=sid("approval", number)) for number in range(closed)]
    seen = SimpleNamespace(url="http://desk", user_name="ana", configuration=load_configuration(configuration))
    with pytest.raises(NothingReadable) as caught:
        require_sight(Pending((), approvals, withheld), seen)  # type: ignore[arg-type]
    told = re.sub("escalations?", rf"\g<0> ({ESCALATION})", why).replace("SHUT", "missing or closed to the account")
    assert str(caught.value) == (
        f"http://desk: {waits} for what ana cannot read: {told}. Give the account the rights that it lacks; "
        f"`snow-escalations doctor` tells which"
    )


@pytest.mark.parametrize(
    ("beside", "withheld", "waits", "decide"),
    [
        (0, 1, "1 approval waits", "decide it"),
        (1, 1, "1 more approval waits", "decide it"),
        (0, 4, "4 approvals wait", "decide them"),
        (1, 4, "4 more approvals wait", "decide them"),
    ],
)
def test_approvals_that_are_hidden_are_counted_in_words_that_fit(
    capsys: pytest.CaptureFixture[str], beside: int, withheld: int, waits: str, decide: str
) -> None:
    warn_of_unread(Pending([dossier()] * beside, (), withheld))
    told = capsys.readouterr().err
    assert told.startswith(f"Warning: {waits}, which the account may not read; ")
    assert told.endswith(f" {decide}\n")


def test_a_desk_that_is_read_in_part_says_so(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(without("ESC0000003").rows) as sandbox:
        point_at(monkeypatch, sandbox.url)
        for word in ("queue", "plan"):
            ran = command(word)
            assert (ran.code, "4 pending" in ran.out) == (0, True)
            assert "Not in this list: 1 more approval waits for what the account cannot read." in ran.out
        assert command("plan", "--json").json["unread"] == {"approvals": [sid("approval", 3)], "withheld": 0}


def test_an_instance_that_does_not_count_is_not_taken_for_an_empty_one(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("snow_escalations.servicenow.tables._count", lambda _: None)
    with running({}) as sandbox:
        point_at(monkeypatch, sandbox.url)
        ran = command("queue")
    assert (ran.code, "the instance does not say how many it hides" in ran.out) == (0, True)


def test_a_case_whose_escalations_are_hidden_is_not_one_that_was_never_escalated(
    snow: Command, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Desk.find
    monkeypatch.setattr(Desk, "find", lambda desk, number: (find(desk, number)[0], ()))
    for hidden, words in ((2, "2 escalations"), (None, "does not say how many")):
        monkeypatch.setattr(Desk, "hidden_escalations", lambda *_, count=hidden: count)
        ran = snow("show", "CS0000001")
        assert ("never been escalated" in ran.out, words in ran.out) == (False, True)
        assert snow("show", "CS0000001", "--json").json["hidden_escalations"] == hidden
        assert words in snow("explain", "CS0000001").err


def test_what_could_not_be_read_is_warned_of(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(without("ESC0000003").rows) as sandbox:
        point_at(monkeypatch, sandbox.url)
        ran = command("queue", "--json")
        assert f"approval {sid('approval', 3)} waits for an escalation that cannot be read" in ran.err
        point_at(monkeypatch, sandbox.url, "no.role")
        assert "5 approvals wait, which the account may not read" in command("queue", "--json").err


@pytest.mark.parametrize(
    "arguments", [("queue",), ("queue", "--json"), ("show", "ESC0000001"), ("plan",), ("plan", "--json")]
)
def test_reading_commands_write_nothing(snow: Command, sandbox: Sandbox, arguments: tuple[str, ...]) -> None:
    assert snow(*arguments).code == 0
    assert {item.method for item in sandbox.requests} == {"GET"}


def test_an_escalation_is_shown_with_its_case_conversation_verdict_and_reply(snow: Command) -> None:
    ran = snow("show", "esc0000001")
    assert ran.code == 0
    for words in (
        "ESC0000001  Requested",
        "Inactivity",
        "Justification 1",
        "requested: Mia Manager",
        "ESC0000005 is pending for the same source",
        "CS0000001  Case 1",
        "comment by ana.sousa (customer)",
        "work note by sam.support (us)",
        "Any news?",
        "since_last_reply",
        "2 hours (",
        "Reference ESC0000001-",
    ):
        assert words in ran.out


def test_a_case_is_shown_with_all_its_escalations(snow: Command) -> None:
    ran = snow("show", "CS0000002", "--json")
    assert [item["escalation"]["number"] for item in ran.json["dossiers"]] == ["ESC0000009", "ESC0000002"]
    first, second = ran.json["dossiers"]
    assert first["decision"] is None
    assert second["decision"]["verdict"] == "approve"
    assert [entry["text"] for entry in second["cases"][0]["journal"]["entries"]] == ["We look into it.", "Hello?"]


def test_an_account_escalation_is_shown_from_both_sides(snow: Command) -> None:
    of_escalation = snow("show", "ESC0000004").out
    assert "account Boxeo, 2 linked cases" in of_escalation
    assert "CS0000004" in of_escalation
    assert "ESC0000004" in snow("show", "CS0000005").out


def test_a_case_that_was_never_escalated_is_shown_all_the_same(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    world.contact(1, "Ana Sousa")
    world.case(7)
    world.comment(7, "ana.sousa", "2026-11-01 10:00:00", "hello")
    with running(world.rows) as sandbox:
        point_at(monkeypatch, sandbox.url)
        ran = command("show", "CS0000007")
        assert "This case has never been escalated." in ran.out
        assert "hello" in ran.out
        assert command("show", "CS0000007", "--json").json["case"]["number"] == "CS0000007"


def test_a_number_that_names_nothing_is_an_error_of_the_work(snow: Command) -> None:
    ran = snow("show", "CS9999999")
    assert ran.code == 1
    assert "there is no escalation and no case of this number" in ran.err


def test_a_number_that_is_a_query_is_refused(snow: Command, sandbox: Sandbox) -> None:
    ran = snow("show", "CS1^ORnumber!=CS1")
    assert ran.code == 2
    assert "holds `^`" in ran.err
    assert len(sandbox.requests) == 0


def test_a_journal_that_cannot_be_read_is_said_so_and_holds(
    sandbox: Sandbox, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_at(monkeypatch, sandbox.url, "case.agent")
    ran = command("--now", "2026-11-18T10:00:00Z", "show", "ESC0000001")
    assert "comment by Ana Sousa (unknown)" in ran.out
    assert "it is not known who wrote" in ran.out


def test_words_of_a_record_cannot_command_the_terminal(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world()
    nasty = "\x1b[2J\x1b]0;owned\x07[red]bold[/red] {{ 7*7 }} \u202e [code]x[/code]"
    world.rows[ESCALATION][0]["escalation_justification"] = nasty
    world.comment(1, "ana.sousa", "2026-11-18 00:00:00", nasty)
    with running(world.rows) as sandbox:
        point_at(monkeypatch, sandbox.url)
        out = command("show", "ESC0000001").out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "[red]bold[/red]" in out
    assert "{{ 7*7 }}" in out


def test_a_plan_is_printed_written_and_read_back(snow: Command, tmp_path: Path) -> None:
    ran = snow("plan", "--out", "today.json")
    assert ran.code == 0
    assert "Written to today.json. Carry the 2 decisions out with: snow-escalations apply today.json" in ran.out
    plan = read_plan(tmp_path / "today.json")
    assert len(plan.decisions) == 5
    printed = snow("plan", "--json").json
    written = json.loads((tmp_path / "today.json").read_text())
    assert set(written) == set(printed)
    assert written["decisions"] == printed["decisions"]


def test_a_plan_with_something_to_do_is_a_finding_if_asked_for(
    snow: Command, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert snow("plan", "--detailed-exitcode").code == 3
    with running({}) as empty:
        point_at(monkeypatch, empty.url)
        assert command("plan", "--detailed-exitcode", "--out", "empty.json").code == 0
        assert Path("empty.json").exists()


def test_a_plan_that_cannot_be_written_is_an_error_and_no_traceback(snow: Command) -> None:
    ran = snow("plan", "--out", "none/today.json")
    assert ran.code == 1
    assert "the plan cannot be written" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("kind", [Kind.CUT_BODY, Kind.ERROR_BESIDE_RESULT, Kind.HTML_200, Kind.EMPTY_200])
def test_an_answer_that_is_not_whole_shows_no_queue(
    snow: Command, sandbox: Sandbox, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__RETRIES__ATTEMPTS", "1")
    sandbox.faults.add(Fault(kind, table=ESCALATION))
    ran = snow("queue", "--json")
    assert ran.code == 1
    assert ran.out == ""
    assert ran.err.startswith("Error: GET sn_customerservice_escalation:")


def test_a_renamed_field_stops_the_queue_instead_of_widening_it(snow: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """The instance drops the condition on a field that it does not have, and returns every approval."""
    monkeypatch.setenv("SNOW_ESCALATIONS_DIALECT__FIELDS__APPROVAL__STATE", "u_state")
    ran = snow("queue")
    assert ran.code == 1
    assert "does not meet the condition `u_state=requested`" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("command_name", ["show", "explain"])
def test_an_empty_number_is_refused_before_anything_is_asked(snow: Command, command_name: str) -> None:
    ran = snow(command_name, " ")
    assert (ran.code, ran.out) == (2, "")
    assert "NUMBER is empty" in ran.err


def test_no_shadow_rule_is_said_to_decide_otherwise(snow: Command, configuration: Path) -> None:
    acting = "rules:\n  - {name: it is acted on, when: {priority: {equals: low}}, verdict: approve, reply: approved}\n"
    (configuration / "policy.yaml").write_text(acting.replace("reply:", "mode: shadow, reply:"), encoding="utf-8")
    assert [item["first_differing"] for item in snow("queue", "--json").json] == [None] * 5
    (configuration / "policy.yaml").write_text(acting, encoding="utf-8")
    assert snow("queue", "--json").json[1]["first_differing"]["rule"] == "it is acted on"
