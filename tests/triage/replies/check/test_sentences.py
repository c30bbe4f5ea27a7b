"""Single sentences: what each of them says, and what it does not say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

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
