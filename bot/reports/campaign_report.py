"""The report «campaigns»: how far new people came, by where they came from, at what cost; what each place asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.reports import funnel
from bot.reports.definitions import defined
from bot.reports.funnel import PARTS, STEPS, Funnel, FunnelPart, Funnels, PlacesAsked
from bot.reports.paper import CellValue, Paper, Report, Request, Section, Table
from bot.reports.rounding import said
from bot.reports.tables import column
from bot.reports.words import say
from bot.storage.fading import CROWD

_MOST = 10
"""Questions of each place."""
_DEFINED = (
    *("campaigns", "funnel", "interval", "campaign_cost", "channel", "other_starts", "place_asked", "unanswered"),
    *("waiting", "entries", "rounding", "time"),
)


async def _make(request: Request) -> Paper:
    records, span = request.records, request.span
    found = await funnel.measure(records, span, request.where)
    asked = await funnel.places_asked(records, span, _MOST, request.where)
    sections = (
        Section("", tuple(_lines(found)), (_table("funnel_all", [found.whole]), _starts(found))),
        *(Section("", (), (_table(f"funnel_{part}", found.parts[part], part),)) for part in PARTS),
        Section(say("section_place_asked"), _few(asked), (_asked(asked), _unanswered(asked))),
    )
    title = say("title_campaigns", span=span.name)
    return Paper("campaigns", title, span, request.today, sections, defined(*_DEFINED))


def _lines(found: Funnels) -> Iterable[str]:
    whole = found.whole
    yield say("funnel_people", people=whole.people, starts=whole.starts or 0)
    if whole.people:
        yield say("funnel_steps", **{step: said(whole.share(step)) for step in STEPS[1:]})


def _table(key: str, found: Sequence[Funnel], part: FunnelPart | None = None) -> Table:
    """A row for each part and step, so that every step has its share, interval and cost."""
    named = () if part is None else (column(part if part != "week" else "span", "text", 2),)
    columns = (
        *named,
        column("step", "text", 2),
        column("funnel_people"),
        column("share", "share"),
        column("low", "share"),
        column("high", "share"),
        column("cost_of_one"),
    )
    rows = [
        (
            *(() if part is None else (_name(each, part),)),
            say(f"step_{step}"),
            each.steps[step],
            each.share(step),
            *(each.interval(step) or (None, None)),
            each.cost_of(step),
        )
        for each in found
        for step in STEPS
    ]
    return Table(key, say(f"table_{key}"), columns, tuple(rows), say("empty_funnel"))


def _name(found: Funnel, part: FunnelPart) -> str:
    return f"{found.name} ({found.key})" if part == "campaign" and found.key else found.name


def _starts(found: Funnels) -> Table:
    """How the assistant was started: by links, and by none or by one that counts for none."""
    rows: list[tuple[CellValue, ...]] = [(say("start_known"), found.whole.starts or 0)]
    rows += [(say(f"start_{why}"), n) for why, n in sorted(found.other_starts.items())]
    columns = (column("start", "text", 3), column("starts"))
    return Table("starts", say("table_starts"), columns, tuple(rows), say("empty_funnel"))


def _few(asked: PlacesAsked) -> tuple[str, ...]:
    return (say("places_few", few=asked.few, crowd=CROWD),) if asked.few else ()


def _asked(asked: PlacesAsked) -> Table:
    rows = tuple((each.place, entry.question, entry.n) for each in asked.places for entry in each.asked)
    columns = (column("place", "text", 2), column("entry", "text", 4), column("times"))
    return Table("place_asked", say("table_place_asked"), columns, rows, say("empty_place_asked"))


def _unanswered(asked: PlacesAsked) -> Table:
    rows = tuple((each.place, alike.text, alike.n) for each in asked.places for alike in each.unanswered)
    columns = (column("place", "text", 2), column("question", "text", 4), column("times"))
    return Table("place_unanswered", say("table_place_unanswered"), columns, rows, say("empty_place_unanswered"))


CAMPAIGNS = Report("campaigns", _make, narrowed=funnel.NARROWED)
