"""Secrets are found where their reference points, or the error names the place and never the content."""

import sys
import types
from pathlib import Path

import pytest

from snow_escalations.secrets import SecretError, is_reference, resolve


def test_a_secret_comes_from_the_environment() -> None:
    assert resolve("env:TOKEN", environ={"TOKEN": "s3cret"}, base=Path()) == "s3cret"


def test_a_secret_comes_from_a_file_without_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(" s3cret \n")
    assert resolve("file:secret", environ={}, base=tmp_path) == " s3cret "


@pytest.mark.parametrize(
    ("name", "words"),
    [("big", "has over 65536 bytes: this is another file"), ("a\0b", "cannot be read: embedded null byte")],
)
def test_a_file_that_is_no_secret_is_told(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "big").write_text("x" * 65537)
    with pytest.raises(SecretError, match=words):
        resolve(f"file:{name}", environ={}, base=tmp_path)


def test_a_secret_comes_from_the_keyring() -> None:
    asked: list[tuple[str, str]] = []

    def lookup(service: str, user: str) -> str:
        asked.append((service, user))
        return "s3cret"

    assert resolve("keyring:snow/prod/me", environ={}, base=Path(), keyring=lookup) == "s3cret"
    assert asked == [("snow/prod", "me")]


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("hunter2", "must be given as env:NAME"),
        ("vault:x", "must be given as env:NAME"),
        ("env:MISSING", "MISSING, which should hold a secret, is not set"),
        ("env:EMPTY", "the secret at env:EMPTY is empty"),
        ("file:none", "cannot be read: No such file"),
        ("file:binary", "it is not UTF-8 text"),
        ("keyring:me", "must have the form keyring:SERVICE/USER"),
        ("keyring:snow/me", "no entry for service snow and user me"),
    ],
)
def test_what_cannot_be_had_says_where_and_why(reference: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(SecretError, match=words) as caught:
        resolve(reference, environ={"EMPTY": ""}, base=tmp_path, keyring=lambda service, user: None)
    assert "hunter2" not in str(caught.value)


def test_a_missing_keyring_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(SecretError, match=r"snow-escalations\[keyring\]"):
        resolve("keyring:snow/me", environ={}, base=Path())


def test_a_keyring_that_fails_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class KeyringError(Exception):
        pass

    def get_password(service: str, user: str) -> str:
        if service == "locked":
            raise KeyringError("locked")
        return f"{service}-{user}"

    monkeypatch.setitem(sys.modules, "keyring", types.SimpleNamespace(get_password=get_password))
    monkeypatch.setitem(sys.modules, "keyring.errors", types.SimpleNamespace(KeyringError=KeyringError))
    assert resolve("keyring:snow/me", environ={}, base=Path()) == "snow-me"
    with pytest.raises(SecretError, match="cannot be asked for service locked, user me: locked"):
        resolve("keyring:locked/me", environ={}, base=Path())


@pytest.mark.parametrize(("text", "wanted"), [("env:X", True), ("file:/a", True), ("keyring:a/b", True), ("x", False)])
def test_references_are_told_from_literals(text: str, wanted: bool) -> None:
    assert is_reference(text) is wanted


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("multi\nline", "character 6 of 10 is a control character such as a line break"),
        ("tab\there", "character 4 of 8 is a control character"),
        ("\udcffbytes", "character 1 of 6 is a byte that is not UTF-8"),
    ],
)
def test_a_secret_that_cannot_be_sent_is_refused_where_it_is_resolved(content: str, words: str) -> None:
    with pytest.raises(SecretError, match=f"the secret at env:KEY cannot be sent: {words}") as caught:
        resolve("env:KEY", environ={"KEY": content}, base=Path())
    assert content not in str(caught.value)
