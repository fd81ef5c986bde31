"""What is paid for voluntary social insurance: by whom, how much, from which chosen income.

Luật 41/2024/QH15 Điều 31, 36; NĐ 159/2025 Điều 5. Everything is priced in the month of payment: a payment for
several months is not adjusted when the poverty line or the group changes within it (NĐ 159/2025 Điều 5 khoản
5).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from law.base.estimate import Estimate, Refusal
from law.base.ground import Grounded, grounds
from law.base.law import Law, NoValueKnownOn
from law.base.month import Month
from law.base.rounding import dong
from law.base.working import Working
from law.paying.support import Support, check_groups, months_supported, state_support, supports_at_all


def income_bounds(law: Law, paid_in: Month) -> Estimate:
    """The lowest and highest income that may be chosen in a month: `minimum`, `maximum`, dong per month.

    Luật 41/2024 Điều 31 khoản 2 (until 2025-06 Luật 58/2014 Điều 87 khoản 1). Raises NoValueKnownOn for a
    month before the first known law.

    >>> dict(income_bounds(law, Month(2026, 11)).figures)
    {'minimum': 1500000, 'maximum': 50600000}
    """
    working = Working(law, "income_bounds", paid_in)
    minimum, maximum = _bounds(working)
    working.step("income_minimum", minimum=minimum)
    working.step("income_maximum", multiple=working.whole("income_ceiling_multiple"), maximum=maximum)
    return working.estimate(minimum=minimum, maximum=maximum)


def next_floor(law: Law, month: Month) -> Estimate | None:
    """The next known change of the lowest income after a month: since (month), minimum (dong per month).

    >>> str(next_floor(law, Month(2026, 11)).month("since"))
    '2027-01'
    """
    coming = law.on(month).next("rural_poverty_line")
    if coming is None:
        return None
    working = Working(law, "next_floor", Month.of(coming.since))
    return working.estimate(since=working.on, minimum=working.whole("rural_poverty_line"))


def floor_average(law: Law, last: Month, months: int) -> int:
    """The average of the lowest incomes of `months` up to and including `last`, dong; of times not known, the first.

    >>> floor_average(law, Month(2026, 11), 118)
    1100000
    """
    name = "rural_poverty_line"
    first = Month.of(law.parameter(name).values[0].since)
    each = [law.on(max(first, last + -before)).value(name) for before in range(months)]
    return Grounded(dong(Fraction(sum(one.whole() for one in each), months)), grounds(each))


def prices_ahead(
    law: Law,
    first: Month,
    income: int,
    groups: Collection[str] = (),
    supported_months_used: int = 0,
    local_top_up: int = 0,
) -> Mapping[Month, Estimate]:
    """What one month costs from `first` on, each time that changes, in order: the `contribution` of each such month.

    It changes with each known floor to come, to which a lower income is raised, and with the first month without
    State support. Of who pays every month, `supported_months_used` before the first; its income is one that
    month allows, or ValueError is raised.
    """

    def priced(month: Month) -> Estimate:
        paid = max(income, income_bounds(law, month).whole("minimum"))
        found = contribution(law, month, paid, 1, groups, supported_months_used + (month - first), local_top_up)
        if isinstance(found, Refusal):
            raise ValueError(f"an income of {income} is refused in {month}: {found.reason}")
        return found

    changes, since = [first], first
    while (coming := next_floor(law, since)) is not None:
        since = coming.month("since")
        changes.append(since)
    unsupported = priced(first).figures["full_price_from"]
    changes += [unsupported] if isinstance(unsupported, Month) else []
    return {month: priced(month) for month in sorted(set(changes))}


def contribution(
    law: Law,
    paid_in: Month,
    income: int,
    months: int = 1,
    groups: Collection[str] = (),
    supported_months_used: int = 0,
    local_top_up: int = 0,
) -> Estimate | Refusal:
    """What one payment costs, for 1, 3, 6 or 12 months beginning in the month of payment.

    `income` is the chosen income and `local_top_up` what the province adds, both in dong per month; no group
    means `other`. Figures in dong: gross, support (the State's part), local_top_up, own, for the whole
    payment (which is rounded once), and the same for one month with `monthly_` before the name; rate and
    support_rate as fractions; group, the one that counted; supported_months of this payment,
    support_months_left after it; full_price_from, the first month without State support when paying on without
    a break (None while the State supports nobody); minimum, maximum.

    Refuses an income outside the bounds of the month (`income_out_of_range`: minimum, maximum) and a month
    before the first known law (`before_known_law`). Raises ValueError for an unknown group or number of
    months.

    >>> found = contribution(law, Month(2026, 11), 5_000_000, months=6, groups=["near_poor"])
    >>> [found.figures[name] for name in ("gross", "support", "own")]
    [6600000, 792000, 5808000]
    >>> contribution(law, Month(2026, 11), 1_000_000).reason
    'income_out_of_range'
    """
    working = Working(law, "contribution", paid_in)
    check_groups(groups)
    if local_top_up < 0:
        raise ValueError(f"a local top-up can't be below zero, got {local_top_up}")
    try:
        return _contribution(working, income, months, groups, supported_months_used, local_top_up)
    except NoValueKnownOn as unknown:
        return working.refuse("before_known_law", known_from=unknown.first)


def _contribution(
    working: Working, income: int, months: int, groups: Collection[str], used: int, local_top_up: int
) -> Estimate | Refusal:
    modes = working.table("payment_deadline")
    if months not in modes:
        raise ValueError(f"{months} months is no way to pay; the law has {', '.join(str(mode) for mode in modes)}")
    refused = refuse_out_of_range(working, income)
    if refused is not None:
        return refused
    minimum, maximum = _bounds(working)
    rate = working.rate("contribution_rate")
    gross = dong(rate * income)
    supported = months_supported(working, months, used)
    support = _support(working, groups)
    monthly_support = support.monthly if supported else 0
    top_ups = [min(local_top_up, gross - support.monthly)] * supported
    top_ups += [min(local_top_up, gross)] * (months - supported)
    total = dong(rate * income * months)
    total_support = support.monthly * supported
    # The payment is rounded once, its months each: of a month paid whole by others nothing is left, never less.
    total_top_up = min(sum(top_ups), total - total_support)
    own = total - total_support - total_top_up
    limit = working.whole("state_support_max_months")
    left = max(0, limit - used - supported)
    helped = supports_at_all(working)

    working.step("contribution_gross", income=income, rate=rate, monthly_gross=gross)
    if support.monthly:
        line = working.whole("rural_poverty_line")
        working.step(
            "contribution_support",
            poverty_line=line,
            rate=rate,
            support_rate=support.rate,
            group=support.group,
            monthly_support=support.monthly,
        )
        if supported < months:
            working.step("contribution_months_supported", supported_months=supported, months=months, limit=limit)
    if total_top_up:
        working.step("contribution_top_up", local_top_up=total_top_up)
    working.step("contribution_own", gross=total, support=total_support, top_up=total_top_up, own=own, months=months)
    if used and support.monthly:
        working.warn("support_count_assumed", used=used, limit=limit)
    if months > 1:
        working.article(*_NO_ADJUSTMENT)
    _warn_of_step(working, income)
    return working.estimate(
        gross=total,
        support=total_support,
        local_top_up=total_top_up,
        own=own,
        monthly_gross=gross,
        monthly_support=monthly_support,
        monthly_local_top_up=top_ups[0],
        monthly_own=gross - monthly_support - top_ups[0],
        rate=rate,
        group=support.group,
        support_rate=support.rate,
        supported_months=supported if helped else 0,
        support_months_left=left if helped else limit,
        full_price_from=working.on + max(0, limit - used) if helped else None,
        minimum=minimum,
        maximum=maximum,
    )


_NO_ADJUSTMENT = ("nd-159-2025", "Điều 5 khoản 5")


def income_for_payment(
    law: Law,
    paid_in: Month,
    own: int,
    groups: Collection[str] = (),
    supported_months_used: int = 0,
    local_top_up: int = 0,
) -> Estimate | Refusal:
    """The chosen income a monthly payment of `own` dong buys: the largest whose exact own part is not above it.

    Figures for one month, in dong: income, own (what is really paid then), gross, support. Refuses a payment
    under the own part of the lowest income (`payment_too_low`: lowest_own, income) or above that of the
    highest (`payment_too_high`: highest_own, income), and a month before the first known law
    (`before_known_law`).

    >>> income_for_payment(law, Month(2026, 11), own=264_000).figures["income"]
    1500000
    """

    def priced(income: int) -> Estimate:
        found = contribution(law, paid_in, income, 1, groups, supported_months_used, local_top_up)
        assert isinstance(found, Estimate), "an income within the bounds is never refused"
        return found

    working = Working(law, "income_for_payment", paid_in)
    try:
        minimum, maximum = _bounds(working)
        rate = working.rate("contribution_rate")
    except NoValueKnownOn as unknown:
        return working.refuse("before_known_law", known_from=unknown.first)
    lowest, highest = priced(minimum), priced(maximum)
    if own < lowest.whole("own"):
        return working.refuse("payment_too_low", lowest_own=lowest.whole("own"), income=minimum)
    if own > highest.whole("own"):
        return working.refuse("payment_too_high", highest_own=highest.whole("own"), income=maximum)
    gross = own + highest.whole("support") + highest.whole("local_top_up")
    income = min(maximum, int(gross / rate))
    found = working.take(priced(income))
    working.step("income_from_payment", own=own, gross=found.whole("gross"), rate=rate, income=income)
    return working.estimate(
        income=income, own=found.whole("own"), gross=found.whole("gross"), support=found.whole("support")
    )


def refuse_out_of_range(working: Working, income: int, first: Month | None = None) -> Refusal | None:
    """The refusal of an income outside the bounds of the working's month; None where it is within.

    With a `first` month to be paid, the bounds are those of that month; what is still enough in the working's month
    is not refused for a floor that rises between the two, because it is raised with it.
    """
    lowest, maximum = _bounds(working)
    minimum = lowest
    if first is not None:
        bounds = income_bounds(working.law, first)
        minimum, maximum = bounds.whole("minimum"), bounds.whole("maximum")
    if min(lowest, minimum) <= income <= maximum:
        return None
    return working.refuse("income_out_of_range", income=income, minimum=minimum, maximum=maximum)


def _bounds(working: Working) -> tuple[int, int]:
    multiple = working.number("income_ceiling_multiple")
    return working.whole("rural_poverty_line"), dong(multiple * working.whole("base_salary"))


def _support(working: Working, groups: Collection[str]) -> Support:
    return state_support(working, groups, working.on)


def _warn_of_step(working: Working, income: int) -> None:
    """Until 2025-06 the income went up in steps from the poverty line: one between is said, not refused."""
    step = working.law.on(working.on).value("income_step")
    if step.value is not None and (income - working.whole("rural_poverty_line")) % step.whole():
        working.warn("income_between_steps", step=step.whole())
