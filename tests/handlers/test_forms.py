"""Every form, as far as its name goes: it is listed among the calculations, and its buttons fit."""

from __future__ import annotations

import pytest

from handlers.dialogue.context import Resources
from handlers.router import COMMANDS, FORMS

LONGEST_RUN, LONGEST_TOKEN = "9" * 19, "not_known"


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_among_the_calculations_that_can_be_chosen(resources: Resources, name: str) -> None:
    assert f"calculators.{name}" in resources.texts


@pytest.mark.parametrize("name", FORMS)
def test_every_button_of_a_form_fits_into_64_bytes(name: str) -> None:
    for field in FORMS[name].fields:
        assert len(f"f|{name}|{LONGEST_RUN}|{field.name}|{LONGEST_TOKEN}") <= 64


def test_every_calculation_has_a_command_in_the_menu(resources: Resources) -> None:
    for command in ("tinh", "tungdong", "thaisan", "tutuat", "trocap", "hutrixahoi"):
        assert command in COMMANDS
        assert f"commands.{command}" in resources.texts
