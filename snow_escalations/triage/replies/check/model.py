"""What the reply check is given, what it may be told by settings, and what it returns."""

from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from snow_escalations.documents import suggest
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


def _known_point(name: str) -> str:
    """A point that there is: one that is misspelt would count for nothing, and the one that was meant neither."""
    if name not in POINTS:
        raise ValueError(f"there is no point `{name}`" + (suggest(name, POINTS) or f"; there are {', '.join(POINTS)}"))
    return name


class ReplyCheckSettings(Model):
    """What a team can set."""

    min_words_rejection: int = Field(40, ge=0, description="Least number of words of a rejection.")
    min_words_approval: int = Field(20, ge=0, description="Least number of words of an approval.")
    min_characters_rejection: int = Field(
        90, ge=0, description="Least number of characters of a rejection in a script that has no blanks."
    )
    min_characters_approval: int = Field(
        45, ge=0, description="Least number of characters of an approval in a script that has no blanks."
    )
    allowed_mail_domains: frozenset[str] = Field(
        frozenset(), description="Domains whose addresses may stand in a reply; subdomains are not included."
    )
    allowed_mail_addresses: frozenset[str] = Field(
        frozenset(), description="Single mail addresses that may stand in a reply."
    )
    allowed_link_hosts: frozenset[str] = Field(
        frozenset(), description="Hosts that a reply may link to, with their subdomains."
    )
    extra_internal_words: tuple[str, ...] = Field(
        (), description="Words that no customer may read, such as names of internal projects."
    )
    extra_internal_hosts: frozenset[str] = Field(
        frozenset(), description="Hosts that no customer may read of, with their subdomains; short names as well."
    )
    required: frozenset[Annotated[str, AfterValidator(_known_point)]] = Field(
        frozenset(POINTS), description="Points that must not fail; another that fails is told and does not count."
    )


def is_full(
    points: tuple[Point, ...],
    *,
    allow_not_checked: bool = False,
    settings: ReplyCheckSettings | None = None,
) -> bool:
    """Whether a reply is full: no point failed that is required.

    Args:
        points: what `check_reply` returned.
        allow_not_checked: whether a required point that could not be checked counts as well.
        settings: which points are required; all of them without settings.
    """
    required = settings.required if settings is not None else frozenset(POINTS)
    against = {PointState.FAILED} if allow_not_checked else {PointState.FAILED, PointState.NOT_CHECKED}
    return not any(point.state in against for point in points if point.name in required)
