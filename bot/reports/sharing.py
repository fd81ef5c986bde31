"""What people passed on in a span, and how often somebody came by it; what Telegram does not tell is said so, not 0."""

from __future__ import annotations

import datetime

from bot.reports.records import Records
from bot.reports.spans import Span
from bot.reports.words import say
from bot.storage import shares
from bot.storage.database import midnight


async def sharing_line(records: Records, span: Span) -> str:
    """The same in a sentence."""
    after = span.until + datetime.timedelta(days=1)
    async with records.database.read() as connection:
        passed_on = await shares.counts(connection, span.since, span.until)
        came = await shares.followed(connection, midnight(span.since), midnight(after))
    posted = str(passed_on.get("inline", 0)) if records.posts_are_told else say("not_measured")
    sent, links = passed_on.get("button", 0), passed_on.get("link", 0)
    return say("use_sharing", sent=sent, links=links, posted=posted, came=came)
