"""What replies promise is whole, in every language in which it is promised."""

import pytest
from pydantic import ValidationError

from snow_escalations.triage.replies import Commitments
from snow_escalations.triage.replies.context import promised
from tests.support.replies import COMMITMENTS

PLAIN = COMMITMENTS.model_dump()


@pytest.mark.parametrize("field", ["contact", "talk", "next_update", "meeting_link"])
@pytest.mark.parametrize("value", ["", " " * 20, None])
def test_no_commitment_is_empty(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        Commitments.model_validate({**PLAIN, field: value})


@pytest.mark.parametrize("field", ["contact", "talk", "next_update"])
@pytest.mark.parametrize("value", ["-" * 12, "\u200b" * 12, "..........", "[code][/code]."])
def test_no_commitment_says_nothing(field: str, value: str) -> None:
    for given in ({**PLAIN, field: value}, {**PLAIN, "translations": {"de": {**GERMAN, field: value}}}):
        with pytest.raises(ValidationError, match=field):
            Commitments.model_validate(given)


@pytest.mark.parametrize(("field", "most"), [("contact", 200), ("talk", 600), ("next_update", 200)])
def test_a_commitment_is_as_long_as_a_letter_can_say_and_no_longer(field: str, most: int) -> None:
    whole = ("a" * 9 + " ") * (most // 10 - 1) + "a" * 10
    commitments = Commitments.model_validate({**PLAIN, field: whole})
    assert promised(commitments)[field] == whole
    with pytest.raises(ValidationError, match=f"has {most + 2} characters, and a letter has room for {most}"):
        Commitments.model_validate({**PLAIN, field: f"{whole} b"})


def test_a_meeting_link_is_never_cut() -> None:
    with pytest.raises(ValidationError, match="has 620 characters"):
        Commitments.model_validate({**PLAIN, "meeting_link": "https://meet.example.com/".ljust(620, "x")})


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
