"""Announcements: to whom they go, each once at most, whatever is killed, blocked, refused or stopped in between."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from bot.base.meters import Meters
from bot.base.settings import Staff
from bot.desk.announcing import AnnouncementLane
from bot.desk.channel import NeverTaken, TryLater, Unreachable
from bot.outreach import announcements as outreach
from bot.outreach.announcements import OtherPeople
from bot.storage import announcements, audit, campaigns, recipients, subscriptions
from bot.storage.announcements import Audience
from bot.storage.audit import Author
from bot.storage.database import Database
from bot.testing.channel import ChannelInMemory
from handlers.dialogue.announcement import AnnouncementProgress, AnnouncementTopic
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message, MessageKind
from handlers.dialogue.reminder import QuietTimes
from handlers.dialogue.turn import Said, Text
from tests.conftest import KEYS, Clock, make_delivery, make_desk, rows_of

ADMIN = Author("a" * 64, "Chị Lan")
GROUP = -100
TEXT = "Thứ Hai 7/12 cán bộ xã tư vấn BHXH ở nhà văn hoá thôn."


class Village:
    """One service, and people who agreed to be sent announcements."""

    def __init__(self, database: Database, resources: Resources, clock: Clock) -> None:
        self.database, self.resources, self.clock, self.count = database, resources, clock, 0
        self.channel, self.staff = ChannelInMemory("telegram"), Staff(group=GROUP)
        self.waited: list[float] = []
        self.starts()

    def starts(self) -> None:
        """A process begins, whatever became of the one before."""
        self.meters = Meters()
        self.desk = make_desk(self.database, self.resources, self.clock, self.staff, meters=self.meters)
        self.delivery = make_delivery(self.desk, self.database, self.resources, self.clock, self.staff)
        self.delivery.connect(self.channel)
        self.lane = self.another_lane()

    def another_lane(self, sleep: Callable[[float], Awaitable[None]] | None = None) -> AnnouncementLane:
        return AnnouncementLane(self.desk, self.delivery, self.meters, "BHXH xã Thanh Hà", sleep or self.waits, 10_000)

    async def waits(self, seconds: float) -> None:
        self.waited.append(seconds)

    async def does(self, person: int, kind: MessageKind, text: str) -> None:
        self.count += 1
        message = Message(kind, f"{person}-{self.count}", self.clock(), text)
        await self.delivery.send(await self.desk.take(self.channel.inbound(str(person), message)))

    async def agree(self, *people: int, topic: AnnouncementTopic = "events") -> None:
        for person in people:
            await self.does(person, "press", f"news|add|{topic}")

    async def write(self, audience: Audience = Audience(), text: str = TEXT) -> int:  # noqa: B008
        return await outreach.write(self.database, text, audience, ADMIN, self.clock(), audit.unnoted)

    async def begin(self, number: int, people: int) -> None:
        await outreach.begin(self.database, number, people, ADMIN, self.clock(), audit.unnoted)

    async def sends(self, people: int, audience: Audience = Audience()) -> int:  # noqa: B008
        number = await self.write(audience)
        await self.begin(number, people)
        return number

    async def progress(self, number: int) -> AnnouncementProgress:
        async with self.database.read() as connection:
            found = await announcements.progress(connection, number)
        assert found is not None
        return found

    def announced(self) -> Counter[int]:
        """How often each person was sent an announcement."""
        said = [at for at, said in self.channel.sent if isinstance(said, Text) and TEXT in said.html]
        return Counter(int(at) for at in said)

    def group(self) -> list[str]:
        return self.channel.to(str(GROUP))


@pytest.fixture
def village(database: Database, resources: Resources, clock: Clock) -> Village:
    return Village(database, resources, clock)


async def test_it_goes_to_everybody_who_agreed_once_and_says_whose_it_is_and_how_to_end_it(village: Village) -> None:
    await village.agree(*range(1, 31))
    await village.does(99, "text", "đóng mấy năm thì có lương hưu")
    number = await village.sends(30)
    await village.lane.send_all()
    assert village.announced() == Counter(range(1, 31))
    said = next(said for _, said in village.channel.sent if isinstance(said, Text) and TEXT in said.html)
    assert "BHXH xã Thanh Hà" in said.html
    assert [button.label for row in said.buttons for button in row] == ["🔕 Dừng nhận tin", "⚙️ Chọn chủ đề"]
    assert await village.progress(number) == AnnouncementProgress(number, "done", sent=30)
    assert await rows_of(village.database, "announcement_recipients") == []
    village.starts()
    await village.lane.send_all()
    assert village.announced() == Counter(range(1, 31))


async def test_a_topic_a_campaign_and_a_place_narrow_it(village: Village, clock: Clock) -> None:
    async with village.database.begin() as connection:
        for code, place in (("cho", "xã A"), ("dinh", "xã A"), ("ben", "xã B")):
            await campaigns.add(connection, campaigns.Campaign(code, code, place), clock())
    for person, code in ((1, "cho"), (2, "dinh"), (3, "ben")):
        await village.does(person, "start", code)
    await village.agree(1, 2, 3, 4)
    await village.agree(4, 5, topic="scams")
    for audience, people in (
        (Audience(), {1, 2, 3, 4, 5}),
        (Audience(("scams",)), {4, 5}),
        (Audience(campaign="cho"), {1}),
        (Audience(place="xã A"), {1, 2}),
        (Audience(("events", "scams"), place="xã B"), {3}),
    ):
        village.channel.sent.clear()
        await village.sends(len(people), audience)
        await village.lane.send_all()
        assert village.announced() == Counter(people), audience


async def test_nothing_is_sent_where_the_number_is_another_one_than_was_agreed_to(village: Village) -> None:
    await village.agree(1, 2)
    number = await village.write()
    await village.agree(3)
    with pytest.raises(OtherPeople) as refused:
        await village.begin(number, 2)
    assert refused.value.people == 3
    await village.lane.send_all()
    assert village.announced() == Counter()
    await village.begin(number, 3)
    with pytest.raises(outreach.BadAnnouncement):
        await village.begin(number, 3)
    await village.lane.send_all()
    assert village.announced() == Counter((1, 2, 3))


async def test_who_ends_it_forgets_or_chooses_otherwise_before_their_turn_is_sent_nothing(village: Village) -> None:
    await village.agree(1, 2, 3, 4)
    number = await village.sends(4, Audience(("events",)))
    await village.does(1, "text", "đừng gửi tin nữa")
    await village.does(2, "press", "forget|yes")
    await village.agree(3, topic="scams")
    await village.does(3, "press", "news|drop|events")
    await village.lane.send_all()
    assert village.announced() == Counter((4,))
    assert await village.progress(number) == AnnouncementProgress(number, "done", sent=1, left=3)


async def test_one_tap_under_it_ends_all_and_is_counted(village: Village) -> None:
    await village.agree(1, 2)
    number = await village.sends(2)
    await village.lane.send_all()
    for _ in range(2):
        await village.does(1, "press", f"news|stop|{number}")
    assert [row["unsubscribed"] for row in await rows_of(village.database, "announcements")] == [1]
    village.channel.sent.clear()
    await village.sends(1)
    await village.lane.send_all()
    assert village.announced() == Counter((2,))


async def test_who_blocked_the_assistant_is_gone_and_what_is_refused_is_counted(village: Village) -> None:
    await village.agree(1, 2, 3)
    number = await village.sends(3)
    village.channel.failures = {"1": [Unreachable()], "2": [NeverTaken()]}
    await village.lane.send_all()
    assert await village.progress(number) == AnnouncementProgress(number, "done", sent=1, gone=1, failed=1)
    gone = KEYS.of("telegram", "1")
    for table in ("subscriptions", "addresses"):
        assert gone not in {row["key"] for row in await rows_of(village.database, table)}
    async with village.database.read() as connection:
        assert await announcements.counted(connection, Audience()) == 2


async def test_a_429_holds_up_the_lane_and_nobody_is_left_out_or_sent_it_twice(village: Village) -> None:
    await village.agree(*range(1, 11))
    number = await village.sends(10)
    village.channel.failures = {str(each): [TryLater(7.0)] for each in (3, 4)}
    await village.lane.send_all()
    await village.does(5, "text", "đóng mấy năm thì có lương hưu")
    assert "15 năm" in village.channel.to("5")[-1]
    assert (await village.progress(number)).waiting == 2
    await village.lane.send_all()
    assert 7.0 in village.waited
    assert village.announced() == Counter(range(1, 11))
    assert await village.progress(number) == AnnouncementProgress(number, "done", sent=10)


async def test_what_may_have_been_taken_is_not_known_and_never_sent_again(village: Village) -> None:
    await village.agree(1, 2)
    number = await village.sends(2)
    village.channel.failures = {"1": [TryLater(30.0, perhaps_taken=True)]}
    await village.lane.send_all()
    village.starts()
    await village.lane.send_all()
    assert village.announced() == Counter((2,))
    assert await village.progress(number) == AnnouncementProgress(number, "done", sent=1, unknown=1)


async def test_while_answers_are_lost_it_waits_longer_and_longer_and_few_are_not_known(village: Village) -> None:
    await village.agree(*range(1, 41))
    number = await village.sends(40)
    lost = TryLater(30.0, perhaps_taken=True)
    village.channel.failures = {str(each): [lost] for each in range(1, 41)}

    async def waits(seconds: float) -> None:
        village.waited.append(seconds)
        if len(village.waited) == 4:
            village.channel.failures = {}

    await village.another_lane(waits).send_all()
    assert village.waited == [30.0, 60.0, 120.0, 240.0]
    progress = await village.progress(number)
    assert progress.state == "done"
    assert progress.sent + progress.unknown == 40
    assert progress.unknown <= 8 + 3, "those that were under way at once, and then one after each pause"


class Dies(ChannelInMemory):
    """The process ends as one of these is written to; `taken`: after the channel took it."""

    def __init__(self, name: str, at: str, *, taken: bool) -> None:
        super().__init__(name)
        self.at, self.taken, self.never = at, taken, asyncio.Event()
        self.reached = asyncio.Event()

    async def send(self, address: str, reply: Said, replaces: str | None) -> None:
        if address != self.at or self.taken:
            await super().send(address, reply, replaces)
        if address == self.at:
            self.reached.set()
            await self.never.wait()


@pytest.mark.parametrize("taken", [False, True])
async def test_killed_in_the_middle_it_goes_on_and_who_was_claimed_is_not_known(village: Village, taken: bool) -> None:
    await village.agree(*range(1, 21))
    number = await village.sends(20)
    whole, dies = village.channel, Dies("telegram", "7", taken=taken)
    village.channel = dies
    village.starts()
    sending = asyncio.ensure_future(village.lane.send_all())
    await dies.reached.wait()
    states = Counter(row["state"] for row in await rows_of(village.database, "announcement_recipients"))
    assert states["claimed"] >= 1, "it was claimed, and committed, before the call"
    sending.cancel()
    await village.lane._errands.end(0)  # with all that it was about to mark
    before, village.channel = village.announced(), whole
    village.starts()
    await village.lane.send_all()
    progress, counted = await village.progress(number), before + village.announced()
    assert (progress.state, progress.people) == ("done", 20)
    assert progress.unknown >= 1
    assert max(counted.values()) == 1
    assert progress.sent <= counted.total() <= progress.sent + progress.unknown
    assert (7 in counted) == taken


async def test_two_processes_send_it_to_everybody_once(village: Village) -> None:
    await village.agree(*range(1, 41))
    number = await village.sends(40)
    one, other = village.lane, village.another_lane()
    other._me = one._me  # type: ignore[misc]  # on SQLite whoever is another one is dead
    async with village.database.read() as connection:
        (announcement,) = await announcements.under_way(connection)
    await asyncio.gather(one._carry_out(announcement), other._carry_out(announcement))
    await other._marking(other._mark)
    await one.send_all()
    assert village.announced() == Counter(range(1, 41))
    assert await village.progress(number) == AnnouncementProgress(number, "done", sent=40)


async def test_a_claim_of_which_it_was_never_told_is_not_known_and_holds_up_no_end(village: Village) -> None:
    await village.agree(1, 2)
    number = await village.sends(2)
    async with village.database.begin() as connection:  # whose commit was not answered
        await recipients.claim(connection, number, village.lane._me, ["telegram"], 0, KEYS)
    await village.lane.send_all()
    assert village.announced().total() == 1
    assert await village.progress(number) == AnnouncementProgress(number, "done", sent=1, unknown=1)


async def test_stopped_nobody_is_sent_it_whose_turn_has_not_come(village: Village) -> None:
    await village.agree(*range(1, 21))
    number = await village.sends(20)

    async def stops(seconds: float) -> None:
        await outreach.stop(village.database, number, audit.unnoted)

    village.channel.failures = {"5": [TryLater(1.0)], **{str(each): [TryLater(1.0)] for each in range(11, 21)}}
    await village.another_lane(stops).send_all()
    progress = await village.progress(number)
    assert progress.state == "stopped"
    assert progress.waiting > 0
    assert progress.sent + progress.waiting == 20
    sent = village.announced()
    assert sent.total() == progress.sent
    await village.lane.send_all()
    assert village.announced() == sent
    assert await rows_of(village.database, "announcement_recipients") == []


async def test_what_could_not_be_sent_for_two_days_is_stopped(village: Village) -> None:
    await village.agree(1)
    number = await village.sends(1)
    village.clock.now += announcements.GIVEN_UP + datetime.timedelta(minutes=1)
    await village.lane.send_all()
    assert village.announced() == Counter()
    assert await village.progress(number) == AnnouncementProgress(number, "stopped", waiting=1)


async def test_what_holidays_hold_up_is_sent_after_them(village: Village) -> None:
    today = village.clock().date()
    holidays = frozenset(today + datetime.timedelta(days=each) for each in (1, 2, 3))
    manner = dataclasses.replace(village.resources.manner, quiet=QuietTimes(holidays=holidays))
    village.resources = dataclasses.replace(village.resources, manner=manner)
    village.starts()
    await village.agree(1)
    number = await village.sends(1)
    village.clock.now += datetime.timedelta(days=3)
    await village.lane.send_all()
    assert (await village.progress(number)).waiting == 1
    village.clock.now += datetime.timedelta(days=1)
    await village.lane.send_all()
    assert await village.progress(number) == AnnouncementProgress(number, "done", sent=1)


async def test_in_quiet_hours_nobody_is_woken_and_the_group_is_told_when_it_leaves(village: Village) -> None:
    await village.agree(1)
    number = await village.sends(1)
    village.clock.now = village.clock.now.replace(hour=23)
    await village.lane.send_all()
    assert village.announced() == Counter()
    await village.delivery.send(await village.delivery.waiting())
    assert village.group() == []
    village.clock.now += datetime.timedelta(hours=8)
    await village.lane.send_all()
    assert (await village.progress(number)).state == "done"


async def test_in_quiet_hours_it_is_stopped_all_the_same(village: Village) -> None:
    await village.agree(1)
    number = await village.sends(1)
    village.clock.now = village.clock.now.replace(hour=23)
    await outreach.stop(village.database, number, audit.unnoted)
    await village.lane.send_all()
    assert await village.progress(number) == AnnouncementProgress(number, "stopped", waiting=1)


async def test_why_it_is_refused_is_logged_once_and_of_nobody(
    village: Village, caplog: pytest.LogCaptureFixture
) -> None:
    await village.agree(*range(1, 6))
    number = await village.sends(5)
    village.channel.failures = {str(each): [NeverTaken("Can't parse entities")] for each in range(1, 6)}
    await village.lane.send_all()
    assert (await village.progress(number)).failed == 5
    told = [record.getMessage() for record in caplog.records if "refuses announcement" in record.getMessage()]
    assert told == [f"telegram refuses announcement {number}: Can't parse entities"]


async def test_where_the_quiet_hours_begin_while_it_waits_nobody_is_woken(village: Village) -> None:
    await village.agree(1, 2)
    number = await village.sends(2)
    village.channel.failures = {"1": [TryLater(7_200.0)], "2": [TryLater(7_200.0)]}

    async def sleeps(seconds: float) -> None:
        if seconds > 60:
            village.clock.now = village.clock.now.replace(hour=23)

    lane = village.another_lane(sleeps)
    await lane.send_all()
    await lane.send_all()
    assert village.announced() == Counter()
    assert await village.progress(number) == AnnouncementProgress(number, "sending", waiting=2)


async def test_it_waits_for_a_channel_that_is_not_there(village: Village) -> None:
    await village.agree(1)
    number = await village.sends(1)
    other = ChannelInMemory("letters")
    village.desk = make_desk(village.database, village.resources, village.clock, village.staff)
    village.delivery = make_delivery(village.desk, village.database, village.resources, village.clock, village.staff)
    village.delivery.connect(other)
    await village.another_lane().send_all()
    assert await village.progress(number) == AnnouncementProgress(number, "sending", waiting=1)
    village.starts()
    await village.lane.send_all()
    assert village.announced() == Counter((1,))


async def test_the_group_is_told_when_it_begins_and_how_it_ended_once(village: Village) -> None:
    await village.agree(1, 2)
    number = await village.sends(2)
    village.channel.failures = {"1": [Unreachable()]}
    await village.lane.send_all()
    village.starts()
    await village.lane.send_all()
    await village.delivery.send(await village.delivery.waiting())
    await village.delivery.settled()
    begun, ended = village.group()
    assert f"Bắt đầu gửi tin số {number}</b> cho 2 người" in begun
    assert f"Đã gửi xong tin số {number}" in ended
    assert "■" * 10 in ended
    assert "Đã gửi: 1 · Đã chặn: 1" in ended


async def test_what_people_agreed_to_is_counted_by_topic(village: Village) -> None:
    await village.agree(1, 2)
    await village.agree(2, topic="scams")
    async with village.database.read() as connection:
        assert await announcements.agreed(connection) == {"events": 2, "scams": 1, "": 2}
        assert await subscriptions.of(connection, KEYS.of("telegram", "2")) == ("events", "scams")


async def test_old_ones_go_and_what_is_under_way_stays(village: Village, clock: Clock) -> None:
    await village.agree(1)
    await village.write()
    number = await village.sends(1)
    clock.now += announcements.KEPT + datetime.timedelta(days=1)
    async with village.database.begin() as connection:
        await announcements.expire(connection, clock())
        assert [each.id for each in await announcements.listed(connection, 10)] == [number]


async def test_what_it_says_is_one_message_whatever_is_in_it(village: Village) -> None:
    text, _ = outreach.read({"text": "<b>5 < 7 & 8</b>\r\n\r\n\r\n😀" + "ấ" * 2_900}, (), ())
    await village.agree(1)
    number = await village.write(text=text)
    await village.begin(number, 1)
    await village.lane.send_all()
    (html,) = [html for html in village.channel.to("1") if "ấấ" in html]
    assert "&lt;b&gt;5 &lt; 7 &amp; 8&lt;/b&gt;\n\n😀" in html
    assert len(html.encode("utf-16-le")) // 2 < 4096


async def test_counters_carry_nobody(village: Village) -> None:
    await village.agree(1, 2)
    await village.sends(2)
    village.channel.failures = {"1": [Unreachable()]}
    await village.lane.send_all()
    samples = [each for metric in village.meters.announced.collect() for each in metric.samples]
    counted = {each.labels["became"]: each.value for each in samples if each.name.endswith("_total")}
    assert counted == {"sent": 1, "gone": 1}
