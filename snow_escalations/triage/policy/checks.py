"""Tests of a policy: evidence or a dossier, and the verdict that is expected of it. None passes by testing nothing.

A test fails where its expectation is not met. All of them together fail where no test makes a rule true, and where a
mutant of the policy survives (`mutants`).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Annotated, Any, NamedTuple, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from snow_escalations.documents import (
    Document,
    DocumentError,
    Mapping,
    Problem,
    Scalar,
    Sequence,
    is_misspelt,
    parse_items,
    suggest,
    validate,
)
from snow_escalations.documents.nodes import Plain, locate
from snow_escalations.model import Evidence, HoldCause, Model, Outcome, Verdict
from snow_escalations.triage.policy.evidence_words import evidence_of_words, troubles_of_words
from snow_escalations.triage.policy.judge import judge
from snow_escalations.triage.policy.model import Policy

EvidenceOf: TypeAlias = Callable[[str | dict[str, Any]], Evidence]
"""The evidence of a dossier, by the path of its JSON or by the JSON itself."""
DossierTrouble: TypeAlias = Callable[[str | dict[str, Any]], str | None]
"""Why a dossier cannot be used, None if it can."""
Render: TypeAlias = Callable[[Verdict, Evidence], str]
"""The reply that a verdict with a reply leads to."""
Refusals: TypeAlias = Callable[[Verdict, Evidence], Iterable[str]]
"""Why no such reply could be sent, each a sentence; none if it could."""

_NO_DOSSIER = "must be the path of a dossier, or a dossier written out"
_EITHER = "a test has either `evidence` or a `dossier`"
_OF_A_HOLD = "`cause` and `proposed` are those of a hold"
_EMPTY_PHRASE = "an empty phrase is in every reply"


class Expectation(Model):
    """What a verdict must be. What is not said may be anything."""

    verdict: Outcome
    rule: str | None = Field(default=None, description="The rule that decides")
    cause: HoldCause | None = Field(default=None, description="Why it is held")
    proposed: Outcome | None = Field(default=None, description="What is proposed where it is held for a person")
    shadow: tuple[str, ...] | None = Field(default=None, description="The shadow rules that match, all of them")
    reply_contains: tuple[str, ...] = Field(default=(), description="Phrases of the reply")

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> "Expectation":
        """With positions, `load_tests` tells it, also of an expectation that is none yet."""
        if _is_told(info):
            return self
        if self.verdict is not Outcome.HOLD and (self.cause is not None or self.proposed is not None):
            raise ValueError(_OF_A_HOLD)
        if any(not phrase.strip() for phrase in self.reply_contains):
            raise ValueError(_EMPTY_PHRASE)
        return self


def _path_or_dossier(given: Any) -> Any:
    """Refuse anything else once: a union would name each of its types."""
    if given is not None and not isinstance(given, str | dict):
        raise ValueError(_NO_DOSSIER)
    return given


class PolicyTest(Model):
    """One test; it has `evidence` or a `dossier`, of which the evidence is read."""

    name: str = Field(min_length=3, max_length=200)
    evidence: dict[str, Any] | None = None
    dossier: Annotated[str | dict[str, Any] | None, BeforeValidator(_path_or_dossier)] = None
    expect: Expectation

    @model_validator(mode="after")
    def _has_one(self, info: ValidationInfo) -> "PolicyTest":
        if not _is_told(info) and (self.evidence is None) is (self.dossier is None):
            raise ValueError(_EITHER)
        return self


def _is_told(info: ValidationInfo) -> bool:
    return bool((info.context or {}).get("troubles_are_told"))


class PolicyTests(Model):
    """Tests of a policy. `base` are facts that every test with evidence of its own starts from."""

    base: dict[str, Any] = Field(default_factory=dict)
    tests: tuple[PolicyTest, ...] = Field(min_length=1)


class CheckedTest(NamedTuple):
    """A test that was run: the evidence and its verdict, and in words what was expected otherwise."""

    test: PolicyTest
    evidence: Evidence
    verdict: Verdict
    problems: tuple[str, ...]


class Checked(NamedTuple):
    """Tests that were run, and the rules that none of them made true."""

    tests: tuple[CheckedTest, ...]
    untested: tuple[str, ...]

    @property
    def failed(self) -> tuple[CheckedTest, ...]:
        """The tests of which an expectation was not met."""
        return tuple(item for item in self.tests if item.problems)

    @property
    def passed(self) -> bool:
        """Whether every expectation was met and every rule was made true."""
        return not self.failed and not self.untested


def load_tests(
    text: str,
    source: str,
    rules: Collection[str] | None = None,
    dossier_trouble: DossierTrouble | None = None,
) -> PolicyTests:
    """The tests that a file holds; for a policy, whose rules they may name, or for any.

    Args:
        text: the file's.
        source: names the file in problems.
        rules: what the policy's rules are called; None if they may be called anything.
        dossier_trouble: says why a dossier cannot be used; without it nobody looks.

    Raises:
        DocumentError: with every problem, such as a rule that the policy does not have.
    """
    document, unread = parse_items(text, source, "tests", PolicyTests.model_fields)
    if document is None:
        raise DocumentError(unread)
    problems = [*unread, *_bad_evidence(document), *_bad_shapes(document), *_bad_names(document, rules)]
    if dossier_trouble is not None:
        problems += _bad_dossiers(document, dossier_trouble)
    try:
        tests = validate(document, PolicyTests, context={"troubles_are_told": True})
    except DocumentError as error:
        raise DocumentError([*error.problems, *problems]) from error
    if problems:
        raise DocumentError(problems)
    return tests


def run_tests(
    tests: PolicyTests,
    policy: Policy,
    *,
    evidence_of: EvidenceOf | None = None,
    render: Render | None = None,
    refusals: Refusals | None = None,
) -> Checked:
    """Run all tests.

    Args:
        tests: what is expected.
        policy: what is tested.
        evidence_of: reads dossiers; needed where a test has one.
        render: renders replies; needed where a test expects phrases of one.
        refusals: checks the reply that a verdict leads to; without it none is checked.
    """
    checked, true = [], set()
    for test in tests.tests:
        evidence = evidence_of_test(tests, test, evidence_of)
        verdict = judge(evidence, policy)
        problems = [*_problems(test.expect, verdict, evidence, render)]
        if refusals is not None:
            problems += refusals(verdict, evidence)
        checked.append(CheckedTest(test, evidence, verdict, tuple(problems)))
        true |= {
            trace.rule for trace in verdict.explanation.rules if trace.result == "matched" and trace.kind == "rule"
        }
    return Checked(tuple(checked), tuple(rule.name for rule in policy.rules if rule.name not in true))


def evidence_of_test(tests: PolicyTests, test: PolicyTest, evidence_of: EvidenceOf | None) -> Evidence:
    """The evidence of one test.

    Raises:
        ValueError: it has a dossier, and nobody reads dossiers here.
    """
    if test.evidence is not None:
        return evidence_of_words(test.evidence, base=tests.base)
    if evidence_of is None or test.dossier is None:
        raise ValueError(f"the test `{test.name}` has a dossier, which cannot be read here")
    return evidence_of(test.dossier)


def meets(expected: Expectation, verdict: Verdict) -> bool:
    """Whether a verdict is the expected one, its reply aside."""
    return (
        verdict.outcome is expected.verdict
        and (expected.rule is None or verdict.rule == expected.rule)
        and (expected.cause is None or verdict.cause is expected.cause)
        and (expected.proposed is None or verdict.proposed is expected.proposed)
        and (expected.shadow is None or set(shadows(verdict)) == set(expected.shadow))
    )


def shadows(verdict: Verdict) -> tuple[str, ...]:
    """The shadow rules that matched."""
    traces = verdict.explanation.rules
    return tuple(trace.rule for trace in traces if trace.mode == "shadow" and trace.result == "matched")


def _problems(expected: Expectation, verdict: Verdict, evidence: Evidence, render: Render | None) -> Iterator[str]:
    if not meets(expected, verdict):
        yield f"expected {_expected(expected)}; {verdict.explanation.sentence}{_shadowed(verdict)}"
    if expected.reply_contains:
        yield from _reply_problems(expected.reply_contains, verdict, evidence, render)


def _reply_problems(
    phrases: Iterable[str], verdict: Verdict, evidence: Evidence, render: Render | None
) -> Iterator[str]:
    if verdict.reply is None:
        yield "expected phrases of a reply, and the verdict has no reply"
        return
    if render is None:
        yield f"the reply `{verdict.reply}` cannot be rendered here"
        return
    reply = render(verdict, evidence)
    folded = " ".join(reply.split())
    for phrase in phrases:
        if " ".join(phrase.split()) not in folded:
            yield f"the reply `{verdict.reply}` does not contain `{phrase}`"


def _expected(expected: Expectation) -> str:
    told = [expected.verdict.value]
    if expected.rule is not None:
        told.append(f"by the rule `{expected.rule}`")
    if expected.cause is not None:
        told.append(f"with the cause {expected.cause.value}")
    if expected.proposed is not None:
        told.append(f"with {expected.proposed.value} proposed")
    if expected.shadow is not None:
        told.append(f"noting {', '.join(expected.shadow) or 'no shadow rule'}")
    return " ".join(told)


def _shadowed(verdict: Verdict) -> str:
    noted = shadows(verdict)
    return f" (noting {', '.join(noted)})" if noted else ""


def _tests(document: Document) -> Iterator[Mapping]:
    found = document.root.find("tests") if isinstance(document.root, Mapping) else None
    if found is not None and isinstance(found[1], Sequence):
        yield from (item for item in found[1].items if isinstance(item, Mapping))


def _bad_evidence(document: Document) -> Iterator[Problem]:
    given = [test.find("evidence") for test in _tests(document)]
    if isinstance(document.root, Mapping):
        given.append(document.root.find("base"))
    for found in given:
        if found is not None and isinstance(found[1], Mapping):
            unclear = {path[:1] for path in document.unclear_in(found[1])}
            for path, message in troubles_of_words(found[1].plain()):
                if path[:1] not in unclear:
                    yield document.problem_at(locate(found[1], path)[0], message)


def _bad_dossiers(document: Document, trouble: DossierTrouble) -> Iterator[Problem]:
    for place, test in enumerate(_tests(document)):
        found = test.find("dossier")
        content = None if found is None or document.is_unread(found[1]) else found[1].plain()
        if found is not None and isinstance(content, str | dict):
            why = trouble(content)
            if why is not None:
                yield document.problem_at(found[1].position, f"`tests[{place}].dossier`: {why}")


def _bad_shapes(document: Document) -> Iterator[Problem]:
    """What the models say of a test as a whole, and they say it only where each part of it is right."""
    for place, test in enumerate(_tests(document)):
        either = ("evidence", "dossier")
        is_meant = any(is_misspelt(test, key, PolicyTest.model_fields) for key in either)
        is_meant |= any(document.is_unread(found[1]) for key in either if (found := test.find(key)) is not None)
        if not is_meant and (_given(test, "evidence") is None) is (_given(test, "dossier") is None):
            yield document.problem(("tests", place), f"`tests[{place}]`: {_EITHER}")
        found = test.find("expect")
        if found is not None and isinstance(found[1], Mapping):
            for message in _misfits(found[1]):
                yield document.problem_at(found[0], f"`tests[{place}].expect`: {message}")


def _misfits(expect: Mapping) -> Iterator[str]:
    decides = _given(expect, "verdict") in {Outcome.APPROVE, Outcome.REJECT}
    if decides and any(_given(expect, key) is not None for key in ("cause", "proposed")):
        yield _OF_A_HOLD
    phrases = _given(expect, "reply_contains")
    if isinstance(phrases, list) and any(isinstance(phrase, str) and not phrase.strip() for phrase in phrases):
        yield _EMPTY_PHRASE


def _given(node: Mapping, key: str) -> Plain:
    """What a key has, None where it has nothing or is not there."""
    found = node.find(key)
    return None if found is None else found[1].plain()


def _bad_names(document: Document, rules: Collection[str] | None) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for test in _tests(document):
        found = test.find("name")
        if found is not None and isinstance(found[1], Scalar) and found[1].value is not None:
            name = found[1].text
            if name in seen:
                yield document.problem_at(found[0], f"a test of this name is already in line {seen[name]}")
            seen.setdefault(name, found[0].line)
        expect = test.find("expect")
        if rules is not None and expect is not None and isinstance(expect[1], Mapping):
            yield from _unknown_rules(document, expect[1], rules)


def _unknown_rules(document: Document, expect: Mapping, names: Collection[str]) -> Iterator[Problem]:
    for key in ("rule", "shadow"):
        found = expect.find(key)
        listed = () if found is None else found[1].items if isinstance(found[1], Sequence) else (found[1],)
        for item in listed:
            name = item.plain()
            if isinstance(name, str) and name not in names:
                yield document.problem_at(item.position, f"the policy has no rule `{name}`{suggest(name, names)}")
