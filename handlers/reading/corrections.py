"""Reads that a message takes back what was said: «à nhầm, nam», «đổi thành 3 triệu», or that it is for another."""

from __future__ import annotations

import re
import unicodedata

from handlers.reading.choices import is_back
from handlers.reading.frequencies import frequency
from handlers.reading.support_groups import groups
from handlers.reading.word_roles import WordRole, WordRoles
from handlers.reading.words import Phrases, answer_of, only_values, phrases, skipping
from vietnamese.normalize import fold

_LONGEST = 200
"""Characters; what corrects is said in a few words."""
_ME = "(?:toi|tui|tau|tao|t|em|e|minh|mk|chau|con|chi|anh|bac|co|chu|ad)"
_NO = "(?:khong|ko|k|kh|kg|hk|hok|hong|hem|khum|chang|no)"
_OH = (
    r"(?:(?:a|ah|o|oh|u|uh|um|uhm|ua|oi|ui|uy|da|thoi|chet|chet cha|ay|i|y|xi|hi|e|hihi|hehe|haha|ma|nhung|nhung ma|ok|"
    r"troi|xin loi|sorry|sory|sr)[\s,.!…]+)"
)
_PAUSE = r"(?:[\s,.:;!\-–…]+|$)"
_LET_ME = f"(?:cho (?:{_ME} )?)?(?:xin )?"
_JUST_NOW = "(?:(?:hoi|luc|ban|khi|vua|hom) nay |nay |vua roi |cau truoc )?"
_WRONG = "(?:nham|lon|sai|trat|lac de)"
_WHAT = (
    "(?:cai |phan )?(?:muc dong|muc|giay(?: to)?|so|thu nhap|so tien|tien|nam sinh|thang sinh|ngay sinh|tuoi"
    "|gioi tinh|so thang|so nam)"
)
_MISTAKE = (
    f"{_JUST_NOW}(?:{_ME} )?{_JUST_NOW}(?:bi )?"
    "(?:(?:ghi|noi|viet|go|bam|nhap|tinh|danh|khai|nho|doc|coi|nhin|xem|chon|tra loi) )?"
    f"{_WRONG}(?:[ ,]+{_WRONG})?(?: {_WHAT}(?= *[,.:;!–-]| la | thanh )| (?:so|nam|thang|ngay)(?= *[,.:;!–-]))?"
    "(?: (?:roi|r|a|ti|chut|mat|day|xiu|tieu|lat|het|nha|nghen|to|bet|be bet))*"
    f"|(?:ghi|noi|viet) bay|(?:a|y|ui|i|ay) quen|(?:{_ME} )?quen (?:noi|mat|ghi|khai)(?: (?:la|mat))?"
    "|quen(?= *[,.:;!…–-])"
)
_CHANGE = "(?:doi|sua|chinh|thay|chuyen)"
_FOR_ME = "(?: (?:giup|gium|dum|ho|cho|lai|thanh|sang|bang|qua|dum)|(?: cho| gium| giup)? (?:toi|tui|em|minh|con|chau))"
_CUE = re.compile(
    f"(?P<oh>{_OH}*)(?:"
    f"(?P<mistake>{_MISTAKE})(?P<after>{_PAUSE})(?:(?:phai )?la )?"
    f"|(?P<denied>{_NO} (?:phai|dung)|{_NO}|dau co|dau phai|dau(?=[,.!]))(?: (?:vay|the|dau|a))*(?P<pause>{_PAUSE})"
    "(?:phai la |ma la |la )?"
    f"|(?P<changed>{_LET_ME}{_CHANGE}{_FOR_ME}+|"
    f"{_LET_ME}doi y(?: (?:roi|lai|gio|thoi|chuyen|sang|qua))*|{_LET_ME}(?:dinh chinh(?: lai)?|"
    f"(?:noi|ghi|viet|nhap) lai)|(?:thuc ra|that ra|dung ra|chinh xac)(?= la)|"
    "(?:nhieu|it|mac|cao|thap|nang) (?:qua|vay)(?= *[,.!;:…]))(?: (?:la|thanh|cho dung la))*"
    f"{_PAUSE}(?:la )?"
    f"|{_LET_ME}{_CHANGE} (?P<old>[^,;?]{{1,40}}?) (?:thanh|sang|bang|qua) (?:la )?"
    f"|(?:{_ME} )?sao (?:lai |tinh |ghi |noi )*(?:la |ra )?(?P<doubted>[^,;?]{{1,30}})[,;?!.]+ *"
    f"(?:{_ME} (?=[a-z]+ ma))?"
    f"|(?P<meant>y (?:cua )?{_ME}(?: noi)? (?:la|noi)|{_ME} (?:muon noi|dinh noi)(?: la)?|{_ME} noi la|tuc la){_PAUSE}"
    ")"
)
_OTHER_WORDS = re.compile(r"\b(?:nội|lớn|lợn|nhắm|nhảm|nhàm|sài|thay đổi|đầu|đau|trát)\b")
"""What is written as a cue only where the accents are left out."""
_CLOSING = re.compile(
    r"(?:[\s,.!…]+(?:mới đúng|moi dung|mới phải|moi phai|mới chuẩn|moi chuan|thôi|thoi|cơ|co|mà|ma|chứ|chu|chớ|ạ|à|a|"
    r"nhé|nhe|nha|nhỉ|nhi|hả|ha|đấy|day|nghen|nhen|nghe|hen|nè|ne|luôn|luon|lận|(?<!\d )(?<!mot )(?<!may )lan|"
    r"bạn ơi|em ơi|ad))+"
    r"[\s.!…]*$",
    re.IGNORECASE,
)
_INSISTS = re.compile(r"\b(?:dung|phai|chuan|thoi|co|ma|chu|cho|lan)\b")
_RATHER = re.compile(r"(?:,|\bma\b)\s*(?:(?:phai )?la )?(?=[^,]*$)")
_DENIED_FIRST = re.compile(
    rf"(?:{_NO}|chu {_NO}|dau (?:co )?) ?phai (?:la )?(?P<not>[^,;?.!]{{1,40}}?)"
    rf"(?:\s*[,;.]\s*(?:ma )?(?:phai )?(?:la )?(?:(?:em|no) )?|\s+ma (?:phai )?(?:la )?)"
)
"""The value denied before the one that is meant: «nhầm, không phải 74, sinh 71», «… không phải 8/2025 mà là 8/2023»."""
_ADJUSTED = re.compile(
    r"\b(?:ha|giam|rut|bot|tut|lui|nang|tang|nhich|keo|xuong|len)(?: (?:xuong|lai|con|len|toi|muc|thanh))+ "
    r"(?:(?:muc|con|co|thu nhap) )*(?=\d|mot |hai |ba |bon |nam |sau |bay |tam |chin |muoi )"
)
"""What is chosen is made less, or more: «5 triệu căng quá, hạ xuống 2tr5 đi»."""
_OF_OTHERS_TO_SET = re.compile(
    r"\b(?:luong|huu|da|se|nha nuoc|ho tro|nghe|bao|tu (?:thang|nam|1)|toi thieu|thap nhat|neu|san|chuan)\b"
)
"""What is raised or lowered by nobody who talks here, or is only supposed."""
_NO_MATTER = re.compile(
    f"(?!no (?:sinh|sanh|sn|dong|co|la|o)\\b)(?:{_NO}|chua|chang|cha|du|cam on|can(?! ngheo)|biet|nho|lan)\\b"
)
_NOT_THAT = re.compile(
    rf"[\s,.;!]+(?:(?:cho|chu|ma) {_NO} (?:phai )?|{_NO} phai |(?:(?:cho|chu|ma) )?dau (?:co )?phai )(?:la )?"
    r"(?P<not>[^,;?.!]{1,40})$"
    r"|[\s,.;!]+(?:cho|chu|con|ma|vi|tai) (?P<was>[^,;?.!]{1,40}?) (?:la |thi )?(?:cua )?"
    r"(?:nam ngoai|nam truoc|hoi (?:truoc|do|xua|nam ngoai)|truoc (?:day|kia|do)|ngay truoc)(?: roi| co| thoi)?$"
)
"""The value denied after the one that is meant: «… chớ hông phải 88»."""
_TOO_MUCH = re.compile(
    r"(?:[,.;!]\s*|\b(?:thoi|chu|vi|tai|cho)[\s,]+)+(?:muc )?"
    r"\d[\d.,]*\s?(?:tr(?:ieu)?(?: ?\d+)?|trieu ruoi|k|nghin|ngan|tram)?"
    rf"(?: mot thang| thang)? (?:thi )?(?:{_NO} (?:noi|kham noi|lo noi|dong noi|du tien|co tien|theo noi)|"
    r"(?:cao|nhieu|nang|mac|cang|duoi)(?: qua| lam)?(?: roi)?|qua suc|duoi)(?: [a-z]{1,4})?[.! ]*$"
)
_OPENING = re.compile(f"{_OH}*(?:(?:phai |chinh xac |dung ra )?la )?")
_AGREES = re.compile(
    r"\b(?:mới đúng|moi dung|mới phải|moi phai|lận|(?<!\d )(?<!mot )(?<!may )lan)[\s.!…]*(?:ạ|a|mà|ma)?[.!…]*$"
)
_EMPHATIC = re.compile(r"\b(?:cơ mà|cơ|chớ|chứ|mà)(?: ạ)?[.!…]*$")
_SORRY = re.compile(r"^(?:a |da |ui |oi )*(?:xin loi|sorry|sory|sr)\b")
_ASKING = re.compile(r"\?|\b(?:khong|chua|ko|k|sao|dau|gi|nao)(?: \w+)?$")
_FEW = 5
"""Words; «nam mà», «3 triệu chứ» insists on what is told, a longer sentence goes on."""
_EDGES = " ,.:;!-–…"


def corrected(text: str) -> str | None:
    """What is put in the place of what was said, as it was typed; None where nothing is corrected.

    >>> corrected("không, 300k thôi")
    '300k'
    """
    typed = unicodedata.normalize("NFC", text).strip()
    plain = fold(typed)
    if len(typed) > _LONGEST or len(plain) != len(typed) or is_back(typed):
        return None
    found = _CUE.match(plain)
    if found is not None and _OTHER_WORDS.search(typed[: found.end()].lower()) is None:
        rest = _put(typed, plain, found)
        if rest is not None:
            return rest
    return _instead(typed, plain) or _insisted(typed, plain) or _adjusted(typed, plain)


def _instead(typed: str, plain: str) -> str | None:
    """What is rather chosen, before what is too much: «thôi 2tr thôi, 3tr ko nổi»."""
    too_much, opening = _TOO_MUCH.search(plain), _OPENING.match(plain)
    if too_much is None:
        return None
    start = 0 if opening is None else opening.end()
    closing = _CLOSING.search(typed[: too_much.start()])
    rest = typed[start : too_much.start() if closing is None else closing.start()].strip(_EDGES)
    roles = WordRoles(rest)
    return rest if roles.of("fact") and roles.only(*_OF_FACTS) else None


def _adjusted(typed: str, plain: str) -> str | None:
    """The amount to which what was chosen is lowered or raised."""
    found = _ADJUSTED.search(plain)
    if found is None or _OF_OTHERS_TO_SET.search(plain, 0, found.start()) is not None:
        return None
    closing = _CLOSING.search(typed, found.end() - 1)
    rest = typed[found.end() : len(typed) if closing is None else closing.start()].strip(_EDGES)
    roles = WordRoles(rest)
    asks = roles.of("asks", "then_what", "who", "amount", "wait") or roles.asks_yes_or_no or "?" in typed
    return rest if roles.of("fact") and not asks and not roles.of("topic", "unknown", "pays") else None


def _put(typed: str, plain: str, found: re.Match[str]) -> str | None:
    """What follows a word that takes back."""
    start, insists = found.end(), False
    denied = _DENIED_FIRST.match(plain, start) if found["mistake"] else None
    if denied is not None and typed[denied.end() :].strip(_EDGES):
        start, insists = denied.end(), True
    rather = _RATHER.search(plain, start) if found["denied"] else None
    if rather is not None and typed[rather.end() :].strip(_EDGES):
        start, insists = rather.end(), True
    end = _without_denied(typed, start)
    closing = _CLOSING.search(typed[:end], start - 1)
    insists = insists or end < len(typed)
    end, whole = (closing.start(), end) if closing is not None and closing.start() >= start else (end, end)
    rest = typed[start:end].strip(_EDGES)
    insists = insists or _INSISTS.search(plain[end:whole]) is not None
    return rest if rest and _is_meant(found, rest, insists) else None


def _without_denied(typed: str, start: int) -> int:
    """Where the value that is meant ends, before another that is denied."""
    found = _NOT_THAT.search(fold(typed), start)
    if found is None:
        return len(typed)
    which = "not" if found["not"] else "was"
    denied = WordRoles(typed[found.start(which) : found.end(which)])
    if not denied.only(*_OF_FACTS) or denied.only("filler"):
        return len(typed)
    return found.start() if typed[start : found.start()].strip(_EDGES) else len(typed)


def _insisted(typed: str, plain: str) -> str | None:
    """A value that is insisted on with no word before it: «5 triệu lận, không phải 3», «nam mà»."""
    opening = _OPENING.match(plain)
    start = opening.end() if opening is not None else 0
    end = _without_denied(typed, start)
    meant = typed[start:end].strip(_EDGES)
    denies = end < len(typed)
    few = len(meant.split()) <= _FEW and (_EMPHATIC.search(meant.lower()) or _SORRY.match(plain))
    if not (denies or few or _AGREES.search(meant.lower())):
        return None
    closing = _CLOSING.search(meant)
    rest = meant if closing is None else meant[: closing.start()].strip(_EDGES)
    roles = WordRoles(rest)
    asks = roles.of("asks", "then_what", "who", "where", "how", "wait", "amount") or roles.asks_yes_or_no
    told = roles.of("fact") or (roles.of("number") and roles.of("label")) or (denies and roles.of("kin"))
    return rest if told and not asks and not roles.of("topic", "unknown", "if") else None


def _is_meant(found: re.Match[str], rest: str, insists: bool) -> bool:
    """Whether it is a correction: mere «không …» denies, «nhầm tên trên sổ» and «sửa lại ngày sinh» are matters."""
    if found["meant"]:
        return True
    plain, roles = fold(rest), WordRoles(rest)
    if found["mistake"] and groups(rest) is not None:  # «à nhầm, không thuộc diện nào»
        return True
    if _NO_MATTER.match(plain):
        return False
    told = roles.of("fact", "kin", "number") and not roles.of("topic") and len(roles.typed("unknown")) < 2
    asks = roles.of("asks", "then_what", "who") or roles.asks_yes_or_no
    if found["denied"]:
        paused = bool(found["pause"].strip())
        clear = paused or insists or (plain[0].isdigit() and " " not in found["denied"])
        return (told and clear and not asks and not roles.of("gets", "pays")) or (paused and insists)
    if found["mistake"]:
        apart = bool(found["after"].strip()) or bool(found["oh"])
        return told or (apart and "quen" not in found["mistake"] and not asks and _ASKING.search(plain) is None)
    before = found["old"] or found["doubted"]
    told = told or frequency(rest) is not None  # «đổi ý, đóng từng tháng»
    return told and not asks and (before is None or WordRoles(before).only(*_OF_FACTS))


_OF_FACTS: tuple[WordRole, ...] = ("fact", "number", "unit", "label", "filler", "kin", "address")


_ANOTHER = Phrases(
    phrases(
        True,
        "người khác | người nhà | đổi người | đổi người khác | cho người khác | cho người nhà | tính cho người khác",
        "tính cho người nhà | tính người khác | sang người khác | người nữa | người thân | người khác nữa",
    )
)
_ALONE = frozenset({("nguoi", "nha"), ("nguoi", "than"), ("nguoi", "nua")})
_skip = skipping(
    "tính cho hộ giúp giùm dùm xin muốn đổi sang lại thử nữa xem hỏi một với đi trong khác thôi nào được không"
)


def is_for_somebody_else(text: str) -> bool:
    """Whether a message only says that it is for another person now."""
    tokens = answer_of(text)
    return bool(only_values(tokens, _ANOTHER.read, _skip)) and tuple(one.fold for one in tokens) not in _ALONE
