"""The charts: what they show is what was computed, and every word of it can be read on a phone."""

from __future__ import annotations

import asyncio
import gc
import io
import re
import subprocess
import sys
import tracemalloc
import unicodedata
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFont

from bot.charts import letters, pictures
from bot.charts import sheet as drawn_on
from bot.charts.drawing import CHARTS, png
from bot.charts.figures import Figures
from bot.charts.letters import drawable
from bot.charts.marks import Bar, Card, Dot, Line, Mark, Words
from bot.charts.over_time import AtTime, over_time
from bot.charts.page import short
from bot.charts.sheet import HEIGHT, PAPER, WIDTH, Sheet
from handlers.dialogue.turn import Picture, PictureFigure

Given = Mapping[str, PictureFigure]

CHARTS_FOLDER = Path(drawn_on.__file__).parent
TEXTS: dict[str, str] = yaml.safe_load((CHARTS_FOLDER / "texts.yaml").read_text(encoding="utf-8"))
NOTE = "Từ 01/01/2027 mức thấp nhất đổi, theo Nghị định 351/2025 như báo chí đưa; cơ quan BHXH xác nhận."

USUAL: dict[str, Given] = {
    "pension_by_income": {
        "incomes": (1_500_000, 2_000_000, 3_000_000, 5_000_000),
        "pensions": (990_000, 1_000_000, 2_000_000, 4_000_000),
        "owns": (264_000, 374_000, 594_000, 1_034_000),
        "chosen": 3_000_000,
        "months": 180,
        "month": "2026-11",
    },
    "payment_and_support": {
        "starts": ("2026-12", "2027-01", "2036-12"),
        "owns": (264_000, 387_200, 484_000),
        "supports": (66_000, 96_800, 0),
        "last": "2041-11",
        "month": "2026-11",
        "note": NOTE,
    },
    "paid_and_received": {
        "months": ("2026-12", "2036-12", "2041-12"),
        "paid": (0, 46_340_800, 75_380_800),
        "pension": 990_000,
        "pension_from": "2041-12",
        "payback": 77,
        "month": "2026-11",
    },
    "withdraw_or_wait": {
        "withdraw": 46_868_000,
        "pension": 1_350_000,
        "pension_from": "2034-06",
        "cost": 43_000_000,
        "payback": 67,
        "months_paid": 98,
        "lost": ("time", "pension", "health_card", "funeral", "survivors"),
        "month": "2026-11",
    },
    "plan": {
        "own": 387_200,
        "own_since": "2027-01",
        "income": 2_200_000,
        "support": 96_800,
        "half_year": 2_323_200,
        "starts": ("2026-12", "2027-01", "2036-12"),
        "owns": (264_000, 387_200, 484_000),
        "full_price_from": "2036-12",
        "months_to_pay": 180,
        "cost": 75_380_800,
        "pension": 990_000,
        "pension_from": "2041-12",
        "age_years": 60,
        "months_at_pension": 180,
        "percent": "45",
        "payback": 77,
        "stop_missing": 82,
        "person": "Tính cho: nữ, hộ nghèo, đã đóng 8 năm 2 tháng, mức 1.300.000 đ (chưa biết nên tạm tính).",
        "born": "1981-11",
        "month": "2026-11",
        "note": NOTE,
    },
}
USUAL["satisfaction_trend"] = {
    "labels": ("37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48"),
    "places": (0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11),
    "indexes": (8_871, 9_000, 7_000, 9_512, 10_000, 8_333, 8_400, 8_912, 9_034, 9_100, 8_850),
    "ratings": (40, 31, 20, 44, 12, 60, 55, 47, 51, 39, 42),
    "target": 90,
}
TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
"""The five tones, as marks of their own."""
SMALLEST: dict[str, Given] = {
    "satisfaction_trend": {"labels": ("48",)},
    "pension_by_income": {"incomes": (0,), "pensions": (0,), "month": "2026-11"},
    "payment_and_support": {
        "starts": ("2026-12",),
        "owns": (0,),
        "supports": (0,),
        "last": "2026-12",
        "month": "2026-11",
    },
    "paid_and_received": {
        "months": ("2026-12",),
        "paid": (0,),
        "pension": 0,
        "pension_from": "2026-12",
        "until": "2026-12",
        "month": "2026-11",
    },
    "withdraw_or_wait": {"withdraw": 0, "pension": 0, "pension_from": "2026-12", "month": "2026-11"},
    "plan": {"pension": 0, "pension_from": "2026-12", "month": "2026-11"},
}


OF_THE_LAW = [name for name in CHARTS if name != "satisfaction_trend"]
"""What citizens see; the trend is for staff."""


def drawn(name: str, figures: Given) -> Sheet:
    sheet = Sheet()
    CHARTS[name](sheet, Figures(figures))
    return sheet


def words(sheet: Sheet) -> list[Words]:
    return [each for each in sheet.marks if isinstance(each, Words)]


def said(name: str, figures: Given) -> str:
    """Everything written on a chart, lines joined as they are read."""
    return " ".join(each.text for each in words(drawn(name, figures)))


def room(line: Words) -> letters.Box:
    """What a line takes up: its ink, and the height of an «lp» where it has no such letters."""
    left, top, right, bottom = line.box
    _, highest, _, lowest = Words("lp", line.x, line.y, line.size, line.color, line.bold).box
    return left, min(top, highest), right, max(bottom, lowest)


def look(sheet: Sheet, smallest: float) -> None:
    """Every text stands on the sheet, clear of all others, and is large enough."""
    boxes = [(each.text, room(each)) for each in words(sheet)]
    assert boxes
    for text, (left, top, right, bottom) in boxes:
        assert left >= 20, text
        assert right <= WIDTH - 20, text
        assert top >= 0, text
        assert bottom <= HEIGHT - 8, text
    for (text, (left, top, right, bottom)), (other, beside) in combinations(boxes, 2):
        apart = right <= beside[0] or beside[2] <= left or bottom <= beside[1] + 3 or beside[3] <= top + 3
        assert apart, f"«{text}» and «{other}» stand in each other"
    for each in words(sheet):
        assert each.size >= smallest, each.text


def painted(*marks: Mark) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    for mark in marks:
        mark.paint(image)
    return image


def inked(image: Image.Image) -> letters.Box:
    """The smallest box around everything that is not paper."""
    box = ImageChops.difference(image, painted()).getbbox()
    assert box is not None
    return box


# --- the picture itself ----------------------------------------------------------------------------


@pytest.mark.parametrize("figures", [USUAL, SMALLEST], ids=["usual", "smallest"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_a_png_of_a_phones_shape_with_something_on_it(name: str, figures: Mapping[str, Given]) -> None:
    picture = Image.open(io.BytesIO(png(name, figures[name]))).convert("RGB")
    assert picture.size == (1080, 1350)
    colors = picture.getcolors(1 << 20)
    assert colors is not None
    assert len(colors) > 10


@pytest.mark.parametrize(
    ("name", "colors"),
    [
        ("plan", (drawn_on.FIRST_LIGHT, drawn_on.SECOND_LIGHT, drawn_on.PAPER)),
        ("withdraw_or_wait", (drawn_on.FIRST_LIGHT, drawn_on.PAPER)),
        ("payment_and_support", (drawn_on.FIRST, drawn_on.SECOND, drawn_on.PAPER)),
    ],
)
def test_fewer_colors_do_not_melt_cards_and_areas_into_the_paper(name: str, colors: tuple[str, ...]) -> None:
    picture = Image.open(io.BytesIO(png(name, USUAL[name]))).convert("RGB")
    found = {color: many for many, color in picture.getcolors(1 << 20) or [] if isinstance(color, tuple)}
    for color in colors:
        wanted = bytes.fromhex(color[1:])
        near = [many for has, many in found.items() if max(abs(a - b) for a, b in zip(has, wanted, strict=True)) <= 3]
        assert sum(near) > 20_000, color


@pytest.mark.parametrize("name", OF_THE_LAW)
def test_every_chart_says_the_date_of_the_law_that_it_is_an_estimate_and_whom_to_ask(name: str) -> None:
    for figures in (USUAL[name], SMALLEST[name]):
        shown = said(name, figures)
        assert "tháng 11/2026" in shown
        assert "41/2024/QH15" in shown
        assert "ước tính" in shown.lower()
        assert "1900 9068" in shown


@pytest.mark.parametrize("name", OF_THE_LAW)
def test_the_note_and_the_documents_handed_over_are_shown(name: str) -> None:
    shown = said(name, {**USUAL[name], "note": NOTE, "source": "Nghị định 300/2027/NĐ-CP"})
    assert NOTE in shown
    assert "Nghị định 300/2027/NĐ-CP" in shown
    assert "41/2024" not in shown


# --- what it shows is what was computed -------------------------------------------------------------


def test_a_bar_twice_as_long_is_a_pension_twice_as_high() -> None:
    sheet = drawn("pension_by_income", USUAL["pension_by_income"])
    bars = [each.wide for each in sheet.marks if isinstance(each, Bar)]
    assert bars[-1] / bars[-2] == pytest.approx(2)
    assert bars[-2] / bars[-3] == pytest.approx(2)


def test_the_pension_of_each_income_stands_beside_what_is_paid_for_it() -> None:
    shown = said("pension_by_income", USUAL["pension_by_income"])
    assert "Mức 1.500.000 đ: tự đóng 264.000 đ/tháng 990.000 đ" in shown
    assert "đóng đủ 15 năm" in shown


def test_more_incomes_than_there_is_room_for_are_thinned_with_both_ends_and_the_chosen_one_kept() -> None:
    incomes = tuple(million * 1_000_000 for million in range(2, 42))
    for chosen in (2, 3, 20, 40, 41):
        figures: Given = {"incomes": incomes, "pensions": incomes, "chosen": chosen * 1_000_000, "month": "2026-11"}
        shown = said("pension_by_income", figures)
        for million in (2, chosen, 41):
            assert f"Mức {million}.000.000 đ" in shown
        assert shown.count("Mức") == 6


def test_the_support_is_summed_over_its_months_and_ends_when_it_ends() -> None:
    # 1 month at 66.000 and 119 at 96.800: 66.000 + 11.519.200
    shown = said("payment_and_support", USUAL["payment_and_support"])
    assert "Trong 120 tháng, Nhà nước đóng giúp tổng cộng 11.585.200 đ" in shown
    assert "hết hỗ trợ 12/2036" in shown
    assert "Từ 12/2036 484.000 đ không còn" in shown


def test_a_local_top_up_is_named_with_the_states_support() -> None:
    shown = said("payment_and_support", {**USUAL["payment_and_support"], "with_local": 1})
    assert "Nhà nước và địa phương đóng giúp" in shown


def test_without_support_none_is_promised() -> None:
    figures: Given = {
        "starts": ("2026-12",),
        "owns": (484_000,),
        "supports": (0,),
        "last": "2041-11",
        "month": "2026-11",
    }
    shown = said("payment_and_support", figures)
    assert "Không còn tháng nào được hỗ trợ" in shown
    assert "đóng giúp" not in shown


def test_the_lines_cross_where_the_payback_is() -> None:
    # 80 months of 1.000.000 make up the 80.000.000 paid
    figures: Given = {
        "months": ("2026-12", "2041-12"),
        "paid": (0, 80_000_000),
        "pension": 1_000_000,
        "pension_from": "2041-12",
        "payback": 80,
        "month": "2026-11",
    }
    marks = drawn("paid_and_received", figures).marks
    (dot,) = [each for each in marks if isinstance(each, Dot)]
    paid, received = [each for each in marks if isinstance(each, Line) and each.wide > 5]
    assert dot.y == pytest.approx(paid.points[-1][1])
    (left, low), (right, high) = received.points
    assert dot.y == pytest.approx(low + (high - low) * (dot.x - left) / (right - left))
    # the first pension in 12/2041, the 80th in 7/2048
    assert "Sau 6 năm 8 tháng nhận lương hưu (hết tháng 7/2048)" in said("paid_and_received", figures)


def test_a_payback_later_than_the_years_shown_is_shown_all_the_same() -> None:
    figures: Given = {
        "months": ("2026-12", "2041-12"),
        "paid": (0, 300_000_000),
        "pension": 1_000_000,
        "pension_from": "2041-12",
        "payback": 300,
        "month": "2026-11",
    }
    sheet = drawn("paid_and_received", figures)
    (dot,) = [each for each in sheet.marks if isinstance(each, Dot)]
    assert dot.x < WIDTH - 200
    look(sheet, 28)


def test_withdrawing_stands_beside_years_of_pension() -> None:
    shown = said("withdraw_or_wait", USUAL["withdraw_or_wait"])
    assert "Rút một lần 46,9 triệu" in shown
    # 60, 120 and 240 months of 1.350.000
    assert "Lương hưu 5 năm 81 triệu" in shown
    assert "Lương hưu 10 năm 162 triệu" in shown
    assert "Lương hưu 20 năm 324 triệu" in shown
    assert "còn đóng thêm 43.000.000 đ" in shown
    assert "Nhận lương hưu 5 năm 7 tháng thì bằng tiền rút cộng tiền đóng thêm." in shown


def test_only_what_is_true_for_this_person_is_said_to_be_lost() -> None:
    shown = said("withdraw_or_wait", {**USUAL["withdraw_or_wait"], "lost": ("time", "health_card")})
    assert "8 năm 2 tháng đã đóng" in shown
    assert "thẻ BHYT" in shown
    assert "mai táng" not in shown
    assert "tuất" not in shown


def test_the_plan_shows_the_figures_what_they_rest_on_and_stopping_beside_going_on() -> None:
    shown = said("plan", USUAL["plan"])
    for each in (
        "Kế hoạch của tôi",
        "Tôi đóng mỗi tháng, từ tháng 1/2027 387.200 đ",
        "Mức thu nhập 2.200.000 đ, Nhà nước giúp 96.800 đ",
        "Đóng 6 tháng một lần: 2.323.200 đ",
        "Riêng tháng 12/2026: 264.000 đ",
        "Từ tháng 12/2036, hết hỗ trợ: 484.000 đ",
        "Đóng 15 năm nữa, tất cả khoảng 75.381.000 đ",
        "990.000 đ/tháng",
        "Nhận từ tháng 12/2041, lúc 60 tuổi",
        "hưởng 45%",
        "Nhận lại đủ tiền đóng từ nay sau 6 năm 5 tháng",
        "còn thiếu 6 năm 10 tháng",
        "Tính cho: nữ, hộ nghèo, đã đóng 8 năm 2 tháng, mức 1.300.000 đ (chưa biết nên tạm tính). Sinh tháng 11/1981.",
        "theo giá hôm nay",
        NOTE,
    ):
        assert each in shown


def test_a_plan_says_nothing_of_what_is_not_known() -> None:
    shown = said("plan", SMALLEST["plan"])
    assert "Tôi không phải đóng thêm" in shown
    for each in ("Nam", "Nữ", "sinh", "hỗ trợ", "dừng", "đóng đều", "0 tháng", "%", "None"):
        assert each not in shown


def test_a_pension_for_who_stops_now_is_shown_beside_the_other() -> None:
    shown = said("plan", {**USUAL["plan"], "stop_missing": 0, "stop_pension": 650_000})
    assert "650.000 đ/tháng" in shown
    assert "còn thiếu" not in shown


@pytest.mark.parametrize(
    ("dong", "words_of_it"),
    [
        (0, "0 đ"),
        (999, "999 đ"),
        (12_345, "12,3 nghìn"),
        (999_499, "999 nghìn"),
        (999_500, "1 triệu"),
        (46_868_000, "46,9 triệu"),
        (81_000_000, "81 triệu"),
        (999_900_000, "1 tỷ"),
        (1_234_000_000, "1,23 tỷ"),
        (123_456_000_000, "123 tỷ"),
    ],
)
def test_a_short_amount_has_three_digits_and_the_right_unit(dong: int, words_of_it: str) -> None:
    assert short(dong) == words_of_it


# --- it can be read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("figures", [USUAL, SMALLEST], ids=["usual", "smallest"])
@pytest.mark.parametrize("name", CHARTS)
def test_every_word_can_be_read_on_a_phone(name: str, figures: Mapping[str, Given]) -> None:
    look(drawn(name, figures[name]), 28)


dong = st.integers(0, 60_000_000)
sums = st.integers(0, 20_000_000_000)
span = st.integers(0, 600)
later = st.integers(1, 500)
notes = st.sampled_from(["", NOTE, f"{NOTE} {NOTE} {NOTE}", "⚠ Số liệu đang được cập nhật 🙂 $x$"])


def month(number: int) -> str:
    year, rest = divmod(2026 * 12 + 10 + number, 12)
    return f"{year}-{rest + 1:02d}"


@st.composite
def any_pensions(draw: st.DrawFn) -> Given:
    many = draw(st.integers(1, 9))
    lists = st.lists(dong, min_size=many, max_size=many)
    figures: dict[str, PictureFigure] = {"incomes": tuple(draw(lists)), "pensions": tuple(draw(lists))}
    if draw(st.booleans()):
        figures["owns"] = tuple(draw(lists))
    return {**figures, "months": draw(span), "chosen": draw(dong), "month": "2026-11", "note": draw(notes)}


@st.composite
def any_payments(draw: st.DrawFn) -> Given:
    starts = sorted(draw(st.sets(st.integers(0, 480), min_size=1, max_size=7)))
    lists = st.lists(dong, min_size=len(starts), max_size=len(starts))
    return {
        "starts": tuple(month(each) for each in starts),
        "owns": tuple(draw(lists)),
        "supports": tuple(draw(lists)),
        "last": month(starts[-1] + draw(span)),
        "with_local": draw(st.integers(0, 1)),
        "month": "2026-11",
        "note": draw(notes),
    }


@st.composite
def any_lives(draw: st.DrawFn) -> Given:
    months = sorted(draw(st.sets(span, min_size=1, max_size=4)))
    paid = sorted(draw(st.lists(sums, min_size=len(months), max_size=len(months))))
    start = months[-1] + draw(span)
    return {
        "months": tuple(month(each) for each in months),
        "paid": tuple(paid),
        "pension": draw(dong),
        "pension_from": month(start),
        "payback": draw(span),
        "month": "2026-11",
        "note": draw(notes),
        **({"until": month(start + draw(later))} if draw(st.booleans()) else {}),
    }


@st.composite
def any_choices(draw: st.DrawFn) -> Given:
    lost = draw(st.lists(st.sampled_from(["time", "pension", "health_card", "funeral", "survivors"]), unique=True))
    return {
        "withdraw": draw(sums),
        "pension": draw(dong),
        "pension_from": month(draw(span)),
        "cost": draw(sums),
        "payback": draw(span),
        "months_paid": draw(span),
        "lost": tuple(lost),
        "month": "2026-11",
        "note": draw(notes),
    }


@st.composite
def any_plans(draw: st.DrawFn) -> Given:
    full = {**USUAL["plan"], "cost": draw(sums), "stop_pension": draw(dong), "note": draw(notes)}
    full |= {name: draw(dong) for name in ("own", "income", "support", "half_year", "pension")}
    full["owns"] = tuple(draw(dong) for _ in range(3))
    full |= {name: draw(span) for name in ("months_to_pay", "months_at_pension", "payback", "stop_missing")}
    left_out = draw(st.sets(st.sampled_from(sorted(full.keys() - {"pension", "pension_from", "month"}))))
    kept = {name: value for name, value in full.items() if name not in left_out}
    if not {"starts", "owns"} <= kept.keys():
        kept.pop("starts", None)
        kept.pop("owns", None)
    return kept


@st.composite
def any_trends(draw: st.DrawFn) -> Given:
    places = sorted(draw(st.sets(st.integers(0, 11))))
    indexes = [draw(st.integers(0, 10_000)) for _ in places]
    ratings = [draw(st.integers(1, 1_000_000)) for _ in places]
    rows = {"places": places, "indexes": indexes, "ratings": ratings}
    target = draw(st.sampled_from([{}, {"target": 80}, {"target": 90}]))
    labels = tuple(str(draw(st.integers(1, 53))) for _ in range(12))
    return {"labels": labels, **{name: tuple(row) for name, row in rows.items()}, **target}


ANY = {
    "satisfaction_trend": any_trends(),
    "pension_by_income": any_pensions(),
    "payment_and_support": any_payments(),
    "paid_and_received": any_lives(),
    "withdraw_or_wait": any_choices(),
    "plan": any_plans(),
}


@pytest.mark.parametrize("name", CHARTS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_no_figures_make_the_words_of_a_chart_run_into_each_other(name: str, data: st.DataObject) -> None:
    look(drawn(name, data.draw(ANY[name])), 22)


def test_the_font_has_every_letter_of_every_text() -> None:
    for text in TEXTS.values():
        shown = " ".join(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text).split())
        assert drawable(shown) == shown
        assert drawable(shown, bold=True) == shown


def test_what_the_font_has_no_letter_for_is_left_out_not_drawn_as_a_box() -> None:
    assert drawable("👵 Lương hưu 🙂 Kế hoạch") == "Lương hưu Kế hoạch"
    sheet = Sheet()
    for nothing in ("", " ", "🙂", "\u200d"):
        sheet.text(64, 64, nothing)
    assert painted(*sheet.marks).getcolors() == [(WIDTH * HEIGHT, (255, 255, 255))]


def test_a_number_keeps_its_unit_at_the_end_of_a_line() -> None:
    for wide in range(200, 900, 10):
        lines = Sheet().lines("Nhận 1.350.000 đ từ tháng 6/2034, sau 5 năm 7 tháng", 38, wide)
        assert not any(line.endswith(("1.350.000", "tháng", " 5")) for line in lines[:-1])
        assert " ".join(lines).replace("\u00a0", " ") == "Nhận 1.350.000 đ từ tháng 6/2034, sau 5 năm 7 tháng"


# --- what is painted is what was meant ----------------------------------------------------------------


@pytest.mark.parametrize("name", CHARTS)
def test_every_word_stands_where_it_is_said_to_and_is_as_wide_as_measured(name: str) -> None:
    for line in words(drawn(name, USUAL[name])):
        left, top, right, bottom = inked(painted(Words(line.text, line.x, line.y, line.size, "black", line.bold)))
        said_left, said_top, said_right, said_bottom = line.box
        beside = 1 + 0.12 * line.size  # what a letter keeps free on either side
        assert said_left <= left <= said_left + beside, line.text
        assert said_right - beside <= right <= said_right, line.text
        assert said_top <= top <= said_top + 1, line.text
        assert said_bottom - 1 <= bottom <= said_bottom, line.text
        measured = letters.width(line.text, line.size, line.bold)
        assert right - left == pytest.approx(measured, abs=2 * beside), line.text


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
@pytest.mark.parametrize("size", [22, 34, 62])
def test_every_vietnamese_letter_is_printed_with_all_its_marks(size: int, bold: bool) -> None:
    vowels = "aăâeêioôơuưy"
    composed = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in ("", *TONES)}
    small = sorted(composed | set("bcdđghklmnpqrstvx"))
    alphabet = [*small, *(each.upper() for each in small)]
    font = CHARTS_FOLDER / "fonts" / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    large, printed = ImageFont.truetype(font, 8 * size), set()
    for each in alphabet:
        image = painted(Words(each, 20, 20, size, "black", bold))
        _, top, _, bottom = inked(image)
        _, highest, _, lowest = large.getbbox(each, anchor="ls")
        assert (top, bottom) == pytest.approx((20 + size + highest / 8, 20 + size + lowest / 8), abs=2), each
        printed.add(image.crop((0, 0, 120, 140)).tobytes())
    assert len(printed) == len(alphabet) == 2 * (12 * 6 + 17)
    apart = [unicodedata.normalize("NFD", each) for each in alphabet]
    assert [drawable(each, bold) for each in apart] == alphabet


def test_bars_and_level_lines_have_sharp_edges() -> None:
    bar, line = Bar(100.4, 200.6, 300.2, 49.5, "#102030"), Line(((64, 900.3), (1016.2, 900.3)), "#102030", 3)
    assert inked(painted(bar)) == (100, 201, 401, 250)
    assert inked(painted(line)) == (64, 899, 1016, 902)
    for mark in (bar, line):
        assert {color for _, color in painted(mark).getcolors() or []} == {(255, 255, 255), (16, 32, 48)}


def test_bars_that_end_at_the_same_place_leave_no_paper_between() -> None:
    for third in range(1, 40):
        lower = 400 - third / 3
        image = painted(Bar(100, 300, 50, lower - 300, "red"), Bar(100, lower, 50, 400 - lower, "blue"))
        assert {color for _, color in image.crop((100, 300, 150, 400)).getcolors() or []} <= {(255, 0, 0), (0, 0, 255)}


def test_slanted_lines_round_corners_and_dots_are_smooth_and_where_they_were_put() -> None:
    line = Line(((100.0, 900.0), (400.0, 500.0)), "black", 9)
    left, top, right, bottom = inked(painted(line))
    assert (left, top) == pytest.approx((100 - 4.5, 500 - 4.5), abs=1.5)
    assert (right, bottom) == pytest.approx((400 + 4.5, 900 + 4.5), abs=1.5)
    assert painted(line).getpixel((250, 700)) == (0, 0, 0)
    card = painted(Card(64, 100, 900, 300, "black"))
    assert inked(card) == (64, 100, 964, 400)
    assert card.getpixel((66, 102)) == (255, 255, 255)
    assert card.getpixel((64 + 22, 100)) == (0, 0, 0)
    dot = painted(Dot(500, 600, "black", PAPER))
    assert inked(dot) == pytest.approx((490.5, 590.5, 509.5, 609.5), abs=1.5)
    for image in (painted(line), card, dot):
        assert len(image.getcolors() or []) > 5


def test_a_dashed_line_reaches_from_end_to_end_with_gaps_as_long_as_its_dashes() -> None:
    dashed = painted(Line(((500, 300), (500, 420)), "black", 3, dashed=True))
    left, top, right, bottom = inked(dashed)
    assert (left, top, right) == (499, 300, 502)
    assert 396 <= bottom <= 420
    column = [dashed.getpixel((500, y)) == (0, 0, 0) for y in range(300, 420)]
    assert column == ([True] * 12 + [False] * 12) * 5


# --- words ------------------------------------------------------------------------------------------


def test_every_text_of_the_charts_is_said_and_every_one_said_is_there() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CHARTS_FOLDER.glob("*.py"))
    quoted = set(re.findall(r"""["']([a-z_]+)["']""", code))
    prefixes = tuple(re.findall(r"""say\(f["']([a-z_]+)\{""", code))
    assert prefixes
    assert {key for key in TEXTS if key not in quoted and not key.startswith(prefixes)} == set()
    assert set(re.findall(r"""say\(\s*["']([a-z_]+)["']""", code)) - TEXTS.keys() == set()


# --- figures that can't be drawn ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("pension_by_income", {"pensions": (990_000,)}),
        ("pension_by_income", {"pensions": (990_000, "x", 1, 2)}),
        ("pension_by_income", {"incomes": "1500000,2000000,3000000,5000000"}),
        ("pension_by_income", {"chosen": "3000000"}),
        ("paid_and_received", {"months": (), "paid": ()}),
        ("withdraw_or_wait", {"lost": "time,pension"}),
        ("payment_and_support", {"owns": (1, 2)}),
        ("payment_and_support", {"starts": ("2027-01", "2026-12", "2036-12")}),
        ("payment_and_support", {"last": "2030-01"}),
        ("paid_and_received", {"paid": (5, 4, 6)}),
        ("paid_and_received", {"pension": -1}),
        ("paid_and_received", {"pension_from": "2041"}),
        ("withdraw_or_wait", {"withdraw": "nhiều"}),
        ("satisfaction_trend", {"places": (0, 1)}),
        ("satisfaction_trend", {"places": (0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 12)}),
        ("satisfaction_trend", {"indexes": (10_001, *[9_000] * 10)}),
    ],
)
def test_figures_that_do_not_go_together_are_refused_not_drawn(name: str, changed: Given) -> None:
    with pytest.raises(ValueError, match=r"."):
        png(name, {**USUAL[name], **changed})


@pytest.mark.parametrize("name", OF_THE_LAW)
def test_a_chart_without_the_date_of_its_law_is_not_drawn(name: str) -> None:
    with pytest.raises(KeyError):
        png(name, {key: value for key, value in USUAL[name].items() if key != "month"})


# --- made on the way out ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHARTS)
async def test_a_picture_is_made_once_for_all_who_ask_for_the_same(name: str) -> None:
    first = await pictures.make(Picture(name, USUAL[name]))
    again = await pictures.make(Picture(name, dict(reversed(list(USUAL[name].items()))), "another caption"))
    assert again is first
    assert await pictures.make(Picture(name, SMALLEST[name])) != first


async def test_the_conversation_goes_on_while_pictures_are_made() -> None:
    making = asyncio.gather(*(pictures.make(Picture("plan", {**USUAL["plan"], "own": own})) for own in range(1, 6)))
    turns = 0
    while not making.done():
        turns += 1
        await asyncio.sleep(0.001)
    assert all(each.startswith(b"\x89PNG") for each in making.result())
    assert turns > 5


def test_pillow_is_loaded_at_the_first_chart_only() -> None:
    program = (
        "import sys, bot.commands.cli, bot.app, bot.charts.pictures, bot.channels.terminal\n"
        "assert 'PIL' not in sys.modules\n"
        "from bot.charts.drawing import png\n"
        f"png('plan', {dict(SMALLEST['plan'])!r})\n"
        "assert 'PIL.Image' in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def images_alive() -> int:
    return sum(isinstance(each, Image.Image) for each in gc.get_objects())


def test_the_pixels_of_a_picture_are_let_go_without_waiting_for_a_collection() -> None:
    png("plan", USUAL["plan"])
    gc.collect()
    gc.disable()
    try:
        alive = images_alive()
        for own in range(3):
            png("plan", {**USUAL["plan"], "own": 200_000 + own})
        assert images_alive() <= alive
    finally:
        gc.enable()


@pytest.mark.slow
def test_drawing_keeps_no_memory() -> None:
    def draw(times: int) -> None:
        for own in range(times):
            png("plan", {**USUAL["plan"], "own": 300_000 + own})
        gc.collect()

    draw(3)
    alive = images_alive()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        draw(12)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert images_alive() <= alive
    assert after - before < 1_000_000  # one picture alone is 5,8 MB of pixels


# --- on paper ----------------------------------------------------------------------------------------


def test_the_targets_of_the_plan_are_steps_and_a_share_stands_on_its_height() -> None:
    shown = [AtTime(str(2020 + year), None, None, 0.8 if year < 2 else 0.85 if year < 6 else 0.9) for year in range(8)]
    shown[6] = AtTime("2026", 0.85, (0.8, 0.9), 0.9)
    sheet = over_time(shown)
    steps = [each for each in sheet.marks if isinstance(each, Line) and each.dashed][:3]
    (dot,) = [each for each in sheet.marks if isinstance(each, Dot)]
    lowest, middle, highest = (each.points for each in steps)
    assert lowest[0][1] > middle[0][1] > highest[0][1]
    assert dot.y == pytest.approx(middle[0][1])  # 85 % of 2026 is as high as the target of 2025
    assert (lowest[-1], middle[-1][0]) == ((middle[0][0], lowest[0][1]), highest[0][0])
    assert highest[0][0] < dot.x < highest[-1][0]
    for each in words(sheet):
        left, top, right, bottom = each.box
        assert (left >= 0, top >= 0, right <= sheet.wide, bottom <= sheet.high) == (True,) * 4, each.text
        assert each.size >= 30


def test_many_places_on_the_axis_keep_their_words_apart() -> None:
    sheet = over_time([AtTime(f"Tháng {month % 12 + 1}/2026", 0.9, (0.0, 1.0), None) for month in range(36)])
    boxes = [each.box for each in words(sheet)]
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] + 3 or other[3] <= one[1] + 3
    with pytest.raises(ValueError, match="at least one"):
        over_time([])
