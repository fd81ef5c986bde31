"""More sentences as people type them, by what they state: Southern and Central words, no accents, keys left over."""

from __future__ import annotations

from handlers.reading import Facts
from law.base.month import Month
from tests.handlers.reading.told_facts import ISLAND, MINORITY, NEAR, OTHER, POOR, M, aged, born

GROUPS = [
    ("nhà tôi không nghèo cũng chẳng cận nghèo", Facts(groups=OTHER)),
    ("nha toi khong ngheo cung khong can ngheo", Facts(groups=OTHER)),
    ("em k thuộc hộ nghèo k cận nghèo", Facts(groups=OTHER)),
    ("dân tộc kinh, không nghèo", Facts(groups=OTHER)),
    ("ngheo ma dau co so ho ngheo", Facts(groups=OTHER)),
    ("nghèo nhưng chưa được xét hộ nghèo", Facts(groups=OTHER)),
    ("nghèo mà chưa có tên trong danh sách hộ nghèo", Facts(groups=OTHER)),
    ("hết diện hộ nghèo rồi", Facts(groups=OTHER)),
    ("mới bị cắt sổ hộ nghèo", Facts(groups=OTHER)),
    ("không lọt hộ nghèo", Facts(groups=OTHER)),
    ("xin hoài không được sổ hộ nghèo", Facts(groups=OTHER)),
    ("hổng có sổ hộ nghèo", Facts(groups=OTHER)),
    ("chưa được công nhận cận nghèo", Facts(groups=OTHER)),
    ("nhà em hồi trước hộ nghèo giờ hết rồi", Facts(groups=OTHER)),
    ("năm ngoái là hộ nghèo, năm nay bị cắt rồi", Facts(groups=OTHER)),
    ("hộ nghèo thì không phải, cận nghèo thì có", Facts(groups=NEAR)),
    ("không nghèo mà cận nghèo", Facts(groups=NEAR)),
    ("can ngheo chu khong phai ho ngheo", Facts(groups=NEAR)),
    ("người kinh, hộ cận nghèo", Facts(groups=NEAR)),
    ("nhà em không phải hộ nghèo, cận nghèo thôi", Facts(groups=NEAR)),
    ("không phải cận nghèo, hộ nghèo mới đúng", Facts(groups=POOR)),
    ("em không thuộc hộ nghèo, cận nghèo gì hết", Facts(groups=OTHER)),
    ("em không thuộc hộ nghèo, cận nghèo", Facts()),
    ("không phải, hộ nghèo", Facts(groups=POOR)),
    ("hộ nghèo thì không phải đóng à", Facts(groups=POOR)),
    ("không biết hộ nghèo đóng bao nhiêu", Facts(groups=POOR)),
    ("nhà em có sổ hộ nghèo không biết đóng bao nhiêu", Facts(groups=POOR)),
    ("tui có phải hộ nghèo không", Facts()),
    ("tui co thuoc ho can ngheo khong ta", Facts()),
    ("hình như nhà em cận nghèo", Facts()),
    ("đang xin xét hộ nghèo", Facts()),
    ("sắp được vào hộ nghèo", Facts()),
]

PAYMENTS = [
    ("chị người Chăm ở Châu Đốc, gởi bảo hiểm xã hội 700 ngàn một tháng", Facts(groups=MINORITY, payment=700_000)),
    ("nam 38 tuoi gui 800k moi thang", Facts(sex="male", birth=aged(38), payment=800_000)),
    ("mỗi tháng gửi vô 500 ngàn thì sau này được nhiêu", Facts(payment=500_000)),
    ("moi thang e bo ra dc 400k ah", Facts(payment=400_000)),
    ("bo vao 600k 1 thang ve gia dc bao nhieu v", Facts(payment=600_000)),
    ("mỗi tháng đóng vô 2 triệu thì già được lãnh bao nhiêu", Facts(payment=2 * M)),
    ("mỗi tháng để ra 500 ngàn", Facts(payment=500_000)),
    ("mỗi tháng dành ra được tám trăm ngàn thì già lãnh nhiêu", Facts(payment=800_000)),
    ("mỗi tháng cất được 300 ngàn, đóng vậy thì già được nhiêu", Facts(payment=300_000)),
    ("co moi 200 ngan 1 thang, dong zay thi gia duoc bao nhieu", Facts(payment=200_000)),
    ("E co 400k/thang thoi, dong 3 thang 1 lan", Facts(payment=400_000, every=3)),
    ("có mỗi 1 triệu một tháng đóng bảo hiểm được nhiêu", Facts(payment=M)),
    ("nộp mỗi tháng 1 triệu 2", Facts(payment=1_200_000)),
    ("dong trieu ruoi 1 thang", Facts(payment=1_500_000)),
    ("tháng đóng 3 trăm", Facts(payment=300_000)),
    ("dong moi thang nam tram", Facts(payment=500_000)),
    ("gói 500k", Facts(payment=500_000)),
    ("chồng gửi về 3 triệu một tháng", Facts(whom="husband", sex="male")),
    ("gửi ngân hàng 500k mỗi tháng thì sao", Facts()),
    ("làm có 3 triệu một tháng thôi", Facts(money=3 * M)),
    ("lượm ve chai ngày có 50 ngàn", Facts(money=50_000)),
    ("ho ngheo muc 2tr2 thang dong may", Facts(groups=POOR, income=2_200_000)),
    ("mức 2tr5 năm đóng một lần", Facts(income=2_500_000, every=12)),
]
LEVELS = [
    ("em định đóng mức thấp nhất, nửa năm nộp một lần", Facts(level="lowest", every=6)),
    ("em dong tiep muc thap nhat thi moi thang may dong", Facts(level="lowest")),
    ("lấy cái rẻ nhất đi", Facts(level="lowest")),
    ("mức sàn thôi", Facts(level="lowest")),
    ("đóng ít nhất mỗi tháng", Facts(level="lowest")),
    ("ad oi muc cao nhat dong dc bn 1 thang", Facts(level="highest")),
    ("đóng tối đa thì lương hưu bao nhiêu", Facts(level="highest")),
    ("gói mắc nhất", Facts(level="highest")),
    ("đóng được 5 năm, giờ đóng mức thấp nhất", Facts(paid=60, level="lowest")),
    ("đóng được 5 năm mức thấp nhất", Facts(paid=60)),
    ("tui đang đóng mức thấp nhất", Facts()),
    ("đóng tối thiểu bao nhiêu năm", Facts()),
    ("đóng trước tối đa mấy năm", Facts()),
    ("ít nhất 15 năm mới được hưởng à", Facts()),
    ("lương hưu thấp nhất là bao nhiêu", Facts()),
    ("hưởng mức cao nhất", Facts()),
]
AT_ONCE = [
    ("nộp luôn một lần cho 2 năm sau, mức 1 triệu rưỡi", Facts(income=1_500_000, ahead=24)),
    ("thế nộp hẳn 5 năm thì sao", Facts(ahead=60)),
    ("đóng trước 3 năm", Facts(ahead=36)),
    ("đóng một lượt 5 năm", Facts(ahead=60)),
    ("dong 1 cuc 4 nam", Facts(ahead=48)),
    ("đóng một lần cho 3 năm tới luôn được không", Facts(ahead=36)),
    ("gom 2 năm nộp một thể", Facts(ahead=24)),
    ("5 năm đóng một lần thì hết nhiêu", Facts(ahead=60)),
    ("đóng 3 năm rưỡi luôn một lần", Facts(ahead=42)),
    ("đóng 15 năm một lần", Facts()),
    ("đã đóng trước 3 năm", Facts()),
    ("dong not 3 nam con thieu mot luc", Facts()),
    ("mới đóng 8 năm, đóng luôn 7 năm còn lại", Facts(paid=96)),
    ("đóng 5 năm rồi rút một lần", Facts(paid=60)),
    ("rút một lần 5 năm được bao nhiêu", Facts()),
    ("gom 12 thang nop mot the thi may", Facts(every=12)),
    ("the gom nua nam", Facts(every=6)),
    ("dzậy đóng nguyên năm thì sao", Facts(every=12)),
    ("đóng luôn một năm", Facts(every=12)),
    ("dong luon 6 thang", Facts(every=6)),
    ("ba tháng nộp một bận", Facts(every=3)),
    ("nam dong 2 lan", Facts(every=6)),
    ("quý nào đóng quý nấy", Facts(every=3)),
    ("tháng nào đóng tháng đó", Facts(every=1)),
    ("can ngheo, hang thang", Facts(groups=NEAR, every=1)),
    ("mức 2tr2 6 tháng một lần", Facts(income=2_200_000, every=6)),
    ("tôi đóng cả năm nay rồi", Facts()),
    ("đóng luôn 6 tháng hay 12 tháng", Facts()),
]

FIRST_PAID = [
    ("Tui vô bảo hiểm tự nguyện hồi tháng 10/2025", Facts(first=Month(2025, 10))),
    ("mới tham gia từ tháng 9 năm ngoái", Facts(first=Month(2025, 9))),
    ("vào bảo hiểm tháng 9 năm ngoái", Facts(first=Month(2025, 9))),
    ("mới mua bảo hiểm hồi tháng 8/2025", Facts(first=Month(2025, 8))),
    ("lần đầu đóng 10/2025", Facts(first=Month(2025, 10))),
    ("bắt đầu đóng từ 3/2026", Facts(first=Month(2026, 3))),
    ("bat dau mua tu thang 11/2025", Facts(first=Month(2025, 11))),
    ("mua từ 2026", Facts(first=Month(2026, 1))),
    ("mới vô đầu năm nay", Facts(first=Month(2026, 1))),
    ("mua từ 2025", Facts()),
    ("đóng từ 2022, nghỉ đóng từ tháng 8/2025", Facts(stopped=Month(2025, 8))),
    ("muốn đóng từ 1/2027", Facts()),
]
SEXES = [
    ("Á lộn, em là nam", Facts(sex="male")),
    ("em là con trai", Facts(sex="male")),
    ("em là gái sinh 6/1999", Facts(sex="female", birth=born(1999, 6))),
    ("toi nam sinh 9/1975", Facts(sex="male", birth=born(1975, 9))),
    ("toi 62 tuoi nam, dong tu nguyen duoc 14 nam 7 thang", Facts(sex="male", birth=aged(62), own=175)),
    ("toi 62 tuoi nam nay", Facts(birth=aged(62))),
    ("tui là đàn ông", Facts(sex="male")),
    (
        "tinh luong huu nam 8/1976 dong 5 nam muc 3tr roi dong tiep muc do",
        Facts(sex="male", birth=born(1976, 8), paid=60, past=3 * M),
    ),
]
AGES = [
    ("bố cháu mới 72 thì sao", Facts(whom="father", sex="male", birth=aged(72))),
    ("chồng em mới có 45 tuổi", Facts(whom="husband", sex="male", birth=aged(45))),
    ("vợ em 33", Facts(whom="wife", sex="female", birth=aged(33))),
    ("bố 72", Facts(whom="father", sex="male")),
    ("ba tui 5 mươi mốt tuổi", Facts(whom="father", sex="male", birth=aged(51))),
    ("41 t nu", Facts(sex="female", birth=aged(41))),
    ("năm nay tròn 60", Facts(birth=aged(60))),
    ("em tuoi 45", Facts(birth=aged(45))),
    ("đến tuổi 60 thì sao", Facts()),
    ("tuổi Mậu Thân", Facts()),
    ("má tui 77 tuoiri rồi", Facts(whom="mother", sex="female", birth=aged(77))),
    ("sinh nawm 1980", Facts(birth=born(1980))),
]

_NOV = Month(2026, 11)
PENSIONS_AND_DEATHS = [
    (
        "Cha tui lãnh hưu tự nguyện 1 triệu 2 một tháng, mới lãnh 2 tháng thì mất",
        Facts(whom="father", sex="male", drawing=True, pension=1_200_000, drawn=2, died=_NOV),
    ),
    (
        "má chồng em đang lãnh lương hưu tự nguyện được 2 năm rồi mất",
        Facts(whom="other", sex="female", drawing=True, drawn=24),
    ),
    (
        "ba em hưởng lương hưu 2 triệu 1 tháng được 3 năm thì mất tháng 9/2026",
        Facts(whom="father", sex="male", drawing=True, pension=2 * M, drawn=36, died=Month(2026, 9)),
    ),
    ("lãnh lương hưu 2 năm mới hòa vốn", Facts()),
    ("đóng 15 năm thì lãnh hưu 2 triệu được không", Facts(total=180)),
    ("muốn lãnh lương hưu 2 triệu một tháng", Facts(wanted=2 * M)),
    ("ba em dong tu nguyen duoc 7 nam, ong moi mat bua hom", Facts(whom="father", sex="male", own=84, died=_NOV)),
    ("Giả sử tui đóng được 6 năm rồi chết thì ở nhà được gì", Facts(paid=72)),
    ("con dong 20 nam thi seo", Facts(total=240)),
]
BIRTHS_TO_COME = [
    ("sinh 3 thi s", Facts(children=3)),
    ("đẻ ba", Facts(children=3)),
    ("sinh ba đứa một lúc", Facts(children=3)),
    ("de ba toi coi da", Facts()),
    ("sinh 3 con rồi", Facts()),
    ("sinh 3/1990", Facts(birth=born(1990, 3))),
    ("tháng 8 sang năm sinh", Facts(due=Month(2027, 8))),
    (
        "Vợ em bầu 6 tháng, dự sinh đầu tháng 3/2027, em chạy xe ôm, cả hai chưa đóng gì",
        Facts(whom="wife", sex="female", due=Month(2027, 3), paid=0),
    ),
    (
        "vợ em dự sanh giữa tháng 2/2027, hai vợ chồng chưa ai đóng",
        Facts(whom="wife", sex="female", due=Month(2027, 2), paid=0),
    ),
    ("em dong tu nguyen 8 thang roi, thai 25 tuan bi luu", Facts(own=8)),
]
NOTHING_PAID = [
    ("chua dong bua nao", Facts(paid=0)),
    ("chua gop dong nao", Facts(paid=0)),
    ("chưa đóng được xu nào", Facts(paid=0)),
    ("vo em hong dong gi het, sap sanh thang 1/2027", Facts(whom="wife", sex="female", due=Month(2027, 1), paid=0)),
    ("nữ 7/1987 chưa đóng mức 3 triệu", Facts(sex="female", birth=born(1987, 7), paid=0, income=3 * M)),
    ("không đóng gì thì có sao không", Facts()),
]
KEYS_LEFT_OVER = [
    (
        "tôi ở ddặc khu Cát Hải, muwcs 2tr2, ddóng 6 tháng một lần thì mỗi lần noojp bao nhieu",
        Facts(groups=ISLAND, income=2_200_000, every=6),
    ),
    ("nam sinh 2/1995 chưa ddóng gì", Facts(sex="male", birth=born(1995, 2), paid=0)),
    ("huwởng lương huwu", Facts()),
]
PEOPLE = [
    ("con toi", Facts(whom="self")),
    ("con tôi", Facts(whom="child")),
    ("ma dong o dau z", Facts()),
]

VARIANTS = [
    *PENSIONS_AND_DEATHS,
    *BIRTHS_TO_COME,
    *NOTHING_PAID,
    *KEYS_LEFT_OVER,
    *PEOPLE,
    *GROUPS,
    *PAYMENTS,
    *LEVELS,
    *AT_ONCE,
    *FIRST_PAID,
    *SEXES,
    *AGES,
]
