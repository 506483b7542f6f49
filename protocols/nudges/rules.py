"""Who is asked whether a message is a report, what they say, and what opens by itself. M16.

What nobody answers opens: nothing that an account wrote goes silent. Source: S144, D41.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.account.events import AccountCard
from protocols.account.rules import account_card
from protocols.deliveries.events import BuryDelivery
from protocols.intake.events import HearReport, Said
from protocols.intake.refusals import AlreadyHeard
from protocols.intake.subject_of import subject_of
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.posting import Post
from protocols.kernel.record import Record
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import bars, decides, dues_of, falls, opens, posts
from protocols.nudges.events import (
    AddToNudge,
    AnswerNudge,
    AskAboutReport,
    NudgeAnswered,
    NudgeAsked,
    NudgeHeardMore,
    NudgeLapsed,
    NudgeNotShown,
    NudgePassedOn,
    NudgeReworded,
    NudgeSettled,
    NudgeWithdrawn,
    RewordNudge,
    SettleNudge,
    name_of,
)
from protocols.nudges.questions import team_key_of
from protocols.nudges.state import AskedBeside, Nudge, NudgeAsking, NudgeEnd, NudgeHead
from protocols.opening.matrix_words import heard_words
from protocols.people.people import Actor, Staff, Standing
from protocols.policy.policy import Policy
from protocols.relations.events import OpenBeside
from protocols.replies.events import RecordReply
from protocols.replies.reading import ONE_REPORT
from protocols.rights.guards import need_staff
from protocols.routing.teams import Matter, routed
from protocols.scales import NoticedBy, Severity
from protocols.time.calendar import BusinessCalendar
from protocols.triage.roads import is_inside
from protocols.triage.rules import known_team
from protocols.withdrawals.events import WithdrawWords


@bars
def need_one_of_us(_command: Command, _nudge: Record | None, ctx: Context) -> None:
    """Refuse everyone from outside. Source: D29.

    Raises:
        Outside: The actor is a guest, a stranger, of another team, or unknown.
    """
    need_staff(ctx)


@opens(AskAboutReport)
def ask(command: AskAboutReport, ctx: Context) -> tuple[Event, ...]:
    """Return that the team is asked in its channel, else who answers for the account in person.

    Words of the signal matrix ask in person, too. Source: D44.

    Raises:
        AlreadyHeard: A ticket was opened from the message while it was on its way here.
        AlreadyDone: What it is part of was heard at the same moment, and is asked about.
    """
    thread = command.thread_ts or command.said.message_ts
    stands = ctx.known(OpenBeside).opened_from(command.channel_id, thread)
    if stands is not None:
        raise AlreadyHeard(reference=stands.reference)
    since = ctx.now - ONE_REPORT
    asked_before = ctx.known(AskedBeside).before(command.said, command.thread_ts, since)
    if asked_before is not None:
        raise AlreadyDone(reference=asked_before.reference)
    card = _card(command.account, ctx)
    severity = Severity.MEDIUM
    category = subject_of(command.said.text, ctx.policy, card.kind)
    team = routed(ctx.policy, Matter(category, severity, card)).team
    known = known_team(team, ctx)
    channel = (known.channel if known is not None else None) or ""
    channel = channel if channel and is_inside(channel, ctx) else ""
    in_person = not channel or heard_words(command.said.text) is not None
    asked = NudgeAsked(
        ctx.now,
        ctx.by,
        command.reference,
        ctx.team_id,
        ctx.policy.version,
        card,
        command.channel_id,
        command.said,
        command.thread_ts,
        team,
        channel,
        _in_person(card, ctx) if in_person else (),
        ctx.drill,
    )
    return (asked,)


def _card(key: str, ctx: Context) -> AccountCard:
    account = ctx.directory.account(key)
    if account is None:
        return AccountCard(key, key, "customer", ctx.policy.calendar.zone)
    return account_card(account)


def _in_person(card: AccountCard, ctx: Context, asked: tuple[Staff, ...] = ()) -> tuple[Staff, ...]:
    """Return the account's own CSM while they are on duty, else the first who was not asked yet."""
    on_duty = (who for who in ctx.on_duty("csm", "cs-manager", "support") if who not in asked)
    return tuple(sorted(on_duty, key=lambda who: who.key != card.csm))[:1]


def _for_words(nudge: Nudge, text: str, ctx: Context) -> tuple[Staff, ...]:
    """Return who is asked in person because of words of the signal matrix, heard first now. D44."""
    asking = nudge.of(NudgeAsking)
    before = (heard_words(each.text) for each in asking.said if not each.is_ours)
    if heard_words(text) is None or any(each is not None for each in before):
        return ()
    return _in_person(nudge.of(NudgeHead).account, ctx, asking.asked)


@decides(AddToNudge)
def add(nudge: Nudge, command: AddToNudge, ctx: Context) -> tuple[Event, ...]:
    """Return that more was written, for as long as nobody has answered.

    Raises:
        AlreadyDone: Somebody has: it belongs to what came of it.
    """
    asking = nudge.of(NudgeAsking)
    if asking.has(command.said.message_ts):
        return ()
    need_no_answer(nudge, ctx)
    asked = () if command.said.is_ours else _for_words(nudge, command.said.text, ctx)
    return (NudgeHeardMore(ctx.now, ctx.by, command.said, asked),)


@decides(RewordNudge)
def reword(nudge: Nudge, command: RewordNudge, ctx: Context) -> tuple[Event, ...]:
    """Return what a message says now; when all of the account's is deleted, nothing is asked.

    Raises:
        AlreadyDone: Somebody has answered: it changes what came of it.
    """
    asking = nudge.of(NudgeAsking)
    said = next((each for each in asking.said if each.message_ts == command.message_ts), None)
    if said is None or said.text == command.text:
        return ()
    need_no_answer(nudge, ctx)
    reworded = NudgeReworded(
        ctx.now, ctx.by, command.person, command.message_ts, command.summary, command.text,
        said.text, () if said.is_ours else _for_words(nudge, command.text, ctx),
    )  # fmt: skip
    left = [each for each in asking.said if each != said and not each.is_ours]
    is_gone = not command.text and not left
    return (reworded, NudgeWithdrawn(ctx.now, command.person)) if is_gone else (reworded,)


@decides(AnswerNudge)
def answer(nudge: Nudge, command: AnswerNudge, ctx: Context) -> tuple[Event, ...]:
    """Return whether it is a report, as one of us says.

    Raises:
        AlreadyDone: Somebody has answered, or it has opened.
    """
    need_no_answer(nudge, ctx)
    return (NudgeAnswered(ctx.now, ctx.by, command.opens),)


def need_no_answer(nudge: Nudge, ctx: Context) -> None:
    """Refuse what comes after the answer.

    Raises:
        AlreadyDone: Somebody has answered, or it has opened.
    """
    asking = nudge.of(NudgeAsking)
    if asking.end is not None:
        by = asking.ended_by.name if asking.ended_by is not None else ctx.policy.vendor_name
        raise AlreadyDone(person=by, done_at=asking.ended_at or nudge.opened_at)


@decides(SettleNudge)
def settle(nudge: Nudge, command: SettleNudge, ctx: Context) -> tuple[Event, ...]:
    """Return which ticket stands for the message."""
    asking = nudge.of(NudgeAsking)
    if asking.ticket or asking.end in (NudgeEnd.DECLINED, NudgeEnd.WITHDRAWN):
        return ()
    return (NudgeSettled(ctx.now, ctx.by, command.ticket, command.opened_by),)


@dues_of
def is_unanswered(nudge: Nudge, policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when it opens by itself."""
    if nudge.of(NudgeAsking).end is None:
        at = nudge.opened_at + policy.intake.nudge_after
        yield DuePoint("nudge_unanswered", "nudge_unanswered", at)


@dues_of
def is_left_behind(
    nudge: Nudge, _policy: Policy, _calendar: BusinessCalendar
) -> Iterator[DuePoint]:
    """Yield, at once, that more was written than a ticket was opened from elsewhere. D41."""
    asking = nudge.of(NudgeAsking)
    if asking.end is NudgeEnd.OVERTAKEN and not asking.is_passed_on and _behind(nudge):
        yield DuePoint("nudge_words", "nudge_words", asking.ended_at or nudge.opened_at)


@falls("nudge_words")
def pass_on(_nudge: Nudge, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that it goes on that ticket; what a posted command decides posts nothing itself."""
    return (NudgePassedOn(ctx.now, ctx.by),)


@posts(NudgePassedOn)
def to_that_ticket(nudge: Nudge, _event: NudgePassedOn, _ctx: Context) -> tuple[Post, ...]:
    """Post it to the ticket that stands for the message."""
    return tuple(_onto(nudge.of(NudgeAsking).ticket, nudge, _behind(nudge)))


def _behind(nudge: Nudge) -> tuple[Said, ...]:
    """Return what the account wrote beside the message by which the question is named."""
    channel_id = nudge.of(NudgeHead).channel_id
    return tuple(
        each
        for each in nudge.of(NudgeAsking).in_order
        if not each.is_ours and name_of(channel_id, each.message_ts) != nudge.reference
    )


@falls("nudge_unanswered")
def lapse(nudge: Nudge, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that nobody has answered: it opens, and never a second ticket beside an open one."""
    asking = nudge.of(NudgeAsking)
    if asking.end is not None:
        return ()
    beside = ctx.known(OpenBeside).heard_beside(
        nudge.of(NudgeHead).channel_id, asking.report.by.key
    )
    return (NudgeLapsed(ctx.now, ctx.by, beside.reference if beside is not None else ""),)


@posts(NudgeAnswered, NudgeLapsed)
def to_a_ticket(nudge: Nudge, event: NudgeAnswered | NudgeLapsed, ctx: Context) -> tuple[Post, ...]:
    """Post the report, from which a ticket opens with all that was written."""
    if isinstance(event, NudgeAnswered) and not event.opens:
        return ()
    if isinstance(event, NudgeLapsed) and event.beside:
        return tuple(_onto(event.beside, nudge, nudge.of(NudgeAsking).in_order))
    head, asking = nudge.of(NudgeHead), nudge.of(NudgeAsking)
    report = asking.report
    known = ctx.directory.account(head.account.key)
    command = HearReport(
        reference=nudge.reference,
        team_id=nudge.team_id,
        summary=report.summary,
        account_key=head.account.key if known is not None else None,
        noticed_by=NoticedBy.ACCOUNT,
        severity=Severity.MEDIUM,
        category=subject_of(_of_theirs(asking), ctx.policy, head.account.kind),
        description=report.text,
        source_link=report.link,
        author=report.by,
        channel_id=head.channel_id,
        message_ts=report.message_ts,
        marked_by=event.by if isinstance(event, NudgeAnswered) else None,
        written_at=report.written_at,
        thread_ts=asking.thread_ts,
        asked_at=nudge.opened_at,
        more=tuple(each for each in asking.in_order if each != report),
        outside=report.outside,
    )
    return (Post(command),)


def _onto(reference: str, nudge: Nudge, words: tuple[Said, ...]) -> Iterator[Post]:
    """Yield what the account wrote, as words beside the thread of its open ticket. Source: D42."""
    head = nudge.of(NudgeHead)
    for said in words:
        if not said.is_ours:
            reply = RecordReply(
                reference, said.by.name, said.text, head.channel_id, said.message_ts, said.link,
                apart=True, written_at=said.written_at,
            )  # fmt: skip
            theirs = Actor(said.by, Standing.CUSTOMER, account=head.account.key)
            yield Post(reply, Actor(said.by, Standing.OUTSIDE) if said.outside else theirs)


def _of_theirs(asking: NudgeAsking) -> str:
    return "\n".join(each.text for each in asking.in_order if not each.is_ours)


@decides(BuryDelivery)
def buried(nudge: Nudge, command: BuryDelivery, ctx: Context) -> tuple[Event, ...]:
    """Return who is asked in person where the question was refused for good."""
    return _asked_otherwise(nudge, command.key, ctx)


@decides(WithdrawWords)
def withheld(nudge: Nudge, command: WithdrawWords, ctx: Context) -> tuple[Event, ...]:
    """Return who is asked in person where the team's channel is not ours alone any more. D29."""
    return _asked_otherwise(nudge, command.key, ctx)


def _asked_otherwise(nudge: Nudge, key: str, ctx: Context) -> tuple[Event, ...]:
    asking = nudge.of(NudgeAsking)
    if key != team_key_of(nudge) or asking.end is not None or asking.asked:
        return ()
    found = _in_person(nudge.of(NudgeHead).account, ctx)
    return (NudgeNotShown(ctx.now, ctx.by, found),) if found else ()
