"""Identifiers that look random and repeat with the seed: sys_ids, tokens, transaction ids."""

import base64
import hashlib
import itertools


class Identifiers:
    """A source of identifiers; each kind counts for itself."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._rows = itertools.count(1)
        self._transactions = itertools.count(1)
        self._secrets = itertools.count(1)

    def row(self) -> str:
        """The sys_id of a new row: 32 hexadecimal digits."""
        return self._digest("row", next(self._rows))

    def loaded_row(self, table: str, index: int) -> str:
        """The sys_id of row `index` of a data file that gives none."""
        return self._digest(table, index)

    def transaction(self) -> str:
        """The id of a request: 12 hexadecimal digits."""
        return self._digest("transaction", next(self._transactions))[:12]

    def session(self) -> str:
        """A session cookie: 32 hexadecimal digits, upper case."""
        return self._digest("session", next(self._secrets)).upper()

    def token(self) -> str:
        """An OAuth token: 86 characters of base64url."""
        digest = hashlib.sha512(f"{self._seed}/token/{next(self._secrets)}".encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    def _digest(self, kind: str, number: int) -> str:
        return named(f"{self._seed}/{kind}/{number}")


def named(text: str) -> str:
    """The identifier that belongs to a text for good, as those of the platform's own rows."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
