"""The team's policy: ordered rules over evidence, first match wins, no match means hold.

lengths         durations as a policy writes them
matchers        which matchers fit a fact, and what they compare with
conditions      conditions joined by all, any and not
rules, model    what a policy file may say
load, written   a policy file, checked whole
texts           texts that a fact never has
steps, cells    the values that conditions can tell apart
regions, reach  rules that can never decide
known           the facts that are certain where a rule matches
compiled        a policy as tables and masks
judge, trace    the verdict, and the record of what was compared
sentences       a policy in plain sentences
values          values of facts in words
schema          the JSON Schema of a policy file
evidence_words  evidence as a person writes it
checks, mutants tests of a policy, and the mistakes that they must find
spans           times that a calendar has
flips, diff     what would change a verdict: another fact, another policy
"""

from snow_escalations.triage.policy.judge import judge
from snow_escalations.triage.policy.known import facts_known_to, facts_of_rule
from snow_escalations.triage.policy.load import load_policy
from snow_escalations.triage.policy.model import Policy, Rule

__all__ = ["Policy", "Rule", "facts_known_to", "facts_of_rule", "for_customer", "judge", "load_policy"]

from snow_escalations.triage.explanation.customer import for_customer
