"""`draft`: the reply to one escalation, as it would be posted, with the reply check."""

from collections.abc import Sequence
from pathlib import Path

import click

from snow_escalations.cli import shapes
from snow_escalations.cli.apply import REFUSED
from snow_escalations.cli.kept import edited_drafts, keeping
from snow_escalations.cli.one import one_dossier
from snow_escalations.cli.output import console, print_json
from snow_escalations.cli.progress import working
from snow_escalations.cli.replies import print_replies, suggested, write_reply
from snow_escalations.cli.session import CliSession
from snow_escalations.decisions.drafting import CheckedReply
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import Outcome


@click.command()
@click.argument("number", metavar="NUMBER")
@click.option(
    "--outcome",
    type=click.Choice(["approve", "reject"]),
    help="Draft for this decision; without it, for what the policy says, or would say.",
)
@click.option("--edit", is_flag=True, help="Open the draft in your editor, and check what you made of it.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write the text to FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print the draft and its check as JSON (docs/json.md).")
@click.pass_context
def draft(ctx: click.Context, /, number: str, outcome: str | None, out: Path | None, **flags: bool) -> None:
    """Draft the reply to one escalation, and check it.

    Writes nothing to the instance. The letter comes from the templates, in the language of the case's contact. Hand
    what --out wrote to `approve` or `reject` with --reply. Exit code 4 if the text fails the reply check.

    Example: snow-escalations draft ESC0010023
    """
    session: CliSession = ctx.obj
    with session.instance() as instance, working(f"reading {number}"):
        dossier = one_dossier(instance, number, session.now())
        planner, accounts = instance.planner(), instance.account_names()
    made = suggested(planner, dossier, session.now(), Outcome(outcome) if outcome else None, accounts)
    with keeping() as kept:
        replies = made.replies
        if flags["edit"]:
            texts = edited_drafts(replies, kept, {})
            replies = planner.drafting.by_person(texts, dossier, made.outcome, other_accounts=accounts)
        if out is not None:
            _write(replies, out)
            kept.forget()
        if flags["as_json"]:
            print_json(shapes.draft_shape(dossier, made.outcome, replies))
        else:
            print_replies(console(), dossier, made.outcome, replies)
    if not all(planner.drafting.is_full(reply) for reply in replies):
        ctx.exit(REFUSED)


def _write(replies: Sequence[CheckedReply], out: Path) -> None:
    """Write the one text.

    Raises:
        SnowEscalationsError: there are several, as `--reply` takes one for all cases; or it cannot be written.
    """
    texts = {reply.words for reply in replies}
    if len(texts) > 1:
        cases = ", ".join(reply.case.number for reply in replies)
        raise SnowEscalationsError(
            f"{out}: not written: each of {cases} has a letter of its own, and --reply posts one text on all of them. "
            f"`approve` and `reject` without --reply open the editor on each letter"
        )
    write_reply(texts.pop(), out)
