"""From an effect to a row of the outbox: its words rendered, its address put in.

Words are made here and now, in the transaction that journals why they are said; the courier only
carries them. A broken template never stops a step: the row then carries a plain safe sentence,
and an ERROR line says which template broke. Source: F25.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from protocols.account.addresses import AccountMail, Channel, CustomerThread, VendorMail
from protocols.bridge.addresses import Bridge
from protocols.bridge.roads import bridge_key
from protocols.kernel.context import Context
from protocols.kernel.effects import Dm, Effect, Gateway, Page, StaffMail
from protocols.kernel.record import Record
from protocols.people.people import Staff
from protocols.ticket import Ticket
from protocols.triage.addresses import TeamChannel
from store.outbox_rows import NewRow
from templates.kit import catalogue, plain_mail, render
from templates.kit.errors import LimitExceeded, TemplateBroken
from templates.kit.links import Links
from templates.kit.presenting import facts_of, template_for
from templates.kit.scene import Facts

_log = logging.getLogger(__name__)


NO_WORDS = frozenset(
    {
        "conversations.create",
        "conversations.invite",
        "conversations.archive",
        "pins.add",
        "bookmarks.add",
        "reactions.add",
    }
)
CHANNEL_ARGUMENT = {"bookmarks.add": "channel_id"}


class NotForThem(ValueError):
    """Words were to go to somebody who may not read them: nothing is written."""


@dataclass(frozen=True, slots=True)
class Roads:
    """Which roads out are set up; effects of the others are not enqueued.

    Attributes:
        mail: Whether a mail server is set.
        pager: Whether the pager's webhook is set.
    """

    mail: bool = True
    pager: bool = False


class Rendering(Protocol):
    """Gives the template of an effect, and the facts that fill it."""

    def __call__(
        self, template: str, params: Mapping[str, object], record: Any, ctx: Context, links: Links
    ) -> tuple[str, Facts]:
        """Return them.

        Raises:
            TemplateBroken: The record lacks what the words speak of.
        """
        ...


def of_ticket(
    template: str, params: Mapping[str, object], record: Ticket, ctx: Context, links: Links
) -> tuple[str, Facts]:
    """Return how the words of a ticket's effect are made."""
    name = template_for(template, record)
    return name, facts_of(name, params, record, ctx, links)


def rows(
    effects: tuple[Effect, ...],
    record: Record,
    ctx: Context,
    links: Links,
    roads: Roads,
    rendering: Rendering = of_ticket,
) -> list[NewRow]:
    """Return the outbox rows of a change of a record, in order."""
    return [
        _row(effect, record, ctx, links, rendering)
        for effect in effects
        if not (effect.gateway is Gateway.PAGER and not roads.pager)
        and not (effect.gateway is Gateway.MAIL and not roads.mail and not effect.reports)
    ]


def _row(
    effect: Effect, record: Record, ctx: Context, links: Links, rendering: Rendering
) -> NewRow:
    return NewRow(
        key=effect.key,
        team_id=record.team_id,
        reference=record.reference,
        gateway=effect.gateway.value,
        method=effect.method,
        stream=effect.stream or effect.key,
        payload=_payload(effect, record, ctx, links, rendering),
        created_at=ctx.now,
        surface=effect.surface.value,
        slot=effect.slot,
        needs=effect.needs,
        reports=effect.reports,
        urgent=effect.urgent,
        stale_at=effect.stale_at,
    )


def _payload(
    effect: Effect, record: Record, ctx: Context, links: Links, rendering: Rendering
) -> dict[str, object]:
    payload: dict[str, object] = {**_address(effect, record, ctx), **effect.arguments}
    if effect.template is None:
        return payload
    try:
        return {**payload, **_words(effect, record, ctx, links, rendering)}
    except (TemplateBroken, LimitExceeded) as broken:
        _log.error(
            "the words of %s could not be made, a plain sentence goes instead: %s",
            effect.key,
            broken,
        )
        return {**payload, **_plain(effect, record)}


def _words(
    effect: Effect, record: Record, ctx: Context, links: Links, rendering: Rendering
) -> dict[str, object]:
    name, facts = rendering(effect.template or "", effect.params, record, ctx, links)
    need_reader(effect, name)
    if effect.gateway is Gateway.MAIL:
        letter = render.mail(name, facts, drill=record.drill)
        return {"subject": letter.subject, "body": letter.body, "drill": record.drill}
    if effect.gateway is Gateway.PAGER:
        return {"text": render.page(name.removeprefix("page_"), facts)}
    if effect.method == "conversations.setTopic":
        return {"topic": render.line(name, facts)}
    message = render.message(name, facts)
    return {"text": message.text, "blocks": message.blocks}


def need_reader(effect: Effect, name: str) -> None:
    """Refuse words that whoever an effect is addressed to may not read; a page has its own.

    Raises:
        NotForThem: They are inside words for somebody outside, or an account's for one of us.
    """
    found = catalogue.messages().get(name)
    if found is not None and found.audience not in effect.to.READERS:
        raise NotForThem(f"{effect.key}: {found.audience} words for {effect.to}")


def _plain(effect: Effect, record: Record) -> dict[str, object]:
    about = record.reference if _is_known(record.reference) else "Bridgewatch"
    text = f"{about}: something changed. The record has the details."
    if effect.gateway is Gateway.MAIL:
        return {"subject": f"[{about}]", "body": text}
    if effect.method == "conversations.setTopic":
        return {"topic": about}
    return {"text": text}


def _address(effect: Effect, record: Record, ctx: Context) -> dict[str, object]:
    name = CHANNEL_ARGUMENT.get(effect.method, "channel")
    match effect.to:
        case Bridge():
            if effect.method == "conversations.create" or not isinstance(record, Ticket):
                return {}
            return {name: {"$result": [bridge_key(record), "channel.id"]}}
        case Dm(person):
            return {"channel": {"$dm": person.key}}
        case Channel(channel_id) | CustomerThread(channel_id, _) | TeamChannel(channel_id):
            return {"channel": channel_id}
        case StaffMail() | AccountMail() | VendorMail() as to:
            return _mail_address(to, ctx)
        case Page(person):
            return {"person": person.key}
        case _:
            return {}


def _mail_address(to: StaffMail | AccountMail | VendorMail, ctx: Context) -> dict[str, object]:
    match to:
        case StaffMail(person, reply_to):
            return {"to": [_mail_of(person, ctx)], "reply_to": _mail_of(reply_to, ctx)}
        case AccountMail(contacts, reply_to):
            addresses = [contact.email for contact in contacts]
            return {"to": addresses, "reply_to": _mail_of(reply_to, ctx)}
        case VendorMail(contact):
            return {"to": [contact.email], "reply_to": None}


def _mail_of(who: Staff | None, ctx: Context) -> str | None:
    """Return the directory's address of one of us."""
    person = ctx.directory.person(who.key) if who is not None else None
    return person.email if person is not None else None


_REFERENCE = re.compile(r"[A-Z][A-Z0-9]*-\d+")
SLACK_IS_SILENT = "Slack does not answer, so this comes by mail."
NOT_IN_SLACK = "It could not be delivered to you in Slack, so this comes by mail."


def _subject(row_text: str, reference: str) -> str:
    """Return what is said, under the reference where people know it by one."""
    return plain_mail.under(reference, row_text) if _is_known(reference) else row_text


def _is_known(reference: str) -> bool:
    """Say whether people call a record so: a digest or a question has a name for itself only."""
    return _REFERENCE.fullmatch(reference) is not None


def by_mail(
    row_text: str, reference: str, address: str, why: str = SLACK_IS_SILENT
) -> Mapping[str, object]:
    """Return the mail that carries a Slack message's words to one of us, and why it does."""
    return {
        "to": [address],
        "subject": _subject(row_text, reference)[:180],
        "body": f"{row_text}\n\n{why}",
    }
