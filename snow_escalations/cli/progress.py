"""A sign of life on standard error for what takes longer than a moment; silent where nobody watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from snow_escalations.cli.output import console, styled


@contextmanager
def working(doing: str) -> Iterator[None]:
    """Show a spinner with what is being done, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    with console(stderr=True).status(styled(doing)):
        yield
