"""Which ratings a page or a file is asked for: the filters of the log, read from the address once for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.reports.rating_log import LogFilter
from bot.reports.records import KINDS, Filter
from bot.reports.words import channel_name, channels
from bot.storage import campaigns
from bot.storage.campaigns import Campaign
from bot.web.query import Query
from bot.web.site import Site
from handlers.dialogue.records import LEVELS, LOW, REASONS
from vietnamese.normalize import fold

_LOW = "low"
_NONE = "-"
_FILTERS = {f"bad_{each}" for each in ("muc", "lydo", "chude", "loai", "chiendich", "diaban", "kenh", "ctv", "cau")}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted, what the fields hold, and what there is to choose from.

    `refused`: one of them could not be read; the rows of everything would be taken for those asked for.
    """

    where: Filter
    log: LogFilter
    refused: bool
    seen: Mapping[str, str]
    campaigns: Sequence[Campaign]
    topics: Mapping[str, str]
    places: Sequence[str]
    channels: Mapping[str, str]
    collaborators: Sequence[str]


async def filters_asked(site: Site, asked: Query) -> Filters:
    """The filters of an address; what could not be read stands among its problems."""
    records = site.records
    async with site.database.read() as connection:
        known = await campaigns.named(connection)
    topics = {each: records.topics.name(each) for each in records.topics.known()}
    links = {each.code: f"{each.name} ({each.code})" for each in known}
    places = {each.place: each.place for each in known if each.place.strip()}
    named = {each: channel_name(each) for each in channels()}
    collaborators = labels(known)
    seen = {
        "muc": asked.choice("muc", [_LOW, *map(str, LEVELS)]),
        "chude": asked.choice("chude", topics, topics),
        "loai": asked.choice("loai", KINDS),
        "chiendich": asked.choice("chiendich", [_NONE, *links], links),
        "diaban": asked.choice("diaban", places, places),
        "kenh": asked.choice("kenh", [_NONE, *named], named),
        "ctv": asked.choice("ctv", collaborators, collaborators),
        "lydo": asked.choice("lydo", REASONS),
        "cau": asked.choice("cau", site.resources.library.entries, records.topics.questions),
        "q": asked.words("q"),
    }
    where = Filter(
        kind=seen["loai"] or None,
        topic=seen["chude"] or None,
        subject=seen["cau"] or None,
        campaign="" if seen["chiendich"] == _NONE else seen["chiendich"] or None,
        place=seen["diaban"] or None,
        channel="" if seen["kenh"] == _NONE else seen["kenh"] or None,
        collaborator=seen["ctv"] or None,
    )
    log = LogFilter(levels=_levels(seen["muc"]), reason=seen["lydo"] or None, search=seen["q"])
    refused = bool(_FILTERS.intersection(asked.problems))
    return Filters(where, log, refused, seen, known, topics, list(places), named, list(collaborators))


def labels(known: Sequence[Campaign]) -> dict[str, str]:
    """The labels of who gives links out, each to choose by."""
    return {each: each for each in sorted({one.collaborator for one in known if one.collaborator}, key=fold)}


def _levels(asked: str) -> tuple[int, ...] | None:
    if asked == _LOW:
        return tuple(range(1, LOW + 1))
    return (int(asked),) if asked else None
