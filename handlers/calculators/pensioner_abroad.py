"""«Đang hưu, đi định cư»: the pension, how long it was drawn, what was paid → the lump sum in its place."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from handlers.calculators.fields import NOT_KNOWN, MonthsPaid
from handlers.calculators.pensioners import read_pension, span_too_long, too_long
from handlers.calculators.result import AGAIN, DETAILS, Result, calculator, papers
from handlers.dialogue.context import Context
from handlers.dialogue.form import Field, Question, Reading, Wrong
from handlers.dialogue.values import Values
from handlers.reading import Facts
from law.base.estimate import Estimate
from law.base.month import Month
from law.benefits.pensioner_abroad import pensioner_abroad

_ENTRY = "abroad"


# --- what is asked -------------------------------------------------------------------------------


def _ask_pension(context: Context, values: Values) -> Question:
    return Question(context.say("pensioner_abroad.ask_pension"))


def _read_pension(context: Context, values: Values, text: str) -> Reading:
    return read_pension(context, text, "pension")


def _check_paid(context: Context, values: Values, months: int) -> Wrong | None:
    return too_long(context, values, months) if months else span_too_long(context, months)


def _early_bounds(context: Context, values: Values) -> tuple[int, int]:
    """How many of the months can have been before the multiple rose: what does not fit between it and the pension."""
    border = Month.of(context.law.on(context.month).value("higher_multiple_from").day())
    paid, retired = values.whole("paid"), context.month + -values.whole("drawn")
    return min(paid, max(0, paid - max(0, retired - border))), paid


def _check_early(context: Context, values: Values, months: int) -> Wrong | None:
    least, most = _early_bounds(context, values)
    if least <= months <= most:
        return None
    border = context.law.on(context.month).value("higher_multiple_from").day()
    said = context.say("pensioner_abroad.early_out_of_range", least=least, most=most, border=border)
    return Wrong(said)


# --- what comes of it ----------------------------------------------------------------------------


def _found(context: Context, values: Values, early: int) -> Estimate:
    paid, drawn = values.whole("paid"), values.whole("drawn")
    return pensioner_abroad(context.law, context.month, values.whole("pension"), drawn, early, paid - early)


def _rule(context: Context) -> dict[str, object]:
    """The numbers of the rule, as they are said."""
    law = context.law.on(context.month)
    per_year = law.value("pensioner_abroad_per_year")
    return {
        "before": per_year.number("before_2014"),
        "later": per_year.number("from_2014"),
        "decrement": law.value("pensioner_abroad_decrement").number(),
        "least": law.value("pensioner_abroad_min").number(),
        **context.quote("withdraw_decide_days"),
    }


def _result(context: Context, values: Values) -> Result:
    least, most = _early_bounds(context, values)
    early = (most, least) if values["early"] == NOT_KNOWN else (values.whole("early"),)
    each = [_found(context, values, months) for months in early]
    low, high = each[0], each[-1]
    said = context.say(
        "pensioner_abroad.result",
        **{**low.figures, **_rule(context)},
        amount_most=high.whole("amount"),
        months_equal=ceil(Fraction(str(high.figures["multiple"]))),
        warnings=[context.texts.note(warning) for warning in low.warnings],
    )
    estimates = (low,) if low.figures == high.figures else (low, high)
    return Result(said, estimates, (DETAILS, papers(_ENTRY), AGAIN))


def _decided(context: Context, facts: Facts) -> str:
    """Of who draws a pension: the choice there is, and the rule of the lump sum."""
    if not facts.drawing or facts.died is not None:
        return ""
    return context.say("pensioner_abroad.decided", **_rule(context))


FORM = calculator(
    "pensioner_abroad",
    "dinhcu",
    (
        Field("pension", _ask_pension, _read_pension, "pensioner_abroad.example_pension"),
        MonthsPaid("drawn", "pensioner_abroad.ask_drawn", (0, 12, 24, 60), too_long).field(),
        MonthsPaid("paid", "pensioner_abroad.ask_paid", (180, 240, 300), _check_paid).field(),
        MonthsPaid("early", "pensioner_abroad.ask_early", (0,), _check_early, not_known=True).field(),
    ),
    _result,
    entry=_ENTRY,
    decides=_decided,
)
