"""The team's policy: ordered rules over evidence, first match wins, no match means hold."""

from snow_escalations.triage.policy.judge import judge
from snow_escalations.triage.policy.load import load_policy
from snow_escalations.triage.policy.model import Policy, Rule

__all__ = ["Policy", "Rule", "judge", "load_policy"]
