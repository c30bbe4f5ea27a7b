"""A run that SIGTERM or SIGHUP ends: what must be told at the end is told then too, and the exit code says by what."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_ENDS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(BaseException):
    """A signal ended the run; like KeyboardInterrupt, it is no failure that anything recovers from."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number

    @property
    def exit_code(self) -> int:
        """What a shell says of a program that a signal ended."""
        return 128 + self.number


class _Handler:
    """Raises `Ended` at the first signal, unless it is held: a closed terminal sends several, one after the other."""

    def __init__(self) -> None:
        self.number: int | None = None
        self.is_held = False

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if self.number is None:
            self.number = number
            if not self.is_held:
                raise Ended(number)


@contextmanager
def telling(tell: Callable[[], None]) -> Iterator[None]:
    """Tell something at the end, however the end comes; signals wait until it is told. Those that are ignored stay so.

    Raises:
        Ended: SIGTERM or SIGHUP came.
    """
    handler = _Handler()
    earlier = {number: signal.signal(number, handler) for number in _ENDS if signal.getsignal(number) is signal.SIG_DFL}
    try:
        yield
    finally:
        handler.is_held = True
        try:
            tell()
        finally:
            for number, before in earlier.items():
                signal.signal(number, before)
    if handler.number is not None:
        raise Ended(handler.number)
