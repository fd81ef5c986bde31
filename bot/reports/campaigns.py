"""What came of each campaign in a span: starts, people it first brought, and how they rated."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.reports import satisfaction
from bot.reports.records import Records
from bot.reports.satisfaction import Satisfaction
from bot.reports.spans import Span
from bot.storage import campaigns
from bot.storage.database import midnight


@dataclass(frozen=True, slots=True)
class CampaignOutcome:
    """One campaign in a span; `found` is None where nobody it brought was asked to rate anything."""

    code: str
    name: str
    place: str
    starts: int
    people: int
    found: Satisfaction | None


async def outcomes(records: Records, span: Span) -> tuple[CampaignOutcome, ...]:
    """Every campaign, in the order of their making."""
    async with records.database.read() as connection:
        after = span.until + datetime.timedelta(days=1)
        known = await campaigns.in_span(connection, midnight(span.since), midnight(after))
    rated = {share.key: share.found for share in await satisfaction.breakdown(records, span, "campaign")}
    return tuple(
        CampaignOutcome(
            each.campaign.code,
            each.campaign.name,
            each.campaign.place,
            each.starts,
            each.people,
            rated.get(each.campaign.code),
        )
        for each in known
    )
