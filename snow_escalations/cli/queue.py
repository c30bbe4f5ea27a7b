"""`queue`: what is pending, and what the policy makes of it."""

import click
from rich.console import Console

from snow_escalations.cli import shapes
from snow_escalations.cli.differing import first_differing
from snow_escalations.cli.output import NARROW, age, console, print_json, quoted, styled, table, verdict_text
from snow_escalations.cli.progress import working
from snow_escalations.cli.session import CliSession
from snow_escalations.cli.unread import require_sight, told_beside, told_of_none, warn_of_unread
from snow_escalations.model import HoldCause, Plan, Verdict
from snow_escalations.servicenow.dossiers import Pending


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the queue as JSON (docs/json.md).")
@click.pass_obj
def queue(session: CliSession, as_json: bool) -> None:  # noqa: FBT001
    """Show the pending escalations with age, reason and verdict.

    Reads only. The verdict is what the policy says now; `plan` writes it down and `apply` carries it out. Exits with 1
    if approvals wait and the account can read none of their escalations.

    Example: snow-escalations queue --json
    """
    with session.instance() as instance, working("reading the pending escalations"):
        planner = instance.planner()
        pending = instance.desk.pending(session.now())
        plan = planner.plan(pending.dossiers, session.now())
    warn_of_unread(pending)
    if as_json:
        pairs = zip(plan.decisions, pending.dossiers, strict=True)
        print_json([shapes.decision_shape(decision, dossier) for decision, dossier in pairs])
    else:
        print_queue(pending, plan)
    require_sight(pending, instance)


def print_queue(pending: Pending, plan: Plan) -> None:
    """The queue as a table, oldest first, with a line that sums it up."""
    out = console()
    if not pending.dossiers:
        out.print(told_of_none(pending.unread))
        return
    if out.width < NARROW:
        _print_lines(out, pending, plan)
    else:
        _print_table(out, pending, plan)
    out.print(f"\n{summary(plan)}")
    beside = told_beside(pending.unread)
    if beside:
        out.print(beside)


def _print_table(out: Console, pending: Pending, plan: Plan) -> None:
    made = table("Escalation", "Source", "Age", "Reason", "Priority", "Verdict", "Because")
    for decision, dossier in zip(plan.decisions, pending.dossiers, strict=True):
        escalation, priority = dossier.escalation, decision.evidence.fact("priority")
        made.add_row(
            styled(escalation.number),
            styled(escalation.source.number or "(unreadable)"),
            age(escalation.opened_at, plan.judged_at),
            styled(escalation.reason.label if escalation.reason is not None else "(none)"),
            styled(str(priority.value) if priority.is_known else "-"),
            verdict_text(decision.verdict.outcome.value),
            styled(_because(decision.verdict)),
        )
    out.print(made)


def _print_lines(out: Console, pending: Pending, plan: Plan) -> None:
    """The queue where a table has no room: three lines for each escalation."""
    for decision, dossier in zip(plan.decisions, pending.dossiers, strict=True):
        escalation = dossier.escalation
        reason = escalation.reason.label if escalation.reason is not None else "(none)"
        waited = age(escalation.opened_at, plan.judged_at)
        out.print(styled(escalation.number, "bold"), verdict_text(decision.verdict.outcome.value), waited)
        out.print(styled(f"  {escalation.source.number or '(unreadable)'}, {reason}"))
        out.print(quoted(_because(decision.verdict), out.width))


def summary(plan: Plan) -> str:
    """`25 pending: 8 approve, 5 reject, 12 hold`."""
    counts = dict.fromkeys(("approve", "reject", "hold"), 0)
    for decision in plan.decisions:
        counts[decision.verdict.outcome.value] += 1
    return f"{len(plan.decisions)} pending: " + ", ".join(f"{count} {name}" for name, count in counts.items())


def _because(verdict: Verdict) -> str:
    """Why, without the verdict's own word; where no rule matches, also on what the first one failed."""
    sentence = verdict.explanation.sentence
    because = sentence.partition(" because ")[2] or sentence
    differing = first_differing(verdict) if verdict.cause is HoldCause.NO_RULE else None
    if differing is None:
        return because
    rule, why = differing
    return f'{because}; the first that would {rule.verdict} is "{rule.rule}", and it fails at {why}'
