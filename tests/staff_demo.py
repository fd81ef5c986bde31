"""A database with what two months of people might leave: questions, ratings, campaigns; the same at every run."""

from __future__ import annotations

import contextlib
import datetime
import random
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bot.app import App, open_app
from bot.settings import Settings, Staff, Web
from bot.storage import campaigns, estimates, questions, ratings
from bot.storage.database import VIETNAM, Connection, Database
from bot.web.entrance import Entrance
from bot.web.server import serving
from handlers.talk import Asked, Chosen, Commented, Estimated, Explained, Misanswered, Offered, Rated, Started

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)
VIEWER, EDITOR, ADMIN = 101, 102, 103
STAFF = Staff(viewers=(VIEWER,), editors=(EDITOR,), admins=(ADMIN,))

CAMPAIGNS = (
    ("cho-phu", "Chợ Phủ, Thanh Hà", "xã Thanh Hà"),
    ("lang-rom", "Làng rối nước Hồng Phong", "xã Hồng Châu"),
    ("htx-vai", "Hợp tác xã vải Thanh Thủy <b>mới</b>", "xã Hà Bắc"),
)

ANSWERED = (
    ("đóng mấy năm thì được lương hưu", "pension_min_years"),
    ("moi thang dong bao nhieu tien", "contribution_amount"),
    ("hộ nghèo nhà nước hỗ trợ bao nhiêu", "support_amount"),
    ("bao nhieu tuoi duoc linh luong", "retirement_age"),
    ("muốn rút một lần thì làm sao", "withdraw_how"),
    ("sinh con được bao nhiêu tiền", "maternity_amount"),
    ("mat so bhxh thi lam lai o dau", "book_lost"),
)

UNKNOWN = (
    ("đóng cho con ở nước ngoài được không", 9),
    ("dong cho con o nuoc ngoai duoc ko", 4),
    ("tôi có hai sổ thì gộp thế nào khi đổi căn cước", 6),
    ("đóng bằng vàng có được không", 3),
    ("bo doi xuat ngu co duoc cong nam khong", 5),
    ("nuôi tôm có được đóng không <script>alert(1)</script>", 2),
    ("=HYPERLINK(1) là gì", 1),
)

COMMENTS = (
    ("hard_to_understand", "Chữ nhiều quá, tôi đọc mãi không hiểu mức 22% tính trên tiền nào."),
    ("not_enough", "Chưa nói rõ nộp ở đâu trong xã. Gọi [số điện thoại] không ai nghe."),
    ("not_my_question", "Tôi hỏi chuyện của chồng tôi, máy lại trả lời chuyện thai sản."),
    ("wrong_figures", "Số tiền tháng này khác giấy của chị đại lý đưa."),
    ("other", "<img src=x onerror=alert(1)> góp ý \u202eđảo ngược\u202c có dấu & ký tự lạ"),
)


async def fill(database: Database, entries: list[str]) -> None:
    """Eight weeks, more people every week, happier at the end than at the beginning."""
    chance = random.Random(7)
    first = NOW - datetime.timedelta(weeks=8)
    async with database.begin() as connection:
        for code, name, place in CAMPAIGNS:
            await campaigns.add(connection, code, name, place, first)
        for number in range(360):
            week = int(8 * (number / 360) ** 0.7)
            at = (first + datetime.timedelta(weeks=week, days=chance.randrange(7))).replace(
                hour=chance.choice((6, 7, 7, 8, 9, 11, 12, 14, 17, 19, 19, 20, 20, 20, 21, 22)),
                minute=chance.randrange(60),
            )
            at = min(at, NOW - datetime.timedelta(minutes=number))
            key = f"{chance.randrange(150):064x}"
            code = chance.choice((None, None, *(each[0] for each in CAMPAIGNS)))
            await campaigns.started(connection, key, Started("known" if code else "none", code), at)
            await _question(connection, chance, key, f"q{number}", at, week, entries)
        number = 0
        for text, times in UNKNOWN:
            for _ in range(times):
                number += 1
                at = NOW - datetime.timedelta(days=chance.randrange(1, 40), minutes=number)
                asked = Asked(text, "unknown", (entries[number % len(entries)],), False)
                await questions.add(connection, f"{chance.randrange(150):064x}", f"u{number}", asked, at)


async def _question(
    connection: Connection,
    chance: random.Random,
    key: str,
    delivery: str,
    at: datetime.datetime,
    week: int,
    entries: list[str],
) -> None:
    text, _ = chance.choice(ANSWERED)
    entry = entries[hash_of(text) % 40 if chance.random() < 0.7 else chance.randrange(len(entries))]
    decision = chance.choices(("answer", "choose", "refer"), (80, 15, 5))[0]
    await questions.add(connection, key, delivery, Asked(text, decision, (entry, entries[0]), False), at)
    if decision == "choose":
        await questions.choose(connection, key, Chosen(delivery, chance.choice((entry, entry, None))))
    if decision == "answer" and chance.random() < 0.05:
        await questions.misanswered(connection, key, Misanswered(delivery))
    if chance.random() < 0.2:
        await estimates.add(connection, key, Estimated(chance.choice(("contribution", "pension"))), at)
    if decision != "answer" or chance.random() < 0.25:
        return
    kind, subject = ("answer", entry) if chance.random() < 0.8 else ("estimate", "contribution")
    await ratings.offer(connection, key, Offered(delivery, kind, subject), at)
    if chance.random() < 0.35:
        return
    happy = 0.72 + 0.03 * week
    level = chance.choice((5, 5, 4)) if chance.random() < happy else chance.choice((3, 3, 2, 1))
    await ratings.rate(connection, key, Rated(delivery, level), at + datetime.timedelta(minutes=1))
    if level <= 2:
        reason, comment = chance.choice(COMMENTS)
        await ratings.explain(connection, key, Explained(delivery, reason))
        await ratings.comment(connection, key, Commented(delivery, comment))


def hash_of(text: str) -> int:
    """A number of a text that is the same in every process."""
    return sum(map(ord, text))


@dataclass(frozen=True)
class Demo:
    """The demo served on a port: where, and the way in."""

    address: str
    entrance: Entrance
    app: App


@contextlib.asynccontextmanager
async def served_demo(folder: Path) -> AsyncIterator[Demo]:
    """The pages over the demo, on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = Settings(data_folder=folder, staff=STAFF, web=Web(port=port))
    app = await open_app(settings, lambda: NOW)
    try:
        await fill(app.database, [entry.id for entry in app.resources.library if entry.kind == "answer"])
        async with serving(app, lambda: NOW):
            yield Demo(f"http://127.0.0.1:{port}", Entrance(app.database, app.roles, lambda: NOW, settings.web), app)
    finally:
        await app.close()
