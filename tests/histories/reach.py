"""What histories reach: states, events, due points, buttons, forms; and what none has reached."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from protocols import subjects
from protocols.clock.events import DuePassed
from protocols.closure.events import TicketReopened
from protocols.opening.events import TicketOpened
from protocols.subjects import DUE_KINDS
from protocols.tiers.events import TierChanged
from templates.kit.actions import ACTIONS, VIEWS
from tests.histories import moves, record
from tests.histories.history import History
from tests.histories.openings import OPENINGS
from tests.histories.record import Chain

STATES = (
    "open", "TicketResolved", "AccountConfirmed", "TicketClosed", "OpenedInError",
    "ClosedUnconfirmed", "reopened by the account", "reopened by silence",
    "tier 1", "tier 2", "tier 3", "tier 4", "raised", "lowered", "without an account",
    "found by us", "security", "no road out", "died",
)  # fmt: skip
_LIVE = {"next": "update.next_at", "corrects": "update.corrects"}
"""Fields of forms that are answered while one fills them in."""
_FREE = frozenset({"more"})


@dataclass(slots=True)
class Reach:
    """Counts of what was reached, by the kind of thing."""

    states: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    dues: Counter[str] = field(default_factory=Counter)
    actions: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)

    def adds(self, history: History) -> None:
        """Count one history."""
        for chain in record.chains(history.machine):
            self.states.update(_states(chain))
            self.events.update(type(event).__name__ for event in chain.events)
            for passed in chain.of(DuePassed):
                self.dues[passed.kind] += 1
        self.states["died"] += history.machine.deaths
        for move, came in history.made:
            if came.startswith("not possible"):
                continue
            if move.kind in (moves.PRESS, moves.PRESS_IN_FORM):
                self.actions[move.what.partition(":")[0]] += 1
            elif move.kind == moves.FILL:
                self.forms[move.what] += 1
                self.actions.update(_LIVE[name] for name, _ in move.entries if name in _LIVE)
            elif move.kind == moves.OPEN:
                self.forms["open_ticket"] += 1
                fields = ("account", "noticed", *OPENINGS[move.what].impacts)
                self.actions.update(f"form.{name}" for name in fields)

    def unreached(self) -> set[str]:
        """Return what the product has and no history has reached, each with its kind."""
        lists = (
            ("state", self.states, STATES),
            ("event", self.events, (kind.__name__ for kind in subjects.EVENTS)),
            ("due", self.dues, DUE_KINDS),
            ("action", self.actions, ACTIONS - _FREE),
            ("form", self.forms, VIEWS),
        )
        return {f"{kind} {name}" for kind, seen, names in lists for name in names if not seen[name]}


def _states(chain: Chain) -> set[str]:
    opened = chain.of(TicketOpened)[0]
    found = {type(event).__name__ for event in chain.events} & set(STATES)
    found |= {f"tier {int(opened.tier)}"}
    found |= {f"tier {int(change.after)}" for change in chain.of(TierChanged)}
    for change in chain.of(TierChanged):
        found.add("raised" if change.after > change.before else "lowered")
    for again in chain.of(TicketReopened):
        found.add("reopened by silence" if again.by_silence else "reopened by the account")
    if chain.ending is None:
        found.add("open")
    if opened.account is None:
        found.add("without an account")
    if opened.opening.noticed_by == "us":
        found.add("found by us")
    if any("security" in str(impact) for impact in opened.opening.impacts):
        found.add("security")
    if opened.route.kind == "none":
        found.add("no road out")
    return found
