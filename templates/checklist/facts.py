"""The facts of the list of what a signal asks for, as cards, forms and a reminder show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from protocols.checklist.items import Action, items, signal_of
from protocols.kernel.context import Context
from protocols.opening.signals import SIGNALS
from protocols.ticket import Ticket
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class ChecklistLine(Value):
    """One action.

    Attributes:
        state: ``open``, ``done`` or ``waived``.
        by: Who said so; empty where the record itself shows it.
    """

    name: str
    do: str
    state: str
    by: str = ""
    at: datetime | None = None
    reason: str = ""


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
        if said is None:
            yield ChecklistLine(rule.name, rule.do, _state(item))
        else:
            yield ChecklistLine(
                rule.name, rule.do, _state(item), said.by.name, said.at, said.reason
            )


def _state(item: Action) -> str:
    if item.said is not None:
        return "waived" if item.said.waived else "done"
    return "done" if item.is_fact else "open"


def undone_words(ticket: Ticket, ctx: Context) -> str:
    """Return what is open, as a form names it; empty when nothing is."""
    return "; ".join(line.do for line in _lines(ticket, ctx) if line.state == "open")


def form_facts(ticket: Ticket, ctx: Context) -> Facts:
    """Return the facts of the form **Checklist**."""
    facts = of_checklist(ticket, ctx)
    return {**facts, "is_open": bool(undone_words(ticket, ctx)), "ref": ticket.reference}


@presents("checklist_undone")
def undone(scene: Scene) -> Facts:
    """Return the whole list, as it stands when its reader is reminded."""
    return {**scene.common(), **of_checklist(scene.ticket, scene.ctx)}
