"""An escalation desk for ServiceNow Customer Service Management.

The rooms and what may import what are described in ``docs/architecture.md``; the command line is
``snow_escalations.cli``. Nothing is imported here, so that each command loads only what it uses.
"""

__version__ = "0.1.0"
