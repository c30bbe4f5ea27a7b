"""`explain`: why the verdict on one escalation is what it is, and what would change it."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from snow_escalations.cli import shapes
from snow_escalations.cli.dossier_file import policy_test, write_dossier
from snow_escalations.cli.one import one_dossier
from snow_escalations.cli.output import console, one_line, print_json, styled, words
from snow_escalations.cli.progress import working
from snow_escalations.cli.session import CliSession
from snow_escalations.decisions.flips import flips_of, is_held_besides
from snow_escalations.model import Decision, Evidence, Verdict
from snow_escalations.triage.explanation import escaped, explanation_lines, explanation_markdown
from snow_escalations.triage.policy import judge
from snow_escalations.triage.policy.flips import Flip

_STYLES = {"+": "green", "-": "dim", "?": "yellow"}
FLIPS = 5
"""How many of the nearest flips a person is shown."""
NO_FLIP = "It is held by something else than a fact: no change of a single one changes the verdict while that stands."


@click.command()
@click.argument("number", metavar="NUMBER")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print it as Markdown, for a ticket or a chat.")
@click.option(
    "--dossier",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write all that was read of it to FILE, for a policy test.",
)
@click.option("--overwrite", is_flag=True, help="With --dossier: replace FILE if it is there.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON (docs/json.md).")
@click.pass_obj
def explain(session: CliSession, /, number: str, file: Path | None, **flags: bool) -> None:
    """Explain the verdict on one escalation, rule by rule.

    Tells of each rule what it asked, what was seen, where that was read, and how it went; how the stated reason stands
    to the facts; and the smallest change of one fact that would change the verdict.

    The file of --dossier holds what customers and colleagues wrote; a policy test that names it is judged as of now,
    whenever it runs.

    Example: snow-escalations explain ESC0010023
    """
    if flags["overwrite"] and file is None:
        raise click.UsageError("--overwrite says what --dossier FILE may do, and no FILE is named")
    with session.instance() as instance, working(f"reading {number}"):
        now = session.now()
        dossier = one_dossier(instance, number, now)
        planner = instance.planner()
        accounts = instance.account_names()
        decision = planner.decide(dossier, now, accounts)
        flips = flips_of(planner, dossier, decision, now, accounts)
    if not dossier.requested:
        note = f"Note: {dossier.escalation.number} no longer waits; this is what the policy would say now"
        click.echo(one_line(note), err=True)
    if file is not None:
        write_dossier(dossier, file, overwrite=flags["overwrite"])
    if flags["as_json"]:
        print_json(shapes.explanation_shape(decision, flips))
    elif flags["as_markdown"]:
        click.echo(words(_markdown(decision, flips, besides=is_held_besides(planner, decision))))
    else:
        _print(console(), decision, flips, besides=is_held_besides(planner, decision))
        if file is not None:
            _tell_of_test(decision, judge(decision.evidence, planner.policy), file, session.configuration.directory)


def _tell_of_test(decision: Decision, by_policy: Verdict, file: Path, directory: Path) -> None:
    """Say how the file becomes a policy test, and what of the verdict no policy test can give."""
    click.echo(words(f"\nWritten to {file}; it holds what customers and colleagues wrote. As a policy test:\n"))
    click.echo(words(policy_test(decision.escalation.number, by_policy, file, directory)))
    if by_policy != decision.verdict:
        click.echo(
            f"\nThe test expects {by_policy.outcome.value}, which is what the policy says by itself; what else holds "
            f"this escalation is no part of a policy test."
        )


def _print(out: Console, decision: Decision, flips: Sequence[Flip], *, besides: bool) -> None:
    first, *lines = explanation_lines(decision.verdict.explanation)
    out.print(styled(f"{decision.escalation.number} is {first}", "bold"))
    for line in lines:
        out.print(styled(line, _STYLES.get(line.lstrip()[:1], "")))
    out.print("\n", styled(reason_words(decision.evidence)), sep="")
    if flips:
        out.print("\nThe nearest flips:")
    elif besides:
        out.print(f"\n{NO_FLIP}")
    for flip in flips[:FLIPS]:
        by = f" ({flip.rule})" if flip.rule is not None else ""
        out.print(styled(f"  {flip.words}{by}"))


def reason_words(evidence: Evidence) -> str:
    """How the stated reason stands to the facts, in a sentence."""
    stated, weighed, better = (evidence.fact(name) for name in ("reason", "stated_reason", "better_reason"))
    if weighed.unreadable is not None:
        return f"Whether the stated reason holds cannot be told: {weighed.unreadable}"
    note = f": {weighed.note}" if weighed.note else ""
    also = ""
    if better.value is not None:
        also = f". The facts support {better.value} better" + (f": {better.note}" if better.note else "")
    return f"The stated reason ({stated.value or 'none'}) is {weighed.value}{note}{also}."


def _markdown(decision: Decision, flips: Sequence[Flip], *, besides: bool) -> str:
    parts = [f"## {escaped(decision.escalation.number)}", explanation_markdown(decision.verdict.explanation)]
    parts.append(escaped(reason_words(decision.evidence)))
    if flips:
        parts.append("### The nearest flips\n\n" + "\n".join(f"- {escaped(flip.words)}" for flip in flips[:FLIPS]))
    elif besides:
        parts.append(NO_FLIP)
    return "\n\n".join(parts)
