"""What a sandbox is started with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """Options of one sandbox.

    Attributes:
        host: the loopback address to listen on.
        port: the port; 0 takes a free one.
        data: a folder of `<table>.json`; these rows, and none else, fill the tables (docs/sandbox.md).
        rows: the same from memory, by table.
        schema: schema files to merge over the shipped tables, in this order.
        faults: a fault schedule.
        now: the instant at which the instance starts; None: the present.
        frozen: time moves by `sandbox.clock.advance` alone.
        latency_ms: real milliseconds that each request takes at least.
        seed: of sys_ids, shuffled reads, fault probabilities and the demo desk.
        database: the SQLite file; None: memory. A file of an earlier run goes on where it stopped.
        properties: values of `sys_properties` to start with, by name.
    """

    host: str = "127.0.0.1"
    port: int = 0
    data: Path | None = None
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
    schema: tuple[Path, ...] = ()
    faults: Path | None = None
    now: datetime | None = None
    frozen: bool = True
    latency_ms: int = 0
    seed: int = 0
    database: Path | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
