"""`show`: one escalation or case, with everything that belongs to it, in both directions."""

import click
from rich.console import Console
from rich.rule import Rule

from snow_escalations.cli import shapes
from snow_escalations.cli.facts import print_evidence
from snow_escalations.cli.one import number_of
from snow_escalations.cli.output import age, console, lines, print_json, quoted, styled, table, verdict_text
from snow_escalations.cli.progress import working
from snow_escalations.cli.session import CliSession
from snow_escalations.cli.unread import told_of_no_escalation
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import Case, Decision, Dossier, Element, Journal

_KINDS = {Element.COMMENTS: "comment", Element.WORK_NOTES: "work note"}


@click.command()
@click.argument("number", metavar="NUMBER")
@click.option("--json", "as_json", is_flag=True, help="Print the dossiers as JSON (docs/json.md).")
@click.pass_obj
def show(session: CliSession, number: str, as_json: bool) -> None:  # noqa: FBT001
    """Show an escalation or a case with everything that belongs to it.

    Of an escalation: its approvals, its case or account, the conversation, earlier escalations, and the verdict if it
    still waits. Of a case: the case and all of its escalations.

    Example: snow-escalations show ESC0010023
    """
    with session.instance() as instance, working(f"reading {number}"):
        desk = instance.desk
        case, sys_ids = desk.find(number_of(number))
        if case is None and not sys_ids:
            raise SnowEscalationsError(
                f"{number}: there is no escalation and no case of this number on {instance.url}, or none that the "
                f"account may read"
            )
        dossiers = desk.gather(sys_ids, session.now())
        planner = instance.planner()
        is_alone = case is not None and not dossiers
        journal = instance.journals.read([case.sys_id])[case.sys_id] if case is not None and is_alone else None
        hidden = desk.hidden_escalations(case) if case is not None and is_alone else 0
    decided = [planner.decide(item, session.now()) if item.requested else None for item in dossiers]
    if as_json:
        shown = [shapes.dossier_shape(item, decision) for item, decision in zip(dossiers, decided, strict=True)]
        alone = shapes.case_shape(case, journal) if case is not None and is_alone else None
        print_json({"case": alone, "hidden_escalations": hidden, "dossiers": shown})
        return
    out = console()
    if case is not None and is_alone:
        _print_case(out, case, journal)
        out.print(f"\n{told_of_no_escalation(hidden)}")
    for item, decision in zip(dossiers, decided, strict=True):
        _print_dossier(out, item, decision)


def _print_dossier(out: Console, dossier: Dossier, decision: Decision | None) -> None:
    escalation = dossier.escalation
    reason = escalation.reason.label if escalation.reason is not None else "no reason"
    requester = escalation.requested_by.name if escalation.requested_by is not None else "unknown"
    out.print(Rule(styled(f"{escalation.number}  {escalation.state.label or escalation.state.key}"), align="left"))
    made = table("", "")
    made.show_header = False
    made.add_row("reason", styled(reason))
    made.add_row("requested", styled(f"{age(escalation.opened_at, dossier.read_at)} ago by {requester or 'unknown'}"))
    made.add_row("severity", styled(escalation.severity or "-"))
    made.add_row("justification", lines(escalation.justification or "(none)"))
    for approval in dossier.approvals:
        approver = approval.approver.name if approval.approver is not None else "nobody"
        left = " (inactive)" if approval.approver is not None and approval.approver.active is False else ""
        made.add_row("approval", styled(f"{approval.state.label}: {approver}{left}"))
    for earlier in dossier.earlier:
        made.add_row("earlier", styled(f"{earlier.number} {earlier.state.label}"))
    for duplicate in dossier.duplicates:
        made.add_row("beside it", styled(f"{duplicate.number} is pending for the same source"))
    for missing in dossier.missing:
        made.add_row("missing", styled(missing, "yellow"))
    out.print(made)
    if dossier.account is not None:
        out.print(styled(f"account {dossier.account.name}, {len(dossier.linked_cases)} linked cases"))
    for case in dossier.cases:
        _print_case(out, case, dossier.journals.get(case.sys_id))
    if decision is not None:
        _print_decision(out, decision)


def _print_case(out: Console, case: Case, journal: Journal | None) -> None:
    priority = case.priority.label if case.priority is not None else "-"
    contact = case.contact.name if case.contact is not None else "no contact"
    account = case.account.number if case.account is not None else "no account"
    out.print(Rule(styled(f"{case.number}  {case.short_description}"), align="left", style="dim"))
    out.print(styled(f"{case.state.label}, priority {priority}, {account}, contact {contact}"))
    if journal is None or journal.unreadable is not None:
        out.print(styled(f"journal cannot be read: {journal.unreadable if journal else 'it was not read'}", "yellow"))
        return
    for entry in journal.entries:
        when = entry.created_at.strftime("%Y-%m-%d %H:%M")
        head = f"{when}  {_KINDS[entry.element]} by {entry.author} ({entry.author_kind.value})"
        out.print(styled(head, "bold" if entry.element is Element.COMMENTS else "dim"))
        out.print(quoted(entry.text, out.width))


def _print_decision(out: Console, decision: Decision) -> None:
    verdict = decision.verdict
    out.print(Rule("verdict", align="left", style="dim"))
    out.print(verdict_text(verdict.outcome.value), styled(verdict.explanation.sentence))
    out.print()
    print_evidence(out, decision.evidence)
    if decision.action is not None:
        for target in decision.action.targets:
            out.print(Rule(styled(f"reply on {target.case.number}"), align="left", style="dim"))
            out.print(quoted(target.reply, out.width))
