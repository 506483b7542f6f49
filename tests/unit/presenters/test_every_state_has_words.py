"""Whatever legal commands make of a ticket: every effect and everything looked up has its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocols.analysis.events import RecordRca
from protocols.bridge.events import (
    BringInNow,
    InvitePerson,
    KeepNinth,
    NoteJoined,
    NoteLeft,
    NoteShared,
    StartCall,
)
from protocols.closure.events import AnswerSolved, MarkOpenedInError, RecordAnswer, Reopen, Resolve
from protocols.contact.events import AnswerPoc, OfferPoc
from protocols.contact.state import HandOver
from protocols.decisions.events import AskDecision, Decide
from protocols.decisions.state import Decisions
from protocols.deliveries.events import BuryDelivery
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.fixed_texts.events import SendFixed
from protocols.helpers.events import JoinBridge, SayOnIt
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.holds.state import Holds
from protocols.investigation.events import (
    ConfirmExposure,
    ConfirmScope,
    RecordFinding,
    RecordIsolation,
)
from protocols.kernel.command import Command
from protocols.kernel.refusals import Refusal
from protocols.outreach.events import AddImpacted
from protocols.people.people import ENGINE, Actor, Role, Who
from protocols.replies.events import (
    ReadAnswer,
    RecordAlteration,
    RecordCall,
    RecordOwnWords,
    RecordReply,
    RecordWords,
)
from protocols.rights.state import Known
from protocols.roles.events import AssignRole, DeclineRole, TakeRole
from protocols.roles.state import Roles
from protocols.scales import CATEGORIES, Impact, NoticedBy, Severity, Signal, Tier
from protocols.tiers.events import AnswerLowering, ChangeTier
from protocols.tiers.state import Tiers
from protocols.timeline.events import AddNote, NoteEdited
from protocols.updates.approval import hash_of
from protocols.updates.events import (
    DraftKind,
    DraftState,
    DraftText,
    ReleaseText,
    SendBack,
    SuggestWords,
    UseSuggested,
)
from protocols.updates.state import Updates
from templates.clock.facts import why_facts
from templates.fixed_texts.facts import say_facts
from templates.kit import render
from templates.opening.facts import opened_facts
from templates.ticket.certificate import certificate_facts
from templates.ticket.show import show_facts
from templates.timeline.facts import timeline_facts
from tests.unit.presenters.walking import CUSTOMER, LINKS, REFERENCE, Walk, opening, person

PEOPLE = (
    "csm-one", "csm-two", "cs-manager-one", "engineering-lead-one", "engineer-one", "support-one",
    "support-two", "legal-one", "compliance-one", "finance-one", "security-one", "sponsor-one",
    "payments-operations-one",
)  # fmt: skip
STEPS = 45
Choice = Callable[[Random, Walk], Command]


def _who(random: Random) -> Who:
    return person(random.choice(PEOPLE)).who


def _number(random: Random, walk: Walk) -> int:
    drafts = walk.ticket.of(Updates).drafts if walk.ticket is not None else ()
    return random.choice(drafts).number if drafts else 1


def _draft(random: Random, walk: Walk) -> Command:
    kind = random.choice(list(DraftKind)[:5])
    words = {
        DraftKind.CORRECTION: (("wrong", "412 payments."), ("right", "410 payments.")),
        DraftKind.RESOLUTION: (("done", "The copies were returned."), ("check", "See the list.")),
    }
    usual = (("known", "412 payments were submitted twice."), ("doing", "We separate them."))
    minutes = random.choice((20, 60, 120))
    number = _number(random, walk) if random.random() < 0.2 else None
    return DraftText(
        REFERENCE, kind, words.get(kind, usual), walk.now + timedelta(minutes=minutes),
        "" if random.random() < 0.8 else "checked twice", number,
    )  # fmt: skip


def _release(random: Random, walk: Walk) -> Command:
    waiting = walk.ticket.of(Updates).waiting_drafts() if walk.ticket is not None else ()
    draft = random.choice(waiting) if waiting else None
    return ReleaseText(REFERENCE, draft.number if draft else 1, hash_of(draft) if draft else "none")


def _hold_number(random: Random, walk: Walk) -> int:
    holds = walk.ticket.of(Holds).holds if walk.ticket is not None else ()
    return random.choice(holds).number if holds else 1


def _hold_change(random: Random, walk: Walk) -> Command:
    number = _hold_number(random, walk)
    if random.random() < 0.5:
        return ConfirmStopped(REFERENCE, number, "Payments Operations One")
    return ClearHold(REFERENCE, number, "checked")


def _review(random: Random, walk: Walk) -> Command:
    number = _number(random, walk)
    made = (
        SuggestWords(REFERENCE, number, (("known", "410 payments."),)),
        UseSuggested(REFERENCE, number),
        SendBack(REFERENCE, number, "one number is open"),
    )
    return random.choice(made)


def _of_person(random: Random, _: Walk) -> Command:
    who, other = _who(random), _who(random)
    made = (
        NoteJoined(REFERENCE, who, other),
        NoteJoined(REFERENCE, who),
        NoteJoined(REFERENCE, who),
        NoteLeft(REFERENCE, who),
        OfferPoc(REFERENCE, who),
        InvitePerson(REFERENCE, who, "knows the queue"),
        KeepNinth(REFERENCE, who, "knows the queue"),
        NoteEdited(REFERENCE, who, "it was the deploy", random.random() < 0.5),
    )
    return random.choice(made)


def _of_role(random: Random, _: Walk) -> Command:
    role = random.choice(list(Role))
    made = (
        TakeRole(REFERENCE, role),
        TakeRole(REFERENCE, role),
        DeclineRole(REFERENCE, role),
        AssignRole(REFERENCE, role, _who(random), "end of duty"),
    )
    return random.choice(made)


def _of_scale(random: Random, walk: Walk) -> Command:
    asked = len(walk.ticket.of(Tiers).lowerings) if walk.ticket is not None else 0
    if asked and random.random() < 0.5:
        return AnswerLowering(REFERENCE, asked, agree=random.random() < 0.6)
    made = (
        ChangeTier(REFERENCE, random.choice(list(Tier)), "the same in 9 accounts"),
        PlaceHold(REFERENCE, random.choice(list(HoldKind)), "in doubt"),
    )
    return random.choice(made)


def _decision(random: Random, walk: Walk) -> Command:
    asked = walk.ticket.of(Decisions).decisions if walk.ticket is not None else ()
    if asked and random.random() < 0.5:
        return Decide(REFERENCE, random.choice(asked).number, random.choice((1, 2)))
    due_at = walk.now + timedelta(minutes=random.choice((2, 30)))
    question = f"Stop <!channel> & run {len(asked)}?"
    return AskDecision(REFERENCE, question, ("Stop *all*", "Go on"), due_at, "we go on as now.")


MADE: tuple[Choice, ...] = (
    _draft,
    _draft,
    _release,
    _release,
    _release,
    _review,
    _hold_change,
    _of_person,
    _of_person,
    _of_role,
    _of_role,
    _of_scale,
    _decision,
)
FIXED: tuple[Command, ...] = (
    ConfirmScope(REFERENCE, "one run", "13:10 UTC", "seen on the bank's list"),
    BringInNow(REFERENCE),
    JoinBridge(REFERENCE),
    SayOnIt(REFERENCE),
    ConfirmExposure(REFERENCE),
    AnswerPoc(REFERENCE, True),
    AnswerPoc(REFERENCE, False),
    StartCall(REFERENCE),
    RecordFinding(REFERENCE, "scope", "412 payments of one run", 1, 412),
    RecordFinding(REFERENCE, "fact", "R03 <!channel> & 4111 1111 1111 1111"),
    RecordIsolation(REFERENCE, True, "in the billing queue"),
    RecordIsolation(REFERENCE, False, "the queue is gone"),
    SendFixed(REFERENCE, "acknowledgment"),
    SendFixed(REFERENCE, "holding"),
    SendFixed(REFERENCE, "no_change"),
    RecordCall(REFERENCE, "spoke with AP Director One"),
    AddImpacted(REFERENCE, ("birch", "cedar", "nobody")),
    AddNote(REFERENCE, "decided on the call", "Engineer One"),
    RecordReply(
        REFERENCE, "AP Director One", "one run or all?", "C0ACME0001", "1.2", "https://a.example/1"
    ),
    RecordReply(REFERENCE, "AP Director One", "works now", "C0ACME0001", "1.3", apart=True),
    RecordReply(REFERENCE, "AP Director One", "works now, but not all", "C0ACME0001", "1.4"),
    RecordReply(REFERENCE, "AP Director One", "still broken <!channel>", "C0ACME0001", "1.5"),
    ReadAnswer(REFERENCE, "1.4", True),
    ReadAnswer(REFERENCE, "1.4", False),
    RecordAlteration(REFERENCE, CUSTOMER.who, "stop", "do *not* stop", "C0ACME0001", "1.4"),
    RecordAlteration(REFERENCE, CUSTOMER.who, "stop <!channel>", "", "C0ACME0001", "1.4"),
    RecordOwnWords(REFERENCE, "Caused by R03, fixed soon. Birch, too.", "C0ACME0001", "1.6"),
    RecordWords(REFERENCE, "AP Director One", "14:40 UTC", "is it all?"),
    MarkSeen(REFERENCE),
    AskQuestion(REFERENCE, "Stop all runs of today?"),
    AnswerSolved(REFERENCE, True),
    AnswerSolved(REFERENCE, False, "two are still missing"),
    RecordAnswer(REFERENCE, "AP Director One", "16:00 UTC", "yes", True),
    Reopen(REFERENCE, "it came back"),
    RecordRca(REFERENCE, "https://desk.vendor.example/rca/1"),
)
RARE: tuple[Command, ...] = (
    Resolve(REFERENCE, "The second copies were returned.", "See the statement."),
    Resolve(REFERENCE, "One payment was returned.", "See the list."),
    ChangeTier(REFERENCE, Tier.SYSTEMIC, "the same in 9 accounts"),
    MarkOpenedInError(REFERENCE, "wrong_account", "it was Birch"),
    NoteShared(REFERENCE, "C0BRIDGE01"),
)


def _command(random: Random, walk: Walk) -> Command:
    dice = random.random()
    if dice < 0.04:
        return random.choice(RARE)
    return random.choice(FIXED) if dice < 0.5 else random.choice(MADE)(random, walk)


def _open(random: Random) -> Walk:
    walk = Walk()
    key = random.choice(("acme", "acme", "acme", "birch", None))
    command = opening(
        account_key=key,
        impacts=frozenset(random.sample(list(Impact), random.choice((0, 1, 1, 2)))),
        signal=random.choice([None, *Signal]),
        noticed_by=random.choice(list(NoticedBy)),
        funds_confirmed=random.random() < 0.5,
        severity=random.choice(list(Severity)),
        category=random.choice(CATEGORIES),
    )
    walk.do(person(random.choice(PEOPLE)), command)
    return walk


def _fitting(command: Command, walk: Walk) -> list[str]:
    """Return who may do this, as far as it is easily said, so that walks get somewhere."""
    ticket = walk.ticket
    assert ticket is not None
    if isinstance(command, TakeRole | DeclineRole):
        seat = ticket.of(Roles).seat(command.role)
        return [seat.asked.key] if seat is not None and seat.asked is not None else []
    if isinstance(command, AnswerPoc):
        offered_to = ticket.of(HandOver).asked
        return [offered_to.key] if offered_to is not None else []
    if isinstance(command, DraftText | UseSuggested):
        number = command.number
        draft = ticket.of(Updates).draft(number) if number is not None else None
        return [draft.written_by.key] if draft is not None else ["csm-two"]
    if isinstance(command, ReleaseText | ChangeTier | OfferPoc | KeepNinth):
        return ["cs-manager-one", "legal-one"]
    if isinstance(command, MarkSeen | Decide):
        return ["sponsor-one"]
    if isinstance(command, AskDecision):
        return ["cs-manager-one"]
    if isinstance(command, AnswerLowering):
        return ["legal-one", "security-one"]
    return [who.key for who in ticket.of(Known).people]


def _actor(random: Random, command: Command, walk: Walk) -> Actor:
    if isinstance(command, AnswerSolved):
        return CUSTOMER
    if isinstance(command, RecordReply) and random.random() < 0.5:
        return CUSTOMER
    fitting = _fitting(command, walk) if random.random() < 0.8 else list(PEOPLE)
    return person(random.choice(fitting or PEOPLE))


def _step(random: Random, walk: Walk) -> None:
    points, dice = walk.points(), random.random()
    waiting = [e for e in walk.sent if e.reports and e.key not in walk.taken]
    if dice < 0.2 and points:
        walk.fall_due(points[0])
    elif dice < 0.4 and waiting:
        walk.take(random.choice(waiting))
    elif dice < 0.43 and walk.sent:
        key = random.choice(walk.sent).key
        walk.do(ENGINE, BuryDelivery(REFERENCE, key, "channel_not_found"))
    else:
        walk.wait_until(walk.now + timedelta(seconds=random.choice((0, 20, 200))))
        command = _command(random, walk)
        walk.do(_actor(random, command, walk), command)


def _look_up(walk: Walk) -> None:
    ticket, ctx = walk.ticket, walk.ctx
    assert ticket is not None
    render.message("show", show_facts(ticket, ctx, LINKS))
    render.message("why", why_facts(ticket, ctx, LINKS))
    render.message("what_can_i_say", say_facts(ticket, ctx, LINKS))
    render.message("opened", opened_facts(ticket, ctx, LINKS))
    render.view("opened", opened_facts(ticket, ctx, LINKS))
    shown = certificate_facts(ticket, walk.history, ctx, LINKS, intact=True)
    render.message("certificate", shown)
    for only_decisions in (False, True):
        page = timeline_facts(ticket, walk.history, 1, only_decisions, ctx)
        render.message("timeline", page)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_every_planned_effect_and_every_look_up_has_words(seed: int) -> None:
    random = Random(seed)
    walk = _open(random)
    for _ in range(STEPS):
        try:
            _step(random, walk)
        except Refusal:
            continue
    _look_up(walk)
    assert walk.said


def test_the_walks_reach_the_states_that_matter() -> None:
    reached: set[str] = set()
    for seed in range(100):
        random = Random(seed)
        walk = _open(random)
        for _ in range(STEPS):
            try:
                _step(random, walk)
            except Refusal:
                continue
        reached |= {effect.template for effect in walk.sent if effect.template is not None}
        ticket = walk.ticket
        assert ticket is not None
        reached |= {
            ticket.status.value,
            *(draft.state.value for draft in ticket.of(Updates).drafts),
        }
    assert reached >= {"card", "review", "brief_t3", "brief_t4", "role_line", "hold_line",
                       "update_customer", "resolved", "decision", "decision_answer",
                       "lowering_ask", "lowering_answer",
                       DraftState.DELIVERED.value}  # fmt: skip
