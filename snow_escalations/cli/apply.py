"""`apply`: a written plan, carried out."""

import math
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from snow_escalations.cli.instance import Instance
from snow_escalations.cli.output import console, print_json, styled, table
from snow_escalations.cli.session import CliSession, present
from snow_escalations.decisions.apply import WAIT, RollUp, apply, decided
from snow_escalations.decisions.carry_out import CarryOut
from snow_escalations.decisions.gate import Gate
from snow_escalations.decisions.outcome import CarriedOut, Status
from snow_escalations.decisions.plan_file import read_plan
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import Plan
from snow_escalations.servicenow.errors import InstanceError
from snow_escalations.triage.policy.values import with_unit

FAILED, REFUSED = 1, 4
LONGEST_WAIT = 3600.0
_COLOURS = {Status.DONE: "green", Status.ALREADY_DONE: "green", Status.HELD: "yellow", Status.FAILED: "red"}
_FOLLOWED = {"approve": "escalated", "reject": "declined"}


def number_of_seconds(ctx: click.Context, param: click.Parameter, value: float) -> float:
    """A number that is one: `nan` compares with nothing."""
    if math.isnan(value):
        raise click.BadParameter("`nan` is no number of seconds", ctx, param)
    return value


@click.command(name="apply")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--wait",
    metavar="SECONDS",
    type=click.FloatRange(min=0, max=LONGEST_WAIT),
    callback=number_of_seconds,
    default=WAIT,
    show_default=True,
    help="How long to wait at the end for the escalations to follow their approvals.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what became of each decision as JSON (docs/json.md).")
@click.pass_context
def apply_plan(ctx: click.Context, file: Path, wait: float, as_json: bool) -> None:  # noqa: FBT001
    """Carry out a plan that was written before.

    Asks nothing. Each decision is checked again right before: one whose records changed since the plan is held. It is
    safe to apply a plan again, after an interruption for instance: what is done already is found and not repeated.

    Example: snow-escalations apply today.json
    """
    session: CliSession = ctx.obj
    plan = read_plan(file)
    with session.instance() as instance:
        results = carry_out_plan(instance, plan, tell=not as_json)
        follow = RollUp(instance.tables, instance.configuration.settings.dialect, time.sleep).follow
        try:
            results, unseen = follow(results, wait), None
        except InstanceError as error:
            unseen = error
    print_results(results, as_json=as_json, again="Apply the same plan again")
    if unseen is not None:
        # The decisions are carried out and told; only whether the escalations followed is not known.
        raise unseen
    ctx.exit(exit_code(results))


def print_results(results: list[CarriedOut], *, as_json: bool, again: str) -> None:
    """Tell what became of decisions; `again` is what shows it once more.

    Raises:
        SnowEscalationsError: it cannot be printed.
    """
    try:
        if as_json:
            print_json([item.model_dump(mode="json") for item in results])
        else:
            print_summary(results)
    except BrokenPipeError:
        return
    except OSError as error:
        written = sum(item.comments + item.states for item in results)
        raise SnowEscalationsError(
            f"the decisions were carried out ({written} writes), but what became of them cannot be printed: "
            f"{error.strerror}. {again} to see: what is done is found and not repeated"
        ) from error


def carry_out_plan(instance: Instance, plan: Plan, *, tell: bool) -> list[CarriedOut]:
    """Apply a plan, telling each decision as it is done. A plan expires by the real clock, whatever --now says.

    Raises:
        GateRefusal: the plan is not for this instance or time; nothing was done.
    """
    dialect = instance.configuration.settings.dialect
    gate = Gate(
        tables=instance.tables,
        dialect=dialect,
        plan=plan,
        instance=instance.url,
        now=present,
    )
    carry_out = CarryOut(
        gate,
        instance.records,
        dialect,
        rights=instance.rights(),
        own_user_name=instance.user_name,
    )
    results: list[CarriedOut] = []
    out = console()
    total = len(decided(plan))
    for result in apply(plan, carry_out):
        results.append(result)
        if tell:
            head = f"[{len(results)}/{total}] {result.escalation.number}"
            # What was begun is carried out, even if nobody reads along any more.
            with suppress(BrokenPipeError):
                out.print(styled(f"{head} {result.status.value}: {result.detail}", _COLOURS[result.status]))
    return results


def print_summary(results: Iterable[CarriedOut]) -> None:
    """What was written, and which escalations did not follow."""
    results = list(results)
    comments, states = sum(item.comments for item in results), sum(item.states for item in results)
    told = [with_unit(len(results), "decisions"), with_unit(states, "approvals"), with_unit(comments, "comments")]
    console().print(f"\n{told[0]}: {told[1]} set, {told[2]} posted.")
    lagging = [item for item in results if item.rolled_up not in {None, _FOLLOWED.get(item.outcome.value)}]
    if lagging:
        made = table("Escalation", "Approval", "Escalation is still")
        for item in lagging:
            made.add_row(styled(item.escalation.number), item.outcome.value, styled(item.rolled_up or "?"))
        console().print(
            "These escalations have not followed yet. Other approvers may have to decide, or no flow listens:"
        )
        console().print(made)


def exit_code(results: Iterable[CarriedOut]) -> int:
    """1 if something failed, else 4 if the gate refused something, else 0."""
    statuses = {item.status for item in results}
    if Status.FAILED in statuses:
        return FAILED
    return REFUSED if Status.HELD in statuses else 0
