"""References to secrets, and what they resolve to."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from snow_escalations.errors import ConfigurationError

_REFERENCE = re.compile(r"(?P<scheme>env|file|keyring):(?P<rest>.+)", re.DOTALL)
_UNUSABLE = {"Cc": "a control character such as a line break", "Cs": "a byte that is not UTF-8"}
_LAST_OF_LATIN_1 = 0xFF
_LONGEST = 64 * 1024
FORMS = "env:NAME, file:PATH or keyring:SERVICE/USER"


class SecretError(ConfigurationError):
    """A secret cannot be had from where its reference points."""


def is_reference(text: str) -> bool:
    """Whether the text has the form of a reference (what it points to may still be missing)."""
    return _REFERENCE.fullmatch(text) is not None


def check_usable(secret: str, where: str, *, in_header: bool = False) -> None:
    """Refuse a secret that cannot be sent; one that is `in_header` as it is must fit into an HTTP header besides.

    Raises:
        SecretError: with the place of the offending character in place of the secret.
    """
    for number, character in enumerate(secret, start=1):
        kind = _UNUSABLE.get(unicodedata.category(character))
        if kind is None and in_header and ord(character) > _LAST_OF_LATIN_1:
            kind = "a character that no HTTP header can hold (beyond Latin-1)"
        if kind is not None:
            raise SecretError(
                f"the secret at {where} cannot be sent: character {number} of {len(secret)} is {kind}. Write the "
                f"secret there alone, in one line"
            )
    if in_header and secret != secret.strip():
        raise SecretError(f"the secret at {where} cannot be sent: it starts or ends with a blank. Take the blank away")


def resolve(
    reference: str,
    *,
    environ: Mapping[str, str],
    base: Path,
    keyring: Callable[[str, str], str | None] | None = None,
) -> str:
    """The secret that `reference` points to; a relative `file:` path starts at `base`.

    Raises:
        SecretError: the form is unknown, or nothing usable is there. The message names the place, never the content.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise SecretError(f"a secret must be given as {FORMS}")
    scheme, rest = match["scheme"], match["rest"]
    if scheme == "env":
        secret = environ.get(rest)
        if secret is None:
            raise SecretError(f"the environment variable {rest}, which should hold a secret, is not set")
    elif scheme == "file":
        secret = _from_file(base / rest)
    else:
        secret = _from_keyring(rest, keyring or _installed_keyring())
    if secret == "":  # an empty secret is one that somebody forgot to fill in
        raise SecretError(f"the secret at {scheme}:{rest} is empty")
    check_usable(secret, f"{scheme}:{rest}")
    return secret


def _from_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
        if len(content) > _LONGEST:
            raise SecretError(f"{path}, which should hold a secret, has over {_LONGEST} bytes: this is another file")
        return content.decode("utf-8").strip("\r\n")
    except OSError as error:
        raise SecretError(f"{path}, which should hold a secret, cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SecretError(f"{path}, which should hold a secret, cannot be read: it is not UTF-8 text") from error
    except ValueError as error:
        # A path with a zero byte in it, which no file system has.
        raise SecretError(f"{str(path)!r}, which should hold a secret, cannot be read: {error}") from error


def _from_keyring(rest: str, lookup: Callable[[str, str], str | None]) -> str:
    service, _, user = rest.rpartition("/")
    if not service or not user:
        raise SecretError(f"keyring:{rest} must have the form keyring:SERVICE/USER")
    secret = lookup(service, user)
    if secret is None:
        raise SecretError(f"the keyring holds no entry for service {service} and user {user}")
    return secret


def _installed_keyring() -> Callable[[str, str], str | None]:
    try:
        import keyring  # noqa: PLC0415  (an optional extra, loaded only when a reference asks for it)
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError as error:
        raise SecretError(
            "keyring: references need the keyring extra; install it with pip install 'snow-escalations[keyring]'"
        ) from error

    def lookup(service: str, user: str) -> str | None:
        try:
            secret: str | None = keyring.get_password(service, user)
        except KeyringError as error:
            raise SecretError(f"the keyring cannot be asked for service {service}, user {user}: {error}") from error
        return secret

    return lookup
