"""A database with what two months of people might leave: questions, ratings, campaigns; the same at every run."""

from __future__ import annotations

import contextlib
import datetime
import random
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app import App, open_app
from bot.base.settings import Settings, Staff, Telegram, Web
from bot.desk.sign_in import Entrance
from bot.storage import announcements, campaigns, conversations, estimates, questions, ratings, reminders
from bot.storage.announcements import Audience
from bot.storage.database import VIETNAM, Connection, Database
from bot.web.server import serving
from faq.engine.match import Matcher
from handlers.dialogue.records import (
    LOW,
    Asked,
    Chosen,
    Commented,
    Estimated,
    Explained,
    Misanswered,
    Offered,
    Rated,
    Started,
)
from handlers.dialogue.reminder import Reminder
from tests.ports import free_port

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)
VIEWER, EDITOR, ADMIN = 101, 102, 103
STAFF = Staff(viewers=(VIEWER,), editors=(EDITOR,), admins=(ADMIN,), group=-1001, office_hours=("07:30-11:30",))

CAMPAIGNS = (
    ("cho-phu", "Chợ Phủ, Thanh Hà", "xã Thanh Hà"),
    ("lang-rom", "Làng rối nước Hồng Phong", "xã Hồng Châu"),
    ("htx-vai", "Hợp tác xã vải Thanh Thủy", "xã Hà Bắc"),
)

GIVEN: Mapping[str, Mapping[str, Any]] = {
    "cho-phu": {"place_kind": "market", "collaborator": "CTV 03", "cost": 1_200_000, "opens": "calc_contribution"},
    "lang-rom": {"place_kind": "village", "collaborator": "Hội Phụ nữ xã", "ends": NOW.date()},
    "htx-vai": {"collaborator": "CTV 03", "cost": 800_000, "greeting": "Chào bà con hợp tác xã vải!"},
}
"""What else is known of them."""

ASKED = (
    "đóng mấy năm thì được lương hưu",
    "moi thang dong bao nhieu tien",
    "hộ nghèo nhà nước hỗ trợ bao nhiêu",
    "bao nhieu tuoi duoc linh luong huu",
    "muốn rút bảo hiểm một lần thì làm sao",
    "sinh con có được tiền không",
    "mat so bhxh thi lam lai o dau",
    "đóng ở đâu, nộp cho ai",
    "tu nam 2027 muc dong thay doi the nao",
    "từng đóng ở công ty có cộng với tự nguyện không",
    "dong bu nhung nam con thieu",
    "chết thì con cái được gì",
    "vssid khong dang nhap duoc",
    "co nen dong bao hiem tu nguyen khong",
)

UNKNOWN = (
    ("đóng cho con ở nước ngoài được không", 9),
    ("dong cho con o nuoc ngoai duoc ko", 4),
    ("tôi có hai sổ thì gộp thế nào khi đổi căn cước", 6),
    ("đóng bằng vàng có được không", 3),
    ("the xanh bi chuot can", 5),
    ("nuôi tôm thua lỗ có được khoanh tiền đóng không", 2),
    ("mã số thuế có phải mã số sổ không", 1),
)

COMMENTS = (
    ("hard_to_understand", "Chữ nhiều quá, tôi đọc mãi không hiểu mức 22% tính trên tiền nào."),
    ("not_enough", "Chưa nói rõ nộp ở đâu trong xã. Gọi [số điện thoại] không ai nghe."),
    ("not_my_question", "Tôi hỏi chuyện của chồng tôi, máy lại trả lời chuyện thai sản."),
    ("wrong_figures", "Số tiền tháng này khác giấy của chị đại lý đưa."),
    ("other", "Máy hỏi đi hỏi lại, tôi chỉ muốn gặp người thật."),
)


async def fill(database: Database, matcher: Matcher) -> None:
    """Eight weeks, more people every week, happier at the end than at the beginning."""
    chance = random.Random(7)
    first = NOW - datetime.timedelta(weeks=8)
    found = {text: matcher.match(text).entries for text in ASKED}
    times = sorted(_moment(chance, first, int(8 * chance.random() ** 0.7)) for _ in range(420))
    async with database.begin() as connection:
        for code, name, place in CAMPAIGNS:
            await campaigns.add(connection, campaigns.Campaign(code, name, place, **GIVEN[code]), first)
        for number, at in enumerate(times):
            key = f"{chance.randrange(150):064x}"
            came_by = chance.choice((None, None, *(each[0] for each in CAMPAIGNS)))
            await campaigns.started(
                connection, key, Started("known" if came_by else "none", came_by), at, _channel(key)
            )
            text = ASKED[int(len(ASKED) * chance.random() ** 1.6)]
            await _question(connection, chance, key, f"q{number}", at, (text, found[text]))
        await _talks(connection)
        # Answered, and told something else once its like is taught: so a page has changes to show.
        asked = Asked("thẻ xanh bị chuột cắn làm sao", "answer", ("book_lost",), False)
        await questions.add(connection, "c" * 64, "answered", asked, NOW - datetime.timedelta(days=9), "telegram")
        text = "Thứ Hai 7/12, từ 8 giờ, cán bộ BHXH tư vấn ở nhà văn hoá xã Thanh Hà."
        await announcements.add(connection, text, Audience(("events",), place="xã Thanh Hà"), "Chị Lan", NOW)
        waiting = [text for text, often in UNKNOWN for _ in range(often)]
        chance.shuffle(waiting)
        for number, text in enumerate(waiting):
            at = NOW - datetime.timedelta(days=len(waiting) - number, minutes=7 * number)
            asked = Asked(text, "unknown", (found[ASKED[number % len(ASKED)]][0],), False)
            key = f"{chance.randrange(150):064x}"
            await questions.add(connection, key, f"u{number}", asked, at, _channel(key))


TALKS: tuple[tuple[tuple[conversations.Side, int, str], ...], ...] = (
    (("citizen", 0, "Sổ của tôi ghi sai năm sinh, hỏi hai nơi mỗi nơi chỉ một kiểu. Giờ tôi phải đi đâu?"),),
    (
        ("citizen", 0, "Tôi đóng ở đại lý tháng 10 mà VssID chưa thấy, có mất tiền không?"),
        ("staff", 90, "Bà con giữ kỹ biên lai; để tôi hỏi giúp rồi nhắn lại."),
        ("citizen", 200, "Vâng, tôi cảm ơn, tôi chờ tin."),
    ),
    (
        ("citizen", 0, "Chồng tôi mất, tôi đang trông cháu, giấy tờ làm ở xã được không?"),
        (
            "staff",
            45,
            "Xin chia buồn cùng gia đình. Mời bà con gọi 1900 9068.",
        ),
    ),
)


async def _talks(connection: Connection) -> None:
    """Two wait for the staff, one for the citizen."""
    for number, (lines, hours) in enumerate(zip(TALKS, (70, 49, 26), strict=True), 1):
        opened = NOW - datetime.timedelta(hours=hours)
        for place, (side, minutes, text) in enumerate(lines):
            at, delivery = opened + datetime.timedelta(minutes=minutes), f"k{number}-{place}"
            if place == 0:
                await conversations.open_new(connection, number, f"{number:064x}", delivery, text, at)
            else:
                await conversations.add(connection, number, side, delivery, text, at)


def _moment(chance: random.Random, first: datetime.datetime, week: int) -> datetime.datetime:
    """Some time in a week, mostly early or in the evening."""
    day = first + datetime.timedelta(weeks=week, days=chance.randrange(7))
    hour = chance.choice((5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 15, 17, 18, 19, 19, 20, 20, 20, 21, 22))
    return min(day.replace(hour=hour, minute=chance.randrange(60)), NOW - datetime.timedelta(minutes=5))


def _channel(key: str) -> str:
    return ("telegram", "telegram", "zalo", "web")[int(key, 16) % 4]


async def _question(
    connection: Connection,
    chance: random.Random,
    key: str,
    delivery: str,
    at: datetime.datetime,
    asked: tuple[str, tuple[str, ...]],
) -> None:
    """One question with what came of it: a choice, an estimate, a rating with its reason."""
    text, entries = asked
    decision = chance.choices(("answer", "choose", "refer"), (82, 14, 4))[0]
    await questions.add(connection, key, delivery, Asked(text, decision, entries, False), at, _channel(key))
    if decision == "choose":
        await questions.choose(connection, key, Chosen(delivery, chance.choice((*entries[:2], None))))
    if decision == "answer" and chance.random() < 0.04:
        await questions.misanswered(connection, key, Misanswered(delivery))
    if chance.random() < 0.25:
        calculation = chance.choice(("contribution", "contribution", "pension", "lump_sum"))
        await estimates.add(connection, key, Estimated(calculation), at, _channel(key))
        if calculation == "contribution" and int(key, 16) % 3:
            await reminders.add(connection, key, Reminder("pay", "self", NOW + datetime.timedelta(days=20)), at)
        return await _rating(connection, chance, key, Offered(delivery, "estimate", calculation), at)
    if decision == "answer":
        return await _rating(connection, chance, key, Offered(delivery, "answer", entries[0]), at)
    return None


async def _rating(
    connection: Connection, chance: random.Random, key: str, offered: Offered, at: datetime.datetime
) -> None:
    await ratings.offer(connection, key, offered, at, _channel(key))
    if chance.random() < 0.35:
        return
    week = (at - NOW).days // 7 + 8
    hard = offered.subject in ("lump_sum",) or len(offered.subject) % 5 == 0
    happy = 0.78 + 0.02 * week - (0.15 if hard else 0)
    level = chance.choice((5, 5, 4)) if chance.random() < happy else chance.choice((3, 3, 2, 2, 1))
    await ratings.rate(connection, key, Rated(offered.offer, level), at + datetime.timedelta(minutes=1))
    if level <= LOW:
        reason, comment = chance.choice(COMMENTS)
        await ratings.explain(connection, key, Explained(offered.offer, reason))
        if chance.random() < 0.8:
            await ratings.comment(connection, key, Commented(offered.offer, comment))


@dataclass(frozen=True)
class Demo:
    """The demo served on a port: where, and the way in."""

    address: str
    entrance: Entrance
    app: App


@contextlib.asynccontextmanager
async def served_demo(folder: Path) -> AsyncIterator[Demo]:
    """The pages over the demo, on a free port of this machine."""
    port = free_port()
    telegram = Telegram(username="bhxh_hai_duong_bot")
    settings = Settings(data_folder=folder, staff=STAFF, web=Web(port=port), telegram=telegram)
    app = await open_app(settings, lambda: NOW)
    try:
        await fill(app.database, app.resources.matcher)
        async with serving(app, lambda: NOW):
            yield Demo(f"http://127.0.0.1:{port}", Entrance(app.database, app.roles, lambda: NOW, settings.web), app)
    finally:
        await app.close()
