"""`explain`: why the verdict on one escalation is what it is, and what would change it."""

from collections.abc import Sequence

import click
from rich.console import Console

from snow_escalations.cli import shapes
from snow_escalations.cli.one import one_dossier
from snow_escalations.cli.output import console, print_json, styled, words
from snow_escalations.cli.progress import working
from snow_escalations.cli.session import CliSession
from snow_escalations.model import Decision, Evidence
from snow_escalations.triage.explanation import explanation_lines, explanation_markdown
from snow_escalations.triage.policy.flips import Flip, nearest_flips

_STYLES = {"+": "green", "-": "dim", "?": "yellow"}
FLIPS = 5
"""How many of the nearest flips a person is shown."""


@click.command()
@click.argument("number", metavar="NUMBER")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print it as Markdown, for a ticket or a chat.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON (docs/json.md).")
@click.pass_obj
def explain(session: CliSession, number: str, as_markdown: bool, as_json: bool) -> None:  # noqa: FBT001
    """Explain the verdict on one escalation, rule by rule.

    Tells of each rule what it asked, what was seen, where that was read, and how it went; how the stated reason stands
    to the facts; and the smallest change of one fact that would change the verdict.

    Example: snow-escalations explain ESC0010023
    """
    with session.instance() as instance, working(f"reading {number}"):
        now = session.now()
        dossier = one_dossier(instance, number, now)
        planner = instance.planner()
        decision = planner.decide(dossier, now, instance.account_names())
    if not dossier.requested:
        note = f"Note: {dossier.escalation.number} no longer waits; this is what the policy would say now"
        click.echo(note, err=True)
    flips = nearest_flips(decision.evidence, planner.policy, now)
    if as_json:
        print_json(shapes.explanation_shape(decision, flips))
    elif as_markdown:
        click.echo(words(_markdown(decision, flips)))
    else:
        _print(console(), decision, flips)


def _print(out: Console, decision: Decision, flips: Sequence[Flip]) -> None:
    first, *lines = explanation_lines(decision.verdict.explanation)
    out.print(styled(f"{decision.escalation.number} is {first}", "bold"))
    for line in lines:
        out.print(styled(line, _STYLES.get(line.lstrip()[:1], "")))
    out.print(styled(reason_words(decision.evidence)))
    if flips:
        out.print("\nThe nearest flips:")
    for flip in flips[:FLIPS]:
        by = f" ({flip.rule})" if flip.rule is not None else ""
        out.print(styled(f"  {flip.words}{by}"))


def reason_words(evidence: Evidence) -> str:
    """How the stated reason stands to the facts, in a sentence."""
    stated, weighed, better = (evidence.fact(name) for name in ("reason", "stated_reason", "better_reason"))
    if weighed.unreadable is not None:
        return f"\nWhether the stated reason holds cannot be told: {weighed.unreadable}"
    note = f": {weighed.note}" if weighed.note else ""
    also = ""
    if better.value is not None:
        also = f". The facts support {better.value} better" + (f": {better.note}" if better.note else "")
    return f"\nThe stated reason ({stated.value or 'none'}) is {weighed.value}{note}{also}."


def _markdown(decision: Decision, flips: Sequence[Flip]) -> str:
    parts = [f"## {decision.escalation.number}", explanation_markdown(decision.verdict.explanation)]
    parts.append(reason_words(decision.evidence).strip())
    if flips:
        parts.append("### The nearest flips\n\n" + "\n".join(f"- {flip.words}" for flip in flips[:FLIPS]))
    return "\n\n".join(parts)
