"""Judging by the shipped policy, loading a large one, and comparing two on ten thousand stored evidences."""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Figure, median_seconds
from snow_escalations.cli.policy_files import stored_evidence
from snow_escalations.model import Evidence, Fact, Source
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.policy import Policy, judge, load_policy
from snow_escalations.triage.policy.checks import evidence_of_test, load_tests
from snow_escalations.triage.policy.diff import diff_policies

RULES = 500
STORED = 10_000
_REASONS = ("inactivity", "lack_of_progress", "customer_imposed_deadline", "executive_visibility")
_PRIORITIES = ("critical", "high", "moderate", "low")
_SOURCE = Source(table="sn_customerservice_case", field="comments", record="CS0010001", sys_id="0" * 32)


def large_policy() -> str:
    """A policy of 500 rules with joins, durations and lists."""
    rules = [
        f"""  - name: rule number {place}
    when:
      account: {{equals: Customer {place}}}
      reason: {{one_of: [{_REASONS[place % 4]}, {_REASONS[(place + 1) % 4]}]}}
      priority: {{equals: {_PRIORITIES[place % 4]}}}
      since_last_reply: {{at_least: {place % 40 + 1} business hours}}
      any:
        - stalled: {{equals: true}}
        - executives: {{contains: [CIO, CEO]}}
    verdict: approve
    reply: approved
"""
        for place in range(RULES)
    ]
    return "rules:\n" + "".join(rules)


def evidences() -> tuple[Policy, list[Evidence]]:
    """The shipped policy and the evidence of its tests, every fact with a source."""
    directory = shipped_config()
    policy = load_policy((directory / "policy.yaml").read_text(encoding="utf-8"), "policy.yaml")
    tests = load_tests((directory / "policy_tests.yaml").read_text(encoding="utf-8"), "policy_tests.yaml", policy.names)
    found = [evidence_of_test(tests, test, None) for test in tests.tests]
    return policy, [Evidence({name: _sourced(fact) for name, fact in item.facts.items()}) for item in found]


def _sourced(fact: Fact) -> Fact:
    return fact._replace(source=_SOURCE)


def run() -> Iterator[Figure]:
    """All figures about policies."""
    policy, cases = evidences()
    many = cases * (20_000 // len(cases))

    def judge_all() -> None:
        for evidence in many:
            judge(evidence, policy)

    # The best of some runs: what else goes on in a machine only ever slows a loop in memory.
    seconds = min(median_seconds(judge_all, 1) for _ in range(15))
    yield Figure(
        "evidences judged by the shipped policy, record included",
        len(many) / seconds,
        "a second",
        100_000,
        at_least=True,
    )
    words = median_seconds(lambda: [judge(evidence, policy).explanation.rules for evidence in cases], 9)
    yield Figure("  and their explanations spelled out", len(cases) / words, "a second")
    text = large_policy()
    yield Figure(f"a policy of {RULES} rules loaded and compiled", median_seconds(lambda: _load(text), 5), "s", 0.5)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "evidence.jsonl"
        lines = (
            json.dumps({"number": f"ESC{n:07}", "evidence": cases[n % len(cases)].as_json()}) for n in range(STORED)
        )
        path.write_text("\n".join(lines), encoding="utf-8")
        yield Figure(f"two policies compared on {STORED:,} stored evidences", _compared(policy, path), "s", 10)


def _load(text: str) -> None:
    load_policy(text, "policy.yaml").compiled.compare({})


def _compared(old: Policy, path: Path) -> float:
    rules = tuple(rule for rule in old.rules if not rule.name.startswith("we answered"))
    new = Policy(rules=rules)
    needed = frozenset(condition.fact for made in (old, new) for condition, _ in made.compiled.bits)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        found = diff_policies(old, new, stored_evidence(path, needed))
        times.append(time.perf_counter() - start)
        if not found.flips:
            raise RuntimeError("a policy without its rejections flips nothing")
    return statistics.median(times)
