"""Hours from UTC by zone, in standard time throughout the year.

The demo desk wants business hours that are plausible, and the same story whenever it is told: a desk built for another
week is the same desk with its dates moved. Summer time would break that for nothing.
"""

OFFSETS = {
    "US/Pacific": -8.0,
    "US/Mountain": -7.0,
    "US/Central": -6.0,
    "America/Mexico_City": -6.0,
    "US/Eastern": -5.0,
    "Canada/Eastern": -5.0,
    "America/Lima": -5.0,
    "America/Santiago": -4.0,
    "America/Sao_Paulo": -3.0,
    "America/Recife": -3.0,
    "Europe/London": 0.0,
    "Europe/Dublin": 0.0,
    "Europe/Lisbon": 0.0,
    "Africa/Lagos": 1.0,
    "Europe/Berlin": 1.0,
    "Europe/Zurich": 1.0,
    "Europe/Vienna": 1.0,
    "Europe/Paris": 1.0,
    "Europe/Brussels": 1.0,
    "Europe/Madrid": 1.0,
    "Europe/Stockholm": 1.0,
    "Europe/Warsaw": 1.0,
    "Asia/Jerusalem": 2.0,
    "Asia/Dubai": 4.0,
    "Asia/Kolkata": 5.5,
    "Asia/Shanghai": 8.0,
    "Asia/Singapore": 8.0,
    "Asia/Tokyo": 9.0,
    "Asia/Seoul": 9.0,
    "Australia/Brisbane": 10.0,
    "Australia/Melbourne": 10.0,
}
