"""Variables are read one by one: each problem names its variable, what is wrong with it, and the remedy."""

import json

import pytest

from snow_escalations.documents import DocumentError
from snow_escalations.settings.load import load_settings

GOOD = (
    "commitments: {contact: the Desk, talk: call us any time, next_update: tomorrow, meeting_link: https://m.example}\n"
)
PREFIX = "SNOW_ESCALATIONS_"


def problems(text: str = GOOD) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load_settings(text, "settings.yaml")
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_an_unknown_key_inside_json_is_told_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}INSTANCE", '{"auth": {"password": "env:X", "kinds": 1}}')
    assert problems() == [f"environment variable {PREFIX}INSTANCE: unknown key `kinds`; did you mean `kind`?"]


def test_a_problem_of_the_file_is_not_blamed_on_a_variable_for_the_section_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(f"{PREFIX}INSTANCE", '{"page_size": 0}')
    assert problems(f"{GOOD}instance: {{max_concurrency: 0, urll: x}}") == [
        f"environment variable {PREFIX}INSTANCE: `instance.page_size`: input should be greater than or equal to 1",
        "settings.yaml:2:12: `instance.max_concurrency`: input should be greater than or equal to 1",
        "settings.yaml:2:32: unknown key `urll`; did you mean `url`?",
    ]


def test_what_json_lacks_is_told_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    promised = '{"contact": "the Desk", "talk": "call us any time", "meeting_link": "https://m.example"}'
    monkeypatch.setenv(f"{PREFIX}COMMITMENTS", promised)
    assert problems("{}") == [f"environment variable {PREFIX}COMMITMENTS: `commitments.next_update` is missing"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("customer_contact", ("customer_contact",)),
        ("a, b", ("a", "b")),
        ('["a", "b"]', ("a", "b")),
        ("a,,b,", ("a", "b")),
    ],
)
def test_lists_are_json_or_texts_with_commas(
    text: str, wanted: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}DIALECT__CUSTOMER_CLASSES", text)
    assert load_settings(GOOD, "s").dialect.customer_classes == wanted


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("INSTANCE__AUTH", "foo", "is not JSON (Expecting value at character 1); write a JSON object, or set single"),
        ("INSTANCE__AUTH", "foo", f"such as {PREFIX}INSTANCE__AUTH__KIND"),
        ("INSTANCE", "5", "holds JSON of another kind; write a JSON object"),
        ("INSTANCE", '{"page_size": ' + "9" * 5000 + "}", "a number that is too long to be read"),
        ("INSTANCE", "[" * 200_000, "is nested too deeply to be read"),
        ("DIALECT__SYSTEM_USERS", '["a"', "is not JSON"),
        ("DIALECT__REASONS", "3=outage", f"such as {PREFIX}DIALECT__REASONS__KEY"),
        ("INSTANCE__CLIENT_CERTIFICATE", "me.pem", f"such as {PREFIX}INSTANCE__CLIENT_CERTIFICATE__CERTIFICATE"),
        ("INSTANCE__TIMEOUTS__DEADLINE", "1e300", "input should be less than or equal to 86400"),
        ("INSTANCE__TIMEOUTS__CONNECT", "inf", "input should be less than or equal to 600"),
        ("INSTANCE__TIMEOUTS__READ", "nan", "input should be"),
        ("INSTANCE__RETRIES__LONGEST_WAIT", "1e9", "input should be less than or equal to 3600"),
        ("INSTANCE__AUTH__USER", "me\udcff", "must be printable text"),
        ("INSTANCE__AUTH__CLIENT_ID", "c\nd", "must be printable text"),
        ("INSTANCE__PROXY", "socks5://proxy:1080", "must be an address like http://proxy.example:3128"),
    ],
)
def test_a_bad_variable_is_named_with_the_remedy(
    name: str, text: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + name, text)
    (problem,) = problems()
    assert problem.startswith(f"environment variable {PREFIX}{name}: ")
    assert words in problem


def test_bad_variables_come_all_at_once_with_the_problems_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}INSTANCE__AUTH", "foo")
    monkeypatch.setenv(f"{PREFIX}DIALECT__SYSTEM_USERS", "[")
    monkeypatch.setenv(f"{PREFIX}PLAN__LIFETIME_HOURS", "soon")
    assert len(problems(f"{GOOD}policies: x.yaml")) == 4


def test_what_sets_a_single_value_goes_before_what_sets_its_section(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}INSTANCE__AUTH__USER", "single")
    monkeypatch.setenv(f"{PREFIX}INSTANCE", json.dumps({"auth": {"user": "outer", "client_id": "c"}, "page_size": 5}))
    monkeypatch.setenv(f"{PREFIX}INSTANCE__AUTH", json.dumps({"user": "inner", "kind": "oauth"}))
    instance = load_settings(f"{GOOD}instance: {{max_concurrency: 2}}", "s").instance
    assert (instance.auth.user, instance.auth.kind, instance.page_size, instance.max_concurrency) == (
        "single",
        "oauth",
        5,
        2,
    )


def test_a_key_that_pydantic_settings_would_take_for_a_switch_is_unknown() -> None:
    assert problems(f"{GOOD}_env_file: .env") == ["settings.yaml:2:1: unknown key `_env_file`"]


def test_what_a_section_of_variables_alone_lacks_is_told_with_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"{PREFIX}INSTANCE__CLIENT_CERTIFICATE__CERTIFICATE"
    monkeypatch.setenv(name, "x")
    assert problems() == [f"environment variable {name}: `instance.client_certificate.key` is missing"]
    in_file = f"{GOOD}instance: {{client_certificate: {{certificate: own.pem}}}}"
    assert problems(in_file) == ["settings.yaml:2:12: `instance.client_certificate.key` is missing"]
