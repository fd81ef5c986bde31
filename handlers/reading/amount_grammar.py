"""The grammar of an amount with its unit: «1tr5», «hai triệu ba trăm», «500k», «1.500.000đ», «nửa triệu»."""

from __future__ import annotations

from fractions import Fraction

from handlers.reading.numbers import DIGIT, HUNDRED, cardinal, short_pair
from handlers.reading.words import Found, Lexicon, Token, Tokens, words

MILLION, THOUSAND = 1_000_000, 1_000
_LEAST, _MOST = THOUSAND, 10_000 * MILLION
"""Outside of these an amount is a slip of the finger."""
_LETTER_N_FROM = 50
"""«500n» is money; «7n» are years."""
_WRITTEN_OUT = range(10_000, 100 * MILLION)
"""A number without unit and separators in this range is dong; a longer one may be an ID."""

_BIG = Lexicon(
    dict.fromkeys(("triệu", "trệu", "trịu", "chiệu", "củ", "chai"), MILLION)
    | dict.fromkeys(("tỷ", "tỉ", "tỏi"), 1_000 * MILLION)
    | dict.fromkeys(("tr", "trđ"), MILLION)
)
_SMALL = Lexicon(
    dict.fromkeys(("nghìn", "ngàn", "nghàn", "ngìn", "nghìm", "ngh"), THOUSAND)
    | {"lít": 100 * THOUSAND, "xị": 100 * THOUSAND}
)
_SAID_WITHOUT_ONE = words("triệu tr tỷ tỉ")
_OLD, _ALSO_OTHER_WORDS = "cũ", words("tỏi củ")
"""«số năm cũ», and without accents «ba toi» (a father), «nam cu»."""
_COMPANY = words("công")
"""«công ty» is no «tỷ»."""
_ALSO_A_MEASURE = words("chai lít xị")
"""Slang for money in an answer; in a sentence «2 chai», «5 lít» and «3 xị» are bottles and measures."""
_HALF = words("nửa")
AND_A_HALF = words("rưỡi rữi")
_AFTERWARDS = "sau"
"""Not «sáu» where more follows: «5 triệu sau đó»."""
_LAST_DIGITS = "123456789"
_LAST_DIGIT = Lexicon({"mốt": 1, "tư": 4})
"""«triệu mốt», «triệu tư»; without accents «mot» reads as «một», «tu» counts at the end only."""
CURRENCY = words("đồng đ vnđ vnd bạc")
MONTH = words("tháng th thg")
_COUNTED = words("già người lần con vợ đứa sào mẫu công năm tháng th t tuổi ngày quý tuần phần")
"""What a number after an amount may count instead: «3 triệu 8 năm»."""
_AFTER_A_TAIL = words(
    "đồng đ vnđ vnd bạc thì được đóng có mỗi một mức dạ ạ nhé nha nhỉ hả là và rồi để trong trở hàng hằng",
    "thôi cho suốt từ tới đến nhưng nếu nên mà muốn bao xin còn với thêm nữa hỗ hết sao đi ấy đó này nay về rồi",
)


def amount(tokens: Tokens, at: int, *, alone: bool = False) -> Found[int] | None:
    """The amount there whose unit is said, in dong. `alone` also takes what is clear only in an answer."""
    found = _exact(tokens, at, alone)
    if found is None:
        return None
    value, after = found
    if value.denominator != 1 or not _LEAST <= value <= _MOST:
        return None
    return int(value), after + 1 if CURRENCY.get(tokens, after) else after


def per_month(tokens: Tokens, at: int) -> bool:
    """Whether «/tháng» stands there."""
    return at < len(tokens) and tokens[at].text == "/" and bool(MONTH.get(tokens, at + 1))


def _exact(tokens: Tokens, at: int, alone: bool) -> Found[Fraction] | None:
    if _HALF.get(tokens, at) and (scale := _BIG.get(tokens, at + 1)):
        return Fraction(scale, 2), at + 2
    if (scale := _BIG.get(tokens, at)) and _SAID_WITHOUT_ONE.get(tokens, at) and not _COMPANY.get(tokens, at - 1):
        tail = _tail(tokens, at + 1, scale, spoken=True)
        return (scale + tail[0], tail[1]) if tail and tail[0] else None
    counted = quantity(tokens, at)
    if counted is None:
        return None
    count, after, spoken = counted
    if not alone and _ALSO_A_MEASURE.get(tokens, after):
        return None
    if (scale := _BIG.get(tokens, after)) and not _is_another_word(tokens, after, spoken=spoken):
        if _doubtful_grouping(tokens[at], after - at):
            return None
        tail = _tail(tokens, after + 1, scale, spoken=spoken)
        if tail is None or (tail[0] and count.denominator != 1):
            return None
        return count * scale + tail[0], tail[1]
    if small := _SMALL.get(tokens, after) or _thousand_letter(tokens, after, count, alone):
        if AND_A_HALF.get(tokens, after + 1):
            return (count * small + Fraction(small, 2), after + 2) if small > THOUSAND else None
        return count * small, after + 1
    if tokens[at].is_number and count >= _WRITTEN_OUT.start and count.denominator == 1:
        grouped = after - at > 1 or not tokens[at].text.isdecimal()
        if CURRENCY.get(tokens, after) or _written_out(tokens, after, count, grouped, alone):
            return count, after
    return None


def _is_another_word(tokens: Tokens, at: int, *, spoken: bool) -> bool:
    plain = not tokens[at].accents and bool(_ALSO_OTHER_WORDS.get(tokens, at))
    return spoken and (plain or tokens[at].text == _OLD)


def _thousand_letter(tokens: Tokens, at: int, count: Fraction, alone: bool) -> int | None:
    """«500k»; in an answer also «500 k» and «500n». In a sentence «45 k có» says «không»."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.text == "k" and (token.glued or alone):
        return THOUSAND
    return THOUSAND if alone and token.text in ("n", "ng") and count >= _LETTER_N_FROM else None


def _written_out(tokens: Tokens, after: int, count: Fraction, grouped: bool, alone: bool) -> bool:
    """Whether a number without a unit is dong: «500.000», «1500000»; not an ID, not a phone number."""
    if after < len(tokens) and (tokens[after].text in "%/" or _COUNTED.get(tokens, after)):
        return per_month(tokens, after) or bool(MONTH.get(tokens, after))
    return grouped or (int(count) in _WRITTEN_OUT and (alone or count % THOUSAND == 0))


# --- how many, before the unit --------------------------------------------------------------------


def quantity(tokens: Tokens, at: int) -> tuple[Fraction, int, bool] | None:
    """How many, before a unit; where it ends; whether it is said in words."""
    hundreds = _hundreds(tokens, at)
    if hundreds is not None:
        return Fraction(hundreds[0]), hundreds[1], not tokens[at].is_number
    if at >= len(tokens) or not tokens[at].is_number:
        return None
    value = _written(tokens[at].text)
    if value is None:
        return None
    grouped, end = value, at + 1
    while end < len(tokens) and len(tokens[end].text) == 3 and grouped < _MOST:  # «1 500 000»
        three = tokens[end].digits
        if three is None:
            break
        grouped, end = grouped * 1_000 + three, end + 1
    if end > at + 1 and 1 <= value < 1_000 and grouped >= _WRITTEN_OUT.start and value.denominator == 1:
        return grouped, end, False
    return value, at + 1, False


def _hundreds(tokens: Tokens, at: int) -> Found[int] | None:
    """A number below a thousand in words, with the short endings of money: «trăm rưỡi», «hai trăm ba»."""
    said = cardinal(tokens, at)
    if HUNDRED.get(tokens, at) and (AND_A_HALF.get(tokens, at + 1) or _last_digit(tokens, at + 1)):
        said = (100, at + 1)
    if said is None:
        return None
    value, after = said
    if value == 0 or value % 100 or not HUNDRED.get(tokens, after - 1):
        return said
    if AND_A_HALF.get(tokens, after):
        return value + 50, after + 1
    if digit := _last_digit(tokens, after):
        return value + digit * 10, after + 1
    if after < len(tokens) and tokens[after].is_number and len(tokens[after].text) == 2:
        return value + int(tokens[after].text), after + 1
    return said


def _last_digit(tokens: Tokens, at: int) -> int | None:
    """A single digit that ends an amount: «trăm hai»; not the start of «hai trăm năm nghìn» or of «3 năm»."""
    if at >= len(tokens) or short_pair(tokens, at):
        return None
    counts = _BIG.get(tokens, at + 1) or _SMALL.get(tokens, at + 1) or HUNDRED.get(tokens, at + 1)
    if counts or _COUNTED.get(tokens, at + 1):
        return None
    if digit := _ending(tokens, at):
        return digit
    return tokens[at].digits if tokens[at].text in _LAST_DIGITS else DIGIT.get(tokens, at)


def _ending(tokens: Tokens, at: int) -> int | None:
    """«mốt» and «tư», the digits that take another word at the end of an amount."""
    digit = _LAST_DIGIT.get(tokens, at)
    clear = digit is not None and (tokens[at].accents or (digit == 4 and at + 1 == len(tokens)))
    return digit if clear else None


def _written(text: str) -> Fraction | None:
    """The value of digits with separators: «1.500.000», «1,5», «500.000,00»; None when it is malformed."""
    signs = [letter for letter in text if letter in ".,"]
    parts = text.replace(",", ".").split(".")
    head, last = parts[0], parts[-1]
    if any(len(part) > 12 for part in parts) or len(parts) > 5 or (len(head) > 1 and head.startswith("0")):
        return None
    decimal = len(parts) > 1 and (len(last) <= 2 or (head == "0" and len(last) == 3))
    grouped = parts[:-1] if decimal else parts
    cents = last if decimal else ""
    group_signs = signs[: len(grouped) - 1]
    if len(set(group_signs)) > 1 or (decimal and signs[-1] in group_signs):
        return None
    if any(len(part) != 3 for part in grouped[1:]) or (len(grouped) > 2 and len(head) > 3):
        return None
    return int("".join(grouped)) + Fraction(int(cents or "0"), 10 ** len(cents))


def _doubtful_grouping(token: Token, length: int) -> bool:
    """Whether «1.500» stands before «triệu»: one and a half, or fifteen hundred."""
    head, sign, tail = token.text.replace(",", ".").rpartition(".")
    return length == 1 and bool(sign) and len(tail) == 3 and head != "0"


# --- what follows «triệu» -------------------------------------------------------------------------


def _tail(tokens: Tokens, at: int, scale: int, *, spoken: bool) -> Found[Fraction] | None:
    """What is added after a big unit, and where it ends: 0 for nothing; None when it can be two things."""
    nothing = Fraction(0), at
    if at >= len(tokens) or tokens[at].gap or (tokens[at].text == _AFTERWARDS and at + 1 < len(tokens)):
        return nothing
    if AND_A_HALF.get(tokens, at):
        return Fraction(scale, 2), at + 1
    if digit := _ending(tokens, at):
        return Fraction(scale * digit, 10), at + 1
    if tokens[at].text.isdecimal() and len(tokens[at].text) in (2, 3) and tokens[at].text.startswith("0"):
        return _written_tail(tokens[at].text, at + 1, scale)
    if tokens[at].glued and tokens[at].text in _LAST_DIGITS and _COUNTED.get(tokens, at + 1):  # «2tr2 tháng đóng mấy»
        return _written_tail(tokens[at].text, at + 1, scale)
    counted = quantity(tokens, at)
    if counted is None:
        return nothing
    count, after, _ = counted
    if small := _unit_of_tail(tokens, after, scale):
        return (count * small, after + 1) if count * small < scale else None
    if _COUNTED.get(tokens, after):
        return nothing
    if after < len(tokens) and tokens[after].text in "%/-" and not per_month(tokens, after):
        return nothing
    if not tokens[at].is_number or after - at > 1:
        return _spoken_tail(tokens, at, (count, after), scale, spoken)
    goes_on = after < len(tokens) and not (
        tokens[after].gap or _AFTER_A_TAIL.get(tokens, after) or per_month(tokens, after)
    )
    if goes_on and not tokens[at].glued:
        return nothing
    return _written_tail(tokens[at].text, after, scale)


def _unit_of_tail(tokens: Tokens, at: int, scale: int) -> int | None:
    if at < len(tokens) and tokens[at].text == "k":
        return THOUSAND
    return _SMALL.get(tokens, at) or (_BIG.get(tokens, at) if scale > MILLION else None)


def _written_tail(text: str, after: int, scale: int) -> Found[Fraction] | None:
    """«1tr5», «1tr25», «1tr250», «1tr250.000»; «1tr50» is None: it is said of 1.050.000 and of 1.500.000."""
    if not text.isdecimal():
        added = _written(text)
        fits = added is not None and added.denominator == 1 and THOUSAND <= added < scale
        return (added, after) if added is not None and fits else None
    if int(text) == 0 or len(text) > 3 or (len(text) == 2 and text.endswith("0")):
        return None
    return Fraction(int(text) * scale, 10 ** len(text)), after


def _spoken_tail(tokens: Tokens, at: int, said: Found[Fraction], scale: int, spoken: bool) -> Found[Fraction] | None:
    """«triệu hai», «triệu ba lăm», «triệu ba trăm»; «hai triệu năm mươi» without «nghìn» is None."""
    count, after = said
    if any(HUNDRED.get(tokens, place) for place in range(at, after)):
        return count * scale / 1_000, after
    if after - at > 1 or count >= 10:
        return (count * scale / 100, after) if short_pair(tokens, at) else None
    if tokens[at].fold == "nam":  # five hundred thousand, or a year: «hai triệu năm», «2 triệu năm 2026»
        if after < len(tokens) and not _AFTER_A_TAIL.get(tokens, after):
            return Fraction(0), at
        if not spoken:
            return None
    return count * scale / 10, after
