"""Values of facts in words."""

from typing import cast

from snow_escalations.model.evidence import FactValue, Span
from snow_escalations.model.items import DeadlineItem, Item

_HOURS_OF_DAY = 24


def shown_value(value: FactValue | None) -> str:
    """A value as a person reads it: `3 days, of which 16 business hours`, `[CIO, VP]`, `empty` (a list), `none`."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Span):
        hours = shown_hours(value.hours)
        return (
            hours
            if value.hours == value.business_hours
            else f"{hours}, of which {with_unit(value.business_hours, 'business hours')}"
        )
    if isinstance(value, tuple):
        if not value:
            return "empty"
        return f"[{', '.join(_item(item) for item in cast('tuple[Item, ...]', value))}]"
    return str(value)


def shown_hours(hours: float) -> str:
    """Hours as a person says them: `25 minutes`, `4.5 hours`, `3 days`."""
    if hours and abs(hours) < 1:
        return _counted(hours * 60, "minute")
    if abs(hours) < 2 * _HOURS_OF_DAY:
        return _counted(hours, "hour")
    return _counted(hours / _HOURS_OF_DAY, "day")


def _counted(count: float, unit: str) -> str:
    return with_unit(count, f"{unit}s")


def with_unit(count: float, unit: str) -> str:
    """A number with its unit, which is given in the plural: `1 escalation`, `0 times`, `62.5 percent`."""
    text = _number(count)
    return f"{text} {unit.removesuffix('s') if text == '1' else unit}"


def _number(value: float) -> str:
    return f"{round(value, 2):.15g}"


def _item(item: Item) -> str:
    if isinstance(item, DeadlineItem):
        if item.hours_left < 0:
            return f"{item.key}, {shown_hours(-item.hours_left)} ago"
        business = ""
        if item.business_hours_left != item.hours_left:
            business = f", of which {with_unit(item.business_hours_left, 'business hours')}"
        return f"{item.key}, {shown_hours(item.hours_left)} ahead{business}"
    return item.key
