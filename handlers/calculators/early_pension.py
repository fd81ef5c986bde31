"""«Hưu trước tuổi»: birth, compulsory months, heavy work, lost capacity → which way there is, and what is missing."""

from __future__ import annotations

import re

from handlers import reading
from handlers.calculators import fields
from handlers.calculators.ages import ages_of, first_month
from handlers.calculators.fields import MonthsPaid
from handlers.calculators.result import AGAIN, DETAILS, Result, calculator, opens, papers
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.values import Values
from handlers.reading import Facts
from law.base.month import Month
from law.pension.early import early_pension
from vietnamese.normalize import folded_words

_ENTRY = "pension_early"
_HEAVY = "early_pension_heavy_work_min_months"
"""The fewest compulsory months that any of the ways asks for."""
_PERCENT = re.compile(r"\s*(?:mat |suy giam |khoang )?(\d{1,3}) ?(?:%|phan tram)?\s*")


def _needed(context: Context, name: str) -> int:
    return context.law.on(context.month).value(name).whole()


# --- what is asked -------------------------------------------------------------------------------


def _long_enough(context: Context, values: Values) -> bool:
    """Whether the compulsory months are enough for one of the ways: else nothing more matters."""
    return values.whole("firm") >= _needed(context, _HEAVY)


def _check_heavy(context: Context, values: Values, months: int) -> Wrong | None:
    firm = values.whole("firm")
    return Wrong(context.say("early_pension.heavy_more_than_all", months=firm)) if months > firm else None


def _impairment_matters(context: Context, values: Values) -> bool:
    return values.whole("firm") >= _needed(context, "early_pension_min_months")


def _ask_impairment(context: Context, values: Values) -> Question:
    shares = sorted(int(share) for share in context.law.on(context.month).value("early_pension_younger_years").table())
    choices = [Choice("0", context.label("early_pension.not_examined"), {"impairment": 0})]
    choices += [
        Choice(str(share), context.label("early_pension.percent", number=share), {"impairment": share})
        for share in shares
    ]
    return Question(context.say("early_pension.ask_impairment"), choices, wide=3)


def _read_impairment(context: Context, values: Values, text: str) -> Reading:
    said = _PERCENT.fullmatch(folded_words(text))
    if said is None:
        return Got({"impairment": 0}) if reading.yes_no(text) is False or reading.already(text) is False else None
    if int(said[1]) > 100:
        return Wrong(context.say("early_pension.strange_percent", number=int(said[1])))
    return Got({"impairment": int(said[1])})


def _not_told(facts: Facts) -> str | None:
    return None


def _nothing_learnt(values: Values) -> Facts:
    return Facts()


def _impairment_said(context: Context, values: Values) -> str:
    return context.label("early_pension.said_impairment", percent=values["impairment"])


# --- what comes of it ----------------------------------------------------------------------------


def _result(context: Context, values: Values) -> Result:
    firm, heavy, impairment = values.whole("firm"), values.whole("heavy", 0), values.whole("impairment", 0)
    found = early_pension(context.law, context.month, values.text("sex"), fields.birth(values), firm, heavy, impairment)
    said = context.say(
        "early_pension.result",
        **found.figures,
        firm=firm,
        heavy=heavy,
        impairment=impairment,
        needed=_needed(context, "early_pension_min_months"),
        heavy_needed=_needed(context, _HEAVY),
        half_from=_needed(context, "early_pension_half_min_months"),
        warnings=[context.texts.note(warning) for warning in found.warnings],
        **context.quote(
            "pension_min_years",
            "early_pension_reduction",
            "early_pension_half_reduction",
            "early_route_before",
            "early_route_years",
            "early_route_age_male",
            "early_route_age_female",
        ),
    )
    return Result(said, (found,), (DETAILS, opens("pension.opens", "pension"), papers(_ENTRY), AGAIN))


_ONLY_VOLUNTARY = re.compile(r"^(?!.*\b(?:bat buoc|cong ty|nha may|xi nghiep)\b).*\btu nguyen\b")


def _decided(context: Context, facts: Facts) -> str:
    """By the kind of the months paid, where it is told: voluntary ones count for no way, compulsory ones may."""
    firm = 0 if facts.firm is None and facts.own is not None else facts.firm
    paid = facts.paid or facts.total
    if firm is None and paid and _ONLY_VOLUNTARY.search(folded_words(context.message.text)):
        firm = 0
    kind_open = firm is None and facts.paid is not None and facts.paid >= _needed(context, _HEAVY)
    if (firm is None and not kind_open) or facts.drawing or facts.died is not None:
        return ""
    ages, first = ages_of(context, facts), first_month(facts)
    before = Month.of(context.law.on(context.month).value("early_route_before").day())
    return context.say(
        "early_pension.decided",
        early_route=firm == 0 and first is not None and first < before,
        first=first,
        full_in=_route_full(context, facts),
        sex=facts.sex,
        kind_open=kind_open,
        firm=facts.paid if kind_open else firm,
        retires=ages.latest if ages is not None and ages.exact else None,
        least_firm=_needed(context, _HEAVY),
        needed=_needed(context, "early_pension_min_months"),
        **context.quote(
            "early_pension_impairment",
            "early_pension_reduction",
            "early_route_before",
            "early_route_years",
            "early_route_age_male",
            "early_route_age_female",
        ),
    )


def _route_full(context: Context, facts: Facts) -> Month | None:
    """The month in which the months of the early route are full, of who pays without a gap from the first one on."""
    first, stopped = facts.first, facts.stopped
    paid = facts.own if facts.own is not None else facts.paid
    until = context.month if stopped is None else stopped
    gapless = isinstance(first, Month) and until >= context.month + -1 and paid in (None, until - first + 1)
    return first + (_needed(context, "early_route_min_months") - 1) if isinstance(first, Month) and gapless else None


FORM = calculator(
    "early_pension",
    "huusom",
    (
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        MonthsPaid(
            "firm", "early_pension.ask_compulsory", (0, 120, 180, 240), fields.impossible, fact=("firm",)
        ).field(),
        MonthsPaid("heavy", "early_pension.ask_heavy", (0, 120, 180), _check_heavy, _long_enough).field(),
        Field(
            "impairment",
            _ask_impairment,
            _read_impairment,
            "early_pension.example_impairment",
            _impairment_matters,
            Fact((), _not_told, _nothing_learnt, _impairment_said),
        ),
    ),
    _result,
    entry=_ENTRY,
    decides=_decided,
)
