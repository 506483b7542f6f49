"""Settings: each has a default or a sentence; no secret is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings

ROOT = Path(__file__).parents[3]
RUNNABLE = {"SLACK_BOT_TOKEN": "token-of-a-bot", "SLACK_APP_TOKEN": "token-of-an-app"}


def test_without_any_variable_the_defaults_hold() -> None:
    found = settings.load({}, env_file=None)
    assert found.slack.api_url == "https://slack.com/api/"
    assert found.database.url.get_secret_value() == "sqlite:///var/bridgewatch.db"
    assert (found.web.host, found.web.port) == ("127.0.0.1", 3000)
    assert found.log.format == "text"
    assert not found.desk.drill


def test_a_variable_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("BRIDGEWATCH_PORT=4000\nBRIDGEWATCH_HOST=localhost\n")
    found = settings.load({"BRIDGEWATCH_PORT": "5000"}, env_file=file)
    assert (found.web.port, found.web.host) == (5000, "localhost")


def test_a_missing_file_is_no_mistake(tmp_path: Path) -> None:
    assert settings.load({}, env_file=tmp_path / "absent").web.port == 3000


def test_an_empty_variable_means_not_set() -> None:
    assert settings.load({"SLACK_APP_TOKEN": ""}, env_file=None).slack.app_token is None


def test_an_app_token_chooses_socket_mode() -> None:
    assert settings.load(RUNNABLE, env_file=None).slack.socket_mode
    assert not settings.load({"SLACK_SIGNING_SECRET": "s"}, env_file=None).slack.socket_mode


def test_the_api_address_always_ends_with_a_slash() -> None:
    found = settings.load({"SLACK_API_URL": "http://127.0.0.1:8400/api"}, env_file=None)
    assert found.slack.api_url == "http://127.0.0.1:8400/api/"


@pytest.mark.parametrize("written", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_postgresql_means_psycopg(written: str) -> None:
    found = settings.load({"DATABASE_URL": written}, env_file=None)
    assert found.database.url.get_secret_value() == "postgresql+psycopg://u:p@h/d"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BRIDGEWATCH_PORT", "70000"),
        ("BRIDGEWATCH_PORT", "three thousand"),
        ("DATABASE_URL", "mysql://u:hunter2hunter2@h/d"),
        ("SLACK_API_URL", "slack.com"),
        ("SMTP_URL", "mail.vendor.example"),
        ("BRIDGEWATCH_PAGER_URL", "javascript:alert(1)"),
        ("BRIDGEWATCH_LOG_FORMAT", "xml"),
        ("BRIDGEWATCH_COMMAND_PREFIX", "/has a blank"),
    ],
)
def test_a_bad_value_is_refused_by_name_and_never_shown(name: str, value: str) -> None:
    with pytest.raises(settings.SettingsRefused) as refused:
        settings.load({name: value}, env_file=None)
    assert name in str(refused.value)
    assert value not in str(refused.value)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(settings.SettingsRefused) as refused:
        settings.load({"BRIDGEWATCH_PORT": "x", "SMTP_URL": "x"}, env_file=None)
    assert "BRIDGEWATCH_PORT" in str(refused.value)
    assert "SMTP_URL" in str(refused.value)


def test_a_secret_is_not_in_any_representation() -> None:
    found = settings.load(
        {"SLACK_BOT_TOKEN": "canary-one", "DATABASE_URL": "postgresql://u:canary-two@h/d"},
        env_file=None,
    )
    assert "canary" not in repr(found) + str(found)
    assert "canary-one" in found.secrets()


def test_what_can_run_is_not_refused() -> None:
    settings.load(RUNNABLE, env_file=None).check_to_run()


def test_no_way_in_from_slack_is_refused() -> None:
    with pytest.raises(settings.SettingsRefused, match="nothing can come in"):
        settings.load({"SLACK_BOT_TOKEN": "b"}, env_file=None).check_to_run()


@pytest.mark.parametrize(
    "changed",
    [
        {"BRIDGEWATCH_HOST": "0.0.0.0"},
        {"SLACK_API_URL": "https://slack.com/api/"},
        {"SLACK_API_URL": "http://127.0.0.1.evil.example/api/"},
    ],
)
def test_a_drill_that_others_could_reach_is_refused(changed: dict[str, str]) -> None:
    drill = RUNNABLE | {"BRIDGEWATCH_DRILL": "1", "SLACK_API_URL": "http://127.0.0.1:8400/api/"}
    settings.load(drill, env_file=None).check_to_run()
    with pytest.raises(settings.SettingsRefused, match="BRIDGEWATCH_DRILL"):
        settings.load(drill | changed, env_file=None).check_to_run()


def test_every_setting_is_documented_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in settings.variables() if f"| `{name}` |" not in readme]
    assert missing == []


def test_the_readme_documents_no_setting_that_is_not_read() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in readme.splitlines() if line.startswith("| `")]
    upper = [name for name in rows if name.isupper()]
    assert [name for name in upper if name not in settings.variables()] == []
