"""Sample facts of what the form says beside the summary."""

from __future__ import annotations

from typing import Any

from templates.replies.attached import AttachedLine

SAID: dict[str, Any] = {
    "described": "Seen at 13:50 by the bank: 14 suppliers were paid twice.\nNothing was recalled.",
    "attached": (
        AttachedLine("run.csv", "CSV", 120_400, "https://example.slack.com/files/F1/run.csv"),
        AttachedLine("number ending 1111.png", "PNG", 1_400_000),
        AttachedLine("", "", 0, "https://example.slack.com/files/F2"),
    ),
}
BASE: dict[str, Any] = {"described": "", "in_their_words": False, "attached": ()}
SPECIAL: dict[str, dict[str, Any]] = {
    "error_file_too_large": {"file": "night run.mp4", "size": "212.0 MB"},
}
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    name: {
        "what happened, with files": SAID,
        "in the account's words": {**SAID, "in_their_words": True, "attached": ()},
    }
    for name in ("card", "card_tier4", "show", "triage")
}
