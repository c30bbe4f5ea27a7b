"""What a compiled letter makes of a context, and what is asked of a letter as a whole."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateError as JinjaError

from snow_escalations.triage.replies.environment import LENGTH_LIMIT
from snow_escalations.triage.replies.markup import check_markup
from snow_escalations.triage.replies.words import reflowed, without_code_tags

FAULTS = (JinjaError, TypeError, ValueError, ArithmeticError)
"""What rendering raises where a context lacks what a template needs."""


def rendered(template: JinjaTemplate, context: Mapping[str, Any], *, is_html: bool) -> str:
    """The reply, in `[code]` where it is HTML.

    Raises:
        jinja2.TemplateError, TypeError, ValueError, ArithmeticError: the context lacks what the template needs,
            or the reply is too long.
    """
    parts: list[str] = []
    size = 0
    for part in template.generate(context):
        size += len(part)
        require_length(size)
        parts.append(part)
    if not is_html:
        return without_code_tags(reflowed("".join(parts))) + "\n"
    written = markup_of("".join(parts))
    check_markup(written)
    return f"[code]{written}[/code]\n"


def require_length(size: int) -> None:
    """Refuse a reply that is too long.

    Raises:
        ValueError: it is.
    """
    if size > LENGTH_LIMIT:
        raise ValueError(f"the reply is longer than {LENGTH_LIMIT} characters")


def markup_of(text: str) -> str:
    """The letter in HTML of what a template makes."""
    return " ".join(without_code_tags(" ".join(text.split())).split())
