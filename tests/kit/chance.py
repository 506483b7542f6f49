"""Incidents at random: anyone asks for anything, at times that go forward, legal or not."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from random import Random, SystemRandom

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
from protocols.decisions.events import AskDecision, Decide
from protocols.decisions.state import Decisions
from protocols.deliveries.events import BuryDelivery
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.fixed_texts.events import SendFixed
from protocols.helpers.events import JoinBridge, SayOnIt
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.investigation.events import (
    ConfirmExposure,
    ConfirmScope,
    RecordFinding,
    RecordIsolation,
)
from protocols.kernel.command import Command
from protocols.kernel.refusals import Refusal
from protocols.outreach.events import AddImpacted
from protocols.people.people import Actor, Role
from protocols.replies.events import (
    ReadAnswer,
    RecordAlteration,
    RecordCall,
    RecordOwnWords,
    RecordReply,
    RecordWords,
)
from protocols.replies.state import Heard
from protocols.roles.events import AssignRole, DeclineRole, TakeRole
from protocols.scales import Impact, NoticedBy, Signal, Tier
from protocols.tiers.events import AnswerLowering, ChangeTier
from protocols.tiers.state import Tiers
from protocols.timeline.events import AddNote, NoteEdited
from protocols.updates.events import (
    DraftKind,
    DraftText,
    ReleaseText,
    SendBack,
    SuggestWords,
    UseSuggested,
)
from protocols.updates.state import Updates
from protocols.withdrawals.events import RecallText, Withdrawal, WithdrawWords
from tests.kit.rules_incident import (
    DOING,
    EMPTY,
    KNOWN,
    REF,
    SHARED,
    Incident,
    actor,
    customer,
    people,
    who,
)

FINDING = "Worker nine replayed batch seventeen after a lost heartbeat"
ONE_OF_US = tuple(person.key for person in people().people)
ANYONE: tuple[Actor, ...] = (*map(actor, ONE_OF_US), customer(), customer("birch"))


def _seldom(number: int, command: Command) -> Command:
    """Keep back what ends most of what could still happen."""
    return command if number < 8 else AddNote(REF, "decided on the call")


def _text(incident: Incident, number: int, kind: DraftKind) -> Command:
    known = (KNOWN, DOING, FINDING + ".", "37 of the second copies have settled.")[number % 4]
    names = {
        DraftKind.CORRECTION: ("wrong", "right"),
        DraftKind.RESOLUTION: ("done", "check"),
        DraftKind.DISREGARD: ("disregard", "disregard"),
    }.get(kind, ("known", "doing"))
    again = len(incident.ticket.of(Updates).drafts) or None
    next_at = incident.now + timedelta(minutes=(30, 60, -5)[number % 3])
    fields = ((names[0], known), (names[1], DOING))
    return DraftText(REF, kind, fields, next_at, "checked", again if number % 5 == 0 else None)


def _release(incident: Incident, number: int) -> Command:
    drafts = incident.ticket.of(Updates).drafts
    if not drafts:
        return ReleaseText(REF, 1, "none")
    return incident.releasing(len(drafts) - number % min(2, len(drafts)))


def _question(incident: Incident, number: int) -> Command:
    """Ask for a decision: at times the same again, for too few answers, or by a time gone by."""
    options = ("Stop them", "Go on", "Ask Legal", "Call the bank")[: 1 + number % 4]
    due_at = incident.now + timedelta(minutes=(6000, 5, 1000, -5, 120)[number % 5])
    return AskDecision(REF, f"Stop the runs of step {number % 7}?", options, due_at, "go on")


SAID = ("Thanks!", "Why?", "works now", "still broken", "It was caused by a retry.")


def _heard(incident: Incident, number: int) -> str:
    """Return the stamp of a message of the account's, if one was heard."""
    messages = incident.ticket.of(Heard).messages
    return messages[number % len(messages)].message_ts if messages else "0"


MAKE: tuple[Callable[[Incident, int], Command], ...] = (
    lambda _i, _n: ConfirmScope(REF, "one account", "13:10 UTC", "seen in the run"),
    lambda _i, _n: BringInNow(REF),
    lambda _i, _n: JoinBridge(REF),
    lambda _i, _n: SayOnIt(REF),
    lambda _i, n: NoteJoined(REF, who(ONE_OF_US[n % len(ONE_OF_US)])),
    lambda _i, n: NoteLeft(REF, who(ONE_OF_US[n % len(ONE_OF_US)])),
    lambda _i, _n: ConfirmExposure(REF),
    lambda _i, n: TakeRole(REF, list(Role)[n % 4]),
    lambda _i, n: TakeRole(REF, list(Role)[n % 3]),
    lambda _i, n: DeclineRole(REF, list(Role)[n % 4]),
    lambda _i, n: AssignRole(REF, list(Role)[n % 4], who(ONE_OF_US[n % 11]), "needed"),
    lambda _i, n: OfferPoc(REF, who(ONE_OF_US[n % 3])),
    lambda _i, n: AnswerPoc(REF, n % 3 != 0),
    lambda _i, _n: StartCall(REF),
    lambda _i, n: RecordFinding(REF, "scope" if n % 2 else "raw", FINDING, 1, 412),
    lambda _i, n: RecordIsolation(REF, n % 2 == 0, "set aside in the ledger"),
    lambda _i, n: PlaceHold(REF, list(HoldKind)[n % 3], "to be safe"),
    lambda _i, n: ConfirmStopped(REF, 1 + n % 2, "Payments Operations One"),
    lambda _i, n: ClearHold(REF, 1 + n % 2, "checked"),
    lambda i, n: _text(i, n, DraftKind.UPDATE),
    lambda i, n: _text(i, n, DraftKind.UPDATE),
    lambda i, n: _text(i, n, list(DraftKind)[n % 6]),
    lambda _i, n: SuggestWords(REF, 1 + n % 3, (("known", KNOWN), ("doing", DOING + " Now."))),
    lambda _i, n: UseSuggested(REF, 1 + n % 3),
    lambda _i, n: SendBack(REF, 1 + n % 3, "say it shorter"),
    _release,
    _release,
    _release,
    lambda _i, n: SendFixed(
        REF, ("acknowledgment", "holding", "no_change", "late")[n % 4], sure=n % 8 < 4
    ),
    lambda _i, _n: RecordCall(REF, "they know"),
    lambda _i, n: ChangeTier(REF, Tier(1 + n % 4), "it turned out so"),
    lambda _i, n: ChangeTier(REF, Tier(3 + n % 2), "it turned out so"),
    lambda _i, n: ChangeTier(
        REF, Tier(3 + n % 2), "it turned out so", frozenset({list(Impact)[n % 3]})
    ),
    lambda i, n: AnswerLowering(REF, max(1, len(i.ticket.of(Tiers).lowerings)), n % 3 != 0),
    lambda i, n: AnswerLowering(REF, max(1, len(i.ticket.of(Tiers).lowerings)), n % 2 != 0),
    lambda _i, _n: AddImpacted(REF, ("birch", "elm", "nobody")),
    lambda _i, _n: AddNote(REF, "decided on the call"),
    lambda i, n: RecordReply(
        REF, "AP Director One", SAID[n % len(SAID)], "C1", f"{i.version}", apart=n % 5 == 0
    ),
    lambda i, n: ReadAnswer(REF, _heard(i, n), n % 2 == 0),
    lambda i, n: RecordAlteration(
        REF, who("ap-director-one"), "one", ("two", "")[n % 2], "C1", _heard(i, n)
    ),
    lambda i, n: RecordOwnWords(REF, SAID[n % len(SAID)], "C1", f"own/{i.version}"),
    lambda _i, _n: RecordWords(REF, "AP Director One", "14:20", "when?"),
    lambda _i, n: NoteEdited(REF, who("csm-two"), "old words", n % 2 == 0),
    lambda _i, n: InvitePerson(REF, who(ONE_OF_US[n % len(ONE_OF_US)]), "needed"),
    lambda _i, n: KeepNinth(REF, who(ONE_OF_US[n % len(ONE_OF_US)]), "needed"),
    lambda _i, _n: MarkSeen(REF),
    lambda _i, _n: AskQuestion(REF, "how long?"),
    _question,
    _question,
    _question,
    lambda i, n: Decide(REF, max(1, len(i.ticket.of(Decisions).decisions) - n % 2), 1 + n % 3),
    lambda i, n: Decide(REF, max(1, len(i.ticket.of(Decisions).decisions) - n % 2), 1 + n % 2),
    lambda _i, _n: Resolve(REF, "The second copies were returned.", "Look at your balance."),
    lambda _i, _n: Resolve(REF, "The second copies were returned.", "Look at your balance."),
    lambda _i, n: AnswerSolved(REF, n % 2 == 0),
    lambda _i, n: RecordAnswer(REF, "AP Director One", "16:00", "it is fine", n % 2 == 0),
    lambda _i, _n: Reopen(REF, "seen again"),
    lambda _i, n: _seldom(n, MarkOpenedInError(REF, "wrong_account", "mistaken")),
    lambda _i, _n: RecordRca(REF, "https://records.vendor.example/1"),
    lambda _i, n: _seldom(n, NoteShared(REF, "C0BRIDGE01")),
    lambda i, n: BuryDelivery(REF, i.effects[n % len(i.effects)].key, "gone"),
    lambda i, n: BuryDelivery(REF, i.effects[n % len(i.effects)].key, "not_in_channel"),
    lambda _i, n: RecallText(REF, n % 3 + 1),
    lambda i, n: WithdrawWords(
        REF, i.effects[n % len(i.effects)].key, list(Withdrawal)[n % len(Withdrawal)]
    ),
)
"""Everything that may be asked, each from the incident and a number."""
OPENINGS: tuple[dict[str, object], ...] = (
    {"funds_confirmed": True},
    {"funds_confirmed": False},
    {"noticed_by": NoticedBy.US},
    {"impacts": frozenset({Impact.PLATFORM_FAILING}), "signal": None},
    {"impacts": frozenset({Impact.SECURITY_INCIDENT}), "signal": None},
    {"impacts": frozenset({Impact.PAYMENTS_BLOCKED}), "signal": None},
    {"impacts": frozenset(), "signal": None},
    {"impacts": frozenset(), "signal": Signal.LEGAL_THREAT},
    {"account_key": None},
    {"account_key": "birch"},
    {"account_key": "elm", "channel": None},
)


LEAPS = (1, 1, 20, 61, 120, 301, 600, 1800, 3600, 90_000, 400_000)
"""Seconds between one request and the next."""
BEGIN = SystemRandom().randrange(2**32) if os.environ.get("BRIDGEWATCH_EXAMPLES") == "new" else 0
SEEDS = range(BEGIN, BEGIN + 150)
"""Of the incidents that are played once and looked at by many properties."""
TRIES = 5


@st.composite
def histories(
    draw: st.DrawFn,
    made: Callable[..., Incident] = Incident.open,
    change: Callable[[Command], Command] = lambda command: command,
) -> Incident:
    """Draw an incident: opened somehow, then asked anything by anyone, dues on the way.

    Hypothesis draws the seed alone: a walk that it builds piece by piece stays too short to reach
    what happens after a release, a resolution or a change of tier.
    """
    return history(draw(st.integers(0, 2**32)), made, change)


def history(
    seed: int,
    made: Callable[..., Incident] = Incident.open,
    change: Callable[[Command], Command] = lambda command: command,
) -> Incident:
    """Play the incident of a seed."""
    chance = Random(seed)
    form = dict(chance.choice(OPENINGS))
    incident = made(
        by=chance.choice(("csm-one", "csm-two", "support-one", "cs-manager-one")),
        channel=form.pop("channel", SHARED),
        directory=None if chance.random() < 0.9 else EMPTY,
        **form,
    )
    for _ in range(chance.randrange(50)):
        incident.until(incident.now + timedelta(seconds=chance.choice(LEAPS)))
        command = change(chance.choice(MAKE)(incident, chance.randrange(60)))
        for person in (*_meant(command), *chance.sample(ANYONE, TRIES)):
            if ask(incident, person, command):
                break
        if chance.random() < 0.5:
            incident.at(incident.now + timedelta(seconds=1)).delivered()
    return incident


@cache
def _played(seed: int) -> Incident:
    return history(seed)


@cache
def _walked(seed: int, by: timedelta) -> Incident:
    incident = _played(seed).copied()
    incident.until(incident.now + by)
    return incident


Check = Callable[[Incident], None]


def in_every_history(check: Check) -> Callable[[], None]:
    """Have a property hold in each of many incidents, which all properties of a process share.

    To play an incident takes a hundred times as long as to look at it.
    """
    return _in_all(check, _played)


def in_every_history_after(by: timedelta) -> Callable[[Check], Callable[[], None]]:
    """Have a property hold in each of them, left to itself for a while."""
    return lambda check: _in_all(check, partial(_walked, by=by))


def _in_all(check: Check, incident_of: Callable[[int], Incident]) -> Callable[[], None]:
    def test() -> None:
        for seed in SEEDS:
            try:
                check(incident_of(seed).copied())
            except BaseException as broken:
                broken.add_note(f"This is the incident of seed {seed}.")
                raise

    test.__doc__ = check.__doc__
    return test


def _meant(command: Command) -> tuple[Actor, ...]:
    """Return who alone may ask what hardly anyone may, so that it happens at all."""
    if isinstance(command, Decide):
        return (actor("sponsor-one"),)
    if isinstance(command, AnswerLowering):
        return (actor("legal-one"), actor("security-one"))
    return (actor("cs-manager-one"),) if isinstance(command, AskDecision) else ()


def ask(incident: Incident, person: Actor, command: Command) -> bool:
    """Let a person ask; a refusal must have changed nothing.

    Returns:
        Whether the rules allowed it.
    """
    before, seen = incident.ticket, len(incident.history)
    try:
        incident.by(person, command)
    except Refusal:
        assert incident.ticket is before
        assert len(incident.history) == seen
        return False
    return True
