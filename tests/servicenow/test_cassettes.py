"""Whole conversations of the client with the sandbox, replayed without it: each kind of call, and each error.

They are recorded from the sandbox by `make cassettes`, and from nothing else. A request that the client does not make
any more, or makes differently, fails here. Lost connections cannot be recorded; test_session.py has them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from snow_escalations.decisions.carry_out import CarryOut
from snow_escalations.decisions.gate import Gate
from snow_escalations.decisions.outcome import Status
from snow_escalations.decisions.records import Records
from snow_escalations.model import Outcome
from snow_escalations.sandbox import Fault, Kind
from snow_escalations.servicenow.account import own_user
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.desk import Desk
from snow_escalations.servicenow.dialect import ApprovalFields, Dialect, Fields
from snow_escalations.servicenow.dialect import Tables as TableNames
from snow_escalations.servicenow.errors import (
    Forbidden,
    IncompleteAnswer,
    InstanceFailed,
    InstanceHibernating,
    InstanceUnavailable,
    NotAuthenticated,
    NotFound,
    NotLanded,
    OutcomeUnknown,
    QueryRefused,
    RateLimited,
    RejectedByRule,
    UnexpectedRow,
    UnknownTable,
)
from snow_escalations.servicenow.journals import Journals
from snow_escalations.servicenow.options import ApiKeyLogin, BasicLogin, Login, OAuthLogin, Retries
from snow_escalations.servicenow.query import Queries
from snow_escalations.servicenow.tables import Tables
from tests.support.cassettes import ADDRESS, DIRECTORY, cassette, path_of
from tests.support.instance import CASE, NOW, SERVICE, FakeTime, connected, running, sid
from tests.support.planning import planner

ONCE = Retries(attempts=1)
CASES = Queries(Dialect()).of(CASE)
OAUTH = {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}


@dataclass(frozen=True)
class Conversation:
    """What the client does, as whom, and what goes wrong at the instance meanwhile."""

    talk: Callable[[Connection], None]
    login: Login = SERVICE
    faults: tuple[Fault, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


def read_cases(connection: Connection, size: int | None = None) -> list[str]:
    return [str(row["number"]) for row in Tables(connection).rows(CASES, ["number"], size=size)]


def read_pages(connection: Connection) -> None:
    assert read_cases(connection, 2) == [f"CS000000{number}" for number in range(1, 6)]


def read_one(connection: Connection) -> None:
    query = CASES.where("number", Operator.EQUALS, "CS0000002")
    row = Tables(connection).get(query, ["state", "account"], display="all")
    assert row["account"] == {"display_value": "Boxeo", "value": sid("account", 1)}


def read_missing(connection: Connection) -> None:
    with pytest.raises(NotFound):
        Tables(connection).get(CASES.where("number", Operator.EQUALS, "CS9999999"), [])


def gather(connection: Connection) -> None:
    pending = Desk(connection, Dialect()).pending(NOW)
    assert [len(dossier.cases) for dossier in pending.dossiers] == [2, 1, 1, 1, 1]
    assert own_user(Tables(connection), Dialect(), "mia.manager") is not None


def find(connection: Connection) -> None:
    case, escalations = Desk(connection, Dialect()).find("CS0000001")
    assert case is not None
    assert len(escalations) == 2


def journal(connection: Connection) -> None:
    found = Journals(Tables(connection), Dialect(), 1000).read([sid("case", 1)])[sid("case", 1)]
    assert [entry.text for entry in found.entries if "internal" not in entry.text] == [
        "Any news?",
        "Please send the log.",
    ]


def carry_out(outcome: Outcome) -> Callable[[Connection], None]:
    def talk(connection: Connection) -> None:
        made = planner(instance=ADDRESS).plan(Desk(connection, Dialect()).pending(NOW).dossiers, NOW)
        tables = Tables(connection)
        records = Records(tables, Dialect(), Journals(tables, Dialect(), 1000))
        run = CarryOut(
            Gate(tables, Dialect(), made, ADDRESS, lambda: NOW), records, Dialect(), own_user_name=SERVICE.user
        )
        decision = next(item for item in made.decisions if item.verdict.outcome is outcome)
        assert run(decision).status is Status.DONE
        assert run(decision).status is Status.ALREADY_DONE

    return talk


def comment(connection: Connection) -> None:
    Tables(connection).patch(CASE, sid("case", 1), {"comments": "words"}, journals=["comments"])


def fails(kind: type[Exception], talk: Callable[[Connection], Any]) -> Callable[[Connection], None]:
    def failing(connection: Connection) -> None:
        with pytest.raises(kind) as caught:
            talk(connection)
        assert type(caught.value) is kind

    return failing


def read_choices(connection: Connection) -> None:
    query = Queries(Dialect()).of("sys_choice").where("name", Operator.EQUALS, "task")
    list(Tables(connection).rows(query, ["value"]))


def read_unknown_table(connection: Connection) -> None:
    dialect = Dialect(tables=TableNames(case="u_no_such_table"))
    list(Tables(connection).rows(Queries(dialect).of("u_no_such_table"), []))


def read_with_renamed_field(connection: Connection) -> None:
    Desk(connection, Dialect(fields=Fields(approval=ApprovalFields(state="u_state")))).poll()


def patch_dropped_choice(connection: Connection) -> None:
    Tables(connection).patch(CASE, sid("case", 1), {"priority": "99"})


def patch_closed(connection: Connection) -> None:
    Tables(connection).patch(CASE, sid("case", 1), {"state": "3"})
    comment(connection)


def limited(connection: Connection) -> None:
    assert len(read_cases(connection)) == 5


def read_twice(connection: Connection) -> None:
    limited(connection)
    limited(connection)


def read_after_an_hour(connection: Connection) -> None:
    limited(connection)
    connection._around.sleep(3600)
    limited(connection)


CONVERSATIONS = {
    "read-pages": Conversation(read_pages),
    "read-one": Conversation(read_one),
    "read-missing": Conversation(read_missing),
    "gather-dossiers": Conversation(gather),
    "find-by-number": Conversation(find),
    "journal-rows": Conversation(journal),
    "journal-display-text": Conversation(journal, BasicLogin("case.agent", "sandbox")),
    "append-comment": Conversation(comment),
    "carry-out-rejection": Conversation(carry_out(Outcome.REJECT)),
    "carry-out-approval": Conversation(carry_out(Outcome.APPROVE)),
    "login-api-key": Conversation(limited, ApiKeyLogin("sandbox-api-key")),
    "login-oauth-password": Conversation(
        limited, OAuthLogin("password", **OAUTH, user="snow.escalations", password="sandbox")
    ),
    "login-oauth-client-credentials": Conversation(limited, OAuthLogin("client_credentials", **OAUTH)),
    "login-oauth-renewed-after-401": Conversation(
        read_twice,
        OAuthLogin("password", **OAUTH, user="snow.escalations", password="sandbox"),
        (Fault(Kind.TOKEN_EXPIRED, path="/table/", nth=2),),
    ),
    "login-oauth-refreshed": Conversation(
        read_after_an_hour, OAuthLogin("password", **OAUTH, user="snow.escalations", password="sandbox")
    ),
    "login-refused": Conversation(
        fails(NotAuthenticated, read_cases), BasicLogin("snow.escalations", "not-the-password")
    ),
    "login-oauth-refused": Conversation(
        fails(NotAuthenticated, read_cases), OAuthLogin("client_credentials", "sandbox-client", "not-the-secret")
    ),
    "rate-limit-waited-out": Conversation(limited, faults=(Fault(Kind.TOO_MANY_REQUESTS, nth=1, retry_after=3),)),
    "rate-limit-too-long": Conversation(
        fails(RateLimited, read_cases), faults=(Fault(Kind.TOO_MANY_REQUESTS, retry_after=3600),)
    ),
    "queue-full-waited-out": Conversation(
        limited, faults=(Fault(Kind.TOO_MANY_REQUESTS, nth=1, headers=False, envelope=False),)
    ),
    "request-dropped-sent-again": Conversation(limited, faults=(Fault(Kind.EMPTY_202, nth=1),)),
    "error-forbidden": Conversation(fails(Forbidden, read_cases), faults=(Fault(Kind.FORBIDDEN),)),
    "error-query-refused": Conversation(fails(QueryRefused, read_choices), BasicLogin("case.agent", "sandbox")),
    "error-unknown-table": Conversation(fails(UnknownTable, read_unknown_table)),
    "error-condition-ignored": Conversation(fails(UnexpectedRow, read_with_renamed_field)),
    "error-500-read": Conversation(fails(InstanceFailed, read_cases), faults=(Fault(Kind.ERROR_BEFORE_COMMIT),)),
    "error-500-write": Conversation(
        fails(OutcomeUnknown, comment), faults=(Fault(Kind.ERROR_AFTER_COMMIT, method="PATCH"),)
    ),
    "error-502": Conversation(fails(InstanceUnavailable, read_cases), faults=(Fault(Kind.BAD_GATEWAY),)),
    "error-503": Conversation(fails(InstanceUnavailable, read_cases), faults=(Fault(Kind.UNAVAILABLE),)),
    "error-hibernating": Conversation(fails(InstanceHibernating, read_cases), faults=(Fault(Kind.HTML_200),)),
    "error-empty": Conversation(fails(IncompleteAnswer, read_cases), faults=(Fault(Kind.EMPTY_200),)),
    "error-cut": Conversation(fails(IncompleteAnswer, read_cases), faults=(Fault(Kind.CUT_JSON),)),
    "error-beside-rows": Conversation(fails(IncompleteAnswer, read_cases), faults=(Fault(Kind.ERROR_BESIDE_RESULT),)),
    "error-not-landed": Conversation(fails(NotLanded, patch_dropped_choice)),
    "error-rule-abort": Conversation(
        fails(RejectedByRule, patch_closed), properties={"sandbox.case.closed_update_aborts": "true"}
    ),
}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_client_still_talks_as_it_was_recorded(name: str, request: pytest.FixtureRequest) -> None:
    conversation = CONVERSATIONS[name]
    settings: dict[str, Any] = {"max_concurrency": 1, **conversation.options}
    if "waited-out" not in name and "sent-again" not in name:
        settings["retries"] = ONCE
    if request.config.getoption("--record-cassettes"):
        with (
            running(properties=conversation.properties) as sandbox,
            connected(sandbox.url, conversation.login, FakeTime(), **settings) as connection,
            cassette(name, record=True),
        ):
            for fault in conversation.faults:
                sandbox.faults.add(fault)
            conversation.talk(connection)
        return
    with (
        cassette(name, record=False) as tape,
        connected(ADDRESS, conversation.login, FakeTime(), **settings) as connection,
    ):
        conversation.talk(connection)
        assert tape.all_played, "recorded requests that the client does not make any more"


def test_every_cassette_belongs_to_a_conversation() -> None:
    assert {path.name for path in DIRECTORY.glob("*.yaml")} == {path_of(name).name for name in CONVERSATIONS}


SECRETS = re.compile(
    r"sandbox-secret|sandbox-api-key|not-the-(?:password|secret)|Basic (?!realm)|Bearer |JSESSIONID|password=sandbox"
)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_no_secret_and_no_address_is_in_a_cassette(name: str) -> None:
    text = path_of(name).read_text(encoding="utf-8")
    assert SECRETS.findall(text) == []
    assert "127.0.0.1" not in text


def test_the_cassettes_say_where_they_come_from() -> None:
    text = (DIRECTORY / "README.md").read_text(encoding="utf-8")
    assert "recorded from the sandbox" in text
    assert "make cassettes" in text
