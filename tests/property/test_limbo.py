"""No ticket is late, nobody's, and not escalated at once, whatever people do. S65, S146."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.closure.events import AnswerSolved, Reopen, Resolve
from protocols.escalation.events import EndEscalation, Escalate, Escalated, TakeEscalation
from protocols.escalation.rows import free_since, is_desk, is_nobodys
from protocols.escalation.state import Escalation
from protocols.fixed_texts.events import FixedTextSent
from protocols.kernel.refusals import Refusal
from protocols.losses.events import TakeStock
from protocols.people.people import ENGINE
from protocols.routing.events import ChangeTicket
from protocols.scales import Category, Impact, Severity, Tier
from protocols.targets.clocks import running
from protocols.targets.events import Acknowledge, SayBlocked
from protocols.targets.people import owner
from protocols.tiers.events import ChangeTier
from tests.kit.rules_incident import REF, Incident, customer

BIRCH = customer("birch")
GRACE = timedelta(minutes=1)
Act = Callable[[Incident], object]


def _ours(person: str, *commands: object) -> Act:
    return lambda incident: incident.by(person, *commands)  # type: ignore[arg-type]


def _later(minutes: int) -> Act:
    return lambda incident: incident.until(incident.now + timedelta(minutes=minutes))


def _leaves(incident: Incident, *, everybody: bool = False) -> object:
    """Have whoever has it be one of us no more; with everybody, but for one, who could have it."""
    ctx, who = incident.ctx, incident.ticket.poc
    if who is None:
        return None
    rest = ("engineer-one",) if everybody else [person.key for person in ctx.directory.people]
    left = tuple(p for p in ctx.directory.people if p.key != who.key and p.key in rest)
    directory = replace(ctx.directory, people=left)
    incident.ctx = replace(
        ctx, directory=directory, unreachable=ctx.unreachable | {who.key},
        members=ctx.members - {who.key},
    )  # fmt: skip
    return incident.by(ENGINE, TakeStock(REF))


ACTS: dict[str, Act] = {
    "taken": _ours("csm-two", Acknowledge(REF)),
    "to another team": _ours("csm-two", ChangeTicket(REF, team="Legal and Compliance")),
    "to a third": _ours("csm-two", ChangeTicket(REF, team="Channel Marketing")),
    "more urgent": _ours("csm-two", ChangeTicket(REF, severity=Severity.CRITICAL)),
    "less urgent": _ours("csm-two", ChangeTicket(REF, severity=Severity.LOW)),
    "raised": _ours("csm-two", ChangeTier(REF, Tier.CRITICAL, "It is worse.")),
    "lowered": _ours("csm-two", ChangeTier(REF, Tier.ROUTINE, "It is not so bad.")),
    "resolved": _ours(
        "csm-two", Resolve(REF, "The statement was made anew.", "See the statement.")
    ),
    "open again": _ours("csm-two", Reopen(REF, "They called.")),
    "not solved": lambda incident: incident.by(BIRCH, AnswerSolved(REF, solved=False)),
    "blocked": lambda incident: incident.by(BIRCH, SayBlocked(REF, "Birch", "C1", "1.1")),
    "asked for": _ours("engineer-one", Escalate(REF, "They go live.")),
    "led": _ours("cs-manager-one", TakeEscalation(REF)),
    "given back": _ours("cs-manager-one", EndEscalation(REF, "It is sorted.")),
    "leaves": _leaves,
    "all leave": lambda incident: _leaves(incident, everybody=True),
    "an hour later": _later(61),
    "a day later": _later(24 * 60),
    "a week later": _later(7 * 24 * 60),
}


OPENED: dict[str, frozenset[Impact]] = {
    "Tier 1": frozenset(),
    "Tier 2": frozenset({Impact.PAYMENTS_BLOCKED}),
    "Tier 3": frozenset({Impact.FUNDS_MOVED_WRONGLY}),
    "Tier 4": frozenset({Impact.PLATFORM_FAILING}),
}


def in_limbo(incident: Incident) -> bool:
    """Say whether it is late, nobody has it who can be reached, and it is escalated to nobody.

    Said from the facts alone, and not by the rule that sees to it: one's own clock is late, nobody
    of us has it, or nobody has taken it and answered the account. A bridge has its people.
    """
    ticket, ctx = incident.ticket, incident.ctx
    if not is_desk(ticket) or ticket.of(Escalation).now is not None:
        return False
    clocks = running(ticket, ctx.policy, ctx.calendar)
    late_at = min((clock.breach_at for clock in clocks), default=None)
    is_owned = owner(ticket, ctx) is not None and not is_nobodys(ticket)
    if late_at is None or is_owned:
        return False
    since = max(late_at, free_since(ticket)) if is_nobodys(ticket) else late_at
    return since + GRACE < incident.now


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(OPENED)),
    st.sampled_from(tuple(Severity)),
    st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=9),
)
def test_what_is_late_and_nobodys_is_escalated(
    opened: str, severity: Severity, acts: list[str]
) -> None:
    incident = Incident.open(
        by="csm-two", account_key="birch", channel=None, impacts=OPENED[opened], signal=None,
        severity=severity, category=Category.TRAINING_CERTIFICATION,
    )  # fmt: skip
    for name in acts:
        try:
            ACTS[name](incident)
        except Refusal:
            continue
        assert not in_limbo(incident), name
    told = [e for e in incident.events(FixedTextSent) if e.name == "escalated_desk"]
    assert len(told) <= len(incident.events(Escalated))


@pytest.mark.parametrize(
    "acts",
    [
        ("taken", "leaves", "a week later"),
        ("leaves", "a day later"),
        ("taken", "all leave", "a week later"),
    ],
)
def test_whose_owner_leaves_is_in_no_limbo(acts: tuple[str, ...]) -> None:
    incident = Incident.open(
        by="csm-two", account_key="birch", channel=None, impacts=frozenset(), signal=None
    )
    for name in acts:
        ACTS[name](incident)
        assert not in_limbo(incident), name
