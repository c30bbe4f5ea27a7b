"""What no customer may read, by what is known of the case: names of rules and accounts, and sentences of work notes."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from snow_escalations.triage.replies.check.text import UNSPACED, one_form, sentences_of, words_of

SHORTEST_SENTENCE, SHORTEST_UNSPACED = 6, 14
"""Words, or characters in a script without blanks, from which on a sentence of a work note is told apart."""
RUN, RUN_UNSPACED = 9, 22
"""Words, or characters, in a row that a reply and a work note do not share by chance."""
PLAIN_WORDS = 3
"""Words from which on the name of a rule is told apart from what people write."""
ONE_WORD = 2
"""Blanks around a name of one word."""
_QUOTES = "\"'`“”„«»「」『』‹›"


def rule_names(folded: str, words: str, names: Iterable[str], rule_words: Collection[str]) -> Iterator[str]:
    """Names of rules in a text; a name of one or two plain words only in quotes, or beside the word `rule`.

    Args:
        folded: the text in lower case.
        words: its words between blanks.
        names: names of the policy's rules.
        rule_words: words for a rule.
    """
    for name in names:
        said = words_of(name)
        if not said.strip():
            continue
        if (UNSPACED.search(said) and len(said) > 5 and said.strip() in words) or (
            said in words
            and (said.count(" ") > PLAIN_WORDS or _marked(folded, one_form(name).lower(), said, words, rule_words))
        ):
            yield name


def _marked(folded: str, name: str, said: str, words: str, rule_words: Collection[str]) -> bool:
    """Whether a short name stands there as a name."""
    if any(sign in name for sign in "_-.:/") and name in folded:
        return True
    if any(f"{quote}{name}{other}" in folded for quote in _QUOTES for other in _QUOTES):
        return True
    at = words.find(said)
    while at >= 0:
        near = words[max(0, at - 30) : at].split()[-1:] + words[at + len(said) - 1 : at + len(said) + 30].split()[:1]
        if any(word in rule_words for word in near):
            return True
        at = words.find(said, at + 1)
    return False


def shared_with_notes(
    words: str, sentences: Iterable[str], notes: Iterable[str], excused: Iterable[str]
) -> Iterator[str]:
    """What a text shares with work notes: a sentence of six words or more, or nine words in a row.

    Args:
        words: the words of the text between blanks.
        sentences: its sentences as words.
        notes: the work notes.
        excused: beginnings of sentences that everybody writes.
    """
    told = [sentence.strip() for sentence in sentences]
    beginnings = tuple(excused)
    own = [sentence for sentence in told if not sentence.startswith(beginnings)]
    runs: set[tuple[str, ...]] | None = None
    for note in notes:
        noted = words_of(note)
        if UNSPACED.search(noted):
            yield from _shared_unspaced("".join(words.split()), "".join(noted.split()), note)
            continue
        said = [sentence for sentence in sentences_of(one_form(note)) if not sentence.startswith(beginnings)]
        yield from (found for found in said if _long(found) and f" {found} " in words)
        yield from (found for found in own if _long(found) and f" {found} " in noted)
        runs = _runs(own) if runs is None else runs
        shared = runs & _runs(said)
        if shared:
            yield " ".join(min(shared))


def _shared_unspaced(pressed: str, noted: str, note: str) -> Iterator[str]:
    for sentence in sentences_of(one_form(note)):
        joined = "".join(sentence.split())
        if len(joined) >= SHORTEST_UNSPACED and joined in pressed:
            yield joined
    mine = {pressed[at : at + RUN_UNSPACED] for at in range(len(pressed) - RUN_UNSPACED + 1)}
    theirs = {noted[at : at + RUN_UNSPACED] for at in range(len(noted) - RUN_UNSPACED + 1)}
    if mine & theirs:
        yield min(mine & theirs)


def _long(sentence: str) -> bool:
    return sentence.count(" ") + 1 >= SHORTEST_SENTENCE


def _runs(sentences: Iterable[str]) -> set[tuple[str, ...]]:
    words = [word for sentence in sentences for word in sentence.split()]
    return set(zip(*(words[at:] for at in range(RUN)), strict=False))


def other_accounts(
    plain: str, words: str, names: Iterable[str], own: str, legal_forms: frozenset[str]
) -> Iterator[str]:
    """Names of other accounts in a text, legal forms aside; a name of one word as it is written, or in capitals.

    Args:
        plain: the text in one form.
        words: its words between blanks.
        names: names of accounts.
        own: the name of the case's account, which may be named, in part too.
        legal_forms: words such as `gmbh` that a name is known without.
    """
    known, _ = _bare(own, legal_forms)
    masked = words.replace(known, " ") if known.strip() else words
    pressed = ""
    for name in names:
        bare, unspaced = _bare(name, legal_forms)
        if not bare.strip() or bare in known:
            continue
        if unspaced:
            pressed = pressed or "".join(masked.split())
            if "".join(bare.split()) in pressed:
                yield name
        elif bare in masked and (bare.count(" ") > ONE_WORD or _written(plain, name, bare.strip())):
            yield name


@lru_cache(maxsize=8192)
def _bare(name: str, legal_forms: frozenset[str]) -> tuple[str, bool]:
    """The words of a name without its legal form, between blanks, and whether its script has none."""
    text = words_of(name).replace(" s p a ", " spa ").replace(" s a ", " sa ").replace(" sp z o o ", " ")
    for form in legal_forms:
        if not form.isascii():
            text = text.replace(form, " ")
    words = text.split()
    while len(words) > 1 and words[-1] in legal_forms:
        words.pop()
    return (f" {' '.join(words)} " if words else " "), UNSPACED.search(text) is not None


def _written(plain: str, name: str, said: str) -> bool:
    """Whether a name of one word stands in a text as it is written, or in capitals, and not as an ordinary word."""
    written = next((word for word in re.findall(r"\w+", one_form(name)) if word.lower() == said), said)
    forms = re.escape(written) + (f"|{re.escape(written.upper())}" if written[0].isupper() else "")
    return re.search(rf"(?<!\w)(?:{forms})(?!\w)", plain) is not None
