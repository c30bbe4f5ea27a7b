"""A planner with a policy of few rules, and dossiers that it decides."""

from typing import Any

from snow_escalations.decisions.drafting import Drafting
from snow_escalations.decisions.planning import Planner
from snow_escalations.model import AuthorKind, Decision, Dossier
from snow_escalations.settings.shipped import shipped_commitments
from snow_escalations.triage.evidence import EvidenceReader
from snow_escalations.triage.policy import load_policy
from snow_escalations.triage.replies import ReplyTemplates
from tests.support.dossiers import NOW, ago, comment, dossier
from tests.support.replies import shipped, template

US, CUSTOMER = AuthorKind.US, AuthorKind.CUSTOMER
POLICY_TEXT = """
rules:
  - name: it concerns a whole account
    when: {source: {equals: account}}
    verdict: hold
  - name: its case is no longer being worked on
    when: {case_state: {one_of: [resolved, closed, cancelled]}}
    verdict: hold
  - name: the person who asked is also asked to approve
    when: {self_approval: {equals: true}}
    verdict: hold
  - name: we have not answered for two days
    when:
      since_last_reply: {at_least: 2 days}
      last_word: {one_of: [customer, nobody]}
    verdict: approve
    reply: approved
  - name: we answered within the last day and wait for the customer
    when:
      reason: {one_of: [inactivity, lack_of_progress]}
      since_last_reply: {less_than: 1 day}
      last_word: {equals: us}
      earlier_escalations: {equals: 0}
    verdict: reject
    reply: rejected_inactivity
"""
POLICY = load_policy(POLICY_TEXT, "policy.yaml")
ANY_ACCOUNT = load_policy(
    "rules:\n  - name: any account\n    when: {source: {equals: account}}\n    verdict: reject\n    reply: short\n", "p"
)
ANY_CASE = load_policy(
    "rules:\n  - name: any case\n    when: {source: {equals: case}}\n    verdict: reject\n    reply: short\n", "p"
)
SHORT = (
    "Dear {{ contact.name }}, we have declined your escalation {{ escalation.number }}, because we answered you on the "
    "case today and wait for your reply. We write to you again tomorrow. Your contact is {{ commitments.contact }}. "
    "{{ commitments.talk }} "
)
SHIPPED = shipped()
READER = EvidenceReader()


def short(text: str = SHORT + "So it is. " * 5) -> ReplyTemplates:
    """One reply, `short`, in English."""
    return ReplyTemplates.load({"short.en": ("short.en.j2", template(text))}, shipped_commitments())


def planner(**changes: Any) -> Planner:
    """A planner; what is changed is an attribute of it or of its drafting."""
    drafting: dict[str, Any] = {
        "instance": "https://x.service-now.com",
        "templates": SHIPPED,
        "approval_table": "sysapproval_approver",
        "case_table": "sn_customerservice_case",
    }
    planning: dict[str, Any] = {"reader": READER, "policy": POLICY}
    for name, value in changes.items():
        (planning if name in {"reader", "policy", "lifetime"} else drafting)[name] = value
    rule_names = tuple(rule.name for rule in planning["policy"].rules)
    return Planner(drafting=Drafting(**{"rule_names": rule_names, **drafting}), **planning)


def rejected(**changes: Any) -> Dossier:
    """A dossier that the policy rejects."""
    return dossier(comment(CUSTOMER, ago(hours=9)), comment(US, ago(hours=5)), **changes)


def approved(**changes: Any) -> Dossier:
    """A dossier that the policy approves."""
    return dossier(comment(US, ago(days=3)), comment(CUSTOMER, ago(days=2)), **changes)


def decide(of: Dossier, **changes: Any) -> Decision:
    """What a planner decides now."""
    return planner(**changes).decide(of, NOW)
