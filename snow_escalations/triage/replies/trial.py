"""A letter tried statement by statement: all that fails when it is written, where rendering stops at the first.

What fails is passed over, and so is what rests on it: a name that could not be set, a branch of which nobody knows
whether it is taken. In such a branch that alone is told which fails in every specimen, so that no test could help it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import Template as JinjaTemplate
from jinja2 import TemplateError as JinjaError
from jinja2 import nodes

from snow_escalations.documents import Position
from snow_escalations.triage.replies.environment import ReplyEnvironment
from snow_escalations.triage.replies.parsing import TOO_DEEP, UNREADABLE, Trouble
from snow_escalations.triage.replies.rendering import FAULTS, markup_of, require_length
from snow_escalations.triage.replies.specimen import Specimen
from snow_escalations.triage.replies.tokens import Tokens, begin_of

_RESULT = "result"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FAILED = object()
_DEPTH_LIMIT = 20
"""How deep in an expression a part is tried by itself: each takes as long as all that stands in it."""
Key = tuple[Position, str]
"""A failure: where, and of what kind."""
CheckMarkup = Callable[[str], None]


class _Failure(NamedTuple):
    """What failed in one context; `is_sure` unless it stands where nobody knows whether it is written."""

    node: int
    place: Position
    message: str
    is_sure: bool

    @property
    def key(self) -> Key:
        return self.place, _NUMBER.sub("0", self.message)


class Trial:
    """The statements of a letter, of which some nodes are `faulty` (their ids) and cannot be tried.

    Nor can what uses the names that are `lost`. Unless it `is_joined`, nobody knows of any statement whether it is
    written.
    """

    def __init__(
        self,
        tokens: Tokens,
        environment: ReplyEnvironment,
        faulty: Collection[int],
        *,
        lost: Collection[str],
        check_markup: CheckMarkup | None,
        is_joined: bool,
    ) -> None:
        self.tokens, self.check_markup, self.is_joined = tokens, check_markup, is_joined
        self.lost = frozenset(lost)
        self._faulty = frozenset(faulty)
        # What is constant would be computed in the tree itself.
        self._environment = environment.overlay(optimized=False)
        self._compiled: dict[tuple[int, bool], JinjaTemplate | JinjaError] = {}
        self._names: dict[int, frozenset[str]] = {}

    def failures(
        self, contexts: Iterable[Specimen], also_faulty: Collection[int] = (), *, in_doubt: bool = True
    ) -> dict[Key, Trouble]:
        """What fails in any of these contexts, each told of the first in which it does.

        Args:
            contexts: what the letter is written for.
            also_faulty: the ids of further nodes that cannot be tried.
            in_doubt: whether to try what may never be written.
        """
        found: dict[Key, Trouble] = {}
        doubted: dict[int, tuple[Key, Trouble]] = {}
        tried, failed = Counter[int](), Counter[int]()
        for context, where in contexts:
            attempt = _Attempt(self, context, self._faulty.union(also_faulty), in_doubt=in_doubt)
            for failure in attempt.failures():
                trouble = failure.place, f"{failure.message} ({where})" if where else failure.message
                if failure.is_sure:
                    found.setdefault(failure.key, trouble)
                else:
                    doubted.setdefault(failure.node, (failure.key, trouble))
                    failed[failure.node] += 1
            tried.update(attempt.doubted)
        always = dict(told for node, told in doubted.items() if failed[node] == tried[node])
        return always | found

    def evaluated(self, node: nodes.Node, context: Mapping[str, Any], *, printed: bool) -> Any:
        """The value of an expression, or what is printed of it.

        Raises:
            jinja2.TemplateError, TypeError, ValueError, ArithmeticError: it has none.
        """
        key = (id(node), printed)
        if key not in self._compiled:
            self._compiled[key] = self._template(node, printed=printed)
        template = self._compiled[key]
        if isinstance(template, JinjaError):
            raise JinjaError(TOO_DEEP)
        made = template.new_context(dict(context))
        text = "".join(template.root_render_func(made))
        return text if printed else made.vars[_RESULT]

    def _template(self, node: nodes.Node, *, printed: bool) -> JinjaTemplate | JinjaError:
        """An expression, compiled, or why it cannot be."""
        body: nodes.Stmt = nodes.Output([node], lineno=1)
        if not printed:
            body = nodes.Assign(nodes.Name(_RESULT, "store", lineno=1), node, lineno=1)
        try:
            tree = nodes.Template([body], lineno=1)
            tree.set_environment(self._environment)
            return self._environment.from_string(tree)
        except UNREADABLE:
            return JinjaError(TOO_DEEP)

    def names_in(self, node: nodes.Node) -> frozenset[str]:
        """The names that an expression uses."""
        if id(node) not in self._names:
            self._names[id(node)] = frozenset(name.name for name in _all(node) if isinstance(name, nodes.Name))
        return self._names[id(node)]

    def place_of(self, node: nodes.Node) -> Position:
        """Where the tag begins that an expression stands in, or a filter stands."""
        if isinstance(node, nodes.Filter):
            return self.tokens.place_of(node)
        return self.tokens.begin_of_tag(node) or begin_of(self.tokens.text, node.lineno)


class _Attempt:
    """A letter written once, for one context."""

    def __init__(self, trial: Trial, context: Mapping[str, Any], faulty: frozenset[int], *, in_doubt: bool) -> None:
        self._trial, self._faulty, self._in_doubt = trial, faulty, in_doubt
        self._context, self._lost = dict(context), set(trial.lost)
        self._parts: list[str] = []
        self._is_decided = True
        self._found: list[_Failure] = []
        self.doubted: set[int] = set()

    def failures(self) -> list[_Failure]:
        """All that fails."""
        text = self._trial.tokens.text
        if not self._trial.is_joined:
            self._doubt([self._trial.tokens.tree.body])
            return self._found
        self._block(self._trial.tokens.tree.body, is_sure=True)
        made = "".join(self._parts)
        begin = begin_of(text, 1 + len(text) - len(text.lstrip("\n")))
        try:
            require_length(len(made))
            if self._trial.check_markup is not None and self._is_decided:
                self._trial.check_markup(markup_of(made))
        except FAULTS as error:
            self._found.append(_Failure(0, begin, str(error), is_sure=True))
        return self._found

    def _block(self, body: Iterable[nodes.Node], *, is_sure: bool) -> None:
        for statement in body:
            if isinstance(statement, nodes.Output):
                for item in statement.nodes:
                    self._print(item, is_sure=is_sure)
            elif isinstance(statement, nodes.If):
                self._branch(statement, is_sure=is_sure)
            elif isinstance(statement, nodes.Assign) and isinstance(statement.target, nodes.Name):
                self._set(statement.target.name, self._tried(statement.node, is_sure=is_sure))
            else:
                self._is_decided = False
                self._lose(statement)

    def _set(self, name: str, value: Any) -> None:
        if value is _FAILED or not self._trial.is_joined:
            self._lost.add(name)
        else:
            self._lost.discard(name)
            self._context[name] = value

    def _lose(self, node: nodes.Node) -> None:
        self._lost.update(name.name for name in node.find_all(nodes.Name) if name.ctx != "load")

    def _branch(self, statement: nodes.If, *, is_sure: bool) -> None:
        branches = [statement, *statement.elif_]
        for number, branch in enumerate(branches):
            holds = self._tried(branch.test, bool, is_sure=is_sure)
            if holds is _FAILED:
                self._doubt([*(other.body for other in branches[number:]), statement.else_])
                return
            if holds:
                self._block(branch.body, is_sure=is_sure)
                return
        self._block(statement.else_, is_sure=is_sure)

    def _doubt(self, bodies: Iterable[list[nodes.Node]]) -> None:
        """Try what is perhaps written; what it sets is not known afterwards."""
        self._is_decided = False
        written = [*self._parts]
        for body in bodies:
            if self._in_doubt:
                self._block(body, is_sure=False)
            for statement in body:
                self._lose(statement)
        self._parts = written

    def _print(self, item: nodes.Node, *, is_sure: bool) -> None:
        if isinstance(item, nodes.TemplateData):
            self._parts.append(item.data)
        elif isinstance(item, nodes.Expr) and self._is_clear(item):
            try:
                self._parts.append(self._trial.evaluated(item, self._context, printed=True))
            except FAULTS as error:
                if self._tried(item, is_sure=is_sure) is not _FAILED:
                    self._tell(item, error, is_sure=is_sure)
            else:
                self._note(item, is_sure=is_sure)
        elif isinstance(item, nodes.Expr):
            self._tried(item, is_sure=is_sure)

    def _is_clear(self, node: nodes.Node) -> bool:
        return self._lost.isdisjoint(self._trial.names_in(node)) and self._faulty.isdisjoint(map(id, _all(node)))

    def _tried(
        self, node: nodes.Node, use: Callable[[Any], Any] | None = None, *, is_sure: bool, depth: int = 0
    ) -> Any:
        """The value of an expression, or _FAILED; where a part of it fails by itself, that is told in its place."""
        caught: BaseException | None = None
        if self._is_clear(node):
            self._note(node, is_sure=is_sure)
            try:
                value = self._trial.evaluated(node, self._context, printed=False)
                return value if use is None else use(value)
            except FAULTS as error:
                caught = error
        before = len(self._found)
        if depth < _DEPTH_LIMIT:
            self._try_parts(node, is_sure=is_sure, depth=depth + 1)
        if caught is not None and len(self._found) == before:
            self._tell(node, caught, is_sure=is_sure)
        return _FAILED

    def _try_parts(self, node: nodes.Node, *, is_sure: bool, depth: int) -> None:
        if isinstance(node, nodes.CondExpr):
            holds = self._tried(node.test, bool, is_sure=is_sure, depth=depth)
            chosen: list[nodes.Node | None] = (
                [node.expr1, node.expr2] if holds is _FAILED else [node.expr1 if holds else node.expr2]
            )
        elif isinstance(node, nodes.And | nodes.Or):
            holds = self._tried(node.left, bool, is_sure=is_sure, depth=depth)
            chosen = [node.right] if holds is _FAILED or holds is isinstance(node, nodes.And) else []
        else:
            holds, chosen = None, [*_parts_of(node)]
        is_sure = is_sure and holds is not _FAILED
        for part in chosen:
            if part is not None and (is_sure or self._in_doubt):
                self._tried(part, is_sure=is_sure, depth=depth)

    def _note(self, node: nodes.Node, *, is_sure: bool) -> None:
        if not is_sure:
            self.doubted.add(id(node))

    def _tell(self, node: nodes.Node, error: BaseException, *, is_sure: bool) -> None:
        self._found.append(_Failure(id(node), self._trial.place_of(node), str(error), is_sure))


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    yield from node.find_all(nodes.Node)


def _parts_of(node: nodes.Node) -> Iterator[nodes.Node]:
    """The expressions that an expression is made of, each with a value of its own."""
    children = [*node.iter_child_nodes()]
    if isinstance(node, nodes.Call):
        children.remove(node.node)  # what cannot be called
    for child in children:
        if isinstance(child, nodes.Expr) and not isinstance(child, nodes.Slice):
            yield child
        else:
            yield from _parts_of(child)
