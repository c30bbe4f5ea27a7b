"""Reply templates and evidence made by hand."""

from dataclasses import replace
from typing import Any

from snow_escalations.model import FACTS, Case, DeadlineItem, Evidence, Fact, FactValue, Source
from snow_escalations.settings.shipped import shipped_commitments, shipped_config
from snow_escalations.triage.policy.evidence_words import instant_before
from snow_escalations.triage.replies import Commitments, Draft, ReplyTemplates
from snow_escalations.triage.replies.specimen import values_of
from tests.support.dossiers import CONTACT, NOW, case, dossier

BY_CUSTOMER: dict[str, FactValue | None] = {"request_source": "customer", "requester_side": "customer"}
FOR_CUSTOMER: dict[str, FactValue | None] = {"request_source": "customer", "requester_side": "us"}
"""Our own staff, who say that the customer asked."""
BY_US: dict[str, FactValue | None] = {"request_source": "internal", "requester_side": "us"}

COMMITMENTS = Commitments(
    contact="the Desk, 555 0100",
    talk="Please answer and we call you.",
    next_update="tomorrow",
    meeting_link="https://meet.example.com/desk",
)


def template(letter: str, *, language: str = "en", form: str = "text") -> str:
    """A letter with its front matter, in lines 1 to 4."""
    return f"---\nformat: {form}\nlanguage: {language}\n---\n{letter}"


def load(letter: str, *, form: str = "text") -> ReplyTemplates:
    """One reply, `t`, in English."""
    return ReplyTemplates.load({"t.en": ("t.en.j2", template(letter, form=form))}, COMMITMENTS)


def evidence(**values: FactValue | None) -> Evidence:
    """Evidence with these values; what is not given could not be read."""
    source = Source(table="a_table", field="a_field")
    facts = {
        name: Fact(name, values[name], spec.unit, source, since=instant_before(spec, values[name], NOW))
        if name in values
        else Fact(name, None, spec.unit, source, unreadable="the field is closed")
        for name, spec in FACTS.items()
    }
    return Evidence(facts)


def draft(of: ReplyTemplates, name: str = "t", on: Case | None = None, explanation: Any = (), **values: Any) -> Draft:
    """The reply on a case, with these facts known."""
    on = on or case()
    return of.render(name, dossier(case=on), evidence(**values), on, explanation=lambda _: explanation)


def render(letter: str, on: Case | None = None, *, form: str = "text", **values: Any) -> str:
    """What a letter says."""
    return draft(load(letter, form=form), on=on, **values).text


def speaking(language: str, name: str = CONTACT.name) -> Case:
    """A case whose contact prefers a language."""
    return case(contact=CONTACT.model_copy(update={"preferred_language": language, "name": name}))


def deadline(**changes: Any) -> tuple[DeadlineItem]:
    """A deadline on 4 December 2026, in twenty days unless told otherwise."""
    usual = values_of(FACTS["deadlines"])[0]
    assert isinstance(usual, tuple)
    item = usual[0]
    assert isinstance(item, DeadlineItem)
    return (replace(item, **changes),)


def shipped() -> ReplyTemplates:
    """The replies that ship, with the commitments that ship."""
    paths = (shipped_config() / "replies").glob("*.j2")
    return ReplyTemplates.load(
        {path.name.removesuffix(".j2"): (path.name, path.read_text(encoding="utf-8")) for path in paths},
        shipped_commitments(),
    )
