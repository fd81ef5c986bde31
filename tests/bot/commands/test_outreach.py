"""`bhxh campaign poster`: the files it writes, and what it leaves alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.commands import Ended

Bhxh = Callable[..., Ended]
LINK = "https://t.me/bhxh_hai_duong_bot?start="


@pytest.fixture(autouse=True)
def kept(outside: Path, migrated: Path) -> None:
    """A database is there: what making one takes is no matter of posters."""
    shutil.copytree(migrated, outside / "data")


@pytest.fixture
def named(outside: Path) -> None:
    """The bot has a name."""
    (outside / "config.yaml").write_text("telegram: {username: bhxh_hai_duong_bot}")


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
