"""What the app declared about itself in its manifest: commands, shortcuts, scopes, events."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from drill.errors import DrillRefusal
from drill.facts import event_scopes

_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Command:
    """One declared slash command."""

    name: str
    should_escape: bool
    description: str
    usage_hint: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One declared shortcut; kind is ``global`` or ``message``."""

    name: str
    kind: str
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The app as its manifest describes it."""

    name: str
    commands: dict[str, Command]
    shortcuts: tuple[Shortcut, ...]
    scopes: tuple[str, ...]
    events: frozenset[str]
    home_enabled: bool
    messages_enabled: bool
    socket_mode: bool

    def lacking_scopes(self) -> dict[str, tuple[str, ...]]:
        """Return the subscribed events that no granted scope covers.

        Slack delivers nothing for these, without a word.
        """
        needs = event_scopes()
        return {
            event: needs[event]
            for event in sorted(self.events)
            if needs.get(event) and not set(needs[event]) & set(self.scopes)
        }


def read_manifest(path: Path) -> Manifest:
    """Read a manifest file.

    Raises:
        DrillRefusal: the file is not a manifest.
    """
    tree = yaml.load(path.read_text(encoding="utf-8"), _FAST)  # noqa: S506 - as safe_load
    if not isinstance(tree, dict) or "display_information" not in tree:
        raise DrillRefusal(f"{path.name} is not a Slack app manifest: no display_information.")
    features: dict[str, Any] = tree.get("features") or {}
    settings: dict[str, Any] = tree.get("settings") or {}
    scopes = (tree.get("oauth_config") or {}).get("scopes") or {}
    home = features.get("app_home") or {}
    return Manifest(
        name=(features.get("bot_user") or {}).get("display_name")
        or tree["display_information"]["name"],
        commands={
            entry["command"]: _command(entry) for entry in features.get("slash_commands", [])
        },
        shortcuts=tuple(_shortcut(entry) for entry in features.get("shortcuts", [])),
        scopes=(*scopes.get("bot", []), *scopes.get("bot_optional", [])),
        events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events", [])),
        home_enabled=bool(home.get("home_tab_enabled")),
        messages_enabled=bool(home.get("messages_tab_enabled", True)),
        socket_mode=bool(settings.get("socket_mode_enabled")),
    )


def _command(entry: dict[str, Any]) -> Command:
    return Command(
        name=entry["command"],
        should_escape=bool(entry.get("should_escape")),
        description=entry.get("description", ""),
        usage_hint=entry.get("usage_hint", ""),
    )


def _shortcut(entry: dict[str, Any]) -> Shortcut:
    return Shortcut(
        name=entry["name"],
        kind=entry["type"],
        callback_id=entry["callback_id"],
        description=entry.get("description", ""),
    )
