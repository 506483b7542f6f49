"""Whether a notice's words may still leave for an account, asked at the instant of each send.

Source: D24; T14; design, Engine, Outward rows.
"""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.notices.events import HAS_IT, Reach
from protocols.notices.routing import account_of
from protocols.notices.state import Notice, NoticeTelling
from protocols.withdrawals.events import Withdrawal


def objection(
    notice: Notice,
    key: str,
    channel_id: str,
    addresses: tuple[str, ...],
    ctx: Context,
    *,
    begun: bool = False,
) -> Withdrawal | None:
    """Return why words may not leave for their account now, None while nothing is against it.

    Args:
        notice: The notice as it stands.
        key: The key of what is about to leave.
        channel_id: The channel it goes to; empty for mail.
        addresses: Whom a mail goes to.
        ctx: What is known now.
        begun: Whether it is a mail that others at the account have already.
    """
    found = account_of(notice, key)
    if found is None:
        return Withdrawal.OUTDATED
    number, account = found
    telling = notice.of(NoticeTelling)
    way = telling.way(account, number)
    if number in telling.recalled:
        return Withdrawal.RECALLED
    if way is None or way.reached.reach is Reach.HELD_BACK:
        return Withdrawal.OUTDATED
    if way.reached.reach in HAS_IT and not begun:
        return Withdrawal.OUTDATED
    return _of_road(account, channel_id, addresses, ctx)


def _of_road(
    account: str, channel_id: str, addresses: tuple[str, ...], ctx: Context
) -> Withdrawal | None:
    """A channel is an account's road while it is shared with that account alone. D6, D24."""
    if channel_id:
        seen = ctx.channels.get(account)
        if seen is None or seen.channel_id != channel_id:
            return Withdrawal.ROAD
        return None if seen.is_ext_shared else Withdrawal.CHANNEL
    known = ctx.directory.account(account)
    contacts = known.contacts if known is not None else ()
    theirs = {contact.email for contact in contacts}
    return None if set(addresses) <= theirs else Withdrawal.ROAD
