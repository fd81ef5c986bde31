"""Some hundred people over two months, written through the storage as conversations write them; the same at every run.

Among them are greetings, links followed first, late or twice, ratings nobody was asked for, changed ones, questions
told to be wrong by either way, reminders asked for after an estimate, and people who were forgotten.
"""

from __future__ import annotations

import datetime
import random

from bot.storage import campaigns, estimates, privacy, questions, ratings, reminders
from bot.storage.database import Connection, Database
from handlers.dialogue.records import (
    REASONS,
    Asked,
    Chosen,
    Estimated,
    Explained,
    Misanswered,
    Offered,
    Rated,
    Started,
)
from handlers.dialogue.reminder import Reminder

PEOPLE, GONE = 300, 45
LINKS = (("cho", "Chợ Phủ", "xã A"), ("htx", "Hợp tác xã", "xã A"), ("lang", "Làng Rối", "xã B"))
ENTRIES = ("pension_age", "pension_min_years", "min_income", "abroad", "change_level", "tax")
CALCULATIONS = ("contribution", "pension", "maternity")
WORDS = (
    "bò chết có đền không",
    "mua trả góp máy cày",
    "sổ đỏ cầm được chăng",
    "nuôi tôm lỗ thì sao",
    "học phí cho cháu",
)
DECISIONS = ("answer", "answer", "answer", "choose", "choose", "refer", "unknown", "chat")
SERVED = 60
COLLABORATORS = {"cho": "CTV 1", "lang": "CTV 1"}
COSTS = {"cho": 500_000, "htx": 250_001, "lang": 90_000}
CHANNELS = ("telegram", "web", None)
"""Of a person by their number; None: from before channels were noted."""
NO_LINKS: tuple[Started, ...] = (
    Started("none", None),
    Started("unknown", None),
    Started("malformed", None),
    Started("expired", "htx"),
    Started("early", "lang"),
)
"""Days before the last one."""


async def fill(database: Database, last: datetime.datetime, seed: int = 14) -> None:
    """All of them, up to a moment; some are forgotten in the end."""
    chance = random.Random(seed)
    first = last - datetime.timedelta(days=SERVED)
    async with database.begin() as connection:
        for code, name, place in LINKS:
            await campaigns.add(connection, _campaign(code, name, place), first)
        for number in range(PEOPLE):
            moments = sorted(
                first + chance.random() * (last - first) * (0.3 + 0.7 * chance.random())
                for _ in range(chance.randint(1, 8))
            )
            for turn, at in enumerate(moments):
                await _turn(connection, chance, f"p{number}", f"p{number}-{turn}", at)
        for number in chance.sample(range(PEOPLE), GONE):
            await privacy.forget(connection, f"p{number}")


def _campaign(code: str, name: str, place: str) -> campaigns.Campaign:
    return campaigns.Campaign(code, name, place, collaborator=COLLABORATORS.get(code), cost=COSTS[code])


def _channel(who: str) -> str | None:
    return CHANNELS[int(who.removeprefix("p")) % len(CHANNELS)]


async def _turn(connection: Connection, chance: random.Random, who: str, token: str, at: datetime.datetime) -> None:
    """What one person does at a moment: sometimes a link first, then a question, an estimate or a rating of all."""
    if chance.random() < 0.2:
        code = chance.choice(LINKS)[0] if chance.random() < 0.8 else None
        number = int(who.removeprefix("p"))
        start = Started("known", code) if code else NO_LINKS[number % len(NO_LINKS)]
        await campaigns.started(connection, who, start, at, _channel(who))
    what = chance.random()
    if what < 0.15:
        calculation = chance.choice(CALCULATIONS)
        await estimates.add(connection, who, Estimated(calculation), at, _channel(who))
        await _rating(connection, chance, who, Offered(token, "estimate", calculation), at)
        if calculation == "contribution" and int(who.removeprefix("p")) % 3:
            await reminders.add(connection, who, Reminder("pay", "self", at), at)
    elif what < 0.2:
        await _rating(connection, chance, who, Offered(token, "service", "service", True), at)
    else:
        await _question(connection, chance, who, token, at)


async def _question(connection: Connection, chance: random.Random, who: str, token: str, at: datetime.datetime) -> None:
    decision, entries = chance.choice(DECISIONS), tuple(chance.sample(ENTRIES, 3))
    if decision == "unknown" and chance.random() < 0.2:
        entries = ()  # for nobody: another language, letters at random
    await questions.add(
        connection, who, token, Asked(chance.choice(WORDS), decision, entries, False), at, _channel(who)
    )
    if decision == "choose" and chance.random() < 0.7:
        await questions.choose(connection, who, Chosen(token, chance.choice((None, *entries))))
    if decision == "answer":
        if chance.random() < 0.05:
            await questions.misanswered(connection, who, Misanswered(token))
        await _rating(connection, chance, who, Offered(token, "answer", entries[0]), at)


async def _rating(
    connection: Connection, chance: random.Random, who: str, offered: Offered, at: datetime.datetime
) -> None:
    await ratings.offer(connection, who, offered, at, _channel(who))
    if chance.random() < 0.65 or offered.asked_for:
        level = chance.choice((5, 5, 5, 4, 4, 3, 2, 1))
        await ratings.rate(connection, who, Rated(offered.offer, chance.choice((level, 1))), at)
        await ratings.rate(connection, who, Rated(offered.offer, level), at)
        if level <= 2:
            await ratings.explain(connection, who, Explained(offered.offer, chance.choice(REASONS)))
