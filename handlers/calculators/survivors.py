"""«Mai táng, tuất»: month of death, what was paid or drawn → the funeral allowance and the survivors' lump sum."""

from __future__ import annotations

from handlers import reading
from handlers.calculators.fields import (
    NOT_KNOWN,
    calendar_field,
    income,
    income_field,
    month_of,
    span_field,
    whole,
    yes_no_field,
)
from handlers.calculators.reasons import explained, with_freshness
from handlers.dialogue.context import ANSWER, Context, in_rows
from handlers.dialogue.form import Field, Finished, Form, Got, Question, Reading, Values, Wrong, form_data
from handlers.dialogue.records import Estimated
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Button, Text, Turn
from law.base.estimate import Estimate
from law.base.month import Month
from law.benefits.survivors import funeral_allowance, survivor_lump_sum
from law.paying.contribution import income_bounds

NAME = "survivors"
_ENTRY = "survivors_funeral"
_LONGEST = 12 * 55
"""Months nobody pays or draws a pension for."""


# --- what is asked -------------------------------------------------------------------------------


def _check_death(context: Context, month: Month) -> Wrong | None:
    if month > context.month:
        return Wrong(context.say("survivors.in_the_future", month=month))
    known = Month.of(context.law.parameter("funeral_min_months").values[0].since)
    return Wrong(context.say("survivors.too_long_ago", known=known)) if month < known else None


def _years_from(context: Context, month: Month) -> Values:
    """From how many months on the lump sum goes by years, so that it matters when they were paid."""
    return {"death.by_years": context.law.on(month).value("survivors_min_months").whole()}


def _too_long(context: Context, values: Values, months: int) -> Wrong | None:
    return Wrong(context.say("survivors.span_too_long", months=months)) if months > _LONGEST else None


def _drew(values: Values) -> bool:
    return values.get("pension") is True


def _paid(values: Values) -> int:
    """Months of both kinds; 0 while they are not told."""
    return sum(found for name in ("own", "firm") if isinstance(found := values.get(name), int))


def _by_years(values: Values) -> bool:
    return _paid(values) >= whole(values, "death.by_years")


def _check_early(context: Context, values: Values, months: int) -> Wrong | None:
    least, most = _early_bounds(context, values)
    if least <= months <= most:
        return None
    border = context.law.on(context.month).value("higher_multiple_from").day()
    return Wrong(context.say("survivors.early_out_of_range", months=months, least=least, most=most, border=border))


def _early_bounds(context: Context, values: Values) -> tuple[int, int]:
    """How many of the months can have been before the multiple rose: what does not fit after it, up to all."""
    border = Month.of(context.law.on(context.month).value("higher_multiple_from").day())
    paid = _paid(values)
    return max(0, paid - (month_of(values, "death") - border + 1)), paid


def _ask_pension_amount(context: Context, values: Values) -> Question:
    return Question(context.say("survivors.ask_amount"))


def _read_pension_amount(context: Context, values: Values, text: str) -> Reading:
    typed = reading.money(text)
    if typed is None:
        return None
    highest = income_bounds(context.law, context.month).whole("maximum")
    if not 0 < typed <= highest:
        return Wrong(context.say("survivors.pension_too_high", amount=typed))
    return Got({"amount": typed}, context.say("fields.read_amount", amount=typed))


# --- what comes of it ----------------------------------------------------------------------------


def _funeral(context: Context, values: Values) -> Estimate:
    own, firm = (whole(values, name) if name in values else 0 for name in ("own", "firm"))
    return funeral_allowance(context.law, month_of(values, "death"), own, firm, _drew(values))


def _lump_sums(context: Context, values: Values) -> tuple[Estimate, ...]:
    """The lump sum, least first; two where it is not known how much was paid before the multiple rose."""
    death = month_of(values, "death")
    if _drew(values):
        pension, received = whole(values, "amount"), whole(values, "drawn")
        return (survivor_lump_sum(context.law, pension=pension, months_received=received, on=death),)
    if not _paid(values):
        return ()
    average, firm, paid = income(context, values, "average"), whole(values, "firm"), _paid(values)
    least, most = _early_bounds(context, values)
    early = values.get("early", 0)
    spread = (most, least) if early == NOT_KNOWN else (max(least, early if isinstance(early, int) else 0),)
    found = [
        survivor_lump_sum(context.law, average, before, paid - before, compulsory_months=firm, on=death)
        for before in spread
    ]
    return (found[0],) if found[0].figures == found[-1].figures else tuple(found)


def _finish(context: Context, ended: FormState) -> Finished:
    values = ended.values
    funeral, lump_sums = _funeral(context, values), _lump_sums(context, values)
    death = context.law.on(month_of(values, "death"))
    monthly = "survivors_monthly_min_months"
    monthly_from = death.value(monthly).whole() if death.knows(monthly) else None
    firm = values.get("firm", 0)
    by_firm = "funeral_min_compulsory_months"
    said = context.say(
        "survivors.result",
        funeral=funeral.whole("amount"),
        death=month_of(values, "death"),
        months=_paid(values),
        drew=_drew(values),
        lump_sum=lump_sums[0].whole("amount") if lump_sums else 0,
        lump_sum_most=lump_sums[-1].whole("amount") if lump_sums else 0,
        example=income(context, values, "average") if values.get("average") == NOT_KNOWN else None,
        funeral_months=death.value("funeral_min_months").whole(),
        funeral_firm_months=death.value(by_firm).whole() if death.knows(by_firm) else None,
        paid_back=not _drew(values) and _paid(values) < death.value("survivors_min_months").whole(),
        at_least=death.value("survivors_mixed_min").whole() if firm else None,
        monthly_from=monthly_from,
        monthly=monthly_from is not None and isinstance(firm, int) and firm >= monthly_from,
        firm=firm,
        **context.quote("survivors_file_days", "survivors_decide_days"),
    )
    buttons = (
        Button(context.label("form.details"), form_data(ended, "details")),
        context.button("fields.papers", ANSWER, _ENTRY),
        Button(context.label("form.again"), form_data(ended, "again")),
    )
    said = with_freshness(context, said, funeral, *lump_sums)
    return Finished((Text(said, in_rows(buttons)),), (Estimated(NAME),))


def _details(context: Context, result: FormState) -> Turn:
    found = (_funeral(context, result.values), *_lump_sums(context, result.values))
    return Turn(tuple(Text(explained(context, each)) for each in found), context.memory.state)


FORM = Form(
    NAME,
    "tutuat",
    (
        calendar_field("death", "survivors.ask_death", (-2, -1, 0), _check_death, _years_from),
        yes_no_field("pension", "survivors.ask_pension"),
        Field("amount", _ask_pension_amount, _read_pension_amount, "survivors.example_amount", wanted=_drew),
        span_field("drawn", "survivors.ask_drawn", (1, 12, 60), _too_long, wanted=_drew),
        span_field("own", "survivors.ask_own", (0, 12, 60, 120), _too_long, wanted=lambda values: not _drew(values)),
        span_field("firm", "survivors.ask_firm", (0, 12, 60, 180), _too_long, wanted=lambda values: not _drew(values)),
        span_field(
            "early",
            "survivors.ask_early",
            (0,),
            _check_early,
            wanted=_by_years,
            not_known=True,
        ),
        income_field("average", "survivors.ask_average", wanted=lambda values: _paid(values) > 0),
    ),
    _finish,
    {"details": _details},
)
