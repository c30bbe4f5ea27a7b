"""One rule of a policy, and what is never left to rules."""

import re
import unicodedata
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from snow_escalations.model import Model, Outcome
from snow_escalations.triage.policy.conditions import When


class Mode(StrEnum):
    """What follows from a rule that matches."""

    SHADOW = "shadow"
    PROPOSE = "propose"
    ENFORCE = "enforce"


_BREAKS = frozenset({"Cc", "Zl", "Zp"})
"""Controls and the ends of lines and paragraphs, as Unicode classes characters."""
REPLY = re.compile(r"[a-z0-9_]+")
"""What replies are called."""


def _reply_name(value: Any) -> Any:
    if isinstance(value, str) and not REPLY.fullmatch(value):
        raise ValueError(f"`{value}` is not the name of a reply; write it like `rejected_inactivity`")
    return value


def _listed(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise ValueError("must be a list, such as `[]`")  # noqa: TRY004 pydantic reports a ValueError as one of the input
    return value


def _one_line(value: str) -> str:
    if value != value.strip() or any(unicodedata.category(character) in _BREAKS for character in value):
        raise ValueError("a name is one line of text, without blanks around it")
    return value


Names: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Rule(Model):
    """One rule. `name` finishes the sentence "this escalation is approved/rejected/held because ..."."""

    name: Annotated[str, AfterValidator(_one_line)] = Field(
        min_length=3,
        max_length=200,
        description='Finishes the sentence "this escalation is approved/rejected/held because ..."',
    )
    when: When = Field(description="The facts that must be so for the rule to match; all of them must")
    verdict: Outcome = Field(description="What becomes of the escalation where the rule is the first that matches")
    reply: Annotated[str | None, BeforeValidator(_reply_name)] = Field(
        default=None,
        description="The name of the reply template; needed wherever the customer must hear of the verdict",
    )
    mode: Mode = Field(
        default=Mode.ENFORCE,
        description="shadow: recorded, not acted on; propose: always to a person; enforce: acted on",
    )

    @model_validator(mode="after")
    def _replies(self, info: ValidationInfo) -> "Rule":
        """With positions, the loader tells it, also of a rule that is no rule yet."""
        told = (info.context or {}).get("troubles_are_told")
        if not told and self.verdict is not Outcome.HOLD and self.reply is None:
            raise ValueError(needs_reply(self.verdict))
        return self


def needs_reply(verdict: Outcome) -> str:
    """What to say of a rule with a verdict and no reply."""
    return f"a rule that can {verdict.value} needs a reply: the customer must hear of it"


class NeverAuto(Model):
    """What is never approved or rejected without a person, whatever a rule says; names in any case."""

    accounts: Names = Field(default=(), description="Names of accounts")
    severities: Names = Field(default=(), description="Severities of escalations, as they are named")
    priorities: Names = Field(default=(), description="Priorities of cases")
