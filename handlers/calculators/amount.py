"""What a person can pay, or the level they name: the first question of «Tính tiền đóng»."""

from __future__ import annotations

from handlers import reading
from handlers.calculators.level import MONEY, amount_words
from handlers.calculators.priced import lowest_payment
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Got, Question, Reading, Wrong
from handlers.dialogue.values import Given, Values
from law.paying.contribution import income_bounds, next_floor

_PAYMENTS = tuple(thousands * 1000 for thousands in (300, 500, 1000))
MEANT = "amount.is"
"""Whether the amount is a payment or an income."""


def ask_amount(context: Context, values: Values) -> Question:
    lowest = Choice("lowest", context.label("contribution.lowest"), {"amount": "lowest"})
    payments = [
        Choice(str(payment), context.label("contribution.sum", amount=payment), as_payment(payment))
        for payment in _PAYMENTS
    ]
    by_income = Choice("income", context.label("contribution.by_income"), {"amount": "income"})
    return Question(context.say("contribution.ask_amount"), (lowest, *payments, by_income))


def read_amount(context: Context, values: Values, text: str) -> Reading:
    bounds = income_bounds(context.law, context.month)
    typed = reading.money(text)
    facts = reading.stated(text, context.message.today).facts
    if typed is None and facts.payment is None and facts.income is None:
        if reading.is_by_income(text):
            return Got({"amount": "income"})
        return Got({"amount": "lowest"}) if reading.is_lowest(text) else _which_of_two(context, text)
    typed = facts.payment or facts.income or typed or 0
    if typed > bounds.whole("maximum"):
        return Wrong(context.say("contribution.income_out_of_range", **bounds.figures))
    if facts.payment is None and typed >= bounds.whole("minimum"):
        return Got(_as_income(typed), context.say("contribution.read_as_income", amount=typed))
    if facts.income is not None and typed >= _floor_of_late(context):
        return Got(_as_income(typed))  # «mức 1tr5» after the floor rose is a level, and no payment
    lowest = lowest_payment(context, context.month)
    if typed < lowest:
        coming = next_floor(context.law, context.month)
        since = None if coming is None else coming.month("since")
        said = context.say(
            "contribution.payment_too_low",
            amount=typed,
            lowest_other=lowest_payment(context, context.month, "other"),
            lowest_any=lowest,
            coming=since
            and {
                "since": since,
                "other": lowest_payment(context, since, "other"),
                "any": lowest_payment(context, since),
            },
        )
        return Wrong(said)
    return Got(as_payment(typed), context.say("contribution.read_as_payment", amount=typed))


def _floor_of_late(context: Context) -> int:
    """The lowest income level of a year ago: what is still in people's mouths, in dong a month."""
    return income_bounds(context.law, context.month + -12).whole("minimum")


def _which_of_two(context: Context, text: str) -> Wrong | None:
    """«300-400k»: one of the two is to be chosen; None for a text that is no range, or of impossible amounts."""
    between = reading.money_range(text)
    read = [read_amount(context, Values({}), str(amount)) for amount in between or ()]
    if between is None or not all(isinstance(each, Got) for each in read):
        return None
    choices = [
        Choice(str(amount), context.label("contribution.sum", amount=amount), each.values, each.say_back)
        for amount, each in zip(between, read, strict=True)
        if isinstance(each, Got)
    ]
    return Wrong(context.say("contribution.which_of_two"), choices)


def as_payment(amount: int) -> Given:
    return {"amount": amount, MEANT: "payment"}


def _as_income(amount: int) -> Given:
    return {"amount": amount, MEANT: "income"}


def _payment_words(facts: reading.Facts) -> str | None:
    """The same, or the lowest level, chosen in words."""
    return amount_words(facts) or ("mức thấp nhất" if facts.level == "lowest" else None)


def _amount_learnt(values: Values) -> reading.Facts:
    if values.get(MEANT) == "payment":
        return reading.Facts(payment=values.whole("amount"))
    return reading.Facts(income=values.whole("amount")) if values.get(MEANT) == "income" else reading.Facts()


def _amount_said(context: Context, values: Values) -> str:
    if values["amount"] == "income":
        return ""
    return context.label("contribution.said_amount", amount=values["amount"], meant=values.get(MEANT))


AMOUNT_FACT = Fact((*MONEY, "level"), _payment_words, _amount_learnt, _amount_said)
