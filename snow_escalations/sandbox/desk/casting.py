"""Finds the parts of the demo desk: which customer, contact and agent play a scene or an ordinary case."""

from collections.abc import Iterator
from random import Random

from snow_escalations.sandbox.desk.customers import Customer, Customers
from snow_escalations.sandbox.desk.moments import DAY, HOUR, Moment
from snow_escalations.sandbox.desk.plan import ASKED, CasePlan, place, scene_events, shape_events
from snow_escalations.sandbox.desk.rows import Row
from snow_escalations.sandbox.desk.scene import Scene
from snow_escalations.sandbox.desk.shapes import AWAITING_INFO, CANCELED, CLOSED, NEW, OPEN, ORDINARY, RESOLVED, SHAPES
from snow_escalations.sandbox.desk.staff import Employee, Staff
from snow_escalations.sandbox.desk.texts import SCENES, TOPICS
from snow_escalations.sandbox.desk.topic import Topic

CASES = 300

_AGES = {
    NEW: (0.05, 3),
    OPEN: (0.1, 7),
    AWAITING_INFO: (0.5, 10),
    RESOLVED: (0.4, 8),
    CLOSED: (3, 60),
    CANCELED: (3, 50),
}
"""Days since the last entry, by state: the least and the most."""

_GAPS = {"1": 5, "2": 22, "3": 40, "4": 60}
"""Hours between two entries, by priority."""

_PRIORITIES = ("1", "2", "2", "2", "3", "3", "3", "3", "4", "4")


class Casting:
    """Makes the plans of all cases."""

    def __init__(self, staff: Staff, customers: Customers, now: Moment, rng: Random) -> None:
        self._staff = staff
        self._customers = customers
        self._now = now
        self._rng = rng
        self._topics = tuple(TOPICS.values())

    def plans(self) -> list[CasePlan]:
        """The cases of the scenes, the cases related to account escalations, and ordinary ones: `CASES` together."""
        told = [self._scene(scene) for scene in SCENES]
        related = [plan for leader in told for plan in leader.related]
        plans = [*told, *related]
        plans += [self._ordinary(state) for state in self._states(CASES - len(plans))]
        for plan in plans:
            place(plan, self._now, self._rng)
        return plans

    def _states(self, count: int) -> Iterator[str]:
        states = [state for state, share in ORDINARY for _ in range(share)]
        # Spread evenly: every state has its share whatever the seed.
        return (states[index * len(states) // count] for index in range(count))

    def _scene(self, scene: Scene) -> CasePlan:
        topic = TOPICS[scene.topic]
        customer = self._audience(scene, topic)
        contact = self._rng.choice(customer.contacts)
        if scene.executive:
            self._customers.hire(customer, *scene.executive.split("|"))
        agents = self._agents(topic, scene.reassigned)
        leader = CasePlan(topic, customer, contact, agents, scene.priority, scene.state, scene_events(scene), scene)
        leader.related = [self._companion(leader) for _ in range(scene.related - 1)]
        return leader

    def _audience(self, scene: Scene, topic: Topic) -> Customer:
        language = scene.language or topic.language
        candidates = self._customers.all if language == "en" else self._customers.by_language[language]
        if scene.related:
            candidates = [customer for customer in candidates if not customer.escalated]
        least = min(customer.told for customer in candidates)
        customer = self._rng.choice([customer for customer in candidates if customer.told == least])
        customer.told += 1
        customer.escalated = customer.escalated or scene.related > 0
        return customer

    def _companion(self, leader: CasePlan) -> CasePlan:
        topics = [topic for topic in self._topics if topic.language == "en" and topic is not leader.topic]
        state = OPEN if leader.state == OPEN else CLOSED
        plan = self._case(state, self._rng.choice(topics), leader.customer, leader.customer.contacts[0])
        asked = next(event.age for event in leader.events if event.kind == ASKED)
        # A case that an account escalation is about was open before it was asked for.
        late = asked + 4 * DAY - plan.events[0].age
        for event in plan.events:
            event.age += max(late, 0)
        return plan

    def _ordinary(self, state: str) -> CasePlan:
        topic = self._rng.choice(self._topics)
        candidates = self._customers.by_language[topic.language] if topic.language != "en" else self._customers.all
        customer = self._rng.choice(candidates)
        return self._case(state, topic, customer, self._rng.choice(customer.contacts))

    def _case(self, state: str, topic: Topic, customer: Customer, contact: Row) -> CasePlan:
        rng = self._rng
        priority = rng.choice(_PRIORITIES)
        least, most = _AGES[state]
        newest = int((least + (most - least) * rng.random() ** 1.7) * DAY)
        events = shape_events(rng.choice(SHAPES[state]), newest, _GAPS[priority] * HOUR, rng)
        agents = self._agents(topic, int(rng.random() ** 4 * 4))
        return CasePlan(topic, customer, contact, agents, priority, state, events)

    def _agents(self, topic: Topic, reassigned: int) -> list[Employee]:
        candidates = self._staff.agents_for(topic.product, topic.language)
        return self._rng.sample(candidates, min(reassigned + 1, len(candidates)))
