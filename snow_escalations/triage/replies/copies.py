"""Copies of a reply on a case, whole or not: compared by their words, as white space changes on the way."""

SHORTEST = 40
"""Characters below which a beginning says nothing: a greeting, and a name."""
ENOUGH = 120
"""Characters in common that make a beginning the same."""


def same_words(text: str, reply: str) -> bool:
    """Whether a text is the reply, white space aside."""
    return _words(text) == _words(reply)


def begins_alike(text: str, reply: str) -> bool:
    """Whether a text begins like the reply: all of the text, if it was cut, or its first 120 characters."""
    ours, theirs = _words(reply), _words(text).removesuffix("…").removesuffix("...").rstrip()
    return len(theirs) >= SHORTEST and theirs[:ENOUGH] == ours[: min(len(theirs), ENOUGH)]


def is_cut_copy(text: str, reply: str) -> bool:
    """Whether a text is the reply with its end cut off."""
    ours, theirs = _words(reply), _words(text).removesuffix("…").removesuffix("...").rstrip()
    return len(theirs) >= SHORTEST and len(theirs) < len(ours) and ours.startswith(theirs)


def _words(text: str) -> str:
    return " ".join(text.split())
