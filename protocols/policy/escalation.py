"""How the policy's rows on escalation are read; a policy need not have them. S93, S97, D45."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from protocols.people.duties import DUTIES
from protocols.policy.sections import Section
from protocols.scales import Category, ProgramLevel, Severity
from protocols.time.durations import Duration, parse_duration


class Trigger(StrEnum):
    """What a row waits for; ``after`` counts from it. Source: S93, D45."""

    LATE = "late"
    LATE_AND_FREE = "late and nobody has it"
    FREE = "nobody has it"
    AGE = "open"
    BLOCKED = "blocks their business"
    REOPENED = "reopened"
    EXCHANGED = "exchanged"
    DISPUTED = "contract dispute"
    ASKED = "asked"
    ALIKE = "same matter"


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """When a ticket of Tier 1 or 2 is escalated; an empty condition always holds.

    Attributes:
        times: How often the account came back, for ``exchanged``; how many of its tickets were of
            this category within ``within``, for ``same matter``.
        to: Duties that are asked beside the escalation manager.
        tells_account: Whether the account reads of it, if it has not yet. Source: S96.
    """

    name: str
    when: Trigger
    source: str
    after: Duration | None = None
    times: int = 1
    severities: frozenset[Severity] = frozenset()
    categories: frozenset[Category] = frozenset()
    program_levels: frozenset[ProgramLevel] = frozenset()
    to: tuple[str, ...] = ()
    tells_account: bool = True
    within: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LineRule:
    """Who is asked after the escalation manager, one after the other. Source: S97."""

    name: str
    duties: tuple[str, ...]
    categories: frozenset[Category] = frozenset()


ROWS = (
    EscalationRow("Resolution is late", Trigger.LATE, "S93, D45"),
    EscalationRow("Late, and nobody has it", Trigger.LATE_AND_FREE, "S65, S146"),
    EscalationRow(
        "Severity Critical, and nobody has it",
        Trigger.FREE,
        "S93, D45",
        after=parse_duration("15m"),
        severities=frozenset({Severity.CRITICAL}),
    ),
    EscalationRow(
        "Severity High, and nobody has it",
        Trigger.FREE,
        "S93, D45",
        after=parse_duration("1h"),
        severities=frozenset({Severity.HIGH}),
    ),
    EscalationRow(
        "Platinum, open for 5 business days",
        Trigger.AGE,
        "S93, D45",
        after=parse_duration("5 business days"),
        program_levels=frozenset({ProgramLevel.PLATINUM}),
    ),
    EscalationRow(
        "Open for 10 business days",
        Trigger.AGE,
        "S93, D45",
        after=parse_duration("10 business days"),
    ),
    EscalationRow("It blocks their business", Trigger.BLOCKED, "S93, D45"),
    EscalationRow("Opened again by the account too often", Trigger.REOPENED, "S100, D7"),
    EscalationRow(
        "Commission dispute at the third exchange",
        Trigger.EXCHANGED,
        "D45",
        times=3,
        categories=frozenset({Category.COMMISSION_PAYMENT}),
        to=("finance",),
    ),
    EscalationRow(
        "Dispute of the contract",
        Trigger.DISPUTED,
        "S97, D45",
        to=("legal", "finance"),
        tells_account=False,
    ),
    EscalationRow("Asked for by a colleague", Trigger.ASKED, "S93"),
    EscalationRow(
        "Management review", Trigger.ASKED, "S93", to=("cs-manager",), tells_account=False
    ),
    EscalationRow(
        "The same matter three times in 30 days",
        Trigger.ALIKE,
        "D45",
        times=3,
        tells_account=False,
    ),
)
"""The rows of a policy that has none of its own."""
LINES = (
    LineRule(
        "Finance",
        ("finance", "cs-manager", "executive"),
        frozenset({Category.COMMISSION_PAYMENT, Category.MDF_INCENTIVE}),
    ),
    LineRule("Legal", ("legal", "cs-manager", "executive"), frozenset({Category.CONTRACT_POLICY})),
    LineRule(
        "Vendor technical team",
        ("engineering-lead", "cs-manager", "executive"),
        frozenset({Category.TECHNICAL_PRODUCT, Category.PORTAL_ACCESS}),
    ),
    LineRule("Senior channel operations manager", ("cs-manager", "executive")),
)
"""The lines of a policy that has none of its own; the first that holds is the ticket's."""
LEADS = ("escalation-manager", "cs-manager")
"""Who may lead one unasked, in a policy that does not say."""


def rows(section: Section) -> tuple[EscalationRow, ...]:
    """Return the rows; a policy without any has the first ones."""
    return tuple(map(_row, section.listed("rows"))) if section.has("rows") else ROWS


def lines(section: Section) -> tuple[LineRule, ...]:
    """Return who is asked next; a policy that does not say has the first lines."""
    return tuple(map(_line, section.listed("lines"))) if section.has("lines") else LINES


def leads(section: Section) -> tuple[str, ...]:
    """Return the duties that may lead unasked; a policy that does not say has the first ones.

    Raises:
        EntryRefused: Nobody might, or there is no such duty.
    """
    found = _duties(section, "leads") if section.has("leads") else LEADS
    if not found:
        raise section.refuse("leads", "Name a duty: somebody has to be allowed to lead.")
    return found


def _row(section: Section) -> EscalationRow:
    row = EscalationRow(
        name=section.text("name"),
        when=section.choice("when", Trigger),
        source=section.text("source"),
        after=section.duration("after") if section.has("after") else None,
        times=section.whole("times", 1, 20) if section.has("times") else 1,
        severities=section.choices("severities", Severity),
        categories=section.categories(),
        program_levels=section.choices("program_levels", ProgramLevel),
        to=_duties(section, "to"),
        tells_account=section.flag("tells_account", absent=True),
        within=section.elapsed("within") if section.has("within") else timedelta(days=30),
    )
    section.done()
    return row


def _line(section: Section) -> LineRule:
    line = LineRule(
        section.text("name"),
        _duties(section, "duties"),
        section.categories(),
    )
    section.done()
    return line


def _duties(section: Section, key: str) -> tuple[str, ...]:
    """Return the names of duties.

    Raises:
        EntryRefused: There is no such duty.
    """
    found = section.texts(key)
    for name in found:
        if name not in DUTIES:
            raise section.refuse(key, f'"{name}" is no duty. Known: {", ".join(DUTIES)}.')
    return found
