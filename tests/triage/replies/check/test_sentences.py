"""Single sentences: what each of them says, and what it does not say."""

from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from snow_escalations.triage.replies.check.clauses import begins_of
from snow_escalations.triage.replies.check.meaning import Decision, Meaning
from snow_escalations.triage.replies.check.text import Reply
from snow_escalations.triage.replies.check.vocabulary import (
    LANGUAGES,
    SET_OF,
    WORD_GROUPS,
    language_file,
    vocabulary,
)

DATA = Path(__file__).parent / "data"
SENTENCES = yaml.safe_load((DATA / "sentences.yaml").read_text("utf-8"))
TALK = yaml.safe_load((DATA / "talk_sentences.yaml").read_text("utf-8"))
REASONS = yaml.safe_load((DATA / "reason_sentences.yaml").read_text("utf-8"))
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


@pytest.mark.parametrize(("point", "said", "language", "sentence"), cases("reason", of=REASONS))
def test_a_reason_says_more_than_that_it_was_decided_so(point: str, said: str, language: str, sentence: str) -> None:
    assert meaning(sentence, language).reason is (said == "said"), point


HONEST = {
    language: [
        sentence
        for of, point in ((REASONS, "reason"), (SENTENCES, "reason"), (SENTENCES, "next_steps"))
        for sentence in of[point]["said"][language]
    ]
    for language in LANGUAGES
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("point", ["offers_talk", "reason"])
def test_what_is_said_stands_before_and_behind_any_honest_sentence(point: str, language: str) -> None:
    of = TALK if point == "offers_talk" else REASONS
    blank = "" if language == "ja" else " "
    said = [sentence for sentence in of[point]["said"][language] if getattr(meaning(sentence, language), point)]
    beside = HONEST[language] if point == "offers_talk" else TALK["offers_talk"]["said"][language]
    count = max(len(said), len(beside))
    for one, other in islice(zip(cycle(said), cycle(beside), strict=False), count):
        for text in (f"{one}{blank}{other}", f"{other}{blank}{one}"):
            assert getattr(meaning(text, language), point), text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The reason: the engineer will install the patch on Monday.", True),
        ("We decline because:\n- the log is missing", True),
        ("The reason is our decision. The engineer will install the patch on Monday.", False),
        ("We decline because we say so. The patch is small.", False),
        ("We decline because: it is so.", False),
        (f"{'Well, ' * 100}the reason: the log is missing.", True),
    ],
)
def test_a_reason_follows_what_announces_it(text: str, said: bool) -> None:
    assert meaning(text, "en").reason is said


def test_a_colon_announces_in_whichever_sentence_it_ends() -> None:
    assert Reply(f"A: b. C: {'d ' * 100}: e: : f", "", "").announcing == {0, 2, 4, 5}
    assert Reply("", "", "").announcing == frozenset()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_of_a_language_is_looked_for(language: str) -> None:
    assert set(language_file(language).groups) <= {*SET_OF, *WORD_GROUPS, "past"}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dial extension 12. I am in.", 2),
        ("Durchwahl 12. Bis dann.", 2),
        ("Au 01 55 50 01 42. Merci.", 2),
        ("Am 12. Mai.", 1),
        ("Am 12. und 13. Mai.", 1),
    ],
)
def test_a_number_that_is_dialled_ends_a_sentence_and_a_day_does_not(text: str, sentences: int) -> None:
    assert len(Reply(text, "", "").sentences) == sentences


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("You can reply here. The log is missing. Nobody will answer it.", "en"),
        ("You can reply to this comment, but calls are not answered.", "en"),
        ("You can reach us by phone; replies are not read.", "en"),
        ("You can call us, but please do not reply here, nobody will answer.", "en"),
        ("Reply here to any message, whether it is old or unread.", "en"),
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
