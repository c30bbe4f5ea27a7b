"""The root of every error that this package raises on purpose, and what each means to a shell.

    SnowEscalationsError          exit 1   the work or the instance failed
    ├── ConfigurationError        exit 2   usage or configuration
    │   └── documents.DocumentError        a file, with file:line:column for each problem
    └── GateRefusal               exit 4   refused by the gate (snow_escalations.decisions)

Anything else that escapes is a defect and shows its traceback. Messages are one paragraph: who, why, the measured
number, the limit, the remedy. They never hold a secret, a request body or a header dump.
"""

from typing import ClassVar


class SnowEscalationsError(Exception):
    """Something that was foreseen went wrong; the message is for the person at the terminal."""

    exit_code: ClassVar[int] = 1


class ConfigurationError(SnowEscalationsError):
    """A file, flag, environment variable or combination of them cannot be used as it is."""

    exit_code: ClassVar[int] = 2
