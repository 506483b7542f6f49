"""The score: figures off the certificate, the messages and the mails. No stars."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from drill.core import Slack
from drill.play.kept import Kept
from drill.play.sight import Sight, words_of

Wire = dict[str, Any]

_ON_TIME = re.compile(r"(\d+) of (\d+) steps on time")
_ROW = re.compile(r"^\s*\d+ (?P<what>[^·]+?) · .*?\*(?P<by>[^*]+) late\*", re.MULTILINE)
_NOT_DONE = re.compile(
    r"^\s*\d+ (?P<what>(?!Written analysis)[^·]+?) · by .*· (?P<how>owed|waived)\s*$", re.MULTILINE
)
_OPENED = re.compile(r"Opened (\d+ \w+ \d{4} [\d:]{8}) UTC")
_FIRST_UPDATE = re.compile(
    r"^\s*\d+ First update · .*?\bdone (?:(\d+ \w+) )?([\d:]{8})", re.MULTILINE
)
_STOPPED = re.compile(r"Texts stopped by a check:\* (\d+) \((?P<why>[^)]*)\)")
_RELEASED = re.compile(r"Texts released by a second person:\* (\d+)")
_OWED = re.compile(r"written analysis by <!date\^(\d+)")
_RCA = re.compile(r"written analysis[^<\n]*?<!date\^(\d+)")
_INSIDE = re.compile(r"\bTier [1-4]\b|\bR0[1-9]\b")
_SUMMED = re.compile(r"All teams: (.+)")
ANSWERED = "sent_write_answer"
_SHORTEST_FINDING = 20
_CUT = 160


def score(slack: Slack, sight: Sight, name: str, kept: Kept, shown: Wire) -> Wire:
    """Return the figures of a rehearsal, with the certificate they come from."""
    certificate = words_of(shown)
    on_time, stopped = _ON_TIME.search(certificate), _STOPPED.search(certificate)
    return {
        "title": f"DRILL · {name}",
        "reference": sight.reference,
        "on_time": int(on_time.group(1)) if on_time else None,
        "owed": int(on_time.group(2)) if on_time else None,
        "first_update_min": first_update_min(certificate),
        "answered_min": _answered_min(sight),
        "desk": _desk(slack),
        "stopped": int(stopped.group(1)) if stopped else 0,
        "stopped_for": stopped["why"] if stopped else "",
        "stopped_words": kept.stopped,
        "inside": internal_words_outside(slack, sight, kept.findings),
        "past_review": past_review(slack, sight),
        "releases": releases(certificate),
        "rca_due_s": _rca_due(sight),
        "late": [f"{row['what'].strip()}, {row['by']}" for row in _ROW.finditer(certificate)],
        "not_done": [
            f"{row['what'].strip()}, {row['how']}" for row in _NOT_DONE.finditer(certificate)
        ],
        "certificate": [b for b in shown.get("blocks", []) if b["type"] != "actions"],
    }


def _answered_min(sight: Sight) -> int | None:
    """Return the full minutes from the beginning to the answer."""
    at = sight.marks.get(ANSWERED)
    return int((datetime.fromisoformat(at).timestamp() - sight.since_s) // 60) if at else None


def _desk(slack: Slack) -> str:
    """Return how the whole desk stands, as the Home of whoever opened it sums it up."""
    homes = [words_of(home.wire) for home in slack.homes.values()]
    found = next(filter(None, map(_SUMMED.search, homes)), None)
    return found.group(1) if found else ""


def releases(certificate: str) -> int:
    """Return how many texts the record says were released."""
    found = _RELEASED.search(certificate)
    return int(found.group(1)) if found else 0


def first_update_min(certificate: str) -> int | None:
    """Return the full minutes from opening to the first update, as the record has them."""
    opened, sent = _OPENED.search(certificate), _FIRST_UPDATE.search(certificate)
    if opened is None or sent is None:
        return None
    from_at = datetime.strptime(f"{opened.group(1)} +0000", "%d %b %Y %H:%M:%S %z")
    day = sent.group(1) or f"{from_at.day} {from_at:%b}"
    to_at = datetime.strptime(f"{day} {from_at.year} {sent.group(2)} +0000", "%d %b %Y %H:%M:%S %z")
    if to_at < from_at:  # from December into January
        to_at = to_at.replace(year=from_at.year + 1)
    return int((to_at - from_at).total_seconds() // 60)


def internal_words_outside(slack: Slack, sight: Sight, findings: list[str]) -> list[str]:
    """Return what was told outside though it belongs inside: findings, tiers, raw codes."""
    found: list[str] = []
    told = [words_of(message) for message in sight.outward()]
    told += [f"{mail['subject']}\n{mail['text']}" for mail in outward_mails(slack, sight)]
    told += [one["words"] for one in past_review(slack, sight)]
    for said in told:
        found += [match.group() for match in _INSIDE.finditer(said)]
        found += [f for f in findings if len(f) >= _SHORTEST_FINDING and f in said]
    return found


def past_review(slack: Slack, sight: Sight) -> list[Wire]:
    """Return what our own people wrote where people outside read: nobody released it."""
    users = slack.world.users
    return [
        {
            "who": users[message["user"]].real_name,
            "ts": message["ts"],
            "words": message["text"][:_CUT],
        }
        for channel in slack.world.channels.values()
        if channel.is_ext_shared
        for message in sight.fresh(channel)
        if "subtype" not in message and _is_ours(slack, str(message.get("user", "")))
    ]


def _is_ours(slack: Slack, user_id: str) -> bool:
    user = slack.world.users.get(user_id)
    return user is not None and user.kind not in ("bot", "outside")


def outward_mails(slack: Slack, sight: Sight) -> list[Wire]:
    """Return the mails of this rehearsal to people who are not ours."""
    own = {u.email for u in slack.world.users.values() if u.email and not u.is_outside}
    return [
        mail
        for mail in slack.mails[sight.mails_before :]
        if any(address not in own for address in mail["to"])
    ]


def _rca_due(sight: Sight) -> int | None:
    card = sight.card()
    if card is None:
        return None
    found = _OWED.search(words_of(card)) or _RCA.search(words_of(card))
    return int(found.group(1)) if found else None
