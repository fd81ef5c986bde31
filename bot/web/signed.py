"""«Bản đã chốt»: reports as they were signed, to be opened again, and what changed since."""

from __future__ import annotations

from starlette.responses import Response

from bot.reports import catalogue, signing
from bot.reports.signing import NotSigned, Signed
from bot.web.exports import file_of, request_for
from bot.web.guard import Denied, Visit
from bot.web.periods import span_asked
from bot.web.query import Query

PATH = "/ban-chot"
FORMATS = ("docx", "xlsx", "csv", "txt", "json")


async def show(visit: Visit) -> Response:
    """Every signed report, the last first."""
    return visit.show("signed_list.html", listed=await signing.listed(visit.site.database), titles=_titles())


async def sign(visit: Visit) -> Response:
    """Make a report of a span now and keep it as the one that is signed."""
    asked = Query(visit.form)
    _, span = span_asked(visit.site, asked)
    name = visit.form.get("report", "")
    if asked.problems or name not in signing.SIGNED:
        raise Denied(404, "not_found")
    assert visit.visitor is not None
    sealed = await catalogue.sign(
        catalogue.REPORTS[name], request_for(visit.site, span), visit.visitor.name, visit.site.clock(), visit.note
    )
    return visit.go(f"{PATH}/{sealed.number}")


async def one(visit: Visit) -> Response:
    """One of them: what was sealed, its files, and what a report made now says otherwise."""
    signed = await _opened(visit)
    changed = await catalogue.changed(signed, request_for(visit.site, signed.paper.span))
    return visit.show(
        "signed.html", sealed=signed.sealed, paper=signed.paper, section=changed.sections[0], formats=FORMATS
    )


async def give(visit: Visit) -> Response:
    """One file of it, as it was."""
    ending = visit.request.path_params["ending"]
    if ending not in FORMATS:
        raise Denied(404, "not_found")
    signed = await _opened(visit)
    report = catalogue.REPORTS[signed.paper.name]
    name = catalogue.file_name(report, signed.paper.span, ending, signed.where)
    return file_of(await catalogue.write_signed(signed, ending), ending, f"ban-chot-{signed.sealed.number}-{name}")


async def _opened(visit: Visit) -> Signed:
    try:
        return await signing.opened(visit.site.database, visit.request.path_params["number"])
    except NotSigned:
        raise Denied(404, "not_found") from None


def _titles() -> dict[str, str]:
    return {name: catalogue.REPORTS[name].title for name in signing.SIGNED}
