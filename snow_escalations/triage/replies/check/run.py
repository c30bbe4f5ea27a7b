"""The check itself: all points of a text, in their order, and the verdict over them."""

from snow_escalations.triage.replies.check import content, form, secrecy
from snow_escalations.triage.replies.check.checked import Checked
from snow_escalations.triage.replies.check.model import ESSENTIAL, POINTS, CheckContext, Point, PointState
from snow_escalations.triage.replies.check.placeholders import no_placeholders
from snow_escalations.triage.replies.check.settings import ReplyCheckSettings
from snow_escalations.triage.replies.check.text import Reply

DEFAULT = ReplyCheckSettings()
_CHECKS = (
    content.names_escalation,
    content.states_decision,
    content.gives_reason,
    content.says_next_steps,
    content.offers_talk,
    form.long_enough,
    form.is_customer_visible,
    form.reference,
    form.no_code_tag,
    no_placeholders,
    secrecy.no_rule_names,
    secrecy.no_scores,
    secrecy.no_thresholds,
    secrecy.no_work_notes,
    secrecy.no_other_accounts,
    secrecy.no_internal_words,
    secrecy.no_internal_hosts,
    secrecy.no_sys_id,
    secrecy.no_foreign_mail_addresses,
)


def check_reply(text: str, context: CheckContext, settings: ReplyCheckSettings = DEFAULT) -> tuple[Point, ...]:
    """All points for a text, each passed, failed or not checked, in the order of `POINTS`.

    Args:
        text: the reply as the customer reads it; a draft with its reference line.
        context: what the text is and must tell, and what is known beside it.
        settings: what the team asks for and allows.
    """
    checked = Checked(Reply(text, context.escalation_number, context.case_number), context, settings)
    return tuple(check(checked) for check in _CHECKS)


def is_full(
    points: tuple[Point, ...],
    *,
    allow_not_checked: bool = False,
    settings: ReplyCheckSettings | None = None,
) -> bool:
    """Whether a reply is full: no point failed that is essential or required.

    Args:
        points: what `check_reply` returned.
        allow_not_checked: whether a required point that could not be checked counts as well.
        settings: which points are required beside the essential ones; all of them without settings.
    """
    required = ESSENTIAL | settings.required if settings is not None else frozenset(POINTS)
    against = {PointState.FAILED} if allow_not_checked else {PointState.FAILED, PointState.NOT_CHECKED}
    return not any(point.state in against for point in points if point.name in required)
