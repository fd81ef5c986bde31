"""What a question asks for: an amount or none, what to pay, how long is missing, whether or when something is due."""

from __future__ import annotations

import re
from fractions import Fraction

from handlers.reading.questions import asks_in_words
from vietnamese.normalize import fold, folded_words, normalize


def _says(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(folded_words(text)) is not None


# --- amounts -------------------------------------------------------------------------------------

_NOT_DRAWN = "".join(f"(?<!{word} )" for word in ("duoc", "lanh", "linh", "nhan", "huong", "luong", "huu", "ve", "cho"))
_WHAT_TO_PAY = re.compile(
    r"\b(?:dong|nop|mua|ton|het|tra)(?: tien| het)* (?:bao nhieu|nhieu|may|muc nao|bn)\b"
    r"(?! (?:nam|thang|tuoi|lan|ngay))|"
    r"\bdong muc (?:\w+ ){1,8}?(?:thi|thang|(?:thi )?(?:moi|mot|tung) \w+) (?:dong |nop |het |la |ton |phai )*"
    r"(?:bao nhieu|nhieu|bn)\b|"
    r"\bdong (?:muc |y |giong |nhu |bang |theo ){1,3}\w+(?: \w+){0,3}? thi (?:\w+ )?(?:bao nhieu|nhieu|may|bn)\b"
    r"(?! (?:nam|thang|tuoi|lan|ngay))|"
    rf"{_NOT_DRAWN}\bbao nhieu mot thang\b|\bmoi (?:lan|quy|ky|dot) (?:dong |nop |la |het )*(?:bao nhieu|nhieu|bn)\b"
)


def asks_what_to_pay(text: str) -> bool:
    """Whether a message asks for the amount to be paid: one that was named before is not meant."""
    return _says(_WHAT_TO_PAY, text)


_ALIKE = re.compile(
    r"\b(?:muc|dong|nop) (?:muc |y |giong |cung )*(?:nhu|giong|bang|theo|cung muc|y) \w+|\bcung muc\b"
    r"|\bmuc (?:do|ay|nay|cu)\b"
)


def pays_alike(text: str) -> bool:
    """Whether a message means the amount that was told before: «mụ đóng mức như tui thì mấy»."""
    return _says(_ALIKE, text)


_LEVEL_OF_IT = re.compile(r"\b(?:muc thu nhap|muc luong|muc|thu nhap) (?:la )?(?:bao nhieu|nhieu|nao|may|bn)\b")
_MISSED = re.compile(r"\b(?:dong|nop) (?:bu|not|cho du)\b|\b(?:con )?thieu (?:\d|may|bao)")


def asks_for_the_level(text: str) -> bool:
    """Whether a message asks which level of income an amount comes to."""
    return _says(_LEVEL_OF_IT, text)


def of_months_missed(text: str) -> bool:
    """Whether it is to be paid for months that are missing: «đóng bù 3 năm hết bao nhiêu»."""
    return _says(_MISSED, text)


def asks_the_price(text: str) -> bool:
    """Whether a message asks what to pay from now on, and for no pension and no months that are missing."""
    return asks_what_to_pay(text) and not speaks_of_a_pension(text) and not of_months_missed(text)


_WISHES = re.compile(
    r"\b(?:muon|dinh|nho|tu van|huong dan)\b|\bxin (?!chao)|\brut\b"
    r"|\btinh (?:luong|tien|giup|gium|cho|dum|thu|ho|huu)\b"
)


def tells_a_wish(text: str) -> bool:
    """Whether a message says what somebody wants, without asking."""
    return _says(_WISHES, text)


_COMES_BACK = re.compile(r"\b(?:duoc|lanh|linh|nhan|huong|luong|huu)\b")
_WANTS_TO_PAY = re.compile(r"\b(?:muon |dinh |tham gia |thi )*(?:dong|nop)\b(?! (?:don|ho so|giay))")


def wants_to_pay(text: str) -> bool:
    """Whether a message speaks of somebody's paying, and of no money that comes back."""
    return _says(_WANTS_TO_PAY, text) and not _says(_COMES_BACK, text)


def asks_what_comes_back(text: str) -> bool:
    """Whether a question of an amount means what is drawn, and not what is paid: «được bao nhiêu» after a price."""
    return _says(_COMES_BACK, text) and not asks_what_to_pay(text)


_ENOUGH = re.compile(r"\b(?:dong|mua|nop|tham gia) (?:duoc|noi|kip|du)\b(?: \w+)?(?: khong| chua|$)")


def asks_whether_enough(text: str) -> bool:
    """Whether a message asks if an amount is enough to pay: «chỉ có 300 nghìn, đóng được không»."""
    return _says(_ENOUGH, text)


_ASKS_FOR_AN_AMOUNT = re.compile(
    r"\b(?:luong|huu|tien|duoc|lanh|linh|nhan|huong|dong|nop|het)(?: \w+){0,3}? "
    r"(?:bao nhieu|nhieu|nhiu|bn|may (?:tien|dong|trieu|tram))\b(?! (?:nam|thang|tuoi|phan))"
    r"|\b(?:luong|huu|duoc|lanh|linh|nhan|huong|dong|nop|het) may(?: (?:hi|he|ha|vay|rua|a|the|day|nhi))*$"
)


_ONLY_HOW_MUCH = re.compile(
    r"^(?:the|vay|roi|thi|a|u|khoang|tong cong|tat ca|dong|nop|het|ton|mat|la|phai|can)?"
    r"(?: (?:thi|khoang|tong cong|tat ca|dong|nop|het|ton|mat|la|phai|can))* ?"
    r"(?:bao nhieu|nhieu|may)(?: tien| dong)?(?: (?:vay|a|ha|nhi|the|day))*$"
)


def asks_only_how_much(text: str) -> bool:
    """Whether a message asks how much and says nothing else: «vậy hết bao nhiêu tiền»."""
    return _says(_ONLY_HOW_MUCH, text)


def asks_for_an_amount(text: str) -> bool:
    """Whether a message asks how much: «lương hưu được bao nhiêu»."""
    return _says(_ASKS_FOR_AN_AMOUNT, text)


_THEN_WHAT = re.compile(r"\bthi (?:sao|the nao|ra sao|rang|seo)\b")


def asks_then_what(text: str) -> bool:
    """Whether a message asks what comes of it: «vậy lương hưu thì sao»."""
    return _says(_THEN_WHAT, text)


_EXTREME = re.compile(r"\b(?:thap|cao|it|nhieu|lon|nho) nhat\b|\btoi (?:thieu|da)\b|\bmuc (?:san|tran)\b")


def asks_for_an_extreme(text: str) -> bool:
    """Whether a message asks for the lowest or the highest there is, which is nobody's own."""
    return _says(_EXTREME, text)


_NO_AMOUNT = re.compile(
    r"\b(?:han chot|han nop|han cuoi|het han|giay to|ho so|thu tuc|o dau|cho nao|bi phat|mau don|to khai|tai khoan|"
    r"dia chi)\b"
)


def asks_for_no_amount(text: str) -> bool:
    """Whether a message asks for a deadline, papers, a place: facts in it are no sum to be reckoned."""
    return _says(_NO_AMOUNT, text)


# --- a pension -----------------------------------------------------------------------------------

_OF_A_PENSION = re.compile(r"\b(?:huu|luong|lanh|linh|ve gia|(?<!chua )(?<!khong )rut)\b")


_TO_THE_AGE = re.compile(
    r"\b(?:toi|den|cho toi) (?:\d\d tuoi|tuoi(?: huu)?|gia|luc gia|huu|luc huu|khi huu|luc nghi)\b"
)


_LATER_ON = re.compile(
    r"\b(?:sau nay|sau ni|ve gia|mai mot|khi gia|luc gia|den gia|toi gia|gia roi|mai sau|hoi gia|mot gia|mot nay)\b|"
    r"\bgia (?:duoc|co|lanh|linh|nhan|huong)\b|\b\d\d nam (?:nua|sau)\b"
)
_HOW_MUCH = re.compile(
    r"\b(?:bao nhieu|nhieu|may trieu|may dong|may tien|may tram|bn)\b(?! (?:nam|tuoi|lan))"
    r"|\b(?:duoc|lanh|linh|nhan|huong) may(?: (?:hi|he|ha|vay|rua|a|the|day))*$"
)


_OF_WORTH = re.compile(
    r"\b(?:huu|luong)\b.*\b(?:dong nao|bao nhieu|nhieu|bn|may dong|may tien|may trieu|duoc gi|dang ke)\b"
    r"(?! (?:nam|tuoi))"
)


def asks_what_pension(text: str) -> bool:
    """Whether a message asks what pension comes of it: «thì hưu có được đồng nào đáng kể không»."""
    return _says(_OF_WORTH, text)


_PERCENT = re.compile(r"\bphan tram\b|%|\b(?:ty|ti) le\b")


def asks_for_percent(text: str) -> bool:
    """Whether a message asks how many percent: of a pension, what its rate is."""
    return _PERCENT.search(fold(text)) is not None


_PERCENT_NAMED = re.compile(r"\b(\d{1,2}) ?(?:%|phan tram\b)")


def percent_named(text: str) -> Fraction | None:
    """The one share a message names in percent: «22% của 3 triệu»; None for none, and for two."""
    found = {*_PERCENT_NAMED.findall(fold(text))}
    return Fraction(int(found.pop()), 100) if len(found) == 1 else None


_OF_A_MAN = re.compile(
    r"(?<!\d )(?<!may )(?<!nhieu )\bnam (?:thi|duoc|bao nhieu|may|la|va|bn|dong)\b|\bnu\b.*\bcon nam\b"
)
_OF_A_WOMAN = re.compile(r"\bnu (?:thi|duoc|bao nhieu|may|la|va|bn|dong|\d\d nam)\b|\bnu$")


def names_both_sexes(text: str) -> bool:
    """Whether a message asks of men and of women: «nam thì mấy phần trăm, nữ thì mấy phần trăm»."""
    plain = fold(text)
    return _OF_A_MAN.search(plain) is not None and _OF_A_WOMAN.search(plain) is not None


def asks_what_comes_later(text: str) -> bool:
    """Whether a message asks how much there will be in old age: «sau này được trả mỗi tháng mấy triệu»."""
    plain = folded_words(text)
    later = _LATER_ON.search(plain)
    return later is not None and _HOW_MUCH.search(plain, later.end()) is not None


def goes_on_to_the_age(text: str) -> bool:
    """Whether a message says that it is paid until somebody is old: «đóng tới 62 tuổi»."""
    return _says(_TO_THE_AGE, text)


def speaks_of_a_pension(text: str) -> bool:
    """Whether a message names a pension, drawing one, or taking the money out."""
    return _says(_OF_A_PENSION, text)


_OF_PAYING = re.compile(r"\b(?:dong|nop|ho tro|giup|muc|mua|gia)\b")


def speaks_of_paying(text: str) -> bool:
    """Whether a message names paying, its level, or the State's part of it."""
    return _says(_OF_PAYING, text)


_TIME = (
    "(?:bao gio|khi nao|(?<!dong )(?<!nop )thang nao|thang may|khi mo|luc nao|chung nao|hoi nao|bua nao|nam nao"
    "|may tuoi|bao nhieu tuoi)"
)
_DRAWN = "(?:linh|lanh|nhan luong|huong|luong|huu|du tuoi|toi tuoi)"
_ASKS_WHEN = re.compile(
    rf"\b{_TIME}\b.*\b{_DRAWN}\b|\b{_DRAWN}\b.*\b{_TIME}\b"
    r"|\b(?:doi|cho|lam|dong) (?:den|toi) may tuoi\b|\b(?:luc|khi|hoi) (?:do|ay)\b.*\b(?:may|bao nhieu) tuoi\b"
    r"|\b(?:may|bao nhieu) tuoi (?:thi |moi )*(?:duoc )?nghi\b|\bnghi (?:luc |nam )?(?:may|bao nhieu) tuoi\b"
    r"|\btuoi (?:linh|lanh|nhan|nghi) (?:luong|huu)(?: huu)? (?:thi )?sao\b"
)
_OF_OTHER_MONEY = re.compile(r"\b(?:thai san|mai tang|tuat|rut|mot lan|1 lan|tro cap|ho so|tien ve)\b")
_OF_ANYBODY = re.compile(r"\b(?:nam|nu|nguoi) (?:thi )?(?:may|bao nhieu) tuoi\b")


def names_other_money(text: str) -> bool:
    """Whether a message names money that is no pension: of a birth, of a death, taken out."""
    return _says(_OF_OTHER_MONEY, text)


_TAKES_IT_OUT = re.compile(r"\brut\b|\b(?:linh|lanh|nhan|lay)(?: \w+)? (?:mot|1) (?:lan|cuc)\b")


def takes_it_out(text: str) -> bool:
    """Whether a message speaks of taking the money out at once."""
    return _says(_TAKES_IT_OUT, text)


_AT_WHICH_TIME = re.compile(
    r"\b(?:thang may|nam nao|nam may|khi nao|khi mo|bao gio|luc nao|chung nao|hoi nao|bua nao)\b"
)
_OF_PAPERS = re.compile(r"\b(?:nop|ho so|giay|don|xin|dang ky|han)\b")


def asks_at_which_time(text: str) -> bool:
    """Whether a message asks in which month or year something is: «vậy chừng nào mới được»; not when papers are due."""
    plain = folded_words(text)
    return _AT_WHICH_TIME.search(plain) is not None and _OF_PAPERS.search(plain) is None


def asks_when_drawn(text: str, *, of_somebody: bool = False) -> bool:
    """Whether a message asks when or at which age a pension is drawn: «bao giờ tôi được lĩnh», «mấy tuổi lãnh».

    `of_somebody`: whose birth is told, so that «nữ mấy tuổi nghỉ» is not of women in general.
    """
    plain = folded_words(text)
    asks = _ASKS_WHEN.search(plain) is not None and _OF_OTHER_MONEY.search(plain) is None
    return asks and (of_somebody or _OF_ANYBODY.search(plain) is None)


_OF_AGE = "(?:du tuoi|toi tuoi|den tuoi|du tuoi huu|ve huu|nghi huu|toi huu|den huu|duoc nghi|toi luc nghi)"
_HOW_LONG = "(?:bao lau|(?:may|bao nhieu|bn|nhieu) (?:nam|thang))"
_TO_THE_RIGHT_AGE = re.compile(
    rf"\b(?:con|doi|cho|phai) (?:\w+ ){{0,2}}?{_HOW_LONG}(?: nua)? (?:\w+ ){{0,3}}?{_OF_AGE}\b"
    rf"|\b{_HOW_LONG} nua (?:\w+ ){{0,3}}?{_OF_AGE}\b"
    rf"|\b{_OF_AGE}\b(?: \w+){{0,4}}? (?:con|phai (?:doi|cho)|mat)(?: \w+){{0,2}}? {_HOW_LONG}\b"
)
_OF_MONTHS_PAID = re.compile(r"\b(?:thieu|dong|nop|rut)\b")


def asks_how_long_to_the_age(text: str) -> bool:
    """Whether a message asks how long it is until somebody is of age: «còn mấy năm nữa thì tôi đủ tuổi»."""
    plain = folded_words(text)
    return _TO_THE_RIGHT_AGE.search(plain) is not None and _OF_MONTHS_PAID.search(plain) is None


_ASKS_WHAT_IS_MISSING = re.compile(
    r"\b(?:thieu|hut) (?:bao nhieu|nhieu|may|bn|bao lau)\b(?! (?:tien|dong))|"
    r"\b(?:con|phai|can|dong) (?:them |tiep |dong |dong them |dong tiep )?(?:bao nhieu|may|bn) (?:nam|thang) nua\b|"
    r"\b(?:may|bao nhieu|bn) (?:nam|thang) nua (?:moi |thi |la )*(?:du|duoc (?:luong )?huu|co (?:luong )?huu)\b|"
    r"\bcon (?:may|bao nhieu|bn) (?:nam|thang) (?:nua |thi |la |moi )*du\b|"
    r"\b(?:con|phai|can) (?:phai )?(?:dong|nop) (?:them |tiep )?bao lau(?: nua)?\b|"
    r"\b(?:dong|nop) (?:them|tiep) (?:bao nhieu|may|bn|bao lau)(?: (?:nam|thang))?(?: nua)?\b(?! tien)|"
    r"\bbao lau nua (?:moi |thi |la )*du\b|"
    r"\b(?:toi|den) (?:tuoi|luc|khi)\b(?: \w+){0,4} (?:co )?du (?:15 |20 |so )?nam (?:khong|chua)\b|"
    r"\b(?:dong|nop|tham gia)(?: \w+){0,2} duoc (?:may|bao nhieu) (?:nam|thang) (?:roi|vay)\b|"
    r"\b(?:nay|gio|roi|chu) duoc (?:may|bao nhieu) (?:nam|thang)(?: roi| vay)*$|"
    r"\b(?:bao gio|khi nao|chung nao|nam nao|khi mo) (?:thi |moi |toi |em )*du (?:15 |so )?nam\b"
)


_OF_THE_SUPPORT = re.compile(r"\b(?:ho tro|nha nuoc|giup|phu)\b")


def asks_what_is_missing(text: str) -> bool:
    """Whether a message asks how long is still to be paid: «còn thiếu mấy năm», «phải đóng thêm mấy năm nữa»."""
    plain = folded_words(text)
    asks = _ASKS_WHAT_IS_MISSING.search(plain) is not None and _OF_THE_SUPPORT.search(plain) is None
    return asks and not asks_how_long_to_the_age(text)


_OF_A_WAGE = re.compile(r"\b(?:luong(?! huu)|binh quan|bq)\b")


def names_a_wage(text: str) -> bool:
    """Whether an amount that is told may be what somebody earned: «lương bình quân 6 triệu»."""
    return _says(_OF_A_WAGE, text)


# --- what has become of it -----------------------------------------------------------------------

_OVER = re.compile(r"\b(?:duoc|du|co|huu)(?: \w+){0,3} chua\b|\bchua$|\brut\b")


def asks_whether_by_now(text: str) -> bool:
    """Whether a message asks if it is time, or takes the money out: «lãnh được chưa», «rút được không»."""
    return _OVER.search(folded_words(text).strip(" ?.!")) is not None


def asks_whether(text: str) -> bool:
    """Whether a message asks anything, and does not only tell of somebody: «… lãnh được chưa»."""
    return asks_in_words(text) or asks_whether_by_now(text)


_ASKS_WHETHER_LOST = re.compile(
    r"\bbo (?:luon|het|phi|uong|di)\b|\b(?:mat|uong|toi) (?:luon|het|trang|sach|toi|khong|phi|tong|tieu|dut|ca)\b|"
    r"\bco (?:bi )?mat\b(?: \w+){0,2} (?:khong|ko)\b"
)
_WHAT_IS_LOST = re.compile(r"\b(?:tien|thang|nam|cong|von|so|dong)\b")
_TAKES_OUT = re.compile(r"\brut\b|\bmat so\b|\bmat the\b|\bmat viec\b")


_STOPS = re.compile(
    r"\b(?:nghi|ngung|dung|gian doan)\b|\bthoi(?: thi| dong| nop| khong|$)|\bbo (?:ngang|giua|dong|nua)\b|"
    r"\b(?:khong|chang|het|het tien|khong co tien) (?:dong|nop)\b|\bhet tien\b(?! (?:nha nuoc|ho tro))"
)
_DIES = re.compile(r"\b(?:chet|qua doi|tu tran|khuat|mat som|lo mat|chang may mat|nguoi mat|tu vong|theo ong ba)\b")


def stops_paying(text: str) -> bool:
    """Whether a message tells of who paid and stops, or can't pay on, and of nobody's death."""
    plain = folded_words(text)
    return _STOPS.search(plain) is not None and _DIES.search(plain) is None


def asks_whether_lost(text: str) -> bool:
    """Whether a message asks if what was paid is lost: «nghỉ đóng thì tiền có mất không»."""
    plain = folded_words(text)
    of_what_was_paid = _WHAT_IS_LOST.search(plain) is not None and _TAKES_OUT.search(plain) is None
    return of_what_was_paid and _ASKS_WHETHER_LOST.search(plain) is not None


_LEFT_BY_THE_DEAD = re.compile(
    r"\b(?:duoc|co)(?: (?:nhan|lanh|linh|huong|tra))?"
    r" (?:gi|chi|nhung gi|cai gi|dong nao|khoan nao|bao nhieu|nhieu|may|tien gi)"
    r"(?: \w+){0,2}$|\btien (?:mai tang|chon cat|tuat|tu tuat)\b(?: \w+){0,2}$"
)


def asks_what_is_left(text: str) -> bool:
    """«tui được nhận gì không», «vậy có tiền mai táng không»: what somebody's death brings."""
    return _LEFT_BY_THE_DEAD.search(folded_words(text)) is not None


_LATE = re.compile(
    r"\b(?:trễ|muộn)\b|\b(?:qua han|quá hạn|lo han|lỡ hạn|het han|hết hạn|cham tre|chậm trễ)\b|"
    r"\b(?:lo|lỡ|bi|bị|nop|nộp) (?:tre|muon|cham|sau)\b|"
    r"\b(?:may|mấy|vai|vài|[2-6]) (?:thang|tháng|nam|năm) (?:nua|nữa|sau)(?: \w+){0,2} (?:moi |mới )?(?:nop|nộp)\b"
)
"""In words typed with accents «muốn» and «trẻ» are others."""
_OF_WHAT_IS_LATE = re.compile(r"\b(?:sao|mat|duoc|khong|ha|phat|chua|hong|con)\b")


def asks_of_being_late(text: str) -> bool:
    """«lỡ trễ quá hạn thì mất luôn hả», «mấy tháng nữa nộp được không»."""
    late = _LATE.search(normalize(text)) is not None
    return late and _OF_WHAT_IS_LATE.search(folded_words(text)) is not None
