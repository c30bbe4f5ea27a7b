# ruff: noqa: E501 each fault stands on one line
"""Of faults that do not depend on each other, each is told in one round, in any combination, and nothing else is."""

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.documents import DocumentError
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.policy import load_policy
from snow_escalations.triage.replies import ReplyTemplates
from tests.support.replies import load, shipped

SHIPPED = (shipped_config() / "policy.yaml").read_text(encoding="utf-8")
END = "reply: rejected_customer_imposed_deadline\n"


class Fault(NamedTuple):
    """A mistake in the shipped policy: after what it is made, of what and into what, and what is said of which line."""

    after: str
    right: str
    wrong: str
    line: str
    message: str

    @property
    def begins(self) -> int:
        """Where in the shipped policy it is made."""
        return SHIPPED.index(self.right, SHIPPED.index(self.after))


def rule(name: str, when: str, rest: str = "verdict: hold") -> str:
    return f"  - {{name: {name}, when: {{template: {{equals: {name}}}, {when}}}, {rest}}}\n"


def added(rules: str, line: str, message: str) -> Fault:
    """Rules at the end with one mistake in them."""
    return Fault("no deadline of", END, END + rules, line, message)


MISTAKES = [
    Fault("#", "# start_date: 2026-12-01", "start_date: 2026-13-01", "2026-13-01", "no day of the calendar"),
    Fault("never_auto:", "accounts: []", "accounts: [Acme, acme]", "accounts: [", "`acme` is listed twice"),
    Fault("never_auto:", "priorities: []", "priorities: [urgent]", "urgent", "is never `urgent`"),
    Fault("never_auto:", "severities: []", "severites: []", "severites", "did you mean `severities`?"),
    Fault("whole account", "equals: account", "equals: acount", "acount", "did you mean `account`?"),
    Fault("not being worked on", "one_of: [new, open,", "one_of: [new, opn,", "opn", "did you mean `open`?"),
    Fault("not being worked on", "verdict: hold", "verdict: hodl", "hodl", "did you mean `hold`?"),
    Fault("a party to it", "equals: true", "equals: yes", "equals: yes", "`yes` means a boolean"),
    Fault("waits too", "at_least: 1}", "at_lest: 1}", "at_lest", "did you mean `at_least`?"),
    Fault("waits too", "verdict: hold", "verdict: hold\n    verdict: reject # ?", "reject # ?", "duplicate key `verdict`"),
    Fault("or the law is", "[safety, legal]", "[safety, leagl]", "leagl", "did you mean `legal`?"),
    Fault("production is down at", "[critical, high]", "[critical, 5]", "[critical, 5]", "cannot be compared with `5`"),
    Fault("for two business days", "reply: approved", "reply: aproved", "aproved", "did you mean `approved`?"),
    Fault("for two business days", "16 business hours", "2 business days", "2 business days", "how long a business day"),
    Fault("waited four hours", "4 hours}", "4 hours, less_than: 1 hour}", "less_than: 1 hour", "asked of `waiting_for`"),
    Fault("waited four hours", "priority:", "priorty:", "priorty", "did you mean `priority`?"),
    Fault("breached and", "    reply: approved\n", "", "breached and it", "can approve needs a reply"),
    Fault("breached and", "sla_breached:", "sla_breachd:", "sla_breachd", "did you mean `sla_breached`?"),
    Fault("within five days", "{within: 5 days}", "5 days", "deadlines: 5 days", "needs a matcher"),
    Fault("leadership", "at_least: 1}", "at_least: 1001}", "1001", "more than 1000"),
    Fault("leadership", "reply: approved", "replly: x\n    reply: approved", "replly", "did you mean `reply`?"),
    Fault("not moved", "lack_of_progress", "lack_of_progres", "lack_of_progres}", "did you mean `lack_of_progress`?"),
    Fault("speaks for it", "at_least: 3}", "at_least: 3, at_least: 4}", "at_least: 4", "duplicate key `at_least`"),
    Fault("business day and wait", "replied: {equals: true}", "replied: {is_known: false}", "is_known: f", "may rest on `ever_replied`"),
    Fault("business day and wait", "at_most: 8", "at_mots: 8", "at_mots", "did you mean `at_most`?"),
    Fault("business day and wait", "- name: the", "- name: x # the", "x # the", "at least 3 characters"),
    Fault("no deadline of", "verdict: reject", "verdict: reject\n    mode: shaddow", "shaddow", "did you mean `shadow`?"),
]  # fmt: skip
MISTAKES += [
    Fault("waited four hours", "verdict: approve", "verdict: *v", "verdict: *v", "alias `*v` is not accepted"),
    Fault("within five days", "reply: approved", "reply: &r approved", "reply: &r", "anchor `&r` is not accepted"),
    Fault("not being worked on", "name:", "? [a, b]\n    : c\n    name:", "[a, b]", "a key must be plain text"),
    Fault("waits too", "duplicates:", "<<: *w\n      duplicates:", "<<: *w", "a merge key `<<` is not accepted"),
]
NEVER = "waiting_for: {between: [1 hour, 2 hours]}, not: {waiting_for: {at_least: 30 minutes}}"
TAKEN = rule("narrow", "stalled: {equals: true}").replace("equals: narrow", "equals: wide")
ADDED = [
    added("  - hold everything\n", "hold everything", "must be a mapping"),
    added(rule("it concerns a whole Account", "stalled: {equals: true}"), "whole Account", "a rule of this name is already"),
    added(rule("wide", "stalled: {equals: true}") + TAKEN, "narrow", "the rule `wide` in line"),
    added(rule("impossible", NEVER, "verdict: reject, reply: t"), "impossible", "nothing fits all that is asked here together"),
    added(rule("undecided", "stalled: {equals: true}", "mode: propose"), "undecided", "verdict` is missing"),
    added(rule("unread", "not: {priority: {is_known: true}}", "verdict: reject, reply: approved"), "unread", "no rejection may rest on `priority`"),
    added(rule("wordy", "stalled: {equals: true}", "verdict: approve, reply: t"), "since_opened", "`evidence.since_opened` may be missing when the rule `wordy`"),
    # Once these are mended, the fact that the letter needs may be certain.
    added(rule("certain", "since_opened: {at_leest: 3 days}", "verdict: approve, reply: t"), "at_leest", "did you mean `at_least`?"),
    added(rule("unknown", "since_opend: {at_least: 3 days}", "verdict: approve, reply: t"), "since_opend", "did you mean `since_opened`?"),
    added(rule("aliased", "since_opened: *s", "verdict: approve, reply: t"), "aliased", "alias `*s` is not accepted"),
    added(rule("merged", "<<: *m", "verdict: approve, reply: t"), "merged", "merge key `<<` is not"),
    added(rule("keyed", "any: [{? [a] : b}]", "verdict: approve, reply: t"), "keyed", "a key must be plain"),
    added("  - name: torn: apart\n    when: {sorce: {equals: case}}\n", "torn: apart", "not valid YAML: mapping values are not allowed"),
    added("  - name: loose\n   verdict: hold\n", "   verdict: hold", "not valid YAML: while parsing a block collection"),
    added("  - *rule\n", "- *rule", "alias `*rule` is not accepted"),
    added(rule("x", "since_opened: {at_least: 1 day}", "verdict: approve, reply: t").replace("name: x, ", ""), "equals: x", ".name` is missing"),
    added(rule("z", "stalled: {equals: true}", "verdict: hold").replace("name: z", "name: "), "equals: z", ".name`: input should be a valid string"),
    added(rule("hidden", "since_opened: {is_known: false}", "verdict: reject, reply: t"), "hidden", "no rejection may rest on `since_opened`"),
    added(rule("trapped", "stalled: {equals: true}", "verdict: approve, reply: no"), "trapped", "`no` means a boolean"),
]  # fmt: skip
FAULTS = MISTAKES + ADDED


@cache
def replies() -> ReplyTemplates:
    """The replies that ship, and one that needs a fact."""
    made = shipped()
    return replace(made, templates={**made.templates, **load("{{ evidence.since_opened | instant }}").templates})


def told(faults: list[Fault]) -> tuple[list[str], list[str]]:
    """What is said of the shipped policy with these mistakes in it, and what should be."""
    text, made = SHIPPED, [fault for fault in MISTAKES if fault in faults]
    for fault in sorted(made, key=lambda fault: fault.begins, reverse=True):
        text = text[: fault.begins] + fault.wrong + text[fault.begins + len(fault.right) :]
    text += "".join(fault.wrong.removeprefix(END) for fault in ADDED if fault in faults)
    with pytest.raises(DocumentError) as caught:
        load_policy(text, "policy.yaml", replies=replies())
    lines = {"policy.yaml": text.splitlines(), "t.en.j2": replies().templates["t"]["en"].written.lines}
    said: list[str] = []
    for problem in caught.value.problems:
        line = lines[problem.source][problem.line - 1]
        found = [fault.message for fault in faults if fault.message in problem.message and fault.line in line]
        said += found or [str(problem)]
    return sorted(said), sorted(fault.message for fault in faults)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.message)
def test_one_fault_is_told_and_nothing_else(fault: Fault) -> None:
    said, wanted = told([fault])
    assert said == wanted


@settings(max_examples=60)
@given(st.sets(st.sampled_from(FAULTS), min_size=2))
def test_faults_in_any_combination_are_told_in_one_round_and_nothing_else_is(faults: set[Fault]) -> None:
    said, wanted = told([fault for fault in FAULTS if fault in faults])
    assert said == wanted


def test_all_faults_together_are_told_in_one_round_and_nothing_else_is() -> None:
    said, wanted = told(FAULTS)
    assert said == wanted
