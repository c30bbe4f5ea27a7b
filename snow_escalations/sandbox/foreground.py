"""A sandbox in the foreground: what `snow-escalations sandbox serve` and `demo --keep` run."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.sandbox import Sandbox


def serve(options: SandboxOptions) -> None:
    """Serve until SIGINT or SIGTERM; prints one line, `sandbox listening on http://HOST:PORT`, once it answers.

    Call it from the main thread, which is the one that signals reach.

    Raises:
        ConfigurationError: schema, data, fault schedule or properties cannot be used as they are.
        SnowEscalationsError: the address cannot be listened on.
    """
    with stop_signals() as stopping, Sandbox.start(options) as sandbox:
        sys.stdout.write(f"sandbox listening on {sandbox.url}\n")
        sys.stdout.flush()
        stopping.wait()


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set, for the main thread to wait for; afterwards they do what they did before.

    Both count even where the program was started with SIGINT ignored, as a script does with what it runs in the
    background: Python then raises no KeyboardInterrupt that one could wait for.
    """
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    earlier = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
