"""What the doctor says of an app that was installed with fewer scopes than it needs."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
import yaml

from bot.commands.doctor import examine
from drill.local import LocalSlack
from tests.kit.bot import ROOT, environment, settings_of
from tests.kit.slack_process import addresses_of


def manifest_without(path: Path, *scopes: str) -> Path:
    """Write a manifest that lacks some scopes, and return where it is."""
    manifest = yaml.safe_load((ROOT / "app.yaml").read_text(encoding="utf-8"))
    bot = manifest["oauth_config"]["scopes"]["bot"]
    manifest["oauth_config"]["scopes"]["bot"] = [each for each in bot if each not in scopes]
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return path


def examined(manifest: Path, url: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the doctor prints."""
    with LocalSlack(manifest) as slack:
        examine(settings_of(environment(addresses_of(slack), url)), argparse.Namespace())
    return capsys.readouterr().out


def test_an_app_that_may_not_read_histories_is_told_what_is_lost_by_it(
    tmp_path: Path, migrated_sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = manifest_without(tmp_path / "app.yaml", "channels:history", "groups:history")
    said = examined(manifest, migrated_sqlite_url, capsys)
    assert "The app lacks channels:history, groups:history: install it again" in said
    assert "nothing is read afterwards of what an account writes" in said


def test_an_app_that_may_read_histories_hears_nothing_of_them(
    migrated_sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = examined(ROOT / "app.yaml", migrated_sqlite_url, capsys)
    assert "lacks" not in said
    assert "nothing is read afterwards" not in said
