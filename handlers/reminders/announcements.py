"""«Tin của cơ quan BHXH»: who agrees is sent what the office announces, by topic; one tap, or a word, ends it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import reading
from handlers.dialogue import filling, to_staff
from handlers.dialogue.announcement import ANNOUNCEMENT_TOPICS, TOPIC_LABEL, AnnouncementTopic
from handlers.dialogue.context import Context, in_rows, press_data
from handlers.dialogue.message import Message
from handlers.dialogue.records import Subscribed, Unsubscribed
from handlers.dialogue.state import State
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import Button, Text, Turn

PRESS = "news"
_DIGITS = 9
"""Of the number of an announcement in the data of a button; with more it is none of ours."""


def may_speak_of_it(message: Message, state: State) -> bool:
    """Whether a message may need what the person is sent; what never does needs nothing to be looked up."""
    if message.kind == "press":
        return message.text.startswith(f"{PRESS}|")
    on_screen = (data for shown in state.buttons for data in shown.values())
    wishes = reading.wishes_no_announcements(message.text) or reading.wishes_announcements(message.text)
    return wishes or any(data.startswith(f"{PRESS}|") for data in on_screen)


def button(context: Context, label: str, *data: str, **figures: object) -> Button:
    """A button of announcements."""
    return context.button(label, PRESS, *data, **figures)


def wished(context: Context) -> Turn | None:
    """«Cho tôi nhận tin», «đừng gửi tin nữa», also in the middle of a form; a wish told to the staff is theirs."""
    if reading.wishes_no_announcements(context.message.text):
        return _stopped(context, None)
    wishes = reading.wishes_announcements(context.message.text) and not to_staff.is_for_them(context)
    return offered(context) if wishes else None


def offered(context: Context) -> Turn:
    """What is sent, what is kept for it, and the topics; to who has chosen some, what they have chosen."""
    if not context.memory.can_remind:
        return _not_here(context)
    if context.memory.subscribed:
        return _chosen(context, context.memory.subscribed, changed=False)
    rows = (
        (button(context, "announcements.all", "all"),),
        *in_rows([button(context, TOPIC_LABEL[each], "add", each) for each in ANNOUNCEMENT_TOPICS], 1),
        (button(context, "announcements.no", "no"),),
    )
    days = context.resources.manner.kept.people
    return Turn((Text(context.say("announcements.offer", days=days), rows),), context.memory.state)


def pressed(context: Context, parts: Sequence[str]) -> Turn:
    """A button of announcements; one that is not known any more says so."""
    held = context.memory.subscribed
    match parts:
        case ["open"]:
            return offered(context)
        case ["all"]:
            return _chosen(context, ANNOUNCEMENT_TOPICS)
        case ["add", topic] if topic in ANNOUNCEMENT_TOPICS:
            return _chosen(context, _in_order(*held, topic))
        case ["drop", topic] if topic in ANNOUNCEMENT_TOPICS:
            left = tuple(each for each in held if each != topic)
            return _chosen(context, left) if left else _stopped(context, None)
        case ["no"]:
            return Turn((Text(context.say("announcements.not_agreed"), replaces=True),), context.memory.state)
        case ["stop", number] if number.isdecimal() and len(number) <= _DIGITS:
            return _stopped(context, int(number))
        case ["stop"]:
            return _stopped(context, None)
    return filling.outdated(context)


def said(texts: Texts, number: int, office: str | None, topics: Sequence[AnnouncementTopic], text: str) -> Text:
    """An announcement as people read it: whose it is, what it is on, and how to get no more; `text` as it was typed."""
    named = [texts.label(TOPIC_LABEL[each]) for each in topics]
    buttons = (
        Button(texts.label("announcements.stop"), press_data(PRESS, "stop", str(number))),
        Button(texts.label("announcements.choose"), press_data(PRESS, "open")),
    )
    return Text(texts.say("announcements.said", office=office, topics=named, text=text), (buttons,))


def topics_named(context: Context, topics: Sequence[AnnouncementTopic]) -> list[str]:
    """What topics are called, as people read it."""
    return [context.label(TOPIC_LABEL[each]) for each in topics]


def _chosen(context: Context, topics: tuple[AnnouncementTopic, ...], *, changed: bool = True) -> Turn:
    if not context.memory.can_remind:
        return _not_here(context)
    changes = [
        button(context, "announcements.drop", "drop", each, topic=context.label(TOPIC_LABEL[each]))
        if each in topics
        else button(context, "announcements.add", "add", each, topic=context.label(TOPIC_LABEL[each]))
        for each in ANNOUNCEMENT_TOPICS
    ]
    said = context.say("announcements.chosen", topics=topics_named(context, topics))
    rows = (*in_rows(changes, 1), (button(context, "announcements.stop", "stop"),))
    return Turn((Text(said, rows, replaces=changed),), context.memory.state, (Subscribed(topics),) if changed else ())


def _not_here(context: Context) -> Turn:
    """Nobody can be written to first on this channel; where they can, is said."""
    said = context.say("announcements.cannot", link=context.resources.manner.link)
    return Turn((Text(said),), context.memory.state)


def _in_order(*topics: str) -> tuple[AnnouncementTopic, ...]:
    return tuple(each for each in ANNOUNCEMENT_TOPICS if each in topics)


def _stopped(context: Context, announcement: int | None) -> Turn:
    """Nothing is sent any more; `announcement`: under which one they asked for it."""
    again = ((button(context, "announcements.news", "open"),),)
    if not context.memory.subscribed:
        return Turn((Text(context.say("announcements.stopped_before"), again),), context.memory.state)
    said = context.say("announcements.stopped", reminders=bool(context.memory.reminders))
    return Turn((Text(said, again),), context.memory.state, (Unsubscribed(announcement),))
