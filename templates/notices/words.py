"""The ids of the buttons by which somebody says that they called an account, or answered it."""

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
    NoticeReplied,
    NoticeReplyAnswered,
    NoticeReplyChased,
    NoticeSent,
    NoticeWorded,
    NoticeWordsAltered,
)
from templates.kit.actions import action
from templates.kit.sentences import silent

NOTICE_CALLED = action("notice.called", "I called")
NO_FURTHER = action("notice.no_further", "No further notice")
NOTICE_ANSWERED = action("notice.answered", "I answered")

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
    NoticeReplied,
    NoticeReplyAnswered,
    NoticeReplyChased,
    NoticeWordsAltered,
    NoticeEnded,
)
