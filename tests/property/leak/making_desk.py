"""What is asked of a ticket at the desk: sorting, linking, escalating, asking others."""

from __future__ import annotations

from datetime import timedelta

from protocols.analysis.events import RecordRca
from protocols.checklist.events import SaySynced, SettleActions
from protocols.checklist.items import items
from protocols.checklist.state import Checklist
from protocols.classification.events import Classify
from protocols.contact.events import AnswerPoc, LeftTicket, ListShift, OfferPoc, TakeShift
from protocols.deliveries.events import ToldThem, TryAgain
from protocols.engineering.events import (
    DeclineEngineering,
    RecordEngineeringTicket,
    TakeEngineering,
)
from protocols.escalation.events import EndEscalation, Escalate, TakeEscalation
from protocols.flags.events import AnswerFlag, ClearFlag, Flag, SetFlag, TakeFlag
from protocols.following.events import FollowTicket, UnfollowTicket
from protocols.kernel.command import Command
from protocols.losses.events import TakeStock
from protocols.naming.events import SetAccount
from protocols.program_records.events import (
    DealingKind,
    LinkRecord,
    ProgramRecord,
    RecordField,
    RenewRecord,
    UnlinkRecord,
)
from protocols.program_records.state import Dealings
from protocols.relations.events import (
    LinkTickets,
    MergeTickets,
    Relation,
    UndoMerge,
    UnlinkTickets,
)
from protocols.routing.events import ChangeTicket
from protocols.scales import CATEGORIES, Impact, Severity, Tier
from protocols.second_reviews.events import (
    AnswerSecondReview,
    AskSecondReview,
    DropSecondReview,
    ReviewTeam,
)
from protocols.second_reviews.state import SecondReviews
from protocols.targets.events import Acknowledge, StartTriage, TakeUpTargets
from protocols.tiers.events import AnswerLowering, ChangeTier
from protocols.tiers.state import Tiers
from protocols.timeline.events import AddNote, NoteEdited
from protocols.triage.events import AlterNote, NoteCardDeleted, WriteUnderCard
from protocols.triage.state import Triage
from tests.property.leak.scene import Makers, Scene

LINK = "https://desk.vendor.example/"
TEAMS = ("Legal and Compliance", "Channel Marketing", "Channel Finance", "Technical Support")


def _link(scene: Scene) -> Command | None:
    other = scene.other()
    return (
        None
        if other is None
        else LinkTickets(
            scene.ref, other, scene.one(*Relation, Relation.PROBLEM_OF, Relation.PROBLEM_OF)
        )
    )


def _unlink(scene: Scene) -> Command | None:
    other = scene.other()
    return None if other is None else UnlinkTickets(scene.ref, other)


def _merge(scene: Scene) -> Command | None:
    other = scene.other()
    return None if other is None else MergeTickets(scene.ref, other)


def _record(scene: Scene) -> ProgramRecord:
    fields = (RecordField("State called", "in review as"), RecordField("Amount of", "1,200 for"))
    number = scene.one("D-1", "D-2")
    return ProgramRecord(
        scene.account, scene.one(*DealingKind), f"{number} of", f"{LINK}deal?", scene.house.now,
        fields,
    )  # fmt: skip


def _unlink_record(scene: Scene) -> Command | None:
    known = scene.pick(scene.ticket.of(Dealings).records)
    return None if known is None else UnlinkRecord(scene.ref, known.kind, known.number)


def _renew(scene: Scene) -> Command | None:
    known = scene.pick(scene.ticket.of(Dealings).records)
    if known is None:
        return None
    newer = ProgramRecord(
        known.account_key, known.kind, known.number, known.address, scene.house.now,
        (RecordField("State called", "paid as"),),
    )  # fmt: skip
    return RenewRecord(scene.ref, newer)


def _actions(scene: Scene) -> Command:
    open_ones = [e.rule.name for e in items(scene.ticket, scene.house.world.facts.policy)
                 if e.is_open]  # fmt: skip
    now, chance = scene.house.now, scene.chance
    done = tuple(chance.sample(open_ones, min(1, len(open_ones))))
    waived = tuple(name for name in open_ones[:2] if name not in done)
    extra = scene.one(
        {}, {"address": f"{LINK}eng?"}, {"link": f"{LINK}export.csv?"}, {"sample_at": "on a disk,"},
        {"error_code": "E42 of"}, {"check_at": now + timedelta(hours=2)},
        {"window_person": scene.person(), "window_from": now + timedelta(hours=3),
         "window_to": now + timedelta(hours=5)},
    )  # fmt: skip
    if chance.random() < 0.6:
        done = waived = ()
    return SettleActions(scene.ref, done, waived, "not needed, as", **extra)  # type: ignore[arg-type]


def _synced(scene: Scene) -> Command | None:
    check = scene.ticket.of(Checklist).check
    return None if check is None else SaySynced(scene.ref, check.number, scene.one(True, False))


def _answer_review(scene: Scene) -> Command | None:
    review = scene.pick(scene.ticket.of(SecondReviews).open)
    if review is None:
        return None
    return AnswerSecondReview(scene.ref, review.number, "The clause allows it, says")


def _drop_review(scene: Scene) -> Command | None:
    review = scene.pick(scene.ticket.of(SecondReviews).open)
    return None if review is None else DropSecondReview(scene.ref, review.number, "settled as")


def _tier(scene: Scene) -> Command:
    impacts = frozenset({scene.one(*Impact)}) if scene.chance.random() < 0.3 else frozenset()
    tier = scene.one(*Tier, Tier.CRITICAL)
    return ChangeTier(scene.ref, tier, "it turned out so, says", impacts)


def _lowering(scene: Scene) -> Command | None:
    waiting = scene.ticket.of(Tiers).waiting_lowering
    if waiting is None:
        return None
    return AnswerLowering(scene.ref, waiting.number, scene.one(True, False))


def _left(scene: Scene) -> Command:
    left = LeftTicket(scene.ref, "Their Account as", "an answer of")
    return ListShift(scene.ref, scene.person(), (left,))


DESK: Makers = {
    Acknowledge: lambda s: Acknowledge(s.ref),
    StartTriage: lambda s: StartTriage(s.ref),
    TakeUpTargets: lambda s: TakeUpTargets(s.ref),
    TakeStock: lambda s: TakeStock(s.ref),
    Classify: lambda s: Classify(
        s.ref, s.one(*Tier), severity=s.one(*Severity), category=s.one(*CATEGORIES),
        summary="Payments sent twice,", description="They saw it twice,",
    ),
    ChangeTicket: lambda s: s.one(
        ChangeTicket(s.ref, team=s.one(*TEAMS)), ChangeTicket(s.ref, severity=s.one(*Severity)),
        ChangeTicket(s.ref, category=s.one(*CATEGORIES)),
    ),
    ChangeTier: _tier,
    AnswerLowering: _lowering,
    OfferPoc: lambda s: OfferPoc(s.ref, s.person(), shift=s.one(True, False)),
    AnswerPoc: lambda s: AnswerPoc(s.ref, s.one(True, True, False)),
    ListShift: _left,
    TakeShift: lambda s: TakeShift(s.ref, s.one(1, 2)),
    FollowTicket: lambda s: FollowTicket(s.ref),
    UnfollowTicket: lambda s: UnfollowTicket(s.ref),
    Escalate: lambda s: Escalate(s.ref, "they go live with"),
    TakeEscalation: lambda s: TakeEscalation(s.ref),
    EndEscalation: lambda s: EndEscalation(s.ref, "it is sorted, says"),
    SetFlag: lambda s: SetFlag(s.ref, s.one(*Flag), "they complain of"),
    TakeFlag: lambda s: TakeFlag(s.ref, s.one(*Flag)),
    ClearFlag: lambda s: ClearFlag(s.ref, s.one(*Flag), "it is none, says"),
    AnswerFlag: lambda s: AnswerFlag(s.ref, s.one(1, 1, 2), s.one(True, False)),
    AskSecondReview: lambda s: AskSecondReview(s.ref, s.one(*ReviewTeam), "May we say"),
    AnswerSecondReview: _answer_review,
    DropSecondReview: _drop_review,
    TakeEngineering: lambda s: TakeEngineering(s.ref),
    DeclineEngineering: lambda s: DeclineEngineering(s.ref),
    RecordEngineeringTicket: lambda s: RecordEngineeringTicket(s.ref, f"{LINK}engineering"),
    SettleActions: _actions,
    SaySynced: _synced,
    LinkTickets: _link,
    UnlinkTickets: _unlink,
    MergeTickets: _merge,
    UndoMerge: lambda s: UndoMerge(s.ref),
    LinkRecord: lambda s: LinkRecord(s.ref, _record(s)),
    UnlinkRecord: _unlink_record,
    RenewRecord: _renew,
    SetAccount: lambda s: SetAccount(s.ref, s.one("acme", "birch", "elm")),
    RecordRca: lambda s: RecordRca(s.ref, f"{LINK}analysis?"),
    AddNote: lambda s: AddNote(s.ref, "decided on the call,", "Engineer One as", f"{LINK}n?"),
    NoteEdited: lambda s: NoteEdited(s.ref, s.person(), "old words of", s.one(True, False)),
    WriteUnderCard: lambda s: WriteUnderCard(s.ref, "their clerk is wrong on", f"{LINK}w?"),
    AlterNote: lambda s: AlterNote(
        s.ref, s.person(), "it was as", s.one("", "it is as"), f"{LINK}a?"
    ),
    NoteCardDeleted: lambda s: NoteCardDeleted(s.ref, s.ticket.of(Triage).number),
    TryAgain: lambda s: TryAgain(s.ref),
    ToldThem: lambda s: ToldThem(s.ref),
}  # fmt: skip
"""Of each command what one may ask, None where there is nothing to ask it of."""
