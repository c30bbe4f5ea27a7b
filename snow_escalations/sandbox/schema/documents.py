"""The shape of a schema file: what a person may write about a table."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]
FieldType = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class NumberDocument(_Model):
    """Numbering: `{prefix: CS, digits: 7, start: 10001}` makes CS0010001."""

    prefix: str
    digits: int = Field(default=7, ge=1, le=12)
    start: int = Field(default=10001, ge=1)


class LookupDocument(_Model):
    """A calculated field: the values of the fields `from`, joined by a comma, name the result."""

    sources: list[Name] = Field(alias="from", min_length=1)
    values: dict[str, str]


class FieldDocument(_Model):
    """A field written in full."""

    type: FieldType
    label: str | None = None
    reference: Name | None = None
    reference_key: Name = "sys_id"
    dependent: Name | None = None
    choices: dict[str, str] = {}
    default: str | None = None
    max_length: int | None = Field(default=None, ge=1)
    read_only: bool = False
    indexed: bool = False
    cascade: Literal["delete", "clear"] | None = None
    lookup: LookupDocument | None = None


class OverrideDocument(_Model):
    """What changes in a field that a parent table, or an earlier file, defines."""

    label: str | None = None
    choices: dict[str, str] | None = None
    add_choices: dict[str, str] = {}
    default: str | None = None
    read_only: bool | None = None
    cascade: Literal["delete", "clear"] | None = None
    lookup: LookupDocument | None = None


class GrantDocument(_Model):
    """A grant with a condition on the row."""

    role: str
    rows: str = ""


def _grant(value: Any) -> Any:
    return {"role": value} if isinstance(value, str) else value


def _field(value: Any) -> Any:
    """`reference sys_user` as short for `{type: reference, reference: sys_user}`."""
    if not isinstance(value, str):
        return value
    kind, _, target = value.partition(" ")
    if not target:
        return {"type": kind}
    return {"type": kind, ("dependent" if kind == "document_id" else "reference"): target}


GrantEntry = Annotated[GrantDocument, BeforeValidator(_grant)]
FieldEntry = Annotated[FieldDocument, BeforeValidator(_field)]
Grants = list[GrantEntry]


class FieldAccessDocument(_Model):
    """Grants of one field; a right that is not written follows the table's."""

    read: Grants | None = None
    create: Grants | None = None
    write: Grants | None = None
    query_match: Grants | None = None
    query_range: Grants | None = None


class AccessDocument(_Model):
    """Grants of a table; a right that is not written is the parent's."""

    read: Grants | None = None
    create: Grants | None = None
    write: Grants | None = None
    delete: Grants | None = None
    read_denied: Literal["filter", "refuse"] | None = None
    query_acl: bool | None = None
    fields: dict[str, FieldAccessDocument] = {}


class RuleDocument(_Model):
    """A business rule or data policy."""

    name: str
    operations: list[Literal["insert", "update", "delete"]] = Field(default=["insert", "update"], min_length=1)
    if_property: str = ""
    before: str = ""
    condition: str = ""
    abort: bool = False
    require: list[Name] = []
    restore: list[Name] = []
    assign: dict[Name, str] = Field(default={}, alias="set")


class TableDocument(_Model):
    """One table: new, or more of a table that an earlier file defines."""

    replace: bool = False
    label: str | None = None
    plural: str | None = None
    extends: Name | None = None
    audit: Literal["full", "untagged", "created", "none"] = "full"
    display: str | None = None
    natural_order: list[Name] | None = None
    hierarchy: Name | None = None
    number: NumberDocument | None = None
    fields: dict[Name, FieldEntry] = {}
    overrides: dict[Name, OverrideDocument] = {}
    rules: list[RuleDocument] = []
    views: dict[str, list[Name]] = {}
    access: AccessDocument = AccessDocument()


class SchemaDocument(_Model):
    """A schema file."""

    tables: dict[Name, TableDocument]
