"""Words that mean the same in questions about social insurance: «lãnh ra hết» and «rút một lần» are one thing.

A line is a concept and the phrases that speak of it; a phrase may stand under several. See `faq/engine/concepts.py`.
"""

CONCEPTS = """
withdraw: rút, rút tiền, rút ra, rút hết, rút bảo hiểm, rút về, lấy lại tiền, lấy tiền ra, lấy tiền về, lấy ra, lấy
  lại vốn, lấy về, lãnh ra, lãnh hết, thanh toán một lần, xin lại tiền, đòi lại tiền, nhận lại tiền, rút cục, rút non,
  lãnh một cục, lấy một cục, nhận một cục, lãnh một lần, lấy bảo hiểm, hoàn vốn, lấy vốn, lấy hết, lãnh tiền về, bảo
  hiểm xã hội một lần, bảo hiểm xã hội 1 lần, bảo hiểm một lần, bảo hiểm 1 lần, rút một lần, rút 1 lần, lãnh 1 lần,
  nhận một lần, nhận 1 lần, hưởng một lần, hưởng 1 lần, lấy một lần, lấy 1 lần, rút một cục, rút bảo hiểm xã hội, rút
  hết một lần, chế độ một lần, tiền một lần, bảo hiểm xã hội tự nguyện một lần, bảo hiểm xã hội tự nguyện 1 lần, rút
  được bao nhiêu, lấy được bao nhiêu, lấy lại tiền đã đóng, lãnh lại tiền, lấy tiền bảo hiểm, đòi tiền lại, lấy khoản
  đã đóng, tiền rút được, lấy ra được, cho lấy, rút sổ về, rút luôn, rút tiền bảo hiểm, lãnh hết tiền, nhận hết tiền,
  nhận tiền một lần, hưởng bảo hiểm một lần
once: một lần, 1 lần, một cục, 1 cục, nguyên cục, một lúc, một thể, trọn gói, một mạch, cả cục, một khoản, 1 lúc, bảo
  hiểm xã hội một lần, bảo hiểm xã hội 1 lần, bảo hiểm một lần, bảo hiểm 1 lần, rút một lần, rút 1 lần, lãnh một lần,
  lãnh 1 lần, nhận một lần, nhận 1 lần, hưởng một lần, hưởng 1 lần, lấy một lần, lấy 1 lần, lãnh một cục, rút một cục,
  lấy một cục, nhận một cục, rút bảo hiểm xã hội, rút bảo hiểm, rút hết một lần, chế độ một lần, tiền một lần, bảo
  hiểm xã hội tự nguyện một lần, bảo hiểm xã hội tự nguyện 1 lần, trợ cấp một lần, trợ cấp bảo hiểm xã hội một lần
receive: hưởng, nhận, lãnh, chi trả, được trả, được cấp, được tiền, có được nhận, có được lãnh, lãnh tiền, nhận tiền,
  được hưởng, thụ hưởng, hưởng chế độ
pension: lương hưu, lương già, tiền hưu, hưu trí, về hưu, nghỉ hưu, lãnh hưu, lãnh lương, nhận lương, hưởng hưu, được
  hưu, có hưu, hưu, sổ hưu, lương tháng lúc già, tiền hàng tháng lúc già, lương khi già, lương lúc già, lãnh hàng
  tháng, đồng lương, lương tháng, lương khi về già, tiền hàng tháng, trợ cấp tuổi hưu, hưởng lương, mức lương hưu,
  lương hưu bao nhiêu, lương hưu được bao nhiêu, mức hưởng lương hưu, lương hưu tối đa, lương hưu tối thiểu, lương hưu
  thấp nhất, lương hưu cao nhất, mức lương khi nghỉ hưu
social_pension: hưu trí xã hội, trợ cấp hưu trí, trợ cấp người già, trợ cấp người cao tuổi, tiền người già, tiền già,
  trợ cấp xã hội, cao tuổi, trợ cấp tuổi già, bảo trợ xã hội, không có lương hưu, người cao tuổi, tiền cao tuổi, không
  lương hưu, cụ già, neo đơn, dưỡng lão, chưa từng đóng bảo hiểm, 75 tuổi, người già, không đóng ngày nào
pay: đóng, nộp, mua, góp, đóng tiền, nộp tiền, đóng phí, đóng bảo hiểm, mua bảo hiểm, trích đóng, nộp bảo hiểm, đóng
  bao nhiêu năm, đóng mấy năm, đóng bao lâu, đóng tối thiểu bao nhiêu năm
join: đăng ký, tham gia, gia nhập, bắt đầu đóng, mới đóng, vào bảo hiểm, muốn đóng, muốn mua, mua mới, làm mới, tham
  gia lần đầu, chưa từng đóng, chưa đóng ngày nào, tham gia bảo hiểm, muốn tham gia, bắt đầu tham gia, mua ở đâu, đăng
  ký ở đâu, đăng ký đóng
level: mức đóng, mức thu nhập, mức, gói, thu nhập làm căn cứ, mức phí, số tiền đóng, thu nhập chọn, chọn mức, mức nào,
  mức tiền, chọn mức nào, mức tối thiểu, mức tối đa
lowest: thấp nhất, mức thấp, một trăm nghìn, đóng ít, tối thiểu, ít nhất, rẻ nhất, nhỏ nhất, min, bé nhất, mức sàn,
  nghèo quá, ít tiền
highest: cao nhất, 50 triệu, 60 triệu, 100 triệu, vượt mức, tối đa, max, nhiều nhất, lớn nhất, kịch trần, mức trần,
  trần, mức cao, kịch khung, nhiều thiệt nhiều, thật nhiều, nhiều hết cỡ, hết cỡ, giới hạn, quá cao, hết mức, kịch
how_much: bao nhiêu, bao nhiêu tiền, mấy tiền, mấy trăm, mấy triệu, mấy đồng, mấy phần trăm, bao nhiêu phần trăm, mấy
  chục, hết mấy, số tiền, được mấy, mấy nghìn, khoảng nhiêu, cỡ nhiêu, nhiêu, được nhiêu, tốn bao nhiêu, hết bao
  nhiêu, phải đóng, tiền đóng, bao nhiêu lận
rate: tỷ lệ, phần trăm, tỉ lệ, 22, mấy phần
calculate: cách tính, tính sao, tính thế nào, tính như thế nào, tính ra, tính toán, công thức, quy đổi, tính thử, tính
  giúp, tính làm sao, tính kiểu gì, cách quy đổi, được tính, xác định, tháng lẻ, bình quân, tính lương, tính trên,
  tính lại, tính theo, gấp đôi, làm tròn, trung bình, bình quân thu nhập, làm căn cứ, xác định mức, tỷ lệ hưởng, được
  mấy phần trăm, tỷ lệ
procedure: thủ tục, trình tự, các bước, quy trình, làm thế nào, làm sao, cách làm, hướng dẫn, làm như thế nào, cách,
  thủ tục hưởng, các thủ tục, làm thủ tục, thực hiện như thế nào, xử lý thế nào, xử lý như thế nào, giải quyết thế
  nào, giải quyết như thế nào, quy định như thế nào, phải làm gì, làm gì, phải làm sao
papers: hồ sơ, giấy tờ, đơn, tờ khai, mẫu đơn, cần những gì, cần gì, chuẩn bị gì, mang theo gì, mang theo những gì,
  giấy, mẫu, đem theo, cầm theo, mang gì, giấy gì, khai sinh, hộ khẩu, photo, công chứng, chứng thực, giấy xác nhận,
  mẫu tờ khai, xác nhận, bản sao, bản chính, bản gốc, hồ sơ đề nghị, thành phần hồ sơ, hồ sơ gồm, hồ sơ hưởng, giấy tờ
  cần, bộ hồ sơ, đơn đề nghị, nộp hồ sơ
where: ở đâu, chỗ nào, nơi nào, đến đâu, tới đâu, tại đâu, lên đâu, ra đâu, địa điểm, cơ quan nào, đâu, nơi tiếp nhận,
  ở chỗ nào, gần nhà, ủy ban xã, hội phụ nữ, hội nông dân, nộp cho ai
address: địa chỉ, bảo hiểm cơ sở, bảo hiểm xã hội cơ sở, gọi số nào, số điện thoại bảo hiểm, đường dây nóng, trụ sở,
  dời địa chỉ, huyện dẹp, bỏ huyện, sáp nhập, sát nhập, bảo hiểm huyện, khu vực, tên gọi, địa bàn, liên thông, chuyển
  trụ sở, bảo hiểm xã hội huyện, bảo hiểm tỉnh, giờ làm việc, bỏ cấp huyện, phòng giao dịch, giờ giấc, mấy giờ mở cửa,
  ở chỗ nào vậy, cơ quan bảo hiểm ở, trụ sở bảo hiểm, tỉnh mới, xã mới
how_long: bao lâu, mấy ngày, mấy hôm, thời hạn, thời gian giải quyết, mất bao lâu, bao nhiêu ngày, mấy bữa, mấy tuần,
  bao nhiêu lâu, lâu không, mấy tháng thì, bao nhiêu tháng thì, chờ bao lâu, phải chờ, bao lâu thì, trong bao lâu, bao
  lâu thì được, thời hạn giải quyết, bao lâu có tiền, mấy ngày có
when: khi nào, bao giờ, lúc nào, thời điểm nào, từ ngày nào, từ lúc nào, ngày nào, tháng nào, năm nào, chừng nào, thời
  điểm hưởng, thời điểm, hiệu lực, có hiệu lực, từ bao giờ, kể từ khi nào, áp dụng từ
how_many_years: mấy năm, bao nhiêu năm, đủ năm, tối thiểu mấy năm, 15 năm, 20 năm, số năm, năm đóng, mười lăm năm, hai
  mươi năm, mấy chục năm, bấy nhiêu năm, mấy năm nữa, bao nhiêu năm nữa, đóng bao lâu, đóng ít nhất bao lâu, số năm
  đóng, năm đóng bảo hiểm, đóng mấy năm, đóng bao nhiêu năm, đóng tối thiểu bao nhiêu năm, thời gian đóng tối thiểu,
  bao nhiêu năm đóng, số năm tối thiểu, tối thiểu bao nhiêu năm, năm đóng tối thiểu
how_old: bao nhiêu tuổi, mấy tuổi, độ tuổi, tuổi nào, đủ tuổi, tuổi nghỉ hưu, tuổi hưu, đến tuổi, tới tuổi, tuổi về
  hưu, sinh năm, tuổi lãnh lương, tuổi nhận lương, tuổi lãnh, tuổi nghỉ, bao nhiêu tuổi thì, tuổi mấy, về tuổi, lộ
  trình tuổi
reached_age: đủ tuổi, hết tuổi lao động, tới tuổi, đến tuổi, đã 60, tới tuổi rồi, đến tuổi nghỉ hưu, hết tuổi, đã quá
  tuổi, quá tuổi nghỉ hưu, đủ tuổi nghỉ hưu, đến tuổi hưu
proxy: ủy quyền, đi không nổi, không đi được, nhờ người, nhờ con, nhờ vợ, nhờ chồng, lãnh giúp, lãnh giùm, lãnh hộ,
  nhận thay, nhận hộ, làm thay, đi thay, lãnh thay, rút giúp, rút hộ, rút giùm, làm giúp, làm hộ, nhờ mẹ, nhờ em,
  người khác làm, đi hộ, nhờ ai, đi lãnh giùm, nhờ, giùm, làm giùm, đóng giùm, ra ủy quyền, giấy ủy quyền
die: chết, qua đời, từ trần, tử vong, không may mất, bị mất, đã mất, vừa mất, mới mất, mất sớm, nằm xuống, khuất, đột
  tử, lỡ chết, chẳng may mất, mất đột ngột, khuất núi, ra đi, mất vì, mất do, mất trước, mất rồi, thì mất, mà mất, bố
  mất, mẹ mất, chồng mất, vợ mất, ba mất, ông mất, bà mất, người mất, khi mất, lúc mất, mất đi, chết trước, sống tới
  lúc lãnh, không sống tới, sống không tới, lỡ mất, nếu tôi mất, mất sau khi, chết rồi, chết sớm, người chết, người đã
  chết, tôi mất, chồng tôi mất, mẹ tôi mất, bố tôi mất, ba tôi mất, em gái mất, bị bệnh mất, mất năm, mất ngày, mất
  thì, chết thì, đóng mà chết, người tham gia chết, người đang đóng chết, đang đóng mà mất, chưa hưởng mà mất, chưa
  kịp hưởng, chết khi, mất khi, lăn ra chết, chết trước tuổi, lo đám, giấy báo tử, khai tử, giấy chứng tử, trích lục
  khai tử, về với tổ tiên, qua đời rồi
funeral: mai táng, mai táng phí, ma chay, tang lễ, chôn cất, tử tuất, tiền tuất, tuất, đám ma, đám tang, hậu sự, tuất
  một lần, chế độ tử tuất, trợ cấp tuất, tuất hằng tháng, tuất hàng tháng, trợ cấp mai táng, trợ cấp tuất một lần, phí
  mai táng, tiền mai táng
kin: thân nhân, người nhà, vợ con, con cái, người ở lại, cha mẹ, bên nhận, gia đình nhận, con cháu, vợ hay cha mẹ,
  thân nhân nào, bố mẹ nhận, ai nhận, ai được nhận, con riêng, con nuôi, thừa hưởng, vợ con nhận
inherit: thừa kế, di sản, kế thừa, để lại, sang tên, chuyển cho con, đứng tên thay, đóng tiếp thay, nhường lại, sang
  nhượng, chuyển nhượng, cho con, con đóng tiếp, tên con, di chúc, chuyển tên, chuyển số năm, cho người khác, chia thế
  nào, người thụ hưởng, tranh nhau, nối tiếp đóng cho
illness: ung thư, bệnh nặng, hiểm nghèo, bệnh hiểm nghèo, suy thận, chạy thận, hiv, xơ gan, bại liệt, liệt, tai biến,
  đột quỵ, bệnh nan y, nan y, u não, di căn, bệnh hiểm, lao nặng, phong, tâm thần, mổ tim, tàn tật, khuyết tật, suy
  giảm khả năng lao động, không tự phục vụ, tự phục vụ, hóa trị, mắc bệnh, bệnh tật, giám định, suy giảm, mù, thận
sick: ốm, ốm đau, nằm viện, bệnh viện, đau ốm, nghỉ bệnh, nghỉ ốm, viện phí, bệnh, tái khám, đau bệnh, cảm, sốt, nghỉ
  đau, tiền ốm, bệnh hoạn, ốm nặng, đau yếu, bệnh tật, mất thu nhập
accident: tai nạn, tai nạn lao động, té xe, ngã, thương tật, bệnh nghề nghiệp, té, gãy chân, gãy tay, bị thương, đụng
  xe, điện giật, xe tông, tông xe, bị đụng, ngộ độc, rắn cắn, sét đánh, thương tích, mất sức, rủi ro
maternity: thai sản, sinh con, sinh em bé, sinh đẻ, đẻ con, mang thai, mang bầu, có bầu, bầu bí, sản phụ, nghỉ sinh,
  sinh bé, em bé, đẻ, bầu, dự sinh, vợ sinh, sắp sinh, sinh đôi, nằm ổ, thai, nhận con nuôi, sảy thai
health_card: bảo hiểm y tế, thẻ y tế, thẻ khám bệnh, thẻ bảo hiểm y tế, khám bệnh, khám chữa bệnh, thẻ khám, đi khám,
  y tế, thẻ bảo hiểm, bảo hiểm khám bệnh
hospital: trái tuyến, đúng tuyến, chuyển viện, chuyển tuyến, giấy chuyển, thanh toán thuốc, bệnh viện tuyến, khám
  chữa, mua thuốc, nội trú, ngoại trú, gia hạn thẻ, thẻ hết hạn, hộ gia đình, 5 năm liên tục, đồng chi trả, mổ, phẫu
  thuật
unemployment: thất nghiệp, bảo hiểm thất nghiệp, trợ cấp thất nghiệp, mất việc, trung tâm dịch vụ việc làm, lãnh thất
  nghiệp, hưởng thất nghiệp, bảo lưu thất nghiệp
employer_matters: thử việc, phụ cấp, báo tăng, báo giảm, lương tối thiểu vùng, tiền lương đóng, nghỉ không lương,
  không báo trước, sa thải, đuổi việc, kỷ luật, thôi việc, trợ cấp thôi việc, xăng xe, tăng ca, hợp đồng thử việc,
  phép năm, nghỉ phép, công đoàn, quyết toán, lương tháng 13, phạt, ký hợp đồng, hết hạn hợp đồng, chủ sử dụng, công
  ty nợ lương, hợp đồng, tạm hoãn, chuyển công tác, trừ lương, quấy rối, tai nạn ở công ty
compulsory: bắt buộc, ở công ty, đi làm công ty, bên công ty, công ty, xí nghiệp, cơ quan nhà nước, nhà máy, hợp đồng
  lao động, doanh nghiệp, đơn vị, công nhân, viên chức, hãng, đi làm nhà nước, người làm nhà nước, công nhân viên, làm
  may
voluntary: tự nguyện, bảo hiểm tự nguyện, tự đóng, đóng ngoài, đóng bên ngoài
merge_time: cộng dồn, cộng nối, cộng vào, cộng chung, cộng lại, nối tiếp, nối vào, tính gộp, gộp lại, cộng thời gian,
  nối sổ, nối tiếp được, cộng, cộng cả, tính chung, bảo lưu, gộp chung, chuyển qua tự nguyện, chuyển sang tự nguyện,
  sổ cũ, công ty cũ, hồi trước đóng công ty, trước đây đóng, nối được không, nối thời gian, dồn lại, gom lại, tính
  nối, tính từ đầu, cộng cho đủ, cộng hết, có cộng, có được cộng, có được tính, tính liên tục, cộng nối thời gian,
  thời gian đóng trước đây, tính cộng, tổng thời gian đóng, có được cộng dồn, được cộng dồn, cộng thời gian đóng, thời
  gian công tác, chuyển từ bắt buộc sang tự nguyện, chuyển từ bắt buộc
employer_close: chốt sổ, trả sổ, giữ sổ, không trả sổ, chưa chốt, lấy sổ, phá sản, giải thể, nợ bảo hiểm, công ty nợ,
  nợ tiền bảo hiểm, trốn đóng, bỏ trốn, chủ trốn, giam sổ, tự chốt, rút sổ, chốt bảo hiểm, ôm sổ, chốt, không chốt,
  không đóng cho, công ty không, giữ sổ không, trách nhiệm chốt sổ, xác nhận thời gian đóng, xác nhận sổ, không xác
  nhận, thời hạn chốt sổ, thủ tục chốt sổ, hồ sơ chốt sổ, hoàn trả sổ, lấy lại sổ, đòi sổ, chuyển sổ, chốt và trả sổ,
  không chịu chốt, không chịu trả sổ, công ty giữ, công ty đóng cửa, công ty phá sản, chủ bỏ trốn, công ty ngừng hoạt
  động, công ty chưa trả, chốt quá trình, ôm luôn sổ, họ ôm, chủ xưởng, xưởng đóng cửa, xưởng dẹp, kẹt ở công ty,
  không đưa sổ, giám đốc bỏ trốn, xác nhận quá trình, sổ kẹt, đòi sổ hoài, không có sổ trả
book_lost: mất sổ, thì có sổ, làm mất, thất lạc, rách sổ, hỏng sổ, sổ bị, cấp lại sổ, làm lại sổ, cấp lại, rơi sổ,
  ướt, cháy sổ, làm lại, sổ rách, sổ nát, chuột cắn, không tìm thấy sổ, sổ mất, chưa có sổ, không có sổ, chưa được cấp
  sổ, chưa nhận sổ, rớt sổ, rơi mất, cháy luôn, bị cháy, bị ướt, trôi mất, lũ cuốn, kiếm không ra, cấp sổ, phát sổ,
  được phát sổ, nhận sổ, đưa sổ, bao giờ có sổ, mất tờ rời, chưa có tờ rời
book: sổ bảo hiểm, sổ bảo hiểm xã hội, tờ rời, sổ giấy, sổ điện tử, quyển sổ, cuốn sổ, bản điện tử, sổ
two_books: 2 sổ, hai sổ, nhiều sổ, hai quyển sổ, 2 quyển sổ, hai mã số, 2 mã số, gộp sổ, nhập sổ, trùng sổ, hai cuốn
  sổ, 2 cuốn sổ, 3 sổ, ba sổ, 2 mã, hai số sổ, 2 số bảo hiểm, gộp hai, gộp 2, nhập hai, trùng mã, sổ này sổ kia, hai
  cuốn, ba cuốn, hai người một sổ, mượn giấy tờ, mượn hồ sơ, gom sổ, trùng tên, hủy một sổ, bị trùng, nhiều mã số
wrong_info: sai tên, sai ngày sinh, sai năm sinh, sai thông tin, sửa thông tin, đính chính, điều chỉnh thông tin, ghi
  sai, khác tên, cải chính, sai chữ lót, nhầm tên, sai giới tính, không khớp, sửa tên, ghi nhầm, sai số, đổi tên, sai
  họ, lệch, thiếu chữ, không trùng, đổi chứng minh, sổ ghi, cập nhật, năm sinh khác, đổi số điện thoại, sai lệch, chữ
  lót, điều chỉnh sổ, khai sinh, đổi căn cước, đổi họ tên, bị sai, sai thì, sai so với, in sai, viết sai, thông tin
  sai, sai sót
id_number: mã số, số căn cước, căn cước công dân, số định danh, định danh, chứng minh nhân dân, mã số bảo hiểm, mã bảo
  hiểm, căn cước, mã số bảo hiểm xã hội, số sổ, chứng minh
lookup: tra cứu, kiểm tra, quá trình đóng, đã đóng mấy năm, đóng được bao lâu, xem lại, biết mình đóng, có nộp cho,
  nộp thật, đóng thật, hiển thị, đã đóng được, tra xem, xem mình, dò, coi lại, biết đóng chưa, có nộp không, đóng vô
  chưa, đã đóng tới đâu, ghi nhận, không thấy mấy năm, hiện thiếu, có đóng thật, tổng thời gian, tra cứu quá trình,
  lịch sử đóng, thời gian đóng, tra cứu sổ, tra cứu mã, số tháng đã đóng, đã đóng được bao lâu, đã đóng được mấy năm,
  xem quá trình, kiểm tra quá trình, tra thời gian, tra sổ, tra ở đâu, xem ở đâu, xem được, coi được, xem coi, kiểm
  tra coi, muốn xem, coi mình, coi đóng, xem đóng, xem đã đóng
vssid: vssid, vneid, ứng dụng, app, đăng nhập, mật khẩu, tài khoản vssid, otp, cài đặt, không vào được, cài, không
  đăng nhập, cài app, sinh trắc, xác thực, tài khoản định danh, mức 2, đổi máy, đổi số điện thoại, quên mật khẩu, mã
  xác nhận
online: online, trực tuyến, qua mạng, trên mạng, chuyển khoản, cổng dịch vụ công, dịch vụ công, internet, momo, ví
  điện tử, quét mã, tại nhà, giao dịch điện tử, trên điện thoại, qua điện thoại, app ngân hàng, onl, bank, chuyển
  tiền, quét qr, trích tự động, ngân hàng, nộp qua, qua app, bấm điện thoại, từ xa, ngồi nhà, viettel money, zalopay,
  vnpay
pay_channel: tiền mặt, tài khoản, thẻ atm, atm, qua thẻ, bưu điện, hình thức chi trả, thẻ ngân hàng, mang tiền về nhà,
  đem lương hưu tới nhà, mang tận nhà, lãnh ở bưu điện, nơi nhận lương, đổi nơi nhận, thẻ, chuyển vào tài khoản, lãnh
  hộ lương
support: hỗ trợ, được hỗ trợ, hết 10 năm, 120 tháng, 10 năm hỗ trợ, nhà nước hỗ trợ, nhà nước phụ, nhà nước cho, trợ
  giá, nhà nước đóng, nhà nước bù, được giảm, phụ thêm, hỗ trợ tiền, nhà nước bao, nhà nước lo, ngân sách, được bớt,
  bớt tiền, chính sách hỗ trợ, phụ tiền, được nhà nước, phụ cho, tiền hỗ trợ, phần hỗ trợ, phần trăm hỗ trợ, nhà nước
  đóng giúp
poor: hộ nghèo, cận nghèo, nghèo, dân tộc thiểu số, dân tộc, xã đảo, vùng sâu, khó khăn, người mường, người tày, đặc
  khu
modes: phương thức đóng, hàng tháng, hàng quý, 3 tháng, 6 tháng, 12 tháng, nửa năm, theo quý, theo năm, đóng theo,
  định kỳ, mỗi quý, kỳ đóng, cách đóng, từng tháng, theo tháng, một năm một lần, mấy tháng một lần, mùa vụ, theo mùa,
  hằng tháng, hằng quý, ba tháng, sáu tháng, mười hai tháng, cả năm, đóng năm, mỗi năm một lần, ngày mấy, hạn đóng,
  hạn nộp, mấy cách đóng, kiểu đóng, phương thức, kỳ hạn đóng, chu kỳ đóng, thời hạn đóng, thời điểm đóng, hạn cuối,
  đóng vào ngày nào, hạn chót, theo đợt, theo vụ, mỗi năm, gộp nửa năm, lúc nào có tiền
advance: đóng trước, đóng luôn, đóng sẵn, nhiều năm về sau, cho 5 năm, mấy năm tới, những năm tới, năm về sau, năm
  tiếp theo, đóng dồn, đóng gộp nhiều năm, cho nhiều năm, trước nhiều năm, trước 5 năm, một lần cho, luôn mấy năm,
  đóng trước mấy năm, đóng luôn mấy năm, cho mấy năm tới, trước 3 năm, trước 2 năm, nhiều năm một lần, cho những năm
  sau, mấy năm sau
missing: thiếu năm, còn thiếu, thiếu, đóng bù, đóng nốt, chưa đủ năm, phần còn thiếu, bù thêm, đóng cho đủ, đóng thêm
  cho đủ, chưa đủ, không đủ, mua thêm năm, mua nốt, số năm thiếu, bù cho đủ, thiếu mấy năm, bù năm, hụt, còn mấy tháng
  nữa, thiếu vài tháng, thiếu mấy tháng, số năm còn thiếu, thời gian còn thiếu, đóng một lần cho đủ, đóng một lần cho
  những năm còn thiếu, những năm còn thiếu, năm còn thiếu, thời gian thiếu, còn thiếu năm, thiếu số năm, chưa đủ số
  năm, không đủ năm, thiếu thời gian đóng, chưa đủ thời gian đóng, thiếu 1 năm, thiếu 2 năm, thiếu 3 năm, thiếu 4 năm,
  thiếu 5 năm, mua đứt, đóng cho đủ 15 năm, cho đủ 15 năm, phần thiếu, thiếu tháng
late: quên đóng, trễ, chậm đóng, đóng trễ, nộp trễ, đóng muộn, lỡ ngày, quá hạn, truy đóng, truy thu, đóng lại tháng,
  bổ sung tháng, tháng thiếu, tháng trước, những tháng chưa đóng, đóng bù tháng, trễ hạn, lỡ đóng, muộn, đóng bù, nộp
  bổ sung, đóng lùi, tháng bỏ, hồi tố, thời gian không đi làm, lỡ kỳ, quên nộp, quên, nộp chậm, không kịp đóng, trễ
  tháng, đóng sau, mấy tháng không đóng, bị phạt, lãi chậm đóng, tháng quên
stop: ngưng đóng, tạm dừng, dừng đóng, nghỉ đóng, không đóng nữa, bỏ đóng, ngưng, gián đoạn, đứt đoạn, đứt quãng, dừng
  lại, bỏ dở, tạm ngưng, tạm nghỉ, nghỉ một thời gian, hết tiền đóng, không có tiền đóng, bỏ ngang, dừng, ngừng đóng,
  ngừng, nghỉ ngang, không theo nổi, kẹt tiền, lúc có lúc không, ngắt quãng, cách quãng, nửa chừng, giữa chừng, bảo
  lưu, tạm dừng đóng, không kham nổi, không đóng nổi, hết khả năng đóng, ngưng luôn, thôi đóng, nghỉ đóng mấy năm, bỏ
  giữa chừng
resume: đóng tiếp, đóng lại, tiếp tục đóng, tiếp tục, trở lại, quay lại, đóng nối, nộp nối lại, nối lại, đóng nối
  tiếp, đóng lại từ
change: đổi mức, thay đổi mức, tăng mức, giảm mức, nâng mức, hạ mức, đổi phương thức, thay đổi, đổi sang, tăng lên,
  giảm xuống, chuyển sang mức, điều chỉnh mức, đóng cao hơn, đóng thấp hơn, đổi, hạ xuống, nâng lên, chuyển mức, đang
  đóng tháng muốn, giảm còn, lên mức, xuống mức, đóng ít lại, tăng tiền đóng, chuyển qua đóng, theo suốt, đổi cách
  đóng, điều chỉnh thu nhập
refund: hoàn tiền, hoàn trả, trả lại tiền, hoàn lại, lấy lại phần, đóng thừa, đóng dư, đóng trùng, hoàn phí, thoái
  trả, trả lại phần, trả lại, đòi lại phần, thối lại, trả lại tiền đã đóng, xin lại, nộp nhầm, chuyển nhầm, lỡ đóng,
  đóng nhầm, tiền thừa, đổi ý
after_withdraw: đã rút, rút rồi, rút xong, lỡ rút, đã lãnh một lần, đã nhận một lần, đã hưởng một lần, sau khi rút,
  từng rút, rút hết rồi, lãnh một lần rồi, tính lại từ đầu, làm lại từ đầu, rút một lần được, trả lại tiền đã rút, đã
  lãnh 1 lần, năm ngoái đã lấy, đã lấy bảo hiểm một lần, lấy một lần rồi, rút năm, rút hồi, trước đây rút, mấy năm đã
  rút, rút sạch, bắt đầu lại, đã lãnh một cục, lấy một cục hồi, tham gia lại, vào lại, đã rút một lần, rút một lần
  hồi, nhận một lần rồi, lấy một lần từ
or_wait: nên rút, có nên rút, nên chờ, có nên, nên hay, rút hay, hay chờ, hay để, hay đóng tiếp, hay giữ, thiệt không,
  uổng, tiếc, nên để, nên đóng tiếp, lỗ không, có thiệt, rút sớm có, hay đợi, để dành hay, lợi hay, thiệt cái gì, mất
  quyền lợi gì, lợi và hại, theo tới cùng, hay theo, khuyên, hối hận, nên lãnh, hay tiếp tục, có đáng, đóng tiếp hay
  rút, thiệt gì, hay ráng, bảo lưu hay, hay chờ hưu, nên lấy, có dại không, nên lãnh một lần, phân vân, thiệt hơn, rút
  luôn hay, rút thì được gì, giữ thì được gì
early: hưu sớm, nghỉ hưu trước tuổi, trước tuổi, lãnh sớm, về hưu sớm, sớm hơn, sớm, chưa đến tuổi, chưa tới tuổi, hưu
  non, trước khi đủ tuổi, về sớm, trừ phần trăm, bị trừ, mất sức, nhận lương hưu trước, nghỉ hưu sớm, nghỉ hưu trước,
  hưởng lương hưu trước tuổi, hưởng lương hưu sớm, lãnh lương hưu sớm, về hưu trước tuổi, hưu trước tuổi
enough_years: đủ 15 năm rồi, đủ 20 năm rồi, đủ năm rồi, đóng đủ rồi, đủ năm nhưng, đủ số năm, đóng đủ 15, đóng đủ 20,
  nghỉ chờ, chờ đủ tuổi, chờ đến tuổi, chờ tuổi, chờ tới tuổi, đợi tuổi, ngồi chờ, chờ hưu, đủ 15 năm, đủ 20 năm, đóng
  16 năm, đủ rồi, không cần đóng nữa, nghỉ đóng chờ, đủ số năm đóng, đã đủ năm đóng, đóng đủ năm, chưa đến tuổi nghỉ
  hưu, chưa đủ tuổi nghỉ hưu, chưa tới tuổi hưu, đợi đủ tuổi
abroad: nước ngoài, định cư, xuất cảnh, xuất khẩu lao động, sang mỹ, hoa kỳ, đi nhật, đi hàn, đài loan, việt kiều,
  xuất ngoại, lấy chồng nước ngoài, lao động nhật, ở nước ngoài, đi mỹ, qua mỹ, bảo lãnh, đi úc, nhập cư, lao động
  hàn, du học, qua úc, bên úc, bên mỹ, bên nhật, về nước, thẻ xanh, lấy chồng đài loan, visa, ở bên đó, đi làm bên
  nhật, qua bên, ra nước ngoài, đi nước ngoài, sống ở nước ngoài, ở bên mỹ, ra nước ngoài định cư, đi định cư, xuất
  khẩu
foreigner: người nước ngoài, tây, ông tây, người tây, quốc tịch, người trung quốc, người hàn quốc, chồng tây, không
  quốc tịch, người lào, vợ nước ngoài, chồng nước ngoài, người campuchia, người ngoại quốc, ngoại quốc, bỏ quốc tịch,
  hai quốc tịch, mang quốc tịch
move: chuyển nơi, chuyển tỉnh, đổi chỗ ở, chuyển hộ khẩu, chuyển về quê, nơi khác, tỉnh khác, đổi nơi ở, tạm trú,
  thường trú, chuyển vùng, chuyển nhà, đổi nơi nhận, chuyển địa phương, chuyển chỗ, về quê, lên thành phố, chuyển đi,
  chuyển đến, dọn, tỉnh này, tỉnh kia, vào nam, ra bắc, chỗ mới, ở trọ, lấy chồng xa, nhà chồng, đi làm ăn xa, đổi địa
  chỉ, một nơi, nơi cư trú, bình dương, sài gòn
army: bộ đội, đi lính, nghĩa vụ quân sự, quân ngũ, xuất ngũ, quân đội, phục viên, đi nghĩa vụ, tại ngũ, thanh niên
  xung phong, quân nhân, công an nghĩa vụ, dân quân
household: hộ kinh doanh, chủ hộ, chủ cửa hàng, cửa hàng, tiệm, quán ăn, giấy phép kinh doanh, kinh doanh, tạp hóa,
  sạp, môn bài, quán, bán hàng, thuế khoán, kê khai thuế, hộ cá thể
farmer: nông dân, thợ hồ, ngoài chợ, bán chợ, làm ruộng, làm nông, xe ôm, buôn bán, tự do, lao động tự do, phụ hồ,
  giúp việc, chạy xe, grab, dân biển, đi biển, ngư dân, làm thuê, làm mướn, không có hợp đồng, bán vé số, làm rẫy,
  chăn nuôi, thợ may, không hợp đồng, trưởng thôn, không chuyên trách, bán ve chai, lượm ve chai, gia công, công nhật,
  phụ quán, ai kêu đâu làm đó, làm đồng, nuôi heo, đánh bắt, làm tóc, xe công nghệ, bán hàng rong, shipper, giao hàng,
  tài xế, thợ mộc, thợ hàn, thợ điện, thợ sơn, thợ xây, cắt tóc, làm nail, làm móng, bốc vác, cửu vạn, đánh giày, bán
  bánh mì, bán nước, bán cá, bán rau, bán bún, làm muối, nuôi tôm, nuôi cá, nuôi bò, nuôi gà, trồng rau, đan lát, dệt,
  thêu, thủ công, làng nghề, hợp tác xã, xã viên, ba gác, xe ba bánh, xích lô, chở hàng, lái đò, chài lưới, làm vườn,
  hái cà phê, cạo mủ, làm thời vụ, làm mùa, làm theo ngày, freelance, chụp hình, bán vỉa hè, buôn thúng, thu mua, bán
  dạo, tiểu thương, ngoài đồng, làm than, đi ghe, hồ tôm, ngư phủ
homemaker: nội trợ, ở nhà, không có thu nhập, không đi làm, ở nhà nuôi con, không làm gì, không nghề nghiệp, không
  lương, không có việc làm, không có lương, ở nhà trông con, không thu nhập, chồng nuôi, không có việc, thất nghiệp ở
  nhà, không có đồng lương
student: học sinh, sinh viên, dưới 18 tuổi, 15 tuổi, 16 tuổi, 17 tuổi, vị thành niên, con tôi học, trung học, học cấp,
  đi học, đang học, 14 tuổi, cho con nhỏ, lớp 11, lớp 12, đại học, trẻ em, du học sinh, 18 tuổi, đủ 15 tuổi, lớp 10,
  tuổi tối thiểu, chưa đủ tuổi
too_old: quá tuổi, lớn tuổi, già rồi, trên 60, 60 tuổi, 62 tuổi, 65 tuổi, 70 tuổi, ngoài 60, già quá, lớn tuổi rồi, 61
  tuổi, 63 tuổi, 64 tuổi, 66 tuổi, 67 tuổi, 68 tuổi, có tuổi, tuổi cao, già, đã về hưu, ngoài tuổi lao động, già như,
  già yếu, 58 tuổi, 59 tuổi, 72 tuổi, qua 60, quá 60, cả đời
monthly_allowance: trợ cấp hàng tháng, trợ cấp tháng, chưa đủ 15 năm, dưới 15 năm, không đủ 15 năm, hưởng trợ cấp hàng
  tháng, trợ cấp hằng tháng, hưởng trợ cấp hằng tháng, trợ cấp hằng tháng cho người, không đủ điều kiện hưởng lương
  hưu, chưa đủ điều kiện hưởng lương hưu, không đủ 15 năm đóng, lãnh dần, trả dần, từng tháng, lãnh từng tháng, một
  khoản hàng tháng, mỗi tháng một ít, chưa đủ năm, thay vì lấy một cục
lump_on_retire: trợ cấp một lần khi nghỉ hưu, trợ cấp 1 lần khi nghỉ hưu, thừa năm, vượt, đủ 30 năm, đủ 35 năm, 75
  phần trăm, nhiều hơn số năm, trên 30 năm, trên 35 năm, năm thừa, năm dư, dư năm, quá 30 năm, quá 35 năm, 32 năm, 36
  năm, 37 năm, 75, trợ cấp một lần, đủ tuổi hưu rồi đóng tiếp, năm dôi dư, phần vượt, đóng vượt, năm vượt
tax: thuế, thu nhập cá nhân, nộp thuế, đóng thuế, trừ thuế, chịu thuế
inflation: trượt giá, quy ra tiền bây giờ, tiền bây giờ, chẳng mua được gì, mất giá, lạm phát, giá cả, đồng tiền, hệ
  số, vật giá, bù trượt giá, đồng tiền mất giá, đồng tiền mất, tiền mất giá, mất giá không, vàng lên, gạo lên, chỉ số
  giá, cpi, hệ số điều chỉnh, mức điều chỉnh
raise: tăng lương hưu, tăng lương, điều chỉnh lương hưu, tăng thêm, tăng theo, mỗi năm tăng, được tăng bao nhiêu, tăng
  phần trăm, tăng 8, đợt này tăng, đứng yên, tăng lên bao nhiêu, lương tăng thêm, tăng lên theo năm, tăng hằng năm,
  tăng hàng năm, cộng thêm, tăng lương cơ sở
safe: vỡ nợ, quỹ hết tiền, hết tiền, quỹ vỡ, vỡ quỹ, có chắc, an toàn, đảm bảo, tin được không, bảo đảm, sập, mất
  trắng, đáng tin, có bị mất không, tin tưởng, mất tiền, bảo hộ, ai giữ tiền, sợ mất, nhà nước lấy, phá sản, chắc ăn,
  nhà nước phá sản, quỹ bảo hiểm, uy tín, ai đảm bảo, mất hết, tiền đi đâu, ai giữ, tiền tôi đóng đi đâu, quỹ bảo hiểm
  xã hội, quỹ hưu trí, chắc không, tin đồn, nuốt lời, bảo toàn, tăng trưởng, hết tiền trả, không còn tiền, cắt lương
  hưu, ai bảo đảm, hủy chính sách
bank: gửi tiết kiệm, tiết kiệm, gửi ngân hàng, lãi suất, ngân hàng, mua vàng, lợi hơn, có lãi, có lợi không, đáng
  không, lời lỗ, lời hơn, sinh lời, bỏ heo, đầu tư, mua đất, lời không, lãi, rút về gửi, hòa vốn, hơn hay, gửi góp,
  chơi hụi, hụi, lời hay lỗ, sinh lãi, so với gửi
commercial: nhân thọ, prudential, manulife, bảo việt, thương mại, dai ichi, aia, bảo hiểm ngoài, bảo hiểm tư nhân, bảo
  hiểm ngân hàng, bảo hiểm liên kết, tư vấn bảo hiểm, công ty bảo hiểm, quỹ hưu trí, bảo hiểm công ty
collector: cộng tác viên, xưng nhân viên, tự xưng, cán bộ bảo hiểm gọi, gọi điện, đại lý thu, người thu, thu tiền,
  nhân viên thu, cô thu, điểm thu, biên lai, hóa đơn, phí dịch vụ, lừa đảo, giả danh, giả mạo, bị lừa, lừa, thẻ nhân
  viên, biên nhận, đi thu, đến nhà thu, chị thu, thu hộ, đưa tiền, giả, hoa hồng, tổ chức dịch vụ thu, thu phí, bị
  gạt, gạt, mời mua, vận động, người ta tới nhà, tới nhà mời, biên lai thu tiền, ai thu, đóng cho ai, tiền công thu,
  giấy giới thiệu, mạo danh, biên lai điện tử, tiền xăng, số lạ gọi, đường link, nhờ nộp, xài luôn, ăn chặn, ôm tiền,
  chạy mất, mất phí, đưa tiền cho, nhân viên bưu điện
benefits: quyền lợi, lợi ích, được gì, được hưởng gì, chế độ, chế độ gì, hưởng gì, được những gì, có lợi gì, lợi gì,
  được cái gì, ích gì, có lợi, được lợi, những khoản nào, quyền lợi gì, năm chế độ, bao nhiêu chế độ, mấy chế độ,
  những quyền lợi, các chế độ, hưởng chế độ gì, chế độ nào, được hưởng những gì, hưởng những chế độ, được những quyền
  lợi
rights: nghiêm cấm, hành vi bị cấm, không hài lòng, làm đơn gửi, phản ánh, ràng buộc, cầm cố, mua bán sổ, quyền và
  nghĩa vụ, quyền và trách nhiệm, nghĩa vụ, trách nhiệm, các quyền, có quyền, quyền của, quyền, khiếu nại, tố cáo, từ
  chối hồ sơ, bị ràng buộc, phạm luật, bị phạt không, bán sổ, cầm sổ, thế chấp sổ, giải quyết sai, khiếu kiện, gây khó
  dễ, trả lời bằng văn bản
definition: là gì, nghĩa là gì, là sao, khái niệm, thế nào là, hiểu thế nào, nghĩa là sao, định nghĩa, giải thích,
  viết tắt, là cái gì, là loại gì, là như thế nào, do ai tổ chức, ai tổ chức
difference: khác nhau, khác gì, khác chỗ nào, so sánh, khác biệt, cái nào hơn, hay hơn, khác với, so với, phân biệt,
  cái nào lợi, thấp hơn, thua, hơn kém, giống, giống nhau, cái nào chắc, nên đóng bắt buộc hay, thua thiệt, thiệt hơn
  so với, bất lợi, nhiều thứ hơn, phân biệt giữa
at_once: cùng lúc, đồng thời, song song, cả hai, hai bên, vừa đóng, cả 2, trùng nhau, cùng một lúc, hai loại, 2 loại,
  hai cái, một lúc hai, 2 bên, cùng đóng, cùng tháng, đóng luôn cả, trùng tháng, song song với, đóng thêm
new_job: đi làm lại, xin được việc, vào làm công ty, đi làm công ty, vào công ty, đi làm, đi xin việc, có việc mới,
  trúng tuyển, vào làm
left_job: nghỉ việc, nghỉ làm, nghỉ ngang, nghỉ công ty, nghỉ ở công ty, thôi làm, mất việc làm, nghỉ dạy, nghỉ hẳn
my_file: hồ sơ của tôi, hồ sơ của em, chưa nhận được, chưa thấy tiền, chưa thấy, chưa có tiền, đã nộp hồ sơ, nộp hồ sơ
  rồi, chưa duyệt, duyệt chưa, chưa giải quyết, sao lâu vậy, chưa về, đến đâu rồi, khi nào có tiền, khi nào nhận được,
  chưa nhận, kiểm tra giùm, tiền đâu, sao chưa, vẫn chưa, không nhận được, tiền về, giấy hẹn, trả kết quả, chưa trả,
  được duyệt, tới đâu rồi, tới đâu, xong chưa, đã nộp, nộp đã lâu, chờ hoài, không thấy trả lời, chưa chi, đã chuyển
  tiền chưa, chưa thấy chuyển, check giúp, xem giúp, nộp từ, chưa có kết quả, lâu quá, trống trơn, im re, sao lâu, vẫn
  chưa thấy, chưa gọi, kết quả chưa, bặt vô âm tín, kẹt ở khâu, tiến độ, bước nào, họ hẹn, quá hẹn, tới hẹn, bị trả
  về, chưa được giải quyết, chờ tới bao giờ, không ai báo
condition: điều kiện, trường hợp nào, đối tượng, ai được, ai phải, những ai, đối tượng nào, trường hợp, cần điều kiện
  gì, ai được hưởng, được áp dụng, quy định, khi có đủ, đủ điều kiện, điều kiện hưởng, đủ điều kiện hưởng, khi nào thì
  được, trường hợp được, điều kiện để, điều kiện nào, trường hợp nào được
can_i: có được, được không, có thể, có cho, được phép, được chưa, được hay không, cho không, có bị, có phải, đúng
  không, phải không, thật không, có đúng, được chứ, có cần, có sao không
law_2027: 2027, sang năm, năm sau, năm mới, qua năm, đầu năm sau, từ tháng 1, tết này, năm tới, sắp tăng, thay đổi gì,
  tháng 1 2027, thu nhập mới, chuẩn nghèo mới, mức mới, luật mới 2027, chuẩn nghèo, mức đóng mới, sắp thay đổi, đóng
  thêm bao nhiêu từ, tết tây, tết dương lịch, 2027 2030, sang năm mới, qua năm mới, tháng giêng, sắp tăng tiền, lên
  giá
greeting: chào, hello, alo, xin chào, hi, ad ơi, ơi, có ai, có ai không
thanks: cảm ơn, tạm biệt, hiểu rồi, biết rồi, vâng ạ, dạ vâng, hẹn gặp, ok
bot: robot, bot, chatbot, máy trả lời, người thật, gặp nhân viên, tổng đài, tư vấn viên
other_world: thời tiết, mưa, bóng đá, xổ số, vay, vay tiền, thế chấp, giá lúa, phân bón, sổ đỏ, đất đai, khai sinh cho
  con, ly hôn, covid, vắc xin, uống thuốc, đại học, điểm chuẩn, tuyển công nhân, tuyển dụng, mã số thuế, hát, kể
  chuyện, dịch, nấu ăn, bói, nhạc, phim, giá vàng, xe máy, bằng lái, hộ chiếu, kết hôn, tiêm, hoàn cảnh gia đình, chủ
  tịch, thủ tướng
pay_once: đóng một lần, đóng 1 lần, nộp một lần, nộp 1 lần, đóng một cục, đóng luôn một cục, đóng một lúc, đóng luôn
  một lần, đóng bù một lần, đóng bù một cục, đóng một lần cho đủ, đóng 1 lần cho đủ, nộp một cục, đóng gộp, đóng cục
benefit_amount: mức hưởng, mức lương hưu, mức trợ cấp, tiền trợ cấp, được hưởng bao nhiêu, nhận được bao nhiêu, lãnh
  được bao nhiêu, được lãnh bao nhiêu, được nhận bao nhiêu, tỷ lệ hưởng, hưởng bao nhiêu, lãnh bao nhiêu, lương hưu
  bao nhiêu, được bao nhiêu tiền, lương hưu được bao nhiêu, tiền nhận được, số tiền nhận, số tiền hưởng, số tiền được
  hưởng, mức hưởng lương hưu, mức chi trả, được bao nhiêu, rút được bao nhiêu, lấy được bao nhiêu, lãnh về bao nhiêu,
  lương hưu tối đa, lương hưu tối thiểu, lương hưu thấp nhất, lương hưu cao nhất, hưởng được bao nhiêu, mức lương khi
  nghỉ hưu, bằng bao nhiêu, được mấy triệu, được mấy đồng
contribution_amount: mức đóng, đóng bao nhiêu, phải đóng bao nhiêu, nộp bao nhiêu, mua bao nhiêu, đóng bao nhiêu tiền,
  tiền đóng, số tiền đóng, đóng mấy tiền, đóng mấy đồng, đóng mấy trăm, mức đóng hàng tháng, mức đóng hằng tháng, mỗi
  tháng đóng, một tháng đóng, hàng tháng đóng, đóng một tháng, đóng hết bao nhiêu, phải nộp bao nhiêu, tiền phải đóng,
  thực đóng bao nhiêu, tự đóng bao nhiêu, mức đóng bảo hiểm
agency: cơ quan bảo hiểm xã hội, cơ quan bảo hiểm, bên bảo hiểm, bảo hiểm xã hội tỉnh, bảo hiểm xã hội thành phố, cán
  bộ bảo hiểm, nhân viên bảo hiểm, bên bảo hiểm xã hội
book_use: sổ dùng để làm gì, dùng để làm gì, có tác dụng gì, để làm gì, bản điện tử, sổ điện tử
"""
