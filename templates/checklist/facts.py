"""The facts of the list of what a signal asks for, as cards, forms and a reminder show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from protocols.checklist.items import Action, items, signal_of
from protocols.checklist.state import Checklist, Sample, SupportWindow, SyncCheck
from protocols.checklist.sync import waiting
from protocols.kernel.context import Context
from protocols.opening.signals import SIGNALS
from protocols.policy.checklist import DoneBy
from protocols.ticket import Ticket
from templates.checklist.codes import codes_of
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class ChecklistLine(Value):
    """One action.

    Attributes:
        state: ``open``, ``done`` or ``waived``.
        by: Who said so; empty where the record itself shows it.
        tool: What the form has for it.
        person: Whose support window it is, ``from_at``, ``to_at``.
        link: Where what was prepared is; ``is_ready`` once that is a file.
        where: Where ``by`` says that what was asked for is.
        sender: Who of the account sent it, with how many files.
        due_at: When the checkpoint is that nobody has answered; ``failed_at`` when one failed.
    """

    name: str
    do: str
    state: str
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    tool: str = ""
    link: str = ""
    due_at: datetime | None = None
    failed_at: datetime | None = None
    due_stamp: int = 0
    person: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None
    where: str = ""
    sender: str = ""
    files: int = 0
    is_ready: bool = False


NONE: Facts = {"checklist": (), "checklist_label": "", "checklist_do_not": ""}
"""The facts of a ticket without a list, or whose list is not for every reader of a card."""


def of_checklist(ticket: Ticket, ctx: Context) -> Facts:
    """Return the list, what it is of, and what must not be done; nothing without a signal."""
    signal, lines = signal_of(ticket), tuple(_lines(ticket, ctx))
    if signal is None or not lines:
        return NONE
    rule = SIGNALS[signal]
    return {
        "checklist": lines,
        "checklist_label": rule.label,
        "checklist_do_not": ", or ".join(rule.do_not),
    }


def _lines(ticket: Ticket, ctx: Context) -> Iterator[ChecklistLine]:
    for item in items(ticket, ctx.policy):
        rule, said = item.rule, item.said
        line = ChecklistLine(rule.name, rule.do, _state(item), tool=rule.by.value)
        if said is not None:
            line = replace(line, by=said.by.name, at=said.at, reason=said.reason, link=said.link)
            line = replace(line, where=said.where, is_ready=bool(said.link))
        elif rule.by is DoneBy.SAMPLE_DATA:
            line = _sampled(line, ticket.of(Checklist).sample)
        elif rule.by is DoneBy.SYNC_CHECK:
            line = _synced(line, ticket.of(Checklist).check)
        elif rule.by is DoneBy.WINDOW:
            line = _windowed(line, ticket.of(Checklist).window)
        yield line


def _synced(line: ChecklistLine, check: SyncCheck | None) -> ChecklistLine:
    """Return the line with where the checkpoint stands: passed by whom, or still to be answered."""
    if check is None:
        return line
    if check.passed and check.said_by is not None:
        return replace(line, by=check.said_by.name, at=check.said_at)
    stamp = int(check.at.timestamp())
    return replace(line, due_at=check.at, failed_at=check.failed_at, due_stamp=stamp)


def _sampled(line: ChecklistLine, sample: Sample | None) -> ChecklistLine:
    if sample is None:
        return line
    return replace(line, sender=sample.author, files=sample.files, at=sample.at, link=sample.link)


def _windowed(line: ChecklistLine, window: SupportWindow | None) -> ChecklistLine:
    if window is None:
        return line
    return replace(line, person=window.person.name, from_at=window.from_at, to_at=window.to_at)


def _state(item: Action) -> str:
    if item.said is not None:
        return "waived" if item.said.waived else "done"
    return "done" if item.is_fact else "open"


def undone_words(ticket: Ticket, ctx: Context) -> str:
    """Return what is open, as a form names it; empty when nothing is."""
    owed = [line.do for line in _lines(ticket, ctx) if line.state == "open"]
    return "; ".join([*owed, "the sync is not verified"] if waiting(ticket) else owed)


def form_facts(ticket: Ticket, ctx: Context) -> Facts:
    """Return the facts of the form **Checklist**."""
    facts = of_checklist(ticket, ctx)
    return {
        **facts,
        "codes": codes_of(ticket),
        "is_open": bool(undone_words(ticket, ctx)),
        "now": ctx.now,
        "ref": ticket.reference,
    }


@presents("sync_check")
def sync_check(scene: Scene) -> Facts:
    """Return since when the checkpoint stands, who set it, and whether it is asked again."""
    check = scene.ticket.of(Checklist).check
    return {
        **scene.common(),
        "at": check.at if check is not None else scene.ctx.now,
        "number": scene.number("number"),
        "person": check.by.name if check is not None else "",
        "again": scene.number("turn") > 1,
    }


@presents("checklist_undone")
def undone(scene: Scene) -> Facts:
    """Return the whole list, as it stands when its reader is reminded."""
    return {**scene.common(), **of_checklist(scene.ticket, scene.ctx)}


@presents("window_given", "window_begins", "window_over")
def window_given(scene: Scene) -> Facts:
    """Return whose window it is, from when to when, and whether a calendar file goes by mail."""
    window = scene.ticket.of(Checklist).window
    person = window.person if window is not None else None
    has_mail = person is not None and scene.ctx.has_mail and scene.ctx.has_address(person)
    return {
        **scene.common(),
        "from_at": window.from_at if window is not None else scene.ctx.now,
        "to_at": window.to_at if window is not None else scene.ctx.now,
        "by": window.by.name if window is not None else "",
        "has_mail": has_mail and not scene.params.get("mail"),
        "person": person.name if person is not None else "",
    }


@presents("support_window")
def support_window(scene: Scene) -> Facts:
    """Return who is there for the account, from when to when."""
    window = scene.ticket.of(Checklist).window
    return {
        **outward.common(scene),
        "person": outward.person(scene, window.person if window is not None else None),
        "from_at": window.from_at if window is not None else scene.ctx.now,
        "to_at": window.to_at if window is not None else scene.ctx.now,
    }
