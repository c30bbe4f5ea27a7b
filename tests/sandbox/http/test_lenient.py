"""Request bodies: JSON as instances read it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.sandbox.http.lenient import decode

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_json_is_read_as_json(value: object) -> None:
    assert decode(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{'a':'1'}", {"a": "1"}),
        ("{a: b c}", None),
        ("{a: b, c: 12, d: -1.5e3, e: TRUE, f: null}", {"a": "b", "c": 12, "d": -1500.0, "e": True, "f": None}),
        ("{'it''s': 1}", None),
        (r"{'a':'it\'s \u00e9\n'}", {"a": "it's é\n"}),
        ("{'a':1,}", {"a": 1}),
        ("['a',]", ["a"]),
        ("[ ]", []),
        ("{ }", {}),
        ("{'a':{'b':['c']}}", {"a": {"b": ["c"]}}),
        ('{"a":"x" "b":1}', None),
        ("{'a'", None),
        ("{'a':'x", None),
        ("{1:2}", None),
        ("{'a':}", None),
        ("{'a':1}}", None),
        (r"{'a':'\u12'}", None),
        ("[" * 200 + "'a'" + "]" * 200, None),
        ("[" * 100_000, None),
    ],
)
def test_what_is_more_than_json(text: str, value: object) -> None:
    if value is None:
        with pytest.raises(ValueError, match=r".+"):
            decode(text)
    else:
        assert decode(text) == value


@given(st.text(alphabet=st.sampled_from("{}[]'\":, ab1\\u"), max_size=40))
def test_nothing_but_a_value_error_comes_out(text: str) -> None:
    try:
        decode(text)
    except ValueError:
        return
