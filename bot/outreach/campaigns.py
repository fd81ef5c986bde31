"""A campaign as staff give it: every field read and checked, kept, changed and ended.

campaign = read({"code": "cho-phu", "name": "Chợ Phủ", "place": "xã Thanh Hà"}, library)
await make(database, campaign, now, note)

CannotGoOn
    └── BadCampaign    it can't be kept as it was given; each problem is a sentence for staff, in Vietnamese, by field
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from functools import cache, partial

from bot.base.content import read_file
from bot.base.nearest import nearest
from bot.base.settings import CannotGoOn
from bot.storage import campaigns
from bot.storage.audit import Noting
from bot.storage.campaigns import PLACE_KINDS, Campaign, PlaceKind
from bot.storage.database import Database
from faq.library import Library, law_number_in
from handlers.calculators.menu import CALCULATION, FORMS
from handlers.welcome import well_formed
from vietnamese.masking import mask
from vietnamese.normalize import fold

FIELDS = (
    *("code", "name", "place", "place_kind", "collaborator"),
    *("begins", "ends", "greeting", "opens", "cost"),
)
"""What may be given, each a text; '' or absent is nothing."""
LONGEST: Mapping[str, int] = {"name": 80, "place": 80, "collaborator": 40, "greeting": 300}
"""Characters."""
MOST_COST = 10**12
_CODE_LONGEST = 40
"""Characters of a code that is made of a name: it stands in small print on posters."""
_DAYS = ("%Y-%m-%d", "%d/%m/%Y")
_FIRST, _LAST = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
_UNWRITTEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NOT_IN_A_CODE = re.compile(r"[^a-z0-9]+")
_DONG = re.compile(r"\s?(?:đồng|dong|vnđ|vnd|đ|d)\.?$", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:[. ,]\d{3})+|\d+")


class BadCampaign(CannotGoOn):
    """A campaign that can't be kept; `problems`: field → what is wrong and what would be right."""

    def __init__(self, **problems: str) -> None:
        super().__init__("\n".join(problems.values()))
        self.problems: Mapping[str, str] = problems


def read(given: Mapping[str, str], library: Library, code: str | None = None) -> Campaign:
    """The campaign of what was typed; raises BadCampaign with all that is wrong. `code`: of the one that is changed."""
    texts = {name: _tidy(given.get(name, "")) for name in FIELDS}
    problems: dict[str, str] = {}
    written = texts["code"] if code is None else code
    if not well_formed(written):
        problems["code"] = say("no_code")
    for name in ("name", "place"):
        if not texts[name] or len(texts[name]) > LONGEST[name]:
            problems[name] = say(f"no_{name}", most=LONGEST[name])
    read_as: Mapping[str, Callable[[str], object]] = {
        "place_kind": _place_kind,
        "collaborator": _collaborator,
        "begins": _day,
        "ends": _day,
        "greeting": _greeting,
        "opens": partial(_opens, library=library),
        "cost": _cost,
    }
    found: dict[str, object] = {}
    for name, reader in read_as.items():
        try:
            found[name] = reader(texts[name]) if texts[name] else None
        except BadCampaign as bad:
            (problems[name],) = bad.problems.values()
    begins, ends = found.get("begins"), found.get("ends")
    if isinstance(begins, datetime.date) and isinstance(ends, datetime.date) and ends < begins:
        problems["ends"] = say("days_reversed")
    if problems:
        raise BadCampaign(**problems)
    return Campaign(written.lower(), texts["name"], texts["place"], **found)  # type: ignore[arg-type]


def written(campaign: Campaign) -> dict[str, str]:
    """The same as texts, as `read` takes them: what the fields of a form hold."""
    return {name: "" if (value := getattr(campaign, name)) is None else str(value) for name in FIELDS}


async def make(database: Database, campaign: Campaign, now: datetime.datetime, note: Noting) -> None:
    """Keep a new one, and note it; raises BadCampaign when its code is taken."""
    async with database.begin() as connection:
        if not await campaigns.add(connection, campaign, now):
            raise BadCampaign(code=say("taken", code=campaign.code))
        await note(connection, campaign.code)


async def change(database: Database, campaign: Campaign, note: Noting) -> None:
    """Keep, and note, all of it but the code, which is printed; raises BadCampaign when there is none of this code."""
    async with database.begin() as connection:
        if not await campaigns.change(connection, campaign):
            raise BadCampaign(code=say("no_campaign", code=campaign.code))
        await note(connection, campaign.code)


async def close(database: Database, code: str, now: datetime.datetime | None, note: Noting) -> bool:
    """End one, or with None open it again, and note it; whether that changed anything. Raises BadCampaign when there
    is none.
    """
    async with database.begin() as connection:
        if not well_formed(code) or await campaigns.find(connection, code) is None:
            raise BadCampaign(code=say("no_campaign", code=code))
        changed = await campaigns.close(connection, code, now)
        if changed:
            await note(connection, code.lower())
    return changed


async def find(database: Database, code: str) -> Campaign:
    """The one of a code; raises BadCampaign when there is none."""
    async with database.read() as connection:
        found = await campaigns.find(connection, code) if well_formed(code) else None
    if found is None:
        raise BadCampaign(code=say("no_campaign", code=code))
    return found


def proposed_code(name: str, taken: Callable[[str], bool]) -> str:
    """A code made of a name, of letters a phone can type; with a number behind it where that one is taken.

    >>> proposed_code("Chợ Phủ, xã Thanh Hà", {"cho-phu-xa-thanh-ha"}.__contains__)
    'cho-phu-xa-thanh-ha-2'
    """
    base = _NOT_IN_A_CODE.sub("-", fold(name)).strip("-")[:_CODE_LONGEST].strip("-") or "chien-dich"
    code, number = base, 1
    while taken(code):
        number += 1
        code = f"{base}-{number}"
    return code


def say(name: str, **figures: object) -> str:
    """A sentence for staff with its figures filled in."""
    return _words()[name].format(**figures)


@cache
def _words() -> Mapping[str, str]:
    words = read_file("bot.outreach", "campaigns.yaml")
    assert isinstance(words, Mapping)
    return words


# --- one field each ------------------------------------------------------------------------------


def _tidy(text: str) -> str:
    """On one line, without letters that can't be seen."""
    return " ".join(_UNWRITTEN.sub(" ", text).split())


def _place_kind(text: str) -> PlaceKind:
    if text not in PLACE_KINDS:
        raise BadCampaign(place_kind=say("no_place_kind", given=text, known=", ".join(PLACE_KINDS)))
    return text


def _collaborator(text: str) -> str:
    if len(text) > LONGEST["collaborator"]:
        raise BadCampaign(collaborator=say("long_collaborator", most=LONGEST["collaborator"]))
    if mask(text)[0] != text:
        raise BadCampaign(collaborator=say("personal_collaborator", given=text))
    return text


def _day(text: str) -> datetime.date:
    for form in _DAYS:
        try:
            found = datetime.datetime.strptime(text, form).replace(tzinfo=datetime.UTC).date()
        except ValueError:
            continue
        if _FIRST <= found <= _LAST:
            return found
    raise BadCampaign(day=say("no_day", given=text))


def _greeting(text: str) -> str:
    if len(text) > LONGEST["greeting"]:
        raise BadCampaign(greeting=say("long_greeting", most=LONGEST["greeting"]))
    number = law_number_in(text)
    if number is not None:
        raise BadCampaign(greeting=say("law_in_greeting", given=number))
    if mask(text)[0] != text:
        raise BadCampaign(greeting=say("personal_greeting", given=text))
    return text


def _opens(text: str, library: Library) -> str:
    known = {
        **{f"{CALCULATION}{name}": name for name in FORMS},
        **{entry.id: entry.question or "" for entry in library if entry.kind == "answer"},
    }
    if text not in known:
        raise BadCampaign(opens=say("no_opens", given=text, near=", ".join(nearest(text, known)) or "–"))
    return text


def _cost(text: str) -> int:
    digits = _DONG.sub("", text).strip()
    if not _THOUSANDS.fullmatch(digits) or (cost := int(re.sub(r"\D", "", digits))) > MOST_COST:
        raise BadCampaign(cost=say("no_cost", given=text))
    return cost
