"""The settings of Zalo: the token, how messages come in, and where they are sent to."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, SecretStr

from bot.base.settings import ChannelSection, missing_of_webhook


def _in_an_address(token: SecretStr) -> SecretStr:
    """A token that may stand in an address as it is; or none."""
    if not re.fullmatch(r"[A-Za-z0-9:._~-]*", token.get_secret_value()):
        raise ValueError("a space or another sign in it")
    return token


def _long_enough(secret: SecretStr) -> SecretStr:
    """A secret that Zalo sends along, as long as it must be and can be; or none."""
    if not re.fullmatch(r"(?:[A-Za-z0-9_-]{32,256})?", secret.get_secret_value()):
        raise ValueError("too short, or of other characters")
    return secret


class Zalo(ChannelSection):
    """How Zalo is reached."""

    needs: ClassVar[str] = "token"

    token: Annotated[
        SecretStr,
        Field(description="the bot's token, as Zalo Bot Manager sends it: 123456:ABC…, without a space or line break"),
        AfterValidator(_in_an_address),
    ] = SecretStr("")
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s?#]+$", description="an http(s) address")] = (
        "https://bot-api.zaloplatforms.com"
    )
    mode: Annotated[Literal["polling", "webhook"], Field(description="polling or webhook")] = "polling"
    webhook_url: Annotated[
        str | None,
        Field(
            pattern=r"^https://[^/\s?#]+/[^\s?#]*[^/\s?#]$",
            description="the https address with a path that Zalo sends to, as in https://tro-ly.example.vn/zalo",
        ),
    ] = None
    webhook_host: Annotated[str, Field(min_length=1, description="an address of this machine, as in 127.0.0.1")] = (
        "127.0.0.1"
    )
    webhook_port: Annotated[int, Field(ge=1, le=65535, description="1 to 65535")] = 8083
    webhook_token: Annotated[
        SecretStr,
        Field(description="32 to 256 of the characters A-Z a-z 0-9 _ -, which only Zalo is told"),
        AfterValidator(_long_enough),
    ] = SecretStr("")

    @property
    def alone(self) -> bool:
        return self.mode == "polling"

    def check(self) -> None:
        """Raise BrokenSettings where there is to be a webhook, and a key that it needs is not set."""
        if self.mode == "webhook":
            missing_of_webhook(self, "zalo")
