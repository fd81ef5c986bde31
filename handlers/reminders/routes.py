"""Who takes what is typed and pressed of reminders, «/nhac», and what the clock says is due."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from handlers import reading
from handlers.calculators import contribution
from handlers.dialogue import filling, person
from handlers.dialogue.context import Context, in_rows
from handlers.dialogue.filling import whom_named
from handlers.dialogue.form import Form
from handlers.dialogue.records import Record, ReminderStopped, Unsubscribed
from handlers.dialogue.reminder import Reminder
from handlers.dialogue.state import FieldValue
from handlers.dialogue.turn import Rows, Text, Turn
from handlers.dialogue.values import Given
from handlers.reminders import announcements, book, occasions, payment, plan
from handlers.reminders.buttons import button, not_here

FORMS: Mapping[str, Form] = {each.name: each for each in (plan.FORM, book.FORM, occasions.FORM)}
"""The forms of reminders, by name: no calculations, so no menu and no report names them."""


def due(context: Context, held: Reminder) -> Turn:
    """What is said to a person at the time of a reminder."""
    return payment.due(context, held) if held.kind == "pay" else occasions.due(context, held)


# --- typed ---------------------------------------------------------------------------------------


def wished(context: Context) -> Turn | None:
    """«Nhắc tôi đóng», «đừng nhắc nữa», «sổ của tôi»; nothing in the middle of a form of its own."""
    state, text = context.memory.state, context.message.text
    if state.form is not None and state.form.name in FORMS:
        return None
    if reading.wishes_no_reminder(text):
        return _before_stopping(context)
    if reading.wishes_list_of_reminders(text):
        return listed(context)
    if reading.wishes_own_book(text):
        return book.shown(context)
    return begin(context, _told_with_it(context)) if reading.wishes_reminder(text) else None


def answered(context: Context) -> Turn | None:
    """«Đóng rồi», «nhắc sau» after a reminder, where no form under way takes it; nothing in one of reminders."""
    state, text, waiting = context.memory.state, context.message.text, payment.asked(context)
    if waiting is None or waiting.asked is None or (state.form is not None and state.form.name in FORMS):
        return None
    if reading.says_paid(text):
        return payment.paid(context, waiting, waiting.asked, pressed=False)
    return payment.later(context, waiting, waiting.asked, pressed=False) if reading.says_later(text) else None


def _told_with_it(context: Context) -> Given:
    """The day, the hour and how often, where the wish names them already."""
    text = context.message.text
    told = reading.day_told(text, context.message.today)
    hour = reading.hour_told(text, parts=False)
    return {
        **({} if told is None or told.on is not None else {"day": told.day}),
        **({} if hour is None else {"hour": hour}),
        **({"months": 1} if reading.says_every_month(text) else {}),
    }


def begin(context: Context, told: Given | None = None) -> Turn:
    """Set a reminder; what is paid is taken from the estimate on the screen, or from what is known."""
    if not context.memory.can_remind:
        return not_here(context)
    given: dict[str, FieldValue] = dict(told or {})
    hour = given.get("hour")
    if isinstance(hour, int) and plan.is_asleep(context, hour):
        del given["hour"]
    if context.message.kind == "text":
        facts = reading.stated(context.message.text, context.message.today).facts
        context = person.introduced(context, facts)
    result = context.memory.state.result
    if result is not None and result.name == contribution.FORM.name and result.whom == context.memory.state.whom:
        given |= _of_estimate(result.values, result.assumed)
    return filling.begin(plan.FORM, context, given, context.say("reminder.begin"))


def _of_estimate(values: Given, assumed: Sequence[str]) -> dict[str, FieldValue]:
    """What a contribution was reckoned with, but for what was only assumed."""
    names = [each.name for each in contribution.FIELDS if each.name not in assumed]
    kept = {
        name: value for name, value in values.items() if name.split(".")[0] in names and not name.endswith(".typed")
    }
    if kept.get("months") not in contribution.MODES:
        kept.pop("months", None)
    return kept


# --- «/nhac» -------------------------------------------------------------------------------------


def listed(context: Context) -> Turn:
    """What the person is reminded of and sent, each with its end, and one button that ends all."""
    held, news = context.memory.reminders, announcements.button(context, "announcements.news", "open")
    if not held:
        none: Rows = (
            (button(context, "reminder.new", "new"),),
            (button(context, "reminder.more", "more", "self"), button(context, "reminder.book", "book")),
            (news,),
        )
        return Turn((Text(_with_announcements(context, context.say("reminder.none")), none),), context.memory.state)
    stops = [
        button(context, "reminder.stop_this", "stop", each.kind, each.whom, what=_what(context, each)) for each in held
    ]
    whom = held[0].whom
    rows = (
        *(in_rows(stops, 1) if len(held) > 1 else ()),
        (button(context, "reminder.stop_all", "stopall"),),
        (button(context, "reminder.new_again", "new"), button(context, "reminder.more", "more", whom)),
        (button(context, "reminder.book", "book"), news),
    )
    items = [
        {
            "what": _what(context, each),
            "at": each.at.date(),
            "hour": context.label("reminder.hour", hour=each.at.hour),
            "kind": each.kind,
            "months": each.given.get("months"),
            "period": each.period,
            "last": occasions.supported_until(context, each),
        }
        for each in held
    ]
    html = _with_announcements(context, context.say("reminder.listed", items=items))
    return Turn((Text(html, rows),), context.memory.state)


def _with_announcements(context: Context, html: str) -> str:
    """The list, with the topics on which the person is sent announcements."""
    if not context.memory.subscribed:
        return html
    topics = announcements.topics_named(context, context.memory.subscribed)
    return "\n".join((html, context.say("announcements.listed", topics=topics)))


def _what(context: Context, held: Reminder) -> str:
    kind = context.label("reminder.kind_pay") if held.kind == "pay" else context.label(occasions.LABEL[held.kind])
    return context.label("reminder.what", kind=kind, whom=whom_named(context, held.whom))


def _before_stopping(context: Context) -> Turn:
    """«Đừng nhắc nữa»: one reminder ends at once; of several the person says which, or all."""
    held = context.memory.reminders
    return _stopped(context, None, None) if len(held) == 1 else listed(context)


def _all_stopped(context: Context) -> Turn:
    """One button of the list ends whatever is on it."""
    if not context.memory.subscribed:
        return _stopped(context, None, None)
    turn = _stopped(context, None, None) if context.memory.reminders else Turn((), context.memory.state)
    records: tuple[Record, ...] = (*turn.records, Unsubscribed())
    ended = Text(context.say("announcements.stopped", reminders=False))
    return dataclasses.replace(turn, replies=(*turn.replies, ended), records=records)


def _stopped(context: Context, kind: str | None, whom: str | None) -> Turn:
    every = context.memory.reminders
    held = [each for each in every if kind in (None, each.kind) and whom in (None, each.whom)]
    of = {each.whom for each in held if each.kind == "pay"}
    hanging = [each for each in every if each not in held and each.whom in of and each.kind in occasions.OF_PAYMENTS]
    if not held:
        return Turn((Text(context.say("reminder.stopped_before")),), context.memory.state)
    records = tuple(ReminderStopped(each.kind, each.whom) for each in (*held, *hanging))
    rows = ((button(context, "reminder.new", "new"), button(context, "reminder.book", "book")),)
    html = context.say(
        "reminder.stopped",
        all=len(records) == len(every),
        ended=[_what(context, each) for each in held],
        also=[_what(context, each) for each in hanging],
    )
    said = Text(html, rows)
    return Turn((said,), context.memory.state, records)


# --- pressed -------------------------------------------------------------------------------------


def pressed(context: Context, parts: Sequence[str]) -> Turn:
    """A button of reminders; one that is not known any more says so."""
    match parts:
        case ["new"]:
            return begin(context)
        case ["list"]:
            return listed(context)
        case ["book"]:
            return book.shown(context)
        case ["stopall"]:
            return _all_stopped(context)
        case ["stop", kind, whom]:
            return _stopped(context, kind, whom)
        case ["paid" | "later" | "undo" as action, whom, period, *months] if len(months) <= 1:
            return payment.pressed(context, action, whom, period, *months)
        case ["more", whom]:
            return occasions.offered(context, whom)
        case ["also", kind, whom]:
            return occasions.wanted(context, kind, whom)
        case ["before", whom]:
            return book.before(context, whom)
        case ["drop", whom, period]:
            return book.taken_out(context, whom, period)
        case ["wipe", answer]:
            return book.deleted(context, answer)
    return filling.outdated(context)
