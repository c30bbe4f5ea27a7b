"""A policy file, checked whole: every problem at once, each at its place."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from snow_escalations.documents import (
    Document,
    DocumentError,
    Mapping,
    Node,
    Position,
    Problem,
    Scalar,
    Sequence,
    parse,
    validate,
)
from snow_escalations.documents.nodes import Path, locate
from snow_escalations.model.facts import FACTS
from snow_escalations.model.verdict import Outcome
from snow_escalations.triage.policy.conditions import Join, Trouble, when_of
from snow_escalations.triage.policy.conditions import Node as Asked
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.model import Policy
from snow_escalations.triage.policy.reach import Idle, idle_rules
from snow_escalations.triage.policy.steps import folded
from snow_escalations.triage.policy.texts import bad_texts, trouble_of_text

RULE_LIMIT = 2000
"""How many rules a policy may have."""


def load_policy(text: str, source: str, *, reasons: Collection[str] = ()) -> Policy:
    """The policy that a file holds; `source` names the file in errors, `reasons` are the keys of the team's own.

    Raises:
        DocumentError: with every problem. A policy with a problem is never used in part.
    """
    document = parse(text, source)
    written = _Written(document, reasons)
    problems = [*written.bad_conditions(), *written.duplicate_names(), *written.bad_guards(), *written.too_many()]
    # What YAML itself makes unclear is told once.
    unclear = {(problem.line, problem.column) for problem in document.problems}
    problems = [problem for problem in problems if (problem.line, problem.column) not in unclear]
    try:
        policy = validate(document, Policy, context={"troubles_are_told": True})
    except DocumentError as error:
        raise DocumentError([*error.problems, *problems]) from error
    problems = problems or [*written.unread_rejections(policy), *written.idle(policy)]
    if problems:
        raise DocumentError(problems)
    return policy


@dataclass(frozen=True, slots=True)
class _Written:
    """A policy as it was written, with positions."""

    document: Document
    reasons: Collection[str]

    def rules(self) -> Iterator[tuple[int, Mapping]]:
        found = self.document.root.find("rules") if isinstance(self.document.root, Mapping) else None
        if found is not None and isinstance(found[1], Sequence):
            yield from ((place, rule) for place, rule in enumerate(found[1].items) if isinstance(rule, Mapping))

    def too_many(self) -> Iterator[Problem]:
        count = sum(1 for _ in self.rules())
        if count > RULE_LIMIT:
            yield self.document.problem(("rules",), f"{count} rules, the limit is {RULE_LIMIT}; join some with `any`")

    def bad_conditions(self) -> Iterator[Problem]:
        for _, rule in self.rules():
            found = rule.find("when")
            if found is not None:
                _, troubles = when_of(found[1].plain())
                yield from (self._told(found, trouble) for trouble in troubles)
                yield from self._bad_texts(found[1])

    def _told(self, found: tuple[Position, Node], trouble: Trouble) -> Problem:
        position, node = locate(found[1], trouble.path) if trouble.path else found
        return self.document.problem_at(position if trouble.at_key else node.position, trouble.message)

    def _bad_texts(self, node: Node) -> Iterator[Problem]:
        """Texts that a fact never has, wherever under `when` they stand."""
        if isinstance(node, Sequence):
            for item in node.items:
                yield from self._bad_texts(item)
        for name, _, content in node.entries if isinstance(node, Mapping) else ():
            if name not in FACTS:
                yield from self._bad_texts(content)
                continue
            for matcher, _, value in content.entries if isinstance(content, Mapping) else ():
                items = value.items if isinstance(value, Sequence) else (value,)
                texts = tuple(item.value if isinstance(item, Scalar) else None for item in items)
                for place, message in bad_texts(Condition(name, matcher, texts), self.reasons):  # type: ignore[arg-type]
                    yield self.document.problem_at(items[place].position, message)

    def duplicate_names(self) -> Iterator[Problem]:
        seen: dict[str, int] = {}
        for _, rule in self.rules():
            found = rule.find("name")
            if found is None or not isinstance(found[1], Scalar):
                continue
            name, line = str(found[1].plain()), found[0].line
            folded = " ".join(name.casefold().split())
            if folded in seen:
                yield self.document.problem_at(found[0], f"a rule of this name is already in line {seen[folded]}")
            seen.setdefault(folded, line)

    def bad_guards(self) -> Iterator[Problem]:
        root = self.document.root
        found = root.find("never_auto") if isinstance(root, Mapping) else None
        for name, _, listed in found[1].entries if found is not None and isinstance(found[1], Mapping) else ():
            seen: set[str] = set()
            for item in listed.items if isinstance(listed, Sequence) else ():
                text = item.plain()
                if not isinstance(text, str):
                    continue  # the model tells of it
                trouble = trouble_of_text(text, FACTS["priority"]) if name == "priorities" else None
                if trouble is None and not text.strip():
                    trouble = "an empty name is nobody's"
                if trouble is None and folded(text) in seen:
                    trouble = f"`{text}` is listed twice"
                seen.add(folded(text))
                if trouble:
                    yield self.document.problem_at(item.position, trouble)

    def unread_rejections(self, policy: Policy) -> Iterator[Problem]:
        """Rules that would reject because a fact could not be read: they could only ever hold."""
        for place, rule in enumerate(policy.rules):
            if rule.verdict is Outcome.REJECT:
                for path in _asking_unread(rule.when.parts, ("rules", place, "when")):
                    fact = path[-2]
                    message = (
                        f"no rejection may rest on `{fact}` being unreadable; "
                        f"let the rule hold, or ask what `{fact}` is"
                    )
                    yield self.document.problem(path, message)

    def idle(self, policy: Policy) -> Iterator[Problem]:
        """Rules that can never decide, although each word of them is right."""
        for idle in idle_rules(policy):
            path: Path = ("rules", idle.place)
            if idle.taken_by:
                yield self.document.problem((*path, "name"), self._taken(policy, idle))
            elif idle.facts:
                for fact in idle.facts:
                    message = f"nothing fits all that is asked of `{fact}`, so the rule can never match"
                    yield self.document.problem((*path, "when", fact), message)
            else:
                message = "nothing fits all that is asked here together, so the rule can never match"
                yield self.document.problem((*path, "when"), message)

    def _taken(self, policy: Policy, idle: Idle) -> str:
        lines = {place: rule.find("name") for place, rule in self.rules()}
        told = []
        for place in idle.taken_by:
            found = lines.get(place)
            told.append(f"`{policy.rules[place].name}` in line {found[0].line if found is not None else '?'}")
        if len(told) == 1:
            return (
                f"the rule can never decide: the rule {told[0]} comes before it and takes all that it asks for; put "
                f"the narrower rule first, or remove one"
            )
        listed = f"{', '.join(told[:-1])} and {told[-1]}"
        return f"the rule can never decide: the rules {listed} come before it and together take all that it asks for"


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
