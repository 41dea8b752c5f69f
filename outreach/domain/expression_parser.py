"""From the text of a condition to its checked parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches

from jinja2 import nodes

from outreach.domain.expression_syntax import column_of, path, signs, spine, syntax_tree
from outreach.domain.expression_tree import (
    ASKABLE,
    FUNCTIONS,
    Add,
    And,
    Call,
    Compare,
    Contains,
    Expression,
    ExpressionError,
    Field,
    Function,
    In,
    Known,
    Literal,
    Match,
    Not,
    Operator,
    Or,
    Schema,
    Term,
    Type,
    midnight,
    text,
    type_of,
    value_text,
)

LARGEST = 1e15  # every whole number below is exact as a float
MOST_TERMS = 20
OPERATORS = {
    "eq": Operator.EQ,
    "ne": Operator.NE,
    "lt": Operator.LT,
    "lteq": Operator.LE,
    "gt": Operator.GT,
    "gteq": Operator.GE,
}


def parse(source: str, schema: Schema, wanted: Type | None = Type.YESNO) -> Expression:
    """Return the checked parts of `source`, or raise `ExpressionError`.

    A condition comes to yes or no; with `wanted` None anything that `schema` allows will do.
    """
    expression = _Reader(schema).read(syntax_tree(source))
    kind = type_of(expression)
    if wanted is not None and kind is not wanted:
        example = f"compare it, for example {text(expression)} == ..." if wanted is Type.YESNO else ""
        raise ExpressionError(f"this is a {kind}, where {wanted} is needed", 1, example)
    return expression


class _Reader:
    """Turns Jinja2's nodes into ours, against one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def read(self, node: nodes.Expr) -> Expression:
        match node:
            case nodes.And() | nodes.Or():
                return self._logic(node)
            case nodes.Not():
                return _negated(self._yesno(node.node))
            case nodes.Compare():
                return self._comparison(node)
            case nodes.Add() | nodes.Sub():
                return self._sum(node)
            case nodes.Call():
                return self._call(node)
            case _:
                return self._operand(node)

    def _operand(self, node: nodes.Expr) -> Expression:
        match node:
            case nodes.Test():
                return self._known(node)
            case nodes.Name() | nodes.Getattr():
                return self._field(node)
            case nodes.Const() | nodes.Neg() | nodes.Pos():
                return _literal(node)
            case _:
                raise _unknown_shape(node)

    def _yesno(self, node: nodes.Expr) -> Expression:
        expression = self.read(node)
        if type_of(expression) is not Type.YESNO:
            raise ExpressionError(
                f"{text(expression)} is a {type_of(expression)}, not yes or no",
                column_of(node),
                f"compare it, or write {text(expression)} is defined"
                if isinstance(expression, Field)
                else "compare it with a field",
            )
        return expression

    def _logic(self, node: nodes.And | nodes.Or) -> Expression:
        ours: type[And] | type[Or] = And if isinstance(node, nodes.And) else Or
        parts: list[Expression] = []
        for part in map(self._yesno, spine(node, (type(node),))):
            parts.extend(part.parts if isinstance(part, ours) else (part,))
        return ours(tuple(parts))

    def _sum(self, node: nodes.Add | nodes.Sub) -> Expression:
        terms: list[Term] = []
        for operand, sign in zip(spine(node, (nodes.Add, nodes.Sub)), signs(node), strict=True):
            value = self.read(operand)
            if type_of(value) is not Type.NUMBER or not isinstance(value, Field | Literal | Add):
                raise ExpressionError(
                    f"{text(value)} is a {type_of(value)}",
                    column_of(operand),
                    "only numbers are added and subtracted",
                )
            # Sums in brackets are opened, so that SQL gets one flat sum: SQLite's parser is not a deep one.
            inner = value.terms if isinstance(value, Add) else (Term(1, value),)
            terms.extend(Term(sign * term.sign, term.value) for term in inner)
        if len(terms) > MOST_TERMS:
            raise ExpressionError(
                "the sum is too long", column_of(node), f"at most {MOST_TERMS} parts are allowed"
            )
        return Add(tuple(terms))

    def _comparison(self, node: nodes.Compare) -> Expression:
        if len(node.ops) > 1:
            raise ExpressionError(
                "comparisons are not chained",
                column_of(node),
                "write two of them, joined with and: a > 1 and a < 5",
            )
        operand = node.ops[0]
        if operand.op in OPERATORS:
            return self._compare(node.expr, OPERATORS[operand.op], operand.expr)
        found = self._membership(node.expr, operand.expr)
        return Not(found) if operand.op == "notin" else found

    def _compare(self, left_node: nodes.Expr, operator: Operator, right_node: nodes.Expr) -> Expression:
        left, right = self.read(left_node), self.read(right_node)
        if isinstance(left, Literal) and isinstance(right, Literal):
            raise ExpressionError(
                "two fixed values are compared", column_of(left_node), "one side names a field"
            )
        left, right = (
            self._fitting(left, right, column_of(left_node)),
            self._fitting(right, left, column_of(right_node)),
        )
        kind = type_of(left)
        if type_of(right) is not kind:
            raise ExpressionError(
                f"{text(left)} is a {kind}, {text(right)} is a {type_of(right)}",
                column_of(right_node),
                "compare values of one type",
            )
        if kind is Type.YESNO:
            return _asked_for(left, operator, right, column_of(left_node))
        if kind is Type.TEXT and operator not in (Operator.EQ, Operator.NE):
            raise ExpressionError(
                f"texts have no order for {operator}", column_of(left_node), "use ==, != or in [...]"
            )
        return Compare(left, operator, right)

    def _fitting(self, value: Expression, other: Expression, column: int) -> Expression:
        """Return a fixed `value` as `other` needs it: a day as its midnight, a word checked."""
        if not isinstance(value, Literal) or not isinstance(value.value, str):
            return value
        if type_of(other) is Type.DATE:
            return Literal(_day(value.value, column))
        if isinstance(other, Field):
            self._check_word(other.name, value.value, column)
        return value

    def _check_word(self, name: str, word: str, column: int) -> None:
        words = self.schema.words.get(name)
        if words is not None and word not in words:
            raise ExpressionError(f"{name} is never {value_text(word)}", column, _suggestion(word, words))

    def _membership(self, left_node: nodes.Expr, right_node: nodes.Expr) -> Expression:
        if isinstance(right_node, (nodes.List, nodes.Tuple)):
            return self._one_of(left_node, right_node)
        left, right = self.read(left_node), self.read(right_node)
        if not isinstance(right, Field) or type_of(right) is not Type.TEXT:
            raise ExpressionError(
                f"{text(right)} is neither a list nor a text field",
                column_of(right_node),
                'write lead.country in ["DE", "HU"] or "part" in lead.title',
            )
        if not isinstance(left, Literal) or not isinstance(left.value, str) or not left.value:
            raise ExpressionError(
                "what is looked for is a text in quotes", column_of(left_node), f'"part" in {text(right)}'
            )
        return Contains(right, left.value)

    def _one_of(self, left_node: nodes.Expr, listed: nodes.List | nodes.Tuple) -> Expression:
        left = self.read(left_node)
        if isinstance(left, Literal) or type_of(left) is Type.YESNO:
            raise ExpressionError("before in [...] stands a text, number or date field", column_of(left_node))
        if not listed.items:
            raise ExpressionError("the list is empty", column_of(listed), "name at least one value")
        return In(left, tuple(self._option(item, left) for item in listed.items))

    def _option(self, item: nodes.Expr, value: Expression) -> Literal:
        option = self._fitting(self.read(item), value, column_of(item))
        if not isinstance(option, Literal):
            raise ExpressionError(
                f"{text(option)} stands in a list", column_of(item), "lists hold fixed values only"
            )
        if type_of(option) is not type_of(value):
            raise ExpressionError(
                f"{text(option)} is a {type_of(option)}, {text(value)} is a {type_of(value)}",
                column_of(item),
                "list values of one type",
            )
        return option

    def _known(self, node: nodes.Test) -> Expression:
        if node.name != "defined" or node.args or node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise ExpressionError(
                f"there is no test is {node.name}",
                node.lineno,
                "is defined and is not defined are all; else use ==",
            )
        field = self.read(node.node)
        if not isinstance(field, Field):
            raise ExpressionError(f"{text(field)} is always defined", column_of(node), "ask it of a field")
        return Known(field)

    def _field(self, node: nodes.Expr) -> Field:
        name = path(node)
        if name is None:
            raise _unknown_shape(node)
        if name in self.schema.fields:
            return Field(name, self.schema.fields[name])
        if name in FUNCTIONS:
            raise ExpressionError(
                f"{name} is a function", column_of(node), f"write {FUNCTIONS[name].example}"
            )
        raise ExpressionError(
            f"there is no field {name}", column_of(node), _suggestion(name, self.schema.fields)
        )

    def _call(self, node: nodes.Call) -> Call:
        name = path(node.node)
        if name is None or name not in FUNCTIONS:
            if name in self.schema.fields:
                raise ExpressionError(f"{name} is a field, not a function", column_of(node), f"write {name}")
            raise ExpressionError(
                f"there is no function {name}" if name else "this can not be called",
                column_of(node),
                _suggestion(name or "", FUNCTIONS),
            )
        function = FUNCTIONS[name]
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise ExpressionError(
                f"{name}() takes no named values", column_of(node), f"write {function.example}"
            )
        return Call(name, self._arguments(function, node))

    def _arguments(self, function: Function, node: nodes.Call) -> tuple[str, ...]:
        if not function.least <= len(node.args) <= function.most:
            raise ExpressionError(
                f"{function.name}() has the wrong number of values",
                column_of(node),
                f"write {function.example}",
            )
        words = tuple(_word(function, argument) for argument in node.args)
        if not function.kinds and words[0] not in ASKABLE:
            raise ExpressionError(
                f"nobody does {value_text(words[0])}", column_of(node.args[0]), _suggestion(words[0], ASKABLE)
            )
        if function.kinds and words and function.match is Match.EQUALS:
            self._check_word(function.name, words[0], column_of(node.args[0]))
        return words


def _negated(expression: Expression) -> Expression:
    return expression.part if isinstance(expression, Not) else Not(expression)


def _asked_for(left: Expression, operator: Operator, right: Expression, column: int) -> Expression:
    """Return `x == true` as x and `x == false` as not x."""
    if isinstance(left, Literal):
        left, right = right, left
    if not isinstance(right, Literal) or operator not in (Operator.EQ, Operator.NE):
        raise ExpressionError(
            f"yes or no is not compared with {operator}", column, "use the value itself, with and, or, not"
        )
    return left if bool(right.value) is (operator is Operator.EQ) else _negated(left)


def _literal(node: nodes.Expr) -> Literal:
    if isinstance(node, nodes.Neg | nodes.Pos):
        return _signed(node)
    value = node.value if isinstance(node, nodes.Const) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not abs(value) <= LARGEST:
            raise ExpressionError("the number is too large", node.lineno, f"at most {value_text(LARGEST)}")
        return Literal(float(value))
    if isinstance(value, bool | str):
        return Literal(value)
    raise _unknown_shape(node)


def _signed(node: nodes.Neg | nodes.Pos) -> Literal:
    if not isinstance(node.node, nodes.Const) or type_of(literal := _literal(node.node)) is not Type.NUMBER:
        raise ExpressionError("a sign stands only before a number", node.lineno, "write 0 - lead.x")
    assert isinstance(literal.value, float)
    return Literal(0.0 - literal.value) if isinstance(node, nodes.Neg) else literal


def _word(function: Function, argument: nodes.Expr) -> str:
    if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str) or not argument.value:
        raise ExpressionError(
            f"{function.name}() takes a text in quotes", column_of(argument), f"write {function.example}"
        )
    return argument.value


def _day(day: str, column: int) -> datetime:
    if (moment := midnight(day)) is None:
        raise ExpressionError(f"{value_text(day)} is not a day", column, 'write it like "2026-03-01"')
    return moment


def _unknown_shape(node: nodes.Expr) -> ExpressionError:
    if isinstance(node, nodes.Getitem):
        return ExpressionError("[...] does not pick a field", column_of(node), "write lead.country")
    if isinstance(node, nodes.List | nodes.Tuple):
        return ExpressionError(
            "a list stands only after in", column_of(node), 'write lead.country in ["DE", "HU"]'
        )
    if isinstance(node, nodes.Getattr):
        return ExpressionError("only fields have a dot", column_of(node), "write lead.country")
    return ExpressionError(
        "this is not part of conditions", column_of(node), "compare fields and call functions"
    )


def _suggestion(word: str, candidates: Iterable[str]) -> str:
    """Return what may have been meant, or else what there is."""
    known = sorted(candidates)
    by_end = {
        name.rpartition(".")[2]: name for name in known
    }  # "lead." alone would make all fields look alike
    close = get_close_matches(word.rpartition(".")[2], by_end, n=1)
    if close:
        return f"did you mean {by_end[close[0]]}?"
    listed = ", ".join(known[:12])
    return f"there are {listed}" + (", ..." if len(known) > 12 else "") if known else ""
