"""«Tính tiền đóng»: from what a person can pay each month to the income level, the State's part and theirs."""

from __future__ import annotations

import dataclasses

from handlers import reading
from handlers.calculators import drawings
from handlers.calculators.payment_modes import all_modes, modes_explained
from handlers.calculators.prices import prices
from handlers.calculators.reasons import GROUP_NAMES, GROUP_SAID, being_updated
from handlers.calculators.result import AGAIN, DETAILS, Offer, Result, calculator, opens
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Field, Got, Question, Reading, Wrong
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Reply, Text
from handlers.dialogue.values import Given, Values
from law.base.estimate import Estimate, Refusal
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds, next_floor, round_income_for_payment
from law.paying.support import GROUPS

MODES = (1, 3, 6, 12)
_EVERY = OneOf("contribution.every_{}", MODES)
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
    if typed is None:
        if reading.is_by_income(text):
            return Got({"amount": "income"})
        return Got({"amount": "lowest"}) if reading.is_lowest(text) else _which_of_two(context, text)
    if typed > bounds.whole("maximum"):
        return Wrong(context.say("contribution.income_out_of_range", **bounds.figures))
    if typed >= bounds.whole("minimum"):
        return Got(_as_income(typed), context.say("contribution.read_as_income", amount=typed))
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
    typed = reading.money(text)
    if typed is None:
        return Got({"income": bounds.whole("minimum")}) if reading.is_lowest(text) else None
    if not bounds.whole("minimum") <= typed <= bounds.whole("maximum"):
        return Wrong(context.say("contribution.income_out_of_range", **bounds.figures))
    return Got({"income": typed})


INCOME = Field("income", _ask_income, _read_income, "contribution.example_income")


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
    return None if months is None else Got({"months": months})


GROUP = Field("group", _ask_group, _read_group, "contribution.example_group")


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
    meant = round_income_for_payment(context.law, context.month, amount, groups_of(values), local_top_up=top_up)
    if isinstance(meant, Estimate):
        return meant.whole("income"), False
    return (bounds.whole("minimum"), True) if meant.reason == "payment_too_low" else (bounds.whole("maximum"), False)


def _result(context: Context, values: Values) -> Result:
    income, raised = _income(context, values)
    months, groups = values.whole("months"), groups_of(values)
    priced = _price(context, context.month, income, groups, months)
    lasting = _lasting(context, income, groups, months)
    said = context.say(
        "contribution.result",
        **priced.figures,
        income=income,
        months=months,
        raised=raised,
        asked=values.get("amount") if values.get(_MEANT) == "payment" else None,
        month=context.month,
        updating=being_updated(context, priced),
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
        )
    to_pension = opens("contribution.to_pension", "pension", str(income), str(priced.figures["group"]))
    return Result(said, (priced,), (_ALL_MODES, _SUPPORT, DETAILS, AGAIN, to_pension), tells_age=True)


def _lasting(context: Context, income: int, groups: tuple[str, ...], months: int) -> dict[str, object] | None:
    """The price that lasts where another holds now: since when, for one month and for `months`; None otherwise."""
    limit = context.law.on(context.month).value("state_support_max_months").whole()
    found = prices(context, context.month, limit, income, groups)
    if found is None or not found.earlier:
        return None
    lasting = found.lasting
    at_once = _price(context, lasting.since, lasting.income, groups, months)
    return {
        "since": lasting.since,
        "until": lasting.since + -1,
        "own": lasting.own,
        "at_once": at_once.whole("own"),
        "support": at_once.whole("monthly_support"),
        "income": lasting.income,
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
        Field("amount", _ask_amount, _read_amount, "contribution.example_amount"),
        dataclasses.replace(INCOME, wanted=_by_income),
        GROUP,
        Field("months", _ask_months, _read_months, "contribution.example_months"),
    ),
    _result,
    {_ALL_MODES.action: _modes, _WHY_MODES.action: _why_modes, _SUPPORT.action: _draw_support},
)
