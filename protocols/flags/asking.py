"""Words of an account may say that it complains: who has the ticket is asked, and only they say so.

The bot sets no flag, sends the account nothing for it, and starts no clock of the law's. The
question stands until it is answered. Source: S65; D15, D41, D45; M19.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.flags.events import AnswerFlag, FlagAgain, FlagDenied, FlagProposed, SetFlag
from protocols.flags.heard import HeardFlag, heard_flags
from protocols.flags.refusals import FlagStays
from protocols.flags.rules import ALIVE, set_flag
from protocols.flags.state import Flags
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import Events, bars, decides, dues_of, falls, follows
from protocols.opening.events import TicketOpened
from protocols.people.people import Staff
from protocols.policy.policy import Policy
from protocols.relations.events import MergeTickets
from protocols.replies.events import CustomerSaid, CustomerWrote
from protocols.rights.guards import need_status
from protocols.routing.rules import need_sorter
from protocols.scales import NoticedBy
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@follows
def proposed(
    _before: Ticket | None, events: Events, ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return the question whether it is one, where new words may say so and nobody has said it."""
    if ticket.status not in ALIVE:
        return ()
    flags = ticket.of(Flags)
    for heard in _heard(events):
        if flags.get(heard.flag) is None and not flags.is_proposed(heard.flag):
            number, to = flags.proposals + 1, _has_it(ticket, ctx)
            return (FlagProposed(ctx.now, ctx.by, number, heard.flag, heard.said, to),)
    return ()


def _heard(events: Events) -> Iterator[HeardFlag]:
    for text in _texts(events):
        yield from heard_flags(text)


def _texts(events: Events) -> Iterator[str]:
    for event in events:
        if isinstance(event, CustomerWrote) and not event.outside:
            yield event.text
        elif isinstance(event, CustomerSaid):
            yield event.words
        elif isinstance(event, TicketOpened) and event.opening.noticed_by is NoticedBy.ACCOUNT:
            yield f"{event.opening.summary}\n{event.opening.description}"


def _has_it(ticket: Ticket, ctx: Context) -> tuple[Staff, ...]:
    """Return who has the ticket; where nobody can be reached, the first on duty for it."""
    if ticket.poc is not None and ctx.can_be_asked(ticket.poc.key):
        return (ticket.poc,)
    return ctx.on_duty("csm", "cs-manager")[:1]


@decides(AnswerFlag)
def answer(ticket: Ticket, command: AnswerFlag, ctx: Context) -> tuple[Event, ...]:
    """Decide that the matter is one, in a person's name, or that it is none.

    Raises:
        NotAllowed: The actor is neither on the ticket, nor of its team, nor of the front line.
        WrongState: The ticket is over.
        AlreadyDone: Somebody has answered.
    """
    need_sorter(ticket, ctx)
    need_status(ticket, *ALIVE)
    asked = ticket.of(Flags).proposal(command.number)
    if asked is None:
        raise AlreadyDone(reference=ticket.reference)
    if command.is_one:
        reason = f'On record of theirs: "{asked.said}"'
        return set_flag(ticket, SetFlag(ticket.reference, asked.flag, reason), ctx)
    return (FlagDenied(ctx.now, ctx.by, asked.number, asked.flag),)


@bars
def stays(command: Command, ticket: Ticket | None, _ctx: Context) -> None:
    """Refuse to merge away what is a complaint or a dispute, or may be: it would go silent.

    Raises:
        FlagStays: It is one, or somebody is asked whether it is.
    """
    if isinstance(command, MergeTickets) and ticket is not None:
        flags = ticket.of(Flags)
        if flags.flagged or flags.proposed:
            raise FlagStays(reference=ticket.reference, other=command.other)


@dues_of
def unanswered(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when it is asked again, with the CS manager beside: until somebody answers."""
    if ticket.status not in ALIVE:
        return
    for one in ticket.of(Flags).proposed:
        rule = policy.escalate
        at = calendar.due(one.asked_at, rule.take_within if one.turn == 1 else rule.look_every)
        key = f"flag_proposed:{one.number}:{one.turn + 1}"
        yield NumberedPoint(key, "flag_unanswered", at, one.number)


@falls("flag_unanswered")
def again(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that who has the ticket is asked again, and the CS manager, too."""
    one = ticket.of(Flags).proposal(point.number)
    if one is None:
        return ()
    to = tuple(dict.fromkeys((*_has_it(ticket, ctx), *ctx.on_duty("cs-manager")[:1])))
    return (FlagAgain(ctx.now, ctx.by, one.number, one.flag, one.turn + 1, to),)
