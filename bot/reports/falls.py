"""Answers and calculations that are rated worse of late, by more than chance."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from statistics import NormalDist

from bot.reports import satisfaction
from bot.reports.comparison import Proportion, newcombe
from bot.reports.records import Records
from bot.reports.spans import Span

LATELY = datetime.timedelta(weeks=4)
BEFORE = datetime.timedelta(weeks=13)
_ONE = datetime.timedelta(days=1)
_RISK = 0.05
"""That in four weeks in which nothing fell any fall at all is named."""


@dataclass(frozen=True, slots=True)
class Fall:
    """What was rated and fell: its key, its words, its index of late and before."""

    subject: str
    name: str
    now: Proportion
    then: Proportion


async def fallen(records: Records, today: datetime.date) -> tuple[Fall, ...]:
    """What fell in the four weeks up to yesterday against the thirteen before them, the deepest fall first.

    Both with enough ratings for a verdict. As many are compared as there are, on each of the days, each is held to a
    stricter limit (Bonferroni). Were the days left out, a year in which nothing fell would bring two or three alerts.
    """
    since = today - LATELY
    now = await satisfaction.breakdown(records, Span(since, today - _ONE), "subject")
    before = await satisfaction.breakdown(records, Span(since - BEFORE, since - _ONE), "subject")
    then = {share.key: share.found for share in before if _enough(share)}
    both = [(share, then[share.key]) for share in now if share.key in then and _enough(share)]
    z = NormalDist().inv_cdf(1 - _RISK / (LATELY.days * max(1, len(both))))
    found = []
    for share, earlier in both:
        of_late, of_before = (Proportion(each.satisfied, each.rated) for each in (share.found, earlier))
        if newcombe(of_late, of_before, z)[1] < 0:
            found.append(Fall(share.key, share.name, of_late, of_before))
    return tuple(sorted(found, key=lambda each: (each.now.share or 0.0) - (each.then.share or 0.0)))


def _enough(share: satisfaction.Share) -> bool:
    return share.found.rated >= share.found.least_ratings
