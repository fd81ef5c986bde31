"""«Sổ của tôi»: what a person told that they paid, summed up; to be corrected, or deleted."""

from __future__ import annotations

from collections.abc import Iterable

from handlers import reading
from handlers.calculators import fields
from handlers.dialogue import filling, person
from handlers.dialogue.context import Context
from handlers.dialogue.filling import WHOM
from handlers.dialogue.form import Choice, Field, Finished, Form, Got, Question, Reading, Wrong
from handlers.dialogue.records import BookDeleted, PaymentTakenBack, PaymentTold
from handlers.dialogue.reminder import ToldPayment
from handlers.dialogue.state import FormState
from handlers.dialogue.turn import Button, Text, Turn
from handlers.dialogue.values import Values
from handlers.reading import Whom
from handlers.reminders.buttons import button
from law.base.ground import Grounded, grounds
from law.base.month import Month
from law.paying.support import supported_since
from law.pension.retirement import retirement

_SHOWN = 6
"""Payments, the latest, that are listed; of those the last few can be taken out by a button."""
_TAKEN_OUT = 3
_YEAR = 12
_MOST = 50 * _YEAR
"""Months: more is a slip of the keyboard."""


def sums(context: Context, book: Iterable[ToldPayment], whom: Whom) -> dict[str, object]:
    """What was told for one person: months in all, dong they paid, months of support left, months to a pension."""
    own = [each for each in book if each.whom == whom]
    law = context.law.on(context.month)
    total, supported = sum(each.months for each in own), sum(each.supported for each in own)
    before = [each for each in own if each.period is None]
    return {
        "total": total,
        "sum": sum(_own(context, each) for each in own),
        "before": sum(each.months for each in before),
        "counted_since": supported_since(context.law) if any(each.supported for each in before) else None,
        "support_left": max(0, law.value("state_support_max_months").whole() - supported),
        "limit": law.value("state_support_max_months").whole(),
        "to_pension": max(0, law.value("pension_min_months").whole() - total),
        "pension_months": law.value("pension_min_months").whole(),
    }


def _own(context: Context, paid: ToldPayment) -> int:
    """What they paid, in dong, with whose word the price was that it was reckoned by."""
    if paid.period is None or not paid.support:
        return paid.own
    return Grounded(paid.own, grounds((context.law.on(paid.period).value("rural_poverty_line"),)))


def shown(context: Context) -> Turn:
    """The book of each person it holds anything of."""
    book = context.memory.book
    if not book:
        rows = ((button(context, "reminder.before", "before", "self"),), (button(context, "reminder.new", "new"),))
        return Turn((Text(context.say("reminder.book_empty"), rows),), context.memory.state)
    texts = [_of_one(context, whom) for whom in dict.fromkeys(each.whom for each in book)]
    return Turn(tuple(texts), context.memory.state)


def _of_one(context: Context, whom: Whom) -> Text:
    own = [each for each in context.memory.book if each.whom == whom]
    told = [each for each in own if each.period is not None]
    html = context.say(
        "reminder.book_of",
        whom=filling.whom_named(context, whom),
        lines=[
            {
                "period": each.period,
                "until": each.period + (each.months - 1),
                "months": each.months,
                "own": _own(context, each),
            }
            for each in told[-_SHOWN:]
            if each.period is not None
        ],
        more=max(0, len(told) - _SHOWN),
        retires=_retires(context, whom),
        **sums(context, own, whom),
    )
    takes_out: list[tuple[Button, ...]] = [
        (button(context, "reminder.take_out", "drop", whom, str(each.period), period=each.period),)
        for each in told[-_TAKEN_OUT:]
    ]
    rows = (
        (button(context, "reminder.before", "before", whom),),
        *takes_out,
        (button(context, "reminder.list", "list"), button(context, "reminder.delete_book", "wipe", "ask")),
    )
    return Text(html, rows)


def _retires(context: Context, whom: Whom) -> Month | None:
    """From which month a pension may be drawn, where the sex and the birth are known: told in this talk, or kept for a
    reminder of the age."""
    kept = next((each for each in context.memory.reminders if each.kind == "age" and each.whom == whom), None)
    if kept is not None:
        return retirement(context.law, kept.values.text("sex"), fields.birth(kept.values)).month("pension_from")
    held = context.memory.state.people.get(whom)
    birth = None if held is None else held.facts.birth
    if held is None or held.facts.sex is None or birth is None or birth.month is None or birth.approximate:
        return None
    return retirement(context.law, held.facts.sex, Month(birth.year, birth.month)).month("pension_from")


def taken_out(context: Context, whom: str, month: str) -> Turn:
    """One payment is taken out of the book."""
    found = next((each for each in context.memory.book if each.whom == whom and str(each.period) == month), None)
    if found is None:
        return filling.outdated(context)
    said = Text(context.say("reminder.taken_out", period=found.period), _to_book(context))
    return Turn((said,), context.memory.state, (PaymentTakenBack(found.whom, found.period),))


def _to_book(context: Context) -> tuple[tuple[Button, ...], ...]:
    return ((button(context, "reminder.book", "book"),),)


def deleted(context: Context, answer: str) -> Turn:
    """The whole book, after one question."""
    if answer == "yes":
        return Turn(
            (Text(context.say("reminder.book_deleted"), replaces=True),), context.memory.state, (BookDeleted(),)
        )
    if answer == "no":
        return Turn((Text(context.say("reminder.book_stays"), replaces=True),), context.memory.state)
    rows = (
        (button(context, "reminder.yes_delete", "wipe", "yes"), button(context, "reminder.no_delete", "wipe", "no")),
    )
    return Turn((Text(context.say("reminder.delete_book_ask"), rows),), context.memory.state)


# --- what was paid before ------------------------------------------------------------------------


def _ask(context: Context, values: Values) -> Question:
    choices = (Choice("none", context.label("reminder.paid_nothing"), {"before": 0}),)
    return Question(context.say("reminder.ask_before"), choices)


def _read(context: Context, values: Values, text: str) -> Reading:
    facts = reading.stated(text, context.message.today).facts
    months = facts.own if facts.own is not None else facts.paid
    if months is None:
        months = reading.duration_months(text)
    if months is None and reading.already(text) is False:
        months = 0
    if months is None:
        return None
    return Got({"before": months}) if months <= _MOST else Wrong(context.say("reminder.before_too_long"))


def _finish(context: Context, ended: FormState) -> Finished:
    whom, months = context.memory.state.whom, Values(ended.values).whole("before")
    entry = ToldPayment(whom, None, months, _supported_before(context, whom, months))
    record = PaymentTold(entry) if months else PaymentTakenBack(whom, None)
    return Finished((Text(context.say("reminder.noted_before", months=months), _to_book(context)),), (record,))


def _supported_before(context: Context, whom: Whom, months: int) -> int:
    """Of the months paid before the first payment told here, how many the State can have helped with at most."""
    limit = context.law.on(context.month).value("state_support_max_months").whole()
    told = [each.period for each in context.memory.book if each.whom == whom and each.period is not None]
    return max(0, min(months, limit, min(told, default=context.month + 1) - supported_since(context.law)))


FORM = Form("paid_before", "so", (Field("before", _ask, _read, "reminder.example_before"),), _finish)
"""How long somebody had paid before they told of their payments here."""


def before(context: Context, whom: str) -> Turn:
    """«Trước đây tôi đã đóng»: asked anew, for the person the talk is about from then on."""
    if whom not in WHOM:
        return filling.outdated(context)
    if whom != context.memory.state.whom:
        context = person.told(context, reading.Facts(whom=whom))  # type: ignore[arg-type]
    return filling.begin(FORM, context)
