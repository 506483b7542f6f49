"""The slices of a ticket, until each stands with its subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols import events as ev
from protocols.kernel.changing import numbered, on
from protocols.kernel.record import part_of
from protocols.lowering import Lowering, LoweringState
from protocols.outward_words import DraftKind, DraftState, Withdrawal
from protocols.people import Role, Who
from protocols.scales import Impact, Tier
from protocols.ticket import Ticket
from protocols.ticket_executives import Decision, DecisionState, Executive, Question
from protocols.ticket_parts import (
    BridgeState,
    Draft,
    Finding,
    FixedText,
    Helper,
    Hold,
    HoldKind,
    HoldState,
    Opening,
    PocOffer,
    Promise,
    Resolution,
    Route,
    Seat,
    Step,
    StepKind,
    StepState,
    TierChange,
)

# account


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Road:
    """The way to the account, and the thread in its channel. Source: D6, D24."""

    route: Route
    thread_ts: str = ""
    thread_channel: str = ""
    route_changed_at: datetime | None = None


@on(ev.TicketOpened)
def _road(event: ev.TicketOpened) -> Road:
    return Road(event.route)


@on(ev.RouteChanged, ev.RoadLost)
def _another_road(road: Road, event: ev.RouteChanged | ev.RoadLost) -> Road:
    # The thread that was begun stays known: what the account writes there is still heard.
    return replace(
        road,
        route=event.route,
        thread_channel=road.route.channel_id or road.thread_channel,
        route_changed_at=event.at,
    )


@on(ev.TextDelivered, ev.FixedTextTaken)
def _thread(road: Road, event: ev.TextDelivered | ev.FixedTextTaken) -> Road:
    return replace(road, thread_ts=event.thread_ts) if event.thread_ts else road


# clock


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Clock:
    """Which due points have passed."""

    passed: frozenset[str] = frozenset()


@on(ev.DuePassed)
def _passed(clock: Clock, event: ev.DuePassed) -> Clock:
    return Clock(clock.passed | {event.key})


# masked


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Masked:
    """Numbers that were typed and not kept, by kind and ending."""

    masked: tuple[str, ...] = ()


@on(ev.NumberMasked)
def _number_masked(masked: Masked, event: ev.NumberMasked) -> Masked:
    return Masked((*masked.masked, f"{event.kind} ending {event.ending}"))


# ladder


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of the tier's ladder, of every run of it."""

    ladder_run: int = 1
    ladder_at: datetime | None = None
    steps: tuple[Step, ...] = ()

    def step(self, kind: StepKind) -> Step | None:
        """Return the newest step of a kind, None when the ladder has none."""
        return next((step for step in reversed(self.steps) if step.kind is kind), None)

    def owes(self, kind: StepKind) -> bool:
        """Say whether a step of this kind is still owed."""
        step = self.step(kind)
        return step is not None and step.state is StepState.OWED


@on(ev.TicketOpened)
def _ladder_begun(event: ev.TicketOpened) -> Ladder:
    return Ladder(ladder_at=event.at)


@on(ev.LadderStarted)
def _ladder_started(ladder: Ladder, event: ev.LadderStarted) -> Ladder:
    return Ladder(event.run, event.anchor_at, ladder.steps + event.steps)


def _steps(ladder: Ladder, kind: object, run: int, **changes: Any) -> Ladder:
    def change(step: Step) -> Step:
        if step.kind is kind and step.run == run and step.state is StepState.OWED:
            return replace(step, **changes)
        return step

    return replace(ladder, steps=tuple(change(step) for step in ladder.steps))


@on(ev.StepSettled)
def _step_settled(ladder: Ladder, event: ev.StepSettled) -> Ladder:
    return _steps(
        ladder,
        event.kind,
        event.run,
        state=event.state,
        settled_at=event.at,
        settled_by=event.by,
        note=event.note,
        link=event.link,
    )


@on(ev.StepsAdded)
def _steps_added(ladder: Ladder, event: ev.StepsAdded) -> Ladder:
    return replace(ladder, steps=ladder.steps + event.steps)


@on(ev.StepLate)
def _step_late(ladder: Ladder, event: ev.StepLate) -> Ladder:
    return _steps(ladder, event.kind, event.run, late_told=True)


# rights


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Known:
    """Everybody who was ever on the ticket."""

    people: tuple[Who, ...] = ()

    def knows(self, person: str) -> bool:
        """Say whether a person is on the ticket."""
        return any(who.key == person for who in self.people)


def with_person(people: tuple[Who, ...], person: Who) -> tuple[Who, ...]:
    """Return the people with one more, unless they are among them."""
    return people if any(who.key == person.key for who in people) else (*people, person)


@on(ev.TicketOpened)
def _who_opened(event: ev.TicketOpened) -> Known:
    people = (event.by,)
    return Known(people if event.poc is None else with_person(people, event.poc))


@on(
    ev.PersonAdded,
    ev.HelperCalled,
    ev.PersonInvited,
    ev.RoleAsked,
    ev.PocOffered,
    ev.PocChanged,
)
def _person_known(
    known: Known,
    event: ev.PersonAdded
    | ev.HelperCalled
    | ev.PersonInvited
    | ev.RoleAsked
    | ev.PocOffered
    | ev.PocChanged,
) -> Known:
    return Known(with_person(known.people, event.person))


@on(ev.PersonJoined)
def _who_joined(known: Known, event: ev.PersonJoined) -> Known:
    return known if event.outside else Known(with_person(known.people, event.person))


@on(ev.RoleTaken)
def _who_took(known: Known, event: ev.RoleTaken) -> Known:
    return Known(with_person(known.people, event.by))


# holds


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Holds:
    """Every hold that was ever placed."""

    holds: tuple[Hold, ...] = ()

    def holds_in_force(self, kind: HoldKind) -> tuple[Hold, ...]:
        """Return the holds of a kind that still bind."""
        return tuple(hold for hold in self.holds if hold.kind is kind and hold.in_force)

    def asked_to_stop(self, person: str) -> bool:
        """Say whether a person was ever asked to stop payments for a hold of this ticket."""
        return any(person in hold.tried for hold in self.holds)


@on(ev.HoldAsked)
def _hold_asked(holds: Holds, event: ev.HoldAsked) -> Holds:
    hold = Hold(event.number, event.kind, HoldState.ASKED, event.by, event.at, event.reason)
    return Holds((*holds.holds, hold))


@on(ev.StopAsked)
def _stop_asked(holds: Holds, event: ev.StopAsked) -> Holds:
    hold = next(h for h in holds.holds if h.number == event.number)
    tried = (*hold.tried, event.person.key)
    changes = {"stopper": event.person, "stopper_asked_at": event.at, "tried": tried}
    return Holds(numbered(holds.holds, event.number, **changes))


@on(ev.StopLapsed, ev.StopRotaExhausted)
def _stop_unanswered(holds: Holds, event: ev.StopLapsed | ev.StopRotaExhausted) -> Holds:
    return Holds(numbered(holds.holds, event.number, stopper=None, stopper_asked_at=None))


@on(ev.HoldStopped)
def _hold_stopped(holds: Holds, event: ev.HoldStopped) -> Holds:
    stopped = numbered(
        holds.holds,
        event.number,
        state=HoldState.STOPPED,
        stopped_by=event.confirmed_by,
        stopped_at=event.at,
    )
    return Holds(stopped)


@on(ev.HoldCleared)
def _hold_cleared(holds: Holds, event: ev.HoldCleared) -> Holds:
    cleared = numbered(
        holds.holds,
        event.number,
        state=HoldState.CLEARED,
        cleared_by=event.by,
        cleared_at=event.at,
    )
    return Holds(cleared)


# roles


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Roles:
    """The seats that the tier has."""

    seats: tuple[Seat, ...] = ()

    def seat(self, role: Role) -> Seat | None:
        """Return the seat of a role, None when this tier has no such seat."""
        return next((seat for seat in self.seats if seat.role is role), None)


def _seats(roles: Roles, role: Role, change: Callable[[Seat], Seat]) -> Roles:
    return Roles(tuple(change(seat) if seat.role is role else seat for seat in roles.seats))


@on(ev.LadderStarted)
def _seats_of_ladder(roles: Roles, event: ev.LadderStarted) -> Roles:
    seats = {seat.role: seat for seat in roles.seats}
    for role in event.roles:
        seats.setdefault(role, Seat(role))
    return Roles(tuple(seats.values()))


@on(ev.TierChanged)
def _without_commander(roles: Roles, event: ev.TierChanged) -> Roles:
    if event.after >= Tier.SYSTEMIC:
        return roles
    return Roles(tuple(seat for seat in roles.seats if seat.role is not Role.COMMANDER))


@on(ev.RoleAsked)
def _role_asked(roles: Roles, event: ev.RoleAsked) -> Roles:
    def ask(seat: Seat) -> Seat:
        tried = (*seat.tried, event.person.key)
        return replace(seat, asked=event.person, asked_at=event.at, tried=tried, exhausted=False)

    return _seats(roles, event.role, ask)


@on(ev.RoleTaken)
def _role_taken(roles: Roles, event: ev.RoleTaken) -> Roles:
    return _seats(roles, event.role, lambda seat: Seat(seat.role, event.by, event.at))


@on(ev.RoleDeclined, ev.RoleLapsed)
def _role_free(roles: Roles, event: ev.RoleDeclined | ev.RoleLapsed) -> Roles:
    return _seats(roles, event.role, lambda seat: replace(seat, asked=None, asked_at=None))


@on(ev.RotaExhausted)
def _rota_exhausted(roles: Roles, event: ev.RotaExhausted) -> Roles:
    return _seats(
        roles, event.role, lambda seat: replace(seat, asked=None, asked_at=None, exhausted=True)
    )


# contact


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class HandOver:
    """The hand-over of the point of contact that waits for an answer."""

    poc_offer: PocOffer | None = None


@on(ev.PocOffered)
def _poc_offered(_hand_over: HandOver, event: ev.PocOffered) -> HandOver:
    return HandOver(PocOffer(event.person, event.by, event.at))


@on(ev.PocDeclined, ev.PocChanged)
def _poc_answered(_hand_over: HandOver, _event: ev.PocDeclined | ev.PocChanged) -> HandOver:
    return HandOver()


# helpers


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Helpers:
    """Who was called for a duty: the leads at T+0, the reviewers of an exposure."""

    helpers: tuple[Helper, ...] = ()


@on(ev.HelperCalled)
def _helper_called(helpers: Helpers, event: ev.HelperCalled) -> Helpers:
    called = Helper(event.duty, event.person, event.at, required=event.required)
    return Helpers((*helpers.helpers, called))


def _helpers(helpers: Helpers, person: str, **changes: Any) -> Helpers:
    def change(helper: Helper) -> Helper:
        return replace(helper, **changes) if helper.who.key == person else helper

    return Helpers(tuple(change(helper) for helper in helpers.helpers))


@on(ev.HelperCalledAgain)
def _helper_again(helpers: Helpers, event: ev.HelperCalledAgain) -> Helpers:
    return _helpers(helpers, event.person.key, asked_again_at=event.at, left=False)


@on(ev.HelperAnswered)
def _helper_answered(helpers: Helpers, event: ev.HelperAnswered) -> Helpers:
    return _helpers(helpers, event.person.key, here_at=event.at, left=False)


@on(ev.PersonJoined)
def _helper_joined(helpers: Helpers, event: ev.PersonJoined) -> Helpers:
    return _helpers(helpers, event.person.key, left=False)


@on(ev.PersonLeft)
def _helper_left(helpers: Helpers, event: ev.PersonLeft) -> Helpers:
    return _helpers(helpers, event.person.key, left=True) if event.helped else helpers


# bridge


part_of(Ticket, under="bridge")(BridgeState)


@on(ev.LeadsBroughtIn)
def _brought_in(bridge: BridgeState, event: ev.LeadsBroughtIn) -> BridgeState:
    return replace(bridge, brought_in_at=event.at)


@on(ev.PersonJoined)
def _joined(bridge: BridgeState, event: ev.PersonJoined) -> BridgeState:
    return replace(bridge, here=with_person(bridge.here, event.person))


@on(ev.PersonLeft)
def _left(bridge: BridgeState, event: ev.PersonLeft) -> BridgeState:
    return replace(bridge, here=tuple(who for who in bridge.here if who.key != event.person.key))


@on(ev.NinthKept)
def _ninth_kept(bridge: BridgeState, event: ev.NinthKept) -> BridgeState:
    return replace(bridge, kept=(*bridge.kept, event.person.key))


@on(ev.BridgeOpened)
def _bridge_opened(bridge: BridgeState, event: ev.BridgeOpened) -> BridgeState:
    return replace(
        bridge,
        channel_id=event.channel_id,
        channel_name=event.channel_name,
        opened_at=event.at,
    )


@on(ev.BridgeSharedOutside)
def _bridge_shared(bridge: BridgeState, event: ev.BridgeSharedOutside) -> BridgeState:
    return replace(bridge, shared_at=event.at)


@on(ev.BridgeArchiveAsked)
def _archive_asked(bridge: BridgeState, event: ev.BridgeArchiveAsked) -> BridgeState:
    return replace(bridge, archived_at=event.at)


@on(ev.CallStarted)
def _call_started(bridge: BridgeState, event: ev.CallStarted) -> BridgeState:
    return replace(bridge, call_started_at=event.at, call_started_by=event.by)


@on(ev.TicketReopened)
def _made_anew(bridge: BridgeState, _event: ev.TicketReopened) -> BridgeState:
    if bridge.archived_at is None:
        return bridge
    return BridgeState(generation=bridge.generation + 1)


# investigation


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Investigation:
    """What is known of the fault inside: scope, findings, exposure. Source: S36, S41, S46."""

    exposure_by: Who | None = None
    exposure_at: datetime | None = None
    scope: str = ""
    scope_accounts: str = ""
    scope_since: str = ""
    findings: tuple[Finding, ...] = ()


@on(ev.ScopeConfirmed)
def _scope(found: Investigation, event: ev.ScopeConfirmed) -> Investigation:
    return replace(found, scope=event.how, scope_accounts=event.accounts, scope_since=event.since)


@on(ev.ExposureConfirmed)
def _exposure(found: Investigation, event: ev.ExposureConfirmed) -> Investigation:
    return replace(found, exposure_by=event.by, exposure_at=event.at)


@on(ev.FindingRecorded)
def _finding(found: Investigation, event: ev.FindingRecorded) -> Investigation:
    finding = Finding(
        event.number,
        event.kind,
        event.text,
        event.by,
        event.at,
        event.accounts_count,
        event.records_count,
    )
    return replace(found, findings=(*found.findings, finding))


# promises


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Promises:
    """The next updates that were promised to the account."""

    promises: tuple[Promise, ...] = ()

    @property
    def promise(self) -> Promise | None:
        """Return the promise that binds now: the newest one not kept and not lapsed."""
        return next(
            (p for p in reversed(self.promises) if p.kept_at is None and not p.lapsed), None
        )


@on(ev.PromiseMade)
def _promise_made(promises: Promises, event: ev.PromiseMade) -> Promises:
    made = Promise(event.number, event.promised_at, event.at)
    return Promises((*promises.promises, made))


@on(ev.PromiseKept)
def _promise_kept(promises: Promises, event: ev.PromiseKept) -> Promises:
    return Promises(numbered(promises.promises, event.number, kept_at=event.at))


@on(ev.PromiseLapsed)
def _promise_lapsed(promises: Promises, event: ev.PromiseLapsed) -> Promises:
    return Promises(numbered(promises.promises, event.number, lapsed=True))


@on(ev.TextWithdrawn)
def _promise_unheard(promises: Promises, event: ev.TextWithdrawn, before: Ticket) -> Promises:
    """What *no change* promised was never heard, so the promise before it binds again."""
    sent = next((t for t in before.of(FixedTexts).fixed_texts if t.key == event.key), None)
    if sent is None or sent.name != "no_change":
        return promises

    def as_before(promise: Promise) -> Promise:
        if sent.sent_at == promise.made_at:
            return replace(promise, lapsed=True)
        return replace(promise, kept_at=None) if sent.sent_at == promise.kept_at else promise

    return Promises(tuple(map(as_before, promises.promises)))


# updates


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Updates:
    """Every outward text that was written for this ticket."""

    drafts: tuple[Draft, ...] = ()

    def draft(self, number: int) -> Draft | None:
        """Return the outward text with this number."""
        return next((draft for draft in self.drafts if draft.number == number), None)

    def waiting_drafts(self) -> tuple[Draft, ...]:
        """Return the outward texts that wait for a release, oldest first."""
        return tuple(draft for draft in self.drafts if draft.state is DraftState.REVIEW)

    def released_updates(self) -> tuple[Draft, ...]:
        """Return the updates that have been released, oldest first."""
        kinds = (DraftKind.UPDATE, DraftKind.CORRECTION)
        states = (DraftState.RELEASED, DraftState.DELIVERED)
        return tuple(d for d in self.drafts if d.kind in kinds and d.state in states)

    def delivered_updates(self) -> tuple[Draft, ...]:
        """Return the updates that are with the account, oldest first."""
        return tuple(d for d in self.released_updates() if d.state is DraftState.DELIVERED)


@on(ev.TextDrafted)
def _drafted(updates: Updates, event: ev.TextDrafted) -> Updates:
    draft = Draft(
        number=event.number,
        kind=event.kind,
        fields=event.fields,
        text_hash=event.text_hash,
        written_by=event.by,
        edited_by=event.by,
        review_since=event.at,
        next_at=event.next_at,
        asked_reason=event.asked_reason,
        corrects=event.corrects,
    )
    return Updates((*updates.drafts, draft))


def _drafts(updates: Updates, number: int, **changes: Any) -> Updates:
    return Updates(numbered(updates.drafts, number, **changes))


@on(ev.TextEdited)
def _edited(updates: Updates, event: ev.TextEdited) -> Updates:
    return _drafts(
        updates,
        event.number,
        fields=event.fields,
        text_hash=event.text_hash,
        edited_by=event.by,
        review_since=event.at,
        next_at=event.next_at,
        asked_reason=event.asked_reason,
        state=DraftState.REVIEW,
        suggested_by=None,
        suggested=(),
        sent_back_why="",
        hands=event.hands,
        proposers=(),
        sent_back_by=None,
    )


@on(ev.WordsSuggested)
def _suggested(updates: Updates, event: ev.WordsSuggested) -> Updates:
    changes = {
        "suggested_by": event.by,
        "suggested": event.fields,
        "proposers": event.proposers,
    }
    return _drafts(updates, event.number, **changes)


@on(ev.TextSentBack)
def _sent_back(updates: Updates, event: ev.TextSentBack) -> Updates:
    return _drafts(
        updates,
        event.number,
        state=DraftState.SENT_BACK,
        sent_back_why=event.why,
        sent_back_by=event.reviewer,
    )


@on(ev.TextReleased)
def _released(updates: Updates, event: ev.TextReleased) -> Updates:
    return _drafts(
        updates,
        event.number,
        state=DraftState.RELEASED,
        released_by=event.by,
        released_at=event.at,
        update_number=event.update_number,
    )


@on(ev.PageAsked)
def _page_asked(updates: Updates, event: ev.PageAsked) -> Updates:
    return _drafts(updates, event.number, poster=event.person)


@on(ev.TextDelivered)
def _delivered(updates: Updates, event: ev.TextDelivered) -> Updates:
    changes = {"state": DraftState.DELIVERED, "delivered_at": event.at, "link": event.link}
    return _drafts(updates, event.number, **changes)


@on(ev.TextRecalled)
def _recalled(updates: Updates, event: ev.TextRecalled) -> Updates:
    return _drafts(updates, event.number, recalled_at=event.at, recalled_by=event.by)


OVER = (Withdrawal.CLOSED, Withdrawal.MOVED_ON, Withdrawal.NOTHING_THERE)
"""Reasons that end the words: nobody is asked to release them again."""


@on(ev.TextWithdrawn)
def _withdrawn(updates: Updates, event: ev.TextWithdrawn) -> Updates:
    draft = updates.draft(event.number)
    if draft is None:
        return updates
    over = event.why in OVER and draft.kind is not DraftKind.UPDATE
    return _drafts(
        updates,
        draft.number,
        state=DraftState.SENT_BACK if over else DraftState.REVIEW,
        review_since=event.at,
        released_by=None,
        released_at=None,
        update_number=None,
        poster=None,
        recalled_at=None,
        recalled_by=None,
        withdrawn=draft.withdrawn + 1,
        withdrawn_why=event.why.value,
    )


# fixed texts


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class FixedTexts:
    """The pre-approved texts that were sent."""

    fixed_texts: tuple[FixedText, ...] = ()


@on(ev.FixedTextSent)
def _fixed_sent(texts: FixedTexts, event: ev.FixedTextSent) -> FixedTexts:
    sent = FixedText(event.name, event.by, event.at, event.key)
    return FixedTexts((*texts.fixed_texts, sent))


def _fixed(texts: FixedTexts, key: str, **changes: Any) -> FixedTexts:
    return FixedTexts(
        tuple(replace(text, **changes) if text.key == key else text for text in texts.fixed_texts)
    )


@on(ev.FixedTextTaken)
def _fixed_taken(texts: FixedTexts, event: ev.FixedTextTaken) -> FixedTexts:
    return _fixed(texts, event.key, taken_at=event.at, link=event.link)


@on(ev.TextWithdrawn)
def _fixed_withdrawn(texts: FixedTexts, event: ev.TextWithdrawn) -> FixedTexts:
    return _fixed(texts, event.key, withdrawn_at=event.at)


# outreach


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Outreach:
    """The accounts that are impacted. Source: S23."""

    impacted: tuple[str, ...] = ()


@on(ev.ImpactedNamed)
def _impacted(outreach: Outreach, event: ev.ImpactedNamed) -> Outreach:
    new = tuple(key for key in event.accounts if key not in outreach.impacted)
    return Outreach(outreach.impacted + new)


# executives


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Executives:
    """The executives who were told. Source: S15, D11."""

    executives: tuple[Executive, ...] = ()


@on(ev.ExecutiveNotified)
def _executive_notified(told: Executives, event: ev.ExecutiveNotified) -> Executives:
    return Executives((*told.executives, Executive(event.person, event.at)))


def _executives(told: Executives, person: str, **changes: Any) -> Executives:
    return Executives(
        tuple(replace(e, **changes) if e.who.key == person else e for e in told.executives)
    )


@on(ev.ExecutiveReached)
def _executive_reached(told: Executives, event: ev.ExecutiveReached) -> Executives:
    return _executives(told, event.person.key, taken_at=event.at)


@on(ev.BriefSeen)
def _brief_seen(told: Executives, event: ev.BriefSeen) -> Executives:
    return _executives(told, event.person.key, seen_at=event.at)


@on(ev.QuestionAsked)
def _question(told: Executives, event: ev.QuestionAsked) -> Executives:
    asked = Question(event.text, event.person, event.at)
    return Executives(
        tuple(
            replace(e, questions=(*e.questions, asked)) if e.who.key == event.person.key else e
            for e in told.executives
        )
    )


# decisions


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions that were asked of executives. Source: S160, D11."""

    decisions: tuple[Decision, ...] = ()

    def decision(self, number: int) -> Decision | None:
        """Return the decision with this number."""
        return next((one for one in self.decisions if one.number == number), None)

    @property
    def open_decisions(self) -> tuple[Decision, ...]:
        """Return the decisions that wait for an answer, the next due first."""
        asked = (one for one in self.decisions if one.state is DecisionState.ASKED)
        return tuple(sorted(asked, key=lambda one: (one.due_at, one.number)))


@on(ev.DecisionAsked)
def _decision_asked(decisions: Decisions, event: ev.DecisionAsked) -> Decisions:
    asked = Decision(
        number=event.number,
        asked_of=event.person,
        asked_by=event.by,
        asked_at=event.at,
        question=event.question,
        options=event.options,
        due_at=event.due_at,
        default=event.default,
    )
    return Decisions((*decisions.decisions, asked))


def _decided(decisions: Decisions, number: int, at: datetime, **changes: Any) -> Decisions:
    return Decisions(numbered(decisions.decisions, number, settled_at=at, **changes))


@on(ev.DecisionMade)
def _decision_made(decisions: Decisions, event: ev.DecisionMade) -> Decisions:
    changes = {"state": DecisionState.MADE, "answer": event.answer}
    return _decided(decisions, event.number, event.at, **changes)


@on(ev.DecisionLapsed)
def _decision_lapsed(decisions: Decisions, event: ev.DecisionLapsed) -> Decisions:
    changes = {"state": DecisionState.LAPSED, "answer": event.default}
    return _decided(decisions, event.number, event.at, **changes)


@on(ev.DecisionWithdrawn)
def _decision_withdrawn(decisions: Decisions, event: ev.DecisionWithdrawn) -> Decisions:
    changes = {"state": DecisionState.WITHDRAWN, "why": event.why}
    return _decided(decisions, event.number, event.at, **changes)


# closure


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Closure:
    """How the ticket ends: its resolution, how often it was opened again, its end."""

    resolution: Resolution | None = None
    reopened: int = 0
    error_reason: str = ""
    error_at: datetime | None = None
    closed_at: datetime | None = None


@on(ev.TicketResolved)
def _resolved(closure: Closure, event: ev.TicketResolved) -> Closure:
    resolution = Resolution(event.by, event.at, rca_due_at=event.rca_due_at)
    return replace(closure, resolution=resolution)


def _resolution(closure: Closure, **changes: Any) -> Closure:
    if closure.resolution is None:
        return closure
    return replace(closure, resolution=replace(closure.resolution, **changes))


@on(ev.ResolutionTold)
def _resolution_told(closure: Closure, event: ev.ResolutionTold) -> Closure:
    return _resolution(closure, told_at=event.at)


@on(ev.ConfirmationReminded)
def _reminded(closure: Closure, event: ev.ConfirmationReminded) -> Closure:
    return _resolution(closure, reminded_at=event.at)


@on(ev.AccountConfirmed)
def _confirmed(closure: Closure, event: ev.AccountConfirmed) -> Closure:
    return _resolution(
        closure, confirmed_at=event.at, confirmed_by=event.speaker, by_phone=event.by_phone
    )


@on(ev.RcaDelivered)
def _rca_delivered(closure: Closure, event: ev.RcaDelivered) -> Closure:
    return _resolution(closure, rca_delivered_at=event.at)


@on(ev.TicketReopened)
def _reopened(closure: Closure, _event: ev.TicketReopened) -> Closure:
    return replace(closure, reopened=closure.reopened + 1)


@on(ev.OpenedInError)
def _in_error(closure: Closure, event: ev.OpenedInError) -> Closure:
    return replace(closure, error_reason=event.reason, error_at=event.at)


@on(ev.ClosedUnconfirmed)
def _closed_unconfirmed(closure: Closure, event: ev.ClosedUnconfirmed) -> Closure:
    return replace(closure, closed_at=event.at)


# replies


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Calls:
    """When the account was called by phone, and how many deliveries had died by then."""

    calls: tuple[datetime, ...] = ()
    called_by: Who | None = None
    dead_when_called: int = 0


@on(ev.AccountCalled)
def _called(calls: Calls, event: ev.AccountCalled, before: Ticket) -> Calls:
    return Calls((*calls.calls, event.at), event.by, len(before.of(Deliveries).dead))


@on(ev.DeliveryRevived)
def _dead_no_more(calls: Calls, event: ev.DeliveryRevived, before: Ticket) -> Calls:
    told = before.of(Deliveries).dead[: calls.dead_when_called]
    return replace(calls, dead_when_called=len([key for key in told if key != event.key]))


# timeline


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Notes:
    """How many notes stand on the timeline."""

    notes_count: int = 0


@on(ev.NoteAdded)
def _note_added(notes: Notes, _event: ev.NoteAdded) -> Notes:
    return Notes(notes.notes_count + 1)


# tiers


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Tiers:
    """How the tier came about: what was found, what was changed, what was asked."""

    tier_changes: tuple[TierChange, ...] = ()
    impacts_found: frozenset[Impact] = frozenset()
    lowerings: tuple[Lowering, ...] = ()

    def lowering(self, number: int) -> Lowering | None:
        """Return the question about a lower tier with this number."""
        return next((one for one in self.lowerings if one.number == number), None)

    @property
    def waiting_lowering(self) -> Lowering | None:
        """Return the question about a lower tier that nobody has answered yet."""
        return next((one for one in reversed(self.lowerings) if one.waits), None)


@on(ev.TierChanged)
def _tier_changed(tiers: Tiers, event: ev.TierChanged) -> Tiers:
    change = TierChange(event.before, event.after, event.by, event.at, event.reason)
    return replace(tiers, tier_changes=(*tiers.tier_changes, change))


@on(ev.ImpactsFound)
def _impacts_found(tiers: Tiers, event: ev.ImpactsFound) -> Tiers:
    return replace(tiers, impacts_found=tiers.impacts_found | event.impacts)


@on(ev.LoweringAsked)
def _lowering_asked(tiers: Tiers, event: ev.LoweringAsked) -> Tiers:
    lowering = Lowering(
        number=event.number,
        before=event.before,
        after=event.after,
        asked_by=event.by,
        asked_at=event.at,
        reason=event.reason,
        asked=event.asked,
    )
    return replace(tiers, lowerings=(*tiers.lowerings, lowering))


_SETTLED = {
    ev.LoweringAgreed: LoweringState.AGREED,
    ev.LoweringDeclined: LoweringState.DECLINED,
    ev.LoweringLapsed: LoweringState.LAPSED,
    ev.LoweringWithdrawn: LoweringState.WITHDRAWN,
}


@on(*_SETTLED)
def _lowering_settled(
    tiers: Tiers,
    event: ev.LoweringAgreed | ev.LoweringDeclined | ev.LoweringLapsed | ev.LoweringWithdrawn,
) -> Tiers:
    changes: dict[str, object] = {
        "state": _SETTLED[type(event)],
        "settled_by": event.by,
        "settled_at": event.at,
    }
    if isinstance(event, ev.LoweringWithdrawn):
        changes["why"] = event.why
    return replace(tiers, lowerings=numbered(tiers.lowerings, event.number, **changes))


# deliveries


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Deliveries:
    """What became of messages that had to arrive.

    ``unreached`` says of each message that died and was meant for one of us, whom it did not reach,
    ``rerouted`` which texts went by mail because the channel did not take them.
    """

    dead: tuple[str, ...] = ()
    unreached: tuple[tuple[str, str], ...] = ()
    rerouted: tuple[str, ...] = ()


@on(ev.DeliveryBuried)
def _buried(deliveries: Deliveries, event: ev.DeliveryBuried) -> Deliveries:
    unreached = deliveries.unreached
    if event.person:
        unreached = (*unreached, (event.key, event.person))
    return replace(deliveries, dead=(*deliveries.dead, event.key), unreached=unreached)


@on(ev.DeliveryRevived)
def _revived(deliveries: Deliveries, event: ev.DeliveryRevived) -> Deliveries:
    return replace(
        deliveries,
        dead=tuple(key for key in deliveries.dead if key != event.key),
        unreached=tuple(pair for pair in deliveries.unreached if pair[0] != event.key),
    )


@on(ev.TextRerouted)
def _rerouted(deliveries: Deliveries, event: ev.TextRerouted) -> Deliveries:
    return replace(deliveries, rerouted=(*deliveries.rerouted, event.key))


# opening


part_of(Ticket, under="opening")(Opening)


@on(ev.TicketOpened)
def _opening(event: ev.TicketOpened) -> Opening:
    return event.opening
