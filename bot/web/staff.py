"""«Cán bộ»: who of the staff may do what; an admin adds, names and removes, and it holds at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import get_args

from starlette.responses import Response

from bot.desk.roles import CannotAppoint
from bot.storage import second_factors, sessions
from bot.storage.database import Connection
from bot.web.guard import Denied, Visit
from handlers.dialogue.memory import Role

PATH = "/quan-tri"
_DONE = ("them", "sua", "bo", "dat-lai")
_LONGEST_ID = 16


async def show(visit: Visit) -> Response:
    """All of the staff."""
    return await _shown(visit, None)


async def add(visit: Visit) -> Response:
    """Somebody new, by the number that the assistant tells them at «/id»."""
    person = visit.form.get("person", "").strip()
    if not (person.isascii() and person.isdecimal() and len(person) <= _LONGEST_ID and int(person) > 0):
        return await _shown(visit, "no_person")
    key = visit.site.roles.key_of(str(int(person)))

    async def carry_out(connection: Connection) -> None:
        if await visit.site.roles.member(connection, key) is not None:
            raise CannotAppoint("is_member")
        await _appoint(visit, connection, key)

    return await _done(visit, carry_out, "them")


async def change(visit: Visit) -> Response:
    """Another role or name for one of the staff."""

    async def carry_out(connection: Connection) -> None:
        if await visit.site.roles.member(connection, _key(visit)) is None:
            raise CannotAppoint("nobody")
        await _appoint(visit, connection, _key(visit))

    return await _done(visit, carry_out, "sua")


async def remove(visit: Visit) -> Response:
    """One of the staff no more."""

    async def carry_out(connection: Connection) -> None:
        gone = await visit.site.roles.remove(connection, _key(visit))
        visit.notes.append(gone.name)

    return await _done(visit, carry_out, "bo")


async def reset_second_factor(visit: Visit) -> Response:
    """Another one's second factor is taken away, who lost what makes its codes; one's own needs a code of it.

    Who is in under their name is out: what was lost may be in other hands.
    """

    async def carry_out(connection: Connection) -> None:
        member = await visit.site.roles.member(connection, _key(visit))
        if member is None:
            raise CannotAppoint("nobody")
        if visit.visitor is not None and member.key == visit.visitor.key:
            raise CannotAppoint("own_second_factor")
        await second_factors.remove(connection, member.key)
        await sessions.forget(connection, member.key)
        visit.notes.append(member.name)

    return await _done(visit, carry_out, "dat-lai")


async def _appoint(visit: Visit, connection: Connection, key: str) -> None:
    role = _role(visit)
    name = visit.form.get("name", "").strip()
    await visit.site.roles.appoint(connection, key, role, name, visit.site.clock())
    visit.notes.append(f"{name}, {role}")


def _role(visit: Visit) -> Role:
    """The role of the form; raises CannotAppoint."""
    found: Role | None = next((role for role in get_args(Role) if role == visit.form.get("role")), None)
    if found is None:
        raise CannotAppoint("no_role")
    return found


def _key(visit: Visit) -> str:
    return str(visit.request.path_params["key"])


async def _done(visit: Visit, carry_out: Callable[[Connection], Awaitable[None]], done: str) -> Response:
    try:
        async with visit.site.database.begin() as connection:
            await carry_out(connection)
            await visit.note(connection)
    except CannotAppoint as refused:
        if refused.why == "nobody":
            raise Denied(404, "no_member") from None
        return await _shown(visit, refused.why)
    return visit.go(f"{PATH}?da={done}")


async def _shown(visit: Visit, refused: str | None) -> Response:
    async with visit.site.database.read() as connection:
        everyone = await visit.site.roles.everyone(connection)
        with_second = await second_factors.all_on(connection)
    done = visit.request.query_params.get("da", "")
    return visit.show(
        "members.html",
        200 if refused is None else 409,
        everyone=everyone,
        with_second=with_second,
        roles=get_args(Role),
        refused=refused,
        given=visit.form,
        done=done if done in _DONE else "",
    )
