"""The score: figures off the certificate, the messages and the mails. No stars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from drill.core import Slack
from drill.play.sight import Sight, words_of

Wire = dict[str, Any]

_ON_TIME = re.compile(r"(\d+) of (\d+) steps on time")
_ROW = re.compile(r"^\s*\d+ (?P<what>[^·]+?) · .*?\*(?P<by>[^*]+) late\*", re.MULTILINE)
_RELEASED = re.compile(r"released (?:by )?(?P<who>[A-Z][^\n·|*]*)")
_OWED = re.compile(r"written analysis by <!date\^(\d+)")
_RCA = re.compile(r"written analysis[^<\n]*?<!date\^(\d+)")
_INSIDE = re.compile(r"\bTier [1-4]\b|\bR0[1-9]\b")
_SHORTEST_FINDING = 20
OPENING_S = 3.0
"""How much later than it was opened the drill may see that a ticket is."""


@dataclass(slots=True)
class Kept:
    """What the drill notes down while people act."""

    stopped: list[str]
    findings: list[str]
    releases: list[str]


def score(slack: Slack, sight: Sight, name: str, kept: Kept, shown: Wire) -> Wire:
    """Return the figures of a rehearsal, with the certificate they come from."""
    certificate = words_of(shown)
    counted = _ON_TIME.search(certificate)
    late = [f"{row['what'].strip()}, {row['by']}" for row in _ROW.finditer(certificate)]
    inside = internal_words_outside(slack, sight, kept.findings)
    return {
        "title": f"DRILL · {name}",
        "reference": sight.reference,
        "on_time": int(counted.group(1)) if counted else None,
        "owed": int(counted.group(2)) if counted else None,
        "first_update_min": first_update_min(sight),
        "stopped": kept.stopped,
        "inside": inside,
        "releases": kept.releases or _released(certificate),
        "rca_due_s": _rca_due(sight),
        "late": late,
        "certificate": [b for b in shown.get("blocks", []) if b["type"] != "actions"],
    }


def first_update_min(sight: Sight) -> int | None:
    """Return the full minutes from opening to the first update."""
    for message in sight.outward():
        if re.search(r", update 1\b", str(message.get("text", "")), re.IGNORECASE):
            return max(0, int((float(message["ts"]) - sight.opened_s + OPENING_S) // 60))
    return None


def internal_words_outside(slack: Slack, sight: Sight, findings: list[str]) -> list[str]:
    """Return what was told outside though it belongs inside: findings, tiers, raw codes."""
    found: list[str] = []
    told = [words_of(message) for message in sight.outward()]
    told += [f"{mail['subject']}\n{mail['text']}" for mail in outward_mails(slack, sight)]
    for said in told:
        found += [match.group() for match in _INSIDE.finditer(said)]
        found += [f for f in findings if len(f) >= _SHORTEST_FINDING and f in said]
    return found


def outward_mails(slack: Slack, sight: Sight) -> list[Wire]:
    """Return the mails of this rehearsal to people who are not ours."""
    own = {u.email for u in slack.world.users.values() if u.email and not u.is_outside}
    return [
        mail
        for mail in slack.mails[sight.mails_before :]
        if any(address not in own for address in mail["to"])
    ]


def _released(certificate: str) -> list[str]:
    return [match["who"].strip() for match in _RELEASED.finditer(certificate)]


def _rca_due(sight: Sight) -> int | None:
    card = sight.card()
    if card is None:
        return None
    found = _OWED.search(words_of(card)) or _RCA.search(words_of(card))
    return int(found.group(1)) if found else None


def newest_certificate(messages: list[Wire]) -> Wire:
    """Return the newest certificate among messages; nothing when there is none."""
    for message in reversed(messages):
        if str(message.get("text", "")).startswith("Certificate of"):
            return message
    return {}
