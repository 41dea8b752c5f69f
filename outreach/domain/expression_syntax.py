"""From the text of a condition to Jinja2's syntax tree, with columns where Jinja2 has lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, lexer, nodes
from jinja2.parser import Parser

from outreach.domain.expression_tree import FUNCTIONS, ExpressionError

LONGEST = 2_000
DEEPEST = 50

NO_BRACES = "a condition stands without {{ }} and {% %}"
ONLY_SUMS = "only + and - calculate here"
FORBIDDEN: Mapping[str, tuple[str, str]] = {
    lexer.TOKEN_PIPE: ("filters are not part of conditions", "compare the field itself"),
    lexer.TOKEN_TILDE: ("texts are not joined in conditions", "compare the fields one by one"),
    lexer.TOKEN_MUL: ("* is not part of conditions", ONLY_SUMS),
    lexer.TOKEN_DIV: ("/ is not part of conditions", ONLY_SUMS),
    lexer.TOKEN_FLOORDIV: ("// is not part of conditions", ONLY_SUMS),
    lexer.TOKEN_MOD: ("% is not part of conditions", ONLY_SUMS),
    lexer.TOKEN_POW: ("** is not part of conditions", ONLY_SUMS),
    lexer.TOKEN_ASSIGN: ("= sets a value", "write == to compare"),
    lexer.TOKEN_LBRACE: ("{ is not part of conditions", NO_BRACES),
    lexer.TOKEN_RBRACE: ("} is not part of conditions", NO_BRACES),
    lexer.TOKEN_VARIABLE_END: ("}} is not part of conditions", NO_BRACES),
    lexer.TOKEN_COLON: (": is not part of conditions", "a list is written [1, 2, 3]"),
    lexer.TOKEN_SEMICOLON: ("; is not part of conditions", "join conditions with and, or"),
}
FORBIDDEN_NAMES: Mapping[str, tuple[str, str]] = {
    "if": ("there is no if inside a condition", "join conditions with and, or, not"),
    "else": ("there is no else inside a condition", "join conditions with and, or, not"),
    "none": ("none is not part of conditions", "write lead.x is not defined"),
    "None": ("None is not part of conditions", "write lead.x is not defined"),
}
OPENING = frozenset("([{")
CLOSING = frozenset(")]}")
BETWEEN_VALUES = frozenset({"and", "or", "in", "is"})
NO_VALUE_YET = BETWEEN_VALUES | OPENING | {"", "not", ",", "==", "!=", "<", "<=", ">", ">=", "+", "-"}
LOWERS_DEPTH = frozenset({"and", "or", ","})
PREFIXES = frozenset({"not", "+", "-"})
STRAY: Mapping[str, str] = {
    "&!^": "write and, or, not in words",
    "“”„‘’«»": "use straight quotes",
    "#": "leave comments out",
}
STRANGE_CHARACTER = "unexpected char"

ENVIRONMENT = Environment()


@dataclass(frozen=True)
class Token:
    """One word of the source as Jinja2's lexer names it; columns count from 1."""

    column: int
    kind: str
    text: str


def syntax_tree(source: str) -> nodes.Expr:
    """Return Jinja2's tree of `source`; `lineno` of each node is the column of its first or main token."""
    tokens = list(_tokens(_plain(source)))
    _check_tokens(tokens)
    _check_depth(tokens)
    parser = Parser(ENVIRONMENT, "", state="variable")
    stream = ((token.column, token.kind, token.text) for token in tokens)
    try:
        parser.stream = lexer.TokenStream(ENVIRONMENT.lexer.wrap(stream), None, None)
        tree = parser.parse_expression()
        if not parser.stream.eos:
            parser.fail(
                "unexpected " + repr(lexer.describe_token(parser.stream.current)),
                parser.stream.current.lineno,
            )
    except TemplateSyntaxError as error:
        raise _explained(error, parser, source) from None
    except RecursionError:  # only when the caller has used up the stack already
        raise _too_deep(1) from None
    return tree


def _plain(source: str) -> str:
    """Return `source` on one line, or say why it can not be a condition."""
    if len(source) > LONGEST:
        raise ExpressionError(
            f"the condition has {len(source):,} characters", 1, f"at most {LONGEST:,} are allowed"
        )
    source = re.sub(r"[\r\n\t]", " ", source)
    if not source.strip():
        raise ExpressionError("the condition is empty", 1, 'write for example lead.country == "DE"')
    for column, character in enumerate(source, 1):
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise ExpressionError(
                f"there is a control character (U+{ord(character):04X})", column, "leave it out"
            )
    return source


def _tokens(source: str) -> Iterator[Token]:
    column = 1
    try:
        for _, kind, text in ENVIRONMENT.lexer.tokeniter(source, None, state="variable"):
            yield Token(column, kind, text)
            if kind == lexer.TOKEN_VARIABLE_END:
                return
            column += len(text)
    except TemplateSyntaxError as error:
        raise _stray(source[column - 1], column, str(error.message)) from None


def _stray(character: str, column: int, message: str) -> ExpressionError:
    if character in "\"'" and message.startswith(STRANGE_CHARACTER):
        return ExpressionError(
            "the text that starts here has no closing quote", column, f"close it with {character}"
        )
    if character in CLOSING:
        return ExpressionError(
            f"{character} closes nothing that is open", column, "every bracket needs its partner"
        )
    hint = next((hint for some, hint in STRAY.items() if character in some), "texts stand in quotes")
    return ExpressionError(f"{character} is not part of conditions", column, hint)


def _check_tokens(tokens: list[Token]) -> None:
    """Refuse what conditions leave out of Jinja2, while the column is still known exactly."""
    before = Token(0, "", "")
    for token in tokens:
        if token.kind == lexer.TOKEN_WHITESPACE:
            continue
        _check_token(token, before)
        before = token


def _check_token(token: Token, before: Token) -> None:
    kind = lexer.operators[token.text] if token.kind == lexer.TOKEN_OPERATOR else token.kind
    if kind in FORBIDDEN:
        message, hint = FORBIDDEN[kind]
        raise ExpressionError(message, token.column, hint)
    if kind == lexer.TOKEN_NAME and before.text != "." and token.text in FORBIDDEN_NAMES:
        message, hint = FORBIDDEN_NAMES[token.text]
        raise ExpressionError(message, token.column, hint)
    if (
        token.text in BETWEEN_VALUES
        and before.text in NO_VALUE_YET
        and (before.text, token.text) != ("not", "in")
    ):
        raise ExpressionError(
            f"a value is missing before {token.text}", token.column, "write for example replied()"
        )
    if kind == lexer.TOKEN_STRING:
        _check_string(token, before)


def _check_string(token: Token, before: Token) -> None:
    if before.kind == lexer.TOKEN_STRING:
        # Jinja2 joins neighbours, so that a forgotten comma would quietly make one word of two.
        raise ExpressionError("two texts stand side by side", token.column, "put a comma between them")
    if "\\" in re.sub(r"\\[\\\"']", "", token.text):
        raise ExpressionError(
            "a backslash stands only before a quote or a backslash", token.column, r"write \\"
        )


def _check_depth(tokens: list[Token]) -> None:
    """Refuse what would take the parser deeper than it may go: open brackets, and signs before a value."""
    prefixes = [0]
    for token in tokens:
        if token.text in OPENING:
            prefixes.append(0)
        elif token.text in CLOSING:
            prefixes.pop()
        elif token.text in LOWERS_DEPTH:
            prefixes[-1] = 0
        elif token.text in PREFIXES:
            prefixes[-1] += 1
        if len(prefixes) - 1 + sum(prefixes) > DEEPEST:
            raise _too_deep(token.column)


def _too_deep(column: int) -> ExpressionError:
    return ExpressionError(
        "the condition is nested too deeply", column, f"at most {DEEPEST} levels are allowed"
    )


def _explained(error: TemplateSyntaxError, parser: Parser, source: str) -> ExpressionError:
    """Return Jinja2's complaint in our words."""
    message = str(error.message)
    if parser.stream.current.type == lexer.TOKEN_EOF:
        return ExpressionError(
            "the condition ends too early", len(source) + 1, "a value or a bracket is missing"
        )
    hint = "texts stand in quotes, conditions are joined with and, or"
    if parser.stream.current.type == lexer.TOKEN_NAME and parser.stream.current.value in FUNCTIONS:
        hint = "conditions are joined with and, or"
    return ExpressionError(
        message.rstrip(".").lower() if message[:1].isupper() else message, error.lineno, hint
    )


def spine(node: nodes.BinExpr, kinds: tuple[type[nodes.BinExpr], ...]) -> list[nodes.Expr]:
    """Return the operands of a chain; without recursion, since chains may be as long as the text."""
    operands: list[nodes.Expr] = []
    left: nodes.Expr = node
    while isinstance(left, nodes.BinExpr) and isinstance(left, kinds):
        operands.append(left.right)
        left = left.left
    return [left, *reversed(operands)]


def signs(node: nodes.BinExpr) -> list[int]:
    """Return for each operand of a chain of + and - whether it is added (1) or subtracted (-1)."""
    signs = []
    left: nodes.Expr = node
    while isinstance(left, nodes.Add | nodes.Sub):
        signs.append(-1 if isinstance(left, nodes.Sub) else 1)
        left = left.left
    return [1, *reversed(signs)]


def path(node: nodes.Expr) -> str | None:
    """Return the dotted name that `node` is, None when it is something else."""
    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.append(node.attr)
        node = node.node
    return ".".join([node.name, *reversed(names)]) if isinstance(node, nodes.Name) else None


def column_of(node: nodes.Node) -> int:
    """Return where `node` starts; operators and dots carry their own column."""
    while True:
        match node:
            case nodes.BinExpr():
                node = node.left
            case nodes.Compare():
                node = node.expr
            case nodes.Getattr() | nodes.Getitem() | nodes.Call() | nodes.Test():
                node = node.node
            case _:
                return node.lineno
