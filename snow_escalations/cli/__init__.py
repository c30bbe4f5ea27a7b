"""The command line: one module a command, each loaded only when its command runs.

`main` is the entry point of `snow-escalations`. The module imports click and nothing heavier, so that help is quick.
"""

from snow_escalations.cli.main import main

__all__ = ["main"]
