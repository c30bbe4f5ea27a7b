"""Who sends a request: Basic, Bearer or API key."""

from dataclasses import dataclass

from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.identity.accounts import API_KEYS
from snow_escalations.sandbox.identity.directory import Caller, Directory
from snow_escalations.sandbox.identity.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Login:
    """Who sends a request, if anybody; `bearer` is the token presented."""

    caller: Caller | None
    bearer: str = ""

    @property
    def user_name(self) -> str:
        """The user name, or ""."""
        return "" if self.caller is None else self.caller.actor.user_name


class Authentication:
    """Reads credentials. A session's cookie alone is none: services send credentials with every request."""

    def __init__(self, directory: Directory, tokens: Tokens) -> None:
        self._directory = directory
        self._tokens = tokens

    def of(self, call: Call) -> Login:
        """The login of a request; an Authorization header decides, before an API key."""
        header = call.header("authorization")
        scheme, _, rest = header.partition(" ")
        if scheme.lower() == "basic":
            return Login(self._directory.basic(header))
        if scheme.lower() == "bearer":
            token = rest.strip()
            return Login(self._named(self._tokens.user_of(token)), token)
        return Login(self._named(API_KEYS.get(call.header("x-sn-apikey"))))

    def _named(self, user_name: str | None) -> Caller | None:
        return None if user_name is None else self._directory.named(user_name)
