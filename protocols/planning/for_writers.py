"""What writers, releasers and managers are told of words that are due, waiting or on their way.

Source: words.md 4.9, 4.10; D10, D22.
"""

from __future__ import annotations

from protocols import events as ev
from protocols.context import Context
from protocols.effects import Dm, Effect, Gateway, Surface
from protocols.people import Role, Who
from protocols.planning.managers import manager_of, to_manager
from protocols.planning.registry import Effects, on
from protocols.planning.roads import bridge_post, dm, result
from protocols.rules.outbound import text_key
from protocols.rules.rights import asked_about
from protocols.slices import Holds, Ladder, Promises, Roles, Updates
from protocols.stamps import stamp
from protocols.ticket import Draft, DraftKind, DraftState, HoldKind, StepKind, Ticket


@on(ev.StepLate)
def step_late(ticket: Ticket, event: ev.StepLate, ctx: Context) -> Effects:
    """Tell the bridge in one line, and the CS manager, that a step is late. Source: S177."""
    suffix = f"late/{event.kind}/{event.run}"
    params: dict[str, object] = {"step": event.kind.value, "run": event.run}
    if event.kind is StepKind.FIRST_UPDATE:
        step = ticket.of(Ladder).step(event.kind)
        due_at = step.due_at if step is not None else event.at
        return _update_overdue(ticket, ctx, suffix, due_at.isoformat())
    line = bridge_post(ticket, suffix, "late_line", params)
    return (line, *to_manager(ticket, ctx, suffix, "late_manager", params))


def _update_overdue(
    ticket: Ticket, ctx: Context, suffix: str, due: str, told_by: str = ""
) -> Effects:
    """Overdue words go to the bridge, the communicator and the CS manager. Source: D10.

    So does a word to the account, ahead of its time, that they will be.
    """
    params: dict[str, object] = {"due": due, "told_by": told_by}
    told = [bridge_post(ticket, suffix, "overdue_update", params)]
    manager = manager_of(ticket, ctx)
    people = {who.key for who in (communicator(ticket), manager) if who is not None} - {told_by}
    told += [dm(ticket, f"{suffix}/{key}", key, "overdue_update", params) for key in sorted(people)]
    return tuple(told)


def communicator(ticket: Ticket) -> Who | None:
    """Return who writes: the communicator, else the one contact."""
    seat = ticket.of(Roles).seat(Role.COMMUNICATOR)
    return seat.holder if seat is not None and seat.holder is not None else ticket.poc


@on(ev.PromiseLapsed)
def promise_lapsed(ticket: Ticket, event: ev.PromiseLapsed, ctx: Context) -> Effects:
    """Say inside that a promise passed; the first update's own step says it already."""
    promise = next(p for p in ticket.of(Promises).promises if p.number == event.number)
    suffix, due = f"overdue/{event.number}", promise.at.isoformat()
    if event.ahead:
        return _update_overdue(ticket, ctx, suffix, due, event.by.key)
    first = ticket.of(Ladder).step(StepKind.FIRST_UPDATE)
    if first is not None and first.due_at == promise.at:
        return ()
    return _update_overdue(ticket, ctx, suffix, due)


@on(ev.UpdatePrompted)
def prompted(ticket: Ticket, event: ev.UpdatePrompted, ctx: Context) -> Effects:
    """Remind the communicator; before the end, ask the bridge for a release."""
    promise = next(p for p in ticket.of(Promises).promises if p.number == event.number)
    if event.in_bridge:
        waiting = ticket.of(Updates).waiting_drafts()
        if not waiting:
            return ()
        params: dict[str, object] = {"draft": waiting[0].number}
        return (
            bridge_post(
                ticket,
                f"last-call/{event.number}",
                "prompt_review",
                params,
                surface=Surface.DROP_IF_STALE,
                stale_at=promise.at,
            ),
        )
    writer = communicator(ticket)
    if writer is None or ticket.of(Updates).waiting_drafts():
        return ()
    first = ticket.of(Ladder).owes(StepKind.FIRST_UPDATE)
    return (
        dm(
            ticket,
            f"prompt/{event.number}",
            writer.key,
            "prompt_first_update" if first else "prompt_update",
            {"promise": event.number},
            surface=Surface.DROP_IF_STALE,
            stale_at=promise.at,
        ),
    )


@on(ev.TextDrafted, ev.TextEdited)
def in_review(
    ticket: Ticket, event: ev.TextDrafted | ev.TextEdited | ev.TextWithdrawn, ctx: Context
) -> Effects:
    """Show a text in review in the bridge, and to the first who may release it."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    suffix = f"review/{draft.number}/{_reading(draft)}"
    params: dict[str, object] = {"draft": draft.number}
    asked: list[Effect] = []
    if ticket.tier.has_bridge:
        asked.append(bridge_post(ticket, suffix, "review", params))
    first = asked_about(ticket, draft, ctx)[:1]
    asked += [dm(ticket, f"{suffix}/{key}", key, "review", params) for key in first]
    return tuple(asked)


def _reading(draft: Draft) -> str:
    """Return what tells one turn in review from the next, though the words may be the same."""
    return f"{draft.text_hash}/{stamp(draft.review_since)}"


@on(ev.ReviewReminded)
def review_reminded(ticket: Ticket, event: ev.ReviewReminded, ctx: Context) -> Effects:
    """Ask everyone who may release; ten minutes in, the next manager or Legal too."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None or draft.state is not DraftState.REVIEW:
        return ()
    people = list(asked_about(ticket, draft, ctx))
    if event.escalated:
        duty = "legal" if ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE) else "cs-manager"
        wider = [who.key for who in ctx.on_duty(duty) if who.key in people]
        people = wider or people
    turn = "again" if event.escalated else "asked"
    stale_at = ticket.of(Promises).promise.at if ticket.of(Promises).promise is not None else None
    return tuple(
        dm(
            ticket,
            f"review-{turn}/{draft.number}/{_reading(draft)}/{key}",
            key,
            "prompt_review",
            {"draft": draft.number},
            surface=Surface.DROP_IF_STALE if stale_at else Surface.MUST_ARRIVE,
            stale_at=stale_at,
        )
        for key in people
    )


@on(ev.WordsSuggested)
def suggested(ticket: Ticket, event: ev.WordsSuggested, ctx: Context) -> Effects:
    """Show the writer the other words, to be taken over or not."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    suffix = f"suggested/{draft.number}/{stamp(event.at)}"
    return (dm(ticket, suffix, draft.written_by.key, "suggested", {"draft": draft.number}),)


@on(ev.TextSentBack)
def sent_back(ticket: Ticket, event: ev.TextSentBack, ctx: Context) -> Effects:
    """Tell the writer why a text came back."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    suffix = f"sent-back/{draft.number}/{stamp(event.at)}"
    return (dm(ticket, suffix, draft.written_by.key, "sent_back", {"draft": draft.number}),)


@on(ev.TextDelivered)
def delivered(ticket: Ticket, event: ev.TextDelivered, ctx: Context) -> Effects:
    """Tell the bridge that an update is with the account, and who posted it that it is settled.

    Who recalled it reads that it had left already. Source: D24.
    """
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    late = _recalled_late(ticket, draft)
    if draft.poster is not None:
        return (*late, _page_settled(ticket, draft, draft.poster.key))
    if not ticket.tier.has_bridge or not _is_update(draft):
        return late
    return (
        *late,
        bridge_post(
            ticket,
            f"delivered/{_turn(ticket, draft.number)}",
            "delivered_line",
            {"draft": draft.number},
        ),
    )


def _recalled_late(ticket: Ticket, draft: Draft) -> Effects:
    if draft.recalled_by is None:
        return ()
    person = draft.recalled_by.key
    suffix = f"recalled-late/{_turn(ticket, draft.number)}/{person}"
    return (dm(ticket, suffix, person, "recalled_late", {"draft": draft.number}),)


def _is_update(draft: Draft) -> bool:
    return draft.kind in (DraftKind.UPDATE, DraftKind.CORRECTION)


@on(ev.PageAsked)
def page_asked(ticket: Ticket, event: ev.PageAsked, ctx: Context) -> Effects:
    """Give a person the released text to put on the page where no webhook does. S22, D15."""
    suffix, params = f"page-asked/{_turn(ticket, event.number)}", {"draft": event.number}
    return (dm(ticket, suffix, event.person.key, "page_ask", params),)


def _turn(ticket: Ticket, number: int) -> str:
    """Return what tells one release of a text from the next after a withdrawal."""
    draft = ticket.of(Updates).draft(number)
    return str(number) if draft is None else text_key(ticket, draft).partition("/text/")[2]


def _page_settled(ticket: Ticket, draft: Draft, person: str) -> Effect:
    """Return the silent edit of the question to put a text on the page."""
    posted = f"{ticket.reference}/page-asked/{_turn(ticket, draft.number)}"
    return Effect(
        key=f"{posted}/edit",
        gateway=Gateway.SLACK,
        method="chat.update",
        to=Dm(person),
        template="page_settled",
        params={"person": person, "draft": draft.number},
        arguments={"channel": result(posted, "channel"), "ts": result(posted, "ts")},
        stream=f"dm/{person}/{ticket.reference}",
        surface=Surface.LATEST_ONLY,
        slot=f"{posted}/edit",
        needs=(posted,),
    )
