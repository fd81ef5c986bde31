"""Draws every staff page as on a desktop and on a phone into docs/pages: `make pages`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, async_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.staff_demo import served_demo  # noqa: E402
from tests.staff_pages import CHROMIUM, FLAGS  # noqa: E402

FOLDER = Path(__file__).with_name("pages")
PAGES = {
    "tong-quan": "/",
    "danh-gia": "/danh-gia?muc=low",
    "mot-luot": "/danh-gia?muc=low",
    "cau-hoi": "/cau-hoi",
    "mot-nhom": "/cau-hoi",
    "chuyen-can-bo": "/chuyen-can-bo",
    "chien-dich": "/chien-dich",
    "tham-so": "/tham-so?q=muc+tham+chieu",
    "xuat": "/xuat",
}
FOLLOWED = {"mot-luot": "tbody a >> nth=0", "mot-nhom": "article.group >> text=Cách xử lý khác"}
"""What is pressed on a page to come to the one that is drawn."""
SIZES = {"desktop": (1200, 900), "phone": (390, 800)}
LONGEST = 2400  # of a picture, in pixels


async def draw(only: tuple[str, ...] = ()) -> None:
    """Sign in as an editor and photograph each page."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with served_demo(Path(folder)) as demo, async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=CHROMIUM, args=FLAGS, env={"LANGUAGE": "vi", "LC_ALL": "C.UTF-8"}
            )
            for size, (width, height) in SIZES.items():
                link = await demo.entrance.link_on_server("editor")
                await _photograph(browser, demo.address, link, size, width, height, only)
            await browser.close()


async def _photograph(
    browser: Browser, address: str, link: str, size: str, width: int, height: int, only: tuple[str, ...]
) -> None:
    page = await browser.new_page(viewport={"width": width, "height": height}, locale="vi-VN")
    await page.goto(link)
    await page.screenshot(path=FOLDER / f"dang-nhap-{size}.png")
    await page.click("main button")
    for name, path in PAGES.items():
        if only and name not in only:
            continue
        await page.goto(address + path)
        if name in FOLLOWED:
            await page.click(FOLLOWED[name])
            await page.wait_for_load_state()
        file = FOLDER / f"{name}-{size}.png"
        await page.screenshot(path=file, full_page=True)
        _lighten(file)
    await page.close()


def _lighten(file: Path) -> None:
    """Cut what is very long, and keep few colours: the picture is for looking, not for printing."""
    with Image.open(file) as picture:
        cut = picture.crop((0, 0, picture.width, min(picture.height, LONGEST))).convert("RGB")
    cut.quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    asyncio.run(draw(tuple(sys.argv[1:])))
