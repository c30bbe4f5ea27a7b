"""Single sentences: what each of them says, and what it does not say."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from snow_escalations.triage.replies.check.clauses import begins_of
from snow_escalations.triage.replies.check.meaning import Decision, Meaning
from snow_escalations.triage.replies.check.text import Reply
from snow_escalations.triage.replies.check.vocabulary import vocabulary

DATA = Path(__file__).parent / "data"
SENTENCES = yaml.safe_load((DATA / "sentences.yaml").read_text("utf-8"))
TALK = yaml.safe_load((DATA / "talk_sentences.yaml").read_text("utf-8"))
DECISIONS = {"refused": Decision(True, False), "granted": Decision(False, True), "none": Decision(False, False)}


def meaning(sentence: str, language: str) -> Meaning:
    return Meaning(Reply(sentence, "ESC0010023", ""), vocabulary(language))


def cases(*points: str, of: dict[str, Any] = SENTENCES) -> list[Any]:
    return [
        pytest.param(point, said, language, sentence, id=f"{point}-{said}-{language}-{number}")
        for point in points
        for said, by_language in of[point].items()
        for language, sentences in by_language.items()
        for number, sentence in enumerate(sentences)
    ]


@pytest.mark.parametrize(("point", "said", "language", "sentence"), cases("decisions"))
def test_a_sentence_decides_what_it_says(point: str, said: str, language: str, sentence: str) -> None:
    assert meaning(sentence, language).decision == DECISIONS[said]


@pytest.mark.parametrize(("point", "said", "language", "sentence"), cases("next_steps", "offers_talk", "reason"))
def test_a_sentence_says_it_or_not(point: str, said: str, language: str, sentence: str) -> None:
    assert getattr(meaning(sentence, language), point) is (said == "said")


@pytest.mark.parametrize(("point", "said", "language", "sentence"), cases("offers_talk", of=TALK))
def test_a_way_to_talk_is_offered_unless_it_is_refused_or_taken_back(
    point: str, said: str, language: str, sentence: str
) -> None:
    found = meaning(sentence, language)
    assert (found.offers_talk or found.telephone) is (said == "said"), point


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("You can reply here. The log is missing. Nobody will answer it.", "en"),
        ("You can reply to this comment, but calls are not answered.", "en"),
        ("You can reach us by phone; replies are not read.", "en"),
        ("Please do not write to the old address, nobody will answer. Reply here.", "en"),
        ("Rufen Sie an, Kommentare werden nicht gelesen.", "de"),
        ("Répondez ici, les appels ne seront pas pris.", "fr"),
        ("Responda aquí, las llamadas no se atienden.", "es"),
        ("お電話ください。コメントは読みません。", "ja"),
    ],
)
def test_only_what_was_just_offered_is_taken_back_and_only_by_the_way_that_is_named(
    sentence: str, language: str
) -> None:
    assert meaning(sentence, language).offers_talk


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Answer this comment.", True),
        ("If you disagree, answer this comment.", True),
        ("Please answer this comment.", True),
        ("Rita will answer this comment.", False),
        ("Rita plans to answer this comment.", False),
    ],
)
def test_what_the_customer_is_asked_to_do_begins_a_clause(sentence: str, asks: bool) -> None:
    assert meaning(sentence, "en").offers_talk is asks


@pytest.mark.parametrize(("point", "said", "language", "sentence"), cases("thresholds"))
def test_a_sentence_shows_a_threshold_or_not(point: str, said: str, language: str, sentence: str) -> None:
    assert bool(meaning(sentence, language).told(point)) is (said == "said")


@pytest.mark.parametrize(
    ("sentence", "language", "given"),
    [
        ("Call us on +44 20 7946 0812.", "en", True),
        ("Please don't call us on +44 20 7946 0812.", "en", False),
        ("We can't escalate this, but +44 20 7946 0812 is open.", "en", True),
        ("+44 20 7946 0812 is not for you. In Germany dial 030 5550142.", "en", True),
        ("Rufen Sie die 030 5550142 nicht an.", "de", False),
        ("N'appelez pas le 01 55 50 01 42.", "fr", False),
        ("Notre ligne est au n° 01 55 50 01 42.", "fr", True),
        ("No llame al 91 555 01 42.", "es", False),
        ("03-5555-0142へのお電話はご遠慮ください。", "ja", False),
        ("ご質問は03-5555-0142まで。", "ja", True),
        ("You can ring +44 20 7946 0812, but nobody will answer.", "en", False),
        ("You can ring +44 20 7946 0812, but not before 9.", "en", True),
        ("Our number is +44 20 7946 0812. Nobody will pick up.", "en", False),
        ("Calls to +44 20 7946 0812 are declined.", "en", False),
        ("Von Anrufen unter 030 5550142 bitten wir abzusehen.", "de", False),
        ("Abstenez-vous d'appeler le 01 55 50 01 42.", "fr", False),
        ("Absténgase de llamar al 91 555 01 42.", "es", False),
        ("03-5555-0142へのお電話はおやめください。", "ja", False),
    ],
)
def test_a_number_is_given_unless_it_is_not_to_be_dialled(sentence: str, language: str, given: bool) -> None:
    assert meaning(sentence, language).telephone is given


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Nobody, sadly, is available to talk.", False),
        ("We cannot escalate this, (sorry), call me.", True),
        (f"{'Well, ' * 100}we cannot talk to you.", False),
        (f"{'Well, ' * 100}call us.", True),
        (f"{'So ' * 200}, call us.", True),
    ],
)
def test_a_negation_reaches_no_further_than_its_clause(sentence: str, said: bool) -> None:
    assert meaning(sentence, "en").offers_talk is said


def test_in_japanese_a_negation_denies_nothing_in_the_clause_before() -> None:
    assert meaning("こちらにご返信ください、修正版はありません。", "ja").offers_talk
    assert not meaning("こちらへのご返信はできません。", "ja").offers_talk


@given(
    st.lists(
        st.sampled_from(["we ", "call, ", "(a) ", ". ", "お電話、", "ください。", "1,5 ", f"{'x' * 300} "]),
        max_size=300,
    )
)
@example(["we ", "call, "] * 100)
@example(["お電話、"] * 100)
def test_each_sentence_has_its_clauses_however_long_it_is(pieces: list[str]) -> None:
    reply = Reply("".join(pieces), "ESC0010023", "")
    for sentences, spaced in ((reply.sentences, True), (reply.unspaced, False)):
        begins = begins_of(reply, spaced=spaced)
        assert [marks[-1] <= len(said) for marks, said in zip(begins, sentences, strict=True)] == [True] * len(begins)
        assert not spaced or all(
            said[mark - 1 : mark] in {"", " "} for marks, said in zip(begins, sentences, strict=True) for mark in marks
        )
