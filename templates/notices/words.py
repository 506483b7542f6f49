"""The id of the button by which somebody says that they told an account by phone."""

from __future__ import annotations

from protocols.notices.events import (
    NoticeCalled,
    NoticeChased,
    NoticeEnded,
    NoticeListed,
    NoticeMissed,
    NoticeOpened,
    NoticePromiseNear,
    NoticeReached,
    NoticeRecalled,
    NoticeSent,
    NoticeWorded,
)
from templates.kit.actions import action
from templates.kit.sentences import silent

NOTICE_CALLED = action("notice.called", "I called")

# A notice has no timeline of its own: what becomes of it stands on that of its ticket.
silent(
    NoticeOpened,
    NoticeWorded,
    NoticeListed,
    NoticeSent,
    NoticeReached,
    NoticeMissed,
    NoticeCalled,
    NoticeRecalled,
    NoticeChased,
    NoticePromiseNear,
    NoticeEnded,
)
