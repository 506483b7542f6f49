"""How the policy's rows on what signals ask for are read; a policy need not have them. S25-S33."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import groupby

from protocols.people.duties import DUTIES
from protocols.policy.sections import Section
from protocols.scales import Signal
from protocols.time.durations import Duration

_NAME = re.compile(r"[a-z][a-z0-9_]{0,29}", re.ASCII)
_DEFAULTS = {"within": "1 business hour", "within_critical": "1h"}
MOST = 8
"""How many actions one signal may ask for: the form has a field for each."""


class DoneBy(StrEnum):
    """What shows that an action is done; without one a person says so. Source: S25, D41."""

    PERSON = "a person"
    BRIDGE = "the bridge"
    PEOPLE = "the people are here"
    ENGINEERING = "engineering"
    SCOPE = "the scope"
    CADENCE = "the next update"
    TOLD = "the account is told"
    HOLD = "the hold"
    RETURN_CODES = "return codes"
    SAMPLE_DATA = "sample data"
    SYNC_CHECK = "the sync check"
    EXPORT = "the export"
    ERROR_CODE = "the error code"
    WINDOW = "the support window"

    @property
    def is_word(self) -> bool:
        """Say whether somebody says that it is done; some of these have a field of their own."""
        return self in (DoneBy.PERSON, DoneBy.RETURN_CODES)

    @property
    def is_file(self) -> bool:
        """Say whether it is done once a file is there: until then somebody is reminded again."""
        return self in (DoneBy.SAMPLE_DATA, DoneBy.EXPORT)


@dataclass(frozen=True, slots=True)
class ActionRule:
    """One thing that a signal asks to be done.

    Attributes:
        name: Tells it from the others of its signal, for ever.
        do: The words of the list.
        by: What shows that it is done.
        duties: Who has to be here, where that shows it.
    """

    signal: Signal
    name: str
    do: str
    source: str
    by: DoneBy = DoneBy.PERSON
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistRule:
    """What each signal asks for, and when who has the ticket is reminded of it.

    Attributes:
        within: On Tier 1 and 2.
        within_critical: On Tier 3 and 4.
        sample_place: Where an account puts sample data; empty where it attaches it. Source: S27.
    """

    within: Duration
    within_critical: timedelta
    rows: tuple[ActionRule, ...]
    sample_place: str = ""


ROWS = (
    ActionRule(Signal.PAYMENT_RUN_MISSED, "reach_out", "reach out to the account first", "S26"),
    ActionRule(Signal.PAYMENT_RUN_MISSED, "scope", "confirm the scope", "S26", DoneBy.SCOPE),
    ActionRule(
        Signal.PAYMENT_RUN_MISSED,
        "engineering",
        "open an engineering ticket",
        "S26, D28",
        DoneBy.ENGINEERING,
    ),
    ActionRule(
        Signal.PAYMENT_RUN_MISSED, "cadence", "set when updates come", "S26", DoneBy.CADENCE
    ),
    ActionRule(
        Signal.RECON_VARIANCE, "sample_data", "ask for sample data", "S27", DoneBy.SAMPLE_DATA
    ),
    ActionRule(
        Signal.RECON_VARIANCE,
        "finance",
        "bring the data and finance team",
        "S27",
        DoneBy.PEOPLE,
        ("finance",),
    ),
    ActionRule(Signal.DUPLICATE_PAYMENT, "bridge", "bridge now", "S28", DoneBy.BRIDGE),
    ActionRule(
        Signal.DUPLICATE_PAYMENT,
        "people",
        "bring Finance, Legal, Engineering",
        "S28, D16",
        DoneBy.PEOPLE,
        ("finance", "legal", "engineering-lead"),
    ),
    ActionRule(Signal.DUPLICATE_PAYMENT, "document", "write everything down", "S28"),
    ActionRule(
        Signal.ACH_RETURN_SPIKE,
        "return_codes",
        "compare with the Nacha return reason codes",
        "S29",
        DoneBy.RETURN_CODES,
    ),
    ActionRule(
        Signal.ACH_RETURN_SPIKE,
        "compliance",
        "bring Compliance if it is systemic",
        "S29",
        DoneBy.PEOPLE,
        ("compliance",),
    ),
    ActionRule(
        Signal.UNUSUAL_LOGIN, "security", "Security now", "S30, D36", DoneBy.PEOPLE, ("security",)
    ),
    ActionRule(
        Signal.UNUSUAL_LOGIN, "contact", "tell the account's named contact", "S30", DoneBy.TOLD
    ),
    ActionRule(Signal.AUDIT_REQUEST, "scope", "confirm the scope of the audit", "S31"),
    ActionRule(Signal.AUDIT_REQUEST, "export", "prepare the exports", "S31", DoneBy.EXPORT),
    ActionRule(Signal.AUDIT_REQUEST, "window", "assign a support window", "S31", DoneBy.WINDOW),
    ActionRule(Signal.LEGAL_THREAT, "acknowledge", "acknowledge", "S32", DoneBy.TOLD),
    ActionRule(Signal.LEGAL_THREAT, "hold", "hold the line", "S32, D17", DoneBy.HOLD),
    ActionRule(
        Signal.LEGAL_THREAT,
        "people",
        "bring Legal and CS leadership",
        "S32, D16",
        DoneBy.PEOPLE,
        ("legal", "cs-manager"),
    ),
    ActionRule(
        Signal.ERP_INTEGRATION,
        "error_code",
        "record the API error code as a finding",
        "S33",
        DoneBy.ERROR_CODE,
    ),
    ActionRule(
        Signal.ERP_INTEGRATION,
        "engineering",
        "work with integration engineering",
        "S33, D28",
        DoneBy.ENGINEERING,
    ),
    ActionRule(
        Signal.ERP_INTEGRATION,
        "sync_check",
        "set a checkpoint to verify the sync",
        "S33",
        DoneBy.SYNC_CHECK,
    ),
)
"""The rows of a policy that has none of its own."""


def checklist(outer: Section) -> ChecklistRule:
    """Return what signals ask for; a policy older than the section has the first rows.

    A section may name some of its entries and leave the others.

    Raises:
        EntryRefused: Two rows of one signal have one name, or a signal has too many.
    """
    section = outer.section("checklist") if outer.has("checklist") else Section({})
    known = {**_DEFAULTS, **{name: section.raw(name) for name in _DEFAULTS if section.has(name)}}
    figures = Section(known, section.path)
    rows = tuple(map(_row, section.listed("rows"))) if section.has("rows") else ROWS
    for signal, names in groupby(sorted((row.signal, row.name) for row in rows), lambda x: x[0]):
        found = [name for _, name in names]
        if len(found) > MOST or len(found) != len(set(found)):
            why = f"{signal.value} may have {MOST} rows at most, each with a name of its own."
            raise section.refuse("rows", why)
    place = section.address("sample_place") if section.has("sample_place") else ""
    section.done()
    within, critical = figures.duration("within"), figures.elapsed("within_critical")
    return ChecklistRule(within, critical, rows, place)


def _row(section: Section) -> ActionRule:
    name = section.text("name")
    if _NAME.fullmatch(name) is None:
        raise section.refuse("name", "Write a short name in small letters, as sample_data.")
    duties = section.texts("duties")
    for duty in duties:
        if duty not in DUTIES:
            raise section.refuse("duties", f'"{duty}" is no duty. Known: {", ".join(DUTIES)}.')
    row = ActionRule(
        signal=section.choice("signal", Signal),
        name=name,
        do=section.text("do"),
        source=section.text("source"),
        by=section.choice("by", DoneBy) if section.has("by") else DoneBy.PERSON,
        duties=duties,
    )
    if bool(duties) != (row.by is DoneBy.PEOPLE):
        raise section.refuse("duties", f'They go with by: "{DoneBy.PEOPLE}", and it with them.')
    section.done()
    return row
