"""«Chiến dịch»: how people hear of the assistant, and how far those came whom each campaign brought; made and ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from starlette.responses import Response

from bot.charts import pictures
from bot.outreach import campaigns as outreach
from bot.outreach import posters
from bot.outreach.campaigns import BadCampaign
from bot.outreach.wording import Invitation, greeting
from bot.reports import funnel
from bot.reports.campaign_report import CAMPAIGNS
from bot.reports.definitions import defined
from bot.reports.funnel import PARTS, STEPS, Funnel
from bot.reports.records import Filter
from bot.reports.spans import Span
from bot.storage import campaigns
from bot.storage.campaigns import PLACE_KINDS, Campaign
from bot.storage.database import to_day
from bot.storage.fading import CROWD
from bot.web.filters import labels
from bot.web.guard import Denied, Visit
from bot.web.periods import OWN, PERIODS, span_asked
from bot.web.query import Query
from bot.web.sorting import Sortable, sorted_by
from handlers.calculators.menu import CALCULATION, FORMS, TOPIC
from vietnamese.normalize import fold

PATH = "/chien-dich"
STATES = ("known", "early", "expired")
"""Of a campaign, as the code of each would count today: it runs, has not begun, is over."""
_DONE = ("moi", "sua", "dong", "mo-lai")
_MOST_ASKED = 5

_Row = tuple[Campaign, Funnel]


async def show(visit: Visit) -> Response:
    """All campaigns, what came of them in a span, and the same by place, collaborator, channel and week."""
    site, asked = visit.site, Query(visit.request.query_params)
    chosen, span = span_asked(site, asked)
    async with site.database.read() as connection:
        known = await campaigns.named(connection)
    places = sorted({each.place for each in known}, key=fold)
    place = asked.choice("diaban", places, {each: each for each in places})
    collaborators = labels(known)
    collaborator = asked.choice("ctv", collaborators, collaborators)
    state = asked.choice("xem", STATES)
    where = Filter(place=place or None, collaborator=collaborator or None)
    found = await funnel.measure(site.records, span, where)
    funnels = {each.key: each for each in found.parts["campaign"]}
    rows = [
        (each, funnels[each.code])
        for each in known
        if each.code in funnels and (not state or each.touch(site.today) == state)
    ]
    dates = {"tu": span.since, "den": span.until} if chosen == OWN else {}
    table = sorted_by(asked, "sap", rows, _SORTS)
    seen = {"ky": chosen, **dates, "diaban": place, "ctv": collaborator, "xem": state}
    seen |= {"sap": visit.request.query_params.get("sap", "")}
    return visit.show(
        "campaigns.html",
        asked.status,
        problems=asked.problems,
        periods=PERIODS,
        span=span,
        seen=seen,
        places=places,
        collaborators=collaborators,
        states=STATES,
        known=known,
        table=table,
        found=found,
        parts=[part for part in PARTS if part != "campaign"],
        steps=STEPS,
        asked=await funnel.places_asked(site.records, span, _MOST_ASKED, where),
        crowd=CROWD,
        definitions=defined("campaigns", "funnel", "campaign_cost", "channel", "other_starts", "place_asked"),
        formats=[each for each in ("xlsx", "docx", "csv") if each in CAMPAIGNS.formats],
    )


_SORTS: Mapping[str, Callable[[_Row], Sortable]] = {
    "ten": lambda row: fold(row[0].name),
    "diaban": lambda row: fold(row[0].place),
    "moluot": lambda row: row[1].starts,
    "nguoi": lambda row: row[1].people,
    "traloi": lambda row: row[1].share("answered"),
    "tinh": lambda row: row[1].share("estimated"),
    "nhac": lambda row: row[1].share("reminded"),
    "danhgia": lambda row: row[1].share("rated"),
    "chiphi": lambda row: row[1].cost_of("people"),
}


async def one(visit: Visit) -> Response:
    """One campaign: its link, and what came of it from its first day to today."""
    site, campaign = visit.site, await _campaign(visit)
    begun = to_day(campaign.made_at) if campaign.made_at is not None else site.today
    span = Span(min(begun.replace(day=1), site.today), site.today)
    found = await funnel.measure(site.records, span, Filter(campaign=campaign.code))
    (of_it,) = (each for each in found.parts["campaign"] if each.key == campaign.code)
    async with site.database.read() as connection:
        (counted,) = (each for each in await campaigns.list_all(connection) if each.campaign.code == campaign.code)
    done = visit.request.query_params.get("da", "")
    return visit.show(
        "campaign.html",
        campaign=campaign,
        state=campaign.touch(site.today),
        link=site.settings.qr_link(campaign.code),
        ways=site.settings.ways(campaign.code),
        greeting=greeting(campaign.code),
        posters=posters.FORMS,
        group_link=site.settings.telegram.group_link(campaign.code),
        opens=_openings(visit).get(campaign.opens or "", campaign.opens),
        span=span,
        of_it=of_it,
        weeks=found.parts["week"],
        outside=counted.outside,
        steps=STEPS,
        done=done if done in _DONE else "",
        definitions=defined("funnel", "campaign_cost"),
    )


async def qr(visit: Visit) -> Response:
    """The QR code of its link: to look at, or to be saved for print."""
    campaign = await _campaign(visit)
    link, ending = visit.site.settings.qr_link(campaign.code), visit.request.path_params["ending"]
    made = {"svg": pictures.qr_svg, "png": pictures.qr_png}.get(ending)
    if link is None or made is None:
        raise Denied(404, "not_found")
    headers = {}
    if "tai" in visit.request.query_params:
        headers["Content-Disposition"] = f'attachment; filename="qr-{campaign.code}.{ending}"'
    return Response(made(link), media_type={"svg": "image/svg+xml", "png": "image/png"}[ending], headers=headers)


async def poster(visit: Visit) -> Response:
    """A poster, the cards or the picture of its link, by the law of today."""
    campaign, form = await _campaign(visit), visit.request.path_params["name"]
    invitation, name = Invitation.of(campaign, visit.site.settings), posters.file_name(campaign.code, form)
    if invitation is None or form not in posters.FORMS:
        raise Denied(404, "not_found")
    async with visit.site.writing:
        made = await asyncio.to_thread(posters.poster, visit.site.resources, visit.site.clock(), invitation, form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type="image/png" if name.endswith(".png") else "application/pdf", headers=headers)


async def blank(visit: Visit) -> Response:
    """The form of a new one."""
    return _form(visit, None, {}, {})


async def make(visit: Visit) -> Response:
    """Keep a new one; without a code it gets one made of its name."""
    site, given = visit.site, dict(visit.form)
    if not given.get("code", "").strip() and given.get("name", "").strip():
        async with site.database.read() as connection:
            taken = {each.code for each in await campaigns.named(connection)}
        given["code"] = outreach.proposed_code(given["name"], taken.__contains__)
    try:
        campaign = outreach.read(given, site.resources.library)
        await outreach.make(site.database, campaign, site.clock(), visit.note)
    except BadCampaign as bad:
        return _form(visit, None, visit.form, bad.problems)
    return visit.go(f"{PATH}/ma/{campaign.code}?da=moi")


async def edit(visit: Visit) -> Response:
    """The form of one that is there."""
    campaign = await _campaign(visit)
    return _form(visit, campaign, outreach.written(campaign), {})


async def change(visit: Visit) -> Response:
    """Keep what the form of one holds."""
    campaign = await _campaign(visit)
    try:
        changed = outreach.read(visit.form, visit.site.resources.library, campaign.code)
        await outreach.change(visit.site.database, changed, visit.note)
    except BadCampaign as bad:
        return _form(visit, campaign, visit.form, bad.problems)
    return visit.go(f"{PATH}/ma/{campaign.code}?da=sua")


async def close(visit: Visit) -> Response:
    """End one."""
    return await _closed(visit, "dong")


async def reopen(visit: Visit) -> Response:
    """Go on with one that was ended."""
    return await _closed(visit, "mo-lai")


async def _closed(visit: Visit, done: str) -> Response:
    campaign = await _campaign(visit)
    ended = visit.site.clock() if done == "dong" else None
    await outreach.close(visit.site.database, campaign.code, ended, visit.note)
    return visit.go(f"{PATH}/ma/{campaign.code}?da={done}")


async def _campaign(visit: Visit) -> Campaign:
    try:
        return await outreach.find(visit.site.database, visit.request.path_params["code"])
    except BadCampaign:
        raise Denied(404, "no_campaign") from None


def _form(visit: Visit, campaign: Campaign | None, given: Mapping[str, str], problems: Mapping[str, str]) -> Response:
    return visit.show(
        "campaign_form.html",
        409 if problems else 200,
        campaign=campaign,
        given={name: given.get(name, "") for name in outreach.FIELDS},
        problems=problems,
        longest=outreach.LONGEST,
        place_kinds=PLACE_KINDS,
        openings=_openings(visit),
    )


def _openings(visit: Visit) -> dict[str, str]:
    """What the link of a campaign can open, as staff read it: the calculations, then the questions by their words."""
    resources = visit.site.resources
    forms = {f"{CALCULATION}{name}": resources.texts.label(TOPIC[name]) for name in FORMS}
    entries = {each.id: each.question or each.id for each in resources.library if each.kind == "answer"}
    return {**forms, **dict(sorted(entries.items(), key=lambda pair: fold(pair[1])))}
