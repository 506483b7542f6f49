"""The subjects, in order: the one list from which every table of the rules is made.

Where several subjects answer to one thing, such as what follows from a change, they do so in this
order. A subject's rules may use the rules of those before it, and the state and events of any.
"""

from __future__ import annotations

from collections.abc import Mapping

from protocols.digest.state import Digest
from protocols.kernel.decide import decide
from protocols.kernel.dues import dues
from protocols.kernel.gather import commands_of, events_of, load, points_of
from protocols.kernel.plan import plan
from protocols.kernel.record import Record
from protocols.kernel.tables import rules_of
from protocols.notices.state import Notice
from protocols.nudges.state import Nudge
from protocols.ticket import Ticket

__all__ = ["COMMANDS", "DUE_KINDS", "EVENTS", "POINTS", "SUBJECTS", "decide", "dues", "plan"]

SUBJECTS = (
    "account",
    "clock",
    "masked",
    "ladder",
    "rights",
    "routing",
    "flags",
    "holds",
    "roles",
    "contact",
    "helpers",
    "bridge",
    "investigation",
    "promises",
    "updates",
    "fixed_texts",
    "status_page",
    "withdrawals",
    "notices",
    "outreach",
    "executives",
    "decisions",
    "closure",
    "verification",
    "analysis",
    "replies",
    "targets",
    "answers",
    "details",
    "engineering",
    "checklist",
    "timeline",
    "escalation",
    "relations",
    "program_records",
    "second_reviews",
    "problems",
    "triage",
    "tiers",
    "deliveries",
    "opening",
    "classification",
    "intake",
    "nudges",
    "naming",
    "losses",
    "digest",
)
PACKAGES = tuple(f"protocols.{name}" for name in SUBJECTS)
OF_NOTICES = ("clock", "masked", "notices")
OF_NUDGES = ("clock", "masked", "nudges")
OF_DIGESTS = ("clock", "digest")
_OTHERS = {"notices", "nudges", "digest"}
KINDS: Mapping[type[Record], tuple[str, ...]] = {
    Ticket: tuple(f"protocols.{name}" for name in SUBJECTS if name not in _OTHERS),
    Notice: tuple(f"protocols.{name}" for name in OF_NOTICES),
    Nudge: tuple(f"protocols.{name}" for name in OF_NUDGES),
    Digest: tuple(f"protocols.{name}" for name in OF_DIGESTS),
}
"""The packages of each kind of record."""
for _record, _packages in KINDS.items():
    load(_record, _packages)
EVENTS = events_of(PACKAGES)
"""Every event."""
COMMANDS = commands_of(PACKAGES)
"""Every command."""
POINTS = points_of(PACKAGES)
"""Every class of due points."""
DUE_KINDS = frozenset().union(*(rules_of(kind).falls for kind in KINDS))
"""Every kind of due point that this program has a rule for."""
