"""Sums in case files: arithmetic over the figures that answers quote, «12 * {own_min_other} + 0.45 * {income_floor}».

So a case says where its number comes from, and a corrected parameter changes it.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

_QUOTED = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_OPERATIONS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def is_sum(written: object) -> bool:
    """Whether a value quotes a figure."""
    return isinstance(written, str) and _QUOTED.search(written) is not None


def reckoned(written: str, figures: Mapping[str, object]) -> Fraction:
    """The exact value of a sum of numbers and quoted figures with + - * / and brackets.

    >>> reckoned("(3 * {income_floor} + 5) / 2", {"income_floor": 1_500_000})
    Fraction(4500005, 2)

    Raises ValueError for a figure there is none of and for anything that is no such sum.
    """
    try:
        return _value(ast.parse(_QUOTED.sub(r"\1", written), mode="eval").body, figures)
    except (SyntaxError, ArithmeticError) as wrong:
        raise ValueError(f"{written!r} is no sum: {wrong}") from None


def _value(node: ast.expr, figures: Mapping[str, object]) -> Fraction:
    match node:
        case ast.BinOp(left, operation, right) if type(operation) in _OPERATIONS:
            return _OPERATIONS[type(operation)](_value(left, figures), _value(right, figures))
        case ast.Constant(int() | float() as number):
            return Fraction(Decimal(str(number)))
        case ast.Name(name):
            found = figures.get(name)
            if isinstance(found, int | Decimal | Fraction):
                return Fraction(found)
            raise ValueError(f"there is no amount {name} to quote in that month")
    raise ValueError(f"a sum has numbers, quoted figures, + - * / and brackets, not {ast.unparse(node)}")
