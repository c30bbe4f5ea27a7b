"""What a policy file may say."""

import datetime as dt
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from snow_escalations.model import Model
from snow_escalations.triage.policy.compiled import Compiled, compile_rules
from snow_escalations.triage.policy.lengths import day
from snow_escalations.triage.policy.matchers import MATCHERS, Condition
from snow_escalations.triage.policy.rules import Mode, NeverAuto, Rule

__all__ = ["MATCHERS", "Condition", "Mode", "NeverAuto", "Policy", "Rule"]


def _rules(value: Any) -> Any:
    if not isinstance(value, list | tuple) or not value:
        raise ValueError("must be a list of at least one rule")
    return value


def _rule(value: Any) -> Any:
    if not isinstance(value, dict | Rule):
        raise ValueError("must be a mapping with `name`, `when` and `verdict`")  # noqa: TRY004 as pydantic wants it
    return value


class Policy(Model):
    """Ordered rules; the first that matches decides."""

    start_date: Annotated[dt.date | None, BeforeValidator(lambda value: None if value is None else day(value))] = Field(
        default=None,
        description="Escalations that were requested before this day (UTC) are held: the backlog of a first roll-out",
    )
    never_auto: NeverAuto = Field(
        default=NeverAuto(), description="What is never approved or rejected without a person, whatever a rule says"
    )
    rules: Annotated[tuple[Annotated[Rule, BeforeValidator(_rule)], ...], BeforeValidator(_rules)] = Field(
        description="The rules in order; the first that matches decides"
    )

    @property
    def names(self) -> tuple[str, ...]:
        """What the rules are called, in their order."""
        return tuple(rule.name for rule in self.rules)

    @cached_property
    def compiled(self) -> Compiled:
        """The policy in the form that it is judged by, made once."""
        return compile_rules(self.rules, self.start_date, self.never_auto)
