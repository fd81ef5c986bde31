"""Whether somebody who paid as an employee may draw a pension before the age (Luật 41/2024/QH15 Điều 64, 65, 66).

Voluntary months count for none of the ways (NĐ 159/2025 Điều 11 khoản 2).
"""

from __future__ import annotations

from fractions import Fraction

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.working import Working
from law.pension.retirement import birth_month, retirement, retirement_age


def early_pension(
    law: Law,
    retire_in: Month,
    sex: str,
    born: Month | int,
    compulsory_months: int,
    heavy_months: int = 0,
    impairment: int = 0,
) -> Estimate:
    """Which way leads to a pension before the age, for who wants it in `retire_in`, and what is missing for each.

    `heavy_months`: those of `compulsory_months` in heavy, harmful or dangerous work or in very poor regions;
    `impairment`: the percentage of working capacity lost, 0 where no council has said one. Figures: way: of_age,
    heavy_work, impairment or none; retires (month of the full age); missing_heavy and missing_compulsory: months to
    each way; least_impairment (percent) and impaired_enough; too_early: more years before the age than the
    impairment allows; most_years of those (None where it is not enough); months_early and reduction (percentage
    points), the most they can be, and least_months_early, least_reduction.

    The age compared with is the person's own, or the one that retires in the year of `retire_in`: which of the two
    was not read, so both are reckoned, and where they differ the estimate warns of it. From which age heavy work
    allows it was not read either; a way is one that the office still has to confirm. Raises ValueError for months
    below zero, more heavy ones than compulsory ones, a percentage beyond 100, or a sex there is none of.

    >>> found = early_pension(law, Month(2026, 11), "female", Month(1973, 5), 250, impairment=65)
    >>> found.figures["way"], found.figures["reduction"]
    ('impairment', 11)
    """
    if not 0 <= heavy_months <= compulsory_months:
        raise ValueError(f"of {compulsory_months} compulsory months, {heavy_months} can't be of heavy work")
    if not 0 <= impairment <= 100:
        raise ValueError(f"a percentage is 0 to 100, got {impairment}")
    working = Working(law, "early_pension", retire_in)
    age = working.take(retirement(law, sex, born))
    retires = age.month("reached")
    heavy, compulsory = (
        working.whole("early_pension_heavy_work_min_months"),
        working.whole("early_pension_min_months"),
    )
    least = working.whole("early_pension_impairment")
    early = max(0, retires - retire_in)
    least_early = max(0, min(early, retirement_age(working, sex) - (retire_in - birth_month(born))))
    working.step("early_age", retires=retires, months_early=early)
    missing_heavy, missing_compulsory = max(0, heavy - heavy_months), max(0, compulsory - compulsory_months)
    enough = impairment >= least
    most_years = _most_years(working, impairment) if enough else None
    too_early = most_years is not None and least_early > 12 * most_years
    way = "none"
    if not early:
        way = "of_age"
    elif not missing_heavy:
        way = "heavy_work"
        working.step("early_heavy_work", heavy=heavy_months, needed=heavy)
        working.warn("early_heavy_age_open")
    elif enough and not missing_compulsory and not too_early:
        way = "impairment"
        working.step("early_impairment", compulsory=compulsory_months, needed=compulsory, impairment=impairment)
        working.step("early_reduction", months_early=early, reduction=_points(working, early))
        beyond = most_years is not None and early > 12 * most_years
        if beyond or _points(working, early) != _points(working, least_early):
            working.warn("early_compared_open", year=retire_in.year)
    else:
        working.step("early_none", heavy=missing_heavy, compulsory=missing_compulsory, least=least)
    working.article("nd-159-2025", "Điều 11 khoản 2")
    return working.estimate(
        way=way,
        retires=retires,
        missing_heavy=missing_heavy,
        missing_compulsory=missing_compulsory,
        least_impairment=least,
        impaired_enough=enough,
        most_years=most_years,
        too_early=too_early,
        months_early=early,
        least_months_early=least_early,
        reduction=_points(working, early),
        least_reduction=_points(working, least_early),
    )


def _most_years(working: Working, impairment: int) -> int:
    """How many years before the age such a loss allows: what the highest share it reaches allows."""
    shares = [int(share) for share in working.table("early_pension_younger_years")]
    reached = max(share for share in shares if share <= impairment)
    return working.whole("early_pension_younger_years", reached)


def _points(working: Working, months_early: int) -> int:
    """What is taken off the rate, in percentage points: for each year, and less for a part of one."""
    years, odd = divmod(months_early, 12)
    counts = odd >= working.whole("early_pension_half_min_months")
    half = working.number("early_pension_half_reduction") if counts else Fraction(0)
    return int(years * working.number("early_pension_reduction") + half)
