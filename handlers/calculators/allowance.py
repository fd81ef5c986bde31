"""«Trợ cấp hằng tháng»: of retirement age with too few years for a pension → how much a month, and how long."""

from __future__ import annotations

from handlers.calculators import fields
from handlers.calculators.ages import ages_of, months_paid
from handlers.calculators.fields import NOT_KNOWN, MonthsPaid, income, income_field, yes_no_field
from handlers.calculators.prices import first_to_pay
from handlers.calculators.result import AGAIN, DETAILS, Result, calculator, opens, papers
from handlers.dialogue.context import Context
from handlers.dialogue.values import Values
from handlers.reading import Facts
from law.base.estimate import Estimate
from law.base.month import Month
from law.benefits.allowance import monthly_allowance
from law.benefits.social_pension import social_pension
from law.pension.rate import minimum_months
from law.pension.retirement import birth_month, retirement

_ENTRY = "monthly_allowance_under_15y"


def _from(context: Context, values: Values) -> tuple[Estimate, Month]:
    """The retirement, and the month the allowance can be asked for: this one, or the one after the age is reached."""
    age = retirement(context.law, values.text("sex"), fields.birth(values))
    return age, max(context.month, age.month("pension_from"))


def _allowance(context: Context, values: Values) -> tuple[Estimate, Month]:
    """The allowance, and the month from which the social pension takes its place."""
    _, month = _from(context, values)
    social = social_pension(context.law, month, birth_month(fields.birth(values)), values.yes("poor"))
    until = social.month("age_from")
    average, paid = income(context, values, "average") if "average" in values else 0, values.whole("paid")
    return monthly_allowance(context.law, month, average, paid, max(0, until - month)), until


def _open(context: Context, values: Values) -> bool:
    """Whether the months are enough for the allowance, and too few for a pension: only then is there more to ask."""
    _, month = _from(context, values)
    least = context.law.on(month).value("allowance_min_months").whole()
    return least <= values.whole("paid") < minimum_months(context.law, month)


def _scheme_begins(context: Context) -> Month:
    """The month the social pension came: who was old enough before is not told a date when there was none."""
    return Month.of(context.law.parameter("social_pension_age").values[0].since)


def _result(context: Context, values: Values) -> Result:
    age, month = _from(context, values)
    found, until = _allowance(context, values)
    paid, minimum = values.whole("paid"), minimum_months(context.law, month)
    law = context.law.on(month)
    said = context.say(
        "allowance.result",
        **{**found.figures, **age.figures},
        paid=paid,
        missing=max(0, minimum - paid),
        minimum=minimum,
        least=law.value("allowance_min_months").whole(),
        at_once=law.value("missing_time_max_months").whole(),
        asked_in=month,
        later=month > context.month,
        until=until,
        social_since=until if until >= _scheme_begins(context) else None,
        to_age=max(0, age.month("reached") - first_to_pay(context) + 1),
        lasts=min(found.whole("months"), max(0, until - month)),
        example=income(context, values, "average") if values.get("average") == NOT_KNOWN else None,
        **context.quote("allowance_decide_days", "social_pension_amount"),
    )
    social = opens("allowance.to_social_pension", "social_pension")
    neighbour = social if found.figures["reason"] == "social_pension_already" else opens("pension.opens", "pension")
    return Result(said, (found,), (DETAILS, papers(_ENTRY), neighbour, AGAIN), beside=(age,))


def _decided(context: Context, facts: Facts) -> str:
    """Of age or not yet, too few years or enough for a pension, at the age of the social pension already."""
    ages, paid = ages_of(context, facts), months_paid(facts)
    law, minimum = context.law.on(context.month), minimum_months(context.law, context.month)
    if facts.drawing or facts.died is not None or (paid is None and (ages is None or not ages.ahead)):
        return ""
    enough = paid is not None and paid >= minimum
    least = law.value("allowance_min_months").whole()
    none = paid is not None and not paid
    if ages is None and not (enough or none):
        return ""
    return context.say(
        "allowance.decided",
        paid=paid,
        minimum=minimum,
        missing=0 if paid is None else max(0, minimum - paid),
        least=least,
        enough=enough,
        none=none,
        few=paid is not None and paid < least,
        ages=ages,
        at_social_age=_at_the_social_age(context, facts),
        at_once=law.value("missing_time_max_months").whole(),
        **context.quote("social_pension_amount", "social_pension_age", "social_pension_age_poor", "hotline"),
    )


def _at_the_social_age(context: Context, facts: Facts) -> bool:
    """Whether the social pension is there already: then there is no allowance."""
    if facts.birth is None:
        return False
    poor = facts.groups is not None and bool({"poor", "near_poor"} & {*facts.groups})
    born = Month(facts.birth.year, facts.birth.month or 1)
    return social_pension(context.law, context.month, born, poor).month("age_from") <= context.month


FORM = calculator(
    "allowance",
    "trocap",
    (
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        MonthsPaid(
            "paid", "allowance.ask_paid", (12, 60, 120), fields.impossible, fact=("paid", "own", "firm")
        ).field(),
        yes_no_field("poor", "allowance.ask_poor", _open, fact=fields.in_poor_household("poor")),
        income_field("average", "allowance.ask_average", _open, ("past", "wage")),
    ),
    _result,
    entry=_ENTRY,
    decides=_decided,
)
