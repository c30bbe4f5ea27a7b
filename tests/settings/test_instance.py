"""A connection gets all that it needs, with the secrets fetched and known to the redactor, or a clear error."""

from pathlib import Path
from typing import Any

import pytest

from snow_escalations.errors import ConfigurationError
from snow_escalations.secrets import Redactor
from snow_escalations.servicenow.options import ApiKeyLogin, BasicLogin, OAuthLogin
from snow_escalations.settings.instance import connection_options
from snow_escalations.settings.model import InstanceSettings

URL = "https://x.service-now.com"


def settings(auth: dict[str, Any], **changes: Any) -> InstanceSettings:
    return InstanceSettings.model_validate({"url": URL, "auth": auth, **changes})


def test_a_basic_login_is_resolved_and_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_PW", "s3cret")
    redactor = Redactor()
    options = connection_options(settings({"user": "me", "password": "env:SNOW_PW"}), Path(), redactor)
    assert options.login == BasicLogin("me", "s3cret")
    assert "s3cret" not in repr(options)
    assert redactor.redact("Basic bWU6czNjcmV0 s3cret") == "Basic *** ***"


def test_an_api_key_and_its_header(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k3y-value\n")
    login = connection_options(
        settings({"kind": "api_key", "api_key": "file:key", "api_key_header": "x-key"}), tmp_path, Redactor()
    ).login
    assert login == ApiKeyLogin("k3y-value", "x-key")


@pytest.mark.parametrize(
    ("auth", "wanted"),
    [
        (
            {"grant": "password", "user": "u", "password": "p4ss"},
            OAuthLogin("password", "c", "s3cret", user="u", password="p4ss"),
        ),
        ({"grant": "client_credentials"}, OAuthLogin("client_credentials", "c", "s3cret")),
        (
            {"grant": "refresh_token", "refresh_token": "r3fresh"},
            OAuthLogin("refresh_token", "c", "s3cret", refresh_token="r3fresh"),
        ),
    ],
)
def test_each_grant_of_oauth(auth: dict[str, str], wanted: OAuthLogin) -> None:
    oauth = {"kind": "oauth", "client_id": "c", "client_secret": "s3cret", **auth}
    assert connection_options(settings(oauth), Path(), Redactor()).login == wanted


@pytest.mark.parametrize(
    ("auth", "words"),
    [
        ({}, "`basic` needs instance.auth.user and instance.auth.password, which are not set"),
        ({"user": "me"}, "needs instance.auth.password, which is not set"),
        ({"kind": "api_key"}, "`api_key` needs instance.auth.api_key"),
        ({"kind": "oauth", "client_id": "c"}, "`oauth password` needs instance.auth.client_secret"),
        (
            {"kind": "oauth", "grant": "refresh_token", "client_id": "c", "client_secret": "s"},
            "needs instance.auth.refresh_token",
        ),
    ],
)
def test_what_a_login_lacks_is_told_by_its_keys(auth: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        connection_options(settings(auth), Path(), Redactor())


def test_without_an_instance_the_error_says_how_to_set_one_and_where_the_sandbox_is() -> None:
    with pytest.raises(ConfigurationError) as caught:
        connection_options(InstanceSettings(), Path(), Redactor())
    for words in ("instance.url", "SNOW_ESCALATIONS_INSTANCE__URL", "sandbox serve", "demo"):
        assert words in str(caught.value)


def test_certificates_are_found_beside_the_settings(tmp_path: Path) -> None:
    for name in ("ca.pem", "me.pem", "me.key"):
        (tmp_path / name).write_text("pem")
    made = connection_options(
        settings(
            {"user": "me", "password": "s3cret"},
            ca_bundle="ca.pem",
            client_certificate={"certificate": "me.pem", "key": "me.key"},
            proxy="http://proxy:3128",
        ),
        tmp_path,
        Redactor(),
    )
    assert made.ca_bundle == str(tmp_path / "ca.pem")
    assert made.client_certificate == (str(tmp_path / "me.pem"), str(tmp_path / "me.key"))
    assert made.proxy == "http://proxy:3128"


@pytest.mark.parametrize(
    "changes", [{"ca_bundle": "none.pem"}, {"client_certificate": {"certificate": "none.pem", "key": "none.pem"}}]
)
def test_a_missing_certificate_is_named(changes: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.pem, which does not exist"):
        connection_options(settings({"user": "me", "password": "s3cret"}, **changes), tmp_path, Redactor())


def test_a_proxy_by_reference_is_resolved_checked_and_its_password_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    auth, redactor = {"user": "me", "password": "s3cret"}, Redactor()
    monkeypatch.setenv("PROXY", "http://bob:proxy%2Dsecret9@proxy:3128")
    made = connection_options(settings(auth, proxy="env:PROXY"), Path(), redactor)
    assert made.proxy == "http://bob:proxy%2Dsecret9@proxy:3128"
    assert redactor.redact("proxy%2Dsecret9 proxy-secret9") == "*** ***"
    monkeypatch.setenv("PROXY", "socks5://bob:proxysecret9@proxy:3128")
    with pytest.raises(ConfigurationError, match="the address at env:PROXY must be an address like") as caught:
        connection_options(settings(auth, proxy="env:PROXY"), Path(), Redactor())
    assert "proxysecret9" not in str(caught.value)


def test_a_literal_proxy_password_of_the_environment_is_masked() -> None:
    redactor = Redactor()
    connection_options(
        settings({"user": "me", "password": "s3cret"}, proxy="http://bob:proxysecret9@proxy:3128"), Path(), redactor
    )
    assert redactor.redact("Ym9iOnByb3h5c2VjcmV0OQ== proxysecret9") == "*** ***"


@pytest.mark.parametrize("key", ["multi\nline", "ksecret€", " ksecret", "ksecret\u00a0", "kse\x00cret"])
@pytest.mark.parametrize("by_reference", [True, False])
def test_an_api_key_that_no_header_can_hold_is_refused_untold(key: str, by_reference: bool, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(key, encoding="utf-8")
    written = "file:key" if by_reference else key
    with pytest.raises(ConfigurationError, match="cannot be sent") as caught:
        connection_options(settings({"kind": "api_key", "api_key": written}), tmp_path, Redactor())
    assert not any(part in str(caught.value) for part in ("multi", "ksecret", "kse"))
    assert ("file:key" if by_reference else "instance.auth.api_key") in str(caught.value)


def test_a_password_need_not_be_latin_as_it_is_encoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PW", "pässwörd€")
    made = connection_options(settings({"user": "me", "password": "env:PW"}), Path(), Redactor())
    assert made.login == BasicLogin("me", "pässwörd€")
