"""The rows: one physical SQLite table for each hierarchy of classes, all values text, `""` for empty.

ddl        tables and indexes from the schema
database   the connection: one lock, nested transactions, the functions that queries call
reading    rows, counts, display values
rules      the business rules, data policies and calculated fields of the schema
normal     values as their fields keep them
choices    labels of stored values
journal    journal entries of records
passwords  passwords as digests
cascade    what goes with a deleted row
numbering  numbers of new records
store      `Store`, which puts them together
"""

from snow_escalations.sandbox.store.store import Store
from snow_escalations.sandbox.store.writing import StoreError

__all__ = ["Store", "StoreError"]
