"""All questions as CSV for a spreadsheet: masked, and with nothing that it would take for a formula."""

from __future__ import annotations

import csv
import datetime
import io

from bot.curating.grouping import groups
from bot.curating.wording import say
from bot.storage import questions
from bot.storage.database import Database
from faq.engine.match import Matcher
from vietnamese.masking import mask

COLUMNS = ("number", "at", "text", "decision", "entries", "answered", "wrong", "group", "group_count")
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")  # also the wide forms


async def export(database: Database, matcher: Matcher, since: datetime.datetime | None = None) -> str:
    """The text of a CSV file, with a byte order mark so that Excel reads Vietnamese; no person's key in it.

    One line for each question from `since` on; those not answered carry the number of their group.
    """
    async with database.read() as connection:
        asked = await questions.list_since(connection, since)
    grouped = {number: group for group in await groups(database, matcher, since) for number in group.numbers}
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow([say(f"column_{name}") for name in COLUMNS])
    for each in asked:
        group = grouped.get(each.id)
        cells = (
            str(each.id),
            each.at.strftime("%Y-%m-%d %H:%M"),
            mask(each.text)[0],
            each.decision,
            " ".join(each.entries),
            each.answered or "",
            say("yes") if each.wrong else "",
            str(group.id) if group else "",
            str(group.count) if group else "",
        )
        rows.writerow([harmless(cell) for cell in cells])
    return _BYTE_ORDER_MARK + written.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet computes: one that begins like a formula begins with an apostrophe instead."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
