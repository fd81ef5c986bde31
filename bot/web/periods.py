"""The periods the pages offer by name: this week and the last one, months of a year, the plan's, or two days."""

from __future__ import annotations

from collections.abc import Mapping

from bot.reports.spans import Part, Span
from bot.web.query import Query
from bot.web.site import Site

_PRESENT: Mapping[str, Part] = {"tuan": "week", "thang": "month", "quy": "quarter", "nam": "year"}
_LAST = {f"{name}truoc": part for name, part in _PRESENT.items()}
_FIRST_MONTHS = {"6thang": 6, "9thang": 9}
OWN = "khac"
PERIODS = (*_PRESENT, *_LAST, *_FIRST_MONTHS, "giaidoan", OWN)


def span_asked(site: Site, asked: Query) -> tuple[str, Span]:
    """The name of the period asked for, and its days: this year by default.

    Days filled in win over a period that was not touched («cu» holds the one of the page before).
    """
    chosen = asked.choice("ky", PERIODS) or "nam"
    if asked.given("tu", "den") and asked.unchanged("ky", "cu"):
        chosen = OWN
    today = site.today
    if chosen in _PRESENT:
        return chosen, Span.around(today, _PRESENT[chosen])
    if chosen in _LAST:
        return chosen, Span.around(today, _LAST[chosen]).before()
    if chosen in _FIRST_MONTHS:
        return chosen, Span.of_first_months(today.year, _FIRST_MONTHS[chosen])
    if chosen == "giaidoan":
        return chosen, site.records.targets.period(today) or Span.around(today, "year")
    since, until = asked.day("tu"), asked.day("den")
    if since is not None and until is not None and until < since:
        asked.problems.append("bad_days")
        since, until = until, since
    return chosen, Span(
        since or min(until or today, today.replace(month=1, day=1)), until or max(since or today, today)
    )
