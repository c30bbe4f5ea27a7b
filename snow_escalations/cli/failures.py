"""What a person sees when something goes wrong: one paragraph, without a traceback, and the exit code."""

import sys
import traceback
from collections.abc import Sequence

import click

from snow_escalations.cli.session import CliSession
from snow_escalations.errors import SnowEscalationsError

INTERRUPTED = 130


def run(command: click.Group, arguments: Sequence[str]) -> int:
    """Run a command and give its exit code; foreseen errors are printed, anything else is a defect and escapes."""
    session = CliSession()
    try:
        with command.make_context("snow-escalations", list(arguments), obj=session) as context:
            command.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong, and nothing more can be said.
        sys.stderr.close()
        return 0
    except SnowEscalationsError as error:
        present(error, session)
        return error.exit_code
    return 0


def present(error: SnowEscalationsError, session: CliSession) -> None:
    """Print an error, with every secret masked; with --debug its traceback too."""
    redact = session.redactor.redact
    if session.debug:
        click.echo(redact("".join(traceback.format_exception(error))), err=True)
    click.echo(f"Error: {redact(str(error))}", err=True)
