"""What each word of a message does there: states a fact, asks, points back at what was said, names a topic.

Words are compared as `words` does, so without accents «con» may be «còn» and «the» may be «thế». A topic is a word
of this domain that lets a message stand alone; a word that is in no list is unknown, and mostly a topic as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from handlers.reading.words import Phrases, Token, Tokens, phrases, spelled_no, tokens_of, words
from vietnamese.normalize import normalize

Role = Literal[
    "points",  # «thế», «vậy», «còn»: at the beginning of a message
    "if",  # «nếu», «trường hợp»
    "then_what",  # «thì sao»
    "fact",  # numbers and what is counted, sex, groups
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

_POINTS = "thế | vậy | còn | thế còn | vậy còn | thế thì | vậy thì | thế nếu | vậy nếu | còn như | ủa vậy | ủa thế"
_POINTING: Phrases[Role] = Phrases(phrases("points", _POINTS))
"""They point back where a message begins with them; elsewhere «vậy» is polite, and «còn» is «still»."""

# Of phrases that are alike without accents the first is taken for one that is typed without.
_TABLE = """
pays: đóng | mua | góp | đóng góp | đóng tiền | đóng đủ | nộp tiền
if: nếu | nếu như | nếu mà | giả sử | giả dụ | lỡ | nhỡ | trường hợp | trong trường hợp | ví dụ
then_what: thì sao | thì thế nào | thì như thế nào | thì ra sao | thì làm sao | thì s | thì tnao | thì sao nữa
then_what: thì được gì | thì có gì khác | có khác không | có khác gì không | cũng vậy không | cũng thế không
then_what: cũng vậy à | cũng thế à | có được vậy không
papers: cần gì | cần những gì | gồm những gì | gồm gì | cần có gì | cần có những gì | phải có gì | bao gồm những gì
papers: gồm có gì | gồm có những gì | bao gồm gì
paper: giấy tờ | hồ sơ | giấy | loại giấy tờ | loại giấy | giấy má
carries: mang | mang theo | đem | đem theo | chuẩn bị | cầm | cầm theo
where: đâu | ở đâu | tới đâu | đến đâu | ra đâu | tại đâu | chỗ nào | ở chỗ nào | nơi nào | ở nơi nào | cơ quan nào
where: xã hay huyện | xã hay ra huyện | xã hay tỉnh | xã hay lên huyện | xã hay lên tỉnh | phường hay quận
where: huyện hay tỉnh | huyện hay xã | chỗ mô | ở mô | nơi mô
place: xã | phường | huyện | tỉnh | ủy ban | bưu điện | cơ quan | trụ sở
how: thế nào | như thế nào | làm sao | ra sao | cách nào | kiểu gì | kiểu nào | bằng cách nào | sao đây | cách làm
how: thủ tục | quy trình | trình tự | các bước | bước nào | những bước nào | từng bước | bước gì | những bước gì
how: mấy bước | bao nhiêu bước | bước | cách thức | răng | làm gì | phải làm gì | cần làm gì | làm những gì
how: hướng dẫn | làm như nào | như nào
wait: bao lâu | mấy ngày | bao nhiêu ngày | mấy hôm | mấy bữa | mấy tuần | bao nhiêu tuần | bao nhiêu lâu | bao giờ
wait: khi nào | lúc nào | chừng nào | hồi nào | ngày nào | hôm nào | tháng nào | khi mô | lâu không | có lâu không
wait: mất bao lâu | mất mấy ngày | mất bao nhiêu ngày | bao lâu nữa | mất mấy hôm | mất mấy tuần | mất bao nhiêu lâu
wait: lâu lắm không | nhanh không | mất khoảng bao lâu
deadline: hạn chót | hạn cuối | hạn | hết hạn | thời hạn | quá hạn | muộn nhất | chậm nhất | trễ nhất | trước ngày nào
deadline: trước tháng nào | trước khi nào | trước ngày mấy | đến ngày nào | tới ngày nào | trước ngày bao nhiêu
deadline: ngày cuối | ngày cuối cùng | trước lúc nào | trước bao giờ | đến hạn
until: đến bao giờ | tới bao giờ | đến khi nào | tới khi nào | đến lúc nào | tới chừng nào
amount: bao nhiêu | bao nhiêu tiền | mấy tiền | mấy đồng | mấy triệu | mấy trăm | mấy chục | nhiêu | bao tiền
amount: được mấy | hết mấy | mất mấy | mất bao nhiêu | mấy phần trăm | bao nhiêu phần trăm | mức nào | thì mấy
amount: số tiền | tiền bạc | mất nhiêu | nhiều không | nhiều hơn không | ít hơn không
who: ai | những ai | đối tượng nào | những đối tượng nào | người nào | những người nào | ai với ai
asks: gì | nào | những gì | sao | mấy | tại sao | vì sao | là sao | là gì | nghĩa là sao | được không | có không
asks: có được không | đúng không | phải không | hay không | được chưa | hay chưa | tính thế nào | tính như thế nào
asks: tính sao | tính ra sao | tính kiểu gì | cách tính | hay | hoặc | bao nhiêu lần | mấy lần | bao nhiêu người
asks: mấy người | là thế nào | là như thế nào
filler: không | chưa | không phải | chẳng | chả | dạ | thưa | vâng | ạ | à | ah | ờ | ừ | uh | um | ơi | nhé | nha
filler: nhỉ | hả | hen | nghe | nè | này | là | thì | vậy | đây | rồi | luôn | thôi | nhá | hihi | haha | thế | ấy
filler: đó | kia | mà | cơ | chứ | chớ | cho | hỏi | xin | với | giúp | hộ | giùm | dùm | làm ơn | muốn | biết | nói
filler: rõ | cụ thể | chi tiết | và | của | để | ở | tại | ra | vào | lên | đi | về | lại | cũng | vẫn | còn | đang
filler: sẽ | phải | cần | nên | thật | theo | những | các | loại | cái | khoản | phần | lúc | khi | mới | nhất | thế à
filler: vậy à | ủa | ơ | ồ | á | hử | hở | hè | vậy hả | thế hả | trước | sau | thử | xem | bị | mỗi | một chút | tí
filler: tổng | tổng cộng | cả | hết | tất cả | xong | đối với | riêng | như | vậy nha | nhưng | hay sao | nào đó | đã
filler: trường hợp này | trường hợp đó | trường hợp tôi | cái này | cái đó | việc này | việc đó | chế độ này
filler: khoản này | khoản đó | gộp lại | bằng | qua | chút | ok | oke | alo | tiền | đối tượng | kể từ | kể cả | tính
filler: tính từ | giờ | liên hệ | gặp | tìm | chạy | vậy thì | thế thì | mọi người
counts_months: mấy tháng | bao nhiêu tháng | mấy năm | bao nhiêu năm
fact: một | hai | bốn | sáu | bảy | bẩy | tám | chín | mười | mươi | mốt | lăm | tư | rưỡi | trăm | nghìn | ngàn
fact: triệu | tỷ | tỉ | chục | đồng | tháng | năm | ngày | tuần | quý | củ | lít | nam | nữ | nam giới | nữ giới
fact: phụ nữ | đàn ông | đàn bà | trai | gái | giới tính | mức | gói | thu nhập | lương | mức lương | tiền lương
fact: mức thu nhập | khoảng | tầm | hộ nghèo | nghèo | hộ cận nghèo | cận nghèo | hộ cận | cận | dân tộc
fact: dân tộc thiểu số | người dân tộc | người kinh | dân tộc kinh | kinh | xã đảo | huyện đảo | đặc khu | ở đảo
fact: diện | thuộc | thuộc diện | hơn | dưới | trên | gần | một nửa | nửa | đôi | thêm | nữa | thứ | đến | từ | tới
fact: hàng tháng | hằng tháng | mỗi tháng | mỗi năm | hàng năm | hằng năm | hàng quý | tháng một lần | năm một lần
fact: quý một lần | năm nay | năm sau | năm ngoái | bây giờ | hiện nay | phần trăm | năm sinh | tháng sinh
kin: bố | mẹ | má | ba | tía | cha | vợ | chồng | thầy u | bầm | u | ông xã | bà xã | con trai | con gái | bố mẹ
kin: ba má | cha mẹ | vợ chồng | bố vợ | mẹ vợ | bố chồng | mẹ chồng | anh trai | em trai | chị gái | em gái | con dâu
kin: con rể | ông nội | bà nội | ông ngoại | bà ngoại | người nhà | người khác
address: em | anh | chị | cô | chú | bác | ông | bà | con | cháu | tôi | tui | mình | bạn | dì | cậu | mợ | thím
address: dượng | ad | admin | bot | tao | tớ | họ | nó | người ta | chúng tôi | bọn em | bà con | ta | ảnh | chỉ | ổng
address: bả | ông ấy | bà ấy | anh ấy | chị ấy | cô ấy | bạn ơi | người
gets: được | nhận | nhận được | lãnh | hưởng | lĩnh | có | lấy | trả | chi trả | có tiền | nhận tiền | ra tiền
gets: được hưởng | được nhận | được lãnh | tiền về | giải quyết | duyệt
hands_in: nộp | gửi | nộp lên
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
topic: thừa | đợt
"""
_ROLE_NAMES: dict[str, Role] = {role: role for role in get_args(Role)}
_ROLES: Phrases[Role] = Phrases(
    {
        phrase: _ROLE_NAMES[role]
        for role, _, line in (each.partition(": ") for each in _TABLE.strip().splitlines())
        for phrase in line.split(" | ")
    }
)
_COUNTED_OF_BIRTH = words("năm tháng ngày đôi ba tư hai vào khoảng")
_UNITS = words("tháng năm quý ngày")


class Roles:
    """The words of a message and what each does; `said` are words that are known to state facts."""

    def __init__(self, text: str, said: frozenset[str] = frozenset()) -> None:
        tokens = spelled_no(tokens_of(normalize(text)))
        self.all: tuple[tuple[Role, Tokens], ...] = tuple(_roles(tokens, said))
        self.words = len(tokens)

    def of(self, *roles: Role) -> bool:
        """Whether any word has one of the roles."""
        return any(role in roles for role, _ in self.all)

    def typed(self, role: Role) -> list[str]:
        """The words that have the role, folded."""
        return [token.fold for each, tokens in self.all for token in tokens if each == role]


def _roles(tokens: Tokens, said: frozenset[str]) -> Iterator[tuple[Role, Tokens]]:
    at, opening = 0, True
    while at < len(tokens):
        role, after = _role(tokens, at, opening, said)
        yield role, tokens[at:after]
        opening = opening and role in ("points", "filler", "address", "if") and not (role == "address" and at > 1)
        at = after


def _role(tokens: Tokens, at: int, opening: bool, said: frozenset[str]) -> tuple[Role, int]:
    if tokens[at].is_number:
        return "fact", at + 1
    if not tokens[at].text.isalpha():
        return "filler", at + 1
    known = _ROLES.read(tokens, at)
    if opening:
        pointing = _POINTING.read(tokens, at)
        if pointing is not None and (known is None or pointing[1] >= known[1]):
            return pointing
    if known is None:
        return ("fact" if tokens[at].fold in said else "unknown"), at + 1
    role, after = known
    before = tokens[at - 1] if at else None
    if role == "topic" and after == at + 1:
        if tokens[at].fold == "sinh" and after < len(tokens):
            born = tokens[after].is_number or _COUNTED_OF_BIRTH.get(tokens, after)
            return ("fact" if born else "topic"), after
        if tokens[at].fold == "tuoi" and before is not None and _is_counted(tokens, at - 1):
            return "fact", after
    if role == "topic" and tokens[after - 1].fold == "lan" and at and _UNITS.get(tokens, at - 1):
        return "fact", after
    if role == "pays" and tokens[at].text == "dong" and before is not None and _is_money(before):
        return "fact", at + 1
    if role == "amount" and after < len(tokens) and tokens[after].fold == "tuoi":
        return "topic", after + 1
    return role, after


def _is_money(before: Token) -> bool:
    """Whether «dong» without accents after this word is a currency."""
    return before.is_number or before.fold in ("nghin", "ngan", "trieu", "tram", "chuc", "ty", "may")


def _is_counted(tokens: Tokens, at: int) -> bool:
    return tokens[at].is_number or _NUMBERS.get(tokens, at) is True


_NUMBERS = words("một hai ba bốn năm lăm sáu bảy tám chín mười mươi mốt")
