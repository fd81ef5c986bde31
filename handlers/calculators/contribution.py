"""«Tính tiền đóng»: from what a person can pay each month to the income level, the State's part and theirs."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from handlers import reading
from handlers.calculators import drawings, fields
from handlers.calculators.amount import AMOUNT_FACT, MEANT, ask_amount, read_amount
from handlers.calculators.household import GROUP
from handlers.calculators.level import INCOME
from handlers.calculators.payment_modes import all_modes, modes_explained
from handlers.calculators.priced import groups_of, in_thousands, lowest_payment, price
from handlers.calculators.prices import prices
from handlers.calculators.reasons import GROUP_SAID
from handlers.calculators.result import AGAIN, DETAILS, Offer, Result, calculator, opens
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading
from handlers.dialogue.person import facts_of
from handlers.dialogue.state import FormState
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Reply, Text
from handlers.dialogue.values import Values
from law.base.estimate import Estimate
from law.base.month import Month
from law.paying.contribution import income_bounds, income_for_payment, next_floor
from law.paying.support import GROUPS, SupportGroup

MODES: tuple[reading.Frequency, ...] = (1, 3, 6, 12)
_EVERY = OneOf("contribution.every_{}", MODES)
_AHEAD = (24, 36, 48, 60)
"""Months that can be paid for at once beyond a year: told beside each other (Luật 41/2024 Điều 36)."""
_ALL_MODES = Offer("contribution.all_modes", "modes")
REMIND = ("rem", "new")
"""What the button carries that offers to be reminded of paying this."""
_REMIND = Offer("contribution.remind", data=REMIND)
_WHY_MODES = Offer("form.details", "why_modes")
_SUPPORT = Offer("drawings.support", "support")


# --- what is asked -------------------------------------------------------------------------------


def _ask_months(context: Context, values: Values) -> Question:
    choices = [Choice(str(mode), context.label(_EVERY[mode]), {"months": mode}) for mode in MODES]
    return Question(context.say("contribution.ask_months"), choices)


def _read_months(context: Context, values: Values, text: str) -> Reading:
    months: int | None = reading.frequency(text)
    typed = text.strip()
    if months is None and typed.isdecimal() and int(typed) in MODES:
        months = int(typed)
    if months is None:
        span = reading.duration_months(text)
        months = span if span in _AHEAD else None
    return None if months is None else Got({"months": months})


def _mode_words(facts: reading.Facts) -> str | None:
    """How often; a length of time alone is that, where it is one of the ways to pay."""
    months = facts.ahead or facts.every or facts.span
    if months not in (*MODES, *_AHEAD):
        return None
    return "hằng tháng" if months == 1 else f"{months} tháng một lần" if months in MODES else f"{months} tháng"


def _mode_learnt(values: Values) -> reading.Facts:
    months = values.whole("months")
    return facts_of({"every" if months in MODES else "ahead": months})


def _mode_said(context: Context, values: Values) -> str:
    return context.label("contribution.said_every", months=values["months"])


_MODE_FACT = Fact(("every", "ahead", "span"), _mode_words, _mode_learnt, _mode_said)


def who_can_pay(context: Context, facts: reading.Facts) -> str:
    """Of an amount too small for most, of an unknown household: for whom it is enough, now and later on; of one too
    small for a household that is known, how much it takes."""
    payment = facts.payment or facts.money
    if payment is None:
        return ""
    if facts.groups is not None:
        return _not_enough(context, payment, facts.groups)
    now = _least_of_each(context, context.month)
    if payment >= now["other"]:
        return ""
    coming = next_floor(context.law, context.month)
    since = None if coming is None else coming.month("since")
    later = None if since is None else _least_of_each(context, since)
    return context.say(
        "contribution.who_can_pay",
        payment=payment,
        now=_for_whom_enough(context, now, payment),
        least=now["other"],
        month=context.month,
        since=since,
        later=None if later is None else _for_whom_enough(context, later, payment),
        least_later=None if later is None else later["other"],
        least_of_all=min((later or now).values()),
    )


def _not_enough(context: Context, payment: int, groups: Sequence[str]) -> str:
    """What the lowest level takes of a household, for whom a payment is not enough from the next floor on, or now."""
    coming = next_floor(context.law, context.month)
    best = min(groups, key=lambda group: lowest_payment(context, context.month, group))
    since = None if coming is None else coming.month("since")
    least = lowest_payment(context, context.month, best)
    later = None if since is None else lowest_payment(context, since, best)
    if payment >= max(least, later or 0):
        return ""
    return context.say(
        "contribution.not_enough",
        payment=payment,
        group=context.label(GROUP_SAID[best]),
        least=None if payment >= least else least,
        since=since,
        later=later,
        month=context.month,
    )


def _least_of_each(context: Context, month: Month) -> dict[str, int]:
    """What a month costs at least in each group, in dong."""
    return {group: lowest_payment(context, month, group) for group in GROUPS}


def _for_whom_enough(context: Context, least: dict[str, int], payment: int) -> list[dict[str, object]]:
    """The groups with more support whose least is within a payment, each as it is said and with its least."""
    return [
        {"name": context.label(GROUP_SAID[each]), "least": least[each]}
        for each in GROUPS
        if each != "other" and least[each] <= payment
    ]


def _needs(facts: reading.Facts) -> bool:
    """An amount and a household, or an amount to pay, or how often: somebody is about to pay."""
    amount = facts.payment or facts.income or facts.money
    return bool(facts.payment or (amount and (facts.groups or facts.every)) or (facts.groups and facts.every))


# --- what comes of it ----------------------------------------------------------------------------


def chosen_income(context: Context, values: Values, supported_months_used: int = 0) -> tuple[int, bool]:
    """The income level meant, and whether the payment named had to be raised to the lowest."""
    bounds = income_bounds(context.law, context.month)
    if "income" in values or values.get(MEANT) == "income":
        chosen = values.whole("income") if "income" in values else values.whole("amount")
        return min(max(chosen, bounds.whole("minimum")), bounds.whole("maximum")), False
    if values.get(MEANT) != "payment":
        return bounds.whole("minimum"), False
    amount = values.whole("amount")
    top_up = context.resources.manner.local_top_up
    meant = income_for_payment(context.law, context.month, amount, groups_of(values), supported_months_used, top_up)
    if isinstance(meant, Estimate):
        return meant.whole("income"), False
    return (bounds.whole("minimum"), True) if meant.reason == "payment_too_low" else (bounds.whole("maximum"), False)


def _too_low_a_level(context: Context, values: Values) -> int | None:
    """The income level named, where it is below the lowest of today."""
    if values.get(MEANT) != "income":
        return None
    chosen = values.whole("amount")
    return chosen if chosen < income_bounds(context.law, context.month).whole("minimum") else None


def _result(context: Context, values: Values) -> Result:
    income, raised = chosen_income(context, values)
    months, groups = values.whole("months"), groups_of(values)
    if months in _AHEAD:
        return Result(_every_way(context, values), offers=(_ALL_MODES, DETAILS, AGAIN))
    priced = price(context, context.month, income, groups, months)
    asked = values.whole("amount") if values.get(MEANT) == "payment" else None
    lasting = _lasting(context, values, groups, months)
    said = context.say(
        "contribution.result",
        **{**priced.figures, **_as_typed(values, raised, months)},
        income=in_thousands(income) if asked is not None else income,
        months=months,
        raised=raised,
        too_low=_too_low_a_level(context, values),
        asked=asked,
        percent=reading.asks_for_percent(context.message.text),
        **context.quote("contribution_rate"),
        month=context.month,
        who=context.label(GROUP_SAID[str(priced.figures["group"])]),
        lasting=lasting,
    )
    coming = next_floor(context.law, context.month)
    if coming is not None:
        since = coming.month("since")
        later = price(context, since, max(income, coming.whole("minimum")), groups, 1)
        said += "\n\n" + context.say(
            "contribution.from_next_floor",
            since=since.first_day,
            minimum=coming.whole("minimum"),
            own=later.whole("monthly_own"),
            raised=income < coming.whole("minimum"),
            told=lasting is not None and lasting["since"] == since,
            months=months,
            kept=asked is not None and lasting is not None and lasting["asked"],
        )
    level = str(level_that_lasts(context, values) if asked is not None else income)
    to_pension = opens("contribution.to_pension", "pension", level, str(priced.figures["group"]))
    return Result(said, (priced,), (_ALL_MODES, _SUPPORT, DETAILS, AGAIN, _REMIND, to_pension))


def for_several(context: Context, ended: FormState, number: int) -> str:
    """A price told, for so many people who pay the same, now and from when another holds; as HTML."""
    values = Values(ended.values)
    income, _ = chosen_income(context, values)
    months, groups = values.whole("months"), groups_of(values)
    months = 1 if months in _AHEAD else months
    return context.say(
        "contribution.for_several",
        number=number,
        months=months,
        own=price(context, context.month, income, groups, months).whole("own"),
        lasting=_lasting(context, values, groups, months),
    )


def for_two(context: Context, ended: FormState, other: Sequence[SupportGroup]) -> str:
    """A price told, and that of another of these groups who pays on the same level as often, together; as HTML."""
    values = Values(ended.values)
    income, _ = chosen_income(context, values)
    months = 1 if values.whole("months") in _AHEAD else values.whole("months")
    both = (groups_of(values), tuple(other))
    now = [price(context, context.month, income, groups, months).whole("own") for groups in both]
    lasting = [_lasting(context, values, groups, months) for groups in both]
    later = [each["at_once"] for each in lasting if each is not None]
    since = lasting[0]["since"] if lasting[0] is not None and len(later) == len(both) else None
    return context.say("contribution.for_two", months=months, now=now, later=later, since=since)


def level_that_lasts(context: Context, values: Values) -> int:
    """The income level of a price told, after the next floor that is known: what years of paying go by."""
    income, _ = chosen_income(context, values)
    coming = next_floor(context.law, context.month)
    if coming is None:
        return in_thousands(income)
    return max(
        in_thousands(_income_paid_with(context, values, coming.month("since")) or income), coming.whole("minimum")
    )


def _income_paid_with(context: Context, values: Values, paid_in: Month) -> int | None:
    """The level that the payment named comes to in a month to come; None where none was named, or it is out of bounds.

    Who says «500 nghìn một tháng» pays that after the State's part has grown too, on a higher level.
    """
    if values.get(MEANT) != "payment":
        return None
    top_up = context.resources.manner.local_top_up
    meant = income_for_payment(context.law, paid_in, values.whole("amount"), groups_of(values), local_top_up=top_up)
    return meant.whole("income") if isinstance(meant, Estimate) else None


def _as_typed(values: Values, raised: bool, months: int) -> dict[str, int]:
    """What is paid, where that was named: so much a month, whatever dong the level it comes to would round to."""
    if values.get(MEANT) != "payment" or raised:
        return {}
    typed = values.whole("amount")
    return {"monthly_own": typed, "own": typed * months}


def _lasting(context: Context, values: Values, groups: tuple[str, ...], months: int) -> dict[str, object] | None:
    """The price that lasts where another holds now: since when, for one month and for `months`; None otherwise.

    `asked`: it is the payment named, on the level that comes to then.
    """
    income, raised = chosen_income(context, values)
    income = in_thousands(income) if values.get(MEANT) == "payment" else income
    limit = context.law.on(context.month).value("state_support_max_months").whole()
    found = prices(context, context.month, limit, income, groups)
    if found is None or not found.earlier:
        return None
    lasting = found.lasting
    level = None if raised else _income_paid_with(context, values, lasting.since)
    at_once = price(context, lasting.since, lasting.income if level is None else level, groups, months)
    payment = None if level is None else values.whole("amount")
    return {
        "since": lasting.since,
        "until": lasting.since + -1,
        "own": lasting.own if payment is None else payment,
        "at_once": at_once.whole("own") if payment is None else payment * months,
        "support": at_once.whole("monthly_support"),
        "income": lasting.income if level is None else in_thousands(level),
        "asked": payment is not None,
    }


def _modes(context: Context, values: Values) -> Result:
    return Result(_every_way(context, values), offers=(_WHY_MODES,))


def _every_way(context: Context, values: Values) -> str:
    income, raised = chosen_income(context, values)
    named = values.get(MEANT) == "payment" and not raised
    return all_modes(context, income, groups_of(values), values.whole("amount") if named else None)


def _draw_support(context: Context, values: Values) -> tuple[Reply, ...]:
    income, _ = chosen_income(context, values)
    groups = groups_of(values)
    priced = price(context, context.month, income, groups, 1)
    return (drawings.payment_and_support(context, priced, income, groups),)


def _why_modes(context: Context, values: Values) -> tuple[Reply, ...]:
    income, _ = chosen_income(context, values)
    return tuple(Text(each) for each in modes_explained(context, income, groups_of(values)))


def _by_income(context: Context, values: Values) -> bool:
    return values.get("amount") == "income"


FIELDS = (
    Field(
        "amount",
        ask_amount,
        read_amount,
        "contribution.example_amount",
        fact=AMOUNT_FACT,
        assume=fields.assumed(amount="lowest"),
        resets=("income",),
    ),
    dataclasses.replace(INCOME, wanted=_by_income),
    GROUP,
    Field(
        "months",
        _ask_months,
        _read_months,
        "contribution.example_months",
        fact=_MODE_FACT,
        assume=fields.assumed(months=1),
    ),
)
"""What a payment depends on."""

FORM = calculator(
    "contribution",
    "tinhdong",
    FIELDS,
    _result,
    {_ALL_MODES: _modes, _WHY_MODES: _why_modes, _SUPPORT: _draw_support},
    entry="contribution_rate",
    told_by=_needs,
    decides=who_can_pay,
)
