"""A policy file, checked whole: every problem at once, each at its place."""

from collections.abc import Iterator

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
from snow_escalations.triage.facts import FACTS, FactSpec
from snow_escalations.triage.policy.model import MATCHERS, Policy, wanted_of


def load_policy(text: str, source: str) -> Policy:
    """The policy that a file holds; `source` names the file in errors.

    Raises:
        DocumentError: with every problem. A policy with a problem is never used in part.
    """
    document = parse(text, source)
    problems = [*_bad_conditions(document), *_duplicate_names(document)]
    try:
        policy = validate(document, Policy)
    except DocumentError as error:
        raise DocumentError([*error.problems, *problems]) from error
    if problems:
        raise DocumentError(problems)
    return policy


def _rules(document: Document) -> Iterator[Mapping]:
    found = document.root.find("rules") if isinstance(document.root, Mapping) else None
    if found is not None and isinstance(found[1], Sequence):
        yield from (rule for rule in found[1].items if isinstance(rule, Mapping))


def _bad_conditions(document: Document) -> Iterator[Problem]:
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
                yield from _bad_matchers(document, spec, matchers)


def _bad_matchers(document: Document, spec: FactSpec, matchers: Mapping) -> Iterator[Problem]:
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
