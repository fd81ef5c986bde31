"""Conversations as they are stored: who waits for whom, the usual wait, numbers never given twice, forgetting."""

from __future__ import annotations

import datetime

import sqlalchemy as sa

from bot.storage import conversation_lists, conversations, outbox, schema
from bot.storage.conversation_lists import Listing
from bot.storage.database import Connection, Database
from handlers.dialogue.turn import Text
from tests.conftest import Clock


async def opened(connection: Connection, key: str, text: str, clock: Clock) -> int:
    number = await conversations.next_number(connection)
    await conversations.open_new(connection, number, key, f"d{number}", text, clock())
    return number


async def test_who_waits_for_whom_and_how_long(database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        answered = await opened(connection, "a", "hỏi trước", clock)
        clock.forward(minutes=10)
        waiting = await opened(connection, "b", "hỏi sau", clock)
        await conversations.add(connection, answered, "staff", "s", "trả lời", clock())
        clock.forward(minutes=5)
        await conversations.add(connection, waiting, "citizen", "c", "hỏi thêm", clock())
        clock.forward(minutes=20)
        first, second = await conversation_lists.rows(connection, Listing(), 0, 20)
        assert await conversation_lists.waiting(connection) == 1
    assert (first.conversation.id, first.waits_for, first.question, first.last.text) == (
        waiting, "staff", "hỏi sau", "hỏi thêm",
    )  # fmt: skip
    assert first.waited(clock()) == datetime.timedelta(minutes=25)  # since the first message nobody answered
    assert (second.conversation.mark, second.waits_for) == ("#K1", "citizen")
    assert second.waited(clock()) == datetime.timedelta(minutes=25)


async def test_a_closed_one_is_listed_as_done_and_still_told(database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        number = await opened(connection, "a", "hỏi", clock)
        await conversations.close(connection, number, "citizen", clock())
        assert await conversation_lists.rows(connection, Listing(), 0, 20) == []
        (done,) = await conversation_lists.rows(connection, Listing("done"), 0, 20)
        assert (done.conversation.id, done.waits_for) == (number, None)
        told = await conversations.exchange(connection, number)
        assert told is not None
        assert told[0].closed_by == "citizen"
        assert [each.text for each in told[1]] == ["hỏi"]


async def test_the_usual_wait_is_told_from_five_answers_on_and_counts_who_waited_in_vain(
    database: Database, clock: Clock
) -> None:
    start = clock()
    async with database.begin() as connection:
        for minutes in (10, 20, 30, 40):
            number = await opened(connection, f"p{minutes}", "hỏi", clock)
            later = clock() + datetime.timedelta(minutes=minutes)
            await conversations.add(connection, number, "staff", "s", "đáp", later)
        assert await conversations.usual_wait(connection, start) is None
        number = await opened(connection, "p5", "hỏi", clock)
        await conversations.add(connection, number, "staff", "s", "đáp", clock() + datetime.timedelta(minutes=50))
        assert await conversations.usual_wait(connection, start) == datetime.timedelta(minutes=30)
        for n in range(2):
            in_vain = await opened(connection, f"v{n}", "hỏi", clock)
            await conversations.close(connection, in_vain, "silence", clock() + datetime.timedelta(hours=72))
        assert await conversations.usual_wait(connection, start) == datetime.timedelta(minutes=40)
        assert await conversations.usual_wait(connection, start + datetime.timedelta(days=1)) is None


async def test_forgetting_a_person_takes_what_is_on_its_way_and_never_gives_the_number_again(
    database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        gone = await opened(connection, "a", "riêng của tôi", clock)
        await outbox.put(connection, "staff", Text("riêng của tôi"), None, clock(), gone, "relay")
        await outbox.put(connection, "staff", Text("của người khác"), None, clock())
        await conversations.forget(connection, "a")
        assert await conversations.find(connection, gone) is None
        assert [each.reply for each in await outbox.unsent(connection, "staff")] == [Text("của người khác")]
        assert await opened(connection, "b", "hỏi", clock) != gone


async def test_expiring_leaves_the_open_and_the_young(database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        old = await opened(connection, "a", "hỏi", clock)
        await conversations.close(connection, old, "staff", clock())
        still_open = await opened(connection, "b", "hỏi", clock)
        clock.forward(days=90)
        young = await opened(connection, "c", "hỏi", clock)
        await conversations.close(connection, young, "staff", clock())
        await conversations.expire(connection, clock() - datetime.timedelta(days=1))
        found = [await conversations.find(connection, number) is not None for number in (old, still_open, young)]
        assert found == [False, True, True]
        assert await conversations.exchange(connection, old) is None


async def test_the_lists_are_in_order_and_cut_into_pages(database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        numbers = []
        for name in "abcde":
            numbers.append(await opened(connection, name, f"hỏi {name}", clock))
            clock.forward(minutes=1)
        await conversations.add(connection, numbers[0], "staff", "s", "đáp", clock())
        clock.forward(minutes=1)
        for number in (numbers[1], numbers[2]):
            await conversations.close(connection, number, "staff", clock(), "lan")
            clock.forward(minutes=1)
        a, b, c, d, e = numbers

        async def listed(wanted: Listing, offset: int = 0, most: int = 20) -> list[int]:
            rows = await conversation_lists.rows(connection, wanted, offset, most)
            assert offset or len(rows) == min(most, await conversation_lists.count(connection, wanted))
            return [each.conversation.id for each in rows]

        assert await listed(Listing("open")) == [d, e, a]
        assert await listed(Listing("done")) == [c, b]
        assert await listed(Listing("all")) == [d, e, a, c, b]
        assert await listed(Listing("all"), 2, 2) == [a, c]


async def test_a_search_finds_words_without_accents_and_numbers_and_nothing_by_a_joker(
    database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        first = await opened(connection, "a", "Sổ ghi sai năm sinh", clock)
        second = await opened(connection, "b", "Đóng ở đâu", clock)
        await conversations.add(connection, second, "staff", "s", "Mang SỔ ra xã", clock())
        await conversations.close(connection, second, "staff", clock())
        for words, found in (
            ("so ghi SAI", [first]),
            ("sổ", [first, second]),
            (f"#K{second}", [second]),
            (f"k{first}", [first]),
            ("%", []),
            ("_", []),
            ("khong co", []),
        ):
            rows = await conversation_lists.rows(connection, Listing("all", words), 0, 20)
            assert [each.conversation.id for each in rows] == found, words
        assert await conversation_lists.count(connection, Listing("open", "sổ")) == 1


async def test_who_answered_first_and_who_ended_it_is_kept_until_it_is_taken_up_again(
    database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        number = await opened(connection, "a", "hỏi", clock)
        await conversations.add(connection, number, "staff", "s1", "đáp", clock(), "lan")
        await conversations.add(connection, number, "staff", "s2", "đáp nữa", clock(), "hoa")
        await conversations.close(connection, number, "staff", clock(), "hoa")
        row = (await connection.execute(sa.select(schema.conversations))).one()
        assert (row.answerer, row.closer) == ("lan", "hoa")
        clock.forward(hours=100)
        await conversations.reopen(connection, number, clock())
        row = (await connection.execute(sa.select(schema.conversations))).one()
        assert (row.answerer, row.closer, row.closed_at, row.waiting_since) == ("lan", None, None, None)
        assert await conversations.silent(connection, clock() - datetime.timedelta(hours=72)) == []


async def test_one_closed_without_an_answer_waits_again_when_it_is_taken_up(database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        number = await opened(connection, "a", "hỏi", clock)
        await conversations.close(connection, number, "silence", clock())
        clock.forward(hours=5)
        await conversations.reopen(connection, number, clock())
        (listed,) = await conversation_lists.rows(connection, Listing(), 0, 20)
    assert (listed.waits_for, listed.waited(clock())) == ("staff", datetime.timedelta(0))
