"""«Tham số»: every number of the law with the document it stands in, how sure it is, and when to look again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from starlette.responses import Response

from bot.web.guard import Visit
from bot.web.site import Site
from handlers.calculators.fields import SEX_NAMES
from handlers.calculators.reasons import GROUP_NAMES
from law.base.law import Law
from law.base.parameter import Dated, Parameter, Scalar
from vietnamese import wording
from vietnamese.normalize import fold

SOON = datetime.timedelta(days=30)
STATES = ("late", "soon")
_MONTHS_OF_AGE = "tháng tuổi"


@dataclass(frozen=True, slots=True)
class Shown:
    """One value as it stands on the page; `pairs` where it is one for each group or year."""

    since: datetime.date
    until: datetime.date | None
    said: str
    pairs: Sequence[tuple[str, str]]
    source: str
    place: str
    confidence: str
    number_unread: bool
    note: str
    state: str
    """now, past or coming."""


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One parameter: the value of today first, then all values by date."""

    name: str
    term: str
    unit: str
    now: Shown | None
    coming: Shown | None
    values: Sequence[Shown]
    checked: datetime.date
    review_by: datetime.date
    due: str
    """late, soon or ''."""
    carried_on: bool
    """Whether the period the law states for the value of today is over."""


async def show(visit: Visit) -> Response:
    """The page, of all parameters or those whose term, name or document holds the words of `q`."""
    site, asked = visit.site, visit.request.query_params
    words, wanted = asked.get("q", "").strip()[:100], asked.get("xem", "")
    rows = all_rows(site)
    counts = {state: sum(row.due == state for row in rows) for state in STATES}
    if wanted in STATES:
        rows = [row for row in rows if row.due == wanted]
    if words:
        rows = [row for row in rows if fold(words) in fold(_searched(row))]
    return visit.show("parameters.html", rows=rows, counts=counts, q=words, seen=wanted, soon=SOON.days)


def all_rows(site: Site) -> list[ParameterRow]:
    """Every parameter as on today, those late for review first, then by their term."""
    law, today = site.resources.law, site.today
    rows = [_row(site, law, each, today) for each in law.parameters]
    return sorted(rows, key=lambda row: ((*STATES, "").index(row.due), fold(row.term)))


def _row(site: Site, law: Law, parameter: Parameter, today: datetime.date) -> ParameterRow:
    on = law.on(today)
    known = on.value(parameter.name) if on.knows(parameter.name) else None
    values = [_shown(site, law, each, known, today) for each in parameter.values]
    due = "late" if parameter.review_by < today else "soon" if parameter.review_by <= today + SOON else ""
    return ParameterRow(
        parameter.name,
        parameter.term,
        parameter.unit,
        next((each for each in values if each.state == "now"), None),
        next((each for each in values if each.state == "coming"), None),
        values[::-1],
        parameter.checked,
        parameter.review_by,
        due,
        known is not None and on.stale(parameter.name),
    )


def _shown(site: Site, law: Law, dated: Dated, known: Dated | None, today: datetime.date) -> Shown:
    value = dated.value
    pairs = (
        [(_group(site, str(key)), _said(site, each, dated.unit)) for key, each in value.items()]
        if isinstance(value, Mapping)
        else []
    )
    return Shown(
        dated.since,
        dated.until,
        "" if isinstance(value, Mapping) else _said(site, value, dated.unit),
        pairs,
        law.sources[dated.source].title,
        dated.place,
        dated.confidence,
        dated.reference_confidence == "C",
        dated.note,
        "now" if dated is known else "coming" if dated.since > today else "past",
    )


def _said(site: Site, value: Scalar, unit: str) -> str:
    """A value with its unit, as people say it."""
    words = site.words
    if value is None:
        return words["no_value"]
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if isinstance(value, datetime.date):
        return wording.day(value)
    if unit == _MONTHS_OF_AGE and isinstance(value, int):
        return wording.age(value)
    if isinstance(value, int | Decimal):
        return f"{wording.number(value)} {unit}" if not unit.startswith("%") else f"{wording.number(value)}{unit}"
    return str(value)


def _group(site: Site, key: str) -> str:
    """«Hộ nghèo» for `poor`, «Nữ» for `female`; a year or a number of months as it is."""
    texts = site.resources.texts
    found = GROUP_NAMES.get(key) or SEX_NAMES.get(key)
    return key if found is None else texts.label(found)


def _searched(row: ParameterRow) -> str:
    return " ".join((row.term, row.name, *(each.source for each in row.values)))
