"""Who may join voluntary social insurance (Luật 41/2024/QH15 Điều 2 khoản 4; NĐ 159/2025 Điều 3)."""

from __future__ import annotations

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working

HINDRANCES = ("not_a_citizen", "too_young", "compulsory", "receiving_monthly_benefit")
"""Why a person may not join, the weightiest first."""


def can_join(
    law: Law,
    age: int,
    citizen: bool,
    compulsory: bool,
    receiving_monthly_benefit: bool,
    on: Month | None = None,
) -> Estimate:
    """Whether a person may join: allowed, and the reason by name where not (None where allowed).

    `age` in full years; `compulsory`: must be insured compulsorily now; `receiving_monthly_benefit`: draws a
    pension or a monthly social-insurance allowance. There is no highest age. Reasons: HINDRANCES.
    Raises ValueError for an age below zero.

    >>> can_join(law, 14, citizen=True, compulsory=False, receiving_monthly_benefit=False).figures["reason"]
    'too_young'
    """
    if age < 0:
        raise ValueError(f"an age can't be below zero, got {age}")
    working = Working(law, "can_join", on or law.newest)
    youngest = working.whole("join_min_age")
    hold = (not citizen, age < youngest, compulsory, receiving_monthly_benefit)
    reason = next((name for name, holds in zip(HINDRANCES, hold, strict=True) if holds), None)
    working.step("join_allowed" if reason is None else f"join_refused_{reason}", min_age=youngest)
    return working.estimate(allowed=reason is None, reason=reason, min_age=youngest)
