"""What a template uses although it may not be there: facts that nobody made certain, and names that were not set.

A fact is certain where the rule that decides has read it, and inside of what asks for it:

    {% if evidence.waiting_for is defined and evidence.waiting_on == "us" %} ... {% endif %}
    {{ "soon" if evidence.deadlines is not defined else evidence.deadlines[0].date | date }}
    {{ evidence.users_affected | default("some") }}

So each use is followed through every branch, whether or not a specimen leads there. What a faulty test asks for, nobody
knows before it is mended: anything may be certain behind it, unless it is misspelt, and known what is meant.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType

from jinja2 import nodes

from snow_escalations.triage.replies.names import fact_of

Known = frozenset[str]
Use = tuple[str, nodes.Node]
"""What is used, `evidence.FACT` or the name of a variable, and where."""
_FACT = "evidence."


def unguarded(
    tree: nodes.Template,
    facts: Iterable[str],
    names: Iterable[str],
    faulty: Collection[int] = (),
    meant: Mapping[int, str] = MappingProxyType({}),
) -> list[Use]:
    """Each use of what may not be there, in the order of the text.

    Args:
        tree: the parsed template.
        facts: the facts that are certain.
        names: the other names of the context.
        faulty: the ids of nodes with which something is wrong, which are no uses.
        meant: the facts and tests that some of these are meant for; filters, which make nothing certain, as they are.
    """
    flow = _Flow(tree, faulty, meant)
    flow.block(tree.body, frozenset({*(f"{_FACT}{fact}" for fact in facts), *names}))
    return flow.uses


class _Flow:
    """Follows what is certain from statement to statement."""

    def __init__(self, tree: nodes.Template, faulty: Collection[int], meant: Mapping[int, str]) -> None:
        self.uses: list[Use] = []
        self._tree, self._faulty, self._meant = tree, frozenset(faulty), meant
        self._unclear = self._faulty.difference(meant)

    def block(self, body: Iterable[nodes.Node], known: Known) -> Known:
        """What is certain after some statements."""
        for statement in body:
            if isinstance(statement, nodes.If):
                known = self._branches(statement, known)
            elif isinstance(statement, nodes.Output | nodes.Assign):
                self._expressions(statement, known)
                if isinstance(statement, nodes.Assign):
                    known |= _stored_in(statement)
            else:
                known = self._refused(statement, known)
        return known

    def _branches(self, statement: nodes.If, known: Known) -> Known:
        ends, before = [], known
        tests = [branch.test for branch in (statement, *statement.elif_)]
        for branch in (statement, *statement.elif_):
            self._expressions(branch.test, known)
            ends.append(self.block(branch.body, known | self._learned(branch.test, holds=True)))
            known |= self._learned(branch.test, holds=False)
        ends.append(self.block(statement.else_, known))
        if any(self._is_faulty(test) for test in tests):
            # Whatever these are mended to, no fact is certain behind all branches; a name may be.
            return before | _stored_in(statement)
        return frozenset.intersection(*ends)

    def _refused(self, statement: nodes.Node, known: Known) -> Known:
        """What is certain after a statement that no letter can have: whatever it makes."""
        inner = known | _stored_in(statement)
        for child in statement.iter_child_nodes():
            if isinstance(child, nodes.Stmt):
                inner = self.block([child], inner)
            else:
                self._expressions(child, inner)
        return known | _stored_in(statement)

    def _expressions(self, node: nodes.Node, known: Known) -> None:
        key = _key(node)
        if key is not None:
            if key not in known and id(node) not in self._faulty:
                self.uses.append((key, node))
        elif isinstance(node, nodes.CondExpr):
            self._expressions(node.test, known)
            self._expressions(node.expr1, known | self._learned(node.test, holds=True))
            if node.expr2 is not None:
                self._expressions(node.expr2, known | self._learned(node.test, holds=False))
        elif isinstance(node, nodes.And | nodes.Or):
            self._expressions(node.left, known)
            self._expressions(node.right, known | self._learned(node.left, holds=isinstance(node, nodes.And)))
        else:
            for child in node.iter_child_nodes():
                if not self._asks_for(node, child):
                    self._expressions(child, known)

    def _asks_for(self, node: nodes.Node, child: nodes.Node) -> bool:
        """Whether a child may be missing where it stands: `x is defined`, `x | default(...)`, these misspelt too."""
        if not isinstance(node, nodes.Test | nodes.Filter) or child is not node.node or _key(child) is None:
            return False
        return node.name == ("defined" if isinstance(node, nodes.Test) else "default") or id(node) in self._faulty

    def _learned(self, test: nodes.Node, *, holds: bool) -> Known:
        """What is certain where a test holds, or where it does not."""
        if self._is_faulty(test):
            return self._everything
        if isinstance(test, nodes.Not):
            return self._learned(test.node, holds=not holds)
        if isinstance(test, nodes.And | nodes.Or):
            left, right = self._learned(test.left, holds=holds), self._learned(test.right, holds=holds)
            return left | right if isinstance(test, nodes.And) is holds else left & right
        if holds and isinstance(test, nodes.Test) and self._meant.get(id(test), test.name) == "defined":
            fact = self._meant.get(id(test.node))
            key = _key(test.node) if fact is None else f"{_FACT}{fact}"
            return frozenset() if key is None else frozenset({key})
        return frozenset()

    def _is_faulty(self, test: nodes.Node) -> bool:
        return bool(self._unclear) and any(id(node) in self._unclear for node in (test, *test.find_all(nodes.Node)))

    @cached_property
    def _everything(self) -> Known:
        return frozenset(key for node in self._tree.find_all(nodes.Node) if (key := _key(node)))


def _stored_in(statement: nodes.Node) -> Known:
    return frozenset(name.name for name in statement.find_all(nodes.Name) if name.ctx != "load")


def _key(node: nodes.Node) -> str | None:
    fact = fact_of(node)
    if fact is not None:
        return f"{_FACT}{fact}"
    return node.name if isinstance(node, nodes.Name) and node.ctx == "load" and node.name != "evidence" else None
