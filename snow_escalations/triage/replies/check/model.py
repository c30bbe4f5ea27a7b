"""What the reply check is given, and what it returns."""

from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from snow_escalations.model import Element, Model, Outcome


class Profile(StrEnum):
    """What the text is: it decides how the form is judged; what it says and leaks is judged alike."""

    DRAFT = "draft"  # rendered by us, with its reference line and every offer
    PERSON = "person"  # written by a person and about to be posted; the reference line is added when it is
    AUDIT = "audit"  # on the case already; the word for escalation is enough, and no reference line is wanted


class PointState(StrEnum):
    """How a point came out."""

    PASSED = "pass"
    FAILED = "fail"
    NOT_CHECKED = "not_checked"


class Point(NamedTuple):
    """One point of the check: its name, how it came out, and a sentence that says so to a person."""

    name: str
    state: PointState
    sentence: str

    @property
    def passed(self) -> bool:
        """Whether it was checked and is well."""
        return self.state is PointState.PASSED

    @property
    def failed(self) -> bool:
        """Whether it was checked and is not well."""
        return self.state is PointState.FAILED


POINTS = (
    "names_escalation",
    "states_decision",
    "gives_reason",
    "says_next_steps",
    "offers_talk",
    "long_enough",
    "is_customer_visible",
    "has_reference",
    "no_code_tag",
    "no_placeholders",
    "no_rule_names",
    "no_scores",
    "no_thresholds",
    "no_work_notes",
    "no_other_accounts",
    "no_internal_words",
    "no_internal_hosts",
    "no_sys_id",
    "no_foreign_mail_addresses",
)
"""The points in the order in which they are returned."""
ESSENTIAL = frozenset(POINTS) - {"has_reference", "no_placeholders", "no_foreign_mail_addresses"}
"""What no reply goes without, whatever a team sets, as no rejection goes without a full comment. The reference line is
put there by the program, which mail addresses are foreign is for the team to say, and some teams' customers write
templates themselves."""


class CheckContext(Model):
    """What is known beside the text.

    A list that is None was not given, and the point that compares with it is `not_checked`; an empty list says that
    there is nothing to compare with, and the point passes.
    """

    profile: Profile = Field(description="What the text is: a draft, a person's reply, or a comment on the case.")
    outcome: Outcome = Field(description="What the reply must tell: `approve` or `reject`.")
    escalation_number: str = Field("", description="The escalation that the text must name; empty if not known.")
    case_number: str = Field("", description="The case that the text stands on; empty if not known.")
    language: str = Field("", description="Language code such as `de` or `de-AT`; empty to tell it from the text.")
    offers: tuple[str, ...] = Field((), description="Ways to talk that were promised, such as a named contact.")
    rule_names: tuple[str, ...] | None = Field(None, description="Names of the policy's rules.")
    work_notes: tuple[str, ...] | None = Field(None, description="Texts of the case's work notes.")
    other_accounts: tuple[str, ...] | None = Field(None, description="Names of accounts other than the case's own.")
    own_account: str = Field("", description="Name of the case's account.")
    instance_host: str = Field("", description="Host of the ServiceNow instance, such as `acme.service-now.com`.")
    element: Element | None = Field(None, description="The journal field that the text stands in, where it does.")
