"""The bot's directory for a world: the sample's people, and the world's channels.

The sample names no channel, because whoever copies it has others.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from drill.seed import read_seed


def write_directory(sample: Path, world: str | Path, into: Path) -> Path:
    """Write the directory of a world beside the bot's database, and return where."""
    directory: dict[str, Any] = yaml.safe_load(sample.read_text("utf-8"))
    for channel in read_seed(world)["channels"]:
        if "team" in channel:
            directory["teams"][channel["team"]]["channel"] = channel["id"]
        if "account" in channel:
            directory["accounts"][channel["account"]]["shared_channel"] = channel["name"]
    path = into / "directory.yaml"
    path.write_text(yaml.safe_dump(directory, sort_keys=False, allow_unicode=True), "utf-8")
    return path
