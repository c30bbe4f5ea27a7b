"""A policy file, checked whole: every problem at once, each at its place."""

from collections.abc import Collection, Iterator

from snow_escalations.documents import (
    Document,
    DocumentError,
    Mapping,
    Problem,
    Sequence,
    parse,
    suggest,
    validate,
)
from snow_escalations.model.facts import FACTS, FactSpec
from snow_escalations.triage.policy.model import MATCHERS, Policy, wanted_of
from snow_escalations.triage.policy.reach import covered, impossible
from snow_escalations.triage.policy.texts import bad_texts


def load_policy(text: str, source: str, *, reasons: Collection[str] = ()) -> Policy:
    """The policy that a file holds; `source` names the file in errors, `reasons` are the keys of the team's own.

    Raises:
        DocumentError: with every problem. A policy with a problem is never used in part.
    """
    document = parse(text, source)
    problems = [*_bad_conditions(document, reasons), *_duplicate_names(document)]
    try:
        policy = validate(document, Policy)
    except DocumentError as error:
        raise DocumentError([*error.problems, *problems]) from error
    problems = problems or list(_idle_rules(document, policy))
    if problems:
        raise DocumentError(problems)
    return policy


def _rules(document: Document) -> Iterator[Mapping]:
    found = document.root.find("rules") if isinstance(document.root, Mapping) else None
    if found is not None and isinstance(found[1], Sequence):
        yield from (rule for rule in found[1].items if isinstance(rule, Mapping))


def _bad_conditions(document: Document, reasons: Collection[str]) -> Iterator[Problem]:
    for rule in _rules(document):
        when = rule.find("when")
        if when is None or not isinstance(when[1], Mapping):
            continue
        for name, position, matchers in when[1].entries:
            spec = FACTS.get(name)
            if spec is None:
                yield document.problem_at(position, f"unknown fact `{name}`{suggest(name, FACTS)}")
            elif not isinstance(matchers, Mapping) or not matchers.entries:
                known = ", ".join(MATCHERS[spec.kind])
                yield document.problem_at(position, f"`{name}` needs a matcher, one of {known}")
            else:
                yield from _bad_matchers(document, spec, matchers, reasons)


def _bad_matchers(document: Document, spec: FactSpec, matchers: Mapping, reasons: Collection[str]) -> Iterator[Problem]:
    known = MATCHERS[spec.kind]
    for name, position, node in matchers.entries:
        if name not in known:
            hint = suggest(name, known) or "; known: " + ", ".join(known)
            message = f"`{name}` cannot be asked of `{spec.name}`, which is a {spec.kind.value}{hint}"
            yield document.problem_at(position, message)
            continue
        try:
            wanted_of(spec, name, node.plain())
        except ValueError as error:
            yield document.problem_at(node.position, str(error))
        else:
            yield from bad_texts(document, spec, node, reasons)


def _idle_rules(document: Document, policy: Policy) -> Iterator[Problem]:
    """Rules that can never decide, although each word of them is right."""
    rules = list(_rules(document))
    idle: set[int] = set()
    for index, rule in enumerate(policy.rules):
        for fact in impossible(rule):
            idle.add(index)
            message = f"nothing fits all that is asked of `{fact}`, so the rule can never match"
            yield document.problem(("rules", index, "when", fact), message)
    for index, first in covered(policy):
        if index not in idle:
            found = rules[first].find("name")
            line = found[0].line if found is not None else rules[first].position.line
            message = (
                f"the rule can never decide: the rule `{policy.rules[first].name}` in line {line} comes before it and "
                f"takes all that it asks for; put the narrower rule first, or remove one"
            )
            yield document.problem(("rules", index, "name"), message)


def _duplicate_names(document: Document) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for rule in _rules(document):
        found = rule.find("name")
        if found is None:
            continue
        name, line = str(found[1].plain()), found[0].line
        if name in seen:
            yield document.problem_at(found[0], f"a rule of this name is already in line {seen[name]}")
        seen.setdefault(name, line)
