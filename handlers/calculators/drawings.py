"""The pictures under an estimate: which figures each shows; the bot draws them on the way out."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from handlers.calculators.prices import Prices, first_to_pay
from handlers.calculators.reasons import with_freshness
from handlers.dialogue import whose_word
from handlers.dialogue.context import Context, plain
from handlers.dialogue.turn import Picture, PictureFigure
from law.base.estimate import Estimate
from law.base.ground import grounds_of
from law.base.month import Month
from law.paying.contribution import income_bounds, next_floor, prices_ahead
from law.pension.paying_on import payback_months
from vietnamese import references, wording

_INCOMES = tuple(tenths * 100_000 for tenths in (20, 30, 50, 80))
_AFTER_SUPPORT = 24
"""Months shown after the last supported one."""

_Figures = dict[str, PictureFigure]


def pension_plan(context: Context, found: Estimate, born: Month | int, person: str, costs: Prices | None) -> Picture:
    """«Kế hoạch của tôi» of a forecast or a plan: the one picture to show the family.

    `person` says whose it is and what was assumed of them; `costs` what paying on costs, None where nothing is paid.
    """
    percent = found.figures["go_on_percent"]
    assert isinstance(percent, Decimal), "who has a pension has its rate"
    figures: _Figures = {
        **_foot(context, found),
        "pension": _of_today(found),
        "pension_from": str(found.month("go_on_pension_from")),
        "months_to_pay": found.whole("months_to_pay"),
        "cost": found.whole("total_own"),
        "age_years": found.whole("age_at_pension_years"),
        "months_at_pension": found.whole("go_on_months"),
        "percent": wording.number(percent),
        "payback": _payback(found),
        "person": plain(person),
        "born": str(born),
    }
    if found.figures["stop_now_pension"] is not None:
        figures |= {"stop_pension": found.whole("stop_now_pension")} if found.whole("months_to_pay") else {}
    else:
        figures["stop_missing"] = found.whole("stop_now_missing")
    said = context.say(
        "drawings.plan_words",
        prices=[(each.since, int(each.own)) for each in (costs.lasting, costs.unsupported) if each] if costs else (),
        left=found.whole("months_to_pay"),
        cost=int(found.whole("total_own")),
        since=found.month("go_on_pension_from"),
        pension=int(_of_today(found)),
    )
    return _picture(context, "plan", figures | _costs(costs), "drawings.plan_caption", said)


def _of_today(found: Estimate) -> int:
    """The pension of going on, dong a month; of who could draw already and has nothing to pay, that of today."""
    raised = found.figures["stop_now_pension_today"]
    return raised if isinstance(raised, int) and not found.whole("months_to_pay") else found.whole("go_on_pension")


def _costs(costs: Prices | None) -> _Figures:
    """The price that lasts, and all of them in the order of time."""
    if costs is None:
        return {}
    lasting = costs.lasting
    figures: _Figures = {
        "own": lasting.own,
        "own_since": str(lasting.since),
        "income": lasting.income,
        "support": lasting.support,
        "half_year": lasting.half_year,
        "starts": tuple(str(each.since) for each in costs.every),
        "owns": tuple(each.own for each in costs.every),
    }
    return figures if costs.unsupported is None else {**figures, "full_price_from": str(costs.unsupported.since)}


def pension_by_income(
    context: Context,
    found: Estimate,
    person: str,
    at_income: Callable[[int], Estimate | None],
    costs: Callable[[Estimate], Prices | None],
) -> Picture:
    """The pension at the lowest, at round, and at the chosen income level; `at_income` reckons one.

    Each with the price that lasts; no level under the lowest one that most of the months to come are paid on.
    `person` says for whom, and what was assumed of them.
    """
    bounds, paying = income_bounds(context.law, context.month), costs(found)
    lowest = bounds.whole("minimum") if paying is None else paying.lasting.lowest_income
    chosen = found.whole("income") if paying is None else paying.lasting.income
    levels = sorted({lowest, chosen, *(each for each in _INCOMES if lowest < each <= bounds.whole("maximum"))})
    tried = ((level, found if level == chosen else at_income(level)) for level in levels)
    reckoned = [(level, each) for level, each in tried if each is not None]
    lasting = [costs(each) for _, each in reckoned]
    since = None if paying is None or not paying.earlier else paying.lasting.since
    figures: _Figures = {
        **_foot(context, found, context.say("drawings.by_income_note", person=plain(person), since=since)),
        "incomes": tuple(level for level, _ in reckoned),
        "pensions": tuple(each.whole("go_on_pension") for _, each in reckoned),
        "owns": tuple(0 if each is None else each.lasting.own for each in lasting),
        "chosen": chosen,
        "months": found.whole("go_on_months"),
    }
    levels_said = [(int(level), int(each.whole("go_on_pension"))) for level, each in reckoned]
    said = context.say("drawings.by_income_words", levels=levels_said)
    return _picture(context, "pension_by_income", figures, "drawings.by_income_caption", said)


def payment_and_support(context: Context, priced: Estimate, income: int, groups: Sequence[str]) -> Picture:
    """Own payment and State support from the first month of a plan, through the next floor, to after the last one."""
    law, start, top_up = context.law, first_to_pay(context), context.resources.manner.local_top_up
    ahead = prices_ahead(law, start, income, groups, local_top_up=top_up)
    ends, coming = ahead[start].figures["full_price_from"], next_floor(law, start)
    unsupported = ends if isinstance(ends, Month) else start
    prices = {since: price for since, price in ahead.items() if since <= unsupported}
    note = ""
    if coming is not None:
        minimum = coming.whole("minimum")
        note = context.say("law.floor_rises", since=coming.month("since"), minimum=minimum, income=income)
    figures: _Figures = {
        **_foot(context, priced, note),
        "starts": tuple(str(each) for each in prices),
        "owns": tuple(each.whole("monthly_own") for each in prices.values()),
        "supports": tuple(
            each.whole("monthly_support") + each.whole("monthly_local_top_up") for each in prices.values()
        ),
        "last": str(unsupported + _AFTER_SUPPORT),
        "with_local": int(top_up > 0),
    }
    periods = [
        (
            since,
            int(price.whole("monthly_own")),
            int(price.whole("monthly_support") + price.whole("monthly_local_top_up")),
        )
        for since, price in prices.items()
    ]
    said = context.say("drawings.support_words", periods=periods)
    return _picture(context, "payment_and_support", figures, "drawings.support_caption", said)


def paid_and_received(context: Context, found: Estimate) -> Picture:
    """What is paid in beside what the pension brings, month after month, of who has paid nothing yet."""
    start = found.month("go_on_pension_from")
    first = found.figures["first_month"]
    months = [first_to_pay(context), start] if not isinstance(first, Month) else [first, start]
    figures: _Figures = {
        **_foot(context, found),
        "months": tuple(str(each) for each in months),
        "paid": (0, found.whole("total_own")),
        "pension": found.whole("go_on_pension"),
        "pension_from": str(start),
        "payback": _payback(found),
    }
    said = context.say(
        "drawings.paid_words",
        cost=int(found.whole("total_own")),
        since=start,
        pension=int(found.whole("go_on_pension")),
        payback=_payback(found),
    )
    return _picture(context, "paid_and_received", figures, "drawings.paid_caption", said)


def withdraw_or_wait(context: Context, taken: Estimate, kept: Estimate, lost: Iterable[str]) -> Picture:
    """The withdrawal beside the pension of going on; `lost` names what withdrawing ends for this person."""
    pension, cost = _of_today(kept), kept.whole("total_own")
    figures: _Figures = {
        **_foot(context, kept),
        "withdraw": taken.whole("net"),
        "pension": pension,
        "pension_from": str(kept.month("go_on_pension_from")),
        "cost": cost,
        "payback": payback_months(taken.whole("net") + cost, pension),
        "months_paid": taken.whole("months"),
        "lost": tuple(lost),
    }
    said = context.say(
        "drawings.withdraw_words",
        withdraw=int(taken.whole("net")),
        cost=int(cost),
        since=kept.month("go_on_pension_from"),
        pension=int(pension),
    )
    return _picture(context, "withdraw_or_wait", figures, "drawings.withdraw_caption", said)


def _picture(context: Context, name: str, figures: _Figures, caption: str, words: str) -> Picture:
    """The picture; `words` are said where it can't be shown, with what stands at its foot."""
    said = "\n\n".join(filter(None, (words, html.escape(str(figures["note"]), quote=False))))
    return Picture(name, figures, context.label(caption), said)


def _foot(context: Context, found: Estimate, note: str = "") -> _Figures:
    """What stands under every chart: the month of the law, the warnings, and whose word its numbers are; `note` in the
    place of the coming floor.
    """
    warned = [context.texts.note(each) for each in found.warnings if each.name == "floor_rises"]
    notes = [note] if note else warned
    drawn = references.to_all(grounds_of(*found.figures.values()))
    said = with_freshness(context, " ".join(notes) + drawn, found)
    told = filter(None, (whose_word.of_picture(context, said), *map(plain, notes)))
    return {"month": str(context.month), "note": " ".join(told)}


def _payback(found: Estimate) -> int:
    """Months of pension that make up all that was paid in; 0 where what was paid in the past is not known."""
    pension = found.whole("go_on_pension")
    known = pension and not found.whole("stop_now_months")
    return payback_months(found.whole("total_own"), pension) if known else 0
