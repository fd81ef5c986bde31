"""What staff read in chat: today, the week, the month and the plan period in a few lines, and the trend as figures."""

from __future__ import annotations

import datetime
import html
from collections.abc import Mapping

from bot.reports import activity, satisfaction
from bot.reports.definitions import last_days, read_definitions
from bot.reports.records import Records
from bot.reports.rounding import rounded, said
from bot.reports.satisfaction import Satisfaction
from bot.reports.spans import Span
from bot.reports.words import say
from handlers.dialogue.turn import PictureFigure

_WEEKS = 12
_GROUPS = 7
_LONGEST = 120


async def lines(records: Records, today: datetime.date) -> str:
    """The index and the questions of today, this week, this month and the period of the plan, as HTML."""
    period = records.targets.period(today) or Span.around(today, "year")
    spans = {"day": Span.of_day(today), "week": Span.around(today, "week"), "month": Span.around(today, "month")}
    told = [say("overview_title", day=f"{today:%d/%m/%Y}")]
    for name, span in {**spans, "period": period}.items():
        found, use = await satisfaction.measure(records, span), await activity.volumes(records, span)
        head = say(f"overview_{name}", week=span.since.isocalendar().week, month=span.since.month,
                   first=span.since.year, last=span.until.year)  # fmt: skip
        told += ["", head, _rated(found), say(
            "overview_questions",
            questions=use.questions,
            unanswered=use.left_unanswered,
            share=said(use.unanswered_share),
            estimates=use.estimated,
            people=use.people,
        )]  # fmt: skip
    return "\n".join([*told, "", say("definition")])


def _rated(found: Satisfaction) -> str:
    if found.interval is None:
        return say("overview_no_ratings")
    low, high = found.interval
    verdict = "" if found.target is None else say(
        "overview_verdict", target=found.target, verdict=say(f"verdict_{found.verdict}"), least=found.least_ratings
    )  # fmt: skip
    index = said(found.index)
    of = {"low": said(low), "high": said(high), "rated": found.rated}
    return say("overview_rated", index=index, verdict=verdict, **of)


async def trend(records: Records, today: datetime.date) -> Mapping[str, PictureFigure]:
    """The figures of the chart `satisfaction_trend`: the last twelve weeks, this one in it."""
    this = Span.around(today, "week")
    span = Span(this.since - datetime.timedelta(weeks=_WEEKS - 1), this.until)
    weeks = await satisfaction.series(records, span, "week")
    rated = [(place, week) for place, week in enumerate(weeks) if week.index is not None]
    figures: dict[str, PictureFigure] = {
        "labels": tuple(str(week.since.isocalendar().week) for week in weeks),
        "places": tuple(place for place, _ in rated),
        "indexes": tuple(int(rounded(week.index or 0) * 100) for _, week in rated),
        "ratings": tuple(week.rated for _, week in rated),
    }
    target = records.targets.on(today)
    return figures if target is None else figures | {"target": target}


async def unanswered(records: Records, today: datetime.date) -> str:
    """The unanswered questions of the last days that wait for a decision, the most frequent first, as HTML."""
    days = read_definitions().waiting
    found = await activity.top_unanswered(records, last_days(today, days), _GROUPS)
    if not found:
        return say("no_unanswered", days=days)
    shown = [say("unanswered_group", n=each.n, text=html.escape(_short(each.text), quote=False)) for each in found]
    return "\n".join([say("unanswered_title", days=days), *shown])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
