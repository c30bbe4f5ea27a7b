"""A plan on disk: JSON that a person can read and compare, written whole or not at all, and refused if changed."""

import json
from pathlib import Path

from pydantic import ValidationError

from snow_escalations.decisions.digest import digest_of
from snow_escalations.documents import read_text
from snow_escalations.documents.validate import message_of
from snow_escalations.documents.whole import write_whole
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from snow_escalations.model import Plan

SIZE_LIMIT = 64 * 1024 * 1024


def plan_text(plan: Plan) -> str:
    """The plan as JSON, indented, in the order of its fields."""
    return json.dumps(plan.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def write_plan(plan: Plan, path: Path) -> None:
    """Write a plan. A plan that is already there is replaced in one step.

    Raises:
        SnowEscalationsError: it cannot be written, or no file is there but a directory, a device or a pipe; what was
            there before stays.
    """
    if path.exists() and not path.is_file():
        raise SnowEscalationsError(f"{path}: the plan cannot be written: this is no file; name one, or a new one")
    try:
        write_whole(path, plan_text(plan))
    except OSError as error:
        raise SnowEscalationsError(f"{path}: the plan cannot be written: {error.strerror or error}") from error


def read_plan(path: Path) -> Plan:
    """A plan as it was written.

    Raises:
        ConfigurationError: it is not a plan, or was changed since it was written.
    """
    text = read_text(path, limit=SIZE_LIMIT)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"{path}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        # A number of thousands of digits, or lists in lists in lists: no plan of ours.
        raise ConfigurationError(f"{path}: this is not a plan: {error}") from error
    try:
        plan = Plan.model_validate(content)
    except ValidationError as error:
        problems = "; ".join(message_of(Plan, item) for item in error.errors()[:5])
        raise ConfigurationError(f"{path}: this is not a plan of this version: {problems}") from error
    # A plan that was made before there was `unread` has a digest without it.
    later = set() if "unread" in content else {"unread"}
    wanted = digest_of(plan.model_copy(update={"digest": ""}).model_dump(mode="json", exclude=later))
    if plan.digest != wanted:
        raise ConfigurationError(
            f"{path}: the plan was changed after it was made (its digest is {plan.digest[:12] or 'missing'}, its "
            f"content gives {wanted[:12]}); make a new plan instead of editing one"
        )
    return plan
