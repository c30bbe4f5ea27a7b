"""What people write in one case: the topic's and the voice's texts in turn, told with the facts of the case."""

from collections.abc import Iterator
from random import Random

from snow_escalations.sandbox.desk.expand import Teller
from snow_escalations.sandbox.desk.moments import Moment, day_of
from snow_escalations.sandbox.desk.plan import OPENED, SAID, CasePlan, Event
from snow_escalations.sandbox.desk.staff import Employee
from snow_escalations.sandbox.desk.texts import facts as pools
from snow_escalations.sandbox.desk.texts.voices import ANY_NOTES, VOICES
from snow_escalations.sandbox.desk.topic import Reply, Topic, Words

_WITH_TAIL = frozenset({"take", "ask", "update", "fix"})


class CaseVoice:
    """Tells one case, event by event, oldest first."""

    def __init__(self, plan: CasePlan, colleagues: list[Employee], now: Moment, rng: Random) -> None:
        self._plan = plan
        self._rng = rng
        self._voice = VOICES[plan.topic.language]
        self._teller = Teller(_facts(plan, colleagues, rng), day_of(now), plan.topic.language, rng)
        formal = self._voice.greet_formal.get(plan.contact["gender"].lower(), "$first $last")
        self._teller.facts["formal"] = self._teller.tell(formal)
        self._asked = -1
        self._last_words = OPENED
        self._texts = {
            "note": _in_turn(plan.topic.notes, ANY_NOTES, rng),
            "update": _in_turn(plan.topic.updates, self._voice.hold, rng),
            "chase": _in_turn((), self._voice.chase, rng),
            "hold": _in_turn((), self._voice.hold, rng),
        }

    def plain(self, text: str) -> str:
        """A text of this case without greeting."""
        return self._teller.tell(text)

    def subject(self) -> str:
        """The short description."""
        return self.plain(self._rng.choice(self._plan.topic.subjects))

    def entry(self, event: Event, agent: Employee) -> str:
        """What is written at an event: the description of the case for `OPENED`, else the text of a journal entry.

        Args:
            event: what happens.
            agent: who looks after the case at that time.
        """
        self._teller.facts["agent"] = agent.first
        text = self._text(event)
        if event.who == "note":
            return self.plain(text)
        self._last_words = event.kind
        if event.who == "customer":
            greeting = self._voice.opening_greet if event.kind == OPENED else self._voice.customer_greet
            return self._letter(greeting, text, self._voice.customer_sign)
        return self._letter(self._voice.greet, text + self._tail(event), self._voice.sign)

    def _tail(self, event: Event) -> str:
        return self.plain(self._voice.tail) if event.kind in _WITH_TAIL else ""

    def received(self) -> str:
        """The acknowledgement that the instance itself sends."""
        return self.plain(self._voice.received)

    def _letter(self, greeting: str, text: str, sign: str) -> str:
        return "\n\n".join((self.plain(greeting), self.plain(text), self.plain(sign)))

    def _text(self, event: Event) -> str:
        topic, kind = self._plan.topic, event.kind
        if kind == SAID:
            return event.text
        if kind == OPENED:
            return self._rng.choice(topic.openings)
        if kind in self._texts:
            return self._in_reply(next(self._texts[kind]), "give")
        if kind in ("take", "ask"):
            return self._question(kind, topic)
        if kind == "give":
            return topic.exchanges[self._asked].give
        return self._fixed(kind, topic)

    def _question(self, kind: str, topic: Topic) -> str:
        self._asked += 1
        ask = self._in_reply(topic.exchanges[self._asked].ask, "give")
        return f"{self._voice.intro} {ask}" if kind == "take" else ask

    def _fixed(self, kind: str, topic: Topic) -> str:
        texts = {
            "fix": topic.fix,
            "confirm": topic.confirm,
            "close": self._in_reply(self._voice.close, "confirm"),
            "cancel": self._voice.cancel,
            "reminder": self._voice.reminder,
            "withdraw": self._rng.choice(self._voice.withdraw),
        }
        return texts[kind]

    def _in_reply(self, words: Words, to: str) -> str:
        """What is said of `words` now; they reply to an entry of the kind `to`, if that was the last one to be seen."""
        if not isinstance(words, Reply):
            return words
        return (words.opening if self._last_words == to else words.otherwise) + words.text


def _in_turn(told_once: tuple[Words, ...], then: tuple[str, ...], rng: Random) -> Iterator[Words]:
    yield from told_once
    index = int(rng.random() * len(then))
    while True:
        yield then[index % len(then)]
        index += 1


def _facts(plan: CasePlan, colleagues: list[Employee], rng: Random) -> dict[str, str]:
    drawn, product = rng.random, plan.topic.product
    previous, version, fixed = rng.choice(pools.RELEASES[product])
    facts = {
        "number": plan.number,
        "colleague": rng.choice(colleagues).first,
        "first": plan.contact["first_name"],
        "last": plan.contact["last_name"],
        "previous": previous,
        "version": version,
        "fixed": fixed,
        "code": f"{pools.CODES[product]}-{1000 + int(drawn() * 9000)}",
        "ticket": f"ENG-{30000 + int(drawn() * 20000)}",
        "host": rng.choice(pools.HOSTS),
        "env": rng.choice(pools.ENVIRONMENTS),
        "site": rng.choice(pools.SITES),
        "file": rng.choice(pools.FILES),
        "window": rng.choice(pools.WINDOWS),
        "count": f"{40 + int(drawn() ** 3 * 9000):,}",
        "users": f"{20 + int(drawn() ** 2 * 2400):,}",
        "percent": str(3 + int(drawn() * 27)),
        "minutes": str(12 + int(drawn() * 78)),
        "hours": str(6 + int(drawn() * 14)),
    }
    mark = pools.GROUPING.get(plan.topic.language)
    if mark:
        facts.update((name, facts[name].replace(",", mark)) for name in ("count", "users"))
    facts.update((name, rng.choice(pool)) for name, pool in plan.topic.pools.items())
    return facts
