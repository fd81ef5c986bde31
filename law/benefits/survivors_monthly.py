"""Whether a death may bring the family a monthly survivors' benefit (Luật 41/2024 Điều 111; NĐ 159/2025 Điều 12).

Only the time the dead person paid is looked at: who of the family gets it, and how much, was not read.
"""

from __future__ import annotations

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working


def survivors_monthly(law: Law, month_of_death: Month, compulsory_months: int, voluntary_months: int = 0) -> Estimate:
    """Whether enough was paid as an employee for a monthly benefit; voluntary months count for nothing here.

    Figures: enough; needed and missing (compulsory months); heirs_may_pay: the months the family may pay at once, as
    compulsory ones, because so few are missing (0 where none are, or too many; TT 12/2025 Điều 12 khoản 2). Wherever
    the benefit is open, the estimate warns that the family has conditions of its own. Raises ValueError below zero.

    >>> found = survivors_monthly(law, Month(2026, 11), compulsory_months=176)
    >>> found.figures["enough"], found.figures["heirs_may_pay"]
    (False, 4)
    """
    if min(compulsory_months, voluntary_months) < 0:
        raise ValueError("months can't be below zero")
    working = Working(law, "survivors_monthly", month_of_death)
    needed = working.whole("survivors_monthly_min_months")
    missing = max(0, needed - compulsory_months)
    few = 0 < missing <= working.whole("missing_compulsory_max_months")
    working.article("nd-159-2025", "Điều 12 khoản 3")
    if not missing:
        working.step("survivors_monthly_enough", compulsory=compulsory_months, needed=needed)
    else:
        working.step("survivors_monthly_short", compulsory=compulsory_months, needed=needed, missing=missing)
    if few:
        working.article("tt-12-2025", "Điều 12 khoản 2")
        working.step("survivors_monthly_heirs", missing=missing)
        if voluntary_months:
            working.warn("survivors_monthly_mixed_open")
    if few or not missing:
        working.warn("survivors_monthly_family_open")
    return working.estimate(enough=not missing, needed=needed, missing=missing, heirs_may_pay=missing if few else 0)
