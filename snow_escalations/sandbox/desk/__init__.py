"""The demo desk: what the sandbox serves when it is given no data.

A pure generator. `build.py` says how it is put together, `texts/` holds every word, `texts/pending.py` and its
neighbours hold the escalations with the difficulties that they were written for. docs/sandbox-approvals.md lists them.
"""

from snow_escalations.sandbox.desk.build import build_desk

__all__ = ["build_desk"]
