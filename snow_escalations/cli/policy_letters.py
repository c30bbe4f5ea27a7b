"""The letters that a tested verdict leads to, about a specimen of a case, and what the reply check says of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from snow_escalations.decisions.drafting import allowing
from snow_escalations.model import Element, Evidence, Outcome, Verdict
from snow_escalations.triage.policy import for_customer
from snow_escalations.triage.replies import ReplyTemplates
from snow_escalations.triage.replies.check import CheckContext, Profile, ReplyCheckSettings, check_reply
from snow_escalations.triage.replies.context import facts_told
from snow_escalations.triage.replies.letter import Letter
from snow_escalations.triage.replies.reference import reference_line, with_reference
from snow_escalations.triage.replies.rendering import FAULTS
from snow_escalations.triage.replies.specimen import specimen
from snow_escalations.triage.replies.templates import Draft

_APPROVAL = "0" * 32
"""The sys_id of an approval that is nowhere: a reference line is made of one."""


@dataclass(frozen=True)
class TriedLetters:
    """The letters of the replies, checked as a plan checks them; `rule_names` are what no customer may read."""

    templates: ReplyTemplates
    check: ReplyCheckSettings
    rule_names: tuple[str, ...]

    def words(self, verdict: Verdict, evidence: Evidence) -> str:
        """The letter in the fallback language, empty where there is none; why it cannot be written, `refusals` tell."""
        letters = self.templates.templates.get(verdict.reply or "", {})
        language = self.templates.fallback_language
        try:
            return self._draft(letters[language], verdict, evidence, language).text if language in letters else ""
        except FAULTS:
            return ""

    def refusals(self, verdict: Verdict, evidence: Evidence) -> Iterator[str]:
        """Why a letter could not be sent, in each language that it can be sent in: the points that it fails."""
        outcome = verdict.proposed if verdict.outcome is Outcome.HOLD else verdict.outcome
        if outcome not in (Outcome.APPROVE, Outcome.REJECT):
            return
        for language, letter in sorted(self.templates.templates.get(verdict.reply or "", {}).items()):
            if not self.templates.promises_in(language):
                continue
            told = f"the reply `{verdict.reply}` in `{language}`"
            try:
                failed = self._failed(self._draft(letter, verdict, evidence, language), outcome)
            except FAULTS as error:
                yield f"{told} cannot be written: {letter.source}:{letter.line_of(error)}:1: {error}"
                continue
            if failed:
                yield f"{told} is refused by the reply check: {'; '.join(failed)}"

    def _draft(self, letter: Letter, verdict: Verdict, evidence: Evidence, language: str) -> Draft:
        context = specimen(self.templates.commitments.in_language(language), ())
        explanation = " ".join(for_customer(verdict.explanation, evidence, language))
        text = letter.render({**context, "evidence": facts_told(evidence), "explanation": explanation})
        return Draft(text=text, format=letter.format, language=language, template=verdict.reply or "", because="")

    def _failed(self, draft: Draft, outcome: Outcome) -> list[str]:
        """The points that fail and must not, each with its sentence."""
        shown = specimen(self.templates.commitments, ())
        number = shown["escalation"]["number"]
        promised = self.templates.commitments.in_language(draft.language)
        context = CheckContext(
            profile=Profile.DRAFT,
            outcome=outcome,
            escalation_number=number,
            case_number=shown["case"]["number"],
            language=draft.language,
            offers=(promised.contact, promised.talk),
            rule_names=self.rule_names,
            work_notes=(),
            other_accounts=(),
            element=Element.COMMENTS,
        )
        settings = allowing(self.check, self.templates.commitments)
        text = with_reference(draft.words, reference_line(number, _APPROVAL, draft.text))
        must = settings.required
        points = check_reply(text, context, settings)
        return [f"{point.name}: {point.sentence}" for point in points if point.failed and point.name in must]
