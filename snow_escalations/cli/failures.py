"""What a person sees when something goes wrong: one paragraph, without a traceback, and the exit code."""

import errno
import traceback
from collections.abc import Sequence
from contextlib import suppress

import click

from snow_escalations.cli.ended import Ended
from snow_escalations.cli.session import CliSession
from snow_escalations.errors import SnowEscalationsError

INTERRUPTED = 130
OUTPUT_FAILED = 1
_OUTPUT_FAILED = frozenset({errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG})


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
    except Ended as ended:
        with suppress(OSError):  # the terminal may be gone
            click.echo(f"\nStopped by {ended}.", err=True)
        return ended.exit_code
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong, and nothing more can be said.
        return 0
    except OSError as error:
        if error.errno not in _OUTPUT_FAILED:
            raise
        click.echo(f"Error: the output cannot be written: {error.strerror}", err=True)
        return OUTPUT_FAILED
    except SnowEscalationsError as error:
        present(error, session)
        return error.exit_code
    return 0


def present(error: SnowEscalationsError, session: CliSession) -> None:
    """Print an error, with every secret masked; with --debug its traceback too."""
    from snow_escalations.cli.output import one_line, words
    from snow_escalations.documents import DocumentError

    redact = session.redactor.redact
    if session.debug:
        click.echo(redact("".join(traceback.format_exception(error))), err=True)
    # Of a file each problem has its line; everything else is one paragraph, whatever names are in it.
    told = words if isinstance(error, DocumentError) else one_line
    click.echo(f"Error: {told(redact(str(error)))}", err=True)
