"""What people type on a phone becomes plain words, and stays as it is the second time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.abbreviations import SHORT
from vietnamese.keystrokes import from_telex, from_vni
from vietnamese.normalize import fold, has_accents, normalize
from vietnamese.syllable import is_syllable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bhxh tn đc bnhiu 1 th v mn", "bảo hiểm xã hội tự nguyện được bao nhiêu 1 tháng vậy mọi người"),
        ("wen đóng th trc h đóng bù đc hk", "quên đóng tháng trước giờ đóng bù được không"),
        ("15 nam la dc huu fai hk", "15 nam la được huu phải không"),
        ("bà nội 78t k có lương hưu dc tiền j ko", "bà nội 78 tuổi không có lương hưu được tiền gì không"),
        ("Đóng BHXH: được gì?!", "đóng bảo hiểm xã hội được gì"),
        ("nghĩ việc rồi, phãi lấy sỗ ở đâu", "nghỉ việc rồi phải lấy sổ ở đâu"),
        ("gởi chổ nào", "gửi chỗ nào"),
        ("đượcccc khôngggg", "được không"),
        ("có được 0", "có được không"),
        ("rút được 0 đồng", "rút được 0 đồng"),
    ],
)
def test_short_forms_and_slips_are_spelled_out(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quên mk rồi", "quên mật khẩu rồi"),
        ("vậy mk đóng đc k", "vậy mình đóng được không"),
        ("trợ cấp tn", "trợ cấp thất nghiệp"),
        ("đóng bhxh tn", "đóng bảo hiểm xã hội tự nguyện"),
        ("đóng max thì bn tr 1 th", "đóng max thì bao nhiêu triệu 1 tháng"),
        ("bằng ck", "bằng chuyển khoản"),
        ("ck mình", "chồng mình"),
        ("em là hs", "em là học sinh"),
        ("nộp hs ở đâu", "nộp hồ sơ ở đâu"),
        ("sổ hong", "sổ hồng"),
    ],
)
def test_one_short_form_means_two_things_by_what_stands_before(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1tr5/th", "1 triệu 5 tháng"),
        ("500k", "500 nghìn"),
        ("1.500.000đ", "1500000 đồng"),
        ("ngày2.12 ởHồ Chí Minh", "ngày 2.12 ở hồ chí minh"),
        ("rút 1lần t12.2021", "rút 1 lần tháng 12 2021"),
        ("VssID và VNeID", "vssid và vneid"),
        ("[SỐ] của [TÊN] đây", "của đây"),
        ("mẫu TK1-TS", "mẫu tờ khai"),
        ("", ""),
        ("🙏🙏 ...", ""),
    ],
)
def test_numbers_and_words_are_taken_apart(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


@pytest.mark.parametrize(
    ("keys", "meant"),
    [
        ("bao hieemr xax hooij tuwj nguyeenj", "bao hiểm xã hội tự nguyện"),
        ("ddongs bao nhieeu tieenf", "đóng bao nhiêu tiền"),
        ("dduowcj khoong", "được không"),
        ("luwowng huwu", "lương hưu"),
        ("laf gif", "là gì"),
        ("nôpj đươcj tiênf môn sơn", "nộp được tiền môn sơn"),
        ("bao3 hie63m xa4 ho65i", "bảo hiểm xã hội"),
        ("d9u7o7c5 tie62n", "được tiền"),
    ],
)
def test_keystrokes_left_by_the_keyboard_become_words(keys: str, meant: str) -> None:
    assert normalize(keys) == meant


@pytest.mark.parametrize("typed", ["app web sms", "dong bao hiem 3 thang", "max min otp", "thang 3 nam 2027"])
def test_ordinary_words_are_not_taken_for_keystrokes(typed: str) -> None:
    assert normalize(typed) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("toi da dong 5 nam", "tôi dong 5 nam"),
        ("ho tro toi da nhan duoc 120 thang", "ho tro toi da nhan duoc 120 thang"),
        ("so nam toi da dong mot lan la 5", "so nam toi da dong mot lan la 5"),
        ("moi lan toi da dong 5 nam", "moi lan toi da dong 5 nam"),
    ],
)
def test_who_paid_already_and_the_most_that_may_be_paid_are_told_apart(typed: str, meant: str) -> None:
    assert normalize(typed) == meant


def test_a_counted_word_beside_its_number_is_not_a_tone() -> None:
    assert normalize("nam2 thang3") == "nam 2 thang 3"


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("hieemr", "hiểm"),
        ("hieerm", "hiểm"),
        ("quyeenf", "quyền"),
        ("giaays", "giấy"),
        ("hoafn", "hoàn"),
        ("muaf", "mùa"),
    ],
)
def test_telex_puts_the_tone_on_the_right_vowel(keys: str, word: str) -> None:
    assert from_telex(keys) == word


@pytest.mark.parametrize("keys", ["dong", "weather", "zalo", "b2b", "hiểm", "x"])
def test_what_is_no_telex_is_left_alone(keys: str) -> None:
    assert from_telex(keys) is None


@pytest.mark.parametrize(
    ("keys", "word"),
    [("a8n", "ăn"), ("co1", "có"), ("mu71c", "mức"), ("t12", None), ("ba0", None), ("123", None), ("ba9", None)],
)
def test_vni(keys: str, word: str | None) -> None:
    assert from_vni(keys) == word


def test_both_ways_of_placing_a_tone_are_one() -> None:
    assert normalize("huỷ uỷ quyền hoà") == normalize("hủy ủy quyền hòa")
    assert normalize("quý quỹ") == "quý quỹ"


def test_fold_keeps_letters_and_drops_accents() -> None:
    assert fold("Đóng BHXH tự NGUYỆN") == "dong bhxh tu nguyen"


def test_accents_are_noticed_by_share() -> None:
    assert has_accents("đóng bảo hiểm được gì")
    assert not has_accents("dong bao hiem duoc gi không")
    assert not has_accents("bhxh")
    assert not has_accents("")


def test_no_short_form_changes_twice() -> None:
    assert [short for short, full in SHORT.items() if normalize(normalize(short)) != normalize(short)] == []


@pytest.mark.parametrize("word", ["nghieng", "quyen", "gi", "uong", "a", "khuya"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hieemr", "want", "cd", "", "strong"])
def test_other_spellings_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


_VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạấềệọụ 0123456789.,?!/-hjkwzfTĐ", max_size=60)


@given(st.one_of(_VIETNAMESE, st.text(max_size=60)))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(_VIETNAMESE)
def test_what_is_normal_has_no_capitals_and_single_spaces(text: str) -> None:
    once = normalize(text)
    assert once == once.lower() == " ".join(once.split())
