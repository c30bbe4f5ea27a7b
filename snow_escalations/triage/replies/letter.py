"""One letter that can be used: a template in one language, and what it makes of a context."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Template as JinjaTemplate

from snow_escalations.documents import DocumentError
from snow_escalations.triage.replies.rendering import rendered
from snow_escalations.triage.replies.written import Format, WrittenLetter, line_of


class TemplateError(DocumentError):
    """A reply template cannot be used."""


@dataclass(frozen=True)
class Letter:
    """A letter as it was written, without any problem, and compiled."""

    written: WrittenLetter
    template: JinjaTemplate

    @property
    def source(self) -> str:
        """Names the file in errors."""
        return self.written.source

    @property
    def format(self) -> Format:
        """Whether it is text or HTML."""
        return self.written.format

    @property
    def facts(self) -> frozenset[str]:
        """The facts that it names."""
        return self.written.facts

    def render(self, context: Mapping[str, Any]) -> str:
        """The reply, in `[code]` where it is HTML.

        Raises:
            jinja2.TemplateError, TypeError, ValueError, ArithmeticError: the context lacks what the template needs,
                or the reply is too long.
        """
        return rendered(self.template, context, is_html=self.format == "html")

    def line_of(self, error: BaseException) -> int:
        """The line of the file in which an error of rendering arose; the letter's first, if it is of the whole."""
        return line_of(error, self.written.text)
