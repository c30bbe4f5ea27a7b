"""What must be right before anything is decided: looked at by reading alone, told with the remedy for each.

finding       one result of one check
examination   what the checks share: the connection, what its answers showed, what was found so far
reaching      address, TLS, login, clock, the account's own user
tables        each table and field that is read or written, the journals
rights        whether the account may decide its own rows and those of others
behaviour     choice values, ignored query conditions, rate limits
examine       all of them in their order
"""

from snow_escalations.servicenow.doctor.examine import examine
from snow_escalations.servicenow.doctor.finding import Finding, FindingStatus

__all__ = ["Finding", "FindingStatus", "examine"]
