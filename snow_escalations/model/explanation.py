"""The record of what was compared with what: built where the comparison happens, spelled out when it is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from pydantic import GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, core_schema

from snow_escalations.model.evidence import FactValue, Quote, Source, value_as_json, value_from_json
from snow_escalations.model.facts import FACTS

Result: TypeAlias = Literal["matched", "not_matched", "unknown"]
Wanted: TypeAlias = str | int | float | bool | list[str] | list[int | float]
RESULTS: tuple[Result, ...] = ("not_matched", "matched", "unknown")
_KINDS = ("all", "any", "not")
_NOWHERE = Source(table="", field="")


class Clause(NamedTuple):
    """One comparison: what was asked of a fact, what was seen, where that was read, and how it went.

    `wanted` is as the policy writes it (`16 business hours`), `seen` the fact's value. `because` says why a fact could
    not be read, or not in whole where that leaves the comparison unknown.
    """

    fact: str
    matcher: str
    wanted: Wanted
    result: Result
    seen: FactValue | None = None
    unit: str = ""
    source: Source = _NOWHERE
    quotes: tuple[Quote, ...] = ()
    because: str = ""

    def as_json(self) -> dict[str, Any]:
        """The comparison as JSON values."""
        shape: dict[str, Any] = {
            "fact": self.fact,
            "matcher": self.matcher,
            "wanted": self.wanted,
            "result": self.result,
            "seen": value_as_json(self.seen),
            "unit": self.unit,
            "source": self.source.as_json(),
        }
        if self.quotes:
            shape["quotes"] = [quote.as_json() for quote in self.quotes]
        if self.because:
            shape["because"] = self.because
        return shape


class Branch(NamedTuple):
    """Comparisons under `all`, `any` or `not`, and how they went together."""

    kind: Literal["all", "any", "not"]
    result: Result
    parts: tuple["Clause | Branch", ...]

    def as_json(self) -> dict[str, Any]:
        """The branch as JSON values."""
        return {"kind": self.kind, "result": self.result, "parts": [part.as_json() for part in self.parts]}


class RuleTrace(NamedTuple):
    """One rule, or one of the policy's guards, with its comparisons.

    Rules after the deciding one are not traced: first match wins. `verdict` is what the rule says, and None for a
    guard; `mode` is `shadow`, `propose` or `enforce`.
    """

    rule: str
    result: Result
    parts: tuple[Clause | Branch, ...] = ()
    kind: Literal["rule", "guard"] = "rule"
    mode: str = "enforce"
    verdict: str | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All comparisons, those of branches included."""
        return tuple(_clauses(self.parts))

    def as_json(self) -> dict[str, Any]:
        """The rule as JSON values."""
        return {
            "rule": self.rule,
            "kind": self.kind,
            "mode": self.mode,
            "verdict": self.verdict,
            "result": self.result,
            "parts": [part.as_json() for part in self.parts],
        }


Made: TypeAlias = tuple[str, tuple[RuleTrace, ...]]


class Explanation:
    """Why a verdict is what it is: a sentence, and the rules in the order in which they were tried.

    What was compared is recorded while it is compared; the words are made when they are asked for, which most of ten
    thousand verdicts never are. In JSON an object with `sentence` and `rules`.
    """

    __slots__ = ("_made",)

    def __init__(self, sentence: str, rules: Iterable[RuleTrace] = ()) -> None:
        self._made: Made | None = (sentence, tuple(rules))

    def _make(self) -> Made:
        """The words, of a subclass that makes them when they are asked for."""
        raise NotImplementedError

    @property
    def _spelled(self) -> Made:
        if self._made is None:
            self._made = self._make()
        return self._made

    @property
    def sentence(self) -> str:
        """The verdict with its reason, such as "held because no rule matches"."""
        return self._spelled[0]

    @property
    def rules(self) -> tuple[RuleTrace, ...]:
        """The rules and guards that were tried."""
        return self._spelled[1]

    @property
    def facts(self) -> frozenset[str]:
        """The facts that it names: they are enough to come to the same verdict."""
        return frozenset(clause.fact for rule in self.rules for clause in rule.clauses)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Explanation) and self._spelled == other._spelled

    def __hash__(self) -> int:
        return hash(self.sentence)

    def __repr__(self) -> str:
        return f"Explanation(sentence={self.sentence!r}, rules={self.rules!r})"

    def __reduce__(self) -> tuple[type["Explanation"], Made]:
        return Explanation, self._spelled

    def as_json(self) -> dict[str, Any]:
        """The explanation as JSON values."""
        return {"sentence": self.sentence, "rules": [rule.as_json() for rule in self.rules]}

    @classmethod
    def from_json(cls, content: Any) -> "Explanation":
        """The explanation that `as_json` gave.

        Raises:
            ValueError: it is not of that form.
        """
        if not isinstance(content, Mapping) or set(content) - {"sentence", "rules"}:
            raise ValueError("an explanation is an object of `sentence` and `rules`")
        rules = content.get("rules", [])
        try:
            return cls(_text(content.get("sentence")), [_rule_from(rule) for rule in rules])
        except TypeError as error:
            raise ValueError(f"an explanation is a `sentence` and a list of `rules`: {error}") from error

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Part of pydantic models by its JSON form."""
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls.from_json(value),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.as_json),
        )


def _clauses(parts: Iterable[Clause | Branch]) -> Iterator[Clause]:
    for part in parts:
        if isinstance(part, Clause):
            yield part
        else:
            yield from _clauses(part.parts)


def _rule_from(content: Any) -> RuleTrace:
    try:
        return RuleTrace(
            rule=_text(content["rule"]),
            result=_one_of(content["result"], RESULTS),
            parts=tuple(_part_from(part) for part in content["parts"]),
            kind=_one_of(content["kind"], ("rule", "guard")),
            mode=_one_of(content["mode"], ("shadow", "propose", "enforce")),
            verdict=None if content["verdict"] is None else _one_of(content["verdict"], ("approve", "reject", "hold")),
        )
    except (KeyError, TypeError, ValidationError) as error:
        raise ValueError(f"a rule of the explanation cannot be used: {error!r}") from error


def _part_from(content: Any) -> Clause | Branch:
    if "kind" in content:
        parts = tuple(_part_from(part) for part in content["parts"])
        return Branch(_one_of(content["kind"], _KINDS), _one_of(content["result"], RESULTS), parts)
    spec = FACTS[content["fact"]]
    return Clause(
        fact=spec.name,
        matcher=_text(content["matcher"]),
        wanted=content["wanted"],
        result=_one_of(content["result"], RESULTS),
        seen=value_from_json(spec, content["seen"]),
        unit=_text(content["unit"]),
        source=Source.from_json(content["source"]),
        quotes=tuple(Quote.from_json(quote) for quote in content.get("quotes", ())),
        because=_text(content.get("because", "")),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _one_of(value: Any, known: tuple[str, ...]) -> Any:
    if value not in known:
        raise TypeError(f"{value!r} is none of {', '.join(known)}")
    return value
