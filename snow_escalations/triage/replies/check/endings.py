"""Endings of hosts that are nobody's own: who allows one of them allows the hosts of strangers."""

from snow_escalations.triage.replies.check.vocabulary import common

_ADDRESS_PARTS, _COUNTRY = 4, 2


def is_anybodys(host: str) -> bool:
    """Whether strangers have hosts under it: a name without a dot, `co.uk`, `github.io`, the end of an address."""
    if host.startswith("["):
        return False
    first, *rest = host.split(".")
    if not rest:
        return True
    if rest[-1].isdecimal():
        return len(rest) + 1 != _ADDRESS_PARTS
    known = common()
    if host in known.shared_endings:
        return True
    return len(rest) == 1 and len(rest[0]) == _COUNTRY and first in known.country_endings
