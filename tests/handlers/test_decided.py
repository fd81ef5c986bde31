"""Where what is known decides, it decides before the first word: each talk as a person has it, its last answer read."""

from __future__ import annotations

import datetime

import pytest

from handlers.dialogue.context import Resources, plain
from handlers.dialogue.turn import Text
from handlers.reading.standing import Standing, standing
from law.base.month import Month
from tests.handlers.dialogue.test_labels import Talk

TODAY = datetime.date(2026, 11, 24)

JOINING = [
    (["con gái em 14 tuổi, em muốn đóng trước cho cháu được không"], ["Chưa được", "15 tuổi"], ["Được, nếu"]),
    (["con em 14 tuổi đóng được không", "thế tháng 3 sang năm nó tròn 15 thì sao"], ["Chưa được", "tháng 3/2027"], []),
    (["chau 16 tuoi dang hoc lop 10 dong duoc khong"], ["Được", "16 tuổi"], ["Chưa"]),
    (
        ["anh tôi 30 tuổi đang đi làm công ty thì có tham gia tự nguyện được không"],
        ["Không", "vẫn là diện bắt buộc"],
        [],
    ),
    (["toi 72 tuoi roi co tham gia duoc khong"], ["Được", "72 tuổi"], []),
    (
        ["Ông tôi đang lãnh lương hưu, muốn đóng thêm tự nguyện có được không"],
        ["Không được", "lương hưu"],
        ["đóng bắt buộc, ngừng tự nguyện"],
    ),
    (["bác tôi lãnh trợ cấp mất sức lao động có tham gia được không"], ["Không", "1900 9068"], []),
    (["chú em hưởng trợ cấp khuyết tật hằng tháng thì tham gia được không"], ["Được"], ["Không"]),
    (["bà em đang nhận trợ cấp hưu trí xã hội có tham gia tự nguyện được không"], ["Chưa rõ", "1900 9068"], []),
    (["tôi đang làm công ty có tham gia tự nguyện được không"], ["Không", "Nghỉ việc rồi"], []),
]
PENSION = [
    (["nam 62 tuổi đóng tự nguyện được 14 năm 7 tháng, lãnh lương hưu được chưa"], ["Chưa", "5 tháng", "một lần"], []),
    (
        ["mẹ em 60 tuổi đóng 16 năm lãnh lương hưu được chưa"],
        ["Được rồi", "16 năm", "có thể được tính từ trước"],
        ["Chưa"],
    ),
    # of age in 2021-06, 192 months up to 2024-12: from the first day of the law of 2025
    (
        ["bố tôi sinh 3/1961 đóng 16 năm, nghỉ đóng 12/2024, lãnh lương hưu được chưa"],
        ["Được rồi", "từ tháng 7/2025"],
        [],
    ),
    (["nữ sinh 5/1985 đóng được 16 năm, giờ lãnh lương hưu được chưa"], ["Chưa tới tuổi", "tháng 5/2045"], []),
    (["tôi đóng được 13 năm rồi, còn thiếu mấy năm nữa"], ["Chưa đủ", "còn thiếu 2 năm"], []),
    (["toi dong duoc 9 nam 4 thang roi", "con thieu bao lau nua moi du"], ["còn thiếu 5 năm 8 tháng"], []),
    (["ba tui dong 8 nam roi", "phai dong them may nam nua"], ["còn thiếu 7 năm"], []),
    (["tôi đóng đủ 15 năm rồi còn thiếu năm nào không, thiếu mấy năm nữa"], ["không còn thiếu"], ["còn thiếu 15"]),
    (["tôi đủ tuổi rồi còn thiếu 4 năm, đóng một lần được không"], ["Được", "4 năm"], ["Chưa"]),
    (
        ["ông anh tôi 64 tuổi còn thiếu 7 năm, đóng một lần luôn được không"],
        ["Chưa được ngay", "60 tháng", "Đóng dần 2 năm"],
        [],
    ),
    (["nữ sinh 3/1980 đóng 12 năm, đóng một lần 3 năm còn thiếu được không"], ["Chưa được", "chưa đủ tuổi"], []),
    (["má tôi sinh 4/1969 đủ tuổi nghỉ hưu chưa"], ["Đủ tuổi rồi", "tháng 12/2025"], ["Chưa"]),
    (["vợ tôi sinh 2/1975 đủ tuổi nghỉ hưu chưa"], ["Chưa đủ tuổi", "tháng 10/2034"], []),
]
BENEFITS = [
    (["tôi đóng lần đầu tháng 9/2025, giờ kẹt tiền muốn rút một lần được không"], ["Chưa được rút", "không mất"], []),
    (["e vô hồi tháng 10/2025 kẹt tiền muốn rút hết ra được không"], ["Chưa được rút"], ["Được, nếu"]),
    (["đóng từ 3/2020, nghỉ đóng tháng 6/2026, rút một lần được chưa"], ["Chưa được rút", "tháng 7/2027"], []),
    (["đóng từ 3/2020, nghỉ đóng tháng 8/2025, rút một lần được không"], ["Rút được", "12 tháng"], ["Chưa"]),
    (["nam sinh 3/1962 đã đóng được 10 năm, giờ rút một lần được không"], ["Được", "còn thiếu 5 năm"], []),
    (["vợ tôi dự sinh tháng 2/2027, giờ mới đóng thì có tiền đẻ không"], ["Không kịp"], ["Còn kịp", "Có, từ"]),
    (["vợ tôi dự sinh tháng 8/2027, giờ mới đóng thì có tiền đẻ không"], ["Còn kịp", "2.000.000"], []),
    (
        ["em đóng tự nguyện 2 năm, vẫn đang đóng, tháng 3/2027 sinh có được tiền không"],
        ["Được 2.000.000", "9 tháng"],
        [],
    ),
    (
        [
            "em là nam, đóng tự nguyện được 8 tháng rồi",
            "vợ em chưa đóng gì, dự sinh tháng 1/2027, em có được tiền không",
        ],
        ["Được 2.000.000"],
        ["Không kịp"],
    ),
    (
        ["Giả sử tui đóng được 6 năm rồi chết thì ở nhà được gì?", "nếu mới 3 năm thì sao"],
        ["chưa có tiền mai táng"],
        ["Có."],
    ),
    (["tui người Khmer được nhà nước cho thêm không", "vậy mỗi tháng còn đóng bao nhiêu"], ["231.000", "338.800"], []),
    (["em bị sảy thai 10 tuần có được tiền thai sản không"], ["Không", "22 tuần"], ["Có, từ"]),
    (["thai chết lưu 25 tuần có được tiền thai sản không"], ["Được", "2.000.000"], []),
    (["nhà em cận nghèo được nhà nước hỗ trợ bao nhiêu phần trăm"], ["40%", "132.000", "193.600"], ["50%"]),
    (["bố em đóng tự nguyện 8 năm thì mất, có tiền mai táng không"], ["chia buồn", "Có.", "25.300.000"], []),
    (["anh em đóng tự nguyện 4 năm 2 tháng thì mất, có tiền mai táng không"], ["chưa có tiền mai táng"], ["Có."]),
    (
        ["cha tôi lãnh lương hưu tự nguyện được 2 năm rồi mất, gia đình được gì"],
        ["37 tháng lương hưu", "25.300.000"],
        ["chưa có tiền mai táng"],
    ),
    (["anh em đóng 3 năm thì mất, có tiền mai táng không"], ["đóng bắt buộc đủ 12 tháng"], ["Có."]),
    (["bố tôi đóng 16 năm thì mất, gia đình được gì"], ["Nếu riêng đóng bắt buộc", "tuất hằng tháng"], []),
    (["bố tôi đóng tự nguyện 16 năm thì mất, gia đình được gì"], ["Có."], ["tuất hằng tháng"]),
    (
        ["cha tôi lãnh lương hưu được 2 năm rồi mất, gia đình được gì"],
        ["đóng bắt buộc đủ 15 năm", "tuất hằng tháng"],
        [],
    ),
    (
        ["bố tôi đóng 3 năm thì mất gia đình được gì", "tiền đóng có mất luôn không"],
        ["Không mất", "chưa đủ 60 tháng"],
        ["ngừng đóng"],
    ),
    (["bà tôi 76 tuổi không có lương hưu, có được trợ cấp hưu trí xã hội không"], ["Được", "500.000"], ["Chưa"]),
    (["mẹ tôi 72 tuổi có được trợ cấp hưu trí xã hội không"], ["Được, nếu nhà là hộ nghèo"], []),
    (["bố em 68 tuổi hộ nghèo có được trợ cấp hưu trí xã hội chưa"], ["Chưa đủ tuổi", "70 tuổi"], []),
    (["tôi nữ 58 tuổi đóng được 10 năm, xin trợ cấp hằng tháng được không"], ["Được", "500.000"], ["Chưa"]),
    (["nam 50 tuổi đóng được 10 năm xin trợ cấp hằng tháng cho người chưa đủ năm được không"], ["Chưa được"], []),
]


@pytest.mark.parametrize(("says", "hears", "never"), [*JOINING, *PENSION, *BENEFITS])
def test_what_is_known_decides_before_the_first_word(
    resources: Resources, says: list[str], hears: list[str], never: list[str]
) -> None:
    Talk(resources).goes(says, hears, never)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("từ đủ 15 tuổi thì được tham gia phải không", Standing()),
        ("thiếu không quá 5 năm thì được đóng một lần à", Standing()),
        ("đóng 10 năm còn thiếu mấy năm", Standing()),
        ("tôi làm công ty 5 năm rồi nghỉ, giờ đóng tự nguyện được không", Standing()),
        ("tôi đang nghỉ việc công ty, đóng tự nguyện được không", Standing()),
        ("tôi định đóng từ tháng 1/2027", Standing()),
        ("đóng lại từ 10/2025 thì rút được không", Standing()),
        ("vô bảo hiểm hồi tháng 10/2025", Standing(began=Month(2025, 10))),
        ("thai 23 tuần rồi đi khám ở đâu", Standing()),
        ("em đóng tháng này 300 nghìn", Standing()),
    ],
)
def test_nothing_is_told_that_is_not_said(text: str, told: Standing) -> None:
    assert standing(text, TODAY) == told


def test_another_relative_is_not_barred_by_the_pension_of_the_first(resources: Resources) -> None:
    talk = Talk(resources)
    talk.says("Bà nội em đang lĩnh lương hưu, giờ muốn đóng thêm tự nguyện có được không?")
    turn = talk.says("Thế chú em hưởng trợ cấp khuyết tật hằng tháng thì đóng được không?")
    first = turn.replies[0]
    assert isinstance(first, Text)
    assert plain(first.html).startswith(("Được", "Có lẽ bà con hỏi: Ai được tham gia BHXH tự nguyện?\nĐược"))
