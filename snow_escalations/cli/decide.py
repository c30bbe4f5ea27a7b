"""`approve` and `reject`: a person's own decision, with the reply that goes with it."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import click

from snow_escalations.cli.apply import LONGEST_WAIT, carry_out_plan, exit_code, number_of_seconds, print_summary
from snow_escalations.cli.editor import edited
from snow_escalations.cli.instance import Instance
from snow_escalations.cli.one import one_dossier
from snow_escalations.cli.output import console, print_json
from snow_escalations.cli.progress import working
from snow_escalations.cli.replies import kept_reply, print_replies, read_reply, suggested
from snow_escalations.cli.session import CliSession, present
from snow_escalations.decisions.apply import WAIT, RollUp
from snow_escalations.decisions.drafting import CheckedReply
from snow_escalations.decisions.outcome import CarriedOut
from snow_escalations.decisions.person import ByPerson, DecisionRefused
from snow_escalations.decisions.plan_file import write_plan
from snow_escalations.model import Dossier, Outcome, Plan
from snow_escalations.servicenow.errors import InstanceError

Made: TypeAlias = tuple[Plan, tuple[CheckedReply, ...]]
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
    with session.instance() as instance:
        plan, dossier, replies = _planned(session, instance, number, outcome, text)
        if not as_json:
            print_replies(console(), dossier, outcome, replies)
        if out is not None:
            write_plan(plan, out)
            click.echo(f"Written to {out}. Carry it out with: snow-escalations apply {out}", err=as_json)
            return
        if not _is_wanted(dossier, outcome, yes=flags["yes"]):
            click.echo("Nothing was written.", err=as_json)
            return
        results = carry_out_plan(instance, plan, tell=not as_json)
        try:
            dialect = instance.configuration.settings.dialect
            results, unseen = RollUp(instance.tables, dialect, time.sleep).follow(results, flags["wait"]), None
        except InstanceError as error:
            unseen = error
    _tell(results, as_json=as_json)
    if unseen is not None:
        raise unseen
    ctx.exit(exit_code(results))


def _planned(
    session: CliSession, instance: Instance, number: str, outcome: Outcome, text: str | None
) -> tuple[Plan, Dossier, tuple[CheckedReply, ...]]:
    """The plan of this one decision, with what it is about and how the reply was checked."""
    now = session.now()
    with working(f"reading {number}"):
        dossier = one_dossier(instance, number, now)
        planner, accounts = instance.planner(), instance.account_names()
    deciding = ByPerson(planner, now=now, created_at=present(), who=instance.user_name, accounts=accounts)

    def made(text: str) -> Made:
        return deciding.plan(dossier, outcome, text)

    if text is not None:
        plan, replies = made(text)
    else:
        plan, replies = _written_here(suggested(planner, dossier, now, outcome, accounts).replies[0].text, made)
    return plan, dossier, replies


def _written_here(draft: str, made: Callable[[str], Made]) -> Made:
    """What comes of the text from the editor, which opens again as long as the text is refused and a person wants it.

    Raises:
        DecisionRefused: the text is refused; it is kept in a file that the message names.
    """
    text = draft
    while True:
        text = edited(text)
        try:
            return made(text)
        except DecisionRefused as refused:
            click.echo(f"{refused}", err=True)
            if not click.confirm("Open the editor again?", default=True, err=True):
                raise DecisionRefused(f"{refused}. Your text is kept in {kept_reply(text)}") from refused


def _is_wanted(dossier: Dossier, outcome: Outcome, *, yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        click.echo("This is a dry run, as there is no terminal to ask on; --yes carries it out.", err=True)
        return False
    cases = ", ".join(case.number for case in dossier.cases)
    return click.confirm(f"Post this on {cases} and {outcome.value} {dossier.escalation.number}?", err=True)


def _tell(results: list[CarriedOut], *, as_json: bool) -> None:
    if as_json:
        print_json([item.model_dump(mode="json") for item in results])
    else:
        print_summary(results)
