"""`bhxh campaign poster` and `bhxh campaign import`: the files they write, and what they leave alone."""

from __future__ import annotations

import contextlib
import io
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.commands import Ended

Bhxh = Callable[..., Ended]
LINK = "https://t.me/bhxh_hai_duong_bot?start="
LIST = "địa điểm;nơi phát;tên\nChợ Phú Thái;CTV 03;Chợ phiên\nXã Kim Thành;;Hội nghị\n"


@pytest.fixture(autouse=True)
def kept(outside: Path, migrated: Path) -> None:
    """A database is there: what making one takes is no matter of posters."""
    shutil.copytree(migrated, outside / "data")


@pytest.fixture
def named(outside: Path) -> None:
    """The bot has a name."""
    (outside / "config.yaml").write_text("telegram: {username: bhxh_hai_duong_bot}")


def codes(bhxh: Bhxh) -> list[str]:
    return [each["code"] for each in bhxh("campaign", "list", "--json").json["campaigns"]]


def files(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()} - {"data", "config.yaml"}


# --- poster --------------------------------------------------------------------------------------


def test_all_posters_of_a_campaign_are_written_into_a_folder(bhxh: Bhxh, named: None, outside: Path) -> None:
    bhxh("campaign", "add", "cho-phu-thai", "Chợ phiên", "Chợ Phú Thái")
    made = bhxh("campaign", "poster", "cho-phu-thai", "--output", "to-roi")
    assert made.code == 0, made.err
    names = ["cho-phu-thai-a4.pdf", "cho-phu-thai-a5.pdf", "cho-phu-thai-cards.pdf", "cho-phu-thai.png"]
    assert made.out.splitlines() == [f"to-roi/{each}" for each in names]
    assert files(outside / "to-roi") == set(names)
    assert "cho-phu-thai" in PdfReader(outside / "to-roi" / names[0]).pages[0].extract_text()
    picture = Image.open(outside / "to-roi" / names[3])
    assert picture.size == (1080, 1350)
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [f"{LINK}cho-phu-thai"]


def test_one_poster_is_written_into_the_file_that_is_named(bhxh: Bhxh, named: None, outside: Path) -> None:
    bhxh("campaign", "add", "cho", "Chợ phiên", "Chợ Phú Thái")
    assert bhxh("campaign", "poster", "cho", "--output", "x.pdf").out == "x.pdf\n"
    assert bhxh("campaign", "poster", "cho", "--output", "y.png").out == "y.png\n"
    assert bhxh("campaign", "poster", "cho", "--form", "a5", "--output", "z.pdf").out == "z.pdf\n"
    assert files(outside) == {"x.pdf", "y.png", "z.pdf"}
    assert float(PdfReader(outside / "z.pdf").pages[0].mediabox.width) < 430


def test_a_form_that_does_not_fit_its_file_is_refused(bhxh: Bhxh, named: None, outside: Path) -> None:
    bhxh("campaign", "add", "cho", "Chợ phiên", "Chợ Phú Thái")
    assert "picture is .png" in bhxh("campaign", "poster", "cho", "--form", "picture", "--output", "x.pdf").complaint
    assert bhxh("campaign", "poster", "cho", "--form", "a3").code == 2
    assert files(outside) == set()


@pytest.mark.parametrize("code", ["nobody", "chợ", "../cho", ""])
def test_a_poster_of_no_campaign_is_refused_and_writes_nothing(
    bhxh: Bhxh, named: None, outside: Path, code: str
) -> None:
    refused = bhxh("campaign", "poster", code)
    assert refused.code == 1
    assert "Không có chiến dịch nào mã" in refused.err
    assert files(outside) == set()


def test_a_poster_names_the_setting_it_lacks(bhxh: Bhxh, outside: Path) -> None:
    bhxh("campaign", "add", "cho", "Chợ phiên", "Chợ Phú Thái")
    assert "telegram.username" in bhxh("campaign", "poster", "cho").complaint
    assert files(outside) == set()


# --- import --------------------------------------------------------------------------------------


def test_a_list_becomes_campaigns_with_their_posters_in_one_file(bhxh: Bhxh, named: None, outside: Path) -> None:
    (outside / "thang12.csv").write_text(LIST, encoding="utf-8-sig")
    made = bhxh("campaign", "import", "thang12.csv")
    assert made.code == 0, made.err
    assert made.out.splitlines()[-1] == "2 mã mới, 0 mã đã có; tờ in của cả 2 mã ở trong thang12.zip"
    assert codes(bhxh) == ["cho-phu-thai-ctv-03", "xa-kim-thanh"]
    packed = zipfile.ZipFile(outside / "thang12.zip")
    assert packed.testzip() is None
    assert len(packed.namelist()) == 1 + 2 * 4
    assert f"{LINK}xa-kim-thanh" in packed.read("danh-sach.csv").decode("utf-8-sig")
    picture = Image.open(io.BytesIO(packed.read("xa-kim-thanh/xa-kim-thanh.png")))
    assert [each.text for each in zxingcpp.read_barcodes(picture)] == [f"{LINK}xa-kim-thanh"]
    assert files(outside) == {"thang12.csv", "thang12.zip"}


def test_the_same_list_again_makes_no_code_twice(bhxh: Bhxh, named: None, outside: Path) -> None:
    (outside / "x.csv").write_text(LIST, encoding="utf-8")
    bhxh("campaign", "import", "x.csv")
    before = codes(bhxh)
    again = bhxh("campaign", "import", "x.csv", "--output", "lai/y.zip")
    assert again.out.splitlines()[-1] == "0 mã mới, 2 mã đã có; tờ in của cả 2 mã ở trong lai/y.zip"
    assert codes(bhxh) == before
    assert len(zipfile.ZipFile(outside / "lai" / "y.zip").namelist()) == 9


def test_each_campaign_of_a_list_is_noted_once_and_one_that_is_over_is_told(
    bhxh: Bhxh, named: None, outside: Path
) -> None:
    (outside / "x.csv").write_text(LIST, encoding="utf-8")
    bhxh("campaign", "import", "x.csv")
    bhxh("campaign", "close", "xa-kim-thanh")
    again = bhxh("campaign", "import", "x.csv", "--dry-run")
    assert again.out.splitlines()[2].strip().startswith("mã này đã kết thúc")
    with contextlib.closing(sqlite3.connect(outside / "data" / "bhxh.sqlite3")) as database:
        noted = database.execute("SELECT name, about FROM audit WHERE action = 'chien-dich/moi' ORDER BY id").fetchall()
    assert noted == [("server", "cho-phu-thai-ctv-03"), ("server", "xa-kim-thanh")]


def test_a_list_whose_posters_can_not_be_written_makes_nothing(bhxh: Bhxh, named: None, outside: Path) -> None:
    (outside / "x.csv").write_text(LIST, encoding="utf-8")
    assert "x.csv" in bhxh("campaign", "import", "x.csv", "--output", "x.csv/y.zip").complaint
    assert codes(bhxh) == []


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(bhxh: Bhxh, named: None, outside: Path) -> None:
    (outside / "x.csv").write_text(LIST, encoding="utf-8")
    tried = bhxh("campaign", "import", "x.csv", "--dry-run")
    assert tried.code == 0
    assert tried.out.splitlines()[0] == "Sẽ làm mới cho-phu-thai-ctv-03: Chợ phiên, Chợ Phú Thái, CTV 03"
    assert codes(bhxh) == []
    assert files(outside) == {"x.csv"}


def test_a_list_with_one_bad_line_makes_nothing_at_all(bhxh: Bhxh, named: None, outside: Path) -> None:
    (outside / "x.csv").write_text(LIST + "Chợ Gạo;0912345678;Chợ\n", encoding="utf-8")
    refused = bhxh("campaign", "import", "x.csv")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("Dòng 4: ")
    assert "Chưa làm gì cả" in refused.err
    assert codes(bhxh) == []
    assert files(outside) == {"x.csv"}


def test_a_list_is_refused_where_the_bot_has_no_name_before_anything_is_kept(bhxh: Bhxh, outside: Path) -> None:
    (outside / "x.csv").write_text(LIST, encoding="utf-8")
    assert "telegram.username" in bhxh("campaign", "import", "x.csv").complaint
    assert codes(bhxh) == []


def test_a_list_that_is_not_there_is_named(bhxh: Bhxh, named: None) -> None:
    assert "x.csv" in bhxh("campaign", "import", "x.csv").complaint
