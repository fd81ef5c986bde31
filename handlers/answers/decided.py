"""What the facts known decide of an entry: where they do, it is said before the first word of the general answer.

A form says what its facts decide (`Form.decides`); here stands what is decided of one question and not of the others
that the same form answers, and of those that no form answers.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence

from handlers.calculators import (
    drawn_at_death,
    early_pension,
    lump_sum,
    maternity,
    pensioner_abroad,
    social_pension,
    survivors,
)
from handlers.calculators.ages import Ages, ages_of, months_paid, months_told
from handlers.calculators.at_a_glance import rate_at_a_glance
from handlers.calculators.prices import first_to_pay
from handlers.calculators.reasons import GROUP_SAID
from handlers.dialogue.context import Context
from handlers.dialogue.form import Form
from handlers.reading import (
    Birth,
    Facts,
    asks_for_an_amount,
    asks_for_percent,
    asks_how_long_to_the_age,
    asks_whether,
    asks_whether_by_now,
    asks_whether_lost,
    stops_paying,
    takes_it_out,
)
from handlers.reading.standing import standing
from law.base.estimate import Estimate
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds, next_floor
from law.paying.payment import missing_time_payment
from law.paying.refund import payment_refund
from law.paying.support import supported_since
from law.pension.rate import minimum_months
from law.pension.retirement import SEXES
from law.pension.shortfall import shortfall
from law.pension.start import pension_start
from vietnamese.normalize import folded_words

Decides = Callable[[Context, Facts], str]
"""What facts decide of an entry, as HTML; empty where nothing."""

_OF_SCHOOL_AGE = 23
_OF_A_PENSION = re.compile(r"\b(?:luong huu|ve huu|(?:lanh|linh|nhan|huong|co) huu)\b")
MISSING = "pension_min_years"
"""The entry a question of the months still missing counts for."""


def of(context: Context, entry_id: str, facts: Facts, form: Form | None = None) -> str:
    """What facts decide of an entry, or of the form that answers it; empty where nothing."""
    by_entry = _OF_ENTRIES.get(entry_id)
    said = by_entry(context, facts) if by_entry is not None else ""
    return said or ("" if form is None else form.decides(context, facts))


def tells(context: Context, entry_id: str, facts: Facts, *, sure: bool = True) -> bool:
    """Whether a message tells what an entry is decided by; where it is not `sure` that the entry is meant, a birth
    or a household, which may be told for anything, is not enough."""
    goes_by = [name for name in _GOES_BY.get(entry_id, ()) if sure or name not in _TOLD_FOR_ANYTHING]
    told = standing(context.message.text, context.message.today)
    if entry_id == "social_pension" and _is_old(context, facts):
        return True
    return any(getattr(facts, name, None) is not None for name in goes_by) or any(
        getattr(told, name, None) not in (None, False) for name in goes_by
    )


def _is_old(context: Context, facts: Facts) -> bool:
    """Whether somebody's age alone tells that the social pension may be meant."""
    least = context.law.on(context.month).value("social_pension_age_poor").whole()
    return facts.birth is not None and context.message.today.year - facts.birth.year >= least


def of_span(entry_id: str, facts: Facts) -> Facts:
    """«nếu mới 3 năm thì sao»: a length of time beside an entry decided by the months paid is that."""
    months = facts.span or facts.total
    if months is None or months_paid(facts) is not None or "paid" not in _GOES_BY.get(entry_id, ()):
        return facts
    return dataclasses.replace(facts, paid=months, span=None, total=None)


def as_paid(text: str, facts: Facts) -> Facts:
    """«60 tuổi, đóng 16 năm, lãnh lương hưu được chưa», «… rút được không»: what may be a plan was paid then."""
    if facts.total is None or facts.birth is None or months_paid(facts) is not None or not asks_whether_by_now(text):
        return facts
    return dataclasses.replace(facts, paid=facts.total, total=None)


AGE = "pension_age"
"""The entry a question from when a pension is drawn counts for."""
TELLS_WHEN = (
    *("pension_age", "pension_early", "pension_min_years", "wait_for_pension_age", "one_time_withdrawal"),
    "social_pension",
)
"""The entries of which the month is decided in which something may be had."""
AT_ONCE = "missing_years_lump_sum"
KEPT, DIED = "stop_resume", "death_before_pension"
"""The entries a question whether what was paid is lost counts for: of the living, of the dead."""


def kept(context: Context, facts: Facts) -> tuple[str, str] | None:
    """That what was paid is not lost, with its entry, for who asks so in the middle of a talk, or of stopping; None of
    another text."""
    entry, text = context.memory.state.entry, context.message.text
    if not asks_whether_lost(text):
        return None
    if entry is None or entry not in context.resources.library:
        if not stops_paying(text):  # «đóng 5 năm rồi giờ nghỉ có mất tiền không»
            return None
    elif context.resources.library[entry].condolence or facts.died is not None:
        quoted = context.quote("survivors_min_months", "survivors_file_days")
        return context.say("decided.kept_of_the_dead", **quoted), DIED
    return context.say("decided.kept", **context.quote("withdraw_cutoff")), KEPT


def missing(context: Context, facts: Facts) -> str:
    """How many months are missing for a pension, of whom it is known how many were paid."""
    return "" if months_told(context, facts) is None else _pension(context, facts)


# --- who may join --------------------------------------------------------------------------------


def _joining(context: Context, facts: Facts) -> str:
    """A child, an age, a pension, an allowance, work: the weightiest that stands in the way first."""
    told = standing(context.message.text, context.message.today)
    if told.allowance == "barring":
        return context.say("decided.join_barred", **context.quote("hotline"))
    if told.allowance == "other" and facts.birth is None:
        return context.say("decided.join_with_allowance")
    if told.allowance == "social_pension":
        return context.say("decided.join_with_social_pension", **context.quote("hotline"))
    if facts.drawing and not told.allowance and told.child is None:
        return context.say("decided.join_pensioner")
    ages = ages_of(context, facts)
    if told.of_the_commune and not (ages is not None and ages.reached):  # of age: the sheet does not say
        return context.say("decided.join_of_the_commune", **context.quote("new_law_from", "hotline"))
    if told.employed:
        return context.say("decided.join_employed", **context.quote("hotline"))
    if told.child is not None:
        return _young(context, told.child)
    return _of_an_age(context, facts) if facts.birth is not None and facts.died is None else ""


def _young(context: Context, child: Birth) -> str:
    """From when a child may join; a child whose age is told as a number may have any birthday of the year."""
    youngest = context.law.on(context.month).value("join_min_age").whole()
    month = None if child.month is None or child.approximate else Month(child.year, child.month) + 12 * youngest
    old_enough = month is not None and month < context.month
    return context.say(
        "decided.join_young",
        youngest=youngest,
        month=month,
        year=child.year + youngest,
        old_enough=old_enough,
        this_month=month == context.month,
    )


def _of_an_age(context: Context, facts: Facts) -> str:
    birth = facts.birth
    assert birth is not None, "an age is told"
    age = context.message.today.year - birth.year
    youngest = context.law.on(context.month).value("join_min_age").whole()
    if age <= youngest:
        return _young(context, birth)
    paid, ages = months_paid(facts), ages_of(context, facts)
    if paid and _OF_A_PENSION.search(folded_words(context.message.text)):
        return _pension(context, facts)
    gap = None
    if ages is not None and ages.reached:
        gap = shortfall(context.law, context.month, paid or 0, ages.latest, first_to_pay(context))
    return context.say(
        "decided.join_any_age",
        age=age,
        youngest=youngest,
        student=age < _OF_SCHOOL_AGE,
        gap=None if gap is None else gap.figures,
        paid=paid,
        **context.quote("pension_min_years", "missing_time_max_months"),
    )


def _both(context: Context, facts: Facts) -> str:
    """Of paying both kinds at once only what stands in the way is decided."""
    told = standing(context.message.text, context.message.today)
    drawing = bool(facts.drawing) or told.allowance is not None or told.of_the_commune
    return _joining(context, facts) if drawing and not told.employed else ""


# --- towards a pension ---------------------------------------------------------------------------


def _gap(context: Context, facts: Facts, paid: int, ages: Ages | None) -> Estimate:
    """What is missing; with an age only where it is sure whether it is reached."""
    known = ages is not None and (ages.reached or ages.exact)
    retires = ages.latest if ages is not None and known else None
    first = first_to_pay(context, facts.stopped if facts.stopped == context.month else None)
    return shortfall(context.law, context.month, paid, retires, first)


def _paid_or_lacking(context: Context, facts: Facts) -> int | None:
    """The months paid; where it is told what is missing, what that leaves."""
    lacking = standing(context.message.text, context.message.today).lacking
    if lacking is not None:
        minimum = minimum_months(context.law, context.month)
        return minimum - lacking if 0 < lacking < minimum else None
    return months_told(context, facts)


def _pension(context: Context, facts: Facts) -> str:
    """Enough months or how many are missing, of age or from when, and how the rest is made up."""
    paid = _paid_or_lacking(context, facts)
    if paid is None or facts.drawing or facts.died is not None:
        return ""
    ages = ages_of(context, facts)
    gap = _gap(context, facts, paid, ages)
    few = context.law.on(context.month).value("missing_compulsory_max_months").whole()
    return context.say(
        "decided.pension",
        **_of_age(gap),
        paid=paid,
        ages=ages,
        sure=ages is not None and ages.exact,
        month=context.month,
        since=_drawn_since(context, facts, paid - gap.whole("minimum_months")),
        as_compulsory=gap.whole("missing") > 0 and (facts.firm or 0) >= gap.whole("minimum_months") - few,
        **context.quote("pension_decide_days"),
    )


def _drawn_since(context: Context, facts: Facts, beyond: int) -> Month | None:
    """From when the pension counts of who has the age and `beyond` months more than it takes, and has stopped paying.

    None where that is not known, or not before now; what was paid is taken to have been without a gap, at its end.
    """
    birth, stopped = facts.birth, facts.stopped
    if birth is None or birth.approximate or stopped is None or beyond < 0 or stopped >= context.month:
        return None
    births = [Month(birth.year, month) for month in ((1, 12) if birth.month is None else (birth.month,))]
    starts = {
        found.month("pension_from")
        for sex in (SEXES if facts.sex is None else (facts.sex,))
        for born in births
        for found in (pension_start(context.law, sex, born, stopped + -beyond, stopped, context.month),)
        if isinstance(found, Estimate)
    }
    [start, *others] = sorted(starts)
    return None if others or start > context.month else start


def _of_age(gap: Estimate) -> Mapping[str, object]:
    """The figures of a gap, with those that only an age gives as None where it is not known."""
    by_age = ("of_age", "at_once", "at_once_from", "monthly", "last", "pension_from")
    return {**dict.fromkeys(by_age), **gap.figures}


def _at_once(context: Context, facts: Facts) -> str:
    """Whether the rest may be paid at once: now, later, or from when."""
    paid = _paid_or_lacking(context, facts)
    if paid is None or facts.drawing or facts.died is not None:
        return ""
    ages = ages_of(context, facts)
    if ages is None and _says_of_age(context):
        ages = Ages(context.month + -1, context.month + -1, context.month)
    gap = _gap(context, facts, paid, ages)
    unsure = ages is not None and gap.figures.get("of_age") is None
    return context.say(
        "decided.at_once",
        **_of_age(gap),
        paid=paid,
        ages=ages,
        unsure=unsure,
        not_of_age=ages is not None and ages.ahead,
        sex=facts.sex,
        month=context.month,
        costs=_costs_at_once(context, facts, gap),
    )


def _costs_at_once(context: Context, facts: Facts, gap: Estimate) -> Sequence[Mapping[str, object]]:
    """What the missing months cost at once, on the lowest level and the one told; none where they can't be paid so."""
    lowest = income_bounds(context.law, context.month).whole("minimum")
    missing = gap.whole("missing")
    if not missing or missing > gap.whole("at_once_max"):
        return ()
    levels = {lowest, max(facts.income or facts.past or lowest, lowest)}
    paid = [(level, missing_time_payment(context.law, context.month, level, missing)) for level in sorted(levels)]
    return [
        {"level": level, "lowest": level == lowest, "gross": each.whole("gross")}
        for level, each in paid
        if isinstance(each, Estimate)
    ]


_OF_AGE = re.compile(r"\b(?:du|den|toi|qua) tuoi\b(?! \d)")
_NOT_OF_AGE = re.compile(r"\b(?:chua|khong|gan|sap) (?:du|den|toi) tuoi\b")


def _says_of_age(context: Context) -> bool:
    """«tôi đủ tuổi rồi còn thiếu 3 năm»: of age, without a year of birth."""
    plain = folded_words(context.message.text)
    return _OF_AGE.search(plain) is not None and _NOT_OF_AGE.search(plain) is None


def _advance(context: Context, facts: Facts) -> str:
    """«đóng luôn một lần»: of who is of age and lacks months, those are meant, not years to come."""
    paid, ages = _paid_or_lacking(context, facts), ages_of(context, facts)
    of_age = (ages is not None and ages.reached) or (ages is None and _says_of_age(context))
    lacks = paid is not None and paid < minimum_months(context.law, context.month)
    return _at_once(context, facts) if of_age and lacks and facts.ahead is None else ""


def _retirement_age(context: Context, facts: Facts) -> str:
    """Of age or from when, and with the months paid what is missing."""
    ages, paid = ages_of(context, facts), months_told(context, facts)
    short = paid is not None and paid < minimum_months(context.law, context.month)
    if paid is not None and not (short and (ages is None or ages.ahead)):
        return _pension(context, facts)
    if ages is None or facts.drawing or facts.died is not None:
        return ""
    exactly = ages.ahead and ages.earliest == ages.latest
    return context.say(
        "decided.age",
        years=age_then(facts, ages),
        left=ages.latest - context.month if exactly and asks_how_long_to_the_age(context.message.text) else None,
        paid=paid,
        missing=None if paid is None else minimum_months(context.law, context.month) - paid,
        at_once_max=context.law.on(context.month).value("missing_time_max_months").whole(),
        ages=ages,
        sex=facts.sex,
        of_age=ages.reached,
        not_of_age=ages.ahead,
        **context.quote("pension_min_years"),
    )


def age_then(facts: Facts, ages: Ages) -> tuple[int, int] | None:
    """The age, in years and months, at which that is; None where the month of birth is not known."""
    birth = facts.birth
    if birth is None or birth.month is None or birth.approximate or ages.earliest != ages.latest:
        return None
    return divmod(ages.latest - Month(birth.year, birth.month), 12)


def _early(context: Context, facts: Facts) -> str:
    """Who is of age already asks for no early pension; of others the kind of the months decides."""
    ages = ages_of(context, facts)
    if ages is not None and ages.reached:
        return _pension(context, facts)
    return early_pension.FORM.decides(context, facts)


def _waiting(context: Context, facts: Facts) -> str:
    """Of who has not enough months there is no waiting for the age alone; and of age there is no waiting at all."""
    paid, ages = months_paid(facts), ages_of(context, facts)
    short = paid is not None and paid < minimum_months(context.law, context.month)
    return _pension(context, facts) if short or (ages is not None and ages.reached) else ""


# --- the State's support -------------------------------------------------------------------------


def _support(context: Context, facts: Facts) -> str:
    """What the State pays for a household, now and from the next floor; and how long still."""
    if facts.groups is None:
        return ""
    now = _supported(context, context.month, facts)
    coming = next_floor(context.law, context.month)
    later = None if coming is None else _supported(context, coming.month("since"), facts)
    most = context.law.on(context.month).value("state_support_max_months").whole()
    used = 0 if facts.own is None else min(facts.own, context.month - supported_since(context.law))
    return context.say(
        "decided.support",
        group=context.label(GROUP_SAID[str(now.figures["group"])]),
        now=now.figures,
        later=None if later is None else later.figures,
        later_from=None if coming is None else coming.month("since"),
        own=facts.own,
        left=most - used,
        most=most,
        since=supported_since(context.law),
        **context.quote("hotline", "local_authority"),
    )


def _price(context: Context, facts: Facts) -> str:
    """What a household whose group was told pays at least; a message that tells more is reckoned."""
    if facts.groups is None or facts.income or facts.payment or facts.money:
        return ""
    now, coming = _supported(context, context.month, facts), next_floor(context.law, context.month)
    later = None if coming is None else _supported(context, coming.month("since"), facts)
    return context.say(
        "decided.price",
        group=context.label(GROUP_SAID[str(now.figures["group"])]),
        now=now.figures,
        later=None if later is None else later.figures,
        later_from=None if coming is None else coming.month("since"),
        **context.quote("contribution_rate"),
    )


def _supported(context: Context, month: Month, facts: Facts) -> Estimate:
    floor = income_bounds(context.law, month).whole("minimum")
    priced = contribution(context.law, month, floor, groups=facts.groups or ())
    assert isinstance(priced, Estimate), "the lowest income is within the bounds"
    return priced


# --- what comes back -----------------------------------------------------------------------------


_LEFT_OVER = re.compile(r"\b(?:thua|du|con thua|con du|con lai)(?: lai| ra)? (\d{1,2}) thang\b")


def _left_over(context: Context) -> int | None:
    """«còn thừa 6 tháng»: the months that are not needed, as somebody counts them."""
    said = _LEFT_OVER.search(folded_words(context.message.text))
    return None if said is None else int(said[1])


def _refund(context: Context, facts: Facts) -> str:
    """What comes back of months paid at once, of who was hired before they were over; empty of who tells too little."""
    first, months, hired = facts.first, facts.every, facts.hired
    if not isinstance(first, Month) or not months or hired is None or facts.died is not None:
        return ""
    left = _left_over(context) or months - (hired - first)
    floor = income_bounds(context.law, first).whole("minimum")
    level, groups = facts.income or facts.past or floor, facts.groups or ("other",)
    if not 0 < left < months:
        return ""
    since = first + (months - left)
    found = payment_refund(context.law, first, max(level, floor), months, left, "compulsory", groups, stopped_in=since)
    if not isinstance(found, Estimate):
        return ""
    best = str(_supported(context, first, dataclasses.replace(facts, groups=groups)).figures["group"])
    return context.say(
        "decided.refund",
        **found.figures,
        left=left,
        months=months,
        first=first,
        since=since,
        until=first + (months - 1),
        level=max(level, floor),
        lowest=facts.income is facts.past is None,
        group=context.label(GROUP_SAID[best]),
        assumed=facts.groups is None,
    )


# --- what is kept --------------------------------------------------------------------------------


def _withdrawal(context: Context, facts: Facts) -> str:
    """Whether it may be taken out, where that is sure either way."""
    return lump_sum.may_take_out(context, facts)


def _taken_out(context: Context, facts: Facts) -> str:
    """The sum, or whether it may be taken out for who asks that."""
    text = context.message.text
    whether = takes_it_out(text) and asks_whether(text) and not asks_for_an_amount(text)
    return lump_sum.sum_taken_out(context, facts) or (_withdrawal(context, facts) if whether else "")


def _rate(context: Context, facts: Facts) -> str:
    """How many percent it is, for who asks that, or what another length brings where no amount is talked of."""
    text, state = context.message.text, context.memory.state
    beside = state.entry == "pension_amount" and state.result is None and not asks_for_an_amount(text)
    if not (asks_for_percent(text) or beside):
        return ""
    return rate_at_a_glance(context, facts, asked=asks_for_percent(text))


_TOLD_FOR_ANYTHING = ("birth", "groups")
_JOINING = ("birth", "drawing", "child", "employed", "of_the_commune", "allowance")
_PAID = ("paid", "own", "firm", "lacking")
_OF_A_DEATH = (*_PAID, "drawing", "drawn", "drew_allowance", "died")
_OF_ENTRIES: Mapping[str, Decides] = {
    "who_can_join": _joining,
    "allowance_joining": _joining,
    "age_over_60": _joining,
    "student": _joining,
    "housewife": _both,
    "both_at_once": _both,
    "register_where": _both,
    "pension_min_years": _pension,
    "pension_age": _retirement_age,
    "pension_early": _early,
    "missing_years_lump_sum": _at_once,
    "advance_payment": _advance,
    "wait_for_pension_age": _waiting,
    "state_support": _support,
    "pension_amount": _rate,
    "one_time_withdrawal": _withdrawal,
    "one_time_serious_illness": lump_sum.of_the_ill,
    "one_time_amount": _taken_out,
    "maternity": maternity.FORM.decides,
    "abroad": pensioner_abroad.FORM.decides,
    "maternity_loss": maternity.FORM.decides,
    "survivors_funeral": survivors.FORM.decides,
    "death_before_pension": survivors.FORM.decides,
    "monthly_allowance_under_15y": drawn_at_death.decided,
    "social_pension": social_pension.FORM.decides,
    "contribution_rate": _price,
    "min_income": _price,
    "change_2027": _price,
    "refund": _refund,
}
"""What is decided of an entry."""
_GOES_BY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("who_can_join", "age_over_60", "student"), _JOINING),
    **dict.fromkeys(("housewife", "both_at_once", "register_where"), ("drawing", "of_the_commune", "allowance")),
    **dict.fromkeys(("pension_min_years", "pension_early", "missing_years_lump_sum", "wait_for_pension_age"), _PAID),
    "pension_age": (*_PAID, "birth", "sex"),
    "advance_payment": _PAID,
    "pension_amount": (*_PAID, "span", "total", "sex", "level", "income", "payment", "money"),
    **dict.fromkeys(("state_support", "change_2027", "social_pension"), ("groups",)),
    **dict.fromkeys(("survivors_funeral", "death_before_pension"), _OF_A_DEATH),
    "monthly_allowance_under_15y": ("drew_allowance",),
    "maternity": ("due", "children", "weeks", "paying_parents", "window", "stopped"),
    "abroad": ("drawing",),
    "allowance_joining": ("drawing", "of_the_commune", "allowance"),
    "maternity_loss": ("weeks",),
    "refund": ("every", "hired", "groups", "income", "past"),
    "one_time_withdrawal": ("first", "stopped", "began", "paid", "own", "firm", "why"),
    "one_time_amount": (*_PAID, "why", "wage", "past"),
    "one_time_serious_illness": (*_PAID, "why"),
}
"""The facts, and what else a message tells, that it is decided by."""
