"""How people shorten and misspell words on a phone, and the words they mean."""

from __future__ import annotations

from collections.abc import Mapping

_TABLE = """
bảo hiểm: bh bhiểm bhiem bảohiểm baohiem bhỉm
bảo hiểm xã hội: bhxh bxh bhhx bhxhh bhsh
bảo hiểm xã hội tự nguyện: bhxhtn bhxhtnguyện
bảo hiểm xã hội bắt buộc: bhxhbb
bảo hiểm y tế: bhyt
bảo hiểm thất nghiệp: bhtn
bảo hiểm nhân thọ: bhnt
tự nguyện: tn tnguyện tnguyen tunguyen tựnguyện tng
bắt buộc: bb bbuộc
thai sản: ts tsản tsan thaisản
hồ sơ: hs hsơ hso
thủ tục: tt ttục
giấy tờ: gtờ
căn cước công dân: cccd
chứng minh nhân dân: cmnd cmtnd cmt
người lao động: nlđ nld
người sử dụng lao động: nsdlđ nsdld
hợp đồng lao động: hđlđ hdld
hợp đồng: hđ
tai nạn lao động: tnlđ tnld
lao động: lđ
dân tộc thiểu số: dtts
ủy ban nhân dân: ubnd
ủy ban: ub
nhà nước: nn nnước
hộ kinh doanh: hkd
giấy phép kinh doanh: gpkd
doanh nghiệp: dn
công ty: cty ct cti ctt côngty congty
xí nghiệp: xn
nhân viên: nv
giáo viên: gv
công nhân: cn
sinh viên: sv
học sinh sinh viên: hssv
giải quyết: gq
đăng ký: đk đki đky dki dky
quyết định: qđ
nghị định: nđ
điện thoại: đt dt đthoại dthoai
số điện thoại: sđt sdt
số tài khoản: stk
tài khoản: tk tkhoản
mật khẩu: pass password mkhẩu
ngân hàng: nh
sinh năm: sn
hiện nay: hn
hôm nay: hnay
người ta: ngta nta
được: đc dc đươc đựơc dươc duọc đượk đuợc đcj
không: ko k kh kg khg hk hok hông hôg hem hổng hong hg khum khôg khog kô k0 hôn hăm kông
à: ah ak àh
bao nhiêu: bn bnh bnhiu bnhiêu bnhieu nhiu nhiêu nhju bnhju baonhieu baonhiêu
nhiều: nhìu
mấy: mí mấi
gì: j gj ji zì
vậy: z v zậy zay dzậy dzay dợ rứa
như thế nào: ntn nhtn
thế nào: tnao tnào
làm sao: lsao
làm: lm
giờ: h jo jờ
bây giờ: chừ bgio bgiờ bjo bjờ bâyh
tháng: th thg thág thag thangs
mình: m mk mik mìh mih
mọi người: mn mng
người: ng ngừi ngừ
tôi: t tui tuj tôy
em: e
anh: a
chị: c
anh chị: ac ace
bạn: b
vợ: vk bx
chồng: ck ox
rồi: r rùi rui roj rồy òi oy
trước: trc trk trướk tr
với: vs dzới zới wới
cũng: cx cũg cug cg
mới: ms mứi
nói: ns
nhưng: nhg nhưg nhug nma
biết: bít bik bjt bjk
hiểu: hỉu hiu
phải: fai fải f p phãi
quên: wen wên
qua: wa qa
quá: wá qá
quỹ: wỹ
quy: wy
quan: wan qan
tiếp: típ tiép
sinh: sanh
nộp: nạp nôp
bệnh: bịnh
nhất: nhứt
thật: thiệt
vào: vô zô dzô zo dzo zào
luôn: lun luông
đang: đag đg
đóng: đóg đog dog dóng
lương: lg lươg luog
hưởng: hưởg huog
thời gian: tg tgian
tư vấn: tvấn tvan
nhắn tin: ib inb ntin mess
trả lời: rep
gia đình: gđ gd
vợ chồng: vc
nghĩa vụ quân sự: nvqs
hợp tác xã: htx
thu nhập cá nhân: tncn
mã số thuế: mst
khám chữa bệnh: kcb
công việc: cv
cộng tác viên: ctv
liên hệ: lh
ok: okie oke okey oki
cảm ơn: thanks thank thks tks cámơn cảmơn camon
tạm biệt: bye bai
zalo: zl
facebook: fb
online: onl ol
học: hc
chuyển khoản: ckhoản
thời hạn: thạn
vneid: vnid vneidd vnied
vssid: vssi vsid vssd vsssid
chỗ: chổ
sổ: sỗ
lấy: láy
lãnh: lảnh lĩnh lịnh
sản: sãn
hiểm: hiễm
đã: đả
mỗi: mổi
trả: trã
hỏi: hõi
gửi: gữi gởi
muốn: mún mun
"""

SHORT: Mapping[str, str] = {
    short: full
    for line in _TABLE.strip().splitlines()
    for full, _, shorts in [line.partition(": ")]
    for short in shorts.split()
}
"""A short form or slip → the words meant, when nothing around it says otherwise."""

AFTER_NUMBER: Mapping[str, str] = {
    "t": "tuổi",
    "n": "năm",
    "k": "nghìn",
    "ng": "nghìn",
    "ngàn": "nghìn",
    "tr": "triệu",
    "củ": "triệu",
    "th": "tháng",
    "đ": "đồng",
    "d": "đồng",
    "vnd": "đồng",
    "vnđ": "đồng",
    "h": "giờ",
}
"""What a short form means right after a number: «78t», «500k», «1tr5», «6th»."""

BEFORE_NUMBER: Mapping[str, str] = {"t": "tháng", "th": "tháng", "n": "năm"}
"""What a short form means right before a number: «t12»."""

_AFTER_WORDS = """
mk | quên wen quen mất mat đổi doi sai cấp cap lấy lay lại lai nhập nhap | mật khẩu
ck | bằng bang qua tiền tien đóng dong nộp nop số so | chuyển khoản
tr | nhiêu nhieu mấy may chục chuc | triệu
tn | cấp cap lãnh hưởng huong trợ | thất nghiệp
đk | đủ du có co điều dieu | điều kiện
hs | là la em cháu con | học sinh
hong | sổ so | hồng
cn | thứ chủ | chủ nhật
vc | 2 hai cả ca | vợ chồng
s | thì thi tại tai thế the vì vi làm lam | sao
"""

IN_COMPANY: tuple[tuple[str, frozenset[str], str], ...] = tuple(
    (short, frozenset(company.split()), full)
    for line in _AFTER_WORDS.strip().splitlines()
    for short, company, full in [line.split(" | ")]
)
"""A short form, the words before it, and what it means after these."""

PHRASES: Mapping[str, str] = {
    "nghĩ việc": "nghỉ việc",
    "nghĩ hưu": "nghỉ hưu",
    "nghĩ làm": "nghỉ làm",
    "nghĩ dạy": "nghỉ dạy",
    "bảo hiểm xh": "bảo hiểm xã hội",
    "bảo hiểm yt": "bảo hiểm y tế",
    "tài khoản 1 thai sản": "tờ khai",
    "hồ sơ sinh viên": "học sinh sinh viên",
    "chồng tiền": "chuyển khoản tiền",
    "chồng qua": "chuyển khoản qua",
    "mần răng": "làm sao",
    "ở mô": "ở đâu",
    "chỗ mô": "chỗ nào",
    "tới mô": "tới đâu",
    "vo bảo hiểm": "vào bảo hiểm",
    "vo bao hiem": "vào bảo hiểm",
    "vo tu nguyen": "vào tự nguyện",
    "vo tự nguyện": "vào tự nguyện",
    "vô bảo hiểm": "vào bảo hiểm",
    "vô tự nguyện": "vào tự nguyện",
}
"""Several words put right together, after each word has been."""
