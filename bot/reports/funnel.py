"""How far new people came, by campaign, place, collaborator, channel and week: started, answered, estimated, asked to
be reminded, rated.

Each person counts once, where they first came from, and in each step they did from then on up to the end of the span,
whether or not they did the one before. What came of money: the cost of all of a campaign over all it brought, so only
where nothing of it lies outside the span, and nobody is counted with them who came by none.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.reports.activity import EntryCount, most_asked
from bot.reports.records import Filter, Records
from bot.reports.satisfaction import EVERYTHING, wilson
from bot.reports.spans import Span
from bot.reports.words import channel_name, say
from bot.storage import campaigns, funnel, open_groups, wordings
from bot.storage.campaigns import Campaign
from bot.storage.database import midnight
from bot.storage.fading import CROWD
from bot.storage.funnel import Newcomer
from bot.storage.open_groups import Alike
from handlers.dialogue.memory import CampaignTouch

FunnelStep = Literal["people", "answered", "estimated", "reminded", "rated"]
STEPS: tuple[FunnelStep, ...] = get_args(FunnelStep)
FunnelPart = Literal["campaign", "place", "collaborator", "channel", "week"]
PARTS: tuple[FunnelPart, ...] = ("campaign", "place", "collaborator", "channel", "week")
NARROWED = frozenset({"campaign", "place", "collaborator"})
"""The parts of a filter it can be narrowed by: the others are of ratings."""
_ONE = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many new people of a part did each step; `starts`: how often its links were followed, None where a part is
    not made of links; `cost` in dong, None where none was entered, not all of it belongs to the span, or somebody is
    counted who came by no campaign.
    """

    key: str
    name: str
    steps: Mapping[FunnelStep, int]
    starts: int | None = None
    cost: int | None = None

    @property
    def people(self) -> int:
        return self.steps["people"]

    def share(self, step: FunnelStep) -> float | None:
        """Of the people who came, those who did it, a fraction; None where nobody came."""
        return self.steps[step] / self.people if self.people else None

    def interval(self, step: FunnelStep) -> tuple[float, float] | None:
        """Wilson's interval of that share."""
        return wilson(self.steps[step], self.people) if self.people else None

    def cost_of(self, step: FunnelStep) -> int | None:
        """What one result cost, in whole dong, half upwards; None where there is no result or no cost."""
        done = self.steps[step]
        return None if self.cost is None or not done else (2 * self.cost + done) // (2 * done)


@dataclass(frozen=True, slots=True)
class Funnels:
    """The funnel of a span: of all people, and of each part; and the starts that came by no campaign, by why."""

    span: Span
    whole: Funnel
    parts: Mapping[FunnelPart, tuple[Funnel, ...]]
    other_starts: Mapping[CampaignTouch, int]


@dataclass(slots=True)
class _Sums:
    """What is added up of one part."""

    name: str
    steps: Counter[FunnelStep] = field(default_factory=Counter)

    def add(self, person: Newcomer) -> None:
        did: tuple[tuple[FunnelStep, bool], ...] = (
            ("people", True),
            ("answered", person.answered),
            ("estimated", person.estimated),
            ("reminded", person.reminded),
            ("rated", person.rated),
        )
        self.steps.update(step for step, done in did if done)


async def measure(records: Records, span: Span, where: Filter = EVERYTHING) -> Funnels:
    """The funnel of a span, of some campaigns only where a filter wants that («»: of no campaign)."""
    since, until = midnight(span.since), midnight(span.until + _ONE)
    async with records.database.read() as connection:
        links = {each.code: each for each in await campaigns.named(connection)}
        brought = {each.campaign.code: each for each in await campaigns.in_span(connection, since, until)}
        ever = await campaigns.all_starts(connection)
        others = await campaigns.other_starts(connection, since, until)
        wanted = _wanted(where, links)
        sums: dict[FunnelPart, dict[str, _Sums]] = {part: {} for part in PARTS}
        whole, by_none = _Sums(""), False
        async for some in funnel.newcomers(connection, since, until):
            for person in some:
                if wanted(person.code):
                    whole.add(person)
                    by_none = by_none or person.code not in links
                    for part in PARTS:
                        key, name = _part(part, person, links, span)
                        sums[part].setdefault(key, _Sums(name)).add(person)
    shown = {code: link for code, link in links.items() if wanted(code)}
    starts = {code: brought[code].starts for code in shown}
    whole_in_span = {code for code in shown if ever.get(code, 0) == starts[code]}
    found = {part: _funnels(part, sums[part], shown, starts, whole_in_span) for part in PARTS}
    cost = None if by_none else _cost(shown.values(), whole_in_span)
    total = Funnel("", "", _steps(whole), sum(starts.values()), cost)
    return Funnels(span, total, found, others if where == EVERYTHING else {})


def _wanted(where: Filter, links: Mapping[str, Campaign]) -> Callable[[str | None], bool]:
    def wanted(code: str | None) -> bool:
        if where.campaign is not None and (code or "") != where.campaign:
            return False
        link = links.get(code or "")
        of_link = ((where.place, link and link.place), (where.collaborator, link and link.collaborator))
        return all(asked is None or asked == of for asked, of in of_link)

    return wanted


def _part(part: FunnelPart, person: Newcomer, links: Mapping[str, Campaign], span: Span) -> tuple[str, str]:
    """The key of the part a person belongs to, and its words."""
    if part == "channel":
        return person.channel or "", channel_name(person.channel)
    if part == "week":
        week = Span.around(person.at.date(), "week")
        return max(week.since, span.since).isoformat(), week.name
    link = links.get(person.code or "")
    return ("", say("no_campaign")) if link is None else _part_of(part, link)


def _part_of(part: FunnelPart, link: Campaign) -> tuple[str, str]:
    if part == "campaign":
        return link.code, link.name
    if part == "place":
        return link.place, link.place
    return (link.collaborator, link.collaborator) if link.collaborator else ("?", say("no_collaborator"))


def _funnels(
    part: FunnelPart,
    sums: Mapping[str, _Sums],
    links: Mapping[str, Campaign],
    starts: Mapping[str, int],
    whole_in_span: set[str],
) -> tuple[Funnel, ...]:
    """The parts with the most people first, weeks in their order; campaigns that brought nobody too."""
    if part in ("channel", "week"):
        made = [Funnel(key, each.name, _steps(each)) for key, each in sums.items()]
        return tuple(sorted(made, key=lambda each: each.key if part == "week" else (-each.people, each.key)))
    of_part: dict[str, list[Campaign]] = defaultdict(list)
    names: dict[str, str] = {}
    for link in links.values():
        key, name = _part_of(part, link)
        of_part[key].append(link)
        names[key] = name
    names |= {key: each.name for key, each in sums.items()}
    made = [
        Funnel(
            key,
            name,
            _steps(sums.get(key) or _Sums(name)),
            sum(starts[link.code] for link in of_part[key]) if key in of_part else None,
            _cost(of_part[key], whole_in_span) if key in of_part else None,
        )
        for key, name in names.items()
    ]
    return tuple(sorted(made, key=lambda each: (-each.people, -(each.starts or 0), each.key)))


def _steps(sums: _Sums) -> dict[FunnelStep, int]:
    return {step: sums.steps[step] for step in STEPS}


def _cost(links: Iterable[Campaign], whole_in_span: set[str]) -> int | None:
    """What these campaigns cost together; None where one has no cost, or followed links outside the span."""
    costs = [link.cost if link.code in whole_in_span else None for link in links]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if known and len(known) == len(costs) else None


# --- what people of a place ask ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceQuestions:
    """What those whom the campaigns of a place brought asked most, and what waits unanswered; `people`: who asked."""

    place: str
    people: int
    asked: tuple[EntryCount, ...]
    unanswered: Sequence[Alike]


@dataclass(frozen=True, slots=True)
class PlacesAsked:
    """Of each place where enough people asked; `few`: how many places are left out, for fewer than `CROWD` did."""

    places: tuple[PlaceQuestions, ...]
    few: int


async def places_asked(records: Records, span: Span, most: int, where: Filter = EVERYTHING) -> PlacesAsked:
    """What is asked at each place, those with the most people first; of a few people nothing is told."""
    await wordings.catch_up(records.database, wordings.AT_ONCE)
    since, until = midnight(span.since), midnight(span.until + _ONE)
    async with records.database.read() as connection:
        links = {each.code: each for each in await campaigns.named(connection)}
        wanted = _wanted(where, links)
        counted = {code: n for code, n in (await funnel.askers(connection, since, until)).items() if wanted(code)}
        people: Counter[str] = Counter()
        entries: dict[str, Counter[str]] = defaultdict(Counter)
        for code, n in counted.items():
            if code in links:
                people[links[code].place] += n
        for each in await funnel.asked(connection, since, until):
            if each.code in counted and each.code in links:
                entries[links[each.code].place][each.entry] += each.n
        enough = [(place, n) for place, n in people.most_common() if n >= CROWD]
        found = []
        for place, n in enough:
            codes = [code for code in counted if code in links and links[code].place == place]
            waiting = await open_groups.most_frequent(connection, span.days(), most, codes)
            found.append(PlaceQuestions(place, n, most_asked(records, entries[place], most), tuple(waiting)))
    return PlacesAsked(tuple(found), len(people) - len(enough))
