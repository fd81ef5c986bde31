"""Posters: what they say is the law of the day, every word is text, and scanners read the code off the paper."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot import outreach
from bot.base.settings import Settings, Telegram, Web
from bot.channels.zalo.settings import Zalo
from bot.charts.letters import drawable
from bot.charts.marks import Words
from bot.charts.sheet import Sheet
from bot.outreach import layout
from bot.outreach.posters import FORMS, PosterForm, drawn, file_name
from bot.outreach.wording import Invitation, PosterWords, place_kind, worded
from bot.storage.campaigns import Campaign
from bot.storage.database import VIETNAM
from handlers.dialogue.context import Resources
from law.base.month import Month
from law.paying.contribution import contribution, income_bounds
from tests.conftest import TODAY
from vietnamese import wording

LINK = "https://t.me/bhxh_hai_duong_bot?start="
MARKET = Invitation("cho-phu-thai", f"{LINK}cho-phu-thai", "Phú Thái", "market", "CTV 03")
_LONGEST = "hop-tac-xa-" + "x" * 53
LONG = Invitation(
    _LONGEST,
    f"{LINK}{_LONGEST}",
    "Hợp tác xã dịch vụ nông nghiệp và kinh doanh tổng hợp thị trấn Nam Sách, phía đông",
    "cooperative",
    "tổ vận động số mười bảy, thôn Quảng Đạt, khu vực chợ đầu mối phía bắc",
)
SITE = "https://tro-ly.example.vn"
PAGE = dataclasses.replace(MARKET, link=f"{SITE}/c/cho-phu-thai", zalo="Bot BHXH Kim Thành")
LONG_PAGE = dataclasses.replace(
    LONG, link=f"{SITE}/c/{_LONGEST}", zalo="Bot Bảo hiểm xã hội thành phố Hải Phòng, cơ sở mười hai"
)
INVITATIONS = {"usual": MARKET, "long": LONG, "page": PAGE, "long page": LONG_PAGE}
PRINTED: tuple[PosterForm, ...] = ("a4", "a5", "cards")
DOTS_AN_INCH = 150
"""Half as fine as an office printer prints."""


def words_of(resources: Resources, invitation: Invitation = MARKET, on: datetime.datetime = TODAY) -> PosterWords:
    return worded(resources, on, invitation)


def printed(content: bytes) -> Image.Image:
    """The page as it comes out of a printer."""
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    page: Image.Image = document[0].render(scale=DOTS_AN_INCH / 72).to_pil()
    return page.convert("RGB")


def seen(words: PosterWords, form: PosterForm) -> Image.Image:
    content = drawn(words, TODAY, form)
    return Image.open(io.BytesIO(content)).convert("RGB") if form == "picture" else printed(content)


# --- what is said --------------------------------------------------------------------------------


def own_and_support(resources: Resources, month: Month, group: str = "other") -> tuple[str, str]:
    lowest = income_bounds(resources.law, month).whole("minimum")
    found = contribution(resources.law, month, lowest, 1, [group])
    return wording.money(int(str(found.figures["own"]))), wording.money(int(str(found.figures["support"])))


def test_it_says_what_is_paid_and_what_the_state_adds_today_and_from_the_next_change_on(resources: Resources) -> None:
    words = words_of(resources)
    assert [each.head for each in words.prices] == ["Đến hết tháng 12/2026", "Từ tháng 1/2027"]
    for price, month in zip(words.prices, (Month(2026, 11), Month(2027, 1)), strict=True):
        own, support = own_and_support(resources, month)
        assert (price.own, price.added) == (own, (f"Nhà nước giúp {support}",))
        poor, least = price.groups[0]
        assert poor.startswith("hộ nghèo")
        assert least == own_and_support(resources, month, "poor")[0]
    assert words.prices[0].own != words.prices[1].own


def test_made_after_the_change_it_says_the_new_price_alone(resources: Resources) -> None:
    words = words_of(resources, on=datetime.datetime(2027, 1, 5, 9, 0, tzinfo=VIETNAM))
    assert [each.head for each in words.prices] == ["Tính theo tháng 1/2027"]
    assert words.prices[0].own == own_and_support(resources, Month(2027, 1))[0]
    assert "05/01/2027" in words.law


def test_it_says_on_which_day_and_by_which_documents_and_whose_word_they_are(resources: Resources) -> None:
    words = words_of(resources)
    assert "24/11/2026" in words.law
    assert resources.law.sources["luat-41-2024"].title in words.law
    floor = resources.law.on(TODAY.date()).value("rural_poverty_line")
    assert floor.confidence != "A", "then nobody's word need be named"
    assert resources.law.sources[floor.source].told in words.whose_word
    assert wording.money(floor.whole()) in words.whose_word


def test_a_local_top_up_is_told_and_makes_the_own_part_less(resources: Resources) -> None:
    manner = dataclasses.replace(resources.manner, local_top_up=20_000)
    words = words_of(dataclasses.replace(resources, manner=manner))
    assert words.prices[0].added[1:] == (f"Địa phương giúp {wording.money(20_000)}",)
    assert words.prices[0].own != words_of(resources).prices[0].own


@pytest.mark.parametrize(
    ("place", "kind", "said"),
    [
        ("Phú Thái", "market", "Chợ Phú Thái"),
        ("Chợ Phú Thái", "market", "Chợ Phú Thái"),
        ("chợ Phú Thái", None, "chợ Phú Thái"),
        ("Kim Thành", "commune", "Xã Kim Thành"),
        ("phường Tứ Minh", "commune", "phường Tứ Minh"),
        ("HTX Đức Chính", "cooperative", "HTX Đức Chính"),
        ("Đức Chính", "cooperative", "Hợp tác xã Đức Chính"),
        ("Quảng Đạt", "village", "Thôn Quảng Đạt"),
        ("Phú Thái", None, "Phú Thái"),
    ],
)
def test_a_place_says_what_it_is_once(resources: Resources, place: str, kind: None, said: str) -> None:
    assert words_of(resources, Invitation("a", f"{LINK}a", place, kind)).place == said


def test_a_place_that_begins_like_a_kind_is_none_of_it() -> None:
    assert place_kind("Xã Tây Kỳ") == "commune"
    assert place_kind("Chợ") == "market"
    assert place_kind("Choẻn") is None
    assert place_kind("") is None


def test_it_leads_to_the_page_with_every_way_where_there_is_one_and_else_to_telegram(resources: Resources) -> None:
    campaign = Campaign("cho", "Chợ", "Chợ Gạo")
    telegram, web = Telegram(username="tro_ly_bot"), Web(chat_url=f"{SITE}/")
    zalo: dict[str, Any] = {"zalo": Zalo(bot_name="Bot BHXH")}
    led = Invitation.of(campaign, Settings.with_sections({"zalo": Zalo})(telegram=telegram, web=web, **zalo))
    assert led is not None
    assert led.link == f"{SITE}/c/cho"
    words = words_of(resources, led)
    assert words.address == "Hoặc gõ: tro-ly.example.vn/c/cho"
    assert "Telegram" not in words.how
    assert words.zalo == "Trên Zalo: tìm «Bot BHXH», nhắn «Xin chào cho»."
    alone = Invitation.of(campaign, Settings(telegram=telegram))
    assert alone is not None
    assert alone.link == "https://t.me/tro_ly_bot?start=cho"
    assert (words_of(resources, alone).address, words_of(resources, alone).zalo) == (
        "Hoặc tìm trong Telegram: @tro_ly_bot",
        "",
    )
    assert Invitation.of(campaign, Settings()) is None


def test_no_address_is_printed_that_nobody_would_type(resources: Resources) -> None:
    words = words_of(resources, LONG_PAGE)
    assert words.address == "Hoặc gõ: tro-ly.example.vn"
    assert words.zalo == f"Trên Zalo: tìm «{LONG_PAGE.zalo}»."


# --- text stays text -----------------------------------------------------------------------------


def said_on_paper(words: PosterWords, form: PosterForm) -> Iterator[str]:
    """Everything that stands on a form."""
    shortly = {"short_title", "short_benefit", "short_paying", "short_law"}
    whole = {
        "law",
        "title",
        "benefit",
        "paying",
        "own_called",
        "groups_called",
        "limit",
        "scan",
        "how",
        "promise",
        "address",
    }
    for field in dataclasses.fields(PosterWords):
        said = getattr(words, field.name)
        if isinstance(said, str) and field.name not in ("link", "code", *(whole if form == "cards" else shortly)):
            yield said
    for price in words.prices:
        yield from (price.head, price.own, *price.added)


@pytest.mark.parametrize("form", PRINTED)
@pytest.mark.parametrize("invitation", [MARKET, LONG_PAGE], ids=["usual", "long page"])
def test_every_word_can_be_taken_off_the_page_whole(
    resources: Resources, form: PosterForm, invitation: Invitation
) -> None:
    words = words_of(resources, invitation)
    content = drawn(words, TODAY, form)
    page = PdfReader(io.BytesIO(content)).pages[0]
    found = page.extract_text().split()
    for said in said_on_paper(words, form):
        assert [each for each in said.split() if each not in found] == [], said
    assert list(page.images) == []
    assert len(content) < 150_000


@pytest.mark.parametrize(("form", "millimetres"), [("a4", (210, 297)), ("a5", (148, 210)), ("cards", (210, 297))])
def test_the_page_is_as_large_as_its_paper(
    resources: Resources, form: PosterForm, millimetres: tuple[float, float]
) -> None:
    page = PdfReader(io.BytesIO(drawn(words_of(resources), TODAY, form))).pages[0]
    size = (float(page.mediabox.width) * 25.4 / 72, float(page.mediabox.height) * 25.4 / 72)
    assert size == pytest.approx(millimetres, abs=0.1)


def test_the_same_poster_of_a_moment_is_the_same_file(resources: Resources) -> None:
    words = words_of(resources)
    assert drawn(words, TODAY, "a4") == drawn(words, TODAY, "a4")


# --- the code ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("invitation", INVITATIONS.values(), ids=INVITATIONS)
def test_scanners_read_the_code_off_the_paper_also_printed_in_black_and_white(
    resources: Resources, form: PosterForm, invitation: Invitation
) -> None:
    page = seen(words_of(resources, invitation), form)
    for shown in (page, page.convert("L"), page.convert("L").point(lambda shade: 255 * (shade > 127)).convert("1")):
        found = zxingcpp.read_barcodes(shown.convert("L"))
        assert [each.text for each in found] == [invitation.link] * (10 if form == "cards" else 1)


def test_a_code_in_print_is_as_large_as_an_arm_s_length_needs(resources: Resources) -> None:
    """Two metres before a poster, a hand before a card: ten times its width is read."""
    for form, least in (("a4", 55.0), ("a5", 38.0), ("cards", 24.0)):
        page = seen(words_of(resources), form)  # type: ignore[arg-type]
        corners = zxingcpp.read_barcodes(page)[0].position
        wide = (corners.top_right.x - corners.top_left.x) * 25.4 / DOTS_AN_INCH
        assert wide > least, form


# --- the look of it ------------------------------------------------------------------------------

SHEETS = {"poster": layout.poster, "cards": layout.cards, "picture": layout.picture}


def lines_of(sheet: Sheet) -> list[Words]:
    return [each for each in sheet.marks if isinstance(each, Words)]


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize(
    "invitation",
    [*INVITATIONS.values(), Invitation("a", f"{LINK}a", "")],
    ids=[*INVITATIONS, "bare"],
)
@pytest.mark.parametrize("day", [TODAY, datetime.datetime(2027, 1, 5, 9, 0, tzinfo=VIETNAM)], ids=["before", "after"])
def test_no_words_run_into_each_other_or_off_the_sheet(
    resources: Resources, name: str, invitation: Invitation, day: datetime.datetime
) -> None:
    sheet = SHEETS[name](words_of(resources, invitation, day))
    lines = lines_of(sheet)
    for line in lines:
        left, top, right, bottom = line.box
        assert min(left, top) >= 0, line
        assert (right <= sheet.wide, bottom <= sheet.high) == (True, True), line
    for one, other in combinations(lines, 2):
        a, b = one.box, other.box
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 4 or b[3] <= a[1] + 4
        assert apart, (one.text, other.text)


@pytest.mark.parametrize("name", SHEETS)
def test_no_words_run_into_the_code(resources: Resources, name: str) -> None:
    sheet = SHEETS[name](words_of(resources, LONG_PAGE))
    codes = [each for each in sheet.marks if getattr(each, "color", "") == "#ffffff" and hasattr(each, "high")]
    assert len(codes) == (10 if name == "cards" else 1)
    for code in codes:
        for line in lines_of(sheet):
            left, top, right, bottom = line.box
            x, y, wide, high = code.x, code.y, code.wide, code.high  # type: ignore[attr-defined]
            assert right <= x or left >= x + wide or bottom <= y + 4 or top >= y + high - 4, line.text


def test_the_smallest_print_can_be_read(resources: Resources) -> None:
    """Millimetres of type: 2 are about six points."""
    words = words_of(resources, PAGE)
    smallest = {name: min(each.size for each in lines_of(draw(words))) for name, draw in SHEETS.items()}
    assert smallest["poster"] * 148 / layout.A4_WIDE >= 2.0, "on A5"
    assert smallest["cards"] / 10 >= 1.7
    assert smallest["picture"] >= 18, "pixels of 1080, of which a phone shows a third"


TEXTS: dict[str, str] = yaml.safe_load((Path(outreach.__file__).parent / "texts.yaml").read_text(encoding="utf-8"))


def test_the_type_has_every_letter_of_every_text() -> None:
    for name, text in TEXTS.items():
        for bold in (False, True):
            assert drawable(text, bold) == " ".join(text.split()), name


def test_no_number_of_the_law_stands_in_a_text() -> None:
    bare = {name: re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text) for name, text in TEXTS.items()}
    assert [
        name for name, text in bare.items() if re.search(r"\d", text.replace("UTF-8", "").replace("CTV 03", ""))
    ] == []


def test_every_text_is_said() -> None:
    root = Path(outreach.__file__).parents[1]
    sources = "\n".join(each.read_text() for each in [*root.glob("outreach/*.py"), root / "commands" / "outreach.py"])
    families = ("group", "place", "named", "column", "head")
    said = [name for name in TEXTS if name.split("_")[0] in families or re.search(rf'"{name}"', sources)]
    assert set(TEXTS) - set(said) == set()


def test_files_are_named_after_their_code_and_form() -> None:
    assert [file_name("cho", form) for form in FORMS] == ["cho-a4.pdf", "cho-a5.pdf", "cho-cards.pdf", "cho.png"]
