"""While an account owes us details something is always due, and no pause is counted twice.

Source: S65, S84; D33, D45.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import count, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.closure.events import Reopen, Resolve
from protocols.details.events import GoOn
from protocols.details.state import Details
from protocols.kernel.refusals import Refusal
from protocols.replies.events import RecordCall, RecordReply, RecordWords
from protocols.scales import Impact, Severity, Tier
from protocols.tiers.events import ChangeTier
from protocols.updates.events import DraftKind, DraftText
from tests.kit.rules_incident import REF, Incident, customer

_STAMPS = count(1)
OURS = {
    "resolve": Resolve(REF, "Returned.", "Look at your list."),
    "reopen": Reopen(REF, "Too early."),
    "go on": GoOn(REF, "Found."),
    "call": RecordCall(REF, "Voicemail."),
    "said": RecordWords(REF, "AP Director One", "10:00", "Batch 14."),
    "raise": ChangeTier(REF, Tier.CRITICAL, "Funds moved wrongly."),
    "elevate": ChangeTier(REF, Tier.ELEVATED, "Payments wait."),
}
STEPS = st.one_of(
    st.sampled_from(("ask", "taken", "wrote", "thanks", "late", *OURS)),
    st.integers(1, 100).map(str),
)


def take(incident: Incident, step: str) -> None:
    """Take one step; what is refused then is not taken."""
    stamp = f"{next(_STAMPS)}.1"
    try:
        if step.isdigit():
            incident.until(incident.now + timedelta(hours=int(step)))
        elif step == "ask":
            asked = (("questions", f"Which batch? {stamp}"),)
            incident.by("csm-one", DraftText(REF, DraftKind.DETAILS, asked))
        elif step == "taken":
            for effect in incident.told("details_asked"):
                incident.delivered(effect.key.removeprefix(f"{REF}/"))
        elif step in ("wrote", "thanks", "late"):
            words = "Thanks!" if step == "thanks" else "It was batch 14."
            at = incident.now - timedelta(hours=3) if step == "late" else None
            incident.by(
                customer(), RecordReply(REF, "AP Director One", words, "C1", stamp, written_at=at)
            )
        else:
            incident.by("csm-one", OURS[step])
    except Refusal:
        return


@settings(max_examples=60)
@given(st.lists(STEPS, max_size=14))
def test_no_silence_is_left_to_itself_and_pauses_never_overlap(steps: list[str]) -> None:
    blocked = frozenset({Impact.PAYMENTS_BLOCKED})
    incident = Incident.open(impacts=blocked, signal=None, severity=Severity.HIGH)
    for step in ("ask", "taken", *steps):
        take(incident, step)
        details = incident.ticket.of(Details)
        stops = [pause.until_at for pause in details.pauses]
        assert details.waits == (stops[-1:] == [None])
        assert None not in stops[:-1]
        for one, other in pairwise(details.pauses):
            assert one.until_at is not None
            assert one.from_at <= one.until_at <= other.from_at
        if details.waits:
            assert any(point.kind == "details_back" for point in incident.dues())
        if incident.ticket.is_live:
            assert incident.dues()
