"""The Slack app manifest: what it declares, and its form for HTTP or with a command prefix."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

DEFAULT_PATH = Path(__file__).resolve().parents[2] / "app.yaml"
SLACK_PATH = "/slack/events"
COMMAND_MAX = 32
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Manifest = dict[str, Any]


class ManifestRefused(Exception):
    """Raised when a manifest cannot be read, or a form of it cannot be made; carries a sentence."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What a manifest asks of Slack; compared with what the code uses.

    Attributes:
        commands: Slash commands, with their slash.
        shortcuts: Callback ids of global and message shortcuts.
        events: Events subscribed to.
        scopes: What the bot's token may do.
    """

    commands: frozenset[str]
    shortcuts: frozenset[str]
    events: frozenset[str]
    scopes: frozenset[str]


def load(path: Path = DEFAULT_PATH) -> Manifest:
    """Read a manifest file.

    Raises:
        ManifestRefused: It is missing, or is no YAML mapping.
    """
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), _FAST)  # noqa: S506 - as safe_load
    except OSError as missing:
        raise ManifestRefused(f"{path.name} cannot be read: {missing.strerror}.") from missing
    except yaml.YAMLError as broken:
        raise ManifestRefused(f"{path.name} is not YAML: {broken}") from broken
    if not isinstance(found, dict):
        raise ManifestRefused(f"{path.name} holds no manifest.")
    return found


def declared(manifest: Manifest) -> Declared:
    """Return what a manifest declares."""
    features = manifest.get("features", {})
    events = manifest.get("settings", {}).get("event_subscriptions", {})
    scopes = manifest.get("oauth_config", {}).get("scopes", {})
    return Declared(
        commands=frozenset(each["command"] for each in features.get("slash_commands", ())),
        shortcuts=frozenset(each["callback_id"] for each in features.get("shortcuts", ())),
        events=frozenset(events.get("bot_events", ())),
        scopes=frozenset(scopes.get("bot", ())),
    )


def http_form(manifest: Manifest, url: str) -> Manifest:
    """Return the manifest for an app that Slack reaches at `url`.

    Args:
        manifest: The Socket Mode form.
        url: The public address of the bot, without a path.

    Returns:
        A copy with every request address set and Socket Mode off.

    Raises:
        ManifestRefused: The address is not https, or has a path of its own.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ManifestRefused("Slack needs an address such as https://desk.vendor.example.")
    address = f"https://{parts.netloc}{SLACK_PATH}"
    form = copy.deepcopy(manifest)
    for command in form["features"]["slash_commands"]:
        command["url"] = address
    settings = form["settings"]
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"]["request_url"] = address
    settings["interactivity"]["message_menu_options_url"] = address
    settings["socket_mode_enabled"] = False
    return form


def with_prefix(manifest: Manifest, prefix: str) -> Manifest:
    """Return a copy whose commands begin with a prefix, such as /desk-ticket.

    Raises:
        ManifestRefused: A command would be longer than Slack allows.
    """
    form = copy.deepcopy(manifest)
    for command in form["features"]["slash_commands"]:
        name = f"/{prefix}{command['command'].removeprefix('/')}"
        if len(name) > COMMAND_MAX:
            raise ManifestRefused(f"{name} is longer than Slack's {COMMAND_MAX} characters.")
        command["command"] = name
    return form


def printed(manifest: Manifest) -> str:
    """Return a manifest as YAML that can be pasted."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)
