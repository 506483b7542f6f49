"""How effects are addressed: the keys, streams and arguments that every plan shares.

Keys are derived from the record and never repeat; a stream keeps the order of what one reader
sees. Source: design, Engine, Courier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from protocols.kernel.effects import Address, Dm, Effect, Gateway, Page, Surface
from protocols.kernel.record import Record
from protocols.people.people import Staff

URGENT_CUSTOMER = 30
URGENT_SET_UP = 20
URGENT_PEOPLE = 10


def result(key: str, path: str) -> dict[str, list[str]]:
    """Return a late value: what another delivery's answer says at a path."""
    return {"$result": [key, path]}


def dm(
    record: Record,
    suffix: str,
    person: Staff,
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    surface: Surface = Surface.MUST_ARRIVE,
    stale_at: datetime | None = None,
    reports: bool = False,
    needs: tuple[str, ...] = (),
    unasked: bool = False,
) -> Effect:
    """Return a direct message to one of us."""
    return Effect(
        key=f"{record.reference}/{suffix}",
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=Dm(person),
        template=template,
        params={"person": person.key, **(params or {})},
        stream=dm_stream(record, person),
        surface=surface,
        reports=reports,
        urgent=URGENT_PEOPLE,
        stale_at=stale_at,
        needs=needs,
        unasked=unasked,
    )


def dm_stream(record: Record, person: Staff) -> str:
    """Return the stream of what one of us reads of a record in direct messages."""
    return f"dm/{person.key}/{record.reference}"


def dm_edit(
    record: Record,
    posted: str,
    key: str,
    person: Staff,
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    slot: str = "",
) -> Effect:
    """Return the silent edit of a direct message, such as one whose buttons are of no use now.

    Args:
        record: The record.
        posted: The key of the message.
        key: The key of the edit.
        person: Who has the message.
        template: The words that replace it.
        params: What they need.
        slot: What a newer edit replaces; the edit itself when it is the only one.
    """
    return Effect(
        key=key,
        gateway=Gateway.SLACK,
        method="chat.update",
        to=Dm(person),
        template=template,
        params={"person": person.key, **(params or {})},
        arguments={"channel": result(posted, "channel"), "ts": result(posted, "ts")},
        stream=dm_stream(record, person),
        surface=Surface.LATEST_ONLY,
        slot=slot or key,
        needs=(posted,),
    )


def page(record: Record, suffix: str, person: Staff, template: str, **params: object) -> Effect:
    """Return a call of one person through the pager webhook. Source: D14."""
    return Effect(
        key=f"{record.reference}/{suffix}/page",
        gateway=Gateway.PAGER,
        method="send",
        to=Page(person),
        template=template,
        params={"person": person.key, **params},
        stream=f"page/{person.key}",
        urgent=URGENT_PEOPLE,
    )


def mail(
    record: Record,
    suffix: str,
    to: Address,
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    reports: bool = False,
) -> Effect:
    """Return a mail."""
    return Effect(
        key=f"{record.reference}/{suffix}",
        gateway=Gateway.MAIL,
        method="send",
        to=to,
        template=template,
        params=params or {},
        stream=f"mail/{record.reference}/{suffix}",
        reports=reports,
        urgent=URGENT_CUSTOMER,
    )
