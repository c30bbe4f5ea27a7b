"""YAML documents that people write: read with positions, checked whole, refused with file:line:column.

Settings, policies, sandbox schemas and fault schedules all come through here, so that each of them reports *all* of
its problems at once, with the offending line and a suggestion. The room sits below every other and knows none of them.

    document = parse(text, source="config/settings.yaml")
    settings = validate(document, Settings)      # raises DocumentError with every problem, syntax and model alike

`whole` writes files, whole or not at all.
"""

from snow_escalations.documents.items import parse_items
from snow_escalations.documents.nodes import Mapping, Node, Position, Scalar, Sequence
from snow_escalations.documents.parse import Document, parse
from snow_escalations.documents.problems import DocumentError, Problem, suggest
from snow_escalations.documents.read import read_text, text_or_problem
from snow_escalations.documents.validate import is_misspelt, problems_of, validate

__all__ = [
    "Document",
    "DocumentError",
    "Mapping",
    "Node",
    "Position",
    "Problem",
    "Scalar",
    "Sequence",
    "is_misspelt",
    "parse",
    "parse_items",
    "problems_of",
    "read_text",
    "suggest",
    "text_or_problem",
    "validate",
]
