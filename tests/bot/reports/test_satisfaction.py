"""The satisfaction report: figures that staff can stand behind, on both sides of every line."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.desk.channel import Inbound
from bot.desk.desk import Desk
from bot.reports import satisfaction
from bot.reports.records import Records, Topics, read_targets
from bot.reports.satisfaction import Satisfaction
from bot.reports.spans import Span
from bot.storage import ratings
from bot.storage.database import VIETNAM, Database
from handlers.dialogue.message import Message
from handlers.dialogue.records import Offered, Rated
from tests.commands import Ended
from tests.conftest import Clock

D = datetime.date
DEFINITION = "Mức hài lòng của người dùng trợ lý, tự nguyện đánh giá; không thay khảo sát chính thức của Kế hoạch"


async def rated(
    database: Database, at: datetime.datetime, *levels: int | None, asked_for: bool = False, who: str = "a"
) -> None:
    """Offers made at a moment, one for each level; None was not answered."""
    async with database.begin() as connection:
        for number, level in enumerate(levels):
            offer = f"{at:%Y%m%d%H%M}-{number}-{asked_for}"
            await ratings.offer(connection, who, Offered(offer, "answer", f"entry{number}", asked_for), at)
            if level is not None:
                await ratings.rate(connection, who, Rated(offer, level), at)


async def report(database: Database, year: int) -> dict[str, Any]:
    records = Records(database, Topics({}, {}), read_targets())
    return satisfaction.as_json(await satisfaction.measure(records, Span.of_year(year)), records)


def noon(year: int) -> datetime.datetime:
    return datetime.datetime(year, 7, 1, 12, 0, tzinfo=VIETNAM)


# --- the interval --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("successes", "of", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # by hand: z² = 3.8415; middle (p + z²/2n) / (1 + z²/n), half z √(p(1−p)/n + z²/4n²) / (1 + z²/n)
        (8, 10, 0.4902, 0.9433),
        (45, 50, 0.7864, 0.9565),
        # of n out of n: from n / (n + z²) to 1
        (30, 30, 0.8865, 1.0),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_is_wilsons(successes: int, of: int, low: float, high: float) -> None:
    assert satisfaction.wilson(successes, of) == pytest.approx((low, high), abs=5.1e-5)


# --- verdicts ------------------------------------------------------------------------------------

MET, UNSURE, NOT_MET, TOO_FEW = "đạt", "đạt nhưng chưa chắc chắn", "chưa đạt", "chưa đủ phiếu"
NOT_MET_UNSURE = "chưa đạt nhưng chưa chắc chắn"


@pytest.mark.parametrize(
    ("year", "target", "satisfied", "others", "verdict"),
    [
        (2026, 90, 29, 0, TOO_FEW),
        (2026, 90, 30, 0, UNSURE),  # 100 %, but from 88,65 %
        (2026, 90, 34, 0, UNSURE),  # 34 / 37,84 = 89,85 %
        (2026, 90, 35, 0, MET),  # 35 / 38,84 = 90,11 %
        (2026, 90, 27, 3, UNSURE),  # exactly 90 %
        (2026, 90, 26, 4, NOT_MET_UNSURE),  # 86,67 %, up to 94,69 %
        (2026, 90, 24, 6, NOT_MET_UNSURE),  # 80 %, up to 90,49 %
        (2026, 90, 23, 7, NOT_MET),  # 76,67 %, up to 88,21 %
        (2026, 90, 0, 30, NOT_MET),
        (2026, 90, 0, 29, TOO_FEW),
        (2026, 90, 0, 0, TOO_FEW),
        (2018, 80, 30, 0, MET),
        (2021, 80, 24, 6, UNSURE),  # exactly 80 %
        (2021, 80, 23, 7, NOT_MET_UNSURE),
        (2022, 85, 30, 0, MET),
        (2025, 85, 34, 6, UNSURE),  # exactly 85 %
        (2025, 85, 33, 7, NOT_MET_UNSURE),
        (2030, 90, 35, 0, MET),
        (2031, None, 35, 0, "không có mục tiêu cho thời gian này"),
        (2017, None, 35, 0, "không có mục tiêu cho thời gian này"),
    ],
)
async def test_the_verdict_follows_the_target_of_the_period(
    database: Database, year: int, target: int | None, satisfied: int, others: int, verdict: str
) -> None:
    half = satisfied // 2
    await rated(database, noon(year), *(5,) * half, *(4,) * (satisfied - half), *(3,) * others)
    found = await report(database, year)
    assert (found["target"], found["ratings"], found["verdict"]) == (target, satisfied + others, verdict)


async def test_the_two_highest_of_the_five_levels_make_the_index(database: Database) -> None:
    await rated(database, noon(2026), 5, 4, 4, 3, 2, 1, 1, None)
    found = await report(database, 2026)
    assert found["levels"] == {"5": 1, "4": 2, "3": 1, "2": 1, "1": 2}
    assert (found["ratings"], found["index"]) == (7, 42.86)


async def test_nothing_counted_is_no_share_at_all(database: Database) -> None:
    found = await report(database, 2026)
    assert (found["index"], found["response_rate"], found["interval"]) == (None, None, None)


# --- what is counted -----------------------------------------------------------------------------


async def test_the_response_rate_is_of_those_who_were_asked(database: Database) -> None:
    await rated(database, noon(2026), 5, 5, 2, None)
    await rated(database, noon(2026), 4, asked_for=True)  # came by themselves: a rating, but no answer to an offer
    found = await report(database, 2026)
    assert (found["ratings"], found["offered"], found["answered"]) == (4, 4, 3)
    assert found["response_rate"] == 75.0


async def test_a_year_is_a_year_in_vietnam(database: Database) -> None:
    last = datetime.datetime(2025, 12, 31, 23, 59, tzinfo=VIETNAM)
    await rated(database, last, 5)
    await rated(database, last + datetime.timedelta(minutes=1), 1)
    before, after = await report(database, 2025), await report(database, 2026)
    assert (before["ratings"], before["index"]) == (1, 100.0)
    assert (after["ratings"], after["index"]) == (1, 0.0)
    assert (after["from"], after["to"]) == ("2026-01-01", "2026-12-31")


async def test_a_rating_belongs_to_the_year_it_was_asked_in_like_its_offer(database: Database) -> None:
    asked = datetime.datetime(2025, 12, 31, 23, 59, tzinfo=VIETNAM)
    async with database.begin() as connection:
        await ratings.offer(connection, "a", Offered("o", "answer", "x"), asked)
        await ratings.rate(connection, "a", Rated("o", 5), asked + datetime.timedelta(minutes=5))
    assert (await report(database, 2025))["response_rate"] == 100.0
    assert (await report(database, 2026))["ratings"] == 0


async def test_a_changed_rating_is_still_one(desk: Desk, database: Database, clock: Clock) -> None:
    async def hand_in(kind: Any, text: str, delivery: str) -> None:
        await desk.take(Inbound("terminal", "7", "7", Message(kind, delivery, clock(), text)))

    await hand_in("text", "đóng mấy năm thì có lương hưu", "0")
    await hand_in("text", "mức đóng thấp nhất là bao nhiêu", "1")
    assert (await report(database, 2026))["offered"] == 1
    await hand_in("press", "rate|1|5", "2")
    await hand_in("press", "rate|1|2", "3")
    found = await report(database, 2026)
    assert (found["offered"], found["ratings"]) == (1, 1)
    assert found["levels"] == {"5": 0, "4": 0, "3": 0, "2": 1, "1": 0}


# --- the command ---------------------------------------------------------------------------------

KEYS = {"index", "ratings", "response_rate", "interval", "target", "verdict", "definition"}


def test_the_report_says_what_its_figure_is_even_when_there_is_none(bhxh: Callable[..., Ended]) -> None:
    said = bhxh("report", "satisfaction", "--year", "2026", "--json").json
    assert set(said) >= KEYS
    assert (said["target"], said["verdict"], said["definition"]) == (90, TOO_FEW, DEFINITION)
    assert "4107/KH-UBND" in said["target_source"]
    text = bhxh("report", "satisfaction", "--year", "2026").out
    for words in (DEFINITION, "Mục tiêu của giai đoạn: 90%", TOO_FEW, "4107/KH-UBND"):
        assert words in text


async def test_the_text_says_the_same_as_the_figures(database: Database) -> None:
    await rated(database, noon(2025), *(5,) * 20, *(4,) * 25, *(2,) * 5, *(None,) * 50)
    records = Records(database, Topics({}, {}), read_targets())
    text = "\n".join(satisfaction.as_lines(await satisfaction.measure(records, Span.of_year(2025)), records))
    for words in ("90% (45/50", "50% (50/100", "từ 78,64% đến 95,65%", "85%", UNSURE, DEFINITION):
        assert words in text


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_the_report_is_written_to_a_file(bhxh: Callable[..., Ended], outside: Path, form: tuple[str, ...]) -> None:
    shown = bhxh("report", "satisfaction", "--year", "2026", *form)
    kept = bhxh("report", "satisfaction", "--year", "2026", *form, "--output", "report.txt")
    assert (kept.code, kept.out) == (0, "")
    assert (outside / "report.txt").read_text(encoding="utf-8") == shown.out
    if form:
        json.loads(shown.out)


def test_a_file_that_cannot_be_written_is_named(bhxh: Callable[..., Ended]) -> None:
    assert (
        "nowhere/report.txt"
        in bhxh("report", "satisfaction", "--year", "2026", "--output", "nowhere/report.txt").complaint
    )


@pytest.mark.parametrize("year", ["26", "hai nghìn", "1999", "2101"])
def test_a_year_that_is_none_is_refused(bhxh: Callable[..., Ended], year: str) -> None:
    ended = bhxh("report", "satisfaction", "--year", year)
    assert ended.code == 2
    assert "--year" in ended.err


@pytest.mark.parametrize(
    ("asked", "since", "until"),
    [
        (("--from", "2026-01-01", "--to", "2026-12-14"), "2026-01-01", "2026-12-14"),
        (("--year", "2025", "--months", "6"), "2025-01-01", "2025-06-30"),
        (("--year", "2024", "--months", "2"), "2024-01-01", "2024-02-29"),
    ],
)
def test_a_report_is_made_of_any_days_and_of_the_first_months(
    bhxh: Callable[..., Ended], asked: tuple[str, ...], since: str, until: str
) -> None:
    found = bhxh("report", "satisfaction", *asked, "--json").json
    assert (found["from"], found["to"]) == (since, until)


def test_the_last_of_something_is_the_one_before_this(bhxh: Callable[..., Ended]) -> None:
    this, last = (bhxh("report", "satisfaction", *asked, "--json").json for asked in ((), ("--last", "year")))
    begun, ended = datetime.date.fromisoformat(this["from"]), datetime.date.fromisoformat(last["to"])
    assert begun - ended == datetime.timedelta(days=1)
    assert last["from"] == f"{ended.year}-01-01"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (("--from", "2026-12-14", "--to", "2026-01-01"), "--from 2026-01-01 --to 2026-12-14"),
        (("--to", "2026-01-01"), "--from 2026-01-01 --to 2026-12-14"),
        (("--from", "14/12/2026"), "2026-11-26"),
        (("--months", "13"), "--year 2026 --months 6"),
        (("--last", "decade"), "--last quarter"),
        (("--last", "week", "--year", "2026"), "expected one span"),
        (("--months", "6", "--quarter", "2026-Q1"), "expected one span"),
    ],
)
def test_a_span_that_is_wrong_is_answered_with_an_example(
    bhxh: Callable[..., Ended], asked: tuple[str, ...], named: str
) -> None:
    assert named in bhxh("report", "satisfaction", *asked).complaint


def test_counts_in_sentences_have_dots_and_years_have_none(database: Database) -> None:
    records = Records(database, Topics({}, {}), read_targets())
    levels = {5: 4000, 4: 174, 3: 500, 2: 50, 1: 24}
    found = Satisfaction(D(2026, 1, 1), D(2026, 12, 31), levels, 8567, 4174, 90, 30)
    lines = "\n".join(satisfaction.as_lines(found, records))
    assert "(4.174/4.748 phiếu" in lines
    assert "(4.174/8.567 lượt mời" in lines
    assert "Rất hài lòng: 4.000" in lines
    assert "năm 2026" in lines
