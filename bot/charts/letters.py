"""Lines of type: which letters the font has, how wide a line is, and the shape it is printed through.

DejaVu Sans has every Vietnamese letter. Pillow fits each letter to whole pixels, which moves letters by up to half a
pixel and makes a line as wide as no sum tells; so a line is drawn larger and scaled to the width it is measured at.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(__file__).parent / "fonts"
_FILES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_MEASURED_AT = 1000
_LARGER = 2
_IN_NO_FONT = "\uffff"

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels; the right and the bottom one are not in it."""


def font_file(bold: bool) -> Path:
    """Where the type is kept."""
    return _FONTS / _FILES[bold]


@lru_cache(maxsize=64)
def _font(size: float, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(bold)), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def _has(letter: str, bold: bool) -> bool:
    """Whether the font draws the letter otherwise than one that is in no font."""
    font = _font(64, bold)
    return bytes(font.getmask(letter)) != bytes(font.getmask(_IN_NO_FONT))


def drawable(words: str, bold: bool = False) -> str:
    """The words without what the font has no letter for (emoji), blanks made single, each letter one with its marks."""
    composed = unicodedata.normalize("NFC", words)
    return " ".join("".join(each for each in composed if each.isspace() or _has(each, bold)).split())


@lru_cache(maxsize=4096)
def _measured(words: str, bold: bool) -> float:
    return _font(_MEASURED_AT, bold).getlength(drawable(words, bold))


def width(words: str, size: float, bold: bool = False) -> float:
    """How wide a line of these words is, in pixels, at a type `size` pixels high."""
    return _measured(words, bold) * size / _MEASURED_AT


def box(words: str, x: float, baseline: int, size: float, bold: bool) -> Box:
    """The pixels that a line beginning at `x` takes up: its ink, and what its first and last letter keep free."""
    left, top, right, bottom = _font(size * _LARGER, bold).getbbox(words, anchor="ls")
    scale = _scale(words, size, bold)
    return (
        math.floor(x + left * scale),
        baseline + math.floor(top / _LARGER),
        math.ceil(x + right * scale),
        baseline + math.ceil(bottom / _LARGER),
    )


def ink(words: str, place: Box, x: float, baseline: int, size: float, bold: bool) -> Image.Image:
    """The ink in each pixel of `place`, the `box` of the same line: an image in grey, 255 where a letter is."""
    left, top, right, bottom = place
    scale = _scale(words, size, bold)
    first, last = (left - x) / scale, (right - x) / scale
    start, high = math.floor(first), (bottom - top) * _LARGER
    larger = Image.new("L", (math.ceil(last) - start, high))
    at = (-start, (baseline - top) * _LARGER)
    ImageDraw.Draw(larger).text(at, words, 255, _font(size * _LARGER, bold), anchor="ls")
    within = (first - start, 0, last - start, high)
    return larger.resize((right - left, bottom - top), Image.Resampling.BOX, within)


def _scale(words: str, size: float, bold: bool) -> float:
    """From pixels of the larger line to those of the sheet, across."""
    return width(words, size, bold) / _font(size * _LARGER, bold).getlength(words)
