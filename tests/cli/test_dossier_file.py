"""A real escalation becomes a policy test: the same verdict comes out of it, whenever it runs."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from snow_escalations.cli.dossier_file import dossier_text
from snow_escalations.model import Dossier, Journal, Part
from tests.cli.conftest import Command, Ran
from tests.support.dossiers import CASE_ID, CUSTOMER, ago, case, comment, dossier

PENDING = ("ESC0000001", "ESC0000002", "ESC0000003", "ESC0000004", "ESC0000005", "ESC0000009")
LATER = ("--now", "2031-05-01T03:00:00Z")


def printed(ran: Ran) -> str:
    """The policy test that was printed."""
    return ran.out.partition("As a policy test:\n\n")[2].partition("\n\n")[0].rstrip()


def results(snow: Command, tests: str) -> dict[str, list[str]]:
    """The problems of each test of a file, as of years later."""
    Path("tests.yaml").write_text(f"tests:\n{tests}\n", encoding="utf-8")
    ran = snow(*LATER, "policy", "test", "tests.yaml", "--json")
    assert ran.err == ""
    return {item["name"]: item["problems"] for item in ran.json["tests"]}


def test_each_escalation_gives_the_same_verdict_in_a_policy_test_whenever_it_runs(snow: Command) -> None:
    written = [printed(snow("explain", number, "--dossier", f"{number}.json")) for number in PENDING]
    assert results(snow, "\n".join(written)) == {number: [] for number in PENDING}
    for number, text in zip(PENDING, written, strict=True):
        explained = snow("explain", number, "--json").json
        if explained["hold_cause"] != "conflict":
            assert f'verdict: "{explained["verdict"]}"' in text
            assert (explained["rule"] is None) or json.dumps(explained["rule"], ensure_ascii=False) in text


def test_the_verdict_of_an_escalation_that_the_policy_does_not_hold_by_itself_is_told_apart(snow: Command) -> None:
    ran = snow("explain", "ESC0000009", "--dossier", "d.json")
    explained = snow("explain", "ESC0000009", "--json").json
    assert (explained["verdict"], explained["hold_cause"]) == ("hold", "conflict")
    assert 'verdict: "approve"' in printed(ran)
    assert "The test expects approve, which is what the policy says by itself; what else holds" in ran.out
    assert "what else holds" not in snow("explain", "ESC0000001", "--dossier", "e.json").out


def test_a_policy_test_of_another_verdict_fails(snow: Command) -> None:
    text = printed(snow("explain", "ESC0000001", "--dossier", "d.json"))
    (problems,) = results(snow, text.replace('"reject"', '"approve"')).values()
    assert problems[0].startswith("expected approve by the rule")


def test_the_file_is_named_from_where_the_tests_are(snow: Command, configuration: Path) -> None:
    inside = configuration / "cases" / "one.json"
    inside.parent.mkdir()
    assert 'dossier: "cases/one.json"' in printed(snow("explain", "ESC0000001", "--dossier", str(inside)))
    outside = printed(snow("explain", "ESC0000001", "--dossier", "one.json"))
    assert f'dossier: "{Path("one.json").resolve()}"' in outside


def test_a_file_that_is_there_is_replaced_only_on_request(snow: Command) -> None:
    path = Path("d.json")
    path.write_text("mine", encoding="utf-8")
    ran = snow("explain", "ESC0000001", "--dossier", "d.json")
    assert (ran.code, ran.out, path.read_text(encoding="utf-8")) == (2, "", "mine")
    assert "d.json is already there; nothing was written. Name another file, or replace it with --overwrite" in ran.err
    assert snow("explain", "ESC0000001", "--dossier", "d.json", "--overwrite").code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["escalation"]["number"] == "ESC0000001"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    alone = snow("explain", "ESC0000001", "--overwrite")
    assert (alone.code, "--overwrite says what --dossier FILE may do" in alone.err) == (2, True)


@pytest.mark.parametrize("place", ["no/such/d.json", "/dev/null"])
def test_a_place_that_takes_no_file_is_told(snow: Command, place: str) -> None:
    ran = snow("explain", "ESC0000001", "--dossier", place)
    assert (ran.code, f"{place}: the dossier cannot be written: " in ran.err) == (1, True)


@pytest.mark.parametrize("form", ["--json", "--markdown"])
def test_what_another_program_reads_has_no_word_of_the_file(snow: Command, form: str) -> None:
    plain = snow("explain", "ESC0000001", form)
    assert snow("explain", "ESC0000001", form, "--dossier", "d.json") == plain
    assert Path("d.json").exists()


def whole(**changes: Any) -> Dossier:
    return dossier(
        comment(CUSTOMER, ago(hours=2.5), "日本語 \u2028 \ud83d \x1b[31m"),
        case=case(unreadable=frozenset(f"field_{number}" for number in range(9))),
        delegated=frozenset({"b", "a", "c"}),
        unread={Part.SERVICE_LEVELS: "closed", Part.EARLIER: "3 rows are hidden"},
        **changes,
    )


def test_a_dossier_comes_back_as_it_was_with_half_characters_too() -> None:
    text = dossier_text(whole())
    assert Dossier.model_validate(json.loads(text.encode("utf-8"))) == whole()
    assert "日本語" in text


def test_what_has_no_order_is_sorted() -> None:
    plain = json.loads(dossier_text(whole(journals={CASE_ID: Journal(unreadable="closed")})))
    assert plain["delegated"] == ["a", "b", "c"]
    assert plain["case"]["unreadable"] == [f"field_{number}" for number in range(9)]
    assert plain["journals"] == {CASE_ID: {"entries": [], "unreadable": "closed"}}
