"""This file owns the one sentence that each event is on the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from protocols import events as ev
from protocols.scales import Impact
from protocols.ticket import DraftKind, StepKind, StepState
from templates import ladder, titles
from templates.presenters import undelivered
from templates.presenters.scene import Scene
from templates.when import utc_minute

E = TypeVar("E", bound=ev.Event)
Sentence = Callable[[Scene, Any], str]
_SENTENCES: dict[type[ev.Event], Sentence] = {}

DECISIONS = (
    ev.TicketOpened,
    ev.ScopeConfirmed,
    ev.ExposureConfirmed,
    ev.RoleTaken,
    ev.PocChanged,
    ev.NinthKept,
    ev.HoldAsked,
    ev.HoldStopped,
    ev.HoldCleared,
    ev.TextReleased,
    ev.TextSentBack,
    ev.TierChanged,
    ev.ImpactsFound,
    ev.ImpactedNamed,
    ev.NoteAdded,
    ev.TicketResolved,
    ev.AccountConfirmed,
    ev.TicketReopened,
    ev.OpenedInError,
)
"""What somebody decided, as against what happened or was asked."""

SILENT = (ev.DuePassed, ev.StepsAdded, ev.PersonAdded, ev.PromiseKept, ev.UpdatePrompted)
"""Events that other entries say already."""

FIXED = {
    "acknowledgment": "the acknowledgment",
    "holding": "the holding line",
    "no_change": "the word that nothing has changed",
    "late": "the word that we are late",
    "escalated": "the escalation notice",
}


def sentence(scene: Scene, event: ev.Event) -> str:
    """Return what happened as one sentence, empty for what is not worth a line."""
    make = _SENTENCES.get(type(event))
    return "" if make is None else make(scene, event)


def has_sentence(event_type: type[ev.Event]) -> bool:
    """Say whether events of a type appear on the timeline."""
    return event_type in _SENTENCES


def _says(event_type: type[E]) -> Callable[[Callable[[Scene, E], str]], Sentence]:
    def register(function: Callable[[Scene, E], str]) -> Sentence:
        _SENTENCES[event_type] = function
        return function

    return register


def _simple(event_type: type[E], make: Callable[[Scene, E], str]) -> None:
    _SENTENCES[event_type] = make


def _step(scene: Scene, kind: str) -> str:
    return ladder.step_words(kind, "certificate", scene.account)


def _duty(duty: str) -> str:
    return titles.duty_title(duty)


def _text(scene: Scene, number: int) -> str:
    """Return what an outward text is called: its number among updates, else its kind."""
    draft = scene.ticket.draft(number)
    if draft is None:
        return f"text {number}"
    about = f" to update {draft.corrects}" if draft.corrects else ""
    if draft.update_number is not None:
        return f"update {draft.update_number}{', a correction' if about else ''}{about}"
    kind = titles.draft_title(draft.kind.value).lower()
    return (
        f"the {kind}{about}"
        if draft.kind is not DraftKind.UPDATE
        else f"an update (draft {number})"
    )


@_says(ev.TicketOpened)
def _opened(_: Scene, event: ev.TicketOpened) -> str:
    summary = event.opening.summary
    return f'{event.by.name} opened {event.reference}, Tier {int(event.tier)}: "{summary}"'


_SAID_BY_NOTHING_ELSE = frozenset(
    {StepKind.LEADS_HERE, StepKind.ROLES_TAKEN, StepKind.REVIEWERS_HERE, StepKind.OUTREACH}
)
"""Steps that are done by several entries together; the others have one entry that says it."""


@_says(ev.StepSettled)
def _settled(scene: Scene, event: ev.StepSettled) -> str:
    if event.state is StepState.DONE and event.kind not in _SAID_BY_NOTHING_ELSE:
        return ""
    note = f" ({event.note})" if event.note else ""
    word = {StepState.DONE: "done", StepState.SUPERSEDED: "superseded", StepState.WAIVED: "waived"}
    by = f", {event.by.name}" if event.state is StepState.WAIVED else ""
    return f"{_step(scene, event.kind.value)}: {word.get(event.state, event.state)}{by}{note}"


@_says(ev.StepsOpened)
def _windows(scene: Scene, event: ev.StepsOpened) -> str:
    named = ", ".join(_step(scene, kind.value) for kind in event.kinds)
    return f"now open: {named}"


@_says(ev.HelperCalled)
def _called(_: Scene, event: ev.HelperCalled) -> str:
    word = "was told" if event.heads_up else "was called"
    return f"{event.person.name} {word} as {_duty(event.duty)}"


@_says(ev.HelperAnswered)
def _answered(_: Scene, event: ev.HelperAnswered) -> str:
    if event.joined:
        return ""  # that they are in the bridge is an entry of its own
    return f"{event.person.name} is on it as {_duty(event.duty)}"


@_says(ev.PersonInvited)
def _invited(_: Scene, event: ev.PersonInvited) -> str:
    if event.by.key == event.person.key:
        return ""
    reason = f': "{event.reason}"' if event.reason else ""
    return f"{event.by.name} invited {event.person.name}{reason}"


@_says(ev.RoleTaken)
def _role_taken(_: Scene, event: ev.RoleTaken) -> str:
    after = f", after {event.before.name}" if event.before is not None else ""
    return f"{event.by.name} took {event.role.label}{after}"


@_says(ev.PocChanged)
def _poc_changed(scene: Scene, event: ev.PocChanged) -> str:
    after = f", after {event.before.name}" if event.before is not None else ""
    return f"{event.person.name} is the one contact for {scene.account}{after}"


@_says(ev.FindingRecorded)
def _finding(_: Scene, event: ev.FindingRecorded) -> str:
    counted = (
        (event.records_count, "records"),
        (event.accounts_count, "accounts"),
    )
    counts = ", ".join(f"{count} {what}" for count, what in counted if count is not None)
    return f'{event.by.name} recorded finding {event.number}: "{event.text}"' + (
        f" ({counts})" if counts else ""
    )


@_says(ev.HoldAsked)
def _hold_asked(_: Scene, event: ev.HoldAsked) -> str:
    return f'{event.by.name} asked for the {event.kind.value} hold: "{event.reason}"'


@_says(ev.HoldStopped)
def _hold_stopped(scene: Scene, event: ev.HoldStopped) -> str:
    return f"{event.confirmed_by} confirmed that {_hold(scene, event.number)} stands"


@_says(ev.HoldCleared)
def _hold_cleared(scene: Scene, event: ev.HoldCleared) -> str:
    return f'{event.by.name} cleared {_hold(scene, event.number)}: "{event.reason}"'


def _hold(scene: Scene, number: int) -> str:
    found = next((hold for hold in scene.ticket.holds if hold.number == number), None)
    return f"the {found.kind.value} hold" if found is not None else f"hold {number}"


@_says(ev.TextDelivered)
def _delivered(scene: Scene, event: ev.TextDelivered) -> str:
    return f"{_text(scene, event.number)} is with {scene.account}"


@_says(ev.ReviewReminded)
def _review(scene: Scene, event: ev.ReviewReminded) -> str:
    wider = ", more widely" if event.escalated else ""
    return f"a release was asked for {_text(scene, event.number)}{wider}"


@_says(ev.FixedTextSent)
def _fixed(scene: Scene, event: ev.FixedTextSent) -> str:
    return f"{event.by.name} sent {scene.account} {FIXED.get(event.name, event.name)}"


@_says(ev.FixedTextTaken)
def _fixed_taken(scene: Scene, event: ev.FixedTextTaken) -> str:
    sent = next((text for text in scene.ticket.fixed_texts if text.key == event.key), None)
    name = FIXED.get(sent.name, sent.name) if sent is not None else "a fixed text"
    return f"{scene.account} has {name}"


@_says(ev.PromiseLapsed)
def _lapsed(scene: Scene, event: ev.PromiseLapsed) -> str:
    if event.ahead:
        return f"a promised update will not come in time; {scene.account} was told before"
    told = f"{scene.account} was told" if event.told else "the CS manager was told"
    return f"a promised update did not come in time; {told}"


@_says(ev.ImpactsFound)
def _found(_: Scene, event: ev.ImpactsFound) -> str:
    found = ", ".join(impact.because for impact in Impact if impact in event.impacts)
    return f'{event.by.name} found that {found}: "{event.reason}"'


@_says(ev.RouteChanged)
def _route(scene: Scene, event: ev.RouteChanged) -> str:
    to = ", ".join(event.route.addresses)
    road = f"to {to} only, by mail" if to else "by phone only"
    return f"words for {scene.account} go {road} from now on"


@_says(ev.TierChanged)
def _tier(_: Scene, event: ev.TierChanged) -> str:
    before, after = int(event.before), int(event.after)
    return f'{event.by.name} changed Tier {before} to Tier {after}: "{event.reason}"'


@_says(ev.ImpactedNamed)
def _impacted(scene: Scene, event: ev.ImpactedNamed) -> str:
    known = (scene.ctx.directory.account(key) for key in event.accounts)
    names = ", ".join(account.name for account in known if account is not None)
    return f"{event.by.name} listed {len(event.accounts)} impacted: {names}"


@_says(ev.NoteAdded)
def _note(_: Scene, event: ev.NoteAdded) -> str:
    author = event.author or event.by.name
    kept = f", put here by {event.by.name}" if event.author else ""
    return f'{author}: "{event.text}"{kept}'


@_says(ev.CustomerWrote)
def _wrote(scene: Scene, event: ev.CustomerWrote) -> str:
    return f'{scene.account}, {event.author} (thread): "{event.text}"'


@_says(ev.CustomerSaid)
def _said(scene: Scene, event: ev.CustomerSaid) -> str:
    at = f", {event.said_at}" if event.said_at else ""
    return f'{scene.account}, {event.speaker} (phone{at}): "{event.words}"'


@_says(ev.MessageAltered)
def _altered(_: Scene, event: ev.MessageAltered) -> str:
    word = "deleted" if event.deleted else "edited"
    return f'{event.person.name} {word} a message (was: "{event.was}")'


@_says(ev.AccountConfirmed)
def _confirmed(scene: Scene, event: ev.AccountConfirmed) -> str:
    phone = ", by phone" if event.by_phone else ""
    return f"{scene.account}, {event.speaker}, confirmed that it is solved{phone}"


@_says(ev.TicketResolved)
def _resolved(scene: Scene, event: ev.TicketResolved) -> str:
    owed = event.rca_due_at
    analysis = f"; written analysis due {utc_minute(owed)}" if owed is not None else ""
    return f"{event.by.name} resolved {scene.ticket.reference}{analysis}"


@_says(ev.DeliveryBuried)
def _buried(scene: Scene, event: ev.DeliveryBuried) -> str:
    return f"not delivered: {undelivered.subject(scene, event.key)} ({event.error})"


@_says(ev.RcaReminded)
def _rca_reminded(_: Scene, event: ev.RcaReminded) -> str:
    return "the written analysis is late" if event.late else "the written analysis was asked for"


_simple(ev.LadderStarted, lambda _, e: f"the steps of Tier {int(e.tier)} started")
_simple(ev.StepLate, lambda s, e: f"LATE: {_step(s, e.kind.value)}")
_simple(ev.HelperCalledAgain, lambda _, e: f"{e.person.name} was asked again: {_duty(e.duty)}")
_simple(ev.LeadsBroughtIn, lambda _, e: f"{e.by.name} brought in who was missing")
_simple(ev.PersonJoined, lambda _, e: f"{e.person.name} is in the bridge")
_simple(ev.PersonLeft, lambda _, e: f"{e.person.name} left the bridge")
_simple(ev.BridgeCrowded, lambda _, e: f"{e.count} people are in the bridge, with {e.person.name}")
_simple(ev.NinthKept, lambda _, e: f'{e.by.name} kept {e.person.name}: "{e.reason}"')
_simple(ev.BridgeOpened, lambda _, e: f"the bridge {e.channel_name} is open")
_simple(ev.BridgeSharedOutside, lambda _, _e: "the bridge was shared outside; posting stopped")
_simple(ev.BridgeArchiveAsked, lambda _, _e: "the bridge is archived")
_simple(ev.CallStarted, lambda _, e: f"{e.by.name} started the call")
_simple(
    ev.ScopeConfirmed,
    lambda _, e: f'{e.by.name} confirmed the scope: "{e.accounts}, since {e.since}, {e.how}"',
)
_simple(ev.ExposureConfirmed, lambda _, e: f"{e.by.name} confirmed the financial exposure")
_simple(ev.RoleAsked, lambda _, e: f"{e.person.name} was asked to be {e.role.label}")
_simple(ev.RoleDeclined, lambda _, e: f"{e.person.name} cannot be {e.role.label}")
_simple(ev.RoleLapsed, lambda _, e: f"{e.person.name} did not answer: {e.role.label}")
_simple(ev.RotaExhausted, lambda _, e: f"nobody on the rota took {e.role.label}")
_simple(ev.PocOffered, lambda _, e: f"{e.person.name} was asked to be the one contact")
_simple(ev.PocDeclined, lambda _, e: f"{e.person.name} cannot be the one contact")
_simple(ev.TextDrafted, lambda s, e: f"{e.by.name} put {_text(s, e.number)} in review")
_simple(ev.TextEdited, lambda s, e: f"{e.by.name} changed {_text(s, e.number)}")
_simple(ev.WordsSuggested, lambda s, e: f"{e.by.name} suggested words for {_text(s, e.number)}")
_simple(ev.TextSentBack, lambda s, e: f'{e.by.name} sent back {_text(s, e.number)}: "{e.why}"')
_simple(ev.TextReleased, lambda s, e: f"{e.by.name} released {_text(s, e.number)}")
_simple(ev.PromiseMade, lambda s, e: f"{s.account} hears next by {utc_minute(e.promised_at)}")
_simple(ev.AccountCalled, lambda s, e: f'{e.by.name} called {s.account}: "{e.note}"')
_simple(ev.ExecutiveNotified, lambda _, e: f"the brief to {e.person.name} is on its way")
_simple(ev.ExecutiveReached, lambda _, e: f"{e.person.name} has the brief")
_simple(ev.BriefSeen, lambda _, e: f"{e.person.name} has seen the brief")
_simple(ev.QuestionAsked, lambda _, e: f'{e.person.name} asked: "{e.text}"')
_simple(ev.VendorTold, lambda _, _e: "the processor contact was told")
_simple(ev.ResolutionTold, lambda s, _e: f"{s.account} was asked whether it is solved")
_simple(ev.ConfirmationReminded, lambda s, _e: f"{s.account} was asked again")
_simple(ev.TicketReopened, lambda _, e: f'{e.by.name} opened it again: "{e.reason}"')
_simple(ev.ClosedUnconfirmed, lambda _, e: f'{e.by.name} closed it unconfirmed: "{e.reason}"')
_simple(ev.TicketClosed, lambda s, _e: f"{s.ticket.reference} is closed: nothing is owed")
_simple(ev.OpenedInError, lambda _, e: f'{e.by.name} closed it as opened in error: "{e.reason}"')
_simple(ev.RcaDelivered, lambda _, e: f"{e.by.name} delivered the written analysis")
_simple(ev.NumberMasked, lambda _, e: f"a number was masked ({e.kind} ending {e.ending})")
