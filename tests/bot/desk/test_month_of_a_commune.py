"""A month of a commune by a clock that is moved: 300 people, six campaigns, reminders, two kills and a day of downtime.

What is to come of it is written down beside, as a clerk would by hand: who came by which link, what each did, and at
which hour each is to be reminded.
"""

from __future__ import annotations

import asyncio
import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from bot.base.content import Content
from bot.desk import reminding
from bot.reports import funnel
from bot.reports.funnel import Funnel, FunnelPart
from bot.reports.records import Records, Topics, read_targets
from bot.reports.spans import Span
from bot.storage import campaigns
from bot.storage.campaigns import Campaign
from bot.storage.database import Database
from handlers.dialogue.context import Resources
from handlers.dialogue.turn import Text
from tests.bot.desk.test_reminding import DUE, Dies, Life, at
from tests.conftest import Clock, rows_of

PEOPLE, DOWN, LAST = 300, 20, 31
KILLED_BEFORE_THE_CALL, KILLED_AFTER_IT = (8, 8), (29, 19)
"""(day, hour) of December 2026."""
HOURS = (8, 19)
D = datetime.date
CAMPAIGNS = (
    Campaign("cho", "Chợ Phủ", "xã A", collaborator="CTV 1", cost=500_000),
    Campaign("thon", "Nhà văn hoá", "xã A", collaborator="CTV 1", cost=120_001),
    Campaign("htx", "Hợp tác xã", "xã B", cost=90_000),
    Campaign("loa", "Loa xã", "xã B", collaborator="CTV 2"),
    Campaign("hoi", "Hội phụ nữ", "xã C", collaborator="CTV 2", cost=75_000, begins=D(2026, 12, 10)),
    Campaign("tet", "Hội chợ", "xã C", cost=10_000, ends=D(2026, 12, 20)),
)
QUESTION, NONSENSE = "đóng mấy năm thì có lương hưu", "zzz qqq www"
PAID, LATER, STOP = "✅ Đã đóng", "⏰ Nhắc lại sau 3 ngày", "🔕 Dừng nhắc"
GONE = ("44", "134", "208")
ESTIMATE = "đóng mức thấp nhất, hộ khác, hằng tháng thì hết bao nhiêu tiền"


@dataclass
class Clerk:
    """What was done, written down by hand: the people of each step by the code that first brought them («»: none)."""

    came: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Person → the code, and the day of December."""
    did: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Step → who did it."""
    starts: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    times: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(code, «estimates», «reminders» or «ratings») → how often."""
    due: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """Person → the days and hours of December at which they are to be reminded."""

    def forgets(self, person: str) -> None:
        """Of who had all deleted the starts stay counted, and no more than that of the person."""
        code, _ = self.came.pop(person)
        for step, what in (("estimated", "estimates"), ("reminded", "reminders")):
            self.times[code, what] -= person in self.did[step]

    def steps(self, codes: Iterable[str]) -> dict[str, int]:
        brought = {person for person, (code, _) in self.came.items() if code in codes}
        return {"people": len(brought), **{step: len(brought & self.did[step]) for step in funnel.STEPS[1:]}}


def counts(link: Campaign | None, day: int) -> str:
    """How a link counts on a day of December."""
    if link is None:
        return "none"
    today = D(2026, 12, day)
    if link.ends is not None and today > link.ends:
        return "expired"
    return "early" if link.begins is not None and today < link.begins else "known"


class Month:
    """The people of the commune, each by their number, and the clerk who looks on."""

    def __init__(self, life: Life) -> None:
        self.life, self.clerk = life, Clerk()
        self.answers: dict[str, str] = {}
        """Person → what they press when they are reminded first."""
        self.pressed: dict[str, str] = {}
        """Person → what they pressed."""
        self.heard: dict[str, list[tuple[int, int]]] = defaultdict(list)
        """Person → the days and hours at which they were reminded."""

    async def passes(self) -> None:
        for day in range(1, LAST + 1):
            if day == DOWN:
                continue
            if day == DOWN + 1:  # what was due on the day before is said as soon as it runs again
                self.life.starts()
                await self.strikes(day, 7)
            await self.strikes(day, HOURS[0])
            for number in range(PEOPLE):
                if self.comes(number) == day:
                    await self.arrives(number, day)
            await self.strikes(day, HOURS[1])

    def comes(self, number: int) -> int:
        day = 1 + number % 30
        return day + 1 if day == DOWN else day

    async def arrives(self, number: int, day: int) -> None:
        life, clerk, person = self.life, self.clerk, str(number)
        life.clock.now = at(f"2026-12-{day:02} 10:00")
        link = CAMPAIGNS[number % 7] if number % 7 < len(CAMPAIGNS) else None
        await self.follows(person, link, day, unknown=number % 14 == 6)
        brought = link.code if link is not None and counts(link, day) == "known" else ""
        clerk.came[person] = (brought, day)
        if number % 30 == 3:  # a second link on the same day: brought by the first that counts
            await self.follows(person, CAMPAIGNS[0], day)
            clerk.came[person] = (brought or CAMPAIGNS[0].code, day)
        code = clerk.came[person][0]
        if number % 2 == 0:
            await life.says(QUESTION, person=person)
            clerk.did["answered"].add(person)
        if number % 30 == 1:
            await life.says(NONSENSE, person=person)
        if number % 8 == 0 or number in (44, 100):
            await life.says(ESTIMATE, person=person)
            clerk.did["estimated"].add(person)
            clerk.times[code, "estimates"] += 1
        if number % 24 == 0:
            await life.presses("Rất hài lòng", person)
            clerk.did["rated"].add(person)
            clerk.times[code, "ratings"] += 1
        if number % 8 == 0 and number % 40:
            await self.asks_to_be_reminded(number, day, code)

    async def follows(self, person: str, link: Campaign | None, day: int, *, unknown: bool = False) -> None:
        await self.life.does("start", "khong-co" if unknown else "" if link is None else link.code, person)
        why = "unknown" if unknown else counts(link, day)
        if link is not None and why == "known":
            self.clerk.starts[link.code] += 1
        else:
            self.clerk.others[why] += 1

    async def asks_to_be_reminded(self, number: int, day: int, code: str) -> None:
        person, hour = str(number), HOURS[number // 8 % 2]
        on = min(LAST, day + 1 + number // 8 % 5)
        wish = f"nhắc tôi đóng hằng tháng ngày {on} lúc {hour}h"
        await self.life.says(wish, "tháng này", "đồng ý", person=person)
        assert "Đã đặt" in self.life.channel.to(person)[-1]
        self.clerk.did["reminded"].add(person)
        self.clerk.times[code, "reminders"] += 1
        self.clerk.due[person].append((on, hour))
        answer = {0: PAID, 1: LATER, 2: STOP}.get(number // 8 % 4)
        if answer is not None:
            self.answers[person] = answer

    async def strikes(self, day: int, hour: int) -> None:
        """The service looks what is due, is killed on two days, and people press what they press."""
        life = self.life
        life.clock.now = at(f"2026-12-{day:02} {hour:02}:00")
        before = len(life.channel.sent)
        if (day, hour) == KILLED_AFTER_IT:
            whole, life.channel = life.channel, Dies("letters")
            life.starts()
            with pytest.raises(asyncio.CancelledError):
                await life.delivery.send(await reminding.remind(life.desk, life.database, life.clock()))
            whole.sent += life.channel.sent
            life.channel = whole
            life.starts()
            await life.delivery.send(await life.delivery.waiting())
        elif (day, hour) == KILLED_BEFORE_THE_CALL:
            assert await reminding.remind(life.desk, life.database, life.clock())
            life.starts()
            await life.delivery.send(await life.delivery.waiting())
        await life.delivery.send(await reminding.remind(life.desk, life.database, life.clock()))
        told = [
            person for person, reply in life.channel.sent[before:] if isinstance(reply, Text) and reply.html.count(DUE)
        ]
        for person in told:
            self.heard[person].append((day, hour))
        for person in dict.fromkeys(told):
            await self.answers_to_it(person, day)

    async def answers_to_it(self, person: str, day: int) -> None:
        answer = self.answers.pop(person, None)
        if answer is None:
            return
        await self.life.presses(answer, person)
        self.pressed[person] = answer
        if answer == LATER and day < LAST:
            hour = self.clerk.due[person][0][1]
            self.clerk.due[person].append((min(LAST, day + 3), hour))


@pytest.fixture
async def month(database: Database, resources: Resources, clock: Clock) -> Month:
    clock.now = at("2026-11-30 20:00")
    async with database.begin() as connection:
        for each in CAMPAIGNS:
            await campaigns.add(connection, each, clock())
    passed = Month(Life(database, resources, clock))
    await passed.passes()
    for person in GONE:
        await passed.life.says("/xoadulieu", person=person)
        await passed.life.presses("Xoá hết", person)
        passed.clerk.forgets(person)
    return passed


async def test_every_figure_is_as_counted_by_hand_and_each_is_reminded_when_they_are_to_be(
    month: Month, database: Database, content: Content
) -> None:
    clerk = month.clerk
    await _the_figures(clerk, database, content)
    due = {
        person: [(DOWN + 1, 7) if day == DOWN else (day, hour) for day, hour in each]
        for person, each in clerk.due.items()
    }
    at_the_kills = [
        [each for each in due.values() if kill in each] for kill in (KILLED_BEFORE_THE_CALL, KILLED_AFTER_IT)
    ]
    assert all(at_the_kills)
    assert any((DOWN + 1, 7) in each for each in due.values())
    twice = {person: Counter(month.heard[person]) - Counter(each) for person, each in due.items()}
    missed = {person: Counter(each) - Counter(month.heard[person]) for person, each in due.items()}
    assert not any(missed.values())
    again = [each for each in twice.values() if each]
    assert again
    assert all(each == Counter({KILLED_AFTER_IT: 1}) for each in again)
    assert set(month.heard) <= set(due)
    held = await rows_of(database, "reminders")
    assert len(held) == sum(person not in GONE and month.pressed.get(person) != STOP for person in due)
    assert all(row["at"] >= datetime.datetime(2027, 1, 1) for row in held)


async def _the_figures(clerk: Clerk, database: Database, content: Content) -> None:
    records = Records(database, Topics.of(content.library, content.texts), read_targets())
    found = await funnel.measure(records, Span(D(2026, 12, 1), D(2026, 12, 31)))
    codes = [each.code for each in CAMPAIGNS]
    assert found.whole.steps == clerk.steps(["", *codes])
    assert found.other_starts == clerk.others
    assert {each.key: (each.starts, each.steps) for each in found.parts["campaign"]} == {
        "": (None, clerk.steps([""])),
        **{code: (clerk.starts[code], clerk.steps([code])) for code in codes},
    }
    parts: tuple[FunnelPart, ...] = ("place", "collaborator")
    for part in parts:
        by: dict[str, list[Campaign]] = defaultdict(list)
        for link in CAMPAIGNS:
            by[getattr(link, part) or "?"].append(link)
        for each in found.parts[part]:
            assert each.steps == clerk.steps([link.code for link in by[each.key]] or [""])
            assert each.cost_of("people") == _cost(each, by[each.key])
    weeks = Counter(max(D(2026, 12, 1), _monday(day)).isoformat() for _, day in clerk.came.values())
    assert {each.key: each.people for each in found.parts["week"]} == weeks
    async with database.read() as connection:
        listed = {each.campaign.code: each for each in await campaigns.list_all(connection)}
    for code in codes:
        one = listed[code]
        assert (one.starts, one.people, one.people_answered) == (
            clerk.starts[code],
            clerk.steps([code])["people"],
            clerk.steps([code])["answered"],
        )
        assert (one.estimates, one.reminders, one.ratings) == tuple(
            clerk.times[code, what] for what in ("estimates", "reminders", "ratings")
        )


def _cost(found: Funnel, links: list[Campaign]) -> int | None:
    costs = [each.cost for each in links if each.cost is not None]
    return math.floor(sum(costs) / found.people + 0.5) if links and len(costs) == len(links) else None


def _monday(day: int) -> datetime.date:
    date = D(2026, 12, day)
    return date - datetime.timedelta(days=date.weekday())
