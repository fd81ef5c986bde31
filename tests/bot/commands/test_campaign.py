"""Campaign links: codes that work in a link, QR codes that scanners read, counts that belong to whom they should."""

from __future__ import annotations

import io
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from bot.charts import pictures
from bot.desk.channel import Inbound
from bot.desk.desk import Desk
from bot.storage import campaigns
from bot.storage.database import Database
from handlers.dialogue.message import Message, MessageKind
from tests.commands import Ended
from tests.conftest import Clock

Bhxh = Callable[..., Ended]
LINK = "https://t.me/bhxh_hai_duong_bot?start="


@pytest.fixture(autouse=True)
def kept(outside: Path, migrated: Path) -> None:
    """A database is there: what making one takes is no matter of campaigns."""
    shutil.copytree(migrated, outside / "data")


@pytest.fixture
def named(outside: Path) -> None:
    """The bot has a name."""
    (outside / "config.yaml").write_text("telegram: {username: bhxh_hai_duong_bot}")


def add(bhxh: Bhxh, code: str) -> Ended:
    return bhxh("campaign", "add", code, "Chợ phiên", "Phú Thái")


# --- codes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["a", "cho-phu-thai_01", "a" * 64, "0", "_"])
def test_a_code_that_can_stand_in_a_link_is_taken(bhxh: Bhxh, named: None, code: str) -> None:
    made = add(bhxh, code)
    assert (made.code, made.out) == (0, f"{LINK}{code}\n")
    (kept,) = bhxh("campaign", "list", "--json").json["campaigns"]
    assert (kept["code"], kept["name"], kept["place"], kept["link"]) == (code, "Chợ phiên", "Phú Thái", LINK + code)
    assert {
        kept[name] for name in ("starts", "people", "people_answered", "estimates", "reminders", "ratings", "outside")
    } == {0}


@pytest.mark.parametrize("code", ["", "chợ", "a b", "a/b", "a.b", "A" * 65, "a\nb", "?start=a"])
def test_a_malformed_code_is_refused_with_the_letters_there_are(bhxh: Bhxh, code: str) -> None:
    refused = add(bhxh, code)
    assert refused.code == 1
    (line,) = refused.err.splitlines()
    assert "1 đến 64 chữ A-Z a-z 0-9 _ -" in line
    assert bhxh("campaign", "list", "--json").json["campaigns"] == []


def test_a_code_is_taken_once_in_letters_of_either_size(bhxh: Bhxh) -> None:
    assert add(bhxh, "Cho").out == "cho\n"
    for code in ("cho", "CHO"):
        again = bhxh("campaign", "add", code, "Khác", "Nơi khác")
        assert again.code == 1
        assert "đã có chiến dịch khác dùng" in again.err
    assert [(each["code"], each["name"]) for each in bhxh("campaign", "list", "--json").json["campaigns"]] == [
        ("cho", "Chợ phiên")
    ]


def test_what_is_given_is_kept_changed_and_taken_away(bhxh: Bhxh) -> None:
    given = ("--collaborator", "CTV 03", "--to", "31/12/2099", "--cost", "1.500.000", "--opens", "calc_pension")
    assert bhxh("campaign", "add", "cho", "Chợ phiên", "Phú Thái", "--place-kind", "market", *given).code == 0
    assert bhxh("campaign", "edit", "CHO", "--name", "Chợ Tết", "--collaborator", "").out == "cho\n"
    (kept,) = bhxh("campaign", "list", "--json").json["campaigns"]
    assert (kept["name"], kept["place"], kept["collaborator"]) == ("Chợ Tết", "Phú Thái", None)
    assert (kept["place_kind"], kept["ends"], kept["cost"], kept["opens"]) == (
        *("market", "2099-12-31", 1_500_000, "calc_pension"),
    )
    refused = bhxh("campaign", "edit", "cho", "--cost", "nhiều", "--name", "")
    assert (refused.code, len(refused.err.splitlines())) == (1, 2)
    assert bhxh("campaign", "list", "--json").json["campaigns"] == [kept]
    assert bhxh("campaign", "edit", "khac", "--name", "x").code == 1


def test_a_campaign_is_closed_and_opened_again(bhxh: Bhxh) -> None:
    add(bhxh, "cho")
    assert [bhxh("campaign", "close", "cho").out for _ in range(2)] == ["closed\n", "was closed before\n"]
    assert "cho: Chợ phiên, Phú Thái (over)" in bhxh("campaign", "list").out
    assert bhxh("campaign", "reopen", "Cho").out == "open again\n"
    assert "over" not in bhxh("campaign", "list").out
    assert bhxh("campaign", "close", "khac").code == 1


def test_the_list_is_whole_on_every_width(bhxh: Bhxh, named: None) -> None:
    code = "hop-tac-xa-nong-nghiep-kim-thanh-thang-11-nam-2026"
    add(bhxh, code)
    lines = [line.strip() for line in bhxh("campaign", "list").out.splitlines()]
    assert lines[:3] == [
        f"{code}: Chợ phiên, Phú Thái",
        "starts 0, people 0, of them answered 0, estimates 0, reminders 0, ratings 0",
        f"telegram: {LINK}{code}",
    ]


def test_every_way_to_a_campaign_is_listed_and_its_qr_code_leads_to_the_page_with_all_of_them(
    bhxh: Bhxh, outside: Path
) -> None:
    (outside / "config.yaml").write_text(
        "telegram: {username: bhxh_hai_duong_bot}\n"
        "web: {chat_url: 'https://tro-ly.example.vn'}\n"
        "zalo: {bot_name: Bot BHXH}\n"
    )
    page = "https://tro-ly.example.vn/c/cho"
    assert add(bhxh, "cho").out == f"{page}\n"
    (kept,) = bhxh("campaign", "list", "--json").json["campaigns"]
    assert kept["link"] == page
    assert kept["ways"] == {"telegram": f"{LINK}cho", "web": page, "zalo": "Xin chào cho"}
    assert "    zalo: Xin chào cho" in bhxh("campaign", "list").out.splitlines()
    bhxh("campaign", "qr", "cho")
    assert read_png((outside / "cho.png").read_bytes()) == page


def test_without_the_bots_name_there_is_no_link_to_show(bhxh: Bhxh) -> None:
    assert add(bhxh, "cho").out == "cho\n"
    (kept,) = bhxh("campaign", "list", "--json").json["campaigns"]
    assert kept["link"] is None


# --- QR codes ------------------------------------------------------------------------------------


def scanned(picture: Image.Image) -> str:
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    return found.text


def read_png(content: bytes) -> str:
    return scanned(Image.open(io.BytesIO(content)))


def read_svg(content: bytes) -> str:
    """Draw the one path of strokes a QR code is, in its scale, and read it as a scanner does."""
    root = ElementTree.fromstring(content)
    scale, wide = 4, round(float(root.attrib["width"]))
    path = next(each for each in root.iter() if each.tag.endswith("path"))
    unit = float(re.sub(r"[^\d.]", "", path.attrib["transform"]))
    modules = round(wide / unit)
    picture = Image.new("L", (modules, modules), 255)
    x = y = 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path.attrib["d"]):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second)
        else:
            for column in range(int(x), int(x + float(first))):
                picture.putpixel((column, int(y)), 0)
            x += float(first)
    return scanned(picture.resize((modules * scale, modules * scale), Image.Resampling.NEAREST))


@pytest.mark.parametrize("code", ["a", "cho-phu-thai_01", "a" * 64])
def test_the_qr_codes_hold_exactly_the_link(bhxh: Bhxh, named: None, outside: Path, code: str) -> None:
    add(bhxh, code)
    made = bhxh("campaign", "qr", code, "--output", "posters/november")
    folder = Path("posters/november")
    assert made.out.splitlines() == [str(folder / f"{code}.png"), str(folder / f"{code}.svg")]
    assert read_png((outside / folder / f"{code}.png").read_bytes()) == LINK + code
    assert read_svg((outside / folder / f"{code}.svg").read_bytes()) == LINK + code


def test_a_printed_qr_code_has_its_quiet_zone() -> None:
    picture = Image.open(io.BytesIO(pictures.qr_png(LINK + "cho", scale=10))).convert("L")
    margin = 4 * 10
    left, top, right, bottom = picture.point(lambda shade: 255 - shade).getbbox() or (0, 0, 0, 0)
    assert (left, top, picture.width - right, picture.height - bottom) == (margin,) * 4


def test_qr_names_the_setting_it_lacks(bhxh: Bhxh, outside: Path) -> None:
    add(bhxh, "cho")
    assert "telegram.username" in bhxh("campaign", "qr", "cho").complaint
    assert not list(outside.glob("*.png"))


@pytest.mark.parametrize("code", ["nobody", "chợ", "../cho", ""])
def test_qr_of_no_campaign_is_refused_and_writes_nothing(bhxh: Bhxh, named: None, outside: Path, code: str) -> None:
    add(bhxh, "cho")
    refused = bhxh("campaign", "qr", code)
    assert refused.code == 1
    assert "Không có chiến dịch nào mã" in refused.err
    assert not [*outside.parent.rglob("*.png"), *outside.parent.rglob("*.svg")]


# --- counts --------------------------------------------------------------------------------------


@pytest.fixture
async def count(database: Database, desk: Desk, clock: Clock) -> Callable[..., Any]:
    """Two campaigns, and a way for people to come by them; gives back what is counted."""
    async with database.begin() as connection:
        for code in ("market", "coop"):
            await campaigns.add(connection, campaigns.Campaign(code, code, "Kim Thành"), clock())
            clock.forward(minutes=1)
    deliveries = iter(range(1000))

    async def counted(*people: tuple[str, list[tuple[MessageKind, str]]]) -> tuple[dict[str, Any], dict[str, int]]:
        for person, said in people:
            for kind, text in said:
                clock.forward(seconds=5)
                message = Message(kind, str(next(deliveries)), clock(), text)
                await desk.take(Inbound("terminal", person, person, message))
        async with database.read() as connection:
            listed = {each.campaign.code: each for each in await campaigns.list_all(connection)}
            others: dict[str, int] = {str(why): n for why, n in (await campaigns.other_starts(connection)).items()}
            return listed, others

    return counted


async def test_people_are_counted_to_the_campaign_that_first_brought_them(count: Callable[..., Any]) -> None:
    listed, others = await count(
        ("by", [("start", "market"), ("text", "xin chào")]),
        (
            "an",
            [
                ("start", "market"),
                ("text", "đóng mấy năm thì có lương hưu"),
                ("text", "mức đóng thấp nhất là bao nhiêu"),
                ("press", "rate|4|5"),
            ],
        ),
        ("an", [("start", "coop"), ("text", "/tinhdong"), ("text", "500k"), ("text", "khác"), ("text", "hằng tháng")]),
        ("cu", [("text", "mức đóng thấp nhất là bao nhiêu")]),  # by no campaign
    )
    market, coop = listed["market"], listed["coop"]
    assert (market.starts, market.people, market.people_answered, market.estimates) == (2, 2, 1, 1)
    assert (coop.starts, coop.people, coop.people_answered, coop.estimates, coop.ratings) == (1, 0, 0, 0, 0)
    assert others == {}
    assert market.ratings == 1


async def test_a_person_who_comes_again_is_one_person_of_two_starts(count: Callable[..., Any]) -> None:
    question = ("text", "mức đóng thấp nhất là bao nhiêu")
    listed, _ = await count(("an", [("start", "coop"), question, ("start", "coop"), question, question]))
    assert (listed["coop"].starts, listed["coop"].people, listed["coop"].people_answered) == (2, 1, 1)


async def test_what_was_not_answered_is_not_counted_as_answered(count: Callable[..., Any]) -> None:
    listed, _ = await count(
        ("an", [("start", "coop"), ("text", "zzz qqq www"), ("text", "/tinhdong"), ("text", "thôi")])
    )
    assert (listed["coop"].people, listed["coop"].people_answered, listed["coop"].estimates) == (1, 0, 0)


async def test_starts_by_no_campaign_are_counted_by_why(count: Callable[..., Any]) -> None:
    listed, others = await count(
        ("an", [("start", ""), ("start", ""), ("start", "nobody-made-this"), ("start", "chợ"), ("start", "x" * 65)]),
        ("an", [("start", "coop")]),
    )
    assert others == {"none": 2, "unknown": 1, "malformed": 2}
    assert (listed["coop"].starts, listed["coop"].people) == (1, 1)


def test_other_starts_are_told_in_the_list(bhxh: Bhxh) -> None:
    said = bhxh("campaign", "list", "--json").json
    assert (said["campaigns"], said["other_starts"]) == ([], {})
