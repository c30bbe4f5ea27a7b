"""No record stops a pass, whatever dates it was given; what cannot be counted from them is told as unreadable."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Command, point_at
from tests.support.instance import APPROVAL, JOURNAL, running, sid, small_world

STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
OF_ONE = {sid("escalation", 1), sid("case", 1)}


@pytest.mark.parametrize("when", ["0001-01-01 00:00:00", "9999-12-31 23:59:59"])
def test_a_record_at_the_edge_of_the_calendar_stops_no_pass(
    when: str, configuration: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = small_world().rows
    for table, listed in rows.items():
        for row in listed:
            if row["sys_id"] in OF_ONE or table in {APPROVAL, JOURNAL}:
                row.update({name: when for name, value in row.items() if STAMP.fullmatch(value)})
    monkeypatch.setenv("SNOW_ESCALATIONS_CONFIG", str(configuration))
    with running(rows) as sandbox:
        point_at(monkeypatch, sandbox.url)
        for arguments in (
            ["queue"],
            ["explain", "ESC0000001"],
            ["plan", "--out", "p.json"],
            ["apply", "p.json", "--wait", "0"],
        ):
            ran = command("--now", NOW, *arguments)
            assert (ran.code, ran.err) == (0, ""), arguments
        facts = command("--now", NOW, "show", "ESC0000001", "--json").json
    assert f"{when[:10]} lies outside of all calendars" in str(facts)
