"""When a person reaches retirement age (Bộ luật Lao động 2019 Điều 169; NĐ 135/2020 Điều 3, 4).

The age rises by calendar year, so it is the age of the year in which it is reached. It is reached at the end
of the last day of that month, and a pension starts on the first day of the next.
"""

from __future__ import annotations

from itertools import pairwise

from law.base.estimate import Estimate
from law.base.law import Law
from law.base.month import Month
from law.base.parameter import Dated
from law.base.working import Working

_ROADMAPS = {"male": "retirement_age_male", "female": "retirement_age_female"}
SEXES = tuple(_ROADMAPS)


def retirement(law: Law, sex: str, born: Month | int) -> Estimate:
    """The retirement of one person: age_years, age_months, reached (month), pension_from (the month after).

    A bare year means 1 January of it, which is the rule only for a person whose papers show no month
    (TT 11/2025/TT-BNV Điều 5 khoản 7). Raises ValueError for a sex there is none of.

    >>> found = retirement(law, "male", Month(1964, 10))
    >>> found.figures["age_years"], found.figures["age_months"], str(found.month("pension_from"))
    (61, 6, '2026-05')
    """
    month = birth_month(born)
    values = law.parameter(_roadmap(sex)).values
    reached = next(
        month + present.whole()
        for present, following in pairwise((*values, None))
        if present is not None and _reached_before(month, present, following)
    )
    working = Working(law, "retirement", max(reached, Month.of(values[0].since)))
    age = working.whole(_roadmap(sex))
    working.article("bo-luat-lao-dong-2019", "Điều 169 khoản 2")
    years, months = divmod(age, 12)
    if isinstance(born, int):
        working.article("tt-11-2025", "Điều 5 khoản 7")
        working.step("born_year_only", year=born, born=month)
    working.step("retirement_age", sex=sex, age_years=years, age_months=months, year=reached.year)
    working.step("retirement_reached", reached=reached, pension_from=reached + 1)
    return working.estimate(age_years=years, age_months=months, reached=reached, pension_from=reached + 1)


def birth_month(born: Month | int) -> Month:
    """The month reckoned with: a bare year means January of it (TT 11/2025/TT-BNV Điều 5 khoản 7).

    >>> str(birth_month(1964))
    '1964-01'
    """
    return Month(born, 1) if isinstance(born, int) else born


def retirement_range(law: Law, sex: str, year: int) -> Estimate:
    """The retirement of a person of whom only the birth year is known: born in January … born in December.

    Each figure of `retirement` twice, with `earliest_` and `latest_` before its name.

    >>> found = retirement_range(law, "male", 1964)
    >>> str(found.month("earliest_pension_from")), str(found.month("latest_pension_from"))
    ('2025-05', '2026-07')
    """
    earliest, latest = retirement(law, sex, Month(year, 1)), retirement(law, sex, Month(year, 12))
    working = Working(law, "retirement_range", latest.month("reached"))
    working.take(earliest)
    working.take(latest)
    figures = {f"earliest_{name}": value for name, value in earliest.figures.items()}
    figures |= {f"latest_{name}": value for name, value in latest.figures.items()}
    return working.estimate(**figures)


def retirement_age(working: Working, sex: str, on: Month | None = None) -> int:
    """The age in months that retires in the year of `on`."""
    return working.whole(_roadmap(sex), on=on)


def _roadmap(sex: str) -> str:
    if sex not in _ROADMAPS:
        raise ValueError(f"sex is male or female, got {sex!r}")
    return _ROADMAPS[sex]


def _reached_before(born: Month, present: Dated, following: Dated | None) -> bool:
    return following is None or born + present.whole() < Month.of(following.since)


def retires_at_old_age(
    law: Law, first_voluntary: Month, voluntary_months: int, sex: str, on: Month | None = None
) -> Estimate:
    """Whether a long voluntary payer may retire at the age of before 2021, if they wish.

    Luật 41/2024 Điều 141 khoản 9; NĐ 159/2025 Điều 13. Figures: eligible, age_years and age_months of that
    age, began_in_time, months_missing.

    >>> dict(retires_at_old_age(law, Month(2010, 1), 200, "female").figures)
    {'eligible': False, 'began_in_time': True, 'months_missing': 40, 'age_years': 55, 'age_months': 0}
    """
    _roadmap(sex)
    working = Working(law, "retires_at_old_age", on or law.newest)
    age, needed = working.whole("early_route_age", sex), working.whole("early_route_min_months")
    in_time = first_voluntary < Month.of(working.day("early_route_before"))
    working.article("nd-159-2025", "Điều 13")
    years, months = divmod(age, 12)
    working.step("early_route", months=needed, before=working.day("early_route_before"), age_years=years)
    return working.estimate(
        eligible=in_time and voluntary_months >= needed,
        began_in_time=in_time,
        months_missing=max(0, needed - voluntary_months),
        age_years=years,
        age_months=months,
    )
