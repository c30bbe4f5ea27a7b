"""The rules of a policy as they were written: what of each can be read, whatever else of it cannot.

A check asks of a rule only what it needs. What is malformed under `when` is left out in such a way that what remains is
asked by the rule in any case, however the rest is mended: a rule that contradicts itself with what remains always does.
"""

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
    is_misspelt,
    parse,
)
from snow_escalations.documents.nodes import Path, locate
from snow_escalations.model import Outcome
from snow_escalations.model.facts import FACTS
from snow_escalations.triage.policy.conditions import Join, Trouble, When, when_of
from snow_escalations.triage.policy.conditions import Node as Asked
from snow_escalations.triage.policy.known import facts_known_where
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.rules import Mode, Rule
from snow_escalations.triage.policy.texts import bad_texts


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """One rule as far as it can be read; `when` is what it asks in any case, and `faulty` where the rest of it stands.

    `verdict`, `mode` and `reply` are None where they cannot be read, `reply` also where it `says_no_reply`.
    """

    place: int
    node: Mapping
    when: When
    faulty: tuple[Path, ...]
    problems: tuple[Problem, ...]
    verdict: Outcome | None
    mode: Mode | None
    reply: str | None
    says_no_reply: bool

    @property
    def name(self) -> str | None:
        """Its name as it is written, if it has one."""
        found = self.node.find("name")
        if found is None or not isinstance(found[1], Scalar) or found[1].value is None:
            return None
        return found[1].text if found[1].text.strip() else None

    @property
    def called(self) -> str:
        """What it is called in a sentence: by its name, or where it has none by its place and line."""
        return f"rule {self.place + 1} in line {self.position_of_name.line}" if self.name is None else self._by_name

    @property
    def called_with_line(self) -> str:
        """The same, and where it stands in any case."""
        return self.called if self.name is None else f"{self._by_name} in line {self.position_of_name.line}"

    @property
    def _by_name(self) -> str:
        return f"the rule `{self.name}`"

    def has_unclear_name(self, document: Document) -> bool:
        """Whether its name is not what is written."""
        found = self.node.find("name")
        return found is None or "name" in self.node.repeated or document.is_unclear(found[1])

    @property
    def position_of_name(self) -> Position:
        """Where its name is, or where it begins."""
        found = self.node.find("name")
        return found[0] if found is not None else self.node.position

    @property
    def ends(self) -> bool:
        """Whether the search for a rule ends with it wherever it matches or might: so it is read whole."""
        return not self.faulty and self.mode in {Mode.PROPOSE, Mode.ENFORCE}

    def asked_without(self, paths: Collection[Path]) -> When:
        """What it asks in any case, also where other things are asked at some places under `when`."""
        return When(tuple(_without(self.when.parts, (), paths))) if paths else self.when

    def facts_known(self) -> frozenset[str] | None:
        """The facts that are certain where it matches, or may be once it is mended; None where that cannot be told."""
        named = [{part for part in path if part in FACTS} for path in self.faulty]
        if not all(named):
            return None
        return facts_known_where(self.when).union(*named)  # type: ignore[arg-type]


def written_rules(document: Document, reasons: Collection[str]) -> list[WrittenRule]:
    """The rules of a policy that are mappings, with the problems of their conditions."""
    found = document.root.find("rules") if isinstance(document.root, Mapping) else None
    items = found[1].items if found is not None and isinstance(found[1], Sequence) else ()
    reader = _Reader(document, reasons)
    return [reader.rule(place, node) for place, node in enumerate(items) if isinstance(node, Mapping)]


def names_written(text: str) -> list[str] | None:
    """What the rules of a policy are called, whatever else is wrong with it; None if one of them cannot be told."""
    try:
        document = parse(text, "")
    except DocumentError:
        return None
    found = document.root.find("rules") if isinstance(document.root, Mapping) else None
    rules = written_rules(document, ())
    if found is None or not isinstance(found[1], Sequence) or len(rules) < len(found[1].items):
        return None
    names = [rule.name for rule in rules if rule.name is not None and not rule.has_unclear_name(document)]
    return names if len(names) == len(rules) else None


class _Reader:
    """Reads rules; what YAML makes unclear is faulty, and told by itself."""

    def __init__(self, document: Document, reasons: Collection[str]) -> None:
        self._document, self._reasons = document, reasons

    def rule(self, place: int, node: Mapping) -> WrittenRule:
        """One rule."""
        when, faulty, problems = self._when(node)
        verdict, mode, reply = (self._text(node, key) for key in ("verdict", "mode", "reply"))
        says_mode = node.find("mode") is not None or is_misspelt(node, "mode", Rule.model_fields)
        return WrittenRule(
            place=place,
            node=node,
            when=when,
            faulty=faulty,
            problems=problems,
            verdict=next((outcome for outcome in Outcome if outcome == verdict), None),
            mode=next((each for each in Mode if each == mode), None) if says_mode else Mode.ENFORCE,
            reply=reply,
            says_no_reply=self._says_none(node, "reply"),
        )

    def _says_none(self, node: Mapping, key: str) -> bool:
        found = node.find(key)
        if found is None:
            return not is_misspelt(node, key, Rule.model_fields)
        return isinstance(found[1], Scalar) and found[1].value is None and not self._document.is_unclear(found[1])

    def _text(self, node: Mapping, key: str) -> str | None:
        found = node.find(key)
        if found is None or key in node.repeated or not isinstance(found[1], Scalar):
            return None
        if self._document.is_unclear(found[1]):
            return None
        return found[1].value if isinstance(found[1].value, str) else None

    def _when(self, rule: Mapping) -> tuple[When, tuple[Path, ...], tuple[Problem, ...]]:
        """What a rule asks in any case, where the rest stands, and what is wrong with that."""
        found = rule.find("when")
        if found is None:
            return When(()), ((),), ()
        made, troubles = when_of(found[1].plain())
        texts = list(self._bad_texts(found[1], ()))
        faulty = [trouble.path for trouble in troubles] + [path for path, _ in texts]
        faulty += self._document.unclear_in(found[1])
        if "when" in rule.repeated:
            faulty.append(())
        told = [*filter(None, (self._told(found, trouble) for trouble in troubles)), *(problem for _, problem in texts)]
        return When(tuple(_without(made.parts, (), faulty))), tuple(faulty), tuple(told)

    def _told(self, found: tuple[Position, Node], trouble: Trouble) -> Problem | None:
        position, node = locate(found[1], trouble.path) if trouble.path else found
        if isinstance(node, Mapping) and node.has_unread_keys and not node.entries:
            return None  # it is not empty
        if self._document.is_unread(node) and trouble.path[-1:] and trouble.path[-1] in FACTS:
            return None  # it may be a matcher
        position = position if trouble.at_key else node.position
        return None if self._document.is_unclear_at(position) else self._document.problem_at(position, trouble.message)

    def _bad_texts(self, node: Node, path: Path) -> Iterator[tuple[Path, Problem]]:
        """Texts that a fact never has, wherever under `when` they stand."""
        if isinstance(node, Sequence):
            for place, item in enumerate(node.items):
                yield from self._bad_texts(item, (*path, place))
        for name, _, content in node.entries if isinstance(node, Mapping) else ():
            if name not in FACTS:
                yield from self._bad_texts(content, (*path, name))
                continue
            for matcher, _, value in content.entries if isinstance(content, Mapping) else ():
                items = value.items if isinstance(value, Sequence) else (value,)
                texts = tuple(item.value if isinstance(item, Scalar) else None for item in items)
                for place, message in bad_texts(Condition(name, matcher, texts), self._reasons):  # type: ignore[arg-type]
                    if not self._document.is_unclear(items[place]):
                        problem = self._document.problem_at(items[place].position, message)
                        yield (*path, name, matcher), problem


def _without(parts: Iterable[Asked], path: Path, faulty: Collection[Path]) -> Iterator[Asked]:
    """The parts that are asked however the faulty ones are mended.

    A part of `all` is left out alone, one of `any` might be anything, and of a `not` nothing can be said.
    """
    for part in parts:
        at: Path = (*path, part.fact, part.matcher) if isinstance(part, Condition) else (*path, part.kind)
        if any(at[: len(fault)] == fault for fault in faulty):
            continue
        if isinstance(part, Condition):
            if not any(fault[: len(at)] == at for fault in faulty):
                yield part
        elif part.kind != "not":
            inner = ((item.parts if isinstance(item, Join) else (item,), (*at, n)) for n, item in enumerate(part.parts))
            yield Join(part.kind, tuple(Join("all", tuple(_without(each, to, faulty))) for each, to in inner))
        elif not any(fault[: len(at)] == at for fault in faulty):
            yield part
