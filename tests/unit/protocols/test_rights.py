"""Who releases, who is asked to, who reads, and who comes into the bridge. D15, D22, D29, D32."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.files.directory import parse_directory
from protocols.analysis.events import RecordRca
from protocols.bridge.events import BringInNow, InvitePerson, NoteJoined, NoteLeft
from protocols.bridge.refusals import NotInTheBridge
from protocols.bridge.state import BridgeState
from protocols.classification.events import Classify
from protocols.closure.events import AnswerSolved, Reopen, Resolve
from protocols.contact.events import AnswerPoc, OfferPoc
from protocols.holds.events import ClearHold, HoldKind, PlaceHold
from protocols.kernel.command import Command
from protocols.kernel.effects import Dm
from protocols.ladder.events import StepState
from protocols.ladder.state import Ladder
from protocols.people.people import BOT, Actor, Role, Standing, Who
from protocols.people.refusals import PersonUnknown
from protocols.replies.events import CustomerWrote, RecordReply
from protocols.rights import rules as rights
from protocols.rights.refusals import Confidential, Outside
from protocols.rights.state import Known
from protocols.roles.events import AssignRole, DeclineRole, TakeRole
from protocols.scales import Category, Impact, Signal, Tier
from protocols.timeline.events import AddNote
from protocols.updates.events import DraftKind, DraftText
from protocols.updates.hands import barred
from protocols.updates.state import Updates
from tests.kit.rules_incident import KNOWN, REF, Incident, actor, customer, who
from tests.kit.tickets import with_fields

SECURITY = frozenset({Impact.SECURITY_INCIDENT})
GUEST = Who("U0GUEST001", "Guest One")
MANAGER = "cs-manager-one"
EXAMPLE = Path(__file__).parents[3] / "directory.example.yaml"


def drafted() -> Incident:
    """Return a staffed Tier 3 with an update in review."""
    return Incident.open().delivered().staffed().at("14:45").draft()


def releasers(incident: Incident) -> tuple[str, ...]:
    draft = incident.ticket.of(Updates).drafts[-1]
    besides = barred(incident.ticket, draft, incident.ctx)
    return rights.releasers(incident.ticket, draft.kind, incident.ctx, besides=besides)


def told(incident: Incident, *templates: str) -> set[str]:
    """Return whom direct messages with these templates went to."""
    found = (e.to for e in incident.effects if e.template in templates)
    return {to.person.key for to in found if isinstance(to, Dm)}


def test_an_outsider_in_the_bridge_is_seen_there_and_is_on_no_ticket_for_it() -> None:
    incident = Incident.open().delivered().by(MANAGER, NoteJoined(REF, GUEST, outside=True))
    assert any(one.key == GUEST.key for one in incident.ticket.of(BridgeState).here)
    assert not incident.ticket.of(Known).knows(GUEST.key)


def test_security_and_the_manager_are_told_of_an_outsider_in_the_bridge() -> None:
    incident = Incident.open().delivered().by(MANAGER, NoteJoined(REF, GUEST, outside=True))
    assert told(incident, "outsider_here") == {MANAGER, "security-one"}


@pytest.mark.parametrize(
    "command",
    [
        InvitePerson(REF, GUEST, "help"),
        AssignRole(REF, Role.SCRIBE, GUEST),
    ],
)
def test_nobody_from_outside_is_asked_or_invited(command: Command) -> None:
    assert isinstance(Incident.open().delivered().refused(MANAGER, command), PersonUnknown)


def test_an_outsider_in_the_bridge_is_no_releaser_and_gets_no_review() -> None:
    incident = Incident.open().delivered().staffed()
    incident.by(MANAGER, NoteJoined(REF, GUEST, outside=True)).at("14:45").draft()
    incident.until("14:56")
    assert GUEST.key not in releasers(incident)
    assert GUEST.key not in told(incident, "review", "prompt_review")
    outsider = Actor(GUEST, Standing.OUTSIDE)
    assert isinstance(incident.refused(outsider, incident.releasing()), Outside)


def test_an_outsider_whom_a_stored_ticket_holds_as_one_of_us_is_no_releaser_either() -> None:
    incident = drafted().by(MANAGER, NoteJoined(REF, GUEST))
    assert incident.ticket.of(Known).knows(GUEST.key)
    assert GUEST.key not in releasers(incident)


def test_to_have_been_asked_gives_no_right_to_release() -> None:
    incident = Incident.open().delivered().by("csm-one", BringInNow(REF))
    incident.by(MANAGER, AssignRole(REF, Role.SCRIBE, who("support-two")))
    incident.at("14:45").draft("csm-one")
    assert incident.ticket.of(Known).knows("support-two")
    refusal = incident.refused("support-two", incident.releasing())
    assert isinstance(refusal, NotInTheBridge)
    assert refusal.facts["what"] == ""
    incident.by("support-two", DeclineRole(REF, Role.SCRIBE))
    assert isinstance(incident.refused("support-two", incident.releasing()), NotInTheBridge)


def test_nobody_is_sent_into_a_bridge_that_there_is_not() -> None:
    form: dict[str, Any] = {
        "impacts": frozenset(),
        "signal": None,
        "category": Category.CONTRACT_POLICY,
    }
    incident = Incident.open(**form).at("14:45").draft("csm-one")
    refusal = incident.refused("support-two", incident.releasing())
    assert isinstance(refusal, NotInTheBridge)
    assert refusal.facts["what"] == "no_bridge"


def test_whoever_leaves_takes_no_right_along_and_gets_no_review() -> None:
    incident = drafted()
    assert "engineering-lead-one" in releasers(incident)
    incident.by("csm-one", NoteLeft(REF, who("engineering-lead-one"))).until("14:51")
    assert "engineering-lead-one" not in releasers(incident)
    assert "engineering-lead-one" not in told(incident, "prompt_review")
    refusal = incident.refused("engineering-lead-one", incident.releasing())
    assert isinstance(refusal, NotInTheBridge)
    assert "CS Manager One" in str(refusal.facts["people"])


def test_whoever_comes_back_may_release_again() -> None:
    incident = drafted().by("csm-one", NoteLeft(REF, who("engineering-lead-one")))
    incident.joined("engineering-lead-one").release("engineering-lead-one")
    assert incident.ticket.of(Updates).drafts[0].released_by == who("engineering-lead-one")


@pytest.mark.parametrize("person", [MANAGER, "legal-one"])
def test_the_manager_and_legal_release_from_outside_the_bridge(person: str) -> None:
    incident = Incident.open().delivered().at("14:45").draft("csm-one").release(person)
    assert incident.ticket.of(Updates).drafts[0].released_at is not None


def test_legal_is_not_asked_where_legal_need_not_come() -> None:
    assert "legal-one" in releasers(drafted())
    assert "legal-one" not in told(drafted().until("14:51"), "review", "prompt_review")


def test_with_nobody_on_duty_and_nobody_there_whoever_may_is_asked() -> None:
    night = '[{duty: legal, hours: "01:00-02:00", zone: Etc/UTC}]'
    text = EXAMPLE.read_text(encoding="utf-8").replace("duties: [legal]", f"duties: {night}")
    incident = Incident.open(directory=parse_directory(text.encode())).delivered()
    incident.by("csm-one", PlaceHold(REF, HoldKind.DISCLOSURE, "a threat"))
    assert incident.ctx.on_duty("legal") == ()
    incident.at("14:45").draft("csm-one")
    assert told(incident, "review") == {"legal-one"}


def test_an_executive_is_never_asked_to_release() -> None:
    incident = Incident.open().delivered().staffed().joined("sponsor-one").at("14:45").draft()
    assert "sponsor-one" not in told(incident.until("14:51"), "review", "prompt_review")


def test_the_commander_releases_a_status_text_and_others_in_the_bridge_do_not() -> None:
    incident = Incident.open(impacts=frozenset({Impact.PLATFORM_FAILING}), signal=None)
    incident.delivered().by("engineering-lead-one", TakeRole(REF, Role.COMMANDER))
    incident.joined("csm-one", "csm-two", "engineering-lead-one")
    text = DraftText(REF, DraftKind.STATUS_PAGE, (("known", KNOWN),), None)
    incident.by("csm-one", text)
    assert releasers(incident)[:2] == (MANAGER, "engineering-lead-one")
    assert "csm-two" not in releasers(incident)
    incident.release("engineering-lead-one")
    assert incident.ticket.of(Updates).drafts[0].released_at is not None


def test_a_stored_ticket_of_before_counts_who_is_in_the_bridge_now() -> None:
    incident = drafted()
    old = with_fields(incident.ticket, bridge=replace(incident.ticket.of(BridgeState), here=()))
    draft = old.of(Updates).drafts[0]
    found = rights.releasers(
        old, draft.kind, incident.ctx, besides=barred(old, draft, incident.ctx)
    )
    assert found == (MANAGER, "legal-one")


def test_two_keys_of_one_person_are_one_person() -> None:
    incident = drafted()
    ctx = replace(
        incident.ctx, aliases={"U0CSMTWO01": "csm-two"}, members=frozenset({"U0CSMTWO01"})
    )
    there = replace(incident.ticket.of(BridgeState), here=(Who("U0CSMTWO01", "CSM Two"),))
    ticket = with_fields(incident.ticket, bridge=there)
    draft = ticket.of(Updates).drafts[0]
    found = rights.releasers(ticket, draft.kind, ctx, besides=barred(ticket, draft, ctx))
    assert found == (MANAGER, "legal-one")


# Reading what is confidential.


def security_matter() -> Incident:
    return Incident.open(impacts=SECURITY, signal=None).delivered()


def held(kind: HoldKind) -> Incident:
    return Incident.open().delivered().by("csm-one", PlaceHold(REF, kind, "legal threat"))


def may_read(incident: Incident, person: str | Actor) -> bool:
    asks = person if isinstance(person, Actor) else actor(person)
    return rights.may_read(incident.ticket, replace(incident.ctx, actor=asks))


Opened = Callable[[], Incident]
CONFIDENTIAL: tuple[Opened, ...] = (
    security_matter,
    lambda: held(HoldKind.DISCLOSURE),
    lambda: held(HoldKind.RETENTION),
)


@pytest.mark.parametrize("opened", CONFIDENTIAL)
@pytest.mark.parametrize("person", ["csm-one", MANAGER, "legal-one", "security-one"])
def test_those_on_it_the_manager_legal_and_security_read_it(opened: Opened, person: str) -> None:
    assert may_read(opened(), person)


@pytest.mark.parametrize("opened", CONFIDENTIAL)
@pytest.mark.parametrize("person", ["csm-two", "support-two", "finance-one", customer()])
def test_nobody_else_reads_it(opened: Opened, person: str | Actor) -> None:
    assert not may_read(opened(), person)


def test_any_colleague_reads_any_other_ticket() -> None:
    assert may_read(Incident.open(), "support-two")
    assert not may_read(Incident.open(), customer())


def test_who_declined_or_left_reads_a_confidential_ticket_no_more() -> None:
    incident = security_matter()
    incident.by(MANAGER, AssignRole(REF, Role.SCRIBE, who("support-two")))
    assert may_read(incident, "support-two")
    incident.by("support-two", DeclineRole(REF, Role.SCRIBE))
    assert not may_read(incident, "support-two")
    incident.joined("finance-one")
    assert may_read(incident, "finance-one")
    incident.by("csm-one", NoteLeft(REF, who("finance-one")))
    assert not may_read(incident, "finance-one")
    assert isinstance(incident.refused("finance-one", AddNote(REF, "hm")), Confidential)


def test_a_cleared_legal_hold_opens_the_ticket_again() -> None:
    incident = held(HoldKind.DISCLOSURE)
    incident.by(MANAGER, InvitePerson(REF, who("legal-one")))
    incident.by("legal-one", ClearHold(REF, 1, "settled"))
    assert may_read(incident, "support-two")


# Coming into the bridge.


def invites(incident: Incident) -> set[str]:
    return {
        str(e.arguments["users"][0]["$person"])  # type: ignore[index]
        for e in incident.last_effects
        if e.method == "conversations.invite"
    }


def test_who_is_first_in_the_bridge_of_a_report_that_was_heard_is_a_person() -> None:
    incident = Incident.heard("We paid V-201 twice this morning.")
    incident.by("csm-one", Classify(REF, Tier.CRITICAL, signal=Signal.DUPLICATE_PAYMENT))
    assert "csm-one" in invites(incident)
    assert BOT.key not in invites(incident)


def test_who_accepts_a_hand_over_is_invited() -> None:
    incident = Incident.open().delivered().staffed()
    incident.by("support-one", AssignRole(REF, Role.SCRIBE, who("support-two")))
    incident.by("support-two", TakeRole(REF, Role.SCRIBE))
    assert invites(incident) == {"support-two"}


def test_who_is_next_on_duty_and_accepts_is_invited() -> None:
    incident = Incident.open().delivered().until("14:23")
    assert incident.asked(Role.SCRIBE) == "support-two"
    incident.by("support-two", TakeRole(REF, Role.SCRIBE))
    assert invites(incident) == {"support-two"}


def test_the_commander_is_invited() -> None:
    incident = Incident.open(impacts=frozenset({Impact.PLATFORM_FAILING}), signal=None).delivered()
    incident.by("engineering-lead-one", TakeRole(REF, Role.COMMANDER))
    assert invites(incident) == {"engineering-lead-one"}


def test_a_new_contact_is_invited_unless_they_are_there() -> None:
    incident = Incident.open().delivered().by("csm-one", OfferPoc(REF, who("csm-two")))
    incident.by("csm-two", AnswerPoc(REF, accept=True))
    assert invites(incident) == {"csm-two"}
    incident.joined("csm-one", "csm-two").by("csm-two", OfferPoc(REF, who("csm-one")))
    incident.by("csm-one", AnswerPoc(REF, accept=True))
    assert invites(incident) == set()


def test_who_is_there_already_is_not_invited_again() -> None:
    incident = Incident.open().delivered().staffed().joined("support-two")
    incident.by("support-one", AssignRole(REF, Role.SCRIBE, who("support-two")))
    incident.by("support-two", TakeRole(REF, Role.SCRIBE))
    assert invites(incident) == set()


def test_a_bridge_made_anew_has_everyone_with_a_part() -> None:
    incident = Incident.open().delivered().staffed().updated()
    incident.by("csm-one", Resolve(REF, "The copies were returned.", "Look at your balance."))
    incident.release().delivered().by(customer(), AnswerSolved(REF, solved=True))
    incident.by("csm-one", RecordRca(REF, "https://records.vendor.example/1"))
    incident.until("14:00", day=27)
    assert incident.ticket.of(BridgeState).archived_at is not None
    assert not [s for s in incident.ticket.of(Ladder).steps if s.state is StepState.OWED]
    incident.by("csm-one", Reopen(REF, "seen again"))
    assert {"csm-one", "csm-two", "engineer-one", "support-one"} <= invites(incident)


# Words from outside.


def reply(text: str = "It is back.") -> RecordReply:
    return RecordReply(REF, "Someone", text, "C0ACME0001", "1.2")


def closed() -> Incident:
    incident = Incident.open().delivered().updated("csm-one")
    incident.by("csm-one", Resolve(REF, "The copies were returned.", "Look at your balance."))
    incident.release().delivered()
    return incident.by(customer(), AnswerSolved(REF, solved=True))


STRANGERS = (
    Actor(Who("U0CLERK", "AP Clerk One"), Standing.OUTSIDE),
    customer("birch"),
    replace(customer("birch"), accounts=frozenset({"birch", "cedar"}), account=None),
)


@pytest.mark.parametrize("person", STRANGERS)
def test_words_of_who_does_not_stand_for_the_account_open_nothing(person: Actor) -> None:
    incident = closed()
    before = incident.ticket.status
    incident.by(person, reply())
    assert incident.ticket.status is before
    assert incident.events(CustomerWrote)[-1].outside


@pytest.mark.parametrize("person", STRANGERS)
def test_they_are_shown_to_the_contact(person: Actor) -> None:
    incident = Incident.open().delivered().by(person, reply())
    assert [e.to for e in incident.last_effects if isinstance(e.to, Dm)] == [Dm(who("csm-one"))]
    assert {e.template for e in incident.last_effects if e.template != "card"} == {"outside_wrote"}


def test_one_who_stands_for_several_accounts_speaks_for_the_tickets_own() -> None:
    both = replace(customer(), account=None, accounts=frozenset({"acme", "birch"}))
    for account in ("acme", "birch"):
        incident = Incident.open(account_key=account).delivered()
        incident.by(both, reply())
        assert not incident.events(CustomerWrote)[-1].outside
