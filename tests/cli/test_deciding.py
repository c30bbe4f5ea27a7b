"""A person explains, drafts, approves and rejects at the terminal, subject to the same check as a plan."""

import json
import re
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
import pytest

from snow_escalations.sandbox import Actor, Sandbox
from tests.cli.conftest import Command, Ran
from tests.support.instance import APPROVAL, CASE, JOURNAL, sid

FULL = (
    "Dear Ana Sousa,\n\nwe have reviewed your escalation {number} and decided to decline it. The reason: we answered "
    "you on the case today and asked for the log files, and we are waiting for them since. As soon as we have your "
    "files, our engineer continues with the analysis, and we will write to you by tomorrow in any case. If you would "
    "like to talk it over, please call the Escalation Desk at +1 555 0100.\n"
)
YES = (
    "Dear Ana Sousa,\n\nwe have approved your escalation {number}, because your question has waited for us for too "
    "long. Our escalation team takes the case over now, and we will write to you by tomorrow with the next steps. If "
    "you would like to talk it over, please call the Escalation Desk at +1 555 0100.\n"
)


@pytest.fixture
def snow(snow: Command) -> Command:
    """As ever, without waiting for the escalation to follow."""

    def call(*arguments: str) -> Ran:
        decides = arguments[0] in {"approve", "reject"} and "--wait" not in arguments
        return snow(*arguments, *(("--wait", "0") if decides else ()))

    return call


def reply(tmp_path: Path, text: str) -> str:
    path = tmp_path / "reply.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def state(sandbox: Sandbox, number: int) -> str:
    row = sandbox.store.get(APPROVAL, sid("approval", number))
    assert row is not None
    return row["state"]


def ours(sandbox: Sandbox, case: int) -> list[str]:
    rows = sandbox.store.find(JOURNAL, element_id=sid("case", case), element="comments")
    return [row["value"] for row in rows if row["sys_created_by"] == "snow.escalations"]


def writes(sandbox: Sandbox) -> list[str]:
    return [item.table for item in sandbox.requests if item.method != "GET"]


def test_a_verdict_is_explained_rule_by_rule_with_what_would_change_it(snow: Command) -> None:
    ran = snow("explain", "ESC0000003")
    assert ran.code == 0
    for words in (
        "ESC0000003 is held because no rule matches",
        "approve because we have not answered for two days: not matched",
        "since_last_reply is at least 2 days: 30 hours",
        "[sn_customerservice_case.comments of CS0000003]",
        "The stated reason (inactivity) is unverifiable",
        "The nearest flips:",
        "we answered within the last day and wait for the customer",
    ):
        assert words in ran.out, words


def test_flips_are_measured_against_the_verdict_that_is_shown(
    snow: Command, configuration: Path, sandbox: Sandbox
) -> None:
    """No letter passes the check here, so no fact can change what is held, or reject or approve anything."""
    path = configuration / "settings.yaml"
    text = path.read_text(encoding="utf-8")
    assert "\nreply_check:" not in text
    path.write_text(f"{text}\nreply_check:\n  extra_internal_words: [escalation]\n", encoding="utf-8")
    for number in ("ESC0000001", "ESC0000002", "ESC0000003"):
        assert snow("explain", number, "--json").json["flips"] == [], number
    ran = snow("explain", "ESC0000001")
    assert "is held because the draft of the reply `rejected_inactivity` fails the reply check" in ran.out
    told = "no change of a single one changes the verdict while that stands."
    assert (ran.out.rstrip().endswith(told), "nearest flips" in ran.out) == (True, False)
    assert snow("explain", "ESC0000001", "--markdown").out.rstrip().endswith(told)


def test_an_explanation_of_what_is_decided_already_says_so(snow: Command) -> None:
    assert "Note: ESC0000009 no longer waits" in snow("explain", "ESC0000009").err
    assert snow("explain", "ESC0000001").err == ""


def test_an_explanation_is_json_and_markdown_too(snow: Command) -> None:
    shape = snow("explain", "esc0000001", "--json").json
    assert (shape["number"], shape["verdict"], shape["proposed"]) == ("ESC0000001", "reject", None)
    assert [rule["result"] for rule in shape["explanation"]["rules"]][-1] == "matched"
    assert {flip["verdict"] for flip in shape["flips"]} <= {"approve", "hold"}
    assert shape["evidence"]["deadlines"]["value"] == []
    assert shape["evidence"]["stalled"]["value"] is False
    assert snow("explain", "ESC0000001", "--markdown").out.startswith("## ESC0000001\n")


def test_a_case_stands_for_its_one_escalation_that_waits(snow: Command) -> None:
    assert snow("explain", "CS0000002", "--json").json["number"] == "ESC0000002"
    several = snow("explain", "CS0000001")
    assert several.code == 1
    assert "name one of ESC0000001, ESC0000005" in several.err
    assert "no escalation and no case of this number" in snow("explain", "ESC9999999").err


def test_a_case_without_an_escalation_that_waits_says_so(snow: Command, sandbox: Sandbox) -> None:
    sandbox.store.update(APPROVAL, sid("approval", 2), {"state": "approved"}, _admin())
    ran = snow("draft", "CS0000002")
    assert (ran.code, "no escalation of this case waits" in ran.err) == (1, True)


def test_a_draft_is_shown_with_its_check_and_nothing_is_written(snow: Command, sandbox: Sandbox) -> None:
    ran = snow("draft", "ESC0000001")
    assert ran.code == 0
    assert "passes the reply check, 19 points" in ran.out
    assert "reply rejected_inactivity, in en: the contact has no preferred language" in ran.out
    shape = snow("draft", "ESC0000001", "--json").json
    assert (shape["number"], shape["outcome"]) == ("ESC0000001", "reject")
    assert {point["result"] for point in shape["replies"][0]["check"]} == {"pass"}
    assert writes(sandbox) == []


def test_a_hold_has_no_draft_until_it_is_said_for_what(snow: Command) -> None:
    ran = snow("draft", "ESC0000003")
    assert ran.code == 1
    assert "--outcome approve or --outcome reject" in ran.err
    assert snow("draft", "ESC0000003", "--outcome", "reject", "--json").json["outcome"] == "reject"
    shape = snow("draft", "ESC0000003", "--outcome", "approve", "--json").json
    assert shape["replies"][0]["template"] == "approved"


def test_a_draft_is_written_for_reject_to_take(snow: Command, sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    assert snow("draft", "ESC0000001", "--out", str(path)).code == 0
    ran = snow("reject", "ESC0000001", "--reply", str(path), "--yes")
    assert (ran.code, state(sandbox, 1)) == (0, "rejected")
    assert path.read_text(encoding="utf-8").strip() in ours(sandbox, 1)[0]


@pytest.mark.parametrize(("word", "text"), [("reject", FULL), ("approve", YES)])
def test_a_person_decides_what_the_policy_holds(
    snow: Command, sandbox: Sandbox, tmp_path: Path, word: str, text: str
) -> None:
    ran = snow(word, "ESC0000003", "--reply", reply(tmp_path, text.format(number="ESC0000003")), "--yes")
    assert ran.code == 0, ran.err
    assert state(sandbox, 3) == {"reject": "rejected", "approve": "approved"}[word]
    (comment,) = ours(sandbox, 3)
    assert comment.startswith("Dear Ana Sousa,")
    assert "Reference ESC0000003-" in comment


def test_the_comment_of_a_rejection_goes_before_its_state(snow: Command, sandbox: Sandbox, tmp_path: Path) -> None:
    snow("reject", "ESC0000003", "--reply", reply(tmp_path, FULL.format(number="ESC0000003")), "--yes")
    assert writes(sandbox) == [CASE, APPROVAL]


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("No.", "long_enough"),
        (FULL.format(number="ESC0000009"), "names_escalation"),
        (YES.format(number="ESC0000003"), "states_decision"),
        (FULL.format(number="ESC0000003") + "\ninternal words of ours: the score is 0.87.", "no_scores"),
        (FULL.format(number="ESC0000003") + "\nSee 9d385017c611228701d22104cc95c371.", "no_sys_id"),
        (FULL.format(number="ESC0000003") + "\nSee https://wiki.corp.local/x.", "no_internal_hosts"),
        (FULL.format(number="ESC0000003") + "\n[code]<b>x</b>[/code]", "no_code_tag"),
    ],
)
def test_a_reply_that_is_not_full_is_refused_by_name_and_nothing_is_written(
    snow: Command, sandbox: Sandbox, tmp_path: Path, text: str, point: str
) -> None:
    ran = snow("reject", "ESC0000003", "--reply", reply(tmp_path, text), "--yes")
    assert ran.code == 4
    assert point in ran.err
    assert "Nothing was written" in ran.err
    assert writes(sandbox) == []


@pytest.mark.parametrize("setting", ["required: [has_refernce]", "required: []", "min_words_rejection: 0"])
def test_no_setting_lets_a_rejection_go_without_a_full_comment(
    snow: Command, sandbox: Sandbox, tmp_path: Path, configuration: Path, setting: str
) -> None:
    with (configuration / "settings.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\nreply_check: {{{setting}}}\n")
    ran = snow("reject", "ESC0000003", "--reply", reply(tmp_path, "no"), "--yes")
    assert (ran.code, "settings.yaml:" in ran.err, "`reply_check." in ran.err) == (2, True, True)
    assert writes(sandbox) == []


def test_without_a_terminal_a_decision_is_a_dry_run(snow: Command, sandbox: Sandbox, tmp_path: Path) -> None:
    ran = snow("reject", "ESC0000003", "--reply", reply(tmp_path, FULL.format(number="ESC0000003")))
    assert ran.code == 0
    assert "This is a dry run" in ran.err
    assert "Nothing was written." in ran.out
    assert "Dear Ana Sousa," in ran.out
    assert writes(sandbox) == []


@pytest.mark.parametrize("options", [(), ("--out", "plan.json")])
def test_as_json_a_decision_that_is_not_carried_out_is_an_empty_list(
    snow: Command, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = reply(tmp_path, FULL.format(number="ESC0000003"))
    ran = snow("reject", "ESC0000003", "--reply", text, "--json", *options)
    assert (ran.code, ran.json) == (0, [])
    assert "ritten" in ran.err
    assert writes(sandbox) == []


def test_a_decision_can_be_written_as_a_plan_and_applied(snow: Command, sandbox: Sandbox, tmp_path: Path) -> None:
    plan = tmp_path / "one.json"
    text = reply(tmp_path, FULL.format(number="ESC0000003"))
    ran = snow("reject", "ESC0000003", "--reply", text, "--out", str(plan))
    assert (ran.code, writes(sandbox)) == (0, [])
    assert snow("apply", str(plan), "--wait", "0").code == 0
    assert state(sandbox, 3) == "rejected"


def test_a_decision_is_told_as_json(snow: Command, tmp_path: Path) -> None:
    text = reply(tmp_path, FULL.format(number="ESC0000003"))
    (told,) = snow("reject", "ESC0000003", "--reply", text, "--yes", "--json").json
    assert (told["status"], told["comments"], told["states"]) == ("done", 1, 1)


def test_what_is_decided_already_is_refused(snow: Command, sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.store.update(APPROVAL, sid("approval", 3), {"state": "approved"}, _admin())
    for number, how in (
        ("ESC0000003", "Requested (approved: Mia Manager)"),
        ("ESC0000009", "Declined (rejected: Mia Manager)"),
    ):
        for word, text in (("reject", FULL), ("approve", YES)):
            ran = snow(word, number, "--reply", reply(tmp_path, text.format(number=number)), "--yes")
            told = f"{number} cannot be decided: no approval waits for a decision any more: the escalation is {how}"
            assert (ran.code, told in ran.err) == (4, True), ran.err


def test_a_second_letter_of_the_same_words_is_refused(snow: Command, sandbox: Sandbox, tmp_path: Path) -> None:
    text = FULL.format(number="ESC0000003")
    sandbox.store.update(CASE, sid("case", 3), {"comments": text}, _admin())
    ran = snow("reject", "ESC0000003", "--reply", reply(tmp_path, text), "--yes")
    assert (ran.code, "begins like the reply is on CS0000003 already" in ran.err) == (4, True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"x" * 70_000, "is longer than 65536 bytes"),
        (b"Dear Ana,\r\n\tno\x00", "reply.txt:2:4: the reply holds the control character U+0000"),
        (b"\x1b[31mDear Ana", "reply.txt:1:1: the reply holds the control character U+001B"),
        ("said \x93so\x94".encode(), "reply.txt:1:6: the reply holds the control character U+0093"),
    ],
)
def test_a_reply_file_that_cannot_be_used_is_told(snow: Command, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "reply.txt"
    path.write_bytes(content)
    ran = snow("reject", "ESC0000003", "--reply", str(path))
    assert (ran.code, words in ran.err) == (2, True)
    assert snow("reject", "ESC0000003", "--reply", str(tmp_path / "none.txt")).code == 2


def test_without_a_terminal_there_is_no_editor(snow: Command) -> None:
    ran = snow("reject", "ESC0000003")
    assert (ran.code, "there is no terminal to open an editor on" in ran.err) == (2, True)


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., list[str]]:
    """Let texts come back from the editor one after the other; gives what it was opened on."""

    def prepare(*texts: str | None, answers: tuple[bool, ...] = ()) -> list[str]:
        opened: list[str] = []
        waiting, said = list(texts), list(answers)

        def edit(_: str, path: Path) -> int:
            opened.append(path.read_text(encoding="utf-8").rstrip("\n"))
            path.write_text(waiting.pop(0) or "", encoding="utf-8")
            return 0

        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        monkeypatch.setattr("snow_escalations.cli.editor.sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("snow_escalations.cli.editor._run", edit)
        monkeypatch.setattr(click, "confirm", lambda *_, **__: said.pop(0))
        return opened

    return prepare


def test_the_editor_opens_on_the_draft_and_again_after_a_refusal(
    snow: Command, sandbox: Sandbox, editor: Callable[..., list[str]]
) -> None:
    opened = editor("Too short.", FULL.format(number="ESC0000001"), answers=(True, True))
    ran = snow("reject", "ESC0000001")
    assert ran.code == 0, ran.err
    assert "we have compared" in opened[0].casefold()
    assert opened[1] == "Too short."
    assert "long_enough" in ran.err
    assert state(sandbox, 1) == "rejected"
    assert list(Path(tempfile.gettempdir()).glob("reply-*")) == []


def test_a_refused_text_is_not_lost(snow: Command, sandbox: Sandbox, editor: Callable[..., list[str]]) -> None:
    editor("Too short, but mine.", answers=(False,))
    ran = snow("reject", "ESC0000001")
    assert ran.code == 4
    assert kept_texts(ran) == ["Too short, but mine."]
    assert writes(sandbox) == []


def test_a_text_of_the_editor_is_not_lost_by_a_no_nor_kept_once_it_went_out(
    snow: Command, editor: Callable[..., list[str]]
) -> None:
    text = FULL.format(number="ESC0000001")
    editor(text, text, answers=(False, True))
    assert kept_texts(snow("reject", "ESC0000001")) == [text]
    assert kept_texts(snow("reject", "ESC0000001")) == []


def test_an_edited_draft_is_not_lost(snow: Command, editor: Callable[..., list[str]]) -> None:
    editor("Too short, but mine.")
    assert kept_texts(snow("draft", "ESC0000001", "--edit")) == ["Too short, but mine."]


def test_what_cannot_be_decided_is_told_before_a_person_writes(
    snow: Command, sandbox: Sandbox, editor: Callable[..., list[str]]
) -> None:
    opened = editor("Words.")
    sandbox.store.update(APPROVAL, sid("approval", 3), {"state": "approved"}, _admin())
    ran = snow("reject", "ESC0000003")
    assert (ran.code, opened) == (4, [])
    assert "no approval waits for a decision" in ran.err


def test_a_person_can_say_no(snow: Command, sandbox: Sandbox, editor: Callable[..., list[str]]) -> None:
    editor(FULL.format(number="ESC0000001"), answers=(False,))
    assert "Nothing was written." in snow("reject", "ESC0000001").out
    assert writes(sandbox) == []


@pytest.mark.parametrize("text", [None, "  \n"])
def test_an_empty_text_from_the_editor_decides_nothing(
    snow: Command, editor: Callable[..., list[str]], text: str | None
) -> None:
    editor(text)
    ran = snow("reject", "ESC0000001")
    assert (ran.code, "is empty. Nothing was written" in ran.err) == (1, True)


def test_an_edited_draft_is_checked(snow: Command, editor: Callable[..., list[str]]) -> None:
    editor("No.")
    ran = snow("draft", "ESC0000001", "--edit")
    assert (ran.code, "long_enough" in ran.out) == (4, True)


def in_html(configuration: Path) -> None:
    path = configuration / "replies" / "rejected_inactivity.en.j2"
    text = path.read_text(encoding="utf-8").replace("format: text", "format: html")
    path.write_text(text.replace("Thank you", "<b>Thank you</b>"), encoding="utf-8")


def test_a_letter_in_html_passes_the_check_and_goes_out_in_code(
    snow: Command, sandbox: Sandbox, configuration: Path, tmp_path: Path
) -> None:
    in_html(configuration)
    ran = snow("draft", "ESC0000001")
    assert (ran.code, "passes the reply check, 19 points" in ran.out) == (0, True), ran.out
    snow("plan", "--out", str(tmp_path / "plan.json"))
    snow("apply", str(tmp_path / "plan.json"), "--wait", "0")
    assert (state(sandbox, 1), ours(sandbox, 1)[0].startswith("[code]Dear")) == ("rejected", True)


def test_a_person_amends_the_words_of_a_letter_in_html(
    snow: Command, sandbox: Sandbox, configuration: Path, editor: Callable[..., list[str]]
) -> None:
    in_html(configuration)
    opened = editor(FULL.format(number="ESC0000001"), answers=(True,))
    assert snow("reject", "ESC0000001").code == 0
    assert not re.search(r"\[code\]|<b>|&#39;", opened[0])


def test_each_case_of_an_account_is_answered_by_its_own_letter(
    snow: Command, sandbox: Sandbox, tmp_path: Path, editor: Callable[..., list[str]]
) -> None:
    several = snow("draft", "ESC0000004", "--outcome", "approve", "--json").json["replies"]
    assert len({item["text"] for item in several}) == len(several) > 1
    path = tmp_path / "draft.txt"
    ran = snow("draft", "ESC0000004", "--outcome", "approve", "--out", str(path))
    assert (ran.code, path.exists(), "has a letter of its own" in ran.err) == (1, False, True)
    opened = editor(*(item["text"] for item in several), answers=(True,))
    assert snow("approve", "ESC0000004").code == 0
    assert [text.strip() for text in opened] == [item["text"].strip() for item in several]
    posted = [row["value"] for row in sandbox.store.find(JOURNAL, name=CASE) if "ESC0000004-" in row["value"]]
    assert [item["case"] in text for item, text in zip(several, posted, strict=True)] == [True] * len(several)


def test_of_several_letters_the_one_that_is_refused_is_named_by_its_case(
    snow: Command, editor: Callable[..., list[str]]
) -> None:
    first, second = snow("draft", "ESC0000004", "--outcome", "approve", "--json").json["replies"]
    editor(first["text"], "No.", answers=(False,))
    ran = snow("approve", "ESC0000004")
    assert ran.code == 4
    assert f"fails the reply check: on {second['case']}: names_escalation: " in ran.err
    assert first["case"] not in ran.err.partition("fails the reply check")[2].partition("\n")[0]


def test_a_rejected_account_whose_cases_are_linked_no_more_is_told_to_be_decided(
    snow: Command, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = reply(tmp_path, FULL.format(number="ESC0000004"))
    assert snow("reject", "ESC0000004", "--reply", path, "--yes").code == 0
    sandbox.clock.advance(timedelta(minutes=1))
    sandbox.run_due_jobs()
    again = snow("reject", "ESC0000004", "--reply", path, "--yes")
    assert again.code == 4
    assert "cannot be decided: no approval waits for a decision any more: the escalation is Declined" in again.err


def crashed(snow: Command, sandbox: Sandbox, path: str, *, word: str) -> None:
    """What `reject` leaves when it is killed after its first write."""
    plan = Path(path).with_suffix(".json")
    assert snow(word, "ESC0000003", "--reply", path, "--out", str(plan)).code == 0
    action = json.loads(plan.read_text(encoding="utf-8"))["decisions"][0]["action"]
    ourselves = Actor("snow.escalations", sid("user", 9), frozenset({"admin"}))
    if word == "reject":
        sandbox.store.update(CASE, sid("case", 3), {"comments": action["targets"][0]["reply"]}, ourselves)
    else:
        note = f"Approved. The customer is answered on CS0000003: {action['reference']}."
        sandbox.store.update(APPROVAL, sid("approval", 3), {"state": "approved", "comments": note}, ourselves)
        sandbox.run_due_jobs()


@pytest.mark.parametrize("word", ["reject", "approve"])
def test_a_decision_that_was_killed_in_the_middle_is_finished_by_the_same_command(
    snow: Command, sandbox: Sandbox, tmp_path: Path, word: str
) -> None:
    text, done = {"reject": (FULL, "rejected"), "approve": (YES, "approved")}[word]
    path = reply(tmp_path, text.format(number="ESC0000003"))
    crashed(snow, sandbox, path, word=word)
    ran = snow(word, "ESC0000003", "--reply", path, "--yes")
    assert (ran.code, state(sandbox, 3), len(ours(sandbox, 3))) == (0, done, 1), ran.err
    assert "An earlier run began this" in ran.err
    again = snow(word, "ESC0000003", "--reply", path, "--yes", "--json").json
    assert (again[0]["status"], len(ours(sandbox, 3))) == ("already_done", 1)


def test_a_posted_rejection_needs_no_text_and_takes_no_other(
    snow: Command, sandbox: Sandbox, tmp_path: Path, editor: Callable[..., list[str]]
) -> None:
    path = reply(tmp_path, FULL.format(number="ESC0000003"))
    crashed(snow, sandbox, path, word="reject")
    other = reply(tmp_path, FULL.format(number="ESC0000003").replace("tomorrow", "Friday"))
    ran = snow("reject", "ESC0000003", "--reply", other, "--yes")
    assert (ran.code, "leave --reply out to go on with that one" in ran.err) == (4, True)
    against = snow("approve", "ESC0000003", "--reply", other, "--yes")
    assert (against.code, "the reply that rejects it is on CS0000003 already" in against.err) == (4, True)
    opened = editor(answers=(True,))
    assert (snow("reject", "ESC0000003").code, opened) == (0, [])
    assert (state(sandbox, 3), len(ours(sandbox, 3))) == ("rejected", 1)


def test_a_reply_of_somebody_else_is_not_taken_for_ours(snow: Command, sandbox: Sandbox, tmp_path: Path) -> None:
    path = reply(tmp_path, FULL.format(number="ESC0000003"))
    words = Path(path).read_text(encoding="utf-8") + "\n\nReference ESC0000003-7K3Q"
    sandbox.store.update(CASE, sid("case", 3), {"comments": words}, _admin())
    ran = snow("reject", "ESC0000003", "--reply", path, "--yes")
    assert (ran.code, state(sandbox, 3)) == (4, "requested")
    assert "a reply to it is already on CS0000003" in ran.err


def kept_texts(ran: Ran) -> list[str]:
    """The texts that are told to be kept; their files are removed."""
    said = [line for line in ran.err.splitlines() if line.startswith("Your text is kept in ")]
    paths = [Path(line.removeprefix("Your text is kept in ")) for line in said]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for path in paths:
        path.unlink()
    return texts


def _admin() -> Actor:
    return Actor("mia.manager", sid("user", 1), frozenset({"admin"}))
