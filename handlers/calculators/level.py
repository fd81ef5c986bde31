"""Which income level is paid on: asked, read, and said back."""

from __future__ import annotations

from collections.abc import Collection

from handlers import reading
from handlers.calculators.priced import groups_of, in_thousands, lowest_payment
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.values import Given, Values
from law.base.estimate import Estimate, Refusal
from law.base.month import Month
from law.paying.contribution import income_bounds, income_for_payment, next_floor
from vietnamese.wording import money

_INCOMES = tuple(millions * 1_000_000 for millions in (2, 3, 5, 10))


def _ask_income(context: Context, values: Values) -> Question:
    """Which income level: the bounds of this month, the lowest and round levels as buttons."""
    bounds = income_bounds(context.law, context.month)
    levels = (bounds.whole("minimum"), *(each for each in _INCOMES if each > bounds.whole("minimum")))
    choices = [Choice(str(each), context.label("contribution.sum", amount=each), {"income": each}) for each in levels]
    return Question(context.say("contribution.ask_income", **bounds.figures), choices)


def read_income(context: Context, values: Values, text: str) -> Reading:
    """A typed income level; below the lowest or above the highest of the month it is wrong, with the bounds."""
    bounds = income_bounds(context.law, context.month)
    facts = reading.stated(text, context.message.today).facts
    if facts.payment is not None:
        return _income_of_payment(context, values, facts.payment)
    typed = facts.income or reading.money(text)
    if typed is None:
        return Got({"income": bounds.whole("minimum")}) if reading.is_lowest(text) else None
    lowest = lowest_payment(context, context.month)
    if facts.income is None and lowest <= typed < bounds.whole("minimum"):
        return _income_of_payment(context, values, typed)
    if not bounds.whole("minimum") <= typed <= bounds.whole("maximum"):
        return Wrong(context.say("contribution.income_out_of_range", **bounds.figures))
    return Got({"income": typed})


def _income_of_payment(context: Context, values: Values, payment: int) -> Reading:
    """The income level that what is to be paid comes to for the groups told, after the next floor that is known: what
    is named is paid for years."""
    groups = groups_of(values) if "group" in values else ("other",)
    coming = next_floor(context.law, context.month)
    paid_in = context.month if coming is None else coming.month("since")
    if lowest_payment(context, context.month) <= payment < lowest_payment(context, paid_in, *groups):
        paid_in = context.month  # enough for some weeks: the plan raises it to the floor, and says so
    top_up = context.resources.manner.local_top_up
    meant = income_for_payment(context.law, paid_in, payment, groups, local_top_up=top_up)
    if isinstance(meant, Refusal):
        return Wrong(
            context.say("contribution.income_out_of_range", **income_bounds(context.law, context.month).figures)
        )
    return Got({"income": meant.whole("income")}, context.say("contribution.read_as_payment", amount=payment))


def income_meant(
    context: Context, paid_in: Month, amount: int, groups: Collection[str], is_payment: bool
) -> int | None:
    """The income level of an amount, in dong a month: itself, or what that payment comes to; None out of bounds."""
    bounds = income_bounds(context.law, paid_in)
    if not is_payment and bounds.whole("minimum") <= amount <= bounds.whole("maximum"):
        return amount
    top_up = context.resources.manner.local_top_up
    meant = income_for_payment(context.law, paid_in, amount, groups, local_top_up=top_up)
    if isinstance(meant, Estimate):
        return meant.whole("income")
    return bounds.whole("minimum") if meant.reason == "payment_too_low" else None


def amount_words(facts: reading.Facts) -> str | None:
    """What is to be paid, or the income level, as it is typed; an amount that may be either is judged by its size."""
    if facts.payment is not None:
        return f"đóng {money(facts.payment)} một tháng"
    if facts.income is not None:
        return f"mức thu nhập {money(facts.income)}"
    return None if facts.money is None else money(facts.money)


def _income_learnt(values: Values) -> reading.Facts:
    return reading.Facts(income=values.whole("income"))


def _income_said(context: Context, values: Values) -> str:
    return context.label("contribution.said_income", amount=in_thousands(values.whole("income")))


def _lasting_floor(context: Context, values: Values) -> Given:
    """The level paid on before, where it is told; at least the lowest that lasts, not a floor of some weeks."""
    coming = next_floor(context.law, context.month) or income_bounds(context.law, context.month)
    past = values.get("past")
    return {"income": max(coming.whole("minimum"), past if isinstance(past, int) else 0)}


MONEY = ("payment", "income", "money")
"""The facts that an amount may be: to be paid, a level, or either."""

INCOME = Field(
    "income",
    _ask_income,
    read_income,
    "contribution.example_income",
    fact=Fact(MONEY, amount_words, _income_learnt, _income_said),
    assume=_lasting_floor,
)
