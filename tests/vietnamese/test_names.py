"""Names that people type are masked, however they write; what is no name stays."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.content import Content
from vietnamese import names
from vietnamese.masking import mask, mask_names
from vietnamese.normalize import fold


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Tôi tên là Nguyễn Văn Bảy, sinh 1970", "Tôi tên là [tên], sinh 1970"),
        ("tên em là Trần Thị Hoa ạ", "tên em là [tên] ạ"),
        ("con tôi là Trần Thị Hoa", "con tôi là [tên]"),
        ("em là Lan ở Kim Thành", "em là [tên] ở Kim Thành"),
        ("mình là Hoa", "mình là [tên]"),
        ("anh Nguyễn Văn A (chồng tôi) mất", "anh [tên] (chồng tôi) mất"),
        ("tôi họ Phạm tên Tuấn", "tôi họ [tên] tên [tên]"),
        ("Kính gửi BHXH Việt Nam, tôi là Lê Thị B, ở Hà Nội", "Kính gửi BHXH Việt Nam, tôi là [tên], ở Hà Nội"),
        ("Tôi hỏi về lương hưu.\nNguyễn Thị Lan, xã Thanh Hà", "Tôi hỏi về lương hưu.\n[tên], xã Thanh Hà"),
        ("Tôi hỏi về lương hưu. Xin cảm ơn!\nLan", "Tôi hỏi về lương hưu. Xin cảm ơn!\n[tên]"),
        ("xin cam on. nguyen thi lan", "xin cam on. [tên]"),
        ("Người gửi: Trần Văn Tèo", "Người gửi: [tên]"),
        ("toi ten la nguyen van bay sinh nam 1970", "toi ten la [tên] sinh nam 1970"),
        ("em la lan o kim thanh", "em la [tên] o kim thanh"),
        ("em la le thi lan", "em la [tên]"),
        ("TÔI TÊN LÀ NGUYỄN VĂN BẢY", "TÔI TÊN LÀ [tên]"),
        ("TOI LA NGUYEN VAN BAY", "TOI LA [tên]"),
        ("Tôi là NGUYỄN VĂN BẢY, nông dân", "Tôi là [tên], nông dân"),
        ("chồng tôi là Vừ A Dính đóng được 5 năm", "chồng tôi là [tên] đóng được 5 năm"),
        ("vợ tôi Trần Thị Lan sinh con", "vợ tôi [tên] sinh con"),
        ("bà Nguyễn Thị Út là mẹ tôi", "bà [tên] là mẹ tôi"),
        ("con gái tôi tên Bảo An, 5 tuổi", "con gái tôi tên [tên], 5 tuổi"),
        ("ten em la nguyen thi kim anh que o thai binh", "ten em la [tên] que o thai binh"),
        ("sổ của Phạm Minh Đức bị sai", "sổ của [tên] bị sai"),
        ("chị Lan ơi cho em hỏi", "chị [tên] ơi cho em hỏi"),
        ("To\u0302i te\u0302n la\u0300 Nguye\u0302\u0303n Va\u0306n Ba\u0309y", "To\u0302i te\u0302n la\u0300 [tên]"),
    ],
)  # fmt: skip
def test_a_name_is_masked(typed: str, kept: str) -> None:
    assert mask(typed) == (kept, False)


@pytest.mark.parametrize(
    "typed",
    [
        "tôi là nông dân", "Tôi là Nông dân", "TÔI LÀ NÔNG DÂN", "em là sinh viên", "mẹ tôi là người Tày", "tôi là Tày",
        "tôi là công nhân", "tên là gì", "bạn tên gì",
        "luật kể tên: ung thư", "con tôi là con nuôi", "BHXH Việt Nam", "Hải Phòng", "Hà Nội",
        "quê tôi là Thái Bình", "tôi là hộ nghèo", "toi la ho ngheo", "toi la vo liet si", "toi la nam sinh 1970",
        "tôi là nam, sinh 8/1974", "tôi là Đảng viên", "họ tên đóng sai thì sao", "sổ sai tên lót",
        "đường Nguyễn Văn Linh, quận Lê Chân, Hải Phòng", "tôi ở phố Trần Phú", "Thành phố Hồ Chí Minh", "anh Ba ơi",
        "lấy chồng Hàn Quốc", "lay chong dai loan", "chồng Nhật", "huyện Anh Sơn", "Bà Rịa",
        "đảo Cát Hải, Bạch Long Vĩ", "quê Hà Nội Việt Nam", "cô thu tiền ở xã",
        "Lương Hưu Được Bao Nhiêu", "LƯƠNG HƯU TỐI THIỂU", "đóng 15 năm thì được bao nhiêu", "em là chủ hộ", "cao tuổi",
        "me toi la luong y", "bảo hiểm là gì", "hồ sơ là những gì", "Em Muốn Hỏi Về Thai Sản", "tôi là lính", "",
    ],
)  # fmt: skip
def test_what_is_no_name_stays(typed: str) -> None:
    assert mask_names(typed) == typed


FULL_NAMES = st.builds(
    lambda family, middle, given_name: " ".join((family, *middle, given_name)),
    st.sampled_from(sorted(names.FAMILIES.written - {"ông", "văn", "y", "vi", "vy", "từ", "la"})),
    st.lists(st.sampled_from(sorted(names.MIDDLES.written)), min_size=1, max_size=2),
    st.sampled_from(sorted(names.GIVENS.written)),
)
LED = [
    "Tôi tên là {}, sinh năm 1970, quê ở Thanh Hà.",
    "Em là {} ạ, em muốn hỏi về lương hưu",
    "Chào cán bộ, tên em là {}. Em làm ruộng.",
    "Con tôi là {}, năm nay 5 tuổi",
    "Chồng tôi là anh {} (đã mất), đóng được 7 năm",
    "Cho hỏi bà {} ở xã tôi đóng được mấy năm rồi",
    "Tôi hỏi về lương hưu, xin cảm ơn.\n{}, xã Thanh Hà",
    "Họ và tên: {}; sinh 1970",
]


@given(FULL_NAMES, st.sampled_from(LED), st.sampled_from([str.title, str.upper]))
def test_nothing_stays_of_a_name_in_capitals(name: str, led: str, written: Callable[[str], str]) -> None:
    assert mask_names(led.format(written(name))) == led.format("[tên]")


SURE = st.builds(
    lambda family, between, given_name: f"{family} {between} {given_name}",
    st.sampled_from(["nguyễn", "trần", "phạm", "huỳnh", "phan", "bùi", "ngô", "hoàng"]),
    st.sampled_from(["văn", "thị"]),
    st.sampled_from(sorted(names.GIVENS.written)),
)


@given(SURE, st.sampled_from(LED), st.sampled_from([str, fold]), st.sampled_from([str.lower, str.upper, str.title]))
def test_nothing_stays_of_a_common_name_in_any_letters(
    name: str, led: str, accents: Callable[[str], str], case: Callable[[str], str]
) -> None:
    assert mask_names(case(accents(led.format(name)))) == case(accents(led)).replace("{}", "[tên]")


@given(st.text(alphabet="aăâbcdđêghiklmnoôơpqrstuưvxyàáảãạ NLT,.:\n[]'", max_size=80))
def test_masking_names_twice_changes_nothing(text: str) -> None:
    once = mask_names(text)
    assert mask_names(once) == once


WORDS = [
    "tên",
    "là",
    "tôi",
    "em",
    "họ",
    "Nguyễn",
    "nguyen",
    "Thị",
    "văn",
    "Lan",
    "hoa",
    "bà",
    "ở",
    "Người",
    "gửi",
    ":",
    ",",
    "\n",
    "[tên]",
    "A",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_masking_what_leads_to_names_twice_changes_nothing(words: list[str]) -> None:
    once = mask_names(" ".join(words))
    assert mask_names(once) == once


def test_the_time_grows_no_faster_than_the_letter() -> None:
    for piece in (
        "tên là ",
        "Nguyễn ",
        "tôi là nguyễn văn ",
        "a",
        "'",
        "Aa'",
        "[",
        "họ Phạm tên ",
        "\n",
        "e\u0301",
        "0 ",
        "không chín ",
        "a@",
        "số nhà 1 ",
        "tổ 5, ",
        "zalo tên là ",
        "facebook.com/a ",
        "sđt 1-",
        "0l",
    ):
        spent = []
        for times in (2_000, 16_000):
            begun = time.process_time()
            mask(piece * times)
            spent.append(time.process_time() - begun)
        assert spent[1] < 40 * max(spent[0], 0.001), piece


def test_in_all_that_is_known_to_be_asked_only_names_are_masked(content: Content) -> None:
    """Of some seven thousand questions a handful name somebody; each of these says so in capitals after a person."""
    changed = [
        (text, mask_names(text))
        for entry in content.library
        for text in (entry.question, *entry.phrasings)
        if mask_names(text) != text
    ]
    assert len(changed) < 15
    for text, masked in changed:
        start, _ = next(names.spans(text))
        before = fold(text[:start]).split()
        assert text[start].isupper(), (text, masked)
        assert before[-1] in ("la", "ten", "co", "ba", "ong", "chi", "anh", "chu", "bac"), (text, masked)
