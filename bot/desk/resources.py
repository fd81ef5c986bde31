"""What every conversation shares: the content, and the settings that change what is said."""

from __future__ import annotations

import datetime

from bot.base.content import Content
from bot.base.settings import Reminders, Settings, Staff
from handlers.dialogue.context import Kept, Manner, Resources
from handlers.dialogue.office_hours import Hours
from handlers.dialogue.reminder import QuietTimes
from handlers.dialogue.turn import Listed


def resources_of(content: Content, settings: Settings, reports: tuple[Listed, ...] = ()) -> Resources:
    """What every conversation shares; `reports` are those that staff may ask for in chat."""
    retention = settings.retention
    kept = Kept(retention.questions, retention.comments, retention.people, retention.conversations)
    link, hours = settings.telegram.link(), staff_hours(settings.staff)
    page = (settings.web.chat_url or "").rstrip("/")
    quiet = quiet_times(settings.reminders)
    manner = Manner(settings.support.local_top_up, link, kept, hours, settings.web.missing(), quiet, page)
    return Resources(content.law, content.library, content.matcher, content.texts, manner, reports, content.canned)


def quiet_times(reminders: Reminders) -> QuietTimes:
    """When nobody is reminded."""
    since, until = map(datetime.time.fromisoformat, reminders.quiet.split("-"))
    return QuietTimes(since, until, frozenset(reminders.holidays))


def staff_hours(staff: Staff) -> Hours | None:
    """When somebody answers; None when there is nobody of the staff to hand a question to."""
    if not staff.answer:
        return None
    spans = tuple(tuple(map(datetime.time.fromisoformat, span.split("-"))) for span in staff.office_hours)
    return Hours(frozenset(staff.office_days), tuple((start, end) for start, end in sorted(spans)))
