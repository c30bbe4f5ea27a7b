"""The Jinja environment of a reply: an immutable sandbox with a closed list of filters and nothing to call.

One environment is made for each language and format: durations and dates are put in words of the language, and in HTML
every value is escaped.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from jinja2 import StrictUndefined, Undefined
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from snow_escalations.triage.replies.context import Length
from snow_escalations.triage.replies.wording import Wording, date, duration, instant, wording_of

LENGTH_LIMIT: Final = 3800
"""Characters of a reply; the Case API documents 4,000 for a comment, and the reference line is added."""
_JINJAS_OWN = ("capitalize", "default", "int", "lower", "title", "trim", "upper")
IN_WORDS = ("ago", "date", "duration", "instant")
"""Filters that there are in languages whose words are known (`wording.WORDINGS`)."""
FILTERS = tuple(sorted((*_JINJAS_OWN, *IN_WORDS, "join", "round")))
TESTS = ("defined", "equalto", "none", "number", "string")


_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LINE = re.compile(r"[^\n]+")
_MASK = "\ue000"


class Missing(StrictUndefined):
    """What is not there: using it is an error that says so in the words of a letter's author."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name: object = self._undefined_name
        owner: object = self._undefined_obj
        if isinstance(owner, tuple) and isinstance(name, int):
            return f"the list has {len(owner)} items, so there is no `[{name}]`; ask first whether there is one"
        if isinstance(owner, Mapping):
            return f"`{name}` is not known of this case; ask first with `{{% if ... is defined %}}`"
        return f"there is no `{name}` here"


class ReplyEnvironment(ImmutableSandboxedEnvironment):
    """No globals, few filters, no operators that make much of little, and no value printed that has no words."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, language: str, *, is_html: bool) -> None:
        super().__init__(
            undefined=Missing, autoescape=is_html, trim_blocks=True, lstrip_blocks=True, finalize=_printable
        )
        self.language = language
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _JINJAS_OWN} | {"join": _joined, "round": _rounded}
        wording = wording_of(language)
        if wording is not None:
            self.filters |= _in_words(wording)
        self.tests = {name: self.tests[name] for name in TESTS}

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """The text, with the line break kept after a tag that ends a line of words.

        A tag in a line of its own leaves no blank line behind (`trim_blocks`), but behind words a lost break would glue
        two of them together.
        """
        masked = _TAG.sub(lambda match: _MASK * len(match[0]), super().preprocess(source, name, filename))
        for line in reversed(list(_LINE.finditer(masked))):
            start, end = line.span()
            if not line[0].strip(_MASK + " \t"):
                source = source[: start + len(line[0].rstrip())] + source[end:]
            elif line[0].endswith(_MASK):
                source = f"{source[:end]} {source[end:]}"
        return source

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Add numbers, and refuse the other operators that are intercepted."""
        if operator == "+" and _is_number(left) and _is_number(right):
            return super().call_binop(context, operator, left, right)
        raise JinjaError(f"`{operator}` is not available in a reply template")

    def call(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        """Refuse every call."""
        raise JinjaError("nothing can be called in a reply template")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _printable(value: Any) -> Any:
    """What may stand in a letter: texts, whole numbers, dates, and what raises when it is printed.

    Raises:
        TypeError: the value has no words of its own.
    """
    if isinstance(value, bool):
        raise TypeError("true and false have no words; ask with `{% if ... %}`")
    if isinstance(value, str | int | Undefined | Markup):
        return value
    if isinstance(value, Length):
        raise TypeError("a duration has no words of its own; write `| instant` for when it began, or `| duration`")
    if isinstance(value, dt.datetime):
        raise TypeError("an instant has no words of its own; write `| instant`")
    if isinstance(value, dt.date):
        raise TypeError("a date has no words of its own; write `| date`")
    if isinstance(value, float):
        raise TypeError(f"{value:g} may have many digits; write `| round`, or `| duration` if it is hours")
    raise TypeError(
        "a list and what is in it have no words; name a field of an item, such as `evidence.earlier[0].number`"
    )


def _joined(values: Iterable[Any], between: str = "") -> str:
    made = str(between).join(str(_printable(value)) for value in values)
    if len(made) > LENGTH_LIMIT:
        raise ValueError(f"what `join` makes is longer than {LENGTH_LIMIT} characters")
    return made


def _rounded(value: Any) -> int:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"`round` takes a number, not {type(value).__name__}")
    return round(value)


def _in_words(wording: Wording) -> dict[str, Callable[..., Any]]:
    def ago(value: Any) -> str:
        return duration(wording, _hours(value), ago=True)

    def lasting(value: Any) -> str:
        return duration(wording, _hours(value))

    def day(value: Any) -> str:
        begun = _begun(value)
        if begun is not None:
            return date(wording, begun.date())
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise TypeError(f"`date` takes a day such as `evidence.requested_on`, not {_kind(value)}")
        return date(wording, value)

    def moment(value: Any) -> str:
        at = value if isinstance(value, dt.datetime) else _begun(value)
        if at is None:
            raise TypeError(f"`instant` takes a time since an instant or an instant, not {_kind(value)}")
        return instant(wording, at)

    return {"ago": ago, "duration": lasting, "date": day, "instant": moment}


def _begun(value: Any) -> dt.datetime | None:
    """The instant since which a time runs, by the clock of the account's calendar."""
    return value.since if isinstance(value, Length) else None


def _hours(value: Any) -> float:
    if isinstance(value, Length):
        return value.hours
    if _is_number(value):
        return float(value)
    raise TypeError(f"`duration` and `ago` take a duration or a number of hours, not {_kind(value)}")


def _kind(value: object) -> str:
    if isinstance(value, Undefined):
        return "what is not there"
    if isinstance(value, Length):
        return "a duration that runs since no known instant"
    if isinstance(value, dt.datetime):
        return "an instant, whose day depends on the zone; write `| instant`"
    return type(value).__name__
