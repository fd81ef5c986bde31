"""Money as people type it: what is read, and what must not be taken for an amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading import money, money_range
from handlers.reading.amounts import amounts_in
from handlers.reading.words import only, tokens_of


def _found(text: str) -> int | None:
    return only(value for value, _, _ in amounts_in(tokens_of(text)))


WHOLE = [
    ("3 xị", 300_000),
    ("cho tui 400k di", 400_000),
    ("300-400k", None),
    ("1tr5", 1_500_000),
    ("1,5 triệu", 1_500_000),
    ("1.5tr", 1_500_000),
    ("1 triệu rưỡi", 1_500_000),
    ("một triệu rưỡi", 1_500_000),
    ("mot trieu ruoi", 1_500_000),
    ("500k", 500_000),
    ("500 nghìn", 500_000),
    ("500 ngàn", 500_000),
    ("500.000", 500_000),
    ("500.000đ", 500_000),
    ("500000 vnd", 500_000),
    ("2 củ", 2_000_000),
    ("2 triệu 300", 2_300_000),
    ("2tr3", 2_300_000),
    ("2tr350", 2_350_000),
    ("1tr999k", 1_999_000),
    ("1tr1000k", None),
    ("hai triệu ba", 2_300_000),
    ("nửa triệu", 500_000),
    ("năm trăm nghìn", 500_000),
    ("năm trăm", 500_000),
    ("5 trăm", 500_000),
    ("1 chai", 1_000_000),
    ("5 lít", 500_000),
    ("triệu hai", 1_200_000),
    ("1 triệu mốt", 1_100_000),
    ("500", 500_000),
    ("2", None),
    ("1500", 1_500_000),
    ("1975", None),
    ("-500k", None),
    ("0", None),
    ("0k", None),
    ("dạ khoảng 500k ạ", 500_000),
    ("chac tam 1tr5", 1_500_000),
    ("1 500 000", 1_500_000),
    ("1,500,000", 1_500_000),
    ("1.500.000 đồng", 1_500_000),
    ("3 triệu 1 tháng", 3_000_000),
    ("3tr/tháng", 3_000_000),
    ("3 trieu mot thang", 3_000_000),
    ("mỗi tháng 3 triệu", 3_000_000),
    ("2tr50", None),
    ("2tr05", 2_050_000),
    ("2tr35", 2_350_000),
    ("hai ba triệu", None),
    ("2-3 triệu", None),
    ("2,3 triệu", 2_300_000),
    ("vài triệu", None),
    ("dưới 2 triệu", None),
    ("trên dưới 2 triệu", 2_000_000),
    ("đóng bao nhiêu thì được 2 triệu lương hưu?", None),
    ("500k được không", None),
    ("tam trieu", 8_000_000),
    ("tam nam trieu", 5_000_000),
    ("tầm 5 triệu", 5_000_000),
    ("1.500 triệu", None),
    ("1,5", 1_500_000),
    ("trăm rưỡi", 150_000),
    ("2 trăm rưỡi", 250_000),
    ("hai trăm năm mươi nghìn", 250_000),
    ("năm trăm rưỡi", 550_000),
    ("năm trăm năm mươi", 550_000),
    ("hai triệu năm", 2_500_000),
    ("hai trieu nam", 2_500_000),
    ("2 triệu năm", None),
    ("năm triệu", 5_000_000),
    ("nam trieu", 5_000_000),
    ("năm triệu năm", 5_500_000),
    ("2 triệu 3 trăm", 2_300_000),
    ("2 triệu 3 trăm nghìn", 2_300_000),
    ("hai triệu không trăm năm mươi nghìn", 2_050_000),
    ("2 triệu 50 nghìn", 2_050_000),
    ("2tr300k", 2_300_000),
    ("1 trieu 500 nghin dong", 1_500_000),
    ("0912345678", None),
    ("034175001234", None),
    ("123456789", None),
    ("500$", None),
    ("22%", None),
    ("1trieeju ruwowxi", 1_500_000),
    ("trieeuj hai", 1_200_000),
    ("1 trieeuj ruwowix", 1_500_000),
    ("1 trie65u", 1_000_000),
    ("1TR5", 1_500_000),
    ("500K", 500_000),
    ("nửa củ", 500_000),
    ("củ rưỡi", None),
    ("1 củ rưỡi", 1_500_000),
    ("2 củ 3", 2_300_000),
    ("3 triệu năm 2026", None),
    ("mười lăm triệu", 15_000_000),
    ("muoi trieu", 10_000_000),
    ("mười triệu năm", 10_500_000),
    ("hai mươi triệu", 20_000_000),
    ("20tr", 20_000_000),
    ("1.5 củ", 1_500_000),
    ("năm chục nghìn", 50_000),
    ("5 chục", 50_000),
    ("1 tỷ", 1_000_000_000),
    ("500 đồng", None),
    ("em lam duoc 3 trieu", 3_000_000),
    ("luong 3tr5 a", 3_500_000),
    ("1.500", 1_500_000),
    ("50", 50_000),
    ("49", None),
    ("10000", 10_000),
    ("500000", 500_000),
    ("50.000.000", 50_000_000),
    ("500-600k", None),
    ("3tr hoặc 5tr", None),
    ("500k (năm trăm nghìn)", 500_000),
    ("500.000,00", 500_000),
    ("hai trăm năm nghìn", None),
    ("1500.000", 1_500_000),
    ("năm", None),
    ("một triệu hai trăm", 1_200_000),
    ("một triệu hai", 1_200_000),
    ("mot trieu mot", 1_100_000),
    ("1 triệu 2 trăm rưỡi", 1_250_000),
    ("rưỡi", None),
    ("triệu", None),
    ("3 triệu nhé bạn", 3_000_000),
    ("~500k", 500_000),
    ("500k?", 500_000),
    ("3 triệu 8 năm", None),
    ("50 tuổi", None),
    ("50t", None),
    ("15/3/1975", None),
    ("7 năm", None),
    ("2 trăm", 200_000),
    ("2 tram 50", 250_000),
    ("tram hai", 120_000),
    ("1 trăm 5", 150_000),
    ("1tr 5", 1_500_000),
    ("1 tr 5", 1_500_000),
    ("300 ngàn một tháng", 300_000),
    ("300n", 300_000),
    ("1,25 triệu", 1_250_000),
    ("hai triệu rưởi", 2_500_000),
    ("2 triệu bạc", 2_000_000),
    ("1tr2/th", 1_200_000),
    ("500 k", 500_000),
    ("thôi", None),
    ("không", None),
    ("chưa biết", None),
    ("0,5 triệu", 500_000),
    ("nửa", None),
    ("hai mươi lăm triệu", 25_000_000),
    ("một trăm", 100_000),
    ("1 triệu lẻ 5", None),
    ("1tr500", 1_500_000),
    ("2 triệu 2", 2_200_000),
    ("10 triệu", 10_000_000),
    ("một trăm nghìn", 100_000),
    ("+500k", None),
    ("âm 5 triệu", None),
    ("năm tram", 500_000),
    ("ba triệu bảy", 3_700_000),
    ("ba triệu bảy trăm năm mươi nghìn", 3_750_000),
    ("1 triệu 7 trăm rưỡi", 1_750_000),
    ("3.5 triệu/tháng", 3_500_000),
    ("mấy triệu", None),
    ("1tr-2tr", None),
    ("bảy trăm rưởi", 750_000),
    ("7 trăm", 700_000),
    ("1m5", None),
    ("dạ thưa 500k", 500_000),
    ("khoảng 3 triệu gì đó", 3_000_000),
    ("bốn triệu tư", 4_400_000),
    ("2 triệu mốt", 2_100_000),
    ("2 trăm tư", 240_000),
    ("tr rưỡi", 1_500_000),
    ("2tr005", 2_005_000),
    ("3 triệu mấy", None),
    ("chưa có thu nhập", None),
    ("mức thấp nhất", None),
    ("5 triệu rưởi", 5_500_000),
    ("1500000 đ/tháng", 1_500_000),
]
IN_A_SENTENCE = [
    ("thu nhập 3 triệu đóng bao nhiêu", 3_000_000),
    ("đóng 500k một tháng thì được bao nhiêu", 500_000),
    ("đóng bao nhiêu thì được 2 triệu lương hưu?", 2_000_000),
    ("hai ba triệu thì sao", None),
    ("2-3 triệu thì sao", None),
    ("từ 2 đến 3 triệu", None),
    ("thu nhập 3 triệu 8 năm", 3_000_000),
    ("thu nhập 3 triệu 2 vợ chồng", 3_000_000),
    ("dong muc 2 trieu trong 20 nam thi luong huu duoc bao nhieu", 2_000_000),
    ("tôi 45 k có tiền", None),
    ("2 trieu nam ngoai", 2_000_000),
    ("sinh 1975 đóng 2tr3 được gì", 2_300_000),
    ("mức 1,5 triệu hay 2 triệu", None),
    ("rút được hơn 40 triệu vì con nhập viện", 40_000_000),
    ("đóng 500 nghìn/tháng", 500_000),
    ("5 trăm người", None),
    ("dư được chừng năm trăm ngàn", 500_000),
    ("đóng 1.500.000 được gì", 1_500_000),
    ("gọi 0912345678", None),
    ("sinh 1975, 3 triệu", 3_000_000),
    ("thu nhap 2 trieu 5 thi sao", 2_500_000),
    ("đóng 2 triệu 20 năm", 2_000_000),
    ("hàng tháng 2tr 15 năm lương hưu", 2_000_000),
    ("số cũ 5 năm", None),
    ("luật cũ hai năm", None),
    ("bán 2 triệu đồng", 2_000_000),
    ("đóng 330000đ", 330_000),
    ("ba tôi 5 triệu", 5_000_000),
    ("mức 22% là bao nhiêu", None),
    ("3 triệu thì hỗ trợ bao nhiêu", 3_000_000),
    ("mấy triệu thì đủ", None),
    ("cơ quan 15 triệu năm 2026", 15_000_000),
    ("500000 một tháng", 500_000),
    ("tôi 2 triệu 3 một tháng", 2_300_000),
    ("mã 123456", None),
]


@pytest.mark.parametrize(("text", "amount"), WHOLE)
def test_a_message_is_read_as_an_amount(text: str, amount: int | None) -> None:
    assert money(text) == amount


@pytest.mark.parametrize(("text", "amount"), IN_A_SENTENCE)
def test_an_amount_is_found_in_a_sentence(text: str, amount: int | None) -> None:
    assert _found(text) == amount


def test_a_letter_too_long_for_an_answer_is_not_cut_down_to_one() -> None:
    assert money("500k" + " ạ" * 150) is None


def test_an_amount_cut_by_the_end_of_what_is_searched_is_not_half_read() -> None:
    assert _found("a " * 1997 + "500.000.000 đồng") is None


def test_accents_may_come_composed_or_apart() -> None:
    assert money("1 tri\u0065\u0302\u0323u r\u01b0\u01a1\u0303i") == 1_500_000


@given(st.text())
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    for amount in (money(text), _found(text)):
        assert amount is None or 1_000 <= amount <= 10_000_000_000


@given(
    st.lists(
        st.sampled_from(
            [
                "trăm",
                "triệu",
                "tr",
                "k",
                "nghìn",
                "rưỡi",
                "hai",
                "năm",
                "mốt",
                "1.500",
                "1,5",
                "2",
                "500",
                "tháng",
                "/",
                "-",
                "đ",
                "nửa",
                "lít",
                "củ",
                "chục",
            ]
        )
    )
)
def test_no_order_of_money_words_breaks_the_reading(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        for amount in (money(text), _found(text)):
            assert amount is None or 1_000 <= amount <= 10_000_000_000


@given(st.integers(10, 99_999).map(lambda thousands: thousands * 1_000))
def test_an_amount_written_out_is_read_back(amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    for text in (
        dotted,
        f"{dotted}đ",
        f"{dotted} đ",
        f"{amount:,} đồng",
        f"{amount // 1_000}k",
        f"{amount} vnd",
    ):
        assert money(text) == amount
    assert _found(f"thu nhập {dotted} đ một tháng thì đóng bao nhiêu") == amount


@given(st.integers(1, 50), st.integers(1, 999))
def test_millions_and_thousands_are_read_back(millions: int, thousands: int) -> None:
    amount = millions * 1_000_000 + thousands * 1_000
    assert money(f"{millions} triệu {thousands} nghìn") == amount
    assert money(f"{millions}tr{thousands:03}") == amount


@pytest.mark.parametrize(
    ("text", "between"),
    [
        ("300-400k", (300_000, 400_000)),
        ("1 đến 2 triệu", (1_000_000, 2_000_000)),
        ("300 hoac 500", (300_000, 500_000)),
        ("500-300", None),
        ("300k", None),
        ("1-2-3 triệu", None),
        ("15/3-4", None),
        ("5-6 năm", None),
        ("đến bao giờ", None),
    ],
)
def test_a_range_of_two_amounts(text: str, between: tuple[int, int] | None) -> None:
    assert money_range(text) == between
