"""The words of a match with their offsets in the text as given."""

from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.tokens import Sentence

LONGEST = 40
"""Words of a sentence that are quoted where all of it counts."""


def quote(text: str, hit: Hit) -> Quote:
    """The words from the first to the last of a match, as they were written."""
    start, end = hit.sentence.span(hit.begin, hit.end)
    return Quote(text[start:end], start, end)


def quote_of_sentence(text: str, sentence: Sentence) -> Quote:
    """A whole sentence, or its beginning if it is long, as it was written."""
    start, end = sentence.span(0, min(len(sentence.words), LONGEST))
    return Quote(text[start:end], start, end)
