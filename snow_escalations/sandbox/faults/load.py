"""Fault schedules from YAML.

seed: 7
faults:
  - fault: 500_after_commit
    method: PATCH
    table: sysapproval_approver
    nth: 3
  - fault: latency
    probability: 0.1
    milliseconds: 250
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from snow_escalations.documents import parse, read_text, validate
from snow_escalations.sandbox.faults.fault import Fault, Kind
from snow_escalations.sandbox.faults.schedule import Faults

_Words = Literal[
    "latency",
    "401",
    "403",
    "429",
    "500_before_commit",
    "500_after_commit",
    "502",
    "503",
    "empty_200",
    "empty_202",
    "html_200",
    "cut_body",
    "cut_json",
    "error_beside_result",
    "broken_error_beside_result",
    "reset_before_commit",
    "reset_after_commit",
    "token_expired",
    "slow_drip",
    "second_writer",
]


def _word(value: object) -> object:
    """`429` is a number to YAML and a word here."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class FaultDocument(BaseModel):
    """One fault of a schedule; see `Fault`."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    fault: Annotated[_Words, BeforeValidator(_word)]
    method: Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] | None = None
    table: str | None = None
    path: str | None = None
    user: str | None = None
    nth: int | None = Field(default=None, ge=1)
    times: int | None = Field(default=None, ge=1)
    probability: Annotated[float, Field(ge=0, le=1, strict=False)] | None = None
    milliseconds: int = Field(default=0, ge=0)
    headers: bool = True
    envelope: bool = True
    retry_after: int = Field(default=60, ge=0)
    keep: int = Field(default=1, ge=0)
    piece: int = Field(default=64, ge=1)
    values: dict[str, str] = {}
    writer: str = "second.writer"


class ScheduleDocument(BaseModel):
    """A fault schedule."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    seed: int | None = None
    faults: list[FaultDocument] = []


def load(path: Path, faults: Faults) -> None:
    """Make a schedule file the faults of a sandbox.

    Raises:
        ConfigurationError: the file cannot be read.
        DocumentError: every problem of it, at once.
    """
    schedule = validate(parse(read_text(path), str(path)), ScheduleDocument)
    faults.replace((_fault(entry) for entry in schedule.faults), seed=schedule.seed)


def _fault(entry: FaultDocument) -> Fault:
    fields = entry.model_dump()
    return Fault(kind=Kind(fields.pop("fault")), **fields)
