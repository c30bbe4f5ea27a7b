"""Every shipped letter in every language passes every point of the check, whatever is known."""

from typing import Any

import pytest

from snow_escalations.model import Element, Outcome
from snow_escalations.settings.shipped import shipped_commitments
from snow_escalations.triage.replies import with_reference
from snow_escalations.triage.replies.check import LANGUAGES, CheckContext, Profile, ReplyCheckSettings, check_reply
from tests.support.replies import draft, shipped, speaking
from tests.triage.replies.test_shipped_letters import REJECTIONS, SITUATIONS

TEMPLATES = shipped()


@pytest.mark.parametrize("given", [True, False], ids=["language given", "language told"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["approved", *REJECTIONS])
@pytest.mark.parametrize("values", SITUATIONS)
def test_a_shipped_letter_is_full(name: str, language: str, given: bool, values: dict[str, Any]) -> None:
    promised = shipped_commitments().in_language(language)
    context = CheckContext(
        profile=Profile.DRAFT,
        outcome=Outcome.APPROVE if name == "approved" else Outcome.REJECT,
        escalation_number="ESC0010023",
        case_number="CS0010001",
        language=language if given else "",
        offers=(promised.contact, promised.talk, promised.meeting_link),
        rule_names=("we answered within the last day and wait for the customer",),
        work_notes=("Told the customer that we wait for the logs.",),
        other_accounts=("Contoso",),
        element=Element.COMMENTS,
    )
    text = draft(TEMPLATES, name, speaking(language), **values).text
    points = check_reply(with_reference(text, "Reference ESC0010023-7K3Q"), context, ReplyCheckSettings())
    assert [item for item in points if not item.passed] == [], text
