"""YAML with positions: the plain part is read, every trap is refused at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.documents import Document, DocumentError, Mapping, Position, parse


def test_values_keep_their_types_and_positions() -> None:
    document = parse("a: 1\nb:\n  - x\n  - 2.5\nc: {d: true, e: ~}\n", "f.yaml")
    assert document.plain() == {"a": 1, "b": ["x", 2.5], "c": {"d": True, "e": None}}
    assert document.problem(("b", 1), "m").line == 4
    assert document.problem(("c", "e"), "m").column == 14


def test_a_quoted_scalar_is_text_whatever_it_looks_like() -> None:
    assert parse("a: 'no'\nb: \"012\"\nc: '22:30'\nd: '1'", "f").plain() == {
        "a": "no",
        "b": "012",
        "c": "22:30",
        "d": "1",
    }


@pytest.mark.parametrize("text", ["", "   \n", "# only a comment\n", "---\n", "~"])
def test_an_empty_document_is_an_empty_mapping(text: str) -> None:
    assert parse(text, "f").root == Mapping((), Position(1, 1))


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: yes", 1, 4, "boolean"),
        ("a: 1\nb: OFF", 2, 4, "boolean"),
        ("a: 012", 1, 4, "octal"),
        ("a: 22:30", 1, 4, "base 60"),
        ("a: &x 1\nb: 2", 1, 4, "anchor `&x`"),
        ("a: &x 1\nb: *x", 2, 4, "alias `*x`"),
        ("a: !!python/object:os.system x", 1, 4, "tag"),
        ("a: 1\na: 2", 2, 1, "duplicate key `a`; it is first written in line 1"),
        ("? [1, 2]\n: 3", 1, 3, "a key must be plain text"),
    ],
)
def test_a_trap_is_refused_where_it_stands(text: str, line: int, column: int, words: str) -> None:
    problems = parse(text, "f.yaml").problems
    assert any(words in item.message and (item.line, item.column) == (line, column) for item in problems)


def test_of_a_duplicate_key_the_first_value_stands() -> None:
    assert parse("a: reject\na: approve", "f").plain() == {"a": "reject"}


def test_an_alias_bomb_is_not_expanded() -> None:
    levels = "\n".join(
        f"{name}: &{name} [{','.join([f'*{below}'] * 9)}]" for name, below in zip("bcdefg", "abcdef", strict=True)
    )
    document = parse(f"a: &a [1,1,1,1,1,1,1,1,1]\n{levels}", "bomb.yaml")
    assert len(document.problems) == 9 * 6 + 7


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: [1, ", 2, "not valid YAML"),
        ("a: b: c", 1, "mapping values are not allowed"),
        ("a: 1\n---\nb: 2", 2, "a second document"),
        ("a: 1\nb: \x07x", 2, "a character that YAML does not allow"),
        ("[" * 60 + "]" * 60, 1, "nested deeper than 40 levels"),
    ],
)
def test_what_cannot_be_parsed_is_one_error_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        parse(text, "f.yaml")
    assert caught.value.problems[0].line == line


@given(st.text(max_size=200))
def test_any_text_is_a_document_or_a_document_error(text: str) -> None:
    try:
        outcome: object = parse(text, "any")
    except DocumentError as error:
        outcome = error
    assert isinstance(outcome, Document) or outcome.problems


@pytest.mark.parametrize(
    ("number", "words"),
    [("9" * 5000, "a number of 5000 digits, the limit is 40"), ("1e999", "beyond 1.8e308"), ("-1e999", "beyond")],
)
def test_a_number_that_cannot_be_computed_with_is_refused_where_it_stands(number: str, words: str) -> None:
    (problem,) = parse(f"a: 1\nb: {{c: {number}}}", "f.yaml").problems
    assert (problem.line, problem.column) == (2, 8)
    assert words in problem.message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{? ["])
def test_the_deepest_nesting_is_one_error(opening: str) -> None:
    with pytest.raises(DocumentError):
        parse(opening * 100_000, "f.yaml")


def test_of_a_confidential_document_no_line_is_quoted() -> None:
    document = parse("a: 012\nb: c", "f.yaml", confidential=True)
    assert [problem.line_text for problem in [*document.problems, document.problem(("b",), "m")]] == ["", ""]
    with pytest.raises(DocumentError) as caught:
        parse("a: b: c", "f.yaml", confidential=True)
    assert str(caught.value) == "f.yaml:1:5: not valid YAML: mapping values are not allowed in this context"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("line", ["a: {x: 1, pasword: hunter2, y: 2}", "apikey: hunter2", "- auth: {x: hunter2}"])
def test_a_quoted_line_of_any_document_shows_no_secret(line: str) -> None:
    assert "hunter2" not in parse(line, "f.yaml").problem((), "m").line_text
