"""The charts: what they show is what was computed, and every word of it can be read on a phone."""

from __future__ import annotations

import asyncio
import gc
import io
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from bot.charts import pictures
from bot.charts import sheet as drawn_on
from bot.charts.drawing import CHARTS, png
from bot.charts.figures import Figures
from bot.charts.page import short
from bot.charts.sheet import HEIGHT, WIDTH, Sheet, drawable, new_sheet
from handlers.dialogue.turn import Picture

Given = Mapping[str, str | int]

CHARTS_FOLDER = Path(drawn_on.__file__).parent
TEXTS: dict[str, str] = yaml.safe_load((CHARTS_FOLDER / "texts.yaml").read_text(encoding="utf-8"))
NOTE = "Từ 01/01/2027 mức thấp nhất đổi, theo Nghị định 351/2025 như báo chí đưa; cơ quan BHXH xác nhận."

USUAL: dict[str, Given] = {
    "pension_by_income": {
        "incomes": "1500000,2000000,3000000,5000000",
        "pensions": "990000,1000000,2000000,4000000",
        "owns": "264000,374000,594000,1034000",
        "chosen": 3_000_000,
        "months": 180,
        "month": "2026-11",
    },
    "payment_and_support": {
        "starts": "2026-12,2027-01,2036-12",
        "owns": "264000,387200,484000",
        "supports": "66000,96800,0",
        "last": "2041-11",
        "month": "2026-11",
        "note": NOTE,
    },
    "paid_and_received": {
        "months": "2026-12,2036-12,2041-12",
        "paid": "0,46340800,75380800",
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
        "lost": "time,pension,health_card,funeral,survivors",
        "month": "2026-11",
    },
    "plan": {
        "own": 264_000,
        "income": 1_500_000,
        "support": 66_000,
        "half_year": 1_584_000,
        "next_since": "2027-01",
        "next_own": 387_200,
        "full_price_from": "2036-12",
        "full_own": 484_000,
        "months_to_pay": 180,
        "cost": 75_380_800,
        "pension": 990_000,
        "pension_from": "2041-12",
        "age_years": 60,
        "months_at_pension": 180,
        "percent": "45",
        "payback": 77,
        "stop_missing": 82,
        "sex": "female",
        "born": "1981-11",
        "months_paid": 98,
        "month": "2026-11",
        "note": NOTE,
    },
}
USUAL["satisfaction_trend"] = {
    "labels": "37,38,39,40,41,42,43,44,45,46,47,48",
    "places": "0,1,3,4,5,6,7,8,9,10,11",
    "indexes": "8871,9000,7000,9512,10000,8333,8400,8912,9034,9100,8850",
    "ratings": "40,31,20,44,12,60,55,47,51,39,42",
    "target": 90,
}
SMALLEST: dict[str, Given] = {
    "satisfaction_trend": {"labels": "48"},
    "pension_by_income": {"incomes": "0", "pensions": "0", "month": "2026-11"},
    "payment_and_support": {"starts": "2026-12", "owns": "0", "supports": "0", "last": "2026-12", "month": "2026-11"},
    "paid_and_received": {
        "months": "2026-12",
        "paid": "0",
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


@contextmanager
def drawn(name: str, figures: Given) -> Iterator[Sheet]:
    with new_sheet() as sheet:
        CHARTS[name](sheet, Figures(figures))
        yield sheet


def words(sheet: Sheet) -> list[Text]:
    return [each for each in sheet.figure.findobj(Text) if each.get_text()]


def said(name: str, figures: Given) -> str:
    """Everything written on a chart, lines joined as they are read."""
    with drawn(name, figures) as sheet:
        return " ".join(each.get_text() for each in words(sheet))


def look(sheet: Sheet, smallest: float) -> None:
    """Every text stands on the sheet, clear of all others, and is large enough."""
    boxes = [(each.get_text(), each.get_window_extent()) for each in words(sheet)]
    assert boxes
    for text, box in boxes:
        assert box.x0 >= 20, text
        assert box.x1 <= WIDTH - 20, text
        assert box.y0 >= 8, text
        assert box.y1 <= HEIGHT, text
    for (text, box), (other, beside) in combinations(boxes, 2):
        apart = box.x1 <= beside.x0 or beside.x1 <= box.x0 or box.y1 <= beside.y0 + 3 or beside.y1 <= box.y0 + 3
        assert apart, f"«{text}» and «{other}» stand in each other"
    for each in words(sheet):
        assert each.get_fontsize() >= smallest, each.get_text()


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
    found = {color: many for many, color in picture.getcolors(1 << 20) or []}
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
    with drawn("pension_by_income", USUAL["pension_by_income"]) as sheet:
        wide = [each.get_width() for each in sheet.figure.findobj(Rectangle) if each.get_height() < HEIGHT / 2]
    bars = [each for each in wide if each > 1]
    assert bars[-1] / bars[-2] == pytest.approx(2)
    assert bars[-2] / bars[-3] == pytest.approx(2)


def test_the_pension_of_each_income_stands_beside_what_is_paid_for_it() -> None:
    shown = said("pension_by_income", USUAL["pension_by_income"])
    assert "Mức 1.500.000 đ: tự đóng 264.000 đ/tháng 990.000 đ" in shown
    assert "đóng đủ 15 năm" in shown


def test_more_incomes_than_there_is_room_for_are_thinned_with_both_ends_and_the_chosen_one_kept() -> None:
    incomes = ",".join(str(million * 1_000_000) for million in range(2, 42))
    for chosen in (2, 3, 20, 40, 41):
        figures = {"incomes": incomes, "pensions": incomes, "chosen": chosen * 1_000_000, "month": "2026-11"}
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
    figures: Given = {"starts": "2026-12", "owns": "484000", "supports": "0", "last": "2041-11", "month": "2026-11"}
    shown = said("payment_and_support", figures)
    assert "Không còn tháng nào được hỗ trợ" in shown
    assert "đóng giúp" not in shown


def test_the_lines_cross_where_the_payback_is() -> None:
    # 80 months of 1.000.000 make up the 80.000.000 paid
    figures: Given = {
        "months": "2026-12,2041-12",
        "paid": "0,80000000",
        "pension": 1_000_000,
        "pension_from": "2041-12",
        "payback": 80,
        "month": "2026-11",
    }
    with drawn("paid_and_received", figures) as sheet:
        lines = sheet.figure.findobj(Line2D)
        (dot,) = [each for each in lines if each.get_marker() == "o"]
        paid, received = [each for each in lines if each.get_linewidth() > 5 and each.get_marker() != "o"]
        x, y = float(dot.get_xdata()[0]), float(dot.get_ydata()[0])  # type: ignore[index,arg-type]
        assert y == pytest.approx(paid.get_ydata()[-1])  # type: ignore[index]
        (left, right), (low, high) = received.get_xdata(), received.get_ydata()  # type: ignore[misc]
        assert y == pytest.approx(low + (high - low) * (x - left) / (right - left))
    # the first pension in 12/2041, the 80th in 7/2048
    assert "Sau 6 năm 8 tháng nhận lương hưu (hết tháng 7/2048)" in said("paid_and_received", figures)


def test_a_payback_later_than_the_years_shown_is_shown_all_the_same() -> None:
    figures: Given = {
        "months": "2026-12,2041-12",
        "paid": "0,300000000",
        "pension": 1_000_000,
        "pension_from": "2041-12",
        "payback": 300,
        "month": "2026-11",
    }
    with drawn("paid_and_received", figures) as sheet:
        (dot,) = [each for each in sheet.figure.findobj(Line2D) if each.get_marker() == "o"]
        assert dot.get_xdata()[0] < WIDTH - 200  # type: ignore[index,operator]
        look(sheet, 28)


def test_withdrawing_stands_beside_years_of_pension() -> None:
    shown = said("withdraw_or_wait", USUAL["withdraw_or_wait"])
    assert "Rút một lần 46,9 triệu" in shown
    # 60, 120 and 240 months of 1.350.000
    assert "Nhận lương hưu 5 năm 81 triệu" in shown
    assert "Nhận lương hưu 10 năm 162 triệu" in shown
    assert "Nhận lương hưu 20 năm 324 triệu" in shown
    assert "còn đóng thêm 43.000.000 đ" in shown
    assert "Nhận lương hưu 5 năm 7 tháng thì bằng tiền rút cộng tiền đóng thêm." in shown


def test_only_what_is_true_for_this_person_is_said_to_be_lost() -> None:
    shown = said("withdraw_or_wait", {**USUAL["withdraw_or_wait"], "lost": "time,health_card"})
    assert "8 năm 2 tháng đã đóng" in shown
    assert "thẻ BHYT" in shown
    assert "mai táng" not in shown
    assert "tuất" not in shown


def test_the_plan_shows_the_figures_what_they_rest_on_and_stopping_beside_going_on() -> None:
    shown = said("plan", USUAL["plan"])
    for each in (
        "Kế hoạch của tôi",
        "264.000 đ",
        "Nhà nước giúp 66.000 đ",
        "Đóng 6 tháng một lần: 1.584.000 đ",
        "Từ tháng 1/2027: 387.200 đ",
        "Từ tháng 12/2036, hết hỗ trợ: 484.000 đ",
        "Đóng 15 năm nữa, tất cả khoảng 75.381.000 đ",
        "990.000 đ/tháng",
        "Nhận từ tháng 12/2041, lúc 60 tuổi",
        "hưởng 45%",
        "Nhận lại đủ tiền đóng từ nay sau 6 năm 5 tháng",
        "còn thiếu 6 năm 10 tháng",
        "Nữ, sinh tháng 11/1981, đã đóng 8 năm 2 tháng",
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
    with drawn(name, figures[name]) as sheet:
        look(sheet, 28)


dong = st.integers(0, 60_000_000)
sums = st.integers(0, 20_000_000_000)
span = st.integers(0, 600)
later = st.integers(1, 500)
notes = st.sampled_from(["", NOTE, f"{NOTE} {NOTE} {NOTE}", "⚠ Số liệu đang được cập nhật 🙂 $x$"])


def month(number: int) -> str:
    year, rest = divmod(2026 * 12 + 10 + number, 12)
    return f"{year}-{rest + 1:02d}"


def listed(numbers: list[int]) -> str:
    return ",".join(str(each) for each in numbers)


@st.composite
def any_pensions(draw: st.DrawFn) -> Given:
    many = draw(st.integers(1, 9))
    lists = st.lists(dong, min_size=many, max_size=many)
    figures: dict[str, str | int] = {"incomes": listed(draw(lists)), "pensions": listed(draw(lists))}
    if draw(st.booleans()):
        figures["owns"] = listed(draw(lists))
    return {**figures, "months": draw(span), "chosen": draw(dong), "month": "2026-11", "note": draw(notes)}


@st.composite
def any_payments(draw: st.DrawFn) -> Given:
    starts = sorted(draw(st.sets(st.integers(0, 480), min_size=1, max_size=7)))
    lists = st.lists(dong, min_size=len(starts), max_size=len(starts))
    return {
        "starts": ",".join(month(each) for each in starts),
        "owns": listed(draw(lists)),
        "supports": listed(draw(lists)),
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
        "months": ",".join(month(each) for each in months),
        "paid": listed(paid),
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
        "lost": ",".join(lost),
        "month": "2026-11",
        "note": draw(notes),
    }


@st.composite
def any_plans(draw: st.DrawFn) -> Given:
    full = {**USUAL["plan"], "cost": draw(sums), "stop_pension": draw(dong), "note": draw(notes)}
    full |= {name: draw(dong) for name in ("own", "income", "support", "half_year", "next_own", "full_own", "pension")}
    full |= {name: draw(span) for name in ("months_to_pay", "months_at_pension", "payback", "stop_missing")}
    left_out = draw(st.sets(st.sampled_from(sorted(full.keys() - {"pension", "pension_from", "month"}))))
    kept = {name: value for name, value in full.items() if name not in left_out}
    for since, own in (("next_since", "next_own"), ("full_price_from", "full_own")):
        if own not in kept:
            kept.pop(since, None)
    return kept


@st.composite
def any_trends(draw: st.DrawFn) -> Given:
    places = sorted(draw(st.sets(st.integers(0, 11))))
    indexes = [draw(st.integers(0, 10_000)) for _ in places]
    ratings = [draw(st.integers(1, 1_000_000)) for _ in places]
    rows = {"places": places, "indexes": indexes, "ratings": ratings}
    target = draw(st.sampled_from([{}, {"target": 80}, {"target": 90}]))
    labels = ",".join(str(draw(st.integers(1, 53))) for _ in range(12))
    return {"labels": labels, **{name: ",".join(map(str, row)) for name, row in rows.items()}, **target}


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
    with drawn(name, data.draw(ANY[name])) as sheet:
        look(sheet, 22)


def test_the_font_has_every_letter_of_every_text() -> None:
    for text in TEXTS.values():
        shown = " ".join(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text).split())
        assert drawable(shown) == shown
        assert drawable(shown, bold=True) == shown


def test_what_the_font_has_no_letter_for_is_left_out_not_drawn_as_a_box() -> None:
    assert drawable("👵 Lương hưu 🙂 Kế hoạch") == "Lương hưu Kế hoạch"


def test_a_number_keeps_its_unit_at_the_end_of_a_line() -> None:
    with new_sheet() as sheet:
        for room in range(200, 900, 10):
            lines = sheet.lines("Nhận 1.350.000 đ từ tháng 6/2034, sau 5 năm 7 tháng", 38, room)
            assert not any(line.endswith(("1.350.000", "tháng", " 5")) for line in lines[:-1])
            assert " ".join(lines).replace("\u00a0", " ") == "Nhận 1.350.000 đ từ tháng 6/2034, sau 5 năm 7 tháng"


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
        ("pension_by_income", {"pensions": "990000"}),
        ("pension_by_income", {"pensions": "990000,x,1,2"}),
        ("payment_and_support", {"owns": "1,2"}),
        ("payment_and_support", {"starts": "2027-01,2026-12,2036-12"}),
        ("payment_and_support", {"last": "2030-01"}),
        ("paid_and_received", {"paid": "5,4,6"}),
        ("paid_and_received", {"pension": -1}),
        ("paid_and_received", {"pension_from": "2041"}),
        ("withdraw_or_wait", {"withdraw": "nhiều"}),
        ("satisfaction_trend", {"places": "0,1"}),
        ("satisfaction_trend", {"places": "0,1,3,4,5,6,7,8,9,10,12"}),
        ("satisfaction_trend", {"indexes": "8871,9000,7000,9512,10001,8333,8400,8912,9034,9100,8850"}),
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
    again = await pictures.make(Picture(name, dict(reversed(USUAL[name].items())), "another caption"))
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


def test_matplotlib_is_loaded_at_the_first_chart_only_and_pyplot_never() -> None:
    program = (
        "import sys, bot.commands.cli, bot.app, bot.charts.pictures, bot.channels.terminal\n"
        "assert 'matplotlib' not in sys.modules\n"
        "from bot.charts.drawing import png\n"
        f"png('plan', {dict(SMALLEST['plan'])!r})\n"
        "assert 'matplotlib.figure' in sys.modules\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_pixels_of_a_picture_are_let_go_without_waiting_for_a_collection() -> None:
    gc.collect()
    gc.disable()
    try:
        for own in range(3):
            png("plan", {**USUAL["plan"], "own": 200_000 + own})
        drawn = [each for each in gc.get_objects() if isinstance(each, RendererAgg)]
        assert drawn
        assert not any(vars(each) for each in drawn)
    finally:
        gc.enable()


@pytest.mark.slow
def test_drawing_keeps_no_memory() -> None:
    def draw(times: int) -> None:
        for own in range(times):
            png("plan", {**USUAL["plan"], "own": 300_000 + own})
        gc.collect()

    def figures_alive() -> int:
        return sum(isinstance(each, Figure) for each in gc.get_objects())

    draw(3)
    alive = figures_alive()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        draw(12)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert figures_alive() <= alive
    assert after - before < 1_000_000  # one picture alone is 5,8 MB of pixels
