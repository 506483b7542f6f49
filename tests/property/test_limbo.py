"""No ticket is late, nobody's, and not escalated at once, whatever people do. S65, S146."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.closure.events import AnswerSolved, Reopen, Resolve
from protocols.escalation.events import EndEscalation, Escalate, Escalated, TakeEscalation
from protocols.escalation.rows import limbo_since
from protocols.fixed_texts.events import FixedTextSent
from protocols.kernel.refusals import Refusal
from protocols.routing.events import ChangeTicket
from protocols.scales import Category, Severity, Tier
from protocols.targets.events import Acknowledge, SayBlocked
from protocols.tiers.events import ChangeTier
from tests.kit.rules_incident import REF, Incident, customer

BIRCH = customer("birch")
GRACE = timedelta(minutes=1)
Act = Callable[[Incident], object]


def _ours(person: str, *commands: object) -> Act:
    return lambda incident: incident.by(person, *commands)  # type: ignore[arg-type]


def _later(minutes: int) -> Act:
    return lambda incident: incident.until(incident.now + timedelta(minutes=minutes))


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
    "an hour later": _later(61),
    "a day later": _later(24 * 60),
    "a week later": _later(7 * 24 * 60),
}


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(tuple(Severity)),
    st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=9),
)
def test_what_is_late_and_nobodys_is_escalated(severity: Severity, acts: list[str]) -> None:
    incident = Incident.open(
        by="csm-two", account_key="birch", channel=None, impacts=frozenset(), signal=None,
        severity=severity, category=Category.TRAINING_CERTIFICATION,
    )  # fmt: skip
    for name in acts:
        try:
            ACTS[name](incident)
        except Refusal:
            continue
        since = limbo_since(incident.ticket, incident.ctx.policy, incident.ctx.calendar)
        assert since is None or since + GRACE >= incident.now, (name, since)
    told = [e for e in incident.events(FixedTextSent) if e.name == "escalated_desk"]
    assert len(told) <= len(incident.events(Escalated))
