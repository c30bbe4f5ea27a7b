"""The doctor finds what is wrong, says what to do, and writes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from snow_escalations.sandbox import Fault, Kind, Sandbox
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.dialect import CaseFields, Dialect, EscalationStates, Fields, States, Tables
from snow_escalations.servicenow.doctor import Finding, FindingStatus, examine
from snow_escalations.servicenow.doctor.examination import Examination, Seen
from snow_escalations.servicenow.options import ApiKeyLogin, BasicLogin, Login, Retries
from tests.support.instance import NOW, SERVICE, FakeTime, options, running, running_desk, small_world
from tests.support.wire import Script, answer, wire


@contextmanager
def examined(
    url: str, login: Login = SERVICE, dialect: Dialect | None = None, now: datetime = NOW, user: str | None = None
) -> Iterator[dict[str, Finding]]:
    seen = Seen(now=lambda: now)
    settings = options(url, login, retries=Retries(attempts=1))
    name = user if user is not None else getattr(login, "user", "")
    with Connection(settings, FakeTime().sources(), on_exchange=seen.note) as connection:
        yield {finding.check: finding for finding in examine(Examination(connection, dialect or Dialect(), name, seen))}


def wrong(findings: dict[str, Finding]) -> dict[str, str]:
    return {name: item.status.value for name, item in findings.items() if item.status is not FindingStatus.OK}


def test_a_sound_instance_has_one_warning_and_nothing_is_written(company: Sandbox) -> None:
    company.requests.clear()
    with examined(company.url) as findings:
        pass
    assert wrong(findings) == {"glide.invalid_query.returns_no_rows": "warning"}
    assert {item.method for item in company.requests} == {"GET"}
    assert {name for name in findings if not name.startswith(("table ", "choices "))} == {
        "address",
        "TLS",
        "login",
        "clock",
        "account",
        "journals",
        "decide own approvals",
        "decide others' approvals",
        "glide.invalid_query.returns_no_rows",
        "rate limits",
    }
    assert all(item.remedy for item in findings.values() if item.status is FindingStatus.WARNING)


def test_with_the_property_on_nothing_is_left_to_warn_of() -> None:
    on = {"glide.invalid_query.returns_no_rows": "true"}
    with running_desk(properties=on) as sandbox, examined(sandbox.url) as found:
        assert wrong(found) == {}


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        (BasicLogin("own.rows", "sandbox"), {"journals": "warning", "decide others' approvals": "warning"}),
        (BasicLogin("itil.user", "sandbox"), {"decide own approvals": "failure"}),
        (
            BasicLogin("no.role", "sandbox"),
            {"table sn_customerservice_case": "failure", "table sysapproval_approver": "failure"},
        ),
        (ApiKeyLogin("sandbox-api-key"), {"account": "warning", "decide own approvals": "warning"}),
    ],
)
def test_missing_rights_are_found(company: Sandbox, login: Any, expected: dict[str, str]) -> None:
    with examined(company.url, login) as findings:
        found = wrong(findings)
    assert {name: found.get(name, "ok") for name in expected} == expected
    assert all(findings[name].remedy for name in expected)


def test_a_refused_login_skips_the_rest(sandbox: Sandbox) -> None:
    with examined(sandbox.url, BasicLogin("snow.escalations", "wrong")) as findings:
        assert findings["login"].status is FindingStatus.FAILURE
        assert findings["address"].status is FindingStatus.OK
        assert {item.status for name, item in findings.items() if name not in {"address", "TLS", "login"}} == {
            FindingStatus.SKIPPED
        }


@pytest.mark.parametrize(
    ("script", "check", "words"),
    [
        (Script([], "reset"), "address", "the connection was lost"),
        (
            answer("<html><title>Instance Hibernating page</title>", "200 OK", "Content-Type: text/html"),
            "address",
            "is hibernating",
        ),
        (answer('{"error":{"message":"Invalid table sys_user"}}', "400 Bad Request"), "login", "no such table"),
    ],
)
def test_an_instance_that_does_not_answer_well_is_told_apart(script: Script, check: str, words: str) -> None:
    with wire(script) as server, examined(server.url) as findings:
        assert findings[check].status is FindingStatus.FAILURE
        assert words in findings[check].detail
        assert findings["tables"].status is FindingStatus.SKIPPED


def test_a_bad_certificate_is_a_failure_of_tls() -> None:
    with (
        wire(Script([b"no TLS here"], eager=True)) as server,
        examined(server.url.replace("http", "https")) as findings,
    ):
        assert findings["TLS"].status is FindingStatus.FAILURE


@pytest.mark.parametrize(
    ("skew", "status", "words"),
    [
        (timedelta(seconds=-20), FindingStatus.OK, "20 s ahead of ours"),
        (timedelta(minutes=2), FindingStatus.WARNING, "120 s behind ours"),
        (timedelta(hours=1), FindingStatus.FAILURE, "3600 s behind ours"),
    ],
)
def test_a_clock_that_goes_wrong_is_measured(
    sandbox: Sandbox, skew: timedelta, status: FindingStatus, words: str
) -> None:
    with examined(sandbox.url, now=NOW + skew) as findings:
        assert findings["clock"].status is status
        assert words in findings["clock"].detail


def test_a_server_without_a_readable_date_is_a_warning() -> None:
    script = answer('{"result":[{"sys_id":"1"}]}', "200 OK", "Date: yesterday")
    with wire(script) as server, examined(server.url, user="") as findings:
        assert findings["clock"].status is FindingStatus.WARNING


def test_an_account_that_is_not_in_utc_is_a_warning() -> None:
    world = small_world()
    world.user(3, "Snow Escalations", time_zone="US/Pacific")
    with running(world.rows) as sandbox, examined(sandbox.url) as findings:
        assert findings["account"].status is FindingStatus.WARNING
        assert "US/Pacific" in findings["account"].detail


def test_names_and_values_that_do_not_fit_are_found(sandbox: Sandbox) -> None:
    dialect = Dialect(
        tables=Tables(account="u_account"),
        fields=Fields(case=CaseFields(priority="u_priority")),
        states=States(escalation=EscalationStates(declined="902")),
    )
    with examined(sandbox.url, dialect=dialect) as findings:
        assert findings["table u_account"].status is FindingStatus.FAILURE
        assert "no such table" in findings["table u_account"].detail
        assert "u_priority does not exist" in findings["table sn_customerservice_case"].detail
        assert "declined = 902" in findings["choices of sn_customerservice_escalation.state"].detail
        assert "dialect.states" in findings["choices of sn_customerservice_escalation.state"].remedy


def test_reasons_are_shown_with_the_keys_that_policies_use(company: Sandbox) -> None:
    with examined(company.url) as findings:
        detail = findings["choices of sn_customerservice_escalation.reason"].detail
    assert "0 = Inactivity (inactivity)" in detail
    assert "2 = Customer Imposed Deadline (customer_imposed_deadline)" in detail


def test_empty_tables_are_a_warning_and_not_a_failure() -> None:
    with running({}) as sandbox, examined(sandbox.url) as findings:
        assert findings["table sysapproval_approver"].status is FindingStatus.WARNING
        assert findings["journals"].status is FindingStatus.WARNING


def test_a_rate_limit_rule_shows_itself() -> None:
    script = answer(
        '{"result":[]}', "200 OK", "X-RateLimit-Limit: 500", "X-RateLimit-Rule: abc", "X-RateLimit-Reset: 1"
    )
    with wire(script) as server, examined(server.url) as findings:
        assert findings["rate limits"].detail == "500 requests an hour by rule abc; requests are paced to it"


def test_a_check_that_breaks_off_is_a_failure_of_its_own(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault(Kind.CUT_BODY, table="sys_choice"))
    with examined(sandbox.url) as findings:
        assert findings["choices"].status is FindingStatus.FAILURE
        assert findings["rate limits"].status is FindingStatus.OK


@pytest.mark.parametrize("kind", [Kind.FORBIDDEN, Kind.ERROR_BEFORE_COMMIT])
def test_closed_and_failing_parts_are_told(sandbox: Sandbox, kind: Kind) -> None:
    sandbox.faults.add(Fault(kind, table="sys_journal_field"))
    sandbox.faults.add(Fault(kind, table="sys_user_has_role"))
    sandbox.faults.add(Fault(kind, table="sysapproval_approver"))
    with examined(sandbox.url) as findings:
        found = wrong(findings)
    assert len(found) >= 3
