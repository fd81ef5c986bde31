"""How a share is told in percent: one rounding for the pages, the chat, the command line and every file.

To two places, half of the last one upwards, and never up to a whole percent that the share does not reach: 2,249 of
2,500 is 89,96 %, and 89,997 % is told as 89,99 %, not as 90 %. The targets of the plan are whole percents, so no figure
is lifted onto its target or over it, and nothing short of everything is 100 %.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from vietnamese import wording

_PLACES = Decimal("0.01")
_TRUE = 11
"""Places of a share that are true: what the arithmetic of floats adds stands behind them."""


def rounded(share: float) -> Decimal:
    """A fraction in percent, to two places."""
    exact = Decimal(str(round(share, _TRUE))) * 100
    near = exact.quantize(_PLACES, ROUND_HALF_UP)
    return exact.quantize(_PLACES, ROUND_DOWN) if near > exact and near == near.to_integral_value() else near


def percent(share: float | None) -> float | None:
    """A fraction in percent, for machines; None where there is none."""
    return None if share is None else float(rounded(share))


def said(share: float | None) -> str:
    """A fraction in percent as people read it («89,96%»); a dash where there is none."""
    return "–" if share is None else wording.percent(rounded(share) / 100)


def reaches(share: float, percent: int) -> bool:
    """Whether a share is a whole number of percent or more."""
    return Decimal(str(round(share, _TRUE))) * 100 >= percent
