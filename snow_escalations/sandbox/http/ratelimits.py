"""Rate-limit rules: rows of sys_rate_limit_rules, counted per user and clock hour of the sandbox."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.http.answer import Headers
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.store import Store

_TABLE = "sys_rate_limit_rules"
_HOUR = timedelta(hours=1)
_RANKS = {"user": 0, "role": 1, "all": 2}


@dataclass(frozen=True, slots=True)
class Rule:
    """One active rule; empty `api`, `method` mean any."""

    sys_id: str
    limit: int
    api: str
    method: str
    kind: str
    user: str
    role: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rule that applies says: headers for the answer, and whether the request is refused."""

    rule: Rule
    headers: Headers
    refused: bool


class RateLimits:
    """Counts requests against the rules. A rule for the user beats one for a role, of those the lowest limit counts."""

    def __init__(self, store: Store, properties: Properties, clock: SandboxClock) -> None:
        self._store = store
        self._properties = properties
        self._clock = clock
        self._version = -1
        self._rules: list[Rule] = []
        self._requests: dict[tuple[str, str, datetime], list[datetime]] = defaultdict(list)

    def check(self, api: str, method: str, actor: Actor) -> Verdict | None:
        """Count a request; None where no rule applies to it."""
        rule = self._applicable(api, method, actor)
        if rule is None:
            return None
        now = self._clock.now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        requests = self._requests[rule.sys_id, actor.user_name, hour]
        seen = now - timedelta(seconds=self._properties.integer("sandbox.rate_limit.lag_s"))
        refused = sum(1 for instant in requests if instant <= seen) >= rule.limit
        if not refused:
            requests.append(now)
        reset = hour + _HOUR
        headers = [
            ("X-RateLimit-Limit", str(rule.limit)),
            ("X-RateLimit-Reset", str(int(reset.timestamp()))),
            ("X-RateLimit-Rule", rule.sys_id),
        ]
        if refused:
            headers.append(("Retry-After", str(max(int((reset - now).total_seconds()), 1))))
        return Verdict(rule, headers, refused)

    def _applicable(self, api: str, method: str, actor: Actor) -> Rule | None:
        if self._version != self._store.versions[_TABLE]:
            self._version = self._store.versions[_TABLE]
            self._rules = self._read()
        matching = [rule for rule in self._rules if _applies(rule, api, method, actor)]
        return min(matching, key=lambda rule: (_RANKS.get(rule.kind, 2), rule.limit, rule.sys_id), default=None)

    def _read(self) -> list[Rule]:
        roles = {row["sys_id"]: row["name"] for row in self._store.find("sys_user_role")}
        return [
            Rule(
                sys_id=row["sys_id"],
                limit=int(row["request_limit"]),
                api=row["api"],
                method=row["method"],
                kind=row["type"],
                user=row["user"],
                role=roles.get(row["role"], ""),
            )
            for row in self._store.find(_TABLE, active="true")
            if row["request_limit"].isdecimal()  # without a limit, or with a negative one, a rule limits nothing
        ]


def _applies(rule: Rule, api: str, method: str, actor: Actor) -> bool:
    if rule.api not in {"", api} or rule.method not in {"", method}:
        return False
    if rule.kind == "user":
        return rule.user == actor.sys_id
    return rule.kind != "role" or rule.role in actor.roles
