"""«Tính lương hưu»: sex, birth, what was paid so far, chosen income → when the pension starts and about how much.

What was paid is a length of time, for who only ever paid voluntarily, or periods told one at a time.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Sequence

from handlers import reading
from handlers.calculators import drawings, fields, history
from handlers.calculators.ages import months_paid
from handlers.calculators.at_a_glance import LONGER, at_a_glance
from handlers.calculators.household import GROUP
from handlers.calculators.level import INCOME
from handlers.calculators.pension_estimates import (
    PERIODS,
    births,
    could_draw,
    estimates,
    impossible_history,
    lowest_level,
    tells_periods,
    why_not,
)
from handlers.calculators.pension_fields import (
    LAST,
    PAID,
    ask_month,
    ask_paid,
    last_words,
    paid_since,
    read_born,
    read_last,
    read_month,
    read_paid,
)
from handlers.calculators.priced import counting_group, groups_of, in_thousands
from handlers.calculators.prices import Prices, monthly, prices, still_in_time
from handlers.calculators.reasons import GROUP_SAID
from handlers.calculators.result import (
    AGAIN,
    DETAILS,
    OTHER_CALCULATIONS,
    Action,
    Offer,
    Result,
    calculator,
    opens,
    refusal,
)
from handlers.calculators.until_when import UNTIL_WHEN, total_wished
from handlers.dialogue.context import Context
from handlers.dialogue.form import Field, Got, Wrong
from handlers.dialogue.state import FieldValue
from handlers.dialogue.turn import Picture, Reply, Text
from handlers.dialogue.values import Given, Values
from law.base.estimate import Estimate, Note, Refusal
from law.paying.contribution import next_floor
from law.pension.history import Period

_SAID_AT_ONCE = ("floor_rises", "periods_by_year")
"""Warnings that stand under the result itself; all of them stand under «Chi tiết và căn cứ»."""
_PLAN = Offer("drawings.plan", "plan")
_BY_INCOME = Offer("drawings.by_income", "by_income")
_PAID_AND_RECEIVED = Offer("drawings.paid", "paid")


# --- what is asked -------------------------------------------------------------------------------


# --- the month paid last, where only a length of time is told ------------------------------------


# --- what comes of it ----------------------------------------------------------------------------


def _result(context: Context, values: Values) -> Result:
    found = estimates(context, values)
    if isinstance(found, Refusal):
        return refusal(why_not(context, found))
    first, last = found[0], found[-1]
    alike = first.options == last.options
    said = context.say(
        "pension.plan" if tells_periods(context, values) else "pension.result",
        **first.figures,
        last=last.figures,
        one=first is last,
        no_paper=values.get("month") == fields.NO_PAPER,
        person=_person(context, values, first),
        price=monthly(context, costs) if (costs := _costs(context, values, first)) else None,
        level=in_thousands(costs.lasting.income if costs else first.whole("income")),
        in_time=_in_time(context, values, first),
        total=total_wished(values),
        support_limit=context.law.on(context.month).value("state_support_max_months").whole(),
        warnings=[context.texts.note(warning) for warning in first.warnings if warning.name in _SAID_AT_ONCE],
        options=[context.texts.note(option) for option in _options(values, first)] if alike else [],
        alike=alike,
        paying_on=_paying_on(context, values, first) if alike else "",
    )
    pictures = _pictures(first) if first is last else ()
    to_contribution = opens("contribution.opens", "contribution")
    offers = (DETAILS, *pictures, AGAIN, to_contribution, OTHER_CALCULATIONS)
    return Result(said, (first,), offers)


def _options(values: Values, found: Estimate) -> Sequence[Note]:
    """The other ways; what they would be if paying had ended long ago only of who didn't say when it did."""
    known = values.get("last", fields.NOT_KNOWN) != fields.NOT_KNOWN
    return [each for each in found.options if not (known and each.name == "option_drawn_since")]


def _paying_on(context: Context, values: Values, found: Estimate) -> str:
    """What going on to pay would add for who could draw already, to the next full years; as HTML, empty of others."""
    if found.whole("months_to_pay") or not found.figures["stop_now_eligible"] or found.figures["months_ahead"]:
        return ""
    return _at_totals(context, values, _totals(found.whole("months_paid")))


def _totals(paid: int) -> Sequence[int]:
    """The next whole number of years and twenty years, or a year after it, in months."""
    full = paid - paid % 12 + 12
    return full, max(LONGER, full + 12)


def _at_totals(context: Context, values: Values, totals: Sequence[int]) -> str:
    """Each total of months with the pension it brings, what it costs, and the pension that isn't drawn meanwhile."""
    found = (estimates(context, values, total) for total in totals)
    rows = [each[0].figures for each in found if not isinstance(each, Refusal)]
    return context.say("pension.paying_on", rows=rows) if rows else ""


def _person(context: Context, values: Values, found: Estimate) -> str:
    """For whom it is reckoned, with what was said and what is assumed: it stands first, and in the picture."""
    told = not tells_periods(context, values)
    return context.say(
        "pension.person",
        sex=values["sex"],
        group=context.label(GROUP_SAID[counting_group(context, values)]),
        paid=values.whole("paid") if told else 0,
        ahead=found.figures["paid_ahead_until"],
        voluntary=values.whole("vol", 0),
        past=fields.past_income(context, values) if told else None,
        past_not_known=values.get("past", fields.NOT_KNOWN) == fields.NOT_KNOWN,
    )


def _costs(context: Context, values: Values, found: Estimate) -> Prices | None:
    """What paying on costs; None where there is nothing to pay."""
    if not found.whole("months_to_pay"):
        return None
    used = found.whole("supported_months_used")
    months, first = found.whole("months_to_pay"), found.month("first_month")
    return prices(context, first, months, found.whole("income"), groups_of(values), used)


def _in_time(context: Context, values: Values, found: Estimate) -> datetime.date | None:
    """Until when the present month can still be paid, of who has not paid it and begins after it."""
    paid = history.periods(values) if tells_periods(context, values) else ()
    if found.whole("stop_now_months") and not paid:
        return None  # only how long is known; the present month may be in it
    begins_later = bool(found.whole("months_to_pay")) and all(each.last < context.month for each in paid)
    return still_in_time(context, found.month("first_month")) if begins_later else None


def _pictures(found: Estimate) -> tuple[Offer, ...]:
    """The pictures that can be drawn: levels where there is anything to pay, what comes back where all is known."""
    if not found.whole("months_to_pay"):
        return (_PLAN,)
    return (_PLAN, _BY_INCOME) if found.whole("stop_now_months") else (_PLAN, _BY_INCOME, _PAID_AND_RECEIVED)


def _drawn(draw: Callable[[Context, Values, Estimate], Picture]) -> Action:
    """A picture of the first estimate, where there still is one."""

    def action(context: Context, values: Values) -> tuple[Reply, ...]:
        found = estimates(context, values)
        said = Text(why_not(context, found)) if isinstance(found, Refusal) else draw(context, values, found[0])
        return (said,)

    return action


def _draw_plan(context: Context, values: Values, found: Estimate) -> Picture:
    """«Kế hoạch của tôi»."""
    costs = _costs(context, values, found)
    return drawings.pension_plan(context, found, births(values)[0], _person(context, values, found), costs)


def _draw_paid(context: Context, values: Values, found: Estimate) -> Picture:
    """What is paid in from now beside what comes back."""
    return drawings.paid_and_received(context, found)


def _draw_by_income(context: Context, values: Values, found: Estimate) -> Picture:
    """The same person at other income levels."""

    def at_income(income: int) -> Estimate | None:
        reckoned = estimates(context, values.but(income=income))
        return None if isinstance(reckoned, Refusal) else reckoned[0]

    def costs(each: Estimate) -> Prices | None:
        return _costs(context, values, each)

    return drawings.pension_by_income(context, found, _person(context, values, found), at_income, costs)


def _history_told(context: Context, text: str) -> Given:
    """Periods told in a sentence: they say more than how long it was in all."""
    clauses = (each.strip() for each in _CLAUSES.split(text))
    dated = ", ".join(each for each in clauses if _FROM_TO.search(each) is not None)
    found = history.sentence(context, Values({}), dated, _not_judged) if dated else None
    told = dict(found.values) if isinstance(found, Got) else {}
    by_length = {"paid", "own", "firm"} & reading.stated(text, context.message.today).words.keys()
    return {"paid": PERIODS, **told} if len(told) > (_ONE_PERIOD if by_length else 0) else {}


def _not_judged(context: Context, values: Values, periods: Sequence[Period]) -> Wrong | None:
    """Who told them is not known yet."""
    return None


_CLAUSES = re.compile(r"[,;.\n]|\b(?:rồi|roi|giờ|gio|chừ|nay)\b", re.IGNORECASE)
_FROM_TO = re.compile(r"^\D*\d.*?(?:đến|den|tới|toi|-|–)\D*\d", re.IGNORECASE)
"""A stretch of time with both its ends; from the first digit on, for from each of many it would be read again."""
_ONE_PERIOD = 3
"""Values: one period is as well told as a length of time and a level, where that is told."""


def further(context: Context, facts: reading.Facts, wish: reading.PayingOn) -> str:
    """What going on to pay would bring who could draw already, as HTML; empty of everybody else.

    Their household, level and kind of months are taken as in the form where they were not told.
    """
    paid = months_paid(facts)
    if facts.sex is None or facts.birth is None or not paid:
        return ""
    month = fields.NOT_KNOWN if facts.birth.month is None else facts.birth.month
    values = Values({"sex": facts.sex, "born": facts.birth.year, "month": month, "paid": paid})
    if not could_draw(context, values, paid):
        return ""
    wished = wish.total if wish.more is None else paid + wish.more
    totals = _totals(paid) if wished is None else (wished,)
    coming, last = next_floor(context.law, context.month), last_words(facts)
    lowest = lowest_level(context) if coming is None else coming.whole("minimum")
    told: dict[str, FieldValue] = {"vol": min(paid, facts.own or 0) if facts.own or facts.firm else paid}
    told |= {"income": max(facts.income or lowest, lowest), "group": facts.groups or ("other",)}
    level = facts.wage if facts.past is None else facts.past
    told |= {} if level is None else {"past": level}
    got = None if last is None else read_last(context, values.but(**told), last)
    told |= got.values if isinstance(got, Got) else {}
    values = values.but(**told)
    found = estimates(context, values)
    if isinstance(found, Refusal) or not found[0].figures["stop_now_eligible"] or min(totals) <= paid:
        return ""
    return context.say(
        "pension.further",
        **found[0].figures,
        paid=paid,
        past=fields.past_income(context, values),
        past_not_known=level is None,
        options=[context.texts.note(each) for each in _options(values, found[0]) if each.name != "option_draw_now"],
        paying_on=_at_totals(context, values, totals),
    )


def _is_told(facts: reading.Facts) -> bool:
    """Who, born when, and how long has been paid or how much is to be."""
    paid = facts.paid is not None or facts.own is not None or facts.firm is not None
    return facts.sex is not None and facts.birth is not None and (paid or facts.payment is not None)


FORM = calculator(
    "pension",
    "luonghuu",
    (
        fields.SEX,
        dataclasses.replace(fields.BORN, read=read_born),
        dataclasses.replace(
            fields.MONTH,
            ask=ask_month,
            read=read_month,
            example="pension.example_month",
            assume=fields.assumed(month=fields.NOT_KNOWN),
        ),
        Field(
            "paid",
            ask_paid,
            read_paid,
            "pension.example_paid",
            fact=PAID,
            assume=paid_since,
            resets=(*history.NAMES, *fields.OF_PAID, "last"),
        ),
        *history.fields(tells_periods, impossible_history),
        fields.PAST,
        fields.VOLUNTARY,
        LAST,
        UNTIL_WHEN,
        dataclasses.replace(GROUP, unasked=True),
        INCOME,
    ),
    _result,
    {
        _PLAN: _drawn(_draw_plan),
        _BY_INCOME: _drawn(_draw_by_income),
        _PAID_AND_RECEIVED: _drawn(_draw_paid),
    },
    entry="pension_amount",
    told_by=_is_told,
    decides=at_a_glance,
    considers=("level",),
    unclear={"span": "paid"},
    reads=_history_told,
)
