"""Passwords as the store keeps them: a digest, so that neither answers nor queries give the plain text away.

The same password always has the same digest, which keeps runs repeatable; this protects nothing worth protecting.
"""

import hashlib
import re

_MARK = "{sha-384}:"
# A digest as exports show it; or the mark that stands in a published export, with which nobody logs in.
_KEPT = re.compile(re.escape(_MARK) + r"[0-9a-f]{96}|\[REDACTED\]")


def digest(password: str) -> str:
    """The 106 characters that stand for a password; "" for none."""
    return _MARK + hashlib.sha384(password.encode()).hexdigest() if password else ""


def kept(written: str) -> str:
    """What a password field keeps of a written value: its digest; what an export shows in its place stays as it is."""
    return written if _KEPT.fullmatch(written) else digest(written)
