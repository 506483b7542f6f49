"""One attempt at one mail, of which each address has an answer of its own.

What an earlier try came to stands in the row's result. Whoever has the mail, and whoever was
refused it, is not asked for again; whoever was put off is, for a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.courier.attempts import Attempt, Budget, Results, Row
from bot.courier.references import ReferenceRefused, resolved
from bot.courier.verdict import Ask, everything_stands
from bot.gateways.addressees import FIELDS, listed
from bot.gateways.outcomes import Outcome, PutOff, Refused, Sending, Taken, Unknown, Withheld
from protocols.deliveries.events import MAY_HAVE_ARRIVED

PUT_OFF_FOR = timedelta(minutes=30)
"""So long a server may put addresses off; then a person is told, and calls."""


class MailDelivery:
    """Mail: a resend has the same Message-ID, which not every mailbox folds.

    One whose outcome is unknown goes out once more, and is a person's if that is unknown, too.

    Args:
        gateway: where they go.
        ask: whether a row may still leave.
    """

    def __init__(self, gateway: Sending, *, ask: Ask = everything_stands) -> None:
        self._gateway = gateway
        self._ask = ask

    def attempt(self, row: Row, *, results: Results, budget: Budget, unsure: bool) -> Attempt:
        """Send to whom no server has answered for yet."""
        try:
            payload = resolved(row.payload, results=results, person=_nobody)
        except ReferenceRefused as refused:
            return Attempt(Refused(str(refused)))
        former = so_far(row.result)
        attempt = self._send(row, payload, former, budget, unsure=unsure)
        if not former:
            return Attempt(_told_late(row, attempt.outcome, budget), attempt.unsure)
        return _added(row, former, attempt, budget)

    def _send(
        self,
        row: Row,
        payload: dict[str, object],
        former: Mapping[str, object],
        budget: Budget,
        *,
        unsure: bool,
    ) -> Attempt:
        stop = self._ask(row).stop
        if stop is not None:
            if unsure and isinstance(stop, Withheld):
                why = f"{MAY_HAVE_ARRIVED}, and it may not leave again ({stop.why})"
                return Attempt(Refused(why))
            return Attempt(stop, unsure=unsure)
        put_off = _answers(former, "put_off")
        if former:
            payload["answered"] = [each for each in _everyone(row) if each not in put_off]
        payload["date"] = row.first_sent_at or budget.clock.now()
        outcome = self._gateway.send(payload, key=row.key, deadline_s=budget.left_s)
        if unsure and isinstance(outcome, Unknown):
            why = f"unknown: sent twice, and no answer either time: {outcome.reason}"
            return Attempt(Refused(why))
        return Attempt(outcome, unsure=unsure or isinstance(outcome, Unknown))


def so_far(result: object) -> Mapping[str, object]:
    """Return what a mail came to that goes on to further addresses; empty when there are none."""
    found = result if isinstance(result, Mapping) else {}
    return found if found.get("put_off") else {}


def _added(row: Row, former: Mapping[str, object], attempt: Attempt, budget: Budget) -> Attempt:
    """Return what a further try adds: nothing that came of it undoes what others have."""
    outcome, waiting = attempt.outcome, _answers(former, "put_off")
    match outcome:
        case Taken(result=result):
            refused, waiting = _answers(result, "refused"), _answers(result, "put_off")
        case Refused(permanent=True, error=error):
            refused, waiting = dict.fromkeys(waiting, error), {}
        case Withheld(why=why):
            refused, waiting = dict.fromkeys(waiting, f"it may not leave any more ({why})"), {}
        case _:
            if _is_late(row, budget):
                return Attempt(_told_late(row, Taken(former), budget))
            return attempt
    added = {**former, "refused": {**_answers(former, "refused"), **refused}, "put_off": waiting}
    return Attempt(_told_late(row, Taken(added), budget))


def _told_late(row: Row, outcome: Outcome | Withheld, budget: Budget) -> Outcome | Withheld:
    """Count as refused whom the server has put off for too long, whether others have the mail."""
    if not _is_late(row, budget):
        return outcome
    if isinstance(outcome, PutOff):
        return Refused(f"{outcome.reason} (for half an hour)")
    if not isinstance(outcome, Taken):
        return outcome
    refused = {**_answers(outcome.result, "refused"), **_answers(outcome.result, "put_off")}
    return Taken({**outcome.result, "refused": refused, "put_off": {}})


def _is_late(row: Row, budget: Budget) -> bool:
    now = budget.clock.now()
    return now - (row.first_sent_at or now) > PUT_OFF_FOR


def _everyone(row: Row) -> list[str]:
    return [each for name in FIELDS for each in listed(row.payload.get(name))]


def _answers(result: Mapping[str, object], name: str) -> dict[str, object]:
    found = result.get(name)
    return dict(found) if isinstance(found, Mapping) else {}


def _nobody(person: str) -> str:
    raise ReferenceRefused(f"{person} was named by a Slack reference outside Slack.")
