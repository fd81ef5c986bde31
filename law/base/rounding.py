"""How the law's amounts become whole dong: to the nearest, half upwards (QĐ 595/QĐ-BHXH, Ví dụ 6–8)."""

from __future__ import annotations

from fractions import Fraction


def dong(amount: Fraction) -> int:
    """The nearest whole dong, half upwards.

    >>> dong(Fraction(5, 2)), dong(Fraction(12, 5))
    (3, 2)
    """
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def ceiling(amount: Fraction) -> int:
    """The next whole number: a fraction of a month counts as a month (NĐ 159/2025 Điều 14).

    >>> ceiling(Fraction(7, 3))
    3
    """
    return -(-amount.numerator // amount.denominator)
