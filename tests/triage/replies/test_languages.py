"""A customer is answered in the language that they chose, as far as it is written and promised in."""

import pytest

from snow_escalations.triage.replies.languages import canonical, chosen_language


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        *(("de", "de"), ("DE", "de"), (" fr-ca ", "fr_CA"), ("fr_CA", "fr_CA"), ("zh-hans", "zh_Hans"), ("", "")),
        *(("pb", "pt_BR"), ("fq", "fr_CA"), ("zt", "zh_TW"), ("zh", "zh"), ("zh_Hant_TW", "zh_TW")),
    ],
)
def test_a_code_is_understood_as_it_comes(code: str, wanted: str) -> None:
    assert canonical(code) == wanted


@pytest.mark.parametrize(
    ("preferred", "wanted", "because"),
    [
        ("de", "de", "the contact prefers `de`"),
        ("fr_CA", "fr", "the contact prefers `fr_CA`, of which it is the language"),
        ("pb", "pt_BR", "the contact prefers `pt_BR`"),
        ("pt", "en", "the contact prefers `pt`, but there is no reply in `pt`"),
        ("ja", "en", "the contact prefers `ja`, but commitments.translations in the settings has no `ja`"),
        ("", "en", "the contact has no preferred language"),
        ("ko", "en", "the contact prefers `ko`, but there is no reply in `ko`"),
    ],
)
def test_the_language_is_the_contacts_its_base_or_the_fallback_and_says_why(
    preferred: str, wanted: str, because: str
) -> None:
    written = ["de", "en", "fr", "ja", "pt_BR"]
    chosen = chosen_language(preferred, written=written, promised=["de", "en", "fr", "pt_BR"], fallback="en")
    assert chosen == (wanted, because)
