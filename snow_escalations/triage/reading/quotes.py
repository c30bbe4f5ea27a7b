"""The words of a match with their offsets in the text as given."""

from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.cues import Hit


def quote(text: str, hit: Hit) -> Quote:
    """The words from the first to the last of a match, as they were written."""
    start, end = hit.sentence.span(hit.begin, hit.end)
    return Quote(text[start:end], start, end)
