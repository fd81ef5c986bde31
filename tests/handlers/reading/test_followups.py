"""Messages that hang on what was said before, corrections, courtesies, and several questions in one message."""

from __future__ import annotations

import datetime

import pytest

from faq.library import Aspect
from handlers import reading

TODAY = datetime.date(2026, 11, 27)


def read(text: str) -> reading.Followup | None:
    return reading.followup(text, reading.stated(text, TODAY))


@pytest.mark.parametrize(
    "text",
    [
        "còn nam thì sao",
        "Còn nữ thì sao ạ?",
        "nếu hộ nghèo thì sao",
        "thế 20 năm",
        "bố tôi thì sao",
        "thế mẹ chồng em thì thế nào",
        "sinh đôi thì sao",
        "thế mức 5 triệu",
        "con ho ngheo thi s",
        "the 3tr thi sao",
        "neu 500k thi ntn",
        "thì sao",
        "trường hợp là cận nghèo thì sao",
        "nếu đóng 20 năm thì sao",
        "nam",
        "3 triệu",
        "dzậy đóng nguyên năm thì sao",
        "the gom nua nam",
        "vậy đóng 15 năm thôi?",
        "rứa 20 năm thì răng",
        "con chong toi dong y vay thi sao",
        "con la dan ong",
    ],
)
def test_the_same_is_asked_of_other_facts(text: str) -> None:
    assert read(text) == reading.Followup(None, corrects=False, certain=True)


@pytest.mark.parametrize(
    ("aspect", "texts"),
    [
        ("papers", "cần giấy tờ gì | hồ sơ gồm những gì | mang theo gì | cần mang gì | can giay to j | hs gồm gì ạ"),
        ("papers", "chuẩn bị những giấy tờ nào vậy em | cần những gì | thế giấy tờ thì thế nào"),
        ("where", "nop don o dau | nop giay to cho ai | gửi cho ai | liên hệ ai | nôpj o dau | lên đâu nộp"),
        ("where", "nộp ở đâu | đến đâu làm | làm ở chỗ nào | ra xã hay ra huyện | nop o dau z | nộp hồ sơ ở đâu"),
        ("how", "làm thế nào | thủ tục thế nào | các bước | lam sao vay | thủ tục ntn | vậy phải làm gì"),
        ("wait", "bao lâu thì có | mấy ngày thì xong | bao giờ nhận được tiền | bao lau co tien | khi nào xong"),
        ("wait", "giải quyết trong bao lâu | bao lâu thì được lãnh | bữa nào có | chờ bao lâu vậy"),
        ("deadline", "phải nộp trong bao lâu | nộp trong mấy ngày | giúp được mấy năm | mấy ngày phải nộp"),
        ("deadline", "hạn chót khi nào | trước ngày nào | đến bao giờ thì hết hạn | cham nhat la ngay nao"),
        (
            "amount",
            "được bao nhiêu | bao nhiêu tiền | mấy tiền một tháng | nhận được nhiêu | dc bn | một năm bao nhiêu",
        ),
        ("amount", "z muc 2tr5 cung 3 thang 1 lan thi nhiu | thế cận nghèo thì bớt còn mấy"),
        ("amount", "15 nam thi duoc chung nao, toi la nu | vậy đóng hằng tháng thôi thì mỗi tháng mấy"),
        ("amount", "vậy 6 tháng thì bao nhiêu | neu la nam thi dc bn | the 20 nam thi dc may tien"),
        ("who", "con chong dong ma vo k dong thi s | vợ không đóng mà chồng đóng thì sao"),
        ("who", "ai được hưởng | ai được nhận | những ai được | ai dc nhan vay"),
    ],
)
def test_what_is_asked_of_the_thing_talked_about(aspect: Aspect, texts: str) -> None:
    found = {text.strip(): read(text) for text in texts.split("|")}
    assert found == dict.fromkeys(found, reading.Followup(aspect, corrects=False, certain=True))


@pytest.mark.parametrize(
    "text",
    [
        "còn thai sản thì sao",
        "thế lương hưu thì sao",
        "con luong huu thi sao",
        "giấy tờ rút một lần",
        "nộp hồ sơ lương hưu ở đâu",
        "ho so thai san gom nhung gi",
        "bao lâu thì có lương hưu",
        "ai được tham gia bảo hiểm xã hội tự nguyện",
        "nếu tôi chết thì sao",
        "bố tôi mất thì sao",
        "vợ sinh con thì được bao nhiêu",
        "đóng ở đâu",
        "đóng thế nào",
        "đóng 6 tháng được không",
        "60 tuổi còn mua được không",
        "bạn là ai",
        "alo có ai không",
        "1 2 3",
        "chi tiết hơn",
        "không cần nữa",
        "để tôi hỏi lại vợ đã",
        "vay hộ cận nghèo được bao nhiêu",
        "đẻ được bao nhiêu",
        "bà 63 tuổi bao giờ có lương",
        "hồ sơ của tôi tới đâu rồi",
        "rút được bao nhiêu",
        "mất sổ thì sao",
        "nếu thôi đóng thì sao",
        "nếu không đóng nữa thì sao",
        "không",
        "không có",
        "có",
        "chưa",
        "chào bạn",
        "cảm ơn em nhiều nhé",
        "ok",
        "alo",
        "",
        "🙏",
        "giá lúa hôm nay bao nhiêu",
        "x" * 5000,
    ],
)
def test_what_stands_alone(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["nộp rồi mấy ngày có", "mấy bữa có sổ", "nop xong bao lau co tien"])
def test_the_wait_may_be_for_what_was_handed_in_before(text: str) -> None:
    assert read(text) == reading.Followup("wait", corrects=False, certain=False)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("vậy đóng 15 năm thôi?", False),
        ("z muc 2tr5 cung 3 thang 1 lan thi nhiu", False),
        ("còn chồng em đóng công ty 8 năm", False),
        ("nữ sinh 8/1975 thì sao hả em", False),
        ("thế bốn năm công ty có cộng vào không", True),
        ("hộ nghèo đóng 6 tháng rút một lần được không", True),
        ("bảo hiểm y tế một năm bao nhiêu", True),
        ("3 triệu thì thai sản bao nhiêu", True),
        ("bố tôi mất năm 2020", True),
        ("nữ 1975 cần giấy tờ gì", True),
    ],
)
def test_facts_and_small_words_name_no_topic(text: str, names: bool) -> None:
    assert reading.names_a_topic(text, reading.stated(text, TODAY)) is names


@pytest.mark.parametrize("text", ["còn thợ hồ thì sao", "nếu bị ung thư thì sao", "troi mua thi sao"])
def test_a_word_of_no_list_may_be_a_topic(text: str) -> None:
    assert read(text) == reading.Followup(None, corrects=False, certain=False)


def test_words_that_are_known_to_state_a_fact_are_no_matter_of_their_own() -> None:
    told = reading.Stated(reading.Facts(groups=("ethnic_minority",)), {"groups": "Mường Tè"})
    assert read("Mường Tè được bao nhiêu") is None
    assert reading.followup("Mường Tè được bao nhiêu", told) == reading.Followup("amount", False, True)


@pytest.mark.parametrize(
    "text",
    ["đóng 6 tháng thì bao nhiêu", "đóng một năm hết mấy tiền", "dong 20 nam dc bn", "nộp 2 năm hết nhiêu tiền"],
)
def test_paying_may_hang_on_what_was_said_or_stand_alone(text: str) -> None:
    assert read(text) == reading.Followup("amount", corrects=False, certain=False)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("à nhầm nam", "nam"),
        ("à nhầm, nữ cơ", "nữ"),
        ("không, 300k thôi", "300k"),
        ("không 300k thôi", "300k"),
        ("đổi thành 3 triệu", "3 triệu"),
        ("doi lai thanh 2tr", "2tr"),
        ("ý tôi là hộ nghèo", "hộ nghèo"),
        ("y em la can ngheo", "can ngheo"),
        ("sửa lại sinh 1975", "sinh 1975"),
        ("cho em sửa lại là 15 năm ạ", "15 năm"),
        ("nham, 8/1975", "8/1975"),
        ("ko phai, nu co", "nu"),
        ("không phải, 20 năm chứ", "20 năm"),
        ("không phải nữ đâu, nam", "nam"),
        ("không phải 5 năm mà là 7 năm", "7 năm"),
        ("uh nhầm 1972", "1972"),
        ("nhầm rồi, nữ mới đúng", "nữ"),
        ("thực ra là 10 năm", "10 năm"),
        ("sửa 500k thành 700k", "700k"),
        ("doi tu 2tr sang 3tr", "3tr"),
        ("à quên, hộ nghèo nữa", "hộ nghèo nữa"),
        ("ý em là mỗi tháng", "mỗi tháng"),
        ("xin lỗi, tôi ghi nhầm, 7/1968", "7/1968"),
        ("Á lộn, em là nam", "em là nam"),
        ("ý lộn, nam mới đúng", "nam"),
        ("ua lon, 3 trieu", "3 trieu"),
        ("ý quên, hộ nghèo", "hộ nghèo"),
        ("trật rồi, nam", "nam"),
        ("đâu có, nữ mà", "nữ"),
        ("tôi nói lộn năm sinh, 1972 mới đúng", "1972"),
        ("hồi nãy tui nói nhầm, 7 năm lận", "7 năm"),
        ("sửa giùm thành nữ", "nữ"),
        ("sao lại nữ, tui nam mà", "nam"),
        ("nham, 6 thang 1 lan", "6 thang 1 lan"),
        ("thôi nhiều quá, 3 triệu thôi", "3 triệu"),
        ("sorry 3tr", "3tr"),
        ("đổi ý đóng từng tháng", "đóng từng tháng"),
        ("đổi ý rồi, 3 triệu", "3 triệu"),
        ("lộn, hộ nghèo chứ cận nghèo là năm ngoái", "hộ nghèo"),
    ],
)
def test_what_is_put_in_the_place_of_what_was_said(text: str, left: str) -> None:
    assert reading.corrected(text) == left
    found = read(text)
    assert found is not None
    assert found.corrects


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("mà mức 5 triệu lận, không phải 3", "mức 5 triệu"),
        ("ủa sinh 4/1978 chớ hông phải 88", "sinh 4/1978"),
        ("em nói lộn, 10 năm chớ không phải 12 năm", "10 năm"),
        ("muc 4tr chu ko phai 2tr", "muc 4tr"),
        ("hổng phải 3tr, 4tr lận", "4tr"),
        ("hông phải 88 mà 78", "78"),
        ("chồng em chứ đâu phải em", "chồng em"),
        ("3 triệu mới đúng", "3 triệu"),
        ("nam mà", "nam"),
        ("thôi 2tr thôi 3tr ko nổi", "2tr"),
        ("thôi 500k thôi, 1tr nặng quá", "500k"),
        ("2 triệu thôi chứ 3 triệu không kham nổi", "2 triệu"),
    ],
)
def test_the_value_that_is_meant_is_put_and_never_the_denied_one(text: str, left: str) -> None:
    assert reading.corrected(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "không phải 5 năm",
        "đâu có 3 triệu",
        "không đủ 15 năm mà",
        "bảy năm",
        "6 thang 1 lan",
        "nữ mà đóng 15 năm thì sao",
        "sổ ghi sai năm sinh",
        "sai roi lam lai tu dau",
        "chọn nhầm mức, sửa lại được không",
        "không",
        "không có",
        "không, cảm ơn",
        "không, tôi chưa đóng",
        "không đủ 15 năm thì sao",
        "không thu nhập có được không",
        "không phải hộ nghèo",
        "nhầm",
        "à nhầm",
        "sửa lại câu trước",
        "sửa lại ngày sinh trên sổ",
        "nhầm tên trên sổ thì sao",
        "đổi thành sổ mới được không",
        "đổi từ đóng tháng sang đóng 6 tháng được không",
        "đổi mức đóng thành 3 triệu",
        "không phải là hộ nghèo thì sao",
        "quên đóng 2 tháng",
        "thực ra tôi chưa hiểu",
        "cháu nội có phải là người được nhận tiền tuất",
        "nam",
        "3 triệu cao quá",
        "1 triệu 500 cao quá",
        "mức 3tr cao quá thì sao",
        "đổi ý rồi không đóng nữa",
        "",
    ],
)
def test_what_corrects_nothing(text: str) -> None:
    assert reading.corrected(text) is None


@pytest.mark.parametrize(
    "text",
    ["tính cho người khác", "tinh cho nguoi nha", "Đổi người khác nhé", "cho người khác", "tính cho người khác đi"],
)
def test_it_is_for_another_now(text: str) -> None:
    assert reading.is_for_somebody_else(text)


@pytest.mark.parametrize(
    "text",
    ["tính cho tôi", "đóng cho người khác được không", "chuyển sổ cho người khác", "người nhà tôi mất", "khác", ""],
)
def test_it_is_for_no_other(text: str) -> None:
    assert not reading.is_for_somebody_else(text)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("à mà thôi tính tiền đóng trước đã", "tính tiền đóng"),
        ("a ma thoi tinh tien dong truoc da", "tinh tien dong"),
        ("cho mình xem kế hoạch của tôi với", "xem kế hoạch của tôi"),
        ("Tôi muốn gặp Cán bộ được không?", "gặp Cán bộ"),
        ("làm ơn cho tôi hỏi thai sản", "hỏi thai sản"),
        ("giờ tính lương hưu đi ạ", "tính lương hưu"),
        ("bây giờ em muốn xem lại nhé", "xem lại"),
        ("mà khoan, thôi coi tiền đóng trước đi", "tiền đóng"),
        ("ma khoan thoi coi tien dong truoc di", "tien dong"),
        ("để tính lương hưu cái đã", "tính lương hưu"),
        ("ơ mà khoan, tính tiền đóng trước cho tôi đã", "tính tiền đóng"),
        ("khoan đã em, tính thai sản cái nghen", "tính thai sản"),
        ("sai roi lam lai tu dau", "lam lai tu dau"),
        ("tính tiền đóng trước", "tính tiền đóng trước"),
        ("cho em đóng trước được không", "đóng trước"),
        ("ma toi muon dong", "ma toi muon dong"),
        ("để dành được bao nhiêu", "để dành được bao nhiêu"),
        ("tính lương hưu", "tính lương hưu"),
        ("bố tôi muốn đóng", "bố tôi muốn đóng"),
        ("cho người khác", "cho người khác"),
        ("thôi", "thôi"),
        ("", ""),
    ],
)
def test_the_core_of_a_wish(text: str, core: str) -> None:
    assert reading.without_courtesy(text) == core


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("đóng bao nhiêu và bao lâu thì được hưởng?", ("đóng bao nhiêu", "bao lâu thì được hưởng?")),
        ("dong bao nhieu va bao lau thi dc huong", ("dong bao nhieu", "bao lau thi dc huong")),
        (
            "Khi nào tôi có lương hưu? Được bao nhiêu? Nếu tôi chết thì sao?",
            ("Khi nào tôi có lương hưu?", "Được bao nhiêu?", "Nếu tôi chết thì sao?"),
        ),
        ("1. đóng ở đâu 2. cần giấy tờ gì 3) bao lâu", ("đóng ở đâu", "cần giấy tờ gì", "bao lâu")),
        ("đóng ở đâu\ncần giấy tờ gì", ("đóng ở đâu", "cần giấy tờ gì")),
        ("đóng ở đâu; cần gì", ("đóng ở đâu", "cần gì")),
        (
            "mạ tui 72 tuổi có được tiền già không, còn tui ở riêng không nghèo đóng thấp nhất tháng mấy",
            ("mạ tui 72 tuổi có được tiền già không", "còn tui ở riêng không nghèo đóng thấp nhất tháng mấy"),
        ),
        ("được bao nhiêu, còn vợ tôi thì sao", ("được bao nhiêu", "còn vợ tôi thì sao")),
        (
            "cho hoi dang ky o dau, can giay to gi, roi may bua moi co so",
            ("cho hoi dang ky o dau", "can giay to gi", "may bua moi co so"),
        ),
        (
            "sanh con co dc tien k, bn, nop gt cho ai, ck e co dc nghi lam k",
            ("sanh con co dc tien k, bn", "nop gt cho ai", "ck e co dc nghi lam k"),
        ),
        (
            "e dong dc 3 nam r nghi tu 6/2025, gio rut 1 lan dc ko, giay to j",
            ("e dong dc 3 nam r nghi tu 6/2025, gio rut 1 lan dc ko", "giay to j"),
        ),
        (
            "Chồng em bỏ đi mấy năm nay, em nuôi con một mình. Em hỏi một là đóng bao nhiêu, hai là lỡ em mất thì sao?",
            (
                "Chồng em bỏ đi mấy năm nay, em nuôi con một mình. Em hỏi một là đóng bao nhiêu",
                "lỡ em mất thì sao?",
            ),
        ),
        (
            "lỡ quên có bị phạt không, với lại đóng qua điện thoại được chứ?",
            ("lỡ quên có bị phạt không", "đóng qua điện thoại được chứ?"),
        ),
        ("cần giấy gì rồi mấy ngày có tiền", ("cần giấy gì", "mấy ngày có tiền")),
        ("giấy tờ gì với nộp ở đâu vậy", ("giấy tờ gì", "nộp ở đâu vậy")),
        (
            "Tôi 45 tuổi. Khi nào có lương hưu? Được bao nhiêu?",
            ("Tôi 45 tuổi. Khi nào có lương hưu?", "Được bao nhiêu?"),
        ),
    ],
)
def test_the_questions_of_a_message(text: str, questions: tuple[str, ...]) -> None:
    assert reading.several(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "tôi 45 tuổi. đóng được không?",
        "Bao nhiêu tuổi và bao nhiêu năm thì được lương hưu?",
        "tự nguyện và bắt buộc khác nhau thế nào",
        "Tôi sinh 8.1975 đóng 7 năm được bao nhiêu",
        "Vợ tôi và con tôi có được nhận không?",
        "Tôi rút rồi, đóng lại được không? Đúng không ạ?",
        "Em chưa đóng tháng nào, chồng làm ruộng, giờ đóng được không",
        "Mới đóng mấy tháng, không muốn đóng nữa thì lấy lại tiền được không?",
        "tôi nên đóng mức nào, 2 triệu hay 3 triệu",
        "mấy đứa nhỏ nhà em đi học hết, em ở nhà, đóng mức nào thì hợp",
        "nghe nói năm sau mức đóng tăng, có đúng không",
        "nha may det det dau tam, hoi do dong bao hiem, gio rut duoc khong",
        "dong duoc may nam roi thi lanh bao nhieu",
        "tui di phu ho lam ngay nao an ngay do, k co hop dong, dong bhxh tu nguyen dc k",
        "chào em",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert reading.several(text) == (text,)


def test_no_more_than_five_questions_are_taken() -> None:
    assert len(reading.several("bao nhiêu tiền? " * 9)) == 5
    assert reading.several(" ") == ()
