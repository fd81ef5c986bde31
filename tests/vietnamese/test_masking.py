"""Personal numbers never pass; years, dates and money do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.masking import mask


@pytest.mark.parametrize(
    "number",
    [
        "0912345678", "0912 345 678", "0912.345.678", "091-234-5678", "09 12 34 56 78", "+84 912 345 678",
        "+84912345678", "84912345678",
        "(0220) 385 6789", "0912/345/678", "001075012345", "001 075 012 345", "001.075.012.345",
        "079-075-012345", "123456789", "145 678 901", "0123456789", "4111 1111 1111 1111", "19036789012345",
        "GD4797912345678", "٠٩١٢٣٤٥٦٧٨",
    ],
)  # fmt: skip
def test_personal_numbers_are_masked(number: str) -> None:
    masked, changed = mask(f"số của tôi {number} nhé")
    assert masked == "số của tôi [số] nhé"
    assert changed


@pytest.mark.parametrize(
    "kept",
    [
        "đóng 1.500.000 mỗi tháng", "1.500.000.000 đồng", "500000", "20 triệu", "150.000.000đ", "150 000 000 đồng",
        "12.000.000 - 15.000.000", "12,500,000", "sinh 03/1975", "sinh năm 1975", "15/03/1975 4 con",
        "từ 3/2015 - 2/2017", "01.01.2020-31.12.2021", "2018 2019 2020 2021", "năm 2025", "gọi 1900 9068",
        "đóng 330.000 12 tháng 2026", "Luật số 41/2024/QH15", "78 tuổi", "",
    ],
)  # fmt: skip
def test_years_dates_and_money_stay(kept: str) -> None:
    assert mask(kept) == (kept, False)


def test_a_number_glued_to_words_is_masked_alone() -> None:
    assert mask("sđt0912345678nhé") == ("sđt[số]nhé", True)


def test_an_address_of_mail_is_masked() -> None:
    assert mask("gửi về lan.nguyen@gmail.com giúp") == ("gửi về [email] giúp", True)


def test_the_rest_of_the_message_stays() -> None:
    text = "Tôi sinh 15/03/1975, CCCD 030075001234, đóng 1.500.000 từ 8/2020, gọi 0912 345 678"
    assert mask(text)[0] == "Tôi sinh [ngày]/03/1975, CCCD [số], đóng 1.500.000 từ 8/2020, gọi [số]"


@given(st.text(max_size=20), st.from_regex(r"[0-9]{9,16}", fullmatch=True), st.text(max_size=20))
def test_no_run_of_nine_digits_passes(before: str, number: str, after: str) -> None:
    masked, changed = mask(before + number + after)
    assert changed
    assert not re.search(r"\d{9,16}", masked)


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True), st.sampled_from([" ", ".", "-", " - ", "_"]))
def test_a_mobile_number_never_passes_in_groups(number: str, between: str) -> None:
    for groups in ((4, 3, 3), (3, 3, 4), (4, 2, 2, 2), (2, 2, 2, 2, 2)):
        parts, start = [], 0
        for size in groups:
            parts.append(number[start : start + size])
            start += size
        assert mask(f"gọi {between.join(parts)} nhé") == ("gọi [số] nhé", True)


@given(st.text(max_size=80))
def test_masking_twice_changes_nothing(text: str) -> None:
    once, _ = mask(text)
    assert mask(once) == (once, False)
