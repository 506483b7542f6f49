"""The addresses and identities that words may name and no ticket knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Links:
    """What the installation adds to the words.

    Attributes:
        team_url: The workspace's address, for links to channels; empty when unknown.
        call_url: The usual meeting, for accounts that have none of their own.
        follow_base: What stands before the reference in a ticket's public page; empty without one.
        page_base: The same for the pages of records; empty without one.
        status_url: The public status page; None without one.
        pager_name: What the pager is called; None without one.
        slack_ids: Slack's identity of each person's key.
    """

    team_url: str = ""
    call_url: str | None = None
    follow_base: str = ""
    page_base: str = ""
    status_url: str | None = None
    pager_name: str | None = None
    slack_ids: Mapping[str, str] = field(default_factory=dict)

    def follow_url(self, reference: str) -> str | None:
        """Return the address at which the account follows a ticket, None without one."""
        return f"{self.follow_base}{reference}" if self.follow_base else None

    def page_url(self, reference: str, name: str) -> str | None:
        """Return the address of a record's page, None without one."""
        return f"{self.page_base}{reference}/{name}" if self.page_base else None

    def channel_url(self, channel_id: str) -> str | None:
        """Return the address of a channel, None where it is not known."""
        if not (self.team_url and channel_id):
            return None
        return f"{self.team_url.rstrip('/')}/archives/{channel_id}"
