"""Tables as the sandbox uses them: resolved, checked, frozen. Built from documents by `build`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias

from snow_escalations.sandbox.schema.types import JOURNALS, Kind

Cascade: TypeAlias = Literal["delete", "clear"]
Operation: TypeAlias = Literal["insert", "update", "delete"]
Right: TypeAlias = Literal["read", "create", "write", "delete"]
FieldRight: TypeAlias = Literal["read", "create", "write", "query_match", "query_range"]

EVERYONE = "everyone"
ANY_ROLE = "any_role"
ALL_FIELDS = "*"


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of `sys_choice`: stored value, label, place in the list."""

    value: str
    label: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a table numbers its records: `INC` and 7 digits make `INC0010001`."""

    prefix: str
    digits: int
    start: int

    def text(self, number: int) -> str:
        """The number of a record."""
        return f"{self.prefix}{number:0{self.digits}d}"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A field calculated from others, as `priority` from impact and urgency: values of `sources`, joined by a comma."""

    sources: tuple[str, ...]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One element of a table, as that table sees it (a child may override choices, default and label).

    Fields are equal where they are the same object, which makes paths of queries cheap to compare and hash.

    Attributes:
        element: the name, as in `sys_dictionary.element`.
        table: the class that defines it.
        column: its column in the physical table of the hierarchy.
        type: `sys_dictionary.internal_type`; `kind` is what it comes down to.
        reference: the table that a reference or list points to.
        reference_key: the field of that table which is stored: `sys_id`, or `name` for a few platform tables.
        dependent: the field that names the table of a document_id.
        indexed: the field has an index; references have theirs in any case (see `store.ddl`).
        cascade: what becomes of the row, or of this field of it, when the row that it refers to is deleted.
    """

    element: str
    table: str
    column: str
    label: str
    type: str
    kind: Kind
    reference: str = ""
    reference_key: str = "sys_id"
    dependent: str = ""
    choices: tuple[Choice, ...] = ()
    default: str = ""
    max_length: int = 0
    read_only: bool = False
    indexed: bool = False
    cascade: Cascade | None = None
    lookup: Lookup | None = None

    @property
    def is_journal(self) -> bool:
        """Whether the field stores nothing itself: its text is in `sys_journal_field`."""
        return self.kind in JOURNALS


@dataclass(frozen=True, slots=True)
class Grant:
    """Who may: holders of `role` (`everyone`, `any_role` are wider), for rows that match the encoded query `rows`."""

    role: str
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """The access rules of a table. A right that is not written is the parent's; `admin` passes all of them.

    Attributes:
        rights: grants by right; an empty tuple grants nobody but admin.
        fields: grants by element (`*` for all others) and right.
        refuse_read: answer 403 to who may not read the table, instead of 200 and no rows.
        query_acl: refuse (403) conditions on fields that the caller may not read.
    """

    rights: Mapping[Right, tuple[Grant, ...]]
    fields: Mapping[str, Mapping[FieldRight, tuple[Grant, ...]]]
    refuse_read: bool = False
    query_acl: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A business rule or data policy of a table.

    It applies on `operations`, where the property `if_property` is true (if one is named), the stored row matches the
    encoded query `before` and the row to be written matches `condition`. Then exactly one effect happens.

    Attributes:
        abort: the write is aborted.
        require: a data policy: these fields must not be empty.
        restore: these fields silently keep their stored values.
        assign: values to set; `$now`, `$user_id`, `$user_name` and `$<field>` stand for themselves.
    """

    name: str
    sys_id: str
    table: str
    operations: frozenset[Operation]
    if_property: str = ""
    before: str = ""
    condition: str = ""
    abort: bool = False
    require: tuple[str, ...] = ()
    restore: tuple[str, ...] = ()
    assign: Mapping[str, str] | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """One class: its own fields and those of its parents. Tables are equal where they are the same object.

    Attributes:
        lineage: the class itself, then its parents, up to the base of the hierarchy.
        fields: every field by element, sorted by name.
        display: the field that represents a row where something refers to it; "" for none.
        natural_order: the fields that order unordered reads, before `sys_id`.
        hierarchy: the field that makes rows a tree, for `IN_HIERARCHY`; "" for none.
        rules: its own rules, then those of its parents, in the order in which they apply.
        views: the fields of each `sysparm_view`.
    """

    name: str
    label: str
    plural: str
    lineage: tuple[str, ...]
    fields: Mapping[str, Field]
    display: str
    natural_order: tuple[str, ...]
    hierarchy: str
    numbering: Numbering | None
    access: Access
    rules: tuple[Rule, ...]
    views: Mapping[str, tuple[str, ...]]

    @property
    def base(self) -> str:
        """The root of the hierarchy, whose physical table holds the rows."""
        return self.lineage[-1]

    @property
    def parent(self) -> str:
        """The class that this one extends, or ""."""
        return self.lineage[1] if len(self.lineage) > 1 else ""

    @cached_property
    def journals(self) -> tuple[Field, ...]:
        """The journal fields that can be written."""
        return tuple(field for field in self.fields.values() if field.kind is Kind.JOURNAL)

    @cached_property
    def stored(self) -> Mapping[str, Field]:
        """The fields that have a column: all but journals."""
        return {name: field for name, field in self.fields.items() if not field.is_journal}


class Schema:
    """All tables of one instance."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables: Mapping[str, Table] = dict(sorted(tables.items()))
        self._descendants: dict[str, tuple[str, ...]] = {
            name: tuple(child for child, table in self.tables.items() if name in table.lineage) for name in self.tables
        }

    def find(self, name: str) -> Table | None:
        """The table of that name, or None."""
        return self.tables.get(name)

    def __getitem__(self, name: str) -> Table:
        """The table of that name; KeyError where there is none."""
        return self.tables[name]

    def family(self, name: str) -> tuple[str, ...]:
        """The class and everything that extends it, sorted by name."""
        return self._descendants[name]

    def is_extended(self, name: str) -> bool:
        """Whether the physical table of `name` holds more than one class."""
        return len(self._descendants[self.tables[name].base]) > 1
