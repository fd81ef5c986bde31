"""«Tính tiền đóng»: from what a person can pay each month to the income level, the State's part and theirs."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from handlers import reading
from handlers.calculators import drawings, fields
from handlers.calculators.payment_modes import all_modes, modes_explained
from handlers.calculators.prices import prices
from handlers.calculators.reasons import GROUP_NAMES, GROUP_SAID
from handlers.calculators.result import AGAIN, DETAILS, Offer, Result, calculator, opens
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.person import facts_of
from handlers.dialogue.state import FormState
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Reply, Text
from handlers.dialogue.values import Given, Values
from law.base.estimate import Estimate, Refusal
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds, income_for_payment, next_floor
from law.paying.support import GROUPS
from vietnamese.wording import money

MODES: tuple[reading.Frequency, ...] = (1, 3, 6, 12)
_EVERY = OneOf("contribution.every_{}", MODES)
_AHEAD = (24, 36, 48, 60)
"""Months that can be paid for at once beyond a year: told beside each other (Luật 41/2024 Điều 36)."""
_ALL_MODES = Offer("contribution.all_modes", "modes")
_WHY_MODES = Offer("form.details", "why_modes")
_SUPPORT = Offer("drawings.support", "support")
_PAYMENTS = tuple(thousands * 1000 for thousands in (300, 500, 1000))
_MEANT = "amount.is"
"""Whether the amount is a payment or an income."""
_INCOMES = tuple(millions * 1_000_000 for millions in (2, 3, 5, 10))


# --- what is asked -------------------------------------------------------------------------------


def _ask_amount(context: Context, values: Values) -> Question:
    lowest = Choice("lowest", context.label("contribution.lowest"), {"amount": "lowest"})
    payments = [
        Choice(str(payment), context.label("contribution.sum", amount=payment), _as_payment(payment))
        for payment in _PAYMENTS
    ]
    by_income = Choice("income", context.label("contribution.by_income"), {"amount": "income"})
    return Question(context.say("contribution.ask_amount"), (lowest, *payments, by_income))


def _read_amount(context: Context, values: Values, text: str) -> Reading:
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
    lowest = _lowest_payment(context, context.month)
    if typed < lowest:
        coming = next_floor(context.law, context.month)
        since = None if coming is None else coming.month("since")
        said = context.say(
            "contribution.payment_too_low",
            amount=typed,
            lowest_other=_lowest_payment(context, context.month, "other"),
            lowest_any=lowest,
            coming=since
            and {
                "since": since,
                "other": _lowest_payment(context, since, "other"),
                "any": _lowest_payment(context, since),
            },
        )
        return Wrong(said)
    return Got(_as_payment(typed), context.say("contribution.read_as_payment", amount=typed))


def _floor_of_late(context: Context) -> int:
    """The lowest income level of a year ago: what is still in people's mouths, in dong a month."""
    return income_bounds(context.law, context.month + -12).whole("minimum")


def _which_of_two(context: Context, text: str) -> Wrong | None:
    """«300-400k»: one of the two is to be chosen; None for a text that is no range, or of impossible amounts."""
    between = reading.money_range(text)
    read = [_read_amount(context, Values({}), str(amount)) for amount in between or ()]
    if between is None or not all(isinstance(each, Got) for each in read):
        return None
    choices = [
        Choice(str(amount), context.label("contribution.sum", amount=amount), each.values, each.say_back)
        for amount, each in zip(between, read, strict=True)
        if isinstance(each, Got)
    ]
    return Wrong(context.say("contribution.which_of_two"), choices)


def _as_payment(amount: int) -> Given:
    return {"amount": amount, _MEANT: "payment"}


def _as_income(amount: int) -> Given:
    return {"amount": amount, _MEANT: "income"}


def _lowest_payment(context: Context, month: Month, *groups: str) -> int:
    """What a month costs at least in one of the groups, or in any."""
    floor = income_bounds(context.law, month).whole("minimum")
    return min(_price(context, month, floor, (group,), 1).whole("monthly_own") for group in groups or GROUPS)


def _ask_income(context: Context, values: Values) -> Question:
    """Which income level: the bounds of this month, the lowest and round levels as buttons."""
    bounds = income_bounds(context.law, context.month)
    levels = (bounds.whole("minimum"), *(each for each in _INCOMES if each > bounds.whole("minimum")))
    choices = [Choice(str(each), context.label("contribution.sum", amount=each), {"income": each}) for each in levels]
    return Question(context.say("contribution.ask_income", **bounds.figures), choices)


def _read_income(context: Context, values: Values, text: str) -> Reading:
    """A typed income level; below the lowest or above the highest of the month it is wrong, with the bounds."""
    bounds = income_bounds(context.law, context.month)
    facts = reading.stated(text, context.message.today).facts
    if facts.payment is not None:
        return _income_of_payment(context, values, facts.payment)
    typed = facts.income or reading.money(text)
    if typed is None:
        return Got({"income": bounds.whole("minimum")}) if reading.is_lowest(text) else None
    lowest = _lowest_payment(context, context.month)
    if facts.income is None and lowest <= typed < bounds.whole("minimum"):
        return _income_of_payment(context, values, typed)
    if not bounds.whole("minimum") <= typed <= bounds.whole("maximum"):
        return Wrong(context.say("contribution.income_out_of_range", **bounds.figures))
    return Got({"income": typed})


def _income_of_payment(context: Context, values: Values, payment: int) -> Reading:
    """The income level that what is to be paid comes to, for the groups told."""
    groups = groups_of(values) if "group" in values else ("other",)
    top_up = context.resources.manner.local_top_up
    meant = income_for_payment(context.law, context.month, payment, groups, local_top_up=top_up)
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


def _amount_words(facts: reading.Facts) -> str | None:
    """What is to be paid, or the income level, as it is typed; an amount that may be either is judged by its size."""
    if facts.payment is not None:
        return f"đóng {money(facts.payment)} một tháng"
    if facts.income is not None:
        return f"mức thu nhập {money(facts.income)}"
    return None if facts.money is None else money(facts.money)


def _payment_words(facts: reading.Facts) -> str | None:
    """The same, or the lowest level, chosen in words."""
    return _amount_words(facts) or ("mức thấp nhất" if facts.level == "lowest" else None)


def _income_learnt(values: Values) -> reading.Facts:
    return reading.Facts(income=values.whole("income"))


def _income_said(context: Context, values: Values) -> str:
    return context.label("contribution.said_income", amount=in_thousands(values.whole("income")))


def _lasting_floor(context: Context, values: Values) -> Given:
    """The level paid on before, where it is told; at least the lowest that lasts, not a floor of some weeks."""
    coming = next_floor(context.law, context.month) or income_bounds(context.law, context.month)
    past = values.get("past")
    return {"income": max(coming.whole("minimum"), past if isinstance(past, int) else 0)}


_MONEY = ("payment", "income", "money")
INCOME = Field(
    "income",
    _ask_income,
    _read_income,
    "contribution.example_income",
    fact=Fact(_MONEY, _amount_words, _income_learnt, _income_said),
    assume=_lasting_floor,
)


def _ask_group(context: Context, values: Values) -> Question:
    choices = [
        Choice(
            group,
            context.label(GROUP_NAMES[group]),
            {"group": group},
            _explained(context, group),
        )
        for group in GROUPS
    ]
    if values.get(_MEANT) == "income":
        amount, highest = values.whole("amount"), income_bounds(context.law, context.month).whole("maximum")
        most = _price(context, context.month, highest, ("other",), 1).whole("monthly_own")
        if amount <= most:
            label = context.label("contribution.is_payment", amount=amount)
            choices.append(Choice("payment", label, _as_payment(amount)))
    return Question(context.say("contribution.ask_group"), choices)


def _read_group(context: Context, values: Values, text: str) -> Reading:
    groups = reading.groups(text)
    if not groups:
        if reading.is_not_known(text):
            return Wrong(context.say("contribution.group_not_known"))
        return _other_amount(context, values, text) if reading.money(text) else None
    chosen = next((group for group in GROUPS if groups == {group}), None)
    if chosen is None:
        return Got({"group": tuple(sorted(groups))})
    return Got({"group": chosen}, _explained(context, chosen))


def _other_amount(context: Context, values: Values, text: str) -> Reading:
    """An amount typed where the group is asked: the one before is corrected."""
    if "amount" not in values:
        return None
    return _read_income(context, values, text) if values["amount"] == "income" else _read_amount(context, values, text)


def _explained(context: Context, group: str) -> str:
    """Who gets more support: said once, to those who may not know they belong there."""
    return context.say("contribution.other_explained") if group == "other" else ""


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


def _group_words(facts: reading.Facts) -> str | None:
    if facts.groups is None:
        return None
    return "không" if facts.groups == ("other",) else ", ".join(_GROUPS_TYPED[group] for group in facts.groups)


_GROUPS_TYPED = {
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "ethnic_minority": "dân tộc",
    "island_or_special_zone": "xã đảo",
    "other": "không",
}
"""A group as it is typed in answer to the question."""


def _group_learnt(values: Values) -> reading.Facts:
    named = groups_of(values)
    return facts_of({"groups": tuple(each for each in GROUPS if each in named)})


def _group_said(context: Context, values: Values) -> str:
    named = groups_of(values)
    return ", ".join(context.label(GROUP_SAID[each]) for each in GROUPS if each in named)


GROUP = Field(
    "group",
    _ask_group,
    _read_group,
    "contribution.example_group",
    fact=Fact(("groups",), _group_words, _group_learnt, _group_said),
    assume=fields.assumed(group="other"),
)


def _amount_learnt(values: Values) -> reading.Facts:
    if values.get(_MEANT) == "payment":
        return reading.Facts(payment=values.whole("amount"))
    return reading.Facts(income=values.whole("amount")) if values.get(_MEANT) == "income" else reading.Facts()


def _amount_said(context: Context, values: Values) -> str:
    if values["amount"] == "income":
        return ""
    return context.label("contribution.said_amount", amount=values["amount"], meant=values.get(_MEANT))


_AMOUNT_FACT = Fact((*_MONEY, "level"), _payment_words, _amount_learnt, _amount_said)


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
    """Of an amount too small for most, whose household is not known: for whom it is enough, now and later on."""
    payment = facts.payment or facts.money
    if payment is None or facts.groups is not None:
        return ""
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


def _least_of_each(context: Context, month: Month) -> dict[str, int]:
    """What a month costs at least in each group, in dong."""
    return {group: _lowest_payment(context, month, group) for group in GROUPS}


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


def groups_of(values: Values) -> tuple[str, ...]:
    """The groups the State's support goes by, as the group field was answered; none where it was not asked."""
    return values.words("group") if "group" in values else ()


def counting_group(context: Context, values: Values) -> str:
    """Of the groups named, the one that counts in this month."""
    floor = income_bounds(context.law, context.month).whole("minimum")
    return str(_price(context, context.month, floor, groups_of(values), 1).figures["group"])


# --- what comes of it ----------------------------------------------------------------------------


def _price(context: Context, paid_in: Month, income: int, groups: tuple[str, ...], months: int) -> Estimate:
    top_up = context.resources.manner.local_top_up
    priced = contribution(context.law, paid_in, income, months, groups, local_top_up=top_up)
    if isinstance(priced, Refusal):
        raise ValueError(f"an income within the bounds was refused: {priced.reason}")
    return priced


def _income(context: Context, values: Values) -> tuple[int, bool]:
    """The income level meant, and whether the payment named had to be raised to the lowest."""
    bounds = income_bounds(context.law, context.month)
    if "income" in values or values.get(_MEANT) == "income":
        chosen = values.whole("income") if "income" in values else values.whole("amount")
        return min(max(chosen, bounds.whole("minimum")), bounds.whole("maximum")), False
    if values.get(_MEANT) != "payment":
        return bounds.whole("minimum"), False
    amount = values.whole("amount")
    top_up = context.resources.manner.local_top_up
    meant = income_for_payment(context.law, context.month, amount, groups_of(values), local_top_up=top_up)
    if isinstance(meant, Estimate):
        return meant.whole("income"), False
    return (bounds.whole("minimum"), True) if meant.reason == "payment_too_low" else (bounds.whole("maximum"), False)


def _too_low_a_level(context: Context, values: Values) -> int | None:
    """The income level named, where it is below the lowest of today."""
    if values.get(_MEANT) != "income":
        return None
    chosen = values.whole("amount")
    return chosen if chosen < income_bounds(context.law, context.month).whole("minimum") else None


def _result(context: Context, values: Values) -> Result:
    income, raised = _income(context, values)
    months, groups = values.whole("months"), groups_of(values)
    if months in _AHEAD:
        return Result(all_modes(context, income, groups), offers=(_ALL_MODES, DETAILS, AGAIN))
    priced = _price(context, context.month, income, groups, months)
    asked = values.whole("amount") if values.get(_MEANT) == "payment" else None
    lasting = _lasting(context, values, groups, months)
    said = context.say(
        "contribution.result",
        **{**priced.figures, **_as_typed(values, raised, months)},
        income=in_thousands(income) if asked is not None else income,
        months=months,
        raised=raised,
        too_low=_too_low_a_level(context, values),
        asked=asked,
        month=context.month,
        who=context.label(GROUP_SAID[str(priced.figures["group"])]),
        lasting=lasting,
    )
    coming = next_floor(context.law, context.month)
    if coming is not None:
        since = coming.month("since")
        later = _price(context, since, max(income, coming.whole("minimum")), groups, 1)
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
    return Result(said, (priced,), (_ALL_MODES, _SUPPORT, DETAILS, AGAIN, to_pension))


def for_several(context: Context, ended: FormState, number: int) -> str:
    """A price told, for so many people who pay the same, now and from when another holds; as HTML."""
    values = Values(ended.values)
    income, _ = _income(context, values)
    months, groups = values.whole("months"), groups_of(values)
    months = 1 if months in _AHEAD else months
    return context.say(
        "contribution.for_several",
        number=number,
        months=months,
        own=_price(context, context.month, income, groups, months).whole("own"),
        lasting=_lasting(context, values, groups, months),
    )


def level_that_lasts(context: Context, values: Values) -> int:
    """The income level of a price told, after the next floor that is known: what years of paying go by."""
    income, _ = _income(context, values)
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
    if values.get(_MEANT) != "payment":
        return None
    top_up = context.resources.manner.local_top_up
    meant = income_for_payment(context.law, paid_in, values.whole("amount"), groups_of(values), local_top_up=top_up)
    return meant.whole("income") if isinstance(meant, Estimate) else None


def _as_typed(values: Values, raised: bool, months: int) -> dict[str, int]:
    """What is paid, where that was named: so much a month, whatever dong the level it comes to would round to."""
    if values.get(_MEANT) != "payment" or raised:
        return {}
    typed = values.whole("amount")
    return {"monthly_own": typed, "own": typed * months}


def in_thousands(income: int) -> int:
    """The level as a collector writes it."""
    return -(-income // 1000) * 1000


def _lasting(context: Context, values: Values, groups: tuple[str, ...], months: int) -> dict[str, object] | None:
    """The price that lasts where another holds now: since when, for one month and for `months`; None otherwise.

    `asked`: it is the payment named, on the level that comes to then; `own_before`: what the level of now would cost.
    """
    income, raised = _income(context, values)
    income = in_thousands(income) if values.get(_MEANT) == "payment" else income
    limit = context.law.on(context.month).value("state_support_max_months").whole()
    found = prices(context, context.month, limit, income, groups)
    if found is None or not found.earlier:
        return None
    lasting = found.lasting
    level = None if raised else _income_paid_with(context, values, lasting.since)
    at_once = _price(context, lasting.since, lasting.income if level is None else level, groups, months)
    payment = None if level is None else values.whole("amount")
    return {
        "since": lasting.since,
        "until": lasting.since + -1,
        "own": lasting.own if payment is None else payment,
        "at_once": at_once.whole("own") if payment is None else payment * months,
        "support": at_once.whole("monthly_support"),
        "income": lasting.income if level is None else in_thousands(level),
        "asked": payment is not None,
        "own_before": lasting.own,
    }


def _modes(context: Context, values: Values) -> Result:
    income, _ = _income(context, values)
    return Result(all_modes(context, income, groups_of(values)), offers=(_WHY_MODES,))


def _draw_support(context: Context, values: Values) -> tuple[Reply, ...]:
    income, _ = _income(context, values)
    groups = groups_of(values)
    priced = _price(context, context.month, income, groups, 1)
    return (drawings.payment_and_support(context, priced, income, groups),)


def _why_modes(context: Context, values: Values) -> tuple[Reply, ...]:
    income, _ = _income(context, values)
    return tuple(Text(each) for each in modes_explained(context, income, groups_of(values)))


def _by_income(context: Context, values: Values) -> bool:
    return values.get("amount") == "income"


FORM = calculator(
    "contribution",
    "tinhdong",
    (
        Field(
            "amount",
            _ask_amount,
            _read_amount,
            "contribution.example_amount",
            fact=_AMOUNT_FACT,
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
    ),
    _result,
    {_ALL_MODES: _modes, _WHY_MODES: _why_modes, _SUPPORT: _draw_support},
    entry="contribution_rate",
    told_by=_needs,
    decides=who_can_pay,
)
