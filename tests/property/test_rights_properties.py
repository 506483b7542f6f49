"""No one gets a right that D12, D22, D24, D29 and D32 do not give, whatever happened before.

Persons of every standing ask everything of incidents at random: members who are in the bridge,
were asked, declined, left, or never heard of it; contacts of this account and of another, people
of their mail domain, guests, bots, strangers, and people of an unknown workspace.

Proves: T06, T07, T08.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.engine.facts import Acquaintance, Facts, Identity
from protocols.account.rules import is_security_matter
from protocols.bridge.events import NoteJoined, NoteLeft
from protocols.bridge.refusals import NotInTheBridge
from protocols.bridge.state import BridgeState
from protocols.closure.events import AnswerSolved
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import NotAllowed, Refusal
from protocols.people.people import Actor, Role, Standing, Who
from protocols.replies.events import CustomerWrote, RecordReply
from protocols.rights import rules as rights
from protocols.rights.refusals import Confidential, Outside
from protocols.roles.state import Roles
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged
from protocols.timeline.events import AddNote
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.hands import barred
from protocols.updates.refusals import LegalMustRelease, SecondPersonNeeded
from protocols.updates.state import Draft, Updates
from store.write.people import SlackUser
from tests.kit.chance import MAKE, ONE_OF_US, ask, histories
from tests.kit.rules_incident import Incident, actor, instant, people, policy

SOME = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
OURS, THEIRS = "T0VENDOR01", "T0ACME0001"
REVIEWS = frozenset({"review", "prompt_review"})
NO_RIGHT = (Outside, SecondPersonNeeded, LegalMustRelease, NotInTheBridge, NotAllowed)
MEMBERS = tuple(actor(key) for key in ONE_OF_US)


@dataclass(frozen=True, slots=True)
class Stranger:
    """Someone who is not of us: what Slack says of them, and the workspace their payload names."""

    name: str
    kind: str
    email: str
    payload: str | None = THEIRS
    team: str = THEIRS


STRANGERS = (
    Stranger("contact", "stranger", "ap.director.one@acme.example"),
    Stranger("contact-of-another", "stranger", "partner.admin.one@birch.example"),
    Stranger("same-domain", "stranger", "ap.clerk.one@acme.example"),
    Stranger("without-address", "stranger", ""),
    Stranger("guest", "guest", "csm.one@vendor.example", OURS, OURS),
    Stranger("bot", "bot", "csm.one@vendor.example", OURS, OURS),
    Stranger("deactivated", "deactivated", "csm.one@vendor.example", OURS, OURS),
    Stranger("unknown", "unknown", "csm.one@vendor.example", OURS, OURS),
    Stranger("no-team", "member", "csm.one@vendor.example", None, OURS),
    Stranger("empty-team", "member", "csm.one@vendor.example", "", OURS),
    Stranger("other-team", "member", "csm.one@vendor.example", THEIRS, OURS),
    Stranger("member-of-another", "member", "csm.one@vendor.example", OURS, THEIRS),
    Stranger("contact-without-team", "stranger", "ap.director.one@acme.example", None),
)


def met() -> dict[str, Actor]:
    """Return every stranger as the bot meets them, by what they are."""
    at = instant("14:00")
    found = {}
    for one in STRANGERS:
        facts = Facts(policy(), people())
        known = SlackUser(
            f"U0{one.name}", one.team, one.email or None, one.name, None, one.kind, at
        )
        facts.learn(Acquaintance(Identity(team_id=OURS), {known.slack_id: known}, complete=True))
        found[one.name] = facts.actor(one.payload, known.slack_id)
    found["never-met"] = Facts(policy(), people()).actor(OURS, "U0NOBODY")
    return found


OUTSIDERS = met()
OUTSIDE_KEYS = {found.who.key for found in OUTSIDERS.values()}


class Crowded(Incident):
    """An incident into whose bridge outsiders come, and whose reviews are watched."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.reviewed_wrongly: list[str] = []

    def _apply(self, command: Command, ctx: Context) -> None:
        super()._apply(command, ctx)
        for effect in self.last_effects:
            if effect.template not in REVIEWS or not isinstance(effect.to, Dm):
                continue
            draft = next(
                d for d in self.ticket.of(Updates).drafts if d.number == effect.params["draft"]
            )
            if effect.to.person.key not in may_release(self.ticket, draft, ctx):
                self.reviewed_wrongly.append(effect.to.person.key)


def may_release(ticket: Ticket, draft: Draft, ctx: Context) -> set[str]:
    """Return who may release a text, told from D15 and D22 alone and not from the rule."""
    members = {person.key for person in ctx.directory.people} - OUTSIDE_KEYS
    legal = {key for key in members if ctx.holds(key, "legal")}
    barring = barred(ticket, draft, ctx)
    if ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE):
        return legal - barring
    commander = ticket.of(Roles).seat(Role.COMMANDER)
    allowed = legal | {key for key in members if ctx.holds(key, "cs-manager")}
    if commander is not None and commander.holder is not None:
        allowed.add(commander.holder.key)
    if draft.kind is not DraftKind.STATUS_PAGE:
        allowed |= {who.key for who in ticket.of(BridgeState).here}
        if not ticket.of(BridgeState).channel_id:
            seats = (seat.holder for seat in ticket.of(Roles).seats)
            begun = (ticket.opened_by, ticket.poc, *seats)
            allowed |= {who.key for who in begun if who is not None}
    return (allowed & members) - barring


@st.composite
def crowds(draw: st.DrawFn) -> Crowded:
    """Draw an incident that was walked at random; people and outsiders came and left."""
    incident = draw(histories(Crowded.open))
    chance = Random(draw(st.integers(0, 2**32)))
    assert isinstance(incident, Crowded)
    incident.delivered()
    for _ in range(chance.randrange(8)):
        who = chance.choice(MEMBERS).who
        came = chance.random() < 0.7
        note: Command = NoteJoined(incident.ticket.reference, who)
        ask(incident, MEMBERS[0], note if came else NoteLeft(note.reference, who))
    for outsider in chance.sample(sorted(OUTSIDE_KEYS), 4):
        known = chance.random() < 0.5
        joined = NoteJoined(note_of(incident), Who(outsider, "Someone"), outside=known)
        ask(incident, MEMBERS[0], joined)
    return incident


def note_of(incident: Incident) -> str:
    return incident.ticket.reference


def commands(incident: Incident) -> Iterator[Command]:
    """Return one of everything that may be asked."""
    for number, make in enumerate(MAKE):
        yield make(incident, number)


@SOME
@given(crowds())
def test_nobody_outside_may_do_anything_but_answer_for_their_own_account(
    incident: Crowded,
) -> None:
    for name, outsider in OUTSIDERS.items():
        assert outsider.standing in (Standing.OUTSIDE, Standing.CUSTOMER), name
        own = incident.ticket.account is not None and outsider.speaks_for(
            incident.ticket.account.key
        )
        assert not own or "contact" in name
        for command in commands(incident):
            before = (len(incident.history), incident.ticket)
            if not ask(incident, outsider, command):
                continue
            happened = incident.history[before[0] :]
            if isinstance(command, RecordReply):
                (wrote,) = [e for e in happened if isinstance(e, CustomerWrote)]
                assert wrote.outside is not own
                assert own or len(happened) == 1
            else:
                assert isinstance(command, AnswerSolved), (name, command)
                assert own, (name, command)


@SOME
@given(crowds())
def test_whoever_may_release_is_a_releaser_and_nobody_else(incident: Crowded) -> None:
    ctx = incident.ctx
    if not ctx.has_rota:
        return
    for draft in incident.ticket.of(Updates).drafts:
        besides = barred(incident.ticket, draft, incident.ctx)
        found = rights.releasers(incident.ticket, draft.kind, ctx, besides=besides)
        assert set(found) == may_release(incident.ticket, draft, ctx)
        assert OUTSIDE_KEYS.isdisjoint(found)
        asked = rights.asked_to_release(incident.ticket, draft.kind, ctx, besides=besides)
        assert set(asked) <= set(found)


@SOME
@given(crowds())
def test_a_press_meets_the_same_right(incident: Crowded) -> None:
    waiting = [d for d in incident.ticket.of(Updates).drafts if d.state is DraftState.REVIEW]
    if not waiting or not incident.ctx.has_rota:
        return
    number = waiting[-1].number
    allowed = may_release(incident.ticket, waiting[-1], incident.ctx)
    for person in (*MEMBERS, *OUTSIDERS.values()):
        refusal = refused(incident, person, incident.releasing(number))
        is_barred = isinstance(refusal, NO_RIGHT)
        if isinstance(refusal, Refusal) and not is_barred:
            continue
        assert is_barred is (person.who.key not in allowed), (person, refusal)


def refused(incident: Incident, person: Actor, command: Command) -> Refusal | None:
    """Return the refusal that a person would meet, and leave the incident as it is."""
    trial = Incident(incident.ctx)
    trial._ticket = incident.ticket
    try:
        trial.by(person, command)
    except Refusal as refusal:
        return refusal
    return None


@SOME
@given(crowds())
def test_reviews_go_by_direct_message_only_to_those_who_may_release(incident: Crowded) -> None:
    assert incident.reviewed_wrongly == []


@SOME
@given(crowds())
def test_a_confidential_ticket_is_read_and_worked_on_by_few(incident: Crowded) -> None:
    ticket = incident.ticket
    held = (HoldKind.DISCLOSURE, HoldKind.RETENTION)
    confidential = is_security_matter(ticket) or any(map(ticket.of(Holds).holds_in_force, held))
    for person in (*MEMBERS, *OUTSIDERS.values()):
        ctx = replace(incident.ctx, actor=person)
        reads = rights.may_read(ticket, ctx)
        assert not (reads and person.standing is not Standing.MEMBER)
        if person.standing is not Standing.MEMBER or not (confidential and ctx.has_rota):
            continue
        few = person.holds("cs-manager", "legal", "security")
        assert reads is (few or rights.is_on(ticket, person.who.key, ctx))
        if not reads:
            refusal = refused(incident, person, AddNote(ticket.reference, "a note"))
            assert isinstance(refusal, Confidential)


@SOME
@given(crowds())
def test_a_bridge_is_lowered_only_on_the_agreement_of_legal_or_security(
    incident: Crowded,
) -> None:
    if not incident.ctx.has_rota:
        return
    for change in incident.events(TierChanged):
        if change.after >= change.before or not change.before.has_bridge:
            continue
        assert incident.ctx.holds(change.by.key, "cs-manager")
        assert change.agreed_by is not None
        assert incident.ctx.holds(change.agreed_by.key, "legal", "security")
        assert change.agreed_by.key != change.by.key
