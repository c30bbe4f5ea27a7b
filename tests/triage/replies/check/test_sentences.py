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

SENTENCES = yaml.safe_load((Path(__file__).parent / "data" / "sentences.yaml").read_text("utf-8"))
DECISIONS = {"refused": Decision(True, False), "granted": Decision(False, True), "none": Decision(False, False)}


def meaning(sentence: str, language: str) -> Meaning:
    return Meaning(Reply(sentence, "ESC0010023", ""), vocabulary(language))


def cases(*points: str) -> list[Any]:
    return [
        pytest.param(point, said, language, sentence, id=f"{point}-{said}-{language}-{number}")
        for point in points
        for said, by_language in SENTENCES[point].items()
        for language, sentences in by_language.items()
        for number, sentence in enumerate(sentences)
    ]


@pytest.mark.parametrize(("point", "said", "language", "sentence"), cases("decisions"))
def test_a_sentence_decides_what_it_says(point: str, said: str, language: str, sentence: str) -> None:
    assert meaning(sentence, language).decision == DECISIONS[said]


@pytest.mark.parametrize(("point", "said", "language", "sentence"), cases("next_steps", "offers_talk", "reason"))
def test_a_sentence_says_it_or_not(point: str, said: str, language: str, sentence: str) -> None:
    assert getattr(meaning(sentence, language), point) is (said == "said")


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
