"""The sample incident, minute by minute, as the drill tells it too."""

from __future__ import annotations

from protocols.bridge.events import NoteJoined, StartCall
from protocols.closure.events import Resolve
from protocols.helpers.events import JoinBridge
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.investigation.events import (
    ConfirmExposure,
    ConfirmScope,
    RecordFinding,
    RecordIsolation,
)
from protocols.outreach.events import AddImpacted
from protocols.people.people import Role
from protocols.roles.events import TakeRole
from protocols.roles.state import Roles
from protocols.scales import Tier
from protocols.tiers.events import ChangeTier
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, DraftText, ReleaseText
from protocols.updates.state import Updates
from tests.unit.presenters.walking import REFERENCE, Walk, at, opening, person

KNOWN = (
    "412 payments of your run of 23 November were submitted twice. 37 of the second copies have "
    "settled. We have found none in other runs."
)
DOING = "We are separating the affected payments and preparing requests to return the copies."


def opened() -> Walk:
    """T+0: opened, everything that is sent has been taken."""
    walk = Walk()
    walk.do(person("csm-one"), opening())
    walk.wait_until(at("14:02:34"))
    walk.deliver()
    _joins(walk, "csm-one", "14:02:40")
    return walk


def _joins(walk: Walk, key: str, clock: str) -> None:
    walk.run_until(at(clock))
    if key != "csm-one":
        walk.do(person(key), JoinBridge(REFERENCE))
    walk.do(person(key), NoteJoined(REFERENCE, person(key).who))


def twenty_minutes_in() -> Walk:
    """T+20: scope and exposure are confirmed, two roles taken, one not answered."""
    walk = opened()
    _joins(walk, "engineering-lead-one", "14:09")
    scope = ConfirmScope(REFERENCE, "one run, one account", "13:10 UTC", "seen by the bank")
    walk.by("csm-one", scope, "14:11:02")
    walk.by("csm-one", ConfirmExposure(REFERENCE), "14:12")
    _takes(walk, Role.INVESTIGATOR, "14:18")
    _takes(walk, Role.COMMUNICATOR, "14:19")
    walk.run_until(at("14:22:20"))
    return walk


def _takes(walk: Walk, role: Role, clock: str) -> None:
    walk.run_until(at(clock))
    seat = walk.ticket.of(Roles).seat(role) if walk.ticket is not None else None
    assert seat is not None
    assert seat.asked is not None
    walk.do(person(seat.asked.key), TakeRole(REFERENCE, role))
    _joins(walk, seat.asked.key, clock)


def first_update_late() -> Walk:
    """T+61: the first update waits for its release still."""
    walk = first_update_waits()
    walk.run_until(at("15:03"))
    return walk


def first_update_waits() -> Walk:
    """T+56: the first update waits for its release."""
    walk = twenty_minutes_in()
    for key in ("compliance-one", "finance-one", "cs-manager-one"):
        _joins(walk, key, "14:24:02")
    _takes(walk, Role.SCRIBE, "14:26:40")
    walk.by("cs-manager-one", StartCall(REFERENCE), "14:35:12")
    hold = PlaceHold(REFERENCE, HoldKind.TRANSACTION, "37 copies have settled")
    walk.by("engineer-one", hold, "14:39")
    stopped = ConfirmStopped(REFERENCE, 1, "Payments Operations One")
    walk.by("engineer-one", stopped, "14:41")
    found = RecordFinding(REFERENCE, "scope", "one run submitted by two workers", 1, 412)
    walk.by("engineer-one", found, "14:49:30")
    fields = (("known", KNOWN), ("doing", DOING))
    draft = DraftText(REFERENCE, DraftKind.UPDATE, fields, at("16:00"))
    walk.by("csm-two", draft, "14:55")
    isolated = RecordIsolation(REFERENCE, True, "moved to the quarantine queue")
    walk.by("engineer-one", isolated, "14:58:03")
    return walk


def resolved(*, told: bool = True) -> Walk:
    """Resolved at 16:40, told to the account at 16:52 unless nobody released the words."""
    walk = first_update_late()
    release(walk, "15:09:20")
    fields = (("known", "374 of the second copies were stopped."), ("doing", DOING))
    draft = DraftText(REFERENCE, DraftKind.UPDATE, fields, at("17:00"))
    walk.by("csm-two", draft, "15:50")
    release(walk, "15:55")
    cleared = ClearHold(REFERENCE, 1, "all copies are separated")
    walk.by("finance-one", cleared, "16:31")
    done = "The second copies were returned to your account."
    end = Resolve(REFERENCE, done, "See the statement of 24 November.")
    walk.by("engineering-lead-one", end, "16:40")
    if told:
        release(walk, "16:52")
    return walk


def release(walk: Walk, clock: str) -> None:
    """Have the CS manager release the text that waits, and have it taken."""
    walk.run_until(at(clock))
    assert walk.ticket is not None
    draft = walk.ticket.of(Updates).waiting_drafts()[0]
    release = ReleaseText(REFERENCE, draft.number, hash_of(draft))
    walk.do(person("cs-manager-one"), release)
    walk.deliver()


def raised() -> Walk:
    """Another course of events: Tier 4 at 14:37."""
    walk = twenty_minutes_in()
    hold = PlaceHold(REFERENCE, HoldKind.TRANSACTION, "copies have settled")
    walk.by("engineer-one", hold, "14:36")
    raise_it = ChangeTier(REFERENCE, Tier.SYSTEMIC, "same double submission in 9 accounts")
    walk.by("engineering-lead-one", raise_it, "14:37")
    walk.do(person("engineering-lead-one"), AddImpacted(REFERENCE, ("birch", "cedar")))
    return walk
