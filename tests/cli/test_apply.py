"""`apply`, `doctor`, `demo` and `sandbox serve` as a person runs them."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from snow_escalations.sandbox import Actor, Fault, Kind, Sandbox
from tests.cli.conftest import NOW, Command
from tests.support.instance import APPROVAL, CASE, ESCALATION, sid


def states(sandbox: Sandbox) -> dict[int, str]:
    return {number: (sandbox.store.get(APPROVAL, sid("approval", number)) or {})["state"] for number in (1, 2, 3)}


def test_a_plan_is_carried_out_and_can_be_applied_again(snow: Command, sandbox: Sandbox) -> None:
    snow("plan", "--out", "today.json")
    ran = snow("apply", "today.json", "--wait", "0")
    assert ran.code == 0
    assert "[1/2] ESC0000002 done: approved, and answered on the case" in ran.out
    assert "[2/2] ESC0000001 done: rejected, and answered on the case" in ran.out
    assert "2 decisions: 2 approvals set, 2 comments posted." in ran.out
    assert states(sandbox) == {1: "rejected", 2: "approved", 3: "requested"}
    again = snow("apply", "today.json", "--wait", "0")
    assert again.code == 0
    assert "0 approvals set, 0 comments posted" in again.out


def test_what_became_of_each_decision_as_json(snow: Command) -> None:
    snow("plan", "--out", "today.json")
    ran = snow("apply", "today.json", "--wait", "0", "--json")
    assert [(item["escalation"]["number"], item["status"], item["rolled_up"]) for item in ran.json] == [
        ("ESC0000002", "done", "requested"),
        ("ESC0000001", "done", "requested"),
    ]


def test_escalations_that_do_not_follow_are_told(snow: Command) -> None:
    snow("plan", "--out", "today.json")
    assert "These escalations have not followed yet" in snow("apply", "today.json", "--wait", "0").out


def test_a_decision_that_the_gate_refuses_exits_with_4(snow: Command, sandbox: Sandbox) -> None:
    snow("plan", "--out", "today.json")
    person = Actor("mia.manager", sid("user", 1), frozenset({"admin"}))
    sandbox.store.update(CASE, sid("case", 1), {"comments": "wait"}, person)
    ran = snow("apply", "today.json", "--wait", "0")
    assert ran.code == 4
    assert "[2/2] ESC0000001 held: CS0000001 changed since the plan" in ran.out


def test_a_decision_that_fails_exits_with_1_and_the_others_go_on(snow: Command, sandbox: Sandbox) -> None:
    snow("plan", "--out", "today.json")
    sandbox.faults.add(Fault(Kind.ERROR_BEFORE_COMMIT, method="PATCH", nth=1))
    ran = snow("apply", "today.json", "--wait", "0")
    assert ran.code == 1
    assert states(sandbox) == {1: "rejected", 2: "requested", 3: "requested"}


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"instance": "https://other.example"}, 4, "the plan was made for https://other.example"),
        ({"expires_at": "2026-11-18T09:00:00Z"}, 4, "the plan expired at 2026-11-18 09:00:00 UTC"),
    ],
)
def test_a_plan_for_elsewhere_or_of_yesterday_is_refused_whole(
    snow: Command, sandbox: Sandbox, change: dict[str, str], code: int, words: str
) -> None:
    from snow_escalations.decisions.digest import digest_of
    from snow_escalations.decisions.plan_file import plan_text
    from snow_escalations.model import Plan

    snow("plan", "--out", "today.json")
    content = {**json.loads(Path("today.json").read_text()), **change, "digest": ""}
    plan = Plan.model_validate(content)
    Path("today.json").write_text(plan_text(plan.model_copy(update={"digest": digest_of(plan)})))
    sandbox.requests.clear()
    ran = snow("apply", "today.json", "--wait", "0")
    assert ran.code == code
    assert words in ran.err
    assert not [item for item in sandbox.requests if item.method != "GET"]


def test_a_plan_expires_by_the_present_whatever_instant_is_judged_by(snow: Command, command: Command) -> None:
    snow("plan", "--out", "today.json")
    content = json.loads(Path("today.json").read_text())
    assert content["judged_at"] == "2026-11-18T10:00:00Z"
    created, expires = (datetime.fromisoformat(content[name]) for name in ("created_at", "expires_at"))
    assert expires - created == timedelta(hours=24)
    assert content["created_at"] != content["judged_at"]
    assert command("--now", "2035-01-01T00:00:00Z", "apply", "today.json", "--wait", "0").code == 0


def test_what_was_done_is_told_even_if_the_last_look_fails(snow: Command, sandbox: Sandbox) -> None:
    snow("plan", "--out", "today.json")
    sandbox.faults.add(Fault(Kind.FORBIDDEN, method="GET", table=ESCALATION))
    ran = snow("apply", "today.json", "--json", "--wait", "0")
    assert ran.code == 1
    assert [item["status"] for item in ran.json] == ["done", "done"]
    assert "GET sn_customerservice_escalation" in ran.err


def test_a_refused_login_is_told_once(snow: Command, sandbox: Sandbox) -> None:
    snow("plan", "--out", "today.json")
    sandbox.requests.clear()
    sandbox.faults.add(Fault(Kind.UNAUTHORIZED))
    ran = snow("apply", "today.json", "--wait", "0")
    assert (ran.code, len(sandbox.requests)) == (1, 1)
    assert "the login is refused" in ran.err


def test_the_doctor_tells_by_table_json_and_exit_code(snow: Command, command: Command) -> None:
    ran = snow("doctor")
    assert ran.code == 0
    assert "glide.invalid_query.returns_no_rows" in ran.out
    assert "Set commitments.contact" in ran.out
    findings = snow("doctor", "--json").json
    assert {tuple(item) for item in findings} == {("check", "status", "detail", "remedy")}


def test_the_doctor_fails_with_1(snow: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__AUTH__PASSWORD", "wrong")
    ran = snow("doctor")
    assert ran.code == 1
    assert "the login is refused" in ran.out


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}


def test_the_sandbox_prints_one_line_answers_and_stops_cleanly() -> None:
    for stop in (signal.SIGINT, signal.SIGTERM):
        with started("sandbox", "serve", "--port", "0", "--now", NOW) as run:
            assert run.stdout is not None
            line = run.stdout.readline()
            match = re.fullmatch(r"sandbox listening on (http://127\.0\.0\.1:\d+)\n", line)
            assert match is not None
            answer = requests.get(
                f"{match[1]}/api/now/table/sys_user?sysparm_limit=1", auth=("admin", "admin"), timeout=10
            )
            assert answer.status_code == 200
            run.send_signal(stop)
            out, err = run.communicate(timeout=20)
            assert (run.returncode, out, err) == (0, "", "")


def test_the_demo_tells_the_whole_job(command: Command) -> None:
    ran = command("--now", NOW, "demo")
    assert ran.code == 0
    for words in (
        "A sandbox with the demo desk is listening on http://127.0.0.1:",
        "25 pending:",
        "Reference ESC",
        "done: approved, and answered on the case",
        "done: rejected, and answered on the case",
        "Requested -> Escalated",
        "Requested -> Declined",
        "Where to look next",
    ):
        assert words in ran.out
    assert "failed" not in ran.out


@contextmanager
def started(*arguments: str, interrupts: "signal.Handlers | None" = None) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is stopped, and is ended in any case; with SIGINT ignored if `interrupts` say so.

    A program that was started with it ignored passes that on to those that it starts, so it is set in both cases.
    """
    before = signal.signal(signal.SIGINT, interrupts or signal.default_int_handler)
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "snow_escalations.cli", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("stop", "interrupts"),
    [(signal.SIGINT, None), (signal.SIGTERM, signal.SIG_IGN)],
)
def test_the_demo_keeps_its_sandbox_until_it_is_stopped(
    stop: signal.Signals, interrupts: "signal.Handlers | None"
) -> None:
    with started("--now", NOW, "demo", "--keep", interrupts=interrupts) as process:
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(line)
            if line.startswith("  snow-escalations queue"):
                break
        url = next(line.partition("URL=")[2].strip() for line in told if "INSTANCE__URL=" in line)
        answer = requests.get(f"{url}/api/now/table/sys_user?sysparm_limit=1", auth=("admin", "admin"), timeout=10)
        process.send_signal(stop)
        _, errors = process.communicate(timeout=20)
    assert answer.status_code == 200
    assert (process.returncode, errors) == (0, "")
    assert "The sandbox goes on until Ctrl-C. In another terminal:\n" in told


def test_a_demo_on_which_everything_is_held_says_so(command: Command, tmp_path: Path) -> None:
    command("init", "config")
    policy = "rules:\n  - name: a person looks\n    when: {source: {one_of: [case, account]}}\n    verdict: hold\n"
    (tmp_path / "config" / "policy.yaml").write_text(policy, encoding="utf-8")
    ran = command("--now", NOW, "--config", "config", "demo")
    assert ran.code == 0
    assert "No reply: every escalation is held for a person." in ran.out
    assert "0 decisions: 0 approvals set, 0 comments posted." in ran.out


@pytest.mark.parametrize("wait", ["nan", "inf", "-1", "3601"])
def test_a_wait_without_an_end_is_refused(snow: Command, wait: str) -> None:
    ran = snow("apply", "today.json", "--wait", wait)
    assert ran.code == 2
    assert "--wait" in ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_what_was_done_is_told_even_if_it_cannot_be_printed(snow: Command, tmp_path: Path) -> None:
    snow("plan", "--out", "today.json")
    command = [sys.executable, "-m", "snow_escalations.cli", "apply", str(tmp_path / "today.json"), "--wait", "0"]
    with open("/dev/full", "wb") as full:  # noqa: PTH123  (a device, not a file)
        done = subprocess.run([*command, "--json"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    told = "the decisions were carried out (4 writes), but what became of them cannot be printed"
    assert told in done.stderr.decode()
