"""The root command and its global options."""

import gc
import os
import sys
from pathlib import Path

import click

from snow_escalations import __version__
from snow_escalations.cli.lazy import LazyGroup
from snow_escalations.cli.session import CliSession

_HERE = "snow_escalations.cli"
COMMANDS = {
    "init": (f"{_HERE}.init:init", "Write the shipped configuration into a directory."),
    "doctor": (f"{_HERE}.doctor:doctor", "Check the instance and the account's rights before anything is decided."),
    "queue": (f"{_HERE}.queue:queue", "Show the pending escalations with age, reason and verdict."),
    "show": (f"{_HERE}.show:show", "Show an escalation or a case with everything that belongs to it."),
    "explain": (f"{_HERE}.explain:explain", "Explain the verdict on one escalation, rule by rule."),
    "draft": (f"{_HERE}.draft:draft", "Draft the reply to one escalation, and check it."),
    "approve": (f"{_HERE}.decide:approve", "Approve one escalation yourself, and answer the customer on the case."),
    "reject": (f"{_HERE}.decide:reject", "Reject one escalation yourself, and tell the customer on the case why."),
    "plan": (f"{_HERE}.plan:plan", "Judge what is pending and draft the replies; write nothing to the instance."),
    "apply": (f"{_HERE}.apply:apply_plan", "Carry out a plan that was written before."),
    "policy": (f"{_HERE}.policy:policy", "Check, test, explain and compare the team's policy."),
    "demo": (f"{_HERE}.demo:demo", "Watch the whole job on the sandbox."),
    "sandbox": (f"{_HERE}.sandbox:sandbox", "Run the embedded instance."),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The configuration directory. Default: SNOW_ESCALATIONS_CONFIG, else ./config, else the shipped one.",
)
@click.option("--now", metavar="ISO-INSTANT", help="Judge as of this instant, such as 2026-11-18T10:00:00Z.")
@click.option("--debug", is_flag=True, help="Show tracebacks, and log what is sent.")
@click.version_option(__version__, prog_name="snow-escalations")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, now: str | None, debug: bool) -> None:  # noqa: FBT001
    """The escalation desk for ServiceNow Customer Service Management.

    Reads pending escalations, judges them by your policy, answers each customer on the case, and decides. Nothing is
    written to an instance but by `apply`, `approve` and `reject` (and `demo`, on the sandbox).

    Example: snow-escalations queue
    """
    ctx.ensure_object(CliSession).set_options(config, now, debug=debug)


def collect_seldom() -> None:
    """Look for cyclic garbage less often than Python does by itself.

    A pass makes many small records and hardly a cycle, and each search through all of them costs as much as judging
    hundreds of dossiers.
    """
    gc.set_threshold(200_000, 20, 100)


def main() -> None:
    """Run the command line and leave the process with its exit code.

    0 done, 1 the work or the instance failed, 2 usage or configuration, 3 findings, 4 refused by the gate.
    """
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed by the caller (`>&-`): what is said goes nowhere, and nothing can be asked.
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # Names of customers must not break a terminal with a small character set.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    collect_seldom()
    from snow_escalations.cli.failures import run

    sys.exit(run(cli, sys.argv[1:]))
