"""The words of the demo desk, apart from the logic that arranges them. No firm or person in them is real."""

from snow_escalations.sandbox.desk.scene import Scene
from snow_escalations.sandbox.desk.texts import (
    approved,
    archive,
    bridge,
    declined,
    ended,
    french,
    german,
    identity,
    insight,
    japanese,
    ledger,
    pending,
    pipeline,
    portuguese,
    spanish,
)
from snow_escalations.sandbox.desk.topic import Topic

_BOOKS = (pipeline, ledger, bridge, identity, archive, insight, german, french, spanish, portuguese, japanese)

TOPICS: dict[str, Topic] = {topic.key: topic for book in _BOOKS for topic in book.TOPICS}
"""Every topic by its key."""

SCENES: tuple[Scene, ...] = (*pending.SCENES, *approved.SCENES, *declined.SCENES, *ended.SCENES)
"""Every scene: what waits for a decision first, then what was decided."""
