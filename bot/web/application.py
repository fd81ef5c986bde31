"""The staff pages as one ASGI application: every address, and the least role each of them needs."""

from __future__ import annotations

from importlib import resources

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from bot.app import App
from bot.base.browsers import WithHeaders
from bot.base.clock import Clock
from bot.desk.sign_in import DOOR, Entrance
from bot.web import (
    account,
    announcements,
    asking,
    campaigns,
    conversations,
    exports,
    journal,
    overview,
    parameters,
    questions,
    ratings,
    signed,
    signing_in,
    staff,
    staff_times,
    taught,
)
from bot.web.guard import HEADERS, action, door, page, refused
from bot.web.site import Site, environment, own_names, prefix, read_words

_FILES = {"style.css": "text/css", "icon.svg": "image/svg+xml"}

ROUTES: tuple[Route, ...] = (
    door(DOOR + "{token}", signing_in.invite, "GET"),
    door(DOOR + "{token}", signing_in.enter, "POST"),
    action("/ra", signing_in.leave, "viewer", before_code=True),
    page(signing_in.CODE, signing_in.code, before_code=True),
    action(signing_in.CODE, signing_in.give_code, "viewer", before_code=True),
    page(account.PATH, account.show),
    action(account.PATH + "/bat", account.begin),
    action(account.PATH + "/xac-nhan", account.confirm),
    action(account.PATH + "/tat", account.end, "viewer"),
    page("/", overview.show),
    page("/danh-gia", ratings.show),
    page("/danh-gia/{number:int}", ratings.one),
    page("/cau-hoi", questions.show),
    page("/cau-hoi/{number:int}", questions.one),
    action("/cau-hoi/{number:int}/gan", questions.assign),
    action("/cau-hoi/{number:int}/ngoai-pham-vi", questions.leave_out),
    action("/cau-hoi/{number:int}/ban-nhap", questions.draft),
    page("/cau-hoi/da-day", taught.show),
    action("/cau-hoi/da-day/cach-hoi/{number:int}/bo", taught.take_phrasing_back),
    action("/cau-hoi/da-day/ban-nhap/{number:int}/bo", taught.take_draft_back),
    page("/cau-hoi/hoi-thu", asking.show),
    action("/cau-hoi/hoi-thu", asking.ask, "viewer"),
    page("/chuyen-can-bo", conversations.show),
    page("/chuyen-can-bo/thoi-gian", staff_times.show),
    page("/chuyen-can-bo/{number:int}", conversations.one),
    action("/chuyen-can-bo/{number:int}/tra-loi", conversations.answer),
    action("/chuyen-can-bo/{number:int}/nhan", conversations.take),
    action("/chuyen-can-bo/{number:int}/giao", conversations.give),
    action("/chuyen-can-bo/{number:int}/chu-de", conversations.sort),
    action("/chuyen-can-bo/{number:int}/ghi-chu", conversations.note),
    action("/chuyen-can-bo/{number:int}/giu-nhap", conversations.keep),
    action("/chuyen-can-bo/{number:int}/bo-nhap", conversations.unkeep),
    action("/chuyen-can-bo/{number:int}/khep", conversations.close),
    action("/chuyen-can-bo/{number:int}/mo-lai", conversations.reopen),
    page("/chien-dich", campaigns.show),
    page("/chien-dich/moi", campaigns.blank, "editor"),
    action("/chien-dich/moi", campaigns.make),
    page("/chien-dich/ma/{code}", campaigns.one),
    page("/chien-dich/ma/{code}/qr.{ending}", campaigns.qr),
    page("/chien-dich/ma/{code}/to-in/{name}", campaigns.poster),
    page("/chien-dich/ma/{code}/sua", campaigns.edit, "editor"),
    action("/chien-dich/ma/{code}/sua", campaigns.change),
    action("/chien-dich/ma/{code}/dong", campaigns.close),
    action("/chien-dich/ma/{code}/mo-lai", campaigns.reopen),
    page(announcements.PATH, announcements.show, "admin"),
    page(announcements.PATH + "/moi", announcements.blank, "admin"),
    action(announcements.PATH + "/moi", announcements.make, "admin"),
    page(announcements.PATH + "/{number:int}", announcements.one, "admin"),
    page(announcements.PATH + "/{number:int}/sua", announcements.edit, "admin"),
    action(announcements.PATH + "/{number:int}/sua", announcements.change, "admin"),
    action(announcements.PATH + "/{number:int}/bo", announcements.throw_away, "admin"),
    action(announcements.PATH + "/{number:int}/gui", announcements.send, "admin"),
    action(announcements.PATH + "/{number:int}/dung", announcements.stop, "admin"),
    page("/tham-so", parameters.show),
    page("/quan-tri", staff.show, "admin"),
    page("/quan-tri/nhat-ky", journal.show, "admin"),
    action("/quan-tri/them", staff.add, "admin"),
    action("/quan-tri/{key}/sua", staff.change, "admin"),
    action("/quan-tri/{key}/bo", staff.remove, "admin"),
    action("/quan-tri/{key}/dat-lai", staff.reset_second_factor, "admin"),
    page("/xuat", exports.show),
    page("/xuat/{name}/{ending}", exports.give),
    page(signed.PATH, signed.show),
    action(signed.PATH + "/chot", signed.sign),
    page(signed.PATH + "/{number:int}", signed.one),
    page(signed.PATH + "/{number:int}/{ending}", signed.give),
)


def application(app: App, clock: Clock) -> Starlette:
    """The pages of a running app, without a server or Telegram: tests and a look at them need neither."""
    settings = app.settings
    words = read_words()
    site = Site(
        settings,
        app.desk,
        app.freshener,
        app.database,
        app.records,
        app.roles,
        Entrance(app.database, app.roles, clock, settings.web),
        clock,
        app.delivery.wake,
        environment(settings, app.resources, words, lambda: clock().date()),
        words,
    )
    routes: list[BaseRoute] = [*ROUTES, *(_file(name) for name in _FILES)]
    under = prefix(settings)
    if under:  # a proxy may pass the path of the public address on, or take it off
        routes.append(Mount(under, routes=list(routes)))
    made = Starlette(
        routes=routes,
        middleware=[
            Middleware(WithHeaders, headers=HEADERS),
            Middleware(TrustedHostMiddleware, allowed_hosts=own_names(settings.web), www_redirect=False),
        ],
        exception_handlers={404: _not_found, 405: _not_found},
    )
    made.state.site = site
    return made


def _file(name: str) -> Route:
    """A file of the pages themselves, the same for everybody."""
    content = (resources.files("bot.web") / name).read_bytes()

    async def give(request: Request) -> Response:
        return Response(content, media_type=_FILES[name], headers={"Cache-Control": "max-age=3600"})

    return Route(f"/{name}", give, methods=["GET"])


async def _not_found(request: Request, error: Exception) -> Response:
    return refused(request, 404, "not_found")
