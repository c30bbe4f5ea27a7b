"""Time zones of the instance."""

from zoneinfo import ZoneInfo

UTC_ZONE = ZoneInfo("UTC")
