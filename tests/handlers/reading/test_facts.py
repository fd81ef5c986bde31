"""What a text states of a person: what it says is read, of the right person, and nothing it does not say."""

from __future__ import annotations

import datetime
import sys
from dataclasses import dataclass
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading import Birth, Facts, Whom, stated
from law.paying.support import SupportGroup
from tests.handlers.reading.told_facts import ALL
from tests.handlers.reading.told_variants import VARIANTS
from vietnamese.normalize import fold, normalize

TODAY = datetime.date(2026, 11, 27)


@pytest.mark.parametrize(("text", "facts"), [*ALL, *VARIANTS])
def test_a_text_states_its_facts_and_no_other(text: str, facts: Facts) -> None:
    assert stated(text, TODAY).facts == facts


@pytest.mark.parametrize(
    ("text", "words", "rest"),
    [
        (
            "nữ sinh 8/1974 đóng được 7 năm mức 1tr5 thì lương hưu bao nhiêu",
            {"sex": "nữ", "birth": "sinh 8/1974", "paid": "đóng được 7 năm", "past": "mức 1tr5"},
            "thi luong huu bao nhieu",
        ),
        ("nếu hộ nghèo thì sao", {"groups": "hộ nghèo"}, "neu thi sao"),
        ("Vợ tôi 1975", {"whom": "Vợ tôi", "birth": "1975"}, ""),
        ("e dong 1tr/thg dc k", {"payment": "dong 1tr/thg"}, "em duoc khong"),
        ("đóng ở đâu", {}, "dong o dau"),
        ("nu\u031b\u0303 sinh 1974 ạ", {"sex": "nữ", "birth": "sinh 1974"}, "a"),
    ],
)
def test_the_words_of_a_fact_are_those_typed_and_the_rest_is_what_else_was_said(
    text: str, words: dict[str, str], rest: str
) -> None:
    read = stated(text, TODAY)
    assert read.words == words
    assert read.rest == rest


def test_a_fact_told_in_two_ways_is_left_in_the_rest() -> None:
    read = stated("nữ sinh 1974, sinh 1980", TODAY)
    assert (read.facts.sex, read.facts.birth) == ("female", None)
    assert "1974" in read.rest
    assert "1980" in read.rest


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (
            "toi nam sinh 9/1975, vo toi sinh 1/1978, bao gio vo toi du tuoi nghi huu",
            (Facts(whom="self", sex="male", birth=Birth(1975, 9)),),
        ),
        (
            "nam 1970, vợ 1975 bao giờ nghỉ hưu",
            (Facts(whom="self", sex="male", birth=Birth(1970)),),
        ),
        (
            "vợ tôi 1975, tôi 1970, tôi bao giờ được nghỉ hưu",
            (Facts(whom="wife", sex="female", birth=Birth(1975)),),
        ),
        ("vợ tôi sinh 1975", ()),
        ("tôi 45 tuổi muốn mua", ()),
    ],
)
def test_what_is_told_of_the_others_is_theirs(text: str, others: tuple[Facts, ...]) -> None:
    assert stated(text, TODAY).others == others


# --- persons told in many ways -----------------------------------------------------------------------


@dataclass(frozen=True)
class _Told:
    """Somebody, and how their payment, level and group are written."""

    facts: Facts
    clauses: tuple[str, ...]


_AMOUNTS = st.sampled_from(
    [
        (300_000, "300k"),
        (500_000, "500 nghìn"),
        (500_000, "nửa triệu"),
        (1_000_000, "1tr"),
        (1_500_000, "1tr5"),
        (1_500_000, "1 triệu rưỡi"),
        (1_500_000, "1.500.000đ"),
        (2_000_000, "hai triệu"),
        (3_200_000, "3tr2"),
        (5_000_000, "5.000.000 đồng"),
    ]
)
_GROUPS: list[tuple[tuple[SupportGroup, ...], str]] = [
    (("poor",), "nhà thuộc hộ nghèo"),
    (("near_poor",), "hộ cận nghèo"),
    (("ethnic_minority",), "dân tộc Tày"),
    (("island_or_special_zone",), "nhà ở đặc khu"),
    (("other",), "không thuộc diện nào"),
]
_WHOM: list[tuple[Whom, str]] = [("wife", "vợ tôi"), ("husband", "chồng em"), ("mother", "mẹ tôi"), ("father", "bố em")]


@st.composite
def _people(draw: st.DrawFn) -> _Told:
    birth = Birth(draw(st.integers(1940, 2005)), draw(st.none() | st.integers(1, 12)))
    written = str(birth.year) if birth.month is None else f"{birth.month}/{birth.year}"
    years, months = draw(st.integers(2, 14)), draw(st.integers(0, 11))
    length = f"{years} năm {months} tháng" if months else f"{years} năm"
    level, level_written = draw(_AMOUNTS.filter(lambda one: one[0] >= 1_000_000))
    group, group_written = draw(st.sampled_from(_GROUPS))
    amount, amount_written = draw(_AMOUNTS)
    paying = draw(
        st.sampled_from(
            [
                ("payment", f"muốn đóng {amount_written} một tháng"),
                ("payment", f"mỗi tháng đóng {amount_written}"),
                ("wanted", f"muốn lương hưu {amount_written}"),
                ("wanted", f"về già muốn có {amount_written} mỗi tháng"),
            ]
        )
    )
    kind = draw(
        st.sampled_from(
            [
                ("paid", "past", f"đã đóng được {length} mức {level_written}"),
                ("own", "past", f"tự nguyện được {length} mức {level_written}"),
                ("firm", "wage", f"làm công ty {length} lương {level_written}"),
            ]
        )
    )
    sex = draw(st.sampled_from(["male", "female"]))
    whom, named = draw(st.sampled_from([(None, ""), *_WHOM]))
    who = f"{named} sinh {written}" if whom else f"{'nam' if sex == 'male' else 'nữ'} sinh {written}"
    if whom is not None:
        sex = "female" if whom in ("wife", "mother") else "male"
    clauses = draw(st.permutations([kind[2], group_written, paying[1]]))
    facts = Facts(whom=whom, sex=sex, birth=birth, groups=group, **{  # type: ignore[arg-type]
        kind[0]: years * 12 + months, kind[1]: level, paying[0]: amount,
    })  # fmt: skip
    return _Told(facts, (who, *clauses))


@given(_people(), st.sampled_from([", ", ". ", " , "]))
def test_whoever_is_told_is_read_back(told: _Told, between: str) -> None:
    assert stated(between.join(told.clauses), TODAY).facts == told.facts


@given(_people())
def test_whoever_is_told_without_accents_is_read_back(told: _Told) -> None:
    assert stated(fold(", ".join(told.clauses)), TODAY).facts == told.facts


@given(_people())
def test_whoever_is_told_in_a_letter_is_read_back(told: _Told) -> None:
    letter = "Kính gửi cán bộ. " + ". ".join(told.clauses) + ". Mong được trả lời giúp, xin cảm ơn nhiều."
    assert stated(letter, TODAY).facts == told.facts
    assert stated(letter.upper(), TODAY).facts == told.facts


# --- whatever is typed -------------------------------------------------------------------------------

_WORDS = (
    "vợ tôi chồng em mẹ ba bố con gái chị ơi nam nữ sinh sn 1974 8/1974 75 52 tuổi tháng năm nay sau đóng được 7 rưỡi "
    "mức 1tr5 500k triệu lương hưu muốn về già có hộ nghèo cận không thuộc diện nào tự nguyện công ty nghỉ mất bầu đôi "
    "một lần từ đến 12/2022 - / , . ? thì bao nhiêu cả quý dân tộc đảo rút vì cần tiền k e ck "
).split()


@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_no_order_of_words_breaks_the_reading(words: list[str]) -> None:
    text = " ".join(words)
    read = stated(text, TODAY)
    assert set(read.words) <= set(read.facts.names())
    assert not read.facts.groups or not {"poor", "near_poor"} <= set(read.facts.groups)
    alone = {each for word in words for each in fold(normalize(word)).split()}  # «k» alone is «không»
    assert set(read.rest.split()) <= set(fold(normalize(text)).split()) | set(fold(text).split()) | alone


@given(st.text(max_size=300))
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    read = stated(text, TODAY)
    assert read.facts.birth is None or 1900 <= read.facts.birth.year <= TODAY.year


def _calls(text: str) -> int:
    """How many functions are called to read a text; no slow machine changes it."""
    called = 0

    def count(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal called
        called += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        stated(text, TODAY)
    finally:
        sys.setprofile(before)
    return called


@pytest.mark.parametrize(
    "words",
    [
        _WORDS,
        ["tháng"],
        ["-"],
        ["1"],
        ["1", "/"],
        ["năm", "nay"],
        ["đóng", "7", "năm"],
        ["đóng", "500k"],
        ["500k"],
        ["vợ", "tôi"],
        ["không", "hộ", "nghèo"],
        ["từ", "2012", "đến", "2020"],
        ["bầu", "được"],
        ["aaaa"],
    ],
    ids=" ".join,
)
def test_the_work_of_a_letter_grows_with_its_length_only(words: list[str]) -> None:
    short, long = (" ".join((words * size)[:size]) for size in (150, 600))
    assert len(long) <= 4_000
    assert _calls(long) < 6 * _calls(short)
