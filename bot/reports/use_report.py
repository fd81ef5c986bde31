"""The report «use»: what became of the questions of a span, estimates, busy hours, entries and what nobody answered."""

from __future__ import annotations

from bot.reports import activity, campaigns, comparison, sharing, tables
from bot.reports.definitions import defined
from bot.reports.paper import Paper, Report, Request, Section
from bot.reports.rounding import said
from bot.reports.words import say

_MOST = 20
DEFINED = (
    "rounding",
    "questions",
    "answered",
    "offered",
    "referred",
    "unknown",
    "unanswered",
    "waiting",
    "entries",
    "worst",
    "estimates",
    "people",
    "channel",
    "hours",
    "campaigns",
    "campaign_ratings",
    "sharing",
)


async def _make(request: Request) -> Paper:
    records, span = request.records, request.span
    found = await activity.volumes(records, span)
    compared = await comparison.of_use(records, found, request.today)
    months = await activity.volumes_series(records, span, "month", request.today)
    sections = (
        Section(
            "",
            use_lines(found),
            (
                tables.decisions(found),
                tables.compared_shares(compared.shares, of_use=True),
                tables.compared_counts(compared.counts, of_use=True),
                tables.use_over_time(months),
                tables.use_by_channel(await activity.by_channel(records, span)),
                tables.calculations(found, records.topics),
            ),
        ),
        Section(
            say("section_entries"),
            (),
            (
                tables.entries(await activity.top_entries(records, span, _MOST)),
                tables.shares("subject", await activity.worst_entries(records, span, _MOST)),
                tables.unanswered(await activity.top_unanswered(records, span, _MOST)),
            ),
        ),
        Section(
            say("section_places"),
            (await sharing.sharing_line(records, span),),
            (
                tables.campaigns(await campaigns.outcomes(records, span)),
                tables.hours(await activity.busiest_hours(records, span)),
            ),
        ),
    )
    return Paper("use", say("title_use", span=span.name), span, request.today, sections, defined(*DEFINED, "compared"))


def use_lines(found: activity.Volumes) -> tuple[str, ...]:
    """The same in sentences."""
    return (
        say(
            "use_questions",
            questions=found.questions,
            answered=said(found.answered_share),
            offered=said(found.offered_share),
            referred=said(found.referred_share),
            unknown=said(found.unknown_share),
        ),
        say("use_others", estimates=found.estimated, people=found.people),
        unanswered_line(found),
    )


def unanswered_line(found: activity.Volumes) -> str:
    """How many were left unanswered, and why."""
    share, why = said(found.unanswered_share), dict[str, int]((found.unanswered or {}).items())
    return say("use_unanswered", unanswered=found.left_unanswered, share=share, **why)


USE = Report("use", _make)
