"""At the terminal, a draft tells the customer that they asked, or that we did, as the instance says."""

from pathlib import Path

import pytest

from snow_escalations.sandbox import Actor, Sandbox
from tests.cli.conftest import Command
from tests.support.instance import ESCALATION, sid

THANKS = "Thank you for telling us what you need on case CS0000001."
OURS = "Our own staff had asked for an escalation of your case CS0000001 (ESC0000001)."
NEITHER = "An escalation of your case CS0000001 had been requested (ESC0000001)."


@pytest.mark.parametrize(
    ("values", "opening"),
    [
        (("0", "1"), THANKS),
        (("1", "1"), OURS),
        (("7", "1"), NEITHER),
        (("", "1"), NEITHER),
        (("7", "7"), OURS),
        (("1", "7"), NEITHER),
    ],
)
def test_what_a_colleague_filed_is_told_by_its_request_source(
    values: tuple[str, str], opening: str, snow: Command, sandbox: Sandbox, configuration: Path
) -> None:
    """Sam Support requests an escalation; which stored value means that it is our own is the dialect's."""
    source, internal = values
    path = configuration / "settings.yaml"
    shipped, changed = path.read_text(encoding="utf-8"), f'dialect: {{request_sources: {{internal: "{internal}"}}}}'
    assert shipped.count("dialect: {}") == 1
    path.write_text(shipped.replace("dialect: {}", changed), encoding="utf-8")
    admin = Actor("admin", sid("user", 9), frozenset({"admin"}))
    filed = {"requested_by": sid("user", 2), "request_source": source}
    sandbox.store.update(ESCALATION, sid("escalation", 1), filed, admin)
    ran = snow("draft", "ESC0000001", "--outcome", "reject", "--json")
    assert ran.code == 0, ran.err
    text = ran.json["replies"][0]["text"]
    assert [words for words in (THANKS, OURS, NEITHER) if words in text] == [opening]


def test_the_draft_on_each_case_of_an_account_speaks_of_the_account(snow: Command) -> None:
    ran = snow("draft", "ESC0000004", "--outcome", "reject", "--json")
    assert ran.code == 0, ran.err
    replies = ran.json["replies"]
    assert len(replies) == 2
    for reply, number in zip(replies, ("CS0000004", "CS0000005"), strict=True):
        assert "decline it: your account will not be escalated at this point." in reply["text"]
        assert f"You are reading this on case {number}, which belongs to this account." in reply["text"]
        assert "the case will not be escalated" not in reply["text"]
