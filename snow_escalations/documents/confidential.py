"""What must not be shown of a document: values of keys that are secrets, or look as if they were meant to be.

A misspelt key is no known one, so nobody resolves or redacts its value; that is why near misses count as secrets too.
Hiding too much costs a glance into the file, hiding too little costs a password.
"""

import difflib
import re
from functools import cache

MASK = "***"
_WORDS = ("password", "passwort", "passwd", "passphrase", "secret", "token", "apikey", "authentication")
_PARTS = ("pass", "pwd", "secret", "token", "apikey", "credential")
_WHOLE = frozenset({"pw", "pin", "psw"})
_NEAR = 0.8
_KEY = re.compile(r"(?P<key>[\w.-]+)[\"']?\s*:(?=\s|$|[\"'])")
_REFERENCE = re.compile(r"\s*[\"']?(?:env|file|keyring):[^\s,\]}\"']+[\"']?\s*")


@cache
def looks_secret(key: str) -> bool:
    """Whether a key names a secret or a section of secrets, by its words and by near misses of them."""
    words = [word for word in re.split(r"[^a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key).lower()) if word]
    whole = "".join(words)
    if any(part in whole for part in _PARTS) or not _WHOLE.isdisjoint(words):
        return True
    if any(sorted(word) == ["a", "h", "t", "u"] for word in words):  # the section `auth`, letters swapped or not
        return True
    return any(difflib.get_close_matches(word, _WORDS, n=1, cutoff=_NEAR) for word in [whole, *words])


def without_secrets(line: str) -> str:
    """The line with everything after the first key that looks secret masked, unless that is a reference to a secret."""
    for match in _KEY.finditer(line):
        rest = line[match.end() :]
        if looks_secret(match["key"]) and rest.strip() and not _REFERENCE.fullmatch(rest):
            return f"{line[: match.end()]} {MASK}"
    return line
