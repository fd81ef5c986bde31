"""The conversations on the pages: listed, searched, answered; nobody wins silently, nobody's account is shown."""

from __future__ import annotations

import asyncio
import dataclasses
import html
import re
from pathlib import Path

import httpx
import pytest

from bot.desk.resources import staff_hours
from bot.storage import conversations
from bot.storage.database import Database
from bot.testing.channel import ChannelInMemory
from bot.web.site import read_words
from handlers.dialogue.context import Resources
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Button, Text
from tests.conftest import Clock, rows_of
from tests.staff_demo import ADMIN, EDITOR, STAFF, VIEWER
from tests.web_house import KEYS, Browser, House, make_house

CITIZEN, GROUP = "7", str(STAFF.group)
TALK = "/chuyen-can-bo/1"


def shown(page: str) -> str:
    """What a person reads: the text without its markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


class Desked:
    """The pages, a citizen and the group on one channel."""

    def __init__(self, house: House) -> None:
        self.house, self.channel, self.count = house, ChannelInMemory("telegram"), 0
        house.app.delivery.connect(self.channel)

    async def does(self, person: str, text: str, kind: str = "text", replied: str = "", group: bool = False) -> None:
        self.count += 1
        message = Message(kind, f"d{self.count}", self.house.clock(), text, replied=replied)  # type: ignore[arg-type]
        inbound = self.channel.inbound(person, message, GROUP if group else None)
        await self.house.app.delivery.send(await self.house.app.desk.take(inbound))

    async def asks(self, text: str = "Sổ của tôi ghi sai năm sinh", person: str = CITIZEN) -> None:
        for each in ("/gapcanbo", text, "gửi"):
            await self.does(person, each)

    async def replies(self, text: str, mark: str = "#K1 · …") -> None:
        """An editor, in the group."""
        await self.does(str(EDITOR), text, replied=mark, group=True)

    def pressable(self) -> list[Button]:
        """The buttons under the last message of the group."""
        last = [said for at, said in self.channel.sent if at == GROUP][-1]
        assert isinstance(last, Text)
        return [each for row in last.buttons for each in row]

    async def settled(self) -> None:
        await self.house.app.delivery.settled()


@pytest.fixture
def house(database: Database, resources: Resources, clock: Clock, tmp_path: Path) -> House:
    """The pages where there is a group that a question can be handed to."""
    manner = dataclasses.replace(resources.manner, staff=staff_hours(STAFF))
    return make_house(database, dataclasses.replace(resources, manner=manner), clock, tmp_path / "data")


@pytest.fixture
def desk(house: House) -> Desked:
    return Desked(house)


async def seen(browser: Browser, path: str = TALK) -> str:
    """What the form of an answer says was read."""
    found = re.search(r'name="seen" value="(\d+)"', (await browser.get(path)).text)
    assert found is not None
    return found[1]


async def answers(browser: Browser, text: str, of: str | None = None, path: str = TALK) -> httpx.Response:
    return await browser.post(f"{path}/tra-loi", text=text, seen=await seen(browser, path) if of is None else of)


async def test_an_answer_of_a_page_goes_to_the_citizen_masked_and_the_group_reads_it(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    done = await answers(browser, "Bác mang sổ ra xã,\r\ngọi 0912 345 678 <b>nhé</b>")
    assert done.status_code == 303
    await desk.settled()
    told = desk.channel.to(CITIZEN)[-1]
    assert "Cán bộ trả lời" in told
    assert "mang sổ ra xã,\ngọi" in told
    assert "0912" not in told + "".join(desk.channel.to(GROUP))
    assert "&lt;b&gt;nhé" in told
    assert "trả lời trên trang" in desk.channel.to(GROUP)[-1]
    assert desk.channel.to(GROUP)[-1].startswith("#K1")
    page = shown((await browser.get(done.headers["location"])).text)
    assert "Đã chuyển câu trả lời" in page
    assert f"Cán bộ (biên tập {sign(EDITOR)}, là anh/chị)" in page
    (row,) = await rows_of(desk.house.app.database, "conversations")
    assert row["answerer"] == KEYS.of("telegram", str(EDITOR))[:8]


async def test_nobody_s_account_is_shown_to_the_other_side(desk: Desked) -> None:
    await desk.asks("Sổ của tôi ghi sai, hỏi @nguyenvana85 giúp")
    browser = await desk.house.inside("editor")
    await answers(browser, "Anh nhắn @canbo_lan nhé")
    await desk.settled()
    pages = (await browser.get(TALK)).text + (await browser.get("/chuyen-can-bo")).text
    citizen, editor = KEYS.of("telegram", CITIZEN), KEYS.of("telegram", str(EDITOR))
    for private in ("nguyenvana85", citizen, citizen[:8]):
        assert private not in pages + "".join(desk.channel.to(GROUP))
    for private in ("canbo_lan", editor[:8], str(EDITOR)):
        assert private not in "".join(desk.channel.to(CITIZEN))


async def test_of_two_who_answer_at_once_one_is_told_to_read_first_and_keeps_what_was_typed(desk: Desked) -> None:
    await desk.asks()
    first, second = await desk.house.inside("editor"), await desk.house.inside("admin")
    of = [await seen(first), await seen(second)]
    done = await asyncio.gather(answers(first, "Bác ra xã.", of[0]), answers(second, "Bác ra huyện.", of[1]))
    assert sorted(each.status_code for each in done) == [303, 409]
    await desk.settled()
    refused = next(each for each in done if each.status_code == 409)
    assert "một đồng nghiệp đã trả lời" in shown(refused.text)
    told = "".join(desk.channel.to(CITIZEN))
    assert ("Bác ra xã." in told) != ("Bác ra huyện." in told)
    lost = "Bác ra huyện." if done[1] is refused else "Bác ra xã."
    assert f">{lost}</textarea>" in refused.text
    loser = second if done[1] is refused else first
    assert (await answers(loser, lost)).status_code == 303  # now that they have read it


async def test_what_the_citizen_added_meanwhile_is_read_before_the_answer_goes_out(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    of = await seen(browser)
    await desk.does(CITIZEN, "À tôi nhầm, sổ của chồng tôi")
    refused = await answers(browser, "Bác ra xã.", of)
    assert refused.status_code == 409
    assert "bà con đã nhắn thêm" in shown(refused.text)
    assert "sổ của chồng tôi" in shown(refused.text)
    assert "Bác ra xã" not in "".join(desk.channel.to(CITIZEN))


async def test_a_page_and_the_group_do_not_both_answer_unread(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("admin")
    of = await seen(browser)
    await desk.replies("Bác ra xã nhé")
    assert (await answers(browser, "Bác ra huyện.", of)).status_code == 409
    desk.house.clock.forward(minutes=5)
    await answers(browser, "Nhớ mang theo sổ.")
    await desk.settled()
    await desk.replies("Bác ra tỉnh nhé")
    assert "vừa trả lời bà con" in desk.channel.to(GROUP)[-1]
    desk.house.clock.forward(minutes=2)
    await desk.replies("Bác ra tỉnh nhé")
    told = "".join(desk.channel.to(CITIZEN))
    assert [told.count(each) for each in ("ra xã", "ra huyện", "mang theo sổ", "ra tỉnh")] == [1, 0, 1, 1]


async def test_a_form_sent_twice_is_one_answer(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    of = await seen(browser)
    done = await asyncio.gather(*(answers(browser, "Bác ra xã.", of) for _ in range(3)))
    assert [each.status_code for each in done] == [303] * 3
    await desk.settled()
    assert "".join(desk.channel.to(CITIZEN)).count("Bác ra xã.") == 1


@pytest.mark.parametrize(
    ("text", "why"), [("", "Chưa có chữ nào"), (" \n", "Chưa có chữ nào"), ("a" * 3501, "dài quá")]
)
async def test_what_can_not_be_sent_is_refused_with_the_reason(desk: Desked, text: str, why: str) -> None:
    await desk.asks()
    refused = await answers(await desk.house.inside("editor"), text)
    assert refused.status_code == 409
    assert why in shown(refused.text)


@pytest.mark.parametrize("of", ["", "x", "-1", "٣", "9" * 30])
async def test_an_answer_that_does_not_say_what_was_read_is_not_sent(desk: Desked, of: str) -> None:
    await desk.asks()
    refused = await answers(await desk.house.inside("editor"), "Bác ra xã.", of)
    assert refused.status_code == 409


async def test_words_that_order_in_the_group_are_only_words_on_a_page(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    for text in ("xong", "/help", "#K2 nhé"):
        assert (await answers(browser, text)).status_code == 303
    await desk.settled()
    told = "".join(desk.channel.to(CITIZEN))
    for text in ("xong", "/help", "#K2 nhé"):
        assert text in told
    assert [row["closed_at"] for row in await rows_of(desk.house.app.database, "conversations")] == [None]


async def test_closed_on_a_page_the_citizen_rates_and_the_group_knows(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    assert (await browser.post(f"{TALK}/khep")).status_code == 303
    await desk.settled()
    assert "đã xong" in "".join(desk.channel.to(CITIZEN)[-2:])
    assert "Đã khép" in desk.channel.to(GROUP)[-1]
    refused = await browser.post(f"{TALK}/tra-loi", text="Bác ra xã.", seen="1")
    assert refused.status_code == 409
    assert "Cuộc trao đổi này đã khép" in shown(refused.text)
    assert "Bác ra xã." in shown(refused.text)  # nobody types it again
    (row,) = await rows_of(desk.house.app.database, "conversations")
    assert row["closer"] == KEYS.of("telegram", str(EDITOR))[:8]
    assert "#K1" in shown((await browser.get("/chuyen-can-bo?xem=xong")).text)


async def test_taken_up_again_the_answer_waits_for_the_citizen_and_what_they_type_is_the_assistant_s(
    desk: Desked,
) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    await browser.post(f"{TALK}/khep")
    await desk.settled()
    done = await browser.post(f"{TALK}/mo-lai")
    assert done.status_code == 303
    await answers(browser, "Tôi quên: nhớ mang sổ.")
    await desk.settled()
    assert "quên" not in "".join(desk.channel.to(CITIZEN))
    await desk.does(CITIZEN, "đóng mấy năm thì có lương hưu")
    await desk.settled()
    told = "".join(desk.channel.to(CITIZEN))
    assert "nhớ mang sổ" in told
    await desk.does(CITIZEN, "vâng tôi nhớ rồi")
    assert "vâng tôi nhớ rồi" in desk.channel.to(GROUP)[-1]


async def test_nothing_is_taken_up_again_that_goes_on_elsewhere(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    assert (await browser.post(f"{TALK}/mo-lai")).status_code == 409
    await browser.post(f"{TALK}/khep")
    await desk.asks("Hỏi câu khác ạ")
    refused = await browser.post(f"{TALK}/mo-lai")
    assert refused.status_code == 409
    assert "đã mở một cuộc trao đổi khác" in shown(refused.text)
    for number in ("1", "2"):
        await desk.does(str(EDITOR), f"staff|close|{number}", "press", group=True)
    await desk.house.app.delivery.send(await desk.house.app.desk.unreachable("telegram", CITIZEN))
    await desk.replies("mở lại", "#K2 · …")
    assert "Đã mở lại" in desk.channel.to(GROUP)[-1]


async def test_a_list_is_cut_into_pages_and_searched(desk: Desked, database: Database, clock: Clock) -> None:
    async with database.begin() as connection:
        for number in range(1, 46):
            text = "trâu <script>" if number == 30 else f"câu thứ {number}"
            await conversations.open_new(connection, number, f"{number:064x}", f"d{number}", text, clock())
            if number > 42:
                await conversations.close(connection, number, "silence", clock())
    browser = await desk.house.inside("viewer")
    marks = []
    for page in (1, 2, 3):
        text = (await browser.get(f"/chuyen-can-bo?trang={page}")).text
        marks += re.findall(r"<h2><a [^>]+>#K(\d+)</a>", text)
    assert marks == [str(number) for number in range(1, 43)]
    found = await browser.get("/chuyen-can-bo?q=TRAU")
    assert re.findall(r"<h2><a [^>]+>#K(\d+)</a>", found.text) == ["30"]
    assert "<script" not in found.text
    assert "chưa ai trả lời" in shown((await browser.get("/chuyen-can-bo?xem=xong&q=k44")).text)
    assert "Không tìm thấy" in shown((await browser.get("/chuyen-can-bo?q=khong+co+dau")).text)
    assert (await browser.get("/chuyen-can-bo?xem=x")).status_code == 400
    assert (await browser.get("/chuyen-can-bo?trang=99")).status_code == 200


async def test_who_forgets_everything_is_gone_from_the_lists(desk: Desked, database: Database) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    await answers(browser, "Bác ra xã.")
    await desk.settled()
    await desk.does(CITIZEN, "/xoadulieu")
    await desk.does(CITIZEN, "forget|yes", "press")
    assert (await browser.get(TALK)).status_code == 404
    assert (await browser.post(f"{TALK}/khep")).status_code == 404
    assert await rows_of(database, "conversation_messages") == []


# --- who takes it, what is noted, what it is about -----------------------------------------------


def sign(person: int) -> str:
    return KEYS.of("telegram", str(person))[:8]


async def marks(browser: Browser, shelf: str) -> list[str]:
    page = (await browser.get(f"/chuyen-can-bo?xem={shelf}")).text
    return re.findall(r"<h2><a [^>]+>#K(\d+)</a>", page)


async def test_each_sees_what_is_theirs_and_what_nobody_has_taken(desk: Desked) -> None:
    for number in range(3):
        await desk.asks(f"câu hỏi số {number} về sổ", person=f"70{number}")
    editor, admin = await desk.house.inside("editor"), await desk.house.inside("admin")
    assert (await editor.post("/chuyen-can-bo/1/nhan")).status_code == 303
    assert (await editor.post("/chuyen-can-bo/2/giao", to=sign(ADMIN))).status_code == 303
    await desk.settled()
    assert [await marks(editor, each) for each in ("cua-toi", "chua-nhan", "mo")] == [["1"], ["3"], ["1", "2", "3"]]
    assert await marks(admin, "cua-toi") == ["2"]
    assert f"biên tập {sign(EDITOR)} nhận cuộc này" in "".join(desk.channel.to(GROUP))
    assert f"quản trị {sign(ADMIN)} nhận" in desk.channel.to(GROUP)[-1]
    await answers(admin, "Bác ra xã.", path="/chuyen-can-bo/3")  # whoever answers what nobody has taken, has
    assert await marks(admin, "cua-toi") == ["2", "3"]
    await editor.post("/chuyen-can-bo/1/giao", to="")
    assert await marks(editor, "chua-nhan") == ["1"]
    refused = await editor.post("/chuyen-can-bo/1/giao", to=sign(VIEWER))
    assert refused.status_code == 409
    assert "Không giao được" in shown(refused.text)
    assert not any(
        "Lan" in html or sign(ADMIN) in html for person in ("700", "701", "702") for html in desk.channel.to(person)
    )


async def test_a_note_is_read_by_colleagues_and_never_by_the_citizen(desk: Desked, database: Database) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    before = list(desk.channel.to(CITIZEN))
    assert (await browser.post(f"{TALK}/ghi-chu", text="Đã gọi huyện 0912 345 678 | chờ <b>tin</b>")).status_code == 303
    await desk.settled()
    await desk.replies("/ghichu Hồ sơ ở bàn số 3")
    await desk.replies("Ghi chú: bà này hay quên")
    await desk.replies("/ghichi gõ sai lệnh")
    assert "Không có lệnh này" in desk.channel.to(GROUP)[-1]
    assert desk.channel.to(CITIZEN) == before
    page = (await browser.get(TALK)).text
    for text in ("Đã gọi huyện", "chờ &lt;b&gt;tin", "Hồ sơ ở bàn số 3", "bà này hay quên"):
        assert text in page
    assert "0912" not in page + "".join(desk.channel.to(GROUP))
    assert len(await rows_of(database, "conversation_messages")) == 1
    assert await marks(browser, "tat-ca&q=ban+so+3") == ["1"]
    for text in ("", "  ", "x" * 3501):
        assert (await browser.post(f"{TALK}/ghi-chu", text=text)).status_code == 409
    await desk.does(CITIZEN, "/xoadulieu")
    await desk.does(CITIZEN, "forget|yes", "press")
    assert await rows_of(database, "conversation_notes") == []


async def test_a_topic_is_one_of_those_of_the_answers(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    assert (await browser.post(f"{TALK}/chu-de", topic="book")).status_code == 303
    assert "Sổ BHXH" in shown((await browser.get("/chuyen-can-bo")).text)
    assert (await browser.post(f"{TALK}/chu-de", topic="no_such")).status_code == 409
    await browser.post(f"{TALK}/chu-de", topic="")
    (row,) = await rows_of(desk.house.app.database, "conversations")
    assert row["topic"] is None


async def test_the_group_has_the_same_lists_by_buttons(desk: Desked) -> None:
    for number in range(10):
        await desk.asks(f"câu hỏi số {number} về sổ", person=f"70{number}")
        desk.house.clock.forward(minutes=30)
    staff = str(EDITOR)
    for number in (1, 2, 3):
        await desk.does(staff, f"staff|take|{number}", "press", group=True)
    assert f"biên tập {sign(EDITOR)} nhận cuộc này" in desk.channel.to(GROUP)[-1]
    await desk.does(staff, f"staff|give|3|{sign(ADMIN)}", "press", group=True)

    async def listed(text: str, kind: str = "text") -> str:
        await desk.does(staff, text, kind, group=True)
        return desk.channel.to(GROUP)[-1]

    first = await listed("/viec")
    assert "10 cuộc" in first
    assert "trang 1/2" in first
    assert f"chờ cán bộ 5 giờ · biên tập {sign(EDITOR)} · câu hỏi số 0 về sổ" in first.replace("<b>", "").replace(
        "</b>", ""
    )
    assert not first.startswith("#K")  # a reply to a list is for nobody
    assert "câu hỏi số 9" in await listed("list|open|2|", "press")
    mine = await listed("list|mine|1|", "press")
    assert ("2 cuộc" in mine, "#K3" in mine) == (True, False)
    assert "7 cuộc" in await listed("list|free|1|", "press")
    assert "0 cuộc" in await listed("list|done|1|", "press")
    assert "#K5" in await listed("/tim SỐ 4")
    assert "0 cuộc" in await listed("/tim %")
    opened = await listed("staff|show|4", "press")
    assert opened.startswith("#K4")
    await desk.replies("Bác ra xã", opened)
    assert any("Bác ra xã" in html for html in desk.channel.to("703"))
    before = len(desk.channel.to(GROUP))
    for nonsense in ("list|open|x|", "list|other|1|", "list", "list|open|1", "staff|sort|1|no", "staff|give|1|x"):
        await desk.does(staff, nonsense, "press", group=True)
    assert [html for html in desk.channel.to(GROUP)[before:] if "Không" not in html] == []


async def test_all_that_stands_on_buttons_of_the_group_fits(desk: Desked) -> None:
    await desk.asks()
    await desk.does(str(EDITOR), f"/tim {'ự' * 90}", group=True)
    await desk.does(str(EDITOR), "staff|menu|1", "press", group=True)
    said = [reply for to, reply in desk.channel.sent if to == GROUP]
    data = [button.data for reply in said if isinstance(reply, Text) for row in reply.buttons for button in row]
    assert len(data) > 15
    assert all(len(each.encode()) <= 64 for each in data)


# --- canned answers ------------------------------------------------------------------------------


async def test_a_canned_answer_is_filled_in_for_its_reader_to_change_and_sends_nothing_by_itself(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    before = list(desk.channel.to(CITIZEN))
    page = (await browser.get(f"{TALK}?mau=lowest_contribution")).text
    assert "330.000 đ mỗi tháng" in page
    typed = re.search(r"<textarea name=\"text\"[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert typed is not None
    assert desk.channel.to(CITIZEN) == before
    await answers(browser, html.unescape(typed[1]).replace("Mức đóng", "Dạ, mức đóng"))
    await desk.settled()
    assert "Dạ, mức đóng thấp nhất hiện nay là 330.000 đ" in desk.channel.to(CITIZEN)[-1]
    assert (await browser.get(f"{TALK}?mau=../secret")).status_code == 200


async def test_in_the_group_a_canned_answer_is_shown_before_it_is_sent(desk: Desked) -> None:
    await desk.asks()
    staff, before = str(EDITOR), len(desk.channel.to(CITIZEN))
    await desk.does(staff, "staff|canned|1", "press", group=True)
    await desk.does(staff, "staff|canned|1|lowest_contribution", "press", group=True)
    assert "330.000 đ mỗi tháng" in desk.channel.to(GROUP)[-1]
    assert len(desk.channel.to(CITIZEN)) == before
    await desk.does(staff, "staff|send|1|lowest_contribution", "press", group=True)
    assert "330.000 đ mỗi tháng" in desk.channel.to(CITIZEN)[-1]
    await desk.does(staff, "staff|send|1|no_such", "press", group=True)
    assert "Không còn câu mẫu này" in desk.channel.to(GROUP)[-1]
    buttons = [row for at, said in desk.channel.sent if at == GROUP and isinstance(said, Text) for row in said.buttons]
    assert all(len(each.data.encode()) <= 64 for row in buttons for each in row)


# --- how long it took ----------------------------------------------------------------------------


async def test_the_times_of_each_are_shown_by_week_and_lead_to_the_files(desk: Desked) -> None:
    browser = await desk.house.inside("editor")
    assert 'class="empty"' in (await browser.get("/chuyen-can-bo/thoi-gian")).text
    await desk.asks()
    desk.house.clock.forward(minutes=50)
    await browser.get(TALK)  # who does nothing for an hour is signed out
    desk.house.clock.forward(minutes=45)
    await answers(browser, "Bác ra xã.")
    desk.house.clock.forward(minutes=25)
    await browser.post(f"{TALK}/khep")
    page = (await browser.get("/chuyen-can-bo/thoi-gian")).text
    row = shown(page.split("<tbody>")[1])
    assert row.startswith(f"{sign(EDITOR)} 1 1 giờ 35 phút 1 giờ 35 phút 1 2 giờ 2 giờ")
    files = re.findall(r'href="(/xuat/staff/\w+[^"]+)"', page)
    assert len(files) == 5
    assert (await browser.get(html.unescape(files[1]))).status_code == 200
    await desk.does(CITIZEN, "/xoadulieu")
    await desk.does(CITIZEN, "forget|yes", "press")
    assert shown((await browser.get("/chuyen-can-bo/thoi-gian")).text.split("<tbody>")[1]) == row


# --- what was answered becomes a draft -----------------------------------------------------------


async def test_an_answer_becomes_a_draft_and_that_is_undone_on_the_page_and_in_the_group(desk: Desked) -> None:
    await desk.asks("Nuôi tôm thua lỗ có được khoanh tiền đóng không")
    browser = await desk.house.inside("editor")
    await answers(browser, "Bác hỏi ở xã, gọi 0912345678.")
    page = (await browser.get(TALK)).text
    (reply,) = re.findall(r'giu-nhap".*?name="reply" value="([^"]+)"', page)

    async def kept() -> list[tuple[str, str, str]]:
        rows = await rows_of(desk.house.app.database, "drafts")
        return [(row["question"], row["answer"], row["by"]) for row in rows if row["taken_back"] is None]

    draft = [("Nuôi tôm thua lỗ có được khoanh tiền đóng không", "Bác hỏi ở xã, gọi [số].", sign(EDITOR))]
    for _ in range(2):  # and again after it was undone
        assert (await browser.post(f"{TALK}/giu-nhap", reply=reply)).status_code == 303
        assert (await browser.post(f"{TALK}/giu-nhap", reply=reply)).status_code == 303
        assert await kept() == draft
        assert "Đang là bản nháp" in shown((await browser.get(TALK)).text)
        assert (await browser.post(f"{TALK}/bo-nhap", reply=reply)).status_code == 303
        assert await kept() == []
    desk.house.clock.forward(minutes=5)
    await desk.replies("Xã xem hồ sơ rồi trả lời bác nhé")
    buttons = [each.data for each in desk.pressable()]
    (keep,) = [each for each in buttons if each.startswith("staff|keep|")]
    await desk.does(str(EDITOR), keep, "press", group=True)
    assert len(await kept()) == 1
    (undo,) = [each.data for each in desk.pressable() if each.data.startswith("staff|unkeep|")]
    await desk.does(str(EDITOR), undo, "press", group=True)
    assert "Đã bỏ bản nháp" in desk.channel.to(GROUP)[-1]
    assert await kept() == []
    undone = {row["taken_back_by"] for row in await rows_of(desk.house.app.database, "drafts")}
    assert undone == {sign(EDITOR)}


async def test_what_is_done_in_the_group_is_in_the_log_with_who_and_nobodys_words(desk: Desked) -> None:
    await desk.asks()
    await desk.replies("Bác mang sổ ra xã")
    (keep,) = [each.data for each in desk.pressable() if each.data.startswith("staff|keep|")]
    await desk.does(str(EDITOR), keep, "press", group=True)
    (undo,) = [each.data for each in desk.pressable() if each.data.startswith("staff|unkeep|")]
    orders = (undo, f"staff|give|1|{sign(ADMIN)}", "staff|sort|1|pension", "staff|close|1", "staff|reopen|1")
    for order in orders:
        await desk.does(str(EDITOR), order, "press", group=True)
    found = [(row["name"], row["action"], row["about"]) for row in await rows_of(desk.house.app.database, "audit")]
    assert found == [
        (sign(EDITOR), "reply", "#K1"),
        (sign(EDITOR), "hand_over", f"#K1 {sign(EDITOR)}"),
        *((sign(EDITOR), what, "#K1") for what in ("keep_reply", "unkeep_reply")),
        (sign(EDITOR), "hand_over", f"#K1 {sign(ADMIN)}"),
        (sign(EDITOR), "sort", "#K1 pension"),
        *((sign(EDITOR), what, "#K1") for what in ("close", "reopen")),
    ]
    words = read_words()
    assert {f"did_{what}" for _, what, _ in found} <= set(words)


async def test_who_was_named_by_an_admin_is_called_so_by_colleagues(desk: Desked) -> None:
    await desk.asks()
    editor, admin = await desk.house.inside("editor"), await desk.house.inside("admin")
    named = await admin.post(f"/quan-tri/{KEYS.of('telegram', str(EDITOR))}/sua", name="Chị Lan", role="editor")
    assert named.status_code == 303
    await answers(editor, "Bác mang sổ ra xã")
    await desk.settled()
    assert "Chị Lan" in desk.channel.to(GROUP)[-1]
    assert "Cán bộ (Chị Lan)" in shown((await admin.get(TALK)).text)
    assert f"quản trị {sign(ADMIN)}" in shown((await admin.get(TALK)).text)
    assert "Chị Lan" not in "".join(desk.channel.to(CITIZEN))


async def test_what_was_done_before_is_done_again_when_it_is_wanted_again(desk: Desked) -> None:
    await desk.asks()
    browser = await desk.house.inside("editor")
    for _ in range(2):
        assert (await browser.post(f"{TALK}/nhan")).status_code == 303
        assert await marks(browser, "cua-toi") == ["1"]
        assert (await browser.post(f"{TALK}/giao", to="")).status_code == 303
        assert await marks(browser, "chua-nhan") == ["1"]
        assert (await browser.post(f"{TALK}/khep")).status_code == 303
        assert await marks(browser, "xong") == ["1"]
        assert (await browser.post(f"{TALK}/mo-lai")).status_code == 303
        assert await marks(browser, "mo") == ["1"]
    for nonsense in ("a|b", "|", "x" * 500):
        assert (await browser.post(f"{TALK}/giao", to=nonsense)).status_code == 409
