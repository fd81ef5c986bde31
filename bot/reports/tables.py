"""The tables that several reports have: ratings by level and by part, questions by what became of them, campaigns."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import get_args

from bot.reports.activity import ChannelUse, EntryCount, Volumes
from bot.reports.campaigns import CampaignOutcome
from bot.reports.comparison import ComparedCount, ComparedShare
from bot.reports.paper import CellValue, Chart, Column, ColumnKind, Table
from bot.reports.records import Topics
from bot.reports.satisfaction import Satisfaction, Share
from bot.reports.words import say
from bot.storage.open_groups import Alike
from handlers.dialogue.records import LEVELS


def column(key: str, kind: str = "count", wide: int = 1) -> Column:
    """A column whose title is the text `column_<key>`."""
    assert kind in get_args(ColumnKind)
    return Column(key, say(f"column_{key}"), kind, wide)  # type: ignore[arg-type]


def _table(
    key: str, columns: Sequence[Column], rows: Iterable[tuple[CellValue, ...]], chart: Chart | None = None
) -> Table:
    return Table(key, say(f"table_{key}"), tuple(columns), tuple(rows), say(f"empty_{key}"), chart)


def levels(found: Satisfaction) -> Table:
    """How many ratings of each level, and their part of all."""
    rows = [
        (say(f"level_{level}"), found.levels[level], found.levels[level] / found.rated if found.rated else None)
        for level in LEVELS
    ]
    rows.append((say("total"), found.rated, 1.0 if found.rated else None))
    return _table("levels", (column("level", "text", 2), column("ratings"), column("share", "share")), rows)


def _figures(found: Satisfaction) -> tuple[str | int | float | None, ...]:
    low, high = found.interval or (None, None)
    return found.rated, found.satisfied, found.index, low, high, found.offered, found.answered, found.response_rate


def _figure_columns() -> tuple[Column, ...]:
    return (
        column("ratings"),
        column("satisfied"),
        column("index", "share"),
        column("low", "share"),
        column("high", "share"),
        column("offered"),
        column("answered"),
        column("response", "share"),
    )


def over_time(found: Sequence[Satisfaction]) -> Table:
    """The satisfaction of span after span, from the first in which anything was rated or offered."""
    begun = list(itertools.dropwhile(lambda each: not each.rated and not each.offered, found))
    rows = [(_capital(each.span.name), *_figures(each), _target(each)) for each in begun]
    columns = (column("span", "text"), *_figure_columns(), column("target", "share"))
    return _table("over_time", columns, rows, _chart(say("chart_over_time"), begun) if len(rows) > 1 else None)


def plan_years(found: Sequence[Satisfaction]) -> Table:
    """The index of every year of the plan beside its target, the years to come too."""
    rows = [
        (
            str(each.since.year),
            each.rated,
            each.index,
            *(each.interval or (None, None)),
            _target(each),
            say(f"verdict_{each.verdict}") if each.rated else "",
        )
        for each in found
    ]
    figures = [column(key, "share") for key in ("index", "low", "high", "target")]
    columns = (column("year", "text"), column("ratings"), *figures, column("verdict", "text", 3))
    targets = ", ".join(f"{each}%" for each in dict.fromkeys(each.target for each in found) if each is not None)
    return _table("plan_years", columns, rows, _chart(say("chart_plan_years", targets=targets), found))


def _target(found: Satisfaction) -> float | None:
    return None if found.target is None else found.target / 100


def _chart(title: str, found: Sequence[Satisfaction]) -> Chart:
    return Chart(title, tuple(each.span.axis for each in found), "index", ("low", "high"), "target")


def shares(by: str, found: Sequence[Share]) -> Table:
    """The satisfaction of each part: by topic, kind, campaign, place, entry."""
    rows = [(share.name, *_figures(share.found)) for share in found]
    return _table(f"by_{by}", (column(by, "text", 2), *_figure_columns()), rows)


def compared_shares(found: Sequence[ComparedShare], of_use: bool = False) -> Table:
    """Shares beside those of other spans, and whether they differ by more than chance: of ratings, or of questions."""
    rows = [
        (
            say(f"compared_{each.figure}"),
            each.now.share,
            say(f"other_{each.other}", span=each.span.name),
            each.then.share,
            each.difference,
            *(each.interval or (None, None)),
            say(f"change_{each.change}", least=each.least),
        )
        for each in found
    ]
    columns = (column("figure", "text", 2), column("now", "share"), column("other", "text", 3), column("then", "share"))
    between = [column(key, "points") for key in ("difference", "difference_low", "difference_high")]
    key = "compared_use_shares" if of_use else "compared_shares"
    return _table(key, (*columns, *between, column("change", "text", 2)), rows)


def compared_counts(found: Sequence[ComparedCount], of_use: bool = False) -> Table:
    """Counts beside those of other spans."""
    rows = [
        (
            say(f"compared_{each.figure}"),
            each.now,
            say(f"other_{each.other}", span=each.span.name),
            each.then,
            each.difference,
            each.growth,
            "" if each.then is not None else say("change_nothing"),
        )
        for each in found
    ]
    columns = (column("figure", "text", 2), column("now_count"), column("other", "text", 3), column("then_count"))
    between = (column("more", "change"), column("growth", "points"), column("remark", "text", 2))
    key = "compared_use_counts" if of_use else "compared_counts"
    return _table(key, (*columns, *between), rows)


def decisions(found: Volumes) -> Table:
    """What became of the questions, and their part of all."""
    rows = [
        (say("became_answered"), found.answered, found.answered_share),
        (say("became_offered"), found.offered, found.offered_share),
        (say("became_referred"), found.referred, found.referred_share),
        (say("became_unknown"), found.unknown, found.unknown_share),
        (say("total"), found.questions, 1.0 if found.questions else None),
    ]
    return _table("decisions", (column("became", "text", 3), column("questions"), column("share", "share")), rows)


def use_over_time(found: Sequence[Volumes]) -> Table:
    """Questions and estimates of span after span, from the first in which there was any."""
    columns = [column("questions"), *(column(f"asked_{name}") for name in ("answered", "offered", "referred"))]
    columns += [column("asked_unknown"), column("unknown_share", "share"), column("estimates")]
    rows = [
        (
            _capital(each.span.name),
            each.questions,
            each.answered,
            each.offered,
            each.referred,
            each.unknown,
            each.unknown_share,
            each.estimated,
        )
        for each in itertools.dropwhile(lambda each: not each.questions and not each.estimated, found)
    ]
    return _table("use_over_time", (column("span", "text"), *columns), rows)


def use_by_channel(found: Sequence[ChannelUse]) -> Table:
    """Questions, estimates and people of each channel."""
    columns = [column("questions"), *(column(f"asked_{name}") for name in ("answered", "offered", "referred"))]
    columns += [column("asked_unknown"), column("unknown_share", "share"), column("estimates"), column("used_by")]
    rows = [
        (
            each.name,
            each.found.questions,
            each.found.answered,
            each.found.offered,
            each.found.referred,
            each.found.unknown,
            each.found.unknown_share,
            each.found.estimated,
            each.found.people,
        )
        for each in found
    ]
    return _table("use_by_channel", (column("channel", "text"), *columns), rows)


def calculations(found: Volumes, topics: Topics) -> Table:
    """Finished estimates by calculation."""
    names = [(topics.calculation(name), n) for name, n in found.estimates.items()]
    return _table("calculations", (column("calculation", "text", 3), column("times")), names)


def entries(found: Sequence[EntryCount]) -> Table:
    """The entries most asked."""
    rows = [(each.question, each.topic, each.n) for each in found]
    return _table("top_entries", (column("entry", "text", 3), column("topic", "text"), column("times")), rows)


def hours(found: Sequence[int]) -> Table:
    """Questions by the hour of the day."""
    rows = [(say("hour", hour=hour), n) for hour, n in enumerate(found)]
    return _table("hours", (column("hour", "text"), column("questions")), rows if any(found) else [])


def unanswered(found: Sequence[Alike]) -> Table:
    """The unanswered questions asked most, as they were typed, masked."""
    rows = [(each.text, each.n) for each in found]
    return _table("unanswered", (column("question", "text", 4), column("times")), rows)


def campaigns(found: Sequence[CampaignOutcome]) -> Table:
    """What came of each campaign."""
    rows = [
        (
            each.name,
            each.place,
            each.starts,
            each.people,
            each.found.rated if each.found else 0,
            each.found.index if each.found else None,
        )
        for each in found
    ]
    columns = (column("campaign", "text", 2), column("place", "text", 2), column("starts"), column("people"))
    return _table("campaigns", (*columns, column("ratings"), column("index", "share")), rows)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
