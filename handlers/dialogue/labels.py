"""A button's name, typed, is the button: those that stand on the screen, and the names of what there always is.

All words of a label must be typed, in its order; a few words of courtesy may stand around. One word alone is a name
only as it stands.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from handlers.dialogue import filling, to_staff
from handlers.dialogue.context import Context
from handlers.dialogue.records import Forgotten
from handlers.dialogue.state import State
from handlers.dialogue.texts import Texts
from handlers.dialogue.turn import Text, Turn
from vietnamese.normalize import folded_words

_TURNS = 3
"""So many turns back a button may stand and still be on the screen of a phone."""
_MOST = 40
_OTHER = f"{to_staff.PRESS}|{to_staff.OTHER}|"
"""Another question for the staff, while one is about to be sent."""
_OF_FORM = ""
"""The data of an answer to the form under way: the form knows its own."""
_LONGEST = 120
"""Characters; what is longer names nothing."""

_Named = TypeVar("_Named")
_ASIDE = re.compile(r"\([^()]{0,40}\)")
_AROUND = 8
_COURTESIES = frozenset(
    (
        "a ah o u da vang thua oi nhe nha nhi voi giup gium dum cho xin hay lam on di nao nua lai roi "
        "toi tui minh em anh chi co chu bac ong ba chau con ban bot cua bam nut chon mo vao muc phan cai nay kia do the"
    ).split()
)
"""Words around a label that change nothing of what is wanted."""
_POLITE = frozenset(("ạ", "a", "nhé", "nha", "với", "đi", "bot", "ơi"))
"""The same after a name of one word."""
_WISHES = frozenset("muon can duoc me bo ma cha chong vo nguoi nha tiep thu xem gui".split())
"""The same around a label that begins with what to do: «tôi muốn tính thai sản cho vợ»."""
_DOING = frozenset("tinh xem so gui chia xoa gap danh hoi dung nhan".split())


# --- words ---------------------------------------------------------------------------------------


def spoken(label: str) -> tuple[str, ...]:
    """The words of a label or of a text, spelled out, without picture, accents, and what stands in brackets.

    >>> spoken("🖼 Kế hoạch của tôi (ảnh)")
    ('ke', 'hoach')
    """
    words = tuple(folded_words(_ASIDE.sub(" ", label)).split())
    return words[:-2] if words[-2:] == ("cua", "toi") else words


_of_label = functools.lru_cache(maxsize=2048)(spoken)  # labels only: what people type is kept nowhere


def says(typed: Sequence[str], label: Sequence[str]) -> bool:
    """Whether typed words are those of a label, in its order, with nothing but courtesy around them."""
    if tuple(typed) == tuple(label):
        return True
    if len(label) < 2 or not len(label) < len(typed) <= len(label) + _AROUND:
        return False
    around, at = (_COURTESIES | _WISHES) if label[0] in _DOING else _COURTESIES, 0
    for word in typed:
        if at < len(label) and word == label[at]:
            at += 1
        elif word not in around:
            return False
    return at == len(label)


# --- on the screen -------------------------------------------------------------------------------


def remembered(turn: Turn, before: State) -> Turn:
    """The turn with the buttons it shows kept in its state, before those of the turns just before."""
    if any(isinstance(record, Forgotten) for record in turn.records):
        return turn
    earlier: tuple[Mapping[str, str], ...] = before.buttons[: _TURNS - 1]
    kept: list[Mapping[str, str]] = []
    room = _MOST
    if turn.state.to_staff is None:
        earlier = tuple({label: data for label, data in shown.items() if data != _OTHER} for shown in earlier)
    for shown in (_shown(turn), *earlier):
        kept.append(dict(list(shown.items())[:room]))
        room -= len(kept[-1])
    while kept and not kept[-1]:
        kept.pop()
    return dataclasses.replace(turn, state=dataclasses.replace(turn.state, buttons=tuple(kept)))


def _shown(turn: Turn) -> dict[str, str]:
    texts = [reply for reply in turn.replies if isinstance(reply, Text)]
    buttons = [button for text in texts for row in text.buttons for button in row if not _is_heard(button.data)]
    under_way = turn.state.form
    own = None if under_way is None else filling.form_data(under_way, under_way.field)
    return {
        " ".join(_of_label(each.label)): _OF_FORM if own is not None and each.data.startswith(own) else each.data
        for each in buttons
    }


def _is_heard(data: str) -> bool:
    """Of a way to the staff whose words are understood without its button."""
    return data.startswith(f"{to_staff.PRESS}|") and data.split("|")[1] not in (to_staff.OTHER, to_staff.RATE)


def on_screen(context: Context) -> str | None:
    """The data of the button whose label was typed, the latest where several have it; None for any other text.

    In the middle of a form only the exact label counts, and an answer that the form offers is left to it.
    """
    state, text = context.memory.state, context.message.text
    if context.message.kind != "text" or len(text) > _LONGEST:
        return None
    typed = spoken(text)
    as_written = " ".join(typed)
    for shown in state.buttons:
        if as_written in shown and (not shown[as_written] or _works(context, shown[as_written])):
            return shown[as_written] or None
    if state.form is not None:
        return None
    for shown in state.buttons:
        for label, data in shown.items():
            if says(typed, label.split()) and _works(context, data):
                return data
    return None


def _works(context: Context, data: str) -> bool:
    """Whether the button still does something, and is not what goes to the staff now."""
    state, held = context.memory.state, context.memory.conversation
    if data.startswith(f"{filling.PRESS}|"):
        return _is_under_result(data, state)
    to_the_staff = state.to_staff is not None or (held is not None and held.open and held.with_staff)
    return data.startswith(f"{to_staff.PRESS}|") or (bool(data) and not to_the_staff)


def _is_under_result(data: str, state: State) -> bool:
    """Of a button of a form: whether it is one under the last result. «Tính lại» in a form begins that form anew."""
    if state.result is None:
        return False
    if state.form is not None and data.startswith(filling.form_data(state.result, filling.AGAIN)):
        return False
    return data.startswith(f"{filling.PRESS}|{state.result.name}|{state.result.run}|")


# --- what there always is ------------------------------------------------------------------------


class Names:
    """Names and what each stands for: a command («/tinh»), or the data of a button.

    `of` maps the text of a label to what it stands for; `also` one with several other names, divided by «|». A name
    that two commands share stands for neither; one that a button has too stands for the button.
    """

    def __init__(self, texts: Texts, of: Iterable[tuple[str, str]], also: Iterable[tuple[str, str]]) -> None:
        pairs = [(texts.label(name), meant) for name, meant in of]
        pairs += [(each.strip(), meant) for name, meant in also for each in texts.label(name).split("|")]
        self._as_written = _unshared((_whole(label), meant) for label, meant in pairs)
        self._spoken = _unshared((words, meant) for label, meant in pairs if len(words := spoken(label)) > 1)

    def meant(self, text: str) -> str | None:
        """What a text names; None when it is no name."""
        if len(text) > _LONGEST:
            return None
        as_written = self._as_written.get(_whole(text))
        if as_written is not None:
            return as_written
        typed = spoken(text)
        exact = self._spoken.get(typed)
        return exact or next((meant for words, meant in self._spoken.items() if says(typed, words)), None)


def _unshared(pairs: Iterable[tuple[_Named, str]]) -> dict[_Named, str]:
    every: dict[_Named, list[str]] = {}
    for name, meant in pairs:
        every.setdefault(name, []).append(meant)
    return {
        name: meanings[0]
        for name, meanings in every.items()
        if len(set(meanings)) == 1 or not meanings[0].startswith("/")
    }


def _whole(label: str) -> str:
    """A label as it stands, picture and accents included: one word without its accents may be another word."""
    words = label.lower().strip(" .!?").split()
    while len(words) > 1 and words[-1] in _POLITE:
        words.pop()
    return " ".join(words)
