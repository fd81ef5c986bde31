"""«Rút một lần hay chờ?»: what a withdrawal brings and loses beside what keeping the months brings."""

from __future__ import annotations

import dataclasses

from handlers import reading
from handlers.calculators import drawings, fields
from handlers.calculators.ages import ages_of, months_paid, months_told
from handlers.calculators.household import GROUP
from handlers.calculators.priced import counting_group, groups_of
from handlers.calculators.prices import first_to_pay
from handlers.calculators.reasons import GROUP_SAID
from handlers.calculators.result import AGAIN, DETAILS, Offer, Result, calculator
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.heard import is_of_a_withdrawal
from handlers.dialogue.person import facts_of
from handlers.dialogue.texts import OneOf
from handlers.dialogue.turn import Reply
from handlers.dialogue.values import Given, Values
from handlers.reading.standing import standing
from law.base.estimate import Estimate, Outcome
from law.base.month import Month
from law.benefits.lump_sum import lump_sum, may_withdraw
from law.benefits.survivors import funeral_allowance, survivor_lump_sum
from law.paying.contribution import income_bounds
from law.pension.history import Period
from law.pension.paying_on import payback_months
from law.pension.plan import plan
from law.pension.rate import minimum_months

_NEED = "need"
WHYS = (_NEED, "settling_abroad", "serious_illness", "impairment", "severe_disability")
"""Why somebody thinks of it. Need is no reason of the law: then the ways their time and age open are looked at."""
_WHY_NAMES = OneOf("lump_sum.why_{}", WHYS)
_LEGAL = {"impairment": "severe_disability"}
"""The law's reason, where it has one for several of these (Luật 41/2024 Điều 102 khoản 1 điểm d)."""
_DRAW = Offer("drawings.withdraw", "draw")
_SPANS = (0, 24, 60, 120)
_SAID_AT_ONCE = ("floor_rises", "amount_paid_assumed", "support_count_assumed")
"""Warnings that stand under the result itself; all of them stand under «Chi tiết và căn cứ»."""


# --- what is asked -------------------------------------------------------------------------------


def _ask_why(context: Context, values: Values) -> Question:
    choices = [Choice(why, _why_label(context, why), {"why": why}) for why in WHYS]
    return Question(context.say("lump_sum.ask_why"), choices, wide=1)


def _why_label(context: Context, why: str) -> str:
    return context.label(_WHY_NAMES[why], percent=_impairment(context))


def _impairment(context: Context) -> int:
    """The share of the ability to work whose loss is a reason, in percent."""
    return context.law.on(context.month).value("withdraw_impairment").whole()


def _read_why(context: Context, values: Values, text: str) -> Reading:
    why = reading.why_withdraw(text)
    if why is None and reading.tells_of_cirrhosis(text):
        choices = [
            Choice("decompensated", context.label("lump_sum.decompensated"), {"why": "serious_illness"}),
            Choice("compensated", context.label("lump_sum.compensated"), {"why": _NEED}),
        ]
        return Wrong(context.say("lump_sum.which_cirrhosis"), choices)
    share, least = reading.share_lost(text), _impairment(context)
    if why == "impairment" and (share is None or share < least):
        choices = [
            Choice("enough", context.label("lump_sum.impaired_enough", percent=least), {"why": "impairment"}),
            Choice("less", context.label("lump_sum.impaired_less"), {"why": _NEED}),
        ]
        return Wrong(context.say("lump_sum.which_impairment", percent=least, share=share), choices)
    return None if why is None else Got({"why": why})


def _check_voluntary(context: Context, values: Values, months: int) -> Wrong | None:
    first_year = min(year for year in context.law.on(context.month).value("income_coefficients").table())
    if context.month + (1 - months) < Month(int(first_year), 1):
        return Wrong(context.say("lump_sum.voluntary_since", year=first_year))
    return fields.impossible(context, values, months)


def _check_compulsory(context: Context, values: Values, months: int) -> Wrong | None:
    voluntary = values.whole("vol")
    if not voluntary + months:
        return Wrong(context.say("lump_sum.nothing_paid"))
    return fields.impossible(context, values, voluntary + months)


def _ask_stop(context: Context, values: Values) -> Question:
    now = context.month
    choice = Choice("now", context.label("lump_sum.still_paying"), _stopped(now))
    return Question(context.say("lump_sum.ask_stop"), (choice,))


def _read_stop(context: Context, values: Values, text: str) -> Reading:
    said = reading.last_paid(text, context.message.today)
    if said is None:
        return None
    if said.month is None:
        months = [Month(said.year, month) for month in range(1, 13)]
        possible = [month for month in months if _impossible(context, values, month) is None]
        choices = [
            Choice(str(month), context.label("fields.calendar_month", month=month), _stopped(month))
            for month in possible
        ]
        if choices:
            return Wrong(context.say("lump_sum.which_month", year=said.year), choices)
    last = Month(said.year, said.month or 12)
    return _impossible(context, values, last) or Got(_stopped(last))


def _stopped(last: Month) -> Given:
    return {"stop": str(last)}


def _maybe_too_late(context: Context, values: Values) -> bool:
    """Whether it matters when the first month kept was: without gaps, which are not known, it was too late.

    Months taken out before count for nothing, and so not for this either (NĐ 158/2025 Điều 14 khoản 1).
    """
    first = values.month("stop") + (1 - _months(values))
    cutoff = context.law.on(context.month).value("withdraw_cutoff").day()
    return values.get("why") == _NEED and first >= Month.of(cutoff)


def _paid_voluntarily(context: Context, values: Values) -> bool:
    return bool(values.get("vol"))


def _paid_as_employee(context: Context, values: Values) -> bool:
    return bool(values.get("comp"))


def _group_matters(context: Context, values: Values) -> bool:
    """Whether the group is asked: going on costs by it, and the State's support is paid back; the ill are spared it."""
    return values.get("why") in (_NEED, "settling_abroad")


def _impossible(context: Context, values: Values, last: Month) -> Wrong | None:
    """A last month to come, or months before anyone may pay: named."""
    if last > context.month:
        return Wrong(context.say("lump_sum.stop_in_future", month=last))
    floor = income_bounds(context.law, context.month).whole("minimum")
    periods = _periods(values, last, floor, floor)
    tried = plan(context.law, context.month, values.text("sex"), fields.birth(values), periods, floor)
    if isinstance(tried, Estimate):
        return None
    return Wrong(context.say("lump_sum.stop_too_early", month=last, months=_months(values)))


def _why_words(facts: reading.Facts) -> str | None:
    return None if facts.why is None else _TYPED[facts.why]


def _why_learnt(values: Values) -> reading.Facts:
    return facts_of({"why": values["why"]})


def _why_said(context: Context, values: Values) -> str:
    said = _why_label(context, values.text("why"))
    return said[0].lower() + said[1:]


_TYPED = {
    "need": "cần tiền",
    "settling_abroad": "định cư",
    "serious_illness": "bệnh nặng",
    "impairment": "mất sức",
    "severe_disability": "khuyết tật nặng",
}
"""A reason as it is typed in answer to the question."""
_WHY_FACT = Fact(("why",), _why_words, _why_learnt, _why_said)


def _stop_words(facts: reading.Facts) -> str | None:
    return None if facts.stopped is None else f"{facts.stopped.month}/{facts.stopped.year}"


def _stop_learnt(values: Values) -> reading.Facts:
    return reading.Facts(stopped=values.month("stop"))


def _stop_said(context: Context, values: Values) -> str:
    return context.label("lump_sum.said_stop", last=values.month("stop"), still=values.month("stop") == context.month)


_STOP_FACT = Fact(("stopped",), _stop_words, _stop_learnt, _stop_said)


# --- what is reckoned with -----------------------------------------------------------------------


def _months(values: Values) -> int:
    return values.whole("vol") + values.whole("comp")


def _periods(values: Values, last: Month, income: int, wage: int) -> tuple[Period, ...]:
    """The history as far as it is known: without gaps up to the last month, compulsory months first."""
    voluntary, compulsory = values.whole("vol"), values.whole("comp")
    between = last + -voluntary
    earlier = (Period(between + (1 - compulsory), between, wage, "compulsory"),) if compulsory else ()
    return (*earlier, Period(between + 1, last, income)) if voluntary else earlier


@dataclasses.dataclass(frozen=True, slots=True)
class _Outcomes:
    """All ways: `may` withdraw, the `taken` lump sum; what `kept` months bring; what the family would get.

    `finished`: the kept months with no more than the missing ones.
    """

    may: Estimate
    taken: Estimate
    kept: Estimate
    finished: Estimate
    funeral: Estimate
    survivors: Estimate
    last: Month


def _reckon(context: Context, values: Values) -> _Outcomes:
    law, now, sex, last = context.law, context.month, values.text("sex"), values.month("stop")
    born = fields.birth(values)
    income = fields.income(context, values, "income") if values["vol"] else 0
    wage = fields.income(context, values, "wage") if values["comp"] else 0
    periods = _periods(values, last, income, wage)
    told = values.text("why")
    why = None if told == _NEED else _LEGAL.get(told, told)
    may = may_withdraw(law, now, sex, born, last, _months(values), why, values.yes("first"))
    groups = groups_of(values)
    named = may.figures["reason"] or "stopped_12_months"
    taken = _estimate(lump_sum(law, now, str(named), periods, groups))
    floor = income_bounds(law, now).whole("minimum")
    top_up = context.resources.manner.local_top_up
    first_month = first_to_pay(context, last)
    kept = _estimate(plan(law, now, sex, born, periods, floor, groups, local_top_up=top_up, first=first_month))
    finished = _estimate(
        plan(law, now, sex, born, periods, floor, groups, local_top_up=top_up, first=first_month, only_minimum=True)
    )
    border = Month.of(law.on(now).value("higher_multiple_from").day())
    early = sum(month < border for period in periods for month in period.months())
    voluntary, compulsory = values.whole("vol"), values.whole("comp")
    return _Outcomes(
        may,
        dataclasses.replace(
            taken, warnings=tuple(note for note in taken.warnings if note.name != "lump_sum_not_allowed")
        ),
        kept,
        finished,
        funeral_allowance(law, now, voluntary, compulsory),
        survivor_lump_sum(
            law,
            taken.whole("average"),
            early,
            _months(values) - early,
            compulsory_months=compulsory,
            last_scheme=periods[-1].scheme,
            on=now,
        ),
        last,
    )


def _estimate(outcome: Outcome) -> Estimate:
    if not isinstance(outcome, Estimate):
        raise ValueError(f"a history that was looked at before was refused: {outcome.reason}")
    return outcome


# --- what comes of it ----------------------------------------------------------------------------


def _result(context: Context, values: Values) -> Result:
    found = _reckon(context, values)
    law_on = context.law.on(context.month)
    net, kept = found.taken.whole("net"), found.kept
    stop_pension = kept.figures["stop_now_pension_today"] or kept.figures["stop_now_pension"]
    pension = kept.whole("go_on_pension")
    enough = law_on.value("survivors_monthly_min_months").whole()
    warnings = {note.name + str(note.figures): note for note in (*found.taken.warnings, *kept.warnings)}
    said = context.say(
        "lump_sum.result",
        **{**kept.figures, **found.taken.figures},
        may=found.may.figures["eligible"],
        open=any(note.name == "withdraw_of_age_open" for note in found.may.warnings),
        way=found.may.figures["reason"] if values["why"] == _NEED else values["why"],
        impairment=_impairment(context),
        obstacle=_obstacle(context, values, found),
        cutoff=law_on.value("withdraw_cutoff").day(),
        stop_needed=law_on.value("withdraw_stopped_months").whole(),
        most_years=law_on.value("withdraw_max_years").whole(),
        withdraw_from=found.last + (law_on.value("withdraw_stopped_months").whole() + 1),
        decide_days=law_on.value("withdraw_decide_days").whole(),
        funeral=found.funeral.whole("amount"),
        survivors=found.survivors.whole("amount"),
        survivors_monthly=enough if values.whole("comp") >= enough else None,
        who=context.label(GROUP_SAID[counting_group(context, values)]),
        finishing=found.finished.figures if _saves(found) else None,
        stop_pension=stop_pension,
        payback_kept=payback_months(net, stop_pension) if isinstance(stop_pension, int) else None,
        payback_on=payback_months(net, pension),
        payback_on_with_cost=payback_months(net + kept.whole("total_own"), pension),
        not_known=fields.NOT_KNOWN in (values.get("income"), values.get("wage")),
        last=found.last,
        options=[context.texts.note(note) for note in kept.options],
        warnings=[context.texts.note(note) for note in warnings.values() if note.name in _SAID_AT_ONCE],
    )
    return Result(said, (found.may, found.taken, found.kept), (DETAILS, _DRAW, AGAIN))


def _saves(found: _Outcomes) -> bool:
    """Whether paying only until the minimum is less than paying on to the age: then it is told too."""
    months = found.finished.whole("months_to_pay")
    return 0 < months < found.kept.whole("months_to_pay")


def _obstacle(context: Context, values: Values, found: _Outcomes) -> str | None:
    """What stands in the way of who has only stopped paying: began too late, paid too long, stopped too lately."""
    if found.may.figures["eligible"]:
        return None
    if values.get("first") is False:
        return "late"
    most = 12 * context.law.on(context.month).value("withdraw_max_years").whole()
    return "long" if _months(values) >= most else "recent"


def _draw(context: Context, values: Values) -> tuple[Reply, ...]:
    found = _reckon(context, values)
    lost = ["time", "pension", "health_card"]
    lost += ["funeral"] if found.funeral.whole("amount") else []
    lost += ["survivors"]
    return (drawings.withdraw_or_wait(context, found.taken, found.kept, lost),)


@dataclasses.dataclass(frozen=True, slots=True)
class _Chance:
    """What is known of somebody's chance to take the money out; None where it is not told."""

    why: str | None
    late: bool | None
    """Whether the first month paid was too late for the way of those who stopped."""
    earliest: Month | None
    """The first month of who has stopped long enough."""
    of_age: bool | None
    paid: int | None


def _chance(context: Context, facts: reading.Facts) -> _Chance:
    law_on = context.law.on(context.month)
    cutoff = Month.of(law_on.value("withdraw_cutoff").day())
    needed = law_on.value("withdraw_stopped_months").whole()
    text, today = context.message.text, context.message.today
    of_one = not reading.stated(text, today).others  # else the date may be of somebody else
    began = (standing(text, today).began if of_one else None) or facts.first
    first, latest = (began, began) if isinstance(began, Month) else (None, None)
    if isinstance(began, int):
        first, latest = Month(began, 1), Month(began, 12)
    paid, until = months_paid(facts), facts.stopped or context.month
    if paid and until + (1 - paid) < cutoff:  # with gaps it was still earlier
        latest = until + (1 - paid)
    late = None
    if (latest is not None and latest < cutoff) or (facts.stopped is not None and facts.stopped < cutoff):
        late = False
    elif first is not None and first >= cutoff and not facts.firm:
        late = True
    earliest = None if facts.stopped is None else facts.stopped + (needed + 1)
    ages = ages_of(context, facts)
    of_age = None if ages is None or not (ages.reached or ages.ahead) else ages.reached
    return _Chance(facts.why, late, earliest, of_age, paid)


def _decided(context: Context, facts: reading.Facts) -> str:
    """Who first paid too late, paid too long or too lately can't take it out: told before anything else."""
    chance, law_on = _chance(context, facts), context.law.on(context.month)
    if facts.died is not None or chance.why not in (None, _NEED):
        return ""
    most, enough = 12 * law_on.value("withdraw_max_years").whole(), minimum_months(context.law, context.month)
    for_pension = bool(chance.of_age) and chance.paid is not None and chance.paid >= enough
    if chance.of_age and not for_pension and (chance.paid is not None or chance.late is not None):
        return ""
    recent = chance.earliest is not None and context.month < chance.earliest
    too_long = chance.paid is not None and chance.paid >= most
    if not (for_pension or chance.late or recent or too_long):
        return ""
    return context.say(
        "lump_sum.decided",
        open=for_pension and not (chance.late or recent or too_long),
        for_pension=for_pension,
        late=chance.late,
        too_long=too_long,
        cutoff=law_on.value("withdraw_cutoff").day(),
        needed=law_on.value("withdraw_stopped_months").whole(),
        most=most,
        enough=enough,
        paid=chance.paid,
        earliest=chance.earliest,
        of_age=chance.of_age,
        unsure=chance.late is None,
        impairment=_impairment(context),
    )


def _decides(context: Context, facts: reading.Facts) -> str:
    """What is decided of who tells so much; and for who asks how much, the sum, which needs no sex and no birth."""
    return sum_taken_out(context, facts) or _decided(context, facts)


_ANY_WAGE = 5_000_000
"""In dong: what is told without a wage holds for whatever it was."""


def sum_taken_out(context: Context, facts: reading.Facts) -> str:
    """Whether it may be taken out, and how much that is; empty where no sum is asked, or too little is told for one."""
    told = _sum_taken_out(context, facts)
    return _may_take_out(context, facts, told) if told else ""


def of_the_ill(context: Context, facts: reading.Facts) -> str:
    """Whether an illness, or what is lost of the ability to work, is one of the law; with the sum, where it is known
    for how long was paid. Empty where nothing of that is told."""
    text, least = context.message.text, _impairment(context)
    illness, share = reading.illness_not_in_the_law(text), reading.share_lost(text)
    if share is None and illness is not None:
        quoted = context.quote("withdraw_cutoff", "withdraw_stopped_months", "pension_min_years", "hotline")
        most = context.law.on(context.month).value("withdraw_max_years").whole()
        return context.say("lump_sum.illness_not_in_the_law", illness=illness, impairment=least, most=most, **quoted)
    if share is not None and 0 < share < least:
        return context.say("lump_sum.impaired_too_little", share=share, impairment=least)
    if share is not None and facts.why == "impairment":
        return _ways_open(context, facts)
    if facts.why not in WHYS[1:] or not months_paid(facts) or facts.died is not None:
        return ""
    return "\n\n".join(filter(None, (_ways_open(context, facts), _sum_of(context, facts))))


def _sum_taken_out(context: Context, facts: reading.Facts) -> str:
    """What the months told come to when they are taken out; empty where they are not told or nobody asks."""
    text = context.message.text
    spoken_of = reading.takes_it_out(text) or facts.why is not None or is_of_a_withdrawal(context)
    tells = context.memory.state.entry == "one_time_amount" and not reading.asks_in_words(text)
    asks = (reading.asks_for_an_amount(text) or tells) and spoken_of
    return _sum_of(context, facts) if asks and facts.total is None else ""


def _sum_of(context: Context, facts: reading.Facts) -> str:
    """What the months told come to; in months of the average where it is not known what the wage was."""
    dated = facts.stopped is not None and not isinstance(facts.first, int)  # «từ 1/2022 đến 9/2025»
    months, firm = months_told(context, facts) if dated else months_paid(facts), facts.firm or 0
    level, wage = facts.past or facts.income, facts.wage
    if not months or firm > months:
        return ""
    last = facts.stopped or context.month
    own = months - firm
    assumed = level if level is not None else fields.lowest_past(context, own, last) if own else 0
    values = Values({"vol": own, "comp": firm})
    reason = _LEGAL.get(facts.why or "", facts.why) if facts.why in WHYS[1:] else "stopped_12_months"
    unknown = bool(firm) and wage is None
    periods = _periods(values, last, assumed, _ANY_WAGE if wage is None else wage)
    taken = lump_sum(context.law, context.month, str(reason), periods, facts.groups or ())
    if not isinstance(taken, Estimate):
        return ""
    if unknown:
        several = taken.figures["multiple"]
        return "" if several is None else context.say("lump_sum.sum_of_wages", months=months, own=own, multiple=several)
    return context.say(
        "lump_sum.sum",
        **taken.figures,
        level=level if firm == 0 else None,
        lowest=assumed if level is None and own else None,
        who=context.label(GROUP_SAID[(facts.groups or ("other",))[0]]),
        spared=reason not in ("stopped_12_months", "settling_abroad"),
    )


def may_take_out(context: Context, facts: reading.Facts) -> str:
    """Whether it may be taken out, as HTML: yes and by which way, or why not; empty where neither is sure.

    Who asks how much is told the sum as well. Of who died nothing is taken out: that is for the family.
    """
    return _may_take_out(context, facts, _sum_taken_out(context, facts))


def _may_take_out(context: Context, facts: reading.Facts, told: str) -> str:
    if facts.died is not None:
        return ""
    return "\n\n".join(filter(None, (_decided(context, facts) or _ways_open(context, facts), told)))


def _ways_open(context: Context, facts: reading.Facts) -> str:
    chance, law_on = _chance(context, facts), context.law.on(context.month)
    enough = minimum_months(context.law, context.month)
    stopped = chance.earliest is not None and context.month >= chance.earliest
    by_age = bool(chance.of_age) and chance.paid is not None and chance.paid < enough
    named = chance.why in WHYS[1:]
    in_time = chance.late is False and facts.stopped is None
    if not (named or by_age or stopped or in_time):
        return ""
    return context.say(
        "lump_sum.may_take_out",
        why=chance.why if named else None,
        impairment=_impairment(context),
        by_age=by_age,
        in_time=chance.late is False,
        stopped=stopped,
        paid=chance.paid,
        enough=enough,
        cutoff=law_on.value("withdraw_cutoff").day(),
        needed=law_on.value("withdraw_stopped_months").whole(),
        most=12 * law_on.value("withdraw_max_years").whole(),
    )


FORM = calculator(
    "lump_sum",
    "rutmotlan",
    (
        Field("why", _ask_why, _read_why, "lump_sum.example_why", fact=_WHY_FACT, assume=fields.assumed(why=_NEED)),
        fields.SEX,
        fields.BORN,
        fields.MONTH,
        fields.MonthsPaid("vol", "lump_sum.ask_voluntary", _SPANS, _check_voluntary, fact=("own", "paid")).field(),
        fields.MonthsPaid(
            "comp",
            "lump_sum.ask_compulsory",
            _SPANS,
            _check_compulsory,
            fact=("firm",),
            assume=fields.assumed(comp=0),
        ).field(),
        Field("stop", _ask_stop, _read_stop, "lump_sum.example_stop", fact=_STOP_FACT),
        fields.yes_no_field("first", "lump_sum.ask_first", _maybe_too_late),
        fields.income_field("income", "lump_sum.ask_income", _paid_voluntarily, ("past",)),
        fields.income_field("wage", "lump_sum.ask_wage", _paid_as_employee, ("wage",)),
        dataclasses.replace(GROUP, wanted=_group_matters),
    ),
    _result,
    {_DRAW: _draw},
    entry="one_time_withdrawal",
    decides=_decides,
)
