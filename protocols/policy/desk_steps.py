"""How the policy's rows on steps of Tier 1 and 2 are read; a policy need not have them. S2-S10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from protocols.policy.sections import Section
from protocols.scales import Tier
from protocols.time.durations import Duration


class DeskStepKind(StrEnum):
    """What is owed on a ticket without a bridge, in this order."""

    ACKNOWLEDGE = "acknowledge"
    TRIAGE = "triage"
    ENGINEERING = "engineering"
    UPDATE = "update"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class DeskStepRow:
    """A step that a tier owes.

    Attributes:
        within: A time of its own, beside the clocks that the step has anyway; of an update the
            longest that an account hears nothing of a person. None: those clocks alone.
    """

    tier: Tier
    step: DeskStepKind
    source: str
    within: Duration | None = None


K = DeskStepKind
DESK_STEPS = (
    DeskStepRow(Tier.ROUTINE, K.ACKNOWLEDGE, "S4"),
    DeskStepRow(Tier.ROUTINE, K.UPDATE, "S52"),
    DeskStepRow(Tier.ROUTINE, K.RESOLVE, "S5"),
    DeskStepRow(Tier.ELEVATED, K.ACKNOWLEDGE, "S9"),
    DeskStepRow(Tier.ELEVATED, K.TRIAGE, "S10"),
    DeskStepRow(Tier.ELEVATED, K.ENGINEERING, "S7, D28"),
    DeskStepRow(Tier.ELEVATED, K.UPDATE, "S52"),
    DeskStepRow(Tier.ELEVATED, K.RESOLVE, "D3"),
)
"""The rows of a policy that has none of its own."""
_OWED: Mapping[Tier, frozenset[DeskStepKind]] = {
    Tier.ROUTINE: frozenset({K.ACKNOWLEDGE, K.RESOLVE}),
    Tier.ELEVATED: frozenset({K.ACKNOWLEDGE, K.TRIAGE, K.RESOLVE}),
}
"""What no policy leaves out."""
_KNOWN: Mapping[Tier, frozenset[DeskStepKind]] = {
    Tier.ROUTINE: _OWED[Tier.ROUTINE] | {K.UPDATE},
    Tier.ELEVATED: frozenset(DeskStepKind),
}


def row_of(rows: tuple[DeskStepRow, ...], tier: Tier, step: DeskStepKind) -> DeskStepRow | None:
    """Return the row of a step of a tier, None where the tier does not owe it."""
    return next((row for row in rows if (row.tier, row.step) == (tier, step)), None)


def desk_steps(outer: Section) -> tuple[DeskStepRow, ...]:
    """Return the steps of Tier 1 and 2; a policy that does not name them has the first rows.

    Raises:
        EntryRefused: A row is of a tier or step that there is none of, stands twice, or is
            missing although every policy owes it.
    """
    if not outer.has("desk_steps"):
        return DESK_STEPS
    found = tuple(map(_row, outer.listed("desk_steps")))
    named = [(row.tier, row.step) for row in found]
    if len(named) != len(set(named)):
        raise outer.refuse("desk_steps", "Name each step of a tier once.")
    for tier, steps in _OWED.items():
        missing = sorted(step for step in steps if (tier, step) not in named)
        if missing:
            why = f"Tier {int(tier)} owes {', '.join(missing)} as well: leave the rows."
            raise outer.refuse("desk_steps", why)
    return found


def _row(section: Section) -> DeskStepRow:
    tier, step = Tier(section.whole("tier", 1, 2)), section.choice("step", DeskStepKind)
    if step not in _KNOWN[tier]:
        raise section.refuse("step", f"Tier {int(tier)} has no such step.")
    within = section.duration("within") if section.has("within") else None
    row = DeskStepRow(tier, step, section.text("source"), within)
    section.done()
    return row
