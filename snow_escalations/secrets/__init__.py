"""Secrets by reference, and their removal from everything that is written.

A settings file never holds a secret, only where it is: `env:NAME`, `file:PATH` or `keyring:SERVICE/USER`. What a
reference resolves to is registered with a `Redactor`, which takes it out of every log line, error and traceback by its
value, however it got there.
"""

from snow_escalations.secrets.redaction import Redactor
from snow_escalations.secrets.reference import SecretError, check_usable, is_reference, resolve

__all__ = ["Redactor", "SecretError", "check_usable", "is_reference", "resolve"]
