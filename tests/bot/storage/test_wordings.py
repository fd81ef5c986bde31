"""Groups are kept up to date beside: however it comes about, they are those of what is asked and decided now."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from bot.storage import open_groups, privacy, questions, ratings, verdicts, wordings
from bot.storage.database import Database
from bot.storage.schema import questions as asked_table
from bot.storage.schema import wordings as table
from faq.engine import likeness
from handlers.dialogue.context import Kept
from handlers.dialogue.records import Asked, Chosen, Explained, Misanswered, Offered, Rated
from tests.conftest import Clock

FEED, FEED_LONGER = "có bán phân bón trả góp không", "cán bộ có bán phân bón trả góp nào không"
WEATHER = "thời tiết ngày mai thế nào"
Ask = Callable[..., Awaitable[None]]


@pytest.fixture
def ask(database: Database, clock: Clock) -> Ask:
    numbers = itertools.count(1)

    async def keep(text: str, person: str = "p1", decision: str = "unknown") -> None:
        clock.forward(seconds=1)
        async with database.begin() as connection:
            asked = Asked(text, decision, ("tax",), False)
            await questions.add(connection, person, f"d{next(numbers)}", asked, clock())

    return keep


async def groups(database: Database) -> list[tuple[int, int, int]]:
    """The first question, how many, of how many people, of each group once all is caught up."""
    await wordings.catch_up(database)
    async with database.read() as connection:
        assert await wordings.waiting(connection) == 0
        return [(each.first, each.count, each.people) for each in (await open_groups.page(connection)).groups]


async def kept_words(database: Database) -> set[str]:
    async with database.read() as connection:
        return set((await connection.execute(sa.select(table.c.words))).scalars())


async def test_what_comes_later_joins_the_group_it_is_alike_to(database: Database, ask: Ask) -> None:
    assert likeness.alike(likeness.words(FEED_LONGER), [likeness.words(FEED)], likeness.ALIKE)
    await ask(FEED)
    await ask(WEATHER, "p2")
    assert await groups(database) == [(1, 1, 1), (2, 1, 1)]
    await ask(FEED_LONGER, "p2")
    await ask(FEED, "p1")
    assert await groups(database) == [(1, 3, 2), (2, 1, 1)]


async def test_groups_are_cut_into_pages_and_all_are_counted(database: Database, ask: Ask) -> None:
    for text in (FEED, WEATHER, "giá lúa hôm nay", FEED, WEATHER, FEED):
        await ask(text)
    await wordings.catch_up(database, 1)
    async with database.read() as connection:
        second = await open_groups.page(connection, offset=1, most=1)
        beyond = {most: await open_groups.page(connection, offset=9 * most, most=most) for most in (1, 2, 3, 4)}
        none = await open_groups.page(connection, reason="wrong", offset=9, most=1)
    assert ([each.first for each in second.groups], second.count, second.asked, second.offset) == ([2], 3, 6, 1)
    last = {most: ([each.first for each in page.groups], page.offset) for most, page in beyond.items()}
    assert last == {1: ([3], 2), 2: ([3], 2), 3: ([1, 2, 3], 0), 4: ([1, 2, 3], 0)}
    assert {(page.count, page.asked) for page in beyond.values()} == {(3, 6)}
    assert none == open_groups.NONE


async def test_more_than_are_looked_at_together_are_all_put_into_groups(database: Database, ask: Ask) -> None:
    async with database.begin() as connection:
        row = {"key": "p", "delivery": "", "masked": False, "decision": "unknown", "entries": '["tax"]', "wording": 0}
        when = {"at": datetime.datetime(2026, 1, 1), "month": datetime.date(2026, 1, 1)}
        await connection.execute(
            sa.insert(asked_table), [{**row, **when, "text": f"{number:x} " * 6} for number in range(1_100)]
        )
    assert sum(count for _, count, _ in await groups(database)) == 1_100


async def test_the_words_of_who_is_forgotten_go_and_the_group_of_the_others_stays(database: Database, ask: Ask) -> None:
    await ask(FEED, "gone")
    await ask(FEED_LONGER, "p2")
    await ask(WEATHER, "gone")
    assert len(await groups(database)) == 2
    async with database.begin() as connection:
        await privacy.forget(connection, "gone")
    assert await kept_words(database) == {likeness.words(FEED_LONGER)}
    await ask(FEED_LONGER, "p3")
    await ask("cán bộ có bán phân bón trả góp nào ko nhỉ", "p3")
    assert await groups(database) == [(2, 3, 2)]


async def test_no_words_are_kept_longer_than_the_question(database: Database, ask: Ask, clock: Clock) -> None:
    await ask(FEED)
    await groups(database)
    clock.forward(days=40)
    await ask(WEATHER)
    await groups(database)
    async with database.begin() as connection:
        await privacy.expire(connection, clock(), Kept(30, 30, 30, 365))
    assert await kept_words(database) == {likeness.words(WEATHER)}


async def test_who_is_forgotten_before_their_words_were_looked_at_leaves_none(database: Database, ask: Ask) -> None:
    await ask(FEED)
    async with database.begin() as connection:
        await privacy.forget(connection, "p1")
    assert await groups(database) == []
    assert await kept_words(database) == set()


async def test_an_answer_that_turns_out_wrong_is_grouped_and_one_that_was_picked_is_not(
    database: Database, ask: Ask, clock: Clock
) -> None:
    for text, decision in ((FEED, "answer"), (WEATHER, "answer"), ("giá lúa hôm nay", "choose")):
        await ask(text, decision=decision)
    assert await groups(database) == [(3, 1, 1)]
    async with database.begin() as connection:
        await questions.misanswered(connection, "p1", Misanswered("d1"))
        await ratings.offer(connection, "p1", Offered("d2", "answer", "tax"), clock())
        await ratings.rate(connection, "p1", Rated("d2", 1), clock())
        await ratings.explain(connection, "p1", Explained("d2", "not_my_question"))
        await questions.choose(connection, "p1", Chosen("d3", "tax"))
    assert await groups(database) == [(1, 1, 1), (2, 1, 1)]
    async with database.begin() as connection:
        await ratings.rate(connection, "p1", Rated("d2", 5), clock())
    assert await groups(database) == [(1, 1, 1)]


async def test_a_decision_for_good_holds_for_what_is_typed_almost_like_it_before_and_after(
    database: Database, ask: Ask, clock: Clock
) -> None:
    almost = f"{FEED} vậy ad"
    await ask(almost)
    await groups(database)
    async with database.begin() as connection:
        await verdicts.add(connection, [likeness.words(FEED)], "out_of_scope", "lan", clock())
    assert await groups(database) == []
    await ask(FEED)
    await ask(FEED_LONGER)  # like it, but not the same
    assert await groups(database) == [(3, 1, 1)]


async def test_what_was_taken_back_is_open_again_also_when_its_number_is_given_anew(
    database: Database, ask: Ask, clock: Clock
) -> None:
    await ask(FEED)
    await ask(WEATHER)
    await groups(database)
    async with database.begin() as connection:
        await verdicts.add(connection, [likeness.words(FEED)], "assigned", "lan", clock(), 1)
    assert await groups(database) == [(2, 1, 1)]
    async with database.begin() as connection:
        await verdicts.revoke(connection, 1)
    assert await groups(database) == [(1, 1, 1), (2, 1, 1)]
    async with database.begin() as connection:  # on SQLite it gets the number of the one before
        await verdicts.add(connection, [likeness.words(f"{FEED} vậy")], "out_of_scope", "lan", clock())
    assert await groups(database) == [(2, 1, 1)]


async def test_an_assigned_wording_is_open_again_when_it_is_asked_in_vain_later(
    database: Database, ask: Ask, clock: Clock
) -> None:
    await ask(FEED)
    await groups(database)
    async with database.begin() as connection:
        await verdicts.add(connection, [likeness.words(FEED)], "assigned", "lan", clock(), 1)
    await ask(FEED, "p2")
    assert await groups(database) == [(2, 1, 1)]
