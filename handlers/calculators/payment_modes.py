"""All ways to pay beside each other: what each costs and saves, until when, and what paying before a change means."""

from __future__ import annotations

from handlers.calculators.priced import in_thousands
from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue.context import Context
from law.base.estimate import Estimate, Outcome
from law.base.month import Month
from law.paying.contribution import contribution, next_floor
from law.paying.payment import advance_payment, missing_time_payment

_YEAR = 12


def all_modes(context: Context, income: int, groups: tuple[str, ...], payment: int | None = None) -> str:
    """One message, as HTML: every way of Luật 41/2024 Điều 36 for this income and these groups.

    `payment`: what was named to be paid a month, which the income comes to; it stays as round as it was named.
    """
    deadlines = context.law.on(context.month).value("payment_deadline")
    even = []
    for months in sorted(int(mode) for mode in deadlines.table()):
        priced = _price(context, context.month, income, groups, months)
        own = priced.whole("own") if payment is None else payment * months
        even.append({"months": months, "own": own, "deadline": deadlines.whole(months)})
    ahead = _ahead(context, income, groups)
    said_once = {note.name: note for each in ahead for note in each.warnings if note.name == "support_assumed"}
    said = context.say(
        "payment_modes.table",
        income=income if payment is None else in_thousands(income),
        month=context.month,
        even=even,
        ahead=[each.figures for each in ahead],
        fund_rate=context.law.on(context.month).value("fund_rate").rate() if ahead else None,
        support_open=[context.texts.note(note) for note in said_once.values()],
        missing=_missing(context, income),
        before=_before_the_next_floor(context, income, groups, payment),
    )
    return with_freshness(context, said, _price(context, context.month, income, groups, _YEAR), *ahead)


def modes_explained(context: Context, income: int, groups: tuple[str, ...]) -> tuple[str, ...]:
    """The steps and articles behind it: of paying for a year, and of paying years ahead."""
    year = _price(context, context.month, income, groups, _YEAR)
    return tuple(explained(context, each) for each in (year, *_ahead(context, income, groups)[:1]))


def _price(context: Context, paid_in: Month, income: int, groups: tuple[str, ...], months: int) -> Estimate:
    top_up = context.resources.manner.local_top_up
    return _estimate(contribution(context.law, paid_in, income, months, groups, local_top_up=top_up))


def _ahead(context: Context, income: int, groups: tuple[str, ...]) -> list[Estimate]:
    """Two to five years ahead; none where the fund's return is not known."""
    now = context.law.on(context.month)
    shortest, longest = now.value("advance_years_min").whole(), now.value("advance_years_max").whole()
    priced = (
        advance_payment(context.law, context.month, income, years, groups=groups)
        for years in range(shortest, longest + 1)
    )
    return [each for each in priced if isinstance(each, Estimate)]


def _missing(context: Context, income: int) -> dict[str, int] | None:
    """A year of missing time paid at once, as an example of what is added."""
    priced = missing_time_payment(context.law, context.month, income, _YEAR)
    if not isinstance(priced, Estimate):
        return None
    plain = _price(context, context.month, income, (), _YEAR).whole("gross")
    most = context.law.on(context.month).value("missing_time_max_months").whole()
    earliest = context.law.on(context.month).value("missing_time_earliest_months").whole()
    gross = priced.whole("gross")
    return {"months": _YEAR, "most": most, "earliest": earliest, "gross": gross, "added": gross - plain}


def _before_the_next_floor(
    context: Context, income: int, groups: tuple[str, ...], payment: int | None
) -> dict[str, object] | None:
    """The same year paid for before and after the next known change of the lowest income."""
    coming = next_floor(context.law, context.month)
    if coming is None:
        return None
    since, minimum = coming.month("since"), coming.whole("minimum")
    now = _price(context, context.month, income, groups, _YEAR)
    then = _price(context, since, max(income, minimum), groups, _YEAR)
    return {
        "since": since.first_day,
        "minimum": minimum,
        "raised": income < minimum,
        "own_now": now.whole("own") if payment is None else payment * _YEAR,
        "own_then": then.whole("own"),
        "support_now": now.whole("monthly_support"),
        "support_then": then.whole("monthly_support"),
        "months": _YEAR,
    }


def _estimate(outcome: Outcome) -> Estimate:
    if not isinstance(outcome, Estimate):
        raise ValueError(f"an income within the bounds was refused: {outcome.reason}")
    return outcome
