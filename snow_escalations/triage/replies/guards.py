"""What a template uses although it may not be there: facts that nobody made certain, and names that were not set.

A fact is certain where the rule that decides has read it, and inside of what asks for it:

    {% if evidence.waiting_for is defined and evidence.waiting_on == "us" %} ... {% endif %}
    {{ "soon" if evidence.deadlines is not defined else evidence.deadlines[0].date | date }}
    {{ evidence.users_affected | default("some") }}

So each use is followed through every branch, whether or not a specimen leads there.
"""

from collections.abc import Iterable

from jinja2 import nodes

from snow_escalations.triage.replies.names import fact_of

Known = frozenset[str]
Use = tuple[str, nodes.Node]
"""What is used, `evidence.FACT` or the name of a variable, and where."""


def unguarded(tree: nodes.Template, facts: Iterable[str], names: Iterable[str]) -> list[Use]:
    """Each use of what may not be there, in the order of the text.

    Args:
        tree: the parsed template.
        facts: the facts that are certain.
        names: the other names of the context.
    """
    flow = _Flow()
    flow.block(tree.body, frozenset({*(f"evidence.{fact}" for fact in facts), *names}))
    return flow.uses


class _Flow:
    """Follows what is certain from statement to statement."""

    def __init__(self) -> None:
        self.uses: list[Use] = []

    def block(self, body: Iterable[nodes.Node], known: Known) -> Known:
        """What is certain after some statements."""
        for statement in body:
            if isinstance(statement, nodes.If):
                known = self._branches(statement, known)
            else:
                self._expressions(statement, known)
                if isinstance(statement, nodes.Assign) and isinstance(statement.target, nodes.Name):
                    known |= {statement.target.name}
        return known

    def _branches(self, statement: nodes.If, known: Known) -> Known:
        ends: list[Known] = []
        for branch in (statement, *statement.elif_):
            self._expressions(branch.test, known)
            ends.append(self.block(branch.body, known | if_true(branch.test)))
            known |= if_false(branch.test)
        ends.append(self.block(statement.else_, known))
        return frozenset.intersection(*ends)

    def _expressions(self, node: nodes.Node, known: Known) -> None:
        key = _key(node)
        if key is not None:
            if key not in known:
                self.uses.append((key, node))
        elif isinstance(node, nodes.CondExpr):
            self._expressions(node.test, known)
            self._expressions(node.expr1, known | if_true(node.test))
            if node.expr2 is not None:
                self._expressions(node.expr2, known | if_false(node.test))
        elif isinstance(node, nodes.And | nodes.Or):
            self._expressions(node.left, known)
            learned = if_true(node.left) if isinstance(node, nodes.And) else if_false(node.left)
            self._expressions(node.right, known | learned)
        else:
            for child in node.iter_child_nodes():
                if not _asks_for(node, child):
                    self._expressions(child, known)


def _asks_for(node: nodes.Node, child: nodes.Node) -> bool:
    """Whether a child may be missing where it stands: `x is defined`, `x | default(...)`."""
    is_asking = (isinstance(node, nodes.Test) and node.name == "defined") or (
        isinstance(node, nodes.Filter) and node.name == "default"
    )
    return is_asking and child is node.node and _key(child) is not None  # type: ignore[attr-defined]


def _key(node: nodes.Node) -> str | None:
    fact = fact_of(node)
    if fact is not None:
        return f"evidence.{fact}"
    return node.name if isinstance(node, nodes.Name) and node.ctx == "load" and node.name != "evidence" else None


def if_true(test: nodes.Node) -> Known:
    """What is certain where a test holds."""
    if isinstance(test, nodes.Test) and test.name == "defined":
        key = _key(test.node)
        return frozenset() if key is None else frozenset({key})
    if isinstance(test, nodes.Not):
        return if_false(test.node)
    if isinstance(test, nodes.And):
        return if_true(test.left) | if_true(test.right)
    return if_true(test.left) & if_true(test.right) if isinstance(test, nodes.Or) else frozenset()


def if_false(test: nodes.Node) -> Known:
    """What is certain where a test does not hold."""
    if isinstance(test, nodes.Not):
        return if_true(test.node)
    if isinstance(test, nodes.Or):
        return if_false(test.left) | if_false(test.right)
    return if_false(test.left) & if_false(test.right) if isinstance(test, nodes.And) else frozenset()
