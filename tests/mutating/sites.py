"""What can be made wrong in a module: every place, with the text that takes the place of what stands there."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

_BOUNDARY: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
}  # fmt: skip
_OPPOSITE: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_EXTREMES: Final = {"min": "max", "max": "min"}
_SIGNS: Final[dict[type[ast.operator], type[ast.operator]]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}


class Mutant(NamedTuple):
    """One thing made wrong."""

    file: str
    """The module, from the root of the checkout."""
    line: int
    last_line: int
    statement: int
    """First line of the statement in which it stands."""
    scope: str
    """The function or class in which it stands, dotted; empty: the module itself."""
    was: str
    becomes: str
    nth: int
    """Which of the like in its scope, from 1."""
    text: str
    """The whole module with it."""

    @property
    def name(self) -> str:
        """What it is called in reports and in `equivalent.toml`: no line number, so that it stays when lines move."""
        again = "" if self.nth == 1 else f" #{self.nth}"
        return f"{self.file}: {self.scope or 'module'}: {self.was} -> {self.becomes}{again}"


def mutants_of(source: str, file: str) -> list[Mutant]:
    """Give every mutant of a module, in the order of its lines.

    >>> [one.becomes for one in mutants_of("def f(n):\\n    return n < 1\\n", "f.py")]
    ['return None', 'n <= 1', 'n >= 1', '2', '0']
    """
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    raw = source.encode()
    seen: Counter[tuple[str, str, str]] = Counter()
    found: list[Mutant] = []
    for node, statement, scope, becomes in _Sites(lines).of(ast.parse(source)):
        was = _named(node, source)
        seen[scope, was, becomes] += 1
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        new = f"({becomes})" if isinstance(node, ast.expr) else becomes
        text = (raw[:begin] + new.encode() + raw[end:]).decode()
        nth = seen[scope, was, becomes]
        found.append(
            Mutant(file, node.lineno, node.end_lineno or node.lineno, statement, scope, was, becomes, nth, text)
        )
    return found


_Site = tuple[ast.expr | ast.stmt, int, str, str]


class _Sites:
    """A walk over a module that knows in which statement and scope it is; annotations and texts are passed over."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def of(self, tree: ast.Module) -> Iterator[_Site]:
        """Give every place of a module with what takes its place."""
        for one in tree.body:
            yield from self._statement(one, "")

    def _statement(self, node: ast.stmt, scope: str) -> Iterator[_Site]:
        if "pragma: no cover" in self._lines[node.lineno - 1]:
            return
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = f"{scope}.{node.name}".lstrip(".")
            if not isinstance(node, ast.ClassDef):
                for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
                    yield from self._expression(default, node.lineno, inside)
            for one in node.body:
                yield from self._statement(one, inside)
            return
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        match node:
            case ast.Continue() | ast.Break():
                yield node, node.lineno, scope, "pass"
            case ast.Expr(value=ast.Call()):
                yield node, node.lineno, scope, "pass"
            case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
                yield node, node.lineno, scope, "return None"
            case ast.AugAssign():
                if type(node.op) in _SIGNS:
                    other = copy.copy(node)
                    other.op = _SIGNS[type(node.op)]()
                    yield node, node.lineno, scope, _text(other)
        if isinstance(node, ast.If | ast.While):
            yield from self._test(node.test, node.lineno, scope)
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "type_comment", "target", "targets", "msg", "exc", "cause"}:
                continue
            if isinstance(node, ast.AnnAssign) and "TypeAlias" in ast.unparse(node.annotation):
                continue
            for child in value if isinstance(value, list) else [value]:
                yield from self._child(child, node.lineno, scope)

    def _child(self, node: object, statement: int, scope: str) -> Iterator[_Site]:
        if isinstance(node, ast.stmt):
            yield from self._statement(node, scope)
        elif isinstance(node, ast.expr):
            yield from self._expression(node, statement, scope)
        elif isinstance(node, ast.AST):
            for child in ast.iter_child_nodes(node):
                yield from self._child(child, statement, scope)

    def _expression(self, node: ast.expr, statement: int, scope: str) -> Iterator[_Site]:
        if isinstance(node, ast.JoinedStr):  # what is said is judged elsewhere, by comparing whole sentences
            return
        for becomes in _instead(node):
            yield node, statement, scope, becomes
        if isinstance(node, ast.IfExp):
            yield from self._test(node.test, statement, scope)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.comprehension):
                for test in child.ifs:
                    yield from self._test(test, statement, scope)
            yield from self._child(child, statement, scope)

    def _test(self, node: ast.expr, statement: int, scope: str) -> Iterator[_Site]:
        """Turn a test round that no comparison inside it would turn."""
        if isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.NamedExpr):
            yield node, statement, scope, _text(ast.UnaryOp(ast.Not(), node))


def _instead(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Compare():
            for place, op in enumerate(node.ops):
                for others in (_BOUNDARY, _OPPOSITE):
                    if type(op) in others:
                        changed = copy.copy(node)
                        changed.ops = [*node.ops[:place], others[type(op)](), *node.ops[place + 1 :]]
                        yield _text(changed)
        case ast.BoolOp():
            yield _text(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
        case ast.UnaryOp(op=ast.Not()):
            yield _text(node.operand)
        case ast.BinOp() if type(node.op) in _SIGNS and not _is_text(node.left) and not _is_text(node.right):
            yield _text(ast.BinOp(node.left, _SIGNS[type(node.op)](), node.right))
        case ast.Constant(value=bool() as value):
            yield str(not value)
        case ast.Constant(value=int() as value):
            yield str(value + 1)
            yield str(value - 1)
        case ast.Call(func=ast.Name(id=("min" | "max") as name)):
            yield _text(ast.Call(ast.Name(_EXTREMES[name]), node.args, node.keywords))


def _is_nothing(node: ast.expr) -> bool:
    """Whether None says the same: of a False that is turned round anyhow, None is no third."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _named(node: ast.AST, source: str) -> str:
    try:
        text = _text(node)
    except ValueError:  # Python 3.11 can read, and not write, a text with a wide space in one of its expressions
        text = ast.get_source_segment(source, node) or ""
    return " ".join(text.split())


def _text(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))
