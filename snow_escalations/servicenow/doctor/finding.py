"""One result of one check."""

from enum import StrEnum

from snow_escalations.model import Model


class FindingStatus(StrEnum):
    """How a check ended; `skipped` is for what could not be looked at because an earlier check failed."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"
    SKIPPED = "skipped"


class Finding(Model):
    """What was checked, how it is, what that means in a sentence, and what to do about it (empty for ok)."""

    check: str
    status: FindingStatus
    detail: str
    remedy: str = ""


def ok(check: str, detail: str) -> Finding:
    """A check that found nothing wrong."""
    return Finding(check=check, status=FindingStatus.OK, detail=detail)


def warning(check: str, detail: str, remedy: str) -> Finding:
    """Something that limits the work but does not make it wrong."""
    return Finding(check=check, status=FindingStatus.WARNING, detail=detail, remedy=remedy)


def failure(check: str, detail: str, remedy: str) -> Finding:
    """Something without which the work cannot be done, or would be wrong."""
    return Finding(check=check, status=FindingStatus.FAILURE, detail=detail, remedy=remedy)


def skipped(check: str, because: str) -> Finding:
    """A check that could not be made."""
    return Finding(check=check, status=FindingStatus.SKIPPED, detail=because)
