"""Sample lines of a queue, as the surfaces of words 6 and 7 show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from protocols.kernel.context import Context
from protocols.queue.pages import Load, PageChoice, QueueCounts
from protocols.queue.queued import First, QueueClock, Queued, Turn
from protocols.relations.events import Relation
from protocols.scales import Category, Severity, Tier
from protocols.time.targets import Measure
from templates.queue.facts import buttons
from templates.queue.words import QueueLine, line, load_lines
from tests.kit.rules_incident import actor, calendar, instant, people, policy

NOW = instant("15:03")


def reader(key: str) -> Context:
    """Return one of us who reads a queue."""
    return Context(NOW, actor(key), policy(), people(), calendar())


COUNTS = QueueCounts(12, 1, 2)


def _clock(measure: Measure, breach_at: datetime, hours: int) -> QueueClock:
    span = timedelta(hours=hours)
    return QueueClock(measure, breach_at - span / 4, breach_at - span / 10, breach_at, (75, 90))


_CEDAR = Queued(
    "BW-1012", 1012, "Channel Finance", "", "", "cedar", "Cedar Resellers", "submitted",
    Tier.ROUTINE, Severity.HIGH, Category.COMMISSION_PAYMENT, "platinum", Turn.OURS, First.NO,
    instant("11:25"), _clock(Measure.REPLY, instant("15:25"), 4),
)  # fmt: skip
_BIRCH = replace(
    _CEDAR, reference="BW-1002", number=1002, owner="finance-one", first=First.DEAL,
    owner_name="Channel Finance One", account_name="Birch", stage="under review", level="gold",
    category=Category.DEAL_REGISTRATION, severity=Severity.CRITICAL,
    clock=_clock(Measure.RESOLVE, instant("18:10"), 4),
    links=(("BW-0911", Relation.SAME_PROBLEM_AS), ("BW-0907", Relation.RELATED)),
)  # fmt: skip
_ACME = replace(
    _CEDAR, reference="BW-1001", number=1001, tier=Tier.CRITICAL, first=First.TIER, level="",
    owner="csm-one", owner_name="CSM One", account_name="Acme", stage="escalated",
    severity=Severity.CRITICAL, category=Category.TECHNICAL_PRODUCT,
    clock=QueueClock(Measure.UPDATE, instant("15:02"), instant("15:02"), instant("15:02")),
)  # fmt: skip
_DUNE = replace(
    _BIRCH, reference="BW-0987", number=987, account_name="Dune", turn=Turn.THEIRS, clock=None,
    first=First.NO, category=Category.MDF_INCENTIVE, severity=Severity.MEDIUM, links=(),
    stage="awaiting additional information", waits_since=instant("14:00"),
)  # fmt: skip
_ELM = replace(_DUNE, reference="BW-0990", number=990, turn=Turn.SOLVED, stage="resolved",
               waits_since=None, account_name="Elm")  # fmt: skip
_HEARD = replace(_CEDAR, reference="BW-1013", number=1013, is_classified=False, level="",
                 clock=_clock(Measure.REPLY, instant("18:25"), 4))  # fmt: skip
ENTRIES = (_ACME, _BIRCH, _CEDAR, _HEARD, _DUNE, _ELM)


def lines(*, counts_minutes: bool = True) -> tuple[QueueLine, ...]:
    """Return a line of each kind."""
    found = enumerate(ENTRIES, 1)
    return tuple(
        line(each, at, reader("csm-one"), counts_minutes=counts_minutes) for at, each in found
    )


_LOADS = (Load("", QueueCounts(1, 0, 1)), Load("finance-one", QueueCounts(11, 1, 1)))
QUEUE: dict[str, object] = {
    "entries": lines(), "is_whole": True, "now": NOW, "what": "Channel Finance",
    "summary": "12 open, 1 late, 2 close to breach", "ticket_command": "ticket",
    "follow_up": "", "loads": load_lines(_LOADS, {"finance-one": "Channel Finance One"}),
    "buttons": tuple(buttons(PageChoice(team="channel-finance"), COUNTS)),
}  # fmt: skip
HOME: dict[str, object] = {
    **QUEUE, "entries": lines(counts_minutes=False), "mine": 7, "more": 2, "nothing": False,
    "on_duty": "CSM One, CS Manager One", "yours": lines(counts_minutes=False)[:2],
}  # fmt: skip
NO_ENTRIES: dict[str, object] = {"entries": (), "loads": (), "summary": "0 open"}
QUEUE_VARIANTS: dict[str, dict[str, object]] = {
    "being made": {"is_whole": False, "entries": lines()[:1], "loads": ()},
    "mine": {"what": "Open tickets you are on", "buttons": (),
             "entries": (replace(lines()[0], subject="Payments of 23 Nov sent twice"),)},
    "empty": NO_ENTRIES,
}  # fmt: skip
HOME_VARIANTS: dict[str, dict[str, object]] = {
    "nothing is yours": {"mine": 0, "yours": ()},
    "not taken": {
        "entries": (
            line(
                replace(_CEDAR, owner="csm-two", owner_name="CSM Two", is_taken=False),
                1,
                reader("csm-one"),
                counts_minutes=False,
            ),
        ),
        "loads": (),
    },
    "no clock runs": {
        "entries": (
            line(
                replace(_BIRCH, clock=None, first=First.NO),
                1,
                reader("csm-one"),
                counts_minutes=False,
            ),
        ),
        "loads": (),
    },
    "no ticket is open": {**NO_ENTRIES, "mine": 0, "yours": (), "nothing": True, "on_duty": ""},
}
