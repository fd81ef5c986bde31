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
from handlers.calculators.ages import months_paid, months_told
from handlers.calculators.at_a_glance import LONGER, at_a_glance
from handlers.calculators.contribution import (
    GROUP,
    INCOME,
    counting_group,
    groups_of,
    in_thousands,
)
from handlers.calculators.prices import Prices, first_to_pay, monthly, prices, still_in_time
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
from handlers.dialogue import person
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.state import FieldValue
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Picture, Reply, Text
from handlers.dialogue.values import Given, Values
from law.base.estimate import Estimate, Note, Refusal
from law.base.month import Month
from law.paying.contribution import income_bounds, next_floor
from law.pension.forecast import forecast
from law.pension.history import Period
from law.pension.plan import plan
from law.pension.rate import minimum_months
from law.pension.retirement import retirement, retirement_range

_SAID_AT_ONCE = ("floor_rises", "periods_by_year")
"""Warnings that stand under the result itself; all of them stand under «Chi tiết và căn cứ»."""
_PLAN = Offer("drawings.plan", "plan")
_BY_INCOME = Offer("drawings.by_income", "by_income")
_PAID_AND_RECEIVED = Offer("drawings.paid", "paid")
_REFUSED = OneOf(
    "pension.refused_{}",
    (
        "born_in_future",
        "too_old",
        "too_young",
        "more_months_than_possible",
        "income_out_of_range",
        "period_in_future",
    ),
)
_REFUSED_HISTORY = OneOf(
    "history.refused_{}",
    (
        "period_in_future",
        "periods_overlap",
        "both_kinds_in_one_month",
        "more_months_than_possible",
        "period_before_joining_age",
        "coefficient_unknown",
    ),
)
_PAID = (0, 12, 60, 120)
_PERIODS = "periods"
_AHEAD = "last.ahead"
"""Whether the month paid last is one to come."""
_LONGEST_NUMBER = 3
"""Digits of a length of time."""


# --- what is asked -------------------------------------------------------------------------------


def _read_born(context: Context, values: Values, text: str) -> Reading:
    born = fields.BORN.read(context, values, text)
    if not isinstance(born, Got):
        return born
    said = Values(born.values)
    return _impossible(context, values, Month(said.whole("born"), said.whole("month", 1)), 0) or born


def _ask_month(context: Context, values: Values) -> Question:
    span = retirement_range(context.law, values.text("sex"), values.whole("born"))
    said = context.say(
        "pension.ask_month",
        year=values["born"],
        earliest=span.month("earliest_pension_from"),
        latest=span.month("latest_pension_from"),
        past=span.month("latest_reached") < context.month,
        begun=span.month("earliest_pension_from") <= context.month,
    )
    months = [
        Choice(str(month), context.label("pension.month", month=month), {"month": month}) for month in range(1, 13)
    ]
    others = [
        Choice(fields.NO_PAPER, context.label("pension.no_paper"), {"month": fields.NO_PAPER}),
        Choice(fields.NOT_KNOWN, context.label("pension.not_known"), {"month": fields.NOT_KNOWN}),
    ]
    return Question(said, (*months, *others), wide=3)


def _read_month(context: Context, values: Values, text: str) -> Reading:
    month = reading.month_of_year(text)
    if month is not None:
        return Got({"month": month})
    born = reading.birth(text, context.message.today)
    if born is not None and born.month is not None and not born.approximate:
        return Got({"born": born.year, "month": born.month})
    if reading.is_no_paper(text):
        return Got({"month": fields.NO_PAPER})
    month = fields.month_of_date(context, values, text)
    if month is not None:
        return Got({"month": month})
    return Got({"month": fields.NOT_KNOWN}) if reading.is_not_known(text) else None


def _ask_paid(context: Context, values: Values) -> Question:
    choices = [Choice(str(months), context.label("pension.paid", months=months), {"paid": months}) for months in _PAID]
    choices.append(Choice(_PERIODS, context.label("pension.tell_periods"), {"paid": _PERIODS}))
    return Question(context.say("pension.ask_paid"), choices)


def _paid_since(context: Context, values: Values) -> Given:
    """From the first month told to the last one, or to now; nothing of who told none."""
    paid = months_told(context, person.known(context.memory.state)) or 0
    return {"paid": paid if _impossible(context, values, _births(values)[0], paid) is None else 0}


def _read_paid(context: Context, values: Values, text: str) -> Reading:
    months = reading.duration_months(text)
    if months is None:
        if reading.is_not_known(text):
            return Wrong(context.say("pension.paid_not_known"))
        if not text.strip().isdecimal() or len(text.strip()) > _LONGEST_NUMBER:
            return _read_periods(context, values, text)
        return _years_or_months(context, values, int(text))
    impossible = _impossible(context, values, _births(values)[0], months)
    return impossible if impossible is not None else Got({"paid": months})


def _years_or_months(context: Context, values: Values, number: int) -> Reading:
    """«7» alone: which of the two is asked, where both can be."""
    born = _births(values)[0]
    spans = ((number * 12, "pension.years"), (number, "pension.months"))
    possible = [(span, name) for span, name in spans if _impossible(context, values, born, span) is None]
    if len(possible) < len(spans):
        return Got({"paid": possible[0][0]}) if possible else _impossible(context, values, born, number)
    choices = [Choice(str(span), context.label(name, number=number), {"paid": span}) for span, name in possible]
    return Wrong(context.say("pension.years_or_months", number=number), choices)


def _read_periods(context: Context, values: Values, text: str) -> Reading:
    """A whole history instead of a length of time."""
    found = history.sentence(context, values, text, _impossible_history)
    if isinstance(found, Wrong):
        offered = [dataclasses.replace(each, values={"paid": _PERIODS, **each.values}) for each in found.choices]
        return dataclasses.replace(found, choices=offered)
    return Got({"paid": _PERIODS, **found.values}) if isinstance(found, Got) else found


def _tells_periods(context: Context, values: Values) -> bool:
    return values.get("paid") == _PERIODS


def _impossible_history(context: Context, values: Values, periods: Sequence[Period]) -> Wrong | None:
    """Periods that no one born then can have paid: named, with what to change."""
    tried = plan(context.law, context.month, values.text("sex"), _births(values)[-1], periods, _floor(context))
    if isinstance(tried, Estimate):
        return None
    return Wrong(_refused(context, tried))


def _impossible(context: Context, values: Values, born: Month | int, paid: int) -> Wrong | None:
    """A birth or a span that no one can have: named, with what to change."""
    tried = forecast(context.law, context.month, values.text("sex"), born, paid, _floor(context))
    if isinstance(tried, Estimate):
        return None
    return Wrong(_refused(context, tried))


def _refused(context: Context, refused: Refusal) -> str:
    """Why not, and what to change: in the history where that is wrong, else in what is known of the person."""
    if refused.calculation == "plan" and refused.reason in _REFUSED_HISTORY:
        last = refused.figures.get("last")
        return context.say(
            _REFUSED_HISTORY[refused.reason], **refused.figures, after=last + 1 if isinstance(last, Month) else None
        )
    return context.say(_REFUSED[refused.reason], **refused.figures)


def _floor(context: Context) -> int:
    return income_bounds(context.law, context.month).whole("minimum")


# --- the month paid last, where only a length of time is told ------------------------------------


def _last_matters(context: Context, values: Values) -> bool:
    """Whether it is asked: of who has the age and the months, whose pension may have started; or of months ahead."""
    paid = values.get("paid")
    if not isinstance(paid, int) or not paid:
        return False
    return _could_draw(context, values, paid) or person.known(context.memory.state).ahead_until is not None


def _could_draw(context: Context, values: Values, paid: int) -> bool:
    """Whether somebody, born as late as can be, has the age and the months."""
    reached = retirement(context.law, values.text("sex"), _births(values)[-1]).month("reached")
    return reached < context.month and paid >= minimum_months(context.law, context.month + 1)


def _ask_last(context: Context, values: Values) -> Question:
    choices = (
        Choice("now", context.label("pension.still_paying"), {"last": str(context.month)}),
        Choice(fields.NOT_KNOWN, context.label("pension.last_not_known"), {"last": fields.NOT_KNOWN}),
    )
    return Question(context.say("pension.ask_last"), choices)


def _read_last(context: Context, values: Values, text: str) -> Reading:
    ahead = reading.stated(text, context.message.today).facts.ahead_until
    said = None if ahead is not None else reading.last_paid(text, context.message.today)
    if ahead is None and said is None:
        return Got({"last": fields.NOT_KNOWN}) if reading.is_not_known(text) else None
    if said is not None and said.month is None and said.year <= context.month.year:
        months = [Month(said.year, month) for month in range(1, 13)]
        choices = [
            Choice(str(month), context.label("fields.calendar_month", month=month), {"last": str(month)})
            for month in months
            if month <= context.month
        ]
        return Wrong(context.say("pension.which_month", year=said.year), choices)
    last = ahead if said is None else Month(said.year, said.month or 12)
    assert last is not None, "one of the two is told"
    tried = _estimates(context, values.but(last=str(last), income=_floor(context), group=("other",)))
    if isinstance(tried, Refusal):
        return Wrong(_refused(context, tried))
    return Got({"last": str(last), _AHEAD: last > context.month})


def _last(context: Context, values: Values) -> Month | None:
    """The month paid last, of who stopped or has paid ahead; None where it is not told or does not matter."""
    told = values.get("last")
    return None if told is None or told == fields.NOT_KNOWN else values.month("last")


def _last_words(facts: reading.Facts) -> str | None:
    month = facts.stopped if facts.ahead_until is None else facts.ahead_until
    return None if month is None else f"{month.month}/{month.year}"


def _last_learnt(values: Values) -> reading.Facts:
    if values["last"] == fields.NOT_KNOWN:
        return reading.Facts()
    last = values.month("last")
    return reading.Facts(ahead_until=last) if values.yes(_AHEAD) else reading.Facts(stopped=last)


def _last_said(context: Context, values: Values) -> str:
    known = values["last"] != fields.NOT_KNOWN
    last = values.month("last") if known else None
    return context.label("pension.said_last", last=last, now=context.month)


_LAST = Field(
    "last",
    _ask_last,
    _read_last,
    "pension.example_last",
    _last_matters,
    fact=Fact(("stopped", "ahead_until"), _last_words, _last_learnt, _last_said),
    assume=fields.assumed(last=fields.NOT_KNOWN),
)


# --- what comes of it ----------------------------------------------------------------------------


def _births(values: Values) -> tuple[Month | int, ...]:
    """The birth to reckon with: a month; the year alone where no paper has one; both ends where it is not known."""
    year, month = values.whole("born"), values.get("month")
    if isinstance(month, int):
        return (Month(year, month),)
    return (year,) if month == fields.NO_PAPER else (Month(year, 1), Month(year, 12))


def _estimates(context: Context, values: Values, total: int | None = None) -> tuple[Estimate, ...] | Refusal:
    """For each birth to reckon with: the plan over the periods told, or the forecast over the length of time.

    `total`: the months after which paying on ends, where it is not as was told.
    """
    found: list[Estimate] = []
    total = total_wished(values) if total is None else total
    law, month, sex, income = context.law, context.month, values.text("sex"), values.whole("income")
    groups, top_up = groups_of(values), context.resources.manner.local_top_up
    for born in _births(values):
        if _tells_periods(context, values):
            told = history.periods(values)
            first = first_to_pay(context, max(each.last for each in told))
            estimate = plan(
                law, month, sex, born, told, income, groups, local_top_up=top_up, first=first, total_months=total
            )
        else:
            paid, last = values.whole("paid"), _last(context, values)
            ahead = 0 if last is None else max(0, last - month)
            estimate = forecast(
                law,
                month,
                sex,
                born,
                paid + ahead,
                income,
                groups,
                local_top_up=top_up,
                past_income=fields.past_income(context, values),
                voluntary_months=values.whole("vol", paid) + ahead,
                first=first_to_pay(context, last),
                last_paid=last,
                total_months=total,
            )
        if isinstance(estimate, Refusal):
            return estimate
        found.append(estimate)
    return tuple(found)


def _result(context: Context, values: Values) -> Result:
    found = _estimates(context, values)
    if isinstance(found, Refusal):
        return refusal(_refused(context, found))
    first, last = found[0], found[-1]
    alike = first.options == last.options
    said = context.say(
        "pension.plan" if _tells_periods(context, values) else "pension.result",
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
    found = (_estimates(context, values, total) for total in totals)
    rows = [each[0].figures for each in found if not isinstance(each, Refusal)]
    return context.say("pension.paying_on", rows=rows) if rows else ""


def _person(context: Context, values: Values, found: Estimate) -> str:
    """For whom it is reckoned, with what was said and what is assumed: it stands first, and in the picture."""
    told = not _tells_periods(context, values)
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
    paid = history.periods(values) if _tells_periods(context, values) else ()
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
        found = _estimates(context, values)
        said = Text(_refused(context, found)) if isinstance(found, Refusal) else draw(context, values, found[0])
        return (said,)

    return action


def _draw_plan(context: Context, values: Values, found: Estimate) -> Picture:
    """«Kế hoạch của tôi»."""
    costs = _costs(context, values, found)
    return drawings.pension_plan(context, found, _births(values)[0], _person(context, values, found), costs)


def _draw_paid(context: Context, values: Values, found: Estimate) -> Picture:
    """What is paid in from now beside what comes back."""
    return drawings.paid_and_received(context, found)


def _draw_by_income(context: Context, values: Values, found: Estimate) -> Picture:
    """The same person at other income levels."""

    def at_income(income: int) -> Estimate | None:
        reckoned = _estimates(context, values.but(income=income))
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
    return {"paid": _PERIODS, **told} if len(told) > (_ONE_PERIOD if by_length else 0) else {}


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
    if not _could_draw(context, values, paid):
        return ""
    wished = wish.total if wish.more is None else paid + wish.more
    totals = _totals(paid) if wished is None else (wished,)
    coming, last = next_floor(context.law, context.month), _last_words(facts)
    lowest = _floor(context) if coming is None else coming.whole("minimum")
    told: dict[str, FieldValue] = {"vol": min(paid, facts.own or 0) if facts.own or facts.firm else paid}
    told |= {"income": max(facts.income or lowest, lowest), "group": facts.groups or ("other",)}
    level = facts.wage if facts.past is None else facts.past
    told |= {} if level is None else {"past": level}
    got = None if last is None else _read_last(context, values.but(**told), last)
    told |= got.values if isinstance(got, Got) else {}
    values = values.but(**told)
    found = _estimates(context, values)
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
        dataclasses.replace(fields.BORN, read=_read_born),
        dataclasses.replace(
            fields.MONTH,
            ask=_ask_month,
            read=_read_month,
            example="pension.example_month",
            assume=fields.assumed(month=fields.NOT_KNOWN),
        ),
        Field(
            "paid",
            _ask_paid,
            _read_paid,
            "pension.example_paid",
            fact=fields.MONTHS_PAID,
            assume=_paid_since,
            resets=(*history.NAMES, *fields.OF_PAID, "last"),
        ),
        *history.fields(_tells_periods, _impossible_history),
        fields.PAST,
        fields.VOLUNTARY,
        _LAST,
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
