"""The loop that makes it better: what was not answered is grouped, decided about, and asked again."""

from __future__ import annotations

import asyncio
import csv
import dataclasses
import datetime
import io
import itertools
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import curating
from bot.base.content import Content, read_yaml
from bot.base.spreadsheet import harmless
from bot.curating.merging import with_phrasings
from bot.desk import handover
from bot.desk.channel import Inbound
from bot.desk.reload import Freshener, assigned
from bot.storage import conversations, drafts, outbox, phrasings, privacy, questions, ratings, verdicts
from bot.storage.database import Database
from faq.library import Library
from handlers.dialogue.context import Kept, Resources
from handlers.dialogue.message import Message
from handlers.dialogue.records import Asked, Chosen, Drafted, Explained, Misanswered, Offered, Rated
from tests.conftest import Clock, make_desk

ROOT = Path(__file__).parents[3]
FEED = "có bán phân bón trả góp không"
CARD = "thẻ atm mất thì lương hưu lãnh kiểu gì"
COPIED = ("questions/min_income.yaml", "referrals/health_card.yaml")
Ask = Callable[..., Awaitable[str]]


@pytest.fixture
def ask(database: Database, clock: Clock) -> Ask:
    """Keep a question as the desk does; returns its delivery."""
    numbers = itertools.count(1)

    async def keep(
        text: str, decision: str = "unknown", person: str = "p1", entries: tuple[str, ...] = ("tax",)
    ) -> str:
        clock.forward(seconds=1)
        delivery = f"d{next(numbers)}"
        async with database.begin() as connection:
            await questions.add(connection, person, delivery, Asked(text, decision, entries, False), clock())
        return delivery

    return keep


@pytest.fixture(scope="module")
def few(content: Content) -> Library:
    """Some of the entries, sooner learnt: how a phrasing is stored does not hang on how many there are."""
    names = [*itertools.islice(content.library.entries, 40), "pension_location_payment"]
    return dataclasses.replace(content.library, entries={name: content.library[name] for name in names})


async def exported(database: Database, content: Content) -> str:
    file = io.BytesIO()
    await curating.export(database, content.library, None, None, file)
    return file.getvalue().decode()


# --- groups --------------------------------------------------------------------------------------


async def test_questions_alike_are_one_group_and_the_most_frequent_comes_first(
    database: Database, content: Content, ask: Ask
) -> None:
    await ask(CARD, "choose")
    for text, person in (
        (FEED, "p1"),
        ("co ban phan bon tra gop ko", "p2"),
        ("Có bán phân bón trả góp không ạ?", "p2"),
    ):
        await ask(text, person=person)
    feed, card = await curating.groups(database, content.matcher)
    assert (feed.count, feed.people, feed.reasons) == (3, 2, {"unknown": 3})
    for number in (2, 3, 4):
        assert (await curating.find_group(database, content.matcher, number)).id == feed.id
    assert feed.id == 2
    assert feed.sample == FEED
    assert (card.count, card.reasons) == (1, {"none_picked": 1})
    assert card.nearest[0] == "pension_card_lost"


async def test_what_was_answered_or_is_no_question_for_anyone_is_not_listed(
    database: Database, content: Content, ask: Ask
) -> None:
    await ask("mức đóng thấp nhất là bao nhiêu", "answer")
    await ask("xin chào", "chat")
    await ask("what is the minimum contribution", "unknown", entries=())
    await ask("...", "unknown")
    assert await curating.groups(database, content.matcher) == []


async def test_an_answer_marked_wrong_is_listed_with_what_was_picked_instead(
    database: Database, content: Content, ask: Ask
) -> None:
    delivery = await ask("bán bò lấy tiền mua bảo hiểm cho vợ", "answer", entries=("refund", "housewife"))
    async with database.begin() as connection:
        await questions.misanswered(connection, "p1", Misanswered(delivery))
        await questions.choose(connection, "p1", Chosen(delivery, "housewife"))
    (group,) = await curating.groups(database, content.matcher)
    assert group.reasons == {"wrong": 1}
    assert group.nearest[0] == "housewife"


async def test_an_answer_rated_low_because_it_was_to_another_question_is_listed(
    database: Database, content: Content, ask: Ask, clock: Clock
) -> None:
    for text, reason in (
        ("heo chết thì tính sao", "not_my_question"),
        ("gà chết thì tính sao đây", "hard_to_understand"),
    ):
        delivery = await ask(text, "answer")
        async with database.begin() as connection:
            await ratings.offer(connection, "p1", Offered(delivery, "answer", "tax"), clock())
            await ratings.rate(connection, "p1", Rated(delivery, 1), clock())
            await ratings.explain(connection, "p1", Explained(delivery, reason))
    assert [group.sample for group in await curating.groups(database, content.matcher)] == ["heo chết thì tính sao"]


async def test_since_leaves_out_what_is_older_and_numbers_stay(
    database: Database, content: Content, ask: Ask, clock: Clock
) -> None:
    await ask(FEED)
    clock.forward(days=3)
    await ask(FEED)
    (group,) = await curating.groups(database, content.matcher, clock() - datetime.timedelta(days=1))
    assert (group.id, group.count) == (2, 1)
    assert (await curating.find_group(database, content.matcher, 2)).count == 2


async def test_who_had_everything_deleted_is_in_no_group(database: Database, content: Content, ask: Ask) -> None:
    await ask(FEED, person="p1")
    await ask(CARD, "choose", person="p2")
    async with database.begin() as connection:
        await privacy.forget(connection, "p1")
    assert [group.sample for group in await curating.groups(database, content.matcher)] == [CARD]
    assert FEED not in await exported(database, content)


async def test_out_of_scope_outlasts_the_words_of_people_and_what_was_settled_does_not(
    database: Database, clock: Clock
) -> None:
    async with database.begin() as connection:
        await verdicts.add(connection, ["a b"], "out_of_scope", "lan", clock())
        await verdicts.add(connection, ["c d"], "assigned", "lan", clock(), 1)
        await privacy.expire(connection, clock() + datetime.timedelta(days=29), Kept(30, 30, 30, 30))
        assert len(await verdicts.list_all(connection)) == 2
        await privacy.expire(connection, clock() + datetime.timedelta(days=31), Kept(30, 30, 30, 30))
        assert [each.words for each in await verdicts.list_all(connection)] == ["a b"]


# --- decisions -----------------------------------------------------------------------------------


async def test_out_of_scope_is_remembered_also_when_typed_a_little_differently(
    database: Database, content: Content, ask: Ask, clock: Clock
) -> None:
    await ask(FEED)
    await curating.mark_out_of_scope(database, content.matcher, 1, by="lan", now=clock())
    await ask("có bán phân bón trả góp không vậy ad")
    await ask("dong bao nhieu thang thi duoc hop tac xa ho tro")
    (group,) = await curating.groups(database, content.matcher)
    assert group.sample.startswith("dong bao nhieu")


async def test_an_assigned_phrasing_is_stored_and_its_group_is_settled_until_it_is_asked_in_vain_again(
    database: Database, content: Content, few: Library, ask: Ask, clock: Clock
) -> None:
    await ask(f"{CARD} [số]", "choose")
    made = await curating.assign(database, few, 1, "pension_location_payment", by="lan", now=clock())
    assert (made.text, made.decision, made.first) == (CARD, "answer", "pension_location_payment")
    assert made.checked > 100
    async with database.read() as connection:
        (kept,) = await phrasings.list_all(connection)
    assert (kept.entry, kept.text, kept.by, kept.at) == ("pension_location_payment", CARD, "lan", clock())
    assert await curating.groups(database, content.matcher) == []
    await ask(CARD, "choose")
    assert [group.count for group in await curating.groups(database, content.matcher)] == [1]


@pytest.mark.parametrize(
    ("entry", "text", "why"),
    [
        ("pension_location", None, "no_entry"),
        ("book_lost", "Mức đóng  THẤP NHẤT là bao nhiêu?", "known"),
        ("book_lost", "Chạy xe ôm công nghệ như tôi thì đóng kiểu gì mới được lương hưu", "is_check"),
        ("book_lost", "chạy xe ôm công nghệ như anh thì đóng kiểu gì mới có lương hưu", "draws"),
        ("book_lost", "a" * 201, "too_long"),
        ("book_lost", "0912345678", "too_long"),
        ("book_lost", "👍", "no_words"),
        ("book_lost", "12345", "no_words"),
        ("book_lost", "qwrtp sdfgh zxcvb", "no_words"),
        ("book_lost", "sổ hỏng thì đổi ở đâu", "unlike"),
    ],
)
async def test_a_phrasing_that_would_harm_is_refused_and_nothing_is_stored(
    database: Database,
    content: Content,
    few: Library,
    ask: Ask,
    clock: Clock,
    entry: str,
    text: str | None,
    why: str,
) -> None:
    library = content.library if why == "draws" else few
    if why == "known":
        text = library["book_lost"].phrasings[0].upper()
    await ask("chạy xe ôm công nghệ như bà thì đóng kiểu gì mới có lương hưu" if why == "draws" else FEED)
    with pytest.raises(curating.Refused) as refused:
        await curating.assign(database, library, 1, entry, by="lan", now=clock(), text=text)
    assert refused.value.why == why
    assert "\n" not in str(refused.value)
    assert await assigned(database) == ((0, 0), [])
    assert len(await curating.groups(database, content.matcher)) == 1


WRONGLY_TAUGHT = (
    ("chế độ thai sản", "pension_early", "no_use"),
    ("tiền đóng hằng tháng của tôi là bao nhiêu", "maternity", "answered"),
    ("đóng mấy năm thì được lương hưu", "who_can_join", "answered"),
    ("12345", "who_can_join", "no_words"),
)


async def test_what_once_made_live_answers_worse_is_refused(
    database: Database, content: Content, ask: Ask, clock: Clock
) -> None:
    """The review's own inputs: as other words for another group, and as what people asked themselves."""
    library = content.library
    await ask("đóng cho con đang ở tù được không")
    for text, entry, _ in WRONGLY_TAUGHT:
        with pytest.raises(curating.Refused) as refused:
            await curating.assign(database, library, 1, entry, by="lan", now=clock(), text=text)
        assert refused.value.why in ("unlike", "no_words", "known", "two_meanings"), text
    for number, (text, entry, why) in enumerate(WRONGLY_TAUGHT, 2):
        await ask(text)
        with pytest.raises(curating.Refused) as refused:
            await curating.assign(database, library, number, entry, by="lan", now=clock())
        assert refused.value.why in (why, "two_meanings", "known"), text
    assert (await assigned(database))[1] == []


async def test_an_answer_that_people_said_was_wrong_may_be_taught_otherwise(
    database: Database, content: Content, ask: Ask, clock: Clock
) -> None:
    wanted = "pension_location_payment"
    delivery = await ask(CARD, "answer", entries=("pension_card_lost",))
    async with database.begin() as connection:
        await questions.misanswered(connection, "p1", Misanswered(delivery))
    made = await curating.assign(database, content.library, 1, wanted, by="lan", now=clock(), whatever_changes=True)
    assert made.first == wanted


async def test_who_would_be_told_something_else_is_looked_at_before_anything_is_kept(
    database: Database, content: Content, ask: Ask, clock: Clock
) -> None:
    await ask("làm lại thẻ bảo hiểm bị rách")
    for _ in range(2):
        await ask("Làm lại thẻ bị rách ở xã", "answer", person="p2")
    await ask("làm lại thẻ bị rách ở xã?", "answer", person="p3")
    trials = curating.Trials()
    with pytest.raises(curating.Unseen) as unseen:
        await curating.assign(database, content.library, 1, "health_card", by="lan", now=clock(), trials=trials)
    trial = unseen.value.trial
    (change,) = (each for each in trial.changes if "ở xã" in each.text)
    assert (change.times, change.after.decision, change.after.entries[0]) == (3, "refer", "health_card")
    assert trial.asked_again < trial.asked  # of equal ones one
    assert "--yes" in str(unseen.value)
    assert (await assigned(database))[1] == []
    with pytest.raises(curating.Unseen):
        await curating.assign(
            database, content.library, 1, "health_card", by="lan", now=clock(), seen="0" * 32, trials=trials
        )

    async def full(connection: AsyncConnection, *about: str) -> None:
        raise RuntimeError("no line can be added to the log")

    with pytest.raises(RuntimeError, match="no line"):  # nobody would know who did it
        await curating.assign(
            database,
            content.library,
            1,
            "health_card",
            by="lan",
            now=clock(),
            seen=trial.mark,
            trials=trials,
            note=full,
        )
    assert (await assigned(database))[1] == []
    await curating.assign(
        database, content.library, 1, "health_card", by="lan", now=clock(), seen=trial.mark, trials=trials
    )
    assert (await assigned(database))[1] == [("health_card", "làm lại thẻ bảo hiểm bị rách")]


async def test_what_was_asked_long_ago_is_not_asked_again(
    database: Database, content: Content, ask: Ask, clock: Clock
) -> None:
    await ask("thẻ xanh bị chuột cắn làm sao", "answer")
    clock.forward(days=91)
    await ask("thẻ xanh bị chuột cắn")
    await curating.assign(database, content.library, 2, "health_card", by="lan", now=clock())
    assert len((await assigned(database))[1]) == 1


async def test_what_is_offered_now_and_would_be_told_that_nothing_is_known_keeps_a_phrasing_out(
    database: Database, content: Content, ask: Ask, clock: Clock
) -> None:
    await ask("nghỉ đẻ thì được gì")
    await ask("nghỉ đẻ được bao nhiêu tiền", "choose", person="p2")
    entry = "employee_maternity_sickness"
    with pytest.raises(curating.Refused) as refused:
        await curating.assign(database, content.library, 1, entry, by="lan", now=clock(), whatever_changes=True)
    assert refused.value.why == "loses"
    assert "nghỉ đẻ được bao nhiêu tiền" in str(refused.value)


async def test_two_who_decide_about_one_group_at_once_do_not_both_succeed(
    database: Database, few: Library, content: Content, ask: Ask, clock: Clock
) -> None:
    await ask(CARD, "choose")

    async def assign(entry: str) -> object:
        return await curating.assign(database, few, 1, entry, by=entry, now=clock(), whatever_changes=True)

    done = await asyncio.gather(
        assign("pension_location_payment"),
        curating.start_draft(database, content.matcher, 1, by="hoa", now=clock()),
        return_exceptions=True,
    )
    refused = [each for each in done if isinstance(each, curating.Refused)]
    assert [each.why for each in refused] == ["no_group"]
    async with database.read() as connection:
        assert len({each.verdict for each in await verdicts.list_all(connection)}) == 1


async def test_a_draft_taken_back_opens_its_group_again_and_is_written_into_no_file(
    database: Database, content: Content, folder: Path, ask: Ask, clock: Clock
) -> None:
    await ask(FEED)
    id = await curating.start_draft(database, content.matcher, 1, by="lan", now=clock())
    await curating.take_draft_back(database, id, by="hoa", now=clock())
    assert [group.id for group in await curating.groups(database, content.matcher)] == [1]
    assert (await curating.merge(database, folder, clock())).drafts == 0
    async with database.read() as connection:
        ((kept,), count) = await drafts.history(connection, 10)
    assert (count, kept.by, kept.taken_back_by, kept.taken_back) == (1, "lan", "hoa", clock())
    with pytest.raises(curating.Refused):
        await curating.take_draft_back(database, id, by="hoa", now=clock())


async def test_a_number_is_not_given_again_when_the_last_phrasing_was_taken_back(
    database: Database, clock: Clock
) -> None:
    """Else a process that looks now and then would take the new one for the old one."""
    async with database.begin() as connection:
        first = await phrasings.add(connection, "tax", "ai tưới cây", "lan", clock())
    before = (await assigned(database))[0]
    await curating.take_back(database, first, by="lan", now=clock())
    async with database.begin() as connection:
        await phrasings.add(connection, "tax", "ai chặt cây", "lan", clock())
    assert (await assigned(database))[0] != before


async def test_a_group_that_is_not_there_is_refused(database: Database, content: Content, clock: Clock) -> None:
    for decide in (curating.mark_out_of_scope, curating.start_draft):
        with pytest.raises(curating.Refused, match="99"):
            await decide(database, content.matcher, 99, by="lan", now=clock())


@pytest.mark.slow
async def test_a_letter_is_no_phrasing_but_may_be_put_in_other_words(
    database: Database, few: Library, ask: Ask, clock: Clock
) -> None:
    await ask("Nhà tôi có ba con bò và hai sào ruộng. " * 6 + CARD + "?")
    with pytest.raises(curating.Refused, match="ngắn gọn"):
        await curating.assign(database, few, 1, "pension_location_payment", by="lan", now=clock())
    made = await curating.assign(database, few, 1, "pension_location_payment", by="lan", now=clock(), text=CARD)
    assert made.text == CARD


@pytest.mark.slow
async def test_what_was_taken_back_is_listed_again(
    database: Database, content: Content, few: Library, ask: Ask, clock: Clock
) -> None:
    await ask(CARD, "choose")
    made = await curating.assign(database, few, 1, "pension_location_payment", by="lan", now=clock())
    await curating.take_back(database, made.id, by="lan", now=clock())
    assert [group.id for group in await curating.groups(database, content.matcher)] == [1]
    assert (await assigned(database))[1] == []
    with pytest.raises(curating.Refused):
        await curating.take_back(database, made.id, by="lan", now=clock())


# --- every process uses it -----------------------------------------------------------------------


async def test_a_running_desk_answers_with_what_another_process_assigned(
    database: Database, resources: Resources, content: Content, ask: Ask, clock: Clock
) -> None:
    desk = make_desk(database, resources, clock)
    freshener = Freshener(database, desk, (await assigned(database))[0])
    assert not await freshener.look()

    async def heard(delivery: str) -> str:
        person = Inbound("terminal", "p", "p", Message("text", delivery, clock(), "ai tưới cây hộ nhà văn hóa"))
        await desk.take(person)
        async with database.read() as connection:
            found = [each async for some in questions.stream(connection) for each in some]
            assert await outbox.waiting(connection, ["terminal"])
        return str(found[-1].answered)

    assert await heard("1") == "None"
    async with database.begin() as connection:
        id = await phrasings.add(connection, "tax", "ai tưới cây hộ nhà văn hóa", "lan", clock())
    assert await freshener.look()
    assert not await freshener.look()
    assert await heard("2") == "tax"
    await curating.take_back(database, id, by="lan", now=clock())
    assert await freshener.look()
    assert await heard("3") == "None"


# --- content files -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of two content files."""
    for name in COPIED:
        copy = tmp_path / "faq" / name
        copy.parent.mkdir(parents=True)
        shutil.copy(ROOT / "faq" / "content" / name, copy)
    return tmp_path / "faq"


async def test_merging_adds_lines_and_changes_nothing_else_and_does_it_once(
    database: Database, folder: Path, clock: Clock
) -> None:
    files = [folder / name for name in COPIED]
    before = {file: file.read_text() for file in files}
    async with database.begin() as connection:
        for entry, text in (("min_income", 'ít nhất "mấy" đồng'), ("health_card", "thẻ: #1"), ("gone", "mất đâu rồi")):
            await phrasings.add(connection, entry, text, "lan", clock())
    merged = await curating.merge(database, folder, clock())
    assert (merged.phrasings, [each.entry for each in merged.orphans]) == (2, ["gone"])
    for file, text in before.items():
        lines = file.read_text().splitlines()
        added = [line for line in lines if line not in text.splitlines()]
        assert len(added) == 1
        assert [line for line in lines if line not in added] == text.splitlines()
    taught = {name: read_yaml((folder / name).read_text(), name) for name in COPIED}
    assert [each["phrasings"][-1] for each in taught.values() if isinstance(each, dict)] == [
        'ít nhất "mấy" đồng',
        "thẻ: #1",
    ]
    again = await curating.merge(database, folder, clock())
    assert (again.phrasings, again.files, len(again.orphans)) == (0, (), 1)


async def test_a_merge_cut_short_goes_on_without_writing_twice(database: Database, folder: Path, clock: Clock) -> None:
    file = folder / "questions/min_income.yaml"
    text, _ = with_phrasings(file.read_text(), ["ít nhất mấy đồng vậy"])
    file.write_text(text)
    async with database.begin() as connection:
        await phrasings.add(connection, "min_income", "ít nhất mấy đồng vậy", "lan", clock())
    assert (await curating.merge(database, folder, clock())).files == ()
    async with database.read() as connection:
        assert [each.merged for each in await phrasings.list_all(connection)] == [clock()]


def test_every_content_file_stays_letter_for_letter_but_for_the_new_line() -> None:
    entries = [file for file in (ROOT / "faq" / "content").glob("*/*.yaml") if file.parent.name != "canned"]
    for file in sorted(entries):
        text = file.read_text()
        after, added = with_phrasings(text, ["câu chưa có ở đâu cả"])
        assert added == 1
        assert after.replace('  - "câu chưa có ở đâu cả"\n', "", 1) == text, file.name


def test_comments_stay_where_they_were() -> None:
    text = 'phrasings:\n  # from the village\n  - "a b"  # old\n  - c d\n\n# checks\nchecks:\n  - "e"\n'
    after, _ = with_phrasings(text, ["g h", "A B", "g  h"])
    assert after == text.replace("  - c d\n", '  - c d\n  - "g h"\n')


async def test_a_draft_is_written_beside_the_questions_and_never_over_what_was_written(
    database: Database, content: Content, folder: Path, ask: Ask, clock: Clock
) -> None:
    await ask("đóng cho con đang ở tù được không", person="p1")
    await ask("dong cho con dang o tu dc ko", person="p2")
    await curating.start_draft(database, content.matcher, 1, by="lan", now=clock(), answer="Gọi chị Hoa 0912345678.")
    assert await curating.groups(database, content.matcher) == []
    async with database.begin() as connection:
        for number in (1, 2):  # two citizens ask the same and read the same, and the button is pressed twice
            await conversations.open_new(connection, number, f"p{number}", "q", "Nuôi tôm thì sao? [số]", clock())
            await conversations.add(connection, number, "staff", "r", "Anh gọi [số] ạ:\nđược.", clock())
            for _ in range(2):
                await handover.keep(connection, "", Message("press", "k", clock()), Drafted(number, "r", "lan"))
    merged = await curating.merge(database, folder, clock())
    assert (merged.drafts, [file.parent.name for file in merged.files]) == (2, ["drafts", "drafts"])
    written = merged.files[0].read_text()
    assert merged.files[0].name == "0001_dong_cho_con_dang_o_tu.yaml"
    data = read_yaml(written, "draft")
    assert isinstance(data, dict)
    assert data["question"] == "đóng cho con đang ở tù được không"
    assert data["phrasings"] == ["đóng cho con đang ở tù được không", "dong cho con dang o tu dc ko"]
    assert data["answer"] == "Gọi chị [tên] [số].\n"
    assert "0912345678" not in written
    replied = read_yaml(merged.files[1].read_text(), "draft")
    assert isinstance(replied, dict)
    assert (replied["question"], replied["phrasings"]) == ("Nuôi tôm thì sao?", ["Nuôi tôm thì sao?"])
    assert replied["answer"] == "Anh gọi [số] ạ:\nđược.\n"
    merged.files[0].write_text("someone is writing here")
    assert (await curating.merge(database, folder, clock())).files == ()
    assert merged.files[0].read_text() == "someone is writing here"


async def test_nothing_is_written_outside_a_checkout(database: Database, tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(curating.Refused, match="--content"):
        await curating.merge(database, tmp_path, clock())


# --- CSV -----------------------------------------------------------------------------------------


async def test_the_export_opens_in_a_spreadsheet_masked_and_harmless(
    database: Database, content: Content, ask: Ask
) -> None:
    await ask('=HYPERLINK("http://x","rút tiền")', "choose", person="secret-key")
    await ask("mức thấp nhất\nlà bao nhiêu, số 0912345678", "answer", entries=("min_income",))
    written = await exported(database, content)
    assert written.startswith("\ufeff")
    head, first, second = csv.reader(io.StringIO(written.removeprefix("\ufeff")))
    assert len(head) == len(first) == len(second)
    assert first[2] == '\'=HYPERLINK("http://x","rút tiền")'
    assert first[-2:] == ["1", "1"]
    assert "[số]" in second[2]
    assert second[-2:] == ["", ""]
    assert "0912345678" not in written
    assert "secret-key" not in written


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+84",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "  =1",
        "＝1",
        "|x",
        "\r=1",
        "；1",
        "%1",
        "\u200b=1",
        "\u3000\ufeff=1",
        "\u2060＋1",
    ],
)
def test_a_cell_that_begins_like_a_formula_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are() -> None:
    assert [harmless(cell) for cell in ("rút tiền", "2026-11-26", "a=b", "")] == ["rút tiền", "2026-11-26", "a=b", ""]
