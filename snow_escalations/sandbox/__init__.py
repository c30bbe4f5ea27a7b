"""An embedded ServiceNow look-alike for demos, rehearsals and tests: real HTTP on a loopback address, rows in SQLite.

    with Sandbox.start(SandboxOptions(seed=7)) as sandbox:
        ...                       # sandbox.url, .store, .clock, .faults, .properties, .requests, .run_due_jobs()

    serve(SandboxOptions(port=8080, frozen=False))       # what `snow-escalations sandbox serve` runs

It behaves on the wire as public recordings and ServiceNow's documentation say; docs/sandbox.md tells what it covers,
every mode, and every choice made where no source is known. Names are imported when they are first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from snow_escalations.sandbox.actor import Actor
    from snow_escalations.sandbox.clock import SandboxClock
    from snow_escalations.sandbox.faults import Fault, Faults, Kind
    from snow_escalations.sandbox.foreground import serve, stop_signals
    from snow_escalations.sandbox.options import SandboxOptions
    from snow_escalations.sandbox.sandbox import Sandbox
    from snow_escalations.sandbox.store import Store

__all__ = [
    "Actor",
    "Fault",
    "Faults",
    "Kind",
    "Sandbox",
    "SandboxClock",
    "SandboxOptions",
    "Store",
    "serve",
    "stop_signals",
]

_HOMES = {
    "Actor": "actor",
    "Fault": "faults",
    "Faults": "faults",
    "Kind": "faults",
    "Sandbox": "sandbox",
    "SandboxClock": "clock",
    "SandboxOptions": "options",
    "Store": "store",
    "serve": "foreground",
    "stop_signals": "foreground",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
