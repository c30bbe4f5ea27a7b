"""One letter: a template in one language, compiled and checked, and what it makes of a context."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError, nodes

from snow_escalations.documents import DocumentError, Position, Problem, suggest
from snow_escalations.documents.problems import problem_at
from snow_escalations.triage.replies.commitments import Commitments
from snow_escalations.triage.replies.environment import LENGTH_LIMIT, ReplyEnvironment
from snow_escalations.triage.replies.front_matter import parted
from snow_escalations.triage.replies.grammar import refused_nodes, refused_parts
from snow_escalations.triage.replies.guards import unguarded
from snow_escalations.triage.replies.markup import bad_tags, check_markup
from snow_escalations.triage.replies.names import Trouble, facts_named, names_set, unknown_names
from snow_escalations.triage.replies.specimen import Specimen, specimen, specimens
from snow_escalations.triage.replies.tellable import MAY_BE_WITHHELD
from snow_escalations.triage.replies.tokens import Tokens, begin_of
from snow_escalations.triage.replies.words import reflowed, without_code_tags

FAULTS = (JinjaError, TypeError, ValueError, ArithmeticError)
"""What rendering raises where a context lacks what a template needs."""
Format = Literal["text", "html"]
SIZE_LIMIT = 20_000
"""Characters of a template."""
_WHEN = "\0when"
_WORDS = ("if", "elif", "else", "endif", "set", "endset")
_UNKNOWN_TAG = re.compile(r"unknown tag '(?P<tag>[^']*)'")


class TemplateError(DocumentError):
    """A reply template cannot be used."""


@dataclass(frozen=True)
class Letter:
    """A template that was checked. `text` is without the front matter, its places being those of the file."""

    source: str
    lines: list[str]
    text: str
    format: Format
    language: str
    template: JinjaTemplate
    tree: nodes.Template
    facts: frozenset[str]
    checked: dict[frozenset[str], tuple[Trouble, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, source: str, text: str, language: str, commitments: Commitments) -> "Letter":
        """The letter in a file.

        Raises:
            DocumentError: with everything that is wrong with it.
        """
        text = "\n".join(text.splitlines())
        lines = text.split("\n")
        head, letter, problems = parted(source, text, language)
        environment = ReplyEnvironment(language, is_html=head.format == "html")
        context = specimen(commitments.in_language(language))
        troubles = [*_code_tags(letter), *(bad_tags(letter) if head.format == "html" else ())]
        try:
            tree = _parsed(environment, letter, context)
            template = environment.from_string(letter)
        except _Unfit as error:
            troubles += error.troubles
        except TemplateSyntaxError as error:
            troubles.append(_syntax(letter, error))
        except (RecursionError, SyntaxError, MemoryError, ValueError):
            # Jinja makes Python of a template, which has limits of its own.
            troubles.append((Position(1, 1), "is nested too deeply, or has too long a number, to be compiled"))
        else:
            made = cls(source, lines, letter, head.format, language, template, tree, facts_named(tree))
            if not troubles:
                troubles = [*made._failing(specimens(context, made.facts))]
            if not troubles and not problems:
                return made
        found = (problem_at(source, lines, position, message) for position, message in troubles)
        raise TemplateError([*problems, *found])

    def render(self, context: Mapping[str, Any]) -> str:
        """The reply, in `[code]` where it is HTML.

        Raises:
            jinja2.TemplateError, TypeError, ValueError, ArithmeticError: the context lacks what the template needs,
                or the reply is too long.
        """
        parts: list[str] = []
        size = 0
        for part in self.template.generate(context):
            size += len(part)
            if size > LENGTH_LIMIT:
                raise ValueError(f"the reply is longer than {LENGTH_LIMIT} characters")
            parts.append(part)
        if self.format == "text":
            return without_code_tags(reflowed("".join(parts))) + "\n"
        written = " ".join(without_code_tags(" ".join("".join(parts).split())).split())
        check_markup(written)
        return f"[code]{written}[/code]\n"

    def missing(self, facts: Collection[str], commitments: Commitments, rule: str = "") -> Iterator[Problem]:
        """Where the letter needs what may be missing, when no more than these facts are certain."""
        certain = (self.facts & set(facts)) - MAY_BE_WITHHELD
        if certain not in self.checked:
            self.checked[certain] = tuple(
                self._missing(certain, specimen(commitments.in_language(self.language), certain))
            )
        when = f"when {rule} decides" if rule else "when this reply is written"
        for position, message in self.checked[certain]:
            yield problem_at(self.source, self.lines, position, message.replace(_WHEN, when))

    def _missing(self, certain: frozenset[str], context: Mapping[str, Any]) -> Iterator[Trouble]:
        uses = unguarded(self.tree, certain, context)
        tokens = Tokens(self.template.environment, self.text, self.tree)
        for name, node in uses:
            guard = f"guard it with `{{% if {name} is defined %}}`"
            yield tokens.place_of(node), f"`{name}` may be missing {_WHEN}; {guard}"
        if not uses:
            # What no guard shows, the reply itself does.
            yield from self._failing(specimens(context, self.facts))

    def line_of(self, error: BaseException) -> int:
        """The line of the file in which an error of rendering arose; the letter's first, if it is of the whole."""
        line = 1 + len(self.text) - len(self.text.lstrip("\n"))
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == "<template>":
                line = trace.tb_lineno
            trace = trace.tb_next
        return line

    def _failing(self, contexts: Iterable[Specimen]) -> Iterator[Trouble]:
        """The first context of which no reply can be made."""
        for context, where in contexts:
            try:
                self.render(context)
            except FAULTS as error:
                message = f"{error} ({where})" if where else str(error)
                yield begin_of(self.text, self.line_of(error)), message
                return


class _Unfit(Exception):
    """The words of a template cannot be used."""

    def __init__(self, troubles: list[Trouble]) -> None:
        super().__init__()
        self.troubles = troubles


def _parsed(environment: ReplyEnvironment, letter: str, context: Mapping[str, Any]) -> nodes.Template:
    """The tree of a letter, made of what a reply can have, with names that are known.

    Raises:
        _Unfit: it is not; nothing of it may be compiled then, as compiling computes what is constant.
        jinja2.TemplateSyntaxError: it is no template.
    """
    if len(letter) > SIZE_LIMIT:
        message = f"the template has {len(letter)} characters, the limit is {SIZE_LIMIT}; shorten it"
        raise _Unfit([(Position(1, 1), message)])
    tree = environment.parse(letter)
    tokens = Tokens(environment, letter, tree)
    refused = refused_nodes(tree)
    troubles = [*refused_parts(refused, tokens), *unknown_names(environment, tree, tokens, context, refused)]
    if not refused:
        troubles += _unset(tree, tokens, context)
    if troubles:
        raise _Unfit(troubles)
    return tree


def _unset(tree: nodes.Template, tokens: Tokens, context: Mapping[str, Any]) -> Iterator[Trouble]:
    """Names that are set, but not wherever they are used."""
    known = names_set(tree)
    for name, node in unguarded(tree, context["evidence"], context):
        if name in known:
            yield tokens.place_of(node), f"`{name}` may not be set here; `set` it in every branch"


def _code_tags(letter: str) -> Iterator[Trouble]:
    for number, line in enumerate(letter.split("\n"), start=1):
        if without_code_tags(line) != line:
            message = "a `[code]` tag; the program alone writes it, around a letter with `format: html`"
            yield Position(number, max(line.find("["), 0) + 1), message


def _syntax(letter: str, error: TemplateSyntaxError) -> Trouble:
    message = error.message or "bad syntax"
    tag = _UNKNOWN_TAG.search(message)
    return begin_of(letter, error.lineno), message.rstrip(".") + (suggest(tag["tag"], _WORDS) if tag else "")
