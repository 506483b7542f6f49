"""What is asked of the words for accounts, and of what accounts say: a maker a command."""

from __future__ import annotations

from collections.abc import Callable

from protocols.answers.rules import ONLY_BELOW_BRIDGES
from protocols.closure.causes import causes_of
from protocols.closure.events import (
    AnswerSolved,
    AskAgain,
    CloseUnconfirmed,
    MarkOpenedInError,
    NameCause,
    RateResolution,
    RecordAnswer,
    Reopen,
    Resolve,
)
from protocols.closure.state import Closure
from protocols.details.events import GoOn
from protocols.details.state import Details
from protocols.fixed_texts.events import SendFixed
from protocols.kernel.command import Command
from protocols.outreach.events import AddImpacted, CallImpacted
from protocols.outreach.state import OutreachTold
from protocols.problems.events import AnswerRest
from protocols.relations.state import Relations
from protocols.replies.events import (
    ReadAnswer,
    RecordAlteration,
    RecordCall,
    RecordOwnWords,
    RecordReply,
    RecordWords,
)
from protocols.status import Status
from protocols.status_page.events import SayOnPage
from protocols.targets.events import Blocked, SayBlocked, SayWhatIsBlocked, SendClock
from protocols.ticket import Ticket
from protocols.updates.approval import hash_of
from protocols.updates.events import (
    DraftKind,
    DraftState,
    DraftText,
    NoteStopped,
    ReleaseText,
    SendBack,
    SuggestWords,
    UseSuggested,
)
from protocols.verification.events import RecordVerified
from protocols.withdrawals.events import RecallText
from tests.property.leak.scene import Maker, Makers, Scene
from tests.property.leak.world import WITHOUT_ROADS, directory

TRUE = "412 payments of your run of 23 November were submitted twice. We call it"
DOING = "We are separating the affected payments. We call it"
FIELDS = {
    DraftKind.CORRECTION: ("wrong", "right"),
    DraftKind.RESOLUTION: ("done", "check"),
    DraftKind.DETAILS: ("questions",),
    DraftKind.ANSWER: ("answer",),
    DraftKind.DISREGARD: ("disregard",),
    DraftKind.OUTREACH: ("known", "doing", "for_you"),
}
BELOW = (*ONLY_BELOW_BRIDGES, *ONLY_BELOW_BRIDGES, DraftKind.UPDATE)
ABOVE = (DraftKind.UPDATE, DraftKind.UPDATE, DraftKind.CORRECTION)
MANY = (DraftKind.STATUS_PAGE, DraftKind.OUTREACH)
REVIEW, RELEASED, DELIVERED = DraftState.REVIEW, DraftState.RELEASED, DraftState.DELIVERED
SAID = (
    "Thanks! It works now, as",
    "Why? It is",
    "It is still broken,",
    "That is",
    "You can close",
    "This is a formal complaint, we",
)


def _fields(kind: DraftKind) -> tuple[tuple[str, str], ...]:
    names = FIELDS.get(kind, ("known", "doing"))
    words = {"questions": "Which batch was it? We call it", "known": TRUE, "right": TRUE}
    return tuple((name, words.get(name, DOING)) for name in names)


def _draft(scene: Scene) -> Command:
    again = scene.pick(scene.drafts(REVIEW, DraftState.SENT_BACK))
    if again is not None and scene.chance.random() < 0.4:
        kind, number = again.kind, again.number
    else:
        kinds = ABOVE if scene.ticket.tier.has_bridge else BELOW
        kind, number = scene.one(*kinds, *MANY, DraftKind.RESOLUTION), None
    next_at = scene.house.now + scene.soon(0.5, 1, 4, 30)
    return DraftText(scene.ref, kind, _fields(kind), next_at, "checked with the ledger", number)


def _release(scene: Scene) -> Command | None:
    draft = scene.pick(scene.drafts(REVIEW))
    return None if draft is None else ReleaseText(scene.ref, draft.number, hash_of(draft))


def _suggest(scene: Scene) -> Command | None:
    draft = scene.pick(scene.drafts(REVIEW, DraftState.SENT_BACK))
    if draft is None:
        return None
    return SuggestWords(scene.ref, draft.number, _fields(draft.kind))


def _use(scene: Scene) -> Command | None:
    draft = scene.pick([each for each in scene.drafts(REVIEW) if each.suggested])
    return None if draft is None else UseSuggested(scene.ref, draft.number)


def _send_back(scene: Scene) -> Command | None:
    draft = scene.pick(scene.drafts(REVIEW))
    return None if draft is None else SendBack(scene.ref, draft.number, "say it shorter, as")


def _recall(scene: Scene) -> Command | None:
    draft = scene.pick(scene.drafts(RELEASED))
    return None if draft is None else RecallText(scene.ref, draft.number)


def _on_page(scene: Scene) -> Command | None:
    found = [d for d in scene.drafts(RELEASED) if d.kind is DraftKind.STATUS_PAGE]
    draft = scene.pick(found)
    return None if draft is None else SayOnPage(scene.ref, draft.number)


def _reply(scene: Scene) -> Command:
    link = f"https://x.example/archives/{scene.channel}/p1?"
    return RecordReply(
        scene.ref, f"AP Clerk of {scene.account}", scene.one(*SAID), scene.channel, scene.stamp(),
        link, apart=scene.chance.random() < 0.2, attached="a file called",
    )  # fmt: skip


def _read(scene: Scene) -> Command | None:
    message = scene.message()
    return None if message is None else ReadAnswer(scene.ref, message, scene.one(True, False))


def _altered(scene: Scene) -> Command | None:
    message = scene.message()
    if message is None:
        return None
    text = scene.one("it was otherwise,", "")
    return RecordAlteration(
        scene.ref, scene.person(), "it was so,", text, scene.channel, message, "https://x.example/a"
    )


def _call(scene: Scene) -> Command | None:
    account = scene.pick(scene.ticket.of(OutreachTold).missing)
    return None if account is None else CallImpacted(scene.ref, account)


def _in_error(scene: Scene) -> Command | None:
    if scene.chance.random() < 0.7:  # what ends most of what could still happen
        return None
    kind = scene.one("wrong_account", "duplicate", "not_a_problem")
    other = (scene.other(own=True) or "") if kind == "duplicate" else ""
    return MarkOpenedInError(scene.ref, kind, "it was a test of", other)


def _cause(scene: Scene) -> Command | None:
    cause = scene.pick(causes_of(scene.ticket, scene.house.world.facts.policy))
    return None if cause is None else NameCause(scene.ref, cause)


def _impacted(scene: Scene) -> Command:
    keys = [each.key for each in directory().accounts]
    some = scene.chance.sample(keys, 2)
    return AddImpacted(scene.ref, (*some, scene.one(*WITHOUT_ROADS)))


def _when(holds: Callable[[Ticket], bool], make: Maker) -> Maker:
    """Return a maker that makes nothing where it would be refused in any case."""
    return lambda scene: make(scene) if holds(scene.ticket) else None


def _is_open(ticket: Ticket) -> bool:
    return ticket.status is Status.OPEN


def _is_over(ticket: Ticket) -> bool:
    return ticket.status in (Status.RESOLVED, Status.CONFIRMED, Status.CLOSED)


def _is_reopened(ticket: Ticket) -> bool:
    return _is_open(ticket) and ticket.of(Closure).reopened > 0


def _has_problem(ticket: Ticket) -> bool:
    return not _is_open(ticket) and ticket.of(Relations).has_problem


def _is_waiting(ticket: Ticket) -> bool:
    return ticket.of(Details).asked is not None


WORDS: Makers = {
    DraftText: _draft,
    ReleaseText: _release,
    SuggestWords: _suggest,
    UseSuggested: _use,
    SendBack: _send_back,
    RecallText: _recall,
    NoteStopped: lambda s: NoteStopped(s.ref, DraftKind.UPDATE, (s.one("cause", "forecast"),)),
    SendFixed: lambda s: SendFixed(
        s.ref, s.one("acknowledgment", "holding", "no_change", "late"), sure=s.one(True, False)
    ),
    SendClock: lambda s: SendClock(s.ref),
    SayOnPage: _on_page,
    AddImpacted: _impacted,
    CallImpacted: _call,
    AnswerRest: _when(_has_problem, lambda s: AnswerRest(s.ref)),
    RecordReply: _reply,
    ReadAnswer: _when(_is_over, _read),
    RecordAlteration: _altered,
    RecordOwnWords: lambda s: RecordOwnWords(
        s.ref, s.one("We are looking into", "It is found, as"), s.channel, s.stamp(),
        "https://x.example/o",
    ),
    RecordCall: lambda s: RecordCall(s.ref, "they know of"),
    RecordWords: lambda s: RecordWords(s.ref, "their clerk", "14:20 by", "when is it, as"),
    SayBlocked: lambda s: SayBlocked(s.ref, f"AP Clerk of {s.account}", s.channel, s.stamp()),
    SayWhatIsBlocked: lambda s: SayWhatIsBlocked(
        s.ref, f"AP Clerk of {s.account}", s.one(*Blocked)
    ),
    Resolve: _when(_is_open, lambda s: Resolve(
        s.ref, "The second copies of batch 17 were returned. We call it",
        "Look at the balance of 23 November. We call it", "it is right, as",
    )),
    NameCause: _when(_is_over, _cause),
    AnswerSolved: _when(
        _is_over, lambda s: AnswerSolved(s.ref, s.one(True, False), "our own words are")
    ),
    RecordAnswer: _when(_is_over, lambda s: RecordAnswer(
        s.ref, "their clerk", "16:00 by", "it is fine, as", s.one(True, False)
    )),
    RateResolution: _when(_is_over, lambda s: RateResolution(s.ref, s.one(1, 3, 5))),
    AskAgain: _when(_is_reopened, lambda s: AskAgain(s.ref)),
    CloseUnconfirmed: _when(_is_reopened, lambda s: CloseUnconfirmed(s.ref, "nobody answers,")),
    Reopen: _when(_is_over, lambda s: Reopen(s.ref, "seen again as")),
    MarkOpenedInError: _in_error,
    GoOn: _when(_is_waiting, lambda s: GoOn(s.ref, "we know it already, as")),
    RecordVerified: lambda s: RecordVerified(s.ref, "by the statement of"),
}  # fmt: skip
"""Of each command what one may ask, None where there is nothing to ask it of."""
