"""What people passed on, in the reports: to a month's last minute in Vietnam, never 0 where Telegram does not tell."""

from __future__ import annotations

import dataclasses
import datetime

from bot.reports import sharing
from bot.reports.records import Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage import campaigns, shares
from bot.storage.database import VIETNAM, Database
from handlers.dialogue.records import Shared, Started

LAST_MINUTE = datetime.datetime(2026, 11, 30, 23, 59, tzinfo=VIETNAM)
MINUTE = datetime.timedelta(minutes=1)


async def test_what_was_passed_on_is_told_and_what_telegram_does_not_tell_is_said(database: Database) -> None:
    records = Records(database, Topics({}, {}), read_targets())
    span = Span.around(LAST_MINUTE.date(), "month")
    before = await sharing.sharing_line(records, span)
    assert "0 lần" in before
    assert "nhóm chat khác: không đo được;" in before
    async with database.begin() as connection:
        for by, times in (("button", 2), ("link", 3), ("inline", 4)):
            for _ in range(times):
                await shares.add(connection, "p", Shared(by, "tax"), LAST_MINUTE)  # type: ignore[arg-type]
        await shares.add(connection, "p", Shared("button", "tax"), LAST_MINUTE + MINUTE)
        for at in (LAST_MINUTE, LAST_MINUTE + MINUTE):
            await campaigns.started(connection, "q", Started("shared", None), at)
        await shares.forget(connection, "p")
    told = await sharing.sharing_line(records, span)
    assert "«Gửi cho người nhà» 2 lần" in told
    assert "mã QR 3 lần" in told
    assert "nhóm chat khác: không đo được;" in told
    assert "gửi 1 lượt" in told
    measured = dataclasses.replace(records, posts_are_told=True)
    assert "nhóm chat khác: 4;" in await sharing.sharing_line(measured, span)
