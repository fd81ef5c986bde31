"""What each word of a message does there: states a fact, asks, points back at what was said, names a topic.

Words are compared as `words` does, so without accents «con» may be «còn» and «the» may be «thế». A topic is a word
of this domain that lets a message stand alone; a word that is in no list is unknown, and mostly a topic as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal, get_args

from handlers.reading.words import Found, Phrases, Token, Tokens, phrases, spelled_no, tokens_of, words
from vietnamese.normalize import fold, has_accents, normalize

WordRole = Literal[
    "points",  # «thế», «vậy», «còn»: at the beginning of a message
    "if",  # «nếu», «trường hợp»
    "then_what",  # «thì sao»
    "fact",  # a number with what it counts, sex, groups
    "number",  # one of which nothing says what it is
    "unit",  # «tháng», «triệu», with no number
    "label",  # «mức», «thu nhập»
    "payers",  # «vợ không đóng»: of two that may pay
    "kin",  # «bố», «vợ»: somebody of the writer's
    "address",  # «em», «bác», «tôi»
    "filler",
    "gets",  # «được», «nhận», «có»
    "pays",  # «đóng»: of a plan, or a question of its own
    "extreme",  # «mức thấp nhất»
    "hands_in",  # «nộp»: papers, or money
    "does",  # «làm»
    "asks",
    "counts_months",  # «mấy tháng»: how long to wait, or to pay
    "place",
    "paper",
    "carries",  # «mang»: papers where it is asked what
    "until",  # «đến bao giờ»: a deadline, or a wait
    "within",  # «trong bao lâu»: to hand in, or to wait
    "handed_in",  # «nộp rồi», «có sổ»: what is waited for, or a matter of its own
    "papers",
    "where",
    "how",
    "wait",
    "deadline",
    "amount",
    "who",
    "topic",
    "unknown",
]

_POINTS: dict[str, WordRole] = phrases(
    "points",
    "thế | vậy | còn | thế còn | vậy còn | thế thì | vậy thì | thế nếu | vậy nếu | còn như | ủa vậy | ủa thế",
    "rứa | rứa thì | rứa còn | ủa rứa | ủa còn | vại | vầy | dậy | thía | vậy giờ | thế giờ | nhưng nếu | mà nếu",
)
_POINTING: Phrases[WordRole] = Phrases(_POINTS)
"""They point back where a message begins with them; elsewhere «vậy» is polite, and «còn» is «still»."""

# Of phrases that are alike without accents the first is taken for one that is typed without.
_TABLE = """
pays: đóng | mua | góp | đóng góp | đóng tiền | đóng đủ | nộp tiền | gom
pays: nộp gom | bỏ ra | bỏ vô | bỏ vào
if: lỡ như | nếu lỡ
if: nếu | nếu như | nếu mà | giả sử | giả dụ | lỡ | nhỡ | trường hợp | trong trường hợp | ví dụ
then_what: thì sao | thì thế nào | thì như thế nào | thì ra sao | thì làm sao | thì s | thì tnao | thì sao nữa
then_what: thì có gì khác | có khác không | có khác gì không | cũng vậy không | cũng thế không
then_what: thì răng | thì seo | thì tính sao | cũng vậy à | cũng thế à | có được vậy không
papers: cần gì | cần những gì | gồm những gì | gồm gì | cần có gì | cần có những gì | phải có gì | bao gồm những gì
papers: cần chi | cần những chi | gồm chi | gồm những chi | gồm có chi | những chi
papers: có giấy gì | đòi gì | đòi giấy gì | phải đem gì | đem gì | mang gì
papers: gồm có gì | gồm có những gì | bao gồm gì
paper: đơn | mẫu đơn | giấy tờ | hồ sơ | giấy | loại giấy tờ | loại giấy | giấy má
carries: mang | mang theo | đem | đem theo | chuẩn bị | cầm | cầm theo
where: đâu | ở đâu | tới đâu | đến đâu | ra đâu | tại đâu | chỗ nào | ở chỗ nào | nơi nào | ở nơi nào | cơ quan nào
where: xã hay huyện | xã hay ra huyện | xã hay tỉnh | xã hay lên huyện | xã hay lên tỉnh | phường hay quận
where: mô | nộp mô | nộp ở mô | ra mô | lên mô
where: đi đâu | lên đâu | vô đâu | vào đâu | qua đâu | ngoài đâu | đi mô | cho chỗ nào | chỗ nào nhận | đâu nhận
where: liên hệ ai | gặp ai | hỏi ai | tìm ai | kiếm ai | liên hệ với ai | nộp ai | đưa ai
where: huyện hay tỉnh | huyện hay xã | chỗ mô | ở mô | nơi mô
place: xã | phường | huyện | tỉnh | ủy ban | cơ quan | trụ sở
how: thế nào | như thế nào | làm sao | ra sao | cách nào | kiểu gì | kiểu nào | bằng cách nào | sao đây | cách làm
how: thủ tục | quy trình | trình tự | các bước | bước nào | những bước nào | từng bước | bước gì | những bước gì
how: mấy bước | bao nhiêu bước | bước | cách thức | răng | làm gì | phải làm gì | cần làm gì | làm những gì
how: hướng dẫn | làm như nào | như nào
wait: bao lâu | mấy ngày | bao nhiêu ngày | mấy hôm | mấy bữa | mấy tuần | bao nhiêu tuần | bao nhiêu lâu | bao giờ
wait: khi nào | lúc nào | chừng nào | hồi nào | ngày nào | hôm nào | tháng nào | khi mô | lâu không | có lâu không
wait: mất bao lâu | mất mấy ngày | mất bao nhiêu ngày | bao lâu nữa | mất mấy hôm | mất mấy tuần | mất bao nhiêu lâu
wait: bữa nào | chờ bao lâu | đợi bao lâu | chờ lâu không | đợi lâu không | mau không | có mau không | chờ mấy bữa
wait: đợi mấy bữa | chờ mấy ngày | đợi mấy ngày | cỡ bao lâu | chừng bao lâu | khoảng bao lâu | hết bao lâu
wait: chừng mấy ngày | cỡ mấy ngày | khoảng mấy ngày | chừng mấy bữa | cỡ mấy bữa | chừng mấy hôm
wait: áp dụng từ khi nào | khi nào áp dụng | áp dụng khi nào | áp dụng từ tháng nào | từ khi nào | từ tháng mấy
wait: mấy bựa | tháng mấy | ngày mấy | năm nào | lâu lắm không | nhanh không | mất khoảng bao lâu
deadline: hạn chót | hạn cuối | hạn | hết hạn | thời hạn | quá hạn | muộn nhất | chậm nhất | trễ nhất | trước ngày nào
deadline: trước tháng nào | trước khi nào | trước ngày mấy | đến ngày nào | tới ngày nào | trước ngày bao nhiêu
deadline: lâu nhất | trễ nhất là | trong hạn mấy | giúp được mấy năm | giúp mấy năm | giúp bao lâu | giúp được bao lâu
deadline: giúp được bao nhiêu năm | giúp bao nhiêu năm | giúp trong bao lâu | giúp tới bao giờ | giúp đến bao giờ
deadline: phụ được mấy năm | phụ mấy năm | phụ bao lâu | phụ được bao lâu | đỡ được mấy năm | cho được mấy năm
deadline: giúp được mấy tháng | giúp mấy tháng | phụ được mấy tháng | bao lâu phải nộp | mấy ngày phải nộp
deadline: bao lâu thì phải nộp | mấy tháng phải nộp | mấy ngày thì phải nộp | bao lâu phải làm | chừng nào phải nộp
deadline: bao lâu thì hết | bao lâu hết | khi nào hết | bao giờ hết | mấy năm thì hết | chừng nào hết | mấy năm hết
deadline: trước tháng mấy | trước mấy giờ | hạn tháng mấy
deadline: trễ nhứt | chậm nhứt | muộn nhứt | trễ nhất tháng mấy
deadline: ngày cuối | ngày cuối cùng | trước lúc nào | trước bao giờ | đến hạn
until: đến bao giờ | tới bao giờ | đến khi nào | tới khi nào | đến lúc nào | tới chừng nào
within: trong bao lâu | trong mấy ngày | trong bao nhiêu ngày | trong vòng bao lâu | trong vòng mấy ngày
within: trong vòng bao nhiêu ngày | trong thời gian bao lâu | trong mấy tháng | trong vòng mấy tháng | trong mấy bữa
amount: được chừng nào | được cỡ nào | chừng bao nhiêu | còn mấy | còn bao nhiêu
amount: bớt còn mấy | mỗi tháng mấy | bớt còn bao nhiêu | giảm còn mấy | giảm còn bao nhiêu
amount: tháng mấy tiền | tháng mấy đồng | một tháng mấy | bao tiền một tháng | bi nhiêu | mấy xu | mấy chai | mấy củ
amount: bao nhiêu | bao nhiêu tiền | mấy tiền | mấy đồng | mấy triệu | mấy trăm | mấy chục | nhiêu | bao tiền
amount: được mấy | hết mấy | mất mấy | mất bao nhiêu | mấy phần trăm | bao nhiêu phần trăm | mức nào | thì mấy
amount: số tiền | tiền bạc | mất nhiêu | nhiều không | nhiều hơn không | ít hơn không
who: ai | những ai | đối tượng nào | những đối tượng nào | người nào | những người nào | ai với ai
asks: gì | nào | những gì | sao | mấy | tại sao | vì sao | là sao | là gì | nghĩa là sao | được không | có không
asks: có được không | đúng không | phải không | hay không | được chưa | hay chưa | tính thế nào | tính như thế nào
amount: được gì | được những gì | được cái gì | được chi | được những chi | hưởng gì | hưởng những gì | thì được gì
amount: nhận được gì | có được gì không | có được gì | được gì không | có gì không
asks: tính sao | tính ra sao | tính kiểu gì | cách tính | hay | hoặc | bao nhiêu lần | mấy lần | bao nhiêu người
asks: mấy người | là thế nào | là như thế nào
filler: lận | nghen | nhen | hông | y | y vậy | y chang | y thế | y như vậy | như vậy | như thế | giống vậy | giống
filler: đủ | nguyên | tròn | hẳn | trọn | cùng | cỡ | hết thảy | cả thảy | chỉ
filler: tự | ráng | gắng | tốn | rứa | rứa hả | vậy ta | vậy cà | ta | đợi | chờ | mới được | hồi | bữa | kiểu
filler: luôn thể | nhà | gia đình | cho khỏe | cho tiện | cho gọn | cho nhẹ | cho rảnh | cho lẹ | cho dễ | cho chắc
filler: cho xong | cho rồi | cho nhanh | cho đỡ | cho đỡ mệt | đỡ mệt | đỡ công | đỡ phải đi | cho đỡ phải đi
filler: không | chưa | không phải | chẳng | chả | dạ | thưa | vâng | ạ | à | ah | ờ | ừ | uh | um | ơi | nhé | nha
filler: nhỉ | hả | hen | nghe | nè | này | là | thì | vậy | đây | rồi | luôn | thôi | nhá | hihi | haha | thế | ấy
filler: đó | kia | mà | cơ | chứ | chớ | cho | hỏi | xin | với | giúp | hộ | giùm | dùm | làm ơn | muốn | biết | nói
filler: rõ | cụ thể | chi tiết | và | của | để | ở | tại | ra | vào | lên | đi | về | lại | cũng | vẫn | còn | đang
filler: sẽ | phải | cần | nên | thật | theo | những | các | loại | cái | khoản | phần | lúc | khi | mới | nhất | thế à
filler: vậy à | ủa | ơ | ồ | á | hử | hở | hè | vậy hả | thế hả | trước | sau | thử | xem | bị | mỗi | một chút | tí
filler: tổng | tổng cộng | cả | hết | tất cả | xong | đối với | riêng | như | vậy nha | nhưng | hay sao | nào đó | đã
filler: trường hợp này | trường hợp đó | trường hợp tôi | cái này | cái đó | việc này | việc đó | chế độ này
filler: khoản này | khoản đó | gộp lại | bằng | qua | chút | ok | oke | alo | tiền | đối tượng | kể từ | kể cả | tính
filler: đúng | đúng rồi | chính xác | hơn | dưới | trên | gần | thêm | nữa | thứ | đến | từ | tới | bạn làm ơn
filler: tính từ | giờ | liên hệ | gặp | tìm | chạy | vậy thì | thế thì | mọi người
counts_months: mấy tháng | bao nhiêu tháng | mấy năm | bao nhiêu năm
fact: nam | nữ | nam giới | nữ giới | phụ nữ | đàn ông | đàn bà | trai | gái | hộ nghèo | nghèo | hộ cận nghèo
fact: nguyên năm | cả năm | trọn năm | nửa năm | nguyên một năm | nguyên quý | cả quý
fact: có sổ hộ nghèo | có sổ nghèo | có sổ cận nghèo | có sổ hộ cận nghèo
label: mức đó | mức ấy | mức cũ
fact: cận nghèo | hộ cận | cận | dân tộc | dân tộc thiểu số | người dân tộc | người kinh | dân tộc kinh | kinh
fact: cao hơn | thấp hơn | nhiều hơn | ít hơn
fact: xã đảo | huyện đảo | đặc khu | ở đảo | đôi | năm nay | năm sau | năm ngoái | sang năm | năm tới | hàng tháng
fact: hằng tháng | hàng năm | hằng năm | hàng quý | hằng quý | tháng một lần | năm một lần | quý một lần
number: một | hai | bốn | năm | sáu | bảy | bẩy | tám | chín | mười | mươi | mốt | tư | rưỡi
unit: tháng | năm | ngày | tuần | quý | trăm | nghìn | ngàn | triệu | tỷ | tỉ | chục | đồng | củ | lít | phần trăm
label: giới tính | mức | gói | thu nhập | lương | mức lương | tiền lương | mức thu nhập | khoảng | tầm | hộ | diện
label: thuộc | thuộc diện | năm sinh | tháng sinh | mỗi tháng | mỗi năm | bây giờ | hiện nay | một nửa | nửa
kin: bố | mẹ | má | ba | tía | cha | vợ | chồng | thầy u | bầm | u | ông xã | bà xã | con trai | con gái | bố mẹ
kin: ba má | cha mẹ | vợ chồng | bố vợ | mẹ vợ | bố chồng | mẹ chồng | anh trai | em trai | chị gái | em gái | con dâu
kin: ông nhà | bà nhà | nhà tôi | nhà em | nhà mình
payers: vợ không đóng | vợ chưa đóng | chồng không đóng | chồng chưa đóng | mẹ không đóng | cha không đóng
payers: bà xã không đóng | ông xã không đóng | ổng không đóng | bả không đóng | vợ thì không | chồng thì không
kin: con rể | ông nội | bà nội | ông ngoại | bà ngoại | người nhà | người khác
address: em | anh | chị | cô | chú | bác | ông | bà | con | cháu | tôi | tui | mình | bạn | dì | cậu | mợ | thím
address: dượng | ad | admin | bot | tao | tớ | họ | nó | người ta | chúng tôi | bọn em | bà con | ta | ảnh | chỉ | ổng
address: bả | ông ấy | bà ấy | anh ấy | chị ấy | cô ấy | bạn ơi | người
gets: được | nhận | nhận được | lãnh | hưởng | lĩnh | có | lấy | trả | chi trả | có tiền | nhận tiền | ra tiền
handed_in: nộp rồi | đã nộp | nộp hồ sơ rồi | nộp giấy rồi | nộp xong | nộp xong rồi | gửi rồi | làm rồi | làm xong
handed_in: có sổ | ra sổ | nhận sổ | được sổ | cấp sổ | lấy sổ | nhận được sổ | được cấp sổ
gets: kết quả | được hưởng | được nhận | được lãnh | tiền về
gets: giải quyết | duyệt | quyết định | ra quyết định | có quyết định
hands_in: nộp | gửi | gởi | nộp lên | đưa | giao
extreme: thấp nhất | cao nhất | tối thiểu | tối đa | ít nhất | nhiều nhất | mức sàn | mức trần
does: làm | thực hiện | tiến hành | bắt đầu
topic: lương hưu | hưu | hưu trí | về hưu | nghỉ hưu | tiền hưu | tuổi hưu | già | về già | tuổi già | thai sản | đẻ
topic: bầu | mang thai | mang bầu | thai | sinh | sinh con | sinh em bé | sinh nở | sinh đẻ | rút | một lần | lần
topic: tuất | tử tuất | mai táng | chôn cất | chết | qua đời | từ trần | tử vong | mất sổ | mất sớm | mất đi | bị mất
topic: lỡ mất | mất việc | mất quyền | mất trắng | mất tiền | thẻ | sổ | y tế | thẻ y tế | thẻ bảo hiểm | khám | viện
topic: bệnh | ốm | ốm đau | tai nạn | thất nghiệp | bảo hiểm | bảo hiểm xã hội | bảo hiểm y tế | tự nguyện | bắt buộc
topic: tham gia | đăng ký | xã hội | hỗ trợ | trợ cấp | hưởng lợi | mất | giảm | miễn | công ty | lao động | mã số
topic: mật khẩu | tài khoản | ngân hàng | chuyển khoản | đại lý | lừa | lừa đảo | phí | lãi | thuế | phạt | trễ | muộn
topic: chậm | nợ | dừng | ngừng | nghỉ | bỏ | ngưng | gián đoạn | đứt quãng | tạm | chuyển | đổi | cộng | gộp | nối
topic: bảo lưu | thừa kế | ủy quyền | nhận thay | đóng thay | đóng hộ | đóng giùm | đóng dùm | trượt giá | lạm phát
topic: nước ngoài | định cư | bộ đội | nghĩa vụ | sinh viên | học sinh | nội trợ | kinh doanh | tiết kiệm | nhân thọ
topic: so sánh | lợi | lỗ | quyền lợi | chế độ | điều kiện | tuổi | sớm | chốt | cấp lại | làm lại | sai | sửa
topic: tra cứu | mạng | trực tuyến | online | app | luật | thay đổi | tăng | điều chỉnh | bù | đóng bù | đóng một lần
topic: đóng trước | đóng tiếp | đóng tiền trước | thiếu | hoàn | trả lại | lấy lại | thất lạc | rách | ly hôn
topic: khuyết tật | vssid | vneid | căn cước | địa chỉ | cán bộ | nhà nước | chính sách | di chuyển | đi làm
topic: nông dân | buôn bán | công an | giáo viên | liên tục | đủ năm | trợ cấp xã hội | hưu xã hội | tiền già | quyền
topic: xin việc | đám tang | đám ma | tới đâu rồi | đến đâu rồi | ở bước nào | đang ở đâu rồi | chưa có tiền
topic: chưa thấy | chưa nhận được | trả về | biên lai | đi thu | người thu | giá | hết tiền | chưa có gì | quỹ | dư
topic: thừa | đợt | bưu điện | quên | không đủ | chưa đủ | đủ tuổi | đóng đủ năm | sau hạn | trễ hạn | có lương
topic: lương được | lương bao nhiêu | lương mấy | lương nhiêu
topic: lãnh lương | nhận lương | được lương | hồ sơ của tôi | hồ sơ của em | hồ sơ tôi | hồ sơ em | tiền của tôi
topic: tiền của em | kiểm tra | tư vấn | để hôm nào | để về
topic: là ai | ai đó | ai đây | có ai | ai làm ra | ai trả lời | ai trả lương | bạn là | bạn biết | bạn của | bạn làm
topic: bạn ở | bạn có | bạn giúp được | bạn phải | bạn sống | ad là | ad ở | ad có | bot là | bot có | mày | em ở đâu
topic: thôi đóng | thôi không đóng | không đóng | chưa đóng | không nộp | hết tiền đóng | đóng nữa
topic: tiền trả | có tiền trả | vay | thi | thuê | bán | kiện | giấy phép
"""


def _first_word(phrase: str) -> str:
    return fold(phrase.split()[0])


_ROLE_NAMES: dict[str, WordRole] = {role: role for role in get_args(WordRole)}
_EXACT: dict[str, WordRole] = {
    phrase: _ROLE_NAMES[role]
    for role, _, line in (each.partition(": ") for each in _TABLE.strip().splitlines())
    for phrase in line.split(" | ")
}
_ROLES: Phrases[WordRole] = Phrases(_EXACT)
_LENGTHS = {
    first: max(len(phrase.split()) for phrase in same)
    for first, same in groupby(sorted(_EXACT, key=_first_word), key=_first_word)
}
"""By the first word of phrases, folded, the number of words of the longest."""
_OF_BIRTH = words("năm tháng ngày đôi ba tư hai vào khoảng")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class WordRoles:
    """The words of a message and what each does, read up to a topic of its own, for that decides.

    `said` are words, folded, that are known to state facts, and `plain` words, as typed, of which no topic is made:
    «một lần» in «3 tháng một lần».
    """

    def __init__(self, text: str, said: frozenset[str] = frozenset(), plain: frozenset[str] = frozenset()) -> None:
        tokens = spelled_no(tokens_of(normalize(text)))
        self.all: tuple[tuple[WordRole, Tokens], ...] = tuple(_roles(tokens, said, plain, has_accents(text)))
        self.words = len(tokens)

    def of(self, *roles: WordRole) -> bool:
        """Whether any word has one of the roles."""
        return any(role in roles for role, _ in self.all)

    def only(self, *roles: WordRole) -> bool:
        """Whether every word has one of the roles."""
        return all(role in roles for role, _ in self.all)

    def typed(self, role: WordRole) -> list[Token]:
        """The words that have the role."""
        return [token for each, tokens in self.all for token in tokens if each == role]

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether the message ends in «không», «chưa», after what it asks of."""
        matter = [tokens[-1].fold for role, tokens in self.all if role != "address" and tokens[-1].fold not in _AFTER]
        return len(matter) > 1 and matter[-1] in ("khong", "chua")


_AFTER = frozenset({"a", "vay", "nhi", "ha", "nha", "nhe", "the", "ah", "ad"})


def _roles(
    tokens: Tokens, said: frozenset[str], plain: frozenset[str], accented: bool
) -> Iterator[tuple[WordRole, Tokens]]:
    at, opening = 0, True
    while at < len(tokens):
        role, after = _role(tokens, at, opening, accented)
        if role == "unknown" and tokens[at].fold in said:
            role = "fact"
        if role == "topic" and all(token.text in plain for token in tokens[at:after]):
            role = "fact"
        yield role, tokens[at:after]
        if role == "topic":
            return
        opening = opening and role in ("points", "filler", "address", "if") and at < _LONGEST_OPENING
        at = after


_LONGEST_OPENING = 2


def _role(tokens: Tokens, at: int, opening: bool, accented: bool) -> Found[WordRole]:
    number = _number(tokens, at)
    if number is not None:
        return number
    if not tokens[at].text.isalpha():
        return "filler", at + 1
    known = _known(tokens, at, accented)
    if opening:
        pointing = _POINTING.read(tokens, at)
        exact = pointing is not None and (not accented or _spelled(tokens, at, pointing[1]) in _POINTS)
        if exact and pointing is not None and (known is None or pointing[1] >= known[1]):
            return pointing
    if known is None:
        return "unknown", at + 1
    return _in_company(tokens, at, *known)


def _known(tokens: Tokens, at: int, accented: bool) -> Found[WordRole] | None:
    """The longest phrase there; in a message with accents «đẻ» is not «để» left half written."""
    near = _ROLES.read(tokens, at)
    if accented:
        shortest = at if near is None else near[1] - 1
        for after in range(min(len(tokens), at + _LENGTHS.get(tokens[at].fold, 0)), shortest, -1):
            role = _EXACT.get(_spelled(tokens, at, after))
            if role is not None:
                return role, after
    return near


def _spelled(tokens: Tokens, at: int, after: int) -> str:
    return " ".join(token.text for token in tokens[at:after])


_LONGEST_NUMBER = 12
"""Words: more of them are no number, and looking for its end from each would take long."""


def _number(tokens: Tokens, at: int) -> Found[WordRole] | None:
    """A number and what it counts as one fact; a year, or a month of one, counts nothing and is one too."""
    after, longest = at, min(len(tokens), at + _LONGEST_NUMBER)
    while after < longest and _counts(tokens, after) and not (after > at and tokens[after].fold == "nam"):
        after += 1
    if after == at:
        return None
    unit = after
    while unit < len(tokens) and _is_unit(tokens, unit, first=unit == after):
        unit += 1
    if unit < len(tokens) and unit == after and tokens[unit].fold == "tuoi":
        return "fact", unit + 1
    if unit > after:
        return "fact", unit
    years = (token.digits for token in tokens[at:after])
    if any(year is not None and _FIRST_YEAR <= year <= _LAST_YEAR for year in years) or "%" in _after(tokens, after):
        return "fact", after
    if not tokens[at].is_number:
        return None  # «ba» is a father, «năm» years, «một» in «nói một câu» counts nothing of ours
    return "number", after


def _is_unit(tokens: Tokens, at: int, *, first: bool) -> bool:
    """Whether the word there is what a number counts; «nam» right after a number is «năm»."""
    return (_ROLES.read(tokens, at) or ("unknown", 0))[0] == "unit" or (first and tokens[at].text == "nam")


def _after(tokens: Tokens, at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _counts(tokens: Tokens, at: int) -> bool:
    return tokens[at].is_number or _NUMBERS.get(tokens, at) is True


_NUMBERS = words("một hai ba bốn năm lăm sáu bảy bẩy tám chín mười mươi mốt rưỡi nửa")


def _in_company(tokens: Tokens, at: int, role: WordRole, after: int) -> Found[WordRole]:
    """What the words at hand do, by the words around them."""
    last, following = tokens[after - 1].fold, tokens[after] if after < len(tokens) else None
    if role == "topic" and following is not None:
        if last == "sinh" and (following.is_number or _OF_BIRTH.get(tokens, after)):
            return "fact", after
        if last == "luong" and after > at + 1 and (following.is_number or following.fold in ("muc", "khoang")):
            return "label", after
    if role == "pays" and tokens[at].text == "dong" and at and _is_money(tokens[at - 1]):
        return "unit", at + 1
    if role == "amount" and following is not None and following.fold == "tuoi":
        return "topic", after + 1
    return role, after


def _is_money(before: Token) -> bool:
    """Whether «dong» without accents after this word is a currency."""
    return before.is_number or before.fold in ("nghin", "ngan", "trieu", "tram", "chuc", "ty", "may")
