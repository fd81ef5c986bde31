"""The pictures under an estimate: which figures each shows; the bot draws them on the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from handlers.calculators.reasons import being_updated
from handlers.dialogue.context import Context, plain
from handlers.dialogue.turn import Figure, Picture
from law.base.estimate import Estimate
from law.base.month import Month
from law.base.rounding import ceiling
from law.paying.contribution import contribution, income_bounds, next_floor
from vietnamese import wording

_INCOMES = tuple(tenths * 100_000 for tenths in (20, 30, 50, 80))
_AFTER_SUPPORT = 24
"""Months shown after the last supported one."""

Figures = dict[str, Figure]


def pension_plan(context: Context, found: Estimate, sex: str, born: Month | int) -> Picture:
    """«Kế hoạch của tôi» of a forecast or a plan: the one picture to show the family."""
    percent = found.figures["percent"]
    assert isinstance(percent, Decimal), "who has a pension has its rate"
    birth = Month(born, 1) if isinstance(born, int) else born
    figures: Figures = {
        **_foot(context, found),
        "pension": found.whole("pension"),
        "pension_from": str(found.month("pension_from")),
        "own": found.whole("monthly_own"),
        "income": found.whole("income"),
        "support": found.whole("monthly_support"),
        "half_year": 6 * found.whole("monthly_own"),
        "months_to_pay": found.whole("months_to_pay"),
        "cost": found.whole("total_own"),
        "age_years": (found.month("pension_from") - birth) // 12,
        "months_at_pension": found.whole("months_at_pension"),
        "percent": wording.number(percent),
        "payback": _payback(found),
        "sex": sex,
        "born": str(born),
        "months_paid": found.whole("stop_now_months"),
    }
    if found.figures["stop_now_pension"] is not None:
        figures["stop_pension"] = found.whole("stop_now_pension")
    else:
        figures["stop_missing"] = found.whole("stop_now_missing")
    figures |= _later_prices(context, found)
    return Picture("plan", figures, context.label("drawings.plan_caption"))


def _later_prices(context: Context, found: Estimate) -> Figures:
    """What is paid from the next floor on, and from the month without State support, while paying goes on."""
    law, helped, until = context.law, found.whole("supported_months_used"), found.month("pension_from")
    first = context.month + 1
    limit = law.on(context.month).value("state_support_max_months").whole()
    later: Figures = {}

    def own(month: Month, used: int) -> int:
        income = max(found.whole("income"), income_bounds(law, month).whole("minimum"))
        top_up = context.resources.manner.local_top_up
        price = contribution(law, month, income, 1, (), used, top_up)
        assert isinstance(price, Estimate), "an income within the bounds has a price"
        return price.whole("monthly_own")

    coming = next_floor(law, context.month)
    if coming is not None and coming.month("since") < until:
        since = coming.month("since")
        later |= {"next_since": str(since), "next_own": own(since, min(limit, helped + (since - first)))}
    unsupported = first + max(0, limit - helped)
    if unsupported < until:
        later |= {"full_price_from": str(unsupported), "full_own": own(unsupported, limit)}
    return later


def pension_by_income(context: Context, found: Estimate, at_income: Callable[[int], Estimate | None]) -> Picture:
    """The pension at the lowest, at round, and at the chosen income level; `at_income` reckons one."""
    bounds = income_bounds(context.law, context.month)
    chosen = found.whole("income")
    levels = sorted({bounds.whole("minimum"), chosen, *(each for each in _INCOMES if each <= bounds.whole("maximum"))})
    reckoned = [(level, each) for level in levels if (each := at_income(level)) is not None]
    figures: Figures = {
        **_foot(context, found),
        "incomes": tuple(level for level, _ in reckoned),
        "pensions": tuple(each.whole("pension") for _, each in reckoned),
        "owns": tuple(each.whole("monthly_own") for _, each in reckoned),
        "chosen": chosen,
        "months": found.whole("months_at_pension"),
    }
    return Picture("pension_by_income", figures, context.label("drawings.by_income_caption"))


def payment_and_support(context: Context, priced: Estimate, income: int, groups: Sequence[str]) -> Picture:
    """Own payment and State support from this month, through the next floor, to after the last supported month."""
    law, start = context.law, context.month
    ends = priced.figures["full_price_from"]
    unsupported = ends if isinstance(ends, Month) else start
    coming = next_floor(law, start)
    changes = [start, *([coming.month("since")] if coming is not None else []), unsupported]
    starts = sorted({each for each in changes if start <= each <= unsupported})
    limit = law.on(start).value("state_support_max_months").whole()
    owns, supports = [], []
    for since in starts:
        floor = income_bounds(law, since).whole("minimum")
        used = limit if since >= unsupported else since - start
        top_up = context.resources.manner.local_top_up
        price = contribution(law, since, max(income, floor), 1, groups, used, top_up)
        assert isinstance(price, Estimate), "an income within the bounds has a price"
        owns.append(price.whole("monthly_own"))
        supports.append(price.whole("monthly_support") + price.whole("monthly_local_top_up"))
    note = ""
    if coming is not None:
        minimum = coming.whole("minimum")
        note = context.label("law.floor_rises", since=coming.month("since"), minimum=minimum)
    figures: Figures = {
        **_foot(context, priced),
        "note": note,
        "starts": tuple(str(each) for each in starts),
        "owns": tuple(owns),
        "supports": tuple(supports),
        "last": str(unsupported + _AFTER_SUPPORT),
        "with_local": int(context.resources.manner.local_top_up > 0),
    }
    return Picture("payment_and_support", figures, context.label("drawings.support_caption"))


def paid_and_received(context: Context, found: Estimate) -> Picture:
    """What is paid in beside what the pension brings, month after month, of who has paid nothing yet."""
    start = found.month("pension_from")
    first = found.figures["first_month"]
    months = [context.month + 1, start] if not isinstance(first, Month) else [first, start]
    figures: Figures = {
        **_foot(context, found),
        "months": tuple(str(each) for each in months),
        "paid": (0, found.whole("total_own")),
        "pension": found.whole("pension"),
        "pension_from": str(start),
        "payback": _payback(found),
    }
    return Picture("paid_and_received", figures, context.label("drawings.paid_caption"))


def withdraw_or_wait(context: Context, taken: Estimate, kept: Estimate, lost: Iterable[str]) -> Picture:
    """The withdrawal beside the pension of going on; `lost` names what withdrawing ends for this person."""
    pension, cost = kept.whole("pension"), kept.whole("cost")
    figures: Figures = {
        **_foot(context, kept),
        "withdraw": taken.whole("net"),
        "pension": pension,
        "pension_from": str(kept.month("pension_from")),
        "cost": cost,
        "payback": ceiling(Fraction(taken.whole("net") + cost, pension)),
        "months_paid": taken.whole("months"),
        "lost": tuple(lost),
    }
    return Picture("withdraw_or_wait", figures, context.label("drawings.withdraw_caption"))


def _foot(context: Context, found: Estimate) -> Figures:
    """What stands under every chart: the month of the law and the warnings."""
    notes = [plain(context.texts.note(note)) for note in found.warnings if note.name == "floor_rises"]
    if being_updated(context, found):
        notes.append(plain(context.say("reasons.updating")))
    return {"month": str(context.month), "note": " ".join(notes)}


def _payback(found: Estimate) -> int:
    """Months of pension that make up all that was paid in; 0 where what was paid in the past is not known."""
    pension = found.whole("pension")
    known = pension and not found.whole("stop_now_months")
    return ceiling(Fraction(found.whole("total_own"), pension)) if known else 0
