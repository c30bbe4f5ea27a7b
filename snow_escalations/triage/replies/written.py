"""A letter as it was written: what of it can be read, and all that is wrong with it, whatever else is.

What is wrong with one part hides no fault of another and leads to none: names, filters and forbidden tags are looked at
by themselves, and what rests on a faulty part is passed over where the rest is followed and tried.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jinja2 import Template as JinjaTemplate
from jinja2 import nodes

from snow_escalations.documents import Position, Problem
from snow_escalations.documents.problems import problem_at
from snow_escalations.triage.replies.commitments import Commitments
from snow_escalations.triage.replies.environment import ReplyEnvironment
from snow_escalations.triage.replies.front_matter import FrontMatter, parted
from snow_escalations.triage.replies.grammar import names_made_by, refused_nodes, refused_parts
from snow_escalations.triage.replies.guards import unguarded
from snow_escalations.triage.replies.markup import bad_tags, begins_no_tag, check_ends, check_markup
from snow_escalations.triage.replies.names import facts_named, meant_word, names_set, unknown_names
from snow_escalations.triage.replies.parsing import MADE_BY_JINJA, TOO_DEEP, UNREADABLE, Parsed, Trouble, parsed
from snow_escalations.triage.replies.rendering import FAULTS, rendered
from snow_escalations.triage.replies.specimen import Specimen, specimen, specimens
from snow_escalations.triage.replies.tellable import MAY_BE_WITHHELD
from snow_escalations.triage.replies.tokens import Tokens, Told, begin_of
from snow_escalations.triage.replies.trial import CheckMarkup, Key, Trial
from snow_escalations.triage.replies.words import without_code_tags

Format = Literal["text", "html"]
SIZE_LIMIT = 20_000
"""Characters of a template."""
_WHEN = "\0when"


class _Body:
    """The tags of a letter, of which some may be faulty."""

    def __init__(
        self, environment: ReplyEnvironment, letter: str, names: Mapping[str, Any], check: CheckMarkup | None
    ) -> None:
        self._parsed = parsed(environment, letter)
        tree, unread = self._parsed.tree, {self._parsed.hole, *self._parsed.made}
        self._tokens = Tokens(environment, self._parsed.text, tree)
        refused = refused_nodes(tree)
        told = refused_parts(refused, self._tokens)
        told += unknown_names(environment, tree, self._tokens, names, refused=refused, made=unread)
        self._names = frozenset({*names, *unread, *names_made_by(refused), *(MADE_BY_JINJA if refused else ())})
        self._faulty = frozenset({*(id(item.node) for item in told), *_holes(self._parsed)})
        self._meant = {id(item.node): word for item in told if (word := meant_word(item.node)) is not None}
        told += self._unset(names["evidence"])
        self._faulty |= {id(item.node) for item in told}
        self.facts = facts_named(tree)
        self.troubles: list[Trouble] = [*self._parsed.troubles, *((item.position, item.message) for item in told)]
        joined, lost = self._parsed.is_joined, self._names.difference(names)
        lost |= frozenset() if joined else names_set(tree)
        self._trial = Trial(self._tokens, environment, self._faulty, lost=lost, check_markup=check, is_joined=joined)

    def _unset(self, facts: Collection[str]) -> list[Told]:
        """Names that are set, but not wherever they are used."""
        known, uses = names_set(self._parsed.tree), self._uses(facts)
        message = "`{}` may not be set here; `set` it in every branch"
        return [Told(self._tokens.place_of(node), message.format(name), node) for name, node in uses if name in known]

    def _uses(self, facts: Collection[str]) -> list[tuple[str, nodes.Node]]:
        if not self._parsed.is_joined:
            return []
        return unguarded(self._parsed.tree, facts, self._names, self._faulty, self._meant)

    def missing(self, facts: Collection[str]) -> list[Told]:
        """The facts that are used where they may be missing, if no more than these are certain."""
        message = "`{0}` may be missing {1}; guard it with `{{% if {0} is defined %}}`"
        return [
            Told(self._tokens.place_of(node), message.format(name, _WHEN), node)
            for name, node in self._uses(facts)
            if name.startswith("evidence.")
        ]

    def failures(
        self, contexts: Iterable[Specimen], missing: Collection[Told] = (), *, in_doubt: bool = True
    ) -> dict[Key, Trouble]:
        """What fails when it is written, some nodes not being tried."""
        return self._trial.failures(contexts, {id(item.node) for item in missing}, in_doubt=in_doubt)


@dataclass(frozen=True)
class WrittenLetter:
    """A template in one language; `text` is without the front matter, its places being those of the file.

    `template` is there unless something is wrong with its tags, and `failures` are those of all specimens.
    """

    source: str
    lines: list[str]
    text: str
    format: Format
    language: str
    problems: tuple[Problem, ...]
    body: _Body | None = None
    template: JinjaTemplate | None = None
    failures: frozenset[Key] = frozenset()
    checked: dict[frozenset[str], tuple[Trouble, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, source: str, text: str, language: str, commitments: Commitments) -> "WrittenLetter":
        """The letter in a file, with everything that is wrong with it."""
        text = "\n".join(text.splitlines())
        lines = text.split("\n")
        head, letter, problems = parted(source, text, language)
        made = _Making(head, letter, language, specimen(commitments.in_language(language)))
        told = (problem_at(source, lines, position, message) for position, message in made.troubles)
        return cls(
            source=source,
            lines=lines,
            text=letter,
            format=head.format,
            language=language,
            problems=tuple(sorted({*problems, *told})),
            body=made.body,
            template=made.template,
            failures=frozenset(made.failures),
        )

    @property
    def facts(self) -> frozenset[str]:
        """The facts that it names, as far as it can be read."""
        return self.body.facts if self.body is not None else frozenset()

    def missing(self, facts: Collection[str], commitments: Commitments, rule: str = "") -> Iterator[Problem]:
        """Where the letter needs what may be missing, when no more than these facts are certain."""
        certain = (self.facts & set(facts)) - MAY_BE_WITHHELD
        if certain not in self.checked:
            promised = commitments.in_language(self.language)
            self.checked[certain] = tuple(self._missing(certain, specimen(promised, certain)))
        when = f"when {rule} decides" if rule else "when this reply is written"
        for position, message in self.checked[certain]:
            yield problem_at(self.source, self.lines, position, message.replace(_WHEN, when))

    def _missing(self, certain: frozenset[str], context: Mapping[str, Any]) -> Iterator[Trouble]:
        if self.body is None:
            return
        uses = self.body.missing(certain)
        yield from ((use.position, use.message) for use in uses)
        contexts = [*specimens(context, self.facts)]
        if not uses and self.template is not None:
            first = _first_failure(self.template, contexts, self.text, is_html=self.format == "html")
            if first is None:
                return
        # What no guard shows, the reply itself does.
        failures = self.body.failures(contexts, uses, in_doubt=False)
        yield from (trouble for key, trouble in failures.items() if key not in self.failures)


class _Making:
    """What becomes of a letter when it is read, compiled and written for all specimens."""

    def __init__(self, head: FrontMatter, letter: str, language: str, context: Mapping[str, Any]) -> None:
        self.template: JinjaTemplate | None = None
        self.body: _Body | None = None
        self.failures: dict[Key, Trouble] = {}
        is_html = self._is_html = head.format == "html"
        tags = [*bad_tags(letter)] if is_html else []
        self.troubles: list[Trouble] = [*_code_tags(letter), *tags]
        environment = ReplyEnvironment(language, is_html=is_html)
        if len(letter) > SIZE_LIMIT:
            message = f"the template has {len(letter)} characters, the limit is {SIZE_LIMIT}; shorten it"
            self.troubles.append((Position(1, 1), message))
            return
        check = check_markup if is_html else None
        if tags:
            check = None if begins_no_tag(letter) else check_ends
        try:
            self._read(_Body(environment, letter, context, check), environment, letter, context)
        except RecursionError:
            self.body = None
            self.troubles.append((Position(1, 1), TOO_DEEP))

    def _read(self, body: _Body, environment: ReplyEnvironment, letter: str, context: Mapping[str, Any]) -> None:
        self.body = body
        self.troubles += body.troubles
        if not self.troubles:
            try:
                self.template = environment.from_string(letter)
            except UNREADABLE:
                self.troubles.append((Position(1, 1), TOO_DEEP))
        contexts = [*specimens(context, body.facts)]
        first: Trouble | None = None
        if self.template is not None:
            first = _first_failure(self.template, contexts, letter, is_html=self._is_html)
            if first is None:
                return
        self.failures = body.failures(contexts)
        self.troubles += self.failures.values()
        if first is not None and not self.failures:
            self.troubles.append(first)


def _first_failure(
    template: JinjaTemplate, contexts: Iterable[Specimen], letter: str, *, is_html: bool
) -> Trouble | None:
    """The first context of which no reply can be made."""
    for context, where in contexts:
        try:
            rendered(template, context, is_html=is_html)
        except FAULTS as error:
            return begin_of(letter, line_of(error, letter)), f"{error} ({where})" if where else str(error)
    return None


def line_of(error: BaseException, letter: str) -> int:
    """The line of a letter in which an error of rendering arose; its first, if it is of the whole."""
    line = 1 + len(letter) - len(letter.lstrip("\n"))
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _holes(made: Parsed) -> Iterator[int]:
    names = made.tree.find_all(nodes.Name) if made.hole else ()
    return (id(name) for name in names if name.name == made.hole)


def _code_tags(letter: str) -> Iterator[Trouble]:
    for number, line in enumerate(letter.split("\n"), start=1):
        if without_code_tags(line) != line:
            message = "a `[code]` tag; the program alone writes it, around a letter with `format: html`"
            yield Position(number, max(line.find("["), 0) + 1), message
