"""Nothing internal leaves, over random histories of all commands, and whatever becomes shared.

Each text that is typed carries a mark; whatever people outside are about to read is held against
who may read each mark at that instant. How much was asked, and read outside, has floors of its own:
a property that sends nothing says nothing.

Proves: T13, T14.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from multiprocessing import get_context
from typing import Any

import pytest

from bot.engine.outgoing import of_ticket
from protocols.account.addresses import CustomerThread
from protocols.contact.events import LeftTicket
from protocols.intake.events import HearReport, Said
from protocols.investigation.state import Investigation
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.record import Record
from protocols.kernel.tables import rules_of
from protocols.opening.events import Opening, OpenTicket
from protocols.program_records.events import ProgramRecord
from protocols.subjects import COMMANDS, plan
from protocols.ticket import Ticket
from protocols.words.outward import LookedUp
from templates.kit.catalogue import messages
from templates.kit.links import Links
from templates.kit.scene import Facts
from tests.property.leak import ink
from tests.property.leak.appetite import WANTED
from tests.property.leak.courier import Leaving
from tests.property.leak.house import House
from tests.property.leak.ink import Kind
from tests.property.leak.making import MAKERS
from tests.property.leak.playing import Played, Seams, many, played, swept
from tests.property.leak.world import channel_id

USUAL, ALL, PART = 150, 10_000, 250
CARRIED = {
    "OpenTicket": "each history opens with it",
    "HearReport": "some histories open with it",
    "FallDue": "the house lets it fall due",
    "TakeDelivery": "the courier says so",
    "BuryDelivery": "the courier says so",
    "WithdrawWords": "the courier says so",
    **dict.fromkeys(
        ("HearLink", "HearMerge", "HearSplit", "TakeAnswer", "HearAnswered"),
        "another ticket posts it",
    ),
    **dict.fromkeys(("HearNotice", "HearNoticeReply"), "a notice posts it"),
}
"""What no maker makes, and who asks it: each is asked in these histories all the same."""
NEVER = {"TakeUpTargets": "it is for tickets of a release before there were clocks"}
"""What is asked, and never accepted of a ticket that was opened by this release."""
UNSAID = {
    "secure_link": "the policy names no place for card numbers",
    "blocked_asked": "it answers a press, to whoever pressed",
}
"""Which outward messages no history says, and why."""
TEXTS = ("str", "str | None", "tuple[str, ...]", "tuple[tuple[str, str], ...]")
SELDOM, SELDOM_SAID = (
    frozenset({"CloseUnconfirmed"}),
    frozenset({"closed_unconfirmed", "correction"}),
)
"""What needs so much before it that ten thousand may not reach it."""
ROADS = {"thread": 60, "mail": 20, "edit": 10, "page": 1, "vendor": 1}
"""How many things are read outside on each road, in the usual histories at least."""
READ = {Kind.RELEASED: 40, Kind.THERE: 3}
TEMPLATES = 20
"""How many of the outward messages the usual histories say at least."""


@pytest.fixture(scope="module")
def usual() -> Played:
    """Give what the usual histories come to."""
    return many(range(USUAL))


def shown(played: Played) -> str:
    return "\n".join([f"{len(played.found)} things leaked.", *played.found[:20]])


@pytest.mark.xdist_group("leak")
def test_nothing_internal_leaves_whatever_anybody_asks(usual: Played) -> None:
    assert not usual.found, shown(usual)


@pytest.mark.xdist_group("leak")
def test_the_histories_say_enough_outside_to_judge_by(usual: Played) -> None:
    need(usual, 1)
    assert len(usual.templates) >= TEMPLATES


def need(played: Played, times: int) -> None:
    """See that so many times as much as in the usual histories was read outside."""
    assert not {road: n for road, n in ROADS.items() if played.roads[road] < times * n}
    assert not {kind: n for kind, n in READ.items() if played.read[kind] < times * n}


def asked() -> set[str]:
    """Return the names of all commands that are asked of a ticket."""
    rules = rules_of(Ticket)
    return {command.__name__ for command in (*rules.decides, *rules.opens)}


def typed() -> set[str]:
    """Return every field of these commands into which somebody types words."""
    every = {
        f"{command.__name__}.{each.name}"
        for command in (*MAKERS, OpenTicket, HearReport)
        for each in fields(command)
        if str(each.type) in TEXTS and each.name != "reference"
    }
    return every - ink.NAMES


def test_every_command_of_a_ticket_is_asked_in_these_histories() -> None:
    made = {command.__name__ for command in MAKERS}
    assert made.isdisjoint(CARRIED)
    assert asked() == made | set(CARRIED), "how is the new command made?"
    assert set(WANTED) <= set(MAKERS)
    assert set(NEVER) <= made


def test_whatever_is_no_words_is_a_field_that_there_is() -> None:
    parts: tuple[type[Any], ...] = (*COMMANDS, Said, ProgramRecord, LeftTicket)
    there = {f"{part.__name__}.{each.name}" for part in parts for each in fields(part)}
    assert there >= ink.NAMES | ink.RELEASED | ink.THERE
    assert ink.NAMES.isdisjoint(ink.RELEASED | ink.THERE)


@pytest.mark.full
def test_nothing_internal_leaves_in_ten_thousand_histories() -> None:
    played = all_of_them()
    assert not played.found, shown(played)
    need(played, ALL // USUAL // 2)
    never = {name for name in asked() if not played.accepted[name]}
    assert never <= set(NEVER) | SELDOM, f"nobody could ask {never} of any ticket"
    untyped = {each for each in typed() if not played.inked[each]}
    assert {each.partition(".")[0] for each in untyped} <= never, f"nobody typed into {untyped}"
    outward = {name for name, each in messages().items() if each.is_outward}
    assert outward - set(played.templates) <= set(UNSAID) | SELDOM_SAID


def all_of_them() -> Played:
    """Return what ten thousand histories come to; each core of the machine plays some."""
    found, starts = Played(), range(0, ALL, PART)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for played in pool.map(many, (range(at, at + PART) for at in starts)):
            found.adds(played)
    return found


def finding_of(ticket: Ticket) -> str:
    """Return what was found, or at least what it is about, of what only we may read."""
    found = ticket.of(Investigation).findings
    return found[-1].text if found else ticket.of(Opening).summary


def with_a_finding(
    template: str, params: object, record: Ticket, ctx: Context, links: Links
) -> tuple[str, Facts]:
    """Make an account's words with a finding where its contact's name belongs."""
    name, facts = of_ticket(template, params, record, ctx, links)  # type: ignore[arg-type]
    if not messages()[name].is_outward:
        return name, facts
    return name, {**facts, "contact": LookedUp(finding_of(record))}


def to_another(
    before: Record | None, events: tuple[Event, ...], after: Record, ctx: Context, version: int
) -> tuple[Effect, ...]:
    """Tell whatever an account reads in its channel to another account as well."""
    told = plan(before, events, after, ctx, version)
    there = CustomerThread(channel_id("birch"), None)
    copies = (
        replace(each, key=f"{each.key}/copy", to=there, needs=(), stream="copies", reports=False)
        for each in told
        if isinstance(each.to, CustomerThread) and each.template is not None
    )
    return (*told, *copies)


def never_asked(_house: House, _record: Record, _row: Leaving) -> None:
    """Let everything leave that ever could."""


LEAKS = {
    "a finding in the words": (Seams(rendering=with_a_finding), "it is internal"),
    "what was taken back": (Seams(ask=never_asked), "its release does not stand"),
    "what one of our channels waited for": (
        Seams(ask=never_asked),
        "inside words are read outside",
    ),
    "words for another": (Seams(planning=to_another, ask=never_asked), "never released to them"),
}
MOST = 60


@pytest.mark.parametrize("leak", LEAKS)
def test_a_house_that_leaks_is_found_out(leak: str) -> None:
    seams, why = LEAKS[leak]
    with swept():
        found = (each for seed in range(MOST) for each in played(seed, seams).found)
        assert next((each for each in found if why in each), "")
