"""By which road a notice reaches each account, and the keys of what goes there. Source: D6, D24."""

from __future__ import annotations

import re

from protocols.account.events import AccountCard, RouteKind
from protocols.account.rules import route
from protocols.kernel.context import Context
from protocols.notices.events import NoticeText, Send
from protocols.notices.state import Notice, NoticeTelling
from protocols.people.people import Staff

_WORDS = re.compile(r"\d+/[^/]+")
URGENT_NOTICE = -10
"""Behind everything of a ticket: many accounts never hold up what one waits for."""


def send_of(card: AccountCard, text: NoticeText, ctx: Context) -> Send:
    """Return an account's own road: its shared channel, else mail, else whoever calls it."""
    found = route(card, ctx.channels.get(card.key), security=text.security)
    if found.kind is RouteKind.CHANNEL:
        return Send(card.key, channel_id=found.channel_id)
    if found.kind is RouteKind.MAIL and ctx.has_mail:
        return Send(card.key, addresses=found.addresses)
    return Send(card.key, caller=caller_of(card, ctx))


def caller_of(card: AccountCard, ctx: Context) -> Staff | None:
    """Return who calls an account: its CSM, else the CS manager on duty."""
    if card.csm is not None and ctx.can_be_asked(card.csm):
        return ctx.who(card.csm)
    return ctx.first_on_duty("cs-manager")


def key_of(notice: Notice, number: int, account: str) -> str:
    """Return the key under which a text goes to an account."""
    return f"{notice.reference}/{number}/{account}"


def is_words(reference: str, key: str) -> bool:
    """Say whether a key is one under which a notice's words leave; no ticket has such keys."""
    return _WORDS.fullmatch(key.removeprefix(f"{reference}/")) is not None


def account_of(notice: Notice, key: str) -> tuple[int, str] | None:
    """Return which text goes to which account under a key, None when it is no such key."""
    number, _, account = key.removeprefix(f"{notice.reference}/").partition("/")
    if not number.isdigit() or notice.of(NoticeTelling).card(account) is None:
        return None
    return int(number), account
