"""Taking the money out at once (BHXH một lần): who may, and how much.

Luật 41/2024/QH15 Điều 102; NĐ 159/2025 Điều 9. The State's support goes back to the budget, except for
serious illness and severe disability.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from law.base.estimate import Estimate, Refusal
from law.base.law import Law
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working
from law.paying.support import check_groups, state_support
from law.pension.history import Paid, Period, PeriodsOverlap, paid_months
from law.pension.indexation import CoefficientUnknown, average, refuse_history, say_average
from law.pension.rate import counted_years
from law.pension.retirement import SEXES, birth_month, retirement, retirement_age

REASONS = ("retirement_age", "settling_abroad", "serious_illness", "severe_disability", "stopped_12_months")
_KEEP_SUPPORT = ("serious_illness", "severe_disability")
_ALWAYS = ("settling_abroad", *_KEEP_SUPPORT)
_PER_YEAR = {
    "withdraw": ("withdraw_before_2014", "withdraw_from_2014"),
    "survivors": ("survivors_per_year_before_2014", "survivors_per_year_from_2014"),
}


def lump_sum(
    law: Law, settled_in: Month, reason: str, periods: Sequence[Period], groups: Collection[str] = ()
) -> Estimate | Refusal:
    """What a withdrawal comes to when settled in a month.

    `periods` are the months not taken out yet, `groups` those of the voluntary ones; each month is counted at the
    support of its own time, up to the limit of months. Figures: months, multiple (averages, Decimal; None under a
    year, when what was paid comes back, up to a limit), average (dong per month), gross, support_returned, net
    (dong), eligible (whether `periods` allow the reason, as far as they show it). Refuses `coefficient_unknown`,
    `periods_overlap`, `before_known_law`; raises ValueError for a reason or group there is none of.

    >>> paid = [Period(Month(2025, 1), Month(2026, 3), 2_000_000)]
    >>> found = lump_sum(law, Month(2026, 11), "settling_abroad", paid, groups=["poor"])
    >>> [found.figures[name] for name in ("months", "gross", "support_returned", "net")]
    [15, 6000000, 2079000, 3921000]
    """
    _check(reason)
    check_groups(groups)
    working = Working(law, "lump_sum", settled_in)
    try:
        return _lump_sum(working, reason, groups, periods)
    except (CoefficientUnknown, PeriodsOverlap) as unknown:
        return refuse_history(working, unknown)


def _lump_sum(working: Working, reason: str, groups: Collection[str], periods: Sequence[Period]) -> Estimate:
    paid = paid_months(working, periods)
    exact = average(working, paid)
    say_average(working, paid, exact)
    multiple: Fraction | None = None
    if len(paid) < 12:
        amount = sum(
            (working.rate("contribution_rate", on=_known(working, each)) * each.income for each in paid),
            Fraction(),
        )
        most = working.number("withdraw_short_max")
        gross = min(amount, exact * most)
        working.step("lump_sum_short", months=len(paid), most=most, gross=dong(gross))
    else:
        early, later = split_months(working, paid)
        multiple = multiples(working, early, later, "withdraw")
        gross = exact * multiple
        working.step(
            "lump_sum_multiple",
            before=early,
            later=later,
            multiple=_decimal(multiple),
            average=dong(exact),
            gross=dong(gross),
        )
    returned = 0 if reason in _KEEP_SUPPORT else _support_received(working, groups, paid)
    if returned:
        working.article("nd-159-2025", "Điều 9")
        working.step("lump_sum_support_returned", support=returned)
    net = max(0, dong(gross) - returned)
    working.step("lump_sum_net", gross=dong(gross), support=returned, net=net)
    stopped = working.on - paid[-1].month - 1
    eligible = _may(working, reason, paid[0].month, stopped, len(paid))
    if not eligible:
        working.warn("lump_sum_not_allowed", reason=reason)
    return working.estimate(
        months=len(paid),
        multiple=None if multiple is None else _decimal(multiple),
        average=dong(exact),
        gross=dong(gross),
        support_returned=returned,
        net=net,
        eligible=eligible,
    )


def can_withdraw(
    law: Law,
    first_contribution: Month,
    stopped_months: int,
    total_months: int,
    age: int,
    sex: str | None = None,
    reason: str | None = None,
    on: Month | None = None,
) -> Estimate:
    """Whether a person may withdraw: eligible, and by which way (None where by none).

    `first_contribution`: the first month paid that was not taken out yet, and `total_months` those since; what was
    taken out counts no more (NĐ 158/2025 Điều 14 khoản 1, of compulsory insurance; for voluntary months it is taken
    to be the same).
    Without a `reason` only the ways these figures show are looked at: having stopped long enough with time
    paid before the new law, or retirement age with too few months for a pension (where the sex is not given,
    only an age at which both retire counts; `age` in full years). Of who stopped and has both the age and the months
    of a pension the law does not say whether the choice is theirs, and that is warned of (`withdraw_of_age_open`).
    Settling abroad, serious illness and severe disability always allow it. Raises ValueError for a reason or sex
    there is none of.

    >>> found = can_withdraw(law, Month(2020, 1), stopped_months=12, total_months=60, age=40, on=Month(2026, 11))
    >>> found.figures["eligible"], found.figures["reason"]
    (True, 'stopped_12_months')
    """
    if reason is not None:
        _check(reason)
    if sex is not None and sex not in SEXES:
        raise ValueError(f"sex is male or female, got {sex!r}")
    if min(stopped_months, total_months, age) < 0:
        raise ValueError("months and age can't be below zero")
    working = Working(law, "can_withdraw", on or law.newest)
    youngest = max(retirement_age(working, each) for each in ((sex,) if sex else SEXES))
    of_age = 12 * age >= youngest
    ways = [
        way
        for way in ((reason,) if reason else ("stopped_12_months", "retirement_age"))
        if (way != "retirement_age" or of_age) and _may(working, way, first_contribution, stopped_months, total_months)
    ]
    working.article("luat-41-2024", "Điều 102 khoản 1")
    if reason in (None, "stopped_12_months") and working.law.on(working.on).value("withdraw_cutoff").value is not None:
        working.article("nd-158-2025", "Điều 14 khoản 1")
    working.step("can_withdraw", eligible=bool(ways), stopped=stopped_months, months=total_months)
    if of_age and ways[:1] == ["stopped_12_months"] and total_months >= working.whole("pension_min_months"):
        working.warn("withdraw_of_age_open")  # khoản 5 names khoản 1 b, c, d alone
    return working.estimate(eligible=bool(ways), reason=ways[0] if ways else None)


def may_withdraw(
    law: Law,
    on: Month,
    sex: str,
    born: Month | int,
    last: Month,
    total_months: int,
    reason: str | None = None,
    time_before: bool = False,
) -> Estimate:
    """Whether a person born then, who paid up to the `last` month, may withdraw in a month: as `can_withdraw`.

    Without a `reason`: by having stopped, and where that is no way, by retirement age, which counts to the month
    here. What was paid and not taken out yet is taken to have been without a gap, unless there is `time_before` the
    cutoff among it, for the way of those who stopped. Raises ValueError for a reason or sex there is none of.
    """
    first, cutoff = last + (1 - total_months), law.on(on).value("withdraw_cutoff")
    if time_before and cutoff.value is not None:
        first = min(first, Month.of(cutoff.day()) + -1)
    stopped, age = max(0, on - last - 1), (on - birth_month(born)) // 12
    of_age = retirement(law, sex, born).month("reached") < on
    full_years = age + of_age  # the age may lie within a year of life: who is past it is of age

    def by(way: str) -> Estimate:
        return can_withdraw(law, first, stopped, total_months, full_years, sex, way, on)

    if reason is not None:
        return by(reason)
    by_stopping = by("stopped_12_months")
    return by("retirement_age") if of_age and not by_stopping.figures["eligible"] else by_stopping


def split_months(working: Working, paid: Sequence[Paid]) -> tuple[int, int]:
    """The months before and from the date the multiple rises; odd earlier ones count with the later."""
    border = Month.of(working.day("higher_multiple_from"))
    early = sum(each.month < border for each in paid)
    return move_odd_months(early, len(paid) - early)


def move_odd_months(early: int, later: int) -> tuple[int, int]:
    """Odd months of the earlier part count with the later one (Luật 41/2024 Điều 102 khoản 2).

    >>> move_odd_months(22, 17), move_odd_months(22, 0)
    ((12, 27), (22, 0))
    """
    return (early - early % 12, later + early % 12) if later else (early, later)


def multiples(working: Working, early: int, later: int, benefit: str) -> Fraction:
    """How many averages the months come to, at the rates of the benefit: withdraw or survivors."""
    before, after = _PER_YEAR[benefit]
    total = Fraction(0)
    if early:
        total += counted_years(working, early) * working.number(before)
    if later:
        total += counted_years(working, later) * working.number(after)
    return total


def _support_received(working: Working, groups: Collection[str], paid: Sequence[Paid]) -> int:
    """The State's support of all voluntary months, each by its own law, up to the limit of months."""
    total, supported = 0, 0
    limit = working.whole("state_support_max_months")
    for each in paid:
        if each.scheme != "voluntary" or not working.law.on(each.month).knows("state_support_rate"):
            continue
        monthly = state_support(working, groups, each.month).monthly
        if monthly and supported < limit:
            supported += 1
            total += monthly
    return total


def _may(working: Working, reason: str, first: Month, stopped: int, months: int) -> bool:
    """Whether the history allows the reason; age, illness and emigration are taken as given."""
    if reason in _ALWAYS:
        return True
    if reason == "retirement_age":
        return months < working.whole("pension_min_months")
    cutoff = working.value("withdraw_cutoff")
    in_time = cutoff.value is None or first < Month.of(cutoff.day())
    long_enough = stopped >= working.whole("withdraw_stopped_months")
    return in_time and long_enough and months < 12 * working.whole("withdraw_max_years")


def _check(reason: str) -> None:
    if reason not in REASONS:
        raise ValueError(f"unknown reason {reason}; known are {', '.join(REASONS)}")


def _known(working: Working, paid: Paid) -> Month:
    """The month whose rate a payment is reckoned at: its own, or the first one known."""
    first = Month.of(working.law.parameter("contribution_rate").values[0].since)
    return max(paid.month, first)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator
