"""What follows from a change comes to an end, and subjects answer in the order of their list."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings

from protocols.kernel import tables
from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.decide import MOST_ROUNDS, NeverSettled, rounds
from protocols.kernel.event import Event
from protocols.relations.events import OfTwo
from protocols.subjects import COMMANDS, KINDS, SUBJECTS
from protocols.ticket import Ticket
from tests.kit.chance import histories, in_every_history
from tests.kit.rules_incident import Incident
from tests.property.test_incident_properties import END

pytestmark = pytest.mark.xdist_group("every history")
SOME = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
RULES = tables.rules_of(Ticket)
LISTS = ("cleans", "bars", "knows", "follows", "dues", "passed", "tells_first", "tells_last",
         "keeps")  # fmt: skip


class Counted(Incident):
    """An incident that keeps in how many rounds each change settled."""

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        self.rounds: list[int] = []

    def _apply(self, command: Command, ctx: Context) -> None:
        before = self._ticket
        super()._apply(command, ctx)
        if self.last:
            for know in RULES.knows if before is not None else ():
                ctx = know(before, ctx)
            self.rounds.append(settled_in(before, self.last, ctx))


def settled_in(before: Ticket | None, events: tuple[Event, ...], ctx: Context) -> int:
    """Return in how many rounds the rest of a change follows from its beginning."""
    for count in range(1, len(events) + 1):
        found = _followed(before, events[:count], ctx)
        if tuple(chain.from_iterable(found)) == events:
            return len(found)
    raise AssertionError(f"it does not follow from its own beginning: {events}")


def _followed(
    before: Ticket | None, events: tuple[Event, ...], ctx: Context
) -> list[tuple[Event, ...]]:
    try:
        return list(rounds(before, events, ctx))
    except NeverSettled:
        return []


@SOME
@given(histories(Counted.open))
def test_every_change_settles_in_five_rounds(incident: Incident) -> None:
    assert isinstance(incident, Counted)
    incident.until(incident.now + END)
    assert max(incident.rounds) <= MOST_ROUNDS


@in_every_history
def test_what_has_settled_stays_so(incident: Incident) -> None:
    ticket: Ticket = fold(incident.history)
    assert [more for rule in RULES.follows for more in rule(ticket, (), ticket, incident.ctx)] == []


@pytest.mark.parametrize("name", LISTS)
def test_rules_stand_in_the_order_of_the_subjects(name: str) -> None:
    places = [SUBJECTS.index(rule.__module__.split(".")[1]) for rule in getattr(RULES, name)]
    assert places == sorted(places)
    assert places, name


def test_of_one_event_the_subjects_tell_in_the_order_of_the_list() -> None:
    for event, rules in RULES.tells.items():
        places = [SUBJECTS.index(rule.__module__.split(".")[1]) for rule in rules]
        assert places == sorted(places), event


def test_whoever_is_not_one_of_us_is_refused_before_any_other_bar() -> None:
    assert [bar.__name__ for bar in RULES.bars][:1] == ["need_one_of_us"]


def test_every_command_has_a_rule() -> None:
    every = [tables.rules_of(kind) for kind in KINDS]
    ruled = {name for rules in every for name in (*rules.decides, *rules.opens)}
    assert set(COMMANDS) - {OfTwo} == ruled, "OfTwo is what others are made of, and never given"


def other(*_given: object) -> tuple[Event, ...]:
    return ()


@pytest.mark.parametrize("table", ["decides", "opens", "falls"])
def test_a_command_or_a_kind_of_due_point_has_one_rule_that_decides_it(table: str) -> None:
    key, kept = next(iter(getattr(RULES, table).items()))
    with pytest.raises(tables.TwoRules, match=r"is claimed by .*other"):
        RULES.add(table, (key,), other)
    assert getattr(RULES, table)[key] is kept
