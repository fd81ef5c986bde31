"""The settings of Zalo: the token, how messages come in, and where they are sent to."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, SecretStr

from bot.base.settings import PushedSection, hard_to_guess


def _in_an_address(token: SecretStr) -> SecretStr:
    """A token that may stand in an address as it is; or none."""
    if not re.fullmatch(r"[A-Za-z0-9:._~-]*", token.get_secret_value()):
        raise ValueError("a space or another sign in it")
    return token


class Zalo(PushedSection):
    """How Zalo is reached."""

    section: ClassVar[str] = "zalo"
    greeted: ClassVar[bool] = True

    token: Annotated[
        SecretStr,
        Field(description="the bot's token, as Zalo Bot Manager sends it: 123456:ABC…, without a space or line break"),
        AfterValidator(_in_an_address),
    ] = SecretStr("")
    bot_name: Annotated[
        str | None,
        Field(min_length=1, max_length=60, description="what the bot is called on Zalo, 60 characters at most"),
    ] = None
    bot_url: Annotated[
        str | None,
        Field(pattern=r"^https://[^\s]+$", description="the https address at which Zalo shows the bot"),
    ] = None
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s?#]+$", description="an http(s) address")] = (
        "https://bot-api.zaloplatforms.com"
    )
    webhook_url: Annotated[
        str | None,
        Field(
            pattern=r"^https://[^/\s?#]+/[^\s?#]*[^/\s?#]$",
            description="the https address with a path that Zalo sends to, as in https://tro-ly.example.vn/zalo",
        ),
    ] = None
    webhook_port: Annotated[int, Field(ge=1, le=65535, description="1 to 65535")] = 8083
    webhook_token: Annotated[
        SecretStr,
        Field(description="32 to 256 of the characters A-Z a-z 0-9 _ -, which only Zalo is told"),
        AfterValidator(hard_to_guess),
    ] = SecretStr("")

    def link(self, code: str = "") -> str | None:
        """The address of the bot, if it is set; it carries no code."""
        return self.bot_url

    @property
    def called(self) -> str:
        return self.bot_name or ""
