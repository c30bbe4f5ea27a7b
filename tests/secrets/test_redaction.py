"""No form of a registered secret is left in a text."""

import base64
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.secrets import Redactor

SECRETS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=["Cs"]), min_size=4, max_size=30
)


@given(SECRETS, st.text(max_size=20), st.text(max_size=20))
def test_a_secret_is_masked_plain_percent_encoded_and_in_base64(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.add(secret, user="me")
    basic = base64.b64encode(f"me:{secret}".encode()).decode()
    for form in (secret, quote(secret, safe=""), basic):
        assert "***" in redactor.redact(f"{before}{form}{after}")
        assert form not in redactor.redact(f"| {form} |")


def test_a_secret_that_contains_another_is_masked_whole() -> None:
    redactor = Redactor()
    redactor.add("abcd")
    redactor.add("xabcdy")
    assert redactor.redact("-xabcdy-abcd-") == "-***-***-"


def test_a_short_secret_is_masked_only_where_it_stands_alone() -> None:
    redactor = Redactor()
    redactor.add("ab")
    assert redactor.redact("ab cab ab.") == "*** cab ***."


def test_without_secrets_nothing_changes() -> None:
    assert Redactor().redact("as it is") == "as it is"


def test_an_empty_secret_masks_nothing() -> None:
    redactor = Redactor()
    redactor.add("")
    assert redactor.redact("as it is") == "as it is"
