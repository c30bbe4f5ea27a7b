"""`doctor`: what must be right before anything is decided."""

from datetime import UTC, datetime

import click

from snow_escalations.cli.output import console, print_json, styled, table
from snow_escalations.cli.progress import working
from snow_escalations.cli.session import CliSession
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.doctor import Finding, FindingStatus, examine
from snow_escalations.servicenow.doctor.examination import Examination, Seen
from snow_escalations.servicenow.doctor.finding import ok, warning
from snow_escalations.settings.instance import connection_options
from snow_escalations.settings.shipped import shipped_commitments

FAILED = 1
_COLOURS = {
    FindingStatus.OK: "green",
    FindingStatus.WARNING: "yellow",
    FindingStatus.FAILURE: "red",
    FindingStatus.SKIPPED: "dim",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON (docs/json.md).")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:  # noqa: FBT001
    """Check the instance and the account's rights before anything is decided.

    Reads only. Looks at the address, TLS, login, clocks, each table and field that is used, the journals, the right to
    decide, choice values, and how the instance treats queries and limits. Exits with 1 if something fails.

    Example: snow-escalations doctor
    """
    session: CliSession = ctx.obj
    findings = list(_configured(session))
    configuration = session.configuration
    options = connection_options(configuration.settings.instance, configuration.directory, session.redactor)
    session.start_logs()
    seen = Seen(now=lambda: session.fixed_now or datetime.now(UTC))
    with Connection(options, on_secret=session.redactor.add, on_exchange=seen.note) as connection, working("examining"):
        user = configuration.settings.instance.auth.user or ""
        findings += examine(Examination(connection, configuration.settings.dialect, user, seen))
    if as_json:
        print_json([finding.model_dump(mode="json") for finding in findings])
    else:
        _print(findings)
    ctx.exit(FAILED if any(item.status is FindingStatus.FAILURE for item in findings) else 0)


def _configured(session: CliSession) -> list[Finding]:
    configuration = session.configuration
    configuration.check()
    rules = len(configuration.policy.rules)
    replies = len(configuration.reply_templates.templates)
    findings = [ok("configuration", f"{configuration.directory}: {rules} rules, {replies} replies")]
    if configuration.settings.commitments == shipped_commitments():
        findings.append(
            warning(
                "commitments",
                "the replies promise what the shipped settings promise, which nobody at your company keeps",
                "Set commitments.contact, commitments.talk and commitments.next_update",
            )
        )
    return findings


def _print(findings: list[Finding]) -> None:
    made = table("Check", "Result", "Detail and remedy")
    for finding in findings:
        detail = styled(finding.detail)
        if finding.remedy:
            detail.append(f"\n{finding.remedy}.", style="bold")
        made.add_row(styled(finding.check), styled(finding.status.value, _COLOURS[finding.status]), detail)
    out = console()
    out.print(made)
    counts = {status: sum(item.status is status for item in findings) for status in FindingStatus}
    out.print("\n" + ", ".join(f"{count} {status.value}" for status, count in counts.items() if count))
