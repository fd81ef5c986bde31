"""«Trợ cấp thai sản»: month of birth, what was paid in the months before it, how many children → the grant."""

from __future__ import annotations

import re

from handlers import reading
from handlers.calculators.ages import first_month, months_paid
from handlers.calculators.fields import assumed, calendar_field
from handlers.calculators.prices import first_to_pay, last_day
from handlers.calculators.result import AGAIN, DETAILS, Result, calculator, papers
from handlers.dialogue import person
from handlers.dialogue.context import Context
from handlers.dialogue.form import Choice, Fact, Field, Got, Question, Reading, Wrong
from handlers.dialogue.values import Given, Values
from handlers.reading.birth_windows import BirthWindow, birth_window
from handlers.reading.standing import Standing, standing
from law.base.estimate import Estimate, Note
from law.base.month import Month
from law.benefits.maternity import maternity_grant, maternity_window
from vietnamese.normalize import folded_words

_AHEAD = 24
"""Months: a birth expected later than this is a slip of the keyboard."""
_MOST_CHILDREN = 8
_ENTRY = "maternity"
_FEW = 9
"""Months: a payer of more may have paid some of them before those that count."""


# --- what is asked -------------------------------------------------------------------------------


def _check_birth(context: Context, month: Month) -> Wrong | None:
    """Births the law is known for, up to those that can be planned."""
    if month > context.month + _AHEAD:
        return Wrong(context.say("maternity.too_late", month=month))
    begin = Month.of(context.law.parameter("maternity_min_months").values[0].since)
    if month < begin:
        return Wrong(context.say("maternity.before_the_grant", month=month, begin=begin))
    return None


def _ask_paid(context: Context, values: Values) -> Question:
    birth, now = values.month("birth"), context.law.on(context.month)
    window, least = now.value("maternity_window_months").whole(), now.value("maternity_min_months").whole()
    said = context.say(
        "maternity.ask_paid", window=window, first=birth + -window, last=birth + -1, coming=birth > context.month
    )
    offered = sorted({0, least // 2, least, (least + window) // 2, window})
    choices = [
        Choice(str(months), context.label("maternity.months", months=months), {"paid": months}) for months in offered
    ]
    return Question(said, choices, wide=3)


def _read_paid(context: Context, values: Values, text: str) -> Reading:
    """How many months, or from when they are paid: «6 tháng», «từ tháng 5», «từ 1/2026 đến 4/2026»."""
    dated = birth_window(text, context.message.today, values.month("birth"))
    if dated is not None and dated.due == values.month("birth"):
        return Got(_paid_by_dates(context, dated))
    months = int(text) if text.strip().isdecimal() and len(text.strip()) < 4 else reading.duration_months(text)
    if months is None:
        return None
    window = context.law.on(context.month).value("maternity_window_months").whole()
    if months > window:
        return Wrong(context.say("maternity.more_than_the_window", months=months, window=window))
    return Got({"paid": months})


def _paid_by_dates(context: Context, dated: BirthWindow) -> Given:
    found = maternity_window(context.law, dated.due, dated.first, dated.last)
    given: Given = {"paid": found.whole("months"), "paid.since": str(dated.first)}
    return given if dated.last is None else {**given, "paid.until": str(dated.last)}


def _told_by_dates(context: Context, text: str) -> Given:
    """Birth and payment that a sentence tells by their months."""
    dated = birth_window(text, context.message.today)
    if dated is None or _check_birth(context, dated.due) is not None:
        return {}
    return {"birth": str(dated.due), **_paid_by_dates(context, dated)}


def _ask_children(context: Context, values: Values) -> Question:
    choices = [
        Choice(str(number), context.label("maternity.children", number=number), {"children": number})
        for number in (1, 2, 3)
    ]
    return Question(context.say("maternity.ask_children"), choices, wide=3)


def _read_children(context: Context, values: Values, text: str) -> Reading:
    number = reading.count(text)
    if number is None:
        return None
    if not 1 <= number <= _MOST_CHILDREN:
        return Wrong(context.say("maternity.not_so_many", number=number))
    return Got({"children": number})


def _paid_words(facts: reading.Facts) -> str | None:
    """Only what is too little for the months looked at to matter: of years of paying not all lie in them."""
    paid = facts.paid if facts.paid is not None else facts.own
    return None if paid is None or paid > _FEW else f"{paid} tháng"


def _paid_until_now(context: Context, values: Values) -> Given | None:
    """Of who told more months than must lie in the time looked at, and not when: taken to be the last ones."""
    paid = months_paid(person.known(context.memory.state))
    if not paid or paid <= _FEW:
        return None
    found = maternity_window(context.law, values.month("birth"), context.month + (1 - paid), context.month)
    return {"paid": found.whole("months")}


def _paid_learnt(values: Values) -> reading.Facts:
    """Months before a birth are not those paid in all."""
    return reading.Facts()


def _paid_said(context: Context, values: Values) -> str:
    if "paid.since" in values:
        return context.label("maternity.said_since", since=values.month("paid.since"))
    return context.label("maternity.said_paid", months=values["paid"])


def _children_words(facts: reading.Facts) -> str | None:
    return None if facts.children is None else f"{facts.children} con"


def _children_learnt(values: Values) -> reading.Facts:
    return reading.Facts(children=values.whole("children"))


def _children_said(context: Context, values: Values) -> str:
    return context.label("maternity.children", number=values["children"])


_PAID_FACT = Fact(("paid", "own"), _paid_words, _paid_learnt, _paid_said)
_CHILDREN_FACT = Fact(("children",), _children_words, _children_learnt, _children_said)


# --- what comes of it ----------------------------------------------------------------------------


def _grant(context: Context, values: Values) -> tuple[Estimate, int]:
    """The grant with what is paid and, where it is not enough yet, can still be paid before the birth.

    The present month can be paid until it ends, so it counts here whatever day it is.
    """
    birth, paid = values.month("birth"), values.whole("paid")
    window = context.law.on(birth).value("maternity_window_months").whole()
    coming = max(0, birth - context.month)
    now = maternity_window(context.law, birth, months_beside=paid, children=values.whole("children"))
    if now.figures["eligible"] or not coming:
        return now, 0
    months = min(window, paid + coming)
    return maternity_window(context.law, birth, months_beside=months, children=values.whole("children")), months - paid


def _birth_month(context: Context, found: Estimate, birth: Month) -> str:
    """What is said of the month of the birth where it would decide: whether it counts was not read."""
    if found.whole("missing") != 1:
        return ""
    return context.texts.note(Note("maternity_birth_month_open", {"birth": birth}))


def _by_dates(context: Context, dated: BirthWindow, children: int) -> tuple[Estimate, str]:
    """What was paid from when to when comes to, and the last month in which to begin."""
    found = maternity_window(context.law, dated.due, dated.first, dated.last, children=children)
    said = context.say(
        "maternity.by_dates",
        **found.figures,
        birth=dated.due,
        since=dated.first,
        until=dated.last,
        children=children,
        month=context.month,
        warnings=[context.texts.note(warning) for warning in found.warnings],
        **context.quote("maternity_window_months", "hotline"),
    )
    return found, said


def _dated_result(context: Context, values: Values) -> Result:
    until = values.month("paid.until") if "paid.until" in values else None
    dated = BirthWindow(values.month("birth"), values.month("paid.since"), until)
    found, said = _by_dates(context, dated, values.whole("children"))
    html = context.say(
        "maternity.dated_result",
        by_dates=said,
        eligible=found.figures["eligible"],
        **context.quote("maternity_file_days", "maternity_decide_days"),
    )
    return Result(html, (found,), (DETAILS, papers(_ENTRY), AGAIN))


def _result(context: Context, values: Values) -> Result:
    if "paid.since" in values:
        return _dated_result(context, values)
    found, more = _grant(context, values)
    paid = values.whole("paid")
    least = context.law.on(values.month("birth")).value("maternity_min_months").whole()
    birth, missing = values.month("birth"), max(0, least - paid)
    at_once = context.month + 1 + missing > birth
    first = context.month if at_once else max(found.month("window_from"), first_to_pay(context))
    said = context.say(
        "maternity.result",
        **{**found.figures, "missing": missing, "begin_by": birth + -missing},
        paid=paid,
        children=values["children"],
        more=more,
        at_once=last_day(context.month) if at_once else None,
        month=context.month,
        first=first,
        full_in=first + max(0, missing - 1),
        birth_month=_birth_month(context, found, birth),
        **context.quote("maternity_window_months", "maternity_file_days", "maternity_decide_days"),
    )
    return Result(said, (found,), (DETAILS, papers(_ENTRY), AGAIN))


_OF_A_BIRTH = re.compile(r"\b(?:sinh|sanh|de|bau|thai|em be|co con)\b")


def _is_of_a_birth(context: Context) -> bool:
    """Whether a birth is spoken of, now or before: «vợ chồng em cùng đóng» alone is of paying."""
    said = folded_words(context.message.text)
    parents = (held.facts for whom, held in context.memory.state.people.items() if whom in ("self", "wife", "husband"))
    if any(each.due is not None for each in parents):
        return True
    return context.memory.state.entry in ("maternity", "maternity_loss") or _OF_A_BIRTH.search(said) is not None


def _decided(context: Context, facts: reading.Facts) -> str:
    """A pregnancy lost too early; enough paid before the birth or not; in time or not for who begins now; twins."""
    told = standing(context.message.text, context.message.today)
    if told.weeks is not None:
        least_weeks = context.law.on(context.month).value("maternity_fetus_weeks").whole()
        return context.say(
            "maternity.lost", weeks=told.weeks, least=least_weeks, **context.quote("maternity_amount", "hotline")
        )
    if told.paying_parents == "both" and _is_of_a_birth(context):  # «cả hai cùng đóng thì được hai suất không»
        return _of_whom(context, told)
    dated = told.window or _from_then(context, facts) or _dated(context, facts)
    if dated is not None and _check_birth(context, dated.due) is None:
        return _by_dates(context, dated, facts.children or 1)[1]
    if facts.due is None:
        if facts.children:
            return _for_so_many(context, facts.children)
        return _of_whom(context, told) if _is_of_a_birth(context) else ""
    until = _until(context, facts, facts.due)
    if until:
        return until
    paid = _in_the_window(context, _payer(context, facts), facts.due)
    if paid is None or (facts.due <= context.month and facts.stopped is None):
        return ""
    values = Values({"birth": str(facts.due), "paid": paid, "children": facts.children or 1})
    found, more = _grant(context, values)
    least = context.law.on(facts.due).value("maternity_min_months").whole()
    return context.say(
        "maternity.decided",
        eligible=found.figures["eligible"],
        amount=found.figures["amount"],
        due=facts.due,
        paid=paid,
        more=more if facts.due > context.month else 0,
        coming=facts.due > context.month,
        least=least,
        month=context.month,
        begin_by=facts.due + (paid - least),
        last_day=last_day(context.month),
        birth_month=_birth_month(context, found, facts.due),
        **context.quote("maternity_window_months"),
    )


def _until(context: Context, facts: reading.Facts, due: Month) -> str:
    """What months up to the one paid last, of which only the end is told, come to at the most."""
    if (
        facts.stopped is None
        or facts.first is not None
        or facts.stopped >= context.month
        or months_paid(_payer(context, facts))
    ):
        return ""
    window = context.law.on(due).value("maternity_window_months").whole()
    found = maternity_window(context.law, due, due + -window, facts.stopped)
    return context.say(
        "maternity.until_then",
        **found.figures,
        until=facts.stopped,
        coming=max(0, due - context.month),
        **context.quote("maternity_window_months"),
    )


def _from_then(context: Context, facts: reading.Facts) -> BirthWindow | None:
    """«đóng từ tháng 12 này thì kịp không», of a birth that was told before."""
    if facts.due is None:
        return None
    return birth_window(context.message.text, context.message.today, facts.due)


def _dated(context: Context, facts: reading.Facts) -> BirthWindow | None:
    """What the talk told of the first month paid and the last, beside a birth; None where it told how many instead."""
    first = first_month(facts)
    if facts.due is None or first is None or first >= facts.due or months_paid(facts):
        return None
    goes_on = facts.stopped is None or facts.stopped >= context.month
    return BirthWindow(facts.due, first, None if goes_on else facts.stopped)


def _payer(context: Context, facts: reading.Facts) -> reading.Facts:
    """Of both parents the one who has paid, as far as the talk tells: the grant is either's."""
    if months_paid(facts):
        return facts
    people = context.memory.state.people
    parents = [people[whom].facts for whom in ("self", "wife", "husband") if whom in people]
    return next((each for each in parents if months_paid(each)), facts)


def _in_the_window(context: Context, facts: reading.Facts, due: Month) -> int | None:
    """The months paid that count for a birth, without gaps up to the last one; None where it is not told which was.

    Who has paid nothing, or says nothing of it, is told from none; a few months are taken to be the last ones.
    """
    paid = months_paid(facts)
    if not paid:
        return 0
    if facts.stopped is None:
        return paid if paid <= _FEW else None
    return maternity_window(context.law, due, facts.stopped + (1 - paid), facts.stopped).whole("months")


def _for_so_many(context: Context, children: int) -> str:
    least = context.law.on(context.month).value("maternity_min_months").whole()
    grant = maternity_grant(context.law, context.month, least, children)
    return context.say(
        "maternity.for_so_many",
        **grant.figures,
        children=children,
        **context.quote("maternity_min_months", "maternity_window_months"),
    )


def _of_whom(context: Context, told: Standing) -> str:
    """Which of the parents pays: either is enough, and of both only one gets it."""
    if told.paying_parents not in ("father", "both"):
        return ""
    return context.say(
        "maternity.of_whom",
        both=told.paying_parents == "both",
        **context.quote("maternity_amount", "maternity_min_months", "maternity_window_months", "maternity_file_days"),
    )


FORM = calculator(
    "maternity",
    "thaisan",
    (
        calendar_field("birth", "maternity.ask_birth", (-2, -1, 0, 1, 2, 3), _check_birth, "due"),
        Field("paid", _ask_paid, _read_paid, "maternity.example_paid", fact=_PAID_FACT, assume=_paid_until_now),
        Field(
            "children",
            _ask_children,
            _read_children,
            "maternity.example_children",
            fact=_CHILDREN_FACT,
            assume=assumed(children=1),
        ),
    ),
    _result,
    entry=_ENTRY,
    decides=_decided,
    reads=_told_by_dates,
)
