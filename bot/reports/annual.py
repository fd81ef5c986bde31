"""The report «annual»: a year's satisfaction against the plan's target, what was asked, and what was done about it."""

from __future__ import annotations

import datetime

from bot.reports import activity, campaigns, comparison, rating_log, satisfaction, sharing, tables
from bot.reports.campaigns import CampaignOutcome
from bot.reports.definitions import defined
from bot.reports.paper import Paper, Report, Request, Section
from bot.reports.rating_log import LogFilter
from bot.reports.rounding import said
from bot.reports.satisfaction import Satisfaction
from bot.reports.spans import Span
from bot.reports.use_report import DEFINED, unanswered_line, use_lines
from bot.reports.words import say
from vietnamese import wording

_TOP, _UNANSWERED = 10, 15
_LINES_BY_HAND = 3
_LOW = (1, 2)
_FIGURES = ("index", "by_person", "response", "interval", "verdict", "levels", "target", "compared", "time", *DEFINED)


async def _make(request: Request) -> Paper:
    records, span, today = request.records, request.span, request.today
    found = await satisfaction.measure(records, span, request.where)
    months = await satisfaction.series(records, span, "month", request.where, today)
    years = await satisfaction.plan_years(records, request.where)
    topics = await satisfaction.breakdown(records, span, "topic", request.where)
    kinds = await satisfaction.breakdown(records, span, "kind", request.where)
    of_channels = await satisfaction.breakdown(records, span, "channel", request.where)
    compared = await comparison.of_satisfaction(records, found, today, request.where)
    use = await activity.volumes(records, span)
    compared_use = await comparison.of_use(records, use, today)
    use_months = await activity.volumes_series(records, span, "month", today)
    used_on = await activity.by_channel(records, span)
    entries = await activity.top_entries(records, span, _TOP)
    alike = await activity.top_unanswered(records, span, _UNANSWERED)
    links, shared = await campaigns.outcomes(records, span), await sharing.sharing_line(records, span)
    low = (await rating_log.page(records, span, request.where, LogFilter(levels=_LOW), size=1)).total
    sections = (
        Section(
            say("section_satisfaction"),
            (
                *_satisfaction_lines(found, records.targets.source),
                *comparison.sentences(compared.share("index")),
                say("definition_line"),
                say("formula"),
                say("by_person_definition"),
            ),
            (
                tables.levels(found),
                tables.compared_shares(compared.shares),
                tables.compared_counts(compared.counts),
                tables.over_time(months),
                tables.plan_years(years),
                tables.shares("topic", topics),
                tables.shares("kind", kinds),
                tables.shares("channel", of_channels),
            ),
        ),
        Section(
            say("section_use"),
            use_lines(use),
            (
                tables.decisions(use),
                tables.compared_shares(compared_use.shares, of_use=True),
                tables.compared_counts(compared_use.counts, of_use=True),
                tables.use_over_time(use_months),
                tables.use_by_channel(used_on),
                tables.calculations(use, records.topics),
                tables.entries(entries),
            ),
        ),
        Section(
            say("section_unanswered"),
            (unanswered_line(use), say("annual_unanswered", shown=len(alike))),
            (tables.unanswered(alike),),
        ),
        Section(say("section_campaigns"), (_campaigns_line(links), shared), (tables.campaigns(links),)),
        Section(say("section_done"), _done(request, low), (), _LINES_BY_HAND),
        Section(say("section_proposals"), (), (), _LINES_BY_HAND),
    )
    title = say("title_annual", span=span.name)
    data = {**satisfaction.as_json(found, records), "as_of": _as_of(span, today).isoformat()}
    grounds = (say("ground_law"), say("ground_plan"))
    lead = say("annual_lead_today" if today <= span.until else "annual_lead", day=wording.day(_as_of(span, today)))
    first = Section(sections[0].title, (lead, *sections[0].lines), sections[0].tables)
    return Paper("annual", title, span, today, (first, *sections[1:]), defined(*_FIGURES), grounds, data)


def _as_of(span: Span, today: datetime.date) -> datetime.date:
    """The last day the figures hold."""
    return min(today, span.until)


def _satisfaction_lines(found: Satisfaction, source: str) -> tuple[str, ...]:
    lines = [say("annual_index", index=said(found.index), satisfied=found.satisfied, rated=found.rated)]
    if found.interval is not None:
        low, high = found.interval
        lines.append(say("annual_interval", low=said(low), high=said(high)))
    if found.target is not None:
        verdict = say(f"verdict_{found.verdict}")
        lines.append(say("annual_verdict", target=found.target, source=source, verdict=verdict))
        if found.verdict == "too_few":
            lines.append(say("annual_too_few", least=found.least_ratings))
    if found.people:
        index = said(found.index_by_person)
        lines.append(say("by_person", index=index, satisfied=found.people_satisfied, people=found.people) + ".")
    rate = said(found.response_rate)
    lines.append(say("response", rate=rate, answered=found.answered, offered=found.offered) + ".")
    return tuple(lines)


def _campaigns_line(links: tuple[CampaignOutcome, ...]) -> str:
    starts, people = sum(each.starts for each in links), sum(each.people for each in links)
    return say("annual_campaigns", campaigns=len(links), starts=starts, people=people)


def _done(request: Request, low: int) -> tuple[str, ...]:
    """What the records show was done; the rest is written by hand."""
    span = request.span
    answers = [entry for entry in request.content.library if entry.kind == "answer"]
    reviewed = [each for each in answers if each.reviewed and span.since <= each.reviewed <= span.until]
    return (
        say("done_entries", entries=len(answers), reviewed=len(reviewed)),
        say("done_low", low=low),
        say("done_by_hand"),
    )


ANNUAL = Report("annual", _make)
