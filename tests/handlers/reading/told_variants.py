"""More sentences as people type them, by what they state: Southern and Central words, no accents, keys left over."""

from __future__ import annotations

from handlers.reading import Facts
from tests.handlers.reading.told_facts import NEAR, OTHER, POOR

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

VARIANTS = [*GROUPS]
