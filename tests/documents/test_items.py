"""One item of a list that is no YAML hides none of the others, and stays where it is."""

import pytest

from snow_escalations.documents import parse_items

HEAD, ITEM = "above: {a: no}\nitems: # of the list\n", "  - name: %s\n    trap: no\n"


def told(text: str, *, items: list[object] | None) -> list[tuple[int, str]]:
    """Lines and first words of all that is wrong with a document, which has these items."""
    document, problems = parse_items(text, "f.yaml", "items", ["above", "below", "items"])
    assert (document is None) is (items is None)
    if document is not None:
        found = document.plain()
        assert isinstance(found, dict)
        listed = found["items"]
        assert [item and item["name"] for item in listed or ()] == items  # type: ignore[union-attr,call-overload,index]
        problems += document.problems
    return sorted((problem.line, problem.message.split(":")[0]) for problem in problems)


NO, BAD = "`no` means a boolean to some readers; write true or false, or quote the text", "not valid YAML"


@pytest.mark.parametrize(
    "torn",
    [
        "  - name: [x\n",
        '  - name: "x\n    more: y\n',
        "  - name: x: y\n    more: z\n",
        "  - name: x\n  more: y\n",
        "  - name: x\n\tmore: y\n",
        "  - name: x\n   more: y\n",
        "  -\n    name: {x\n",
        "  - x\n  y\n",
        "  - name: x\nother: y\n",
    ],
)
@pytest.mark.parametrize("below", ["", "below: {b: no}\n"])
def test_an_item_that_is_no_yaml_hides_no_other(torn: str, below: str) -> None:
    text = HEAD + ITEM % 1 + torn + ITEM % 2 + torn + below
    first, second = 5, 5 + torn.count("\n") + 2
    found = told(text, items=[1, None, 2, None])
    assert [item for item in found if item[1] != BAD] == [
        (line, NO) for line in (1, 4, second + -1, *([second + torn.count("\n")] if below else []))
    ]
    places = [line for line, words in found if words == BAD]
    assert len(places) == 2
    assert first <= places[0] <= first + torn.count("\n")
    assert second <= places[1] <= second + torn.count("\n")


def test_keys_above_and_below_that_are_no_yaml_hide_no_item() -> None:
    assert told("above: [x\nitems:\n" + ITEM % 1 + "below: [x\n", items=[1]) == [(2, BAD), (4, NO), (6, BAD)]


def test_items_may_stand_at_the_begin_of_the_line() -> None:
    item = (ITEM % 1).replace("\n  ", "\n").replace("  -", "-")
    assert told("items:\n" + item + "- name: [x\n" + item + "below: {b: no}\n", items=[1, None, 1]) == [
        *[(3, NO), (5, BAD), (6, NO), (7, NO)],
    ]


def test_a_second_document_hides_nothing_of_the_first() -> None:
    assert told("items:\n" + ITEM % 1 + "  - name: [x\n---\nitems: [\n", items=[1, None]) == [
        (3, NO),
        (5, BAD),
        (7, BAD),
    ]
    assert told("items:\n" + ITEM % 1 + "---\nitems: [\n", items=[1])[1] == (
        4,
        "a second document starts here; a file holds one document",
    )


@pytest.mark.parametrize("text", ["items: [\n", "itms:\n  - [x\n", "items:\n  x: [\n", "{items: x\n", "\x07"])
def test_what_cannot_be_told_apart_is_told_as_a_whole(text: str) -> None:
    assert len(told(text, items=None)) == 1


def test_what_is_yaml_is_read_as_ever() -> None:
    document, problems = parse_items(HEAD + ITEM % 1, "f.yaml", "items", [])
    assert problems == ()
    assert document is not None
    assert len(document.problems) == 2
