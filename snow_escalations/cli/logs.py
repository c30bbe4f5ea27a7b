"""Logs to standard error: warnings by default, everything with --debug, secrets masked by value."""

import logging
import sys
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog


def set_up_logs(*, debug: bool, redact: Callable[[str], str]) -> None:
    """Log as lines for people, or as JSON where standard error is not a terminal."""

    def masked(logger: Any, name: str, line: Any) -> str:  # noqa: ARG001
        return redact(str(line))

    def flat(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:  # noqa: ARG001
        event.pop("taskName", None)
        return event

    terminal = sys.stderr.isatty()
    renderer: Any = (
        structlog.dev.ConsoleRenderer(colors=True)
        if terminal
        else structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False)
    )
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        flat,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer, masked],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if debug else logging.WARNING)
    # pysnow logs at length and says less than our own session.
    logging.getLogger("pysnow").setLevel(logging.WARNING)
