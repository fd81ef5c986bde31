"""What a message leaves to what was told before: of whom it is, what was paid, what it was about."""

from __future__ import annotations

import pytest

from handlers.dialogue.context import Resources
from tests.handlers.dialogue.test_labels import Talk

GOAL = [
    # 40 years, January 1986 reckoned with: 19 years 2 months at 60, 54 %; 3,000,000 / 0.54
    (
        ["nu 40 tuoi muon ve gia co luong huu 3 trieu thi moi thang dong bao nhieu"],
        ["5.556.000", "tháng 1 năm 1986"],
        [],
    ),
    (["nu 40 tuoi muon luong huu 3 trieu thi dong bao nhieu", "vay 2 trieu thi sao"], ["3.704.000"], ["5.556.000"]),
    # born in August there are seven months more: 55 %
    (["nu 40 tuoi muon luong huu 3 trieu thi dong bao nhieu", "em sinh thang 8"], ["sinh 8/1986", "5.455.000"], []),
]
AT_ONCE = [
    # 24 months of 2,200,000 with the interest of the fund
    (
        [
            "nu sinh thang 9/1969 dong duoc 13 nam muc 2tr, gio co luong huu chua",
            "dong 1 cuc thi het bao nhieu, muc 2tr2",
        ],
        ["12.077.000", "2.200.000"],
        ["Mỗi tháng bà con tự đóng"],
    ),
    (
        [
            "nu sinh thang 9/1969 dong duoc 13 nam muc 2tr, gio co luong huu chua",
            "vay dong 1 cuc cho du thi het bao nhieu",
            "a nham, sinh 9/1979 chu k phai 1969",
        ],
        ["Chưa được", "tháng 9/2039"],
        [],
    ),
    # of whom it is not sure whether he is of age yet: what it would cost all the same, at the lowest and at his level
    (
        ["toi sinh 1965 nam dong 12 nam muc 2 trieu muon dong not 1 cuc de lay luong huu luon thi het bao nhieu"],
        ["nếu đã đủ tuổi", "12.587.000", "16.782.000"],
        [],
    ),
]
OTHERS = [
    (  # the household of the neighbour is not the writer's
        [
            "Tui 43 tuổi, nữ, có sổ hộ nghèo. Đóng mức 2 triệu rưỡi thì mỗi tháng tui phải đóng nhiêu?",
            "Bà Tư kế bên nhà hổng có sổ nghèo, bả cũng đóng mức đó thì nhiêu?",
            "Ừa, còn phần tui đóng luôn 6 tháng thì sao",
        ],
        ["hộ nghèo", "1.848.000"],
        ["2.904.000"],
    ),
    (
        ["toi ho can ngheo, muc 3 trieu moi thang dong may", "chi hang xom cung muc do thi may"],
        ["người quen", "563.200"],
        ["hộ cận nghèo"],
    ),
    (  # nor does her pension bar the writer
        [
            "Mình nữ sinh 9/1979, đóng tự nguyện được đúng 6 năm rồi",
            "Chị hàng xóm nhà mình lĩnh lương hưu rồi, chị ấy muốn đóng thêm tự nguyện có được không",
            "Thế còn mình thì thiếu bao nhiêu năm nữa mới đủ điều kiện lĩnh lương",
        ],
        ["còn thiếu 9 năm"],
        [],
    ),
    (  # «con tui» of who told of no child
        [
            "tui ho can ngheo, dong muc 3 trieu 3 thang 1 lan thi moi lan may tien",
            "thang em ruot khong ngheo, cung dong y rua thi het may tien",
            "con tui chuyen qua 12 thang 1 lan thi bao nhieu",
        ],
        ["hộ cận nghèo", "5.596.800"],
        ["Tính cho con"],
    ),
    (  # ten years more are not ten years
        [
            "me e sinh 1970, dong duoc 9 nam roi muc 1 trieu ruoi",
            "luong huu duoc bao nhieu mot thang",
            "the con me e neu dong them 10 nam thi bao nhieu",
        ],
        ["đã đóng 9 năm", "19 năm"],
        ["đã đóng 10 năm"],
    ),
    (
        ["me e sinh 1970, dong duoc 9 nam muc 1tr5, luong huu duoc bao nhieu", "giay to me e can gi"],
        ["sổ BHXH", "đề nghị"],
        ["Tính cho mẹ"],
    ),
]
BETWEEN = [
    (  # twins after a question of something else
        [
            "vo toi sinh thang 4/2027 dang dong tu nguyen tu thang 9/2026 co duoc tien thai san khong",
            "dong mot lan cho 3 nam duoc khong",
            "the sinh doi thi sao",
        ],
        ["4.000.000"],
        [],
    ),
    (
        ["Vợ tui dự sanh tháng 5/2027, hông ai đóng bảo hiểm gì", "Đóng từ tháng 12 này thì kịp hưởng tiền sanh hông"],
        ["5 tháng"],
        ["Còn kịp"],
    ),
    (
        [
            "toi nam sinh 7/1966 dong 16 nam muc 3 trieu thi luong huu bao nhieu",
            "the dung luon bay gio thi duoc bao nhieu",
        ],
        ["41%", "1.230.000"],
        [],
    ),
    (  # nobody who chose a level of three million pays four of it
        ["nu sinh 11/1976 dong 5 nam muc 1tr5, dong tiep muc 3 trieu thi luong huu bao nhieu", "tu gio dong 4tr thi s"],
        ["mức thu nhập 4.000.000"],
        ["18.622.000"],
    ),
    (
        ["tui dong tu nguyen tu 2019, nghi tu thang 6/2025, rut 1 lan duoc hong", "co bi tru gi hong"],
        ["Có trừ", "Nhà nước đã hỗ trợ"],
        ["thuế"],
    ),
    (["nop ca nam roi sang nam muc tang thi co phai bu them ko"], ["Không phải nộp thêm"], []),
]
REFUND = [
    (  # who only stops gets nothing back
        ["em dong 12 thang mot lan tu 1/2026 muc 1tr5, ngung dong thang 6/2026, co duoc hoan lai khong"],
        ["Đổi ý"],
        ["1.584.000"],
    ),
    # three months of the lowest level of January 2026: 264,000 each; the State's part is nobody's
    (
        ["Em đóng một lần 12 tháng từ 1/2026 mức 1tr5, tới tháng 10 em vô công ty đóng bắt buộc thì hoàn nhiêu?"],
        ["792.000", "tháng 10/2026 – tháng 12/2026"],
        [],
    ),
    (
        [
            "Em đóng một lần 12 tháng từ 1/2026 mức 1tr5, tới tháng 10 em vô công ty thì được hoàn lại nhiêu?",
            "Hộ nghèo thì được hoàn mấy",
        ],
        ["495.000"],
        ["792.000"],
    ),
]


@pytest.mark.parametrize(("says", "hears", "never"), [*GOAL, *AT_ONCE, *OTHERS, *BETWEEN, *REFUND])
def test_the_last_answer_goes_by_what_was_told(
    resources: Resources, says: list[str], hears: list[str], never: list[str]
) -> None:
    Talk(resources).goes(says, hears, never)
