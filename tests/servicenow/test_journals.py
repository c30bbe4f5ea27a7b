"""Journals are read whole, or by the other way, or not at all; and never is "closed" taken for "empty"."""

import pytest

from snow_escalations.model import AuthorKind, Element, Journal
from snow_escalations.sandbox import Fault, Kind, Sandbox
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import InstanceFailed
from snow_escalations.servicenow.journals import Journals
from snow_escalations.servicenow.options import BasicLogin
from snow_escalations.servicenow.tables import Tables
from tests.support.instance import JOURNAL, World, connected, running, sid, small_world

AGENT = BasicLogin("case.agent", "sandbox")  # may read cases, but not the journal table


def journals(connection: Connection) -> Journals:
    return Journals(Tables(connection), Dialect(), connection.options.journal_page_size)


def read(connection: Connection, *cases: int) -> list[Journal]:
    found = journals(connection).read([sid("case", number) for number in cases])
    return [found[sid("case", number)] for number in cases]


def texts(journal: Journal) -> list[str]:
    return [entry.text for entry in journal.entries]


def test_entries_of_many_cases_come_in_one_request_oldest_first(sandbox: Sandbox, connection: Connection) -> None:
    first, second, fourth = read(connection, 1, 2, 4)
    assert [entry.text for entry in first.of(Element.COMMENTS)] == ["Any news?", "Please send the log."]
    assert texts(second) == ["We look into it.", "Hello?"]
    assert (fourth.entries, fourth.unreadable) == ((), None)
    assert len(sandbox.requests) == 1
    assert {entry.author for entry in first.entries} == {"ana.sousa", "sam.support"}
    assert all(entry.sys_id for entry in first.entries)


def test_a_closed_journal_table_is_read_from_the_display_text(sandbox: Sandbox) -> None:
    with connected(sandbox.url, AGENT) as connection:
        first, fourth = read(connection, 1, 4)
    assert [entry.text for entry in first.of(Element.COMMENTS)] == ["Any news?", "Please send the log."]
    assert [entry.text for entry in first.of(Element.WORK_NOTES)] == ["internal words"]
    assert {entry.author_kind for entry in first.entries} == {AuthorKind.UNKNOWN}
    assert {entry.author for entry in first.entries} == {"Ana Sousa", "Sam Support"}
    assert (fourth.entries, fourth.unreadable) == ((), None)


def test_the_display_text_has_the_same_instants_as_the_rows(sandbox: Sandbox) -> None:
    with connected(sandbox.url) as connection:
        by_rows = read(connection, 1)[0]
    with connected(sandbox.url, AGENT) as connection:
        by_text = read(connection, 1)[0]
    assert sorted(item.created_at for item in by_text.entries) == sorted(item.created_at for item in by_rows.entries)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe"])
def test_the_zone_of_the_account_does_not_move_the_instants(zone: str) -> None:
    with running(properties={"glide.sys.default.tz": zone}) as sandbox:
        with connected(sandbox.url) as connection:
            by_rows = read(connection, 1)[0]
        with connected(sandbox.url, AGENT) as connection:
            by_text = read(connection, 1)[0]
    assert sorted(item.created_at for item in by_text.entries) == sorted(item.created_at for item in by_rows.entries)


def test_an_empty_journal_is_believed_only_after_the_table_was_seen_open() -> None:
    """No entry at all: the display text of the case is asked too, as a closed table looks the same."""
    world = small_world()
    del world.rows[JOURNAL]
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        assert read(connection, 4)[0] == Journal()
        assert [item.table for item in sandbox.requests] == [JOURNAL, "sn_customerservice_case"]


def test_a_table_that_is_known_to_be_closed_is_not_asked_again(sandbox: Sandbox) -> None:
    with connected(sandbox.url, AGENT) as connection:
        reader = journals(connection)
        reader.read([sid("case", 1)])
        sandbox.requests.clear()
        reader.read([sid("case", 2)])
    assert [item.table for item in sandbox.requests] == ["sn_customerservice_case"]


def test_a_refused_journal_table_is_read_from_the_display_text(sandbox: Sandbox, connection: Connection) -> None:
    sandbox.faults.add(Fault(Kind.FORBIDDEN, table=JOURNAL))
    assert "Any news?" in texts(read(connection, 1)[0])


def test_a_case_that_cannot_be_read_has_an_unreadable_journal(sandbox: Sandbox) -> None:
    with connected(sandbox.url, BasicLogin("no.role", "sandbox")) as connection:
        (journal,) = read(connection, 1)
    assert journal.unreadable == "the case itself cannot be read"


def test_an_instance_that_fails_is_not_an_empty_journal(sandbox: Sandbox, connection: Connection) -> None:
    sandbox.faults.add(Fault(Kind.ERROR_BEFORE_COMMIT, table=JOURNAL))
    with pytest.raises(InstanceFailed):
        read(connection, 1)


def test_a_long_journal_comes_in_pages() -> None:
    world = World()
    world.contact(1, "Ana Sousa")
    world.case(1)
    for number in range(25):
        world.comment(1, "ana.sousa", f"2026-11-01 10:00:{number:02d}", f"line {number}")
    with running(world.rows) as sandbox, connected(sandbox.url, journal_page_size=10) as connection:
        (journal,) = read(connection, 1)
        assert texts(journal) == [f"line {number}" for number in range(25)]
        assert len(sandbox.requests) == 3
