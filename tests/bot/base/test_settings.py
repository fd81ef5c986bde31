"""Settings: what is wrong is said in one line that names the key, and never what a secret is."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.base.config import read_settings
from bot.base.settings import BrokenSettings, Settings
from bot.channels import catalogue
from tests.commands import Ended

TOKEN = "123456789:AAH-not_a_real_token_but_as_long_as_one"
EXAMPLE = Path(__file__).parents[3] / "config.example.yaml"


def refused(file: Path | None) -> str:
    with pytest.raises(BrokenSettings) as broken:
        read_settings(file)
    assert broken.value.code == 2
    said = str(broken.value)
    assert len(said.splitlines()) == 1
    assert TOKEN not in said
    return said


BROKEN = {
    "colour: red": ("config.yaml", "colour", "data_folder"),
    "telegram: {tokn: x}": ("telegram.tokn", "token"),
    "telegram: {webhook: {port: 1}}": ("telegram.webhook", "base_url"),
    "telegram: []": ("telegram", "username"),
    "telegram: yes please": ("telegram", "keys and values"),
    f"telegram: {TOKEN}": ("telegram", "keys and values"),
    f"telegram: {{token: [{TOKEN}]}}": ("telegram.token", "BotFather"),
    f"telegram: {{token: {{is: '{TOKEN}'}}}}": ("telegram.token", "BotFather"),
    "telegram: {token: 12345}": ("telegram.token", "BotFather"),
    "telegram: {username: '@ten_bot'}": ("telegram.username", "without @"),
    "telegram: {proxy: 127.0.0.1}": ("telegram.proxy", "socks5://"),
    "telegram: {mode: push}": ("telegram.mode", "polling or webhook"),
    "telegram: {webhook_url: 'http://tro-ly.example.vn/telegram'}": ("telegram.webhook_url", "https"),
    "telegram: {webhook_url: 'https://tro-ly.example.vn'}": ("telegram.webhook_url", "with a path"),
    f"telegram: {{webhook_token: '{TOKEN[:31].replace(':', '_')}'}}": ("telegram.webhook_token", "32 to 256"),
    f"telegram: {{webhook_token: '{TOKEN}'}}": ("telegram.webhook_token", "A-Z a-z 0-9 _ -"),
    "telegram: {webhook_port: 0}": ("telegram.webhook_port", "65535"),
    "telegram: {base_url: api.telegram.org}": ("telegram.base_url", "http"),
    "support: {local_top_up: -1}": ("support.local_top_up", "whole dong"),
    "support: {local_top_up: 10.5}": ("support.local_top_up", "whole dong"),
    "support: {local_top_up: nhiều}": ("support.local_top_up", "whole dong"),
    "staff: {admins: [mẹ Lan]}": ("staff.admins", "a list of Telegram ids"),
    "staff: {admins: 5}": ("staff.admins", "a list of Telegram ids"),
    "staff: {group: 5}": ("staff.group", "the id of a Telegram group"),
    "staff: {office_hours: [7h-11h]}": ("staff.office_hours", "07:30-11:30"),
    "staff: {boss: [1]}": ("staff.boss", "unknown key", "admins"),
    "web: {public_url: 'http://tro-ly.example.vn'}": ("web.public_url", "https"),
    "web: {port: 70000}": ("web.port", "65535"),
    "web: {proxy: proxy.example.vn}": ("web.proxy", "127.0.0.1"),
    "web: {proxy: 10.244.0.1/16}": ("web.proxy", "10.244.0.0/16"),
    "watch: {port: 70000}": ("watch.port", "65535"),
    "watch: {errors: -1}": ("watch.errors", "0: not told"),
    "watch: {alive_at: 25:00}": ("watch.alive_at", "07:30"),
    "log: {format: xml}": ("log.format", "text or json"),
    "log: {level: loud}": ("log.level", "warning"),
    "retention: {questions: 0}": ("retention.questions", "1 or more"),
    f"database: {{url: 'mysql://bhxh:{TOKEN}@db/bhxh'}}": ("database.url", "postgresql+asyncpg://user:password@"),
    f"database: {{url: 'postgresql://bhxh:{TOKEN}@db'}}": ("database.url", "5432/name"),
    f"database: {{url: 'postgresql://bhxh:{TOKEN}@db:port/bhxh'}}": ("database.url", "5432/name"),
    f"database: {{url: 'postgresql://bhxh:{TOKEN}@db/bhxh?options=x'}}": ("database.url", "?ssl=require"),
    "database: {connections: 1}": ("database.connections", "2 to 100"),
    "data_folder: [a]": ("data_folder", "folder"),
    f"secret: {TOKEN}": ("secret", "BHXH_SECRET"),
    "telegram: {token: a}\ntelegram: {token: b}": ("line 2", "telegram", "twice"),
    "telegram:\n  proxy: a\n  proxy: b": ("line 3", "proxy", "twice"),
    f"telegram: {{token: '{TOKEN}'": ("line", "config.yaml"),
    f"telegram:\n\ttoken: '{TOKEN}'": ("line 2", "config.yaml"),
    "- telegram": ("config.yaml", "config.example.yaml"),
    "5: 6": ("config.yaml", "config.example.yaml"),
    "data_folder: 2026-02-30": ("line 1", "2026-02-30"),
}


@pytest.mark.parametrize(("written", "named"), BROKEN.items())
def test_a_broken_file_is_one_line_that_names_the_key(
    outside: Path, tmp_path: Path, written: str, named: tuple[str, ...]
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(written, encoding="utf-8")
    said = refused(file)
    for words in named:
        assert words in said, said


def test_a_file_that_cannot_be_read_is_named(outside: Path) -> None:
    assert "nowhere.yaml" in refused(Path("nowhere.yaml"))
    (outside / "folder.yaml").mkdir()
    assert "folder.yaml" in refused(Path("folder.yaml"))
    (outside / "latin.yaml").write_bytes("data_folder: dữ liệu".encode("utf-16"))
    assert "UTF-8" in refused(Path("latin.yaml"))


BROKEN_ENVIRONMENT = {
    ("BHXH_TELEGRAM_TOKEN", TOKEN): ("BHXH_TELEGRAM_TOKEN", "BHXH_TELEGRAM__TOKEN"),
    ("BHXH_TELEGRAMM__TOKEN", TOKEN): ("BHXH_TELEGRAMM__TOKEN", "BHXH_TELEGRAM__TOKEN"),
    ("BHXH_SECRET_FILE", "/run/secrets/x"): ("BHXH_SECRET_FILE", "BHXH_SECRET"),
    ("BHXH_TELEGRAM__TOKN", TOKEN): ("BHXH_TELEGRAM__TOKN", "telegram.tokn", "token"),
    ("BHXH_TELEGRAM", TOKEN): ("telegram",),
    ("BHXH_TELEGRAM", '{"tokn": "x"}'): ("BHXH_TELEGRAM", "telegram.tokn"),
    ("BHXH_SUPPORT__LOCAL_TOP_UP", "a lot"): ("BHXH_SUPPORT__LOCAL_TOP_UP", "whole dong"),
    ("BHXH_TELEGRAM__PROXY", "localhost"): ("BHXH_TELEGRAM__PROXY", "socks5"),
}


@pytest.mark.parametrize(("given", "named"), BROKEN_ENVIRONMENT.items())
def test_a_broken_variable_is_named_as_such(
    outside: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, str], named: tuple[str, ...]
) -> None:
    monkeypatch.setenv(*given)
    said = refused(None)
    for words in named:
        assert words in said, said
    assert "config.yaml" not in said  # there is none


def test_what_others_set_in_the_environment_is_no_setting(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BHXH_SERVICE_HOST", "10.0.0.1")  # as Kubernetes does for a service named bhxh
    assert read_settings(None) == Settings()


def test_the_environment_wins_over_the_file_key_by_key(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (outside / "config.yaml").write_text("telegram: {token: '1:of-the-file', username: ten_bot}\ndata_folder: here")
    monkeypatch.setenv("BHXH_TELEGRAM__TOKEN", "2:of-the-environment")
    monkeypatch.setenv("BHXH_DATA_FOLDER", "there")
    settings = read_settings(None)
    assert settings.telegram.token.get_secret_value() == "2:of-the-environment"
    assert settings.telegram.username == "ten_bot"
    assert settings.data_folder == Path("there")


def test_without_a_file_the_defaults_hold_and_an_empty_one_is_the_same(outside: Path) -> None:
    assert read_settings(None) == Settings()
    (outside / "config.yaml").write_text("# nothing yet\n")
    assert read_settings(None) == Settings()


def test_settings_that_are_shown_show_no_secret(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BHXH_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("BHXH_SECRET", TOKEN)
    settings = read_settings(None)
    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings.model_dump())


def test_the_example_holds_every_setting_and_no_secret() -> None:
    said = EXAMPLE.read_text(encoding="utf-8")
    assert not re.search(r"\d{6,}:[A-Za-z0-9_-]{20,}", said)
    assert re.search(r'^  token: ""$', said, re.MULTILINE)
    assert "secret" not in said.lower()
    for name, field in type(catalogue.read_settings(EXAMPLE)).model_fields.items():
        if name == "secret":
            continue
        keys = [name, *getattr(field.annotation, "model_fields", ())]
        for key in keys:
            assert re.search(rf"^\s*(?:# )?{key}:", said, re.MULTILINE), key


# --- the commands --------------------------------------------------------------------------------


def test_run_without_a_token_says_where_it_is_expected(bhxh: Callable[..., Ended], outside: Path) -> None:
    complaint = bhxh("run").complaint
    assert "telegram.token" in complaint
    assert "BHXH_TELEGRAM__TOKEN" in complaint
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "named"),
    [({}, "telegram.webhook_url"), ({"BHXH_TELEGRAM__WEBHOOK_URL": "https://a.vn/b"}, "telegram.webhook_token")],
)
def test_run_by_webhook_says_what_it_still_needs(
    bhxh: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: str
) -> None:
    monkeypatch.setenv("BHXH_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("BHXH_TELEGRAM__MODE", "webhook")
    monkeypatch.setenv("BHXH_WEB__PORT", "0")
    monkeypatch.setenv("BHXH_WATCH__PORT", "0")
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    done = bhxh("run")
    assert done.code == 2
    assert f"{named}: telegram.mode is webhook; expected " in done.err
    assert TOKEN not in done.err
    checked = bhxh("check", "--on", "2026-11-24")
    assert checked.code == 1
    assert f"{named}: telegram.mode is webhook; expected " in checked.out


def test_run_refuses_a_weak_secret_before_it_calls_anybody(
    bhxh: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BHXH_TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("BHXH_SECRET", "s" * 31)
    monkeypatch.setenv("BHXH_TELEGRAM__BASE_URL", "http://127.0.0.1:9/bot")
    complaint = bhxh("run").complaint
    assert "BHXH_SECRET" in complaint
    assert "31" in complaint
    assert "sss" not in complaint


@pytest.mark.parametrize("words", [("ask", "xin chào"), ("migrate",), ("campaign", "list"), ("run",), ("chat",)])
def test_every_command_stops_at_a_broken_file(
    bhxh: Callable[..., Ended], outside: Path, words: tuple[str, ...]
) -> None:
    (outside / "config.yaml").write_text(f"telegram: {{token: ['{TOKEN}']}}")
    complaint = bhxh(*words).complaint
    assert complaint.startswith("config.yaml: telegram.token: expected ")
    assert TOKEN not in complaint


def test_a_data_folder_that_cannot_be_is_named_by_its_key(
    bhxh: Callable[..., Ended], outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (outside / "taken").write_text("a file")
    for folder in ("taken", "taken/below"):
        monkeypatch.setenv("BHXH_DATA_FOLDER", folder)
        complaint = bhxh("migrate").complaint
        assert "data_folder" in complaint
        assert folder in complaint


def test_the_file_named_on_the_command_line_is_the_one_that_counts(bhxh: Callable[..., Ended], outside: Path) -> None:
    (outside / "config.yaml").write_text("broken: 1")
    (outside / "mine.yaml").write_text("data_folder: mine")
    assert bhxh("--config", "mine.yaml", "migrate").code == 0
    assert (outside / "mine" / "bhxh.sqlite3").exists()
    assert "other.yaml" in bhxh("--config", "other.yaml", "migrate").complaint


def test_the_data_folder_is_closed_to_others(bhxh: Callable[..., Ended], outside: Path) -> None:
    assert bhxh("migrate").code == 0
    assert os.stat(outside / "data").st_mode & 0o777 == 0o700
