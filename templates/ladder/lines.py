"""How steps become the few lines of a card: what is done folds into one line.

Source: words for the card; a mark is a sign and a word, never a sign or a colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from protocols.ladder.lateness import StepStanding, standing
from templates.kit.environment import filter_inside
from templates.kit.titles import short_name
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class StepLine(Value):
    """One step of a ladder as the card shows it.

    Attributes:
        kind: The step's key, as the rules name it: ``scope``, ``call_running`` ...
        state: ``owed``, ``done``, ``superseded``, ``waived``.
        opens_at: From when it may be done; None when it counts from the opening.
        due_at: When it is late.
        settled_at: When it was done, superseded or waived.
        by: Who did it, waived it, or owns it while it is owed; may be empty.
        note: A result ("412 payments, 1 account") or a reason; may be empty.
        minutes_late: By how many minutes it was done late.
    """

    kind: str
    state: str
    opens_at: datetime | None
    due_at: datetime | None
    settled_at: datetime | None = None
    by: str = ""
    note: str = ""
    minutes_late: int = 0


@dataclass(frozen=True, slots=True)
class StepWords(Value):
    """How one step is called: while owed, when done, and as a thing to do next.

    ``{account}`` and ``{by}`` stand for names.
    """

    owed: str
    done: str
    do: str
    timed: bool = False


STEPS: dict[str, StepWords] = {
    "acknowledge": StepWords("{account} acknowledged", "{account} acknowledged",
                         "acknowledge {account}", timed=True),
    "bridge_open": StepWords("bridge open", "bridge open", "open the bridge"),
    "one_contact": StepWords("one contact", "contact {by}", "name the contact"),
    "sponsor_told": StepWords("sponsor told", "{by} told", "tell the sponsor"),
    "vendor_told": StepWords("processor contact told", "processor contact told",
                         "tell the processor contact"),
    "scope": StepWords("scope confirmed", "scope confirmed", "confirm the scope", timed=True),
    "leads_here": StepWords("engineering lead and CS manager here", "leads here",
                        "bring the leads in", timed=True),
    "roles_taken": StepWords("three roles taken", "roles", "fill the roles", timed=True),
    "call_running": StepWords("call running", "call running", "start the call", timed=True),
    "reviewers_here": StepWords("Legal or Compliance, Finance here", "Compliance, Finance here",
                            "bring Compliance and Finance in", timed=True),
    "blast_radius": StepWords("blast radius", "blast radius", "find the blast radius", timed=True),
    "records_isolated": StepWords("affected records isolated", "records isolated",
                              "isolate the affected records", timed=True),
    "first_update": StepWords("first update to {account}", "first update to {account}",
                          "send the first update", timed=True),
    "commander": StepWords("incident commander", "incident commander {by}",
                       "name the incident commander", timed=True),
    "status_page": StepWords("status page on (commander, or a CS manager, releases the text)",
                         "status page on", "release the status page", timed=True),
    "outreach": StepWords("outreach to the impacted accounts", "impacted accounts told",
                      "tell the impacted accounts", timed=True),
    "update": StepWords("update to {account}", "update to {account}", "send the update"),
    "rca": StepWords("written analysis", "written analysis", "write the analysis", timed=True),
}  # fmt: skip


CERTIFICATE: dict[str, str] = {
    "acknowledge": "Acknowledge {account}",
    "bridge_open": "Bridge open",
    "one_contact": "One contact",
    "sponsor_told": "Sponsor told",
    "vendor_told": "Processor contact told",
    "scope": "Scope confirmed",
    "leads_here": "Leads here",
    "roles_taken": "Roles taken",
    "call_running": "Call running",
    "reviewers_here": "Compliance, Finance here",
    "blast_radius": "Blast radius",
    "records_isolated": "Records isolated",
    "first_update": "First update",
    "commander": "Incident commander",
    "status_page": "Status page",
    "outreach": "Accounts told",
    "rca": "Written analysis",
    "hold": "Transaction hold",
    "hold_disclosure": "Hold on the cause",
    "hold_retention": "Hold on records",
}


@dataclass(frozen=True, slots=True)
class LadderItem(Value):
    """One step inside a line: its words, and the instant shown after them."""

    words: str
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LadderLine(Value):
    """One line of the ladder; ``kind`` chooses its mark and its sentence."""

    kind: str
    items: tuple[LadderItem, ...]
    opens_at: datetime | None = None
    due_at: datetime | None = None
    minutes: int = 0
    is_window: bool = False
    reason: str = field(default="")


@filter_inside("step")
def step_words(kind: str, form: str, account: str, by: str = "") -> str:
    """Return the words of a step: ``owed``, ``done``, ``do``, or ``certificate``."""
    words = CERTIFICATE[kind] if form == "certificate" else str(getattr(STEPS[kind], form))
    if form == "done" and not by:
        words = words.replace(" {by}", "").replace("{by} told", "sponsor told")
    if by:
        words = words.replace("{by}", short_name(by))
    return words.replace("{account}", short_name(account)).strip()


@filter_inside("ladder")
def lines(steps: Iterable[StepLine], now: datetime, account: str) -> tuple[LadderLine, ...]:
    """Return the ladder's lines: done, done late, late, now, later, superseded, waived."""
    groups: dict[tuple[int, str], list[StepLine]] = {}
    for step in steps:
        groups.setdefault(_place(step, now), []).append(step)
    return tuple(_line(_ORDER[place[0]], groups[place], account) for place in sorted(groups))


_ORDER = tuple(StepStanding)


def _place(step: StepLine, now: datetime) -> tuple[int, str]:
    """Return where a step's line stands, and which steps share it; what has no window is last."""
    kind = standing(step, now)
    split = {
        StepStanding.DONE_LATE: step.kind,
        StepStanding.WAIVED: step.kind,
        StepStanding.LATE: f"{step.due_at}",
        StepStanding.NOW: f"{step.due_at}{step.opens_at}",
        StepStanding.LATER: f"{step.opens_at or '~'}{step.due_at}",
    }
    return _ORDER.index(kind), split.get(kind, "")


def _line(kind: StepStanding, members: list[StepLine], account: str) -> LadderLine:
    first = members[0]
    return LadderLine(
        kind=kind.value,
        items=tuple(_item(kind, step, account) for step in members),
        opens_at=first.opens_at,
        due_at=first.settled_at if kind in {"done_late", "superseded"} else first.due_at,
        minutes=first.minutes_late,
        is_window=first.opens_at is not None,
        reason=f"{first.by}: {first.note}" if kind == "waived" else "",
    )


def _item(kind: str, step: StepLine, account: str) -> LadderItem:
    words = STEPS[step.kind]
    if kind in {"done", "done_late"}:
        at = step.settled_at if kind == "done" and words.timed else None
        return LadderItem(step_words(step.kind, "done", account, step.by), at, step.note)
    note = step.note
    if kind == "now" and not note:
        note = step.by
    return LadderItem(step_words(step.kind, "owed", account), None, note if kind == "now" else "")
