"""The settings about the instance, as what a connection needs: complete, with the secrets fetched."""

import os
from pathlib import Path
from typing import Protocol

from snow_escalations.errors import ConfigurationError
from snow_escalations.secrets import Redactor, SecretError, check_usable, is_reference, resolve
from snow_escalations.servicenow.options import ApiKeyLogin, BasicLogin, ConnectionOptions, Login, OAuthLogin
from snow_escalations.settings.addresses import proxy_address, register_password
from snow_escalations.settings.model import AuthSettings, InstanceSettings


class _Fetch(Protocol):
    """Gives the secret behind a key of `instance.auth`, empty where none is set."""

    def __call__(self, key: str, *, in_header: bool = False) -> str: ...


_NEEDS = {
    "basic": ("user", "password"),
    "api_key": ("api_key",),
    "oauth password": ("client_id", "client_secret", "user", "password"),
    "oauth client_credentials": ("client_id", "client_secret"),
    "oauth refresh_token": ("client_id", "client_secret", "refresh_token"),
}
NO_INSTANCE = (
    "no instance is set. Set instance.url and instance.auth in settings.yaml (`snow-escalations init` writes one), or "
    "in the environment SNOW_ESCALATIONS_INSTANCE__URL, SNOW_ESCALATIONS_INSTANCE__AUTH__USER and "
    "SNOW_ESCALATIONS_INSTANCE__AUTH__PASSWORD. To try things out without an instance, start the sandbox with "
    "`snow-escalations sandbox serve`, or watch `snow-escalations demo`"
)


def connection_options(settings: InstanceSettings, base: Path, redactor: Redactor) -> ConnectionOptions:
    """What a connection needs; every secret is registered with the redactor.

    `base` is where relative `file:` references and certificate paths start: the configuration directory.

    Raises:
        ConfigurationError: no instance is set, or something that its login needs is missing.
    """
    if settings.url is None:
        raise ConfigurationError(NO_INSTANCE)
    certificate = settings.client_certificate
    return ConnectionOptions(
        url=settings.url,
        login=_login(settings.auth, base, redactor),
        timeouts=settings.timeouts,
        retries=settings.retries,
        max_concurrency=settings.max_concurrency,
        page_size=settings.page_size,
        journal_page_size=settings.journal_page_size,
        proxy=None if settings.proxy is None else _proxy(settings.proxy, base, redactor),
        ca_bundle=None if settings.ca_bundle is None else _existing(base, settings.ca_bundle, "ca_bundle"),
        client_certificate=None
        if certificate is None
        else (
            _existing(base, certificate.certificate, "client_certificate.certificate"),
            _existing(base, certificate.key, "client_certificate.key"),
        ),
    )


def _login(auth: AuthSettings, base: Path, redactor: Redactor) -> Login:
    method = f"oauth {auth.grant}" if auth.kind == "oauth" else auth.kind
    missing = [key for key in _NEEDS[method] if not getattr(auth, key)]
    if missing:
        keys = " and ".join(f"instance.auth.{key}" for key in missing)
        raise ConfigurationError(
            f"the login `{method}` needs {keys}, which {'is' if len(missing) == 1 else 'are'} not set"
        )
    secret = _fetcher(auth, base, redactor)
    if auth.kind == "api_key":
        return ApiKeyLogin(secret("api_key", in_header=True), auth.api_key_header)
    if auth.kind == "oauth":
        return OAuthLogin(
            grant=auth.grant,
            client_id=auth.client_id or "",
            client_secret=secret("client_secret"),
            user=auth.user or "",
            password=secret("password"),
            refresh_token=secret("refresh_token"),
        )
    user, password = auth.user or "", secret("password")
    redactor.add(password, user=user)
    return BasicLogin(user, password)


def _fetcher(auth: AuthSettings, base: Path, redactor: Redactor) -> _Fetch:
    def fetch(key: str, *, in_header: bool = False) -> str:
        written = getattr(auth, key)
        if not written:
            return ""
        # A literal can only have come from the environment: files with one are refused when they are loaded.
        by_reference = is_reference(written)
        secret = resolve(written, environ=os.environ, base=base) if by_reference else written
        check_usable(secret, written if by_reference else f"instance.auth.{key}", in_header=in_header)
        redactor.add(secret)
        return secret

    return fetch


def _proxy(written: str, base: Path, redactor: Redactor) -> str:
    address = resolve(written, environ=os.environ, base=base) if is_reference(written) else written
    try:
        proxy_address(address)
    except ValueError as error:
        raise SecretError(f"instance.proxy: the address at {written} {error}") from error
    register_password(address, redactor)
    return address


def _existing(base: Path, path: str, key: str) -> str:
    found = base / path
    if not found.exists():
        raise ConfigurationError(f"instance.{key} names {found}, which does not exist")
    return str(found)
