"""The reverse of the forecast: which income to choose from now on for a wanted pension, and what it costs.

Luật 41/2024/QH15 Điều 31, 36, 98, 99, 104; NĐ 159/2025 Điều 5.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache

from law.base.estimate import Estimate, Figure, Refusal
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.base.working import Working
from law.paying.contribution import contribution, income_bounds, next_floor
from law.pension.forecast import forecast

_HALF_YEAR = 6
"""The months of one payment that goes with a crop: one of the law's modes."""


def goal(
    law: Law,
    today: Month,
    sex: str,
    born: Month | int,
    months_paid: int,
    wanted_pension: int,
    groups: Collection[str] = (),
    local_top_up: int = 0,
    past_income: int | None = None,
    supported_months_used: int | None = None,
    voluntary_months: int | None = None,
    first: Month | None = None,
    last_paid: Month | None = None,
) -> Estimate | Refusal:
    """The lowest income that, chosen every month from now on, brings the forecast pension to what is wanted.

    Inputs and counting as in `law.pension.forecast`; money in dong, pension and incomes per month. Who has paid ahead
    (`last_paid` is to come; `months_paid` holds those months) chooses from the month after.

    Figures: wanted; income (to choose), pension (what it comes to, never under the wanted one), lowest
    (whether the lowest income is already enough), percent, average, months_to_pay, months_at_pension,
    eligible, retires, past_age, pension_from. Where months are missing at the age (months_missing), the pension
    starts sooner if they are paid at once: lump_months, lump_paid_in, lump_pension_from (None where none are). Own
    payment for one month and for half a year: monthly_own and half_year_own from first_month on;
    next_monthly_own and next_half_year_own from next_since, the next known change of the lowest income and with
    it of the support; full_monthly_own and full_half_year_own from full_price_from, the first month without State
    support (each None where paying ends before). total_own, supported_months_used (before), paid_ahead_until (None
    where nothing is paid ahead).

    Refuses what `forecast` refuses; `nothing_left_to_pay` (pension_from, percent, pension: None where the past
    income is not given) of who may draw the pension now; and `pension_out_of_reach`, where the highest income
    is not enough: wanted, nearest_income, nearest_pension, percent, at_highest_rate (whether more years would
    earn no higher rate), monthly_own, half_year_own, pension_from. Raises ValueError for a wanted pension not
    above zero, and as `forecast`.

    >>> found = goal(law, Month(2026, 11), "female", Month(1990, 5), months_paid=0, wanted_pension=3_100_000)
    >>> found.figures["income"], found.figures["monthly_own"], found.figures["months_to_pay"]
    (5000000, 1034000, 282)
    """
    if wanted_pension <= 0:
        raise ValueError(f"a wanted pension must be above zero, got {wanted_pension}")
    working = Working(law, "goal", today)
    begins = today + 1 if first is None else first
    if last_paid is not None and last_paid > today:
        begins = max(begins, last_paid + 1)
    try:
        bounds = income_bounds(law, begins)
    except NoValueKnownOn as unknown:
        return working.refuse("before_known_law", known_from=unknown.first)
    least, most = bounds.whole("minimum"), bounds.whole("maximum")

    @cache
    def forecast_at(income: int) -> Estimate | Refusal:
        return forecast(
            law,
            today,
            sex,
            born,
            months_paid,
            income,
            groups,
            supported_months_used,
            local_top_up,
            past_income,
            voluntary_months,
            first,
            last_paid=last_paid,
        )

    lowest = forecast_at(least)
    if isinstance(lowest, Refusal):
        return Refusal("goal", lowest.reason, lowest.figures, lowest.articles, lowest.warnings)
    working.take(lowest, warnings=())
    if not lowest.whole("months_to_pay"):
        known = {"pension_from": lowest.figures["go_on_pension_from"], "percent": lowest.figures["go_on_percent"]}
        pension = None if months_paid and past_income is None else lowest.figures["go_on_pension"]
        return working.refuse("nothing_left_to_pay", **known, pension=pension)

    def pension_at(income: int) -> int:
        found = forecast_at(income)
        assert isinstance(found, Estimate), "an income within the bounds is never refused"
        return found.whole("go_on_pension")

    payer = _Payer(working, lowest.month("first_month"), groups, lowest.whole("supported_months_used"), local_top_up)
    highest = forecast_at(most)
    assert isinstance(highest, Estimate), "an income within the bounds is never refused"
    if highest.whole("go_on_pension") < wanted_pension:
        return _out_of_reach(payer, highest, wanted_pension)
    income = _least(pension_at, wanted_pension, _where_it_bends(law, least, most))
    found = forecast_at(income)
    assert isinstance(found, Estimate), "an income within the bounds is never refused"
    return _reached(payer, found, wanted_pension, least)


def _least(pension_at: Callable[[int], int], wanted: int, incomes: Sequence[int]) -> int:
    """The least income whose pension is not under the wanted one, from the lowest to the highest of `incomes`.

    The pension never falls as the income rises, and rises evenly between two of `incomes` (the lowest, the
    floors to come, the highest, which is enough): so it is looked for around where a straight line meets the
    wanted amount, and in the middle where that does not narrow it.
    """
    above = next(income for income in incomes if pension_at(income) >= wanted)
    below = max((income for income in incomes if income < above), default=above)
    while above - below > 1:
        # Each look is a whole plan of hundreds of months, so the line between the ends is followed first. Pensions
        # are rounded to dong, so the line is out by up to one dong of pension: that is `margin` dong of income, and
        # a look on either side of it leaves a gap no wider. The middle is for where rounding made the line useless.
        rise = pension_at(above) - pension_at(below)
        guess = below + (wanted - pension_at(below)) * (above - below) // rise
        margin = -(-(above - below) // rise)
        for income in (guess - margin, guess + margin, (below + above) // 2):
            if below < income < above:
                below, above = (income, above) if pension_at(income) < wanted else (below, income)
    return above


def _where_it_bends(law: Law, lowest: int, highest: int) -> Sequence[int]:
    """The lowest and the highest income, and the floors between them: under one it makes no difference there."""
    floors = {each.whole() for each in law.parameter("rural_poverty_line").values}
    return (lowest, *sorted(floor for floor in floors if lowest < floor < highest), highest)


class _Payer:
    """What one person pays in a month: with the support that is left, or without."""

    def __init__(self, working: Working, first: Month, groups: Collection[str], used: int, local_top_up: int) -> None:
        self.working = working
        self.first = first
        self._groups = groups
        self.used = used
        self._local_top_up = local_top_up

    def price(self, month: Month, income: int, months: int) -> Estimate:
        """What `months` from `month` on cost; an income under the floor there is raised to it."""
        floor = self.working.whole("rural_poverty_line", on=month)
        used = self.used + (month - self.first)
        priced = contribution(
            self.working.law, month, max(income, floor), months, self._groups, used, self._local_top_up
        )
        assert isinstance(priced, Estimate), "an income within the bounds is never refused"
        return self.working.take(priced, warnings=())

    def own(self, since: Month, income: int) -> tuple[int, int]:
        """The own payment for one month and for half a year from `since` on, dong."""
        return (self.price(since, income, 1).whole("own"), self.price(since, income, _HALF_YEAR).whole("own"))


def _out_of_reach(payer: _Payer, nearest: Estimate, wanted: int) -> Refusal:
    working, income = payer.working, nearest.whole("income")
    monthly, half_year = payer.own(payer.first, income)
    return working.refuse(
        "pension_out_of_reach",
        wanted=wanted,
        nearest_income=income,
        nearest_pension=nearest.whole("go_on_pension"),
        percent=nearest.figures["go_on_percent"],
        at_highest_rate=nearest.figures["go_on_percent"] == working.value("pension_max_rate").value,
        monthly_own=monthly,
        half_year_own=half_year,
        pension_from=nearest.month("go_on_pension_from"),
    )


_FROM_THE_FORECAST = {
    "percent": "go_on_percent",
    "average": "go_on_average",
    "pension": "go_on_pension",
    "months_to_pay": "months_to_pay",
    "months_at_pension": "go_on_months",
    "months_by_then": "months_by_then",
    "months_missing": "go_on_missing",
    "past_age": "past_age",
    "lump_months": "lump_months",
    "lump_paid_in": "lump_paid_in",
    "lump_pension_from": "lump_pension_from",
    "eligible": "go_on_eligible",
    "retires": "retires",
    "pension_from": "go_on_pension_from",
    "first_month": "first_month",
    "total_own": "total_own",
    "supported_months_used": "supported_months_used",
    "paid_ahead_until": "paid_ahead_until",
}


def _reached(payer: _Payer, found: Estimate, wanted: int, minimum: int) -> Estimate:
    working, income = payer.working, found.whole("income")
    # Ways of paying at once are not told here, so neither is that their fund rate is carried on.
    fund_rate = working.law.parameter("fund_rate").term
    told = tuple(each for each in found.warnings if each.figures.get("term") != fund_rate)
    working.take(replace(found, warnings=told))
    last = payer.first + found.whole("months_to_pay") + -1
    coming = next_floor(working.law, payer.first)
    figures: dict[str, Figure] = {"wanted": wanted, "income": income, "lowest": income == minimum}
    figures |= {name: found.figures[of] for name, of in _FROM_THE_FORECAST.items()}
    figures["monthly_own"], figures["half_year_own"] = payer.own(payer.first, income)
    later = {
        "next": ("next_since", None if coming is None else coming.figures["since"]),
        "full": ("full_price_from", payer.price(payer.first, income, 1).figures["full_price_from"]),
    }
    for name, (key, since) in later.items():
        within = since if isinstance(since, Month) and since <= last else None
        own = (None, None) if within is None else payer.own(within, income)
        figures[key], (figures[f"{name}_monthly_own"], figures[f"{name}_half_year_own"]) = within, own
    for step in found.steps:
        working.step(step.name, **step.figures)
    working.step("goal_income", wanted=wanted, income=income, pension=found.whole("go_on_pension"))
    return working.estimate(**figures)
