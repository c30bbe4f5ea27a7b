"""POST /oauth_token.do: password, client_credentials and refresh_token."""

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import parse_qsl

from snow_escalations.sandbox.http.answer import Answer
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.identity.accounts import CLIENTS, OAuthClient
from snow_escalations.sandbox.identity.directory import Directory
from snow_escalations.sandbox.identity.tokens import Grant, Tokens
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.values.hashmap import ordered

PATH = "/oauth_token.do"
_FORM = "application/x-www-form-urlencoded"
_CLIENT_CREDENTIALS = "glide.oauth.inbound.client.credential.grant_type.enabled"


class TokenEndpoint:
    """Answers token requests. Whatever is wrong, the caller hears the same, unless the instance is set to say more."""

    def __init__(self, directory: Directory, tokens: Tokens, properties: Properties) -> None:
        self._directory = directory
        self._tokens = tokens
        self._properties = properties

    def answer(self, call: Call) -> Answer:
        """The token, or 401."""
        if call.header("content-type").partition(";")[0].strip().lower() != _FORM:
            return self._denied("invalid_request")
        form = dict(parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True))
        client = _client(form, call.header("authorization"))
        if client is None:
            return self._denied("invalid_client")
        match form.get("grant_type"):
            case "password":
                return self._for_password(client, form)
            case "client_credentials" if self._properties.boolean(_CLIENT_CREDENTIALS):
                if self._directory.named(client.user_name) is None:
                    return self._denied("invalid_grant")
                return self._issued(self._tokens.issue(client.client_id, client.user_name), refreshable=False)
            case "refresh_token":
                grant = self._tokens.refresh(client.client_id, form.get("refresh_token", ""))
                return self._denied("invalid_grant") if grant is None else self._issued(grant)
            case _:
                return self._denied("unsupported_grant_type")

    def _for_password(self, client: OAuthClient, form: Mapping[str, str]) -> Answer:
        caller = self._directory.by_password(form.get("username", ""), form.get("password", ""))
        if caller is None:
            return self._denied("invalid_grant")
        return self._issued(self._tokens.issue(client.client_id, caller.actor.user_name))

    def _issued(self, grant: Grant, *, refreshable: bool = True) -> Answer:
        values = {
            "access_token": grant.access_token,
            "refresh_token": grant.refresh_token,
            "scope": "useraccount",
            "token_type": "Bearer",
            "expires_in": self._tokens.expires_in(grant),
        }
        if not refreshable:
            del values["refresh_token"]
        return Answer(200, {key: values[key] for key in ordered(tuple(values))}, rest=False)

    def _denied(self, error: str) -> Answer:
        named = error if self._properties.boolean("sandbox.oauth.specific_errors") else "server_error"
        return Answer(401, {"error_description": "access_denied", "error": named}, rest=False)


def _client(form: Mapping[str, str], authorization: str) -> OAuthClient | None:
    """The registered client that the form, or a Basic header, names with its secret."""
    client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    if not client_id and authorization.lower().startswith("basic "):
        client_id, secret = _basic(authorization)
    for client in CLIENTS:
        if (client.client_id, client.client_secret) == (client_id, secret):
            return client
    return None


def _basic(authorization: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(authorization.partition(" ")[2], validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    client_id, _, secret = text.partition(":")
    return client_id, secret
