"""Field types: what `sys_dictionary.internal_type` may say, and the few kinds of value they come down to."""

from collections.abc import Mapping
from enum import Enum


class Kind(Enum):
    """How values of a type are stored, compared and shown."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE_TIME = "date-time"
    DATE = "date"
    DURATION = "duration"
    REFERENCE = "reference"
    LIST = "list of references"
    DOCUMENT = "reference to any table"
    JOURNAL = "journal"
    JOURNAL_UNION = "comments and work notes together"
    CLASS = "class name"
    PASSWORD = "password"  # noqa: S105 - the name of a kind


TYPES: Mapping[str, Kind] = {
    "boolean": Kind.BOOLEAN,
    "char": Kind.TEXT,
    "choice": Kind.TEXT,
    "composite_name": Kind.TEXT,
    "conditions": Kind.TEXT,
    "currency": Kind.DECIMAL,
    "decimal": Kind.DECIMAL,
    "document_id": Kind.DOCUMENT,
    "domain_id": Kind.REFERENCE,
    "due_date": Kind.DATE_TIME,
    "email": Kind.TEXT,
    "field_name": Kind.TEXT,
    "float": Kind.DECIMAL,
    "glide_date": Kind.DATE,
    "glide_date_time": Kind.DATE_TIME,
    "glide_duration": Kind.DURATION,
    "glide_list": Kind.LIST,
    "GUID": Kind.TEXT,
    "html": Kind.TEXT,
    "image": Kind.TEXT,
    "integer": Kind.INTEGER,
    "ip_addr": Kind.TEXT,
    "journal": Kind.JOURNAL,
    "journal_input": Kind.JOURNAL,
    "journal_list": Kind.JOURNAL_UNION,
    "longint": Kind.INTEGER,
    "password": Kind.PASSWORD,
    "password2": Kind.PASSWORD,
    "percent_complete": Kind.DECIMAL,
    "ph_number": Kind.TEXT,
    "price": Kind.DECIMAL,
    "reference": Kind.REFERENCE,
    "related_tags": Kind.TEXT,
    "script": Kind.TEXT,
    "string": Kind.TEXT,
    "sys_class_name": Kind.CLASS,
    "sys_class_path": Kind.TEXT,
    "table_name": Kind.TEXT,
    "timer": Kind.DURATION,
    "translated_text": Kind.TEXT,
    "url": Kind.TEXT,
    "user_image": Kind.TEXT,
    "user_input": Kind.TEXT,
    "user_roles": Kind.TEXT,
}

NUMERIC = frozenset({Kind.INTEGER, Kind.DECIMAL})
TEMPORAL = frozenset({Kind.DATE_TIME, Kind.DATE, Kind.DURATION})
JOURNALS = frozenset({Kind.JOURNAL, Kind.JOURNAL_UNION})

DEFAULT_LENGTH = 255
DEFAULT_LENGTHS: Mapping[str, int] = {
    "reference": 32,
    "domain_id": 32,
    "document_id": 32,
    "GUID": 32,
    "glide_list": 4000,
}
