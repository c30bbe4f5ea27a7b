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
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from snow_escalations.documents import DocumentError, parse, read_text, suggest, validate
from snow_escalations.sandbox.faults.fault import LATENCY_REMEDY, Fault, Kind
from snow_escalations.sandbox.faults.schedule import Faults
from snow_escalations.sandbox.schema.model import Schema

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

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if self.fault == Kind.LATENCY.value and self.milliseconds < 1:
            raise ValueError(f"fault latency needs `milliseconds`; {LATENCY_REMEDY}")
        return self


class ScheduleDocument(BaseModel):
    """A fault schedule."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    seed: int | None = None
    faults: list[FaultDocument] = []


def load(path: Path, faults: Faults, schema: Schema) -> None:
    """Make a schedule file the faults of a sandbox with the tables of `schema`.

    Raises:
        ConfigurationError: the file cannot be read.
        DocumentError: every problem of it, at once.
    """
    document = parse(read_text(path), str(path))
    schedule = validate(document, ScheduleDocument)
    unknown = [
        document.problem(
            ("faults", index, "table"), f"table `{entry.table}` is unknown{suggest(entry.table, schema.tables)}"
        )
        for index, entry in enumerate(schedule.faults)
        if entry.table is not None and schema.find(entry.table) is None
    ]
    if unknown:
        raise DocumentError(unknown)
    faults.replace((_fault(entry) for entry in schedule.faults), seed=schedule.seed)


def _fault(entry: FaultDocument) -> Fault:
    fields = entry.model_dump()
    return Fault(kind=Kind(fields.pop("fault")), **fields)
