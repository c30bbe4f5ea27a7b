"""A policy file, checked whole: every problem at once, each at its place.

Each check looks at the rules as far as they can be read, so that what is wrong with one part hides no fault of another
and leads to none.
"""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from typing import Protocol

from snow_escalations.documents import (
    Document,
    DocumentError,
    Mapping,
    Problem,
    Sequence,
    parse_items,
    suggest,
    validate,
)
from snow_escalations.documents.nodes import Path
from snow_escalations.model.facts import FACTS
from snow_escalations.model.verdict import Outcome
from snow_escalations.triage.policy.conditions import Join
from snow_escalations.triage.policy.conditions import Node as Asked
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.model import Policy
from snow_escalations.triage.policy.reach import Asking, Idle, idle_rules
from snow_escalations.triage.policy.rules import REPLY, needs_reply
from snow_escalations.triage.policy.steps import folded
from snow_escalations.triage.policy.texts import trouble_of_text
from snow_escalations.triage.policy.written import WrittenRule, written_rules

RULE_LIMIT = 2000
"""How many rules a policy may have."""


class Replies(Protocol):
    """The replies that rules may name."""

    @property
    def names(self) -> Collection[str]:
        """What they are called, those that cannot be used included."""

    def check_for(self, name: str, known_facts: Collection[str], *, rule: str = "") -> Iterable[Problem]:
        """Where a reply needs what may be missing, when no more than these facts are certain, as the rule decides."""


def load_policy(text: str, source: str, *, reasons: Collection[str] = (), replies: Replies | None = None) -> Policy:
    """The policy that a file holds.

    Args:
        text: the content of the file.
        source: names the file in errors.
        reasons: the keys of the team's own.
        replies: those that its rules may name; without them, what they name is not looked at.

    Raises:
        DocumentError: with every problem. A policy with a problem is never used in part.
    """
    document, unread = parse_items(text, source, "rules", Policy.model_fields)
    if document is None:
        raise DocumentError(unread)
    problems = [*unread, *_Written(document, written_rules(document, reasons), replies).problems()]
    try:
        policy = validate(document, Policy, context={"troubles_are_told": True})
    except DocumentError as error:
        raise DocumentError([*error.problems, *problems]) from error
    if problems:
        raise DocumentError(problems)
    return policy


class _Written:
    """A policy as it was written, with positions."""

    def __init__(self, document: Document, rules: list[WrittenRule], replies: Replies | None) -> None:
        self._document, self._rules, self._replies = document, rules, replies

    def problems(self) -> Iterator[Problem]:
        """What is wrong with it beside its form."""
        for rule in self._rules:
            yield from rule.problems
        yield from self._duplicate_names()
        yield from self._bad_guards()
        yield from self._missing_replies()
        unread = {rule.place: paths for rule in self._rules if (paths := [*_resting_on_unread(rule)])}
        for place, paths in unread.items():
            yield from (self._unread_rejection(("rules", place, "when", *path)) for path in paths)
        if len(self._rules) > RULE_LIMIT:
            message = f"{len(self._rules)} rules, the limit is {RULE_LIMIT}; join some with `any`"
            yield self._document.problem(("rules",), message)
            return
        asked = ((rule, rule.asked_without(unread.get(rule.place, ()))) for rule in self._rules)
        # What a rule takes from later ones is not known before it is mended.
        asking = [
            Asking(rule.place, when, ends=rule.ends and rule.place not in unread) for rule, when in asked if when.parts
        ]
        idle = [*idle_rules(asking)]
        yield from self._idle(idle)
        yield from self._bad_replies(unread, {item.place for item in idle if not item.taken_by})

    def _duplicate_names(self) -> Iterator[Problem]:
        seen: dict[str, int] = {}
        for rule in self._rules:
            if rule.name is None:
                continue
            name = " ".join(rule.name.casefold().split())
            if name in seen:
                position = rule.position_of_name
                yield self._document.problem_at(position, f"a rule of this name is already in line {seen[name]}")
            seen.setdefault(name, rule.position_of_name.line)

    def _bad_guards(self) -> Iterator[Problem]:
        root = self._document.root
        found = root.find("never_auto") if isinstance(root, Mapping) else None
        for name, _, listed in found[1].entries if found is not None and isinstance(found[1], Mapping) else ():
            seen: set[str] = set()
            for item in listed.items if isinstance(listed, Sequence) else ():
                text = item.plain()
                if not isinstance(text, str) or self._document.is_unclear(item):
                    continue  # the model or the document tells of it
                trouble = trouble_of_text(text, FACTS["priority"]) if name == "priorities" else None
                if trouble is None and not text.strip():
                    trouble = "an empty name is nobody's"
                if trouble is None and folded(text) in seen:
                    trouble = f"`{text}` is listed twice"
                seen.add(folded(text))
                if trouble:
                    yield self._document.problem_at(item.position, trouble)

    def _missing_replies(self) -> Iterator[Problem]:
        for rule in self._rules:
            if rule.verdict in {Outcome.APPROVE, Outcome.REJECT} and rule.says_no_reply:
                message = f"`rules[{rule.place}]`: {needs_reply(rule.verdict)}"
                yield self._document.problem(("rules", rule.place), message)

    def _unread_rejection(self, path: Path) -> Problem:
        """A rule that would reject because a fact could not be read: it could only ever hold."""
        fact = path[-2]
        message = f"no rejection may rest on `{fact}` being unreadable; let the rule hold, or ask what `{fact}` is"
        return self._document.problem(path, message)

    def _idle(self, found: Iterable[Idle]) -> Iterator[Problem]:
        """Rules that can never decide, although each word of them is right."""
        for idle in found:
            path: Path = ("rules", idle.place)
            if idle.taken_by:
                yield self._document.problem((*path, "name"), self._taken(idle))
            elif idle.facts:
                for fact in idle.facts:
                    message = f"nothing fits all that is asked of `{fact}`, so the rule can never match"
                    yield self._document.problem((*path, "when", fact), message)
            else:
                message = "nothing fits all that is asked here together, so the rule can never match"
                yield self._document.problem((*path, "when"), message)

    def _taken(self, idle: Idle) -> str:
        takers = [rule for rule in self._rules if rule.place in idle.taken_by]
        told = [rule.called_with_line for rule in takers]
        if len(told) == 1:
            return (
                f"the rule can never decide: {told[0]} comes before it and takes all that it asks for; put "
                f"the narrower rule first, or remove one"
            )
        listed = f"{', '.join(told[:-1])} and {told[-1]}"
        return f"the rule can never decide: {listed} come before it and together take all that it asks for"

    def _bad_replies(self, unread: AnyMapping[int, list[Path]], never_matching: Collection[int]) -> Iterator[Problem]:
        """Replies that are not there, or need facts that may be missing when the rule decides."""
        replies = self._replies
        for rule in self._rules if replies is not None else ():
            if replies is None or rule.reply is None or not REPLY.fullmatch(rule.reply):
                continue
            if rule.reply not in replies.names:
                message = f"there is no reply `{rule.reply}`{suggest(rule.reply, replies.names)}"
                yield self._document.problem(("rules", rule.place, "reply"), message)
                continue
            known = None if rule.place in never_matching else rule.facts_known()
            if known is not None:
                # A rejection may not rest on these being unreadable; once it is mended, they may be certain.
                mended = {str(path[-2]) for path in unread.get(rule.place, ())}
                yield from replies.check_for(rule.reply, known | mended, rule=rule.called)


def _resting_on_unread(rule: WrittenRule) -> Iterator[Path]:
    """Where under `when` a rule that rejects asks that a fact is unreadable."""
    if rule.verdict is Outcome.REJECT:
        yield from _asking_unread(rule.when.parts, ())


def _asking_unread(parts: Iterable[Asked], path: Path, *, wanted: bool = True) -> Iterator[Path]:
    """Where a rule asks that a fact is unreadable, among what must be so (or must not, unless `wanted`) to match."""
    for part in parts:
        if isinstance(part, Condition):
            if part.matcher == "is_known" and part.wanted is not wanted:
                yield (*path, part.fact, "is_known")
        elif part.kind == "not":
            if len(part.parts) == 1:
                yield from _asking_unread(part.parts, (*path, "not"), wanted=not wanted)
        elif len(part.parts) == 1 or (part.kind == "all") is wanted:
            for place, item in enumerate(part.parts):
                inner = item.parts if isinstance(item, Join) else (item,)
                if wanted or len(inner) == 1:
                    yield from _asking_unread(inner, (*path, part.kind, place), wanted=wanted)
