"""Every form there is: it can be opened wherever it should be offered, by its own words, and its buttons fit."""

from __future__ import annotations

import datetime

import pytest

from bot.storage.database import VIETNAM
from handlers.answers import said
from handlers.calculators.menu import FORMS, OPENS, TOPIC
from handlers.dialogue.context import Context, Resources
from handlers.dialogue.memory import Memory
from handlers.dialogue.message import Message
from handlers.dialogue.turn import Text
from handlers.router import COMMANDS, DESCRIPTIONS, converse

LONGEST_RUN, LONGEST_TOKEN = "9" * 19, "not_known"
AT = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)


def opened(message: Message, resources: Resources) -> str | None:
    form = converse(message, Memory(), resources).state.form
    return None if form is None else form.name


@pytest.mark.parametrize("name", FORMS)
def test_every_form_opens_from_the_menu_by_its_command_and_by_a_button_of_its_former_names(
    resources: Resources, name: str
) -> None:
    (menu,) = converse(Message("text", "1", AT, "/tinh"), Memory(), resources).replies
    assert isinstance(menu, Text)
    (button,) = [each for row in menu.buttons for each in row if each.data == f"open|{name}"]
    assert opened(Message("press", "1", AT, button.data), resources) == name
    assert opened(Message("text", "1", AT, f"/{FORMS[name].command}"), resources) == name
    for former in FORMS[name].formerly:
        assert opened(Message("press", "1", AT, f"open|{former}"), resources) == name


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_described_in_the_menu_of_the_channel_and_named_in_reports(
    resources: Resources, name: str
) -> None:
    assert resources.texts.label(DESCRIPTIONS[FORMS[name].command])
    assert resources.texts.label(TOPIC[name])


@pytest.mark.parametrize("name", FORMS)
def test_every_button_of_a_form_fits_into_64_bytes(name: str) -> None:
    for field in FORMS[name].fields:
        assert len(f"f|{name}|{LONGEST_RUN}|{field.name}|{LONGEST_TOKEN}") <= 64


def test_no_two_forms_share_a_command_or_a_name() -> None:
    commands = [each.command for each in FORMS.values()]
    names = [name for each in FORMS.values() for name in (each.name, *each.formerly)]
    assert len(set(commands)) == len(commands)
    assert len(set(names)) == len(names)


def test_every_entry_that_opens_a_form_has_its_button(resources: Resources) -> None:
    context = Context(Message("text", "1", AT, ""), Memory(), resources)
    opening = [entry for entry in resources.library if entry.opens is not None]
    assert len(opening) > 20
    for entry in opening:
        assert entry.opens is not None
        buttons = [each for row in said.answer(context, entry.id).buttons for each in row]
        labels = [each.label for each in buttons if each.data == f"open|{entry.opens}"]
        assert labels == [resources.texts.label(OPENS[entry.opens])]


def test_commands_shown_are_all_but_the_two_that_people_are_told_of_elsewhere() -> None:
    assert set(COMMANDS) - set(DESCRIPTIONS) == {"id", "help"}
