"""No value of anything that is a secret, or was meant to be one, is in an error of the settings."""

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.documents import DocumentError
from snow_escalations.settings.load import load_settings

GOOD = (
    "commitments: {contact: the Desk, talk: call us any time, next_update: tomorrow, meeting_link: https://m.example}\n"
)
CORE = "Zq7hunterQz"


def told(text: str) -> str:
    """Everything that is ever printed of an error: its message, and its traceback with --debug."""
    with pytest.raises(DocumentError) as caught:
        load_settings(GOOD + text, "settings.yaml")
    return "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "text",
    [
        f"instance: {{url: 'https://a.example', auth: {{user: x, password: {CORE}, client_secret: {CORE}}}}}",
        f"instance: {{max_concurrency: many, auth: {{user: x, password: {CORE}}}}}",
        f"instance: {{max_concurrency: many, auth: {{user: x, pasword: {CORE}}}}}",
        f"instance:\n  auth:\n    pwd: {CORE}",
        f"instance:\n  auth:\n    pasword: {CORE}",
        f"instance:\n  auth:\n    apikey: {CORE}",
        f"instance:\n  auth:\n    password: {CORE}: x",
        f"instance:\n  auth:\n    user: x\n    password:{CORE}",
        f"instance:\n  auth: {{user: x, password:{CORE}}}",
        f"instance:\n  auth: {{user: x, password {CORE}}}",
        f"instance: {{password:{CORE}}}",
        f"instance:\n  auth: password:{CORE}",
        f"instance:\n  auth: [password, {CORE}]",
        f"instance:\n  auht: {{pwd: {CORE}}}\n  page_size: 0",
        f'instance:\n  auth:\n    password: "{CORE}',
        f"instance:\n  auth:\n    password: |\n      {CORE}\n     {CORE}",
        f"instance:\n  auth:\n    password: &{CORE} x",
        f"instance:\n  auth:\n    password: *{CORE}",
        f"instance:\n  auth:\n    password: !{CORE} x",
        f"instance:\n  auth:\n    password: !{CORE}!x x",
        f"instance:\n  auth:\n    password: {CORE}\n    password: {CORE}",
        f"instance: {{url: 'https://me:{CORE}@x.service-now.com'}}",
        f"instance: {{url: 'https://me:{CORE}/{CORE}@x.service-now.com'}}",
        f"instance: {{url: 'https://x.service-now.com?token={CORE}'}}",
        f"instance: {{proxy: 'http://bob:{CORE}@proxy:3128'}}",
        f"instance: {{proxy: 'bob:{CORE}@proxy:3128'}}",
        f"instance: {{proxy: 'socks5://bob:{CORE}@proxy:3128'}}",
        f"instance: {{proxy: 'http://bob:{CORE}/x@proxy:3128'}}",
        f"password: {CORE}",
        f"token: [{CORE}]",
    ],
)
def test_a_secret_is_not_told_wherever_and_however_it_is_written(text: str) -> None:
    assert CORE not in told(text)


@pytest.mark.parametrize("text", ["0123456", "12:34", "9" * 5000])
def test_a_secret_that_looks_like_a_number_is_not_told(text: str) -> None:
    assert text not in told(f"instance: {{auth: {{password: {text}}}}}")


KEYS = st.sampled_from(
    [
        *("password", "pasword", "passwrod", "pwd", "pass", "password2", "passphrase", "credential"),
        *("api_key", "apikey", "api-key", "client_secret", "clientsecret", "secret", "token", "refresh_tokn"),
    ]
)
VALUES = st.text(st.characters(codec="utf-8", exclude_characters="'"), max_size=12).map(lambda text: f"{CORE}{text}")
WRITTEN = st.sampled_from(["{}", "'{}'", '"{}"', "[{}]", "|\n        {}", "{}: x", "&{} x", "*{}", "!{} x", "{{{}}}"])
PLACES = st.sampled_from(
    [
        "instance: {{max_concurrency: many, auth: {{user: me, {}: {}}}}}",
        "instance: {{auth: {{{}: {}, kind: basics}}}}",
        "instance:\n  auth:\n    kind: basics\n    {}: {}\n    user: [me]",
        "instance: {{page_size: 0, {}: {}}}",
        "instance:\n  page_size: 0\n  {}: {}\n",
        "{}: {}\nplan: {{lifetime_hours: off}}",
    ]
)


@given(PLACES, KEYS, WRITTEN, VALUES)
def test_no_secret_is_told_whatever_else_is_wrong(place: str, key: str, written: str, value: str) -> None:
    assert CORE not in told(place.format(key, written.replace("{}", value)))


def test_a_value_that_is_no_secret_is_quoted() -> None:
    message = told("instance: {max_concurrency: many, url: 'ftp://x'}")
    assert "\n    max_concurrency: many\n" in message
    assert "\n    url: ftp://x\n" in message


def test_a_literal_proxy_password_is_refused_in_a_file_with_the_remedy() -> None:
    with pytest.raises(DocumentError) as caught:
        load_settings(f"{GOOD}instance: {{proxy: 'http://bob:{CORE}@proxy:3128'}}", "s.yaml")
    assert str(caught.value) == (
        "s.yaml:2:12: `instance.proxy` holds a literal password; write env:NAME, file:PATH or keyring:SERVICE/USER "
        "for the whole address instead"
    )


@pytest.mark.parametrize("url", ["http://proxy:3128", "https://proxy.example", "http://bob@proxy:1", "env:PROXY"])
def test_other_proxies_are_accepted_in_a_file(url: str) -> None:
    assert load_settings(f"{GOOD}instance: {{proxy: '{url}'}}", "s").instance.proxy == url


@pytest.mark.parametrize("url", ["socks5://proxy:1080", "proxy:3128", "http://", "http://proxy:x", "http://proxy/x"])
def test_a_proxy_that_cannot_be_used_is_refused_at_its_place(url: str) -> None:
    with pytest.raises(DocumentError, match=r"^s\.yaml:2:12: `instance\.proxy`: "):
        load_settings(f"{GOOD}instance: {{proxy: '{url}'}}", "s.yaml")
