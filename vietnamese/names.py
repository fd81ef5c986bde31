"""Finds the names of people in a message: where they begin and end.

A name is known by what stands before it («tên là …», «tôi là …», «chị …»), by its family name, of which there are few,
and by its capitals where the writer uses them. What only might be a name is none: «tôi là nông dân», «Hải Phòng».
The words are read once from left to right, a few ahead of each at most.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vietnamese.normalize import fold, has_accents
from vietnamese.syllable import is_syllable

# --- what names are made of ----------------------------------------------------------------------

_FAMILY = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh trương đinh lâm
phùng mai tô hà tạ chu châu tống quách thái cao lưu lương tăng kiều hứa từ thạch kim sơn danh lục khổng khúc
khuất khương giang giáp hàn hạ hồng lỗ lữ mạc mạch mã mẫn nghiêm nhâm nhan ninh nông ông ổn phí phó phương quan
quản sầm tiêu tôn trang triệu trà tào tưởng thân thẩm thi thiều tòng lò lường quàng cầm vi hoàn bạch bành biện
bế cù cung doãn diệp dư đàm đậu điêu đồng đới đổng giàng sùng thào vàng vừ lầu hờ hạng chảo phàn tẩn thèn sìn
chẩu ma ly ngân ngọ viên vy ksor siu rmah niê kpă bá bàn bồ âu cấn chử lộc lều hán phù ung
"""
_MIDDLE = """
văn thị hữu đức công đình xuân ngọc minh thanh quang bá thế trọng kim mỹ thùy thuỳ hồng thu diệu tuấn bích bảo
gia hoàng hoài như phương khánh nhật quốc trung tiến mạnh duy viết sỹ sĩ đăng huy hải thành anh vĩnh phú phước
tấn kiều cẩm mai lan quỳnh thúy thuý tường tố ánh yến mộng nguyên trường việt hùng đắc doãn danh khắc quý phúc
hà hoa tú tuyết vân trà thảo thiên thiện chí bình bội ý ái ngân nam bắc đông huyền linh hạnh a y sa nữ tôn
"""
_GIVEN = """
an anh ánh ân bảo bắc bằng bình bích bảy bé bền biên bông bốn bính bưởi ca cẩm cần chi chiến chín chinh chính
chung chuyên chương cúc cường cương dân danh dậu diễm diện điệp diệp dinh doanh dung dũng duy duyên dư dương dự
đài đại đạo đạt đăng đào điền điểm định đính đoan đoàn đông đức gấm gái giang giao giáp giàu hà hạ hải hạnh hảo
hân hậu hằng hiên hiền hiển hiến hiếu hiệp hoa hoà hòa hoài hoàn hoạt hoàng hoè hợi hồng hợp hội huân huấn huệ
huế hùng hưng hương hường hướng hữu huy huyền huỳnh kha khải khang khánh khiêm khoa khôi khuê khương kiên kiệt
kiều kim kỳ la lai lam lan lanh lâm lân lập lê lệ lễ lên liêm liên liễu liệu linh lĩnh loan long lộc lợi luân
luận luyến lụa lư lương lực lượng lưu lựu ly lý mai mạnh mão mận mẫn mây mến miên minh mơ mùi muội mừng mười my
mỹ na nam nết nga ngà ngát ngân nghi nghĩa ngoan ngọ ngọc ngôn nguyên nguyệt ngữ nhàn nhã nhài nhạn nhân nhẫn
nhật nhi nhiên nhị nho nhu nhung như nhựt ninh nở nụ nương oanh páo phát phi phong phú phúc phụng phước phương
phượng quảng quang quân quế quốc quy quý quyên quyền quyết quỳnh sang sáng sâm sen sinh soạn sơn sửu sỹ sự tài
tam tám tâm tân tấn tần thạch thái thạo thanh thành thao thảo thạnh thắm thắng thăng thân thận thế thêm thi thìn
thiện thiên thịnh thiết thoa thoan thọ thơ thới thơm thu thủ thuần thuận thuật thúc thục thuỳ thùy thuý thúy
thuỷ thủy thư thường thương thưởng thức tỉnh tiên tiến tiếp tín tình tính toại toàn toán toản tố trâm trang trà
tráng tri trí triều triệu trinh trình trọng trúc trung trực trường truyền tú tuân tuấn tuất tuế tùng tuyên tuyến
tuyền tuyết tươi tường tý tỵ uyên uyển út vân vàng vạn văn vi viên viễn việt vinh vĩnh vọng vũ vui vương vượng
vượt vy xoan xuân xuyến xuyên yên yến
"""
_GIVEN_IN_SMALL = """
lan hoa hằng hồng hương hường huệ hạnh huyền hùng hiếu khánh khoa lài liên liễu loan long ly lý mai mận my nga
ngân nhung nhàn nhài oanh phượng phương quỳnh quyên quyết quý sen sáu tâm tuấn tùng tuyết thắm thảo thúy thuý
thủy thuỷ thùy thuỳ thoa thơm thìn trâm trang trúc trinh tú uyên vân vinh vy xuyến yến bảy dũng dung duyên đạt
giang hải huy hậu hoàng kiên lâm lộc minh nghĩa ngọc tấn thu vũ
"""
"""Given names that are told from other words where they stand alone, in small letters, right after «tôi là»."""
_UNMISTAKABLE = """
nguyễn trần phạm huỳnh phan bùi ngô hoàng trịnh phùng quách khuất nghiêm đoàn đặng đinh vũ võ hồ đỗ đào lê
trương
"""
"""Families that are no other word where the accents are typed."""
_UNMISTAKABLE_BARE = frozenset("nguyen tran pham huynh phan bui ngo hoang trinh phung".split())
"""The same where they are not: «ho» is «hộ», «dang» is «đang», «le» is «lẻ»."""
_BETWEEN = frozenset(("văn", "thị"))
"""What stands between a family and a given name and tells that both are names: «le thi lan»."""

_NOUNS = """
nông công giáo sinh học cán hội đảng bộ chủ người dân nhân viên thợ lao phụ hộ bí trưởng phó tổ thôn cựu thương
thanh bác y bảo bhxh ủy uỷ tôi em anh chị con cháu mẹ bố vợ chồng ông bà cô chú kế thủ giám nhà cộng trung đại
tu phật thành đồng tày nùng mông hmông dao kinh mường khmer khơme chăm ê thổ giáy việt nam nữ nội ngoại tiểu
buôn lái tài xe bán chính tình đoàn khách đối trợ tất cái một hai ba bốn năm sáu tự không chưa đã đang sẽ gì ai
do vì nếu khi lúc trong ngoài quản kỹ văn phóng luật quân lính sỹ sĩ liệt du vận diễn nghệ ca nhạc hoạ thư đầu
chuyên cử tiến thạc ứng hàng ngư diêm tiền mức cách
"""
_STOP = """
sinh năm ở quê hiện đang muốn xin hỏi cho làm đóng nay tuổi có là tôi em bị được chưa thì và với ạ nhé trú tại
xã thôn mình con cháu chồng vợ mẹ bố bà ông chị anh bác cô chú đã sẽ không hay hoặc nhưng mà của từ đến tới về
trên dưới vừa mới cũng rồi thường này kia đó nghề nghiệp công việc tự nguyện bảo hiểm bhxh bhyt cần nhờ gửi hộ
số điện thoại sđt cccd cmnd dân tộc giới địa chỉ huyện tỉnh phường quận thành phố khu ấp bản làng đội nhà ra vào
đi bán buôn trồng nuôi nghỉ tham gia nộp lĩnh lãnh nhận hưởng kính chào cảm ơn mong giúp ơi thưa dạ vâng ngày
tháng nữ đây hồi lúc khi nếu vì do để lại còn đều người gì sao nào đâu bao mấy rất quá thôi nha nhỉ đấy hả à ừ
biết nghe nói thấy mất chết ốm đẻ bầu mang thai ly dị góa trước sau bên cùng dùng viết bằng sống cư ngụ thuộc hệ
ngoài trong lấy rút tính
"""
_AFTER_A_NAME = """
ở sinh quê đây ạ năm tại là xin muốn hỏi tuổi hiện đang trú bên nhà làm thôn xã có và với nè nha nhé thường cho
nữ
"""
_PERSONS = """
tôi tui em mình con cháu anh chị ông bà bác cô chú chồng vợ mẹ má bố ba cha gái trai đây dì cậu mợ thím cụ bạn
dâu rể họ
"""
_TITLES = "anh chị ông bà bác cô chú cháu em dì cậu mợ thím cụ bạn chồng vợ mẹ má bố con tôi mình tui gái trai"
_IN_TEN = (
    "của tôi tui em mình con cháu thật đầy đủ khai sinh chồng vợ mẹ bố cha gái trai đây trong giấy cccd đệm riêng bé "
    "tài khoản chủ tk"
)
_AFTER_TEN_NONE = """
gì ai nào sao chi tuổi trên trong số sổ người do và với để mới cũ riêng nút không cho đóng lãnh nhận chị anh em
con mẹ so khác ghi
"""
_PLACE_BEFORE = """
đường phố xã phường huyện quận thôn ấp bản làng tỉnh tp thành trường chợ viện khu số ở tại quê về đến từ tới thị
trấn xóm đảo cầu đại lộ ngõ ngách buôn sóc công ty hãng nước miền vùng sông núi hồ bến ga trạm cơ sở vụ án giải
bác khóm tdp
"""
_PLACES = """
bạch long|bạch long vĩ|hà nam ninh|hồ gươm|hồ tây|đài loan|hoa kỳ|hà nội|hà giang|hà nam|hà tĩnh|hà đông|hà tiên
hải phòng|hải dương|hồ chí minh|hồ chủ tịch|cao bằng|cao lãnh|lâm đồng|lai châu|lạng sơn|lào cai|thái bình
thái nguyên|thanh hóa|thanh hoá|phú thọ|phú yên|phú quốc|quảng nam|quảng ninh|quảng trị|quảng bình|quảng ngãi
ninh bình|ninh thuận|nam định|nghệ an|đà nẵng|đồng nai|đồng tháp|đắk lắk|đắk nông|đăk nông|đăk lăk|điện biên
gia lai|hòa bình|hoà bình|hưng yên|khánh hòa|khánh hoà|kiên giang|kon tum|long an|sóc trăng|sơn la|tây ninh
tây nguyên|tiền giang|trà vinh|tuyên quang|vĩnh long|vĩnh phúc|yên bái|an giang|bà rịa|bạc liêu|bắc giang
bắc kạn|bắc ninh|bến tre|bình định|bình dương|bình phước|bình thuận|cà mau|cần thơ|hậu giang|phan thiết
phan rang|mai châu|mai sơn|lý sơn|lý nhân|vũ thư|vũ quang|vũ trọng|chu sê|ninh giang|tô hiệu|kim thành|kim động
kim bôi|kim sơn|dương kinh|trương định|la gi|văn giang|văn lâm|văn yên|văn bàn|văn chấn|đinh lập|đình lập
tống sơn|cổ loa|hồng bàng|hồng ngự|châu đốc|châu thành|châu phú|châu á|châu âu|sơn dương|sơn tây|thạch thất
thạch hà|lương sơn|lương tài|giang nam|thái thụy|thái thuỵ|thái lan|hàn quốc|lục ngạn|lục nam|lục yên|bàn cờ
mã lai|ma cao|hoàng mai|hoàng sa|hoàng su|hoàng hoá|hoàng hóa|hồng kông|hồng kong|ngô quyền|lê chân|trần đề
đông anh|việt nam|việt bắc|nam bộ|nam đàn|nam sách|tân yên|tân bình|tân an
thanh hà|thanh miện|thanh xuân|thanh trì|an dương|an lão|đồ sơn|tứ kỳ|gia lộc|cẩm giàng|chí linh|kinh môn
tiên lãng|kiến an|kiến thụy|vĩnh bảo|thủy nguyên|thuỷ nguyên|bình giang|anh quốc|mỹ đức|mỹ tho|mỹ hào|long xuyên
long biên|bảo lộc|bảo lâm|bảo hiểm|bảo thắng|xuân lộc|xuân trường|nga sơn|hậu lộc|phú xuyên|phú bình
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _bare(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


@dataclass(frozen=True, slots=True)
class _Words:
    """A list as it is written, and without accents for who types none."""

    written: frozenset[str]
    bare: frozenset[str]

    @classmethod
    def of(cls, words: str) -> _Words:
        return cls(_set(words), _bare(_set(words)))


FAMILIES, MIDDLES, GIVENS = _Words.of(_FAMILY), _Words.of(_MIDDLE), _Words.of(_GIVEN)
"""What a name is made of: the family, what may stand in the middle, and what somebody is called by."""
_STOPS, _NOUN, _AFTER = _Words.of(_STOP), _Words.of(_NOUNS), _Words.of(_AFTER_A_NAME)
_PERSON, _TITLE, _OF_TEN, _NONE_AFTER_TEN = map(_Words.of, (_PERSONS, _TITLES, _IN_TEN, _AFTER_TEN_NONE))
_BEFORE_PLACE, _SURE_FAMILIES, _SMALL_GIVENS = map(_Words.of, (_PLACE_BEFORE, _UNMISTAKABLE, _GIVEN_IN_SMALL))
_EVERY_PLACE = _Words(
    frozenset(each for line in _PLACES.strip().splitlines() for each in line.split("|")),
    frozenset(fold(each) for line in _PLACES.strip().splitlines() for each in line.split("|")),
)
_SPELLED_OTHERWISE = frozenset(word for word in GIVENS.bare | FAMILIES.bare if not is_syllable(word))
"""«Ksor», «Niê»: names of peoples whose language has other syllables."""
_BY_ORDER_OF_BIRTH = frozenset("hai ba tư năm sáu bảy tám chín mười út cả".split())
"""«anh Hai» is what everybody is called, «anh Hai Lúa» is somebody."""

_MARRIED, _COUNTRIES = (
    frozenset("chong vo con dau re".split()),
    frozenset("mỹ nhật đức đài hàn nga việt anh thái".split()),
)
"""«lấy chồng Nhật» names nobody."""
_LEADS = _Words.of(
    f"tên gửi hỏi viết ký họ là chủ ten gui hoi viet ky ho la {_TITLES} {_FAMILY} {' '.join(_UNMISTAKABLE_BARE)}"
)
"""The words that a name begins with or comes after."""


# --- reading -------------------------------------------------------------------------------------

_TOKEN = re.compile(r"\[[^\[\]\n]{1,20}\]|(?:[^\W\d_]|[\u0300-\u036f])+(?:['’](?:[^\W\d_]|[\u0300-\u036f])+)?|\n|[^\s]")
_LONGEST_NAME = 5
_LONGEST_SYLLABLE = 7
_CASE_TELLS = 0.15
"""The least part of the words in small letters for capitals to tell names."""


class _Token(NamedTuple):
    """A word, a sign, a line's end, or what is masked already; in small letters, and without accents."""

    text: str
    start: int
    end: int
    is_word: bool
    low: str
    bare: str

    @classmethod
    def of(cls, found: re.Match[str]) -> _Token:
        low = unicodedata.normalize("NFC", found[0]).lower()
        return cls(found[0], found.start(), found.end(), found[0][0].isalpha(), low, fold(low))

    @property
    def capital(self) -> bool:
        """Written like a name: «Lan», «LAN», no «BHXH»."""
        spelled = is_syllable(self.bare) or self.bare in _SPELLED_OTHERWISE or len(self.text) == 1
        whole = len(self.text) <= _LONGEST_SYLLABLE and spelled
        return self.text[0].isupper() and (self.text[1:].islower() or whole or not self.text.isalpha())


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand in a text: from and to, in order, none within another."""
    reader = _Reader(text)
    at = 0
    while at < len(reader.tokens):
        found = reader.name_from(at) if reader.may_lead(at) else None
        if found is None:
            at += 1
            continue
        first, end = found
        yield reader.tokens[first].start, reader.tokens[end - 1].end
        at = end


_Found = tuple[int, int] | None
"""The first token of a name and the one after its last."""


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = [_Token.of(each) for each in _TOKEN.finditer(text)]
        words = [each for each in self.tokens if each.is_word]
        small = sum(each.text[0].islower() for each in words)
        self._case_tells = small >= _CASE_TELLS * len(words)
        self._accented = has_accents(text)
        self._last_lines = self._starts_of_last_lines()

    def may_lead(self, at: int) -> bool:
        """Whether a token is worth a closer look: few are."""
        begins = at in self._last_lines or not self._is_word(at - 1)
        return self._is_word(at) and (begins or self._in(at, _LEADS) or self._is_typed_bare(at))

    def name_from(self, at: int) -> _Found:
        """The name that a token leads to or begins; None where there is none."""
        return (
            self._after_ten(at)
            or self._after_sender(at)
            or self._after_owner(at)
            or self._after_family_cue(at)
            or self._after_la(at)
            or self._after_title(at)
            or self._whole_name(at)
            or self._signature(at)
        )

    # --- what leads to a name ---

    def _after_ten(self, at: int) -> _Found:
        """«tôi tên (là) …», «tên con tôi là …», «họ và tên: …»."""
        if self.tokens[at].low not in ("tên", "ten"):
            return None
        led = self._in(at - 1, _PERSON) or self._bare(at - 1) in ("va", "ho") or self._bare(at - 2) == "ho"
        name = at + 1
        while name <= at + _LONGEST_NAME and self._in(name, _OF_TEN) and not self._capital(name):
            name += 1
        between = name > at + 1
        stated = self._is(name, ":", "-", "=") and (led or between or not self._next_to(at))
        if stated or self._bare(name) == "la":
            return self._strong(name + 1)
        if led:
            return self._strong(name, known=True)
        capitals = self._capitals(name)
        named = capitals and (self._in(name, FAMILIES) or self._in(name, GIVENS)) and not self._in(name, _STOPS)
        return (name, name + capitals) if between and named else None

    def _after_sender(self, at: int) -> _Found:
        """«Người gửi: …»."""
        sends = self._bare(at) in ("gui", "hoi", "viet", "ky") and self._bare(at - 1) == "nguoi"
        return self._strong(at + 2) if sends and self._is(at + 1, ":") else None

    def _after_owner(self, at: int) -> _Found:
        """«chủ tài khoản …», «chủ tk: …»."""
        short = self._bare(at + 1) in ("tk", "stk")
        if self._bare(at) != "chu" or not (short or (self._bare(at + 1), self._bare(at + 2)) == ("tai", "khoan")):
            return None
        name = at + 2 if short else at + 3
        told = self._is(name, ":", "-") or self._bare(name) == "la"
        return self._strong(name + told, known=not told)

    def _after_family_cue(self, at: int) -> _Found:
        """«tôi họ Phạm tên Tuấn»: the family."""
        if self.tokens[at].low not in ("họ", "ho") or not self._in(at + 1, FAMILIES):
            return None
        told = self._capital(at + 1) or self._bare(at + 2) == "ten"
        return (at + 1, at + 2) if told else None

    def _after_la(self, at: int) -> _Found:
        """«tôi là …», «con tôi là …»."""
        if self.tokens[at].low not in ("là", "la") or not self._in(at - 1, _PERSON):
            return None
        name, capitals = at + 1, self._capitals(at + 1)
        if capitals:
            if self._is_place(name):
                return None
            if capitals > 1 and (self._in(name, FAMILIES) or not self._in(name, _NOUN)):
                return name, name + capitals
            alone = self._ends(name + 1) or self._in(name + 1, _STOPS)
            if capitals == 1 and alone and not self._in(name, _NOUN):
                return name, name + 1
        return self._family_first(name) or self._small_given(name)

    def _after_title(self, at: int) -> _Found:
        """«chị Lan», «anh Nguyễn Văn A»."""
        name, capitals = at + 1, self._capitals(at + 1)
        if not self._in(at, _TITLE) or self._in(at - 1, _BEFORE_PLACE) or self._is_place(name):
            return None
        if not capitals:
            sure = self._is_sure_family(name) or self._is_between(name + 1)
            return self._in_small(name) if sure else None
        if self._in(name, FAMILIES) and capitals > 1:
            return name, name + capitals
        if self._bare(at) in _MARRIED and self.tokens[name].low in _COUNTRIES:
            return None
        if self.tokens[name].low in _BY_ORDER_OF_BIRTH:
            somebody = capitals > 1 and not (self._in(name + 1, _NOUN) or self._in(name + 1, _STOPS))
            return (name, name + capitals) if somebody and not self._is_place(name + 1) else None
        called = not self._in(name, _STOPS)
        if called and self._in(name, GIVENS) and not self._in(name, _NOUN):
            return name, name + capitals
        return None

    def _whole_name(self, at: int) -> _Found:
        """A family with what follows it, wherever it stands: «Nguyễn Văn Bảy», «nguyen van bay»."""
        if self._is_typed_bare(at):
            return at, at + self._capitals(at)
        if not self._in(at, FAMILIES) or self._in(at - 1, _BEFORE_PLACE) or self._is_place(at):
            return None
        capitals = self._capitals(at)
        rest = range(at + 1, at + capitals)
        if capitals > 2 and any(self._in(each, MIDDLES) or self._in(each, GIVENS) for each in rest):
            return at, at + capitals
        if self._is_sure_family(at) and self._is_between(at + 1) and self._next_to(at + 2):
            return at, self._end_of_run(at)
        return None

    def _signature(self, at: int) -> _Found:
        """A name that ends a letter: at the start of one of its last lines, or after its thanks."""
        thanked = at > 1 and not self._is_word(at - 1) and self._bare(at - 2) in ("on", "trong", "thu", "a")
        if (at not in self._last_lines and not thanked) or self._is_place(at) or self._in(at, _BEFORE_PLACE):
            return None
        end = at + self._capitals(at)
        if end - at > 1 and self._in(at, FAMILIES) and self._ends(end):
            return at, end
        if at < end <= at + 2 and self._in(at, GIVENS) and not self._is_word(end):
            return None if self._in(at, _NOUN) or self._in(at, _STOPS) else (at, end)
        found = self._family_first(at)
        return found if found is not None and not self._is_word(found[1]) else None

    # --- what may be one ---

    def _strong(self, name: int, known: bool = False) -> _Found:
        """What stands where only a name can: any word that is no common one, or only those `known` as names."""
        if not self._is_word(name):
            return None
        capitals = self._capitals(name)
        if capitals and (capitals > 1 or self._ends(name + 1) or not self._in(name + 1, _NOUN)):
            common = self._in(name, _NOUN) and not self._in(name, FAMILIES) and not self._in(name, GIVENS)
            return None if common else (name, name + capitals)
        if self._in(name, FAMILIES) and self._named(name + 1):
            return name, self._end_of_run(name)
        if self._in(name, _NONE_AFTER_TEN) or (self._in(name, _STOPS) and not self._in(name, _SMALL_GIVENS)):
            return None
        if known and not self._in(name, GIVENS):
            return None
        end = name + 1
        while end < name + 4 and not self._ends(end) and not self._in(end, _STOPS):
            end += 1
        if self._ends(end) or self._in(end, _STOPS):
            return name, end
        return (name, name + 1) if self._in(name, GIVENS) else None

    def _family_first(self, name: int) -> _Found:
        """In small letters: a family that can be nothing else, or one with names behind it."""
        if self._is_sure_family(name) and self._named(name + 1):
            return name, self._end_of_run(name)
        return self._in_small(name)

    def _in_small(self, name: int) -> _Found:
        """A family, what may stand in the middle, and a given name: «lý ngọc thiên», «vo thi lan»."""
        middle, called = name + 1, name + 2
        if not self._in(name, FAMILIES) or not self._next_to(middle) or not self._named(called):
            return None
        if not self._is_between(middle) and not self._in(middle, MIDDLES):
            return None
        end = self._end_of_run(name)
        sure = self._is_sure_family(name) or (self._accented and self._is_between(middle))
        plain = not self._in(called, _STOPS) and (self._ends(end) or self._in(end, _STOPS))
        return (name, end) if sure or plain else None

    def _small_given(self, name: int) -> _Found:
        if not self._next_to(name) or not self._in(name, _SMALL_GIVENS):
            return None
        end = name + 2 if self._named(name + 1) and self._ends(name + 2) and not self._ends(name + 1) else name + 1
        return (name, end) if self._ends(end) else None

    def _end_of_run(self, family: int) -> int:
        """Where a name ends that begins with a family: in capitals with them, else with what is no part of names."""
        capitals = self._capitals(family)
        if capitals > 1:
            return family + capitals
        end = family + 1
        if self._next_to(end):
            end += 1
        if self._is_between(end - 1) and self._next_to(end):
            end += 1
        while end < family + _LONGEST_NAME and self._goes_on(end):
            end += 1
        return end

    def _goes_on(self, at: int) -> bool:
        """Whether a word in small letters is one more part of a name: «lan anh», «hữu thường», no «lan thường»."""
        if not self._named(at):
            return False
        if not self._in(at, _STOPS) or self._bare(at) == "anh":
            return True
        if not self._in(at - 1, MIDDLES) or self._is_number(at + 1):
            return False
        only_middle = not self._in(at - 1, GIVENS)
        return (only_middle or not self._in(at, _AFTER)) and (self._ends(at + 1) or self._in(at + 1, _STOPS))

    def _capitals(self, at: int) -> int:
        """How many words in capitals follow one another from here; none where the case tells nothing."""
        if not self._capital(at) or len(self.tokens[at].text) == 1:
            return 0
        end = at + 1
        while end < at + _LONGEST_NAME and self._capital(end) and self._next_to(end):
            end += 1
        return end - at

    def _ends(self, at: int) -> bool:
        """Whether nothing that belongs to a name stands here: a sign, the end, or a word that follows names."""
        return not self._next_to(at) or self._in(at, _AFTER)

    def _is_place(self, at: int) -> bool:
        """Whether here stands a place, or two: «Mai Châu», «Cao Bằng Lạng Sơn», no «Mai Châu An»."""
        capitals = self._capitals(at)
        if capitals < 4:
            lengths = (capitals,) if capitals > 1 else (2, 3)
            return any(self._is_place_of(at, length) for length in lengths)
        return any(self._is_place_of(at, n) and self._is_place_of(at + n, capitals - n) for n in (2, 3))

    def _is_place_of(self, at: int, length: int) -> bool:
        tokens = self.tokens[at : at + length]
        written, bare = " ".join(each.low for each in tokens), " ".join(each.bare for each in tokens)
        return written in _EVERY_PLACE.written or (not self._accented and bare in _EVERY_PLACE.bare)

    def _is_sure_family(self, at: int) -> bool:
        if not self._is_word(at):
            return False
        token = self.tokens[at]
        return token.low in _SURE_FAMILIES.written or token.low in _UNMISTAKABLE_BARE

    def _is_typed_bare(self, at: int) -> bool:
        """«LE VAN TAM» as banks write it, also among words with accents."""
        if self._bare(at + 1) not in ("van", "thi") or not self.tokens[at + 1].text.isascii():
            return False
        named = self._bare(at) in FAMILIES.bare and self._capitals(at) > 2
        return named and not self._in(at - 1, _BEFORE_PLACE)

    def _named(self, at: int) -> bool:
        return self._next_to(at) and (self._in(at, MIDDLES) or self._in(at, GIVENS))

    def _is_between(self, at: int) -> bool:
        return self._is_word(at) and (
            self.tokens[at].low in _BETWEEN or (not self._accented and self._bare(at) in ("van", "thi"))
        )

    # --- words ---

    def _is_word(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].is_word

    def _next_to(self, at: int) -> bool:
        """Whether a word stands here, with nothing but a space before it."""
        return self._is_word(at) and at > 0 and self.tokens[at - 1].is_word

    def _capital(self, at: int) -> bool:
        return self._case_tells and self._is_word(at) and self.tokens[at].capital

    def _bare(self, at: int) -> str:
        return self.tokens[at].bare if self._is_word(at) else ""

    def _is_number(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].text[0].isdecimal()

    def _is(self, at: int, *signs: str) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].text in signs

    def _in(self, at: int, words: _Words) -> bool:
        """Whether the word is one of these: by its letters alone where the writer types no accents."""
        if not self._is_word(at):
            return False
        token = self.tokens[at]
        return token.low in words.written or (not self._accented and token.bare in words.bare)

    def _starts_of_last_lines(self) -> frozenset[int]:
        """The tokens that begin the last three lines of a letter, but not its first."""
        starts = [at + 1 for at, token in enumerate(self.tokens[:-1]) if token.text == "\n"]
        return frozenset([at for at in starts if self._is_word(at) and at > 1][-3:])
