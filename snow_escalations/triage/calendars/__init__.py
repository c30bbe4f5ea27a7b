"""Business time, pure: which hours count, and what "three business days from now" means.

model      windows per weekday, zone, holidays, and the calendar of one account
public     public holidays by country and subdivision
business   hours between two instants, business days ahead, the end of a business day
years      the windows of one year as instants, which makes each question a search instead of a walk
"""

from snow_escalations.triage.calendars.business import BusinessCalendar, OutsideCalendarError, is_counted
from snow_escalations.triage.calendars.model import CalendarModel, Calendars, Weekday, Window

__all__ = [
    "BusinessCalendar",
    "CalendarModel",
    "Calendars",
    "OutsideCalendarError",
    "Weekday",
    "Window",
    "is_counted",
]
