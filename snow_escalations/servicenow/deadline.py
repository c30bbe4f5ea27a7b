"""The overall deadline of a call: one instant that every wait, attempt and arrival of data has to respect."""

from collections.abc import Callable
from dataclasses import dataclass

from snow_escalations.servicenow.errors import Call, DeadlineExceeded


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant on a monotonic clock (seconds), and the call that must be over by then."""

    call: Call
    seconds: float
    ends_at: float
    clock: Callable[[], float]

    @classmethod
    def after(cls, call: Call, seconds: float, clock: Callable[[], float]) -> "Deadline":
        """The deadline that lies `seconds` from now."""
        return cls(call, seconds, clock() + seconds, clock)

    def remaining(self) -> float:
        """Seconds that are left, never negative."""
        return max(0.0, self.ends_at - self.clock())

    def check(self, doing: str, *, sent: bool = True) -> float:
        """Seconds that are left; `sent` says whether the call is out already.

        Raises:
            DeadlineExceeded: none are left; the message says what was being done.
        """
        left = self.remaining()
        if left <= 0:
            raise self.exceeded(doing, sent=sent)
        return left

    def exceeded(self, doing: str, *, sent: bool = True) -> DeadlineExceeded:
        """The error that says what the call was doing when its time was over."""
        return DeadlineExceeded(self.call, f"the deadline of {self.seconds:g} s passed while {doing}", sent=sent)
