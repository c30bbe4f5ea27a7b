"""Faults on purpose: what goes wrong, when, and how it looks on the wire.

Fault      one fault and the requests that it strikes
Faults     the faults of a running sandbox: add, clear, replace
load       a schedule from a YAML file
"""

from snow_escalations.sandbox.faults.fault import Fault, Kind
from snow_escalations.sandbox.faults.schedule import Faults

__all__ = ["Fault", "Faults", "Kind"]
