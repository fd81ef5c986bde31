"""Words of the delta whose speakers take l and n for one: «nương hưu» is «lương hưu», «20 lăm» «20 năm».

Only what is then no word of its own, or stands where no other can, is read so: «làng», «nên», «năm» stay.
"""

from __future__ import annotations

import re

_TABLE = """
nương hưu: lương hưu | nuong huu: luong huu | hưởng nương: hưởng lương | huong nuong: huong luong
lĩnh nương: lĩnh lương | linh nuong: linh luong | lãnh nương: lãnh lương | lanh nuong: lanh luong
nhận nương: nhận lương | nhan nuong: nhan luong | lông dân: nông dân | nam ruong: lam ruong | khiếu lại: khiếu nại
lộp: nộp | lữ: nữ | nàm: làm | nĩnh: lĩnh | nãnh: lãnh | lếu: nếu | lữa: nữa | nuật: luật | nãi: lãi | nà: là
em lu: em nu | toi lu: toi nu | la lu: la nu | na lu: la nu | lu sinh: nu sinh | phai lop: phai nop
lop tien: nop tien | lop bao nhieu: nop bao nhieu | lop o dau: nop o dau | lop ho so: nop ho so
khi lào: khi nào | đồng lào: đồng nào | thế lào: thế nào | lúc lào: lúc nào | tháng lào: tháng nào | ngày lào: ngày nào
cách lào: cách nào | lào cũng: nào cũng | lăm nay: năm nay | lăm sau: năm sau
"""
_TURNED = {
    said.strip(): meant.strip()
    for line in _TABLE.strip().splitlines()
    for said, _, meant in (each.partition(":") for each in line.split("|"))
}
_WORDS = re.compile(
    rf"(?<![^\W_])(?:(?P<turned>{'|'.join(sorted(_TURNED, key=len, reverse=True))})"
    r"|(?P<counted>(?:(?<=\d )|(?<=mấy )|(?<=nhiêu ))lăm"
    r"|(?<=\d )lam(?= (?:thi|roi|nua|co|muc|duoc|linh|lanh|luong|nuong)\b|\s*[,.?!]|\s*$)))(?![^\W_])",
    re.IGNORECASE,
)


def with_l_and_n(text: str) -> str:
    """The text with these words as they are written; every other text comes back as it is.

    >>> with_l_and_n("em là lữ, thế 20 lăm thì nương hưu bao nhiêu")
    'em là nữ, thế 20 năm thì lương hưu bao nhiêu'
    """
    return _WORDS.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    if found["counted"] is not None:
        return "năm" if found[0].lower() == "lăm" else "nam"
    meant = _TURNED[found[0].lower()]
    return meant.capitalize() if found[0][0].isupper() else meant
