"""What replies promise is whole, in every language in which it is promised."""

import pytest
from pydantic import ValidationError

from snow_escalations.triage.replies import Commitments
from tests.support.replies import COMMITMENTS

PLAIN = COMMITMENTS.model_dump()


@pytest.mark.parametrize("field", ["contact", "talk", "next_update", "meeting_link"])
@pytest.mark.parametrize("value", ["", " " * 20, None])
def test_no_commitment_is_empty(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        Commitments.model_validate({**PLAIN, field: value})


@pytest.mark.parametrize("field", ["contact", "talk", "next_update", "meeting_link"])
def test_no_commitment_is_missing(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        Commitments.model_validate({name: value for name, value in PLAIN.items() if name != field})


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example.com/x",
        "meet.example.com",
        "https://",
        "https:///x",
        "https://meet.example.com/a b",
        'https://meet.example.com/"x',
        "https://meet.example.com/<b>",
        "https://user:secret@meet.example.com/",
        "https://meet.example.com:port/",
        "https://[broken/",
        "javascript:alert(1)",
        "https://mëet.example.com/",
    ],
)
def test_a_meeting_link_is_a_plain_https_address(link: str) -> None:
    with pytest.raises(ValidationError, match="meeting_link"):
        Commitments.model_validate({**PLAIN, "meeting_link": link})


@pytest.mark.parametrize("link", ["https://meet.example.com", "https://meet.example.com:8443/a?b=c&d=%20#e"])
def test_a_meeting_link_may_have_all_its_parts(link: str) -> None:
    assert Commitments.model_validate({**PLAIN, "meeting_link": link}).meeting_link == link


GERMAN = {"talk": "Bitte rufen Sie an.", "next_update": "morgen"}


def test_a_translation_replaces_what_it_gives_and_keeps_the_rest() -> None:
    commitments = Commitments.model_validate({**PLAIN, "translations": {"de": GERMAN}})
    for language in ("de", "de_CH"):
        german = commitments.in_language(language)
        assert (german.talk, german.next_update, german.contact) == ("Bitte rufen Sie an.", "morgen", PLAIN["contact"])
        assert commitments.speaks(language)
    assert commitments.in_language("fr") == commitments
    assert not commitments.speaks("fr")


@pytest.mark.parametrize(
    "translations",
    [
        {"de": {"talk": "Bitte rufen Sie an."}},
        {"de": {**GERMAN, "talk": "    "}},
        {"de": {**GERMAN, "tlak": "x"}},
        {"German": GERMAN},
        {"de": {**GERMAN, "meeting_link": "ftp://x"}},
    ],
)
def test_a_translation_is_whole_too(translations: object) -> None:
    with pytest.raises(ValidationError, match="translations"):
        Commitments.model_validate({**PLAIN, "translations": translations})
