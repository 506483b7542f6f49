"""Whatever legal commands make of a ticket: every effect and everything looked up has its words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocols import commands as cmd
from protocols.people import ENGINE, Actor, Role, Who
from protocols.refusals import Refusal
from protocols.rules.approval import hash_of
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal, Tier
from protocols.slices import Decisions, HandOver, Holds, Known, Roles, Tiers, Updates
from protocols.ticket import DraftKind, DraftState, HoldKind
from templates import presenters, render
from tests.unit.presenters.walking import CUSTOMER, LINKS, REFERENCE, Walk, opening, person

PEOPLE = (
    "csm-one", "csm-two", "cs-manager-one", "engineering-lead-one", "engineer-one", "support-one",
    "support-two", "legal-one", "compliance-one", "finance-one", "security-one", "sponsor-one",
    "payments-operations-one",
)  # fmt: skip
STEPS = 45
Choice = Callable[[Random, Walk], cmd.Command]


def _who(random: Random) -> Who:
    return person(random.choice(PEOPLE)).who


def _number(random: Random, walk: Walk) -> int:
    drafts = walk.ticket.of(Updates).drafts if walk.ticket is not None else ()
    return random.choice(drafts).number if drafts else 1


def _draft(random: Random, walk: Walk) -> cmd.Command:
    kind = random.choice(list(DraftKind)[:5])
    words = {
        DraftKind.CORRECTION: (("wrong", "412 payments."), ("right", "410 payments.")),
        DraftKind.RESOLUTION: (("done", "The copies were returned."), ("check", "See the list.")),
    }
    usual = (("known", "412 payments were submitted twice."), ("doing", "We separate them."))
    minutes = random.choice((20, 60, 120))
    number = _number(random, walk) if random.random() < 0.2 else None
    return cmd.DraftText(
        REFERENCE, kind, words.get(kind, usual), walk.now + timedelta(minutes=minutes),
        "" if random.random() < 0.8 else "checked twice", number,
    )  # fmt: skip


def _release(random: Random, walk: Walk) -> cmd.Command:
    waiting = walk.ticket.of(Updates).waiting_drafts() if walk.ticket is not None else ()
    draft = random.choice(waiting) if waiting else None
    return cmd.ReleaseText(
        REFERENCE, draft.number if draft else 1, hash_of(draft) if draft else "none"
    )


def _hold_number(random: Random, walk: Walk) -> int:
    holds = walk.ticket.of(Holds).holds if walk.ticket is not None else ()
    return random.choice(holds).number if holds else 1


def _hold_change(random: Random, walk: Walk) -> cmd.Command:
    number = _hold_number(random, walk)
    if random.random() < 0.5:
        return cmd.ConfirmStopped(REFERENCE, number, "Payments Operations One")
    return cmd.ClearHold(REFERENCE, number, "checked")


def _review(random: Random, walk: Walk) -> cmd.Command:
    number = _number(random, walk)
    made = (
        cmd.SuggestWords(REFERENCE, number, (("known", "410 payments."),)),
        cmd.UseSuggested(REFERENCE, number),
        cmd.SendBack(REFERENCE, number, "one number is open"),
    )
    return random.choice(made)


def _of_person(random: Random, _: Walk) -> cmd.Command:
    who, other = _who(random), _who(random)
    made = (
        cmd.NoteJoined(REFERENCE, who, other),
        cmd.NoteJoined(REFERENCE, who),
        cmd.NoteJoined(REFERENCE, who),
        cmd.NoteLeft(REFERENCE, who),
        cmd.OfferPoc(REFERENCE, who),
        cmd.InvitePerson(REFERENCE, who, "knows the queue"),
        cmd.KeepNinth(REFERENCE, who, "knows the queue"),
        cmd.NoteEdited(REFERENCE, who, "it was the deploy", random.random() < 0.5),
    )
    return random.choice(made)


def _of_role(random: Random, _: Walk) -> cmd.Command:
    role = random.choice(list(Role))
    made = (
        cmd.TakeRole(REFERENCE, role),
        cmd.TakeRole(REFERENCE, role),
        cmd.DeclineRole(REFERENCE, role),
        cmd.AssignRole(REFERENCE, role, _who(random), "end of duty"),
    )
    return random.choice(made)


def _of_scale(random: Random, walk: Walk) -> cmd.Command:
    asked = len(walk.ticket.of(Tiers).lowerings) if walk.ticket is not None else 0
    if asked and random.random() < 0.5:
        return cmd.AnswerLowering(REFERENCE, asked, agree=random.random() < 0.6)
    made = (
        cmd.ChangeTier(REFERENCE, random.choice(list(Tier)), "the same in 9 accounts"),
        cmd.PlaceHold(REFERENCE, random.choice(list(HoldKind)), "in doubt"),
    )
    return random.choice(made)


def _decision(random: Random, walk: Walk) -> cmd.Command:
    asked = walk.ticket.of(Decisions).decisions if walk.ticket is not None else ()
    if asked and random.random() < 0.5:
        return cmd.Decide(REFERENCE, random.choice(asked).number, random.choice((1, 2)))
    due_at = walk.now + timedelta(minutes=random.choice((2, 30)))
    question = f"Stop <!channel> & run {len(asked)}?"
    return cmd.AskDecision(REFERENCE, question, ("Stop *all*", "Go on"), due_at, "we go on as now.")


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
FIXED: tuple[cmd.Command, ...] = (
    cmd.ConfirmScope(REFERENCE, "one run", "13:10 UTC", "seen on the bank's list"),
    cmd.BringInNow(REFERENCE),
    cmd.JoinBridge(REFERENCE),
    cmd.SayOnIt(REFERENCE),
    cmd.ConfirmExposure(REFERENCE),
    cmd.AnswerPoc(REFERENCE, True),
    cmd.AnswerPoc(REFERENCE, False),
    cmd.StartCall(REFERENCE),
    cmd.RecordFinding(REFERENCE, "scope", "412 payments of one run", 1, 412),
    cmd.RecordFinding(REFERENCE, "fact", "R03 <!channel> & 4111 1111 1111 1111"),
    cmd.RecordIsolation(REFERENCE, True, "in the billing queue"),
    cmd.RecordIsolation(REFERENCE, False, "the queue is gone"),
    cmd.SendFixed(REFERENCE, "acknowledgment"),
    cmd.SendFixed(REFERENCE, "holding"),
    cmd.SendFixed(REFERENCE, "no_change"),
    cmd.RecordCall(REFERENCE, "spoke with AP Director One"),
    cmd.AddImpacted(REFERENCE, ("birch", "cedar", "nobody")),
    cmd.AddNote(REFERENCE, "decided on the call", "Engineer One"),
    cmd.RecordReply(
        REFERENCE, "AP Director One", "one run or all?", "C0ACME0001", "1.2", "https://a.example/1"
    ),
    cmd.RecordWords(REFERENCE, "AP Director One", "14:40 UTC", "is it all?"),
    cmd.MarkSeen(REFERENCE),
    cmd.AskQuestion(REFERENCE, "Stop all runs of today?"),
    cmd.AnswerSolved(REFERENCE, True),
    cmd.AnswerSolved(REFERENCE, False, "two are still missing"),
    cmd.RecordAnswer(REFERENCE, "AP Director One", "16:00 UTC", "yes", True),
    cmd.Reopen(REFERENCE, "it came back"),
    cmd.RecordRca(REFERENCE, "https://desk.vendor.example/rca/1"),
)
RARE: tuple[cmd.Command, ...] = (
    cmd.Resolve(REFERENCE, "The second copies were returned.", "See the statement."),
    cmd.Resolve(REFERENCE, "One payment was returned.", "See the list."),
    cmd.ChangeTier(REFERENCE, Tier.SYSTEMIC, "the same in 9 accounts"),
    cmd.MarkOpenedInError(REFERENCE, "wrong_account", "it was Birch"),
    cmd.NoteShared(REFERENCE, "C0BRIDGE01"),
)


def _command(random: Random, walk: Walk) -> cmd.Command:
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
        category=random.choice(list(Category)),
    )
    walk.do(person(random.choice(PEOPLE)), command)
    return walk


def _fitting(command: cmd.Command, walk: Walk) -> list[str]:
    """Return who may do this, as far as it is easily said, so that walks get somewhere."""
    ticket = walk.ticket
    assert ticket is not None
    if isinstance(command, cmd.TakeRole | cmd.DeclineRole):
        seat = ticket.of(Roles).seat(command.role)
        return [seat.asked.key] if seat is not None and seat.asked is not None else []
    if isinstance(command, cmd.AnswerPoc):
        return (
            [ticket.of(HandOver).poc_offer.to.key]
            if ticket.of(HandOver).poc_offer is not None
            else []
        )
    if isinstance(command, cmd.DraftText | cmd.UseSuggested):
        number = command.number
        draft = ticket.of(Updates).draft(number) if number is not None else None
        return [draft.written_by.key] if draft is not None else ["csm-two"]
    if isinstance(command, cmd.ReleaseText | cmd.ChangeTier | cmd.OfferPoc | cmd.KeepNinth):
        return ["cs-manager-one", "legal-one"]
    if isinstance(command, cmd.MarkSeen | cmd.Decide):
        return ["sponsor-one"]
    if isinstance(command, cmd.AskDecision):
        return ["cs-manager-one"]
    if isinstance(command, cmd.AnswerLowering):
        return ["legal-one", "security-one"]
    return [who.key for who in ticket.of(Known).people]


def _actor(random: Random, command: cmd.Command, walk: Walk) -> Actor:
    if isinstance(command, cmd.AnswerSolved):
        return CUSTOMER
    if isinstance(command, cmd.RecordReply) and random.random() < 0.5:
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
        walk.do(ENGINE, cmd.BuryDelivery(REFERENCE, key, "channel_not_found"))
    else:
        walk.wait_until(walk.now + timedelta(seconds=random.choice((0, 20, 200))))
        command = _command(random, walk)
        walk.do(_actor(random, command, walk), command)


def _look_up(walk: Walk) -> None:
    ticket, ctx = walk.ticket, walk.ctx
    assert ticket is not None
    render.message("show", presenters.show(ticket, ctx, LINKS))
    render.message("why", presenters.why(ticket, ctx, LINKS))
    render.message("what_can_i_say", presenters.say(ticket, ctx, LINKS))
    render.message("opened", presenters.opened(ticket, ctx, LINKS))
    render.view("opened", presenters.opened(ticket, ctx, LINKS))
    shown = presenters.certificate(ticket, walk.history, ctx, LINKS, intact=True)
    render.message("certificate", shown)
    for only_decisions in (False, True):
        page = presenters.timeline(ticket, walk.history, 1, only_decisions, ctx)
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
