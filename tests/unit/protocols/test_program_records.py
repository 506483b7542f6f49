"""A ticket is about records of its account, as they were known then. Source: S67, S69."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.bridge.addresses import Bridge
from protocols.kernel.refusals import AlreadyDone, NotAllowed
from protocols.people.people import ENGINE
from protocols.program_records.events import (
    DealingKind,
    FieldChange,
    LinkRecord,
    ProgramRecord,
    RecordField,
    RecordLinked,
    RecordRenewed,
    RenewRecord,
    UnlinkRecord,
)
from protocols.program_records.refusals import (
    OlderRecord,
    RecordOfAnotherAccount,
    TooManyRecords,
)
from protocols.program_records.renewing import differences
from protocols.program_records.rules import MOST_LINKED
from protocols.program_records.state import Dealings
from protocols.program_records.taking import key_of, taken
from tests.kit.rules_incident import REF, Incident, instant
from tests.unit.protocols.test_relations import opened

DEAL = ProgramRecord(
    "acme",
    DealingKind.DEAL_REGISTRATION,
    "DR-2291",
    "https://crm.vendor.example/2291",
    instant("09:30", 20),
    (RecordField("Stage", "Approved"),),
)
LATER = replace(DEAL, as_of=instant("09:30", 21), fields=(RecordField("Stage", "Won"),))


def linked(incident: Incident) -> tuple[ProgramRecord, ...]:
    return incident.ticket.of(Dealings).records


def test_what_a_record_said_when_it_was_linked_stays_with_the_ticket() -> None:
    incident = opened(REF).by("csm-one", LinkRecord(REF, DEAL))
    assert linked(incident) == (DEAL,)
    incident.by("csm-one", LinkRecord(REF, LATER))
    assert linked(incident) == (LATER,)
    incident.by("csm-one", UnlinkRecord(REF, DEAL.kind, DEAL.number))
    assert linked(incident) == ()


def test_what_is_said_of_a_linked_record_later_is_what_the_ticket_shows_and_what_changed() -> None:
    incident = opened(REF).by("csm-one", LinkRecord(REF, DEAL))
    new = replace(LATER, fields=(*LATER.fields, RecordField("Close date", "1 Dec")))
    incident.by(ENGINE, RenewRecord(REF, new))
    [renewed] = incident.events(RecordRenewed)
    stage, close = FieldChange("Stage", "Approved", "Won"), FieldChange("Close date", "", "1 Dec")
    assert renewed.changed == (stage, close)
    assert linked(incident) == (new,)
    [was] = incident.events(RecordLinked)
    assert was.record == DEAL, "what it said at the link is on record"
    assert not incident.by(ENGINE, RenewRecord(REF, new)).last


def test_a_record_that_a_ticket_is_not_about_or_has_as_of_later_changes_nothing() -> None:
    incident = opened(REF).by("csm-one", LinkRecord(REF, LATER))
    others = (DEAL, replace(LATER, number="DR-1"), replace(LATER, account_key="birch"))
    for record in others:
        incident.by(ENGINE, RenewRecord(REF, record))
    assert incident.events(RecordRenewed) == []


def test_a_bridge_hears_what_changed_and_not_that_only_the_day_did() -> None:
    incident = Incident.open().by("csm-one", LinkRecord(REF, DEAL))
    incident.by(ENGINE, RenewRecord(REF, replace(DEAL, as_of=LATER.as_of)))
    assert incident.told("triage_renewed") == []
    incident.by(ENGINE, RenewRecord(REF, LATER))
    [line] = incident.told("triage_renewed")
    assert line.to == Bridge()
    assert line.params["changed"] == [["Stage", "Approved", "Won"]]


def test_what_a_record_says_no_more_is_said_too() -> None:
    bare = replace(LATER, address="https://crm.vendor.example/1", fields=())
    assert list(differences(DEAL, bare)) == [
        FieldChange("Address", DEAL.address, bare.address), FieldChange("Stage", "Approved", ""),
    ]  # fmt: skip
    assert list(differences(DEAL, replace(DEAL, as_of=LATER.as_of))) == []


def test_a_record_of_one_account_stands_on_no_ticket_of_another() -> None:
    theirs = replace(DEAL, account_key="birch")
    for account in ("acme", None):
        refused = opened(REF, account).refused("csm-one", LinkRecord(REF, theirs))
        assert isinstance(refused, RecordOfAnotherAccount)


def test_what_is_linked_is_not_linked_twice_and_not_as_it_was_known_before() -> None:
    incident = opened(REF).by("csm-one", LinkRecord(REF, LATER))
    assert isinstance(incident.refused("csm-one", LinkRecord(REF, LATER)), AlreadyDone)
    assert isinstance(incident.refused("csm-one", LinkRecord(REF, DEAL)), OlderRecord)
    off = UnlinkRecord(REF, DealingKind.CONTRACT, "DR-2291")
    assert isinstance(incident.refused("csm-one", off), AlreadyDone)


def test_a_ticket_is_about_a_few_records() -> None:
    incident = opened(REF)
    for number in range(MOST_LINKED):
        incident.by("csm-one", LinkRecord(REF, replace(DEAL, number=f"DR-{number}")))
    assert isinstance(incident.refused("csm-one", LinkRecord(REF, DEAL)), TooManyRecords)
    incident.by("csm-one", LinkRecord(REF, replace(LATER, number="DR-0")))
    assert len(linked(incident)) == MOST_LINKED


def test_who_has_nothing_to_do_with_a_ticket_links_nothing_to_it() -> None:
    refused = opened(REF).refused("payments-operations-one", LinkRecord(REF, DEAL))
    assert isinstance(refused, NotAllowed)


@pytest.mark.parametrize(
    ("held", "new", "changed", "same", "older"),
    [
        (None, 1, 0, 0, 0),
        (DEAL, 0, 0, 1, 0),
        (LATER, 0, 0, 0, 1),
        (replace(DEAL, as_of=instant("09:30", 19)), 0, 1, 0, 0),
        (replace(DEAL, fields=()), 0, 1, 0, 0),
    ],
    ids=["not known", "known as it is", "known later", "known before", "said otherwise"],
)
def test_what_is_said_last_stands(
    held: ProgramRecord | None, new: int, changed: int, same: int, older: int
) -> None:
    known = {} if held is None else {key_of(held): held}
    found = taken(known, [DEAL])
    assert (len(found.new), len(found.changed), found.same, found.older) == (
        new,
        changed,
        same,
        older,
    )


@given(st.permutations(range(6)))
def test_in_whichever_order_they_come_the_same_stands(order: list[int]) -> None:
    known: dict[object, ProgramRecord] = {}
    for day in order:
        found = taken(known, [replace(DEAL, as_of=DEAL.as_of + timedelta(days=day))])  # type: ignore[arg-type]
        known |= {key_of(each): each for each in found.written}
    assert [each.as_of for each in known.values()] == [DEAL.as_of + timedelta(days=5)]
