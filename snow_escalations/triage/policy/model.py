"""What a policy file may say."""

import datetime as dt
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from snow_escalations.model import Model
from snow_escalations.triage.policy.compiled import Compiled, compile_rules
from snow_escalations.triage.policy.matchers import MATCHERS, Condition
from snow_escalations.triage.policy.rules import Mode, NeverAuto, Rule

__all__ = ["MATCHERS", "Condition", "Mode", "NeverAuto", "Policy", "Rule"]


def _a_date(value: Any) -> Any:
    if value is None or isinstance(value, dt.date):
        return value
    try:
        if isinstance(value, str) and len(value) == 10:
            return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"`{value}` is no day of the calendar ({error})") from error
    raise ValueError(f"must be a date such as 2026-12-01, not `{value}`")


class Policy(Model):
    """Ordered rules; the first that matches decides."""

    start_date: Annotated[dt.date | None, BeforeValidator(_a_date)] = Field(
        default=None,
        description="Escalations that were requested before this day (UTC) are held: the backlog of a first roll-out",
    )
    never_auto: NeverAuto = Field(
        default=NeverAuto(), description="What is never approved or rejected without a person, whatever a rule says"
    )
    rules: tuple[Rule, ...] = Field(min_length=1, description="The rules in order; the first that matches decides")

    @cached_property
    def compiled(self) -> Compiled:
        """The policy in the form that it is judged by, made once."""
        return compile_rules(self.rules, self.start_date, self.never_auto)
