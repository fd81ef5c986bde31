"""Updates of any shape: whatever a server or an attacker puts in the queue, all others behind it are answered."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.announcing import Commands
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.connection import TelegramConnection
from bot.channels.telegram.opening import commands
from bot.charts import pictures
from bot.storage.database import Database
from bot.testing.telegram_api import TOKEN, StrictBotApi
from bot.testing.telegram_people import BOT, DATE, MEDIA
from handlers.dialogue.context import Resources
from tests.conftest import Clock, make_delivery, make_desk
from tests.typed import texts, tries

AT_ONCE = 10
"""Updates of one queue at most, and half as many as a rule: opening a database costs more than all of them."""

_anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_id = st.sampled_from((7, 8, -100, 0, 2**52, 2**63, -(2**63) - 1))
"""Seven and eight are people who write well besides; minus a hundred is a group."""


def _maybe(right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what belongs there, now and then anything else."""
    return st.integers(0, 9).flatmap(lambda number: right if number else _anything)


def _object(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object with some of its fields, each of them mostly of its own kind, and others nobody knows."""
    known = st.fixed_dictionaries({}, optional={name.rstrip("_"): _maybe(field) for name, field in fields.items()})
    more = st.dictionaries(st.text(max_size=6), _anything, max_size=1)
    return st.builds(lambda one, other: other | one, known, more)


_user = _object(id=_id, is_bot=st.booleans(), first_name=texts(), username=texts(), language_code=texts())
_chat = _object(id=_id, type=st.sampled_from(("private", "group", "supergroup", "channel", "")), title=texts())
_entity = _object(
    type=st.sampled_from(("bot_command", "url", "text_mention")), offset=st.integers(), length=st.integers()
)
_inner = {
    "message_id": st.integers(0, 99),
    "date": st.integers(0, 2**33),
    "chat": _chat,
    "from_": _user,
    "text": texts(),
}
_message = _object(
    **_inner,
    caption=texts(),
    entities=st.lists(_entity, max_size=2),
    reply_to_message=_object(**_inner),
    forward_origin=_object(type=texts(), date=st.integers()),
    sender_chat=_chat,
    migrate_to_chat_id=_id,
    edit_date=st.integers(),
    **{kind: st.just(content) for kind, content in MEDIA.items()},
)
_query = _object(
    id=st.integers(1, 9).map(str),
    from_=_user,
    message=_message,
    chat_instance=st.just("1"),
    data=texts(),
    game_short_name=texts(),
)
_member = _object(
    user=st.just(BOT), status=st.sampled_from(("member", "kicked", "left", "?")), until_date=st.integers()
)
_update = st.one_of(
    _object(
        message=_message,
        edited_message=_message,
        callback_query=_query,
        my_chat_member=_object(
            chat=_chat, from_=_user, date=st.integers(), old_chat_member=_member, new_chat_member=_member
        ),
        channel_post=_message,
        poll=_anything,
    ),
    st.sampled_from(("message", "edited_message", "callback_query", "my_chat_member")).flatmap(
        lambda kind: _anything.map(lambda content: {kind: content})
    ),
)
_well_formed = st.builds(
    lambda text, number: {"message": {
        "message_id": 1, "date": DATE, "chat": {"id": number, "type": "private"},
        "from": {"id": number, "is_bot": False, "first_name": "Bà con"}, "text": text,
    }},
    texts(), st.sampled_from((7, 8)),
)  # fmt: skip


def as_received(update: Any) -> Any:
    """What JSON leaves of it, half characters included."""
    return json.loads(json.dumps(update))


QUESTION = "đóng mấy năm thì có lương hưu"


async def served(folder: Path, resources: Resources, updates: list[Any]) -> None:
    """The updates in the queue of a bot just started, and behind them a person who asks and is answered."""
    database, clock = Database.in_folder(folder), Clock()
    desk = make_desk(database, resources, clock)
    delivery = make_delivery(desk, database, resources, clock)
    api = StrictBotApi()
    api.group(-100)
    for each in updates:
        api.arrives_raw({**each, "update_id": api.new_message_id()} if isinstance(each, dict) else each)
    ba = api.user(9)
    api.arrives_raw({"update_id": 1001, **asked(9)})
    api.chats[9] = {}
    channel = TelegramChannel(
        TelegramConnection(TOKEN),
        desk,
        delivery,
        clock=clock,
        pictures=pictures.make,
        commands=Commands(commands(resources.texts)),
        apology=resources.texts.say("welcome.broken"),
        request=api,
    )
    stop = asyncio.Event()
    running = asyncio.create_task(channel.run(stop))
    waiting = asyncio.create_task(ba.hears())
    try:
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        assert not running.done(), "the process went on"
        assert "15 năm" in waiting.result()[0].plain
        await api.drained()
    finally:
        stop.set()
        waiting.cancel()
        await running
        await database.close()


def asked(number: int) -> dict[str, Any]:
    """A sound question of this person."""
    return {
        "message": {
            "message_id": 1,
            "date": DATE,
            "chat": {"id": number, "type": "private"},
            "from": {"id": number, "is_bot": False, "first_name": "Bà con"},
            "text": QUESTION,
        }
    }


@tries(12, many=2 * 10_000 // AT_ONCE)
@given(st.lists(_update | _well_formed, min_size=1, max_size=AT_ONCE))
def test_whatever_comes_the_process_goes_on_and_all_others_are_answered(
    migrated: Path, resources: Resources, updates: list[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copied = shutil.copytree(migrated, Path(folder) / "data")
        asyncio.run(served(copied, resources, [as_received(each) for each in updates]))
