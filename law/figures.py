"""The named figures that written answers quote: `{contribution_min}` is computed from the law of the day.

A figure that does not exist on that day (the next floor when none is known) is absent, never a default; so is one
that only general knowledge stands behind.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from law.base.estimate import Estimate, Figure
from law.base.ground import NOTHING, Grounds, grounds, grounds_of
from law.base.law import Law, LawOn
from law.base.month import Month
from law.base.parameter import CONFIDENCES, Dated, Key
from law.base.rounding import dong
from law.benefits.accident import accident_insurance_premium
from law.benefits.survivors import funeral_allowance
from law.paying.contribution import contribution, income_bounds
from law.paying.support import GROUPS
from law.pension.paying_on import payback_months
from law.pension.rate import minimum_months, pension_rate
from law.pension.retirement import SEXES

_GROUPS = {group.removesuffix("_or_special_zone"): group for group in GROUPS}
"""The groups by their names in the names of figures: «island» is short."""

_LEVELS = (3_000_000, 5_000_000, 10_000_000)
"""Incomes that stand beside the lowest one in a table, as examples; in names they are in millions («level_own_3»)."""


@dataclass(frozen=True, slots=True)
class FigureOf:
    """A value with its unit, the weakest confidence among the values it comes from, and those of which must be said
    whose word they are.

    Units: dong, percent (22 for 22 %), weeks, months, years, age_months, span (months, said as years and months),
    month, date, days, working_days, times, text.
    """

    value: Figure
    unit: str
    confidence: str = "A"
    grounds: Grounds = NOTHING


OF_ANOTHER_TIME = re.compile(r"_(?:old|last|open_year|last_year|floor_from)$|_next(?:_from)?$")
"""The names of figures that exist only while they are news, or while the value of the year is not known."""

_Figures = Iterator[tuple[str, FigureOf]]

# Each table names a figure, and behind it the parameter (with its group, sex or months) and the unit.
_PLAIN = {
    "contribution_rate": ("contribution_rate", "percent"),
    "reference_level": ("base_salary", "dong"),
    "ceiling_multiple": ("income_ceiling_multiple", "times"),
    "support_max_months": ("state_support_max_months", "months"),
    "advance_years_min": ("advance_years_min", "years"),
    "advance_years_max": ("advance_years_max", "years"),
    "missing_time_max_months": ("missing_time_max_months", "months"),
    "missing_time_earliest_months": ("missing_time_earliest_months", "months"),
    "missing_compulsory_months": ("missing_compulsory_max_months", "months"),
    "pension_rate_female_min": ("pension_base_rate", "percent"),
    "pension_rate_male_min": ("pension_low_rate", "percent"),
    "pension_rate_male_20": ("pension_base_rate", "percent"),
    "pension_step_male_low": ("pension_low_step", "percent"),
    "pension_rate_max": ("pension_max_rate", "percent"),
    "early_route_before": ("early_route_before", "date"),
    "early_pension_impairment": ("early_pension_impairment", "percent"),
    "early_pension_reduction": ("early_pension_reduction", "percent"),
    "early_pension_half_reduction": ("early_pension_half_reduction", "percent"),
    "excess_before_age": ("excess_before_age", "months"),
    "excess_after_age": ("excess_after_age", "months"),
    "pension_increase_rate": ("pension_increase", "percent"),
    "withdraw_before_2014": ("withdraw_before_2014", "times"),
    "withdraw_from_2014": ("withdraw_from_2014", "times"),
    "withdraw_stopped_months": ("withdraw_stopped_months", "months"),
    "withdraw_cutoff": ("withdraw_cutoff", "date"),
    "withdraw_max_years": ("withdraw_max_years", "years"),
    "withdraw_impairment": ("withdraw_impairment", "percent"),
    "withdraw_decide_days": ("withdraw_decide_days", "working_days"),
    "funeral_multiple": ("funeral_multiple", "times"),
    "funeral_min_months": ("funeral_min_months", "months"),
    "funeral_min_compulsory_months": ("funeral_min_compulsory_months", "months"),
    "survivors_min_months": ("survivors_min_months", "months"),
    "survivors_pensioner_months": ("survivors_pensioner_months", "months"),
    "survivors_pensioner_decrement": ("survivors_pensioner_decrement", "months"),
    "survivors_pensioner_min": ("survivors_pensioner_min", "months"),
    "survivors_mixed_min": ("survivors_mixed_min", "months"),
    "survivors_monthly_min_months": ("survivors_monthly_min_months", "months"),
    "survivors_file_days": ("survivors_file_days", "days"),
    "survivors_decide_days": ("survivors_decide_days", "working_days"),
    "maternity_amount": ("maternity_amount", "dong"),
    "maternity_min_months": ("maternity_min_months", "months"),
    "maternity_window_months": ("maternity_window_months", "months"),
    "maternity_fetus_weeks": ("maternity_fetus_weeks", "weeks"),
    "maternity_file_days": ("maternity_file_days", "days"),
    "maternity_decide_days": ("maternity_decide_days", "working_days"),
    "abroad_decrement": ("pensioner_abroad_decrement", "months"),
    "abroad_min": ("pensioner_abroad_min", "months"),
    "social_pension_amount": ("social_pension_amount", "dong"),
    "social_pension_decide_days": ("social_pension_decide_days", "working_days"),
    "book_issue_days": ("book_issue_days", "working_days"),
    "info_change_days": ("info_change_days", "working_days"),
    "allowance_decide_days": ("allowance_decide_days", "working_days"),
    "pension_file_days": ("pension_file_days", "days"),
    "pension_decide_days": ("pension_decide_days", "days"),
    "pension_move_days": ("pension_move_days", "working_days"),
    "proxy_max_months": ("proxy_max_months", "months"),
    "debt_confirm_days": ("debt_confirm_days", "working_days"),
    "debt_confirm_checked_days": ("debt_confirm_checked_days", "days"),
    "compulsory_rate_abroad": ("compulsory_rate_abroad", "percent"),
    "compulsory_rate_household_business": ("compulsory_rate_household_business", "percent"),
    "hotline": ("hotline", "text"),
    "local_authority": ("local_authority", "text"),
}
_KEYED: dict[str, tuple[str, Key, str]] = {
    **{f"support_rate_{short}": ("state_support_rate", group, "percent") for short, group in _GROUPS.items()},
    "pension_step_female": ("pension_step", "female", "percent"),
    "pension_step_high": ("pension_step", "male", "percent"),
    "pension_rate_male_20_years": ("pension_base_years", "male", "years"),
    "pension_max_years_female": ("excess_allowance_years", "female", "years"),
    "pension_max_years_male": ("excess_allowance_years", "male", "years"),
    "early_route_age_male": ("early_route_age", "male", "age_months"),
    "early_route_age_female": ("early_route_age", "female", "age_months"),
    "early_pension_younger_years": ("early_pension_younger_years", 61, "years"),
    "early_pension_younger_years_severe": ("early_pension_younger_years", 81, "years"),
    "abroad_before_2014": ("pensioner_abroad_per_year", "before_2014", "months"),
    "abroad_from_2014": ("pensioner_abroad_per_year", "from_2014", "months"),
    "half_year_deadline_months": ("payment_deadline", 6, "months"),
    "year_deadline_months": ("payment_deadline", 12, "months"),
}
_YEARS = {
    "support_max_years": "state_support_max_months",
    "pension_min_years": "pension_min_months",
    "early_route_years": "early_route_min_months",
    "early_pension_heavy_work_years": "early_pension_heavy_work_min_months",
    "early_pension_years": "early_pension_min_months",
    "missing_time_max_years": "missing_time_max_months",
    "funeral_min_years": "funeral_min_months",
    "pension_floor_years": "pension_floor_min_months",
    "survivors_monthly_min_years": "survivors_monthly_min_months",
}
_AGES = {
    "join_min_age": "join_min_age",
    "home_payment_age": "home_payment_age",
    "social_pension_age": "social_pension_age",
    "social_pension_age_poor": "social_pension_age_poor",
}
_SINCE = {
    "reference_level_from": "base_salary",
    "new_law_from": "pension_min_months",
    "pension_increase_from": "pension_increase",
}
_FINES = {
    "fine_household_business": "fine_household_business",
    "fine_book_pawned": "fine_book_pawned",
    "fine_false_claim": "fine_false_claim",
}


@lru_cache(maxsize=4)
def figures(law: Law, on: datetime.date) -> Mapping[str, FigureOf]:
    """Every figure that exists on a day, by the name answers quote it with; computed once a day.

    >>> found = figures(law, datetime.date(2026, 11, 24))["own_min_near_poor"]
    >>> found.value, found.unit, found.confidence, [each.parameter for each in found.grounds]
    (198000, 'dong', 'B', ['rural_poverty_line'])
    """
    found: dict[str, FigureOf] = {}
    for group in (
        _from_parameters,
        _paying,
        _levels,
        _next_floor,
        _floor_before,
        _before,
        _retirement_ages,
        _amounts,
        _of_a_year,
        _fines,
        _examples,
    ):
        found.update(group(law.on(on)))
    return MappingProxyType({name: each for name, each in found.items() if each.confidence != "C"})


def every_name(law: Law) -> frozenset[str]:
    """The names of all figures there are on some day: a text may quote each, and says its line on that day."""
    return frozenset(name for day in law.change_dates() for name in figures(law, day))


def _from_parameters(now: LawOn) -> _Figures:
    for name, (parameter, unit) in _PLAIN.items():
        if now.knows(parameter) and now.value(parameter).value is not None:
            yield name, _of(now.value(parameter), unit)
    for name, (parameter, key, unit) in _KEYED.items():
        if now.knows(parameter) and key in now.value(parameter).table():
            yield name, _of(now.value(parameter), unit, key)
    for name, parameter in _YEARS.items():
        if now.knows(parameter) and now.value(parameter).whole() % 12 == 0:
            dated = now.value(parameter)
            yield name, _made(dated.whole() // 12, "years", dated)
    for name, parameter in _AGES.items():
        if now.knows(parameter):
            dated = now.value(parameter)
            yield name, _made(12 * dated.whole(), "age_months", dated)
    for name, parameter in _SINCE.items():
        if now.knows(parameter):
            yield name, _made(now.value(parameter).since, "date", now.value(parameter))


def _paying(now: LawOn) -> _Figures:
    """What is paid at the lowest and the highest income of the month, by group."""
    month = Month.of(now.day)
    if not now.knows("contribution_rate"):
        return
    bounds = income_bounds(now.law, month)
    lowest, highest = bounds.whole("minimum"), bounds.whole("maximum")
    yield "income_floor", _figure(bounds, "minimum", "dong")
    yield "income_ceiling", _figure(bounds, "maximum", "dong", of=_CEILING)
    yield "contribution_min", _figure(_price(now.law, month, lowest), "gross", "dong")
    yield "contribution_max", _figure(_price(now.law, month, highest), "gross", "dong", of=_CEILING)
    for short, group in _GROUPS.items():
        priced = _price(now.law, month, lowest, group)
        yield f"support_{short}", _figure(priced, "support", "dong")
        yield f"own_min_{short}", _figure(priced, "own", "dong")
    rates = now.law.parameter("state_support_rate").values
    yield "support_since", FigureOf(next(each.since for each in rates if any(each.table().values())), "date")


def _levels(now: LawOn) -> _Figures:
    """What some incomes cost each month and what they bring: the pension of the least years, before indexation.

    `payback_…` are the months of such a pension that make up all that was paid, the State's part too.
    """
    month = Month.of(now.day)
    if not now.knows("contribution_rate"):
        return
    lowest, months = income_bounds(now.law, month).whole("minimum"), minimum_months(now.law, month)
    percents = {sex: pension_rate(now.law, sex, months, month).figures["percent"] for sex in SEXES}
    for income in (each for each in _LEVELS if each >= lowest):
        name = str(income // 10**6)
        priced = _price(now.law, month, income)
        yield f"level_{name}", FigureOf(income, "dong")
        yield f"level_gross_{name}", FigureOf(priced.figures["gross"], "dong")
        yield f"level_own_{name}", _figure(priced, "own", "dong")
        for sex, percent in percents.items():
            pension = dong(Fraction(income) * Fraction(str(percent)) / 100)
            yield f"level_pension_{sex}_{name}", FigureOf(pension, "dong")
            yield f"payback_{sex}", FigureOf(payback_months(months * priced.whole("gross"), pension), "span")


_CEILING = ("contribution_rate", "income_ceiling_multiple", "base_salary")
"""What the highest level rests on: not on the lowest."""


def _next_floor(now: LawOn) -> _Figures:
    """The next change of the lowest income, and what is paid then."""
    coming = now.next("rural_poverty_line")
    if coming is None or not now.knows("contribution_rate"):
        return
    month = Month.of(coming.since)
    yield "income_floor_next", _of(coming, "dong")
    yield "income_floor_next_from", _made(coming.since, "date", coming)
    yield "contribution_min_next", _figure(_price(now.law, month, coming.whole()), "gross", "dong")
    for short, group in _GROUPS.items():
        priced = _price(now.law, month, coming.whole(), group)
        yield f"support_{short}_next", _figure(priced, "support", "dong")
        yield f"own_min_{short}_next", _figure(priced, "own", "dong")


_NEWS = 365
"""For so many days after a change of the floor it is told since when it is, and what was before."""


def _floor_before(now: LawOn) -> _Figures:
    """Since when the present lowest income is, and what was paid before it, as long as that is news."""
    old, present = now.previous("rural_poverty_line"), now.first_of("rural_poverty_line")
    if old is None or present is None or (now.day - present.since).days >= _NEWS or not now.knows("contribution_rate"):
        return
    month = Month.of(present.since) + -1
    yield "income_floor_from", _made(present.since, "date", present)
    yield "income_floor_old", _of(old, "dong")
    yield "contribution_min_old", _figure(_price(now.law, month, old.whole()), "gross", "dong")
    for short, group in _GROUPS.items():
        priced = _price(now.law, month, old.whole(), group)
        yield f"support_{short}_old", _figure(priced, "support", "dong")
        yield f"own_min_{short}_old", _figure(priced, "own", "dong")


def _before(now: LawOn) -> _Figures:
    """The rules before the present ones, to correct hearsay."""
    rates = now.previous("state_support_rate")
    if rates is not None and any(rates.table().values()):
        for short in ("poor", "near_poor", "other"):
            yield f"support_rate_old_{short}", _of(rates, "percent", short)
    minimum = now.previous("pension_min_months")
    if minimum is not None:
        yield "pension_min_years_old", _made(minimum.whole() // 12, "years", minimum)


def _retirement_ages(now: LawOn) -> _Figures:
    """The age that retires this year, next year, and at the end of the roadmap."""
    for sex in ("male", "female"):
        name = f"retirement_age_{sex}"
        if not now.knows(name):
            continue
        following = now.law.on(datetime.date(now.day.year + 1, 1, 1)).value(name)
        final = now.law.parameter(name).values[-1]
        yield f"{name}_now", _of(now.value(name), "age_months")
        yield f"{name}_next", _of(following, "age_months")
        yield f"{name}_final", _of(final, "age_months")
        yield f"{name}_final_year", _made(str(final.since.year), "text", final)


def _amounts(now: LawOn) -> _Figures:
    """What a benefit or a premium comes to, and since when there is one for a birth."""
    month = Month.of(now.day)
    if now.knows("funeral_multiple"):
        yield "funeral_amount", _figure(funeral_allowance(now.law, month, 0, pensioner=True), "amount", "dong")
    for months in (6, 12):
        premium = accident_insurance_premium(now.law, month, months)
        if isinstance(premium, Estimate):
            yield f"accident_premium_{months}", _figure(premium, "amount", "dong")
    for who in ("abroad", "household_business"):
        rate = f"compulsory_rate_{who}"
        if now.knows(rate):
            rates, wage = now.value(rate), now.value("base_salary")
            amount = dong(rates.rate() * wage.whole())
            grade = _weakest(rates.confidence, wage.confidence)
            yield f"compulsory_min_{who}", FigureOf(amount, "dong", grade, grounds((rates, wage)))
    grants = now.law.parameter("maternity_amount").values
    yield "maternity_from", FigureOf(next(each.since for each in grants if each.value), "date")


def _of_a_year(now: LawOn) -> _Figures:
    """What holds for a year, with the year it is of; where the next is not known yet, the last one under that name.

    Of what may rise in any year, the year of which nothing is known yet.
    """
    for name, parameter, unit in (("fund_rate", "fund_rate", "percent"), ("region_wage", "region_iv_min_wage", "dong")):
        if not now.knows(parameter):
            continue
        dated = now.value(parameter)
        last = "_last" if now.stale(parameter) else ""
        yield f"{name}{last}", _of(dated, unit)
        yield f"{name}{last}_year", _made(str(dated.since.year), "text", dated)
        if last:
            yield f"{name}_open_year", FigureOf(str(now.day.year), "text")
    for name, parameter in (("pension_increase", "pension_increase"), ("reference_level", "base_salary")):
        if now.knows(parameter) and now.next(parameter) is None:
            latest = now.value(parameter).since.year
            yield f"{name}_open_year", FigureOf(str(max(now.day.year, latest + 1)), "text")


def _fines(now: LawOn) -> _Figures:
    """The least and the most of each fine, of those to come as well, and since when there is one."""
    for name, parameter in _FINES.items():
        fine = now.value(parameter) if now.knows(parameter) else now.next(parameter)
        if fine is not None:
            yield f"{name}_min", _of(fine, "dong", "min")
            yield f"{name}_max", _of(fine, "dong", "max")
            yield f"{name}_from", FigureOf(fine.since, "date", fine.confidence)


_EXAMPLE_YEARS = 5
_EXAMPLE_AGE = 64
_EXAMPLE_SUM = 10**6
"""What the examples are of: years paid before a withdrawal, the age of who begins late, a sum of years ago."""


def _examples(now: LawOn) -> _Figures:
    """Worked examples, at the lowest income of the day and before any indexation, of one without priority.

    Of a pension also at the lowest income to come: who begins now pays on that one for all but the first months.
    """
    month = Month.of(now.day)
    if now.knows("pension_low_rate") and now.knows("contribution_rate"):
        lowest = income_bounds(now.law, month)
        price = _price(now.law, month, lowest.whole("minimum"))
        coming = now.next("rural_poverty_line")
        bounds = {"": lowest} | ({} if coming is None else {"_next": income_bounds(now.law, Month.of(coming.since))})
        for sex, rate in (("female", "pension_base_rate"), ("male", "pension_low_rate")):
            for when, each in bounds.items():
                yield f"pension_example_{sex}{when}", _times(each, "minimum", now.value(rate).rate(), now.value(rate))
        multiple, years = now.value("withdraw_from_2014"), _EXAMPLE_YEARS
        gross = _times(lowest, "minimum", multiple.number() * years, multiple)
        support = _times(price, "support", 12 * years)
        yield "lump_sum_example_gross", gross
        yield "lump_sum_example_support", support
        yield (
            "lump_sum_example_net",
            FigureOf(_whole(gross) - _whole(support), "dong", gross.confidence, gross.grounds | support.grounds),
        )
        yield "lump_sum_example_own", _times(price, "own", 12 * years)
    if now.knows("missing_time_max_months") and now.knows("pension_min_months"):
        least, at_once = now.value("pension_min_months"), now.value("missing_time_max_months")
        gradual, grade = least.whole() - at_once.whole(), _weakest(least.confidence, at_once.confidence)
        yield "late_start_example", FigureOf(gradual, "months", grade)
        yield "late_start_example_age", FigureOf(12 * _EXAMPLE_AGE, "age_months", grade)
        yield "late_start_example_until", FigureOf(12 * _EXAMPLE_AGE + gradual, "age_months", grade)
    if now.knows("income_coefficients"):
        table = now.value("income_coefficients")
        year = table.since.year - 10
        if year in table.table():
            indexed = _made(dong(table.number(year) * _EXAMPLE_SUM), "dong", table)
            yield "indexed_example_sum", FigureOf(_EXAMPLE_SUM, "dong")
            yield "indexed_example_year", FigureOf(str(year), "text")
            yield "indexed_example_settled", FigureOf(str(table.since.year), "text")
            yield "indexed_example", indexed


def _times(estimate: Estimate, name: str, factor: Fraction | int, *more: Dated) -> FigureOf:
    """A figure of an estimate times a factor that other values of the law give."""
    grade = _weakest(*(used.confidence for used in estimate.used), *(each.confidence for each in more))
    rests_on = grounds_of(estimate.figures[name]) | grounds(more)
    return FigureOf(dong(Fraction(estimate.whole(name)) * factor), "dong", grade, frozenset(rests_on))


def _whole(figure: FigureOf) -> int:
    assert isinstance(figure.value, int), f"{figure.value!r} is no amount"
    return figure.value


def _price(law: Law, month: Month, income: int, group: str = "other") -> Estimate:
    priced = contribution(law, month, income, groups=(group,))
    assert isinstance(priced, Estimate), "an income within the bounds is never refused"
    return priced


def _of(dated: Dated, unit: str, key: Key | None = None) -> FigureOf:
    value = dated.value if key is None else dated.table()[key]
    assert not isinstance(value, Mapping), f"{dated.name} has a value for each group"
    return _made(value, unit, dated)


def _made(value: Figure, unit: str, of: Dated) -> FigureOf:
    return FigureOf(value, unit, of.confidence, grounds((of,)))


def _figure(estimate: Estimate, name: str, unit: str, of: Collection[str] = ()) -> FigureOf:
    """A figure of an estimate; it rests on all that was used, or on the parameters named."""
    used = [each for each in estimate.used if not of or each.parameter in of]
    value = estimate.figures[name]
    rests_on = frozenset(each for each in grounds_of(value) if not of or each.parameter in of)
    return FigureOf(value, unit, _weakest(*(each.confidence for each in used)), rests_on)


def _weakest(*confidences: str) -> str:
    return max(confidences, key=CONFIDENCES.index)
