"""An answer as it goes onto the wire, whole or spoiled."""

from dataclasses import dataclass, field
from enum import Enum

from snow_escalations.sandbox.http.answer import Headers


class End(Enum):
    """How a delivery ends."""

    COMPLETE = "complete"
    CLOSED = "the connection is closed before the body ends"
    RESET = "the connection is reset"


@dataclass(slots=True)
class Delivery:
    """What is sent: nothing at all where `status` is 0.

    Attributes:
        pieces: the body, sent piece by piece.
        pause_s: real seconds between pieces.
    """

    status: int
    headers: Headers = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)
    pause_s: float = 0.0
    end: End = End.COMPLETE
