"""`plan`: the verdicts and replies of one pass, written down; nothing is written to the instance."""

from pathlib import Path

import click

from snow_escalations.cli.output import console, print_json
from snow_escalations.cli.progress import working
from snow_escalations.cli.queue import print_queue
from snow_escalations.cli.session import CliSession, present
from snow_escalations.cli.unread import require_sight, warn_of_unread
from snow_escalations.decisions.apply import decided
from snow_escalations.decisions.plan_file import write_plan
from snow_escalations.triage.policy.values import with_unit

FINDINGS = 3


@click.command()
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write the plan to FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON (docs/json.md).")
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 3 if the plan has something to carry out.")
@click.pass_context
def plan(ctx: click.Context, out: Path | None, as_json: bool, detailed_exitcode: bool) -> None:  # noqa: FBT001
    """Judge what is pending and draft the replies; write nothing to the instance.

    With --out the plan is written to a file, for a person to read and for `apply` to carry out. A plan without
    anything to do is written too, so that an old one cannot be applied in its place. Exits with 1 if approvals wait
    and the account can read none of their escalations.

    Example: snow-escalations plan --out today.json
    """
    session: CliSession = ctx.obj
    with session.instance() as instance, working("reading the pending escalations"):
        planner = instance.planner()
        pending = instance.desk.pending(session.now())
        made = planner.plan(pending.dossiers, session.now(), present(), pending.unread)
    warn_of_unread(pending)
    if out is not None:
        write_plan(made, out)
    if as_json:
        print_json(made.model_dump(mode="json"))
    else:
        print_queue(pending, made)
        if out is not None:
            todo = len(decided(made))
            what = f"Carry the {with_unit(todo, 'decisions')} out with: snow-escalations apply {out}"
            console().print(f"Written to {out}. {what if todo else 'It has nothing to carry out.'}")
    require_sight(pending, instance)
    if detailed_exitcode and decided(made):
        ctx.exit(FINDINGS)
