"""A document against a model: all errors at once, at their lines, with what was meant."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from snow_escalations.documents import DocumentError, parse, validate


class Login(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["basic", "oauth"] = "basic"
    user: str


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")

    login: Login
    others: list[Login] = []
    named: dict[str, Login] = {}
    maybe: Login | None = None
    by_day: dict[Literal["monday", "sunday"], int] = {}
    by_code: dict[Annotated[str, StringConstraints(pattern="^[a-z]$")], int] = {}
    count: int = Field(default=1, ge=1)
    several: tuple[Login, ...] = Field(default=(Login(user="a"),), min_length=1)


def messages(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        validate(parse(text, "s.yaml"), Sample)
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_a_good_document_becomes_the_model() -> None:
    sample = validate(parse("login: {user: me}\ncount: 3", "s"), Sample)
    assert (sample.login.user, sample.count) == ("me", 3)


def test_all_problems_come_at_once_in_the_order_of_their_lines() -> None:
    text = "login: {usr: me}\ncount: 0\nothers:\n  - {user: a, kind: oaut}\nextra: no\n"
    assert messages(text) == [
        "s.yaml:1:9: unknown key `usr`; did you mean `user`?",
        "s.yaml:2:1: `count`: input should be greater than or equal to 1",
        "s.yaml:4:15: `others[0].kind`: input should be 'basic' or 'oauth'; did you mean `oauth`?",
        "s.yaml:5:1: unknown key `extra`",
        "s.yaml:5:8: `no` means a boolean to some readers; write true or false, or quote the text",
    ]


def test_a_key_that_is_misspelt_is_not_told_as_missing_too() -> None:
    assert messages("logn: {user: me}") == ["s.yaml:1:1: unknown key `logn`; did you mean `login`?"]
    assert messages("login: {frob: x}") == [
        "s.yaml:1:1: `login.user` is missing",
        "s.yaml:1:9: unknown key `frob`",
    ]


@pytest.mark.parametrize(
    "section",
    ["maybe: {user: a, knd: b}", "named: {n: {user: a, knd: b}}", "others: [{user: a, knd: b}]"],
)
def test_suggestions_reach_into_optional_and_nested_models(section: str) -> None:
    found = messages(f"login: {{user: x}}\n{section}")
    assert any("unknown key `knd`; did you mean `kind`?" in message for message in found)


def test_a_key_that_must_be_one_of_several_is_suggested_too() -> None:
    text = "login: {user: x}\nby_day: {mondy: 1, noon: 2}\nby_code:\n  X: 1\n"
    assert messages(text) == [
        "s.yaml:2:10: unknown key `mondy`: input should be 'monday' or 'sunday'; did you mean `monday`?",
        "s.yaml:2:20: unknown key `noon`: input should be 'monday' or 'sunday'",
        "s.yaml:4:3: the key `X` of `by_code`: string should match pattern '^[a-z]$'",
    ]


def test_a_document_that_is_no_mapping_is_refused() -> None:
    assert messages("- 1") == ["s.yaml:1:1: the document must be a mapping of keys to values"]


def test_a_problem_of_parsing_alone_is_enough_to_refuse() -> None:
    assert messages("login: &a {user: me}") == [
        "s.yaml:1:8: anchor `&a` is not accepted; write the value out where it is used"
    ]


def test_the_offending_line_is_shown_without_its_secret() -> None:
    with pytest.raises(DocumentError) as caught:
        validate(parse("login: {user: me}\npassword: hunter2\napi_token: 'env:X'\n", "s.yaml"), Sample)
    assert [problem.line_text for problem in caught.value.problems] == ["password: ***", "api_token: 'env:X'"]
    assert "hunter2" not in str(caught.value)


def test_an_offending_line_is_cut_and_printable() -> None:
    with pytest.raises(DocumentError) as caught:
        validate(parse(f'login: {{user: me}}\nbad: "\\e{"x" * 500}\t"\n', "s.yaml"), Sample)
    shown = caught.value.problems[0].line_text
    assert len(shown) == 160
    assert shown.isprintable()


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("several: []", ["2:1: `several`: must have at least 1 item"]),
        ("several: [3, {usr: a}]", [
            "2:11: `several[0]`: must be a mapping of keys to values",
            "2:15: unknown key `usr`; did you mean `user`?",
        ]),
        ("several: 3", ["2:1: `several`: must be a list, such as `[]`"]),
        ("maybe: [a]", ["2:1: `maybe`: must be a mapping of keys to values"]),
    ],
)  # fmt: skip
def test_lists_and_mappings_are_called_so_and_no_list_is_short_because_of_bad_items(
    section: str, told: list[str]
) -> None:
    assert messages(f"login: {{user: x}}\n{section}") == [f"s.yaml:{line}" for line in told]
