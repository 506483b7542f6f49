"""Who may read, act, release and agree on a ticket: the one place that answers.

A right comes from what a person is now, never from what they once were asked. Who was asked,
declined or left has none, and nobody from outside has any. Source: D12, D15, D22, D29, D32.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from protocols.account.rules import is_security_matter
from protocols.bridge.state import BridgeState
from protocols.contact.state import HandOver
from protocols.executives.state import Executives
from protocols.helpers.state import Helpers
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.kernel.tables import knows
from protocols.people.people import Role, Staff, Standing, Who
from protocols.relations.events import RelatedTicket
from protocols.rights.state import Known
from protocols.roles.state import Roles
from protocols.second_reviews.state import SecondReviews
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind

MANAGERS = ("cs-manager",)
JUDGES = ("legal", "security")
READERS = ("cs-manager", "legal", "security")
"""Duties that read every ticket, a confidential one too."""
RELEASING = ("cs-manager", "legal")
"""Duties that may release without being in the bridge. Source: D22."""
LEGAL_HOLDS = (HoldKind.DISCLOSURE, HoldKind.RETENTION)


def is_staff(ctx: Context) -> bool:
    """Say whether the actor is one of us, or the bot itself. Source: D29."""
    return ctx.actor.standing in (Standing.MEMBER, Standing.MACHINE)


@knows
def known_as(ticket: Ticket, ctx: Context) -> Context:
    """Return the context with the actor under the key by which the ticket holds them.

    A ticket may hold a colleague under their Slack id, from before the directory found them.
    """
    if ticket.of(Known).knows(ctx.by.key):
        return ctx
    held = next((who for who in ticket.of(Known).people if ctx.same(who.key, ctx.by.key)), None)
    return ctx if held is None else replace(ctx, actor=replace(ctx.actor, who=held))


def speaks_for(ticket: Ticket, ctx: Context) -> bool:
    """Say whether the actor stands for the ticket's account, by a named address. Source: D32."""
    return ticket.account is not None and ctx.actor.speaks_for(ticket.account.key)


def is_confidential(ticket: Ticket) -> bool:
    """Say whether a ticket is a matter of security, or under a legal hold."""
    return is_security_matter(ticket) or any(map(ticket.of(Holds).holds_in_force, LEGAL_HOLDS))


def may_read(ticket: Ticket, ctx: Context) -> bool:
    """Say whether the actor may read what a ticket holds inside.

    Of a confidential one only those who are on it now, CS managers, Legal and Security.
    """
    if not is_staff(ctx):
        return False
    if ctx.actor.standing is Standing.MACHINE or not ctx.has_rota or not is_confidential(ticket):
        return True
    return ctx.actor.holds(*READERS) or is_on(ticket, ctx.by.key, ctx)


def may_read_of(other: RelatedTicket, ctx: Context) -> bool:
    """Say whether the actor may read what another open ticket of an account is about.

    A short look at it, for a list: who is on it in any other way reads it on the ticket itself.
    """
    if not other.is_confidential or not ctx.has_rota:
        return True
    return ctx.actor.holds(*READERS) or ctx.same(other.opened_by, ctx.by.key)


def may_act(ticket: Ticket, ctx: Context) -> bool:
    """Say whether the actor may work on a ticket: those on it, and CS managers."""
    if not may_read(ticket, ctx):
        return False
    if ctx.actor.standing is Standing.MACHINE or not ctx.has_rota or ctx.actor.holds(*MANAGERS):
        return True
    return _among(ctx.by.key, ticket.of(Known).people, ctx)


def is_on(ticket: Ticket, person: str, ctx: Context) -> bool:
    """Say whether a person is on a ticket now: in the bridge, in a seat, or asked this minute."""
    return _among(person, _on_now(ticket), ctx)


def _on_now(ticket: Ticket) -> Iterator[Who]:
    yield ticket.opened_by
    yield from ticket.of(BridgeState).here
    yield from _with_a_part(ticket)
    asked = [seat.asked for seat in ticket.of(Roles).seats]
    asked += [hold.stopper for hold in ticket.of(Holds).holds if hold.in_force]
    asked.append(ticket.of(HandOver).asked)
    asked += [helper.who for helper in ticket.of(Helpers).helpers if not helper.left]
    asked += [who for review in ticket.of(SecondReviews).open for who in review.people]
    asked += [executive.who for executive in ticket.of(Executives).executives]
    yield from filter(None, asked)


def _with_a_part(ticket: Ticket) -> Iterator[Who]:
    """Return the one contact and whoever holds a seat."""
    parts = [ticket.poc, *(seat.holder for seat in ticket.of(Roles).seats)]
    yield from filter(None, parts)


def is_here(ticket: Ticket, who: Who) -> bool:
    """Say whether Slack shows a person in the bridge now."""
    return any(other.key == who.key for other in ticket.of(BridgeState).here)


def releasers(
    ticket: Ticket, kind: DraftKind, ctx: Context, *, besides: frozenset[str]
) -> tuple[str, ...]:
    """Return the keys of all who may release a text, best asked first.

    With a disclosure hold Legal alone. A status text is for the CS manager, the commander and
    Legal; every other text for whoever is in the bridge now, too. ``besides`` are barred: the
    writer, the last editor, the investigator. Source: D15, D22.
    """
    excluded = {ctx.key_of(key) for key in besides}
    named = (key for key in _with_the_right(ticket, kind, ctx) if ctx.is_ours(key))
    return tuple(dict.fromkeys(key for key in named if ctx.key_of(key) not in excluded))


def _with_the_right(ticket: Ticket, kind: DraftKind, ctx: Context) -> Iterator[str]:
    if ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE):
        yield from _duty_first(ctx, "legal")
        return
    yield from (who.key for who in ctx.on_duty("cs-manager"))
    commander = ticket.of(Roles).seat(Role.COMMANDER)
    if commander is not None and commander.holder is not None:
        yield commander.holder.key
    if kind is not DraftKind.STATUS_PAGE:
        yield from (ctx.key_of(who.key) for who in _in_the_room(ticket))
    yield from _duty_first(ctx, *RELEASING)


def _in_the_room(ticket: Ticket) -> Iterable[Who]:
    """Return who is in the bridge now; before there is one, whoever it would begin with."""
    if ticket.of(BridgeState).channel_id:
        return ticket.of(BridgeState).here
    return (*ticket.of(BridgeState).here, ticket.opened_by, *_with_a_part(ticket))


def _duty_first(ctx: Context, *duties: str) -> Iterator[str]:
    """Return all who have a duty, those on duty now first; off duty it is a right still."""
    yield from (who.key for who in ctx.on_duty(*duties))
    for duty in duties:
        yield from (person.key for person in ctx.directory.holders(duty))


def asked_to_release(
    ticket: Ticket, kind: DraftKind, ctx: Context, *, besides: frozenset[str]
) -> tuple[str, ...]:
    """Return those of the releasers who are asked: the duty's holders now, and who is there.

    Legal is asked where Legal must release, or is there; executives and people off duty are
    not, unless nobody else is left. Source: S41, S65, D10, D22.
    """
    legal = ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)
    awake = {who.key for who in ctx.on_duty("legal" if legal else "cs-manager")}
    there = {ctx.key_of(who.key) for who in (*_in_the_room(ticket), *_with_a_part(ticket))}
    told = {ctx.key_of(executive.who.key) for executive in ticket.of(Executives).executives}
    asked = awake | (there - told)
    found = releasers(ticket, kind, ctx, besides=besides)
    here = tuple(key for key in found if ctx.away_until(key) is None)
    return tuple(key for key in here if key in asked) or here or found


def may_release(ticket: Ticket, kind: DraftKind, ctx: Context, *, besides: frozenset[str]) -> bool:
    """Say whether the actor may release a text of this kind. Source: D22."""
    if ctx.actor.standing is not Standing.MEMBER:
        return False
    if ctx.has_rota:
        allowed = releasers(ticket, kind, ctx, besides=besides)
        return ctx.key_of(ctx.by.key) in {ctx.key_of(key) for key in allowed}
    return ctx.key_of(ctx.by.key) not in {ctx.key_of(key) for key in besides}


def may_judge(asked_by: Who, ctx: Context) -> bool:
    """Say whether the actor may agree to a lower tier: Legal or Security, not who asks. D12."""
    if ctx.actor.standing is not Standing.MEMBER or ctx.is_actor(asked_by.key):
        return False
    return ctx.actor.holds(*JUDGES)


def judges(asked_by: Who, ctx: Context) -> tuple[Staff, ...]:
    """Return who is asked to agree to a lower tier: Legal and Security on duty. Source: D12."""
    own = ctx.all_keys((asked_by.key,))
    return tuple(who for who in ctx.on_duty(*JUDGES) if who.key not in own)


def _among(person: str, people: Iterable[Who], ctx: Context) -> bool:
    return any(ctx.same(person, who.key) for who in people)
