"""«Kế hoạch của tôi»: one picture to show the family, with the figures, what they rest on, and whom to ask."""

from __future__ import annotations

from bot.charts.figures import Figures
from bot.charts.page import foot, say
from bot.charts.sheet import (
    BODY,
    FIRST,
    FIRST_LIGHT,
    INNER,
    LABEL,
    LINE,
    MARGIN,
    PAPER,
    SECOND,
    SECOND_LIGHT,
    SMALL,
    TITLE,
    WIDTH,
    Sheet,
)
from law.base.month import Month
from vietnamese import wording

_BAND, _GAP, _PAD, _INSET = 112, 16, 14, 28
_BIG, _ASSUMED = 80, 32.0
_SCALES = (1.08, 1.0, 0.96, 0.92, 0.88)
"""Type as large as the sheet has room for."""


def plan(sheet: Sheet, figures: Figures) -> None:
    """The plan of one person.

    Figures (dong, months YYYY-MM): `pension` a month from `pension_from`; `month`, `source`, `note` as in `foot`.
    All others may be left out or 0. Paying: `own` a month (0: nothing more to pay), the price that lasts, from
    `own_since` (a month) on `income` with `support`; `half_year` (own payment for six months then); `starts` and
    `owns` (months and dong, lists of the same length: all prices in the order of time), `full_price_from` (the first
    of them without support), `months_to_pay`, `cost` (all own payments from now). The pension: `age_years` (full
    years of age when it starts), `months_at_pension`, `percent` (as it is read: «45» or «62,5»), `payback` (months).
    Stopping now: `stop_pension` a month, or `stop_missing` (months still missing). The person: `person` (whose plan
    it is and what was assumed, ready to be read), `born` (YYYY-MM or YYYY).
    """
    sheet.bar(0, 0, WIDTH, _BAND, FIRST)
    sheet.text(MARGIN, 18, say("plan_title"), TITLE, color=PAPER, bold=True)
    sheet.text(WIDTH - MARGIN, 42, say("plan_subtitle"), SMALL, color=PAPER, align="right")
    bottom = foot(sheet, figures)
    own, pension = figures.whole("own", 0), figures.whole("pension")
    paying = (_pays_from(figures), say("plan_amount", amount=own), _paying(figures))
    cards = (
        (*(paying if own else (say("plan_pay_nothing"), "", "")), FIRST, FIRST_LIGHT),
        (say("plan_pension"), say("plan_pension_amount", amount=pension), _drawing(figures), SECOND, SECOND_LIGHT),
    )
    stop = _stopping(figures)
    assumed = _assumed(figures)

    def flow(scale: float) -> float:
        """How far down everything reaches."""
        lines = len(sheet.lines(assumed, _ASSUMED * scale, INNER)) * _ASSUMED * LINE * scale
        heights = [_card_height(amount, details, scale) + _GAP for _, amount, details, _, _ in cards]
        return _BAND + sum(heights) + (_beside_height(scale) + _GAP) * bool(stop) + _GAP + lines

    scale = next((each for each in _SCALES if flow(each) <= bottom), _SCALES[-1])
    y = float(_BAND + _GAP)
    for card in cards:
        y = _card(sheet, y, *card, scale) + _GAP
    if stop:
        y = _beside(sheet, y, stop, say("plan_pension_amount", amount=pension), scale) + _GAP
    size = _ASSUMED * scale
    sheet.paragraph(MARGIN, y, assumed, size, most=max(0, int((bottom - y) / (size * LINE) + 0.2)))


def _pays_from(figures: Figures) -> str:
    """«Tôi đóng mỗi tháng», with the month from which where another price comes before."""
    since = figures.month_or_none("own_since")
    later = since is not None and any(start < since for start, _ in _prices(figures))
    return say("plan_pay", since=since if later else None)


def _paying(figures: Figures) -> str:
    """The lines under the price that lasts: the other prices in the order of time among them."""
    since = figures.month_or_none("own_since")
    return say(
        "plan_pay_details",
        income=figures.whole("income", 0),
        support=figures.whole("support", 0),
        half_year=figures.whole("half_year", 0),
        prices=[(start, own) for start, own in _prices(figures) if start != since],
        since=since,
        full_price_from=figures.month_or_none("full_price_from"),
        months_to_pay=figures.whole("months_to_pay", 0),
        cost=figures.whole("cost", 0),
    )


def _prices(figures: Figures) -> list[tuple[Month, int]]:
    """All prices in the order of time; none where they are not given."""
    return list(zip(figures.months("starts"), figures.wholes("owns"), strict=True)) if "starts" in figures else []


def _drawing(figures: Figures) -> str:
    return say(
        "plan_pension_details",
        pension_from=figures.month("pension_from"),
        age_years=figures.whole("age_years", 0),
        months_at_pension=figures.whole("months_at_pension", 0),
        percent=figures.text("percent", ""),
        payback=figures.whole("payback", 0),
    )


def _card_height(amount: str, details: str, scale: float) -> float:
    lines = len(details.splitlines())
    return scale * (2 * _PAD + BODY * LINE + _BIG * 1.16 * bool(amount) + lines * SMALL * LINE)


def _card(sheet: Sheet, y: float, title: str, amount: str, details: str, ink: str, paper: str, scale: float) -> float:
    """A card: what it is, the amount, and lines under it; returns where it ends."""
    room, high = INNER - 2 * _INSET, _card_height(amount, details, scale)
    sheet.card(MARGIN, y, INNER, high, paper)
    x, at = MARGIN + _INSET, y + _PAD * scale
    sheet.text(x, at, title, BODY * scale, bold=True)
    at += BODY * LINE * scale
    if amount:
        sheet.text(x, at - 6, amount, sheet.fitting(amount, _BIG * scale, room, bold=True), color=ink, bold=True)
        at += _BIG * 1.16 * scale
    for line in details.splitlines():
        sheet.text(x, at, line, sheet.fitting(line, SMALL * scale, room))
        at += SMALL * LINE * scale
    return y + high


def _beside_height(scale: float) -> float:
    return scale * (SMALL + LABEL) * LINE


def _beside(sheet: Sheet, y: float, stop: str, go_on: str, scale: float) -> float:
    """Stopping now beside going on; returns where it ends."""
    half = INNER / 2
    for x, title, amount, color in (
        (MARGIN + _INSET, say("plan_stop"), stop, FIRST),
        (MARGIN + _INSET + half, say("plan_go_on"), go_on, SECOND),
    ):
        sheet.text(x, y, title, SMALL * scale, bold=True)
        size = sheet.fitting(amount, LABEL * scale, half - _INSET - 10, bold=True)
        sheet.text(x, y + SMALL * LINE * scale, amount, size, color=color, bold=True)
    return y + _beside_height(scale)


def _stopping(figures: Figures) -> str:
    """What stopping now leads to; empty where that is not known."""
    missing, stopped = figures.whole("stop_missing", 0), figures.whole("stop_pension", 0)
    if missing:
        return say("plan_missing", months=missing)
    return say("plan_pension_amount", amount=stopped) if stopped else ""


def _assumed(figures: Figures) -> str:
    """What the plan was reckoned with."""
    return say(
        "plan_assumed",
        person=figures.text("person", ""),
        born=_born(figures.text("born", "")),
        paying=figures.whole("own", 0),
    ).replace("\n", " ")


def _born(said: str) -> str:
    """A month of birth as it is said; a year as it is."""
    return wording.month(Month.parse(said)) if "-" in said else said
