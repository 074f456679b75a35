"""What the source of the package can say in an error: every text of `what`, `why` and `hint`, followed to where it is.

A text is followed through names, constants, tables, helper functions and their arguments. What an f-string fills in is
a place, written ``{}``; what stands in a place and is a text of the source itself is collected as well.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter
from typing import Final, NamedTuple, TypeAlias

from tests.test_architecture import MODULES, tree_of

FIELDS: Final = ("what", "why", "hint")
"""Fields of an error, a fault or a refused row that people read."""
_LEFT_OUT: Final = (
    "words.", "__main__", "cli.demo", "cli.output", "periods.proving", "periods.proof_text",
    "conditions.compiling",  # what it writes is Python; it refuses nothing
)  # fmt: skip
_SAID_IN_BOTH: Final = ("explain", "note", "text")
"""Methods that take a language and have the words of both themselves; `test_language` tries them."""
_LEAVES: Final = (ast.expr_context, ast.Name, ast.Constant, ast.operator, ast.boolop, ast.unaryop, ast.cmpop, ast.arg)
"""Kinds of node, more than half of all, in which nothing is said or called."""
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class Here(NamedTuple):
    """Where an expression stands: its module and the functions around it, the innermost last."""

    module: str
    functions: tuple[_Function, ...]


class Source:
    """The source of the package, read once: its functions, classes, constants and calls."""

    def __init__(self) -> None:
        self._trees: list[ast.Module] = []
        self.calls: list[tuple[Here, ast.Call]] = []
        self.functions: dict[str, list[tuple[Here, _Function]]] = {}
        self.fields: dict[str, list[str]] = {}
        self.constants: dict[tuple[str, str], ast.expr] = {}
        self.origins: dict[tuple[str, str], str] = {}
        self.raised: list[tuple[Here, ast.expr]] = []
        for module in MODULES:
            if not module.startswith(_LEFT_OUT):
                self._trees.append(tree_of(module))
                self._read(self._trees[-1], Here(module, ()))
        self.texts: dict[str, str] = {}
        """Template of every text, with the module and line where it was found."""
        self._done: set[int] = set()  # ids of expressions: the trees live as long as this
        self._walks: dict[_Function, list[ast.AST]] = {}
        self._wanted: set[tuple[str, str]] = set()  # function or class, and its parameter or field
        self._follow()

    def walk(self, function: _Function) -> list[ast.AST]:
        """Give what assigns, loops, calls or returns in a function."""
        if function not in self._walks:
            self._walks[function] = [
                node
                for node in ast.walk(function)
                if isinstance(
                    node,
                    ast.Assign | ast.AnnAssign | ast.AugAssign | ast.NamedExpr | ast.For | ast.comprehension
                    | ast.Return | ast.Yield | ast.Call,
                )
            ]  # fmt: skip
        return self._walks[function]

    def _read(self, node: ast.AST, here: Here) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, _LEAVES):
                continue
            inner = here
            match child:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    self.functions.setdefault(child.name, []).append((here, child))
                    inner = Here(here.module, (*here.functions, child))
                case ast.ClassDef():
                    self.fields[child.name] = [
                        one.target.id
                        for one in child.body
                        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                    ]
                case ast.ImportFrom():
                    for alias in child.names:
                        self.origins[here.module, alias.asname or alias.name] = (child.module or "").removeprefix(
                            "complaint_rules."
                        )
                case ast.Call(func=ast.Attribute(value=ast.Name(id="faults"), attr="append"), args=[one]):
                    self.raised.append((inner, one))
                    self.calls.append((here, child))
                case ast.Call():
                    self.calls.append((here, child))
                case ast.Raise(exc=ast.Call(args=[first, *_])):
                    self.raised.append((here, first))
                case (
                    ast.Return(value=ast.Tuple(elts=elts) | ast.IfExp(orelse=ast.Tuple(elts=elts)))
                    | ast.Lambda(body=ast.Tuple(elts=elts))
                ):
                    if any(_is_sentence(one) for one in elts):
                        self.raised += [(inner, one) for one in elts]
                case ast.AugAssign(target=ast.Name(id="faults"), value=one):
                    self.raised.append((inner, one))
            if not here.functions:
                match child:
                    case ast.Assign(targets=[ast.Name(id=name)], value=value):
                        self.constants[here.module, name] = value
                    case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                        self.constants[here.module, name] = value
            self._read(child, inner)

    def _follow(self) -> None:
        for here, raised in self.raised:
            self._take(raised, here)
        waiting: dict[tuple[str, str], list[tuple[Here, ast.expr]]] = {}
        for here, call in self.calls:
            if [one.name for one in here.functions] == ["__str__"] and here.module == "errors":
                continue  # an error put together: its parts are followed where it is raised
            for asked, value in self._handed_on(call):
                if asked is None:
                    self._take(value, here)
                else:
                    waiting.setdefault(asked, []).append((here, value))
        followed: set[tuple[str, str]] = set()
        while fresh := sorted(self._wanted - followed):
            followed.update(fresh)
            for asked in fresh:
                for here, value in waiting.get(asked, ()):
                    self._take(value, here)

    def _handed_on(self, call: ast.Call) -> Iterator[tuple[tuple[str, str] | None, ast.expr]]:
        """Give what a call hands on: None with what people read, else the parameter or field that it is given for."""
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        for keyword in call.keywords:
            if keyword.arg is not None:
                yield None if keyword.arg in FIELDS else (name, keyword.arg), keyword.value
        orders = [self.fields.get(name, [])]
        for _, function in self.functions.get(name, []):
            order = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
            bound = order[:1] in (["self"], ["cls"])
            if not bound or isinstance(call.func, ast.Attribute):  # a method is called on something
                orders.append(order[1:] if bound else order)
        for order in orders:
            for place, parameter in enumerate(order):
                asked = None if order is orders[0] and parameter in FIELDS else (name, parameter)
                for index, value in enumerate(call.args):
                    if isinstance(value, ast.Starred) and index <= place:
                        for one in _elements(value.value, place - index, self):
                            yield asked, one
                    elif index == place:
                        yield asked, value

    def _take(self, value: ast.expr, here: Here) -> None:
        for text in self.said(value, here):
            self.texts.setdefault(text, f"{here.module}:{value.lineno}")

    # -- expressions --

    def said(self, value: ast.expr | None, here: Here) -> Iterator[str]:
        """Give the templates of the texts that an expression can be."""
        if value is None or id(value) in self._done:
            return
        self._done.add(id(value))
        match value:
            case ast.Constant(value=str() as text):
                yield _escaped(text)
            case ast.JoinedStr():
                yield "".join(self._part(part) for part in value.values)
                for part in value.values:
                    if isinstance(part, ast.FormattedValue) and part.conversion == -1 and part.format_spec is None:
                        yield from self.said(part.value, here)
            case ast.IfExp():
                yield from self.said(value.body, here)
                yield from self.said(value.orelse, here)
            case ast.BoolOp():
                for one in value.values:
                    yield from self.said(one, here)
            case ast.BinOp(op=ast.Add()):
                yield "".join(self._sum(value))
                yield from self._sides(value, here)
            case ast.NamedExpr():
                yield from self.said(value.value, here)
            case ast.Name(id=name):
                yield from self._named(name, here)
            case ast.Attribute(attr=name):
                for kind, fields in self.fields.items():
                    if name in fields and name not in ("value", "name", "id", "path", "where", "module"):
                        self._wanted.add((kind, name))
                for place, function in self.functions.get(name, []):
                    if any(isinstance(one, ast.Name) and one.id == "property" for one in function.decorator_list):
                        yield from self._returned(function, place)
            case ast.List() | ast.ListComp() | ast.GeneratorExp():
                yield from self._joined(value, here)
            case ast.Subscript(value=table):
                for one in self.table(table, here):
                    yield from self.said(one, here)
            case ast.Call():
                yield from self._called(value, here)

    def _part(self, part: ast.expr) -> str:
        return _escaped(str(part.value)) if isinstance(part, ast.Constant) else "{}"

    def _sum(self, value: ast.expr) -> Iterator[str]:
        match value:
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                yield from self._sum(left)
                yield from self._sum(right)
            case ast.JoinedStr():
                yield "".join(self._part(part) for part in value.values)
            case _:
                yield self._part(value)

    def _sides(self, value: ast.expr, here: Here) -> Iterator[str]:
        match value:
            case ast.BinOp(left=left, right=right):
                yield from self._sides(left, here)
                yield from self._sides(right, here)
            case ast.Constant():
                return
            case ast.JoinedStr():
                for part in value.values:
                    if isinstance(part, ast.FormattedValue) and part.conversion == -1:
                        yield from self.said(part.value, here)
            case _:
                yield from self.said(value, here)

    def _named(self, name: str, here: Here) -> Iterator[str]:
        for function in reversed(here.functions):
            assigned = list(_assigned(function, name, self))
            for value in assigned:
                yield from self.said(value, here)
            arguments = function.args
            if name in [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]:
                self._wanted.add((function.name, name))
                order = [*arguments.posonlyargs, *arguments.args]
                defaults = [
                    *zip(reversed(order), reversed(arguments.defaults), strict=False),
                    *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
                ]
                for argument, default in defaults:
                    if argument.arg == name:
                        yield from self.said(default, here)
                return
            if assigned:
                return
        yield from self.said(self.constant(name, here.module), here)

    def constant(self, name: str, module: str) -> ast.expr | None:
        """Give what a name stands for at the top of a module, or of the one it is imported from."""
        return self.constants.get((module, name)) or self.constants.get((self.origins.get((module, name), ""), name))

    def table(self, value: ast.expr, here: Here) -> Iterator[ast.expr]:
        """Give the values of a constant table."""
        match value:
            case ast.Name(id=name):
                found = self.constant(name, here.module)
                if found is not None:
                    yield from self.table(found, here)
            case ast.Dict(keys=keys, values=values):
                for key, one in zip(keys, values, strict=True):
                    yield from self.table(one, here) if key is None else [one]
            case ast.Call(args=[ast.Dict() as table]):
                yield from table.values
            case ast.Call(func=ast.Attribute(attr="fromkeys"), args=[_, one]):
                yield one
            case ast.Tuple() | ast.List():
                yield from value.elts
            case ast.Subscript(value=inner):
                for one in self.table(inner, here):
                    yield from self.table(one, here)

    def _called(self, call: ast.Call, here: Here) -> Iterator[str]:
        match call:
            case ast.Call(func=ast.Name(id="str"), args=[one]):
                yield from self.said(one, here)
                return
            case ast.Call(func=ast.Attribute(attr="join"), args=[joined]):
                yield from self._joined(joined, here)
                return
            case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, *rest]):
                for one in (*self.table(table, here), *rest):
                    yield from self.said(one, here)
                return
            case ast.Call(func=ast.Name(id="getattr"), args=[_, _, default]):
                yield from self.said(default, here)
                return
            case ast.Call(func=ast.Name(id="next"), args=[joined, *rest]):
                yield from self._joined(joined, here)
                for one in rest:
                    yield from self.said(one, here)
                return
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                for place, function in self.functions.get(name, []):
                    returns = function.returns
                    if name in _SAID_IN_BOTH and "lang" in [one.arg for one in function.args.args]:
                        continue
                    if returns is not None and "str" in ast.unparse(returns):
                        yield from self._returned(function, place)

    def _joined(self, value: ast.expr, here: Here) -> Iterator[str]:
        match value:
            case ast.Tuple() | ast.List():
                for one in value.elts:
                    yield from self.said(one, here)
            case ast.Name():
                yield from self.said(value, here)
            case ast.Call(func=ast.Name(id="filter"), args=[_, inner]):
                yield from self._joined(inner, here)
            case ast.GeneratorExp() | ast.ListComp():
                yield from self.said(value.elt, here)

    def _returned(self, function: _Function, place: Here) -> Iterator[str]:
        inner = Here(place.module, (*place.functions, function))
        for node in self.walk(function):
            if isinstance(node, ast.Return | ast.Yield):
                yield from self.said(node.value, inner)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _is_sentence(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value.count(" ") > 1


def _elements(value: ast.expr | None, place: int, source: Source, deep: int = 0) -> Iterator[ast.expr]:
    """Give what can stand at a place of a tuple."""
    if deep > 3:
        return
    match value:
        case ast.Tuple(elts=elts) if place < len(elts):
            yield elts[place]
        case ast.IfExp(body=body, orelse=orelse):
            yield from _elements(body, place, source, deep + 1)
            yield from _elements(orelse, place, source, deep + 1)
        case ast.BoolOp(values=values):
            for one in values:
                yield from _elements(one, place, source, deep + 1)
        case ast.Name(id=name):
            for (_, known), constant in source.constants.items():
                if known == name:
                    yield from _elements(constant, place, source, deep + 1)
        case ast.Subscript(value=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get")):
            for (module, known), constant in source.constants.items():
                if known == name:
                    for one in source.table(constant, Here(module, ())):
                        yield from _elements(one, place, source, deep + 1)
            if isinstance(value, ast.Call):
                for one in value.args[1:]:
                    yield from _elements(one, place, source, deep + 1)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            for _, function in source.functions.get(name, []):
                for node in source.walk(function):
                    if isinstance(node, ast.Return):
                        yield from _elements(node.value, place, source, deep + 1)


def _assigned(function: _Function, name: str, source: Source) -> Iterator[ast.expr]:
    """Give what a function assigns to a name."""
    for node in source.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                pairs = [(target, value) for target in targets]
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                pairs = [(target, value)]
            case ast.AugAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
                pairs = [(target, value)]
            case ast.For(target=target, iter=ast.Call(func=ast.Attribute(value=ast.Name(id=table), attr="items"))):
                constants = [one for (_, known), one in source.constants.items() if known == table]
                pairs = [
                    (ast.Name(id=getattr(target.elts[1], "id", "")), one)
                    for constant in constants
                    if isinstance(target, ast.Tuple)
                    for one in source.table(constant, Here("", ()))
                ]
            case ast.Call(func=ast.Attribute(value=target, attr="append"), args=[value]):
                pairs = [(target, value)]
            case (
                ast.For(target=target, iter=ast.Tuple(elts=elts))
                | ast.comprehension(target=target, iter=ast.Tuple(elts=elts))
            ):
                pairs = [(target, one) for one in elts]
            case _:
                continue
        for target, value in pairs:
            if isinstance(target, ast.Name) and target.id == name:
                yield value
            elif isinstance(target, ast.Tuple):
                for place, one in enumerate(target.elts):
                    if isinstance(one, ast.Name) and one.id == name:
                        yield from _elements(value, place, source)


def bare(text: str) -> tuple[tuple[str, bool], ...]:
    """Give a text without the names of its places, so that source and catalogue can be compared.

    >>> bare("at most {most} are read") == bare("at most {} are read")
    True
    """
    return tuple((plain, place is not None) for plain, place, _, _ in Formatter().parse(text))


def needs_words(text: str) -> bool:
    """Say whether a text is for people, and not a name, a sign, a path or a form: it has a blank between two words."""
    plain = "".join(plain + "…" * filled for plain, filled in bare(text))
    return re.search(r"[a-z]{2}", plain) is not None and re.search(r"[A-Za-z,'%)…] [A-Za-z(`'…=]", plain) is not None
