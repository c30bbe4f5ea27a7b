"""Reply templates: Jinja in an immutable sandbox, with nothing to call and nothing undefined.

Each template is rendered against a specimen when it is loaded, so that a misspelt name fails at the desk of whoever
wrote it and never at the customer's. Values are data: what they contain is never rendered again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment
from pydantic import StringConstraints

from snow_escalations.documents import DocumentError, Position, Problem, suggest
from snow_escalations.documents.problems import problem_at
from snow_escalations.model import Case, Dossier, Evidence, Model
from snow_escalations.model.facts import FACTS, Kind
from snow_escalations.triage.replies.names import begin_of, refused_tags, unknown_names
from snow_escalations.triage.replies.words import one_line, reflowed, without_code_tags

LENGTH_LIMIT = 3800
"""Characters of a reply; the Case API documents 4,000 for a comment, and the reference line is added."""
TAGS = ("if", "elif", "else", "endif", "set", "endset")
_UNKNOWN_TAG = re.compile(r"unknown tag '(?P<tag>[^']*)'")
FILTERS = ("capitalize", "default", "int", "join", "lower", "round", "title", "trim", "upper")


class Commitments(Model):
    """What every reply can promise, from the settings: none of it may be empty, or nothing but blanks."""

    contact: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]
    talk: Annotated[str, StringConstraints(strip_whitespace=True, min_length=10)]
    next_update: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]


class TemplateError(DocumentError):
    """A reply template cannot be used."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """No globals, few filters, no operators that make much of little."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in ("defined", "equalto", "none", "number", "string")}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Refuse the operators that are intercepted."""
        raise JinjaError(f"`{operator}` is not available in a reply template")

    def call(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        """Refuse every call."""
        raise JinjaError("nothing can be called in a reply template")


@dataclass(frozen=True)
class ReplyTemplates:
    """The templates by name, checked."""

    templates: Mapping[str, Any]
    commitments: Commitments

    @classmethod
    def load(cls, texts: Mapping[str, tuple[str, str]], commitments: Commitments) -> "ReplyTemplates":
        """From `{name: (source, text)}`, `source` naming the file in errors.

        Raises:
            TemplateError: with every problem of every template.
        """
        environment: SandboxedEnvironment = _Sandbox()
        context = specimen(commitments)
        templates: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, (source, text) in sorted(texts.items()):
            made, troubles = _checked(environment, text, context)
            problems += [problem_at(source, text.splitlines(), position, message) for position, message in troubles]
            templates[name] = made
        if problems:
            raise TemplateError(problems)
        return cls(templates, commitments)

    def render(self, name: str, dossier: Dossier, evidence: Evidence, case: Case) -> str:
        """The reply on one case of a dossier, to the contact of that case.

        Raises:
            KeyError: there is no template of that name (the policy is checked against the names when it is loaded).
            TemplateError: this dossier lacks what the template needs.
        """
        try:
            return _render(self.templates[name], context_of(dossier, evidence, case, self.commitments))
        except (JinjaError, TypeError, ValueError, ArithmeticError) as error:
            raise TemplateError([Problem(name, _line(error), 1, str(error))]) from error


def _checked(
    environment: SandboxedEnvironment, text: str, context: Mapping[str, Any]
) -> tuple[Any, list[tuple[Position, str]]]:
    """The template, rendered once against a context, and everything that is wrong with it."""
    try:
        troubles = refused_tags(environment, text) or unknown_names(environment, text, context)
        if troubles:
            return None, troubles
        template = environment.from_string(text)
        _render(template, context)
    except TemplateSyntaxError as error:
        message = error.message or "bad syntax"
        tag = _UNKNOWN_TAG.search(message)
        hint = suggest(tag["tag"], TAGS) if tag else ""
        return None, [(begin_of(text, error.lineno), message.rstrip(".") + hint)]
    except JinjaError as error:
        return None, [(begin_of(text, _line(error)), error.message or "cannot be rendered")]
    except (TypeError, ValueError, ArithmeticError, NameError) as error:
        # Jinja writes an infinite number down as the name `inf`.
        return None, [(begin_of(text, _line(error)), str(error))]
    except (RecursionError, SyntaxError, MemoryError):
        # Jinja makes Python of a template, which has limits of its own.
        return None, [(Position(1, 1), "is nested too deeply to be compiled")]
    return template, []


def _render(template: Any, context: Mapping[str, Any]) -> str:
    parts: list[str] = []
    size = 0
    for part in template.generate(context):
        size += len(part)
        if size > LENGTH_LIMIT:
            raise ValueError(f"the reply is longer than {LENGTH_LIMIT} characters")
        parts.append(part)
    return reflowed(without_code_tags("".join(parts))) + "\n"


def context_of(dossier: Dossier, evidence: Evidence, case: Case, commitments: Commitments) -> dict[str, Any]:
    """What a template can name. Facts that could not be read are left out, so that using one is an error."""
    contact = case.contact.name if case.contact is not None else ""
    reason = dossier.escalation.reason
    return {
        "escalation": {
            "number": one_line(dossier.escalation.number),
            "reason": one_line(reason.label) if reason is not None else "",
        },
        "case": {
            "number": one_line(case.number),
            "short_description": one_line(case.short_description),
        },
        "contact": {"name": one_line(contact)},
        "evidence": {name: fact.value for name, fact in evidence.facts.items() if fact.is_known},
        "commitments": {name: one_line(value) for name, value in commitments.model_dump().items()},
    }


def specimen(commitments: Commitments) -> dict[str, Any]:
    """A context in which everything is there, to check templates with."""
    values: dict[Kind, Any] = {Kind.TEXT: "inactivity", Kind.NUMBER: 1, Kind.DURATION: 30.5, Kind.BOOLEAN: False}
    return {
        "escalation": {"number": "ESC0010001", "reason": "Inactivity"},
        "case": {"number": "CS0010001", "short_description": "The export stops"},
        "contact": {"name": "Ana Sousa"},
        "evidence": {name: values[spec.kind] for name, spec in FACTS.items()},
        "commitments": commitments.model_dump(),
    }


def _line(error: BaseException) -> int:
    """The line of the template in which an error of rendering arose."""
    line = 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
