"""`demo`: the whole job on the sandbox, told step by step."""

import time

import click
from rich.console import Console

from snow_escalations.cli.apply import carry_out_plan, exit_code, print_summary
from snow_escalations.cli.instance import Instance
from snow_escalations.cli.output import console, quoted, styled, table
from snow_escalations.cli.queue import print_queue
from snow_escalations.cli.session import CliSession, present
from snow_escalations.decisions.apply import RollUp
from snow_escalations.model import AuthorKind, Dossier, Element, Plan
from snow_escalations.sandbox import Sandbox, SandboxOptions, stop_signals
from snow_escalations.servicenow.options import BasicLogin, ConnectionOptions

USER, PASSWORD = "snow.escalations", "sandbox"  # the sandbox's own account, no secret


@click.command()
@click.option("--keep", is_flag=True, help="Keep the sandbox running afterwards, until Ctrl-C or SIGTERM.")
@click.option("--port", default=0, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--seed", default=0, show_default=True, type=int, help="Another seed, another demo desk.")
@click.pass_context
def demo(ctx: click.Context, keep: bool, port: int, seed: int) -> None:  # noqa: FBT001
    """Watch the whole job on the sandbox.

    Starts the embedded instance with a company's demo desk, shows what is pending, judges it, answers the customers on
    their cases, decides the approvals, and shows what changed. Nothing outside this machine is touched.

    Example: snow-escalations demo --keep
    """
    session: CliSession = ctx.obj
    session.start_logs()
    out = console()
    with Sandbox.start(SandboxOptions(port=port, seed=seed, now=session.fixed_now, frozen=False)) as sandbox:
        out.print(f"A sandbox with the demo desk is listening on {sandbox.url}.\n", style="dim")
        options = ConnectionOptions(url=sandbox.url, login=BasicLogin(USER, PASSWORD))
        with Instance.open(options, session.configuration, USER, session.redactor.add) as instance:
            code = _tell(out, session, instance)
        if keep:
            _keep(out, sandbox.url)
    ctx.exit(code)


def _tell(out: Console, session: CliSession, instance: Instance) -> int:
    now = session.now()
    _heading(out, "1. The queue, judged by the shipped policy (snow-escalations queue)")
    planner = instance.planner()
    pending = instance.desk.pending(now)
    plan = planner.plan(pending.dossiers, now, present())
    print_queue(pending, plan)
    _heading(out, "2. One of the replies that were drafted (snow-escalations plan)")
    _print_reply(out, plan)
    _heading(out, "3. Carried out: comment first, read back, then the state (snow-escalations apply)")
    results = carry_out_plan(instance, plan, tell=True)
    results = RollUp(instance.tables, instance.configuration.settings.dialect, time.sleep).follow(results)
    print_summary(results)
    _heading(out, "4. Before and after, read from the instance again")
    changed = [item.escalation.sys_id for item in results]
    before = {dossier.escalation.sys_id: dossier for dossier in pending.dossiers}
    _print_changes(out, before, instance.desk.gather(changed, now))
    _print_next_steps(out, plan)
    return exit_code(results)


def _heading(out: Console, text: str) -> None:
    out.print(f"\n{text}", style="bold")


def _print_reply(out: Console, plan: Plan) -> None:
    replies = [item for item in plan.decisions if item.action is not None]
    chosen = next((item for item in replies if item.verdict.outcome == "reject"), replies[0] if replies else None)
    if chosen is None or chosen.action is None:
        out.print("No reply: every escalation is held for a person.")
        return
    case = chosen.action.targets[0].case.number
    out.print(styled(f"{chosen.escalation.number}, {chosen.verdict.explanation.sentence}. On {case}:", "dim"))
    out.print(quoted(chosen.action.reply, out.width))


def _print_changes(out: Console, before: dict[str, Dossier], after: list[Dossier]) -> None:
    made = table("Escalation", "Case", "Approval", "Escalation state", "Our comments")
    for dossier in after:
        earlier = before[dossier.escalation.sys_id]
        made.add_row(
            styled(dossier.escalation.number),
            styled(dossier.escalation.source.number),
            styled(f"{_approvals(earlier)} -> {_approvals(dossier)}"),
            styled(f"{earlier.escalation.state.label} -> {dossier.escalation.state.label}"),
            f"{_our_comments(earlier)} -> {_our_comments(dossier)}",
        )
    out.print(made)


def _approvals(dossier: Dossier) -> str:
    return ", ".join(sorted(approval.state.key for approval in dossier.approvals))


def _our_comments(dossier: Dossier) -> int:
    return sum(
        entry.author_kind in {AuthorKind.US, AuthorKind.TOOL}
        for journal in dossier.journals.values()
        for entry in journal.of(Element.COMMENTS)
    )


def _print_next_steps(out: Console, plan: Plan) -> None:
    out.print("\nWhere to look next", style="bold")
    example = plan.decisions[0].escalation.number if plan.decisions else "ESC0010001"
    out.print(f"  snow-escalations demo --keep           keeps this sandbox, to try: show {example}")
    out.print("  snow-escalations sandbox serve         an instance to rehearse on; --data loads your own rows")
    out.print("  snow-escalations init                  the settings, policy and replies, for your own instance")


def _keep(out: Console, url: str) -> None:
    with stop_signals() as stopping:
        out.print("\nThe sandbox goes on until Ctrl-C. In another terminal:", style="bold")
        for name, value in (("URL", url), ("AUTH__USER", USER), ("AUTH__PASSWORD", PASSWORD)):
            out.print(f"  export SNOW_ESCALATIONS_INSTANCE__{name}={value}")
        out.print("  snow-escalations queue")
        stopping.wait()
