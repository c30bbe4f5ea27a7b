"""Plans of cases: who, about what, and when each thing happened, before a word of it is written.

Moments are found from the newest backwards, so that nothing lies in the future and every thread ends when it should.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from snow_escalations.sandbox.desk.customers import Customer
from snow_escalations.sandbox.desk.moments import HOUR, MINUTE, Moment, Seconds, back_to_work, parse_age, worked_before
from snow_escalations.sandbox.desk.rows import Row
from snow_escalations.sandbox.desk.scene import Request, Scene
from snow_escalations.sandbox.desk.shapes import BEATS
from snow_escalations.sandbox.desk.staff import Employee
from snow_escalations.sandbox.desk.topic import Topic

OPENED, SAID, ASKED, DECIDED, ENDED = "opened", "said", "asked", "decided", "ended"


@dataclass(slots=True)
class Event:
    """One thing that happens in a case: a beat, words of a scene (`SAID`), or a step of an escalation.

    Attributes:
        kind: a key of `shapes.BEATS`, `OPENED`, `SAID`, `ASKED`, `DECIDED` or `ENDED`.
        who: `customer`, `agent` or `note`.
        age: how long before now; unless it is `exact`, it counts working days and hours (`moments.worked_before`).
    """

    kind: str
    who: str
    age: Seconds
    exact: bool = False
    text: str = ""
    request: Request | None = None
    moment: Moment = 0


@dataclass(slots=True)
class CasePlan:
    """One case to be written.

    Attributes:
        agents: who looked after it, one after the other; the last one does so now.
        related: cases that the account escalation of this plan is also about.
    """

    topic: Topic
    customer: Customer
    contact: Row
    agents: list[Employee]
    priority: str
    state: str
    events: list[Event]
    scene: Scene | None = None
    related: list["CasePlan"] = field(default_factory=list)
    number: str = ""
    row: Row = field(default_factory=dict)

    @property
    def agent(self) -> Employee:
        """Who looks after the case now."""
        return self.agents[-1]

    def agent_at(self, index: int) -> Employee:
        """Who looked after the case at the event of that index; each agent had it for about as many events."""
        return self.agents[index * len(self.agents) // len(self.events)]

    @property
    def opened(self) -> Moment:
        """When the case was opened."""
        return self.events[0].moment

    @property
    def account_requests(self) -> bool:
        """Whether the escalations of this plan are about the account."""
        return self.scene is not None and self.scene.related > 0


def scene_events(scene: Scene) -> list[Event]:
    """Everything that happens in a scene, oldest first; of things of one age, what people wrote comes last."""
    events = [_beat(token) for token in scene.thread.split()]
    for request in scene.requests:
        for kind, age_text in ((ASKED, request.asked), (DECIDED, request.decided), (ENDED, request.closed)):
            if age_text:
                age, exact = parse_age(age_text)
                who = "customer" if kind == ASKED and not request.requester else "agent"
                events.append(Event(kind, who, age, exact, request=request))
    for said in scene.said:
        age, exact = parse_age(said.age)
        events.append(Event(SAID, said.who, age, exact, said.text))
    return sorted(events, key=lambda event: event.age, reverse=True)


def _beat(token: str) -> Event:
    age_text, _, kind = token.partition(":")
    age, exact = parse_age(age_text)
    return Event(kind or OPENED, BEATS.get(kind, "customer"), age, exact)


def shape_events(shape: str, newest: Seconds, gap: Seconds, rng: Random) -> list[Event]:
    """The events of an ordinary case whose last entry is `newest` old, with about `gap` between two of them."""
    kinds = [OPENED, *shape.split()]
    age = newest
    events: list[Event] = []
    for kind in reversed(kinds):
        events.append(Event(kind, BEATS.get(kind, "customer"), age))
        pause = 3.0 if kind in ("chase", "close", "reminder") else 1.0
        age += int(gap * pause * (0.35 + 1.3 * rng.random()))
    return events[::-1]


def place(plan: CasePlan, now: Moment, rng: Random) -> None:
    """Give each event of a plan its moment: in working hours of who acts, in order, and in the past.

    As many numbers are drawn for each event whatever the hour, or the rest of the desk would depend on it.
    """
    later = now
    for index, event in reversed(tuple(enumerate(plan.events))):
        zone = plan.customer.account.zone if event.who == "customer" else plan.agent_at(index).zone
        any_hour = event.exact or plan.priority == "1"
        age = event.age + int(rng.random() * (10 * MINUTE if event.exact else 5 * HOUR))
        moment = now - age if any_hour else worked_before(now, age, zone)
        latest, drawn = later - 120 - int(rng.random() * 2400), rng.random()
        if moment > latest:
            moment = latest if any_hour else back_to_work(latest, zone, drawn)
        later = event.moment = moment


def numbered(plans: Iterable[CasePlan]) -> list[CasePlan]:
    """The plans in order of opening, each with its number."""
    ordered = sorted(plans, key=lambda plan: plan.opened)
    for number, plan in enumerate(ordered, start=10001):
        plan.number = f"CS{number:07}"
    return ordered
