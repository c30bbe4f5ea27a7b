"""Replies on the cases of a dossier: drawn up, checked, and made into what is to be written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from snow_escalations.decisions.begun import NOTHING_BEGUN, Begun
from snow_escalations.decisions.obstacles import answerable
from snow_escalations.model import (
    Action,
    Approval,
    Case,
    Dossier,
    Element,
    Evidence,
    Explanation,
    Outcome,
    RecordKey,
    ReplyTarget,
)
from snow_escalations.servicenow.rights import NOTHING_KNOWN, DecidingRights
from snow_escalations.triage.policy import for_customer
from snow_escalations.triage.replies import (
    CheckContext,
    Commitments,
    Draft,
    Point,
    Profile,
    ReplyCheckSettings,
    ReplyTemplates,
    check_reply,
    is_full,
    reference_line,
    with_reference,
)

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class CheckedReply:
    """A reply on one case, without its reference line, and how each point of the reply check came out."""

    case: Case
    text: str
    points: tuple[Point, ...]
    draft: Draft | None = None

    @property
    def words(self) -> str:
        """What the customer reads, and a person amends: the text without HTML, which only the program writes."""
        return self.text if self.draft is None else self.draft.words


@dataclass(frozen=True, slots=True)
class Drafting:
    """Draws replies up as one instance, account and set of templates would.

    `rights` are the account's: its own row is decided before anybody else's. `rule_names` are what no customer may
    read. What the commitments promise, such as the meeting link, passes the `check` in any case.
    """

    instance: str
    templates: ReplyTemplates
    approval_table: str
    case_table: str
    rights: DecidingRights = NOTHING_KNOWN
    check: ReplyCheckSettings = field(default_factory=ReplyCheckSettings)
    rule_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "check", allowing(self.check, self.templates.commitments))

    def drafts(
        self,
        name: str,
        dossier: Dossier,
        evidence: Evidence,
        outcome: Outcome,
        *,
        explanation: Explanation | None = None,
        other_accounts: Iterable[str] = (),
    ) -> tuple[CheckedReply, ...]:
        """The letter of a template on each case that takes a comment; `explanation` is of the verdict that it tells.

        Raises:
            TemplateError: this dossier lacks what the template needs.
        """
        made, others = [], tuple(other_accounts)
        for case in answerable(dossier):
            draft = self.templates.render(
                name,
                dossier,
                evidence,
                case,
                explanation=None if explanation is None else partial(for_customer, explanation, evidence),
            )
            context = self._context(dossier, case, outcome, others, draft)
            # Of a letter in HTML what the customer reads is checked: the tags are the program's own.
            text = with_reference(draft.words, self._line(dossier, draft.text))
            made.append(CheckedReply(case, draft.text, check_reply(text, context, self.check), draft))
        return tuple(made)

    def by_person(
        self, texts: Mapping[str, str], dossier: Dossier, outcome: Outcome, *, other_accounts: Iterable[str] = ()
    ) -> tuple[CheckedReply, ...]:
        """A person's texts, by sys_id of the case that each is for, on the cases that take a comment."""
        others, replies = tuple(other_accounts), []
        for case in answerable(dossier):
            if case.sys_id not in texts:
                continue
            text, context = texts[case.sys_id], self._context(dossier, case, outcome, others, None)
            replies.append(CheckedReply(case, text.strip(), check_reply(text, context, self.check)))
        return tuple(replies)

    def is_full(self, reply: CheckedReply) -> bool:
        """Whether a reply may be posted: nothing failed; of a person's own text, some may not be checkable."""
        return is_full(reply.points, allow_not_checked=reply.draft is None, settings=self.check)

    def action(self, dossier: Dossier, texts: Mapping[str, str], begun: Begun = NOTHING_BEGUN) -> Action:
        """What is to be written: the texts by sys_id of their case, each with the one reference line.

        What was `begun` is gone on with: its reference line, and the approval that is set already.
        """
        approval = begun.approval or self.row_to_decide(dossier.requested)
        cases = [case for case in answerable(dossier) if case.sys_id in texts]
        text = "\n".join(texts[case.sys_id] for case in cases)
        line = begun.reference or reference_line(dossier.escalation.number, approval.sys_id, text)
        return Action(
            approval=RecordKey(table=self.approval_table, sys_id=approval.sys_id),
            approver=approver_of(approval),
            approval_mod_count=approval.mod_count,
            approvals=len(dossier.approvals),
            escalation_mod_count=dossier.escalation.mod_count,
            reference=line,
            targets=tuple(
                ReplyTarget(
                    case=RecordKey(table=self.case_table, sys_id=case.sys_id, number=case.number),
                    mod_count=case.mod_count,
                    reply=with_reference(texts[case.sys_id], line),
                )
                for case in cases
            ),
        )

    def row_to_decide(self, requested: Iterable[Approval]) -> Approval:
        """Our own row before others', one that we may decide before one that we may not, then by sys_id."""

        def rank(row: Approval) -> tuple[bool, bool, str]:
            approver = approver_of(row)
            is_own = self.rights.own != "" and approver == self.rights.own
            return (not is_own, self.rights.may_decide(approver) is False, row.sys_id)

        return min(requested, key=rank)

    def _line(self, dossier: Dossier, text: str) -> str:
        return reference_line(dossier.escalation.number, self.row_to_decide(dossier.requested).sys_id, text)

    def _context(
        self, dossier: Dossier, case: Case, outcome: Outcome, other_accounts: Iterable[str], draft: Draft | None
    ) -> CheckContext:
        journal = dossier.journals.get(case.sys_id)
        notes = journal.of(Element.WORK_NOTES) if journal is not None and journal.unreadable is None else ()
        own = case.account.number if case.account is not None else ""
        promised = self.templates.commitments.in_language(draft.language) if draft is not None else None
        return CheckContext(
            profile=Profile.PERSON if draft is None else Profile.DRAFT,
            outcome=outcome,
            escalation_number=dossier.escalation.number,
            case_number=case.number,
            language=draft.language if draft is not None else "",
            offers=(promised.contact, promised.talk) if promised is not None else (),
            rule_names=self.rule_names,
            work_notes=tuple(entry.text for entry in notes),
            other_accounts=tuple(sorted(name for name in other_accounts if name and name != own)),
            own_account=own,
            instance_host=urlsplit(self.instance).hostname or "",
            element=Element.COMMENTS,
        )


def approver_of(row: Approval) -> str:
    """The sys_id of who is asked, empty where that is not known."""
    return row.approver.sys_id if row.approver is not None else ""


def failed_points(replies: Iterable[CheckedReply], unfit: Iterable[CheckedReply]) -> str:
    """What is wrong with those of the replies that may not be posted, with the cases where it is not all of them."""
    cases: dict[str, list[str]] = {}
    for reply in unfit:
        told = "; ".join(f"{point.name}: {point.sentence}" for point in reply.points if _counts(point, reply))
        cases.setdefault(told, []).append(reply.case.number)
    everywhere = {reply.case.number for reply in replies}
    if any(set(numbers) == everywhere for numbers in cases.values()):
        return next(iter(cases))
    return "; ".join(f"on {', '.join(numbers)}: {told}" for told, numbers in cases.items())


def _counts(point: Point, reply: CheckedReply) -> bool:
    """Whether a point speaks against a reply: what could not be checked does so against a draft."""
    return point.failed or (reply.draft is not None and not point.passed)


def allowing(check: ReplyCheckSettings, commitments: Commitments) -> ReplyCheckSettings:
    """The reply check with the meeting links and mail addresses allowed that the team promises in every reply."""
    promised = [commitments, *(commitments.in_language(language) for language in commitments.translations)]
    hosts = {urlsplit(item.meeting_link).hostname or "" for item in promised}
    addresses = {word for item in promised for word in _ADDRESS.findall(f"{item.contact} {item.talk}")}
    return check.model_copy(
        update={
            "allowed_link_hosts": check.allowed_link_hosts | hosts,
            "allowed_mail_addresses": check.allowed_mail_addresses | addresses,
        }
    )
