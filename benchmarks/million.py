"""Ten years of a province in a database: ratings, questions and estimates, made by the database itself in SQL.

The same rows on SQLite and on PostgreSQL: each is worked out from its number, and nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from bot.storage import postgresql
from bot.storage.database import Database
from bot.storage.schema import estimates, questions, ratings
from handlers.dialogue.records import REASONS

ROWS = 1_000_000
_PEOPLE, CAMPAIGNS = 200_000, 30
_SECONDS = 1826 * 86_400 / ROWS
_FIRST = "2025-12-31 17:00:00"  # midnight in Vietnam
_WHAT = (
    *("phân bón", "con bò", "lúa giống", "máy cày", "thẻ ngân hàng", "sổ đỏ", "giấy khai sinh", "tiền điện", "ao tôm"),
    *("vườn tiêu", "xe ba gác", "quán cà phê", "học phí của con", "bảo hiểm xe máy", "tiền trọ", "ghe đánh cá"),
    *("cây cà phê", "đàn vịt", "giấy tạm trú", "sổ tiết kiệm", "tiền hụi", "vé số", "thuốc trừ sâu", "nhà yến"),
)
_DONE = (
    *("mua trả góp", "bán cho hợp tác xã", "cầm cố", "làm lại khi mất", "đổi tên", "vay thêm", "được đền bù"),
    *("xin giảm", "sang tên cho vợ", "khai báo", "gửi về quê", "chia cho con"),
)
_ASKED = ("có được không", "thì làm sao", "ở đâu vậy", "mất bao nhiêu tiền", "cần giấy tờ gì", "bao lâu mới xong")
_ALSO = ("", " ạ", " hả cán bộ", " năm nay", " ở xã tôi")
_DECISIONS = ("answer", "answer", "answer", "choose", "unknown", "refer", "chat")

_WORDS: Mapping[str, Mapping[str, str]] = {
    "postgresql": {
        "numbers": f"SELECT generate_series(0, {ROWS - 1})::bigint AS n",
        "at": f"timestamp '{_FIRST}' + n * interval '{_SECONDS} seconds'",
        "month": "date_trunc('month', at + interval '7 hours')::date",
        "day": "(at + interval '7 hours')::date",
        "hour": "extract(hour FROM at + interval '7 hours')",
        "key": f"lpad(to_hex(h % {_PEOPLE}), 64, '0')",
    },
    "sqlite": {
        "numbers": "WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted "
        f"WHERE n < {ROWS - 1}) SELECT n FROM counted",
        "at": f"strftime('%Y-%m-%d %H:%M:%f000', '{_FIRST}', (n * {_SECONDS}) || ' seconds')",
        "month": "date(at, '+7 hours', 'start of month')",
        "day": "date(at, '+7 hours')",
        "hour": "CAST(strftime('%H', at, '+7 hours') AS integer)",
        "key": f"printf('%064x', h % {_PEOPLE})",
    },
}


async def fill(database: Database, entries: Sequence[str]) -> None:
    """Put a million ratings, as many questions and a quarter of estimates in; the indexes are made afterwards."""
    words = _WORDS[database.engine.dialect.name]
    tables = (ratings, questions, estimates)
    indexes = [index for table in tables for index in table.indexes]
    chosen = [f"({number}, '{entry}')" for number, entry in enumerate(entries)]
    numbered = (
        f"SELECT numbers.*, {words['month']} AS month, {words['day']} AS day, {words['key']} AS key, id AS entry FROM "
        f"(SELECT n, (n * 2654435761) % 4294967296 AS h, {words['at']} AS at FROM ({words['numbers']}) AS counted) "
        f"AS numbers JOIN named ON named.i = (h / 7) % {len(entries)}"
    )
    engine = postgresql.engine(database.url, 1, patient=True) if database.shared else database.engine
    async with engine.begin() as connection:
        for index in indexes:
            await connection.run_sync(index.drop)
        await connection.execute(sa.text("CREATE TABLE named (i integer PRIMARY KEY, id varchar(64))"))
        await connection.execute(sa.text(f"INSERT INTO named VALUES {', '.join(chosen)}"))
        for statement in (_ratings(numbered), _questions(numbered, words), _estimates(numbered)):
            await connection.execute(sa.text(statement.replace(":", "\\:")))
        await connection.execute(sa.text("DROP TABLE named"))
        for index in indexes:
            await connection.run_sync(index.create)
    async with engine.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT") if database.shared else connection
        await plain.execute(sa.text("VACUUM ANALYZE" if database.shared else "ANALYZE"))
        await plain.commit()


def _one_of(values: Sequence[str], by: str) -> str:
    told = " ".join(f"WHEN {number} THEN '{value}'" for number, value in enumerate(values))
    return f"CASE ({by}) % {len(values)} {told} END"


def _ratings(numbered: str) -> str:
    """Three of ten give 5, two each 4, two are not rated; one of five of the lowest says why."""
    level = (
        "CASE (h / 3) % 10 WHEN 8 THEN NULL WHEN 9 THEN NULL WHEN 7 THEN 1 WHEN 6 THEN 2 WHEN 5 THEN 3 WHEN 4 THEN 4 "
    )
    level += "WHEN 3 THEN 4 ELSE 5 END"
    commented = "(h / 3) % 10 IN (6, 7) AND (h / 11) % 5 = 0"
    return (
        "INSERT INTO ratings (key, offer, offered_at, kind, subject, asked_for, level, rated_at, reason, comment, "
        "month, day, campaign) SELECT key, CAST(n AS varchar(64)), at, "
        "CASE n % 5 WHEN 0 THEN 'estimate' ELSE 'answer' END, CASE n % 5 WHEN 0 THEN 'pension' ELSE entry END, "
        f"n % 50 = 0, {level}, at, "
        f"CASE WHEN {commented} THEN {_one_of(REASONS, 'h / 13')} END, "
        f"CASE WHEN {commented} THEN 'Nói còn khó hiểu lắm' END, month, day, "
        f"CASE n % 3 WHEN 0 THEN NULL ELSE 'c' || CAST((h / 17) % {CAMPAIGNS} AS varchar(8)) END "
        f"FROM ({numbered}) AS rows"
    )


def _questions(numbered: str, words: Mapping[str, str]) -> str:
    decision = _one_of(_DECISIONS, "h / 19")
    parts = [_one_of(each, f"h / {by}") for each, by in ((_WHAT, 23), (_DONE, 29), (_ASKED, 31), (_ALSO, 37))]
    text = "{} || ' ' || {} || ' ' || {} || {}".format(*parts)
    return (
        "INSERT INTO questions (key, delivery, at, text, masked, decision, entries, answered, misanswered, month, day, "
        f"hour, wording) SELECT key, CAST(n AS varchar(64)), at, {text}, false, {decision}, '[\"' || entry || '\"]', "
        f"CASE {decision} WHEN 'answer' THEN entry END, n % 40 = 0, month, day, {words['hour']}, "
        f"CASE WHEN {decision} IN ('choose', 'unknown') OR n % 40 = 0 THEN 0 END "
        f"FROM ({numbered}) AS rows"
    )


def _estimates(numbered: str) -> str:
    return (
        "INSERT INTO estimates (key, at, calculation, month, day) SELECT key, at, 'pension', month, day "
        f"FROM ({numbered}) AS rows WHERE n % 4 = 0"
    )
