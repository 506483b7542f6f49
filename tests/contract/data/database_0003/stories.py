"""What happened at that desk: each story leaves tickets in states of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from protocols.analysis.events import RecordRca
from protocols.bridge.events import BringInNow, StartCall
from protocols.closure.events import CloseUnconfirmed, MarkOpenedInError, Reopen
from protocols.contact.events import OfferPoc
from protocols.decisions.events import AskDecision, Decide
from protocols.executives.events import AskQuestion, MarkSeen
from protocols.fixed_texts.events import SendFixed
from protocols.helpers.events import JoinBridge
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.investigation.events import ConfirmExposure
from protocols.outreach.events import AddImpacted
from protocols.people.people import Role
from protocols.replies.events import RecordCall
from protocols.roles.events import TakeRole
from protocols.scales import Impact, NoticedBy, Severity, Signal, Tier
from protocols.tiers.events import ChangeTier
from protocols.timeline.events import AddNote, NoteEdited
from protocols.updates.events import DraftKind, SendBack, SuggestWords
from tests.contract.data.database_0003.desk import DOING, KNOWN, Desk, Story

BEGINS_AT = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
"""A Monday morning in New York; a week later the desk is as it is kept.

Business time leads the machine's, as in every drill: a look-back counts from the machine's.
"""
ENDS_AT = datetime(2026, 12, 14, 16, 30, tzinfo=UTC)
DAY = 24 * 60.0
ROUTINE: dict[str, Any] = {"impacts": frozenset(), "signal": None, "severity": Severity.LOW}
ELEVATED: dict[str, Any] = {"impacts": frozenset({Impact.PAYMENTS_BLOCKED}), "signal": None}
SECURITY: dict[str, Any] = {
    "impacts": frozenset({Impact.SECURITY_INCIDENT}),
    "signal": Signal.UNUSUAL_LOGIN,
}
PLATFORM: dict[str, Any] = {"impacts": frozenset({Impact.PLATFORM_FAILING}), "signal": None}


def told(desk: Desk, summary: str, account: str) -> str:
    """Open a ticket and take it to its first update in one go; return its reference."""
    reference = desk.opens(summary, account)
    desk.settles()
    desk.scopes(reference)
    desk.staffs(reference)
    desk.finds(reference)
    desk.updates(reference, minutes=240)
    return reference


def closed(desk: Desk) -> Story:
    """Closed as it should be, its analysis delivered; its bridge is archived by now."""
    reference = desk.opens("Run 7 was sent twice", "elm")
    desk.settles()
    yield 3
    desk.scopes(reference)
    yield 16
    desk.staffs(reference)
    yield 31
    desk.asks("csm-one", StartCall(reference))
    desk.finds(reference)
    yield 45
    desk.updates(reference)
    yield 80
    desk.resolves(reference)
    yield 200
    desk.answers(reference, solved=True)
    yield DAY
    desk.asks("csm-one", RecordRca(reference, "https://docs.vendor.example/rca-1"))


def closed_unconfirmed(desk: Desk) -> Story:
    """Re-opened by silence, and closed by a manager after two attempts on two days."""
    reference = told(desk, "A file was loaded twice", "grove")
    yield 60
    desk.resolves(reference)
    desk.asks("csm-one", RecordRca(reference, "https://docs.vendor.example/rca-2"))
    yield 3 * DAY + 300
    desk.asks("csm-one", RecordCall(reference, "no answer"))
    yield 4 * DAY + 60
    desk.asks("csm-one", RecordCall(reference, "voice mail"))
    desk.asks("cs-manager-one", CloseUnconfirmed(reference, "nobody answers, all is right"))


def in_error(desk: Desk) -> Story:
    """Opened for the wrong account, which was asked to disregard it."""
    reference = desk.opens("Wrong balance shown", "juniper")
    desk.settles()
    yield 4
    desk.asks("csm-one", MarkOpenedInError(reference, "wrong_account", "it is Kelp's"))
    desk.releases(reference)


def in_error_lately(desk: Desk) -> Story:
    """Opened by mistake just now: the words to disregard it wait, its bridge stands."""
    reference = desk.opens("Balance of another account", "dune")
    desk.settles()
    yield 3
    desk.asks("csm-one", MarkOpenedInError(reference, "wrong_account", "it is Cedar's"))


def no_problem(desk: Desk) -> Story:
    """Opened by mistake without anybody having been told."""
    reference = desk.opens("A test run", "kelp", noticed_by=NoticedBy.US)
    desk.settles()
    yield 4
    desk.asks("csm-one", MarkOpenedInError(reference, "not_a_problem", "it was a test"))


# -- resolved -----------------------------------------------------------------------------------


def analysis_owed(desk: Desk) -> Story:
    """Confirmed by phone; the analysis is owed, one reminder of it has come."""
    reference = told(desk, "Two batches overlap", "hazel")
    yield 90
    desk.resolves(reference)
    yield 300
    desk.answers(reference, solved=True)


def reminded(desk: Desk) -> Story:
    """Told that it is resolved, and reminded a business day later."""
    reference = told(desk, "Returns were booked twice", "iris")
    yield 90
    desk.resolves(reference)


def told_lately(desk: Desk) -> Story:
    """Told that it is resolved, in the account's channel; its buttons wait there."""
    reference = told(desk, "One vendor was paid twice", "acme")
    yield 40
    desk.resolves(reference)


def not_told(desk: Desk) -> Story:
    """Resolved; the words for the account wait for a second person."""
    reference = told(desk, "A reversal is missing", "lotus")
    yield 40
    desk.resolves(reference, told=False)


def silence(desk: Desk) -> Story:
    """Re-opened because the account never answered."""
    reference = told(desk, "Fees were charged twice", "fern")
    yield 60
    desk.resolves(reference)


def again_by_us(desk: Desk) -> Story:
    """Re-opened by one of us after the account had been told."""
    reference = told(desk, "A limit was ignored", "maple")
    yield 30
    desk.resolves(reference)
    yield 45
    desk.asks("csm-one", Reopen(reference, "one payment was missed"))


def again_by_the_account(desk: Desk) -> Story:
    """Re-opened by the account's answer."""
    reference = told(desk, "Remittances went missing", "kelp")
    yield 30
    desk.resolves(reference)
    yield 50
    desk.answers(reference, solved=False)


def pressed_by_the_account(desk: Desk) -> Story:
    """Confirmed by a press of the account itself; closed but for its analysis."""
    reference = told(desk, "A run was late and double", "acme")
    yield 30
    desk.resolves(reference)
    yield 45
    desk.slack.person("ap-director-one").press("Yes, it is solved", channel="acme-support")
    desk.settles()


# -- Tier 1, 2 and 4 ----------------------------------------------------------------------------


def small_ones(desk: Desk) -> Story:
    """Tier 1 and 2, told by the account or seen by us, with an account or without."""
    first = desk.opens("A report cannot be opened", "birch", who="csm-two", **ROUTINE)
    desk.opens("A login page is slow", None, **ROUTINE)
    desk.opens("Payouts are delayed", "cedar", who="csm-two", **ELEVATED)
    desk.opens("A statement is late", "dune", noticed_by=NoticedBy.US, **ELEVATED)
    solved = desk.opens("A balance is questioned", "elm", **ELEVATED)
    yield 20
    desk.asks("csm-two", AddNote(first, "asked for a screenshot"))
    desk.resolves(solved)


def nobodys(desk: Desk) -> Story:
    """A Tier 3 without an account."""
    reference = desk.opens("Unknown duplicates in the ledger", None)
    desk.settles()
    yield 16
    desk.staffs(reference)


def security(desk: Desk) -> Story:
    """A security matter: by mail to the one named for it; commanded, a decision asked."""
    reference = desk.opens("Logins from an unknown place", "acme", **SECURITY)
    desk.settles()
    yield 5
    desk.asks("engineering-lead-one", TakeRole(reference, Role.COMMANDER))
    due_at = desk.bot.now() + timedelta(minutes=90)
    question = "Do we tell every customer today?"
    options = ("Tell all today", "Wait for the analysis")
    desk.asks("cs-manager-one", AskDecision(reference, question, options, due_at, "we wait"))


def systemic(desk: Desk) -> Story:
    """Raised from 3 to 4: commander, impacted accounts, texts for page and outreach."""
    reference = told(desk, "Runs of several accounts twice", "iris")
    yield 20
    impacts = frozenset({Impact.PLATFORM_FAILING})
    raised = ChangeTier(reference, Tier.SYSTEMIC, "nine accounts", impacts)
    desk.asks("engineering-lead-one", raised)
    desk.asks("engineering-lead-one", TakeRole(reference, Role.COMMANDER))
    yield 28
    desk.asks("csm-one", AddImpacted(reference, ("elm", "fern")))
    desk.drafts(reference, DraftKind.STATUS_PAGE)
    desk.releases(reference)
    desk.settles()
    desk.drafts(reference, DraftKind.OUTREACH, minutes=120)


def lowered(desk: Desk) -> Story:
    """Opened as Tier 4 and lowered to 3 once Security had come."""
    reference = desk.opens("Everything seems down", "grove", **PLATFORM)
    desk.settles()
    yield 6
    desk.asks("security-one", JoinBridge(reference))
    desk.settles()
    desk.asks("cs-manager-one", ChangeTier(reference, Tier.CRITICAL, "one account only"))


def called(desk: Desk) -> Story:
    """Everything asked and nothing taken: the roles wait for those asked."""
    reference = desk.opens("A run is stuck half way", "birch", who="csm-two")
    desk.named["called"] = reference
    desk.settles()
    yield 4
    desk.scopes(reference, "csm-two")


def stops(desk: Desk) -> Story:
    """Holds of each kind: asked, stopped, cleared; findings; exposure confirmed."""
    reference = desk.opens("Funds went to the wrong bank", "cedar", who="csm-one")
    desk.settles()
    yield 6
    desk.staffs(reference)
    desk.finds(reference)
    lead = "engineering-lead-one"
    desk.asks(lead, PlaceHold(reference, HoldKind.TRANSACTION, "copies settle tonight"))
    desk.asks("csm-one", PlaceHold(reference, HoldKind.DISCLOSURE, "a lawyer wrote"))
    desk.asks("csm-one", PlaceHold(reference, HoldKind.RETENTION, "a lawyer wrote"))
    yield 9
    stopped = "Payments Operations One"
    desk.asks("payments-operations-one", ConfirmStopped(reference, 1, stopped))
    yield 20
    desk.asks("finance-one", ClearHold(reference, 1, "all copies are back"))
    desk.asks("legal-one", ClearHold(reference, 2, "it is settled"))
    desk.asks("compliance-one", ClearHold(reference, 3, "nothing to keep"))
    desk.asks("csm-one", ConfirmExposure(reference))
    yield 30
    desk.asks(lead, PlaceHold(reference, HoldKind.TRANSACTION, "a second run"))
    desk.asks("payments-operations-one", ConfirmStopped(reference, 4, stopped))
    desk.asks("csm-one", PlaceHold(reference, HoldKind.DISCLOSURE, "they wrote again"))
    desk.asks("csm-one", PlaceHold(reference, HoldKind.RETENTION, "they wrote again"))


def asked(desk: Desk) -> Story:
    """Everyone was asked a moment ago, and nobody has answered."""
    reference = desk.opens("A batch is on its way twice", "hazel")
    desk.settles()
    yield 2
    desk.scopes(reference)
    desk.asks("csm-one", BringInNow(reference))
    desk.settles()
    desk.asks("csm-one", OfferPoc(reference, desk.bot.actor("csm-two").who))


def in_review(desk: Desk) -> Story:
    """The first update waits for a second person, within its time."""
    reference = desk.opens("Two accounts share a run", "fern")
    desk.settles()
    desk.scopes(reference)
    desk.staffs(reference)
    yield 20
    desk.drafts(reference)


def stop_asked(desk: Desk) -> Story:
    """A stop that is asked and not confirmed yet, and a disclosure hold by a legal threat."""
    reference = desk.opens("A lawyer's letter came", "fern", signal=Signal.LEGAL_THREAT)
    desk.settles()
    yield 3
    desk.asks("csm-one", PlaceHold(reference, HoldKind.TRANSACTION, "until it is clear"))


def words(desk: Desk) -> Story:
    """Texts in every state: delivered, corrected, sent back, other words suggested, in review."""
    reference = desk.named["words"] = told(desk, "Three runs are doubled", "hazel")
    yield 15
    wrong = (("wrong", "412 payments"), ("right", "411 payments of that run"))
    desk.drafts(
        reference, DraftKind.CORRECTION, fields=(*wrong, ("doing", DOING)), corrects=1, minutes=240
    )
    desk.releases(reference)
    desk.settles()
    yield 40
    back = desk.drafts(reference, minutes=240)
    desk.asks("cs-manager-one", SendBack(reference, back, "say which run"))
    other = desk.drafts(reference, minutes=240)
    suggested = (("known", KNOWN), ("doing", "We return the copies today."))
    desk.asks("cs-manager-one", SuggestWords(reference, other, suggested))


def promises(desk: Desk) -> Story:
    """One promise kept, one told late, the holding line and no change sent."""
    reference = told(desk, "Half a run is doubled", "lotus")
    yield 10
    desk.asks("csm-two", SendFixed(reference, "holding"))
    yield 30
    desk.asks("csm-two", SendFixed(reference, "no_change"))
    yield 40
    desk.updates(reference, minutes=30)
    yield 90
    desk.settles()


def decisions(desk: Desk) -> Story:
    """Decisions made, lapsed, asked; the executive has seen, and asked a question."""
    reference = told(desk, "A large account is doubled", "juniper")
    yield 5
    now = desk.bot.now()
    for number, minutes in enumerate((30.0, 10.0, 600.0)):
        question = f"Do we pay the fees of batch {number + 1}?"
        ask = AskDecision(
            reference, question, ("Pay", "Do not pay"), now + timedelta(minutes=minutes), "no"
        )
        desk.asks("cs-manager-one", ask)
    desk.asks("sponsor-one", MarkSeen(reference), AskQuestion(reference, "How much?"))
    desk.asks("sponsor-one", Decide(reference, 1, 2))
    yield 20
    desk.settles()


def withdrawn(desk: Desk) -> Story:
    """A decision that nobody needs any more, because the ticket is resolved."""
    reference = told(desk, "A small account is doubled", "juniper")
    yield 5
    due_at = desk.bot.now() + timedelta(hours=8)
    ask = AskDecision(reference, "Do we call them?", ("Call", "Write"), due_at, "we write")
    desk.asks("cs-manager-one", ask)
    yield 20
    desk.resolves(reference, told=False)


def replies(desk: Desk) -> Story:
    """The account writes in its channel; a message in the bridge is edited; a note is kept."""
    reference = desk.opens("Their bank asks about run 9", "acme")
    desk.settles()
    yield 2
    desk.slack.person("ap-director-one").say("acme-support", "Our bank asks again.")
    desk.asks("csm-one", AddNote(reference, "their bank is Bank One"))
    yield 4
    desk.staffs(reference)
    who = desk.bot.actor("csm-one").who
    desk.asks("csm-one", NoteEdited(reference, who, "the first words", deleted=False))


STORIES: tuple[tuple[float, Callable[[Desk], Story]], ...] = (
    (0, closed),
    (20, closed_unconfirmed),
    (40, in_error),
    (50, no_problem),
    (1 * DAY, silence),
    (3 * DAY + 60, analysis_owed),
    (4 * DAY + 30, reminded),
    (4 * DAY + 60, small_ones),
    (7 * DAY, pressed_by_the_account),
    (7 * DAY + 20, systemic),
    (7 * DAY + 30, lowered),
    (7 * DAY + 40, security),
    (7 * DAY + 45, nobodys),
    (7 * DAY + 50, words),
    (7 * DAY + 55, promises),
    (7 * DAY + 60, decisions),
    (7 * DAY + 65, withdrawn),
    (7 * DAY + 70, again_by_us),
    (7 * DAY + 72, again_by_the_account),
    (7 * DAY + 75, stops),
    (7 * DAY + 80, told_lately),
    (7 * DAY + 85, not_told),
    (7 * DAY + 120, called),
    (7 * DAY + 130, in_error_lately),
    (7 * DAY + 140, replies),
    (7 * DAY + 127, in_review),
    (7 * DAY + 145, asked),
    (7 * DAY + 146, stop_asked),
)
"""When each begins, in minutes after the beginning of the week."""
