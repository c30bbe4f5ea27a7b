"""Drafts and their check, at the terminal."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from snow_escalations.cli.output import quoted, styled, table
from snow_escalations.decisions.drafting import CheckedReply
from snow_escalations.decisions.planning import Planner
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from snow_escalations.model import Dossier, Evidence, Outcome
from snow_escalations.triage.policy import Policy, judge

LIMIT = 64 * 1024
"""Bytes of a reply that a person gives: far more than a comment takes."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Suggested:
    """The letter that the templates offer for a decision."""

    outcome: Outcome
    replies: tuple[CheckedReply, ...]


def suggested(
    planner: Planner, dossier: Dossier, now: datetime, outcome: Outcome | None, accounts: Iterable[str]
) -> Suggested:
    """The draft for a decision: for the one that is asked for, else what the policy says or proposes.

    Raises:
        SnowEscalationsError: the policy holds it without proposing anything, or there is no case to answer on.
        TemplateError: the dossier lacks what the template needs.
    """
    evidence = planner.reader.read(dossier, now)
    verdict = judge(evidence, planner.policy)
    said = verdict.proposed or verdict.outcome
    wanted = outcome or said
    number = dossier.escalation.number
    if wanted is Outcome.HOLD:
        raise SnowEscalationsError(
            f"{number} is {verdict.explanation.sentence}; there is no reply to a hold. Say which one you want by "
            f"--outcome approve or --outcome reject"
        )
    name = verdict.reply if said is wanted and verdict.reply else _template(planner, wanted, evidence)
    explanation = verdict.explanation if said is wanted else None
    replies = planner.drafting.drafts(name, dossier, evidence, wanted, explanation=explanation, other_accounts=accounts)
    if not replies:
        raise SnowEscalationsError(f"{number} has no case that takes a comment, so there is nothing to draft")
    return Suggested(wanted, replies)


def _template(planner: Planner, outcome: Outcome, evidence: Evidence) -> str:
    """The letter for a decision that the policy did not make: by the stated reason, else by the policy's own order."""
    fact = evidence.fact("reason")
    templates = planner.drafting.templates.templates
    by_reason = f"rejected_{fact.value}" if outcome is Outcome.REJECT and fact.is_known else ""
    if by_reason in templates:
        return by_reason
    named = _replies_of(planner.policy, outcome)
    if not named:
        raise ConfigurationError(f"no rule of the policy names a reply to {outcome.value} with, so none can be drafted")
    return named[0]


def _replies_of(policy: Policy, outcome: Outcome) -> list[str]:
    return [rule.reply for rule in policy.rules if rule.verdict is outcome and rule.reply is not None]


def print_replies(out: Console, dossier: Dossier, outcome: Outcome, replies: Sequence[CheckedReply]) -> None:
    """Each text with the points of the check that did not pass."""
    for reply in replies:
        contact = reply.case.contact.name if reply.case.contact is not None else "no contact"
        head = f"{dossier.escalation.number}: {outcome.value}, on {reply.case.number} to {contact}"
        out.print(Rule(styled(head), align="left", style="dim"))
        if reply.draft is not None:
            out.print(styled(f"reply {reply.draft.template}, in {reply.draft.language}: {reply.draft.because}", "dim"))
        out.print(quoted(reply.text, out.width))
        failed = [point for point in reply.points if not point.passed]
        if not failed:
            out.print(styled(f"passes the reply check, {len(reply.points)} points", "green"))
            continue
        made = table("Point", "Result", "What is wrong")
        for point in failed:
            made.add_row(
                point.name, styled(point.state.value, "red" if point.failed else "yellow"), styled(point.sentence)
            )
        out.print(made)


def read_reply(path: Path) -> str:
    """A person's text from a file.

    Raises:
        ConfigurationError: it cannot be read, is not UTF-8 text, holds a control character, is too long or empty.
    """
    text = text_of(path)
    if not text.strip():
        raise ConfigurationError(f"{path}: the reply is empty")
    return text


def text_of(path: Path) -> str:
    """A text that a person saved, which may be empty.

    Raises:
        ConfigurationError: it cannot be read, is not UTF-8 text, holds a control character or is too long.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError as error:
        raise ConfigurationError(f"{path}: the reply cannot be read: {error.strerror or error}") from error
    if len(content) > LIMIT:
        raise ConfigurationError(f"{path}: the reply is longer than {LIMIT} bytes, the limit")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"{path}: the reply is not UTF-8 text (byte {error.start + 1}); save it as UTF-8"
        ) from error
    _require_readable(text, path)
    return text


def _require_readable(text: str, path: Path) -> None:
    """Refuse characters that show nothing and may cut a text on its way, such as those that colour a terminal."""
    found = _CONTROL.search(text)
    if found is None:
        return
    before, at = text.count("\n", 0, found.start()), found.start() - text.rfind("\n", 0, found.start())
    raise ConfigurationError(
        f"{path}:{before + 1}:{at}: the reply holds the control character U+{ord(found[0]):04X}, which nobody can "
        f"read; remove it"
    )


def write_reply(text: str, path: Path) -> None:
    """A draft as a file, for `--reply`.

    Raises:
        SnowEscalationsError: it cannot be written.
    """
    if path.exists() and not path.is_file():
        raise SnowEscalationsError(f"{path}: the draft cannot be written: this is no file; name one, or a new one")
    try:
        path.write_text(text.rstrip() + "\n", encoding="utf-8")
    except OSError as error:
        raise SnowEscalationsError(f"{path}: the draft cannot be written: {error.strerror or error}") from error
