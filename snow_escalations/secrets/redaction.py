"""Taking secrets out of text by their value, in every form in which they travel."""

import base64
import re
import threading
from urllib.parse import quote, quote_plus

MASK = "***"
_SHORTEST = 4


class Redactor:
    """Knows the secrets of this process and masks them in any text. Safe for threads.

    A secret shorter than four characters is masked only where it stands alone, because masking each `a` of a log
    would hide more than it protects.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def add(self, secret: str, *, user: str | None = None) -> None:
        """Register a secret; with `user`, also the form in which Basic authentication sends the two."""
        forms = {secret, quote(secret, safe=""), quote_plus(secret), base64.b64encode(secret.encode()).decode()}
        if user is not None:
            forms.add(base64.b64encode(f"{user}:{secret}".encode()).decode())
        with self._lock:
            self._forms |= {form for form in forms if form}
            # The longest first, so that a secret that contains another is masked whole.
            ordered = sorted(self._forms, key=lambda form: (-len(form), form))
            self._pattern = re.compile("|".join(_literal(form) for form in ordered)) if ordered else None

    def redact(self, text: str) -> str:
        """The text with every registered secret replaced by `***`."""
        pattern = self._pattern
        return text if pattern is None else pattern.sub(MASK, text)


def _literal(form: str) -> str:
    escaped = re.escape(form)
    return escaped if len(form) >= _SHORTEST else rf"(?<!\w){escaped}(?!\w)"
