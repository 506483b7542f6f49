"""What is kept of one Slack user. Source: D24, D29."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from protocols.people.absences import FOR_EVER
from protocols.people.out_of_office import says_out_of_office
from store.write.people import SlackUser

Wire = Mapping[str, Any]


def person_of(user: Wire, team_id: str, at: datetime) -> SlackUser:
    """Return what is kept of a Slack user, as Slack tells it at an instant of machine time."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or user.get("real_name") or user.get("name") or "someone"
    return SlackUser(
        slack_id=str(user["id"]),
        team_id=str(user.get("team_id") or ""),
        email=profile.get("email") or None,
        name=str(profile.get("real_name") or name),
        zone=user.get("tz"),
        kind=kind_of(user, team_id),
        checked_at=at,
        away_until=away_until(profile),
    )


def away_until(profile: Wire) -> datetime | None:
    """Return until when a status says that its owner is out of office, None when it does not.

    A status that has an end is taken away by Slack then; one without stands until it is changed.
    Source: M23.
    """
    if not says_out_of_office(str(profile.get("status_text") or "")):
        return None
    ends = profile.get("status_expiration") or 0
    return datetime.fromtimestamp(ends, UTC) if ends else FOR_EVER


def kind_of(user: Wire, team_id: str) -> str:
    """Return what a Slack user is: member, guest, stranger, bot, deactivated, or unknown.

    Unknown is who cannot be told from a stranger: their workspace or ours is not known. D29.
    """
    if user.get("deleted"):
        return "deactivated"
    if user.get("is_bot") or user.get("id") == "USLACKBOT" or user.get("is_app_user"):
        return "bot"
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return "guest"
    theirs = str(user.get("team_id") or "")
    if user.get("is_stranger") or (theirs and team_id and theirs != team_id):
        return "stranger"
    return "member" if theirs and team_id else "unknown"
