"""The grammar of encoded queries. It knows no table: what a field or value means is for `bind` to say.

    query := group ( "^NQ" group )*          groups are ORed
    group := term ( "^" term | "^OR" term )*  ^ is AND; ^OR joins the condition before it, chains form one block
    term  := field OP value | ORDERBYfield | ORDERBYDESCfield | GROUPBYfield | EQ

Operators are case-sensitive. Terms that fit no operator, and the related-list, join, text and dynamic queries that
the sandbox does not answer, come out as conditions without an operator: they are invalid.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Operator(Enum):
    """The operators of `r_OpAvailableFiltersQueries` in the ServiceNow docs that the sandbox answers."""

    EQUAL = "="
    NOT_EQUAL = "!="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    IN = "IN"
    NOT_IN = "NOT IN"
    CONTAINS = "LIKE"
    NOT_CONTAINS = "NOT LIKE"
    STARTS = "STARTSWITH"
    ENDS = "ENDSWITH"
    BETWEEN = "BETWEEN"
    EMPTY = "ISEMPTY"
    NOT_EMPTY = "ISNOTEMPTY"
    EMPTY_STRING = "EMPTYSTRING"
    ANYTHING = "ANYTHING"
    SAME_AS = "SAMEAS"
    NOT_SAME_AS = "NSAMEAS"
    GREATER_FIELD = "GT_FIELD"
    LESS_FIELD = "LT_FIELD"
    GREATER_OR_EQUAL_FIELD = "GT_OR_EQUALS_FIELD"
    LESS_OR_EQUAL_FIELD = "LT_OR_EQUALS_FIELD"
    ON = "ON"
    NOT_ON = "NOTON"
    RELATIVE_GREATER = "RELATIVEGT"
    RELATIVE_LESS = "RELATIVELT"
    RELATIVE_GREATER_OR_EQUAL = "RELATIVEGE"
    RELATIVE_LESS_OR_EQUAL = "RELATIVELE"
    RELATIVE_EQUAL = "RELATIVEEE"
    DATE_PART = "DATEPART"
    MORE_THAN = "MORETHAN"
    LESS_THAN = "LESSTHAN"
    INSTANCE_OF = "INSTANCEOF"
    IN_HIERARCHY = "IN_HIERARCHY"
    VALUE_CHANGES = "VALCHANGES"
    CHANGES_FROM = "CHANGESFROM"
    CHANGES_TO = "CHANGESTO"


_SPELLINGS = {operator.value: operator for operator in Operator} | {
    "CONTAINS": Operator.CONTAINS,
    "*": Operator.CONTAINS,
    "DOES NOT CONTAIN": Operator.NOT_CONTAINS,
    "NOTLIKE": Operator.NOT_CONTAINS,
    "!*": Operator.NOT_CONTAINS,
    "%": Operator.ENDS,
}
# Element names are lower case and every operator starts otherwise, so the longest run of name characters is the field.
_TERM = re.compile(
    r"(?P<field>[a-z0-9_][a-z0-9_.]*)(?P<operator>"
    + "|".join(re.escape(text) for text in sorted(_SPELLINGS, key=len, reverse=True))
    + r")(?P<value>.*)",
    re.DOTALL,
)
_ORDER = re.compile(r"ORDERBY(?P<descending>DESC)?(?P<field>[a-z0-9_.]+)")
_ESCAPED_CARET = "\ue000"
_RELATED = "RLQUERY"
_RELATED_END = "ENDRLQUERY"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition as written; without an operator it is none that the sandbox understands."""

    text: str
    field: str = ""
    operator: Operator | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Ordering:
    """One ORDERBY."""

    field: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed query: groups (ORed) of blocks (ANDed) of terms (ORed), and the orderings as they were written."""

    groups: tuple[tuple[tuple[Term, ...], ...], ...]
    order: tuple[Ordering, ...] = ()
    group_by: tuple[str, ...] = ()


def parse(text: str, *, caret_escape: bool = False) -> Parsed:
    """Parse an encoded query. No text is refused: what makes no sense is a term without an operator.

    Args:
        text: the query, percent-decoded.
        caret_escape: `^^` stands for a literal caret (claimed by third parties, off on the instances measured).
    """
    if caret_escape:
        text = text.replace("^^", _ESCAPED_CARET)
    groups: list[list[list[Term]]] = [[]]
    order: list[Ordering] = []
    group_by: list[str] = []
    for joined, part in _parts(text):
        if joined == "NQ":
            groups.append([])
        if ordering := _ORDER.fullmatch(part):
            order.append(Ordering(ordering["field"], ordering["descending"] is not None))
        elif part.startswith("GROUPBY"):
            group_by += [name for name in part.removeprefix("GROUPBY").split(",") if name]
        elif part in {"", "EQ"}:
            continue
        elif joined == "OR" and groups[-1]:
            groups[-1][-1].append(_term(part))
        else:
            groups[-1].append([_term(part)])
    return Parsed(tuple(tuple(tuple(block) for block in group) for group in groups), tuple(order), tuple(group_by))


def _parts(text: str) -> list[tuple[str, str]]:
    """The terms with what joins each to the one before it: "", "OR" or "NQ"."""
    parts: list[tuple[str, str]] = []
    pieces = iter(text.split("^"))
    for piece in pieces:
        joined, part = "", piece
        if piece.startswith("NQ"):
            joined, part = "NQ", piece[2:]
        elif piece.startswith("OR") and not piece.startswith("ORDERBY"):
            joined, part = "OR", piece[2:]
        if part.startswith(_RELATED):
            part = "^".join([part, *_until_end(pieces)])
        parts.append((joined, part.replace(_ESCAPED_CARET, "^")))
    return parts


def _until_end(pieces: Iterator[str]) -> list[str]:
    related = []
    for piece in pieces:
        related.append(piece)
        if piece.startswith(_RELATED_END):
            break
    return related


def _term(text: str) -> Term:
    found = _TERM.fullmatch(text)
    if found is None:
        return Term(text)
    return Term(text, found["field"], _SPELLINGS[found["operator"]], found["value"])
