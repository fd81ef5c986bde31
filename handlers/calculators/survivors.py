"""«Mai táng, tuất»: month of death, what was paid or drawn → the funeral allowance and the survivors' lump sum."""

from __future__ import annotations

from handlers import reading
from handlers.calculators import drawn_at_death, survivors_monthly
from handlers.calculators.ages import months_paid
from handlers.calculators.fields import (
    NOT_KNOWN,
    MonthsPaid,
    assumed,
    calendar_field,
    income,
    income_field,
)
from handlers.calculators.pensioners import read_pension, too_long
from handlers.calculators.result import AGAIN, DETAILS, Result, calculator, papers
from handlers.dialogue import person
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Field, Got, Question, Reading, Wrong
from handlers.dialogue.texts import OneOf
from handlers.dialogue.values import Given, Values
from handlers.reading.standing import standing
from law.base.estimate import Estimate
from law.base.month import Month
from law.benefits.survivors import funeral_allowance, survivor_lump_sum
from law.pension.history import SCHEMES

_ENTRY = "survivors_funeral"
_LAST = OneOf("survivors.last_{}", SCHEMES)


# --- what is asked -------------------------------------------------------------------------------


def _check_death(context: Context, month: Month) -> Wrong | None:
    if month > context.month:
        return Wrong(context.say("survivors.in_the_future", month=month))
    known = Month.of(context.law.parameter("funeral_min_months").values[0].since)
    return Wrong(context.say("survivors.too_long_ago", known=known)) if month < known else None


def _drew(context: Context, values: Values) -> bool:
    """Whether the dead person drew a pension."""
    return values.yes("pension")


def _paid_in(context: Context, values: Values) -> bool:
    return not _drew(context, values)


def _paid(values: Values) -> int:
    """Months of both kinds; 0 while they are not told."""
    return values.whole("own", 0) + values.whole("firm", 0)


def _anything_paid(context: Context, values: Values) -> bool:
    return _paid(values) > 0 and not drawn_at_death.drew_allowance(context, values)


def _by_years(context: Context, values: Values) -> bool:
    """Whether the months are so many that the lump sum goes by years, so that it matters when they were paid."""
    if drawn_at_death.drew_allowance(context, values):
        return False
    return _paid(values) >= context.law.on(values.month("death")).value("survivors_min_months").whole()


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
    return max(0, paid - (values.month("death") - border + 1)), paid


def _last_matters(context: Context, values: Values) -> bool:
    """Whether the scheme paid into last changes the lump sum, of who paid into both."""
    if "average" not in values or not (values.whole("own", 0) and values.whole("firm", 0)):
        return False
    voluntary, compulsory = (_lump_sums(context, values.but(last=scheme)) for scheme in SCHEMES)
    return [each.figures for each in voluntary] != [each.figures for each in compulsory]


def _ask_last(context: Context, values: Values) -> Question:
    choices = [Choice(scheme, context.label(name), {"last": scheme}) for scheme, name in _LAST.items()]
    return Question(context.say("survivors.ask_last"), choices, wide=1)


def _read_last(context: Context, values: Values, text: str) -> Reading:
    scheme = reading.scheme(text)
    return None if scheme is None else Got({"last": scheme})


def _ask_pension_amount(context: Context, values: Values) -> Question:
    return Question(context.say("survivors.ask_amount"))


def _read_pension_amount(context: Context, values: Values, text: str) -> Reading:
    return read_pension(context, text, "amount")


# --- what comes of it ----------------------------------------------------------------------------


def _funeral(context: Context, values: Values) -> Estimate:
    own, firm = values.whole("own", 0), values.whole("firm", 0)
    return funeral_allowance(context.law, values.month("death"), own, firm, values.yes("pension"))


def _lump_sums(context: Context, values: Values) -> tuple[Estimate, ...]:
    """The lump sum, least first; two where it is not known how much was paid before the multiple rose."""
    death = values.month("death")
    if values.yes("pension"):
        pension, received = values.whole("amount"), values.whole("drawn")
        return (survivor_lump_sum(context.law, pension=pension, months_received=received, on=death),)
    if not _paid(values):
        return ()
    average, firm, paid = income(context, values, "average"), values.whole("firm"), _paid(values)
    least, most = _early_bounds(context, values)
    not_known = values.get("early") == NOT_KNOWN
    spread = (most, least) if not_known else (max(least, values.whole("early", 0)),)
    last = values.text("last") if "last" in values else None
    found = [
        survivor_lump_sum(
            context.law, average, before, paid - before, compulsory_months=firm, last_scheme=last, on=death
        )
        for before in spread
    ]
    return (found[0],) if found[0].figures == found[-1].figures else tuple(found)


def _result(context: Context, values: Values) -> Result:
    if drawn_at_death.drew_allowance(context, values):
        return drawn_at_death.result(context, values, _ENTRY)
    drew, paid, firm = values.yes("pension"), _paid(values), values.whole("firm", 0)
    funeral, lump_sums = _funeral(context, values), _lump_sums(context, values)
    death = context.law.on(values.month("death"))
    monthly = "survivors_monthly_min_months"
    monthly_from = death.value(monthly).whole() if death.knows(monthly) else None
    by_firm = "funeral_min_compulsory_months"
    said = context.say(
        "survivors.result",
        funeral=funeral.whole("amount"),
        death=values.month("death"),
        months=paid,
        drew=drew,
        lump_sum=lump_sums[0].whole("amount") if lump_sums else 0,
        lump_sum_most=lump_sums[-1].whole("amount") if lump_sums else 0,
        example=income(context, values, "average") if values.get("average") == NOT_KNOWN else None,
        funeral_months=death.value("funeral_min_months").whole(),
        funeral_firm_months=death.value(by_firm).whole() if death.knows(by_firm) else None,
        paid_back=not drew and paid < death.value("survivors_min_months").whole() and not _compulsory_last(values),
        compulsory_last=_compulsory_last(values),
        warnings=[context.texts.note(note) for note in lump_sums[0].warnings if note.name == "last_scheme_assumed"]
        if lump_sums
        else [],
        at_least=death.value("survivors_mixed_min").whole() if firm else None,
        monthly_from=monthly_from,
        monthly=monthly_from is not None and firm >= monthly_from,
        heirs=survivors_monthly.heirs_may_pay(context, values.month("death"), firm, values.whole("own", 0)),
        firm=firm,
        **context.quote("survivors_file_days", "survivors_decide_days"),
    )
    return Result(said, (funeral, *lump_sums), (DETAILS, papers(_ENTRY), AGAIN))


def _compulsory_last(values: Values) -> bool:
    """Whether the dead person paid compulsorily last, as far as it is told."""
    return values.get("last") == "compulsory" or bool(values.whole("firm", 0) and not values.whole("own", 0))


def _of_a_payer(context: Context, values: Values) -> Given | None:
    """Of whom it was told how long they had paid: no pensioner."""
    facts = person.known(context.memory.state)
    return None if facts.own is facts.firm is facts.paid is None else {"pension": False}


def _paid_lately(context: Context, values: Values) -> Given:
    """Nothing before the multiple rose, where all can have been paid after it; else it is told both ways."""
    least, _ = _early_bounds(context, values)
    return {"early": NOT_KNOWN if least else 0}


def _paid_one_kind(context: Context, values: Values) -> Given | None:
    """Only voluntary months were told: then there are no others."""
    return {"firm": 0} if values.get("own") else None


def _decided(context: Context, facts: reading.Facts) -> str:
    """A pensioner's death and a payer's are told apart; too short a time has no funeral allowance."""
    told = standing(context.message.text, context.message.today)
    if told.drew_allowance:
        return drawn_at_death.decided(context, facts)
    monthly = survivors_monthly.decided(context, facts)
    if monthly:
        return monthly
    drawn = facts.drawn if told.drawn is None else told.drawn
    if facts.drawing or drawn is not None:
        return _of_pensioner(context, drawn, told.pension or facts.pension, facts.died)
    paid = months_paid(facts)
    if paid is None and facts.died is not None and facts.whom is None and reading.asks_then_what(context.message.text):
        return _of_a_month(context, facts.died)
    now = context.law.on(context.month)
    least = now.value("funeral_min_months").whole()
    if paid is None or facts.died is not None:  # of a death by its month the amounts themselves are reckoned
        return ""
    by_firm = (facts.firm or 0) >= now.value("funeral_min_compulsory_months").whole()
    if paid >= least or by_firm:
        monthly_from = now.value("survivors_monthly_min_months").whole()
        return context.say(
            "survivors.decided_enough",
            paid=paid,
            least=least,
            monthly_from=monthly_from,
            firm=facts.firm,
            kind_open=facts.firm is None and facts.own is None,
            monthly=(facts.firm or 0) >= monthly_from,
            before=now.value("survivors_per_year_before_2014").number(),
            later=now.value("survivors_per_year_from_2014").number(),
            border=now.value("higher_multiple_from").day(),
            short=paid < now.value("survivors_min_months").whole(),
            mixed=now.value("survivors_mixed_min").number(),
            **context.quote("funeral_amount", "reference_level_from", "survivors_file_days"),
        )
    if facts.firm:
        return ""
    return context.say(
        "survivors.decided_short",
        paid=paid,
        least=least,
        **context.quote("funeral_min_compulsory_months", "survivors_min_months", "survivors_file_days"),
    )


def _of_a_month(context: Context, died: Month) -> str:
    """«nếu mất hồi tháng 5 thì sao»: the funeral allowance of that month, of whoever has paid long enough."""
    if not context.law.on(died).knows("base_salary"):
        return ""
    return context.say(
        "survivors.decided_of_month",
        died=died,
        amount=funeral_allowance(context.law, died, 0, pensioner=True).whole("amount"),
        least=context.law.on(died).value("funeral_min_months").whole(),
        least_firm=context.law.on(died).value("funeral_min_compulsory_months").whole(),
    )


def _of_pensioner(context: Context, drawn: int | None, pension: int | None, died: Month | None) -> str:
    """By how long the pension was drawn, where that is told, now or before; in dong, where the pension is."""
    lump_sum, months = None, None
    if drawn is not None:
        found = survivor_lump_sum(context.law, pension=pension or 0, months_received=drawn, on=context.month)
        months = found.steps[-1].figures["multiple"]
        lump_sum = found.whole("amount") if pension else None
    known = died if died is not None and context.law.on(died).knows("base_salary") else context.month
    funeral = funeral_allowance(context.law, known, 0, pensioner=True).whole("amount")
    return context.say(
        "survivors.decided_of_pensioner",
        funeral=funeral,
        died=died,
        drawn=drawn,
        pension=pension,
        months=months,
        lump_sum=lump_sum,
        total=None if lump_sum is None else lump_sum + funeral,
        **context.quote(
            "survivors_pensioner_months",
            "survivors_pensioner_decrement",
            "survivors_pensioner_min",
            "survivors_monthly_min_years",
            "survivors_file_days",
        ),
    )


FORM = calculator(
    "survivors",
    "tutuat",
    (
        calendar_field("death", "survivors.ask_death", (-2, -1, 0), _check_death, "died"),
        drawn_at_death.drew_field(_of_a_payer),
        *drawn_at_death.ALLOWANCE,
        Field("amount", _ask_pension_amount, _read_pension_amount, "survivors.example_amount", _drew),
        MonthsPaid("drawn", "survivors.ask_drawn", (1, 12, 60), too_long, _drew).field(),
        MonthsPaid("own", "survivors.ask_own", (0, 12, 60, 120), too_long, _paid_in, fact=("own", "paid")).field(),
        MonthsPaid(
            "firm", "survivors.ask_firm", (0, 12, 60, 180), too_long, _paid_in, fact=("firm",), assume=_paid_one_kind
        ).field(),
        MonthsPaid(
            "early", "survivors.ask_early", (0,), _check_early, _by_years, not_known=True, assume=_paid_lately
        ).field(),
        income_field("average", "survivors.ask_average", _anything_paid, ("past", "wage"), assumed(average=NOT_KNOWN)),
        Field("last", _ask_last, _read_last, "survivors.example_last", _last_matters),
    ),
    _result,
    entry=_ENTRY,
    decides=_decided,
)
