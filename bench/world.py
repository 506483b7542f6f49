"""A world large enough: accounts, each with its shared channel, in directory and local Slack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
USER_ID = "U0CSMONE01"
TEAM_ID = "T0VENDOR01"
FIRST = 1


def account_key(number: int) -> str:
    """Return an account's key; all have the same length, so that one can stand for another."""
    return f"bench-{number:04d}"


def account_name(number: int) -> str:
    """Return an account's name."""
    return f"Bench {number:04d}"


def channel_id(number: int) -> str:
    """Return the id of an account's shared channel."""
    return f"C0BENCH{number:04d}"


def write_directory(folder: Path, count: int) -> Path:
    """Write the sample directory with `count` accounts more."""
    directory = yaml.safe_load((ROOT / "directory.example.yaml").read_text(encoding="utf-8"))
    for number in range(FIRST, FIRST + count):
        directory["accounts"][account_key(number)] = _account(number)
    path = folder / "directory.yaml"
    path.write_text(yaml.safe_dump(directory, sort_keys=False), encoding="utf-8")
    return path


def _account(number: int) -> dict[str, Any]:
    return {
        "name": account_name(number),
        "kind": "customer",
        "time_zone": "America/New_York",
        "csm": "csm-one" if number % 2 else "csm-two",
        "executive_sponsor": "sponsor-one",
        "shared_channel": f"{account_key(number)}-support",
        "call_url": f"https://call.vendor.example/{account_key(number)}",
        "contacts": [{"name": "Controller One", "email": f"one@bench-{number:04d}.example"}],
    }


def write_world(folder: Path, count: int) -> Path:
    """Write the drill's workspace with a shared channel for each of these accounts."""
    seed = yaml.safe_load((ROOT / "drill" / "worlds" / "acme.yaml").read_text(encoding="utf-8"))
    for number in range(FIRST, FIRST + count):
        seed["channels"].append(
            {
                "name": f"{account_key(number)}-support",
                "id": channel_id(number),
                "shared_with": ["T0ACME0001"],
                "bot": True,
                "members": ["csm-one", "csm-two", "ap-director-one"],
            }
        )
    path = folder / "world.yaml"
    path.write_text(yaml.safe_dump(seed, sort_keys=False), encoding="utf-8")
    return path
