"""`approve` and `reject`: a person's own decision, with the reply that goes with it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import click

from snow_escalations.cli.apply import LONGEST_WAIT, carry_out_plan, exit_code, number_of_seconds, print_results
from snow_escalations.cli.editor import asked, has_terminal
from snow_escalations.cli.instance import Instance
from snow_escalations.cli.kept import Kept, edited_drafts, keeping
from snow_escalations.cli.one import one_dossier
from snow_escalations.cli.output import console, one_line, print_json
from snow_escalations.cli.progress import working
from snow_escalations.cli.replies import print_replies, read_reply, suggested
from snow_escalations.cli.session import CliSession, present
from snow_escalations.decisions.apply import WAIT, RollUp
from snow_escalations.decisions.begun import Begun
from snow_escalations.decisions.drafting import CheckedReply
from snow_escalations.decisions.obstacles import answerable
from snow_escalations.decisions.person import ByPerson, DecisionRefused
from snow_escalations.decisions.plan_file import write_plan
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import Dossier, Outcome, Plan
from snow_escalations.servicenow.errors import InstanceError


class _Asked(NamedTuple):
    """What a person asks for: which decision on which escalation or case, as of when, with which text."""

    now: datetime
    number: str
    outcome: Outcome
    text: str | None


@dataclass(frozen=True, slots=True)
class Made:
    """A plan of one decision, what it is about, its replies as they were checked, and what an earlier run left."""

    plan: Plan
    dossier: Dossier
    replies: tuple[CheckedReply, ...]
    left: Begun


_NUMBER = click.argument("number", metavar="NUMBER")
_REPLY = click.option(
    "--reply",
    "reply_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Your reply, UTF-8 text; without it your editor opens on the draft.",
)
_YES = click.option("--yes", is_flag=True, help="Carry it out without asking.")
_OUT = click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a plan of this one decision for `apply`, instead of carrying it out.",
)
_WAIT = click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0, max=LONGEST_WAIT),
    callback=number_of_seconds,
    default=WAIT,
    show_default=True,
    help="How long to wait at the end for the escalation to follow its approval.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print what became of it as JSON (docs/json.md).")


@click.command()
@_NUMBER
@_REPLY
@_YES
@_OUT
@_WAIT
@_JSON
@click.pass_context
def approve(ctx: click.Context, /, number: str, reply_file: Path | None, out: Path | None, **flags: Any) -> None:
    """Approve one escalation yourself, and answer the customer on the case.

    Your reply passes the same check, and goes the same way out, as those of a plan. It is shown before anything is
    written, and you are asked; without a terminal nothing is written unless --yes is given.

    Example: snow-escalations approve ESC0010023 --reply reply.txt
    """
    _decide(ctx, number, Outcome.APPROVE, reply_file, out, **flags)


@click.command()
@_NUMBER
@_REPLY
@_YES
@_OUT
@_WAIT
@_JSON
@click.pass_context
def reject(ctx: click.Context, /, number: str, reply_file: Path | None, out: Path | None, **flags: Any) -> None:
    """Reject one escalation yourself, and tell the customer on the case why.

    The reply must be a full case comment: the reason, what happens next, a way to talk, and nothing internal. A text
    that fails the check is refused (exit code 4) with each point named. It is posted and read back before the approval
    is set; without a terminal nothing is written unless --yes is given.

    Example: snow-escalations reject ESC0010023 --reply reply.txt
    """
    _decide(ctx, number, Outcome.REJECT, reply_file, out, **flags)


def _decide(
    ctx: click.Context, number: str, outcome: Outcome, reply_file: Path | None, out: Path | None, **flags: Any
) -> None:
    session: CliSession = ctx.obj
    as_json = flags["as_json"]
    text = None if reply_file is None else read_reply(reply_file)
    with session.instance() as instance, keeping() as kept:
        made = _planned(_Asked(session.now(), number, outcome, text), instance, kept)
        if not as_json:
            _show(made, outcome)
        if out is not None:
            write_plan(made.plan, out)
            kept.forget()
            _tell_unwritten(f"Written to {out}. Carry it out with: snow-escalations apply {out}", as_json=as_json)
            return
        if not _is_wanted(made, outcome, yes=flags["yes"]):
            _tell_unwritten("Nothing was written.", as_json=as_json)
            return
        results = carry_out_plan(instance, made.plan, tell=not as_json)
        if exit_code(results) == 0:
            kept.forget()
        try:
            dialect = instance.configuration.settings.dialect
            results, unseen = RollUp(instance.tables, dialect, time.sleep).follow(results, flags["wait"]), None
        except InstanceError as error:
            unseen = error
    print_results(results, as_json=as_json, again=f"Run `show {number}`")
    if unseen is not None:
        raise unseen
    ctx.exit(exit_code(results))


def _tell_unwritten(told: str, *, as_json: bool) -> None:
    """Say that nothing was carried out: as JSON, no result at all."""
    click.echo(told, err=as_json)
    if as_json:
        print_json([])


def _planned(asked_for: _Asked, instance: Instance, kept: Kept) -> Made:
    """The plan of this one decision, with what it is about and how the reply was checked."""
    now, number, outcome, text = asked_for
    with working(f"reading {number}"):
        dossier = one_dossier(instance, number, now)
        planner, accounts = instance.planner(), instance.account_names()
        deciding = ByPerson(
            planner, instance.records, now=now, created_at=present(), who=instance.user_name, accounts=accounts
        )
        # Before a person writes a word.
        left = deciding.begun(dossier, outcome)
    _tell_begun(dossier, left)
    if text is not None:
        plan, replies = deciding.plan(dossier, outcome, text)
        return Made(plan, dossier, replies, left)
    drafts: tuple[CheckedReply, ...] = ()
    if len(left.texts) < len(answerable(dossier)):
        offered = suggested(planner, dossier, now, outcome, accounts).replies
        drafts = tuple(draft for draft in offered if draft.case.sys_id not in left.texts)

    def made(texts: dict[str, str]) -> Made:
        plan, replies = deciding.plan(dossier, outcome, {**left.texts, **texts})
        return Made(plan, dossier, replies, left)

    return _written_here(drafts, made, kept)


def _written_here(drafts: Sequence[CheckedReply], made: Callable[[dict[str, str]], Made], kept: Kept) -> Made:
    """What comes of the drafts in the editor, one for each case; it opens again as long as a text is refused.

    Raises:
        DecisionRefused: a text is refused, and nobody wants to amend it.
    """
    texts: dict[str, str] = {}
    while True:
        texts = edited_drafts(drafts, kept, texts)
        try:
            return made(texts)
        except DecisionRefused as refused:
            click.echo(one_line(str(refused)), err=True)
            if not texts or not asked("Open the editor again?", default=True):
                raise


def _tell_begun(dossier: Dossier, left: Begun) -> None:
    """Say what an earlier run left, if one did."""
    on = ", ".join(case.number for case in dossier.cases if case.sys_id in left.texts)
    done = [f"the reply is on {on} ({left.reference})"] if on else []
    if left.approval is not None:
        done.append(f"the approval is {left.approval.state.key}")
    if done:
        said = one_line(" and ".join(done))
        click.echo(f"An earlier run began this: {said}. What is done is not done again.", err=True)


def _show(made: Made, outcome: Outcome) -> None:
    """Show what is to be posted.

    Raises:
        SnowEscalationsError: nobody reads it.
    """
    try:
        print_replies(console(), made.dossier, outcome, made.replies)
    except BrokenPipeError as error:
        raise SnowEscalationsError("the reader of the output went away. Nothing was written") from error


def _is_wanted(made: Made, outcome: Outcome, *, yes: bool) -> bool:
    if yes:
        return True
    if not has_terminal():
        click.echo("This is a dry run, as there is no terminal to ask on; --yes carries it out.", err=True)
        return False
    dossier, left = made.dossier, made.left
    cases = ", ".join(case.number for case in answerable(dossier) if case.sys_id not in left.texts)
    steps = [f"Post this on {cases}"] if cases else []
    if left.approval is None:
        steps.append(f"{outcome.value} {dossier.escalation.number}")
    question = one_line(" and ".join(steps) or f"Look whether all of {dossier.escalation.number} is done")
    return asked(f"{question[:1].upper()}{question[1:]}?", default=False)
