"""This file owns the one sentence that each event is on the timeline."""

from __future__ import annotations

from protocols import events as ev
from protocols.scales import Impact
from protocols.slices import FixedTexts, Updates
from protocols.ticket import DraftKind, StepKind, StepState, Withdrawal
from templates import ladder, titles
from templates.presenters import undelivered
from templates.presenters.scene import Scene
from templates.presenters.sentence_registry import says, simply
from templates.when import utc_minute

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
    ev.TextRecalled,
    ev.TextSentBack,
    ev.TierChanged,
    ev.LoweringAgreed,
    ev.LoweringDeclined,
    ev.ImpactsFound,
    ev.ImpactedNamed,
    ev.DecisionMade,
    ev.DecisionLapsed,
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


def _step(scene: Scene, kind: str) -> str:
    return ladder.step_words(kind, "certificate", scene.account)


def _duty(duty: str) -> str:
    return titles.duty_title(duty)


def _text(scene: Scene, number: int) -> str:
    """Return what an outward text is called: its number among updates, else its kind."""
    draft = scene.ticket.of(Updates).draft(number)
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


@says(ev.TicketOpened)
def _opened(_: Scene, event: ev.TicketOpened) -> str:
    summary = event.opening.summary
    return f'{event.by.name} opened {event.reference}, Tier {int(event.tier)}: "{summary}"'


_SAID_BY_NOTHING_ELSE = frozenset(
    {StepKind.LEADS_HERE, StepKind.ROLES_TAKEN, StepKind.REVIEWERS_HERE, StepKind.OUTREACH}
)
"""Steps that are done by several entries together; the others have one entry that says it."""


@says(ev.StepSettled)
def _settled(scene: Scene, event: ev.StepSettled) -> str:
    if event.state is StepState.DONE and event.kind not in _SAID_BY_NOTHING_ELSE:
        return ""
    note = f" ({event.note})" if event.note else ""
    word = {StepState.DONE: "done", StepState.SUPERSEDED: "superseded", StepState.WAIVED: "waived"}
    by = f", {event.by.name}" if event.state is StepState.WAIVED else ""
    return f"{_step(scene, event.kind.value)}: {word.get(event.state, event.state)}{by}{note}"


@says(ev.StepsOpened)
def _windows(scene: Scene, event: ev.StepsOpened) -> str:
    named = ", ".join(_step(scene, kind.value) for kind in event.kinds)
    return f"now open: {named}"


@says(ev.HelperCalled)
def _called(_: Scene, event: ev.HelperCalled) -> str:
    word = "was told" if event.heads_up else "was called"
    return f"{event.person.name} {word} as {_duty(event.duty)}"


@says(ev.HelperAnswered)
def _answered(_: Scene, event: ev.HelperAnswered) -> str:
    if event.joined:
        return ""  # that they are in the bridge is an entry of its own
    return f"{event.person.name} is on it as {_duty(event.duty)}"


@says(ev.PersonInvited)
def _invited(_: Scene, event: ev.PersonInvited) -> str:
    if event.by.key == event.person.key:
        return ""
    reason = f': "{event.reason}"' if event.reason else ""
    return f"{event.by.name} invited {event.person.name}{reason}"


@says(ev.RoleTaken)
def _role_taken(_: Scene, event: ev.RoleTaken) -> str:
    after = f", after {event.before.name}" if event.before is not None else ""
    return f"{event.by.name} took {event.role.label}{after}"


@says(ev.PocChanged)
def _poc_changed(scene: Scene, event: ev.PocChanged) -> str:
    after = f", after {event.before.name}" if event.before is not None else ""
    return f"{event.person.name} is the one contact for {scene.account}{after}"


@says(ev.FindingRecorded)
def _finding(_: Scene, event: ev.FindingRecorded) -> str:
    counted = (
        (event.records_count, "records"),
        (event.accounts_count, "accounts"),
    )
    counts = ", ".join(f"{count} {what}" for count, what in counted if count is not None)
    return f'{event.by.name} recorded finding {event.number}: "{event.text}"' + (
        f" ({counts})" if counts else ""
    )


@says(ev.TextStopped)
def _stopped(_: Scene, event: ev.TextStopped) -> str:
    kind, why = titles.draft_title(event.kind.value).lower(), titles.stopped_for(event.codes)
    if event.asked:
        return f"a check asked {event.by.name} about words for the {kind}: {why}"
    return f"a check stopped words of {event.by.name} for the {kind}: {why}"


@says(ev.TextDelivered)
def _delivered(scene: Scene, event: ev.TextDelivered) -> str:
    draft = scene.ticket.of(Updates).draft(event.number)
    if draft is None or draft.kind is not DraftKind.STATUS_PAGE:
        return f"{_text(scene, event.number)} is with {scene.account}"
    if draft.poster is None:
        return "the status page took the released text"
    return f"{event.by.name} said that the status text is on the page"


@says(ev.ReviewReminded)
def _review(scene: Scene, event: ev.ReviewReminded) -> str:
    wider = ", more widely" if event.escalated else ""
    return f"a release was asked for {_text(scene, event.number)}{wider}"


@says(ev.FixedTextSent)
def _fixed(scene: Scene, event: ev.FixedTextSent) -> str:
    return f"{event.by.name} sent {scene.account} {FIXED.get(event.name, event.name)}"


@says(ev.FixedTextTaken)
def _fixed_taken(scene: Scene, event: ev.FixedTextTaken) -> str:
    sent = next(
        (text for text in scene.ticket.of(FixedTexts).fixed_texts if text.key == event.key), None
    )
    name = FIXED.get(sent.name, sent.name) if sent is not None else "a fixed text"
    return f"{scene.account} has {name}"


@says(ev.PromiseLapsed)
def _lapsed(scene: Scene, event: ev.PromiseLapsed) -> str:
    if event.ahead:
        return f"a promised update will not come in time; {scene.account} was told before"
    told = f"{scene.account} was told" if event.told else "the CS manager was told"
    return f"a promised update did not come in time; {told}"


@says(ev.ImpactsFound)
def _found(_: Scene, event: ev.ImpactsFound) -> str:
    found = ", ".join(impact.because for impact in Impact if impact in event.impacts)
    return f'{event.by.name} found that {found}: "{event.reason}"'


@says(ev.RouteChanged)
def _route(scene: Scene, event: ev.RouteChanged) -> str:
    to = ", ".join(event.route.addresses)
    road = f"to {to} only, by mail" if to else "by phone only"
    return f"words for {scene.account} go {road} from now on"


@says(ev.TierChanged)
def _tier(_: Scene, event: ev.TierChanged) -> str:
    before, after = int(event.before), int(event.after)
    agreed = f", agreed by {event.agreed_by.name}" if event.agreed_by is not None else ""
    return f'{event.by.name} changed Tier {before} to Tier {after}{agreed}: "{event.reason}"'


@says(ev.ImpactedNamed)
def _impacted(scene: Scene, event: ev.ImpactedNamed) -> str:
    known = (scene.ctx.directory.account(key) for key in event.accounts)
    names = ", ".join(account.name for account in known if account is not None)
    return f"{event.by.name} listed {len(event.accounts)} impacted: {names}"


@says(ev.NoteAdded)
def _note(_: Scene, event: ev.NoteAdded) -> str:
    author = event.author or event.by.name
    kept = f", put here by {event.by.name}" if event.author else ""
    return f'{author}: "{event.text}"{kept}'


@says(ev.CustomerWrote)
def _wrote(scene: Scene, event: ev.CustomerWrote) -> str:
    whose = "from outside" if event.outside else scene.account
    return f'{whose}, {event.author} (thread): "{event.text}"'


@says(ev.CustomerSaid)
def _said(scene: Scene, event: ev.CustomerSaid) -> str:
    at = f", {event.said_at}" if event.said_at else ""
    return f'{scene.account}, {event.speaker} (phone{at}): "{event.words}"'


@says(ev.MessageAltered)
def _altered(_: Scene, event: ev.MessageAltered) -> str:
    word = "deleted" if event.deleted else "edited"
    return f'{event.person.name} {word} a message (was: "{event.was}")'


@says(ev.AccountConfirmed)
def _confirmed(scene: Scene, event: ev.AccountConfirmed) -> str:
    phone = ", by phone" if event.by_phone else ""
    return f"{scene.account}, {event.speaker}, confirmed that it is solved{phone}"


@says(ev.TicketResolved)
def _resolved(scene: Scene, event: ev.TicketResolved) -> str:
    owed = event.rca_due_at
    analysis = f"; written analysis due {utc_minute(owed)}" if owed is not None else ""
    return f"{event.by.name} resolved {scene.ticket.reference}{analysis}"


@says(ev.DeliveryBuried)
def _buried(scene: Scene, event: ev.DeliveryBuried) -> str:
    return f"not delivered: {undelivered.subject(scene, event.key)} ({event.error})"


@says(ev.TextWithdrawn)
def _withdrawn(scene: Scene, event: ev.TextWithdrawn) -> str:
    why = event.why.value.replace("_", " ")
    whom = "" if undelivered.is_public(scene, event.key) else f" to {scene.account}"
    return f"not sent{whom}: {undelivered.subject(scene, event.key)} ({why})"


@says(ev.TextRerouted)
def _rerouted(scene: Scene, event: ev.TextRerouted) -> str:
    return f"{undelivered.subject(scene, event.key)} goes by mail ({_road_error(event.error)})"


def _road_error(error: str) -> str:
    ours = {
        Withdrawal.CHANNEL.value: "the channel is not shared with them alone",
        Withdrawal.ROAD.value: "the channel is not their road any more",
    }
    return ours.get(error, error)


@says(ev.RoadLost)
def _road_lost(scene: Scene, event: ev.RoadLost) -> str:
    to = ", ".join(event.route.addresses)
    road = f"by mail to {to}" if to else "by phone only"
    return f"words for {scene.account} go {road} from now on ({_road_error(event.error)})"


@says(ev.DeliveryRevived)
def _revived(scene: Scene, event: ev.DeliveryRevived) -> str:
    return f"delivered after all: {undelivered.subject(scene, event.key)}"


@says(ev.RcaReminded)
def _rca_reminded(_: Scene, event: ev.RcaReminded) -> str:
    return "the written analysis is late" if event.late else "the written analysis was asked for"


simply(ev.LadderStarted, lambda _, e: f"the steps of Tier {int(e.tier)} started")
simply(ev.StepLate, lambda s, e: f"LATE: {_step(s, e.kind.value)}")
simply(ev.HelperCalledAgain, lambda _, e: f"{e.person.name} was asked again: {_duty(e.duty)}")
simply(ev.LeadsBroughtIn, lambda _, e: f"{e.by.name} brought in who was missing")
simply(ev.PersonJoined, lambda _, e: f"{e.person.name} is in the bridge")
simply(ev.PersonLeft, lambda _, e: f"{e.person.name} left the bridge")
simply(ev.BridgeCrowded, lambda _, e: f"{e.count} people are in the bridge, with {e.person.name}")
simply(ev.NinthKept, lambda _, e: f'{e.by.name} kept {e.person.name}: "{e.reason}"')
simply(ev.BridgeOpened, lambda _, e: f"the bridge {e.channel_name} is open")
simply(ev.BridgeSharedOutside, lambda _, _e: "the bridge was shared outside; posting stopped")
simply(ev.BridgeArchiveAsked, lambda _, _e: "the bridge is archived")
simply(ev.CallStarted, lambda _, e: f"{e.by.name} started the call")
simply(
    ev.ScopeConfirmed,
    lambda _, e: f'{e.by.name} confirmed the scope: "{e.accounts}, since {e.since}, {e.how}"',
)
simply(ev.ExposureConfirmed, lambda _, e: f"{e.by.name} confirmed the financial exposure")
simply(ev.RoleAsked, lambda _, e: f"{e.person.name} was asked to be {e.role.label}")
simply(ev.RoleDeclined, lambda _, e: f"{e.person.name} cannot be {e.role.label}")
simply(ev.RoleLapsed, lambda _, e: f"{e.person.name} did not answer: {e.role.label}")
simply(ev.RotaExhausted, lambda _, e: f"nobody on the rota took {e.role.label}")
simply(ev.PocOffered, lambda _, e: f"{e.person.name} was asked to be the one contact")
simply(ev.PocDeclined, lambda _, e: f"{e.person.name} cannot be the one contact")
simply(ev.TextDrafted, lambda s, e: f"{e.by.name} put {_text(s, e.number)} in review")
simply(ev.TextEdited, lambda s, e: f"{e.by.name} changed {_text(s, e.number)}")
simply(ev.WordsSuggested, lambda s, e: f"{e.by.name} suggested words for {_text(s, e.number)}")
simply(ev.TextSentBack, lambda s, e: f'{e.by.name} sent back {_text(s, e.number)}: "{e.why}"')
simply(ev.TextReleased, lambda s, e: f"{e.by.name} released {_text(s, e.number)}")
simply(ev.TextRecalled, lambda s, e: f"{e.by.name} recalled {_text(s, e.number)}")
simply(ev.PageAsked, lambda _, e: f"{e.person.name} was asked to put the text on the status page")
simply(ev.PromiseMade, lambda s, e: f"{s.account} hears next by {utc_minute(e.promised_at)}")
simply(ev.AccountCalled, lambda s, e: f'{e.by.name} called {s.account}: "{e.note}"')
simply(ev.ExecutiveNotified, lambda _, e: f"the brief to {e.person.name} is on its way")
simply(ev.ExecutiveReached, lambda _, e: f"{e.person.name} has the brief")
simply(ev.BriefSeen, lambda _, e: f"{e.person.name} has seen the brief")
simply(ev.QuestionAsked, lambda _, e: f'{e.person.name} asked: "{e.text}"')
simply(ev.VendorTold, lambda _, _e: "the processor contact was told")
simply(ev.ResolutionTold, lambda s, _e: f"{s.account} was asked whether it is solved")
simply(ev.ConfirmationReminded, lambda s, _e: f"{s.account} was asked again")
simply(ev.TicketReopened, lambda _, e: f'{e.by.name} opened it again: "{e.reason}"')
simply(ev.ClosedUnconfirmed, lambda _, e: f'{e.by.name} closed it unconfirmed: "{e.reason}"')
simply(ev.TicketClosed, lambda s, _e: f"{s.ticket.reference} is closed: nothing is owed")
simply(ev.OpenedInError, lambda _, e: f'{e.by.name} closed it as opened in error: "{e.reason}"')
simply(ev.RcaDelivered, lambda _, e: f"{e.by.name} delivered the written analysis")
simply(ev.NumberMasked, lambda _, e: f"a number was masked ({e.kind} ending {e.ending})")
